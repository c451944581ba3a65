//! Formats of documents, and files.
//!
//! A module uses only modules above it in this table.
//!
//! | module | contents |
//! | --- | --- |
//! | [`file`](mod@file) | reading and writing whole files; [`FileError`] and [`DocumentError`] |
//! | `checksum` | checksums that detect changes of a file |
//! | [`data_files`] | training data in files |
//! | `document_format` | [`DocumentFormat`]: a format of documents; [`FileKind`]: a document or a table |
//! | [`json`] | the document as versioned JSON |
//! | `registry` | [`FormatRegistry`]: all formats of documents |
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
pub mod json;
mod preset;
pub mod recovery;
mod registry;

pub use document_format::{DocumentFormat, FileKind, WriteFn};
pub use file::{DocumentError, FileError};
pub use preset::Preset;
pub use registry::{FormatRegistry, open, save};
