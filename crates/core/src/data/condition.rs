//! Points on both sides of a curve that a person describes by a condition.

use std::str::FromStr;

use crate::text::{Localized, Messages};

use super::dataset::DatasetError;
use super::expression::{Expression, ExpressionError};
use super::generator::{GeneratorError, check_config, input_names, with_noise};
use super::{Dataset, GeneratorConfig, RandomStream, SeededRng, Targets};

/// The points are in the square, or the cube, from −5 to 5.
const EXTENT: f64 = 5.0;
/// The minimum number of inputs.
const MIN_INPUTS: usize = 2;
/// The number of points that are tried at least, before the condition is found to be undefined.
const MIN_TRIES: usize = 1_000;
/// The number of points that are tried for each sample, at most.
const TRIES_PER_SAMPLE: usize = 20;

/// A condition on two or more inputs, such as `x2 > sin(x1)`: where it holds, samples have class 1, elsewhere
/// class 0.
///
/// ```
/// use neurodial_core::data::{Condition, GeneratorConfig};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let condition: Condition = "x2 > sin(x1)".parse()?;
/// let data = condition.dataset(GeneratorConfig { samples: 100, noise: 0.0, seed: 1 })?;
/// assert_eq!(data.feature_names(), ["x1", "x2"]);
/// assert!("x2 > sni(x1)".parse::<Condition>().is_err());
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone)]
pub struct Condition {
    text: String,
    expression: Expression,
}

impl PartialEq for Condition {
    /// True if both are written alike.
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl FromStr for Condition {
    type Err = ExpressionError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Ok(Self {
            expression: Expression::parse_condition(text)?,
            text: text.trim().to_owned(),
        })
    }
}

/// The reason why a condition gives no dataset.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ConditionError {
    /// The number of samples or the noise is outside the limits, or the numbers are not a dataset.
    Generator(GeneratorError),
    /// The condition is undefined for most points.
    Undefined(String),
    /// All points are on the same side.
    OneSided {
        /// The condition.
        condition: String,
        /// True if it holds for all points, false if it holds for none.
        holds: bool,
    },
}

impl Localized for ConditionError {
    fn message(&self, messages: Messages) -> String {
        match self {
            Self::Generator(error) => error.message(messages),
            Self::Undefined(condition) => messages.condition_undefined(condition),
            Self::OneSided {
                condition,
                holds: true,
            } => messages.condition_always_true(condition),
            Self::OneSided {
                condition,
                holds: false,
            } => messages.condition_never_true(condition),
        }
    }
}

crate::localized_errors!(ConditionError);

impl From<GeneratorError> for ConditionError {
    fn from(error: GeneratorError) -> Self {
        Self::Generator(error)
    }
}

impl From<DatasetError> for ConditionError {
    fn from(error: DatasetError) -> Self {
        Self::Generator(GeneratorError::Dataset(error))
    }
}

impl Condition {
    /// Returns the condition as it was written, without spaces around it.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Returns the number of inputs, 2 or more.
    pub fn input_count(&self) -> usize {
        self.expression.variable_count().max(MIN_INPUTS)
    }

    /// Generates samples that are uniformly distributed from −5 to 5 in every input, except where the condition
    /// is undefined. The noise moves the points after they got their class.
    ///
    /// # Errors
    ///
    /// Returns an error if the number of samples or the noise is outside the limits, if the condition is
    /// undefined nearly everywhere, or if all samples would have the same class.
    pub fn dataset(&self, config: GeneratorConfig) -> Result<Dataset, ConditionError> {
        check_config(config)?;
        let GeneratorConfig { samples, noise, seed } = config;
        let axes = self.input_count();
        let mut rng = SeededRng::new(seed, RandomStream::GeneratedPoints);
        let mut inputs = vec![0.0; axes * samples];
        let mut labels = Vec::with_capacity(samples);
        let mut stack = Vec::new();
        let mut point = vec![0.0; axes];
        let mut tries = 0;
        while labels.len() < samples {
            if tries >= MIN_TRIES && tries >= TRIES_PER_SAMPLE * (labels.len() + 1) {
                return Err(ConditionError::Undefined(self.text.clone()));
            }
            tries += 1;
            point.fill_with(|| rng.uniform(-EXTENT, EXTENT));
            let label = self.expression.holds_on(&point, &mut stack);
            // The noise is drawn for every point, so that changing it moves the points only.
            for value in &mut point {
                *value = with_noise(*value, noise, &mut rng);
            }
            let Some(label) = label else { continue };
            for (axis, &value) in point.iter().enumerate() {
                inputs[axis * samples + labels.len()] = value;
            }
            labels.push(usize::from(label));
        }
        if labels.iter().all(|&label| label == labels[0]) {
            return Err(ConditionError::OneSided {
                condition: self.text.clone(),
                holds: labels[0] == 1,
            });
        }
        let names = ["0", "1"].map(str::to_owned).to_vec();
        Ok(Dataset::new(
            input_names(axes),
            inputs,
            Targets::Classes { names, labels },
        )?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CONFIG: GeneratorConfig = GeneratorConfig {
        samples: 200,
        noise: 0.0,
        seed: 1,
    };

    fn dataset(text: &str) -> Result<Dataset, ConditionError> {
        text.parse::<Condition>().expect("a condition").dataset(CONFIG)
    }

    #[test]
    fn samples_are_on_the_side_that_their_class_says() {
        let data = dataset("x2 > sin(x1)").expect("a dataset");
        assert_eq!(data, dataset(" x2 > sin(x1) ").expect("the same"));
        let Targets::Classes { labels, .. } = data.targets() else {
            panic!("classes");
        };
        let points = data.input(0).iter().zip(data.input(1)).zip(labels);
        for ((&x1, &x2), &label) in points {
            assert_eq!(label == 1, x2 > libm::sin(x1));
            assert!(x1.abs() <= EXTENT && x2.abs() <= EXTENT);
        }
        let share = labels.iter().sum::<usize>() as f64 / labels.len() as f64;
        assert!((0.35..0.65).contains(&share), "{share}");
    }

    #[test]
    fn undefined_points_are_left_out() {
        let data = dataset("x2 > sqrt(x1)").expect("a dataset");
        assert_eq!(data.sample_count(), 200);
        assert!(data.input(0).iter().all(|&x1| x1 >= 0.0));
        let error = |text| dataset(text).unwrap_err().to_string();
        assert!(
            error("x2 > sqrt(-1 - x1^2)").contains("undefined"),
            "{}",
            error("x2 > sqrt(-1 - x1^2)")
        );
        assert!(error("x2 > 7").contains("no point"), "{}", error("x2 > 7"));
        assert!(error("x2 < 7").contains("every point"), "{}", error("x2 < 7"));
    }

    #[test]
    fn noise_moves_the_points_only() {
        let condition: Condition = "x2 > x1 and x3 > 0".parse().expect("a condition");
        let noisy = condition
            .dataset(GeneratorConfig { noise: 0.5, ..CONFIG })
            .expect("a dataset");
        let exact = condition.dataset(CONFIG).expect("a dataset");
        assert_eq!(noisy.targets(), exact.targets());
        assert_eq!(noisy.feature_names(), ["x1", "x2", "x3"]);
        assert_ne!(noisy.inputs(), exact.inputs());
    }
}
