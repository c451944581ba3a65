//! What the window remembers between starts: looks, size, recent files, and where the panes are.

use std::path::{Path, PathBuf};

use egui_tiles::Tree;
use serde::{Deserialize, Serialize};

use crate::panes::Pane;
use neurodial_core::session::KnobLayout;
use neurodial_core::session::file::{FileError, create_parent_folder, read_text, write_atomically};

/// How many recent files are remembered.
const MAX_RECENT_FILES: usize = 10;

/// Preferences. They change how the window looks, never what a command prints or writes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Preferences {
    /// Whether the window is dark.
    pub dark: bool,
    /// The size of the interface in percent, 75 to 250.
    pub scale: u32,
    /// How many decimals numbers are shown with.
    pub decimals: usize,
    /// How the knobs are laid out.
    pub face: KnobLayout,
    /// Whether the knobs' tracks are painted with what would happen.
    pub strips: bool,
    /// Files opened or saved last, newest first.
    pub recent: Vec<PathBuf>,
    /// Where the panes are; `None` for where they are at first.
    pub layout: Option<Tree<Pane>>,
}

impl Default for Preferences {
    fn default() -> Self {
        Self {
            dark: false,
            scale: 100,
            decimals: 3,
            face: KnobLayout::List,
            strips: true,
            recent: Vec::new(),
            layout: None,
        }
    }
}

impl Preferences {
    /// The smallest and the largest size of the interface, in percent.
    pub const SCALE_RANGE: std::ops::RangeInclusive<u32> = 75..=250;

    /// Reads preferences; what can't be read or understood is as at first, for it is no one's work.
    pub fn read(path: &Path) -> Self {
        let text = read_text(path).unwrap_or_default();
        let mut preferences: Self = serde_json::from_str(&text).unwrap_or_default();
        preferences.scale = preferences
            .scale
            .clamp(*Self::SCALE_RANGE.start(), *Self::SCALE_RANGE.end());
        preferences
    }

    /// Writes preferences.
    ///
    /// # Errors
    /// One sentence that names the file.
    pub fn write(&self, path: &Path) -> Result<(), FileError> {
        create_parent_folder(path)?;
        let text = serde_json::to_string_pretty(self).unwrap_or_default();
        write_atomically(path, text.as_bytes())
    }

    /// Remembers a file as the newest.
    pub fn add_recent_file(&mut self, path: &Path) {
        let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        self.recent.retain(|known| *known != path);
        self.recent.insert(0, path);
        self.recent.truncate(MAX_RECENT_FILES);
    }
}
