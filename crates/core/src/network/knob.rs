//! The address of one trainable parameter.

use std::fmt;

/// Which parameter of a neuron: the weight on one of its inputs, or its bias.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum KnobKind {
    /// The weight on input `input` of the layer (an input of the network, or a neuron of the layer before).
    Weight {
        /// Counted from 0.
        input: usize,
    },
    /// The bias.
    Bias,
}

/// The address of one trainable parameter: a layer, a neuron in it, and a [`Term`]. All counted from 0.
///
/// Slider, edge, term of the formula, lock, range and sweep are all keyed by it. Its place in the flat
/// vector of a network is [`crate::network::Blueprint::index_of`]. The order of knobs (`Ord`) is that same
/// order within a neuron; between neurons it groups a bias with its own weights.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Knob {
    /// Layer, counted from 0; layer 0 is the first one after the inputs.
    pub layer: usize,
    /// Neuron within the layer, counted from 0.
    pub neuron: usize,
    /// Weight or bias.
    pub kind: KnobKind,
}

impl Knob {
    /// The weight from `input` to `neuron` of `layer`, all counted from 0.
    pub const fn weight(layer: usize, neuron: usize, input: usize) -> Self {
        Self {
            layer,
            neuron,
            kind: KnobKind::Weight { input },
        }
    }

    /// The bias of `neuron` of `layer`, both counted from 0.
    pub const fn bias(layer: usize, neuron: usize) -> Self {
        Self {
            layer,
            neuron,
            kind: KnobKind::Bias,
        }
    }

    /// Whether this is a bias.
    pub const fn is_bias(self) -> bool {
        matches!(self.kind, KnobKind::Bias)
    }
}

/// The address as people write it, counted from 1: `w[1,2,3]` (layer, neuron, input) or `b[1,2]`.
impl fmt::Display for Knob {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (layer, neuron) = (self.layer + 1, self.neuron + 1);
        match self.kind {
            KnobKind::Weight { input } => write!(f, "w[{layer},{neuron},{}]", input + 1),
            KnobKind::Bias => write!(f, "b[{layer},{neuron}]"),
        }
    }
}
