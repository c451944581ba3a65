//! The field in which a number is typed, when its row or its pane goes away: typing never gets stuck.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "clippy does not see that helpers of a test are tests"
)]

#[path = "support/window.rs"]
mod window;

use egui::accesskit::{Action, ActionRequest, TreeId};
use egui::{Event, Key, Modifiers};
use egui_kittest::kittest::NodeT;
use neurodial::canvas::Element;
use neurodial::panes::Pane;
use neurodial_core::network::Knob;
use neurodial_core::session::Adjustable;
use window::{Window, network, preset, w};

const W22: &str = "weight from input 2 to neuron 2";
const FIELD: &str = "type weight from input 2 to neuron 2";

/// A key and the text it types, in one frame as real keyboards send them.
fn stroke(window: &mut Window, key: Key, text: &str) {
    window.harness.input_mut().events.push(Event::Key {
        key,
        physical_key: None,
        pressed: true,
        repeat: false,
        modifiers: Modifiers::NONE,
    });
    window.send(Event::Text(text.to_owned()));
    window.key_event(key, Modifiers::NONE, false);
}

/// The window on `article` with a 3 typed for w₂₂, not yet entered.
fn half_typed() -> Window {
    let mut window = Window::on("article");
    window.ask(W22, Action::Focus, None);
    window.rest();
    stroke(&mut window, Key::Num3, "3");
    window.rest();
    assert!(window.has_focus(FIELD), "{:?}", window.focus());
    window
}

/// Checks that a number can be typed on the slider of w₂₂, from the first key on.
#[track_caller]
fn check_typing(window: &mut Window) {
    assert!(
        window.stage().number_edit.is_none(),
        "{:?}",
        window.stage().number_edit
    );
    window.ask(W22, Action::Focus, None);
    window.rest();
    stroke(window, Key::Num4, "4");
    window.key(Key::Enter);
    window.rest();
    assert_eq!(window.value(w(2, 2)), 4.0);
    assert!(window.has_focus(W22), "{:?}", window.focus());
}

#[test]
fn a_number_whose_field_goes_away_can_be_typed_again() {
    let mut window = Window::on("article");
    let label = window.places(Pane::Diagram, Element::Number(w(2, 1)))[0].bounds();
    window.click_at(label.center());
    assert!(window.has("type weight from input 1 to neuron 2"));
    window.type_text("2");
    // The weights on the edges are those of the selected neuron, which now is another one.
    window.command(Key::ArrowDown);
    assert_eq!(
        window.value(w(2, 1)),
        2.0,
        "it is entered, as by a click elsewhere"
    );
    check_typing(&mut window);
}

#[test]
fn a_pane_that_is_hidden_or_covered_takes_its_field_along() {
    let mut window = half_typed();
    window.command(Key::Num2);
    assert!(
        window.parts(Pane::Knobs).is_empty(),
        "the diagram fills the window"
    );
    assert_eq!(window.value(w(2, 2)), 3.0);
    window.command(Key::Num2);
    check_typing(&mut window);

    let mut window = half_typed();
    window.ask("Hide Knobs", Action::Click, None);
    window.rest();
    assert_eq!(window.value(w(2, 2)), 3.0);
    window.choose(&["View", "Knobs"]);
    check_typing(&mut window);
}

#[test]
fn a_field_of_a_neuron_that_is_removed_is_not_another_neurons() {
    let mut window = half_typed();
    // A screen reader opens menus without taking the focus from the field.
    for name in ["Network", "Remove neuron 2"] {
        let target_node = window.button_named(name).unwrap().accesskit_node().locate().0;
        window.send(Event::AccessKitActionRequest(ActionRequest {
            action: Action::Click,
            target_tree: TreeId::ROOT,
            target_node,
            data: None,
        }));
        window.rest();
        assert!(window.has(FIELD) == (name == "Network"));
    }
    assert_eq!(window.session().architecture().width(0), 2);
    assert_eq!(window.value(w(2, 2)), -0.27, "neuron 3 is now neuron 2");
    check_typing(&mut window);
}

#[derive(Debug)]
struct Dropped(std::path::PathBuf);

impl egui::DroppedFile for Dropped {
    fn path(&self) -> &std::path::Path {
        &self.0
    }

    fn bytes(&self) -> Result<Vec<u8>, String> {
        std::fs::read(&self.0).map_err(|e| e.to_string())
    }
}

#[test]
fn another_document_takes_the_field_along() {
    let mut window = half_typed();
    let file = std::env::temp_dir().join(format!("neurodial-field-{}.json", std::process::id()));
    neurodial_core::session::file::save(preset("softmax").document(), &file).unwrap();
    let dropped = std::sync::Arc::new(Dropped(file.clone()));
    window.harness.input_mut().dropped_files.push(dropped);
    window.harness.step();
    window.rest();
    std::fs::remove_file(file).unwrap();
    assert_eq!(window.value(w(2, 2)), -0.91);
    check_typing(&mut window);
}

#[test]
fn a_row_that_is_scrolled_away_enters_its_number_and_keeps_the_focus_in_the_list() {
    let mut window = Window::open(network(&[200, 3]));
    window.ask("weight from input 1 to neuron 1", Action::Focus, None);
    window.rest();
    stroke(&mut window, Key::Num3, "3");
    let over_list = window.track(w(1, 9)).center();
    window.move_to(over_list);
    for _ in 0..10 {
        window.wheel(-10.0);
        window.rest();
    }
    assert!(
        window
            .places(Pane::Knobs, Element::Adjustable(w(1, 1)))
            .is_empty(),
        "scrolled away"
    );
    assert_eq!(window.value(w(1, 1)), 3.0);
    assert!(
        window.focus().unwrap().contains("out of view"),
        "{:?}",
        window.focus()
    );
    window.key(Key::ArrowDown);
    window.rest();
    assert!(
        window.has_focus("weight from input 2 to neuron 1"),
        "{:?}",
        window.focus()
    );
}

#[test]
fn a_digit_brings_a_row_that_was_scrolled_away_back_with_its_field() {
    let mut window = Window::open(network(&[200, 3]));
    window.ask("weight from input 1 to neuron 1", Action::Focus, None);
    let over_list = window.track(w(1, 9)).center();
    window.move_to(over_list);
    for _ in 0..10 {
        window.wheel(-10.0);
        window.rest();
    }
    stroke(&mut window, Key::Num4, "4");
    window.rest();
    assert!(
        window.has_focus("type weight from input 1 to neuron 1"),
        "{:?}",
        window.focus()
    );
    stroke(&mut window, Key::Num2, "2");
    window.key(Key::Enter);
    window.rest();
    assert_eq!(window.value(w(1, 1)), 42.0);
    assert!(
        window.has_focus("weight from input 1 to neuron 1"),
        "{:?}",
        window.focus()
    );
}

#[test]
fn a_number_without_room_in_its_pane_is_typed_in_the_list() {
    // So many weights come to a neuron that the diagram writes none of them on its edge.
    let mut window = Window::open(network(&[20, 1]));
    let edge = "edge from input 2 to neuron 1";
    window.ask(edge, Action::Focus, None);
    window.rest();
    assert!(window.has_focus(edge), "{:?}", window.focus());
    stroke(&mut window, Key::Num2, "2");
    assert!(
        window.has_focus("type weight from input 2 to neuron 1"),
        "{:?}",
        window.focus()
    );
    window.key(Key::Enter);
    window.rest();
    assert_eq!(window.value(Adjustable::Knob(Knob::weight(0, 0, 1))), 2.0);
    assert!(window.has_focus(edge), "{:?}", window.focus());
}

#[test]
fn keys_that_come_in_one_frame_are_all_typed() {
    let mut window = Window::on("article");
    window.ask(W22, Action::Focus, None);
    window.rest();
    let typed = |text: &str| Event::Text(text.to_owned());
    window.send_all([typed("1"), typed("2")]);
    assert_eq!(window.told(FIELD), "12");
    window.type_text(".5");
    window.key(Key::Enter);
    assert_eq!(window.value(w(2, 2)), 12.5);
    window.rest();
    let enter = Event::Key {
        key: Key::Enter,
        physical_key: None,
        pressed: true,
        repeat: false,
        modifiers: Modifiers::NONE,
    };
    window.send_all([typed("3"), typed("7"), enter]);
    assert_eq!(window.value(w(2, 2)), 37.0, "with Enter among them");
    assert!(!window.has(FIELD));
    assert!(window.has_focus(W22), "{:?}", window.focus());
}
