//! The parser, and how it parses values: numbers, lists of numbers, lists of rows, and rows separated by semicolons or line ends.

use crate::text::shortened;

use super::token::{MAX_NUMBERS, MatrixParseError, MatrixProblem, Token, TokenKind};

/// The maximum nesting of brackets. Deeper nesting is rejected immediately, which limits the recursion.
const MAX_DEPTH: usize = 4;
/// The functions that make an array from a list.
const CONSTRUCTORS: [&str; 9] = [
    "array",
    "asarray",
    "matrix",
    "tensor",
    "Tensor",
    "as_tensor",
    "Parameter",
    "list",
    "double",
];

/// A matrix or vector from a text.
#[derive(Debug, Clone, PartialEq)]
pub struct ParsedMatrix {
    /// The name that it was assigned to, such as `W1` or `0.weight`.
    pub name: Option<String>,
    /// The line on which it starts, counted from 1.
    pub line: usize,
    /// The number of rows; 1 for a vector.
    pub rows: usize,
    /// The number of columns; the length of a vector.
    pub columns: usize,
    /// True if it was written as a plain list of numbers, not as rows.
    pub is_vector: bool,
    /// The values, row by row.
    pub values: Vec<f64>,
}

pub(super) enum ParsedValue {
    Number(f64),
    Matrix(ParsedMatrix),
    /// Empty brackets, or a list that is computed.
    Empty,
}

impl ParsedMatrix {
    /// Returns the transposed matrix.
    #[must_use]
    pub(crate) fn transposed(mut self) -> Self {
        let Self { rows, columns, .. } = self;
        let value_at = |index: usize| self.values[index % rows * columns + index / rows];
        self.values = (0..rows * columns).map(value_at).collect();
        (self.rows, self.columns) = (columns, rows);
        self.is_vector = false;
        self
    }
}

/// A recursive descent parser over the tokens of a text.
pub(super) struct MatrixParser {
    pub(super) tokens: Vec<Token>,
    pub(super) position: usize,
    pub(super) number_count: usize,
    pub(super) is_in_dictionary: bool,
}

impl MatrixParser {
    /// Creates a parser at the first token.
    pub(super) fn new(tokens: Vec<Token>) -> Self {
        Self {
            tokens,
            position: 0,
            number_count: 0,
            is_in_dictionary: false,
        }
    }

    pub(super) fn kind(&self) -> &TokenKind {
        &self.tokens[self.position].kind
    }

    pub(super) fn peek_kind(&self, count: usize) -> &TokenKind {
        &self.tokens[(self.position + count).min(self.tokens.len() - 1)].kind
    }

    pub(super) fn is_at(&self, character: char) -> bool {
        *self.kind() == TokenKind::Punctuation(character)
    }

    pub(super) fn advance(&mut self) {
        self.position = (self.position + 1).min(self.tokens.len() - 1);
    }

    pub(super) fn error(&self, problem: MatrixProblem) -> MatrixParseError {
        self.error_at(self.position, problem)
    }

    pub(super) fn error_at(&self, position: usize, problem: MatrixProblem) -> MatrixParseError {
        MatrixParseError {
            line: self.tokens[position].line as usize,
            column: self.tokens[position].column as usize,
            problem,
        }
    }

    /// Returns a vector whose first token is at index `start`.
    pub(super) fn vector(&self, name: Option<String>, start: usize, values: Vec<f64>) -> ParsedMatrix {
        ParsedMatrix {
            name,
            line: self.tokens[start].line as usize,
            rows: 1,
            columns: values.len(),
            is_vector: true,
            values,
        }
    }

    /// Returns the error that the current token can't stand here.
    pub(super) fn not_understood(&self) -> MatrixParseError {
        self.token_error(MatrixProblem::NotUnderstood)
    }

    /// Returns the error that the current token is not a number.
    pub(super) fn not_a_number(&self) -> MatrixParseError {
        self.token_error(MatrixProblem::NotANumber)
    }

    fn token_error(&self, problem: fn(String) -> MatrixProblem) -> MatrixParseError {
        self.error(match self.kind() {
            TokenKind::Word(text) | TokenKind::Quoted(text) => problem(shortened(text)),
            TokenKind::Punctuation(mark) => problem(mark.to_string()),
            TokenKind::Number(number) => problem(number.to_string()),
            TokenKind::Ellipsis => MatrixProblem::Ellipsis,
            TokenKind::LineEnd { .. } => MatrixProblem::LineEnd,
            TokenKind::End => MatrixProblem::TextEnd,
        })
    }

    /// Parses a value with the calls and transpositions that may follow it; `depth` is the nesting of
    /// brackets.
    pub(super) fn parse_value(&mut self, depth: usize) -> Result<ParsedValue, MatrixParseError> {
        if depth > MAX_DEPTH {
            return Err(self.error(MatrixProblem::TooDeep));
        }
        let mut value = match self.kind().clone() {
            TokenKind::Number(_) => ParsedValue::Number(self.parse_number()?),
            TokenKind::Punctuation('[') => self.parse_brackets(']', depth)?,
            TokenKind::Punctuation('(') => self.parse_brackets(')', depth)?,
            TokenKind::Word(word)
                if is_constructor(&word) && *self.peek_kind(1) == TokenKind::Punctuation('(') =>
            {
                self.position += 2;
                while matches!(self.kind(), TokenKind::LineEnd { .. }) {
                    self.advance();
                }
                let value = self.parse_value(depth)?;
                self.skip_arguments()?;
                value
            }
            _ => return Err(self.not_a_number()),
        };
        loop {
            let is_transposed = match self.kind() {
                TokenKind::Punctuation('\'') => true,
                TokenKind::Word(word) if word == ".T" => true,
                TokenKind::Word(word)
                    if matches!(word.as_str(), ".t" | ".transpose" | ".numpy" | ".double") =>
                {
                    let is_transposition = !matches!(word.as_str(), ".numpy" | ".double");
                    if *self.peek_kind(1) != TokenKind::Punctuation('(')
                        || *self.peek_kind(2) != TokenKind::Punctuation(')')
                    {
                        return Err(self.not_understood());
                    }
                    self.position += 2;
                    is_transposition
                }
                _ => return Ok(value),
            };
            self.advance();
            if let (ParsedValue::Matrix(matrix), true) = (&mut value, is_transposed) {
                let original = std::mem::replace(matrix, self.vector(None, self.position, Vec::new()));
                *matrix = original.transposed();
            }
        }
    }

    /// Parses a number, or a fraction of two.
    pub(super) fn parse_number(&mut self) -> Result<f64, MatrixParseError> {
        let start = self.position;
        let TokenKind::Number(mut value) = *self.kind() else {
            return Err(self.not_a_number());
        };
        self.advance();
        if self.is_at('/')
            && let TokenKind::Number(denominator) = *self.peek_kind(1)
        {
            self.position += 2;
            value /= denominator;
        }
        if !value.is_finite() {
            return Err(self.error_at(start, MatrixProblem::NotFinite));
        }
        self.number_count += 1;
        if self.number_count > MAX_NUMBERS {
            return Err(self.error_at(start, MatrixProblem::TooManyNumbers));
        }
        Ok(value)
    }

    /// Parses a list of numbers, a list of rows, or rows of numbers separated by `;` or line ends.
    fn parse_brackets(&mut self, close: char, depth: usize) -> Result<ParsedValue, MatrixParseError> {
        let start = self.position;
        self.advance();
        let mut numbers: Vec<f64> = Vec::new();
        let mut matrices: Vec<ParsedMatrix> = Vec::new();
        // The number of values before each end of a row.
        let mut ends: Vec<usize> = Vec::new();
        let mut has_semicolons = false;
        let mut after_comma = true;
        loop {
            let kind = self.kind().clone();
            match kind {
                TokenKind::Punctuation(mark) if mark == close => break,
                TokenKind::Punctuation(',') => {
                    after_comma = true;
                    self.advance();
                    continue;
                }
                TokenKind::Punctuation(';') => {
                    has_semicolons = true;
                    ends.push(numbers.len());
                    self.advance();
                }
                TokenKind::LineEnd { .. } => {
                    if !after_comma && !matches!(self.peek_kind(1), TokenKind::Punctuation(',' | ';')) {
                        ends.push(numbers.len());
                    }
                    self.advance();
                    continue;
                }
                TokenKind::Word(_)
                    if numbers.is_empty() && matrices.is_empty() && self.has_only_words(close) =>
                {
                    self.skip_to(close)?;
                    self.advance();
                    return Ok(ParsedValue::Empty);
                }
                TokenKind::Word(word) if word == "for" => {
                    self.skip_to(close)?;
                    self.advance();
                    return Ok(ParsedValue::Empty);
                }
                TokenKind::Word(word)
                    if *self.peek_kind(1) == TokenKind::Punctuation('(') && !is_constructor(&word) =>
                {
                    // A computed list, such as `[relu(z) for z in …]`, is recognized by its “for”.
                    if self.is_comprehension() {
                        self.skip_to(close)?;
                        self.advance();
                        return Ok(ParsedValue::Empty);
                    }
                    return Err(self.not_a_number());
                }
                TokenKind::End => {
                    return Err(self.error_at(start, MatrixProblem::OpenBracket));
                }
                _ => match self.parse_value(depth + 1)? {
                    ParsedValue::Number(number) => numbers.push(number),
                    ParsedValue::Matrix(matrix) => matrices.push(matrix),
                    ParsedValue::Empty => return Err(self.error(MatrixProblem::EmptyRow)),
                },
            }
            after_comma = false;
        }
        self.advance();
        match (numbers.is_empty(), matrices.is_empty()) {
            (true, true) => Ok(ParsedValue::Empty),
            (false, false) => Err(self.error_at(start, MatrixProblem::Mixed)),
            (true, false) => self.stack_rows(start, matrices).map(ParsedValue::Matrix),
            (false, true) => self
                .split_rows(start, numbers, &ends, has_semicolons)
                .map(ParsedValue::Matrix),
        }
    }

    fn stack_rows(&self, start: usize, rows: Vec<ParsedMatrix>) -> Result<ParsedMatrix, MatrixParseError> {
        let columns = rows[0].columns;
        let mut values = Vec::new();
        let count = rows.len();
        for (index, row) in rows.into_iter().enumerate() {
            if !row.is_vector {
                return Err(self.error_at(start, MatrixProblem::ThreeDimensions));
            }
            if row.columns != columns {
                return Err(MatrixParseError {
                    line: row.line,
                    column: 1,
                    problem: MatrixProblem::RowLengthInMatrix {
                        row: index + 1,
                        found: row.columns,
                        expected: columns,
                    },
                });
            }
            values.extend(row.values);
        }
        Ok(ParsedMatrix {
            rows: count,
            columns,
            is_vector: false,
            ..self.vector(None, start, values)
        })
    }

    /// Splits the numbers of one list into rows at `ends`, the counts of numbers before each line end or
    /// semicolon.
    fn split_rows(
        &self,
        start: usize,
        numbers: Vec<f64>,
        ends: &[usize],
        has_semicolons: bool,
    ) -> Result<ParsedMatrix, MatrixParseError> {
        let mut lengths = Vec::new();
        let mut from = 0;
        for &end in ends.iter().chain([&numbers.len()]) {
            if end > from {
                lengths.push(end - from);
            }
            from = end;
        }
        let columns = lengths[0];
        let mut vector = self.vector(None, start, numbers);
        if lengths.len() == 1 {
            return Ok(vector);
        }
        if let Some(row) = lengths.iter().position(|&length| length != columns) {
            // NumPy wraps the lines of a long vector; the last line is shorter.
            if !has_semicolons && row + 1 == lengths.len() && lengths[row] < columns {
                return Ok(vector);
            }
            let problem = MatrixProblem::RowLengthInMatrix {
                row: row + 1,
                found: lengths[row],
                expected: columns,
            };
            return Err(self.error_at(start, problem));
        }
        vector.rows = lengths.len();
        vector.columns = columns;
        vector.is_vector = false;
        Ok(vector)
    }

    /// Skips the other arguments of a call, such as `dtype=torch.float64`, and its closing bracket.
    fn skip_arguments(&mut self) -> Result<(), MatrixParseError> {
        while matches!(self.kind(), TokenKind::LineEnd { .. }) {
            self.advance();
        }
        if !self.is_at(',') && !self.is_at(')') {
            return Err(self.not_understood());
        }
        self.skip_to(')')?;
        self.advance();
        Ok(())
    }

    /// Advances to the bracket that closes the current one.
    fn skip_to(&mut self, close: char) -> Result<(), MatrixParseError> {
        let start = self.position;
        let mut depth = 0_usize;
        loop {
            match self.kind() {
                TokenKind::Punctuation(mark) if *mark == close && depth == 0 => {
                    return Ok(());
                }
                TokenKind::Punctuation('(' | '[' | '{') => depth += 1,
                TokenKind::Punctuation(')' | ']' | '}') => depth = depth.saturating_sub(1),
                TokenKind::End => return Err(self.error_at(start, MatrixProblem::OpenBracketBefore)),
                _ => {}
            }
            self.advance();
        }
    }

    /// True if there are only names up to the end of the current bracket: a list of functions, not of
    /// numbers.
    fn has_only_words(&self, close: char) -> bool {
        let inside = self.tokens[self.position..].iter().map(|token| &token.kind);
        let mut inside = inside.skip_while(|kind| {
            matches!(kind, TokenKind::Word(word) if word != "for")
                || matches!(kind, TokenKind::Punctuation(',') | TokenKind::LineEnd { .. })
        });
        inside.next() == Some(&TokenKind::Punctuation(close))
    }

    /// True if “for” comes before the current bracket closes.
    fn is_comprehension(&self) -> bool {
        let mut depth = 0_usize;
        for token in &self.tokens[self.position..] {
            match &token.kind {
                TokenKind::Word(word) if word == "for" && depth == 0 => return true,
                TokenKind::Punctuation('(' | '[' | '{') => depth += 1,
                TokenKind::Punctuation(')' | ']' | '}') if depth == 0 => return false,
                TokenKind::Punctuation(')' | ']' | '}') => depth -= 1,
                _ => {}
            }
        }
        false
    }
}

/// True if the word is a function such as `np.array`.
pub(super) fn is_constructor(word: &str) -> bool {
    let last = word.rsplit('.').next().unwrap_or(word);
    CONSTRUCTORS.contains(&last) && !word.starts_with('.')
}
