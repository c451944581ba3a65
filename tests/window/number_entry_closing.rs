//! The field in which a number is typed, when its row or its pane disappears.

use egui::accesskit::Action;
use egui::{Event, Key, Modifiers};
use neurodial::canvas::Element;
use neurodial::panes::Pane;
use neurodial_core::formats;

use crate::support::{TestWindow, W22, W22_FIELD, action_request, key_event, network, preset, w};

/// Opens a window in which a 3 is typed for w₂₂ and not yet entered.
fn window_with_unfinished_entry() -> TestWindow {
    let mut window = TestWindow::with_preset("article");
    window.focus(W22);
    window.type_key(Key::Num3, "3");
    window.settle();
    window.check_focus(W22_FIELD);
    window
}

/// Checks that a number can be typed on the slider of w₂₂.
#[track_caller]
fn check_typing(window: &mut TestWindow) {
    assert!(
        window.elements().number_edit.is_none(),
        "{:?}",
        window.elements().number_edit
    );
    window.focus(W22);
    window.type_key(Key::Num4, "4");
    window.press_key(Key::Enter);
    window.settle();
    assert_eq!(window.value(w(2, 2)), 4.0);
    window.check_focus(W22);
}

#[test]
fn a_number_can_be_typed_again_after_its_field_disappeared() {
    let mut window = TestWindow::with_preset("article");
    let label = window.element_rect(Pane::Diagram, Element::Number(w(2, 1)));
    window.click_at(label.center());
    assert!(window.has_node("new value of weight from input 1 to neuron 2"));
    window.type_text("2");
    // Only the edges of the selected neuron show their weights, and now another neuron is selected.
    window.press_ctrl(Key::ArrowDown);
    assert_eq!(window.value(w(2, 1)), 2.0, "the number is entered");
    check_typing(&mut window);
}

#[test]
fn hiding_or_covering_a_pane_closes_its_field() {
    let mut window = window_with_unfinished_entry();
    window.press_ctrl(Key::Num2);
    assert!(
        window.elements_in(Pane::Knobs).is_empty(),
        "the diagram is maximized"
    );
    assert_eq!(window.value(w(2, 2)), 3.0);
    window.press_ctrl(Key::Num2);
    check_typing(&mut window);

    let mut window = window_with_unfinished_entry();
    window.request_action("Close Knobs", Action::Click, None);
    window.settle();
    assert_eq!(window.value(w(2, 2)), 3.0);
    window.choose(&["View", "Knobs"]);
    check_typing(&mut window);
}

#[test]
fn removing_a_neuron_closes_its_field() {
    let mut window = window_with_unfinished_entry();
    // A screen reader opens menus while the field keeps the focus.
    for name in ["Network", "Remove neuron 2"] {
        let request = action_request(&window.button_named(name).unwrap(), Action::Click, None);
        window.send(request);
        window.settle();
        assert!(window.has_node(W22_FIELD) == (name == "Network"));
    }
    assert_eq!(window.session().architecture().width(0), 2);
    assert_eq!(window.value(w(2, 2)), -0.27, "neuron 3 is now neuron 2");
    check_typing(&mut window);
}

#[test]
fn opening_another_document_closes_the_field() {
    let mut window = window_with_unfinished_entry();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("softmax.json");
    formats::save(preset("softmax").document(), &path).unwrap();
    window.drop_file(&path);
    window.settle();
    assert_eq!(window.value(w(2, 2)), -0.91);
    check_typing(&mut window);
}

#[test]
fn scrolling_a_row_away_enters_its_number_and_keeps_the_focus_in_the_list() {
    let mut window = TestWindow::with_session(network(&[200, 3]));
    window.focus("weight from input 1 to neuron 1");
    window.type_key(Key::Num3, "3");
    let list_pos = window.slider_track(w(1, 9)).center();
    window.move_to(list_pos);
    for _ in 0..10 {
        window.scroll(-10.0);
        window.settle();
    }
    assert!(
        window
            .hit_shapes(Pane::Knobs, Element::Adjustable(w(1, 1)))
            .is_empty(),
        "scrolled away"
    );
    assert_eq!(window.value(w(1, 1)), 3.0);
    assert!(
        window.focused_name().unwrap().contains("out of view"),
        "{:?}",
        window.focused_name()
    );
    window.press_key(Key::ArrowDown);
    window.settle();
    window.check_focus("weight from input 2 to neuron 1");
}

#[test]
fn typing_a_digit_scrolls_the_focused_row_back_and_opens_its_field() {
    let mut window = TestWindow::with_session(network(&[200, 3]));
    window.request_action("weight from input 1 to neuron 1", Action::Focus, None);
    let list_pos = window.slider_track(w(1, 9)).center();
    window.move_to(list_pos);
    for _ in 0..10 {
        window.scroll(-10.0);
        window.settle();
    }
    window.type_key(Key::Num4, "4");
    window.settle();
    window.check_focus("new value of weight from input 1 to neuron 1");
    window.type_key(Key::Num2, "2");
    window.press_key(Key::Enter);
    window.settle();
    assert_eq!(window.value(w(1, 1)), 42.0);
    window.check_focus("weight from input 1 to neuron 1");
}

#[test]
fn a_number_without_room_in_the_diagram_is_typed_in_the_list() {
    // The neuron has too many weights to show them on its edges.
    let mut window = TestWindow::with_session(network(&[20, 1]));
    let edge = "connection: weight from input 2 to neuron 1";
    window.focus(edge);
    window.check_focus(edge);
    window.type_key(Key::Num2, "2");
    window.check_focus("new value of weight from input 2 to neuron 1");
    window.press_key(Key::Enter);
    window.settle();
    assert_eq!(window.value(w(1, 2)), 2.0);
    window.check_focus(edge);
}

#[test]
fn several_keys_in_one_frame_are_all_typed() {
    let mut window = TestWindow::with_preset("article");
    window.focus(W22);
    let text = |text: &str| Event::Text(text.to_owned());
    window.send_all([text("1"), text("2")]);
    assert_eq!(window.text_value(W22_FIELD), "12");
    window.type_text(".5");
    window.press_key(Key::Enter);
    assert_eq!(window.value(w(2, 2)), 12.5);
    window.settle();
    let enter = key_event(Key::Enter, Modifiers::NONE, true);
    window.send_all([text("3"), text("7"), enter]);
    assert_eq!(window.value(w(2, 2)), 37.0, "with Enter in the same frame");
    assert!(!window.has_node(W22_FIELD));
    window.check_focus(W22);
}
