//! Pasted numbers as matrices: Python lists, NumPy and PyTorch (as they are written and as they are printed),
//! MATLAB, and rows from a spreadsheet.

mod token;
mod value;

use crate::network::blueprint::{MAX_KNOBS, MAX_WIDTH};
use crate::words::shortened;

use token::{Kind, Token, tokens};
use value::Value;

/// The most numbers of one paste: the knobs and inputs of the largest network.
pub const MAX_NUMBERS: usize = MAX_KNOBS + MAX_WIDTH;

/// A matrix or vector of a paste.
#[derive(Debug, Clone, PartialEq)]
pub struct Matrix {
    /// What it was assigned to, such as `W1` or `0.weight`.
    pub name: Option<String>,
    /// The line on which it starts, counted from 1.
    pub line: usize,
    /// The number of rows; 1 for a vector.
    pub rows: usize,
    /// The number of columns; the length of a vector.
    pub columns: usize,
    /// Whether it was written as a list of numbers and not as rows.
    pub is_vector: bool,
    /// Row after row.
    pub values: Vec<f64>,
}

/// Why a paste is refused, and where. Lines and columns are counted from 1, columns in characters.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}, column {column}: {reason}")]
pub struct MatrixError {
    /// The line.
    pub line: usize,
    /// The column.
    pub column: usize,
    /// What is wrong there, in words.
    pub reason: String,
}

impl Matrix {
    /// Rows as columns and columns as rows.
    #[must_use]
    pub fn transposed(mut self) -> Self {
        let Self { rows, columns, .. } = self;
        let at = |place: usize| self.values[place % rows * columns + place / rows];
        self.values = (0..rows * columns).map(at).collect();
        (self.rows, self.columns) = (columns, rows);
        self.is_vector = false;
        self
    }
}

/// Reads all matrices and vectors of a text, in order, with the names that they are assigned to.
///
/// Understood are `[[1, 2], [3, 4]]`, `np.array(…)`, `tensor(…)`, `[1 2; 3 4]`, all of them also after `name =`, in a
/// dictionary, or transposed by `.T` or `'`; and bare rows of numbers, where an empty line ends a matrix. Other
/// statements of a program (imports, definitions, computations) are passed over, so that a whole program can be
/// pasted.
///
/// # Errors
/// One sentence with line and column: rows of different lengths, three dimensions, something within brackets that
/// is no number, a bracket that is not closed, more than [`MAX_NUMBERS`] numbers.
pub fn read(text: &str) -> Result<Vec<Matrix>, MatrixError> {
    let mut reader = Reader {
        tokens: tokens(text)?,
        at: 0,
        numbers: 0,
        is_in_dictionary: false,
    };
    let mut matrices = Vec::new();
    while reader.kind() != &Kind::End {
        matrices.extend(reader.statement()?);
    }
    Ok(matrices)
}

/// What makes an array of a list.
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
/// Statements with a block that holds no numbers of the network.
const BLOCKS: [&str; 7] = ["def", "class", "for", "while", "if", "elif", "else"];

struct Reader {
    tokens: Vec<Token>,
    at: usize,
    numbers: usize,
    is_in_dictionary: bool,
}

impl Reader {
    fn kind(&self) -> &Kind {
        &self.tokens[self.at].kind
    }

    fn kind_after(&self, count: usize) -> &Kind {
        &self.tokens[(self.at + count).min(self.tokens.len() - 1)].kind
    }

    fn is(&self, mark: char) -> bool {
        *self.kind() == Kind::Mark(mark)
    }

    fn go_on(&mut self) {
        self.at = (self.at + 1).min(self.tokens.len() - 1);
    }

    fn error(&self, reason: impl Into<String>) -> MatrixError {
        self.error_at(self.at, reason)
    }

    fn error_at(&self, at: usize, reason: impl Into<String>) -> MatrixError {
        MatrixError {
            line: self.tokens[at].line as usize,
            column: self.tokens[at].column as usize,
            reason: reason.into(),
        }
    }

    fn statement(&mut self) -> Result<Option<Matrix>, MatrixError> {
        match self.kind().clone() {
            Kind::Line { .. } | Kind::Mark(';' | ',' | '{' | '}') => {
                self.go_on();
                Ok(None)
            }
            Kind::Mark(')' | ']') if self.is_in_dictionary => {
                self.go_on();
                Ok(None)
            }
            Kind::Mark('(') if matches!(self.kind_after(1), Kind::Text(_)) => {
                self.go_on();
                Ok(None)
            }
            Kind::Number(_) => self.rows(None).map(Some),
            Kind::Mark('[' | '(') => self.assigned(None),
            Kind::Text(name) if matches!(self.kind_after(1), Kind::Mark(',' | ':')) => {
                self.at += 2;
                self.assigned(Some(name))
            }
            Kind::Word(word) => self.word(&word),
            _ => Err(self.error(format!("{} is not understood here", self.quoted()))),
        }
    }

    fn word(&mut self, word: &str) -> Result<Option<Matrix>, MatrixError> {
        match self.kind_after(1) {
            Kind::Mark('=') => {
                self.at += 2;
                self.assigned(Some(word.to_owned()))
            }
            Kind::Mark(':') if !BLOCKS.contains(&word) => {
                self.at += 2;
                self.assigned(Some(word.to_owned()))
            }
            Kind::Mark('(') if word.ends_with(".copy_") => {
                self.at += 2;
                let matrix = self.assigned(word.strip_suffix(".copy_").map(str::to_owned))?;
                if self.is(')') {
                    self.go_on();
                }
                Ok(matrix)
            }
            Kind::Mark('(') if is_constructor(word) => self.assigned(None),
            Kind::Mark('(') if matches!(word, "OrderedDict" | "dict") => {
                self.is_in_dictionary = true;
                self.at += 2;
                if self.is('[') {
                    self.go_on();
                }
                Ok(None)
            }
            _ if word == "with" => {
                self.skip_line();
                Ok(None)
            }
            _ => {
                self.skip_statement(BLOCKS.contains(&word));
                Ok(None)
            }
        }
    }

    /// What is assigned, if it is a matrix and not a computation.
    fn assigned(&mut self, name: Option<String>) -> Result<Option<Matrix>, MatrixError> {
        while matches!(self.kind(), Kind::Line { .. }) {
            self.go_on();
        }
        match self.kind() {
            Kind::Number(_) => return self.rows(name).map(Some),
            Kind::Word(word) if matches!(word.as_str(), "OrderedDict" | "dict") => return Ok(None),
            Kind::Word(word) if !is_constructor(word) || *self.kind_after(1) != Kind::Mark('(') => {
                self.skip_statement(false);
                return Ok(None);
            }
            Kind::Mark('{') => return Ok(None),
            _ => {}
        }
        let start = self.at;
        let value = self.value(0)?;
        Ok(match value {
            Value::Nothing => {
                self.skip_statement(false);
                None
            }
            Value::Number(number) => Some(self.vector(name, start, vec![number])),
            Value::Matrix(matrix) => Some(Matrix { name, ..matrix }),
        })
    }

    fn vector(&self, name: Option<String>, start: usize, values: Vec<f64>) -> Matrix {
        Matrix {
            name,
            line: self.tokens[start].line as usize,
            rows: 1,
            columns: values.len(),
            is_vector: true,
            values,
        }
    }

    /// Bare rows of numbers: a line a row, up to an empty line or anything else.
    fn rows(&mut self, name: Option<String>) -> Result<Matrix, MatrixError> {
        let start = self.at;
        let mut values = Vec::new();
        let (mut rows, mut columns) = (0, 0);
        while matches!(self.kind(), Kind::Number(_)) {
            let (row_start, before) = (self.at, values.len());
            loop {
                match self.kind() {
                    Kind::Number(_) => values.push(self.number()?),
                    Kind::Mark(',' | ';') => self.go_on(),
                    Kind::Line { .. } | Kind::End | Kind::Mark('}') => break,
                    _ => return Err(self.error(format!("{} is not a number", self.quoted()))),
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
            if let Kind::Line { is_blank, .. } = *self.kind() {
                self.go_on();
                if is_blank {
                    break;
                }
            }
        }
        Ok(Matrix {
            rows,
            columns,
            is_vector: rows == 1,
            ..self.vector(name, start, values)
        })
    }

    fn skip_line(&mut self) {
        while !matches!(self.kind(), Kind::Line { .. } | Kind::End) {
            self.go_on();
        }
    }

    /// To the end of the line on which all brackets are closed; of a block, to the next line that is not indented.
    fn skip_statement(&mut self, is_block: bool) {
        let mut depth = 0_usize;
        loop {
            match self.kind() {
                Kind::End => return,
                Kind::Line { is_indented, .. } if depth == 0 && !(is_block && *is_indented) => return,
                Kind::Mark('(' | '[' | '{') => depth += 1,
                Kind::Mark(')' | ']' | '}') => depth = depth.saturating_sub(1),
                _ => {}
            }
            self.go_on();
        }
    }

    fn quoted(&self) -> String {
        match self.kind() {
            Kind::Word(text) | Kind::Text(text) => format!("“{}”", shortened(text)),
            Kind::Mark(mark) => format!("“{mark}”"),
            Kind::Number(number) => format!("“{number}”"),
            Kind::Cut => "“…”, which stands for numbers that were left out,".to_owned(),
            Kind::Line { .. } => "the end of the line".to_owned(),
            Kind::End => "the end of the text".to_owned(),
        }
    }
}

/// `np.array` and its kin.
fn is_constructor(word: &str) -> bool {
    let last = word.rsplit('.').next().unwrap_or(word);
    CONSTRUCTORS.contains(&last) && !word.starts_with('.')
}
