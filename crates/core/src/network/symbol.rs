//! Names of knobs, inputs and neurons: mathematical symbols and descriptions.

use super::{Architecture, Knob, KnobKind, NeuronAddress};
use crate::text::Messages;

/// A mathematical symbol with its indices, to be typeset: `w` with subscript `21` and, if there are several
/// layers, superscript `1`. Indices are counted from 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MathSymbol {
    /// The letter `w`, `b`, `x`, `z` or `a`.
    pub letter: char,
    /// The indices of neuron and input, without a comma; with a comma from index 10 on.
    pub subscript: String,
    /// The layer, if the network has several.
    pub superscript: Option<String>,
}

impl MathSymbol {
    fn new(letter: char, subscript: String, layer: Option<usize>) -> Self {
        Self {
            letter,
            subscript,
            superscript: layer.map(|layer| (layer + 1).to_string()),
        }
    }

    /// Returns the symbol as plain text with Unicode indices, like `w₂₁` or `w₁₃⁽²⁾`: the layer in
    /// parentheses, so that it doesn't look like an exponent.
    pub fn to_unicode(&self) -> String {
        const SUPERSCRIPTS: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
        const SUBSCRIPTS: [char; 10] = ['₀', '₁', '₂', '₃', '₄', '₅', '₆', '₇', '₈', '₉'];
        let digits = |text: &str, set: [char; 10]| -> String {
            text.chars()
                .map(|c| c.to_digit(10).map_or(c, |digit| set[digit as usize]))
                .collect()
        };
        let subscript = digits(&self.subscript, SUBSCRIPTS);
        match &self.superscript {
            Some(layer) => format!("{}{subscript}⁽{}⁾", self.letter, digits(layer, SUPERSCRIPTS)),
            None => format!("{}{subscript}", self.letter),
        }
    }
}

impl Architecture {
    /// Returns the symbol of a weight (`w₂₁`: neuron, then input) or a bias (`b₂`). If the network is a single
    /// neuron, nothing has an index that only counts to 1: `w`, or `w₁` and `w₂` for two inputs, and `b`.
    pub fn symbol(&self, knob: Knob) -> MathSymbol {
        let layer = self.superscript_layer(knob.layer);
        let neuron = knob.neuron + 1;
        match knob.kind {
            KnobKind::Bias => MathSymbol::new('b', self.neuron_index(knob.neuron), layer),
            KnobKind::Weight { input } if self.is_single_neuron() => {
                MathSymbol::new('w', self.input_index(input), layer)
            }
            KnobKind::Weight { input } => {
                let input = input + 1;
                let comma = if neuron >= 10 || input >= 10 { "," } else { "" };
                MathSymbol::new('w', format!("{neuron}{comma}{input}"), layer)
            }
        }
    }

    /// Returns the symbol of an input of the network: `x₁`, or `x` if it is the only input of a single neuron.
    pub fn input_symbol(&self, input: usize) -> MathSymbol {
        MathSymbol::new('x', self.input_index(input), None)
    }

    /// Returns the symbol of input `input` of `layer`: `x₁`, or `a₁` of the previous layer.
    pub fn layer_input_symbol(&self, layer: usize, input: usize) -> MathSymbol {
        match layer.checked_sub(1) {
            None => self.input_symbol(input),
            Some(before) => MathSymbol::new('a', (input + 1).to_string(), self.superscript_layer(before)),
        }
    }

    /// Returns the symbol of a neuron's weighted sum: `z₂`, or `z` of a single neuron.
    pub fn z_symbol(&self, at: NeuronAddress) -> MathSymbol {
        MathSymbol::new(
            'z',
            self.neuron_index(at.neuron),
            self.superscript_layer(at.layer),
        )
    }

    /// Returns the symbol of a neuron's output: `a₂`, or `a` of a single neuron.
    pub fn a_symbol(&self, at: NeuronAddress) -> MathSymbol {
        MathSymbol::new(
            'a',
            self.neuron_index(at.neuron),
            self.superscript_layer(at.layer),
        )
    }

    /// True if the network is a single neuron.
    fn is_single_neuron(&self) -> bool {
        self.layers().len() == 1 && self.width(0) == 1
    }

    /// Returns the index of a neuron in its symbols; that of a single neuron is empty.
    fn neuron_index(&self, neuron: usize) -> String {
        match self.is_single_neuron() {
            true => String::new(),
            false => (neuron + 1).to_string(),
        }
    }

    /// Returns the index of an input of the network in its symbol; that of a single neuron's only input is empty.
    fn input_index(&self, input: usize) -> String {
        match self.is_single_neuron() && self.input_count() == 1 {
            true => String::new(),
            false => (input + 1).to_string(),
        }
    }

    /// Returns a summary of the architecture in English; see [`Self::summary_in`].
    pub fn summary(&self) -> String {
        self.summary_in(Messages::ENGLISH)
    }

    /// Returns a summary of the architecture: “2 inputs, then 4 neurons (tanh), then 1 neuron (sigmoid).”
    pub fn summary_in(&self, messages: Messages) -> String {
        let inputs = messages.count_of_inputs(self.input_count());
        let layers = self.layers().iter().fold(inputs, |before, plan| {
            let activation = plan.activation().map_or_else(
                || messages.activation_mixed(),
                |activation| activation.label(messages),
            );
            messages.summary_with_layer(plan.neurons.len(), before, activation)
        });
        messages.summary_sentence(layers)
    }

    /// Returns a description of a knob: “weight from input 1 to neuron 2”, “bias of neuron 2 of layer 1”.
    pub fn describe_knob(&self, knob: Knob, messages: Messages) -> String {
        let neuron = knob.neuron_address();
        let neuron = self.describe_neuron(neuron, messages);
        match knob.kind {
            KnobKind::Weight { input } => {
                messages.weight_between(self.describe_layer_input(knob.layer, input, messages), neuron)
            }
            KnobKind::Bias => messages.bias_of(neuron),
        }
    }

    /// Returns a description of an input: “input 1”, or “input 1 (height)” if it has a name. The name alone
    /// would read as a word of the sentence.
    pub fn describe_input(&self, input: usize, messages: Messages) -> String {
        match self.input_name(input) {
            Some(name) => messages.input_named(input + 1, name),
            None => messages.input_number(input + 1),
        }
    }

    /// Returns the name of an input, or “input 1” if it has none.
    pub fn input_label(&self, input: usize) -> String {
        let unnamed = || Messages::ENGLISH.input_number(input + 1);
        self.input_name(input).map_or_else(unnamed, str::to_owned)
    }

    fn input_name(&self, input: usize) -> Option<&str> {
        self.input_names().get(input)?.as_deref()
    }

    /// Returns a description of a neuron: “neuron 2”, or “neuron 2 (or)” if it has a name. The layer is added
    /// if there are several.
    pub fn describe_neuron(&self, at: NeuronAddress, messages: Messages) -> String {
        let neuron = match self.neuron_name(at) {
            Some(name) => messages.neuron_named(at.neuron + 1, name),
            None => messages.neuron_number(at.neuron + 1),
        };
        if self.layers().len() > 1 {
            messages.neuron_of_layer(neuron, at.layer + 1)
        } else {
            neuron
        }
    }

    /// Returns the name of a neuron, or “neuron 2” if it has none, without the layer, in English.
    pub fn neuron_label(&self, at: NeuronAddress) -> String {
        self.neuron_label_in(at, Messages::ENGLISH)
    }

    /// Returns the name of a neuron, or “neuron 2” if it has none, without the layer.
    pub fn neuron_label_in(&self, at: NeuronAddress, messages: Messages) -> String {
        let unnamed = || messages.neuron_number(at.neuron + 1);
        self.neuron_name(at).map_or_else(unnamed, str::to_owned)
    }

    fn neuron_name(&self, at: NeuronAddress) -> Option<&str> {
        self.layers()
            .get(at.layer)?
            .neurons
            .get(at.neuron)?
            .name
            .as_deref()
    }

    /// Returns a description of an input of a layer: an input of the network, or a neuron of the layer before.
    fn describe_layer_input(&self, layer: usize, input: usize, messages: Messages) -> String {
        match layer.checked_sub(1) {
            None => self.describe_input(input, messages),
            Some(layer) => self.describe_neuron(NeuronAddress { layer, neuron: input }, messages),
        }
    }

    /// Returns the layer that a symbol shows as its superscript; `None` if there is only one layer.
    fn superscript_layer(&self, layer: usize) -> Option<usize> {
        (self.layers().len() > 1).then_some(layer)
    }
}
