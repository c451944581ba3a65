//! The hyperparameters of training.

use super::{LearningRateSchedule, Loss, Objective, Optimizer, Regularization};

/// The maximum number of epochs.
pub(crate) const MAX_EPOCHS: usize = 100_000_000;

/// The hyperparameters of training. Together with the document and the dataset they determine every bit of
/// the result.
#[derive(Debug, Clone, PartialEq)]
pub struct Hyperparameters {
    /// The loss function.
    pub loss: Loss,
    /// The penalties on the weights. With standardized inputs they apply to the first layer's scaled weights.
    pub regularization: Regularization,
    /// The optimizer.
    pub optimizer: Optimizer,
    /// The learning rate, above 0.
    pub learning_rate: f64,
    /// The change of the learning rate from epoch to epoch.
    pub schedule: LearningRateSchedule,
    /// The number of samples in a mini-batch; `None` for all of them. The last mini-batch of an epoch has
    /// those that are left.
    pub batch_size: Option<usize>,
    /// The number of epochs.
    pub epochs: usize,
    /// The random seed for the order of the samples, which is shuffled each epoch. With full batches the
    /// samples keep their own order.
    pub seed: u64,
}

/// The reason why a hyperparameter is invalid.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum HyperparametersError {
    /// The learning rate isn't a finite positive number.
    #[error("the learning rate is a number above 0, not {0}")]
    LearningRate(String),
    /// A regularization factor is negative or not finite.
    #[error("{name} is a number from 0 on, not {value}")]
    Regularization {
        /// The name of the factor, `l1` or `l2`.
        name: &'static str,
        /// The given value.
        value: String,
    },
    /// The batch size is 0.
    #[error("a batch has at least 1 sample")]
    BatchSize,
    /// There are more than `MAX_EPOCHS` epochs.
    #[error("{0} epochs are too many; the most is {MAX_EPOCHS}")]
    Epochs(usize),
}

impl Hyperparameters {
    /// Returns the training objective: loss and regularization.
    pub fn objective(&self) -> Objective {
        Objective {
            loss: self.loss,
            regularization: self.regularization,
        }
    }

    /// Checks that all hyperparameters are valid.
    ///
    /// # Errors
    ///
    /// Returns an error for the first invalid hyperparameter.
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
