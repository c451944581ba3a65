//! A finger on the window: it turns handles, edges and discs, and scrolls the list of knobs elsewhere.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "clippy does not see that helpers of a test are tests"
)]

#[path = "support/window.rs"]
mod window;

use egui::{Event, Modifiers, PointerButton, Pos2, TouchDeviceId, TouchId, TouchPhase, vec2};
use neurodial::canvas::Element;
use neurodial::panes::Pane;
use neurodial_core::session::Adjustable;
use window::{Window, network, w};

/// What a system sends for a finger in one frame: the touch, and the pointer that follows it.
fn finger(window: &mut Window, phase: TouchPhase, pos: Pos2) {
    let touch = Event::Touch {
        device_id: TouchDeviceId(0),
        id: TouchId(0),
        phase,
        pos,
        force: None,
    };
    let button = |pressed| Event::PointerButton {
        pos,
        button: PointerButton::Primary,
        pressed,
        modifiers: Modifiers::NONE,
    };
    let mut events = vec![touch];
    match phase {
        TouchPhase::Start => events.extend([Event::PointerMoved(pos), button(true)]),
        TouchPhase::Move => events.push(Event::PointerMoved(pos)),
        TouchPhase::End | TouchPhase::Cancel => events.extend([button(false), Event::PointerGone]),
    }
    window.send_all(events);
}

fn swipe(window: &mut Window, from: Pos2, to: Pos2) {
    finger(window, TouchPhase::Start, from);
    for step in 1..=10u8 {
        finger(
            window,
            TouchPhase::Move,
            from + f32::from(step) / 10.0 * (to - from),
        );
    }
    // A finger that rests before it goes throws nothing.
    window.wait(0.3);
    finger(window, TouchPhase::End, to);
    window.rest();
}

#[test]
fn a_finger_beside_the_handles_scrolls_the_list() {
    let mut window = Window::open(network(&[60, 2]));
    let row =
        |window: &Window, input| window.places(Pane::Knobs, Element::Adjustable(w(1, input)))[0].bounds();
    let (handle, _) = window.handle(w(1, 9));
    let track = window.track(w(1, 9));
    let number = window.places(Pane::Knobs, Element::Number(w(1, 9)))[0]
        .bounds()
        .center();
    let on_track = if handle.x < track.center().x {
        track.right() - 9.0
    } else {
        track.left() + 9.0
    };
    for x in [on_track, number.x, row(&window, 9).left() + 8.0] {
        let before = row(&window, 9);
        let from = Pos2::new(x, before.center().y);
        swipe(&mut window, from, from - vec2(0.0, 90.0));
        assert!(
            (row(&window, 9).top() - before.top() + 90.0).abs() < 0.5,
            "up with the finger"
        );
        let from = Pos2::new(x, row(&window, 9).center().y);
        swipe(&mut window, from, from + vec2(0.0, 90.0));
        assert!((row(&window, 9).top() - before.top()).abs() < 0.5, "and back");
    }
    assert_eq!(window.steps(), 0, "nothing was turned");
    assert!(window.stage().number_edit.is_none());
}

#[test]
fn a_finger_on_a_handle_turns_it() {
    let mut window = Window::on("article");
    let (handle, per_one) = window.handle(w(2, 2));
    swipe(&mut window, handle, handle + vec2(per_one, 0.0));
    assert!((window.value(w(2, 2)) - 0.09).abs() < 1e-5);
    assert_eq!(window.steps(), 1);
}

#[test]
fn a_finger_on_a_handle_does_not_scroll_however_it_goes() {
    let mut window = Window::open(network(&[60, 2]));
    for _ in 0..2 {
        let before = window.track(w(1, 9));
        let (handle, per_one) = window.handle(w(1, 9));
        swipe(&mut window, handle, handle + vec2(0.1 * per_one, -90.0));
        assert_eq!(window.track(w(1, 9)), before);
    }
    assert_eq!(window.steps(), 2);
}

#[test]
fn a_tap_is_a_click() {
    let mut window = Window::on("article");
    let (handle, per_one) = window.handle(w(2, 2));
    let beside = handle + vec2(2.0 * per_one, 0.0);
    swipe(&mut window, beside, beside);
    assert!(
        (window.value(w(2, 2)) - 1.09).abs() < 1e-5,
        "the handle comes to the finger"
    );
    let number = window.places(Pane::Knobs, Element::Number(w(2, 2)))[0]
        .bounds()
        .center();
    swipe(&mut window, number, number);
    assert!(
        window.has_focus("type weight from input 2 to neuron 2"),
        "{:?}",
        window.focus()
    );
    assert_eq!(window.steps(), 1);
}

#[test]
fn a_finger_turns_in_the_diagram() {
    let mut window = Window::on("article");
    let disc = window.places(Pane::Diagram, Element::Adjustable(Adjustable::Input(0)))[0].bounds();
    let from = disc.center_top() + vec2(0.0, 3.0);
    swipe(&mut window, from, from - vec2(0.0, 24.0));
    assert!((window.value(Adjustable::Input(0)) - 2.0).abs() < 1e-5);
}

#[test]
fn a_mouse_on_the_track_turns_at_once() {
    let mut window = Window::on("article");
    let (handle, per_one) = window.handle(w(2, 2));
    window.press_at(handle + vec2(2.0 * per_one, 0.0));
    assert!((window.value(w(2, 2)) - 1.09).abs() < 1e-5);
}
