//! `neurodial forward`: text, tables and JSON, inputs from arguments and CSV files, and errors.

use std::fs;

use serde_json::{Value, json};

use crate::command::{error_in, error_of, stdout_in, stdout_of};
use crate::support::printed_json;

#[test]
fn the_text_states_every_sum_and_output() {
    let text = stdout_of(&["forward", "article"]);
    for line in [
        "  input 4: 2.5",
        "Layer 1: 3 neurons, relu",
        "  neuron 1: weighted sum 4.8, output 4.8",
        "  neuron 2: weighted sum 1.21, output 1.21",
        "  neuron 3: weighted sum 2.385, output 2.385",
    ] {
        assert!(text.lines().any(|found| found == line), "{line} in\n{text}");
    }
    assert!(stdout_of(&["forward", "article-quiet"]).contains("neuron 2: weighted sum -0.79, output 0\n"));
}

#[test]
fn the_text_states_hidden_layers_and_names() {
    let text = stdout_of(&["forward", "xor"]);
    assert!(
        text.contains("  or: weighted sum 0.5, output 1\n  and: weighted sum -0.5, output 0\n"),
        "{text}"
    );
    assert!(
        text.contains("Layer 2: 1 neuron, step\n  neuron 1: weighted sum 0.5, output 1\n"),
        "{text}"
    );
}

#[test]
fn json_has_one_number_per_layer_sample_and_neuron() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("in.csv"), "0,1\n1,1\n1,0\n").unwrap();
    let result = printed_json(folder.path(), &["forward", "xor", "--csv", "in.csv", "--json"]);
    assert_eq!(
        result["z"],
        json!([[[0.5, -0.5], [1.5, 0.5], [0.5, -0.5]], [[0.5], [-0.5], [0.5]]])
    );
    assert_eq!(
        result["a"],
        json!([[[1.0, 0.0], [1.0, 1.0], [1.0, 0.0]], [[1.0], [0.0], [1.0]]])
    );
    assert_eq!(result.as_object().unwrap().len(), 2);
}

#[test]
fn inputs_may_have_fractions_spaces_and_decimal_commas() {
    let folder = tempfile::tempdir().unwrap();
    stdout_in(
        folder.path(),
        &["set", "article", "activation[1]=linear", "-o", "f.json"],
    );
    let z = |inputs: &str| -> Value {
        let arguments = ["forward", "f.json", "--input", inputs, "--json"];
        printed_json(folder.path(), &arguments)["z"].clone()
    };
    assert_eq!(z("1,2,3,2.5"), json!([[[4.8, 1.21, 2.385]]]));
    assert_eq!(z(" 1 , 4/2, 3e0,2.5"), z("1,2,3,2.5"));
    assert_eq!(z("1;2;3;2,5"), z("1,2,3,2.5"));
    assert_eq!(z("-1,2,3,2.5"), z("−1,2,3,2.5"));
}

#[test]
fn csv_files_may_have_any_form_that_spreadsheets_write() {
    let folder = tempfile::tempdir().unwrap();
    let expected = stdout_of(&["forward", "and", "--input", "0,0.5", "--json"]);
    for (index, text) in [
        "0,0.5",
        "0,0.5\n",
        "a,b\n0,0.5\n",
        "\u{feff}a,b\r\n0,0.5\r\n",
        "\u{feff}0,0.5\r\n\r\n  \r\n",
        " 0 , 0.5 \n",
        "\"0\",\"0,5\"\n",
        "a;b\n0;0,5\n",
        "some words\n0;0,5\n",
        "a\tb\n0\t0,5\n",
        "a,2\n0,0.5\n",
        "\n\n\"two\nlines\",b\n\n0,0.5",
        "0,0.5\r",
    ]
    .into_iter()
    .enumerate()
    {
        let name = format!("{index}.csv");
        fs::write(folder.path().join(&name), text).unwrap();
        let found = stdout_in(folder.path(), &["forward", "and", "--csv", &name, "--json"]);
        assert_eq!(found, expected, "{text:?}");
    }
}

#[test]
fn several_samples_are_printed_as_a_table() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("in.csv"), "0,1\n1,1\n").unwrap();
    let table = stdout_in(folder.path(), &["forward", "and", "--csv", "in.csv"]);
    let rows: Vec<Vec<_>> = table
        .lines()
        .map(|line| line.split_whitespace().collect())
        .collect();
    assert_eq!(rows[0].join(" "), "sample input 1 input 2 output of neuron 1");
    assert_eq!(rows[1..], [["1", "0", "1", "0"], ["2", "1", "1", "1"]]);
}

#[test]
fn errors_in_csv_files_name_file_line_and_column() {
    let folder = tempfile::tempdir().unwrap();
    for (text, words) in [
        ("", "there is no row of numbers"),
        ("a,b\n", "there is no row of numbers"),
        ("\n\n", "there is no row of numbers"),
        ("1,2\n3,x\n", "line 2, column “column 2”: “x” is not a number"),
        ("1,2\r\n\r\n3,x\r\n", "line 3, column “column 2”"),
        ("1,2\n\n  \n3\n", "line 4 has 1 column, but the first row has 2"),
        ("1,2,3\n", "there are 3 columns"),
        ("a,b\n1,\n", "line 2, column “b”: there is no number"),
        ("1,2\n1,nan\n", "line 2, column “column 2”"),
        ("1,1e999\n", "line 1, column “column 2”: “1e999” is too large"),
        (
            "\"a\nb\",c\n1,2\n\n1,1/0\n",
            "line 5, column “c”: “1/0” divides by zero",
        ),
    ] {
        fs::write(folder.path().join("in.csv"), text).unwrap();
        for json in [&[][..], &["--json"]] {
            let error = error_in(
                folder.path(),
                &[&["forward", "and", "--csv", "in.csv"], json].concat(),
            );
            assert!(
                error.contains("in.csv") && error.contains(words),
                "{text:?}: {error}"
            );
        }
    }
    fs::write(folder.path().join("in.csv"), [0xff, 0xfe, 0x31]).unwrap();
    assert!(
        error_in(folder.path(), &["forward", "and", "--csv", "in.csv"])
            .contains("in.csv: line 1 is not valid in the encoding UTF-16LE")
    );
    assert!(error_of(&["forward", "and", "--csv", "gone.csv"]).contains("gone.csv: there is no such file"));
}

#[test]
fn the_error_names_the_neuron_whose_result_is_not_finite() {
    let folder = tempfile::tempdir().unwrap();
    stdout_in(
        folder.path(),
        &[
            "set",
            "xor",
            "activation[1]=linear",
            "w[2,1,2]=1e300",
            "-o",
            "f.json",
        ],
    );
    fs::write(folder.path().join("in.csv"), "1,1\n1e300,1\n").unwrap();
    let error = error_in(folder.path(), &["forward", "f.json", "--csv", "in.csv", "--json"]);
    assert!(
        error.contains("neuron 1 of layer 2") && error.contains("sample 2"),
        "{error}"
    );
    let error = error_in(folder.path(), &["forward", "f.json", "--input", "1e308,1e308"]);
    assert!(error.contains("“or” (neuron 1 of layer 1)"), "{error}");
}
