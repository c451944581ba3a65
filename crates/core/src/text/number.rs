//! Parsing and formatting of numbers.

use super::{Localized, Messages};

/// The reason why a typed number is rejected, with what was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NumberError {
    /// The text is not a number in any supported form.
    NotANumber(String),
    /// The text is not an integer from 0 on.
    NotAnInteger(String),
    /// The divisor of a fraction is 0.
    DividesByZero(String),
    /// The number is beyond the largest one that can be represented.
    TooLarge(String),
}

impl Localized for NumberError {
    fn message(&self, messages: Messages) -> String {
        match self {
            Self::NotANumber(text) => messages.not_a_number(text),
            Self::NotAnInteger(text) => messages.not_an_integer(text),
            Self::DividesByZero(text) => messages.divides_by_zero(text),
            Self::TooLarge(text) => messages.number_too_large(text),
        }
    }
}

crate::localized_errors!(NumberError);

/// Returns the text with ASCII characters in place of the full-width ones that Chinese input methods type, and
/// of the true minus sign (U+2212). A Chinese full stop becomes a decimal point.
///
/// ```
/// use neurodial_core::text::to_half_width;
///
/// assert_eq!(to_half_width("ｗ［１，１，２］＝−１．５"), "w[1,1,2]=-1.5");
/// ```
pub fn to_half_width(text: &str) -> String {
    const OFFSET: u32 = '！' as u32 - '!' as u32;
    let half_width = |c: char| match c {
        '！'..='～' => char::from_u32(c as u32 - OFFSET).unwrap_or(c),
        '。' | '\u{ff61}' => '.',
        '−' => '-',
        '\u{3000}' => ' ',
        _ => c,
    };
    text.chars().map(half_width).collect()
}

/// The decimal sign of numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DecimalSign {
    /// `1.5`
    Point,
    /// `1,5`
    Comma,
}

impl DecimalSign {
    /// Returns the character.
    pub const fn character(self) -> char {
        match self {
            Self::Point => '.',
            Self::Comma => ',',
        }
    }
}

/// Parses a number of digits with or without a sign, this decimal sign and an exponent; it can be infinite. Every
/// number that the program reads, typed or from a table, is parsed here, apart from the fast path for plain ones.
pub(crate) fn parse_decimal(text: &str, decimal: DecimalSign) -> Option<f64> {
    let is_numeric = |byte: u8| byte.is_ascii_digit() || matches!(byte, b'-' | b'+' | b'e' | b'E');
    let sign = decimal.character() as u8;
    if !text.bytes().all(|byte| is_numeric(byte) || byte == sign) {
        return None;
    }
    match decimal {
        DecimalSign::Point => text.parse().ok(),
        DecimalSign::Comma => text.replace(',', ".").parse().ok(),
    }
}

/// Parses a number as a person types it: `0.5`, `0,5`, `1/3`, `-2e-3`; with a true minus sign (U+2212) and with
/// full-width characters (`１．５`) too. Spaces may stand around the number and around the slash.
///
/// A comma is a decimal comma, so numbers that can be typed again are shown without commas between thousands.
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
    let finite = |value: f64| match value.is_finite() {
        true => Ok(value),
        false => Err(NumberError::TooLarge(quoted())),
    };
    let decimal = |part: &str| -> Result<f64, NumberError> {
        let part = part.trim();
        let value =
            parse_decimal(part, DecimalSign::Point).or_else(|| parse_decimal(part, DecimalSign::Comma));
        finite(value.ok_or_else(|| NumberError::NotANumber(quoted()))?)
    };
    let typed = to_half_width(text);
    match typed.split_once('/') {
        None => decimal(&typed),
        Some((numerator, denominator)) => {
            let (numerator, denominator) = (decimal(numerator)?, decimal(denominator)?);
            if denominator == 0.0 {
                return Err(NumberError::DividesByZero(quoted()));
            }
            finite(numerator / denominator)
        }
    }
}

/// Parses an integer from 0 on as a person types it: `12`, `１２`, and with commas, spaces or underscores
/// between thousands, `10,000`.
///
/// # Errors
///
/// Returns an error if the text is not an integer from 0 on, or is too large.
///
/// ```
/// use neurodial_core::text::parse_integer;
///
/// assert_eq!(parse_integer(" １２ "), Ok(12_usize));
/// assert_eq!(parse_integer("10,000"), Ok(10_000_u64));
/// assert!(parse_integer::<u64>("1,5").is_err());
/// assert!(parse_integer::<u8>("256").is_err());
/// ```
pub fn parse_integer<T: TryFrom<u64>>(text: &str) -> Result<T, NumberError> {
    let quoted = || super::phrase::shortened(text.trim());
    let is_space = |c: char| matches!(c, '_' | ' ' | '\u{a0}' | '\u{202f}');
    let typed = to_half_width(text.trim()).replace(is_space, "");
    let digits = typed.strip_prefix('+').unwrap_or(&typed);
    let mut groups = digits.split(',');
    let first_length = groups.next().map_or(0, str::len);
    let has_groups_of_three =
        groups.clone().next().is_none() || first_length <= 3 && groups.all(|group| group.len() == 3);
    let digits = digits.replace(',', "");
    let is_integer =
        first_length > 0 && has_groups_of_three && digits.bytes().all(|byte| byte.is_ascii_digit());
    if !is_integer {
        return Err(NumberError::NotAnInteger(quoted()));
    }
    let value: Option<u64> = digits.parse().ok();
    value
        .and_then(|value| T::try_from(value).ok())
        .ok_or_else(|| NumberError::TooLarge(quoted()))
}

/// Formats a number for the window with a fixed number of decimals, a true minus sign and no negative zero.
///
/// From 10⁷ on it has an exponent, so that it stays short. Numbers that are not finite become `∞`, `−∞` or
/// `NaN`.
///
/// ```
/// use neurodial_core::text::format_fixed;
///
/// assert_eq!(format_fixed(-0.5, 3), "−0.500");
/// assert_eq!(format_fixed(-0.0, 1), "0.0");
/// ```
pub fn format_fixed(value: f64, decimals: usize) -> String {
    if value.is_nan() {
        return "NaN".to_owned();
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
    use proptest::prelude::*;

    use crate::text::{Locale, format_count};

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
            ("１．５", 1.5),
            ("０，５", 0.5),
            ("1。5", 1.5),
            ("−１／３", -1.0 / 3.0),
            ("－２ｅ－３", -2e-3),
            ("＋４Ｅ２", 400.0),
            ("　１ ／ ４　", 0.25),
            (" 1 / 4 ", 0.25),
        ] {
            assert_eq!(parse_number(text), Ok(value), "{text}");
        }
    }

    #[test]
    fn texts_that_are_not_numbers_are_rejected() {
        for text in [
            "",
            " ",
            "nan",
            "inf",
            "1,000.5",
            "1/0",
            "1/2/3",
            "1e999",
            "two",
            "0x10",
            "1 2",
            "--1",
            "e5",
            "一",
            "１．５．２",
            "．",
            "／",
            "１/０",
        ] {
            assert!(parse_number(text).is_err(), "{text}");
        }
    }

    #[test]
    fn integers_are_parsed_as_people_type_them() {
        for (text, value) in [
            ("0", 0),
            (" 12 ", 12),
            ("１２", 12),
            ("+3", 3),
            ("10,000", 10_000),
            ("１，０００，０００", 1_000_000),
            ("10 000", 10_000),
            ("10_000", 10_000),
            ("18446744073709551615", u64::MAX),
        ] {
            assert_eq!(parse_integer(text), Ok(value), "{text}");
        }
        for text in [
            "", " ", "-1", "−1", "1.0", "1,5", "1,00", ",100", "1000,000", "1,000,00", "12a", "1/1", "1e3",
            "十",
        ] {
            let error = NumberError::NotAnInteger(text.trim().to_owned());
            assert_eq!(parse_integer::<u64>(text), Err(error), "{text}");
        }
        let too_large = "18446744073709551616";
        assert_eq!(
            parse_integer::<u64>(too_large),
            Err(NumberError::TooLarge(too_large.into()))
        );
    }

    #[test]
    fn errors_quote_what_was_typed_in_both_languages() {
        let error = parse_number(" 一 ").unwrap_err();
        assert_eq!(
            error.to_string(),
            "“一” is not a number; write it like 0.5, 0,5, 1/3 or -2e-3"
        );
        let chinese = Messages::new(Locale::SimplifiedChinese);
        assert_eq!(
            error.message(chinese),
            "“一”不是有效的数值；可写作 0.5、0,5、1/3 或 -2e-3"
        );
        assert_eq!(
            parse_number("１/０").unwrap_err().message(chinese),
            "“１/０”的除数为零"
        );
    }

    /// Returns finite numbers of every magnitude, zeros and integers.
    fn numbers() -> impl Strategy<Value = f64> {
        let finite = any::<f64>().prop_filter("a finite number", |value| value.is_finite());
        prop_oneof![
            finite,
            -1e9..1e9,
            Just(0.0),
            (-1000_i32..1000).prop_map(f64::from)
        ]
    }

    proptest! {
        #[test]
        fn a_number_that_is_shown_can_be_typed(value in numbers(), decimals in 0_usize..=12) {
            let draft = format!("{value:?}");
            prop_assert_eq!(parse_number(&draft).map(f64::to_bits), Ok(value.to_bits()));
            let full_width: String = draft
                .chars()
                .map(|c| char::from_u32(c as u32 + 0xfee0).unwrap())
                .collect();
            prop_assert_eq!(parse_number(&full_width).map(f64::to_bits), Ok(value.to_bits()));
            // What is shown is rounded; shown again, it is the same.
            for shown in [format_fixed, format_adaptive, format_ascii] {
                let typed = parse_number(&shown(value, decimals)).unwrap();
                prop_assert_eq!(parse_number(&shown(typed, decimals)), Ok(typed));
            }
        }

        #[test]
        fn a_count_that_is_shown_can_be_typed(count in any::<u32>()) {
            prop_assert_eq!(parse_integer(&format_count(count as usize)), Ok(u64::from(count)));
        }

        #[test]
        fn any_text_is_a_number_or_an_error(text in "[０-９0-9．.，,。、/／eＥ+＋−－ -]{0,12}|\\PC{0,8}") {
            let number = parse_number(&text);
            prop_assert!(number.as_ref().is_ok_and(|value| value.is_finite()) || number.is_err());
            let _ = parse_integer::<usize>(&text);
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
