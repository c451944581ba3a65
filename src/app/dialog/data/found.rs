//! What a thread finds out about a file: its columns, its rows, and the course made of them.

use std::sync::Arc;

use neurodial_core::data::table::{self, Choice as Columns};
use neurodial_core::data::{BadRow, Dataset, Survey, Targets};
use neurodial_core::session::Course;

/// A text as it was read from the file.
#[derive(Debug, Clone)]
pub(super) struct Opened {
    pub(super) text: Arc<String>,
    pub(super) checksum: u64,
    pub(super) survey: Survey,
}

/// The rows as they are read with the present columns.
#[derive(Debug)]
pub(super) struct Rows {
    pub(super) data: Arc<Dataset>,
    pub(super) bad: Vec<BadRow>,
    pub(super) bad_count: usize,
    /// Classes, or different numbers, with how often each is there; empty if they are too many to be classes.
    pub(super) counts: Vec<(String, usize)>,
    /// Whether the target is words.
    pub(super) has_words: bool,
}

/// What a thread has found out.
#[derive(Debug)]
pub(super) enum Answer {
    Opened(Result<Opened, String>),
    Rows(Result<Rows, String>),
    Course(Result<Box<Course>, String>),
}

/// Reads the rows and counts what the target has.
pub(super) fn rows(text: &str, columns: &Columns) -> Result<Rows, String> {
    let loaded = table::read(text, columns).map_err(|e| capitalised(&e.to_string()))?;
    let (counts, has_words) = match loaded.dataset.targets() {
        Targets::Classes { names, labels } => {
            let mut counts = vec![0; names.len()];
            labels.iter().for_each(|&label| counts[label] += 1);
            (names.iter().cloned().zip(counts).collect(), true)
        }
        Targets::Numbers { values, .. } => (counted(values), false),
    };
    Ok(Rows {
        data: Arc::new(loaded.dataset),
        bad: loaded.bad,
        bad_count: loaded.bad_count,
        counts,
        has_words,
    })
}

/// Different numbers with how often each is there; none if they are too many to be classes.
fn counted(values: &[f64]) -> Vec<(String, usize)> {
    const MOST: usize = 100;
    let mut sorted = values.to_vec();
    sorted.sort_unstable_by(f64::total_cmp);
    let groups = sorted.chunk_by(|a, b| a == b);
    let counts: Vec<(String, usize)> = groups
        .take(MOST + 1)
        .map(|group| ((group[0] + 0.0).to_string(), group.len()))
        .collect();
    if counts.len() > MOST { Vec::new() } else { counts }
}

/// With a capital letter.
pub(super) fn capitalised(text: &str) -> String {
    let mut characters = text.chars();
    let first = characters
        .next()
        .map(|first| first.to_uppercase().collect::<String>());
    first.unwrap_or_default() + characters.as_str()
}
