//! Describes the network in sentences: its architecture, inputs and outputs, and the computation of the
//! selected neuron.
//!
//! Every sentence is true of the exact numbers, not only of their rounded forms: a rounded number is preceded
//! by “about”, a number that would be shown as 0 is said to be less than the last decimal, and thresholds are
//! rounded to the side on which the statement holds.

mod number_writer;

use crate::network::{Activation, Architecture, DependentInputs, ForwardPass, Knob, NeuronAddress};
use crate::session::{ComputedFeatures, Session};

use super::switch_point::SwitchPoint;
use super::{Formula, FormulaTerm, Insight, SwitchPoints};
use number_writer::{NumberWriter, RoundingDirection, capitalized, join_with_and};

/// If there are more outputs than this, only the largest are listed.
const MAX_LISTED_OUTPUTS: usize = 64;
/// The number of the largest outputs that are then listed.
const LARGEST_LISTED: usize = 8;
/// The maximum number of inputs that are listed.
const MAX_LISTED_INPUTS: usize = 16;

/// Returns the description as one text.
pub fn describe(session: &Session, insight: &Insight) -> String {
    paragraphs(session, insight).join(" ")
}

/// Returns the description in paragraphs: the network, its inputs and outputs, and the selected neuron.
pub fn paragraphs(session: &Session, insight: &Insight) -> Vec<String> {
    let architecture = session.architecture();
    let writer = NumberWriter {
        decimals: session.view().decimals,
    };
    let network = vec![format!("A dense neural network: {}", architecture.summary())];
    let mut numbers = vec![inputs_sentence(architecture, insight.forward_pass(), writer)];
    numbers.push(outputs_sentence(architecture, insight.forward_pass(), writer));
    numbers.extend(classes_sentence(architecture, insight.forward_pass(), writer));
    let neuron = sentences(
        (architecture, session.document().features()),
        insight.formula(),
        writer,
    );
    let paragraphs = [network, numbers, neuron.into_iter().collect()].into_iter();
    paragraphs
        .map(|mut sentences: Vec<String>| {
            sentences.retain(|sentence| !sentence.is_empty());
            sentences.join(" ")
        })
        .filter(|paragraph| !paragraph.is_empty())
        .collect()
}

/// Returns a neuron's name in quotes, or “neuron” and its number. The layer is added unless it is the last
/// one.
fn neuron_name(architecture: &Architecture, at: NeuronAddress) -> String {
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
fn source_name(architecture: &Architecture, layer: usize, input: usize) -> String {
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

/// Returns “, rounded to 3 decimals,” if one of the numbers is rounded, else an empty string.
fn rounding_note(values: impl IntoIterator<Item = f64>, writer: NumberWriter) -> String {
    if values
        .into_iter()
        .all(|value| !value.is_finite() || writer.is_exact(value))
    {
        return String::new();
    }
    match writer.decimals {
        0 => ", rounded to whole numbers,".to_owned(),
        1 => ", rounded to 1 decimal,".to_owned(),
        decimals => format!(", rounded to {decimals} decimals,"),
    }
}

/// Returns the sentence about the inputs.
fn inputs_sentence(architecture: &Architecture, forward_pass: &ForwardPass, writer: NumberWriter) -> String {
    let count = architecture.input_count();
    let values = || (0..count.min(MAX_LISTED_INPUTS)).map(|input| forward_pass.x(input)[0]);
    let is_named = architecture.input_names().iter().any(Option::is_some);
    let mut items: Vec<String> = values()
        .enumerate()
        .map(|(input, value)| match is_named {
            true => format!(
                "{} for {}",
                writer.fixed(value),
                source_name(architecture, 0, input)
            ),
            false => writer.fixed(value),
        })
        .collect();
    if count > MAX_LISTED_INPUTS {
        items.push(format!("{} more", count - MAX_LISTED_INPUTS));
    }
    let rounded = rounding_note(values(), writer);
    match (count, items.as_slice()) {
        (1, [only]) => format!("The input{rounded} is {only}."),
        _ => format!("The inputs{rounded} are {}.", join_with_and(&items)),
    }
}

/// Returns the sentence about the outputs.
fn outputs_sentence(architecture: &Architecture, forward_pass: &ForwardPass, writer: NumberWriter) -> String {
    let layer = architecture.last_layer();
    let a = &forward_pass.layers()[layer].a;
    let item = |neuron: usize| {
        let name = neuron_name(architecture, NeuronAddress { layer, neuron });
        format!("{} for {name}", writer.fixed(a[neuron]))
    };
    if a.len() > MAX_LISTED_OUTPUTS {
        let largest = largest_indices(a, LARGEST_LISTED);
        let rounded = rounding_note(largest.iter().map(|&neuron| a[neuron]), writer);
        let items: Vec<String> = largest.into_iter().map(item).collect();
        return format!(
            "The largest of the {} outputs{rounded} are {}; and there are {} more.",
            a.len(),
            join_with_and(&items),
            a.len() - LARGEST_LISTED
        );
    }
    let rounded = rounding_note(a.iter().copied(), writer);
    match (a.len(), &architecture.layers()[layer].neurons[0].name) {
        (1, None) => format!("The output{rounded} is {}.", writer.fixed(a[0])),
        (1, Some(_)) => format!("The output{rounded} is {}.", item(0)),
        (count, _) => {
            let items: Vec<String> = (0..count).map(item).collect();
            format!("The outputs{rounded} are {}.", join_with_and(&items))
        }
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

/// Describes the most probable class and the second one, if the last layer is a softmax. Returns `None`
/// otherwise or if an output is not finite.
fn classes_sentence(
    architecture: &Architecture,
    forward_pass: &ForwardPass,
    writer: NumberWriter,
) -> Option<String> {
    let layer = architecture.last_layer();
    let a = &forward_pass.layers()[layer].a;
    if architecture.layers()[layer].activation() != Some(Activation::Softmax)
        || a.iter().any(|probability| !probability.is_finite())
    {
        return None;
    }
    if a.len() == 1 {
        return Some("A softmax over a single neuron is always 1.".to_owned());
    }
    let name = |&neuron: &usize| neuron_name(architecture, NeuronAddress { layer, neuron });
    let top = a.iter().copied().fold(0.0, f64::max);
    let first: Vec<usize> = (0..a.len()).filter(|&neuron| a[neuron] == top).collect();
    if first.len() > 1 {
        let names: Vec<String> = if first.len() <= LARGEST_LISTED {
            first.iter().map(name).collect()
        } else {
            vec![format!("{} classes", first.len())]
        };
        let probability = writer.about(top);
        return Some(capitalized(&format!(
            "{} are equally the most probable, with a share of {probability} each.",
            join_with_and(&names)
        )));
    }
    let mut sentence = format!(
        "{} is the most probable, with a share of {}",
        name(&first[0]),
        writer.about(top)
    );
    let below = a
        .iter()
        .copied()
        .filter(|&probability| probability < top)
        .fold(0.0, f64::max);
    let second: Vec<usize> = (0..a.len())
        .filter(|&neuron| a[neuron] == below && neuron != first[0])
        .collect();
    let probability = writer.about(below);
    let is_close = writer.fixed(top) == writer.fixed(below);
    sentence += &match second.as_slice() {
        [only] if is_close => format!("; {} is just behind", name(only)),
        [only] => format!("; {} comes next, with {probability}", name(only)),
        several if several.len() <= LARGEST_LISTED => {
            let names: Vec<String> = several.iter().map(name).collect();
            format!(
                "; {} come next, equally with {probability} each",
                join_with_and(&names)
            )
        }
        several => format!(
            "; {} others come next, equally with {probability} each",
            several.len()
        ),
    };
    Some(capitalized(&(sentence + ".")))
}

/// The maximum number of products with which a sum is written out in full.
const MAX_TERMS: usize = 8;
/// The number of largest products that are listed otherwise.
const SHOWN_TERMS: usize = 3;
/// The maximum number of equal contributions that are named; more of them are counted.
const MAX_EQUAL: usize = 4;

/// Returns the sentences about a neuron: its state and weighted sum, its largest contributions, and the
/// changes that would take it across its threshold.
fn sentences(
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
        let state = state_phrase(activation, z);
        let sum = self.sum_text();
        let end = match activation {
            Activation::Linear => String::new(),
            Activation::Step if z > 0.0 => ", so it gives 1".to_owned(),
            Activation::Step | Activation::Relu if z <= 0.0 => ", so it gives 0".to_owned(),
            Activation::Relu | Activation::LeakyRelu | Activation::Elu if z > 0.0 => {
                ", and it passes that on".to_owned()
            }
            Activation::Softmax => {
                let probability = self.writer.about(self.formula.output);
                format!(", and the softmax gives it a share of {probability}")
            }
            other => {
                let output = self.writer.about(self.formula.output);
                format!(", and {} makes {output} of it", activation_phrase(other))
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
                let [from, to] =
                    output_range(self.architecture.layers()[before].neurons[term.input].activation);
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

/// Returns the open interval of the outputs of an activation function.
fn output_range(activation: Activation) -> [f64; 2] {
    let infinity = f64::INFINITY;
    match activation {
        Activation::Linear | Activation::LeakyRelu => [-infinity, infinity],
        Activation::Step | Activation::Sigmoid | Activation::Softmax => [0.0, 1.0],
        Activation::Relu | Activation::Softplus => [0.0, infinity],
        Activation::Elu => [-1.0, infinity],
        Activation::Tanh | Activation::Sine => [-1.0, 1.0],
        // The minima, rounded a little towards 0.
        Activation::Silu => [-0.278, infinity],
        Activation::Gelu => [-0.169, infinity],
    }
}

/// Returns a phrase about a neuron's state, given its weighted sum.
fn state_phrase(activation: Activation, z: f64) -> &'static str {
    use Activation as A;
    let a = activation.apply(z);
    match activation {
        A::Step | A::Relu if z > 0.0 => "is on",
        A::Step | A::Relu => "is off",
        A::LeakyRelu if z > 0.0 => "is on",
        A::LeakyRelu if z < 0.0 => "is off and only leaks",
        A::Elu if z > 0.0 => "is on",
        A::Elu if z < -3.0 => "is saturated near −1",
        A::Elu if z < 0.0 => "is off, in its bend",
        A::Sigmoid if a > 0.99 => "is saturated near 1",
        A::Sigmoid if a < 0.01 => "is saturated near 0",
        A::Sigmoid if z > 0.0 => "is above one half",
        A::Sigmoid if z < 0.0 => "is below one half",
        A::Sigmoid => "is at one half",
        A::Tanh if a > 0.99 => "is saturated near 1",
        A::Tanh if a < -0.99 => "is saturated near −1",
        A::Tanh if z > 0.0 => "is positive",
        A::Tanh if z < 0.0 => "is negative",
        A::Softplus if z > 5.0 => "passes on a little more than its sum",
        A::Softplus if z < -5.0 => "is almost off",
        A::Softplus => "is in its bend",
        A::Silu | A::Gelu if z > 0.0 => "lets more than half of its sum through",
        A::Silu | A::Gelu if z < 0.0 => "lets less than half of its sum through",
        A::Linear => "passes its sum on",
        A::Sine => "swings with its sum",
        A::Softmax => "competes with its layer",
        _ => "is at 0",
    }
}

/// Returns a phrase about the effect of `z` crossing 0, or `None` if it has no meaning for the activation
/// function.
pub fn threshold_phrase(activation: Activation, z: f64) -> Option<&'static str> {
    use Activation as A;
    Some(match activation {
        A::Step | A::Relu | A::LeakyRelu | A::Elu if z > 0.0 => "would switch off",
        A::Step | A::Relu | A::LeakyRelu | A::Elu => "would switch on",
        A::Sigmoid if z > 0.0 => "would drop below one half",
        A::Sigmoid => "would rise above one half",
        A::Linear | A::Tanh | A::Silu | A::Gelu if z > 0.0 => "would turn negative",
        A::Linear | A::Tanh | A::Silu | A::Gelu => "would turn positive",
        A::Softplus | A::Sine | A::Softmax => return None,
    })
}

/// Returns the name of an activation function as the subject of a sentence.
fn activation_phrase(activation: Activation) -> &'static str {
    match activation {
        Activation::LeakyRelu => "the leak",
        Activation::Sigmoid => "the sigmoid",
        Activation::Sine => "the sine",
        other => other.name(),
    }
}
