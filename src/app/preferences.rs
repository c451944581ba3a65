//! The preferences saved between starts: theme, size, recent files and layouts.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use egui_tiles::Tree;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer, Serialize};

use crate::panes::Pane;
use neurodial_core::formats::FileError;
use neurodial_core::formats::file::{create_parent_folder, read_text, write_atomically};
use neurodial_core::session::{KnobLayout, WindowLayout};
use neurodial_core::text::{Locale, Messages};

/// The panes of presentation mode, unless others are chosen: the first one on the left, the others on the right.
const PRESENTED_PANES: [Pane; 3] = [Pane::Diagram, Pane::Curves, Pane::Knobs];
/// The number of recent files that are remembered.
const MAX_RECENT_FILES: usize = 10;

/// The number of confirmed data files that are remembered.
const MAX_CONFIRMED_FILES: usize = 100;

neurodial_core::named_enum! {
    /// The speed at which a knob or an input is played.
    #[derive(Serialize, Deserialize)]
    #[serde(rename_all = "kebab-case")]
    pub(crate) enum PlaySpeed {
        /// Slow.
        Slow = "slow",
        /// Normal.
        Normal = "normal",
        /// Fast.
        Fast = "fast",
    }
}

impl PlaySpeed {
    /// Returns the time from one end of the range to the other, in seconds.
    pub(crate) const fn seconds(self) -> f64 {
        match self {
            Self::Slow => 10.0,
            Self::Normal => 5.0,
            Self::Fast => 2.0,
        }
    }

    /// Returns the name that people read.
    pub(crate) const fn label(self, messages: Messages) -> &'static str {
        match self {
            Self::Slow => messages.play_speed_slow(),
            Self::Normal => messages.play_speed_normal(),
            Self::Fast => messages.play_speed_fast(),
        }
    }
}

/// The user's preferences. They change how the window looks, never what a command prints or writes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Preferences {
    /// True for dark mode.
    pub(crate) dark: bool,
    /// True for high contrast; `None` for the setting of the operating system.
    pub(crate) high_contrast: Option<bool>,
    /// True if nothing moves by itself; `None` for the setting of the operating system.
    pub(crate) reduced_motion: Option<bool>,
    /// The language of the interface; `None` for that of the operating system.
    #[serde(deserialize_with = "known_or_default")]
    pub(crate) language: Option<Locale>,
    /// The size of the interface in percent, 75 to 250.
    pub(crate) scale: u32,
    /// The number of decimals shown.
    pub(crate) decimals: usize,
    /// The layout of the knobs.
    #[serde(rename = "face")]
    pub(crate) knob_layout: KnobLayout,
    /// True if the knobs show colors along their tracks, marks and arrows.
    #[serde(rename = "strips")]
    pub(crate) has_knob_profiles: bool,
    /// The speed at which knobs and inputs are played.
    pub(crate) play_speed: PlaySpeed,
    /// The files opened or saved last, newest first.
    pub(crate) recent: Vec<PathBuf>,
    /// The data files that documents may read although they are outside of their folders, newest first.
    pub(crate) confirmed_data: Vec<PathBuf>,
    /// The panes of presentation mode.
    #[serde(deserialize_with = "known_panes")]
    pub(crate) presented_panes: Vec<Pane>,
    /// The layout that the user chose last.
    #[serde(deserialize_with = "known_or_default")]
    pub(crate) current_layout: WindowLayout,
    /// The user's own arrangements of the panes, by layout.
    #[serde(deserialize_with = "known_or_default")]
    pub(crate) arrangements: BTreeMap<WindowLayout, Tree<Pane>>,
    /// The arrangement of the panes that a program with a single layout saved.
    #[serde(skip_serializing)]
    layout: Option<Tree<Pane>>,
}

impl Default for Preferences {
    fn default() -> Self {
        Self {
            dark: false,
            high_contrast: None,
            reduced_motion: None,
            language: None,
            scale: 100,
            decimals: 3,
            knob_layout: KnobLayout::List,
            has_knob_profiles: false,
            play_speed: PlaySpeed::Normal,
            recent: Vec::new(),
            confirmed_data: Vec::new(),
            presented_panes: PRESENTED_PANES.to_vec(),
            current_layout: WindowLayout::Explore,
            arrangements: BTreeMap::new(),
            layout: None,
        }
    }
}

impl Preferences {
    /// The range of sizes of the interface, in percent.
    pub(crate) const SCALE_RANGE: std::ops::RangeInclusive<u32> = 75..=250;

    /// Reads the preferences from a file. Returns the defaults if it can't be read or parsed, because nothing
    /// of value is lost.
    pub(crate) fn read(path: &Path) -> Self {
        let text = read_text(path).unwrap_or_default();
        let mut preferences: Self = serde_json::from_str(&text).unwrap_or_default();
        if let Some(tree) = preferences.layout.take() {
            preferences
                .arrangements
                .entry(WindowLayout::Explore)
                .or_insert(tree);
        }
        preferences.scale = preferences
            .scale
            .clamp(*Self::SCALE_RANGE.start(), *Self::SCALE_RANGE.end());
        preferences
    }

    /// Writes the preferences to a file.
    ///
    /// # Errors
    /// Returns an error if the folder or the file can't be written.
    pub(crate) fn write(&self, path: &Path) -> Result<(), FileError> {
        create_parent_folder(path)?;
        let text = serde_json::to_string_pretty(self).unwrap_or_default();
        write_atomically(path, text.as_bytes())
    }

    /// Adds a file to the recent files, as the newest.
    pub(crate) fn add_recent_file(&mut self, path: &Path) {
        let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        self.recent.retain(|known| *known != path);
        self.recent.insert(0, path);
        self.recent.truncate(MAX_RECENT_FILES);
    }

    /// Remembers that documents may read a data file, wherever they are.
    pub(crate) fn confirm_data(&mut self, path: &Path) {
        let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        self.confirmed_data.retain(|known| *known != path);
        self.confirmed_data.insert(0, path);
        self.confirmed_data.truncate(MAX_CONFIRMED_FILES);
    }
}

/// Reads a value; the default one if this program doesn't know it, so that the other preferences are kept.
fn known_or_default<'de, D: Deserializer<'de>, T: DeserializeOwned + Default>(
    deserializer: D,
) -> Result<T, D::Error> {
    let value = serde_json::Value::deserialize(deserializer)?;
    Ok(serde_json::from_value(value).unwrap_or_default())
}

/// Reads the presented panes; the default ones if there is none that this program knows.
fn known_panes<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Pane>, D::Error> {
    let value = serde_json::Value::deserialize(deserializer)?;
    let names = value.as_array().cloned().unwrap_or_default();
    let mut panes: Vec<Pane> = Vec::new();
    for name in names {
        if let Ok(pane) = serde_json::from_value::<Pane>(name)
            && pane.info().region.is_some()
            && !panes.contains(&pane)
        {
            panes.push(pane);
        }
    }
    Ok(match panes.is_empty() {
        true => PRESENTED_PANES.to_vec(),
        false => panes,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_language_leaves_the_other_preferences_as_they_are() {
        for (value, language) in [
            (r#""zh-Hans""#, Some(Locale::SimplifiedChinese)),
            ("null", None),
            (r#""tlh""#, None),
            ("7", None),
        ] {
            let text = format!(r#"{{"dark": true, "language": {value}}}"#);
            let preferences: Preferences = serde_json::from_str(&text).unwrap();
            assert!(preferences.dark);
            assert_eq!(preferences.language, language);
        }
    }
}
