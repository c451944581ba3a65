//! The wheel: it turns the knob that has the focus, and nothing else.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "clippy does not see that helpers of a test are tests"
)]

#[path = "support/window.rs"]
mod window;

use egui::accesskit::Action;
use egui::{Key, Modifiers, vec2};
use neurodial::canvas::Element;
use neurodial::panes::Pane;
use neurodial_core::session::Adjustable;
use window::{Window, network, w};

const W11: &str = "weight from input 1 to neuron 1";

/// The window with the focus on w₁₁ and the pointer on its track.
fn over_focused() -> Window {
    let mut window = Window::on("article");
    window.ask(W11, Action::Focus, None);
    window.rest();
    let pos = window.track(w(1, 1)).center();
    window.move_to(pos);
    window
}

#[test]
fn turns_within_a_second_are_one_step() {
    let mut window = over_focused();
    for value in [0.3, 0.4, 0.5] {
        window.wheel(1.0);
        assert_eq!(window.value(w(1, 1)), value);
        assert_eq!(window.told(W11), window.shown(value), "in the same frame");
        window.wait(0.8);
    }
    window.wheel(-2.0);
    assert_eq!(window.value(w(1, 1)), 0.3);
    assert_eq!(window.steps(), 1);
    window.wait(1.2);
    window.wheel(1.0);
    assert_eq!(window.steps(), 2, "after a longer pause it is another one");
    window.command(Key::Z);
    assert_eq!(window.value(w(1, 1)), 0.3);
    window.command(Key::Z);
    assert_eq!(window.value(w(1, 1)), 0.2);
}

#[test]
fn shift_makes_it_ten_times_finer() {
    let mut window = over_focused();
    window.hold(Modifiers::SHIFT);
    window.wheel(1.0);
    assert_eq!(window.value(w(1, 1)), 0.21);
    window.wheel(-2.0);
    assert_eq!(window.value(w(1, 1)), 0.19);
    window.hold(Modifiers::NONE);
    window.wheel(1.0);
    assert_eq!(window.value(w(1, 1)), 0.29);
    assert_eq!(window.steps(), 1);
}

#[test]
fn it_stops_at_the_ends_of_the_range() {
    let mut window = over_focused();
    window.wheel(100.0);
    assert_eq!(window.value(w(1, 1)), 5.0);
    window.wheel(-200.0);
    assert_eq!(window.value(w(1, 1)), -5.0);
}

#[test]
fn a_knob_without_the_focus_is_not_turned() {
    let mut window = over_focused();
    let other = window.track(w(2, 1)).center();
    window.move_to(other);
    window.wheel(1.0);
    window.rest();
    assert_eq!(window.steps(), 0);
    let mut window = Window::on("article");
    window.move_to(other);
    window.wheel(1.0);
    window.rest();
    assert_eq!(window.steps(), 0);
}

#[test]
fn over_a_knob_without_the_focus_it_scrolls_the_list() {
    let mut window = Window::open(network(&[60, 2]));
    let before = window.track(w(1, 9));
    window.move_to(before.center());
    window.wheel(-1.0);
    window.rest();
    assert!(window.track(w(1, 9)).top() < before.top());
    window.ask(W11, Action::Focus, None);
    window.rest();
    let before = window.track(w(1, 1));
    window.move_to(before.center());
    window.wheel(-1.0);
    window.rest();
    assert_eq!(window.track(w(1, 1)), before, "what turns does not scroll");
    assert_eq!(window.steps(), 1);
}

#[test]
fn an_input_is_turned_in_the_diagram() {
    let mut window = Window::on("article");
    window.ask("input 1", Action::Focus, None);
    window.rest();
    let disc = window.places(Pane::Diagram, Element::Adjustable(Adjustable::Input(0)))[0].bounds();
    window.move_to(disc.center_top() + vec2(0.0, 3.0));
    window.wheel(1.0);
    assert_eq!(window.value(Adjustable::Input(0)), 1.1);
    window.check_one_pass();
}
