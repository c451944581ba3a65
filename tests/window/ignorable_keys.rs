//! Keys of a newer program in a document: figures carry them, `show` and the window name them.

use std::fs;

use crate::command::{error_in, stdout_in};
use crate::support::TestWindow;
use neurodial_core::formats::json;
use neurodial_core::session::{Origin, Session};
use neurodial_core::text::Messages;

const DOCUMENT: &str = r#"{"neurodial":1,"layers":[{"activation":"relu","weights":[[0.2]],"biases":[2]}],
    "ignorable":["board","credits"],"board":{"x": 1.50, "a":"<&\u0041>"},"credits":[ 1 ]}"#;

#[test]
fn commands_and_figures_carry_them_to_the_last_bit() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    fs::write(path.join("new.json"), DOCUMENT).unwrap();
    let canonical = stdout_in(path, &["show", "new.json", "--json"]);
    assert!(
        canonical.ends_with(
            "\"ignorable\": [\"board\", \"credits\"],\n  \"board\": {\"x\": 1.50, \"a\":\"<&\\u0041>\"},\n  \"credits\": [ 1 ]\n}\n"
        ),
        "{canonical}"
    );
    for figure in ["f.svg", "f.png", "f.pdf"] {
        stdout_in(path, &["figure", "new.json", "-o", figure]);
        assert_eq!(
            stdout_in(path, &["show", figure, "--json"]),
            canonical,
            "{figure}"
        );
    }
    stdout_in(path, &["set", "new.json", "b[1,1]=3", "-o", "set.json"]);
    let set = fs::read_to_string(path.join("set.json")).unwrap();
    assert_eq!(set, canonical.replace("\"biases\": [2.0]", "\"biases\": [3.0]"));
}

#[test]
fn show_and_the_window_name_them_in_one_sentence() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("new.json"), DOCUMENT).unwrap();
    let document = json::read(DOCUMENT).unwrap();
    let sentence = document.ignored_keys_notice(Messages::ENGLISH).unwrap();
    let shown = stdout_in(folder.path(), &["show", "new.json"]);
    assert_eq!(shown.matches(&sentence).count(), 1, "{shown}");
    let window = TestWindow::with_session(Session::open(document, Origin::Untitled));
    assert!(window.shows_text(&sentence), "{}", window.accessibility_tree());
}

#[test]
fn an_unknown_key_that_is_not_listed_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(
        folder.path().join("new.json"),
        DOCUMENT.replace(r#","credits"],"#, "],"),
    )
    .unwrap();
    let sentence = error_in(folder.path(), &["show", "new.json"]);
    assert!(sentence.contains("“credits” is unknown here"), "{sentence}");
}
