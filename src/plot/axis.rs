//! A linear or logarithmic axis and its ticks.

use neurodial_core::text::{format_fixed, multiple_of_step, next_round_number};

/// The lowest value on a logarithmic axis; smaller ones are drawn there.
const MIN_LOG_VALUE: f64 = 1e-12;

/// The scale of an axis, and the numbers that have ticks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum AxisScale {
    /// Ticks at multiples of 1, 2 or 5 times a power of ten.
    Linear,
    /// As linear, but without ticks between integers.
    Integer,
    /// The logarithm, with ticks at 1, 2 and 5 or 1 and 3 times powers of ten.
    Logarithmic,
}

/// An axis: its range and its scale.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Axis {
    /// The values at the lower and the upper end.
    pub(crate) range: [f64; 2],
    /// The scale.
    pub(crate) scale: AxisScale,
}

/// A tick of an axis.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Tick {
    /// The value.
    pub(crate) value: f64,
    /// The value as text, with as many decimals as the distance between ticks needs.
    pub(crate) text: String,
}

impl Axis {
    /// Creates a linear axis.
    pub(crate) const fn linear(range: [f64; 2]) -> Self {
        Self {
            range,
            scale: AxisScale::Linear,
        }
    }

    /// Creates a linear axis without ticks between integers.
    pub(crate) const fn integer(range: [f64; 2]) -> Self {
        Self {
            range,
            scale: AxisScale::Integer,
        }
    }

    /// Creates an axis that shows all finite losses; a linear one begins at 0.
    pub(crate) fn for_losses(losses: impl Iterator<Item = f64>, is_log: bool) -> Self {
        let finite = losses.filter(|loss| loss.is_finite());
        let [low, high] = finite.fold([f64::INFINITY, f64::NEG_INFINITY], |[low, high], loss| {
            [low.min(loss), high.max(loss)]
        });
        let is_empty = low > high;
        if !is_log {
            return Self::linear(match is_empty {
                true => [0.0, 1.0],
                false => [low.min(0.0), if high > 0.0 { 1.08 * high } else { 1.0 }],
            });
        }
        let [low, high] = match is_empty {
            true => [0.01, 1.0],
            false => [low, high],
        };
        let [low, high] = [low, high].map(|loss| libm::log10(loss.max(MIN_LOG_VALUE)));
        // The axis shows at least half a decade.
        let missing = (0.5 - (high - low)).max(0.0) / 2.0;
        let room = match is_empty {
            true => 0.0,
            false => 0.06 * (high - low).max(0.5),
        };
        Self {
            range: [low - missing - room, high + missing + room].map(|end| libm::pow(10.0, end)),
            scale: AxisScale::Logarithmic,
        }
    }

    /// Returns the position of a value: 0 at the lower end and 1 at the upper. Values far outside the range are
    /// clamped, and NaN is in the middle.
    pub(crate) fn fraction(&self, value: f64) -> f64 {
        const MAX_FRACTION: f64 = 4.0;
        let [from, to] = match self.scale {
            AxisScale::Linear | AxisScale::Integer => self.range,
            AxisScale::Logarithmic => self.range.map(libm::log10),
        };
        let value = match self.scale {
            AxisScale::Linear | AxisScale::Integer => value,
            AxisScale::Logarithmic => libm::log10(value.max(MIN_LOG_VALUE)),
        };
        let fraction = (value - from) / (to - from);
        if fraction.is_nan() {
            0.5
        } else {
            fraction.clamp(-MAX_FRACTION, MAX_FRACTION + 1.0)
        }
    }

    /// Returns the ticks of an axis of `length` points, at least `min_distance` points apart.
    pub(crate) fn ticks(&self, length: f32, min_distance: f32) -> Vec<Tick> {
        let length = length.max(1.0);
        match self.scale {
            AxisScale::Linear => self.linear_ticks(0.0, length, min_distance),
            AxisScale::Integer => self.linear_ticks(1.0, length, min_distance),
            AxisScale::Logarithmic => self.log_ticks(length, min_distance),
        }
    }

    /// Returns ticks at the multiples of a round number that is at least `min_step`.
    fn linear_ticks(&self, min_step: f64, length: f32, min_distance: f32) -> Vec<Tick> {
        const MAX_TICKS: usize = 100;
        let [from, to] = self.range;
        let min_distance = (to - from) * f64::from(min_distance / length);
        if !(min_distance.is_finite() && min_distance > 0.0) {
            return Vec::new();
        }
        let step = next_round_number(min_distance.max(min_step));
        let first = libm::ceil(from / step - 1e-9);
        let end = to + 1e-9 * step;
        let values = (0..MAX_TICKS).map(|index| multiple_of_step(step, first + index as f64));
        let values = values.take_while(|&value| value <= end);
        values
            .map(|value| Tick {
                value,
                text: tick_text(value, step),
            })
            .collect()
    }

    fn log_ticks(&self, length: f32, min_distance: f32) -> Vec<Tick> {
        let [low, high] = self.range.map(libm::log10);
        let per_decade = f64::from(length) / (high - low);
        let digits: &[i32] = if per_decade > 120.0 {
            &[1, 2, 5]
        } else if per_decade > 60.0 {
            &[1, 3]
        } else {
            &[1]
        };
        let every = libm::ceil(f64::from(min_distance) / per_decade).max(1.0) as i32;
        let decades = libm::floor(low) as i32..=libm::ceil(high) as i32;
        let decades = decades.filter(|decade| decade % every == 0);
        let ticks = decades.flat_map(|decade| {
            digits.iter().map(move |&digit| Tick {
                value: f64::from(digit) * libm::pow(10.0, f64::from(decade)),
                text: power_text(digit, decade),
            })
        });
        ticks
            .filter(|tick| (low..=high).contains(&libm::log10(tick.value)))
            .collect()
    }
}

/// Returns the text of a multiple of `step`, with as many decimals as the step needs.
fn tick_text(value: f64, step: f64) -> String {
    let exponent = libm::floor(libm::log10(step) + 1e-9);
    // Binary rounding may leave a multiple of the step slightly off 0.
    let value = if value.abs() < 0.5 * step { 0.0 } else { value };
    if !(-4.0..7.0).contains(&exponent) {
        if value == 0.0 {
            return "0".to_owned();
        }
        let digits = (libm::floor(libm::log10(value.abs()) + 1e-9) - exponent).clamp(0.0, 15.0) as usize;
        return format!("{value:.digits$e}").replace('-', "−");
    }
    format_fixed(value, (-exponent).max(0.0) as usize)
}

/// Returns the text of a number such as `0.02`, `300` or `5e−6`.
fn power_text(digit: i32, decade: i32) -> String {
    match decade {
        0..=4 => format!("{digit}{}", "0".repeat(decade as usize)),
        -4..=-1 => format!("0.{}{digit}", "0".repeat((-decade - 1) as usize)),
        _ => format!("{digit}e{decade}").replace('-', "−"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(axis: Axis, length: f32, min_distance: f32) -> Vec<String> {
        let ticks = axis.ticks(length, min_distance).into_iter();
        ticks.map(|tick| tick.text).collect()
    }

    #[test]
    fn ticks_are_round_numbers_with_matching_texts() {
        assert_eq!(
            texts(Axis::linear([-5.0, 5.0]), 600.0, 50.0),
            ["−5", "−4", "−3", "−2", "−1", "0", "1", "2", "3", "4", "5"]
        );
        let fine = Axis::linear([0.0, 0.6]);
        assert_eq!(texts(fine, 100.0, 30.0), ["0.0", "0.2", "0.4", "0.6"]);
        assert_eq!(texts(Axis::linear([0.0, 2e9]), 100.0, 30.0)[1], "1e9");
        let tiny = Axis::linear([-1e-11, 1e-11]);
        assert_eq!(texts(tiny, 100.0, 30.0), ["−1e−11", "0", "1e−11"]);
        for ends in [
            [0.0, 0.0],
            [f64::NAN, 1.0],
            [-1e308, 1e308],
            [1e16, 1e16 + 4.0],
            [0.0, 1e-300],
        ] {
            assert!(Axis::linear(ends).ticks(100.0, 30.0).len() <= 100);
        }
    }

    #[test]
    fn an_integer_axis_has_no_ticks_between_integers() {
        assert_eq!(texts(Axis::integer([0.0, 2.0]), 600.0, 50.0), ["0", "1", "2"]);
        assert_eq!(
            texts(Axis::integer([0.0, 20.0]), 300.0, 50.0),
            ["0", "5", "10", "15", "20"]
        );
    }

    #[test]
    fn a_logarithmic_axis_has_readable_ticks() {
        let texts = texts(Axis::for_losses([0.004, 0.9].into_iter(), true), 150.0, 26.0);
        assert!(
            texts.contains(&"0.01".to_owned()) && texts.contains(&"0.1".to_owned()),
            "{texts:?}"
        );
        assert_eq!(power_text(5, -6), "5e−6");
        assert_eq!(power_text(3, 2), "300");
    }

    #[test]
    fn every_loss_is_on_its_axis() {
        for is_log in [false, true] {
            for losses in [
                vec![],
                vec![0.0],
                vec![0.0, 1e-300],
                vec![3.0, 1e9],
                vec![f64::NAN, 2.0],
            ] {
                let axis = Axis::for_losses(losses.iter().copied(), is_log);
                for loss in losses.into_iter().filter(|loss| loss.is_finite()) {
                    let fraction = axis.fraction(loss);
                    assert!((-1e-9..=1.0 + 1e-9).contains(&fraction), "{loss}: {fraction}");
                }
                assert!(axis.ticks(120.0, 26.0).len() < 12);
            }
        }
    }
}
