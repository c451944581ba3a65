//! Activation functions.

pub(crate) mod info;
mod table;

pub use info::{ActivationInfo, Threshold};
pub(crate) use info::{FunctionCode, NeuronState, Probabilities};

use super::kernel::{SimdWidth, functions};
use crate::text::Messages;

crate::named_enum! {
    /// The activation function of a neuron, which computes its output from the weighted sum `z`.
    ///
    /// The functions are those of [`super::kernel`], never the platform's, so that the bits are the same on every
    /// machine.
    ///
    /// ```
    /// use neurodial_core::network::Activation;
    ///
    /// assert_eq!(Activation::Relu.apply(-2.0), 0.0);
    /// assert_eq!(Activation::Sigmoid.derivative(0.0), 0.25);
    /// assert_eq!("leaky_relu".parse(), Ok(Activation::LeakyRelu));
    /// ```
    pub enum Activation {
        /// The identity, `z`.
        Linear = "linear",
        /// 1 if `z > 0`, else 0; so `step(0) = 0`.
        Step = "step",
        /// `max(0, z)`.
        Relu = "relu",
        /// `z` if `z > 0`, else `0.01 z`.
        LeakyRelu = "leaky_relu",
        /// `z` if `z > 0`, else `exp(z) − 1`.
        Elu = "elu",
        /// `1 / (1 + exp(−z))`.
        Sigmoid = "sigmoid",
        /// The hyperbolic tangent.
        Tanh = "tanh",
        /// `ln(1 + exp(z))`.
        Softplus = "softplus",
        /// `z · sigmoid(z)`, also called Swish.
        Silu = "silu",
        /// `z · Φ(z)` with the exact normal distribution Φ (Hendrycks and Gimpel, 2016).
        Gelu = "gelu",
        /// `sin(z)`.
        Sine = "sine",
        /// `exp(z) / Σ exp(z)` over the whole layer. It belongs to a layer, never to a single neuron of it.
        Softmax = "softmax",
    }

    /// Error for a name that is not one of the activation functions.
    pub struct UnknownActivation(unknown_activation);
}

impl Activation {
    /// Returns what is known about the activation: its row of the table.
    pub fn info(self) -> &'static ActivationInfo {
        &table::TABLE[self as usize]
    }

    /// Returns the name that people read, as it is written within a sentence: “ReLU”.
    pub const fn label(self, messages: Messages) -> &'static str {
        match self {
            Self::Linear => messages.activation_linear(),
            Self::Step => messages.activation_step(),
            Self::Relu => messages.activation_relu(),
            Self::LeakyRelu => messages.activation_leaky_relu(),
            Self::Elu => messages.activation_elu(),
            Self::Sigmoid => messages.activation_sigmoid(),
            Self::Tanh => messages.activation_tanh(),
            Self::Softplus => messages.activation_softplus(),
            Self::Silu => messages.activation_silu(),
            Self::Gelu => messages.activation_gelu(),
            Self::Sine => messages.activation_sine(),
            Self::Softmax => messages.activation_softmax(),
        }
    }

    /// True if the activation belongs to a layer, never to a single neuron of it.
    pub fn is_per_layer(self) -> bool {
        self.info().probabilities == Probabilities::PerLayer
    }

    /// True if a neuron can be dead: its output and slope are 0 wherever `z ≤ 0`, but not above.
    pub(crate) fn can_die(self) -> bool {
        self.info().threshold == Threshold::Switch && !self.info().is_piecewise_constant
    }

    /// Returns the weighted sum nearest to `z` whose output is `y`, or is nearest to `y` if none is `y`.
    ///
    /// For a step function it is 0, where the function jumps. A softmax is treated as if its layer had one
    /// other neuron, with the logit 0; see [`super::inverse::softmax_inverse`].
    pub(crate) fn inverse_near(self, y: f64, z: f64) -> f64 {
        (self.info().inverse_near)(y, z)
    }

    /// Returns the output of a single neuron. A softmax over a single neuron is 1 for every `z`.
    pub fn apply(self, z: f64) -> f64 {
        let mut a = [0.0];
        self.apply_each(&[z], &mut a);
        a[0]
    }

    /// Returns the derivative of the output with respect to `z`. For a softmax use [`super::BackwardPass`],
    /// because it couples the neurons of the layer.
    ///
    /// At a kink, this is the slope to the left: `relu'(0) = 0`. The derivative of a step function is 0
    /// everywhere.
    pub fn derivative(self, z: f64) -> f64 {
        let mut slope = [1.0];
        self.backward_each(&[z], &mut slope);
        slope[0]
    }

    /// Multiplies each derivative by `da/dz`, in place: turns `dL/da` into `dL/dz` for one neuron and a row
    /// of samples.
    pub(crate) fn backward_each(self, z: &[f64], gradients: &mut [f64]) {
        SimdWidth::best().run(functions::ActivationBackwardTask {
            activation: self,
            z,
            gradients,
        });
    }

    /// Computes the outputs of one neuron for a row of samples.
    pub fn apply_each(self, z: &[f64], a: &mut [f64]) {
        self.apply_each_with_width(SimdWidth::best(), z, a);
    }

    /// Computes [`Activation::apply_each`] at the given SIMD width. All widths give the same bits.
    pub fn apply_each_with_width(self, width: SimdWidth, z: &[f64], a: &mut [f64]) {
        width.run(functions::ActivateTask {
            activation: self,
            z,
            a,
        });
    }
}

/// Computes the softmax over a layer for every sample: `z` and `a` are `[neuron][sample]` with `samples`
/// columns.
///
/// The largest `z` of a sample is subtracted first, so that no exponential overflows.
pub(crate) fn softmax(z: &[f64], samples: usize, a: &mut [f64]) {
    if samples > 0 {
        SimdWidth::best().run(functions::SoftmaxTask { z, samples, a });
    }
}
