//! Parsing of pasted rows of numbers, such as from a spreadsheet or a text file.

use crate::data::layout::{detect_separator, split_cells};
use crate::data::table_options::Separator;
use crate::text::{Localized, Messages, parse_number, shortened, to_half_width};

use super::document::MAX_SAVED_INPUTS;

/// The reason why pasted rows are rejected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RowsError {
    /// There are no rows except a header.
    Empty,
    /// A row has too few or too many numbers.
    Ragged {
        /// The row, counted from 1 without the header.
        row: usize,
        /// The number of values in the row.
        found: usize,
        /// The expected number of values.
        expected: usize,
    },
    /// A cell is not a number.
    NotANumber {
        /// The row, counted from 1 without the header.
        row: usize,
        /// The text of the cell.
        cell: String,
    },
    /// There are more rows than the table can hold.
    TooMany,
}

impl Localized for RowsError {
    fn message(&self, messages: Messages) -> String {
        match self {
            Self::Empty => messages.rows_empty().to_owned(),
            Self::Ragged { row, found, expected } => messages.rows_ragged(row, *found, *expected),
            Self::NotANumber { row, cell } => messages.rows_not_a_number(row, cell),
            Self::TooMany => messages.rows_too_many(MAX_SAVED_INPUTS),
        }
    }
}

crate::localized_errors!(RowsError);

/// Returns the cells of a line; a separator at its end is followed by no cell.
fn cells(line: &str, separator: Separator) -> Vec<&str> {
    let line = line.trim();
    let line = match separator {
        Separator::Character(byte) => line.strip_suffix(char::from(byte)).unwrap_or(line),
        Separator::Spaces => line,
    };
    split_cells(line, separator, b'"')
}

/// Parses rows of `inputs` numbers, one row per line, with cells separated by tabs, semicolons, commas or
/// whitespace.
///
/// Blank lines are ignored, and so is a first line with a cell that is not a number, as a header. Numbers are
/// parsed by [`parse_number`]; decimal commas are possible if tabs or semicolons separate the cells.
///
/// # Errors
///
/// Returns an error for the first row that is not `inputs` numbers, if there are no rows, or if there are
/// more rows than the table can hold.
pub fn parse_rows(text: &str, inputs: usize) -> Result<Vec<Vec<f64>>, RowsError> {
    let text = &to_half_width(text);
    let separator = detect_separator(text, None, b'"');
    let mut lines = text.lines().filter(|line| !line.trim().is_empty()).peekable();
    let is_header = |line: &&str| {
        cells(line, separator)
            .iter()
            .any(|cell| parse_number(cell).is_err())
    };
    // If there is only one line, a cell that is not a number is an error, not a header.
    let mut rest = lines.clone();
    if rest.next().as_ref().is_some_and(is_header) && rest.next().is_some() {
        lines.next();
    }
    let mut rows = Vec::new();
    for (index, line) in lines.enumerate() {
        if index == MAX_SAVED_INPUTS {
            return Err(RowsError::TooMany);
        }
        rows.push(parse_row(&cells(line, separator), index + 1, inputs)?);
    }
    if rows.is_empty() {
        Err(RowsError::Empty)
    } else {
        Ok(rows)
    }
}

fn parse_row(cells: &[&str], row: usize, inputs: usize) -> Result<Vec<f64>, RowsError> {
    let number = |cell: &&str| {
        parse_number(cell).map_err(|_| RowsError::NotANumber {
            row,
            cell: shortened(cell),
        })
    };
    let numbers: Vec<f64> = cells.iter().map(number).collect::<Result<_, _>>()?;
    if numbers.len() == inputs {
        Ok(numbers)
    } else {
        Err(RowsError::Ragged {
            row,
            found: numbers.len(),
            expected: inputs,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_read_with_any_separator() {
        let expected = vec![vec![0.0, 1.5], vec![-2.0, 1e-3]];
        for text in [
            "0\t1.5\n-2\t1e-3",
            "0\t1,5\n-2\t0,001\n",
            "0;1,5\n-2;0,001",
            "0, 1.5\r\n-2, 0.001\r\n",
            "0 1.5\n\n  −2   0.001  ",
            "０；１，５\n−２；０．００１",
            "０，１．５\n−２，０．００１",
            "0,1.5,\n-2,0.001,",
        ] {
            assert_eq!(parse_rows(text, 2), Ok(expected.clone()), "{text:?}");
        }
    }

    #[test]
    fn a_header_is_skipped() {
        assert_eq!(parse_rows("x1,x2\n1,2", 2), Ok(vec![vec![1.0, 2.0]]));
        assert_eq!(parse_rows("height in cm;age\n1;2", 2), Ok(vec![vec![1.0, 2.0]]));
        assert_eq!(parse_rows("\n\nvalues\n3\n4", 1), Ok(vec![vec![3.0], vec![4.0]]));
    }

    #[test]
    fn an_error_is_one_sentence_that_names_the_row() {
        let sentence = |text: &str, inputs| parse_rows(text, inputs).unwrap_err().to_string();
        assert_eq!(sentence("1,2\n1,two", 2), "Row 2: “two” is not a number");
        assert_eq!(
            sentence("a,b\n1,2\n1,2,3", 2),
            "Row 2 has 3 numbers; this network has 2 inputs"
        );
        assert_eq!(
            sentence("1 2", 1),
            "Row 1 has 2 numbers; this network has 1 input"
        );
        assert_eq!(sentence("abc", 1), "Row 1: “abc” is not a number");
        assert_eq!(sentence("1,\n,", 1), "Row 2: “” is not a number");
        assert_eq!(sentence("1,nan", 2), "Row 1: “nan” is not a number");
        for text in ["", " \n\t\n"] {
            assert_eq!(parse_rows(text, 2), Err(RowsError::Empty));
        }
    }

    #[test]
    fn too_many_rows_are_rejected() {
        let rows = "1\n".repeat(MAX_SAVED_INPUTS);
        assert_eq!(parse_rows(&rows, 1).map(|rows| rows.len()), Ok(MAX_SAVED_INPUTS));
        assert_eq!(parse_rows(&(rows + "1\n"), 1), Err(RowsError::TooMany));
    }
}
