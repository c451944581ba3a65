//! Hands on the diagram: crossing edges, rims, inputs, neurons, and what lights up.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "clippy does not see that helpers of a test are tests"
)]

#[path = "support/window.rs"]
mod window;

use egui::{Key, Pos2, Vec2, vec2};
use neurodial::canvas::{Element, HitShape};
use neurodial::panes::Pane;
use neurodial_core::network::{Knob, NeuronAddress};
use neurodial_core::session::Adjustable;
use window::{Window, b, w};

/// Which numbers of the document differ from before.
fn changed(window: &Window, before: &[(Adjustable, f64)]) -> Vec<Adjustable> {
    let differing = before
        .iter()
        .filter(|(target, value)| window.value(*target) != *value);
    differing.map(|(target, _)| *target).collect()
}

fn all_values(window: &Window) -> Vec<(Adjustable, f64)> {
    let session = window.session();
    let knobs = session.architecture().knobs().map(Adjustable::Knob);
    let inputs = (0..session.architecture().input_count()).map(Adjustable::Input);
    let targets = knobs.chain(inputs);
    targets
        .map(|target| (target, session.document().value(target).unwrap()))
        .collect()
}

fn edge(window: &Window, target: Adjustable) -> (Pos2, Pos2) {
    match window
        .places(Pane::Diagram, Element::Adjustable(target))
        .as_slice()
    {
        [HitShape::Segment { from, to, .. }] => (*from, *to),
        other => panic!("{target}: {other:?}"),
    }
}

/// Points along an edge where nothing else of the diagram is within a hand's reach.
fn clear_points(window: &Window, target: Adjustable) -> Vec<Pos2> {
    let (from, to) = edge(window, target);
    let others = window.parts(Pane::Diagram).into_iter();
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
fn near_each_of_twelve_crossing_edges_a_drag_turns_exactly_that_weight() {
    for neuron in 1..=3 {
        for input in 1..=4 {
            let mut window = Window::on("article");
            let target = w(neuron, input);
            let points = clear_points(&window, target);
            assert!(
                points.len() >= 3,
                "{target} can be taken at {} points",
                points.len()
            );
            let (from, to) = edge(&window, target);
            let aside = 2.0 * (to - from).normalized().rot90();
            let before = all_values(&window);
            let pos = points[points.len() / 2] + aside;
            window.drag(pos, pos - vec2(0.0, 24.0));
            assert_eq!(changed(&window, &before), [target]);
            let value = before.iter().find(|(known, _)| *known == target).unwrap().1;
            assert!((window.value(target) - value - 1.0).abs() < 1e-5, "{target}");
            assert_eq!(window.steps(), 1);
            window.check_one_pass();
        }
    }
}

/// Where two edges cross, and the directions of both.
fn crossing(window: &Window, one: Adjustable, other: Adjustable) -> (Pos2, [Vec2; 2]) {
    let (a, b) = (edge(window, one), edge(window, other));
    let (da, db) = (a.1 - a.0, b.1 - b.0);
    let across = |one: Vec2, other: Vec2| one.x * other.y - one.y * other.x;
    let t = across(b.0 - a.0, db) / across(da, db);
    assert!((0.0..1.0).contains(&t), "they cross");
    (a.0 + t * da, [da.normalized(), db.normalized()])
}

/// Which numbers a drag up from there turns; it is taken back.
fn turned_at(window: &mut Window, pos: Pos2) -> Vec<Adjustable> {
    // Long enough after the last press not to be a double click.
    window.wait(0.5);
    let before = all_values(window);
    window.drag(pos, pos - vec2(0.0, 24.0));
    let turned = changed(window, &before);
    window.command(Key::Z);
    turned
}

#[test]
fn where_edges_cross_the_nearest_one_is_taken() {
    let mut window = Window::on("article");
    // Neither belongs to the selected neuron, whose edges are out of reach there.
    window.click("neuron 3 in the diagram");
    let (falling, rising) = (w(2, 1), w(1, 2));
    let (point, ways) = crossing(&window, falling, rising);
    // Whichever way the pointer comes, and whatever was turned before.
    for first in [0, 1] {
        for second in [1, 0] {
            window.move_to(point + 9.0 * ways[first]);
            for (target, way) in [(falling, ways[0]), (rising, ways[1])] {
                for end in [-5.0, 5.0] {
                    assert_eq!(turned_at(&mut window, point + end * way), [target]);
                }
            }
            window.move_to(point + 9.0 * ways[second]);
        }
    }
}

#[test]
fn where_edges_cross_the_selected_neurons_goes_before_a_nearer_one() {
    for (neuron, name) in [(1, "neuron 1 in the diagram"), (2, "neuron 2 in the diagram")] {
        let mut window = Window::on("article");
        window.click(name);
        let edges = [w(2, 1), w(1, 2)];
        let (point, ways) = crossing(&window, edges[0], edges[1]);
        let selected = if neuron == 2 { edges[0] } else { edges[1] };
        for way in ways {
            assert_eq!(turned_at(&mut window, point + 5.0 * way), [selected]);
        }
    }
}

#[test]
fn a_rim_turns_the_bias() {
    let mut window = Window::on("article");
    for neuron in 1..=3 {
        let places = window.places(Pane::Diagram, Element::Adjustable(b(neuron)));
        let [HitShape::Ring { center, radius, .. }] = places.as_slice() else {
            panic!("{places:?}");
        };
        let before = all_values(&window);
        let pos = *center - vec2(0.0, *radius);
        window.drag(pos, pos + vec2(0.0, 12.0));
        assert_eq!(changed(&window, &before), [b(neuron)]);
        let value = before.iter().find(|(known, _)| *known == b(neuron)).unwrap().1;
        assert!((window.value(b(neuron)) - value + 0.5).abs() < 1e-5);
    }
    assert_eq!(window.steps(), 3);
}

#[test]
fn an_input_is_dragged_at_its_disc_and_at_its_number() {
    let mut window = Window::on("article");
    for (input, part) in [
        (0, Element::Adjustable(Adjustable::Input(0))),
        (2, Element::Number(Adjustable::Input(2))),
    ] {
        let places = window.places(Pane::Diagram, part);
        let bounds = places[0].bounds();
        let pos = match part {
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
fn an_input_is_typed_in_place() {
    let mut window = Window::on("article");
    let number = window.places(Pane::Diagram, Element::Number(Adjustable::Input(3)))[0].bounds();
    window.click_at(number.center());
    assert!(window.has_focus("type input 4"));
    window.type_text("-1/4");
    window.key(Key::Enter);
    window.rest();
    assert_eq!(window.value(Adjustable::Input(3)), -0.25);
    assert_eq!(window.told("input 4"), "−0.250");
    assert!(window.has_focus("input 4"), "{:?}", window.focus());
}

#[test]
fn a_clicked_neuron_is_the_one_that_curve_and_formula_speak_of() {
    let mut window = Window::on("article");
    for (name, neuron) in [("neuron 3", 2), ("neuron 1", 0)] {
        let disc =
            window.places(Pane::Diagram, Element::Neuron(NeuronAddress { layer: 0, neuron }))[0].bounds();
        window.click_at(disc.center());
        assert_eq!(
            window.session().view().selected,
            NeuronAddress { layer: 0, neuron }
        );
        assert!(window.has(&format!("output of {name}")));
        assert!(window.has(&format!("curve of {name}")));
    }
    assert_eq!(window.steps(), 0, "choosing is no step");
    window.click("neuron 3");
    assert_eq!(window.session().view().selected.neuron, 2, "in the list, too");
}

#[test]
fn a_hidden_neuron_can_be_looked_into() {
    let mut window = Window::on("deep");
    window.click("neuron 3 of layer 1 in the diagram");
    assert_eq!(
        window.session().view().selected,
        NeuronAddress { layer: 0, neuron: 2 }
    );
    assert!(window.has("output of neuron 3 of layer 1"));
}

#[test]
fn hovering_an_edge_lights_its_slider_and_hovering_a_slider_its_edge() {
    let mut window = Window::on("article");
    let target = w(2, 1);
    let Adjustable::Knob(knob) = target else { panic!() };
    let everywhere = [
        Element::Adjustable(target),
        Element::Number(target),
        Element::Term(knob),
    ];
    let edge_point = clear_points(&window, target)[0];
    let slider = window.track(target).center();
    let neuron = window.places(
        Pane::Diagram,
        Element::Neuron(NeuronAddress { layer: 0, neuron: 0 }),
    )[0]
    .bounds();
    for pos in [edge_point, slider] {
        window.move_to(pos);
        assert!(everywhere.iter().all(|&part| window.stage().is_highlighted(part)));
        assert!(!window.stage().is_highlighted(Element::Adjustable(w(2, 2))));
        window.move_to(neuron.center());
        assert!(!everywhere.iter().any(|&part| window.stage().is_highlighted(part)));
        assert!(
            window
                .stage()
                .is_highlighted(Element::Neuron(NeuronAddress { layer: 0, neuron: 0 }))
        );
    }
    window.move_to(Pos2::new(5.0, 795.0));
    assert_eq!(window.stage().highlighted, None);
}

#[test]
fn what_is_turned_stays_lit_alone() {
    let mut window = Window::on("article");
    let (start, _) = window.handle(w(2, 1));
    window.press_at(start);
    window.move_to(window.track(w(3, 1)).center());
    assert!(window.stage().is_highlighted(Element::Adjustable(w(2, 1))));
    assert!(!window.stage().is_highlighted(Element::Adjustable(w(3, 1))));
    window.release();
    assert_eq!(
        window.session().view().highlighted,
        Some(w(2, 1)),
        "and stays held"
    );
}

#[test]
fn a_weight_on_the_selected_neurons_edge_is_dragged_at_its_number() {
    let mut window = Window::on("article");
    let knob = Knob::weight(0, 1, 2);
    let label = window.places(Pane::Diagram, Element::Number(knob.into()))[0].bounds();
    let before = all_values(&window);
    window.drag(label.center(), label.center() - vec2(0.0, 24.0));
    assert_eq!(changed(&window, &before), [Adjustable::Knob(knob)]);
}
