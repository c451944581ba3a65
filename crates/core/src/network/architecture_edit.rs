//! Adding and removing inputs, neurons and layers.

use super::activation::NearIdentity;
use super::{
    Activation, Architecture, ArchitectureError, Initialization, Knob, KnobKind, LayerPlan, Network,
    NeuronAddress, NeuronPlan,
};

/// A change of the architecture by one input, neuron or layer. Indices are counted from 0.
///
/// Added parts change the outputs little or not at all, and they can learn. The weights of a new input are 0. A
/// new neuron has random weights for its inputs, and the weights for its output are 0: then nothing changes, but
/// these weights already have a gradient. A new layer has identity weights, and the activation of its neighbor if
/// that is near the identity for the values that come in, else linear.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ArchitectureEdit {
    /// Adds an input after all others.
    AddInput,
    /// Removes an input and the weights for it.
    RemoveInput(usize),
    /// Adds a neuron at the end of a layer, with the activation of the last neuron there. The same network gets
    /// the same random weights.
    AddNeuron {
        /// The layer to which the neuron is added.
        layer: usize,
    },
    /// Removes a neuron, its knobs and the weights for its output.
    RemoveNeuron(NeuronAddress),
    /// Adds a layer in front of layer `before` (or after the last one, if `before` is the number of layers).
    AddLayer {
        /// The index that the new layer will have.
        before: usize,
    },
    /// Removes a layer. The next layer keeps the weights for as many inputs as remain.
    RemoveLayer(usize),
}

impl ArchitectureEdit {
    /// Returns the edited network. Knobs that remain keep their values.
    ///
    /// ```
    /// use neurodial_core::network::{Activation, Architecture, ArchitectureEdit, Network};
    ///
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let mut network = Network::zeros(Architecture::dense(1, &[(1, Activation::Tanh)])?);
    /// network.knobs_mut().copy_from_slice(&[2.0, 0.5]);
    /// let wider = ArchitectureEdit::AddInput.apply(&network)?;
    /// assert_eq!(wider.knobs(), [2.0, 0.0, 0.5]); // the new weight is 0
    /// assert_eq!(wider.forward(&[1.0, 7.0]).a(0, 0), network.forward(&[1.0]).a(0, 0));
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// Returns an error if the result would be outside the limits of [`Architecture::new`].
    pub fn apply(self, network: &Network) -> Result<Network, ArchitectureError> {
        let old = network.architecture();
        let mut edited = Network::zeros(self.edit_architecture(old)?);
        for (knob, &value) in old.knobs().zip(network.knobs()) {
            if let Some(knob) = self.new_knob(knob, edited.architecture()) {
                edited.set(knob, value);
            }
        }
        match self {
            Self::AddLayer { before } => {
                let layer = edited.architecture().layers().get(before);
                for neuron in 0..layer.map_or(0, |plan| plan.neurons.len()) {
                    edited.set(Knob::weight(before, neuron, neuron), 1.0);
                }
            }
            Self::AddNeuron { layer } => initialize_last_neuron(&mut edited, layer),
            Self::AddInput | Self::RemoveInput(_) | Self::RemoveNeuron(_) | Self::RemoveLayer(_) => {}
        }
        Ok(edited)
    }

    /// Returns the address in the new network of a knob of the old one, or `None` if it is removed. `new` is
    /// the new architecture.
    pub fn new_knob(self, knob: Knob, new: &Architecture) -> Option<Knob> {
        let Knob { layer, neuron, kind } = knob;
        let input = |change: &dyn Fn(usize) -> Option<usize>| match kind {
            KnobKind::Weight { input } => change(input).map(|input| KnobKind::Weight { input }),
            KnobKind::Bias => Some(KnobKind::Bias),
        };
        let moved = match self {
            Self::RemoveInput(removed) if layer == 0 => Knob {
                kind: input(&|i| index_after_removal(i, removed))?,
                ..knob
            },
            Self::RemoveNeuron(removed) if layer == removed.layer => Knob {
                neuron: index_after_removal(neuron, removed.neuron)?,
                ..knob
            },
            Self::RemoveNeuron(removed) if layer == removed.layer + 1 => Knob {
                kind: input(&|i| index_after_removal(i, removed.neuron))?,
                ..knob
            },
            Self::AddLayer { before } if layer >= before => Knob {
                layer: layer + 1,
                ..knob
            },
            Self::RemoveLayer(removed) => Knob {
                layer: index_after_removal(layer, removed)?,
                ..knob
            },
            _ => knob,
        };
        new.contains(moved).then_some(moved)
    }

    /// Returns the index in the new network of an input of the old one, or `None` if it is removed.
    pub(crate) fn new_input(self, input: usize) -> Option<usize> {
        match self {
            Self::RemoveInput(removed) => index_after_removal(input, removed),
            _ => Some(input),
        }
    }

    fn edit_architecture(self, old: &Architecture) -> Result<Architecture, ArchitectureError> {
        let mut inputs = old.input_names().to_vec();
        let mut layers = old.layers().to_vec();
        match self {
            Self::AddInput => inputs.push(None),
            Self::RemoveInput(input) => remove(&mut inputs, input),
            Self::AddNeuron { layer } => {
                if let Some(plan) = layers.get_mut(layer) {
                    let activation = plan.neurons.last().map_or(Activation::Linear, |n| n.activation);
                    plan.neurons.push(NeuronPlan {
                        name: None,
                        activation,
                    });
                }
            }
            Self::RemoveNeuron(at) => {
                if let Some(plan) = layers.get_mut(at.layer) {
                    remove(&mut plan.neurons, at.neuron);
                }
            }
            Self::AddLayer { before } => {
                let before = before.min(layers.len());
                let width = match before.checked_sub(1) {
                    None => old.input_count(),
                    Some(layer) => old.width(layer),
                };
                layers.insert(before, LayerPlan::new(width, added_activation(&layers, before)));
            }
            Self::RemoveLayer(layer) => remove(&mut layers, layer),
        }
        Architecture::new(inputs, layers)
    }
}

/// Sets the weights of the last neuron of a layer to random values by the initializer for its activation.
fn initialize_last_neuron(network: &mut Network, layer: usize) {
    let architecture = network.architecture();
    let Some((neuron, plan)) = architecture
        .layers()
        .get(layer)
        .and_then(|plan| plan.neurons.iter().enumerate().next_back())
    else {
        return;
    };
    let initialization = Initialization {
        initializer: plan.activation.info().initializer,
        // The next neuron that is added gets other weights.
        seed: architecture.knob_count() as u64,
        has_random_biases: false,
    };
    let initial = initialization.network(architecture.clone());
    for (input, &weight) in initial.layer(layer).weights_of(neuron).iter().enumerate() {
        network.set(Knob::weight(layer, neuron, input), weight);
    }
}

/// Returns the activation of a layer that is added in front of layer `before`.
fn added_activation(layers: &[LayerPlan], before: usize) -> Activation {
    let neighbor = layers
        .get(before.saturating_sub(1))
        .and_then(LayerPlan::activation);
    neighbor
        .filter(|neighbor| match neighbor.info().near_identity {
            NearIdentity::Never => false,
            NearIdentity::NearZero => true,
            NearIdentity::OfItsOutputs => before > 0,
        })
        .unwrap_or(Activation::Linear)
}

/// Returns the index of an element after the element at `removed` has been removed; `None` for that element.
fn index_after_removal(index: usize, removed: usize) -> Option<usize> {
    match index.cmp(&removed) {
        std::cmp::Ordering::Less => Some(index),
        std::cmp::Ordering::Equal => None,
        std::cmp::Ordering::Greater => Some(index - 1),
    }
}

/// Removes an element, if it exists.
fn remove<T>(items: &mut Vec<T>, index: usize) {
    if index < items.len() {
        items.remove(index);
    }
}
