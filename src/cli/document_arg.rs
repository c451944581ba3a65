//! The DOCUMENT argument of the commands: a preset’s name, a file, or a link.

use std::path::Path;

use anyhow::{anyhow, bail};

use crate::document_formats::DOCUMENT_FORMATS;
use neurodial_core::formats::{FileError, FileKind, Preset, link};
use neurodial_core::session::{Origin, Session};
use neurodial_core::text::shortened;

/// Opens a preset, a link, or else a file: a document, or a figure that contains one. A path with a slash is
/// always a file, except for a whole web address with a link.
///
/// # Errors
/// Returns an error if there is neither, or if the file is no document.
pub(crate) fn open(name: &Path) -> anyhow::Result<Session> {
    if let Some(preset) = name.to_str().and_then(Preset::from_name) {
        return Ok(Session::open(preset.document()?, Origin::Preset(preset.name)));
    }
    if let Some(text) = name.to_str()
        && (link::is_link(text) || text.starts_with('#'))
    {
        let document = link::read(text).map_err(|e| anyhow!("{}: {e}", shortened(text)))?;
        return Ok(Session::open(document, Origin::Untitled));
    }
    let is_bare = name.components().count() <= 1 && !name.to_string_lossy().contains(std::path::is_separator);
    if is_bare && !name.exists() {
        let name = name.to_string_lossy();
        let presets = Preset::ALL.map(|preset| preset.name).join(", ");
        bail!("there is no preset and no file named “{name}”; the presets are {presets}");
    }
    DOCUMENT_FORMATS.open(name).map_err(|e| {
        let is_table = matches!(e, FileError::Content { .. } | FileError::Read { .. })
            && DOCUMENT_FORMATS.kind_of_file(name) == FileKind::Table;
        match is_table {
            true => anyhow!(
                "{0}: this is a table of data, not a document; see neurodial data {0}, or train with --data {0}",
                name.display()
            ),
            false => e.into(),
        }
    })
}

/// Returns the file of a document that [`open`] has returned; `None` for a preset.
pub(crate) fn file(session: &Session) -> Option<&Path> {
    match session.origin() {
        Origin::File(path) => Some(path),
        Origin::Preset(_) | Origin::Untitled => None,
    }
}

/// Returns the document’s name for a heading: that of the preset or the file.
pub(crate) fn title(session: &Session) -> String {
    match session.origin() {
        Origin::Preset(name) => (*name).to_owned(),
        Origin::File(path) => path.to_string_lossy().replace(char::is_control, " "),
        Origin::Untitled => "untitled".to_owned(),
    }
}
