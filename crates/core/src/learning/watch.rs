//! What the end of an epoch decides: the best so far, and whether the loss has grown beyond hope.

use super::{Divergence, Examples, Loss, Record};

/// How far the loss may rise above what is bearable, for how many epochs in a row; and beyond any doubt.
const FAR: f64 = 10.0;
const EPOCHS: usize = 3;
const BEYOND: f64 = 1e6;

/// Watches the loss of a run, and keeps its best knobs to go back to.
#[derive(Debug, Clone)]
pub struct Watch {
    first: Record,
    best: Record,
    best_knobs: Vec<f64>,
    /// Of a network that has learned nothing.
    typical_loss: f64,
    /// The epochs in a row with a loss far above that.
    high: usize,
}

impl Watch {
    /// From the start of a run; the knobs are as training has them.
    pub fn new(typical_loss: f64, start: Record, knobs: &[f64]) -> Self {
        Self {
            first: start,
            best: start,
            best_knobs: knobs.to_vec(),
            typical_loss,
            high: 0,
        }
    }

    /// Forgets what was, and begins here.
    pub fn begin(&mut self, start: Record, knobs: &[f64]) {
        (self.first, self.best, self.high) = (start, start, 0);
        self.replace_best_knobs(knobs);
    }

    /// From here on targets and loss are others.
    pub fn set_typical_loss(&mut self, typical_loss: f64) {
        self.typical_loss = typical_loss;
    }

    /// The best are the same, only more exact than before.
    pub fn replace_best_knobs(&mut self, knobs: &[f64]) {
        self.best_knobs.clear();
        self.best_knobs.extend_from_slice(knobs);
    }

    /// Counts the epochs on from one.
    pub fn count_from(&mut self, epoch: usize) {
        (self.first.epoch, self.best.epoch) = (epoch, epoch);
    }

    /// The start.
    pub fn first(&self) -> Record {
        self.first
    }

    /// The end of the epoch with the least training loss, or the start, and the knobs there.
    pub fn best(&self) -> (Record, &[f64]) {
        (self.best, &self.best_knobs)
    }

    /// Looks at the end of an epoch; tells if the run is to go back to its best.
    pub fn judge(&mut self, record: Record, knobs: &[f64]) -> Option<Divergence> {
        let loss = record.train.loss;
        if !loss.is_finite() || !knobs.iter().all(|knob| knob.is_finite()) {
            return Some(Divergence::NotFinite);
        }
        if loss < self.best.train.loss {
            self.best = record;
            self.best_knobs.copy_from_slice(knobs);
        }
        let bearable = self.first.train.loss.max(self.typical_loss);
        self.high = if loss > FAR * bearable { self.high + 1 } else { 0 };
        (self.high >= EPOCHS || loss > BEYOND * bearable).then_some(Divergence::Rising)
    }
}

/// About the loss of a network that has learned nothing: how large the targets are, or that of a guess.
pub fn typical_loss(loss: Loss, examples: &Examples) -> f64 {
    let targets = &examples.targets;
    let count = targets.len() as f64;
    match loss {
        Loss::MeanSquaredError => targets.iter().map(|y| y * y).sum::<f64>() / count,
        Loss::MeanAbsoluteError | Loss::Huber => targets.iter().map(|y| y.abs()).sum::<f64>() / count,
        Loss::BinaryCrossEntropy | Loss::Hinge => 1.0,
        Loss::CategoricalCrossEntropy => libm::log(count / examples.samples as f64 + 1.0),
    }
}
