//! The knobs as dials and as a heat map, their profiles and descriptions.

use egui::accesskit::{self, ActionData};
use egui::{Key, Modifiers, Pos2, Vec2, vec2};
use egui_kittest::kittest::NodeT;
use neurodial::canvas::{DragMapping, Element, HitShape};
use neurodial::panes::Pane;
use neurodial_core::insight::SwitchPoint;
use neurodial_core::network::{Activation, Knob, NeuronAddress};
use neurodial_core::session::{Adjustable, Edit, KnobLayout, Session, ViewChange};
use neurodial_core::text::Messages;

use crate::support::{TestWindow, b, network, preset, w};

const B2: &str = "bias of neuron 2";

/// Returns the name of the button for a layout.
fn layout_button(layout: KnobLayout) -> &'static str {
    let messages = Messages::ENGLISH;
    match layout {
        KnobLayout::List => messages.knob_layout_sliders(),
        KnobLayout::Desk => messages.knob_layout_dials(),
        KnobLayout::HeatMap => messages.knob_layout_heat_map(),
    }
}

/// Opens a window and chooses a layout of the knobs.
fn window_with_layout(layout: KnobLayout, mut session: Session) -> TestWindow {
    session
        .apply(ViewChange::SetKnobLayout(KnobLayout::List))
        .unwrap();
    let mut window = TestWindow::with_session(session);
    window.settle();
    if layout != KnobLayout::List {
        window.click(layout_button(layout));
    }
    assert_eq!(window.session().view().knob_layout, layout);
    window
}

/// Returns the center of a dial, and the mapping of a drag around it.
fn dial(window: &TestWindow, target: Adjustable) -> (Pos2, DragMapping) {
    let placed = window.elements_in(Pane::Knobs).into_iter();
    let mut mappings = placed
        .filter(|placed| placed.element == Element::Adjustable(target))
        .filter_map(|placed| placed.handle)
        .filter(|handle| matches!(handle.mapping, DragMapping::DialDrag { .. }));
    let mapping = mappings.next().unwrap().mapping;
    match mapping {
        DragMapping::DialDrag { center, .. } => (center, mapping),
        other => panic!("{other:?}"),
    }
}

/// Returns the distance from the center of a dial at which its edge is dragged.
fn edge_radius(window: &TestWindow, target: Adjustable) -> f32 {
    let radius = |shape: HitShape| match shape {
        HitShape::Circle { radius, .. } => Some(radius),
        _ => None,
    };
    let shapes = window
        .hit_shapes(Pane::Knobs, Element::Adjustable(target))
        .into_iter();
    shapes.filter_map(radius).fold(0.0, f32::max) - 4.0
}

/// Checks that every view shows the bias and the output of neuron 2.
#[track_caller]
fn check_agreement(window: &TestWindow) {
    let text = window.formatted(window.value(b(2)));
    assert_eq!(window.text_value(B2), text, "knob");
    assert_eq!(window.text_value("bias ring of neuron 2"), text, "bias ring");
    let output = {
        let session = window.session();
        let document = session.document();
        document.network.forward(&document.inputs).a(0, 1)[0]
    };
    assert_eq!(
        window.text_value("neuron 2 in the diagram"),
        window.formatted(output)
    );
    assert_eq!(window.text_value("output of neuron 2"), window.formatted(output));
}

#[test]
fn the_knob_layout_is_chosen_with_a_button_or_a_key() {
    let mut window = TestWindow::with_preset("article");
    for layout in [KnobLayout::Desk, KnobLayout::HeatMap, KnobLayout::List] {
        window.click(layout_button(layout));
        assert_eq!(window.session().view().knob_layout, layout);
        assert!(window.has_node(B2), "{layout:?}");
        assert!(
            !window.hit_shapes(Pane::Knobs, Element::Number(b(2))).is_empty(),
            "{layout:?}"
        );
    }
    for layout in [KnobLayout::Desk, KnobLayout::HeatMap, KnobLayout::List] {
        window.press_ctrl(Key::B);
        assert_eq!(window.session().view().knob_layout, layout, "by the key");
    }
    assert_eq!(window.undo_count(), 0);
}

#[test]
fn a_dial_is_dragged_vertically_at_its_center_and_around_at_its_edge() {
    let mut window = window_with_layout(KnobLayout::Desk, preset("article"));
    let (center, mapping) = dial(&window, b(2));
    window.press_at(center);
    window.move_to(center - vec2(0.0, 24.0));
    assert!(
        (window.value(b(2)) - 4.0).abs() < 1e-4,
        "a tenth of 240 points is a tenth of the range"
    );
    check_agreement(&window);
    window.check_one_pass();
    window.release();
    assert_eq!(window.undo_count(), 1, "a drag is one undo step");
    window.press_ctrl(Key::Z);
    assert_eq!(window.value(b(2)), 3.0);

    // From the right edge a quarter turn to the top.
    let radius = edge_radius(&window, b(2));
    window.press_at(center + vec2(radius, 0.0));
    for step in 1..=9_u8 {
        let angle = -f32::from(step) * 10.0_f32.to_radians();
        window.move_to(center + radius * Vec2::angled(angle));
        check_agreement(&window);
    }
    let expected = 3.0 - 0.25 * mapping.value_per_turn();
    // A pixel is 1/radius of a radian.
    let pixel = mapping.value_per_turn() / (std::f64::consts::TAU * f64::from(radius));
    assert!(
        (window.value(b(2)) - expected).abs() < 1.5 * pixel,
        "{}",
        window.value(b(2))
    );
    window.move_to(center + vec2(radius, 0.0));
    assert_eq!(
        window.value(b(2)),
        3.0,
        "a drag back to its start restores the exact value"
    );
    window.release();
    assert_eq!(window.undo_count(), 0);
}

#[test]
fn dragging_around_a_dial_stops_at_the_end_of_the_range() {
    let mut window = window_with_layout(KnobLayout::Desk, preset("article"));
    let (center, _) = dial(&window, b(2));
    let radius = edge_radius(&window, b(2));
    let edge_at = |turns: f32| center + radius * Vec2::angled(turns * std::f32::consts::TAU);
    window.press_at(edge_at(0.0));
    for step in 1..=12_u8 {
        window.move_to(edge_at(f32::from(step) / 12.0));
    }
    assert_eq!(window.value(b(2)), 5.0, "once around, past the gap at the bottom");
    for step in (0..12_u8).rev() {
        window.move_to(edge_at(f32::from(step) / 12.0));
    }
    assert_eq!(window.value(b(2)), 3.0);
    window.release();
}

#[test]
fn dials_and_cells_respond_to_wheel_keys_and_screen_reader() {
    for layout in [KnobLayout::Desk, KnobLayout::HeatMap] {
        let mut window = window_with_layout(layout, preset("article"));
        window.request_action(B2, accesskit::Action::Focus, None);
        window.settle();
        assert!(window.has_focus(B2), "{layout:?}");
        window.press_key(Key::ArrowRight);
        assert_eq!(window.value(b(2)), 3.1);
        check_agreement(&window);
        window.press_key(Key::ArrowUp);
        window.settle();
        assert!(window.has_focus("weight from input 4 to neuron 2"), "{layout:?}");
        window.press_key_with(Modifiers::SHIFT, Key::ArrowDown);
        window.settle();
        assert!(window.has_focus("weight from input 4 to neuron 3"), "{layout:?}");
        window.press_key(Key::L);
        assert!(window.session().document().is_locked(w(3, 4)));
        window.press_key(Key::L);
        let undo_count = window.undo_count();
        window.request_action(
            B2,
            accesskit::Action::SetValue,
            Some(ActionData::NumericValue(-1.5)),
        );
        assert_eq!(window.value(b(2)), -1.5);
        check_agreement(&window);
        assert_eq!(window.undo_count(), undo_count + 1, "{layout:?}");
        window.request_action(B2, accesskit::Action::Focus, None);
        window.settle();
        let center = window.node(B2).rect().center();
        window.move_to(center);
        window.scroll(2.0);
        assert!((window.value(b(2)) + 1.3).abs() < 1e-12, "{layout:?}");
        assert_eq!(window.undo_count(), undo_count + 2, "{layout:?}");
    }
}

#[test]
fn a_heat_map_cell_can_be_dragged_and_arrow_keys_scroll_to_others() {
    let mut window = window_with_layout(KnobLayout::HeatMap, network(&[90, 60, 4]));
    let first = "weight from input 1 to neuron 1 of layer 1";
    let cell = w(1, 1);
    let rect = window.element_rect(Pane::Knobs, Element::Adjustable(cell));
    let before = window.value(cell);
    window.drag(rect.center(), rect.center() - vec2(0.0, 24.0));
    assert!(
        (window.value(cell) - before - 1.0).abs() < 1.0 / 24.0,
        "within a pixel"
    );
    assert_eq!(window.undo_count(), 1);
    window.settle();
    window.check_focus(first);
    for _ in 0..70 {
        window.press_key(Key::ArrowDown);
        window.harness.step();
    }
    window.settle();
    window.check_focus("weight from input 71 to neuron 1 of layer 1");
    assert!(
        !window
            .hit_shapes(Pane::Knobs, Element::Adjustable(w(1, 71)))
            .is_empty()
    );
}

#[test]
fn knob_descriptions_tell_the_slope_and_the_switch_point() {
    for layout in KnobLayout::ALL {
        let window = window_with_layout(layout, preset("article"));
        let Some(SwitchPoint::At(switch_point)) = window.insight().switch_points().for_knob(Knob::bias(0, 1))
        else {
            panic!("a bias always has a switch point");
        };
        assert!((switch_point - 1.79).abs() < 1e-12);
        let description = |name: &str| window.node(name).accesskit_node().description().unwrap();
        assert_eq!(
            description(B2),
            "increase b₂ by 0.1, and output 2 increases by 0.10; neuron 2 would turn off at 1.790"
        );
        let text = description("weight from input 3 to neuron 2");
        assert!(
            text.starts_with("increase w₂₃ by 0.1, and output 2 increases by 0.30"),
            "{text}"
        );
        assert_eq!(description("bias of neuron 1"), "output 2 does not depend on b₁");
    }
}

#[test]
fn a_switch_point_beyond_the_range_and_a_missing_slope_are_described() {
    let mut session = preset("article");
    session
        .apply(Edit::SetActivation {
            layer: 0,
            neuron: None,
            activation: Activation::Step,
        })
        .unwrap();
    let target = b(2);
    session.apply(Edit::Set { target, value: 5.0 }).unwrap();
    session
        .apply(Edit::Turn {
            target: Adjustable::Input(0),
            value: 0.1,
            gesture: None,
        })
        .unwrap();
    let neuron = NeuronAddress { layer: 0, neuron: 1 };
    session.apply(ViewChange::Select(neuron)).unwrap();
    let window = window_with_layout(KnobLayout::List, session);
    let text = window
        .node("weight from input 1 to neuron 2")
        .accesskit_node()
        .description()
        .unwrap();
    assert!(text.contains("a step function has slope 0"), "{text}");
    assert!(text.ends_with(" (outside the range)"), "{text}");
}

#[test]
fn profiles_are_off_at_first_and_stay_on_in_another_document() {
    let mut window = TestWindow::with_preset("article");
    assert!(!window.session().view().has_knob_profiles);
    let messages = Messages::ENGLISH;
    window.choose(&[
        messages.menu_view(),
        messages.menu_knob_display(),
        messages.command_knob_profiles(),
    ]);
    assert!(window.session().view().has_knob_profiles);
    window.node(messages.legend_threshold());
    window.node(messages.legend_arrow());
    window.open_preset("deep");
    assert!(window.session().view().has_knob_profiles, "in another document");
}
