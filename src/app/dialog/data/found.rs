//! What a thread finds out about a file: its columns, its rows, and the course made of them.

use std::sync::Arc;

use neurodial_core::data::table::{self, ColumnSelection as Columns};
use neurodial_core::data::{SkippedRow, Dataset, ColumnSummary, Targets};
use neurodial_core::session::TrainingSetup;

/// A text as it was read from the file.
#[derive(Debug, Clone)]
pub(super) struct OpenedTable {
    pub(super) text: Arc<String>,
    pub(super) checksum: u64,
    pub(super) survey: ColumnSummary,
}

/// The rows as they are read with the present columns.
#[derive(Debug)]
pub(super) struct ParsedRows {
    pub(super) data: Arc<Dataset>,
    pub(super) skipped: Vec<SkippedRow>,
    pub(super) skipped_count: usize,
    /// Classes, or different numbers, with how often each is there; empty if they are too many to be classes.
    pub(super) counts: Vec<(String, usize)>,
    /// Whether the target is words.
    pub(super) has_text_target: bool,
}

/// What a thread has found out.
#[derive(Debug)]
pub(super) enum ReaderMessage {
    Table(Result<OpenedTable, String>),
    Rows(Result<ParsedRows, String>),
    Setup(Result<Box<TrainingSetup>, String>),
}

/// Reads the rows and counts what the target has.
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
        skipped: loaded.bad,
        skipped_count: loaded.bad_count,
        counts,
        has_text_target,
    })
}

/// Different numbers with how often each is there; none if they are too many to be classes.
fn value_counts(values: &[f64]) -> Vec<(String, usize)> {
    const MAX_VALUES: usize = 100;
    let mut sorted = values.to_vec();
    sorted.sort_unstable_by(f64::total_cmp);
    let groups = sorted.chunk_by(|a, b| a == b);
    let counts: Vec<(String, usize)> = groups
        .take(MAX_VALUES + 1)
        .map(|group| ((group[0] + 0.0).to_string(), group.len()))
        .collect();
    if counts.len() > MAX_VALUES { Vec::new() } else { counts }
}

/// With a capital letter.
pub(super) fn capitalized(text: &str) -> String {
    let mut characters = text.chars();
    let first = characters
        .next()
        .map(|first| first.to_uppercase().collect::<String>());
    first.unwrap_or_default() + characters.as_str()
}
