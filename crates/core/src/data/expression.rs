//! Mathematical expressions that people type, such as `x2 > sin(x1) and x1^2 < 9`.
//!
//! An expression is translated into operations on a stack, so evaluating it needs no recursion. All functions
//! are those of `libm`, so that every machine computes the same bits.

use std::ops::Range;

use crate::text::{Localized, Messages};

/// The maximum number of characters.
pub(crate) const MAX_LENGTH: usize = 500;
/// The maximum depth of nested parentheses and signs.
const MAX_DEPTH: usize = 40;
/// The maximum number of operations, which chains such as `a < b < c` could multiply otherwise.
const MAX_OPERATIONS: usize = 4_000;
/// The maximum number of variables, `x1` to `x10`.
pub(crate) const MAX_VARIABLES: usize = 10;

/// A function of two numbers.
type BinaryFunction = fn(f64, f64) -> f64;

/// An operation on the stack. True is 1, false is 0, and NaN is undefined, for numbers and for conditions.
#[derive(Debug, Clone, Copy)]
enum Operation {
    Number(f64),
    /// The value of a variable, counted from 0.
    Variable(usize),
    Unary(fn(f64) -> f64),
    Binary(fn(f64, f64) -> f64),
}

/// The kind of the value of an expression.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum ValueKind {
    Number,
    Condition,
}

/// An expression whose value is true or false.
#[derive(Debug, Clone)]
pub struct Expression {
    operations: Vec<Operation>,
    variables: usize,
}

/// The reason why a text is not an expression, and the place in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExpressionError {
    /// The characters to which the problem belongs, counted from 0. The range is empty at the end of the text.
    pub place: Range<usize>,
    /// The problem.
    pub problem: ExpressionProblem,
}

/// A problem of an expression.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ExpressionProblem {
    /// There is nothing.
    Empty,
    /// There are too many characters, parentheses or operations.
    TooLong,
    /// A character has no meaning.
    UnknownCharacter(char),
    /// A name is neither a variable nor a function nor a constant.
    UnknownName(String),
    /// A number can't be read.
    InvalidNumber(String),
    /// A value is missing; with the text that stands in its place, or `None` at the end.
    ValueMissing(Option<String>),
    /// Something follows where the expression should end.
    Unexpected(String),
    /// A parenthesis is not closed.
    Unclosed,
    /// A function has no parentheses after its name.
    FunctionWithoutParentheses(String),
    /// A function has too few or too many arguments.
    WrongArgumentCount {
        /// The function.
        function: String,
        /// The number of arguments that it has.
        expected: usize,
    },
    /// There is a number where a condition is needed.
    NotACondition,
    /// There is a condition where a number is needed.
    NotANumber,
}

impl Localized for ExpressionError {
    fn message(&self, messages: Messages) -> String {
        let number = self.place.start + 1;
        match &self.problem {
            ExpressionProblem::Empty => messages.expression_empty().to_owned(),
            ExpressionProblem::TooLong => messages.expression_too_long(MAX_LENGTH),
            ExpressionProblem::UnknownCharacter(character) => {
                messages.expression_unknown_character(character, number)
            }
            ExpressionProblem::UnknownName(name) => messages.expression_unknown_name(name, number),
            ExpressionProblem::InvalidNumber(text) => messages.expression_invalid_number(text, number),
            ExpressionProblem::ValueMissing(Some(found)) => messages.expression_value_missing(found, number),
            ExpressionProblem::ValueMissing(None) => messages.expression_value_missing_at_end().to_owned(),
            ExpressionProblem::Unexpected(found) => messages.expression_unexpected(found, number),
            ExpressionProblem::Unclosed => messages.expression_unclosed(number),
            ExpressionProblem::FunctionWithoutParentheses(name) => {
                messages.expression_function_without_parentheses(name, number)
            }
            ExpressionProblem::WrongArgumentCount { function, expected } => {
                messages.expression_wrong_argument_count(*expected, function, number)
            }
            ExpressionProblem::NotACondition => messages.expression_not_a_condition(number),
            ExpressionProblem::NotANumber => messages.expression_not_a_number(number),
        }
    }
}

crate::localized_errors!(ExpressionError);

#[derive(Debug, Clone, PartialEq)]
enum ExpressionToken {
    Number(f64),
    Name(String),
    Symbol(&'static str),
}

/// The symbols, the longer ones first, and the symbol that each of them means.
const SYMBOLS: [(&str, &str); 30] = [
    ("**", "^"),
    (">=", ">="),
    ("=>", ">="),
    ("<=", "<="),
    ("=<", "<="),
    ("&&", "and"),
    ("||", "or"),
    ("+", "+"),
    ("-", "-"),
    ("−", "-"),
    ("–", "-"),
    ("*", "*"),
    ("·", "*"),
    ("⋅", "*"),
    ("×", "*"),
    ("/", "/"),
    ("÷", "/"),
    ("^", "^"),
    ("(", "("),
    (")", ")"),
    (",", ","),
    (">", ">"),
    ("<", "<"),
    ("≥", ">="),
    ("≤", "<="),
    ("²", "²"),
    ("³", "³"),
    ("∧", "and"),
    ("∨", "or"),
    ("¬", "not"),
];

/// Returns the function with that name: of one argument or of two.
fn function(name: &str) -> Option<(Operation, usize)> {
    let unary: fn(f64) -> f64 = match name {
        "sin" => libm::sin,
        "cos" => libm::cos,
        "tan" => libm::tan,
        "exp" => libm::exp,
        "log" | "ln" => libm::log,
        "sqrt" => libm::sqrt,
        "abs" => libm::fabs,
        "tanh" => libm::tanh,
        "min" => return Some((Operation::Binary(smaller), 2)),
        "max" => return Some((Operation::Binary(larger), 2)),
        _ => return None,
    };
    Some((Operation::Unary(unary), 1))
}

fn constant(name: &str) -> Option<f64> {
    match name {
        "pi" | "π" => Some(std::f64::consts::PI),
        "e" => Some(std::f64::consts::E),
        _ => None,
    }
}

/// Returns the variable with that name, counted from 0: `x1`, `x₁`, or `x` and `y` for the first two.
fn variable(name: &str) -> Option<usize> {
    if let "x" | "y" = name {
        return Some(usize::from(name == "y"));
    }
    let digits: String = name
        .strip_prefix('x')?
        .trim_start_matches('_')
        .chars()
        .map(|digit| match digit {
            '₀'..='₉' => char::from_digit(digit as u32 - '₀' as u32, 10).unwrap_or(digit),
            other => other,
        })
        .collect();
    let number: usize = digits.parse().ok()?;
    (1..=MAX_VARIABLES).contains(&number).then(|| number - 1)
}

fn smaller(a: f64, b: f64) -> f64 {
    if a.is_nan() || b.is_nan() {
        f64::NAN
    } else {
        a.min(b)
    }
}

fn larger(a: f64, b: f64) -> f64 {
    if a.is_nan() || b.is_nan() {
        f64::NAN
    } else {
        a.max(b)
    }
}

/// Returns a comparison of two numbers; undefined if one of them is not finite.
fn comparison(symbol: &str) -> Option<fn(f64, f64) -> f64> {
    fn compared(a: f64, b: f64, holds: bool) -> f64 {
        match a.is_finite() && b.is_finite() {
            true => f64::from(u8::from(holds)),
            false => f64::NAN,
        }
    }
    match symbol {
        ">" => Some(|a, b| compared(a, b, a > b)),
        ">=" => Some(|a, b| compared(a, b, a >= b)),
        "<" => Some(|a, b| compared(a, b, a < b)),
        "<=" => Some(|a, b| compared(a, b, a <= b)),
        _ => None,
    }
}

/// True only if both are; false if one is false, even if the other is undefined (Kleene, 1938).
fn and(a: f64, b: f64) -> f64 {
    match (a, b) {
        (0.0, _) | (_, 0.0) => 0.0,
        _ => a * b,
    }
}

fn or(a: f64, b: f64) -> f64 {
    not(and(not(a), not(b)))
}

fn not(a: f64) -> f64 {
    1.0 - a
}

impl Expression {
    /// Parses a condition, an expression whose value is true or false.
    ///
    /// # Errors
    ///
    /// Returns an error with the place if the text is not a condition.
    pub fn parse_condition(text: &str) -> Result<Self, ExpressionError> {
        let length = text.chars().count();
        let at_end = |problem| ExpressionError {
            place: length..length,
            problem,
        };
        if length > MAX_LENGTH {
            return Err(ExpressionError {
                place: MAX_LENGTH..length,
                problem: ExpressionProblem::TooLong,
            });
        }
        let tokens = tokens(text)?;
        if tokens.is_empty() {
            return Err(at_end(ExpressionProblem::Empty));
        }
        let mut parser = Parser {
            tokens,
            position: 0,
            length,
            depth: 0,
            operations: Vec::new(),
            variables: 0,
        };
        let kind = parser.disjunction()?;
        if let Some(found) = parser.peek_text() {
            return Err(parser.error(ExpressionProblem::Unexpected(found)));
        }
        if kind != ValueKind::Condition {
            return Err(ExpressionError {
                place: 0..length,
                problem: ExpressionProblem::NotACondition,
            });
        }
        Ok(Self {
            operations: parser.operations,
            variables: parser.variables,
        })
    }

    /// Returns the number of variables: that of the last one that occurs.
    pub(crate) fn variable_count(&self) -> usize {
        self.variables
    }

    /// Returns true or false, or `None` if the value is undefined, such as with the root of a negative number.
    /// Variables that are not given are undefined.
    pub fn holds(&self, variables: &[f64]) -> Option<bool> {
        self.holds_on(variables, &mut Vec::new())
    }

    /// As [`Self::holds`], with a stack that is used again.
    pub(crate) fn holds_on(&self, variables: &[f64], stack: &mut Vec<f64>) -> Option<bool> {
        stack.clear();
        for operation in &self.operations {
            let value = match *operation {
                Operation::Number(value) => value,
                Operation::Variable(index) => variables.get(index).copied().unwrap_or(f64::NAN),
                Operation::Unary(function) => function(stack.pop()?),
                Operation::Binary(function) => {
                    let second = stack.pop()?;
                    function(stack.pop()?, second)
                }
            };
            stack.push(value);
        }
        match stack.pop() {
            Some(1.0) => Some(true),
            Some(0.0) => Some(false),
            _ => None,
        }
    }
}

/// Splits a text into tokens, each with its place.
fn tokens(text: &str) -> Result<Vec<(ExpressionToken, Range<usize>)>, ExpressionError> {
    let characters: Vec<char> = text.chars().map(half_width).collect();
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(&first) = characters.get(at) {
        let run = |from: usize, is_part: &dyn Fn(char) -> bool| {
            let rest = characters[from..].iter();
            from + rest.take_while(|&&character| is_part(character)).count()
        };
        let start = at;
        if first.is_whitespace() {
            at += 1;
            continue;
        }
        if first.is_ascii_digit() || first == '.' {
            at = run(at, &|character| character.is_ascii_digit() || character == '.');
            if matches!(characters.get(at), Some('e' | 'E')) {
                let sign = usize::from(matches!(characters.get(at + 1), Some('+' | '-')));
                let end = run(at + 1 + sign.min(characters.len() - at - 1), &|digit| {
                    digit.is_ascii_digit()
                });
                if end > at + 1 + sign {
                    at = end;
                }
            }
            let text: String = characters[start..at].iter().collect();
            match text.parse::<f64>() {
                Ok(value) if value.is_finite() => tokens.push((ExpressionToken::Number(value), start..at)),
                _ => {
                    return Err(ExpressionError {
                        place: start..at,
                        problem: ExpressionProblem::InvalidNumber(text),
                    });
                }
            }
            continue;
        }
        let is_subscript = |character: char| ('₀'..='₉').contains(&character);
        if first.is_alphabetic() {
            at = run(at, &|character| {
                character.is_alphabetic()
                    || character.is_ascii_digit()
                    || character == '_'
                    || is_subscript(character)
            });
            let name: String = characters[start..at].iter().collect::<String>().to_lowercase();
            tokens.push(match name.as_str() {
                "and" => (ExpressionToken::Symbol("and"), start..at),
                "or" => (ExpressionToken::Symbol("or"), start..at),
                "not" => (ExpressionToken::Symbol("not"), start..at),
                _ => (ExpressionToken::Name(name), start..at),
            });
            continue;
        }
        let rest: String = characters[at..].iter().take(2).collect();
        let Some((symbol, meaning)) = SYMBOLS.iter().find(|(symbol, _)| rest.starts_with(symbol)) else {
            return Err(ExpressionError {
                place: start..start + 1,
                problem: ExpressionProblem::UnknownCharacter(first),
            });
        };
        at += symbol.chars().count();
        tokens.push((ExpressionToken::Symbol(meaning), start..at));
    }
    Ok(tokens)
}

/// Returns the narrow form of a wide character, as Chinese input methods type it.
fn half_width(character: char) -> char {
    match character {
        '！'..='～' => char::from_u32(character as u32 - 0xfee0).unwrap_or(character),
        other => other,
    }
}

struct Parser {
    tokens: Vec<(ExpressionToken, Range<usize>)>,
    position: usize,
    /// The number of characters of the text.
    length: usize,
    depth: usize,
    operations: Vec<Operation>,
    variables: usize,
}

impl Parser {
    fn peek(&self) -> Option<&ExpressionToken> {
        self.tokens.get(self.position).map(|(token, _)| token)
    }

    /// Returns the place of the next token, or the end of the text.
    fn place(&self) -> Range<usize> {
        let token = self.tokens.get(self.position);
        token.map_or(self.length..self.length, |(_, place)| place.clone())
    }

    fn peek_text(&self) -> Option<String> {
        Some(match self.peek()? {
            ExpressionToken::Number(value) => value.to_string(),
            ExpressionToken::Name(name) => name.clone(),
            ExpressionToken::Symbol(symbol) => (*symbol).to_owned(),
        })
    }

    fn error(&self, problem: ExpressionProblem) -> ExpressionError {
        ExpressionError {
            place: self.place(),
            problem,
        }
    }

    fn take(&mut self, symbol: &str) -> bool {
        let is_next = matches!(self.peek(), Some(ExpressionToken::Symbol(next)) if *next == symbol);
        self.position += usize::from(is_next);
        is_next
    }

    fn push(&mut self, operation: Operation) -> Result<(), ExpressionError> {
        if self.operations.len() == MAX_OPERATIONS {
            return Err(self.error(ExpressionProblem::TooLong));
        }
        self.operations.push(operation);
        Ok(())
    }

    /// Returns an error if the value that begins at a token has another kind.
    fn check(&self, kind: ValueKind, needed: ValueKind, from: usize) -> Result<(), ExpressionError> {
        if kind == needed {
            return Ok(());
        }
        let last = &self.tokens[self.position.saturating_sub(1).max(from)].1;
        Err(ExpressionError {
            place: self.tokens[from].1.start..last.end,
            problem: match needed {
                ValueKind::Number => ExpressionProblem::NotANumber,
                ValueKind::Condition => ExpressionProblem::NotACondition,
            },
        })
    }

    /// Parses values that are joined by a symbol.
    fn joined(
        &mut self,
        symbol: &str,
        join: fn(f64, f64) -> f64,
        part: fn(&mut Self) -> Result<ValueKind, ExpressionError>,
    ) -> Result<ValueKind, ExpressionError> {
        let from = self.position;
        let first = part(self)?;
        while {
            let is_joined = self.position < self.tokens.len()
                && matches!(self.peek(), Some(ExpressionToken::Symbol(next)) if *next == symbol);
            if is_joined {
                self.check(first, ValueKind::Condition, from)?;
            }
            is_joined
        } {
            self.position += 1;
            let from = self.position;
            let kind = part(self)?;
            self.check(kind, ValueKind::Condition, from)?;
            self.push(Operation::Binary(join))?;
        }
        Ok(first)
    }

    fn disjunction(&mut self) -> Result<ValueKind, ExpressionError> {
        self.joined("or", or, |parser| parser.joined("and", and, Self::negation))
    }

    fn negation(&mut self) -> Result<ValueKind, ExpressionError> {
        if !self.take("not") {
            return self.comparisons();
        }
        let from = self.position;
        let kind = self.nested(Self::negation)?;
        self.check(kind, ValueKind::Condition, from)?;
        self.push(Operation::Unary(not))?;
        Ok(ValueKind::Condition)
    }

    /// Parses a number, or a chain of comparisons such as `−1 < x1 < 1`, all of which have to hold.
    fn comparisons(&mut self) -> Result<ValueKind, ExpressionError> {
        let from = self.position;
        let mut kind = self.sum()?;
        let mut left = from;
        let mut has_comparison = false;
        loop {
            let compare = match self.peek() {
                Some(ExpressionToken::Symbol(symbol)) => comparison(symbol),
                _ => None,
            };
            let Some(compare) = compare else { break };
            self.check(kind, ValueKind::Number, left)?;
            self.position += 1;
            left = self.position;
            let start = self.operations.len();
            kind = self.sum()?;
            self.check(kind, ValueKind::Number, left)?;
            let operand = self.operations[start..].to_vec();
            self.push(Operation::Binary(compare))?;
            if has_comparison {
                self.push(Operation::Binary(and))?;
            }
            has_comparison = true;
            // The next comparison of a chain needs the operand once more.
            if matches!(self.peek(), Some(ExpressionToken::Symbol(next)) if comparison(next).is_some()) {
                for operation in operand {
                    self.push(operation)?;
                }
            }
        }
        Ok(if has_comparison {
            ValueKind::Condition
        } else {
            kind
        })
    }

    fn sum(&mut self) -> Result<ValueKind, ExpressionError> {
        self.arithmetic(&[("+", |a, b| a + b), ("-", |a, b| a - b)], Self::product)
    }

    fn product(&mut self) -> Result<ValueKind, ExpressionError> {
        self.arithmetic(&[("*", |a, b| a * b), ("/", |a, b| a / b)], Self::sign)
    }

    /// Parses numbers that are joined by one of some symbols, from left to right.
    fn arithmetic(
        &mut self,
        symbols: &[(&str, BinaryFunction)],
        part: fn(&mut Self) -> Result<ValueKind, ExpressionError>,
    ) -> Result<ValueKind, ExpressionError> {
        let from = self.position;
        let kind = part(self)?;
        loop {
            let next = match self.peek() {
                Some(ExpressionToken::Symbol(next)) => symbols.iter().find(|(symbol, _)| symbol == next),
                _ => None,
            };
            let Some((_, function)) = next else { break };
            self.check(kind, ValueKind::Number, from)?;
            self.position += 1;
            let from = self.position;
            let kind = part(self)?;
            self.check(kind, ValueKind::Number, from)?;
            self.push(Operation::Binary(*function))?;
        }
        Ok(kind)
    }

    fn sign(&mut self) -> Result<ValueKind, ExpressionError> {
        let is_negative = self.take("-");
        if !is_negative && !self.take("+") {
            return self.power();
        }
        let from = self.position;
        let kind = self.nested(Self::sign)?;
        self.check(kind, ValueKind::Number, from)?;
        if is_negative {
            self.push(Operation::Unary(|value| -value))?;
        }
        Ok(ValueKind::Number)
    }

    /// Parses a value and its exponent: `x1^2`, or `2 x1` for a product with a number.
    fn power(&mut self) -> Result<ValueKind, ExpressionError> {
        let from = self.position;
        let is_number = matches!(self.peek(), Some(ExpressionToken::Number(_)));
        let kind = self.value()?;
        for (symbol, exponent) in [("²", 2.0), ("³", 3.0)] {
            if self.take(symbol) {
                self.check(kind, ValueKind::Number, from)?;
                self.push(Operation::Number(exponent))?;
                self.push(Operation::Binary(libm::pow))?;
            }
        }
        if self.take("^") {
            self.check(kind, ValueKind::Number, from)?;
            let from = self.position;
            let exponent = self.nested(Self::sign)?;
            self.check(exponent, ValueKind::Number, from)?;
            self.push(Operation::Binary(libm::pow))?;
        }
        let has_factor = matches!(
            self.peek(),
            Some(ExpressionToken::Name(_) | ExpressionToken::Symbol("("))
        );
        if is_number && has_factor {
            let from = self.position;
            let factor = self.nested(Self::power)?;
            self.check(factor, ValueKind::Number, from)?;
            self.push(Operation::Binary(|a, b| a * b))?;
        }
        Ok(kind)
    }

    /// Parses a number, a name, a function with its arguments, or an expression in parentheses.
    fn value(&mut self) -> Result<ValueKind, ExpressionError> {
        let place = self.place();
        let Some(token) = self.peek().cloned() else {
            return Err(self.error(ExpressionProblem::ValueMissing(None)));
        };
        match token {
            ExpressionToken::Number(value) => {
                self.position += 1;
                self.push(Operation::Number(value))?;
                Ok(ValueKind::Number)
            }
            ExpressionToken::Symbol("(") => {
                self.position += 1;
                let kind = self.nested(Self::disjunction)?;
                self.close(&place)?;
                Ok(kind)
            }
            ExpressionToken::Symbol(_) => {
                let found = self.peek_text();
                Err(self.error(ExpressionProblem::ValueMissing(found)))
            }
            ExpressionToken::Name(name) => self.named_value(&name),
        }
    }

    fn named_value(&mut self, name: &str) -> Result<ValueKind, ExpressionError> {
        let place = self.place();
        let operation = match (variable(name), constant(name)) {
            (Some(index), _) => Some(Operation::Variable(index)),
            (None, value) => value.map(Operation::Number),
        };
        if let Some(operation) = operation {
            if let Operation::Variable(index) = operation {
                self.variables = self.variables.max(index + 1);
            }
            self.position += 1;
            self.push(operation)?;
            return Ok(ValueKind::Number);
        }
        let Some((operation, expected)) = function(name) else {
            return Err(self.error(ExpressionProblem::UnknownName(name.to_owned())));
        };
        self.position += 1;
        let opening = self.place();
        if !self.take("(") {
            return Err(ExpressionError {
                place,
                problem: ExpressionProblem::FunctionWithoutParentheses(name.to_owned()),
            });
        }
        let mut count = 0;
        if !self.take(")") {
            loop {
                let from = self.position;
                let kind = self.nested(Self::disjunction)?;
                self.check(kind, ValueKind::Number, from)?;
                count += 1;
                if !self.take(",") {
                    break;
                }
            }
            self.close(&opening)?;
        }
        if count != expected {
            return Err(ExpressionError {
                place,
                problem: ExpressionProblem::WrongArgumentCount {
                    function: name.to_owned(),
                    expected,
                },
            });
        }
        self.push(operation)?;
        Ok(ValueKind::Number)
    }

    /// Takes the closing parenthesis of the one at `opening`.
    fn close(&mut self, opening: &Range<usize>) -> Result<(), ExpressionError> {
        if self.take(")") {
            return Ok(());
        }
        Err(match self.peek_text() {
            Some(found) => self.error(ExpressionProblem::Unexpected(found)),
            None => ExpressionError {
                place: opening.clone(),
                problem: ExpressionProblem::Unclosed,
            },
        })
    }

    /// Parses a part, one level deeper.
    fn nested(
        &mut self,
        part: impl FnOnce(&mut Self) -> Result<ValueKind, ExpressionError>,
    ) -> Result<ValueKind, ExpressionError> {
        if self.depth == MAX_DEPTH {
            return Err(self.error(ExpressionProblem::TooLong));
        }
        self.depth += 1;
        let kind = part(self)?;
        self.depth -= 1;
        Ok(kind)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn holds(text: &str, variables: &[f64]) -> Option<bool> {
        let expression = Expression::parse_condition(text);
        expression
            .unwrap_or_else(|e| panic!("{text}: {e}"))
            .holds(variables)
    }

    #[test]
    fn conditions_have_the_usual_meaning() {
        for (text, expected) in [
            ("x2 > sin(x1)", true),
            ("x2>SIN(x1)", true),
            ("x2 < sin(x1)", false),
            ("-x1^2 = 1", false),
            ("-x1^2 < 0", true),
            ("2^3^2 >= 512", true),
            ("2**-1 <= 0.5", true),
            ("2x1 > 3 x1", false),
            ("2(x1 + 1)^2 > 7", true),
            ("1 - 2 - 3 < -3", true),
            ("8 / 4 / 2 <= 1", true),
            ("-1 < x1 < 2 < x2", true),
            ("0 < x1 < 1 < x2", false),
            ("not x1 > 0 or x2 > 0", true),
            ("x1 > 5 or x2 > 0 and x2 < 1", false),
            ("(x1 > 5 or x2 > 0) && x2 > 1", true),
            ("max(x1, x2) > min(x1, 2) + 0.5", true),
            (
                "abs(-3) + sqrt(4) + log(e) + exp(0) + tanh(0) + cos(0) - tan(0) >= 8",
                true,
            ),
            ("x₁² ≤ 1.21", true),
            ("ｘ２　＞　π − 1.2", true),
            ("1.5e0x1 < 2", true),
            ("y > x", true),
        ] {
            if text.contains(" = ") {
                assert!(Expression::parse_condition(text).is_err());
            } else {
                assert_eq!(holds(text, &[1.0, 2.5]), Some(expected), "{text}");
            }
        }
    }

    #[test]
    fn undefined_values_are_neither_true_nor_false() {
        for text in [
            "sqrt(x1) > 0",
            "1/0 > x1",
            "x2 > log(x1)",
            "exp(1000) > 1",
            "max(0, log(x1)) >= 0",
        ] {
            assert_eq!(holds(text, &[-1.0, 0.0]), None, "{text}");
        }
        // A condition that is decided without the undefined part is defined.
        assert_eq!(holds("x1 > 0 and x2 > log(x1)", &[-1.0, 0.0]), Some(false));
        assert_eq!(holds("x1 < 0 or x2 > log(x1)", &[-1.0, 0.0]), Some(true));
        assert_eq!(holds("x3 > 0", &[1.0, 1.0]), None);
    }

    #[test]
    fn errors_tell_the_place() {
        for (text, place, message) in [
            ("", 0..0, "write a condition such as x2 > sin(x1)"),
            (
                "x2 > sin(x1",
                8..9,
                "the parenthesis at character 9 is not closed",
            ),
            ("x2 > ", 5..5, "a value is missing at the end"),
            ("x2 > * 3", 5..6, "a value is missing before “*” at character 6"),
            ("x2 > sni(x1)", 5..8, "“sni” at character 6 is unknown"),
            (
                "x2 > sin x1",
                5..8,
                "write parentheses after “sin” at character 6",
            ),
            ("x2 = 3", 3..4, "“=” at character 4 has no meaning"),
            ("x1 + x2", 0..7, "needs a comparison"),
            ("x1 > 2 x2 )", 10..11, "“)” at character 11 doesn’t belong there"),
            ("x1 > max(x2)", 5..8, "“max” at character 6 needs 2 values"),
            ("(x1 > 2) + 1 > 2", 0..8, "a number is needed at character 1"),
            ("x1 > 1..2", 5..9, "“1..2” at character 6 is not a number"),
            ("x11 > 1", 0..3, "“x11” at character 1 is unknown"),
        ] {
            let error = Expression::parse_condition(text).unwrap_err();
            assert_eq!(error.place, place, "{text}: {error}");
            assert!(error.to_string().contains(message), "{text}: {error}");
        }
        let deep = format!("{}x1{} > 0", "(".repeat(200), ")".repeat(200));
        assert!(Expression::parse_condition(&deep).is_err());
    }
}
