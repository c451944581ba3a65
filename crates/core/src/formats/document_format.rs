//! A format of documents, and the kinds of files.

use std::path::Path;

use crate::data::{TableAnalysis, TableOptions, table_text};
use crate::session::Document;
use crate::text::Messages;

use super::data_files::TABLE_EXTENSIONS;
use super::file::DocumentError;

/// A format of documents. Its entry in a [`FormatRegistry`](super::FormatRegistry) is all that opening,
/// dropping, saving, the command line and their messages know of it.
#[derive(Debug, Clone, Copy)]
pub struct DocumentFormat {
    /// The name that people read, such as “neurodial document”.
    pub name: fn(Messages) -> &'static str,
    /// The file name extensions in lower case, the usual one first.
    pub extensions: &'static [&'static str],
    /// True if the bytes of a file look like this format.
    pub recognizes: fn(&[u8]) -> bool,
    /// Reads a document from the bytes of a file, without its data files.
    pub read: fn(&[u8]) -> Result<Document, DocumentError>,
    /// The function that writes a document; `None` if documents are only read from this format.
    pub write: Option<WriteFn>,
}

/// Returns the content of a file with the document. The path is that of the file; names of data files are
/// relative to its folder.
pub type WriteFn = fn(&Document, &Path) -> Result<Vec<u8>, DocumentError>;

impl DocumentFormat {
    /// True if the path ends in an extension of this format.
    pub(super) fn is_named(&self, path: &Path) -> bool {
        has_extension(path, self.extensions)
    }
}

/// The content of a file that is opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileKind {
    /// A document in one of the formats of a registry.
    Document,
    /// A table of data to train on.
    Table,
}

impl FileKind {
    /// Returns the kind of a file that begins with these bytes and is not recognized as a document: a table if it
    /// has such an extension, or rows of at least two cells.
    pub(super) fn of_other_content(path: &Path, start: &[u8]) -> Self {
        let is_table = || {
            let source = table_text::decode(start.to_vec(), &TableOptions::default());
            let source = source.ok()?;
            let analysis = TableAnalysis::new(&source, &TableOptions::default(), 2).ok()?;
            // Prose has spaces and commas, too, but no column of numbers.
            let has_numbers = analysis.columns.iter().any(|column| column.has_numbers);
            (has_numbers && analysis.rows > analysis.skipped_count).then_some(())
        };
        match has_extension(path, &TABLE_EXTENSIONS) || is_table().is_some() {
            true => Self::Table,
            false => Self::Document,
        }
    }
}

/// True if the path ends in one of the extensions, in upper or lower case.
fn has_extension(path: &Path, extensions: &[&str]) -> bool {
    let is_same = |extension: &&str| {
        path.extension()
            .is_some_and(|other| other.eq_ignore_ascii_case(extension))
    };
    extensions.iter().any(is_same)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_is_told_by_its_extension_or_its_content() {
        for (name, start, kind) in [
            ("a.csv", "", FileKind::Table),
            ("a.TSV", "x", FileKind::Table),
            ("iris", "a;b\n1;2\n", FileKind::Table),
            ("csv", "", FileKind::Document),
            ("a.json", "{}", FileKind::Document),
            (
                "notes",
                "Dear all,\nnothing here is a table.\n",
                FileKind::Document,
            ),
        ] {
            let found = FileKind::of_other_content(Path::new(name), start.as_bytes());
            assert_eq!(found, kind, "{name}");
        }
    }
}
