//! CSV text read as a dataset.
//!
//! Columns are separated by commas, semicolons or tabs; with semicolons or tabs, a comma is a decimal comma.
//! A byte order mark, blank lines, quotes, spaces around cells and any line ends are accepted. The first row
//! is a header if it contains no number, or if it has a text above a number.

use crate::text::{Localized, Messages, NumberError, parse_integer, shortened};

use super::column::{TargetColumn, TargetKind, is_missing, parse_cell};
use super::column_buffer::ColumnBuffer;
use super::dataset::MAX_NUMBERS;
use super::lines::detect_delimiter;
use super::records::Records;
use super::{Dataset, DatasetError, Targets};

/// The maximum number of skipped rows that are reported.
const MAX_REPORTED_ROWS: usize = 20;

/// The maximum number of columns of a text, including unused ones.
pub const MAX_COLUMNS: usize = 100_000;

/// The columns to use, each given by its name in the header or its number, counted from 1.
#[derive(Debug, Clone, Default)]
pub struct ColumnSelection {
    /// The target column; `None` for the last column.
    pub target: Option<String>,
    /// The input columns, in this order; `None` for all columns but the target.
    pub inputs: Option<Vec<String>>,
}

/// A row that was skipped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SkippedRow {
    /// The line in the text, counted from 1.
    pub line: usize,
    /// The reason.
    pub reason: SkipReason,
}

/// The reason why a row was skipped. Columns are given by their names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SkipReason {
    /// The number of columns differs from that of the first row.
    ColumnCount {
        /// The number of columns of the row.
        found: usize,
        /// The number of columns of the first row.
        expected: usize,
    },
    /// The cell of an input is missing.
    MissingNumber(String),
    /// The cell of the target is missing.
    MissingTarget(String),
    /// A cell contains something other than a number.
    InvalidNumber {
        /// The column.
        column: String,
        /// The reason why the cell is not a number.
        error: NumberError,
    },
}

impl Localized for SkippedRow {
    fn message(&self, messages: Messages) -> String {
        let line = self.line;
        match &self.reason {
            &SkipReason::ColumnCount { found, expected } => messages.row_is_ragged(found, line, expected),
            SkipReason::MissingNumber(column) => messages.no_number_in_column(line, column),
            SkipReason::MissingTarget(column) => messages.no_target_in_column(line, column),
            SkipReason::InvalidNumber { column, error } => {
                messages.wrong_number_in_column(line, column, error.message(messages))
            }
        }
    }
}

/// The result of reading a table.
#[derive(Debug, Clone, PartialEq)]
pub struct LoadedTable {
    /// The dataset of the rows that are usable.
    pub dataset: Dataset,
    /// The first skipped rows in line order, at most `MAX_REPORTED_ROWS`.
    pub skipped: Vec<SkippedRow>,
    /// The number of all skipped rows.
    pub skipped_count: usize,
}

/// The reason why a text is not a dataset.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TableError {
    /// There is no column besides the target, or no row.
    Empty,
    /// No row is usable; this is the first skipped one.
    NoUsableRow(SkippedRow),
    /// The text has more than [`MAX_COLUMNS`] columns.
    TooManyColumns(usize),
    /// A requested column doesn't exist.
    UnknownColumn {
        /// The requested name or number.
        requested: String,
        /// The first column names.
        available: Vec<String>,
        /// The number of all columns.
        count: usize,
    },
    /// Several columns have the requested name.
    AmbiguousColumn {
        /// The requested name.
        name: String,
        /// The number of the first of these columns, counted from 1.
        number: usize,
    },
    /// The target is also one of the inputs.
    TargetAmongInputs(String),
    /// An input column contains no numbers.
    NonNumericInput(String),
    /// The rows don't form a valid dataset.
    Dataset(DatasetError),
}

impl From<DatasetError> for TableError {
    fn from(error: DatasetError) -> Self {
        Self::Dataset(error)
    }
}

impl Localized for TableError {
    fn message(&self, messages: Messages) -> String {
        match self {
            Self::Empty => messages.table_is_empty().to_owned(),
            Self::NoUsableRow(row) => messages.no_usable_row(row.message(messages)),
            Self::TooManyColumns(count) => messages.too_many_columns(*count, MAX_COLUMNS),
            Self::UnknownColumn {
                requested,
                available,
                count,
            } => {
                let names = messages.list(available);
                match available.len() == *count {
                    true => messages.unknown_column(requested, names),
                    false => messages.unknown_column_of_many(requested, names),
                }
            }
            Self::AmbiguousColumn { name, number } => messages.ambiguous_column(name, number),
            Self::TargetAmongInputs(name) => messages.target_among_inputs(name),
            Self::NonNumericInput(name) => messages.input_without_numbers(name),
            Self::Dataset(error) => error.message(messages),
        }
    }
}

crate::localized_errors!(SkippedRow, TableError);

/// Reads a text. Rows with a missing value, with text in place of a number, or with too few or too many cells
/// are skipped and reported.
///
/// ```
/// use neurodial_core::data::Targets;
/// use neurodial_core::data::table::{self, ColumnSelection};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let text = "height;weight;kind\n1,5;40;cat\n3;x;dog\n2,25;50;cat\n";
/// let dataset = table::read(text, &ColumnSelection::default())?.dataset; // the last column is the target
/// assert_eq!(dataset.feature_names(), ["height", "weight"]);
/// assert_eq!(dataset.inputs(), [1.5, 2.25, 40.0, 50.0]); // line 3 is skipped: “x” is not a number
/// assert!(matches!(dataset.targets(), Targets::Classes { .. }));
/// # Ok(())
/// # }
/// ```
///
/// # Errors
///
/// Returns an error if a requested column doesn't exist, an input column contains no numbers, no row is
/// usable, or the dataset would be too large.
pub fn read(text: &str, selection: &ColumnSelection) -> Result<LoadedTable, TableError> {
    let mut reader = TableReader::new(selection.clone(), text.len());
    reader.read(text)?;
    reader.finish()
}

/// Reads a text in blocks, so that the whole text needn't be in memory.
#[derive(Debug)]
pub struct TableReader {
    selection: ColumnSelection,
    /// The approximate number of bytes of the text.
    bytes: usize,
    /// The rows read so far; `None` before the first block.
    table_rows: Option<TableRows>,
    delimiter: u8,
    /// The number of lines before the next block.
    lines: usize,
}

impl TableReader {
    /// Creates a reader for a text of about `bytes` bytes.
    pub fn new(selection: ColumnSelection, bytes: usize) -> Self {
        Self {
            selection,
            bytes,
            table_rows: None,
            delimiter: b',',
            lines: 0,
        }
    }

    /// Reads the next block. Each block but the last must end with a line feed, the first must have at least
    /// two rows if the text has them, and from the first quote on the rest of the text must be one block: see
    /// [`first_block_length`](super::lines::first_block_length).
    ///
    /// # Errors
    ///
    /// Returns an error under the same conditions as [`read`].
    pub fn read(&mut self, block: &str) -> Result<(), TableError> {
        let is_first = self.table_rows.is_none();
        let text = match block.strip_prefix('\u{feff}') {
            Some(rest) if is_first => rest,
            _ => block,
        };
        if is_first {
            self.delimiter = detect_delimiter(text);
        }
        let mut records = Records::new(text, self.delimiter);
        let rows = match &mut self.table_rows {
            Some(rows) => rows,
            None => {
                let header = Header::parse(text, self.delimiter)?;
                if header.has_header_row() {
                    records.advance();
                }
                let expected = expected_rows(text, self.bytes, header.names().len());
                self.table_rows
                    .insert(TableRows::new(header, &self.selection, expected)?)
            }
        };
        while records.advance() {
            rows.push(&mut records, self.lines);
            if rows.number_count() > MAX_NUMBERS {
                return Err(DatasetError::Numbers.into());
            }
        }
        self.lines += records.line_ends();
        Ok(())
    }

    /// Returns the table when all blocks have been read.
    ///
    /// # Errors
    ///
    /// Returns an error under the same conditions as [`read`].
    pub fn finish(self) -> Result<LoadedTable, TableError> {
        self.table_rows.ok_or(TableError::Empty)?.finish()
    }
}

/// Estimates the number of rows of a text of `bytes` bytes that begins with `block`. The estimate is rarely
/// too low.
fn expected_rows(block: &str, bytes: usize, columns: usize) -> usize {
    const MARGIN: f64 = 1.01;
    let block_rows = 1 + block.bytes().filter(|&byte| byte == b'\n').count();
    let total_rows = match bytes > block.len() + '\u{feff}'.len_utf8() {
        true => (MARGIN * block_rows as f64 * (bytes as f64 / block.len().max(1) as f64)) as usize,
        false => block_rows,
    };
    // A row has at least one delimiter for each column.
    total_rows
        .min(bytes.max(block.len()) / columns + 1)
        .min(MAX_NUMBERS / columns + 1)
}

/// The rows read so far.
#[derive(Debug)]
struct TableRows {
    header: Header,
    target: usize,
    /// The indices of the input columns.
    inputs: Vec<usize>,
    /// The inputs of the usable rows.
    values: ColumnBuffer,
    /// True for each input in which a number has been found.
    has_numbers: Vec<bool>,
    targets: TargetColumn,
    /// The first skipped rows, at most [`MAX_REPORTED_ROWS`].
    skipped: Vec<SkippedRow>,
    skipped_count: usize,
}

impl TableRows {
    fn new(header: Header, selection: &ColumnSelection, expected: usize) -> Result<Self, TableError> {
        let (target, inputs) = header.resolve(selection)?;
        Ok(Self {
            header,
            target,
            values: ColumnBuffer::new(inputs.len(), expected),
            has_numbers: vec![false; inputs.len()],
            inputs,
            targets: TargetColumn::default(),
            skipped: Vec::new(),
            skipped_count: 0,
        })
    }

    fn number_count(&self) -> usize {
        self.values.row_count() * self.inputs.len()
    }

    /// Adds a row of a block that starts after `lines` lines, or reports it as skipped.
    fn push(&mut self, record: &mut Records<'_>, lines: usize) {
        match self.read_inputs(record) {
            Some(reason) => {
                self.skipped_count += 1;
                if self.skipped.len() < MAX_REPORTED_ROWS {
                    let line = lines + record.line();
                    self.skipped.push(SkippedRow { line, reason });
                }
            }
            None => {
                self.values.commit_row();
                let number = record.number(self.target).ok();
                let line = number.is_none().then(|| lines + record.line());
                self.targets
                    .push(record.cell(self.target), number, line.unwrap_or_default());
            }
        }
    }

    /// Reads the inputs of a row into the next row of the buffer. Returns the reason why the row can't be
    /// used, or `None` if it can.
    fn read_inputs(&mut self, record: &Records<'_>) -> Option<SkipReason> {
        let names = self.header.names();
        if record.cell_count() != names.len() {
            return Some(SkipReason::ColumnCount {
                found: record.cell_count(),
                expected: names.len(),
            });
        }
        let mut reason = None;
        let slots = self.values.next_row_mut().iter_mut().zip(&mut self.has_numbers);
        for (&column, (slot, has_numbers)) in self.inputs.iter().zip(slots) {
            match record.number(column) {
                Ok(value) => {
                    *slot = value;
                    *has_numbers = true;
                }
                Err(error) if reason.is_none() => {
                    let name = shortened(&names[column]);
                    reason = Some(match is_missing(record.cell(column)) {
                        true => SkipReason::MissingNumber(name),
                        false => SkipReason::InvalidNumber { column: name, error },
                    });
                }
                Err(_) => {}
            }
        }
        if reason.is_none() && is_missing(record.cell(self.target)) {
            reason = Some(SkipReason::MissingTarget(shortened(&names[self.target])));
        }
        reason
    }

    fn finish(mut self) -> Result<LoadedTable, TableError> {
        if self.values.row_count() == 0 && self.skipped.is_empty() {
            return Err(TableError::Empty);
        }
        let names = self.header.names();
        if let Some(input) = self.has_numbers.iter().position(|has| !has)
            && self.skipped_count > 0
        {
            let name = &names[self.inputs[input]];
            let is_ragged = |row: &SkippedRow| matches!(row.reason, SkipReason::ColumnCount { .. });
            if !self.skipped.iter().all(is_ragged) {
                return Err(TableError::NonNumericInput(shortened(name)));
            }
        }
        let target = &names[self.target];
        let mut rows_without_target = Vec::new();
        let targets = match self.targets.infer_kind() {
            TargetKind::Classes(names, labels) => Targets::Classes { names, labels },
            TargetKind::Numbers(mut values) => {
                // Only now, when the target is known to be numeric, can rows whose target is not a number be
                // skipped.
                for &error in self.targets.parse_errors() {
                    let text = shortened(self.targets.text(error));
                    rows_without_target.push(error.row);
                    self.skipped.push(SkippedRow {
                        line: error.line,
                        reason: SkipReason::InvalidNumber {
                            column: shortened(target),
                            error: NumberError::NotANumber(text),
                        },
                    });
                }
                self.skipped_count += rows_without_target.len();
                values.retain(|value| !value.is_nan());
                Targets::Numbers {
                    names: vec![target.clone()],
                    values,
                }
            }
        };
        self.skipped.sort_by_key(|row| row.line);
        self.skipped.truncate(MAX_REPORTED_ROWS);
        let names: Vec<String> = self.inputs.iter().map(|&column| names[column].clone()).collect();
        let values = self.values.into_columns(&rows_without_target);
        if values.is_empty() {
            let first = self.skipped.into_iter().next().ok_or(TableError::Empty)?;
            return Err(TableError::NoUsableRow(first));
        }
        Ok(LoadedTable {
            dataset: Dataset::new(names, values, targets)?,
            skipped: self.skipped,
            skipped_count: self.skipped_count,
        })
    }
}

/// The names of the columns.
#[derive(Debug)]
pub(super) struct Header {
    names: Vec<String>,
    /// True if the first row contains the names; otherwise they are generated.
    has_header_row: bool,
}

impl Header {
    pub(super) fn names(&self) -> &[String] {
        &self.names
    }

    /// True if the first row contains the names.
    pub(super) fn has_header_row(&self) -> bool {
        self.has_header_row
    }

    /// Parses the header of a text without a byte order mark. The text must contain the first two rows, or
    /// all rows if there are fewer. Returns an error if the text has fewer than two columns or more than
    /// [`MAX_COLUMNS`].
    pub(super) fn parse(text: &str, delimiter: u8) -> Result<Self, TableError> {
        let mut records = Records::new(text, delimiter);
        if !records.advance() {
            return Err(TableError::Empty);
        }
        let width = records.cell_count();
        if width < 2 {
            return Err(TableError::Empty);
        }
        if width > MAX_COLUMNS {
            return Err(TableError::TooManyColumns(width));
        }
        let cells = |records: &Records<'_>| -> Vec<String> {
            (0..records.cell_count().min(MAX_COLUMNS))
                .map(|column| records.cell(column).to_owned())
                .collect()
        };
        let first = cells(&records);
        let second = if records.advance() {
            cells(&records)
        } else {
            Vec::new()
        };
        let is_number = |cell: &String| parse_cell(cell).is_ok();
        let has_no_number = !first.iter().any(is_number);
        let is_above_number = first
            .iter()
            .zip(&second)
            .any(|(top, below)| !is_missing(top) && !is_number(top) && is_number(below));
        let has_header_row = has_no_number || is_above_number;
        let name = |(column, text): (usize, String)| {
            if has_header_row && !text.is_empty() {
                text
            } else {
                // The name is stored in documents, so it has the same language everywhere.
                Messages::ENGLISH.unnamed_column(column + 1)
            }
        };
        Ok(Self {
            names: first.into_iter().enumerate().map(name).collect(),
            has_header_row,
        })
    }

    /// Returns the index of a column given by its name, by its name in other letter case, or by its number,
    /// counted from 1.
    fn find_column(&self, requested: &str) -> Result<usize, TableError> {
        let requested = requested.trim();
        let by_name = |same: &dyn Fn(&str) -> bool| self.names.iter().position(|name| same(name));
        let by_number = || {
            let number = parse_integer::<usize>(requested).ok()?.checked_sub(1)?;
            (number < self.names.len()).then_some(number)
        };
        let mut same = self.names.iter().filter(|name| *name == requested);
        if let (Some(first), Some(_)) = (same.next(), same.next()) {
            let number = 1 + self.names.iter().position(|name| name == first).unwrap_or(0);
            return Err(TableError::AmbiguousColumn {
                name: shortened(requested),
                number,
            });
        }
        by_name(&|name| name == requested)
            .or_else(|| by_name(&|name| name.eq_ignore_ascii_case(requested)))
            .or_else(by_number)
            .ok_or_else(|| {
                const MAX_LISTED: usize = 10;
                let first = self.names.iter().take(MAX_LISTED).map(|name| shortened(name));
                TableError::UnknownColumn {
                    requested: shortened(requested),
                    available: first.collect(),
                    count: self.names.len(),
                }
            })
    }

    /// Returns the index of the target column and those of the input columns.
    fn resolve(&self, selection: &ColumnSelection) -> Result<(usize, Vec<usize>), TableError> {
        let target = match &selection.target {
            Some(requested) => self.find_column(requested)?,
            None => self.names.len() - 1,
        };
        let inputs: Vec<usize> = match &selection.inputs {
            Some(requested) => requested
                .iter()
                .map(|requested| self.find_column(requested))
                .collect::<Result<_, _>>()?,
            None => (0..self.names.len()).filter(|&column| column != target).collect(),
        };
        if inputs.contains(&target) {
            return Err(TableError::TargetAmongInputs(shortened(&self.names[target])));
        }
        if inputs.is_empty() {
            return Err(TableError::Empty);
        }
        Ok((target, inputs))
    }
}
