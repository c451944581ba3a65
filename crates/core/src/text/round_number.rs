//! Round numbers: 1, 2 or 5 times a power of ten, as the steps of an axis.

/// Returns the smallest round number that is at least `min`; `min` itself if it is not above 0 or not finite.
///
/// ```
/// use neurodial_core::text::next_round_number;
///
/// assert_eq!(next_round_number(0.13), 0.2);
/// assert_eq!(next_round_number(600.0), 1000.0);
/// ```
pub fn next_round_number(min: f64) -> f64 {
    let mut candidates = round_numbers_near(min);
    candidates.find(|&number| number >= min).unwrap_or(min)
}

/// Returns the smallest number not below `value` that is 0, a round number or the negative of one; `value`
/// itself if there is none.
pub(crate) fn round_up(value: f64) -> f64 {
    if value >= 0.0 {
        // The sum turns −0 into 0.
        return next_round_number(value + 0.0);
    }
    let mut candidates = round_numbers_near(-value);
    candidates
        .rfind(|&number| number <= -value)
        .map_or(value, |number| -number)
}

/// Returns `count · step` without the rounding error that a step below 1 would cause.
pub fn multiple_of_step(step: f64, count: f64) -> f64 {
    let inverse = (1.0 / step).round();
    if step < 1.0 && inverse < 1e15 {
        count / inverse
    } else {
        count * step
    }
}

/// Returns the round numbers around a positive number, ascending and without those that overflow; none for
/// another number.
fn round_numbers_near(magnitude: f64) -> impl DoubleEndedIterator<Item = f64> {
    let exponent = match magnitude > 0.0 && magnitude.is_finite() {
        true => Some(libm::floor(libm::log10(magnitude)) as i32),
        false => None,
    };
    // Powers below 1 are computed by a division, which is correctly rounded.
    let power = |exponent: i32| match exponent >= 0 {
        true => libm::pow(10.0, f64::from(exponent)),
        false => 1.0 / libm::pow(10.0, f64::from(-exponent)),
    };
    exponent
        .into_iter()
        .flat_map(move |exponent| {
            [
                (1.0, exponent),
                (2.0, exponent),
                (5.0, exponent),
                (1.0, exponent + 1),
            ]
            .map(|(digit, exponent)| digit * power(exponent))
        })
        .filter(|number| number.is_finite())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_rounded_up_to_1_2_or_5_times_a_power_of_ten() {
        for (value, round) in [
            (0.0, 0.0),
            (1.0, 1.0),
            (1.1, 2.0),
            (2.5, 5.0),
            (7.0, 10.0),
            (1000.0, 1000.0),
            (0.003, 0.005),
            (-1.0, -1.0),
            (-3.0, -2.0),
            (-7.0, -5.0),
            (-0.04, -0.02),
            (f64::MIN, -1e308),
        ] {
            assert_eq!(round_up(value), round);
        }
        for value in [f64::NAN, f64::INFINITY, f64::MAX, 5e-324] {
            assert_eq!(round_up(value).to_bits(), value.to_bits());
        }
        assert_eq!(next_round_number(-3.0), -3.0);
    }

    #[test]
    fn multiples_have_no_rounding_error() {
        assert_eq!(multiple_of_step(0.1, 3.0), 0.3);
        assert_eq!(multiple_of_step(20.0, -3.0), -60.0);
    }
}
