//! The effect of an activation function in a few words.

use neurodial_core::network::Activation;
use neurodial_core::text::Messages;

/// Describes the effect of the activation function on the weighted sum `z`.
pub(crate) fn activation_text(activation: Activation, z: f64, messages: Messages) -> &'static str {
    if !z.is_finite() {
        return messages.activation_note_overflow();
    }
    let is_on = z > 0.0;
    match activation {
        Activation::Linear => messages.activation_note_linear(),
        Activation::Step if is_on => messages.activation_note_step_on(),
        Activation::Step => messages.activation_note_step_off(),
        Activation::Relu if is_on => messages.activation_note_relu_on(),
        Activation::Relu => messages.activation_note_relu_off(),
        Activation::LeakyRelu if is_on => messages.activation_note_leaky_relu_on(),
        Activation::LeakyRelu => messages.activation_note_leaky_relu_off(),
        Activation::Elu if is_on => messages.activation_note_elu_on(),
        Activation::Elu => messages.activation_note_elu_off(),
        Activation::Sigmoid => messages.activation_note_sigmoid(),
        Activation::Tanh => messages.activation_note_tanh(),
        Activation::Softplus => messages.activation_note_softplus(),
        Activation::Silu if is_on => messages.activation_note_silu_on(),
        Activation::Silu => messages.activation_note_silu_off(),
        Activation::Gelu if is_on => messages.activation_note_gelu_on(),
        Activation::Gelu => messages.activation_note_gelu_off(),
        Activation::Sine => messages.activation_note_sine(),
        Activation::Softmax => messages.activation_note_softmax(),
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
        let messages = Messages::ENGLISH;
        for (activation, z, text) in [
            (Activation::Relu, 1.0, messages.activation_note_relu_on()),
            (Activation::Relu, 0.0, messages.activation_note_relu_off()),
            (Activation::Step, 0.0, messages.activation_note_step_off()),
            (Activation::Tanh, f64::NAN, messages.activation_note_overflow()),
        ] {
            assert_eq!(activation_text(activation, z, messages), text);
        }
    }

    #[test]
    fn a_softmax_fraction_is_shown_only_if_it_is_readable() {
        let (exponential, sum) = softmax_fraction(1.0, &[1.0, 0.0]).unwrap();
        assert!((exponential / sum - 1.0 / (1.0 + libm::exp(-1.0))).abs() < 1e-15);
        assert_eq!(softmax_fraction(800.0, &[800.0, 0.0]), None);
        assert_eq!(softmax_fraction(f64::NAN, &[f64::NAN]), None);
    }
}
