//! Inputs for a forward pass, from the line or from a CSV file.

use std::path::Path;

use anyhow::{anyhow, bail};

use crate::session::file;
use crate::words::{NumberError, parse_number};

use super::counted;

pub(super) use crate::data::lines::{LineCounter, delimiter};

/// Rows of inputs, each as long as the network has inputs.
#[derive(Debug, Clone, PartialEq)]
pub struct Samples {
    rows: Vec<f64>,
    inputs: usize,
}

impl Samples {
    /// One sample.
    pub fn one(inputs: &[f64]) -> Self {
        Self {
            rows: inputs.to_vec(),
            inputs: inputs.len(),
        }
    }

    /// The number of samples.
    pub fn len(&self) -> usize {
        self.rows.len() / self.inputs.max(1)
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The inputs of one sample.
    pub fn row(&self, sample: usize) -> &[f64] {
        &self.rows[sample * self.inputs..][..self.inputs]
    }

    /// All of them as a forward pass takes them, `[input][sample]`.
    pub fn columns(&self) -> Vec<f64> {
        let count = self.len();
        let at = |index: usize| self.rows[(index % count) * self.inputs + index / count];
        (0..self.rows.len()).map(at).collect()
    }

    /// Reads `1,2,3,2.5`. Semicolons separate too, and then a comma is a decimal comma.
    ///
    /// # Errors
    /// What is no number, or another count of them than `inputs`.
    pub fn from_line(text: &str, inputs: usize) -> anyhow::Result<Self> {
        let separator = if text.contains(';') { ';' } else { ',' };
        let rows: Vec<f64> = text
            .split(separator)
            .map(|cell| parse_number(cell).map_err(|e| anyhow!("--input: {e}")))
            .collect::<Result<_, _>>()?;
        if rows.len() != inputs {
            bail!(
                "--input has {} and the network has {}; write one number an input, separated by commas",
                counted(rows.len(), "number"),
                counted(inputs, "input")
            );
        }
        Ok(Self { rows, inputs })
    }

    /// Reads a CSV file of inputs, as [`Samples::from_csv_of`].
    ///
    /// # Errors
    /// One sentence with the file, the line and the column.
    pub fn from_csv(path: &Path, inputs: usize) -> anyhow::Result<Self> {
        Self::from_csv_of(path, inputs, "input")
    }

    /// Reads a CSV file, one sample a row, with a column for each `noun` (“input”, “output”) of the network. A first row with something that is no number is a header.
    ///
    /// Commas, semicolons or tabs separate; with the last two a comma is a decimal comma. A byte order mark,
    /// blank lines, spaces around numbers and any line ends are fine.
    ///
    /// # Errors
    /// One sentence with the file, the line and the column.
    pub fn from_csv_of(path: &Path, inputs: usize, noun: &str) -> anyhow::Result<Self> {
        let text = file::read_text(path)?;
        let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
        parse_csv(text, inputs, noun).map_err(|e| anyhow!("{}{e}", path.display()))
    }
}

/// The message begins with the place within the file.
fn parse_csv(text: &str, inputs: usize, noun: &str) -> anyhow::Result<Samples> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .trim(csv::Trim::All)
        .delimiter(delimiter(text))
        .from_reader(text.as_bytes());
    let mut record = csv::StringRecord::new();
    let mut rows = Vec::new();
    let mut lines = LineCounter::new(text);
    let mut is_first = true;
    loop {
        let start = usize::try_from(reader.position().byte()).unwrap_or(usize::MAX);
        match reader.read_record(&mut record) {
            Ok(true) => {}
            Ok(false) => break,
            Err(e) => bail!(": {e}"),
        }
        if record.len() == 1 && record[0].is_empty() {
            continue;
        }
        let may_be_header = std::mem::take(&mut is_first);
        let cells: Vec<Result<f64, NumberError>> = record.iter().map(parse_number).collect();
        if may_be_header
            && cells
                .iter()
                .any(|cell| matches!(cell, Err(NumberError::NotANumber(_))))
        {
            continue;
        }
        let line = lines.line_of_record(start);
        if cells.len() != inputs {
            bail!(
                ", line {line}: it has {} and the network has {}",
                counted(cells.len(), "column"),
                counted(inputs, noun)
            );
        }
        for (column, cell) in cells.into_iter().enumerate() {
            match cell {
                Ok(value) => rows.push(value),
                Err(_) if record[column].is_empty() => {
                    bail!(", line {line}, column {}: there is no number", column + 1)
                }
                Err(e) => bail!(", line {line}, column {}: {e}", column + 1),
            }
        }
    }
    if rows.is_empty() {
        bail!(": there is no row of numbers in it");
    }
    Ok(Samples { rows, inputs })
}
