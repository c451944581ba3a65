//! Unsaved documents after the window is gone.

use std::fs;
use std::path::{Path, PathBuf};

use egui::{Key, ViewportCommand};
use neurodial::app::StoragePaths;
use neurodial_core::formats;
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

#[test]
fn a_report_of_an_internal_error_is_named_once() {
    let folder = tempdir().unwrap();
    let name = "crash-0000000007-1-0";
    fs::write(folder.path().join(format!("{name}.new.txt")), "a report").unwrap();
    leave_document(folder.path(), 0.125);
    let mut window = window_in(folder.path());
    window.settle();
    let report = folder.path().join(format!("{name}.txt"));
    let sentence = Messages::ENGLISH.crash_report_written(report.display());
    assert!(window.shows_text(&sentence), "{}", window.accessibility_tree());
    assert_eq!(fs::read_to_string(report).unwrap(), "a report");
    window.click(Messages::ENGLISH.recovery_open());
    assert_eq!(window.value(w(2, 2)), 0.125);
    drop(window);
    let mut window = window_in(folder.path());
    window.settle();
    assert!(!window.shows_text(&sentence));
}

#[test]
fn a_recovery_file_that_cannot_be_read_is_named_once_and_kept() {
    let folder = tempdir().unwrap();
    let slot = folder.path().join("1-0.json");
    fs::write(&slot, r#"{"document": "{"}"#).unwrap();
    let mut window = window_in(folder.path());
    window.settle();
    assert!(window.has_node(Messages::ENGLISH.recovery_title_without_document()));
    assert!(window.shows_text(&slot.display().to_string()));
    window.press_key(Key::Escape);
    window.settle();
    assert!(!window.has_node(Messages::ENGLISH.recovery_title_without_document()));
    drop(window);
    let mut window = window_in(folder.path());
    window.settle();
    assert!(!window.has_node(Messages::ENGLISH.recovery_title_without_document()));
    assert!(slot.exists());
}

#[test]
fn a_state_folder_that_cannot_be_written_is_said() {
    let folder = tempdir().unwrap();
    let file = folder.path().join("file");
    fs::write(&file, "not a folder").unwrap();
    let mut window = window_in(&file.join("unsaved"));
    window.settle();
    assert!(window.shows_text("Unsaved changes would be lost in a crash"));
    // The window still works.
    window.drag_slider(w(2, 2), 1.0);
    assert_eq!(window.undo_count(), 1);
}

#[test]
fn a_state_folder_that_is_deleted_is_made_again() {
    let parent = tempdir().unwrap();
    let folder = parent.path().join("unsaved");
    let mut window = window_in(&folder);
    window.settle();
    fs::remove_dir_all(&folder).unwrap();
    window.drag_slider(w(2, 2), 1.0);
    window.settle();
    window.step_until("the recovery file", |_| {
        folder.exists() && files_with_extension(&folder, "json").len() == 1
    });
    let value = window.value(w(2, 2));
    drop(window);
    let mut next = window_in(&folder);
    next.settle();
    next.click(Messages::ENGLISH.recovery_open());
    assert_eq!(next.value(w(2, 2)), value);
}

#[test]
fn work_remains_if_the_window_is_gone_without_an_answer() {
    let folder = tempdir().unwrap();
    let mut window = window_in(folder.path());
    window.drag_slider(w(2, 2), 1.0);
    window.settle();
    let value = window.value(w(2, 2));
    // As when a panic unwinds.
    drop(window);
    let mut next = window_in(folder.path());
    next.settle();
    assert!(next.has_node(TITLE));
    next.click(Messages::ENGLISH.recovery_open());
    assert_eq!(next.value(w(2, 2)), value);
}

#[test]
fn a_file_that_changed_after_the_crash_is_not_overwritten_by_the_recovered_document() {
    let folder = tempdir().unwrap();
    let path = folder.path().join("f.json");
    let unsaved = folder.path().join("unsaved");
    for content in [Some("theirs"), None] {
        let mut session = preset("xor");
        formats::save(session.document(), &path).unwrap();
        let target = w(1, 1);
        session.apply(Edit::Set { target, value: 0.125 }).unwrap();
        let slot = RecoverySlot::create(&unsaved).unwrap();
        slot.store(session.document(), &Origin::File(path.clone()))
            .unwrap();
        drop(slot);
        match content {
            Some(content) => fs::write(&path, content).unwrap(),
            None => fs::remove_file(&path).unwrap(),
        }
        let mut window = window_in(&unsaved);
        window.settle();
        window.click(Messages::ENGLISH.recovery_open());
        window.press_key(Key::Escape);
        window.settle();
        window.press_ctrl(Key::S);
        let title = match content {
            Some(_) => Messages::ENGLISH.changed_file_title(),
            None => Messages::ENGLISH.removed_file_title(),
        };
        assert!(window.has_node(title), "{content:?}");
        assert_eq!(fs::read_to_string(&path).ok().as_deref(), content);
        for leftover in fs::read_dir(&unsaved).unwrap() {
            let _ = fs::remove_file(leftover.unwrap().path());
        }
    }
}

/// Preferences that no program has written.
const HOSTILE_PREFERENCES: [&str; 14] = [
    "",
    "{",
    "[1, 2]",
    "\0\0\0",
    r#"{"scale": 1e300, "decimals": 99999999999, "dark": "very"}"#,
    r#"{"recent": [1, null, {}], "presented_panes": [null, "dials", "curves", "curves"]}"#,
    r#"{"arrangements": {"explore": {"id": 1, "root": 3, "tiles": {"next_tile_id": 18446744073709551615, "tiles": {"1": {"Pane": "knobs"}, "3": {"Container": {"Linear": {"children": [1, 3], "dir": "Vertical", "shares": {"shares": {}}}}}}, "invisible": []}, "height": null, "width": null}}}"#,
    r#"{"layout": {"id": 1, "root": 3, "tiles": {"next_tile_id": 4, "tiles": {"1": {"Pane": "knobs"}, "2": {"Pane": "curves"}, "3": {"Container": {"Linear": {"children": [1, 2], "dir": "Horizontal", "shares": {"shares": {"1": 3e38, "2": 3e38}}}}}}, "invisible": []}, "height": null, "width": null}}"#,
    r#"{"layout": {"id": 1, "root": 3, "tiles": {"next_tile_id": 4, "tiles": {"1": {"Pane": "knobs"}, "2": {"Pane": "curves"}, "3": {"Container": {"Linear": {"children": [1, 2], "dir": "Horizontal", "shares": {"shares": {"1": -3, "2": 3}}}}}}, "invisible": []}, "height": null, "width": null}}"#,
    r#"{"layout": {"id": 1, "root": 3, "tiles": {"next_tile_id": 4, "tiles": {"1": {"Pane": "knobs"}, "3": {"Container": {"Grid": {"children": [1, null, null], "layout": {"Columns": 99999999999}, "col_shares": [1e38], "row_shares": []}}}}, "invisible": []}, "height": null, "width": null}}"#,
    r#"{"layout": {"id": 1, "root": 18446744073709551615, "tiles": {"next_tile_id": 4, "tiles": {"18446744073709551615": {"Pane": "knobs"}}, "invisible": []}, "height": 1e-30, "width": -5}}"#,
    r#"{"layout": {"id": 1, "root": 7, "tiles": {"next_tile_id": 4, "tiles": {"1": {"Pane": "knobs"}}, "invisible": []}, "height": null, "width": null}}"#,
    r#"{"current_layout": "sideways", "language": 3, "play_speed": "", "face": null, "strips": 0}"#,
    r#"{"high_contrast": "yes", "reduced_motion": []}"#,
];

#[test]
fn preferences_that_cannot_be_understood_are_named_once_and_have_their_defaults() {
    for text in HOSTILE_PREFERENCES {
        let folder = tempdir().unwrap();
        let preferences = folder.path().join("preferences.json");
        fs::write(&preferences, text).unwrap();
        let open = || {
            let storage = StoragePaths {
                preferences: Some(preferences.clone()),
                ..StoragePaths::default()
            };
            let mut window = TestWindow::with_storage(preset("article"), storage);
            window.settle();
            window
        };
        let first = open();
        assert!(
            first.shows_text("preferences.old.json"),
            "{text}: {}",
            first.accessibility_tree()
        );
        let kept = fs::read_to_string(folder.path().join("preferences.old.json"));
        assert_eq!(kept.unwrap(), text);
        assert!(first.has_node("Close Curves"), "{text}");
        drop(first);
        let window = open();
        assert!(!window.shows_text("preferences.old.json"), "{text}");
    }
}
