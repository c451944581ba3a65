//! A choice with its data.

use std::sync::Arc;

use crate::data::{Bundled, Dataset, Feature, Points, Scaling, Targets};
use crate::learning::{Examples, Folding, Loss, Settings};
use crate::network::{Activation, Blueprint, Initialisation, LayerPlan, Network, Scheme};

use super::choice::has_classes;
use super::document::MAX_NAME;
use super::{Choice, CourseError, Document, Range, Source, Target};

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

/// A choice with its data, or with why the data is not there.
#[derive(Debug, Clone)]
pub struct Course {
    choice: Choice,
    /// All that was read from a file.
    whole: Option<Arc<Dataset>>,
    material: Result<Arc<Material>, String>,
    /// What there is to say of a file: that it has changed, or that rows were left out.
    notice: Option<String>,
}

/// Two courses are the same if the same was chosen and found; data that is found by the same choice is not compared.
impl PartialEq for Course {
    fn eq(&self, other: &Self) -> bool {
        self.choice == other.choice && self.material.is_ok() == other.material.is_ok()
    }
}

impl Course {
    /// Makes data that is in no file. Points of which there are none yet are a course without data.
    ///
    /// # Errors
    /// One sentence: a choice outside the limits, or data in a file, for which see [`super::file::data`].
    pub fn new(choice: Choice) -> Result<Self, CourseError> {
        choice.check()?;
        let material = match choice.dataset().and_then(|data| material(data, &choice)) {
            Ok(material) => Ok(Arc::new(material)),
            Err(e) if matches!(choice.source, Source::Own(_)) => Err(e.to_string()),
            Err(e) => return Err(e),
        };
        Ok(Self {
            choice,
            whole: None,
            material,
            notice: None,
        })
    }

    /// Takes all samples that a file has.
    ///
    /// # Errors
    /// One sentence: a choice outside the limits.
    pub fn of_file(choice: Choice, whole: Arc<Dataset>) -> Result<Self, CourseError> {
        choice.check()?;
        let material = material(Dataset::clone(&whole), &choice)?;
        Ok(Self {
            choice,
            whole: Some(whole),
            material: Ok(Arc::new(material)),
            notice: None,
        })
    }

    /// A choice whose data can’t be had, and why: one sentence.
    pub fn without_data(choice: Choice, reason: String) -> Self {
        Self {
            choice,
            whole: None,
            material: Err(reason),
            notice: None,
        }
    }

    /// The same with something to be told of its file.
    #[must_use]
    pub fn with_notice(mut self, notice: Option<String>) -> Self {
        self.notice = notice;
        self
    }

    /// Another choice; samples that stay the same are kept, and so is what was read from a file.
    ///
    /// # Errors
    /// One sentence: a choice outside the limits, or one of another file.
    pub fn changed(&self, choice: Choice) -> Result<Self, CourseError> {
        if choice.has_same_samples(&self.choice) {
            choice.check()?;
            return Ok(Self {
                choice,
                ..self.clone()
            });
        }
        match &self.whole {
            Some(whole) if choice.source == self.choice.source => {
                let course = Self::of_file(choice, Arc::clone(whole))?;
                Ok(course.with_notice(self.notice.clone()))
            }
            _ => Self::new(choice),
        }
    }

    /// What was chosen.
    pub fn choice(&self) -> &Choice {
        &self.choice
    }

    /// The data.
    ///
    /// # Errors
    /// One sentence why it is not there: a file is gone, or no point was set yet.
    pub fn material(&self) -> Result<&Arc<Material>, &str> {
        self.material.as_ref().map_err(String::as_str)
    }

    /// All that was read from a file, without features.
    pub fn whole(&self) -> Option<&Arc<Dataset>> {
        self.whole.as_ref()
    }

    /// What there is to say of a file: that it has changed since, or that rows were left out.
    pub fn notice(&self) -> Option<&str> {
        self.notice.as_deref()
    }

    /// One sentence if something is not as it was when this was chosen: the data is not there, or another one.
    pub fn complaint(&self) -> Option<&str> {
        if matches!(self.choice.source, Source::Own(_)) {
            return None;
        }
        self.material().err().or(self.notice())
    }

    /// The loss for a network with this last layer.
    pub fn loss(&self, plan: &LayerPlan) -> Loss {
        let is_of_classes = self.material().is_ok_and(|material| has_classes(&material.train));
        self.choice.loss.unwrap_or(Loss::usual(plan, is_of_classes))
    }

    /// Whether a network can learn from it.
    pub fn fits(&self, network: &Network) -> bool {
        let blueprint = network.blueprint();
        let plan = &blueprint.layers()[blueprint.last_layer()];
        let loss = self.loss(plan);
        // One sample tells.
        let sample = self.material().map(|material| material.train.select(&[0]));
        let examples = sample.map(|sample| Examples::new(&sample, blueprint.inputs(), plan, loss));
        loss.check(plan).is_ok() && matches!(examples, Ok(Ok(_)))
    }

    /// The settings of a run of a network with this last layer.
    pub fn settings(&self, plan: &LayerPlan) -> Settings {
        self.choice.settings(self.loss(plan))
    }

    /// The number of inputs that are not computed from others; 0 without data.
    pub fn raw_inputs(&self) -> usize {
        let all = self.material().map_or(0, |material| material.train.names().len());
        all - self.choice.features.len().min(all)
    }

    /// The same data as points that can be edited by hand.
    ///
    /// # Errors
    /// One sentence: too many inputs or samples, or no data.
    pub fn as_points(&self) -> Result<Points, String> {
        let data = match &self.whole {
            Some(whole) => Ok(Dataset::clone(whole)),
            None => self.choice.dataset(),
        };
        let data = data.and_then(|data| classed(data, &self.choice));
        Points::of(&data.map_err(|e| e.to_string())?).map_err(|e| e.to_string())
    }

    /// About how many bytes a step of undo takes that keeps it. Large data is mostly shared between steps.
    pub(super) fn bytes(&self) -> usize {
        const MOST: usize = 1 << 20;
        let numbers = match (&self.choice.source, &self.material) {
            (Source::Own(points), _) => 8 * points.points().len(),
            (_, Ok(material)) => material.train.inputs().len(),
            (_, Err(_)) => 0,
        };
        1024 + (8 * numbers).min(MOST)
    }

    /// A new document with a network that fits the data, with random starting values; `None` without data, or if it has
    /// more inputs or classes than a network can have.
    pub fn network(&self) -> Option<Document> {
        let material = self.material().ok()?;
        let data = &material.train;
        let layers = self.layers(data);
        let mut blueprint = Blueprint::dense(data.names().len(), &layers).ok()?;
        let is_relu = layers
            .iter()
            .any(|&(_, activation)| activation == Activation::Relu);
        let how = Initialisation {
            scheme: if is_relu { Scheme::He } else { Scheme::Xavier },
            seed: self.choice.seed,
            biases: false,
        };
        name(&mut blueprint, data, &self.choice.features)?;
        let mut knobs = how.values(&blueprint);
        if let Some(scaling) = &material.scaling {
            // Starting values are for standardised inputs; what the network gets are those for raw ones.
            Folding::new(scaling.clone(), &blueprint).unscale(&mut knobs);
        }
        let network = Network::from_knobs(blueprint, knobs)?;
        let mut document = Document::new(network);
        document.course = Some(Arc::new(self.clone()));
        if self.choice.source.is_usually_standardised() {
            at_first_sample(&mut document, data);
        }
        Some(document)
    }

    /// Widths and activations of a network that is large enough for the data, and not larger.
    fn layers(&self, data: &Dataset) -> Vec<(usize, Activation)> {
        let inputs = data.names().len();
        match (&self.choice.source, data.targets()) {
            (Source::Bundled(Bundled::Iris), _) => vec![(3, Activation::Softmax)],
            (_, Targets::Classes { names, .. }) if inputs > 2 => {
                let hidden = (inputs / 2).clamp(8, 32);
                let last = match names.len() {
                    0..=2 => (1, Activation::Sigmoid),
                    classes => (classes, Activation::Softmax),
                };
                vec![(hidden, Activation::Relu), last]
            }
            (_, Targets::Classes { names, .. }) if names.len() > 2 => {
                vec![(8, Activation::Tanh), (names.len(), Activation::Softmax)]
            }
            (_, Targets::Classes { .. }) => vec![
                (6, Activation::Tanh),
                (4, Activation::Tanh),
                (1, Activation::Sigmoid),
            ],
            (_, Targets::Numbers { names, .. }) => {
                let hidden = (inputs / 2).clamp(8, 32);
                vec![(hidden, Activation::Tanh), (names.len(), Activation::Linear)]
            }
        }
    }
}

/// Numbers as classes, if that was chosen.
fn classed(data: Dataset, choice: &Choice) -> Result<Dataset, CourseError> {
    match data.targets() {
        Targets::Numbers { names, .. } if choice.has_classes => {
            if names.len() != 1 {
                return Err(CourseError::SeveralTargets);
            }
            Ok(data.as_classes()?)
        }
        _ => Ok(data),
    }
}

/// Samples with their features, divided into those to train and to test with.
fn material(data: Dataset, choice: &Choice) -> Result<Material, CourseError> {
    let data = classed(data, choice)?.with_features(&choice.features)?;
    let parts = match choice.test {
        0.0 => None,
        part => match data.split(part, choice.seed) {
            Ok(parts) => Some(parts),
            // The first points that a hand sets are all to train with.
            Err(_) if matches!(choice.source, Source::Own(_)) => None,
            Err(e) => return Err(e.into()),
        },
    };
    let (train, test) = match parts {
        Some((train, test)) => (train, Some(test)),
        None => (data, None),
    };
    let scaling = choice.is_standardised.then(|| Scaling::of(&train)).transpose()?;
    Ok(Material { train, test, scaling })
}

/// Gives inputs the names of the data, where they say more than the usual symbols, and outputs those of the classes.
fn name(blueprint: &mut Blueprint, data: &Dataset, features: &[Feature]) -> Option<()> {
    let tidy = |name: &str| -> Option<String> {
        let name: String = name.chars().filter(|c| !c.is_control()).take(MAX_NAME).collect();
        let name = name.trim().to_owned();
        (!name.is_empty()).then_some(name)
    };
    let raw = data.names().len() - features.len().min(data.names().len());
    let inputs = data.names().iter().take(raw).enumerate().map(|(index, name)| {
        let is_usual = *name == "x" || *name == format!("x{}", index + 1);
        tidy(name).filter(|_| !is_usual)
    });
    let inputs: Vec<Option<String>> = inputs
        .chain(features.iter().map(|feature| Some(feature.symbol())))
        .collect();
    let mut plans = blueprint.layers().to_vec();
    let last = plans.last_mut()?;
    let outputs: &[String] = match data.targets() {
        Targets::Classes { names, .. } => names,
        Targets::Numbers { names, .. } => names,
    };
    if outputs.len() == last.neurons.len() {
        let is_usual = |name: &String| name == "y" || name.starts_with("output ");
        for (neuron, name) in last.neurons.iter_mut().zip(outputs) {
            neuron.name = tidy(name).filter(|_| !is_usual(name));
        }
    }
    *blueprint = Blueprint::new(inputs, plans).ok()?;
    Some(())
}

/// Makes the first sample the present input, and lets every input be turned as far as the data goes.
fn at_first_sample(document: &mut Document, data: &Dataset) {
    for input in 0..data.names().len() {
        let values = data.input(input);
        let fold = |pick: fn(f64, f64) -> f64| values.iter().copied().fold(values[0], pick);
        let (low, high) = (fold(f64::min), fold(f64::max));
        document.inputs[input] = values[0];
        if let Some(range) = tidy_range(low, high) {
            document.ranges.insert(Target::Input(input), range);
        }
    }
}

/// A range with round ends around two values, in about a hundred steps; `None` if there is nothing between them.
fn tidy_range(low: f64, high: f64) -> Option<Range> {
    let width = high - low;
    if !(width.is_finite() && width > 0.0) {
        return None;
    }
    let decade = libm::pow(10.0, libm::floor(libm::log10(width)) - 1.0);
    let step = match width / decade {
        ratio if ratio > 50.0 => 10.0 * decade,
        ratio if ratio > 20.0 => 5.0 * decade,
        _ => 2.0 * decade,
    };
    let range = Range {
        min: step * libm::floor(low / step),
        max: step * libm::ceil(high / step),
        step: step / 10.0,
    };
    // Sums of decimal numbers carry noise in their last digits.
    let tidy = |value: f64| format!("{value:.12e}").parse().unwrap_or(value);
    let range = Range {
        min: tidy(range.min),
        max: tidy(range.max),
        step: tidy(range.step),
    };
    (range.is_sound() && range.min <= low && range.max >= high).then_some(range)
}
