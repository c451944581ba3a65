//! Why a figure can't be drawn, written or read: each a sentence for a person.

/// What went wrong with a figure.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FigureError {
    /// A shape that no file can hold.
    #[error("the figure holds {0}, which cannot be drawn in a file")]
    UnsupportedShape(String),
    /// A character that no bundled face has.
    #[error(
        "the figure can't be drawn: no bundled font has the character “{0}” (U+{code:04X})",
        code = u32::from(*.0)
    )]
    MissingCharacter(char),
    /// The figure has no area, or more than can be drawn.
    #[error("the figure can't be {0}")]
    InvalidSize(String),
    /// A bundled face can't be read.
    #[error("the font {0} can't be used: {1}")]
    InvalidFont(String, String),
    /// A library refused to write the picture.
    #[error("the figure can't be written as {0}: {1}")]
    Encode(&'static str, String),
    /// A picture that carries no document.
    #[error("this {0} picture carries no network: it was saved without one, or by another program")]
    NoEmbeddedText(&'static str),
    /// A picture whose document can't be read.
    #[error("the network in this {0} picture can't be read: {1}")]
    InvalidEmbeddedText(&'static str, String),
}
