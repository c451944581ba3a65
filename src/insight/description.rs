//! The whole picture in words.

use crate::network::NeuronAt;
use crate::session::Session;
use crate::words::fixed;

use super::Insight;

/// More outputs than this are not listed one by one.
const MOST_OUTPUTS: usize = 16;

/// What the network is and what it computes now, in sentences.
pub fn of(session: &Session, insight: &Insight) -> String {
    let blueprint = session.blueprint();
    let number = |value: f64| fixed(value, session.view().decimals);
    let layers: Vec<String> = blueprint
        .layers()
        .iter()
        .map(|plan| {
            let activation = plan.activation().map_or("mixed", |activation| activation.name());
            format!("{} ({activation})", counted(plan.neurons.len(), "neuron"))
        })
        .collect();
    let mut text = format!(
        "A dense neural network: {}, then {}.",
        counted(blueprint.inputs(), "input"),
        layers.join(", then ")
    );
    let last = blueprint.last_layer();
    let width = blueprint.width(last);
    let outputs: Vec<String> = (0..width.min(MOST_OUTPUTS))
        .map(|neuron| {
            let at = NeuronAt { layer: last, neuron };
            let value = insight.trace().a(last, neuron)[0];
            format!("{} {}", blueprint.neuron_words(at), number(value))
        })
        .collect();
    text += &format!(" Its outputs are {}", outputs.join(", "));
    if width > MOST_OUTPUTS {
        text += &format!(" and {} more", width - MOST_OUTPUTS);
    }
    text + "."
}

fn counted(count: usize, noun: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {noun}{plural}")
}
