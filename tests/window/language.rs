//! The language of the window.

use std::collections::BTreeSet;

use egui::Key;
use egui_kittest::kittest::NodeT;
use neurodial::app::StoragePaths;
use neurodial::panes::Pane;
use neurodial_core::insight::description;
use neurodial_core::session::Adjustable;
use neurodial_core::text::{Locale, Messages};

use crate::support::training::window_with_data;
use crate::support::{TestWindow, network, preset, w};

/// Returns the description of the window's network in a language.
fn description_in(window: &TestWindow, locale: Locale) -> String {
    description::describe(&window.session(), &window.insight(), Messages::new(locale))
}

#[test]
fn another_language_is_shown_at_once_and_after_the_next_start() {
    let folder = tempfile::tempdir().unwrap();
    let storage = StoragePaths {
        preferences: Some(folder.path().join("preferences.json")),
        recovery: None,
    };
    let mut window = TestWindow::with_storage(preset("article"), storage.clone());
    window.choose(&["View", "Description"]);
    assert_eq!(
        window.text_value(Messages::new(Locale::English).description_of_network()),
        description_in(&window, Locale::English)
    );
    window.choose(&["View", "Language", "简体中文"]);
    assert_eq!(
        window.text_value(Messages::new(Locale::SimplifiedChinese).description_of_network()),
        description_in(&window, Locale::SimplifiedChinese)
    );
    drop(window);
    let mut window = TestWindow::with_storage(preset("article"), storage);
    let chinese = Messages::new(Locale::SimplifiedChinese);
    window.choose(&[chinese.menu_view(), chinese.pane_description()]);
    assert_eq!(
        window.text_value(Messages::new(Locale::SimplifiedChinese).description_of_network()),
        description_in(&window, Locale::SimplifiedChinese)
    );
    window.choose(&[chinese.menu_view(), chinese.menu_language(), "English"]);
    assert_eq!(
        window.text_value(Messages::new(Locale::English).description_of_network()),
        description_in(&window, Locale::English)
    );
}

/// Returns the path of every menu of the menu bar, and of every submenu.
fn menu_paths(window: &TestWindow, messages: Messages) -> Vec<Vec<String>> {
    let session = window.session();
    let selected = session.view().selected;
    let neuron = session.architecture().describe_neuron(selected, messages);
    let (network, view) = (messages.menu_network(), messages.menu_view());
    [
        vec![messages.menu_file()],
        vec![messages.menu_file(), messages.menu_open_preset()],
        vec![messages.menu_edit()],
        vec![messages.menu_edit(), messages.menu_show_snapshot()],
        vec![network],
        vec![network, messages.menu_remove_input()],
        vec![network, &messages.menu_activation_of_layer(selected.layer + 1)],
        vec![network, &messages.menu_activation_of_neuron(neuron)],
        vec![network, messages.menu_step_through()],
        vec![messages.menu_train()],
        vec![view],
        vec![view, messages.menu_maximize_pane()],
        vec![view, messages.menu_language()],
        vec![view, &messages.menu_zoom(100)],
        vec![view, &messages.menu_decimals(session.view().decimals)],
        vec![view, messages.menu_knob_display()],
        vec![view, messages.menu_curve_display()],
        vec![messages.menu_help()],
    ]
    .into_iter()
    .map(|path| path.into_iter().map(str::to_owned).collect())
    .collect()
}

/// Opens every menu in turn, and returns the texts of the whole window while each is open.
fn texts_with_menus(window: &mut TestWindow, messages: Messages) -> BTreeSet<String> {
    let mut texts = BTreeSet::new();
    let mut collect = |window: &mut TestWindow| {
        for node in window.harness.root().children_recursive() {
            let node = node.accesskit_node();
            texts.extend(
                [node.label(), node.value(), node.description()]
                    .into_iter()
                    .flatten(),
            );
        }
        for _ in 0..2 {
            window.press_key(Key::Escape);
            window.settle();
        }
    };
    for path in menu_paths(window, messages) {
        let path: Vec<&str> = path.iter().map(String::as_str).collect();
        window.choose(&path);
        collect(window);
    }
    let elements = {
        let session = window.session();
        let architecture = session.architecture();
        let neuron = architecture.describe_neuron(session.view().selected, messages);
        [
            w(1, 1).describe_in(architecture, messages),
            Adjustable::Input(0).describe_in(architecture, messages),
            messages.diagram_neuron(neuron),
        ]
    };
    for element in elements {
        window.focus(&element);
        window.press_key(Key::Menu);
        window.settle();
        collect(window);
    }
    texts
}

/// True if a text is made of two or more English words.
fn is_english(text: &str) -> bool {
    let is_word = |word: &str| word.len() > 1 && word.chars().all(|c| c.is_ascii_alphabetic());
    text.is_ascii() && text.split_whitespace().filter(|word| is_word(word)).count() > 1
}

fn is_chinese(text: &str) -> bool {
    text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c))
}

#[test]
fn every_menu_is_in_the_language_of_the_window() {
    let [english, chinese] = [Locale::English, Locale::SimplifiedChinese].map(Messages::new);
    let mut window = window_with_data(network(&[2, 3, 1]), "circle");
    window.toggle_maximized(Pane::Training);
    // Something to undo, and a snapshot.
    window.press_key(Key::P);
    window.settle();
    let texts = texts_with_menus(&mut window, english);
    let left_over: Vec<&String> = texts.iter().filter(|text| is_chinese(text)).collect();
    assert_eq!(left_over, [Locale::SimplifiedChinese.own_name()]);
    let language = [
        english.menu_view(),
        english.menu_language(),
        Locale::SimplifiedChinese.own_name(),
    ];
    window.choose(&language);
    let texts = texts_with_menus(&mut window, chinese);
    let left_over: Vec<&String> = texts.iter().filter(|text| is_english(text)).collect();
    assert!(left_over.is_empty(), "{left_over:#?}");
}
