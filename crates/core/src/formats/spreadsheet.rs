//! Sheets of Excel workbooks (`.xlsx`) and OpenDocument spreadsheets (`.ods`), as the text of a table.

use std::io::{Cursor, Read};

use calamine::{Data, DataRef, Ods, Reader, Xlsx};
use zip::ZipArchive;

use crate::data::table_text::OtherContent;
use crate::data::table_text::TableTextError;
use crate::data::{TableError, TableOptions, TableText};
use crate::text::{parse_integer, shortened};

/// The maximum size of an unpacked spreadsheet, in bytes.
const MAX_UNPACKED_BYTES: u64 = 64 << 20;
/// The maximum number of files in the archive.
const MAX_FILES: usize = 2_000;
/// The maximum number of cells, and of columns and rows.
const MAX_CELLS: usize = 8_000_000;

/// A kind of spreadsheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum SpreadsheetKind {
    Excel,
    OpenDocument,
}

/// True if the bytes begin like an archive, as spreadsheets do.
pub(super) fn is_archive(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04")
}

/// Reads the chosen sheet of a spreadsheet, or the first one, as CSV text.
///
/// # Errors
///
/// Returns an error if the archive is not a spreadsheet, is too large, or has no such sheet.
pub fn read(bytes: &[u8], options: &TableOptions) -> Result<TableText, TableError> {
    let damaged = |e: &dyn std::fmt::Display| TableError::Spreadsheet(shortened(&e.to_string()));
    let other = || TableError::Text(TableTextError::OtherContent(OtherContent::Archive));
    match measured_kind(bytes)? {
        Some(SpreadsheetKind::Excel) => {
            let mut book = Xlsx::new(Cursor::new(bytes)).map_err(|e| damaged(&e))?;
            let sheets = book.sheet_names();
            let sheet = chosen_sheet(&sheets, options)?;
            let mut reader = book.worksheet_cells_reader(&sheet).map_err(|e| damaged(&e))?;
            let mut rows = Rows::default();
            while let Some(cell) = reader.next_cell().map_err(|e| damaged(&e))? {
                let text = match cell.get_value() {
                    DataRef::SharedString(text) => (*text).to_owned(),
                    other => data_text(&Data::from(other.clone())),
                };
                rows.push(cell.get_position(), text)?;
            }
            rows.into_text("xlsx", sheets)
        }
        Some(SpreadsheetKind::OpenDocument) => {
            let mut book = Ods::new(Cursor::new(bytes)).map_err(|e| damaged(&e))?;
            let sheets = book.sheet_names();
            let sheet = chosen_sheet(&sheets, options)?;
            let range = book.worksheet_range(&sheet).map_err(|e| damaged(&e))?;
            let (first_row, first_column) = range.start().unwrap_or_default();
            let mut rows = Rows::default();
            for (row, column, value) in range.used_cells() {
                let position = (first_row + row as u32, first_column + column as u32);
                rows.push(position, data_text(value))?;
            }
            rows.into_text("ods", sheets)
        }
        None => Err(other()),
    }
}

/// Unpacks the archive to measure it, without keeping it; returns its kind.
fn measured_kind(bytes: &[u8]) -> Result<Option<SpreadsheetKind>, TableError> {
    let damaged = |e: &dyn std::fmt::Display| TableError::Spreadsheet(shortened(&e.to_string()));
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|e| damaged(&e))?;
    if archive.len() > MAX_FILES {
        return Err(TableError::SpreadsheetTooLarge);
    }
    let mut kind = None;
    let mut total = 0;
    for index in 0..archive.len() {
        let entry = archive.by_index(index).map_err(|e| damaged(&e))?;
        let name = entry.name().map_err(|e| damaged(&e))?.into_owned();
        let is_content = name == "content.xml";
        if name == "xl/workbook.xml" {
            kind = Some(SpreadsheetKind::Excel);
        } else if is_content {
            kind = Some(SpreadsheetKind::OpenDocument);
        }
        if !name.ends_with(".xml") && !name.ends_with(".rels") {
            continue;
        }
        let mut limited = entry.take(MAX_UNPACKED_BYTES + 1 - total);
        if is_content {
            let mut content = Vec::new();
            total += limited.read_to_end(&mut content).map_err(|e| damaged(&e))? as u64;
            if total <= MAX_UNPACKED_BYTES && repeated_cells(&content) > MAX_CELLS {
                return Err(TableError::SpreadsheetTooLarge);
            }
        } else {
            total += std::io::copy(&mut limited, &mut std::io::sink()).map_err(|e| damaged(&e))?;
        }
        if total > MAX_UNPACKED_BYTES {
            return Err(TableError::SpreadsheetTooLarge);
        }
    }
    Ok(kind)
}

/// Returns the number of cells up to the last filled one of each row of an OpenDocument spreadsheet, in which
/// cells and rows can be repeated.
fn repeated_cells(content: &[u8]) -> usize {
    let content = String::from_utf8_lossy(content);
    let (mut total, mut row_repeats, mut cells, mut filled) = (0_usize, 1_usize, 0_usize, 0_usize);
    for tag in content.split('<').skip(1) {
        let tag = tag.split('>').next().unwrap_or_default();
        let repeats = |key: &str| {
            let value = tag
                .split(key)
                .nth(1)
                .and_then(|rest| rest.split(['"', '\'']).nth(1));
            value
                .and_then(|value| value.trim().parse::<usize>().ok())
                .unwrap_or(1)
        };
        if tag.starts_with("table:table-row") {
            (row_repeats, cells, filled) = (repeats("number-rows-repeated"), 0, 0);
        } else if tag.starts_with("table:table-cell") || tag.starts_with("table:covered-table-cell") {
            cells = cells.saturating_add(repeats("number-columns-repeated"));
            if !tag.ends_with('/') || tag.contains("value") {
                filled = cells;
            }
        } else if tag.starts_with("/table:table-row") {
            total = total.saturating_add(row_repeats.saturating_mul(filled));
        }
    }
    total
}

/// Returns the sheet that is chosen by its name or its number; the first one by default.
fn chosen_sheet(sheets: &[String], options: &TableOptions) -> Result<String, TableError> {
    let Some(requested) = &options.sheet else {
        return sheets.first().cloned().ok_or(TableError::Empty);
    };
    let by_number = || sheets.get(parse_integer::<usize>(requested).ok()?.checked_sub(1)?);
    let by_name = sheets.iter().find(|name| *name == requested);
    let found = by_name
        .or_else(|| {
            sheets
                .iter()
                .find(|name| name.eq_ignore_ascii_case(requested.trim()))
        })
        .or_else(by_number);
    found.cloned().ok_or_else(|| TableError::UnknownSheet {
        requested: shortened(requested),
        sheets: sheets.iter().take(20).map(|name| shortened(name)).collect(),
    })
}

/// Returns the text of a cell: numbers with a decimal point, dates as `2024-12-31`.
fn data_text(value: &Data) -> String {
    match value {
        Data::Empty => String::new(),
        Data::Int(number) => number.to_string(),
        Data::Float(number) => number.to_string(),
        Data::Bool(true) => "TRUE".to_owned(),
        Data::Bool(false) => "FALSE".to_owned(),
        Data::Error(error) => error.to_string(),
        Data::DateTime(date) if date.is_datetime() => {
            let (year, month, day, hour, minute, second, _) = date.to_ymd_hms_milli();
            let text = format!("{year:04}-{month:02}-{day:02}");
            match (hour, minute, second) {
                (0, 0, 0) => text,
                _ => format!("{text} {hour:02}:{minute:02}:{second:02}"),
            }
        }
        Data::DateTime(duration) => duration.as_f64().to_string(),
        Data::DateTimeIso(text) => text.trim_end_matches("T00:00:00").to_owned(),
        other => other.to_string(),
    }
}

/// The rows of a sheet as CSV text. Cells arrive row by row.
#[derive(Default)]
struct Rows {
    text: String,
    /// The position after the last cell.
    row: usize,
    column: usize,
}

impl Rows {
    /// Adds a cell at a row and column, counted from 0.
    fn push(&mut self, (row, column): (u32, u32), cell: String) -> Result<(), TableError> {
        if cell.is_empty() {
            return Ok(());
        }
        let (row, column) = (row as usize, column as usize);
        if row < self.row || row == self.row && column < self.column {
            return Err(TableError::Spreadsheet(format!("{}, {}", row + 1, column + 1)));
        }
        if row > self.row {
            self.text.extend(std::iter::repeat_n('\n', row - self.row));
            (self.row, self.column) = (row, 0);
        }
        // `self.column` is the one after the last cell, which is not followed by a separator yet.
        let separators = column - self.column.saturating_sub(1);
        if self.text.len() + separators + cell.len() > MAX_UNPACKED_BYTES as usize {
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
            self.text.push_str(&cell);
        }
        Ok(())
    }

    fn into_text(self, encoding: &'static str, sheets: Vec<String>) -> Result<TableText, TableError> {
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
        if all.len() + missing > MAX_UNPACKED_BYTES as usize {
            return Err(TableError::SpreadsheetTooLarge);
        }
        all.extend(std::iter::repeat_n(',', missing));
        all.push('\n');
    }
    Ok(all)
}
