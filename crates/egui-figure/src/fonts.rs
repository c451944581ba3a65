//! The bundled fonts, which make a figure the same on every machine.
//!
//! `scripts/make-fonts.sh` makes the files. All have the same ascent and descent, so texts of one size share
//! a baseline across fonts; every family falls back to the same symbol font (arrows, ▶, ⚙, 🔒).

use std::sync::Arc;

use egui::{FontData, FontDefinitions, FontFamily, FontTweak};

const SANS: &str = "Neurodial Sans";
const SEMIBOLD: &str = "Neurodial Sans SemiBold";
const SERIF: &str = "Neurodial Serif";
const SERIF_ITALIC: &str = "Neurodial Serif Italic";
const SERIF_SEMIBOLD: &str = "Neurodial Serif SemiBold";
const MONO: &str = "Neurodial Mono";
const SYMBOLS: &str = "Neurodial Symbols";

/// A bundled font.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FontFace {
    /// Its name in [`definitions`].
    pub name: &'static str,
    /// The name of its file.
    pub file: &'static str,
    /// The content of its file.
    pub bytes: &'static [u8],
    /// The family name inside the file, under which other programs list it; no other font has this name.
    pub family: &'static str,
    /// The weight: 400 is regular, 600 semibold.
    pub weight: u16,
    /// True if it is italic.
    pub italic: bool,
}

/// Creates the [`FontFace`] of a file in `assets/fonts`.
macro_rules! face {
    ($name:expr, $file:literal, $family:expr, $weight:literal, $italic:literal) => {
        FontFace {
            name: $name,
            file: $file,
            bytes: include_bytes!(concat!("../assets/fonts/", $file)),
            family: $family,
            weight: $weight,
            italic: $italic,
        }
    };
}

/// All bundled fonts.
pub const FACES: [FontFace; 7] = [
    face!(SANS, "Inter-Regular.otf", SANS, 400, false),
    face!(SEMIBOLD, "Inter-SemiBold.otf", SANS, 600, false),
    face!(SERIF, "NotoSerif-Regular.ttf", SERIF, 400, false),
    face!(SERIF_ITALIC, "NotoSerif-Italic.ttf", SERIF, 400, true),
    face!(SERIF_SEMIBOLD, "NotoSerif-SemiBold.ttf", SERIF, 600, false),
    face!(MONO, "NotoSansMono-Regular.ttf", MONO, 400, false),
    face!(SYMBOLS, "Symbols-Regular.ttf", SYMBOLS, 400, false),
];

/// The kind of font for body text. Formulas always use the serif fonts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum BodyFont {
    /// Sans-serif, as on the screen.
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
/// To support another script, add its font at the end of each family before installing the definitions.
pub fn definitions(body_font: BodyFont) -> FontDefinitions {
    let mut definitions = FontDefinitions::empty();
    for face in FACES {
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

/// Makes `ctx` use the screen's [`definitions`] from its next frame on.
pub fn install(ctx: &egui::Context) {
    ctx.set_fonts(definitions(BodyFont::Sans));
}

/// The scale of the monospace font, which looks larger than the other fonts at the same size.
pub const MONO_SCALE: f32 = 0.96;

/// Returns the scale of a font: Noto Sans Mono looks larger than Inter; the x-heights of the other fonts
/// match.
fn tweak(name: &str) -> FontTweak {
    let scale = if name == MONO { MONO_SCALE } else { 1.0 };
    FontTweak {
        scale,
        ..FontTweak::default()
    }
}
