//! Recovery of unsaved documents after a crash.
//!
//! Every running window has a slot of two files: `<name>.lock`, locked as long as the process lives, and
//! `<name>.json`, the latest unsaved document. A slot that is not locked, or has no lock any more, belongs to a process
//! that has ended; its document is offered at the next start. `<name>.told` marks a document that can't be read, once
//! the user knows it.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::file::{DocumentError, FileError, read_text, write_atomically, write_error};
use super::file_version::FileStamp;
use super::preset::Preset;
use super::{data_files, json};
use crate::session::{Document, Origin};

/// The place for this process's unsaved document. If it is dropped without [`RecoverySlot::clear`], the
/// stored document remains.
#[derive(Debug)]
pub struct RecoverySlot {
    content: PathBuf,
    lock_path: PathBuf,
    _lock: fs::File,
}

/// An unsaved document of a process that has ended.
#[derive(Debug)]
pub struct RecoveredDocument {
    /// The document as it was stored last.
    pub document: Document,
    /// The origin of the document.
    pub origin: Origin,
    /// True if another program has changed or removed the document's file since then.
    pub is_file_changed: bool,
    slot: RecoverySlot,
}

/// A recovery file that can't be read. It is left as it is.
#[derive(Debug)]
pub struct UnreadableSlot {
    /// The file.
    pub path: PathBuf,
    /// The reason.
    pub source: FileError,
}

#[derive(Serialize, Deserialize)]
struct RecoveryContent {
    file: Option<PathBuf>,
    preset: Option<String>,
    document: String,
    /// The time and the size of the file; older programs don't write it.
    #[serde(default)]
    file_stamp: Option<FileStamp>,
}

impl RecoverySlot {
    /// Creates a slot in `folder`, and the folder if it doesn't exist.
    ///
    /// # Errors
    ///
    /// Returns an error if the folder or the lock file can't be created; then unsaved changes can't be
    /// recovered after a crash.
    pub fn create(folder: &Path) -> Result<Self, FileError> {
        Self::create_in(folder).map_err(|source| write_error(folder, source))
    }

    fn create_in(folder: &Path) -> io::Result<Self> {
        fs::create_dir_all(folder)?;
        let name = std::process::id();
        for attempt in 0..1000 {
            let base = folder.join(format!("{name}-{attempt}"));
            if base.with_extension("json").exists() {
                continue;
            }
            if let Some(slot) = Self::lock(&base)? {
                return Ok(slot);
            }
        }
        Err(io::ErrorKind::AlreadyExists.into())
    }

    /// True if somebody has deleted the lock, perhaps with the whole folder.
    pub fn is_deleted(&self) -> bool {
        !self.lock_path.exists()
    }

    /// True if no document is stored.
    pub fn is_empty(&self) -> bool {
        !self.content.exists()
    }

    fn lock(base: &Path) -> io::Result<Option<Self>> {
        let lock_path = base.with_extension("lock");
        if lock_path.exists() && !lock_path.is_file() {
            return Err(io::ErrorKind::Unsupported.into());
        }
        let lock = fs::OpenOptions::new()
            .create(true)
            .truncate(false)
            .write(true)
            .open(&lock_path)?;
        match lock.try_lock() {
            Ok(()) => Ok(Some(Self {
                content: base.with_extension("json"),
                lock_path,
                _lock: lock,
            })),
            Err(fs::TryLockError::WouldBlock) => Ok(None),
            Err(fs::TryLockError::Error(e)) => Err(e),
        }
    }

    /// Stores a document with unsaved changes.
    ///
    /// # Errors
    ///
    /// Returns an error if it can't be written; then the document stored before remains.
    pub fn store(&self, document: &Document, origin: &Origin) -> Result<(), FileError> {
        let content = RecoveryContent {
            file: match origin {
                // The next start may have another working folder. A path that JSON can't represent is
                // dropped, but the document is stored.
                Origin::File(path) => std::path::absolute(path)
                    .ok()
                    .filter(|path| path.to_str().is_some()),
                _ => None,
            },
            file_stamp: match origin {
                Origin::File(path) => Some(FileStamp::read(path)),
                _ => None,
            },
            preset: match origin {
                Origin::Preset(name) => Some((*name).to_owned()),
                _ => None,
            },
            // The next start may have another working folder.
            document: json::write_with(document, |file| file.path.to_string_lossy().into_owned()),
        };
        let text = serde_json::to_string(&content).unwrap_or_default();
        write_atomically(&self.content, text.as_bytes())
    }

    /// Deletes the stored document, because it was saved or discarded.
    pub fn clear(&self) {
        let _ = fs::remove_file(&self.content);
        let _ = fs::remove_file(self.content.with_extension("told"));
    }

    /// Clears the slot and deletes its lock file.
    pub fn release(self) {
        self.clear();
        let _ = fs::remove_file(&self.lock_path);
    }
}

impl RecoveredDocument {
    /// Ends the recovery offer after the document was opened or discarded.
    pub fn discard(self) {
        self.slot.release();
    }
}

/// Returns the unsaved documents of processes that have ended, newest first, and the recovery files that can't be read,
/// each only once. Those are left unchanged, because a newer program may have written them. Empty slots are deleted.
pub fn find_recovered(folder: &Path) -> (Vec<RecoveredDocument>, Vec<UnreadableSlot>) {
    let mut found = Vec::new();
    let mut unreadable = Vec::new();
    for base in slots_in(folder) {
        let content = base.with_extension("json");
        let slot = match RecoverySlot::lock(&base) {
            Ok(Some(slot)) => slot,
            Ok(None) => continue,
            Err(source) => {
                if content.exists() {
                    let source = write_error(&base.with_extension("lock"), source);
                    unreadable.push(UnreadableSlot {
                        path: content,
                        source,
                    });
                }
                continue;
            }
        };
        let modified = fs::metadata(&content).and_then(|data| data.modified()).ok();
        match read_slot(&content) {
            Ok((document, origin, is_file_changed)) => found.push((
                modified,
                RecoveredDocument {
                    document,
                    origin,
                    is_file_changed,
                    slot,
                },
            )),
            Err(_) if slot.is_empty() => slot.release(),
            Err(source) => {
                let mark = base.with_extension("told");
                if !mark.exists() {
                    let _ = fs::write(mark, "");
                    unreadable.push(UnreadableSlot {
                        path: content,
                        source,
                    });
                }
            }
        }
    }
    found.sort_by_key(|(modified, _)| std::cmp::Reverse(*modified));
    (
        found.into_iter().map(|(_, recovered)| recovered).collect(),
        unreadable,
    )
}

/// Returns the slots in a folder, without extension.
fn slots_in(folder: &Path) -> BTreeSet<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let is_slot = |path: &PathBuf| {
        path.extension()
            .is_some_and(|found| found == "lock" || found == "json")
    };
    let paths = entries.map(|entry| entry.path()).filter(is_slot);
    // A pipe could block the start for ever.
    let files = paths.filter(|path| path.is_file());
    files.map(|path| path.with_extension("")).collect()
}

/// Reads the document of a slot, its origin, and whether the file of the document has changed.
fn read_slot(path: &Path) -> Result<(Document, Origin, bool), FileError> {
    let text = read_text(path)?;
    let failed = |source: DocumentError| FileError::Content {
        path: path.to_owned(),
        source,
    };
    let content = match serde_json::from_str(&text) {
        Ok(content) => content,
        // The reading of a document says best what is wrong.
        Err(_) => RecoveryContent {
            file: None,
            preset: None,
            document: text,
            file_stamp: None,
        },
    };
    let mut document = json::read(&content.document).map_err(failed)?;
    // Nothing that a document names can hold up the next start: the window reads the data later.
    let folder = content.file.as_deref().map(super::file::parent_folder);
    data_files::resolve(&mut document, folder.unwrap_or(Path::new("")));
    let preset = content.preset.as_deref().and_then(Preset::from_name);
    let origin = match (content.file, preset) {
        (Some(path), _) => Origin::File(path),
        (None, Some(preset)) => Origin::Preset(preset.name),
        (None, None) => Origin::Untitled,
    };
    let is_file_changed = match (&origin, content.file_stamp) {
        (Origin::File(path), Some(stamp)) => FileStamp::read(path) != stamp,
        _ => false,
    };
    Ok((document, origin, is_file_changed))
}
