//! Training: losses, gradients and optimizers compared with reference values, and the rules of a run.

use std::collections::BTreeSet;

use neurodial_core::data::{BundledDataset, ComputedFeature, Dataset, DatasetGenerator, Scaling, Targets};
use neurodial_core::network::{Activation, Architecture, Initializer, Knob, LayerPlan, Network};
use neurodial_core::text::{Localized, Messages};
use neurodial_core::training::objective::Gradient;
use neurodial_core::training::{
    ConfusionMatrix, Diagnosis, Divergence, EncodedDataset, Evaluator, Hyperparameters, LearningRateSchedule,
    Loss, Metrics, Objective, Optimizer, Regularization, StoppingCriteria, StoppingReason, Trainer,
    TrainerError, TrainingStatus,
};
use proptest::prelude::*;

use crate::support::datasets::generated;
use crate::support::oracle::{self, columns, flat_knobs, numbers, rows};
use crate::support::{bits, random_network};

fn assert_near(found: f64, expected: f64, tolerance: f64, place: &str) {
    let is_near = (found - expected).abs() <= tolerance * expected.abs().max(1.0);
    assert!(is_near, "{place}: {found} is not {expected}");
}

#[test]
fn losses_and_gradients_agree_with_the_reference_values() {
    let cases = oracle::cases(include_str!("oracle/gradients.json"));
    assert_eq!(cases.len(), 70);
    let mut gradient = Gradient::default();
    for case in &cases {
        let name = case["name"].as_str().unwrap();
        let network = oracle::network(case);
        let (x, y) = (rows(&case["x"]), rows(&case["y"]));
        let objective = Objective {
            loss: case["loss"].as_str().unwrap().parse().unwrap(),
            regularization: Regularization {
                l1: case["l1"].as_f64().unwrap(),
                l2: case["l2"].as_f64().unwrap(),
            },
        };
        let forward_pass = network.forward_batch(&columns(&x), x.len());
        let targets = columns(&y);
        let value = objective.value(&network, &forward_pass, &targets);
        assert_near(value, case["value"].as_f64().unwrap(), 1e-10, name);
        assert!(objective.compute_gradient(&network, &forward_pass, &targets, &mut gradient));
        let expected = flat_knobs(&case["weights"], &case["biases"]);
        for (index, (&found, &expected)) in gradient.values().iter().zip(&expected).enumerate() {
            assert_near(found, expected, 1e-10, &format!("{name}, knob {index}"));
        }
    }
}

fn hyperparameters(loss: Loss) -> Hyperparameters {
    Hyperparameters {
        loss,
        regularization: Regularization::default(),
        optimizer: Optimizer::Sgd,
        learning_rate: 0.1,
        schedule: LearningRateSchedule::Constant,
        batch_size: None,
        epochs: 25,
        stopping: StoppingCriteria::default(),
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
fn optimizers_agree_with_the_reference_values_after_25_updates() {
    let cases = oracle::cases(include_str!("oracle/optimizers.json"));
    assert_eq!(cases.len(), Optimizer::ALL.len());
    for case in &cases {
        let name = case["name"].as_str().unwrap();
        let network = oracle::network(case);
        let data = numbers_dataset(&rows(&case["x"]), &rows(&case["y"]));
        let hyperparameters = Hyperparameters {
            optimizer: name.parse().unwrap(),
            learning_rate: case["learning_rate"].as_f64().unwrap(),
            ..hyperparameters(case["loss"].as_str().unwrap().parse().unwrap())
        };
        let mut trainer = start_trainer(&network, &data, None, hyperparameters);
        for (epoch, expected) in numbers(&case["losses_before_each_step"]).into_iter().enumerate() {
            assert_near(
                trainer.metrics().train.loss,
                expected,
                1e-9,
                &format!("{name}, update {epoch}"),
            );
            trainer.step();
        }
        assert_eq!(trainer.status(), TrainingStatus::Done);
        let expected = flat_knobs(&case["weights_after"], &case["biases_after"]);
        for (index, (&found, &expected)) in trainer.network().knobs().iter().zip(&expected).enumerate() {
            assert_near(found, expected, 1e-9, &format!("{name}, knob {index}"));
        }
    }
}

fn initialized(inputs: usize, layers: &[(usize, Activation)], seed: u64) -> Network {
    let architecture = Architecture::dense(inputs, layers).unwrap();
    random_network(architecture, Initializer::Xavier, seed)
}

fn dataset(generator: DatasetGenerator, samples: usize) -> Dataset {
    generated(generator, samples, 0.0, 3)
}

/// Starts a run without a test set and without locked knobs.
fn start_trainer(
    network: &Network,
    data: &Dataset,
    scaling: Option<Scaling>,
    hyperparameters: Hyperparameters,
) -> Trainer {
    Trainer::new(network, &BTreeSet::new(), (data, None), scaling, hyperparameters).unwrap()
}

/// Returns the network in the units of the data, which may differ from the trained one by the scaling of
/// inputs.
fn raw(trainer: &Trainer) -> Network {
    let mut network = trainer.network().clone();
    trainer.copy_raw_knobs_to(network.knobs_mut());
    network
}

fn raw_bits(trainer: &Trainer) -> Vec<u64> {
    bits(raw(trainer).knobs())
}

const SOFTMAX: [(usize, Activation); 1] = [(3, Activation::Softmax)];

#[test]
fn the_raw_network_agrees_with_the_standardized_one_after_every_update() {
    let iris = BundledDataset::Iris.dataset().unwrap();
    let start = initialized(4, &SOFTMAX, 5);
    let hyperparameters = Hyperparameters {
        batch_size: Some(10),
        ..hyperparameters(Loss::CategoricalCrossEntropy)
    };
    let scaling = Some(Scaling::fit(&iris).unwrap());
    let mut trainer = start_trainer(&start, &iris, scaling, hyperparameters);
    assert_eq!(raw(&trainer).knobs(), start.knobs());
    for _ in 0..20 {
        trainer.step();
        let outputs = |network: &Network, inputs: &[f64]| {
            let forward_pass = network.forward_batch(inputs, 150);
            forward_pass.layers()[0].a.clone()
        };
        let raw_outputs = outputs(&raw(&trainer), iris.inputs());
        let scaled_outputs = outputs(trainer.network(), &trainer.training_set().inputs);
        for (raw, scaled) in raw_outputs.iter().zip(scaled_outputs) {
            assert_near(*raw, scaled, 1e-12, "output");
        }
    }
    assert_ne!(raw(&trainer).knobs(), start.knobs());
}

#[test]
fn locked_knobs_keep_every_bit_and_the_others_are_trained() {
    let iris = BundledDataset::Iris.dataset().unwrap();
    let start = initialized(4, &SOFTMAX, 5);
    let locked = BTreeSet::from([
        Knob::weight(0, 0, 2),
        Knob::bias(0, 1),
        Knob::weight(0, 2, 0),
        Knob::bias(0, 2),
    ]);
    for optimizer in Optimizer::ALL {
        for scaling in [None, Some(Scaling::fit(&iris).unwrap())] {
            let hyperparameters = Hyperparameters {
                optimizer,
                learning_rate: 0.01,
                ..hyperparameters(Loss::CategoricalCrossEntropy)
            };
            let mut trainer = Trainer::new(&start, &locked, (&iris, None), scaling, hyperparameters).unwrap();
            while trainer.run_epoch() == TrainingStatus::Running {}
            let (network, first) = (raw(&trainer), trainer.initial_metrics().train.loss);
            assert!(trainer.metrics().train.loss < first, "{optimizer}");
            for knob in start.architecture().knobs() {
                let is_same = network.get(knob).map(f64::to_bits) == start.get(knob).map(f64::to_bits);
                assert_eq!(is_same, locked.contains(&knob), "{optimizer}, {knob}");
            }
            // The reported loss is that of the resulting knobs, locked ones among them.
            let encoded = encoded_iris(&iris);
            let objective = trainer.hyperparameters().objective();
            let loss = Evaluator::default().evaluate(&network, &encoded, objective).loss;
            assert_near(loss, trainer.metrics().train.loss, 1e-9, optimizer.name());
        }
    }
}

fn encoded_iris(iris: &Dataset) -> EncodedDataset {
    let plan = LayerPlan::new(3, Activation::Softmax);
    EncodedDataset::new(iris, 4, &plan, Loss::CategoricalCrossEntropy).unwrap()
}

#[test]
fn with_locked_raw_biases_the_weights_follow_the_raw_gradient() {
    // One full-batch update of plain gradient descent moves the scaled weights u by −r (dL/dw)/σ, because w =
    // u/σ.
    let iris = BundledDataset::Iris.dataset().unwrap();
    let start = initialized(4, &SOFTMAX, 8);
    let locked: BTreeSet<Knob> = (0..3).map(|neuron| Knob::bias(0, neuron)).collect();
    let scaling = Scaling::fit(&iris).unwrap();
    let encoded = encoded_iris(&iris);
    let hyperparameters = hyperparameters(Loss::CategoricalCrossEntropy);
    let mut gradient = Gradient::default();
    let forward_pass = start.forward_batch(&encoded.inputs, 150);
    hyperparameters
        .objective()
        .compute_gradient(&start, &forward_pass, &encoded.targets, &mut gradient);
    let mut trainer = Trainer::new(
        &start,
        &locked,
        (&iris, None),
        Some(scaling.clone()),
        hyperparameters,
    )
    .unwrap();
    trainer.step();
    let trained = raw(&trainer);
    for index in 0..12 {
        let std_dev = scaling.std_dev[index % 4];
        let expected = start.knobs()[index] - 0.1 * gradient.values()[index] / (std_dev * std_dev);
        assert_near(trained.knobs()[index], expected, 1e-10, &format!("knob {index}"));
    }
}

#[test]
fn setting_one_raw_knob_leaves_the_others_as_they_are() {
    let iris = BundledDataset::Iris.dataset().unwrap();
    let start = initialized(4, &SOFTMAX, 5);
    let scaling = Some(Scaling::fit(&iris).unwrap());
    let hyperparameters = hyperparameters(Loss::CategoricalCrossEntropy);
    let mut trainer = start_trainer(&start, &iris, scaling, hyperparameters);
    for knob in [Knob::weight(0, 1, 2), Knob::bias(0, 2)] {
        trainer.set_locked(knob, true);
        trainer.set_knob(knob, 0.75);
        let network = raw(&trainer);
        assert_eq!(network.get(knob), Some(0.75));
        for other in start.architecture().knobs().filter(|&other| other != knob) {
            let expected = if other == Knob::weight(0, 1, 2) {
                0.75
            } else {
                start.get(other).unwrap()
            };
            assert_near(network.get(other).unwrap(), expected, 1e-12, &other.to_string());
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
fn the_same_seed_gives_the_same_bits_and_another_seed_does_not() {
    let data = dataset(DatasetGenerator::Circle, 60);
    let start = initialized(2, &[(4, Activation::Tanh), (1, Activation::Sigmoid)], 1);
    let trained = |seed| {
        let hyperparameters = Hyperparameters {
            batch_size: Some(7),
            epochs: 3,
            seed,
            ..hyperparameters(Loss::BinaryCrossEntropy)
        };
        let mut trainer = start_trainer(&start, &data, None, hyperparameters);
        while trainer.step() == TrainingStatus::Running {}
        assert_eq!(trainer.metrics().epoch, 3);
        raw_bits(&trainer)
    };
    assert_eq!(trained(1), trained(1));
    assert_ne!(trained(1), trained(2));
}

#[test]
fn a_diverging_run_stops_and_returns_to_the_best_epoch() {
    let data = dataset(DatasetGenerator::Parabola, 40);
    let start = initialized(1, &[(4, Activation::Relu), (1, Activation::Linear)], 1);
    for (learning_rate, reason) in [(1e200, Divergence::NotFinite), (3.0, Divergence::Rising)] {
        let hyperparameters = Hyperparameters {
            learning_rate,
            epochs: 1000,
            ..hyperparameters(Loss::MeanSquaredError)
        };
        let mut trainer = start_trainer(&start, &data, None, hyperparameters);
        while trainer.run_epoch() == TrainingStatus::Running {}
        assert_eq!(
            trainer.status(),
            TrainingStatus::Diverged(reason),
            "{learning_rate}"
        );
        assert!(raw(&trainer).knobs().iter().all(|knob| knob.is_finite()));
        assert!(trainer.metrics().train.loss <= trainer.initial_metrics().train.loss);
        assert_eq!(
            Diagnosis::from_trainer(&trainer)[0],
            Diagnosis::LearningRateTooHigh { is_stopped: true }
        );
        assert_eq!(trainer.step(), TrainingStatus::Diverged(reason));
    }
}

#[test]
fn each_problem_is_diagnosed() {
    let data = dataset(DatasetGenerator::Circle, 40);
    let diagnoses = |layers: &[(usize, Activation)], loss, change: &dyn Fn(&mut Network)| {
        let mut network = initialized(2, layers, 1);
        change(&mut network);
        let trainer = start_trainer(&network, &data, None, hyperparameters(loss));
        let diagnoses = Diagnosis::from_trainer(&trainer);
        for diagnosis in &diagnoses {
            let sentence = diagnosis.message(Messages::ENGLISH);
            assert!(
                sentence.contains("; try ") && !sentence.contains('\n'),
                "{sentence}"
            );
        }
        diagnoses
    };
    let good: [(usize, Activation); 2] = [(4, Activation::Tanh), (1, Activation::Sigmoid)];
    let no_change = |_: &mut Network| {};
    assert_eq!(diagnoses(&good, Loss::BinaryCrossEntropy, &no_change), []);
    let step = [(4, Activation::Step), (1, Activation::Sigmoid)];
    assert_eq!(
        diagnoses(&step, Loss::BinaryCrossEntropy, &no_change),
        [Diagnosis::StepActivation { layer: 0 }]
    );
    let zeros = |network: &mut Network| network.knobs_mut().fill(0.0);
    assert_eq!(
        diagnoses(&good, Loss::BinaryCrossEntropy, &zeros),
        [Diagnosis::Symmetry { layer: 0 }]
    );
    let relu = [(4, Activation::Relu), (1, Activation::Sigmoid)];
    let low_bias = |network: &mut Network| {
        network.set(Knob::bias(0, 2), -1e3);
    };
    let neurons = |found: &[Diagnosis]| match found {
        [Diagnosis::DeadRelu { neurons } | Diagnosis::Saturated { neurons }] => neurons.clone(),
        other => panic!("{other:?}"),
    };
    let dead = neurons(&diagnoses(&relu, Loss::BinaryCrossEntropy, &low_bias));
    assert_eq!((dead.len(), dead[0].layer, dead[0].neuron), (1, 0, 2));
    let saturated = neurons(&diagnoses(&good, Loss::BinaryCrossEntropy, &low_bias));
    assert_eq!(
        (saturated.len(), saturated[0].layer, saturated[0].neuron),
        (1, 0, 2)
    );
    let wrong = diagnoses(&good, Loss::MeanSquaredError, &no_change);
    assert!(matches!(
        wrong[..],
        [Diagnosis::WrongLoss {
            activation: Activation::Sigmoid,
            ..
        }]
    ));
    let softmax = [(4, Activation::Tanh), (2, Activation::Softmax)];
    let wrong = diagnoses(&softmax, Loss::MeanSquaredError, &no_change);
    assert!(matches!(
        wrong[..],
        [Diagnosis::WrongLoss {
            activation: Activation::Softmax,
            ..
        }]
    ));
    assert_eq!(diagnoses(&softmax, Loss::CategoricalCrossEntropy, &no_change), []);
    let single = [(1, Activation::Softmax)];
    assert_eq!(
        diagnoses(&single, Loss::CategoricalCrossEntropy, &no_change),
        [Diagnosis::SoftmaxOverOneNeuron]
    );
}

#[test]
fn cross_entropy_losses_refuse_outputs_outside_of_0_to_1() {
    let data = dataset(DatasetGenerator::Circle, 40);
    for loss in [Loss::BinaryCrossEntropy, Loss::CategoricalCrossEntropy] {
        let start = initialized(2, &[(1, Activation::Tanh)], 1);
        let result = Trainer::new(
            &start,
            &BTreeSet::new(),
            (&data, None),
            None,
            hyperparameters(loss),
        );
        assert!(matches!(result, Err(TrainerError::Loss(_))), "{loss}");
    }
}

#[test]
fn schedules_start_at_the_whole_learning_rate_and_decrease_by_their_formula() {
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
fn a_confusion_matrix_counts_predictions_by_true_class() {
    // Three outputs for each of four samples, `[output][sample]`.
    let outputs = [0.9, 0.1, 0.2, 0.3, 0.0, 0.8, 0.7, 0.3, 0.1, 0.1, 0.1, 0.4];
    let confusion = ConfusionMatrix::from_outputs(&outputs, &[0, 1, 2, 2], 0.5, 3);
    let counts: Vec<usize> = (0..9)
        .map(|index| confusion.count(index / 3, index % 3))
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
fn with_sine_features_a_small_network_learns_the_spiral() {
    let sines = [ComputedFeature::Sine(0), ComputedFeature::Sine(1)];
    let data = dataset(DatasetGenerator::Spiral, 500)
        .with_features(&sines)
        .unwrap();
    let (train, test) = data.split(0.5, 1).unwrap();
    let tanh = |width| (width, Activation::Tanh);
    let start = initialized(4, &[tanh(8), tanh(8), tanh(1)], 1);
    let hyperparameters = Hyperparameters {
        optimizer: Optimizer::Adam,
        learning_rate: 0.02,
        batch_size: Some(10),
        epochs: 60,
        ..hyperparameters(Loss::MeanSquaredError)
    };
    let mut trainer = Trainer::new(
        &start,
        &BTreeSet::new(),
        (&train, Some(&test)),
        None,
        hyperparameters,
    )
    .unwrap();
    while trainer.run_epoch() == TrainingStatus::Running {}
    let metrics = trainer.metrics();
    assert!(metrics.test.unwrap().accuracy.unwrap() > 0.95, "{metrics:?}");
}

#[test]
fn a_resumed_run_has_the_same_bits_as_an_uninterrupted_one() {
    let iris = BundledDataset::Iris.dataset().unwrap();
    let start = initialized(4, &[(5, Activation::Tanh), (3, Activation::Softmax)], 4);
    for optimizer in Optimizer::ALL {
        for is_scaled in [false, true] {
            let scaling = is_scaled.then(|| Scaling::fit(&iris).unwrap());
            let hyperparameters = Hyperparameters {
                optimizer,
                learning_rate: optimizer.default_learning_rate(),
                schedule: LearningRateSchedule::Cosine,
                batch_size: Some(16),
                epochs: 9,
                ..hyperparameters(Loss::CategoricalCrossEntropy)
            };
            let start_run =
                |network: &Network| start_trainer(network, &iris, scaling.clone(), hyperparameters.clone());
            let mut whole = start_run(&start);
            (0..4).for_each(|_| {
                whole.run_epoch();
            });
            let (state, network) = (whole.state().unwrap(), raw(&whole));
            whole.step();
            assert!(whole.state().is_none(), "in the middle of an epoch");
            while whole.run_epoch() == TrainingStatus::Running {}
            let mut resumed = start_run(&network);
            resumed.set_epoch(4);
            resumed.resume(&state);
            assert_eq!(raw_bits(&resumed), bits(network.knobs()));
            while resumed.run_epoch() == TrainingStatus::Running {}
            assert_eq!(
                raw_bits(&resumed),
                raw_bits(&whole),
                "{optimizer}, scaled: {is_scaled}"
            );
            assert_eq!(resumed.metrics(), whole.metrics());
            // Without the state the run continues differently.
            let mut without_state = start_run(&network);
            without_state.set_epoch(4);
            while without_state.run_epoch() == TrainingStatus::Running {}
            assert_ne!(raw_bits(&without_state), raw_bits(&whole));
        }
    }
}

/// Returns the first epoch from 1 on at which no loss of the last `patience` epochs was more than 0.01% below the
/// lowest one before, and the epoch of the last progress.
fn first_without_progress(losses: &[f64], patience: usize) -> Option<(usize, usize)> {
    let (mut lowest, mut since) = (losses[0], 0);
    for (epoch, &loss) in losses.iter().enumerate().skip(1) {
        if loss < lowest * (1.0 - 1e-4) {
            (lowest, since) = (loss, epoch);
        } else if epoch == since + patience {
            return Some((epoch, since));
        }
    }
    None
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn training_stops_at_the_first_epoch_that_meets_a_criterion_with_the_knobs_of_a_run_of_that_length(
        seed in 0..1000_u64,
        chosen_epoch in 1..30_usize,
        patience in 1..6_usize,
        learning_rate in prop::sample::select(vec![0.005, 0.05, 0.4]),
        criterion in 0..4_usize,
    ) {
        const EPOCHS: usize = 30;
        let (train, test) = generated(DatasetGenerator::Moons, 60, 0.3, seed).split(0.4, seed).unwrap();
        let network = initialized(2, &[(3, Activation::Tanh), (1, Activation::Sigmoid)], seed);
        let start = |epochs, stopping| {
            let hyperparameters = Hyperparameters {
                optimizer: Optimizer::Adam,
                learning_rate,
                batch_size: Some(8),
                epochs,
                stopping,
                ..hyperparameters(Loss::BinaryCrossEntropy)
            };
            let data = (&train, Some(&test));
            Trainer::new(&network, &BTreeSet::new(), data, None, hyperparameters).unwrap()
        };
        let mut whole = start(EPOCHS, StoppingCriteria::default());
        let mut metrics = vec![whole.metrics()];
        while whole.status() == TrainingStatus::Running {
            whole.run_epoch();
            metrics.push(whole.metrics());
        }
        prop_assert_eq!(metrics.len(), EPOCHS + 1);
        let losses = |of: fn(&neurodial_core::training::EpochMetrics) -> Metrics| -> Vec<f64> {
            metrics.iter().map(|metrics| of(metrics).loss).collect()
        };
        let chosen = metrics[chosen_epoch].train;
        let accuracy = chosen.accuracy.unwrap();
        let mut stopping = StoppingCriteria::default();
        let expected = match criterion {
            0 => {
                stopping.target_loss = Some(chosen.loss);
                let first = (1..=EPOCHS).find(|&epoch| metrics[epoch].train.loss <= chosen.loss);
                first.map(|epoch| (epoch, StoppingReason::TargetLoss))
            }
            1 if accuracy > 0.0 => {
                stopping.target_accuracy = Some(accuracy);
                let first = (1..=EPOCHS).find(|&epoch| metrics[epoch].train.accuracy >= Some(accuracy));
                first.map(|epoch| (epoch, StoppingReason::TargetAccuracy))
            }
            2 => {
                stopping.test_patience = Some(patience);
                first_without_progress(&losses(|metrics| metrics.test.unwrap()), patience)
                    .map(|(epoch, since)| (epoch, StoppingReason::NoTestProgress { since }))
            }
            _ => {
                stopping.patience = Some(patience);
                first_without_progress(&losses(|metrics| metrics.train), patience)
                    .map(|(epoch, since)| (epoch, StoppingReason::NoProgress { since }))
            }
        };
        let mut stopped = start(EPOCHS, stopping);
        while stopped.run_epoch() == TrainingStatus::Running {}
        let (epoch, status) = match expected {
            Some((epoch, reason)) => (epoch, TrainingStatus::Stopped(reason)),
            None => (EPOCHS, TrainingStatus::Done),
        };
        prop_assert_eq!((stopped.metrics(), stopped.status()), (metrics[epoch], status));
        let mut short = start(epoch, StoppingCriteria::default());
        while short.run_epoch() == TrainingStatus::Running {}
        prop_assert_eq!(raw_bits(&stopped), raw_bits(&short));
        prop_assert_eq!(stopped.step(), status, "a run that has stopped changes nothing");
        prop_assert_eq!(raw_bits(&stopped), raw_bits(&short));
    }
}

#[test]
fn stopping_criteria_that_cannot_be_met_are_refused() {
    let numbers = numbers_dataset(&[vec![0.5], vec![1.0]], &[vec![0.3], vec![0.7]]);
    let network = initialized(1, &[(1, Activation::Linear)], 1);
    let refusal = |stopping: StoppingCriteria| {
        let hyperparameters = Hyperparameters {
            stopping,
            ..hyperparameters(Loss::MeanSquaredError)
        };
        let result = Trainer::new(
            &network,
            &BTreeSet::new(),
            (&numbers, None),
            None,
            hyperparameters,
        );
        result.unwrap_err().to_string()
    };
    let none = StoppingCriteria::default();
    for (stopping, text) in [
        (
            StoppingCriteria {
                target_loss: Some(0.0),
                ..none
            },
            "the target loss is a number above 0, not 0",
        ),
        (
            StoppingCriteria {
                target_loss: Some(f64::NAN),
                ..none
            },
            "the target loss is a number above 0, not NaN",
        ),
        (
            StoppingCriteria {
                target_accuracy: Some(1.5),
                ..none
            },
            "above 0 and up to 1, not 1.5",
        ),
        (
            StoppingCriteria {
                target_accuracy: Some(0.9),
                ..none
            },
            "the data has no classes",
        ),
        (
            StoppingCriteria {
                patience: Some(0),
                ..none
            },
            "at least 1 epoch without progress",
        ),
        (
            StoppingCriteria {
                test_patience: Some(3),
                ..none
            },
            "there is no test set",
        ),
    ] {
        let refused = refusal(stopping);
        assert!(refused.contains(text), "{refused}");
    }
}
