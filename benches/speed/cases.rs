//! What is timed.

use std::collections::BTreeSet;
use std::hint::black_box;

use neurodial::data::{Dataset, Generator, Recipe, Targets};
use neurodial::insight::Decision;
use neurodial::insight::decision::{Axis, Mapped};
use neurodial::learning::{Loss, Optimizer, Penalty, Schedule, Settings, Trainer};
use neurodial::network::{
    Activation, Blueprint, Initialisation, Knob, Network, NeuronAt, Scheme, Trace, Variation, Varied,
    VariedTrace,
};
use neurodial::session::{Document, Quantity, Target};

use crate::clock::time;
use crate::plain::{Plain, activate};
use crate::{Bound, Row};

type Case = (&'static str, fn(&'static str) -> Row);

pub const ALL: &[Case] = &[
    ("tanh of one number", tanh),
    ("train 2-4-2-1, tanh, batch 10", |name| train(name, &[4, 2, 1])),
    ("train 2-8-8-8-8-8-8-1, tanh, batch 10", |name| {
        train(name, &[8, 8, 8, 8, 8, 8, 1])
    }),
    ("maps 100×100, all 7 of 2-4-2-1", |name| {
        maps(name, &[4, 2, 1], 100, None)
    }),
    ("maps 100×100, all 49 of 2-8-8-8-8-8-8-1", |name| {
        maps(name, &[8, 8, 8, 8, 8, 8, 1], 100, None)
    }),
    ("map 256×256, output of 2-8-8-1", |name| {
        maps(name, &[8, 8, 1], 256, Some(NeuronAt { layer: 2, neuron: 0 }))
    }),
    ("forward pass of 4-3", forward_of_one),
    ("sweep of 4-3, 400 points", sweep),
    ("forward 784-128-64-10, one input", |name| wide(name, 1)),
    ("forward 784-128-64-10, 256 inputs", |name| wide(name, 256)),
    ("training step 784-128-64-10, 256 inputs", wide_step),
    ("one knob of layer 4 turned, those 49 maps", turned_maps),
    ("one knob of layer 3 turned, 256 digits", turned_examples),
];

pub fn network(inputs: usize, layers: &[(usize, Activation)], scheme: Scheme) -> Network {
    let blueprint = Blueprint::dense(inputs, layers).unwrap_or_else(|e| unreachable!("{e}"));
    let how = Initialisation {
        scheme,
        seed: 7,
        biases: true,
    };
    let values = how.values(&blueprint);
    let mut network = Network::zeros(blueprint);
    network.knobs_mut().copy_from_slice(&values);
    network
}

pub fn tanh_network(widths: &[usize]) -> Network {
    let layers: Vec<_> = widths.iter().map(|&width| (width, Activation::Tanh)).collect();
    network(2, &layers, Scheme::Xavier)
}

fn wide_network() -> Network {
    let layers = [
        (128, Activation::Relu),
        (64, Activation::Relu),
        (10, Activation::Softmax),
    ];
    network(784, &layers, Scheme::He)
}

/// The multiply-adds of one sample forward, two operations each.
fn operations(network: &Network) -> f64 {
    2.0 * network.knobs().len() as f64
}

fn tanh(name: &'static str) -> Row {
    let z: Vec<f64> = (0..1024).map(|i| f64::from(i) / 128.0 - 4.0).collect();
    let mut a = vec![0.0; z.len()];
    let ours = time(|| Activation::Tanh.of_each(black_box(&z), black_box(&mut a)));
    let plain = time(|| {
        for (a, &z) in a.iter_mut().zip(black_box(&z)) {
            *a = activate(Activation::Tanh, z);
        }
    });
    Row {
        name,
        ours,
        plain: Some(plain),
        things: 1024.0,
        unit: None,
        // Without the division: 13 multiply-adds of a polynomial, 5 of the rest.
        bound: Bound::Operations(1024.0 * 36.0),
    }
}

fn trainer(network: &Network, data: &Dataset, loss: Loss, batch: usize) -> Trainer {
    let settings = Settings {
        loss,
        penalty: Penalty::default(),
        optimizer: Optimizer::Sgd,
        learning_rate: 1e-3,
        schedule: Schedule::Constant,
        batch: Some(batch),
        epochs: 100_000_000,
        seed: 1,
    };
    Trainer::new(network, &BTreeSet::new(), (data, None), None, settings)
        .unwrap_or_else(|e| unreachable!("{e}"))
}

/// An epoch of 500 samples, at the end of which the loss of all is measured.
fn train(name: &'static str, widths: &[usize]) -> Row {
    let network = tanh_network(widths);
    let recipe = Recipe {
        samples: 500,
        noise: 0.0,
        seed: 1,
    };
    let data = Generator::Spiral
        .dataset(recipe)
        .unwrap_or_else(|e| unreachable!("{e}"));
    let mut trainer = trainer(&network, &data, Loss::MeanSquaredError, 10);
    let ours = time(|| {
        black_box(trainer.epoch());
    });
    let mut plain = Plain::new(&network);
    let samples = data.samples();
    let plain = time(|| {
        for sample in 0..samples {
            let x = [data.input(0)[sample], data.input(1)[sample]];
            plain.learn(&x, &[f64::from(u8::from(sample % 2 == 0))]);
            if sample % 10 == 9 {
                plain.turn(1e-3 / 10.0);
            }
        }
        for sample in 0..samples {
            black_box(plain.forward(&[data.input(0)[sample], data.input(1)[sample]]));
        }
    });
    Row {
        name,
        ours,
        plain: Some(plain),
        things: samples as f64,
        unit: Some(" samples"),
        // Forward twice, and back twice as much.
        bound: Bound::Operations(4.0 * operations(&network) * samples as f64),
    }
}

fn maps(name: &'static str, widths: &[usize], places: usize, only: Option<NeuronAt>) -> Row {
    let network = tanh_network(widths);
    let document = Document::new(network.clone());
    let trace = network.forward(&document.inputs);
    let axes = [0, 1].map(|input| Axis {
        target: Target::Input(input),
        ends: [-6.0, 6.0],
    });
    let mapped = only.map_or(Mapped::All, Mapped::Neuron);
    let mut at = 0_u32;
    let mut decision = Decision::default();
    let ours = time(|| {
        // Other ends each time, so that nothing is known already.
        at = (at + 1) % 1000;
        let mut axes = axes;
        axes[0].ends[0] -= f64::from(at) / 1000.0;
        decision.run(&document, &trace, axes, places, mapped, Quantity::Output);
        black_box(&decision);
    });
    let mut plain = Plain::new(&network);
    let plain = time(|| {
        for row in 0..places {
            for column in 0..places {
                let x = [column, row].map(|place| 12.0 * place as f64 / (places - 1) as f64 - 6.0);
                black_box(plain.forward(&x));
            }
        }
    });
    Row {
        name,
        ours,
        plain: Some(plain),
        things: 1.0,
        unit: None,
        bound: Bound::Operations(operations(&network) * (places * places) as f64),
    }
}

fn four_three() -> Network {
    network(4, &[(3, Activation::Relu)], Scheme::He)
}

fn forward_of_one(name: &'static str) -> Row {
    let network = four_three();
    let x = [1.0, 2.0, 3.0, 2.5];
    let mut trace = Trace::default();
    let ours = time(|| {
        trace.run(black_box(&network), black_box(&x), 1);
        black_box(&trace);
    });
    let mut plain = Plain::new(&network);
    let plain = time(|| {
        black_box(plain.forward(black_box(&x)));
    });
    Row {
        name,
        ours,
        plain: Some(plain),
        things: 1.0,
        unit: None,
        bound: Bound::None,
    }
}

fn sweep(name: &'static str) -> Row {
    let network = four_three();
    let x = [1.0, 2.0, 3.0, 2.5];
    let now = network.forward(&x);
    let values: Vec<f64> = (0..400).map(|i| f64::from(i) / 40.0 - 5.0).collect();
    let mut out = VariedTrace::default();
    let ours = time(|| {
        let variation = Variation::new(&network, &now, Varied::Input(1));
        variation.run(black_box(&values), 0, &[0, 1, 2], &mut out);
        black_box(&out);
    });
    let mut plain = Plain::new(&network);
    let plain = time(|| {
        for &value in black_box(&values) {
            black_box(plain.forward(&[x[0], value, x[2], x[3]]));
        }
    });
    Row {
        name,
        ours,
        plain: Some(plain),
        things: 1.0,
        unit: None,
        bound: Bound::None,
    }
}

fn wide(name: &'static str, samples: usize) -> Row {
    let network = wide_network();
    let x: Vec<f64> = (0..784 * samples).map(|i| (i % 251) as f64 / 251.0).collect();
    let mut trace = Trace::default();
    let ours = time(|| {
        trace.run(&network, &x, samples);
        black_box(&trace);
    });
    let mut plain = Plain::new(&network);
    let plain = time(|| {
        for sample in 0..samples {
            black_box(plain.forward(&x[sample * 784..][..784]));
        }
    });
    let count = operations(&network) * samples as f64;
    Row {
        name,
        ours,
        plain: Some(plain),
        things: 1.0,
        unit: None,
        bound: match samples {
            1 => Bound::Bytes(8.0 * network.knobs().len() as f64),
            _ => Bound::Operations(count),
        },
    }
}

fn wide_step(name: &'static str) -> Row {
    const BATCH: usize = 256;
    let network = wide_network();
    let inputs = (0..784 * BATCH).map(|i| (i % 251) as f64 / 251.0).collect();
    let names = |count: usize| (0..count).map(|index| index.to_string()).collect::<Vec<_>>();
    let targets = Targets::Classes {
        names: names(10),
        labels: (0..BATCH).map(|sample| sample % 10).collect(),
    };
    let data = Dataset::new(names(784), inputs, targets).unwrap_or_else(|e| unreachable!("{e}"));
    // Two batches an epoch, so that they are chosen and gathered as always; the loss is measured with the second.
    let mut trainer = trainer(&network, &data, Loss::CategoricalCrossEntropy, BATCH);
    let ours = time(|| {
        black_box(trainer.step());
    });
    let mut plain = Plain::new(&network);
    let x: Vec<f64> = (0..784 * BATCH).map(|i| (i % 251) as f64 / 251.0).collect();
    let plain = time(|| {
        for sample in 0..BATCH {
            let mut y = [0.0; 10];
            y[sample % 10] = 1.0;
            plain.learn(&x[sample * 784..][..784], &y);
        }
        plain.turn(1e-3 / BATCH as f64);
    });
    let first = 2.0 * 784.0 * 128.0;
    Row {
        name,
        ours,
        plain: Some(plain),
        things: 1.0,
        unit: None,
        // Three products a layer; the first has none to the inputs.
        bound: Bound::Operations((3.0 * operations(&network) - first) * BATCH as f64),
    }
}

/// All maps of the deep network again, after a knob of its fourth layer has turned: beside all of them anew.
fn turned_maps(name: &'static str) -> Row {
    let mut document = Document::new(tanh_network(&[8, 8, 8, 8, 8, 8, 1]));
    let axes = [0, 1].map(|input| Axis {
        target: Target::Input(input),
        ends: [-6.0, 6.0],
    });
    let trace = document.network.forward(&document.inputs);
    let knob = Knob::weight(3, 1, 2);
    let mut run = |is_known: bool| {
        let mut decision = Decision::default();
        let mut at = 0_u32;
        time(|| {
            at = (at + 1) % 1000;
            document.network.set(knob, f64::from(at) / 1000.0);
            if !is_known {
                decision = Decision::default();
            }
            decision.run(&document, &trace, axes, 100, Mapped::All, Quantity::Output);
            black_box(&decision);
        })
    };
    let (ours, anew) = (run(true), run(false));
    Row {
        name,
        ours,
        plain: Some(anew),
        things: 1.0,
        unit: None,
        bound: Bound::None,
    }
}

/// The forward pass of 256 samples after a knob of the last layer has turned: beside the whole pass.
fn turned_examples(name: &'static str) -> Row {
    let mut network = wide_network();
    let x: Vec<f64> = (0..784 * 256).map(|i| (i % 251) as f64 / 251.0).collect();
    let mut trace = network.forward_batch(&x, 256);
    let mut before = network.clone();
    let mut at = 0_u32;
    let ours = time(|| {
        at = (at + 1) % 1000;
        network.set(Knob::weight(2, 3, 1), f64::from(at) / 1000.0);
        trace.update(&before, &network);
        before.knobs_mut().copy_from_slice(network.knobs());
        black_box(&trace);
    });
    let anew = time(|| {
        trace.run(&network, &x, 256);
        black_box(&trace);
    });
    Row {
        name,
        ours,
        plain: Some(anew),
        things: 1.0,
        unit: None,
        bound: Bound::None,
    }
}
