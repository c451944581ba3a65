//! Which knobs of a run are locked, and which are free.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::network::{Architecture, Knob, Network};

use super::FoldedScaling;

/// A locked knob.
#[derive(Debug, Clone)]
struct LockedKnob {
    knob: Knob,
    /// In the flat order.
    index: usize,
    /// What it stays at, for raw inputs.
    raw_value: f64,
}

impl LockedKnob {
    /// Whether its scaled value moves although the raw one stays: a bias of the first layer follows its weights.
    fn is_tied(&self) -> bool {
        self.knob.layer == 0 && self.knob.is_bias()
    }
}

/// The locked knobs of a run, each with the raw value that it stays at, and the free ones between them.
///
/// Where a [`Folding`] standardises the inputs, a locked bias of the first layer is *tied*: its scaled value moves along
/// with the weights, so that the raw one stays to the last bit.
#[derive(Debug, Clone)]
pub struct KnobLocks {
    /// Ascending in the flat order.
    locked: Vec<LockedKnob>,
    /// What is between them, in the flat order.
    unlocked: Vec<Range<usize>>,
    /// All knobs.
    knob_count: usize,
}

impl KnobLocks {
    /// Locked at the values that they have in a network with raw knobs; a knob that it has not is passed over.
    pub fn new(locked: &BTreeSet<Knob>, network: &Network) -> Self {
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

    /// Locks a knob at a raw value, or unlocks it. One that the architecture has not is passed over.
    pub fn set(&mut self, architecture: &Architecture, knob: Knob, raw: Option<f64>) {
        let Some(index) = architecture.index_of(knob) else {
            return;
        };
        self.locked.retain(|lock| lock.knob != knob);
        self.locked.extend(raw.map(|raw| LockedKnob { knob, index, raw_value: raw }));
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

    /// The knobs that are turned, as ranges of the flat order.
    pub fn unlocked(&self) -> &[Range<usize>] {
        &self.unlocked
    }

    /// If a knob is locked, it stays at another raw value from now on.
    pub fn set_raw_value(&mut self, knob: Knob, raw: f64) {
        for lock in self.locked.iter_mut().filter(|lock| lock.knob == knob) {
            lock.raw_value = raw;
        }
    }

    /// Puts the values of the locked knobs among raw ones.
    pub fn restore(&self, raw: &mut [f64]) {
        for lock in &self.locked {
            raw[lock.index] = lock.raw_value;
        }
    }

    /// Lets tied biases follow their weights, among scaled knobs.
    pub fn update_tied_biases(&self, folding: &FoldedScaling, scaled: &mut [f64]) {
        for lock in self.locked.iter().filter(|lock| lock.is_tied()) {
            folding.set_raw_bias(scaled, lock.knob.neuron, lock.raw_value);
        }
    }

    /// Adds to the gradient by the weights what a tied bias moves along with them.
    pub fn add_tied_gradients(&self, folding: &FoldedScaling, gradient: &mut [f64]) {
        for lock in self.locked.iter().filter(|lock| lock.is_tied()) {
            folding.add_tied_bias_gradient(gradient, lock.knob.neuron);
        }
    }
}
