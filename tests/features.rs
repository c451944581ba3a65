//! Inputs that are computed from others follow them, wherever one varies.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "clippy does not see that helpers of a test are tests"
)]

use std::sync::Arc;

use neurodial_core::data::{ComputedFeature, DatasetGenerator};
use neurodial_core::insight::output_grid::{GridAxis, MappedNeurons};
use neurodial_core::insight::{CurveTable, Insight, KnobProfiles, OutputGrid, Sensitivity, description};
use neurodial_core::network::{
    Activation, Architecture, ForwardPass, Initialization, Initializer, Knob, Network, NeuronAddress,
};
use neurodial_core::session::{
    Action, ActionError, Adjustable, DataSource, Document, Gesture, Origin, Quantity, Session,
    TrainingConfig, TrainingSetup,
};

const FEATURES: [ComputedFeature; 4] = [
    ComputedFeature::Square(0),
    ComputedFeature::Product(0, 1),
    ComputedFeature::Sine(0),
    ComputedFeature::Sine(1),
];
const OUTPUT: NeuronAddress = NeuronAddress { layer: 1, neuron: 0 };

fn x(input: usize) -> Adjustable {
    Adjustable::Input(input)
}

/// A network on the plane of two inputs and four features of them.
fn session() -> Session {
    let layers = [(5, Activation::Tanh), (1, Activation::Sigmoid)];
    let blueprint = Architecture::dense(6, &layers).unwrap();
    let how = Initialization {
        initializer: Initializer::Xavier,
        seed: 3,
        has_random_biases: true,
    };
    let values = how.values(&blueprint);
    let mut network = Network::zeros(blueprint);
    network.knobs_mut().copy_from_slice(&values);
    let choice = TrainingConfig {
        features: FEATURES.to_vec(),
        ..TrainingConfig::new(DataSource::Generated(DatasetGenerator::Spiral))
    };
    let mut document = Document::new(network);
    document.training_setup = Some(Arc::new(TrainingSetup::new(choice).unwrap()));
    let mut session = Session::open(document, Origin::Untitled);
    for (input, value) in [(0, 0.7), (1, -1.3)] {
        set(&mut session, x(input), value).unwrap();
    }
    session
}

fn set(session: &mut Session, target: Adjustable, value: f64) -> Result<(), ActionError> {
    session.apply(Action::Set { target, value })
}

/// All inputs for two raw ones, written out.
fn all([a, b]: [f64; 2]) -> Vec<f64> {
    vec![a, b, a * a, a * b, libm::sin(a), libm::sin(b)]
}

fn output(session: &Session, raw: [f64; 2]) -> f64 {
    let mut trace = ForwardPass::default();
    trace.run(&session.document().network, &all(raw), 1);
    trace.a(OUTPUT.layer, OUTPUT.neuron)[0]
}

#[test]
fn what_is_computed_follows_every_turn_in_the_same_step_and_can_not_be_turned() {
    let mut session = session();
    assert_eq!(session.document().inputs, all([0.7, -1.3]));
    let steps = session.history().version();
    for (step, value) in [0.8, 0.9, 1.5].into_iter().enumerate() {
        let turn = Action::Turn {
            target: x(0),
            value,
            gesture: Some(Gesture(7)),
        };
        session.apply(turn).unwrap();
        assert_eq!(session.document().inputs, all([value, -1.3]), "turn {step}");
    }
    assert_ne!(session.history().version(), steps);
    session.apply(Action::Undo).unwrap();
    assert_eq!(
        session.document().inputs,
        all([0.7, -1.3]),
        "all turns are one step"
    );
    session.apply(Action::Redo).unwrap();
    assert_eq!(session.document().inputs, all([1.5, -1.3]));
    let refused = set(&mut session, x(3), 2.0).unwrap_err().to_string();
    assert!(
        refused.contains("is computed from x₁ and x₂; turn those instead"),
        "{refused}"
    );
    assert!(session.document().is_locked(x(2)) && !session.document().is_locked(x(1)));
    // Rows of inputs too, of the present ones and of the cases.
    session
        .apply(Action::SetInputs(vec![2.0, 1.0, 0.0, 0.0, 0.0, 0.0]))
        .unwrap();
    assert_eq!(session.document().inputs, all([2.0, 1.0]));
    session.apply(Action::SetSavedInputs(vec![vec![3.0; 6]])).unwrap();
    assert_eq!(session.document().saved_inputs, [all([3.0, 3.0])]);
    let case = Action::SetSavedInput {
        row: 0,
        input: 1,
        value: -1.0,
    };
    session.apply(case).unwrap();
    assert_eq!(session.document().saved_inputs, [all([3.0, -1.0])]);
    // A square that is too large for a number stays one.
    set(&mut session, x(0), 1e200).unwrap();
    assert_eq!(session.document().inputs[2], f64::MAX);
    // Without the data they are inputs of their own.
    session.apply(Action::SetTrainingSetup(None)).unwrap();
    set(&mut session, x(3), 2.0).unwrap();
    assert_eq!(session.document().inputs[3], 2.0);
}

#[test]
fn a_document_whose_inputs_do_not_fit_opens_with_those_that_follow() {
    let mut document = session().document().clone();
    document.inputs = vec![0.5, 2.0, 9.0, 9.0, 9.0, 9.0];
    let session = Session::open(document, Origin::Untitled);
    assert_eq!(session.document().inputs, all([0.5, 2.0]));
}

#[test]
fn maps_over_the_plane_agree_with_forward_passes() {
    let session = session();
    let insight = Insight::new(&session);
    let places = 9;
    for axes in [[x(0), x(1)], [x(1), x(0)]] {
        let axes = axes.map(|target| GridAxis {
            target,
            range: [-3.0, 4.0],
        });
        let mut decision = OutputGrid::default();
        decision.run(
            session.document(),
            insight.forward_pass(),
            axes,
            places,
            MappedNeurons::All,
            Quantity::Output,
        );
        let map = decision.neuron_values(OUTPUT).unwrap();
        for row in 0..places {
            for column in 0..places {
                let at = [column, row].map(|place| axes[0].value_at(place as f64, places));
                let raw = if axes[0].target == x(0) {
                    at
                } else {
                    [at[1], at[0]]
                };
                let off = (map[row * places + column] - output(&session, raw)).abs();
                assert!(off < 1e-12, "{raw:?}: {off}");
            }
        }
    }
    // Over one input and a knob: the others stay where they are.
    let knob = Knob::weight(0, 2, 2);
    let axes = [x(0), knob.into()].map(|target| GridAxis {
        target,
        range: [-2.0, 2.0],
    });
    let mut decision = OutputGrid::default();
    let (document, trace) = (session.document(), insight.forward_pass());
    decision.run(
        document,
        trace,
        axes,
        places,
        MappedNeurons::Neuron(OUTPUT),
        Quantity::Output,
    );
    let map = decision.neuron_values(OUTPUT).unwrap();
    for (place, value) in map.iter().enumerate() {
        let [a, weight] =
            [place % places, place / places].map(|place| axes[0].value_at(place as f64, places));
        let mut turned = session.document().network.clone();
        turned.set(knob, weight);
        let mut trace = ForwardPass::default();
        trace.run(&turned, &all([a, -1.3]), 1);
        assert!((value - trace.a(1, 0)[0]).abs() < 1e-12);
    }
}

#[test]
fn curves_over_an_input_have_the_bits_of_forward_passes() {
    let mut session = session();
    session.apply(Action::Sweep(x(0))).unwrap();
    session.apply(Action::Select(OUTPUT)).unwrap();
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
    // A neuron of the first layer is no longer straight along it: where its sum is 0 is found all the same.
    for neuron in 0..5 {
        session
            .apply(Action::Select(NeuronAddress { layer: 0, neuron }))
            .unwrap();
        let insight = Insight::new(&session);
        for crossing in &insight.sweep().crossings.inside {
            let mut trace = ForwardPass::default();
            trace.run(&session.document().network, &all([crossing.x, -1.3]), 1);
            assert!(
                trace.z(0, neuron)[0].abs() < 1e-9,
                "neuron {neuron} at {}",
                crossing.x
            );
        }
        // Words are for the inputs that a hand can turn.
        let words = description::paragraphs(&session, &insight).join(" ");
        assert!(!words.is_empty());
    }
}

#[test]
fn a_curve_is_to_meet_the_data_where_all_other_inputs_follow() {
    let layers = [(3, Activation::Tanh), (1, Activation::Linear)];
    let network = Network::zeros(Architecture::dense(2, &layers).unwrap());
    let choice = TrainingConfig {
        features: vec![ComputedFeature::Sine(0)],
        ..TrainingConfig::new(DataSource::Generated(DatasetGenerator::Sine))
    };
    let mut document = Document::new(network);
    document.training_setup = Some(Arc::new(TrainingSetup::new(choice).unwrap()));
    let mut session = Session::open(document, Origin::Untitled);
    session.apply(Action::Select(OUTPUT)).unwrap();
    session.apply(Action::Sweep(x(0))).unwrap();
    assert!(Insight::new(&session).target_curve().is_some());
}

#[test]
fn slopes_by_an_input_are_those_of_all_that_follows() {
    let session = session();
    let insight = Insight::new(&session);
    let sensitivity = Sensitivity::from_session(&session, insight.forward_pass());
    let raw = [0.7, -1.3];
    for input in 0..2 {
        const STEP: f64 = 1e-6;
        let at = |step: f64| {
            let mut raw = raw;
            raw[input] += step;
            let mut trace = ForwardPass::default();
            trace.run(&session.document().network, &all(raw), 1);
            let view = session.view();
            trace.a(view.selected.layer, view.selected.neuron)[0]
        };
        let expected = (at(STEP) - at(-STEP)) / (2.0 * STEP);
        let derived = sensitivity.input_derivatives()[input];
        assert!(
            (derived - expected).abs() < 1e-8,
            "x{}: {derived}, not {expected}",
            input + 1
        );
    }
    let words = insight.describe_sensitivity(&session, x(4));
    assert!(words.contains("is computed from the other inputs"), "{words}");
}

#[test]
fn what_was_kept_is_not_taken_for_other_features() {
    // At 0 a square and a product are the same, so that the present inputs do not tell them apart.
    let with = |features: &[ComputedFeature]| {
        let mut session = session();
        for input in [0, 1] {
            set(&mut session, x(input), 0.0).unwrap();
        }
        let choice = TrainingConfig {
            features: features.to_vec(),
            ..TrainingConfig::new(DataSource::Generated(DatasetGenerator::Spiral))
        };
        let mut document = session.document().clone();
        document.training_setup = Some(Arc::new(TrainingSetup::new(choice).unwrap()));
        Session::open(document, Origin::Untitled)
    };
    let mut others = FEATURES;
    others.swap(0, 1);
    let (first, second) = (with(&FEATURES), with(&others));
    assert_eq!(first.document().inputs, second.document().inputs);
    let axes = [0, 1].map(|input| GridAxis::new(second.document(), x(input)));
    let mut trace = ForwardPass::default();
    trace.run(&second.document().network, &second.document().inputs, 1);
    let run = |decision: &mut OutputGrid, session: &Session| {
        let mapped = MappedNeurons::Neuron(OUTPUT);
        decision.run(session.document(), &trace, axes, 9, mapped, Quantity::Output);
        decision.neuron_values(OUTPUT).unwrap().to_vec()
    };
    let mut decision = OutputGrid::default();
    let before = run(&mut decision, &first);
    let after = run(&mut decision, &second);
    assert_ne!(before, after);
    assert_eq!(after, run(&mut OutputGrid::default(), &second));
    let mut strips = KnobProfiles::default();
    let mut strip = |session: &Session| {
        strips.update(session.document(), &trace, OUTPUT, Quantity::Output, &[x(0)]);
        strips.profile(0).to_vec()
    };
    assert_ne!(strip(&first), strip(&second));
}
