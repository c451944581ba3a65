//! The training samples, mini-batch by mini-batch.

use crate::data::{RandomStream, SeededRng};
use crate::network::kernel::gather::{gather_samples, padded_columns};
use crate::network::{ForwardPass, Network};

use super::EncodedDataset;

/// The training samples, shuffled again in each epoch and loaded in mini-batches.
///
/// The numbers are stored sample by sample, because a mini-batch gathers random samples: the numbers of one
/// sample are then adjacent in memory.
#[derive(Debug, Clone)]
pub(crate) struct Batches {
    /// All inputs, `[sample][input]`.
    inputs: Vec<f64>,
    /// All targets, `[sample][output]`.
    targets: Vec<f64>,
    outputs: usize,
    rng: SeededRng,
    order: Vec<usize>,
    /// The number of samples used in this epoch.
    used: usize,
    /// The targets of the current mini-batch, `[output][sample]`.
    batch_targets: Vec<f64>,
    /// True if the current batch already holds all samples, so that it needn't be loaded again.
    is_full_batch_loaded: bool,
}

/// The current order of the samples and the random generator that will shuffle them; it determines the order
/// in all later epochs.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct SampleOrder {
    rng: SeededRng,
    samples: Vec<u32>,
}

impl Batches {
    /// Creates the batches of a dataset; `seed` determines the order of the samples.
    pub(crate) fn new(dataset: &EncodedDataset, seed: u64) -> Self {
        let samples = dataset.samples;
        Self {
            inputs: sample_major(&dataset.inputs, samples),
            targets: sample_major(&dataset.targets, samples),
            outputs: dataset.targets.len() / samples,
            rng: SeededRng::new(seed, RandomStream::SampleOrder),
            order: (0..samples).collect(),
            used: 0,
            batch_targets: Vec::new(),
            is_full_batch_loaded: false,
        }
    }

    /// Replaces the targets and keeps everything else.
    pub(crate) fn set_targets(&mut self, dataset: &EncodedDataset) {
        self.targets = sample_major(&dataset.targets, dataset.samples);
        self.is_full_batch_loaded = false;
    }

    /// Reseeds the random generator that shuffles the samples.
    pub(crate) fn set_seed(&mut self, seed: u64) {
        self.rng = SeededRng::new(seed, RandomStream::SampleOrder);
    }

    /// Returns the sample order with the state of its random generator. Call it between epochs.
    pub(crate) fn order(&self) -> SampleOrder {
        SampleOrder {
            rng: self.rng.clone(),
            samples: self.order.iter().map(|&sample| sample as u32).collect(),
        }
    }

    /// Restores a sample order. An order with another number of samples is ignored.
    pub(crate) fn resume(&mut self, order: &SampleOrder) {
        if order.samples.len() == self.order.len() {
            self.rng.clone_from(&order.rng);
            self.order.clear();
            self.order
                .extend(order.samples.iter().map(|&sample| sample as usize));
            self.is_full_batch_loaded = false;
        }
    }

    /// Loads the next `size` samples, or as many as are left in this epoch, as the inputs of a forward pass
    /// that hasn't run yet. Returns their number. The columns are padded as by [`gather_samples`].
    pub(crate) fn load_next(
        &mut self,
        size: usize,
        network: &Network,
        forward_pass: &mut ForwardPass,
    ) -> usize {
        let samples = self.order.len();
        if self.used == 0 && size < samples {
            self.rng.shuffle(&mut self.order);
        }
        let from = self.used;
        self.used = (from + size).min(samples);
        self.load(from, network, forward_pass);
        self.used - from
    }

    /// Grows all buffers to batches of `size` samples, without advancing in the epoch.
    pub(crate) fn reserve(&mut self, size: usize, network: &Network, forward_pass: &mut ForwardPass) {
        let used = self.used;
        self.used = size.min(self.order.len());
        self.load(0, network, forward_pass);
        self.used = used;
    }

    /// Loads the samples from position `from` of the order up to `self.used`.
    fn load(&mut self, from: usize, network: &Network, forward_pass: &mut ForwardPass) {
        let selected = &self.order[from..self.used];
        let columns = padded_columns(selected.len());
        let inputs = forward_pass.inputs_mut(network, columns);
        if self.is_full_batch_loaded && selected.len() == self.order.len() {
            return;
        }
        gather_samples(
            &self.inputs,
            network.architecture().input_count(),
            selected,
            inputs,
        );
        self.batch_targets.resize(self.outputs * columns, 0.0);
        gather_samples(&self.targets, self.outputs, selected, &mut self.batch_targets);
        self.is_full_batch_loaded = selected.len() == self.order.len();
    }

    /// Returns the targets of the current mini-batch, `[output][sample]`.
    pub(crate) fn batch_targets(&self) -> &[f64] {
        &self.batch_targets
    }

    /// True if no sample of the current epoch has been used.
    pub(crate) fn is_between_epochs(&self) -> bool {
        self.used == 0
    }

    /// True if all samples of this epoch have been used.
    pub(crate) fn is_epoch_finished(&self) -> bool {
        self.used >= self.order.len()
    }

    /// Begins the next epoch.
    pub(crate) fn begin_epoch(&mut self) {
        self.used = 0;
    }
}

/// Transposes `[value][sample]` to `[sample][value]`.
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
