//! The font definitions for egui with the bundled fonts, which make a figure the same on every machine.
//!
//! A [`HeadlessContext`](crate::HeadlessContext) has them from the start. A window that [installs](install)
//! them looks like its figures. Besides egui's two families they have a semibold one and two with serifs:
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

use std::sync::Arc;

use egui::{FontData, FontDefinitions, FontFamily, FontTweak};

use crate::bundled_fonts::{self, MONO, SANS, SEMIBOLD, SERIF, SERIF_ITALIC, SERIF_SEMIBOLD, SYMBOLS};

/// The scale of the monospace font, which looks larger than the other fonts at the same size.
pub const MONO_SCALE: f32 = 0.96;

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

/// Returns all fonts, and the fonts of each family in order of preference.
///
/// For another script, add its font at the end of each family before installing the definitions.
pub fn definitions(body_font: BodyFont) -> FontDefinitions {
    let mut definitions = FontDefinitions::empty();
    for face in bundled_fonts::ALL {
        let data = FontData::from_static(face.bytes).tweak(tweak(face.name));
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
        let names = names.iter().map(|&name| name.to_owned()).collect();
        definitions.families.insert(family, names);
    }
    definitions
}

/// Makes `ctx` use the [`definitions`] with sans-serif body text from its next frame on.
pub fn install(ctx: &egui::Context) {
    ctx.set_fonts(definitions(BodyFont::Sans));
}

/// Returns the adjustment of a font. Only the monospace font needs one; the x-heights of the others match.
fn tweak(name: &str) -> FontTweak {
    let scale = if name == MONO { MONO_SCALE } else { 1.0 };
    FontTweak {
        scale,
        ..FontTweak::default()
    }
}
