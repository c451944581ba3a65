//! The bundled documents.

use crate::session::Document;

use super::file::DocumentError;
use super::json;

/// A document that comes with the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Preset {
    /// The name by which the preset is opened.
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
    /// All presets, in the order of the menu: from one knob to many.
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

    /// The preset that the window opens with by default.
    pub const DEFAULT: Self = Self::ALL[1];

    /// Returns the preset with this name, or `None` if there is none.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|preset| preset.name == name)
    }

    /// Returns the preset's document.
    ///
    /// # Errors
    ///
    /// Returns an error if the text isn't a valid document, which a test excludes for all bundled presets.
    pub fn document(self) -> Result<Document, DocumentError> {
        json::read(self.text)
    }
}
