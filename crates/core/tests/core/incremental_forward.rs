//! After a change only the values that depend on it are recomputed; the results have the same bits as new
//! ones.

use std::sync::Arc;

use neurodial_core::data::DatasetGenerator;
use neurodial_core::insight::output_grid::{GridAxis, MappedNeurons};
use neurodial_core::insight::{DataPlot, Insight, KnobProfiles, LossEvaluation, OutputGrid};
use neurodial_core::network::{
    Activation, Architecture, ForwardSweep, ForwardSweepResult, Initializer, Knob, NeuronAddress,
    SweepVariable,
};
use neurodial_core::session::{Adjustable, DataSource, Document, Edit, Quantity, TrainingConfig, ViewChange};
use proptest::prelude::*;

use crate::support::{apply_all, bits, knobs_and_inputs, neurons, open, random_network, training_setup};

const WIDTHS: [usize; 4] = [3, 4, 3, 2];

/// Returns a network of two inputs with these activations in its second and its last layer.
fn document(activation: Activation, last: Activation, seed: u64) -> Document {
    let activations = [Activation::Tanh, activation, Activation::Sine, last];
    let layers: Vec<_> = WIDTHS.into_iter().zip(activations).collect();
    let architecture = Architecture::dense(2, &layers).unwrap();
    let mut document = Document::new(random_network(architecture, Initializer::Normal, seed));
    document.inputs = vec![0.7, -0.3];
    document
}

fn assert_same_bits(found: &[f64], expected: &[f64], place: &str) {
    assert_eq!(found.len(), expected.len());
    for (found, expected) in found.iter().zip(expected) {
        let is_same = found.to_bits() == expected.to_bits();
        assert!(is_same, "{place}: {found} is not {expected}");
    }
}

fn all_knobs(document: &Document) -> Vec<Knob> {
    document.network.architecture().knobs().collect()
}

/// A change of a document: mostly of one knob, sometimes of several or none, of an input or of a slider
/// range.
#[derive(Debug, Clone)]
enum Change {
    Knobs(Vec<(usize, f64)>),
    Input(usize, f64),
    Range(usize),
}

fn change() -> impl Strategy<Value = Change> {
    let knob = (0..200_usize, -2.0..2.0_f64);
    prop_oneof![
        6 => knob.clone().prop_map(|knob| Change::Knobs(vec![knob])),
        2 => prop::collection::vec(knob, 0..4).prop_map(Change::Knobs),
        1 => (0..2_usize, -2.0..2.0_f64).prop_map(|(input, value)| Change::Input(input, value)),
        1 => (0..200_usize).prop_map(Change::Range),
    ]
}

impl Change {
    fn apply(&self, document: &mut Document) {
        let knobs = all_knobs(document);
        match self {
            Self::Knobs(changes) => {
                for &(index, value) in changes {
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

fn last_activation() -> impl Strategy<Value = Activation> {
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
    fn updated_profiles_have_the_same_bits_as_new_ones(
        (activation, last, seed) in (activation(), last_activation(), 0_u64..100),
        at in neuron(),
        changes in prop::collection::vec(change(), 1..6),
    ) {
        let mut document = document(activation, last, seed);
        let adjustables = knobs_and_inputs(document.network.architecture());
        let mut profiles = KnobProfiles::default();
        for change in [Change::Knobs(Vec::new())].iter().chain(&changes) {
            change.apply(&mut document);
            let forward_pass = document.network.forward(&document.inputs);
            for quantity in [Quantity::Output, Quantity::WeightedSum] {
                profiles.update(&document, &forward_pass, at, quantity, &adjustables);
                let mut fresh = KnobProfiles::default();
                fresh.update(&document, &forward_pass, at, quantity, &adjustables);
                for (index, target) in adjustables.iter().enumerate() {
                    let place = format!("{target:?} after {change:?}");
                    assert_same_bits(profiles.profile(index), fresh.profile(index), &place);
                }
            }
        }
    }

    #[test]
    fn updated_grids_have_the_same_bits_as_new_ones(
        (activation, last, seed) in (activation(), last_activation(), 0_u64..100),
        swept in (0..200_usize, 0..200_usize),
        changes in prop::collection::vec(change(), 1..6),
    ) {
        let mut document = document(activation, last, seed);
        let adjustables = knobs_and_inputs(document.network.architecture());
        let first = swept.0 % adjustables.len();
        let second = (first + 1 + swept.1 % (adjustables.len() - 1)) % adjustables.len();
        let axes = [first, second].map(|index| GridAxis { target: adjustables[index], range: [-1.5, 2.0] });
        let mut grid = OutputGrid::default();
        for change in [Change::Knobs(Vec::new())].iter().chain(&changes) {
            change.apply(&mut document);
            let forward_pass = document.network.forward(&document.inputs);
            let run = |grid: &mut OutputGrid| {
                grid.run(&document, &forward_pass, axes, 7, MappedNeurons::All, Quantity::Output);
            };
            run(&mut grid);
            let mut fresh = OutputGrid::default();
            run(&mut fresh);
            for at in neurons(document.network.architecture()) {
                let place = format!("{at:?} over {axes:?} after {change:?}");
                assert_same_bits(grid.neuron_values(at).unwrap(), fresh.neuron_values(at).unwrap(), &place);
            }
        }
    }

    #[test]
    fn a_forward_sweep_continued_from_a_layer_has_the_same_bits_as_a_new_one(
        (activation, last, seed) in (activation(), last_activation(), 0_u64..100),
        swept in 0..200_usize,
        (at, from) in (neuron(), 1..WIDTHS.len()),
        changes in prop::collection::vec((0..200_usize, -2.0..2.0_f64), 1..3),
    ) {
        let document = document(activation, last, seed);
        let knobs = all_knobs(&document);
        let variable = match swept % (knobs.len() + 2) {
            input @ 0..2 => SweepVariable::Input(input),
            knob => SweepVariable::Knob(knobs[knob - 2]),
        };
        let values = [-1.0, -0.25, 0.0, 0.5, 2.0];
        let current = document.network.forward(&document.inputs);
        let sweep = ForwardSweep::new(&document.network, &current, variable);
        prop_assume!(sweep.first_layer() < from && from <= at.layer);
        let mut earlier = ForwardSweepResult::default();
        let neurons: Vec<usize> = (0..WIDTHS[from - 1]).collect();
        sweep.run(&values, from - 1, &neurons, &mut earlier);

        let mut network = document.network.clone();
        for (index, value) in changes {
            let later: Vec<&Knob> = knobs.iter().filter(|knob| knob.layer >= from).collect();
            network.set(*later[index % later.len()], value);
        }
        let current = network.forward(&document.inputs);
        let sweep = ForwardSweep::new(&network, &current, variable);
        let (mut continued, mut fresh) = (ForwardSweepResult::default(), ForwardSweepResult::default());
        sweep.run_from(from, earlier.layer_inputs(from), &values, at.layer, &[at.neuron], &mut continued);
        sweep.run(&values, at.layer, &[at.neuron], &mut fresh);
        prop_assert_eq!(continued.z(at).map(bits), fresh.z(at).map(bits));
        prop_assert_eq!(continued.a(at).map(bits), fresh.a(at).map(bits));
    }

    #[test]
    fn updated_curves_plots_and_metrics_have_the_same_bits_as_new_ones(
        (activation, last, seed) in (activation(), last_activation(), 0_u64..100),
        swept in 0..200_usize,
        at in neuron(),
        changes in prop::collection::vec(change(), 1..6),
    ) {
        let document = document(activation, last, seed);
        let knobs = all_knobs(&document);
        let setup = training_setup(TrainingConfig {
            samples: 60,
            test_fraction: 0.3,
            ..TrainingConfig::new(DataSource::Generated(DatasetGenerator::Circle))
        });
        let swept = match swept % (knobs.len() + 2) {
            input @ 0..2 => Adjustable::Input(input),
            knob => Adjustable::Knob(knobs[knob - 2]),
        };
        let mut session = apply_all(open(document), &[
            Edit::SetTrainingSetup(Some(Arc::clone(&setup))).into(),
            ViewChange::Sweep(swept).into(),
            ViewChange::Select(at).into(),
        ]);
        let mut insight = Insight::new(&session);
        for change in &changes {
            let values = match change {
                Change::Knobs(changes) => changes
                    .iter()
                    .map(|&(index, value)| (Adjustable::Knob(knobs[index % knobs.len()]), value))
                    .collect(),
                Change::Input(input, value) => vec![(Adjustable::Input(*input), *value)],
                Change::Range(_) => Vec::new(),
            };
            for (target, value) in values {
                session.apply(Edit::Set { target, value }).unwrap();
            }
            insight.update(&session);
            let fresh = Insight::new(&session);
            prop_assert_eq!(insight.sweep(), fresh.sweep());
            let metrics = |insight: &Insight| insight.metrics(&session).unwrap().clone().unwrap();
            let (found, expected) = (metrics(&insight), metrics(&fresh));
            prop_assert_eq!(found.train, expected.train);
            prop_assert!(found.test.is_some());
            prop_assert_eq!(found.test, expected.test);
            let evaluation = LossEvaluation::new(session.document(), &setup).unwrap();
            prop_assert_eq!(found.train, evaluation.train_metrics());
            let plot = insight.data_plot(&session);
            prop_assert!(matches!(plot, Some(DataPlot::Map(map)) if !map.values.is_empty()));
            prop_assert_eq!(plot, fresh.data_plot(&session));
        }
    }
}
