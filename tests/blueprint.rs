//! Addresses, limits, starting values, surgery and names.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use neurodial_core::network::architecture::{MAX_KNOBS, MAX_LAYERS, MAX_WIDTH};
use neurodial_core::network::{
    Activation, Architecture, ArchitectureEdit, ArchitectureError, Initialization, Initializer, Knob,
    LayerPlan, Network, NeuronAddress, NeuronPlan,
};
use proptest::prelude::*;

fn dense(inputs: usize, widths: &[usize]) -> Architecture {
    let layers: Vec<_> = widths.iter().map(|&width| (width, Activation::Tanh)).collect();
    Architecture::dense(inputs, &layers).unwrap()
}

fn values(scheme: Initializer, biases: bool, blueprint: &Architecture) -> Vec<f64> {
    Initialization {
        initializer: scheme,
        seed: 7,
        has_random_biases: biases,
    }
    .values(blueprint)
}

fn random(inputs: usize, widths: &[usize]) -> Network {
    let blueprint = dense(inputs, widths);
    let values = values(Initializer::Normal, true, &blueprint);
    Network::from_knobs(blueprint, values).unwrap()
}

#[test]
fn the_flat_order_is_weights_by_neuron_and_then_biases() {
    let blueprint = dense(2, &[3, 1]);
    let order: Vec<String> = blueprint.knobs().map(|knob| knob.to_string()).collect();
    let expected = "w[1,1,1] w[1,1,2] w[1,2,1] w[1,2,2] w[1,3,1] w[1,3,2] b[1,1] b[1,2] b[1,3] \
                    w[2,1,1] w[2,1,2] w[2,1,3] b[2,1]";
    assert_eq!(order.join(" "), expected);
}

#[test]
fn sizes_up_to_the_limits_are_taken_and_beyond_them_refused() {
    let layers = |count| vec![(1, Activation::Relu); count];
    assert!(Architecture::dense(1, &layers(MAX_LAYERS)).is_ok());
    assert_eq!(
        Architecture::dense(1, &layers(MAX_LAYERS + 1)),
        Err(ArchitectureError::LayerCount(65))
    );
    assert_eq!(Architecture::dense(1, &[]), Err(ArchitectureError::LayerCount(0)));
    assert!(Architecture::dense(MAX_WIDTH, &layers(1)).is_ok());
    assert_eq!(
        Architecture::dense(MAX_WIDTH + 1, &layers(1)),
        Err(ArchitectureError::InputCount(4097))
    );
    assert_eq!(
        Architecture::dense(0, &layers(1)),
        Err(ArchitectureError::InputCount(0))
    );
    assert!(Architecture::dense(1, &[(MAX_WIDTH, Activation::Relu)]).is_ok());
    for width in [0, MAX_WIDTH + 1] {
        let refused = Architecture::dense(1, &[(1, Activation::Relu), (width, Activation::Relu)]);
        assert_eq!(refused, Err(ArchitectureError::Width { layer: 2, width }));
    }
    // 1,999 inputs and 2,000 neurons are exactly 4,000,000 knobs.
    assert_eq!(dense(1999, &[2000]).knob_count(), MAX_KNOBS);
    let refused = Architecture::dense(1999, &[(2000, Activation::Relu), (1, Activation::Relu)]);
    assert_eq!(refused, Err(ArchitectureError::TooManyKnobs(4_002_001)));
}

#[test]
fn a_huge_width_is_refused_before_anything_is_allocated_for_it() {
    let refused = Architecture::dense(1, &[(usize::MAX, Activation::Relu)]);
    assert_eq!(
        refused,
        Err(ArchitectureError::Width {
            layer: 1,
            width: usize::MAX
        })
    );
    assert!(Architecture::dense(usize::MAX, &[(1, Activation::Relu)]).is_err());
    assert!(Architecture::dense(1, &[(MAX_WIDTH, Activation::Relu); MAX_LAYERS]).is_err());
}

#[test]
fn softmax_on_a_part_of_a_layer_is_refused() {
    let neuron = |activation| NeuronPlan {
        name: None,
        activation,
    };
    for pair in [
        [Activation::Softmax, Activation::Relu],
        [Activation::Relu, Activation::Softmax],
    ] {
        let plan = LayerPlan {
            neurons: pair.map(neuron).to_vec(),
        };
        let refused = Architecture::new(vec![None], vec![plan]).unwrap_err();
        assert_eq!(refused, ArchitectureError::PartialSoftmax { layer: 1 });
        assert!(refused.to_string().contains("whole layer"));
    }
    let mut blueprint = dense(1, &[2, 2]);
    let refused = Err(ArchitectureError::PartialSoftmax { layer: 2 });
    assert_eq!(blueprint.set_activation(1, Some(0), Activation::Softmax), refused);
    assert_eq!(blueprint.set_activation(1, None, Activation::Softmax), Ok(()));
    assert_eq!(blueprint.set_activation(1, Some(0), Activation::Relu), refused);
}

#[test]
fn starting_values_of_a_seed_never_change() {
    let first = |scheme| values(scheme, false, &dense(2, &[2]))[..3].to_vec();
    assert_eq!(first(Initializer::Zeros), [0.0; 3]);
    assert_eq!(first(Initializer::Uniform), UNIFORM);
    assert_eq!(first(Initializer::Normal), NORMAL);
    assert_eq!(
        first(Initializer::Xavier),
        UNIFORM.map(|value| 1.5_f64.sqrt() * value)
    );
    assert_eq!(first(Initializer::He), NORMAL);
}

const UNIFORM: [f64; 3] = [
    -0.998_986_078_045_931_6,
    -0.537_340_706_059_523_2,
    0.803_182_003_668_851_5,
];
const NORMAL: [f64; 3] = [
    0.752_123_193_821_111_5,
    0.413_337_235_002_945_6,
    -0.033_347_239_725_952_88,
];

#[test]
fn starting_values_have_the_bounds_and_the_spread_of_their_formulas() {
    let (inputs, neurons) = (300, 200);
    let blueprint = dense(inputs, &[neurons]);
    for (scheme, bound, deviation) in [
        (Initializer::Uniform, 1.0, 1.0 / 3.0_f64.sqrt()),
        (Initializer::Normal, f64::INFINITY, 1.0),
        (
            Initializer::Xavier,
            (6.0 / 500.0_f64).sqrt(),
            (2.0 / 500.0_f64).sqrt(),
        ),
        (Initializer::He, f64::INFINITY, (2.0 / 300.0_f64).sqrt()),
    ] {
        let values = values(scheme, false, &blueprint);
        let weights = &values[..inputs * neurons];
        let count = weights.len() as f64;
        let mean = weights.iter().sum::<f64>() / count;
        let spread = (weights.iter().map(|w| (w - mean).powi(2)).sum::<f64>() / count).sqrt();
        let most = weights.iter().fold(0.0_f64, |most, w| most.max(w.abs()));
        assert!(
            most <= bound && (bound.is_infinite() || most > 0.999 * bound),
            "{scheme}: {most}"
        );
        assert!(
            mean.abs() < 5.0 * deviation / count.sqrt(),
            "{scheme}: mean {mean}"
        );
        assert!(
            (spread / deviation - 1.0).abs() < 0.015,
            "{scheme}: {spread}, not {deviation}"
        );
        assert!(values[inputs * neurons..].iter().all(|&bias| bias == 0.0));
    }
}

#[test]
fn asking_for_biases_changes_no_weight_and_another_seed_changes_all() {
    let blueprint = dense(3, &[4, 2]);
    for scheme in [
        Initializer::Uniform,
        Initializer::Normal,
        Initializer::Xavier,
        Initializer::He,
    ] {
        let (plain, biased) = (
            values(scheme, false, &blueprint),
            values(scheme, true, &blueprint),
        );
        let other = Initialization {
            initializer: scheme,
            seed: 8,
            has_random_biases: true,
        }
        .values(&blueprint);
        for (index, knob) in blueprint.knobs().enumerate() {
            assert_eq!(plain[index] == biased[index], !knob.is_bias(), "{knob}");
            assert_ne!(biased[index], other[index], "{knob}");
        }
    }
}

#[test]
fn what_surgery_adds_changes_no_output() {
    let network = random(3, &[4, 2]);
    let before = network.forward(&[0.5, -1.0, 2.0]).layers()[1].a.clone();
    let outputs = |surgery: ArchitectureEdit, inputs: &[f64]| {
        let trace = surgery.apply(&network).unwrap().forward(inputs);
        trace.layers().last().unwrap().a.clone()
    };
    let inputs = [0.5, -1.0, 2.0];
    assert_eq!(
        outputs(ArchitectureEdit::AddInput, &[0.5, -1.0, 2.0, 9.0]),
        before
    );
    assert_eq!(outputs(ArchitectureEdit::AddNeuron { layer: 0 }, &inputs), before);
    assert_eq!(
        outputs(ArchitectureEdit::AddNeuron { layer: 1 }, &inputs)[..2],
        before
    );
    for layer in 0..=2 {
        assert_eq!(
            outputs(ArchitectureEdit::AddLayer { before: layer }, &inputs),
            before,
            "layer before {layer}"
        );
    }
}

#[test]
fn surgery_beyond_the_limits_is_refused() {
    let network = random(1, &[1]);
    assert_eq!(
        ArchitectureEdit::RemoveInput(0).apply(&network),
        Err(ArchitectureError::InputCount(0))
    );
    assert_eq!(
        ArchitectureEdit::RemoveLayer(0).apply(&network),
        Err(ArchitectureError::LayerCount(0))
    );
    let only = NeuronAddress { layer: 0, neuron: 0 };
    let refused = Err(ArchitectureError::Width { layer: 1, width: 0 });
    assert_eq!(ArchitectureEdit::RemoveNeuron(only).apply(&network), refused);
}

#[test]
fn removing_keeps_the_knobs_that_live_on() {
    let network = random(3, &[4, 2]);
    let without = ArchitectureEdit::RemoveNeuron(NeuronAddress { layer: 0, neuron: 1 })
        .apply(&network)
        .unwrap();
    assert_eq!(
        without.get(Knob::weight(0, 1, 2)),
        network.get(Knob::weight(0, 2, 2))
    );
    assert_eq!(without.get(Knob::bias(0, 2)), network.get(Knob::bias(0, 3)));
    assert_eq!(
        without.get(Knob::weight(1, 1, 0)),
        network.get(Knob::weight(1, 1, 0))
    );
    assert_eq!(
        without.get(Knob::weight(1, 1, 2)),
        network.get(Knob::weight(1, 1, 3))
    );
    assert_eq!(without.get(Knob::bias(1, 1)), network.get(Knob::bias(1, 1)));
    let without = ArchitectureEdit::RemoveInput(0).apply(&network).unwrap();
    assert_eq!(
        without.get(Knob::weight(0, 3, 0)),
        network.get(Knob::weight(0, 3, 1))
    );
    let without = ArchitectureEdit::RemoveLayer(0).apply(&network).unwrap();
    assert_eq!(
        without.get(Knob::weight(0, 1, 2)),
        network.get(Knob::weight(1, 1, 2))
    );
}

fn symbol(blueprint: &Architecture, knob: Knob) -> String {
    blueprint.symbol(knob).to_unicode()
}

#[test]
fn symbols_have_a_comma_from_index_10_and_a_layer_where_there_are_several() {
    let one = dense(12, &[12]);
    assert_eq!(symbol(&one, Knob::weight(0, 1, 0)), "w₂₁");
    assert_eq!(symbol(&one, Knob::weight(0, 9, 0)), "w₁₀,₁");
    assert_eq!(symbol(&one, Knob::weight(0, 0, 9)), "w₁,₁₀");
    assert_eq!(symbol(&one, Knob::weight(0, 8, 8)), "w₉₉");
    assert_eq!(symbol(&one, Knob::bias(0, 11)), "b₁₂");
    let two = dense(2, &[3, 1]);
    assert_eq!(symbol(&two, Knob::weight(1, 0, 2)), "w²₁₃");
    assert_eq!(symbol(&two, Knob::bias(0, 2)), "b¹₃");
    assert_eq!(two.layer_input_symbol(0, 1).to_unicode(), "x₂");
    assert_eq!(two.layer_input_symbol(1, 1).to_unicode(), "a¹₂");
    assert_eq!(
        two.z_symbol(NeuronAddress { layer: 1, neuron: 0 }).to_unicode(),
        "z²₁"
    );
    assert_eq!(
        two.a_symbol(NeuronAddress { layer: 0, neuron: 2 }).to_unicode(),
        "a¹₃"
    );
}

#[test]
fn knobs_have_words() {
    let mut one = dense(4, &[3]);
    assert_eq!(
        one.describe_knob(Knob::weight(0, 1, 0)),
        "weight from input 1 to neuron 2"
    );
    assert_eq!(one.describe_knob(Knob::bias(0, 1)), "bias of neuron 2");
    one.set_input_name(0, Some("height".into()));
    one.set_neuron_name(0, 1, Some("tall".into()));
    assert_eq!(
        one.describe_knob(Knob::weight(0, 1, 0)),
        "weight from input 1 (height) to neuron 2 (tall)"
    );
    assert_eq!(
        (one.input_label(0), one.input_label(1)),
        ("height".into(), "input 2".into())
    );
    let tall = NeuronAddress { layer: 0, neuron: 1 };
    assert_eq!(one.neuron_label(tall), "tall");
    let two = dense(2, &[3, 1]);
    let words = "weight from neuron 3 of layer 1 to neuron 1 of layer 2";
    assert_eq!(two.describe_knob(Knob::weight(1, 0, 2)), words);
    let xor = neurodial_core::session::Preset::from_name("xor")
        .unwrap()
        .document()
        .unwrap();
    let xor = xor.network.architecture();
    assert_eq!(
        xor.describe_knob(Knob::weight(0, 0, 1)),
        "weight from input 2 to neuron 1 (or) of layer 1"
    );
    assert_eq!(
        xor.describe_knob(Knob::bias(0, 1)),
        "bias of neuron 2 (and) of layer 1"
    );
    assert_eq!(
        xor.describe_knob(Knob::weight(1, 0, 0)),
        "weight from neuron 1 (or) of layer 1 to neuron 1 of layer 2"
    );
}

fn surgery() -> impl Strategy<Value = ArchitectureEdit> {
    prop_oneof![
        Just(ArchitectureEdit::AddInput),
        (0..4_usize).prop_map(ArchitectureEdit::RemoveInput),
        (0..3_usize).prop_map(|layer| ArchitectureEdit::AddNeuron { layer }),
        (0..3_usize, 0..4_usize)
            .prop_map(|(layer, neuron)| ArchitectureEdit::RemoveNeuron(NeuronAddress { layer, neuron })),
        (0..4_usize).prop_map(|before| ArchitectureEdit::AddLayer { before }),
        (0..3_usize).prop_map(ArchitectureEdit::RemoveLayer),
    ]
}

proptest! {
    #[test]
    fn address_and_index_are_inverse(inputs in 1..20_usize, widths in proptest::collection::vec(1..20_usize, 1..6)) {
        let blueprint = dense(inputs, &widths);
        for (index, knob) in blueprint.knobs().enumerate() {
            prop_assert_eq!(blueprint.index_of(knob), Some(index));
            prop_assert_eq!(blueprint.knob_at(index), Some(knob));
        }
        prop_assert_eq!(blueprint.knobs().count(), blueprint.knob_count());
        prop_assert_eq!(blueprint.knob_at(blueprint.knob_count()), None);
        prop_assert_eq!(blueprint.index_of(Knob::weight(0, 0, inputs)), None);
        prop_assert_eq!(blueprint.index_of(Knob::bias(widths.len(), 0)), None);
        prop_assert_eq!(blueprint.index_of(Knob::bias(0, widths[0])), None);
    }

    #[test]
    fn surgery_moves_every_knob_with_its_value(
        inputs in 1..5_usize,
        widths in proptest::collection::vec(1..5_usize, 1..4),
        surgery in surgery(),
    ) {
        let network = random(inputs, &widths);
        if let Ok(operated) = surgery.apply(&network) {
            for knob in network.architecture().knobs() {
                if let Some(moved) = surgery.new_knob(knob, operated.architecture()) {
                    prop_assert_eq!(operated.get(moved), network.get(knob), "{} to {}", knob, moved);
                }
            }
        }
    }
}
