//! The loss landscape in the window and on paper.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "clippy does not see that helpers of a test are tests"
)]

#[path = "support/command.rs"]
mod command;
#[path = "support/lessons.rs"]
mod lessons;
#[path = "support/window.rs"]
mod window;

use std::fs;

use egui::{Key, Pos2, Rect, pos2, vec2};
use neurodial::canvas::{DragMapping, Element};
use neurodial::panes::Pane;
use neurodial_core::network::Knob;
use neurodial_core::session::Adjustable;

use command::neurodial_in;
use lessons::{on_data, run_steps, train};
use window::{Window, network};

const ACROSS: Knob = Knob::weight(1, 0, 0);
const UP: Knob = Knob::weight(1, 0, 1);

fn landscape() -> Window {
    let mut window = on_data(network(&[2, 3, 1]), "xor");
    train(&mut window, 4);
    window.switch_alone(Pane::Landscape);
    window.rest();
    window
}

/// The plane, and where the present point is.
fn pad(window: &Window) -> (Rect, Pos2) {
    let part = Element::MapPoint([ACROSS.into(), UP.into()]);
    let parts = window.parts(Pane::Landscape);
    let found = parts.iter().find(|placed| placed.element == part);
    match found.and_then(|placed| placed.handle).map(|grip| grip.mapping) {
        Some(DragMapping::XyPad {
            rect,
            handle_pos: handle,
            ..
        }) => (rect, handle),
        other => panic!("no plane: {other:?}"),
    }
}

fn loss(window: &Window) -> f64 {
    let insight = window.insight();
    let score = insight.metrics(&window.session()).unwrap().as_ref().unwrap();
    score.train.loss
}

#[test]
fn dragging_the_point_turns_both_knobs_in_the_same_frame_and_is_one_step() {
    let mut window = landscape();
    let (rect, point) = pad(&window);
    window.press_at(point);
    let to = pos2(
        rect.left() + 0.75 * rect.width(),
        rect.top() + 0.75 * rect.height(),
    );
    window.move_to(to);
    window.check_one_pass();
    let range = window.session().document().range(ACROSS.into());
    let near = |value: f64, wanted: f64| (value - wanted).abs() < 0.02;
    assert!(near(window.value(ACROSS.into()), range.value_at(0.75)));
    assert!(near(window.value(UP.into()), range.value_at(0.25)));
    window.release();
    assert_eq!(run_steps(&window), 2);
    let told = window.told("point of the loss landscape");
    let now = neurodial_core::text::format_adaptive(loss(&window), 3);
    assert!(told.contains(&format!("loss {now}")), "{told}");
    assert!(told.contains("lowest is"), "{told}");
}

#[test]
fn in_a_low_pane_the_picture_comes_before_the_controls() {
    let mut window = landscape();
    window.choose(&["View", "One pane alone", "Landscape fills the window"]);
    for (size, has_controls) in [(vec2(1280.0, 720.0), true), (vec2(853.0, 480.0), false)] {
        window.harness.set_size(size);
        window.choose(&["View", "Landscape"]);
        window.rest();
        if !window.has("Hide Landscape") {
            window.choose(&["View", "Landscape"]);
            window.rest();
        }
        let (rect, _) = pad(&window);
        assert!(rect.height() > 20.0, "{size}: {rect}");
        assert_eq!(window.has("across the landscape"), has_controls, "{size}");
    }
}

#[test]
fn arrows_turn_one_knob_each() {
    let mut window = landscape();
    let (_, point) = pad(&window);
    window.click_at(point);
    assert!(
        window.has_focus("point of the loss landscape"),
        "{:?}",
        window.focus()
    );
    let before: Vec<f64> = [ACROSS, UP].map(|knob| window.value(knob.into())).to_vec();
    window.key(Key::ArrowRight);
    window.key(Key::ArrowDown);
    assert!(window.value(ACROSS.into()) > before[0]);
    assert!(window.value(UP.into()) < before[1]);
}

#[test]
fn any_knobs_can_be_chosen_and_one_alone_is_a_curve() {
    let mut window = landscape();
    window.click("across the landscape");
    window.choose(&["b¹₂  bias"]);
    let over = window.session().view().landscape_knobs;
    assert_eq!(over, (Knob::bias(0, 1), Some(UP)));
    // Who chooses the same twice wants them the other way round.
    window.click("up the landscape");
    window.choose(&["b¹₂  bias"]);
    assert_eq!(
        window.session().view().landscape_knobs,
        (UP, Some(Knob::bias(0, 1)))
    );
    window.click("up the landscape");
    window.choose(&["nothing else"]);
    window.rest();
    let target: Adjustable = UP.into();
    let name = format!(
        "{} on the loss landscape",
        target.describe(window.session().architecture())
    );
    let now = neurodial_core::text::format_adaptive(loss(&window), 3);
    assert!(
        window.told(&name).ends_with(&format!("loss {now}")),
        "{}",
        window.told(&name)
    );
    window.ask(&name, egui::accesskit::Action::Increment, None);
    window.rest();
    let now = neurodial_core::text::format_adaptive(loss(&window), 3);
    assert!(window.told(&name).ends_with(&format!("loss {now}")));
}

#[test]
fn without_data_it_says_what_is_missing() {
    let mut window = Window::on("article");
    window.switch_alone(Pane::Landscape);
    assert!(window.says("There is no loss without data"));
}

#[test]
fn it_can_be_drawn_on_paper_and_is_the_same_each_time() {
    let folder = tempfile::tempdir().unwrap();
    let text = r#"{"neurodial":1,"layers":[{"activation":"tanh","weights":[[0.5,-0.4]],"biases":[0.1]}],
        "data":{"set":"gaussians"}}"#;
    fs::write(folder.path().join("n.json"), text).unwrap();
    let mut files = Vec::new();
    for name in ["one.svg", "two.svg"] {
        let arguments = ["figure", "./n.json", "--pane", "landscape", "-o", name];
        let output = neurodial_in(folder.path(), &arguments);
        assert!(output.status.success(), "{output:?}");
        files.push(fs::read_to_string(folder.path().join(name)).unwrap());
    }
    assert_eq!(files[0], files[1]);
    assert!(files[0].contains("lowest"), "the least place is named");
}
