//! Dragging a slider: everything that shows its network shows the same state in that very frame.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "clippy does not see that helpers of a test are tests"
)]

#[path = "support/window.rs"]
mod window;

use egui::{Modifiers, vec2};
use egui_kittest::kittest::Queryable;
use neurodial::canvas::{DragMapping, Element};
use neurodial::panes::Pane;
use neurodial_core::network::NeuronAddress;
use neurodial_core::session::Adjustable;
use window::{Window, b, w};

const W22: &str = "weight from input 2 to neuron 2";

/// What every view of neuron 2 of `article` shows, from the outside and computed anew.
fn check_agreement(window: &Window, target: Adjustable) {
    let value = window.value(target);
    let text = window.shown(value);
    let (name, of_neuron) = {
        let session = window.session();
        (target.describe(session.architecture()), session.view().selected)
    };
    assert_eq!(window.told(&name), text, "slider");
    assert_eq!(window.told_number(&name), value);
    assert_eq!(window.told(&name.replacen("weight", "edge", 1)), text, "edge");
    for number in window.harness.get_all_by_label(&format!("number of {name}")) {
        assert_eq!(number.value().unwrap(), text, "number");
    }
    let NeuronAddress { neuron, .. } = of_neuron;
    let output = {
        let session = window.session();
        let document = session.document();
        let trace = document.network.forward(&document.inputs);
        trace.a(0, neuron)[0]
    };
    let text = window.shown(output);
    assert_eq!(window.told("neuron 2 in the diagram"), text);
    assert_eq!(window.told("neuron 2"), format!("output {text}"));
    assert_eq!(window.told("output of neuron 2"), text, "formula");
    assert_eq!(window.told("curve of neuron 2"), text);
    assert_eq!(window.told("present point of neuron 2 over x₁"), text);
    let drawn = window.insight().revision();
    assert_eq!(drawn, window.session().revision());
}

/// How far the handle of a slider can go, in points.
fn groove(window: &Window, target: Adjustable) -> f32 {
    let parts = window.parts(Pane::Knobs).into_iter();
    let mut grips = parts
        .filter(|placed| placed.element == Element::Adjustable(target))
        .filter_map(|placed| placed.handle);
    match grips.next().unwrap().mapping {
        DragMapping::Track { from, to, .. } => to.x - from.x,
        other => panic!("{other:?}"),
    }
}

#[test]
fn in_the_very_frame_of_a_drag_every_view_shows_the_same() {
    let mut window = Window::on("article");
    let target = w(2, 2);
    let (start, _) = window.handle(target);
    window.press_at(start);
    check_agreement(&window, target);
    let per_point = 10.0 / f64::from(groove(&window, target));
    for step in 1..=20u8 {
        let pos = start + vec2(4.1 * f32::from(step), 3.0);
        window.move_to(pos);
        check_agreement(&window, target);
        window.check_one_pass();
        // The way that the pointer really went: its points are numbers of single precision.
        let expected = -0.91 + (f64::from(pos.x) - f64::from(start.x)) * per_point;
        if expected < 5.0 {
            assert!((window.value(target) - expected).abs() < 1e-12, "step {step}");
        } else {
            assert_eq!(window.value(target), 5.0, "the end of the range, step {step}");
        }
    }
    assert_eq!(window.value(target), 5.0, "so far does it go");
    window.release();
    check_agreement(&window, target);
    window.check_one_pass();
    assert_eq!(window.steps(), 1, "a drag is one undo step");
    window.command(egui::Key::Z);
    assert_eq!(window.value(target), -0.91);
    check_agreement(&window, target);
}

#[test]
fn a_drag_that_comes_back_leaves_the_very_same_value_and_no_step() {
    let mut window = Window::on("article");
    for target in [w(2, 2), b(1), w(3, 4)] {
        let value = window.value(target);
        let (start, _) = window.handle(target);
        window.press_at(start);
        for step in 1..=40u8 {
            window.move_to(start + vec2(1.7 * f32::from(step), 0.3));
        }
        window.move_to(start);
        assert_eq!(window.value(target), value);
        window.release();
    }
    assert_eq!(window.steps(), 0);
}

#[test]
fn a_press_beside_the_handle_brings_it_there() {
    let mut window = Window::on("article");
    let track = window.track(b(3));
    let (handle, per_one) = window.handle(b(3));
    window.press_at(handle + vec2(2.0 * per_one, 0.0));
    assert!((window.value(b(3)) - 2.5).abs() < 1e-4);
    assert!(track.contains(handle));
    window.release();
    assert_eq!(window.steps(), 1);
}

#[test]
fn a_pause_does_not_end_a_drag() {
    let mut window = Window::on("article");
    let (start, _) = window.handle(w(1, 1));
    window.press_at(start);
    window.move_to(start + vec2(20.0, 0.0));
    window.wait(2.0);
    window.move_to(start + vec2(40.0, 0.0));
    window.release();
    assert_eq!(window.steps(), 1);
}

#[test]
fn shift_makes_a_drag_ten_times_finer() {
    let mut window = Window::on("article");
    let (start, per_one) = window.handle(w(2, 2));
    window.press_at(start);
    window.hold(Modifiers::SHIFT);
    window.move_to(start + vec2(50.0, 0.0));
    let expected = -0.91 + f64::from(5.0 / per_one);
    assert!((window.value(w(2, 2)) - expected).abs() < 1e-4);
    window.hold(Modifiers::NONE);
    window.move_to(start + vec2(100.0, 0.0));
    let expected = -0.91 + f64::from(55.0 / per_one);
    assert!((window.value(w(2, 2)) - expected).abs() < 1e-4);
    window.release();
    assert_eq!(window.steps(), 1);
}

#[test]
fn a_drag_past_the_end_stays_there_and_comes_back() {
    let mut window = Window::on("article");
    let (start, per_one) = window.handle(w(2, 2));
    window.press_at(start);
    window.move_to(start + vec2(9.0 * per_one, 0.0));
    assert_eq!(window.value(w(2, 2)), 5.0);
    check_agreement(&window, w(2, 2));
    window.move_to(start + vec2(7.0 * per_one, 0.0));
    assert_eq!(window.value(w(2, 2)), 5.0);
    window.move_to(start - vec2(8.0 * per_one, 0.0));
    assert_eq!(window.value(w(2, 2)), -5.0);
    window.move_to(start + vec2(per_one, 0.0));
    assert!((window.value(w(2, 2)) - 0.09).abs() < 1e-4);
    window.release();
    assert_eq!(window.steps(), 1);
}

#[test]
fn a_drag_goes_on_outside_the_pane_and_the_window() {
    let mut window = Window::on("article");
    let (start, per_one) = window.handle(w(2, 2));
    window.press_at(start);
    for (way, expected) in [
        (vec2(per_one, 500.0), 0.09),
        (vec2(2.0 * per_one, -900.0), 1.09),
        (vec2(-3.0 * per_one, 30.0), -3.91),
    ] {
        window.move_to(start + way);
        assert!((window.value(w(2, 2)) - expected).abs() < 1e-4);
        check_agreement(&window, w(2, 2));
    }
    window.release();
    assert_eq!(window.steps(), 1);
    window.move_to(start);
    assert!((window.value(w(2, 2)) + 3.91).abs() < 1e-4, "let go");
}

#[test]
fn a_drag_is_never_quantised() {
    let mut window = Window::on("article");
    let (start, per_one) = window.handle(w(2, 2));
    window.press_at(start);
    window.move_to(start + vec2(10.0, 0.0));
    let mut before = window.value(w(2, 2));
    for step in 1..=20u8 {
        window.move_to(start + vec2(10.0 + 0.25 * f32::from(step), 0.0));
        let moved = window.value(w(2, 2)) - before;
        assert!((moved - f64::from(0.25 / per_one)).abs() < 1e-5, "{moved}");
        before = window.value(w(2, 2));
    }
    window.release();
}

#[test]
fn a_locked_knob_does_not_move_and_the_status_says_why() {
    let mut window = Window::on("article");
    window.click(&format!("lock {W22}"));
    assert!(window.session().document().is_locked(w(2, 2)));
    let (start, _) = window.handle(w(2, 2));
    window.press_at(start);
    window.move_to(start + vec2(60.0, 0.0));
    assert_eq!(window.value(w(2, 2)), -0.91);
    assert!(window.says(&format!("The {W22} is locked; unlock it first")));
    window.release();
    assert_eq!(window.steps(), 1, "only the lock");
    window.click(&format!("lock {W22}"));
    let (start, _) = window.handle(w(2, 2));
    window.press_at(start);
    window.move_to(start + vec2(60.0, 0.0));
    assert_ne!(window.value(w(2, 2)), -0.91);
    window.release();
}

#[test]
fn undo_in_the_middle_of_a_drag_does_no_harm() {
    let mut window = Window::on("article");
    let (start, _) = window.handle(w(2, 2));
    window.press_at(start);
    window.move_to(start + vec2(40.0, 0.0));
    window.key_with(window::COMMAND, egui::Key::Z);
    assert_eq!(window.value(w(2, 2)), -0.91);
    window.move_to(start + vec2(50.0, 0.0));
    check_agreement(&window, w(2, 2));
    window.release();
    window.rest();
}
