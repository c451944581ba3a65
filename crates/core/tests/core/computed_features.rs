//! Computed features follow the inputs that they are computed from, in every result over an input.

use std::sync::Arc;

use neurodial_core::data::{ComputedFeature, DatasetGenerator};
use neurodial_core::insight::output_grid::{GridAxis, MappedNeurons};
use neurodial_core::insight::{CurveTable, Insight, KnobProfiles, OutputGrid, Sensitivity, description};
use neurodial_core::network::{
    Activation, Architecture, ForwardPass, Initializer, Knob, Network, NeuronAddress,
};
use neurodial_core::session::{
    ActionError, Adjustable, DataSource, Document, Edit, Gesture, HistoryCommand, Quantity, Session,
    TrainingConfig, TrainingSetup, ViewChange,
};
use neurodial_core::text::Messages;

use crate::support::{apply_all, open, random_network, training_setup};

const FEATURES: [ComputedFeature; 4] = [
    ComputedFeature::Square(0),
    ComputedFeature::Product(0, 1),
    ComputedFeature::Sine(0),
    ComputedFeature::Sine(1),
];
/// Values along each axis of a grid.
const POINTS: usize = 9;

const OUTPUT: NeuronAddress = NeuronAddress { layer: 1, neuron: 0 };

fn x(input: usize) -> Adjustable {
    Adjustable::Input(input)
}

/// Returns the setup of a generated data set with these features.
fn setup(generator: DatasetGenerator, features: &[ComputedFeature]) -> Arc<TrainingSetup> {
    training_setup(TrainingConfig {
        features: features.to_vec(),
        ..TrainingConfig::new(DataSource::Generated(generator))
    })
}

/// Returns a session with a network of two inputs and four features computed from them.
fn session() -> Session {
    let layers = [(5, Activation::Tanh), (1, Activation::Sigmoid)];
    let architecture = Architecture::dense(6, &layers).unwrap();
    let mut document = Document::new(random_network(architecture, Initializer::Xavier, 3));
    document.training_setup = Some(setup(DatasetGenerator::Spiral, &FEATURES));
    let mut session = open(document);
    for (input, value) in [(0, 0.7), (1, -1.3)] {
        set(&mut session, x(input), value).unwrap();
    }
    session
}

fn set(session: &mut Session, target: Adjustable, value: f64) -> Result<(), ActionError> {
    session.apply(Edit::Set { target, value })
}

/// Returns all inputs for two raw ones.
fn all_inputs([a, b]: [f64; 2]) -> Vec<f64> {
    vec![a, b, a * a, a * b, libm::sin(a), libm::sin(b)]
}

/// Computes the output for two raw inputs with a plain forward pass.
fn output(session: &Session, raw: [f64; 2]) -> f64 {
    let mut forward_pass = ForwardPass::default();
    forward_pass.run(&session.document().network, &all_inputs(raw), 1);
    forward_pass.a(OUTPUT.layer, OUTPUT.neuron)[0]
}

#[test]
fn features_follow_every_change_in_the_same_undo_step_and_can_not_be_set() {
    let mut session = session();
    assert_eq!(session.document().inputs, all_inputs([0.7, -1.3]));
    let steps = session.history().version();
    for (step, value) in [0.8, 0.9, 1.5].into_iter().enumerate() {
        let turn = Edit::Turn {
            target: x(0),
            value,
            gesture: Some(Gesture(7)),
        };
        session.apply(turn).unwrap();
        assert_eq!(
            session.document().inputs,
            all_inputs([value, -1.3]),
            "turn {step}"
        );
    }
    assert_ne!(session.history().version(), steps);
    session.apply(HistoryCommand::Undo).unwrap();
    assert_eq!(
        session.document().inputs,
        all_inputs([0.7, -1.3]),
        "all changes of a gesture are one undo step"
    );
    session.apply(HistoryCommand::Redo).unwrap();
    assert_eq!(session.document().inputs, all_inputs([1.5, -1.3]));
    let error = set(&mut session, x(3), 2.0).unwrap_err().to_string();
    assert!(
        error.contains("is computed from x₁ and x₂; change those instead"),
        "{error}"
    );
    assert!(session.document().is_locked(x(2)) && !session.document().is_locked(x(1)));
    // Current and saved rows of inputs are completed too.
    session
        .apply(Edit::SetInputs(vec![2.0, 1.0, 0.0, 0.0, 0.0, 0.0]))
        .unwrap();
    assert_eq!(session.document().inputs, all_inputs([2.0, 1.0]));
    session.apply(Edit::SetSavedInputs(vec![vec![3.0; 6]])).unwrap();
    assert_eq!(session.document().saved_inputs, [all_inputs([3.0, 3.0])]);
    let change = Edit::SetSavedInput {
        row: 0,
        input: 1,
        value: -1.0,
    };
    session.apply(change).unwrap();
    assert_eq!(session.document().saved_inputs, [all_inputs([3.0, -1.0])]);
    // A square that would be infinite becomes the largest number.
    set(&mut session, x(0), 1e200).unwrap();
    assert_eq!(session.document().inputs[2], f64::MAX);
    // Without the data the features are ordinary inputs.
    session.apply(Edit::SetTrainingSetup(None)).unwrap();
    set(&mut session, x(3), 2.0).unwrap();
    assert_eq!(session.document().inputs[3], 2.0);
}

#[test]
fn opening_a_document_recomputes_features_that_do_not_fit_its_inputs() {
    let mut document = session().document().clone();
    document.inputs = vec![0.5, 2.0, 9.0, 9.0, 9.0, 9.0];
    let session = open(document);
    assert_eq!(session.document().inputs, all_inputs([0.5, 2.0]));
}

#[test]
fn output_grids_agree_with_forward_passes() {
    let session = session();
    let insight = Insight::new(&session);
    for axes in [[x(0), x(1)], [x(1), x(0)]] {
        let axes = axes.map(|target| GridAxis {
            target,
            range: [-3.0, 4.0],
        });
        let mut grid = OutputGrid::default();
        grid.run(
            session.document(),
            insight.forward_pass(),
            axes,
            POINTS,
            MappedNeurons::All,
            Quantity::Output,
        );
        let values = grid.neuron_values(OUTPUT).unwrap();
        for row in 0..POINTS {
            for column in 0..POINTS {
                let at = [column, row].map(|index| axes[0].value_at(index as f64, POINTS));
                let raw = if axes[0].target == x(0) {
                    at
                } else {
                    [at[1], at[0]]
                };
                let error = (values[row * POINTS + column] - output(&session, raw)).abs();
                assert!(error < 1e-12, "{raw:?}: {error}");
            }
        }
    }
    // Over one input and a knob the other inputs keep their values.
    let knob = Knob::weight(0, 2, 2);
    let axes = [x(0), knob.into()].map(|target| GridAxis {
        target,
        range: [-2.0, 2.0],
    });
    let mut grid = OutputGrid::default();
    let (document, forward_pass) = (session.document(), insight.forward_pass());
    grid.run(
        document,
        forward_pass,
        axes,
        POINTS,
        MappedNeurons::Neuron(OUTPUT),
        Quantity::Output,
    );
    let values = grid.neuron_values(OUTPUT).unwrap();
    for (index, value) in values.iter().enumerate() {
        let [a, weight] =
            [index % POINTS, index / POINTS].map(|index| axes[0].value_at(index as f64, POINTS));
        let mut changed = session.document().network.clone();
        changed.set(knob, weight);
        let mut forward_pass = ForwardPass::default();
        forward_pass.run(&changed, &all_inputs([a, -1.3]), 1);
        assert!((value - forward_pass.a(1, 0)[0]).abs() < 1e-12);
    }
}

#[test]
fn curves_over_an_input_have_the_same_bits_as_forward_passes() {
    let mut session = session();
    session.apply(ViewChange::Sweep(x(0))).unwrap();
    session.apply(ViewChange::Select(OUTPUT)).unwrap();
    let insight = Insight::new(&session);
    let curve = &insight.sweep().curves[0];
    assert!(curve.points.len() > 20);
    for &[a, y] in &curve.points {
        assert_eq!(y.to_bits(), output(&session, [a, -1.3]).to_bits(), "at {a}");
    }
    let table = CurveTable::new(&session, &insight);
    for (&a, &y) in table.x_values.iter().zip(&table.values[0]) {
        assert_eq!(y.to_bits(), output(&session, [a, -1.3]).to_bits());
    }
    // With features, the sum of a neuron of the first layer is not linear along an input; its zeros are found
    // nevertheless.
    for neuron in 0..5 {
        session
            .apply(ViewChange::Select(NeuronAddress { layer: 0, neuron }))
            .unwrap();
        let insight = Insight::new(&session);
        for crossing in &insight.sweep().crossings.inside {
            let mut forward_pass = ForwardPass::default();
            forward_pass.run(&session.document().network, &all_inputs([crossing.x, -1.3]), 1);
            assert!(
                forward_pass.z(0, neuron)[0].abs() < 1e-9,
                "neuron {neuron} at {}",
                crossing.x
            );
        }
        let description = description::paragraphs(&session, &insight, Messages::ENGLISH).join(" ");
        assert!(!description.is_empty());
    }
}

#[test]
fn a_curve_has_a_target_if_all_other_inputs_are_computed_from_its_input() {
    let layers = [(3, Activation::Tanh), (1, Activation::Linear)];
    let network = Network::zeros(Architecture::dense(2, &layers).unwrap());
    let mut document = Document::new(network);
    document.training_setup = Some(setup(DatasetGenerator::Sine, &[ComputedFeature::Sine(0)]));
    let session = apply_all(
        open(document),
        &[ViewChange::Select(OUTPUT).into(), ViewChange::Sweep(x(0)).into()],
    );
    assert!(Insight::new(&session).target_curve().is_some());
}

#[test]
fn the_slope_along_an_input_includes_the_features_computed_from_it() {
    let session = session();
    let insight = Insight::new(&session);
    let sensitivity = Sensitivity::from_session(&session, insight.forward_pass());
    let raw = [0.7, -1.3];
    for input in 0..2 {
        const SHIFT: f64 = 1e-6;
        let at = |shift: f64| {
            let mut raw = raw;
            raw[input] += shift;
            let mut forward_pass = ForwardPass::default();
            forward_pass.run(&session.document().network, &all_inputs(raw), 1);
            let view = session.view();
            forward_pass.a(view.selected.layer, view.selected.neuron)[0]
        };
        let expected = (at(SHIFT) - at(-SHIFT)) / (2.0 * SHIFT);
        let found = sensitivity.input_derivatives()[input];
        assert!(
            (found - expected).abs() < 1e-8,
            "x{}: {found}, not {expected}",
            input + 1
        );
    }
    let description = insight.describe_sensitivity(&session, x(4), Messages::ENGLISH);
    assert!(
        description.contains("is computed from the other inputs"),
        "{description}"
    );
}

#[test]
fn cached_values_are_not_reused_for_other_features() {
    // At 0 a square and a product are equal, so the current inputs do not distinguish them.
    let with = |features: &[ComputedFeature]| {
        let mut session = session();
        for input in [0, 1] {
            set(&mut session, x(input), 0.0).unwrap();
        }
        let mut document = session.document().clone();
        document.training_setup = Some(setup(DatasetGenerator::Spiral, features));
        open(document)
    };
    let mut swapped = FEATURES;
    swapped.swap(0, 1);
    let (first, second) = (with(&FEATURES), with(&swapped));
    assert_eq!(first.document().inputs, second.document().inputs);
    let axes = [0, 1].map(|input| GridAxis::new(second.document(), x(input)));
    let mut forward_pass = ForwardPass::default();
    forward_pass.run(&second.document().network, &second.document().inputs, 1);
    let run = |grid: &mut OutputGrid, session: &Session| {
        let mapped = MappedNeurons::Neuron(OUTPUT);
        grid.run(
            session.document(),
            &forward_pass,
            axes,
            9,
            mapped,
            Quantity::Output,
        );
        grid.neuron_values(OUTPUT).unwrap().to_vec()
    };
    let mut grid = OutputGrid::default();
    let before = run(&mut grid, &first);
    let after = run(&mut grid, &second);
    assert_ne!(before, after);
    assert_eq!(after, run(&mut OutputGrid::default(), &second));
    let mut profiles = KnobProfiles::default();
    let mut profile = |session: &Session| {
        profiles.update(
            session.document(),
            &forward_pass,
            OUTPUT,
            Quantity::Output,
            &[x(0)],
        );
        profiles.profile(0).to_vec()
    };
    assert_ne!(profile(&first), profile(&second));
}
