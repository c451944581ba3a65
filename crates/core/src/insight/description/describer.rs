//! The names of neurons, inputs and classes in a description.

use crate::network::{Architecture, NeuronAddress};
use crate::text::Messages;

use super::number_writer::NumberWriter;

/// Names neurons, inputs and classes, and writes the sentences about the network.
pub(super) struct Describer<'a> {
    pub(super) architecture: &'a Architecture,
    pub(super) messages: Messages,
    pub(super) writer: NumberWriter,
}

impl Describer<'_> {
    /// Returns a neuron's name in quotes, or “neuron” and its number. The layer is added unless it is the last
    /// one.
    pub(super) fn neuron_name(&self, at: NeuronAddress) -> String {
        let label = match &self.architecture.layers()[at.layer].neurons[at.neuron].name {
            Some(name) => quoted(name),
            None => self.messages.neuron_number(at.neuron + 1),
        };
        if at.layer == self.architecture.last_layer() {
            label
        } else {
            self.messages.neuron_of_layer(label, at.layer + 1)
        }
    }

    /// Returns the name of an input of a layer: an input of the network or a neuron of the previous layer.
    pub(super) fn source_name(&self, layer: usize, input: usize) -> String {
        match layer.checked_sub(1) {
            Some(layer) => self.neuron_name(NeuronAddress { layer, neuron: input }),
            None => match &self.architecture.input_names()[input] {
                Some(name) => quoted(name),
                None => self.messages.input_number(input + 1),
            },
        }
    }

    /// Returns the name of a class, which is that of its output neuron.
    pub(super) fn class_name(&self, class: usize) -> String {
        match &self.architecture.layers()[self.architecture.last_layer()].neurons[class].name {
            Some(name) => quoted(name),
            None => self.messages.class_number(class + 1),
        }
    }

    /// True if one of the numbers loses digits when it is rounded.
    pub(super) fn is_rounded(&self, values: impl IntoIterator<Item = f64>) -> bool {
        let is_shortened = |value: f64| value.is_finite() && !self.writer.is_exact(value);
        values.into_iter().any(is_shortened)
    }
}

/// Returns a name in quotes, with single spaces.
fn quoted(name: &str) -> String {
    let words: Vec<&str> = name.split_whitespace().collect();
    format!("“{}”", words.join(" "))
}
