//! Loss functions and their derivatives.

use crate::network::{Activation, LayerPlan, Probabilities};
use crate::text::{Localized, Messages};

crate::named_enum! {
    /// A loss function of the outputs `a` and the targets `y`. The loss is the mean over samples and outputs; for
    /// categorical cross-entropy over samples.
    pub enum Loss {
        /// `(a − y)²`.
        MeanSquaredError = "mean_squared_error",
        /// `|a − y|`.
        MeanAbsoluteError = "mean_absolute_error",
        /// `(a − y)² / 2` up to a distance of 1, beyond that `|a − y| − 1/2` (Huber, 1964).
        Huber = "huber",
        /// `−y ln a − (1 − y) ln(1 − a)`; for outputs between 0 and 1.
        BinaryCrossEntropy = "binary_cross_entropy",
        /// `−Σ y ln a`, summed over the outputs; for a softmax.
        CategoricalCrossEntropy = "categorical_cross_entropy",
        /// `max(0, 1 − y a)`; for targets −1 and 1.
        Hinge = "hinge",
    }

    /// Error for a name that is not one of the loss functions.
    pub struct UnknownLoss(unknown_loss);
}

impl Loss {
    /// Returns the name that people read: “Mean squared error (MSE)”.
    pub const fn label(self, messages: Messages) -> &'static str {
        match self {
            Self::MeanSquaredError => messages.loss_mean_squared_error(),
            Self::MeanAbsoluteError => messages.loss_mean_absolute_error(),
            Self::Huber => messages.loss_huber(),
            Self::BinaryCrossEntropy => messages.loss_binary_cross_entropy(),
            Self::CategoricalCrossEntropy => messages.loss_categorical_cross_entropy(),
            Self::Hinge => messages.loss_hinge(),
        }
    }
}

/// The values with respect to which the loss is differentiated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum WithRespectTo {
    /// The outputs `a`.
    Outputs,
    /// The weighted sums `z` of the output layer.
    WeightedSums,
}

/// Error for a loss function that does not fit the activation of the output layer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LossError {
    loss: Loss,
    /// The activation of the output layer; `None` if its neurons have different ones.
    activation: Option<Activation>,
    required_activation: Activation,
}

impl Localized for LossError {
    fn message(&self, messages: Messages) -> String {
        let loss = self.loss.label(messages);
        let required = self.required_activation.label(messages);
        match self.activation {
            Some(activation) => messages.loss_does_not_fit(loss, activation.label(messages), required),
            None => messages.loss_does_not_fit_mixed_layer(loss, required),
        }
    }
}

crate::localized_errors!(LossError);

/// Returns whether the outputs of a layer are probabilities.
fn probabilities(plan: &LayerPlan) -> Probabilities {
    plan.activation()
        .map_or(Probabilities::None, |activation| activation.info().probabilities)
}

/// The arguments of a loss function: the values of the output layer and the targets. The slices are
/// `[output][sample]` with `samples` columns.
#[derive(Debug, Clone, Copy)]
pub(crate) struct LossInputs<'a> {
    /// The activations of the output layer.
    pub(crate) plan: &'a LayerPlan,
    /// Its weighted sums.
    pub(crate) z: &'a [f64],
    /// Its outputs.
    pub(crate) a: &'a [f64],
    /// The targets.
    pub(crate) y: &'a [f64],
    /// The number of columns.
    pub(crate) samples: usize,
    /// The number of columns, the first ones, that count; the others only fill up SIMD vectors.
    pub(crate) count: usize,
}

impl<'a> LossInputs<'a> {
    /// Returns the counted columns of `z`, `a` and `y`, output by output.
    fn rows(self) -> impl Iterator<Item = [&'a [f64]; 3]> {
        let rows = |values: &'a [f64]| values.chunks_exact(self.samples.max(1));
        let rows = rows(self.z).zip(rows(self.a).zip(rows(self.y)));
        rows.map(move |(z, (a, y))| [z, a, y].map(|row| &row[..self.count]))
    }
}

impl Loss {
    /// True if the loss function is for classification.
    pub(crate) const fn is_for_classes(self) -> bool {
        matches!(
            self,
            Self::BinaryCrossEntropy | Self::CategoricalCrossEntropy | Self::Hinge
        )
    }

    /// Returns the default loss function for an output layer: categorical cross-entropy for softmax, binary
    /// cross-entropy for sigmoid if the targets are classes, else the mean squared error.
    pub fn default_for(plan: &LayerPlan, has_classes: bool) -> Self {
        match probabilities(plan) {
            Probabilities::PerLayer => Self::CategoricalCrossEntropy,
            Probabilities::PerNeuron if has_classes => Self::BinaryCrossEntropy,
            Probabilities::PerNeuron | Probabilities::None => Self::MeanSquaredError,
        }
    }

    /// Checks that the output layer allows this loss: the logarithms of cross-entropy need outputs between 0
    /// and 1.
    ///
    /// # Errors
    ///
    /// Returns an error if this is a cross-entropy and the output layer is neither sigmoid nor softmax.
    pub fn check(self, plan: &LayerPlan) -> Result<(), LossError> {
        let required_activation = match self {
            Self::BinaryCrossEntropy => Activation::Sigmoid,
            Self::CategoricalCrossEntropy => Activation::Softmax,
            _ => return Ok(()),
        };
        if probabilities(plan) != Probabilities::None {
            return Ok(());
        }
        Err(LossError {
            loss: self,
            activation: plan.activation(),
            required_activation,
        })
    }

    /// Returns the divisor that turns the sum of all terms into the mean: `samples · outputs`, or `samples` for
    /// categorical cross-entropy.
    pub(crate) fn divisor(self, samples: usize, outputs: usize) -> f64 {
        match self {
            Self::CategoricalCrossEntropy => samples as f64,
            _ => (samples * outputs) as f64,
        }
    }

    /// Returns the sum of all terms, output by output in the order of the samples (for categorical
    /// cross-entropy of a softmax sample by sample).
    pub(crate) fn sum(self, inputs: LossInputs<'_>) -> f64 {
        if self == Self::CategoricalCrossEntropy && inputs.plan.is_softmax() {
            return categorical_sum(inputs);
        }
        inputs
            .rows()
            .fold(0.0, |sum, row| self.add_row(inputs.plan, row, sum))
    }

    /// Adds the terms of one output to `sum`.
    fn add_row(self, plan: &LayerPlan, [z, a, y]: [&[f64]; 3], sum: f64) -> f64 {
        let outputs_and_targets = || a.iter().zip(y);
        let sums_and_targets = || z.iter().zip(y);
        match self {
            Self::MeanSquaredError => outputs_and_targets().fold(sum, |sum, (a, y)| sum + (a - y) * (a - y)),
            Self::MeanAbsoluteError => outputs_and_targets().fold(sum, |sum, (a, y)| sum + (a - y).abs()),
            Self::Huber => outputs_and_targets().fold(sum, |sum, (a, y)| sum + huber(a - y)),
            Self::Hinge => outputs_and_targets().fold(sum, |sum, (a, y)| sum + positive_part(1.0 - y * a)),
            Self::BinaryCrossEntropy if plan.is_softmax() => outputs_and_targets()
                .fold(sum, |sum, (&a, y)| {
                    sum + (-y * log_of_probability(a) - (1.0 - y) * log_of_probability(1.0 - a))
                }),
            // In terms of z nothing overflows: −ln sigmoid(z) = softplus(−z).
            Self::BinaryCrossEntropy => {
                sums_and_targets().fold(sum, |sum, (&z, y)| sum + (softplus(z) - y * z))
            }
            Self::CategoricalCrossEntropy => {
                sums_and_targets().fold(sum, |sum, (&z, y)| sum + y * softplus(-z))
            }
        }
    }

    /// Fills `out` (`[output][sample]`) with the derivative of `scale` times the sum. Returns the
    /// values with respect to which it was taken.
    pub(crate) fn compute_derivative(
        self,
        inputs: LossInputs<'_>,
        scale: f64,
        out: &mut [f64],
    ) -> WithRespectTo {
        let LossInputs { plan, a, y, .. } = inputs;
        let triples = out.iter_mut().zip(a.iter().zip(y));
        match self {
            Self::MeanSquaredError => triples.for_each(|(out, (a, y))| *out = scale * 2.0 * (a - y)),
            Self::MeanAbsoluteError => triples.for_each(|(out, (a, y))| *out = scale * sign(a - y)),
            Self::Huber => triples.for_each(|(out, (a, y))| *out = scale * huber_derivative(a - y)),
            Self::Hinge => triples.for_each(|(out, (a, y))| {
                // The term 0 · a keeps a NaN visible.
                *out = if y * a >= 1.0 { 0.0 } else { -y * scale + 0.0 * a };
            }),
            Self::BinaryCrossEntropy if plan.is_softmax() => triples.for_each(|(out, (&a, y))| {
                *out = scale * ((1.0 - y) / clamp_probability(1.0 - a) - y / clamp_probability(a));
            }),
            Self::BinaryCrossEntropy => {
                triples.for_each(|(out, (a, y))| *out = scale * (a - y));
                return WithRespectTo::WeightedSums;
            }
            Self::CategoricalCrossEntropy => {
                categorical_derivative(inputs, scale, out);
                return WithRespectTo::WeightedSums;
            }
        }
        WithRespectTo::Outputs
    }
}

/// Returns `max(0, value)`; NaN stays NaN.
fn positive_part(value: f64) -> f64 {
    if value <= 0.0 { 0.0 } else { value }
}

/// Returns the Huber loss of an error `a − y`.
fn huber(error: f64) -> f64 {
    let distance = error.abs();
    if distance <= 1.0 {
        0.5 * error * error
    } else {
        distance - 0.5
    }
}

/// Returns the derivative of [`huber`].
fn huber_derivative(error: f64) -> f64 {
    if error.abs() <= 1.0 { error } else { sign(error) }
}

/// Returns −1, 0 or 1; NaN stays NaN.
pub(super) fn sign(value: f64) -> f64 {
    if value > 0.0 {
        1.0
    } else if value < 0.0 {
        -1.0
    } else {
        value.abs()
    }
}

/// Returns `ln(1 + exp(z))` without overflow.
fn softplus(z: f64) -> f64 {
    let positive = if z <= 0.0 { 0.0 } else { z };
    positive + libm::log1p(libm::exp(-z.abs()))
}

/// Returns the logarithm of a probability, which may have been rounded to 0.
fn log_of_probability(probability: f64) -> f64 {
    libm::log(clamp_probability(probability))
}

/// Returns the probability, but at least 1e-300, so that its logarithm and reciprocal are finite.
fn clamp_probability(probability: f64) -> f64 {
    const MIN_PROBABILITY: f64 = 1e-300;
    if probability < MIN_PROBABILITY {
        MIN_PROBABILITY
    } else {
        probability
    }
}

/// Returns `Σ y (ln Σ exp(z) − z)` over the outputs, summed over the samples. It uses `z` and not `a`, so
/// that an output rounded to 0 has its exact loss.
fn categorical_sum(inputs: LossInputs<'_>) -> f64 {
    let LossInputs {
        z, y, samples, count, ..
    } = inputs;
    let mut loss = 0.0;
    for sample in 0..count {
        let indices = || (sample..z.len()).step_by(samples);
        let largest = indices().map(|i| z[i]).fold(f64::NEG_INFINITY, f64::max);
        let sum: f64 = indices().map(|i| libm::exp(z[i] - largest)).sum();
        let log_sum = largest + libm::log(sum);
        // Outputs with a target of 0 are skipped, because 0 times an infinite z would be NaN.
        let nonzero = indices().filter(|&i| y[i] != 0.0);
        loss += nonzero.map(|i| y[i] * (log_sum - z[i])).sum::<f64>();
    }
    loss
}

/// Fills `out` with the derivative of categorical cross-entropy with respect to the weighted sums.
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
        let target_sum: f64 = indices().map(|i| y[i]).sum();
        for i in indices() {
            out[i] = scale * (a[i] * target_sum - y[i]);
        }
    }
}
