//! The body of an SVG file: parts as groups, clips, and definitions that several elements share.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use egui::emath::TSTransform;
use egui::epaint::ClippedShape;
use egui::{Color32, Pos2, Rect, Shape, Stroke};

use super::Text;
use super::element::{Element, visible};
use super::format::{escape, number, point_to};
use crate::mark::Mark;
use crate::face::{Faces, faces};
use crate::{Drawing, FigureError};

/// What stands between the head of the file and its end.
pub struct Body {
    /// The elements.
    pub content: String,
    /// What they refer to.
    pub defs: String,
    /// The faces that text is written in, and which of their characters.
    pub used: BTreeMap<usize, BTreeSet<char>>,
}

/// Writes shape after shape.
pub struct Writer<'a> {
    pub drawing: &'a Drawing,
    pub text: Text,
    pub faces: &'static Faces,
    pub used: BTreeMap<usize, BTreeSet<char>>,
    page: Rect,
    clip: Rect,
    /// The page and the parts that are open, from the outside in.
    groups: Vec<Group>,
    /// How often each id has been given.
    ids: BTreeMap<String, u32>,
    defs: String,
    /// The ids of the definitions by what they say.
    defined: BTreeMap<String, String>,
    lines: Option<Lines>,
}

#[derive(Default)]
struct Group {
    address: String,
    title: Option<String>,
    content: String,
}

/// Line segments of one stroke, one after the other: a dashed line, or the lines of a grid.
struct Lines {
    stroke: Stroke,
    clip: Rect,
    bounds: Rect,
    last: [Pos2; 2],
    way: String,
}

/// How much of something shows.
enum Sight {
    Nothing,
    All,
    /// What the definition with this id leaves.
    Part(String),
}

impl<'a> Writer<'a> {
    /// # Errors
    /// If a bundled face can't be read.
    pub fn new(drawing: &'a Drawing, text: Text) -> Result<Self, FigureError> {
        Ok(Self {
            drawing,
            text,
            faces: faces()?,
            used: BTreeMap::new(),
            page: Rect::from_min_size(Pos2::ZERO, drawing.size),
            clip: Rect::EVERYTHING,
            groups: vec![Group::default()],
            ids: BTreeMap::new(),
            defs: String::new(),
            defined: BTreeMap::new(),
            lines: None,
        })
    }

    /// Writes a shape.
    ///
    /// # Errors
    /// If a file can't hold it.
    pub fn clipped(&mut self, clipped: &ClippedShape) -> Result<(), FigureError> {
        self.clip = clipped.clip_rect;
        let transform = clipped.transform_after_tessellation;
        if transform == TSTransform::IDENTITY {
            return self.shape(&clipped.shape);
        }
        let mut shape = clipped.shape.clone();
        shape.transform(transform);
        self.shape(&shape)
    }

    fn shape(&mut self, shape: &Shape) -> Result<(), FigureError> {
        if !matches!(shape, Shape::LineSegment { .. } | Shape::Noop | Shape::Vec(_)) {
            self.end_lines();
        }
        match shape {
            Shape::Noop => {}
            Shape::Vec(shapes) => {
                for shape in shapes {
                    self.shape(shape)?;
                }
            }
            Shape::Circle(circle) => self.circle(circle),
            Shape::Ellipse(ellipse) => self.ellipse(ellipse),
            Shape::LineSegment { points, stroke } => self.line(*points, *stroke),
            Shape::Path(path) => self.path(path),
            Shape::Band(band) => self.band(band),
            Shape::Rect(rect) => self.rect(rect)?,
            Shape::Text(text) => self.galley(text)?,
            Shape::Mesh(mesh) => self.mesh(mesh)?,
            Shape::QuadraticBezier(curve) => self.quadratic(curve),
            Shape::CubicBezier(curve) => self.cubic(curve),
            Shape::Callback(callback) => match Mark::of(callback) {
                Some(mark) => self.mark(mark),
                None => {
                    let text = "a drawing made by the graphics card (a paint callback)";
                    return Err(FigureError::Shape(text.to_owned()));
                }
            },
        }
        Ok(())
    }

    fn mark(&mut self, mark: &Mark) {
        match mark {
            Mark::Open { address } => self.groups.push(Group {
                address: address.clone(),
                ..Group::default()
            }),
            Mark::Title(title) => {
                if self.groups.len() > 1
                    && let Some(group) = self.groups.last_mut()
                {
                    group.title = Some(title.clone());
                }
            }
            Mark::Close => self.close(),
        }
    }

    /// Ends the innermost part; one of which nothing shows leaves nothing.
    fn close(&mut self) {
        if self.groups.len() < 2 {
            return;
        }
        let Some(group) = self.groups.pop() else { return };
        if group.content.is_empty() {
            return;
        }
        let id = self.id(&group.address);
        let Some(outer) = self.groups.last_mut() else {
            return;
        };
        // Writing to a string can't fail.
        let _ = writeln!(
            outer.content,
            r#"<g id="{id}" data-part="{}">"#,
            escape(&group.address)
        );
        if let Some(title) = group.title {
            let _ = writeln!(outer.content, "<title>{}</title>", escape(&title));
        }
        outer.content.push_str(&group.content);
        outer.content.push_str("</g>\n");
    }

    /// `w-1-2-3` for `w[1,2,3]`; the next one of that address is `w-1-2-3-2`.
    fn id(&mut self, address: &str) -> String {
        let letters = |c: char| !c.is_ascii_alphanumeric();
        let parts: Vec<&str> = address.split(letters).filter(|part| !part.is_empty()).collect();
        let mut name = parts.join("-");
        if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
            name = format!("part-{name}").trim_end_matches('-').to_owned();
        }
        let mut id = name.clone();
        loop {
            let count = self.ids.entry(name.clone()).or_default();
            *count += 1;
            if *count > 1 {
                id = format!("{name}-{count}");
            }
            // `a[1]` a second time is `a-1-2`, which `a[1,2]` may have taken.
            if id == name || self.ids.insert(id.clone(), 1).is_none() {
                return id;
            }
        }
    }

    fn sight(&mut self, bounds: Rect) -> Sight {
        let sides = [bounds.min.x, bounds.min.y, bounds.max.x, bounds.max.y];
        let is_known = sides.iter().all(|side| !side.is_nan()) && !bounds.is_negative();
        let window = self.clip.intersect(self.page);
        if !is_known || !window.is_positive() || !window.intersects(bounds) {
            return Sight::Nothing;
        }
        // Half of the last decimal that is written.
        if window.expand(0.005).contains_rect(bounds.intersect(self.page)) {
            return Sight::All;
        }
        let shape = Element::new("rect").with_numbers([
            ("x", window.min.x),
            ("y", window.min.y),
            ("width", window.width()),
            ("height", window.height()),
        ]);
        let mut content = String::new();
        shape.write_to(&mut content, None);
        Sight::Part(self.define("clipPath", "", content.trim_end()))
    }

    /// Whether anything within `bounds` can show.
    pub fn sees(&mut self, bounds: Rect) -> bool {
        !matches!(self.sight(bounds), Sight::Nothing)
    }

    /// Whether the clip takes away some of what lies within `bounds`.
    pub fn is_cut(&mut self, bounds: Rect) -> bool {
        matches!(self.sight(bounds), Sight::Part(_))
    }

    /// Puts an element that paints within `bounds` on the page.
    pub fn place(&mut self, bounds: Rect, element: &Element) {
        let clip = match self.sight(bounds) {
            Sight::Nothing => return,
            Sight::All => None,
            Sight::Part(id) => Some(id),
        };
        if let Some(group) = self.groups.last_mut() {
            element.write_to(&mut group.content, clip.as_deref());
        }
    }

    /// The id of a definition, which is written the first time that it is asked for.
    ///
    /// The ids start with an underscore, which those of parts never do.
    pub fn define(&mut self, name: &str, attributes: &str, content: &str) -> String {
        let key = format!("{name}{attributes}>{content}");
        if let Some(id) = self.defined.get(&key) {
            return id.clone();
        }
        let id = format!("_{}", self.defined.len() + 1);
        // Writing to a string can't fail.
        let _ = writeln!(self.defs, r#"<{name} id="{id}"{attributes}>{content}</{name}>"#);
        self.defined.insert(key, id.clone());
        id
    }

    fn line(&mut self, points: [Pos2; 2], stroke: Stroke) {
        let bounds = Rect::from_two_pos(points[0], points[1]).expand(stroke.width);
        let is_known = points.iter().all(|point| !point.any_nan());
        if !is_known || visible(stroke).is_none() || points[0] == points[1] || !self.sees(bounds) {
            return;
        }
        let clip = self.clip;
        let goes_on = self.lines.as_ref().is_some_and(|lines| {
            // Where strokes that can be seen through cross, the crossing is darker: that must stay.
            let is_safe = stroke.color.is_opaque() || continues(lines.last, points);
            lines.stroke == stroke && lines.clip == clip && is_safe
        });
        if !goes_on {
            self.end_lines();
        }
        let lines = self.lines.get_or_insert_with(|| Lines {
            stroke,
            clip,
            bounds,
            last: points,
            way: String::new(),
        });
        lines.bounds |= bounds;
        lines.last = points;
        lines.way.push('M');
        point_to(&mut lines.way, points[0]);
        if number(points[0].y) == number(points[1].y) {
            lines.way.push('H');
            lines.way.push_str(&number(points[1].x));
        } else if number(points[0].x) == number(points[1].x) {
            lines.way.push('V');
            lines.way.push_str(&number(points[1].y));
        } else {
            lines.way.push('L');
            point_to(&mut lines.way, points[1]);
        }
    }

    fn end_lines(&mut self) {
        let Some(lines) = self.lines.take() else { return };
        let element = Element::new("path")
            .with("d", &lines.way)
            .filled(Color32::TRANSPARENT)
            .stroked(lines.stroke);
        let clip = std::mem::replace(&mut self.clip, lines.clip);
        self.place(lines.bounds, &element);
        self.clip = clip;
    }

    /// Ends whatever is open.
    pub fn finish(mut self) -> Body {
        self.end_lines();
        while self.groups.len() > 1 {
            self.close();
        }
        Body {
            content: self.groups.pop().unwrap_or_default().content,
            defs: self.defs,
            used: self.used,
        }
    }
}

/// Whether `next` lies on the same line as `last`, behind its end.
fn continues(last: [Pos2; 2], next: [Pos2; 2]) -> bool {
    let way = (last[1] - last[0]).normalized();
    let ahead = |point: Pos2| {
        let step = point - last[1];
        let is_aside = (step.x * way.y - step.y * way.x).abs() > 0.01;
        !is_aside && step.dot(way) >= -0.001
    };
    ahead(next[0]) && ahead(next[1])
}
