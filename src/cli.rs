//! The command line: works without a display, and says whatever goes wrong in one sentence.
//!
//! | file | noun |
//! | --- | --- |
//! | [`arguments`] | what may stand on the line; [`request`] reads it |
//! | [`source`] | DOCUMENT: a preset's name or a file |
//! | [`assignment`] | `w[1,2,3]=1/3` and its kin |
//! | [`samples`] | inputs for a forward pass, from the line or from a CSV file |
//! | [`lesson`] | data to train with, from names and options |
//! | [`settings`] | how to learn, from options |
//! | [`tuition`] | data for figures, and what training makes of it |
//! | [`progress`] | what is told while training goes on |
//! | [`display`] | whether a window can be opened |
//! | [`presets`], [`new`], [`show`], [`set`], [`forward`], [`code`], [`describe`] | one file a command |
//! | [`train`], [`gradients`] | learning |
//! | [`figure`], [`animate`], [`article_figures`], [`fonts`] | drawing |
//! | [`batch`] | figures of many rows |
//! | [`window`] | the window as a figure |
//!
//! Neither preferences nor the locale change what a command prints or writes. Errors exit with code 2, and
//! then nothing has been written.

pub mod animate;
pub mod arguments;
pub mod article_figures;
pub mod assignment;
pub mod batch;
pub mod code;
pub mod describe;
pub mod display;
pub mod figure;
pub mod fonts;
pub mod forward;
pub mod gradients;
pub mod lesson;
pub mod new;
pub mod presets;
pub mod progress;
pub mod samples;
pub mod set;
pub mod settings;
pub mod show;
pub mod source;
pub mod train;
pub mod tuition;
pub mod window;

use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;

use neurodial_core::session::{Document, file};

pub use arguments::{CliCommand, Request, parse_args};

/// The exit code of every error.
pub const FAILURE_EXIT_CODE: u8 = 2;

impl CliCommand {
    /// Carries the command out.
    ///
    /// # Errors
    /// One sentence; then nothing has been written.
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

/// What the process ends with. An error is said as one line on stderr.
pub fn exit_code(outcome: anyhow::Result<()>) -> ExitCode {
    let Err(error) = outcome else {
        return ExitCode::SUCCESS;
    };
    // A line break in a file's name or in an argument must not break the sentence.
    let sentence = error.to_string().replace(char::is_control, " ");
    // Nobody is left to be told if stderr is closed.
    let _ = writeln!(io::stderr(), "neurodial: {sentence}");
    ExitCode::from(FAILURE_EXIT_CODE)
}

/// Prints to stdout.
///
/// # Errors
/// If it can't be written. A reader who has seen enough, like `head`, is no error.
pub fn print(text: &str) -> anyhow::Result<()> {
    print_with(|out| out.write_all(text.as_bytes()))
}

/// Prints to stdout, piece by piece.
///
/// # Errors
/// As [`print()`].
pub fn print_with(write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> anyhow::Result<()> {
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
/// One sentence; then an old file is untouched.
pub fn write_document(document: &Document, path: &Path) -> anyhow::Result<()> {
    if path == Path::new("-") {
        let text = file::document_text(document, Path::new("stdout"));
        return print(&text);
    }
    Ok(file::save(document, path)?)
}

/// “1 layer”, “2 layers”.
fn count_with_noun(count: usize, noun: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {noun}{plural}")
}
