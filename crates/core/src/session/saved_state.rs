//! A saved state of the knobs and inputs, to compare with or to restore.

use super::{Document, document::MAX_NAME_CHARS};

/// The maximum number of snapshots in a document.
pub const MAX_SNAPSHOTS: usize = 20;
/// The maximum number of experiment rows in a document.
pub const MAX_EXPERIMENT_ROWS: usize = 10_000;
/// The maximum count of numbers in all saved states together. Within it, every document that is written can
/// be read.
pub const MAX_SAVED_NUMBERS: usize = 4_000_000;

/// All knobs and inputs at one time, with a name: a snapshot or a row of the experiment log.
#[derive(Debug, Clone, PartialEq)]
pub struct SavedState {
    /// The name of the snapshot or the note of the row; may be empty.
    pub name: String,
    /// The values of the knobs, in the network's flat order.
    pub knobs: Vec<f64>,
    /// The values of the inputs.
    pub inputs: Vec<f64>,
}

impl SavedState {
    /// Saves the document's current state.
    pub fn from_document(document: &Document, name: String) -> Self {
        Self {
            name: clean_name(&name),
            knobs: document.network.knobs().to_vec(),
            inputs: document.inputs.clone(),
        }
    }

    /// True if it has as many knobs and inputs as the document's network.
    pub fn fits(&self, document: &Document) -> bool {
        self.knobs.len() == document.network.knobs().len() && self.inputs.len() == document.inputs.len()
    }

    /// Returns the count of its numbers: knobs and inputs.
    pub fn number_count(&self) -> usize {
        self.knobs.len() + self.inputs.len()
    }

    /// Returns the number of knobs whose value differs from the document's.
    pub fn differing_knobs(&self, document: &Document) -> usize {
        let knobs = self.knobs.iter().zip(document.network.knobs());
        knobs.filter(|(kept, now)| kept != now).count()
    }
}

/// Returns the name without control characters such as line breaks, cut to [`MAX_NAME_CHARS`] characters.
pub fn clean_name(name: &str) -> String {
    name.chars()
        .filter(|c| !c.is_control())
        .take(MAX_NAME_CHARS)
        .collect()
}
