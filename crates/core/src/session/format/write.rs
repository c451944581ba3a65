//! Writing of documents as JSON.

use std::fmt::Write as _;

use super::{VERSION, training_setup};
use crate::session::training_config::DataPath;
use crate::session::{Document, SavedState, ValueRange};

/// Returns the document as JSON: each row of numbers on its own line, default values left out.
pub fn write(document: &Document) -> String {
    write_with(document, |file| file.path_in_document.clone())
}

/// Returns the document as JSON as [`write()`] does. `name` returns the path to write for a data file.
pub(crate) fn write_with(document: &Document, name: impl Fn(&DataPath) -> String) -> String {
    let architecture = document.network.architecture();
    let mut fields = vec![format!("\"neurodial\": {VERSION}")];
    if !document.note.is_empty() {
        fields.push(format!("\"note\": {}", quoted(&document.note)));
    }
    fields.push(format!("\"inputs\": {}", row(&document.inputs)));
    if architecture.input_names().iter().any(Option::is_some) {
        fields.push(format!(
            "\"input_names\": {}",
            names(architecture.input_names().iter())
        ));
    }
    let layers = (0..architecture.layers().len()).map(|layer| layer_text(document, layer));
    fields.push(format!(
        "\"layers\": [{}\n  ]",
        layers.collect::<Vec<_>>().join(",")
    ));
    if !document.ranges.is_empty() {
        let ranges = document.ranges.iter().map(|(target, range)| {
            let ValueRange { min, max, step } = *range;
            let [min, max, step] = [min, max, step].map(number);
            format!("\n    \"{target}\": {{\"min\": {min}, \"max\": {max}, \"step\": {step}}}")
        });
        fields.push(format!(
            "\"ranges\": {{{}\n  }}",
            ranges.collect::<Vec<_>>().join(",")
        ));
    }
    if !document.locked.is_empty() {
        let locked = document.locked.iter().map(|knob| format!("\"{knob}\""));
        fields.push(format!("\"locked\": [{}]", locked.collect::<Vec<_>>().join(", ")));
    }
    if !document.saved_inputs.is_empty() {
        let cases = document
            .saved_inputs
            .iter()
            .map(|case| format!("\n    {}", row(case)));
        fields.push(format!(
            "\"cases\": [{}\n  ]",
            cases.collect::<Vec<_>>().join(",")
        ));
    }
    for (name, all) in [
        ("pins", &document.snapshots),
        ("experiments", &document.experiment_rows),
    ] {
        if !all.is_empty() {
            let all: Vec<String> = all.iter().map(saved_state_text).collect();
            fields.push(format!("\"{name}\": [{}\n  ]", all.join(",")));
        }
    }
    if let Some(setup) = &document.training_setup {
        fields.extend(training_setup::write(setup, &name));
    }
    if !document.ignored_keys.is_empty() {
        let keys = document.ignored_keys.iter().map(|key| quoted(&key.name));
        fields.push(format!(
            "\"ignorable\": [{}]",
            keys.collect::<Vec<_>>().join(", ")
        ));
        let values = document.ignored_keys.iter();
        fields.extend(values.map(|key| format!("{}: {}", quoted(&key.name), key.json)));
    }
    format!("{{\n  {}\n}}\n", fields.join(",\n  "))
}

fn saved_state_text(kept: &SavedState) -> String {
    let SavedState { name, knobs, inputs } = kept;
    let (name, knobs, inputs) = (quoted(name), row(knobs), row(inputs));
    format!("\n    {{\"name\": {name}, \"knobs\": {knobs}, \"inputs\": {inputs}}}")
}

fn layer_text(document: &Document, layer: usize) -> String {
    let view = document.network.layer(layer);
    let mut text = String::from("\n    {\n");
    let neurons = &view.plan.neurons;
    // Writing to a `String` can't fail.
    let _ = match view.plan.activation() {
        Some(activation) => write!(text, "      \"activation\": \"{activation}\""),
        None => {
            let all = neurons.iter().map(|neuron| format!("\"{}\"", neuron.activation));
            write!(
                text,
                "      \"activations\": [{}]",
                all.collect::<Vec<_>>().join(", ")
            )
        }
    };
    if neurons.iter().any(|neuron| neuron.name.is_some()) {
        let _ = write!(
            text,
            ",\n      \"names\": {}",
            names(neurons.iter().map(|n| &n.name))
        );
    }
    text.push_str(",\n      \"weights\": [");
    for neuron in 0..neurons.len() {
        let comma = if neuron > 0 { "," } else { "" };
        let _ = write!(text, "{comma}\n        {}", row(view.weights_of(neuron)));
    }
    let _ = write!(text, "\n      ],\n      \"biases\": {}\n    }}", row(view.biases));
    text
}

pub(super) fn row(values: &[f64]) -> String {
    let mut text = String::with_capacity(values.len() * 8 + 2);
    text.push('[');
    for (index, &value) in values.iter().enumerate() {
        if index > 0 {
            text.push_str(", ");
        }
        text.push_str(&number(value));
    }
    text.push(']');
    text
}

/// Returns the fewest digits that give the same bits again.
pub(super) fn number(value: f64) -> String {
    serde_json::to_string(&value).unwrap_or_default()
}

pub(super) fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

fn names<'a>(names: impl Iterator<Item = &'a Option<String>>) -> String {
    let all = names.map(|name| name.as_deref().map_or_else(|| "null".to_owned(), quoted));
    format!("[{}]", all.collect::<Vec<_>>().join(", "))
}
