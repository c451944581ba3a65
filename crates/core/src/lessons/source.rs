//! The text of a lesson and the folder that its documents and pictures are in.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::formats::file;

/// The maximum size of a lesson's text, in bytes.
pub const MAX_TEXT_BYTES: usize = 256 * 1024;
/// The extension of lessons.
pub const EXTENSION: &str = "md";

/// A file that is built into the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BundledFile {
    /// The name.
    pub name: &'static str,
    /// The content.
    pub bytes: &'static [u8],
}

/// The folder of a lesson. Nothing outside of it is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LessonFolder {
    /// Files that are built into the program.
    Bundled(&'static [BundledFile]),
    /// A folder on disk.
    Directory(PathBuf),
    /// None: the lesson was dropped on the window or is in a link.
    Nothing,
}

/// The text of a lesson in one language, and its folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LessonSource {
    /// The name of the file, for messages.
    pub name: String,
    /// The text.
    pub text: Arc<str>,
    /// The folder.
    pub folder: LessonFolder,
}

/// The reason why a file of a lesson can't be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FolderError {
    /// The path leads out of the lesson's folder.
    Outside,
    /// There is no such file, or it can't be read.
    Missing,
}

impl LessonFolder {
    /// Reads a file of the folder or of a folder in it.
    ///
    /// # Errors
    ///
    /// Returns an error if the path leads out of the folder, or if the file can't be read.
    pub fn read(&self, name: &str) -> Result<Vec<u8>, FolderError> {
        use std::path::Component;
        let is_inside = |component| matches!(component, Component::Normal(_) | Component::CurDir);
        // A backslash separates folders on Windows only.
        let is_relative = !name.contains(['\\', ':']) && Path::new(name).components().all(is_inside);
        if !is_relative || name.is_empty() {
            return Err(FolderError::Outside);
        }
        match self {
            Self::Bundled(files) => {
                let found = files.iter().find(|file| file.name == name);
                found.map(|file| file.bytes.to_vec()).ok_or(FolderError::Missing)
            }
            Self::Directory(folder) => match file::read_inside(folder, Path::new(name)) {
                Ok(Some(bytes)) => Ok(bytes),
                Ok(None) => Err(FolderError::Outside),
                Err(_) => Err(FolderError::Missing),
            },
            Self::Nothing => Err(FolderError::Missing),
        }
    }
}

impl LessonSource {
    /// Creates the source of a text without a folder.
    pub fn from_text(name: impl Into<String>, text: impl Into<Arc<str>>) -> Self {
        Self {
            name: name.into(),
            text: text.into(),
            folder: LessonFolder::Nothing,
        }
    }

    /// Returns the source of another file of the same folder; `None` if there is none, or if it is no text.
    #[must_use]
    pub fn sibling(&self, name: &str) -> Option<Self> {
        let bytes = self.folder.read(name).ok()?;
        Some(Self {
            name: name.to_owned(),
            text: String::from_utf8(bytes).ok()?.into(),
            folder: self.folder.clone(),
        })
    }

    /// Returns the text of a line, counted from 1, with which a message about it can be shown.
    pub fn line(&self, line: usize) -> &str {
        self.text.lines().nth(line.saturating_sub(1)).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_outside_the_folder_is_read() {
        let folder = tempfile::tempdir().unwrap();
        let inside = folder.path().join("lessons");
        file::create_parent_folder(&inside.join("a.json")).unwrap();
        file::write_atomically(&inside.join("a.json"), b"{}").unwrap();
        file::write_atomically(&folder.path().join("secret.json"), b"{}").unwrap();
        let lessons = LessonFolder::Directory(inside.clone());
        assert_eq!(lessons.read("a.json"), Ok(b"{}".to_vec()));
        assert_eq!(lessons.read("./a.json"), Ok(b"{}".to_vec()));
        assert_eq!(lessons.read("b.json"), Err(FolderError::Missing));
        let absolute = folder.path().join("secret.json");
        for outside in [
            "../secret.json",
            absolute.to_str().unwrap(),
            "..\\secret.json",
            "C:secret.json",
            "",
        ] {
            assert_eq!(lessons.read(outside), Err(FolderError::Outside), "{outside}");
        }
        #[cfg(unix)]
        {
            std::os::unix::fs::symlink(&absolute, inside.join("link.json")).unwrap();
            assert_eq!(lessons.read("link.json"), Err(FolderError::Outside));
        }
        assert_eq!(LessonFolder::Nothing.read("a.json"), Err(FolderError::Missing));
    }
}
