//! `neurodial lesson print`: a worksheet.

use std::path::{Path, PathBuf};

use anyhow::{anyhow, bail};

use crate::figure_page::FigureFormat;
use crate::lesson_sheet::page_flow::Paper;
use crate::lesson_sheet::worksheet::{WorksheetError, worksheet};
use neurodial_core::formats::file;
use neurodial_core::text::Locale;

use super::lesson_arg::open_checked;
use super::values::{Choices, locales};

/// The arguments of `lesson print`.
#[derive(Debug, clap::Args)]
pub struct LessonPrintArgs {
    /// The file of a lesson, or the id of a bundled lesson
    #[arg(value_name = "FILE")]
    lesson: PathBuf,
    /// The file to write: .pdf with pages, or .svg or .png with a single long page
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,
    /// The size of the paper
    #[arg(long, value_name = "PAPER", default_value = Paper::A4.name(), value_parser = papers())]
    paper: Paper,
    /// The language of the texts, if the lesson is translated
    #[arg(long, value_name = "LANGUAGE", default_value = Locale::English.name(), value_parser = locales())]
    language: Locale,
}

/// Returns the parser for sizes of paper.
pub(super) fn papers() -> Choices<Paper> {
    Choices::named(Paper::ALL, Paper::name)
}

/// Returns the format of a figure for the extension of a file.
///
/// # Errors
/// Returns an error if there is none.
pub(super) fn format_of(path: &Path) -> anyhow::Result<FigureFormat> {
    FigureFormat::from_path(path).ok_or_else(|| {
        anyhow!(
            "{} is not the name of a figure; let it end with .pdf, .svg or .png",
            path.display()
        )
    })
}

/// Writes the worksheet.
///
/// # Errors
/// Returns an error if the lesson can’t be read or played, or the file can’t be written.
pub(crate) fn run(arguments: &LessonPrintArgs) -> anyhow::Result<()> {
    let format = format_of(&arguments.output)?;
    let checked = open_checked(&arguments.lesson)?;
    let Some(lesson) = checked.in_language(arguments.language) else {
        bail!("the lesson has no steps");
    };
    let bytes =
        worksheet(lesson, format, arguments.paper, arguments.language).map_err(|error| match error {
            WorksheetError::Lesson(problem) => anyhow!("{problem}"),
            WorksheetError::Figure(error) => error.into(),
        })?;
    file::check_writable(&arguments.output)?;
    Ok(file::write_atomically(&arguments.output, &bytes)?)
}
