//! The numbers that the presets promise.

#![allow(
    clippy::unwrap_used,
    reason = "clippy does not see that helpers of a test are tests"
)]

use neurodial_core::network::{Activation, Initialization, Initializer};
use neurodial_core::session::{Document, Preset};

fn preset(name: &str) -> Document {
    Preset::from_name(name).unwrap().document().unwrap()
}

fn outputs(document: &Document, inputs: &[f64]) -> Vec<f64> {
    let trace = document.network.forward(inputs);
    trace.layers().last().unwrap().a.clone()
}

#[test]
fn article_gives_its_well_known_outputs() {
    let document = preset("article");
    assert_eq!(document.inputs, [1.0, 2.0, 3.0, 2.5]);
    assert_eq!(document.network.architecture().knob_count(), 15);
    for (output, promised) in outputs(&document, &document.inputs)
        .into_iter()
        .zip([4.8, 1.21, 2.385])
    {
        assert!((output - promised).abs() < 1e-12, "{output} is {promised}");
    }
}

#[test]
fn article_quiet_is_silenced_by_relu() {
    let document = preset("article-quiet");
    let trace = document.network.forward(&document.inputs);
    assert!((trace.z(0, 1)[0] - -0.79).abs() < 1e-12);
    assert_eq!(trace.a(0, 1), [0.0]);
    let mut louder = document.clone();
    let knob = neurodial_core::network::Knob::bias(0, 1);
    louder.network.set(knob, 3.0);
    assert_eq!(
        louder.network,
        preset("article").network,
        "the same but for one bias"
    );
}

#[test]
fn and_and_xor_are_exact_over_their_cases() {
    for (name, truth) in [("and", [0.0, 0.0, 0.0, 1.0]), ("xor", [0.0, 1.0, 1.0, 0.0])] {
        let document = preset(name);
        assert_eq!(
            document.saved_inputs,
            [[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]]
        );
        for (case, promised) in document.saved_inputs.iter().zip(truth) {
            assert_eq!(outputs(&document, case), [promised], "{name} of {case:?}");
        }
    }
}

#[test]
fn bump_is_exact_to_the_last_bit_of_its_edges() {
    let document = preset("bump");
    for (x, promised) in [
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
        assert_eq!(outputs(&document, &[x]), [promised], "{x:?}");
    }
}

#[test]
fn softmax_has_the_articles_numbers_and_sums_to_one() {
    let document = preset("softmax");
    assert_eq!(document.network.knobs(), preset("article").network.knobs());
    let sum: f64 = outputs(&document, &document.inputs).iter().sum();
    assert!((sum - 1.0).abs() < 1e-15, "{sum}");
}

#[test]
fn neuron_is_one_knob_of_each_kind() {
    let document = preset("neuron");
    let blueprint = document.network.architecture();
    assert_eq!((blueprint.input_count(), blueprint.knob_count()), (1, 2));
    assert_eq!(blueprint.layers()[0].activation(), Some(Activation::Linear));
}

#[test]
fn deep_is_what_its_seed_gives() {
    let document = preset("deep");
    let blueprint = document.network.architecture();
    let widths: Vec<usize> = (0..blueprint.layers().len())
        .map(|layer| blueprint.width(layer))
        .collect();
    assert_eq!((blueprint.input_count(), widths), (2, vec![4, 4, 1]));
    assert!(
        blueprint
            .layers()
            .iter()
            .all(|plan| plan.activation() == Some(Activation::Tanh))
    );
    let how = Initialization {
        initializer: Initializer::Xavier,
        seed: 7,
        has_random_biases: false,
    };
    assert_eq!(document.network.knobs(), how.values(blueprint));
    assert!(!document.note.is_empty() && document.note != preset("xor").note);
}
