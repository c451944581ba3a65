//! A CSV text as a data set.
//!
//! Commas, semicolons or tabs separate; with the last two a comma is a decimal comma. A byte order mark, blank lines,
//! quotes, spaces around cells and any line ends are fine. The first row is a header if it has no number in it, or
//! something else above a number.

use crate::words::{NumberError, shortened};

use super::column::{TargetColumn, TargetKind, is_missing};
use super::dataset::MAX_NUMBERS;
use super::grid::ColumnBuffer;
use super::header::Header;
use super::lines::detect_delimiter;
use super::records::Records;
use super::{Dataset, DatasetError, Targets};

/// The most rows whose fault is told.
pub const MAX_REPORTED_ROWS: usize = 20;

/// The most columns of a text, those that are not used among them.
pub const MAX_COLUMNS: usize = 100_000;

/// Which columns are used, each by its name in the header or its number counted from 1.
#[derive(Debug, Clone, Default)]
pub struct ColumnSelection {
    /// The target; `None` for the last column.
    pub target: Option<String>,
    /// The inputs, in this order; `None` for all columns but the target.
    pub inputs: Option<Vec<String>>,
}

/// A row that is left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SkippedRow {
    /// In the text, counted from 1.
    pub line: usize,
    /// What is wrong with it, to stand behind the line: `column “age”: there is no number`.
    pub reason: String,
}

/// What was read.
#[derive(Debug, Clone, PartialEq)]
pub struct LoadedTable {
    /// The good rows.
    pub dataset: Dataset,
    /// The first bad rows, up to [`MAX_TOLD`], in the order of their lines.
    pub bad: Vec<SkippedRow>,
    /// The number of all bad rows.
    pub bad_count: usize,
}

/// Why a text is no data set. Each is the end of a sentence that begins with the file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TableError {
    /// There is no column besides the target, or no row.
    #[error("a data set needs at least two columns (inputs and a target) and a row below the header")]
    Empty,
    /// No good row; the first bad one.
    #[error("no row can be used; line {line}, {fault}")]
    NoUsableRow {
        /// Counted from 1.
        line: usize,
        /// What is wrong with it.
        fault: String,
    },
    /// Too many columns.
    #[error("it has {0} columns; the most is {MAX_COLUMNS}")]
    TooManyColumns(usize),
    /// A column that is not there.
    #[error("there is no column “{wanted}”; the columns are {there}")]
    UnknownColumn {
        /// What was asked for.
        wanted: String,
        /// The first names.
        there: String,
    },
    /// Several columns of that name.
    #[error("there are several columns “{name}”; say which by its number, such as {number}")]
    AmbiguousColumn {
        /// What was asked for.
        name: String,
        /// The number of the first of them.
        number: usize,
    },
    /// The target among the inputs.
    #[error("column “{0}” is the target, so it can’t be an input too")]
    TargetAmongInputs(String),
    /// An input with words.
    #[error("column “{0}” has no numbers in it; choose other columns as inputs, or make it the target")]
    NonNumericInput(String),
    /// What was read is no data set.
    #[error(transparent)]
    Dataset(#[from] DatasetError),
}

/// Reads a text. Rows with a missing value, with something else where a number belongs, or with too few or too many
/// cells are left out and told.
///
/// # Errors
/// One sentence: no such column, a column of words among the inputs, or no good row.
pub fn read(text: &str, selection: &ColumnSelection) -> Result<LoadedTable, TableError> {
    let mut reader = TableReader::new(selection.clone(), text.len());
    reader.read(text)?;
    reader.finish()
}

/// Reads a text in blocks, so that not all of it need be in memory.
#[derive(Debug)]
pub struct TableReader {
    selection: ColumnSelection,
    /// About how many bytes the text has.
    bytes: usize,
    /// From the first block on.
    table_rows: Option<TableRows>,
    delimiter: u8,
    /// The lines before the next block.
    lines: usize,
}

impl TableReader {
    /// For a text of about that many bytes.
    pub fn new(selection: ColumnSelection, bytes: usize) -> Self {
        Self {
            selection,
            bytes,
            table_rows: None,
            delimiter: b',',
            lines: 0,
        }
    }

    /// Takes the next block. Each but the last ends with a line feed, the first has at least two rows if the text has,
    /// and from the first quote on all is one block: see [`block`](super::lines::block).
    ///
    /// # Errors
    /// As [`read`].
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
                self.table_rows.insert(TableRows::new(header, &self.selection, expected)?)
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

    /// What was read.
    ///
    /// # Errors
    /// As [`read`].
    pub fn finish(self) -> Result<LoadedTable, TableError> {
        self.table_rows.ok_or(TableError::Empty)?.finish()
    }
}

/// About how many rows a text of `bytes` bytes has that begins with `block`; not fewer as a rule.
fn expected_rows(block: &str, bytes: usize, columns: usize) -> usize {
    const MARGIN: f64 = 1.01;
    let block_rows = 1 + block.bytes().filter(|&byte| byte == b'\n').count();
    let total_rows = match bytes > block.len() + '\u{feff}'.len_utf8() {
        true => (MARGIN * block_rows as f64 * (bytes as f64 / block.len().max(1) as f64)) as usize,
        false => block_rows,
    };
    // A row is at least a comma a column.
    total_rows.min(bytes.max(block.len()) / columns + 1)
        .min(MAX_NUMBERS / columns + 1)
}

/// What has been read so far.
#[derive(Debug)]
struct TableRows {
    header: Header,
    target: usize,
    /// The columns of the inputs.
    inputs: Vec<usize>,
    /// The inputs of the good rows.
    values: ColumnBuffer,
    /// Whether an input had any number.
    has_numbers: Vec<bool>,
    targets: TargetColumn,
    /// The first bad rows.
    bad: Vec<SkippedRow>,
    bad_count: usize,
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
            bad: Vec::new(),
            bad_count: 0,
        })
    }

    fn number_count(&self) -> usize {
        self.values.row_count() * self.inputs.len()
    }

    /// Takes a row of a block that has `lines` lines before it.
    fn push(&mut self, record: &mut Records<'_>, lines: usize) {
        match self.read_inputs(record) {
            Some(fault) => {
                self.bad_count += 1;
                if self.bad.len() < MAX_REPORTED_ROWS {
                    let line = lines + record.line();
                    self.bad.push(SkippedRow { line, reason: fault });
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

    /// Takes the inputs of a row; says what is wrong with it.
    fn read_inputs(&mut self, record: &Records<'_>) -> Option<String> {
        let names = self.header.names();
        if record.cell_count() != names.len() {
            let cells = record.cell_count();
            let plural = if cells == 1 { "" } else { "s" };
            return Some(format!(
                "it has {cells} column{plural} and the first row has {}",
                names.len()
            ));
        }
        let mut fault = None;
        let slots = self.values.next_row_mut().iter_mut().zip(&mut self.has_numbers);
        for (&column, (slot, has_numbers)) in self.inputs.iter().zip(slots) {
            match record.number(column) {
                Ok(value) => {
                    *slot = value;
                    *has_numbers = true;
                }
                Err(e) if fault.is_none() => fault = Some(cell_problem(&names[column], record.cell(column), &e)),
                Err(_) => {}
            }
        }
        if fault.is_none() && is_missing(record.cell(self.target)) {
            let name = shortened(&names[self.target]);
            fault = Some(format!("column “{name}”: there is no target"));
        }
        fault
    }

    fn finish(mut self) -> Result<LoadedTable, TableError> {
        if self.values.row_count() == 0 && self.bad.is_empty() {
            return Err(TableError::Empty);
        }
        let names = self.header.names();
        if let Some(input) = self.has_numbers.iter().position(|has| !has)
            && self.bad_count > 0
        {
            let name = &names[self.inputs[input]];
            let has_only_ragged_rows = self.bad.iter().all(|bad| bad.reason.starts_with("it has"));
            if !has_only_ragged_rows {
                return Err(TableError::NonNumericInput(shortened(name)));
            }
        }
        let target = &names[self.target];
        let mut unwanted = Vec::new();
        let targets = match self.targets.infer_kind() {
            TargetKind::Classes(names, labels) => Targets::Classes { names, labels },
            TargetKind::Numbers(mut values) => {
                // Rows of which the target is no number turn out to be bad only now.
                for &error in self.targets.parse_errors() {
                    let text = shortened(self.targets.text(error));
                    unwanted.push(error.row);
                    self.bad.push(SkippedRow {
                        line: error.line,
                        reason: format!("column “{}”: “{text}” is not a number", shortened(target)),
                    });
                }
                self.bad_count += unwanted.len();
                values.retain(|value| !value.is_nan());
                Targets::Numbers {
                    names: vec![target.clone()],
                    values,
                }
            }
        };
        self.bad.sort_by_key(|bad| bad.line);
        self.bad.truncate(MAX_REPORTED_ROWS);
        let names: Vec<String> = self.inputs.iter().map(|&column| names[column].clone()).collect();
        let values = self.values.into_columns(&unwanted);
        if values.is_empty() {
            let SkippedRow { line, reason: fault } = self.bad.into_iter().next().ok_or(TableError::Empty)?;
            return Err(TableError::NoUsableRow { line, fault });
        }
        Ok(LoadedTable {
            dataset: Dataset::new(names, values, targets)?,
            bad: self.bad,
            bad_count: self.bad_count,
        })
    }
}

fn cell_problem(name: &str, text: &str, error: &NumberError) -> String {
    let name = shortened(name);
    if is_missing(text) {
        format!("column “{name}”: there is no number")
    } else {
        format!("column “{name}”: {error}")
    }
}
