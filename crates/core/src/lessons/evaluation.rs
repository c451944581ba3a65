//! The value of an expression for the state of a lesson.

use std::cell::OnceCell;

use crate::insight::{LossEvaluation, Sensitivity};
use crate::network::{Activation, BackwardPass, ForwardPass, GradientSeed, Knob, Network, NeuronAddress};
use crate::session::{Adjustable, Document, Hyperparameter, Session};
use crate::text::{format_adaptive, format_fixed};

use super::expression::{Address, Arithmetic, Comparison, LessonExpression, Node, NodeKind};
use super::function::Function;
use super::sketch::SketchMeasures;

/// The state that an expression is about.
#[derive(Debug, Clone, Copy)]
pub struct EvaluatedState<'a> {
    /// The current state.
    pub session: &'a Session,
    /// The state at the step's start.
    pub start: &'a Session,
    /// The learner's answers and counts.
    pub learner: LearnerState<'a>,
}

/// The learner's answers and counts within a step.
#[derive(Debug, Clone, Copy, Default)]
pub struct LearnerState<'a> {
    /// The last answer: a number, or that of a choice, counted from 1.
    pub answer: Option<f64>,
    /// True if there was an answer.
    pub has_answered: bool,
    /// The number of tries.
    pub tries: usize,
    /// The number of hints seen.
    pub hints: usize,
    /// The number of gestures since the step was shown.
    pub turns: usize,
    /// The time since the step was shown, in seconds.
    pub seconds: f64,
    /// The sketch, for the condition of a good sketch.
    pub sketch: Option<&'a SketchMeasures>,
}

/// The value of an expression.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// A finite number.
    Number(f64),
    /// True or false.
    Truth(bool),
    /// A text.
    Text(String),
    /// No value, such as the threshold of a neuron with weight 0. It makes a comparison false.
    Undefined,
}

/// Evaluates expressions for one state. What several of them need is computed once.
pub struct Evaluation<'a> {
    state: EvaluatedState<'a>,
    forward_pass: OnceCell<ForwardPass>,
    loss: OnceCell<Option<LossEvaluation>>,
    loss_slopes: OnceCell<Option<Sensitivity>>,
}

impl<'a> Evaluation<'a> {
    /// Creates the evaluation of a state.
    pub fn new(state: EvaluatedState<'a>) -> Self {
        Self {
            state,
            forward_pass: OnceCell::new(),
            loss: OnceCell::new(),
            loss_slopes: OnceCell::new(),
        }
    }

    /// Creates the evaluation of a state that is its own start.
    pub fn of_session(session: &'a Session) -> Self {
        Self::new(EvaluatedState {
            session,
            start: session,
            learner: LearnerState::default(),
        })
    }

    /// Returns the value of an expression.
    pub fn value(&self, expression: &LessonExpression) -> Value {
        self.node(expression.root())
    }

    /// True if a condition holds.
    pub fn holds(&self, condition: &LessonExpression) -> bool {
        self.value(condition) == Value::Truth(true)
    }

    /// Returns a number, or `None` if it is undefined.
    pub fn number(&self, expression: &LessonExpression) -> Option<f64> {
        number(self.value(expression))
    }

    /// Returns the value of a part of an expression.
    pub(crate) fn node(&self, node: &Node) -> Value {
        let finite = |value: Option<f64>| match value {
            Some(value) if value.is_finite() => Value::Number(value),
            _ => Value::Undefined,
        };
        match &node.kind {
            NodeKind::Number(value) => Value::Number(*value),
            NodeKind::Text(text) => Value::Text(text.clone()),
            NodeKind::Address(address) => finite(self.address(*address)),
            NodeKind::Call {
                function,
                output,
                arguments,
            } => self.call(*function, *output, arguments),
            NodeKind::Not(part) => Value::Truth(!self.is_true(part)),
            NodeKind::And(parts) => Value::Truth(parts.iter().all(|part| self.is_true(part))),
            NodeKind::Or(parts) => Value::Truth(parts.iter().any(|part| self.is_true(part))),
            NodeKind::Compare(comparison, parts) => {
                Value::Truth(compare(*comparison, &self.node(&parts[0]), &self.node(&parts[1])))
            }
            NodeKind::Negate(part) => finite(self.node_number(part).map(|value| -value)),
            NodeKind::Arithmetic(operation, parts) => {
                let values = [&parts[0], &parts[1]].map(|part| self.node_number(part));
                finite(match values {
                    [Some(a), Some(b)] => Some(match operation {
                        Arithmetic::Add => a + b,
                        Arithmetic::Subtract => a - b,
                        Arithmetic::Multiply => a * b,
                        Arithmetic::Divide => a / b,
                    }),
                    _ => None,
                })
            }
        }
    }

    /// True if a part of a condition holds.
    pub(crate) fn is_true(&self, node: &Node) -> bool {
        self.node(node) == Value::Truth(true)
    }

    fn node_number(&self, node: &Node) -> Option<f64> {
        number(self.node(node))
    }

    fn document(&self) -> &'a Document {
        self.state.session.document()
    }

    fn network(&self) -> &'a Network {
        &self.document().network
    }

    fn forward_pass(&self) -> &ForwardPass {
        self.forward_pass
            .get_or_init(|| self.network().forward(&self.document().inputs))
    }

    fn loss_evaluation(&self) -> Option<&LossEvaluation> {
        let evaluation = self.loss.get_or_init(|| {
            let setup = self.state.session.setup()?;
            LossEvaluation::new(self.document(), setup).ok()
        });
        evaluation.as_ref()
    }

    fn address(&self, address: Address) -> Option<f64> {
        let value = |at: NeuronAddress, is_output: bool| {
            if !self.network().architecture().has_neuron(at.layer, at.neuron) {
                return None;
            }
            let pass = self.forward_pass();
            let values = match is_output {
                true => pass.a(at.layer, at.neuron),
                false => pass.z(at.layer, at.neuron),
            };
            values.first().copied()
        };
        match address {
            Address::Adjustable(target) => self.document().value(target),
            Address::WeightedSum(at) => value(at, false),
            Address::Output(at) => value(at, true),
        }
    }

    fn call(&self, function: Function, output: Option<usize>, arguments: &[Node]) -> Value {
        let argument = |index: usize| arguments.get(index).and_then(|node| self.node_number(node));
        let learner = &self.state.learner;
        let truth = |value: Option<bool>| Value::Truth(value.unwrap_or(false));
        let sketch = |measure: fn(&SketchMeasures) -> f64| learner.sketch.map(measure);
        let number = match function {
            Function::Start => return self.at_start(arguments),
            Function::Only => return truth(self.only(arguments)),
            Function::Near => {
                let values = [argument(0), argument(1), argument(2)];
                return truth(match values {
                    // The rounding of the subtraction must not decide at the limit itself.
                    [Some(value), Some(target), Some(distance)] => {
                        Some((value - target).abs() <= distance + 1e-12 * target.abs().max(1.0))
                    }
                    _ => None,
                });
            }
            Function::Between => {
                let values = [argument(0), argument(1), argument(2)];
                return truth(match values {
                    [Some(value), Some(lower), Some(upper)] => Some(lower <= value && value <= upper),
                    _ => None,
                });
            }
            Function::Stepped => return truth(self.stepped(arguments)),
            Function::Answered => return Value::Truth(learner.has_answered),
            Function::Activation => {
                let activation = self.activation(arguments);
                return activation.map_or(Value::Undefined, |activation| {
                    Value::Text(activation.name().to_owned())
                });
            }
            Function::Optimizer => {
                let setup = self.state.session.setup();
                return setup.map_or(Value::Undefined, |setup| {
                    Value::Text(setup.config().optimizer.name().to_owned())
                });
            }
            Function::Out => self.output(output, arguments),
            Function::Threshold => self.threshold(arguments),
            Function::Slope => self.slope(arguments),
            Function::Changed => self
                .changed_knobs(self.network().knobs())
                .map(|changed| changed.len() as f64),
            Function::ChangedBeforeTraining => self.changed_before_training(),
            Function::Turns => Some(learner.turns as f64),
            Function::Seconds => Some(learner.seconds),
            Function::Agrees => self.agreeing_rows(arguments),
            Function::Loss => self.loss_evaluation().map(LossEvaluation::loss),
            Function::TestLoss => {
                let metrics = self.loss_evaluation().and_then(LossEvaluation::test_metrics);
                metrics.map(|metrics| metrics.loss)
            }
            Function::Accuracy => self
                .loss_evaluation()
                .and_then(|evaluation| evaluation.train_metrics().accuracy),
            Function::TestAccuracy => self
                .loss_evaluation()
                .and_then(LossEvaluation::test_metrics)
                .and_then(|metrics| metrics.accuracy),
            Function::Correct => self.loss_evaluation().and_then(|evaluation| {
                let accuracy = evaluation.train_metrics().accuracy?;
                Some(libm::round(accuracy * evaluation.all_samples() as f64))
            }),
            Function::Samples => self
                .loss_evaluation()
                .map(|evaluation| evaluation.all_samples() as f64),
            Function::Epoch => Some(self.state.session.run().current_epoch as f64),
            Function::EpochsRun => Some(self.state.session.run().current_branch.last_epoch() as f64),
            Function::Best => self.best(arguments),
            Function::Spread => self.spread(arguments),
            Function::Dead => self.dead_neurons(),
            Function::Inputs => Some(self.network().architecture().input_count() as f64),
            Function::Layers => Some(self.network().architecture().layers().len() as f64),
            Function::Neurons => {
                let layers = self.network().architecture().layers();
                let layer = index(arguments.first()).and_then(|layer| layers.get(layer));
                layer.map(|layer| layer.neurons.len() as f64)
            }
            Function::Features => {
                let setup = self.state.session.setup();
                Some(setup.map_or(0.0, |setup| setup.config().features.len() as f64))
            }
            Function::LearningRate => self.hyperparameter(Hyperparameter::LearningRate),
            Function::Batch => self.batch_size(),
            Function::L2 => self.hyperparameter(Hyperparameter::L2),
            Function::CellCurrent
            | Function::CellImpulses
            | Function::CellRate
            | Function::CellRefractory => super::cell_quantity::value(self.document(), function),
            Function::Answer => learner.answer,
            Function::Tries => Some(learner.tries as f64),
            Function::Hints => Some(learner.hints as f64),
            Function::SketchOff => sketch(|measures| measures.off),
            Function::SketchJump => sketch(|measures| measures.jump),
            Function::SketchLow => sketch(|measures| measures.low),
            Function::SketchLeft => sketch(|measures| measures.left),
            Function::SketchRight => sketch(|measures| measures.right),
            Function::Abs => argument(0).map(f64::abs),
            Function::Round => argument(0).map(libm::round),
            Function::Min | Function::Max => {
                let values: Option<Vec<f64>> = arguments.iter().map(|node| self.node_number(node)).collect();
                let pick = if function == Function::Min {
                    f64::min
                } else {
                    f64::max
                };
                values.and_then(|values| values.into_iter().reduce(pick))
            }
        };
        match number {
            Some(value) if value.is_finite() => Value::Number(value),
            _ => Value::Undefined,
        }
    }

    fn at_start(&self, arguments: &[Node]) -> Value {
        let state = EvaluatedState {
            session: self.state.start,
            start: self.state.start,
            learner: LearnerState::default(),
        };
        let quantity = arguments.first();
        quantity.map_or(Value::Undefined, |node| Evaluation::new(state).node(node))
    }

    /// Returns the knobs that differ from the step's start; `None` if the architecture is another one.
    fn changed_knobs(&self, knobs: &[f64]) -> Option<Vec<Knob>> {
        let start = &self.state.start.document().network;
        let architecture = start.architecture();
        if architecture.knob_count() != knobs.len()
            || architecture.input_count() != self.network().architecture().input_count()
            || !(0..architecture.layers().len()).all(|layer| {
                self.network()
                    .architecture()
                    .has_neuron(layer, architecture.width(layer) - 1)
            })
        {
            return None;
        }
        let changed = start.knobs().iter().zip(knobs).enumerate();
        let changed = changed.filter(|(_, (before, now))| before != now);
        Some(
            changed
                .filter_map(|(index, _)| architecture.knob_at(index))
                .collect(),
        )
    }

    fn only(&self, arguments: &[Node]) -> Option<bool> {
        let changed = self.changed_knobs(self.network().knobs())?;
        let is_named = |knob: &Knob| {
            arguments.iter().any(|node| {
                matches!(node.kind, NodeKind::Address(Address::Adjustable(Adjustable::Knob(named))) if named == *knob)
            })
        };
        Some(!changed.is_empty() && changed.iter().all(is_named))
    }

    fn changed_before_training(&self) -> Option<f64> {
        let checkpoints = &self.state.session.run().current_branch.checkpoints;
        let first = checkpoints.first().filter(|checkpoint| checkpoint.epoch == 0)?;
        Some(self.changed_knobs(&first.knobs)?.len() as f64)
    }

    fn stepped(&self, arguments: &[Node]) -> Option<bool> {
        let at = NeuronAddress {
            layer: index(arguments.first())?,
            neuron: index(arguments.get(1))?,
        };
        let step = self.state.session.view().forward_step?;
        Some(step.has_computed(self.network().architecture(), at))
    }

    fn activation(&self, arguments: &[Node]) -> Option<Activation> {
        let layers = self.network().architecture().layers();
        let layer = layers.get(index(arguments.first())?)?;
        match arguments.get(1) {
            Some(neuron) => Some(layer.neurons.get(index(Some(neuron))?)?.activation),
            None => layer.activation(),
        }
    }

    fn outputs(&self) -> (usize, usize) {
        let architecture = self.network().architecture();
        let last = architecture.last_layer();
        (last, architecture.width(last))
    }

    fn output(&self, output: Option<usize>, arguments: &[Node]) -> Option<f64> {
        let (last, count) = self.outputs();
        let neuron = output
            .or((count == 1).then_some(0))
            .filter(|&output| output < count)?;
        if arguments.is_empty() {
            return self.forward_pass().a(last, neuron).first().copied();
        }
        let inputs: Option<Vec<f64>> = arguments.iter().map(|node| self.node_number(node)).collect();
        let inputs = inputs.filter(|inputs| inputs.len() == self.document().inputs.len())?;
        self.network().forward(&inputs).a(last, neuron).first().copied()
    }

    /// Returns the input at which the selected neuron's weighted sum is 0.
    fn threshold(&self, arguments: &[Node]) -> Option<f64> {
        let input = match arguments.first().map(|node| &node.kind) {
            Some(NodeKind::Address(Address::Adjustable(Adjustable::Input(input)))) => *input,
            Some(_) => return None,
            None if self.document().inputs.len() == 1 => 0,
            None => match self.state.session.view().swept {
                Adjustable::Input(input) => input,
                Adjustable::Knob(_) | Adjustable::Hyperparameter(_) => return None,
            },
        };
        let at = self.state.session.view().selected;
        let inputs = &self.document().inputs;
        let sum = |x: f64| {
            let mut inputs = inputs.clone();
            *inputs.get_mut(input)? = x;
            self.network()
                .forward(&inputs)
                .z(at.layer, at.neuron)
                .first()
                .copied()
        };
        if at.layer == 0 {
            let weight = self.network().get(Knob::weight(0, at.neuron, input))?;
            return Some(-sum(0.0)? / weight);
        }
        // The first change of sign within the range.
        const PLACES: usize = 1_000;
        let range = self.document().range(Adjustable::Input(input));
        let place = |index: usize| range.value_at(index as f64 / PLACES as f64);
        let mut before = (place(0), sum(place(0))?);
        for index in 1..=PLACES {
            let next = (place(index), sum(place(index))?);
            if before.1 == 0.0 {
                return Some(before.0);
            }
            if before.1.signum() != next.1.signum() {
                let (mut a, mut b) = (before, next);
                for _ in 0..60 {
                    let x = 0.5 * (a.0 + b.0);
                    let middle = (x, sum(x)?);
                    if middle.1.signum() == a.1.signum() {
                        a = middle;
                    } else {
                        b = middle;
                    }
                }
                return Some(0.5 * (a.0 + b.0));
            }
            before = next;
        }
        None
    }

    fn slope(&self, arguments: &[Node]) -> Option<f64> {
        let NodeKind::Call { function, output, .. } = &arguments.first()?.kind else {
            return None;
        };
        let NodeKind::Address(Address::Adjustable(target)) = arguments.get(1)?.kind else {
            return None;
        };
        let network = self.network();
        if *function == Function::Loss {
            let slopes = self.loss_slopes.get_or_init(|| {
                let evaluation = self.loss_evaluation()?;
                Some(Sensitivity::from_loss(network, evaluation))
            });
            return match target {
                Adjustable::Knob(_) => slopes.as_ref()?.derivative(network.architecture(), target),
                Adjustable::Input(_) | Adjustable::Hyperparameter(_) => None,
            };
        }
        let (layer, count) = self.outputs();
        let neuron = output
            .or((count == 1).then_some(0))
            .filter(|&output| output < count)?;
        let pass = self.forward_pass();
        let mut backward = BackwardPass::default();
        backward.run(
            network,
            pass,
            GradientSeed::Output(NeuronAddress { layer, neuron }),
        );
        match target {
            Adjustable::Knob(knob) => backward.gradient(network, knob),
            Adjustable::Input(input) => backward.input_gradients(network).get(input).copied(),
            Adjustable::Hyperparameter(_) => None,
        }
    }

    fn agreeing_rows(&self, arguments: &[Node]) -> Option<f64> {
        const TOLERANCE: f64 = 1e-6;
        let (last, count) = self.outputs();
        let rows = &self.document().saved_inputs;
        if count != 1 || rows.len() != arguments.len() {
            return None;
        }
        let mut agreeing = 0.0;
        for (row, wanted) in rows.iter().zip(arguments) {
            let wanted = self.node_number(wanted)?;
            let pass = self.network().forward(row);
            let output = pass.a(last, 0).first()?;
            if (output - wanted).abs() <= TOLERANCE {
                agreeing += 1.0;
            }
        }
        Some(agreeing)
    }

    fn best(&self, arguments: &[Node]) -> Option<f64> {
        let NodeKind::Call { function, .. } = &arguments.first()?.kind else {
            return None;
        };
        let metrics = self.state.session.run().current_branch.metrics.iter();
        let values = metrics.filter_map(|metrics| match function {
            Function::Loss => Some(metrics.train.loss),
            Function::TestLoss => metrics.test.map(|test| test.loss),
            Function::Accuracy => metrics.train.accuracy,
            Function::TestAccuracy => metrics.test.and_then(|test| test.accuracy),
            _ => None,
        });
        let is_loss = matches!(function, Function::Loss | Function::TestLoss);
        values.reduce(if is_loss { f64::min } else { f64::max })
    }

    fn spread(&self, arguments: &[Node]) -> Option<f64> {
        let layer = index(arguments.first())?;
        if layer >= self.network().architecture().layers().len() {
            return None;
        }
        let view = self.network().layer(layer);
        let difference = |values: Vec<f64>| {
            let largest = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
            largest - values.iter().copied().fold(f64::INFINITY, f64::min)
        };
        let weights = (0..view.fan_in).map(|input| {
            let column = view.weights.iter().skip(input).step_by(view.fan_in);
            difference(column.copied().collect())
        });
        let spread = weights.chain(std::iter::once(difference(view.biases.to_vec())));
        spread.reduce(f64::max)
    }

    fn dead_neurons(&self) -> Option<f64> {
        let evaluation = self.loss_evaluation()?;
        let pass = evaluation.forward_pass();
        let architecture = self.network().architecture();
        let neurons = (0..architecture.layers().len())
            .flat_map(|layer| (0..architecture.width(layer)).map(move |neuron| (layer, neuron)));
        let is_dead = |&(layer, neuron): &(usize, usize)| pass.a(layer, neuron).iter().all(|a| *a == 0.0);
        Some(neurons.filter(is_dead).count() as f64)
    }

    fn hyperparameter(&self, hyperparameter: Hyperparameter) -> Option<f64> {
        let setup = self.state.session.setup()?;
        Some(hyperparameter.value(setup.config()))
    }

    /// Returns the number of samples in a mini-batch; for a full batch, that of the training set.
    fn batch_size(&self) -> Option<f64> {
        let size = self.hyperparameter(Hyperparameter::BatchSize)?;
        match size.is_finite() {
            true => Some(size),
            false => self
                .loss_evaluation()
                .map(|evaluation| evaluation.all_samples() as f64),
        }
    }
}

/// Writes a value into a text, with a fixed number of decimals or with at most three.
pub fn value_text(value: &Value, decimals: Option<usize>) -> String {
    const DECIMALS: usize = 3;
    match value {
        Value::Number(number) => match decimals {
            Some(decimals) => format_fixed(*number, decimals),
            None => {
                let text = format_adaptive(*number, DECIMALS);
                match text.contains('.') && !text.contains('e') {
                    true => text.trim_end_matches('0').trim_end_matches('.').to_owned(),
                    false => text,
                }
            }
        },
        Value::Truth(true) => "✓".to_owned(),
        Value::Truth(false) => "✗".to_owned(),
        Value::Text(text) => text.clone(),
        Value::Undefined => "–".to_owned(),
    }
}

fn number(value: Value) -> Option<f64> {
    match value {
        Value::Number(value) => Some(value),
        Value::Truth(_) | Value::Text(_) | Value::Undefined => None,
    }
}

/// Returns the index, counted from 0, of a layer or a neuron.
fn index(node: Option<&Node>) -> Option<usize> {
    match node?.kind {
        NodeKind::Number(value) if value >= 1.0 => Some(value as usize - 1),
        _ => None,
    }
}

fn compare(comparison: Comparison, left: &Value, right: &Value) -> bool {
    match (left, right) {
        (Value::Number(a), Value::Number(b)) => match comparison {
            Comparison::Less => a < b,
            Comparison::LessOrEqual => a <= b,
            Comparison::Greater => a > b,
            Comparison::GreaterOrEqual => a >= b,
            Comparison::Equal => a == b,
            Comparison::Unequal => a != b,
        },
        (Value::Text(a), Value::Text(b)) => match comparison {
            Comparison::Equal => a == b,
            Comparison::Unequal => a != b,
            Comparison::Less | Comparison::LessOrEqual | Comparison::Greater | Comparison::GreaterOrEqual => {
                false
            }
        },
        _ => false,
    }
}
