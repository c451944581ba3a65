//! The languages that a network can be written in.

crate::named_enum! {
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
    #[derive(Default)]
    pub enum Language {
        /// Plain Python: lists and loops, with only `math` imported.
        #[default]
        Python = "python",
        /// Python with NumPy.
        NumPy = "numpy",
        /// Python with PyTorch, in double precision.
        PyTorch = "pytorch",
        /// A Rust program with the standard library only.
        Rust = "rust",
        /// LaTeX: matrices for a paper.
        Latex = "latex",
    }

    /// Error for a name that is not one of the languages.
    pub struct UnknownLanguage(unknown_code_language);
}

impl Language {
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
