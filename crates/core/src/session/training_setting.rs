//! The settings of training, as a person sees them change.

use crate::text::Messages;

use super::hyperparameter::Hyperparameter;
use super::training_config::TrainingConfig;

/// A setting of training.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TrainingSetting {
    /// A number.
    Hyperparameter(Hyperparameter),
    /// The data source.
    Dataset,
    /// The computed features.
    Features,
    /// The standardization of the inputs.
    Standardization,
    /// True if each distinct value of a numeric target is a class.
    ClassTargets,
    /// The loss function.
    Loss,
    /// The optimizer.
    Optimizer,
    /// The learning-rate schedule.
    Schedule,
}

impl TrainingSetting {
    /// Returns the name within a sentence: “learning rate”.
    pub fn label(self, messages: Messages) -> String {
        match self {
            Self::Hyperparameter(hyperparameter) => return hyperparameter.label_in_sentence(messages),
            Self::Dataset => messages.setting_dataset(),
            Self::Features => messages.setting_features(),
            Self::Standardization => messages.setting_standardization(),
            Self::ClassTargets => messages.setting_class_targets(),
            Self::Loss => messages.setting_loss(),
            Self::Optimizer => messages.setting_optimizer(),
            Self::Schedule => messages.setting_schedule(),
        }
        .to_owned()
    }

    /// Returns the first setting in which two configs with the same data source differ; `None` if there is none.
    pub(super) fn first_changed(before: &TrainingConfig, after: &TrainingConfig) -> Option<Self> {
        let others = [
            (Self::Features, after.features == before.features),
            (
                Self::Standardization,
                after.is_standardized == before.is_standardized,
            ),
            (
                Self::ClassTargets,
                after.has_class_targets == before.has_class_targets,
            ),
            (Self::Loss, after.loss == before.loss),
            (Self::Schedule, after.schedule == before.schedule),
        ];
        // Another optimizer also changes the learning rate.
        let optimizer = (Self::Optimizer, after.optimizer == before.optimizer);
        let numbers = Hyperparameter::ALL.map(|number| {
            let is_same = number.value(after) == number.value(before);
            (Self::Hyperparameter(number), is_same)
        });
        let mut settings = [optimizer].into_iter().chain(numbers).chain(others);
        let (setting, _) = settings.find(|(_, is_same)| !is_same)?;
        Some(setting)
    }
}
