//! Partial forward passes agree with complete ones, and after a change only the values that depend on it are
//! recomputed, with the same bits as new ones.

use std::sync::Arc;

use neurodial_core::data::DatasetGenerator;
use neurodial_core::insight::output_grid::{GridAxis, MappedNeurons};
use neurodial_core::insight::partial_forward::{PartialForward, PartialRequest, PartialValues};
use neurodial_core::insight::{DataPlot, Insight, KnobProfiles, LossEvaluation, OutputGrid};
use neurodial_core::network::{Activation, Architecture, Initializer, Knob, NeuronAddress};
use neurodial_core::session::{Adjustable, DataSource, Document, Edit, Quantity, TrainingConfig, ViewChange};
use proptest::prelude::*;

use crate::support::random_documents::moderate_document;
use crate::support::{
    apply_all, bits, is_near, knobs_and_inputs, neurons, open, random_network, training_setup,
    with_same_axis, with_value,
};

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
    fn with_one_number_a_partial_forward_pass_has_the_same_bits_as_the_changed_network(
        document in moderate_document(),
        index in 0..1000_usize,
    ) {
        let architecture = document.network.architecture();
        let baseline = document.network.forward(&document.inputs);
        let adjustables = knobs_and_inputs(architecture);
        let number = adjustables[index % adjustables.len()];
        let numbers = [number];
        let partial_forward = PartialForward::new(&document.network, &baseline, document.features(), &numbers);
        let values = [-2.5, partial_forward.current_value(), 0.0, 1e3];
        let mut result = PartialValues::default();
        partial_forward.run(&[&values], PartialRequest::all(architecture.last_layer()), &mut result);
        for (column, &value) in values.iter().enumerate() {
            let changed = with_value(&document, number, value);
            let complete = changed.network.forward(&changed.inputs);
            for at in neurons(architecture) {
                let NeuronAddress { layer, neuron } = at;
                let z = result.z(at).map_or(baseline.z(layer, neuron)[0], |row| row[column]);
                let a = result.a(at).map_or(baseline.a(layer, neuron)[0], |row| row[column]);
                prop_assert_eq!(z.to_bits(), complete.z(layer, neuron)[0].to_bits());
                prop_assert_eq!(a.to_bits(), complete.a(layer, neuron)[0].to_bits());
            }
        }
    }

    #[test]
    fn with_two_numbers_a_partial_forward_pass_agrees_with_the_changed_network(
        document in moderate_document(),
        (first, second) in (0..1000_usize, 0..1000_usize),
        only in (any::<bool>(), 0..100_usize),
    ) {
        let architecture = document.network.architecture();
        let baseline = document.network.forward(&document.inputs);
        let adjustables = knobs_and_inputs(architecture);
        let numbers = [first, second].map(|index| adjustables[index % adjustables.len()]);
        prop_assume!(numbers[0] != numbers[1]);
        let partial_forward =
            PartialForward::new(&document.network, &baseline, document.features(), &numbers);
        let values = [[-1.5, 0.25, 2.0, 0.5], [0.75, -0.5, 1.25, 0.0]];
        let last = architecture.last_layer();
        let wanted = [only.1 % architecture.width(last)];
        let request = if only.0 { PartialRequest::all(last).only(&wanted) } else { PartialRequest::all(last) };
        let mut result = PartialValues::default();
        partial_forward.run(&values.each_ref().map(|values| &values[..]), request, &mut result);
        for column in 0..values[0].len() {
            let changed = with_value(&document, numbers[0], values[0][column]);
            let changed = with_value(&changed, numbers[1], values[1][column]);
            let complete = changed.network.forward(&changed.inputs);
            for at in neurons(architecture) {
                if only.0 && at.layer == last && at.neuron != wanted[0] {
                    continue;
                }
                let NeuronAddress { layer, neuron } = at;
                let z = result.z(at).map_or(baseline.z(layer, neuron)[0], |row| row[column]);
                let a = result.a(at).map_or(baseline.a(layer, neuron)[0], |row| row[column]);
                let expected = (complete.z(layer, neuron)[0], complete.a(layer, neuron)[0]);
                prop_assert!(is_near(&changed, z, expected.0), "z of {at:?}: {z}, {expected:?}");
                prop_assert!(is_near(&changed, a, expected.1), "a of {at:?}: {a}, {expected:?}");
            }
        }
    }

    #[test]
    fn a_partial_forward_pass_continued_from_a_layer_has_the_same_bits_as_a_new_one(
        (activation, last, seed) in (activation(), last_activation(), 0_u64..100),
        swept in 0..200_usize,
        (at, from) in (neuron(), 1..WIDTHS.len()),
        changes in prop::collection::vec((0..200_usize, -2.0..2.0_f64), 1..3),
    ) {
        let document = document(activation, last, seed);
        let knobs = all_knobs(&document);
        let numbers = [match swept % (knobs.len() + 2) {
            input @ 0..2 => Adjustable::Input(input),
            knob => Adjustable::Knob(knobs[knob - 2]),
        }];
        let values: [&[f64]; 1] = [&[-1.0, -0.25, 0.0, 0.5, 2.0]];
        let baseline = document.network.forward(&document.inputs);
        let features = document.features();
        let before = PartialForward::new(&document.network, &baseline, features, &numbers);
        prop_assume!(before.first_layer() < from && from <= at.layer);
        let mut earlier = PartialValues::default();
        before.run(&values, PartialRequest::all(from - 1), &mut earlier);

        let mut network = document.network.clone();
        for (index, value) in changes {
            let later: Vec<&Knob> = knobs.iter().filter(|knob| knob.layer >= from).collect();
            network.set(*later[index % later.len()], value);
        }
        let baseline = network.forward(&document.inputs);
        let after = PartialForward::new(&network, &baseline, features, &numbers);
        let (mut continued, mut fresh) = (PartialValues::default(), PartialValues::default());
        let neurons = [at.neuron];
        let request = PartialRequest::all(at.layer).only(&neurons);
        after.run_from(from, earlier.layer_inputs(from), &values, request, &mut continued);
        after.run(&values, request, &mut fresh);
        prop_assert_eq!(continued.z(at).map(bits), fresh.z(at).map(bits));
        prop_assert_eq!(continued.a(at).map(bits), fresh.a(at).map(bits));
    }

    #[test]
    fn updated_curves_plots_and_metrics_have_the_same_bits_as_new_ones(
        (activation, last, seed) in (activation(), last_activation(), 0_u64..100),
        // An input half the time: more neurons of the first layer depend on it.
        swept in prop_oneof![0..2_usize, 0..200_usize],
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
        // During a gesture the grid of the plot is coarser.
        insight.begin_gesture(&session);
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
            let mut fresh = Insight::new(&session);
            fresh.begin_gesture(&session);
            prop_assert_eq!(insight.sweep().clone(), with_same_axis(fresh.sweep(), insight.sweep()));
            let metrics = |insight: &Insight| insight.metrics(&session).unwrap().clone().unwrap();
            let (found, expected) = (metrics(&insight), metrics(&fresh));
            prop_assert_eq!(found.train, expected.train);
            prop_assert!(found.test.is_some());
            prop_assert_eq!(found.test, expected.test);
            let evaluation = LossEvaluation::new(session.document(), &setup).unwrap();
            prop_assert_eq!(found.train, evaluation.train_metrics());
            let plot = insight.data_plot(&session, false);
            prop_assert!(matches!(plot, Some(DataPlot::Map(map)) if !map.values.is_empty()));
            prop_assert_eq!(plot, fresh.data_plot(&session, false));
        }
    }
}
