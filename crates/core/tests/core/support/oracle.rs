//! Reads the reference values in `oracle`.

use neurodial_core::network::{Architecture, Network};
use serde_json::Value;

/// Returns the cases of one file.
pub fn cases(json: &str) -> Vec<Value> {
    serde_json::from_str(json).unwrap()
}

pub fn numbers(value: &Value) -> Vec<f64> {
    let array = value.as_array().unwrap();
    array.iter().map(|number| number.as_f64().unwrap()).collect()
}

pub fn rows(value: &Value) -> Vec<Vec<f64>> {
    value.as_array().unwrap().iter().map(numbers).collect()
}

/// Turns `[sample][column]` into `[column][sample]`, the order in which the crate takes samples.
pub fn columns(rows: &[Vec<f64>]) -> Vec<f64> {
    (0..rows[0].len())
        .flat_map(|column| rows.iter().map(move |row| row[column]))
        .collect()
}

/// Puts weights `[layer][neuron][input]` and biases `[layer][neuron]` into the flat order of knobs.
pub fn flat_knobs(weights: &Value, biases: &Value) -> Vec<f64> {
    let layers = weights.as_array().unwrap().iter().zip(biases.as_array().unwrap());
    layers
        .flat_map(|(weights, biases)| [rows(weights).concat(), numbers(biases)].concat())
        .collect()
}

/// Returns the network of a case.
pub fn network(case: &Value) -> Network {
    let mut layers = Vec::new();
    let mut knobs = Vec::new();
    for layer in case["layers"].as_array().unwrap() {
        let biases = numbers(&layer["biases"]);
        let activation = layer["activation"].as_str().unwrap();
        layers.push((biases.len(), activation.parse().unwrap()));
        knobs.extend(rows(&layer["weights"]).concat());
        knobs.extend(biases);
    }
    let inputs = rows(&case["x"])[0].len();
    Network::from_knobs(Architecture::dense(inputs, &layers).unwrap(), knobs).unwrap()
}
