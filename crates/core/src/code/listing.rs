//! A written network, and which of its numbers is which knob or input.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::network::{Activation, Architecture, Knob, LayerPlan, Network};
use crate::session::{Document, Adjustable};

/// A network as text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SourceListing {
    /// The whole text; its lines end with `\n`.
    pub text: String,
    /// Where the numbers of knobs and inputs stand, in the order of the text. Each knob and input occurs once.
    pub spans: Vec<NumberSpan>,
}

/// One number of a listing that can be turned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NumberSpan {
    /// The bytes of the text that the number takes up, its sign included.
    pub range: Range<usize>,
    /// What it is the number of.
    pub adjustable: Adjustable,
}

impl SourceListing {
    /// The number at a byte of the text, if one that can be turned stands there.
    pub fn span_at(&self, byte: usize) -> Option<&NumberSpan> {
        let after = self.spans.partition_point(|span| span.range.start <= byte);
        let span = self.spans.get(after.checked_sub(1)?)?;
        span.range.contains(&byte).then_some(span)
    }
}

/// How numbers are written.
pub(super) type NumberFormat = fn(f64) -> String;

/// The fewest digits that read back as the same number; with a point or an exponent, as programs want it.
pub(super) fn format_exact(value: f64) -> String {
    format!("{value:?}")
}

/// Writes a listing.
pub(super) struct ListingWriter {
    listing: SourceListing,
    number_format: NumberFormat,
    /// Lists that would make a line longer than this are broken.
    max_columns: usize,
    /// The start of the last line.
    line_start: usize,
}

impl ListingWriter {
    pub fn new(number_format: NumberFormat, max_columns: usize) -> Self {
        Self {
            listing: SourceListing::default(),
            number_format,
            max_columns,
            line_start: 0,
        }
    }

    pub fn finish(self) -> SourceListing {
        self.listing
    }

    pub fn write(&mut self, text: &str) {
        let start = self.listing.text.len();
        self.listing.text.push_str(text);
        if let Some(at) = text.rfind('\n') {
            self.line_start = start + at + 1;
        }
    }

    pub fn write_line(&mut self, text: &str) {
        self.write(text);
        self.write("\n");
    }

    pub fn write_number(&mut self, value: f64, adjustable: Adjustable) {
        let start = self.listing.text.len();
        self.listing.text.push_str(&(self.number_format)(value));
        let range = start..self.listing.text.len();
        self.listing.spans.push(NumberSpan { range, adjustable });
    }

    /// `[1.0, 2.0]`; broken into lines that are indented once more than `indent` where it is too long for one.
    pub fn write_numbers(&mut self, indent: usize, values: &[f64], adjustable: impl Fn(usize) -> Adjustable) {
        let (start, spans) = (self.listing.text.len(), self.listing.spans.len());
        self.write("[");
        for (index, &value) in values.iter().enumerate() {
            if index > 0 {
                self.write(", ");
            }
            self.write_number(value, adjustable(index));
            if self.line_length() + 2 > self.max_columns {
                self.listing.text.truncate(start);
                self.listing.spans.truncate(spans);
                return self.write_wrapped_numbers(indent, values, adjustable);
            }
        }
        self.write("]");
    }

    fn write_wrapped_numbers(&mut self, indent: usize, values: &[f64], adjustable: impl Fn(usize) -> Adjustable) {
        let margin = " ".repeat(indent + 4);
        self.write_line("[");
        self.write(&margin);
        for (index, &value) in values.iter().enumerate() {
            let width = (self.number_format)(value).len() + 2;
            if index > 0 && self.line_length() + width > self.max_columns {
                self.write("\n");
                self.write(&margin);
            } else if index > 0 {
                self.write(" ");
            }
            self.write_number(value, adjustable(index));
            self.write(",");
        }
        self.write("\n");
        self.write(&margin[4..]);
        self.write("]");
    }

    /// `[step, relu]`, broken as [`Pen::numbers`].
    pub fn write_words<'a>(&mut self, words: impl Iterator<Item = &'a str> + Clone) {
        let length: usize = words.clone().map(|word| word.len() + 2).sum();
        if self.line_length() + length < self.max_columns {
            let words: Vec<&str> = words.collect();
            return self.write(&format!("[{}]", words.join(", ")));
        }
        self.write("[\n    ");
        for (index, word) in words.enumerate() {
            if index > 0 && self.line_length() + word.len() + 2 > self.max_columns {
                self.write("\n    ");
            } else if index > 0 {
                self.write(" ");
            }
            self.write(word);
            self.write(",");
        }
        self.write("\n]");
    }

    /// The inputs as `[1.0, 2.0]`; if any has a name, one a line, with the name as a comment.
    pub fn write_inputs(&mut self, document: &Document, comment: &str) {
        let names = document.network.architecture().input_names();
        if names.iter().all(Option::is_none) {
            return self.write_numbers(0, &document.inputs, Adjustable::Input);
        }
        self.write_line("[");
        for (input, (&value, name)) in document.inputs.iter().zip(names).enumerate() {
            self.write("    ");
            self.write_number(value, Adjustable::Input(input));
            self.write(",");
            self.write_name_comment(name.as_deref(), comment);
            self.write("\n");
        }
        self.write("]");
    }

    /// A layer's weights as `[[…], […]]`, a neuron a line, its name as a comment.
    pub fn write_weights(&mut self, network: &Network, layer: usize, indent: usize, comment: &str) {
        let view = network.layer(layer);
        let margin = " ".repeat(indent);
        self.write_line("[");
        for (neuron, plan) in view.plan.neurons.iter().enumerate() {
            self.write(&margin);
            self.write("    ");
            self.write_numbers(indent + 4, view.weights_of(neuron), |input| {
                Knob::weight(layer, neuron, input).into()
            });
            self.write(",");
            self.write_name_comment(plan.name.as_deref(), comment);
            self.write("\n");
        }
        self.write(&margin);
        self.write("]");
    }

    /// A layer's biases as `[1.0, 2.0]`.
    pub fn write_biases(&mut self, network: &Network, layer: usize, indent: usize) {
        let biases = network.layer(layer).biases;
        self.write_numbers(indent, biases, |neuron| Knob::bias(layer, neuron).into());
    }

    fn write_name_comment(&mut self, name: Option<&str>, comment: &str) {
        if let Some(name) = name {
            // Two spaces are Python's custom, one is Rust's.
            let gap = if comment == "#" { "  " } else { " " };
            self.write(&format!("{gap}{comment} {}", comment_text(name)));
        }
    }

    fn line_length(&self) -> usize {
        self.listing.text.len() - self.line_start
    }
}

/// A name in a comment: nothing in it may end the line, or change the direction of what follows (Rust refuses
/// that), or run on into the next line (as a backslash would in TeX or C).
pub(super) fn comment_text(name: &str) -> String {
    let is_direction = |c: char| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let is_break = |c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}');
    let kept = name.chars().filter(|&c| !is_direction(c));
    let kept: String = kept.map(|c| if is_break(c) { ' ' } else { c }).collect();
    kept.trim().to_owned()
}

/// The activations that a network needs, in the order of [`Activation::ALL`]. `linear` only where neurons of a
/// layer differ: elsewhere nothing is written for it.
pub(super) fn needed_activations(architecture: &Architecture) -> BTreeSet<usize> {
    let mut needed = BTreeSet::new();
    for plan in architecture.layers() {
        let is_mixed = plan.activation().is_none();
        for neuron in &plan.neurons {
            if is_mixed || neuron.activation != Activation::Linear {
                needed.extend(activation_index(neuron.activation));
            }
        }
    }
    if needed.iter().any(|&at| Activation::ALL[at] == Activation::Silu) {
        needed.extend(activation_index(Activation::Sigmoid));
    }
    needed
}

/// Their definitions, each followed by an empty line or two.
pub(super) fn write_definitions(
    writer: &mut ListingWriter,
    architecture: &Architecture,
    gap: &str,
    text: impl Fn(Activation) -> &'static str,
) {
    for at in needed_activations(architecture) {
        let text = text(Activation::ALL[at]);
        if !text.is_empty() {
            writer.write(text);
            writer.write(gap);
        }
    }
}

pub(super) fn needs_activation(architecture: &Architecture, activation: Activation) -> bool {
    activation_index(activation).is_some_and(|at| needed_activations(architecture).contains(&at))
}

fn activation_index(activation: Activation) -> Option<usize> {
    Activation::ALL.iter().position(|&other| other == activation)
}

/// “Layer 1: 3 neurons, relu”.
pub(super) fn layer_text(plan: &LayerPlan, layer: usize) -> String {
    let width = plan.neurons.len();
    let plural = if width == 1 { "" } else { "s" };
    let activation = plan
        .activation()
        .map_or("each its own activation", Activation::name);
    format!("Layer {}: {width} neuron{plural}, {activation}", layer + 1)
}

/// `weights`, or `weights_1` where there are several layers.
pub(super) fn numbered_name(word: &str, architecture: &Architecture, layer: usize) -> String {
    if architecture.layers().len() == 1 {
        word.to_owned()
    } else {
        format!("{word}_{}", layer + 1)
    }
}

/// What a layer's outputs are called: `hidden_1`, and `outputs` for the last.
pub(super) fn output_name(architecture: &Architecture, layer: usize) -> String {
    if layer == architecture.last_layer() {
        "outputs".to_owned()
    } else {
        format!("hidden_{}", layer + 1)
    }
}

/// What comes into a layer: `inputs`, or the outputs of the layer before.
pub(super) fn input_name(architecture: &Architecture, layer: usize) -> String {
    layer
        .checked_sub(1)
        .map_or_else(|| "inputs".to_owned(), |before| output_name(architecture, before))
}
