//! Shapes to SVG: clean enough to be edited by hand, the same in every program.
//!
//! | file | noun |
//! | --- | --- |
//! | `writer` | the body of the file: parts as groups, clips, shared definitions |
//! | `element` | one element, and what it is filled and stroked with |
//! | `form` | circles, paths, curves and bands |
//! | `shade` | gradients, and strokes whose colour changes |
//! | `rect` | rectangles: rounded, turned, blurred, or filled with a picture |
//! | `mesh` | triangles: flat ones, gradients, pictures |
//! | `blend` | triangles of three colours as embedded PNG |
//! | `picture` | textures as embedded PNG |
//! | `galley` | laid-out text: runs of one face, with the place of each character |
//! | `walk` | what each glyph of a galley stands for, and where it is |
//! | `format` | numbers, colours and words |
//!
//! Coordinates are in points, with at most three decimals. A shape of which a coordinate is not a number is left out,
//! as it is on the screen; what lies more than 10⁶ points away is drawn that far away.

mod blend;
mod element;
mod form;
mod format;
mod galley;
mod mesh;
mod picture;
mod rect;
mod shade;
mod walk;
mod writer;

use std::fmt::Write as _;

use egui::Color32;

pub(super) use self::format::escape_xml;
use self::format::{hex_color, format_length, rgb_and_opacity};
use self::writer::{SvgBody, SvgWriter};
use super::face::loaded_faces;
use super::state;
use super::subset::web_font_base64;
use super::{Drawing, FigureError};

/// How text is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TextMode {
    /// As text, with subsets of the faces for browsers.
    EmbeddedFonts,
    /// As outlines, for programs that lack the faces.
    Outlines,
}

/// What a file says besides its shapes.
#[derive(Debug, Clone)]
pub struct SvgOptions {
    /// The `width` attribute: `85mm`, or `600` pixels.
    pub width: String,
    /// The `height` attribute.
    pub height: String,
    /// What lies under the shapes; nothing is transparent.
    pub background: Option<Color32>,
    /// How text is written.
    pub text_mode: TextMode,
    /// What the figure is called.
    pub title: String,
    /// What it shows, in words.
    pub description: String,
    /// The document, as JSON.
    pub embedded_text: Option<String>,
}

/// The drawing as SVG, one unit a point.
///
/// # Errors
/// If a shape or a character can't be drawn in a file.
pub fn from_drawing(drawing: &Drawing, options: &SvgOptions) -> Result<String, FigureError> {
    let mut writer = SvgWriter::new(drawing, options.text_mode)?;
    for clipped in &drawing.shapes {
        writer.clipped_shape(clipped)?;
    }
    let SvgBody { content, defs, used_characters: used } = writer.finish();

    let (width, height) = (format_length(drawing.size.x), format_length(drawing.size.y));
    let mut svg = String::with_capacity(content.len() + defs.len() + 40_000);
    // Writing to a string can't fail.
    let _ = write!(
        svg,
        r#"<svg xmlns="http://www.w3.org/2000/svg" width="{}" height="{}" viewBox="0 0 {width} {height}">"#,
        escape_xml(&options.width),
        escape_xml(&options.height),
    );
    svg.push('\n');
    for (name, words) in [("title", &options.title), ("desc", &options.description)] {
        if !words.is_empty() {
            let _ = writeln!(svg, "<{name}>{}</{name}>", escape_xml(words));
        }
    }
    if let Some(text) = &options.embedded_text {
        let text = state::to_svg_metadata(state::check_size(text, "SVG")?);
        let _ = writeln!(svg, "<metadata>{text}</metadata>");
    }
    if !used.is_empty() {
        svg.push_str("<style>\n");
        for (index, characters) in &used {
            let Some(opened) = loaded_faces()?.get(*index) else {
                continue;
            };
            let face = &opened.face;
            let style = if face.italic { "italic" } else { "normal" };
            let _ = writeln!(
                svg,
                "@font-face{{font-family:\"{}\";font-weight:{};font-style:{style};\
                 src:url(data:font/{};base64,{})}}",
                face.family,
                face.weight,
                if face.file.ends_with("otf") { "otf" } else { "ttf" },
                web_font_base64(opened, characters)?,
            );
        }
        svg.push_str("</style>\n");
    }
    if !defs.is_empty() {
        let _ = writeln!(svg, "<defs>\n{defs}</defs>");
    }
    if let Some((color, opacity)) = options.background.and_then(rgb_and_opacity) {
        let _ = write!(
            svg,
            r#"<rect width="{width}" height="{height}" fill="{}""#,
            hex_color(color)
        );
        if opacity < 1.0 {
            let _ = write!(svg, r#" fill-opacity="{}""#, format::format_fine(opacity));
        }
        svg.push_str("/>\n");
    }
    svg.push_str(&content);
    svg.push_str("</svg>\n");
    Ok(svg)
}
