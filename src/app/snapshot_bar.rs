//! The bar for the snapshot that is shown: its name, its difference to the current state, and its actions.

use egui::{Align, Button, Frame, Label, Layout, Margin, Panel, RichText, Ui};

use crate::panes::Pane;
use crate::theme::type_scale;
use neurodial_core::session::{Action, Edit, ViewChange};

use super::App;
use super::dialog::{Dialog, NameDialog, NamedItem};

/// In a window narrower than this, in points, the “one knob at a time” checkbox is only in the menu.
const MIN_WIDTH_WITH_CHECKBOX: f32 = 760.0;

/// Draws the bar, if a snapshot is shown.
pub(crate) fn snapshot_bar_ui(app: &mut App, ui: &mut Ui, outbox: &mut Vec<Action>) {
    let Some(overlay) = app.insight.snapshot_overlay() else {
        return;
    };
    let (snapshot, name) = (overlay.snapshot_index, overlay.name().to_owned());
    let difference = overlay.difference_sentence(app.session.architecture());
    let theme = app.theme();
    let frame = Frame::new().fill(theme.background).inner_margin(Margin {
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
                let menu = ui.menu_button(format!("{name} ⏷"), |ui| {
                    snapshots_menu_ui(app, ui, snapshot, outbox)
                });
                let tooltip = "Pins: another one, rename, remove";
                ui.ctx()
                    .accesskit_node_builder(menu.response.id, |node| node.set_label("pins"));
                menu.response.on_hover_text(tooltip);
                ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                    let mut button = |ui: &mut Ui, text: &str, name: String, action: Action| {
                        let response = ui.add(Button::new(text).frame(false));
                        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &name));
                        if response.on_hover_text(&name).clicked() {
                            outbox.push(action);
                        }
                    };
                    button(
                        ui,
                        "✕",
                        format!("Hide {name}; it is kept"),
                        ViewChange::ShowSnapshot(None).into(),
                    );
                    let compare = ui.add(Button::new("Compare").frame(false));
                    if compare
                        .on_hover_text(format!("{name} and the present state side by side"))
                        .clicked()
                    {
                        shows_compare = true;
                    }
                    button(
                        ui,
                        "Swap",
                        format!("Swap with {name}"),
                        Edit::SwapSnapshot(snapshot).into(),
                    );
                    button(
                        ui,
                        "Go back",
                        format!("Go back to {name}"),
                        Edit::RestoreSnapshot(snapshot).into(),
                    );
                    if ui.ctx().content_rect().width() >= MIN_WIDTH_WITH_CHECKBOX {
                        one_knob_checkbox_ui(app, ui, outbox);
                    }
                    ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                        let text = RichText::new(difference)
                            .font(type_scale::small())
                            .color(theme.weak_text);
                        ui.add(Label::new(text).truncate());
                    });
                });
            });
        });
    if shows_compare {
        for pane in Pane::in_window().filter(|pane| pane.info().compares_snapshot) {
            app.show_pane(pane);
        }
        ui.request_repaint();
    }
}

/// Draws the checkbox that lets only one knob differ from the snapshot.
fn one_knob_checkbox_ui(app: &App, ui: &mut Ui, outbox: &mut Vec<Action>) {
    let mut is_on = app.session.view().is_one_knob_at_a_time;
    let checkbox = ui.checkbox(&mut is_on, "one knob at a time");
    let tooltip = "While one knob differs from the pin, no other one can be turned";
    if checkbox.on_hover_text(tooltip).changed() {
        outbox.push(ViewChange::SetOneKnobAtATime(is_on).into());
    }
}

/// Draws the menu of the snapshots.
fn snapshots_menu_ui(app: &mut App, ui: &mut Ui, shown: usize, outbox: &mut Vec<Action>) {
    for (index, snapshot) in app.session.document().snapshots.iter().enumerate() {
        let name = if snapshot.name.trim().is_empty() {
            format!("pin {}", index + 1)
        } else {
            snapshot.name.clone()
        };
        if ui.selectable_label(index == shown, name).clicked() {
            outbox.push(ViewChange::ShowSnapshot(Some(index)).into());
            ui.close();
        }
    }
    ui.separator();
    one_knob_checkbox_ui(app, ui, outbox);
    if ui.button("Rename…").clicked() {
        app.dialog = Some(Dialog::Name(NameDialog::new(
            NamedItem::Snapshot(shown),
            &app.session,
        )));
        ui.close();
    }
    if ui.button("Remove").clicked() {
        outbox.push(Edit::RemoveSnapshot(shown).into());
        ui.close();
    }
}
