//! What a person chooses to learn from, and how.

use std::path::PathBuf;
use std::sync::Arc;

use crate::data::dataset::DatasetError;
use crate::data::generator::{MAX_NOISE, MAX_SAMPLES, RecipeError};
use crate::data::scaling::ScalingError;
use crate::data::{Bundled, Dataset, Feature, Generator, Points, Recipe, TableError, Targets};
use crate::learning::{Loss, Optimizer, Penalty, Schedule, Settings, SettingsError};

/// A file that data is read from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DataPath {
    /// Where it is, from the root of the file system on.
    pub path: PathBuf,
    /// How a document names it: from its own folder on, where that is possible.
    pub written: String,
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
    pub skips_bad_rows: bool,
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
pub enum Source {
    /// Made by formula.
    Made(Generator),
    /// Part of the program.
    Bundled(Bundled),
    /// Points set by hand.
    Own(Arc<Points>),
    /// A CSV file.
    Table(TableFile),
    /// A file of inputs and a file of targets.
    Pair(PairFile),
}

/// All that a person chooses for training. Together with the document and what is in files it determines every bit of
/// what is learned.
#[derive(Debug, Clone, PartialEq)]
pub struct Choice {
    /// The data.
    pub source: Source,
    /// Of data that is made: how many samples.
    pub samples: usize,
    /// Of data that is made: the standard deviation of what is added.
    pub noise: f64,
    /// Makes the data, holds samples out, and orders them.
    pub seed: u64,
    /// The part that is held out, from 0 to below 1.
    pub test: f64,
    /// Inputs computed from the others, after them.
    pub features: Vec<Feature>,
    /// Whether training sees every input with mean 0 and deviation 1; the network itself takes raw numbers.
    pub is_standardised: bool,
    /// Whether each different number of the target is a class of its own.
    pub has_classes: bool,
    /// What is made small; `None` for the loss that goes with data and last layer.
    pub loss: Option<Loss>,
    /// What large weights cost.
    pub penalty: Penalty,
    /// How a gradient turns the knobs.
    pub optimizer: Optimizer,
    /// Above 0.
    pub learning_rate: f64,
    /// How the learning rate changes from epoch to epoch.
    pub schedule: Schedule,
    /// The samples of a step; `None` for all.
    pub batch: Option<usize>,
    /// How often every sample is seen before training ends by itself.
    pub epochs: usize,
}

/// Why there is no such data. Each is one sentence for a person.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CourseError {
    /// A size or a noise outside the limits.
    #[error(transparent)]
    Recipe(#[from] RecipeError),
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
    Settings(#[from] SettingsError),
    /// No part of a whole.
    #[error("the part for testing is a number from 0 to below 1, not {0}")]
    Test(String),
    /// Several targets of which each number should be a class.
    #[error("only a single target can tell classes; the data has several")]
    SeveralTargets,
    /// Nobody has set a point yet.
    #[error("there are no points yet: click in the Data pane to set one")]
    NoPoints,
    /// The data is in a file that was not read.
    #[error("{0} has not been read")]
    Unread(String),
}

impl Source {
    /// All that need no file and no hand, in the order of menus.
    pub fn all() -> impl Iterator<Item = Self> {
        let bundled = Bundled::ALL.into_iter().map(Self::Bundled);
        bundled.chain(Generator::ALL.into_iter().map(Self::Made))
    }

    /// The one of that name, on the command line and in a document.
    pub fn named(name: &str) -> Option<Self> {
        Self::all().find(|source| source.name() == name)
    }

    /// The name on the command line and in the window; of a file its name without its folder.
    pub fn name(&self) -> String {
        let of_file = |file: &DataPath| {
            let name = file.path.file_name().unwrap_or(file.path.as_os_str());
            name.to_string_lossy().into_owned()
        };
        match self {
            Self::Made(generator) => generator.name().to_owned(),
            Self::Bundled(bundled) => bundled.name().to_owned(),
            Self::Own(_) => "own points".to_owned(),
            Self::Table(table) => of_file(&table.file),
            Self::Pair(pair) => of_file(&pair.inputs),
        }
    }

    /// Whether its inputs are standardised where nothing else is said: those that were measured.
    pub const fn is_usually_standardised(&self) -> bool {
        matches!(self, Self::Bundled(_) | Self::Table(_))
    }

    /// Whether it is read from files.
    pub const fn is_file(&self) -> bool {
        matches!(self, Self::Table(_) | Self::Pair(_))
    }
}

impl Choice {
    /// This data, all else as it is at first.
    pub fn of(source: Source) -> Self {
        Self {
            samples: 200,
            noise: 0.0,
            seed: 1,
            test: match source {
                Source::Own(_) => 0.0,
                _ => 0.2,
            },
            features: Vec::new(),
            is_standardised: source.is_usually_standardised(),
            has_classes: false,
            source,
            loss: None,
            penalty: Penalty::default(),
            optimizer: Optimizer::Adam,
            learning_rate: Optimizer::Adam.usual_rate(),
            schedule: Schedule::Constant,
            batch: Some(10),
            epochs: 1000,
        }
    }

    /// Other data with the same settings, as far as they are not about the data.
    #[must_use]
    pub fn with_source(&self, source: Source) -> Self {
        let test = match (&source, &self.source) {
            (Source::Own(_), _) => 0.0,
            (_, Source::Own(_)) => 0.2,
            _ => self.test,
        };
        // What is computed from the same number of inputs makes sense for the other set too.
        let features = match (&source, &self.source) {
            (Source::Made(now), Source::Made(before)) if now.inputs() == before.inputs() => {
                self.features.clone()
            }
            _ => Vec::new(),
        };
        let fresh = Self::of(source);
        Self {
            samples: self.samples,
            noise: self.noise,
            seed: self.seed,
            test,
            features,
            penalty: self.penalty,
            optimizer: self.optimizer,
            learning_rate: self.learning_rate,
            schedule: self.schedule,
            batch: self.batch,
            epochs: self.epochs,
            ..fresh
        }
    }

    /// Whether every number is within its limits; data that is not there is another matter.
    ///
    /// # Errors
    /// One sentence for the first that is not.
    pub fn check(&self) -> Result<(), CourseError> {
        if matches!(self.source, Source::Made(_)) {
            if !(2..=MAX_SAMPLES).contains(&self.samples) {
                return Err(RecipeError::Samples(self.samples).into());
            }
            if !(0.0..=MAX_NOISE).contains(&self.noise) {
                return Err(RecipeError::Noise(self.noise.to_string()).into());
            }
        }
        if !(0.0..1.0).contains(&self.test) {
            return Err(CourseError::Test(self.test.to_string()));
        }
        // The loss is checked against a network later.
        Ok(self.settings(Loss::MeanSquaredError).check()?)
    }

    /// The settings of a run with this loss.
    pub fn settings(&self, loss: Loss) -> Settings {
        Settings {
            loss,
            penalty: self.penalty,
            optimizer: self.optimizer,
            learning_rate: self.learning_rate,
            schedule: self.schedule,
            batch: self.batch,
            epochs: self.epochs,
            seed: self.seed,
        }
    }

    /// All samples of data that is in no file, without features.
    ///
    /// # Errors
    /// One sentence: a choice outside the limits, or data that is in a file.
    pub fn dataset(&self) -> Result<Dataset, CourseError> {
        Ok(match &self.source {
            Source::Made(generator) => generator.dataset(Recipe {
                samples: self.samples,
                noise: self.noise,
                seed: self.seed,
            })?,
            Source::Bundled(bundled) => bundled.dataset()?,
            Source::Own(points) if points.points().is_empty() => return Err(CourseError::NoPoints),
            Source::Own(points) => points.dataset()?,
            Source::Table(_) | Source::Pair(_) => return Err(CourseError::Unread(self.source.name())),
        })
    }

    /// Whether the samples are the same as those of another choice, so that they need not be made anew.
    pub fn has_same_samples(&self, other: &Self) -> bool {
        let is_made = matches!(self.source, Source::Made(_));
        self.source == other.source
            && (!is_made || (self.samples, self.noise) == (other.samples, other.noise))
            && (self.seed, self.test) == (other.seed, other.test)
            && self.features == other.features
            && self.is_standardised == other.is_standardised
            && self.has_classes == other.has_classes
    }

    /// What differs from a choice before, for the menu of undo.
    pub fn difference(&self, before: Option<&Self>) -> String {
        let Some(before) = before else {
            return format!("choose {}", self.source.name());
        };
        if self.source != before.source {
            return match (&self.source, &before.source) {
                (Source::Own(now), Source::Own(then)) => match now.points().len().cmp(&then.points().len()) {
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
            ("part for testing", self.test == before.test),
            ("features", self.features == before.features),
            (
                "standardised inputs",
                self.is_standardised == before.is_standardised,
            ),
            ("classes", self.has_classes == before.has_classes),
            ("loss", self.loss == before.loss),
            ("regularisation", self.penalty == before.penalty),
            ("optimiser", self.optimizer == before.optimizer),
            ("learning rate", self.learning_rate == before.learning_rate),
            ("schedule", self.schedule == before.schedule),
            ("batch", self.batch == before.batch),
            ("epochs", self.epochs == before.epochs),
        ];
        let mut changed = parts.iter().filter(|(_, is_same)| !is_same);
        changed.next().map_or("training", |(name, _)| name).to_owned()
    }
}

/// Whether targets tell classes: by name, or as 0 and 1.
pub fn has_classes(data: &Dataset) -> bool {
    match data.targets() {
        Targets::Classes { .. } => true,
        Targets::Numbers { values, .. } => values.iter().all(|&value| value == 0.0 || value == 1.0),
    }
}
