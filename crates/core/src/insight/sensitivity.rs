//! What a small turn of each knob and input does to one neuron's number, or to the loss.

use crate::network::{
    Activation, Backward, Blueprint, Network, NeuronAt, Seed, Slope, Slopes, Trace, Variation, Varied,
    VariedTrace,
};
use crate::session::{Document, Quantity, Session, Target};

use super::Exam;

/// The derivatives of one quantity by all knobs and inputs: exact, by a backward pass.
///
/// It can be derived anew and keeps its buffers.
#[derive(Debug, Clone)]
pub struct Sensitivity {
    of: Derived,
    backward: Backward,
    slopes: Slopes,
    by_input: Vec<f64>,
    seed: Vec<f64>,
}

/// What is derived.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Derived {
    /// A neuron's sum or output, for the present inputs.
    Neuron(NeuronAt, Quantity),
    /// The loss on the data to train with.
    Loss,
}

impl Sensitivity {
    /// That of the session's selected neuron, in the quantity that the view shows; `trace` is the forward pass of
    /// the session's inputs.
    pub fn of(session: &Session, trace: &Trace) -> Self {
        let view = session.view();
        let mut sensitivity = Self::empty();
        sensitivity.update(session.document(), trace, view.selected, view.quantity);
        sensitivity
    }

    /// That of the loss: its gradient by every knob, as [`crate::learning::objective::Gradient`] has it without a penalty.
    pub fn of_loss(network: &Network, exam: &Exam) -> Self {
        let mut sensitivity = Self::empty();
        sensitivity.update_loss(network, exam);
        sensitivity
    }

    pub(super) fn empty() -> Self {
        Self {
            of: Derived::Loss,
            backward: Backward::default(),
            slopes: Slopes::default(),
            by_input: Vec::new(),
            seed: Vec::new(),
        }
    }

    /// Derives the loss anew; `exam` is that of the network.
    pub fn update_loss(&mut self, network: &Network, exam: &Exam) {
        self.of = Derived::Loss;
        let seed = exam
            .objective()
            .seed(network, exam.trace(), exam.targets(), &mut self.seed);
        self.backward.run(network, exam.trace(), seed);
        self.slopes.find(network.blueprint(), seed);
        // The examples have inputs of their own.
        self.by_input.clear();
        self.by_input.resize(network.blueprint().inputs(), 0.0);
    }

    /// Derives it anew, for a neuron of any layer; `trace` is the forward pass of the document's inputs.
    pub fn update(&mut self, document: &Document, trace: &Trace, at: NeuronAt, quantity: Quantity) {
        let network = &document.network;
        self.of = Derived::Neuron(at, quantity);
        let seed = match quantity {
            Quantity::PreActivation => Seed::PreActivation(at),
            Quantity::Output => Seed::Output(at),
        };
        self.backward.run(network, trace, seed);
        self.slopes.find(network.blueprint(), seed);
        self.by_input.clear();
        self.by_input
            .extend_from_slice(self.backward.input_gradients(network));
        // Who turns an input turns those with it that are computed from it.
        for (input, feature) in document.features().computed() {
            let [left, right] = feature.sources();
            for (index, by) in [left, right].into_iter().enumerate() {
                if index == 0 || left != right {
                    let slope = feature.slope(|source| document.inputs[source], by);
                    self.by_input[by] += self.by_input[input] * slope;
                }
            }
        }
    }

    /// What is derived.
    pub fn of_what(&self) -> Derived {
        self.of
    }

    /// The derivatives by all knobs, in their flat order.
    pub fn by_knob(&self) -> &[f64] {
        self.backward.gradients()
    }

    /// The derivatives by all inputs.
    pub fn by_input(&self) -> &[f64] {
        &self.by_input
    }

    /// The derivative by one knob or input; `None` if there is no such.
    pub fn derivative(&self, blueprint: &Blueprint, target: Target) -> Option<f64> {
        match target {
            Target::Knob(knob) => self.by_knob().get(blueprint.index_of(knob)?).copied(),
            Target::Input(input) => self.by_input.get(input).copied(),
        }
    }

    /// What that derivative can tell: nothing where every way leads through a step.
    pub fn slope(&self, target: Target) -> Slope {
        match target {
            Target::Knob(knob) => self.slopes.of_knob(knob),
            Target::Input(_) if self.of == Derived::Loss => Slope::Apart,
            Target::Input(_) => self.slopes.of_inputs(),
        }
    }

    /// In words, without a period: “raise w₂₃ by 0.1 and output 2 rises by 0.30”.
    ///
    /// The step is one press of an arrow key. What is said of it is what a forward pass with the raised number
    /// gives, so it is true; where the curve bends too much for one step to tell its slope, the slope itself is
    /// said. `trace` is the forward pass of the session's inputs.
    pub fn words(&self, session: &Session, trace: &Trace, target: Target) -> String {
        self.words_with(session, trace, None, target)
    }

    /// The same; of a loss, `exam` is that of the network, without which only the slope is said.
    pub fn words_with(
        &self,
        session: &Session,
        trace: &Trace,
        exam: Option<&Exam>,
        target: Target,
    ) -> String {
        let blueprint = session.blueprint();
        let name = target.symbol(blueprint).plain();
        if let Target::Input(input) = target
            && session.document().features().feature(input).is_some()
        {
            return format!("{name} is computed from the other inputs");
        }
        let what = self.quantity_words(blueprint);
        let derivative = self.derivative(blueprint, target);
        let (Some(derivative), Some(slope)) = (derivative, derivative.map(|_| self.slope(target))) else {
            return format!("this network has no {target}");
        };
        match slope {
            Slope::Apart => return format!("{what} does not depend on {name}"),
            Slope::Stepped => {
                return format!(
                    "a step function has no slope: a small turn of {name} changes nothing in {what}, \
                     or makes it jump"
                );
            }
            Slope::Smooth if !derivative.is_finite() => return format!("{what} is not a finite number"),
            Slope::Smooth if derivative == 0.0 => {
                return format!("here {what} has slope 0 along {name}: a small turn changes nothing");
            }
            Slope::Smooth => {}
        }
        let step = session.document().range(target).step;
        let change = match self.of {
            Derived::Neuron(at, quantity) => change(session, trace, (at, quantity), target, step),
            Derived::Loss => loss_change(session, exam, target, step).unwrap_or(0.0),
        };
        let verb = if derivative > 0.0 { "rises" } else { "falls" };
        // Below the smallest of numbers nothing is left of a change.
        if change != 0.0 && (change - step * derivative).abs() <= 0.05 * (step * derivative).abs() {
            return format!(
                "raise {name} by {} and {what} {verb} by {}",
                crate::words::plain(step, 12),
                significant(change.abs())
            );
        }
        format!(
            "raise {name} a little and {what} {verb} {} times as much",
            significant(derivative.abs())
        )
    }

    /// “output 2”, “the sum of neuron 2”, “the output of neuron 1 of layer 1”.
    fn quantity_words(&self, blueprint: &Blueprint) -> String {
        let Derived::Neuron(at, quantity) = self.of else {
            return "the loss".to_owned();
        };
        let is_last = at.layer == blueprint.last_layer();
        let plan = &blueprint.layers()[at.layer].neurons[at.neuron];
        let neuron = blueprint.neuron_words(at);
        match quantity {
            Quantity::Output if is_last && plan.name.is_none() => format!("output {}", at.neuron + 1),
            Quantity::Output => format!("the output of {neuron}"),
            Quantity::PreActivation if plan.activation == Activation::Linear => {
                format!("the sum of {neuron}")
            }
            Quantity::PreActivation => format!("the sum of {neuron}, before its activation,"),
        }
    }
}

/// By how much a neuron's number changes when the target is raised by `step`.
fn change(
    session: &Session,
    trace: &Trace,
    (at, quantity): (NeuronAt, Quantity),
    target: Target,
    step: f64,
) -> f64 {
    let varied = match target {
        Target::Knob(knob) => Varied::Knob(knob),
        Target::Input(input) => Varied::Input(input),
    };
    let features = session.document().features();
    let variation = Variation::new(&session.document().network, trace, varied).followed(&features);
    let mut out = VariedTrace::default();
    let NeuronAt { layer, neuron } = at;
    variation.run(&[variation.present() + step], layer, &[neuron], &mut out);
    let (raised, now) = match quantity {
        Quantity::PreActivation => (out.z(at), trace.z(layer, neuron)),
        Quantity::Output => (out.a(at), trace.a(layer, neuron)),
    };
    raised
        .and_then(|raised| raised.first())
        .map_or(0.0, |raised| raised - now[0])
}

/// By how much the loss changes, if that can be told in time.
fn loss_change(session: &Session, exam: Option<&Exam>, target: Target, step: f64) -> Option<f64> {
    let Target::Knob(knob) = target else {
        return None;
    };
    let network = &session.document().network;
    exam?.change(network, knob, network.get(knob)? + step)
}

/// Two significant digits: `0.30`, `12`, `1.2e-7`.
fn significant(value: f64) -> String {
    if value == 0.0 || !value.is_finite() {
        return crate::words::fixed(value, 0);
    }
    let rounded = format!("{value:.1e}");
    let exponent: i32 = rounded
        .split_once('e')
        .and_then(|(_, exponent)| exponent.parse().ok())
        .unwrap_or(0);
    match exponent {
        -4..=5 => format!("{value:.*}", (1 - exponent).max(0) as usize),
        _ => rounded,
    }
}
