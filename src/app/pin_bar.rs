//! The bar for the pin that is shown: which one, how far the present state is from it, and what can be done.

use egui::{Align, Button, Frame, Label, Layout, Margin, Panel, RichText, Ui};

use crate::look::type_scale;
use crate::panes::Pane;
use neurodial_core::session::Action;

use super::App;
use super::dialog::{Dialog, NameDialog, Named};

/// In a window narrower than this, in points, the guard is in the menu alone.
const NARROW: f32 = 760.0;

/// Draws the bar, if a pin is shown.
pub fn pin_bar_ui(app: &mut App, ui: &mut Ui, outbox: &mut Vec<Action>) {
    let Some(ghost) = app.insight.ghost() else {
        return;
    };
    let (pin, name) = (ghost.pin, ghost.name().to_owned());
    let meter = ghost.meter(app.session.blueprint());
    let look = app.look();
    let frame = Frame::new().fill(look.ground).inner_margin(Margin {
        left: 14,
        right: 14,
        top: 6,
        bottom: 0,
    });
    let mut shows_compare = false;
    Panel::top("pin")
        .frame(frame)
        .show_separator_line(false)
        .show(ui, |ui| {
            ui.horizontal(|ui| {
                let menu = ui.menu_button(format!("{name} ⏷"), |ui| pins_menu(app, ui, pin, outbox));
                let hint = "Pins: another one, rename, remove";
                ui.ctx()
                    .accesskit_node_builder(menu.response.id, |node| node.set_label("pins"));
                menu.response.on_hover_text(hint);
                ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                    let mut button = |ui: &mut Ui, text: &str, name: String, action: Action| {
                        let response = ui.add(Button::new(text).frame(false));
                        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &name));
                        if response.on_hover_text(&name).clicked() {
                            outbox.push(action);
                        }
                    };
                    button(ui, "✕", format!("Hide {name}; it is kept"), Action::ShowPin(None));
                    let compare = ui.add(Button::new("Compare").frame(false));
                    if compare
                        .on_hover_text(format!("{name} and the present state side by side"))
                        .clicked()
                    {
                        shows_compare = true;
                    }
                    button(ui, "Swap", format!("Swap with {name}"), Action::SwapPin(pin));
                    button(ui, "Go back", format!("Go back to {name}"), Action::GoToPin(pin));
                    if ui.ctx().content_rect().width() >= NARROW {
                        guard_ui(app, ui, outbox);
                    }
                    ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                        let text = RichText::new(meter)
                            .font(type_scale::small())
                            .color(look.ink_soft);
                        ui.add(Label::new(text).truncate());
                    });
                });
            });
        });
    if shows_compare {
        app.show_pane(Pane::Compare);
        ui.request_repaint();
    }
}

fn guard_ui(app: &App, ui: &mut Ui, outbox: &mut Vec<Action>) {
    let mut is_on = app.session.view().guard;
    let guard = ui.checkbox(&mut is_on, "one knob at a time");
    let hint = "While one knob differs from the pin, no other one can be turned";
    if guard.on_hover_text(hint).changed() {
        outbox.push(Action::SetGuard(is_on));
    }
}

fn pins_menu(app: &mut App, ui: &mut Ui, shown: usize, outbox: &mut Vec<Action>) {
    for (pin, kept) in app.session.document().pins.iter().enumerate() {
        let name = if kept.name.trim().is_empty() {
            format!("pin {}", pin + 1)
        } else {
            kept.name.clone()
        };
        if ui.selectable_label(pin == shown, name).clicked() {
            outbox.push(Action::ShowPin(Some(pin)));
            ui.close();
        }
    }
    ui.separator();
    guard_ui(app, ui, outbox);
    if ui.button("Rename…").clicked() {
        app.dialog = Some(Dialog::Name(NameDialog::new(Named::Pin(shown), &app.session)));
        ui.close();
    }
    if ui.button("Remove").clicked() {
        outbox.push(Action::Unpin(shown));
        ui.close();
    }
}
