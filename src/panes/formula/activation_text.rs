//! The effect of an activation function in a few words.

use neurodial_core::network::Activation;

/// Describes the effect of the activation function on the weighted sum `z`.
pub(crate) fn activation_text(activation: Activation, z: f64) -> &'static str {
    if !z.is_finite() {
        return "the sum has left the numbers";
    }
    let [above, below] = activation.info().formula_notes;
    if z > 0.0 { above } else { below }
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
