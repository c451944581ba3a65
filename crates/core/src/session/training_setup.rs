//! A training config with its data.

use std::path::PathBuf;
use std::sync::Arc;

use crate::data::{ComputedFeature, CustomPoints, Dataset, Scaling, Targets};
use crate::network::{LayerPlan, Network};
use crate::text::SharedText;
use crate::training::{EncodedDataset, Hyperparameters, Loss};

use super::hyperparameter::Hyperparameter;
use super::slider_scale::SliderScale;
use super::training_config::{DataSource, TrainingConfig, TrainingSetupError, targets_are_classes};

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

/// Data files of a document that have not been read yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnreadData {
    /// The folder of the document; empty if it has none.
    pub folder: PathBuf,
    /// The files outside of the folder, which a person has to allow; empty until they have been found.
    pub outside: Vec<PathBuf>,
}

/// A training config with its data, or with the reason why the data is not available.
#[derive(Debug, Clone)]
pub struct TrainingSetup {
    config: TrainingConfig,
    /// All samples that were read from a file, without computed features.
    file_dataset: Option<Arc<Dataset>>,
    split: Result<Arc<TrainTestSplit>, SharedText>,
    /// A notice about the file: that it has changed, or that rows were skipped.
    notice: Option<SharedText>,
    unread: Option<UnreadData>,
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
    /// which see [`crate::formats::data_files`].
    pub fn new(config: TrainingConfig) -> Result<Self, TrainingSetupError> {
        config.check()?;
        let split = match config.dataset().and_then(|data| split_dataset(data, &config)) {
            Ok(split) => Ok(Arc::new(split)),
            Err(e) if matches!(config.source, DataSource::Custom(_)) => Err(SharedText::new(e)),
            // Another number of samples or another seed can be chosen.
            Err(e @ TrainingSetupError::Condition(_)) => Err(SharedText::new(e)),
            Err(e) => return Err(e),
        };
        Ok(Self {
            config,
            file_dataset: None,
            split,
            notice: None,
            unread: None,
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
            unread: None,
        })
    }

    /// Creates a setup whose data is not available, with the reason.
    pub(crate) fn without_data(config: TrainingConfig, reason: SharedText) -> Self {
        Self {
            config,
            file_dataset: None,
            split: Err(reason),
            notice: None,
            unread: None,
        }
    }

    /// Returns the setup with data that has not been read yet.
    #[must_use]
    pub(crate) fn with_unread(mut self, unread: UnreadData) -> Self {
        self.unread = Some(unread);
        self
    }

    /// Returns the data that was not read when the document was opened; `None` if it was read, could not be read, or a
    /// person has decided against it.
    pub fn unread(&self) -> Option<&UnreadData> {
        self.unread.as_ref()
    }

    /// Returns the setup after a person has decided not to read the data.
    #[must_use]
    pub fn without_unread_data(&self) -> Self {
        Self {
            unread: None,
            ..self.clone()
        }
    }

    /// Returns the setup with a notice about its file.
    #[must_use]
    pub(crate) fn with_notice(mut self, notice: Option<SharedText>) -> Self {
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
    /// Returns the reason if the data is not available: a file is missing, or there are no
    /// custom points yet.
    pub fn split(&self) -> Result<&Arc<TrainTestSplit>, &SharedText> {
        self.split.as_ref()
    }

    /// Returns the notice about the data file: that it has changed, or that rows were skipped.
    pub fn notice(&self) -> Option<&SharedText> {
        self.notice.as_ref()
    }

    /// Returns the reason why the data is not available, or else the notice about its file, if any. Custom
    /// points without samples are not a problem.
    pub fn problem(&self) -> Option<&SharedText> {
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
    pub fn to_points(&self) -> Result<CustomPoints, SharedText> {
        let data = match &self.file_dataset {
            Some(dataset) => Ok(Dataset::clone(dataset)),
            None => self.config.dataset(),
        };
        let data = data.and_then(|data| with_class_targets(data, &self.config));
        CustomPoints::from_dataset(&data.map_err(SharedText::new)?).map_err(SharedText::new)
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

    /// Returns the network's inputs for a sample: the first of the `raw` values, as many as the data has, and
    /// then the features. Returns `None` if there are fewer values than the data has, or if a feature is not
    /// finite.
    pub(crate) fn with_features(&self, raw: &[f64]) -> Option<Vec<f64>> {
        let mut inputs = raw.get(..self.raw_inputs())?.to_vec();
        for &feature in &self.config().features {
            inputs.push(finite_value(raw, feature)?);
        }
        Some(inputs)
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

fn finite_value(inputs: &[f64], feature: ComputedFeature) -> Option<f64> {
    let value = *feature.values(inputs, 1)?.first()?;
    value.is_finite().then_some(value)
}
