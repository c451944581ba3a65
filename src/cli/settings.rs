//! How to learn: loss, optimiser and the like, from options. What is not given is as the document has it.

use std::path::PathBuf;

use anyhow::bail;

use neurodial_core::learning::{Loss, Optimizer, Schedule};
use neurodial_core::session::Choice;
use neurodial_core::words::{parse_number, shortened};

use super::new;

/// How often each sample is seen where neither options nor document say it.
pub const EPOCHS: usize = 100;

/// How to learn.
#[derive(Debug, Clone, clap::Args)]
pub struct SettingsArguments {
    /// mean_squared_error, mean_absolute_error, huber, binary_cross_entropy, categorical_cross_entropy, hinge;
    /// otherwise the one that goes with the last layer
    #[arg(long, value_name = "NAME")]
    pub loss: Option<Loss>,
    /// l1 · Σ|w| is added to the loss [default: 0]
    #[arg(long, value_name = "NUMBER", allow_hyphen_values = true, value_parser = parse_number)]
    pub l1: Option<f64>,
    /// l2/2 · Σw² is added to the loss [default: 0]
    #[arg(long, value_name = "NUMBER", allow_hyphen_values = true, value_parser = parse_number)]
    pub l2: Option<f64>,
    /// sgd, momentum, nesterov, adagrad, rmsprop, adam [default: adam]
    #[arg(long, value_name = "NAME")]
    pub optimizer: Option<Optimizer>,
    /// Otherwise adam 0.02, sgd 0.1, adagrad 0.05, the others 0.01
    #[arg(long, value_name = "NUMBER", allow_hyphen_values = true, value_parser = parse_number)]
    pub learning_rate: Option<f64>,
    /// How the learning rate changes: constant, linear or cosine (down to 0 at the end), or a factor for each epoch,
    /// such as 0.99 [default: constant]
    #[arg(long, value_name = "NAME", allow_hyphen_values = true)]
    pub schedule: Option<Schedule>,
    /// How often each sample is seen [default: 100]
    #[arg(long, value_name = "NUMBER", allow_hyphen_values = true, value_parser = epochs)]
    pub epochs: Option<usize>,
    /// The samples of a step, or all [default: 10]
    #[arg(long, value_name = "NUMBER|all", allow_hyphen_values = true, value_parser = batch)]
    pub batch: Option<Batch>,
    /// Makes the data, holds samples out, and orders them; the same seed gives the same result [default: 0]
    #[arg(long, value_name = "NUMBER", allow_hyphen_values = true, value_parser = new::seed)]
    pub seed: Option<u64>,
    /// The part of the samples to hold out for testing, such as 0.2 [default: 0]
    #[arg(long, value_name = "PART", allow_hyphen_values = true, value_parser = parse_number)]
    pub test: Option<f64>,
}

/// What `--batch` says.
#[derive(Debug, Clone)]
pub enum Batch {
    /// The samples of a step; `None` for all.
    Samples(Option<usize>),
    /// A file of rows, for a figure of each.
    Rows(PathBuf),
}

impl SettingsArguments {
    /// The file of rows, if `--batch` names one; it is no setting then.
    pub fn take_rows(&mut self) -> Option<PathBuf> {
        match self.batch.take() {
            Some(Batch::Rows(path)) => Some(path),
            batch => {
                self.batch = batch;
                None
            }
        }
    }

    /// The first option that is given and has no effect without training.
    pub fn for_training(&self) -> Option<&'static str> {
        let options = [
            (self.optimizer.is_some(), "--optimizer"),
            (self.learning_rate.is_some(), "--learning-rate"),
            (self.schedule.is_some(), "--schedule"),
            (self.batch.is_some(), "--batch"),
        ];
        options
            .into_iter()
            .find(|(is_given, _)| *is_given)
            .map(|(_, option)| option)
    }

    /// Writes what is given into a choice.
    ///
    /// # Errors
    /// If `--batch` is no number of samples: one sentence.
    pub fn apply(&self, choice: &mut Choice) -> anyhow::Result<()> {
        fn set<T>(slot: &mut T, value: Option<T>) {
            if let Some(value) = value {
                *slot = value;
            }
        }
        if self.loss.is_some() {
            choice.loss = self.loss;
        }
        set(&mut choice.penalty.l1, self.l1);
        set(&mut choice.penalty.l2, self.l2);
        if let Some(optimizer) = self.optimizer {
            choice.optimizer = optimizer;
            choice.learning_rate = optimizer.usual_rate();
        }
        set(&mut choice.learning_rate, self.learning_rate);
        set(&mut choice.schedule, self.schedule);
        set(&mut choice.epochs, self.epochs);
        match &self.batch {
            Some(Batch::Samples(samples)) => choice.batch = *samples,
            Some(Batch::Rows(path)) => bail!(
                "--batch: “{}” is neither a whole number from 1 on nor all",
                shortened(&path.to_string_lossy())
            ),
            None => {}
        }
        set(&mut choice.seed, self.seed);
        set(&mut choice.test, self.test);
        Ok(())
    }
}

fn epochs(text: &str) -> Result<usize, String> {
    let refused = |_| format!("“{}” is not a whole number from 0 on", shortened(text));
    text.trim().parse().map_err(refused)
}

fn batch(text: &str) -> Result<Batch, String> {
    let refused = || {
        format!(
            "“{}” is neither a whole number from 1 on nor all",
            shortened(text)
        )
    };
    match text.trim() {
        "all" => Ok(Batch::Samples(None)),
        trimmed => match (trimmed.parse(), trimmed.parse::<f64>()) {
            (Ok(0), _) => Err(refused()),
            (Ok(samples), _) => Ok(Batch::Samples(Some(samples))),
            // A number that makes no sense is no name of a file.
            (Err(_), Ok(_)) => Err(refused()),
            (Err(_), Err(_)) if trimmed.is_empty() => Err(refused()),
            (Err(_), Err(_)) => Ok(Batch::Rows(text.into())),
        },
    }
}
