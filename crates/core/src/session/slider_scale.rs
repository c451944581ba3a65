//! Conversion between the positions and the values of a slider.

/// The fraction of a slider that is reserved at an end for 0 or for infinity.
const END_FRACTION: f64 = 0.07;
/// The values within each decade that the arrow keys step through on a logarithmic scale.
const DECADE_STOPS: [f64; 4] = [1.0, 2.0, 3.0, 5.0];

/// The values along a slider, on a linear or a logarithmic scale.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SliderScale {
    /// The smallest value, apart from 0 if [`Self::has_zero`].
    pub min: f64,
    /// The largest finite value.
    pub max: f64,
    /// The spacing of the values.
    pub spacing: Spacing,
    /// True if the values are integers.
    pub is_integer: bool,
    /// True if the lower end is 0, below [`Self::min`].
    pub has_zero: bool,
    /// True if the upper end is infinity (no limit), above [`Self::max`].
    pub has_infinity: bool,
}

/// The spacing of the values along a slider.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Spacing {
    /// A linear scale with an increment by which keys move; dragging is not rounded.
    Continuous {
        /// The increment, above 0.
        step: f64,
    },
    /// A linear scale with an increment; dragging is rounded to a fraction of it.
    Linear {
        /// The increment, above 0.
        step: f64,
    },
    /// A logarithmic scale, on which all decades have the same length.
    Logarithmic,
}

/// The distance that a key moves the value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyStride {
    /// A tenth of an increment, or the second significant digit on a logarithmic scale; 1 if the values are
    /// integers.
    Fine,
    /// One increment; on a logarithmic scale, to the next of 1, 2, 3 and 5 times a power of ten.
    Increment,
    /// Ten increments, or a decade.
    Page,
}

impl KeyStride {
    /// Returns the distance on a linear scale with this increment.
    fn distance(self, step: f64) -> f64 {
        match self {
            Self::Fine => 0.1 * step,
            Self::Increment => step,
            Self::Page => 10.0 * step,
        }
    }
}

impl SliderScale {
    /// Returns the position of a value, from 0 to 1. A value beyond an end is placed at that end.
    pub fn fraction_of(&self, value: f64) -> f64 {
        let (low, high) = self.number_range();
        if self.has_zero && value <= 0.0 {
            return 0.0;
        }
        if self.has_infinity && value > self.max {
            return 1.0;
        }
        let scale = |value: f64| match self.spacing {
            Spacing::Continuous { .. } | Spacing::Linear { .. } => value,
            Spacing::Logarithmic => libm::log10(value.max(f64::MIN_POSITIVE)),
        };
        let (from, to) = (scale(self.min), scale(self.max));
        let fraction = if to > from {
            (scale(value) - from) / (to - from)
        } else {
            0.0
        };
        low + fraction.clamp(0.0, 1.0) * (high - low)
    }

    /// Returns the value at a position from 0 to 1, rounded to what a pointer can resolve: to a fifth of an
    /// increment (a fiftieth if `is_fine`), or to two significant digits on a logarithmic scale (three if
    /// `is_fine`). On a continuous scale it is not rounded.
    pub fn value_at(&self, fraction: f64, is_fine: bool) -> f64 {
        let (low, high) = self.number_range();
        if self.has_zero && fraction < low - 1e-9 {
            return 0.0;
        }
        if self.has_infinity && fraction > high + 1e-9 {
            return f64::INFINITY;
        }
        let fraction_of_range = ((fraction - low) / (high - low)).clamp(0.0, 1.0);
        let value = match self.spacing {
            Spacing::Continuous { .. } => self.min + fraction_of_range * (self.max - self.min),
            Spacing::Linear { step } => {
                let resolution = if is_fine { step / 50.0 } else { step / 5.0 };
                let value = self.min + fraction_of_range * (self.max - self.min);
                without_float_noise(libm::round(value / resolution) * resolution)
            }
            Spacing::Logarithmic => {
                let (from, to) = (libm::log10(self.min), libm::log10(self.max));
                round_to_digits(
                    libm::pow(10.0, from + fraction_of_range * (to - from)),
                    if is_fine { 3 } else { 2 },
                )
            }
        };
        self.rounded_if_integer(value).clamp(self.min, self.max)
    }

    /// Returns the value after the pointer has moved along a fraction of the slider. On a continuous scale it
    /// is not clamped, so that a pointer that goes beyond an end and comes back finds the same value again.
    pub fn moved(&self, value: f64, fraction: f64, is_fine: bool) -> f64 {
        match self.spacing {
            Spacing::Continuous { .. } => value + fraction * (self.max - self.min),
            Spacing::Linear { .. } | Spacing::Logarithmic => {
                self.value_at(self.fraction_of(value) + fraction, is_fine)
            }
        }
    }

    /// Returns the value after the scroll wheel has moved by a number of notches, each an increment, or a
    /// tenth of it if `is_fine`. Parts of a notch have an effect only if not [`Self::has_whole_steps`].
    pub fn scrolled(&self, value: f64, notches: f64, is_fine: bool) -> f64 {
        let stride = if is_fine {
            KeyStride::Fine
        } else {
            KeyStride::Increment
        };
        match self.spacing {
            Spacing::Continuous { step } | Spacing::Linear { step } if !self.has_whole_steps() => {
                let step = stride.distance(step);
                round_to_step(value + notches * step, step).clamp(self.min.min(value), self.max.max(value))
            }
            _ => {
                (0..notches.abs() as usize).fold(value, |value, _| self.stepped(value, stride, notches > 0.0))
            }
        }
    }

    /// True if keys and the wheel move only by whole steps: between integers or along a logarithmic scale.
    pub fn has_whole_steps(&self) -> bool {
        self.is_integer || self.spacing == Spacing::Logarithmic
    }

    /// Returns the value a stride above or below `value`. Keys don't move it beyond an end.
    pub fn stepped(&self, value: f64, stride: KeyStride, is_up: bool) -> f64 {
        if self.has_zero && value <= 0.0 {
            return if is_up { self.min } else { 0.0 };
        }
        if self.has_infinity && value > self.max {
            return if is_up { value } else { self.max };
        }
        if is_up && value >= self.max {
            return if self.has_infinity { f64::INFINITY } else { value };
        }
        if !is_up && value <= self.min {
            return if self.has_zero { 0.0 } else { value };
        }
        let sign = if is_up { 1.0 } else { -1.0 };
        let next = match (self.spacing, stride) {
            (Spacing::Continuous { step } | Spacing::Linear { step }, _) => {
                let step = match stride {
                    KeyStride::Fine if self.is_integer => 1.0,
                    _ => stride.distance(step),
                };
                round_to_step(value + sign * step, step)
            }
            (Spacing::Logarithmic, KeyStride::Fine) if self.is_integer => value + sign,
            (Spacing::Logarithmic, KeyStride::Fine) => {
                let resolution = libm::pow(10.0, libm::floor(libm::log10(value) + 1e-9) - 1.0);
                without_float_noise(value + sign * resolution)
            }
            (Spacing::Logarithmic, KeyStride::Increment) => next_stop(value, is_up),
            (Spacing::Logarithmic, KeyStride::Page) => {
                without_float_noise(if is_up { value * 10.0 } else { value / 10.0 })
            }
        };
        self.rounded_if_integer(next).clamp(self.min, self.max)
    }

    /// Returns the value at the upper or the lower end.
    pub fn end(&self, is_upper: bool) -> f64 {
        match (is_upper, self.has_zero, self.has_infinity) {
            (true, _, true) => f64::INFINITY,
            (true, _, false) => self.max,
            (false, true, _) => 0.0,
            (false, false, _) => self.min,
        }
    }

    /// Returns the positions of [`Self::min`] and [`Self::max`], between the parts reserved for 0 and
    /// infinity.
    fn number_range(&self) -> (f64, f64) {
        let low = if self.has_zero { END_FRACTION } else { 0.0 };
        let high = if self.has_infinity {
            1.0 - END_FRACTION
        } else {
            1.0
        };
        (low, high)
    }

    fn rounded_if_integer(&self, value: f64) -> f64 {
        if self.is_integer {
            libm::round(value)
        } else {
            value
        }
    }
}

/// Returns the next of 1, 2, 3, 5, 10, 20 … above or below `value`.
fn next_stop(value: f64, is_up: bool) -> f64 {
    const NEAR: f64 = 1e-9;
    let decade = libm::floor(libm::log10(value) + NEAR) as i32;
    let mut stops = (decade - 1..=decade + 1).flat_map(|decade| {
        DECADE_STOPS.map(|stop| without_float_noise(stop * libm::pow(10.0, f64::from(decade))))
    });
    if is_up {
        stops.find(|&stop| stop > value * (1.0 + NEAR)).unwrap_or(value)
    } else {
        stops
            .take_while(|&stop| stop < value * (1.0 - NEAR))
            .last()
            .unwrap_or(value)
    }
}

/// Removes the rounding error of an added increment (0.30000000000000004): rounds to four digits finer than
/// the increment.
fn round_to_step(value: f64, step: f64) -> f64 {
    let digits = (4.0 - libm::floor(libm::log10(step.abs()))).clamp(0.0, 15.0) as usize;
    let rounded = format!("{value:.digits$}").parse().unwrap_or(value);
    // If the value has finer digits than that, they were typed: keep them.
    if (rounded - value).abs() <= 4.0 * f64::EPSILON * value.abs().max(step.abs()) {
        rounded
    } else {
        value
    }
}

/// Removes rounding errors by rounding to 12 significant digits.
fn without_float_noise(value: f64) -> f64 {
    round_to_digits(value, 12)
}

/// Rounds a value to `count` significant digits.
fn round_to_digits(value: f64, count: usize) -> f64 {
    let after = count.saturating_sub(1);
    format!("{value:.after$e}").parse().unwrap_or(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    const RATE: SliderScale = SliderScale {
        min: 1e-5,
        max: 10.0,
        spacing: Spacing::Logarithmic,
        is_integer: false,
        has_zero: false,
        has_infinity: false,
    };
    const PENALTY: SliderScale = SliderScale {
        min: 1e-6,
        max: 1.0,
        has_zero: true,
        ..RATE
    };
    const BATCH: SliderScale = SliderScale {
        min: 1.0,
        max: 160.0,
        is_integer: true,
        has_infinity: true,
        ..RATE
    };
    const NOISE: SliderScale = SliderScale {
        min: 0.0,
        max: 1.0,
        spacing: Spacing::Linear { step: 0.05 },
        ..RATE
    };
    const ALL: [SliderScale; 4] = [RATE, PENALTY, BATCH, NOISE];

    #[test]
    fn a_value_converts_to_its_position_and_back() {
        for scale in ALL {
            let mut before = f64::NEG_INFINITY;
            for percent in 0..=100 {
                let fraction = f64::from(percent) / 100.0;
                let value = scale.value_at(fraction, false);
                assert!(value >= before, "{scale:?} rises: {value} after {before}");
                before = value;
                let round_trip = scale.value_at(scale.fraction_of(value), false);
                assert_eq!(round_trip, value, "{scale:?} at {fraction}");
            }
            assert_eq!(scale.value_at(0.0, false), scale.end(false));
            assert_eq!(scale.value_at(1.0, false), scale.end(true));
            assert_eq!(scale.fraction_of(-1.0), 0.0);
            assert_eq!(scale.fraction_of(1e9), 1.0);
        }
        assert_eq!(RATE.value_at(0.5, false), 0.01);
        assert_eq!(BATCH.value_at(1.0, false), f64::INFINITY);
        assert_eq!(PENALTY.value_at(0.0, false), 0.0);
    }

    #[test]
    fn a_continuous_scale_keeps_every_digit_and_the_wheel_moves_by_increments() {
        let range = SliderScale {
            min: -5.0,
            max: 5.0,
            spacing: Spacing::Continuous { step: 0.1 },
            ..NOISE
        };
        let typed = 0.123_456_789_012_345_6;
        assert_eq!(range.moved(typed, 0.0, false), typed);
        assert_eq!(range.moved(4.0, 0.25, false), 6.5);
        assert_eq!(range.scrolled(0.2, 1.0, false), 0.3);
        assert_eq!(range.scrolled(0.2, -0.5, true), 0.195);
        assert_eq!(range.scrolled(4.95, 3.0, false), 5.0);
        assert_eq!(range.stepped(typed, KeyStride::Increment, true), typed + 0.1);
        // Along the decades only whole notches count.
        assert_eq!(RATE.scrolled(0.02, 2.0, false), 0.05);
        assert_eq!(RATE.scrolled(0.02, -0.9, false), 0.02);
        assert_eq!(BATCH.scrolled(100.0, 2.0, false), f64::INFINITY);
        // A handle that is dragged back has its value again.
        assert_eq!(
            RATE.moved(RATE.moved(0.02, 0.3, false), 0.0, false),
            RATE.moved(0.02, 0.3, false)
        );
        assert_eq!(RATE.moved(0.02, 0.0, false), 0.02);
    }

    #[test]
    fn keys_step_through_the_decades_and_stay_within_the_ends() {
        let steps = |scale: SliderScale, from: f64, stride, is_up, count| {
            let mut value = from;
            (0..count)
                .map(|_| {
                    value = scale.stepped(value, stride, is_up);
                    value
                })
                .collect::<Vec<_>>()
        };
        assert_eq!(
            steps(RATE, 0.02, KeyStride::Increment, true, 4),
            [0.03, 0.05, 0.1, 0.2]
        );
        assert_eq!(
            steps(RATE, 0.02, KeyStride::Increment, false, 4),
            [0.01, 0.005, 0.003, 0.002]
        );
        assert_eq!(steps(RATE, 0.014, KeyStride::Increment, true, 1), [0.02]);
        assert_eq!(steps(RATE, 0.02, KeyStride::Fine, true, 2), [0.021, 0.022]);
        assert_eq!(
            steps(RATE, 0.02, KeyStride::Page, true, 4),
            [0.2, 2.0, 10.0, 10.0]
        );
        assert_eq!(
            steps(PENALTY, 2e-6, KeyStride::Increment, false, 3),
            [1e-6, 0.0, 0.0]
        );
        assert_eq!(steps(PENALTY, 0.0, KeyStride::Increment, true, 2), [1e-6, 2e-6]);
        assert_eq!(
            steps(BATCH, 100.0, KeyStride::Increment, true, 3),
            [160.0, f64::INFINITY, f64::INFINITY]
        );
        assert_eq!(
            steps(BATCH, f64::INFINITY, KeyStride::Fine, false, 2),
            [160.0, 159.0]
        );
        assert_eq!(
            steps(NOISE, 0.1, KeyStride::Increment, true, 3),
            [0.15, 0.2, 0.25]
        );
        assert_eq!(steps(NOISE, 0.05, KeyStride::Increment, false, 2), [0.0, 0.0]);
        // Keys leave a typed value beyond an end unchanged in one direction, and in the other return to the
        // end.
        assert_eq!(steps(RATE, 30.0, KeyStride::Increment, true, 1), [30.0]);
        assert_eq!(steps(RATE, 30.0, KeyStride::Increment, false, 1), [10.0]);
    }
}
