//! The rows of a CSV text, cell by cell.

use super::cell::is_missing_word;
use super::column::{parse_leading_number, parse_plain_cell};
use super::lines::LineCounter;
use super::progress::Progress;
use super::table_error::{MAX_COLUMNS, TableError};

/// A reader for the rows of a CSV text. Text without quotes is only split, and its numbers are parsed in the
/// same pass; text with quotes is read by the `csv` crate.
pub(crate) struct Records<'a> {
    text: &'a str,
    delimiter: u8,
    /// The text with which lines begin that are not rows.
    comment: Option<&'a str>,
    reader: ReaderKind<'a>,
}

enum ReaderKind<'a> {
    Unquoted(UnquotedReader),
    Quoted {
        reader: Box<csv::Reader<&'a [u8]>>,
        record: csv::ByteRecord,
        /// The byte position from which the row was read.
        start: usize,
        lines: LineCounter<'a>,
    },
}

/// A reader for a text without quotes, and its current row.
#[derive(Default)]
struct UnquotedReader {
    /// The byte position of the next row.
    next: usize,
    /// The number of line ends before the next row.
    next_line: usize,
    /// The byte position of the current row.
    start: usize,
    /// The number of line ends before the current row.
    line: usize,
    /// The byte position at which each cell of the row ends.
    ends: Vec<usize>,
    /// The plain number in each cell; NaN if the cell contains something else.
    numbers: Vec<f64>,
    /// The number of cells, of which those beyond [`MAX_COLUMNS`] are not stored.
    count: usize,
}

impl<'a> Records<'a> {
    /// Creates a reader that is positioned before the first row.
    pub(crate) fn new(text: &'a str, delimiter: u8, comment: Option<&'a str>) -> Self {
        let reader = if text.as_bytes().contains(&b'"') {
            let mut builder = csv::ReaderBuilder::new();
            builder.has_headers(false).flexible(true).delimiter(delimiter);
            // A quote in a comment opens nothing.
            builder.comment(
                comment
                    .and_then(|comment| comment.bytes().next())
                    .filter(|_| comment != Some("//")),
            );
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
            comment,
            reader,
        }
    }

    /// Advances to the next row that is neither blank nor a comment. Returns false if there is none.
    pub(crate) fn advance(&mut self) -> bool {
        loop {
            let has_row = match &mut self.reader {
                ReaderKind::Unquoted(reader) => reader.advance(self.text.as_bytes(), self.delimiter),
                ReaderKind::Quoted {
                    reader,
                    record,
                    start,
                    ..
                } => {
                    *start = usize::try_from(reader.position().byte()).unwrap_or(usize::MAX);
                    // Reading bytes from memory can't fail.
                    reader.read_byte_record(record).unwrap_or(false)
                }
            };
            if !has_row {
                return false;
            }
            let first = self.cell(0);
            let is_comment = self
                .comment
                .is_some_and(|comment| first.starts_with(comment) && !is_missing_word(first));
            let is_blank =
                first.is_empty() && (1..self.cell_count()).all(|column| self.cell(column).is_empty());
            if !is_comment && !is_blank && !self.is_rule() {
                return true;
            }
        }
    }

    /// True if the row is a line between the head and the body of a table of vertical bars: `---+---` or `|---|---|`.
    fn is_rule(&self) -> bool {
        let is_drawn = |cell: &str| cell.bytes().all(|byte| matches!(byte, b'-' | b'+' | b':' | b'='));
        self.delimiter == b'|'
            && (0..self.cell_count()).all(|column| is_drawn(self.cell(column)))
            && (0..self.cell_count()).any(|column| self.cell(column).len() >= 2)
    }

    /// Returns the line of the row, counted from 1.
    pub(crate) fn line(&mut self) -> usize {
        match &mut self.reader {
            ReaderKind::Unquoted(reader) => reader.line + 1,
            ReaderKind::Quoted { start, lines, .. } => lines.line_of_record(*start),
        }
    }

    /// Returns the length of the row in bytes.
    pub(crate) fn length(&self) -> usize {
        match &self.reader {
            ReaderKind::Unquoted(reader) => reader.next - reader.start,
            ReaderKind::Quoted { record, .. } => record.as_slice().len() + record.len(),
        }
    }

    /// Records the position of the row, now and then.
    ///
    /// # Errors
    ///
    /// Returns an error if the work has been canceled.
    #[inline]
    pub(crate) fn watch(&self, row: usize, progress: &Progress) -> Result<(), TableError> {
        const ROWS: usize = 1024;
        if !row.is_multiple_of(ROWS) {
            return Ok(());
        }
        let start = match &self.reader {
            ReaderKind::Unquoted(reader) => reader.start,
            ReaderKind::Quoted { start, .. } => *start,
        };
        progress.update(start, self.text.len())
    }

    /// Returns the number of cells of the row.
    pub(crate) fn cell_count(&self) -> usize {
        match &self.reader {
            ReaderKind::Unquoted(reader) => reader.count,
            ReaderKind::Quoted { record, .. } => record.len(),
        }
    }

    /// Returns a cell of the row without the spaces around it, or an empty text if there is no such cell.
    pub(crate) fn cell(&self, column: usize) -> &str {
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
        let has_no_space = |byte: Option<&u8>| byte.is_some_and(|&byte| byte.is_ascii_graphic());
        let bytes = cell.as_bytes();
        if has_no_space(bytes.first()) && has_no_space(bytes.last()) {
            cell
        } else {
            cell.trim()
        }
    }

    /// Returns the number in a cell that is a plain number: digits, with or without a decimal point, a minus sign
    /// and an exponent.
    #[inline]
    pub(crate) fn plain_number(&self, column: usize) -> Option<f64> {
        match &self.reader {
            ReaderKind::Unquoted(UnquotedReader { numbers, .. }) => match numbers.get(column) {
                Some(&value) if !value.is_nan() => Some(value),
                _ => parse_plain_cell(self.cell(column)),
            },
            ReaderKind::Quoted { .. } => parse_plain_cell(self.cell(column)),
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
        self.count = 0;
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
            self.count += 1;
            if self.count <= MAX_COLUMNS {
                self.ends.push(at);
                self.numbers.push(number);
            }
            if text.get(at) != Some(&delimiter) {
                break;
            }
            at += 1;
        }
        // A carriage return and a line feed are one line end; the blank row between them is skipped.
        let is_before_line_feed = text.get(at) == Some(&b'\r') && text.get(at + 1) == Some(&b'\n');
        self.next_line += usize::from(at < text.len() && !is_before_line_feed);
        self.next = at + 1;
        true
    }
}
