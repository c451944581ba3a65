//! The steps of a forward and a backward pass, with their numbers.

use crate::network::{Activation, BackwardPass, ForwardPass, GradientSeed, Knob, NeuronAddress};
use crate::session::{BackwardStep, BackwardTarget, Session, TrainingSetup};
use crate::text::{Messages, capitalized, format_adaptive, format_fixed};
use crate::training::{EncodedDataset, Objective, Regularization};

use super::Insight;

/// The maximum number of products of a sum that are written out.
const MAX_PRODUCTS: usize = 4;

/// The derivatives of the number `L` that a backward pass starts from, for the current inputs.
#[derive(Debug, Clone)]
pub struct BackwardNumbers {
    backward_pass: BackwardPass,
    /// `dL/da` of the output layer; `None` if the derivative of its activation function and that of the loss are
    /// computed together.
    output_derivatives: Option<Vec<f64>>,
    /// The value of `L`.
    value: f64,
}

impl BackwardNumbers {
    /// Computes the derivatives; `forward_pass` is that of the session's inputs. Returns `None` if the network has
    /// no such output, or if the data has no such sample or doesn't fit the network.
    pub fn new(session: &Session, forward_pass: &ForwardPass, target: BackwardTarget) -> Option<Self> {
        let network = &session.document().network;
        let architecture = network.architecture();
        let layer = architecture.last_layer();
        let plan = &architecture.layers()[layer];
        let outputs = &forward_pass.layers()[layer].a;
        let mut buffer = Vec::new();
        let (seed, value) = match target {
            BackwardTarget::Output(neuron) => {
                let value = *outputs.get(neuron)?;
                (GradientSeed::Output(NeuronAddress { layer, neuron }), value)
            }
            BackwardTarget::Loss { sample } => {
                let setup = session.setup()?;
                let loss = setup.loss(plan);
                loss.check(plan).ok()?;
                let train = &setup.split().ok()?.train;
                if sample >= train.sample_count() {
                    return None;
                }
                let inputs = architecture.input_count();
                let encoded = EncodedDataset::new(&train.select(&[sample]), inputs, plan, loss).ok()?;
                let objective = Objective {
                    loss,
                    regularization: Regularization { l1: 0.0, l2: 0.0 },
                };
                let value = objective.loss(network, forward_pass, &encoded.targets);
                let seed = objective.gradient_seed(network, forward_pass, &encoded.targets, &mut buffer);
                (seed, value)
            }
        };
        let output_derivatives = match seed {
            _ if plan.is_softmax() => None,
            GradientSeed::Outputs(derivatives) => Some(derivatives.to_vec()),
            GradientSeed::Output(at) => {
                let is_target = |neuron| if neuron == at.neuron { 1.0 } else { 0.0 };
                Some((0..outputs.len()).map(is_target).collect())
            }
            GradientSeed::WeightedSums(_) | GradientSeed::WeightedSum(_) => None,
        };
        let mut backward_pass = BackwardPass::default();
        backward_pass.run(network, forward_pass, seed);
        Some(Self {
            backward_pass,
            output_derivatives,
            value,
        })
    }

    /// Returns the derivative with respect to a knob.
    pub fn knob(&self, session: &Session, knob: Knob) -> f64 {
        let network = &session.document().network;
        self.backward_pass.gradient(network, knob).unwrap_or(f64::NAN)
    }

    /// Returns `dL/dz` of a neuron, which is the derivative with respect to its bias too.
    pub fn weighted_sum(&self, session: &Session, at: NeuronAddress) -> f64 {
        self.knob(session, Knob::bias(at.layer, at.neuron))
    }

    /// Returns `dL/da` of a neuron; `None` where it is not computed on its own.
    pub fn output(&self, session: &Session, at: NeuronAddress) -> Option<f64> {
        if at.layer == session.architecture().last_layer() {
            return self.output_derivatives.as_ref()?.get(at.neuron).copied();
        }
        let products = self.products(session, at);
        Some(products.map(|(weight, derivative)| weight * derivative).sum())
    }

    /// Returns the weights from a hidden neuron to those of the next layer, each with their `dL/dz`.
    fn products<'a>(
        &'a self,
        session: &'a Session,
        at: NeuronAddress,
    ) -> impl Iterator<Item = (f64, f64)> + 'a {
        let layer = at.layer + 1;
        (0..session.architecture().width(layer)).map(move |neuron| {
            let knob = Knob::weight(layer, neuron, at.neuron);
            let weight = session.document().network.get(knob).unwrap_or(f64::NAN);
            (
                weight,
                self.weighted_sum(session, NeuronAddress { layer, neuron }),
            )
        })
    }
}

/// Returns the slope of a neuron's activation function at its weighted sum; `None` for a function of the whole
/// layer.
pub fn activation_slope(activation: Activation, z: f64) -> Option<f64> {
    (!activation.is_per_layer()).then(|| activation.derivative(z))
}

/// Returns the number that a backward pass for the current inputs starts from: the loss for the sample of the
/// training set whose inputs are nearest to the current ones, with these inputs; without suitable data, the
/// selected output or the first one.
pub fn backward_target(session: &Session) -> (BackwardTarget, Option<Vec<f64>>) {
    let nearest = session.setup().and_then(|setup| nearest_sample(session, setup));
    if let Some((sample, inputs)) = nearest {
        return (BackwardTarget::Loss { sample }, Some(inputs));
    }
    let selected = session.view().selected;
    let is_output = selected.layer == session.architecture().last_layer();
    let output = if is_output { selected.neuron } else { 0 };
    (BackwardTarget::Output(output), None)
}

/// Returns the sample of the training set that is nearest to the current inputs, and its inputs.
fn nearest_sample(session: &Session, setup: &TrainingSetup) -> Option<(usize, Vec<f64>)> {
    let document = session.document();
    let train = &setup.split().ok()?.train;
    if !setup.fits(&document.network) {
        return None;
    }
    let inputs = |sample: usize| (0..document.inputs.len()).map(move |input| train.input(input)[sample]);
    let distance = |sample: usize| -> f64 {
        let pairs = inputs(sample).zip(&document.inputs);
        pairs.map(|(value, current)| (value - current).powi(2)).sum()
    };
    let sample = (0..train.sample_count()).min_by(|&a, &b| distance(a).total_cmp(&distance(b)))?;
    Some((sample, inputs(sample).collect()))
}

impl Insight {
    /// Describes the current step of a forward or backward pass in one sentence; `None` if no pass is stepped
    /// through.
    pub fn describe_step(&self, session: &Session, messages: Messages) -> Option<String> {
        if let Some(step) = session.view().backward_step {
            let numbers = BackwardNumbers::new(session, self.forward_pass(), step.target)?;
            let text = self.describe_backward_step(session, step, &numbers, messages);
            return Some(capitalized(&text));
        }
        let at = session.view().forward_step?;
        let formula = self.formula();
        let decimals = self.shown_decimals();
        let number = |value: f64| format_fixed(value, decimals.values);
        let knob = |value: f64| format_fixed(value, decimals.adjustables);
        let neuron = session.architecture().describe_neuron(at.neuron_at(), messages);
        let (step, steps) = (at.product + 1, formula.terms.len() + 2);
        let term_and_sum = (
            formula.terms.get(at.product),
            formula.running_sums.get(at.product),
        );
        Some(match term_and_sum {
            (Some(term), Some(&sum)) => messages.step_product(
                step,
                steps,
                neuron,
                knob(term.weight),
                factor(match at.layer {
                    0 => knob(term.source),
                    _ => number(term.source),
                }),
                number(term.product),
                number(sum),
            ),
            (None, Some(&sum)) => messages.step_bias(step, steps, neuron, knob(formula.bias), number(sum)),
            (_, None) => messages.step_activation(
                step,
                steps,
                neuron,
                formula.activation.label(messages),
                number(formula.z),
                number(formula.output),
            ),
        })
    }

    fn describe_backward_step(
        &self,
        session: &Session,
        step: BackwardStep,
        numbers: &BackwardNumbers,
        messages: Messages,
    ) -> String {
        let architecture = session.architecture();
        let BackwardStep { at, part, target } = step;
        let NeuronAddress { layer, neuron } = at;
        let activation = architecture.layers()[layer].neurons[neuron].activation;
        let number = |value: f64| trimmed(value, session.view().decimals);
        let derivative = |symbol: String| format!("dL/d{symbol}");
        let name = architecture.describe_neuron(at, messages);
        let [a, z] = [architecture.a_symbol(at), architecture.z_symbol(at)]
            .map(|symbol| derivative(symbol.to_unicode()));
        let (da, dz) = (numbers.output(session, at), numbers.weighted_sum(session, at));
        let sum = self.forward_pass().z(layer, neuron)[0];
        let slope = activation_slope(activation, sum);
        match step.knob(architecture) {
            None if part == 0 && layer < architecture.last_layer() => {
                let products = numbers.products(session, at);
                let mut products: Vec<String> = products
                    .map(|(weight, derivative)| {
                        format!("{} × {}", number(weight), factor(number(derivative)))
                    })
                    .take(MAX_PRODUCTS + 1)
                    .collect();
                if products.len() > MAX_PRODUCTS {
                    products[MAX_PRODUCTS] = "…".to_owned();
                }
                messages.step_back_hidden(name, a, products.join(" + "), number(da.unwrap_or(f64::NAN)))
            }
            None if part == 0 => {
                let value = number(numbers.value);
                match (target, da) {
                    (BackwardTarget::Loss { sample }, Some(da)) => {
                        messages.step_back_loss(name, sample + 1, value, a, number(da))
                    }
                    (BackwardTarget::Loss { sample }, None) => {
                        messages.step_back_loss_together(name, sample + 1, value, activation.label(messages))
                    }
                    (BackwardTarget::Output(output), da) => {
                        let of = architecture.describe_neuron(
                            NeuronAddress {
                                layer,
                                neuron: output,
                            },
                            messages,
                        );
                        match da {
                            Some(da) => messages.step_back_output(name, of, value, a, number(da)),
                            None => messages.step_back_output_together(name, of, value),
                        }
                    }
                }
            }
            None => match (da, slope) {
                (Some(da), Some(slope)) => messages.step_back_activation(
                    name,
                    z,
                    a,
                    activation.label(messages),
                    number(sum),
                    number(da),
                    factor(number(slope)),
                    number(dz),
                ),
                _ => messages.step_back_together(name, z, number(dz)),
            },
            Some(knob) => {
                let value = number(numbers.knob(session, knob));
                let symbol = derivative(architecture.symbol(knob).to_unicode());
                match part.checked_sub(BackwardStep::PARTS_BEFORE_WEIGHTS) {
                    Some(input) if !knob.is_bias() => {
                        let source = architecture.layer_input_symbol(layer, input).to_unicode();
                        let source_value = self.forward_pass().layer_inputs(layer)[input];
                        messages.step_back_weight(
                            name,
                            symbol,
                            z,
                            source,
                            number(dz),
                            factor(number(source_value)),
                            value,
                        )
                    }
                    _ => messages.step_back_bias(name, symbol, z, value),
                }
            }
        }
    }
}

/// Formats a number with as many decimals as it needs, without trailing zeros.
fn trimmed(value: f64, decimals: usize) -> String {
    let text = format_adaptive(value, decimals);
    match text.contains('.') && !text.contains('e') {
        true => text.trim_end_matches('0').trim_end_matches('.').to_owned(),
        false => text,
    }
}

/// Returns a number as it is written after `×`: a negative one in parentheses.
fn factor(number: String) -> String {
    match number.starts_with('−') {
        true => format!("({number})"),
        false => number,
    }
}
