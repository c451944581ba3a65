//! The lines of `set`, `given` and `solution`: changes of the state of a lesson.

use std::fmt;

use crate::nerve_cell::CellSetting;
use crate::network::{Activation, Initializer};
use crate::session::adjustable::parse_address;
use crate::session::{Adjustable, Hyperparameter};
use crate::text::{Localized, Messages, parse_integer, parse_number, shortened, to_half_width};
use crate::training::Optimizer;

/// A change of the state of a lesson, with its text.
#[derive(Debug, Clone, PartialEq)]
pub struct Instruction {
    text: String,
    pub(crate) change: Change,
}

/// A change of the state of a lesson.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Change {
    /// Sets a knob or an input.
    Value(Adjustable, f64),
    /// Sets a number of the training config, as it is typed.
    Hyperparameter(Hyperparameter, String),
    /// Sets the optimizer.
    Optimizer(Optimizer),
    /// Sets the activation of a layer or of one neuron, counted from 0.
    Activation {
        layer: usize,
        neuron: Option<usize>,
        activation: Activation,
    },
    /// Sets a setting of the nerve cell.
    Cell(CellSetting, f64),
    /// Sets the range of a knob or an input.
    Range { target: Adjustable, ends: [f64; 2] },
    /// Loads a document.
    Document(String),
    /// Draws new initial values for the unlocked knobs.
    Initialize { initializer: Initializer, seed: u64 },
    /// Trains a number of epochs.
    Train(usize),
    /// Trains a number of mini-batches.
    Update(usize),
    /// Goes back to an epoch.
    GoToEpoch(usize),
    /// Makes steps of the forward pass.
    Forward(usize),
}

/// The reason why a text is not an instruction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum InstructionError {
    /// The text has none of the forms.
    Unknown(String),
    /// The place before `=` is unknown.
    UnknownPlace(String),
    /// A number can't be read.
    Number {
        /// The instruction.
        text: String,
        /// The number.
        found: String,
    },
    /// A word is followed by too few or too many values.
    Form {
        /// The instruction.
        text: String,
        /// The form that it should have.
        form: &'static str,
        /// An example.
        example: &'static str,
    },
    /// There is no activation, initializer or optimizer with this name.
    UnknownName {
        /// The name.
        name: String,
        /// All names.
        names: Vec<&'static str>,
    },
}

impl Localized for InstructionError {
    fn message(&self, messages: Messages) -> String {
        match self {
            Self::Unknown(text) => messages.instruction_unknown(shortened(text)),
            Self::UnknownPlace(place) => messages.instruction_unknown_place(shortened(place)),
            Self::Number { text, found } => messages.instruction_number(shortened(text), shortened(found)),
            Self::Form { text, form, example } => messages.instruction_form(shortened(text), form, example),
            Self::UnknownName { name, names } => {
                messages.instruction_unknown_name(shortened(name), names.join(", "))
            }
        }
    }
}

crate::localized_errors!(InstructionError);

impl Instruction {
    /// Reads an instruction, such as `b[1,1]=2` or `train 60`.
    ///
    /// # Errors
    ///
    /// Returns an error if the text has none of the forms.
    pub fn parse(text: &str) -> Result<Self, InstructionError> {
        let normalized = to_half_width(text);
        let normalized = normalized.trim();
        let change = match normalized.split_once('=') {
            Some((place, value)) => parse_assignment(normalized, place.trim(), value.trim())?,
            None => parse_command(normalized)?,
        };
        Ok(Self {
            text: normalized.to_owned(),
            change,
        })
    }

    /// Returns the knob or input that it sets, if it sets one.
    pub fn target(&self) -> Option<Adjustable> {
        match self.change {
            Change::Value(target, _) => Some(target),
            _ => None,
        }
    }

    /// Returns the text.
    pub fn text(&self) -> &str {
        &self.text
    }
}

impl fmt::Display for Instruction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// Returns the hyperparameter with a name in lessons: `test` and `batch` are short for longer names.
fn hyperparameter(name: &str) -> Option<Hyperparameter> {
    match name {
        "test" => Some(Hyperparameter::TestFraction),
        "batch" => Some(Hyperparameter::BatchSize),
        _ => Hyperparameter::ALL
            .into_iter()
            .find(|hyperparameter| hyperparameter.name() == name),
    }
}

fn number(text: &str, value: &str) -> Result<f64, InstructionError> {
    parse_number(value)
        .ok()
        .filter(|number| number.is_finite())
        .ok_or_else(|| InstructionError::Number {
            text: text.to_owned(),
            found: value.to_owned(),
        })
}

fn parse_assignment(text: &str, place: &str, value: &str) -> Result<Change, InstructionError> {
    if let Some(target) = Adjustable::parse(place) {
        return Ok(Change::Value(target, number(text, value)?));
    }
    if let Some(setting) = CellSetting::from_address(place) {
        return Ok(Change::Cell(setting, number(text, value)?));
    }
    match (place, parse_address(place)) {
        ("optimizer", _) => {
            let found = Optimizer::ALL
                .into_iter()
                .find(|optimizer| optimizer.name() == value);
            return found
                .map(Change::Optimizer)
                .ok_or_else(|| InstructionError::UnknownName {
                    name: value.to_owned(),
                    names: Optimizer::ALL.map(Optimizer::name).to_vec(),
                });
        }
        (_, Some(("activation", at))) if (1..=2).contains(&at.len()) => {
            let found = Activation::ALL
                .into_iter()
                .find(|activation| activation.name() == value);
            return found
                .map(|activation| Change::Activation {
                    layer: at[0],
                    neuron: at.get(1).copied(),
                    activation,
                })
                .ok_or_else(|| InstructionError::UnknownName {
                    name: value.to_owned(),
                    names: Activation::ALL.map(Activation::name).to_vec(),
                });
        }
        _ => {}
    }
    let hyperparameter =
        hyperparameter(place).ok_or_else(|| InstructionError::UnknownPlace(place.to_owned()))?;
    Ok(Change::Hyperparameter(hyperparameter, value.to_owned()))
}

fn parse_command(text: &str) -> Result<Change, InstructionError> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let form = |form, example| InstructionError::Form {
        text: text.to_owned(),
        form,
        example,
    };
    let count = |word: &str| -> Result<usize, InstructionError> {
        parse_integer(word).map_err(|_| InstructionError::Number {
            text: text.to_owned(),
            found: word.to_owned(),
        })
    };
    match words.as_slice() {
        ["range", place, from, to] => {
            let target = Adjustable::parse(place)
                .ok_or_else(|| InstructionError::UnknownPlace((*place).to_owned()))?;
            let ends = [number(text, from)?, number(text, to)?];
            Ok(Change::Range { target, ends })
        }
        ["range", ..] => Err(form("range ADDRESS FROM TO", "range w[1,1,1] -20 20")),
        ["document", name] => Ok(Change::Document((*name).to_owned())),
        ["document", ..] => Err(form("document NAME", "document xor")),
        ["init", scheme, seed] => {
            let found = Initializer::ALL.into_iter().find(|known| known.name() == *scheme);
            let initializer = found.ok_or_else(|| InstructionError::UnknownName {
                name: (*scheme).to_owned(),
                names: Initializer::ALL.map(Initializer::name).to_vec(),
            })?;
            let seed = count(seed)? as u64;
            Ok(Change::Initialize { initializer, seed })
        }
        ["init", ..] => Err(form("init SCHEME SEED", "init xavier 3")),
        ["train", epochs] => Ok(Change::Train(count(epochs)?)),
        ["train", ..] => Err(form("train EPOCHS", "train 60")),
        ["update", batches] => Ok(Change::Update(count(batches)?)),
        ["update", ..] => Err(form("update BATCHES", "update 1")),
        ["epoch", epoch] => Ok(Change::GoToEpoch(count(epoch)?)),
        ["epoch", ..] => Err(form("epoch NUMBER", "epoch 34")),
        ["forward", steps] => Ok(Change::Forward(count(steps)?)),
        ["forward", ..] => Err(form("forward STEPS", "forward 6")),
        _ => Err(InstructionError::Unknown(text.to_owned())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_of_the_lessons_is_read() {
        for text in [
            "b[1,1]=2",
            "x[1] = −0.5",
            "w[1,1,1]＝1/3",
            "activation[1]=relu",
            "activation[1,2]=tanh",
            "cell.current=1.6",
            "learning_rate=0.08",
            "test=0.2",
            "seed=1",
            "batch=all",
            "optimizer=adam",
            "range w[1,1,1] -20 20",
            "document circle-3",
            "init xavier 3",
            "train 60",
            "update 1",
            "epoch 34",
            "forward 6",
        ] {
            assert!(Instruction::parse(text).is_ok(), "{text}");
        }
    }

    #[test]
    fn a_wrong_instruction_says_what_to_write() {
        let error = |text| Instruction::parse(text).unwrap_err().to_string();
        assert_eq!(
            error("b[1,1]"),
            "“b[1,1]” is not an instruction; write one such as b[1,1]=2, learning_rate=0.1, train 60, update 1, epoch 34, \
             forward 6, init xavier 3, range w[1,1,1] -20 20 or document xor"
        );
        assert_eq!(error("b[1,1]=two"), "b[1,1]=two: “two” is not a number");
        assert_eq!(
            error("train"),
            "“train” is not complete; write train EPOCHS, as in train 60"
        );
        assert_eq!(
            error("bias=2"),
            "there is nothing named “bias” to set; write w[layer,neuron,input], b[layer,neuron], x[input], \
             activation[layer], cell.current, cell.refractory, or a setting of training such as learning_rate"
        );
        assert!(error("activation[1]=rellu").starts_with("there is no “rellu”; use one of linear, step"));
    }
}
