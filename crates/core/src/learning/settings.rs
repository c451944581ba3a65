//! All that a person chooses for a run.

use super::{Loss, Objective, Optimizer, Regularization, LearningRateSchedule};

/// The most epochs.
pub const MAX_EPOCHS: usize = 100_000_000;

/// All that a person chooses for a run. Together with document and data it determines every bit of the result.
#[derive(Debug, Clone, PartialEq)]
pub struct Hyperparameters {
    /// What is made small.
    pub loss: Loss,
    /// What large weights cost; with standardised inputs the first layer’s weights count as they are for those.
    pub regularization: Regularization,
    /// How a gradient turns the knobs.
    pub optimizer: Optimizer,
    /// Above 0.
    pub learning_rate: f64,
    /// How the learning rate changes from epoch to epoch.
    pub schedule: LearningRateSchedule,
    /// The samples of a step; `None` for all of them. The last step of an epoch takes those that are left.
    pub batch_size: Option<usize>,
    /// How often every sample is seen.
    pub epochs: usize,
    /// Gives the order of the samples, a new one each epoch. With all samples in a step it is their own order.
    pub seed: u64,
}

/// A setting that makes no sense. Each is one sentence for a person.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum HyperparametersError {
    /// No positive number.
    #[error("the learning rate is a number above 0, not {0}")]
    LearningRate(String),
    /// A negative number.
    #[error("{name} is a number from 0 on, not {value}")]
    Regularization {
        /// `l1` or `l2`.
        name: &'static str,
        /// What was given.
        value: String,
    },
    /// Nothing to step with.
    #[error("a batch has at least 1 sample")]
    BatchSize,
    /// Too many.
    #[error("{0} epochs are too many; the most is {MAX_EPOCHS}")]
    Epochs(usize),
}

impl Hyperparameters {
    /// Loss and penalty.
    pub fn objective(&self) -> Objective {
        Objective {
            loss: self.loss,
            regularization: self.regularization,
        }
    }

    /// Whether they make sense.
    ///
    /// # Errors
    /// One sentence for the first that does not.
    pub fn check(&self) -> Result<(), HyperparametersError> {
        if !(self.learning_rate > 0.0 && self.learning_rate.is_finite()) {
            return Err(HyperparametersError::LearningRate(self.learning_rate.to_string()));
        }
        for (name, value) in [("l1", self.regularization.l1), ("l2", self.regularization.l2)] {
            if !(value >= 0.0 && value.is_finite()) {
                let value = value.to_string();
                return Err(HyperparametersError::Regularization { name, value });
            }
        }
        if self.batch_size == Some(0) {
            return Err(HyperparametersError::BatchSize);
        }
        if self.epochs > MAX_EPOCHS {
            return Err(HyperparametersError::Epochs(self.epochs));
        }
        Ok(())
    }
}
