//! Dialogs in Chinese: no text is left in English.

use std::fs;
use std::path::Path;

use egui::Key;
use egui::accesskit::Action;
use egui_kittest::kittest::NodeT;
use neurodial::app::StoragePaths;
use neurodial_core::formats::recovery::RecoverySlot;
use neurodial_core::session::{Edit, Origin};
use neurodial_core::text::{Locale, Messages};

use crate::support::{TestWindow, preset, w};

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

/// Returns the names, values and descriptions of all nodes.
fn texts(window: &TestWindow) -> Vec<String> {
    let nodes = window.harness.root().children_recursive();
    nodes
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

/// Checks that a dialog with that title is open and that it has no English text. `before` are the texts of the
/// window without the dialog.
#[track_caller]
fn check_dialog(window: &TestWindow, before: &[String], title: &str) {
    let mut shown = texts(window);
    assert!(shown.iter().any(|text| text == title), "{title}: {shown:#?}");
    shown.retain(|text| !before.contains(text) && !ALLOWED.contains(&text.as_str()));
    let english: Vec<&String> = shown.iter().filter(|text| is_english(text)).collect();
    assert!(english.is_empty(), "{title}: {english:?}");
}

/// Checks a dialog and closes it with Escape.
#[track_caller]
fn check_and_close(window: &mut TestWindow, before: &[String], title: &str) {
    check_dialog(window, before, title);
    window.press_key(Key::Escape);
    window.settle();
    assert!(!window.has_node(title), "{title} is still open");
}

#[test]
fn the_dialogs_of_menus_are_in_chinese() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = chinese_window(folder.path());
    let before = texts(&window);
    for (path, title) in [
        (&["File", "New network…"][..], CHINESE.new_network_title()),
        (&["File", "Paste a network…"], CHINESE.import_weights_title()),
        (&["File", "Export figure…"], CHINESE.export_figure_title()),
        (&["Network", "Initialise…"], CHINESE.initialize_title()),
        (&["Network", "Name neuron 2…"], CHINESE.rename_title()),
        (&["Help", "About neurodial"], CHINESE.about_title()),
    ] {
        window.choose(path);
        check_and_close(&mut window, &before, title);
    }
}
