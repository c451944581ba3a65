//! The cells of one column of a table.

use std::collections::HashMap;

use crate::text::{NumberError, parse_number};

/// True if a cell represents a missing value: it is empty, `?`, or one of the usual words such as
/// `NA`.
pub(crate) fn is_missing(cell: &str) -> bool {
    let words = ["?", "na", "n/a", "nan", "null", "#n/a"];
    cell.is_empty() || (cell.len() <= 4 && words.iter().any(|word| cell.eq_ignore_ascii_case(word)))
}

/// Parses a number as [`parse_number`] does; plain numbers are parsed faster.
pub(crate) fn parse_cell(cell: &str) -> Result<f64, NumberError> {
    if let Some(value) = parse_plain_number(cell.as_bytes()) {
        return Ok(value);
    }
    match cell.parse::<f64>() {
        Ok(value) if value.is_finite() => Ok(value),
        _ => parse_number(cell),
    }
}

/// Parses a cell that is a plain number from its first to its last character; `None` if it is not.
fn parse_plain_number(cell: &[u8]) -> Option<f64> {
    let (value, end) = parse_leading_number(cell);
    (end == cell.len() && !value.is_nan()).then_some(value)
}

/// Parses the plain number at the beginning of a text, and returns it and the position where it ends. The
/// number is NaN if there is none.
///
/// A plain number has up to 15 digits, with or without a decimal point, so that one division gives the exact
/// result (Clinger, 1990).
#[inline(always)]
pub(super) fn parse_leading_number(text: &[u8]) -> (f64, usize) {
    const MAX_DIGITS: usize = 15;
    const POWERS: [f64; MAX_DIGITS + 1] = [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
    ];
    let sign = usize::from(text.first() == Some(&b'-'));
    let (mut position, mut mantissa) = (sign, 0_i64);
    // The sum may wrap around if there are too many digits; it is not used then.
    let mut digits = |at: &mut usize| {
        let from = *at;
        while let Some(digit) = text
            .get(*at)
            .map(|byte| byte.wrapping_sub(b'0'))
            .filter(|&digit| digit < 10)
        {
            mantissa = mantissa.wrapping_mul(10).wrapping_add(i64::from(digit));
            *at += 1;
        }
        *at - from
    };
    let integer_digits = digits(&mut position);
    let mut decimals = 0;
    if text.get(position) == Some(&b'.') {
        position += 1;
        decimals = digits(&mut position);
    }
    if !(1..=MAX_DIGITS).contains(&(integer_digits + decimals)) {
        return (f64::NAN, position);
    }
    let value = mantissa as f64 / POWERS[decimals];
    (if sign == 1 { -value } else { value }, position)
}

/// The cells of a target column: their numbers, and their text in case some of them are not numbers.
#[derive(Debug, Default)]
pub(crate) struct TargetColumn {
    /// The number in each row; NaN if the cell is not a number.
    numbers: Vec<f64>,
    /// The text of the cells that are numbers, concatenated.
    number_text: String,
    /// The position in `number_text` at which each of these cells ends.
    number_ends: Vec<usize>,
    /// The cells that are not numbers, in row order.
    parse_errors: Vec<ParseError>,
    /// The distinct texts of the cells that are not numbers.
    texts: Vec<String>,
    /// The index of each of these texts in `texts`.
    text_indices: HashMap<String, u32>,
}

/// A cell that is not a number.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ParseError {
    /// The row, counted from 0.
    pub(crate) row: usize,
    /// The line in the text, counted from 1.
    pub(crate) line: usize,
    /// The index of the cell's text among the distinct texts of the column.
    text_index: u32,
}

/// The values of a target column.
#[derive(Debug)]
pub(crate) enum TargetKind {
    /// Numbers; NaN for cells that are not numbers.
    Numbers(Vec<f64>),
    /// The class names in alphabetical order, and the index of the class of each row.
    Classes(Vec<String>, Vec<usize>),
}

impl TargetColumn {
    /// Adds a cell that is not missing, and its number if it has one; `line` is only used if it has none.
    pub(crate) fn push(&mut self, cell: &str, number: Option<f64>, line: usize) {
        let row = self.numbers.len();
        self.numbers.push(number.unwrap_or(f64::NAN));
        if number.is_some() {
            self.number_text.push_str(cell);
            self.number_ends.push(self.number_text.len());
            return;
        }
        let text_index = match self.text_indices.get(cell) {
            Some(&index) => index,
            None => {
                let index = self.texts.len() as u32;
                self.texts.push(cell.to_owned());
                self.text_indices.insert(cell.to_owned(), index);
                index
            }
        };
        self.parse_errors.push(ParseError {
            row,
            line,
            text_index,
        });
    }

    /// Returns the cells that are not numbers, in row order.
    pub(crate) fn parse_errors(&self) -> &[ParseError] {
        &self.parse_errors
    }

    /// Returns the text of a cell that is not a number.
    pub(crate) fn text(&self, error: ParseError) -> &str {
        &self.texts[error.text_index as usize]
    }

    /// Returns the text of the cells that are numbers, in row order.
    fn number_cells(&self) -> impl Iterator<Item = &str> {
        let starts = std::iter::once(0).chain(self.number_ends.iter().copied());
        starts
            .zip(&self.number_ends)
            .map(|(from, &to)| &self.number_text[from..to])
    }

    /// Returns numbers if all cells are numbers, or if more than 90% are and there are more than 20 distinct
    /// texts, so that a typing error doesn't turn measurements into classes. Otherwise returns classes in
    /// alphabetical order.
    pub(crate) fn infer_kind(&mut self) -> TargetKind {
        const MAX_CLASS_NAMES: usize = 20;
        if self.parse_errors.is_empty() {
            return TargetKind::Numbers(std::mem::take(&mut self.numbers));
        }
        let mut names: Vec<&str> = self.number_cells().collect();
        names.sort_unstable();
        names.dedup();
        let is_varied = names.len() + self.texts.len() > MAX_CLASS_NAMES;
        if is_varied && self.parse_errors.len() * 10 < self.numbers.len() {
            return TargetKind::Numbers(std::mem::take(&mut self.numbers));
        }
        // A cell is either a number or not, so no text is in both lists.
        names.extend(self.texts.iter().map(String::as_str));
        names.sort_unstable();
        let rank = |text: &str| names.partition_point(|name| *name < text);
        let rank_of_text: Vec<usize> = self.texts.iter().map(|text| rank(text)).collect();
        let mut number_cells = self.number_cells();
        let mut errors = self.parse_errors.iter();
        let labels = self.numbers.iter().map(|number| match number.is_nan() {
            true => errors
                .next()
                .map_or(0, |error| rank_of_text[error.text_index as usize]),
            false => number_cells.next().map_or(0, rank),
        });
        let labels = labels.collect();
        TargetKind::Classes(names.iter().map(|&name| name.to_owned()).collect(), labels)
    }
}
