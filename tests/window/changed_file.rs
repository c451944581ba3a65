//! Files that another program changes while they are open.

use std::fs;
use std::path::Path;

use egui::{Event, Key};
use neurodial_core::formats::{self, Preset};
use neurodial_core::session::{Edit, Origin, Session};
use neurodial_core::text::Messages;

use crate::support::{TestWindow, W11, w};

/// Writes the article's network with this value of w₁₁, as another program would.
fn write_document(path: &Path, value: f64) {
    let document = Preset::from_name("article").and_then(|preset| preset.document().ok());
    let mut session =
        neurodial_core::session::Session::open(document.unwrap(), neurodial_core::session::Origin::Untitled);
    let edit = Edit::Set {
        target: w(1, 1),
        value,
    };
    session.apply(edit).unwrap();
    formats::save(session.document(), path).unwrap();
}

/// Opens a file and then changes it: the window has w₁₁ = 0.3, and the file −0.7 unless it is removed.
fn window_with_conflict(path: &Path) -> TestWindow {
    write_document(path, 0.2);
    let mut window = open_window(path);
    window.request_action(W11, egui::accesskit::Action::Increment, None);
    window.settle();
    assert!((window.value(w(1, 1)) - 0.3).abs() < 1e-9);
    write_document(path, -0.7);
    window
}

fn stored_value(path: &Path) -> f64 {
    formats::open(path).unwrap().value(w(1, 1)).unwrap()
}

fn open_window(path: &Path) -> TestWindow {
    let session = Session::open(formats::open(path).unwrap(), Origin::File(path.to_owned()));
    let mut window = TestWindow::with_session(session);
    window.settle();
    window
}

#[test]
fn saving_over_a_changed_file_asks_first() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("shared.json");
    let mut window = window_with_conflict(&path);
    let messages = Messages::ENGLISH;
    for button in [messages.dialog_cancel(), messages.changed_file_overwrite()] {
        window.press_ctrl(Key::S);
        window.settle();
        assert!(window.has_node(messages.changed_file_title()));
        assert_eq!(
            stored_value(&path),
            -0.7,
            "nothing is overwritten without an answer"
        );
        window.click(button);
        window.settle();
    }
    assert!((stored_value(&path) - 0.3).abs() < 1e-9);
    assert!(!window.session().is_unsaved());
    // From now on the file is known again.
    window.request_action(W11, egui::accesskit::Action::Increment, None);
    window.settle();
    window.press_ctrl(Key::S);
    window.settle();
    assert!((stored_value(&path) - 0.4).abs() < 1e-9);
}

#[test]
fn the_changed_file_can_be_compared_and_loaded_and_that_can_be_undone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("shared.json");
    let mut window = window_with_conflict(&path);
    let messages = Messages::ENGLISH;
    window.send(Event::WindowFocused(true));
    window.settle();
    assert!(
        window.has_node(messages.changed_file_title()),
        "noticed with the focus"
    );
    window.click(messages.changed_file_compare());
    window.settle();
    let (mine, theirs) = (messages.changed_file_mine(), messages.changed_file_theirs());
    for text in [mine, theirs, "w₁₁", "-0.7"] {
        assert!(window.shows_text(text), "{text}");
    }
    window.click(messages.changed_file_load());
    window.settle();
    assert_eq!(window.value(w(1, 1)), -0.7);
    assert!(!window.session().is_unsaved());
    window.press_ctrl(Key::Z);
    window.settle();
    assert!((window.value(w(1, 1)) - 0.3).abs() < 1e-9, "nothing is lost");
}

#[test]
fn a_removed_file_is_noticed_and_keeping_the_document_makes_it_unsaved() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("shared.json");
    write_document(&path, 0.2);
    let mut window = open_window(&path);
    fs::remove_file(&path).unwrap();
    let messages = Messages::ENGLISH;
    window.send(Event::WindowFocused(true));
    window.settle();
    assert!(window.has_node(messages.removed_file_title()));
    window.click(messages.changed_file_keep());
    window.settle();
    assert!(window.session().is_unsaved());
    window.press_ctrl(Key::S);
    window.settle();
    assert_eq!(stored_value(&path), 0.2, "it is written again");
}
