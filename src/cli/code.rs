//! `neurodial code`: the network as a program or as LaTeX.

use std::path::PathBuf;

use neurodial_core::code::Language;

use super::document_arg::{self, DocumentArg};
use super::output;
use super::values::languages;

/// The arguments of `code`.
#[derive(Debug, clap::Args)]
pub struct CodeArgs {
    #[command(flatten)]
    document: DocumentArg,
    /// The programming language, or latex
    #[arg(long = "as", value_name = "LANGUAGE", default_value = "python", value_parser = languages())]
    language: Language,
    /// The file to write [default: standard output]
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// Prints the network, or writes it to a file.
///
/// # Errors
/// Returns an error if the document can’t be opened, or the file can’t be written;
/// then nothing has been written.
pub(crate) fn run(arguments: &CodeArgs) -> anyhow::Result<()> {
    let session = arguments.document.open()?;
    let listing = arguments.language.write(session.document());
    match &arguments.output {
        Some(path) if path.as_os_str() != "-" => {
            output::check_not_an_input(("-o", path), &[("DOCUMENT", document_arg::file(&session))])?;
            output::write_file(path, listing.text.as_bytes())
        }
        _ => output::print(&listing.text),
    }
}
