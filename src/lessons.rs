//! The bundled lessons, and lessons in files.

use std::path::Path;

use neurodial_core::formats::FileError;
use neurodial_core::formats::file::{parent_folder, read_text};
use neurodial_core::lessons::check::original_name;
use neurodial_core::lessons::source::EXTENSION;
use neurodial_core::lessons::{BundledFile, LessonFolder, LessonSource};
use neurodial_core::text::Locale;

use crate::panes::Pane;

/// The files in `assets/lessons`.
static FILES: &[BundledFile] = include!(concat!(env!("OUT_DIR"), "/bundled_lessons.rs"));

/// The ids of the bundled lessons in the order in which they build on each other.
const ORDER: [&str; 12] = [
    "two-neurons",
    "weight-bias",
    "threshold",
    "radio",
    "activations",
    "softmax",
    "four-three",
    "black-box",
    "starts",
    "learning",
    "iris",
    "failures",
];

/// Returns the ids of the bundled lessons, in their order.
pub fn bundled_ids() -> Vec<&'static str> {
    let stem = |file: &BundledFile| file.name.strip_suffix(EXTENSION)?.strip_suffix('.');
    let originals = FILES.iter().filter(|file| original_name(file.name).is_none());
    let mut ids: Vec<&str> = originals.filter_map(stem).collect();
    ids.sort_by_key(|id| ORDER.iter().position(|known| known == id).unwrap_or(ORDER.len()));
    ids
}

/// Returns the text of a bundled lesson in its own language, with the bundled files as its folder; `None` if there is
/// none with this id.
pub fn bundled(id: &str) -> Option<LessonSource> {
    let name = format!("{id}.{EXTENSION}");
    let file = FILES.iter().find(|file| file.name == name)?;
    Some(LessonSource {
        name,
        text: std::str::from_utf8(file.bytes).ok()?.into(),
        folder: LessonFolder::Bundled(FILES),
    })
}

/// Reads a lesson from a file. Its folder is that of the file; for a translation it is the original that is read.
///
/// # Errors
/// Returns an error if the file can’t be read, is too large, or is not UTF-8.
pub fn open(path: &Path) -> Result<LessonSource, FileError> {
    let folder = parent_folder(path);
    let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy();
    let original = original_name(&name).map(|(original, _)| folder.join(original));
    let path = match &original {
        Some(original) if original.is_file() => original,
        _ => path,
    };
    let text = read_text(path)?;
    let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy();
    Ok(LessonSource {
        name: name.into_owned(),
        text: text.strip_prefix('\u{feff}').unwrap_or(&text).into(),
        folder: LessonFolder::Directory(folder.to_owned()),
    })
}

/// Returns the names of the panes, by which lessons show and hide them.
pub fn pane_names() -> Vec<&'static str> {
    Pane::in_window().flat_map(Pane::names).copied().collect()
}

/// Returns the title of a bundled lesson in a language; the id if there is none.
pub fn bundled_title(id: &'static str, locale: Locale) -> &'static str {
    let file = |name: String| FILES.iter().find(|file| file.name == name);
    let translated = file(format!("{id}.{}.{EXTENSION}", locale.name()));
    let text = translated.or_else(|| file(format!("{id}.{EXTENSION}")));
    let text = text.and_then(|file| std::str::from_utf8(file.bytes).ok());
    let heading = text.and_then(|text| text.lines().find_map(|line| line.strip_prefix("# ")));
    heading.map_or(id, str::trim)
}

/// True if a file is a lesson, by its extension.
pub fn is_lesson(path: &Path) -> bool {
    path.extension()
        .is_some_and(|extension| extension.eq_ignore_ascii_case(EXTENSION))
}
