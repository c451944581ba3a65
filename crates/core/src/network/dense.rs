//! A blueprint and the values of its knobs.

use super::{Activation, Architecture, ArchitectureError, Knob, LayerPlan, ForwardPass};

/// A dense network: a [`Blueprint`] and one flat vector of its knobs. Layers are views into it.
#[derive(Debug, Clone, PartialEq)]
pub struct Network {
    architecture: Architecture,
    knobs: Vec<f64>,
}

/// One layer's part of the flat vector.
#[derive(Debug, Clone, Copy)]
pub struct LayerView<'a> {
    /// `[neuron][input]`, row after row.
    pub weights: &'a [f64],
    /// One a neuron.
    pub biases: &'a [f64],
    /// The number of inputs of the layer.
    pub fan_in: usize,
    /// Names and activations.
    pub plan: &'a LayerPlan,
}

impl<'a> LayerView<'a> {
    /// The weights of one neuron, one an input.
    pub fn weights_of(self, neuron: usize) -> &'a [f64] {
        &self.weights[neuron * self.fan_in..][..self.fan_in]
    }
}

impl Network {
    /// A network of this architecture with every knob at 0.
    pub fn zeros(architecture: Architecture) -> Self {
        let knobs = vec![0.0; architecture.knob_count()];
        Self { architecture, knobs }
    }

    /// A network from its knobs in the flat order; `None` if their number does not fit.
    pub fn from_knobs(architecture: Architecture, knobs: Vec<f64>) -> Option<Self> {
        (knobs.len() == architecture.knob_count()).then_some(Self { architecture, knobs })
    }

    /// Its architecture.
    pub fn architecture(&self) -> &Architecture {
        &self.architecture
    }

    /// Every knob's value in the flat order.
    pub fn knobs(&self) -> &[f64] {
        &self.knobs
    }

    /// Every knob's value in the flat order, to be changed.
    pub fn knobs_mut(&mut self) -> &mut [f64] {
        &mut self.knobs
    }

    /// The value of a knob, or `None` if there is no such knob.
    pub fn get(&self, knob: Knob) -> Option<f64> {
        self.architecture.index_of(knob).map(|index| self.knobs[index])
    }

    /// Sets a knob; says whether there is such a knob.
    pub fn set(&mut self, knob: Knob, value: f64) -> bool {
        let index = self.architecture.index_of(knob);
        if let Some(index) = index {
            self.knobs[index] = value;
        }
        index.is_some()
    }

    /// One layer's part of the flat vector.
    #[inline(always)]
    pub fn layer(&self, layer: usize) -> LayerView<'_> {
        let fan_in = self.architecture.fan_in(layer);
        let knobs = &self.knobs[self.architecture.knob_range(layer)];
        let (weights, biases) = knobs.split_at(self.architecture.width(layer) * fan_in);
        LayerView {
            weights,
            biases,
            fan_in,
            plan: &self.architecture.layers()[layer],
        }
    }

    /// Names an input, or takes its name away.
    pub fn set_input_name(&mut self, input: usize, name: Option<String>) {
        self.architecture.set_input_name(input, name);
    }

    /// Names a neuron, or takes its name away.
    pub fn set_neuron_name(&mut self, layer: usize, neuron: usize, name: Option<String>) {
        self.architecture.set_neuron_name(layer, neuron, name);
    }

    /// Gives an activation to a layer, or to one neuron of it.
    ///
    /// # Errors
    /// As [`Blueprint::set_activation`].
    pub fn set_activation(
        &mut self,
        layer: usize,
        neuron: Option<usize>,
        activation: Activation,
    ) -> Result<(), ArchitectureError> {
        self.architecture.set_activation(layer, neuron, activation)
    }

    /// The forward pass of one input, `inputs[input]`.
    pub fn forward(&self, inputs: &[f64]) -> ForwardPass {
        self.forward_batch(inputs, 1)
    }

    /// The forward pass of a batch, `inputs[input][sample]` with `samples` columns.
    pub fn forward_batch(&self, inputs: &[f64], samples: usize) -> ForwardPass {
        let mut forward = ForwardPass::default();
        forward.run(self, inputs, samples);
        forward
    }
}
