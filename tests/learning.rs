//! Losses, gradients and optimisers against numbers that this project did not compute; and the rules of a run.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::collections::BTreeSet;

use neurodial::data::{Bundled, Dataset, Feature, Generator, Recipe, Scaling, Targets};
use neurodial::learning::objective::Gradient;
use neurodial::learning::{
    Confusion, Diagnosis, Divergence, Evaluation, Loss, Objective, Optimizer, Penalty, Schedule, Settings,
    Status, Trainer, TrainerError,
};
use neurodial::network::{Activation, Blueprint, Initialisation, Knob, LayerPlan, Network, Scheme};
use serde_json::Value;

fn numbers(value: &Value) -> Vec<f64> {
    let array = value.as_array().unwrap();
    array.iter().map(|number| number.as_f64().unwrap()).collect()
}

fn rows(value: &Value) -> Vec<Vec<f64>> {
    value.as_array().unwrap().iter().map(numbers).collect()
}

/// From `[sample][column]` to `[column][sample]`.
fn columns(rows: &[Vec<f64>]) -> Vec<f64> {
    (0..rows[0].len())
        .flat_map(|column| rows.iter().map(move |row| row[column]))
        .collect()
}

/// Weights `[layer][neuron][input]` and biases `[layer][neuron]` in the flat order.
fn flat(weights: &Value, biases: &Value) -> Vec<f64> {
    let layers = weights.as_array().unwrap().iter().zip(biases.as_array().unwrap());
    layers
        .flat_map(|(weights, biases)| [rows(weights).concat(), numbers(biases)].concat())
        .collect()
}

fn network_of(case: &Value) -> Network {
    let mut layers = Vec::new();
    let mut knobs = Vec::new();
    for layer in case["layers"].as_array().unwrap() {
        let (weights, biases) = (rows(&layer["weights"]), numbers(&layer["biases"]));
        layers.push((
            biases.len(),
            layer["activation"].as_str().unwrap().parse().unwrap(),
        ));
        knobs.extend(weights.concat());
        knobs.extend(biases);
    }
    let inputs = rows(&case["x"])[0].len();
    Network::from_knobs(Blueprint::dense(inputs, &layers).unwrap(), knobs).unwrap()
}

fn assert_near(got: f64, wanted: f64, tolerance: f64, place: &str) {
    let near = (got - wanted).abs() <= tolerance * wanted.abs().max(1.0);
    assert!(near, "{place}: {got} instead of {wanted}");
}

#[test]
fn every_loss_and_gradient_is_that_of_jax() {
    let oracle: Value = serde_json::from_str(include_str!("oracle/gradients.json")).unwrap();
    let cases = oracle.as_array().unwrap();
    assert_eq!(cases.len(), 70);
    let mut gradient = Gradient::default();
    for case in cases {
        let name = case["name"].as_str().unwrap();
        let network = network_of(case);
        let (x, y) = (rows(&case["x"]), rows(&case["y"]));
        let objective = Objective {
            loss: case["loss"].as_str().unwrap().parse().unwrap(),
            penalty: Penalty {
                l1: case["l1"].as_f64().unwrap(),
                l2: case["l2"].as_f64().unwrap(),
            },
        };
        let trace = network.forward_batch(&columns(&x), x.len());
        let targets = columns(&y);
        let value = objective.value(&network, &trace, &targets);
        assert_near(value, case["value"].as_f64().unwrap(), 1e-10, name);
        assert!(objective.derive(&network, &trace, &targets, &mut gradient));
        let wanted = flat(&case["weights"], &case["biases"]);
        for (index, (&got, &wanted)) in gradient.values().iter().zip(&wanted).enumerate() {
            assert_near(got, wanted, 1e-10, &format!("{name}, knob {index}"));
        }
    }
}

fn settings(loss: Loss) -> Settings {
    Settings {
        loss,
        penalty: Penalty::default(),
        optimizer: Optimizer::Sgd,
        learning_rate: 0.1,
        schedule: Schedule::Constant,
        batch: None,
        epochs: 25,
        seed: 1,
    }
}

fn numbers_dataset(inputs: &[Vec<f64>], targets: &[Vec<f64>]) -> Dataset {
    let named = |count: usize| (0..count).map(|column| format!("c{column}")).collect::<Vec<_>>();
    let targets = Targets::Numbers {
        names: named(targets[0].len()),
        values: columns(targets),
    };
    Dataset::new(named(inputs[0].len()), columns(inputs), targets).unwrap()
}

#[test]
fn every_optimizer_is_that_of_optax_after_25_steps() {
    let oracle: Value = serde_json::from_str(include_str!("oracle/optimizers.json")).unwrap();
    let cases = oracle.as_array().unwrap();
    assert_eq!(cases.len(), Optimizer::ALL.len());
    for case in cases {
        let name = case["name"].as_str().unwrap();
        let network = network_of(case);
        let data = numbers_dataset(&rows(&case["x"]), &rows(&case["y"]));
        let settings = Settings {
            optimizer: name.parse().unwrap(),
            learning_rate: case["learning_rate"].as_f64().unwrap(),
            ..settings(case["loss"].as_str().unwrap().parse().unwrap())
        };
        // Standardised inputs are another way, but to plain gradient descent none of the others may differ.
        let mut trainer = Trainer::new(&network, &BTreeSet::new(), (&data, None), None, settings).unwrap();
        for (epoch, wanted) in numbers(&case["losses_before_each_step"]).into_iter().enumerate() {
            assert_near(
                trainer.record().train.loss,
                wanted,
                1e-9,
                &format!("{name}, step {epoch}"),
            );
            trainer.step();
        }
        assert_eq!(trainer.status(), Status::Done);
        let wanted = flat(&case["weights_after"], &case["biases_after"]);
        for (index, (&got, &wanted)) in trainer.network().knobs().iter().zip(&wanted).enumerate() {
            assert_near(got, wanted, 1e-9, &format!("{name}, knob {index}"));
        }
    }
}
