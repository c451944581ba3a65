//! Reading and writing documents.
//!
//! | file | what |
//! | --- | --- |
//! | [`data`] | data in files |
//! | `blocks` | a large text, block by block |
//! | `checksum` | what tells whether a file is still the same |
//! | [`recovery`] | unsaved work |

mod blocks;
mod checksum;
pub mod data;
pub mod recovery;

use std::fs;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use super::{Document, format};

/// Why a file could not be read or written: one sentence that names the file.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// It can't be opened or read.
    #[error("{path}: {reason}", path = .path.display(), reason = reason(.source))]
    Read {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// It can't be written. What was there before is still there.
    #[error("{path} was not written: {reason}", path = .path.display(), reason = reason(.source))]
    Write {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// It is no document.
    #[error("{path}: {source}", path = .path.display())]
    Content {
        /// The file.
        path: PathBuf,
        /// What is wrong, where, and the mend.
        source: super::DocumentError,
    },
    /// It holds no data, or not what the network needs.
    #[error("{path}{reason}", path = .path.display())]
    Data {
        /// The file.
        path: PathBuf,
        /// What is wrong, with the line where there is one; it follows the name.
        reason: String,
    },
    /// It is larger than any document.
    #[error("{path} is larger than {most} MB, which no neurodial document is", path = .path.display(), most = format::MAX_BYTES >> 20)]
    TooLarge {
        /// The file.
        path: PathBuf,
    },
}

/// The system's reason in a sentence, without its number.
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

/// Reads a file of at most [`format::MAX_BYTES`].
///
/// # Errors
/// One sentence that names the file.
pub fn read_bytes(path: &Path) -> Result<Vec<u8>, FileError> {
    let failed = |source| FileError::Read {
        path: path.to_owned(),
        source,
    };
    let file = fs::File::open(path).map_err(failed)?;
    let length = file.metadata().map_or(0, |known| known.len());
    let mut bytes = Vec::with_capacity(usize::try_from(length.min(format::MAX_BYTES) + 1).unwrap_or(0));
    // Read through a limit rather than trust the length that the system tells: a device has none.
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

/// Reads a text file of at most [`format::MAX_BYTES`].
///
/// # Errors
/// One sentence that names the file.
pub fn read_text(path: &Path) -> Result<String, FileError> {
    text_from_bytes(path, read_bytes(path)?)
}

fn text_from_bytes(path: &Path, bytes: Vec<u8>) -> Result<String, FileError> {
    String::from_utf8(bytes).map_err(|_| FileError::Read {
        path: path.to_owned(),
        source: io::ErrorKind::InvalidData.into(),
    })
}

/// Reads a document.
///
/// # Errors
/// One sentence that names the file, the place and the mend.
pub fn open(path: &Path) -> Result<Document, FileError> {
    document_from_bytes(path, read_bytes(path)?)
}

/// The document in what was read from a file, with the data that it has in other files.
///
/// # Errors
/// As [`open`].
pub fn document_from_bytes(path: &Path, bytes: Vec<u8>) -> Result<Document, FileError> {
    let text = text_from_bytes(path, bytes)?;
    // Some editors put a byte order mark in front.
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    let mut document = format::read(text).map_err(|source| FileError::Content {
        path: path.to_owned(),
        source,
    })?;
    data::load_data_files(&mut document, parent_folder(path));
    Ok(document)
}

/// Writes a document so that at every moment the old or the new file is whole.
///
/// # Errors
/// One sentence that names the file; then the old file is untouched.
pub fn save(document: &Document, path: &Path) -> Result<(), FileError> {
    write_atomically(path, document_text(document, path).as_bytes())
}

/// A document as it is written to a file: data in other files is named from its folder on.
pub fn document_text(document: &Document, path: &Path) -> String {
    let folder = parent_folder(path);
    format::write_with(document, |file| data::relative_name(file, folder))
}

/// Writes a file through a temporary one in the same folder: written, synced, then renamed over the old.
///
/// A link is followed, and an existing file keeps its permissions. What is no file, like a pipe or a
/// terminal, holds nothing that could be lost, so it is written directly.
///
/// # Errors
/// One sentence that names the file; then the old file is untouched.
pub fn write_atomically(path: &Path, bytes: &[u8]) -> Result<(), FileError> {
    let failed = |source| FileError::Write {
        path: path.to_owned(),
        source,
    };
    let old = fs::metadata(path).ok();
    if old.as_ref().is_some_and(fs::Metadata::is_dir) || path.as_os_str().as_encoded_bytes().ends_with(b"/") {
        return Err(failed(io::ErrorKind::IsADirectory.into()));
    }
    if old.as_ref().is_some_and(|old| !old.is_file()) {
        let mut device = fs::OpenOptions::new().write(true).open(path).map_err(failed)?;
        return device
            .write_all(bytes)
            .and_then(|()| device.flush())
            .map_err(failed);
    }
    let target = resolve_links(path).map_err(failed)?;
    let folder = parent_folder(&target);
    if old.as_ref().is_some_and(|old| old.permissions().readonly()) {
        return Err(failed(io::ErrorKind::PermissionDenied.into()));
    }
    let mut builder = tempfile::Builder::new();
    builder.prefix(".neurodial-").suffix(".tmp");
    #[cfg(unix)]
    let fresh = std::os::unix::fs::PermissionsExt::from_mode(0o666);
    #[cfg(unix)]
    builder.permissions(fresh);
    let mut temporary = builder.tempfile_in(folder).map_err(failed)?;
    temporary.write_all(bytes).map_err(failed)?;
    if let Some(old) = old {
        temporary
            .as_file()
            .set_permissions(old.permissions())
            .map_err(failed)?;
    }
    temporary.as_file().sync_all().map_err(failed)?;
    temporary.persist(&target).map_err(|e| failed(e.error))?;
    // The rename itself is safe only once the folder is on disk; not every file system can do that.
    if let Ok(folder) = fs::File::open(folder) {
        let _ = folder.sync_all();
    }
    Ok(())
}

/// Whether [`write_atomically`] will most likely succeed, asked before long work. Nothing is written.
///
/// # Errors
/// As [`write_atomically`], except for a full disk.
pub fn check_writable(path: &Path) -> Result<(), FileError> {
    let failed = |source| FileError::Write {
        path: path.to_owned(),
        source,
    };
    let old = fs::metadata(path).ok();
    if old.as_ref().is_some_and(fs::Metadata::is_dir) || path.as_os_str().as_encoded_bytes().ends_with(b"/") {
        return Err(failed(io::ErrorKind::IsADirectory.into()));
    }
    if old.as_ref().is_some_and(|old| old.permissions().readonly()) {
        return Err(failed(io::ErrorKind::PermissionDenied.into()));
    }
    if old.is_some_and(|old| !old.is_file()) {
        return Ok(());
    }
    let target = resolve_links(path).map_err(failed)?;
    tempfile::tempfile_in(parent_folder(&target)).map_err(failed)?;
    Ok(())
}

fn parent_folder(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

/// Makes the folder that a file is to be written in, if it is not there.
///
/// # Errors
/// One sentence that names the file, which could not be written.
pub fn create_parent_folder(path: &Path) -> Result<(), FileError> {
    let folder = path.parent().unwrap_or(Path::new(""));
    fs::create_dir_all(folder).map_err(|source| FileError::Write {
        path: path.to_owned(),
        source,
    })
}

/// Writes a folder of files so that at every moment the old or the new folder is whole. An old one is replaced only if
/// it holds nothing but files whose names look like those.
///
/// # Errors
/// One sentence that names the folder; then the old one is untouched.
pub fn replace_folder(path: &Path, files: &[(String, Vec<u8>)]) -> Result<(), FileError> {
    let failed = |source| FileError::Write {
        path: path.to_owned(),
        source,
    };
    let target = PathBuf::from(path.to_string_lossy().trim_end_matches('/'));
    let parent = match target.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let is_there = target.exists();
    if is_there {
        let looks_alike = |name: &std::ffi::OsStr| {
            let name = Path::new(name);
            let is_number = name
                .file_stem()
                .is_some_and(|stem| stem.as_encoded_bytes().iter().all(u8::is_ascii_digit));
            is_number
                && files
                    .first()
                    .is_some_and(|(first, _)| Path::new(first).extension() == name.extension())
        };
        for entry in fs::read_dir(&target).map_err(failed)? {
            if !looks_alike(&entry.map_err(failed)?.file_name()) {
                let text = "the folder is there and holds other files; name a new one";
                return Err(failed(io::Error::other(text)));
            }
        }
    }
    let mut builder = tempfile::Builder::new();
    builder.prefix(".neurodial-");
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o777));
    let fresh = builder.tempdir_in(parent).map_err(failed)?;
    for (name, bytes) in files {
        fs::write(fresh.path().join(name), bytes).map_err(failed)?;
    }
    if is_there {
        let backup = builder.tempdir_in(parent).map_err(failed)?;
        let old = backup.path().join("old");
        fs::rename(&target, &old).map_err(failed)?;
        if let Err(e) = fs::rename(fresh.path(), &target) {
            // Back to what was there.
            let _ = fs::rename(&old, &target);
            return Err(failed(e));
        }
    } else {
        fs::rename(fresh.path(), &target).map_err(failed)?;
    }
    // What was made is not to be cleaned up any more.
    let _ = fresh.keep();
    Ok(())
}

/// The file that a path stands for: links are followed, also one to a file that is not there yet.
fn resolve_links(path: &Path) -> io::Result<PathBuf> {
    const MAX_LINKS: usize = 40;
    let mut target = path.to_owned();
    for _ in 0..MAX_LINKS {
        match fs::read_link(&target) {
            Ok(next) => target = target.parent().unwrap_or(Path::new("")).join(next),
            Err(_) => return Ok(target),
        }
    }
    Err(io::Error::other("its links lead in a circle"))
}
