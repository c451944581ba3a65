//! Typing a number in place: what is understood, what ends it, and where the focus goes.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "clippy does not see that helpers of a test are tests"
)]

#[path = "support/window.rs"]
mod window;

use egui::accesskit::Action;
use egui::{Event, Key, Modifiers, Pos2};
use egui_kittest::kittest::NodeT;
use neurodial::canvas::Element;
use neurodial::panes::Pane;
use neurodial_core::session::Adjustable;
use window::{Window, w};

const W22: &str = "weight from input 2 to neuron 2";
const REASON: &str = "“two” is not a number";
const FIELD: &str = "type weight from input 2 to neuron 2";

fn number(window: &Window, target: Adjustable) -> Pos2 {
    window.places(Pane::Knobs, Element::Number(target))[0]
        .bounds()
        .center()
}

/// The window with the number of w₂₂ open for typing.
fn typing() -> Window {
    let mut window = Window::on("article");
    window.click_at(number(&window, w(2, 2)));
    assert!(window.has_focus(FIELD));
    window
}

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

#[test]
fn numbers_are_understood_as_people_write_them() {
    let mut window = typing();
    for (text, value) in [
        ("1/3", 1.0 / 3.0),
        ("0,5", 0.5),
        ("0.25", 0.25),
        ("-2e-3", -2e-3),
        ("−1", -1.0),
    ] {
        window.type_text(text);
        window.key(Key::Enter);
        window.rest();
        assert_eq!(window.value(w(2, 2)), value, "{text}");
        assert!(!window.has(FIELD));
        assert_eq!(window.told(W22), window.shown(value));
        window.click_at(number(&window, w(2, 2)));
    }
    window.key(Key::Escape);
    assert_eq!(window.steps(), 5, "each is a step");
}

#[test]
fn what_was_typed_shows_everywhere_in_the_frame_of_enter() {
    let mut window = typing();
    window.type_text("2");
    window.key_event(Key::Enter, Modifiers::NONE, true);
    assert_eq!(window.passes(), 2);
    let shown = window.told("neuron 2 in the diagram");
    assert_eq!(window.told(W22), "2.000");
    assert_eq!(window.told("output of neuron 2"), shown);
    assert_eq!(shown, "7.030");
}

#[test]
fn a_number_beyond_the_range_widens_it() {
    let mut window = typing();
    window.type_text("7");
    window.key(Key::Enter);
    window.rest();
    assert_eq!(window.value(w(2, 2)), 7.0);
    let node = window.node(W22);
    let node = node.accesskit_node();
    assert_eq!(node.max_numeric_value(), Some(10.0));
    assert_eq!(node.min_numeric_value(), Some(-5.0));
}

#[test]
fn the_field_holds_all_digits_and_opens_with_them_selected() {
    let mut window = Window::on("article");
    window.ask(
        W22,
        Action::SetValue,
        Some(egui::accesskit::ActionData::NumericValue(1.0 / 3.0)),
    );
    window.click_at(number(&window, w(2, 2)));
    assert_eq!(window.told(FIELD), "0.3333333333333333");
    window.key(Key::Enter);
    window.rest();
    assert_eq!(window.value(w(2, 2)), 1.0 / 3.0, "nothing is lost by looking");
    assert_eq!(window.steps(), 1);
}

#[test]
fn nonsense_stays_in_the_field_until_escape_gives_it_up() {
    let mut window = typing();
    window.type_text("two");
    window.key(Key::Enter);
    window.rest();
    assert!(window.has_focus(FIELD), "{:?}", window.focus());
    assert_eq!(window.told(FIELD), "two");
    assert_eq!(window.value(w(2, 2)), -0.91);
    assert!(window.says(REASON), "the status line says why");
    window.key(Key::Tab);
    window.rest();
    assert!(window.has_focus(FIELD), "{:?}", window.focus());
    window.key(Key::Escape);
    window.rest();
    assert!(!window.has(FIELD));
    assert!(!window.says(REASON));
    assert_eq!(window.value(w(2, 2)), -0.91);
    assert_eq!(window.steps(), 0);
    assert!(window.has_focus(W22), "{:?}", window.focus());
}

#[test]
fn nonsense_can_be_mended() {
    let mut window = typing();
    window.type_text("two");
    assert!(window.says(REASON), "in the frame of the slip");
    window.key(Key::Enter);
    window.type_text("2");
    assert!(!window.says(REASON), "it was selected, so 2 replaces it");
    window.key(Key::Enter);
    window.rest();
    assert_eq!(window.value(w(2, 2)), 2.0);
    assert!(window.has_focus(W22), "{:?}", window.focus());
}

#[test]
fn an_empty_field_is_given_up() {
    let mut window = typing();
    window.key(Key::Delete);
    assert_eq!(window.told(FIELD), "");
    window.key(Key::Enter);
    window.rest();
    assert!(!window.has(FIELD));
    assert_eq!(window.steps(), 0);
    assert!(window.has_focus(W22), "{:?}", window.focus());
}

#[test]
fn the_reason_why_nonsense_stays_is_told_to_a_screen_reader() {
    let mut window = typing();
    window.type_text("two");
    window.rest();
    let node = window.node(FIELD);
    let reason = node.accesskit_node().data().description().map(ToOwned::to_owned);
    assert!(reason.unwrap().contains("is not a number"));
}

#[test]
fn enter_gives_the_focus_back_to_the_slider() {
    let mut window = typing();
    window.type_text("2");
    window.key(Key::Enter);
    window.rest();
    assert!(window.has_focus(W22), "{:?}", window.focus());
    window.key(Key::ArrowRight);
    assert_eq!(window.value(w(2, 2)), 2.1, "and the keys turn it on");
}

#[test]
fn tab_enters_the_number_and_goes_on() {
    let mut window = typing();
    window.type_text("2");
    window.key(Key::Tab);
    window.rest();
    assert_eq!(window.value(w(2, 2)), 2.0);
    assert!(!window.has(FIELD));
    assert_eq!(window.steps(), 1);
    let focus = window.focus().unwrap();
    assert!(focus != W22, "{focus}");
    window.key_with(Modifiers::SHIFT, Key::Tab);
    window.rest();
    assert!(window.has_focus(W22), "{:?}", window.focus());
}

#[test]
fn a_click_elsewhere_enters_the_number() {
    let mut window = typing();
    window.type_text("3");
    window.click_at(Pos2::new(640.0, 796.0));
    assert_eq!(window.value(w(2, 2)), 3.0);
    assert!(!window.has(FIELD));
}

#[test]
fn a_press_on_another_slider_enters_the_number_and_turns_that_slider() {
    let mut window = typing();
    window.type_text("3");
    let (handle, per_one) = window.handle(w(3, 1));
    window.drag(handle, handle + egui::vec2(per_one, 0.0));
    assert_eq!(window.value(w(2, 2)), 3.0);
    assert!((window.value(w(3, 1)) - 0.74).abs() < 1e-4);
    assert!(!window.has(FIELD));
}

/// Presses on the track of w₂₂ that many wholes to the right of the handle, and turns it by another one.
fn press_beside_handle_and_drag(window: &mut Window, ones: f32) -> f64 {
    let (handle, per_one) = window.handle(w(2, 2));
    let pos = handle + egui::vec2(ones * per_one, 0.0);
    window.press_at(pos);
    let pressed = window.value(w(2, 2));
    window.move_to(pos + egui::vec2(per_one, 0.0));
    window.release();
    window.rest();
    assert!(!window.has(FIELD));
    pressed
}

#[test]
fn a_press_on_the_track_of_the_number_that_is_typed_goes_on_from_it() {
    let mut window = typing();
    window.type_text("3");
    let pressed = press_beside_handle_and_drag(&mut window, 1.91);
    assert!((pressed - 1.0).abs() < 1e-5, "{pressed}");
    assert!((window.value(w(2, 2)) - 2.0).abs() < 1e-5, "the press wins");
    assert_eq!(window.steps(), 2);
    window.command(Key::Z);
    assert_eq!(window.value(w(2, 2)), 3.0, "what was typed was entered first");
    window.command(Key::Z);
    assert_eq!(window.value(w(2, 2)), -0.91);
}

#[test]
fn a_press_after_a_number_that_widens_the_range_means_the_wider_track() {
    let mut window = typing();
    window.type_text("7");
    // The track now goes from −5 to 10.
    let pressed = press_beside_handle_and_drag(&mut window, 0.91);
    assert!((pressed - 2.5).abs() < 1e-5, "{pressed}");
    assert!((window.value(w(2, 2)) - 4.0).abs() < 1e-5);
}

#[test]
fn a_click_in_the_field_stays_in_the_field() {
    let mut window = typing();
    window.type_text("1234");
    let field = window.node(FIELD).rect();
    window.click_at(field.left_center() + egui::vec2(8.0, 0.0));
    assert!(window.has_focus(FIELD));
    window.drag(field.center(), field.center() - egui::vec2(12.0, 30.0));
    assert!(window.has(FIELD));
    assert_eq!(window.value(w(2, 2)), -0.91);
    window.key(Key::Escape);
}

#[test]
fn a_digit_on_a_focused_slider_begins_to_type() {
    let mut window = Window::on("article");
    window.ask(W22, Action::Focus, None);
    window.rest();
    assert!(window.has_focus(W22));
    stroke(&mut window, Key::Num4, "4");
    assert!(window.has_focus(FIELD), "{:?}", window.focus());
    stroke(&mut window, Key::Period, ".");
    stroke(&mut window, Key::Num2, "2");
    assert_eq!(window.told(FIELD), "4.2");
    window.key(Key::Enter);
    window.rest();
    assert_eq!(window.value(w(2, 2)), 4.2);
    assert!(window.has_focus(W22), "{:?}", window.focus());
    stroke(&mut window, Key::Minus, "-");
    stroke(&mut window, Key::Num1, "1");
    window.key(Key::Enter);
    assert_eq!(window.value(w(2, 2)), -1.0);
}

#[test]
fn letters_in_a_field_are_no_keys_of_the_slider() {
    let mut window = typing();
    stroke(&mut window, Key::L, "l");
    stroke(&mut window, Key::C, "c");
    window.key(Key::Delete);
    window.key(Key::Escape);
    window.rest();
    assert!(window.session().document().locked.is_empty());
    assert_eq!(window.session().view().swept, Adjustable::Input(0));
    assert_eq!(window.steps(), 0);
}

#[test]
fn enter_on_a_focused_slider_edits_its_number() {
    let mut window = Window::on("article");
    window.ask(W22, Action::Focus, None);
    window.rest();
    window.key(Key::Enter);
    window.rest();
    assert!(window.has_focus(FIELD), "{:?}", window.focus());
    assert_eq!(window.told(FIELD), "-0.91");
    window.key(Key::Escape);
    window.rest();
    window.key(Key::F2);
    assert!(window.has(FIELD));
}
