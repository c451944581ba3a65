//! The output map: dragging its point changes two numbers at once, and its axes can be chosen.

use egui::{Key, Pos2, Rect, vec2};
use neurodial::canvas::{DragMapping, Element};
use neurodial::panes::Pane;
use neurodial_core::formats::json;
use neurodial_core::network::Knob;
use neurodial_core::session::{Adjustable, MapScope, Origin, Session};

use crate::support::TestWindow;

const X1: Adjustable = Adjustable::Input(0);
const X2: Adjustable = Adjustable::Input(1);

/// Opens a preset with the output map in view.
fn window_with_map(name: &str) -> TestWindow {
    let mut window = TestWindow::with_preset(name);
    window.choose(&["Output map"]);
    assert!(window.has_node("Horizontal axis of the output map"));
    window
}

/// Returns the position of the current point and the plot area.
#[track_caller]
fn point(window: &TestWindow) -> (Pos2, Rect) {
    let axes = window.session().view().map_axes;
    match window.drag_mapping(Pane::Map, Element::MapPoint(axes)) {
        Some(DragMapping::XyPad {
            rect,
            handle_pos: Some(handle_pos),
            ..
        }) => (handle_pos, rect),
        other => panic!("{other:?}"),
    }
}

#[test]
fn dragging_the_point_changes_both_numbers_in_one_undo_step() {
    let mut window = window_with_map("xor");
    let (start, rect) = point(&window);
    window.press_at(start);
    for step in 1..=10u8 {
        window.move_to(start + f32::from(step) * vec2(4.0, -3.0));
        window.check_one_pass();
    }
    let across = 40.0 / f64::from(rect.width()) * 10.0;
    let up = 30.0 / f64::from(rect.height()) * 10.0;
    // The roundest values within a pixel.
    assert!((window.value(X1) - (1.0 + across)).abs() <= 10.0 / f64::from(rect.width()));
    assert!((window.value(X2) - up).abs() <= 10.0 / f64::from(rect.height()));
    let text = window.text_value("current point of the output map");
    assert!(text.contains(&window.formatted(window.value(X1))), "{text}");
    window.release();
    assert_eq!(window.undo_count(), 1);
    window.press_ctrl(Key::Z);
    assert_eq!((window.value(X1), window.value(X2)), (1.0, 0.0));
}

#[test]
fn pressing_elsewhere_moves_the_point_there_and_escape_moves_it_back() {
    let mut window = window_with_map("xor");
    let (_, rect) = point(&window);
    window.press_at(rect.center());
    assert!(window.value(X1).abs() < 1e-3 && window.value(X2).abs() < 1e-3);
    window.move_to(rect.center() + vec2(1000.0, -1000.0));
    assert_eq!((window.value(X1), window.value(X2)), (5.0, 5.0));
    window.press_key(Key::Escape);
    assert_eq!((window.value(X1), window.value(X2)), (1.0, 0.0));
    window.release();
    assert_eq!(window.undo_count(), 0);
}

#[test]
fn arrow_keys_move_the_point_along_their_axis() {
    let mut window = window_with_map("xor");
    window.focus("current point of the output map");
    assert!(window.has_focus("current point of the output map"));
    window.press_key(Key::ArrowLeft);
    assert_eq!((window.value(X1), window.value(X2)), (0.9, 0.0));
    window.press_key(Key::ArrowUp);
    window.press_key(Key::ArrowUp);
    assert_eq!((window.value(X1), window.value(X2)), (0.9, 0.2));
    window.press_key(Key::PageDown);
    assert!((window.value(X2) + 0.8).abs() < 1e-9);
    assert!(window.has_focus("current point of the output map"));
}

#[test]
fn a_locked_knob_stays_while_the_other_number_moves() {
    let mut window = window_with_map("xor");
    let bias = Knob::bias(0, 0);
    let target = Adjustable::Knob(bias);
    let name = target.describe(window.session().architecture());
    window.click(&format!("lock {name}"));
    // After the last neuron the first one is selected.
    window.press_ctrl(Key::ArrowDown);
    let entry = format!(
        "{}  bias",
        target.symbol(window.session().architecture()).to_unicode()
    );
    window.click("Vertical axis of the output map");
    window.choose(&[&entry]);
    assert_eq!(window.session().view().map_axes, [X1, target]);
    let (start, _) = point(&window);
    window.press_at(start);
    window.move_to(start + vec2(30.0, -30.0));
    window.release();
    assert_eq!(window.value(target), -0.5);
    assert!(window.value(X1) > 1.0);
}

#[test]
fn choosing_the_same_number_for_both_axes_swaps_them() {
    let mut window = window_with_map("xor");
    window.click("Horizontal axis of the output map");
    window.choose(&["x₂"]);
    assert_eq!(window.session().view().map_axes, [X2, X1]);
}

#[test]
fn each_output_can_have_its_own_map() {
    let mut window = window_with_map("softmax");
    window.click("Mapped neurons");
    window.choose(&["all outputs"]);
    assert_eq!(window.session().view().map_scope, MapScope::Outputs);
    let axes = window.session().view().map_axes;
    let outputs = {
        let session = window.session();
        let architecture = session.architecture();
        architecture.width(architecture.last_layer())
    };
    let placed = window.hit_shapes(Pane::Map, Element::MapPoint(axes));
    assert_eq!(
        placed.len(),
        outputs + 1,
        "a plot area for each output, and the point"
    );
    assert!(window.shows_text("Output maps of all outputs"));
}

#[test]
fn a_network_with_one_input_has_a_map() {
    let window = window_with_map("neuron");
    let (pos, rect) = point(&window);
    assert!(rect.contains(pos));
}

#[test]
fn the_map_covers_samples_beyond_the_input_ranges() {
    let text = r#"{"neurodial":1,"layers":[{"activation":"softmax","weights":[[1,2,3,4],[0,0,0,0],[4,3,2,1]],
        "biases":[0,0,0]}],"data":{"set":"iris"}}"#;
    let document = json::read(text).unwrap();
    let mut window = TestWindow::with_session(Session::open(document, Origin::Untitled));
    window.choose(&["Output map"]);
    let point = Element::MapPoint(window.session().view().map_axes);
    let Some(DragMapping::XyPad { axes, .. }) = window.drag_mapping(Pane::Map, point) else {
        panic!("the point can't be dragged");
    };
    // The longest sepal is 7.9 cm, the widest 4.4 cm; the range of an input is from −5 to 5.
    assert_eq!(axes, [[-5.0, 7.9], [-5.0, 5.0]]);
}
