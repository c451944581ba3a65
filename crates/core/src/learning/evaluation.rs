//! Loss and accuracy over a whole data set.

use std::ops::Range;

use crate::network::kernel::columns::filled;
use crate::network::{Network, Trace};

use super::{Examples, Objective, score};

/// The samples of one forward pass: as many as keep its numbers in the processor’s cache.
const CHUNK: usize = 128;

/// How well a network does.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Measured {
    /// The mean loss, without the penalty.
    pub loss: f64,
    /// The part of the samples that is told right, 0 to 1, where there are classes.
    pub accuracy: Option<f64>,
}

/// The buffers of a measurement; they are kept, so that measuring again allocates nothing.
#[derive(Debug, Clone, Default)]
pub struct Evaluation {
    trace: Trace,
    targets: Vec<f64>,
}

impl Evaluation {
    /// Runs all samples through the network, in their order.
    ///
    /// # Panics
    /// If the examples are not for this network.
    pub fn run(&mut self, network: &Network, examples: &Examples, objective: Objective) -> Measured {
        let last = network.blueprint().last_layer();
        let outputs = network.blueprint().width(last);
        let (mut sum, mut right) = (0.0, 0);
        let mut from = 0;
        while from < examples.samples {
            let to = (from + CHUNK).min(examples.samples);
            let columns = filled(to - from);
            self.forward(network, examples, from..to, columns);
            self.targets.resize(outputs * columns, 0.0);
            copy(&examples.targets, examples.samples, from..to, &mut self.targets);
            sum += objective.sum_of_first(to - from, network, &self.trace, &self.targets);
            if let Some(labels) = &examples.labels {
                let a = &self.trace.layers()[last].a;
                let told = |sample| score::told(a, columns, sample, examples.middle);
                let labels = labels[from..to].iter().enumerate();
                right += labels.filter(|&(sample, &label)| told(sample) == label).count();
            }
            from = to;
        }
        let samples = examples.samples as f64;
        Measured {
            loss: sum / objective.loss.divisor(examples.samples, outputs),
            accuracy: examples.labels.as_ref().map(|_| right as f64 / samples),
        }
    }

    /// Runs up to `most` samples, the first ones, and returns the forward pass.
    pub fn sample(&mut self, network: &Network, examples: &Examples, most: usize) -> &Trace {
        let samples = examples.samples.min(most);
        self.forward(network, examples, 0..samples, samples);
        &self.trace
    }

    fn forward(&mut self, network: &Network, examples: &Examples, chosen: Range<usize>, columns: usize) {
        let inputs = self.trace.inputs_mut(network, columns);
        copy(&examples.inputs, examples.samples, chosen, inputs);
        self.trace.run_from(network, 0);
    }
}

/// Some columns of a matrix with `columns` columns. Rows that are longer are filled up with the first one of them.
fn copy(values: &[f64], columns: usize, chosen: Range<usize>, into: &mut [f64]) {
    let rows = values.chunks_exact(columns);
    let size = into.len() / rows.len().max(1);
    for (row, into) in rows.zip(into.chunks_exact_mut(size.max(1))) {
        let row = &row[chosen.clone()];
        let (full, rest) = into.split_at_mut(row.len());
        full.copy_from_slice(row);
        rest.fill(row[0]);
    }
}
