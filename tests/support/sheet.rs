//! A figure's file, read again by programs that did not write it: its groups, its words and where everything is.

#![allow(dead_code, reason = "not every test file needs all of it")]

use std::sync::{Arc, OnceLock};

use egui::{Color32, Rect, pos2};
use egui_figure::{bundled_fonts, png};
use resvg::usvg::{self, Group, Node, Paint, Tree, fontdb};

/// A figure's file. Lengths are in its own units, the points of the layout.
pub struct Sheet {
    /// The file, as large as its units say.
    pub svg: String,
    pub page: Rect,
    pub words: Vec<Word>,
    pub shapes: Vec<Shape>,
}

/// A text as it stands in the file.
#[derive(Debug, Clone)]
pub struct Word {
    pub text: String,
    /// Around its outlines, not around its row.
    pub bounds: Rect,
    /// Of its type.
    pub size: f32,
    /// Its colour, not multiplied by its opacity.
    pub color: Color32,
    pub opacity: f32,
    /// What the clips around it leave.
    pub clip: Rect,
    /// Whether it does not stand upright: then its bounds are larger than it is.
    pub is_turned: bool,
}

/// A path or a picture.
#[derive(Debug, Clone)]
pub struct Shape {
    /// Its stroke included.
    pub bounds: Rect,
    pub clip: Rect,
}

/// A group that stands for a part.
#[derive(Debug, Clone)]
pub struct PartGroup {
    pub address: String,
    pub title: Option<String>,
    /// All texts in it, one behind the other.
    pub text: String,
    /// The `d` and the `stroke` of each stroked path in it.
    pub strokes: Vec<(String, String)>,
}

impl Sheet {
    pub fn read(svg: &str) -> Self {
        static FONTS: OnceLock<Arc<fontdb::Database>> = OnceLock::new();
        let fonts = FONTS.get_or_init(|| {
            let mut fonts = fontdb::Database::new();
            for face in bundled_fonts::ALL {
                fonts.load_font_source(fontdb::Source::Binary(Arc::new(face.bytes)));
            }
            Arc::new(fonts)
        });
        let options = usvg::Options {
            fontdb: Arc::clone(fonts),
            ..usvg::Options::default()
        };
        let svg = in_own_units(svg);
        let tree = Tree::from_str(&svg, &options).unwrap();
        let page = Rect::from_min_max(pos2(0.0, 0.0), pos2(tree.size().width(), tree.size().height()));
        let mut sheet = Self {
            svg,
            page,
            words: Vec::new(),
            shapes: Vec::new(),
        };
        sheet.walk(tree.root(), Rect::EVERYTHING);
        sheet
    }

    fn walk(&mut self, group: &Group, clip: Rect) {
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
                Node::Group(inner) => self.walk(inner, clip),
                Node::Text(text) => {
                    let (color, opacity) = fill(text);
                    self.words.push(Word {
                        text: text.chunks().iter().map(|chunk| chunk.text()).collect(),
                        bounds: rect(text.flattened().abs_bounding_box()),
                        size: size(text),
                        color,
                        opacity,
                        clip,
                        is_turned: text.abs_transform().has_skew(),
                    });
                }
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

    /// The groups that stand for parts, in the order of the file.
    pub fn parts(&self) -> Vec<PartGroup> {
        let document = roxmltree::Document::parse(&self.svg).unwrap();
        let groups = document
            .descendants()
            .filter(|node| node.has_attribute("data-part"));
        groups
            .map(|group| {
                let children = || group.descendants().filter(|node| node.is_element());
                let title = group.children().find(|node| node.has_tag_name("title"));
                PartGroup {
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

    /// What lies under the words: the pixels of the figure without them, `fine` a pixel of the page.
    pub fn ground(&self, fine: u32) -> Pixels {
        // The writer puts every element on a line of its own.
        let lines = self.svg.lines().filter(|line| !line.contains("<text"));
        Pixels::of(&lines.collect::<Vec<_>>().join("\n"), self.page, fine)
    }

    /// The pixels of the whole figure.
    pub fn pixels(&self, fine: u32) -> Pixels {
        Pixels::of(&self.svg, self.page, fine)
    }
}

/// A figure as pixels, on white.
pub struct Pixels {
    raster: png::Raster,
    fine: u32,
}

impl Pixels {
    fn of(svg: &str, page: Rect, fine: u32) -> Self {
        let size = [page.width(), page.height()].map(|side| (side * fine as f32).round() as u32);
        Self {
            raster: png::rasterize(svg, size).unwrap(),
            fine,
        }
    }

    /// The colours within a rectangle of the page.
    pub fn within(&self, area: Rect) -> Vec<Color32> {
        let fine = self.fine as f32;
        let range = |from: f32, to: f32, most: u32| {
            let most = f32::from(u16::try_from(most).unwrap());
            let start = (from * fine).floor().clamp(0.0, most) as usize;
            start..(to * fine).ceil().clamp(0.0, most) as usize
        };
        let width = self.raster.width as usize;
        let columns = range(area.min.x, area.max.x, self.raster.width);
        let rows = range(area.min.y, area.max.y, self.raster.height);
        rows.flat_map(|y| columns.clone().map(move |x| 4 * (y * width + x)))
            .map(|at| {
                let &[r, g, b, opacity] = &self.raster.rgba[at..at + 4] else {
                    unreachable!("four bytes are a pixel");
                };
                if opacity == 255 {
                    return Color32::from_rgb(r, g, b);
                }
                let [r, g, b] = [r, g, b].map(|part| mixed(part, 255, f32::from(opacity) / 255.0));
                Color32::from_rgb(r, g, b)
            })
            .collect()
    }
}

/// The same figure without a length of its own, so that the boxes that usvg gives need no conversion.
fn in_own_units(svg: &str) -> String {
    let (head, rest) = svg.split_once(" width=").unwrap();
    let (_, view) = rest.split_once(" viewBox=\"0 0 ").unwrap();
    let (size, rest) = view.split_once('"').unwrap();
    let (width, height) = size.split_once(' ').unwrap();
    format!(r#"{head} width="{width}" height="{height}" viewBox="0 0 {size}"{rest}"#)
}

/// A part of a colour over another one.
pub fn mixed(over: u8, under: u8, opacity: f32) -> u8 {
    (f32::from(over) * opacity + f32::from(under) * (1.0 - opacity)).round() as u8
}

/// `#c31` or `#cc3311`.
pub fn color_of(hex: &str) -> Color32 {
    Color32::from_hex(hex).unwrap()
}

fn rect(bounds: usvg::Rect) -> Rect {
    Rect::from_min_max(
        pos2(bounds.left(), bounds.top()),
        pos2(bounds.right(), bounds.bottom()),
    )
}

fn size(text: &usvg::Text) -> f32 {
    let spans = text.chunks().iter().flat_map(|chunk| chunk.spans());
    let sizes = spans.map(|span| span.font_size().get());
    let scale = text.abs_transform().get_scale();
    sizes.fold(f32::INFINITY, f32::min) * scale.0.min(scale.1)
}

fn fill(text: &usvg::Text) -> (Color32, f32) {
    let spans = text.chunks().iter().flat_map(|chunk| chunk.spans());
    let fill = spans.filter_map(|span| span.fill()).next().unwrap();
    let Paint::Color(color) = fill.paint() else {
        panic!("a text is filled with more than a colour");
    };
    let color = Color32::from_rgb(color.red, color.green, color.blue);
    (color, fill.opacity().get())
}
