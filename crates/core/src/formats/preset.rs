//! The bundled documents.

use crate::session::Document;
use crate::text::{Locale, Messages};

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

    /// Returns the name that people read: “Two hidden layers”.
    pub fn title(self, messages: Messages) -> &'static str {
        match self.name {
            "neuron" => messages.preset_neuron(),
            "article" => messages.preset_article(),
            "article-quiet" => messages.preset_article_quiet(),
            "and" => messages.preset_and(),
            "xor" => messages.preset_xor(),
            "bump" => messages.preset_bump(),
            "softmax" => messages.preset_softmax(),
            "deep" => messages.preset_deep(),
            other => other,
        }
    }

    /// Returns the sentence about the preset.
    pub fn note(self, messages: Messages) -> &'static str {
        match self.name {
            "neuron" => messages.preset_neuron_note(),
            "article" => messages.preset_article_note(),
            "article-quiet" => messages.preset_article_quiet_note(),
            "and" => messages.preset_and_note(),
            "xor" => messages.preset_xor_note(),
            "bump" => messages.preset_bump_note(),
            "softmax" => messages.preset_softmax_note(),
            "deep" => messages.preset_deep_note(),
            _ => "",
        }
    }

    /// Returns a document's note in another language if it is that of a preset; other notes stay as they are.
    pub fn translated_note(note: &str, messages: Messages) -> &str {
        let is_note = |preset: &Self| {
            let mut notes = Locale::ALL
                .map(|locale| preset.note(Messages::new(locale)))
                .into_iter();
            notes.any(|text| text == note)
        };
        let preset = Self::ALL.into_iter().find(is_note);
        preset.map_or(note, |preset| preset.note(messages))
    }

    /// Returns the preset's document, whose note is in English.
    ///
    /// # Errors
    ///
    /// Returns an error if the text isn't a valid document, which a test excludes for all bundled presets.
    pub fn document(self) -> Result<Document, DocumentError> {
        let mut document = json::read(self.text)?;
        document.note = self.note(Messages::ENGLISH).to_owned();
        Ok(document)
    }
}
