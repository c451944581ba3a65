//! What is rescued after a crash.
//!
//! Every running window has a slot: `<name>.lock`, held by an advisory lock as long as the process lives, and
//! `<name>.json`, the newest unsaved document. A slot whose lock is free belongs to a process that is gone;
//! what is in it is offered at the next start.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::super::{Document, Origin, Preset, format};
use super::{FileError, read_text, write_atomically};

/// This process's place for unsaved work. Dropped without [`Slot::clear`], what is in it stays.
#[derive(Debug)]
pub struct RecoverySlot {
    content: PathBuf,
    lock_path: PathBuf,
    _lock: fs::File,
}

/// Unsaved work of a process that is gone.
#[derive(Debug)]
pub struct RecoveredDocument {
    /// The document as it was last.
    pub document: Document,
    /// Where it had come from.
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
    /// Takes a new slot in `folder`, which is made if it is not there.
    ///
    /// # Errors
    /// If the folder or the lock can't be made; then unsaved work can't be rescued.
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

    /// Keeps a document with unsaved changes.
    ///
    /// # Errors
    /// If it can't be written; what was kept before is still kept.
    pub fn store(&self, document: &Document, origin: &Origin) -> Result<(), FileError> {
        let content = RecoveryContent {
            file: match origin {
                // The next start may have another working folder. A name that JSON can't hold is given up,
                // the work is not.
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
            document: format::write_with(document, |file| file.path.to_string_lossy().into_owned()),
        };
        let text = serde_json::to_string(&content).unwrap_or_default();
        write_atomically(&self.content, text.as_bytes())
    }

    /// Forgets what was kept: everything is saved, or was thrown away on purpose.
    pub fn clear(&self) {
        let _ = fs::remove_file(&self.content);
    }

    /// Clears the slot and gives it back.
    pub fn release(self) {
        self.clear();
        let _ = fs::remove_file(&self.lock_path);
    }
}

impl RecoveredDocument {
    /// Ends the offer: what was rescued has been opened or thrown away.
    pub fn discard(self) {
        self.slot.release();
    }
}

/// The unsaved work of processes that are gone, newest first. Empty slots are cleared; one that can't be read,
/// perhaps from a newer version, is left as it is.
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
        let written = fs::metadata(&slot.content).and_then(|data| data.modified()).ok();
        match read_slot(&slot.content) {
            Some((document, origin)) => found.push((
                written,
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
    found.sort_by_key(|(written, _)| std::cmp::Reverse(*written));
    found.into_iter().map(|(_, rescued)| rescued).collect()
}

fn read_slot(path: &Path) -> Option<(Document, Origin)> {
    let text = read_text(path).ok()?;
    let content: RecoveryContent = serde_json::from_str(&text).ok()?;
    let mut document = format::read(&content.document).ok()?;
    super::data::load_data_files(&mut document, Path::new(""));
    let preset = content.preset.as_deref().and_then(Preset::from_name);
    let origin = match (content.file, preset) {
        (Some(path), _) => Origin::File(path),
        (None, Some(preset)) => Origin::Preset(preset.name),
        (None, None) => Origin::Untitled,
    };
    Some((document, origin))
}
