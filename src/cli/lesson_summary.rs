//! `neurodial lesson summary`: the answers of a class.

use std::path::PathBuf;

use anyhow::anyhow;

use crate::lesson_sheet::class_summary::class_summary;
use crate::lesson_sheet::page_flow::Paper;
use crate::lessons;
use neurodial_core::formats::file;
use neurodial_core::lessons::summary::{LessonSummary, StepSummary, summaries};
use neurodial_core::lessons::{CheckedLesson, Lesson, LessonSource, check, log};
use neurodial_core::text::{Locale, count_with_noun, format_ascii};

use super::lesson_print::{format_of, papers};
use super::output;
use super::values::locales;

/// The arguments of `lesson summary`.
#[derive(Debug, clap::Args)]
pub struct LessonSummaryArgs {
    /// The answer logs that learners have exported
    #[arg(value_name = "LOG", required = true)]
    logs: Vec<PathBuf>,
    /// The files of lessons that are not bundled, for the texts of questions and answers
    #[arg(long = "lesson", value_name = "FILE")]
    lessons: Vec<PathBuf>,
    /// A figure to write, .pdf, .svg or .png, with all sketches over the true curves
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// The size of the paper
    #[arg(long, value_name = "PAPER", default_value = Paper::A4.name(), value_parser = papers())]
    paper: Paper,
    /// The language of the texts of lessons and of the figure
    #[arg(long, value_name = "LANGUAGE", default_value = Locale::English.name(), value_parser = locales())]
    language: Locale,
}

/// Prints the summary, and writes the figure if one is asked for.
///
/// # Errors
/// Returns an error if a log can’t be read, or the figure can’t be written.
pub(crate) fn run(arguments: &LessonSummaryArgs) -> anyhow::Result<()> {
    let format = arguments.output.as_deref().map(format_of).transpose()?;
    let mut logs = Vec::new();
    for path in &arguments.logs {
        let text = file::read_text(path)?;
        logs.push(log::read(&text).map_err(|error| anyhow!("{}: {error}", path.display()))?);
    }
    let lessons = known_lessons(arguments, &logs)?;
    let summaries = summaries(&logs, |id| lessons.iter().find(|lesson| lesson.head.id == id));
    if summaries.is_empty() {
        anyhow::bail!("there are no answers in these logs");
    }
    if let (Some(path), Some(format)) = (&arguments.output, format) {
        let bytes = class_summary(&summaries, format, arguments.paper, arguments.language)?;
        file::write_atomically(path, &bytes)?;
    }
    let texts: Vec<String> = summaries.iter().map(summary_text).collect();
    output::print(&texts.join("\n"))
}

/// Returns the lessons that the logs name: those given, and bundled ones.
fn known_lessons(arguments: &LessonSummaryArgs, logs: &[Vec<log::LogRow>]) -> anyhow::Result<Vec<Lesson>> {
    let mut lessons = Vec::new();
    let mut add = |source: &LessonSource| {
        let checked: CheckedLesson = check(source, &lessons::pane_names());
        lessons.extend(
            checked
                .in_language(arguments.language)
                .map(|lesson| Lesson::clone(lesson)),
        );
    };
    for path in &arguments.lessons {
        add(&super::lesson_arg::open(path)?);
    }
    let mut ids: Vec<&str> = logs
        .iter()
        .flatten()
        .map(|row| row.event.lesson.as_str())
        .collect();
    ids.sort_unstable();
    ids.dedup();
    for id in ids {
        if let Some(source) = lessons::bundled(id) {
            add(&source);
        }
    }
    Ok(lessons)
}

fn summary_text(summary: &LessonSummary) -> String {
    let editions: Vec<String> = summary.editions.iter().map(usize::to_string).collect();
    let mut text = format!(
        "{} ({}, edition {})\n{}\n",
        summary.title.as_ref().unwrap_or(&summary.id),
        summary.id,
        editions.join(" and "),
        count_with_noun(summary.learners, "learner")
    );
    for (index, step) in summary.steps.iter().enumerate() {
        text += &step_text(index + 1, step);
    }
    text
}

fn step_text(number: usize, step: &StepSummary) -> String {
    let title = step
        .title
        .as_ref()
        .map_or_else(String::new, |title| format!(": {title}"));
    let mut text = format!("\n{number} {}{title}\n", step.id);
    if step.shown == 0 {
        return text + "  not reached by anybody\n";
    }
    let mut facts = vec![
        format!("seen by {}", step.shown),
        format!("passed by {}", step.passed),
        format!("skipped by {}", step.skipped),
    ];
    facts.extend(
        step.median_seconds
            .map(|seconds| format!("median time {} s", format_ascii(seconds, 0))),
    );
    facts.extend(
        step.median_hints
            .map(|hints| format!("median hints {}", format_ascii(hints, 1))),
    );
    text += &format!("  {}\n", facts.join(", "));
    for question in &step.questions {
        let share = match question.answered {
            0 => 0.0,
            answered => 100.0 * question.right_at_first as f64 / answered as f64,
        };
        text += &format!(
            "  {}: {} of {} right at first ({}%)",
            question.kind.name(),
            question.right_at_first,
            question.answered,
            format_ascii(share, 0)
        );
        if let Some((answer, choice, count)) = &question.commonest_wrong {
            let answer = choice
                .as_ref()
                .map_or_else(|| answer.clone(), |choice| format!("{answer} “{choice}”"));
            text += &format!("; commonest wrong answer {answer}, {count}×");
        }
        match question.sketches.len() {
            0 => {}
            1 => text += "; 1 sketch",
            count => text += &format!("; {count} sketches"),
        }
        text.push('\n');
    }
    text
}
