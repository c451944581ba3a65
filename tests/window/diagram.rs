//! The network diagram: crossing edges, bias rings, inputs, neurons, and highlights.

use egui::{Key, Pos2, Vec2, vec2};
use neurodial::canvas::{Element, HitShape};
use neurodial::panes::Pane;
use neurodial_core::network::{Knob, NeuronAddress};
use neurodial_core::session::Adjustable;
use neurodial_core::text::Messages;

use crate::support::{TestWindow, b, w};

/// Returns the numbers of the document that differ from before.
fn changed(window: &TestWindow, before: &[(Adjustable, f64)]) -> Vec<Adjustable> {
    let differing = before
        .iter()
        .filter(|(target, value)| window.value(*target) != *value);
    differing.map(|(target, _)| *target).collect()
}

fn all_values(window: &TestWindow) -> Vec<(Adjustable, f64)> {
    let session = window.session();
    let knobs = session.architecture().knobs().map(Adjustable::Knob);
    let inputs = (0..session.architecture().input_count()).map(Adjustable::Input);
    let targets = knobs.chain(inputs);
    targets
        .map(|target| (target, session.document().value(target).unwrap()))
        .collect()
}

fn edge(window: &TestWindow, target: Adjustable) -> (Pos2, Pos2) {
    match window
        .hit_shapes(Pane::Diagram, Element::Adjustable(target))
        .as_slice()
    {
        [HitShape::Segment { from, to, .. }] => (*from, *to),
        other => panic!("{target}: {other:?}"),
    }
}

/// Returns points along an edge where no other element of the diagram can be hit.
fn clear_points(window: &TestWindow, target: Adjustable) -> Vec<Pos2> {
    let (from, to) = edge(window, target);
    let others = window.elements_in(Pane::Diagram).into_iter();
    let others: Vec<_> = others
        .filter(|placed| placed.element != Element::Adjustable(target))
        .collect();
    let points = (1..100u8).map(|percent| from + f32::from(percent) / 100.0 * (to - from));
    points
        .filter(|pos| {
            others
                .iter()
                .all(|other| other.hit_shape.distance(*pos).is_none())
        })
        .collect()
}

#[test]
fn a_drag_near_each_edge_changes_exactly_its_weight() {
    for neuron in 1..=3 {
        for input in 1..=4 {
            let mut window = TestWindow::with_preset("article");
            let target = w(neuron, input);
            let points = clear_points(&window, target);
            assert!(points.len() >= 3, "{target} has {} clear points", points.len());
            let (from, to) = edge(&window, target);
            let offset = 2.0 * (to - from).normalized().rot90();
            let before = all_values(&window);
            let pos = points[points.len() / 2] + offset;
            window.drag(pos, pos - vec2(0.0, 24.0));
            assert_eq!(changed(&window, &before), [target]);
            let value = before.iter().find(|(known, _)| *known == target).unwrap().1;
            // The roundest value within a pixel, which is 1/24.
            let changed = window.value(target);
            assert!((changed - value - 1.0).abs() < 1.0 / 24.0, "{target}");
            assert_eq!(changed, (changed * 10.0).round() / 10.0, "{target}");
            assert_eq!(window.undo_count(), 1);
            window.check_one_pass();
        }
    }
}

/// Returns the point where two edges cross, and the directions of both.
fn crossing(window: &TestWindow, one: Adjustable, other: Adjustable) -> (Pos2, [Vec2; 2]) {
    let (a, b) = (edge(window, one), edge(window, other));
    let (da, db) = (a.1 - a.0, b.1 - b.0);
    let across = |one: Vec2, other: Vec2| one.x * other.y - one.y * other.x;
    let t = across(b.0 - a.0, db) / across(da, db);
    assert!((0.0..1.0).contains(&t), "they cross");
    (a.0 + t * da, [da.normalized(), db.normalized()])
}

/// Returns the numbers that a drag up from a position changes, and undoes the drag.
fn changed_by_drag_at(window: &mut TestWindow, pos: Pos2) -> Vec<Adjustable> {
    // Long enough after the last press that this is no double click.
    window.run_for(0.5);
    let before = all_values(window);
    window.drag(pos, pos - vec2(0.0, 24.0));
    let changed = changed(window, &before);
    window.press_ctrl(Key::Z);
    changed
}

#[test]
fn where_edges_cross_the_nearest_edge_is_dragged() {
    let mut window = TestWindow::with_preset("article");
    // Neither edge belongs to the selected neuron, whose edges are elsewhere.
    window.click("neuron 3 in the diagram");
    let (falling, rising) = (w(2, 1), w(1, 2));
    let (point, directions) = crossing(&window, falling, rising);
    // From whichever direction the pointer comes, and whichever knob changed before.
    for first in [0, 1] {
        for second in [1, 0] {
            window.move_to(point + 9.0 * directions[first]);
            for (target, direction) in [(falling, directions[0]), (rising, directions[1])] {
                for end in [-5.0, 5.0] {
                    assert_eq!(changed_by_drag_at(&mut window, point + end * direction), [target]);
                    // The drag has selected the neuron of its edge.
                    window.click("neuron 3 in the diagram");
                }
            }
            window.move_to(point + 9.0 * directions[second]);
        }
    }
}

#[test]
fn where_edges_cross_an_edge_of_the_selected_neuron_takes_precedence() {
    for (neuron, name) in [(1, "neuron 1 in the diagram"), (2, "neuron 2 in the diagram")] {
        let mut window = TestWindow::with_preset("article");
        window.click(name);
        let edges = [w(2, 1), w(1, 2)];
        let (point, directions) = crossing(&window, edges[0], edges[1]);
        let selected = if neuron == 2 { edges[0] } else { edges[1] };
        for direction in directions {
            assert_eq!(
                changed_by_drag_at(&mut window, point + 5.0 * direction),
                [selected]
            );
        }
    }
}

#[test]
fn dragging_a_bias_ring_changes_the_bias() {
    let mut window = TestWindow::with_preset("article");
    for neuron in 1..=3 {
        let shapes = window.hit_shapes(Pane::Diagram, Element::Adjustable(b(neuron)));
        let [HitShape::Ring { center, radius, .. }] = shapes.as_slice() else {
            panic!("{shapes:?}");
        };
        let before = all_values(&window);
        let pos = *center - vec2(0.0, *radius);
        window.drag(pos, pos + vec2(0.0, 12.0));
        assert_eq!(changed(&window, &before), [b(neuron)]);
        let value = before.iter().find(|(known, _)| *known == b(neuron)).unwrap().1;
        assert!((window.value(b(neuron)) - value + 0.5).abs() < 1e-5);
    }
    assert_eq!(window.undo_count(), 3);
}

#[test]
fn an_input_can_be_dragged_at_its_circle_or_its_number() {
    let mut window = TestWindow::with_preset("article");
    for (input, element) in [
        (0, Element::Adjustable(Adjustable::Input(0))),
        (2, Element::Number(Adjustable::Input(2))),
    ] {
        let bounds = window.element_rect(Pane::Diagram, element);
        let pos = match element {
            Element::Number(_) => bounds.center(),
            _ => bounds.center_top() + vec2(0.0, 3.0),
        };
        let before = all_values(&window);
        window.drag(pos, pos - vec2(0.0, 24.0));
        let target = Adjustable::Input(input);
        assert_eq!(changed(&window, &before), [target]);
        assert!((window.value(target) - [2.0, 0.0, 4.0][input]).abs() < 1e-5);
    }
}

#[test]
fn an_input_can_be_typed_in_the_diagram() {
    let mut window = TestWindow::with_preset("article");
    let number = window.element_rect(Pane::Diagram, Element::Number(Adjustable::Input(3)));
    window.click_at(number.center());
    assert!(window.has_focus("new value of input 4"));
    window.type_text("-1/4");
    window.press_key(Key::Enter);
    window.settle();
    assert_eq!(window.value(Adjustable::Input(3)), -0.25);
    assert_eq!(window.text_value("input 4"), "−0.250");
    window.check_focus("input 4");
}

#[test]
fn clicking_a_neuron_shows_its_curve_and_formula() {
    let mut window = TestWindow::with_preset("article");
    for (name, neuron) in [("neuron 3", 2), ("neuron 1", 0)] {
        let circle = window.element_rect(Pane::Diagram, Element::Neuron(NeuronAddress { layer: 0, neuron }));
        window.click_at(circle.center());
        assert_eq!(
            window.session().view().selected,
            NeuronAddress { layer: 0, neuron }
        );
        assert!(window.has_node(&format!("output of {name}")));
        assert!(window.has_node(&format!("curve of {name}")));
    }
    assert_eq!(window.undo_count(), 0, "selecting is no undo step");
    window.click("neuron 3");
    assert_eq!(window.session().view().selected.neuron, 2, "selected in the list");
}

#[test]
fn a_hidden_neuron_can_be_selected() {
    let mut window = TestWindow::with_preset("deep");
    window.click("neuron 3 of layer 1 in the diagram");
    assert_eq!(
        window.session().view().selected,
        NeuronAddress { layer: 0, neuron: 2 }
    );
    assert!(window.has_node("output of neuron 3 of layer 1"));
}

#[test]
fn hovering_an_edge_or_a_slider_highlights_both() {
    let mut window = TestWindow::with_preset("article");
    let target = w(2, 1);
    let Adjustable::Knob(knob) = target else { panic!() };
    let elements_of_knob = [
        Element::Adjustable(target),
        Element::Number(target),
        Element::Term(knob),
    ];
    let edge_point = clear_points(&window, target)[0];
    let slider = window.slider_track(target).center();
    let neuron = window.element_rect(
        Pane::Diagram,
        Element::Neuron(NeuronAddress { layer: 0, neuron: 0 }),
    );
    for pos in [edge_point, slider] {
        window.move_to(pos);
        assert!(
            elements_of_knob
                .iter()
                .all(|&element| window.elements().is_highlighted(element))
        );
        assert!(!window.elements().is_highlighted(Element::Adjustable(w(2, 2))));
        window.move_to(neuron.center());
        assert!(
            !elements_of_knob
                .iter()
                .any(|&element| window.elements().is_highlighted(element))
        );
        assert!(
            window
                .elements()
                .is_highlighted(Element::Neuron(NeuronAddress { layer: 0, neuron: 0 }))
        );
    }
    window.move_to(Pos2::new(5.0, 795.0));
    assert_eq!(window.elements().highlighted, None);
}

#[test]
fn only_the_dragged_knob_is_highlighted() {
    let mut window = TestWindow::with_preset("article");
    let (start, _) = window.slider_handle(w(2, 1));
    window.press_at(start);
    window.move_to(window.slider_track(w(3, 1)).center());
    assert!(window.elements().is_highlighted(Element::Adjustable(w(2, 1))));
    assert!(!window.elements().is_highlighted(Element::Adjustable(w(3, 1))));
    window.release();
    assert_eq!(
        window.session().view().highlighted,
        Some(w(2, 1)),
        "it stays highlighted"
    );
}

#[test]
fn a_weight_can_be_dragged_at_its_number_on_the_edge() {
    let mut window = TestWindow::with_preset("article");
    let knob = Knob::weight(0, 1, 2);
    let label = window.element_rect(Pane::Diagram, Element::Number(knob.into()));
    let before = all_values(&window);
    window.drag(label.center(), label.center() - vec2(0.0, 24.0));
    assert_eq!(changed(&window, &before), [Adjustable::Knob(knob)]);
}

#[test]
fn buttons_beside_the_headers_add_and_remove_parts() {
    let mut window = TestWindow::with_preset("article");
    let messages = Messages::ENGLISH;
    let shape = |window: &TestWindow| {
        let session = window.session();
        let architecture = session.architecture();
        let widths = architecture.layers().iter().map(|layer| layer.neurons.len());
        (architecture.input_count(), widths.collect::<Vec<_>>())
    };
    let outputs = |window: &TestWindow| {
        let insight = window.insight();
        insight.forward_pass().layers().last().unwrap().a.clone()
    };
    let before = outputs(&window);
    for (button, expected) in [
        (messages.menu_add_input().to_owned(), (5, vec![3])),
        (messages.menu_remove_neuron("input 5"), (4, vec![3])),
        (messages.menu_insert_layer_before(1), (4, vec![4, 3])),
        (messages.menu_add_neuron(1), (4, vec![5, 3])),
    ] {
        window.click(&button);
        window.settle();
        assert_eq!(shape(&window), expected, "{button}");
        assert_eq!(outputs(&window), before, "{button}");
    }
    let removal = messages.menu_remove_neuron("neuron 5 of layer 1");
    window.click(&removal);
    window.settle();
    assert_eq!(shape(&window), (4, vec![4, 3]));
    assert_eq!(window.undo_count(), 5);
}
