//! Loss and accuracy over a whole data set.

use crate::network::{Network, Trace};

use super::{Examples, Objective, score};

/// The samples of one forward pass: as many as keep its numbers in the processor’s cache.
const CHUNK: usize = 256;

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
    inputs: Vec<f64>,
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
            copy(&examples.inputs, examples.samples, from..to, &mut self.inputs);
            copy(&examples.targets, examples.samples, from..to, &mut self.targets);
            self.trace.run(network, &self.inputs, to - from);
            sum += objective.loss(network, &self.trace, &self.targets)
                * objective.loss.divisor(to - from, outputs);
            if let Some(labels) = &examples.labels {
                let a = &self.trace.layers()[last].a;
                let told = |sample| score::told(a, to - from, sample, examples.middle);
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
        copy(&examples.inputs, examples.samples, 0..samples, &mut self.inputs);
        self.trace.run(network, &self.inputs, samples);
        &self.trace
    }
}

/// Some columns of a matrix with `columns` columns.
fn copy(values: &[f64], columns: usize, chosen: std::ops::Range<usize>, into: &mut Vec<f64>) {
    into.clear();
    for row in values.chunks_exact(columns) {
        into.extend_from_slice(&row[chosen.clone()]);
    }
}
