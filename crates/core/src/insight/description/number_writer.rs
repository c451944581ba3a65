//! Writes numbers in sentences that remain true although the numbers are rounded.

use crate::text::{Messages, format_fixed};

/// Writes numbers with a given number of decimals.
#[derive(Debug, Clone, Copy)]
pub(super) struct NumberWriter {
    pub(crate) messages: Messages,
    pub(crate) decimals: usize,
}

/// The direction in which a number is rounded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum RoundingDirection {
    /// The rounded number is at most the exact one.
    Down,
    /// The rounded number is at least the exact one.
    Up,
}

impl NumberWriter {
    /// Returns the number with the given decimals.
    pub(crate) fn fixed(self, value: f64) -> String {
        format_fixed(value, self.decimals)
    }

    /// Returns the value of the rounded form.
    pub(crate) fn rounded(self, value: f64) -> f64 {
        let text = self.fixed(value).replace('−', "-");
        text.parse().unwrap_or(value)
    }

    /// True if rounding loses nothing but errors in the last bits.
    pub(crate) fn is_exact(self, value: f64) -> bool {
        is_same(self.rounded(value), value)
    }

    /// True if the number is not 0 but its rounded form is.
    pub(crate) fn rounds_to_zero(self, value: f64) -> bool {
        value != 0.0 && self.rounded(value) == 0.0
    }

    /// Returns the number, preceded by “about” if it is rounded, or bounds if it would be shown as 0.
    pub(crate) fn about(self, value: f64) -> String {
        if self.rounds_to_zero(value) {
            let unit = self.unit();
            return if value > 0.0 {
                self.messages.number_less_than(unit)
            } else {
                self.messages.number_between(format!("−{unit}"), 0)
            };
        }
        if !value.is_finite() || self.is_exact(value) {
            self.fixed(value)
        } else {
            self.messages.number_about(self.fixed(value))
        }
    }

    /// Returns the number rounded down or up, with the given decimals.
    pub(crate) fn fixed_toward(self, value: f64, direction: RoundingDirection) -> String {
        let is_in_direction = |rounded: f64| {
            is_same(rounded, value)
                || match direction {
                    RoundingDirection::Down => rounded <= value,
                    RoundingDirection::Up => rounded >= value,
                }
        };
        if is_in_direction(self.rounded(value)) {
            return self.fixed(value);
        }
        // One unit of the last digit that is shown.
        let mut unit = 10_f64.powi(-(self.decimals as i32));
        if value.abs() >= 1e7 {
            unit *= 10_f64.powi(value.abs().log10().floor() as i32);
        }
        let unit = if direction == RoundingDirection::Down {
            -unit
        } else {
            unit
        };
        self.fixed(self.rounded(value) + unit)
    }

    /// Returns the smallest number whose rounded form is not 0.
    fn unit(self) -> String {
        self.fixed(10_f64.powi(-(self.decimals as i32)))
    }
}

/// True if the numbers are equal except for a few rounding errors.
fn is_same(left: f64, right: f64) -> bool {
    (left - right).abs() <= 1e-14 * left.abs().max(right.abs()).max(1e-3)
}
