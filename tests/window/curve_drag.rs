//! Dragging a curve: a knob changes so that the curve stays under the pointer.

use egui::{Pos2, accesskit, vec2};
use neurodial::canvas::{DragMapping, DragTarget, Element, Handle};
use neurodial::panes::Pane;
use neurodial_core::insight::curve_drag::knob_value_through;
use neurodial_core::network::{Activation, Architecture, Initialization, Initializer, Knob, NeuronAddress};
use neurodial_core::session::{Adjustable, Document, Edit, Origin, Quantity, Session};
use proptest::prelude::*;

use crate::support::{TestWindow, b, w};

/// Returns the position of the selected neuron's curve on the screen at a value of `x₁`, and the handle there.
fn curve_at(window: &TestWindow, x: f64) -> (Pos2, Handle) {
    let selected = window.session().view().selected;
    let mapping = window.drag_mapping(Pane::Curves, Element::PlotArea);
    let Some(DragMapping::XyPad {
        rect,
        axes: [x_ends, y_ends],
        ..
    }) = mapping
    else {
        panic!("no plot area")
    };
    let session = window.session();
    let mut inputs = session.document().inputs.clone();
    inputs[0] = x;
    let value = session
        .document()
        .network
        .forward(&inputs)
        .a(selected.layer, selected.neuron)[0];
    let fraction = |value: f64, ends: [f64; 2]| ((value - ends[0]) / (ends[1] - ends[0])) as f32;
    let pos = Pos2::new(
        rect.left() + fraction(x, x_ends) * rect.width(),
        rect.bottom() - fraction(value, y_ends) * rect.height(),
    );
    let elements = window.elements();
    let placed = elements.hit_test(Pane::Curves.canvas_id(), pos).unwrap();
    assert_eq!(placed.element, Element::Curve(selected));
    (pos, placed.handle.unwrap())
}

#[test]
fn escape_during_a_drag_of_the_plot_restores_its_axes() {
    let mut window = TestWindow::with_preset("article");
    let (pos, _) = curve_at(&window, 4.0);
    let beside = pos + vec2(-20.0, 60.0);
    let axes = window.session().view().curve_axes;
    window.press_at(beside);
    window.move_to(beside + vec2(30.0, 10.0));
    assert_ne!(window.session().view().curve_axes, axes);
    window.press_key(egui::Key::Escape);
    assert_eq!(window.session().view().curve_axes, axes);
    window.release();
}

#[test]
fn dragging_changes_the_weight_far_from_the_threshold_and_the_bias_near_it() {
    let mut window = TestWindow::with_preset("article");
    let (far, handle) = curve_at(&window, 4.0);
    assert_eq!(handle.target, DragTarget::Curve(Knob::weight(0, 1, 0)));
    let (_, near) = curve_at(&window, -0.6);
    assert_eq!(near.target, DragTarget::Curve(Knob::bias(0, 1)));
    window.move_to(far);
    window.settle();
    assert!(
        window.shows_text("Drag the curve to change w₂₁"),
        "{}",
        window.accessibility_tree()
    );
    window.press_at(far);
    for step in 1..=8u8 {
        let pos = far - vec2(0.0, 5.0 * f32::from(step));
        window.move_to(pos);
        let (now, _) = curve_at(&window, 4.0);
        assert!(now.distance(pos) < 2.0, "{now:?} {pos:?}");
        window.check_one_pass();
    }
    window.release();
    assert_ne!(window.value(w(2, 1)), 0.5);
    assert_eq!(window.value(b(2)), 3.0);
    assert_eq!(window.undo_count(), 1, "a drag is one undo step");
    assert_eq!(window.session().view().highlighted, Some(w(2, 1)));
}

#[test]
fn clicking_a_curve_or_dragging_with_a_locked_knob_changes_nothing() {
    let mut window = TestWindow::with_preset("article");
    let (far, _) = curve_at(&window, 4.0);
    window.click_at(far);
    assert_eq!(window.undo_count(), 0);
    let knob = Knob::weight(0, 1, 0);
    window.request_action(
        "lock weight from input 1 to neuron 2",
        accesskit::Action::Click,
        None,
    );
    window.settle();
    assert!(window.session().document().locked.contains(&knob));
    window.drag(far, far - vec2(0.0, 30.0));
    assert_eq!(window.value(w(2, 1)), 0.5);
}

proptest! {
    #[test]
    fn the_curve_passes_through_the_pointer(
        seed in 0u64..200,
        activation_index in 0usize..Activation::ALL.len(),
        x in -4.0..4.0,
        fraction in 0.02..0.98,
        is_over_input in any::<bool>(),
        quantity in prop_oneof![Just(Quantity::Output), Just(Quantity::WeightedSum)],
    ) {
        let activation = Activation::ALL[activation_index];
        // A softmax of one neuron is always 1.
        let architecture = Architecture::dense(2, &[(3, Activation::Tanh), (2, activation)]).unwrap();
        let initialization = Initialization { initializer: Initializer::Xavier, seed, has_random_biases: true };
        let mut document = Document::new(initialization.network(architecture));
        document.inputs = vec![0.5, -1.0];
        let x_axis = if is_over_input { Adjustable::Input(0) } else { Knob::weight(0, 1, 0).into() };
        let neuron = NeuronAddress { layer: 1, neuron: 0 };
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
        let value = knob_value_through(&document, x_axis, neuron, knob, quantity, [x, y]).unwrap();
        let mut session = Session::open(document, Origin::Untitled);
        session.apply(Edit::Set { target: knob.into(), value }).unwrap();
        session.apply(Edit::Set { target: x_axis, value: x }).unwrap();
        let document = session.document();
        let forward_pass = document.network.forward(&document.inputs);
        let reached = match quantity {
            Quantity::Output => forward_pass.a(1, 0)[0],
            Quantity::WeightedSum => forward_pass.z(1, 0)[0],
        };
        prop_assert!((reached - y).abs() < 1e-6, "{activation} {quantity:?}: {reached} for {y}");
    }
}
