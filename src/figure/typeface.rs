//! The bundled faces.

/// One bundled face.
#[derive(Debug, Clone, Copy)]
pub struct Face {
    /// The name in [`crate::look::fonts::definitions`].
    pub name: &'static str,
    /// The name of its file.
    pub file: &'static str,
    /// The font file.
    pub bytes: &'static [u8],
    /// The family that files and systems know it by.
    pub family: &'static str,
    /// 400 is regular, 600 semi-bold.
    pub weight: u16,
    /// Whether it slants.
    pub italic: bool,
}

/// Every bundled face.
pub const ALL: [Face; 0] = [];

/// The files that `neurodial fonts` writes: name and bytes, the licences among them.
pub fn files() -> impl Iterator<Item = (&'static str, &'static [u8])> {
    ALL.iter().map(|face| (face.file, face.bytes))
}
