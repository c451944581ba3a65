//! Documents as JSON: written without loss, and refused with one sentence if anything is wrong.

use neurodial_core::formats;
use neurodial_core::formats::json::{read, write};
use neurodial_core::nerve_cell::{CellSetting, NerveCell};
use neurodial_core::session::{Document, WindowLayout};
use neurodial_core::text::{Locale, Localized as _, Messages};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::support::preset;
use crate::support::random_documents::{self, document_bits};

const SMALLEST: &str =
    r#"{"neurodial":1,"layers":[{"activation":"relu","weights":[[0.2,0.8],[0.5,-0.9]],"biases":[2,3]}]}"#;

/// Returns the sentence with which a text is refused.
fn refusal(text: &str) -> String {
    let sentence = read(text).unwrap_err().to_string();
    assert!(
        !sentence.is_empty() && !sentence.contains('\n') && sentence.len() < 600,
        "{sentence}"
    );
    sentence
}

/// Checks that a change of the smallest document is refused with a sentence that contains `expected`.
fn assert_refused(from: &str, to: &str, expected: &str) {
    assert!(SMALLEST.contains(from), "{from}");
    let sentence = refusal(&SMALLEST.replacen(from, to, 1));
    assert!(sentence.contains(expected), "{to}: {sentence}");
}

/// Returns the smallest document with one more field.
fn with_field(field: &str) -> String {
    SMALLEST.replacen(r#","layers""#, &format!(r#",{field},"layers""#), 1)
}

proptest! {
    #[test]
    fn writing_and_reading_keeps_every_bit(document in random_documents::document()) {
        let text = write(&document);
        let again = read(&text).unwrap();
        prop_assert_eq!(document_bits(&again), document_bits(&document));
        prop_assert_eq!(write(&again), text);
    }

    #[test]
    fn random_text_is_refused(text in ".*") {
        prop_assert!(read(&text).is_err());
    }

    #[test]
    fn a_document_with_a_random_edit_is_read_or_refused(at in 0..SMALLEST.len(), replacement in "[\\[\\]{},:\"0-9a-z-]{0,3}") {
        let mut text = SMALLEST.to_owned();
        text.replace_range(at..=at, &replacement);
        if let Ok(document) = read(&text) {
            prop_assert!(document.network.knobs().iter().all(|value| value.is_finite()));
        }
    }
}

#[test]
fn missing_optional_fields_have_defaults() {
    let document = read(SMALLEST).unwrap();
    assert_eq!(document.network.knobs(), [0.2, 0.8, 0.5, -0.9, 2.0, 3.0]);
    assert_eq!(document.inputs, [0.0, 0.0]);
    assert_eq!(document.network.architecture().input_names(), [None, None]);
    assert!(document.note.is_empty() && document.saved_inputs.is_empty());
    assert!(document.ranges.is_empty() && document.locked.is_empty());
}

#[test]
fn every_optional_field_is_read_and_written() {
    let text = with_field(
        r#""note":"n","inputs":[1,-0.0],"input_names":["a",null],"ranges":{"w[1,2,1]":{"min":-1,"max":1,"step":0.5}},
        "locked":["b[1,2]"],"cases":[[1,2]]"#,
    )
    .replace(r#""activation":"relu""#, r#""activations":["relu","tanh"],"names":[null,"yes"]"#);
    let document = read(&text).unwrap();
    assert_eq!(document.inputs[1].to_bits(), (-0.0_f64).to_bits());
    let written: Value = serde_json::from_str(&write(&document)).unwrap();
    let mut expected: Value = serde_json::from_str(&text).unwrap();
    // Whole numbers are written with a decimal point.
    expected["layers"][0]["biases"] = json!([2.0, 3.0]);
    expected["inputs"] = json!([1.0, -0.0]);
    expected["ranges"]["w[1,2,1]"] = json!({"min": -1.0, "max": 1.0, "step": 0.5});
    expected["cases"] = json!([[1.0, 2.0]]);
    assert_eq!(written, expected);
}

#[test]
fn unknown_versions_are_refused() {
    assert_refused(r#""neurodial":1"#, r#""neurodial":2"#, "version 2");
    assert_refused(r#""neurodial":1"#, r#""neurodial":0"#, "version 0");
    assert_refused(r#""neurodial":1"#, r#""neurodial":"1""#, "version");
    assert_refused(r#""neurodial":1"#, r#""neurodial":1.5"#, "version 1.5");
    assert_refused(r#""neurodial":1"#, r#""neurodial":[[1]]"#, "version");
    assert_refused(r#""neurodial":1,"#, "", "not a neurodial document");
    // A newer version is recognized by its number, even if it has unknown fields.
    assert_refused(r#""neurodial":1"#, r#""neurodial":2,"novel":3"#, "version 2");
}

#[test]
fn unknown_fields_are_refused_by_name() {
    assert_refused(r#""layers""#, r#""novel":1,"layers""#, "novel");
    assert_refused(r#""weights""#, r#""novel":1,"weights""#, "novel");
    assert_refused(r#""weights""#, r#""novel":1,"weights""#, "layer 1");
    let sentence = refusal(&with_field(
        r#""ranges":{"x[1]":{"min":0,"max":1,"step":1,"novel":1}}"#,
    ));
    assert!(
        sentence.contains("novel") && sentence.contains("x[1]"),
        "{sentence}"
    );
    let long = "n".repeat(100_000);
    assert_refused(r#""layers""#, &format!(r#""{long}":1,"layers""#), "“nnn");
}

#[test]
fn refusals_are_in_the_language_of_the_reader() {
    let text = SMALLEST.replacen("0.8", "null", 1);
    let chinese = Messages::new(Locale::SimplifiedChinese);
    assert_eq!(
        read(&text).unwrap_err().message(chinese),
        "第 1 层、“weights”、第 1 项、第 2 项（第 1 行第 66 列）：此处应为数，而不是 null"
    );
}

#[test]
fn missing_fields_are_refused_by_name() {
    assert_refused(r#""activation":"relu","#, "", "“activation” is missing");
    assert_refused(r#""weights":[[0.2,0.8],[0.5,-0.9]],"#, "", "“weights” is missing");
    assert_refused(r#","biases":[2,3]"#, "", "“biases” is missing");
    assert!(refusal(r#"{"neurodial":1}"#).contains("“layers” is missing"));
    let sentence = refusal(&with_field(r#""ranges":{"x[1]":{"min":0,"max":1}}"#));
    assert!(sentence.contains("“step” is missing"), "{sentence}");
}

#[test]
fn duplicate_fields_are_refused() {
    assert_refused(
        r#""neurodial":1"#,
        r#""neurodial":1,"neurodial":1"#,
        "“neurodial” appears twice",
    );
    assert_refused(r#""layers""#, r#""layers":[],"layers""#, "“layers” appears twice");
    assert_refused(
        r#""biases""#,
        r#""biases":[2,3],"biases""#,
        "“biases” appears twice",
    );
}

#[test]
fn rows_of_wrong_lengths_are_refused() {
    assert_refused("[0.5,-0.9]", "[0.5]", "row 2");
    assert_refused(
        "[0.5,-0.9]",
        "[0.5,-0.9,1]",
        "layer 1: row 2 of “weights” has 3 numbers",
    );
    assert_refused("[2,3]", "[2]", "“biases” has 1 number,");
    assert_refused("[[0.2,0.8],[0.5,-0.9]]", "[]", "layer 1");
    assert_refused("[[0.2,0.8],[0.5,-0.9]]", "[[],[]]", "inputs");
    let with_second_layer = |weights: &str| {
        let second = format!(r#"}},{{"activation":"relu","weights":{weights},"biases":[0]}}]"#);
        refusal(&SMALLEST.replacen("}]", &second, 1))
    };
    let sentence = with_second_layer("[[1,2,3]]");
    assert!(sentence.contains("layer 2: row 1"), "{sentence}");
    assert!(refusal(r#"{"neurodial":1,"layers":[]}"#).contains("at least one layer"));
    for (field, expected) in [
        (r#""inputs":[1]"#, "“inputs” has 1 number,"),
        (r#""input_names":["a"]"#, "“input_names” has 1 name,"),
        (r#""cases":[[1,2],[1]]"#, "row 2 of “cases”"),
        (r#""input_names":["a",""]"#, "is not a valid name"),
        (r#""input_names":["a","b\n"]"#, "is not a valid name"),
    ] {
        let sentence = refusal(&with_field(field));
        assert!(sentence.contains(expected), "{sentence}");
    }
}

#[test]
fn numbers_that_are_not_finite_or_not_json_are_refused() {
    for token in [
        "NaN",
        "nan",
        "Infinity",
        "-Infinity",
        "0x10",
        "1,5",
        "01",
        ".5",
        "+1",
        "1.",
    ] {
        refusal(&SMALLEST.replacen("0.8", token, 1));
    }
    assert_refused(
        "0.8",
        "1e999",
        "layer 1, “weights”, entry 1, entry 2 (line 1, column 67): this number is too large",
    );
    assert_refused("0.8", "-1e999", "too large");
    assert_refused(
        "0.8",
        "null",
        "layer 1, “weights”, entry 1, entry 2 (line 1, column 66): a number is needed here, not null",
    );
    assert_refused("0.8", "\"0.8\"", "a number is needed here, not “0.8”");
    assert_refused("[2,3]", "[2,null]", "layer 1, “biases”, entry 2");
    refusal(&with_field(r#""inputs":[1,NaN]"#));
    refusal(&with_field(r#""cases":[[1,1e999]]"#));
}

#[test]
fn values_of_wrong_types_are_refused() {
    for text in [
        "",
        " ",
        "null",
        "1",
        "\"neurodial\"",
        "[]",
        "[1]",
        "{}",
        "true",
        "PK\u{3}\u{4}",
        "weights",
    ] {
        refusal(text);
    }
    assert_refused(r#""relu""#, "1", "a text in quotes is needed here, not 1");
    assert_refused(r#""relu""#, r#""rellu""#, "no activation function “rellu”");
    assert_refused("[2,3]", "2", "a list in brackets is needed here, not 2");
    assert_refused(
        "[2,3]",
        "{}",
        "a list in brackets is needed here, not an object in braces",
    );
    assert_refused("[0.2,0.8]", "0.2", "a list in brackets is needed here, not 0.2");
    // An array of the fields in their order is not an object.
    assert!(
        refusal(r#"[1,"",null,null,[["relu",null,null,[[1]],[0]]],{},[],[]]"#).contains("object in braces")
    );
    let in_order = r#"{"neurodial":1,"layers":[["relu",null,null,[[1]],[0]]]}"#;
    assert!(refusal(in_order).contains("object in braces"));
    assert!(refusal(&with_field(r#""ranges":{"x[1]":[0,1,1]}"#)).contains("object in braces"));
    for (field, expected) in [
        (r#""note":1"#, "note"),
        (r#""ranges":[]"#, "ranges"),
        (
            r#""ranges":{"x[1]":{"min":1,"max":0,"step":1}}"#,
            "“min” must be below “max”",
        ),
        (
            r#""ranges":{"x[1]":{"min":0,"max":1,"step":0}}"#,
            "“step” above 0",
        ),
        (r#""ranges":{"x[3]":{"min":0,"max":1,"step":1}}"#, "no x[3]"),
        (r#""ranges":{"x1":{"min":0,"max":1,"step":1}}"#, "x[input]"),
        (r#""locked":["b[1,3]"]"#, "no b[1,3]"),
        (r#""locked":["x[1]"]"#, "only knobs"),
    ] {
        let sentence = refusal(&with_field(field));
        assert!(sentence.contains(expected), "{field}: {sentence}");
    }
}

#[test]
fn a_layer_has_either_one_activation_or_one_for_each_neuron() {
    assert_refused(
        r#""activation":"relu""#,
        r#""activation":"relu","activations":["relu","relu"]"#,
        "exclude each other; give one of them",
    );
    assert_refused(
        r#""activation":"relu""#,
        r#""activations":["relu"]"#,
        "“activations” has 1 name;",
    );
    assert_refused(
        r#""activation":"relu""#,
        r#""activations":["relu","softmax"]"#,
        "only some neurons of layer 1 use softmax",
    );
    assert_refused(
        r#""activation":"relu""#,
        r#""activations":["softmax","relu"]"#,
        "only some neurons of layer 1 use softmax",
    );
    let all = SMALLEST.replacen(
        r#""activation":"relu""#,
        r#""activations":["softmax","softmax"]"#,
        1,
    );
    assert!(write(&read(&all).unwrap()).contains(r#""activation": "softmax""#));
}

#[test]
fn a_truncated_document_is_refused() {
    for text in [SMALLEST.to_owned(), write(&preset("bump"))] {
        let whole = text.trim_end();
        for end in (0..whole.len()).filter(|&end| whole.is_char_boundary(end)) {
            assert!(read(&whole[..end]).is_err(), "{}", &whole[..end]);
        }
        assert!(read(&text).is_ok());
        refusal(&format!("{whole}x"));
        refusal(&format!("{whole}{whole}"));
    }
}

#[test]
fn a_truncated_file_is_refused_with_its_name() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("f.json");
    let text = write(&preset("xor")).replace("or\"", "öder\"");
    for end in 0..text.trim_end().len() {
        std::fs::write(&path, &text.as_bytes()[..end]).unwrap();
        let sentence = formats::open(&path).unwrap_err().to_string();
        assert!(
            sentence.contains("f.json") && !sentence.contains('\n'),
            "{sentence}"
        );
    }
}

#[test]
fn deeply_nested_and_huge_json_is_refused() {
    for opening in ["[", "{\"a\":", "[{\"a\":"] {
        let nested = opening.repeat(100_000);
        refusal(&nested);
        refusal(&with_field(&format!("\"note\":{nested}")));
        assert_refused("0.8", &nested, "");
        refusal(&format!("{{\"neurodial\":{nested}"));
        refusal(&format!("{{\"novel\":{nested}"));
    }
    assert_refused(
        r#""weights""#,
        r#""width": 10000000000,"weights""#,
        "“width” is unknown here",
    );
    assert_refused(r#""neurodial":1"#, r#""neurodial":1e300"#, "version");
    let commas = format!("{}1", "1,".repeat(17_000_000));
    assert!(refusal(&with_field(&format!("\"inputs\":[{commas}]"))).contains("this file is too large"));
}

#[test]
fn sizes_beyond_the_limits_are_refused() {
    let layer = r#"{"activation":"relu","weights":[[1]],"biases":[0]}"#;
    let deep = |count: usize| {
        format!(
            "{{\"neurodial\":1,\"layers\":[{}]}}",
            vec![layer; count].join(",")
        )
    };
    assert!(read(&deep(64)).is_ok());
    assert!(refusal(&deep(65)).contains("1 to 64 layers, not 65"));
    let wide = |count: usize| {
        let (weights, biases) = (vec!["[1]"; count].join(","), vec!["0"; count].join(","));
        format!(
            r#"{{"neurodial":1,"layers":[{{"activation":"relu","weights":[{weights}],"biases":[{biases}]}}]}}"#
        )
    };
    assert!(read(&wide(4096)).is_ok());
    assert!(refusal(&wide(4097)).contains("layer 1 has 4097 neurons"));
    let inputs = |count: usize| {
        SMALLEST
            .replace(
                "[[0.2,0.8],[0.5,-0.9]]",
                &format!("[[{}]]", vec!["1"; count].join(",")),
            )
            .replace("[2,3]", "[2]")
    };
    assert!(read(&inputs(4096)).is_ok());
    assert!(refusal(&inputs(4097)).contains("inputs, not 4097"));
    let rows = format!("\"cases\":[{}]", vec!["[1,2]"; 10_001].join(","));
    assert!(refusal(&with_field(&rows)).contains("10,001 entries"));
}

#[test]
fn extreme_numbers_keep_every_bit() {
    let mut document: Document = read(SMALLEST).unwrap();
    let extremes = [-0.0, 5e-324, f64::MAX, f64::MIN, f64::MIN_POSITIVE, 0.1 + 0.2];
    document.network.knobs_mut().copy_from_slice(&extremes);
    assert_eq!(
        document_bits(&read(&write(&document)).unwrap()),
        document_bits(&document)
    );
}

#[test]
fn a_document_can_have_a_layout() {
    assert_eq!(read(SMALLEST).unwrap().layout, None);
    assert!(!write(&read(SMALLEST).unwrap()).contains("layout"));
    for layout in WindowLayout::ALL {
        let document = read(&with_field(&format!(r#""layout":"{layout}""#))).unwrap();
        assert_eq!(document.layout, Some(layout));
        let text = write(&document);
        assert!(text.ends_with(&format!(
            "\"layout\": \"{layout}\",\n  \"ignorable\": [\"layout\"]\n}}\n"
        )));
        assert_eq!(read(&text).unwrap(), document);
    }
    let sentence = refusal(&with_field(r#""layout":"cinema""#));
    assert_eq!(
        sentence,
        "“layout”: there is no layout “cinema”; use one of explore, train, present, figure"
    );
}

#[test]
fn a_document_can_have_a_nerve_cell() {
    assert!(!write(&read(SMALLEST).unwrap()).contains("cell"));
    let document = read(&with_field(r#""cell":{"current":2,"refractory":5}"#)).unwrap();
    let cell = document.cell.unwrap();
    assert_eq!(cell.value(CellSetting::Current), 2.0);
    assert_eq!(cell.value(CellSetting::Refractory), 5.0);
    let text = write(&document);
    assert!(text.contains("\"ignorable\": [\"cell\"]"), "{text}");
    assert_eq!(read(&text).unwrap(), document);
    // Both numbers have a default.
    let document = read(&with_field(r#""cell":{}"#)).unwrap();
    assert_eq!(document.cell, Some(NerveCell::default()));
    assert_eq!(
        refusal(&with_field(r#""cell":{"current":11}"#)),
        "“cell”: the current must be from 0 to 10 nA; it was 11"
    );
    assert!(refusal(&with_field(r#""cell":{"voltage":1}"#)).contains("`voltage`"));
}
