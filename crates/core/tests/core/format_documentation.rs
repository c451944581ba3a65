//! `docs/format.md` has every key and every name, and its examples are documents.

use std::collections::BTreeSet;

use neurodial_core::formats::json::{read, write};
use neurodial_core::network::Activation;
use neurodial_core::session::DataSource;
use neurodial_core::training::{Loss, Optimizer};

const DOCUMENTATION: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/format.md"));

/// A document with all keys but those of data.
const ALL_KEYS: &str = r#"{"neurodial":1,"note":"n","inputs":[0],"input_names":["a"],
    "layers":[{"activation":"relu","names":["b"],"weights":[[1]],"biases":[0]},
        {"activations":["relu","tanh"],"weights":[[1],[2]],"biases":[0,0]}],
    "ranges":{"b[1,1]":{"min":0,"max":1,"step":0.5}},"locked":["b[1,1]"],"cases":[[1]],
    "pins":[{"knobs":[1,2,3,4,5,6],"inputs":[0]}],"experiments":[{"knobs":[1,2,3,4,5,6],"inputs":[0]}],
    "cell":{"current":3,"refractory":2},
    "layout":"train","ignorable":["credits"],"credits":{},"data":{},"training":{"loss":"hinge"}}"#;

const DATA: [&str; 6] = [
    r#"{"condition":"x2 > x1","samples":50,"noise":0.1}"#,
    r#"{"set":"sine","features":["x1^2"],"targets":"classes"}"#,
    r#"{"file":"f.csv","target":"1","columns":["2"],"skip_bad_rows":true,
        "encoding":"utf-8","separator":";","decimal":",","thousands":".","dates":"dmy","header":"yes","comment":"%","missing":["x"],"sheet":"1","merge_classes":true}"#,
    r#"{"inputs_file":"x.csv","targets_file":"y.csv"}"#,
    r#"{"points":[[1,2]]}"#,
    r#"{"points":[[1,2,"a"]],"classes":["a"]}"#,
];

fn add_keys(value: &serde_json::Value, keys: &mut BTreeSet<String>) {
    match value {
        serde_json::Value::Object(fields) => {
            for (key, value) in fields {
                keys.insert(key.clone());
                add_keys(value, keys);
            }
        }
        serde_json::Value::Array(values) => values.iter().for_each(|value| add_keys(value, keys)),
        _ => {}
    }
}

#[test]
fn every_key_and_every_name_is_documented() {
    let mut keys = BTreeSet::new();
    for data in DATA {
        let document = read(&ALL_KEYS.replace(r#""data":{}"#, &format!(r#""data":{data}"#))).unwrap();
        add_keys(&serde_json::from_str(&write(&document)).unwrap(), &mut keys);
    }
    assert!(keys.remove("b[1,1]") && keys.remove("credits") && keys.len() > 45);
    let activations = Activation::ALL.map(Activation::name);
    let optimizers = Optimizer::ALL.map(Optimizer::name);
    let losses = Loss::ALL.map(Loss::name);
    let sources = DataSource::all().map(|source| source.name());
    let names = activations.into_iter().chain(optimizers).chain(losses);
    for name in names.map(str::to_owned).chain(sources).chain(keys) {
        assert!(DOCUMENTATION.contains(&format!("`{name}`")), "{name}");
    }
}

#[test]
fn every_example_is_a_document() {
    let examples: Vec<&str> = DOCUMENTATION
        .split("```json\n")
        .skip(1)
        .map(|rest| rest.split("```").next().unwrap())
        .collect();
    assert_eq!(examples.len(), 2);
    for example in examples {
        let document = read(example).unwrap();
        assert!(read(&write(&document)).unwrap().is_bitwise_equal(&document));
    }
}
