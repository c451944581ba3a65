//! Parsing and formatting of numbers.

/// The reason why a typed number is rejected.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NumberError {
    /// The text is not a number in any supported form.
    #[error("“{0}” is not a number; write it like 0.5, 0,5, 1/3 or -2e-3")]
    NotANumber(String),
    /// The divisor of a fraction is 0.
    #[error("“{0}” divides by zero")]
    DividesByZero(String),
    /// The number is beyond the largest finite `f64`.
    #[error("“{0}” is too large")]
    TooLarge(String),
}

/// Parses a number as a person types it: `0.5`, `0,5`, `1/3`, `-2e-3`; a true minus sign (U+2212) is accepted
/// too.
///
/// # Errors
///
/// Returns an error if the text is anything else (including `nan` and `inf`), divides by zero, or is too
/// large to be finite.
///
/// ```
/// use neurodial_core::text::parse_number;
///
/// assert_eq!(parse_number("0,5"), Ok(0.5));
/// assert_eq!(parse_number("−1/4"), Ok(-0.25));
/// assert!(parse_number("1/0").is_err());
/// ```
pub fn parse_number(text: &str) -> Result<f64, NumberError> {
    let quoted = || super::phrase::shortened(text.trim());
    let decimal = |part: &str| -> Result<f64, NumberError> {
        let normalized = part.trim().replace('−', "-").replace(',', ".");
        let is_numeric_char = |c: char| c.is_ascii_digit() || matches!(c, '.' | '-' | '+' | 'e' | 'E');
        if !normalized.chars().all(is_numeric_char) {
            return Err(NumberError::NotANumber(quoted()));
        }
        let value: f64 = normalized
            .parse()
            .map_err(|_| NumberError::NotANumber(quoted()))?;
        if value.is_finite() {
            Ok(value)
        } else {
            Err(NumberError::TooLarge(quoted()))
        }
    };
    let value = match text.split_once('/') {
        None => decimal(text)?,
        Some((numerator, denominator)) => {
            let (numerator, denominator) = (decimal(numerator)?, decimal(denominator)?);
            if denominator == 0.0 {
                return Err(NumberError::DividesByZero(quoted()));
            }
            numerator / denominator
        }
    };
    if value.is_finite() {
        Ok(value)
    } else {
        Err(NumberError::TooLarge(quoted()))
    }
}

/// Formats a number for the window with a fixed number of decimals, a true minus sign and no negative zero.
///
/// From 10⁷ on it has an exponent, so that it stays short. Numbers that are not finite become `∞`, `−∞` or
/// `undefined`.
///
/// ```
/// use neurodial_core::text::format_fixed;
///
/// assert_eq!(format_fixed(-0.5, 3), "−0.500");
/// assert_eq!(format_fixed(-0.0, 1), "0.0");
/// ```
pub fn format_fixed(value: f64, decimals: usize) -> String {
    if value.is_nan() {
        return "undefined".to_owned();
    }
    if value.is_infinite() {
        return if value > 0.0 { "∞" } else { "−∞" }.to_owned();
    }
    let text = if value.abs() >= 1e7 {
        format!("{value:.decimals$e}")
    } else {
        format!("{value:.decimals$}")
    };
    match text.strip_prefix('-') {
        None => text,
        Some(digits) if digits.bytes().all(|b| matches!(b, b'0' | b'.')) => digits.to_owned(),
        Some(digits) => format!("−{digits}").replace("e-", "e−"),
    }
}

/// Formats a number of any magnitude, such as a loss, with at least `decimals` decimals.
///
/// Numbers below 1 get as many decimals (up to 6) as two significant digits need; numbers below 10⁻⁴ have an
/// exponent.
pub fn format_adaptive(value: f64, decimals: usize) -> String {
    const MAX_DECIMALS: f64 = 6.0;
    const SMALL: f64 = 1e-4;
    if value != 0.0 && value.abs() < SMALL {
        return format!("{value:.1e}").replace('-', "−");
    }
    let two_digits = libm::ceil(-libm::log10(value.abs())) + 1.0;
    let decimals_for_two_digits = if two_digits.is_finite() {
        two_digits.clamp(0.0, MAX_DECIMALS)
    } else {
        0.0
    };
    format_fixed(value, decimals.max(decimals_for_two_digits as usize))
}

/// Formats a number for the command line, with up to `decimals` decimals, without trailing zeros and with an
/// ASCII minus sign.
///
/// It has an exponent from 10⁹ on, and if it would be rounded to 0 otherwise.
pub fn format_ascii(value: f64, decimals: usize) -> String {
    let magnitude = value.abs();
    if magnitude != 0.0 && (magnitude >= 1e9 || magnitude < 0.5 * 10f64.powi(-(decimals as i32))) {
        return format!("{value:e}");
    }
    let text = format!("{value:.decimals$}");
    let trimmed = if text.contains('.') {
        text.trim_end_matches('0').trim_end_matches('.')
    } else {
        &text
    };
    if trimmed == "-0" {
        "0".to_owned()
    } else {
        trimmed.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_parsed_as_people_type_them() {
        for (text, value) in [
            ("0.5", 0.5),
            ("0,5", 0.5),
            (" 1/3 ", 1.0 / 3.0),
            ("-2e-3", -2e-3),
            ("−2e−3", -2e-3),
            ("+4", 4.0),
            (".5", 0.5),
            ("-1/4", -0.25),
            ("1,5/2", 0.75),
        ] {
            assert_eq!(parse_number(text), Ok(value), "{text}");
        }
    }

    #[test]
    fn texts_that_are_not_numbers_are_rejected() {
        for text in [
            "", " ", "nan", "inf", "1,000.5", "1/0", "1/2/3", "1e999", "two", "0x10", "1 2", "--1", "e5",
        ] {
            assert!(parse_number(text).is_err(), "{text}");
        }
    }

    #[test]
    fn numbers_are_shown_with_a_true_minus_sign_and_without_rounding_errors() {
        assert_eq!(format_fixed(0.1 + 0.2, 3), "0.300");
        assert_eq!(format_fixed(-0.91, 3), "−0.910");
        assert_eq!(format_fixed(-0.0001, 3), "0.000");
        assert_eq!(format_fixed(-0.0, 0), "0");
        assert_eq!(format_fixed(1.25e9, 2), "1.25e9");
        assert_eq!(format_fixed(f64::NEG_INFINITY, 3), "−∞");
        assert_eq!(format_ascii(0.1 + 0.2, 6), "0.3");
        assert_eq!(format_ascii(4.8, 6), "4.8");
        assert_eq!(format_ascii(-0.0, 6), "0");
        assert_eq!(format_ascii(1e-9, 6), "1e-9");
        assert_eq!(format_ascii(100.0, 6), "100");
    }
}
