//! Formats of documents, and files. [`FormatRegistry`] has all formats.
//!
//! A module uses only modules above it in this table.
//!
//! | module | contents |
//! | --- | --- |
//! | [`file`](mod@file) | reading and writing whole files; [`FileError`] and [`DocumentError`] |
//! | `checksum` | checksums that detect changes of a file |
//! | `sheet_rows` | the rows of a sheet as CSV text |
//! | `open_document` | the content of `.ods` files |
//! | `spreadsheet` | sheets of `.xlsx` and `.ods` files as the text of a table |
//! | [`file_version`] | [`FileVersion`](file_version::FileVersion): notices that another program has changed a file |
//! | [`frame_folder`] | folders of numbered pictures |
//! | [`data_files`] | training data in files |
//! | `document_format` | [`DocumentFormat`]: a format of documents; [`FileKind`]: a document or a table |
//! | [`json`] | the document as versioned JSON |
//! | [`link`] | documents in the links that people share |
//! | `preset` | [`Preset`]: the bundled documents |
//! | [`recovery`] | unsaved documents after a crash |
//!
//! # Reading and writing a document
//! [`FormatRegistry`] opens and saves files, with the data files that they name. [`json`] turns a
//! [`Document`] into text and back, with the same bits.
//!
//! ```
//! use neurodial_core::formats::json;
//! use neurodial_core::network::{Activation, Architecture, Knob, Network};
//! use neurodial_core::session::Document;
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let mut network = Network::zeros(Architecture::dense(2, &[(1, Activation::Tanh)])?);
//! network.set(Knob::weight(0, 0, 1), 0.1);
//! let mut document = Document::new(network);
//! document.inputs = vec![1.0, 2.0];
//!
//! let text = json::write(&document);
//! assert!(text.contains("\"weights\""));
//! let read = json::read(&text)?;
//! assert!(read.is_bitwise_equal(&document));
//!
//! // An unknown field is an error and not ignored.
//! assert!(json::read(r#"{"neurodial": 1, "layer": []}"#).is_err());
//! # Ok(())
//! # }
//! ```
//!
//! [`Document`]: crate::session::Document

#![expect(
    clippy::disallowed_methods,
    reason = "this is the only module of the core that reads and writes files"
)]

mod checksum;
pub mod data_files;
mod document_format;
pub mod file;
mod file_attributes;
pub mod file_version;
pub mod frame_folder;
pub mod json;
pub mod link;
mod open_document;
mod preset;
pub mod recovery;
mod sheet_rows;
pub mod spreadsheet;

pub use document_format::{DocumentFormat, FileKind, WriteFn};
pub use file::{DocumentError, FileError};
pub use file_attributes::LostAttributes;
pub use preset::Preset;

use std::path::Path;

use crate::session::{Document, Origin, Session};

use data_files::OutsideFiles;

/// The formats of this crate. The first one is that of a file without a known extension or content.
static FORMATS: &[DocumentFormat] = &[json::FORMAT, link::FORMAT];

/// All formats of documents: those of this crate and those that a program adds.
///
/// ```
/// use neurodial_core::formats::{FormatRegistry, Preset};
/// use neurodial_core::session::Origin;
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let folder = tempfile::tempdir()?;
/// let path = folder.path().join("network.json");
/// let formats = FormatRegistry::default();
/// formats.save(&Preset::DEFAULT.document()?, &path)?;
/// assert_eq!(formats.open(&path)?.origin(), &Origin::File(path));
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone, Copy, Default)]
pub struct FormatRegistry {
    added: &'static [DocumentFormat],
}

impl FormatRegistry {
    /// Creates a registry of the formats of this crate and some more.
    pub const fn with_added(added: &'static [DocumentFormat]) -> Self {
        Self { added }
    }

    fn all(self) -> impl Iterator<Item = &'static DocumentFormat> {
        FORMATS.iter().chain(self.added)
    }

    /// Returns the extensions of all files that can be opened.
    pub fn readable_extensions(self) -> Vec<&'static str> {
        self.all().flat_map(|format| format.extensions).copied().collect()
    }

    /// Returns the formats that documents can be saved in.
    pub fn writable(self) -> impl Iterator<Item = &'static DocumentFormat> {
        self.all().filter(|format| format.write.is_some())
    }

    /// Returns the extension that a saved file gets if it is named without one.
    pub fn default_extension(self) -> &'static str {
        FORMATS[0].extensions[0]
    }

    fn format_of(self, path: &Path) -> Option<&'static DocumentFormat> {
        self.all().find(|format| format.is_named(path))
    }

    /// Returns the kind of a file, by its content, and if that is unknown by its extension. A file that can't be
    /// read counts as a document.
    pub fn kind_of_file(self, path: &Path) -> FileKind {
        const START: u64 = 1 << 16;
        let start = file::read_start(path, START).unwrap_or_default();
        match self.all().any(|format| (format.recognizes)(&start)) {
            true => FileKind::Document,
            false => FileKind::of_other_content(path, &start),
        }
    }

    /// Opens a session on a document, with its data files if they are in its folder. The format is recognized by the
    /// content. A problem with a data file is stored in the training setup. A document in a format that can't be
    /// written is untitled, because its file can't be saved over.
    ///
    /// # Errors
    ///
    /// Returns an error if the file can't be read, is too large, or is not a valid document.
    pub fn open(self, path: &Path) -> Result<Session, FileError> {
        self.open_with(path, &OutsideFiles::None)
    }

    /// Opens a session on a document as [`Self::open`] does, with data files from elsewhere too if they are allowed.
    ///
    /// # Errors
    ///
    /// Returns an error if the file can't be read, is too large, or is not a valid document.
    pub fn open_with(self, path: &Path, outside: &OutsideFiles) -> Result<Session, FileError> {
        self.open_as(path, |document| data_files::load(document, outside))
    }

    /// Opens a session on a document as [`Self::open`] does, but without its data files, which may be large or slow to
    /// read; see [`data_files::load_setup`].
    ///
    /// # Errors
    ///
    /// Returns an error if the file can't be read, is too large, or is not a valid document.
    pub fn open_without_data(self, path: &Path) -> Result<Session, FileError> {
        // A pipe would hold up the window.
        if !path.is_dir() {
            file::open_regular(path)?;
        }
        self.open_as(path, |_| {})
    }

    fn open_as(self, path: &Path, load: impl FnOnce(&mut Document)) -> Result<Session, FileError> {
        let (mut document, format) = self.read(path)?;
        load(&mut document);
        let origin = match format.write {
            Some(_) => Origin::File(path.to_owned()),
            None => Origin::Untitled,
        };
        Ok(Session::open(document, origin))
    }

    fn read(self, path: &Path) -> Result<(Document, &'static DocumentFormat), FileError> {
        let bytes = file::read_bytes(path)?;
        let recognized = self.all().find(|format| (format.recognizes)(&bytes));
        let format = recognized.or(self.format_of(path)).unwrap_or(&FORMATS[0]);
        let mut document = (format.read)(&bytes).map_err(|source| FileError::Content {
            path: path.to_owned(),
            source,
        })?;
        data_files::resolve(&mut document, file::parent_folder(path));
        Ok((document, format))
    }

    /// Saves a document in the format of the extension. At any time, either the old or the new file is complete. Returns
    /// what the file could not keep.
    ///
    /// # Errors
    ///
    /// Returns an error if the format or the file can't be written; then the old file is unchanged.
    pub fn save(self, document: &Document, path: &Path) -> Result<Option<LostAttributes>, FileError> {
        let write = self.writer(path)?;
        let bytes = write(document, path).map_err(|source| FileError::Content {
            path: path.to_owned(),
            source,
        })?;
        file::replace(path, &bytes)
    }

    /// Checks before long work if [`Self::save`] will most likely succeed. Writes nothing.
    ///
    /// # Errors
    ///
    /// Returns the error that [`Self::save`] would return, except for a full disk.
    pub fn check_writable(self, path: &Path) -> Result<(), FileError> {
        self.writer(path)?;
        file::check_writable(path)
    }

    /// Returns the function that writes the format of the extension.
    fn writer(self, path: &Path) -> Result<WriteFn, FileError> {
        let format = self.format_of(path).unwrap_or(&FORMATS[0]);
        format.write.ok_or_else(|| FileError::ReadOnlyFormat {
            path: path.to_owned(),
            format: format.name,
            extensions: self
                .writable()
                .flat_map(|format| format.extensions)
                .copied()
                .collect(),
        })
    }
}

/// Opens a document in a format of this crate, as [`FormatRegistry::open`] does.
///
/// # Errors
///
/// Returns an error if the file can't be read, is too large, or is not a valid document.
pub fn open(path: &Path) -> Result<Document, FileError> {
    let mut document = FormatRegistry::default().read(path)?.0;
    data_files::load(&mut document, &OutsideFiles::None);
    Ok(document)
}

/// Saves a document in a format of this crate, as [`FormatRegistry::save`] does, and returns what the file could not keep.
///
/// # Errors
///
/// Returns an error if the file can't be written; then the old file is unchanged.
pub fn save(document: &Document, path: &Path) -> Result<Option<LostAttributes>, FileError> {
    FormatRegistry::default().save(document, path)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Messages;

    fn read_picture(_: &[u8]) -> Result<Document, DocumentError> {
        Preset::DEFAULT.document()
    }

    static PICTURE: DocumentFormat = DocumentFormat {
        name: Messages::format_png,
        extensions: &["gif"],
        recognizes: |bytes| bytes.starts_with(b"GIF"),
        read: read_picture,
        write: None,
    };

    #[test]
    fn the_content_decides_how_a_file_is_read_and_the_extension_how_it_is_written() {
        let folder = tempfile::tempdir().unwrap();
        let formats = FormatRegistry::with_added(std::slice::from_ref(&PICTURE));
        assert_eq!(formats.readable_extensions(), ["json", "gif"]);
        let picture = folder.path().join("picture.json");
        file::write_atomically(&picture, b"GIF89a").unwrap();
        assert_eq!(formats.open(&picture).unwrap().origin(), &Origin::Untitled);
        let document = Preset::DEFAULT.document().unwrap();
        let error = formats
            .save(&document, Path::new("a.GIF"))
            .unwrap_err()
            .to_string();
        assert_eq!(
            error,
            "a.GIF was not written: documents can’t be saved in the format “PNG figure”; use .json, or export a figure"
        );
        let unknown = folder.path().join("network.unknown");
        formats.save(&document, &unknown).unwrap();
        assert_eq!(formats.open(&unknown).unwrap().origin(), &Origin::File(unknown));
    }
}
