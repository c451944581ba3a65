//! The bundled font files, for programs that show or edit a figure's text.

use crate::fonts::FACES;
pub use crate::fonts::FontFace;

/// All bundled fonts.
pub const ALL: [FontFace; 7] = FACES;

/// The font licenses, which must accompany the fonts.
const LICENSES: [(&str, &[u8]); 2] = [
    ("OFL-Inter.txt", include_bytes!("../assets/fonts/OFL-Inter.txt")),
    ("OFL-Noto.txt", include_bytes!("../assets/fonts/OFL-Noto.txt")),
];

/// Returns the name and content of each font file and license file, for writing them to a folder.
pub fn files() -> impl Iterator<Item = (&'static str, &'static [u8])> {
    let faces = ALL.into_iter().map(|face| (face.file, face.bytes));
    faces.chain(LICENSES)
}
