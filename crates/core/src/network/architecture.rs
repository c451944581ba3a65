//! Names, widths and activations of a dense network, and the flat order of its knobs.

use crate::text::{Localized, Messages};

use super::{Activation, Knob, KnobKind};

/// The maximum number of layers of a network.
pub const MAX_LAYERS: usize = 64;
/// The maximum number of inputs, or of neurons in one layer.
pub const MAX_WIDTH: usize = 4096;
/// The maximum number of knobs (weights and biases together).
pub const MAX_KNOBS: usize = 4_000_000;

/// The name and the activation of one neuron.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NeuronPlan {
    /// The name given by a person, if any.
    pub name: Option<String>,
    /// The activation; [`Activation::Softmax`] only if the whole layer has it.
    pub activation: Activation,
}

/// One dense layer, which always has at least one neuron.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LayerPlan {
    /// The neurons, in order.
    pub neurons: Vec<NeuronPlan>,
}

impl LayerPlan {
    /// Creates a layer of `width` unnamed neurons with the same activation.
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

    /// Returns the activation that all neurons share, or `None` if they differ.
    pub fn activation(&self) -> Option<Activation> {
        let first = self.neurons.first()?.activation;
        self.neurons
            .iter()
            .all(|neuron| neuron.activation == first)
            .then_some(first)
    }

    /// True if the activation of this layer is softmax.
    pub fn is_softmax(&self) -> bool {
        self.neurons
            .first()
            .is_some_and(|neuron| neuron.activation == Activation::Softmax)
    }
}

/// The architecture of a dense network: every neuron of a layer has a weight for every input of that layer,
/// and a bias.
///
/// # Flat order of the knobs
///
/// Layer by layer; within a layer first all weights, neuron by neuron (`[neuron][input]`, as in PyTorch),
/// then all biases.
///
/// ```
/// use neurodial_core::network::{Activation, Architecture, Knob};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let architecture = Architecture::dense(2, &[(2, Activation::Relu), (1, Activation::Linear)])?;
/// let order: Vec<String> = architecture.knobs().map(|knob| knob.to_string()).collect();
/// assert_eq!(
///     order,
///     [
///         "w[1,1,1]", "w[1,1,2]", "w[1,2,1]", "w[1,2,2]", "b[1,1]", "b[1,2]", // layer 1
///         "w[2,1,1]", "w[2,1,2]", "b[2,1]", // layer 2
///     ]
/// );
/// assert_eq!(architecture.index_of(Knob::bias(0, 1)), Some(5)); // indices count from 0
/// assert_eq!(architecture.index_of(Knob::bias(2, 0)), None);
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Architecture {
    input_names: Vec<Option<String>>,
    layers: Vec<LayerPlan>,
    /// The index of the first knob of each layer, followed by the number of all knobs.
    offsets: Vec<usize>,
}

/// The reason why an architecture is rejected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ArchitectureError {
    /// There is no layer, or there are more than [`MAX_LAYERS`].
    LayerCount(usize),
    /// There is no input, or there are more than [`MAX_WIDTH`].
    InputCount(usize),
    /// A layer has no neuron, or more than [`MAX_WIDTH`].
    Width {
        /// The layer, counted from 1.
        layer: usize,
        /// The number of its neurons.
        width: usize,
    },
    /// There are more than [`MAX_KNOBS`] knobs.
    TooManyKnobs(usize),
    /// Only some neurons of a layer have softmax.
    PartialSoftmax {
        /// The layer, counted from 1.
        layer: usize,
    },
}

impl Localized for ArchitectureError {
    fn message(&self, messages: Messages) -> String {
        match *self {
            Self::LayerCount(count) => messages.wrong_layer_count(MAX_LAYERS, count),
            Self::InputCount(count) => messages.wrong_input_count(MAX_WIDTH, count),
            Self::Width { layer, width } => messages.wrong_layer_width(width, layer, MAX_WIDTH),
            Self::TooManyKnobs(count) => messages.too_many_knobs(count, MAX_KNOBS),
            Self::PartialSoftmax { layer } => messages.partial_softmax(layer),
        }
    }
}

crate::localized_errors!(ArchitectureError);

/// Checks the number of inputs, the number of layers and their widths.
fn check_sizes(inputs: usize, widths: impl ExactSizeIterator<Item = usize>) -> Result<(), ArchitectureError> {
    if !(1..=MAX_WIDTH).contains(&inputs) {
        return Err(ArchitectureError::InputCount(inputs));
    }
    if !(1..=MAX_LAYERS).contains(&widths.len()) {
        return Err(ArchitectureError::LayerCount(widths.len()));
    }
    match widths
        .zip(1..)
        .find(|(width, _)| !(1..=MAX_WIDTH).contains(width))
    {
        Some((width, layer)) => Err(ArchitectureError::Width { layer, width }),
        None => Ok(()),
    }
}

impl Architecture {
    /// Creates an architecture from the names of the inputs and the layers.
    ///
    /// # Errors
    ///
    /// Returns an error if a size is outside the limits, or if only a part of a layer has softmax.
    pub fn new(input_names: Vec<Option<String>>, layers: Vec<LayerPlan>) -> Result<Self, ArchitectureError> {
        let widths = layers.iter().map(|plan| plan.neurons.len());
        check_sizes(input_names.len(), widths)?;
        let mut offsets = vec![0];
        let mut knobs = 0;
        let mut inputs = input_names.len();
        for (index, plan) in layers.iter().enumerate() {
            let width = plan.neurons.len();
            let softmax = plan
                .neurons
                .iter()
                .filter(|n| n.activation == Activation::Softmax);
            if plan.is_softmax() && plan.activation().is_none() || !plan.is_softmax() && softmax.count() > 0 {
                return Err(ArchitectureError::PartialSoftmax { layer: index + 1 });
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

    /// Creates an architecture without names from the number of inputs and the width and activation of each
    /// layer.
    ///
    /// # Errors
    ///
    /// Returns an error under the same conditions as [`Architecture::new`]. A width that is too large is
    /// rejected before memory is allocated for it.
    pub fn dense(inputs: usize, layers: &[(usize, Activation)]) -> Result<Self, ArchitectureError> {
        check_sizes(inputs, layers.iter().map(|&(width, _)| width))?;
        let plans = layers
            .iter()
            .map(|&(width, activation)| LayerPlan::new(width, activation));
        Self::new(vec![None; inputs], plans.collect())
    }

    /// Returns the number of inputs of the network.
    pub fn input_count(&self) -> usize {
        self.input_names.len()
    }

    /// Returns the names of the inputs; `None` for an input without a name.
    pub fn input_names(&self) -> &[Option<String>] {
        &self.input_names
    }

    /// Returns the layers, first to last. There is at least one.
    pub fn layers(&self) -> &[LayerPlan] {
        &self.layers
    }

    /// Returns the number of neurons of `layer`.
    ///
    /// # Panics
    ///
    /// Panics if there is no such layer.
    pub fn width(&self, layer: usize) -> usize {
        self.layers[layer].neurons.len()
    }

    /// Returns the number of inputs of `layer`: those of the network, or the neurons of the previous layer.
    ///
    /// # Panics
    ///
    /// Panics if there is no previous layer and this is not layer 0.
    pub fn fan_in(&self, layer: usize) -> usize {
        match layer.checked_sub(1) {
            None => self.input_count(),
            Some(previous) => self.width(previous),
        }
    }

    /// Returns the index of the output layer, which is the last one.
    pub fn last_layer(&self) -> usize {
        self.layers.len() - 1
    }

    /// Returns the number of all knobs.
    pub fn knob_count(&self) -> usize {
        self.offsets[self.layers.len()]
    }

    /// Returns the range of a layer's knobs in the flat order.
    ///
    /// # Panics
    ///
    /// Panics if there is no such layer.
    pub fn knob_range(&self, layer: usize) -> std::ops::Range<usize> {
        self.offsets[layer]..self.offsets[layer + 1]
    }

    /// True if the network has this knob.
    pub fn contains(&self, knob: Knob) -> bool {
        self.has_neuron(knob.layer, knob.neuron)
            && match knob.kind {
                KnobKind::Weight { input } => input < self.fan_in(knob.layer),
                KnobKind::Bias => true,
            }
    }

    /// True if the network has this neuron.
    pub(crate) fn has_neuron(&self, layer: usize, neuron: usize) -> bool {
        self.layers
            .get(layer)
            .is_some_and(|plan| neuron < plan.neurons.len())
    }

    /// Returns the index of a knob in the flat order, or `None` if there is no such knob.
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

    /// Returns the knob at an index of the flat order, or `None` past the end.
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

    /// Returns an iterator over all knobs in the flat order.
    pub fn knobs(&self) -> impl Iterator<Item = Knob> + '_ {
        (0..self.knob_count()).filter_map(|index| self.knob_at(index))
    }

    /// Returns an iterator over the knobs of one neuron: its weights in the order of its inputs, then its
    /// bias. The neuron must exist.
    pub fn knobs_of_neuron(&self, layer: usize, neuron: usize) -> impl Iterator<Item = Knob> + use<> {
        (0..self.fan_in(layer))
            .map(move |input| Knob::weight(layer, neuron, input))
            .chain([Knob::bias(layer, neuron)])
    }

    /// Sets the name of an input, or removes it if `name` is `None`. An input that doesn't exist is ignored.
    pub fn set_input_name(&mut self, input: usize, name: Option<String>) {
        if let Some(slot) = self.input_names.get_mut(input) {
            *slot = name;
        }
    }

    /// Sets the name of a neuron, or removes it if `name` is `None`. A neuron that doesn't exist is ignored.
    pub fn set_neuron_name(&mut self, layer: usize, neuron: usize, name: Option<String>) {
        if let Some(plan) = self
            .layers
            .get_mut(layer)
            .and_then(|plan| plan.neurons.get_mut(neuron))
        {
            plan.name = name;
        }
    }

    /// Sets the activation of one neuron, or of the whole layer if `neuron` is `None`. A layer or neuron that
    /// doesn't exist is ignored.
    ///
    /// # Errors
    ///
    /// Returns an error if `neuron` is given and the new or the current activation is softmax.
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
