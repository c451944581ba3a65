//! Reading and writing whole files, and the errors of both.

use std::fs;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

/// The maximum size of a file that is read, in bytes: several times the size of the largest network with all
/// digits.
pub(crate) const MAX_BYTES: u64 = 256 << 20;

/// The reason that a content is not a valid document, or that a document can't be written in a format: one
/// sentence with the place and the fix, as the text after the file's name.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct DocumentError(String);

impl DocumentError {
    /// Creates an error with this text.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }
}

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
        source: DocumentError,
    },
    /// A document can't be saved in the format of the file. Nothing was written.
    #[error("{path} was not written: a document can’t be saved in the format “{format}”; {remedy}", path = .path.display())]
    ReadOnlyFormat {
        /// The file.
        path: PathBuf,
        /// The name of the format.
        format: &'static str,
        /// The remedy.
        remedy: String,
    },
    /// The data file has no data, or not the data that the network needs.
    #[error("{path}{reason}", path = .path.display())]
    Data {
        /// The file.
        path: PathBuf,
        /// The problem, with its line where there is one, as the text after the file's name.
        reason: String,
    },
    /// The file is larger than `MAX_BYTES`.
    #[error("{path} is larger than {most} MB, which no neurodial document is", path = .path.display(), most = MAX_BYTES >> 20)]
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

/// Reads a file of at most `MAX_BYTES`.
///
/// # Errors
///
/// Returns an error if the file can't be read or is too large.
pub(crate) fn read_bytes(path: &Path) -> Result<Vec<u8>, FileError> {
    let failed = |source| FileError::Read {
        path: path.to_owned(),
        source,
    };
    let file = fs::File::open(path).map_err(failed)?;
    let length = file.metadata().map_or(0, |metadata| metadata.len());
    let mut bytes = Vec::with_capacity(usize::try_from(length.min(MAX_BYTES) + 1).unwrap_or(0));
    // Limit the reading itself rather than trust the reported length, which is 0 for a device.
    file.take(MAX_BYTES + 1).read_to_end(&mut bytes).map_err(failed)?;
    if bytes.len() as u64 > MAX_BYTES {
        return Err(FileError::TooLarge {
            path: path.to_owned(),
        });
    }
    Ok(bytes)
}

/// Reads a text file of at most `MAX_BYTES`.
///
/// # Errors
///
/// Returns an error if the file can't be read, is too large, or is not UTF-8.
pub fn read_text(path: &Path) -> Result<String, FileError> {
    text_from_bytes(path, read_bytes(path)?)
}

/// Returns the bytes of a file as text.
pub(super) fn text_from_bytes(path: &Path, bytes: Vec<u8>) -> Result<String, FileError> {
    String::from_utf8(bytes).map_err(|_| FileError::Read {
        path: path.to_owned(),
        source: io::ErrorKind::InvalidData.into(),
    })
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
    let failed = |source| write_error(path, source);
    let old = replaced_file(path).map_err(failed)?;
    if old.as_ref().is_some_and(|old| !old.is_file()) {
        let mut device = fs::OpenOptions::new().write(true).open(path).map_err(failed)?;
        return device
            .write_all(bytes)
            .and_then(|()| device.flush())
            .map_err(failed);
    }
    let target = resolve_links(path).map_err(failed)?;
    let folder = parent_folder(&target);
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
    let failed = |source| write_error(path, source);
    let old = replaced_file(path).map_err(failed)?;
    if old.is_some_and(|old| !old.is_file()) {
        return Ok(());
    }
    let target = resolve_links(path).map_err(failed)?;
    tempfile::tempfile_in(parent_folder(&target)).map_err(failed)?;
    Ok(())
}

/// Returns the folder of a file; the current folder for a bare name.
pub(super) fn parent_folder(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

/// Returns the error for a file that can't be written.
fn write_error(path: &Path, source: io::Error) -> FileError {
    FileError::Write {
        path: path.to_owned(),
        source,
    }
}

/// Returns what is known about the file that is to be replaced, `None` if there is none. Returns an error if
/// it is a folder or a read-only file.
fn replaced_file(path: &Path) -> io::Result<Option<fs::Metadata>> {
    let old = fs::metadata(path).ok();
    if old.as_ref().is_some_and(fs::Metadata::is_dir) || path.as_os_str().as_encoded_bytes().ends_with(b"/") {
        return Err(io::ErrorKind::IsADirectory.into());
    }
    let is_read_only = |old: &fs::Metadata| old.is_file() && old.permissions().readonly();
    if old.as_ref().is_some_and(is_read_only) {
        return Err(io::ErrorKind::PermissionDenied.into());
    }
    Ok(old)
}

/// Creates the folder that contains `path`, with its parents, if it doesn't exist.
///
/// # Errors
///
/// Returns an error for `path` if the folder can't be created.
pub fn create_parent_folder(path: &Path) -> Result<(), FileError> {
    let folder = path.parent().unwrap_or(Path::new(""));
    fs::create_dir_all(folder).map_err(|source| write_error(path, source))
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
    let failed = |source| write_error(path, source);
    let target = PathBuf::from(path.to_string_lossy().trim_end_matches('/'));
    let parent = parent_folder(&target);
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
