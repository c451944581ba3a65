//! Inputs for a forward pass, from an argument or from a CSV file.

use std::path::Path;

use anyhow::{anyhow, bail};

use neurodial_core::data::number_table;
use neurodial_core::formats::file;
use neurodial_core::text::{count_with_noun, parse_number};

/// Input values of one or more samples.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct InputSamples {
    /// The inputs, `[sample][input]`.
    rows: Vec<f64>,
    /// The number of inputs of a sample.
    inputs: usize,
}

impl InputSamples {
    /// Creates a single sample.
    pub(crate) fn from_inputs(inputs: &[f64]) -> Self {
        Self {
            rows: inputs.to_vec(),
            inputs: inputs.len(),
        }
    }

    /// Returns the number of samples.
    pub(crate) fn len(&self) -> usize {
        self.rows.len() / self.inputs.max(1)
    }

    /// Returns the inputs of one sample.
    pub(crate) fn row(&self, sample: usize) -> &[f64] {
        &self.rows[sample * self.inputs..][..self.inputs]
    }

    /// Returns all inputs as a forward pass needs them, `[input][sample]`.
    pub(crate) fn to_columns(&self) -> Vec<f64> {
        let count = self.len();
        let at = |index: usize| self.rows[(index % count) * self.inputs + index / count];
        (0..self.rows.len()).map(at).collect()
    }

    /// Parses one sample such as `1,2,3,2.5`. With semicolons as separators a comma is a decimal comma.
    ///
    /// # Errors
    /// Returns an error if a value is not a number, or if there aren’t exactly `inputs` values.
    pub(crate) fn from_line(text: &str, inputs: usize) -> anyhow::Result<Self> {
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

    /// Reads a CSV file of inputs, one sample on each row.
    ///
    /// # Errors
    /// Returns an error with the file, the line and the column if the file can’t be read or a row is invalid.
    pub(crate) fn from_csv(path: &Path, inputs: usize) -> anyhow::Result<Self> {
        let text = file::read_text(path)?;
        let rows =
            number_table::read(&text, inputs, "input").map_err(|e| anyhow!("{}{e}", path.display()))?;
        Ok(Self { rows, inputs })
    }
}
