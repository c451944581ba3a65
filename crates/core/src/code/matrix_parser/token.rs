//! Splits pasted text into words, numbers and punctuation.

use crate::network::architecture::{MAX_KNOBS, MAX_WIDTH};
use crate::text::{Localized, Messages, shortened};

/// The maximum number of values in a text: the knobs and inputs of the largest network.
pub const MAX_NUMBERS: usize = MAX_KNOBS + MAX_WIDTH;

/// Error for a text that can't be parsed. Lines and columns are counted from 1, columns in characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MatrixParseError {
    /// The line.
    pub line: usize,
    /// The column.
    pub column: usize,
    /// The problem there.
    pub problem: MatrixProblem,
}

/// The reason why a text is not a list of matrices. Rows are counted from 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MatrixProblem {
    /// This text can't stand here.
    NotUnderstood(String),
    /// The line ends too early.
    LineEnd,
    /// The text ends too early.
    TextEnd,
    /// Numbers were left out of a printed matrix.
    Ellipsis,
    /// This text stands where a number is needed.
    NotANumber(String),
    /// A quotation mark is not closed.
    OpenQuote,
    /// A bracket is not closed.
    OpenBracket,
    /// A bracket before this place is not closed.
    OpenBracketBefore,
    /// Brackets are nested too deeply.
    TooDeep,
    /// The numbers have three dimensions.
    ThreeDimensions,
    /// A number is not finite.
    NotFinite,
    /// There are too many numbers.
    TooManyNumbers,
    /// A row is empty.
    EmptyRow,
    /// A bracket has numbers and rows.
    Mixed,
    /// A row has another length than the one before.
    RowLength {
        /// The count of its numbers.
        found: usize,
        /// The count of numbers in the row before.
        expected: usize,
    },
    /// A row of a matrix has another length than the first one.
    RowLengthInMatrix {
        /// The row.
        row: usize,
        /// The count of its numbers.
        found: usize,
        /// The count of numbers in the first row.
        expected: usize,
    },
}

impl Localized for MatrixProblem {
    fn message(&self, messages: Messages) -> String {
        match self {
            Self::NotUnderstood(text) => return messages.matrix_not_understood(text),
            Self::NotANumber(text) => return messages.matrix_not_a_number(text),
            Self::TooManyNumbers => return messages.matrix_too_many_numbers(MAX_NUMBERS),
            Self::RowLength { found, expected } => return messages.matrix_row_length(*found, *expected),
            Self::RowLengthInMatrix { row, found, expected } => {
                return messages.matrix_row_length_first(row, *found, *expected);
            }
            Self::LineEnd => messages.matrix_line_end(),
            Self::TextEnd => messages.matrix_text_end(),
            Self::Ellipsis => messages.matrix_ellipsis(),
            Self::OpenQuote => messages.matrix_open_quote(),
            Self::OpenBracket => messages.matrix_open_bracket(),
            Self::OpenBracketBefore => messages.matrix_open_bracket_before(),
            Self::TooDeep => messages.matrix_too_deep(),
            Self::ThreeDimensions => messages.matrix_three_dimensions(),
            Self::NotFinite => messages.matrix_not_finite(),
            Self::EmptyRow => messages.matrix_empty_row(),
            Self::Mixed => messages.matrix_mixed(),
        }
        .to_owned()
    }
}

impl Localized for MatrixParseError {
    fn message(&self, messages: Messages) -> String {
        messages.matrix_problem(self.line, self.column, self.problem.message(messages))
    }
}

crate::localized_errors!(MatrixParseError);

/// A token and its position. Line and column are counted from 1.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Token {
    pub(crate) kind: TokenKind,
    pub(crate) line: u32,
    pub(crate) column: u32,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) enum TokenKind {
    /// A number, finite or not.
    Number(f64),
    /// `W1`, `np.array`, `model[0].weight`, or `.T` after a bracket.
    Word(String),
    /// Quoted text.
    Quoted(String),
    Punctuation(char),
    /// `...` among numbers: a printed array that was shortened.
    Ellipsis,
    /// The end of one or more lines.
    LineEnd {
        /// True if an empty line is among them.
        is_blank: bool,
        /// True if the next line is indented.
        is_indented: bool,
    },
    /// The end of the text; always the last token.
    End,
}

/// Splits a text into tokens. Comments (`#`, `%`, `//`) are skipped.
///
/// # Errors
///
/// Returns an error if a quotation mark isn't closed or a number is malformed.
pub(super) fn tokenize(text: &str) -> Result<Vec<Token>, MatrixParseError> {
    let mut lexer = Lexer {
        text,
        position: 0,
        line: 1,
        line_start: 0,
        last_column: (0, 1),
        tokens: Vec::new(),
    };
    let has_brackets = text.contains(['[', '(', '{']);
    // Spreadsheets with a decimal comma separate cells by semicolons.
    let is_decimal_comma = !has_brackets && text.lines().any(|line| line.contains(';') && line.contains(','));
    let replaced;
    if is_decimal_comma {
        replaced = text.replace(',', ".");
        lexer.text = &replaced;
    }
    while let Some(c) = lexer.peek() {
        lexer.read_token(c)?;
    }
    lexer.push(TokenKind::End, lexer.position);
    Ok(lexer.tokens)
}

struct Lexer<'a> {
    text: &'a str,
    position: usize,
    line: u32,
    line_start: usize,
    /// The byte position and column of the last token.
    last_column: (usize, u32),
    tokens: Vec<Token>,
}

impl Lexer<'_> {
    fn rest(&self) -> &str {
        &self.text[self.position..]
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn push(&mut self, kind: TokenKind, start: usize) {
        let column = self.column(start) as u32;
        self.last_column = (start, column);
        self.tokens.push(Token {
            kind,
            line: self.line,
            column,
        });
    }

    /// Returns the column of a byte position on the current line. It counts from the last token, because a
    /// line may be very long.
    fn column(&self, position: usize) -> usize {
        let (from, column) = match self.last_column {
            (from, column) if from >= self.line_start => (from, column as usize),
            _ => (self.line_start, 1),
        };
        column + self.text[from.min(position)..position].chars().count()
    }

    fn last_kind(&self) -> Option<&TokenKind> {
        self.tokens.last().map(|token| &token.kind)
    }

    /// True if the previous character ends a number, a name or a bracket.
    fn follows_value(&self) -> bool {
        let before = self.text[..self.position].chars().next_back();
        before.is_some_and(|c| c.is_alphanumeric() || matches!(c, ']' | ')' | '.' | '_'))
    }

    /// Reads the token that starts with the character `c`, or skips a blank or comment.
    fn read_token(&mut self, c: char) -> Result<(), MatrixParseError> {
        let rest = self.rest();
        let is_value = |text: &str| text.starts_with(|c: char| c.is_ascii_digit() || c == '.');
        match c {
            '\n' => self.read_line_end(),
            _ if c.is_whitespace() || c == '\u{feff}' || c == '\\' => self.position += c.len_utf8(),
            '#' | '%' => self.skip_comment(),
            '/' if rest.starts_with("//") => self.skip_comment(),
            '.' if rest.starts_with("...") => self.read_ellipsis(3),
            '…' => self.read_ellipsis(c.len_utf8()),
            '\'' if self.follows_value() => self.push_punctuation(c),
            '\'' | '"' => return self.read_quoted(c),
            '-' | '+' | '−' if !self.follows_value() && is_value(&rest[c.len_utf8()..]) => {
                return self.read_number();
            }
            '0'..='9' => return self.read_number(),
            '.' if rest[1..].starts_with(|c: char| c.is_ascii_digit()) => return self.read_number(),
            '.' if rest[1..].starts_with(char::is_alphabetic) => self.read_word(),
            _ if c.is_alphabetic() || c == '_' => self.read_word(),
            _ => self.push_punctuation(c),
        }
        Ok(())
    }

    fn push_punctuation(&mut self, c: char) {
        self.push(TokenKind::Punctuation(c), self.position);
        self.position += c.len_utf8();
    }

    fn skip_comment(&mut self) {
        self.position += self.rest().find('\n').unwrap_or(self.rest().len());
    }

    /// Reads a line end; consecutive line ends become one token.
    fn read_line_end(&mut self) {
        let start = self.position;
        self.position += 1;
        let is_indented = self.rest().starts_with([' ', '\t']);
        let is_blank_now = self
            .rest()
            .lines()
            .next()
            .is_some_and(|line| line.trim().is_empty());
        if let Some(Token {
            kind:
                TokenKind::LineEnd {
                    is_blank,
                    is_indented: was_indented,
                },
            ..
        }) = self.tokens.last_mut()
        {
            *is_blank |= is_blank_now;
            *was_indented = is_indented;
        } else {
            let kind = TokenKind::LineEnd {
                is_blank: is_blank_now,
                is_indented,
            };
            self.push(kind, start);
        }
        self.line += 1;
        self.line_start = self.position;
    }

    /// Reads an ellipsis. At the end of a line it continues a MATLAB statement on the next line; elsewhere it
    /// represents omitted numbers.
    fn read_ellipsis(&mut self, length: usize) {
        let rest = &self.rest()[length..];
        let end = rest.find('\n').unwrap_or(rest.len());
        let starts_line = matches!(self.last_kind(), None | Some(TokenKind::LineEnd { .. }));
        if rest[..end].trim().is_empty() && !starts_line && end < rest.len() {
            self.position += length + end + 1;
            self.line += 1;
            self.line_start = self.position;
        } else {
            self.push(TokenKind::Ellipsis, self.position);
            self.position += length;
        }
    }

    /// Reads quoted text; text in triple quotes is skipped.
    fn read_quoted(&mut self, quote: char) -> Result<(), MatrixParseError> {
        let triple = quote.to_string().repeat(3);
        if let Some(inside) = self.rest().strip_prefix(&triple) {
            let Some(length) = inside.find(&triple) else {
                return Err(self.error(MatrixProblem::OpenQuote));
            };
            let breaks = inside[..length].matches('\n').count();
            self.position += length + 6;
            self.line += breaks as u32;
            self.line_start = self.text[..self.position].rfind('\n').map_or(0, |at| at + 1);
            return Ok(());
        }
        let inside = &self.rest()[1..];
        let line_end = inside.find('\n').unwrap_or(inside.len());
        let Some(length) = inside[..line_end].find(quote) else {
            return Err(self.error(MatrixProblem::OpenQuote));
        };
        let text = inside[..length].to_owned();
        self.push(TokenKind::Quoted(text), self.position);
        self.position += length + 2;
        Ok(())
    }

    fn read_number(&mut self) -> Result<(), MatrixParseError> {
        let mut digits = String::new();
        let mut length = 0;
        for (at, c) in self.rest().char_indices() {
            let before = digits.chars().next_back();
            let belongs = match c {
                '-' | '+' | '−' => matches!(before, None | Some('e')),
                '.' => !self.rest()[at..].starts_with(".."),
                'e' | 'E' => before.is_some() && !digits.contains('e'),
                '_' => before.is_some_and(|c| c.is_ascii_digit()),
                _ => c.is_ascii_digit(),
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
        let rest = &self.rest()[length..];
        let text = &self.rest()[..length];
        let is_whole =
            !rest.starts_with(|c: char| c.is_alphabetic() || matches!(c, '_' | '+' | '-' | '−' | '*'));
        match digits.parse() {
            Ok(value) if is_whole => {
                self.push(TokenKind::Number(value), self.position);
                self.position += length;
                Ok(())
            }
            _ => {
                let end = rest.find(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | ']' | ')'));
                let malformed = format!("{text}{}", &rest[..end.unwrap_or(rest.len())]);
                Err(self.error(MatrixProblem::NotANumber(shortened(&malformed))))
            }
        }
    }

    fn read_word(&mut self) {
        let mut length = 0;
        loop {
            let rest = &self.rest()[length..];
            let part = rest
                .find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '.')))
                .unwrap_or(rest.len());
            length += part;
            // `model[0].weight` is one name.
            let Some(index) = rest[part..].strip_prefix('[') else {
                break;
            };
            let digits = index.bytes().take_while(u8::is_ascii_digit).count();
            if digits == 0 || !index[digits..].starts_with("].") {
                break;
            }
            length += digits + 2;
        }
        let word = self.rest()[..length].to_owned();
        let kind = match word.as_str() {
            "nan" | "NaN" | "np.nan" => TokenKind::Number(f64::NAN),
            "inf" | "Inf" | "np.inf" => TokenKind::Number(f64::INFINITY),
            _ => TokenKind::Word(word),
        };
        self.push(kind, self.position);
        self.position += length;
    }

    fn error(&self, problem: MatrixProblem) -> MatrixParseError {
        MatrixParseError {
            line: self.line as usize,
            column: self.column(self.position),
            problem,
        }
    }
}
