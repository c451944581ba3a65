//! Touch: a finger drags handles and the diagram, and scrolls the list of knobs elsewhere.

use egui::{Event, Modifiers, PointerButton, Pos2, TouchDeviceId, TouchId, TouchPhase, vec2};
use neurodial::canvas::Element;
use neurodial::panes::Pane;
use neurodial_core::session::Adjustable;
use neurodial_core::text::Messages;

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

/// Taps where nothing is, so that everything has the size for a finger.
fn begin_touch_mode(window: &mut TestWindow) {
    let nowhere = Pos2::new(640.0, 797.0);
    swipe(window, nowhere, nowhere);
}

/// Checks a value of w₂₂ that the pointer has set: the roundest within a pixel.
#[track_caller]
fn check_value(window: &TestWindow, value: f64) {
    let now = window.value(w(2, 2));
    assert!((now - value).abs() <= window.pixel(w(2, 2)), "{now}");
}

#[test]
fn swiping_beside_the_handles_scrolls_the_list() {
    let mut window = TestWindow::with_session(network(&[60, 2]));
    begin_touch_mode(&mut window);
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
    check_value(&window, 0.09);
    assert_eq!(window.undo_count(), 1);
}

#[test]
fn dragging_a_handle_with_a_finger_never_scrolls() {
    let mut window = TestWindow::with_session(network(&[60, 2]));
    begin_touch_mode(&mut window);
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
    check_value(&window, 1.09);
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
    check_value(&window, 1.09);
}

/// Touches for a while without movement.
fn press_long(window: &mut TestWindow, pos: Pos2) {
    touch(window, TouchPhase::Start, pos);
    window.run_for(0.6);
    touch(window, TouchPhase::End, pos);
    window.settle();
}

#[test]
fn a_long_press_opens_the_menu_of_a_part() {
    let messages = Messages::ENGLISH;
    let mut window = TestWindow::with_preset("article");
    let circle = window.element_rect(Pane::Diagram, Element::Adjustable(Adjustable::Input(0)));
    press_long(&mut window, circle.center());
    assert!(window.has_node(messages.element_menu_rename()));
    window.press_key(egui::Key::Escape);
    window.settle();
    // A track would move its handle at once, and a row of the list would scroll.
    let (handle, points_per_unit) = window.slider_handle(w(2, 2));
    press_long(&mut window, handle + vec2(2.0 * points_per_unit, 0.0));
    assert!(window.has_node(messages.element_menu_range()));
    assert_eq!(window.value(w(2, 2)), -0.91);
    assert_eq!(window.undo_count(), 0, "nothing has changed");
    let entry = window.button_named(messages.element_menu_set_to_zero());
    let entry = entry.unwrap().rect();
    assert!(entry.height() >= 44.0, "{entry}");
    swipe(&mut window, entry.center(), entry.center());
    assert_eq!(window.value(w(2, 2)), 0.0);
}

#[test]
fn a_touch_that_moves_or_ends_early_opens_no_menu() {
    let messages = Messages::ENGLISH;
    let mut window = TestWindow::with_preset("article");
    let (handle, points_per_unit) = window.slider_handle(w(2, 2));
    touch(&mut window, TouchPhase::Start, handle);
    window.run_for(0.3);
    touch(&mut window, TouchPhase::Move, handle + vec2(points_per_unit, 0.0));
    window.run_for(0.6);
    touch(&mut window, TouchPhase::End, handle + vec2(points_per_unit, 0.0));
    window.settle();
    assert!(!window.has_node(messages.element_menu_range()));
    assert_eq!(window.undo_count(), 1);
    // A mouse has another button for it.
    let (handle, _) = window.slider_handle(w(2, 2));
    window.press_at(handle);
    window.run_for(1.0);
    window.release();
    window.settle();
    assert!(!window.has_node(messages.element_menu_range()));
}

#[test]
fn a_finger_hits_what_is_near() {
    let mut window = TestWindow::with_preset("article");
    // Beside the handle of a slider, a mouse moves it at once and a finger grabs it.
    let (handle, points_per_unit) = window.slider_handle(w(2, 2));
    let beside = handle + vec2(15.0, 0.0);
    swipe(&mut window, beside, beside + vec2(points_per_unit, 0.0));
    check_value(&window, 0.09);
    // The rows are as high as a finger from now on.
    let rows = [1, 2].map(|input| window.element_rect(Pane::Knobs, Element::Adjustable(w(2, input))));
    assert!(rows[1].top() - rows[0].top() >= 44.0, "{rows:?}");
    // Above an edge, beyond the reach of the mouse.
    let edge = Element::Adjustable(w(2, 1));
    let shapes = window.hit_shapes(Pane::Diagram, edge);
    let neurodial::canvas::HitShape::Segment { from, to, .. } = shapes[0] else {
        panic!("{shapes:?}");
    };
    let middle = from + 0.5 * (to - from);
    let above = middle + 18.0 * (to - from).rot90().normalized();
    let hit = |window: &TestWindow| {
        let elements = window.elements();
        let hit = elements.hit_test(Pane::Diagram.canvas_id(), above);
        hit.is_some()
    };
    assert!(hit(&window));
    // The mouse is exact again, and so are the rows.
    window.move_to(above);
    window.settle();
    let rows = [1, 2].map(|input| window.element_rect(Pane::Knobs, Element::Adjustable(w(2, input))));
    assert!(rows[1].top() - rows[0].top() < 44.0, "{rows:?}");
}
