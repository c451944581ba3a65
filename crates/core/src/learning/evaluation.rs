//! Loss and accuracy over a whole data set.

use std::ops::Range;

use crate::network::kernel::columns::padded_columns;
use crate::network::{Network, ForwardPass};

use super::{EncodedDataset, Objective, score};

/// The samples of one forward pass: as many as keep its numbers in the processor’s cache.
const CHUNK_SIZE: usize = 128;

/// How well a network does.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Metrics {
    /// The mean loss, without the penalty.
    pub loss: f64,
    /// The part of the samples that is told right, 0 to 1, where there are classes.
    pub accuracy: Option<f64>,
}

/// The buffers of a measurement; they are kept, so that measuring again allocates nothing.
#[derive(Debug, Clone, Default)]
pub struct Evaluator {
    forward_pass: ForwardPass,
    targets: Vec<f64>,
}

impl Evaluator {
    /// Runs all samples through the network, in their order.
    ///
    /// # Panics
    /// If the examples are not for this network.
    pub fn evaluate(&mut self, network: &Network, dataset: &EncodedDataset, objective: Objective) -> Metrics {
        let last = network.architecture().last_layer();
        let outputs = network.architecture().width(last);
        let (mut sum, mut correct) = (0.0, 0);
        let mut from = 0;
        while from < dataset.samples {
            let to = (from + CHUNK_SIZE).min(dataset.samples);
            let columns = padded_columns(to - from);
            self.forward(network, dataset, from..to, columns);
            self.targets.resize(outputs * columns, 0.0);
            copy_columns(&dataset.targets, dataset.samples, from..to, &mut self.targets);
            sum += objective.sum_of_first(to - from, network, &self.forward_pass, &self.targets);
            if let Some(labels) = &dataset.labels {
                let a = &self.forward_pass.layers()[last].a;
                let predicted = |sample| score::predicted_class(a, columns, sample, dataset.decision_threshold);
                let labels = labels[from..to].iter().enumerate();
                correct += labels.filter(|&(sample, &label)| predicted(sample) == label).count();
            }
            from = to;
        }
        let samples = dataset.samples as f64;
        Metrics {
            loss: sum / objective.loss.divisor(dataset.samples, outputs),
            accuracy: dataset.labels.as_ref().map(|_| correct as f64 / samples),
        }
    }

    /// Runs up to `most` samples, the first ones, and returns the forward pass.
    pub fn forward_first(&mut self, network: &Network, dataset: &EncodedDataset, max_samples: usize) -> &ForwardPass {
        let samples = dataset.samples.min(max_samples);
        self.forward(network, dataset, 0..samples, samples);
        &self.forward_pass
    }

    fn forward(&mut self, network: &Network, dataset: &EncodedDataset, chosen: Range<usize>, columns: usize) {
        let inputs = self.forward_pass.inputs_mut(network, columns);
        copy_columns(&dataset.inputs, dataset.samples, chosen, inputs);
        self.forward_pass.run_from(network, 0);
    }
}

/// Some columns of a matrix with `columns` columns. Rows that are longer are filled up with the first one of them.
fn copy_columns(values: &[f64], columns: usize, chosen: Range<usize>, into: &mut [f64]) {
    let rows = values.chunks_exact(columns);
    let size = into.len() / rows.len().max(1);
    for (row, into) in rows.zip(into.chunks_exact_mut(size.max(1))) {
        let row = &row[chosen.clone()];
        let (full, rest) = into.split_at_mut(row.len());
        full.copy_from_slice(row);
        rest.fill(row[0]);
    }
}
