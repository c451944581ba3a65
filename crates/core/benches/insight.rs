//! The time to compute what is derived from a session: curves, profiles, maps, losses and sensitivities, each from
//! scratch or after a knob has changed.
//!
//!     cargo bench -p neurodial-core

use std::sync::Arc;

use divan::{AllocProfiler, Bencher};
use neurodial_core::data::{BundledDataset, DatasetGenerator};
use neurodial_core::formats::Preset;
use neurodial_core::insight::output_grid::{GridAxis, MappedNeurons};
use neurodial_core::insight::{
    Contour, Insight, KnobProfiles, LossEvaluation, LossLandscape, OutputGrid, Sensitivity,
};
use neurodial_core::network::{
    Activation, Architecture, BackwardPass, ForwardPass, GradientSeed, Initialization, Initializer, Knob,
    NeuronAddress,
};
use neurodial_core::session::{
    Action, Adjustable, CurveScope, DataSource, Document, Edit, Gesture, Origin, Quantity, Session,
    TrainingConfig, TrainingSetup, ViewChange,
};

/// Reports allocations with each result. Repeated updates should allocate nothing.
#[global_allocator]
static ALLOCATOR: AllocProfiler = AllocProfiler::system();

/// The widths of a deep network with two inputs.
const SEVEN_LAYERS: [usize; 7] = [8, 8, 8, 8, 8, 8, 1];
/// A knob of the sixth of these layers.
const LATE: Knob = Knob::weight(5, 1, 2);

fn main() {
    divan::main();
}

fn document(inputs: usize, layers: &[(usize, Activation)], initializer: Initializer) -> Document {
    let architecture =
        Architecture::dense(inputs, layers).unwrap_or_else(|_| unreachable!("within the limits"));
    let initialization = Initialization {
        initializer,
        seed: 7,
        has_random_biases: true,
    };
    let mut document = Document::new(initialization.network(architecture));
    let inputs = document.inputs.iter_mut().enumerate();
    inputs.for_each(|(i, x)| *x = (i + 1) as f64 % 7.0 / 7.0);
    document
}

/// Returns a network with two inputs and tanh in all layers.
fn tanh(widths: &[usize]) -> Document {
    let layers: Vec<_> = widths.iter().map(|&width| (width, Activation::Tanh)).collect();
    document(2, &layers, Initializer::Xavier)
}

/// Returns a network for pictures of 28 × 28 pixels and 10 classes: 109,386 knobs.
fn digits() -> Document {
    let layers = [
        (128, Activation::Relu),
        (64, Activation::Relu),
        (10, Activation::Softmax),
    ];
    document(784, &layers, Initializer::He)
}

fn open(document: Document) -> Session {
    Session::open(document, Origin::Untitled)
}

fn preset(name: &str) -> Session {
    let document = Preset::from_name(name).and_then(|preset| preset.document().ok());
    open(document.unwrap_or_else(|| unreachable!("a bundled preset")))
}

fn knobs(document: &Document) -> Vec<Adjustable> {
    let knobs = document.network.architecture().knobs();
    knobs.map(Adjustable::Knob).collect()
}

fn setup(config: TrainingConfig) -> Arc<TrainingSetup> {
    Arc::new(TrainingSetup::new(config).unwrap_or_else(|_| unreachable!("valid data")))
}

/// Returns 500 points on two spirals, all of them for training.
fn spiral() -> Arc<TrainingSetup> {
    setup(TrainingConfig {
        samples: 500,
        test_fraction: 0.0,
        ..TrainingConfig::new(DataSource::Generated(DatasetGenerator::Spiral))
    })
}

/// Returns a bundled dataset, all of it for training.
fn bundled(dataset: BundledDataset) -> Arc<TrainingSetup> {
    setup(TrainingConfig {
        test_fraction: 0.0,
        ..TrainingConfig::new(DataSource::Bundled(dataset))
    })
}

fn evaluation(document: &Document, setup: &Arc<TrainingSetup>) -> LossEvaluation {
    LossEvaluation::new(document, setup).unwrap_or_else(|_| unreachable!("it fits"))
}

/// Returns the values that a knob gets, one after another.
fn steps() -> impl FnMut() -> f64 {
    let mut step = 0_u32;
    move || {
        step = (step + 1) % 1000;
        f64::from(step) / 500.0 - 1.0
    }
}

/// The curves and everything else that is updated with each change.
mod curves {
    use super::*;

    /// Changes a knob repeatedly and measures the update.
    fn change_knob(bencher: Bencher<'_, '_>, mut session: Session, knob: Knob, view: &[ViewChange]) {
        for change in view {
            let _ = session.apply(Action::from(change.clone()));
        }
        let mut insight = Insight::new(&session);
        let mut next = steps();
        bencher.bench_local(|| {
            let _ = session.apply(Edit::Turn {
                target: knob.into(),
                value: next(),
                gesture: Some(Gesture(1)),
            });
            insight.update(&session);
            insight.sweep().y
        });
    }

    #[divan::bench]
    fn article(bencher: Bencher<'_, '_>) {
        change_knob(bencher, preset("article"), Knob::weight(0, 1, 0), &[]);
    }

    #[divan::bench]
    fn article_layer_over_knob(bencher: Bencher<'_, '_>) {
        let knob = Knob::weight(0, 1, 0);
        let view = [
            ViewChange::Sweep(knob.into()),
            ViewChange::SetCurveScope(CurveScope::Layer),
        ];
        change_knob(bencher, preset("article"), knob, &view);
    }

    #[divan::bench]
    fn bump(bencher: Bencher<'_, '_>) {
        change_knob(bencher, preset("bump"), Knob::weight(1, 0, 0), &[]);
    }

    #[divan::bench]
    fn deep(bencher: Bencher<'_, '_>) {
        change_knob(bencher, open(tanh(&[4, 4, 1])), Knob::weight(0, 1, 0), &[]);
    }

    #[divan::bench]
    fn deep_over_knob(bencher: Bencher<'_, '_>) {
        let knob = Knob::weight(0, 1, 0);
        let view = [ViewChange::Sweep(knob.into())];
        change_knob(bencher, open(tanh(&[4, 4, 1])), knob, &view);
    }

    #[divan::bench]
    fn seven_layers(bencher: Bencher<'_, '_>) {
        let view = [ViewChange::Select(NeuronAddress { layer: 6, neuron: 0 })];
        change_knob(bencher, open(tanh(&SEVEN_LAYERS)), LATE, &view);
    }

    #[divan::bench(args = [0, 2], sample_count = 30)]
    fn digits_over_input(bencher: Bencher<'_, '_>, layer: usize) {
        let view = [
            ViewChange::Sweep(Adjustable::Input(300)),
            ViewChange::SetCurveScope(CurveScope::Network),
        ];
        change_knob(bencher, open(digits()), Knob::weight(layer, 1, 3), &view);
    }

    #[divan::bench(sample_count = 5)]
    fn four_million_knobs(bencher: Bencher<'_, '_>) {
        let layers = [1300, 1300, 700, 90].map(|width| (width, Activation::Relu));
        let document = document(1000, &layers, Initializer::He);
        change_knob(bencher, open(document), Knob::weight(2, 1, 3), &[]);
    }
}

/// Profiles of a neuron.
mod profiles {
    use super::*;

    /// Changes [`LATE`] or another knob repeatedly, if any, and measures the update.
    fn update(
        bencher: Bencher<'_, '_>,
        mut document: Document,
        at: NeuronAddress,
        targets: &[Adjustable],
        knob: Option<Knob>,
    ) {
        let mut profiles = KnobProfiles::default();
        let mut next = steps();
        bencher.bench_local(|| {
            match knob {
                Some(knob) => {
                    document.network.set(knob, next());
                }
                None => profiles = KnobProfiles::default(),
            }
            let forward_pass = document.network.forward(&document.inputs);
            profiles.update(&document, &forward_pass, at, Quantity::Output, targets);
            profiles.value_range()
        });
    }

    #[divan::bench]
    fn forty_of_deep(bencher: Bencher<'_, '_>) {
        let document = tanh(&[4, 4, 1]);
        let mut targets = knobs(&document);
        targets.extend([Adjustable::Input(0), Adjustable::Input(1), targets[0]]);
        update(
            bencher,
            document,
            NeuronAddress { layer: 2, neuron: 0 },
            &targets,
            None,
        );
    }

    const OF_SEVEN_LAYERS: NeuronAddress = NeuronAddress { layer: 6, neuron: 0 };

    #[divan::bench]
    fn all_393_of_seven_layers(bencher: Bencher<'_, '_>) {
        let document = tanh(&SEVEN_LAYERS);
        let targets = knobs(&document);
        update(bencher, document, OF_SEVEN_LAYERS, &targets, None);
    }

    #[divan::bench]
    fn all_393_after_a_late_knob(bencher: Bencher<'_, '_>) {
        let document = tanh(&SEVEN_LAYERS);
        let targets = knobs(&document);
        update(bencher, document, OF_SEVEN_LAYERS, &targets, Some(LATE));
    }

    #[divan::bench]
    fn hundred_of_digits(bencher: Bencher<'_, '_>) {
        let document = digits();
        let targets = knobs(&document);
        let at = NeuronAddress { layer: 2, neuron: 3 };
        let knob = Some(Knob::weight(0, 0, 3));
        update(bencher, document, at, &targets[200..300], knob);
    }
}

/// Maps of neurons over two inputs.
mod maps {
    use super::*;

    /// Changes a knob repeatedly, if any, and measures the update.
    fn update(
        bencher: Bencher<'_, '_>,
        mut document: Document,
        size: usize,
        mapped: MappedNeurons,
        knob: Option<Knob>,
    ) {
        let axes = [0, 1].map(|input| GridAxis::new(&document, Adjustable::Input(input)));
        let mut output_grid = OutputGrid::default();
        let mut next = steps();
        bencher.bench_local(|| {
            match knob {
                Some(knob) => {
                    document.network.set(knob, next());
                }
                None => output_grid = OutputGrid::default(),
            }
            let forward_pass = document.network.forward(&document.inputs);
            output_grid.run(&document, &forward_pass, axes, size, mapped, Quantity::Output);
            output_grid.grid_size()
        });
    }

    #[divan::bench]
    fn all_17_of_2_8_8_1(bencher: Bencher<'_, '_>) {
        update(bencher, tanh(&[8, 8, 1]), 128, MappedNeurons::All, None);
    }

    #[divan::bench]
    fn output_of_2_8_8_1(bencher: Bencher<'_, '_>) {
        let at = NeuronAddress { layer: 2, neuron: 0 };
        update(bencher, tanh(&[8, 8, 1]), 128, MappedNeurons::Neuron(at), None);
    }

    #[divan::bench]
    fn all_49_of_seven_layers(bencher: Bencher<'_, '_>) {
        update(bencher, tanh(&SEVEN_LAYERS), 100, MappedNeurons::All, None);
    }

    #[divan::bench]
    fn all_49_after_a_late_knob(bencher: Bencher<'_, '_>) {
        update(bencher, tanh(&SEVEN_LAYERS), 100, MappedNeurons::All, Some(LATE));
    }

    #[divan::bench]
    fn all_202_of_digits(bencher: Bencher<'_, '_>) {
        let knob = Some(Knob::weight(0, 0, 3));
        update(bencher, digits(), 8, MappedNeurons::All, knob);
    }

    #[divan::bench]
    fn contour(bencher: Bencher<'_, '_>) {
        let document = tanh(&[8, 8, 1]);
        let forward_pass = document.network.forward(&document.inputs);
        let axes = [0, 1].map(|input| GridAxis::new(&document, Adjustable::Input(input)));
        let at = NeuronAddress { layer: 2, neuron: 0 };
        let mut output_grid = OutputGrid::default();
        let mapped = MappedNeurons::Neuron(at);
        output_grid.run(&document, &forward_pass, axes, 128, mapped, Quantity::Output);
        let mut contour = Contour::default();
        bencher.bench_local(|| {
            contour.trace(output_grid.neuron_values(at).unwrap_or_default(), 128, 0.0);
            contour.lines().count()
        });
    }
}

/// The loss of a dataset, its profiles and landscapes.
mod losses {
    use super::*;

    #[divan::bench]
    fn of_500_after_a_late_knob(bencher: Bencher<'_, '_>) {
        let mut document = tanh(&SEVEN_LAYERS);
        let mut evaluation = evaluation(&document, &spiral());
        let mut next = steps();
        bencher.bench_local(|| {
            document.network.set(LATE, next());
            evaluation.update(&document.network);
            evaluation.loss()
        });
    }

    /// Measures the profiles of all knobs, fine or coarse.
    fn profiles(
        bencher: Bencher<'_, '_>,
        document: &Document,
        setup: &Arc<TrainingSetup>,
        targets: &[Adjustable],
    ) {
        let evaluation = evaluation(document, setup);
        let mut profiles = KnobProfiles::default();
        bencher.bench_local(|| {
            profiles.update_loss(document, &evaluation, targets);
            profiles.value_range()
        });
    }

    #[divan::bench]
    fn profile_of_500_for_one_knob(bencher: Bencher<'_, '_>) {
        let document = tanh(&[8, 8, 1]);
        profiles(
            bencher,
            &document,
            &spiral(),
            &[Adjustable::Knob(Knob::weight(0, 1, 1))],
        );
    }

    #[divan::bench]
    fn profiles_of_500_for_2_8_8_1(bencher: Bencher<'_, '_>) {
        let document = tanh(&[8, 8, 1]);
        profiles(bencher, &document, &spiral(), &knobs(&document));
    }

    #[divan::bench]
    fn profiles_of_500_for_2_4_1(bencher: Bencher<'_, '_>) {
        let document = tanh(&[4, 1]);
        profiles(bencher, &document, &spiral(), &knobs(&document));
    }

    #[divan::bench]
    fn profiles_of_500_for_seven_layers(bencher: Bencher<'_, '_>) {
        let document = tanh(&SEVEN_LAYERS);
        profiles(bencher, &document, &spiral(), &knobs(&document));
    }

    #[divan::bench]
    fn profiles_of_iris_for_4_8_3(bencher: Bencher<'_, '_>) {
        let layers = [(8, Activation::Tanh), (3, Activation::Softmax)];
        let document = document(4, &layers, Initializer::Xavier);
        profiles(
            bencher,
            &document,
            &bundled(BundledDataset::Iris),
            &knobs(&document),
        );
    }

    #[divan::bench]
    fn forty_profiles_of_digits_for_64_32_10(bencher: Bencher<'_, '_>) {
        let layers = [(32, Activation::Relu), (10, Activation::Softmax)];
        let document = document(64, &layers, Initializer::He);
        profiles(
            bencher,
            &document,
            &bundled(BundledDataset::Digits),
            &knobs(&document)[..40],
        );
    }

    /// Measures the landscape over two knobs.
    fn landscape(bencher: Bencher<'_, '_>, grid_size: usize, knobs: [Knob; 2]) {
        let document = tanh(&[8, 8, 1]);
        let evaluation = evaluation(&document, &spiral());
        let axes = knobs.map(|knob| GridAxis::new(&document, knob.into()));
        bencher.bench_local(|| {
            let mut landscape = LossLandscape::default();
            landscape.update_grid(&document, &evaluation, axes, grid_size);
            (landscape.samples(), landscape.extent())
        });
    }

    #[divan::bench(args = [24, 32, 56])]
    fn landscape_over_first_layer(bencher: Bencher<'_, '_>, grid_size: usize) {
        landscape(bencher, grid_size, [Knob::weight(0, 0, 0), Knob::weight(0, 1, 0)]);
    }

    #[divan::bench]
    fn landscape_over_last_layer(bencher: Bencher<'_, '_>) {
        landscape(bencher, 56, [Knob::weight(2, 0, 0), Knob::bias(2, 0)]);
    }

    /// Measures the evaluation of the loss and its derivatives with respect to all knobs.
    #[divan::bench]
    fn sensitivity(bencher: Bencher<'_, '_>) {
        let layers = [(8, Activation::Tanh), (3, Activation::Softmax)];
        let document = document(4, &layers, Initializer::Xavier);
        let mut evaluation = evaluation(&document, &bundled(BundledDataset::Iris));
        let mut sensitivity = Sensitivity::from_loss(&document.network, &evaluation);
        bencher.bench_local(|| {
            evaluation.update(&document.network);
            sensitivity.update_loss(&document.network, &evaluation);
            sensitivity.knob_derivatives()[0]
        });
    }
}

/// Derivatives.
mod gradients {
    use super::*;

    #[divan::bench]
    fn sensitivity_of_deep(bencher: Bencher<'_, '_>) {
        let session = open(tanh(&[4, 4, 1]));
        let forward_pass = session.document().network.forward(&session.document().inputs);
        let mut sensitivity = Sensitivity::from_session(&session, &forward_pass);
        let at = session.view().selected;
        bencher.bench_local(|| {
            sensitivity.update(session.document(), &forward_pass, at, Quantity::Output);
            sensitivity.input_derivatives()[0]
        });
    }

    /// Measures the gradients of a mini-batch, as one training update needs them.
    #[divan::bench]
    fn backward_of_256_digits(bencher: Bencher<'_, '_>) {
        let network = digits().network;
        let samples = 256;
        let inputs: Vec<f64> = (0..784 * samples).map(|i| (i % 17) as f64 / 17.0).collect();
        let forward_pass: ForwardPass = network.forward_batch(&inputs, samples);
        let seed = vec![0.01; 10 * samples];
        let mut backward = BackwardPass::default();
        bencher.bench_local(|| {
            backward.run(&network, &forward_pass, GradientSeed::WeightedSums(&seed));
            backward.gradients()[0]
        });
    }
}
