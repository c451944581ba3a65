//! What is to be learned from, and how.

use std::sync::Arc;

use crate::data::dataset::DatasetError;
use crate::data::generator::RecipeError;
use crate::data::scaling::ScalingError;
use crate::data::{Bundled, Dataset, Generator, Recipe, Scaling, TableError, Targets};
use crate::learning::{Loss, Optimizer, Penalty, Schedule, Settings, Trainer};
use crate::network::{Activation, Blueprint, Initialisation, LayerPlan, Network, Scheme};

use super::Document;

/// Where data comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// Made by formula.
    Made(Generator),
    /// Part of the program.
    Bundled(Bundled),
}

/// All that a person chooses for training.
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
    /// What is made small; `None` for the loss that goes with data and last layer.
    pub loss: Option<Loss>,
    /// How a gradient turns the knobs.
    pub optimizer: Optimizer,
    /// Above 0.
    pub learning_rate: f64,
    /// The samples of a step; `None` for all.
    pub batch: Option<usize>,
    /// How often every sample is seen before training ends by itself.
    pub epochs: usize,
    /// The most epochs a second, so that eyes can follow; `None` for no limit.
    pub pace: Option<u32>,
}

/// Samples to train with and to test with.
#[derive(Debug, Clone, PartialEq)]
pub struct Material {
    /// To train with.
    pub train: Dataset,
    /// Held out.
    pub test: Option<Dataset>,
    /// Of inputs that are standardised while training.
    pub scaling: Option<Scaling>,
}

/// A choice with its data.
#[derive(Debug, Clone, PartialEq)]
pub struct Course {
    choice: Choice,
    material: Arc<Material>,
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
    /// Nothing would be left to train or to test with.
    #[error(transparent)]
    Dataset(#[from] DatasetError),
    /// Never, as the bundled numbers are small.
    #[error(transparent)]
    Scaling(#[from] ScalingError),
}

impl Source {
    /// All of them, in the order of menus.
    pub fn all() -> impl Iterator<Item = Self> {
        let bundled = Bundled::ALL.into_iter().map(Self::Bundled);
        bundled.chain(Generator::ALL.into_iter().map(Self::Made))
    }

    /// The name on the command line and in the window.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Made(generator) => generator.name(),
            Self::Bundled(bundled) => bundled.name(),
        }
    }
}

impl Choice {
    /// This data, all else as it is at first.
    pub fn of(source: Source) -> Self {
        Self {
            source,
            samples: 200,
            noise: 0.0,
            seed: 1,
            test: 0.2,
            loss: None,
            optimizer: Optimizer::Adam,
            learning_rate: Optimizer::Adam.usual_rate(),
            batch: Some(10),
            epochs: 1000,
            pace: Some(30),
        }
    }
}

impl Course {
    /// Makes or reads the data.
    ///
    /// # Errors
    /// One sentence: a choice outside the limits.
    pub fn new(choice: Choice) -> Result<Self, CourseError> {
        let data = match choice.source {
            Source::Made(generator) => generator.dataset(Recipe {
                samples: choice.samples,
                noise: choice.noise,
                seed: choice.seed,
            })?,
            Source::Bundled(bundled) => bundled.dataset()?,
        };
        let (train, test) = if choice.test > 0.0 {
            let (train, test) = data.split(choice.test, choice.seed)?;
            (train, Some(test))
        } else {
            (data, None)
        };
        let is_scaled = matches!(choice.source, Source::Bundled(_));
        let scaling = is_scaled.then(|| Scaling::of(&train)).transpose()?;
        let material = Arc::new(Material { train, test, scaling });
        Ok(Self { choice, material })
    }

    /// Another choice; data that stays the same is kept.
    ///
    /// # Errors
    /// One sentence: a choice outside the limits.
    pub fn changed(&self, choice: Choice) -> Result<Self, CourseError> {
        let of_data = |choice: &Choice| {
            (
                choice.source,
                choice.samples,
                choice.noise,
                choice.seed,
                choice.test,
            )
        };
        if of_data(&choice) == of_data(&self.choice) {
            let material = Arc::clone(&self.material);
            return Ok(Self { choice, material });
        }
        Self::new(choice)
    }

    /// What was chosen.
    pub fn choice(&self) -> &Choice {
        &self.choice
    }

    /// The data.
    pub fn material(&self) -> &Arc<Material> {
        &self.material
    }

    /// The loss for a network with this last layer.
    pub fn loss(&self, plan: &LayerPlan) -> Loss {
        let has_classes = match self.material.train.targets() {
            Targets::Classes { .. } => true,
            Targets::Numbers { values, .. } => values.iter().all(|&value| value == 0.0 || value == 1.0),
        };
        let usual = Loss::usual(plan, has_classes);
        self.choice.loss.unwrap_or(usual)
    }

    /// The settings of a run of a network with this last layer.
    pub fn settings(&self, plan: &LayerPlan) -> Settings {
        Settings {
            loss: self.loss(plan),
            penalty: Penalty { l1: 0.0, l2: 0.0 },
            optimizer: self.choice.optimizer,
            learning_rate: self.choice.learning_rate,
            schedule: Schedule::Constant,
            batch: self.choice.batch,
            epochs: self.choice.epochs,
            seed: self.choice.seed,
        }
    }

    /// A new document with a network that fits the data, with random starting values; `None` never for data as it is
    /// made here.
    pub fn network(&self) -> Option<Document> {
        let data = &self.material.train;
        let inputs = data.names().len();
        let layers: Vec<(usize, Activation)> = match (self.choice.source, data.targets()) {
            (Source::Bundled(Bundled::Iris), _) => vec![(3, Activation::Softmax)],
            (Source::Bundled(Bundled::Digits), _) => {
                vec![(32, Activation::Relu), (10, Activation::Softmax)]
            }
            (_, Targets::Classes { .. }) => vec![
                (6, Activation::Tanh),
                (4, Activation::Tanh),
                (1, Activation::Sigmoid),
            ],
            (_, Targets::Numbers { names, .. }) => {
                vec![(8, Activation::Tanh), (names.len(), Activation::Linear)]
            }
        };
        let blueprint = Blueprint::dense(inputs, &layers).ok()?;
        let is_relu = layers
            .iter()
            .any(|&(_, activation)| activation == Activation::Relu);
        let how = Initialisation {
            scheme: if is_relu { Scheme::He } else { Scheme::Xavier },
            seed: self.choice.seed,
            biases: false,
        };
        let mut network = Network::from_knobs(blueprint.clone(), how.values(&blueprint))?;
        if let Some(scaling) = &self.material.scaling {
            // Starting values are for standardised inputs; what the network gets are those for raw ones.
            let settings = self.settings(&blueprint.layers()[blueprint.last_layer()]);
            let zeros = Network::zeros(blueprint.clone());
            let lesson = (data, None);
            let mut trainer = Trainer::new(
                &zeros,
                &Default::default(),
                lesson,
                Some(scaling.clone()),
                settings,
            )
            .ok()?;
            trainer.initialise(how).ok()?;
            let mut knobs = network.knobs().to_vec();
            trainer.knobs_into(&mut knobs);
            network = Network::from_knobs(blueprint, knobs)?;
        }
        Some(Document::new(network))
    }
}
