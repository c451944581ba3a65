//! The owner and the hard links of a file that is replaced.

use std::fs;
use std::io::{self, Read as _, Seek as _, Write as _};
use std::path::{Path, PathBuf};

use crate::text::{Localized, Messages};

/// The attributes that a replaced file could not keep.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LostAttributes {
    /// The file.
    pub path: PathBuf,
    /// True if it belongs to another user or group now.
    pub has_new_owner: bool,
    /// True if its other names still have the old content.
    pub has_lost_links: bool,
}

impl Localized for LostAttributes {
    fn message(&self, messages: Messages) -> String {
        let path = self.path.display();
        match (self.has_new_owner, self.has_lost_links) {
            (true, true) => messages.file_has_new_owner_and_lost_links(path),
            (true, false) => messages.file_has_new_owner(path),
            (false, _) => messages.file_has_lost_links(path),
        }
    }
}

/// Gives a new file the owner of the old one. Returns what it would lose by replacing the old one; `None` if nothing.
pub(super) fn keep_owner(path: &Path, new: &fs::File, old: &fs::Metadata) -> Option<LostAttributes> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::{MetadataExt as _, fchown};
        let owner = |metadata: &fs::Metadata| (metadata.uid(), metadata.gid());
        let is_kept = new.metadata().is_ok_and(|new| owner(&new) == owner(old))
            || fchown(new, Some(old.uid()), Some(old.gid())).is_ok();
        let lost = LostAttributes {
            path: path.to_owned(),
            has_new_owner: !is_kept,
            has_lost_links: old.nlink() > 1,
        };
        (lost.has_new_owner || lost.has_lost_links).then_some(lost)
    }
    #[cfg(not(unix))]
    {
        let _ = (path, new, old);
        None
    }
}

/// Writes the content of a file that stays the same file, with its owner and its other names. If that fails, for instance
/// because the disk is full, the old content is restored.
pub(super) fn write_in_place(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = fs::OpenOptions::new().read(true).write(true).open(path)?;
    let mut old = Vec::new();
    file.read_to_end(&mut old)?;
    let mut write = |content: &[u8]| {
        file.rewind()?;
        file.write_all(content)?;
        file.set_len(content.len() as u64)?;
        file.sync_all()
    };
    let outcome = write(bytes);
    if outcome.is_err() {
        // The blocks of the old content still belong to the file.
        let _ = write(&old);
    }
    outcome
}
