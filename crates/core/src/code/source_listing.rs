//! A network as text, and the position of each knob's and input's number.

use std::ops::Range;

use crate::network::{Activation, ActivationInfo, Architecture, FunctionCode, Knob, LayerPlan, Network};
use crate::session::{Adjustable, Document};
use crate::text::count_with_noun;

/// A network as text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SourceListing {
    /// The whole text; its lines end with `\n`.
    pub text: String,
    /// The numbers of knobs and inputs, in the order of the text. Each knob and input occurs once.
    pub spans: Vec<NumberSpan>,
}

/// An adjustable number in a listing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NumberSpan {
    /// The byte range of the number in the text, including its sign.
    pub range: Range<usize>,
    /// The knob or input.
    pub adjustable: Adjustable,
}

impl SourceListing {
    /// Returns the adjustable number at a byte of the text, if there is one.
    pub fn span_at(&self, byte: usize) -> Option<&NumberSpan> {
        let after = self.spans.partition_point(|span| span.range.start <= byte);
        let span = self.spans.get(after.checked_sub(1)?)?;
        span.range.contains(&byte).then_some(span)
    }
}

/// A function that formats a number.
pub(super) type NumberFormat = fn(f64) -> String;

/// Formats a number with the fewest digits that read back as the same number, with a decimal point or an
/// exponent, as programs need it.
pub(super) fn format_exact(value: f64) -> String {
    format!("{value:?}")
}

/// Writes a listing and records the spans of its numbers.
pub(super) struct ListingWriter {
    listing: SourceListing,
    number_format: NumberFormat,
    /// The length in bytes above which a list is wrapped.
    max_columns: usize,
    /// The byte position at which the last line starts.
    line_start: usize,
}

impl ListingWriter {
    pub(crate) fn new(number_format: NumberFormat, max_columns: usize) -> Self {
        Self {
            listing: SourceListing::default(),
            number_format,
            max_columns,
            line_start: 0,
        }
    }

    pub(crate) fn finish(self) -> SourceListing {
        self.listing
    }

    pub(crate) fn write(&mut self, text: &str) {
        let start = self.listing.text.len();
        self.listing.text.push_str(text);
        if let Some(at) = text.rfind('\n') {
            self.line_start = start + at + 1;
        }
    }

    pub(crate) fn write_line(&mut self, text: &str) {
        self.write(text);
        self.write("\n");
    }

    pub(crate) fn write_number(&mut self, value: f64, adjustable: Adjustable) {
        let start = self.listing.text.len();
        self.listing.text.push_str(&(self.number_format)(value));
        let range = start..self.listing.text.len();
        self.listing.spans.push(NumberSpan { range, adjustable });
    }

    /// Writes `[1.0, 2.0]`; a list that is too long for the line is wrapped into lines with an indent of
    /// `indent + 4`.
    pub(crate) fn write_numbers(
        &mut self,
        indent: usize,
        values: &[f64],
        adjustable: impl Fn(usize) -> Adjustable,
    ) {
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

    fn write_wrapped_numbers(
        &mut self,
        indent: usize,
        values: &[f64],
        adjustable: impl Fn(usize) -> Adjustable,
    ) {
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

    /// Writes `[step, relu]`, wrapped if it is too long for the line.
    pub(crate) fn write_words<'a>(&mut self, words: impl Iterator<Item = &'a str> + Clone) {
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

    /// Writes the inputs as `[1.0, 2.0]`; if any has a name, one on each line, with the name as a comment.
    pub(crate) fn write_inputs(&mut self, document: &Document, comment: &str) {
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

    /// Writes a layer's weights as `[[…], […]]`, one neuron on each line, with its name as a comment.
    pub(crate) fn write_weights(&mut self, network: &Network, layer: usize, indent: usize, comment: &str) {
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

    /// Writes a layer's biases as `[1.0, 2.0]`.
    pub(crate) fn write_biases(&mut self, network: &Network, layer: usize, indent: usize) {
        let biases = network.layer(layer).biases;
        self.write_numbers(indent, biases, |neuron| Knob::bias(layer, neuron).into());
    }

    fn write_name_comment(&mut self, name: Option<&str>, comment: &str) {
        if let Some(name) = name {
            // Python's convention is two spaces, Rust's is one.
            let gap = if comment == "#" { "  " } else { " " };
            self.write(&format!("{gap}{comment} {}", comment_text(name)));
        }
    }

    /// Returns the length in bytes of the last line.
    fn line_length(&self) -> usize {
        self.listing.text.len() - self.line_start
    }
}

/// Returns a name for use in a comment: line breaks and control characters become spaces, and characters that
/// change the text direction are removed (Rust rejects those).
pub(super) fn comment_text(name: &str) -> String {
    let is_direction = |c: char| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let is_break = |c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}');
    let cleaned = name.chars().filter(|&c| !is_direction(c));
    let cleaned: String = cleaned.map(|c| if is_break(c) { ' ' } else { c }).collect();
    cleaned.trim().to_owned()
}

/// Returns the activations that a network needs, in the order of [`Activation::ALL`]. `linear` is needed only
/// where the neurons of a layer have different activations; elsewhere nothing is written for it.
pub(super) fn needed_activations(architecture: &Architecture) -> Vec<Activation> {
    let is_used = |activation: Activation| {
        architecture.layers().iter().any(|plan| {
            let has_code = activation != Activation::Linear || plan.activation().is_none();
            has_code && plan.neurons.iter().any(|neuron| neuron.activation == activation)
        })
    };
    let used = Activation::ALL
        .into_iter()
        .filter(|&activation| is_used(activation));
    let called: Vec<Activation> = used.filter_map(|activation| activation.info().calls).collect();
    Activation::ALL
        .into_iter()
        .filter(|&activation| is_used(activation) || called.contains(&activation))
        .collect()
}

/// Returns the code of the activations that a network needs.
pub(super) fn needed_code(
    architecture: &Architecture,
    code: fn(&ActivationInfo) -> FunctionCode,
) -> Vec<FunctionCode> {
    let needed = needed_activations(architecture).into_iter();
    needed.map(|activation| code(activation.info())).collect()
}

/// Writes the definitions, each followed by `gap`.
pub(super) fn write_definitions(writer: &mut ListingWriter, code: &[FunctionCode], gap: &str) {
    for code in code.iter().filter(|code| code.has_definition()) {
        writer.write(code.definition);
        writer.write(gap);
    }
}

/// Returns a heading such as “Layer 1: 3 neurons, relu”.
pub(super) fn layer_text(plan: &LayerPlan, layer: usize) -> String {
    let activation = plan
        .activation()
        .map_or("different activations", Activation::name);
    format!(
        "Layer {}: {}, {activation}",
        layer + 1,
        count_with_noun(plan.neurons.len(), "neuron")
    )
}

/// Returns the name, such as `weights`, with the number of the layer if there are several: `weights_1`.
pub(super) fn numbered_name(word: &str, architecture: &Architecture, layer: usize) -> String {
    if architecture.layers().len() == 1 {
        word.to_owned()
    } else {
        format!("{word}_{}", layer + 1)
    }
}

/// Returns the name of a layer's outputs: `hidden_1`, or `outputs` for the last layer.
pub(super) fn output_name(architecture: &Architecture, layer: usize) -> String {
    if layer == architecture.last_layer() {
        "outputs".to_owned()
    } else {
        format!("hidden_{}", layer + 1)
    }
}

/// Returns the name of a layer's inputs: `inputs`, or the outputs of the previous layer.
pub(super) fn input_name(architecture: &Architecture, layer: usize) -> String {
    layer
        .checked_sub(1)
        .map_or_else(|| "inputs".to_owned(), |before| output_name(architecture, before))
}
