//! Reading and writing whole files, and the errors of both.

use std::fs;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::file_attributes::{LostAttributes, keep_owner, write_in_place};
use crate::data::SkippedRow;
use crate::text::{Localized, Messages, SharedText};

/// The maximum size of a file that is read, in bytes: several times the size of the largest network with all
/// digits.
pub(crate) const MAX_BYTES: u64 = 256 << 20;

/// The names of temporary files and folders begin and end with these.
pub(super) const TEMPORARY_PREFIX: &str = ".neurodial-";
pub(super) const TEMPORARY_SUFFIX: &str = ".tmp";

/// The reason why a content is not a valid document, or why a document can't be written in a format, without
/// the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentError(SharedText);

impl DocumentError {
    /// Creates it from the error of a format.
    pub fn new(error: impl Localized + Send + Sync + 'static) -> Self {
        Self(SharedText::new(error))
    }
}

impl Localized for DocumentError {
    fn message(&self, messages: Messages) -> String {
        self.0.message(messages)
    }
}

/// An error in reading or writing a file.
#[derive(Debug)]
pub enum FileError {
    /// The file can't be opened or read.
    Read {
        /// The file.
        path: PathBuf,
        /// The error of the operating system.
        source: io::Error,
    },
    /// The file can't be written. Its old content is still there.
    Write {
        /// The file.
        path: PathBuf,
        /// The error of the operating system.
        source: io::Error,
    },
    /// The file is not a valid document.
    Content {
        /// The file.
        path: PathBuf,
        /// The problem, where it is, and how to fix it.
        source: DocumentError,
    },
    /// A document can't be saved in the format of the file. Nothing was written.
    ReadOnlyFormat {
        /// The file.
        path: PathBuf,
        /// The name of the format.
        format: fn(Messages) -> &'static str,
        /// The extensions of files that documents can be saved in.
        extensions: Vec<&'static str>,
    },
    /// The data file has no data, or not the data that the network needs.
    Data {
        /// The file.
        path: PathBuf,
        /// The problem, with its line where there is one.
        reason: SharedText,
    },
    /// A row of the data file can't be read.
    Row {
        /// The file.
        path: PathBuf,
        /// The row.
        row: SkippedRow,
    },
    /// Two files don't have the same number of rows.
    RowCounts {
        /// The files.
        paths: [PathBuf; 2],
        /// The numbers of rows.
        rows: [usize; 2],
    },
    /// The name of the file is not valid Unicode, so a document can't refer to it.
    Name {
        /// The file.
        path: PathBuf,
    },
    /// The file is larger than `MAX_BYTES`.
    TooLarge {
        /// The file.
        path: PathBuf,
    },
    /// The data file is larger than `MAX_BYTES`.
    DataTooLarge {
        /// The file.
        path: PathBuf,
    },
    /// The data file of a document is a folder, a pipe or a device.
    NotRegular {
        /// The file.
        path: PathBuf,
    },
    /// The data files of a document are outside of its folder, and nobody has allowed to read them.
    Outside {
        /// The files.
        paths: Vec<PathBuf>,
    },
    /// The links of the file lead in a circle.
    LinksInCircle {
        /// The file.
        path: PathBuf,
    },
    /// The folder is the current one or contains it, so it can't be replaced.
    CurrentFolder {
        /// The folder.
        path: PathBuf,
    },
    /// The folder holds other files, so it can't be replaced.
    FolderNotEmpty {
        /// The folder.
        path: PathBuf,
    },
}

impl Localized for FileError {
    fn message(&self, messages: Messages) -> String {
        match self {
            Self::Read { path, source } => messages.file_problem(path.display(), reason(source, messages)),
            Self::Write { path, source } => {
                messages.file_not_written(path.display(), reason(source, messages))
            }
            Self::Content { path, source } => messages.file_problem(path.display(), source.message(messages)),
            Self::ReadOnlyFormat {
                path,
                format,
                extensions,
            } => {
                let extensions: Vec<String> = extensions.iter().map(|name| format!(".{name}")).collect();
                messages.file_read_only_format(path.display(), format(messages), extensions.join(", "))
            }
            Self::Data { path, reason } => messages.file_problem(path.display(), reason.message(messages)),
            Self::Row { path, row } => messages.file_problem(path.display(), row.message(messages)),
            Self::RowCounts { paths, rows } => {
                messages.file_row_counts(paths[0].display(), rows[0], paths[1].display(), rows[1])
            }
            Self::Name { path } => messages.file_no_text_name(path.display()),
            Self::TooLarge { path } => {
                messages.file_too_large(path.display(), usize::try_from(MAX_BYTES >> 20).unwrap_or(0))
            }
            Self::DataTooLarge { path } => {
                messages.data_file_too_large(path.display(), usize::try_from(MAX_BYTES >> 20).unwrap_or(0))
            }
            Self::NotRegular { path } => messages.data_file_not_regular(path.display()),
            Self::Outside { paths } => {
                messages.data_file_outside(messages.list(paths.iter().map(|path| path.display())))
            }
            Self::LinksInCircle { path } => messages.file_links_in_circle(path.display()),
            Self::CurrentFolder { path } => messages.file_current_folder(path.display()),
            Self::FolderNotEmpty { path } => messages.file_folder_not_empty(path.display()),
        }
    }
}

crate::localized_errors!(DocumentError, FileError);

/// Returns the operating system's reason as part of a sentence, without the error number.
pub fn reason(error: &io::Error, messages: Messages) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => messages.io_not_found(),
        io::ErrorKind::PermissionDenied => messages.io_permission_denied(),
        io::ErrorKind::StorageFull => messages.io_disk_full(),
        io::ErrorKind::IsADirectory => messages.io_is_a_folder(),
        io::ErrorKind::InvalidData => messages.io_not_text(),
        _ => {
            // The operating system has a language of its own.
            let text = error.to_string();
            return match (error.raw_os_error(), text.rsplit_once(" (")) {
                (Some(_), Some((reason, _))) => reason.to_owned(),
                _ => text,
            };
        }
    }
    .to_owned()
}

/// Reads a file of at most `MAX_BYTES`.
///
/// # Errors
///
/// Returns an error if the file can't be read or is too large.
pub(crate) fn read_bytes(path: &Path) -> Result<Vec<u8>, FileError> {
    read_bytes_unless(path, &|| false)
}

/// Reads a file of at most `MAX_BYTES`, unless the work is canceled meanwhile.
///
/// # Errors
///
/// Returns an error if the file can't be read or is too large, or if the work is canceled.
pub(super) fn read_bytes_unless(path: &Path, is_canceled: &dyn Fn() -> bool) -> Result<Vec<u8>, FileError> {
    const CHUNK_BYTES: u64 = 8 << 20;
    let failed = |source| FileError::Read {
        path: path.to_owned(),
        source,
    };
    let mut file = fs::File::open(path).map_err(failed)?;
    let length = file.metadata().map_or(0, |metadata| metadata.len());
    let mut bytes = Vec::with_capacity(usize::try_from(length.min(MAX_BYTES) + 1).unwrap_or(0));
    // Limit the reading itself rather than trust the reported length, which is 0 for a device.
    loop {
        let left = MAX_BYTES + 1 - bytes.len() as u64;
        let mut chunk = (&mut file).take(left.min(CHUNK_BYTES));
        let count = chunk.read_to_end(&mut bytes).map_err(failed)?;
        if bytes.len() as u64 > MAX_BYTES {
            return Err(FileError::TooLarge {
                path: path.to_owned(),
            });
        }
        if count == 0 {
            return Ok(bytes);
        }
        if is_canceled() {
            return Err(failed(io::ErrorKind::Interrupted.into()));
        }
    }
}

/// Opens a regular file; never waits for a pipe or a device.
///
/// # Errors
///
/// Returns an error if the file can't be opened, or is a folder, a pipe or a device.
pub fn open_regular(path: &Path) -> Result<fs::File, FileError> {
    let failed = |source| FileError::Read {
        path: path.to_owned(),
        source,
    };
    let mut options = fs::OpenOptions::new();
    options.read(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        let flags = rustix::fs::OFlags::NONBLOCK | rustix::fs::OFlags::NOCTTY;
        options.custom_flags(i32::try_from(flags.bits()).unwrap_or(0));
    }
    let file = options.open(path).map_err(failed)?;
    match file.metadata().map_err(failed)?.is_file() {
        true => Ok(file),
        false => Err(FileError::NotRegular {
            path: path.to_owned(),
        }),
    }
}

/// Reads a file of at most `MAX_BYTES` whose path is relative to a folder. Returns `None` if the file is outside of the
/// folder, also through a link.
///
/// # Errors
///
/// Returns an error if the file can't be read or is too large.
pub(crate) fn read_inside(folder: &Path, relative: &Path) -> Result<Option<Vec<u8>>, FileError> {
    let path = folder.join(relative);
    let failed = |source| FileError::Read {
        path: path.clone(),
        source,
    };
    let target = fs::canonicalize(&path).map_err(failed)?;
    let folder = match folder.as_os_str().is_empty() {
        true => fs::canonicalize("."),
        false => fs::canonicalize(folder),
    };
    if !target.starts_with(folder.map_err(failed)?) {
        return Ok(None);
    }
    read_bytes(&target).map(Some)
}

/// Reads the first bytes of a file, at most `length`, up to the end of a line if there is one.
pub(super) fn read_start(path: &Path, length: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let file = open_regular(path).map_err(|_| io::ErrorKind::InvalidInput)?;
    file.take(length).read_to_end(&mut bytes)?;
    if bytes.len() as u64 == length
        && let Some(end) = bytes.iter().rposition(|&byte| byte == b'\n')
    {
        bytes.truncate(end + 1);
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

/// Writes a file of the program itself as [`replace`] does.
///
/// # Errors
///
/// Returns an error if the file can't be written; then the old file is unchanged.
pub fn write_atomically(path: &Path, bytes: &[u8]) -> Result<(), FileError> {
    replace(path, bytes).map(|_| ())
}

/// Writes a file through a temporary file in the same folder: writes, syncs and renames it over the old file.
///
/// A link is followed, and an existing file keeps its permissions and its owner. If it has hard links or its owner can't be
/// kept by renaming, the old file itself gets the new content; only if it may not be written, it is replaced, and the result
/// says what it has lost. A target that is not a regular file, such as a pipe or a terminal, has no content to lose, so it
/// is written directly.
///
/// # Errors
///
/// Returns an error if the file can't be written; then the old file is unchanged.
pub fn replace(path: &Path, bytes: &[u8]) -> Result<Option<LostAttributes>, FileError> {
    let failed = |source| write_error(path, source);
    let old = replaced_file(path).map_err(failed)?;
    if old.as_ref().is_some_and(|old| !old.is_file()) {
        let mut device = fs::OpenOptions::new().write(true).open(path).map_err(failed)?;
        device
            .write_all(bytes)
            .and_then(|()| device.flush())
            .map_err(failed)?;
        return Ok(None);
    }
    let target = resolve_links(path)?;
    let folder = parent_folder(&target);
    remove_stale_temporaries(folder);
    let mut builder = tempfile::Builder::new();
    builder.prefix(TEMPORARY_PREFIX).suffix(TEMPORARY_SUFFIX);
    #[cfg(unix)]
    let mode = std::os::unix::fs::PermissionsExt::from_mode(0o666);
    #[cfg(unix)]
    builder.permissions(mode);
    let mut temporary = builder.tempfile_in(folder).map_err(failed)?;
    // Says as long as this process lives that the file is in use; not every file system can do that.
    let _ = temporary.as_file().try_lock();
    temporary.write_all(bytes).map_err(failed)?;
    let mut lost = None;
    if let Some(old) = &old {
        lost = keep_owner(path, temporary.as_file(), old);
        // After the owner, whose change takes some permissions away.
        temporary
            .as_file()
            .set_permissions(old.permissions())
            .map_err(failed)?;
    }
    temporary.as_file().sync_all().map_err(failed)?;
    if lost.is_some() {
        // The temporary file stays until then, so that there is a whole one at any time.
        match write_in_place(&target, bytes) {
            Ok(()) => return Ok(None),
            Err(e) if e.kind() != io::ErrorKind::PermissionDenied => return Err(failed(e)),
            Err(_) => {}
        }
    }
    temporary.persist(&target).map_err(|e| failed(e.error))?;
    sync_folder(folder);
    Ok(lost)
}

/// Makes renames in a folder durable; not every file system can do that.
pub(super) fn sync_folder(folder: &Path) {
    if let Ok(folder) = fs::File::open(folder) {
        let _ = folder.sync_all();
    }
}

/// Removes temporary files and folders that a killed process has left in a folder.
pub(super) fn remove_stale_temporaries(folder: &Path) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let name = name.as_encoded_bytes();
        if !name.starts_with(TEMPORARY_PREFIX.as_bytes()) || !name.ends_with(TEMPORARY_SUFFIX.as_bytes()) {
            continue;
        }
        let Ok(metadata) = entry.metadata() else { continue };
        let age = metadata.modified().ok().and_then(|time| time.elapsed().ok());
        if age.is_some_and(|age| is_abandoned(&entry.path(), age)) {
            // Another process may be removing it, too.
            let _ = match metadata.is_dir() {
                true => fs::remove_dir_all(entry.path()),
                false => fs::remove_file(entry.path()),
            };
        }
    }
}

/// True if the process that created a temporary file or folder has ended.
fn is_abandoned(path: &Path, age: Duration) -> bool {
    /// No process takes that long from creating a temporary file to locking it.
    const LOCKING_AGE: Duration = Duration::from_secs(10);
    /// No process takes that long from creating a temporary file to renaming it.
    const MAX_AGE: Duration = Duration::from_secs(24 * 60 * 60);
    let can_lock = || fs::File::open(path).is_ok_and(|file| file.try_lock().is_ok());
    age > MAX_AGE || age > LOCKING_AGE && can_lock()
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
    let target = resolve_links(path)?;
    tempfile::tempfile_in(parent_folder(&target)).map_err(failed)?;
    Ok(())
}

/// Returns the folder of a file; the current folder for a bare name.
pub fn parent_folder(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

/// Returns the error for a file that can't be written.
pub(super) fn write_error(path: &Path, source: io::Error) -> FileError {
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

/// True if writing one file would overwrite the other: two paths, links or names of the same file. The files need not
/// exist. A device is no such file.
pub fn is_same_file(one: &Path, other: &Path) -> bool {
    let [one_data, other_data] = [one, other].map(|path| fs::metadata(path).ok());
    let is_device = |data: &Option<fs::Metadata>| data.as_ref().is_some_and(|data| !data.is_file());
    if is_device(&one_data) || is_device(&other_data) {
        return false;
    }
    #[cfg(unix)]
    if let (Some(one), Some(other)) = (&one_data, &other_data) {
        use std::os::unix::fs::MetadataExt as _;
        return (one.dev(), one.ino()) == (other.dev(), other.ino());
    }
    let target = |path: &Path| {
        let target = resolve_links(path).ok()?;
        let folder = parent_folder(&target).canonicalize().ok()?;
        Some(folder.join(target.file_name()?))
    };
    target(one).is_some_and(|one| Some(one) == target(other))
}

/// Returns the file at the end of a chain of links; the file itself need not exist.
pub(super) fn resolve_links(path: &Path) -> Result<PathBuf, FileError> {
    const MAX_LINKS: usize = 40;
    let mut target = path.to_owned();
    for _ in 0..MAX_LINKS {
        match fs::read_link(&target) {
            Ok(next) => target = target.parent().unwrap_or(Path::new("")).join(next),
            Err(_) => return Ok(target),
        }
    }
    Err(FileError::LinksInCircle {
        path: path.to_owned(),
    })
}
