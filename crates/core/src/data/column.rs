//! Fast parsing of plain numbers.

/// Parses a cell that is a plain number: digits, with or without a decimal point, a minus sign and an exponent.
pub(super) fn parse_plain_cell(cell: &str) -> Option<f64> {
    if let Some(value) = parse_plain_number(cell.as_bytes()) {
        return Some(value);
    }
    let is_plain = |byte: u8| matches!(byte, b'0'..=b'9' | b'.' | b'-' | b'+' | b'e' | b'E');
    let starts_well = cell.starts_with(|first: char| first.is_ascii_digit() || matches!(first, '-' | '.'));
    match starts_well && cell.bytes().all(is_plain) {
        true => cell.parse().ok().filter(|value: &f64| value.is_finite()),
        false => None,
    }
}

/// Parses a cell that is a plain number from its first to its last character; `None` if it is not.
fn parse_plain_number(cell: &[u8]) -> Option<f64> {
    let (value, end) = parse_leading_number(cell);
    (end == cell.len() && !value.is_nan()).then_some(value)
}

/// Parses the plain number at the beginning of a text, and returns it and the position where it ends. The
/// number is NaN if there is none.
///
/// A plain number has up to 15 digits, with or without a decimal point, so that one division gives the exact
/// result (Clinger, 1990).
#[inline(always)]
pub(super) fn parse_leading_number(text: &[u8]) -> (f64, usize) {
    const MAX_DIGITS: usize = 15;
    const POWERS: [f64; MAX_DIGITS + 1] = [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
    ];
    let sign = usize::from(text.first() == Some(&b'-'));
    let (mut position, mut mantissa) = (sign, 0_i64);
    // The sum may wrap around if there are too many digits; it is not used then.
    let mut digits = |at: &mut usize| {
        let from = *at;
        while let Some(digit) = text
            .get(*at)
            .map(|byte| byte.wrapping_sub(b'0'))
            .filter(|&digit| digit < 10)
        {
            mantissa = mantissa.wrapping_mul(10).wrapping_add(i64::from(digit));
            *at += 1;
        }
        *at - from
    };
    let integer_digits = digits(&mut position);
    let mut decimals = 0;
    if text.get(position) == Some(&b'.') {
        position += 1;
        decimals = digits(&mut position);
    }
    if !(1..=MAX_DIGITS).contains(&(integer_digits + decimals)) {
        return (f64::NAN, position);
    }
    let value = mantissa as f64 / POWERS[decimals];
    (if sign == 1 { -value } else { value }, position)
}
