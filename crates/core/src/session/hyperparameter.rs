//! The numbers of a training config that sliders adjust.

use crate::data::generator::{MAX_NOISE, MAX_SAMPLES};
use crate::network::MathSymbol;
use crate::text::{
    Locale, Localized, Messages, NumberError, format_ascii, parse_integer, parse_number, shortened,
    uncapitalized,
};
use crate::training::hyperparameters::MAX_EPOCHS;

use super::slider_scale::{SliderScale, Spacing};
use super::training_config::{TrainingConfig, TrainingSetupError};

crate::named_enum! {
    /// A number of a [`TrainingConfig`] that can be adjusted. A batch size of infinity means the full batch.
    #[derive(PartialOrd, Ord)]
    pub enum Hyperparameter {
        /// The number of generated samples.
        Samples = "samples",
        /// The standard deviation of the noise of generated data.
        Noise = "noise",
        /// The fraction of samples in the test set, from 0 to below 1.
        TestFraction = "test_fraction",
        /// The random seed of the data, the split and the order of the samples.
        Seed = "seed",
        /// The learning rate.
        LearningRate = "learning_rate",
        /// The number of samples in a mini-batch.
        BatchSize = "batch_size",
        /// The number of epochs.
        Epochs = "epochs",
        /// The coefficient of L1 regularization, `l1 · Σ|w|`.
        L1 = "l1",
        /// The coefficient of L2 regularization, `l2/2 · Σw²`.
        L2 = "l2",
        /// The training loss at which training ends; 0 for none.
        TargetLoss = "stop_at_loss",
        /// The accuracy at which training ends; 0 for none.
        TargetAccuracy = "stop_at_accuracy",
        /// The number of epochs without progress of the training loss after which training ends; 0 for none.
        Patience = "patience",
        /// The number of epochs without progress of the test loss after which training ends; 0 for none.
        TestPatience = "test_patience",
    }
}

/// The reason why an entered value is rejected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EntryError {
    /// The text is not a number.
    Number(NumberError),
    /// The text is neither an integer from 0 on nor “all”.
    NotABatchSize(String),
    /// The value is outside its limits.
    Setup(TrainingSetupError),
}

impl Localized for EntryError {
    fn message(&self, messages: Messages) -> String {
        match self {
            Self::Number(error) => error.message(messages),
            Self::NotABatchSize(text) => messages.not_a_batch_size(text),
            Self::Setup(error) => error.message(messages),
        }
    }
}

crate::localized_errors!(EntryError);

impl Hyperparameter {
    /// Returns the name that people read: “Random seed of the data”.
    pub const fn label(self, messages: Messages) -> &'static str {
        match self {
            Self::Samples => messages.hyperparameter_samples_name(),
            Self::Noise => messages.hyperparameter_noise_name(),
            Self::TestFraction => messages.hyperparameter_test_fraction_name(),
            Self::Seed => messages.hyperparameter_seed_name(),
            Self::LearningRate => messages.hyperparameter_learning_rate(),
            Self::BatchSize => messages.hyperparameter_batch_size(),
            Self::Epochs => messages.hyperparameter_epochs_name(),
            Self::L1 => messages.hyperparameter_l1_name(),
            Self::L2 => messages.hyperparameter_l2_name(),
            Self::TargetLoss => messages.hyperparameter_target_loss_name(),
            Self::TargetAccuracy => messages.hyperparameter_target_accuracy_name(),
            Self::Patience => messages.hyperparameter_patience_name(),
            Self::TestPatience => messages.hyperparameter_test_patience_name(),
        }
    }

    /// Returns the name within a sentence: “random seed of the data”.
    pub(crate) fn label_in_sentence(self, messages: Messages) -> String {
        uncapitalized(self.label(messages))
    }

    /// Returns the name before the value on a small slider: “Seed”.
    pub const fn short_label(self, messages: Messages) -> &'static str {
        match self {
            Self::Samples => messages.hyperparameter_samples(),
            Self::Noise => messages.hyperparameter_noise(),
            Self::TestFraction => messages.hyperparameter_test_fraction(),
            Self::Seed => messages.hyperparameter_seed(),
            Self::LearningRate => messages.hyperparameter_learning_rate(),
            Self::BatchSize => messages.hyperparameter_batch_size(),
            Self::Epochs => messages.hyperparameter_epochs(),
            Self::L1 => messages.hyperparameter_l1(),
            Self::L2 => messages.hyperparameter_l2(),
            Self::TargetLoss => messages.hyperparameter_target_loss(),
            Self::TargetAccuracy => messages.hyperparameter_target_accuracy(),
            Self::Patience => messages.hyperparameter_patience(),
            Self::TestPatience => messages.hyperparameter_test_patience(),
        }
    }

    /// Returns the sentence that explains it.
    pub const fn tooltip(self, messages: Messages) -> &'static str {
        match self {
            Self::Samples => messages.hyperparameter_samples_tooltip(),
            Self::Noise => messages.hyperparameter_noise_tooltip(),
            Self::TestFraction => messages.hyperparameter_test_fraction_tooltip(),
            Self::Seed => messages.hyperparameter_seed_tooltip(),
            Self::LearningRate => messages.hyperparameter_learning_rate_tooltip(),
            Self::BatchSize => messages.hyperparameter_batch_size_tooltip(),
            Self::Epochs => messages.hyperparameter_epochs_tooltip(),
            Self::L1 => messages.hyperparameter_l1_tooltip(),
            Self::L2 => messages.hyperparameter_l2_tooltip(),
            Self::TargetLoss => messages.hyperparameter_target_loss_tooltip(),
            Self::TargetAccuracy => messages.hyperparameter_target_accuracy_tooltip(),
            Self::Patience => messages.hyperparameter_patience_tooltip(),
            Self::TestPatience => messages.hyperparameter_test_patience_tooltip(),
        }
    }

    /// True if it is a stopping criterion, which 0 turns off.
    pub(crate) const fn can_be_off(self) -> bool {
        matches!(
            self,
            Self::TargetLoss | Self::TargetAccuracy | Self::Patience | Self::TestPatience
        )
    }

    /// True if it has an effect with this data source.
    pub const fn applies_to(self, config: &TrainingConfig) -> bool {
        match self {
            Self::Samples | Self::Noise => config.source.is_generated(),
            _ => true,
        }
    }

    /// Returns its value in a config.
    pub fn value(self, config: &TrainingConfig) -> f64 {
        match self {
            Self::Samples => config.samples as f64,
            Self::Noise => config.noise,
            Self::TestFraction => config.test_fraction,
            Self::Seed => config.seed as f64,
            Self::LearningRate => config.learning_rate,
            Self::BatchSize => config.batch_size.map_or(f64::INFINITY, |batch| batch as f64),
            Self::Epochs => config.epochs as f64,
            Self::L1 => config.regularization.l1,
            Self::L2 => config.regularization.l2,
            Self::TargetLoss => config.stopping.target_loss.unwrap_or(0.0),
            Self::TargetAccuracy => config.stopping.target_accuracy.unwrap_or(0.0),
            Self::Patience => config.stopping.patience.unwrap_or(0) as f64,
            Self::TestPatience => config.stopping.test_patience.unwrap_or(0) as f64,
        }
    }

    /// Returns the config with this value. Integers are rounded, and some values are clamped to their limits.
    #[must_use]
    pub fn with(self, config: &TrainingConfig, value: f64) -> TrainingConfig {
        let mut config = config.clone();
        let count = |max: usize| libm::round(value).clamp(0.0, max as f64) as usize;
        match self {
            Self::Samples => config.samples = count(MAX_SAMPLES).max(2),
            Self::Noise => config.noise = value.clamp(0.0, MAX_NOISE),
            Self::TestFraction => config.test_fraction = value,
            Self::Seed => config.seed = libm::round(value).max(0.0) as u64,
            Self::LearningRate => config.learning_rate = value,
            Self::BatchSize => config.batch_size = value.is_finite().then(|| count(MAX_SAMPLES).max(1)),
            Self::Epochs => config.epochs = count(MAX_EPOCHS),
            Self::L1 => config.regularization.l1 = value,
            Self::L2 => config.regularization.l2 = value,
            Self::TargetLoss => config.stopping.target_loss = some_unless_zero(value),
            Self::TargetAccuracy => config.stopping.target_accuracy = some_unless_zero(value.clamp(0.0, 1.0)),
            Self::Patience => config.stopping.patience = some_unless_zero(count(MAX_EPOCHS)),
            Self::TestPatience => config.stopping.test_patience = some_unless_zero(count(MAX_EPOCHS)),
        }
        config
    }

    /// Returns the config with an entered value: a number, `20%` for a fraction, `all` for the batch size, or
    /// `off` for a stopping criterion.
    ///
    /// # Errors
    ///
    /// Returns an error if the text is not a valid value.
    pub fn parse(self, config: &TrainingConfig, text: &str) -> Result<TrainingConfig, EntryError> {
        let text = text.trim();
        let whole_number = || parse_integer(text).map_err(EntryError::Number);
        let number = |text: &str| parse_number(text).map_err(EntryError::Number);
        // A fraction is shown in percent; an entered value below the limit can only be meant as a fraction.
        let fraction = |is_fraction: fn(f64) -> bool| {
            let value = number(text.trim_end_matches(['%', '％', ' ', '\u{a0}']))?;
            let is_fraction = !text.ends_with(['%', '％']) && is_fraction(value);
            Ok(if is_fraction { value } else { value / 100.0 })
        };
        let epochs = || Ok(usize::try_from(whole_number()?).unwrap_or(usize::MAX));
        if self.can_be_off() && is_word(text, Messages::hyperparameter_off) {
            return Ok(self.with(config, 0.0));
        }
        let mut changed = config.clone();
        match self {
            Self::Samples => changed.samples = usize::try_from(whole_number()?).unwrap_or(usize::MAX),
            Self::Epochs => changed.epochs = epochs()?,
            Self::Seed => changed.seed = whole_number()?,
            Self::BatchSize if is_word(text, Messages::batch_of_all) => changed.batch_size = None,
            Self::BatchSize => {
                let batch = whole_number().map_err(|_| EntryError::NotABatchSize(shortened(text)))?;
                changed.batch_size = Some(usize::try_from(batch).unwrap_or(usize::MAX));
            }
            Self::TestFraction => changed.test_fraction = fraction(|value| value < 1.0)?,
            Self::Noise => changed.noise = number(text)?,
            Self::LearningRate => changed.learning_rate = number(text)?,
            Self::L1 => changed.regularization.l1 = number(text)?,
            Self::L2 => changed.regularization.l2 = number(text)?,
            Self::TargetLoss => changed.stopping.target_loss = some_unless_zero(number(text)?),
            Self::TargetAccuracy => {
                changed.stopping.target_accuracy = some_unless_zero(fraction(|value| value <= 1.0)?);
            }
            Self::Patience => changed.stopping.patience = some_unless_zero(epochs()?),
            Self::TestPatience => changed.stopping.test_patience = some_unless_zero(epochs()?),
        }
        changed.check().map_err(EntryError::Setup)?;
        Ok(changed)
    }

    /// Returns its value as text for the user, as it can be typed.
    pub fn value_text(self, config: &TrainingConfig, messages: Messages) -> String {
        match self {
            _ if self.can_be_off() && self.value(config) == 0.0 => messages.hyperparameter_off().to_owned(),
            Self::Samples => config.samples.to_string(),
            Self::Seed => config.seed.to_string(),
            Self::Epochs => config.epochs.to_string(),
            Self::TestFraction | Self::TargetAccuracy => {
                format!("{}%", format_ascii(100.0 * self.value(config), 1))
            }
            Self::BatchSize => config
                .batch_size
                .map_or_else(|| messages.batch_of_all().to_owned(), |batch| batch.to_string()),
            Self::Noise
            | Self::LearningRate
            | Self::L1
            | Self::L2
            | Self::TargetLoss
            | Self::Patience
            | Self::TestPatience => format_ascii(self.value(config), 6),
        }
    }

    /// Returns its mathematical symbol.
    pub fn symbol(self) -> MathSymbol {
        let (letter, subscript) = match self {
            Self::Samples => ('n', ""),
            Self::Noise => ('σ', ""),
            Self::TestFraction => ('t', ""),
            Self::Seed => ('s', ""),
            Self::LearningRate => ('η', ""),
            Self::BatchSize => ('m', ""),
            Self::Epochs => ('T', ""),
            Self::L1 => ('λ', "1"),
            Self::L2 => ('λ', "2"),
            Self::TargetLoss => ('L', "0"),
            Self::TargetAccuracy => ('A', "0"),
            Self::Patience => ('p', ""),
            Self::TestPatience => ('p', "t"),
        };
        MathSymbol {
            letter,
            subscript: subscript.to_owned(),
            superscript: None,
        }
    }

    /// Returns its default value.
    pub fn default_value(self, config: &TrainingConfig) -> f64 {
        match self {
            Self::LearningRate => config.source.suggested_learning_rate(config.optimizer),
            _ => self.value(&TrainingConfig::new(config.source.clone())),
        }
    }

    /// Returns the scale of its slider for a training set of `samples` samples. Values outside can be entered
    /// as text.
    pub(super) fn slider_scale(self, samples: usize) -> SliderScale {
        let linear = |min, max, step| SliderScale {
            min,
            max,
            spacing: Spacing::Linear { step },
            is_integer: false,
            has_zero: false,
            has_infinity: false,
        };
        let logarithmic = |min, max| SliderScale {
            spacing: Spacing::Logarithmic,
            ..linear(min, max, 1.0)
        };
        match self {
            Self::Samples => SliderScale {
                is_integer: true,
                ..logarithmic(10.0, 5_000.0)
            },
            Self::Noise => linear(0.0, 1.0, 0.05),
            Self::TestFraction => linear(0.0, 0.9, 0.05),
            Self::Seed => SliderScale {
                is_integer: true,
                ..linear(1.0, 50.0, 1.0)
            },
            Self::LearningRate => logarithmic(1e-5, 10.0),
            Self::BatchSize => SliderScale {
                is_integer: true,
                has_infinity: true,
                ..logarithmic(1.0, samples.max(2) as f64)
            },
            Self::Epochs => SliderScale {
                is_integer: true,
                ..logarithmic(1.0, 100_000.0)
            },
            Self::L1 | Self::L2 | Self::TargetLoss => SliderScale {
                has_zero: true,
                ..logarithmic(1e-6, 1.0)
            },
            Self::TargetAccuracy => linear(0.0, 1.0, 0.01),
            Self::Patience | Self::TestPatience => SliderScale {
                is_integer: true,
                has_zero: true,
                ..logarithmic(1.0, 10_000.0)
            },
        }
    }
}

/// Returns the value of a stopping criterion; `None` if it is 0 and so turned off.
fn some_unless_zero<T: Default + PartialEq>(value: T) -> Option<T> {
    Some(value).filter(|value| *value != T::default())
}
/// True if a typed text is that word in any language.
fn is_word(text: &str, word: fn(Messages) -> &'static str) -> bool {
    Locale::ALL
        .into_iter()
        .any(|locale| text.eq_ignore_ascii_case(word(Messages::new(locale))))
}
