//! Inputs that are computed from other inputs.

use std::fmt;
use std::str::FromStr;

use crate::text::{Localized, Messages, shortened, to_half_width};

/// An additional input, computed from the inputs of a dataset. Inputs are counted from 0 here and from 1 in
/// names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ComputedFeature {
    /// The square `x1^2`.
    Square(usize),
    /// The product `x1*x2`.
    Product(usize, usize),
    /// The sine `sin(x1)`.
    Sine(usize),
}

impl ComputedFeature {
    /// The features of two inputs, in menu order.
    pub const FOR_TWO_INPUTS: [Self; 5] = [
        Self::Square(0),
        Self::Square(1),
        Self::Product(0, 1),
        Self::Sine(0),
        Self::Sine(1),
    ];

    /// The features of one input, in menu order.
    pub const FOR_ONE_INPUT: [Self; 2] = [Self::Square(0), Self::Sine(0)];

    /// Returns the symbol for the window and the diagram: `x₁²`, `x₁x₂`, `sin x₁`.
    pub fn symbol(self) -> String {
        let x = |index: usize| {
            let digits = (index + 1).to_string();
            let subscript =
                |digit: char| char::from_u32('₀' as u32 + digit.to_digit(10).unwrap_or(0)).unwrap_or(digit);
            format!("x{}", digits.chars().map(subscript).collect::<String>())
        };
        match self {
            Self::Square(index) => format!("{}²", x(index)),
            Self::Product(left, right) => format!("{}{}", x(left), x(right)),
            Self::Sine(index) => "sin ".to_owned() + &x(index),
        }
    }

    /// Returns the inputs from which the feature is computed. If there is only one, it is returned twice.
    pub(crate) const fn inputs(self) -> [usize; 2] {
        match self {
            Self::Square(index) | Self::Sine(index) => [index, index],
            Self::Product(left, right) => [left, right],
        }
    }

    /// Returns the value of the feature for one sample; `input` returns the value of each input.
    pub fn value(self, input: impl Fn(usize) -> f64) -> f64 {
        match self {
            Self::Square(index) => input(index) * input(index),
            Self::Product(left, right) => input(left) * input(right),
            Self::Sine(index) => libm::sin(input(index)),
        }
    }

    /// Returns the derivative of the feature with respect to the input `by`.
    pub(crate) fn derivative(self, input: impl Fn(usize) -> f64, by: usize) -> f64 {
        let slope_of_input = |index: usize| if index == by { 1.0 } else { 0.0 };
        match self {
            Self::Square(index) => slope_of_input(index) * 2.0 * input(index),
            Self::Product(left, right) => {
                slope_of_input(left) * input(right) + slope_of_input(right) * input(left)
            }
            Self::Sine(index) => slope_of_input(index) * libm::cos(input(index)),
        }
    }

    /// Returns the value of the feature for each sample of `inputs[feature][sample]`, or `None` if an input
    /// doesn't exist.
    pub fn values(self, inputs: &[f64], samples: usize) -> Option<Vec<f64>> {
        let row = |index: usize| inputs.chunks_exact(samples.max(1)).nth(index);
        let [left, right] = self.inputs();
        let (first, second) = (row(left)?, row(right)?);
        let pairs = first.iter().zip(second);
        Some(
            pairs
                .map(|(&a, &b)| self.value(|index| if index == left { a } else { b }))
                .collect(),
        )
    }
}

impl fmt::Display for ComputedFeature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Square(index) => write!(f, "x{}^2", index + 1),
            Self::Product(left, right) => write!(f, "x{}*x{}", left + 1, right + 1),
            Self::Sine(index) => write!(f, "sin(x{})", index + 1),
        }
    }
}

/// Error for a text that is not a computed feature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownComputedFeature(pub(crate) String);

impl Localized for UnknownComputedFeature {
    fn message(&self, messages: Messages) -> String {
        messages.unknown_computed_feature(&self.0)
    }
}

crate::localized_errors!(UnknownComputedFeature);

impl FromStr for ComputedFeature {
    type Err = UnknownComputedFeature;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let compact = to_half_width(text).replace(char::is_whitespace, "");
        let index = |part: &str| part.strip_prefix('x')?.parse::<usize>().ok()?.checked_sub(1);
        let read = || {
            if let Some(rest) = compact.strip_prefix("sin") {
                let inner = rest.strip_prefix('(').and_then(|rest| rest.strip_suffix(')'));
                return Some(Self::Sine(index(inner.unwrap_or(rest))?));
            }
            if let Some(base) = compact.strip_suffix("^2").or_else(|| compact.strip_suffix('²')) {
                return Some(Self::Square(index(base)?));
            }
            let (left, right) = compact.split_once(['*', '·'])?;
            Some(Self::Product(index(left)?, index(right)?))
        };
        read().ok_or_else(|| UnknownComputedFeature(shortened(text)))
    }
}
