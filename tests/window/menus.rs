//! Menus and dialogs: every entry can be chosen, and each dialog can be closed.

use std::collections::BTreeMap;

use egui::accesskit::{Action, Role};
use egui::{Key, Modifiers, vec2};
use egui_kittest::kittest::NodeT;
use neurodial_core::formats::Preset;
use neurodial_core::network::{Activation, NeuronAddress};
use neurodial_core::session::Adjustable;
use neurodial_core::text::{Locale, Messages};

use crate::support::{CTRL_SHIFT, TestWindow, W11, b, is_button, menu_names, preset, w};

/// The entries that open a file dialog of the operating system, and the one after which all entries have other
/// names.
const SKIPPED_ENTRIES: [&str; 5] = [
    "Open…",
    "Save",
    "Save as…",
    "New lesson from this state…",
    "简体中文",
];

/// Returns the names of all enabled buttons, and how often each occurs.
fn buttons(window: &TestWindow) -> BTreeMap<String, usize> {
    let mut names = BTreeMap::new();
    for node in window.harness.root().children_recursive() {
        let is_button = is_button(&node);
        let node = node.accesskit_node();
        if is_button && !node.is_disabled() {
            *names.entry(node.label().unwrap_or_default()).or_default() += 1;
        }
    }
    names
}

/// Returns the names of enabled buttons that were not there before.
fn new_buttons(window: &TestWindow, before: &BTreeMap<String, usize>) -> Vec<String> {
    let now = buttons(window).into_iter();
    now.filter(|(name, count)| count > before.get(name).unwrap_or(&0))
        .map(|(name, _)| name)
        .collect()
}

fn close(window: &mut TestWindow) {
    for _ in 0..2 {
        window.press_key(Key::Escape);
        window.settle();
    }
}

/// Opens a menu by the path of its names and returns its entries, or none if there is no such menu now.
fn entries(window: &mut TestWindow, path: &[String]) -> Vec<String> {
    close(window);
    let mut before = buttons(window);
    let mut shown = Vec::new();
    for name in path {
        let Some(pos) = window.button_named(name).map(|node| node.rect().center()) else {
            return Vec::new();
        };
        window.click_at(pos);
        shown = new_buttons(window, &before);
        before = buttons(window);
    }
    shown
}

/// Chooses every entry of a menu, one after another, and returns their number.
fn choose_all(window: &mut TestWindow, path: &[String], goes_deeper: bool) -> usize {
    let mut count = 0;
    for name in entries(window, path) {
        let without_shortcut = name.split(" Ctrl+").next().unwrap_or_default();
        if SKIPPED_ENTRIES.contains(&without_shortcut) {
            continue;
        }
        // An entry chosen before may have removed this one.
        let now = entries(window, path);
        if !now.contains(&name) {
            continue;
        }
        let pos = window.button_named(&name).unwrap().rect().center();
        window.click_at(pos);
        count += 1;
        let is_open = now.iter().all(|name| window.button_named(name).is_some());
        if is_open && goes_deeper {
            let deeper: Vec<String> = path.iter().cloned().chain([name]).collect();
            count += choose_all(window, &deeper, true);
        }
        close(window);
        assert!(window.has_node("File"), "the window is still there");
    }
    count
}

#[test]
fn every_entry_of_every_menu_can_be_chosen() {
    for (menu, min_count) in [
        ("Edit", 2),
        ("Network", 25),
        ("View", 22),
        ("Help", 2),
        ("File", 10),
    ] {
        let mut window = TestWindow::with_preset("article");
        let count = choose_all(&mut window, &[menu.to_owned()], true);
        assert!(count >= min_count, "{menu}: {count} entries");
    }
}

#[test]
fn every_menu_fits_below_the_bar_in_both_languages() {
    let size = vec2(1280.0, 720.0);
    for locale in Locale::ALL {
        let messages = Messages::new(locale);
        let mut window = TestWindow::with_size(preset("article"), size);
        window.choose(&["View", "Language", locale.own_name()]);
        for menu in menu_names(messages) {
            let top = window.button_named(menu).unwrap().rect().bottom();
            for entry in entries(&mut window, &[menu.to_owned()]) {
                let rect = window.button_named(&entry).unwrap().rect();
                assert!(
                    rect.top() > top && rect.bottom() < size.y,
                    "{menu} ▸ {entry} is at {rect}"
                );
            }
        }
    }
}

#[test]
fn every_editing_entry_can_be_chosen_with_any_preset() {
    for preset in Preset::ALL {
        for (menu, min_count) in [("Edit", 2), ("Network", 7)] {
            let mut window = TestWindow::with_preset(preset.name);
            let count = choose_all(&mut window, &[menu.to_owned()], false);
            assert!(count >= min_count, "{menu} of {}: {count} entries", preset.name);
        }
    }
}

/// Returns the number of labels with exactly this text.
fn label_count(window: &TestWindow, text: &str) -> usize {
    let quoted = format!("Some({text:?})");
    window
        .accessibility_tree()
        .lines()
        .filter(|line| line.starts_with("Label ") && line.contains(&quoted))
        .count()
}

#[test]
fn a_dialog_opens_from_its_menu_and_closes_with_escape() {
    let mut window = TestWindow::with_preset("article");
    for (path, title) in [
        (&["File", "New network…"][..], "New network"),
        (
            &["Network", "Initialize knobs…"],
            Messages::ENGLISH.initialize_title(),
        ),
        (&["Network", "Rename neuron 2…"], Messages::ENGLISH.rename_title()),
        (
            &["Help", "Keyboard shortcuts"],
            Messages::ENGLISH.shortcuts_title(),
        ),
        (&["Help", "About neurodial"], Messages::ENGLISH.about_title()),
    ] {
        let before = label_count(&window, title);
        window.choose(path);
        assert!(label_count(&window, title) > before, "{title}");
        window.press_key(Key::Escape);
        window.settle();
        assert_eq!(label_count(&window, title), before, "{title}");
    }
    assert_eq!(window.undo_count(), 0);
}

#[test]
fn the_dialogs_of_an_element_open_from_its_menu_and_close_with_escape() {
    let mut window = TestWindow::with_preset("article");
    for (element, entry, title) in [
        (
            W11,
            Messages::ENGLISH.element_menu_range(),
            Messages::ENGLISH.range_title(),
        ),
        (
            "input 2",
            Messages::ENGLISH.element_menu_range(),
            Messages::ENGLISH.range_title(),
        ),
        (
            "input 2",
            Messages::ENGLISH.element_menu_rename(),
            Messages::ENGLISH.rename_title(),
        ),
        (
            "neuron 1 in the diagram",
            Messages::ENGLISH.element_menu_rename(),
            Messages::ENGLISH.rename_title(),
        ),
    ] {
        window.focus(element);
        window.press_key(Key::Menu);
        window.settle();
        window.choose(&[entry]);
        assert!(label_count(&window, title) > 0, "{element}: {title}");
        window.press_key(Key::Escape);
        window.settle();
        assert_eq!(label_count(&window, title), 0, "{element}: {title}");
    }
    assert_eq!(window.undo_count(), 0);
}

#[test]
fn leaving_unsaved_changes_asks_first_and_escape_cancels() {
    let mut window = TestWindow::with_preset("article");
    window.request_action(W11, Action::Increment, None);
    window.open_preset("xor");
    assert!(window.has_node("Unsaved changes"));
    window.press_key(Key::Escape);
    window.settle();
    assert!(!window.has_node("Unsaved changes"));
    assert_eq!(window.value(w(1, 1)), 0.3);
    window.open_preset("xor");
    window.click(Messages::ENGLISH.unsaved_changes_discard());
    assert_eq!(window.session().architecture().layers().len(), 2);
}

/// Opens `article` and then the menu of an element by a key.
fn window_with_menu(name: &str, modifiers: Modifiers, key: Key) -> TestWindow {
    let mut window = TestWindow::with_preset("article");
    window.focus(name);
    window.press_key_with(modifiers, key);
    window.settle();
    window
}

/// Moves down to an entry with the arrow key, and chooses it with Enter.
#[track_caller]
fn choose_with_keys(window: &mut TestWindow, entry: &str) {
    for _ in 0..20 {
        if window.has_focus(entry) {
            window.press_key(Key::Enter);
            window.settle();
            return;
        }
        window.press_key(Key::ArrowDown);
        window.settle();
    }
    panic!(
        "{entry} is out of reach; the focus is on {:?}",
        window.focused_name()
    );
}

#[test]
fn the_menu_of_a_focused_knob_opens_with_each_of_its_keys() {
    for (modifiers, key) in [
        (Modifiers::NONE, Key::M),
        (Modifiers::NONE, Key::Menu),
        (Modifiers::SHIFT, Key::F10),
    ] {
        let mut window = window_with_menu(W11, modifiers, key);
        assert!(
            window.has_focus("Use w₁₁ as horizontal axis"),
            "{key:?}: {:?}",
            window.focused_name()
        );
        window.press_key(Key::Escape);
        window.settle();
        assert!(!window.has_node("Use w₁₁ as horizontal axis"));
        assert!(window.has_focus(W11), "{key:?}: {:?}", window.focused_name());
    }
}

#[test]
fn every_entry_of_a_knobs_menu_works_with_the_keyboard_alone() {
    let mut window = window_with_menu(W11, Modifiers::NONE, Key::Menu);
    choose_with_keys(&mut window, Messages::ENGLISH.element_menu_set_to_zero());
    assert_eq!(window.value(w(1, 1)), 0.0);
    for (entry, is_locked) in [
        (Messages::ENGLISH.element_menu_lock(), true),
        (Messages::ENGLISH.element_menu_unlock(), false),
    ] {
        window.check_focus(W11);
        window.press_key(Key::Menu);
        window.settle();
        choose_with_keys(&mut window, entry);
        assert_eq!(window.session().document().is_locked(w(1, 1)), is_locked);
    }
    window.press_key(Key::Menu);
    window.settle();
    choose_with_keys(&mut window, Messages::ENGLISH.element_menu_reset());
    assert_eq!(window.value(w(1, 1)), 0.2);
    window.press_key(Key::Menu);
    window.settle();
    choose_with_keys(&mut window, "Use w₁₁ as horizontal axis");
    assert_eq!(window.session().view().swept, w(1, 1));
    window.press_key(Key::Menu);
    window.settle();
    choose_with_keys(&mut window, Messages::ENGLISH.element_menu_range());
    assert!(window.has_node(Messages::ENGLISH.range_title()));
    assert_eq!(window.undo_count(), 4);
}

#[test]
fn a_number_is_copied_with_all_its_digits() {
    let mut window = window_with_menu(W11, Modifiers::NONE, Key::Menu);
    for _ in 0..5 {
        window.press_key(Key::ArrowDown);
        window.settle();
    }
    window.check_focus(Messages::ENGLISH.element_menu_copy_value());
    window.send_key(Key::Enter, Modifiers::NONE, true);
    assert_eq!(window.copied_text().as_deref(), Some("0.2"));
}

#[test]
fn the_menus_of_inputs_and_neurons_work_with_the_keyboard_alone() {
    let mut window = window_with_menu("input 1", Modifiers::NONE, Key::Menu);
    choose_with_keys(&mut window, Messages::ENGLISH.element_menu_set_to_zero());
    assert_eq!(window.value(Adjustable::Input(0)), 0.0);
    window.check_focus("input 1");

    let mut window = window_with_menu("neuron 3 in the diagram", Modifiers::NONE, Key::Menu);
    choose_with_keys(&mut window, Messages::ENGLISH.element_menu_bias_axis());
    assert_eq!(
        window.session().view().selected,
        NeuronAddress { layer: 0, neuron: 2 }
    );
    assert_eq!(window.session().view().swept, b(3));
    window.press_key(Key::Menu);
    window.settle();
    choose_with_keys(&mut window, Messages::ENGLISH.element_menu_remove());
    assert_eq!(window.session().architecture().width(0), 2);
}

#[test]
fn number_fields_of_dialogs_have_steppers_and_select_their_text() {
    let messages = Messages::ENGLISH;
    let mut window = TestWindow::with_preset("article");
    window.press_ctrl(Key::N);
    let inputs = messages.new_network_inputs();
    let field = |window: &TestWindow, name: &str| {
        let nodes = window.harness.root().children_recursive();
        let mut fields = nodes.filter(|node| {
            let node = node.accesskit_node();
            let mut labels = node.labelled_by();
            node.role() == Role::TextInput && labels.any(|label| label.value().as_deref() == Some(name))
        });
        fields
            .next()
            .map(|node| (node.value().unwrap_or_default(), node.rect().center()))
            .unwrap()
    };
    assert_eq!(field(&window, inputs).0, "2");
    window.click(&messages.stepper_increase(inputs));
    assert_eq!(field(&window, inputs).0, "3");
    for _ in 0..3 {
        window.request_action(&messages.stepper_decrease(inputs), Action::Click, None);
        window.settle();
    }
    assert_eq!(field(&window, inputs).0, "1", "a network has an input");
    // A click selects all, so typing replaces the number.
    let pos = field(&window, inputs).1;
    window.click_at(pos);
    window.type_text("12");
    window.settle();
    assert_eq!(field(&window, inputs).0, "12");
    window.press_key(Key::ArrowUp);
    window.settle();
    assert_eq!(field(&window, inputs).0, "13");
    window.press_key(Key::Tab);
    window.press_key(Key::Tab);
    window.press_key(Key::Tab);
    window.settle();
    window.type_text("7");
    window.settle();
    let neurons = messages.new_network_neurons(1);
    assert_eq!(field(&window, &neurons).0, "7");
    let seed = messages.initialize_seed();
    window.click(&messages.stepper_increase(seed));
    assert_eq!(field(&window, seed).0, "1");
    window.press_key(Key::Enter);
    window.settle();
    let session = window.session();
    let architecture = session.architecture();
    assert_eq!((architecture.input_count(), architecture.width(0)), (13, 7));
}

#[test]
fn the_command_palette_changes_the_structure_of_the_network() {
    let mut window = TestWindow::with_preset("article");
    for (query, widths) in [
        ("add neuron to layer 1", &[4, 4][..]),
        ("remove neuron", &[4, 3]),
        ("add input", &[5, 3]),
        ("remove input 5", &[4, 3]),
        ("insert layer before", &[4, 4, 3]),
        ("undo", &[4, 3]),
    ] {
        window.press_key_with(CTRL_SHIFT, Key::P);
        window.settle();
        window.type_text(query);
        window.press_key(Key::Enter);
        window.settle();
        let architecture = window.session().architecture().clone();
        let layers = (0..architecture.layers().len()).map(|layer| architecture.width(layer));
        let now: Vec<usize> = [architecture.input_count()].into_iter().chain(layers).collect();
        assert_eq!(now, widths, "{query}");
    }
    window.press_key_with(CTRL_SHIFT, Key::P);
    window.settle();
    window.type_text("activation of layer tanh");
    window.press_key(Key::Enter);
    window.settle();
    let activation = window.session().architecture().layers()[0].activation();
    assert_eq!(activation, Some(Activation::Tanh));
}
