//! A CSV text that is nothing but numbers.

use crate::words::{NumberError, parse_number};

use super::lines::{LineCounter, delimiter};

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
    /// Never, as a text can always be read.
    #[error(": {0}")]
    Csv(String),
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
            Err(e) => return Err(MatrixError::Csv(e.to_string())),
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
        if cells.len() != columns {
            return Err(MatrixError::Columns {
                line,
                got: counted(cells.len(), "column"),
                wanted: counted(columns, noun),
            });
        }
        for (index, cell) in cells.into_iter().enumerate() {
            let column = index + 1;
            match cell {
                Ok(value) => rows.push(value),
                Err(_) if record[index].is_empty() => return Err(MatrixError::Missing { line, column }),
                Err(error) => return Err(MatrixError::Number { line, column, error }),
            }
        }
    }
    if rows.is_empty() {
        return Err(MatrixError::Empty);
    }
    Ok(rows)
}

/// “1 layer”, “2 layers”.
fn counted(count: usize, noun: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {noun}{plural}")
}
