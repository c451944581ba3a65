//! The version of a file, to notice that another program has changed it.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use serde::{Deserialize, Serialize};

use super::checksum::Checksum;
use super::file::read_bytes;

/// A change of a file by another program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileChange {
    /// The file has another content.
    Changed,
    /// The file doesn't exist any more.
    Removed,
}

/// The time and the size of a file, which are read quickly.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileStamp(Option<(SystemTime, u64)>);

/// A file as it was when it was opened or saved.
#[derive(Debug, Clone)]
pub struct FileVersion {
    path: PathBuf,
    stamp: FileStamp,
    checksum: Option<u64>,
}

impl FileStamp {
    /// Reads the stamp of a file; that of a file that can't be read differs from all others.
    pub fn read(path: &Path) -> Self {
        let metadata = fs::metadata(path).ok();
        Self(metadata.and_then(|metadata| Some((metadata.modified().ok()?, metadata.len()))))
    }
}

impl FileVersion {
    /// Reads the version of a file as it is now.
    pub fn read(path: &Path) -> Self {
        Self {
            path: path.to_owned(),
            stamp: FileStamp::read(path),
            checksum: checksum(path).ok(),
        }
    }

    /// Returns a version from before the last change of the file.
    pub fn outdated(path: &Path) -> Self {
        let now = Self::read(path);
        Self {
            stamp: FileStamp(None),
            checksum: Some(now.checksum.map_or(0, |checksum| !checksum)),
            ..now
        }
    }

    /// Returns the file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Returns the change of the file since then; `None` if there is none, or if that can't be found out.
    pub fn change(&self) -> Option<FileChange> {
        match (checksum(&self.path), self.checksum) {
            (Ok(now), Some(before)) => (now != before).then_some(FileChange::Changed),
            (Ok(_), None) => Some(FileChange::Changed),
            (Err(kind), Some(_)) => (kind == io::ErrorKind::NotFound).then_some(FileChange::Removed),
            (Err(_), None) => None,
        }
    }

    /// Returns [`Self::change`], but reads the content only if the time or the size of the file has changed. Another
    /// content within one tick of the file system's clock isn't noticed.
    pub fn quick_change(&mut self) -> Option<FileChange> {
        let stamp = FileStamp::read(&self.path);
        if stamp == self.stamp {
            return None;
        }
        let change = self.change();
        if change.is_none() {
            self.stamp = stamp;
        }
        change
    }
}

fn checksum(path: &Path) -> Result<u64, io::ErrorKind> {
    // A device or a pipe has no version, and reading it could take forever.
    if !fs::metadata(path).map_err(|e| e.kind())?.is_file() {
        return Err(io::ErrorKind::Unsupported);
    }
    read_bytes(path)
        .map(|bytes| Checksum::hash(&bytes))
        .map_err(|_| io::ErrorKind::Other)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changed_and_removed_files_are_noticed() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().join("a.json");
        fs::write(&path, "one").expect("it can be written");
        let mut version = FileVersion::read(&path);
        assert_eq!((version.change(), version.quick_change()), (None, None));
        // The same content with another time is no change.
        fs::write(&path, "one").expect("it can be written");
        assert_eq!(version.quick_change(), None);
        fs::write(&path, "two!").expect("it can be written");
        assert_eq!(version.change(), Some(FileChange::Changed));
        assert_eq!(version.quick_change(), Some(FileChange::Changed));
        fs::remove_file(&path).expect("it exists");
        assert_eq!(version.change(), Some(FileChange::Removed));
        assert_eq!(FileVersion::read(&path).change(), None);
        assert_eq!(FileVersion::outdated(&path).change(), Some(FileChange::Removed));
        fs::write(&path, "three").expect("it can be written");
        let mut outdated = FileVersion::outdated(&path);
        assert_eq!(outdated.quick_change(), Some(FileChange::Changed));
    }
}
