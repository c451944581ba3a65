//! The answer log on the disk: one file for each lesson, which is only exported when the user asks for it.

use std::fs;
use std::hash::{BuildHasher as _, Hasher as _, RandomState};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use neurodial_core::formats::FileError;
use neurodial_core::formats::file::{create_parent_folder, write_atomically};
use neurodial_core::lessons::log::{LogRow, header, write_rows};

use super::lesson::ActiveLesson;
use super::state::App;

impl App {
    /// Returns the folder of the answer logs; `None` if nothing is saved.
    fn answers_folder(&self) -> Option<PathBuf> {
        let recovery = self.storage_paths.recovery.as_deref()?;
        Some(recovery.with_file_name("answers"))
    }

    /// Appends the new events of a lesson to its log. In presentation mode, when a class answers, nothing is kept.
    pub(super) fn write_answers(&mut self, lesson: &mut ActiveLesson) {
        let events = lesson.run.take_events();
        let Some(folder) = self
            .answers_folder()
            .filter(|_| !events.is_empty() && !self.is_presenting())
        else {
            return;
        };
        let learner = self.learner();
        let rows: Vec<LogRow> = events
            .into_iter()
            .map(|event| LogRow {
                time: utc_time(SystemTime::now()),
                learner: learner.clone(),
                language: self.messages.locale.name().to_owned(),
                program: env!("CARGO_PKG_VERSION").to_owned(),
                event,
            })
            .collect();
        let path = folder.join(format!("{}.csv", lesson.run.lesson().head.id));
        // A full disk must not stop a lesson.
        let _ = append(&path, &write_rows(&rows));
    }

    /// Returns the random code of the learner, which is made once.
    fn learner(&mut self) -> String {
        if let Some(learner) = &self.preferences.learner {
            return learner.clone();
        }
        let number = RandomState::new().build_hasher().finish();
        let learner = format!("{:06x}", number & 0xff_ffff);
        self.preferences.learner = Some(learner.clone());
        self.save_preferences();
        learner
    }

    /// True if there are answers that can be exported.
    pub(super) fn has_answers(&self) -> bool {
        self.answers_folder()
            .is_some_and(|folder| !logs(&folder).is_empty())
    }

    /// Writes all answers to one file.
    pub(super) fn export_answers(&mut self, path: &Path) {
        let path = match path.extension() {
            Some(_) => path.to_owned(),
            None => path.with_extension("csv"),
        };
        let logs = self
            .answers_folder()
            .map(|folder| logs(&folder))
            .unwrap_or_default();
        let header = header();
        let mut text = header.clone();
        for log in logs {
            let rows = fs::read_to_string(log).unwrap_or_default();
            text += rows.strip_prefix(&header).unwrap_or(&rows);
        }
        let written: Result<(), FileError> = write_atomically(&path, text.as_bytes());
        match written {
            Ok(()) => self.show_message(self.messages.file_exported(path.display())),
            Err(e) => self.show_could_not_save(&path, &e),
        }
    }

    /// Deletes all answers.
    pub(super) fn clear_answers(&mut self) {
        for log in self
            .answers_folder()
            .map(|folder| logs(&folder))
            .unwrap_or_default()
        {
            let _ = fs::remove_file(log);
        }
        self.show_message(self.messages.lesson_answers_cleared().to_owned());
    }
}

/// Returns the files of a folder that are answer logs, in the order of their names.
fn logs(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let paths = entries.map(|entry| entry.path());
    let mut logs: Vec<PathBuf> = paths
        .filter(|path| path.extension().is_some_and(|extension| extension == "csv"))
        .collect();
    logs.sort();
    logs
}

fn append(path: &Path, rows: &str) -> std::io::Result<()> {
    create_parent_folder(path).map_err(std::io::Error::other)?;
    let mut file = fs::OpenOptions::new().create(true).append(true).open(path)?;
    let is_new = file.metadata()?.len() == 0;
    let header = if is_new { header() } else { String::new() };
    file.write_all(format!("{header}{rows}").as_bytes())
}

/// Writes a time as `2026-03-02T01:14:31+00:00`.
fn utc_time(time: SystemTime) -> String {
    let seconds = time.duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    let (days, seconds) = (seconds / 86_400, seconds % 86_400);
    let [year, month, day] = date(days);
    let (hour, minute, second) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}+00:00")
}

/// Returns year, month and day of a number of days since 1970-01-01.
fn date(days: u64) -> [u64; 3] {
    let is_leap =
        |year: u64| year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let mut rest = days;
    let mut year = 1970;
    while rest >= 365 + u64::from(is_leap(year)) {
        rest -= 365 + u64::from(is_leap(year));
        year += 1;
    }
    let february = 28 + u64::from(is_leap(year));
    let mut month = 1;
    for length in [31, february, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] {
        if rest < length {
            break;
        }
        rest -= length;
        month += 1;
    }
    [year, month, rest + 1]
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn times_are_written_as_dates() {
        for (seconds, text) in [
            (0, "1970-01-01T00:00:00+00:00"),
            (951_782_399, "2000-02-28T23:59:59+00:00"),
            (951_782_400, "2000-02-29T00:00:00+00:00"),
            (1_772_414_071, "2026-03-02T01:14:31+00:00"),
        ] {
            assert_eq!(utc_time(UNIX_EPOCH + Duration::from_secs(seconds)), text);
        }
    }
}
