//! Inputs for a forward pass, from the line or from a CSV file.

use std::path::Path;

use anyhow::{anyhow, bail};

use neurodial_core::data::matrix;
use neurodial_core::session::file;
use neurodial_core::words::parse_number;

use super::count_with_noun;

pub(super) use neurodial_core::data::lines::{LineCounter, detect_delimiter};

/// Rows of inputs, each as long as the network has inputs.
#[derive(Debug, Clone, PartialEq)]
pub struct InputSamples {
    rows: Vec<f64>,
    inputs: usize,
}

impl InputSamples {
    /// One sample.
    pub fn from_inputs(inputs: &[f64]) -> Self {
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
    pub fn to_columns(&self) -> Vec<f64> {
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
                count_with_noun(rows.len(), "number"),
                count_with_noun(inputs, "input")
            );
        }
        Ok(Self { rows, inputs })
    }

    /// Reads a CSV file of inputs, as [`Samples::from_csv_of`].
    ///
    /// # Errors
    /// One sentence with the file, the line and the column.
    pub fn from_csv(path: &Path, inputs: usize) -> anyhow::Result<Self> {
        Self::from_csv_with_noun(path, inputs, "input")
    }

    /// Reads a CSV file as [`matrix::read`] does.
    ///
    /// # Errors
    /// One sentence with the file, the line and the column.
    pub fn from_csv_with_noun(path: &Path, inputs: usize, noun: &str) -> anyhow::Result<Self> {
        let text = file::read_text(path)?;
        let rows = matrix::read(&text, inputs, noun).map_err(|e| anyhow!("{}{e}", path.display()))?;
        Ok(Self { rows, inputs })
    }
}
