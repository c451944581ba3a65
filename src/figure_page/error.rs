//! The reasons why a figure can't be drawn.

use crate::panes::pane_info::TooManyRowsError;
use egui_figure::FigureError;
use neurodial_core::session::ActionError;

/// The reason why a figure can't be drawn. Its `Display` text is one sentence for the user.
#[derive(Debug, thiserror::Error)]
pub enum FigurePageError {
    /// The network lacks a part that the specification names.
    #[error(transparent)]
    Refused(#[from] ActionError),
    /// The figure can't be drawn or encoded.
    #[error(transparent)]
    Figure(FigureError),
    /// The document is too large to be embedded in a file of the format that is named.
    #[error(
        "the figure can't be written as {0}: its network takes more than 64 MB; leave it out with --no-state"
    )]
    DocumentTooLarge(&'static str),
    /// No font has an outline of a character.
    #[error(
        "the figure can't be drawn: no font has an outline of the character “{0}” (U+{code:04X}); install a font for \
         it, or name a font file with --font FILE",
        code = u32::from(*.0)
    )]
    MissingCharacter(char),
    /// The list of knobs has more rows than a figure can hold.
    #[error(transparent)]
    TooManyRows(#[from] TooManyRowsError),
    /// A size or another value of the specification is invalid, or a bundled document is broken.
    #[error("{0}")]
    Invalid(String),
}

impl From<FigureError> for FigurePageError {
    fn from(error: FigureError) -> Self {
        match error {
            FigureError::EmbeddedTextTooLarge(format) => Self::DocumentTooLarge(format),
            FigureError::MissingCharacter(character) => Self::MissingCharacter(character),
            error => Self::Figure(error),
        }
    }
}
