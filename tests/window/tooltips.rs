//! Tooltips of buttons.

use egui::accesskit::Role;
use egui::{Key, LayerId, Order, Pos2};
use egui_kittest::kittest::NodeT;
use neurodial::panes::Pane;

use crate::support::training::window_with_data;
use crate::support::{TestWindow, menu_names, preset};

/// The maximum width of a button without a text, in points.
const ICON_WIDTH: f32 = 40.0;

/// Returns the names of the narrow buttons in view without a tooltip, except those that show their text. Elements
/// of a canvas, such as neurons, are described in the status bar instead.
fn icon_buttons_without_tooltip(window: &mut TestWindow) -> Vec<String> {
    let messages = window.messages;
    let has_text = |name: &str| {
        let menus = menu_names(messages);
        // The library of the tabs has no texts for its arrows.
        menus.contains(&name) || name.starts_with("Scroll tabs")
    };
    let is_on_canvas = |name: &str| {
        ["neuron", "lock ", "bias", "threshold", "point"]
            .iter()
            .any(|part| name.contains(part) && !name.starts_with(|first: char| first.is_uppercase()))
    };
    let root = window.harness.root();
    let buttons: Vec<(String, Pos2)> = root
        .children_recursive()
        .filter(|node| matches!(node.accesskit_node().role(), Role::Button | Role::RadioButton))
        .map(|node| (node.accesskit_node().label().unwrap_or_default(), node.rect()))
        .filter(|(name, rect)| rect.width() <= ICON_WIDTH && !has_text(name) && !is_on_canvas(name))
        .map(|(name, rect)| (name, rect.center()))
        .collect();
    assert!(!buttons.is_empty());
    let ctx = window.harness.ctx.clone();
    ctx.all_styles_mut(|style| style.interaction.tooltip_delay = 0.0);
    let mut missing = Vec::new();
    for (name, center) in buttons {
        window.move_to(Pos2::new(640.0, 2.0));
        window.run_for(0.1);
        window.move_to(center);
        window.run_for(0.3);
        let is_tooltip = |layer: &LayerId| layer.order == Order::Tooltip;
        if !ctx.memory(|memory| memory.areas().visible_layer_ids().iter().any(is_tooltip)) {
            missing.push(name);
        }
    }
    missing
}

#[test]
fn every_icon_button_has_a_tooltip() {
    let mut window = window_with_data(preset("xor"), "xor");
    window.toggle_maximized(Pane::Training);
    window.press_key(Key::P);
    window.settle();
    let mut missing = icon_buttons_without_tooltip(&mut window);
    for pane in [
        Pane::Knobs,
        Pane::Cases,
        Pane::Experiments,
        Pane::Training,
        Pane::Data,
    ] {
        window.toggle_maximized(pane);
        window.settle();
        missing.extend(icon_buttons_without_tooltip(&mut window));
        window.toggle_maximized(pane);
        window.settle();
    }
    assert_eq!(missing, [""; 0]);
}
