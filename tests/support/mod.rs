//! Random documents, and what two documents have in common to the last bit.

use std::collections::BTreeMap;

use neurodial_core::network::{Activation, Architecture, Knob, LayerPlan, Network, NeuronPlan};
use neurodial_core::session::{Adjustable, Document, SavedState, ValueRange};
use proptest::collection::vec;
use proptest::prelude::*;

/// Any finite number: −0.0, subnormals and the largest among them.
pub fn number() -> impl Strategy<Value = f64> {
    use proptest::num::f64::{NEGATIVE, NORMAL, POSITIVE, SUBNORMAL, ZERO};
    prop_oneof![
        4 => -6.0..6.0_f64,
        3 => POSITIVE | NEGATIVE | NORMAL | SUBNORMAL | ZERO,
        1 => prop::sample::select(vec![0.0, -0.0, 0.1 + 0.2, f64::MAX, f64::MIN, f64::MIN_POSITIVE, 5e-324, -5e-324]),
    ]
}

pub fn name() -> impl Strategy<Value = Option<String>> {
    let visible = "\\PC{1,12}".prop_filter("a name is seen", |text| {
        !text.trim().is_empty() && !text.contains(char::is_control)
    });
    prop::option::of(visible)
}

/// An activation that a single neuron can have.
pub fn own_activation() -> impl Strategy<Value = Activation> {
    let own = Activation::ALL.into_iter().filter(|&a| a != Activation::Softmax);
    prop::sample::select(own.collect::<Vec<_>>())
}

fn layer() -> impl Strategy<Value = LayerPlan> {
    let mixed = vec((name(), own_activation()), 1..4);
    (mixed, prop::bool::weighted(0.2)).prop_map(|(neurons, is_softmax)| LayerPlan {
        neurons: neurons
            .into_iter()
            .map(|(name, own)| NeuronPlan {
                name,
                activation: if is_softmax { Activation::Softmax } else { own },
            })
            .collect(),
    })
}

pub fn range() -> impl Strategy<Value = ValueRange> {
    (number(), number(), number())
        .prop_map(|(min, max, step)| ValueRange { min, max, step })
        .prop_filter("sound", |range| range.is_valid())
}

/// Any document: names, mixed activations, ranges, locks, cases.
pub fn document() -> impl Strategy<Value = Document> {
    (vec(name(), 1..4), vec(layer(), 1..4)).prop_flat_map(|(names, layers)| {
        let blueprint = Architecture::new(names, layers).unwrap();
        let knobs: Vec<Knob> = blueprint.knobs().collect();
        let (inputs, count) = (blueprint.input_count(), knobs.len());
        let targets: Vec<Adjustable> = knobs
            .iter()
            .copied()
            .map(Adjustable::Knob)
            .chain((0..inputs).map(Adjustable::Input))
            .collect();
        (
            ".{0,20}",
            vec(number(), count),
            vec(number(), inputs),
            prop::collection::btree_map(prop::sample::select(targets), range(), 0..3),
            prop::collection::btree_set(prop::sample::select(knobs), 0..3),
            vec(vec(number(), inputs), 0..3),
        )
            .prop_map(move |(note, knobs, inputs, ranges, locked, cases)| {
                let mut document = Document::new(Network::from_knobs(blueprint.clone(), knobs).unwrap());
                document.note = note;
                document.inputs = inputs;
                document.ranges = ranges;
                document.locked = locked;
                document.saved_inputs = cases;
                document.snapshots =
                    vec![SavedState::from_document(&document, "a pin".into()); document.saved_inputs.len()];
                document.experiment_rows = vec![
                    SavedState::from_document(&document, String::new());
                    document.saved_inputs.len() / 2
                ];
                document
            })
    })
}

/// Everything in a document, its numbers as bits: equal if and only if the documents are, to the last bit.
pub fn bits(document: &Document) -> impl Clone + PartialEq + std::fmt::Debug + use<> {
    let row = |values: &[f64]| values.iter().map(|value| value.to_bits()).collect::<Vec<u64>>();
    let ranges: BTreeMap<Adjustable, [u64; 3]> = document
        .ranges
        .iter()
        .map(|(&target, range)| (target, [range.min, range.max, range.step].map(f64::to_bits)))
        .collect();
    (
        document.note.clone(),
        document.network.architecture().clone(),
        row(document.network.knobs()),
        row(&document.inputs),
        ranges,
        document.locked.clone(),
        document
            .saved_inputs
            .iter()
            .map(|case| row(case))
            .collect::<Vec<_>>(),
        [&document.snapshots, &document.experiment_rows].map(|all| {
            let all = all
                .iter()
                .map(|kept| (kept.name.clone(), row(&kept.knobs), row(&kept.inputs)));
            all.collect::<Vec<_>>()
        }),
    )
}
