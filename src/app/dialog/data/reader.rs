//! The work of the background thread: reading the columns and rows of a file, and making the training setup.

use std::sync::Arc;

use neurodial_core::data::table::{self, ColumnSelection as Columns};
use neurodial_core::data::{ColumnSummary, Dataset, SkippedRow, Targets};
use neurodial_core::session::TrainingSetup;

/// The text of a file and a summary of its columns.
#[derive(Debug, Clone)]
pub(super) struct OpenedTable {
    pub(super) text: Arc<String>,
    pub(super) checksum: u64,
    pub(super) summary: ColumnSummary,
}

/// The rows, read with the chosen columns.
#[derive(Debug)]
pub(super) struct ParsedRows {
    pub(super) data: Arc<Dataset>,
    pub(super) skipped: Vec<SkippedRow>,
    pub(super) skipped_count: usize,
    /// The classes or different numbers of the target, with the number of samples of each; empty if there are
    /// too many different numbers for classes.
    pub(super) counts: Vec<(String, usize)>,
    /// True if the target is text.
    pub(super) has_text_target: bool,
}

/// A result of the background thread.
#[derive(Debug)]
pub(super) enum ReaderMessage {
    Table(Result<OpenedTable, String>),
    Rows(Result<ParsedRows, String>),
    Setup(Result<Box<TrainingSetup>, String>),
}

/// Reads the rows and counts the values of the target.
pub(super) fn parse_rows(text: &str, columns: &Columns) -> Result<ParsedRows, String> {
    let loaded = table::read(text, columns).map_err(|e| capitalized(&e.to_string()))?;
    let (counts, has_text_target) = match loaded.dataset.targets() {
        Targets::Classes { names, labels } => {
            let mut counts = vec![0; names.len()];
            labels.iter().for_each(|&label| counts[label] += 1);
            (names.iter().cloned().zip(counts).collect(), true)
        }
        Targets::Numbers { values, .. } => (value_counts(values), false),
    };
    Ok(ParsedRows {
        data: Arc::new(loaded.dataset),
        skipped: loaded.skipped,
        skipped_count: loaded.skipped_count,
        counts,
        has_text_target,
    })
}

/// Returns the different numbers with their counts; empty if there are too many for classes.
fn value_counts(values: &[f64]) -> Vec<(String, usize)> {
    const MAX_VALUES: usize = 100;
    let mut sorted = values.to_vec();
    sorted.sort_unstable_by(f64::total_cmp);
    let groups = sorted.chunk_by(|a, b| a == b);
    let counts: Vec<(String, usize)> = groups
        .take(MAX_VALUES + 1)
        .map(|group| ((group[0] + 0.0).to_string(), group.len()))
        .collect();
    if counts.len() > MAX_VALUES {
        Vec::new()
    } else {
        counts
    }
}

/// Returns the text with a capital first letter.
pub(super) fn capitalized(text: &str) -> String {
    let mut characters = text.chars();
    let first = characters
        .next()
        .map(|first| first.to_uppercase().collect::<String>());
    first.unwrap_or_default() + characters.as_str()
}
