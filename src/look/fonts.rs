//! The bundled typefaces, so that a figure is the same on every machine.
//!
//! `scripts/make-fonts.sh` makes the files. All have the same ascent and descent, so text of one size shares its
//! baseline whatever its face; every family ends in the same face of signs (arrows, ▶, ⚙, 🔒).

use std::sync::Arc;

use egui::{FontData, FontDefinitions, FontFamily, FontTweak};

const SANS: &str = "Inter";
const SEMIBOLD: &str = "Inter SemiBold";
const SERIF: &str = "Noto Serif";
const SERIF_ITALIC: &str = "Noto Serif Italic";
const MONO: &str = "Noto Sans Mono";
const SYMBOLS: &str = "Neurodial Symbols";

/// The heavier sans: pane titles, the names of neurons, the numbers in them.
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
pub fn definitions() -> FontDefinitions {
    let mut definitions = FontDefinitions::empty();
    let faces = [
        (SANS, &include_bytes!("../../assets/fonts/Inter-Regular.otf")[..]),
        (
            SEMIBOLD,
            &include_bytes!("../../assets/fonts/Inter-SemiBold.otf")[..],
        ),
        (
            SERIF,
            &include_bytes!("../../assets/fonts/NotoSerif-Regular.ttf")[..],
        ),
        (
            SERIF_ITALIC,
            &include_bytes!("../../assets/fonts/NotoSerif-Italic.ttf")[..],
        ),
        (
            MONO,
            &include_bytes!("../../assets/fonts/NotoSansMono-Regular.ttf")[..],
        ),
        (
            SYMBOLS,
            &include_bytes!("../../assets/fonts/Symbols-Regular.ttf")[..],
        ),
    ];
    for (name, bytes) in faces {
        let data = FontData::from_static(bytes).tweak(tweak(name));
        definitions.font_data.insert(name.to_owned(), Arc::new(data));
    }
    let families = [
        (FontFamily::Proportional, &[SANS, SYMBOLS][..]),
        (FontFamily::Monospace, &[MONO, SYMBOLS][..]),
        (semibold(), &[SEMIBOLD, SYMBOLS, SANS][..]),
        (serif(), &[SERIF, SYMBOLS, SANS][..]),
        (serif_italic(), &[SERIF_ITALIC, SERIF, SYMBOLS, SANS][..]),
    ];
    for (family, names) in families {
        let names = names.iter().map(|&name| name.to_owned()).collect();
        definitions.families.insert(family, names);
    }
    definitions
}

/// Makes `ctx` use [`definitions`] from its next frame on.
pub fn install(ctx: &egui::Context) {
    ctx.set_fonts(definitions());
}

/// Noto Sans Mono is cut a little larger than Inter; the other faces have its x-height already.
fn tweak(name: &str) -> FontTweak {
    let scale = if name == MONO { 0.96 } else { 1.0 };
    FontTweak {
        scale,
        ..FontTweak::default()
    }
}
