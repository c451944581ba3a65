//! The output of commands: text to stdout, documents to files, and errors to stderr.

use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;

use serde::Serialize;

use crate::document_formats::DOCUMENT_FORMATS;
use neurodial_core::formats::{file, json};
use neurodial_core::session::Document;
use neurodial_core::text::Messages;

/// The exit code of every error.
const FAILURE_EXIT_CODE: u8 = 2;

/// Returns the exit code of the process. An error is written to stderr as one line.
pub fn exit_code(outcome: anyhow::Result<()>) -> ExitCode {
    let Err(error) = outcome else {
        return ExitCode::SUCCESS;
    };
    // A line break in a file’s name or in an argument must not break the message into two lines.
    let sentence = error.to_string().replace(char::is_control, " ");
    // A write error is ignored, because stderr is closed then.
    let _ = writeln!(io::stderr(), "neurodial: {sentence}");
    ExitCode::from(FAILURE_EXIT_CODE)
}

/// Prints a text to stdout.
///
/// # Errors
/// Returns an error if stdout can’t be written. A broken pipe is no error: a reader such as `head` may close
/// it early.
pub fn print(text: &str) -> anyhow::Result<()> {
    print_with(|out| out.write_all(text.as_bytes()))
}

/// Prints to stdout through a buffered writer.
///
/// # Errors
/// Returns an error in the same cases as [`print()`].
pub(crate) fn print_with(write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> anyhow::Result<()> {
    let mut out = io::BufWriter::new(io::stdout().lock());
    match write(&mut out).and_then(|()| out.flush()) {
        Err(e) if e.kind() != io::ErrorKind::BrokenPipe => {
            anyhow::bail!(
                "the output could not be written: {}",
                file::reason(&e, Messages::ENGLISH)
            )
        }
        _ => Ok(()),
    }
}

/// Prints a value to stdout as one line of JSON.
///
/// # Errors
/// Returns an error in the same cases as [`print()`].
pub(crate) fn print_json(value: &impl Serialize) -> anyhow::Result<()> {
    print_with(|mut out| {
        serde_json::to_writer(&mut out, value)?;
        out.write_all(b"\n")
    })
}

/// Writes a document to a file, or to stdout if the path is `-`.
///
/// # Errors
/// Returns an error if the file or stdout can’t be written; then an old file is unchanged.
pub(crate) fn write_document(document: &Document, path: &Path) -> anyhow::Result<()> {
    if path == Path::new("-") {
        let text = json::write_for(document, Path::new("stdout"));
        return print(&text);
    }
    Ok(DOCUMENT_FORMATS.save(document, path)?)
}
