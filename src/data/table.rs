//! A CSV text as a data set.
//!
//! Commas, semicolons or tabs separate; with the last two a comma is a decimal comma. A byte order mark, blank lines,
//! quotes, spaces around cells and any line ends are fine. The first row is a header if it has no number in it, or
//! something else above a number.

use crate::words::{NumberError, shortened};

use super::column::{TargetColumn, TargetKind, is_missing, number};
use super::dataset::MAX_NUMBERS;
use super::lines::LineCounter;
use super::records::Records;
use super::{Dataset, DatasetError, Targets};

/// The most rows whose fault is told.
pub const MAX_TOLD: usize = 20;

/// The most columns of a text, those that are not used among them.
pub const MAX_COLUMNS: usize = 100_000;

/// Which columns are used, each by its name in the header or its number counted from 1.
#[derive(Debug, Clone, Default)]
pub struct Choice {
    /// The target; `None` for the last column.
    pub target: Option<String>,
    /// The inputs, in this order; `None` for all columns but the target.
    pub inputs: Option<Vec<String>>,
}

/// A row that is left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadRow {
    /// In the text, counted from 1.
    pub line: usize,
    /// What is wrong with it, to stand behind the line: `column “age”: there is no number`.
    pub fault: String,
}

/// What was read.
#[derive(Debug, Clone, PartialEq)]
pub struct Loaded {
    /// The good rows.
    pub dataset: Dataset,
    /// The first bad rows, up to [`MAX_TOLD`], in the order of their lines.
    pub bad: Vec<BadRow>,
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
    NoGoodRow {
        /// Counted from 1.
        line: usize,
        /// What is wrong with it.
        fault: String,
    },
    /// Too many columns.
    #[error("it has {0} columns; the most is {MAX_COLUMNS}")]
    Columns(usize),
    /// A column that is not there.
    #[error("there is no column “{wanted}”; the columns are {there}")]
    NoColumn {
        /// What was asked for.
        wanted: String,
        /// The first names.
        there: String,
    },
    /// Several columns of that name.
    #[error("there are several columns “{name}”; say which by its number, such as {number}")]
    Ambiguous {
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
    Words(String),
    /// What was read is no data set.
    #[error(transparent)]
    Dataset(#[from] DatasetError),
}

/// Reads a text. Rows with a missing value, with something else where a number belongs, or with too few or too many
/// cells are left out and told.
///
/// # Errors
/// One sentence: no such column, a column of words among the inputs, or no good row.
pub fn read(text: &str, choice: &Choice) -> Result<Loaded, TableError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let header = Header::of(text)?;
    let (target, inputs) = header.chosen(choice)?;
    // A row is at least a comma a column; memory that is never written to costs nothing.
    let line_ends = text.bytes().filter(|&byte| byte == b'\n').count();
    let most_rows = (line_ends + 1).min(text.len() / header.names.len() + 1);
    let mut rows = Rows::new(&header, target, inputs, most_rows);
    let mut records = Records::new(text);
    if header.is_there {
        records.advance();
    }
    while let Some(start) = records.advance() {
        rows.push(&records, start);
        if rows.numbers() > MAX_NUMBERS {
            return Err(DatasetError::Numbers.into());
        }
    }
    rows.finish(text)
}

/// The names of the columns.
pub(super) struct Header {
    names: Vec<String>,
    /// Whether the first row has them, or they are made up.
    is_there: bool,
}

impl Header {
    pub(super) fn names(&self) -> &[String] {
        &self.names
    }

    /// Whether the first row has them.
    pub(super) fn is_there(&self) -> bool {
        self.is_there
    }

    pub(super) fn of(text: &str) -> Result<Self, TableError> {
        let mut records = Records::new(text);
        let width = records
            .advance()
            .map(|_| records.cells())
            .ok_or(TableError::Empty)?;
        if width < 2 {
            return Err(TableError::Empty);
        }
        if width > MAX_COLUMNS {
            return Err(TableError::Columns(width));
        }
        let cells = |records: &Records<'_>| -> Vec<String> {
            (0..records.cells().min(MAX_COLUMNS))
                .map(|column| records.cell(column).to_owned())
                .collect()
        };
        let first = cells(&records);
        let second = records.advance().map(|_| cells(&records)).unwrap_or_default();
        let is_number = |cell: &String| number(cell).is_ok();
        let has_no_number = !first.iter().any(is_number);
        let is_above_number = first
            .iter()
            .zip(&second)
            .any(|(top, below)| !is_missing(top) && !is_number(top) && is_number(below));
        let is_there = has_no_number || is_above_number;
        let name = |(column, text): (usize, String)| {
            if is_there && !text.is_empty() {
                text
            } else {
                format!("column {}", column + 1)
            }
        };
        Ok(Self {
            names: first.into_iter().enumerate().map(name).collect(),
            is_there,
        })
    }

    fn find(&self, wanted: &str) -> Result<usize, TableError> {
        let wanted = wanted.trim();
        let by_name = |same: &dyn Fn(&str) -> bool| self.names.iter().position(|name| same(name));
        let by_number = || {
            let number = wanted.parse::<usize>().ok()?.checked_sub(1)?;
            (number < self.names.len()).then_some(number)
        };
        let mut same = self.names.iter().filter(|name| *name == wanted);
        if let (Some(first), Some(_)) = (same.next(), same.next()) {
            let number = 1 + self.names.iter().position(|name| name == first).unwrap_or(0);
            return Err(TableError::Ambiguous {
                name: shortened(wanted),
                number,
            });
        }
        by_name(&|name| name == wanted)
            .or_else(|| by_name(&|name| name.eq_ignore_ascii_case(wanted)))
            .or_else(by_number)
            .ok_or_else(|| {
                const MOST: usize = 10;
                let first = self.names.iter().take(MOST).map(|name| shortened(name));
                let dots = if self.names.len() > MOST { ", …" } else { "" };
                TableError::NoColumn {
                    wanted: shortened(wanted),
                    there: first.collect::<Vec<_>>().join(", ") + dots,
                }
            })
    }

    /// The target’s column, and those of the inputs.
    fn chosen(&self, choice: &Choice) -> Result<(usize, Vec<usize>), TableError> {
        let target = match &choice.target {
            Some(wanted) => self.find(wanted)?,
            None => self.names.len() - 1,
        };
        let inputs: Vec<usize> = match &choice.inputs {
            Some(wanted) => wanted
                .iter()
                .map(|wanted| self.find(wanted))
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

/// What has been read so far.
struct Rows<'a> {
    header: &'a Header,
    target: usize,
    /// The columns of the inputs.
    inputs: Vec<usize>,
    /// Of each input the numbers of the good rows.
    values: Vec<Vec<f64>>,
    /// Whether an input had any number.
    has_numbers: Vec<bool>,
    targets: TargetColumn,
    /// Where the good rows start.
    starts: Vec<usize>,
    /// Where the first bad rows start, and their faults.
    bad: Vec<(usize, String)>,
    bad_count: usize,
    row: Vec<f64>,
}

impl<'a> Rows<'a> {
    fn new(header: &'a Header, target: usize, inputs: Vec<usize>, most_rows: usize) -> Self {
        Self {
            header,
            target,
            values: inputs.iter().map(|_| Vec::with_capacity(most_rows)).collect(),
            has_numbers: vec![false; inputs.len()],
            row: vec![0.0; inputs.len()],
            inputs,
            targets: TargetColumn::default(),
            starts: Vec::new(),
            bad: Vec::new(),
            bad_count: 0,
        }
    }

    fn numbers(&self) -> usize {
        self.starts.len() * self.inputs.len()
    }

    fn push(&mut self, record: &Records<'_>, start: usize) {
        let columns = self.header.names.len();
        if record.cells() != columns {
            let cells = record.cells();
            let plural = if cells == 1 { "" } else { "s" };
            return self.leave_out(
                start,
                format!("it has {cells} column{plural} and the first row has {columns}"),
            );
        }
        let mut fault = None;
        for (place, &column) in self.inputs.iter().enumerate() {
            let text = record.cell(column);
            match number(text) {
                Ok(value) => {
                    self.row[place] = value;
                    self.has_numbers[place] = true;
                }
                Err(e) if fault.is_none() => fault = Some(fault_of(&self.header.names[column], text, &e)),
                Err(_) => {}
            }
        }
        let target = record.cell(self.target);
        if fault.is_none() && is_missing(target) {
            let name = shortened(&self.header.names[self.target]);
            fault = Some(format!("column “{name}”: there is no target"));
        }
        match fault {
            Some(fault) => self.leave_out(start, fault),
            None => {
                for (column, &value) in self.values.iter_mut().zip(&self.row) {
                    column.push(value);
                }
                self.targets.push(target);
                self.starts.push(start);
            }
        }
    }

    fn leave_out(&mut self, start: usize, fault: String) {
        self.bad_count += 1;
        if self.bad.len() < MAX_TOLD {
            self.bad.push((start, fault));
        }
    }

    fn finish(mut self, text: &str) -> Result<Loaded, TableError> {
        if self.starts.is_empty() && self.bad.is_empty() {
            return Err(TableError::Empty);
        }
        if let Some(place) = self.has_numbers.iter().position(|has| !has)
            && self.bad_count > 0
        {
            let name = &self.header.names[self.inputs[place]];
            let is_ragged = self.bad.iter().all(|(_, fault)| fault.starts_with("it has"));
            if !is_ragged {
                return Err(TableError::Words(shortened(name)));
            }
        }
        let targets = match self.targets.kind() {
            TargetKind::Classes(names, labels) => Targets::Classes { names, labels },
            TargetKind::Numbers(numbers) => self.number_targets(numbers),
        };
        let mut lines = LineCounter::new(text);
        self.bad.sort_unstable_by_key(|(start, _)| *start);
        self.bad.truncate(MAX_TOLD);
        let told = self.bad.into_iter().map(|(start, fault)| BadRow {
            line: lines.line_of_record(start),
            fault,
        });
        let bad: Vec<BadRow> = told.collect();
        let names: Vec<String> = self
            .inputs
            .iter()
            .map(|&column| self.header.names[column].clone())
            .collect();
        let values = self.values.concat();
        if values.is_empty() {
            let BadRow { line, fault } = bad.into_iter().next().ok_or(TableError::Empty)?;
            return Err(TableError::NoGoodRow { line, fault });
        }
        Ok(Loaded {
            dataset: Dataset::new(names, values, targets)?,
            bad,
            bad_count: self.bad_count,
        })
    }

    /// Targets that are numbers. Rows of which the target is none turn out to be bad only now.
    fn number_targets(&mut self, numbers: Vec<Option<f64>>) -> Targets {
        let name = self.header.names[self.target].clone();
        if numbers.iter().any(Option::is_none) {
            for (row, _) in numbers.iter().enumerate().filter(|(_, number)| number.is_none()) {
                let text = shortened(self.targets.text(row));
                let fault = format!("column “{}”: “{text}” is not a number", shortened(&name));
                self.bad_count += 1;
                self.bad.push((self.starts[row], fault));
            }
            for column in &mut self.values {
                let mut row = 0..;
                column.retain(|_| row.next().is_some_and(|row: usize| numbers[row].is_some()));
            }
        }
        Targets::Numbers {
            names: vec![name],
            values: numbers.into_iter().flatten().collect(),
        }
    }
}

fn fault_of(name: &str, text: &str, error: &NumberError) -> String {
    let name = shortened(name);
    if is_missing(text) {
        format!("column “{name}”: there is no number")
    } else {
        format!("column “{name}”: {error}")
    }
}
