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

pub(super) use self::format::escape;
use self::format::{hex, number, straight};
use self::writer::{Body, Writer};
use super::face::faces;
use super::state;
use super::subset::web_font;
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
    let mut writer = Writer::new(drawing, options.text)?;
    for clipped in &drawing.shapes {
        writer.clipped(clipped)?;
    }
    let Body { content, defs, used } = writer.finish();

    let (width, height) = (number(drawing.size.x), number(drawing.size.y));
    let mut svg = String::with_capacity(content.len() + defs.len() + 40_000);
    // Writing to a string can't fail.
    let _ = write!(
        svg,
        r#"<svg xmlns="http://www.w3.org/2000/svg" width="{}" height="{}" viewBox="0 0 {width} {height}">"#,
        escape(&options.width),
        escape(&options.height),
    );
    svg.push('\n');
    for (name, words) in [("title", &options.title), ("desc", &options.description)] {
        if !words.is_empty() {
            let _ = writeln!(svg, "<{name}>{}</{name}>", escape(words));
        }
    }
    if let Some(text) = &options.state {
        let text = state::wrapped_for_svg(state::checked(text, "SVG")?);
        let _ = writeln!(svg, "<metadata>{text}</metadata>");
    }
    if !used.is_empty() {
        svg.push_str("<style>\n");
        for (index, characters) in &used {
            let Some(opened) = faces()?.get(*index) else {
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
                web_font(opened, characters)?,
            );
        }
        svg.push_str("</style>\n");
    }
    if !defs.is_empty() {
        let _ = writeln!(svg, "<defs>\n{defs}</defs>");
    }
    if let Some((color, opacity)) = options.ground.and_then(straight) {
        let _ = write!(
            svg,
            r#"<rect width="{width}" height="{height}" fill="{}""#,
            hex(color)
        );
        if opacity < 1.0 {
            let _ = write!(svg, r#" fill-opacity="{}""#, format::fine(opacity));
        }
        svg.push_str("/>\n");
    }
    svg.push_str(&content);
    svg.push_str("</svg>\n");
    Ok(svg)
}
