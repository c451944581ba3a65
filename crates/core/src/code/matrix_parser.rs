//! Parses pasted numbers as matrices: Python lists, NumPy and PyTorch (source code and printed arrays),
//! MATLAB, and rows from a spreadsheet.

mod token;
mod value;

use crate::text::to_half_width;

use token::{TokenKind, tokenize};
use value::{MatrixParser, ParsedValue, is_constructor};

pub use token::{MAX_NUMBERS, MatrixParseError, MatrixProblem};
pub use value::ParsedMatrix;

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
    let mut parser = MatrixParser::new(tokenize(&to_half_width(text))?);
    let mut matrices = Vec::new();
    while parser.kind() != &TokenKind::End {
        matrices.extend(parser.parse_statement()?);
    }
    Ok(matrices)
}

/// The keywords of statements with an indented block, which contains no numbers of the network.
const BLOCK_KEYWORDS: [&str; 7] = ["def", "class", "for", "while", "if", "elif", "else"];

impl MatrixParser {
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
            _ => Err(self.not_understood()),
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
                    _ => return Err(self.not_a_number()),
                }
            }
            let length = values.len() - before;
            if rows == 0 {
                columns = length;
            } else if length != columns {
                let problem = MatrixProblem::RowLength {
                    found: length,
                    expected: columns,
                };
                return Err(self.error_at(row_start, problem));
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
}
