//! Inputs and targets.

use std::sync::Arc;

use super::{SeededRng, ComputedFeature, RandomStream};

/// The most samples.
pub const MAX_SAMPLES: usize = 5_000_000;
/// The most numbers that inputs and targets have together, 8 bytes each.
pub const MAX_NUMBERS: usize = 100_000_000;
/// The most classes: as many as a layer has neurons.
pub const MAX_CLASSES: usize = 4096;

/// What a network is to learn for each sample.
#[derive(Debug, Clone, PartialEq)]
pub enum Targets {
    /// Numbers: regression.
    Numbers {
        /// A name for each number of a sample.
        names: Vec<String>,
        /// `[target][sample]`.
        values: Vec<f64>,
    },
    /// One class a sample.
    Classes {
        /// The classes in alphabetical order, or ascending if all of them are numbers.
        names: Vec<String>,
        /// The class of each sample, an index into `names`.
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

/// Samples to learn from: inputs and what is to come out of them. Every number is finite, and there is at least one
/// sample. Copies share their inputs.
#[derive(Debug, Clone, PartialEq)]
pub struct Dataset {
    feature_names: Vec<String>,
    inputs: Arc<Vec<f64>>,
    targets: Targets,
    samples: usize,
}

/// Why numbers are no data set. Each is one sentence for a person.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DatasetError {
    /// No sample, or too many.
    #[error("a data set has 1 to {MAX_SAMPLES} samples, not {0}")]
    Samples(usize),
    /// More numbers than are kept.
    #[error("the data set has more than {MAX_NUMBERS} numbers; take fewer rows or columns")]
    Numbers,
    /// The parts have different lengths.
    #[error("inputs and targets are not of the same samples")]
    LengthMismatch,
    /// A number that is not finite.
    #[error("a number of input {0} is not finite")]
    NotFinite(String),
    /// More classes than a layer has neurons.
    #[error("the target has {0} different classes; the most is {MAX_CLASSES}")]
    Classes(usize),
    /// A fraction for testing that leaves nothing for one side.
    #[error("of {samples} samples a test part of {fraction} leaves none to train with or none to test with")]
    Split {
        /// Of the whole set.
        samples: usize,
        /// What was asked for.
        fraction: String,
    },
    /// A feature of an input that is not there.
    #[error("{feature} can’t be added: the data has {inputs} inputs")]
    Feature {
        /// As it is written.
        feature: String,
        /// The number of inputs.
        inputs: usize,
    },
}

impl Dataset {
    /// A data set of `inputs[feature][sample]`, a name for each feature, and targets.
    ///
    /// # Errors
    /// Lengths that do not fit, numbers that are not finite, or sizes outside the limits.
    pub fn new(names: Vec<String>, inputs: Vec<f64>, targets: Targets) -> Result<Self, DatasetError> {
        let samples = inputs.len().checked_div(names.len()).unwrap_or(0);
        if !(1..=MAX_SAMPLES).contains(&samples) {
            return Err(DatasetError::Samples(samples));
        }
        let fits = match &targets {
            Targets::Numbers { names, values } => !names.is_empty() && values.len() == names.len() * samples,
            Targets::Classes { names, labels } => {
                labels.len() == samples && labels.iter().all(|&label| label < names.len())
            }
        };
        if !fits || inputs.len() != names.len() * samples {
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

    /// The number of samples.
    pub fn sample_count(&self) -> usize {
        self.samples
    }

    /// A name for each input.
    pub fn feature_names(&self) -> &[String] {
        &self.feature_names
    }

    /// All inputs, `[feature][sample]`.
    pub fn inputs(&self) -> &[f64] {
        &self.inputs
    }

    /// One input, one number a sample.
    pub fn input(&self, feature: usize) -> &[f64] {
        &self.inputs[feature * self.samples..][..self.samples]
    }

    /// What is to come out.
    pub fn targets(&self) -> &Targets {
        &self.targets
    }

    /// These samples, in this order.
    ///
    /// # Panics
    /// If a sample is not there.
    pub fn select(&self, samples: &[usize]) -> Self {
        Self {
            feature_names: self.feature_names.clone(),
            inputs: Arc::new(select_columns(&self.inputs, self.samples, samples)),
            targets: self.targets.select(samples),
            samples: samples.len(),
        }
    }

    /// A part to train with and a part to test with, drawn by `seed`; both keep the order of the whole. The test part
    /// has the nearest whole number to `fraction` of the samples.
    ///
    /// # Errors
    /// If one of the parts would be empty.
    pub fn split(&self, test_fraction: f64, seed: u64) -> Result<(Self, Self), DatasetError> {
        let [train, test] = self.split_indices(test_fraction, seed)?;
        Ok((self.select(&train), self.select(&test)))
    }

    /// Which samples [`Self::split`] gives to train with, and which to test with, ascending.
    ///
    /// # Errors
    /// As [`Self::split`].
    pub fn split_indices(&self, test_fraction: f64, seed: u64) -> Result<[Vec<usize>; 2], DatasetError> {
        let test_count = (test_fraction * self.samples as f64).round();
        if !(1.0..self.samples as f64).contains(&test_count) {
            return Err(DatasetError::Split {
                samples: self.samples,
                fraction: test_fraction.to_string(),
            });
        }
        let mut order: Vec<usize> = (0..self.samples).collect();
        SeededRng::new(seed, RandomStream::TrainTestSplit).shuffle(&mut order);
        let (test, train) = order.split_at_mut(test_count as usize);
        test.sort_unstable();
        train.sort_unstable();
        Ok([train.to_vec(), test.to_vec()])
    }

    /// With more inputs, made of those that there are.
    ///
    /// # Errors
    /// If a feature is of an input that is not there, or there would be too many numbers.
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

    /// The same with classes in place of numbers: one class for each different number, ascending.
    ///
    /// # Errors
    /// If a sample has several targets, or there are too many different numbers.
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

/// The columns of a matrix `[row][column]` with `columns` columns.
fn select_columns(values: &[f64], columns: usize, chosen: &[usize]) -> Vec<f64> {
    if columns == 0 {
        return Vec::new();
    }
    let rows = values.chunks_exact(columns);
    rows.flat_map(|row| chosen.iter().map(|&column| row[column]))
        .collect()
}
