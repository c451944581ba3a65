//! A number of a choice that a hand can turn.

use crate::data::generator::{MAX_NOISE, MAX_SAMPLES};
use crate::learning::settings::MAX_EPOCHS;
use crate::words::{parse_number, plain, shortened};

use super::rail::{Rail, Spacing};
use super::{Choice, Course, Source};

/// A number of a [`Choice`] that can be turned like a knob. A batch of all samples is ∞.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Setting {
    /// How many samples are made.
    Samples,
    /// How far they are off.
    Noise,
    /// The part that is held out, from 0 to 1.
    Test,
    /// Of the data, and of the order of the samples.
    Seed,
    /// The learning rate.
    Rate,
    /// The samples of a step.
    Batch,
    /// How often all samples are seen.
    Epochs,
    /// What the size of every weight costs.
    L1,
    /// What its square costs.
    L2,
}

impl Setting {
    /// All of them.
    pub const ALL: [Self; 9] = [
        Self::Samples,
        Self::Noise,
        Self::Test,
        Self::Seed,
        Self::Rate,
        Self::Batch,
        Self::Epochs,
        Self::L1,
        Self::L2,
    ];

    /// Its name, for a screen reader too.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Samples => "samples",
            Self::Noise => "noise",
            Self::Test => "test part",
            Self::Seed => "seed of the data",
            Self::Rate => "learning rate",
            Self::Batch => "batch",
            Self::Epochs => "epochs",
            Self::L1 => "L1 regularisation",
            Self::L2 => "L2 regularisation",
        }
    }

    /// Whether it says anything of that data.
    pub const fn is_for(self, choice: &Choice) -> bool {
        match self {
            Self::Samples | Self::Noise => matches!(choice.source, Source::Made(_)),
            _ => true,
        }
    }

    /// How it is chosen.
    pub fn value(self, choice: &Choice) -> f64 {
        match self {
            Self::Samples => choice.samples as f64,
            Self::Noise => choice.noise,
            Self::Test => choice.test,
            Self::Seed => choice.seed as f64,
            Self::Rate => choice.learning_rate,
            Self::Batch => choice.batch.map_or(f64::INFINITY, |batch| batch as f64),
            Self::Epochs => choice.epochs as f64,
            Self::L1 => choice.penalty.l1,
            Self::L2 => choice.penalty.l2,
        }
    }

    /// The choice with another value of it; whole numbers are rounded.
    #[must_use]
    pub fn with(self, choice: &Choice, value: f64) -> Choice {
        let mut choice = choice.clone();
        let count = |most: usize| libm::round(value).clamp(0.0, most as f64) as usize;
        match self {
            Self::Samples => choice.samples = count(MAX_SAMPLES).max(2),
            Self::Noise => choice.noise = value.clamp(0.0, MAX_NOISE),
            Self::Test => choice.test = value,
            Self::Seed => choice.seed = libm::round(value).max(0.0) as u64,
            Self::Rate => choice.learning_rate = value,
            Self::Batch => choice.batch = value.is_finite().then(|| count(MAX_SAMPLES).max(1)),
            Self::Epochs => choice.epochs = count(MAX_EPOCHS),
            Self::L1 => choice.penalty.l1 = value,
            Self::L2 => choice.penalty.l2 = value,
        }
        choice
    }

    /// The choice with what a person typed: a number, `20 %` of a part, `all` of a batch.
    ///
    /// # Errors
    /// One sentence if that is no value of it.
    pub fn read(self, choice: &Choice, text: &str) -> Result<Choice, String> {
        let text = text.trim();
        let whole = || {
            let digits = text.replace(['_', ' ', '\u{a0}'], "");
            digits
                .parse::<u64>()
                .map_err(|_| format!("“{}” is not a whole number", shortened(text)))
        };
        let number = |text: &str| parse_number(text).map_err(|e| e.to_string());
        let mut changed = choice.clone();
        match self {
            Self::Samples => changed.samples = usize::try_from(whole()?).unwrap_or(usize::MAX),
            Self::Epochs => changed.epochs = usize::try_from(whole()?).unwrap_or(usize::MAX),
            Self::Seed => changed.seed = whole()?,
            Self::Batch if text.eq_ignore_ascii_case("all") => changed.batch = None,
            Self::Batch => {
                let batch = whole().map_err(|e| format!("{e}; write one, or “all”"))?;
                changed.batch = Some(usize::try_from(batch).unwrap_or(usize::MAX));
            }
            Self::Test => {
                let value = number(text.trim_end_matches(['%', ' ', '\u{a0}']))?;
                // It is shown in per cent; what is below 1 can only be meant as a part.
                let is_part = !text.ends_with('%') && value < 1.0;
                changed.test = if is_part { value } else { value / 100.0 };
            }
            Self::Noise => changed.noise = number(text)?,
            Self::Rate => changed.learning_rate = number(text)?,
            Self::L1 => changed.penalty.l1 = number(text)?,
            Self::L2 => changed.penalty.l2 = number(text)?,
        }
        changed.check().map_err(|e| e.to_string())?;
        Ok(changed)
    }

    /// Its value as a person reads it.
    pub fn words(self, choice: &Choice) -> String {
        match self {
            Self::Samples => choice.samples.to_string(),
            Self::Seed => choice.seed.to_string(),
            Self::Epochs => choice.epochs.to_string(),
            Self::Test => format!("{} %", plain(100.0 * choice.test, 1)),
            Self::Batch => choice
                .batch
                .map_or_else(|| "all".to_owned(), |batch| batch.to_string()),
            Self::Noise | Self::Rate | Self::L1 | Self::L2 => plain(self.value(choice), 6),
        }
    }

    /// Its value where nothing was chosen.
    pub fn usual(self, choice: &Choice) -> f64 {
        match self {
            Self::Rate => choice.optimizer.usual_rate(),
            _ => self.value(&Choice::of(choice.source.clone())),
        }
    }

    /// What a slider for it goes through. Other values can be typed.
    pub fn rail(self, course: &Course) -> Rail {
        let even = |min, max, step| Rail {
            min,
            max,
            spacing: Spacing::Even { step },
            is_whole: false,
            has_zero: false,
            has_all: false,
        };
        let decades = |min, max| Rail {
            spacing: Spacing::Decades,
            ..even(min, max, 1.0)
        };
        match self {
            Self::Samples => Rail {
                is_whole: true,
                ..decades(10.0, 5_000.0)
            },
            Self::Noise => even(0.0, 1.0, 0.05),
            Self::Test => even(0.0, 0.9, 0.05),
            Self::Seed => Rail {
                is_whole: true,
                ..even(1.0, 50.0, 1.0)
            },
            Self::Rate => decades(1e-5, 10.0),
            Self::Batch => {
                let samples = course.material().map_or(100, |material| material.train.samples());
                Rail {
                    is_whole: true,
                    has_all: true,
                    ..decades(1.0, samples.max(2) as f64)
                }
            }
            Self::Epochs => Rail {
                is_whole: true,
                ..decades(1.0, 100_000.0)
            },
            Self::L1 | Self::L2 => Rail {
                has_zero: true,
                ..decades(1e-6, 1.0)
            },
        }
    }
}
