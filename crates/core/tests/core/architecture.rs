//! Architectures: addresses of knobs, size limits, initial values, edits and names.

use neurodial_core::network::architecture::{MAX_KNOBS, MAX_LAYERS, MAX_WIDTH};
use neurodial_core::network::{
    Activation, Architecture, ArchitectureEdit, ArchitectureError, Initialization, Initializer, Knob,
    LayerPlan, Network, NeuronAddress, NeuronPlan,
};
use neurodial_core::text::Messages;
use proptest::prelude::*;

use crate::support::{preset, random_network};

fn dense(inputs: usize, widths: &[usize]) -> Architecture {
    let layers: Vec<_> = widths.iter().map(|&width| (width, Activation::Tanh)).collect();
    Architecture::dense(inputs, &layers).unwrap()
}

fn initial_values(
    initializer: Initializer,
    has_random_biases: bool,
    architecture: &Architecture,
) -> Vec<f64> {
    Initialization {
        initializer,
        seed: 7,
        has_random_biases,
    }
    .values(architecture)
}

fn random(inputs: usize, widths: &[usize]) -> Network {
    random_network(dense(inputs, widths), Initializer::Normal, 7)
}

#[test]
fn the_flat_order_of_a_layer_is_weights_by_neuron_and_then_biases() {
    let architecture = dense(2, &[3, 1]);
    let order: Vec<String> = architecture.knobs().map(|knob| knob.to_string()).collect();
    let expected = "w[1,1,1] w[1,1,2] w[1,2,1] w[1,2,2] w[1,3,1] w[1,3,2] b[1,1] b[1,2] b[1,3] \
                    w[2,1,1] w[2,1,2] w[2,1,3] b[2,1]";
    assert_eq!(order.join(" "), expected);
}

#[test]
fn sizes_up_to_the_limits_are_accepted_and_larger_ones_refused() {
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
        let error = Architecture::dense(1, &[(1, Activation::Relu), (width, Activation::Relu)]);
        assert_eq!(error, Err(ArchitectureError::Width { layer: 2, width }));
    }
    // 1,999 inputs and 2,000 neurons have exactly 4,000,000 knobs.
    assert_eq!(dense(1999, &[2000]).knob_count(), MAX_KNOBS);
    let error = Architecture::dense(1999, &[(2000, Activation::Relu), (1, Activation::Relu)]);
    assert_eq!(error, Err(ArchitectureError::TooManyKnobs(4_002_001)));
}

#[test]
fn a_huge_width_is_refused_without_allocating_memory_for_it() {
    let error = Architecture::dense(1, &[(usize::MAX, Activation::Relu)]);
    assert_eq!(
        error,
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
        let error = Architecture::new(vec![None], vec![plan]).unwrap_err();
        assert_eq!(error, ArchitectureError::PartialSoftmax { layer: 1 });
        assert!(error.to_string().contains("whole layer"));
    }
    let mut architecture = dense(1, &[2, 2]);
    let error = Err(ArchitectureError::PartialSoftmax { layer: 2 });
    assert_eq!(
        architecture.set_activation(1, Some(0), Activation::Softmax),
        error
    );
    assert_eq!(architecture.set_activation(1, None, Activation::Softmax), Ok(()));
    assert_eq!(architecture.set_activation(1, Some(0), Activation::Relu), error);
}

#[test]
fn initial_values_of_a_seed_never_change() {
    let first = |initializer| initial_values(initializer, false, &dense(2, &[2]))[..3].to_vec();
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
fn initial_values_have_the_bounds_and_the_standard_deviation_of_their_formulas() {
    let (inputs, neurons) = (300, 200);
    let architecture = dense(inputs, &[neurons]);
    for (initializer, bound, std_dev) in [
        (Initializer::Uniform, 1.0, 1.0 / 3.0_f64.sqrt()),
        (Initializer::Normal, f64::INFINITY, 1.0),
        (
            Initializer::Xavier,
            (6.0 / 500.0_f64).sqrt(),
            (2.0 / 500.0_f64).sqrt(),
        ),
        (Initializer::He, f64::INFINITY, (2.0 / 300.0_f64).sqrt()),
    ] {
        let values = initial_values(initializer, false, &architecture);
        let weights = &values[..inputs * neurons];
        let count = weights.len() as f64;
        let mean = weights.iter().sum::<f64>() / count;
        let found = (weights.iter().map(|w| (w - mean).powi(2)).sum::<f64>() / count).sqrt();
        let largest = weights.iter().fold(0.0_f64, |largest, w| largest.max(w.abs()));
        assert!(
            largest <= bound && (bound.is_infinite() || largest > 0.999 * bound),
            "{initializer}: {largest}"
        );
        assert!(
            mean.abs() < 5.0 * std_dev / count.sqrt(),
            "{initializer}: mean {mean}"
        );
        assert!(
            (found / std_dev - 1.0).abs() < 0.015,
            "{initializer}: {found}, not {std_dev}"
        );
        assert!(values[inputs * neurons..].iter().all(|&bias| bias == 0.0));
    }
}

#[test]
fn random_biases_leave_the_weights_as_they_are_and_another_seed_changes_everything() {
    let architecture = dense(3, &[4, 2]);
    for initializer in [
        Initializer::Uniform,
        Initializer::Normal,
        Initializer::Xavier,
        Initializer::He,
    ] {
        let (plain, biased) = (
            initial_values(initializer, false, &architecture),
            initial_values(initializer, true, &architecture),
        );
        let other = random_network(architecture.clone(), initializer, 8);
        for (index, knob) in architecture.knobs().enumerate() {
            assert_eq!(plain[index] == biased[index], !knob.is_bias(), "{knob}");
            assert_ne!(biased[index], other.knobs()[index], "{knob}");
        }
    }
}

#[test]
fn adding_an_input_or_a_neuron_changes_no_output() {
    let network = random(3, &[4, 2]);
    let before = network.forward(&[0.5, -1.0, 2.0]).layers()[1].a.clone();
    let outputs = |edit: ArchitectureEdit, inputs: &[f64]| {
        let forward_pass = edit.apply(&network).unwrap().forward(inputs);
        forward_pass.layers().last().unwrap().a.clone()
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
}

#[test]
fn an_added_layer_has_the_activation_of_its_neighbor_and_changes_the_outputs_little() {
    let inputs = [0.05, -0.1, 0.2];
    for (activation, positions, expected, tolerance) in [
        (Activation::Relu, 1..=2, Activation::Relu, 0.0),
        (Activation::Relu, 0..=0, Activation::Linear, 0.0),
        (Activation::Sigmoid, 0..=2, Activation::Linear, 0.0),
        (Activation::Linear, 0..=2, Activation::Linear, 0.0),
        (Activation::Tanh, 0..=2, Activation::Tanh, 0.24),
        (Activation::Sine, 0..=2, Activation::Sine, 0.16),
        (Activation::LeakyRelu, 1..=2, Activation::LeakyRelu, 0.05),
        (Activation::Elu, 1..=2, Activation::Elu, 0.37),
    ] {
        let layers = [(4, activation), (2, activation)];
        let network = random_network(Architecture::dense(3, &layers).unwrap(), Initializer::Xavier, 5);
        let before = network.forward(&inputs).layers()[1].a.clone();
        for layer in positions {
            let edited = ArchitectureEdit::AddLayer { before: layer }
                .apply(&network)
                .unwrap();
            let added = &edited.architecture().layers()[layer];
            assert_eq!(
                added.activation(),
                Some(expected),
                "{activation:?} before {layer}"
            );
            let after = edited.forward(&inputs).layers()[2].a.clone();
            for (before, after) in before.iter().zip(after) {
                assert!(
                    (before - after).abs() <= tolerance,
                    "{activation:?}: {before} {after}"
                );
            }
        }
    }
}

#[test]
fn an_added_neuron_receives_a_gradient() {
    let network = random(2, &[3, 1]);
    let edited = ArchitectureEdit::AddNeuron { layer: 0 }.apply(&network).unwrap();
    let incoming = [0, 1].map(|input| edited.get(Knob::weight(0, 3, input)).unwrap());
    assert!(incoming.iter().all(|&weight| weight != 0.0), "{incoming:?}");
    assert_eq!(edited.get(Knob::weight(1, 0, 3)), Some(0.0));
    // The derivative by the weight for its output is a multiple of this output.
    assert_ne!(edited.forward(&[0.5, -1.0]).a(0, 3)[0], 0.0);
    let twice = ArchitectureEdit::AddNeuron { layer: 0 }.apply(&edited).unwrap();
    assert_ne!(
        twice.get(Knob::weight(0, 4, 0)),
        Some(incoming[0]),
        "the next one differs"
    );
    assert_eq!(
        ArchitectureEdit::AddNeuron { layer: 0 }.apply(&network).unwrap(),
        edited
    );
}

#[test]
fn removing_the_only_input_layer_or_neuron_is_refused() {
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
    let error = Err(ArchitectureError::Width { layer: 1, width: 0 });
    assert_eq!(ArchitectureEdit::RemoveNeuron(only).apply(&network), error);
}

#[test]
fn removing_a_part_keeps_the_values_of_the_other_knobs() {
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

fn symbol(architecture: &Architecture, knob: Knob) -> String {
    architecture.symbol(knob).to_unicode()
}

#[test]
fn a_single_neuron_has_no_index() {
    let output = NeuronAddress { layer: 0, neuron: 0 };
    let one_input = dense(1, &[1]);
    assert_eq!(symbol(&one_input, Knob::weight(0, 0, 0)), "w");
    assert_eq!(symbol(&one_input, Knob::bias(0, 0)), "b");
    assert_eq!(one_input.input_symbol(0).to_unicode(), "x");
    assert_eq!(one_input.z_symbol(output).to_unicode(), "z");
    assert_eq!(one_input.a_symbol(output).to_unicode(), "a");
    let two_inputs = dense(2, &[1]);
    assert_eq!(symbol(&two_inputs, Knob::weight(0, 0, 1)), "w₂");
    assert_eq!(symbol(&two_inputs, Knob::bias(0, 0)), "b");
    assert_eq!(two_inputs.input_symbol(0).to_unicode(), "x₁");
    let two_layers = dense(1, &[1, 1]);
    assert_eq!(symbol(&two_layers, Knob::weight(1, 0, 0)), "w₁₁⁽²⁾");
    assert_eq!(two_layers.input_symbol(0).to_unicode(), "x₁");
}

#[test]
fn symbols_have_a_comma_from_index_10_and_a_layer_only_if_there_are_several() {
    let single = dense(12, &[12]);
    assert_eq!(symbol(&single, Knob::weight(0, 1, 0)), "w₂₁");
    assert_eq!(symbol(&single, Knob::weight(0, 9, 0)), "w₁₀,₁");
    assert_eq!(symbol(&single, Knob::weight(0, 0, 9)), "w₁,₁₀");
    assert_eq!(symbol(&single, Knob::weight(0, 8, 8)), "w₉₉");
    assert_eq!(symbol(&single, Knob::bias(0, 11)), "b₁₂");
    let double = dense(2, &[3, 1]);
    assert_eq!(symbol(&double, Knob::weight(1, 0, 2)), "w₁₃⁽²⁾");
    assert_eq!(symbol(&double, Knob::bias(0, 2)), "b₃⁽¹⁾");
    assert_eq!(double.layer_input_symbol(0, 1).to_unicode(), "x₂");
    assert_eq!(double.layer_input_symbol(1, 1).to_unicode(), "a₂⁽¹⁾");
    assert_eq!(
        double
            .z_symbol(NeuronAddress { layer: 1, neuron: 0 })
            .to_unicode(),
        "z₁⁽²⁾"
    );
    assert_eq!(
        double
            .a_symbol(NeuronAddress { layer: 0, neuron: 2 })
            .to_unicode(),
        "a₃⁽¹⁾"
    );
}

#[test]
fn knobs_and_labels_are_described_with_their_names() {
    let mut single = dense(4, &[3]);
    assert_eq!(
        single.describe_knob(Knob::weight(0, 1, 0), Messages::ENGLISH),
        "weight from input 1 to neuron 2"
    );
    assert_eq!(
        single.describe_knob(Knob::bias(0, 1), Messages::ENGLISH),
        "bias of neuron 2"
    );
    single.set_input_name(0, Some("height".into()));
    single.set_neuron_name(0, 1, Some("tall".into()));
    assert_eq!(
        single.describe_knob(Knob::weight(0, 1, 0), Messages::ENGLISH),
        "weight from input 1 (height) to neuron 2 (tall)"
    );
    assert_eq!(
        (single.input_label(0), single.input_label(1)),
        ("height".into(), "input 2".into())
    );
    let tall = NeuronAddress { layer: 0, neuron: 1 };
    assert_eq!(single.neuron_label(tall), "tall");
    let double = dense(2, &[3, 1]);
    let expected = "weight from neuron 3 of layer 1 to neuron 1 of layer 2";
    assert_eq!(
        double.describe_knob(Knob::weight(1, 0, 2), Messages::ENGLISH),
        expected
    );
    let xor = preset("xor");
    let xor = xor.network.architecture();
    assert_eq!(
        xor.describe_knob(Knob::weight(0, 0, 1), Messages::ENGLISH),
        "weight from input 2 to neuron 1 (or) of layer 1"
    );
    assert_eq!(
        xor.describe_knob(Knob::bias(0, 1), Messages::ENGLISH),
        "bias of neuron 2 (and) of layer 1"
    );
    assert_eq!(
        xor.describe_knob(Knob::weight(1, 0, 0), Messages::ENGLISH),
        "weight from neuron 1 (or) of layer 1 to neuron 1 of layer 2"
    );
}

fn edits() -> impl Strategy<Value = ArchitectureEdit> {
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
    fn an_address_and_its_index_in_the_flat_order_are_inverse(inputs in 1..20_usize, widths in proptest::collection::vec(1..20_usize, 1..6)) {
        let architecture = dense(inputs, &widths);
        for (index, knob) in architecture.knobs().enumerate() {
            prop_assert_eq!(architecture.index_of(knob), Some(index));
            prop_assert_eq!(architecture.knob_at(index), Some(knob));
        }
        prop_assert_eq!(architecture.knobs().count(), architecture.knob_count());
        prop_assert_eq!(architecture.knob_at(architecture.knob_count()), None);
        prop_assert_eq!(architecture.index_of(Knob::weight(0, 0, inputs)), None);
        prop_assert_eq!(architecture.index_of(Knob::bias(widths.len(), 0)), None);
        prop_assert_eq!(architecture.index_of(Knob::bias(0, widths[0])), None);
    }

    #[test]
    fn edits_move_every_knob_with_its_value(
        inputs in 1..5_usize,
        widths in proptest::collection::vec(1..5_usize, 1..4),
        edit in edits(),
    ) {
        let network = random(inputs, &widths);
        if let Ok(edited) = edit.apply(&network) {
            for knob in network.architecture().knobs() {
                if let Some(moved) = edit.new_knob(knob, edited.architecture()) {
                    prop_assert_eq!(edited.get(moved), network.get(knob), "{} to {}", knob, moved);
                }
            }
        }
    }
}
