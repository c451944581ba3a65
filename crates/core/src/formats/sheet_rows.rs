//! The rows of a sheet of a spreadsheet as CSV text.

use crate::data::table::MAX_COLUMNS;
use crate::data::{TableError, TableText};

/// The maximum length of the text in bytes.
const MAX_TEXT_BYTES: usize = 64 << 20;

/// The rows of a sheet as CSV text. Cells arrive row by row.
#[derive(Default)]
pub(super) struct SheetRows {
    text: String,
    /// The position after the last cell.
    row: usize,
    column: usize,
}

impl SheetRows {
    /// Adds a cell at a row and column, counted from 0.
    ///
    /// # Errors
    ///
    /// Returns an error if the cell is not after the others, or the text would be too large.
    pub(super) fn push(&mut self, (row, column): (usize, usize), cell: &str) -> Result<(), TableError> {
        if cell.is_empty() {
            return Ok(());
        }
        if column >= MAX_COLUMNS || row - self.row.min(row) > MAX_TEXT_BYTES - self.text.len() {
            return Err(TableError::SpreadsheetTooLarge);
        }
        if row < self.row || row == self.row && column < self.column {
            return Err(TableError::Spreadsheet(format!("{}, {}", row + 1, column + 1)));
        }
        if row > self.row {
            self.text.extend(std::iter::repeat_n('\n', row - self.row));
            (self.row, self.column) = (row, 0);
        }
        // `self.column` is the one after the last cell, which is not followed by a separator yet.
        let separators = column - self.column.saturating_sub(1);
        if self.text.len() + separators + cell.len() > MAX_TEXT_BYTES {
            return Err(TableError::SpreadsheetTooLarge);
        }
        self.text.extend(std::iter::repeat_n(',', separators));
        self.column = column + 1;
        if cell.contains([',', '"', '\n', '\r']) || cell.starts_with('#') || cell.trim() != cell {
            self.text.push('"');
            self.text
                .push_str(&cell.replace('"', "\"\"").replace(['\n', '\r'], " "));
            self.text.push('"');
        } else {
            self.text.push_str(cell);
        }
        Ok(())
    }

    /// Returns the text of the table. `encoding` is the kind of the spreadsheet.
    ///
    /// # Errors
    ///
    /// Returns an error if the text would be too large.
    pub(super) fn into_text(
        self,
        encoding: &'static str,
        sheets: Vec<String>,
    ) -> Result<TableText, TableError> {
        Ok(TableText {
            text: padded(&self.text)?,
            encoding,
            sheets,
        })
    }
}

/// Adds the separators that are missing at the ends of rows, where cells are empty.
fn padded(text: &str) -> Result<String, TableError> {
    let count = |line: &str| {
        let mut in_quotes = false;
        line.bytes()
            .filter(|&byte| {
                in_quotes ^= byte == b'"';
                byte == b',' && !in_quotes
            })
            .count()
    };
    let most = text.lines().map(count).max().unwrap_or(0);
    let mut all = String::with_capacity(text.len());
    for line in text.lines() {
        all.push_str(line);
        // A title stays alone.
        let missing = if line.is_empty() { 0 } else { most - count(line) };
        if all.len() + missing > MAX_TEXT_BYTES {
            return Err(TableError::SpreadsheetTooLarge);
        }
        all.extend(std::iter::repeat_n(',', missing));
        all.push('\n');
    }
    Ok(all)
}
