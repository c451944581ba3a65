//! Describes the network in sentences: its architecture, inputs and outputs, and the computation of the
//! selected neuron.
//!
//! Every sentence is true of the exact numbers, not only of their rounded forms: a rounded number is preceded
//! by “about”, a number that would be shown as 0 is said to be less than the last decimal, and thresholds are
//! rounded to the side on which the statement holds.

mod neuron;
mod number_writer;

pub use neuron::threshold_phrase;

use crate::network::{Architecture, ForwardPass, NeuronAddress};
use crate::session::Session;
use crate::text::count_with_noun;

use super::Insight;
use neuron::{neuron_name, source_name};
use number_writer::{NumberWriter, capitalized, join_with_and};

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
    let neuron = neuron::sentences(
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
        decimals => format!(", rounded to {},", count_with_noun(decimals, "decimal")),
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
    if !architecture.layers()[layer].is_softmax() || a.iter().any(|probability| !probability.is_finite()) {
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
