//! The values that a cell of a table can stand for: numbers in several notations, dates, true and false.

use crate::text::{self, DecimalSign, parse_decimal};

/// The currencies, which may stand before or after a number; the yen sign of Shift JIS is a backslash in Unicode.
const CURRENCIES: [&str; 32] = [
    "US$", "HK$", "NT$", "R$", "A$", "C$", "$", "€", "£", "¥", "\u{20b9}", "\u{20a9}", "\u{20bd}", "￥",
    "\\", "USD", "EUR", "GBP", "CHF", "CNY", "RMB", "JPY", "INR", "Rs.", "Rs", "Fr.", "kr", "zł", "Kč", "元",
    "\u{5186}", "\u{c6d0}",
];
/// The characters between thousands besides the comma and the point.
const SPACES: [char; 6] = [' ', '\u{a0}', '\u{202f}', '\u{2009}', '\'', '’'];

/// The maximum length of a number in bytes: more than that of any number with all of its digits.
const MAX_LENGTH: usize = 1_200;

/// Texts that stand for a missing value in a column of numbers, in lower case.
const MISSING: [&str; 30] = [
    "na",
    "n/a",
    "n.a.",
    "n/d",
    "nan",
    "-nan",
    "nan(ind)",
    "-nan(ind)",
    "1.#ind",
    "-1.#ind",
    "1.#qnan",
    "nat",
    "<na>",
    "null",
    "(null)",
    "<null>",
    "\\n",
    "nil",
    "none",
    "missing",
    "-",
    "--",
    "---",
    "–",
    "—",
    ".",
    "..",
    "?",
    "*",
    "nd",
];

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
    is_missing_word(cell) || cell.len() <= 9 && MISSING.contains(&cell.to_ascii_lowercase().as_str())
}

/// True if a text stands for a missing value even in a column of words: it is empty, `?`, or an error of a
/// spreadsheet such as `#DIV/0!`.
pub(crate) fn is_missing_word(cell: &str) -> bool {
    cell.is_empty() || cell == "?" || is_spreadsheet_error(cell)
}

/// True if a text is an error of Excel in any language, such as `#VALUE!`, `#¿NOMBRE?` or `#NV`, or one of
/// LibreOffice, such as `Err:502`.
fn is_spreadsheet_error(cell: &str) -> bool {
    const OTHERS: [&str; 9] = [
        "N/A",
        "N/A N/A",
        "NA",
        "NV",
        "N/D",
        "ND",
        "NB",
        "BRAK",
        "GETTING_DATA",
    ];
    if let Some(error) = cell.strip_prefix('#') {
        let is_capital = |c: char| c.is_uppercase() || matches!(c, '/' | '0' | '¡' | '¿' | '_');
        let name = error.strip_suffix(['!', '?']);
        return name.is_some_and(|name| name.len() >= 2 && name.to_uppercase().chars().all(is_capital))
            || OTHERS.iter().any(|other| error.eq_ignore_ascii_case(other));
    }
    let number = cell.strip_prefix("Err:");
    number.is_some_and(|number| number.len() == 3 && number.bytes().all(|digit| digit.is_ascii_digit()))
}

/// True if a text is an infinite number, as programs write it.
pub(crate) fn is_infinite(cell: &str) -> bool {
    let magnitude = cell.strip_prefix(['-', '+', '−']).unwrap_or(cell);
    ["inf", "infinity", "∞", "1.#inf"]
        .iter()
        .any(|name| magnitude.eq_ignore_ascii_case(name))
}

/// Returns a text without the currency at its beginning or its end, and true if there is one.
fn without_currency(text: &str) -> (&str, bool) {
    // Most numbers begin and end with a digit.
    let is_digit = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_digit);
    if is_digit(text.as_bytes().first()) && is_digit(text.as_bytes().last()) {
        return (text, false);
    }
    for currency in CURRENCIES {
        if let Some(rest) = text.strip_prefix(currency) {
            return (rest.trim_start(), true);
        }
        if let Some(rest) = text.strip_suffix(currency) {
            return (rest.trim_end(), true);
        }
    }
    (text, false)
}

/// Parses a number with this decimal sign. The other sign, spaces and apostrophes may separate thousands; a
/// percent sign divides by 100, and a currency is ignored.
pub(crate) fn parse_number(cell: &str, decimal: DecimalSign) -> Option<f64> {
    if cell.len() > MAX_LENGTH || !cell.bytes().any(|byte| byte.is_ascii_digit()) {
        return None;
    }
    // A sign may stand on either side of a currency: −$5, $−5. Accountants write (5) for −5.
    let (rest, mut has_sign, mut is_negative) = split_sign(cell);
    let (mut rest, has_currency) = without_currency(rest);
    if !has_sign {
        (rest, has_sign, is_negative) = split_sign(rest);
    }
    if !has_currency {
        rest = without_currency(rest).0;
    }
    let percent = rest.strip_suffix(['%', '％']);
    rest = percent.map_or(rest, str::trim_end);
    // Some accounting programs write the minus sign at the end; 1- without decimals can be a grade.
    let has_minus_at_end = !has_sign && rest.contains(['.', ',']);
    if let Some(before) = rest.strip_suffix('-').filter(|_| has_minus_at_end) {
        (rest, is_negative) = (before, true);
    }
    let value = parse_unsigned(rest, decimal)?;
    let value = if percent.is_some() { value / 100.0 } else { value };
    let value = if is_negative { -value } else { value };
    value.is_finite().then_some(value)
}

/// Splits off a sign, or the parentheses around a negative number. Returns the rest, true if there is a sign, and
/// true if it is negative.
fn split_sign(text: &str) -> (&str, bool, bool) {
    if let Some(inner) = text.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) {
        return (inner.trim(), true, true);
    }
    match (text.strip_prefix(['-', '−']), text.strip_prefix('+')) {
        (Some(rest), _) => (rest, true, true),
        (_, Some(rest)) => (rest, true, false),
        _ => (text, false, false),
    }
}

/// Parses a number without a sign, such as `1,234.5` or `1 234,5e3`.
fn parse_unsigned(text: &str, decimal: DecimalSign) -> Option<f64> {
    if !text.starts_with(|first: char| first.is_ascii_digit() || first == decimal.character()) {
        return None;
    }
    if let Some(value) = parse_decimal(text, decimal) {
        return Some(value);
    }
    let end = text.find([decimal.character(), 'e', 'E']).unwrap_or(text.len());
    let (whole, rest) = text.split_at(end);
    let other = match decimal {
        DecimalSign::Point => ',',
        DecimalSign::Comma => '.',
    };
    let separator = whole.chars().find(|&character| !character.is_ascii_digit())?;
    if separator != other && !SPACES.contains(&separator) {
        return None;
    }
    let groups: Vec<&str> = whole.split(separator).collect();
    let (first, others) = groups.split_first()?;
    let (last, middle) = others.split_last()?;
    // Groups of two, as in 12,34,567, are usual in India.
    let is_short = |group: &&str| group.len() == 2 && separator == ',';
    let are_alike =
        middle.iter().all(|group| group.len() == 3) || first.len() <= 2 && middle.iter().all(is_short);
    let is_digits = |part: &&str| part.bytes().all(|digit| digit.is_ascii_digit());
    let are_groups = (1..=3).contains(&first.len())
        && !first.starts_with('0')
        && last.len() == 3
        && are_alike
        && groups.iter().all(is_digits);
    match are_groups {
        true => parse_decimal(&(groups.concat() + rest), decimal),
        false => None,
    }
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
        let has_currency = || CURRENCIES.iter().any(|currency| cell.contains(currency));
        match (
            parse_number(cell, DecimalSign::Point),
            parse_number(cell, DecimalSign::Comma),
        ) {
            (Some(point), Some(comma)) if point == comma => Self::Same(point),
            // No currency has three decimals in common use, so $1,200 has a thousands separator.
            (Some(point), Some(comma)) if has_currency() => match point.abs() > comma.abs() {
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

/// The characters after year, month and day in Chinese, Japanese and Korean.
const UNITS: [char; 6] = ['年', '月', '日', '\u{b144}', '\u{c6d4}', '\u{c77c}'];

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
    /// Parses a date with three numbers in this order, with the name of the month, or as in `2024年1月31日`; a time of
    /// day may follow. A year of two digits is one from 1970 to 2069.
    pub(crate) fn parse(cell: &str, order: DateOrder) -> Option<Self> {
        let (date, time) = split_time(cell)?;
        let has_units = date.contains(UNITS);
        let has_name = !has_units && date.contains(char::is_alphabetic);
        let separator = date.chars().find(|character| !character.is_alphanumeric());
        let has_separator = separator.is_some_and(|separator| matches!(separator, '/' | '-' | '.' | ' '));
        if !has_units && !has_separator {
            return None;
        }
        // Beside the name of a month, separators vary: 31. Mai 2024.
        let is_separator = |character: char| match (has_units, has_name) {
            (true, _) => UNITS.contains(&character) || character == ' ',
            (_, true) => matches!(character, ' ' | '.' | ',' | '-' | '/'),
            _ => Some(character) == separator,
        };
        let parts: Vec<&str> = date
            .split(is_separator)
            .map(|part| part.trim_matches([',', '.', ' ']))
            .filter(|part| !part.is_empty())
            .collect();
        let [first, second, third] = parts[..] else {
            return None;
        };
        let order = match has_units {
            true => DateOrder::YearMonthDay,
            false => order,
        };
        // With points the day comes first, unless the year has four digits.
        let is_short_year = order == DateOrder::YearMonthDay && separator == Some('.') && first.len() < 4;
        if is_short_year && !has_units && !has_name {
            return None;
        }
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

/// Returns the month with that English, German, French or Spanish name or the first letters of it, at least three.
fn month_number(text: &str) -> Option<u32> {
    const MONTHS: [&[&str]; 12] = [
        &["january", "januar", "janvier", "enero"],
        &["february", "februar", "février", "fevrier", "febrero"],
        &["march", "märz", "maerz", "mars", "marzo"],
        &["april", "avril", "abril"],
        &["may", "mai", "mayo"],
        &["june", "juni", "juin", "junio"],
        &["july", "juli", "juillet", "julio"],
        &["august", "août", "aout", "agosto"],
        &["september", "septembre", "septiembre"],
        &["october", "oktober", "octobre", "octubre"],
        &["november", "novembre", "noviembre"],
        &["december", "dezember", "décembre", "decembre", "diciembre"],
    ];
    let lower = text.to_lowercase();
    // In French this is June or July.
    if lower.chars().count() < 3 || lower == "jui" {
        return None;
    }
    let is_month = |names: &&[&str]| names.iter().any(|name| name.starts_with(&lower));
    let index = MONTHS.iter().position(is_month)?;
    Some(index as u32 + 1)
}

/// Returns the orders in which a cell is a date.
pub(crate) fn date_orders(cell: &str) -> [bool; 3] {
    // A cheap test first: most cells are no dates.
    let digits = cell.bytes().filter(u8::is_ascii_digit).count();
    if !(3..=60).contains(&cell.len()) || digits < 3 {
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
            ("$ (1,234.50)", NumberReading::With(Point, -1234.5)),
            ("CHF 1'200.50", NumberReading::With(Point, 1200.5)),
            ("1.234,56-", NumberReading::With(Comma, -1234.56)),
            ("1,00,000", NumberReading::With(Point, 100_000.0)),
            ("1-", NumberReading::None),
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
    fn errors_of_spreadsheets_are_missing_in_every_language() {
        for cell in [
            "#DIV/0!",
            "#NV",
            "#N/A",
            "#¡VALOR!",
            "#¿NOMBRE?",
            "#BEZUG!",
            "#nom?",
            "Err:502",
        ] {
            assert!(is_missing_word(cell), "{cell}");
        }
        for cell in ["#ff0000", "#1", "#a b!", "Err:5", "#!", "NA"] {
            assert!(!is_missing_word(cell), "{cell}");
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
            ("29. Februar 2024", DayMonthYear, 19_782.0, "2024-02-29"),
            ("29 févr. 2024", DayMonthYear, 19_782.0, "2024-02-29"),
            ("2024年2月29日", DayMonthYear, 19_782.0, "2024-02-29"),
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
        assert_eq!(date_orders("31.01.24"), [true, false, false]);
        assert!(could_be_day_and_month("3/4") && could_be_day_and_month("31/12"));
        assert!(!could_be_day_and_month("1/100") && !could_be_day_and_month("13/14"));
    }
}
