//! The tokens of an expression.

use std::ops::Range;

use crate::text::to_half_width;

use super::error::LessonExpressionError;

/// The symbols, the longer ones first, and the symbol that each of them means.
const SYMBOLS: [(&str, &str); 28] = [
    ("<=", "<="),
    (">=", ">="),
    ("==", "=="),
    ("!=", "!="),
    ("&&", "and"),
    ("||", "or"),
    ("≤", "<="),
    ("≥", ">="),
    ("≠", "!="),
    ("<", "<"),
    (">", ">"),
    ("+", "+"),
    ("-", "-"),
    ("−", "-"),
    ("–", "-"),
    ("*", "*"),
    ("·", "*"),
    ("×", "*"),
    ("/", "/"),
    ("÷", "/"),
    ("(", "("),
    (")", ")"),
    ("[", "["),
    ("]", "]"),
    (",", ","),
    ("、", ","),
    ("=", "="),
    ("!", "not"),
];

/// A token.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum LessonToken {
    Number(f64),
    Text(String),
    Name(String),
    Symbol(&'static str),
}

/// Returns the text as it is read: full-width characters, as Chinese input methods type them, are replaced.
pub(super) fn normalized(text: &str) -> String {
    to_half_width(text).replace(['“', '”'], "\"")
}

/// Splits a text into tokens with their places in bytes.
pub(super) fn tokens(text: &str) -> Result<Vec<(LessonToken, Range<usize>)>, LessonExpressionError> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(first) = text[at..].chars().next() {
        let start = at;
        let rest = &text[at..];
        if first.is_whitespace() {
            at += first.len_utf8();
            continue;
        }
        let token = if first.is_ascii_digit() || first == '.' {
            let length = number_length(rest);
            at += length;
            match rest[..length].parse::<f64>() {
                Ok(value) if value.is_finite() => LessonToken::Number(value),
                _ => return Err(LessonExpressionError::InvalidNumber(rest[..length].to_owned())),
            }
        } else if first.is_alphabetic() || first == '_' {
            let is_part = |c: char| c.is_alphanumeric() || matches!(c, '_' | '.');
            let length = rest.find(|c| !is_part(c)).unwrap_or(rest.len());
            at += length;
            match &rest[..length] {
                "and" => LessonToken::Symbol("and"),
                "or" => LessonToken::Symbol("or"),
                "not" => LessonToken::Symbol("not"),
                name => LessonToken::Name(name.to_owned()),
            }
        } else if first == '"' {
            let Some(end) = rest[1..].find('"') else {
                return Err(LessonExpressionError::UnclosedText(rest.to_owned()));
            };
            at += end + 2;
            LessonToken::Text(rest[1..=end].to_owned())
        } else if let Some((symbol, meaning)) = SYMBOLS.iter().find(|(symbol, _)| rest.starts_with(symbol)) {
            at += symbol.len();
            LessonToken::Symbol(meaning)
        } else {
            return Err(LessonExpressionError::UnknownCharacter(first));
        };
        tokens.push((token, start..at));
    }
    Ok(tokens)
}

/// Returns the number of bytes of the number at the beginning of a text.
fn number_length(text: &str) -> usize {
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let mut length = text
        .bytes()
        .take_while(|byte| byte.is_ascii_digit() || *byte == b'.')
        .count();
    if text[length..].starts_with(['e', 'E']) {
        let sign = usize::from(text[length + 1..].starts_with(['+', '-']));
        let exponent = digits(&text[length + 1 + sign..]);
        if exponent > 0 {
            length += 1 + sign + exponent;
        }
    }
    length
}
