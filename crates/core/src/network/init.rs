//! Initial values for the knobs, seeded and value-stable.

use crate::data::{RandomStream, SeededRng};

use super::activation::kinds::Initializer;
use super::architecture::Architecture;
use super::dense::Network;
use crate::text::Messages;

/// An initializer with its random seed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Initialization {
    /// The distribution of the initial weights.
    pub initializer: Initializer,
    /// The random seed. The same seed gives the same values, on every machine and in every version.
    pub seed: u64,
    /// True if biases are drawn from the same distribution as the weights of their layer; otherwise they are
    /// 0.
    pub has_random_biases: bool,
}

impl Initializer {
    /// Returns the name that people read: “Xavier (Glorot)”.
    pub const fn label(self, messages: Messages) -> &'static str {
        match self {
            Self::Zeros => messages.initializer_zeros(),
            Self::Uniform => messages.initializer_uniform(),
            Self::Normal => messages.initializer_normal(),
            Self::Xavier => messages.initializer_xavier(),
            Self::He => messages.initializer_he(),
        }
    }

    /// Draws one value from the distribution.
    fn draw(self, rng: &mut SeededRng, fan_in: usize, fan_out: usize) -> f64 {
        match self {
            Self::Zeros => 0.0,
            Self::Uniform => rng.uniform(-1.0, 1.0),
            Self::Xavier => (6.0 / (fan_in + fan_out) as f64).sqrt() * rng.uniform(-1.0, 1.0),
            Self::Normal => rng.normal(),
            Self::He => (2.0 / fan_in as f64).sqrt() * rng.normal(),
        }
    }
}

impl Initialization {
    /// Returns a network with this architecture and these initial values.
    pub fn network(self, architecture: Architecture) -> Network {
        let mut network = Network::zeros(architecture);
        let values = self.values(network.architecture());
        network.knobs_mut().copy_from_slice(&values);
        network
    }

    /// Returns a value for every knob, in the flat order.
    ///
    /// Weights are drawn first, layer by layer, and biases after all of them, so that drawing biases doesn't
    /// change the weights.
    pub fn values(self, architecture: &Architecture) -> Vec<f64> {
        let mut rng = SeededRng::new(self.seed, RandomStream::InitialValues);
        let mut values = vec![0.0; architecture.knob_count()];
        let mut fill = |is_bias: bool| {
            for (value, knob) in values.iter_mut().zip(architecture.knobs()) {
                if knob.is_bias() == is_bias {
                    let (fan_in, fan_out) = (architecture.fan_in(knob.layer), architecture.width(knob.layer));
                    *value = self.initializer.draw(&mut rng, fan_in, fan_out);
                }
            }
        };
        fill(false);
        if self.has_random_biases {
            fill(true);
        }
        values
    }
}
