//! The map in the window: its point turns two numbers at once; and what it is over.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "clippy does not see that helpers of a test are tests"
)]

#[path = "support/window.rs"]
mod window;

use egui::accesskit::Action;
use egui::{Key, Pos2, Rect, vec2};
use neurodial::canvas::{DragMapping, Element};
use neurodial::panes::Pane;
use neurodial_core::network::Knob;
use neurodial_core::session::{Adjustable, MapScope, Origin, Session, format};
use window::Window;

const X1: Adjustable = Adjustable::Input(0);
const X2: Adjustable = Adjustable::Input(1);

fn window_on(name: &str) -> Window {
    let mut window = Window::on(name);
    window.choose(&["Map"]);
    assert!(window.has("across the map"));
    window
}

/// Where the point is, and the plane that it moves in.
#[track_caller]
fn point(window: &Window) -> (Pos2, Rect) {
    let over = window.session().view().map_axes;
    let parts = window.parts(Pane::Map);
    let placed = parts
        .iter()
        .find(|placed| placed.element == Element::MapPoint(over))
        .unwrap();
    match placed.handle.unwrap().mapping {
        DragMapping::XyPad {
            rect,
            handle_pos: handle,
            ..
        } => (handle, rect),
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_point_turns_both_numbers_in_one_step() {
    let mut window = window_on("xor");
    let (start, rect) = point(&window);
    window.press_at(start);
    for step in 1..=10u8 {
        window.move_to(start + f32::from(step) * vec2(4.0, -3.0));
        window.check_one_pass();
    }
    let across = 40.0 / f64::from(rect.width()) * 10.0;
    let up = 30.0 / f64::from(rect.height()) * 10.0;
    assert!((window.value(X1) - (1.0 + across)).abs() < 1e-3);
    assert!((window.value(X2) - up).abs() < 1e-3);
    let told = window.told("point of the map");
    assert!(told.contains(&window.shown(window.value(X1))), "{told}");
    window.release();
    assert_eq!(window.steps(), 1);
    window.command(Key::Z);
    assert_eq!((window.value(X1), window.value(X2)), (1.0, 0.0));
}

#[test]
fn a_press_elsewhere_brings_the_point_there_and_escape_takes_it_back() {
    let mut window = window_on("xor");
    let (_, rect) = point(&window);
    window.press_at(rect.center());
    assert!(window.value(X1).abs() < 1e-3 && window.value(X2).abs() < 1e-3);
    window.move_to(rect.center() + vec2(1000.0, -1000.0));
    assert_eq!((window.value(X1), window.value(X2)), (5.0, 5.0));
    window.key(Key::Escape);
    assert_eq!((window.value(X1), window.value(X2)), (1.0, 0.0));
    window.release();
    assert_eq!(window.steps(), 0);
}

#[test]
fn arrow_keys_move_the_point_each_its_own_way() {
    let mut window = window_on("xor");
    window.ask("point of the map", Action::Focus, None);
    window.rest();
    assert!(window.has_focus("point of the map"));
    window.key(Key::ArrowLeft);
    assert_eq!((window.value(X1), window.value(X2)), (0.9, 0.0));
    window.key(Key::ArrowUp);
    window.key(Key::ArrowUp);
    assert_eq!((window.value(X1), window.value(X2)), (0.9, 0.2));
    window.key(Key::PageDown);
    assert!((window.value(X2) + 0.8).abs() < 1e-9);
    assert!(window.has_focus("point of the map"));
}

#[test]
fn a_locked_knob_stays_while_the_other_number_moves() {
    let mut window = window_on("xor");
    let bias = Knob::bias(0, 0);
    let target = Adjustable::Knob(bias);
    let name = target.describe(window.session().architecture());
    window.click(&format!("lock {name}"));
    // After the last neuron comes the first.
    window.command(Key::ArrowDown);
    let entry = format!(
        "{}  bias",
        target.symbol(window.session().architecture()).to_unicode()
    );
    window.click("up the map");
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
fn the_same_number_twice_is_the_other_way_round() {
    let mut window = window_on("xor");
    window.click("across the map");
    window.choose(&["x₂"]);
    assert_eq!(window.session().view().map_axes, [X2, X1]);
}

#[test]
fn each_output_has_its_map() {
    let mut window = window_on("softmax");
    window.click("shown maps");
    window.choose(&["each output"]);
    assert_eq!(window.session().view().map_scope, MapScope::Outputs);
    let over = window.session().view().map_axes;
    let outputs = {
        let session = window.session();
        let blueprint = session.architecture();
        blueprint.width(blueprint.last_layer())
    };
    let placed = window.places(Pane::Map, Element::MapPoint(over));
    assert_eq!(placed.len(), outputs + 1, "a plane each, and the point");
    assert!(window.says("Maps of the outputs"));
}

#[test]
fn a_network_with_one_input_has_a_map_too() {
    let window = window_on("neuron");
    let (at, rect) = point(&window);
    assert!(rect.contains(at));
}

#[test]
fn every_sample_is_on_the_map_though_inputs_turn_less_far() {
    let text = r#"{"neurodial":1,"layers":[{"activation":"softmax","weights":[[1,2,3,4],[0,0,0,0],[4,3,2,1]],
        "biases":[0,0,0]}],"data":{"set":"iris"}}"#;
    let document = format::read(text).unwrap();
    let mut window = Window::open(Session::open(document, Origin::Untitled));
    window.choose(&["Map"]);
    let part = Element::MapPoint(window.session().view().map_axes);
    let parts = window.parts(Pane::Map);
    let placed = parts.iter().find(|placed| placed.element == part).unwrap();
    let DragMapping::XyPad { axes: turns, .. } = placed.handle.unwrap().mapping else {
        panic!("the point is not on a plane");
    };
    // The longest sepal is 7.9 cm, the widest 4.4 cm; an input turns from -5 to 5.
    assert_eq!(turns, [(X1, [-5.0, 7.9]), (X2, [-5.0, 5.0])]);
}
