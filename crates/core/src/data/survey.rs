//! What a CSV text has in it, before anybody has chosen columns.

use super::TableError;
use super::column::is_missing;
use super::header::Header;
use super::lines::detect_delimiter;
use super::records::Records;

/// The rows that are shown.
pub const PREVIEW_ROWS: usize = 6;
/// The rows that are looked at to tell numbers from words.
const INSPECTED_ROWS: usize = 200;

/// One column of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SummarizedColumn {
    /// Its name in the header, or `column 3`.
    pub name: String,
    /// Whether what it has, as far as it was looked at, are numbers, but for a few slips.
    pub is_number: bool,
    /// The cells of the first rows, as they stand there.
    pub first_cells: Vec<String>,
}

/// The columns of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ColumnSummary {
    /// From left to right.
    pub columns: Vec<SummarizedColumn>,
}

/// Looks at the beginning of a text.
///
/// # Errors
/// One sentence: there are no two columns, or too many.
pub fn summarize_columns(text: &str) -> Result<ColumnSummary, TableError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let delimiter = detect_delimiter(text);
    let header = Header::parse(text, delimiter)?;
    let mut columns: Vec<SummarizedColumn> = header
        .names()
        .iter()
        .map(|name| SummarizedColumn {
            name: name.clone(),
            is_number: false,
            first_cells: Vec::new(),
        })
        .collect();
    let mut counts = vec![[0_usize; 2]; columns.len()];
    let mut records = Records::new(text, delimiter);
    if header.has_header_row() {
        records.advance();
    }
    for row in 0..INSPECTED_ROWS {
        if !records.advance() {
            break;
        }
        for (index, column) in columns.iter_mut().enumerate() {
            let cell = records.cell(index);
            if row < PREVIEW_ROWS {
                column.first_cells.push(cell.to_owned());
            }
            if !is_missing(cell) {
                counts[index][0] += 1;
                counts[index][1] += usize::from(records.number(index).is_ok());
            }
        }
    }
    for (column, [cells, numbers]) in columns.iter_mut().zip(counts) {
        // A slip of the pen does not make words of measurements.
        column.is_number = numbers > 0 && 5 * numbers >= 4 * cells;
    }
    Ok(ColumnSummary { columns })
}
