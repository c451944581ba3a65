//! Sheets of Excel workbooks (`.xlsx`) and OpenDocument spreadsheets (`.ods`), as the text of a table.

use std::io::{BufRead as _, Cursor, Read};

use calamine::{Data, DataRef, Reader as _, Xlsx};
use zip::ZipArchive;

use crate::data::table_text::OtherContent;
use crate::data::table_text::TableTextError;
use crate::data::{TableError, TableOptions, TableText};
use crate::text::{parse_integer, shortened};

use super::open_document;
use super::sheet_rows::SheetRows;

/// The maximum size of an unpacked spreadsheet, in bytes.
const MAX_UNPACKED_BYTES: u64 = 64 << 20;
/// The maximum number of files in the archive.
const MAX_FILES: usize = 2_000;
/// The maximum number of attributes of a tag, of which calamine compares each with all others.
const MAX_ATTRIBUTES: usize = 400;
/// The maximum number of strings of a workbook, with both of their tags.
const MAX_STRINGS: usize = 4_000_000;
/// The file with the content of an OpenDocument spreadsheet.
const CONTENT: &str = "content.xml";

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
    match measured_kind(bytes)? {
        Some(SpreadsheetKind::Excel) => {
            let mut book = Xlsx::new(Cursor::new(bytes)).map_err(|e| damaged(&e))?;
            let sheets = book.sheet_names();
            let sheet = &sheets[chosen_sheet(&sheets, options)?];
            let mut reader = book.worksheet_cells_reader(sheet).map_err(|e| damaged(&e))?;
            let mut rows = SheetRows::default();
            while let Some(cell) = reader.next_cell().map_err(|e| damaged(&e))? {
                let (row, column) = cell.get_position();
                let position = (row as usize, column as usize);
                match cell.get_value() {
                    DataRef::SharedString(text) => rows.push(position, text)?,
                    other => rows.push(position, &data_text(&Data::from(other.clone())))?,
                }
            }
            rows.into_text("xlsx", sheets)
        }
        Some(SpreadsheetKind::OpenDocument) => {
            let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|e| damaged(&e))?;
            let mut content = || -> Result<_, TableError> {
                let entry = archive.by_name(CONTENT).map_err(|e| damaged(&e))?;
                let mut text = Vec::new();
                entry
                    .take(MAX_UNPACKED_BYTES)
                    .read_to_end(&mut text)
                    .map_err(|e| damaged(&e))?;
                Ok(text)
            };
            let content = content()?;
            let sheets = open_document::sheet_names(content.as_slice())?;
            let sheet = chosen_sheet(&sheets, options)?;
            open_document::read_sheet(content.as_slice(), sheet)?.into_text("ods", sheets)
        }
        None => Err(TableError::Text(TableTextError::OtherContent(
            OtherContent::Archive,
        ))),
    }
}

fn damaged(error: &dyn std::fmt::Display) -> TableError {
    TableError::Spreadsheet(shortened(&error.to_string()))
}

/// Unpacks the archive to measure it, without keeping it; returns its kind.
fn measured_kind(bytes: &[u8]) -> Result<Option<SpreadsheetKind>, TableError> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|e| damaged(&e))?;
    if archive.len() > MAX_FILES {
        return Err(TableError::SpreadsheetTooLarge);
    }
    let mut kind = None;
    let mut left = MAX_UNPACKED_BYTES;
    for index in 0..archive.len() {
        let entry = archive.by_index(index).map_err(|e| damaged(&e))?;
        let name = entry.name().map_err(|e| damaged(&e))?.into_owned();
        match name.as_str() {
            "xl/workbook.xml" => kind = Some(SpreadsheetKind::Excel),
            CONTENT => kind = Some(SpreadsheetKind::OpenDocument),
            _ => {}
        }
        // The declared size may be wrong, but the honest ones need not be unpacked.
        if entry.size() > left {
            return Err(TableError::SpreadsheetTooLarge);
        }
        if name.ends_with(".xml") || name.ends_with(".rels") {
            left = measure(entry, left)?;
        }
    }
    Ok(kind)
}

/// Unpacks a file of the archive and returns how many of these bytes are left. The strings and cells are counted, and
/// the attributes of each tag.
fn measure(entry: impl Read, mut left: u64) -> Result<u64, TableError> {
    let mut entry = std::io::BufReader::with_capacity(1 << 16, entry);
    let (mut attributes, mut strings) = (0_usize, 0_usize);
    let (mut last, mut is_in_tag) = (b' ', false);
    loop {
        let bytes = entry.fill_buf().map_err(|e| damaged(&e))?;
        let length = bytes.len();
        if length == 0 {
            return Ok(left);
        }
        for &byte in bytes {
            match byte {
                b'<' => (is_in_tag, attributes) = (true, 0),
                b'>' => is_in_tag = false,
                b'=' => attributes += usize::from(is_in_tag),
                _ => {}
            }
            // A string of the workbook: <si>
            strings += usize::from(last == b's' && byte == b'i');
            last = byte;
            if attributes > MAX_ATTRIBUTES {
                return Err(TableError::SpreadsheetTooLarge);
            }
        }
        entry.consume(length);
        left = left
            .checked_sub(length as u64)
            .ok_or(TableError::SpreadsheetTooLarge)?;
        if strings > MAX_STRINGS {
            return Err(TableError::SpreadsheetTooLarge);
        }
    }
}

/// Returns the index of the sheet that is chosen by its name or its number; the first one by default.
fn chosen_sheet(sheets: &[String], options: &TableOptions) -> Result<usize, TableError> {
    let Some(requested) = &options.sheet else {
        return match sheets.is_empty() {
            true => Err(TableError::Empty),
            false => Ok(0),
        };
    };
    let by_name = |same: &dyn Fn(&str) -> bool| sheets.iter().position(|name| same(name));
    let by_number = || {
        let number = parse_integer::<usize>(requested).ok()?.checked_sub(1)?;
        (number < sheets.len()).then_some(number)
    };
    by_name(&|name| name == requested)
        .or_else(|| by_name(&|name| name.eq_ignore_ascii_case(requested.trim())))
        .or_else(by_number)
        .ok_or_else(|| TableError::UnknownSheet {
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
