//! The DOCUMENT argument of the commands: a preset’s name, a file, or a link.

use std::path::{Path, PathBuf};

use anyhow::{anyhow, bail};

use crate::document_formats::DOCUMENT_FORMATS;
use neurodial_core::formats::data_files::OutsideFiles;
use neurodial_core::formats::{FileError, FileKind, Preset, link};
use neurodial_core::session::{Origin, Session};
use neurodial_core::text::shortened;

/// The document of a command.
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct DocumentArg {
    /// The name of a preset, the path of a file, or a link
    #[arg(value_name = "DOCUMENT")]
    document: PathBuf,
    #[command(flatten)]
    outside: OutsideDataArg,
}

/// The option to read data files that a document names outside of its folder.
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct OutsideDataArg {
    /// Read the document’s data files even if they are outside of its folder
    #[arg(long)]
    allow_outside_data: bool,
}

impl OutsideDataArg {
    /// Returns the files outside of the document’s folder that may be read.
    pub(crate) fn files(&self) -> OutsideFiles {
        match self.allow_outside_data {
            true => OutsideFiles::All,
            false => OutsideFiles::None,
        }
    }
}

impl DocumentArg {
    /// Opens a preset, a link, or else a file: a document, or a figure that contains one. A path with a slash is
    /// always a file, except for a whole web address with a link.
    ///
    /// # Errors
    /// Returns an error if there is neither, or if the file is no document.
    pub(crate) fn open(&self) -> anyhow::Result<Session> {
        let outside = self.outside.files();
        open_by(&self.document, |name| DOCUMENT_FORMATS.open_with(name, &outside))
    }

    /// Opens the document as [`Self::open`] does, for a command that shows its data; prints a note if that was not
    /// read.
    ///
    /// # Errors
    /// Returns an error if there is no such document, or if the file is no document.
    pub(crate) fn open_with_data(&self) -> anyhow::Result<Session> {
        let session = self.open()?;
        if let Some(unread) = session.setup().and_then(|setup| setup.unread()) {
            for path in &unread.outside {
                super::output::print_error_line(&format!(
                    "note: the data {} is outside of the document’s folder and was not read; allow it with --allow-outside-data",
                    path.display()
                ));
            }
        }
        Ok(session)
    }
}

/// Opens a preset, a link or a file as [`DocumentArg::open`] does, with data in the document's folder only.
///
/// # Errors
/// Returns an error if there is none, or if the file is no document.
pub(crate) fn open(name: &Path) -> anyhow::Result<Session> {
    open_by(name, |name| DOCUMENT_FORMATS.open(name))
}

/// Opens a preset or a file as [`DocumentArg::open`] does, but without its data, which the window reads later.
///
/// # Errors
/// Returns an error if there is neither, or if the file is no document.
pub(crate) fn open_for_window(name: &Path) -> anyhow::Result<Session> {
    open_by(name, |name| DOCUMENT_FORMATS.open_without_data(name))
}

fn open_by(name: &Path, open: impl FnOnce(&Path) -> Result<Session, FileError>) -> anyhow::Result<Session> {
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
    open(name).map_err(|e| {
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
