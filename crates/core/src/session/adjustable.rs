//! Values that the user can adjust, and the ranges of knobs and inputs.

use std::fmt;

use crate::network::{Architecture, Knob};
use crate::text::{Messages, round_up, to_half_width};

use super::hyperparameter::Hyperparameter;
use super::slider_scale::{SliderScale, Spacing};

/// A value that the user can adjust: a knob or an input of the network, or a number of the training setup.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Adjustable {
    /// A weight or a bias.
    Knob(Knob),
    /// An input of the network, counted from 0.
    Input(usize),
    /// A number of the training setup.
    Hyperparameter(Hyperparameter),
}

impl Adjustable {
    /// True if a network with this architecture has this knob or input. It has no hyperparameters.
    pub fn is_in(self, architecture: &Architecture) -> bool {
        match self {
            Self::Knob(knob) => architecture.contains(knob),
            Self::Input(input) => input < architecture.input_count(),
            Self::Hyperparameter(_) => false,
        }
    }

    /// Returns it in words, such as “weight from input 1 to neuron 2”, “input 1” or “learning rate”.
    pub fn describe(self, architecture: &Architecture) -> String {
        self.describe_in(architecture, Messages::ENGLISH)
    }

    /// Returns it in words as [`Self::describe`] does, in any language.
    pub fn describe_in(self, architecture: &Architecture, messages: Messages) -> String {
        match self {
            Self::Knob(knob) => architecture.describe_knob(knob, messages),
            Self::Input(input) => architecture.describe_input(input, messages),
            Self::Hyperparameter(hyperparameter) => hyperparameter.label_in_sentence(messages),
        }
    }

    /// Returns its mathematical symbol, such as `w₂₁`, `b₂`, `x₁` or `η`.
    pub fn symbol(self, architecture: &Architecture) -> crate::network::MathSymbol {
        match self {
            Self::Knob(knob) => architecture.symbol(knob),
            Self::Input(input) => architecture.input_symbol(input),
            Self::Hyperparameter(hyperparameter) => hyperparameter.symbol(),
        }
    }

    /// True if a typed text can begin a value of it: a digit, a decimal sign, the sign of a knob or an input,
    /// or the first letter of “all” for the batch size.
    pub fn can_begin_with(self, text: &str) -> bool {
        to_half_width(text).starts_with(|c: char| match c {
            '-' => !matches!(self, Self::Hyperparameter(_)),
            'a' | 'A' => self == Self::Hyperparameter(Hyperparameter::BatchSize),
            'o' | 'O' => matches!(self, Self::Hyperparameter(number) if number.can_be_off()),
            _ => c.is_ascii_digit() || matches!(c, '.' | ','),
        })
    }

    /// Parses an address counted from 1: `w[layer,neuron,input]`, `b[layer,neuron]` or `x[input]`. Returns
    /// `None` for any other text.
    pub fn parse(text: &str) -> Option<Self> {
        let (letter, indices) = parse_address(text)?;
        match (letter, indices.as_slice()) {
            ("w", &[layer, neuron, input]) => Some(Self::Knob(Knob::weight(layer, neuron, input))),
            ("b", &[layer, neuron]) => Some(Self::Knob(Knob::bias(layer, neuron))),
            ("x", &[input]) => Some(Self::Input(input)),
            _ => None,
        }
    }
}

/// Splits `word[1,2]` into the word and its indices, converted to counting from 0. Returns `None` for any
/// other text.
pub fn parse_address(text: &str) -> Option<(&str, Vec<usize>)> {
    let (word, rest) = text.trim().split_once('[')?;
    let indices = rest.strip_suffix(']')?.split(',');
    let indices: Option<Vec<usize>> = indices
        .map(|index| index.trim().parse::<usize>().ok()?.checked_sub(1))
        .collect();
    Some((word.trim(), indices?))
}

impl From<Knob> for Adjustable {
    fn from(knob: Knob) -> Self {
        Self::Knob(knob)
    }
}

/// Writes the address counted from 1, as [`Adjustable::parse`] reads it, or the name of a hyperparameter.
impl fmt::Display for Adjustable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Knob(knob) => knob.fmt(f),
            Self::Input(input) => write!(f, "x[{}]", input + 1),
            Self::Hyperparameter(hyperparameter) => hyperparameter.fmt(f),
        }
    }
}

/// The range of a knob or an input, and the increment of its arrow keys.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ValueRange {
    /// The lower end.
    pub min: f64,
    /// The upper end, above the lower.
    pub max: f64,
    /// The amount that an arrow key adds or subtracts; dragging is not rounded to it.
    pub step: f64,
}

impl Default for ValueRange {
    fn default() -> Self {
        Self {
            min: -5.0,
            max: 5.0,
            step: 0.1,
        }
    }
}

impl From<ValueRange> for SliderScale {
    fn from(ValueRange { min, max, step }: ValueRange) -> Self {
        Self {
            min,
            max,
            spacing: Spacing::Continuous { step },
            is_integer: false,
            has_zero: false,
            has_infinity: false,
        }
    }
}

/// Converts a scale to the range of its finite values.
impl From<SliderScale> for ValueRange {
    fn from(scale: SliderScale) -> Self {
        Self {
            min: scale.end(false),
            max: scale.max,
            step: match scale.spacing {
                Spacing::Continuous { step } | Spacing::Linear { step } => step,
                Spacing::Logarithmic => scale.min,
            },
        }
    }
}

impl ValueRange {
    /// True if all numbers are finite, the ends are in order and the increment is above 0.
    pub fn is_valid(self) -> bool {
        let finite = self.min.is_finite() && self.max.is_finite() && self.step.is_finite();
        finite && self.min < self.max && (self.max - self.min).is_finite() && self.step > 0.0
    }

    /// Returns the range, extended to a round number (1, 2 or 5 times a power of ten) on the side where
    /// `value` lies outside.
    #[must_use]
    pub fn including(self, value: f64) -> Self {
        let is_outside = value > self.max || value < self.min;
        if !is_outside {
            return self;
        }
        let widened_to = |end: f64| {
            let mut widened = self;
            if value > self.max {
                widened.max = end;
            } else if value < self.min {
                widened.min = end;
            }
            widened
        };
        let round_end = if value > self.max {
            round_up(value)
        } else {
            -round_up(-value)
        };
        // Near the largest finite number there may be no round number, or no valid range at all.
        let candidates = [widened_to(round_end), widened_to(value)];
        candidates
            .into_iter()
            .find(|range| range.is_valid())
            .unwrap_or(self)
    }

    /// Returns the nearest value within the range.
    pub fn clamp(self, value: f64) -> f64 {
        value.max(self.min).min(self.max)
    }

    /// Returns the position of `value`, 0 at the lower end and 1 at the upper, clamped.
    pub fn fraction_of(self, value: f64) -> f64 {
        ((value - self.min) / (self.max - self.min)).clamp(0.0, 1.0)
    }

    /// Returns the value at a fraction of the way from the lower to the upper end, clamped.
    pub fn value_at(self, fraction: f64) -> f64 {
        self.clamp(self.min + fraction * (self.max - self.min))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_read_as_they_are_written() {
        for text in ["w[1,2,3]", "b[2,1]", "x[4]"] {
            assert_eq!(
                Adjustable::parse(text)
                    .map(|target| target.to_string())
                    .as_deref(),
                Some(text)
            );
        }
        for text in [
            "w[0,1,1]",
            "w[1,2]",
            "x[]",
            "x[1",
            "x1]",
            "b[1,2,3]",
            "q[1]",
            "x[-1]",
            "x[99999999999999999999]",
        ] {
            assert_eq!(Adjustable::parse(text), None, "{text}");
        }
    }

    #[test]
    fn a_value_beyond_the_range_widens_it_to_a_round_number() {
        let range = ValueRange::default();
        assert_eq!(range.including(7.0).max, 10.0);
        assert_eq!(range.including(7.0).min, -5.0);
        assert_eq!(range.including(-12.0).min, -20.0);
        assert_eq!(range.including(5.0), range);
        assert_eq!(range.including(1000.0).max, 1000.0);
        assert!(range.including(f64::MAX).is_valid());
        let below_zero = ValueRange { max: -1.0, ..range };
        assert_eq!(below_zero.including(0.0).max, 0.0);
        let far_below = ValueRange { max: -4.0, ..range };
        assert_eq!(far_below.including(-2.7).max, -2.0);
        assert!(below_zero.including(5e-324).is_valid());
    }
}
