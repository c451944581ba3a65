//! One column of a table, as it is read.

use std::collections::HashMap;

use crate::words::{NumberError, parse_number};

/// Whether a cell says that there is no value: it is empty, `?`, or one of the usual words.
pub fn is_missing(cell: &str) -> bool {
    let words = ["?", "na", "n/a", "nan", "null", "#n/a"];
    cell.is_empty() || (cell.len() <= 4 && words.iter().any(|word| cell.eq_ignore_ascii_case(word)))
}

/// Reads a number as [`parse_number`] does, and plain ones quickly.
///
/// # Errors
/// As [`parse_number`].
pub fn parse_cell(cell: &str) -> Result<f64, NumberError> {
    if let Some(value) = parse_plain_number(cell.as_bytes()) {
        return Ok(value);
    }
    match cell.parse::<f64>() {
        Ok(value) if value.is_finite() => Ok(value),
        _ => parse_number(cell),
    }
}

/// A whole cell that is a plain number.
fn parse_plain_number(cell: &[u8]) -> Option<f64> {
    let (value, end) = parse_leading_number(cell);
    (end == cell.len() && !value.is_nan()).then_some(value)
}

/// The plain number that a text begins with, and where it ends: up to 15 digits with or without a point, which is exact
/// in one division (Clinger, 1990). NaN if there is none.
#[inline(always)]
pub(super) fn parse_leading_number(text: &[u8]) -> (f64, usize) {
    const MAX_DIGITS: usize = 15;
    const POWERS: [f64; MAX_DIGITS + 1] = [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
    ];
    let sign = usize::from(text.first() == Some(&b'-'));
    let (mut position, mut mantissa) = (sign, 0_i64);
    // Of too many digits the sum is not used.
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

/// A target column: numbers as long as all cells are, and what they are called in case that they are not.
#[derive(Debug, Default)]
pub struct TargetColumn {
    /// For each row its number; NaN for a slip.
    numbers: Vec<f64>,
    /// The cells that are numbers, one after the other as they stand there.
    number_text: String,
    /// Where each of them ends in it.
    number_ends: Vec<usize>,
    parse_errors: Vec<ParseError>,
    /// The different cells that are no numbers.
    texts: Vec<String>,
    text_indices: HashMap<String, u32>,
}

/// A cell that is no number.
#[derive(Debug, Clone, Copy)]
pub struct ParseError {
    /// Its row, counted from 0.
    pub row: usize,
    /// Its line in the text, counted from 1.
    pub line: usize,
    text_index: u32,
}

/// What a target column holds.
#[derive(Debug)]
pub enum TargetKind {
    /// Numbers; slips among them are NaN.
    Numbers(Vec<f64>),
    /// Classes in order, and that of each row.
    Classes(Vec<String>, Vec<usize>),
}

impl TargetColumn {
    /// Adds a cell that is not missing, and its number if it is one; `line` counts where it is none.
    pub fn push(&mut self, cell: &str, number: Option<f64>, line: usize) {
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
        self.parse_errors.push(ParseError { row, line, text_index });
    }

    /// The cells that are no numbers, in the order of their rows.
    pub fn parse_errors(&self) -> &[ParseError] {
        &self.parse_errors
    }

    /// What stands in such a cell.
    pub fn text(&self, error: ParseError) -> &str {
        &self.texts[error.text_index as usize]
    }

    /// The cells that are numbers, in the order of their rows.
    fn number_cells(&self) -> impl Iterator<Item = &str> {
        let starts = std::iter::once(0).chain(self.number_ends.iter().copied());
        starts.zip(&self.number_ends).map(|(from, &to)| &self.number_text[from..to])
    }

    /// Numbers if all cells are, or nearly all in a column of many different ones, so that a slip of the pen does not
    /// turn measurements into classes. Else classes in alphabetical order.
    pub fn infer_kind(&mut self) -> TargetKind {
        const FEW_DISTINCT: usize = 20;
        if self.parse_errors.is_empty() {
            return TargetKind::Numbers(std::mem::take(&mut self.numbers));
        }
        let mut names: Vec<&str> = self.number_cells().collect();
        names.sort_unstable();
        names.dedup();
        let is_varied = names.len() + self.texts.len() > FEW_DISTINCT;
        if is_varied && self.parse_errors.len() * 10 < self.numbers.len() {
            return TargetKind::Numbers(std::mem::take(&mut self.numbers));
        }
        // A cell is either a number or none, so that no text is among both.
        names.extend(self.texts.iter().map(String::as_str));
        names.sort_unstable();
        let rank = |text: &str| names.partition_point(|name| *name < text);
        let rank_of_text: Vec<usize> = self.texts.iter().map(|word| rank(word)).collect();
        let mut written = self.number_cells();
        let mut slips = self.parse_errors.iter();
        let labels = self.numbers.iter().map(|number| match number.is_nan() {
            true => slips.next().map_or(0, |slip| rank_of_text[slip.text_index as usize]),
            false => written.next().map_or(0, rank),
        });
        let labels = labels.collect();
        TargetKind::Classes(names.iter().map(|&name| name.to_owned()).collect(), labels)
    }
}
