//! The selected neuron's weighted sum, term by term.

use crate::network::{Activation, ForwardPass, Knob, Network, NeuronAddress};

/// The computation of the selected neuron's output: `z = Σ weight · source + bias`, `output = activation(z)`.
#[derive(Debug, Clone, PartialEq)]
pub struct Formula {
    /// The neuron.
    pub at: NeuronAddress,
    /// One term for each of its inputs, in order.
    pub terms: Vec<FormulaTerm>,
    /// Its bias.
    pub bias: f64,
    /// Its weighted sum, with the value of the forward pass itself.
    pub z: f64,
    /// Its activation function.
    pub activation: Activation,
    /// Its output, with the value of the forward pass itself.
    pub output: f64,
    /// The weighted sums of its whole layer, if the layer is a softmax; else empty.
    pub layer_z: Vec<f64>,
    /// The running sum after each product and after the bias, in the order of the forward pass. The last one
    /// is `z`.
    pub running_sums: Vec<f64>,
}

/// One product of the sum.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FormulaTerm {
    /// The weight's address.
    pub knob: Knob,
    /// The index of the input of the layer, counted from 0.
    pub input: usize,
    /// The weight.
    pub weight: f64,
    /// The value that enters: an input of the network, or an output of the previous layer.
    pub source: f64,
    /// `weight · source`.
    pub product: f64,
}

impl Formula {
    pub(super) fn new(at: NeuronAddress) -> Self {
        Self {
            at,
            terms: Vec::new(),
            bias: 0.0,
            z: 0.0,
            activation: Activation::Linear,
            output: 0.0,
            layer_z: Vec::new(),
            running_sums: Vec::new(),
        }
    }

    /// Recomputes the formula. `forward_pass` must have a single sample.
    pub(super) fn update(&mut self, network: &Network, forward_pass: &ForwardPass, at: NeuronAddress) {
        let NeuronAddress { layer, neuron } = at;
        let view = network.layer(layer);
        let pairs = view
            .weights_of(neuron)
            .iter()
            .zip(forward_pass.layer_inputs(layer));
        self.at = at;
        self.terms.clear();
        self.terms
            .extend(pairs.enumerate().map(|(input, (&weight, &source))| FormulaTerm {
                knob: Knob::weight(layer, neuron, input),
                input,
                weight,
                source,
                product: weight * source,
            }));
        self.bias = view.biases[neuron];
        self.z = forward_pass.z(layer, neuron)[0];
        self.activation = view.plan.neurons[neuron].activation;
        self.output = forward_pass.a(layer, neuron)[0];
        self.running_sums.clear();
        let mut sum = 0.0;
        for term in &self.terms {
            sum = term.weight.mul_add(term.source, sum);
            self.running_sums.push(sum);
        }
        self.running_sums.push(sum + self.bias);
        self.layer_z.clear();
        if view.plan.is_softmax() {
            self.layer_z.extend_from_slice(&forward_pass.layers()[layer].z);
        }
    }
}
