//! The column names of a table.

use crate::text::shortened;

use super::column::{is_missing, parse_cell};
use super::records::Records;
use super::table::{ColumnSelection, MAX_COLUMNS, TableError};

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
                format!("column {}", column + 1)
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
            let number = requested.parse::<usize>().ok()?.checked_sub(1)?;
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
                let ellipsis = if self.names.len() > MAX_LISTED {
                    ", …"
                } else {
                    ""
                };
                TableError::UnknownColumn {
                    requested: shortened(requested),
                    available: first.collect::<Vec<_>>().join(", ") + ellipsis,
                }
            })
    }

    /// Returns the index of the target column and those of the input columns.
    pub(super) fn resolve(&self, selection: &ColumnSelection) -> Result<(usize, Vec<usize>), TableError> {
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
