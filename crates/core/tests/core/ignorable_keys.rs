//! Keys of a newer program: kept to the last bit if the document lists them in `"ignorable"`, otherwise refused.

use neurodial_core::formats;
use neurodial_core::formats::json::{MAX_IGNORABLE_NAMES, MAX_IGNORED_BYTES, read, write};
use neurodial_core::formats::recovery::{RecoverySlot, find_recovered};
use neurodial_core::network::ArchitectureEdit;
use neurodial_core::session::{Adjustable, Document, Edit, HistoryCommand, Origin, Session};
use neurodial_core::text::Messages;
use proptest::prelude::*;

const SMALLEST: &str = r#"{"neurodial":1,"layers":[{"activation":"relu","weights":[[0.2]],"biases":[2]}]}"#;

/// A value that serde_json would change if it were parsed and written again.
const UNUSUAL_VALUE: &str =
    "{\"z\": 1.50e+2, \"a\": [12345678901234567890123, -0.0, \"\\u0041\u{1f600}\"],\r\n\t\"a\": null }";

fn with_fields(fields: &str) -> String {
    SMALLEST.replacen(r#""layers""#, &format!("{fields},\"layers\""), 1)
}

/// The sentence with which a text is refused.
fn refusal(text: &str) -> String {
    let sentence = read(text).unwrap_err().to_string();
    assert!(!sentence.contains('\n') && sentence.len() < 600, "{sentence}");
    sentence
}

fn document_with_unusual_value() -> Document {
    read(&with_fields(&format!(
        r#""board": {UNUSUAL_VALUE}, "ignorable": ["credits", "board", "missing"], "credits":[ 1 ]"#
    )))
    .unwrap()
}

#[test]
fn listed_unknown_keys_come_back_byte_for_byte() {
    let document = document_with_unusual_value();
    let [board, credits] = &*document.ignored_keys else {
        panic!("{:?}", document.ignored_keys);
    };
    assert_eq!(
        (board.name.as_str(), board.json.as_str()),
        ("board", UNUSUAL_VALUE)
    );
    assert_eq!(
        (credits.name.as_str(), credits.json.as_str()),
        ("credits", "[ 1 ]")
    );
    let text = write(&document);
    let end = format!(
        "  \"ignorable\": [\"board\", \"credits\"],\n  \"board\": {UNUSUAL_VALUE},\n  \"credits\": [ 1 ]\n}}\n"
    );
    assert!(text.ends_with(&end), "{text}");
    let again = read(&text).unwrap();
    assert!(again.is_bitwise_equal(&document));
    assert_eq!(write(&again), text);
}

#[test]
fn everything_else_is_read_as_without_them() {
    let mut document = document_with_unusual_value();
    document.ignored_keys = [].into();
    assert!(document.is_bitwise_equal(&read(SMALLEST).unwrap()));
    assert_eq!(write(&document), write(&read(SMALLEST).unwrap()));
}

proptest! {
    #[test]
    fn any_name_and_any_value_is_kept(name in "[^\\p{Cc}]{1,20}", texts in prop::collection::vec(".*", 0..4)) {
        let key = serde_json::json!(name);
        let value = serde_json::json!({ "texts": texts }).to_string();
        let text = with_fields(&format!("\"ignorable\": [{key}], {key}: {value}"));
        let document = read(&text).unwrap();
        prop_assert_eq!(&document.ignored_keys[0].name, &name);
        prop_assert_eq!(&document.ignored_keys[0].json, &value);
        prop_assert!(read(&write(&document)).unwrap().is_bitwise_equal(&document));
    }
}

#[test]
fn known_keys_in_the_list_are_read_and_no_longer_listed() {
    let document = read(&with_fields(
        r#""ignorable": ["note", "inputs", "note"], "note": "n", "inputs": [3]"#,
    ))
    .unwrap();
    assert_eq!((document.note.as_str(), &document.inputs[..]), ("n", &[3.0][..]));
    assert!(document.ignored_keys.is_empty());
    assert!(!write(&document).contains("ignorable"));
    let wrong_type = refusal(&with_fields(r#""ignorable": ["note"], "note": 3"#));
    assert!(wrong_type.starts_with("“note” (line "), "{wrong_type}");
}

#[test]
fn unknown_keys_that_are_not_listed_are_refused_by_name() {
    for fields in [
        r#""ignorable": ["board"], "boards": 1"#,
        r#""ignorable": [], "boards": 1"#,
        r#""boards": 1"#,
    ] {
        let sentence = refusal(&with_fields(fields));
        assert!(
            sentence.starts_with("“boards” (line 1, ") && sentence.contains("“boards” is unknown here"),
            "{sentence}"
        );
    }
    // The list is about the top level only.
    let in_layer = SMALLEST.replacen(r#""weights""#, r#""board": 1, "weights""#, 1);
    let in_layer = in_layer.replacen(r#""layers""#, r#""ignorable": ["board"], "layers""#, 1);
    assert!(refusal(&in_layer).contains("layer 1, “board” (line 1, "));
}

#[test]
fn a_bad_list_is_refused_with_its_place() {
    for list in ["3", "null", "{}", "\"board\"", "[1]", "[null]", "[[\"board\"]]"] {
        let sentence = refusal(&with_fields(&format!("\"ignorable\": {list}, \"board\": 1")));
        assert!(sentence.contains("“ignorable”"), "{list}: {sentence}");
    }
    for name in ["neurodial", "layers", "ignorable"] {
        let sentence = refusal(&with_fields(&format!("\"ignorable\": [\"{name}\"]")));
        assert!(
            sentence.starts_with("“ignorable”") && sentence.contains(name),
            "{sentence}"
        );
    }
    for name in [String::new(), "a\\nb".to_owned(), "n".repeat(201)] {
        let sentence = refusal(&with_fields(&format!("\"ignorable\": [\"{name}\"]")));
        assert!(sentence.contains("is not a valid name"), "{sentence}");
    }
    let twice = refusal(&with_fields(r#""ignorable": ["board"], "board": 1, "board": 2"#));
    assert!(twice.contains("“board” appears twice"), "{twice}");
    let list_twice = refusal(&with_fields(r#""ignorable": ["board"], "ignorable": ["board"]"#));
    assert!(list_twice.contains("“ignorable” appears twice"), "{list_twice}");
}

#[test]
fn sizes_beyond_the_limits_are_refused() {
    let with_value = |bytes: usize| {
        let value = "x".repeat(bytes - "board".len() - 2);
        with_fields(&format!(r#""ignorable": ["board"], "board": "{value}""#))
    };
    let largest = read(&with_value(MAX_IGNORED_BYTES)).unwrap();
    assert!(read(&write(&largest)).unwrap().is_bitwise_equal(&largest));
    assert!(refusal(&with_value(MAX_IGNORED_BYTES + 1)).contains("more than 1 MB"));
    let names = |count: usize| {
        let names: Vec<String> = (0..count).map(|index| format!("\"k{index}\"")).collect();
        with_fields(&format!("\"ignorable\": [{}]", names.join(",")))
    };
    assert!(read(&names(MAX_IGNORABLE_NAMES)).is_ok());
    for count in [MAX_IGNORABLE_NAMES + 1, 300_000] {
        assert!(refusal(&names(count)).contains("more than 100 names"));
    }
    // An ignored value counts toward the limits of the whole text.
    let commas = ",0".repeat(16_000_000);
    assert!(
        refusal(&with_fields(&format!(
            r#""ignorable": ["board"], "board": [0{commas}]"#
        )))
        .contains("this file is too large")
    );
}

#[test]
fn a_value_nested_deeply_or_cut_off_is_an_error_or_kept() {
    let deep = "[".repeat(100_000) + &"]".repeat(100_000);
    let document = read(&with_fields(&format!(
        r#""ignorable": ["board"], "board": {deep}"#
    )))
    .unwrap();
    assert!(read(&write(&document)).unwrap().is_bitwise_equal(&document));
    let text = with_fields(&format!(r#""ignorable": ["board"], "board": {UNUSUAL_VALUE}"#));
    for end in (0..text.len()).filter(|&end| text.is_char_boundary(end)) {
        refusal(&text[..end]);
    }
}

#[test]
fn they_outlive_edits_undo_and_recovery() {
    let document = document_with_unusual_value();
    let kept = document.ignored_keys.clone();
    let mut session = Session::open(document.clone(), Origin::Untitled);
    for action in [
        Edit::EditArchitecture(ArchitectureEdit::AddInput),
        Edit::UnlockAll,
        Edit::Set {
            target: Adjustable::Input(0),
            value: 2.5,
        },
    ] {
        session.apply(action).unwrap();
        assert_eq!(session.document().ignored_keys, kept);
    }
    session.apply(HistoryCommand::StartOver).unwrap();
    assert_eq!(session.document().ignored_keys, kept);
    while !session.history().is_empty() {
        session.apply(HistoryCommand::Undo).unwrap();
        assert_eq!(session.document().ignored_keys, kept);
    }
    assert!(session.document().is_bitwise_equal(&document));

    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("kept.json");
    formats::save(&document, &path).unwrap();
    assert!(formats::open(&path).unwrap().is_bitwise_equal(&document));
    let slots = folder.path().join("slots");
    RecoverySlot::create(&slots)
        .unwrap()
        .store(&document, &Origin::Untitled)
        .unwrap();
    assert!(find_recovered(&slots).0[0].document.is_bitwise_equal(&document));
}

#[test]
fn one_sentence_names_them() {
    assert_eq!(
        read(SMALLEST).unwrap().ignored_keys_notice(Messages::ENGLISH),
        None
    );
    let notice = document_with_unusual_value()
        .ignored_keys_notice(Messages::ENGLISH)
        .unwrap();
    assert!(notice.ends_with(": “board” and “credits”"), "{notice}");
    let fields: String = (0..9).map(|index| format!(", \"k{index}\": 0")).collect();
    let names: Vec<String> = (0..9).map(|index| format!("\"k{index}\"")).collect();
    let many = read(&with_fields(&format!(
        "\"ignorable\": [{}]{fields}",
        names.join(",")
    )))
    .unwrap();
    let notice = many.ignored_keys_notice(Messages::ENGLISH).unwrap();
    assert!(
        notice.ends_with(": “k0”, “k1”, “k2”, “k3”, “k4”, and 4 more"),
        "{notice}"
    );
}
