//! The learning rate over the epochs.

use std::f64::consts::PI;
use std::fmt;
use std::str::FromStr;

use crate::text::{Localized, Messages, format_ascii, parse_number, shortened};

/// The factor on the learning rate in epoch `e` (from 0) of `n`.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub enum LearningRateSchedule {
    /// 1 in every epoch.
    #[default]
    Constant,
    /// `1 − e/n`.
    Linear,
    /// `(1 + cos(π e/n)) / 2` (Loshchilov and Hutter, 2017).
    Cosine,
    /// `factorᵉ`, with a factor above 0 and at most 1.
    Exponential(f64),
}

impl LearningRateSchedule {
    /// Returns the name that people read: “Linear decay”.
    pub fn label(self, messages: Messages) -> String {
        match self {
            Self::Constant => messages.schedule_constant().to_owned(),
            Self::Linear => messages.schedule_linear().to_owned(),
            Self::Cosine => messages.schedule_cosine().to_owned(),
            Self::Exponential(factor) => messages.schedule_exponential(format_ascii(factor, 6)),
        }
    }

    /// Returns the factor in an epoch, counted from 0.
    pub fn factor(self, epoch: usize, epochs: usize) -> f64 {
        let progress = epoch as f64 / epochs.max(1) as f64;
        match self {
            Self::Constant => 1.0,
            Self::Linear => (1.0 - progress).max(0.0),
            Self::Cosine => 0.5 * (1.0 + libm::cos(PI * progress.min(1.0))),
            Self::Exponential(factor) => libm::pow(factor, epoch as f64),
        }
    }
}

impl fmt::Display for LearningRateSchedule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Constant => f.write_str("constant"),
            Self::Linear => f.write_str("linear"),
            Self::Cosine => f.write_str("cosine"),
            Self::Exponential(factor) => factor.fmt(f),
        }
    }
}

/// Error for a text that is not a schedule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownSchedule(pub(crate) String);

impl Localized for UnknownSchedule {
    fn message(&self, messages: Messages) -> String {
        messages.unknown_schedule(&self.0)
    }
}

crate::localized_errors!(UnknownSchedule);

impl FromStr for LearningRateSchedule {
    type Err = UnknownSchedule;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Ok(match text {
            "constant" => Self::Constant,
            "linear" => Self::Linear,
            "cosine" => Self::Cosine,
            _ => match parse_number(text) {
                Ok(factor) if factor > 0.0 && factor <= 1.0 => Self::Exponential(factor),
                _ => return Err(UnknownSchedule(shortened(text))),
            },
        })
    }
}
