//! The rows of a text, cell by cell.

use super::lines::delimiter;

/// The rows of a CSV text, one after the other. A text without quotes is only cut; one with quotes is read by the
/// `csv` library.
pub struct Records<'a> {
    text: &'a str,
    delimiter: u8,
    kind: Kind<'a>,
}

enum Kind<'a> {
    /// Where the next row starts, where the present one starts, and where each of its cells ends.
    Plain {
        next: usize,
        start: usize,
        ends: Vec<usize>,
    },
    Quoted {
        reader: Box<csv::Reader<&'a [u8]>>,
        record: csv::ByteRecord,
    },
}

impl<'a> Records<'a> {
    /// Before the first row.
    pub fn new(text: &'a str) -> Self {
        let delimiter = delimiter(text);
        let kind = if text.contains('"') {
            let mut builder = csv::ReaderBuilder::new();
            builder.has_headers(false).flexible(true).delimiter(delimiter);
            Kind::Quoted {
                reader: Box::new(builder.from_reader(text.as_bytes())),
                record: csv::ByteRecord::new(),
            }
        } else {
            Kind::Plain {
                next: 0,
                start: 0,
                ends: Vec::new(),
            }
        };
        Self {
            text,
            delimiter,
            kind,
        }
    }

    /// Goes to the next row that is not blank; returns from where it was read, or `None` at the end.
    pub fn advance(&mut self) -> Option<usize> {
        loop {
            let from = match &mut self.kind {
                Kind::Plain { next, start, ends } => {
                    let bytes = self.text.as_bytes();
                    if *next >= bytes.len() {
                        return None;
                    }
                    *start = *next;
                    ends.clear();
                    let mut at = *next;
                    while let Some(&byte) = bytes.get(at) {
                        if byte == self.delimiter {
                            ends.push(at);
                        } else if matches!(byte, b'\n' | b'\r') {
                            break;
                        }
                        at += 1;
                    }
                    ends.push(at);
                    *next = at + 1;
                    *start
                }
                Kind::Quoted { reader, record } => {
                    let from = usize::try_from(reader.position().byte()).unwrap_or(usize::MAX);
                    // Bytes from memory can always be read.
                    if !reader.read_byte_record(record).unwrap_or(false) {
                        return None;
                    }
                    from
                }
            };
            if self.cells() > 1 || !self.cell(0).is_empty() {
                return Some(from);
            }
        }
    }

    /// The number of cells of the row.
    pub fn cells(&self) -> usize {
        match &self.kind {
            Kind::Plain { ends, .. } => ends.len(),
            Kind::Quoted { record, .. } => record.len(),
        }
    }

    /// A cell of the row without the spaces around it; empty if there is none.
    pub fn cell(&self, column: usize) -> &str {
        let cell = match &self.kind {
            Kind::Plain { start, ends, .. } => {
                let from = match column.checked_sub(1) {
                    None => *start,
                    Some(before) => ends.get(before).map_or(usize::MAX, |end| end + 1),
                };
                let to = ends.get(column).copied().unwrap_or_default();
                self.text.get(from..to).unwrap_or_default()
            }
            Kind::Quoted { record, .. } => {
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
}
