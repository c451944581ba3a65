//! Adds fonts to an egui context when it meets characters that its fonts lack.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex};

use egui::epaint::text::{FallbackRequest, FontInsert, FontProvider};
use egui::{Context, Plugin, Ui};

use crate::FallbackFonts;
use crate::bundled_fonts::FontFace;
use crate::fallback_fonts::FontRank;
use crate::fonts::{self, BodyFont};
use crate::text_order;

/// Notes the characters that no font of the context has. It is asked once for each, and has no font itself:
/// egui would append fonts in the order in which characters appear, so that the font of a character would
/// depend on the text before it.
#[derive(Clone, Default)]
struct MissingCharacters(Arc<Mutex<BTreeSet<char>>>);

impl FontProvider for MissingCharacters {
    fn font_for(&self, request: &FallbackRequest<'_>) -> Option<FontInsert> {
        if let (Ok(mut characters), Some(character)) = (self.0.lock(), request.cluster.chars().next()) {
            characters.insert(character);
        }
        None
    }
}

/// Loads the fonts for missing characters at the end of each pass, and puts text in the order in which it is
/// drawn.
pub(crate) struct FallbackLoader {
    body_font: BodyFont,
    fallback_fonts: FallbackFonts,
    missing: MissingCharacters,
    /// The fonts in use, in the order in which they are tried.
    loaded: BTreeMap<FontRank, FontFace>,
}

impl FallbackLoader {
    pub(crate) fn new(body_font: BodyFont) -> Self {
        Self {
            body_font,
            fallback_fonts: FallbackFonts::default(),
            missing: MissingCharacters::default(),
            loaded: BTreeMap::new(),
        }
    }

    /// Returns the fonts to load from.
    pub(crate) fn fallback_fonts(&self) -> &FallbackFonts {
        &self.fallback_fonts
    }

    /// Sets the fonts to load from, before anything is drawn.
    pub(crate) fn set_fallback_fonts(&mut self, fallback_fonts: FallbackFonts) {
        self.fallback_fonts = fallback_fonts;
    }

    /// Returns the fonts in use, in the order in which they are tried.
    pub(crate) fn loaded_faces(&self) -> Vec<FontFace> {
        self.loaded.values().copied().collect()
    }

    /// Loads the fonts for the characters that were missing in this pass.
    fn load_missing(&mut self, ctx: &Context) {
        let Ok(missing) = self
            .missing
            .0
            .lock()
            .map(|mut characters| std::mem::take(&mut *characters))
        else {
            return;
        };
        let mut has_new_fonts = false;
        for character in missing {
            if let Some((rank, face)) = self.fallback_fonts.find(character) {
                has_new_fonts |= self.loaded.insert(rank, face).is_none();
            }
        }
        if has_new_fonts {
            ctx.set_fonts(fonts::definitions_with(self.body_font, &self.loaded_faces()));
            ctx.request_discard("fonts for further characters");
        }
    }
}

impl Plugin for FallbackLoader {
    fn debug_name(&self) -> &'static str {
        "fallback fonts"
    }

    fn setup(&mut self, ctx: &Context) {
        ctx.add_font_provider(Arc::new(self.missing.clone()));
    }

    fn on_end_pass(&mut self, ui: &mut Ui) {
        text_order::reorder_painted_text(ui.ctx());
        self.load_missing(ui.ctx());
    }
}
