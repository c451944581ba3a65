//! Activation functions.

pub(crate) mod info;
mod table;

pub use info::{ActivationInfo, Initializer, Threshold};
pub(crate) use info::{FunctionCode, NeuronState, Probabilities};
pub(crate) use table::softmax;

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
