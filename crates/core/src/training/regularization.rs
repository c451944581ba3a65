//! L1 and L2 regularization.

use crate::network::Network;

use super::loss::sign;

/// L1 and L2 regularization of all weights, never of biases: `l1 · Σ|w| + l2/2 · Σw²`.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Regularization {
    /// The factor of the L1 penalty, at least 0.
    pub l1: f64,
    /// The factor of the L2 penalty, at least 0.
    pub l2: f64,
}

impl Regularization {
    /// True if both factors are 0.
    pub(crate) fn is_zero(self) -> bool {
        self.l1 == 0.0 && self.l2 == 0.0
    }

    /// Returns the penalty on the weights of a network.
    pub fn value(self, network: &Network) -> f64 {
        if self.is_zero() {
            return 0.0;
        }
        let (mut sum, mut squares) = (0.0, 0.0);
        for layer in 0..network.architecture().layers().len() {
            for &weight in network.layer(layer).weights {
                sum += weight.abs();
                squares += weight * weight;
            }
        }
        self.l1 * sum + 0.5 * self.l2 * squares
    }

    /// Adds the derivative of the penalty to a gradient in the flat order of the knobs.
    pub(crate) fn add_gradient(self, network: &Network, gradient: &mut [f64]) {
        if self.is_zero() {
            return;
        }
        for layer in 0..network.architecture().layers().len() {
            let start = network.architecture().knob_range(layer).start;
            let weights = network.layer(layer).weights;
            for (gradient, &weight) in gradient[start..].iter_mut().zip(weights) {
                *gradient += self.l1 * sign(weight) + self.l2 * weight;
            }
        }
    }
}
