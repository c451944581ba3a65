//! Converts egui shapes to SVG that can be edited by hand and looks the same in every program.
//!
//! | module | contents |
//! | --- | --- |
//! | `writer` | the body of the file: groups, clips, shared definitions |
//! | `element` | one XML element with its fill, stroke and transform |
//! | `shapes` | circles, ellipses, paths, Bézier curves and bands |
//! | `gradient` | gradients, and strokes whose color changes along the path |
//! | `rect` | rectangles: rounded, rotated, blurred, or filled with a texture |
//! | `mesh` | triangle meshes: flat ones, gradients, textured rectangles |
//! | `mesh_raster` | triangles with three colors, as embedded PNG |
//! | `texture` | textures, as embedded PNG |
//! | `flowing_text` | text elements in which characters follow each other |
//! | `galley` | laid-out text: runs of one font, with the position of each character |
//! | `shaped_text` | the glyphs of a text in egui's order, for fonts whose letters depend on each other |
//! | `glyphs` | the character, format and position of each glyph of a galley |
//! | `format` | numbers, colors and escaped text |
//!
//! Coordinates are in points, with at most three decimals. A shape with a coordinate that is not a number is
//! skipped, as on the screen; coordinates are clamped to ±10⁶ points.

mod element;
mod flowing_text;
pub(super) mod format;
mod galley;
mod glyphs;
mod gradient;
mod mesh;
mod mesh_raster;
mod rect;
mod shaped_text;
mod shapes;
mod texture;
mod writer;

pub use self::writer::{SvgOptions, TextMode};

use std::fmt::Write as _;
use std::sync::Arc;

use self::format::{escape_xml, format_length, hex_color, rgb_and_opacity};
use self::writer::{SvgBody, SvgWriter};
use super::subset::web_font_base64;
use super::{Drawing, FigureError};

/// Converts a drawing to SVG. One user unit is one point.
///
/// ```
/// # fn main() -> Result<(), egui_figure::FigureError> {
/// use egui_figure::HeadlessContext;
/// use egui_figure::svg::{self, SvgOptions};
///
/// let drawing = HeadlessContext::new().draw(egui::vec2(96.0, 48.0), |ui| {
///     ui.painter().circle_filled(egui::pos2(48.0, 24.0), 20.0, egui::Color32::RED);
/// })?;
/// let options = SvgOptions {
///     title: "A red disc".to_owned(),
///     ..SvgOptions::new(drawing.size)
/// };
/// let svg = svg::from_drawing(&drawing, &options)?;
/// assert!(svg.contains(r##"<circle cx="48" cy="24" r="20" fill="#f00"/>"##));
/// # Ok(())
/// # }
/// ```
///
/// # Errors
/// Returns an error if the drawing has a shape that SVG can't represent or a character that no font
/// has, or the embedded text is over 64 MiB or its name is invalid.
pub fn from_drawing(drawing: &Drawing, options: &SvgOptions) -> Result<String, FigureError> {
    let mut writer = SvgWriter::new(drawing, options)?;
    let faces = Arc::clone(&writer.faces);
    for clipped in &drawing.shapes {
        writer.clipped_shape(clipped)?;
    }
    let SvgBody {
        content,
        defs,
        used_characters,
    } = writer.finish();

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
    for (name, text) in [("title", &options.title), ("desc", &options.description)] {
        if !text.is_empty() {
            let _ = writeln!(svg, "<{name}>{}</{name}>", escape_xml(text));
        }
    }
    if let Some(embedded) = &options.embedded_text {
        embedded.check("SVG")?;
        let _ = writeln!(svg, "<metadata>{}</metadata>", embedded.to_svg_metadata());
    }
    if !used_characters.is_empty() {
        // The distances between characters contain the kerning.
        svg.push_str("<style>\ntext{font-kerning:none}\n");
        for (index, characters) in &used_characters {
            let Some(loaded_face) = faces.get(*index) else {
                continue;
            };
            let face = &loaded_face.face;
            let font = web_font_base64(loaded_face, characters)?;
            let style = if face.italic { "italic" } else { "normal" };
            let _ = writeln!(
                svg,
                "@font-face{{font-family:\"{}\";font-weight:{};font-style:{style};\
                 src:url(data:font/{};base64,{})}}",
                face.family,
                face.weight,
                // `OTTO`, the first bytes of a file with PostScript outlines.
                if font.starts_with("T1RUTw") { "otf" } else { "ttf" },
                font,
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
