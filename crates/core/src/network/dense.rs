//! A dense network: an architecture and the values of its knobs.

use super::{Activation, Architecture, ArchitectureError, Knob, LayerPlan};

/// A dense network: an [`Architecture`] and one flat vector of its knobs. Layers are views into this vector.
///
/// ```
/// use neurodial_core::network::{
///     Activation, Architecture, Initialization, Initializer, Knob, Network,
/// };
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// // 2 inputs, 3 tanh neurons, 1 sigmoid neuron.
/// let layers = [(3, Activation::Tanh), (1, Activation::Sigmoid)];
/// let mut network = Network::zeros(Architecture::dense(2, &layers)?);
/// assert_eq!(network.knobs().len(), (2 * 3 + 3) + (3 + 1));
///
/// // One knob by its address, or all of them in the flat order.
/// network.set(Knob::bias(1, 0), -0.5);
/// assert_eq!(network.get(Knob::bias(1, 0)), Some(-0.5));
/// let initialization = Initialization {
///     initializer: Initializer::Xavier,
///     seed: 1,
///     has_random_biases: false,
/// };
/// let network = initialization.network(network.architecture().clone());
///
/// assert_eq!(network.layer(0).weights_of(2), &network.knobs()[4..6]); // both weights of the last tanh neuron
/// assert_eq!(network.layer(1).biases, [0.0]);
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Network {
    architecture: Architecture,
    knobs: Vec<f64>,
}

/// The part of the flat vector that belongs to one layer.
#[derive(Debug, Clone, Copy)]
pub struct LayerView<'a> {
    /// The weights, `[neuron][input]`, row by row.
    pub weights: &'a [f64],
    /// The biases, one per neuron.
    pub biases: &'a [f64],
    /// The number of inputs of the layer.
    pub fan_in: usize,
    /// The names and activations of the neurons.
    pub plan: &'a LayerPlan,
}

impl<'a> LayerView<'a> {
    /// Returns the weights of one neuron, one per input.
    ///
    /// # Panics
    ///
    /// Panics if there is no such neuron.
    pub fn weights_of(self, neuron: usize) -> &'a [f64] {
        &self.weights[neuron * self.fan_in..][..self.fan_in]
    }
}

impl Network {
    /// Creates a network with this architecture in which every knob is 0.
    pub fn zeros(architecture: Architecture) -> Self {
        let knobs = vec![0.0; architecture.knob_count()];
        Self { architecture, knobs }
    }

    /// Creates a network from its knobs in the flat order; `None` if their number doesn't match the
    /// architecture.
    pub fn from_knobs(architecture: Architecture, knobs: Vec<f64>) -> Option<Self> {
        (knobs.len() == architecture.knob_count()).then_some(Self { architecture, knobs })
    }

    /// Returns the architecture.
    pub fn architecture(&self) -> &Architecture {
        &self.architecture
    }

    /// Returns the values of all knobs in the flat order.
    pub fn knobs(&self) -> &[f64] {
        &self.knobs
    }

    /// Returns the values of all knobs in the flat order, as a mutable slice.
    pub fn knobs_mut(&mut self) -> &mut [f64] {
        &mut self.knobs
    }

    /// Returns the value of a knob, or `None` if there is no such knob.
    pub fn get(&self, knob: Knob) -> Option<f64> {
        self.architecture.index_of(knob).map(|index| self.knobs[index])
    }

    /// Sets the value of a knob. Returns false if there is no such knob.
    pub fn set(&mut self, knob: Knob, value: f64) -> bool {
        let index = self.architecture.index_of(knob);
        if let Some(index) = index {
            self.knobs[index] = value;
        }
        index.is_some()
    }

    /// Returns a view of the knobs and the plan of one layer.
    ///
    /// # Panics
    ///
    /// Panics if there is no such layer.
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

    /// Sets the name of an input, or removes it if `name` is `None`. An input that doesn't exist is ignored.
    pub fn set_input_name(&mut self, input: usize, name: Option<String>) {
        self.architecture.set_input_name(input, name);
    }

    /// Sets the name of a neuron, or removes it if `name` is `None`. A neuron that doesn't exist is ignored.
    pub fn set_neuron_name(&mut self, layer: usize, neuron: usize, name: Option<String>) {
        self.architecture.set_neuron_name(layer, neuron, name);
    }

    /// Sets the activation of one neuron, or of the whole layer if `neuron` is `None`. A layer or neuron that
    /// doesn't exist is ignored.
    ///
    /// # Errors
    ///
    /// Returns an error under the same conditions as [`Architecture::set_activation`].
    pub fn set_activation(
        &mut self,
        layer: usize,
        neuron: Option<usize>,
        activation: Activation,
    ) -> Result<(), ArchitectureError> {
        self.architecture.set_activation(layer, neuron, activation)
    }
}
