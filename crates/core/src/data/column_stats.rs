//! Statistics of the cells of one column, and what kind of column they make.

use std::collections::HashMap;

use crate::text::DecimalSign;

use super::cell::{
    DateOrder, NumberReading, could_be_day_and_month, date_orders, is_infinite, is_missing_number,
    is_missing_word, parse_boolean, parse_fraction,
};
use super::table_error::OpenChoice;
use super::table_options::{DateChoice, TableOptions};

/// The maximum number of different texts that are counted.
const MAX_TEXTS: usize = 50_000;
/// Up to this number of different texts are classes, however few rows there are.
const FEW_TEXTS: usize = 20;

/// The kind of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColumnKind {
    /// Numbers.
    Number,
    /// Classes: texts that repeat, or true and false.
    Class,
    /// Dates.
    Date,
    /// Texts that hardly repeat.
    Text,
    /// Nothing.
    Empty,
    /// The numbers of the rows.
    Index,
}

impl ColumnKind {
    /// Returns the name in the output of the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Number => "number",
            Self::Class => "class",
            Self::Date => "date",
            Self::Text => "text",
            Self::Empty => "empty",
            Self::Index => "index",
        }
    }
}

/// The notation of the numbers of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ColumnReading {
    /// Numbers with this decimal sign; fractions too.
    Numbers(DecimalSign),
    /// Dates in this order.
    Dates(DateOrder),
    /// True is 1 and false is 0.
    Booleans,
    /// Texts.
    Texts,
}

/// A cell that has to be named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct NotedCell {
    pub(crate) line: usize,
    pub(crate) text: String,
}

/// Counts of the cells of a column.
#[derive(Debug, Clone)]
pub(crate) struct ColumnStats {
    /// Cells that are empty, `?`, an error of a spreadsheet, or chosen as missing.
    missing: usize,
    /// Cells that are missing in a column of numbers only.
    missing_words: usize,
    /// Plain numbers and numbers that are the same with both decimal signs.
    numbers: usize,
    /// Plain numbers with a fraction.
    plain_fractions: usize,
    /// Other numbers with the decimal point only, and with the decimal comma only.
    points: usize,
    commas: usize,
    ambiguous: usize,
    first_ambiguous: Option<NotedCell>,
    fractions: usize,
    first_fraction: Option<NotedCell>,
    are_days_and_months: bool,
    dates: usize,
    first_date: Option<NotedCell>,
    orders: [bool; 3],
    booleans: usize,
    /// Infinite numbers, which are texts too.
    infinite: usize,
    texts: HashMap<String, usize>,
    text_count: usize,
    has_all_texts: bool,
    texts_with_spaces: usize,
    /// True while the numbers are integers that increase.
    is_increasing: bool,
    /// True while each number is 1 more than the last, from 0 or 1 on.
    is_consecutive: bool,
    last: f64,
}

impl Default for ColumnStats {
    fn default() -> Self {
        Self {
            missing: 0,
            missing_words: 0,
            numbers: 0,
            plain_fractions: 0,
            points: 0,
            commas: 0,
            ambiguous: 0,
            first_ambiguous: None,
            fractions: 0,
            first_fraction: None,
            are_days_and_months: true,
            dates: 0,
            first_date: None,
            orders: [true; 3],
            booleans: 0,
            infinite: 0,
            texts: HashMap::new(),
            text_count: 0,
            has_all_texts: true,
            texts_with_spaces: 0,
            is_increasing: true,
            is_consecutive: true,
            last: -1.0,
        }
    }
}

impl ColumnStats {
    /// Adds a plain number whose decimal point is certain.
    #[inline]
    pub(crate) fn push_plain(&mut self, value: f64) {
        self.numbers += 1;
        if value.fract() != 0.0 {
            self.plain_fractions += 1;
            self.is_increasing = false;
        } else if value > self.last {
            self.is_consecutive &= value == self.last + 1.0 || self.last == -1.0 && value == 1.0;
            self.last = value;
        } else {
            self.is_increasing = false;
        }
    }

    /// Adds any cell.
    pub(crate) fn push(&mut self, cell: &str, line: usize, options: &TableOptions) {
        let noted = || {
            Some(NotedCell {
                line,
                text: cell.to_owned(),
            })
        };
        if is_missing_word(cell) || options.missing.iter().any(|missing| missing == cell) {
            self.missing += 1;
            return;
        }
        if is_missing_number(cell) {
            self.missing_words += 1;
            self.push_text(cell);
            return;
        }
        match NumberReading::new(cell) {
            NumberReading::Same(value) => {
                self.push_plain(value);
                self.plain_fractions -= usize::from(value.fract() != 0.0);
                return;
            }
            NumberReading::With(DecimalSign::Point, _) => self.points += 1,
            NumberReading::With(DecimalSign::Comma, _) => self.commas += 1,
            NumberReading::Ambiguous(..) => {
                self.ambiguous += 1;
                self.first_ambiguous = self.first_ambiguous.take().or_else(noted);
            }
            NumberReading::None => {
                self.push_word(cell, noted);
                return;
            }
        }
        self.is_increasing = false;
    }

    fn push_word(&mut self, cell: &str, noted: impl Fn() -> Option<NotedCell>) {
        self.is_increasing = false;
        if parse_boolean(cell).is_some() {
            self.booleans += 1;
        } else if is_infinite(cell) {
            self.infinite += 1;
        } else if parse_fraction(cell).is_some() {
            self.fractions += 1;
            self.are_days_and_months &= could_be_day_and_month(cell);
            self.first_fraction = self.first_fraction.take().or_else(noted);
            return;
        } else {
            let orders = date_orders(cell);
            if orders.contains(&true) {
                self.dates += 1;
                let all = self.orders.iter_mut().zip(orders);
                all.for_each(|(order, is_possible)| *order &= is_possible);
                self.first_date = self.first_date.take().or_else(noted);
                return;
            }
        }
        self.push_text(cell);
    }

    fn push_text(&mut self, cell: &str) {
        self.text_count += 1;
        self.texts_with_spaces += usize::from(cell.contains(' '));
        if let Some(count) = self.texts.get_mut(cell) {
            *count += 1;
        } else if self.texts.len() < MAX_TEXTS {
            self.texts.insert(cell.to_owned(), 1);
        } else {
            self.has_all_texts = false;
        }
    }

    /// Returns the number of cells.
    pub(crate) fn cell_count(&self) -> usize {
        self.missing + self.all_numbers() + self.fractions + self.dates + self.text_count
    }

    /// True if every cell is missing or a number in this notation.
    pub(crate) fn is_clean(&self, reading: ColumnReading) -> bool {
        let others = match reading {
            ColumnReading::Numbers(DecimalSign::Point) => self.commas + self.dates,
            ColumnReading::Numbers(DecimalSign::Comma) => self.points + self.plain_fractions + self.dates,
            ColumnReading::Dates(_) => self.all_numbers() + self.fractions,
            ColumnReading::Booleans | ColumnReading::Texts => return false,
        };
        others + self.words() + self.booleans == 0
    }

    /// True if every cell is missing or a text, so that [`Self::texts`] has the classes.
    pub(crate) fn has_texts_only(&self) -> bool {
        self.all_numbers() + self.fractions + self.dates == 0
            && self.has_all_texts
            && (self.missing_words == 0 || self.words() > 0)
    }

    /// Returns the texts with their counts.
    pub(crate) fn texts(&self) -> &HashMap<String, usize> {
        &self.texts
    }

    /// Returns the numbers of cells that are evidence for the decimal point and for the decimal comma.
    pub(crate) fn decimal_evidence(&self) -> [usize; 2] {
        [self.points + self.plain_fractions, self.commas]
    }

    fn all_numbers(&self) -> usize {
        self.numbers + self.points + self.commas + self.ambiguous
    }

    /// Returns the number of texts that are neither true nor false, nor stand for a missing number.
    fn words(&self) -> usize {
        self.text_count - self.missing_words - self.booleans
    }

    /// True if the cells are numbers, apart from a few.
    fn is_numeric(&self) -> bool {
        let numbers = self.all_numbers() + self.fractions;
        let others = self.words() - self.infinite + self.booleans + self.dates;
        numbers > 0 && (others == 0 || others * 10 < numbers + others || others == 1 && numbers >= 4)
    }

    fn is_dated(&self, options: &TableOptions) -> bool {
        let others = self.words() + self.booleans + self.all_numbers();
        options.dates != Some(DateChoice::None)
            && self.dates > 0
            && (others == 0 || others * 10 < self.dates + others || others == 1 && self.dates >= 4)
    }

    /// Returns the kind of the column, which has this name. Without a name it has the numbers of the rows only if it
    /// `can_be_index`.
    pub(crate) fn kind(&self, name: &str, can_be_index: bool, options: &TableOptions) -> ColumnKind {
        if self.missing > 0 && self.all_numbers() + self.fractions + self.dates + self.text_count == 0 {
            return ColumnKind::Empty;
        }
        if self.is_dated(options) {
            return ColumnKind::Date;
        }
        if matches!(options.dates, Some(DateChoice::Order(_)))
            && self.fractions > 0
            && self.all_numbers() == 0
        {
            return ColumnKind::Date;
        }
        if self.is_numeric() {
            let is_index = self.is_increasing
                && self.missing + self.text_count + self.fractions + self.commas + self.points == 0
                && (is_index_name(name, can_be_index) || self.is_consecutive && is_number_name(name));
            return if is_index {
                ColumnKind::Index
            } else {
                ColumnKind::Number
            };
        }
        let words = self.words();
        if self.booleans > 0 && words == 0 {
            return ColumnKind::Class;
        }
        if self.text_count + self.all_numbers() + self.dates + self.fractions == 0 {
            return ColumnKind::Empty;
        }
        // Only texts that stand for missing numbers: they are no words either.
        if words == 0 && self.all_numbers() + self.fractions + self.dates == 0 {
            return ColumnKind::Empty;
        }
        let is_unique = self.texts.len() == self.text_count;
        let is_prose = is_unique && self.text_count > 2 && 2 * self.texts_with_spaces > self.text_count;
        let has_classes = self.texts.len() <= FEW_TEXTS || 2 * self.texts.len() <= self.text_count;
        match self.has_all_texts && has_classes && !is_prose {
            true => ColumnKind::Class,
            false => ColumnKind::Text,
        }
    }

    /// Returns the number of missing cells of a column of this kind.
    pub(crate) fn missing(&self, kind: ColumnKind) -> usize {
        match kind {
            ColumnKind::Class if self.words() > 0 => self.missing,
            ColumnKind::Text => self.missing,
            ColumnKind::Number
            | ColumnKind::Date
            | ColumnKind::Empty
            | ColumnKind::Index
            | ColumnKind::Class => self.missing + self.missing_words,
        }
    }

    /// True if at least one cell is a number.
    pub(crate) fn has_numbers(&self) -> bool {
        self.all_numbers() + self.fractions > 0
    }

    /// True if the texts are true and false.
    pub(crate) fn has_booleans_only(&self) -> bool {
        self.booleans > 0 && self.words() == 0 && self.all_numbers() + self.fractions + self.dates == 0
    }

    /// Returns the decimal sign of the column: the one that its own numbers prove, or that of the table.
    pub(crate) fn decimal_sign(&self, table: Option<DecimalSign>) -> Option<DecimalSign> {
        match self.decimal_evidence() {
            [0, 0] => table,
            [_, 0] => Some(DecimalSign::Point),
            [0, _] => Some(DecimalSign::Comma),
            [points, commas] => table.or(Some(match points >= commas {
                true => DecimalSign::Point,
                false => DecimalSign::Comma,
            })),
        }
    }

    /// Returns the order of the dates, or the cell that can be read in two ways.
    pub(crate) fn date_order(
        &self,
        options: &TableOptions,
    ) -> Result<DateOrder, Option<(NotedCell, OpenChoice)>> {
        if let Some(DateChoice::Order(order)) = options.dates {
            return Ok(order);
        }
        let mut possible = DateOrder::ALL
            .iter()
            .zip(self.orders)
            .filter(|(_, is_possible)| *is_possible);
        match (possible.next(), possible.next()) {
            (Some((&order, _)), None) => Ok(order),
            (Some((&order, _)), Some(_)) => {
                // A date such as 5 May 2024 is the same in every order.
                let is_certain = self
                    .first_date
                    .as_ref()
                    .is_some_and(|cell| has_month_name(&cell.text));
                match is_certain {
                    true => Ok(order),
                    false => Err(self.first_date.clone().map(|cell| (cell, OpenChoice::DateOrder))),
                }
            }
            (None, _) => Ok(DateOrder::DayMonthYear),
        }
    }

    /// Returns the first number that can be read in two ways, if there is no decimal sign.
    pub(crate) fn ambiguous_number(&self, decimal: Option<DecimalSign>) -> Option<&NotedCell> {
        self.first_ambiguous.as_ref().filter(|_| decimal.is_none())
    }

    /// Returns the first cell that could be a fraction or a date, if all could.
    pub(crate) fn ambiguous_fraction(&self, options: &TableOptions) -> Option<&NotedCell> {
        let is_open = options.dates.is_none() && self.all_numbers() == 0 && self.are_days_and_months;
        self.first_fraction.as_ref().filter(|_| is_open)
    }
}

fn has_month_name(cell: &str) -> bool {
    cell.chars().filter(|character| character.is_alphabetic()).count() >= 3
}

/// True if a column of this name has the numbers of the rows if it counts from 0 or 1, as `PassengerId` does.
fn is_number_name(name: &str) -> bool {
    let lower = name.to_lowercase();
    let is_id = lower.ends_with("_id") || lower.ends_with(" id") || lower.ends_with(".id");
    let has_camel_case = name
        .strip_suffix("Id")
        .or(name.strip_suffix("ID"))
        .is_some_and(|rest| rest.ends_with(char::is_lowercase));
    let names = [
        "no",
        "no.",
        "nr",
        "nr.",
        "n°",
        "sno",
        "s.no",
        "s.no.",
        "sl no",
        "sr no",
        "序号",
        "编号",
        "番号",
        "\u{bc88}\u{d638}",
    ];
    is_id || has_camel_case || names.contains(&lower.as_str())
}

/// True if a column of this name can have the numbers of the rows.
fn is_index_name(name: &str, can_be_unnamed: bool) -> bool {
    let lower = name.to_ascii_lowercase();
    let is_unnamed = || {
        let number = lower.strip_prefix("unnamed:");
        number.is_some_and(|number| number.trim().bytes().all(|digit| digit.is_ascii_digit()))
    };
    match lower.as_str() {
        "" => can_be_unnamed,
        "id" | "index" | "idx" | "#" | "row" | "rownames" | "row_id" | "rowid" => true,
        _ => is_unnamed(),
    }
}
