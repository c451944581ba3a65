//! The changes of knobs and inputs in an edited listing.

use crate::session::Adjustable;
use crate::text::{Localized, Messages, shortened};

use super::SourceListing;

/// The reason why an edit is rejected. Lines are those of the edited text, counted from 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EditError {
    /// The text differs in something other than numbers.
    Text {
        /// The line of the first difference.
        line: usize,
        /// The text found there.
        found: TextPiece,
        /// The text expected there.
        expected: TextPiece,
    },
    /// There is more text after the end.
    Rest {
        /// The line on which it starts.
        line: usize,
        /// The beginning of it.
        found: String,
    },
    /// There is no number where one was.
    NotANumber {
        /// The line.
        line: usize,
        /// The text found instead.
        text: String,
    },
    /// The number is too large for a finite `f64`.
    TooLarge {
        /// The line.
        line: usize,
        /// The number as written.
        text: String,
    },
}

/// A piece of a text, as an error names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TextPiece {
    /// The beginning of the rest of a line.
    Line(String),
    /// Nothing, at the end of a line.
    EndOfLine,
    /// Nothing, at the end of the text.
    EndOfText,
}

impl TextPiece {
    /// Returns the beginning of a text.
    fn start_of(text: &str) -> Self {
        match first_line(text) {
            line if line.is_empty() => Self::EndOfLine,
            line => Self::Line(line),
        }
    }
}

impl Localized for TextPiece {
    fn message(&self, messages: Messages) -> String {
        match self {
            Self::Line(text) => format!("“{text}”"),
            Self::EndOfLine => messages.end_of_line().to_owned(),
            Self::EndOfText => messages.end_of_text().to_owned(),
        }
    }
}

impl EditError {
    /// Returns the line of the edited text, counted from 1.
    pub fn line(&self) -> usize {
        match self {
            Self::Text { line, .. }
            | Self::Rest { line, .. }
            | Self::NotANumber { line, .. }
            | Self::TooLarge { line, .. } => *line,
        }
    }
}

impl Localized for EditError {
    fn message(&self, messages: Messages) -> String {
        match self {
            Self::Text {
                line,
                found,
                expected,
            } => messages.code_error_text(line, found.message(messages), expected.message(messages)),
            Self::Rest { line, found } => messages.code_error_rest(line, found),
            Self::NotANumber { line, text } => messages.code_error_not_a_number(line, text),
            Self::TooLarge { line, text } => messages.code_error_too_large(line, text),
        }
    }
}

crate::localized_errors!(EditError);

/// Returns the knobs and inputs whose numbers differ, with their new values, in the order of the text.
///
/// A number may have any form of Python's or (with `\times 10^{…}`) LaTeX's; another form of the same number
/// is no change. Line ends and blanks at the end of lines are ignored.
///
/// ```
/// use neurodial_core::code::{Language, edit};
/// use neurodial_core::network::Knob;
/// use neurodial_core::session::Adjustable;
/// use neurodial_core::formats::Preset;
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let listing = Language::Python.write(&Preset::DEFAULT.document()?);
/// let edited = listing.text.replace("-0.91", "-1.5");
/// let changed = edit::changes(&listing, &edited)?;
/// assert_eq!(changed, [(Adjustable::Knob(Knob::weight(0, 1, 1)), -1.5)]);
/// # Ok(())
/// # }
/// ```
///
/// # Errors
///
/// Returns an error with the line if anything other than a number differs, or if a number is missing or too
/// large.
pub fn changes(before: &SourceListing, edited: &str) -> Result<Vec<(Adjustable, f64)>, EditError> {
    let mut reader = EditReader {
        text: edited,
        position: 0,
    };
    let mut changes = Vec::new();
    let mut from = 0;
    for span in &before.spans {
        reader.expect(&before.text[from..span.range.start])?;
        let value = reader.parse_number()?;
        let old = &before.text[span.range.clone()];
        if parse_leading_number(old).is_none_or(|(old, _)| old.to_bits() != value.to_bits()) {
            changes.push((span.adjustable, value));
        }
        from = span.range.end;
    }
    reader.expect(&before.text[from..])?;
    let rest = reader.rest().trim_start();
    if rest.is_empty() {
        return Ok(changes);
    }
    reader.position = edited.len() - rest.len();
    Err(EditError::Rest {
        line: reader.line(),
        found: first_line(rest),
    })
}

/// Reads an edited text alongside the expected one.
struct EditReader<'a> {
    text: &'a str,
    position: usize,
}

impl<'a> EditReader<'a> {
    fn rest(&self) -> &'a str {
        &self.text[self.position..]
    }

    /// Returns the current line, counted from 1.
    fn line(&self) -> usize {
        1 + self.text[..self.position].matches('\n').count()
    }

    /// Advances past the expected text; blanks before the end of a line are skipped in both texts.
    fn expect(&mut self, expected: &str) -> Result<(), EditError> {
        let mut expected = expected;
        while let Some(c) = expected.chars().next() {
            let after = skip_blanks(expected);
            if after.len() < expected.len() && after.starts_with('\n') {
                expected = after;
                continue;
            }
            let rest = self.rest();
            let rest = match skip_blanks(rest) {
                end if end.is_empty() || end.starts_with('\n') => end,
                _ => rest,
            };
            self.position = self.text.len() - rest.len();
            if rest.starts_with(c) {
                self.position += c.len_utf8();
                expected = &expected[c.len_utf8()..];
            } else if rest.is_empty() && expected.trim().is_empty() {
                return Ok(());
            } else {
                return Err(self.difference_error(expected));
            }
        }
        Ok(())
    }

    fn difference_error(&self, expected: &str) -> EditError {
        let found = match self.rest() {
            "" => TextPiece::EndOfText,
            rest => TextPiece::start_of(rest),
        };
        EditError::Text {
            line: self.line(),
            found,
            expected: TextPiece::start_of(expected),
        }
    }

    fn parse_number(&mut self) -> Result<f64, EditError> {
        let Some((value, length)) = parse_leading_number(self.rest()) else {
            let text = self.rest().split([',', ']', ')', '\n', '&', ' ']).next();
            return Err(EditError::NotANumber {
                line: self.line(),
                text: shortened(text.unwrap_or_default()),
            });
        };
        if !value.is_finite() {
            return Err(EditError::TooLarge {
                line: self.line(),
                text: shortened(&self.rest()[..length]),
            });
        }
        self.position += length;
        Ok(value)
    }
}

/// Returns the text after its leading blanks.
fn skip_blanks(text: &str) -> &str {
    text.trim_start_matches([' ', '\t', '\r'])
}

fn first_line(text: &str) -> String {
    shortened(text.lines().next().unwrap_or_default().trim())
}

/// Parses the number at the start of a text and returns it with its length in bytes: `-0.5`, `+1.`, `.5`,
/// `1_000.0`, `2e-3`, `2 \times 10^{-3}`, also with a true minus sign. Returns `None` if there is no number.
fn parse_leading_number(text: &str) -> Option<(f64, usize)> {
    let mut digits = String::new();
    let mut length = 0;
    for (at, c) in text.char_indices() {
        let before = digits.chars().next_back();
        let is_sign = matches!(c, '-' | '+' | '−');
        let belongs = match c {
            '0'..='9' | '.' => true,
            '_' => before.is_some_and(|c| c.is_ascii_digit()),
            'e' | 'E' => before.is_some_and(|c| c.is_ascii_digit() || c == '.') && !digits.contains('e'),
            _ => is_sign && matches!(before, None | Some('e')),
        };
        if !belongs {
            break;
        }
        match c {
            '−' => digits.push('-'),
            '_' => {}
            _ => digits.push(c.to_ascii_lowercase()),
        }
        length = at + c.len_utf8();
    }
    let power = text[length..].strip_prefix(" \\times 10^{");
    if let Some((exponent, _)) = power.and_then(|power| power.split_once('}'))
        && !digits.contains('e')
    {
        let exponent: i32 = exponent.replace('−', "-").parse().ok()?;
        digits += &format!("e{exponent}");
        length += text[length..].find('}')? + 1;
    }
    Some((digits.parse().ok()?, length))
}
