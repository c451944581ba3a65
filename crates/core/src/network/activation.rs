//! Activation functions: everything that differs between them.

pub(super) mod kinds;

use fearless_simd::{Select, Simd, prelude::*};

use super::f32_math;
use super::inverse::{EPSILON, inverse_around_minimum, inverse_between, nearest_asin, sigmoid_inverse};
use super::kernel::functions::{
    ComputeOutputs, ComputeOutputsAndSlopes, MultiplyBySlopes, RowOperation, SoftmaxTask,
};
use super::kernel::lanes::splat;
use super::kernel::{SimdWidth, Task, error_function, exponential, sine};
use crate::text::Messages;

pub(crate) use kinds::{FunctionCode, NearIdentity, NeuronState, Probabilities};
pub use kinds::{Initializer, Threshold};

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

/// Everything that is known about an activation function: a row of the table.
///
/// `z` is the weighted sum and `a` the output. A pair of texts is for `z > 0` and for `z ≤ 0`.
#[derive(Debug)]
pub struct ActivationInfo {
    /// The activation function.
    pub(crate) activation: Activation,
    /// The name that people read, as it is written within a sentence: “ReLU”.
    label: fn(Messages) -> &'static str,
    /// The effect on the weighted sum `z` in a few words.
    note: fn(z: f64, Messages) -> &'static str,
    /// The open interval of the outputs, from the lowest to the highest.
    pub(crate) output_range: [f64; 2],
    /// The change where `z` crosses 0.
    pub threshold: Threshold,
    /// The kind of probability that outputs are, if any.
    pub(crate) probabilities: Probabilities,
    /// True if the slope is 0 everywhere, so that no gradient passes.
    pub(crate) is_piecewise_constant: bool,
    /// True if an output is so close to a limit that the slope is nearly 0.
    pub(crate) is_saturated: fn(a: f64) -> bool,
    /// The target for “not this class”; the target for “this class” is 1.
    pub(crate) negative_target: f64,
    /// Where the function is nearly the identity, so that a layer can be added without much change.
    pub(crate) near_identity: NearIdentity,
    /// The initial weights for layers with this activation.
    pub(crate) initializer: Initializer,
    /// The weighted sum nearest to `z` whose output is `y`; see [`Activation::inverse_near`].
    pub(crate) inverse_near: fn(y: f64, z: f64) -> f64,
    /// The state of the neuron, which descriptions mention.
    pub(crate) state: fn(z: f64, a: f64) -> NeuronState,
    /// Another activation that the definitions below call.
    pub(crate) calls: Option<Activation>,
    /// Python with the module `math`.
    pub(crate) python: FunctionCode,
    /// Python with NumPy, of an array.
    pub(crate) numpy: FunctionCode,
    /// Python with PyTorch; the expression is the constructor call of a module.
    pub(crate) pytorch: FunctionCode,
    /// Rust with the standard library.
    pub(crate) rust: FunctionCode,
    /// The LaTeX formula. `#z` is the symbol of the weighted sum, `#all` that of the weighted sums of the layer.
    pub(crate) latex: &'static str,
    /// The LaTeX formula with a number: `#x` is the weighted sum, `#(x)` the same in parentheses if it is
    /// negative.
    pub(crate) latex_with_number: &'static str,
}

const INFINITY: f64 = f64::INFINITY;

/// Returns code whose function has to be defined.
const fn defined(expression: &'static str, definition: &'static str) -> FunctionCode {
    FunctionCode {
        expression,
        definition,
    }
}

/// Returns code that uses a function of the language.
const fn built_in(expression: &'static str) -> FunctionCode {
    defined(expression, "")
}

/// A row for each activation, in the order of [`Activation::ALL`].
static TABLE: [ActivationInfo; Activation::ALL.len()] = [
    ActivationInfo {
        activation: Activation::Linear,
        label: Messages::activation_linear,
        note: |_, messages| messages.activation_note_linear(),
        output_range: [-INFINITY, INFINITY],
        threshold: Threshold::Sign,
        probabilities: Probabilities::None,
        is_piecewise_constant: false,
        is_saturated: |_| false,
        negative_target: 0.0,
        near_identity: NearIdentity::NearZero,
        initializer: Initializer::Xavier,
        inverse_near: |y, _| y,
        state: |_, _| NeuronState::Linear,
        calls: None,
        python: defined("linear", "def linear(z):\n    return z\n"),
        numpy: defined("linear", "def linear(z):\n    return z\n"),
        pytorch: built_in("nn.Identity()"),
        rust: defined("linear", "fn linear(z: f64) -> f64 {\n    z\n}\n"),
        latex: "#z",
        latex_with_number: "#z",
    },
    ActivationInfo {
        activation: Activation::Step,
        label: Messages::activation_step,
        note: |z, messages| {
            if z > 0.0 {
                messages.activation_note_step_on()
            } else {
                messages.activation_note_step_off()
            }
        },
        output_range: [0.0, 1.0],
        threshold: Threshold::Switch,
        probabilities: Probabilities::None,
        is_piecewise_constant: true,
        is_saturated: |_| false,
        negative_target: 0.0,
        near_identity: NearIdentity::Never,
        initializer: Initializer::Xavier,
        inverse_near: |_, _| 0.0,
        state: |z, _| {
            if z > 0.0 {
                NeuronState::On
            } else {
                NeuronState::Off
            }
        },
        calls: None,
        python: defined("step", "def step(z):\n    return 1.0 if z > 0.0 else 0.0\n"),
        numpy: defined("step", "def step(z):\n    return np.where(z > 0.0, 1.0, 0.0)\n"),
        pytorch: defined(
            "Step()",
            "\
class Step(nn.Module):
    def forward(self, z):
        return (z > 0.0).to(z.dtype)
",
        ),
        rust: defined(
            "step",
            "fn step(z: f64) -> f64 {\n    if z > 0.0 { 1.0 } else { 0.0 }\n}\n",
        ),
        latex: r"\begin{cases} 1 & #z > 0 \\ 0 & #z \le 0 \end{cases}",
        latex_with_number: r"\operatorname{step}(#x)",
    },
    ActivationInfo {
        activation: Activation::Relu,
        label: Messages::activation_relu,
        note: |z, messages| {
            if z > 0.0 {
                messages.activation_note_relu_on()
            } else {
                messages.activation_note_relu_off()
            }
        },
        output_range: [0.0, INFINITY],
        threshold: Threshold::Switch,
        probabilities: Probabilities::None,
        is_piecewise_constant: false,
        is_saturated: |_| false,
        negative_target: 0.0,
        near_identity: NearIdentity::OfItsOutputs,
        initializer: Initializer::He,
        inverse_near: |y, z| if y > 0.0 { y } else { z.min(0.0) },
        state: |z, _| {
            if z > 0.0 {
                NeuronState::Passes
            } else {
                NeuronState::Off
            }
        },
        calls: None,
        python: defined("relu", "def relu(z):\n    return max(0.0, z)\n"),
        numpy: defined("relu", "def relu(z):\n    return np.maximum(0.0, z)\n"),
        pytorch: built_in("nn.ReLU()"),
        rust: defined("relu", "fn relu(z: f64) -> f64 {\n    z.max(0.0)\n}\n"),
        latex: r"\max(0, #z)",
        latex_with_number: r"\max(0, #x)",
    },
    ActivationInfo {
        activation: Activation::LeakyRelu,
        label: Messages::activation_leaky_relu,
        note: |z, messages| {
            if z > 0.0 {
                messages.activation_note_leaky_relu_on()
            } else {
                messages.activation_note_leaky_relu_off()
            }
        },
        output_range: [-INFINITY, INFINITY],
        threshold: Threshold::LeakySwitch,
        probabilities: Probabilities::None,
        is_piecewise_constant: false,
        is_saturated: |_| false,
        negative_target: 0.0,
        near_identity: NearIdentity::OfItsOutputs,
        initializer: Initializer::He,
        inverse_near: |y, _| if y > 0.0 { y } else { y / 0.01 },
        state: |z, _| {
            if z > 0.0 {
                NeuronState::Passes
            } else if z < 0.0 {
                NeuronState::Leaking
            } else {
                NeuronState::AtZero
            }
        },
        calls: None,
        python: defined(
            "leaky_relu",
            "def leaky_relu(z):\n    return z if z > 0.0 else 0.01 * z\n",
        ),
        numpy: defined(
            "leaky_relu",
            "\
def leaky_relu(z):
    return np.where(z > 0.0, z, 0.01 * z)
",
        ),
        pytorch: built_in("nn.LeakyReLU(0.01)"),
        rust: defined(
            "leaky_relu",
            "\
fn leaky_relu(z: f64) -> f64 {
    if z > 0.0 { z } else { 0.01 * z }
}
",
        ),
        latex: r"\begin{cases} #z & #z > 0 \\ 0.01 \, #z & #z \le 0 \end{cases}",
        latex_with_number: r"\operatorname{leaky\_relu}(#x)",
    },
    ActivationInfo {
        activation: Activation::Elu,
        label: Messages::activation_elu,
        note: |z, messages| {
            if z > 0.0 {
                messages.activation_note_elu_on()
            } else {
                messages.activation_note_elu_off()
            }
        },
        output_range: [-1.0, INFINITY],
        threshold: Threshold::LeakySwitch,
        probabilities: Probabilities::None,
        is_piecewise_constant: false,
        is_saturated: |_| false,
        negative_target: 0.0,
        near_identity: NearIdentity::OfItsOutputs,
        initializer: Initializer::He,
        inverse_near: |y, z| {
            if y > 0.0 {
                y
            } else if y < EPSILON - 1.0 {
                z.min(libm::log(EPSILON))
            } else {
                libm::log1p(y)
            }
        },
        state: |z, _| {
            if z > 0.0 {
                NeuronState::Passes
            } else if z < -3.0 {
                NeuronState::SaturatedNear("−1")
            } else if z < 0.0 {
                NeuronState::InTransition
            } else {
                NeuronState::AtZero
            }
        },
        calls: None,
        python: defined("elu", "def elu(z):\n    return z if z > 0.0 else math.expm1(z)\n"),
        numpy: defined(
            "elu",
            "\
def elu(z):
    return np.where(z > 0.0, z, np.expm1(np.minimum(z, 0.0)))
",
        ),
        pytorch: built_in("nn.ELU()"),
        rust: defined(
            "elu",
            "fn elu(z: f64) -> f64 {\n    if z > 0.0 { z } else { z.exp_m1() }\n}\n",
        ),
        latex: r"\begin{cases} #z & #z > 0 \\ e^{#z} - 1 & #z \le 0 \end{cases}",
        latex_with_number: r"\operatorname{elu}(#x)",
    },
    ActivationInfo {
        activation: Activation::Sigmoid,
        label: Messages::activation_sigmoid,
        note: |_, messages| messages.activation_note_sigmoid(),
        output_range: [0.0, 1.0],
        threshold: Threshold::OneHalf,
        probabilities: Probabilities::PerNeuron,
        is_piecewise_constant: false,
        is_saturated: |a| !(0.01..=0.99).contains(&a),
        negative_target: 0.0,
        near_identity: NearIdentity::Never,
        initializer: Initializer::Xavier,
        inverse_near: sigmoid_inverse,
        state: |z, a| {
            if a > 0.99 {
                NeuronState::SaturatedNear("1")
            } else if a < 0.01 {
                NeuronState::SaturatedNear("0")
            } else if z > 0.0 {
                NeuronState::AboveHalf
            } else if z < 0.0 {
                NeuronState::BelowHalf
            } else {
                NeuronState::AtHalf
            }
        },
        calls: None,
        python: defined(
            "sigmoid",
            "\
def sigmoid(z):
    e = math.exp(-abs(z))  # of a negative number, so that it cannot overflow
    return 1.0 / (1.0 + e) if z >= 0.0 else e / (1.0 + e)
",
        ),
        numpy: defined(
            "sigmoid",
            "\
def sigmoid(z):
    e = np.exp(-np.abs(z))  # of a negative number, so that it cannot overflow
    return np.where(z >= 0.0, 1.0 / (1.0 + e), e / (1.0 + e))
",
        ),
        pytorch: built_in("nn.Sigmoid()"),
        rust: defined(
            "sigmoid",
            "\
fn sigmoid(z: f64) -> f64 {
    let e = (-z.abs()).exp(); // of a negative number, so that it cannot overflow
    if z >= 0.0 { 1.0 / (1.0 + e) } else { e / (1.0 + e) }
}
",
        ),
        latex: r"\frac{1}{1 + e^{-#z}}",
        latex_with_number: r"\frac{1}{1 + e^{-#(x)}}",
    },
    ActivationInfo {
        activation: Activation::Tanh,
        label: Messages::activation_tanh,
        note: |_, messages| messages.activation_note_tanh(),
        output_range: [-1.0, 1.0],
        threshold: Threshold::Sign,
        probabilities: Probabilities::None,
        is_piecewise_constant: false,
        is_saturated: |a| a.abs() > 0.98,
        negative_target: -1.0,
        near_identity: NearIdentity::NearZero,
        initializer: Initializer::Xavier,
        inverse_near: |y, z| inverse_between(y, -1.0, 1.0, z, libm::atanh),
        state: |z, a| {
            if a > 0.99 {
                NeuronState::SaturatedNear("1")
            } else if a < -0.99 {
                NeuronState::SaturatedNear("−1")
            } else if z > 0.0 {
                NeuronState::Positive
            } else if z < 0.0 {
                NeuronState::Negative
            } else {
                NeuronState::AtZero
            }
        },
        calls: None,
        python: built_in("math.tanh"),
        numpy: built_in("np.tanh"),
        pytorch: built_in("nn.Tanh()"),
        rust: built_in("f64::tanh"),
        latex: r"\tanh #z",
        latex_with_number: r"\tanh(#x)",
    },
    ActivationInfo {
        activation: Activation::Softplus,
        label: Messages::activation_softplus,
        note: |_, messages| messages.activation_note_softplus(),
        output_range: [0.0, INFINITY],
        threshold: Threshold::None,
        probabilities: Probabilities::None,
        is_piecewise_constant: false,
        is_saturated: |_| false,
        negative_target: 0.0,
        near_identity: NearIdentity::Never,
        initializer: Initializer::He,
        inverse_near: |y, z| {
            if y < EPSILON {
                z.min(libm::log(EPSILON))
            } else {
                // This is ln(exp(y) − 1), which would overflow if it were computed as written.
                y + libm::log(-libm::expm1(-y))
            }
        },
        state: |z, _| {
            if z > 5.0 {
                NeuronState::SlightlyAboveSum
            } else if z < -5.0 {
                NeuronState::AlmostOff
            } else {
                NeuronState::InTransition
            }
        },
        calls: None,
        python: defined(
            "softplus",
            "\
def softplus(z):
    return max(0.0, z) + math.log1p(math.exp(-abs(z)))
",
        ),
        numpy: defined(
            "softplus",
            "\
def softplus(z):
    return np.maximum(0.0, z) + np.log1p(np.exp(-np.abs(z)))
",
        ),
        // PyTorch's default threshold of 20 would cost the digits from the ninth on.
        pytorch: built_in("nn.Softplus(threshold=40.0)"),
        rust: defined(
            "softplus",
            "\
fn softplus(z: f64) -> f64 {
    z.max(0.0) + (-z.abs()).exp().ln_1p()
}
",
        ),
        latex: r"\ln\left(1 + e^{#z}\right)",
        latex_with_number: r"\ln\left(1 + e^{#x}\right)",
    },
    ActivationInfo {
        activation: Activation::Silu,
        label: Messages::activation_silu,
        note: |z, messages| {
            if z > 0.0 {
                messages.activation_note_silu_on()
            } else {
                messages.activation_note_silu_off()
            }
        },
        output_range: [-0.278, INFINITY], // the minimum, rounded a little towards 0
        threshold: Threshold::SoftSwitch,
        probabilities: Probabilities::None,
        is_piecewise_constant: false,
        is_saturated: |_| false,
        negative_target: 0.0,
        near_identity: NearIdentity::Never,
        initializer: Initializer::He,
        inverse_near: |y, z| {
            inverse_around_minimum(y, z, -1.278_464_542_761_074, |z| Activation::Silu.apply(z))
        },
        state: soft_switch_state,
        calls: Some(Activation::Sigmoid),
        python: defined("silu", "def silu(z):\n    return z * sigmoid(z)\n"),
        numpy: defined("silu", "def silu(z):\n    return z * sigmoid(z)\n"),
        pytorch: built_in("nn.SiLU()"),
        rust: defined("silu", "fn silu(z: f64) -> f64 {\n    z * sigmoid(z)\n}\n"),
        latex: r"\frac{#z}{1 + e^{-#z}}",
        latex_with_number: r"\operatorname{silu}(#x)",
    },
    ActivationInfo {
        activation: Activation::Gelu,
        label: Messages::activation_gelu,
        note: |z, messages| {
            if z > 0.0 {
                messages.activation_note_gelu_on()
            } else {
                messages.activation_note_gelu_off()
            }
        },
        output_range: [-0.169, INFINITY], // the minimum, rounded a little towards 0
        threshold: Threshold::SoftSwitch,
        probabilities: Probabilities::None,
        is_piecewise_constant: false,
        is_saturated: |_| false,
        negative_target: 0.0,
        near_identity: NearIdentity::Never,
        initializer: Initializer::He,
        inverse_near: |y, z| {
            inverse_around_minimum(y, z, -0.751_791_524_693_564_5, |z| Activation::Gelu.apply(z))
        },
        state: soft_switch_state,
        calls: None,
        python: defined(
            "gelu",
            "\
def gelu(z):
    # erfc(-t) is 1 + erf(t), with all its digits also where t is negative.
    return 0.5 * z * math.erfc(-z / math.sqrt(2.0))
",
        ),
        numpy: defined(
            "gelu",
            "\
def gelu(z):
    # erfc(-t) is 1 + erf(t), with all its digits also where t is negative.
    erfc = np.vectorize(math.erfc)
    return 0.5 * z * erfc(-z / np.sqrt(2.0))
",
        ),
        pytorch: built_in("nn.GELU()"),
        rust: defined(
            "gelu",
            "\
fn gelu(z: f64) -> f64 {
    // erfc(-t) is 1 + erf(t), with all its digits also where t is negative.
    0.5 * z * erfc(-z / 2.0_f64.sqrt())
}
",
        ),
        latex: r"\frac{#z}{2} \left(1 + \operatorname{erf} \frac{#z}{\sqrt{2}}\right)",
        latex_with_number: r"\operatorname{gelu}(#x)",
    },
    ActivationInfo {
        activation: Activation::Sine,
        label: Messages::activation_sine,
        note: |_, messages| messages.activation_note_sine(),
        output_range: [-1.0, 1.0],
        threshold: Threshold::None,
        probabilities: Probabilities::None,
        is_piecewise_constant: false,
        is_saturated: |_| false,
        negative_target: 0.0,
        near_identity: NearIdentity::NearZero,
        initializer: Initializer::Xavier,
        inverse_near: |y, z| nearest_asin(y.clamp(-1.0, 1.0), z),
        state: |_, _| NeuronState::Periodic,
        calls: None,
        python: built_in("math.sin"),
        numpy: built_in("np.sin"),
        pytorch: defined(
            "Sine()",
            "\
class Sine(nn.Module):
    def forward(self, z):
        return torch.sin(z)
",
        ),
        rust: built_in("f64::sin"),
        latex: r"\sin #z",
        latex_with_number: r"\sin(#x)",
    },
    ActivationInfo {
        activation: Activation::Softmax,
        label: Messages::activation_softmax,
        note: |_, messages| messages.activation_note_softmax(),
        output_range: [0.0, 1.0],
        threshold: Threshold::None,
        probabilities: Probabilities::PerLayer,
        is_piecewise_constant: false,
        is_saturated: |_| false,
        negative_target: 0.0,
        near_identity: NearIdentity::Never,
        initializer: Initializer::Xavier,
        inverse_near: sigmoid_inverse,
        state: |_, _| NeuronState::Probability,
        calls: None,
        python: defined(
            "softmax",
            "\
def softmax(sums):
    largest = max(sums)  # taken off first, so that no exponential overflows
    exponentials = [math.exp(z - largest) for z in sums]
    total = sum(exponentials)
    return [e / total for e in exponentials]
",
        ),
        numpy: defined(
            "softmax",
            "\
def softmax(z):
    e = np.exp(z - z.max())  # the largest taken off, so that nothing overflows
    return e / e.sum()
",
        ),
        pytorch: built_in("nn.Softmax(dim=-1)"),
        rust: defined(
            "softmax",
            "\
fn softmax<const N: usize>(sums: [f64; N]) -> [f64; N] {
    let largest = sums.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let exponentials = sums.map(|z| (z - largest).exp()); // none overflows
    let total: f64 = exponentials.iter().sum();
    exponentials.map(|e| e / total)
}
",
        ),
        latex: r"\frac{e^{#z}}{\sum_j e^{#all}}",
        latex_with_number: r"\frac{e^{#x}}{\sum_j e^{#all}}",
    },
];

/// Runs an operation with an activation function. A softmax over a single neuron is 1 for every weighted sum.
/// At a kink, the slope is that to the left.
#[cfg_attr(not(debug_assertions), inline(always))]
fn with_activation<S: Simd>(simd: S, activation: Activation, operation: impl RowOperation<S>) {
    let (zero, one, slight) = (splat(simd, 0.0), splat(simd, 1.0), splat(simd, 0.01));
    macro_rules! each {
        (|$z:ident| $point:expr) => {
            operation.each(
                simd,
                #[cfg_attr(not(debug_assertions), inline(always))]
                |$z| $point,
            )
        };
    }
    match activation {
        Activation::Linear => each!(|z| (z, one)),
        // Comparisons are written such that a NaN is passed on.
        Activation::Step => each!(|z| (z.simd_gt(0.0).select(one, zero), zero)),
        Activation::Relu => each!(|z| (z.simd_le(0.0).select(zero, z), z.simd_gt(0.0).select(one, zero))),
        Activation::LeakyRelu => each!(|z| {
            let is_below = z.simd_le(0.0);
            (is_below.select(z * 0.01, z), is_below.select(slight, one))
        }),
        Activation::Elu => each!(|z| exponential::elu(z)),
        Activation::Sigmoid => each!(|z| exponential::sigmoid(z)),
        Activation::Tanh => each!(|z| exponential::tanh(z)),
        Activation::Softplus => each!(|z| exponential::softplus(z)),
        Activation::Silu => each!(|z| exponential::silu(z)),
        Activation::Gelu => each!(|z| error_function::gelu(z)),
        Activation::Sine => each!(|z| (sine::sin(z), sine::cos(z))),
        Activation::Softmax => each!(|_z| (one, zero)),
    }
}

/// Computes the outputs for a row of weighted sums.
#[cfg_attr(not(debug_assertions), inline(never))]
pub(in crate::network) fn activate<S: Simd>(simd: S, activation: Activation, z: &[f64], a: &mut [f64]) {
    simd.vectorize(
        #[cfg_attr(not(debug_assertions), inline(always))]
        || with_activation(simd, activation, ComputeOutputs { z, a }),
    );
}

/// Computes the outputs for a row of weighted sums, and their derivatives with respect to the sums.
#[cfg_attr(not(debug_assertions), inline(never))]
pub(in crate::network) fn activate_with_slopes<S: Simd>(
    simd: S,
    activation: Activation,
    z: &[f64],
    a: &mut [f64],
    slopes: &mut [f64],
) {
    simd.vectorize(
        #[cfg_attr(not(debug_assertions), inline(always))]
        || with_activation(simd, activation, ComputeOutputsAndSlopes { z, a, slopes }),
    );
}

/// Multiplies each derivative with respect to an output by the slope of the output, in place.
#[cfg_attr(not(debug_assertions), inline(never))]
pub(in crate::network) fn activation_backward<S: Simd>(
    simd: S,
    activation: Activation,
    z: &[f64],
    gradients: &mut [f64],
) {
    simd.vectorize(
        #[cfg_attr(not(debug_assertions), inline(always))]
        || with_activation(simd, activation, MultiplyBySlopes { z, gradients }),
    );
}

/// A task that computes [`activate`].
pub(in crate::network) struct ActivateTask<'a> {
    pub(crate) activation: Activation,
    pub(crate) z: &'a [f64],
    pub(crate) a: &'a mut [f64],
}

impl Task for ActivateTask<'_> {
    type Output = ();

    #[cfg_attr(not(debug_assertions), inline(always))]
    fn run<S: Simd>(self, simd: S) {
        activate(simd, self.activation, self.z, self.a);
    }
}

/// A task that computes [`activation_backward`].
pub(in crate::network) struct ActivationBackwardTask<'a> {
    pub(crate) activation: Activation,
    pub(crate) z: &'a [f64],
    pub(crate) gradients: &'a mut [f64],
}

impl Task for ActivationBackwardTask<'_> {
    type Output = ();

    #[cfg_attr(not(debug_assertions), inline(always))]
    fn run<S: Simd>(self, simd: S) {
        activation_backward(simd, self.activation, self.z, self.gradients);
    }
}

/// Computes the outputs for a row of sums in f32, for colors: they agree with [`Activation::apply`] to an
/// absolute or relative error of 1e-6, whichever is larger. A softmax needs several rows; its sums are copied.
#[cfg_attr(not(debug_assertions), inline(always))]
pub(crate) fn activate_f32(activation: Activation, z: &[f32], a: &mut [f32]) {
    macro_rules! each {
        ($f:expr) => {
            for (a, &z) in a.iter_mut().zip(z) {
                *a = $f(z);
            }
        };
    }
    match activation {
        Activation::Linear | Activation::Softmax => a.copy_from_slice(z),
        Activation::Step => each!(|z: f32| if z > 0.0 { 1.0 } else { 0.0 }),
        // Written so that NaN is propagated.
        Activation::Relu => each!(|z: f32| if z <= 0.0 { 0.0 } else { z }),
        Activation::LeakyRelu => each!(|z: f32| if z <= 0.0 { 0.01 * z } else { z }),
        Activation::Elu => each!(|z: f32| {
            let below = f32_math::exp(if z < 0.0 { z } else { 0.0 }) - 1.0;
            if z > 0.0 { z } else { below + 0.0 * z }
        }),
        Activation::Sigmoid => each!(f32_math::sigmoid),
        Activation::Tanh => each!(|z: f32| {
            let e = f32_math::exp(-2.0 * z.abs());
            ((1.0 - e) / (1.0 + e)).copysign(z)
        }),
        Activation::Softplus => each!(f32_math::softplus),
        Activation::Silu => each!(|z: f32| z * f32_math::sigmoid(z)),
        Activation::Gelu => each!(f32_math::gelu),
        Activation::Sine => each!(f32_math::sin),
    }
}

// Every row is that of its activation.
const _: () = {
    let mut row = 0;
    while row < TABLE.len() {
        assert!(TABLE[row].activation as usize == row);
        row += 1;
    }
};

/// The state of a neuron that switches on gradually (SiLU, GELU).
fn soft_switch_state(z: f64, _a: f64) -> NeuronState {
    if z > 0.0 {
        NeuronState::MostlyOpen
    } else if z < 0.0 {
        NeuronState::MostlyClosed
    } else {
        NeuronState::AtZero
    }
}

impl Activation {
    /// Returns what is known about the activation: its row of the table.
    pub fn info(self) -> &'static ActivationInfo {
        &TABLE[self as usize]
    }

    /// Returns the name that people read, as it is written within a sentence: “ReLU”.
    pub fn label(self, messages: Messages) -> &'static str {
        (self.info().label)(messages)
    }

    /// Returns a few words on the effect of the function on the weighted sum `z`.
    pub fn note(self, z: f64, messages: Messages) -> &'static str {
        if z.is_finite() {
            (self.info().note)(z, messages)
        } else {
            messages.activation_note_overflow()
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
    /// other neuron, with the logit 0; see [`softmax_inverse`](crate::network::inverse::softmax_inverse).
    pub(crate) fn inverse_near(self, y: f64, z: f64) -> f64 {
        (self.info().inverse_near)(y, z)
    }

    /// Returns the output of a single neuron. A softmax over a single neuron is 1 for every `z`.
    pub fn apply(self, z: f64) -> f64 {
        let mut a = [0.0];
        self.apply_each(&[z], &mut a);
        a[0]
    }

    /// Returns the derivative of the output with respect to `z`. For a softmax use [`BackwardPass`](crate::network::BackwardPass),
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
        SimdWidth::best().run(ActivationBackwardTask {
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
        width.run(ActivateTask {
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
        SimdWidth::best().run(SoftmaxTask { z, samples, a });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_note_says_on_which_side_of_zero_the_sum_is() {
        let messages = Messages::ENGLISH;
        for (activation, z, text) in [
            (Activation::Relu, 1.0, messages.activation_note_relu_on()),
            (Activation::Relu, 0.0, messages.activation_note_relu_off()),
            (Activation::Step, 0.0, messages.activation_note_step_off()),
            (Activation::Tanh, f64::NAN, messages.activation_note_overflow()),
        ] {
            assert_eq!(activation.note(z, messages), text);
        }
    }

    #[test]
    fn f32_functions_agree_with_the_f64_ones() {
        let z: Vec<f32> = (-30_000_i16..=30_000)
            .map(|i| f32::from(i) / 1000.0)
            .chain([-1e4, 1e3, 0.0, -1e30])
            .collect();
        let mut a = vec![0.0; z.len()];
        for activation in Activation::ALL {
            if activation == Activation::Softmax {
                continue;
            }
            activate_f32(activation, &z, &mut a);
            for (&z, &a) in z.iter().zip(&a) {
                if activation == Activation::Sine && z.abs() > 1e3 {
                    continue;
                }
                let expected = activation.apply(f64::from(z));
                let error = (f64::from(a) - expected).abs();
                assert!(
                    error <= 1e-6 * expected.abs().max(1.0),
                    "{activation}({z}) is {expected}, not {a}"
                );
            }
        }
    }
}
