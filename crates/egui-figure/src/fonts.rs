//! The bundled typefaces, so that a figure is the same on every machine.
//!
//! `scripts/make-fonts.sh` makes the files. All have the same ascent and descent, so text of one size shares its
//! baseline whatever its face; every family ends in the same face of signs (arrows, ▶, ⚙, 🔒).

use std::sync::Arc;

use egui::{FontData, FontDefinitions, FontFamily, FontTweak};

const SANS: &str = "Neurodial Sans";
const SEMIBOLD: &str = "Neurodial Sans SemiBold";
const SERIF: &str = "Neurodial Serif";
const SERIF_ITALIC: &str = "Neurodial Serif Italic";
const SERIF_SEMIBOLD: &str = "Neurodial Serif SemiBold";
const MONO: &str = "Neurodial Mono";
const SYMBOLS: &str = "Neurodial Symbols";

/// One bundled face.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FontFace {
    /// Its name in [`definitions`].
    pub name: &'static str,
    /// The name of its file.
    pub file: &'static str,
    /// The font file.
    pub bytes: &'static [u8],
    /// The family that other programs know it by; no other font is called so.
    pub family: &'static str,
    /// 400 is regular, 600 semi-bold.
    pub weight: u16,
    /// Whether it slants.
    pub italic: bool,
}

/// The face of a file in `assets/fonts`.
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

/// Every bundled face.
pub const FACES: [FontFace; 7] = [
    face!(SANS, "Inter-Regular.otf", SANS, 400, false),
    face!(SEMIBOLD, "Inter-SemiBold.otf", SANS, 600, false),
    face!(SERIF, "NotoSerif-Regular.ttf", SERIF, 400, false),
    face!(SERIF_ITALIC, "NotoSerif-Italic.ttf", SERIF, 400, true),
    face!(SERIF_SEMIBOLD, "NotoSerif-SemiBold.ttf", SERIF, 600, false),
    face!(MONO, "NotoSansMono-Regular.ttf", MONO, 400, false),
    face!(SYMBOLS, "Symbols-Regular.ttf", SYMBOLS, 400, false),
];

/// What running text is set in; formulas always have serifs.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum BodyFont {
    /// As on the screen.
    #[default]
    Sans,
    /// As in a paper that is set so.
    Serif,
}

/// The heavier face of running text: pane titles, the names of neurons, the numbers in them.
pub fn semibold() -> FontFamily {
    FontFamily::Name(SEMIBOLD.into())
}

/// The upright serif: indices, operators and numbers in formulas.
pub fn serif() -> FontFamily {
    FontFamily::Name(SERIF.into())
}

/// The italic serif: mathematical names such as *w* and *x*.
pub fn serif_italic() -> FontFamily {
    FontFamily::Name(SERIF_ITALIC.into())
}

/// The faces and families of the whole app, in order of preference.
///
/// Another face (a script, say) is added at the end of each family's list, before the fonts are installed.
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

/// Makes `ctx` use the [`definitions`] of the screen from its next frame on.
pub fn install(ctx: &egui::Context) {
    ctx.set_fonts(definitions(BodyFont::Sans));
}

/// Letters of program text are set a little smaller than the type asks for, because they are larger than others.
pub const MONO_SCALE: f32 = 0.96;

/// Noto Sans Mono is cut a little larger than Inter; the other faces have its x-height already.
fn tweak(name: &str) -> FontTweak {
    let scale = if name == MONO { MONO_SCALE } else { 1.0 };
    FontTweak {
        scale,
        ..FontTweak::default()
    }
}
