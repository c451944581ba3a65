//! The effect of a small change of each knob and input on one neuron's value or on the loss.

use crate::network::{
    Architecture, BackwardPass, ForwardPass, GradientFlow, GradientFlows, GradientSeed, Network,
    NeuronAddress,
};
use crate::session::{Adjustable, Document, Quantity, Session};
use crate::text::Messages;

use super::loss_evaluation::LossEvaluation;
use super::partial_forward::{PartialForward, PartialRequest, PartialValues};

/// The exact derivatives of one quantity with respect to all knobs and inputs, by backpropagation.
///
/// It can be recomputed; the buffers are kept.
#[derive(Debug, Clone)]
pub struct Sensitivity {
    quantity: DerivedQuantity,
    backward_pass: BackwardPass,
    gradient_flows: GradientFlows,
    input_derivatives: Vec<f64>,
    seed: Vec<f64>,
}

/// The quantity that is differentiated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DerivedQuantity {
    /// A neuron's weighted sum or output, for the current inputs.
    Neuron(NeuronAddress, Quantity),
    /// The loss on the training set.
    Loss,
}

impl Sensitivity {
    /// Computes the derivatives of the session's selected neuron, in the quantity that the view shows.
    /// `forward_pass` is that of the session's inputs.
    pub fn from_session(session: &Session, forward_pass: &ForwardPass) -> Self {
        let view = session.view();
        let mut sensitivity = Self::empty();
        sensitivity.update(session.document(), forward_pass, view.selected, view.quantity);
        sensitivity
    }

    /// Computes the derivatives of the loss: its gradient with respect to all knobs, as in training
    /// without regularization.
    pub fn from_loss(network: &Network, evaluation: &LossEvaluation) -> Self {
        let mut sensitivity = Self::empty();
        sensitivity.update_loss(network, evaluation);
        sensitivity
    }

    pub(super) fn empty() -> Self {
        Self {
            quantity: DerivedQuantity::Loss,
            backward_pass: BackwardPass::default(),
            gradient_flows: GradientFlows::default(),
            input_derivatives: Vec::new(),
            seed: Vec::new(),
        }
    }

    /// Recomputes the derivatives of the loss; `evaluation` must belong to the network.
    pub fn update_loss(&mut self, network: &Network, evaluation: &LossEvaluation) {
        self.quantity = DerivedQuantity::Loss;
        let seed = evaluation.objective().gradient_seed(
            network,
            evaluation.forward_pass(),
            evaluation.targets(),
            &mut self.seed,
        );
        self.backward_pass.run(network, evaluation.forward_pass(), seed);
        self.gradient_flows.update(network.architecture(), seed);
        // The training samples have inputs of their own.
        self.input_derivatives.clear();
        self.input_derivatives
            .resize(network.architecture().input_count(), 0.0);
    }

    /// Recomputes the derivatives for a neuron of any layer; `forward_pass` is that of the document's inputs.
    pub fn update(
        &mut self,
        document: &Document,
        forward_pass: &ForwardPass,
        at: NeuronAddress,
        quantity: Quantity,
    ) {
        let network = &document.network;
        self.quantity = DerivedQuantity::Neuron(at, quantity);
        let seed = match quantity {
            Quantity::WeightedSum => GradientSeed::WeightedSum(at),
            Quantity::Output => GradientSeed::Output(at),
        };
        self.backward_pass.run(network, forward_pass, seed);
        self.gradient_flows.update(network.architecture(), seed);
        self.input_derivatives.clear();
        self.input_derivatives
            .extend_from_slice(self.backward_pass.input_gradients(network));
        // Changing an input also changes the inputs that are computed from it.
        for (input, feature) in document.features().computed() {
            let [left, right] = feature.inputs();
            for (index, by) in [left, right].into_iter().enumerate() {
                if index == 0 || left != right {
                    let slope = feature.derivative(|source| document.inputs[source], by);
                    self.input_derivatives[by] += self.input_derivatives[input] * slope;
                }
            }
        }
    }

    /// Returns the quantity that is differentiated.
    pub fn quantity(&self) -> DerivedQuantity {
        self.quantity
    }

    /// Returns the derivatives with respect to all knobs, in the flat order.
    pub fn knob_derivatives(&self) -> &[f64] {
        self.backward_pass.gradients()
    }

    /// Returns the derivatives with respect to all inputs.
    pub fn input_derivatives(&self) -> &[f64] {
        &self.input_derivatives
    }

    /// Returns the derivative with respect to one knob or input, or `None` if the network does not have it.
    pub fn derivative(&self, architecture: &Architecture, target: Adjustable) -> Option<f64> {
        match target {
            Adjustable::Knob(knob) => self.knob_derivatives().get(architecture.index_of(knob)?).copied(),
            Adjustable::Input(input) => self.input_derivatives.get(input).copied(),
            Adjustable::Hyperparameter(_) => None,
        }
    }

    /// Returns the way in which the quantity depends on the knob or input: smoothly, only through step
    /// functions (so that the derivative is 0 and says nothing), or not at all.
    pub fn gradient_flow(&self, target: Adjustable) -> GradientFlow {
        match target {
            Adjustable::Knob(knob) => self.gradient_flows.of_knob(knob),
            Adjustable::Input(_) if self.quantity == DerivedQuantity::Loss => GradientFlow::Independent,
            Adjustable::Input(_) => self.gradient_flows.of_inputs(),
            Adjustable::Hyperparameter(_) => GradientFlow::Independent,
        }
    }

    /// Describes the derivative in words, without a period: “increase w₂₃ by 0.1, and output 2 increases by 0.30”.
    ///
    /// The increment is that of one press of an arrow key. The effect is computed by a forward pass with the
    /// raised value, so the statement is exact. If the curve bends so much that one increment does not
    /// represent its slope, the slope itself is given. `forward_pass` is that of the session's inputs.
    pub fn describe(
        &self,
        session: &Session,
        forward_pass: &ForwardPass,
        target: Adjustable,
        messages: Messages,
    ) -> String {
        self.describe_with_loss(session, forward_pass, None, target, messages)
    }

    /// Describes the derivative as [`Sensitivity::describe`] does. If the quantity is the loss, `evaluation`
    /// must belong to the network; without it only the slope is given.
    pub(crate) fn describe_with_loss(
        &self,
        session: &Session,
        forward_pass: &ForwardPass,
        evaluation: Option<&LossEvaluation>,
        target: Adjustable,
        messages: Messages,
    ) -> String {
        let architecture = session.architecture();
        let name = target.symbol(architecture).to_unicode();
        if let Adjustable::Input(input) = target
            && session.document().features().feature(input).is_some()
        {
            return messages.sensitivity_computed_input(name);
        }
        let quantity = self.quantity_phrase(architecture, messages);
        let derivative = self.derivative(architecture, target);
        let (Some(derivative), Some(flow)) = (derivative, derivative.map(|_| self.gradient_flow(target)))
        else {
            return messages.sensitivity_missing(target);
        };
        match flow {
            GradientFlow::Independent => return messages.sensitivity_independent(quantity, name),
            GradientFlow::BlockedByStep => {
                return messages.sensitivity_step(name, quantity);
            }
            GradientFlow::Smooth if !derivative.is_finite() => {
                return messages.sensitivity_not_finite(quantity);
            }
            GradientFlow::Smooth if derivative == 0.0 => {
                return messages.sensitivity_flat(name, quantity);
            }
            GradientFlow::Smooth => {}
        }
        let step = session.document().range(target).step;
        let change = match self.quantity {
            DerivedQuantity::Neuron(at, quantity) => {
                neuron_change(session, forward_pass, (at, quantity), target, step)
            }
            DerivedQuantity::Loss => loss_change(session, evaluation, target, step).unwrap_or(0.0),
        };
        // For numbers near the smallest ones nothing is left of the change.
        if change != 0.0 && (change - step * derivative).abs() <= 0.05 * (step * derivative).abs() {
            let (step, amount) = (
                crate::text::format_ascii(step, 12),
                two_significant_digits(change.abs()),
            );
            return match derivative > 0.0 {
                true => messages.sensitivity_increases(name, step, quantity, amount),
                false => messages.sensitivity_decreases(name, step, quantity, amount),
            };
        }
        let slope = two_significant_digits(derivative).replace('-', "−");
        messages.sensitivity_slope(quantity, name, slope)
    }

    /// Returns the name of the quantity: “output 2”, “the weighted sum of neuron 2”, “the output of neuron 1 of
    /// layer 1”.
    fn quantity_phrase(&self, architecture: &Architecture, messages: Messages) -> String {
        let DerivedQuantity::Neuron(at, quantity) = self.quantity else {
            return messages.quantity_loss().to_owned();
        };
        let is_last = at.layer == architecture.last_layer();
        let has_name = architecture.layers()[at.layer].neurons[at.neuron].name.is_some();
        let neuron = architecture.describe_neuron(at, messages);
        match quantity {
            Quantity::Output if is_last && !has_name => messages.quantity_output_number(at.neuron + 1),
            Quantity::Output => messages.quantity_output(neuron),
            Quantity::WeightedSum => messages.quantity_sum(neuron),
        }
    }
}

/// Returns the change of a neuron's value when a knob or input is raised by `step`.
fn neuron_change(
    session: &Session,
    forward_pass: &ForwardPass,
    (at, quantity): (NeuronAddress, Quantity),
    target: Adjustable,
    step: f64,
) -> f64 {
    let document = session.document();
    let numbers = [target];
    let partial_forward = PartialForward::new(&document.network, forward_pass, document.features(), &numbers);
    let neurons = [at.neuron];
    let mut out = PartialValues::default();
    partial_forward.run(
        &[&[partial_forward.current_value() + step]],
        PartialRequest::all(at.layer).only(&neurons),
        &mut out,
    );
    let raised = out.quantity(at, quantity);
    let now = quantity.of(forward_pass, at);
    raised
        .and_then(|raised| raised.first())
        .map_or(0.0, |raised| raised - now[0])
}

/// Returns the change of the loss when a knob is raised by `step`, or `None` for an input or if computing it
/// takes too long.
fn loss_change(
    session: &Session,
    evaluation: Option<&LossEvaluation>,
    target: Adjustable,
    step: f64,
) -> Option<f64> {
    let Adjustable::Knob(knob) = target else {
        return None;
    };
    let network = &session.document().network;
    evaluation?.loss_change(network, knob, network.get(knob)? + step)
}

/// Formats a number with two significant digits: `0.30`, `12`, `1.2e-7`.
fn two_significant_digits(value: f64) -> String {
    if value == 0.0 || !value.is_finite() {
        return crate::text::format_fixed(value, 0);
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
