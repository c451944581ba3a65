//! Loss and accuracy over a whole dataset.

use std::ops::Range;

use crate::network::kernel::gather::padded_columns;
use crate::network::{ForwardPass, Network};

use super::{EncodedDataset, Objective, classification};

/// The number of samples of one forward pass; their numbers fit into the processor's cache.
const CHUNK_SIZE: usize = 128;

/// The loss and accuracy over a dataset.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Metrics {
    /// The mean loss, without the regularization.
    pub loss: f64,
    /// The fraction of samples whose class is predicted correctly, 0 to 1; `None` if the targets aren't
    /// classes.
    pub accuracy: Option<f64>,
}

/// Computes metrics over a dataset. Reuse one, so that evaluating again allocates nothing.
#[derive(Debug, Clone, Default)]
pub struct Evaluator {
    forward_pass: ForwardPass,
    targets: Vec<f64>,
}

impl Evaluator {
    /// Runs all samples through the network, in their order, and returns the metrics. The dataset must be
    /// encoded for this network.
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
                let predicted =
                    |sample| classification::predicted_class(a, columns, sample, dataset.decision_threshold);
                let labels = labels[from..to].iter().enumerate();
                correct += labels
                    .filter(|&(sample, &label)| predicted(sample) == label)
                    .count();
            }
            from = to;
        }
        let samples = dataset.samples as f64;
        Metrics {
            loss: sum / objective.loss.divisor(dataset.samples, outputs),
            accuracy: dataset.labels.as_ref().map(|_| correct as f64 / samples),
        }
    }

    /// Runs the first samples, at most `max_samples`, through the network and returns the forward pass.
    pub(crate) fn forward_first(
        &mut self,
        network: &Network,
        dataset: &EncodedDataset,
        max_samples: usize,
    ) -> &ForwardPass {
        let samples = dataset.samples.min(max_samples);
        self.forward(network, dataset, 0..samples, samples);
        &self.forward_pass
    }

    fn forward(
        &mut self,
        network: &Network,
        dataset: &EncodedDataset,
        selected: Range<usize>,
        columns: usize,
    ) {
        let inputs = self.forward_pass.inputs_mut(network, columns);
        copy_columns(&dataset.inputs, dataset.samples, selected, inputs);
        self.forward_pass.run_from(network, 0);
    }
}

/// Copies the `selected` columns of a matrix with `columns` columns. Rows of `into` that are longer are
/// padded with the first selected column.
fn copy_columns(values: &[f64], columns: usize, selected: Range<usize>, into: &mut [f64]) {
    let rows = values.chunks_exact(columns);
    let size = into.len() / rows.len().max(1);
    for (row, into) in rows.zip(into.chunks_exact_mut(size.max(1))) {
        let row = &row[selected.clone()];
        let (full, rest) = into.split_at_mut(row.len());
        full.copy_from_slice(row);
        rest.fill(row[0]);
    }
}
