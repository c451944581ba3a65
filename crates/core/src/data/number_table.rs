//! CSV text that consists of numbers only.

use crate::text::{Localized, Messages, NumberError};

use super::lines::detect_delimiter;
use super::records::Records;

/// The reason why a text is not a table of numbers. Lines and columns are counted from 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NumberTableError {
    /// The text has nothing but blank lines and a header.
    Empty,
    /// The number of columns of a row differs from the number that the network needs.
    WrongColumnCount {
        /// The line.
        line: usize,
        /// The number of columns of the line.
        found: usize,
        /// The number of columns that the network needs.
        expected: usize,
    },
    /// A cell is empty.
    MissingNumber {
        /// The line.
        line: usize,
        /// The column.
        column: usize,
    },
    /// A cell contains something other than a number.
    InvalidNumber {
        /// The line.
        line: usize,
        /// The column.
        column: usize,
        /// The reason why the cell is not a number.
        error: NumberError,
    },
}

impl Localized for NumberTableError {
    fn message(&self, messages: Messages) -> String {
        match self {
            Self::Empty => messages.no_row_of_numbers().to_owned(),
            &Self::WrongColumnCount {
                line,
                found,
                expected,
            } => messages.row_does_not_fit_network(found, line, expected),
            Self::MissingNumber { line, column } => messages.no_number_in_cell(line, column),
            Self::InvalidNumber { line, column, error } => {
                messages.wrong_number_in_cell(line, column, error.message(messages))
            }
        }
    }
}

crate::localized_errors!(NumberTableError);

/// Reads a text with one sample per row and `columns` columns, one for each input or output of a network.
/// Returns all numbers, row by row. The first row is a header if one of its cells is not a number.
///
/// Columns are separated by commas, semicolons or tabs; with semicolons or tabs, a comma is a decimal comma.
/// A byte order mark, blank lines, spaces around numbers and any line ends are accepted.
///
/// # Errors
///
/// Returns an error if there is no row of numbers, a row doesn't have `columns` columns, or a cell is not a
/// number. The message contains the line and, for a cell, the column.
pub fn read(text: &str, columns: usize) -> Result<Vec<f64>, NumberTableError> {
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
                found: cells,
                expected: columns,
            });
        }
        for cell in 0..cells {
            let number = records.number(cell).map_err(|error| {
                let (line, column) = (records.line(), cell + 1);
                match records.cell(cell).is_empty() {
                    true => NumberTableError::MissingNumber { line, column },
                    false => NumberTableError::InvalidNumber { line, column, error },
                }
            });
            values.push(number?);
        }
    }
    if values.is_empty() {
        return Err(NumberTableError::Empty);
    }
    Ok(values)
}
