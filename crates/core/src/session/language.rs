//! The languages that a network can be written in.

use std::fmt;
use std::str::FromStr;

/// A language that a network can be written in.
///
/// ```
/// use neurodial_core::code::Language;
/// use neurodial_core::network::{Activation, Architecture, Knob, Network};
/// use neurodial_core::session::{Adjustable, Document};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let mut network = Network::zeros(Architecture::dense(2, &[(1, Activation::Relu)])?);
/// network.set(Knob::weight(0, 0, 1), 0.75);
/// let listing = Language::PyTorch.write(&Document::new(network));
/// assert!(listing.text.contains("nn.Linear(2, 1)"));
///
/// // The listing knows which number in the text is which knob.
/// let byte = listing.text.find("0.75").ok_or("the weight is not in the text")?;
/// let span = listing.span_at(byte).ok_or("this is not an adjustable number")?;
/// assert_eq!(span.adjustable, Adjustable::Knob(Knob::weight(0, 0, 1)));
/// assert_eq!(&listing.text[span.range.clone()], "0.75");
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Language {
    /// Plain Python: lists and loops, with only `math` imported.
    #[default]
    Python,
    /// Python with NumPy.
    NumPy,
    /// Python with PyTorch, in double precision.
    PyTorch,
    /// A Rust program with the standard library only.
    Rust,
    /// LaTeX: matrices for a paper.
    Latex,
}

impl Language {
    /// All languages, in menu order.
    pub const ALL: [Self; 5] = [Self::Python, Self::NumPy, Self::PyTorch, Self::Rust, Self::Latex];

    /// Returns the name on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Python => "python",
            Self::NumPy => "numpy",
            Self::PyTorch => "pytorch",
            Self::Rust => "rust",
            Self::Latex => "latex",
        }
    }

    /// Returns the name for display.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Python => "Python",
            Self::NumPy => "NumPy",
            Self::PyTorch => "PyTorch",
            Self::Rust => "Rust",
            Self::Latex => "LaTeX",
        }
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Error for a name that is not one of the languages.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” is nothing that a network is written as; use {list}", list = Language::ALL.map(Language::name).join(", "))]
pub struct UnknownLanguage(pub(crate) String);

impl FromStr for Language {
    type Err = UnknownLanguage;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .into_iter()
            .find(|language| language.name() == text)
            .ok_or_else(|| UnknownLanguage(crate::text::shortened(text)))
    }
}
