//! Parses pasted numbers as matrices: Python lists, NumPy and PyTorch (source code and printed arrays),
//! MATLAB, and rows from a spreadsheet.

mod token;
mod value;

use crate::network::architecture::{MAX_KNOBS, MAX_WIDTH};
use crate::text::shortened;

use token::{Token, TokenKind, tokenize};
use value::ParsedValue;

/// The maximum number of values in a text: the knobs and inputs of the largest network.
pub const MAX_NUMBERS: usize = MAX_KNOBS + MAX_WIDTH;

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

/// Error for a text that can't be parsed. Lines and columns are counted from 1, columns in characters.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}, column {column}: {reason}")]
pub struct MatrixParseError {
    /// The line.
    pub line: usize,
    /// The column.
    pub column: usize,
    /// The reason, in words.
    pub reason: String,
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

/// Parses all matrices and vectors of a text, in order, with the names that they are assigned to.
///
/// The parser understands `[[1, 2], [3, 4]]`, `np.array(…)`, `tensor(…)` and `[1 2; 3 4]`, each also after
/// `name =`, in a dictionary, or transposed by `.T` or `'`; and bare rows of numbers, where an empty line
/// ends a matrix. It skips the other statements of a program (imports, definitions, computations), so that a
/// whole program can be pasted.
///
/// # Errors
///
/// Returns an error with line and column if rows have different lengths, there are three dimensions,
/// something in brackets is not a number, a bracket isn't closed, or there are more than [`MAX_NUMBERS`]
/// numbers.
///
/// ```
/// use neurodial_core::code::matrix_parser;
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let matrices = matrix_parser::parse("import numpy as np\nW = np.array([[1, 2], [3, 4], [5, 6]]).T")?;
/// assert_eq!(matrices[0].name.as_deref(), Some("W"));
/// assert_eq!((matrices[0].rows, matrices[0].columns), (2, 3));
/// assert_eq!(matrices[0].values, [1.0, 3.0, 5.0, 2.0, 4.0, 6.0]);
///
/// let error = matrix_parser::parse("[[1, 2], [3]]").err();
/// assert_eq!(error.map(|error| error.line), Some(1));
/// # Ok(())
/// # }
/// ```
pub fn parse(text: &str) -> Result<Vec<ParsedMatrix>, MatrixParseError> {
    let mut parser = MatrixParser {
        tokens: tokenize(text)?,
        position: 0,
        number_count: 0,
        is_in_dictionary: false,
    };
    let mut matrices = Vec::new();
    while parser.kind() != &TokenKind::End {
        matrices.extend(parser.parse_statement()?);
    }
    Ok(matrices)
}

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
/// The keywords of statements with an indented block, which contains no numbers of the network.
const BLOCK_KEYWORDS: [&str; 7] = ["def", "class", "for", "while", "if", "elif", "else"];

/// A recursive descent parser over the tokens of a text.
struct MatrixParser {
    tokens: Vec<Token>,
    position: usize,
    number_count: usize,
    is_in_dictionary: bool,
}

impl MatrixParser {
    fn kind(&self) -> &TokenKind {
        &self.tokens[self.position].kind
    }

    fn peek_kind(&self, count: usize) -> &TokenKind {
        &self.tokens[(self.position + count).min(self.tokens.len() - 1)].kind
    }

    fn is_at(&self, character: char) -> bool {
        *self.kind() == TokenKind::Punctuation(character)
    }

    fn advance(&mut self) {
        self.position = (self.position + 1).min(self.tokens.len() - 1);
    }

    fn error(&self, reason: impl Into<String>) -> MatrixParseError {
        self.error_at(self.position, reason)
    }

    fn error_at(&self, position: usize, reason: impl Into<String>) -> MatrixParseError {
        MatrixParseError {
            line: self.tokens[position].line as usize,
            column: self.tokens[position].column as usize,
            reason: reason.into(),
        }
    }

    fn parse_statement(&mut self) -> Result<Option<ParsedMatrix>, MatrixParseError> {
        match self.kind().clone() {
            TokenKind::LineEnd { .. } | TokenKind::Punctuation(';' | ',' | '{' | '}') => {
                self.advance();
                Ok(None)
            }
            TokenKind::Punctuation(')' | ']') if self.is_in_dictionary => {
                self.advance();
                Ok(None)
            }
            TokenKind::Punctuation('(') if matches!(self.peek_kind(1), TokenKind::Quoted(_)) => {
                self.advance();
                Ok(None)
            }
            TokenKind::Number(_) => self.parse_rows(None).map(Some),
            TokenKind::Punctuation('[' | '(') => self.parse_assigned(None),
            TokenKind::Quoted(name) if matches!(self.peek_kind(1), TokenKind::Punctuation(',' | ':')) => {
                self.position += 2;
                self.parse_assigned(Some(name))
            }
            TokenKind::Word(word) => self.parse_word_statement(&word),
            _ => Err(self.error(format!("{} is not understood here", self.quoted_token()))),
        }
    }

    fn parse_word_statement(&mut self, word: &str) -> Result<Option<ParsedMatrix>, MatrixParseError> {
        match self.peek_kind(1) {
            TokenKind::Punctuation('=') => {
                self.position += 2;
                self.parse_assigned(Some(word.to_owned()))
            }
            TokenKind::Punctuation(':') if !BLOCK_KEYWORDS.contains(&word) => {
                self.position += 2;
                self.parse_assigned(Some(word.to_owned()))
            }
            TokenKind::Punctuation('(') if word.ends_with(".copy_") => {
                self.position += 2;
                let matrix = self.parse_assigned(word.strip_suffix(".copy_").map(str::to_owned))?;
                if self.is_at(')') {
                    self.advance();
                }
                Ok(matrix)
            }
            TokenKind::Punctuation('(') if is_constructor(word) => self.parse_assigned(None),
            TokenKind::Punctuation('(') if matches!(word, "OrderedDict" | "dict") => {
                self.is_in_dictionary = true;
                self.position += 2;
                if self.is_at('[') {
                    self.advance();
                }
                Ok(None)
            }
            _ if word == "with" => {
                self.skip_line();
                Ok(None)
            }
            _ => {
                self.skip_statement(BLOCK_KEYWORDS.contains(&word));
                Ok(None)
            }
        }
    }

    /// Parses the value of an assignment. Returns `None` and skips the statement if the value is a
    /// computation, not a matrix.
    fn parse_assigned(&mut self, name: Option<String>) -> Result<Option<ParsedMatrix>, MatrixParseError> {
        while matches!(self.kind(), TokenKind::LineEnd { .. }) {
            self.advance();
        }
        match self.kind() {
            TokenKind::Number(_) => return self.parse_rows(name).map(Some),
            TokenKind::Word(word) if matches!(word.as_str(), "OrderedDict" | "dict") => return Ok(None),
            TokenKind::Word(word)
                if !is_constructor(word) || *self.peek_kind(1) != TokenKind::Punctuation('(') =>
            {
                self.skip_statement(false);
                return Ok(None);
            }
            TokenKind::Punctuation('{') => return Ok(None),
            _ => {}
        }
        let start = self.position;
        let value = self.parse_value(0)?;
        Ok(match value {
            ParsedValue::Empty => {
                self.skip_statement(false);
                None
            }
            ParsedValue::Number(number) => Some(self.vector(name, start, vec![number])),
            ParsedValue::Matrix(matrix) => Some(ParsedMatrix { name, ..matrix }),
        })
    }

    /// Returns a vector whose first token is at index `start`.
    fn vector(&self, name: Option<String>, start: usize, values: Vec<f64>) -> ParsedMatrix {
        ParsedMatrix {
            name,
            line: self.tokens[start].line as usize,
            rows: 1,
            columns: values.len(),
            is_vector: true,
            values,
        }
    }

    /// Parses bare rows of numbers, one row on each line, up to an empty line or anything else.
    fn parse_rows(&mut self, name: Option<String>) -> Result<ParsedMatrix, MatrixParseError> {
        let start = self.position;
        let mut values = Vec::new();
        let (mut rows, mut columns) = (0, 0);
        while matches!(self.kind(), TokenKind::Number(_)) {
            let (row_start, before) = (self.position, values.len());
            loop {
                match self.kind() {
                    TokenKind::Number(_) => values.push(self.parse_number()?),
                    TokenKind::Punctuation(',' | ';') => self.advance(),
                    TokenKind::LineEnd { .. } | TokenKind::End | TokenKind::Punctuation('}') => break,
                    _ => return Err(self.error(format!("{} is not a number", self.quoted_token()))),
                }
            }
            let length = values.len() - before;
            if rows == 0 {
                columns = length;
            } else if length != columns {
                let reason = format!("this row has {length} numbers, and the row before it has {columns}");
                return Err(self.error_at(row_start, reason));
            }
            rows += 1;
            if let TokenKind::LineEnd { is_blank, .. } = *self.kind() {
                self.advance();
                if is_blank {
                    break;
                }
            }
        }
        Ok(ParsedMatrix {
            rows,
            columns,
            is_vector: rows == 1,
            ..self.vector(name, start, values)
        })
    }

    /// Advances to the end of the line.
    fn skip_line(&mut self) {
        while !matches!(self.kind(), TokenKind::LineEnd { .. } | TokenKind::End) {
            self.advance();
        }
    }

    /// Advances to the end of the line on which all brackets are closed; for a block, to the next line that
    /// isn't indented.
    fn skip_statement(&mut self, is_block: bool) {
        let mut depth = 0_usize;
        loop {
            match self.kind() {
                TokenKind::End => return,
                TokenKind::LineEnd { is_indented, .. } if depth == 0 && !(is_block && *is_indented) => return,
                TokenKind::Punctuation('(' | '[' | '{') => depth += 1,
                TokenKind::Punctuation(')' | ']' | '}') => depth = depth.saturating_sub(1),
                _ => {}
            }
            self.advance();
        }
    }

    /// Returns the current token in quotes, or described in words, for an error.
    fn quoted_token(&self) -> String {
        match self.kind() {
            TokenKind::Word(text) | TokenKind::Quoted(text) => format!("“{}”", shortened(text)),
            TokenKind::Punctuation(mark) => format!("“{mark}”"),
            TokenKind::Number(number) => format!("“{number}”"),
            TokenKind::Ellipsis => "“…”, which stands for numbers that were left out,".to_owned(),
            TokenKind::LineEnd { .. } => "the end of the line".to_owned(),
            TokenKind::End => "the end of the text".to_owned(),
        }
    }
}

/// True if the word is a function such as `np.array`.
fn is_constructor(word: &str) -> bool {
    let last = word.rsplit('.').next().unwrap_or(word);
    CONSTRUCTORS.contains(&last) && !word.starts_with('.')
}
