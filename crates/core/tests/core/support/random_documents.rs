//! Random documents, and a comparison of documents to the last bit.

use std::collections::BTreeMap;

use neurodial_core::nerve_cell::NerveCell;
use neurodial_core::network::{Activation, Architecture, Knob, LayerPlan, Network, NeuronPlan};
use neurodial_core::session::{Adjustable, Document, SavedState, ValueRange, WindowLayout};
use proptest::collection::vec;
use proptest::prelude::*;

use super::{bits, knobs_and_inputs};

/// Generates finite numbers, among them −0.0, subnormal and the largest ones.
pub fn number() -> impl Strategy<Value = f64> {
    use proptest::num::f64::{NEGATIVE, NORMAL, POSITIVE, SUBNORMAL, ZERO};
    prop_oneof![
        4 => -6.0..6.0_f64,
        3 => POSITIVE | NEGATIVE | NORMAL | SUBNORMAL | ZERO,
        1 => prop::sample::select(vec![0.0, -0.0, 0.1 + 0.2, f64::MAX, f64::MIN, f64::MIN_POSITIVE, 5e-324, -5e-324]),
    ]
}

/// Generates names, most of them strange.
pub fn name() -> impl Strategy<Value = Option<String>> {
    let visible = "\\PC{1,12}".prop_filter(
        "a name has visible characters and no control characters",
        |text| !text.trim().is_empty() && !text.contains(char::is_control),
    );
    prop::option::of(visible)
}

/// Generates any activation.
pub fn activation() -> impl Strategy<Value = Activation> {
    prop::sample::select(Activation::ALL.to_vec())
}

/// Generates the activations that a single neuron can have: all but softmax.
pub fn neuron_activation() -> impl Strategy<Value = Activation> {
    prop::sample::select(neuron_activations())
}

/// Returns the activations that a single neuron can have: all but softmax.
pub fn neuron_activations() -> Vec<Activation> {
    let all = Activation::ALL.into_iter();
    all.filter(|&activation| activation != Activation::Softmax)
        .collect()
}

fn layer() -> impl Strategy<Value = LayerPlan> {
    let neurons = vec((name(), neuron_activation()), 1..4);
    (neurons, prop::bool::weighted(0.2)).prop_map(|(neurons, is_softmax)| LayerPlan {
        neurons: neurons
            .into_iter()
            .map(|(name, activation)| NeuronPlan {
                name,
                activation: if is_softmax {
                    Activation::Softmax
                } else {
                    activation
                },
            })
            .collect(),
    })
}

/// Generates valid slider ranges.
pub fn range() -> impl Strategy<Value = ValueRange> {
    (number(), number(), number())
        .prop_map(|(min, max, step)| ValueRange { min, max, step })
        .prop_filter("a valid range", |range| range.is_valid())
}

/// Generates documents with names, mixed activations, ranges, locks, saved inputs, snapshots and experiment
/// rows.
pub fn document() -> impl Strategy<Value = Document> {
    (vec(name(), 1..4), vec(layer(), 1..4)).prop_flat_map(|(names, layers)| {
        let architecture = Architecture::new(names, layers).unwrap();
        let knobs: Vec<Knob> = architecture.knobs().collect();
        let (inputs, count) = (architecture.input_count(), knobs.len());
        let adjustables = knobs_and_inputs(&architecture);
        (
            ".{0,20}",
            vec(number(), count),
            vec(number(), inputs),
            prop::collection::btree_map(prop::sample::select(adjustables), range(), 0..3),
            prop::collection::btree_set(prop::sample::select(knobs), 0..3),
            vec(vec(number(), inputs), 0..3),
        )
            .prop_map(move |(note, knobs, inputs, ranges, locked, saved_inputs)| {
                let mut document = Document::new(Network::from_knobs(architecture.clone(), knobs).unwrap());
                document.note = note;
                document.inputs = inputs;
                document.ranges = ranges;
                document.locked = locked;
                document.saved_inputs = saved_inputs;
                document.cell = (document.inputs.len() == 2).then(NerveCell::default);
                document.layout = WindowLayout::ALL.get(document.locked.len() + 2).copied();
                document.snapshots = vec![
                    SavedState::from_document(&document, "a snapshot".into());
                    document.saved_inputs.len()
                ];
                document.experiment_rows = vec![
                    SavedState::from_document(&document, String::new());
                    document.saved_inputs.len() / 2
                ];
                document
            })
    })
}

/// Generates documents with numbers below 6 and the default ranges, so that rounding errors stay small.
pub fn moderate_document() -> impl Strategy<Value = Document> {
    document().prop_map(|mut document| {
        let limit = |value: &mut f64| {
            if value.abs() >= 6.0 {
                *value = 1.5;
            }
        };
        document.network.knobs_mut().iter_mut().for_each(limit);
        document.inputs.iter_mut().for_each(limit);
        document.ranges.clear();
        document
    })
}

/// Returns everything in a document, its numbers as bits: equal if and only if the documents agree to the
/// last bit.
pub fn document_bits(document: &Document) -> impl Clone + PartialEq + std::fmt::Debug + use<> {
    let ranges: BTreeMap<Adjustable, [u64; 3]> = document
        .ranges
        .iter()
        .map(|(&adjustable, range)| (adjustable, [range.min, range.max, range.step].map(f64::to_bits)))
        .collect();
    (
        document.note.clone(),
        document.network.architecture().clone(),
        bits(document.network.knobs()),
        bits(&document.inputs),
        ranges,
        document.locked.clone(),
        document
            .saved_inputs
            .iter()
            .map(|row| bits(row))
            .collect::<Vec<_>>(),
        [&document.snapshots, &document.experiment_rows].map(|states| {
            let states = states.iter();
            states
                .map(|state| (state.name.clone(), bits(&state.knobs), bits(&state.inputs)))
                .collect::<Vec<_>>()
        }),
    )
}
