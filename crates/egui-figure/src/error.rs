//! The error type for drawing, encoding and reading figures. Each message is one sentence for the user.

/// An error while drawing, encoding or reading a figure.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FigureError {
    /// A shape that a file can't represent, such as a paint callback. The text describes it as a noun phrase.
    #[error("the figure holds {0}, which cannot be drawn in a file")]
    UnsupportedShape(String),
    /// A character that no bundled font has.
    #[error(
        "the figure can't be drawn: no bundled font has the character “{0}” (U+{code:04X})",
        code = u32::from(*.0)
    )]
    MissingCharacter(char),
    /// The size of the figure or image is zero, not finite or too large, or the frames of an animation are
    /// missing or differ in size. The text completes “the figure can't be …”.
    #[error("the figure can't be {0}")]
    InvalidSize(String),
    /// A bundled font can't be used: its name and the reason.
    #[error("the font {0} can't be used: {1}")]
    InvalidFont(String, String),
    /// A figure can't be encoded: the file format and the reason.
    #[error("the figure can't be written as {0}: {1}")]
    Encode(&'static str, String),
    /// An SVG, PNG or PDF file (the format is given) without embedded text.
    #[error("this {0} picture carries no network: it was saved without one, or by another program")]
    NoEmbeddedText(&'static str),
    /// The text embedded in a file can't be extracted: the file format and the reason.
    #[error("the network in this {0} picture can't be read: {1}")]
    InvalidEmbeddedText(&'static str, String),
}
