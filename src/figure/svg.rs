//! Shapes to SVG.

use egui::Color32;

use super::{Drawing, FigureError};

/// How text is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Text {
    /// As text, with subsets of the faces for browsers.
    Embedded,
    /// As outlines, for programs that lack the faces.
    Outlined,
}

/// What a file says besides its shapes.
#[derive(Debug, Clone)]
pub struct Options {
    /// The `width` attribute: `85mm`, or `600` pixels.
    pub width: String,
    /// The `height` attribute.
    pub height: String,
    /// What lies under the shapes; nothing is transparent.
    pub ground: Option<Color32>,
    /// How text is written.
    pub text: Text,
    /// What the figure is called.
    pub title: String,
    /// What it shows, in words.
    pub description: String,
    /// The document, as JSON.
    pub state: Option<String>,
}

/// The drawing as SVG, one unit a point.
///
/// # Errors
/// If a shape or a character can't be drawn in a file.
pub fn write(drawing: &Drawing, options: &Options) -> Result<String, FigureError> {
    Ok(format!(
        r#"<svg xmlns="http://www.w3.org/2000/svg" width="{}" height="{}" viewBox="0 0 {} {}"/>"#,
        options.width, options.height, drawing.size.x, drawing.size.y
    ))
}
