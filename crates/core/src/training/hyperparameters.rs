//! The hyperparameters of training.

use crate::text::{Localized, Messages};

use super::{
    EncodedDataset, LearningRateSchedule, Loss, Objective, Optimizer, Regularization, StoppingCriteria,
};

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
    /// The criteria by which training ends before that.
    pub stopping: StoppingCriteria,
    /// The random seed for the order of the samples, which is shuffled each epoch. With full batches the
    /// samples keep their own order.
    pub seed: u64,
}

/// The reason why a hyperparameter is invalid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HyperparametersError {
    /// The learning rate isn't a finite positive number.
    LearningRate(String),
    /// A regularization factor is negative or not finite.
    Regularization {
        /// The name of the factor, `L1` or `L2`.
        name: &'static str,
        /// The given value.
        value: String,
    },
    /// The batch size is 0.
    BatchSize,
    /// There are more than `MAX_EPOCHS` epochs.
    Epochs(usize),
    /// The target of the training loss isn't a finite positive number.
    TargetLoss(String),
    /// The target of the accuracy isn't above 0 and up to 1.
    TargetAccuracy(String),
    /// A number of epochs without progress is 0.
    Patience,
    /// There is a target of the accuracy, but the data has no classes.
    NoClasses,
    /// Training ends by the test loss, but there is no test set.
    NoTestSet,
}

impl Localized for HyperparametersError {
    fn message(&self, messages: Messages) -> String {
        let with_minus = |value: &str| value.replace('-', "−");
        match self {
            Self::LearningRate(value) => messages.wrong_learning_rate(with_minus(value)),
            Self::Regularization { name, value } => messages.wrong_regularization(name, with_minus(value)),
            Self::BatchSize => messages.wrong_batch_size().to_owned(),
            Self::Epochs(count) => messages.too_many_epochs(*count, MAX_EPOCHS),
            Self::TargetLoss(value) => messages.wrong_target_loss(with_minus(value)),
            Self::TargetAccuracy(value) => messages.wrong_target_accuracy(with_minus(value)),
            Self::Patience => messages.wrong_patience().to_owned(),
            Self::NoClasses => messages.target_accuracy_without_classes().to_owned(),
            Self::NoTestSet => messages.test_patience_without_test_set().to_owned(),
        }
    }
}

crate::localized_errors!(HyperparametersError);

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
        for (name, value) in [("L1", self.regularization.l1), ("L2", self.regularization.l2)] {
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
        let StoppingCriteria {
            target_loss,
            target_accuracy,
            patience,
            test_patience,
        } = self.stopping;
        if let Some(loss) = target_loss.filter(|&loss| !(loss > 0.0 && loss.is_finite())) {
            return Err(HyperparametersError::TargetLoss(loss.to_string()));
        }
        if let Some(accuracy) = target_accuracy.filter(|&accuracy| !(accuracy > 0.0 && accuracy <= 1.0)) {
            return Err(HyperparametersError::TargetAccuracy(accuracy.to_string()));
        }
        if [patience, test_patience].contains(&Some(0)) {
            return Err(HyperparametersError::Patience);
        }
        Ok(())
    }

    /// Checks that the stopping criteria can be met with a training set and a test set.
    ///
    /// # Errors
    ///
    /// Returns an error if a criterion needs classes or a test set and there are none.
    pub(crate) fn check_data(
        &self,
        train: &EncodedDataset,
        test: Option<&EncodedDataset>,
    ) -> Result<(), HyperparametersError> {
        if self.stopping.target_accuracy.is_some() && train.labels.is_none() {
            return Err(HyperparametersError::NoClasses);
        }
        if self.stopping.test_patience.is_some() && test.is_none() {
            return Err(HyperparametersError::NoTestSet);
        }
        Ok(())
    }
}
