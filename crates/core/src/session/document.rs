//! What is saved.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::network::{ArchitectureError, Knob, Network, ArchitectureEdit};

use super::{TrainingSetup, SavedState, ValueRange, Adjustable};

/// The most cases that a document keeps.
pub const MAX_SAVED_INPUTS: usize = 10_000;
/// The most numbers that all cases have together, so that every document that is written can be read.
pub const MAX_SAVED_INPUT_NUMBERS: usize = 4_000_000;
/// The most characters of a name.
pub const MAX_NAME_CHARS: usize = 200;

/// A network with all that belongs to it: what is saved, opened and undone.
///
/// Every number in it is finite. It is changed only through [`super::Session::apply`].
#[derive(Debug, Clone, PartialEq)]
pub struct Document {
    /// A few words about it, shown under its name; may be empty.
    pub note: String,
    /// The network.
    pub network: Network,
    /// The present input, one number for each input of the network.
    pub inputs: Vec<f64>,
    /// Ranges that differ from [`Range::default`].
    pub ranges: BTreeMap<Adjustable, ValueRange>,
    /// Knobs that can't be turned.
    pub locked: BTreeSet<Knob>,
    /// Rows of inputs to choose from, at most [`MAX_CASES`].
    pub saved_inputs: Vec<Vec<f64>>,
    /// States that are kept to be compared with, oldest first.
    pub snapshots: Vec<SavedState>,
    /// The rows of the experiments, oldest first.
    pub experiment_rows: Vec<SavedState>,
    /// The data and the settings to train with, if any were chosen.
    pub training_setup: Option<Arc<TrainingSetup>>,
}

impl Document {
    /// A document around a network, with inputs 0.
    pub fn new(network: Network) -> Self {
        let inputs = vec![0.0; network.architecture().input_count()];
        Self {
            note: String::new(),
            network,
            inputs,
            ranges: BTreeMap::new(),
            locked: BTreeSet::new(),
            saved_inputs: Vec::new(),
            snapshots: Vec::new(),
            experiment_rows: Vec::new(),
            training_setup: None,
        }
    }

    /// The number at a target, or `None` if there is no such target.
    pub fn value(&self, target: Adjustable) -> Option<f64> {
        match target {
            Adjustable::Knob(knob) => self.network.get(knob),
            Adjustable::Input(input) => self.inputs.get(input).copied(),
        }
    }

    /// The range of a target, wide enough for its present value.
    pub fn range(&self, target: Adjustable) -> ValueRange {
        let range = self.ranges.get(&target).copied().unwrap_or_default();
        range.including(self.value(target).unwrap_or(0.0))
    }

    /// Whether a hand is kept from turning it: a knob that is locked, an input that is computed from others.
    pub fn is_locked(&self, target: Adjustable) -> bool {
        match target {
            Adjustable::Knob(knob) => self.locked.contains(&knob),
            Adjustable::Input(input) => self.features().feature(input).is_some(),
        }
    }

    /// Whether nothing differs, not even the sign of a zero.
    pub fn is_bitwise_equal(&self, other: &Self) -> bool {
        let bits = |document: &Self| -> Vec<u64> {
            let ranges = document
                .ranges
                .values()
                .flat_map(|range| [range.min, range.max, range.step]);
            let numbers = document.network.knobs().iter().chain(&document.inputs);
            let numbers = numbers.chain(document.saved_inputs.iter().flatten());
            let states = document.snapshots.iter().chain(&document.experiment_rows);
            let numbers = numbers.chain(states.flat_map(|kept| kept.knobs.iter().chain(&kept.inputs)));
            numbers.copied().chain(ranges).map(f64::to_bits).collect()
        };
        self == other && bits(self) == bits(other)
    }

    /// The document after a change of its architecture: ranges, locks, inputs, cases and data move along; pins and
    /// experiments do not fit any more and stay behind.
    ///
    /// # Errors
    /// If the architecture would be outside the limits.
    pub fn with_edit(&self, edit: ArchitectureEdit) -> Result<Self, ArchitectureError> {
        let network = edit.apply(&self.network)?;
        let architecture = network.architecture();
        let moved_knob = |knob: Knob| edit.new_knob(knob, architecture);
        let moved_target = |target: Adjustable| match target {
            Adjustable::Knob(knob) => moved_knob(knob).map(Adjustable::Knob),
            Adjustable::Input(input) => edit.new_input(input).map(Adjustable::Input),
        };
        let moved_row = |row: &Vec<f64>| {
            let remaining = row
                .iter()
                .enumerate()
                .filter(|&(i, _)| edit.new_input(i).is_some());
            let mut row: Vec<f64> = remaining.map(|(_, &value)| value).collect();
            row.resize(architecture.input_count(), 0.0);
            row
        };
        Ok(Self {
            note: self.note.clone(),
            inputs: moved_row(&self.inputs),
            ranges: self
                .ranges
                .iter()
                .filter_map(|(&target, &range)| Some((moved_target(target)?, range)))
                .collect(),
            locked: self.locked.iter().filter_map(|&knob| moved_knob(knob)).collect(),
            saved_inputs: self.saved_inputs.iter().map(moved_row).collect(),
            // They belong to the old architecture; undo brings them back with it.
            snapshots: Vec::new(),
            experiment_rows: Vec::new(),
            training_setup: self.training_setup.clone(),
            network,
        })
    }
}
