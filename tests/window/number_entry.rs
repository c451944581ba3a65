//! Typing a number in place: accepted texts, what ends the entry, and where the focus moves.

use egui::accesskit::{Action, ActionData};
use egui::{Key, Modifiers, Pos2, vec2};
use egui_kittest::kittest::NodeT;
use neurodial::canvas::Element;
use neurodial::panes::Pane;
use neurodial_core::session::Adjustable;

use crate::support::{TestWindow, W22, W22_FIELD, w};

const REASON: &str = "“two” is not a number";

/// Returns the position of a number in the list of knobs.
fn number_pos(window: &TestWindow, target: Adjustable) -> Pos2 {
    window.element_rect(Pane::Knobs, Element::Number(target)).center()
}

/// Opens a window in which w₂₂ is being typed.
fn window_with_open_field() -> TestWindow {
    let mut window = TestWindow::with_preset("article");
    window.click_at(number_pos(&window, w(2, 2)));
    assert!(window.has_focus(W22_FIELD));
    window
}

#[test]
fn fractions_decimal_commas_and_exponents_are_understood() {
    let mut window = window_with_open_field();
    for (text, value) in [
        ("1/3", 1.0 / 3.0),
        ("0,5", 0.5),
        ("0.25", 0.25),
        ("-2e-3", -2e-3),
        ("−1", -1.0),
        ("１．５", 1.5),
        ("2。5", 2.5),
        ("−１／３", -1.0 / 3.0),
    ] {
        window.type_text(text);
        window.press_key(Key::Enter);
        window.settle();
        assert_eq!(window.value(w(2, 2)), value, "{text}");
        assert!(!window.has_node(W22_FIELD));
        assert_eq!(window.text_value(W22), window.formatted(value));
        window.click_at(number_pos(&window, w(2, 2)));
    }
    window.press_key(Key::Escape);
    assert_eq!(window.undo_count(), 8, "each is an undo step");
}

#[test]
fn a_typed_number_shows_everywhere_in_the_frame_of_enter() {
    let mut window = window_with_open_field();
    window.type_text("2");
    window.send_key(Key::Enter, Modifiers::NONE, true);
    assert_eq!(window.pass_count(), 2);
    let shown = window.text_value("neuron 2 in the diagram");
    assert_eq!(window.text_value(W22), "2.000");
    assert_eq!(window.text_value("output of neuron 2"), shown);
    assert_eq!(shown, "7.030");
}

#[test]
fn typing_a_number_beyond_the_range_widens_the_range() {
    let mut window = window_with_open_field();
    window.type_text("7");
    window.press_key(Key::Enter);
    window.settle();
    assert_eq!(window.value(w(2, 2)), 7.0);
    let node = window.node(W22);
    let node = node.accesskit_node();
    assert_eq!(node.max_numeric_value(), Some(10.0));
    assert_eq!(node.min_numeric_value(), Some(-5.0));
}

#[test]
fn the_field_holds_all_digits_and_opens_with_them_selected() {
    let mut window = TestWindow::with_preset("article");
    window.request_action(W22, Action::SetValue, Some(ActionData::NumericValue(1.0 / 3.0)));
    window.click_at(number_pos(&window, w(2, 2)));
    assert_eq!(window.text_value(W22_FIELD), "0.3333333333333333");
    window.press_key(Key::Enter);
    window.settle();
    assert_eq!(window.value(w(2, 2)), 1.0 / 3.0, "no digit is lost");
    assert_eq!(window.undo_count(), 1);
}

#[test]
fn invalid_text_stays_in_the_field_until_escape() {
    let mut window = window_with_open_field();
    window.type_text("two");
    window.press_key(Key::Enter);
    window.settle();
    window.check_focus(W22_FIELD);
    assert_eq!(window.text_value(W22_FIELD), "two");
    assert_eq!(window.value(w(2, 2)), -0.91);
    assert!(window.shows_text(REASON), "the status line says why");
    window.press_key(Key::Tab);
    window.settle();
    window.check_focus(W22_FIELD);
    window.press_key(Key::Escape);
    window.settle();
    assert!(!window.has_node(W22_FIELD));
    assert!(!window.shows_text(REASON));
    assert_eq!(window.value(w(2, 2)), -0.91);
    assert_eq!(window.undo_count(), 0);
    window.check_focus(W22);
}

#[test]
fn invalid_text_can_be_corrected() {
    let mut window = window_with_open_field();
    window.type_text("two");
    assert!(window.shows_text(REASON), "in the frame of the mistake");
    window.press_key(Key::Enter);
    window.type_text("2");
    assert!(
        !window.shows_text(REASON),
        "the text was selected, so 2 replaces it"
    );
    window.press_key(Key::Enter);
    window.settle();
    assert_eq!(window.value(w(2, 2)), 2.0);
    window.check_focus(W22);
}

#[test]
fn entering_an_empty_field_cancels() {
    let mut window = window_with_open_field();
    window.press_key(Key::Delete);
    assert_eq!(window.text_value(W22_FIELD), "");
    window.press_key(Key::Enter);
    window.settle();
    assert!(!window.has_node(W22_FIELD));
    assert_eq!(window.undo_count(), 0);
    window.check_focus(W22);
}

#[test]
fn a_screen_reader_is_told_why_text_is_invalid() {
    let mut window = window_with_open_field();
    window.type_text("two");
    window.settle();
    let node = window.node(W22_FIELD);
    let reason = node.accesskit_node().data().description().map(ToOwned::to_owned);
    assert!(reason.unwrap().contains("is not a number"));
}

#[test]
fn enter_returns_the_focus_to_the_slider() {
    let mut window = window_with_open_field();
    window.type_text("2");
    window.press_key(Key::Enter);
    window.settle();
    window.check_focus(W22);
    window.press_key(Key::ArrowRight);
    assert_eq!(window.value(w(2, 2)), 2.1, "the keys act on the slider again");
}

#[test]
fn tab_enters_the_number_and_moves_on() {
    let mut window = window_with_open_field();
    window.type_text("2");
    window.press_key(Key::Tab);
    window.settle();
    assert_eq!(window.value(w(2, 2)), 2.0);
    assert!(!window.has_node(W22_FIELD));
    assert_eq!(window.undo_count(), 1);
    let focus = window.focused_name().unwrap();
    assert!(focus != W22, "{focus}");
    window.press_key_with(Modifiers::SHIFT, Key::Tab);
    window.settle();
    window.check_focus(W22);
}

#[test]
fn a_click_elsewhere_enters_the_number() {
    let mut window = window_with_open_field();
    window.type_text("3");
    window.click_at(Pos2::new(640.0, 796.0));
    assert_eq!(window.value(w(2, 2)), 3.0);
    assert!(!window.has_node(W22_FIELD));
}

#[test]
fn pressing_another_slider_enters_the_number_and_changes_that_slider() {
    let mut window = window_with_open_field();
    window.type_text("3");
    window.drag_slider(w(3, 1), 1.0);
    assert_eq!(window.value(w(2, 2)), 3.0);
    assert!((window.value(w(3, 1)) - 0.74).abs() <= window.pixel(w(3, 1)));
    assert!(!window.has_node(W22_FIELD));
}

/// Presses the track of w₂₂ `units` to the right of the handle, drags by another unit, and returns the value after
/// the press.
fn press_beside_handle_and_drag(window: &mut TestWindow, units: f32) -> f64 {
    let (handle, points_per_unit) = window.slider_handle(w(2, 2));
    let pos = handle + vec2(units * points_per_unit, 0.0);
    window.press_at(pos);
    let value_after_press = window.value(w(2, 2));
    window.move_to(pos + vec2(points_per_unit, 0.0));
    window.release();
    window.settle();
    assert!(!window.has_node(W22_FIELD));
    value_after_press
}

#[test]
fn pressing_the_track_of_the_edited_knob_enters_the_number_first() {
    let mut window = window_with_open_field();
    window.type_text("3");
    let pressed = press_beside_handle_and_drag(&mut window, 1.91);
    assert!((pressed - 1.0).abs() < 1e-5, "{pressed}");
    assert!(
        (window.value(w(2, 2)) - 2.0).abs() < 1e-5,
        "the value of the press stays"
    );
    assert_eq!(window.undo_count(), 2);
    window.press_ctrl(Key::Z);
    assert_eq!(window.value(w(2, 2)), 3.0, "the typed number was entered first");
    window.press_ctrl(Key::Z);
    assert_eq!(window.value(w(2, 2)), -0.91);
}

#[test]
fn pressing_the_track_after_a_number_beyond_the_range_uses_the_wider_range() {
    let mut window = window_with_open_field();
    window.type_text("7");
    // The range is now from −5 to 10.
    let pressed = press_beside_handle_and_drag(&mut window, 0.91);
    assert!((pressed - 2.5).abs() < 1e-5, "{pressed}");
    assert!((window.value(w(2, 2)) - 4.0).abs() < 1e-5);
}

#[test]
fn clicking_in_the_field_keeps_editing() {
    let mut window = window_with_open_field();
    window.type_text("1234");
    let field = window.node(W22_FIELD).rect();
    window.click_at(field.left_center() + vec2(8.0, 0.0));
    assert!(window.has_focus(W22_FIELD));
    window.drag(field.center(), field.center() - vec2(12.0, 30.0));
    assert!(window.has_node(W22_FIELD));
    assert_eq!(window.value(w(2, 2)), -0.91);
    window.press_key(Key::Escape);
}

#[test]
fn typing_a_digit_on_a_focused_slider_opens_the_field() {
    let mut window = TestWindow::with_preset("article");
    window.focus(W22);
    assert!(window.has_focus(W22));
    window.type_key(Key::Num4, "4");
    window.check_focus(W22_FIELD);
    window.type_key(Key::Period, ".");
    window.type_key(Key::Num2, "2");
    assert_eq!(window.text_value(W22_FIELD), "4.2");
    window.press_key(Key::Enter);
    window.settle();
    assert_eq!(window.value(w(2, 2)), 4.2);
    window.check_focus(W22);
    window.type_key(Key::Minus, "-");
    window.type_key(Key::Num1, "1");
    window.press_key(Key::Enter);
    assert_eq!(window.value(w(2, 2)), -1.0);
    // An input method can send full-width characters.
    for (key, text) in [(Key::Num1, "１"), (Key::Period, "．"), (Key::Num5, "５")] {
        window.type_key(key, text);
    }
    window.check_focus(W22_FIELD);
    window.press_key(Key::Enter);
    assert_eq!(window.value(w(2, 2)), 1.5);
}

#[test]
fn letters_in_the_field_are_not_slider_keys() {
    let mut window = window_with_open_field();
    window.type_key(Key::L, "l");
    window.type_key(Key::C, "c");
    window.press_key(Key::Delete);
    window.press_key(Key::Escape);
    window.settle();
    assert!(window.session().document().locked.is_empty());
    assert_eq!(window.session().view().swept, Adjustable::Input(0));
    assert_eq!(window.undo_count(), 0);
}

#[test]
fn enter_on_a_focused_slider_edits_its_number() {
    let mut window = TestWindow::with_preset("article");
    window.focus(W22);
    window.press_key(Key::Enter);
    window.settle();
    window.check_focus(W22_FIELD);
    assert_eq!(window.text_value(W22_FIELD), "-0.91");
    window.press_key(Key::Escape);
    window.settle();
    window.press_key(Key::F2);
    assert!(window.has_node(W22_FIELD));
}
