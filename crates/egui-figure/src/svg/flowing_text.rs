//! Text elements in which characters follow each other, so that a program without the fonts prints none over another:
//! only the first one has a position, and the others have distances from where they would be without kerning.

use std::fmt::Write as _;

use egui::{Color32, Rect};

use super::element::SvgElement;
use super::format::{escape_xml, format_fine, format_length};
use crate::bundled_fonts::{self, FontFace};

/// The largest distance from the end of a run to the next one that continues its text, as a fraction of the font size.
const MAX_GAP: f32 = 0.8;
/// The largest distance by which the next run may begin before the end of a run, as a fraction of the font size: below a
/// superscript begins a subscript.
const MAX_OVERLAP: f32 = 3.0;
/// The largest shift of the baseline of a run that continues a text, as a fraction of the font size.
const MAX_SHIFT: f32 = 0.8;

/// Consecutive characters with the same font, format and baseline.
pub(crate) struct PositionedRun {
    pub(crate) face: FontFace,
    /// The size of the glyphs, in points.
    pub(crate) size: f32,
    pub(crate) color: Color32,
    pub(crate) baseline: f32,
    pub(crate) characters: Vec<PositionedCharacter>,
}

/// A character of a run.
#[derive(Debug, Clone, Copy)]
pub(crate) struct PositionedCharacter {
    pub(crate) character: char,
    pub(crate) x: f32,
    /// The advance width without kerning, in points.
    pub(crate) advance: f32,
    /// True if it belongs to the character before it (such as a combining mark), and so has no position of its own.
    pub(crate) is_continuation: bool,
}

/// A text element that further runs may continue.
pub(crate) struct OpenText {
    pub(super) clip: Rect,
    pub(super) bounds: Rect,
    pub(super) transform: String,
    x: f32,
    y: f32,
    /// The x coordinate of the next character by advance widths and written distances.
    end: f32,
    /// The written baseline of the last span.
    baseline: f32,
    size: f32,
    /// The weight of the first run, and true if it is italic.
    face: (u16, bool),
    spans: Vec<TextSpan>,
}

/// Characters of a text with the same font and format.
struct TextSpan {
    /// The attributes of the font and the color.
    format: SvgElement,
    /// The attributes of its place: the distances from the characters before.
    shift: String,
    text: String,
}

impl PositionedRun {
    /// Returns the `<text>`, or a `<tspan>` within a text of the face `outer`, with the attributes of the font and the
    /// color. A `<tspan>` inherits the weight and the style.
    fn format(&self, outer: Option<(u16, bool)>) -> SvgElement {
        let face = &self.face;
        let name = if outer.is_some() { "tspan" } else { "text" };
        let (outer_weight, is_outer_italic) = outer.unwrap_or((400, false));
        let mut element = SvgElement::new(name)
            .with(
                "font-family",
                format!("{}, {}", face.family, generic_family(face)),
            )
            .with("font-size", format_fine(self.size));
        if face.weight != outer_weight {
            element = element.with("font-weight", face.weight.to_string());
        }
        if face.italic != is_outer_italic {
            element = element.with("font-style", if face.italic { "italic" } else { "normal" });
        }
        element.with_fill(self.color)
    }

    /// Splits the run after each combining mark: programs differ in how they count a character with its marks in a list
    /// of distances.
    fn pieces(&self) -> impl Iterator<Item = &[PositionedCharacter]> {
        self.characters
            .chunk_by(|before, next| !before.is_continuation || next.is_continuation)
    }
}

/// Returns the family that a program uses which lacks the font.
fn generic_family(face: &FontFace) -> &'static str {
    match face.name {
        bundled_fonts::SERIF | bundled_fonts::SERIF_ITALIC | bundled_fonts::SERIF_SEMIBOLD => "serif",
        bundled_fonts::MONO => "monospace",
        _ => "sans-serif",
    }
}

impl OpenText {
    /// Starts a text with the first character of a run.
    pub(super) fn new(
        run: &PositionedRun,
        first: PositionedCharacter,
        clip: Rect,
        bounds: Rect,
        transform: String,
    ) -> Self {
        let [x, y] = [first.x, run.baseline].map(|at| (at * 100.0).round() / 100.0);
        Self {
            clip,
            bounds,
            transform,
            x,
            y,
            end: first.x,
            baseline: y,
            size: run.size,
            face: (run.face.weight, run.face.italic),
            spans: Vec::new(),
        }
    }

    /// True if a run follows the text closely enough to be a part of it.
    pub(super) fn is_continued_by(&self, run: &PositionedRun, clip: Rect, transform: &str) -> bool {
        let size = self.size.max(run.size);
        let start = run.characters.first().map_or(f32::INFINITY, |first| first.x);
        let gap = start - self.end;
        let shift = (run.baseline - self.baseline).abs();
        // A new line or another text begins to the left on the same baseline.
        let is_in_row = shift > 0.01 && gap > -MAX_OVERLAP * size || gap > -0.25 * size;
        self.clip == clip
            && self.transform.is_empty()
            && transform.is_empty()
            && is_in_row
            && gap < MAX_GAP * size
            && shift < MAX_SHIFT * size
    }

    /// Adds a run at its place.
    pub(super) fn push(&mut self, run: &PositionedRun) {
        for piece in run.pieces() {
            let mut distances: Vec<String> = Vec::new();
            for item in piece {
                if !item.is_continuation {
                    let distance = self.distance_to(item.x);
                    self.end += distance + item.advance;
                    distances.push(format_fine(distance));
                }
            }
            while distances.last().is_some_and(|distance| distance == "0") {
                distances.pop();
            }
            let mut shift = String::new();
            // Writing to a string can't fail.
            if !distances.is_empty() {
                let _ = write!(shift, r#" dx="{}""#, distances.join(" "));
            }
            // A shift that is not visible would only be a rounding error.
            let dy = ((run.baseline - self.baseline) * 100.0).round() / 100.0;
            if dy.abs() > 0.015 {
                let _ = write!(shift, r#" dy="{}""#, format_fine(dy));
                self.baseline += dy;
            }
            self.spans.push(TextSpan {
                format: run.format((!self.spans.is_empty()).then_some(self.face)),
                shift,
                text: piece.iter().map(|item| item.character).collect(),
            });
        }
        self.size = run.size;
    }

    /// Returns the distance to a position as it is written; one that is too small to add up to a visible shift is 0.
    fn distance_to(&self, x: f32) -> f32 {
        /// In points.
        const MAX_DEVIATION: f32 = 0.001;
        let distance = x - self.end;
        if distance.abs() > MAX_DEVIATION {
            (distance * 1000.0).round() / 1000.0
        } else {
            0.0
        }
    }

    pub(super) fn into_element(self) -> SvgElement {
        let is_single = self.spans.len() == 1;
        let needs_spaces = |text: &str| text != text.trim() || text.contains("  ");
        let keeps_spaces = self.spans.iter().any(|span| needs_spaces(&span.text));
        let mut spans = self.spans.into_iter();
        let Some(first) = spans.next() else {
            return SvgElement::new("text");
        };
        let mut element = first
            .format
            .with_attributes(&first.shift)
            .with("x", format_length(self.x))
            .with("y", format_length(self.y));
        if keeps_spaces {
            element = element.with("xml:space", "preserve");
        }
        element = element.with_content(escape_xml(&first.text));
        if is_single {
            return element;
        }
        for span in spans {
            let mut text = String::new();
            let span = span
                .format
                .with_attributes(&span.shift)
                .with_content(escape_xml(&span.text));
            span.write_to(&mut text, None);
            element = element.with_content(text.trim_end());
        }
        element
    }
}

#[cfg(test)]
mod tests {
    use egui::pos2;

    use super::*;

    /// Returns the text element of runs that follow each other, each with its name in `bundled_fonts`.
    fn element(runs: &[(&str, &str)]) -> String {
        let mut text: Option<OpenText> = None;
        let mut x = 0.0;
        for (name, content) in runs {
            let face = bundled_fonts::ALL
                .into_iter()
                .find(|face| face.name == *name)
                .unwrap();
            let characters = content.chars().map(|character| {
                let at = x;
                x += 5.0;
                PositionedCharacter {
                    character,
                    x: at,
                    advance: 5.0,
                    is_continuation: false,
                }
            });
            let run = PositionedRun {
                face,
                size: 10.0,
                color: Color32::BLACK,
                baseline: 10.0,
                characters: characters.collect(),
            };
            let everything = Rect::from_min_max(pos2(0.0, 0.0), pos2(100.0, 20.0));
            let first = run.characters[0];
            let open =
                text.get_or_insert_with(|| OpenText::new(&run, first, everything, everything, String::new()));
            assert!(open.spans.is_empty() || open.is_continued_by(&run, everything, ""));
            open.push(&run);
        }
        let mut written = String::new();
        text.unwrap().into_element().write_to(&mut written, None);
        written
    }

    fn attributes(element: &str, tag: &str) -> Vec<String> {
        let start = format!("<{tag} ");
        let elements = element.split(start.as_str()).skip(1);
        elements
            .map(|element| element[..element.find('>').unwrap()].to_owned())
            .collect()
    }

    #[test]
    fn a_span_has_the_weight_and_the_style_of_its_own_run() {
        let (italic, regular) = (bundled_fonts::SERIF_ITALIC, bundled_fonts::SERIF);
        let bold = bundled_fonts::SERIF_SEMIBOLD;
        let text = element(&[(italic, "w"), (regular, "1"), (bold, "2"), (italic, "x")]);
        let outer = attributes(&text, "text");
        assert!(outer[0].contains(r#"font-style="italic""#), "{text}");
        let spans = attributes(&text, "tspan");
        assert!(spans[0].contains(r#"font-style="normal""#), "{text}");
        assert!(spans[1].contains(r#"font-weight="600""#), "{text}");
        assert!(spans[1].contains(r#"font-style="normal""#), "{text}");
        assert!(
            !spans[2].contains("font-style") && !spans[2].contains("font-weight"),
            "{text}"
        );

        let text = element(&[(bold, "a"), (regular, "b")]);
        assert!(
            attributes(&text, "text")[0].contains(r#"font-weight="600""#),
            "{text}"
        );
        assert!(
            attributes(&text, "tspan")[0].contains(r#"font-weight="400""#),
            "{text}"
        );
    }
}
