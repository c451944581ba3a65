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
pub fn number(cell: &str) -> Result<f64, NumberError> {
    if let Some(value) = short(cell.as_bytes()) {
        return Ok(value);
    }
    match cell.parse::<f64>() {
        Ok(value) if value.is_finite() => Ok(value),
        _ => parse_number(cell),
    }
}

/// A number of up to 15 digits with or without a point, which is exact in one division (Clinger, 1990).
fn short(cell: &[u8]) -> Option<f64> {
    const MOST: usize = 15;
    const POWERS: [f64; MOST + 1] = [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
    ];
    let (is_negative, digits) = match cell {
        [b'-', rest @ ..] => (true, rest),
        _ => (false, cell),
    };
    if digits.len() > MOST {
        return None;
    }
    let (mut mantissa, mut count, mut point) = (0_u64, 0, None);
    for &byte in digits {
        match byte {
            b'0'..=b'9' => {
                mantissa = 10 * mantissa + u64::from(byte - b'0');
                count += 1;
            }
            b'.' if point.is_none() => point = Some(count),
            _ => return None,
        }
    }
    if count == 0 {
        return None;
    }
    let value = mantissa as f64 / POWERS[count - point.unwrap_or(count)];
    Some(if is_negative { -value } else { value })
}

/// A target column: numbers as long as all cells are, and their texts in case that they are not.
#[derive(Debug, Default)]
pub struct TargetColumn {
    numbers: Vec<Option<f64>>,
    /// For each row an index into `texts`.
    of_row: Vec<u32>,
    texts: Vec<String>,
    indices: HashMap<String, u32>,
}

/// What a target column holds.
#[derive(Debug)]
pub enum TargetKind {
    /// Numbers; rows of which the target is none are marked.
    Numbers(Vec<Option<f64>>),
    /// Classes in order, and that of each row.
    Classes(Vec<String>, Vec<usize>),
}

impl TargetColumn {
    /// Adds a cell that is not missing.
    pub fn push(&mut self, cell: &str) {
        self.numbers.push(number(cell).ok());
        let index = match self.indices.get(cell) {
            Some(&index) => index,
            None => {
                let index = self.texts.len() as u32;
                self.texts.push(cell.to_owned());
                self.indices.insert(cell.to_owned(), index);
                index
            }
        };
        self.of_row.push(index);
    }

    /// The text of a row.
    pub fn text(&self, row: usize) -> &str {
        &self.texts[self.of_row[row] as usize]
    }

    /// Numbers if all cells are, or nearly all in a column of many different ones, so that a slip of the pen does not
    /// turn measurements into classes. Else classes in alphabetical order.
    pub fn kind(&self) -> TargetKind {
        let slips = self.numbers.iter().filter(|number| number.is_none()).count();
        let is_varied = self.texts.len() > 20 && slips * 10 < self.numbers.len();
        if slips == 0 || is_varied {
            return TargetKind::Numbers(self.numbers.clone());
        }
        let mut order: Vec<usize> = (0..self.texts.len()).collect();
        order.sort_unstable_by(|&a, &b| self.texts[a].cmp(&self.texts[b]));
        let mut rank = vec![0; order.len()];
        for (place, &text) in order.iter().enumerate() {
            rank[text] = place;
        }
        let names = order.iter().map(|&text| self.texts[text].clone()).collect();
        TargetKind::Classes(
            names,
            self.of_row.iter().map(|&text| rank[text as usize]).collect(),
        )
    }
}
