//! The bundled font files, for programs that show or edit a figure's text.
//!
//! All have the same ascent and descent, so texts of one size share a baseline across fonts. Every family
//! falls back to the same symbol font (arrows, ▶, ⚙, 🔒), and then to the [Chinese](chinese) one. Each file is a subset of a published font under a
//! name of its own, which no installed font has; `assets/fonts/README.md` says how they are made.

use std::io::Read as _;
use std::sync::OnceLock;

use flate2::read::GzDecoder;

// The names of the fonts in egui's definitions.
pub(crate) const SANS: &str = "Neurodial Sans";
pub(crate) const SEMIBOLD: &str = "Neurodial Sans SemiBold";
pub(crate) const SERIF: &str = "Neurodial Serif";
pub(crate) const SERIF_ITALIC: &str = "Neurodial Serif Italic";
pub(crate) const SERIF_SEMIBOLD: &str = "Neurodial Serif SemiBold";
pub(crate) const MONO: &str = "Neurodial Mono";
pub(crate) const SYMBOLS: &str = "Neurodial Symbols";
pub(crate) const CJK: &str = "Neurodial CJK";

/// A bundled font, or one that a figure uses besides them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FontFace {
    /// Its name in the [font definitions](crate::fonts::definitions).
    pub name: &'static str,
    /// The name of its file.
    pub file: &'static str,
    /// The content of its file.
    pub bytes: &'static [u8],
    /// The index of the font in its file; not 0 only in a collection of fonts.
    pub index: u32,
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
            index: 0,
            family: $family,
            weight: $weight,
            italic: $italic,
        }
    };
}

/// All bundled fonts except the [Chinese](chinese) one.
pub const ALL: [FontFace; 7] = [
    face!(SANS, "Inter-Regular.otf", SANS, 400, false),
    face!(SEMIBOLD, "Inter-SemiBold.otf", SANS, 600, false),
    face!(SERIF, "NotoSerif-Regular.ttf", SERIF, 400, false),
    face!(SERIF_ITALIC, "NotoSerif-Italic.ttf", SERIF, 400, true),
    face!(SERIF_SEMIBOLD, "NotoSerif-SemiBold.ttf", SERIF, 600, false),
    face!(MONO, "NotoSansMono-Regular.ttf", MONO, 400, false),
    face!(SYMBOLS, "Symbols-Regular.ttf", SYMBOLS, 400, false),
];

/// Returns the bundled font for Simplified Chinese, with the characters of GB/T 2312, kana and full-width
/// forms. It is decompressed at the first call.
pub fn chinese() -> FontFace {
    static BYTES: OnceLock<Vec<u8>> = OnceLock::new();
    let bytes = BYTES.get_or_init(|| {
        let file: &[u8] = include_bytes!("../assets/fonts/NotoSansSC-Regular.otf.gz");
        let mut bytes = Vec::new();
        // Ignore the error: a file cut off is no font, which is reported when it is parsed.
        let _ = GzDecoder::new(file).read_to_end(&mut bytes);
        bytes
    });
    FontFace {
        name: CJK,
        file: "NotoSansSC-Regular.otf",
        bytes,
        index: 0,
        family: CJK,
        weight: 400,
        italic: false,
    }
}

/// The font licenses, which must accompany the fonts.
const LICENSES: [(&str, &[u8]); 3] = [
    ("OFL-Inter.txt", include_bytes!("../assets/fonts/OFL-Inter.txt")),
    ("OFL-Noto.txt", include_bytes!("../assets/fonts/OFL-Noto.txt")),
    (
        "OFL-NotoCJK.txt",
        include_bytes!("../assets/fonts/OFL-NotoCJK.txt"),
    ),
];

/// Returns the name and content of each font file and license file, for writing them to a folder.
pub fn files() -> impl Iterator<Item = (&'static str, &'static [u8])> {
    let faces = ALL.into_iter().chain([chinese()]);
    let faces = faces.map(|face| (face.file, face.bytes));
    faces.chain(LICENSES)
}
