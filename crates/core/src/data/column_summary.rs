//! A summary of the columns of a CSV text, from which columns can be selected.

use super::TableError;
use super::column::is_missing;
use super::lines::detect_delimiter;
use super::records::Records;
use super::table::Header;

/// The number of rows shown as a preview.
pub(crate) const PREVIEW_ROWS: usize = 6;
/// The number of rows inspected to distinguish numbers from text.
const INSPECTED_ROWS: usize = 200;

/// The summary of one column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SummarizedColumn {
    /// The name in the header, or `column 3`.
    pub name: String,
    /// True if at least 80% of the inspected cells that are not missing are numbers.
    pub is_number: bool,
    /// The text of the cells in the first rows.
    pub first_cells: Vec<String>,
}

/// The summary of all columns of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ColumnSummary {
    /// The columns from left to right.
    pub columns: Vec<SummarizedColumn>,
}

/// Summarizes the columns of a text from its first rows.
///
/// # Errors
///
/// Returns an error if the text has fewer than two columns or more than
/// [`MAX_COLUMNS`](super::table::MAX_COLUMNS).
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
        // A few typing errors must not turn measurements into text.
        column.is_number = numbers > 0 && 5 * numbers >= 4 * cells;
    }
    Ok(ColumnSummary { columns })
}
