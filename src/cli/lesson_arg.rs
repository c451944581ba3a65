//! The argument of commands for lessons: an id or a file.

use std::path::Path;

use anyhow::{anyhow, bail};

use crate::lessons;
use neurodial_core::lessons::{CheckedLesson, LessonSource, check};

/// Opens a bundled lesson by its id, or if there is none with that id, a file. A path with a slash is always a file.
///
/// # Errors
/// Returns an error if there is neither, or if the file can’t be read.
pub(super) fn open(name: &Path) -> anyhow::Result<LessonSource> {
    if let Some(source) = name.to_str().and_then(lessons::bundled) {
        return Ok(source);
    }
    let is_bare = name.components().count() <= 1 && name.extension().is_none();
    if is_bare && !name.exists() {
        bail!(
            "there is no bundled lesson and no file named “{}”; the bundled lessons are {}",
            name.display(),
            lessons::bundled_ids().join(", ")
        );
    }
    Ok(lessons::open(name)?)
}

/// Opens and checks a lesson that has to be playable.
///
/// # Errors
/// Returns an error if the lesson can’t be read, with the first problem.
pub(super) fn open_checked(name: &Path) -> anyhow::Result<CheckedLesson> {
    let checked = check(&open(name)?, &lessons::pane_names());
    let broken = checked.problems.iter().find(|problem| !problem.is_warning());
    match (&checked.original, broken) {
        (None, Some(problem)) => Err(anyhow!("{problem}")),
        _ => Ok(checked),
    }
}
