//! Recovery of unsaved documents after a crash.
//!
//! Every running window has a slot of two files: `<name>.lock`, locked as long as the process lives, and
//! `<name>.json`, the latest unsaved document. A slot that is not locked belongs to a process that has ended;
//! its document is offered at the next start.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::file::{FileError, read_text, write_atomically};
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
    slot: RecoverySlot,
}

#[derive(Serialize, Deserialize)]
struct RecoveryContent {
    file: Option<PathBuf>,
    preset: Option<String>,
    document: String,
}

impl RecoverySlot {
    /// Creates a slot in `folder`, and the folder if it doesn't exist.
    ///
    /// # Errors
    ///
    /// Returns an error if the folder or the lock file can't be created; then unsaved changes can't be
    /// recovered after a crash.
    pub fn create(folder: &Path) -> io::Result<Self> {
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

    fn lock(base: &Path) -> io::Result<Option<Self>> {
        let lock_path = base.with_extension("lock");
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

/// Returns the unsaved documents of processes that have ended, newest first. Empty slots are deleted. A slot
/// that can't be read, perhaps from a newer version, is left unchanged.
pub fn find_recovered(folder: &Path) -> Vec<RecoveredDocument> {
    let Ok(entries) = fs::read_dir(folder) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    for entry in entries.flatten() {
        let path = entry.path();
        if path.extension().is_none_or(|extension| extension != "lock") {
            continue;
        }
        let Ok(Some(slot)) = RecoverySlot::lock(&path.with_extension("")) else {
            continue;
        };
        let modified = fs::metadata(&slot.content).and_then(|data| data.modified()).ok();
        match read_slot(&slot.content) {
            Some((document, origin)) => found.push((
                modified,
                RecoveredDocument {
                    document,
                    origin,
                    slot,
                },
            )),
            None if slot.content.exists() => {}
            None => slot.release(),
        }
    }
    found.sort_by_key(|(modified, _)| std::cmp::Reverse(*modified));
    found.into_iter().map(|(_, recovered)| recovered).collect()
}

fn read_slot(path: &Path) -> Option<(Document, Origin)> {
    let text = read_text(path).ok()?;
    let content: RecoveryContent = serde_json::from_str(&text).ok()?;
    let mut document = json::read(&content.document).ok()?;
    // Nothing that a document names can hold up the next start: the window reads the data later.
    let folder = content.file.as_deref().map(super::file::parent_folder);
    data_files::resolve(&mut document, folder.unwrap_or(Path::new("")));
    let preset = content.preset.as_deref().and_then(Preset::from_name);
    let origin = match (content.file, preset) {
        (Some(path), _) => Origin::File(path),
        (None, Some(preset)) => Origin::Preset(preset.name),
        (None, None) => Origin::Untitled,
    };
    Some((document, origin))
}
