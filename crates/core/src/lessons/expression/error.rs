//! The problems of an expression.

use crate::lessons::function::{ArgumentRole, suggestion};
use crate::text::{Localized, Messages, shortened};

use super::{MAX_CALLS, MAX_CHARS};

/// The reason why a text is not an expression.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LessonExpressionError {
    /// There is nothing.
    Empty,
    /// There are too many characters.
    TooLong,
    /// There are too many calls.
    TooManyCalls,
    /// Parentheses are nested too deeply.
    TooDeep,
    /// A character has no meaning.
    UnknownCharacter(char),
    /// A text has no closing quotation mark.
    UnclosedText(String),
    /// A number can't be read.
    InvalidNumber(String),
    /// There is no quantity and no function with this name.
    UnknownName {
        /// The name.
        name: String,
        /// The one that may be meant.
        suggestion: Option<&'static str>,
    },
    /// A value is missing after this text, which may be empty.
    ValueMissing {
        /// The text before.
        after: String,
    },
    /// Something follows where the expression should end or continue with an operator.
    Unexpected {
        /// The token.
        found: String,
        /// The text before.
        after: String,
    },
    /// There is a single `=`.
    SingleEqual {
        /// The text before.
        after: String,
    },
    /// Two comparisons follow each other.
    ChainedComparison {
        /// The text before the second comparison.
        after: String,
    },
    /// An argument is missing.
    ArgumentMissing {
        /// The call up to there.
        after: String,
        /// The missing argument.
        role: ArgumentRole,
        /// An example of the call.
        example: &'static str,
    },
    /// A closing parenthesis is missing.
    Unclosed {
        /// The text from the opening parenthesis or the name before it.
        after: String,
    },
    /// There are more arguments than the function has.
    TooManyArguments {
        /// The call up to the last argument that it can have.
        after: String,
        /// An example of the call.
        example: &'static str,
    },
    /// A function has no arguments.
    ArgumentsNeeded {
        /// The name.
        name: &'static str,
        /// An example of the call.
        example: &'static str,
    },
    /// An argument has to be something else.
    WrongArgument {
        /// The argument.
        found: String,
        /// The role.
        role: ArgumentRole,
        /// An example of the call.
        example: &'static str,
    },
    /// An address has other indices.
    Address {
        /// The address.
        found: String,
        /// The form that it should have.
        form: &'static str,
        /// An example.
        example: &'static str,
    },
    /// A number is needed.
    NotANumber {
        /// The part of the expression.
        found: String,
    },
    /// A condition is needed.
    NotACondition {
        /// The part of the expression.
        found: String,
    },
    /// Values of different kinds are compared, or texts by their order.
    NotComparable {
        /// The comparison.
        found: String,
    },
}

impl Localized for LessonExpressionError {
    fn message(&self, messages: Messages) -> String {
        match self {
            Self::Empty => messages.condition_empty().to_owned(),
            Self::TooLong => messages.condition_too_long(MAX_CHARS),
            Self::TooManyCalls => messages.condition_too_many_calls(MAX_CALLS),
            Self::TooDeep => messages.condition_too_deep().to_owned(),
            Self::UnknownCharacter(character) => messages.condition_unknown_character(character),
            Self::UnclosedText(text) => messages.condition_unclosed_text(shortened(text)),
            Self::InvalidNumber(text) => messages.condition_invalid_number(shortened(text)),
            Self::UnknownName { name, suggestion } => match suggestion {
                Some(suggestion) => messages.condition_unknown_name_suggestion(shortened(name), suggestion),
                None => messages.condition_unknown_name(shortened(name)),
            },
            Self::ValueMissing { after } if after.is_empty() => {
                messages.condition_value_missing_at_start().to_owned()
            }
            Self::ValueMissing { after } => messages.condition_value_missing(after),
            Self::Unexpected { found, after } => messages.condition_unexpected(after, found),
            Self::SingleEqual { after } => messages.condition_single_equal(after),
            Self::ChainedComparison { after } => messages.condition_chained(after),
            Self::ArgumentMissing {
                after,
                role: ArgumentRole::Value | ArgumentRole::Quantity | ArgumentRole::Knob,
                example,
            } if after.ends_with('(') => messages.condition_first_argument_missing(after, example),
            Self::ArgumentMissing { after, role, example } => {
                messages.condition_argument_missing(after, role.message(messages), example)
            }
            Self::Unclosed { after } => messages.condition_unclosed(after),
            Self::TooManyArguments { after, example } => {
                messages.condition_too_many_arguments(after, example)
            }
            Self::ArgumentsNeeded { name, example } => messages.condition_arguments_needed(name, example),
            Self::WrongArgument { found, role, example } => {
                messages.condition_wrong_argument(found, role.message(messages), example)
            }
            Self::Address { found, form, example } => messages.condition_address(found, form, example),
            Self::NotANumber { found } => messages.condition_not_a_number(found),
            Self::NotACondition { found } => messages.condition_not_a_condition(found),
            Self::NotComparable { found } => messages.condition_not_comparable(found),
        }
    }
}

crate::localized_errors!(LessonExpressionError);

impl LessonExpressionError {
    /// Returns the error for a name without meaning.
    pub(super) fn unknown_name(name: &str) -> Self {
        let names = crate::lessons::function::Function::ALL.map(crate::lessons::function::Function::name);
        Self::UnknownName {
            name: name.to_owned(),
            suggestion: suggestion(name, names),
        }
    }
}
