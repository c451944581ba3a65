//! Describes the network in sentences: its architecture, inputs and outputs, and the computation of the
//! selected neuron. Every language has its own sentences in the message catalog.
//!
//! Every sentence is true of the exact numbers, not only of their rounded forms: a rounded number is preceded
//! by “about”, a number that would be shown as 0 is said to be less than the last decimal, and thresholds are
//! rounded to the side on which the statement holds.

mod describer;
mod neuron;
mod number_writer;

use crate::nerve_cell::{CellSetting, NerveCell};
use crate::network::{ForwardPass, NeuronAddress};
use crate::session::Session;
use crate::text::{Messages, capitalized, format_ascii, format_fixed};

use super::Insight;
use describer::Describer;
use number_writer::NumberWriter;

/// If there are more outputs than this, only the largest are listed.
const MAX_LISTED_OUTPUTS: usize = 64;
/// The number of the largest outputs that are then listed.
const LARGEST_LISTED: usize = 8;
/// The maximum number of inputs that are listed.
const MAX_LISTED_INPUTS: usize = 16;

/// Returns the description as one text.
pub fn describe(session: &Session, insight: &Insight, messages: Messages) -> String {
    paragraphs(session, insight, messages).join(messages.sentence_separator())
}

/// Returns the description in paragraphs: the network, its inputs and outputs, the selected neuron, and the nerve
/// cell if the document has one.
pub fn paragraphs(session: &Session, insight: &Insight, messages: Messages) -> Vec<String> {
    let describer = Describer {
        architecture: session.architecture(),
        messages,
        writer: NumberWriter {
            messages,
            decimals: session.view().decimals,
        },
    };
    let forward_pass = insight.forward_pass();
    let mut numbers = vec![
        describer.inputs_sentence(forward_pass),
        describer.outputs_sentence(forward_pass),
    ];
    numbers.extend(describer.classes_sentence(forward_pass));
    let neuron = neuron::sentences(&describer, session.document().features(), insight.formula());
    let separator = messages.sentence_separator();
    let cell = session.document().cell.map(|cell| describer.cell_sentence(cell));
    [describer.network_sentences(), numbers, neuron]
        .into_iter()
        .map(|sentences| sentences.join(separator))
        .chain(cell)
        .collect()
}

impl Describer<'_> {
    /// Returns the sentence about the nerve cell.
    fn cell_sentence(&self, cell: NerveCell) -> String {
        let [current, refractory] = CellSetting::ALL.map(|setting| format_ascii(cell.value(setting), 6));
        if cell.rate() == 0.0 {
            return self.messages.cell_description_silent(current);
        }
        let rate = format_fixed(cell.rate(), 1);
        self.messages.cell_description(current, refractory, rate)
    }

    /// Returns the sentences about the architecture.
    fn network_sentences(&self) -> Vec<String> {
        let layers = self
            .architecture
            .layers()
            .iter()
            .enumerate()
            .map(|(layer, plan)| {
                let activation = plan.activation();
                let activation = activation.map_or(self.messages.activation_mixed(), |activation| {
                    activation.label(self.messages)
                });
                self.messages
                    .description_layer(layer + 1, plan.neurons.len(), activation)
            });
        let inputs = self.architecture.input_count();
        [self.messages.description_network(inputs)]
            .into_iter()
            .chain(layers)
            .collect()
    }

    /// Returns the sentence about the inputs.
    fn inputs_sentence(&self, forward_pass: &ForwardPass) -> String {
        let count = self.architecture.input_count();
        let values = || (0..count.min(MAX_LISTED_INPUTS)).map(|input| forward_pass.x(input)[0]);
        let is_named = self.architecture.input_names().iter().any(Option::is_some);
        let mut items: Vec<String> = values()
            .enumerate()
            .map(|(input, value)| match is_named {
                true => {
                    let name = self.source_name(0, input);
                    self.messages.description_value(self.writer.fixed(value), name)
                }
                false => self.writer.fixed(value),
            })
            .collect();
        if count > MAX_LISTED_INPUTS {
            items.push(self.messages.description_more(count - MAX_LISTED_INPUTS));
        }
        let list = self.messages.list(items);
        if self.is_rounded(values()) {
            self.messages
                .description_inputs_rounded(count, self.writer.decimals, list)
        } else {
            self.messages.description_inputs(count, list)
        }
    }

    /// Returns the sentence about the outputs.
    fn outputs_sentence(&self, forward_pass: &ForwardPass) -> String {
        let layer = self.architecture.last_layer();
        let a = &forward_pass.layers()[layer].a;
        let (messages, decimals) = (self.messages, self.writer.decimals);
        let item = |neuron: usize| {
            let name = self.neuron_name(NeuronAddress { layer, neuron });
            messages.description_value(self.writer.fixed(a[neuron]), name)
        };
        if a.len() > MAX_LISTED_OUTPUTS {
            let largest = largest_indices(a, LARGEST_LISTED);
            let is_rounded = self.is_rounded(largest.iter().map(|&neuron| a[neuron]));
            let list = messages.list(largest.into_iter().map(item));
            let others = a.len() - LARGEST_LISTED;
            return if is_rounded {
                messages.description_largest_outputs_rounded(a.len(), decimals, list, others)
            } else {
                messages.description_largest_outputs(a.len(), list, others)
            };
        }
        let list = match (a.len(), &self.architecture.layers()[layer].neurons[0].name) {
            (1, None) => self.writer.fixed(a[0]),
            (count, _) => messages.list((0..count).map(item)),
        };
        if self.is_rounded(a.iter().copied()) {
            messages.description_outputs_rounded(a.len(), decimals, list)
        } else {
            messages.description_outputs(a.len(), list)
        }
    }

    /// Describes the most probable class and the second one, if the last layer is a softmax. Returns `None`
    /// otherwise or if an output is not finite.
    fn classes_sentence(&self, forward_pass: &ForwardPass) -> Option<String> {
        let layer = self.architecture.last_layer();
        let a = &forward_pass.layers()[layer].a;
        let is_softmax = self.architecture.layers()[layer].is_softmax();
        if !is_softmax || a.iter().any(|probability| !probability.is_finite()) {
            return None;
        }
        let (messages, writer) = (self.messages, self.writer);
        if a.len() == 1 {
            return Some(messages.description_softmax_single().to_owned());
        }
        let names = |classes: &[usize]| messages.list(classes.iter().map(|&class| self.class_name(class)));
        let top = a.iter().copied().fold(0.0, f64::max);
        let first: Vec<usize> = (0..a.len()).filter(|&neuron| a[neuron] == top).collect();
        let probability = writer.about(top);
        let &[first] = first.as_slice() else {
            return Some(if first.len() <= LARGEST_LISTED {
                messages.description_equally_probable(names(&first), probability)
            } else {
                messages.description_equally_probable_many(first.len(), probability)
            });
        };
        let class = self.class_name(first);
        let others = a.iter().copied().filter(|&probability| probability < top);
        let below = others.fold(0.0, f64::max);
        let is_second = |&neuron: &usize| a[neuron] == below && neuron != first;
        let second: Vec<usize> = (0..a.len()).filter(is_second).collect();
        let second_probability = writer.about(below);
        let sentence = match second.as_slice() {
            &[only] if writer.fixed(top) == writer.fixed(below) => {
                messages.description_most_probable_close(class, probability, self.class_name(only))
            }
            &[only] => {
                let second = self.class_name(only);
                messages.description_most_probable(class, probability, second, second_probability)
            }
            several if several.len() <= LARGEST_LISTED => {
                let seconds = names(several);
                messages.description_most_probable_equal_seconds(
                    class,
                    probability,
                    seconds,
                    second_probability,
                )
            }
            several => messages.description_most_probable_many_seconds(
                class,
                probability,
                several.len(),
                second_probability,
            ),
        };
        Some(capitalized(&sentence))
    }
}

/// Returns the indices of the `count` largest values, the largest first.
fn largest_indices(values: &[f64], count: usize) -> Vec<usize> {
    let mut indices: Vec<usize> = (0..values.len()).collect();
    let order = |&left: &usize, &right: &usize| values[right].total_cmp(&values[left]).then(left.cmp(&right));
    if count < indices.len() {
        indices.select_nth_unstable_by(count, order);
        indices.truncate(count);
    }
    indices.sort_by(order);
    indices
}
