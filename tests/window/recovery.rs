//! Unsaved documents after the window is gone.

use std::fs;
use std::path::{Path, PathBuf};

use egui::{Key, ViewportCommand};
use neurodial::app::StoragePaths;
use neurodial_core::formats::recovery::RecoverySlot;
use neurodial_core::session::{Edit, Origin};
use neurodial_core::text::Messages;
use tempfile::tempdir;

use crate::support::{CTRL, TestWindow, preset, w};

const TITLE: &str = Messages::ENGLISH.recovery_title();

fn window_in(folder: &Path) -> TestWindow {
    let storage = StoragePaths {
        recovery: Some(folder.to_owned()),
        ..StoragePaths::default()
    };
    TestWindow::with_storage(preset("article"), storage)
}

/// Leaves an unsaved document in a folder, as a killed process does.
fn leave_document(folder: &Path, value: f64) {
    let mut session = preset("article-quiet");
    let target = w(2, 2);
    session.apply(Edit::Set { target, value }).unwrap();
    let slot = RecoverySlot::create(folder).unwrap();
    slot.store(session.document(), &Origin::Preset("article-quiet"))
        .unwrap();
}

/// Returns the files of a folder with that extension.
fn files_with_extension(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    files
        .filter(|path| path.extension().is_some_and(|found| found == extension))
        .collect()
}

/// Runs frames until the background thread has left this number of documents in the folder.
#[track_caller]
fn step_until_saved(window: &mut TestWindow, folder: &Path, documents: usize) {
    window.step_until("the recovery file", |_| {
        files_with_extension(folder, "json").len() == documents
    });
}

#[test]
fn a_recovered_document_is_offered_and_opens_unsaved() {
    let folder = tempdir().unwrap();
    leave_document(folder.path(), 0.125);
    let mut window = window_in(folder.path());
    window.settle();
    assert!(window.has_node(TITLE));
    window.click(Messages::ENGLISH.recovery_open());
    assert!(!window.has_node(TITLE));
    assert_eq!(window.value(w(2, 2)), 0.125);
    assert!(window.session().is_unsaved());
    assert_eq!(window.session().origin(), &Origin::Preset("article-quiet"));
    assert_eq!(window.undo_count(), 0);
    // From now on it is the recovery file of this window.
    step_until_saved(&mut window, folder.path(), 1);
}

#[test]
fn a_recovered_document_is_discarded_only_by_its_button() {
    let folder = tempdir().unwrap();
    leave_document(folder.path(), 0.125);
    let mut window = window_in(folder.path());
    window.settle();
    window.press_key(Key::Escape);
    window.settle();
    assert!(window.has_node(TITLE), "Escape does not close the dialog");
    window.click(Messages::ENGLISH.recovery_later());
    assert!(!window.has_node(TITLE));
    assert_eq!(window.value(w(2, 2)), -0.91);
    drop(window);
    let mut window = window_in(folder.path());
    window.settle();
    assert!(window.has_node(TITLE), "it is offered again");
    window.click(Messages::ENGLISH.recovery_discard());
    assert!(!window.has_node(TITLE));
    drop(window);
    let mut window = window_in(folder.path());
    window.settle();
    assert!(!window.has_node(TITLE), "it is discarded");
}

#[test]
fn each_of_several_recovered_documents_is_offered() {
    let folder = tempdir().unwrap();
    for value in [0.5, 0.75] {
        leave_document(folder.path(), value);
    }
    let mut window = window_in(folder.path());
    window.settle();
    assert!(window.shows_text("2 unsaved documents were recovered"));
    window.click(Messages::ENGLISH.recovery_discard());
    assert!(window.has_node(TITLE), "the other one");
    window.click(Messages::ENGLISH.recovery_open());
    assert!([0.5, 0.75].contains(&window.value(w(2, 2))));
}

#[test]
fn a_finished_gesture_is_saved_and_offered_after_a_crash() {
    let folder = tempdir().unwrap();
    let mut window = window_in(folder.path());
    window.drag_slider(w(2, 2), 1.0);
    window.settle();
    let value = window.value(w(2, 2));
    step_until_saved(&mut window, folder.path(), 1);
    // A crash leaves the files as they are at this moment.
    let after_crash = tempdir().unwrap();
    for extension in ["json", "lock"] {
        for path in files_with_extension(folder.path(), extension) {
            fs::copy(&path, after_crash.path().join(path.file_name().unwrap())).unwrap();
        }
    }
    let mut next = window_in(after_crash.path());
    next.settle();
    assert!(next.has_node(TITLE));
    next.press_key(Key::Enter);
    next.settle();
    assert_eq!(next.value(w(2, 2)), value);
    assert!(next.viewport_commands().is_empty() || next.session().is_unsaved());
}

#[test]
fn changes_undone_by_the_user_are_not_offered() {
    let folder = tempdir().unwrap();
    let mut window = window_in(folder.path());
    window.drag_slider(w(2, 2), 1.0);
    window.settle();
    step_until_saved(&mut window, folder.path(), 1);
    window.press_ctrl(Key::Z);
    step_until_saved(&mut window, folder.path(), 0);
    window.press_key_with(CTRL, Key::Q);
    assert!(window.viewport_commands().contains(&ViewportCommand::Close) || !window.session().is_unsaved());
}
