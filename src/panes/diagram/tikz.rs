//! The plain diagram as TikZ code, in a file that pdfLaTeX and LuaLaTeX compile.

use std::fmt::Write as _;

use egui::{Color32, Pos2, Rect, pos2, vec2};

use crate::panes::context::PaneContext;
use crate::panes::pane_info::TextPage;
use crate::theme::{ThemeMode, type_scale};
use neurodial_core::network::MathSymbol;

use super::plain::{CircleKind, MIN_SYMBOL_RADIUS, NAME_GAP, PlainCircle, PlainDiagram, heights};
use super::plain_paint::{self, OUTLINE_WIDTH, circle_colors, edge_color, is_dashed, symbol_of};

/// The width of the page margin, in points of the layout.
const MARGIN: f32 = 3.0;

/// Writes the TikZ code.
pub(super) fn write(context: &PaneContext<'_>, page: TextPage) -> String {
    let options = plain_paint::plain_options(context);
    let architecture = context.session.architecture();
    let [_, preferred_height] = heights(architecture, options);
    let size = vec2(page.width, page.height.unwrap_or(preferred_height + 2.0 * MARGIN));
    let rect = Rect::from_min_size(Pos2::ZERO, size).shrink(MARGIN);
    // The width of a letter is about half of its size, and that of a Chinese character its size.
    let name_widths = plain_paint::name_widths(context.session.document(), |name| {
        let letters = name.chars().map(|c| if c < '\u{2E80}' { 0.55 } else { 1.0 });
        type_scale::body().size * letters.sum::<f32>()
    });
    let diagram = PlainDiagram::new(&context.session.document().network, rect, name_widths, options);
    let writer = TikzWriter {
        context,
        diagram: &diagram,
        // One point of the layout in big points, of 1/72 inch.
        scale: 0.75 * page.zoom,
    };
    writer.document(size.x, size.y)
}

struct TikzWriter<'a, 'b> {
    context: &'a PaneContext<'b>,
    diagram: &'a PlainDiagram,
    scale: f32,
}

impl TikzWriter<'_, '_> {
    fn length(&self, points: f32) -> String {
        let text = format!("{:.2}", points * self.scale);
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    }

    fn position(&self, at: Pos2) -> String {
        format!("({},{})", self.length(at.x), self.length(at.y))
    }

    fn document(&self, width: f32, height: f32) -> String {
        let architecture = self.context.session.architecture();
        let picture = self.picture(width, height);
        let mut text = String::new();
        let mut line = |content: &str| {
            text.push_str(content);
            text.push('\n');
        };
        line(&format!("% {}", architecture.summary()));
        line(
            "% Compile this file with pdflatex or lualatex, or copy the picture into a document that loads tikz.",
        );
        // Fonts of any size, without warnings.
        line("\\RequirePackage{fix-cm}");
        line("\\documentclass{article}");
        line(&format!(
            "\\usepackage[paperwidth={}bp,paperheight={}bp,margin=0pt]{{geometry}}",
            self.length(width),
            self.length(height)
        ));
        line("\\usepackage{tikz}");
        if !picture.is_ascii() {
            // Names in other scripts.
            line("\\usepackage{iftex}");
            line("\\ifPDFTeX\\else\\usepackage{fontspec}");
            line("\\IfFontExistsTF{Noto Sans CJK SC}{\\setmainfont{Noto Sans CJK SC}}{}\\fi");
            if picture.chars().any(|c| c > '\u{17F}' && !"–—‘’“”…".contains(c)) {
                line(
                    "\\ifPDFTeX\\errmessage{This file has characters that pdflatex cannot typeset; use lualatex and, if \
                     needed, \\string\\setmainfont}\\fi",
                );
            }
        }
        line("\\pagestyle{empty}");
        line("\\begin{document}%");
        line("\\noindent%");
        text.push_str(&picture);
        text.push_str("\\end{document}\n");
        text
    }

    /// Returns the picture. Writing to a string can't fail.
    fn picture(&self, width: f32, height: f32) -> String {
        let (diagram, context) = (self.diagram, self.context);
        let font_size = self.scale * type_scale::small().size;
        let mut text = String::new();
        let _ = writeln!(text, "\\begin{{tikzpicture}}[x=1bp,y=-1bp,");
        let _ = writeln!(
            text,
            "  font=\\fontsize{{{font_size:.1}}}{{{:.1}}}\\selectfont,",
            1.2 * font_size
        );
        let _ = writeln!(
            text,
            "  neuron/.style={{circle,draw,line width={}bp,minimum size={}bp,inner sep=0pt}},",
            self.length(OUTLINE_WIDTH),
            self.length(2.0 * diagram.radius)
        );
        let dashes = format!(
            "dash pattern=on {}bp off {}bp",
            self.length(4.0),
            self.length(2.5)
        );
        let _ = writeln!(text, "  negative dashed/.style={{{dashes}}},");
        let _ = writeln!(
            text,
            "  label/.style={{fill=white,inner sep={}bp}}]",
            self.length(1.5)
        );
        let theme = context.theme;
        for (name, color) in [("positive", theme.positive), ("negative", theme.negative)] {
            let _ = writeln!(text, "  {}", define_color(name, color));
        }
        let _ = writeln!(
            text,
            "  \\useasboundingbox (0,0) rectangle ({},{});",
            self.length(width),
            self.length(height)
        );
        for (index, circle) in diagram.circles.iter().enumerate() {
            self.circle(&mut text, index, circle);
        }
        let label_size = type_scale::small().size;
        let labels = plain_paint::labels(diagram, context, |text| {
            vec2(
                0.55 * label_size * text.chars().count() as f32 + 4.0,
                1.2 * label_size,
            )
        });
        for edge in &diagram.edges {
            let [from, to] = edge.ends.map(|index| node_name(diagram.circles[index].kind));
            let color = if edge_color(theme, edge) == theme.negative {
                "negative"
            } else {
                "positive"
            };
            let mut options = format!(
                "{color},opacity={:.2},line width={}bp",
                edge.opacity(),
                self.length(diagram.edge_width(edge))
            );
            if diagram.has_arrows {
                options.insert_str(0, "-latex,");
            }
            if is_dashed(theme, edge) {
                options.push_str(",negative dashed");
            }
            let _ = writeln!(text, "  \\draw[{options}] ({from}) -- ({to});");
        }
        for label in &labels {
            let _ = writeln!(
                text,
                "  \\node[label] at {} {{${}$}};",
                self.position(label.rect.center()),
                label.text.replace('−', "-")
            );
        }
        for &(center, step) in &diagram.ellipses {
            for index in [-1.0, 0.0, 1.0] {
                let _ = writeln!(
                    text,
                    "  \\fill {} circle[radius={}bp];",
                    self.position(center + index * step),
                    self.length(1.3)
                );
            }
        }
        if let Some(bracket) = diagram.bracket {
            let corners = [
                bracket.left_bottom(),
                bracket.left_top(),
                bracket.right_top(),
                bracket.right_bottom(),
            ];
            let _ = writeln!(
                text,
                "  \\draw {};",
                corners.map(|corner| self.position(corner)).join(" -- ")
            );
        }
        for shown in plain_paint::texts(diagram, context) {
            self.text(&mut text, shown.center, "", &escape(&shown.text));
        }
        if let Some(y) = diagram.legend_y {
            self.legend(&mut text, y);
        }
        let _ = writeln!(text, "\\end{{tikzpicture}}%");
        text
    }

    fn text(&self, text: &mut String, at: Pos2, options: &str, content: &str) {
        let _ = writeln!(
            text,
            "  \\node[inner sep=0pt{options}] at {} {{{content}}};",
            self.position(at)
        );
    }

    fn circle(&self, text: &mut String, index: usize, circle: &PlainCircle) {
        let architecture = self.context.session.architecture();
        let [outline, fill] = circle_colors(self.context, circle);
        let has_symbol = self.diagram.radius >= MIN_SYMBOL_RADIUS && self.context.has_numbers();
        let content = match symbol_of(architecture, circle.kind) {
            Some(symbol) if has_symbol => format!("${}$", latex(&symbol)),
            None if has_symbol => "1".to_owned(),
            _ => String::new(),
        };
        let mut options = "neuron".to_owned();
        if outline != self.context.theme.text {
            // The colors of a level are defined at its first circle.
            let name = match circle.kind {
                CircleKind::Bias(_) => "bias".to_owned(),
                CircleKind::Input(_) | CircleKind::Neuron(_) => format!("layer{}", circle.level),
            };
            let is_first = self.diagram.circles[..index]
                .iter()
                .all(|other| circle_colors(self.context, other)[0] != outline || other.level != circle.level);
            if is_first || name == "bias" {
                let _ = writeln!(text, "  {}", define_color(&name, outline));
                let _ = writeln!(text, "  {}", define_color(&format!("{name} fill"), fill));
            }
            let _ = write!(options, ",draw={name},fill={name} fill");
        }
        let name = node_name(circle.kind);
        let center = self.position(circle.center);
        let _ = writeln!(text, "  \\node[{options}] ({name}) at {center} {{{content}}};");
        if let Some(name) = plain_paint::name_of(self.context.session.document(), circle.kind) {
            let is_input = matches!(circle.kind, CircleKind::Input(_));
            let (side, sign) = if is_input {
                (",anchor=east", -1.0)
            } else {
                (",anchor=west", 1.0)
            };
            let at = pos2(
                circle.center.x + sign * (self.diagram.radius + NAME_GAP),
                circle.center.y,
            );
            self.text(text, at, side, &escape(name));
        }
    }

    /// Writes the legend in one row of nodes, which follow each other.
    fn legend(&self, text: &mut String, y: f32) {
        let (messages, diagram) = (self.context.messages, self.diagram);
        let has = |is_shown: fn(f64) -> bool| diagram.edges.iter().any(|edge| is_shown(edge.value));
        let rule = |color: &str, part: &str| format!("\\textcolor{{{color}}}{{{part}}}~");
        let solid = "\\rule[0.5ex]{2em}{1.2bp}";
        let dashed = "\\rule[0.5ex]{0.5em}{1.2bp}\\,".repeat(3);
        let is_gray = self.context.theme.mode == ThemeMode::Grayscale;
        let negative = if is_gray { dashed.as_str() } else { solid };
        let mut parts = Vec::new();
        if has(|value| value > 0.0) {
            parts.push(format!(
                "{}{}",
                rule("positive", solid),
                escape(messages.diagram_legend_positive())
            ));
        }
        if has(|value| value < 0.0) {
            parts.push(format!(
                "{}{}",
                rule("negative", negative),
                escape(messages.diagram_legend_negative())
            ));
        }
        parts.push(escape(messages.diagram_legend_magnitude()));
        self.text(text, pos2(diagram.rect.center().x, y), "", &parts.join("\\quad "));
    }
}

fn define_color(name: &str, color: Color32) -> String {
    let [red, green, blue, _] = color.to_array();
    format!("\\definecolor{{{name}}}{{HTML}}{{{red:02X}{green:02X}{blue:02X}}}")
}

/// Returns the name of a node in the code.
fn node_name(kind: CircleKind) -> String {
    match kind {
        CircleKind::Input(input) => format!("x-{}", input + 1),
        CircleKind::Neuron(at) => format!("n-{}-{}", at.layer + 1, at.neuron + 1),
        CircleKind::Bias(level) => format!("b-{level}"),
    }
}

/// Returns the code of a symbol in math mode.
fn latex(symbol: &MathSymbol) -> String {
    let subscript = match symbol.subscript.as_str() {
        "" => String::new(),
        subscript => format!("_{{{}}}", plain_digits(subscript)),
    };
    let superscript = symbol.superscript.as_ref();
    let superscript = superscript.map_or_else(String::new, |layer| format!("^{{({layer})}}"));
    format!("{}{subscript}{superscript}", symbol.letter)
}

/// Returns the text with characters that LaTeX can't have in math mode replaced.
fn plain_digits(text: &str) -> String {
    text.replace('−', "-")
}

/// Returns a text with the special characters of LaTeX escaped, and Greek letters in math mode.
fn escape(text: &str) -> String {
    const GREEK: [(char, &str); 24] = [
        ('α', "alpha"),
        ('β', "beta"),
        ('γ', "gamma"),
        ('δ', "delta"),
        ('ε', "varepsilon"),
        ('ζ', "zeta"),
        ('η', "eta"),
        ('θ', "theta"),
        ('ι', "iota"),
        ('κ', "kappa"),
        ('λ', "lambda"),
        ('μ', "mu"),
        ('ν', "nu"),
        ('ξ', "xi"),
        ('π', "pi"),
        ('ρ', "rho"),
        ('σ', "sigma"),
        ('τ', "tau"),
        ('φ', "varphi"),
        ('χ', "chi"),
        ('ψ', "psi"),
        ('ω', "omega"),
        ('Δ', "Delta"),
        ('Σ', "Sigma"),
    ];
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '#' | '$' | '%' | '&' | '_' | '{' | '}' => {
                escaped.push('\\');
                escaped.push(character);
            }
            '\\' => escaped.push_str("\\textbackslash{}"),
            '~' => escaped.push_str("\\textasciitilde{}"),
            '^' => escaped.push_str("\\textasciicircum{}"),
            '<' | '>' | '|' => {
                let _ = write!(escaped, "${character}$");
            }
            '−' => escaped.push_str("$-$"),
            '·' => escaped.push_str("$\\cdot$"),
            '°' => escaped.push_str("$^\\circ$"),
            '²' => escaped.push_str("$^2$"),
            '³' => escaped.push_str("$^3$"),
            '…' => escaped.push_str("\\dots{}"),
            _ => match GREEK.iter().find(|(letter, _)| *letter == character) {
                Some((_, name)) => {
                    let _ = write!(escaped, "$\\{name}$");
                }
                None => escaped.push(character),
            },
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn special_characters_are_escaped() {
        assert_eq!(escape("50 % of_x"), "50 \\% of\\_x");
        assert_eq!(
            escape("a\\{}^~"),
            "a\\textbackslash{}\\{\\}\\textasciicircum{}\\textasciitilde{}"
        );
        assert_eq!(escape("Δt < 5 °C é"), "$\\Delta$t $<$ 5 $^\\circ$C é");
    }
}
