//! The command line. It works without a display and reports every error as one sentence.
//!
//! | file | contents |
//! | --- | --- |
//! | `args` | the arguments of the program; [`parse_args`] parses them |
//! | `document_arg` | the DOCUMENT argument: a preset’s name or a file |
//! | `assignment` | assignments such as `w[1,2,3]=1/3` |
//! | `input_samples` | inputs for a forward pass, from an argument or a CSV file |
//! | `training_job` | the data and configuration to train with |
//! | `hyperparameter_args` | the options for hyperparameters |
//! | `training_args` | the training options of commands that draw |
//! | `training_progress` | progress messages during training |
//! | `option_context` | `OptionContext`: the name of an option in an error |
//! | [`display`] | the check that a window can be opened |
//! | `presets`, `new`, `show`, `set`, `forward`, `code`, `describe` | one command each |
//! | `train`, `gradients` | the commands for training |
//! | `figure`, `animate`, `article_figures`, `fonts` | the commands for figures |
//! | `font_args` | the option `--font`, and the note on installed fonts in a figure |
//! | `figure_batch` | one figure for each row of a CSV file |
//! | `window` | the window as a figure |
//!
//! Neither preferences nor the locale change the output of a command. Errors exit with code 2, and then
//! nothing has been written.

pub(crate) mod animate;
pub(crate) mod args;
pub(crate) mod article_figures;
pub(crate) mod assignment;
pub(crate) mod code;
pub(crate) mod describe;
pub mod display;
pub(crate) mod document_arg;
pub(crate) mod figure;
pub(crate) mod figure_batch;
pub(crate) mod figure_subject;
pub(crate) mod font_args;
pub(crate) mod fonts;
pub(crate) mod forward;
pub(crate) mod gradients;
pub(crate) mod hyperparameter_args;
pub(crate) mod input_samples;
pub(crate) mod new;
pub(crate) mod option_context;
pub(crate) mod presets;
pub(crate) mod set;
pub(crate) mod show;
pub(crate) mod train;
pub(crate) mod training_args;
pub(crate) mod training_job;
pub(crate) mod training_progress;
pub(crate) mod window;

use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;

use neurodial_core::session::{Document, file};

pub(crate) use args::CliCommand;
pub use args::{Request, parse_args};

/// The exit code of every error.
pub(crate) const FAILURE_EXIT_CODE: u8 = 2;

impl CliCommand {
    /// Runs the command.
    ///
    /// # Errors
    /// Returns an error if an argument is invalid or a file can’t be read or written; then nothing has been
    /// written.
    pub fn run(self) -> anyhow::Result<()> {
        match self {
            Self::Presets => presets::run(),
            Self::New(arguments) => new::run(&arguments),
            Self::Show(arguments) => show::run(&arguments),
            Self::Set(arguments) => set::run(&arguments),
            Self::Forward(arguments) => forward::run(&arguments),
            Self::Code(arguments) => code::run(&arguments),
            Self::Describe(arguments) => describe::run(&arguments),
            Self::Train(arguments) => train::run(&arguments),
            Self::Gradients(arguments) => gradients::run(&arguments),
            Self::Figure(arguments) => figure::run(&arguments),
            Self::Animate(arguments) => animate::run(&arguments),
            Self::ArticleFigures(arguments) => article_figures::run(&arguments),
            Self::Fonts(arguments) => fonts::run(&arguments),
        }
    }
}

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
            anyhow::bail!("the output could not be written: {}", file::reason(&e))
        }
        _ => Ok(()),
    }
}

/// Writes a document to a file, or to stdout if the path is `-`.
///
/// # Errors
/// Returns an error if the file or stdout can’t be written; then an old file is unchanged.
pub(crate) fn write_document(document: &Document, path: &Path) -> anyhow::Result<()> {
    if path == Path::new("-") {
        let text = file::document_text(document, Path::new("stdout"));
        return print(&text);
    }
    Ok(file::save(document, path)?)
}

/// Returns the count with its noun, such as “1 layer” or “2 layers”.
fn count_with_noun(count: usize, noun: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {noun}{plural}")
}
