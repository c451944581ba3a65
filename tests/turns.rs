//! After a turn only what is downstream of it is computed again: all that is seen is then as if it were made anew.

#![allow(
    clippy::unwrap_used,
    reason = "clippy does not see that helpers of a test are tests"
)]

use std::sync::Arc;

use neurodial_core::data::DatasetGenerator;
use neurodial_core::insight::output_grid::{GridAxis, MappedNeurons};
use neurodial_core::insight::{DataPlot, Insight, KnobProfiles, LossEvaluation, OutputGrid};
use neurodial_core::network::{
    Activation, Architecture, ForwardSweep, ForwardSweepResult, Initialization, Initializer, Knob, Network,
    NeuronAddress, SweepVariable,
};
use neurodial_core::session::{
    Action, Adjustable, DataSource, Document, Origin, Quantity, Session, TrainingConfig, TrainingSetup,
};
use proptest::prelude::*;

const WIDTHS: [usize; 4] = [3, 4, 3, 2];

/// A network of two inputs; the second layer has an activation of its own, and the last may be a softmax.
fn document(activation: Activation, last: Activation, seed: u64) -> Document {
    let activations = [Activation::Tanh, activation, Activation::Sine, last];
    let layers: Vec<_> = WIDTHS.into_iter().zip(activations).collect();
    let blueprint = Architecture::dense(2, &layers).unwrap();
    let how = Initialization {
        initializer: Initializer::Normal,
        seed,
        has_random_biases: true,
    };
    let values = how.values(&blueprint);
    let mut document = Document::new(Network::from_knobs(blueprint, values).unwrap());
    document.inputs = vec![0.7, -0.3];
    document
}

fn assert_same(found: &[f64], wanted: &[f64], what: &str) {
    assert_eq!(found.len(), wanted.len());
    for (found, wanted) in found.iter().zip(wanted) {
        let is_same = found.to_bits() == wanted.to_bits();
        assert!(is_same, "{what}: {found} is not {wanted}");
    }
}

fn all_knobs(document: &Document) -> Vec<Knob> {
    document.network.architecture().knobs().collect()
}

/// Mostly one knob, sometimes several or none, sometimes an input or a range.
#[derive(Debug, Clone)]
enum Turn {
    Knobs(Vec<(usize, f64)>),
    Input(usize, f64),
    Range(usize),
}

fn turn() -> impl Strategy<Value = Turn> {
    let knob = (0..200_usize, -2.0..2.0_f64);
    prop_oneof![
        6 => knob.clone().prop_map(|knob| Turn::Knobs(vec![knob])),
        2 => prop::collection::vec(knob, 0..4).prop_map(Turn::Knobs),
        1 => (0..2_usize, -2.0..2.0_f64).prop_map(|(input, value)| Turn::Input(input, value)),
        1 => (0..200_usize).prop_map(Turn::Range),
    ]
}

impl Turn {
    fn apply(&self, document: &mut Document) {
        let knobs = all_knobs(document);
        match self {
            Self::Knobs(turns) => {
                for &(index, value) in turns {
                    document.network.set(knobs[index % knobs.len()], value);
                }
            }
            Self::Input(input, value) => document.inputs[*input] = *value,
            Self::Range(index) => {
                let target = Adjustable::Knob(knobs[index % knobs.len()]);
                let mut range = document.range(target);
                range.max += 1.0;
                document.ranges.insert(target, range);
            }
        }
    }
}

fn activation() -> impl Strategy<Value = Activation> {
    prop::sample::select(
        &[
            Activation::Relu,
            Activation::Step,
            Activation::Softmax,
            Activation::Tanh,
        ][..],
    )
}

fn last() -> impl Strategy<Value = Activation> {
    prop::sample::select(&[Activation::Sigmoid, Activation::Softmax][..])
}

fn neuron() -> impl Strategy<Value = NeuronAddress> {
    (0..WIDTHS.len(), 0..12_usize).prop_map(|(layer, neuron)| NeuronAddress {
        layer,
        neuron: neuron % WIDTHS[layer],
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn strips_are_those_that_are_made_anew(
        (activation, last, seed) in (activation(), last(), 0_u64..100),
        at in neuron(),
        turns in prop::collection::vec(turn(), 1..6),
    ) {
        let mut document = document(activation, last, seed);
        let mut targets: Vec<Adjustable> = all_knobs(&document).into_iter().map(Adjustable::Knob).collect();
        targets.extend([Adjustable::Input(0), Adjustable::Input(1)]);
        let mut strips = KnobProfiles::default();
        for turn in [Turn::Knobs(Vec::new())].iter().chain(&turns) {
            turn.apply(&mut document);
            let trace = document.network.forward(&document.inputs);
            for quantity in [Quantity::Output, Quantity::WeightedSum] {
                strips.update(&document, &trace, at, quantity, &targets);
                let mut anew = KnobProfiles::default();
                anew.update(&document, &trace, at, quantity, &targets);
                for (index, target) in targets.iter().enumerate() {
                    let what = format!("{target:?} after {turn:?}");
                    assert_same(strips.profile(index), anew.profile(index), &what);
                }
            }
        }
    }

    #[test]
    fn maps_are_those_that_are_made_anew(
        (activation, last, seed) in (activation(), last(), 0_u64..100),
        over in (0..200_usize, 0..200_usize),
        turns in prop::collection::vec(turn(), 1..6),
    ) {
        let mut document = document(activation, last, seed);
        let knobs = all_knobs(&document);
        let mut all: Vec<Adjustable> = knobs.into_iter().map(Adjustable::Knob).collect();
        all.extend([Adjustable::Input(0), Adjustable::Input(1)]);
        let first = over.0 % all.len();
        let second = (first + 1 + over.1 % (all.len() - 1)) % all.len();
        let axes = [first, second].map(|index| GridAxis { target: all[index], range: [-1.5, 2.0] });
        let mut decision = OutputGrid::default();
        for turn in [Turn::Knobs(Vec::new())].iter().chain(&turns) {
            turn.apply(&mut document);
            let trace = document.network.forward(&document.inputs);
            let run = |decision: &mut OutputGrid| {
                decision.run(&document, &trace, axes, 7, MappedNeurons::All, Quantity::Output);
            };
            run(&mut decision);
            let mut anew = OutputGrid::default();
            run(&mut anew);
            for (layer, width) in WIDTHS.into_iter().enumerate() {
                for neuron in 0..width {
                    let at = NeuronAddress { layer, neuron };
                    let what = format!("{at:?} over {axes:?} after {turn:?}");
                    assert_same(decision.neuron_values(at).unwrap(), anew.neuron_values(at).unwrap(), &what);
                }
            }
        }
    }

    #[test]
    fn a_variation_goes_on_from_any_layer_to_the_bit(
        (activation, last, seed) in (activation(), last(), 0_u64..100),
        over in 0..200_usize,
        (at, from) in (neuron(), 1..WIDTHS.len()),
        turned in prop::collection::vec((0..200_usize, -2.0..2.0_f64), 1..3),
    ) {
        let document = document(activation, last, seed);
        let knobs = all_knobs(&document);
        let varied = match over % (knobs.len() + 2) {
            input @ 0..2 => SweepVariable::Input(input),
            knob => SweepVariable::Knob(knobs[knob - 2]),
        };
        let values = [-1.0, -0.25, 0.0, 0.5, 2.0];
        let now = document.network.forward(&document.inputs);
        let variation = ForwardSweep::new(&document.network, &now, varied);
        prop_assume!(variation.first_layer() < from && from <= at.layer);
        let mut before = ForwardSweepResult::default();
        let all: Vec<usize> = (0..WIDTHS[from - 1]).collect();
        variation.run(&values, from - 1, &all, &mut before);

        let mut network = document.network.clone();
        for (index, value) in turned {
            let later: Vec<&Knob> = knobs.iter().filter(|knob| knob.layer >= from).collect();
            network.set(*later[index % later.len()], value);
        }
        let now = network.forward(&document.inputs);
        let variation = ForwardSweep::new(&network, &now, varied);
        let (mut out, mut anew) = (ForwardSweepResult::default(), ForwardSweepResult::default());
        variation.run_from(from, before.layer_inputs(from), &values, at.layer, &[at.neuron], &mut out);
        variation.run(&values, at.layer, &[at.neuron], &mut anew);
        let bits = |row: Option<&[f64]>| row.map(|row| row.iter().map(|v| v.to_bits()).collect::<Vec<_>>());
        prop_assert_eq!(bits(out.z(at)), bits(anew.z(at)));
        prop_assert_eq!(bits(out.a(at)), bits(anew.a(at)));
    }

    #[test]
    fn curves_picture_and_loss_are_those_that_are_made_anew(
        (activation, last, seed) in (activation(), last(), 0_u64..100),
        over in 0..200_usize,
        at in neuron(),
        turns in prop::collection::vec(turn(), 1..6),
    ) {
        let document = document(activation, last, seed);
        let knobs = all_knobs(&document);
        let mut session = Session::open(document, Origin::Untitled);
        let choice = TrainingConfig { samples: 60, test_fraction: 0.3, ..TrainingConfig::new(DataSource::Generated(DatasetGenerator::Circle)) };
        let course = Arc::new(TrainingSetup::new(choice).unwrap());
        session.apply(Action::SetTrainingSetup(Some(Arc::clone(&course)))).unwrap();
        let over = match over % (knobs.len() + 2) {
            input @ 0..2 => Adjustable::Input(input),
            knob => Adjustable::Knob(knobs[knob - 2]),
        };
        session.apply(Action::Sweep(over)).unwrap();
        session.apply(Action::Select(at)).unwrap();
        let mut insight = Insight::new(&session);
        for turn in &turns {
            let settings = match turn {
                Turn::Knobs(turns) => turns
                    .iter()
                    .map(|&(index, value)| (Adjustable::Knob(knobs[index % knobs.len()]), value))
                    .collect(),
                Turn::Input(input, value) => vec![(Adjustable::Input(*input), *value)],
                Turn::Range(_) => Vec::new(),
            };
            for (target, value) in settings {
                session.apply(Action::Set { target, value }).unwrap();
            }
            insight.update(&session);
            let anew = Insight::new(&session);
            prop_assert_eq!(insight.sweep(), anew.sweep());
            let score = |insight: &Insight| insight.metrics(&session).unwrap().clone().unwrap();
            let (found, wanted) = (score(&insight), score(&anew));
            prop_assert_eq!(found.train, wanted.train);
            prop_assert!(found.test.is_some());
            prop_assert_eq!(found.test, wanted.test);
            let exam = LossEvaluation::new(session.document(), &course).unwrap();
            prop_assert_eq!(found.train, exam.train_metrics());
            let picture = insight.data_plot(&session);
            prop_assert!(matches!(picture, Some(DataPlot::Map(map)) if !map.values.is_empty()));
            prop_assert_eq!(picture, anew.data_plot(&session));
        }
    }
}
