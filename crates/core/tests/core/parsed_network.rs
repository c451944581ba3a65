//! Networks read from text: edited listings and pasted matrices.

use neurodial_core::code::edit::changes;
use neurodial_core::code::parsed_network::{self, ParsedNetwork};
use neurodial_core::code::{Language, matrix_parser};
use neurodial_core::network::{Activation, Architecture, Knob, Network};
use neurodial_core::session::Adjustable;
use proptest::prelude::*;

use crate::support::{adjustable, bits, preset, random_documents};

fn parsed(text: &str) -> ParsedNetwork {
    parsed_network::parse(text, None).unwrap_or_else(|error| unreachable!("{error}\n{text}"))
}

/// Returns the sentence with which a text is refused.
fn refusal(text: &str) -> String {
    let sentence = parsed_network::parse(text, None).unwrap_err().to_string();
    assert!(!sentence.contains('\n') && !sentence.ends_with('.'), "{sentence}");
    sentence
}

/// Returns the weights and the biases of each layer.
fn layers(network: &Network) -> Vec<(Vec<f64>, Vec<f64>)> {
    (0..network.architecture().layers().len())
        .map(|layer| {
            let view = network.layer(layer);
            (view.weights.to_vec(), view.biases.to_vec())
        })
        .collect()
}

#[test]
fn an_edited_number_changes_its_knob() {
    for language in Language::ALL {
        let listing = language.write(&preset("article"));
        assert_eq!(changes(&listing, &listing.text), Ok(vec![]));
        let edited = listing.text.replacen("-0.91", "1e-3", 1);
        assert_eq!(
            changes(&listing, &edited),
            Ok(vec![(adjustable("w[1,2,2]"), 1e-3)]),
            "{language}"
        );
        let edited = listing
            .text
            .replacen("0.87", "−870.5", 1)
            .replacen("0.8", "+.5", 1);
        let expected = vec![(adjustable("w[1,1,2]"), 0.5), (adjustable("w[1,3,4]"), -870.5)];
        assert_eq!(changes(&listing, &edited), Ok(expected), "{language}");
        // Other ways to write the same numbers are no changes.
        let same = listing.text.replacen("0.8", "0.80", 1).replace('\n', "  \r\n");
        assert_eq!(changes(&listing, &same), Ok(vec![]), "{language}");
        assert_eq!(
            changes(&listing, listing.text.trim_end()),
            Ok(vec![]),
            "{language}"
        );
    }
    let mut document = preset("article");
    document.network.set(Knob::bias(0, 0), 1.5e-9);
    let latex = Language::Latex.write(&document);
    assert!(latex.text.contains("1.5 \\times 10^{-9}"));
    let edited = latex.text.replace("1.5 \\times 10^{-9}", "1.5 \\times 10^{2}");
    assert_eq!(changes(&latex, &edited), Ok(vec![(adjustable("b[1,1]"), 150.0)]));
}

#[test]
fn any_other_edit_is_refused_with_its_line() {
    let listing = Language::Python.write(&preset("article"));
    let refusal = |from: &str, to: &str| {
        let edited = listing.text.replacen(from, to, 1);
        assert_ne!(edited, listing.text);
        changes(&listing, &edited).unwrap_err().to_string()
    };
    assert!(refusal("0.8, ", "").starts_with("line 6: only numbers can be edited, but "));
    assert_eq!(refusal("-0.91", "x"), "line 7: “x” is not a number");
    assert_eq!(refusal("-0.91", ""), "line 7: “” is not a number");
    assert_eq!(refusal("-0.91", "1e999"), "line 7: “1e999” is too large");
    assert!(refusal("-0.91", "1.2.3").starts_with("line 7: "));
    assert!(
        refusal("def relu", "def step")
            .starts_with("line 13: only numbers can be edited, but “step(z):” was found")
    );
    assert!(refusal("print(outputs)\n", "print(outputs)\nprint(1)\n").contains("line 25: "));
    assert!(
        refusal("print(outputs)\n", "").contains("the end of the text was found instead of “print(outputs)”")
    );
    assert!(changes(&listing, "").is_err());
}

proptest! {
    #[test]
    fn editing_one_listing_into_another_gives_the_changed_knob(
        a in random_documents::document(),
        index in 0_usize..1000,
        value in random_documents::number(),
    ) {
        let mut b = a.clone();
        let count = b.network.knobs().len();
        b.network.knobs_mut()[index % count] = value;
        let knob = b.network.architecture().knob_at(index % count).unwrap();
        let is_same = a.network.get(knob).unwrap().to_bits() == value.to_bits();
        for language in Language::ALL {
            let (before, after) = (language.write(&a), language.write(&b));
            // A number of another length may change the line breaks; then not only numbers differ.
            if before.text.lines().count() == after.text.lines().count() {
                let expected = if is_same { vec![] } else { vec![(Adjustable::Knob(knob), value)] };
                prop_assert_eq!(changes(&before, &after.text), Ok(expected), "{}", language);
            }
        }
    }

    #[test]
    fn any_text_is_parsed_or_refused(text in "[-0-9a-zA-Z.,;:='\"\\[\\](){}#%/ \n\t−…_]{0,60}", cut in 0_usize..400) {
        let listing = Language::Python.write(&preset("article"));
        let _ = matrix_parser::parse(&text);
        let _ = parsed_network::parse(&text, None);
        let _ = changes(&listing, &text);
        let cut = &listing.text[..cut.min(listing.text.len())];
        let _ = parsed_network::parse(cut, None);
        let _ = changes(&listing, cut);
        let _ = parsed_network::parse(&format!("{cut}{text}"), None);
    }

    #[test]
    fn written_programs_are_read_back_with_every_bit(document in random_documents::document()) {
        for language in [Language::Python, Language::NumPy, Language::PyTorch] {
            let listing = language.write(&document);
            let architecture = document.network.architecture();
            match parsed_network::parse(&listing.text, Some(architecture)) {
                Ok(found) => {
                    prop_assert!(!found.is_transposed);
                    prop_assert_eq!(found.network.architecture(), architecture);
                    prop_assert_eq!(bits(found.network.knobs()), bits(document.network.knobs()));
                    prop_assert_eq!(bits(&found.inputs.unwrap()), bits(&document.inputs));
                }
                Err(error) => prop_assert!(false, "{}: {}\n{}", language, error, listing.text),
            }
        }
    }
}

#[test]
fn matrices_are_read_in_many_notations() {
    let expected = vec![(vec![1.0, 2.0, 3.0, 4.5, -5.0, 6e-3], vec![0.25, -1.0])];
    for text in [
        "W1 = [[1, 2, 3], [4.5, -5, 6e-3]]\nb1 = [0.25, -1]",
        "W1 = [[1., 2., 3.],\n      [9/2, −5, 6e-3]]\n\nb1 = [1/4,\n -1.0]\n",
        "W = np.array([[1, 2, 3],\n [4.5, -5, .006]], dtype=np.float64)\nb = np.array([0.25, -1.])",
        "W1 = [1 2 3; 4.5 -5 6e-3];\nb1 = [0.25; -1];",
        "W1 = [1, 2, 3\n      4.5, -5, 6e-3]\nb1 = [0.25 -1]'",
        "W1 = [1 2 ...\n 3; 4.5 -5 6e-3]; b1 = [0.25 -1];",
        "[[1. 2. 3.]\n [4.5 -5. 0.006]]\n[0.25 -1.]",
        "tensor([[1.0, 2.0, 3.0],\n        [4.5, -5.0, 0.006]], requires_grad=True)\ntensor([0.25, -1.0])",
        "OrderedDict([('0.weight', tensor([[1., 2., 3.], [4.5, -5., 6e-3]])), ('0.bias', tensor([0.25, -1.]))])",
        "{\"W1\": [[1, 2, 3], [4.5, -5, 6e-3]], \"b1\": [0.25, -1]}",
        "1,2,3\n4.5,-5,0.006\n\n0.25,-1\n",
        "1\t2\t3\n4.5\t-5\t0.006\n\n0.25\t-1\n",
        "1;2;3\n4,5;-5;0,006\n\n0,25;-1\n",
        "W1 =\n\n   1.0  2.0  3.0\n   4.5  -5.0  0.006\n\nb1 =\n\n   0.25\n  -1.0\n",
        "b1 = [0.25, -1]\nW1 = [[1, 2, 3], [4.5, -5, 6e-3]]  # a comment",
        "W1 = ((1, 2, 3), (4.5, -5, 6e-3))\r\nb1 = (0.25, -1)\r\n",
        "# weights\nweights = [\n  [1, 2, 3],  # one\n  [4.5, -5, 6e-3],\n]\nbiases = [0.25, -1]",
        // Transposed, as the number of biases shows.
        "W1 = [[1, 4.5], [2, -5], [3, 6e-3]]\nb1 = [0.25, -1]",
        "W1 = np.array([[1, 4.5], [2, -5], [3, 6e-3]]).T\nb1 = np.array([0.25, -1])",
    ] {
        assert_eq!(layers(&parsed(text).network), expected, "{text}");
    }
    assert!(parsed("W1 = [[1, 4.5], [2, -5], [3, 6e-3]]\nb1 = [0.25, -1]").is_transposed);
}

#[test]
fn inputs_and_neighboring_layers_determine_the_orientation_of_weights() {
    // By default a row is a neuron.
    let plain = parsed("[[1, 2, 3], [4, 5, 6]]");
    assert_eq!(
        (plain.network.architecture().input_count(), plain.is_transposed),
        (3, false)
    );
    // With four inputs, a column is a neuron.
    let with_inputs = parsed("x = [1, 2, 3, 4]\nW = [[1, 5], [2, 6], [3, 7], [4, 8]]");
    assert_eq!(with_inputs.network.architecture().input_count(), 4);
    assert_eq!(
        with_inputs.network.layer(0).weights,
        [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0]
    );
    assert_eq!(with_inputs.inputs, Some(vec![1.0, 2.0, 3.0, 4.0]));
    // A square matrix has the orientation of its neighbor, which fits only as [input][neuron].
    let keras = parsed("W1 = [[1, 2], [3, 4]]\nW2 = [[5, 6, 7], [8, 9, 10]]");
    assert_eq!(layers(&keras.network)[0].0, [1.0, 3.0, 2.0, 4.0]);
    assert_eq!(layers(&keras.network)[1].0, [5.0, 8.0, 6.0, 9.0, 7.0, 10.0]);
    let torch = parsed("W1 = [[1, 2], [3, 4]]\nW2 = [[5, 6], [7, 8], [9, 10]]");
    assert_eq!(layers(&torch.network)[0].0, [1.0, 2.0, 3.0, 4.0]);
    // A vector is one neuron and a single number its bias.
    let neuron = parsed("w = [1, 2, 3]\nb = 0.5");
    assert_eq!(layers(&neuron.network), [(vec![1.0, 2.0, 3.0], vec![0.5])]);
    // Numbers in names give the order of the layers.
    let reordered = parsed("W2 = [[7, 8]]\nb2 = [9]\nW1 = [[1, 2, 3], [4, 5, 6]]\nb1 = [0, 1]");
    assert_eq!(reordered.network.architecture().input_count(), 3);
    assert_eq!(layers(&reordered.network)[1], (vec![7.0, 8.0], vec![9.0]));
    assert_eq!(
        layers(&parsed("[[1, 2]]").network)[0].1,
        [0.0],
        "a missing bias is 0"
    );
}

#[test]
fn pasted_text_of_the_same_shape_keeps_names_and_activations() {
    let xor = preset("xor");
    let text = "W1 = [[1, 2], [3, 4]]\nb1 = [5, 6]\nW2 = [[7, 8]]\nb2 = [9]";
    let found = parsed_network::parse(text, Some(xor.network.architecture())).unwrap();
    assert_eq!(found.network.architecture(), xor.network.architecture());
    let other = Architecture::dense(3, &[(2, Activation::Step)]).unwrap();
    let found = parsed_network::parse(text, Some(&other)).unwrap();
    let activations: Vec<_> = found
        .network
        .architecture()
        .layers()
        .iter()
        .map(|plan| plan.activation())
        .collect();
    assert_eq!(activations, [Some(Activation::Relu), Some(Activation::Linear)]);
}

#[test]
fn text_that_is_not_a_network_is_refused_with_the_position() {
    for (text, expected) in [
        ("", "there is no matrix in this text"),
        ("import numpy as np\n", "there is no matrix in this text"),
        ("W = [[1, 2], [3]]", "line 1, column 1: row 2 has 1 number,"),
        ("W = [1 2; 3]", "line 1, column 5: row 2 has 1 number,"),
        (
            "W = [[1, 2],\n     [3, x]]",
            "line 2, column 10: “x” is not a number",
        ),
        (
            "W = [[1, 2],\n     [3, 4",
            "line 2, column 6: this bracket is not closed",
        ),
        ("W = [[1, O.5]]", "line 1, column 10: “O.5” is not a number"),
        ("W = [[1, 0x5]]", "line 1, column 10: “0x5” is not a number"),
        ("W = [[1, 2-3]]", "“2-3” is not a number"),
        ("W = [[[1, 2], [3, 4]]]", "three dimensions"),
        ("W = [[1, nan]]", "line 1, column 10: this is not a finite number"),
        (
            "W = [[1, 1e999]]",
            "line 1, column 10: this is not a finite number",
        ),
        ("W = [[1, 1/0]]", "line 1, column 10: this is not a finite number"),
        ("[[1. 2. ... 3. 4.]]", "stands for numbers that were left out"),
        (
            "1,2\n3\n",
            "line 2, column 1: this row has 1 number, but the row before it has 2",
        ),
        ("1,2\n3,a\n", "line 2, column 3: “a” is not a number"),
        (
            "W1 = [[1, 2, 3]]\n\nW2 = [[1, 2], [3, 4]]",
            "line 3: the size of “W2” is 2 × 2, which does not fit the layer before with 1 neuron",
        ),
        (
            "W1 = [[1, 2, 3]]\nb1 = [1, 2]",
            "line 1: the size of “W1” is 1 × 3, which does not fit its 2 biases",
        ),
        (
            "b1 = [1, 2]",
            "line 1: “b1” is a bias, but there are no weights for it",
        ),
        (
            "x = [[1, 2], [3, 4]]\nW = [[1, 2]]",
            "line 1: “x” holds several rows of inputs",
        ),
        ("W = [[[[[[[1]]]]]]]", "nested too deeply"),
        ("W = 'abc", "quotation mark is not closed"),
    ] {
        let sentence = refusal(text);
        assert!(sentence.contains(expected), "{text:?}: {sentence}");
    }
    let wide = format!("W = [{}]", vec!["1"; 5000].join(", "));
    let sentence = refusal(&wide);
    assert!(sentence.contains("4096"), "{sentence}");
    let deep = format!("W = {}", "[".repeat(100_000));
    assert!(refusal(&deep).contains("nested too deeply"));
}

#[test]
fn a_million_numbers_on_one_line_are_read_and_too_many_refused() {
    let row = format!("[{}]", vec!["0.5"; 1000].join(", "));
    let text = format!("W = [{}]", vec![row; 1000].join(", "));
    assert_eq!(parsed(&text).network.knobs().len(), 1_001_000);
    let many = format!("[{}]", vec!["1"; matrix_parser::MAX_NUMBERS + 1].join(" "));
    assert!(refusal(&many).contains("there are more than 4,004,096 numbers"));
}

#[test]
fn a_vector_that_numpy_prints_on_several_lines_is_one_vector() {
    let text = "W = [[1, 2], [3, 4], [5, 6], [7, 8], [9, 10]]\nb = [0.1 0.2 0.3\n 0.4 0.5]";
    assert_eq!(layers(&parsed(text).network)[0].1, [0.1, 0.2, 0.3, 0.4, 0.5]);
    let text = "W = [[1, 2], [3, 4], [5, 6], [7, 8]]\nb = [0.1 0.2\n 0.3 0.4]";
    assert_eq!(layers(&parsed(text).network)[0].1, [0.1, 0.2, 0.3, 0.4]);
}
