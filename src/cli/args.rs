//! The arguments of the program and its commands.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{ColorChoice, CommandFactory, Parser, Subcommand};

use crate::app::Opening;
use crate::lessons;
use egui_figure::FallbackFonts;
use neurodial_core::formats::Preset;
use neurodial_core::formats::data_files::OutsideFiles;
use neurodial_core::session::Session;
use neurodial_core::text::shortened;

use super::document_arg::OutsideDataArg;
use super::font_args::FontArgs;
use super::{
    animate, article_figures, code, data, describe, document_arg, figure, fonts, forward, gradients, lesson,
    link, new, presets, set, show, train,
};

/// The request that the arguments make.
#[derive(Debug)]
pub enum Request {
    /// Help or the version, to be printed.
    Help(String),
    /// A window with a document whose data has not been read yet, what it begins with, the data files that may be read,
    /// and the fonts for characters that the bundled fonts lack.
    Window(Box<Session>, Opening, OutsideFiles, FallbackFonts),
    /// A headless command.
    Command(CliCommand),
}

/// Explore a small neural network by hand: turn any weight or bias and see the effect everywhere.
///
/// Without a command, neurodial opens DOCUMENT in a window. The commands need no display.
#[derive(Debug, Parser)]
#[command(name = "neurodial", version, color = ColorChoice::Never, args_conflicts_with_subcommands = true)]
struct CliArgs {
    /// The name of a preset, the path of a file, or a link; ./article is always a file
    #[arg(value_name = "DOCUMENT")]
    document: Option<PathBuf>,
    #[command(flatten)]
    outside: OutsideDataArg,
    #[command(flatten)]
    fonts: FontArgs,
    #[command(subcommand)]
    command: Option<CliCommand>,
}

/// The headless commands.
#[derive(Debug, Subcommand)]
pub enum CliCommand {
    /// List the presets, one per line
    Presets,
    /// Create a document
    New(new::NewArgs),
    /// Show the contents of a document, or all of it as JSON
    Show(show::ShowArgs),
    /// Set weights, biases, inputs, names, and activation functions
    Set(set::SetArgs),
    /// Compute the outputs of the network
    Forward(forward::ForwardArgs),
    /// Write the network as Python, NumPy, PyTorch, Rust, or LaTeX
    Code(code::CodeArgs),
    /// Describe the network in words
    Describe(describe::DescribeArgs),
    /// Print the document as a link to share, from the # on
    Link(link::LinkArgs),
    /// Tell how a table is read: encoding, separator, columns, classes, missing cells, and the first rows
    Data(Box<data::DataReportArgs>),
    /// Train the network on data, from its weights and biases on; locked ones don’t change
    #[command(after_help = train::EXAMPLES)]
    Train(Box<train::TrainArgs>),
    /// Compute a loss and its gradient with respect to every weight and bias
    Gradients(gradients::GradientsArgs),
    /// Draw panes as SVG, PNG, or PDF; export the curves as CSV and the formula as LaTeX
    Figure(Box<figure::FigureArgs>),
    /// Animate panes while a knob or an input is swept or the network is trained
    Animate(Box<animate::AnimateArgs>),
    /// Check, list, begin, play, print, and summarize lessons
    #[command(subcommand)]
    Lesson(lesson::LessonCommand),
    /// Draw the figures of the article
    ArticleFigures(article_figures::ArticleFiguresArgs),
    /// Write the bundled fonts to a folder, to be installed
    Fonts(fonts::FontsArgs),
}

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
            Self::Link(arguments) => link::run(&arguments),
            Self::Data(arguments) => data::run(&arguments),
            Self::Train(arguments) => train::run(&arguments),
            Self::Gradients(arguments) => gradients::run(&arguments),
            Self::Figure(arguments) => figure::run(&arguments),
            Self::Animate(arguments) => animate::run(&arguments),
            Self::Lesson(command) => lesson::run(&command),
            Self::ArticleFigures(arguments) => article_figures::run(&arguments),
            Self::Fonts(arguments) => fonts::run(&arguments),
        }
    }
}

/// Parses the arguments, beginning with the program’s own name, and opens the document for the window.
///
/// # Errors
/// Returns an error if the arguments are invalid or the document can’t be opened.
pub fn parse_args(arguments: impl IntoIterator<Item = OsString>) -> anyhow::Result<Request> {
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    let parsed = match CliArgs::try_parse_from(&arguments) {
        Ok(read) => read,
        Err(e) if matches!(e.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) => {
            return Ok(Request::Help(e.render().to_string()));
        }
        Err(e) => anyhow::bail!("{}; see neurodial --help", one_line_message(&e, arguments.get(1))),
    };
    Ok(match (parsed.command, parsed.document) {
        (Some(command), _) => Request::Command(command),
        (None, document) => {
            let opening = match &document {
                None => Opening::StartScreen,
                Some(path) if lessons::is_lesson(path) => {
                    lessons::open(path)?;
                    Opening::Lesson(path.clone())
                }
                Some(_) => Opening::Document,
            };
            let document = document.filter(|_| opening == Opening::Document);
            let document = document.unwrap_or_else(|| Preset::DEFAULT.name.into());
            let session = Box::new(document_arg::open_for_window(&document)?);
            Request::Window(session, opening, parsed.outside.files(), parsed.fonts.load()?)
        }
    })
}

/// Returns the first paragraph of clap’s message on one line.
fn one_line_message(error: &clap::Error, first: Option<&OsString>) -> String {
    let is_about_position = match error.kind() {
        ErrorKind::ArgumentConflict | ErrorKind::InvalidSubcommand => true,
        ErrorKind::UnknownArgument => {
            matches!(error.get(ContextKind::InvalidArg), Some(ContextValue::String(text)) if !text.starts_with('-'))
        }
        _ => false,
    };
    if is_about_position && let Some(name) = first.and_then(mistaken_command) {
        let commands = CliArgs::command();
        let commands: Vec<_> = commands.get_subcommands().map(clap::Command::get_name).collect();
        return format!(
            "there is no command “{name}”; the commands are {}",
            commands.join(", ")
        );
    }
    let text = error.render().to_string();
    let text = text.strip_prefix("error: ").unwrap_or(&text);
    let lines = text.lines().map(str::trim).take_while(|line| !line.is_empty());
    lines.collect::<Vec<_>>().join(" ")
}

/// Returns the first argument if it is neither an option nor a command.
fn mistaken_command(first: &OsString) -> Option<String> {
    let first = first.to_str()?;
    let is_command = CliArgs::command()
        .get_subcommands()
        .any(|c| c.get_name() == first);
    (!is_command && first != "help" && !first.starts_with('-')).then(|| shortened(first))
}
