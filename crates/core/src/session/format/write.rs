//! Writing of documents as JSON.

use std::fmt::Write as _;

use crate::data::{ComputedFeature, PointTarget};
use crate::session::training_config::DataPath;
use crate::session::{DataSource, Document, SavedState, TrainingSetup, ValueRange};
use crate::training::Regularization;

use super::document_file::VERSION;

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
        fields.extend(training_setup_fields(setup, &name));
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

/// Returns the two fields of a training setup. `name` returns the path to write for a data file.
fn training_setup_fields(setup: &TrainingSetup, name: &dyn Fn(&DataPath) -> String) -> [String; 2] {
    let config = setup.config();
    let mut data = source_fields(&config.source, name);
    let text = |text: &str| quoted(text);
    let texts = |all: &[String]| {
        let all: Vec<String> = all.iter().map(|one| quoted(one)).collect();
        format!("[{}]", all.join(", "))
    };
    if matches!(config.source, DataSource::Generated(_)) {
        data.push(format!("\"samples\": {}", config.samples));
        data.push(format!("\"noise\": {}", number(config.noise)));
    }
    data.push(format!("\"seed\": {}", config.seed));
    data.push(format!("\"test\": {}", number(config.test_fraction)));
    if !config.features.is_empty() {
        let features: Vec<String> = config.features.iter().map(ComputedFeature::to_string).collect();
        data.push(format!("\"features\": {}", texts(&features)));
    }
    data.push(format!("\"standardise\": {}", config.is_standardized));
    if config.has_class_targets {
        data.push("\"targets\": \"classes\"".to_owned());
    }
    let mut training = Vec::new();
    if let Some(loss) = config.loss {
        training.push(format!("\"loss\": {}", text(loss.name())));
    }
    let Regularization { l1, l2 } = config.regularization;
    training.push(format!("\"l1\": {}, \"l2\": {}", number(l1), number(l2)));
    training.push(format!("\"optimizer\": {}", text(config.optimizer.name())));
    training.push(format!("\"learning_rate\": {}", number(config.learning_rate)));
    training.push(match config.schedule {
        crate::training::LearningRateSchedule::Exponential(factor) => {
            format!("\"schedule\": {}", number(factor))
        }
        named => format!("\"schedule\": {}", text(&named.to_string())),
    });
    training.push(match config.batch_size {
        Some(samples) => format!("\"batch\": {samples}"),
        None => "\"batch\": \"all\"".to_owned(),
    });
    training.push(format!("\"epochs\": {}", config.epochs));
    [
        format!("\"data\": {{{}}}", data.join(", ")),
        format!("\"training\": {{{}}}", training.join(", ")),
    ]
}

fn source_fields(source: &DataSource, name: &dyn Fn(&DataPath) -> String) -> Vec<String> {
    let checksum = |sum: u64| format!("\"checksum\": \"{sum:016x}\"");
    let texts = |all: &[String]| {
        let all: Vec<String> = all.iter().map(|one| quoted(one)).collect();
        format!("[{}]", all.join(", "))
    };
    match source {
        DataSource::Generated(_) | DataSource::Bundled(_) => {
            vec![format!("\"set\": {}", quoted(&source.name()))]
        }
        DataSource::Table(table) => {
            let mut fields = vec![format!("\"file\": {}", quoted(&name(&table.file)))];
            if let Some(target) = &table.target {
                fields.push(format!("\"target\": {}", quoted(target)));
            }
            if let Some(columns) = &table.columns {
                fields.push(format!("\"columns\": {}", texts(columns)));
            }
            if table.skips_unreadable_rows {
                fields.push("\"skip_bad_rows\": true".to_owned());
            }
            fields.push(checksum(table.checksum));
            fields
        }
        DataSource::Pair(pair) => vec![
            format!("\"inputs_file\": {}", quoted(&name(&pair.inputs))),
            format!("\"targets_file\": {}", quoted(&name(&pair.targets))),
            checksum(pair.checksum),
        ],
        DataSource::Custom(points) => {
            let rows = points.points().iter().map(|point| {
                let inputs = row(&point.inputs);
                let target = match points.target() {
                    PointTarget::Number(_) => number(point.target),
                    PointTarget::Classes(classes) => quoted(&classes[point.target as usize]),
                };
                format!("\n    {}, {target}]", inputs.trim_end_matches(']'))
            });
            let rows = rows.collect::<Vec<_>>().join(",");
            let kind = match points.target() {
                PointTarget::Number(name) => format!("\"target\": {}", quoted(name)),
                PointTarget::Classes(classes) => format!("\"classes\": {}", texts(classes)),
            };
            let names = format!("\"inputs\": {}", texts(points.input_names()));
            vec![format!("\"points\": [{rows}]"), names, kind]
        }
    }
}

fn row(values: &[f64]) -> String {
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
fn number(value: f64) -> String {
    serde_json::to_string(&value).unwrap_or_default()
}

fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

fn names<'a>(names: impl Iterator<Item = &'a Option<String>>) -> String {
    let all = names.map(|name| name.as_deref().map_or_else(|| "null".to_owned(), quoted));
    format!("[{}]", all.collect::<Vec<_>>().join(", "))
}
