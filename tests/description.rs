//! The whole picture in words: good English, every output with its number, and nothing that is not so.

#![allow(
    clippy::unwrap_used,
    reason = "clippy does not see that helpers of a test are tests"
)]

#[path = "support/command.rs"]
mod command;
#[allow(dead_code, reason = "not every test file needs all of it")]
mod support;

use command::{output_of, refusal};
use neurodial_core::insight::{Insight, description};
use neurodial_core::network::{Activation, Architecture, Knob, Network, NeuronAddress};
use neurodial_core::session::{Action, Adjustable, Document, Origin, Preset, Session};
use neurodial_core::text::format_fixed;
use proptest::prelude::*;

fn preset(name: &str) -> Session {
    let document = Preset::from_name(name).unwrap().document().unwrap();
    Session::open(document, Origin::Untitled)
}

fn with(mut session: Session, actions: &[Action]) -> Session {
    for action in actions {
        session.apply(action.clone()).unwrap();
    }
    session
}

fn words(session: &Session) -> String {
    description::describe(session, &Insight::new(session))
}

fn set(place: &str, value: f64) -> Action {
    let target = Adjustable::parse(place).unwrap();
    Action::Set { target, value }
}

/// A single layer of so many neurons.
fn layer(inputs: &[f64], activation: Activation, knobs: &[f64]) -> Session {
    let width = knobs.len() / (inputs.len() + 1);
    let blueprint = Architecture::dense(inputs.len(), &[(width, activation)]).unwrap();
    let mut document = Document::new(Network::from_knobs(blueprint, knobs.to_vec()).unwrap());
    document.inputs = inputs.to_vec();
    Session::open(document, Origin::Untitled)
}

#[test]
fn the_article_is_described() {
    let expected = "A dense neural network: 4 inputs, then 3 neurons (relu). \
        The inputs are 1.000, 2.000, 3.000 and 2.500. \
        The outputs are 4.800 for neuron 1, 1.210 for neuron 2 and 2.385 for neuron 3. \
        Neuron 2 is on: 0.500 − 1.820 + 0.780 − 1.250 + 3.000 = 1.210, and it passes that on. \
        Its largest helper is input 3 with 0.780, and its largest opponent is input 2 with −1.820. \
        It would switch off if its bias b₂ fell below 1.790, or if input 2 rose above 3.330.\n";
    assert_eq!(output_of(&["describe", "article"]), expected);
    let hidden = output_of(&["describe", "article-quiet", "--decimals", "2"]);
    assert!(
        hidden.contains("Neuron 2 is off: 0.50 − 1.82 + 0.78 − 1.25 + 1.00 = −0.79, so it gives 0. "),
        "{hidden}"
    );
    assert!(
        hidden.contains("It would switch on if its bias b₂ rose above 1.79, or if input 2 fell below 1.13."),
        "{hidden}"
    );
}

#[test]
fn another_neuron_can_be_selected_or_refused() {
    let text = output_of(&["describe", "xor", "--select", "neuron[1,2]", "--decimals", "1"]);
    assert!(
        text.contains("“and” of layer 1 is off: 1.0 + 0.0 − 1.5 = −0.5, so it gives 0."),
        "{text}"
    );
    assert!(refusal(&["describe", "xor", "--select", "neuron[1,3]"]).contains("neuron 3 in layer 1"));
    assert!(refusal(&["describe", "xor", "--decimals", "13"]).contains("0 to 12"));
    assert!(refusal(&["describe", "xor", "--select", "second"]).contains("no neuron"));
}

#[test]
fn a_softmax_names_the_most_probable_class_and_the_runner_up() {
    let text = words(&preset("softmax"));
    assert!(
        text.contains("Neuron 1 is the most probable, with a share of about 0.8"),
        "{text}"
    );
    assert!(text.contains("; neuron 3 comes next, with about 0.0"), "{text}");
    let tied = words(&layer(
        &[0.0],
        Activation::Softmax,
        &[1.0, 2.0, 3.0, 0.5, 0.5, 0.5],
    ));
    assert!(
        tied.contains(
            "Neuron 1, neuron 2 and neuron 3 are equally the most probable, with a share of about 0.333 each."
        ),
        "{tied}"
    );
    let second = words(&layer(
        &[0.0],
        Activation::Softmax,
        &[1.0, 2.0, 3.0, 1.5, 0.5, 0.5],
    ));
    assert!(
        second.contains("; neuron 2 and neuron 3 come next, equally with about "),
        "{second}"
    );
    let sure = words(&layer(&[1.0], Activation::Softmax, &[40.0, 0.0, 0.0, 0.0]));
    assert!(
        sure.contains("; neuron 2 comes next, with less than 0.001."),
        "{sure}"
    );
    let close = words(&layer(&[1.0], Activation::Softmax, &[1e-6, 0.0, 0.0, 0.0]));
    assert!(close.contains("; neuron 2 is just behind."), "{close}");
    let alone = words(&layer(&[1.0], Activation::Softmax, &[40.0, 0.0]));
    assert!(
        alone.contains("A softmax over a single neuron is always 1."),
        "{alone}"
    );
}

#[test]
fn ties_zeros_and_single_inputs_are_said_well() {
    let tied = words(&layer(&[1.0, 1.0, 1.0], Activation::Relu, &[0.5, 0.5, -1.0, 2.0]));
    assert!(
        tied.contains("Its largest helpers are equally input 1 and input 2 with 0.500 each, and its largest opponent is input 3 with −1.000."),
        "{tied}"
    );
    let zeros = words(&layer(&[0.0, 0.0], Activation::Linear, &[0.5, 0.5, 1.0]));
    assert!(
        zeros.contains("None of its inputs adds anything: every product is 0."),
        "{zeros}"
    );
    assert!(
        zeros.contains("Neuron 1 passes its sum on: 0.000 + 0.000 + 1.000 = 1.000."),
        "{zeros}"
    );
    let one = words(&layer(&[2.0], Activation::Sigmoid, &[-0.5, 0.25]));
    assert!(one.contains("1 input, then 1 neuron (sigmoid). The input is 2.000. The output, rounded to 3 decimals, is 0.321."), "{one}");
    assert!(one.contains("Neuron 1 is below one half: −1.000 + 0.250 = −0.750, and the sigmoid makes about 0.321 of it. Its only input, input 1, takes away 1.000. It would rise above one half if its bias b₁ rose above 1.000, or if input 1 fell below 0.500."), "{one}");
    let helped = words(&layer(&[1.0, 2.0], Activation::Tanh, &[3.0, 0.5, 1.0]));
    assert!(helped.contains("is saturated near 1: "), "{helped}");
    assert!(
        helped.contains("Its largest helper is input 1 with 3.000; no input opposes it."),
        "{helped}"
    );
    let edge = words(&layer(&[1.0], Activation::Step, &[1.0, -1.0]));
    assert!(
        edge.contains("Neuron 1 is off: 1.000 − 1.000 = 0.000, so it gives 0."),
        "{edge}"
    );
    assert!(
        edge.contains("It stands exactly at its threshold: it would switch on if its bias rose at all."),
        "{edge}"
    );
}

#[test]
fn rounding_makes_nothing_false() {
    let just = words(&layer(&[1.0], Activation::Relu, &[0.5, -0.499_999_9]));
    assert!(
        just.contains("Neuron 1 is on: 0.500 − 0.500, unrounded, is just above 0"),
        "{just}"
    );
    let thirds = words(&layer(
        &[1.0 / 3.0, 1.0],
        Activation::Linear,
        &[1.0, 1.0 / 3.0, 1.0 / 3.0],
    ));
    assert!(thirds.contains("0.333 + 0.333 + 0.333 ≈ 1.000"), "{thirds}");
    // The threshold is 0.5004: below 0.500 it is off for sure, below 0.501 it is not.
    let session = layer(&[1.0], Activation::Relu, &[-0.5004, 1.0]);
    assert!(words(&session).contains("if its bias b₁ fell below 0.500, "));
    let session = layer(&[1.0], Activation::Relu, &[-0.5004, 0.2]);
    assert!(words(&session).contains("if its bias b₁ rose above 0.501, "));
    let whole = with(preset("article"), &[Action::SetDecimals(0)]);
    assert!(
        words(&whole)
            .contains("rounded to whole numbers, are 5 for neuron 1, 1 for neuron 2 and 2 for neuron 3.")
    );
    assert!(
        words(&whole).contains(" fell below 1, or if input 2 rose above 4."),
        "{}",
        words(&whole)
    );
}

#[test]
fn an_input_that_cannot_get_there_is_not_named() {
    // The hidden sigmoid would have to give 3, which it never does.
    let blueprint = Architecture::dense(1, &[(1, Activation::Sigmoid), (1, Activation::Relu)]).unwrap();
    let network = Network::from_knobs(blueprint, vec![1.0, 0.0, 1.0, -3.0]).unwrap();
    let text = words(&Session::open(Document::new(network), Origin::Untitled));
    assert!(
        text.contains(
            "It would switch on if its bias b²₁ rose above -0.500."
                .replace('-', "−")
                .as_str()
        ),
        "{text}"
    );
}

#[test]
fn names_are_quoted_and_blanks_in_them_are_single() {
    let named = with(
        preset("article"),
        &[
            Action::NameInput {
                input: 1,
                name: Some("height  in   m".into()),
            },
            Action::NameNeuron {
                at: NeuronAddress { layer: 0, neuron: 1 },
                name: Some("spam".into()),
            },
        ],
    );
    let text = words(&named);
    assert!(
        text.contains("The inputs are 1.000 for input 1, 2.000 for “height in m”, 3.000 for input 3 and 2.500 for input 4."),
        "{text}"
    );
    assert!(text.contains("1.210 for “spam” and"), "{text}");
    assert!(text.contains("“spam” is on: "), "{text}");
    assert!(
        text.contains("its largest opponent is “height in m” with"),
        "{text}"
    );
}

#[test]
fn large_layers_are_abbreviated() {
    let wide = |width: usize| {
        let blueprint = Architecture::dense(64, &[(width, Activation::Linear)]).unwrap();
        let knobs = (0..blueprint.knob_count()).map(|i| ((i * 37) % 101) as f64 / 8.0);
        let mut document = Document::new(Network::from_knobs(blueprint.clone(), knobs.collect()).unwrap());
        document.inputs.fill(0.5);
        Session::open(document, Origin::Untitled)
    };
    let text = words(&wide(64));
    assert!(text.contains(", with 61 more and the bias "), "{text}");
    assert!(text.contains(" and 48 more."), "{text}");
    for neuron in 1..=64 {
        assert!(text.contains(&format!(" for neuron {neuron}")), "{neuron}");
    }
    let session = wide(100);
    let text = words(&session);
    assert!(
        text.contains("The largest of the 100 outputs, rounded to 3 decimals, are "),
        "{text}"
    );
    assert!(text.contains("; and there are 92 more."), "{text}");
    let trace = session.document().network.forward(&session.document().inputs);
    let most = (0..100)
        .max_by(|&a, &b| trace.a(0, a)[0].total_cmp(&trace.a(0, b)[0]))
        .unwrap();
    assert!(
        text.contains(&format!(
            "decimals, are {} for neuron {}",
            format_fixed(trace.a(0, most)[0], 3),
            most + 1
        )),
        "{text}"
    );
}

#[test]
fn a_sum_that_is_not_finite_is_said() {
    let text = words(&layer(&[1e308, 1e308], Activation::Relu, &[10.0, 1.0, 0.0]));
    assert!(
        text.contains("Neuron 1 can’t be computed: its sum is not a finite number."),
        "{text}"
    );
}

/// What holds of every description.
fn assert_sound(session: &Session) {
    let text = words(session);
    let (document, view) = (session.document(), session.view());
    let blueprint = session.architecture();
    assert!(!text.contains("  ") && !text.contains('\n'), "{text}");
    assert!(
        text.ends_with('.') && !text.contains("..") && !text.contains(" ."),
        "{text}"
    );
    assert!(!text.contains(" ,") && !text.contains(",,"), "{text}");
    for noun in ["input", "neuron", "decimal"] {
        assert!(!text.contains(&format!(" 1 {noun}s")), "{text}");
    }
    let trace = document.network.forward(&document.inputs);
    let last = blueprint.last_layer();
    for neuron in 0..blueprint.width(last) {
        let number = format_fixed(trace.a(last, neuron)[0], view.decimals);
        assert!(text.contains(&number), "{number} in {text}");
    }
    let NeuronAddress { layer, neuron } = view.selected;
    let z = trace.z(layer, neuron)[0];
    let activation = blueprint.layers()[layer].neurons[neuron].activation;
    if z.is_finite() && matches!(activation, Activation::Relu | Activation::Step) {
        assert_eq!(text.contains(" is on: "), z > 0.0, "{z} in {text}");
        assert_eq!(text.contains(" is off: "), z <= 0.0, "{z} in {text}");
    }
    if z != 0.0 {
        let zero = format_fixed(0.0, view.decimals);
        assert!(!text.contains(&format!("= {zero}, ")), "{z} in {text}");
    }
    assert_flips(session, &text, z);
}

/// What is said to switch the neuron does: a hair past the number that is named, it is on the other side.
fn assert_flips(session: &Session, text: &str, z: f64) {
    let at = session.view().selected;
    let name = session
        .architecture()
        .symbol(Knob::bias(at.layer, at.neuron))
        .to_unicode();
    for (verb, side) in [("fell below ", -1.0), ("rose above ", 1.0)] {
        let Some((_, rest)) = text.split_once(&format!("its bias {name} {verb}")) else {
            continue;
        };
        let number = rest
            .split([',', ' '])
            .next()
            .unwrap()
            .trim_end_matches('.')
            .replace('−', "-");
        let value: f64 = number.parse().unwrap();
        let mut network = session.document().network.clone();
        network.set(
            Knob::bias(at.layer, at.neuron),
            value + side * 1e-9 * value.abs().max(1.0),
        );
        let flipped = network.forward(&session.document().inputs).z(at.layer, at.neuron)[0];
        assert!((flipped > 0.0) != (z > 0.0), "{z} and {flipped} in {text}");
    }
}

/// A document with numbers of a size that people use.
fn moderate() -> impl Strategy<Value = Document> {
    let number = || prop_oneof![3 => -4.0..4.0_f64, 1 => prop::sample::select(vec![0.0, 0.5, 1.0, -1.0, 0.25, 1e-5, -1e-5])];
    support::document().prop_flat_map(move |document| {
        let count = document.network.knobs().len();
        let inputs = document.inputs.len();
        (
            prop::collection::vec(number(), count),
            prop::collection::vec(number(), inputs),
        )
            .prop_map(move |(knobs, inputs)| {
                let mut document = document.clone();
                document.network.knobs_mut().copy_from_slice(&knobs);
                document.inputs = inputs;
                document
            })
    })
}

fn plainly_named(mut document: Document) -> Document {
    let blueprint = document.network.architecture().clone();
    for input in 0..blueprint.input_count() {
        document
            .network
            .set_input_name(input, (input == 1).then(|| "height".to_owned()));
    }
    for (layer, plan) in blueprint.layers().iter().enumerate() {
        for neuron in 0..plan.neurons.len() {
            document
                .network
                .set_neuron_name(layer, neuron, (neuron == 1).then(|| "spam".to_owned()));
        }
    }
    document
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn every_description_is_sound(
        document in moderate().prop_map(plainly_named),
        layer in 0_usize..4,
        neuron in 0_usize..4,
        decimals in 0_usize..=12,
    ) {
        let mut session = Session::open(document, Origin::Untitled);
        session.apply(Action::SetDecimals(decimals)).unwrap();
        let layer = layer % session.architecture().layers().len();
        let neuron = neuron % session.architecture().width(layer);
        session.apply(Action::Select(NeuronAddress { layer, neuron })).unwrap();
        assert_sound(&session);
    }

    #[test]
    fn the_largest_numbers_and_the_oddest_names_are_described(document in support::document()) {
        let session = Session::open(document, Origin::Untitled);
        let text = words(&session);
        prop_assert!(text.ends_with('.') && !text.contains("  "), "{}", text);
    }
}

#[test]
fn every_preset_is_described_at_any_number_of_decimals_and_after_a_turn() {
    for preset in Preset::ALL {
        let document = preset.document().unwrap();
        let mut session = Session::open(document, Origin::Untitled);
        for decimals in 0..=12 {
            session.apply(Action::SetDecimals(decimals)).unwrap();
            for layer in 0..session.architecture().layers().len() {
                for neuron in 0..session.architecture().width(layer) {
                    session
                        .apply(Action::Select(NeuronAddress { layer, neuron }))
                        .unwrap();
                    assert_sound(&session);
                }
            }
        }
        let session = with(
            session,
            &[set("x[1]", -0.75), set("b[1,1]", 0.0), set("w[1,1,1]", 1e-4)],
        );
        assert_sound(&session);
    }
}
