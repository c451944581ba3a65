//! The curves follow the knob that is turned, and their axes hold still.

use egui::{Key, vec2};
use neurodial::canvas::Element;
use neurodial::panes::Pane;
use neurodial_core::session::{Adjustable, Session, ViewChange};
use neurodial_core::text::Messages;

use crate::support::{TestWindow, preset, w};

fn selected_neuron(window: &TestWindow) -> usize {
    window.session().view().selected.neuron + 1
}

/// Returns the vertical axis of the curves and the values at both ends of the selected neuron's curve.
fn axis_and_ends(window: &TestWindow) -> ([f64; 2], [f64; 2]) {
    let insight = window.insight();
    let sweep = insight.sweep();
    let points = &sweep.curves[0].points;
    (sweep.y, [points[0][1], points[points.len() - 1][1]])
}

fn shows_weight_on_its_edge(window: &TestWindow, target: Adjustable) -> bool {
    let mut placed = window.elements_in(Pane::Diagram).into_iter();
    placed.any(|placed| placed.element == Element::Number(target))
}

#[test]
fn curves_and_formula_follow_the_knob_that_is_turned() {
    let mut window = TestWindow::with_preset("article");
    assert_eq!(selected_neuron(&window), 2);
    let before = axis_and_ends(&window).1;

    let (handle, points_per_unit) = window.slider_handle(w(1, 1));
    window.press_at(handle);
    window.move_to(handle + vec2(points_per_unit, 0.0));
    assert_eq!(selected_neuron(&window), 1);
    assert!(shows_weight_on_its_edge(&window, w(1, 1)));
    assert_eq!(window.insight().formula().at.neuron, 0);
    assert_ne!(axis_and_ends(&window).1, before);
    window.check_one_pass();
    window.release();

    window.focus("weight from input 2 to neuron 3");
    window.press_key(Key::ArrowRight);
    assert_eq!(selected_neuron(&window), 3);
    assert!(shows_weight_on_its_edge(&window, w(3, 2)));

    window.focus("bias of neuron 1");
    window.press_key(Key::Delete);
    assert_eq!(selected_neuron(&window), 1, "a value that is reset");

    // An input belongs to no neuron.
    window.focus("input 2");
    window.press_key(Key::ArrowRight);
    assert_eq!(selected_neuron(&window), 1);
}

#[test]
fn stepping_through_the_forward_pass_keeps_its_neuron() {
    let mut window = TestWindow::with_preset("article");
    window.press_key(Key::N);
    let stepped = selected_neuron(&window);
    window.drag_slider(w(stepped % 3 + 1, 1), 1.0);
    assert_eq!(selected_neuron(&window), stepped);
}

#[test]
fn curves_over_another_neurons_knob_are_drawn_over_an_input_instead() {
    let mut session = preset("article");
    session.apply(ViewChange::Sweep(w(2, 3))).unwrap();
    let mut window = TestWindow::with_session(session);
    window.drag_slider(w(2, 1), 0.5);
    assert_eq!(window.session().view().swept, w(2, 3));
    window.drag_slider(w(3, 1), 0.5);
    assert_eq!(window.session().view().swept, Adjustable::Input(0));
}

#[test]
fn a_weight_visibly_scales_its_curve() {
    let mut window = TestWindow::with_preset("neuron");
    let (axis, [_, before]) = axis_and_ends(&window);
    window.drag_slider(w(1, 1), 1.0);
    window.settle();
    let (axis_after, [_, after]) = axis_and_ends(&window);
    assert_eq!(axis_after, axis, "the axis holds still during and after the drag");
    assert!(after > before + 1.0, "{after} {before}");
    window.focus("weight from input 1 to neuron 1");
    window.press_key(Key::PageUp);
    assert_eq!(axis_and_ends(&window).0, axis, "and after a key");
    window.click(Messages::ENGLISH.curves_fit());
    window.settle();
    let (fitted, [_, end]) = axis_and_ends(&window);
    assert!(fitted[1] >= end && fitted != axis, "{fitted:?} {end}");
}

#[test]
fn the_axis_becomes_longer_only_if_the_curve_has_left_it() {
    let mut window = TestWindow::with_preset("neuron");
    let mut enter = |name: &str, value: f64| {
        window.focus(name);
        window.press_key(Key::Enter);
        window.type_text(&value.to_string());
        window.press_key(Key::Enter);
        axis_and_ends(&window).0
    };
    let axis = enter("weight from input 1 to neuron 1", 0.0);
    assert_eq!(enter("bias of neuron 1", axis[1]), axis, "at its upper end");
    let longer = enter("bias of neuron 1", axis[1] + 1.0);
    assert_eq!(longer[0], axis[0]);
    assert!(longer[1] > axis[1] + 1.0, "{longer:?}");
    assert_eq!(
        enter("bias of neuron 1", 0.0),
        longer,
        "it doesn't become shorter"
    );
}

#[test]
fn the_curve_from_before_a_drag_stays_for_a_moment() {
    let mut window = TestWindow::with_preset("article");
    let old_points = {
        let insight = window.insight();
        insight.sweep().curves[0].points.clone()
    };
    let overlay = |window: &TestWindow| {
        let insight = window.insight();
        insight
            .curves_before_gesture()
            .first()
            .map(|curve| curve.points.clone())
    };
    let (handle, points_per_unit) = window.slider_handle(w(2, 1));
    window.press_at(handle);
    window.move_to(handle + vec2(points_per_unit, 0.0));
    assert_eq!(overlay(&window).as_ref(), Some(&old_points));
    window.release();
    window.settle();
    assert_eq!(
        overlay(&window).as_ref(),
        Some(&old_points),
        "just after the drag"
    );
    window.run_for(1.5);
    assert_eq!(overlay(&window), None);
}

#[test]
fn numbers_keep_their_decimals_while_they_are_dragged() {
    let mut window = TestWindow::with_preset("neuron");
    let decimals = |window: &TestWindow| window.insight().shown_decimals().adjustables;
    let (handle, points_per_unit) = window.slider_handle(w(1, 1));
    let whole = |session: &Session| {
        session
            .document()
            .network
            .knobs()
            .iter()
            .all(|knob| knob.fract() == 0.0)
    };
    assert!(whole(&window.session()));
    assert_eq!(decimals(&window), 0);
    window.press_at(handle);
    window.move_to(handle + vec2(0.5 * points_per_unit, 0.0));
    let during = decimals(&window);
    assert!((1..=2).contains(&during), "{during}");
    window.move_to(handle);
    assert_eq!(decimals(&window), during, "as long as the drag lasts");
    window.release();
    window.settle();
    assert_eq!(decimals(&window), 0);
}

#[test]
fn the_family_has_nine_curves_over_the_range_of_the_knob_that_was_dragged() {
    let mut window = TestWindow::with_preset("article");
    window.click(Messages::ENGLISH.curves_family());
    window.settle();
    let has_family = |window: &TestWindow| window.insight().curve_family(&window.session()).is_some();
    assert!(!has_family(&window), "no knob was used yet");
    window.drag_slider(w(2, 1), 0.5);
    window.settle();
    {
        let (insight, session) = (window.insight(), window.session());
        let family = insight.curve_family(&session).unwrap();
        assert_eq!(family.varied, w(2, 1));
        assert_eq!(family.values.first(), Some(&-5.0));
        assert_eq!(family.values.last(), Some(&5.0));
        assert_eq!(family.curves.len(), 9);
        // At x₁ = 5 the weight of x₁ makes the difference.
        let ends: Vec<f64> = family
            .curves
            .iter()
            .map(|curve| curve.points.last().unwrap()[1])
            .collect();
        assert!(ends.is_sorted() && ends[8] > ends[0] + 20.0, "{ends:?}");
    }
    window.focus("input 1");
    window.press_key(Key::ArrowRight);
    assert!(!has_family(&window), "the curves are drawn over this input");
    window.click(Messages::ENGLISH.curves_family());
    window.drag_slider(w(2, 1), 0.5);
    assert!(!has_family(&window));
}

#[test]
fn the_formula_says_where_the_shown_numbers_do_not_add_up() {
    let mut window = TestWindow::with_preset("article");
    let count = |window: &TestWindow| {
        window
            .painted_texts()
            .iter()
            .filter(|text| text.contains('≈'))
            .count()
    };
    assert_eq!(count(&window), 0);
    window.focus("weight from input 2 to neuron 2");
    window.press_key(Key::Enter);
    window.type_text("1/3");
    window.press_key(Key::Enter);
    window.settle();
    // 0.333 × 2.000 is 0.666, and 2/3 is shown as 0.667; the shown products add up to the shown sum.
    assert_eq!(count(&window), 1);
}
