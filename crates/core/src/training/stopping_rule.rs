//! The rule that keeps the best epoch and stops training that diverges.

use super::{EncodedDataset, Loss, Metrics};

/// The metrics at the end of an epoch.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct EpochMetrics {
    /// The number of epochs trained; 0 before the first update.
    pub epoch: usize,
    /// The metrics over the training set.
    pub train: Metrics,
    /// The metrics over the test set, if there is one.
    pub test: Option<Metrics>,
}

/// The status of training.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TrainingStatus {
    /// There are epochs left.
    Running,
    /// All epochs have been trained, or training was stopped.
    Done,
    /// Training diverged and was rolled back to the epoch with the lowest training loss.
    Diverged(Divergence),
}

/// The reason why training was stopped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Divergence {
    /// A number overflowed or is NaN.
    NotFinite,
    /// The loss rose far above its initial value.
    Rising,
}

/// Training diverges if the loss exceeds the reference loss by `DIVERGENCE_FACTOR` in `PATIENCE` epochs in a
/// row, or by `IMMEDIATE_DIVERGENCE_FACTOR` once. The reference is the initial loss or that of an untrained
/// network, whichever is higher.
const DIVERGENCE_FACTOR: f64 = 10.0;
const PATIENCE: usize = 3;
const IMMEDIATE_DIVERGENCE_FACTOR: f64 = 1e6;

/// Follows the loss of a run, keeps the best knobs to return to, and detects divergence.
#[derive(Debug, Clone)]
pub(crate) struct StoppingRule {
    initial: EpochMetrics,
    best: EpochMetrics,
    best_knobs: Vec<f64>,
    /// The approximate loss of a network that has learned nothing.
    untrained_loss: f64,
    /// The number of epochs in a row with a loss far above the reference.
    epochs_above_limit: usize,
}

impl StoppingRule {
    /// Creates the rule at the start of a run; `knobs` are those of the trainer, scaled if there is a
    /// scaling.
    pub(crate) fn new(untrained_loss: f64, start: EpochMetrics, knobs: &[f64]) -> Self {
        Self {
            initial: start,
            best: start,
            best_knobs: knobs.to_vec(),
            untrained_loss,
            epochs_above_limit: 0,
        }
    }

    /// Forgets the earlier epochs and begins again at these metrics and knobs.
    pub(crate) fn reset(&mut self, start: EpochMetrics, knobs: &[f64]) {
        (self.initial, self.best, self.epochs_above_limit) = (start, start, 0);
        self.set_best_knobs(knobs);
    }

    /// Sets the loss of an untrained network, after targets or loss function have changed.
    pub(crate) fn set_untrained_loss(&mut self, untrained_loss: f64) {
        self.untrained_loss = untrained_loss;
    }

    /// Replaces the best knobs, for example by equal ones that were rounded less.
    pub(crate) fn set_best_knobs(&mut self, knobs: &[f64]) {
        self.best_knobs.clear();
        self.best_knobs.extend_from_slice(knobs);
    }

    /// Sets the epoch number of the initial and best metrics.
    pub(crate) fn set_epoch(&mut self, epoch: usize) {
        (self.initial.epoch, self.best.epoch) = (epoch, epoch);
    }

    /// Returns the metrics at the start.
    pub(crate) fn initial(&self) -> EpochMetrics {
        self.initial
    }

    /// Returns the metrics and knobs of the epoch with the lowest training loss; the start counts as one.
    pub(crate) fn best(&self) -> (EpochMetrics, &[f64]) {
        (self.best, &self.best_knobs)
    }

    /// Takes the metrics and knobs at the end of an epoch. Returns the kind of divergence if training must
    /// return to the best epoch.
    pub(crate) fn update(&mut self, metrics: EpochMetrics, knobs: &[f64]) -> Option<Divergence> {
        let loss = metrics.train.loss;
        if !loss.is_finite() || !knobs.iter().all(|knob| knob.is_finite()) {
            return Some(Divergence::NotFinite);
        }
        if loss < self.best.train.loss {
            self.best = metrics;
            self.best_knobs.copy_from_slice(knobs);
        }
        let reference = self.initial.train.loss.max(self.untrained_loss);
        self.epochs_above_limit = if loss > DIVERGENCE_FACTOR * reference {
            self.epochs_above_limit + 1
        } else {
            0
        };
        (self.epochs_above_limit >= PATIENCE || loss > IMMEDIATE_DIVERGENCE_FACTOR * reference)
            .then_some(Divergence::Rising)
    }
}

/// Returns the approximate loss of a network that has learned nothing: that of outputs that are all 0, or of
/// a uniform guess.
pub(crate) fn untrained_loss(loss: Loss, dataset: &EncodedDataset) -> f64 {
    let targets = &dataset.targets;
    let count = targets.len() as f64;
    match loss {
        Loss::MeanSquaredError => targets.iter().map(|y| y * y).sum::<f64>() / count,
        Loss::MeanAbsoluteError | Loss::Huber => targets.iter().map(|y| y.abs()).sum::<f64>() / count,
        Loss::BinaryCrossEntropy | Loss::Hinge => 1.0,
        Loss::CategoricalCrossEntropy => libm::log(count / dataset.samples as f64 + 1.0),
    }
}
