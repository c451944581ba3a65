//! Why there is no figure.

use egui_figure::FigureError;
use neurodial_core::session::ActionError;

/// Why a figure can't be made: one sentence.
#[derive(Debug, thiserror::Error)]
pub enum FigurePageError {
    /// What was asked for is not in the network.
    #[error(transparent)]
    Refused(#[from] ActionError),
    /// It can't be drawn.
    #[error(transparent)]
    Figure(#[from] FigureError),
    /// The list of knobs is longer than a figure can be.
    #[error("the list of knobs has {0} rows, which is more than a figure can hold; choose another pane")]
    TooManyRows(usize),
    /// The size is no size.
    #[error("{0}")]
    Invalid(String),
}
