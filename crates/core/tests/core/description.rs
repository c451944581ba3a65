//! The description of a session: correct English, every output with its number, and only true statements.

use neurodial_core::formats::Preset;
use neurodial_core::insight::{Insight, description};
use neurodial_core::network::{Activation, Architecture, Knob, Network, NeuronAddress};
use neurodial_core::session::{Action, Document, Edit, Session, ViewChange};
use neurodial_core::text::{Locale, Messages, format_fixed};
use proptest::prelude::*;

use crate::support::{adjustable, apply_all, dense_session, open, preset, random_documents};

fn described(session: &Session) -> String {
    description::describe(session, &Insight::new(session), Messages::ENGLISH)
}

fn set(address: &str, value: f64) -> Action {
    let target = adjustable(address);
    Edit::Set { target, value }.into()
}

/// Opens a network of a single layer, whose width follows from the number of knobs.
fn layer(inputs: &[f64], activation: Activation, knobs: &[f64]) -> Session {
    let width = knobs.len() / (inputs.len() + 1);
    dense_session(inputs, &[(width, activation)], knobs)
}

#[test]
fn a_softmax_layer_is_described_by_its_two_most_probable_classes() {
    let text = described(&open(preset("softmax")));
    assert!(text.contains("Class 1 is the most probable (about 0.8"), "{text}");
    assert!(text.contains(", followed by class 3 (about 0.0"), "{text}");
    let tied = described(&layer(
        &[0.0],
        Activation::Softmax,
        &[1.0, 2.0, 3.0, 0.5, 0.5, 0.5],
    ));
    assert!(
        tied.contains("The most probable are class 1, class 2, and class 3 (about 0.333 each)."),
        "{tied}"
    );
    let second = described(&layer(
        &[0.0],
        Activation::Softmax,
        &[1.0, 2.0, 3.0, 1.5, 0.5, 0.5],
    ));
    assert!(
        second.contains(", followed by class 2 and class 3 (about "),
        "{second}"
    );
    let certain = described(&layer(&[1.0], Activation::Softmax, &[40.0, 0.0, 0.0, 0.0]));
    assert!(
        certain.contains(", followed by class 2 (less than 0.001)."),
        "{certain}"
    );
    let close = described(&layer(&[1.0], Activation::Softmax, &[1e-6, 0.0, 0.0, 0.0]));
    assert!(close.contains(", closely followed by class 2."), "{close}");
    let alone = described(&layer(&[1.0], Activation::Softmax, &[40.0, 0.0]));
    assert!(
        alone.contains("A softmax over a single neuron is always 1."),
        "{alone}"
    );
}

#[test]
fn ties_zeros_and_single_inputs_are_described_correctly() {
    let tied = described(&layer(&[1.0, 1.0, 1.0], Activation::Relu, &[0.5, 0.5, -1.0, 2.0]));
    assert!(
        tied.contains("Largest positive contributions: input 1 and input 2, 0.500 each. Largest negative contribution: input 3, −1.000."),
        "{tied}"
    );
    let zeros = described(&layer(&[0.0, 0.0], Activation::Linear, &[0.5, 0.5, 1.0]));
    assert!(
        zeros.contains("No input contributes: every product is 0."),
        "{zeros}"
    );
    assert!(
        zeros.contains("Neuron 1 outputs its weighted sum: 0.000 + 0.000 + 1.000 = 1.000."),
        "{zeros}"
    );
    let single = described(&layer(&[2.0], Activation::Sigmoid, &[-0.5, 0.25]));
    assert!(single.contains("with 1 input. Layer 1 has 1 neuron (sigmoid). The input is 2.000. The output, rounded to 3 decimals, is 0.321."), "{single}");
    assert!(single.contains("Neuron 1 is below 0.5: −1.000 + 0.250 = −0.750, so its output is about 0.321. Its only input, input 1, contributes −1.000. It would rise above 0.5 if its bias b rose above 1.000, or if input 1 fell below 0.500."), "{single}");
    let unopposed = described(&layer(&[1.0, 2.0], Activation::Tanh, &[3.0, 0.5, 1.0]));
    assert!(unopposed.contains("is saturated near 1: "), "{unopposed}");
    assert!(
        unopposed.contains("Largest positive contribution: input 1, 3.000. No input contributes negatively."),
        "{unopposed}"
    );
    let threshold = described(&layer(&[1.0], Activation::Step, &[1.0, -1.0]));
    assert!(
        threshold.contains("Neuron 1 is off: 1.000 − 1.000 = 0.000, so its output is 0.000."),
        "{threshold}"
    );
    assert!(
        threshold.contains("Its weighted sum is exactly 0: it would turn on if its bias rose at all."),
        "{threshold}"
    );
}

#[test]
fn rounded_numbers_never_make_a_statement_false() {
    let barely = described(&layer(&[1.0], Activation::Relu, &[0.5, -0.499_999_9]));
    assert!(
        barely.contains("Neuron 1 is on: 0.500 − 0.500, unrounded, is just above 0"),
        "{barely}"
    );
    let thirds = described(&layer(
        &[1.0 / 3.0, 1.0],
        Activation::Linear,
        &[1.0, 1.0 / 3.0, 1.0 / 3.0],
    ));
    assert!(thirds.contains("0.333 + 0.333 + 0.333 ≈ 1.000"), "{thirds}");
    // The threshold is 0.5004: the neuron is off below 0.500, but not everywhere below 0.501.
    let session = layer(&[1.0], Activation::Relu, &[-0.5004, 1.0]);
    assert!(described(&session).contains("if its bias b fell below 0.500, "));
    let session = layer(&[1.0], Activation::Relu, &[-0.5004, 0.2]);
    assert!(described(&session).contains("if its bias b rose above 0.501, "));
    let rounded = apply_all(open(preset("article")), &[ViewChange::SetDecimals(0).into()]);
    assert!(
        described(&rounded)
            .contains("rounded to whole numbers, are 5 for neuron 1, 1 for neuron 2, and 2 for neuron 3.")
    );
    assert!(
        described(&rounded).contains(" fell below 1, or if input 2 rose above 4."),
        "{}",
        described(&rounded)
    );
}

#[test]
fn an_input_that_cannot_switch_the_neuron_is_not_named() {
    // The hidden sigmoid would have to be 3, which is impossible.
    let architecture = Architecture::dense(1, &[(1, Activation::Sigmoid), (1, Activation::Relu)]).unwrap();
    let network = Network::from_knobs(architecture, vec![1.0, 0.0, 1.0, -3.0]).unwrap();
    let text = described(&open(Document::new(network)));
    assert!(
        text.contains("It would turn on if its bias b₁⁽²⁾ rose above −0.500."),
        "{text}"
    );
}

#[test]
fn names_are_quoted_and_runs_of_spaces_in_them_become_one() {
    let named = apply_all(
        open(preset("article")),
        &[
            Edit::NameInput {
                input: 1,
                name: Some("height  in   m".into()),
            }
            .into(),
            Edit::NameNeuron {
                at: NeuronAddress { layer: 0, neuron: 1 },
                name: Some("spam".into()),
            }
            .into(),
        ],
    );
    let text = described(&named);
    assert!(
        text.contains("The inputs are 1.000 for input 1, 2.000 for “height in m”, 3.000 for input 3, and 2.500 for input 4."),
        "{text}"
    );
    assert!(text.contains("1.210 for “spam”, and"), "{text}");
    assert!(text.contains("“spam” is on: "), "{text}");
    assert!(
        text.contains("Largest negative contribution: “height in m”, "),
        "{text}"
    );
}

#[test]
fn descriptions_of_large_layers_are_abbreviated() {
    let wide = |width: usize| {
        let architecture = Architecture::dense(64, &[(width, Activation::Linear)]).unwrap();
        let knobs = (0..architecture.knob_count()).map(|i| ((i * 37) % 101) as f64 / 8.0);
        let mut document = Document::new(Network::from_knobs(architecture.clone(), knobs.collect()).unwrap());
        document.inputs.fill(0.5);
        open(document)
    };
    let text = described(&wide(64));
    assert!(text.contains(", 61 more, and the bias "), "{text}");
    assert!(text.contains(", and 48 more."), "{text}");
    for neuron in 1..=64 {
        assert!(text.contains(&format!(" for neuron {neuron}")), "{neuron}");
    }
    let session = wide(100);
    let text = described(&session);
    assert!(
        text.contains("The largest of the 100 outputs, rounded to 3 decimals, are "),
        "{text}"
    );
    assert!(text.contains("; there are 92 more."), "{text}");
    let forward_pass = session.document().network.forward(&session.document().inputs);
    let largest = (0..100)
        .max_by(|&a, &b| forward_pass.a(0, a)[0].total_cmp(&forward_pass.a(0, b)[0]))
        .unwrap();
    assert!(
        text.contains(&format!(
            "decimals, are {} for neuron {}",
            format_fixed(forward_pass.a(0, largest)[0], 3),
            largest + 1
        )),
        "{text}"
    );
}

#[test]
fn a_sum_that_is_not_finite_is_reported() {
    let text = described(&layer(&[1e308, 1e308], Activation::Relu, &[10.0, 1.0, 0.0]));
    assert!(
        text.contains("Neuron 1 can’t be computed: its weighted sum is not a finite number."),
        "{text}"
    );
}

#[test]
fn the_chinese_description_has_its_own_sentences() {
    let chinese = |session: &Session| {
        description::describe(
            session,
            &Insight::new(session),
            Messages::new(Locale::SimplifiedChinese),
        )
    };
    assert_eq!(
        chinese(&open(preset("article"))),
        "这是一个全连接神经网络，有 4 个输入。第 1 层有 3 个神经元（ReLU）。\
         各输入为 1.000、2.000、3.000、2.500。\
         各输出为 4.800（神经元 1）、1.210（神经元 2）、2.385（神经元 3）。\
         神经元 2 开启：0.500 − 1.820 + 0.780 − 1.250 + 3.000 = 1.210，输出等于加权和。\
         最大的正贡献：输入 3，0.780。最大的负贡献：输入 2，−1.820。\
         如果偏置 b₂ 小于 1.790，或输入 2 大于 3.330，它会关闭。"
    );
    let sigmoid = chinese(&layer(&[2.0], Activation::Sigmoid, &[-0.5, 0.25]));
    assert!(
        sigmoid.contains(
            "输出（保留 3 位小数）为 0.321。神经元 1 的输出小于 0.5：−1.000 + 0.250 = −0.750，输出约 0.321。"
        ),
        "{sigmoid}"
    );
    let softmax = chinese(&layer(&[1.0], Activation::Softmax, &[40.0, 0.0, 0.0, 0.0]));
    assert!(
        softmax.contains("类别 1 的概率最高（1.000），其次是类别 2（不到 0.001）。"),
        "{softmax}"
    );
}

/// Checks properties that every description has.
fn assert_consistent(session: &Session) {
    let text = described(session);
    let (document, view) = (session.document(), session.view());
    let architecture = session.architecture();
    assert!(!text.contains("  ") && !text.contains('\n'), "{text}");
    assert!(
        text.ends_with('.') && !text.contains("..") && !text.contains(" ."),
        "{text}"
    );
    assert!(!text.contains(" ,") && !text.contains(",,"), "{text}");
    for noun in ["input", "neuron", "decimal"] {
        assert!(!text.contains(&format!(" 1 {noun}s")), "{text}");
    }
    let forward_pass = document.network.forward(&document.inputs);
    let last = architecture.last_layer();
    for neuron in 0..architecture.width(last) {
        let number = format_fixed(forward_pass.a(last, neuron)[0], view.decimals);
        assert!(text.contains(&number), "{number} in {text}");
    }
    let NeuronAddress { layer, neuron } = view.selected;
    let z = forward_pass.z(layer, neuron)[0];
    let activation = architecture.layers()[layer].neurons[neuron].activation;
    if z.is_finite() && matches!(activation, Activation::Relu | Activation::Step) {
        assert_eq!(text.contains(" is on: "), z > 0.0, "{z} in {text}");
        assert_eq!(text.contains(" is off: "), z <= 0.0, "{z} in {text}");
    }
    if z != 0.0 {
        let zero = format_fixed(0.0, view.decimals);
        assert!(!text.contains(&format!("= {zero}, ")), "{z} in {text}");
    }
    assert_switches(session, &text, z);
}

/// Checks that the neuron switches just beyond the bias that the description gives.
fn assert_switches(session: &Session, text: &str, z: f64) {
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
        let switched = network.forward(&session.document().inputs).z(at.layer, at.neuron)[0];
        assert!((switched > 0.0) != (z > 0.0), "{z} and {switched} in {text}");
    }
}

/// Generates documents with numbers of a usual size.
fn usual_document() -> impl Strategy<Value = Document> {
    let number = || prop_oneof![3 => -4.0..4.0_f64, 1 => prop::sample::select(vec![0.0, 0.5, 1.0, -1.0, 0.25, 1e-5, -1e-5])];
    random_documents::document().prop_flat_map(move |document| {
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

fn with_plain_names(mut document: Document) -> Document {
    let architecture = document.network.architecture().clone();
    for input in 0..architecture.input_count() {
        document
            .network
            .set_input_name(input, (input == 1).then(|| "height".to_owned()));
    }
    for (layer, plan) in architecture.layers().iter().enumerate() {
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
    fn descriptions_of_random_documents_are_consistent(
        document in usual_document().prop_map(with_plain_names),
        layer in 0_usize..4,
        neuron in 0_usize..4,
        decimals in 0_usize..=12,
    ) {
        let mut session = open(document);
        session.apply(ViewChange::SetDecimals(decimals)).unwrap();
        let layer = layer % session.architecture().layers().len();
        let neuron = neuron % session.architecture().width(layer);
        session.apply(ViewChange::Select(NeuronAddress { layer, neuron })).unwrap();
        assert_consistent(&session);
    }

    #[test]
    fn extreme_numbers_and_strange_names_are_described(document in random_documents::document()) {
        let session = open(document);
        let text = described(&session);
        prop_assert!(text.ends_with('.') && !text.contains("  "), "{}", text);
    }
}

#[test]
fn every_preset_is_described_consistently_with_any_number_of_decimals_and_after_a_change() {
    for preset in Preset::ALL {
        let document = preset.document().unwrap();
        let mut session = open(document);
        for decimals in 0..=12 {
            session.apply(ViewChange::SetDecimals(decimals)).unwrap();
            for layer in 0..session.architecture().layers().len() {
                for neuron in 0..session.architecture().width(layer) {
                    session
                        .apply(ViewChange::Select(NeuronAddress { layer, neuron }))
                        .unwrap();
                    assert_consistent(&session);
                }
            }
        }
        let session = apply_all(
            session,
            &[set("x[1]", -0.75), set("b[1,1]", 0.0), set("w[1,1,1]", 1e-4)],
        );
        assert_consistent(&session);
    }
}
