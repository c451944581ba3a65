//! Dialogs in Chinese: no text is left in English.

use std::fs;
use std::path::Path;

use egui::Key;
use egui::accesskit::Action;
use egui_kittest::Node;
use egui_kittest::kittest::NodeT;
use neurodial::app::StoragePaths;
use neurodial_core::formats::recovery::RecoverySlot;
use neurodial_core::session::{Edit, Origin};
use neurodial_core::text::{Locale, Messages};

use crate::support::{CTRL, TestWindow, preset, w};

const CHINESE: Messages = Messages::new(Locale::SimplifiedChinese);

/// Names and texts that are the same in both languages.
const ALLOWED: [&str; 0] = [];

/// Opens a window in Chinese that stores its preferences in a folder.
fn chinese_window(folder: &Path) -> TestWindow {
    let preferences = folder.join("preferences.json");
    fs::write(&preferences, r#"{"language": "zh-Hans"}"#).unwrap();
    let storage = StoragePaths {
        preferences: Some(preferences),
        recovery: Some(folder.join("unsaved")),
    };
    let mut window = TestWindow::with_storage(preset("article"), storage);
    window.settle();
    window
}

/// Returns the names, values and descriptions of all nodes of the open dialog with that title.
#[track_caller]
fn dialog_texts(window: &TestWindow, title: &str) -> Vec<String> {
    let root = window.harness.root();
    let has_title = |node: &Node<'_>| {
        let mut parts = node.children_recursive();
        parts.any(|part| part.accesskit_node().value().as_deref() == Some(title))
    };
    let dialog = root.children().filter(has_title).last();
    let dialog = dialog.unwrap_or_else(|| panic!("no dialog {title}: {}", window.accessibility_tree()));
    let parts = dialog.children_recursive();
    parts
        .flat_map(|node| {
            let node = node.accesskit_node();
            [node.label(), node.value(), node.description()]
        })
        .flatten()
        .collect()
}

/// True if a text has two English words or more, and no Chinese.
fn is_english(text: &str) -> bool {
    let is_word = |word: &&str| word.len() > 1 && word.chars().all(|c| c.is_ascii_alphabetic());
    let punctuation = |c: char| c.is_ascii_punctuation() || "“”…".contains(c);
    let words = text.split_whitespace().map(|word| word.trim_matches(punctuation));
    words.filter(is_word).count() >= 2 && !text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c))
}

/// Checks that a dialog with that title is open and that it has no English text.
#[track_caller]
fn check_dialog(window: &TestWindow, title: &str) {
    let mut texts = dialog_texts(window, title);
    texts.retain(|text| is_english(text) && !ALLOWED.contains(&text.as_str()));
    assert!(texts.is_empty(), "{title}: {texts:?}");
}

/// Checks a dialog and closes it with Escape.
#[track_caller]
fn check_and_close(window: &mut TestWindow, title: &str) {
    check_dialog(window, title);
    window.press_key(Key::Escape);
    window.settle();
    assert!(!window.has_node(title), "{title} is still open");
}

#[test]
fn the_dialogs_of_menus_are_in_chinese() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = chinese_window(folder.path());
    let [file, network, help] = [CHINESE.menu_file(), CHINESE.menu_network(), CHINESE.menu_help()];
    let rename = CHINESE.menu_rename_neuron(CHINESE.neuron_number(2));
    for (menu, entry, title) in [
        (file, CHINESE.command_new(), CHINESE.new_network_title()),
        (
            file,
            CHINESE.command_import_weights(),
            CHINESE.import_weights_title(),
        ),
        (
            file,
            CHINESE.command_export_figure(),
            CHINESE.export_figure_title(),
        ),
        (network, CHINESE.command_initialize(), CHINESE.initialize_title()),
        (network, &rename, CHINESE.rename_title()),
        (help, CHINESE.command_shortcuts(), CHINESE.shortcuts_title()),
        (help, CHINESE.command_about(), CHINESE.about_title()),
    ] {
        window.choose(&[menu, entry]);
        check_and_close(&mut window, title);
    }
}

#[test]
fn the_dialogs_of_elements_are_in_chinese() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = chinese_window(folder.path());
    let input = CHINESE.input_number(2);
    for (entry, title) in [
        (CHINESE.element_menu_range(), CHINESE.range_title()),
        (CHINESE.element_menu_rename(), CHINESE.rename_title()),
    ] {
        window.focus(&input);
        window.press_key(Key::Menu);
        window.settle();
        window.choose(&[entry]);
        check_and_close(&mut window, title);
    }
}

#[test]
fn the_dialogs_for_files_are_in_chinese() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = chinese_window(folder.path());
    let existing = folder.path().join("existing.json");
    fs::write(&existing, "{}").unwrap();
    window.choose(&[CHINESE.menu_file(), CHINESE.command_save_as()]);
    window.step_until("the field for the path", |window| {
        window.has_node(CHINESE.file_path())
    });
    window.settle();
    window.type_text(&existing.display().to_string());
    window.settle();
    assert!(window.has_node(CHINESE.file_will_be_replaced()));
    check_and_close(&mut window, CHINESE.file_save_as());

    let table = folder.path().join("table.csv");
    fs::write(&table, "x,y,kind\n1,2,a\n2,?,b\n3,4,b\n").unwrap();
    window.drop_file(&table);
    let size = CHINESE.import_data_size(2, 2);
    window.step_until("the rows", |window| window.has_node(&size));
    window.settle();
    assert!(window.has_node(&CHINESE.rows_skipped(1)));
    check_and_close(&mut window, CHINESE.import_data_title());
}

#[test]
fn the_reason_why_a_file_can_not_be_opened_is_in_chinese() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = chinese_window(folder.path());
    let empty = folder.path().join("empty.json");
    fs::write(&empty, "{}").unwrap();
    window.drop_file(&empty);
    window.settle();
    check_and_close(&mut window, &CHINESE.could_not_open("empty.json"));
}

#[test]
fn the_dialogs_for_unsaved_documents_are_in_chinese() {
    let folder = tempfile::tempdir().unwrap();
    let mut session = preset("article");
    session
        .apply(Edit::Set {
            target: w(1, 1),
            value: 0.5,
        })
        .unwrap();
    let unsaved = folder.path().join("unsaved");
    for origin in [Origin::Untitled, Origin::File("network.json".into())] {
        let slot = RecoverySlot::create(&unsaved).unwrap();
        slot.store(session.document(), &origin).unwrap();
    }
    let mut window = chinese_window(folder.path());
    for _ in 0..2 {
        check_dialog(&window, CHINESE.recovery_title());
        window.click(CHINESE.recovery_discard());
    }
    let knob = CHINESE.weight_between(CHINESE.input_number(1), CHINESE.neuron_number(1));
    window.request_action(&knob, Action::Increment, None);
    window.settle();
    window.press_key_with(CTRL, Key::N);
    window.settle();
    window.click(CHINESE.new_network_create());
    check_and_close(&mut window, CHINESE.unsaved_changes_title());
}
