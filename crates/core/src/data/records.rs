//! The rows of a text, cell by cell.

use crate::words::NumberError;

use super::column::{parse_leading_number, parse_cell};
use super::lines::LineCounter;

/// The rows of a CSV text, one after the other. A text without quotes is only cut, and its numbers are read on the way;
/// one with quotes is read by the `csv` library.
pub struct Records<'a> {
    text: &'a str,
    delimiter: u8,
    reader: ReaderKind<'a>,
}

enum ReaderKind<'a> {
    Unquoted(UnquotedReader),
    Quoted {
        reader: Box<csv::Reader<&'a [u8]>>,
        record: csv::ByteRecord,
        /// Where the row was read from.
        start: usize,
        lines: LineCounter<'a>,
    },
}

/// A place in a text without quotes.
#[derive(Default)]
struct UnquotedReader {
    /// Where the next row starts, and the line ends before it.
    next: usize,
    next_line: usize,
    /// Where the row starts, and the line ends before it.
    start: usize,
    line: usize,
    /// Where each cell of the row ends.
    ends: Vec<usize>,
    /// The plain number in each; NaN if it has something else.
    numbers: Vec<f64>,
}

impl<'a> Records<'a> {
    /// Before the first row.
    pub fn new(text: &'a str, delimiter: u8) -> Self {
        let kind = if text.as_bytes().contains(&b'"') {
            let mut builder = csv::ReaderBuilder::new();
            builder.has_headers(false).flexible(true).delimiter(delimiter);
            ReaderKind::Quoted {
                reader: Box::new(builder.from_reader(text.as_bytes())),
                record: csv::ByteRecord::new(),
                start: 0,
                lines: LineCounter::new(text),
            }
        } else {
            ReaderKind::Unquoted(UnquotedReader::default())
        };
        Self {
            text,
            delimiter,
            reader: kind,
        }
    }

    /// Goes to the next row that is not blank; says whether there is one.
    pub fn advance(&mut self) -> bool {
        loop {
            let is_there = match &mut self.reader {
                ReaderKind::Unquoted(plain) => plain.advance(self.text.as_bytes(), self.delimiter),
                ReaderKind::Quoted {
                    reader,
                    record,
                    start,
                    ..
                } => {
                    *start = usize::try_from(reader.position().byte()).unwrap_or(usize::MAX);
                    // Bytes from memory can always be read.
                    reader.read_byte_record(record).unwrap_or(false)
                }
            };
            if !is_there || self.cell_count() > 1 || !self.cell(0).is_empty() {
                return is_there;
            }
        }
    }

    /// The line of the row, counted from 1.
    pub fn line(&mut self) -> usize {
        match &mut self.reader {
            ReaderKind::Unquoted(plain) => plain.line + 1,
            ReaderKind::Quoted { start, lines, .. } => lines.line_of_record(*start),
        }
    }

    /// The line ends up to the next row.
    pub fn line_ends(&mut self) -> usize {
        match &mut self.reader {
            ReaderKind::Unquoted(plain) => plain.next_line,
            ReaderKind::Quoted { lines, .. } => lines.line_of_record(usize::MAX) - 1,
        }
    }

    /// The number of cells of the row.
    pub fn cell_count(&self) -> usize {
        match &self.reader {
            ReaderKind::Unquoted(plain) => plain.ends.len(),
            ReaderKind::Quoted { record, .. } => record.len(),
        }
    }

    /// A cell of the row without the spaces around it; empty if there is none.
    pub fn cell(&self, column: usize) -> &str {
        let cell = match &self.reader {
            ReaderKind::Unquoted(UnquotedReader { start, ends, .. }) => {
                let from = match column.checked_sub(1) {
                    None => *start,
                    Some(before) => ends.get(before).map_or(usize::MAX, |end| end + 1),
                };
                let to = ends.get(column).copied().unwrap_or_default();
                self.text.get(from..to).unwrap_or_default()
            }
            ReaderKind::Quoted { record, .. } => {
                std::str::from_utf8(record.get(column).unwrap_or_default()).unwrap_or_default()
            }
        };
        let is_tight = |byte: Option<&u8>| byte.is_some_and(|&byte| byte.is_ascii_graphic());
        let bytes = cell.as_bytes();
        if is_tight(bytes.first()) && is_tight(bytes.last()) {
            cell
        } else {
            cell.trim()
        }
    }

    /// The number in a cell.
    ///
    /// # Errors
    /// As [`number`].
    #[inline]
    pub fn number(&self, column: usize) -> Result<f64, NumberError> {
        match &self.reader {
            ReaderKind::Unquoted(UnquotedReader { numbers, .. }) => match numbers.get(column) {
                Some(&value) if !value.is_nan() => Ok(value),
                _ => parse_cell(self.cell(column)),
            },
            ReaderKind::Quoted { .. } => parse_cell(self.cell(column)),
        }
    }
}

impl UnquotedReader {
    fn advance(&mut self, text: &[u8], delimiter: u8) -> bool {
        (self.start, self.line) = (self.next, self.next_line);
        if self.start >= text.len() {
            return false;
        }
        self.ends.clear();
        self.numbers.clear();
        let is_end = |byte: u8| byte == delimiter || matches!(byte, b'\n' | b'\r');
        let mut at = self.start;
        loop {
            let (mut number, length) = parse_leading_number(&text[at..]);
            at += length;
            if text.get(at).is_some_and(|&byte| !is_end(byte)) {
                number = f64::NAN;
                let rest = text[at..].iter().position(|&byte| is_end(byte));
                at = rest.map_or(text.len(), |rest| at + rest);
            }
            self.ends.push(at);
            self.numbers.push(number);
            if text.get(at) != Some(&delimiter) {
                break;
            }
            at += 1;
        }
        // A return and a line feed are one end of a line; a blank row between them is passed over.
        let is_half = text.get(at) == Some(&b'\r') && text.get(at + 1) == Some(&b'\n');
        self.next_line += usize::from(at < text.len() && !is_half);
        self.next = at + 1;
        true
    }
}
