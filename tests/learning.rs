//! Losses, gradients and optimisers against numbers that this project did not compute; and the rules of a run.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::collections::BTreeSet;

use neurodial_core::data::{
    BundledDataset, ComputedFeature, Dataset, DatasetGenerator, GeneratorConfig, Scaling, Targets,
};
use neurodial_core::network::{
    Activation, Architecture, Initialization, Initializer, Knob, LayerPlan, Network,
};
use neurodial_core::training::objective::Gradient;
use neurodial_core::training::{
    ConfusionMatrix, Diagnosis, Divergence, Evaluator, Hyperparameters, LearningRateSchedule, Loss,
    Objective, Optimizer, Regularization, Trainer, TrainerError, TrainingStatus,
};
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
    Network::from_knobs(Architecture::dense(inputs, &layers).unwrap(), knobs).unwrap()
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
            regularization: Regularization {
                l1: case["l1"].as_f64().unwrap(),
                l2: case["l2"].as_f64().unwrap(),
            },
        };
        let trace = network.forward_batch(&columns(&x), x.len());
        let targets = columns(&y);
        let value = objective.value(&network, &trace, &targets);
        assert_near(value, case["value"].as_f64().unwrap(), 1e-10, name);
        assert!(objective.compute_gradient(&network, &trace, &targets, &mut gradient));
        let wanted = flat(&case["weights"], &case["biases"]);
        for (index, (&got, &wanted)) in gradient.values().iter().zip(&wanted).enumerate() {
            assert_near(got, wanted, 1e-10, &format!("{name}, knob {index}"));
        }
    }
}

fn settings(loss: Loss) -> Hyperparameters {
    Hyperparameters {
        loss,
        regularization: Regularization::default(),
        optimizer: Optimizer::Sgd,
        learning_rate: 0.1,
        schedule: LearningRateSchedule::Constant,
        batch_size: None,
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
        let settings = Hyperparameters {
            optimizer: name.parse().unwrap(),
            learning_rate: case["learning_rate"].as_f64().unwrap(),
            ..settings(case["loss"].as_str().unwrap().parse().unwrap())
        };
        // Standardised inputs are another way, but to plain gradient descent none of the others may differ.
        let mut trainer = Trainer::new(&network, &BTreeSet::new(), (&data, None), None, settings).unwrap();
        for (epoch, wanted) in numbers(&case["losses_before_each_step"]).into_iter().enumerate() {
            assert_near(
                trainer.metrics().train.loss,
                wanted,
                1e-9,
                &format!("{name}, step {epoch}"),
            );
            trainer.step();
        }
        assert_eq!(trainer.status(), TrainingStatus::Done);
        let wanted = flat(&case["weights_after"], &case["biases_after"]);
        for (index, (&got, &wanted)) in trainer.network().knobs().iter().zip(&wanted).enumerate() {
            assert_near(got, wanted, 1e-9, &format!("{name}, knob {index}"));
        }
    }
}

fn seeded(inputs: usize, layers: &[(usize, Activation)], seed: u64) -> Network {
    let blueprint = Architecture::dense(inputs, layers).unwrap();
    let how = Initialization {
        initializer: Initializer::Xavier,
        seed,
        has_random_biases: true,
    };
    let values = how.values(&blueprint);
    Network::from_knobs(blueprint, values).unwrap()
}

fn made(generator: DatasetGenerator, samples: usize) -> Dataset {
    let (noise, seed) = (0.0, 3);
    generator
        .dataset(GeneratorConfig { samples, noise, seed })
        .unwrap()
}

fn raw(trainer: &Trainer) -> Network {
    let mut network = trainer.network().clone();
    trainer.copy_raw_knobs_to(network.knobs_mut());
    network
}

const SOFTMAX: [(usize, Activation); 1] = [(3, Activation::Softmax)];

#[test]
fn a_standardised_network_speaks_raw_units_at_every_step() {
    let iris = BundledDataset::Iris.dataset().unwrap();
    let start = seeded(4, &SOFTMAX, 5);
    let settings = Hyperparameters {
        batch_size: Some(10),
        ..settings(Loss::CategoricalCrossEntropy)
    };
    let scaling = Some(Scaling::fit(&iris).unwrap());
    let mut trainer = Trainer::new(&start, &BTreeSet::new(), (&iris, None), scaling, settings).unwrap();
    assert_eq!(raw(&trainer).knobs(), start.knobs());
    for _ in 0..20 {
        trainer.step();
        let outputs = |network: &Network, inputs: &[f64]| {
            let trace = network.forward_batch(inputs, 150);
            trace.layers()[0].a.clone()
        };
        let of_raw = outputs(&raw(&trainer), iris.inputs());
        let of_scaled = outputs(trainer.network(), &trainer.training_set().inputs);
        for (raw, scaled) in of_raw.iter().zip(of_scaled) {
            assert_near(*raw, scaled, 1e-12, "output");
        }
    }
    assert_ne!(raw(&trainer).knobs(), start.knobs());
}

#[test]
fn locked_knobs_stay_to_the_last_bit_and_the_others_learn() {
    let iris = BundledDataset::Iris.dataset().unwrap();
    let start = seeded(4, &SOFTMAX, 5);
    let locked = BTreeSet::from([
        Knob::weight(0, 0, 2),
        Knob::bias(0, 1),
        Knob::weight(0, 2, 0),
        Knob::bias(0, 2),
    ]);
    for optimizer in Optimizer::ALL {
        for scaling in [None, Some(Scaling::fit(&iris).unwrap())] {
            let settings = Hyperparameters {
                optimizer,
                learning_rate: 0.01,
                ..settings(Loss::CategoricalCrossEntropy)
            };
            let mut trainer = Trainer::new(&start, &locked, (&iris, None), scaling, settings).unwrap();
            while trainer.run_epoch() == TrainingStatus::Running {}
            let (network, first) = (raw(&trainer), trainer.initial_metrics().train.loss);
            assert!(trainer.metrics().train.loss < first, "{optimizer}");
            for knob in start.architecture().knobs() {
                let is_same = network.get(knob).map(f64::to_bits) == start.get(knob).map(f64::to_bits);
                assert_eq!(is_same, locked.contains(&knob), "{optimizer}, {knob}");
            }
            // The loss that is told is that of the knobs that come out, locked ones among them.
            let examples = iris_examples(&iris);
            let objective = trainer.hyperparameters().objective();
            let loss = Evaluator::default().evaluate(&network, &examples, objective).loss;
            assert_near(loss, trainer.metrics().train.loss, 1e-9, optimizer.name());
        }
    }
}

fn iris_examples(iris: &Dataset) -> neurodial_core::training::EncodedDataset {
    let plan = LayerPlan::new(3, Activation::Softmax);
    neurodial_core::training::EncodedDataset::new(iris, 4, &plan, Loss::CategoricalCrossEntropy).unwrap()
}

#[test]
fn a_locked_raw_bias_gets_the_gradient_of_the_raw_weights() {
    // With one full-batch step of plain descent the scaled weights move by −r (dL/dw)/σ, as L depends on w = u/σ.
    let iris = BundledDataset::Iris.dataset().unwrap();
    let start = seeded(4, &SOFTMAX, 8);
    let locked: BTreeSet<Knob> = (0..3).map(|neuron| Knob::bias(0, neuron)).collect();
    let scaling = Scaling::fit(&iris).unwrap();
    let examples = iris_examples(&iris);
    let settings = settings(Loss::CategoricalCrossEntropy);
    let mut gradient = Gradient::default();
    let trace = start.forward_batch(&examples.inputs, 150);
    settings
        .objective()
        .compute_gradient(&start, &trace, &examples.targets, &mut gradient);
    let mut trainer = Trainer::new(&start, &locked, (&iris, None), Some(scaling.clone()), settings).unwrap();
    trainer.step();
    let trained = raw(&trainer);
    for index in 0..12 {
        let deviation = scaling.std_dev[index % 4];
        let wanted = start.knobs()[index] - 0.1 * gradient.values()[index] / (deviation * deviation);
        assert_near(trained.knobs()[index], wanted, 1e-10, &format!("knob {index}"));
    }
}

#[test]
fn a_hand_turns_one_raw_knob_and_the_others_stay() {
    let iris = BundledDataset::Iris.dataset().unwrap();
    let start = seeded(4, &SOFTMAX, 5);
    let scaling = Some(Scaling::fit(&iris).unwrap());
    let settings = settings(Loss::CategoricalCrossEntropy);
    let mut trainer = Trainer::new(&start, &BTreeSet::new(), (&iris, None), scaling, settings).unwrap();
    for knob in [Knob::weight(0, 1, 2), Knob::bias(0, 2)] {
        trainer.set_locked(knob, true);
        trainer.set_knob(knob, 0.75);
        let network = raw(&trainer);
        assert_eq!(network.get(knob), Some(0.75));
        for other in start.architecture().knobs().filter(|&other| other != knob) {
            let wanted = if other == Knob::weight(0, 1, 2) {
                0.75
            } else {
                start.get(other).unwrap()
            };
            assert_near(network.get(other).unwrap(), wanted, 1e-12, &other.to_string());
        }
        trainer.step();
        assert_eq!(raw(&trainer).get(knob), Some(0.75));
        trainer.set_locked(knob, false);
        trainer.set_knob(Knob::bias(0, 2), start.get(Knob::bias(0, 2)).unwrap());
        let knobs: Vec<(Knob, f64)> = start
            .architecture()
            .knobs()
            .map(|knob| (knob, start.get(knob).unwrap()))
            .collect();
        for (knob, value) in knobs {
            trainer.set_knob(knob, value);
        }
        trainer.set_knob(Knob::weight(0, 1, 2), 0.75);
    }
}

#[test]
fn the_same_seed_gives_the_same_bits_and_another_one_does_not() {
    let data = made(DatasetGenerator::Circle, 60);
    let start = seeded(2, &[(4, Activation::Tanh), (1, Activation::Sigmoid)], 1);
    let trained = |seed| {
        let settings = Hyperparameters {
            batch_size: Some(7),
            epochs: 3,
            seed,
            ..settings(Loss::BinaryCrossEntropy)
        };
        let mut trainer = Trainer::new(&start, &BTreeSet::new(), (&data, None), None, settings).unwrap();
        while trainer.step() == TrainingStatus::Running {}
        assert_eq!(trainer.metrics().epoch, 3);
        raw(&trainer)
            .knobs()
            .iter()
            .map(|knob| knob.to_bits())
            .collect::<Vec<_>>()
    };
    assert_eq!(trained(1), trained(1));
    assert_ne!(trained(1), trained(2));
}

#[test]
fn a_rate_that_is_too_high_is_stopped_and_rolled_back_to_the_best_epoch() {
    let data = made(DatasetGenerator::Parabola, 40);
    let start = seeded(1, &[(4, Activation::Relu), (1, Activation::Linear)], 1);
    for (rate, why) in [(1e200, Divergence::NotFinite), (3.0, Divergence::Rising)] {
        let settings = Hyperparameters {
            learning_rate: rate,
            epochs: 1000,
            ..settings(Loss::MeanSquaredError)
        };
        let mut trainer = Trainer::new(&start, &BTreeSet::new(), (&data, None), None, settings).unwrap();
        while trainer.run_epoch() == TrainingStatus::Running {}
        assert_eq!(trainer.status(), TrainingStatus::Diverged(why), "{rate}");
        assert!(raw(&trainer).knobs().iter().all(|knob| knob.is_finite()));
        assert!(trainer.metrics().train.loss <= trainer.initial_metrics().train.loss);
        assert_eq!(
            Diagnosis::from_trainer(&trainer)[0],
            Diagnosis::LearningRateTooHigh { is_stopped: true }
        );
        assert_eq!(trainer.step(), TrainingStatus::Diverged(why));
    }
}

#[test]
fn each_failure_is_told() {
    let data = made(DatasetGenerator::Circle, 40);
    let told = |layers: &[(usize, Activation)], loss, change: &dyn Fn(&mut Network)| {
        let mut network = seeded(2, layers, 1);
        change(&mut network);
        let trainer = Trainer::new(&network, &BTreeSet::new(), (&data, None), None, settings(loss)).unwrap();
        let found = Diagnosis::from_trainer(&trainer);
        for diagnosis in &found {
            let sentence = diagnosis.to_string();
            assert!(
                sentence.contains("; try ") && !sentence.contains('\n'),
                "{sentence}"
            );
        }
        found
    };
    let good: [(usize, Activation); 2] = [(4, Activation::Tanh), (1, Activation::Sigmoid)];
    let keep = |_: &mut Network| {};
    assert_eq!(told(&good, Loss::BinaryCrossEntropy, &keep), []);
    let step = [(4, Activation::Step), (1, Activation::Sigmoid)];
    assert_eq!(
        told(&step, Loss::BinaryCrossEntropy, &keep),
        [Diagnosis::StepActivation { layer: 0 }]
    );
    let zeros = |network: &mut Network| network.knobs_mut().fill(0.0);
    assert_eq!(
        told(&good, Loss::BinaryCrossEntropy, &zeros),
        [Diagnosis::Symmetry { layer: 0 }]
    );
    let relu = [(4, Activation::Relu), (1, Activation::Sigmoid)];
    let kill = |network: &mut Network| {
        network.set(Knob::bias(0, 2), -1e3);
    };
    let neurons = |found: &[Diagnosis]| match found {
        [Diagnosis::DeadRelu { neurons } | Diagnosis::Saturated { neurons }] => neurons.clone(),
        other => panic!("{other:?}"),
    };
    let dead = neurons(&told(&relu, Loss::BinaryCrossEntropy, &kill));
    assert_eq!((dead.len(), dead[0].layer, dead[0].neuron), (1, 0, 2));
    let flat = neurons(&told(&good, Loss::BinaryCrossEntropy, &kill));
    assert_eq!((flat.len(), flat[0].layer, flat[0].neuron), (1, 0, 2));
    let wrong = told(&good, Loss::MeanSquaredError, &keep);
    assert!(matches!(
        wrong[..],
        [Diagnosis::WrongLoss {
            activation: Activation::Sigmoid,
            ..
        }]
    ));
    let softmax = [(4, Activation::Tanh), (2, Activation::Softmax)];
    let wrong = told(&softmax, Loss::MeanSquaredError, &keep);
    assert!(matches!(
        wrong[..],
        [Diagnosis::WrongLoss {
            activation: Activation::Softmax,
            ..
        }]
    ));
    assert_eq!(told(&softmax, Loss::CategoricalCrossEntropy, &keep), []);
    let lonely = [(1, Activation::Softmax)];
    assert_eq!(
        told(&lonely, Loss::CategoricalCrossEntropy, &keep),
        [Diagnosis::SoftmaxOverOneNeuron]
    );
}

#[test]
fn logarithms_need_outputs_between_0_and_1() {
    let data = made(DatasetGenerator::Circle, 40);
    for loss in [Loss::BinaryCrossEntropy, Loss::CategoricalCrossEntropy] {
        let start = seeded(2, &[(1, Activation::Tanh)], 1);
        let made = Trainer::new(&start, &BTreeSet::new(), (&data, None), None, settings(loss));
        assert!(matches!(made, Err(TrainerError::Loss(_))), "{loss}");
    }
}

#[test]
fn a_schedule_goes_from_the_whole_rate_down() {
    for (text, at_half) in [
        ("constant", 1.0),
        ("linear", 0.5),
        ("cosine", 0.5),
        ("0.9", 0.9_f64.powi(50)),
    ] {
        let schedule: LearningRateSchedule = text.parse().unwrap();
        assert_eq!(schedule.factor(0, 100), 1.0);
        assert_near(schedule.factor(50, 100), at_half, 1e-12, text);
        assert_eq!(schedule.to_string(), text);
    }
    for text in ["1.5", "0", "-1", "fast"] {
        assert!(text.parse::<LearningRateSchedule>().is_err(), "{text}");
    }
}

#[test]
fn confusion_counts_each_class_as_each() {
    // Three outputs of four samples, `[output][sample]`.
    let outputs = [0.9, 0.1, 0.2, 0.3, 0.0, 0.8, 0.7, 0.3, 0.1, 0.1, 0.1, 0.4];
    let confusion = ConfusionMatrix::from_outputs(&outputs, &[0, 1, 2, 2], 0.5, 3);
    let counts: Vec<usize> = (0..9)
        .map(|place| confusion.count(place / 3, place % 3))
        .collect();
    assert_eq!(counts, [1, 0, 0, 0, 1, 0, 0, 1, 1]);
    assert_eq!(confusion.correct_count(), 3);
    let single = ConfusionMatrix::from_outputs(&[0.9, 0.1, 0.6], &[1, 1, 0], 0.5, 2);
    assert_eq!(
        (single.count(1, 1), single.count(1, 0), single.count(0, 1)),
        (1, 1, 1)
    );
}

#[test]
fn features_turn_the_spiral_into_something_that_a_small_network_learns() {
    let sines = [ComputedFeature::Sine(0), ComputedFeature::Sine(1)];
    let data = made(DatasetGenerator::Spiral, 500).with_features(&sines).unwrap();
    let (train, test) = data.split(0.5, 1).unwrap();
    let tanh = |width| (width, Activation::Tanh);
    let start = seeded(4, &[tanh(8), tanh(8), tanh(1)], 1);
    let settings = Hyperparameters {
        optimizer: Optimizer::Adam,
        learning_rate: 0.02,
        batch_size: Some(10),
        epochs: 60,
        ..settings(Loss::MeanSquaredError)
    };
    let mut trainer = Trainer::new(&start, &BTreeSet::new(), (&train, Some(&test)), None, settings).unwrap();
    while trainer.run_epoch() == TrainingStatus::Running {}
    let record = trainer.metrics();
    assert!(record.test.unwrap().accuracy.unwrap() > 0.95, "{record:?}");
}

#[test]
fn from_a_bookmark_a_run_has_the_bits_of_the_one_that_left_it() {
    let iris = BundledDataset::Iris.dataset().unwrap();
    let start = seeded(4, &[(5, Activation::Tanh), (3, Activation::Softmax)], 4);
    for optimizer in Optimizer::ALL {
        for is_scaled in [false, true] {
            let scaling = is_scaled.then(|| Scaling::fit(&iris).unwrap());
            let settings = Hyperparameters {
                optimizer,
                learning_rate: optimizer.default_learning_rate(),
                schedule: LearningRateSchedule::Cosine,
                batch_size: Some(16),
                epochs: 9,
                ..settings(Loss::CategoricalCrossEntropy)
            };
            let begin = |network: &Network| {
                let data = (&iris, None);
                Trainer::new(network, &BTreeSet::new(), data, scaling.clone(), settings.clone()).unwrap()
            };
            let mut whole = begin(&start);
            (0..4).for_each(|_| {
                whole.run_epoch();
            });
            let (mark, knobs) = (whole.state().unwrap(), raw(&whole));
            whole.step();
            assert!(whole.state().is_none(), "in the middle of an epoch");
            while whole.run_epoch() == TrainingStatus::Running {}
            let mut resumed = begin(&knobs);
            resumed.set_epoch(4);
            resumed.resume(&mark);
            assert_eq!(bits(&raw(&resumed)), bits(&knobs));
            while resumed.run_epoch() == TrainingStatus::Running {}
            assert_eq!(
                bits(&raw(&resumed)),
                bits(&raw(&whole)),
                "{optimizer}, scaled: {is_scaled}"
            );
            assert_eq!(resumed.metrics(), whole.metrics());
            // Without it the way is another one.
            let mut forgetful = begin(&knobs);
            forgetful.set_epoch(4);
            while forgetful.run_epoch() == TrainingStatus::Running {}
            assert_ne!(bits(&raw(&forgetful)), bits(&raw(&whole)));
        }
    }
}

fn bits(network: &Network) -> Vec<u64> {
    network.knobs().iter().map(|knob| knob.to_bits()).collect()
}
