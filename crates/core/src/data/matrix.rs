//! A CSV text that is nothing but numbers.

use crate::words::NumberError;

use super::lines::delimiter;
use super::records::Records;

/// Why a text is no matrix. Each follows the name of the file: `, line 2, column 3: …`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MatrixError {
    /// Nothing but blank lines and a heading.
    #[error(": there is no row of numbers in it")]
    Empty,
    /// Another number of columns.
    #[error(", line {line}: it has {got} and the network has {wanted}")]
    Columns {
        /// Counted from 1.
        line: usize,
        /// What the line has, in words.
        got: String,
        /// What the network has, in words.
        wanted: String,
    },
    /// A cell without a number.
    #[error(", line {line}, column {column}: there is no number")]
    Missing {
        /// Counted from 1.
        line: usize,
        /// Counted from 1.
        column: usize,
    },
    /// A cell with something else.
    #[error(", line {line}, column {column}: {error}")]
    Number {
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
pub fn read(text: &str, columns: usize, noun: &str) -> Result<Vec<f64>, MatrixError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut records = Records::new(text, delimiter(text));
    let mut rows = Vec::new();
    let mut is_first = true;
    while records.advance() {
        let cells = records.cells();
        if std::mem::take(&mut is_first) {
            let is_word = |cell| matches!(records.number(cell), Err(NumberError::NotANumber(_)));
            if (0..cells).any(is_word) {
                continue;
            }
        }
        if cells != columns {
            return Err(MatrixError::Columns {
                line: records.line(),
                got: counted(cells, "column"),
                wanted: counted(columns, noun),
            });
        }
        for cell in 0..cells {
            match records.number(cell) {
                Ok(value) => rows.push(value),
                Err(error) => return Err(fault(&mut records, cell, error)),
            }
        }
    }
    if rows.is_empty() {
        return Err(MatrixError::Empty);
    }
    Ok(rows)
}

fn fault(records: &mut Records<'_>, cell: usize, error: NumberError) -> MatrixError {
    let (line, column) = (records.line(), cell + 1);
    if records.cell(cell).is_empty() {
        MatrixError::Missing { line, column }
    } else {
        MatrixError::Number { line, column, error }
    }
}

/// “1 layer”, “2 layers”.
fn counted(count: usize, noun: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {noun}{plural}")
}
