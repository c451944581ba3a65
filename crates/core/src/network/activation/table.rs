//! The table of the activation functions: everything that differs between them, except the numeric functions
//! in `kernel::functions::with_activation` and `insight::f32_math::activate`; and what is computed with it.

use crate::network::inverse::{EPSILON, inverse_around_minimum, inverse_between, nearest_asin};
use crate::network::kernel::{SimdWidth, functions};
use crate::text::Messages;

use super::Activation;
use super::info::{ActivationInfo, FunctionCode, Initializer, NeuronState, Probabilities, Threshold};

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
        output_range: [-INFINITY, INFINITY],
        threshold: Threshold::Sign,
        probabilities: Probabilities::None,
        is_piecewise_constant: false,
        is_saturated: |_| false,
        negative_target: 0.0,
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
        output_range: [0.0, 1.0],
        threshold: Threshold::Switch,
        probabilities: Probabilities::None,
        is_piecewise_constant: true,
        is_saturated: |_| false,
        negative_target: 0.0,
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
        output_range: [0.0, INFINITY],
        threshold: Threshold::Switch,
        probabilities: Probabilities::None,
        is_piecewise_constant: false,
        is_saturated: |_| false,
        negative_target: 0.0,
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
        output_range: [-INFINITY, INFINITY],
        threshold: Threshold::LeakySwitch,
        probabilities: Probabilities::None,
        is_piecewise_constant: false,
        is_saturated: |_| false,
        negative_target: 0.0,
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
        output_range: [-1.0, INFINITY],
        threshold: Threshold::LeakySwitch,
        probabilities: Probabilities::None,
        is_piecewise_constant: false,
        is_saturated: |_| false,
        negative_target: 0.0,
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
        output_range: [0.0, 1.0],
        threshold: Threshold::OneHalf,
        probabilities: Probabilities::PerNeuron,
        is_piecewise_constant: false,
        is_saturated: |a| !(0.01..=0.99).contains(&a),
        negative_target: 0.0,
        initializer: Initializer::Xavier,
        inverse_near: |y, z| inverse_between(y, 0.0, 1.0, z, |y| libm::log(y / (1.0 - y))),
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
        output_range: [-1.0, 1.0],
        threshold: Threshold::Sign,
        probabilities: Probabilities::None,
        is_piecewise_constant: false,
        is_saturated: |a| a.abs() > 0.98,
        negative_target: -1.0,
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
        output_range: [0.0, INFINITY],
        threshold: Threshold::None,
        probabilities: Probabilities::None,
        is_piecewise_constant: false,
        is_saturated: |_| false,
        negative_target: 0.0,
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
        output_range: [-0.278, INFINITY], // the minimum, rounded a little towards 0
        threshold: Threshold::SoftSwitch,
        probabilities: Probabilities::None,
        is_piecewise_constant: false,
        is_saturated: |_| false,
        negative_target: 0.0,
        initializer: Initializer::He,
        inverse_near: |y, z| inverse_around_minimum(y, z, -1.278_464_542_761_074, Activation::Silu),
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
        output_range: [-0.169, INFINITY], // the minimum, rounded a little towards 0
        threshold: Threshold::SoftSwitch,
        probabilities: Probabilities::None,
        is_piecewise_constant: false,
        is_saturated: |_| false,
        negative_target: 0.0,
        initializer: Initializer::He,
        inverse_near: |y, z| inverse_around_minimum(y, z, -0.751_791_524_693_564_5, Activation::Gelu),
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
        output_range: [-1.0, 1.0],
        threshold: Threshold::None,
        probabilities: Probabilities::None,
        is_piecewise_constant: false,
        is_saturated: |_| false,
        negative_target: 0.0,
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
        output_range: [0.0, 1.0],
        threshold: Threshold::None,
        probabilities: Probabilities::PerLayer,
        is_piecewise_constant: false,
        is_saturated: |_| false,
        negative_target: 0.0,
        initializer: Initializer::Xavier,
        inverse_near: |y, z| Activation::Sigmoid.inverse_near(y, z),
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
