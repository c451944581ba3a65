//! The time to compute knob profiles, sensitivities, output maps and contours.

use std::sync::Arc;

use divan::{AllocProfiler, Bencher};
use neurodial_core::data::BundledDataset;
use neurodial_core::insight::output_grid::{GridAxis, MappedNeurons};
use neurodial_core::insight::{Contour, KnobProfiles, LossEvaluation, OutputGrid, Sensitivity};
use neurodial_core::network::{
    Activation, Architecture, BackwardPass, ForwardPass, GradientSeed, Initialization, Initializer, Network,
    NeuronAddress,
};
use neurodial_core::session::{
    Adjustable, DataSource, Document, Origin, Quantity, Session, TrainingConfig, TrainingSetup,
};

/// Reports allocations with each result. Repeated updates should allocate nothing.
#[global_allocator]
static ALLOCATOR: AllocProfiler = AllocProfiler::system();

fn main() {
    divan::main();
}

fn document(inputs: usize, layers: &[(usize, Activation)]) -> (Document, ForwardPass) {
    let architecture =
        Architecture::dense(inputs, layers).unwrap_or_else(|_| unreachable!("within the limits"));
    let initialization = Initialization {
        initializer: Initializer::Xavier,
        seed: 7,
        has_random_biases: true,
    };
    let values = initialization.values(&architecture);
    let mut network = Network::zeros(architecture);
    network.knobs_mut().copy_from_slice(&values);
    let mut document = Document::new(network);
    let inputs = document.inputs.iter_mut().enumerate();
    inputs.for_each(|(i, x)| *x = (i + 1) as f64 % 7.0 / 7.0);
    let forward_pass = document.network.forward(&document.inputs);
    (document, forward_pass)
}

fn tanh(widths: &[usize]) -> Vec<(usize, Activation)> {
    widths.iter().map(|&width| (width, Activation::Tanh)).collect()
}

/// Measures the profiles of 37 knobs and 2 inputs with the architecture of the `deep` preset, one knob twice.
#[divan::bench]
fn forty_profiles_of_deep(bencher: Bencher<'_, '_>) {
    let (document, forward_pass) = document(2, &tanh(&[4, 4, 1]));
    let mut targets: Vec<Adjustable> = document
        .network
        .architecture()
        .knobs()
        .map(Adjustable::Knob)
        .collect();
    targets.extend([Adjustable::Input(0), Adjustable::Input(1), targets[0]]);
    let at = NeuronAddress { layer: 2, neuron: 0 };
    let mut profiles = KnobProfiles::default();
    bencher.bench_local(|| {
        profiles.update(&document, &forward_pass, at, Quantity::Output, &targets);
        profiles.value_range()
    });
}

/// Measures the loss profiles of all 67 knobs of a 4-8-3 network for the 150 samples of iris.
#[divan::bench]
fn loss_profiles(bencher: Bencher<'_, '_>) {
    let layers = [(8, Activation::Tanh), (3, Activation::Softmax)];
    let (document, _) = document(4, &layers);
    let config = TrainingConfig {
        test_fraction: 0.0,
        ..TrainingConfig::new(DataSource::Bundled(BundledDataset::Iris))
    };
    let setup = TrainingSetup::new(config).unwrap_or_else(|_| unreachable!("bundled data"));
    let evaluation =
        LossEvaluation::new(&document, &Arc::new(setup)).unwrap_or_else(|_| unreachable!("it fits"));
    let targets: Vec<Adjustable> = document
        .network
        .architecture()
        .knobs()
        .map(Adjustable::Knob)
        .collect();
    let mut profiles = KnobProfiles::default();
    bencher.bench_local(|| {
        profiles.update_loss(&document, &evaluation, &targets);
        assert_eq!(profiles.loss_info().map(|info| info.samples), Some(150));
        profiles.value_range()
    });
}

/// Measures the evaluation of the loss and its derivatives with respect to all knobs, for the same data.
#[divan::bench]
fn sensitivity_of_the_loss(bencher: Bencher<'_, '_>) {
    let layers = [(8, Activation::Tanh), (3, Activation::Softmax)];
    let (document, _) = document(4, &layers);
    let setup = TrainingSetup::new(TrainingConfig::new(DataSource::Bundled(BundledDataset::Iris)));
    let setup = Arc::new(setup.unwrap_or_else(|_| unreachable!("bundled data")));
    let mut evaluation = LossEvaluation::new(&document, &setup).unwrap_or_else(|_| unreachable!("it fits"));
    let mut sensitivity = Sensitivity::from_loss(&document.network, &evaluation);
    bencher.bench_local(|| {
        evaluation.update(&document.network);
        sensitivity.update_loss(&document.network, &evaluation);
        sensitivity.knob_derivatives()[0]
    });
}

#[divan::bench]
fn map_of_all_neurons(bencher: Bencher<'_, '_>) {
    let (document, forward_pass) = document(2, &tanh(&[8, 8, 1]));
    let axes = [0, 1].map(|input| GridAxis::new(&document, Adjustable::Input(input)));
    let mut output_grid = OutputGrid::default();
    bencher.bench_local(|| {
        output_grid.run(
            &document,
            &forward_pass,
            axes,
            128,
            MappedNeurons::All,
            Quantity::Output,
        );
    });
}

#[divan::bench]
fn contour_of_a_map(bencher: Bencher<'_, '_>) {
    let (document, forward_pass) = document(2, &tanh(&[8, 8, 1]));
    let axes = [0, 1].map(|input| GridAxis::new(&document, Adjustable::Input(input)));
    let at = NeuronAddress { layer: 2, neuron: 0 };
    let mut output_grid = OutputGrid::default();
    output_grid.run(
        &document,
        &forward_pass,
        axes,
        128,
        MappedNeurons::Neuron(at),
        Quantity::Output,
    );
    let mut contour = Contour::default();
    bencher.bench_local(|| {
        contour.trace(output_grid.neuron_values(at).unwrap_or_default(), 128, 0.0);
        contour.lines().count()
    });
}

#[divan::bench]
fn sensitivity_of_deep(bencher: Bencher<'_, '_>) {
    let (document, forward_pass) = document(2, &tanh(&[4, 4, 1]));
    let session = Session::open(document, Origin::Untitled);
    let mut sensitivity = Sensitivity::from_session(&session, &forward_pass);
    let at = session.view().selected;
    bencher.bench_local(|| {
        sensitivity.update(session.document(), &forward_pass, at, Quantity::Output);
        sensitivity.input_derivatives()[0]
    });
}

/// Measures the gradients of a mini-batch, as one training update needs them.
#[divan::bench]
fn backward_of_digits(bencher: Bencher<'_, '_>) {
    let layers = [
        (128, Activation::Relu),
        (64, Activation::Relu),
        (10, Activation::Softmax),
    ];
    let (document, _) = document(784, &layers);
    let samples = 256;
    let inputs: Vec<f64> = (0..784 * samples).map(|i| (i % 17) as f64 / 17.0).collect();
    let forward_pass = document.network.forward_batch(&inputs, samples);
    let seed = vec![0.01; 10 * samples];
    let mut backward = BackwardPass::default();
    bencher.bench_local(|| {
        backward.run(
            &document.network,
            &forward_pass,
            GradientSeed::WeightedSums(&seed),
        );
        backward.gradients()[0]
    });
}
