//! A figure’s SVG, parsed by libraries that did not write it.

use std::sync::{Arc, OnceLock};

use egui::{Color32, Rect, pos2};
use egui_figure::svg::TextMode;
use egui_figure::{bundled_fonts, png};
use neurodial::figure_page::RenderedFigure;
use resvg::usvg::{self, Group, Node, Paint, Tree, fontdb};

/// A parsed figure. Lengths are in the units of its view box, the points of the layout.
pub struct ParsedFigure {
    /// The SVG, with the size of its view box.
    pub svg: String,
    pub page: Rect,
    pub words: Vec<Word>,
    pub shapes: Vec<Shape>,
}

/// A text element.
#[derive(Debug, Clone)]
pub struct Word {
    pub text: String,
    /// The number of words before its text element.
    pub text_start: usize,
    /// The bounds of its outlines, not of its row.
    pub bounds: Rect,
    /// The font size.
    pub size: f32,
    /// The color, not multiplied by the opacity.
    pub color: Color32,
    pub opacity: f32,
    /// The intersection of the clip rectangles around it.
    pub clip: Rect,
    /// True if it is not horizontal; then its bounds are larger than itself.
    pub is_rotated: bool,
}

/// A path or an image.
#[derive(Debug, Clone)]
pub struct Shape {
    /// The bounds with its stroke.
    pub bounds: Rect,
    pub clip: Rect,
}

/// A group that stands for an element, such as a knob or an output.
#[derive(Debug, Clone)]
pub struct ElementGroup {
    pub address: String,
    pub title: Option<String>,
    /// All texts in it, joined.
    pub text: String,
    /// The `d` and the `stroke` of each stroked path in it.
    pub strokes: Vec<(String, String)>,
}

impl ParsedFigure {
    /// Parses a drawn figure.
    pub fn from_rendered(figure: &RenderedFigure) -> Self {
        Self::from_svg(&figure.to_svg(TextMode::EmbeddedFonts).unwrap())
    }

    /// Parses the SVG of a figure.
    pub fn from_svg(svg: &str) -> Self {
        static FONTS: OnceLock<Arc<fontdb::Database>> = OnceLock::new();
        let fonts = FONTS.get_or_init(|| {
            let mut fonts = fontdb::Database::new();
            for face in bundled_fonts::ALL {
                fonts.load_font_source(fontdb::Source::Binary(Arc::new(face.bytes)));
            }
            let chinese = bundled_fonts::chinese().bytes;
            fonts.load_font_source(fontdb::Source::Binary(Arc::new(chinese)));
            Arc::new(fonts)
        });
        let options = usvg::Options {
            fontdb: Arc::clone(fonts),
            // Each part of a text names a font that has its characters.
            font_resolver: usvg::FontResolver {
                select_fallback: Box::new(|_, _, _| None),
                ..usvg::FontResolver::default()
            },
            ..usvg::Options::default()
        };
        let svg = with_size_of_view_box(svg);
        let tree = Tree::from_str(&svg, &options).unwrap();
        let page = Rect::from_min_max(pos2(0.0, 0.0), pos2(tree.size().width(), tree.size().height()));
        let mut figure = Self {
            svg,
            page,
            words: Vec::new(),
            shapes: Vec::new(),
        };
        figure.add_group(tree.root(), Rect::EVERYTHING);
        figure
    }

    fn add_group(&mut self, group: &Group, clip: Rect) {
        let mut clip = clip;
        if let Some(path) = group.clip_path() {
            let bounds = path
                .root()
                .bounding_box()
                .transform(group.abs_transform())
                .unwrap();
            clip = clip.intersect(rect(bounds));
        }
        for node in group.children() {
            match node {
                Node::Group(inner) => self.add_group(inner, clip),
                Node::Text(text) => self.add_words(text, clip),
                Node::Path(path) => self.shapes.push(Shape {
                    bounds: rect(path.abs_stroke_bounding_box()),
                    clip,
                }),
                Node::Image(image) => self.shapes.push(Shape {
                    bounds: rect(image.abs_bounding_box()),
                    clip,
                }),
            }
        }
    }

    /// Adds each part of a text in one format as a word.
    fn add_words(&mut self, text: &usvg::Text, clip: Rect) {
        let chunks = text.chunks().iter();
        let spans = chunks.flat_map(|chunk| {
            let parts = chunk.spans().iter();
            parts.map(|span| (span, &chunk.text()[span.start()..span.end()]))
        });
        let text_start = self.words.len();
        // A span without ink has no outline.
        let spans = spans.filter(|(_, part)| !part.trim().is_empty());
        let outlines = text.flattened().children().iter();
        for ((span, part), outline) in spans.zip(outlines) {
            let scale = text.abs_transform().get_scale();
            let (color, opacity) = fill(span);
            let bounds = outline.bounding_box().transform(text.abs_transform()).unwrap();
            self.words.push(Word {
                text: part.to_owned(),
                text_start,
                bounds: rect(bounds),
                size: span.font_size().get() * scale.0.min(scale.1),
                color,
                opacity,
                clip,
                is_rotated: text.abs_transform().has_skew(),
            });
        }
    }

    /// Returns the groups that stand for elements, in the order of the file.
    pub fn elements(&self) -> Vec<ElementGroup> {
        let document = roxmltree::Document::parse(&self.svg).unwrap();
        let groups = document
            .descendants()
            .filter(|node| node.has_attribute("data-part"));
        groups
            .map(|group| {
                let children = || group.descendants().filter(|node| node.is_element());
                let title = group.children().find(|node| node.has_tag_name("title"));
                ElementGroup {
                    address: group.attribute("data-part").unwrap().to_owned(),
                    title: title.and_then(|title| title.text()).map(str::to_owned),
                    text: children()
                        .filter(|node| node.has_tag_name("text"))
                        .flat_map(|node| node.descendants().filter_map(|inner| inner.text()))
                        .collect(),
                    strokes: children()
                        .filter(|node| node.has_tag_name("path") && node.has_attribute("stroke"))
                        .map(|node| {
                            let value = |name| node.attribute(name).unwrap().to_owned();
                            (value("d"), value("stroke"))
                        })
                        .collect(),
                }
            })
            .collect()
    }

    /// Draws the figure without its words, with `scale` pixels per unit.
    pub fn background(&self, scale: u32) -> Pixels {
        // Every element of a figure’s SVG is on its own line.
        let lines = self.svg.lines().filter(|line| !line.contains("<text"));
        Pixels::draw(&lines.collect::<Vec<_>>().join("\n"), self.page, scale)
    }

    /// Draws the whole figure, with `scale` pixels per unit.
    pub fn pixels(&self, scale: u32) -> Pixels {
        Pixels::draw(&self.svg, self.page, scale)
    }
}

/// The pixels of a figure.
pub struct Pixels {
    raster: png::Raster,
    /// The number of pixels per unit.
    scale: u32,
}

impl Pixels {
    fn draw(svg: &str, page: Rect, scale: u32) -> Self {
        let size = [page.width(), page.height()].map(|side| (side * scale as f32).round() as u32);
        Self {
            raster: png::rasterize(svg, size).unwrap(),
            scale,
        }
    }

    /// Returns the colors within a rectangle, on white.
    pub fn within(&self, area: Rect) -> Vec<Color32> {
        let scale = self.scale as f32;
        let range = |from: f32, to: f32, max: u32| {
            let max = f32::from(u16::try_from(max).unwrap());
            let start = (from * scale).floor().clamp(0.0, max) as usize;
            start..(to * scale).ceil().clamp(0.0, max) as usize
        };
        let width = self.raster.width as usize;
        let columns = range(area.min.x, area.max.x, self.raster.width);
        let rows = range(area.min.y, area.max.y, self.raster.height);
        rows.flat_map(|y| columns.clone().map(move |x| 4 * (y * width + x)))
            .map(|at| {
                let &[r, g, b, alpha] = &self.raster.rgba[at..at + 4] else {
                    unreachable!("a pixel has four bytes");
                };
                if alpha == 255 {
                    return Color32::from_rgb(r, g, b);
                }
                let [r, g, b] = [r, g, b].map(|part| mixed(part, 255, f32::from(alpha) / 255.0));
                Color32::from_rgb(r, g, b)
            })
            .collect()
    }
}

/// Returns the SVG with the size of its view box, so that the bounds that usvg computes are in units of the view box.
fn with_size_of_view_box(svg: &str) -> String {
    let (head, rest) = svg.split_once(" width=").unwrap();
    let (_, view) = rest.split_once(" viewBox=\"0 0 ").unwrap();
    let (size, rest) = view.split_once('"').unwrap();
    let (width, height) = size.split_once(' ').unwrap();
    format!(r#"{head} width="{width}" height="{height}" viewBox="0 0 {size}"{rest}"#)
}

/// Returns a component of a color over that of an opaque color.
pub fn mixed(over: u8, under: u8, opacity: f32) -> u8 {
    (f32::from(over) * opacity + f32::from(under) * (1.0 - opacity)).round() as u8
}

/// Parses a color such as `#c31` or `#cc3311`.
pub fn color_of(hex: &str) -> Color32 {
    Color32::from_hex(hex).unwrap()
}

fn rect(bounds: usvg::Rect) -> Rect {
    Rect::from_min_max(
        pos2(bounds.left(), bounds.top()),
        pos2(bounds.right(), bounds.bottom()),
    )
}

/// Returns the color and the opacity.
fn fill(span: &usvg::TextSpan) -> (Color32, f32) {
    let fill = span.fill().unwrap();
    let Paint::Color(color) = fill.paint() else {
        panic!("a text is not filled with a single color");
    };
    let color = Color32::from_rgb(color.red, color.green, color.blue);
    (color, fill.opacity().get())
}
