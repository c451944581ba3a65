//! Glyphs in color, such as emoji, as images.
//!
//! SVG and PDF can't show the color fonts of a system in a portable way, so such a glyph becomes a picture. It is
//! drawn as egui draws it in a window (`rasterize_color_glyph` in epaint's `font_face.rs`).

use std::sync::Arc;

use egui::{Rect, pos2};
use skrifa::bitmap::{BitmapData, BitmapGlyph};
use skrifa::instance::Size;
use skrifa::{FontRef, GlyphId, MetadataProvider as _};
use vello_cpu::peniko::{Blob, FontData};
use vello_cpu::{Glyph, Pixmap, RenderContext, Resources};

use crate::bundled_fonts::FontFace;
use crate::png::Raster;

/// A glyph in color.
pub(crate) struct ColorGlyph {
    /// Its pixels.
    pub(crate) raster: Raster,
    /// The place of the pixels at a glyph size of 1, with y downward from the baseline.
    pub(crate) rect: Rect,
}

/// The smallest and the largest resolution of a glyph that is made of outlines, in pixels per glyph size.
const RESOLUTIONS: [f32; 2] = [128.0, 512.0];
/// The largest resolution of a bitmap in a font, in pixels per glyph size.
const MAX_BITMAP_RESOLUTION: f32 = 1024.0;

/// True if a font draws the glyph in color: as outlines with colors or gradients (`COLR`), or as a bitmap (`sbix`,
/// `CBDT`).
pub(crate) fn has_color(font: &FontRef<'_>, glyph: GlyphId) -> bool {
    font.color_glyphs().get(glyph).is_some() || bitmap(font, glyph).is_some()
}

/// Returns the largest bitmap of a glyph that is in color.
fn bitmap<'a>(font: &FontRef<'a>, glyph: GlyphId) -> Option<BitmapGlyph<'a>> {
    let bitmap = font.bitmap_strikes().glyph_for_size(Size::unscaled(), glyph)?;
    let is_in_color = !matches!(bitmap.data, BitmapData::Mask(_));
    (is_in_color && bitmap.ppem_y > 0.0).then_some(bitmap)
}

/// Returns a glyph in color. Outlines are drawn at `resolution` in pixels per glyph size, within limits, and a
/// bitmap at its own. Returns `None` if the font doesn't draw the glyph in color, or as nothing.
pub(crate) fn color_glyph(
    face: &FontFace,
    font: &FontRef<'_>,
    glyph: GlyphId,
    resolution: f32,
) -> Option<ColorGlyph> {
    let [min, max] = RESOLUTIONS;
    let resolution = match font.color_glyphs().get(glyph) {
        Some(_) => resolution.clamp(min, max).round(),
        None => bitmap(font, glyph)?.ppem_y.min(MAX_BITMAP_RESOLUTION),
    };
    // The bounds of the glyph are not known, so the canvas has space for one em on each side of the em square.
    let side = (3.0 * resolution).ceil() as u16;
    let [origin_x, origin_y] = [resolution.ceil(), (2.0 * resolution).ceil()];
    let data = FontData::new(Blob::new(Arc::new(face.bytes)), face.index);
    let mut canvas = RenderContext::new(side, side);
    let mut resources = Resources::new();
    canvas
        .glyph_run(&mut resources, &data)
        .font_size(resolution)
        .hint(false)
        .fill_glyphs(std::iter::once(Glyph {
            id: glyph.to_u32(),
            x: origin_x,
            y: origin_y,
        }));
    let mut pixmap = Pixmap::new(side, side);
    canvas.render(&mut pixmap, &mut resources);

    let side = usize::from(side);
    let pixels = pixmap.data();
    let is_painted = |x: usize, y: usize| pixels.get(y * side + x).is_some_and(|pixel| pixel.a > 0);
    let (mut left, mut top, mut right, mut bottom) = (side, side, 0, 0);
    for y in 0..side {
        for x in (0..side).filter(|&x| is_painted(x, y)) {
            (left, right) = (left.min(x), right.max(x + 1));
            (top, bottom) = (top.min(y), y + 1);
        }
    }
    if right <= left {
        return None;
    }
    let rgba = (top..bottom).flat_map(|y| &pixels[y * side + left..y * side + right]);
    let rgba = rgba.flat_map(|pixel| {
        let color = egui::Color32::from_rgba_premultiplied(pixel.r, pixel.g, pixel.b, pixel.a);
        color.to_srgba_unmultiplied()
    });
    let at = |x: usize, y: usize| {
        pos2(
            (x as f32 - origin_x) / resolution,
            (y as f32 - origin_y) / resolution,
        )
    };
    Some(ColorGlyph {
        raster: Raster {
            width: (right - left) as u32,
            height: (bottom - top) as u32,
            rgba: rgba.collect(),
        },
        rect: Rect::from_min_max(at(left, top), at(right, bottom)),
    })
}
