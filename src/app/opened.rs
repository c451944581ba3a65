//! A file that a person opens: a document, or a picture that carries one.

use std::path::Path;

use egui_figure::state;
use neurodial_core::session::file::{self, FileError};
use neurodial_core::session::{Origin, Session};

/// Why a file can't be opened: one sentence that names it.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// It can't be read, or is no document.
    #[error(transparent)]
    File(#[from] FileError),
    /// It is a picture without a document that can be read.
    #[error("{path}: {reason}")]
    Figure {
        /// The file.
        path: String,
        /// What is wrong with it.
        reason: String,
    },
}

/// Opens a document, or a picture that carries one: SVG, PNG or PDF. A picture is not saved over, so what comes out
/// of it has no file yet.
///
/// # Errors
/// One sentence that names the file.
pub fn open_session(path: &Path) -> Result<Session, OpenError> {
    let bytes = file::read_bytes(path)?;
    let Some(embedded) = state::extract(&bytes) else {
        let document = file::document_from_bytes(path, bytes)?;
        return Ok(Session::open(document, Origin::File(path.to_owned())));
    };
    let text = embedded.map_err(|e| OpenError::Figure {
        path: path.display().to_string(),
        reason: e.to_string(),
    })?;
    let document = file::document_from_bytes(path, text.into_bytes())?;
    Ok(Session::open(document, Origin::Untitled))
}
