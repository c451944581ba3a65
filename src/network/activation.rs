//! The functions that a neuron can end with.

use std::fmt;
use std::str::FromStr;

/// 1/√(2π), the density of the normal distribution at 0.
const FRAC_1_SQRT_2PI: f64 = 0.398_942_280_401_432_7;

/// What a neuron makes of its pre-activation `z`.
///
/// Transcendental functions come from the `libm` crate, never from the platform, so that the bits are the
/// same on every machine.
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
    pub fn of(self, z: f64) -> f64 {
        match self {
            Self::Linear => z,
            Self::Step => f64::from(u8::from(z > 0.0)),
            // Written so that a NaN stays visible.
            Self::Relu => {
                if z <= 0.0 {
                    0.0
                } else {
                    z
                }
            }
            Self::LeakyRelu => {
                if z <= 0.0 {
                    0.01 * z
                } else {
                    z
                }
            }
            Self::Elu => {
                if z <= 0.0 {
                    libm::expm1(z)
                } else {
                    z
                }
            }
            Self::Sigmoid => sigmoid(z),
            Self::Tanh => libm::tanh(z),
            Self::Softplus => {
                let positive_part = if z <= 0.0 { 0.0 } else { z };
                positive_part + libm::log1p(libm::exp(-z.abs()))
            }
            Self::Silu => z * sigmoid(z),
            // erfc keeps the digits that 1 + erf would cancel for negative z.
            Self::Gelu => 0.5 * z * libm::erfc(-z * std::f64::consts::FRAC_1_SQRT_2),
            Self::Sine => libm::sin(z),
            Self::Softmax => 1.0,
        }
    }

    /// The derivative of the output by `z`, where `a` is the output at `z`; for a softmax see
    /// [`super::Backward`], as it couples the layer.
    ///
    /// At a kink it is the slope to the left: `relu'(0) = 0`. A step's is 0 everywhere.
    pub fn derivative(self, z: f64, a: f64) -> f64 {
        match self {
            Self::Linear => 1.0,
            Self::Step => 0.0,
            Self::Relu => f64::from(u8::from(z > 0.0)),
            Self::LeakyRelu => {
                if z <= 0.0 {
                    0.01
                } else {
                    1.0
                }
            }
            Self::Elu => {
                if z <= 0.0 {
                    libm::exp(z)
                } else {
                    1.0
                }
            }
            Self::Sigmoid => sigmoid_derivative(z, a),
            // 1 − a² has no digits left near ±1; there tanh is a sigmoid of twice the slope: 4 s(2z)(1 − s(2z)).
            Self::Tanh if a.abs() < 0.5 => 1.0 - a * a,
            Self::Tanh => 4.0 * bell(2.0 * z),
            Self::Softplus => sigmoid(z),
            Self::Silu => sigmoid(z) + z * bell(z),
            Self::Gelu => {
                let density = libm::exp(-0.5 * z * z) * FRAC_1_SQRT_2PI;
                0.5 * libm::erfc(-z * std::f64::consts::FRAC_1_SQRT_2) + z * density
            }
            Self::Sine => libm::cos(z),
            Self::Softmax => 0.0,
        }
    }

    /// Multiplies each derivative by `a` with that of `a` by `z`, in place: from `dL/da` to `dL/dz` of one neuron,
    /// for a row of samples.
    pub fn derive_each(self, z: &[f64], a: &[f64], gradients: &mut [f64]) {
        match self {
            Self::Linear => {}
            Self::Step => gradients.fill(0.0),
            _ => {
                for ((gradient, &z), &a) in gradients.iter_mut().zip(z).zip(a) {
                    *gradient *= self.derivative(z, a);
                }
            }
        }
    }

    /// The outputs of one neuron for a row of samples.
    pub fn of_each(self, z: &[f64], a: &mut [f64]) {
        for (a, &z) in a.iter_mut().zip(z) {
            *a = self.of(z);
        }
    }
}

/// `1 / (1 + exp(−z))` without overflow, and without losing digits for very negative `z`.
fn sigmoid(z: f64) -> f64 {
    if z >= 0.0 {
        1.0 / (1.0 + libm::exp(-z))
    } else {
        let e = libm::exp(z);
        e / (1.0 + e)
    }
}

/// The slope of the sigmoid, `a (1 − a)`, with all its digits also where `a` is almost 0 or 1.
fn sigmoid_derivative(z: f64, a: f64) -> f64 {
    if (0.25..0.75).contains(&a) {
        a * (1.0 - a)
    } else {
        bell(z)
    }
}

/// The slope of the sigmoid from `z` alone: `e / (1 + e)²` with `e = exp(−|z|)`.
fn bell(z: f64) -> f64 {
    let e = libm::exp(-z.abs());
    e / ((1.0 + e) * (1.0 + e))
}

/// Softmax over a layer for every sample: `z` and `a` are `[neuron][sample]` with `samples` columns.
///
/// The largest `z` of a sample is subtracted first, so no exponential overflows.
pub fn softmax(z: &[f64], samples: usize, a: &mut [f64]) {
    let neurons = z.len().checked_div(samples).unwrap_or(0);
    for sample in 0..samples {
        let at = |neuron: usize| neuron * samples + sample;
        let largest = (0..neurons).map(|n| z[at(n)]).fold(f64::NEG_INFINITY, f64::max);
        let mut sum = 0.0;
        for n in 0..neurons {
            let e = libm::exp(z[at(n)] - largest);
            a[at(n)] = e;
            sum += e;
        }
        for n in 0..neurons {
            a[at(n)] /= sum;
        }
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
