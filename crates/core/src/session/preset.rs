//! The bundled documents.

use super::{Document, DocumentError, format};

/// A document that comes with the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Preset {
    /// The name by which it is opened.
    pub name: &'static str,
    text: &'static str,
}

macro_rules! preset {
    ($name:literal) => {
        Preset {
            name: $name,
            text: include_str!(concat!("../../assets/presets/", $name, ".json")),
        }
    };
}

impl Preset {
    /// All of them, in the order of the menu: from one knob to many.
    pub const ALL: [Self; 8] = [
        preset!("neuron"),
        preset!("article"),
        preset!("article-quiet"),
        preset!("and"),
        preset!("xor"),
        preset!("bump"),
        preset!("softmax"),
        preset!("deep"),
    ];

    /// The one that the window opens with.
    pub const DEFAULT: Self = Self::ALL[1];

    /// The preset of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|preset| preset.name == name)
    }

    /// Its document.
    ///
    /// # Errors
    /// None for the bundled files: a test reads them all.
    pub fn document(self) -> Result<Document, DocumentError> {
        format::read(self.text)
    }
}
