//! Describes the computation of the selected neuron in sentences.

use crate::insight::switch_point::SwitchPoint;
use crate::insight::{Formula, FormulaTerm, SwitchPoints};
use crate::network::{Activation, Architecture, Effect, Knob, NeuronAddress, Threshold};
use crate::session::ComputedFeatures;

use super::number_writer::{NumberWriter, RoundingDirection, capitalized, join_with_and};

/// The maximum number of products with which a sum is written out in full.
const MAX_TERMS: usize = 8;
/// The number of largest products that are listed otherwise.
const SHOWN_TERMS: usize = 3;
/// The maximum number of equal contributions that are named; more of them are counted.
const MAX_EQUAL: usize = 4;

/// Returns the sentences about a neuron: its state and weighted sum, its largest contributions, and the
/// changes that would take it across its threshold.
pub(crate) fn sentences(
    (architecture, features): (&Architecture, ComputedFeatures<'_>),
    formula: &Formula,
    writer: NumberWriter,
) -> Vec<String> {
    let describer = NeuronDescriber {
        architecture,
        features,
        formula,
        writer,
    };
    if !formula.z.is_finite() || !formula.output.is_finite() {
        let name = capitalized(&neuron_name(architecture, formula.at));
        return vec![format!(
            "{name} can’t be computed: its sum is not a finite number."
        )];
    }
    vec![
        describer.state_sentence(),
        describer.contributions_sentence(),
        describer.threshold_sentence(),
    ]
}

/// Writes the sentences about one neuron.
struct NeuronDescriber<'a> {
    architecture: &'a Architecture,
    features: ComputedFeatures<'a>,
    formula: &'a Formula,
    writer: NumberWriter,
}

impl NeuronDescriber<'_> {
    /// Returns the sentence about its state and sum: “Neuron 2 is on: 0.500 − 1.820 + 3.000 = 1.680, and it
    /// passes that on.”
    fn state_sentence(&self) -> String {
        let name = neuron_name(self.architecture, self.formula.at);
        let Formula { z, activation, .. } = *self.formula;
        let state = (activation.info().state)(z, activation.apply(z));
        let sum = self.sum_text();
        let end = match (activation.info().effect)(z) {
            Effect::None => String::new(),
            Effect::Gives(output) => format!(", so it gives {output}"),
            Effect::PassesOn => ", and it passes that on".to_owned(),
            Effect::Share => {
                let probability = self.writer.about(self.formula.output);
                format!(", and the softmax gives it a share of {probability}")
            }
            Effect::Makes(subject) => {
                let output = self.writer.about(self.formula.output);
                format!(", and {subject} makes {output} of it")
            }
        };
        capitalized(&format!("{name} {state}: {sum}{end}."))
    }

    /// Returns the sum written out, or only its largest products if there are many.
    fn sum_text(&self) -> String {
        let Formula { terms, bias, z, .. } = self.formula;
        let writer = self.writer;
        if terms.len() > MAX_TERMS {
            let mut shown: Vec<&FormulaTerm> = terms.iter().collect();
            shown.sort_by(|a, b| b.product.abs().total_cmp(&a.product.abs()));
            shown.truncate(SHOWN_TERMS);
            shown.sort_by_key(|term| term.input);
            let items: Vec<String> = shown.iter().map(|term| writer.about(term.product)).collect();
            return format!(
                "its largest products {}, with {} more and the bias {}, add up to {}",
                join_with_and(&items),
                terms.len() - SHOWN_TERMS,
                writer.about(*bias),
                self.sum_value_text()
            );
        }
        let mut text = String::new();
        let mut total = 0.0;
        for value in terms.iter().map(|term| term.product).chain([*bias]) {
            let shown = writer.fixed(value);
            total += writer.rounded(value);
            match (text.is_empty(), shown.strip_prefix('−')) {
                (true, _) => text += &shown,
                (false, Some(digits)) => text += &format!(" − {digits}"),
                (false, None) => text += &format!(" + {shown}"),
            }
        }
        if writer.rounds_to_zero(*z) {
            return format!("{text}, unrounded, is {}", self.sum_value_text());
        }
        let rounded_z = writer.rounded(*z);
        let scale = terms
            .iter()
            .map(|term| term.product.abs())
            .fold(bias.abs(), f64::max);
        let is_equal = (total - rounded_z).abs() <= 1e-13 * scale.max(rounded_z.abs()) && writer.is_exact(*z);
        format!("{text} {} {}", if is_equal { "=" } else { "≈" }, writer.fixed(*z))
    }

    /// Returns the value of the sum, or “just above 0” or “just below 0” if it would be shown as 0.
    fn sum_value_text(&self) -> String {
        let z = self.formula.z;
        match self.writer.rounds_to_zero(z) {
            true if z > 0.0 => "just above 0".to_owned(),
            true => "just below 0".to_owned(),
            false => self.writer.about(z),
        }
    }

    /// Returns the sentence about its largest positive and its largest negative contribution.
    fn contributions_sentence(&self) -> String {
        let terms = &self.formula.terms;
        if let [only] = terms.as_slice() {
            let name = source_name(self.architecture, only.knob.layer, only.input);
            let amount = self.writer.about(only.product.abs());
            return if only.product > 0.0 {
                format!("Its only input, {name}, adds {amount}.")
            } else if only.product < 0.0 {
                format!("Its only input, {name}, takes away {amount}.")
            } else {
                format!("Its only input, {name}, adds nothing.")
            };
        }
        let largest = terms.iter().map(|term| term.product).fold(0.0, f64::max);
        let smallest = terms.iter().map(|term| term.product).fold(0.0, f64::min);
        match (largest > 0.0, smallest < 0.0) {
            (false, false) => "None of its inputs adds anything: every product is 0.".to_owned(),
            (true, false) => format!(
                "{}; no input opposes it.",
                capitalized(&self.largest_contribution("helper", largest))
            ),
            (false, true) => format!(
                "{}; no input helps it.",
                capitalized(&self.largest_contribution("opponent", smallest))
            ),
            (true, true) => format!(
                "{}, and {}.",
                capitalized(&self.largest_contribution("helper", largest)),
                self.largest_contribution("opponent", smallest)
            ),
        }
    }

    /// Returns “its largest helper is input 3 with 0.780”. Several contributions of the same size are named
    /// together.
    fn largest_contribution(&self, noun: &str, product: f64) -> String {
        let equal: Vec<&FormulaTerm> = self
            .formula
            .terms
            .iter()
            .filter(|term| term.product == product)
            .collect();
        let amount = self.writer.about(product);
        let name = |term: &&FormulaTerm| source_name(self.architecture, term.knob.layer, term.input);
        match equal.as_slice() {
            [only] => format!("its largest {noun} is {} with {amount}", name(only)),
            several if several.len() <= MAX_EQUAL => {
                let names: Vec<String> = several.iter().map(name).collect();
                format!(
                    "its largest {noun}s are equally {} with {amount} each",
                    join_with_and(&names)
                )
            }
            several => format!(
                "its largest {noun}s are equally {} inputs with {amount} each",
                several.len()
            ),
        }
    }

    /// Returns the sentence about changes that would take the neuron across `z = 0`, or an empty string if
    /// that has no meaning for its activation function.
    fn threshold_sentence(&self) -> String {
        let Formula { z, activation, .. } = *self.formula;
        let Some(change) = threshold_phrase(activation, z) else {
            return String::new();
        };
        if z == 0.0 {
            return format!("It stands exactly at its threshold: it {change} if its bias rose at all.");
        }
        let switch_points = SwitchPoints::from_formula(self.formula);
        let bias = Knob::bias(self.formula.at.layer, self.formula.at.neuron);
        let symbol = self.architecture.symbol(bias).to_unicode();
        let mut conditions = Vec::new();
        if let Some(SwitchPoint::At(value)) = switch_points.for_knob(bias) {
            conditions.push(format!(
                "its bias {symbol} {}",
                self.crossing_condition(z > 0.0, value)
            ));
        }
        if let Some((term, value)) = self.most_effective_input(&switch_points) {
            let name = source_name(self.architecture, term.knob.layer, term.input);
            conditions.push(format!(
                "{name} {}",
                self.crossing_condition((z > 0.0) == (term.weight > 0.0), value)
            ));
        }
        if conditions.is_empty() {
            return String::new();
        }
        format!("It {change} if {}.", conditions.join(", or if "))
    }

    /// Returns “fell below 1.790” or “rose above 1.790”.
    fn crossing_condition(&self, is_downwards: bool, value: f64) -> String {
        if is_downwards {
            format!(
                "fell below {}",
                self.writer.fixed_toward(value, RoundingDirection::Down)
            )
        } else {
            format!(
                "rose above {}",
                self.writer.fixed_toward(value, RoundingDirection::Up)
            )
        }
    }

    /// Returns the input with the largest weight among those whose value can bring `z` to 0, and that value:
    /// it has to change least.
    fn most_effective_input(&self, switch_points: &SwitchPoints) -> Option<(&FormulaTerm, f64)> {
        let features = self.features;
        let can_be = |term: &FormulaTerm, value: f64| match term.knob.layer.checked_sub(1) {
            // An input that is computed from others, or that others are computed from, does not change alone.
            None => !features.has_dependents(term.input) && features.feature(term.input).is_none(),
            Some(before) => {
                let activation = self.architecture.layers()[before].neurons[term.input].activation;
                let [from, to] = activation.info().output_range;
                // Values just beyond it have to be in the range, and so does its rounded form.
                let margin = 10_f64.powi(-(self.writer.decimals as i32)).max(1e-9);
                from + margin < value && value < to - margin
            }
        };
        let reachable = self.formula.terms.iter().filter_map(|term| {
            let value = switch_points.for_source(term.input)?.value()?;
            can_be(term, value).then_some((term, value))
        });
        reachable.max_by(|(a, _), (b, _)| {
            a.weight
                .abs()
                .total_cmp(&b.weight.abs())
                .then(b.input.cmp(&a.input))
        })
    }
}

/// Returns a phrase about the effect of `z` crossing 0, or `None` if it has no meaning for the activation
/// function.
pub fn threshold_phrase(activation: Activation, z: f64) -> Option<&'static str> {
    let [above, below] = match activation.info().threshold {
        Threshold::Switch | Threshold::LeakySwitch => ["would switch off", "would switch on"],
        Threshold::OneHalf => ["would drop below one half", "would rise above one half"],
        Threshold::Sign | Threshold::SoftSwitch => ["would turn negative", "would turn positive"],
        Threshold::None => return None,
    };
    Some(if z > 0.0 { above } else { below })
}

/// Returns a neuron's name in quotes, or “neuron” and its number. The layer is added unless it is the last
/// one.
pub(super) fn neuron_name(architecture: &Architecture, at: NeuronAddress) -> String {
    let label = match &architecture.layers()[at.layer].neurons[at.neuron].name {
        Some(name) => quoted(name),
        None => format!("neuron {}", at.neuron + 1),
    };
    if at.layer == architecture.last_layer() {
        label
    } else {
        format!("{label} of layer {}", at.layer + 1)
    }
}

/// Returns the name of an input of a layer: an input of the network or a neuron of the previous layer.
pub(super) fn source_name(architecture: &Architecture, layer: usize, input: usize) -> String {
    match layer.checked_sub(1) {
        Some(before) => neuron_name(
            architecture,
            NeuronAddress {
                layer: before,
                neuron: input,
            },
        ),
        None => match &architecture.input_names()[input] {
            Some(name) => quoted(name),
            None => format!("input {}", input + 1),
        },
    }
}

/// Returns a name in quotes, with single spaces.
fn quoted(name: &str) -> String {
    let words: Vec<&str> = name.split_whitespace().collect();
    format!("“{}”", words.join(" "))
}
