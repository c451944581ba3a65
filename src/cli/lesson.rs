//! `neurodial lesson`: checks, lists, begins, plays, prints and summarizes lessons.

use std::path::PathBuf;

use anyhow::{anyhow, bail};
use clap::Subcommand;

use crate::lessons;
use neurodial_core::formats::file;
use neurodial_core::lessons::{Lesson, check, played_steps, template};
use neurodial_core::text::{Locale, Messages, count_with_noun};

use super::lesson_arg::{open, open_checked};
use super::lesson_print::{self, LessonPrintArgs};
use super::lesson_summary::{self, LessonSummaryArgs};
use super::{document_arg, output};

/// The commands for lessons.
#[derive(Debug, Subcommand)]
pub enum LessonCommand {
    /// Check lessons: their text, their translations, and every step by playing it
    Check(LessonCheckArgs),
    /// List the bundled lessons, one per line: id, minutes, and titles
    List,
    /// Begin a lesson: write a file with one step and the network it starts with
    New(LessonNewArgs),
    /// Play a lesson with its sample solutions and print each step with its numbers
    Run(LessonRunArgs),
    /// Print a worksheet with the questions of a lesson and empty axes for sketches
    Print(LessonPrintArgs),
    /// Summarize the answers of a class, on one page per lesson
    Summary(LessonSummaryArgs),
}

/// The arguments of `lesson check`.
#[derive(Debug, clap::Args)]
pub struct LessonCheckArgs {
    /// The files of lessons, or ids of bundled lessons
    #[arg(value_name = "FILE", required = true)]
    lessons: Vec<PathBuf>,
}

/// The arguments of `lesson new`.
#[derive(Debug, clap::Args)]
pub struct LessonNewArgs {
    /// The file to write, ending with .md
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// The network that the lesson starts with: the name of a preset or the path of a file [default: neuron]
    #[arg(long, value_name = "DOCUMENT")]
    from: Option<PathBuf>,
}

/// The arguments of `lesson run`.
#[derive(Debug, clap::Args)]
pub struct LessonRunArgs {
    /// The file of a lesson, or the id of a bundled lesson
    #[arg(value_name = "FILE")]
    lesson: PathBuf,
    /// Carry out the sample solution of each step
    #[arg(long, required = true)]
    solve: bool,
}

/// Runs a command for lessons.
///
/// # Errors
/// Returns an error if a file can’t be read or written, or if a lesson has problems.
pub(crate) fn run(command: &LessonCommand) -> anyhow::Result<()> {
    match command {
        LessonCommand::Check(arguments) => run_check(arguments),
        LessonCommand::List => run_list(),
        LessonCommand::New(arguments) => run_new(arguments),
        LessonCommand::Run(arguments) => run_solutions(arguments),
        LessonCommand::Print(arguments) => lesson_print::run(arguments),
        LessonCommand::Summary(arguments) => lesson_summary::run(arguments),
    }
}

fn run_check(arguments: &LessonCheckArgs) -> anyhow::Result<()> {
    let mut report = String::new();
    let mut broken = 0;
    let mut problems = 0;
    for name in &arguments.lessons {
        let source = open(name)?;
        let checked = check(&source, &lessons::pane_names());
        for problem in &checked.problems {
            report += &format!("{problem}\n");
            problems += usize::from(!problem.is_warning());
        }
        broken += usize::from(checked.is_broken());
        if let (false, Some(lesson)) = (checked.is_broken(), &checked.original) {
            report += &format!(
                "{}: no problems in {}{}\n",
                source.name,
                count_with_noun(lesson.steps.len(), "step"),
                match checked.translations.is_empty() {
                    true => "",
                    false => ", translation included",
                }
            );
        }
    }
    output::print(&report)?;
    match broken {
        0 => Ok(()),
        _ => bail!(
            "{} in {}; see above",
            count_with_noun(problems, "problem"),
            count_with_noun(broken, "lesson")
        ),
    }
}

fn run_list() -> anyhow::Result<()> {
    let mut list = String::new();
    let ids = lessons::bundled_ids();
    let width = ids.iter().map(|id| id.len()).max().unwrap_or_default();
    for id in ids {
        let Some(source) = lessons::bundled(id) else {
            continue;
        };
        let (Some(lesson), _) = Lesson::read(&source) else {
            continue;
        };
        let minutes = lesson.head.minutes.unwrap_or_default();
        list += &format!("{id:width$}  {minutes:>2} min  {}", lesson.title.value);
        for locale in Locale::ALL {
            if let Some(translation) = source.sibling(&format!("{id}.{}.md", locale.name())) {
                list += &format!("  {}", lesson.translated(&translation).0.title.value);
            }
        }
        list.push('\n');
    }
    output::print(&list)
}

fn run_new(arguments: &LessonNewArgs) -> anyhow::Result<()> {
    let path = &arguments.file;
    if path.extension().is_none_or(|extension| extension != "md") {
        bail!(
            "{} is not the name of a lesson; let it end with .md",
            path.display()
        );
    }
    if path.exists() {
        bail!("{} exists already; choose another name", path.display());
    }
    let document = arguments.from.as_deref().map(document_arg::open).transpose()?;
    let document = document.as_ref().map(|session| session.document());
    if document.is_some_and(|document| {
        let setup = document.training_setup.as_ref();
        setup.is_some_and(|setup| setup.config().source.is_file())
    }) {
        bail!(
            "the document takes its data from a file, and a lesson needs a document with generated, bundled or custom points"
        );
    }
    let title = path
        .file_stem()
        .unwrap_or_default()
        .to_string_lossy()
        .replace(['-', '_'], " ");
    let text = template::lesson_text(title.trim(), document, &[], Messages::ENGLISH);
    Ok(file::write_atomically(path, text.as_bytes())?)
}

fn run_solutions(arguments: &LessonRunArgs) -> anyhow::Result<()> {
    let checked = open_checked(&arguments.lesson)?;
    let lesson = checked
        .original
        .as_deref()
        .ok_or_else(|| anyhow!("the lesson has no steps"))?;
    let played = played_steps(lesson).map_err(|problem| anyhow!("{problem}"))?;
    let mut text = format!(
        "{} ({}, edition {})\n",
        lesson.title.value, lesson.head.id, lesson.head.edition
    );
    let mut failed = Vec::new();
    for (index, step) in played.iter().enumerate() {
        text += &format!("\n{} {}: {}\n", index + 1, step.id, step.title);
        for (kind, answer) in &step.answers {
            text += &format!("  {}: {answer}\n", kind.name());
        }
        if !step.solution.is_empty() {
            text += &format!("  solution: {}\n", step.solution.join(", "));
        }
        let values: Vec<String> = step
            .values
            .iter()
            .map(|(quantity, value)| format!("{quantity} is {value}"))
            .collect();
        match step.is_passed {
            Some(true) => text += &format!("  passed: {}\n", values.join(", ")),
            Some(false) => {
                text += &format!("  not passed: {}\n", values.join(", "));
                failed.push(step.id.as_str());
            }
            None => {}
        }
        for afterword in &step.afterwords {
            for line in afterword.lines() {
                text += &format!("  {line}\n");
            }
        }
    }
    output::print(&text)?;
    match failed.is_empty() {
        true => Ok(()),
        false => bail!("not passed by the sample solution: {}", failed.join(", ")),
    }
}
