//! The knobs as a desk of dials and as a heat map, and what their strips, arrows and flip points tell.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "clippy does not see that helpers of a test are tests"
)]

#[path = "support/window.rs"]
mod window;

use egui::accesskit::{Action as Ask, ActionData};
use egui::{Key, Pos2, vec2};
use egui_kittest::kittest::NodeT;
use neurodial::canvas::{DragMapping, Element, HitShape};
use neurodial::panes::Pane;
use neurodial_core::insight::SwitchPoint;
use neurodial_core::network::{Activation, NeuronAddress};
use neurodial_core::session::{Action, Adjustable, KnobLayout, Session};
use window::{Window, b, network, preset, w};

const B2: &str = "bias of neuron 2";

fn on(face: KnobLayout, mut session: Session) -> Window {
    session.apply(Action::SetKnobLayout(KnobLayout::List)).unwrap();
    let mut window = Window::open(session);
    window.rest();
    if face != KnobLayout::List {
        window.click(face.name());
    }
    assert_eq!(window.session().view().knob_layout, face);
    window
}

/// The middle of a dial, and a motion of it.
fn dial(window: &Window, target: Adjustable) -> (Pos2, DragMapping) {
    let parts = window.parts(Pane::Knobs).into_iter();
    let mut rims = parts
        .filter(|placed| placed.element == Element::Adjustable(target))
        .filter_map(|placed| placed.handle)
        .filter(|grip| matches!(grip.mapping, DragMapping::DialDrag { .. }));
    let motion = rims.next().unwrap().mapping;
    match motion {
        DragMapping::DialDrag { center, .. } => (center, motion),
        other => panic!("{other:?}"),
    }
}

/// How far a hand on the rim of a dial is from its middle.
fn rim(window: &Window, target: Adjustable) -> f32 {
    let radius = |place: HitShape| match place {
        HitShape::Circle { radius, .. } => Some(radius),
        _ => None,
    };
    let discs = window
        .places(Pane::Knobs, Element::Adjustable(target))
        .into_iter();
    discs.filter_map(radius).fold(0.0, f32::max) - 4.0
}

/// What everything that shows the bias of neuron 2 says of it.
#[track_caller]
fn check_agreement(window: &Window) {
    let text = window.shown(window.value(b(2)));
    assert_eq!(window.told(B2), text, "knob");
    assert_eq!(window.told("rim of neuron 2, its bias"), text, "rim");
    let output = {
        let session = window.session();
        let document = session.document();
        document.network.forward(&document.inputs).a(0, 1)[0]
    };
    assert_eq!(window.told("neuron 2 in the diagram"), window.shown(output));
    assert_eq!(window.told("output of neuron 2"), window.shown(output));
}

#[test]
fn the_face_is_chosen_by_its_button_and_by_a_key() {
    let mut window = Window::on("article");
    for face in [KnobLayout::Desk, KnobLayout::HeatMap, KnobLayout::List] {
        window.click(face.name());
        assert_eq!(window.session().view().knob_layout, face);
        assert!(window.has(B2), "{face:?}");
        assert!(
            !window.places(Pane::Knobs, Element::Number(b(2))).is_empty(),
            "{face:?}"
        );
    }
    for face in [KnobLayout::Desk, KnobLayout::HeatMap, KnobLayout::List] {
        window.command(Key::B);
        assert_eq!(window.session().view().knob_layout, face, "by the key");
    }
    assert_eq!(window.steps(), 0);
}

#[test]
fn the_middle_of_a_dial_is_turned_up_and_down_and_its_rim_round() {
    let mut window = on(KnobLayout::Desk, preset("article"));
    let (center, motion) = dial(&window, b(2));
    window.press_at(center);
    window.move_to(center - vec2(0.0, 24.0));
    assert!(
        (window.value(b(2)) - 4.0).abs() < 1e-4,
        "a tenth of 240 points is a tenth of the range"
    );
    check_agreement(&window);
    window.check_one_pass();
    window.release();
    assert_eq!(window.steps(), 1, "a drag is one undo step");
    window.command(Key::Z);
    assert_eq!(window.value(b(2)), 3.0);

    // From the right of the rim a quarter round to the top.
    let radius = rim(&window, b(2));
    window.press_at(center + vec2(radius, 0.0));
    for step in 1..=9_u8 {
        let angle = -f32::from(step) * 10.0_f32.to_radians();
        window.move_to(center + radius * egui::Vec2::angled(angle));
        check_agreement(&window);
    }
    let expected = 3.0 - 0.25 * motion.value_per_turn();
    assert!(
        (window.value(b(2)) - expected).abs() < 1e-3,
        "{}",
        window.value(b(2))
    );
    window.move_to(center + vec2(radius, 0.0));
    assert_eq!(
        window.value(b(2)),
        3.0,
        "a hand that comes back comes back to the very same value"
    );
    window.release();
    assert_eq!(window.steps(), 0);
}

#[test]
fn a_hand_that_goes_on_round_a_dial_stays_at_its_end() {
    let mut window = on(KnobLayout::Desk, preset("article"));
    let (center, _) = dial(&window, b(2));
    let radius = rim(&window, b(2));
    let at = |turn: f32| center + radius * egui::Vec2::angled(turn * std::f32::consts::TAU);
    window.press_at(at(0.0));
    for step in 1..=12_u8 {
        window.move_to(at(f32::from(step) / 12.0));
    }
    assert_eq!(window.value(b(2)), 5.0, "once round, past the open bottom");
    for step in (0..12_u8).rev() {
        window.move_to(at(f32::from(step) / 12.0));
    }
    assert_eq!(window.value(b(2)), 3.0);
    window.release();
}

#[test]
fn a_dial_and_a_cell_turn_by_wheel_keys_and_screen_reader() {
    for face in [KnobLayout::Desk, KnobLayout::HeatMap] {
        let mut window = on(face, preset("article"));
        window.ask(B2, Ask::Focus, None);
        window.rest();
        assert!(window.has_focus(B2), "{face:?}");
        window.key(Key::ArrowRight);
        assert_eq!(window.value(b(2)), 3.1);
        check_agreement(&window);
        window.key(Key::ArrowUp);
        window.rest();
        assert!(window.has_focus("weight from input 4 to neuron 2"), "{face:?}");
        window.key_with(egui::Modifiers::SHIFT, Key::ArrowDown);
        window.rest();
        assert!(window.has_focus("weight from input 4 to neuron 3"), "{face:?}");
        window.key(Key::L);
        assert!(window.session().document().is_locked(w(3, 4)));
        window.key(Key::L);
        let steps = window.steps();
        window.ask(B2, Ask::SetValue, Some(ActionData::NumericValue(-1.5)));
        assert_eq!(window.value(b(2)), -1.5);
        check_agreement(&window);
        assert_eq!(window.steps(), steps + 1, "{face:?}");
        window.ask(B2, Ask::Focus, None);
        window.rest();
        let place = window.node(B2).rect().center();
        window.move_to(place);
        window.wheel(2.0);
        assert!((window.value(b(2)) + 1.3).abs() < 1e-12, "{face:?}");
        assert_eq!(window.steps(), steps + 2, "{face:?}");
    }
}

#[test]
fn a_cell_of_a_large_layer_turns_and_keys_bring_others_into_view() {
    let mut window = on(KnobLayout::HeatMap, network(&[90, 60, 4]));
    let first = "weight from input 1 to neuron 1 of layer 1";
    let cell = w(1, 1);
    let place = window.places(Pane::Knobs, Element::Adjustable(cell))[0].bounds();
    let before = window.value(cell);
    window.drag(place.center(), place.center() - vec2(0.0, 24.0));
    assert!((window.value(cell) - before - 1.0).abs() < 1e-4);
    assert_eq!(window.steps(), 1);
    window.rest();
    assert!(window.has_focus(first), "{:?}", window.focus());
    for _ in 0..70 {
        window.key(Key::ArrowDown);
        window.harness.step();
    }
    window.rest();
    assert!(
        window.has_focus("weight from input 71 to neuron 1 of layer 1"),
        "{:?}",
        window.focus()
    );
    assert!(
        !window
            .places(Pane::Knobs, Element::Adjustable(w(1, 71)))
            .is_empty()
    );
}

#[test]
fn the_bias_of_neuron_2_flips_at_1_79_and_its_arrow_says_how_much_it_does() {
    for face in KnobLayout::ALL {
        let window = on(face, preset("article"));
        let Some(SwitchPoint::At(flip)) = window
            .insight()
            .switch_points()
            .for_knob(neurodial_core::network::Knob::bias(0, 1))
        else {
            panic!("a bias always has one");
        };
        assert!((flip - 1.79).abs() < 1e-12);
        let told = |name: &str| window.node(name).accesskit_node().description().unwrap();
        assert_eq!(
            told(B2),
            "raise b₂ by 0.1 and output 2 rises by 0.10; neuron 2 would switch off at 1.790"
        );
        let words = told("weight from input 3 to neuron 2");
        assert!(
            words.starts_with("raise w₂₃ by 0.1 and output 2 rises by 0.30"),
            "{words}"
        );
        assert_eq!(told("bias of neuron 1"), "output 2 does not depend on b₁");
    }
}

#[test]
fn what_is_beyond_the_range_and_what_has_no_slope_is_said() {
    let mut session = preset("article");
    session
        .apply(Action::SetActivation {
            layer: 0,
            neuron: None,
            activation: Activation::Step,
        })
        .unwrap();
    let target = b(2);
    session.apply(Action::Set { target, value: 5.0 }).unwrap();
    session
        .apply(Action::Turn {
            target: Adjustable::Input(0),
            value: 0.1,
            gesture: None,
        })
        .unwrap();
    let at = NeuronAddress { layer: 0, neuron: 1 };
    session.apply(Action::Select(at)).unwrap();
    let window = on(KnobLayout::List, session);
    let words = window
        .node("weight from input 1 to neuron 2")
        .accesskit_node()
        .description()
        .unwrap();
    assert!(words.contains("a step function has no slope"), "{words}");
    assert!(words.ends_with(", beyond the range"), "{words}");
}

#[test]
fn strips_can_be_hidden_and_stay_so() {
    let mut window = Window::on("article");
    assert!(window.session().view().has_knob_profiles);
    window.choose(&["View", "Strips"]);
    assert!(!window.session().view().has_knob_profiles);
    window.choose(&["File", "Open preset", "deep"]);
    assert!(
        !window.session().view().has_knob_profiles,
        "also with another document"
    );
}
