//! The samples of a run, batch by batch.

use crate::data::{SeededRng, RandomStream};
use crate::network::kernel::columns::{padded_columns, gather_samples};
use crate::network::{Network, ForwardPass};

use super::EncodedDataset;

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
    rng: SeededRng,
    order: Vec<usize>,
    /// How many samples of this epoch have been seen.
    seen: usize,
    /// What is wanted of the batch, `[output][sample]`.
    batch_targets: Vec<f64>,
    /// Whether the batch is all samples already.
    is_full_batch_loaded: bool,
}

/// In which order the samples of the epochs to come are seen.
#[derive(Debug, Clone, PartialEq)]
pub struct SampleOrder {
    rng: SeededRng,
    samples: Vec<u32>,
}

impl Batches {
    /// The samples in the order of a seed.
    pub fn new(dataset: &EncodedDataset, seed: u64) -> Self {
        let samples = dataset.samples;
        Self {
            inputs: sample_major(&dataset.inputs, samples),
            targets: sample_major(&dataset.targets, samples),
            outputs: dataset.targets.len() / samples,
            rng: SeededRng::new(seed, RandomStream::SampleOrder),
            order: (0..samples).collect(),
            seen: 0,
            batch_targets: Vec::new(),
            is_full_batch_loaded: false,
        }
    }

    /// Goes on with other targets.
    pub fn set_targets(&mut self, dataset: &EncodedDataset) {
        self.targets = sample_major(&dataset.targets, dataset.samples);
        self.is_full_batch_loaded = false;
    }

    /// Goes on in the order of another seed.
    pub fn set_seed(&mut self, seed: u64) {
        self.rng = SeededRng::new(seed, RandomStream::SampleOrder);
    }

    /// The order of the epochs to come, at the end of one.
    pub fn order(&self) -> SampleOrder {
        SampleOrder {
            rng: self.rng.clone(),
            samples: self.order.iter().map(|&sample| sample as u32).collect(),
        }
    }

    /// Goes on in an order that was left; one of another number of samples is not taken.
    pub fn resume(&mut self, order: &SampleOrder) {
        if order.samples.len() == self.order.len() {
            self.rng.clone_from(&order.rng);
            self.order.clear();
            self.order
                .extend(order.samples.iter().map(|&sample| sample as usize));
            self.is_full_batch_loaded = false;
        }
    }

    /// Puts the next `size` samples into a forward pass that has not run yet, or as many as are left in this epoch, and
    /// says how many. The columns are filled up as in [`side_by_side`].
    pub fn load_next(&mut self, size: usize, network: &Network, forward_pass: &mut ForwardPass) -> usize {
        let samples = self.order.len();
        if self.seen == 0 && size < samples {
            self.rng.shuffle(&mut self.order);
        }
        let from = self.seen;
        self.seen = (from + size).min(samples);
        self.load(from, network, forward_pass);
        self.seen - from
    }

    /// Lets all buffers grow for batches of `size` now. No sample has been seen by that.
    pub fn reserve(&mut self, size: usize, network: &Network, forward_pass: &mut ForwardPass) {
        let seen = self.seen;
        self.seen = size.min(self.order.len());
        self.load(0, network, forward_pass);
        self.seen = seen;
    }

    fn load(&mut self, from: usize, network: &Network, forward_pass: &mut ForwardPass) {
        let chosen = &self.order[from..self.seen];
        let columns = padded_columns(chosen.len());
        let inputs = forward_pass.inputs_mut(network, columns);
        if self.is_full_batch_loaded && chosen.len() == self.order.len() {
            return;
        }
        gather_samples(&self.inputs, network.architecture().input_count(), chosen, inputs);
        self.batch_targets.resize(self.outputs * columns, 0.0);
        gather_samples(&self.targets, self.outputs, chosen, &mut self.batch_targets);
        self.is_full_batch_loaded = chosen.len() == self.order.len();
    }

    /// What is wanted of the batch, `[output][sample]`.
    pub fn batch_targets(&self) -> &[f64] {
        &self.batch_targets
    }

    /// Whether an epoch has ended, or none has begun.
    pub fn is_between_epochs(&self) -> bool {
        self.seen == 0
    }

    /// Whether all samples of this epoch have been seen.
    pub fn is_epoch_finished(&self) -> bool {
        self.seen >= self.order.len()
    }

    /// Begins the next epoch.
    pub fn begin_epoch(&mut self) {
        self.seen = 0;
    }
}

/// From `[value][sample]` to `[sample][value]`.
fn sample_major(values: &[f64], samples: usize) -> Vec<f64> {
    let mut transposed = vec![0.0; values.len()];
    let width = values.len() / samples.max(1);
    for (value, row) in values.chunks_exact(samples).enumerate() {
        for (sample, &number) in row.iter().enumerate() {
            transposed[sample * width + value] = number;
        }
    }
    transposed
}
