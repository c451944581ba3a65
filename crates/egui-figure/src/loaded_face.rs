//! Parsed fonts: which font draws a character, and the widths and outlines of its glyphs.
//!
//! egui doesn't expose which font it chose for a glyph, so the choice is repeated here from the same font
//! definitions.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use egui::FontFamily;
use harfrust::{BufferFlags, GlyphBuffer, ShapeOptions, ShaperData, UnicodeBuffer};
use skrifa::instance::{LocationRef, Size};
use skrifa::metrics::GlyphMetrics;
use skrifa::outline::{DrawSettings, OutlineGlyphCollection, OutlinePen};
use skrifa::raw::TableProvider as _;
use skrifa::{FontRef, GlyphId, MetadataProvider, charmap::Charmap};

use super::bundled_fonts::{self, FontFace};
use super::error::{FigureError, FontProblem};
use crate::color_glyph::{self, ColorGlyph, has_color};
use crate::fallback_fonts::has_outline;
use crate::fonts::{self, BodyFont};

/// A parsed font.
#[derive(Clone)]
pub(super) struct LoadedFace {
    /// Its file and names.
    pub(crate) face: FontFace,
    /// The size of its glyphs relative to the font size of the text.
    pub(crate) scale: f32,
    /// The downward shift of its glyphs as a fraction of the glyph size.
    pub(crate) y_offset_factor: f32,
    units_per_em: f32,
    font: FontRef<'static>,
    charmap: Charmap<'static>,
    metrics: GlyphMetrics<'static>,
    outlines: OutlineGlyphCollection<'static>,
}

/// The parsed fonts of a drawing, and for each font family the indices of the fonts that it tries in order.
#[derive(Clone)]
pub(super) struct LoadedFaces {
    /// The bundled fonts in the order of [`bundled_fonts::ALL`], then the fallback fonts.
    faces: Vec<LoadedFace>,
    families: BTreeMap<BodyFont, BTreeMap<FontFamily, Vec<usize>>>,
}

/// The font that draws a character.
pub(super) enum GlyphSource {
    /// The font with this index.
    Face(usize),
    /// None: the character is invisible and has no width.
    Invisible,
}

/// Returns the bundled fonts, which are parsed at the first call, with these fonts at the end of each family.
///
/// # Errors
/// Returns an error if a font can't be parsed.
pub(super) fn loaded_faces(fallback: &[FontFace]) -> Result<Arc<LoadedFaces>, FigureError> {
    static BUNDLED: OnceLock<Result<Arc<LoadedFaces>, FigureError>> = OnceLock::new();
    if !fallback.is_empty() {
        return LoadedFaces::load(fallback).map(Arc::new);
    }
    BUNDLED
        .get_or_init(|| LoadedFaces::load(&[]).map(Arc::new))
        .clone()
}

impl LoadedFaces {
    fn load(fallback: &[FontFace]) -> Result<Self, FigureError> {
        let definitions = fonts::definitions_with(BodyFont::Sans, fallback);
        let load_face = |&face: &FontFace| {
            let font = FontRef::from_index(face.bytes, face.index).map_err(|_| FigureError::InvalidFont {
                name: face.name.to_owned(),
                reason: FontProblem::Damaged,
            })?;
            let tweak = definitions.font_data.get(face.name).map(|data| &data.tweak);
            let scale = tweak.map_or(1.0, |tweak| tweak.scale);
            let metrics = font.metrics(Size::unscaled(), LocationRef::default());
            Ok(LoadedFace {
                face,
                scale,
                y_offset_factor: tweak.map_or(0.0, |tweak| tweak.y_offset_factor * scale),
                units_per_em: f32::from(metrics.units_per_em),
                font: font.clone(),
                charmap: font.charmap(),
                metrics: font.glyph_metrics(Size::unscaled(), LocationRef::default()),
                outlines: font.outline_glyphs(),
            })
        };
        let faces: Vec<LoadedFace> = bundled_fonts::ALL
            .iter()
            .chain(fallback)
            .map(load_face)
            .collect::<Result<_, _>>()?;
        let index = |name: &String| faces.iter().position(|face| face.face.name == name);
        let load_families = |body_font: BodyFont| {
            let families = fonts::definitions_with(body_font, fallback).families;
            let families = families
                .into_iter()
                .map(|(family, names)| (family, names.iter().filter_map(index).collect()));
            (body_font, families.collect())
        };
        let families = [BodyFont::Sans, BodyFont::Serif]
            .into_iter()
            .map(load_families)
            .collect();
        Ok(Self { faces, families })
    }

    /// Returns the font with this index.
    pub(crate) fn get(&self, index: usize) -> Option<&LoadedFace> {
        self.faces.get(index)
    }

    /// True if there are fonts besides the bundled ones of [`bundled_fonts::ALL`].
    pub(crate) fn has_fallback(&self) -> bool {
        self.faces.len() > bundled_fonts::ALL.len()
    }

    /// True if the font with this index is not bundled, so that it may join, replace or move letters.
    pub(crate) fn is_shaped(&self, index: usize) -> bool {
        let face = self
            .faces
            .get(index)
            .filter(|_| index >= bundled_fonts::ALL.len());
        face.is_some_and(|face| face.face.name != bundled_fonts::CJK)
    }

    /// Returns the font that draws `character` in `family`, chosen as in egui: the first font of the family
    /// that has the character.
    ///
    /// # Errors
    /// Returns [`FigureError::MissingCharacter`] if none can draw it.
    pub(crate) fn glyph_source(
        &self,
        body_font: BodyFont,
        family: &FontFamily,
        character: char,
    ) -> Result<GlyphSource, FigureError> {
        if is_invisible(character) {
            return Ok(GlyphSource::Invisible);
        }
        let error = FigureError::MissingCharacter(character);
        let families = self.families.get(&body_font);
        let indices = families
            .and_then(|families| families.get(family))
            .ok_or_else(|| error.clone())?;
        // egui draws these as spaces of another width.
        let shown = match character {
            '\t' | '\n' | '\u{2009}' | '\u{202F}' => ' ',
            other => other,
        };
        let has_glyph = |&&index: &&usize| {
            let face = self.faces.get(index);
            face.is_some_and(|face| face.glyph(shown).is_some())
        };
        let index = *indices.iter().find(has_glyph).ok_or_else(|| error.clone())?;
        let is_drawn = !self.is_shaped(index)
            || shown.is_whitespace()
            || self.get(index).is_some_and(|face| face.has_ink(shown));
        if is_drawn {
            Ok(GlyphSource::Face(index))
        } else {
            Err(error)
        }
    }
}

impl LoadedFace {
    /// Returns the glyph of a character, or `None` if the font lacks it.
    pub(crate) fn glyph(&self, character: char) -> Option<GlyphId> {
        self.charmap
            .map(character)
            .filter(|&glyph| glyph != GlyphId::NOTDEF)
    }

    /// True if the character has an outline that is not empty, or is drawn in color.
    fn has_ink(&self, character: char) -> bool {
        let glyph = self.glyph(character);
        glyph.is_some_and(|glyph| has_outline(&self.font, glyph) || has_color(&self.font, glyph))
    }

    /// True if a glyph is drawn in color.
    pub(crate) fn has_color(&self, glyph: GlyphId) -> bool {
        has_color(&self.font, glyph)
    }

    /// Returns a glyph in color, with about `resolution` pixels per glyph size; `None` if it isn't drawn in color.
    pub(crate) fn color_glyph(&self, glyph: GlyphId, resolution: f32) -> Option<ColorGlyph> {
        color_glyph::color_glyph(&self.face, &self.font, glyph, resolution)
    }

    /// True if the license of the font, as its file states it, lets a part of it be embedded in a figure.
    pub(crate) fn can_be_embedded(&self) -> bool {
        /// Restricted license; no subsets; only bitmaps (OpenType specification, `OS/2`, `fsType`).
        const REFUSALS: u16 = 0x0002 | 0x0100 | 0x0200;
        self.font
            .os2()
            .map_or(true, |table| table.fs_type() & REFUSALS == 0)
    }

    /// Returns the number of units of the font per glyph size.
    pub(crate) fn units_per_em(&self) -> f32 {
        self.units_per_em
    }

    /// Returns the advance width of `character` without kerning, at a glyph size of 1; 0 if the font lacks
    /// it.
    pub(crate) fn advance(&self, character: char) -> f32 {
        let width = self
            .glyph(character)
            .and_then(|glyph| self.metrics.advance_width(glyph));
        width.unwrap_or(0.0) / self.units_per_em
    }

    /// Returns the glyphs of a character with its combining marks, shaped as egui does, and the offset of
    /// each as `[right, up]` at a glyph size of 1.
    pub(crate) fn shape_cluster(&self, text: &str) -> Vec<(GlyphId, [f32; 2])> {
        let mut characters = text.chars();
        if let (Some(character), None) = (characters.next(), characters.next()) {
            return self
                .glyph(character)
                .map(|glyph| (glyph, [0.0, 0.0]))
                .into_iter()
                .collect();
        }
        let shaped = self.shape(text, BufferFlags::empty());
        let mut x = 0;
        let glyphs = shaped.glyph_infos().iter().zip(shaped.glyph_positions());
        glyphs
            .map(|(info, position)| {
                let offset =
                    [x + position.x_offset, position.y_offset].map(|units| units as f32 / self.units_per_em);
                x += position.x_advance;
                (GlyphId::new(info.glyph_id), offset)
            })
            .collect()
    }

    /// Shapes a text as egui does.
    pub(crate) fn shape(&self, text: &str, flags: BufferFlags) -> GlyphBuffer {
        let data = ShaperData::new(&self.font);
        let mut buffer = UnicodeBuffer::new();
        buffer.set_flags(flags);
        buffer.push_str(text);
        buffer.guess_segment_properties();
        let shaper = data.shaper(&self.font).build();
        shaper.shape(buffer, ShapeOptions::new())
    }

    /// Draws the outline of a glyph at `size`, with y upward.
    pub(crate) fn outline(&self, glyph: GlyphId, size: f32, pen: &mut impl OutlinePen) {
        if let Some(outline) = self.outlines.get(glyph) {
            let settings = DrawSettings::unhinted(Size::new(size), LocationRef::default());
            // Ignore the error: a damaged outline of a bundled font would show in every figure, and egui leaves
            // out that of another font, too.
            let _ = outline.draw(settings, pen);
        }
    }
}

/// True if egui never shows the character (`invisible_char` in epaint's `unicode.rs`), or if it only selects a
/// variant of the character before it.
fn is_invisible(character: char) -> bool {
    matches!(
        character,
        '\r' | '\u{FE00}'..='\u{FE0F}'
            | '\u{200B}'..='\u{200F}'
            | '\u{202A}'..='\u{202E}'
            | '\u{2060}'..='\u{2064}'
            | '\u{2066}'..='\u{206F}'
            | '\u{FEFF}'
    )
}
