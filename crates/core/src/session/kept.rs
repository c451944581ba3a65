//! A state of the knobs and inputs that is kept to be compared with, or gone back to.

use super::{Document, document::MAX_NAME_CHARS};

/// The most pins of a document.
pub const MAX_SNAPSHOTS: usize = 20;
/// The most rows of experiments of a document.
pub const MAX_EXPERIMENT_ROWS: usize = 10_000;
/// The most numbers that all kept states have together, so that every document that is written can be read.
pub const MAX_SAVED_NUMBERS: usize = 4_000_000;

/// All knobs and inputs at one time, with a name: a pin, or a row of the experiments.
#[derive(Debug, Clone, PartialEq)]
pub struct SavedState {
    /// What a person calls it; may be empty.
    pub name: String,
    /// The value of each knob, in the network's order.
    pub knobs: Vec<f64>,
    /// The value of each input.
    pub inputs: Vec<f64>,
}

impl SavedState {
    /// The document's present state.
    pub fn from_document(document: &Document, name: String) -> Self {
        Self {
            name: clean_name(&name),
            knobs: document.network.knobs().to_vec(),
            inputs: document.inputs.clone(),
        }
    }

    /// Whether it belongs to a network of this architecture.
    pub fn fits(&self, document: &Document) -> bool {
        self.knobs.len() == document.network.knobs().len() && self.inputs.len() == document.inputs.len()
    }

    /// How many numbers it has.
    pub fn number_count(&self) -> usize {
        self.knobs.len() + self.inputs.len()
    }

    /// How many knobs have another value than the document's.
    pub fn differing_knobs(&self, document: &Document) -> usize {
        let knobs = self.knobs.iter().zip(document.network.knobs());
        knobs.filter(|(kept, now)| kept != now).count()
    }
}

/// A name on one line, no longer than names are.
pub fn clean_name(name: &str) -> String {
    name.chars().filter(|c| !c.is_control()).take(MAX_NAME_CHARS).collect()
}
