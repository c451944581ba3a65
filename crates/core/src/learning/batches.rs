//! The samples of a run, batch by batch.

use crate::data::{Chance, Purpose};
use crate::network::kernel::columns::{filled, side_by_side};
use crate::network::{Network, Trace};

use super::Examples;

/// The samples to train with, in a new order each epoch.
///
/// They are kept sample by sample, so that what belongs together lies together: a batch is chosen at random.
#[derive(Debug, Clone)]
pub struct Batches {
    /// `[sample][input]`.
    inputs: Vec<f64>,
    /// `[sample][output]`.
    targets: Vec<f64>,
    outputs: usize,
    chance: Chance,
    order: Vec<usize>,
    /// How many samples of this epoch have been seen.
    seen: usize,
    /// What is wanted of the batch, `[output][sample]`.
    wanted: Vec<f64>,
    /// Whether the batch is all samples already.
    is_whole: bool,
}

/// In which order the samples of the epochs to come are seen.
#[derive(Debug, Clone, PartialEq)]
pub struct Order {
    chance: Chance,
    samples: Vec<u32>,
}

impl Batches {
    /// The samples in the order of a seed.
    pub fn new(examples: &Examples, seed: u64) -> Self {
        let samples = examples.samples;
        Self {
            inputs: by_sample(&examples.inputs, samples),
            targets: by_sample(&examples.targets, samples),
            outputs: examples.targets.len() / samples,
            chance: Chance::new(seed, Purpose::Order),
            order: (0..samples).collect(),
            seen: 0,
            wanted: Vec::new(),
            is_whole: false,
        }
    }

    /// Goes on with other targets.
    pub fn set_targets(&mut self, examples: &Examples) {
        self.targets = by_sample(&examples.targets, examples.samples);
        self.is_whole = false;
    }

    /// Goes on in the order of another seed.
    pub fn set_seed(&mut self, seed: u64) {
        self.chance = Chance::new(seed, Purpose::Order);
    }

    /// The order of the epochs to come, at the end of one.
    pub fn order(&self) -> Order {
        Order {
            chance: self.chance.clone(),
            samples: self.order.iter().map(|&sample| sample as u32).collect(),
        }
    }

    /// Goes on in an order that was left; one of another number of samples is not taken.
    pub fn resume(&mut self, order: &Order) {
        if order.samples.len() == self.order.len() {
            self.chance.clone_from(&order.chance);
            self.order.clear();
            self.order
                .extend(order.samples.iter().map(|&sample| sample as usize));
            self.is_whole = false;
        }
    }

    /// Puts the next `size` samples into a forward pass that has not run yet, or as many as are left in this epoch, and
    /// says how many. The columns are filled up as in [`side_by_side`].
    pub fn next(&mut self, size: usize, network: &Network, trace: &mut Trace) -> usize {
        let samples = self.order.len();
        if self.seen == 0 && size < samples {
            self.chance.shuffle(&mut self.order);
        }
        let from = self.seen;
        self.seen = (from + size).min(samples);
        self.choose(from, network, trace);
        self.seen - from
    }

    /// Lets all buffers grow for batches of `size` now. No sample has been seen by that.
    pub fn make_room(&mut self, size: usize, network: &Network, trace: &mut Trace) {
        let seen = self.seen;
        self.seen = size.min(self.order.len());
        self.choose(0, network, trace);
        self.seen = seen;
    }

    fn choose(&mut self, from: usize, network: &Network, trace: &mut Trace) {
        let chosen = &self.order[from..self.seen];
        let columns = filled(chosen.len());
        let inputs = trace.inputs_mut(network, columns);
        if self.is_whole && chosen.len() == self.order.len() {
            return;
        }
        side_by_side(&self.inputs, network.blueprint().inputs(), chosen, inputs);
        self.wanted.resize(self.outputs * columns, 0.0);
        side_by_side(&self.targets, self.outputs, chosen, &mut self.wanted);
        self.is_whole = chosen.len() == self.order.len();
    }

    /// What is wanted of the batch, `[output][sample]`.
    pub fn wanted(&self) -> &[f64] {
        &self.wanted
    }

    /// Whether an epoch has ended, or none has begun.
    pub fn is_between(&self) -> bool {
        self.seen == 0
    }

    /// Whether all samples of this epoch have been seen.
    pub fn is_over(&self) -> bool {
        self.seen >= self.order.len()
    }

    /// Begins the next epoch.
    pub fn begin_epoch(&mut self) {
        self.seen = 0;
    }
}

/// From `[value][sample]` to `[sample][value]`.
fn by_sample(values: &[f64], samples: usize) -> Vec<f64> {
    let mut turned = vec![0.0; values.len()];
    let width = values.len() / samples.max(1);
    for (value, row) in values.chunks_exact(samples).enumerate() {
        for (sample, &number) in row.iter().enumerate() {
            turned[sample * width + value] = number;
        }
    }
    turned
}
