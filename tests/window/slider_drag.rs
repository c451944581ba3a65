//! Dragging a slider: every view shows the new value in the same frame.

use egui::{Key, Modifiers, vec2};
use egui_kittest::kittest::Queryable;
use neurodial::canvas::{DragMapping, Element};
use neurodial::panes::Pane;
use neurodial_core::session::Adjustable;
use neurodial_core::text::Messages;

use crate::support::{CTRL, TestWindow, W22, b, w};

/// Checks that every view of neuron 2 of `article` shows the value of `target` and the output computed anew.
fn check_agreement(window: &TestWindow, target: Adjustable) {
    let value = window.value(target);
    let text = window.formatted(value);
    let (name, selected) = {
        let session = window.session();
        (target.describe(session.architecture()), session.view().selected)
    };
    assert_eq!(window.text_value(&name), text, "slider");
    assert_eq!(window.numeric_value(&name), value);
    assert_eq!(
        window.text_value(&Messages::ENGLISH.diagram_connection(&name)),
        text,
        "edge"
    );
    for number in window.harness.get_all_by_label(&format!("value of {name}")) {
        assert_eq!(number.value().unwrap(), text, "number");
    }
    let output = {
        let session = window.session();
        let document = session.document();
        let forward_pass = document.network.forward(&document.inputs);
        forward_pass.a(selected.layer, selected.neuron)[0]
    };
    let text = window.formatted(output);
    assert_eq!(window.text_value("neuron 2 in the diagram"), text);
    assert_eq!(window.text_value("neuron 2"), format!("output {text}"));
    assert_eq!(window.text_value("output of neuron 2"), text, "formula");
    assert_eq!(window.text_value("curve of neuron 2"), text);
    assert_eq!(window.text_value("current point of neuron 2 vs x₁"), text);
    assert_eq!(window.insight().revision(), window.session().revision());
}

/// Returns the length of a slider's track, in points.
fn track_length(window: &TestWindow, target: Adjustable) -> f32 {
    match window.drag_mapping(Pane::Knobs, Element::Adjustable(target)) {
        Some(DragMapping::Track { from, to, .. }) => to.x - from.x,
        other => panic!("{other:?}"),
    }
}

#[test]
fn every_view_shows_the_dragged_value_in_the_same_frame() {
    let mut window = TestWindow::with_preset("article");
    let target = w(2, 2);
    let (start, _) = window.slider_handle(target);
    window.press_at(start);
    check_agreement(&window, target);
    let units_per_point = 10.0 / f64::from(track_length(&window, target));
    for step in 1..=20u8 {
        let pos = start + vec2(4.1 * f32::from(step), 3.0);
        window.move_to(pos);
        check_agreement(&window, target);
        window.check_one_pass();
        let expected = -0.91 + (f64::from(pos.x) - f64::from(start.x)) * units_per_point;
        if expected < 5.0 {
            let distance = (window.value(target) - expected).abs();
            assert!(distance <= units_per_point, "within a pixel, step {step}");
        } else {
            assert_eq!(window.value(target), 5.0, "the end of the range, step {step}");
        }
    }
    assert_eq!(window.value(target), 5.0, "the end of the range");
    window.release();
    check_agreement(&window, target);
    window.check_one_pass();
    assert_eq!(window.undo_count(), 1, "a drag is one undo step");
    window.press_ctrl(Key::Z);
    assert_eq!(window.value(target), -0.91);
    check_agreement(&window, target);
}

#[test]
fn a_drag_back_to_its_start_restores_the_exact_value_without_an_undo_step() {
    let mut window = TestWindow::with_preset("article");
    for target in [w(2, 2), b(1), w(3, 4)] {
        let value = window.value(target);
        let (start, _) = window.slider_handle(target);
        window.press_at(start);
        for step in 1..=40u8 {
            window.move_to(start + vec2(1.7 * f32::from(step), 0.3));
        }
        window.move_to(start);
        assert_eq!(window.value(target), value);
        window.release();
    }
    assert_eq!(window.undo_count(), 0);
}

#[test]
fn pressing_beside_the_handle_moves_it_there() {
    let mut window = TestWindow::with_preset("article");
    let track = window.slider_track(b(3));
    let (handle, points_per_unit) = window.slider_handle(b(3));
    window.press_at(handle + vec2(2.0 * points_per_unit, 0.0));
    assert!((window.value(b(3)) - 2.5).abs() < 1e-4);
    assert!(track.contains(handle));
    window.release();
    assert_eq!(window.undo_count(), 1);
}

#[test]
fn a_pause_does_not_end_a_drag() {
    let mut window = TestWindow::with_preset("article");
    let (start, _) = window.slider_handle(w(1, 1));
    window.press_at(start);
    window.move_to(start + vec2(20.0, 0.0));
    window.run_for(2.0);
    window.move_to(start + vec2(40.0, 0.0));
    window.release();
    assert_eq!(window.undo_count(), 1);
}

#[test]
fn shift_makes_a_drag_ten_times_finer() {
    let mut window = TestWindow::with_preset("article");
    let (start, _) = window.slider_handle(w(2, 2));
    window.press_at(start);
    window.set_modifiers(Modifiers::SHIFT);
    window.move_to(start + vec2(50.0, 0.0));
    let pixel = window.pixel(w(2, 2));
    let expected = -0.91 + 5.0 * pixel;
    assert!((window.value(w(2, 2)) - expected).abs() <= 0.1 * pixel + 1e-4);
    window.set_modifiers(Modifiers::NONE);
    window.move_to(start + vec2(100.0, 0.0));
    let expected = -0.91 + 55.0 * pixel;
    assert!((window.value(w(2, 2)) - expected).abs() <= 1.1 * pixel + 1e-4);
    window.release();
    assert_eq!(window.undo_count(), 1);
}

#[test]
fn a_drag_past_the_end_stops_at_the_range_and_returns() {
    let mut window = TestWindow::with_preset("article");
    let (start, points_per_unit) = window.slider_handle(w(2, 2));
    window.press_at(start);
    window.move_to(start + vec2(9.0 * points_per_unit, 0.0));
    assert_eq!(window.value(w(2, 2)), 5.0);
    check_agreement(&window, w(2, 2));
    window.move_to(start + vec2(7.0 * points_per_unit, 0.0));
    assert_eq!(window.value(w(2, 2)), 5.0);
    window.move_to(start - vec2(8.0 * points_per_unit, 0.0));
    assert_eq!(window.value(w(2, 2)), -5.0);
    window.move_to(start + vec2(points_per_unit, 0.0));
    assert!(
        (window.value(w(2, 2)) - 0.09).abs() <= window.pixel(w(2, 2)),
        "within a pixel"
    );
    window.release();
    assert_eq!(window.undo_count(), 1);
}

#[test]
fn a_drag_continues_outside_the_pane_and_the_window() {
    let mut window = TestWindow::with_preset("article");
    let (start, points_per_unit) = window.slider_handle(w(2, 2));
    window.press_at(start);
    for (offset, expected) in [
        (vec2(points_per_unit, 500.0), 0.09),
        (vec2(2.0 * points_per_unit, -900.0), 1.09),
        (vec2(-3.0 * points_per_unit, 30.0), -3.91),
    ] {
        window.move_to(start + offset);
        assert!((window.value(w(2, 2)) - expected).abs() <= window.pixel(w(2, 2)));
        check_agreement(&window, w(2, 2));
    }
    window.release();
    assert_eq!(window.undo_count(), 1);
    let value = window.value(w(2, 2));
    window.move_to(start);
    assert_eq!(window.value(w(2, 2)), value, "the button was released");
}

#[test]
fn a_drag_picks_the_roundest_value_within_a_pixel() {
    let mut window = TestWindow::with_preset("article");
    let (start, points_per_unit) = window.slider_handle(w(2, 2));
    window.press_at(start);
    let mut before = -0.91;
    for step in 1..=20u8 {
        let offset = 10.0 + 0.25 * f32::from(step);
        window.move_to(start + vec2(offset, 0.0));
        let value = window.value(w(2, 2));
        let expected = -0.91 + f64::from(offset / points_per_unit);
        assert!(
            (value - expected).abs() <= window.pixel(w(2, 2)) + 1e-4,
            "{value}"
        );
        assert!(value >= before, "{value} after {before}");
        assert_eq!(
            value,
            format!("{value:.2}").parse::<f64>().unwrap(),
            "at most two decimals"
        );
        before = value;
    }
    window.release();
}

#[test]
fn a_locked_knob_does_not_move_and_the_status_line_says_why() {
    let mut window = TestWindow::with_preset("article");
    window.click(&format!("lock {W22}"));
    assert!(window.session().document().is_locked(w(2, 2)));
    let (start, _) = window.slider_handle(w(2, 2));
    window.press_at(start);
    window.move_to(start + vec2(60.0, 0.0));
    assert_eq!(window.value(w(2, 2)), -0.91);
    assert!(window.shows_text(&format!("The {W22} is locked; unlock it first")));
    window.release();
    assert_eq!(window.undo_count(), 1, "only the lock");
    window.click(&format!("lock {W22}"));
    let (start, _) = window.slider_handle(w(2, 2));
    window.press_at(start);
    window.move_to(start + vec2(60.0, 0.0));
    assert_ne!(window.value(w(2, 2)), -0.91);
    window.release();
}

#[test]
fn undo_during_a_drag_restores_the_value() {
    let mut window = TestWindow::with_preset("article");
    let (start, _) = window.slider_handle(w(2, 2));
    window.press_at(start);
    window.move_to(start + vec2(40.0, 0.0));
    window.press_key_with(CTRL, Key::Z);
    assert_eq!(window.value(w(2, 2)), -0.91);
    window.move_to(start + vec2(50.0, 0.0));
    check_agreement(&window, w(2, 2));
    window.release();
    window.settle();
}
#[test]
fn a_drag_ends_where_the_button_was_released_even_if_the_pointer_moves_on_in_that_frame() {
    let mut window = TestWindow::with_preset("article");
    let target = w(2, 2);
    let (start, _) = window.slider_handle(target);
    let end = start + vec2(20.0, 0.0);
    window.press_at(start);
    window.move_to(end);
    let value = window.value(target);
    assert_ne!(value, -0.91);
    window.release_and_move_to(end + vec2(300.0, 200.0));
    window.settle();
    assert_eq!(window.value(target), value);
    assert!(
        window.slider_handle(target).0.distance(end) <= 1.0,
        "within a pixel"
    );
}
