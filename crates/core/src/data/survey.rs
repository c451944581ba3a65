//! What a CSV text has in it, before anybody has chosen columns.

use super::TableError;
use super::column::is_missing;
use super::header::Header;
use super::lines::delimiter;
use super::records::Records;

/// The rows that are shown.
pub const SHOWN_ROWS: usize = 6;
/// The rows that are looked at to tell numbers from words.
const LOOKED_AT: usize = 200;

/// One column of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SurveyedColumn {
    /// Its name in the header, or `column 3`.
    pub name: String,
    /// Whether what it has, as far as it was looked at, are numbers, but for a few slips.
    pub is_number: bool,
    /// The cells of the first rows, as they stand there.
    pub first: Vec<String>,
}

/// The columns of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Survey {
    /// From left to right.
    pub columns: Vec<SurveyedColumn>,
}

/// Looks at the beginning of a text.
///
/// # Errors
/// One sentence: there are no two columns, or too many.
pub fn survey(text: &str) -> Result<Survey, TableError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let delimiter = delimiter(text);
    let header = Header::of(text, delimiter)?;
    let mut columns: Vec<SurveyedColumn> = header
        .names()
        .iter()
        .map(|name| SurveyedColumn {
            name: name.clone(),
            is_number: false,
            first: Vec::new(),
        })
        .collect();
    let mut found = vec![[0_usize; 2]; columns.len()];
    let mut records = Records::new(text, delimiter);
    if header.is_there() {
        records.advance();
    }
    for row in 0..LOOKED_AT {
        if !records.advance() {
            break;
        }
        for (index, column) in columns.iter_mut().enumerate() {
            let cell = records.cell(index);
            if row < SHOWN_ROWS {
                column.first.push(cell.to_owned());
            }
            if !is_missing(cell) {
                found[index][0] += 1;
                found[index][1] += usize::from(records.number(index).is_ok());
            }
        }
    }
    for (column, [cells, numbers]) in columns.iter_mut().zip(found) {
        // A slip of the pen does not make words of measurements.
        column.is_number = numbers > 0 && 5 * numbers >= 4 * cells;
    }
    Ok(Survey { columns })
}
