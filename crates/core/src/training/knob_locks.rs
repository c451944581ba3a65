//! The locked and unlocked knobs of a run.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::network::{Architecture, Knob, Network};

use super::FoldedScaling;

/// A locked knob.
#[derive(Debug, Clone)]
struct LockedKnob {
    knob: Knob,
    /// Its index in the flat order.
    index: usize,
    /// The value that it keeps, for raw inputs.
    raw_value: f64,
}

impl LockedKnob {
    /// True if its scaled value changes although the raw one stays: the scaled bias of the first layer
    /// depends on its weights.
    fn is_tied(&self) -> bool {
        self.knob.layer == 0 && self.knob.is_bias()
    }
}

/// The locked knobs of a run with the raw values that they keep, and the ranges of unlocked knobs between
/// them.
///
/// With a [`FoldedScaling`], a locked bias of the first layer is *tied*: its scaled value changes along with
/// the weights, so that the raw one stays the same to the last bit.
#[derive(Debug, Clone)]
pub(crate) struct KnobLocks {
    /// The locked knobs, ascending in the flat order.
    locked: Vec<LockedKnob>,
    /// The ranges of unlocked knobs, in the flat order.
    unlocked: Vec<Range<usize>>,
    /// The number of all knobs.
    knob_count: usize,
}

impl KnobLocks {
    /// Locks knobs at their values in a network with raw knobs. Knobs that the network doesn't have are
    /// ignored.
    pub(crate) fn new(locked: &BTreeSet<Knob>, network: &Network) -> Self {
        let architecture = network.architecture();
        let lock = |&knob: &Knob| {
            Some(LockedKnob {
                knob,
                index: architecture.index_of(knob)?,
                raw_value: network.get(knob)?,
            })
        };
        let mut locks = Self {
            locked: locked.iter().filter_map(lock).collect(),
            unlocked: Vec::new(),
            knob_count: architecture.knob_count(),
        };
        locks.update_unlocked();
        locks
    }

    /// Locks a knob at a raw value, or unlocks it if `raw` is `None`. A knob that the architecture doesn't
    /// have is ignored.
    pub(crate) fn set(&mut self, architecture: &Architecture, knob: Knob, raw: Option<f64>) {
        let Some(index) = architecture.index_of(knob) else {
            return;
        };
        self.locked.retain(|lock| lock.knob != knob);
        self.locked.extend(raw.map(|raw| LockedKnob {
            knob,
            index,
            raw_value: raw,
        }));
        self.update_unlocked();
    }

    fn update_unlocked(&mut self) {
        self.locked.sort_unstable_by_key(|lock| lock.index);
        self.unlocked.clear();
        let mut from = 0;
        for lock in &self.locked {
            self.unlocked.push(from..lock.index);
            from = lock.index + 1;
        }
        self.unlocked.push(from..self.knob_count);
        self.unlocked.retain(|range| !range.is_empty());
    }

    /// Returns the unlocked knobs, as ranges of the flat order.
    pub(crate) fn unlocked(&self) -> &[Range<usize>] {
        &self.unlocked
    }

    /// Changes the raw value that a locked knob keeps. An unlocked knob is ignored.
    pub(crate) fn set_raw_value(&mut self, knob: Knob, raw: f64) {
        for lock in self.locked.iter_mut().filter(|lock| lock.knob == knob) {
            lock.raw_value = raw;
        }
    }

    /// Writes the values of the locked knobs into raw knobs in the flat order.
    pub(crate) fn restore(&self, raw: &mut [f64]) {
        for lock in &self.locked {
            raw[lock.index] = lock.raw_value;
        }
    }

    /// Updates the tied biases among scaled knobs after their weights have changed.
    pub(crate) fn update_tied_biases(&self, folded_scaling: &FoldedScaling, scaled: &mut [f64]) {
        for lock in self.locked.iter().filter(|lock| lock.is_tied()) {
            folded_scaling.set_raw_bias(scaled, lock.knob.neuron, lock.raw_value);
        }
    }

    /// Adds the gradients of tied biases to those of the weights that they depend on.
    pub(crate) fn add_tied_gradients(&self, folded_scaling: &FoldedScaling, gradient: &mut [f64]) {
        for lock in self.locked.iter().filter(|lock| lock.is_tied()) {
            folded_scaling.add_tied_bias_gradient(gradient, lock.knob.neuron);
        }
    }
}
