//! One element of an SVG file with its fill, stroke and transform.

use std::fmt::Write as _;

use egui::{Color32, Stroke};

use super::format::{format_fine, format_length, hex_color, rgb_and_opacity};

/// An SVG element. Its clip and its place in the document are decided when it is written.
#[derive(Debug, Clone)]
pub(crate) struct SvgElement {
    name: &'static str,
    attributes: String,
    content: String,
    /// The value of the `transform` attribute. A clip applies before the transform.
    transform: String,
}

impl SvgElement {
    /// Creates an element with this tag name.
    pub(crate) fn new(name: &'static str) -> Self {
        Self {
            name,
            attributes: String::new(),
            content: String::new(),
            transform: String::new(),
        }
    }

    /// Adds an attribute whose value needs no escaping.
    pub(crate) fn with(mut self, key: &str, value: impl AsRef<str>) -> Self {
        // Writing to a string can't fail.
        let _ = write!(self.attributes, r#" {key}="{}""#, value.as_ref());
        self
    }

    /// Adds attributes with coordinates or lengths in points.
    pub(crate) fn with_lengths<const N: usize>(self, pairs: [(&str, f32); N]) -> Self {
        pairs.into_iter().fold(self, |element, (key, value)| {
            element.with(key, format_length(value))
        })
    }

    /// Adds attributes that are already written, each after a blank.
    pub(crate) fn with_attributes(mut self, attributes: &str) -> Self {
        self.attributes.push_str(attributes);
        self
    }

    /// Adds content that is already escaped.
    pub(crate) fn with_content(mut self, content: impl AsRef<str>) -> Self {
        self.content.push_str(content.as_ref());
        self
    }

    /// Sets the value of the `transform` attribute; empty for none.
    pub(crate) fn with_transform(mut self, transform: impl Into<String>) -> Self {
        self.transform = transform.into();
        self
    }

    /// Rotates the element clockwise by `angle` radians around `center`.
    pub(crate) fn with_rotation(self, angle: f32, center: egui::Pos2) -> Self {
        self.with_transform(rotation_transform(angle, center))
    }

    /// Adds the attributes for a fill color; a transparent color gives `fill="none"`.
    pub(crate) fn with_fill(self, color: Color32) -> Self {
        match rgb_and_opacity(color) {
            Some((rgb, opacity)) => {
                let element = self.with("fill", hex_color(rgb));
                if opacity < 1.0 {
                    return element.with("fill-opacity", format_fine(opacity));
                }
                element
            }
            None => self.with("fill", "none"),
        }
    }

    /// Adds the attributes for a stroke; adds nothing if the stroke is invisible.
    pub(crate) fn with_stroke(self, stroke: Stroke) -> Self {
        let Some((rgb, opacity)) = stroke_rgb_and_opacity(stroke) else {
            return self;
        };
        let mut element = self.with("stroke", hex_color(rgb));
        if opacity < 1.0 {
            element = element.with("stroke-opacity", format_fine(opacity));
        }
        // The default width is 1.
        if format_length(stroke.width) == "1" {
            return element;
        }
        element.with("stroke-width", format_fine(stroke.width))
    }

    /// Appends the element and a line break to `text`, clipped by the definition with the id `clip`.
    pub(crate) fn write_to(&self, text: &mut String, clip: Option<&str>) {
        let Self {
            name,
            attributes,
            content,
            transform,
        } = self;
        let clip = clip.map_or_else(String::new, |id| format!(r#" clip-path="url(#{id})""#));
        let is_wrapped = !clip.is_empty() && !transform.is_empty();
        // Writing to a string can't fail.
        if is_wrapped {
            let _ = write!(text, "<g{clip}>");
        }
        let _ = write!(text, "<{name}{attributes}");
        if !transform.is_empty() {
            let _ = write!(text, r#" transform="{transform}""#);
        }
        if !is_wrapped {
            text.push_str(&clip);
        }
        if content.is_empty() {
            text.push_str("/>");
        } else {
            let _ = write!(text, ">{content}</{name}>");
        }
        text.push_str(if is_wrapped { "</g>\n" } else { "\n" });
    }
}

/// Returns a `transform` that rotates clockwise by `angle` radians around `center`; empty if the angle is 0.
pub(crate) fn rotation_transform(angle: f32, center: egui::Pos2) -> String {
    if angle == 0.0 {
        return String::new();
    }
    let (x, y) = (format_length(center.x), format_length(center.y));
    format!("rotate({} {x} {y})", format_fine(angle.to_degrees()))
}

/// Returns the color and opacity of a stroke, or `None` if it paints nothing.
pub(crate) fn stroke_rgb_and_opacity(stroke: Stroke) -> Option<([u8; 3], f32)> {
    (stroke.width > 0.0)
        .then(|| rgb_and_opacity(stroke.color))
        .flatten()
}
