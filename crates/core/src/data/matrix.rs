//! A CSV text that is nothing but numbers.

use crate::words::NumberError;

use super::lines::detect_delimiter;
use super::records::Records;

/// Why a text is no matrix. Each follows the name of the file: `, line 2, column 3: …`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NumberTableError {
    /// Nothing but blank lines and a heading.
    #[error(": there is no row of numbers in it")]
    Empty,
    /// Another number of columns.
    #[error(", line {line}: it has {got} and the network has {wanted}")]
    WrongColumnCount {
        /// Counted from 1.
        line: usize,
        /// What the line has, in words.
        got: String,
        /// What the network has, in words.
        wanted: String,
    },
    /// A cell without a number.
    #[error(", line {line}, column {column}: there is no number")]
    MissingNumber {
        /// Counted from 1.
        line: usize,
        /// Counted from 1.
        column: usize,
    },
    /// A cell with something else.
    #[error(", line {line}, column {column}: {error}")]
    InvalidNumber {
        /// Counted from 1.
        line: usize,
        /// Counted from 1.
        column: usize,
        /// What is wrong with it.
        error: NumberError,
    },
}

/// Reads a text, one sample a row, with a column for each `noun` (“input”, “output”) of the network; gives back all
/// numbers, row by row. A first row with something that is no number is a header.
///
/// Commas, semicolons or tabs separate; with the last two a comma is a decimal comma. A byte order mark, blank lines,
/// spaces around numbers and any line ends are fine.
///
/// # Errors
/// One sentence with the line and the column.
pub fn read(text: &str, columns: usize, noun: &str) -> Result<Vec<f64>, NumberTableError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut records = Records::new(text, detect_delimiter(text));
    let mut rows = Vec::new();
    let mut is_first = true;
    while records.advance() {
        let cells = records.cell_count();
        if std::mem::take(&mut is_first) {
            let is_word = |cell| matches!(records.number(cell), Err(NumberError::NotANumber(_)));
            if (0..cells).any(is_word) {
                continue;
            }
        }
        if cells != columns {
            return Err(NumberTableError::WrongColumnCount {
                line: records.line(),
                got: count_with_noun(cells, "column"),
                wanted: count_with_noun(columns, noun),
            });
        }
        for cell in 0..cells {
            match records.number(cell) {
                Ok(value) => rows.push(value),
                Err(error) => return Err(cell_error(&mut records, cell, error)),
            }
        }
    }
    if rows.is_empty() {
        return Err(NumberTableError::Empty);
    }
    Ok(rows)
}

fn cell_error(records: &mut Records<'_>, cell: usize, error: NumberError) -> NumberTableError {
    let (line, column) = (records.line(), cell + 1);
    if records.cell(cell).is_empty() {
        NumberTableError::MissingNumber { line, column }
    } else {
        NumberTableError::InvalidNumber { line, column, error }
    }
}

/// “1 layer”, “2 layers”.
fn count_with_noun(count: usize, noun: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {noun}{plural}")
}
