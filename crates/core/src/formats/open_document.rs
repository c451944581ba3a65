//! The content of an OpenDocument spreadsheet, read as a stream: its time and memory depend on the filled cells only,
//! not on how often empty ones are repeated.

use std::io::BufRead;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::data::TableError;
use crate::text::shortened;

use super::sheet_rows::SheetRows;

/// The maximum length of a cell in bytes.
const MAX_CELL_BYTES: usize = 1 << 20;

/// The maximum number of filled cells.
const MAX_CELLS: usize = 8_000_000;

fn damaged(error: &dyn std::fmt::Display) -> TableError {
    TableError::Spreadsheet(shortened(&error.to_string()))
}

/// Returns the names of the sheets.
///
/// # Errors
///
/// Returns an error if the content is no XML.
pub(super) fn sheet_names(content: impl BufRead) -> Result<Vec<String>, TableError> {
    const MAX_SHEETS: usize = 10_000;
    let mut names = Vec::new();
    let mut reader = Reader::from_reader(content);
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        match reader.read_event_into(&mut buffer).map_err(|e| damaged(&e))? {
            Event::Start(element) | Event::Empty(element) if element.name().as_ref() == b"table:table" => {
                names.push(attribute(&element, b"table:name").unwrap_or_default());
                if names.len() > MAX_SHEETS {
                    return Err(TableError::SpreadsheetTooLarge);
                }
            }
            Event::Eof => return Ok(names),
            _ => {}
        }
    }
}

/// Reads the rows of a sheet, counted from 0.
///
/// # Errors
///
/// Returns an error if the content is no XML, or there are too many filled cells.
pub(super) fn read_sheet(content: impl BufRead, sheet: usize) -> Result<SheetRows, TableError> {
    let mut rows = SheetRows::default();
    let mut reader = Reader::from_reader(content);
    let mut buffer = Vec::new();
    let (mut tables, mut is_in_sheet) = (0, false);
    let mut row = Row::default();
    loop {
        buffer.clear();
        let event = reader.read_event_into(&mut buffer).map_err(|e| damaged(&e))?;
        let is_empty = matches!(event, Event::Empty(_));
        match event {
            Event::Start(element) | Event::Empty(element) => match element.name().as_ref() {
                b"table:table" => {
                    is_in_sheet = tables == sheet && !is_empty;
                    tables += 1;
                }
                b"table:table-row" if is_in_sheet => {
                    row.start(repeats(&element, b"table:number-rows-repeated"));
                    if is_empty {
                        row.end(&mut rows)?;
                    }
                }
                b"table:table-cell" | b"table:covered-table-cell" if is_in_sheet => {
                    row.start_cell(&element);
                    if is_empty {
                        row.end_cell();
                    }
                }
                b"office:annotation" if !is_empty => row.annotations += 1,
                b"text:p" => row.push(if row.has_paragraph { " " } else { "" }),
                b"text:s" => {
                    let count = repeats(&element, b"text:c").min(MAX_CELL_BYTES);
                    row.push(&" ".repeat(count));
                }
                b"text:tab" | b"text:line-break" => row.push(" "),
                _ => {}
            },
            Event::Text(text) if is_in_sheet => row.push(&text.xml10_content().map_err(|e| damaged(&e))?),
            Event::GeneralRef(reference) if is_in_sheet => {
                let character = reference.resolve_char_ref().map_err(|e| damaged(&e))?;
                let name = reference.decode().map_err(|e| damaged(&e))?;
                match character {
                    Some(character) => row.push(character.encode_utf8(&mut [0; 4])),
                    None => row.push(quick_xml::escape::resolve_xml_entity(&name).unwrap_or_default()),
                }
            }
            Event::End(element) => match element.name().as_ref() {
                b"table:table" if is_in_sheet => return Ok(rows),
                b"table:table-row" if is_in_sheet => row.end(&mut rows)?,
                b"table:table-cell" | b"table:covered-table-cell" if is_in_sheet => row.end_cell(),
                b"office:annotation" => row.annotations = row.annotations.saturating_sub(1),
                b"text:p" => row.has_paragraph = true,
                _ => {}
            },
            Event::Eof => return Ok(rows),
            _ => {}
        }
    }
}

/// Returns an attribute. Attributes are not compared with each other, so that many of them cost no more.
fn attribute(element: &BytesStart<'_>, key: &[u8]) -> Option<String> {
    let mut attributes = element.attributes();
    let found = attributes
        .with_checks(false)
        .flatten()
        .find(|attribute| attribute.key.as_ref() == key)?;
    let text = String::from_utf8_lossy(&found.value);
    Some(match quick_xml::escape::unescape(&text) {
        Ok(text) => text.into_owned(),
        Err(_) => text.into_owned(),
    })
}

/// Returns how often a row or a cell is repeated.
fn repeats(element: &BytesStart<'_>, key: &[u8]) -> usize {
    let text = attribute(element, key).unwrap_or_default();
    match text.parse() {
        Ok(count) => count,
        // A number that is too large.
        Err(_) if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) => usize::MAX,
        Err(_) => 1,
    }
}

/// The row that is being read.
#[derive(Default)]
struct Row {
    repeats: usize,
    /// The column, the text and the repeats of each filled cell.
    cells: Vec<(usize, String, usize)>,
    column: usize,
    cell_repeats: usize,
    value: Option<String>,
    text: String,
    has_paragraph: bool,
    /// The depth within comments on a cell.
    annotations: usize,
    /// The number of the next row.
    next: usize,
    /// The number of filled cells so far.
    filled: usize,
}

impl Row {
    fn start(&mut self, repeats: usize) {
        self.repeats = repeats;
        self.column = 0;
        self.cells.clear();
    }

    fn start_cell(&mut self, element: &BytesStart<'_>) {
        self.text.clear();
        self.has_paragraph = false;
        self.cell_repeats = repeats(element, b"table:number-columns-repeated");
        let kind = attribute(element, b"office:value-type");
        self.value = match kind.as_deref() {
            Some("float" | "percentage" | "currency") => attribute(element, b"office:value"),
            Some("date") => attribute(element, b"office:date-value")
                .map(|date| date.trim_end_matches("T00:00:00").replace('T', " ")),
            Some("time") => attribute(element, b"office:time-value"),
            Some("boolean") => {
                attribute(element, b"office:boolean-value").map(|value| value.to_ascii_uppercase())
            }
            _ => attribute(element, b"office:string-value").filter(|text| !text.is_empty()),
        };
    }

    fn push(&mut self, text: &str) {
        if self.annotations == 0 && self.text.len() + text.len() <= MAX_CELL_BYTES {
            self.text.push_str(text);
        }
    }

    fn end_cell(&mut self) {
        let text = self
            .value
            .take()
            .unwrap_or_else(|| std::mem::take(&mut self.text));
        if !text.is_empty() {
            self.cells.push((self.column, text, self.cell_repeats));
        }
        self.column = self.column.saturating_add(self.cell_repeats);
    }

    fn end(&mut self, rows: &mut SheetRows) -> Result<(), TableError> {
        let first = self.next;
        self.next = first.saturating_add(self.repeats);
        if self.cells.is_empty() {
            return Ok(());
        }
        let filled = self
            .cells
            .iter()
            .fold(0_usize, |sum, (.., repeats)| sum.saturating_add(*repeats));
        self.filled = self.filled.saturating_add(filled.saturating_mul(self.repeats));
        if self.filled > MAX_CELLS {
            return Err(TableError::SpreadsheetTooLarge);
        }
        for row in first..self.next {
            for (column, text, repeats) in &self.cells {
                for column in *column..column.saturating_add(*repeats) {
                    rows.push((row, column), text)?;
                }
            }
        }
        Ok(())
    }
}
