//! Datasets: inputs and targets of samples.

use std::sync::Arc;

use crate::network::ImageShape;
use crate::text::{Localized, Messages};

use super::{ComputedFeature, RandomStream, SeededRng};

/// The maximum number of samples.
pub(crate) const MAX_SAMPLES: usize = 5_000_000;
/// The maximum number of values that inputs and targets have together, 8 bytes each.
pub(crate) const MAX_NUMBERS: usize = 100_000_000;
/// The maximum number of classes, which is the maximum number of neurons of a layer.
pub(crate) const MAX_CLASSES: usize = 4096;

/// The targets of all samples.
#[derive(Debug, Clone, PartialEq)]
pub enum Targets {
    /// Numeric targets, for regression.
    Numbers {
        /// The name of each target.
        names: Vec<String>,
        /// The values, `[target][sample]`.
        values: Vec<f64>,
    },
    /// One class for each sample, for classification.
    Classes {
        /// The class names in alphabetical order, or in ascending order if all of them are numbers.
        names: Vec<String>,
        /// The class of each sample, as an index into `names`.
        labels: Vec<usize>,
    },
}

impl Targets {
    fn select(&self, samples: &[usize]) -> Self {
        match self {
            Self::Numbers { names, values } => {
                let rows = values.len().checked_div(names.len()).unwrap_or(0);
                Self::Numbers {
                    names: names.clone(),
                    values: select_columns(values, rows, samples),
                }
            }
            Self::Classes { names, labels } => Self::Classes {
                names: names.clone(),
                labels: samples.iter().map(|&sample| labels[sample]).collect(),
            },
        }
    }
}

/// A dataset: the inputs and targets of at least one sample. Every number is finite. Clones share their
/// inputs.
///
/// ```
/// use neurodial_core::data::{Dataset, Targets};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// // Four samples of two inputs, `[feature][sample]`, and their classes.
/// let xor = Dataset::new(
///     vec!["left".to_owned(), "right".to_owned()],
///     vec![0.0, 0.0, 1.0, 1.0, 0.0, 1.0, 0.0, 1.0],
///     Targets::Classes {
///         names: vec!["equal".to_owned(), "different".to_owned()],
///         labels: vec![0, 1, 1, 0],
///     },
/// )?;
/// assert_eq!(xor.sample_count(), 4);
/// assert_eq!(xor.input(1), [0.0, 1.0, 0.0, 1.0]);
///
/// let (train, test) = xor.split(0.25, 1)?;
/// assert_eq!((train.sample_count(), test.sample_count()), (3, 1));
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Dataset {
    feature_names: Vec<String>,
    inputs: Arc<Vec<f64>>,
    targets: Targets,
    samples: usize,
}

/// The reason why numbers are not a valid dataset.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DatasetError {
    /// There is no sample, or there are more than `MAX_SAMPLES`.
    Samples(usize),
    /// There are more than `MAX_NUMBERS` values.
    Numbers,
    /// Inputs and targets have different lengths.
    LengthMismatch,
    /// A number is not finite.
    NotFinite(String),
    /// There are more than `MAX_CLASSES` classes.
    Classes(usize),
    /// The test fraction leaves no samples for the training set or for the test set.
    Split {
        /// The number of samples of the whole dataset.
        samples: usize,
        /// The requested test fraction.
        fraction: String,
    },
    /// A computed feature needs an input that doesn't exist.
    Feature {
        /// The computed feature, as it is written.
        feature: String,
        /// The number of inputs.
        inputs: usize,
    },
}

impl Localized for DatasetError {
    fn message(&self, messages: Messages) -> String {
        match self {
            Self::Samples(count) => messages.wrong_sample_count(MAX_SAMPLES, *count),
            Self::Numbers => messages.too_many_numbers(MAX_NUMBERS),
            Self::LengthMismatch => messages.lengths_of_columns_differ().to_owned(),
            Self::NotFinite(name) => messages.column_not_finite(name),
            Self::Classes(count) => messages.too_many_classes(*count, MAX_CLASSES),
            Self::Split { samples, fraction } => messages.empty_test_or_training_set(*samples, fraction),
            Self::Feature { feature, inputs } => messages.feature_without_input(*inputs, feature),
        }
    }
}

crate::localized_errors!(DatasetError);

impl Dataset {
    /// Creates a dataset from the names of the features, `inputs[feature][sample]` and the targets.
    ///
    /// # Errors
    ///
    /// Returns an error if the lengths don't match, a number is not finite, or a size is outside the limits.
    pub fn new(names: Vec<String>, inputs: Vec<f64>, targets: Targets) -> Result<Self, DatasetError> {
        let samples = inputs.len().checked_div(names.len()).unwrap_or(0);
        if !(1..=MAX_SAMPLES).contains(&samples) {
            return Err(DatasetError::Samples(samples));
        }
        let is_matching = match &targets {
            Targets::Numbers { names, values } => !names.is_empty() && values.len() == names.len() * samples,
            Targets::Classes { names, labels } => {
                labels.len() == samples && labels.iter().all(|&label| label < names.len())
            }
        };
        if !is_matching || inputs.len() != names.len() * samples {
            return Err(DatasetError::LengthMismatch);
        }
        if let Some(index) = inputs.iter().position(|value| !value.is_finite()) {
            return Err(DatasetError::NotFinite(names[index / samples].clone()));
        }
        let outputs = match &targets {
            Targets::Numbers { names, values } => {
                if let Some(index) = values.iter().position(|value| !value.is_finite()) {
                    return Err(DatasetError::NotFinite(names[index / samples].clone()));
                }
                values.len()
            }
            Targets::Classes { names, .. } if names.len() > MAX_CLASSES => {
                return Err(DatasetError::Classes(names.len()));
            }
            Targets::Classes { labels, .. } => labels.len(),
        };
        if inputs.len() + outputs > MAX_NUMBERS {
            return Err(DatasetError::Numbers);
        }
        Ok(Self {
            feature_names: names,
            inputs: Arc::new(inputs),
            targets,
            samples,
        })
    }

    /// Returns the number of samples.
    pub fn sample_count(&self) -> usize {
        self.samples
    }

    /// Returns the name of each input.
    pub fn feature_names(&self) -> &[String] {
        &self.feature_names
    }

    /// Returns the size of the image that each sample is, as the names of the features say; see
    /// [`ImageShape::from_names`].
    pub fn image_shape(&self) -> Option<ImageShape> {
        ImageShape::from_names(self.feature_names.iter().map(String::as_str))
    }

    /// Returns all inputs, `[feature][sample]`.
    pub fn inputs(&self) -> &[f64] {
        &self.inputs
    }

    /// Returns the values of one input, one per sample.
    ///
    /// # Panics
    ///
    /// Panics if there is no such input.
    pub fn input(&self, feature: usize) -> &[f64] {
        &self.inputs[feature * self.samples..][..self.samples]
    }

    /// Returns the targets.
    pub fn targets(&self) -> &Targets {
        &self.targets
    }

    /// Returns a dataset of the given samples, in the given order.
    ///
    /// # Panics
    ///
    /// Panics if a sample doesn't exist.
    pub(crate) fn select(&self, samples: &[usize]) -> Self {
        Self {
            feature_names: self.feature_names.clone(),
            inputs: Arc::new(select_columns(&self.inputs, self.samples, samples)),
            targets: self.targets.select(samples),
            samples: samples.len(),
        }
    }

    /// Splits the samples into a training set and a test set, which are drawn with `seed` and keep the order
    /// of the samples. The test set has `test_fraction` (0 to 1) of the samples, rounded to a whole number.
    ///
    /// # Errors
    ///
    /// Returns an error if one of the sets would be empty.
    pub fn split(&self, test_fraction: f64, seed: u64) -> Result<(Self, Self), DatasetError> {
        let [train, test] = self.split_indices(test_fraction, seed)?;
        Ok((self.select(&train), self.select(&test)))
    }

    /// Returns the indices, in ascending order, of the samples in the training set and in the test set of
    /// [`Self::split`].
    ///
    /// # Errors
    ///
    /// Returns an error if one of the sets would be empty.
    pub(crate) fn split_indices(
        &self,
        test_fraction: f64,
        seed: u64,
    ) -> Result<[Vec<usize>; 2], DatasetError> {
        let test_count = (test_fraction * self.samples as f64).round();
        if !(1.0..self.samples as f64).contains(&test_count) {
            return Err(DatasetError::Split {
                samples: self.samples,
                fraction: test_fraction.to_string(),
            });
        }
        let mut shuffled: Vec<usize> = (0..self.samples).collect();
        SeededRng::new(seed, RandomStream::TrainTestSplit).shuffle(&mut shuffled);
        let (test, train) = shuffled.split_at_mut(test_count as usize);
        test.sort_unstable();
        train.sort_unstable();
        Ok([train.to_vec(), test.to_vec()])
    }

    /// Returns the dataset with computed features as additional inputs.
    ///
    /// # Errors
    ///
    /// Returns an error if a feature needs an input that doesn't exist, or if there would be too many values.
    pub fn with_features(mut self, features: &[ComputedFeature]) -> Result<Self, DatasetError> {
        if features.is_empty() {
            return Ok(self);
        }
        let input_count = self.feature_names.len();
        let mut inputs = Arc::unwrap_or_clone(self.inputs);
        for feature in features {
            let Some(values) = feature.values(&inputs[..input_count * self.samples], self.samples) else {
                return Err(DatasetError::Feature {
                    feature: feature.to_string(),
                    inputs: input_count,
                });
            };
            self.feature_names.push(feature.to_string());
            inputs.extend(values);
            if inputs.len() > MAX_NUMBERS {
                return Err(DatasetError::Numbers);
            }
        }
        Self::new(self.feature_names, inputs, self.targets)
    }

    /// Replaces numeric targets by classes: one class for each distinct number, in ascending order. Targets
    /// that are classes stay as they are.
    ///
    /// # Errors
    ///
    /// Returns an error if a sample has several targets, or if there are too many distinct numbers.
    pub fn into_classes(mut self) -> Result<Self, DatasetError> {
        let Targets::Numbers { names, values } = &self.targets else {
            return Ok(self);
        };
        if names.len() != 1 {
            return Err(DatasetError::LengthMismatch);
        }
        let mut distinct = values.clone();
        distinct.sort_unstable_by(f64::total_cmp);
        // −0 and 0 are one class.
        distinct.dedup_by(|a, b| a == b);
        if distinct.len() > MAX_CLASSES {
            return Err(DatasetError::Classes(distinct.len()));
        }
        let label = |value: &f64| distinct.partition_point(|other| other < value);
        let labels = values.iter().map(label).collect();
        let names = distinct.iter().map(|value| (value + 0.0).to_string()).collect();
        self.targets = Targets::Classes { names, labels };
        Ok(self)
    }
}

/// Returns the selected columns of a matrix `[row][column]` with `columns` columns.
fn select_columns(values: &[f64], columns: usize, selected: &[usize]) -> Vec<f64> {
    if columns == 0 {
        return Vec::new();
    }
    let rows = values.chunks_exact(columns);
    rows.flat_map(|row| selected.iter().map(|&column| row[column]))
        .collect()
}
