//! The options for the hyperparameters. Options that aren’t given keep the document’s values.

use std::path::PathBuf;

use anyhow::bail;

use neurodial_core::session::TrainingConfig;
use neurodial_core::text::{parse_integer, parse_number, shortened};
use neurodial_core::training::{LearningRateSchedule, Loss, Optimizer, StoppingCriteria};

use super::values::{Choices, parse_seed};

/// The number of epochs if neither options nor document give one.
pub(crate) const DEFAULT_EPOCHS: usize = 100;

/// The hyperparameters.
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct HyperparameterArgs {
    /// The loss function [default: the one that fits the output layer]
    #[arg(long, value_name = "NAME", value_parser = Choices::named(Loss::ALL, Loss::name))]
    pub(crate) loss: Option<Loss>,
    /// Add l1 · Σ|w| to the loss (L1 regularization) [default: 0]
    #[arg(long, value_name = "NUMBER", allow_hyphen_values = true, value_parser = parse_number)]
    pub(crate) l1: Option<f64>,
    /// Add l2/2 · Σw² to the loss (L2 regularization) [default: 0]
    #[arg(long, value_name = "NUMBER", allow_hyphen_values = true, value_parser = parse_number)]
    pub(crate) l2: Option<f64>,
    /// The optimizer [default: adam]
    #[arg(long, value_name = "NAME", value_parser = Choices::named(Optimizer::ALL, Optimizer::name))]
    pub(crate) optimizer: Option<Optimizer>,
    #[arg(long, value_name = "NUMBER", help = learning_rate_help(), allow_hyphen_values = true, value_parser = parse_number)]
    pub(crate) learning_rate: Option<f64>,
    /// The learning-rate schedule: constant, linear, or cosine (the last two decay to 0); or a factor per epoch, such
    /// as 0.99 [default: constant]
    #[arg(long, value_name = "NAME", allow_hyphen_values = true)]
    pub(crate) schedule: Option<LearningRateSchedule>,
    /// The number of epochs [default: 100]
    #[arg(long, value_name = "NUMBER", allow_hyphen_values = true, value_parser = parse_epochs)]
    pub(crate) epochs: Option<usize>,
    /// Stop when the training loss is at or below this number
    #[arg(long, value_name = "NUMBER", allow_hyphen_values = true, value_parser = parse_number)]
    pub(crate) stop_at_loss: Option<f64>,
    /// Stop when the accuracy on the training set is at or above this fraction, such as 0.95
    #[arg(long, value_name = "FRACTION", allow_hyphen_values = true, value_parser = parse_number)]
    pub(crate) stop_at_accuracy: Option<f64>,
    /// Stop when the training loss has not fallen for this number of epochs
    #[arg(long, value_name = "EPOCHS", allow_hyphen_values = true, value_parser = parse_epochs)]
    pub(crate) patience: Option<usize>,
    /// Stop when the test loss has not fallen for this number of epochs (early stopping)
    #[arg(long, value_name = "EPOCHS", allow_hyphen_values = true, value_parser = parse_epochs)]
    pub(crate) test_patience: Option<usize>,
    /// The batch size, or all for the full batch [default: 10]
    #[arg(long, value_name = "NUMBER|all", allow_hyphen_values = true, value_parser = parse_batch)]
    pub(crate) batch: Option<BatchArg>,
    /// The random seed for generated data, the test set, and shuffling; the same seed gives the same result [default: 0]
    #[arg(long, value_name = "NUMBER", allow_hyphen_values = true, value_parser = parse_seed)]
    pub(crate) seed: Option<u64>,
    /// The fraction of the samples that is held out as the test set, such as 0.2 [default: 0]
    #[arg(long, value_name = "FRACTION", allow_hyphen_values = true, value_parser = parse_number)]
    pub(crate) test: Option<f64>,
}

/// Returns the help of `--learning-rate`.
fn learning_rate_help() -> String {
    let rates = Optimizer::ALL.map(|optimizer| format!("{optimizer} {}", optimizer.default_learning_rate()));
    format!("The learning rate [default: {}]", rates.join(", "))
}

/// The value of `--batch`.
#[derive(Debug, Clone)]
pub(crate) enum BatchArg {
    /// A batch size; `None` for all samples.
    Size(Option<usize>),
    /// A CSV file, the former spelling of `--rows`.
    Rows(PathBuf),
}

impl HyperparameterArgs {
    /// Takes the CSV file out of `--batch`, if it names one; it is no hyperparameter then.
    pub(crate) fn take_row_file(&mut self) -> Option<PathBuf> {
        match self.batch.take() {
            Some(BatchArg::Rows(path)) => Some(path),
            batch => {
                self.batch = batch;
                None
            }
        }
    }

    /// Returns the name of the first given option that has no effect without training.
    pub(crate) fn first_training_option(&self) -> Option<&'static str> {
        let options = [
            (self.optimizer.is_some(), "--optimizer"),
            (self.learning_rate.is_some(), "--learning-rate"),
            (self.schedule.is_some(), "--schedule"),
            (self.batch.is_some(), "--batch"),
            (self.stop_at_loss.is_some(), "--stop-at-loss"),
            (self.stop_at_accuracy.is_some(), "--stop-at-accuracy"),
            (self.patience.is_some(), "--patience"),
            (self.test_patience.is_some(), "--test-patience"),
        ];
        options
            .into_iter()
            .find(|(is_given, _)| *is_given)
            .map(|(_, option)| option)
    }

    /// Writes the given options into a configuration.
    ///
    /// # Errors
    /// Returns an error if `--batch` is a file name instead of a batch size.
    pub(crate) fn apply(&self, config: &mut TrainingConfig) -> anyhow::Result<()> {
        fn set<T>(slot: &mut T, value: Option<T>) {
            if let Some(value) = value {
                *slot = value;
            }
        }
        if self.loss.is_some() {
            config.loss = self.loss;
        }
        set(&mut config.regularization.l1, self.l1);
        set(&mut config.regularization.l2, self.l2);
        if let Some(optimizer) = self.optimizer {
            config.optimizer = optimizer;
            config.learning_rate = optimizer.default_learning_rate();
        }
        set(&mut config.learning_rate, self.learning_rate);
        set(&mut config.schedule, self.schedule);
        set(&mut config.epochs, self.epochs);
        config.stopping = StoppingCriteria {
            target_loss: self.stop_at_loss.or(config.stopping.target_loss),
            target_accuracy: self.stop_at_accuracy.or(config.stopping.target_accuracy),
            patience: self.patience.or(config.stopping.patience),
            test_patience: self.test_patience.or(config.stopping.test_patience),
        };
        match &self.batch {
            Some(BatchArg::Size(samples)) => config.batch_size = *samples,
            Some(BatchArg::Rows(path)) => bail!(
                "--batch: “{}” is not a batch size; write an integer ≥ 1, or all",
                shortened(&path.to_string_lossy())
            ),
            None => {}
        }
        set(&mut config.seed, self.seed);
        set(&mut config.test_fraction, self.test);
        Ok(())
    }
}

fn parse_epochs(text: &str) -> Result<usize, String> {
    let error = |_| {
        format!(
            "“{}” is not a number of epochs; write an integer ≥ 0",
            shortened(text)
        )
    };
    parse_integer(text).map_err(error)
}

fn parse_batch(text: &str) -> Result<BatchArg, String> {
    let error = || {
        format!(
            "“{}” is not a batch size; write an integer ≥ 1, or all",
            shortened(text)
        )
    };
    match text.trim() {
        "all" => Ok(BatchArg::Size(None)),
        trimmed => match (parse_integer(trimmed), parse_number(trimmed)) {
            (Ok(0), _) => Err(error()),
            (Ok(samples), _) => Ok(BatchArg::Size(Some(samples))),
            // A number that is no valid batch size isn’t taken for a file name.
            (Err(_), Ok(_)) => Err(error()),
            (Err(_), Err(_)) if trimmed.is_empty() => Err(error()),
            (Err(_), Err(_)) => Ok(BatchArg::Rows(text.into())),
        },
    }
}
