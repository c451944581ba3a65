//! Names, widths and activations of a dense network, and the flat order of its knobs.

use super::{Activation, Knob, KnobKind};

/// The most layers a network may have.
pub const MAX_LAYERS: usize = 64;
/// The most inputs, or neurons in one layer.
pub const MAX_WIDTH: usize = 4096;
/// The most knobs (weights and biases together).
pub const MAX_KNOBS: usize = 4_000_000;

/// One neuron: what it is called and how it ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NeuronPlan {
    /// A name that a person gave, if any.
    pub name: Option<String>,
    /// Its activation; [`Activation::Softmax`] only if the whole layer has it.
    pub activation: Activation,
}

/// One dense layer. It always has at least one neuron.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LayerPlan {
    /// Its neurons, in order.
    pub neurons: Vec<NeuronPlan>,
}

impl LayerPlan {
    /// A layer of `width` unnamed neurons with one activation.
    pub fn new(width: usize, activation: Activation) -> Self {
        Self {
            neurons: vec![
                NeuronPlan {
                    name: None,
                    activation,
                };
                width
            ],
        }
    }

    /// The activation that all neurons share, or `None` if they differ.
    pub fn activation(&self) -> Option<Activation> {
        let first = self.neurons.first()?.activation;
        self.neurons
            .iter()
            .all(|neuron| neuron.activation == first)
            .then_some(first)
    }

    /// Whether this layer ends in a softmax.
    pub fn is_softmax(&self) -> bool {
        self.neurons
            .first()
            .is_some_and(|neuron| neuron.activation == Activation::Softmax)
    }
}

/// A dense architecture: every neuron of a layer has a weight on every input of that layer, and a bias.
///
/// # The flat order of the knobs
/// Layer by layer; within a layer first all weights, neuron by neuron (`[neuron][input]`, as PyTorch keeps
/// them), then all biases.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Architecture {
    input_names: Vec<Option<String>>,
    layers: Vec<LayerPlan>,
    /// The index of each layer's first knob, and the number of all knobs at the end.
    offsets: Vec<usize>,
}

/// Why an architecture is refused. Layers and neurons in the messages are counted from 1.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ArchitectureError {
    /// No layer, or more than [`MAX_LAYERS`].
    #[error("a network has 1 to {MAX_LAYERS} layers, not {0}")]
    LayerCount(usize),
    /// No input, or more than [`MAX_WIDTH`].
    #[error("a network has 1 to {MAX_WIDTH} inputs, not {0}")]
    InputCount(usize),
    /// A layer without a neuron, or with more than [`MAX_WIDTH`].
    #[error("layer {layer} has {width} neurons; a layer has 1 to {MAX_WIDTH}")]
    Width {
        /// Counted from 1.
        layer: usize,
        /// Its neurons.
        width: usize,
    },
    /// More than [`MAX_KNOBS`].
    #[error("these layers have {0} weights and biases; neurodial takes up to {MAX_KNOBS}")]
    TooManyKnobs(usize),
    /// A softmax neuron among others.
    #[error(
        "layer {layer} has softmax on some neurons only; softmax is over a whole layer, so give it to all of them or to none"
    )]
    PartialSoftmax {
        /// Counted from 1.
        layer: usize,
    },
}

impl Architecture {
    /// An architecture from the names of its inputs and its layers.
    ///
    /// # Errors
    /// Sizes outside the limits, or softmax on a part of a layer.
    pub fn new(input_names: Vec<Option<String>>, layers: Vec<LayerPlan>) -> Result<Self, ArchitectureError> {
        if !(1..=MAX_WIDTH).contains(&input_names.len()) {
            return Err(ArchitectureError::InputCount(input_names.len()));
        }
        if !(1..=MAX_LAYERS).contains(&layers.len()) {
            return Err(ArchitectureError::LayerCount(layers.len()));
        }
        let mut offsets = vec![0];
        let mut knobs = 0;
        let mut inputs = input_names.len();
        for (index, plan) in layers.iter().enumerate() {
            let width = plan.neurons.len();
            let layer = index + 1;
            if !(1..=MAX_WIDTH).contains(&width) {
                return Err(ArchitectureError::Width { layer, width });
            }
            let softmax = plan
                .neurons
                .iter()
                .filter(|n| n.activation == Activation::Softmax);
            if plan.is_softmax() && plan.activation().is_none() || !plan.is_softmax() && softmax.count() > 0 {
                return Err(ArchitectureError::PartialSoftmax { layer });
            }
            knobs += width * (inputs + 1);
            offsets.push(knobs);
            inputs = width;
        }
        if knobs > MAX_KNOBS {
            return Err(ArchitectureError::TooManyKnobs(knobs));
        }
        Ok(Self {
            input_names,
            layers,
            offsets,
        })
    }

    /// An architecture without names: `inputs`, then a width and an activation for each layer.
    ///
    /// # Errors
    /// As [`Blueprint::new`]; a huge width is refused before anything is allocated for it.
    pub fn dense(inputs: usize, layers: &[(usize, Activation)]) -> Result<Self, ArchitectureError> {
        if !(1..=MAX_WIDTH).contains(&inputs) {
            return Err(ArchitectureError::InputCount(inputs));
        }
        if !(1..=MAX_LAYERS).contains(&layers.len()) {
            return Err(ArchitectureError::LayerCount(layers.len()));
        }
        if let Some(index) = layers
            .iter()
            .position(|(width, _)| !(1..=MAX_WIDTH).contains(width))
        {
            return Err(ArchitectureError::Width {
                layer: index + 1,
                width: layers[index].0,
            });
        }
        let plans = layers
            .iter()
            .map(|&(width, activation)| LayerPlan::new(width, activation));
        Self::new(vec![None; inputs], plans.collect())
    }

    /// The number of inputs of the network.
    pub fn input_count(&self) -> usize {
        self.input_names.len()
    }

    /// The names of the inputs, `None` where there is none.
    pub fn input_names(&self) -> &[Option<String>] {
        &self.input_names
    }

    /// The layers, first to last. There is at least one.
    pub fn layers(&self) -> &[LayerPlan] {
        &self.layers
    }

    /// The number of neurons of `layer`.
    pub fn width(&self, layer: usize) -> usize {
        self.layers[layer].neurons.len()
    }

    /// The number of inputs that `layer` has: those of the network, or the neurons of the layer before.
    pub fn fan_in(&self, layer: usize) -> usize {
        match layer.checked_sub(1) {
            None => self.input_count(),
            Some(previous) => self.width(previous),
        }
    }

    /// The index of the last layer, whose outputs are the network's.
    pub fn last_layer(&self) -> usize {
        self.layers.len() - 1
    }

    /// The number of all knobs.
    pub fn knob_count(&self) -> usize {
        self.offsets[self.layers.len()]
    }

    /// Where a layer's knobs are in the flat order.
    pub fn knob_range(&self, layer: usize) -> std::ops::Range<usize> {
        self.offsets[layer]..self.offsets[layer + 1]
    }

    /// Whether the address names a knob of this network.
    pub fn contains(&self, knob: Knob) -> bool {
        self.has_neuron(knob.layer, knob.neuron)
            && match knob.kind {
                KnobKind::Weight { input } => input < self.fan_in(knob.layer),
                KnobKind::Bias => true,
            }
    }

    /// Whether there is such a neuron.
    pub fn has_neuron(&self, layer: usize, neuron: usize) -> bool {
        self.layers
            .get(layer)
            .is_some_and(|plan| neuron < plan.neurons.len())
    }

    /// The knob's place in the flat order, or `None` if there is no such knob.
    pub fn index_of(&self, knob: Knob) -> Option<usize> {
        if !self.contains(knob) {
            return None;
        }
        let fan_in = self.fan_in(knob.layer);
        let offset = match knob.kind {
            KnobKind::Weight { input } => knob.neuron * fan_in + input,
            KnobKind::Bias => self.width(knob.layer) * fan_in + knob.neuron,
        };
        Some(self.offsets[knob.layer] + offset)
    }

    /// The knob at a place of the flat order, or `None` past the end.
    pub fn knob_at(&self, index: usize) -> Option<Knob> {
        if index >= self.knob_count() {
            return None;
        }
        let layer = self.offsets.partition_point(|&start| start <= index) - 1;
        let offset = index - self.offsets[layer];
        let fan_in = self.fan_in(layer);
        let weights = self.width(layer) * fan_in;
        Some(if offset < weights {
            Knob::weight(layer, offset / fan_in, offset % fan_in)
        } else {
            Knob::bias(layer, offset - weights)
        })
    }

    /// All knobs in the flat order.
    pub fn knobs(&self) -> impl Iterator<Item = Knob> + '_ {
        (0..self.knob_count()).filter_map(|index| self.knob_at(index))
    }

    /// The knobs of one neuron: its weights in the order of its inputs, then its bias.
    pub fn knobs_of_neuron(&self, layer: usize, neuron: usize) -> impl Iterator<Item = Knob> + use<> {
        (0..self.fan_in(layer))
            .map(move |input| Knob::weight(layer, neuron, input))
            .chain([Knob::bias(layer, neuron)])
    }

    /// Names an input, or takes its name away.
    pub fn set_input_name(&mut self, input: usize, name: Option<String>) {
        if let Some(slot) = self.input_names.get_mut(input) {
            *slot = name;
        }
    }

    /// Names a neuron, or takes its name away.
    pub fn set_neuron_name(&mut self, layer: usize, neuron: usize, name: Option<String>) {
        if let Some(plan) = self
            .layers
            .get_mut(layer)
            .and_then(|plan| plan.neurons.get_mut(neuron))
        {
            plan.name = name;
        }
    }

    /// Gives an activation to a whole layer (`neuron` is `None`) or to one neuron of it.
    ///
    /// # Errors
    /// Softmax for a single neuron, or a single neuron inside a softmax layer.
    pub fn set_activation(
        &mut self,
        layer: usize,
        neuron: Option<usize>,
        activation: Activation,
    ) -> Result<(), ArchitectureError> {
        let Some(plan) = self.layers.get_mut(layer) else {
            return Ok(());
        };
        match neuron {
            None => plan
                .neurons
                .iter_mut()
                .for_each(|neuron| neuron.activation = activation),
            Some(neuron) => {
                if plan.is_softmax() || activation == Activation::Softmax {
                    return Err(ArchitectureError::PartialSoftmax { layer: layer + 1 });
                }
                if let Some(neuron) = plan.neurons.get_mut(neuron) {
                    neuron.activation = activation;
                }
            }
        }
        Ok(())
    }
}
