//! The expressions of lessons: conditions, and quantities that are shown in texts.
//!
//! An expression has no statements and no loops, and changes nothing. `parse` builds the tree, `error` has its
//! problems, and `super::evaluation` computes the value.

mod error;
mod parse;
mod token;

pub use error::LessonExpressionError;

use std::fmt;
use std::ops::Range;

use crate::network::NeuronAddress;
use crate::session::Adjustable;

use super::function::{ExpressionKind, Function};

/// The maximum number of characters of an expression.
pub(crate) const MAX_CHARS: usize = 500;
/// The maximum number of calls in an expression.
pub(crate) const MAX_CALLS: usize = 50;

/// An expression with its text.
#[derive(Debug, Clone, PartialEq)]
pub struct LessonExpression {
    text: String,
    root: Node,
    kind: ExpressionKind,
}

/// An address of a number of the network.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Address {
    /// A weight, a bias or an input.
    Adjustable(Adjustable),
    /// A neuron's weighted sum.
    WeightedSum(NeuronAddress),
    /// A neuron's output.
    Output(NeuronAddress),
}

/// A comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Comparison {
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Equal,
    Unequal,
}

/// An operation on two numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Arithmetic {
    Add,
    Subtract,
    Multiply,
    Divide,
}

/// A part of an expression.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Node {
    /// The bytes of the text.
    pub(crate) span: Range<usize>,
    pub(crate) kind: NodeKind,
}

/// The content of a part of an expression.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum NodeKind {
    Number(f64),
    Text(String),
    Address(Address),
    Call {
        function: Function,
        /// The output in `out[k]`, counted from 0.
        output: Option<usize>,
        arguments: Vec<Node>,
    },
    Not(Box<Node>),
    And(Vec<Node>),
    Or(Vec<Node>),
    Compare(Comparison, Box<[Node; 2]>),
    Negate(Box<Node>),
    Arithmetic(Arithmetic, Box<[Node; 2]>),
}

impl LessonExpression {
    /// Reads an expression of any kind.
    ///
    /// # Errors
    ///
    /// Returns the problem with its place in the text.
    pub fn parse(text: &str) -> Result<Self, LessonExpressionError> {
        parse::parse(text)
    }

    /// Reads an expression that is true or false.
    ///
    /// # Errors
    ///
    /// Returns the problem with its place in the text.
    pub fn parse_condition(text: &str) -> Result<Self, LessonExpressionError> {
        let expression = parse::parse(text)?;
        match expression.kind {
            ExpressionKind::Condition => Ok(expression),
            ExpressionKind::Number | ExpressionKind::Text => Err(LessonExpressionError::NotACondition {
                found: expression.text.trim().to_owned(),
            }),
        }
    }

    /// Reads an expression whose value is a number.
    ///
    /// # Errors
    ///
    /// Returns the problem with its place in the text.
    pub fn parse_number(text: &str) -> Result<Self, LessonExpressionError> {
        let expression = parse::parse(text)?;
        match expression.kind {
            ExpressionKind::Number => Ok(expression),
            ExpressionKind::Condition | ExpressionKind::Text => Err(LessonExpressionError::NotANumber {
                found: expression.text.trim().to_owned(),
            }),
        }
    }

    /// Returns the text.
    pub fn text(&self) -> &str {
        self.text.trim()
    }

    /// Returns the kind of the value.
    pub fn kind(&self) -> ExpressionKind {
        self.kind
    }

    pub(crate) fn root(&self) -> &Node {
        &self.root
    }

    /// Returns the text of a part.
    pub(crate) fn text_of(&self, node: &Node) -> &str {
        self.text.get(node.span.clone()).unwrap_or_default().trim()
    }

    /// Returns the conditions that have to hold all: the parts of the outermost `and`, or the whole.
    pub(crate) fn conjuncts(&self) -> &[Node] {
        match &self.root.kind {
            NodeKind::And(parts) => parts,
            _ => std::slice::from_ref(&self.root),
        }
    }

    /// Calls a function for every part, outer parts first.
    pub(crate) fn visit<'a>(&'a self, mut visitor: impl FnMut(&'a Node)) {
        let mut nodes = vec![&self.root];
        while let Some(node) = nodes.pop() {
            visitor(node);
            nodes.extend(node.children().iter().rev());
        }
    }
}

impl fmt::Display for LessonExpression {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.text())
    }
}

impl Node {
    /// Returns the parts of this part.
    pub(crate) fn children(&self) -> &[Node] {
        match &self.kind {
            NodeKind::Number(_) | NodeKind::Text(_) | NodeKind::Address(_) => &[],
            NodeKind::Call { arguments, .. } => arguments,
            NodeKind::Not(part) | NodeKind::Negate(part) => std::slice::from_ref(&**part),
            NodeKind::And(parts) | NodeKind::Or(parts) => parts,
            NodeKind::Compare(_, parts) | NodeKind::Arithmetic(_, parts) => parts.as_slice(),
        }
    }

    /// Returns the kind of the value. The parts are already checked.
    pub(crate) fn value_kind(&self) -> ExpressionKind {
        match &self.kind {
            NodeKind::Number(_) | NodeKind::Address(_) | NodeKind::Negate(_) | NodeKind::Arithmetic(..) => {
                ExpressionKind::Number
            }
            NodeKind::Text(_) => ExpressionKind::Text,
            NodeKind::Call {
                function: Function::Start,
                arguments,
                ..
            } => arguments.first().map_or(ExpressionKind::Number, Self::value_kind),
            NodeKind::Call { function, .. } => function.signature().kind,
            NodeKind::Not(_) | NodeKind::And(_) | NodeKind::Or(_) | NodeKind::Compare(..) => {
                ExpressionKind::Condition
            }
        }
    }
}
