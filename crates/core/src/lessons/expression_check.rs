//! Checks that an expression fits the network and the data of a state.

use crate::session::Session;
use crate::text::format_ascii;

use super::address;
use super::evaluation::{Evaluation, Value};
use super::expression::{Address, LessonExpression, Node, NodeKind};
use super::function::{ArgumentRole, DataNeed, Function};
use super::problem::ProblemKind;

/// The place of an expression, which decides which quantities it can use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Scope {
    /// The condition of a good sketch.
    Sketch,
    /// The value of a sketched curve over epochs, which is read from the run.
    Epochs,
    /// Anything else.
    State,
}

/// Returns the problems of an expression in a state.
pub(super) fn check(expression: &LessonExpression, session: &Session, scope: Scope) -> Vec<ProblemKind> {
    let mut problems = Vec::new();
    let mut add = |result: Result<(), ProblemKind>| problems.extend(result.err());
    expression.visit(|node| match &node.kind {
        NodeKind::Address(address) => add(check_address(*address, expression.text_of(node), session)),
        NodeKind::Call {
            function,
            output,
            arguments,
        } => {
            add(check_data(*function, session, scope));
            add(check_call(
                expression, node, *function, *output, arguments, session, scope,
            ));
        }
        _ => {}
    });
    problems.dedup();
    problems
}

fn check_address(address: Address, text: &str, session: &Session) -> Result<(), ProblemKind> {
    match address {
        Address::Adjustable(target) => address::check(target, session),
        Address::WeightedSum(at) => {
            address::check_neuron(session.architecture(), text, "z", at.layer, at.neuron)
        }
        Address::Output(at) => address::check_neuron(session.architecture(), text, "a", at.layer, at.neuron),
    }
}

fn check_data(function: Function, session: &Session, scope: Scope) -> Result<(), ProblemKind> {
    let split = session.setup().and_then(|setup| setup.split().ok());
    let name = || function.name().to_owned();
    let need = function.data_need();
    match (need, split) {
        (DataNeed::Nothing, _) => Ok(()),
        (_, None) => Err(ProblemKind::NeedsData(name())),
        (DataNeed::TestSet, Some(split)) if split.test.is_none() && scope != Scope::Epochs => {
            Err(ProblemKind::NeedsTestSet(name()))
        }
        (DataNeed::Classes, Some(_)) => {
            let evaluation = Evaluation::of_session(session);
            match LessonExpression::parse_number(function.name()).map(|accuracy| evaluation.number(&accuracy))
            {
                Ok(Some(_)) => Ok(()),
                _ => Err(ProblemKind::NeedsClasses(name())),
            }
        }
        (DataNeed::Data | DataNeed::TestSet, Some(_)) => Ok(()),
    }
}

fn check_call(
    expression: &LessonExpression,
    node: &Node,
    function: Function,
    output: Option<usize>,
    arguments: &[Node],
    session: &Session,
    scope: Scope,
) -> Result<(), ProblemKind> {
    let architecture = session.architecture();
    let inputs = architecture.input_count();
    let text = || expression.text_of(node).to_owned();
    match function {
        Function::Out => {
            let outputs = architecture.width(architecture.last_layer());
            match output {
                Some(output) if output >= outputs => {
                    return Err(ProblemKind::NoOutput {
                        address: format!("out[{}]", output + 1),
                        outputs,
                    });
                }
                None if outputs > 1 => return Err(ProblemKind::SeveralOutputs(outputs)),
                _ => {}
            }
            match arguments.is_empty() || arguments.len() == inputs {
                true => Ok(()),
                false => Err(ProblemKind::InputCount { call: text(), inputs }),
            }
        }
        Function::Threshold if arguments.is_empty() && inputs > 1 => Err(ProblemKind::ThresholdInput(inputs)),
        Function::Agrees => {
            let rows = session.document().saved_inputs.len();
            match rows == arguments.len() {
                true => Ok(()),
                false => Err(ProblemKind::SavedInputCount {
                    rows,
                    wanted: arguments.len(),
                }),
            }
        }
        Function::SketchOff
        | Function::SketchJump
        | Function::SketchLow
        | Function::SketchLeft
        | Function::SketchRight
            if scope != Scope::Sketch =>
        {
            Err(ProblemKind::OnlyInSketch(function.name().to_owned()))
        }
        _ => check_layers(function, arguments, &text(), session),
    }
}

/// Checks the arguments that are numbers of layers and neurons.
fn check_layers(
    function: Function,
    arguments: &[Node],
    text: &str,
    session: &Session,
) -> Result<(), ProblemKind> {
    let signature = function.signature();
    let roles = signature.required.iter().chain(signature.optional);
    let architecture = session.architecture();
    let mut layer = 0;
    for (role, node) in roles.zip(arguments) {
        let NodeKind::Number(value) = node.kind else {
            continue;
        };
        let index = (value as usize).saturating_sub(1);
        match role {
            ArgumentRole::Layer => {
                layer = index;
                address::check_layer(architecture, text, layer)?;
            }
            ArgumentRole::Neuron => {
                address::check_layer(architecture, text, layer)?;
                let neurons = architecture.width(layer);
                if index >= neurons {
                    let example = |neuron: usize| format!("{}({}, {neuron})", function.name(), layer + 1);
                    return Err(ProblemKind::NoNeuron {
                        address: text.to_owned(),
                        layer: layer + 1,
                        neurons,
                        examples: [example(1), example(neurons)],
                    });
                }
            }
            _ => {}
        }
    }
    Ok(())
}

/// Returns the first part of a condition that is false, and the quantities in it with their values.
pub(super) fn false_part(
    condition: &LessonExpression,
    evaluation: &Evaluation<'_>,
) -> (String, Vec<(String, String)>) {
    let parts = condition.conjuncts();
    let part = parts.iter().find(|part| !evaluation.is_true(part));
    let Some(part) = part.or(parts.first()) else {
        return (condition.text().to_owned(), Vec::new());
    };
    let mut values: Vec<(String, String)> = Vec::new();
    let mut nodes = vec![part];
    while let Some(node) = nodes.pop() {
        let is_computing = |function: Function| {
            matches!(
                function,
                Function::Near
                    | Function::Between
                    | Function::Abs
                    | Function::Min
                    | Function::Max
                    | Function::Round
            )
        };
        match &node.kind {
            NodeKind::Address(_) => push_value(&mut values, condition, node, evaluation),
            NodeKind::Call {
                function: Function::Only,
                ..
            } => {
                if let Ok(changed) = LessonExpression::parse_number(Function::Changed.name()) {
                    let value = text_of(&evaluation.value(&changed));
                    values.push((Function::Changed.name().to_owned(), value));
                }
            }
            NodeKind::Call { function, .. } if !is_computing(*function) => {
                push_value(&mut values, condition, node, evaluation);
            }
            _ => nodes.extend(node.children().iter().rev()),
        }
    }
    (condition.text_of(part).to_owned(), values)
}

fn push_value(
    values: &mut Vec<(String, String)>,
    condition: &LessonExpression,
    node: &Node,
    evaluation: &Evaluation<'_>,
) {
    let entry = (
        condition.text_of(node).to_owned(),
        text_of(&evaluation.node(node)),
    );
    if !values.contains(&entry) {
        values.push(entry);
    }
}

/// Returns a value as it is written in the expressions of lessons.
pub(super) fn text_of(value: &Value) -> String {
    match value {
        Value::Number(number) => format_ascii(*number, 4),
        Value::Truth(truth) => truth.to_string(),
        Value::Text(text) => format!("\"{text}\""),
        Value::Undefined => "undefined".to_owned(),
    }
}
