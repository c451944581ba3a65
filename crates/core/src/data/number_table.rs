//! CSV text that consists of numbers only.

use crate::text::{NumberError, count_with_noun};

use super::lines::detect_delimiter;
use super::records::Records;

/// The reason why a text is not a table of numbers. Each message follows the file name:
/// `, line 2, column 3: …`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NumberTableError {
    /// The text has nothing but blank lines and a header.
    #[error(": there is no row of numbers in it")]
    Empty,
    /// The number of columns of a row differs from the number that the network needs.
    #[error(", line {line}: it has {found} and the network has {expected}")]
    WrongColumnCount {
        /// The line, counted from 1.
        line: usize,
        /// The number of columns of the line, as text.
        found: String,
        /// The number of columns that the network needs, as text.
        expected: String,
    },
    /// A cell is empty.
    #[error(", line {line}, column {column}: there is no number")]
    MissingNumber {
        /// The line, counted from 1.
        line: usize,
        /// The column, counted from 1.
        column: usize,
    },
    /// A cell contains something other than a number.
    #[error(", line {line}, column {column}: {error}")]
    InvalidNumber {
        /// The line, counted from 1.
        line: usize,
        /// The column, counted from 1.
        column: usize,
        /// The reason why the cell is not a number.
        error: NumberError,
    },
}

/// Reads a text with one sample per row and one column for each `noun` (“input”, “output”) of the network.
/// Returns all numbers, row by row. The first row is a header if one of its cells is not a number.
///
/// Columns are separated by commas, semicolons or tabs; with semicolons or tabs, a comma is a decimal comma.
/// A byte order mark, blank lines, spaces around numbers and any line ends are accepted.
///
/// # Errors
///
/// Returns an error if there is no row of numbers, a row doesn't have `columns` columns, or a cell is not a
/// number. The message contains the line and, for a cell, the column.
pub fn read(text: &str, columns: usize, noun: &str) -> Result<Vec<f64>, NumberTableError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut records = Records::new(text, detect_delimiter(text));
    let mut values = Vec::new();
    let mut is_first = true;
    while records.advance() {
        let cells = records.cell_count();
        if std::mem::take(&mut is_first) {
            let is_text = |cell| matches!(records.number(cell), Err(NumberError::NotANumber(_)));
            if (0..cells).any(is_text) {
                continue;
            }
        }
        if cells != columns {
            return Err(NumberTableError::WrongColumnCount {
                line: records.line(),
                found: count_with_noun(cells, "column"),
                expected: count_with_noun(columns, noun),
            });
        }
        for cell in 0..cells {
            match records.number(cell) {
                Ok(value) => values.push(value),
                Err(error) => return Err(cell_error(&mut records, cell, error)),
            }
        }
    }
    if values.is_empty() {
        return Err(NumberTableError::Empty);
    }
    Ok(values)
}

/// Returns the error for a cell that is not a number.
fn cell_error(records: &mut Records<'_>, cell: usize, error: NumberError) -> NumberTableError {
    let (line, column) = (records.line(), cell + 1);
    if records.cell(cell).is_empty() {
        NumberTableError::MissingNumber { line, column }
    } else {
        NumberTableError::InvalidNumber { line, column, error }
    }
}
