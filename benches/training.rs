//! How many samples a second a network learns from, and how long one step of a larger one takes.

use std::collections::BTreeSet;

use divan::Bencher;
use divan::counter::ItemsCount;
use neurodial::data::{Dataset, Generator, Recipe, Targets};
use neurodial::learning::{Loss, Optimizer, Penalty, Schedule, Settings, Trainer};
use neurodial::network::{Activation, Blueprint, Initialisation, Network, Scheme};

/// Shows that a step allocates nothing.
#[global_allocator]
static ALLOCATOR: divan::AllocProfiler = divan::AllocProfiler::system();

fn main() {
    divan::main();
}

fn network(inputs: usize, layers: &[(usize, Activation)], scheme: Scheme) -> Network {
    let blueprint = Blueprint::dense(inputs, layers).unwrap_or_else(|_| unreachable!("within the limits"));
    let how = Initialisation {
        scheme,
        seed: 7,
        biases: false,
    };
    let values = how.values(&blueprint);
    let mut network = Network::zeros(blueprint);
    network.knobs_mut().copy_from_slice(&values);
    network
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

/// Steps of 10 samples, measuring the loss of all 500 once an epoch as training does.
fn playground(bencher: Bencher<'_, '_>, widths: &[usize]) {
    let layers: Vec<_> = widths.iter().map(|&width| (width, Activation::Tanh)).collect();
    let recipe = Recipe {
        samples: 500,
        noise: 0.0,
        seed: 1,
    };
    let data = Generator::Spiral
        .dataset(recipe)
        .unwrap_or_else(|e| unreachable!("{e}"));
    let mut trainer = trainer(
        &network(2, &layers, Scheme::Xavier),
        &data,
        Loss::MeanSquaredError,
        10,
    );
    bencher
        .counter(ItemsCount::new(data.samples()))
        .bench_local(|| trainer.epoch());
}

#[divan::bench]
fn tanh_2_4_2_1(bencher: Bencher<'_, '_>) {
    playground(bencher, &[4, 2, 1]);
}

#[divan::bench]
fn tanh_2_8_8_8_8_8_8_1(bencher: Bencher<'_, '_>) {
    playground(bencher, &[8, 8, 8, 8, 8, 8, 1]);
}

/// One step. The data has more steps in an epoch than are timed, so none of them measures the loss.
#[divan::bench(sample_count = 20, sample_size = 1)]
fn relu_784_128_64_10_on_256(bencher: Bencher<'_, '_>) {
    const BATCH: usize = 256;
    const STEPS: usize = 30;
    let samples = BATCH * STEPS;
    let inputs = (0..784 * samples).map(|i| (i % 251) as f64 / 251.0).collect();
    let names = |count: usize| (0..count).map(|index| index.to_string()).collect::<Vec<_>>();
    let labels = (0..samples).map(|sample| sample % 10).collect();
    let targets = Targets::Classes {
        names: names(10),
        labels,
    };
    let data = Dataset::new(names(784), inputs, targets).unwrap_or_else(|e| unreachable!("{e}"));
    let layers = [
        (128, Activation::Relu),
        (64, Activation::Relu),
        (10, Activation::Softmax),
    ];
    let network = network(784, &layers, Scheme::He);
    let mut trainer = trainer(&network, &data, Loss::CategoricalCrossEntropy, BATCH);
    bencher
        .counter(ItemsCount::new(BATCH))
        .bench_local(|| trainer.step());
}
