//! Why there is no figure.

use egui_figure::FigureError;
use neurodial_core::session::Refusal;

/// Why a figure can't be made: one sentence.
#[derive(Debug, thiserror::Error)]
pub enum PlateError {
    /// What was asked for is not in the network.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// It can't be drawn.
    #[error(transparent)]
    Figure(#[from] FigureError),
    /// The list of knobs is longer than a figure can be.
    #[error("the list of knobs has {0} rows, which is more than a figure can hold; choose another pane")]
    Rows(usize),
    /// The size is no size.
    #[error("{0}")]
    Size(String),
}
