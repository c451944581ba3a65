//! The presets give the numbers that their notes promise.

use std::collections::BTreeSet;

use neurodial_core::formats::Preset;
use neurodial_core::network::{Activation, Initialization, Initializer, Knob};
use neurodial_core::session::Document;
use neurodial_core::text::{Locale, Messages};

use crate::support::preset;

fn outputs(document: &Document, inputs: &[f64]) -> Vec<f64> {
    let forward_pass = document.network.forward(inputs);
    forward_pass.layers().last().unwrap().a.clone()
}

#[test]
fn the_article_preset_gives_the_outputs_of_the_article() {
    let document = preset("article");
    assert_eq!(document.inputs, [1.0, 2.0, 3.0, 2.5]);
    assert_eq!(document.network.architecture().knob_count(), 15);
    for (found, expected) in outputs(&document, &document.inputs)
        .into_iter()
        .zip([4.8, 1.21, 2.385])
    {
        assert!((found - expected).abs() < 1e-12, "{found} is not {expected}");
    }
}

#[test]
fn article_quiet_differs_by_one_bias_that_turns_neuron_2_off() {
    let document = preset("article-quiet");
    let forward_pass = document.network.forward(&document.inputs);
    assert!((forward_pass.z(0, 1)[0] - -0.79).abs() < 1e-12);
    assert_eq!(forward_pass.a(0, 1), [0.0]);
    let mut changed = document.network.clone();
    changed.set(Knob::bias(0, 1), 3.0);
    assert_eq!(changed, preset("article").network);
}

#[test]
fn the_and_and_xor_presets_are_exact_for_their_saved_inputs() {
    for (name, truth) in [("and", [0.0, 0.0, 0.0, 1.0]), ("xor", [0.0, 1.0, 1.0, 0.0])] {
        let document = preset(name);
        assert_eq!(
            document.saved_inputs,
            [[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]]
        );
        for (inputs, expected) in document.saved_inputs.iter().zip(truth) {
            assert_eq!(outputs(&document, inputs), [expected], "{name} of {inputs:?}");
        }
    }
}

#[test]
fn the_edges_of_the_bump_preset_are_exact_to_the_last_bit() {
    let document = preset("bump");
    for (x, expected) in [
        (-1.0, 0.0),
        (0.0, 0.0),
        (0.3_f64.next_down(), 0.0),
        (0.3, 0.0),
        (0.300_000_000_000_000_04, 1.0),
        (0.3_f64.next_up(), 1.0),
        (0.5, 1.0),
        (0.7_f64.next_down(), 1.0),
        (0.7, 1.0),
        (0.700_000_000_000_000_1, 0.0),
        (0.7_f64.next_up(), 0.0),
        (1e9, 0.0),
    ] {
        assert_eq!(outputs(&document, &[x]), [expected], "{x:?}");
    }
}

#[test]
fn the_softmax_preset_has_the_knobs_of_the_article_and_outputs_that_add_up_to_1() {
    let document = preset("softmax");
    assert_eq!(document.network.knobs(), preset("article").network.knobs());
    let sum: f64 = outputs(&document, &document.inputs).iter().sum();
    assert!((sum - 1.0).abs() < 1e-15, "{sum}");
}

#[test]
fn the_neuron_preset_has_one_weight_and_one_bias() {
    let document = preset("neuron");
    let architecture = document.network.architecture();
    assert_eq!((architecture.input_count(), architecture.knob_count()), (1, 2));
    assert_eq!(architecture.layers()[0].activation(), Some(Activation::Linear));
}

#[test]
fn the_deep_preset_has_the_initial_values_of_its_seed() {
    let document = preset("deep");
    let architecture = document.network.architecture();
    let widths: Vec<usize> = (0..architecture.layers().len())
        .map(|layer| architecture.width(layer))
        .collect();
    assert_eq!((architecture.input_count(), widths), (2, vec![4, 4, 1]));
    assert!(
        architecture
            .layers()
            .iter()
            .all(|plan| plan.activation() == Some(Activation::Tanh))
    );
    let initialization = Initialization {
        initializer: Initializer::Xavier,
        seed: 7,
        has_random_biases: false,
    };
    assert_eq!(document.network.knobs(), initialization.values(architecture));
}

#[test]
fn every_preset_has_a_title_and_a_note_in_both_languages() {
    let chinese = Messages::new(Locale::SimplifiedChinese);
    let mut notes = BTreeSet::new();
    for preset in Preset::ALL {
        for messages in [Messages::ENGLISH, chinese] {
            assert_ne!(preset.title(messages), preset.name);
            notes.insert(preset.note(messages));
        }
        let note = preset.document().unwrap().note;
        assert_eq!(note, preset.note(Messages::ENGLISH));
        assert_eq!(Preset::translated_note(&note, chinese), preset.note(chinese));
        assert_eq!(
            Preset::translated_note(preset.note(chinese), Messages::ENGLISH),
            note
        );
    }
    assert_eq!(notes.len(), 2 * Preset::ALL.len());
    assert_eq!(Preset::translated_note("mine", chinese), "mine");
}
