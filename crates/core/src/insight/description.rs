//! The whole picture in words: what the network is, what comes in, what comes out, and how the selected neuron
//! comes to its number.
//!
//! Every sentence is true of the numbers themselves, not only of their rounded forms: what is rounded is “about”
//! so much, a number that would read as 0 is said to be less than the last decimal, and thresholds are rounded to
//! the side on which what is said of them holds.

mod figures;
mod neuron;

pub use neuron::crossing;

use crate::network::{Activation, Blueprint, NeuronAt, Trace};
use crate::session::Session;

use super::Insight;
use figures::{Figures, listed, sentence};

/// More outputs than this are not named one by one, but the largest of them.
const MOST_OUTPUTS: usize = 64;
/// So many of the largest.
const LARGEST: usize = 8;
/// More inputs than this are not named one by one.
const MOST_INPUTS: usize = 16;

/// The description, in sentences.
pub fn of(session: &Session, insight: &Insight) -> String {
    paragraphs(session, insight).join(" ")
}

/// The same in paragraphs: the network, what comes in and out, and the selected neuron.
pub fn paragraphs(session: &Session, insight: &Insight) -> Vec<String> {
    let blueprint = session.blueprint();
    let figures = Figures {
        decimals: session.view().decimals,
    };
    let whole = vec![format!("A dense neural network: {}", blueprint.shape_words())];
    let mut numbers = vec![inputs(blueprint, insight.trace(), figures)];
    numbers.push(outputs(blueprint, insight.trace(), figures));
    numbers.extend(classes(blueprint, insight.trace(), figures));
    let neuron = neuron::sentences(
        (blueprint, session.document().features()),
        insight.formula(),
        figures,
    );
    let paragraphs = [whole, numbers, neuron.into_iter().collect()].into_iter();
    paragraphs
        .map(|mut sentences: Vec<String>| {
            sentences.retain(|sentence| !sentence.is_empty());
            sentences.join(" ")
        })
        .filter(|paragraph| !paragraph.is_empty())
        .collect()
}

/// A neuron's name in quotes or its number; with its layer where there are several, unless it is the last.
fn neuron_name(blueprint: &Blueprint, at: NeuronAt) -> String {
    let label = match &blueprint.layers()[at.layer].neurons[at.neuron].name {
        Some(name) => quoted(name),
        None => format!("neuron {}", at.neuron + 1),
    };
    if at.layer == blueprint.last_layer() {
        label
    } else {
        format!("{label} of layer {}", at.layer + 1)
    }
}

/// What comes into a layer.
fn source_name(blueprint: &Blueprint, layer: usize, input: usize) -> String {
    match layer.checked_sub(1) {
        Some(before) => neuron_name(
            blueprint,
            NeuronAt {
                layer: before,
                neuron: input,
            },
        ),
        None => match &blueprint.input_names()[input] {
            Some(name) => quoted(name),
            None => format!("input {}", input + 1),
        },
    }
}

/// A name that somebody gave; blanks in it are single.
fn quoted(name: &str) -> String {
    let words: Vec<&str> = name.split_whitespace().collect();
    format!("“{}”", words.join(" "))
}

/// “, rounded to 3 decimals,” where one of the numbers is rounded.
fn rounding(values: impl IntoIterator<Item = f64>, figures: Figures) -> String {
    if values
        .into_iter()
        .all(|value| !value.is_finite() || figures.is_exact(value))
    {
        return String::new();
    }
    match figures.decimals {
        0 => ", rounded to whole numbers,".to_owned(),
        1 => ", rounded to 1 decimal,".to_owned(),
        decimals => format!(", rounded to {decimals} decimals,"),
    }
}

fn inputs(blueprint: &Blueprint, trace: &Trace, figures: Figures) -> String {
    let count = blueprint.inputs();
    let values = || (0..count.min(MOST_INPUTS)).map(|input| trace.x(input)[0]);
    let is_named = blueprint.input_names().iter().any(Option::is_some);
    let mut items: Vec<String> = values()
        .enumerate()
        .map(|(input, value)| match is_named {
            true => format!(
                "{} for {}",
                figures.fixed(value),
                source_name(blueprint, 0, input)
            ),
            false => figures.fixed(value),
        })
        .collect();
    if count > MOST_INPUTS {
        items.push(format!("{} more", count - MOST_INPUTS));
    }
    let rounded = rounding(values(), figures);
    match (count, items.as_slice()) {
        (1, [only]) => format!("The input{rounded} is {only}."),
        _ => format!("The inputs{rounded} are {}.", listed(&items)),
    }
}

fn outputs(blueprint: &Blueprint, trace: &Trace, figures: Figures) -> String {
    let layer = blueprint.last_layer();
    let a = &trace.layers()[layer].a;
    let item = |neuron: usize| {
        let name = neuron_name(blueprint, NeuronAt { layer, neuron });
        format!("{} for {name}", figures.fixed(a[neuron]))
    };
    if a.len() > MOST_OUTPUTS {
        let largest = largest(a, LARGEST);
        let rounded = rounding(largest.iter().map(|&neuron| a[neuron]), figures);
        let items: Vec<String> = largest.into_iter().map(item).collect();
        return format!(
            "The largest of the {} outputs{rounded} are {}; and there are {} more.",
            a.len(),
            listed(&items),
            a.len() - LARGEST
        );
    }
    let rounded = rounding(a.iter().copied(), figures);
    match (a.len(), &blueprint.layers()[layer].neurons[0].name) {
        (1, None) => format!("The output{rounded} is {}.", figures.fixed(a[0])),
        (1, Some(_)) => format!("The output{rounded} is {}.", item(0)),
        (count, _) => {
            let items: Vec<String> = (0..count).map(item).collect();
            format!("The outputs{rounded} are {}.", listed(&items))
        }
    }
}

/// The places of the `count` largest values, the largest first.
fn largest(values: &[f64], count: usize) -> Vec<usize> {
    let mut places: Vec<usize> = (0..values.len()).collect();
    let order = |&left: &usize, &right: &usize| values[right].total_cmp(&values[left]).then(left.cmp(&right));
    if count < places.len() {
        places.select_nth_unstable_by(count, order);
        places.truncate(count);
    }
    places.sort_by(order);
    places
}

/// For a softmax at the end: the most probable class and the runner-up.
fn classes(blueprint: &Blueprint, trace: &Trace, figures: Figures) -> Option<String> {
    let layer = blueprint.last_layer();
    let a = &trace.layers()[layer].a;
    if blueprint.layers()[layer].activation() != Some(Activation::Softmax)
        || a.iter().any(|share| !share.is_finite())
    {
        return None;
    }
    if a.len() == 1 {
        return Some("A softmax over a single neuron is always 1.".to_owned());
    }
    let name = |&neuron: &usize| neuron_name(blueprint, NeuronAt { layer, neuron });
    let top = a.iter().copied().fold(0.0, f64::max);
    let first: Vec<usize> = (0..a.len()).filter(|&neuron| a[neuron] == top).collect();
    if first.len() > 1 {
        let names: Vec<String> = if first.len() <= LARGEST {
            first.iter().map(name).collect()
        } else {
            vec![format!("{} classes", first.len())]
        };
        let share = figures.about(top);
        return Some(sentence(&format!(
            "{} are equally the most probable, with a share of {share} each.",
            listed(&names)
        )));
    }
    let mut words = format!(
        "{} is the most probable, with a share of {}",
        name(&first[0]),
        figures.about(top)
    );
    let below = a.iter().copied().filter(|&share| share < top).fold(0.0, f64::max);
    let second: Vec<usize> = (0..a.len())
        .filter(|&neuron| a[neuron] == below && neuron != first[0])
        .collect();
    let share = figures.about(below);
    let is_close = figures.fixed(top) == figures.fixed(below);
    words += &match second.as_slice() {
        [only] if is_close => format!("; {} is just behind", name(only)),
        [only] => format!("; {} comes next, with {share}", name(only)),
        several if several.len() <= LARGEST => {
            let names: Vec<String> = several.iter().map(name).collect();
            format!("; {} come next, equally with {share} each", listed(&names))
        }
        several => format!("; {} others come next, equally with {share} each", several.len()),
    };
    Some(sentence(&(words + ".")))
}
