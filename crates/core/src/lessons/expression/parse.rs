//! The reader of expressions: recursive descent.
//!
//! ```text
//! or = and {"or" and}    and = not {"and" not}    not = ["not"] compare
//! compare = sum [("<"|"<="|">"|">="|"=="|"!=") sum]   sum = product {("+"|"-") product}
//! product = unary {("*"|"/") unary}    unary = ["-"] atom
//! atom = number | "text" | address | name ["(" arguments ")"] | "(" or ")"
//! ```

use std::ops::Range;

use crate::lessons::function::{ArgumentRole, ExpressionKind, Function};
use crate::network::Knob;
use crate::network::NeuronAddress;
use crate::session::Adjustable;

use super::error::LessonExpressionError;
use super::token::{LessonToken, normalized, tokens};
use super::{Address, Arithmetic, Comparison, LessonExpression, MAX_CALLS, MAX_CHARS, Node, NodeKind};

/// The maximum depth of nested parentheses and signs.
const MAX_DEPTH: usize = 40;

type Parsed = Result<Node, LessonExpressionError>;

/// Reads an expression.
pub(super) fn parse(text: &str) -> Result<LessonExpression, LessonExpressionError> {
    if text.chars().count() > MAX_CHARS {
        return Err(LessonExpressionError::TooLong);
    }
    let text = normalized(text);
    let tokens = tokens(&text)?;
    if tokens.is_empty() {
        return Err(LessonExpressionError::Empty);
    }
    let mut parser = ExpressionParser {
        text: &text,
        tokens,
        position: 0,
        depth: 0,
        calls: 0,
        start: 0,
    };
    let root = parser.disjunction()?;
    if parser.position < parser.tokens.len() {
        return Err(parser.unexpected());
    }
    let kind = root.value_kind();
    Ok(LessonExpression { root, kind, text })
}

struct ExpressionParser<'a> {
    text: &'a str,
    tokens: Vec<(LessonToken, Range<usize>)>,
    position: usize,
    depth: usize,
    calls: usize,
    /// The place from which a problem quotes the text before it: the innermost call.
    start: usize,
}

impl ExpressionParser<'_> {
    fn peek(&self) -> Option<&LessonToken> {
        self.tokens.get(self.position).map(|(token, _)| token)
    }

    fn is_at(&self, symbol: &str) -> bool {
        matches!(self.peek(), Some(LessonToken::Symbol(found)) if *found == symbol)
    }

    fn take(&mut self, symbol: &str) -> bool {
        let is_there = self.is_at(symbol);
        self.position += usize::from(is_there);
        is_there
    }

    /// Returns the place of the next token, or the end of the text.
    fn next_start(&self) -> usize {
        let next = self.tokens.get(self.position);
        next.map_or(self.text.len(), |(_, span)| span.start)
    }

    fn previous_end(&self) -> usize {
        let previous = self
            .position
            .checked_sub(1)
            .and_then(|index| self.tokens.get(index));
        previous.map_or(0, |(_, span)| span.end)
    }

    /// Returns the text from the innermost call up to the next token.
    fn text_before(&self) -> String {
        self.text[self.start.min(self.previous_end())..self.previous_end()]
            .trim()
            .to_owned()
    }

    fn unexpected(&self) -> LessonExpressionError {
        let after = self.text_before();
        match self.tokens.get(self.position) {
            None => LessonExpressionError::ValueMissing { after },
            Some((LessonToken::Symbol("="), _)) => LessonExpressionError::SingleEqual { after },
            Some((_, span)) if after.is_empty() && !self.is_operator() => LessonExpressionError::Unexpected {
                found: self.text[span.clone()].to_owned(),
                after,
            },
            Some((_, span)) => LessonExpressionError::Unexpected {
                found: self.text[span.clone()].to_owned(),
                after,
            },
        }
    }

    fn is_operator(&self) -> bool {
        matches!(self.peek(), Some(LessonToken::Symbol(_)))
    }

    fn node(&self, start: usize, kind: NodeKind) -> Node {
        Node {
            span: start..self.previous_end(),
            kind,
        }
    }

    fn quoted(&self, node: &Node) -> String {
        self.text[node.span.clone()].trim().to_owned()
    }

    fn number(&self, node: Node) -> Parsed {
        match node.value_kind() {
            ExpressionKind::Number => Ok(node),
            ExpressionKind::Condition | ExpressionKind::Text => Err(LessonExpressionError::NotANumber {
                found: self.quoted(&node),
            }),
        }
    }

    fn condition(&self, node: Node) -> Parsed {
        match node.value_kind() {
            ExpressionKind::Condition => Ok(node),
            ExpressionKind::Number | ExpressionKind::Text => Err(LessonExpressionError::NotACondition {
                found: self.quoted(&node),
            }),
        }
    }

    fn deeper(&mut self, read: impl FnOnce(&mut Self) -> Parsed) -> Parsed {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(LessonExpressionError::TooDeep);
        }
        let result = read(self);
        self.depth -= 1;
        result
    }

    fn disjunction(&mut self) -> Parsed {
        self.chain("or", Self::conjunction, NodeKind::Or)
    }

    fn conjunction(&mut self) -> Parsed {
        self.chain("and", Self::negation, NodeKind::And)
    }

    fn chain(
        &mut self,
        symbol: &str,
        read: fn(&mut Self) -> Parsed,
        join: fn(Vec<Node>) -> NodeKind,
    ) -> Parsed {
        let start = self.next_start();
        let first = read(self)?;
        if !self.is_at(symbol) {
            return Ok(first);
        }
        let mut parts = vec![self.condition(first)?];
        while self.take(symbol) {
            let next = read(self)?;
            parts.push(self.condition(next)?);
        }
        Ok(self.node(start, join(parts)))
    }

    fn negation(&mut self) -> Parsed {
        let start = self.next_start();
        if !self.take("not") {
            return self.comparison();
        }
        let part = self.deeper(Self::negation)?;
        let part = self.condition(part)?;
        Ok(self.node(start, NodeKind::Not(Box::new(part))))
    }

    fn take_comparison(&mut self) -> Option<Comparison> {
        let comparison = match self.peek()? {
            LessonToken::Symbol("<") => Comparison::Less,
            LessonToken::Symbol("<=") => Comparison::LessOrEqual,
            LessonToken::Symbol(">") => Comparison::Greater,
            LessonToken::Symbol(">=") => Comparison::GreaterOrEqual,
            LessonToken::Symbol("==") => Comparison::Equal,
            LessonToken::Symbol("!=") => Comparison::Unequal,
            _ => return None,
        };
        self.position += 1;
        Some(comparison)
    }

    fn comparison(&mut self) -> Parsed {
        let start = self.next_start();
        let left = self.sum()?;
        let Some(comparison) = self.take_comparison() else {
            return Ok(left);
        };
        let right = self.sum()?;
        let kinds = [left.value_kind(), right.value_kind()];
        let is_equality = matches!(comparison, Comparison::Equal | Comparison::Unequal);
        let is_comparable = match kinds {
            [ExpressionKind::Number, ExpressionKind::Number] => true,
            [ExpressionKind::Text, ExpressionKind::Text] => is_equality,
            _ => false,
        };
        let node = self.node(start, NodeKind::Compare(comparison, Box::new([left, right])));
        if !is_comparable {
            return Err(LessonExpressionError::NotComparable {
                found: self.quoted(&node),
            });
        }
        if self.take_comparison().is_some() {
            self.position -= 1;
            return Err(LessonExpressionError::ChainedComparison {
                after: self.text_before(),
            });
        }
        Ok(node)
    }

    fn sum(&mut self) -> Parsed {
        self.arithmetic(
            &[("+", Arithmetic::Add), ("-", Arithmetic::Subtract)],
            Self::product,
        )
    }

    fn product(&mut self) -> Parsed {
        self.arithmetic(
            &[("*", Arithmetic::Multiply), ("/", Arithmetic::Divide)],
            Self::unary,
        )
    }

    fn arithmetic(&mut self, operators: &[(&str, Arithmetic)], read: fn(&mut Self) -> Parsed) -> Parsed {
        let start = self.next_start();
        let mut left = read(self)?;
        while let Some((symbol, operation)) = operators.iter().find(|(symbol, _)| self.is_at(symbol)) {
            self.take(symbol);
            let right = read(self)?;
            let parts = [self.number(left)?, self.number(right)?];
            left = self.node(start, NodeKind::Arithmetic(*operation, Box::new(parts)));
        }
        Ok(left)
    }

    fn unary(&mut self) -> Parsed {
        let start = self.next_start();
        if self.take("-") {
            let part = self.deeper(Self::unary)?;
            let part = self.number(part)?;
            return Ok(self.node(start, NodeKind::Negate(Box::new(part))));
        }
        self.atom()
    }

    fn atom(&mut self) -> Parsed {
        let start = self.next_start();
        match self.peek().cloned() {
            Some(LessonToken::Number(value)) => {
                self.position += 1;
                Ok(self.node(start, NodeKind::Number(value)))
            }
            Some(LessonToken::Text(text)) => {
                self.position += 1;
                Ok(self.node(start, NodeKind::Text(text)))
            }
            Some(LessonToken::Name(name)) => {
                self.position += 1;
                self.named(&name, start)
            }
            Some(LessonToken::Symbol("(")) => self.deeper(|parser| {
                let outer = std::mem::replace(&mut parser.start, start);
                parser.position += 1;
                let mut inner = parser.disjunction()?;
                if !parser.take(")") {
                    return Err(match parser.peek() {
                        None => LessonExpressionError::Unclosed {
                            after: parser.text_before(),
                        },
                        Some(_) => parser.unexpected(),
                    });
                }
                parser.start = outer;
                inner.span = start..parser.previous_end();
                Ok(inner)
            }),
            Some(LessonToken::Symbol(_)) if self.position > 0 || !self.is_operator() => {
                Err(LessonExpressionError::ValueMissing {
                    after: self.text_before(),
                })
            }
            Some(LessonToken::Symbol(_)) | None => Err(LessonExpressionError::ValueMissing {
                after: self.text_before(),
            }),
        }
    }

    /// Reads what follows a name.
    fn named(&mut self, name: &str, start: usize) -> Parsed {
        let indices = match self.is_at("[") {
            true => Some(self.indices()),
            false => None,
        };
        let found = || self.text[start..self.previous_end()].to_owned();
        let wrong = |form, example| LessonExpressionError::Address {
            found: found(),
            form,
            example,
        };
        let numbers = match &indices {
            Some(Some(numbers)) => Some(numbers.as_slice()),
            Some(None) => Some(&[][..]),
            None => None,
        };
        let address = match (name, numbers) {
            ("w", Some(&[layer, neuron, input])) => {
                Address::Adjustable(Knob::weight(layer, neuron, input).into())
            }
            ("w", _) => return Err(wrong("w[layer,neuron,input]", "w[1,1,1]")),
            ("b", Some(&[layer, neuron])) => Address::Adjustable(Knob::bias(layer, neuron).into()),
            ("b", _) => return Err(wrong("b[layer,neuron]", "b[1,1]")),
            ("x", Some(&[input])) => Address::Adjustable(Adjustable::Input(input)),
            ("x", _) => return Err(wrong("x[input]", "x[1]")),
            ("z", Some(&[layer, neuron])) => Address::WeightedSum(NeuronAddress { layer, neuron }),
            ("z", _) => return Err(wrong("z[layer,neuron]", "z[1,1]")),
            ("a", Some(&[layer, neuron])) => Address::Output(NeuronAddress { layer, neuron }),
            ("a", _) => return Err(wrong("a[layer,neuron]", "a[1,1]")),
            ("out", Some(&[output])) => return self.call(Function::Out, Some(output), start),
            ("out", Some(_)) => return Err(wrong("out[output]", "out[1](2)")),
            (_, Some(_)) => return Err(LessonExpressionError::unknown_name(name)),
            (_, None) => {
                let function =
                    Function::from_name(name).ok_or_else(|| LessonExpressionError::unknown_name(name))?;
                return self.call(function, None, start);
            }
        };
        Ok(self.node(start, NodeKind::Address(address)))
    }

    /// Reads `[1,2]` and returns the indices, counted from 0; `None` if they are not numbers from 1 on.
    fn indices(&mut self) -> Option<Vec<usize>> {
        self.take("[");
        let mut indices = Some(Vec::new());
        while !self.take("]") {
            match self.peek() {
                Some(&LessonToken::Number(value)) if value >= 1.0 && value <= 1e9 && value.fract() == 0.0 => {
                    if let Some(indices) = &mut indices {
                        indices.push(value as usize - 1);
                    }
                    self.position += 1;
                    if !self.take(",") && !self.is_at("]") {
                        return None;
                    }
                }
                None | Some(LessonToken::Symbol("(" | ")" | "and" | "or")) => return None,
                Some(_) => {
                    indices = None;
                    self.position += 1;
                }
            }
        }
        indices
    }

    fn call(&mut self, function: Function, output: Option<usize>, start: usize) -> Parsed {
        self.calls += 1;
        if self.calls > MAX_CALLS {
            return Err(LessonExpressionError::TooManyCalls);
        }
        let signature = function.signature();
        let mut arguments = Vec::new();
        if self.is_at("(") {
            let outer = std::mem::replace(&mut self.start, start);
            self.position += 1;
            self.depth += 1;
            if self.depth > MAX_DEPTH {
                return Err(LessonExpressionError::TooDeep);
            }
            let role = |index: usize| {
                let given = signature.required.iter().chain(signature.optional).nth(index);
                given.copied().or(signature.repeated)
            };
            if !self.is_at(")") {
                loop {
                    let Some(role) = role(arguments.len()) else {
                        self.position -= usize::from(!arguments.is_empty());
                        return Err(LessonExpressionError::TooManyArguments {
                            after: self.text_before(),
                            example: signature.example,
                        });
                    };
                    if self.peek().is_none() {
                        break;
                    }
                    arguments.push(self.argument(role, signature.example)?);
                    if !self.take(",") {
                        break;
                    }
                }
            }
            if let Some(&role) = signature.required.get(arguments.len()) {
                return Err(LessonExpressionError::ArgumentMissing {
                    after: self.text_before().trim_end_matches([',', ' ']).to_owned(),
                    role,
                    example: signature.example,
                });
            }
            if !self.take(")") {
                return Err(match self.peek() {
                    None | Some(LessonToken::Symbol("and" | "or")) => LessonExpressionError::Unclosed {
                        after: self.text_before(),
                    },
                    Some(_) => self.unexpected(),
                });
            }
            self.depth -= 1;
            self.start = outer;
        } else if !signature.required.is_empty() {
            return Err(LessonExpressionError::ArgumentsNeeded {
                name: function.name(),
                example: signature.example,
            });
        }
        let kind = NodeKind::Call {
            function,
            output,
            arguments,
        };
        Ok(self.node(start, kind))
    }

    fn argument(&mut self, role: ArgumentRole, example: &'static str) -> Parsed {
        let node = match role {
            ArgumentRole::Quantity => self.deeper(Self::disjunction)?,
            _ => self.deeper(Self::sum)?,
        };
        let fits = match role {
            ArgumentRole::Quantity => true,
            ArgumentRole::Value
            | ArgumentRole::Target
            | ArgumentRole::Distance
            | ArgumentRole::Lower
            | ArgumentRole::Upper
            | ArgumentRole::Wanted => return self.number(node),
            ArgumentRole::Knob => {
                matches!(
                    node.kind,
                    NodeKind::Address(Address::Adjustable(Adjustable::Knob(_)))
                )
            }
            ArgumentRole::Input => {
                matches!(
                    node.kind,
                    NodeKind::Address(Address::Adjustable(Adjustable::Input(_)))
                )
            }
            ArgumentRole::KnobOrInput => matches!(node.kind, NodeKind::Address(Address::Adjustable(_))),
            ArgumentRole::Differentiated => matches!(
                &node.kind,
                NodeKind::Call { function: Function::Out | Function::Loss, arguments, .. } if arguments.is_empty()
            ),
            ArgumentRole::Metric => matches!(
                node.kind,
                NodeKind::Call {
                    function: Function::Loss
                        | Function::TestLoss
                        | Function::Accuracy
                        | Function::TestAccuracy,
                    ..
                }
            ),
            ArgumentRole::Layer | ArgumentRole::Neuron => matches!(
                node.kind,
                NodeKind::Number(value) if value >= 1.0 && value.fract() == 0.0 && value <= 1e9
            ),
        };
        match fits {
            true => Ok(node),
            false => Err(LessonExpressionError::WrongArgument {
                found: self.quoted(&node),
                role,
                example,
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn error(text: &str) -> String {
        LessonExpression::parse_condition(text).unwrap_err().to_string()
    }

    #[test]
    fn conditions_of_lessons_are_read() {
        for text in [
            "near(b[1,1], 2, 0.05) and only(b[1,1])",
            "max(a[1,1], a[1,2], a[1,3]) - min(a[1,1], a[1,2], a[1,3]) < 0.02",
            "abs(slope(loss, w[1,1,1])) < 2 and only(w[1,1,1])",
            "out(0,0) == 0 and out[1](1, 0) == 1",
            "activation(1) == \"relu\"",
            "not stepped(1,1) or (start(b[1,1]) > 1 and answered)",
            "cell.impulses >= 1 and cell.current <= 1.6",
            "near(threshold, −1.5, 0.03) and threshold（x[1]）≤ 2",
            "sketch.off <= 0.12 and near(sketch.jump, 2, 0.5) and sketch.left > sketch.right",
        ] {
            assert_eq!(
                LessonExpression::parse_condition(text).map(|_| ()),
                Ok(()),
                "{text}"
            );
        }
    }

    #[test]
    fn a_problem_says_where_it_is_and_gives_an_example() {
        let missing =
            "after “near(b[1,1], 2” a comma and the distance are missing, as in near(b[1,1], 2, 0.05)";
        for text in [
            "near(b[1,1], 2)",
            "near(b[1,1], 2",
            "near(b[1,1], 2,",
            "only(b[1,1]) and near(b[1,1], 2) and loss < 1",
            "near(b[1,1], 2 and only(b[1,1])",
        ] {
            assert_eq!(error(text), missing, "{text}");
        }
        for (text, expected) in [
            ("", "the condition is empty"),
            (
                "treshold < 1",
                "there is no quantity “treshold”; did you mean “threshold”?",
            ),
            (
                "frobnicate",
                "there is no quantity “frobnicate”; see the list of quantities in docs/lessons.md",
            ),
            ("b[1,1] = 2", "after “b[1,1]”, write == to compare, or near(…)"),
            (
                "b[1] > 2",
                "“b[1]” is not complete; write b[layer,neuron], as in b[1,1]",
            ),
            (
                "b[1,1]",
                "“b[1,1]” is not a condition; compare it, as in b[1,1] > 0",
            ),
            (
                "loss < 1 and b[1,1]",
                "“b[1,1]” is not a condition; compare it, as in b[1,1] > 0",
            ),
            (
                "near(b[1,1], 2, 0.05",
                "after “near(b[1,1], 2, 0.05” a closing parenthesis is missing",
            ),
            (
                "near(b[1,1], 2, 0.05, 1)",
                "after “near(b[1,1], 2, 0.05” there is an argument too many, as in near(b[1,1], 2, 0.05)",
            ),
            ("near > 2", "near needs arguments, as in near(b[1,1], 2, 0.05)"),
            ("loss <", "after “loss <” a value is missing"),
            (
                "1 < loss < 2",
                "after “1 < loss” a second comparison follows; write both with and between them, as in 1 < loss and loss < 2",
            ),
            ("only(x[1])", "“x[1]” is not a knob, as in only(b[1,1])"),
            ("loss < 1 %", "the character “%” has no meaning here"),
            (
                "optimizer > 2",
                "“optimizer > 2” compares different kinds of values; compare numbers with numbers, and texts with == or !=",
            ),
            (
                "activation(1) == \"relu",
                "the text “\"relu” has no closing quotation mark",
            ),
        ] {
            assert_eq!(error(text), expected, "{text}");
        }
        let many = format!("{} > 1", vec!["loss"; 51].join(" + "));
        assert_eq!(error(&many), "a condition can have at most 50 calls");
        assert_eq!(
            error(&"1".repeat(501)),
            "a condition can have at most 500 characters"
        );
        assert!(error(&"(".repeat(100)).contains("nested too deeply"));
    }

    proptest! {
        #[test]
        fn no_text_makes_the_reader_panic(text in "[wbxza\\[\\]0-9,.()<>=!\"“−+*/ nearoutlsdEe：（]{0,60}|.{0,60}") {
            if let Ok(expression) = LessonExpression::parse(&text) {
                expression.visit(|node| assert!(!expression.text_of(node).is_empty()));
            }
        }
    }
}
