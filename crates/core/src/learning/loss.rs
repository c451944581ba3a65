//! How wrong outputs are.

use std::fmt;
use std::str::FromStr;

use crate::network::{Activation, LayerPlan};

/// How wrong the outputs `a` are where `y` is wanted. All are means: over samples and outputs, categorical
/// cross-entropy over samples.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Loss {
    /// `(a − y)²`.
    MeanSquaredError,
    /// `|a − y|`.
    MeanAbsoluteError,
    /// `(a − y)² / 2` up to a distance of 1, from there `|a − y| − 1/2` (Huber, 1964).
    Huber,
    /// `−y ln a − (1 − y) ln(1 − a)`; for outputs between 0 and 1.
    BinaryCrossEntropy,
    /// `−Σ y ln a`, summed over the outputs; for a softmax.
    CategoricalCrossEntropy,
    /// `max(0, 1 − y a)`; for targets −1 and 1.
    Hinge,
}

/// By what a loss is derived.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WithRespectTo {
    /// By the outputs `a`.
    Outputs,
    /// By the pre-activations `z` of the last layer.
    PreActivations,
}

/// The last layer cannot have this loss.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "{loss} is for outputs between 0 and 1, and the last layer is {activation}; give it {instead} or take another loss"
)]
pub struct LossError {
    loss: Loss,
    activation: String,
    instead: &'static str,
}

/// What the last layer computed and what was wanted, all `[output][sample]`.
#[derive(Debug, Clone, Copy)]
pub struct LossInputs<'a> {
    /// The last layer.
    pub plan: &'a LayerPlan,
    /// Its pre-activations.
    pub z: &'a [f64],
    /// Its outputs.
    pub a: &'a [f64],
    /// What was wanted.
    pub y: &'a [f64],
    /// The number of columns.
    pub samples: usize,
    /// The first columns, which count; others only fill up the processor’s lanes.
    pub count: usize,
}

impl<'a> LossInputs<'a> {
    /// What counts: `z`, `a` and `y` of each output.
    fn rows(self) -> impl Iterator<Item = [&'a [f64]; 3]> {
        let rows = |values: &'a [f64]| values.chunks_exact(self.samples.max(1));
        let rows = rows(self.z).zip(rows(self.a).zip(rows(self.y)));
        rows.map(move |(z, (a, y))| [z, a, y].map(|row| &row[..self.count]))
    }
}

impl Loss {
    /// All of them, in the order in which menus list them.
    pub const ALL: [Self; 6] = [
        Self::MeanSquaredError,
        Self::MeanAbsoluteError,
        Self::Huber,
        Self::BinaryCrossEntropy,
        Self::CategoricalCrossEntropy,
        Self::Hinge,
    ];

    /// The name used on the command line and in the window.
    pub const fn name(self) -> &'static str {
        match self {
            Self::MeanSquaredError => "mean_squared_error",
            Self::MeanAbsoluteError => "mean_absolute_error",
            Self::Huber => "huber",
            Self::BinaryCrossEntropy => "binary_cross_entropy",
            Self::CategoricalCrossEntropy => "categorical_cross_entropy",
            Self::Hinge => "hinge",
        }
    }

    /// Whether it is meant for classes.
    pub const fn is_for_classes(self) -> bool {
        matches!(
            self,
            Self::BinaryCrossEntropy | Self::CategoricalCrossEntropy | Self::Hinge
        )
    }

    /// The loss that goes with a last layer: cross-entropy with softmax, and with sigmoid if it is to tell classes;
    /// else the squared error.
    pub fn default_for(plan: &LayerPlan, has_classes: bool) -> Self {
        match plan.activation() {
            Some(Activation::Softmax) => Self::CategoricalCrossEntropy,
            Some(Activation::Sigmoid) if has_classes => Self::BinaryCrossEntropy,
            _ => Self::MeanSquaredError,
        }
    }

    /// Whether a last layer can have this loss: the logarithms of cross-entropy need outputs between 0 and 1.
    ///
    /// # Errors
    /// One sentence with what goes together.
    pub fn check(self, plan: &LayerPlan) -> Result<(), LossError> {
        let instead = match self {
            Self::BinaryCrossEntropy => "sigmoid",
            Self::CategoricalCrossEntropy => "softmax",
            _ => return Ok(()),
        };
        match plan.activation() {
            Some(Activation::Sigmoid | Activation::Softmax) => Ok(()),
            other => Err(LossError {
                loss: self,
                activation: other.map_or_else(|| "mixed".to_owned(), |activation| activation.to_string()),
                instead,
            }),
        }
    }

    /// What the sum of all terms is divided by.
    pub fn divisor(self, samples: usize, outputs: usize) -> f64 {
        match self {
            Self::CategoricalCrossEntropy => samples as f64,
            _ => (samples * outputs) as f64,
        }
    }

    /// The sum of all terms, output by output in the order of the samples (of a categorical cross-entropy sample by
    /// sample).
    pub fn sum(self, inputs: LossInputs<'_>) -> f64 {
        if self == Self::CategoricalCrossEntropy && inputs.plan.is_softmax() {
            return categorical_sum(inputs);
        }
        inputs
            .rows()
            .fold(0.0, |sum, row| self.add_row(inputs.plan, row, sum))
    }

    /// Adds the terms of one output.
    fn add_row(self, plan: &LayerPlan, [z, a, y]: [&[f64]; 3], sum: f64) -> f64 {
        let outputs_and_targets = || a.iter().zip(y);
        let sums_and_targets = || z.iter().zip(y);
        match self {
            Self::MeanSquaredError => outputs_and_targets().fold(sum, |sum, (a, y)| sum + (a - y) * (a - y)),
            Self::MeanAbsoluteError => outputs_and_targets().fold(sum, |sum, (a, y)| sum + (a - y).abs()),
            Self::Huber => outputs_and_targets().fold(sum, |sum, (a, y)| sum + huber(a - y)),
            Self::Hinge => outputs_and_targets().fold(sum, |sum, (a, y)| sum + positive_part(1.0 - y * a)),
            Self::BinaryCrossEntropy if plan.is_softmax() => {
                outputs_and_targets().fold(sum, |sum, (&a, y)| sum + (-y * log_of_probability(a) - (1.0 - y) * log_of_probability(1.0 - a)))
            }
            // In terms of z nothing overflows: −ln sigmoid(z) = softplus(−z).
            Self::BinaryCrossEntropy => sums_and_targets().fold(sum, |sum, (&z, y)| sum + (softplus(z) - y * z)),
            Self::CategoricalCrossEntropy => sums_and_targets().fold(sum, |sum, (&z, y)| sum + y * softplus(-z)),
        }
    }

    /// Fills `out` (`[output][sample]`) with the derivative of `scale` times the sum, and says by what it is derived.
    pub fn compute_derivative(self, inputs: LossInputs<'_>, scale: f64, out: &mut [f64]) -> WithRespectTo {
        let LossInputs { plan, a, y, .. } = inputs;
        let triples = out.iter_mut().zip(a.iter().zip(y));
        match self {
            Self::MeanSquaredError => triples.for_each(|(out, (a, y))| *out = scale * 2.0 * (a - y)),
            Self::MeanAbsoluteError => triples.for_each(|(out, (a, y))| *out = scale * sign(a - y)),
            Self::Huber => triples.for_each(|(out, (a, y))| *out = scale * huber_derivative(a - y)),
            Self::Hinge => triples.for_each(|(out, (a, y))| {
                // Written so that a NaN stays visible.
                *out = if y * a >= 1.0 { 0.0 } else { -y * scale + 0.0 * a };
            }),
            Self::BinaryCrossEntropy if plan.is_softmax() => triples.for_each(|(out, (&a, y))| {
                *out = scale * ((1.0 - y) / clamp_probability(1.0 - a) - y / clamp_probability(a));
            }),
            Self::BinaryCrossEntropy => {
                triples.for_each(|(out, (a, y))| *out = scale * (a - y));
                return WithRespectTo::PreActivations;
            }
            Self::CategoricalCrossEntropy => {
                categorical_derivative(inputs, scale, out);
                return WithRespectTo::PreActivations;
            }
        }
        WithRespectTo::Outputs
    }
}

fn positive_part(value: f64) -> f64 {
    if value <= 0.0 { 0.0 } else { value }
}

fn huber(error: f64) -> f64 {
    let distance = error.abs();
    if distance <= 1.0 {
        0.5 * error * error
    } else {
        distance - 0.5
    }
}

/// The derivative of [`huber`].
fn huber_derivative(error: f64) -> f64 {
    if error.abs() <= 1.0 { error } else { sign(error) }
}

/// −1, 0 or 1; a NaN stays one.
pub(super) fn sign(value: f64) -> f64 {
    if value > 0.0 {
        1.0
    } else if value < 0.0 {
        -1.0
    } else {
        value.abs()
    }
}

/// `ln(1 + exp(z))` without overflow.
fn softplus(z: f64) -> f64 {
    let positive = if z <= 0.0 { 0.0 } else { z };
    positive + libm::log1p(libm::exp(-z.abs()))
}

/// The logarithm of a probability that may have been rounded to 0.
fn log_of_probability(probability: f64) -> f64 {
    libm::log(clamp_probability(probability))
}

fn clamp_probability(probability: f64) -> f64 {
    const MIN_PROBABILITY: f64 = 1e-300;
    if probability < MIN_PROBABILITY { MIN_PROBABILITY } else { probability }
}

/// `Σ y (ln Σ exp(z) − z)` over the outputs of each sample, from `z`, so that an output rounded to 0 costs what it
/// should.
fn categorical_sum(inputs: LossInputs<'_>) -> f64 {
    let LossInputs {
        z, y, samples, count, ..
    } = inputs;
    let mut sum = 0.0;
    for sample in 0..count {
        let indices = || (sample..z.len()).step_by(samples);
        let largest = indices().map(|i| z[i]).fold(f64::NEG_INFINITY, f64::max);
        let all: f64 = indices().map(|i| libm::exp(z[i] - largest)).sum();
        let log_all = largest + libm::log(all);
        // A target of 0 must not meet an infinite z.
        let nonzero = indices().filter(|&i| y[i] != 0.0);
        sum += nonzero.map(|i| y[i] * (log_all - z[i])).sum::<f64>();
    }
    sum
}

fn categorical_derivative(inputs: LossInputs<'_>, scale: f64, out: &mut [f64]) {
    let LossInputs {
        plan, a, y, samples, ..
    } = inputs;
    if !plan.is_softmax() {
        for (out, (a, y)) in out.iter_mut().zip(a.iter().zip(y)) {
            *out = -scale * y * (1.0 - a);
        }
        return;
    }
    for sample in 0..samples {
        let indices = || (sample..a.len()).step_by(samples);
        let all: f64 = indices().map(|i| y[i]).sum();
        for i in indices() {
            out[i] = scale * (a[i] * all - y[i]);
        }
    }
}

impl fmt::Display for Loss {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// The name is none of the six.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("there is no loss “{0}”; use one of {list}", list = Loss::ALL.map(Loss::name).join(", "))]
pub struct UnknownLoss(pub String);

impl FromStr for Loss {
    type Err = UnknownLoss;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .into_iter()
            .find(|loss| loss.name() == text)
            .ok_or_else(|| UnknownLoss(crate::words::shortened(text)))
    }
}
