//! The rule that keeps the best epoch, stops training that diverges, and ends training before the last epoch.

use crate::text::{Localized, Messages};

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
    /// Training ended before its last epoch, because a stopping criterion was met.
    Stopped(StoppingReason),
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

/// The criteria by which training ends before its last epoch. They are checked at the end of each epoch, in the
/// order of the fields.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct StoppingCriteria {
    /// The training loss at or below which training ends; above 0.
    pub target_loss: Option<f64>,
    /// The accuracy on the training set at or above which training ends; above 0 and up to 1. The data must have
    /// classes.
    pub target_accuracy: Option<f64>,
    /// The number of epochs without progress of the training loss after which training ends; at least 1. Progress
    /// is a loss more than 0.01% below the lowest one before, as in PyTorch's `ReduceLROnPlateau`.
    pub patience: Option<usize>,
    /// The number of epochs without progress of the test loss after which training ends; at least 1. There must be
    /// a test set.
    pub test_patience: Option<usize>,
}

/// The stopping criterion that was met.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StoppingReason {
    /// The training loss is at or below its target.
    TargetLoss,
    /// The accuracy is at or above its target.
    TargetAccuracy,
    /// The training loss has made no progress.
    NoProgress {
        /// The epoch of the last progress.
        since: usize,
    },
    /// The test loss has made no progress.
    NoTestProgress {
        /// The epoch of the last progress.
        since: usize,
    },
}

/// Writes the reason as a part of a sentence.
impl Localized for StoppingReason {
    fn message(&self, messages: Messages) -> String {
        match *self {
            Self::TargetLoss => messages.stopped_at_target_loss().to_owned(),
            Self::TargetAccuracy => messages.stopped_at_target_accuracy().to_owned(),
            Self::NoProgress { since } => messages.stopped_without_progress(since),
            Self::NoTestProgress { since } => messages.stopped_without_test_progress(since),
        }
    }
}

/// The fraction by which a loss must fall below the lowest one before to count as progress.
const MIN_PROGRESS: f64 = 1e-4;

/// The last progress of a loss.
#[derive(Debug, Clone, Copy)]
struct LossProgress {
    loss: f64,
    epoch: usize,
}

impl LossProgress {
    /// Begins at the metrics at the start: for the training loss, and for the test loss.
    fn at_start(start: EpochMetrics) -> [Self; 2] {
        let test = start.test.map_or(f64::INFINITY, |test| test.loss);
        [start.train.loss, test].map(|loss| Self {
            loss,
            epoch: start.epoch,
        })
    }

    /// Takes the loss of an epoch. Returns the epoch of the last progress if that is at least `patience` epochs
    /// ago.
    fn update(&mut self, loss: f64, epoch: usize, patience: Option<usize>) -> Option<usize> {
        if loss < (1.0 - MIN_PROGRESS) * self.loss {
            *self = Self { loss, epoch };
        }
        (epoch - self.epoch >= patience?).then_some(self.epoch)
    }
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
    /// The last progress of the training loss and of the test loss.
    progress: [LossProgress; 2],
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
            progress: LossProgress::at_start(start),
        }
    }

    /// Forgets the earlier epochs and begins again at these metrics and knobs.
    pub(crate) fn reset(&mut self, start: EpochMetrics, knobs: &[f64]) {
        (self.initial, self.best, self.epochs_above_limit) = (start, start, 0);
        self.progress = LossProgress::at_start(start);
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
        for progress in &mut self.progress {
            progress.epoch = epoch;
        }
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

    /// Takes the metrics at the end of an epoch. Returns the first criterion that is met.
    pub(crate) fn stopping_reason(
        &mut self,
        metrics: EpochMetrics,
        criteria: StoppingCriteria,
    ) -> Option<StoppingReason> {
        let EpochMetrics { epoch, train, test } = metrics;
        let [train_progress, test_progress] = &mut self.progress;
        let since = train_progress.update(train.loss, epoch, criteria.patience);
        let test_since = test.and_then(|test| test_progress.update(test.loss, epoch, criteria.test_patience));
        let is_reached = |(accuracy, target)| accuracy >= target;
        if criteria.target_loss.is_some_and(|target| train.loss <= target) {
            Some(StoppingReason::TargetLoss)
        } else if train
            .accuracy
            .zip(criteria.target_accuracy)
            .is_some_and(is_reached)
        {
            Some(StoppingReason::TargetAccuracy)
        } else if let Some(since) = since {
            Some(StoppingReason::NoProgress { since })
        } else {
            test_since.map(|since| StoppingReason::NoTestProgress { since })
        }
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
