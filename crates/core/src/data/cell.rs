//! The values that a cell of a table can stand for: numbers in several notations, dates, true and false.

use crate::text;

/// The characters of currencies, which may stand before or after a number.
const CURRENCIES: [char; 8] = ['$', '€', '£', '¥', '\u{20b9}', '\u{20a9}', '\u{20bd}', '￥'];
/// The characters between thousands besides the comma and the point.
const SPACES: [char; 6] = [' ', '\u{a0}', '\u{202f}', '\u{2009}', '\'', '’'];

/// The maximum length of a number in bytes: more than that of any number with all of its digits.
const MAX_LENGTH: usize = 1_200;

/// Texts that stand for a missing value in a column of numbers, in lower case.
const MISSING: [&str; 18] = [
    "na", "n/a", "n.a.", "nan", "-nan", "<na>", "null", "nil", "none", "missing", "-", "--", "–", "—", ".",
    "..", "?", "nd",
];

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

/// The order of day, month and year in a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateOrder {
    /// `31.12.2024`
    DayMonthYear,
    /// `12/31/2024`
    MonthDayYear,
    /// `2024-12-31`
    YearMonthDay,
}

impl DateOrder {
    /// All orders.
    pub const ALL: [Self; 3] = [Self::DayMonthYear, Self::MonthDayYear, Self::YearMonthDay];
}

/// True if a text stands for a missing value in a column of numbers: NA, a dash, an error of a spreadsheet.
pub(crate) fn is_missing_number(cell: &str) -> bool {
    is_missing_word(cell) || cell.len() <= 7 && MISSING.contains(&cell.to_ascii_lowercase().as_str())
}

/// True if a text stands for a missing value even in a column of words: it is empty, `?`, or an error of a
/// spreadsheet such as `#DIV/0!`.
pub(crate) fn is_missing_word(cell: &str) -> bool {
    let is_error = || {
        let errors = [
            "#DIV/0!",
            "#N/A",
            "#N/A N/A",
            "#NA",
            "#NAME?",
            "#NULL!",
            "#NUM!",
            "#REF!",
            "#VALUE!",
            "#SPILL!",
            "#CALC!",
            "#GETTING_DATA",
        ];
        cell.starts_with('#') && errors.iter().any(|error| cell.eq_ignore_ascii_case(error))
    };
    cell.is_empty() || cell == "?" || is_error()
}

/// Parses a number with this decimal sign. The other sign, spaces and apostrophes may separate thousands; a
/// percent sign divides by 100, and a currency sign is ignored.
pub(crate) fn parse_number(cell: &str, decimal: DecimalSign) -> Option<f64> {
    if cell.len() > MAX_LENGTH {
        return None;
    }
    let mut rest = cell;
    let mut is_negative = false;
    let mut is_percent = false;
    // A sign may stand on either side of a currency: −$5, $−5. Accountants write (5) for −5.
    if let Some(inner) = rest.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) {
        is_negative = true;
        rest = inner.trim();
        if rest.starts_with(['-', '−', '+']) {
            return None;
        }
    }
    let mut has_sign = is_negative;
    let mut has_currency = false;
    loop {
        rest = match rest.chars().next()? {
            sign @ ('-' | '−' | '+') if !has_sign => {
                has_sign = true;
                is_negative = sign != '+';
                &rest[sign.len_utf8()..]
            }
            currency if CURRENCIES.contains(&currency) && !has_currency => {
                has_currency = true;
                rest[currency.len_utf8()..].trim_start()
            }
            _ => break,
        };
    }
    if let Some(before) = rest.strip_suffix(['%', '％']) {
        is_percent = true;
        rest = before.trim_end();
    } else if let Some(before) = rest.strip_suffix(CURRENCIES).filter(|_| !has_currency) {
        rest = before.trim_end();
    }
    let value = parse_unsigned(rest, decimal)?;
    let value = if is_percent { value / 100.0 } else { value };
    let value = if is_negative { -value } else { value };
    value.is_finite().then_some(value)
}

/// Parses a number without a sign, such as `1,234.5` or `1 234,5e3`.
fn parse_unsigned(text: &str, decimal: DecimalSign) -> Option<f64> {
    let (mantissa, exponent) = match text.find(['e', 'E']) {
        Some(at) => (&text[..at], &text[at..]),
        None => (text, ""),
    };
    if !exponent.is_empty() {
        let digits = exponent[1..].strip_prefix(['-', '+']).unwrap_or(&exponent[1..]);
        if digits.is_empty() || !digits.bytes().all(|digit| digit.is_ascii_digit()) {
            return None;
        }
    }
    let (whole, fraction) = match mantissa.find(decimal.character()) {
        Some(at) => (&mantissa[..at], Some(&mantissa[at + 1..])),
        None => (mantissa, None),
    };
    let is_digits = |part: &str| part.bytes().all(|digit| digit.is_ascii_digit());
    if !is_digits(fraction.unwrap_or_default()) {
        return None;
    }
    let mut plain = String::with_capacity(text.len());
    if is_digits(whole) {
        plain.push_str(whole);
    } else {
        let other = match decimal {
            DecimalSign::Point => ',',
            DecimalSign::Comma => '.',
        };
        let separator = whole.chars().find(|&character| !character.is_ascii_digit())?;
        if separator != other && !SPACES.contains(&separator) {
            return None;
        }
        let groups: Vec<&str> = whole.split(separator).collect();
        let (first, rest) = groups.split_first()?;
        let (last, middle) = rest.split_last()?;
        // Groups of two, as in 12,34,567, are usual in India.
        let is_group =
            |group: &&str| group.len() == 3 || group.len() == 2 && separator == ',' && middle.len() == 1;
        let are_groups = (1..=3).contains(&first.len())
            && !first.starts_with('0')
            && last.len() == 3
            && middle.iter().all(is_group)
            && groups.iter().all(|group| is_digits(group));
        if !are_groups {
            return None;
        }
        groups.iter().for_each(|group| plain.push_str(group));
    }
    if plain.is_empty() && fraction.unwrap_or_default().is_empty() {
        return None;
    }
    if let Some(fraction) = fraction {
        plain.push('.');
        plain.push_str(fraction);
    }
    plain.push_str(exponent);
    plain.parse().ok()
}

/// A cell as a number with both decimal signs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum NumberReading {
    /// It is the same number with both signs.
    Same(f64),
    /// It is a number with one of the signs only.
    With(DecimalSign, f64),
    /// It is two different numbers, such as `1,000`: with the decimal point and with the decimal comma.
    Ambiguous(f64, f64),
    /// It is no number.
    None,
}

impl NumberReading {
    /// Reads a cell.
    pub(crate) fn new(cell: &str) -> Self {
        let has_currency = cell.contains(CURRENCIES);
        match (
            parse_number(cell, DecimalSign::Point),
            parse_number(cell, DecimalSign::Comma),
        ) {
            (Some(point), Some(comma)) if point == comma => Self::Same(point),
            // No currency has three decimals in common use, so $1,200 has a thousands separator.
            (Some(point), Some(comma)) if has_currency => match point.abs() > comma.abs() {
                true => Self::With(DecimalSign::Point, point),
                false => Self::With(DecimalSign::Comma, comma),
            },
            (Some(point), Some(comma)) => Self::Ambiguous(point, comma),
            (Some(point), None) => Self::With(DecimalSign::Point, point),
            (None, Some(comma)) => Self::With(DecimalSign::Comma, comma),
            (None, None) => match parse_wide_number(cell) {
                Some(value) => Self::Same(value),
                None => Self::None,
            },
        }
    }
}

/// Parses a number of full-width characters, as Chinese input methods type it.
fn parse_wide_number(cell: &str) -> Option<f64> {
    let is_wide = cell.len() <= MAX_LENGTH
        && cell
            .chars()
            .all(|character| matches!(character, '！'..='～' | '−' | '。'));
    (is_wide && !cell.contains(['／', '，']))
        .then(|| text::parse_number(cell).ok())
        .flatten()
}

/// Parses a fraction such as `3/4`; without a result if its divisor is 0.
pub(crate) fn parse_fraction(cell: &str) -> Option<f64> {
    let (numerator, denominator) = cell.split_once('/')?;
    let part = |text: &str| parse_number(text.trim(), DecimalSign::Point);
    let value = part(numerator)? / part(denominator)?;
    value.is_finite().then_some(value)
}

/// True if a fraction could be a day and a month, in one order or in the other.
pub(crate) fn could_be_day_and_month(cell: &str) -> bool {
    let part = |text: &str| text.trim().parse::<u32>().ok();
    match cell
        .split_once('/')
        .map(|(first, second)| (part(first), part(second)))
    {
        Some((Some(first), Some(second))) => {
            (1..=31).contains(&first.max(second)) && (1..=12).contains(&first.min(second))
        }
        _ => false,
    }
}

/// Returns 1 for true and 0 for false.
pub(crate) fn parse_boolean(cell: &str) -> Option<f64> {
    if cell.eq_ignore_ascii_case("true") {
        Some(1.0)
    } else if cell.eq_ignore_ascii_case("false") {
        Some(0.0)
    } else {
        None
    }
}

/// A date and a time of day.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Date {
    year: i64,
    month: u32,
    day: u32,
    /// The fraction of the day that has passed.
    time: Option<f64>,
}

impl Date {
    /// Parses a date with three numbers in this order, or with the English name of the month; a time of day may
    /// follow. A year of two digits is one from 1970 to 2069.
    pub(crate) fn parse(cell: &str, order: DateOrder) -> Option<Self> {
        let (date, time) = split_time(cell)?;
        let separator = date.chars().find(|character| !character.is_alphanumeric())?;
        if !matches!(separator, '/' | '-' | '.' | ' ') {
            return None;
        }
        let parts: Vec<&str> = date
            .split(separator)
            .map(|part| part.trim_matches([',', '.', ' ']))
            .filter(|part| !part.is_empty())
            .collect();
        let [first, second, third] = parts[..] else {
            return None;
        };
        let number = |text: &str| match text.len() <= 4 && text.bytes().all(|digit| digit.is_ascii_digit()) {
            true => text.parse::<u32>().ok(),
            false => None,
        };
        let (year, month, day) = match (month_number(first), month_number(second)) {
            (Some(month), _) => (third, month, number(second)?),
            (_, Some(month)) if first.len() == 4 => (first, month, number(third)?),
            (_, Some(month)) => (third, month, number(first)?),
            _ => match order {
                DateOrder::DayMonthYear => (third, number(second)?, number(first)?),
                DateOrder::MonthDayYear => (third, number(first)?, number(second)?),
                DateOrder::YearMonthDay => (first, number(second)?, number(third)?),
            },
        };
        let year = match (year.len(), number(year)?) {
            (4, year) => i64::from(year),
            (2, year @ 70..) => 1900 + i64::from(year),
            (2, year) => 2000 + i64::from(year),
            _ => return None,
        };
        let date = Self {
            year,
            month,
            day,
            time,
        };
        ((1..=12).contains(&month) && (1..=date.days_in_month()).contains(&day)).then_some(date)
    }

    fn days_in_month(&self) -> u32 {
        let is_leap = self.year % 4 == 0 && (self.year % 100 != 0 || self.year % 400 == 0);
        match self.month {
            2 if is_leap => 29,
            2 => 28,
            4 | 6 | 9 | 11 => 30,
            _ => 31,
        }
    }

    /// Returns the number of days since the beginning of 1970, with the time of day as a fraction.
    pub(crate) fn days(&self) -> f64 {
        // Years that begin in March have their leap day at the end (Hinnant, 2013).
        let year = self.year - i64::from(self.month <= 2);
        let era = year.div_euclid(400);
        let year_of_era = year.rem_euclid(400);
        let month = i64::from((self.month + 9) % 12);
        let day_of_year = (153 * month + 2) / 5 + i64::from(self.day) - 1;
        let day_of_era = 365 * year_of_era + year_of_era / 4 - year_of_era / 100 + day_of_year;
        (146_097 * era + day_of_era - 719_468) as f64 + self.time.unwrap_or(0.0)
    }

    /// Returns the date in the form `2024-12-31`, or with a time `2024-12-31 12:30:00`.
    pub(crate) fn iso_text(&self) -> String {
        let date = format!("{:04}-{:02}-{:02}", self.year, self.month, self.day);
        match self.time {
            None => date,
            Some(time) => {
                let seconds = (time * 86_400.0).round() as u32;
                format!(
                    "{date} {:02}:{:02}:{:02}",
                    seconds / 3600,
                    seconds / 60 % 60,
                    seconds % 60
                )
            }
        }
    }
}

/// Splits a time of day, such as `12:30`, `T12:30:59Z` or `1:30 pm`, off the end of a date.
fn split_time(cell: &str) -> Option<(&str, Option<f64>)> {
    let Some(colon) = cell.find(':') else {
        return Some((cell, None));
    };
    let start = cell[..colon].rfind(['T', ' '])?;
    let (date, time) = (cell[..start].trim_end(), cell[start + 1..].trim());
    let lower = time.to_ascii_lowercase();
    let (clock, offset) = match (lower.strip_suffix("am"), lower.strip_suffix("pm")) {
        (Some(clock), _) => (clock.trim_end(), Some(0)),
        (_, Some(clock)) => (clock.trim_end(), Some(12)),
        _ => (lower.strip_suffix('z').unwrap_or(&lower), None),
    };
    // The offset from Greenwich.
    let clock = clock.find(['+', '-']).map_or(clock, |at| &clock[..at]);
    let mut parts = clock.split(':');
    let hours: u32 = parts.next()?.parse().ok()?;
    let minutes: u32 = parts.next()?.parse().ok()?;
    let seconds: f64 = match parts.next() {
        Some(seconds) if seconds.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.') => {
            seconds.parse().ok()?
        }
        Some(_) => return None,
        None => 0.0,
    };
    let hours = match offset {
        Some(offset) => hours % 12 + offset,
        None => hours,
    };
    let is_valid = hours < 24 && minutes < 60 && (0.0..61.0).contains(&seconds) && parts.next().is_none();
    let time = (f64::from(hours * 3600 + minutes * 60) + seconds) / 86_400.0;
    is_valid.then_some((date, Some(time)))
}

/// Returns the month with that English name or its first three letters.
fn month_number(text: &str) -> Option<u32> {
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let lower = text.to_ascii_lowercase();
    let index = MONTHS
        .iter()
        .position(|month| lower.len() >= 3 && month.starts_with(&lower))?;
    Some(index as u32 + 1)
}

/// Returns the orders in which a cell is a date.
pub(crate) fn date_orders(cell: &str) -> [bool; 3] {
    // A cheap test first: most cells are no dates.
    let digits = cell.bytes().filter(u8::is_ascii_digit).count();
    if !(3..=40).contains(&cell.len()) || digits < 3 {
        return [false; 3];
    }
    DateOrder::ALL.map(|order| Date::parse(cell, order).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;
    use DecimalSign::{Comma, Point};

    #[test]
    fn numbers_are_read_with_the_sign_that_fits() {
        for (cell, expected) in [
            ("1,5", NumberReading::With(Comma, 1.5)),
            ("1.5", NumberReading::With(Point, 1.5)),
            ("1,000", NumberReading::Ambiguous(1000.0, 1.0)),
            ("1.234", NumberReading::Ambiguous(1.234, 1234.0)),
            ("0,123", NumberReading::With(Comma, 0.123)),
            ("1234,567", NumberReading::With(Comma, 1234.567)),
            ("1,234,567", NumberReading::With(Point, 1_234_567.0)),
            ("1.234,5", NumberReading::With(Comma, 1234.5)),
            ("12,34,567.5", NumberReading::With(Point, 1_234_567.5)),
            ("1 234,5", NumberReading::With(Comma, 1234.5)),
            ("1 234", NumberReading::Same(1234.0)),
            ("1'234.5", NumberReading::With(Point, 1234.5)),
            ("$1,200", NumberReading::With(Point, 1200.0)),
            ("-€1.200", NumberReading::With(Comma, -1200.0)),
            ("50%", NumberReading::Same(0.5)),
            ("12,5 %", NumberReading::With(Comma, 0.125)),
            ("(5)", NumberReading::Same(-5.0)),
            ("−3", NumberReading::Same(-3.0)),
            ("1e-3", NumberReading::Same(1e-3)),
            ("１２", NumberReading::Same(12.0)),
            ("12.5.", NumberReading::None),
            ("1,00", NumberReading::With(Comma, 1.0)),
            ("one", NumberReading::None),
            ("1e", NumberReading::None),
            ("--5", NumberReading::None),
            ("", NumberReading::None),
            ("$", NumberReading::None),
            ("1e999", NumberReading::None),
        ] {
            assert_eq!(NumberReading::new(cell), expected, "{cell}");
        }
    }

    #[test]
    fn dates_are_counted_from_1970() {
        use DateOrder::{DayMonthYear, MonthDayYear, YearMonthDay};
        for (cell, order, days, text) in [
            ("1970-01-01", YearMonthDay, 0.0, "1970-01-01"),
            ("31.12.1969", DayMonthYear, -1.0, "1969-12-31"),
            ("02/29/2024", MonthDayYear, 19_782.0, "2024-02-29"),
            ("29 Feb 2024", DayMonthYear, 19_782.0, "2024-02-29"),
            ("February 29, 2024", DayMonthYear, 19_782.0, "2024-02-29"),
            (
                "2024-02-29T12:00:00Z",
                YearMonthDay,
                19_782.5,
                "2024-02-29 12:00:00",
            ),
            ("29/2/24 6:00 pm", DayMonthYear, 19_782.75, "2024-02-29 18:00:00"),
        ] {
            let date = Date::parse(cell, order).unwrap_or_else(|| panic!("{cell}"));
            assert_eq!((date.days(), date.iso_text().as_str()), (days, text), "{cell}");
        }
        for cell in [
            "30.2.2024",
            "2024-13-01",
            "1.2",
            "3/4",
            "12:30",
            "a-b-c",
            "1/2/3",
            "1-2-2024-5",
        ] {
            assert_eq!(date_orders(cell), [false; 3], "{cell}");
        }
        assert_eq!(date_orders("03/04/2024"), [true, true, false]);
        assert_eq!(date_orders("13/04/2024"), [true, false, false]);
        assert!(could_be_day_and_month("3/4") && could_be_day_and_month("31/12"));
        assert!(!could_be_day_and_month("1/100") && !could_be_day_and_month("13/14"));
    }
}
