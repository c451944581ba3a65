//! The network written in each language.

use crate::session::Document;
pub use crate::session::language::Language;

use super::source_listing::{NumberFormat, format_exact};
use super::{SourceListing, latex, numpy, python, pytorch, rust};

impl Language {
    /// Returns the function that formats the numbers.
    pub(super) fn number_format(self) -> NumberFormat {
        match self {
            Self::Python | Self::NumPy | Self::PyTorch | Self::Rust => format_exact,
            Self::Latex => latex::format_exact_latex,
        }
    }

    /// Writes a document's network and its current inputs, in time linear in the number of knobs.
    pub fn write(self, document: &Document) -> SourceListing {
        match self {
            Self::Python => python::write(document),
            Self::NumPy => numpy::write(document),
            Self::PyTorch => pytorch::write(document),
            Self::Rust => rust::write(document),
            Self::Latex => latex::write(document),
        }
    }
}
