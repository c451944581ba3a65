//! The font definitions for egui with the bundled fonts, which make a figure the same on every machine.
//!
//! A [`HeadlessContext`](crate::HeadlessContext) has them from the start. A window that [installs](install)
//! them looks like its figures. Characters that they lack are drawn with the
//! [`FallbackFonts`] of the context. Besides egui's two families they have a semibold one and two with serifs:
//!
//! ```
//! use egui::{FontId, RichText};
//! use egui_figure::{HeadlessContext, fonts};
//!
//! # fn main() -> Result<(), egui_figure::FigureError> {
//! HeadlessContext::new().draw(egui::vec2(120.0, 40.0), |ui| {
//!     let italic = FontId::new(16.0, fonts::serif_italic());
//!     ui.label(RichText::new("x").font(italic));
//! })?;
//! # Ok(())
//! # }
//! ```

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex};

use egui::epaint::text::{FallbackRequest, FontInsert, FontProvider};
use egui::{Context, FontData, FontDefinitions, FontFamily, FontTweak, Plugin, Ui};
use skrifa::instance::{LocationRef, Size};
use skrifa::{FontRef, MetadataProvider as _};

use crate::bundled_fonts::{
    self, FontFace, MONO, SANS, SEMIBOLD, SERIF, SERIF_ITALIC, SERIF_SEMIBOLD, SYMBOLS,
};
use crate::fallback_fonts::FontRank;
use crate::{FallbackFonts, text_order};

/// The scale of the monospace font, which looks larger than the other fonts at the same size.
pub const MONO_SCALE: f32 = 0.96;

/// The ascent of every bundled font, as a fraction of the font size.
const ASCENT: f32 = 0.96875;
/// The descent of every bundled font, as a fraction of the font size.
const DESCENT: f32 = 0.2415;

/// The kind of font for body text. Formulas always use the serif fonts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum BodyFont {
    /// Sans-serif.
    #[default]
    Sans,
    /// Serif, to match a paper that is set in a serif font.
    Serif,
}

/// Returns the semibold family, for titles and emphasized text.
pub fn semibold() -> FontFamily {
    FontFamily::Name(SEMIBOLD.into())
}

/// Returns the upright serif family for indices, operators and numbers in formulas.
pub fn serif() -> FontFamily {
    FontFamily::Name(SERIF.into())
}

/// Returns the italic serif family for mathematical symbols such as *w* and *x*.
pub fn serif_italic() -> FontFamily {
    FontFamily::Name(SERIF_ITALIC.into())
}

/// Returns the bundled fonts except the Chinese one, and the fonts of each family in order of preference.
pub fn definitions(body_font: BodyFont) -> FontDefinitions {
    definitions_with(body_font, &[])
}

/// Returns the [`definitions`] with these fonts at the end of each family.
pub(crate) fn definitions_with(body_font: BodyFont, fallback: &[FontFace]) -> FontDefinitions {
    let mut definitions = FontDefinitions::empty();
    for face in bundled_fonts::ALL.iter().chain(fallback) {
        let mut data = FontData::from_static(face.bytes).tweak(tweak(face));
        data.index = face.index;
        definitions.font_data.insert(face.name.to_owned(), Arc::new(data));
    }
    let (regular, heavier) = match body_font {
        BodyFont::Sans => (&[SANS, SYMBOLS][..], &[SEMIBOLD, SYMBOLS, SANS][..]),
        BodyFont::Serif => (
            &[SERIF, SYMBOLS, SANS][..],
            &[SERIF_SEMIBOLD, SYMBOLS, SERIF, SANS][..],
        ),
    };
    let families = [
        (FontFamily::Proportional, regular),
        (FontFamily::Monospace, &[MONO, SYMBOLS][..]),
        (semibold(), heavier),
        (serif(), &[SERIF, SYMBOLS, SANS][..]),
        (serif_italic(), &[SERIF_ITALIC, SERIF, SYMBOLS, SANS][..]),
    ];
    for (family, names) in families {
        let names = names.iter().copied().chain(fallback.iter().map(|face| face.name));
        definitions
            .families
            .insert(family, names.map(str::to_owned).collect());
    }
    definitions
}

/// Makes `ctx` use the [`definitions`] with sans-serif body text from its next frame on, and the Chinese font
/// when it is needed. Text written from right to left is drawn in the right order. A second call has no
/// effect.
pub fn install(ctx: &egui::Context) {
    install_body_font(ctx, BodyFont::Sans);
}

/// Does the same as [`install`], with the chosen kind of font for body text.
pub(crate) fn install_body_font(ctx: &egui::Context, body_font: BodyFont) {
    if ctx.with_plugin(|_: &mut FallbackLoader| ()).is_none() {
        ctx.set_fonts(definitions(body_font));
        ctx.add_plugin(FallbackLoader::new(body_font));
    }
}

/// Makes `ctx`, in which the fonts are [installed](install), draw characters that the bundled fonts lack with
/// `fallback_fonts`.
pub fn set_fallback_fonts(ctx: &egui::Context, fallback_fonts: FallbackFonts) {
    ctx.with_plugin(|loader: &mut FallbackLoader| loader.fallback_fonts = fallback_fonts);
}

/// Returns the fonts for characters that the bundled fonts lack.
pub fn fallback_fonts(ctx: &egui::Context) -> FallbackFonts {
    ctx.with_plugin(|loader: &mut FallbackLoader| loader.fallback_fonts.clone())
        .unwrap_or_default()
}

/// Returns the adjustment of a font: the monospace font is made smaller, because the x-heights of the others
/// match, and fonts that are not bundled are moved to the common baseline.
fn tweak(face: &FontFace) -> FontTweak {
    FontTweak {
        scale: if face.name == MONO { MONO_SCALE } else { 1.0 },
        y_offset_factor: baseline_offset(face),
        ..FontTweak::default()
    }
}

/// Returns the distance by which a font has to be moved down to have the baseline of the bundled fonts, as a
/// fraction of the font size.
///
/// egui centers a fallback font within the line of the first font of the family.
fn baseline_offset(face: &FontFace) -> f32 {
    let Ok(font) = FontRef::from_index(face.bytes, face.index) else {
        return 0.0;
    };
    let metrics = font.metrics(Size::new(1.0), LocationRef::default());
    // `ascent - height / 2` is what egui aligns. The ascent and descent are those of `make-fonts.sh`.
    let center = |ascent: f32, height: f32| ascent - 0.5 * height;
    let height = metrics.ascent - metrics.descent + metrics.leading;
    let offset = center(ASCENT, ASCENT + DESCENT) - center(metrics.ascent, height);
    if offset.abs() < 0.002 { 0.0 } else { offset }
}

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
    fn new(body_font: BodyFont) -> Self {
        Self {
            body_font,
            fallback_fonts: FallbackFonts::default(),
            missing: MissingCharacters::default(),
            loaded: BTreeMap::new(),
        }
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
            ctx.set_fonts(definitions_with(self.body_font, &self.loaded_faces()));
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
