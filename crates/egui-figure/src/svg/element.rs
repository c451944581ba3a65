//! One element of an SVG file, and what it is filled and stroked with.

use std::fmt::Write as _;

use egui::{Color32, Stroke};

use super::format::{format_fine, hex_color, format_length, rgb_and_opacity};

/// An element whose clip and place in the tree are still open.
#[derive(Debug, Clone)]
pub struct SvgElement {
    name: &'static str,
    attributes: String,
    content: String,
    /// A clip is meant before this.
    transform: String,
}

impl SvgElement {
    pub fn new(name: &'static str) -> Self {
        Self {
            name,
            attributes: String::new(),
            content: String::new(),
            transform: String::new(),
        }
    }

    /// With an attribute whose value needs no escapes.
    pub fn with(mut self, key: &str, value: impl AsRef<str>) -> Self {
        // Writing to a string can't fail.
        let _ = write!(self.attributes, r#" {key}="{}""#, value.as_ref());
        self
    }

    /// With coordinates or lengths in points.
    pub fn with_lengths<const N: usize>(self, pairs: [(&str, f32); N]) -> Self {
        pairs
            .into_iter()
            .fold(self, |element, (key, value)| element.with(key, format_length(value)))
    }

    /// With what lies in it, already escaped.
    pub fn with_content(mut self, content: impl AsRef<str>) -> Self {
        self.content.push_str(content.as_ref());
        self
    }

    /// Transformed, as the attribute says it; nothing if that is empty.
    pub fn with_transform(mut self, transform: impl Into<String>) -> Self {
        self.transform = transform.into();
        self
    }

    /// Turned clockwise by `angle` radians around `center`.
    pub fn with_rotation(self, angle: f32, center: egui::Pos2) -> Self {
        self.with_transform(rotation_transform(angle, center))
    }

    pub fn with_fill(self, color: Color32) -> Self {
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

    pub fn with_stroke(self, stroke: Stroke) -> Self {
        let Some((rgb, opacity)) = stroke_rgb_and_opacity(stroke) else {
            return self;
        };
        let mut element = self.with("stroke", hex_color(rgb));
        if opacity < 1.0 {
            element = element.with("stroke-opacity", format_fine(opacity));
        }
        // One is what it is without being said.
        if format_length(stroke.width) == "1" {
            return element;
        }
        element.with("stroke-width", format_fine(stroke.width))
    }

    /// Puts the element on a line of its own behind `text`, clipped by the definition with this id.
    pub fn write_to(&self, text: &mut String, clip: Option<&str>) {
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

/// A `transform` that turns clockwise by `angle` radians around `center`; empty for none.
pub fn rotation_transform(angle: f32, center: egui::Pos2) -> String {
    if angle == 0.0 {
        return String::new();
    }
    let (x, y) = (format_length(center.x), format_length(center.y));
    format!("rotate({} {x} {y})", format_fine(angle.to_degrees()))
}

/// The colour and opacity of a stroke; None if it paints nothing.
pub fn stroke_rgb_and_opacity(stroke: Stroke) -> Option<([u8; 3], f32)> {
    (stroke.width > 0.0).then(|| rgb_and_opacity(stroke.color)).flatten()
}
