//! Mean and deviation of each input.

use super::Dataset;

/// How inputs are standardised: `(x − mean) / deviation`, so that each has mean 0 and standard deviation 1.
#[derive(Debug, Clone, PartialEq)]
pub struct Scaling {
    /// `μ`, one an input.
    pub mean: Vec<f64>,
    /// `σ`, one an input, above 0: the standard deviation (over all samples, not one less), or 1 for an input that is
    /// the same in all samples.
    pub std_dev: Vec<f64>,
}

/// The numbers of an input are too large to be squared and summed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the numbers of {0} are too large to be standardised")]
pub struct ScalingError(pub String);

impl Scaling {
    /// Mean and deviation of a data set’s inputs; of those to train with, never of those to test with.
    ///
    /// # Errors
    /// If they are not finite.
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
            // What rounding leaves of the deviation of equal numbers must not be divided by.
            let is_constant = deviation <= 1e-12 * mean.abs() || deviation < f64::MIN_POSITIVE;
            scaling.mean.push(mean);
            scaling.std_dev.push(if is_constant { 1.0 } else { deviation });
        }
        Ok(scaling)
    }

    /// Standardises `inputs[input][sample]` in place.
    pub fn transform(&self, inputs: &mut [f64], samples: usize) {
        let scales = self.mean.iter().zip(&self.std_dev);
        for (row, (&mean, &deviation)) in inputs.chunks_exact_mut(samples.max(1)).zip(scales) {
            row.iter_mut().for_each(|x| *x = (*x - mean) / deviation);
        }
    }
}
