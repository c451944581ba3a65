//! The panes Curves, Formula and Saved inputs drawn without a window, in any size.

use egui::{Context, Pos2, RawInput, Rect, UiBuilder, Vec2, accesskit, pos2, vec2};
use egui_figure::fonts;
use neurodial::canvas::Elements;
use neurodial::panes::{Pane, PaneContext};
use neurodial::theme::{ColorTheme, ThemeMode, style};
use neurodial_core::formats::Preset;
use neurodial_core::insight::Insight;
use neurodial_core::session::{
    Action, Adjustable, CurveAxes, CurveScope, Edit, Quantity, Session, ViewChange,
};
use neurodial_core::text::Messages;

use crate::support::preset;

/// Opens a preset and applies the actions.
fn session(name: &str, actions: &[Action]) -> Session {
    let mut session = preset(name);
    for action in actions {
        session.apply(action.clone()).unwrap();
    }
    session
}

/// Draws the three panes side by side for a few frames, and returns the accessible nodes of the last frame.
fn draw(session: &Session, size: Vec2) -> Vec<accesskit::Node> {
    draw_in(&context(), session, size)
}

fn context() -> Context {
    let ctx = Context::default();
    fonts::install(&ctx);
    style::apply(&ctx, ColorTheme::from_mode(ThemeMode::Light));
    ctx.enable_accesskit();
    ctx
}

fn draw_in(ctx: &Context, session: &Session, size: Vec2) -> Vec<accesskit::Node> {
    let theme = ColorTheme::from_mode(ThemeMode::Light);
    let insight = Insight::new(session);
    let mut elements = Elements::default();
    let mut nodes = Vec::new();
    for _ in 0..3 {
        let input = RawInput {
            screen_rect: Some(Rect::from_min_size(Pos2::ZERO, 3.0 * size)),
            ..RawInput::default()
        };
        let mut output = ctx.run_ui(input, |ui| {
            elements.clear();
            let mut actions = Vec::new();
            for (index, pane) in [Pane::Curves, Pane::Formula, Pane::Cases].into_iter().enumerate() {
                let rect = Rect::from_min_size(pos2(index as f32 * size.x, 0.0), size);
                let requests = &mut Vec::new();
                let messages = Messages::ENGLISH;
                let mut pane_context =
                    PaneContext::new(session, &insight, theme, messages, None, &mut actions, requests);
                let mut ui = ui.new_child(UiBuilder::new().max_rect(rect).id_salt(pane));
                pane.pane_ui(&mut ui, &mut pane_context, &mut elements);
            }
            assert_eq!(actions, [], "drawing alone changes nothing");
        });
        output.textures_delta.clear();
        let update = output.platform_output.accesskit_update.unwrap();
        nodes = update.nodes.into_iter().map(|(_, node)| node).collect();
        for shape in &output.shapes {
            let bounds = shape.shape.visual_bounding_rect();
            assert!(!bounds.any_nan(), "{size} {:?}", shape.shape);
        }
    }
    nodes
}

fn value_of(nodes: &[accesskit::Node], label: &str) -> String {
    let node = nodes.iter().find(|node| node.label() == Some(label));
    let node = node.unwrap_or_else(|| panic!("no node {label}"));
    node.value().unwrap_or_default().to_owned()
}

#[test]
fn the_current_point_and_the_formula_show_the_same_number() {
    let nodes = draw(&session("article", &[]), vec2(500.0, 400.0));
    assert_eq!(value_of(&nodes, "current point of neuron 2 vs x₁"), "1.210");
    assert_eq!(value_of(&nodes, "output of neuron 2"), "1.210");
    assert_eq!(value_of(&nodes, "curve of neuron 2"), "1.210");
    assert_eq!(value_of(&nodes, "threshold of neuron 2"), "turns on at −1.420");
    for control in [
        "Horizontal axis",
        "Plotted quantity",
        "Plotted neurons",
        "Activation function",
        "Fit axes",
    ] {
        assert!(
            nodes.iter().any(|node| node.label() == Some(control)),
            "{control}"
        );
    }
}

#[test]
fn a_threshold_beyond_the_axis_is_announced() {
    let axes = CurveAxes {
        x: Some([0.0, 5.0]),
        y: None,
    };
    let nodes = draw(
        &session("article", &[ViewChange::SetAxes(axes).into()]),
        vec2(500.0, 400.0),
    );
    assert_eq!(value_of(&nodes, "threshold of neuron 2"), "← turns on at −1.420");
}

#[test]
fn every_control_of_the_saved_inputs_has_a_name() {
    let nodes = draw(&session("and", &[]), vec2(500.0, 400.0));
    assert_eq!(value_of(&nodes, "Saved inputs, row 2, input 2"), "1.000");
    for name in [
        "Saved inputs, row 4",
        "Remove row 1 of the saved inputs",
        "Add row",
        "Paste…",
        "Clear",
    ] {
        assert!(nodes.iter().any(|node| node.label() == Some(name)), "{name}");
    }
}

#[test]
fn panes_of_any_size_draw_any_number_without_panicking() {
    let huge = |target| Edit::Set { target, value: 1e308 }.into();
    let overflow = [
        huge(Adjustable::Input(0)),
        huge(Adjustable::parse("w[1,1,1]").unwrap()),
    ];
    let sessions = Preset::ALL.iter().flat_map(|preset| {
        [
            session(preset.name, &[]),
            session(preset.name, &overflow),
            session(
                preset.name,
                &[
                    ViewChange::SetCurveScope(CurveScope::Layer).into(),
                    ViewChange::SetQuantity(Quantity::WeightedSum).into(),
                ],
            ),
            session(
                preset.name,
                &[
                    ViewChange::SetCurveScope(CurveScope::Network).into(),
                    ViewChange::SetDecimals(12).into(),
                ],
            ),
        ]
    });
    let ctx = context();
    for session in sessions {
        for size in [
            [600.0, 400.0],
            [150.0, 150.0],
            [122.0, 90.0],
            [40.0, 30.0],
            [8.0, 4.0],
            [900.0, 60.0],
        ] {
            draw_in(&ctx, &session, size.into());
        }
    }
}
