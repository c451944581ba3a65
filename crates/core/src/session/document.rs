//! What is saved.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::network::{BlueprintError, Knob, Network, Surgery};

use super::{Course, Kept, Range, Target};

/// The most cases that a document keeps.
pub const MAX_CASES: usize = 10_000;
/// The most numbers that all cases have together, so that every document that is written can be read.
pub const MAX_CASE_NUMBERS: usize = 4_000_000;
/// The most characters of a name.
pub const MAX_NAME: usize = 200;

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
    pub ranges: BTreeMap<Target, Range>,
    /// Knobs that can't be turned.
    pub locked: BTreeSet<Knob>,
    /// Rows of inputs to choose from, at most [`MAX_CASES`].
    pub cases: Vec<Vec<f64>>,
    /// States that are kept to be compared with, oldest first.
    pub pins: Vec<Kept>,
    /// The rows of the experiments, oldest first.
    pub records: Vec<Kept>,
    /// The data and the settings to train with, if any were chosen.
    pub course: Option<Arc<Course>>,
}

impl Document {
    /// A document around a network, with inputs 0.
    pub fn new(network: Network) -> Self {
        let inputs = vec![0.0; network.blueprint().inputs()];
        Self {
            note: String::new(),
            network,
            inputs,
            ranges: BTreeMap::new(),
            locked: BTreeSet::new(),
            cases: Vec::new(),
            pins: Vec::new(),
            records: Vec::new(),
            course: None,
        }
    }

    /// The number at a target, or `None` if there is no such target.
    pub fn value(&self, target: Target) -> Option<f64> {
        match target {
            Target::Knob(knob) => self.network.get(knob),
            Target::Input(input) => self.inputs.get(input).copied(),
        }
    }

    /// The range of a target, wide enough for its present value.
    pub fn range(&self, target: Target) -> Range {
        let range = self.ranges.get(&target).copied().unwrap_or_default();
        range.including(self.value(target).unwrap_or(0.0))
    }

    /// Whether a hand is kept from turning it: a knob that is locked, an input that is computed from others.
    pub fn is_locked(&self, target: Target) -> bool {
        match target {
            Target::Knob(knob) => self.locked.contains(&knob),
            Target::Input(input) => self.features().feature(input).is_some(),
        }
    }

    /// Whether nothing differs, not even the sign of a zero.
    pub fn is_same_to_the_bit(&self, other: &Self) -> bool {
        let bits = |document: &Self| -> Vec<u64> {
            let ranges = document
                .ranges
                .values()
                .flat_map(|range| [range.min, range.max, range.step]);
            let numbers = document.network.knobs().iter().chain(&document.inputs);
            let numbers = numbers.chain(document.cases.iter().flatten());
            let kept = document.pins.iter().chain(&document.records);
            let numbers = numbers.chain(kept.flat_map(|kept| kept.knobs.iter().chain(&kept.inputs)));
            numbers.copied().chain(ranges).map(f64::to_bits).collect()
        };
        self == other && bits(self) == bits(other)
    }

    /// The document after a change of its architecture: ranges, locks, inputs, cases and data move along; pins and
    /// experiments do not fit any more and stay behind.
    ///
    /// # Errors
    /// If the architecture would be outside the limits.
    pub fn operated(&self, surgery: Surgery) -> Result<Self, BlueprintError> {
        let network = surgery.operate(&self.network)?;
        let blueprint = network.blueprint();
        let moved = |knob: Knob| surgery.new_of(knob, blueprint);
        let moved_target = |target: Target| match target {
            Target::Knob(knob) => moved(knob).map(Target::Knob),
            Target::Input(input) => surgery.new_input(input).map(Target::Input),
        };
        let moved_row = |row: &Vec<f64>| {
            let kept = row
                .iter()
                .enumerate()
                .filter(|&(i, _)| surgery.new_input(i).is_some());
            let mut row: Vec<f64> = kept.map(|(_, &value)| value).collect();
            row.resize(blueprint.inputs(), 0.0);
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
            locked: self.locked.iter().filter_map(|&knob| moved(knob)).collect(),
            cases: self.cases.iter().map(moved_row).collect(),
            // They belong to the old architecture; undo brings them back with it.
            pins: Vec::new(),
            records: Vec::new(),
            course: self.course.clone(),
            network,
        })
    }
}
