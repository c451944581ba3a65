//! What a person chooses to learn from, and how.

use std::path::PathBuf;
use std::sync::Arc;

use crate::data::dataset::DatasetError;
use crate::data::generator::{MAX_NOISE, MAX_SAMPLES, GeneratorError};
use crate::data::scaling::ScalingError;
use crate::data::{BundledDataset, Dataset, ComputedFeature, DatasetGenerator, CustomPoints, GeneratorConfig, TableError, Targets};
use crate::learning::{Loss, Optimizer, Regularization, LearningRateSchedule, Hyperparameters, HyperparametersError};

/// A file that data is read from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DataPath {
    /// Where it is, from the root of the file system on.
    pub path: PathBuf,
    /// How a document names it: from its own folder on, where that is possible.
    pub path_in_document: String,
}

/// A table in a CSV file, and how it is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableFile {
    /// The file.
    pub file: DataPath,
    /// The column to be learned, by its name or its number counted from 1; `None` for the last one.
    pub target: Option<String>,
    /// The columns to learn from, in this order; `None` for all others.
    pub columns: Option<Vec<String>>,
    /// Whether rows that can’t be read are left out; otherwise they are an error.
    pub skips_unreadable_rows: bool,
    /// What tells whether the file is still the same; 0 before it was read.
    pub checksum: u64,
}

/// Numbers in two files, one sample a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PairFile {
    /// The inputs.
    pub inputs: DataPath,
    /// What the outputs should be.
    pub targets: DataPath,
    /// What tells whether the files are still the same; 0 before they were read.
    pub checksum: u64,
}

/// Where data comes from.
#[derive(Debug, Clone, PartialEq)]
pub enum DataSource {
    /// Made by formula.
    Generated(DatasetGenerator),
    /// Part of the program.
    Bundled(BundledDataset),
    /// Points set by hand.
    Custom(Arc<CustomPoints>),
    /// A CSV file.
    Table(TableFile),
    /// A file of inputs and a file of targets.
    Pair(PairFile),
}

/// All that a person chooses for training. Together with the document and what is in files it determines every bit of
/// what is learned.
#[derive(Debug, Clone, PartialEq)]
pub struct TrainingConfig {
    /// The data.
    pub source: DataSource,
    /// Of data that is made: how many samples.
    pub samples: usize,
    /// Of data that is made: the standard deviation of what is added.
    pub noise: f64,
    /// Makes the data, holds samples out, and orders them.
    pub seed: u64,
    /// The part that is held out, from 0 to below 1.
    pub test_fraction: f64,
    /// Inputs computed from the others, after them.
    pub features: Vec<ComputedFeature>,
    /// Whether training sees every input with mean 0 and deviation 1; the network itself takes raw numbers.
    pub is_standardized: bool,
    /// Whether each different number of the target is a class of its own.
    pub has_class_targets: bool,
    /// What is made small; `None` for the loss that goes with data and last layer.
    pub loss: Option<Loss>,
    /// What large weights cost.
    pub regularization: Regularization,
    /// How a gradient turns the knobs.
    pub optimizer: Optimizer,
    /// Above 0.
    pub learning_rate: f64,
    /// How the learning rate changes from epoch to epoch.
    pub schedule: LearningRateSchedule,
    /// The samples of a step; `None` for all.
    pub batch_size: Option<usize>,
    /// How often every sample is seen before training ends by itself.
    pub epochs: usize,
}

/// Why there is no such data. Each is one sentence for a person.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TrainingSetupError {
    /// A size or a noise outside the limits.
    #[error(transparent)]
    Generator(#[from] GeneratorError),
    /// Never, as the bundled data can be read.
    #[error(transparent)]
    Table(#[from] TableError),
    /// Nothing would be left to train or to test with, or features that are not there.
    #[error(transparent)]
    Dataset(#[from] DatasetError),
    /// Numbers too large to be standardised.
    #[error(transparent)]
    Scaling(#[from] ScalingError),
    /// A setting that makes no sense.
    #[error(transparent)]
    Hyperparameters(#[from] HyperparametersError),
    /// No part of a whole.
    #[error("the part for testing is a number from 0 to below 1, not {0}")]
    TestFraction(String),
    /// Several targets of which each number should be a class.
    #[error("only a single target can tell classes; the data has several")]
    SeveralTargets,
    /// Nobody has set a point yet.
    #[error("there are no points yet: click in the Data pane to set one")]
    NoPoints,
    /// The data is in a file that was not read.
    #[error("{0} has not been read")]
    NotRead(String),
}

impl DataSource {
    /// All that need no file and no hand, in the order of menus.
    pub fn all() -> impl Iterator<Item = Self> {
        let bundled = BundledDataset::ALL.into_iter().map(Self::Bundled);
        bundled.chain(DatasetGenerator::ALL.into_iter().map(Self::Generated))
    }

    /// The one of that name, on the command line and in a document.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::all().find(|source| source.name() == name)
    }

    /// The name on the command line and in the window; of a file its name without its folder.
    pub fn name(&self) -> String {
        let file_name = |file: &DataPath| {
            let name = file.path.file_name().unwrap_or(file.path.as_os_str());
            name.to_string_lossy().into_owned()
        };
        match self {
            Self::Generated(generator) => generator.name().to_owned(),
            Self::Bundled(bundled) => bundled.name().to_owned(),
            Self::Custom(_) => "own points".to_owned(),
            Self::Table(table) => file_name(&table.file),
            Self::Pair(pair) => file_name(&pair.inputs),
        }
    }

    /// Whether its inputs are standardised where nothing else is said: those that were measured.
    pub const fn is_standardized_by_default(&self) -> bool {
        matches!(self, Self::Bundled(_) | Self::Table(_))
    }

    /// Whether it is read from files.
    pub const fn is_file(&self) -> bool {
        matches!(self, Self::Table(_) | Self::Pair(_))
    }
}

impl TrainingConfig {
    /// This data, all else as it is at first.
    pub fn new(source: DataSource) -> Self {
        Self {
            samples: 200,
            noise: 0.0,
            seed: 1,
            test_fraction: match source {
                DataSource::Custom(_) => 0.0,
                _ => 0.2,
            },
            features: Vec::new(),
            is_standardized: source.is_standardized_by_default(),
            has_class_targets: false,
            source,
            loss: None,
            regularization: Regularization::default(),
            optimizer: Optimizer::Adam,
            learning_rate: Optimizer::Adam.default_learning_rate(),
            schedule: LearningRateSchedule::Constant,
            batch_size: Some(10),
            epochs: 1000,
        }
    }

    /// Other data with the same settings, as far as they are not about the data.
    #[must_use]
    pub fn with_source(&self, source: DataSource) -> Self {
        let test = match (&source, &self.source) {
            (DataSource::Custom(_), _) => 0.0,
            (_, DataSource::Custom(_)) => 0.2,
            _ => self.test_fraction,
        };
        // What is computed from the same number of inputs makes sense for the other set too.
        let features = match (&source, &self.source) {
            (DataSource::Generated(now), DataSource::Generated(before)) if now.input_count() == before.input_count() => {
                self.features.clone()
            }
            _ => Vec::new(),
        };
        let defaults = Self::new(source);
        Self {
            samples: self.samples,
            noise: self.noise,
            seed: self.seed,
            test_fraction: test,
            features,
            regularization: self.regularization,
            optimizer: self.optimizer,
            learning_rate: self.learning_rate,
            schedule: self.schedule,
            batch_size: self.batch_size,
            epochs: self.epochs,
            ..defaults
        }
    }

    /// Whether every number is within its limits; data that is not there is another matter.
    ///
    /// # Errors
    /// One sentence for the first that is not.
    pub fn check(&self) -> Result<(), TrainingSetupError> {
        if matches!(self.source, DataSource::Generated(_)) {
            if !(2..=MAX_SAMPLES).contains(&self.samples) {
                return Err(GeneratorError::Samples(self.samples).into());
            }
            if !(0.0..=MAX_NOISE).contains(&self.noise) {
                return Err(GeneratorError::Noise(self.noise.to_string()).into());
            }
        }
        if !(0.0..1.0).contains(&self.test_fraction) {
            return Err(TrainingSetupError::TestFraction(self.test_fraction.to_string()));
        }
        // The loss is checked against a network later.
        Ok(self.hyperparameters(Loss::MeanSquaredError).check()?)
    }

    /// The settings of a run with this loss.
    pub fn hyperparameters(&self, loss: Loss) -> Hyperparameters {
        Hyperparameters {
            loss,
            regularization: self.regularization,
            optimizer: self.optimizer,
            learning_rate: self.learning_rate,
            schedule: self.schedule,
            batch_size: self.batch_size,
            epochs: self.epochs,
            seed: self.seed,
        }
    }

    /// All samples of data that is in no file, without features.
    ///
    /// # Errors
    /// One sentence: a choice outside the limits, or data that is in a file.
    pub fn dataset(&self) -> Result<Dataset, TrainingSetupError> {
        Ok(match &self.source {
            DataSource::Generated(generator) => generator.dataset(GeneratorConfig {
                samples: self.samples,
                noise: self.noise,
                seed: self.seed,
            })?,
            DataSource::Bundled(bundled) => bundled.dataset()?,
            DataSource::Custom(points) if points.points().is_empty() => return Err(TrainingSetupError::NoPoints),
            DataSource::Custom(points) => points.to_dataset()?,
            DataSource::Table(_) | DataSource::Pair(_) => return Err(TrainingSetupError::NotRead(self.source.name())),
        })
    }

    /// Whether the samples are the same as those of another choice, so that they need not be made anew.
    pub fn has_same_samples(&self, other: &Self) -> bool {
        let is_generated = matches!(self.source, DataSource::Generated(_));
        self.source == other.source
            && (!is_generated || (self.samples, self.noise) == (other.samples, other.noise))
            && (self.seed, self.test_fraction) == (other.seed, other.test_fraction)
            && self.features == other.features
            && self.is_standardized == other.is_standardized
            && self.has_class_targets == other.has_class_targets
    }

    /// What differs from a choice before, for the menu of undo.
    pub fn describe_change(&self, before: Option<&Self>) -> String {
        let Some(before) = before else {
            return format!("choose {}", self.source.name());
        };
        if self.source != before.source {
            return match (&self.source, &before.source) {
                (DataSource::Custom(now), DataSource::Custom(then)) => match now.points().len().cmp(&then.points().len()) {
                    std::cmp::Ordering::Greater => "set a point",
                    std::cmp::Ordering::Less => "remove a point",
                    std::cmp::Ordering::Equal => "move a point",
                }
                .to_owned(),
                _ => format!("choose {}", self.source.name()),
            };
        }
        let parts = [
            ("number of samples", self.samples == before.samples),
            ("noise", self.noise == before.noise),
            ("seed of the data", self.seed == before.seed),
            ("part for testing", self.test_fraction == before.test_fraction),
            ("features", self.features == before.features),
            (
                "standardised inputs",
                self.is_standardized == before.is_standardized,
            ),
            ("classes", self.has_class_targets == before.has_class_targets),
            ("loss", self.loss == before.loss),
            ("regularisation", self.regularization == before.regularization),
            ("optimiser", self.optimizer == before.optimizer),
            ("learning rate", self.learning_rate == before.learning_rate),
            ("schedule", self.schedule == before.schedule),
            ("batch", self.batch_size == before.batch_size),
            ("epochs", self.epochs == before.epochs),
        ];
        let mut changed = parts.iter().filter(|(_, is_same)| !is_same);
        changed.next().map_or("training", |(name, _)| name).to_owned()
    }
}

/// Whether targets tell classes: by name, or as 0 and 1.
pub fn targets_are_classes(data: &Dataset) -> bool {
    match data.targets() {
        Targets::Classes { .. } => true,
        Targets::Numbers { values, .. } => values.iter().all(|&value| value == 0.0 || value == 1.0),
    }
}
