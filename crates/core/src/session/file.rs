//! Reading and writing documents and their data files.

#![expect(
    clippy::disallowed_methods,
    reason = "this is the only module of the core that reads and writes files"
)]

mod blocks;
mod checksum;
pub mod data;
mod read;
pub mod recovery;

pub use read::{FileError, read_bytes, read_text, reason};

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::{Document, format};
use read::text_from_bytes;

/// Reads a document and its data files. Problems with data files are stored in the training setup.
///
/// # Errors
///
/// Returns an error if the file can't be read, is too large, or is not a valid document.
pub fn open(path: &Path) -> Result<Document, FileError> {
    document_from_bytes(path, read_bytes(path)?)
}

/// Parses the bytes of a document file and reads its data files. `path` is the file they came from.
///
/// # Errors
///
/// Returns an error if the bytes are not UTF-8 or not a valid document.
pub fn document_from_bytes(path: &Path, bytes: Vec<u8>) -> Result<Document, FileError> {
    let text = text_from_bytes(path, bytes)?;
    // Some editors write a byte order mark at the beginning.
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    let mut document = format::read(text).map_err(|source| FileError::Content {
        path: path.to_owned(),
        source,
    })?;
    data::load_data_files(&mut document, parent_folder(path));
    Ok(document)
}

/// Writes a document. At any time, either the old or the new file is complete.
///
/// # Errors
///
/// Returns an error if the file can't be written; then the old file is unchanged.
pub fn save(document: &Document, path: &Path) -> Result<(), FileError> {
    write_atomically(path, document_text(document, path).as_bytes())
}

/// Returns the text of a document to be saved at `path`. It names data files relative to the folder of
/// `path`.
pub fn document_text(document: &Document, path: &Path) -> String {
    let folder = parent_folder(path);
    format::write_with(document, |file| data::relative_name(file, folder))
}

/// Writes a file through a temporary file in the same folder: writes, syncs and renames it over the old file.
///
/// A link is followed, and an existing file keeps its permissions. A target that is not a regular file, such
/// as a pipe or a terminal, has no content to lose, so it is written directly.
///
/// # Errors
///
/// Returns an error if the file can't be written; then the old file is unchanged.
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
    let mode = std::os::unix::fs::PermissionsExt::from_mode(0o666);
    #[cfg(unix)]
    builder.permissions(mode);
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
    // The rename is durable only once the folder is synced; not every file system can do that.
    if let Ok(folder) = fs::File::open(folder) {
        let _ = folder.sync_all();
    }
    Ok(())
}

/// Checks before long work if [`write_atomically`] will most likely succeed. Writes nothing.
///
/// # Errors
///
/// Returns the error that [`write_atomically`] would return, except for a full disk.
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

/// Creates the folder that contains `path`, with its parents, if it doesn't exist.
///
/// # Errors
///
/// Returns an error for `path` if the folder can't be created.
pub fn create_parent_folder(path: &Path) -> Result<(), FileError> {
    let folder = path.parent().unwrap_or(Path::new(""));
    fs::create_dir_all(folder).map_err(|source| FileError::Write {
        path: path.to_owned(),
        source,
    })
}

/// Writes a folder of files. At any time, either the old or the new folder is complete. An old folder is
/// replaced only if the name of each of its files consists of digits and has the extension of the first of
/// `files`.
///
/// # Errors
///
/// Returns an error if the old folder holds other files or the new one can't be written; then the old folder
/// is unchanged.
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
    let exists = target.exists();
    if exists {
        let is_numbered_file = |name: &std::ffi::OsStr| {
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
            if !is_numbered_file(&entry.map_err(failed)?.file_name()) {
                let text = "the folder is there and holds other files; name a new one";
                return Err(failed(io::Error::other(text)));
            }
        }
    }
    let mut builder = tempfile::Builder::new();
    builder.prefix(".neurodial-");
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o777));
    let new_folder = builder.tempdir_in(parent).map_err(failed)?;
    for (name, bytes) in files {
        fs::write(new_folder.path().join(name), bytes).map_err(failed)?;
    }
    if exists {
        let backup = builder.tempdir_in(parent).map_err(failed)?;
        let old = backup.path().join("old");
        fs::rename(&target, &old).map_err(failed)?;
        if let Err(e) = fs::rename(new_folder.path(), &target) {
            // Restore the old folder.
            let _ = fs::rename(&old, &target);
            return Err(failed(e));
        }
    } else {
        fs::rename(new_folder.path(), &target).map_err(failed)?;
    }
    // Keep the folder when `new_folder` is dropped.
    let _ = new_folder.keep();
    Ok(())
}

/// Returns the file at the end of a chain of links; the file itself need not exist.
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
