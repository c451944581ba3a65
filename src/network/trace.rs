//! One forward pass, with everything that it met on the way.

use super::{Activation, Knob, Network, Term, activation};

/// What one layer computed: both `[neuron][sample]`.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct LayerTrace {
    /// The pre-activations, `z = Σ w·x + b`.
    pub z: Vec<f64>,
    /// The outputs, `a = activation(z)`.
    pub a: Vec<f64>,
}

/// One forward pass, of one input or of a batch, stored neuron by neuron (`[neuron][sample]`).
///
/// A trace can be run again for another input or another network; its buffers are kept, so that sweeps
/// and training allocate nothing.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Trace {
    samples: usize,
    x: Vec<f64>,
    layers: Vec<LayerTrace>,
}

impl Trace {
    /// Runs the forward pass for `inputs[input][sample]`, `samples` columns.
    ///
    /// # Panics
    /// If the number of values is not the number of inputs times `samples`.
    pub fn run(&mut self, network: &Network, inputs: &[f64], samples: usize) {
        assert_eq!(
            inputs.len(),
            network.blueprint().inputs() * samples,
            "inputs are [input][sample]"
        );
        self.samples = samples;
        self.x.clear();
        self.x.extend_from_slice(inputs);
        self.run_from(network, 0);
    }

    /// Computes again `first_layer` and all that follow it, from what is already known of the layers before.
    pub fn run_from(&mut self, network: &Network, first_layer: usize) {
        let blueprint = network.blueprint();
        self.layers
            .resize_with(blueprint.layers().len(), LayerTrace::default);
        for layer in first_layer..blueprint.layers().len() {
            let (before, rest) = self.layers.split_at_mut(layer);
            let inputs = before.last().map_or(&self.x, |trace| &trace.a);
            let size = blueprint.width(layer) * self.samples;
            let LayerTrace { z, a } = &mut rest[0];
            z.resize(size, 0.0);
            a.resize(size, 0.0);
            let view = network.layer(layer);
            for neuron in 0..blueprint.width(layer) {
                let row = neuron * self.samples..(neuron + 1) * self.samples;
                weighted_sum(
                    view.weights_of(neuron),
                    view.biases[neuron],
                    inputs,
                    &mut z[row.clone()],
                );
                let activation = view.plan.neurons[neuron].activation;
                if activation != Activation::Softmax {
                    activation.of_each(&z[row.clone()], &mut a[row]);
                }
            }
            if view.plan.is_softmax() {
                activation::softmax(z, self.samples, a);
            }
        }
    }

    /// The number of samples (columns).
    pub fn samples(&self) -> usize {
        self.samples
    }

    /// What the layers computed, first to last.
    pub fn layers(&self) -> &[LayerTrace] {
        &self.layers
    }

    /// An input of the network, one value a sample.
    pub fn x(&self, input: usize) -> &[f64] {
        &self.x[self.row(input)]
    }

    /// The pre-activations of a neuron, one a sample.
    pub fn z(&self, layer: usize, neuron: usize) -> &[f64] {
        &self.layers[layer].z[self.row(neuron)]
    }

    /// The outputs of a neuron, one a sample.
    pub fn a(&self, layer: usize, neuron: usize) -> &[f64] {
        &self.layers[layer].a[self.row(neuron)]
    }

    /// What comes into `layer` on its input `input`: an input of the network, or an output of the layer before.
    pub fn into_layer(&self, layer: usize, input: usize) -> &[f64] {
        match layer.checked_sub(1) {
            None => self.x(input),
            Some(before) => self.a(before, input),
        }
    }

    /// Everything that comes into `layer`, `[input][sample]`.
    pub fn sources(&self, layer: usize) -> &[f64] {
        match layer.checked_sub(1) {
            None => &self.x,
            Some(before) => &self.layers[before].a,
        }
    }

    /// What a knob adds to its neuron's `z` in one sample: `weight · input`, or the bias itself.
    /// `None` if there is no such knob.
    pub fn product(&self, network: &Network, knob: Knob, sample: usize) -> Option<f64> {
        let value = network.get(knob)?;
        Some(match knob.term {
            Term::Weight { input } => value * self.into_layer(knob.layer, input)[sample],
            Term::Bias => value,
        })
    }

    /// The first neuron, as `(layer, neuron)` from 0, that has a `z` or an output that is not finite.
    pub fn first_not_finite(&self) -> Option<(usize, usize)> {
        self.layers.iter().enumerate().find_map(|(layer, trace)| {
            let at = |values: &[f64]| values.iter().position(|value| !value.is_finite());
            let found = at(&trace.z).into_iter().chain(at(&trace.a)).min()?;
            Some((layer, found / self.samples))
        })
    }

    fn row(&self, index: usize) -> std::ops::Range<usize> {
        index * self.samples..(index + 1) * self.samples
    }
}

/// `z[sample] = Σ weights[input] · inputs[input][sample] + bias`.
///
/// The order is the article's (first the sum over the inputs, the bias last) and the multiply-adds are
/// fused, which is exact by definition; so each sample has the same bits whatever the batch and the machine.
pub(super) fn weighted_sum(weights: &[f64], bias: f64, inputs: &[f64], z: &mut [f64]) {
    z.fill(0.0);
    for (&weight, row) in weights.iter().zip(inputs.chunks_exact(z.len().max(1))) {
        for (z, &x) in z.iter_mut().zip(row) {
            *z = weight.mul_add(x, *z);
        }
    }
    for z in z {
        *z += bias;
    }
}
