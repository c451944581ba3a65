//! The addresses of trainable parameters and of neurons.

use std::fmt;

/// The kind of a neuron's parameter: the weight for one of its inputs, or the bias.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum KnobKind {
    /// The weight for an input of the layer, which is an input of the network or a neuron of the previous
    /// layer.
    Weight {
        /// The index of the input, counted from 0.
        input: usize,
    },
    /// The bias.
    Bias,
}

/// The address of one trainable parameter: a layer, a neuron in it, and a [`KnobKind`]. All indices are
/// counted from 0.
///
/// Sliders, edges of the diagram, terms of the formula, locks, ranges and sweeps use it as their key.
/// [`Architecture::index_of`](crate::network::Architecture::index_of) returns the index of a knob in the flat
/// vector of a network. `Ord` gives the same order within a neuron; across neurons it groups a bias with the
/// weights of its neuron.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Knob {
    /// The layer, counted from 0; layer 0 is the first one after the inputs.
    pub layer: usize,
    /// The neuron within the layer, counted from 0.
    pub neuron: usize,
    /// The weight for an input, or the bias.
    pub kind: KnobKind,
}

impl Knob {
    /// Creates the address of the weight from `input` to `neuron` of `layer`, all counted from 0.
    pub const fn weight(layer: usize, neuron: usize, input: usize) -> Self {
        Self {
            layer,
            neuron,
            kind: KnobKind::Weight { input },
        }
    }

    /// Creates the address of the bias of `neuron` of `layer`, both counted from 0.
    pub const fn bias(layer: usize, neuron: usize) -> Self {
        Self {
            layer,
            neuron,
            kind: KnobKind::Bias,
        }
    }

    /// Returns the address of the neuron that the knob belongs to.
    pub const fn neuron_address(self) -> NeuronAddress {
        NeuronAddress {
            layer: self.layer,
            neuron: self.neuron,
        }
    }

    /// True if this is a bias.
    pub const fn is_bias(self) -> bool {
        matches!(self.kind, KnobKind::Bias)
    }
}

/// The address of one neuron. Both indices are counted from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct NeuronAddress {
    /// The layer; layer 0 is the first one after the inputs.
    pub layer: usize,
    /// The neuron within the layer.
    pub neuron: usize,
}

/// Writes the address as people write it, counted from 1: `w[1,2,3]` (layer, neuron, input) or `b[1,2]`.
impl fmt::Display for Knob {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (layer, neuron) = (self.layer + 1, self.neuron + 1);
        match self.kind {
            KnobKind::Weight { input } => write!(f, "w[{layer},{neuron},{}]", input + 1),
            KnobKind::Bias => write!(f, "b[{layer},{neuron}]"),
        }
    }
}
