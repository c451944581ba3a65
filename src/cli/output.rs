//! The output of commands: text to stdout, documents to files, and errors to stderr.

use std::fmt::Write as _;
use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;

use serde::Serialize;

use crate::document_formats::DOCUMENT_FORMATS;
use neurodial_core::formats::{LostAttributes, file, json};
use neurodial_core::session::Document;
use neurodial_core::text::{Localized as _, Messages};

/// The exit code of every error.
const FAILURE_EXIT_CODE: u8 = 2;

/// Returns the exit code of the process. An error is written to stderr as one line.
pub fn exit_code(outcome: anyhow::Result<()>) -> ExitCode {
    let Err(error) = outcome else {
        return ExitCode::SUCCESS;
    };
    print_error_line(&format!("neurodial: {error}"));
    ExitCode::from(FAILURE_EXIT_CODE)
}

/// Checks that a command doesn’t overwrite a file that it reads, such as its data.
///
/// # Errors
/// Returns an error with the names of both options if the output is the same file as one of the inputs, also
/// through links.
pub(crate) fn check_not_an_input(
    (option, output): (&str, &Path),
    inputs: &[(&str, Option<&Path>)],
) -> anyhow::Result<()> {
    let is_target = |path: &Path| file::is_same_file(path, output);
    match inputs.iter().find(|(_, path)| path.is_some_and(is_target)) {
        Some((input_option, _)) => anyhow::bail!(
            "{option} would overwrite {}, which is read by {input_option}; choose another file",
            output.display()
        ),
        None => Ok(()),
    }
}

/// Writes a line to stderr.
pub(crate) fn print_error_line(line: &str) {
    // A line break in a file’s name or in an argument must not break the message into two lines.
    let line = safe_text(line).replace(['\n', '\t'], " ");
    // A write error is ignored, because stderr is closed then.
    let _ = writeln!(io::stderr(), "{line}");
}

/// True for a character that has an effect on a terminal: a control character except line breaks and tabs, or one that
/// changes the direction of what follows.
fn is_unsafe(c: char) -> bool {
    let is_control = c.is_control() && !matches!(c, '\n' | '\t');
    is_control || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Returns a text that has no effect on a terminal: each unsafe character becomes U+FFFD.
pub(crate) fn safe_text(text: &str) -> String {
    text.replace(is_unsafe, "\u{fffd}")
}

/// Returns JSON that means the same and has no effect on a terminal: unsafe characters, which are only in strings, are
/// escaped.
fn safe_json(json: &str) -> String {
    let mut safe = String::with_capacity(json.len());
    for c in json.chars() {
        if is_unsafe(c) {
            // All of them are below U+10000.
            let _ = write!(safe, "\\u{:04x}", u32::from(c));
        } else {
            safe.push(c);
        }
    }
    safe
}

/// Prints a text to stdout. Names and notes of files can’t control the terminal with it.
///
/// # Errors
/// Returns an error if stdout can’t be written. A broken pipe is no error: a reader such as `head` may close
/// it early.
pub fn print(text: &str) -> anyhow::Result<()> {
    print_with(|out| out.write_all(safe_text(text).as_bytes()))
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
    let json = serde_json::to_string(value)?;
    print_with(|out| writeln!(out, "{}", safe_json(&json)))
}

/// Writes a document to a file, or to stdout if the path is `-`.
///
/// # Errors
/// Returns an error if the file or stdout can’t be written; then an old file is unchanged.
pub(crate) fn write_document(document: &Document, path: &Path) -> anyhow::Result<()> {
    if path == Path::new("-") {
        let text = json::write_for(document, Path::new("stdout"));
        return print_with(|out| out.write_all(safe_json(&text).as_bytes()));
    }
    report_lost_attributes(DOCUMENT_FORMATS.save(document, path)?);
    Ok(())
}

/// Writes a file.
///
/// # Errors
/// Returns an error if the file can’t be written; then an old file is unchanged.
pub(crate) fn write_file(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    report_lost_attributes(file::replace(path, bytes)?);
    Ok(())
}

/// Says on stderr what a replaced file could not keep.
fn report_lost_attributes(lost: Option<LostAttributes>) {
    if let Some(lost) = lost {
        print_error_line(&format!("note: {}", lost.message(Messages::ENGLISH)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn printed_json_has_no_effect_on_a_terminal_and_means_the_same() {
        let hostile = "a\u{7f}\u{9b}2J\u{202e}b\u{2066}\n\t\r\u{1b}é";
        let json = serde_json::to_string_pretty(&[hostile]).expect("it is JSON");
        let safe = safe_json(&json);
        assert!(!safe.chars().any(is_unsafe), "{safe}");
        let read: Vec<String> = serde_json::from_str(&safe).expect("it is JSON");
        assert_eq!(read, [hostile]);
    }

    #[test]
    fn printed_text_has_no_effect_on_a_terminal() {
        let hostile = "a\u{1b}]0;x\u{7}b\u{9b}2J\u{202e}c\u{2066}d\0\r\n\te é 中";
        let safe = safe_text(hostile);
        assert_eq!(
            safe,
            "a\u{fffd}]0;x\u{fffd}b\u{fffd}2J\u{fffd}c\u{fffd}d\u{fffd}\u{fffd}\n\te é 中"
        );
    }
}
