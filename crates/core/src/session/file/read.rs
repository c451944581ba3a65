//! Reading of whole files, and the error of all reading and writing.

use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use crate::session::format;

/// An error in reading or writing a file. Its text is one sentence that names the file.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// The file can't be opened or read.
    #[error("{path}: {reason}", path = .path.display(), reason = reason(.source))]
    Read {
        /// The file.
        path: PathBuf,
        /// The error of the operating system.
        source: io::Error,
    },
    /// The file can't be written. Its old content is still there.
    #[error("{path} was not written: {reason}", path = .path.display(), reason = reason(.source))]
    Write {
        /// The file.
        path: PathBuf,
        /// The error of the operating system.
        source: io::Error,
    },
    /// The file is not a valid document.
    #[error("{path}: {source}", path = .path.display())]
    Content {
        /// The file.
        path: PathBuf,
        /// The problem, where it is, and how to fix it.
        source: format::DocumentError,
    },
    /// The data file has no data, or not the data that the network needs.
    #[error("{path}{reason}", path = .path.display())]
    Data {
        /// The file.
        path: PathBuf,
        /// The problem, with its line where there is one, as the text after the file's name.
        reason: String,
    },
    /// The file is larger than `format::MAX_BYTES`.
    #[error("{path} is larger than {most} MB, which no neurodial document is", path = .path.display(), most = format::MAX_BYTES >> 20)]
    TooLarge {
        /// The file.
        path: PathBuf,
    },
}

/// Returns the operating system's reason as part of a sentence, without the error number.
pub fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "there is no such file or folder".to_owned(),
        io::ErrorKind::PermissionDenied => "permission is denied".to_owned(),
        io::ErrorKind::StorageFull => "the disk is full".to_owned(),
        io::ErrorKind::IsADirectory => "it is a folder".to_owned(),
        io::ErrorKind::InvalidData => "it is not text (UTF-8)".to_owned(),
        _ => {
            let text = error.to_string();
            text.split(" (os error").next().unwrap_or_default().to_owned()
        }
    }
}

/// Reads a file of at most `format::MAX_BYTES`.
///
/// # Errors
///
/// Returns an error if the file can't be read or is too large.
pub fn read_bytes(path: &Path) -> Result<Vec<u8>, FileError> {
    let failed = |source| FileError::Read {
        path: path.to_owned(),
        source,
    };
    let file = fs::File::open(path).map_err(failed)?;
    let length = file.metadata().map_or(0, |metadata| metadata.len());
    let mut bytes = Vec::with_capacity(usize::try_from(length.min(format::MAX_BYTES) + 1).unwrap_or(0));
    // Limit the reading itself rather than trust the reported length, which is 0 for a device.
    file.take(format::MAX_BYTES + 1)
        .read_to_end(&mut bytes)
        .map_err(failed)?;
    if bytes.len() as u64 > format::MAX_BYTES {
        return Err(FileError::TooLarge {
            path: path.to_owned(),
        });
    }
    Ok(bytes)
}

/// Reads a text file of at most `format::MAX_BYTES`.
///
/// # Errors
///
/// Returns an error if the file can't be read, is too large, or is not UTF-8.
pub fn read_text(path: &Path) -> Result<String, FileError> {
    text_from_bytes(path, read_bytes(path)?)
}

pub(super) fn text_from_bytes(path: &Path, bytes: Vec<u8>) -> Result<String, FileError> {
    String::from_utf8(bytes).map_err(|_| FileError::Read {
        path: path.to_owned(),
        source: io::ErrorKind::InvalidData.into(),
    })
}
