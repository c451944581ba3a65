//! The reasons why a text is not a table or not a dataset, and why a row is skipped.

use crate::text::{Localized, Messages, NumberError};

use super::DatasetError;
use super::table_options::TableOptionError;
use super::table_text::TableTextError;

/// The maximum number of columns of a text, including unused ones.
pub const MAX_COLUMNS: usize = 100_000;

/// A row that was skipped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SkippedRow {
    /// The line in the text, counted from 1; the row in a spreadsheet.
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
    /// A cell of a column of dates contains something else.
    InvalidDate {
        /// The column.
        column: String,
        /// The cell.
        cell: String,
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
            SkipReason::InvalidDate { column, cell } => messages.wrong_date_in_column(line, column, cell),
        }
    }
}

/// A choice that the content of a column doesn't decide.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OpenChoice {
    /// A comma or point separates thousands or decimals.
    Thousands,
    /// The order of day, month and year is unknown.
    DateOrder,
    /// The cells are fractions or dates.
    FractionOrDate,
}

/// The reason why a text is not a dataset.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TableError {
    /// Reading was canceled.
    Canceled,
    /// The file is no text.
    Text(TableTextError),
    /// A choice is invalid.
    Option(TableOptionError),
    /// There is no column besides the target, or no row.
    Empty,
    /// There is no row of numbers for a network.
    NoNumbers,
    /// A cell begins with a quote that is not closed, on this line.
    UnclosedQuote(usize),
    /// There is no row on the line that should be the header.
    NoHeader(usize),
    /// The spreadsheet can't be read.
    Spreadsheet(String),
    /// The spreadsheet is too large.
    SpreadsheetTooLarge,
    /// The spreadsheet has no such sheet.
    UnknownSheet {
        /// The requested name or number.
        requested: String,
        /// The names of all sheets.
        sheets: Vec<String>,
    },
    /// A cell can be read in two ways, and no other cell of the column decides.
    Ambiguous {
        /// The line.
        line: usize,
        /// The column.
        column: String,
        /// The cell.
        cell: String,
        /// The choice that has to be made.
        choice: OpenChoice,
    },
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
    /// Some of the network's inputs have a column of their name, and others don't.
    SomeInputs {
        /// The inputs without a column.
        missing: Vec<String>,
        /// The inputs with a column.
        found: Vec<String>,
    },
    /// The number of columns differs from that of the network's inputs or outputs.
    WrongColumnCount {
        /// The names of the columns.
        columns: Vec<String>,
        /// The number that the network needs.
        expected: usize,
    },
    /// A row can't be used and must not be skipped.
    Row {
        /// The row.
        row: SkippedRow,
        /// The number of further such rows.
        others: usize,
    },
    /// The rows don't form a valid dataset.
    Dataset(DatasetError),
}

impl From<DatasetError> for TableError {
    fn from(error: DatasetError) -> Self {
        Self::Dataset(error)
    }
}

impl From<TableTextError> for TableError {
    fn from(error: TableTextError) -> Self {
        Self::Text(error)
    }
}

impl From<TableOptionError> for TableError {
    fn from(error: TableOptionError) -> Self {
        Self::Option(error)
    }
}

impl Localized for TableError {
    fn message(&self, messages: Messages) -> String {
        match self {
            Self::Canceled => messages.reading_canceled().to_owned(),
            Self::Text(error) => error.message(messages),
            Self::Option(error) => error.message(messages),
            Self::Empty => messages.table_is_empty().to_owned(),
            Self::NoNumbers => messages.no_row_of_numbers().to_owned(),
            Self::UnclosedQuote(line) => messages.unclosed_quote(line),
            Self::NoHeader(line) => messages.no_header_on_line(line),
            Self::Spreadsheet(reason) => messages.spreadsheet_unreadable(reason),
            Self::SpreadsheetTooLarge => messages.spreadsheet_too_large().to_owned(),
            Self::UnknownSheet { requested, sheets } => {
                messages.unknown_sheet(requested, messages.list(sheets))
            }
            Self::Ambiguous {
                line,
                column,
                cell,
                choice,
            } => match choice {
                OpenChoice::Thousands => messages.ambiguous_thousands(line, column, cell),
                OpenChoice::DateOrder => messages.ambiguous_date_order(line, column, cell),
                OpenChoice::FractionOrDate => messages.ambiguous_fraction(line, column, cell),
            },
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
            Self::SomeInputs { missing, found } => {
                messages.some_inputs_without_column(messages.list(missing), messages.list(found))
            }
            Self::WrongColumnCount { columns, expected } => {
                messages.columns_do_not_fit_network(columns.len(), messages.list(columns), *expected)
            }
            Self::Row { row, others: 0 } => row.message(messages),
            Self::Row { row, others } => messages.row_and_others(*others, row.message(messages)),
            Self::Dataset(error) => error.message(messages),
        }
    }
}

crate::localized_errors!(SkippedRow, TableError);
