//! The scroll wheel changes the focused knob and nothing else.

use egui::{Key, Modifiers, vec2};
use neurodial::canvas::Element;
use neurodial::panes::Pane;
use neurodial_core::session::Adjustable;

use crate::support::{TestWindow, W11, network, w};

/// Opens a window with the focus on w₁₁ and the pointer on its track.
fn window_over_focused_knob() -> TestWindow {
    let mut window = TestWindow::with_preset("article");
    window.focus(W11);
    let pos = window.slider_track(w(1, 1)).center();
    window.move_to(pos);
    window
}

#[test]
fn scrolling_within_a_second_is_one_undo_step() {
    let mut window = window_over_focused_knob();
    for value in [0.3, 0.4, 0.5] {
        window.scroll(1.0);
        assert_eq!(window.value(w(1, 1)), value);
        assert_eq!(
            window.text_value(W11),
            window.formatted(value),
            "in the same frame"
        );
        window.run_for(0.8);
    }
    window.scroll(-2.0);
    assert_eq!(window.value(w(1, 1)), 0.3);
    assert_eq!(window.undo_count(), 1);
    window.run_for(1.2);
    window.scroll(1.0);
    assert_eq!(
        window.undo_count(),
        2,
        "after a longer pause it is another undo step"
    );
    window.press_ctrl(Key::Z);
    assert_eq!(window.value(w(1, 1)), 0.3);
    window.press_ctrl(Key::Z);
    assert_eq!(window.value(w(1, 1)), 0.2);
}

#[test]
fn shift_makes_scrolling_ten_times_finer() {
    let mut window = window_over_focused_knob();
    window.set_modifiers(Modifiers::SHIFT);
    window.scroll(1.0);
    assert_eq!(window.value(w(1, 1)), 0.21);
    window.scroll(-2.0);
    assert_eq!(window.value(w(1, 1)), 0.19);
    window.set_modifiers(Modifiers::NONE);
    window.scroll(1.0);
    assert_eq!(window.value(w(1, 1)), 0.29);
    assert_eq!(window.undo_count(), 1);
}

#[test]
fn scrolling_stops_at_the_ends_of_the_range() {
    let mut window = window_over_focused_knob();
    window.scroll(100.0);
    assert_eq!(window.value(w(1, 1)), 5.0);
    window.scroll(-200.0);
    assert_eq!(window.value(w(1, 1)), -5.0);
}

#[test]
fn a_knob_without_the_focus_does_not_change() {
    let mut window = window_over_focused_knob();
    let other = window.slider_track(w(2, 1)).center();
    window.move_to(other);
    window.scroll(1.0);
    window.settle();
    assert_eq!(window.undo_count(), 0);
    let mut window = TestWindow::with_preset("article");
    window.move_to(other);
    window.scroll(1.0);
    window.settle();
    assert_eq!(window.undo_count(), 0);
}

#[test]
fn over_a_knob_without_the_focus_the_list_scrolls() {
    let mut window = TestWindow::with_session(network(&[60, 2]));
    let before = window.slider_track(w(1, 9));
    window.move_to(before.center());
    window.scroll(-1.0);
    window.settle();
    assert!(window.slider_track(w(1, 9)).top() < before.top());
    window.focus(W11);
    let before = window.slider_track(w(1, 1));
    window.move_to(before.center());
    window.scroll(-1.0);
    window.settle();
    assert_eq!(window.slider_track(w(1, 1)), before, "the list does not scroll");
    assert_eq!(window.undo_count(), 1);
}

#[test]
fn scrolling_changes_a_focused_input_in_the_diagram() {
    let mut window = TestWindow::with_preset("article");
    window.focus("input 1");
    let disc = window.element_rect(Pane::Diagram, Element::Adjustable(Adjustable::Input(0)));
    window.move_to(disc.center_top() + vec2(0.0, 3.0));
    window.scroll(1.0);
    assert_eq!(window.value(Adjustable::Input(0)), 1.1);
    window.check_one_pass();
}
