//! Menus and dialogs: every entry can be reached, and none of them does harm.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "clippy does not see that helpers of a test are tests"
)]

#[path = "support/window.rs"]
mod window;

use std::collections::BTreeMap;

use egui::accesskit::{Action, Role};
use egui::{Key, Modifiers};
use egui_kittest::kittest::NodeT;
use neurodial_core::network::NeuronAddress;
use neurodial_core::session::{Adjustable, Preset};
use window::{Window, b, w};

const W11: &str = "weight from input 1 to neuron 1";
/// They ask the system for a file, which on a desktop opens a dialog of its own.
const OF_THE_SYSTEM: [&str; 3] = ["Open…", "Save", "Save as…"];

/// The names of all that can be pressed and is not greyed out, and how often each is there.
fn buttons(window: &Window) -> BTreeMap<String, usize> {
    let mut names = BTreeMap::new();
    for node in window.harness.root().children_recursive() {
        let node = node.accesskit_node();
        let is_button = matches!(node.role(), Role::Button | Role::RadioButton | Role::CheckBox);
        if is_button && !node.is_disabled() {
            *names.entry(node.label().unwrap_or_default()).or_default() += 1;
        }
    }
    names
}

/// What can be pressed now and could not before.
fn new_buttons(window: &Window, before: &BTreeMap<String, usize>) -> Vec<String> {
    let now = buttons(window).into_iter();
    now.filter(|(name, count)| count > before.get(name).unwrap_or(&0))
        .map(|(name, _)| name)
        .collect()
}

fn close(window: &mut Window) {
    for _ in 0..2 {
        window.key(Key::Escape);
        window.rest();
    }
}

/// Opens a menu by the names on the way; gives back its entries, none if there is no such menu now.
fn entries(window: &mut Window, path: &[String]) -> Vec<String> {
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

/// Chooses every entry under a path, one after another, and gives back how many there were.
fn choose_all(window: &mut Window, path: &[String], goes_deeper: bool) -> usize {
    let mut count = 0;
    for name in entries(window, path) {
        if OF_THE_SYSTEM.iter().any(|skipped| name.starts_with(skipped)) {
            continue;
        }
        // What was chosen before may have taken this one away.
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
        assert!(window.has("File"), "the window is still there");
    }
    count
}

#[test]
fn every_entry_of_every_menu_can_be_chosen() {
    for (menu, least) in [
        ("Edit", 2),
        ("Network", 25),
        ("View", 22),
        ("Help", 2),
        ("File", 10),
    ] {
        let mut window = Window::on("article");
        let count = choose_all(&mut window, &[menu.to_owned()], true);
        assert!(count >= least, "{menu}: {count} entries");
    }
}

#[test]
fn the_menus_that_change_the_network_do_no_harm_to_any_preset() {
    for preset in Preset::ALL {
        for (menu, least) in [("Edit", 2), ("Network", 7)] {
            let mut window = Window::on(preset.name);
            let count = choose_all(&mut window, &[menu.to_owned()], false);
            assert!(count >= least, "{menu} of {}: {count} entries", preset.name);
        }
    }
}

/// How many labels say exactly that.
fn labels(window: &Window, text: &str) -> usize {
    let said = format!("Some({text:?})");
    window
        .tree()
        .lines()
        .filter(|line| line.starts_with("Label ") && line.contains(&said))
        .count()
}

#[test]
fn a_dialog_opens_from_its_menu_and_closes_with_escape() {
    let mut window = Window::on("article");
    for (path, title) in [
        (&["File", "New network…"][..], "New network"),
        (&["Network", "Initialise…"], "Initialise"),
        (&["Network", "Name neuron 2…"], "Name"),
        (&["Help", "Keys"], "Keys"),
        (&["Help", "About neurodial"], "neurodial"),
    ] {
        let before = labels(&window, title);
        window.choose(path);
        assert!(labels(&window, title) > before, "{title}");
        window.key(Key::Escape);
        window.rest();
        assert_eq!(labels(&window, title), before, "{title}");
    }
    assert_eq!(window.steps(), 0);
}

#[test]
fn the_dialogs_of_a_part_open_from_its_menu_and_close_with_escape() {
    let mut window = Window::on("article");
    for (part, entry, title) in [
        (W11, "Range and step…", "Range and step"),
        ("input 2", "Range and step…", "Range and step"),
        ("input 2", "Name…", "Name"),
        ("neuron 1 in the diagram", "Name…", "Name"),
    ] {
        window.ask(part, Action::Focus, None);
        window.rest();
        window.key(Key::Menu);
        window.rest();
        window.choose(&[entry]);
        assert!(labels(&window, title) > 0, "{part}: {title}");
        window.key(Key::Escape);
        window.rest();
        assert_eq!(labels(&window, title), 0, "{part}: {title}");
    }
    assert_eq!(window.steps(), 0);
}

#[test]
fn leaving_unsaved_work_is_asked_about_and_escape_stays() {
    let mut window = Window::on("article");
    window.ask(W11, Action::Increment, None);
    window.choose(&["File", "Open preset", "xor"]);
    assert!(window.has("Unsaved changes"));
    window.key(Key::Escape);
    window.rest();
    assert!(!window.has("Unsaved changes"));
    assert_eq!(window.value(w(1, 1)), 0.3);
    window.choose(&["File", "Open preset", "xor"]);
    window.click("Don’t save");
    assert_eq!(window.session().architecture().layers().len(), 2);
}

/// The window with the menu of that part open, by that key.
fn menu_of(name: &str, modifiers: Modifiers, key: Key) -> Window {
    let mut window = Window::on("article");
    window.ask(name, Action::Focus, None);
    window.rest();
    window.key_with(modifiers, key);
    window.rest();
    window
}

/// Goes down to an entry with the arrow key, and chooses it with Enter.
#[track_caller]
fn go_down_to(window: &mut Window, entry: &str) {
    for _ in 0..20 {
        if window.has_focus(entry) {
            window.key(Key::Enter);
            window.rest();
            return;
        }
        window.key(Key::ArrowDown);
        window.rest();
    }
    panic!("{entry} is out of reach; the focus is on {:?}", window.focus());
}

#[test]
fn the_menu_of_a_focused_knob_opens_with_each_of_its_keys() {
    for (modifiers, key) in [
        (Modifiers::NONE, Key::M),
        (Modifiers::NONE, Key::Menu),
        (Modifiers::SHIFT, Key::F10),
    ] {
        let mut window = menu_of(W11, modifiers, key);
        assert!(
            window.has_focus("Curves over w₁₁"),
            "{key:?}: {:?}",
            window.focus()
        );
        window.key(Key::Escape);
        window.rest();
        assert!(!window.has("Curves over w₁₁"));
        assert!(window.has_focus(W11), "{key:?}: {:?}", window.focus());
    }
}

#[test]
fn everything_in_a_knobs_menu_can_be_done_with_the_keyboard_alone() {
    let mut window = menu_of(W11, Modifiers::NONE, Key::Menu);
    go_down_to(&mut window, "Set to 0");
    assert_eq!(window.value(w(1, 1)), 0.0);
    for (entry, is_locked) in [("Lock", true), ("Unlock", false)] {
        assert!(window.has_focus(W11), "{:?}", window.focus());
        window.key(Key::Menu);
        window.rest();
        go_down_to(&mut window, entry);
        assert_eq!(window.session().document().is_locked(w(1, 1)), is_locked);
    }
    window.key(Key::Menu);
    window.rest();
    go_down_to(&mut window, "Reset");
    assert_eq!(window.value(w(1, 1)), 0.2);
    window.key(Key::Menu);
    window.rest();
    go_down_to(&mut window, "Curves over w₁₁");
    assert_eq!(window.session().view().swept, w(1, 1));
    window.key(Key::Menu);
    window.rest();
    go_down_to(&mut window, "Range and step…");
    assert!(window.has("Range and step"));
    assert_eq!(window.steps(), 4);
}

#[test]
fn a_number_is_copied_with_all_its_digits() {
    let mut window = menu_of(W11, Modifiers::NONE, Key::Menu);
    for _ in 0..3 {
        window.key(Key::ArrowDown);
        window.rest();
    }
    assert!(window.has_focus("Copy the number"), "{:?}", window.focus());
    window.key_event(Key::Enter, Modifiers::NONE, true);
    let commands = &window.harness.output().platform_output.commands;
    let copied = commands.iter().find_map(|command| match command {
        egui::OutputCommand::CopyText(text) => Some(text.as_str()),
        _ => None,
    });
    assert_eq!(copied, Some("0.2"));
}

#[test]
fn the_menus_of_inputs_and_neurons_are_used_with_the_keyboard_alone() {
    let mut window = menu_of("input 1", Modifiers::NONE, Key::Menu);
    go_down_to(&mut window, "Set to 0");
    assert_eq!(window.value(Adjustable::Input(0)), 0.0);
    assert!(window.has_focus("input 1"), "{:?}", window.focus());

    let mut window = menu_of("neuron 3 in the diagram", Modifiers::NONE, Key::Menu);
    go_down_to(&mut window, "Curves over its bias");
    assert_eq!(
        window.session().view().selected,
        NeuronAddress { layer: 0, neuron: 2 }
    );
    assert_eq!(window.session().view().swept, b(3));
    window.key(Key::Menu);
    window.rest();
    go_down_to(&mut window, "Remove");
    assert_eq!(window.session().architecture().width(0), 2);
}
