//! The preferences saved between starts: theme, size, recent files and layouts.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use egui_tiles::Tree;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::panes::Pane;
use neurodial_core::formats::FileError;
use neurodial_core::formats::file::{create_parent_folder, read_text, write_atomically};
use neurodial_core::session::view::MAX_DECIMALS;
use neurodial_core::session::{KnobLayout, WindowLayout};
use neurodial_core::text::{Locale, Localized, Messages};

use super::arrangement;

/// The panes of presentation mode, unless others are chosen: the first one on the left, the others on the right.
const PRESENTED_PANES: [Pane; 3] = [Pane::Diagram, Pane::Curves, Pane::Knobs];
/// The number of recent files that are remembered.
const MAX_RECENT_FILES: usize = 10;
/// The maximum length of the path of a recent file, in bytes.
const MAX_PATH_LENGTH: usize = 4096;
/// The maximum size of the file, in bytes.
const MAX_LENGTH: u64 = 1 << 20;

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
    pub(crate) presented_panes: Vec<Pane>,
    /// The layout that the user chose last.
    pub(crate) current_layout: WindowLayout,
    /// True if the program starts with a choice of what to do.
    pub(crate) has_start_screen: bool,
    /// The id of the bundled lesson that was played last, and that of its step.
    pub(crate) last_lesson: Option<(String, String)>,
    /// The random code of the learner in the answer log.
    pub(crate) learner: Option<String>,
    /// The user's own arrangements of the panes, by layout.
    pub(crate) arrangements: BTreeMap<WindowLayout, Tree<Pane>>,
    /// The arrangement of the panes that a program with a single layout saved.
    #[serde(skip_serializing)]
    layout: Option<Tree<Pane>>,
}

/// The key that stands for the whole file.
const WHOLE_FILE: &str = "*";

/// The reason why preferences have their default values.
#[derive(Debug)]
pub(crate) enum PreferencesProblem {
    /// The file can't be read. It is left as it is.
    Unreadable(FileError),
    /// The file or some of its keys can't be understood.
    NotUnderstood {
        /// The file.
        path: PathBuf,
        /// The keys; only `"*"` if it is the whole file.
        keys: Vec<String>,
        /// A copy of the file.
        copy: Option<PathBuf>,
    },
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
            has_start_screen: true,
            last_lesson: None,
            learner: None,
            arrangements: BTreeMap::new(),
            layout: None,
        }
    }
}

impl Preferences {
    /// The range of sizes of the interface, in percent.
    pub(crate) const SCALE_RANGE: std::ops::RangeInclusive<u32> = 75..=250;

    /// Reads the preferences from a file. What can't be understood has its default value, and is the problem that is
    /// returned.
    pub(crate) fn read(path: &Path) -> (Self, Option<PreferencesProblem>) {
        let text = match read_file(path) {
            Ok(text) => text,
            Err(FileError::Read { source, .. }) if source.kind() == std::io::ErrorKind::NotFound => {
                return Default::default();
            }
            Err(e) => return (Self::default(), Some(PreferencesProblem::Unreadable(e))),
        };
        let (preferences, keys) = Self::from_json(&text);
        if keys.is_empty() {
            return (preferences, None);
        }
        // The next change of a preference replaces the file.
        let copy = path.with_extension("old.json");
        let is_kept = write_atomically(&copy, text.as_bytes()).is_ok();
        // Once it is written, the next start finds nothing to tell. If it can't be, the next start tells it again.
        let _ = preferences.write(path);
        let problem = PreferencesProblem::NotUnderstood {
            path: path.to_owned(),
            keys,
            copy: is_kept.then_some(copy),
        };
        (preferences, Some(problem))
    }

    /// Returns the preferences in a text, and the keys that contain something that can't be understood; `"*"` for the
    /// whole text.
    fn from_json(text: &str) -> (Self, Vec<String>) {
        let Ok(entries) = serde_json::from_str::<Map<String, Value>>(text) else {
            return (Self::default(), vec![WHOLE_FILE.to_owned()]);
        };
        let mut problems = Vec::new();
        let mut understood = Map::new();
        for (key, value) in entries {
            if Self::is_understood(&key, &value) {
                understood.insert(key, value);
                continue;
            }
            // A list keeps the other entries.
            let rest = match value {
                Value::Array(mut entries) => {
                    entries.retain(|entry| Self::is_understood(&key, &Value::Array(vec![entry.clone()])));
                    Value::Array(entries)
                }
                Value::Object(mut entries) => {
                    entries.retain(|name, entry| {
                        let only = Map::from_iter([(name.clone(), entry.clone())]);
                        Self::is_understood(&key, &Value::Object(only))
                    });
                    Value::Object(entries)
                }
                _ => Value::Null,
            };
            if Self::is_understood(&key, &rest) {
                understood.insert(key.clone(), rest);
            }
            problems.push(key);
        }
        let mut preferences: Self = serde_json::from_value(Value::Object(understood)).unwrap_or_default();
        preferences.normalize();
        (preferences, problems)
    }

    /// True if the program knows that value of a preference, or doesn't know the preference, which may be that of a
    /// newer program.
    fn is_understood(key: &str, value: &Value) -> bool {
        let only = Map::from_iter([(key.to_owned(), value.clone())]);
        serde_json::from_value::<Self>(Value::Object(only)).is_ok_and(|preferences| preferences.is_valid())
    }

    fn is_valid(&self) -> bool {
        let mut arrangements = self.arrangements.values().chain(&self.layout);
        Self::SCALE_RANGE.contains(&self.scale)
            && self.decimals <= MAX_DECIMALS
            && self
                .recent
                .iter()
                .all(|path| path.as_os_str().len() <= MAX_PATH_LENGTH)
            && self
                .presented_panes
                .iter()
                .all(|pane| pane.info().region.is_some())
            && arrangements.all(arrangement::is_valid)
    }

    /// Adapts what was written by other versions of the program or by hand.
    fn normalize(&mut self) {
        if let Some(tree) = self.layout.take() {
            self.arrangements.entry(WindowLayout::Explore).or_insert(tree);
        }
        for tree in self.arrangements.values_mut() {
            arrangement::normalize(tree);
        }
        let mut panes: Vec<Pane> = Vec::new();
        for pane in std::mem::take(&mut self.presented_panes) {
            if !panes.contains(&pane) {
                panes.push(pane);
            }
        }
        if panes.is_empty() {
            panes = PRESENTED_PANES.to_vec();
        }
        self.presented_panes = panes;
        self.recent.truncate(MAX_RECENT_FILES);
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
        if path.to_str().is_none() {
            // JSON can't contain it.
            return;
        }
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

/// Reads the file; not a pipe or a device, which could block the start, and no large file.
fn read_file(path: &Path) -> Result<String, FileError> {
    let failed = |source| FileError::Read {
        path: path.to_owned(),
        source,
    };
    let metadata = std::fs::metadata(path).map_err(failed)?;
    if !metadata.is_file() || metadata.len() > MAX_LENGTH {
        return Err(failed(std::io::ErrorKind::InvalidData.into()));
    }
    read_text(path)
}

impl Localized for PreferencesProblem {
    fn message(&self, messages: Messages) -> String {
        match self {
            Self::Unreadable(source) => messages.preferences_unreadable(source.message(messages)),
            Self::NotUnderstood { path, keys, copy } => {
                let is_whole = keys.iter().any(|key| key == WHOLE_FILE);
                let keys = messages.list(keys.iter().map(|key| display_key(key)));
                match (is_whole, copy) {
                    (true, Some(copy)) => {
                        messages.preferences_replaced_with_copy(path.display(), copy.display())
                    }
                    (true, None) => messages.preferences_replaced(path.display()),
                    (false, Some(copy)) => {
                        messages.preferences_defaults_with_copy(path.display(), keys, copy.display())
                    }
                    (false, None) => messages.preferences_defaults(path.display(), keys),
                }
            }
        }
    }
}

/// Shortens a key, which may be anything.
fn display_key(key: &str) -> String {
    key.chars().filter(|c| !c.is_control()).take(40).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_language_leaves_the_other_preferences_as_they_are() {
        for (value, language, is_understood) in [
            (r#""zh-Hans""#, Some(Locale::SimplifiedChinese), true),
            ("null", None, true),
            (r#""tlh""#, None, false),
            ("7", None, false),
        ] {
            let text = format!(r#"{{"dark": true, "language": {value}}}"#);
            let (preferences, problems) = Preferences::from_json(&text);
            assert!(preferences.dark);
            assert_eq!(preferences.language, language);
            assert_eq!(problems.is_empty(), is_understood, "{value}");
        }
    }

    #[test]
    fn each_key_that_cannot_be_understood_has_its_default_value() {
        let default = Preferences::default();
        for (entry, key) in [
            (r#""scale": 1e300"#, "scale"),
            (r#""scale": 4000000000"#, "scale"),
            (r#""decimals": 18446744073709551615"#, "decimals"),
            (r#""decimals": -1"#, "decimals"),
            (r#""face": {}"#, "face"),
            (r#""strips": "yes""#, "strips"),
            (r#""play_speed": null"#, "play_speed"),
            (r#""recent": 7"#, "recent"),
            (r#""arrangements": {"explore": {"root": 1}}"#, "arrangements"),
            (r#""layout": []"#, "layout"),
            (r#""presented_panes": ["dials"]"#, "presented_panes"),
        ] {
            let (preferences, problems) = Preferences::from_json(&format!(r#"{{"dark": true, {entry}}}"#));
            assert_eq!(problems, [key], "{entry}");
            let expected = Preferences {
                dark: true,
                ..default.clone()
            };
            assert_eq!(preferences, expected, "{entry}");
        }
        for text in ["", "[]", "{\"dark\": tru", "\u{0}", "null"] {
            let (preferences, problems) = Preferences::from_json(text);
            assert_eq!((preferences, problems.len()), (default.clone(), 1), "{text}");
        }
    }

    #[test]
    fn lists_keep_the_entries_that_are_understood() {
        let long = "x".repeat(MAX_PATH_LENGTH + 1);
        let text = format!(
            r#"{{"recent": ["/a.json", 7, "{long}"], "presented_panes": ["curves", "novel"], "novel": 1}}"#
        );
        let (preferences, problems) = Preferences::from_json(&text);
        assert_eq!(preferences.recent, [Path::new("/a.json")]);
        assert_eq!(preferences.presented_panes, [Pane::Curves]);
        assert_eq!(problems, ["presented_panes", "recent"]);
    }

    #[test]
    fn problems_are_found_once_and_the_file_is_kept() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().join("preferences.json");
        assert_eq!(Preferences::read(&path).1.map(|_| ()), None);
        let text = r#"{"dark": true, "scale": "large"}"#;
        std::fs::write(&path, text).expect("it can be written");
        let (preferences, problem) = Preferences::read(&path);
        let sentence = problem.expect("a problem").message(Messages::ENGLISH);
        assert!(
            sentence.contains("scale") && sentence.contains("preferences.old.json"),
            "{sentence}"
        );
        let copy = std::fs::read_to_string(folder.path().join("preferences.old.json"));
        assert_eq!(copy.expect("the copy"), text);
        let (again, problem) = Preferences::read(&path);
        assert_eq!((again, problem.is_none()), (preferences, true));

        std::fs::remove_file(&path).expect("it exists");
        std::fs::create_dir(&path).expect("it can be created");
        assert!(matches!(
            Preferences::read(&path).1,
            Some(PreferencesProblem::Unreadable(_))
        ));
    }
}
