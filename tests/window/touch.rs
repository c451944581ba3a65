//! Touch: a finger drags handles and the diagram, and scrolls the list of knobs elsewhere.

use egui::{Event, Modifiers, PointerButton, Pos2, TouchDeviceId, TouchId, TouchPhase, vec2};
use neurodial::canvas::Element;
use neurodial::panes::Pane;
use neurodial_core::session::Adjustable;

use crate::support::{TestWindow, network, w};

/// Sends in one frame what an operating system sends for a finger: the touch, and the pointer that follows it.
fn touch(window: &mut TestWindow, phase: TouchPhase, pos: Pos2) {
    let touch_event = Event::Touch {
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
    let mut events = vec![touch_event];
    match phase {
        TouchPhase::Start => events.extend([Event::PointerMoved(pos), button(true)]),
        TouchPhase::Move => events.push(Event::PointerMoved(pos)),
        TouchPhase::End | TouchPhase::Cancel => events.extend([button(false), Event::PointerGone]),
    }
    window.send_all(events);
}

/// Swipes with a finger and settles.
fn swipe(window: &mut TestWindow, from: Pos2, to: Pos2) {
    touch(window, TouchPhase::Start, from);
    for step in 1..=10u8 {
        touch(
            window,
            TouchPhase::Move,
            from + f32::from(step) / 10.0 * (to - from),
        );
    }
    // After a rest there is no kinetic scrolling.
    window.run_for(0.3);
    touch(window, TouchPhase::End, to);
    window.settle();
}

#[test]
fn swiping_beside_the_handles_scrolls_the_list() {
    let mut window = TestWindow::with_session(network(&[60, 2]));
    let row_rect =
        |window: &TestWindow, input| window.element_rect(Pane::Knobs, Element::Adjustable(w(1, input)));
    let (handle, _) = window.slider_handle(w(1, 9));
    let track = window.slider_track(w(1, 9));
    let number = window
        .element_rect(Pane::Knobs, Element::Number(w(1, 9)))
        .center();
    let on_track = if handle.x < track.center().x {
        track.right() - 9.0
    } else {
        track.left() + 9.0
    };
    for x in [on_track, number.x, row_rect(&window, 9).left() + 8.0] {
        let before = row_rect(&window, 9);
        let from = Pos2::new(x, before.center().y);
        swipe(&mut window, from, from - vec2(0.0, 90.0));
        assert!(
            (row_rect(&window, 9).top() - before.top() + 90.0).abs() < 0.5,
            "the row moves up with the finger"
        );
        let from = Pos2::new(x, row_rect(&window, 9).center().y);
        swipe(&mut window, from, from + vec2(0.0, 90.0));
        assert!(
            (row_rect(&window, 9).top() - before.top()).abs() < 0.5,
            "the row moves back"
        );
    }
    assert_eq!(window.undo_count(), 0, "no knob changed");
    assert!(window.elements().number_edit.is_none());
}

#[test]
fn dragging_a_handle_with_a_finger_changes_its_knob() {
    let mut window = TestWindow::with_preset("article");
    let (handle, points_per_unit) = window.slider_handle(w(2, 2));
    swipe(&mut window, handle, handle + vec2(points_per_unit, 0.0));
    assert!((window.value(w(2, 2)) - 0.09).abs() <= window.pixel(w(2, 2)));
    assert_eq!(window.undo_count(), 1);
}

#[test]
fn dragging_a_handle_with_a_finger_never_scrolls() {
    let mut window = TestWindow::with_session(network(&[60, 2]));
    for _ in 0..2 {
        let before = window.slider_track(w(1, 9));
        let (handle, points_per_unit) = window.slider_handle(w(1, 9));
        swipe(&mut window, handle, handle + vec2(0.1 * points_per_unit, -90.0));
        assert_eq!(window.slider_track(w(1, 9)), before);
    }
    assert_eq!(window.undo_count(), 2);
}

#[test]
fn a_tap_is_a_click() {
    let mut window = TestWindow::with_preset("article");
    let (handle, points_per_unit) = window.slider_handle(w(2, 2));
    let beside = handle + vec2(2.0 * points_per_unit, 0.0);
    swipe(&mut window, beside, beside);
    assert!(
        (window.value(w(2, 2)) - 1.09).abs() <= window.pixel(w(2, 2)),
        "the handle moves to the finger"
    );
    let number = window
        .element_rect(Pane::Knobs, Element::Number(w(2, 2)))
        .center();
    swipe(&mut window, number, number);
    window.check_focus("new value of weight from input 2 to neuron 2");
    assert_eq!(window.undo_count(), 1);
}

#[test]
fn an_input_can_be_dragged_in_the_diagram_with_a_finger() {
    let mut window = TestWindow::with_preset("article");
    let circle = window.element_rect(Pane::Diagram, Element::Adjustable(Adjustable::Input(0)));
    let from = circle.center_top() + vec2(0.0, 3.0);
    swipe(&mut window, from, from - vec2(0.0, 24.0));
    assert!((window.value(Adjustable::Input(0)) - 2.0).abs() < 1e-5);
}

#[test]
fn pressing_the_track_with_the_mouse_changes_the_knob_at_once() {
    let mut window = TestWindow::with_preset("article");
    let (handle, points_per_unit) = window.slider_handle(w(2, 2));
    window.press_at(handle + vec2(2.0 * points_per_unit, 0.0));
    assert!((window.value(w(2, 2)) - 1.09).abs() <= window.pixel(w(2, 2)));
}
