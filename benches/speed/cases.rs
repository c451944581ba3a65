//! The cases that are measured.

mod knob_changes;
mod training;
mod widths;

use std::hint::black_box;

use neurodial_core::insight::OutputGrid;
use neurodial_core::insight::output_grid::{GridAxis, MappedNeurons};
use neurodial_core::insight::partial_forward::{PartialForward, PartialRequest, PartialValues};
use neurodial_core::network::kernel::SimdWidth;
use neurodial_core::network::{
    Activation, Architecture, ForwardPass, Initialization, Initializer, Network, NeuronAddress,
};
use neurodial_core::session::{Adjustable, Document, Quantity};

use crate::clock::time;
use crate::plain::{Plain, activate};
use crate::{Bound, Row};

type Case = (&'static str, fn(&'static str) -> Row);

pub const ALL: &[Case] = &[
    ("tanh of one number", tanh),
    ("train 2-4-2-1, tanh, batch 10", |name| {
        training::epochs(name, &[4, 2, 1])
    }),
    ("train 2-4-2-1, without the epochs’ loss", |name| {
        training::steps(name, &[4, 2, 1])
    }),
    ("train 2-8-8-8-8-8-8-1, tanh, batch 10", |name| {
        training::epochs(name, &[8, 8, 8, 8, 8, 8, 1])
    }),
    ("train 2-8-8-8-8-8-8-1, without it", |name| {
        training::steps(name, &[8, 8, 8, 8, 8, 8, 1])
    }),
    ("maps 100×100, all 7 of 2-4-2-1", |name| {
        maps(name, &[4, 2, 1], 100, None)
    }),
    ("maps 100×100, all 49 of 2-8-8-8-8-8-8-1", |name| {
        maps(name, &[8, 8, 8, 8, 8, 8, 1], 100, None)
    }),
    ("map 256×256, output of 2-8-8-1", |name| {
        maps(name, &[8, 8, 1], 256, Some(NeuronAddress { layer: 2, neuron: 0 }))
    }),
    ("forward pass of 4-3", forward_of_one),
    ("sweep of 4-3, 400 points", sweep),
    ("forward 784-128-64-10, one input", |name| wide(name, 1)),
    ("forward 784-128-64-10, 256 inputs", |name| wide(name, 256)),
    ("training step 784-128-64-10, 256 inputs", training::wide_step),
    ("one knob of layer 4 turned, those 49 maps", knob_changes::maps),
    ("one knob of layer 3 turned, 256 digits", knob_changes::forward),
    (
        "one knob of layer 6 turned, all 393 strips",
        knob_changes::profiles,
    ),
    ("one knob of layer 6 turned, sweep of input", knob_changes::sweep),
    ("one knob of layer 6 turned, loss of 500", knob_changes::loss),
];

/// The cases that are measured at each SIMD width.
pub const AT_WIDTHS: &[WidthCase] = &[
    ("tanh of one number", widths::tanh),
    ("forward 784-128-64-10, 64 inputs", widths::forward),
    ("back through it, all derivatives", widths::backward),
];

type WidthCase = (&'static str, fn(String, SimdWidth) -> Row);

pub fn network(inputs: usize, layers: &[(usize, Activation)], initializer: Initializer) -> Network {
    let architecture = Architecture::dense(inputs, layers).unwrap_or_else(|e| unreachable!("{e}"));
    let initialization = Initialization {
        initializer,
        seed: 7,
        has_random_biases: true,
    };
    initialization.network(architecture)
}

pub fn tanh_network(widths: &[usize]) -> Network {
    let layers: Vec<_> = widths.iter().map(|&width| (width, Activation::Tanh)).collect();
    network(2, &layers, Initializer::Xavier)
}

fn wide_network() -> Network {
    let layers = [
        (128, Activation::Relu),
        (64, Activation::Relu),
        (10, Activation::Softmax),
    ];
    network(784, &layers, Initializer::He)
}

/// Returns the number of operations of a forward pass of one sample; a multiply-add counts as two.
fn operations(network: &Network) -> f64 {
    2.0 * network.knobs().len() as f64
}

fn tanh(name: &'static str) -> Row {
    let z: Vec<f64> = (0..1024).map(|i| f64::from(i) / 128.0 - 4.0).collect();
    let mut a = vec![0.0; z.len()];
    let core = time(|| Activation::Tanh.apply_each(black_box(&z), black_box(&mut a)));
    let plain = time(|| {
        for (a, &z) in a.iter_mut().zip(black_box(&z)) {
            *a = activate(Activation::Tanh, z);
        }
    });
    Row {
        name: name.to_owned(),
        core,
        plain: Some(plain),
        item_count: 1024.0,
        unit: None,
        // Without the division: 13 multiply-adds for a polynomial and 5 for the rest.
        bound: Bound::Operations(1024.0 * 36.0),
    }
}

fn maps(name: &'static str, widths: &[usize], size: usize, only: Option<NeuronAddress>) -> Row {
    let network = tanh_network(widths);
    let document = Document::new(network.clone());
    let forward_pass = network.forward(&document.inputs);
    let axes = [0, 1].map(|input| GridAxis {
        target: Adjustable::Input(input),
        range: [-6.0, 6.0],
    });
    let mapped = only.map_or(MappedNeurons::All, MappedNeurons::Neuron);
    let mut step = 0_u32;
    let mut output_grid = OutputGrid::default();
    let core = time(|| {
        // The range differs each time, so that no result can be reused.
        step = (step + 1) % 1000;
        let mut axes = axes;
        axes[0].range[0] -= f64::from(step) / 1000.0;
        output_grid.run(&document, &forward_pass, axes, size, mapped, Quantity::Output);
        black_box(&output_grid);
    });
    let mut plain = Plain::new(&network);
    let plain = time(|| {
        for row in 0..size {
            for column in 0..size {
                let x = [column, row].map(|index| 12.0 * index as f64 / (size - 1) as f64 - 6.0);
                black_box(plain.forward(&x));
            }
        }
    });
    Row {
        name: name.to_owned(),
        core,
        plain: Some(plain),
        item_count: 1.0,
        unit: None,
        bound: Bound::Operations(operations(&network) * (size * size) as f64),
    }
}

fn four_three() -> Network {
    network(4, &[(3, Activation::Relu)], Initializer::He)
}

fn forward_of_one(name: &'static str) -> Row {
    let network = four_three();
    let x = [1.0, 2.0, 3.0, 2.5];
    let mut forward_pass = ForwardPass::default();
    let core = time(|| {
        forward_pass.run(black_box(&network), black_box(&x), 1);
        black_box(&forward_pass);
    });
    let mut plain = Plain::new(&network);
    let plain = time(|| {
        black_box(plain.forward(black_box(&x)));
    });
    Row {
        name: name.to_owned(),
        core,
        plain: Some(plain),
        item_count: 1.0,
        unit: None,
        bound: Bound::None,
    }
}

fn sweep(name: &'static str) -> Row {
    let network = four_three();
    let x = [1.0, 2.0, 3.0, 2.5];
    let now = network.forward(&x);
    let values: Vec<f64> = (0..400).map(|i| f64::from(i) / 40.0 - 5.0).collect();
    let mut out = PartialValues::default();
    let numbers = [Adjustable::Input(1)];
    let core = time(|| {
        let partial_forward = PartialForward::new(&network, &now, Default::default(), &numbers);
        partial_forward.run(&[black_box(&values)], PartialRequest::all(0), &mut out);
        black_box(&out);
    });
    let mut plain = Plain::new(&network);
    let plain = time(|| {
        for &value in black_box(&values) {
            black_box(plain.forward(&[x[0], value, x[2], x[3]]));
        }
    });
    Row {
        name: name.to_owned(),
        core,
        plain: Some(plain),
        item_count: 1.0,
        unit: None,
        bound: Bound::None,
    }
}

fn wide(name: &'static str, samples: usize) -> Row {
    let network = wide_network();
    let x: Vec<f64> = (0..784 * samples).map(|i| (i % 251) as f64 / 251.0).collect();
    let mut forward_pass = ForwardPass::default();
    let core = time(|| {
        forward_pass.run(&network, &x, samples);
        black_box(&forward_pass);
    });
    let mut plain = Plain::new(&network);
    let plain = time(|| {
        for sample in 0..samples {
            black_box(plain.forward(&x[sample * 784..][..784]));
        }
    });
    let count = operations(&network) * samples as f64;
    Row {
        name: name.to_owned(),
        core,
        plain: Some(plain),
        item_count: 1.0,
        unit: None,
        bound: match samples {
            1 => Bound::Bytes(8.0 * network.knobs().len() as f64),
            _ => Bound::Operations(count),
        },
    }
}
