//! The effect of an activation function in a few words.

use neurodial_core::network::Activation;

/// Describes the effect of the activation function on the weighted sum `z`.
pub(crate) fn activation_text(activation: Activation, z: f64) -> &'static str {
    use Activation as A;
    if !z.is_finite() {
        return "the sum has left the numbers";
    }
    let is_on = z > 0.0;
    match (activation, is_on) {
        (A::Linear, _) => "linear leaves it as it is",
        (A::Step, true) => "step: above 0, so 1",
        (A::Step, false) => "step: not above 0, so 0",
        (A::Relu, true) => "relu keeps it",
        (A::Relu, false) => "relu makes it 0: the neuron is off",
        (A::LeakyRelu, true) => "leaky_relu keeps it",
        (A::LeakyRelu, false) => "leaky_relu lets one hundredth through",
        (A::Elu, true) => "elu keeps it",
        (A::Elu, false) => "elu bends it, never below −1",
        (A::Sigmoid, _) => "sigmoid squeezes it between 0 and 1",
        (A::Tanh, _) => "tanh squeezes it between −1 and 1",
        (A::Softplus, _) => "softplus: a relu with a soft corner",
        (A::Silu, true) => "silu nearly keeps it",
        (A::Silu, false) => "silu nearly makes it 0",
        (A::Gelu, true) => "gelu nearly keeps it",
        (A::Gelu, false) => "gelu nearly makes it 0",
        (A::Sine, _) => "sine: a wave between −1 and 1",
        (A::Softmax, _) => "softmax: its share of the layer",
    }
}

/// Returns the numerator and denominator of a softmax: e to the power of the neuron's `z`, and the sum of
/// these powers over the layer. Returns `None` if they are too large or too small to read.
pub(crate) fn softmax_fraction(z: f64, layer_z: &[f64]) -> Option<(f64, f64)> {
    const READABLE: std::ops::Range<f64> = 0.01..1e6;
    let exponential = libm::exp(z);
    let sum: f64 = layer_z.iter().map(|&z| libm::exp(z)).sum();
    (READABLE.contains(&exponential) && READABLE.contains(&sum)).then_some((exponential, sum))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_says_on_which_side_of_zero_the_sum_is() {
        assert_eq!(activation_text(Activation::Relu, 1.0), "relu keeps it");
        assert_eq!(
            activation_text(Activation::Relu, 0.0),
            "relu makes it 0: the neuron is off"
        );
        assert_eq!(activation_text(Activation::Step, 0.0), "step: not above 0, so 0");
        assert_eq!(
            activation_text(Activation::Tanh, f64::NAN),
            "the sum has left the numbers"
        );
    }

    #[test]
    fn a_softmax_fraction_is_shown_only_if_it_is_readable() {
        let (exponential, sum) = softmax_fraction(1.0, &[1.0, 0.0]).unwrap();
        assert!((exponential / sum - 1.0 / (1.0 + libm::exp(-1.0))).abs() < 1e-15);
        assert_eq!(softmax_fraction(800.0, &[800.0, 0.0]), None);
        assert_eq!(softmax_fraction(f64::NAN, &[f64::NAN]), None);
    }
}
