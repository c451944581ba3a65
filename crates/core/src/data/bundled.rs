//! The real data sets that are part of the program; `assets/data/README.md` tells where they are from.

use super::{ColumnSelection, Dataset, TableError, table};

/// A bundled data set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BundledDataset {
    /// 150 flowers, 4 measurements in cm, 3 species: the article’s own shape.
    Iris,
    /// 1797 handwritten digits of 8 × 8 pixels with values 0 to 16, 10 classes.
    Digits,
}

impl BundledDataset {
    /// Both of them.
    pub const ALL: [Self; 2] = [Self::Iris, Self::Digits];

    /// The name on the command line and in the window.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Iris => "iris",
            Self::Digits => "digits",
        }
    }

    /// The file, as people can open it in a spreadsheet.
    pub const fn csv(self) -> &'static str {
        match self {
            Self::Iris => include_str!("../../assets/data/iris.csv"),
            Self::Digits => include_str!("../../assets/data/digits.csv"),
        }
    }

    /// The data set, with its classes.
    ///
    /// # Errors
    /// None for the bundled texts; a test reads them.
    pub fn dataset(self) -> Result<Dataset, TableError> {
        let loaded = table::read(self.csv(), &ColumnSelection::default())?;
        Ok(loaded.dataset.into_classes()?)
    }
}
