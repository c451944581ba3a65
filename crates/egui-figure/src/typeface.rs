//! The bundled faces as files, for programs that show or edit a figure's text.

use crate::fonts::FACES;
pub use crate::fonts::FontFace;

/// Every bundled face.
pub const ALL: [FontFace; 7] = FACES;

/// The faces' licence, which goes with them.
const LICENSES: [(&str, &[u8]); 2] = [
    (
        "OFL-Inter.txt",
        include_bytes!("../assets/fonts/OFL-Inter.txt"),
    ),
    ("OFL-Noto.txt", include_bytes!("../assets/fonts/OFL-Noto.txt")),
];

/// The files that `neurodial fonts` writes: name and bytes, the licences among them.
pub fn files() -> impl Iterator<Item = (&'static str, &'static [u8])> {
    let faces = ALL.into_iter().map(|face| (face.file, face.bytes));
    faces.chain(LICENSES)
}
