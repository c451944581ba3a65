//! Which knobs of a run are locked, and which are free.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::network::{Blueprint, Knob, Network};

use super::Folding;

/// A locked knob.
#[derive(Debug, Clone)]
struct Lock {
    knob: Knob,
    /// In the flat order.
    index: usize,
    /// What it stays at, for raw inputs.
    raw: f64,
}

impl Lock {
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
pub struct Locks {
    /// Ascending in the flat order.
    locked: Vec<Lock>,
    /// What is between them, in the flat order.
    free: Vec<Range<usize>>,
    /// All knobs.
    count: usize,
}

impl Locks {
    /// Locked at the values that they have in a network with raw knobs; a knob that it has not is passed over.
    pub fn new(locked: &BTreeSet<Knob>, network: &Network) -> Self {
        let blueprint = network.blueprint();
        let lock = |&knob: &Knob| {
            Some(Lock {
                knob,
                index: blueprint.index_of(knob)?,
                raw: network.get(knob)?,
            })
        };
        let mut locks = Self {
            locked: locked.iter().filter_map(lock).collect(),
            free: Vec::new(),
            count: blueprint.knob_count(),
        };
        locks.find_free();
        locks
    }

    /// Locks a knob at a raw value, or unlocks it. One that the architecture has not is passed over.
    pub fn set(&mut self, blueprint: &Blueprint, knob: Knob, raw: Option<f64>) {
        let Some(index) = blueprint.index_of(knob) else {
            return;
        };
        self.locked.retain(|lock| lock.knob != knob);
        self.locked.extend(raw.map(|raw| Lock { knob, index, raw }));
        self.find_free();
    }

    fn find_free(&mut self) {
        self.locked.sort_unstable_by_key(|lock| lock.index);
        self.free.clear();
        let mut from = 0;
        for lock in &self.locked {
            self.free.push(from..lock.index);
            from = lock.index + 1;
        }
        self.free.push(from..self.count);
        self.free.retain(|range| !range.is_empty());
    }

    /// The knobs that are turned, as ranges of the flat order.
    pub fn free(&self) -> &[Range<usize>] {
        &self.free
    }

    /// If a knob is locked, it stays at another raw value from now on.
    pub fn move_to(&mut self, knob: Knob, raw: f64) {
        for lock in self.locked.iter_mut().filter(|lock| lock.knob == knob) {
            lock.raw = raw;
        }
    }

    /// Puts the values of the locked knobs among raw ones.
    pub fn restore(&self, raw: &mut [f64]) {
        for lock in &self.locked {
            raw[lock.index] = lock.raw;
        }
    }

    /// Lets tied biases follow their weights, among scaled knobs.
    pub fn keep_tied(&self, folding: &Folding, scaled: &mut [f64]) {
        for lock in self.locked.iter().filter(|lock| lock.is_tied()) {
            folding.keep_raw_bias(scaled, lock.knob.neuron, lock.raw);
        }
    }

    /// Adds to the gradient by the weights what a tied bias moves along with them.
    pub fn tie(&self, folding: &Folding, gradient: &mut [f64]) {
        for lock in self.locked.iter().filter(|lock| lock.is_tied()) {
            folding.tie(gradient, lock.knob.neuron);
        }
    }
}
