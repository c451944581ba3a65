//! The choices by which a table is read, where a person makes them instead of the program.

use std::str::FromStr;

use crate::text::{DecimalSign, Localized, Messages, parse_integer, shortened};

use super::cell::DateOrder;

/// The separator of the cells of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Separator {
    /// A character of one byte.
    Character(u8),
    /// One or more spaces or tabs.
    Spaces,
}

impl Separator {
    /// Returns the name that people read and write: `,`, `tab` or `spaces`.
    pub fn name(self) -> String {
        match self {
            Self::Character(b'\t') => "tab".to_owned(),
            Self::Character(b' ') | Self::Spaces => "spaces".to_owned(),
            Self::Character(byte) => char::from(byte).to_string(),
        }
    }
}

/// The row with the names of the columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HeaderChoice {
    /// The first row.
    First,
    /// None.
    None,
    /// The row on a line, counted from 1.
    Line(usize),
}

/// The dates of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateChoice {
    /// Dates are in an order.
    Order(DateOrder),
    /// There are no dates; `3/4` is a number.
    None,
}

/// The choices by which a table is read. What is `None` is decided by the content.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TableOptions {
    /// The encoding, by one of the labels of the Encoding Standard.
    pub encoding: Option<String>,
    /// The separator of cells.
    pub separator: Option<Separator>,
    /// The decimal sign.
    pub decimal: Option<DecimalSign>,
    /// The character between thousands.
    pub thousands: Option<char>,
    /// The order of dates.
    pub dates: Option<DateChoice>,
    /// The row with the names of the columns.
    pub header: Option<HeaderChoice>,
    /// The character that begins a line of comment; [`Self::NO_COMMENT`] if no line is one.
    pub comment: Option<char>,
    /// Texts that stand for missing values, besides the usual ones.
    pub missing: Vec<String>,
    /// The sheet of a spreadsheet, by its name or its number, counted from 1.
    pub sheet: Option<String>,
    /// True if classes that differ only in letter case are one class.
    pub merges_classes: bool,
}

/// The reason why the value of a choice is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TableOptionError {
    /// The text is not an encoding.
    Encoding(String),
    /// The text is not a separator.
    Separator(String),
    /// The text is neither a point nor a comma.
    Decimal(String),
    /// The text is not a character between thousands.
    Thousands(String),
    /// The text is not an order of dates.
    Dates(String),
    /// The text is neither yes, no, nor a line.
    Header(String),
    /// The text is not a single character.
    Comment(String),
    /// The decimal sign and the character between thousands are the same.
    SameSigns(char),
}

impl Localized for TableOptionError {
    fn message(&self, messages: Messages) -> String {
        match self {
            Self::Encoding(text) => messages.unknown_encoding(text),
            Self::Separator(text) => messages.unknown_separator(text),
            Self::Decimal(text) => messages.unknown_decimal_sign(text),
            Self::Thousands(text) => messages.unknown_thousands_separator(text),
            Self::Dates(text) => messages.unknown_date_order(text),
            Self::Header(text) => messages.unknown_header_choice(text),
            Self::Comment(text) => messages.unknown_comment_character(text),
            Self::SameSigns(character) => messages.same_signs(character),
        }
    }
}

crate::localized_errors!(TableOptionError);

/// Returns the single character of a text; a word may stand for it.
fn one_character(text: &str) -> Option<char> {
    let mut characters = text.chars();
    match (text, characters.next(), characters.next()) {
        ("tab" | "\\t", ..) => Some('\t'),
        ("comma", ..) => Some(','),
        ("semicolon", ..) => Some(';'),
        ("pipe", ..) => Some('|'),
        ("point" | "dot", ..) => Some('.'),
        ("space", ..) => Some(' '),
        (_, Some(character), None) => Some(character),
        _ => None,
    }
}

impl FromStr for Separator {
    type Err = TableOptionError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match (text, one_character(text)) {
            ("spaces" | "whitespace", _) | (_, Some(' ')) => Ok(Self::Spaces),
            (_, Some(character @ ('\t' | '!'..='~')))
                if character != '"' && !character.is_ascii_alphanumeric() =>
            {
                Ok(Self::Character(character as u8))
            }
            _ => Err(TableOptionError::Separator(shortened(text))),
        }
    }
}

impl FromStr for DecimalSign {
    type Err = TableOptionError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match one_character(text.trim()) {
            Some('.') => Ok(Self::Point),
            Some(',') => Ok(Self::Comma),
            _ => Err(TableOptionError::Decimal(shortened(text))),
        }
    }
}

impl FromStr for DateChoice {
    type Err = TableOptionError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text.trim() {
            "dmy" => Ok(Self::Order(DateOrder::DayMonthYear)),
            "mdy" => Ok(Self::Order(DateOrder::MonthDayYear)),
            "ymd" => Ok(Self::Order(DateOrder::YearMonthDay)),
            "no" | "none" => Ok(Self::None),
            _ => Err(TableOptionError::Dates(shortened(text))),
        }
    }
}

impl DateChoice {
    /// Returns the name on the command line and in documents.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Order(DateOrder::DayMonthYear) => "dmy",
            Self::Order(DateOrder::MonthDayYear) => "mdy",
            Self::Order(DateOrder::YearMonthDay) => "ymd",
            Self::None => "no",
        }
    }
}

impl FromStr for HeaderChoice {
    type Err = TableOptionError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match (text.trim(), parse_integer(text)) {
            ("yes", _) => Ok(Self::First),
            ("no", _) => Ok(Self::None),
            (_, Ok(line)) if line > 0 => Ok(Self::Line(line)),
            _ => Err(TableOptionError::Header(shortened(text))),
        }
    }
}

impl HeaderChoice {
    /// Returns the text on the command line and in documents.
    pub fn text(self) -> String {
        match self {
            Self::First => "yes".to_owned(),
            Self::None => "no".to_owned(),
            Self::Line(line) => line.to_string(),
        }
    }
}

impl TableOptions {
    /// Parses a character that separates thousands: `,`, `.`, `space`, `'` or another one.
    ///
    /// # Errors
    ///
    /// Returns an error if the text is not one such character.
    pub fn parse_thousands(text: &str) -> Result<char, TableOptionError> {
        match one_character(text) {
            Some(character) if !character.is_alphanumeric() && !matches!(character, '-' | '+' | '"') => {
                Ok(character)
            }
            _ => Err(TableOptionError::Thousands(shortened(text))),
        }
    }

    /// The character that begins a comment if there are none: no text has it.
    pub const NO_COMMENT: char = '\0';

    /// Parses the character that begins a comment, or `no`.
    ///
    /// # Errors
    ///
    /// Returns an error if the text is not one character.
    pub fn parse_comment(text: &str) -> Result<char, TableOptionError> {
        if text == "no" {
            return Ok(Self::NO_COMMENT);
        }
        one_character(text).ok_or_else(|| TableOptionError::Comment(shortened(text)))
    }

    /// Returns the text of the character that begins a comment, on the command line and in documents.
    pub fn comment_text(comment: char) -> String {
        match comment {
            Self::NO_COMMENT => "no".to_owned(),
            character => character.to_string(),
        }
    }

    /// Checks an encoding.
    ///
    /// # Errors
    ///
    /// Returns an error if it has no such label.
    pub fn parse_encoding(text: &str) -> Result<String, TableOptionError> {
        match encoding_rs::Encoding::for_label(text.as_bytes()) {
            Some(_) => Ok(text.trim().to_owned()),
            None => Err(TableOptionError::Encoding(shortened(text))),
        }
    }

    /// Checks that the choices don't contradict each other.
    ///
    /// # Errors
    ///
    /// Returns an error if the decimal sign separates thousands too.
    pub fn check(&self) -> Result<(), TableOptionError> {
        match (self.decimal, self.thousands) {
            (Some(decimal), Some(thousands)) if decimal.character() == thousands => {
                Err(TableOptionError::SameSigns(thousands))
            }
            _ => Ok(()),
        }
    }

    /// Returns the decimal sign that is chosen, or that follows from the chosen character between thousands.
    pub(crate) fn decimal_sign(&self) -> Option<DecimalSign> {
        self.decimal.or(match self.thousands {
            Some(',') => Some(DecimalSign::Point),
            Some('.') => Some(DecimalSign::Comma),
            _ => None,
        })
    }
}
