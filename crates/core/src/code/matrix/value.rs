//! What stands within brackets: lists of numbers, lists of rows, rows with semicolons or line ends between them.

use super::token::Kind;
use super::{MAX_NUMBERS, Matrix, MatrixError, Reader, is_constructor};

/// Deeper brackets are refused before anything else is looked at.
const MAX_DEPTH: usize = 4;

/// What stands within brackets.
pub(super) enum Value {
    Number(f64),
    Matrix(Matrix),
    /// Empty brackets, or a list that is computed.
    Nothing,
}

impl Reader {
    pub(super) fn value(&mut self, depth: usize) -> Result<Value, MatrixError> {
        if depth > MAX_DEPTH {
            return Err(self.error("these brackets are nested too deeply; a matrix has rows and columns"));
        }
        let mut value = match self.kind().clone() {
            Kind::Number(_) => Value::Number(self.number()?),
            Kind::Mark('[') => self.brackets(']', depth)?,
            Kind::Mark('(') => self.brackets(')', depth)?,
            Kind::Word(word) if is_constructor(&word) && *self.kind_after(1) == Kind::Mark('(') => {
                self.at += 2;
                while matches!(self.kind(), Kind::Line { .. }) {
                    self.go_on();
                }
                let value = self.value(depth)?;
                self.skip_arguments()?;
                value
            }
            _ => return Err(self.error(format!("{} is not a number", self.quoted()))),
        };
        loop {
            let is_turned = match self.kind() {
                Kind::Mark('\'') => true,
                Kind::Word(word) if word == ".T" => true,
                Kind::Word(word) if matches!(word.as_str(), ".t" | ".transpose" | ".numpy" | ".double") => {
                    let is_turned = !matches!(word.as_str(), ".numpy" | ".double");
                    if *self.kind_after(1) != Kind::Mark('(') || *self.kind_after(2) != Kind::Mark(')') {
                        return Err(self.error(format!("{} is not understood here", self.quoted())));
                    }
                    self.at += 2;
                    is_turned
                }
                _ => return Ok(value),
            };
            self.go_on();
            if let (Value::Matrix(matrix), true) = (&mut value, is_turned) {
                let turned = std::mem::replace(matrix, self.vector(None, self.at, Vec::new()));
                *matrix = turned.transposed();
            }
        }
    }

    /// A number, or a fraction of two.
    pub(super) fn number(&mut self) -> Result<f64, MatrixError> {
        let start = self.at;
        let Kind::Number(mut value) = *self.kind() else {
            return Err(self.error(format!("{} is not a number", self.quoted())));
        };
        self.go_on();
        if self.is('/')
            && let Kind::Number(below) = *self.kind_after(1)
        {
            self.at += 2;
            value /= below;
        }
        if !value.is_finite() {
            return Err(self.error_at(start, "this is not a finite number"));
        }
        self.numbers += 1;
        if self.numbers > MAX_NUMBERS {
            return Err(self.error_at(start, format!("there are more than {MAX_NUMBERS} numbers")));
        }
        Ok(value)
    }

    /// A list of numbers, of rows, or rows of numbers with `;` or line ends between them.
    fn brackets(&mut self, close: char, depth: usize) -> Result<Value, MatrixError> {
        let start = self.at;
        self.go_on();
        let mut numbers: Vec<f64> = Vec::new();
        let mut matrices: Vec<Matrix> = Vec::new();
        // Where rows of numbers end, and whether one is ended by `;`.
        let mut ends: Vec<usize> = Vec::new();
        let mut has_semicolons = false;
        let mut after_comma = true;
        loop {
            let kind = self.kind().clone();
            match kind {
                Kind::Mark(mark) if mark == close => break,
                Kind::Mark(',') => {
                    after_comma = true;
                    self.go_on();
                    continue;
                }
                Kind::Mark(';') => {
                    has_semicolons = true;
                    ends.push(numbers.len());
                    self.go_on();
                }
                Kind::Line { .. } => {
                    if !after_comma && !matches!(self.kind_after(1), Kind::Mark(',' | ';')) {
                        ends.push(numbers.len());
                    }
                    self.go_on();
                    continue;
                }
                Kind::Word(_) if numbers.is_empty() && matrices.is_empty() && self.is_words(close) => {
                    self.skip_to(close)?;
                    self.go_on();
                    return Ok(Value::Nothing);
                }
                Kind::Word(word) if word == "for" => {
                    self.skip_to(close)?;
                    self.go_on();
                    return Ok(Value::Nothing);
                }
                Kind::Word(word) if *self.kind_after(1) == Kind::Mark('(') && !is_constructor(&word) => {
                    // A computed list, such as `[relu(z) for z in …]`; whether it is one shows at the “for”.
                    if self.is_comprehension() {
                        self.skip_to(close)?;
                        self.go_on();
                        return Ok(Value::Nothing);
                    }
                    return Err(self.error(format!("{} is not a number", self.quoted())));
                }
                Kind::End => {
                    return Err(self.error_at(start, "this bracket is not closed"));
                }
                _ => match self.value(depth + 1)? {
                    Value::Number(number) => numbers.push(number),
                    Value::Matrix(matrix) => matrices.push(matrix),
                    Value::Nothing => return Err(self.error("an empty row is no part of a matrix")),
                },
            }
            after_comma = false;
        }
        self.go_on();
        match (numbers.is_empty(), matrices.is_empty()) {
            (true, true) => Ok(Value::Nothing),
            (false, false) => Err(self.error_at(start, "numbers and rows are mixed within this bracket")),
            (true, false) => self.stacked(start, matrices).map(Value::Matrix),
            (false, true) => self
                .split(start, numbers, &ends, has_semicolons)
                .map(Value::Matrix),
        }
    }

    /// Rows under each other.
    fn stacked(&self, start: usize, rows: Vec<Matrix>) -> Result<Matrix, MatrixError> {
        let columns = rows[0].columns;
        let mut values = Vec::new();
        let count = rows.len();
        for row in rows {
            if !row.is_vector {
                let reason = "this has three dimensions; a matrix has rows and columns";
                return Err(self.error_at(start, reason));
            }
            if row.columns != columns {
                return Err(MatrixError {
                    line: row.line,
                    column: 1,
                    reason: format!(
                        "a row has {} numbers, and the first row of this matrix has {columns}",
                        row.columns
                    ),
                });
            }
            values.extend(row.values);
        }
        Ok(Matrix {
            rows: count,
            columns,
            is_vector: false,
            ..self.vector(None, start, values)
        })
    }

    /// Numbers in one list, cut into rows where lines or semicolons end them.
    fn split(
        &self,
        start: usize,
        numbers: Vec<f64>,
        ends: &[usize],
        has_semicolons: bool,
    ) -> Result<Matrix, MatrixError> {
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
            // NumPy breaks the lines of a long vector; the last one is shorter.
            if !has_semicolons && row + 1 == lengths.len() && lengths[row] < columns {
                return Ok(vector);
            }
            let reason = format!(
                "row {} has {} numbers, and the first row of this matrix has {columns}",
                row + 1,
                lengths[row]
            );
            return Err(self.error_at(start, reason));
        }
        vector.rows = lengths.len();
        vector.columns = columns;
        vector.is_vector = false;
        Ok(vector)
    }

    /// Past the other arguments of a call, such as `dtype=torch.float64`, and its closing bracket.
    fn skip_arguments(&mut self) -> Result<(), MatrixError> {
        while matches!(self.kind(), Kind::Line { .. }) {
            self.go_on();
        }
        if !self.is(',') && !self.is(')') {
            return Err(self.error(format!("{} is not understood here", self.quoted())));
        }
        self.skip_to(')')?;
        self.go_on();
        Ok(())
    }

    /// To the bracket that closes the present one.
    fn skip_to(&mut self, close: char) -> Result<(), MatrixError> {
        let start = self.at;
        let mut depth = 0_usize;
        loop {
            match self.kind() {
                Kind::Mark(mark) if *mark == close && depth == 0 => {
                    return Ok(());
                }
                Kind::Mark('(' | '[' | '{') => depth += 1,
                Kind::Mark(')' | ']' | '}') => depth = depth.saturating_sub(1),
                Kind::End => return Err(self.error_at(start, "a bracket before this is not closed")),
                _ => {}
            }
            self.go_on();
        }
    }

    /// Whether there are only names up to the present bracket's end: a list of functions, not of numbers.
    fn is_words(&self, close: char) -> bool {
        let inside = self.tokens[self.at..].iter().map(|token| &token.kind);
        let mut inside = inside.skip_while(|kind| {
            matches!(kind, Kind::Word(word) if word != "for")
                || matches!(kind, Kind::Mark(',') | Kind::Line { .. })
        });
        inside.next() == Some(&Kind::Mark(close))
    }

    /// Whether “for” comes before the present bracket closes.
    fn is_comprehension(&self) -> bool {
        let mut depth = 0_usize;
        for token in &self.tokens[self.at..] {
            match &token.kind {
                Kind::Word(word) if word == "for" && depth == 0 => return true,
                Kind::Mark('(' | '[' | '{') => depth += 1,
                Kind::Mark(')' | ']' | '}') if depth == 0 => return false,
                Kind::Mark(')' | ']' | '}') => depth -= 1,
                _ => {}
            }
        }
        false
    }
}
