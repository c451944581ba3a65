//! The loss landscape in the window and as a figure.

use std::fs;

use egui::{Key, Pos2, Rect, accesskit, pos2, vec2};
use neurodial::canvas::{DragMapping, Element};
use neurodial::panes::Pane;
use neurodial_core::network::Knob;
use neurodial_core::session::Adjustable;
use neurodial_core::text::format_adaptive;

use crate::command::neurodial_in;
use crate::support::training::{train, train_loss, undo_count_after_data, window_with_data};
use crate::support::{TestWindow, network};

const X_KNOB: Knob = Knob::weight(1, 0, 0);
const Y_KNOB: Knob = Knob::weight(1, 0, 1);

/// Opens a trained network with the loss landscape maximized.
fn window_with_landscape() -> TestWindow {
    let mut window = window_with_data(network(&[2, 3, 1]), "xor");
    train(&mut window, 4);
    window.toggle_maximized(Pane::Landscape);
    window.settle();
    window
}

/// Returns the plot area, and the position of the current point.
fn area_and_point(window: &TestWindow) -> (Rect, Pos2) {
    match window.drag_mapping(Pane::Landscape, Element::MapPoint([X_KNOB.into(), Y_KNOB.into()])) {
        Some(DragMapping::XyPad {
            rect,
            handle_pos: Some(handle_pos),
            ..
        }) => (rect, handle_pos),
        other => panic!("no plot area: {other:?}"),
    }
}

/// Returns the current loss as the pane shows it.
fn loss_text(window: &TestWindow) -> String {
    format!("loss {}", format_adaptive(train_loss(window), 3))
}

#[test]
fn dragging_the_point_changes_both_knobs_in_the_same_frame_and_is_one_undo_step() {
    let mut window = window_with_landscape();
    let (rect, point) = area_and_point(&window);
    window.press_at(point);
    let to = pos2(
        rect.left() + 0.75 * rect.width(),
        rect.top() + 0.75 * rect.height(),
    );
    window.move_to(to);
    window.check_one_pass();
    let range = window.session().document().range(X_KNOB.into());
    let is_near = |value: f64, expected: f64| (value - expected).abs() < 0.02;
    assert!(is_near(window.value(X_KNOB.into()), range.value_at(0.75)));
    assert!(is_near(window.value(Y_KNOB.into()), range.value_at(0.25)));
    window.release();
    assert_eq!(undo_count_after_data(&window), 2);
    let text = window.text_value("current point of the loss landscape");
    assert!(text.contains(&loss_text(&window)), "{text}");
    assert!(text.contains("lowest loss"), "{text}");
}

#[test]
fn a_low_pane_shows_the_plot_instead_of_the_controls() {
    let mut window = window_with_landscape();
    window.choose(&["View", "Maximize pane", "Maximize Loss landscape"]);
    for (size, has_controls) in [(vec2(1280.0, 720.0), true), (vec2(853.0, 480.0), false)] {
        window.harness.set_size(size);
        window.choose(&["View", "Loss landscape"]);
        window.settle();
        if !window.has_node("Close Loss landscape") {
            window.choose(&["View", "Loss landscape"]);
            window.settle();
        }
        let (rect, _) = area_and_point(&window);
        assert!(rect.height() > 20.0, "{size}: {rect}");
        assert_eq!(
            window.has_node("Horizontal axis of the loss landscape"),
            has_controls,
            "{size}"
        );
    }
}

#[test]
fn each_pair_of_arrow_keys_changes_one_knob() {
    let mut window = window_with_landscape();
    let (_, point) = area_and_point(&window);
    window.click_at(point);
    window.check_focus("current point of the loss landscape");
    let before: Vec<f64> = [X_KNOB, Y_KNOB].map(|knob| window.value(knob.into())).to_vec();
    window.press_key(Key::ArrowRight);
    window.press_key(Key::ArrowDown);
    assert!(window.value(X_KNOB.into()) > before[0]);
    assert!(window.value(Y_KNOB.into()) < before[1]);
}

#[test]
fn any_two_knobs_can_be_chosen_and_one_alone_is_a_curve() {
    let mut window = window_with_landscape();
    window.click("Horizontal axis of the loss landscape");
    window.choose(&["b₂⁽¹⁾  bias"]);
    assert_eq!(
        window.session().view().landscape_knobs,
        (Knob::bias(0, 1), Some(Y_KNOB))
    );
    // Choosing the knob of the other axis swaps the axes.
    window.click("Vertical axis of the loss landscape");
    window.choose(&["b₂⁽¹⁾  bias"]);
    assert_eq!(
        window.session().view().landscape_knobs,
        (Y_KNOB, Some(Knob::bias(0, 1)))
    );
    window.click("Vertical axis of the loss landscape");
    window.choose(&["none"]);
    window.settle();
    let target: Adjustable = Y_KNOB.into();
    let name = format!(
        "{} on the loss landscape",
        target.describe(window.session().architecture())
    );
    assert!(
        window.text_value(&name).ends_with(&loss_text(&window)),
        "{}",
        window.text_value(&name)
    );
    window.request_action(&name, accesskit::Action::Increment, None);
    window.settle();
    assert!(window.text_value(&name).ends_with(&loss_text(&window)));
}

#[test]
fn without_data_the_pane_says_what_is_missing() {
    let mut window = TestWindow::with_preset("article");
    window.toggle_maximized(Pane::Landscape);
    assert!(window.shows_text("There is no loss without a dataset"));
}

#[test]
fn the_figure_of_the_loss_landscape_is_deterministic() {
    let folder = tempfile::tempdir().unwrap();
    let text = r#"{"neurodial":1,"layers":[{"activation":"tanh","weights":[[0.5,-0.4]],"biases":[0.1]}],
        "data":{"set":"gaussians"}}"#;
    fs::write(folder.path().join("n.json"), text).unwrap();
    let mut figures = Vec::new();
    for name in ["one.svg", "two.svg"] {
        let arguments = ["figure", "./n.json", "--pane", "landscape", "-o", name];
        let output = neurodial_in(folder.path(), &arguments);
        assert!(output.status.success(), "{output:?}");
        figures.push(fs::read_to_string(folder.path().join(name)).unwrap());
    }
    assert_eq!(figures[0], figures[1]);
    assert!(figures[0].contains("lowest"), "the lowest point is named");
}
