//! What the end of an epoch decides: the best so far, and whether the loss has grown beyond hope.

use super::{Divergence, EncodedDataset, Loss, EpochMetrics};

/// How far the loss may rise above what is bearable, for how many epochs in a row; and beyond any doubt.
const DIVERGENCE_FACTOR: f64 = 10.0;
const PATIENCE: usize = 3;
const IMMEDIATE_DIVERGENCE_FACTOR: f64 = 1e6;

/// Watches the loss of a run, and keeps its best knobs to go back to.
#[derive(Debug, Clone)]
pub struct StoppingRule {
    initial: EpochMetrics,
    best: EpochMetrics,
    best_knobs: Vec<f64>,
    /// Of a network that has learned nothing.
    untrained_loss: f64,
    /// The epochs in a row with a loss far above that.
    epochs_above_limit: usize,
}

impl StoppingRule {
    /// From the start of a run; the knobs are as training has them.
    pub fn new(untrained_loss: f64, start: EpochMetrics, knobs: &[f64]) -> Self {
        Self {
            initial: start,
            best: start,
            best_knobs: knobs.to_vec(),
            untrained_loss,
            epochs_above_limit: 0,
        }
    }

    /// Forgets what was, and begins here.
    pub fn reset(&mut self, start: EpochMetrics, knobs: &[f64]) {
        (self.initial, self.best, self.epochs_above_limit) = (start, start, 0);
        self.set_best_knobs(knobs);
    }

    /// From here on targets and loss are others.
    pub fn set_untrained_loss(&mut self, untrained_loss: f64) {
        self.untrained_loss = untrained_loss;
    }

    /// The best are the same, only more exact than before.
    pub fn set_best_knobs(&mut self, knobs: &[f64]) {
        self.best_knobs.clear();
        self.best_knobs.extend_from_slice(knobs);
    }

    /// Counts the epochs on from one.
    pub fn set_epoch(&mut self, epoch: usize) {
        (self.initial.epoch, self.best.epoch) = (epoch, epoch);
    }

    /// The start.
    pub fn initial(&self) -> EpochMetrics {
        self.initial
    }

    /// The end of the epoch with the least training loss, or the start, and the knobs there.
    pub fn best(&self) -> (EpochMetrics, &[f64]) {
        (self.best, &self.best_knobs)
    }

    /// Looks at the end of an epoch; tells if the run is to go back to its best.
    pub fn update(&mut self, metrics: EpochMetrics, knobs: &[f64]) -> Option<Divergence> {
        let loss = metrics.train.loss;
        if !loss.is_finite() || !knobs.iter().all(|knob| knob.is_finite()) {
            return Some(Divergence::NotFinite);
        }
        if loss < self.best.train.loss {
            self.best = metrics;
            self.best_knobs.copy_from_slice(knobs);
        }
        let reference = self.initial.train.loss.max(self.untrained_loss);
        self.epochs_above_limit = if loss > DIVERGENCE_FACTOR * reference { self.epochs_above_limit + 1 } else { 0 };
        (self.epochs_above_limit >= PATIENCE || loss > IMMEDIATE_DIVERGENCE_FACTOR * reference).then_some(Divergence::Rising)
    }
}

/// About the loss of a network that has learned nothing: how large the targets are, or that of a guess.
pub fn untrained_loss(loss: Loss, dataset: &EncodedDataset) -> f64 {
    let targets = &dataset.targets;
    let count = targets.len() as f64;
    match loss {
        Loss::MeanSquaredError => targets.iter().map(|y| y * y).sum::<f64>() / count,
        Loss::MeanAbsoluteError | Loss::Huber => targets.iter().map(|y| y.abs()).sum::<f64>() / count,
        Loss::BinaryCrossEntropy | Loss::Hinge => 1.0,
        Loss::CategoricalCrossEntropy => libm::log(count / dataset.samples as f64 + 1.0),
    }
}
