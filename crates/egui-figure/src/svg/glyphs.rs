//! The character, text format and exact position of each glyph of a galley.
//!
//! egui's glyphs have positions rounded to pixels and advance widths, but not the section they belong to. So
//! positions are computed as the running sum of advance widths, kerning included, and sections are found by
//! counting characters.

use egui::epaint::text::{Glyph, LayoutSection, PlacedRow, TextFormat};
use egui::{Color32, Galley, Pos2, Rect, Stroke, Vec2};

use super::element::stroke_rgb_and_opacity;
use super::shaped_text::{ShapedGlyph, TextGlyph, text_glyphs};
use crate::fonts::BodyFont;
use crate::loaded_face::LoadedFaces;

/// A rectangle behind, below or through characters: background, underline or strikethrough.
pub(crate) struct TextDecoration {
    pub(crate) rect: Rect,
    pub(crate) color: Color32,
}

/// A glyph of a row with its character, format and exact position.
pub(crate) struct PlacedGlyph<'a> {
    /// The glyph, scaled like the galley.
    pub(crate) glyph: Glyph,
    /// The scale factor of the galley.
    pub(crate) scale: f32,
    pub(crate) character: char,
    /// The byte of the text at which the character begins.
    pub(crate) at: usize,
    /// `None` if it is the glyph that its font has for the character, in its usual place.
    pub(crate) shaped: Option<ShapedGlyph>,
    pub(crate) format: &'a TextFormat,
    /// The distance from the left of the row, in points.
    pub(crate) x: f32,
    /// True if it belongs to the character before it (such as a combining mark), and so has no position of
    /// its own.
    pub(crate) is_continuation: bool,
}

/// Iterates over the characters and sections of a galley in step with its glyphs, because a glyph doesn't
/// know its section.
pub(crate) struct GlyphLocator<'a> {
    galley: &'a Galley,
    text_glyphs: std::vec::IntoIter<TextGlyph>,
    sections: std::slice::Iter<'a, LayoutSection>,
    section: Option<&'a LayoutSection>,
    rows_left: usize,
    scale: f32,
}

impl<'a> GlyphLocator<'a> {
    /// Creates a locator at the first row.
    pub(crate) fn new(galley: &'a Galley, faces: &LoadedFaces, body_font: BodyFont) -> Self {
        let mut sections = galley.job.sections.iter();
        Self {
            galley,
            text_glyphs: text_glyphs(&galley.job, faces, body_font).into_iter(),
            section: sections.next(),
            sections,
            rows_left: galley.rows.len(),
            scale: galley_scale(galley),
        }
    }

    /// Returns the glyphs of the next row.
    pub(crate) fn next_row(&mut self, row: &'a PlacedRow) -> Vec<PlacedGlyph<'a>> {
        self.rows_left = self.rows_left.saturating_sub(1);
        let ends_early = self.galley.elided && self.rows_left == 0;
        let wrap = &self.galley.job.wrap;
        // The tolerated distance between a glyph's position and the running sum: rounding to a pixel, or
        // nothing in justified text, where glyphs are spread out.
        let tolerance = if self.galley.job.justify {
            0.0
        } else {
            1.5 / self.galley.pixels_per_point
        };
        let mut placed: Vec<PlacedGlyph<'a>> = Vec::with_capacity(row.glyphs.len());
        let scale = self.scale;
        let mut x = 0.0;
        for (index, glyph) in row.glyphs.iter().enumerate() {
            let glyph = scale_glyph(glyph, scale);
            let is_last = index + 1 == row.glyphs.len();
            let is_overflow = ends_early && is_last && Some(glyph.chr) == wrap.overflow_character;
            let next = self.text_glyphs.as_slice().first();
            let at = next.map_or(usize::MAX, |next| next.at);
            let text_glyph = if is_overflow {
                None
            } else {
                self.text_glyphs.next()
            };
            let character = text_glyph.map_or(glyph.chr, |text_glyph| text_glyph.character);
            let shaped = text_glyph.and_then(|text_glyph| text_glyph.shaped);
            while let Some(section) = self.section
                && at >= section.byte_range.end.0
                && let Some(next) = self.sections.next()
            {
                self.section = Some(next);
            }
            let Some(section) = self.section else { continue };
            let is_continuation = index > 0 && glyph.advance_width == 0.0;
            // egui adds the offset of a shaped glyph to its position.
            let offset = shaped.map_or(0.0, |shaped| {
                shaped.offset[0] * section.format.font_id.size * scale
            });
            let glyph_x = glyph.pos.x - offset;
            if index == 0 {
                x = glyph_x;
            } else if !is_continuation {
                x += scale * section.format.extra_letter_spacing;
                if (x - glyph_x).abs() > scale * tolerance {
                    x = glyph_x;
                }
            }
            placed.push(PlacedGlyph {
                glyph,
                scale,
                character,
                at,
                shaped,
                format: &section.format,
                x,
                is_continuation,
            });
            x += glyph.advance_width;
        }
        placed
    }
}

/// Returns the scale factor applied to a galley after its layout: its triangles are scaled, but its glyphs
/// are not.
fn galley_scale(galley: &Galley) -> f32 {
    let rows = galley.rows.iter();
    let ratios = rows.flat_map(|row| {
        row.glyphs.iter().filter_map(|glyph| {
            let first = glyph.first_vertex as usize;
            let vertices = row.visuals.mesh.vertices.get(first..first + 2)?;
            let width = vertices.last()?.pos.x - vertices.first()?.pos.x;
            let unscaled_width = glyph.uv_rect.size.x;
            (unscaled_width > 0.0 && width > 0.0).then_some(width / unscaled_width)
        })
    });
    let scale = ratios.into_iter().next().unwrap_or(1.0);
    if (scale - 1.0).abs() < 1e-3 { 1.0 } else { scale }
}

fn scale_glyph(glyph: &Glyph, scale: f32) -> Glyph {
    let mut scaled = *glyph;
    scaled.pos *= scale;
    scaled.advance_width *= scale;
    scaled.line_height *= scale;
    scaled.font_ascent *= scale;
    scaled
}

/// Returns the backgrounds of a row, with adjacent equal ones merged.
pub(crate) fn backgrounds(row: &[PlacedGlyph<'_>]) -> Vec<TextDecoration> {
    let background = |placed: &PlacedGlyph<'_>| {
        let format = placed.format;
        let top = placed.glyph.pos.y - placed.glyph.font_ascent;
        let size = Vec2::new(placed.glyph.advance_width, placed.glyph.line_height);
        let rect = Rect::from_min_size(Pos2::new(placed.x, top), size);
        (format.background != Color32::TRANSPARENT).then_some((
            rect,
            format.background,
            placed.scale * format.expand_bg,
        ))
    };
    let mut merged: Vec<(Rect, Color32, f32)> = Vec::new();
    let mut is_adjacent = false;
    for placed in row {
        let next = background(placed);
        match (&next, merged.last_mut()) {
            (Some((rect, color, expand)), Some((last_rect, last_color, last_expand)))
                if is_adjacent
                    && last_rect.y_range() == rect.y_range()
                    && last_color == color
                    && last_expand == expand =>
            {
                last_rect.max.x = rect.max.x;
            }
            (Some(background), _) => merged.push(*background),
            (None, _) => {}
        }
        is_adjacent = next.is_some();
    }
    let to_decoration = |(rect, color, expand): (Rect, Color32, f32)| TextDecoration {
        rect: rect.expand(expand),
        color,
    };
    merged.into_iter().map(to_decoration).collect()
}

/// Returns the underlines (or else the strikethroughs) of a row, with adjacent equal ones merged.
pub(crate) fn decoration_lines(row: &[PlacedGlyph<'_>], is_underline: bool) -> Vec<TextDecoration> {
    let mut merged: Vec<(Stroke, Rect)> = Vec::new();
    let mut is_adjacent = false;
    for placed in row {
        let glyph = &placed.glyph;
        let top = glyph.pos.y - glyph.font_ascent;
        let (stroke, y) = if is_underline {
            (placed.format.underline, top + glyph.line_height)
        } else {
            (placed.format.strikethrough, top + 0.5 * glyph.line_height)
        };
        if stroke_rgb_and_opacity(stroke).is_none() {
            is_adjacent = false;
            continue;
        }
        let end = placed.x + glyph.advance_width;
        let half = 0.5 * placed.scale * stroke.width;
        let rect = Rect::from_x_y_ranges(placed.x..=end, y - half..=y + half);
        match merged.last_mut() {
            Some((last_stroke, last_rect))
                if is_adjacent && *last_stroke == stroke && last_rect.y_range() == rect.y_range() =>
            {
                last_rect.max.x = end;
            }
            _ => merged.push((stroke, rect)),
        }
        is_adjacent = true;
    }
    let to_decoration = |(stroke, rect): (Stroke, Rect)| TextDecoration {
        rect,
        color: stroke.color,
    };
    merged.into_iter().map(to_decoration).collect()
}
