//! Thirteen made-up data sets, by formula.

use std::f64::consts::{PI, TAU};
use std::fmt;
use std::str::FromStr;

use super::{SeededRng, Dataset, DatasetError, RandomStream, Targets};

/// The most samples that are made.
pub const MAX_SAMPLES: usize = 1_000_000;
/// The most noise.
pub const MAX_NOISE: f64 = 10.0;

/// How many samples, how noisy, and from which seed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct GeneratorConfig {
    /// 2 to [`MAX_SAMPLES`].
    pub samples: usize,
    /// 0 to [`MAX_NOISE`]: the standard deviation of what is added, independently and normally distributed, to both
    /// inputs (of data with classes) or to the target (of numbers).
    pub noise: f64,
    /// The same seed gives the same points for ever.
    pub seed: u64,
}

/// A made-up data set. The first five have two inputs and two classes, named 0 and 1; the next two have two inputs
/// and a number; the rest one input and a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DatasetGenerator {
    /// Class 1 in the disc of radius 2.5, class 0 in the ring of radii 3.5 to 5; angle and radius are uniform.
    Circle,
    /// Uniform in the square ±5, at least 0.3 from both axes; class 1 where `x1·x2 < 0`.
    Xor,
    /// Two normal clouds of deviation 1, around (−2, −2) for class 0 and (2, 2) for class 1.
    Gaussians,
    /// Two arms of 1.75 turns: `r = 5 i/n`, `t = 1.75 · 2π i/n`, plus `π` for class 0; `x1 = r sin t`, `x2 = r cos t`
    /// (TensorFlow Playground’s).
    Spiral,
    /// Two half circles of radius 3 that hold each other: `(3 cos t − 1.5, 3 sin t − 0.75)` for class 0 and
    /// `(1.5 − 3 cos t, 0.75 − 3 sin t)` for class 1, `t` from 0 to π.
    Moons,
    /// `(x1 + x2) / 12` on the square ±6.
    Plane,
    /// Six cones of height ±1 and radius 2 on the square ±6, alternating, around x1 = −4, 0, 4 and x2 = ±2.5
    /// (TensorFlow Playground’s).
    Bumps,
    /// `0.5 x + 1`; x is even from −5 to 5, as in all that follow.
    Line,
    /// `0.2 x²`.
    Parabola,
    /// `sin x`.
    Sine,
    /// 1 where `x > 0`, else 0.
    Step,
    /// `exp(−x²)`.
    Bump,
    /// `sin x` with noise of deviation 0.2 besides what is asked for.
    NoisySine,
}

impl DatasetGenerator {
    /// All of them, in the order in which menus list them.
    pub const ALL: [Self; 13] = [
        Self::Circle,
        Self::Xor,
        Self::Gaussians,
        Self::Spiral,
        Self::Moons,
        Self::Plane,
        Self::Bumps,
        Self::Line,
        Self::Parabola,
        Self::Sine,
        Self::Step,
        Self::Bump,
        Self::NoisySine,
    ];

    /// The name on the command line and in the window.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Circle => "circle",
            Self::Xor => "xor",
            Self::Gaussians => "gaussians",
            Self::Spiral => "spiral",
            Self::Moons => "moons",
            Self::Plane => "plane",
            Self::Bumps => "bumps",
            Self::Line => "line",
            Self::Parabola => "parabola",
            Self::Sine => "sine",
            Self::Step => "step",
            Self::Bump => "bump",
            Self::NoisySine => "noisy-sine",
        }
    }

    /// 2 or 1.
    pub const fn input_count(self) -> usize {
        match self {
            Self::Circle
            | Self::Xor
            | Self::Gaussians
            | Self::Spiral
            | Self::Moons
            | Self::Plane
            | Self::Bumps => 2,
            _ => 1,
        }
    }

    /// Whether its targets are classes.
    pub const fn has_classes(self) -> bool {
        matches!(
            self,
            Self::Circle | Self::Xor | Self::Gaussians | Self::Spiral | Self::Moons
        )
    }

    /// Makes the data set. Of classes the first half of the samples is class 0; an odd one more is class 1.
    ///
    /// # Errors
    /// A size or a noise outside the limits.
    pub fn dataset(self, config: GeneratorConfig) -> Result<Dataset, GeneratorError> {
        let GeneratorConfig { samples, noise, seed } = config;
        if !(2..=MAX_SAMPLES).contains(&samples) {
            return Err(GeneratorError::Samples(samples));
        }
        if !(0.0..=MAX_NOISE).contains(&noise) {
            return Err(GeneratorError::Noise(noise.to_string()));
        }
        let mut rng = SeededRng::new(seed, RandomStream::GeneratedPoints);
        let dataset = if self.has_classes() {
            self.classes(samples, noise, &mut rng)
        } else {
            self.numbers(samples, noise, &mut rng)
        };
        Ok(dataset?)
    }

    fn classes(self, samples: usize, noise: f64, rng: &mut SeededRng) -> Result<Dataset, DatasetError> {
        let half = samples / 2;
        let mut inputs = vec![0.0; 2 * samples];
        let mut labels = Vec::with_capacity(samples);
        for sample in 0..samples {
            let class = usize::from(sample >= half);
            let (index, count) = match class {
                0 => (sample, half),
                _ => (sample - half, samples - half),
            };
            let point = self.point(class, index as f64 / count as f64, rng);
            for (axis, x) in point.into_iter().enumerate() {
                inputs[axis * samples + sample] = with_noise(x, noise, rng);
            }
            labels.push(class);
        }
        let names = ["0", "1"].map(str::to_owned).to_vec();
        Dataset::new(input_names(2), inputs, Targets::Classes { names, labels })
    }

    /// A point of a class; `part` goes from 0 to 1 through the samples of the class, 1 excluded.
    fn point(self, class: usize, fraction: f64, rng: &mut SeededRng) -> [f64; 2] {
        let polar = |radius: f64, angle: f64| [radius * libm::sin(angle), radius * libm::cos(angle)];
        match self {
            Self::Circle => {
                let (from, to) = if class == 1 { (0.0, 2.5) } else { (3.5, 5.0) };
                let radius = rng.uniform(from, to);
                polar(radius, rng.uniform(0.0, TAU))
            }
            Self::Xor => {
                let [a, b] = [rng.uniform(0.3, 5.0), rng.uniform(0.3, 5.0)];
                let sign = if rng.uniform(0.0, 1.0) < 0.5 { -1.0 } else { 1.0 };
                let other = if class == 1 { -sign } else { sign };
                [sign * a, other * b]
            }
            Self::Spiral => {
                let start = if class == 0 { PI } else { 0.0 };
                polar(5.0 * fraction, 1.75 * TAU * fraction + start)
            }
            Self::Moons => {
                let t = PI * fraction;
                let [x, y] = [3.0 * libm::cos(t) - 1.5, 3.0 * libm::sin(t) - 0.75];
                if class == 0 { [x, y] } else { [-x, -y] }
            }
            _ => {
                let center = if class == 0 { -2.0 } else { 2.0 };
                [center + rng.normal(), center + rng.normal()]
            }
        }
    }

    fn numbers(self, samples: usize, noise: f64, rng: &mut SeededRng) -> Result<Dataset, DatasetError> {
        let axes = self.input_count();
        let mut inputs = vec![0.0; axes * samples];
        let mut values = Vec::with_capacity(samples);
        for sample in 0..samples {
            let mut x = [0.0; 2];
            for (axis, x) in x[..axes].iter_mut().enumerate() {
                *x = match axes {
                    1 => 10.0 * sample as f64 / (samples - 1) as f64 - 5.0,
                    _ => rng.uniform(-6.0, 6.0),
                };
                inputs[axis * samples + sample] = *x;
            }
            let target = match self {
                Self::NoisySine => with_noise(self.target(x), 0.2, rng),
                _ => self.target(x),
            };
            values.push(with_noise(target, noise, rng));
        }
        let names = vec!["y".to_owned()];
        Dataset::new(input_names(axes), inputs, Targets::Numbers { names, values })
    }

    /// The number that belongs to a point, without noise.
    fn target(self, [x, x2]: [f64; 2]) -> f64 {
        match self {
            Self::Plane => (x + x2) / 12.0,
            Self::Bumps => bumps(x, x2),
            Self::Line => 0.5 * x + 1.0,
            Self::Parabola => 0.2 * x * x,
            Self::Step => f64::from(u8::from(x > 0.0)),
            Self::Bump => libm::exp(-x * x),
            _ => libm::sin(x),
        }
    }
}

/// The highest of the six cones, with its sign.
fn bumps(x1: f64, x2: f64) -> f64 {
    const CONES: [(f64, f64, f64); 6] = [
        (-4.0, 2.5, 1.0),
        (0.0, 2.5, -1.0),
        (4.0, 2.5, 1.0),
        (-4.0, -2.5, -1.0),
        (0.0, -2.5, 1.0),
        (4.0, -2.5, -1.0),
    ];
    let mut highest: f64 = 0.0;
    for (c1, c2, sign) in CONES {
        let distance = ((x1 - c1) * (x1 - c1) + (x2 - c2) * (x2 - c2)).sqrt();
        let height = (1.0 - distance / 2.0).max(0.0);
        if height > highest.abs() {
            highest = sign * height;
        }
    }
    highest
}

/// Draws even where there is no noise, so that noise moves the points and does not deal new ones.
fn with_noise(value: f64, noise: f64, rng: &mut SeededRng) -> f64 {
    value + noise * rng.normal()
}

fn input_names(inputs: usize) -> Vec<String> {
    match inputs {
        1 => vec!["x".to_owned()],
        _ => (1..=inputs).map(|input| format!("x{input}")).collect(),
    }
}

/// Why a data set is not made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum GeneratorError {
    /// Too few or too many samples.
    #[error("a data set is made of 2 to {MAX_SAMPLES} samples, not {0}")]
    Samples(usize),
    /// Noise below 0 or too much.
    #[error("noise is a number from 0 to {MAX_NOISE}, not {0}")]
    Noise(String),
    /// Never, as the formulas give finite numbers.
    #[error(transparent)]
    Dataset(#[from] DatasetError),
}

impl fmt::Display for DatasetGenerator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// No generator has this name.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("there is no data set “{0}”; those that are made are {list}", list = DatasetGenerator::ALL.map(DatasetGenerator::name).join(", "))]
pub struct UnknownGenerator(pub String);

impl FromStr for DatasetGenerator {
    type Err = UnknownGenerator;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .into_iter()
            .find(|generator| generator.name() == text)
            .ok_or_else(|| UnknownGenerator(crate::words::shortened(text)))
    }
}
