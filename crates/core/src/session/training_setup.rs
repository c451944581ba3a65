//! A training config with its data.

use std::sync::Arc;

use crate::data::{BundledDataset, ComputedFeature, CustomPoints, Dataset, Scaling, Targets};
use crate::network::{Activation, Architecture, Initialization, Initializer, LayerPlan, Network};
use crate::training::{EncodedDataset, FoldedScaling, Hyperparameters, Loss};

use super::document::MAX_NAME_CHARS;
use super::slider_scale::SliderScale;
use super::training_config::targets_are_classes;
use super::{
    Adjustable, DataSource, Document, Hyperparameter, TrainingConfig, TrainingSetupError, ValueRange,
};

/// A dataset split into a training set and a test set.
#[derive(Debug, Clone, PartialEq)]
pub struct TrainTestSplit {
    /// The training set.
    pub train: Dataset,
    /// The test set, if any.
    pub test: Option<Dataset>,
    /// The scaling of the inputs, if training standardizes them.
    pub scaling: Option<Scaling>,
}

/// A training config with its data, or with the reason why the data is not available.
#[derive(Debug, Clone)]
pub struct TrainingSetup {
    config: TrainingConfig,
    /// All samples that were read from a file, without computed features.
    file_dataset: Option<Arc<Dataset>>,
    split: Result<Arc<TrainTestSplit>, String>,
    /// A notice about the file: that it has changed, or that rows were skipped.
    notice: Option<String>,
}

/// Setups are equal if their configs are equal and their data is available in both or in neither. The data
/// itself is not compared.
impl PartialEq for TrainingSetup {
    fn eq(&self, other: &Self) -> bool {
        self.config == other.config && self.split.is_ok() == other.split.is_ok()
    }
}

impl TrainingSetup {
    /// Creates a setup for data that is not in a file. Custom points without samples become a setup without
    /// data.
    ///
    /// ```
    /// use neurodial_core::data::BundledDataset;
    /// use neurodial_core::session::{DataSource, TrainingConfig, TrainingSetup};
    ///
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let config = TrainingConfig::new(DataSource::Bundled(BundledDataset::Iris));
    /// let setup = TrainingSetup::new(config)?;
    /// let document = setup.new_document().ok_or("there is no data")?; // a network that fits the data
    /// assert_eq!(document.network.architecture().input_count(), 4);
    /// assert!(setup.fits(&document.network));
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// Returns an error if a number of the config is outside its limits, or if the data is in a file, for
    /// which see [`super::file::data`].
    pub fn new(config: TrainingConfig) -> Result<Self, TrainingSetupError> {
        config.check()?;
        let split = match config.dataset().and_then(|data| split_dataset(data, &config)) {
            Ok(split) => Ok(Arc::new(split)),
            Err(e) if matches!(config.source, DataSource::Custom(_)) => Err(e.to_string()),
            Err(e) => return Err(e),
        };
        Ok(Self {
            config,
            file_dataset: None,
            split,
            notice: None,
        })
    }

    /// Creates a setup from all samples of a file.
    ///
    /// # Errors
    ///
    /// Returns an error if a number of the config is outside its limits, or if the data can't be split,
    /// converted to classes or standardized.
    pub fn from_file_data(
        config: TrainingConfig,
        file_dataset: Arc<Dataset>,
    ) -> Result<Self, TrainingSetupError> {
        config.check()?;
        let split = split_dataset(Dataset::clone(&file_dataset), &config)?;
        Ok(Self {
            config,
            file_dataset: Some(file_dataset),
            split: Ok(Arc::new(split)),
            notice: None,
        })
    }

    /// Creates a setup whose data is not available, with the reason in one sentence.
    pub(crate) fn without_data(config: TrainingConfig, reason: String) -> Self {
        Self {
            config,
            file_dataset: None,
            split: Err(reason),
            notice: None,
        }
    }

    /// Returns the setup with a notice about its file.
    #[must_use]
    pub(crate) fn with_notice(mut self, notice: Option<String>) -> Self {
        self.notice = notice;
        self
    }

    /// Returns the setup with another config. Samples that don't change are kept, and so is the data read
    /// from a file.
    ///
    /// # Errors
    ///
    /// Returns an error if a number of the config is outside its limits, the data can't be created, or it is
    /// in another file.
    pub fn with_config(&self, config: TrainingConfig) -> Result<Self, TrainingSetupError> {
        if config.has_same_samples(&self.config) {
            config.check()?;
            return Ok(Self {
                config,
                ..self.clone()
            });
        }
        match &self.file_dataset {
            Some(dataset) if config.source == self.config.source => {
                let setup = Self::from_file_data(config, Arc::clone(dataset))?;
                Ok(setup.with_notice(self.notice.clone()))
            }
            _ => Self::new(config),
        }
    }

    /// Returns the config.
    pub fn config(&self) -> &TrainingConfig {
        &self.config
    }

    /// Returns the scale along which a slider, keys and the wheel change a hyperparameter.
    pub fn slider_scale(&self, hyperparameter: Hyperparameter) -> SliderScale {
        /// The number of samples assumed while there is no data.
        const DEFAULT_SAMPLES: usize = 100;
        let samples = self
            .split()
            .map_or(DEFAULT_SAMPLES, |split| split.train.sample_count());
        hyperparameter.slider_scale(samples)
    }

    /// Returns the training and test set.
    ///
    /// # Errors
    ///
    /// Returns the reason in one sentence if the data is not available: a file is missing, or there are no
    /// custom points yet.
    pub fn split(&self) -> Result<&Arc<TrainTestSplit>, &str> {
        self.split.as_ref().map_err(String::as_str)
    }

    /// Returns the notice about the data file: that it has changed, or that rows were skipped.
    pub fn notice(&self) -> Option<&str> {
        self.notice.as_deref()
    }

    /// Returns the reason why the data is not available, or else the notice about its file, if any. Custom
    /// points without samples are not a problem.
    pub fn problem(&self) -> Option<&str> {
        if matches!(self.config.source, DataSource::Custom(_)) {
            return None;
        }
        self.split().err().or(self.notice())
    }

    /// Returns the loss function for a network with this output layer.
    pub fn loss(&self, plan: &LayerPlan) -> Loss {
        let has_classes = self.split().is_ok_and(|split| targets_are_classes(&split.train));
        self.config.loss.unwrap_or(Loss::default_for(plan, has_classes))
    }

    /// True if the network can be trained on the data.
    pub fn fits(&self, network: &Network) -> bool {
        let architecture = network.architecture();
        let plan = &architecture.layers()[architecture.last_layer()];
        let loss = self.loss(plan);
        // A single sample is enough to check it.
        let sample = self.split().map(|split| split.train.select(&[0]));
        let encoded =
            sample.map(|sample| EncodedDataset::new(&sample, architecture.input_count(), plan, loss));
        loss.check(plan).is_ok() && matches!(encoded, Ok(Ok(_)))
    }

    /// Returns the hyperparameters for a network with this output layer.
    pub fn hyperparameters(&self, plan: &LayerPlan) -> Hyperparameters {
        self.config.hyperparameters(self.loss(plan))
    }

    /// Returns the number of inputs that are not computed; 0 if there is no data.
    pub fn raw_inputs(&self) -> usize {
        let all = self.split().map_or(0, |split| split.train.feature_names().len());
        all - self.config.features.len().min(all)
    }

    /// Returns the data as custom points, without computed features.
    ///
    /// # Errors
    ///
    /// Returns an error if there are too many inputs or samples, or no data.
    pub fn to_points(&self) -> Result<CustomPoints, String> {
        let data = match &self.file_dataset {
            Some(dataset) => Ok(Dataset::clone(dataset)),
            None => self.config.dataset(),
        };
        let data = data.and_then(|data| with_class_targets(data, &self.config));
        CustomPoints::from_dataset(&data.map_err(|e| e.to_string())?).map_err(|e| e.to_string())
    }

    /// Returns the approximate memory of an undo step that stores it, in bytes. Large data is mostly shared
    /// between steps, so it counts at most 1 MiB.
    pub(super) fn memory_bytes(&self) -> usize {
        const MAX_DATA_BYTES: usize = 1 << 20;
        let numbers = match (&self.config.source, &self.split) {
            (DataSource::Custom(points), _) => 8 * points.points().len(),
            (_, Ok(split)) => split.train.inputs().len(),
            (_, Err(_)) => 0,
        };
        1024 + (8 * numbers).min(MAX_DATA_BYTES)
    }

    /// Returns a new document with a network that fits the data, with random initial values; `None` without
    /// data, or if there are more inputs or classes than a network can have.
    pub fn new_document(&self) -> Option<Document> {
        let split = self.split().ok()?;
        let data = &split.train;
        let layers = self.suggested_layers(data);
        let mut architecture = Architecture::dense(data.feature_names().len(), &layers).ok()?;
        let needs_he = layers
            .iter()
            .any(|(_, activation)| activation.info().initializer == Initializer::He);
        let initialization = Initialization {
            initializer: if needs_he {
                Initializer::He
            } else {
                Initializer::Xavier
            },
            seed: self.config.seed,
            has_random_biases: false,
        };
        name_inputs_and_outputs(&mut architecture, data, &self.config.features)?;
        let mut knobs = initialization.values(&architecture);
        if let Some(scaling) = &split.scaling {
            // Initial values suit standardized inputs; convert them for inputs that are not standardized.
            FoldedScaling::new(scaling.clone(), &architecture).unscale(&mut knobs);
        }
        let network = Network::from_knobs(architecture, knobs)?;
        let mut document = Document::new(network);
        document.training_setup = Some(Arc::new(self.clone()));
        if self.config.source.is_standardized_by_default() {
            set_inputs_to_first_sample(&mut document, data);
        }
        Some(document)
    }

    /// Returns widths and activations of a network that is just large enough for the data.
    fn suggested_layers(&self, data: &Dataset) -> Vec<(usize, Activation)> {
        let inputs = data.feature_names().len();
        match (&self.config.source, data.targets()) {
            (DataSource::Bundled(BundledDataset::Iris), _) => vec![(3, Activation::Softmax)],
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

/// Converts numeric targets to classes if the config says so.
fn with_class_targets(data: Dataset, config: &TrainingConfig) -> Result<Dataset, TrainingSetupError> {
    match data.targets() {
        Targets::Numbers { names, .. } if config.has_class_targets => {
            if names.len() != 1 {
                return Err(TrainingSetupError::SeveralTargets);
            }
            Ok(data.into_classes()?)
        }
        _ => Ok(data),
    }
}

/// Adds the computed features to the data and splits it into training and test set.
fn split_dataset(data: Dataset, config: &TrainingConfig) -> Result<TrainTestSplit, TrainingSetupError> {
    let data = with_class_targets(data, config)?.with_features(&config.features)?;
    let parts = match config.test_fraction {
        0.0 => None,
        fraction => match data.split(fraction, config.seed) {
            Ok(parts) => Some(parts),
            // The first custom points are too few to split, so all belong to the training set.
            Err(_) if matches!(config.source, DataSource::Custom(_)) => None,
            Err(e) => return Err(e.into()),
        },
    };
    let (train, test) = match parts {
        Some((train, test)) => (train, Some(test)),
        None => (data, None),
    };
    let scaling = config.is_standardized.then(|| Scaling::fit(&train)).transpose()?;
    Ok(TrainTestSplit { train, test, scaling })
}

/// Names the inputs like the data's columns, except for default names like `x1`, and the outputs like the
/// classes or targets.
fn name_inputs_and_outputs(
    architecture: &mut Architecture,
    data: &Dataset,
    features: &[ComputedFeature],
) -> Option<()> {
    let clean = |name: &str| -> Option<String> {
        let name: String = name
            .chars()
            .filter(|c| !c.is_control())
            .take(MAX_NAME_CHARS)
            .collect();
        let name = name.trim().to_owned();
        (!name.is_empty()).then_some(name)
    };
    let raw = data.feature_names().len() - features.len().min(data.feature_names().len());
    let inputs = data
        .feature_names()
        .iter()
        .take(raw)
        .enumerate()
        .map(|(index, name)| {
            let is_default = *name == "x" || *name == format!("x{}", index + 1);
            clean(name).filter(|_| !is_default)
        });
    let inputs: Vec<Option<String>> = inputs
        .chain(features.iter().map(|feature| Some(feature.symbol())))
        .collect();
    let mut plans = architecture.layers().to_vec();
    let last = plans.last_mut()?;
    let outputs: &[String] = match data.targets() {
        Targets::Classes { names, .. } => names,
        Targets::Numbers { names, .. } => names,
    };
    if outputs.len() == last.neurons.len() {
        let is_default = |name: &String| name == "y" || name.starts_with("output ");
        for (neuron, name) in last.neurons.iter_mut().zip(outputs) {
            neuron.name = clean(name).filter(|_| !is_default(name));
        }
    }
    *architecture = Architecture::new(inputs, plans).ok()?;
    Some(())
}

/// Sets the inputs to the first sample, and their ranges to those of the data.
fn set_inputs_to_first_sample(document: &mut Document, data: &Dataset) {
    for input in 0..data.feature_names().len() {
        let values = data.input(input);
        let extreme = |choose: fn(f64, f64) -> f64| values.iter().copied().fold(values[0], choose);
        let (low, high) = (extreme(f64::min), extreme(f64::max));
        document.inputs[input] = values[0];
        if let Some(range) = round_range(low, high) {
            document.ranges.insert(Adjustable::Input(input), range);
        }
    }
}

/// Returns a range with round ends that contains both values, divided into at most about a hundred
/// increments; `None` if the values are equal or the range is invalid.
fn round_range(low: f64, high: f64) -> Option<ValueRange> {
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
    let range = ValueRange {
        min: step * libm::floor(low / step),
        max: step * libm::ceil(high / step),
        step: step / 10.0,
    };
    // Sums of decimal numbers have rounding errors in their last digits.
    let without_float_noise = |value: f64| format!("{value:.12e}").parse().unwrap_or(value);
    let range = ValueRange {
        min: without_float_noise(range.min),
        max: without_float_noise(range.max),
        step: without_float_noise(range.step),
    };
    (range.is_valid() && range.min <= low && range.max >= high).then_some(range)
}
