//! The reading of a table: its layout, and the kind and notation of each column, judged by all of its cells.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::text::{DecimalSign, Localized, Messages, NumberError, parse_number, shortened};

use super::cell::{self, Date, parse_boolean, parse_fraction};
use super::column_buffer::ColumnBuffer;
use super::column_stats::{ColumnKind, ColumnReading, ColumnStats, NotedCell};
use super::dataset::MAX_NUMBERS;
use super::layout::{self, Layout};
use super::lines::unclosed_quote;
use super::progress::Progress;
use super::records::Records;
use super::table_error::{OpenChoice, SkipReason, SkippedRow, TableError};
use super::table_options::{Separator, TableOptions};
use super::table_text::TableText;

/// The maximum number of skipped rows that a loaded table reports.
pub(crate) const MAX_REPORTED_ROWS: usize = 20;
/// The maximum number of skipped rows that an analysis lists.
const MAX_LISTED_ROWS: usize = 1_000;
/// The maximum number of classes that are counted.
const MAX_COUNTED_CLASSES: usize = 4_096;

/// A column of a table.
#[derive(Debug, Clone, PartialEq)]
pub struct TableColumn {
    /// The name in the header, or an empty text.
    pub name: String,
    /// The kind.
    pub kind: ColumnKind,
    /// The number of missing cells.
    pub missing: usize,
    /// The number of rows of each class, if there are classes.
    pub classes: BTreeMap<String, usize>,
    /// The notation of the numbers, if the cells are read as numbers.
    pub(crate) reading: ColumnReading,
    /// The cell that can be read in two ways, if one can.
    pub(crate) open_choice: Option<(NotedCell, OpenChoice)>,
    /// True if at least one cell is a number, a date, or true or false.
    pub(crate) has_numbers: bool,
}

impl TableColumn {
    /// Returns the name that people read: `column 3` if there is none in the header.
    pub fn label(&self, index: usize) -> String {
        match self.name.is_empty() {
            // The name is stored in documents, so it has the same language everywhere.
            true => Messages::ENGLISH.unnamed_column(index + 1),
            false => self.name.clone(),
        }
    }

    /// True if the column is neither an input nor the target unless it is asked for.
    pub fn is_left_out(&self) -> bool {
        matches!(self.kind, ColumnKind::Empty | ColumnKind::Index)
    }

    /// True if the column can be an input.
    pub fn can_be_input(&self) -> bool {
        self.has_numbers
    }
}

/// A value of a table, as it is read.
#[derive(Debug, Clone, PartialEq)]
pub enum TableValue {
    /// A number.
    Number(f64),
    /// A text, or a date in the form `2024-12-31`.
    Text(String),
    /// A missing value.
    Missing,
}

/// A decision about the table that people should know of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TableNote {
    /// The header consists of numbers.
    NumbersAsHeader(usize),
    /// These lines above the header are left out.
    Titles(Vec<usize>),
    /// The line with units is left out.
    Units(usize),
    /// This many lines that begin with a text are left out as comments.
    Comments(usize, String),
    /// These classes differ only in letter case.
    SimilarClasses {
        /// The column.
        column: String,
        /// The classes.
        classes: Vec<String>,
    },
}

impl Localized for TableNote {
    fn message(&self, messages: Messages) -> String {
        match self {
            Self::NumbersAsHeader(line) => messages.note_numbers_as_header(line),
            Self::Titles(lines) => messages.note_titles(messages.list(lines)),
            Self::Units(line) => messages.note_units(line),
            Self::Comments(count, prefix) => messages.note_comments(*count, prefix),
            Self::SimilarClasses { column, classes } => {
                messages.note_similar_classes(column, messages.list(classes))
            }
        }
    }
}

crate::localized_errors!(TableNote);

/// The way in which a table is read, and the first rows.
#[derive(Debug, Clone, PartialEq)]
pub struct TableAnalysis {
    /// The columns from left to right, those that are left out as well.
    pub columns: Vec<TableColumn>,
    /// The line of the header, counted from 1.
    pub header_line: Option<usize>,
    /// The separator of the cells; `None` for a spreadsheet or a single column.
    pub separator: Option<Separator>,
    /// The decimal sign of most numbers.
    pub decimal: DecimalSign,
    /// The number of rows that are neither empty nor skipped.
    pub rows: usize,
    /// The first rows that can't be read, in line order.
    pub skipped: Vec<SkippedRow>,
    /// The number of all rows that can't be read.
    pub skipped_count: usize,
    /// The first rows, as they are read, `[row][column]`.
    pub values: Vec<Vec<TableValue>>,
    /// The notes for the user about how it was read.
    pub notes: Vec<TableNote>,
    pub(crate) layout: Layout,
    /// The text in the form that rows are read from, if it differs from that of the file.
    pub(crate) spaced_text: Option<String>,
    /// All cells, if each of them is a plain number; they need not be read again.
    pub(crate) plain_numbers: Option<Arc<PlainNumbers>>,
}

/// The cells of a table of plain numbers.
#[derive(Debug, PartialEq)]
pub(crate) struct PlainNumbers {
    /// `[column][row]`.
    values: Vec<f64>,
    rows: usize,
}

impl PlainNumbers {
    /// Returns the numbers of a column.
    pub(crate) fn column(&self, column: usize) -> &[f64] {
        &self.values[column * self.rows..][..self.rows]
    }
}

impl TableAnalysis {
    /// The number of first rows in [`Self::values`].
    pub const FIRST_ROWS: usize = 5;

    /// Analyzes a table with at least `min_columns` columns.
    ///
    /// # Errors
    ///
    /// Returns an error if the text is no table, or a quote is not closed.
    pub fn new(source: &TableText, options: &TableOptions, min_columns: usize) -> Result<Self, TableError> {
        Self::watched(source, options, min_columns, &Progress::default())
    }

    /// Analyzes a table as [`Self::new`] does, while another thread watches the progress.
    ///
    /// # Errors
    ///
    /// Returns an error if the text is no table, a quote is not closed, or the work is canceled.
    pub fn watched(
        source: &TableText,
        options: &TableOptions,
        min_columns: usize,
        progress: &Progress,
    ) -> Result<Self, TableError> {
        options.check()?;
        let spreadsheet = TableOptions {
            decimal: Some(DecimalSign::Point),
            ..options.clone()
        };
        // The numbers of a spreadsheet are no texts, so there is nothing to guess.
        let options = if source.sheets.is_empty() {
            options
        } else {
            &spreadsheet
        };
        let (layout, spaced_text) = layout::detect(&source.text, options, min_columns)?;
        let text = spaced_text.as_deref().unwrap_or(&source.text);
        let comment = layout.comment.as_deref();
        if let Some(line) = unclosed_quote(text, layout.delimiter(), comment) {
            return Err(TableError::UnclosedQuote(line));
        }
        let (stats, rows, plain_numbers) = column_stats(text, &layout, options, progress)?;
        let decimal = table_decimal(&stats, options);
        let columns: Vec<TableColumn> = stats
            .iter()
            .zip(&layout.names)
            .enumerate()
            .map(|(index, (stats, name))| {
                // Without a header, numbers that increase are data as well.
                let can_be_index = index == 0 && layout.header_line.is_some();
                column(stats, name, can_be_index, decimal, options)
            })
            .collect();
        let is_single = columns.len() < 2;
        let mut analysis = Self {
            header_line: layout.header_line,
            separator: (source.sheets.is_empty() && !is_single).then_some(layout.separator),
            decimal: decimal.unwrap_or(DecimalSign::Point),
            columns,
            rows,
            skipped: Vec::new(),
            skipped_count: 0,
            values: Vec::new(),
            notes: Vec::new(),
            layout,
            spaced_text: None,
            plain_numbers: plain_numbers.map(Arc::new),
        };
        analysis.read_rows(text, options, &stats, progress)?;
        analysis.add_notes(options);
        analysis.spaced_text = spaced_text;
        Ok(analysis)
    }

    /// Returns the text with which comments begin, if there are any.
    pub fn comment(&self) -> Option<&str> {
        self.layout.comment.as_deref()
    }

    /// Returns the text that the rows are read from.
    pub(crate) fn text<'a>(&'a self, source: &'a TableText) -> &'a str {
        self.spaced_text.as_deref().unwrap_or(&source.text)
    }

    /// Returns an error for the first column with a cell that can be read in two ways.
    ///
    /// # Errors
    ///
    /// Returns an error if there is such a column among these.
    pub fn check_open_choices(&self, columns: impl IntoIterator<Item = usize>) -> Result<(), TableError> {
        for index in columns {
            let column = &self.columns[index];
            if let Some((cell, choice)) = &column.open_choice {
                return Err(TableError::Ambiguous {
                    line: cell.line,
                    column: shortened(&column.label(index)),
                    cell: shortened(&cell.text),
                    choice: *choice,
                });
            }
        }
        Ok(())
    }

    /// Reads the first rows, and all rows if some of them can't be read or have to be counted.
    fn read_rows(
        &mut self,
        text: &str,
        options: &TableOptions,
        stats: &[ColumnStats],
        progress: &Progress,
    ) -> Result<(), TableError> {
        let is_ragged = stats.first().is_some_and(|stats| stats.cell_count() < self.rows);
        let is_clean = |(column, stats): (&TableColumn, &ColumnStats)| match column.kind {
            ColumnKind::Number | ColumnKind::Date => stats.is_clean(column.reading),
            ColumnKind::Class => stats.has_texts_only(),
            ColumnKind::Text | ColumnKind::Empty | ColumnKind::Index => true,
        };
        let are_clean = !is_ragged && self.columns.iter().zip(stats).all(is_clean);
        if are_clean {
            for (column, stats) in self.columns.iter_mut().zip(stats) {
                if column.kind == ColumnKind::Class {
                    column.classes = stats
                        .texts()
                        .iter()
                        .map(|(text, &count)| (text.clone(), count))
                        .collect();
                }
            }
        }
        self.count_rows(text, options, are_clean, progress)?;
        if options.merges_classes {
            for column in &mut self.columns {
                column.classes = merged_classes(&column.classes);
            }
            let columns = &self.columns;
            for row in &mut self.values {
                for (value, column) in row.iter_mut().zip(columns) {
                    let TableValue::Text(text) = value else { continue };
                    let same = |name: &&String| name.to_lowercase() == text.to_lowercase();
                    if let Some(name) = column.classes.keys().find(same) {
                        text.clone_from(name);
                    }
                }
            }
        }
        Ok(())
    }

    /// Counts rows and classes, and reads the first rows; if everything is counted already, only these.
    fn count_rows(
        &mut self,
        text: &str,
        options: &TableOptions,
        is_counted: bool,
        progress: &Progress,
    ) -> Result<(), TableError> {
        let mut rows = 0;
        let class_columns: Vec<usize> = (0..self.columns.len())
            .filter(|&column| self.columns[column].kind == ColumnKind::Class)
            .collect();
        let checked: Vec<usize> = (0..self.columns.len())
            .filter(|&column| matches!(self.columns[column].kind, ColumnKind::Number | ColumnKind::Date))
            .collect();
        let layout = self.layout.clone();
        let mut records = Records::new(text, layout.delimiter(), layout.comment.as_deref());
        let mut classes: Vec<BTreeMap<String, usize>> = vec![BTreeMap::new(); class_columns.len()];
        while records.advance() {
            records.watch(rows + self.skipped_count, progress)?;
            if records.line() <= layout.lines_before_data {
                continue;
            }
            let reason = layout.ragged(&records).or_else(|| {
                checked.iter().find_map(|&column| {
                    let checked = &self.columns[column];
                    let problem = checked.number(&records, column, options).err()?;
                    let problem = problem.filter(|_| checked.open_choice.is_none())?;
                    Some(problem.reason(shortened(&checked.label(column))))
                })
            });
            if let Some(reason) = reason {
                self.skipped_count += 1;
                if self.skipped.len() < MAX_LISTED_ROWS {
                    let line = records.line();
                    self.skipped.push(SkippedRow { line, reason });
                }
                continue;
            }
            rows += 1;
            for (counts, &column) in classes.iter_mut().zip(&class_columns) {
                let cell = records.cell(column);
                if self.columns[column].is_missing_text(cell, options) {
                    continue;
                }
                if let Some(count) = counts.get_mut(cell) {
                    *count += 1;
                } else if counts.len() < MAX_COUNTED_CLASSES {
                    counts.insert(cell.to_owned(), 1);
                }
            }
            if self.values.len() < Self::FIRST_ROWS {
                let columns = self.columns.iter().enumerate();
                let values = columns.map(|(index, column)| column.value(&records, index, options));
                self.values.push(values.collect());
            } else if is_counted {
                return Ok(());
            }
        }
        if is_counted {
            return Ok(());
        }
        self.rows = rows;
        for (counts, column) in classes.into_iter().zip(class_columns) {
            self.columns[column].classes = counts;
        }
        Ok(())
    }

    fn add_notes(&mut self, options: &TableOptions) {
        if let Some(line) = self
            .layout
            .header_line
            .filter(|_| self.layout.has_numbers_as_header)
        {
            self.notes.push(TableNote::NumbersAsHeader(line));
        }
        if !self.layout.title_lines.is_empty() && options.header.is_none() {
            self.notes
                .push(TableNote::Titles(self.layout.title_lines.clone()));
        }
        if let Some(comment) = self.layout.comment.as_ref().filter(|_| options.comment.is_none()) {
            let in_head = usize::from(self.layout.has_names_in_comment);
            if self.layout.comment_lines > in_head {
                let count = self.layout.comment_lines - in_head;
                self.notes.push(TableNote::Comments(count, comment.clone()));
            }
        }
        if let Some(line) = self.layout.units_line {
            self.notes.push(TableNote::Units(line));
        }
        for (index, column) in self.columns.iter().enumerate() {
            let classes = similar_classes(column.classes.keys());
            if !classes.is_empty() {
                let column = shortened(&column.label(index));
                self.notes.push(TableNote::SimilarClasses { column, classes });
            }
        }
    }
}

/// Returns the classes that another one differs from in letter case only.
fn similar_classes<'a>(names: impl Iterator<Item = &'a String>) -> Vec<String> {
    const MAX_LISTED: usize = 10;
    let mut by_lower: BTreeMap<String, Vec<&String>> = BTreeMap::new();
    for name in names {
        by_lower.entry(name.to_lowercase()).or_default().push(name);
    }
    let groups = by_lower.into_values().filter(|group| group.len() > 1);
    groups
        .flatten()
        .take(MAX_LISTED)
        .map(|name| shortened(name))
        .collect()
}

/// Returns the classes, with those that differ in letter case only as one, named as most of its rows are.
pub(crate) fn merged_classes(classes: &BTreeMap<String, usize>) -> BTreeMap<String, usize> {
    let mut merged: BTreeMap<String, (String, usize, usize)> = BTreeMap::new();
    for (name, &count) in classes {
        let (best, most, sum) = merged
            .entry(name.to_lowercase())
            .or_insert_with(|| (name.clone(), count, 0));
        *sum += count;
        if count > *most {
            (*best, *most) = (name.clone(), count);
        }
    }
    merged.into_values().map(|(name, _, sum)| (name, sum)).collect()
}

/// Counts the cells of all columns, except in rows with too few or too many cells, and all rows.
fn column_stats(
    text: &str,
    layout: &Layout,
    options: &TableOptions,
    progress: &Progress,
) -> Result<(Vec<ColumnStats>, usize, Option<PlainNumbers>), TableError> {
    let mut rows = 0;
    let mut all = vec![ColumnStats::default(); layout.names.len()];
    // With other separators a point in a number can separate thousands.
    let has_certain_points = matches!(layout.separator, Separator::Character(b',') | Separator::Spaces);
    let has_missing_numbers = options
        .missing
        .iter()
        .any(|missing| missing.parse::<f64>().is_ok());
    let is_plain =
        has_certain_points && !has_missing_numbers && options.decimal_sign() != Some(DecimalSign::Comma);
    let mut records = Records::new(text, layout.delimiter(), layout.comment.as_deref());
    let mut numbers: Option<ColumnBuffer> = None;
    let mut are_plain = options.missing.is_empty();
    while records.advance() {
        if layout.lines_before_data > 0 && records.line() <= layout.lines_before_data {
            continue;
        }
        records.watch(rows, progress)?;
        rows += 1;
        if layout.ragged(&records).is_some() {
            are_plain = false;
            continue;
        }
        if are_plain {
            // Rows of numbers are about equally long; memory that is never written to costs nothing.
            let numbers = numbers.get_or_insert_with(|| {
                let expected =
                    text.len() / records.length().max(1) + text.len() / (8 * records.length().max(1)) + 8;
                ColumnBuffer::new(all.len(), expected.min(MAX_NUMBERS / all.len().max(1) + 1))
            });
            let mut cells = numbers.next_row_mut().iter_mut().enumerate();
            are_plain = cells.all(|(column, slot)| match records.plain_number(column) {
                Some(value) if is_plain || value.fract() == 0.0 && !records.cell(column).contains('.') => {
                    *slot = value;
                    true
                }
                _ => false,
            });
            if are_plain {
                let row = numbers.next_row_mut().iter();
                row.zip(&mut all)
                    .for_each(|(&value, stats)| stats.push_plain(value));
                numbers.commit_row();
                are_plain = numbers.row_count() * all.len() <= MAX_NUMBERS;
                continue;
            }
        }
        for (column, stats) in all.iter_mut().enumerate() {
            match records.plain_number(column) {
                Some(value) if is_plain => stats.push_plain(value),
                Some(value) if !has_missing_numbers && !records.cell(column).contains('.') => {
                    stats.push_plain(value);
                }
                _ => {
                    let line = records.line();
                    stats.push(records.cell(column), line, options);
                }
            }
        }
    }
    let plain = numbers.filter(|_| are_plain).map(|numbers| PlainNumbers {
        rows: numbers.row_count(),
        values: numbers.into_columns(&[]),
    });
    Ok((all, rows, plain))
}

/// Returns the decimal sign that is chosen, or the one that the numbers of all columns prove; `None` if there is
/// no number that proves one.
fn table_decimal(stats: &[ColumnStats], options: &TableOptions) -> Option<DecimalSign> {
    if let Some(sign) = options.decimal_sign() {
        return Some(sign);
    }
    let mut columns = [0_usize; 2];
    for stats in stats {
        let [points, commas] = stats.decimal_evidence();
        columns[0] += usize::from(points > commas);
        columns[1] += usize::from(commas > points);
    }
    match columns {
        [0, 0] => None,
        [points, commas] if points >= commas => Some(DecimalSign::Point),
        _ => Some(DecimalSign::Comma),
    }
}

/// Returns the column with this name.
fn column(
    stats: &ColumnStats,
    name: &str,
    can_be_index: bool,
    table: Option<DecimalSign>,
    options: &TableOptions,
) -> TableColumn {
    let kind = stats.kind(name, can_be_index, options);
    let decimal = match options.decimal_sign() {
        Some(sign) => Some(sign),
        None => stats.decimal_sign(table),
    };
    let numbers = ColumnReading::Numbers(decimal.unwrap_or(DecimalSign::Point));
    let mut open_choice = None;
    let reading = match kind {
        ColumnKind::Number | ColumnKind::Index => {
            open_choice = stats
                .ambiguous_number(decimal)
                .map(|cell| (cell.clone(), OpenChoice::Thousands))
                .or_else(|| {
                    let fraction = stats.ambiguous_fraction(options)?;
                    Some((fraction.clone(), OpenChoice::FractionOrDate))
                });
            numbers
        }
        ColumnKind::Date => match stats.date_order(options) {
            Ok(order) => ColumnReading::Dates(order),
            Err(choice) => {
                open_choice = choice;
                ColumnReading::Dates(super::cell::DateOrder::DayMonthYear)
            }
        },
        ColumnKind::Class if stats.has_booleans_only() => ColumnReading::Booleans,
        ColumnKind::Class | ColumnKind::Text if stats.has_numbers() => numbers,
        ColumnKind::Class | ColumnKind::Text | ColumnKind::Empty => ColumnReading::Texts,
    };
    TableColumn {
        name: name.to_owned(),
        kind,
        missing: stats.missing(kind),
        classes: BTreeMap::new(),
        has_numbers: reading != ColumnReading::Texts,
        reading,
        open_choice,
    }
}

/// The reason why a cell has no number.
pub(crate) enum CellProblem {
    Missing,
    NotANumber(NumberError),
    NotADate(String),
}

impl CellProblem {
    /// Returns the reason to skip the row, with the name of the column.
    pub(crate) fn reason(self, column: String) -> SkipReason {
        match self {
            Self::Missing => SkipReason::MissingNumber(column),
            Self::NotANumber(error) => SkipReason::InvalidNumber { column, error },
            Self::NotADate(cell) => SkipReason::InvalidDate { column, cell },
        }
    }
}

/// Returns the reason why a text is not a number.
fn not_a_number(text: &str) -> CellProblem {
    CellProblem::NotANumber(match parse_number(text) {
        Err(error) => error,
        Ok(_) => NumberError::NotANumber(shortened(text)),
    })
}

impl TableColumn {
    /// True if a cell is missing in a column of texts.
    pub(crate) fn is_missing_text(&self, text: &str, options: &TableOptions) -> bool {
        let is_word =
            self.reading == ColumnReading::Texts || matches!(self.reading, ColumnReading::Numbers(_));
        cell::is_missing_word(text)
            || options.missing.iter().any(|missing| missing == text)
            || !is_word && cell::is_missing_number(text)
    }

    /// True if plain numbers are the values of the column.
    pub(crate) fn has_plain_numbers(&self) -> bool {
        matches!(self.kind, ColumnKind::Number | ColumnKind::Index)
            && self.reading == ColumnReading::Numbers(DecimalSign::Point)
    }

    /// Returns the number in a cell; a date is the number of days since 1970. The error is `None` if the cell is
    /// missing.
    #[inline]
    pub(crate) fn number(
        &self,
        records: &Records<'_>,
        index: usize,
        options: &TableOptions,
    ) -> Result<f64, Option<CellProblem>> {
        if self.reading == ColumnReading::Numbers(DecimalSign::Point)
            && options.missing.is_empty()
            && let Some(value) = records.plain_number(index)
        {
            return Ok(value);
        }
        self.odd_number(records.cell(index), options)
    }

    /// Returns the number in a cell that is not a plain number with a decimal point.
    fn odd_number(&self, text: &str, options: &TableOptions) -> Result<f64, Option<CellProblem>> {
        if cell::is_missing_number(text) || options.missing.iter().any(|missing| missing == text) {
            return Err(None);
        }
        match self.reading {
            ColumnReading::Numbers(sign) => {
                let value = cell::parse_number(text, sign)
                    .or_else(|| parse_fraction(text))
                    .or_else(|| match cell::NumberReading::new(text) {
                        cell::NumberReading::Same(value) => Some(value),
                        _ => None,
                    })
                    .or_else(|| parse_boolean(text));
                value.ok_or_else(|| Some(not_a_number(text)))
            }
            ColumnReading::Dates(order) => match Date::parse(text, order) {
                Some(date) => Ok(date.days()),
                None => Err(Some(CellProblem::NotADate(shortened(text)))),
            },
            ColumnReading::Booleans => parse_boolean(text).ok_or_else(|| Some(not_a_number(text))),
            ColumnReading::Texts => Err(Some(not_a_number(text))),
        }
    }

    /// Returns the value of a cell as it is read.
    fn value(&self, records: &Records<'_>, index: usize, options: &TableOptions) -> TableValue {
        let text = records.cell(index);
        match self.kind {
            ColumnKind::Number | ColumnKind::Index => match self.number(records, index, options) {
                Ok(value) => TableValue::Number(value),
                Err(_) => TableValue::Missing,
            },
            ColumnKind::Date => match self.reading {
                ColumnReading::Dates(order) => match Date::parse(text, order) {
                    Some(date) => TableValue::Text(date.iso_text()),
                    None => TableValue::Missing,
                },
                _ => TableValue::Missing,
            },
            ColumnKind::Empty => TableValue::Missing,
            ColumnKind::Class | ColumnKind::Text if self.is_missing_text(text, options) => {
                TableValue::Missing
            }
            ColumnKind::Class | ColumnKind::Text => TableValue::Text(text.to_owned()),
        }
    }
}

impl Layout {
    /// Returns the reason why a row doesn't have the cells that it needs.
    pub(crate) fn ragged(&self, records: &Records<'_>) -> Option<SkipReason> {
        let (found, expected) = (records.cell_count(), self.names.len());
        if found == expected {
            return None;
        }
        let is_complete = (self.min_cells..=expected).contains(&found)
            || found > expected && (expected..found).all(|column| records.cell(column).is_empty());
        (!is_complete).then_some(SkipReason::ColumnCount { found, expected })
    }
}
