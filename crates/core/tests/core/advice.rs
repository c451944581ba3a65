//! The advice of the warnings: wherever a warning is shown, doing what it says makes the network better.

use std::collections::BTreeSet;

use neurodial_core::data::{Dataset, DatasetGenerator, Scaling, Targets};
use neurodial_core::network::{Activation, Architecture, Initialization, Initializer, Network};
use neurodial_core::training::{
    Diagnosis, Hyperparameters, LearningRateSchedule, Loss, Optimizer, Regularization, StoppingCriteria,
    Trainer, TrainingStatus,
};

use crate::support::datasets::generated;
use crate::support::random_network;

/// The seeds of the networks.
const SEEDS: std::ops::Range<u64> = 1..4;
/// The maximum loss after the advice was followed, compared with that without it.
const MAX_RATIO: f64 = 0.8;

type Layers = &'static [(usize, Activation)];

/// A network that is about to be trained.
#[derive(Clone)]
struct Plan {
    data: Dataset,
    network: Network,
    loss: Loss,
    learning_rate: f64,
    optimizer: Optimizer,
    /// New initial values, drawn when training begins.
    has_new_values: bool,
    is_standardized: bool,
    epochs: usize,
}

impl Plan {
    fn new(data: Dataset, layers: Layers, loss: Loss, seed: u64) -> Self {
        let network = network(&data, layers, seed);
        Self {
            data,
            network,
            loss,
            learning_rate: 0.1,
            optimizer: Optimizer::Sgd,
            has_new_values: false,
            is_standardized: false,
            epochs: 100,
        }
    }

    fn trainer(&self) -> Trainer {
        let hyperparameters = Hyperparameters {
            loss: self.loss,
            regularization: Regularization::default(),
            optimizer: self.optimizer,
            learning_rate: self.learning_rate,
            schedule: LearningRateSchedule::Constant,
            batch_size: Some(10),
            epochs: self.epochs,
            stopping: StoppingCriteria::default(),
            seed: 1,
        };
        let scaling = self.is_standardized.then(|| Scaling::fit(&self.data).unwrap());
        let data = (&self.data, None);
        let mut trainer =
            Trainer::new(&self.network, &BTreeSet::new(), data, scaling, hyperparameters).unwrap();
        if self.has_new_values {
            let initialization = Initialization {
                initializer: Initializer::Xavier,
                seed: 7,
                has_random_biases: false,
            };
            trainer.initialize(initialization).unwrap();
        }
        trainer
    }

    /// Trains, and returns the loss `measure` of the result.
    fn trained_loss(&self, measure: Loss) -> f64 {
        let mut trainer = self.trainer();
        while trainer.run_epoch() == TrainingStatus::Running {}
        let mut network = self.network.clone();
        trainer.copy_raw_knobs_to(network.knobs_mut());
        let measured = Self {
            network,
            loss: measure,
            has_new_values: false,
            ..self.clone()
        };
        measured.trainer().initial_metrics().train.loss
    }

    /// Returns the plan with other layers of the same widths, and the same knobs.
    fn with_layers(&self, layers: Layers) -> Self {
        let mut network = network(&self.data, layers, 1);
        network.knobs_mut().copy_from_slice(self.network.knobs());
        Self {
            network,
            ..self.clone()
        }
    }

    fn with_loss(&self, loss: Loss) -> Self {
        Self { loss, ..self.clone() }
    }

    fn with_new_values(&self) -> Self {
        Self {
            has_new_values: true,
            ..self.clone()
        }
    }

    fn with_knobs(&self, change: impl Fn(&mut Network)) -> Self {
        let mut plan = self.clone();
        change(&mut plan.network);
        plan
    }
}

fn network(data: &Dataset, layers: Layers, seed: u64) -> Network {
    let architecture = Architecture::dense(data.feature_names().len(), layers).unwrap();
    random_network(architecture, Initializer::Xavier, seed)
}

/// Multiplies the weights and biases of the first layer.
fn scale_first_layer(factor: f64) -> impl Fn(&mut Network) {
    move |network: &mut Network| {
        let architecture = network.architecture();
        let count = architecture.width(0) * (architecture.input_count() + 1);
        for knob in &mut network.knobs_mut()[..count] {
            *knob *= factor;
        }
    }
}

/// An advice: its name, and what somebody who follows it changes.
type Advice<'a> = (&'a str, &'a dyn Fn(&Plan) -> Plan);

/// Checks that each advice makes the loss `measure` lower by a clear margin, for networks of several seeds.
#[track_caller]
fn check_advice(
    measure: Loss,
    plan: impl Fn(u64) -> Plan,
    is_expected: impl Fn(&Diagnosis) -> bool,
    advice: &[Advice<'_>],
) {
    let mut failures = Vec::new();
    for seed in SEEDS {
        let plan = plan(seed);
        let shown = Diagnosis::from_trainer(&plan.trainer());
        assert!(shown.iter().any(&is_expected), "seed {seed}: {shown:?}");
        let before = plan.trained_loss(measure);
        for (name, advised) in advice {
            let after = advised(&plan).trained_loss(measure);
            if after.is_nan() || after >= MAX_RATIO * before {
                failures.push(format!("seed {seed}, {name}: {before:.4} → {after:.4}"));
            }
        }
    }
    assert!(failures.is_empty(), "{failures:#?}");
}

fn circle() -> Dataset {
    generated(DatasetGenerator::Circle, 100, 0.0, 3)
}

fn xor() -> Dataset {
    generated(DatasetGenerator::Xor, 100, 0.0, 3)
}

const BCE: Loss = Loss::BinaryCrossEntropy;
const MSE: Loss = Loss::MeanSquaredError;
const TANH: Layers = &[(4, Activation::Tanh), (1, Activation::Sigmoid)];
const RELU: Layers = &[(4, Activation::Relu), (1, Activation::Sigmoid)];

#[test]
fn sigmoid_and_tanh_help_where_the_step_function_is() {
    const HIDDEN: Layers = &[(4, Activation::Step), (1, Activation::Sigmoid)];
    const DEEP: Layers = &[
        (4, Activation::Tanh),
        (3, Activation::Step),
        (1, Activation::Sigmoid),
    ];
    const OUTPUT: Layers = &[(4, Activation::Tanh), (1, Activation::Step)];
    let is_step = |diagnosis: &Diagnosis| matches!(diagnosis, Diagnosis::StepActivation { .. });
    check_advice(
        BCE,
        |seed| Plan {
            epochs: 250,
            ..Plan::new(circle(), HIDDEN, BCE, seed)
        },
        is_step,
        &[
            ("sigmoid", &|plan| {
                plan.with_layers(&[(4, Activation::Sigmoid), (1, Activation::Sigmoid)])
            }),
            ("tanh", &|plan| plan.with_layers(TANH)),
        ],
    );
    check_advice(
        BCE,
        |seed| Plan {
            epochs: 250,
            ..Plan::new(circle(), DEEP, BCE, seed)
        },
        is_step,
        &[("tanh", &|plan| {
            plan.with_layers(&[
                (4, Activation::Tanh),
                (3, Activation::Tanh),
                (1, Activation::Sigmoid),
            ])
        })],
    );
    check_advice(
        MSE,
        |seed| Plan {
            epochs: 250,
            ..Plan::new(circle(), OUTPUT, MSE, seed)
        },
        is_step,
        &[
            ("sigmoid", &|plan| plan.with_layers(TANH)),
            ("tanh", &|plan| {
                plan.with_layers(&[(4, Activation::Tanh), (1, Activation::Tanh)])
            }),
        ],
    );
}

#[test]
fn new_initial_values_help_where_neurons_are_dead() {
    let is_dead = |diagnosis: &Diagnosis| matches!(diagnosis, Diagnosis::DeadRelu { .. });
    for (bias, count) in [(-12.0, 4), (-90.0, 4), (-12.0, 3)] {
        let low_biases = move |network: &mut Network| {
            let architecture = network.architecture();
            let weights = architecture.width(0) * architecture.input_count();
            network.knobs_mut()[weights..weights + count].fill(bias);
        };
        check_advice(
            BCE,
            move |seed| Plan {
                epochs: 120,
                ..Plan::new(circle(), RELU, BCE, seed).with_knobs(low_biases)
            },
            is_dead,
            &[("new initial values", &Plan::with_new_values)],
        );
    }
}

#[test]
fn smaller_weights_and_standardized_inputs_help_where_neurons_are_saturated() {
    let is_saturated = |diagnosis: &Diagnosis| matches!(diagnosis, Diagnosis::Saturated { .. });
    let standardized = |plan: &Plan| Plan {
        is_standardized: true,
        ..plan.with_new_values()
    };
    check_advice(
        BCE,
        |seed| Plan {
            epochs: 120,
            ..Plan::new(xor(), TANH, BCE, seed).with_knobs(scale_first_layer(1e4))
        },
        is_saturated,
        &[
            ("smaller weights", &|plan| {
                plan.with_knobs(scale_first_layer(1e-4))
            }),
            ("new initial values", &Plan::with_new_values),
            ("standardized inputs", &standardized),
        ],
    );
    // Inputs of other units.
    let large_inputs = || {
        let data = circle();
        let inputs = data.inputs().iter().map(|x| 1e4 * (x + 5.0)).collect();
        Dataset::new(data.feature_names().to_vec(), inputs, data.targets().clone()).unwrap()
    };
    check_advice(
        BCE,
        |seed| Plan {
            epochs: 120,
            ..Plan::new(large_inputs(), TANH, BCE, seed)
        },
        is_saturated,
        &[("standardized inputs", &standardized)],
    );
}

#[test]
fn a_smaller_learning_rate_helps_where_the_loss_rises() {
    let parabola = || generated(DatasetGenerator::Parabola, 40, 0.0, 3);
    const LAYERS: Layers = &[(4, Activation::Relu), (1, Activation::Linear)];
    for rate in [1e200, 3.0, 1.0] {
        for seed in SEEDS {
            let plan = Plan {
                learning_rate: rate,
                ..Plan::new(parabola(), LAYERS, MSE, seed)
            };
            let mut trainer = plan.trainer();
            while trainer.run_epoch() == TrainingStatus::Running {}
            let shown = Diagnosis::from_trainer(&trainer);
            if !matches!(shown[..], [Diagnosis::LearningRateTooHigh { .. }, ..]) {
                continue;
            }
            let [before, after] = [
                plan.trained_loss(MSE),
                Plan {
                    learning_rate: 0.05,
                    ..plan
                }
                .trained_loss(MSE),
            ];
            assert!(
                after < MAX_RATIO * before,
                "seed {seed}, {rate}: {before} → {after}"
            );
        }
    }
}

#[test]
fn random_initial_values_help_where_all_neurons_are_equal() {
    let is_symmetric = |diagnosis: &Diagnosis| matches!(diagnosis, Diagnosis::Symmetry { .. });
    for value in [0.0, 0.5] {
        check_advice(
            BCE,
            move |seed| {
                let equal = move |network: &mut Network| network.knobs_mut().fill(value);
                Plan {
                    epochs: 120,
                    ..Plan::new(circle(), TANH, BCE, seed).with_knobs(equal)
                }
            },
            is_symmetric,
            &[("random initial values", &Plan::with_new_values)],
        );
    }
}

#[test]
fn the_advised_outputs_and_losses_help_where_they_do_not_match() {
    const TWO_CLASSES: Layers = &[(4, Activation::Tanh), (2, Activation::Softmax)];
    const TWO_SIGMOIDS: Layers = &[(4, Activation::Tanh), (2, Activation::Sigmoid)];
    let is_wrong = |diagnosis: &Diagnosis| matches!(diagnosis, Diagnosis::WrongLoss { .. });
    // Very wrong at the start, and ordinary.
    for bias in [12.0, 0.0] {
        let with_bias = move |network: &mut Network| {
            let count = network.knobs().len();
            network.knobs_mut()[count - 1] = bias;
        };
        check_advice(
            MSE,
            move |seed| Plan::new(circle(), TANH, MSE, seed).with_knobs(with_bias),
            is_wrong,
            &[("binary cross-entropy", &|plan| plan.with_loss(BCE))],
        );
        check_advice(
            MSE,
            move |seed| Plan::new(circle(), TWO_CLASSES, MSE, seed).with_knobs(with_bias),
            is_wrong,
            &[("categorical cross-entropy", &|plan| {
                plan.with_loss(Loss::CategoricalCrossEntropy)
            })],
        );
    }
    check_advice(
        MSE,
        |seed| Plan::new(circle(), TWO_SIGMOIDS, Loss::CategoricalCrossEntropy, seed),
        is_wrong,
        &[
            ("binary cross-entropy", &|plan| plan.with_loss(BCE)),
            ("softmax", &|plan| plan.with_layers(TWO_CLASSES)),
        ],
    );
    let cases: [(Layers, Layers, Layers); 2] = [
        (
            TANH,
            &[(4, Activation::Tanh), (1, Activation::Tanh)],
            &[(4, Activation::Tanh), (1, Activation::Linear)],
        ),
        (
            TWO_CLASSES,
            &[(4, Activation::Tanh), (2, Activation::Tanh)],
            &[(4, Activation::Tanh), (2, Activation::Linear)],
        ),
    ];
    for (layers, tanh, linear) in cases {
        check_advice(
            Loss::Hinge,
            |seed| Plan::new(circle(), layers, Loss::Hinge, seed),
            is_wrong,
            &[
                ("tanh", &|plan| plan.with_layers(tanh)),
                ("linear", &|plan| plan.with_layers(linear)),
            ],
        );
    }
}

#[test]
fn sigmoid_or_a_neuron_for_each_class_helps_where_softmax_is_over_one_neuron() {
    const SINGLE: Layers = &[(4, Activation::Tanh), (1, Activation::Softmax)];
    check_advice(
        MSE,
        |seed| Plan::new(circle(), SINGLE, Loss::CategoricalCrossEntropy, seed),
        |diagnosis| *diagnosis == Diagnosis::SoftmaxOverOneNeuron,
        &[
            ("sigmoid", &|plan| plan.with_layers(TANH).with_loss(BCE)),
            ("two neurons", &|plan| Plan {
                network: network(&plan.data, &[(4, Activation::Tanh), (2, Activation::Softmax)], 1),
                ..plan.clone()
            }),
        ],
    );
}

#[test]
fn a_linear_output_layer_helps_where_targets_cannot_be_reached() {
    let parabola = || {
        let data = generated(DatasetGenerator::Parabola, 40, 0.0, 3);
        let (names, values) = match data.targets() {
            Targets::Numbers { names, values } => {
                (names.clone(), values.iter().map(|y| 3.0 * y - 2.0).collect())
            }
            Targets::Classes { .. } => panic!("the targets are numbers"),
        };
        Dataset::new(
            data.feature_names().to_vec(),
            data.inputs().to_vec(),
            Targets::Numbers { names, values },
        )
        .unwrap()
    };
    const SIGMOID: Layers = &[(4, Activation::Tanh), (1, Activation::Sigmoid)];
    const TANH_OUTPUT: Layers = &[(4, Activation::Tanh), (1, Activation::Tanh)];
    const RELU_OUTPUT: Layers = &[(4, Activation::Tanh), (1, Activation::Relu)];
    for layers in [SIGMOID, TANH_OUTPUT, RELU_OUTPUT] {
        check_advice(
            MSE,
            |seed| Plan::new(parabola(), layers, MSE, seed),
            |diagnosis| matches!(diagnosis, Diagnosis::UnreachableTargets { .. }),
            &[("linear", &|plan| {
                plan.with_layers(&[(4, Activation::Tanh), (1, Activation::Linear)])
            })],
        );
    }
}
