//! Dragging a curve: its knob follows, and the curve stays under the pointer.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "clippy does not see that helpers of a test are tests"
)]

#[path = "support/window.rs"]
mod window;

use egui::{Pos2, vec2};
use neurodial::canvas::{DragMapping, Element, Handle};
use neurodial::panes::Pane;
use neurodial_core::insight::curve_drag::knob_value_through;
use neurodial_core::network::{
    Activation, Architecture, Initialization, Initializer, Knob, Network, NeuronAddress,
};
use neurodial_core::session::{Action, Adjustable, Document, Quantity, Session};
use proptest::prelude::*;
use window::{Window, b, w};

/// Where the curve of the selected neuron is on the screen over a value of `x₁`, and the grip there.
fn on_curve(window: &Window, x: f64) -> (Pos2, Handle) {
    let at = window.session().view().selected;
    let parts = window.parts(Pane::Curves);
    let plane = parts
        .iter()
        .find(|placed| placed.element == Element::PlotArea)
        .unwrap();
    let Some(DragMapping::PlotPan { rect, x: ends, y }) = plane.handle.map(|grip| grip.mapping) else {
        panic!("no plane")
    };
    let session = window.session();
    let mut inputs = session.document().inputs.clone();
    inputs[0] = x;
    let value = session.document().network.forward(&inputs).a(at.layer, at.neuron)[0];
    let part = |value: f64, ends: [f64; 2]| ((value - ends[0]) / (ends[1] - ends[0])) as f32;
    let pos = Pos2::new(
        rect.left() + part(x, ends) * rect.width(),
        rect.bottom() - part(value, y) * rect.height(),
    );
    let stage = window.stage();
    let placed = stage.hit_test(Pane::Curves.canvas_id(), pos).unwrap();
    assert_eq!(placed.element, Element::Curve(at));
    (pos, placed.handle.unwrap())
}

#[test]
fn far_from_the_threshold_the_weight_follows_and_near_it_the_bias() {
    let mut window = Window::on("article");
    let (far, grip) = on_curve(&window, 4.0);
    assert_eq!(grip.adjusts, Some(w(2, 1)));
    let (_, near) = on_curve(&window, -0.6);
    assert_eq!(near.adjusts, Some(b(2)));
    window.move_to(far);
    window.rest();
    assert!(window.says("drag: turns w₂₁"), "{}", window.tree());
    window.press_at(far);
    for step in 1..=8u8 {
        let pos = far - vec2(0.0, 5.0 * f32::from(step));
        window.move_to(pos);
        let (now, _) = on_curve(&window, 4.0);
        assert!(now.distance(pos) < 0.1, "{now:?} {pos:?}");
        window.check_one_pass();
    }
    window.release();
    assert_ne!(window.value(w(2, 1)), 0.5);
    assert_eq!(window.value(b(2)), 3.0);
    assert_eq!(window.steps(), 1, "one gesture");
    assert_eq!(window.session().view().highlighted, Some(w(2, 1)));
}

#[test]
fn a_click_on_a_curve_turns_nothing_and_a_locked_knob_keeps_it() {
    let mut window = Window::on("article");
    let (far, _) = on_curve(&window, 4.0);
    window.click_at(far);
    assert_eq!(window.steps(), 0);
    let knob = Knob::weight(0, 1, 0);
    window.ask(
        "lock weight from input 1 to neuron 2",
        egui::accesskit::Action::Click,
        None,
    );
    window.rest();
    assert!(window.session().document().locked.contains(&knob));
    window.drag(far, far - vec2(0.0, 30.0));
    assert_eq!(window.value(w(2, 1)), 0.5);
}

proptest! {
    #[test]
    fn the_curve_passes_through_the_pointer(
        seed in 0u64..200,
        which in 0usize..Activation::ALL.len(),
        x in -4.0..4.0,
        fraction in 0.02..0.98,
        over_input in any::<bool>(),
        quantity in prop_oneof![Just(Quantity::Output), Just(Quantity::WeightedSum)],
    ) {
        let activation = Activation::ALL[which];
        // A softmax of one neuron is always 1.
        let blueprint = Architecture::dense(2, &[(3, Activation::Tanh), (2, activation)]).unwrap();
        let how = Initialization { initializer: Initializer::Xavier, seed, has_random_biases: true };
        let values = how.values(&blueprint);
        let mut document = Document::new(Network::from_knobs(blueprint, values).unwrap());
        document.inputs = vec![0.5, -1.0];
        let over = if over_input { Adjustable::Input(0) } else { Knob::weight(0, 1, 0).into() };
        let at = NeuronAddress { layer: 1, neuron: 0 };
        let [low, high] = match (activation, quantity) {
            (_, Quantity::WeightedSum) | (Activation::Linear | Activation::LeakyRelu, _) => [-3.0, 3.0],
            (Activation::Tanh | Activation::Sine, _) => [-1.0, 1.0],
            (Activation::Elu, _) => [-1.0, 3.0],
            (Activation::Sigmoid | Activation::Softmax, _) => [0.0, 1.0],
            (Activation::Step, _) => return Ok(()),
            _ => [0.0, 3.0],
        };
        let y = low + fraction * (high - low);
        let knob = Knob::bias(1, 0);
        let value = knob_value_through(&document, over, at, knob, quantity, [x, y]).unwrap();
        let mut session = Session::open(document, neurodial_core::session::Origin::Untitled);
        session.apply(Action::Set { target: knob.into(), value }).unwrap();
        session.apply(Action::Set { target: over, value: x }).unwrap();
        let document = session.document();
        let trace = document.network.forward(&document.inputs);
        let through = match quantity {
            Quantity::Output => trace.a(1, 0)[0],
            Quantity::WeightedSum => trace.z(1, 0)[0],
        };
        prop_assert!((through - y).abs() < 1e-6, "{activation} {quantity:?}: {through} for {y}");
    }
}
