//! How long it takes to paint every knob with what it would do, and to map two numbers at once.

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

/// Says with each result what was allocated; what is run again should allocate nothing.
#[global_allocator]
static ALLOCATOR: AllocProfiler = AllocProfiler::system();

fn main() {
    divan::main();
}

fn document(inputs: usize, layers: &[(usize, Activation)]) -> (Document, ForwardPass) {
    let blueprint = Architecture::dense(inputs, layers).unwrap_or_else(|_| unreachable!("within the limits"));
    let how = Initialization {
        initializer: Initializer::Xavier,
        seed: 7,
        has_random_biases: true,
    };
    let values = how.values(&blueprint);
    let mut network = Network::zeros(blueprint);
    network.knobs_mut().copy_from_slice(&values);
    let mut document = Document::new(network);
    let inputs = document.inputs.iter_mut().enumerate();
    inputs.for_each(|(i, x)| *x = (i + 1) as f64 % 7.0 / 7.0);
    let trace = document.network.forward(&document.inputs);
    (document, trace)
}

fn tanh(widths: &[usize]) -> Vec<(usize, Activation)> {
    widths.iter().map(|&width| (width, Activation::Tanh)).collect()
}

/// The architecture of the `deep` preset: 37 knobs and 2 inputs, and one knob twice.
#[divan::bench]
fn forty_strips_of_deep(bencher: Bencher<'_, '_>) {
    let (document, trace) = document(2, &tanh(&[4, 4, 1]));
    let mut targets: Vec<Adjustable> = document
        .network
        .architecture()
        .knobs()
        .map(Adjustable::Knob)
        .collect();
    targets.extend([Adjustable::Input(0), Adjustable::Input(1), targets[0]]);
    let at = NeuronAddress { layer: 2, neuron: 0 };
    let mut strips = KnobProfiles::default();
    bencher.bench_local(|| {
        strips.update(&document, &trace, at, Quantity::Output, &targets);
        strips.value_range()
    });
}

/// Every knob of 4-8-3 over 150 samples of flowers: 67 strips of the loss.
#[divan::bench]
fn strips_of_the_loss(bencher: Bencher<'_, '_>) {
    let layers = [(8, Activation::Tanh), (3, Activation::Softmax)];
    let (document, _) = document(4, &layers);
    let choice = TrainingConfig {
        test_fraction: 0.0,
        ..TrainingConfig::new(DataSource::Bundled(BundledDataset::Iris))
    };
    let course = TrainingSetup::new(choice).unwrap_or_else(|_| unreachable!("bundled data"));
    let exam = LossEvaluation::new(&document, &Arc::new(course)).unwrap_or_else(|_| unreachable!("it fits"));
    let targets: Vec<Adjustable> = document
        .network
        .architecture()
        .knobs()
        .map(Adjustable::Knob)
        .collect();
    let mut strips = KnobProfiles::default();
    bencher.bench_local(|| {
        strips.update_loss(&document, &exam, &targets);
        assert_eq!(strips.loss_info().map(|measured| measured.samples), Some(150));
        strips.value_range()
    });
}

/// The same data run through the network, and the slope of the loss along every knob.
#[divan::bench]
fn sensitivity_of_the_loss(bencher: Bencher<'_, '_>) {
    let layers = [(8, Activation::Tanh), (3, Activation::Softmax)];
    let (document, _) = document(4, &layers);
    let course = TrainingSetup::new(TrainingConfig::new(DataSource::Bundled(BundledDataset::Iris)));
    let course = Arc::new(course.unwrap_or_else(|_| unreachable!("bundled data")));
    let mut exam = LossEvaluation::new(&document, &course).unwrap_or_else(|_| unreachable!("it fits"));
    let mut sensitivity = Sensitivity::from_loss(&document.network, &exam);
    bencher.bench_local(|| {
        exam.update(&document.network);
        sensitivity.update_loss(&document.network, &exam);
        sensitivity.knob_derivatives()[0]
    });
}

#[divan::bench]
fn map_of_all_neurons(bencher: Bencher<'_, '_>) {
    let (document, trace) = document(2, &tanh(&[8, 8, 1]));
    let axes = [0, 1].map(|input| GridAxis::new(&document, Adjustable::Input(input)));
    let mut decision = OutputGrid::default();
    bencher.bench_local(|| {
        decision.run(&document, &trace, axes, 128, MappedNeurons::All, Quantity::Output);
    });
}

#[divan::bench]
fn contour_of_a_map(bencher: Bencher<'_, '_>) {
    let (document, trace) = document(2, &tanh(&[8, 8, 1]));
    let axes = [0, 1].map(|input| GridAxis::new(&document, Adjustable::Input(input)));
    let at = NeuronAddress { layer: 2, neuron: 0 };
    let mut decision = OutputGrid::default();
    decision.run(
        &document,
        &trace,
        axes,
        128,
        MappedNeurons::Neuron(at),
        Quantity::Output,
    );
    let mut contour = Contour::default();
    bencher.bench_local(|| {
        contour.trace(decision.neuron_values(at).unwrap_or_default(), 128, 0.0);
        contour.lines().count()
    });
}

#[divan::bench]
fn sensitivity_of_deep(bencher: Bencher<'_, '_>) {
    let (document, trace) = document(2, &tanh(&[4, 4, 1]));
    let session = Session::open(document, Origin::Untitled);
    let mut sensitivity = Sensitivity::from_session(&session, &trace);
    let at = session.view().selected;
    bencher.bench_local(|| {
        sensitivity.update(session.document(), &trace, at, Quantity::Output);
        sensitivity.input_derivatives()[0]
    });
}

/// The gradients of a batch, as one step of training needs them.
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
    let trace = document.network.forward_batch(&inputs, samples);
    let seed = vec![0.01; 10 * samples];
    let mut backward = BackwardPass::default();
    bencher.bench_local(|| {
        backward.run(&document.network, &trace, GradientSeed::WeightedSums(&seed));
        backward.gradients()[0]
    });
}
