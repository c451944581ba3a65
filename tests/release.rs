//! Where a drag ends.

#[path = "support/frames.rs"]
mod frames;

use egui::vec2;
use neurodial_core::network::Knob;
use neurodial_core::session::{Adjustable, Origin, Preset, Session};

use frames::{Window, button, moved};

#[test]
fn a_drag_ends_where_the_button_was_released_even_if_the_pointer_goes_on_in_that_frame() {
    let document = Preset::DEFAULT.document().unwrap();
    let mut window = Window::open(Session::open(document, Origin::Untitled));
    let target = Adjustable::Knob(Knob::weight(0, 1, 1));
    let start = window.handle(target).unwrap();
    let goal = start + vec2(20.0, 0.0);
    window.frame(vec![moved(start.x, start.y)]);
    window.frame(vec![button(start, true)]);
    window.frame(vec![moved(goal.x, goal.y)]);
    let there = window.app.session().document().value(target);
    assert_ne!(there, Some(-0.91));
    window.frame(vec![button(goal, false), moved(goal.x + 300.0, goal.y + 200.0)]);
    window.frame(Vec::new());
    assert_eq!(window.app.session().document().value(target), there);
    assert!(window.handle(target).unwrap().distance(goal) < 0.01);
}
