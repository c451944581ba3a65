//! The real datasets that are part of the program. Their sources are listed in `assets/data/README.md`.

use crate::text::Messages;

use super::{ColumnSelection, Dataset, TableError, table};

crate::named_enum! {
    /// A bundled dataset.
    pub enum BundledDataset {
        /// 150 flowers with 4 measurements in cm and 3 species: the inputs and outputs of the article's network.
        Iris = "iris",
        /// 1797 handwritten digits of 8 × 8 pixels with values 0 to 16, in 10 classes.
        Digits = "digits",
    }
}

impl BundledDataset {
    /// Returns the name that people read.
    pub const fn label(self, messages: Messages) -> &'static str {
        match self {
            Self::Iris => messages.dataset_iris(),
            Self::Digits => messages.dataset_digits(),
        }
    }

    /// Returns the CSV text, which people can also open in a spreadsheet.
    pub(crate) const fn csv(self) -> &'static str {
        match self {
            Self::Iris => include_str!("../../assets/data/iris.csv"),
            Self::Digits => include_str!("../../assets/data/digits.csv"),
        }
    }

    /// Returns the dataset with its classes.
    ///
    /// # Errors
    ///
    /// Returns an error if the text is not a dataset. This never happens with the bundled texts; a test reads
    /// them.
    pub fn dataset(self) -> Result<Dataset, TableError> {
        let loaded = table::read(self.csv(), &ColumnSelection::default())?;
        Ok(loaded.dataset.into_classes()?)
    }
}
