//! Numbers within sentences that stay true though they are rounded.

use crate::words::format_fixed;

/// How numbers are written: with so many decimals.
#[derive(Debug, Clone, Copy)]
pub(super) struct NumberWriter {
    pub decimals: usize,
}

/// On which side of a number its rounded form has to lie.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum RoundingBound {
    AtMost,
    AtLeast,
}

impl NumberWriter {
    pub fn fixed(self, value: f64) -> String {
        format_fixed(value, self.decimals)
    }

    /// What a person reads off the rounded form.
    pub fn rounded(self, value: f64) -> f64 {
        let text = self.fixed(value).replace('−', "-");
        text.parse().unwrap_or(value)
    }

    /// Whether nothing is lost by rounding but the noise of the last bits.
    pub fn is_exact(self, value: f64) -> bool {
        is_same(self.rounded(value), value)
    }

    /// Whether it reads as 0 and is none.
    pub fn rounds_to_zero(self, value: f64) -> bool {
        value != 0.0 && self.rounded(value) == 0.0
    }

    /// The number, with “about” if it is rounded, or bounds where it would read as 0.
    pub fn about(self, value: f64) -> String {
        if self.rounds_to_zero(value) {
            let unit = self.unit();
            return if value > 0.0 {
                format!("less than {unit}")
            } else {
                format!("between −{unit} and 0")
            };
        }
        if !value.is_finite() || self.is_exact(value) {
            self.fixed(value)
        } else {
            format!("about {}", self.fixed(value))
        }
    }

    /// The rounded form that does not lie on the other side of the number.
    pub fn fixed_within(self, value: f64, bound: RoundingBound) -> String {
        let is_fine = |read: f64| {
            is_same(read, value)
                || match bound {
                    RoundingBound::AtMost => read <= value,
                    RoundingBound::AtLeast => read >= value,
                }
        };
        if is_fine(self.rounded(value)) {
            return self.fixed(value);
        }
        // One unit of the last digit that is shown.
        let mut unit = 10_f64.powi(-(self.decimals as i32));
        if value.abs() >= 1e7 {
            unit *= 10_f64.powi(value.abs().log10().floor() as i32);
        }
        let unit = if bound == RoundingBound::AtMost { -unit } else { unit };
        self.fixed(self.rounded(value) + unit)
    }

    /// The smallest number that does not read as 0.
    fn unit(self) -> String {
        self.fixed(10_f64.powi(-(self.decimals as i32)))
    }
}

/// Equal but for the noise that a few roundings leave.
fn is_same(left: f64, right: f64) -> bool {
    (left - right).abs() <= 1e-14 * left.abs().max(right.abs()).max(1e-3)
}

/// “a”, “a and b”, “a, b and c”.
pub(super) fn join_with_and(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [only] => only.clone(),
        [start @ .., last] => format!("{} and {last}", start.join(", ")),
    }
}

/// The first letter as a capital.
pub(super) fn capitalized(text: &str) -> String {
    let mut characters = text.chars();
    match characters.next() {
        Some(first) => first.to_uppercase().collect::<String>() + characters.as_str(),
        None => String::new(),
    }
}
