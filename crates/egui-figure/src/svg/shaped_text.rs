//! The glyphs that egui makes from the text of a galley, in egui's order.
//!
//! Each character of a bundled font is one glyph. In other fonts letters are joined, replaced, moved or put in
//! another order, so the text is shaped again as egui shapes it (`layout_shaped_run` in epaint's
//! `text_layout.rs`).

use egui::epaint::text::LayoutJob;
use harfrust::BufferFlags;
use skrifa::GlyphId;
use unicode_bidi::{BidiClass, bidi_class};
use unicode_segmentation::UnicodeSegmentation as _;

use crate::fonts::BodyFont;
use crate::loaded_face::{GlyphSource, LoadedFace, LoadedFaces};

/// A glyph of a galley.
#[derive(Debug, Clone, Copy)]
pub(crate) struct TextGlyph {
    /// The byte of the text at which its character begins.
    pub(crate) at: usize,
    pub(crate) character: char,
    /// `None` if it is the glyph that its font has for the character, in its usual place.
    pub(crate) shaped: Option<ShapedGlyph>,
}

/// A glyph that depends on the characters around it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ShapedGlyph {
    /// The index of the font.
    pub(crate) face: usize,
    /// `None` for a character that belongs to another glyph.
    pub(crate) glyph: Option<GlyphId>,
    /// The offset `[right, up]` at a glyph size of 1.
    pub(crate) offset: [f32; 2],
}

/// Characters that egui shapes together.
struct ShapingRun {
    face: Option<usize>,
    start: usize,
    end: usize,
}

/// Returns the glyphs of a galley; line breaks that start a row have none.
pub(crate) fn text_glyphs(job: &LayoutJob, faces: &LoadedFaces, body_font: BodyFont) -> Vec<TextGlyph> {
    let mut glyphs = Vec::with_capacity(job.text.len());
    let is_line_break = |c: char| c == '\n' && job.break_on_newline;
    if !faces.has_fallback() {
        let visible = job.text.char_indices().filter(|&(_, c)| !is_line_break(c));
        glyphs.extend(visible.map(|(at, character)| plain(at, character)));
        return glyphs;
    }
    for section in &job.sections {
        let (start, end) = (section.byte_range.start.0, section.byte_range.end.0);
        let family = &section.format.font_id.family;
        let mut line_start = start;
        for line in job.text[start..end].split(is_line_break) {
            let mut runs: Vec<ShapingRun> = Vec::new();
            for (at, cluster) in line.grapheme_indices(true) {
                let base = cluster.chars().next().unwrap_or_default();
                let face = match faces.glyph_source(body_font, family, base) {
                    Ok(GlyphSource::Face(face)) => Some(face).filter(|&face| faces.is_shaped(face)),
                    Ok(GlyphSource::Invisible) | Err(_) => None,
                };
                let (start, end) = (line_start + at, line_start + at + cluster.len());
                match runs.last_mut() {
                    Some(run) if run.face == face => run.end = end,
                    _ => runs.push(ShapingRun { face, start, end }),
                }
            }
            for (index, run) in runs.iter().enumerate() {
                let mut flags = BufferFlags::empty();
                if index == 0 {
                    flags |= BufferFlags::BEGINNING_OF_TEXT;
                }
                if index + 1 == runs.len() {
                    flags |= BufferFlags::END_OF_TEXT;
                }
                let text = &job.text[run.start..run.end];
                match run.face.and_then(|face| Some((face, faces.get(face)?))) {
                    Some((index, face)) => push_shaped(&mut glyphs, face, index, text, run.start, flags),
                    None => glyphs.extend(text.char_indices().map(|(at, c)| plain(run.start + at, c))),
                }
            }
            line_start += line.len() + 1;
        }
    }
    glyphs
}

fn plain(at: usize, character: char) -> TextGlyph {
    TextGlyph {
        at,
        character,
        shaped: None,
    }
}

/// Adds the glyphs of a run in one font, in the order in which egui adds them.
fn push_shaped(
    glyphs: &mut Vec<TextGlyph>,
    face: &LoadedFace,
    face_index: usize,
    text: &str,
    start: usize,
    flags: BufferFlags,
) {
    let first = glyphs.len();
    let shaped = face.shape(text, flags);
    let mut is_plain = face.can_be_embedded();
    // The cluster of the glyph before, and the number of its glyphs so far.
    let mut cluster: Option<(usize, usize)> = None;
    for (info, position) in shaped.glyph_infos().iter().zip(shaped.glyph_positions()) {
        let at = info.cluster as usize;
        let glyph = GlyphId::new(info.glyph_id);
        let character = text[at..].chars().next().unwrap_or(char::REPLACEMENT_CHARACTER);
        let is_new_cluster = cluster.is_none_or(|(before, _)| before != at);
        if is_new_cluster {
            if let Some((before, count)) = cluster {
                push_continuations(glyphs, text, before..at, count, start, face_index);
            }
            cluster = Some((at, 0));
        }
        if glyph == GlyphId::NOTDEF {
            // egui draws only the first character of a cluster, unless that is a mark.
            if bidi_class(character) == BidiClass::NSM || !is_new_cluster {
                continue;
            }
            glyphs.push(plain(start + at, character));
        } else {
            let offset =
                [position.x_offset, position.y_offset].map(|units| units as f32 / face.units_per_em());
            is_plain &= is_new_cluster
                && offset == [0.0, 0.0]
                && face.glyph(character) == Some(glyph)
                && !face.has_color(glyph);
            glyphs.push(TextGlyph {
                at: start + at,
                character,
                shaped: Some(ShapedGlyph {
                    face: face_index,
                    glyph: Some(glyph),
                    offset,
                }),
            });
        }
        if let Some((_, count)) = &mut cluster {
            *count += 1;
        }
    }
    if let Some((before, count)) = cluster {
        push_continuations(glyphs, text, before..text.len(), count, start, face_index);
    }
    // Text in which every character has its usual glyph stays text.
    let added = &mut glyphs[first..];
    let is_in_order = added.windows(2).all(|pair| pair[0].at < pair[1].at);
    if is_plain
        && is_in_order
        && added
            .iter()
            .all(|glyph| glyph.shaped.is_none_or(|shaped| shaped.glyph.is_some()))
    {
        for glyph in added {
            glyph.shaped = None;
        }
    }
}

/// Adds the characters of a cluster that have no glyph of their own. In text from right to left, egui adds them
/// only at the end, for the whole run.
fn push_continuations(
    glyphs: &mut Vec<TextGlyph>,
    text: &str,
    cluster: std::ops::Range<usize>,
    glyph_count: usize,
    start: usize,
    face: usize,
) {
    let from = cluster.start;
    let rest = text
        .get(cluster)
        .unwrap_or_default()
        .char_indices()
        .skip(glyph_count);
    glyphs.extend(rest.map(|(at, character)| TextGlyph {
        at: start + from + at,
        character,
        shaped: Some(ShapedGlyph {
            face,
            glyph: None,
            offset: [0.0, 0.0],
        }),
    }));
}
