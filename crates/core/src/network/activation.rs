//! The functions that a neuron can end with.

use std::fmt;
use std::str::FromStr;

use super::kernel::{SimdWidth, functions};

/// What a neuron makes of its pre-activation `z`.
///
/// The functions are those of [`super::kernel`], never the platform’s, so that the bits are the same on every machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Activation {
    /// `z`.
    Linear,
    /// 1 if `z > 0`, else 0; so `step(0) = 0`.
    Step,
    /// `max(0, z)`.
    Relu,
    /// `z` if `z > 0`, else `0.01 z`.
    LeakyRelu,
    /// `z` if `z > 0`, else `exp(z) − 1`.
    Elu,
    /// `1 / (1 + exp(−z))`.
    Sigmoid,
    /// The hyperbolic tangent.
    Tanh,
    /// `ln(1 + exp(z))`.
    Softplus,
    /// `z · sigmoid(z)`, also called swish.
    Silu,
    /// `z · Φ(z)` with the exact normal distribution Φ (Hendrycks and Gimpel, 2016).
    Gelu,
    /// `sin(z)`.
    Sine,
    /// `exp(z) / Σ exp(z)` over the whole layer; belongs to a layer, never to a single neuron of it.
    Softmax,
}

impl Activation {
    /// All of them, in the order in which menus list them.
    pub const ALL: [Self; 12] = [
        Self::Linear,
        Self::Step,
        Self::Relu,
        Self::LeakyRelu,
        Self::Elu,
        Self::Sigmoid,
        Self::Tanh,
        Self::Softplus,
        Self::Silu,
        Self::Gelu,
        Self::Sine,
        Self::Softmax,
    ];

    /// The name used in files, on the command line and in the window.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Linear => "linear",
            Self::Step => "step",
            Self::Relu => "relu",
            Self::LeakyRelu => "leaky_relu",
            Self::Elu => "elu",
            Self::Sigmoid => "sigmoid",
            Self::Tanh => "tanh",
            Self::Softplus => "softplus",
            Self::Silu => "silu",
            Self::Gelu => "gelu",
            Self::Sine => "sine",
            Self::Softmax => "softmax",
        }
    }

    /// The output of one neuron alone. A softmax over a single neuron is 1 whatever `z` is.
    pub fn apply(self, z: f64) -> f64 {
        let mut a = [0.0];
        self.apply_each(&[z], &mut a);
        a[0]
    }

    /// The derivative of the output by `z`; for a softmax see [`super::Backward`], as it couples the layer.
    ///
    /// At a kink it is the slope to the left: `relu'(0) = 0`. A step's is 0 everywhere.
    pub fn derivative(self, z: f64) -> f64 {
        let mut slope = [1.0];
        self.backward_each(&[z], &mut slope);
        slope[0]
    }

    /// Multiplies each derivative by `a` with that of `a` by `z`, in place: from `dL/da` to `dL/dz` of one neuron,
    /// for a row of samples.
    pub fn backward_each(self, z: &[f64], gradients: &mut [f64]) {
        SimdWidth::best().run(functions::ActivationBackwardTask {
            activation: self,
            z,
            gradients,
        });
    }

    /// The outputs of one neuron for a row of samples.
    pub fn apply_each(self, z: &[f64], a: &mut [f64]) {
        self.apply_each_with_width(SimdWidth::best(), z, a);
    }

    /// The same at a width of one’s choice; the bits are the same at all.
    pub fn apply_each_with_width(self, width: SimdWidth, z: &[f64], a: &mut [f64]) {
        width.run(functions::ActivateTask {
            activation: self,
            z,
            a,
        });
    }
}

/// Softmax over a layer for every sample: `z` and `a` are `[neuron][sample]` with `samples` columns.
///
/// The largest `z` of a sample is subtracted first, so no exponential overflows.
pub fn softmax(z: &[f64], samples: usize, a: &mut [f64]) {
    if samples > 0 {
        SimdWidth::best().run(functions::SoftmaxTask { z, samples, a });
    }
}

impl fmt::Display for Activation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// The name is none of the twelve.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("there is no activation “{0}”; use one of {list}", list = Activation::ALL.map(Activation::name).join(", "))]
pub struct UnknownActivation(pub String);

impl FromStr for Activation {
    type Err = UnknownActivation;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .into_iter()
            .find(|activation| activation.name() == text)
            .ok_or_else(|| UnknownActivation(crate::words::shortened(text)))
    }
}
