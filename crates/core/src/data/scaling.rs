//! Standardization of inputs by their mean and standard deviation.

use crate::text::{Localized, Messages};

use super::Dataset;

/// The mean and standard deviation by which inputs are standardized: `(x − mean) / std_dev`, so that each has
/// mean 0 and standard deviation 1.
///
/// ```
/// use neurodial_core::data::{Dataset, Scaling, Targets};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let data = Dataset::new(
///     vec!["x".to_owned()],
///     vec![1.0, 3.0],
///     Targets::Numbers { names: vec!["y".to_owned()], values: vec![0.0, 1.0] },
/// )?;
/// let scaling = Scaling::fit(&data)?;
/// assert_eq!((scaling.mean[0], scaling.std_dev[0]), (2.0, 1.0));
///
/// let mut inputs = [2.0, 4.0];
/// scaling.transform(&mut inputs, 2);
/// assert_eq!(inputs, [0.0, 2.0]);
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Scaling {
    /// The mean `μ` of each input.
    pub mean: Vec<f64>,
    /// The standard deviation `σ` of each input, above 0. It is the population standard deviation (divided by
    /// the number of samples), or 1 for an input that is the same in all samples.
    pub std_dev: Vec<f64>,
}

/// Error for an input whose numbers are too large to be squared and summed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScalingError(pub(crate) String);

impl Localized for ScalingError {
    fn message(&self, messages: Messages) -> String {
        messages.too_large_to_standardize(&self.0)
    }
}

crate::localized_errors!(ScalingError);

impl Scaling {
    /// Computes mean and standard deviation of the inputs of a dataset. Use the training set, never the test
    /// set.
    ///
    /// # Errors
    ///
    /// Returns an error if the mean or standard deviation of an input is not finite.
    pub fn fit(data: &Dataset) -> Result<Self, ScalingError> {
        let mut scaling = Self {
            mean: Vec::new(),
            std_dev: Vec::new(),
        };
        let samples = data.sample_count() as f64;
        for (input, name) in data.feature_names().iter().enumerate() {
            let values = data.input(input);
            let mean = values.iter().sum::<f64>() / samples;
            let variance = values.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / samples;
            let deviation = variance.sqrt();
            if !mean.is_finite() || !deviation.is_finite() {
                return Err(ScalingError(name.clone()));
            }
            // Rounding can leave a tiny deviation for equal numbers, by which inputs must not be divided.
            let is_constant = deviation <= 1e-12 * mean.abs() || deviation < f64::MIN_POSITIVE;
            scaling.mean.push(mean);
            scaling.std_dev.push(if is_constant { 1.0 } else { deviation });
        }
        Ok(scaling)
    }

    /// Standardizes `inputs[input][sample]`, with `samples` columns, in place.
    pub fn transform(&self, inputs: &mut [f64], samples: usize) {
        let scales = self.mean.iter().zip(&self.std_dev);
        for (row, (&mean, &deviation)) in inputs.chunks_exact_mut(samples.max(1)).zip(scales) {
            row.iter_mut().for_each(|x| *x = (*x - mean) / deviation);
        }
    }
}
