//! Writes the body of an SVG file with its options: groups, clips, and definitions that several elements share.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::sync::Arc;

use egui::emath::TSTransform;
use egui::epaint::ClippedShape;
use egui::{Color32, Pos2, Rect, Shape, Stroke, Vec2};

use super::element::{SvgElement, stroke_rgb_and_opacity};
use super::flowing_text::OpenText;
use super::format::{escape_xml, format_length, push_point};
use crate::embedded_text::EmbeddedText;
use crate::figure_marker::FigureMarker;
use crate::loaded_face::{LoadedFaces, loaded_faces};
use crate::{Drawing, FigureError, UnsupportedShape};

/// The representation of text in an SVG file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TextMode {
    /// As `<text>` elements, with subsets of the fonts embedded for browsers.
    EmbeddedFonts,
    /// As paths, for programs that lack the fonts.
    Outlines,
}

/// Settings for writing an SVG file.
#[derive(Debug, Clone)]
pub struct SvgOptions {
    /// The `width` attribute, such as `85mm`; a number without unit is in CSS pixels.
    pub width: String,
    /// The `height` attribute.
    pub height: String,
    /// The background color; `None` is transparent.
    pub background: Option<Color32>,
    /// The representation of text.
    pub text_mode: TextMode,
    /// True if glyphs in color, such as emoji, are drawn in gray.
    pub is_grayscale: bool,
    /// The title of the figure; no element is written if empty.
    pub title: String,
    /// A description of the figure; no element is written if empty.
    pub description: String,
    /// The name of the attribute that holds the name of a group from a
    /// [`FigureMarker`](crate::FigureMarker), such as `data-name`.
    pub group_name_attribute: &'static str,
    /// A text to embed in `<metadata>`, such as the document that the figure shows.
    pub embedded_text: Option<EmbeddedText>,
}

impl SvgOptions {
    /// Returns the settings for a drawing of `size` points at its natural size (1 point is 1 CSS pixel, 1/96
    /// inch): with embedded fonts, in color, a transparent background, `data-name` for the names of groups, and without
    /// title, description and embedded text.
    pub fn new(size: Vec2) -> Self {
        Self {
            width: format_length(size.x),
            height: format_length(size.y),
            background: None,
            text_mode: TextMode::EmbeddedFonts,
            is_grayscale: false,
            title: String::new(),
            description: String::new(),
            group_name_attribute: "data-name",
            embedded_text: None,
        }
    }
}

/// The part of an SVG file between its header and its end.
pub(crate) struct SvgBody {
    /// The elements.
    pub(crate) content: String,
    /// The definitions that the elements refer to.
    pub(crate) defs: String,
    /// For each font (by index) that text is written in, the characters used.
    pub(crate) used_characters: BTreeMap<usize, BTreeSet<char>>,
}

/// Converts shapes to SVG elements, one after the other.
pub(crate) struct SvgWriter<'a> {
    pub(crate) drawing: &'a Drawing,
    pub(crate) options: &'a SvgOptions,
    pub(crate) faces: Arc<LoadedFaces>,
    pub(crate) used_characters: BTreeMap<usize, BTreeSet<char>>,
    page: Rect,
    clip: Rect,
    /// The page and the open groups, from the outermost in.
    groups: Vec<SvgGroup>,
    /// The number of times each id has been given.
    ids: BTreeMap<String, u32>,
    defs: String,
    /// The id of each definition, by its content.
    ids_by_definition: BTreeMap<String, String>,
    open_lines: Option<OpenLines>,
    pub(super) open_text: Option<OpenText>,
}

/// A group of shapes between two markers.
#[derive(Default)]
struct SvgGroup {
    name: String,
    title: Option<String>,
    content: String,
}

/// Line segments with the same stroke, such as a dashed line or the lines of a grid, which become one path.
struct OpenLines {
    stroke: Stroke,
    clip: Rect,
    bounds: Rect,
    last: [Pos2; 2],
    path_data: String,
}

/// The visible part of an element.
enum Visibility {
    Hidden,
    Full,
    /// The part inside the clip path with this id.
    Clipped(String),
}

impl<'a> SvgWriter<'a> {
    /// Creates a writer without shapes.
    ///
    /// # Errors
    /// Returns an error if a font can't be parsed.
    pub(crate) fn new(drawing: &'a Drawing, options: &'a SvgOptions) -> Result<Self, FigureError> {
        Ok(Self {
            drawing,
            options,
            faces: loaded_faces(&drawing.fallback_faces)?,
            used_characters: BTreeMap::new(),
            page: Rect::from_min_size(Pos2::ZERO, drawing.size),
            clip: Rect::EVERYTHING,
            groups: vec![SvgGroup::default()],
            ids: BTreeMap::new(),
            defs: String::new(),
            ids_by_definition: BTreeMap::new(),
            open_lines: None,
            open_text: None,
        })
    }

    /// Writes a shape with its clip rectangle and transform.
    ///
    /// # Errors
    /// Returns an error if SVG can't represent the shape, or no font has a character of it.
    pub(crate) fn clipped_shape(&mut self, clipped: &ClippedShape) -> Result<(), FigureError> {
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
            self.flush_lines();
        }
        if !matches!(shape, Shape::Text(_) | Shape::Noop | Shape::Vec(_)) {
            self.flush_text();
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
            Shape::QuadraticBezier(curve) => self.quadratic_bezier(curve),
            Shape::CubicBezier(curve) => self.cubic_bezier(curve),
            Shape::Callback(callback) => match FigureMarker::from_callback(callback) {
                Some(marker) => self.marker(marker),
                None => return Err(FigureError::UnsupportedShape(UnsupportedShape::PaintCallback)),
            },
        }
        Ok(())
    }

    fn marker(&mut self, marker: &FigureMarker) {
        match marker {
            FigureMarker::BeginGroup { name } => self.groups.push(SvgGroup {
                name: name.clone(),
                ..SvgGroup::default()
            }),
            FigureMarker::Title(title) => {
                if self.groups.len() > 1
                    && let Some(group) = self.groups.last_mut()
                {
                    group.title = Some(title.clone());
                }
            }
            FigureMarker::EndGroup => self.end_group(),
        }
    }

    /// Ends the innermost group. A group without visible elements is not written.
    fn end_group(&mut self) {
        if self.groups.len() < 2 {
            return;
        }
        let Some(group) = self.groups.pop() else { return };
        if group.content.is_empty() {
            return;
        }
        let id = self.unique_id(&group.name);
        let Some(outer) = self.groups.last_mut() else {
            return;
        };
        // Writing to a string can't fail.
        let _ = writeln!(
            outer.content,
            r#"<g id="{id}" {}="{}">"#,
            self.options.group_name_attribute,
            escape_xml(&group.name)
        );
        if let Some(title) = group.title {
            let _ = writeln!(outer.content, "<title>{}</title>", escape_xml(&title));
        }
        outer.content.push_str(&group.content);
        outer.content.push_str("</g>\n");
    }

    /// Returns a unique id for a group's name: `point-1-2` for `point[1,2]`, and `point-1-2-2` for the next
    /// group with that name.
    fn unique_id(&mut self, name: &str) -> String {
        let is_separator = |c: char| !c.is_ascii_alphanumeric();
        let words: Vec<&str> = name.split(is_separator).filter(|word| !word.is_empty()).collect();
        let mut base = words.join("-");
        // An id should begin with a letter.
        if !base.starts_with(|c: char| c.is_ascii_alphabetic()) {
            base = format!("part-{base}").trim_end_matches('-').to_owned();
        }
        let mut id = base.clone();
        loop {
            let count = self.ids.entry(base.clone()).or_default();
            *count += 1;
            if *count > 1 {
                id = format!("{base}-{count}");
            }
            // The second `a[1]` becomes `a-1-2`, an id that `a[1,2]` may have taken.
            if id == base || self.ids.insert(id.clone(), 1).is_none() {
                return id;
            }
        }
    }

    fn visibility(&mut self, bounds: Rect) -> Visibility {
        let sides = [bounds.min.x, bounds.min.y, bounds.max.x, bounds.max.y];
        let is_valid = sides.iter().all(|side| !side.is_nan()) && !bounds.is_negative();
        let visible_rect = self.clip.intersect(self.page);
        if !is_valid || !visible_rect.is_positive() || !visible_rect.intersects(bounds) {
            return Visibility::Hidden;
        }
        // Half of the last decimal that is written.
        if visible_rect
            .expand(0.005)
            .contains_rect(bounds.intersect(self.page))
        {
            return Visibility::Full;
        }
        let shape = SvgElement::new("rect").with_lengths([
            ("x", visible_rect.min.x),
            ("y", visible_rect.min.y),
            ("width", visible_rect.width()),
            ("height", visible_rect.height()),
        ]);
        let mut content = String::new();
        shape.write_to(&mut content, None);
        Visibility::Clipped(self.define("clipPath", "", content.trim_end()))
    }

    /// True if anything within `bounds` can be visible.
    pub(crate) fn is_visible(&mut self, bounds: Rect) -> bool {
        !matches!(self.visibility(bounds), Visibility::Hidden)
    }

    /// True if the clip rectangle cuts off a part of `bounds`.
    pub(crate) fn is_clipped(&mut self, bounds: Rect) -> bool {
        matches!(self.visibility(bounds), Visibility::Clipped(_))
    }

    /// Writes an element that paints within `bounds`, clipped if needed; skips it if it is invisible.
    pub(crate) fn push(&mut self, bounds: Rect, element: &SvgElement) {
        let clip = match self.visibility(bounds) {
            Visibility::Hidden => return,
            Visibility::Full => None,
            Visibility::Clipped(id) => Some(id),
        };
        if let Some(group) = self.groups.last_mut() {
            element.write_to(&mut group.content, clip.as_deref());
        }
    }

    /// Returns the id of a definition, which is written once, at the first call.
    ///
    /// The ids begin with an underscore, which the ids of groups never do.
    pub(crate) fn define(&mut self, name: &str, attributes: &str, content: &str) -> String {
        let key = format!("{name}{attributes}>{content}");
        if let Some(id) = self.ids_by_definition.get(&key) {
            return id.clone();
        }
        let id = format!("_{}", self.ids_by_definition.len() + 1);
        // Writing to a string can't fail.
        let _ = writeln!(self.defs, r#"<{name} id="{id}"{attributes}>{content}</{name}>"#);
        self.ids_by_definition.insert(key, id.clone());
        id
    }

    fn line(&mut self, points: [Pos2; 2], stroke: Stroke) {
        let bounds = Rect::from_two_pos(points[0], points[1]).expand(stroke.width);
        if points.iter().any(|point| point.any_nan())
            || stroke_rgb_and_opacity(stroke).is_none()
            || points[0] == points[1]
            || !self.is_visible(bounds)
        {
            return;
        }
        let clip = self.clip;
        let extends_open_lines = self.open_lines.as_ref().is_some_and(|lines| {
            // Crossings of translucent strokes are darker: such lines must stay separate elements.
            let is_safe = stroke.color.is_opaque() || continues(lines.last, points);
            lines.stroke == stroke && lines.clip == clip && is_safe
        });
        if !extends_open_lines {
            self.flush_lines();
        }
        let lines = self.open_lines.get_or_insert_with(|| OpenLines {
            stroke,
            clip,
            bounds,
            last: points,
            path_data: String::new(),
        });
        lines.bounds |= bounds;
        lines.last = points;
        lines.path_data.push('M');
        push_point(&mut lines.path_data, points[0]);
        if format_length(points[0].y) == format_length(points[1].y) {
            lines.path_data.push('H');
            lines.path_data.push_str(&format_length(points[1].x));
        } else if format_length(points[0].x) == format_length(points[1].x) {
            lines.path_data.push('V');
            lines.path_data.push_str(&format_length(points[1].y));
        } else {
            lines.path_data.push('L');
            push_point(&mut lines.path_data, points[1]);
        }
    }

    fn flush_lines(&mut self) {
        let Some(lines) = self.open_lines.take() else {
            return;
        };
        let element = SvgElement::new("path")
            .with("d", &lines.path_data)
            .with_fill(Color32::TRANSPARENT)
            .with_stroke(lines.stroke);
        self.push_clipped_by(lines.clip, lines.bounds, &element);
    }

    /// Writes an element as [`push`](Self::push) does, with this clip rectangle.
    pub(super) fn push_clipped_by(&mut self, clip: Rect, bounds: Rect, element: &SvgElement) {
        let clip = std::mem::replace(&mut self.clip, clip);
        self.push(bounds, element);
        self.clip = clip;
    }

    /// Returns the clip rectangle of the current shape.
    pub(super) fn clip(&self) -> Rect {
        self.clip
    }

    /// Writes pending lines, ends open groups and returns the body.
    pub(crate) fn finish(mut self) -> SvgBody {
        self.flush_lines();
        self.flush_text();
        while self.groups.len() > 1 {
            self.end_group();
        }
        SvgBody {
            content: self.groups.pop().unwrap_or_default().content,
            defs: self.defs,
            used_characters: self.used_characters,
        }
    }
}

/// True if `next` continues `last` on the same straight line.
fn continues(last: [Pos2; 2], next: [Pos2; 2]) -> bool {
    let direction = (last[1] - last[0]).normalized();
    let is_ahead = |point: Pos2| {
        let step = point - last[1];
        let distance_from_line = (step.x * direction.y - step.y * direction.x).abs();
        distance_from_line <= 0.01 && step.dot(direction) >= -0.001
    };
    is_ahead(next[0]) && is_ahead(next[1])
}
