//! The bundled faces, opened: which one draws a character, how wide it is, and its outline.
//!
//! egui keeps none of this in what it hands out, so its choices are made again from the same definitions.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use egui::FontFamily;
use harfrust::{ShapeOptions, ShaperData, UnicodeBuffer};
use skrifa::instance::{LocationRef, Size};
use skrifa::metrics::GlyphMetrics;
use skrifa::outline::{DrawSettings, OutlineGlyphCollection, OutlinePen};
use skrifa::{FontRef, GlyphId, MetadataProvider, charmap::Charmap};

use super::FigureError;
use super::typeface::{self, FontFace};
use crate::fonts::{self, BodyFont};

/// An opened face.
pub(super) struct LoadedFace {
    /// Its file and names.
    pub face: FontFace,
    /// The size that its glyphs have where text is said to have size 1.
    pub scale: f32,
    /// By how much glyphs hang lower, as a share of the size.
    pub y_offset_factor: f32,
    units_per_em: f32,
    font: FontRef<'static>,
    charmap: Charmap<'static>,
    metrics: GlyphMetrics<'static>,
    outlines: OutlineGlyphCollection<'static>,
}

/// All opened faces, and the list of them that each family tries.
pub(super) struct LoadedFaces {
    faces: Vec<LoadedFace>,
    families: BTreeMap<BodyFont, BTreeMap<FontFamily, Vec<usize>>>,
}

/// What a family draws for a character.
pub(super) enum GlyphSource {
    /// Something of this face, by its index.
    Face(usize),
    /// Nothing, and it takes no space.
    Invisible,
}

/// The bundled faces, opened once.
///
/// # Errors
/// If one can't be read.
pub(super) fn loaded_faces() -> Result<&'static LoadedFaces, FigureError> {
    static FACES: OnceLock<Result<LoadedFaces, FigureError>> = OnceLock::new();
    FACES.get_or_init(LoadedFaces::load).as_ref().map_err(Clone::clone)
}

impl LoadedFaces {
    fn load() -> Result<Self, FigureError> {
        let definitions = fonts::definitions(BodyFont::Sans);
        let load_face = |face: FontFace| {
            let font = FontRef::new(face.bytes)
                .map_err(|error| FigureError::InvalidFont(face.name.to_owned(), error.to_string()))?;
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
        let faces: Vec<LoadedFace> = typeface::ALL.into_iter().map(load_face).collect::<Result<_, _>>()?;
        let index = |name: &String| faces.iter().position(|face| face.face.name == name);
        let families = |body_font: BodyFont| {
            let families = fonts::definitions(body_font).families;
            let lists = families
                .into_iter()
                .map(|(family, names)| (family, names.iter().filter_map(index).collect()));
            (body_font, lists.collect())
        };
        let families = [BodyFont::Sans, BodyFont::Serif]
            .into_iter()
            .map(families)
            .collect();
        Ok(Self { faces, families })
    }

    /// The face with this index.
    pub fn get(&self, index: usize) -> Option<&LoadedFace> {
        self.faces.get(index)
    }

    /// What `family` draws for `character`, as egui chooses: the first face of its list that has it.
    ///
    /// # Errors
    /// If none has.
    pub fn glyph_source(
        &self,
        body_font: BodyFont,
        family: &FontFamily,
        character: char,
    ) -> Result<GlyphSource, FigureError> {
        if is_invisible(character) {
            return Ok(GlyphSource::Invisible);
        }
        let missing = FigureError::MissingCharacter(character);
        let families = self.families.get(&body_font);
        let list = families
            .and_then(|families| families.get(family))
            .ok_or_else(|| missing.clone())?;
        // egui draws these as spaces of another width.
        let wanted = match character {
            '\t' | '\n' | '\u{2009}' | '\u{202F}' => ' ',
            other => other,
        };
        let has = |&&index: &&usize| {
            let face = self.faces.get(index);
            face.is_some_and(|face| face.glyph(wanted).is_some())
        };
        list.iter()
            .find(has)
            .map(|&index| GlyphSource::Face(index))
            .ok_or(missing)
    }
}

impl LoadedFace {
    /// The glyph of a character, if the face has it.
    pub fn glyph(&self, character: char) -> Option<GlyphId> {
        self.charmap
            .map(character)
            .filter(|&glyph| glyph != GlyphId::NOTDEF)
    }

    /// How far `character` moves the next one, before kerning, at a glyph size of 1.
    pub fn advance(&self, character: char) -> f32 {
        let width = self
            .glyph(character)
            .and_then(|glyph| self.metrics.advance_width(glyph));
        width.unwrap_or(0.0) / self.units_per_em
    }

    /// The glyphs of a letter and the marks on it, as egui draws them, and by how much each is moved at a glyph size of
    /// 1 (y upwards).
    pub fn shape_cluster(&self, text: &str) -> Vec<(GlyphId, [f32; 2])> {
        let mut characters = text.chars();
        if let (Some(only), None) = (characters.next(), characters.next()) {
            return self
                .glyph(only)
                .map(|glyph| (glyph, [0.0, 0.0]))
                .into_iter()
                .collect();
        }
        let data = ShaperData::new(&self.font);
        let mut buffer = UnicodeBuffer::new();
        buffer.push_str(text);
        buffer.guess_segment_properties();
        let shaper = data.shaper(&self.font).build();
        let shaped = shaper.shape(buffer, ShapeOptions::new());
        let mut x = 0;
        let places = shaped.glyph_infos().iter().zip(shaped.glyph_positions());
        places
            .map(|(info, place)| {
                let at = [x + place.x_offset, place.y_offset].map(|units| units as f32 / self.units_per_em);
                x += place.x_advance;
                (GlyphId::new(info.glyph_id), at)
            })
            .collect()
    }

    /// Draws the outline of a glyph, at a size of `size` with y upwards.
    pub fn outline(&self, glyph: GlyphId, size: f32, pen: &mut impl OutlinePen) {
        if let Some(outline) = self.outlines.get(glyph) {
            let settings = DrawSettings::unhinted(Size::new(size), LocationRef::default());
            // A broken outline of a bundled face would show in every picture.
            let _ = outline.draw(settings, pen);
        }
    }
}

/// Whether egui never shows the character (`invisible_char` in epaint's `unicode.rs`).
fn is_invisible(character: char) -> bool {
    matches!(
        character,
        '\r' | '\u{200B}'..='\u{200F}'
            | '\u{202A}'..='\u{202E}'
            | '\u{2060}'..='\u{2064}'
            | '\u{2066}'..='\u{206F}'
            | '\u{FEFF}'
    )
}
