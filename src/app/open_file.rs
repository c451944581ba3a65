//! Opening a file: a document, or a figure with an embedded document.

use std::path::Path;

use crate::figure_page::rendered_figure::PROGRAM_NAME;
use egui_figure::{FigureError, embedded_text};
use neurodial_core::session::file::{self, FileError};
use neurodial_core::session::{Origin, Session};

/// The reason why a file can't be opened.
#[derive(Debug, thiserror::Error)]
pub(crate) enum OpenError {
    /// The file can't be read, or is no document.
    #[error(transparent)]
    File(#[from] FileError),
    /// The file is a figure without a readable document.
    #[error("{path}: {reason}")]
    Figure {
        /// The path of the file.
        path: String,
        /// The reason why its document can't be read.
        reason: String,
    },
}

/// Opens a document, or a figure with an embedded document: SVG, PNG or PDF. A document from a figure is
/// untitled, because a figure is not saved over.
///
/// # Errors
/// Returns an error if the file can't be read, is no document, or is a figure without a readable document.
pub(crate) fn open_session(path: &Path) -> Result<Session, OpenError> {
    let bytes = file::read_bytes(path)?;
    let Some(embedded) = embedded_text::extract(&bytes, PROGRAM_NAME) else {
        let document = file::document_from_bytes(path, bytes)?;
        return Ok(Session::open(document, Origin::File(path.to_owned())));
    };
    let text = embedded.map_err(|e| OpenError::Figure {
        path: path.display().to_string(),
        reason: extraction_error_text(&e),
    })?;
    let document = file::document_from_bytes(path, text.into_bytes())?;
    Ok(Session::open(document, Origin::Untitled))
}

/// Returns the reason why a figure has no readable document, for the user.
fn extraction_error_text(error: &FigureError) -> String {
    match error {
        FigureError::NoEmbeddedText(format) => format!(
            "this {format} picture carries no network: it was saved without one, or by another program"
        ),
        FigureError::InvalidEmbeddedText { format, reason } => {
            format!("the network in this {format} picture can't be read: {reason}")
        }
        error => error.to_string(),
    }
}
