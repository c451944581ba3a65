//! The top bar: the menus, the document's name, and buttons for frequent commands. Below it the bar for the
//! snapshot that is shown: its name, its difference to the current state, and its actions.

use egui::{Align, Button, Frame, Label, Layout, Margin, MenuBar, Panel, RichText, Stroke, Ui};

use crate::panes::Pane;
use crate::theme::type_scale;
use neurodial_core::session::{Action, Edit, ViewChange};

use super::command::Command;
use super::dialog::{Dialog, NameDialog, NamedItem};
use super::file_chooser::document_name;
use super::menus;
use super::state::App;

pub(crate) fn top_bar_ui(app: &mut App, ui: &mut Ui, outbox: &mut Vec<Action>, commands: &mut Vec<Command>) {
    let theme = app.theme();
    let frame = Frame::new()
        .fill(theme.card)
        .inner_margin(Margin::symmetric(14, 6));
    Panel::top("top")
        .frame(frame)
        .show_separator_line(false)
        .show(ui, |ui| {
            MenuBar::new().ui(ui, |ui| {
                ui.label(
                    RichText::new("neurodial")
                        .font(type_scale::title())
                        .color(theme.text),
                );
                ui.add_space(6.0);
                menus::menus_ui(app, ui, outbox, commands);
                ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                    /// Below this width, in points, the snapshot button is left out to make room for the
                    /// name; it is in a menu too.
                    const MIN_WIDTH_WITH_SNAPSHOT_BUTTON: f32 = 340.0;
                    const MIN_NAME_WIDTH: f32 = 64.0;
                    let has_room = ui.available_width() > MIN_WIDTH_WITH_SNAPSHOT_BUTTON;
                    let mode_icon = if app.preferences.dark { "☀" } else { "☾" };
                    let history = app.session.history();
                    let (can_undo, can_redo) =
                        (history.undo_label().is_some(), history.redo_label().is_some());
                    for (command, text, is_enabled) in [
                        (Command::ToggleDarkMode, mode_icon, true),
                        (Command::RevertToOpened, "⟲ Start over", !history.is_empty()),
                        (Command::Redo, "↷ Redo", can_redo),
                        (Command::Undo, "↶ Undo", can_undo),
                    ] {
                        command_button_ui(ui, commands, command, text, is_enabled);
                    }
                    if has_room {
                        command_button_ui(ui, commands, Command::TakeSnapshot, "Pin", true);
                    }
                    // The title of the system's window contains the name too.
                    if ui.available_width() > MIN_NAME_WIDTH {
                        ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                            document_name_ui(app, ui)
                        });
                    }
                });
            });
        });
    let bottom = ui.available_rect_before_wrap().top();
    let stroke = Stroke::new(1.0, theme.border);
    ui.painter().hline(ui.max_rect().x_range(), bottom, stroke);
}

/// Draws the document's name and, if it fits, its note.
fn document_name_ui(app: &App, ui: &mut Ui) {
    let theme = app.theme();
    let mut name = document_name(&app.session, app.messages);
    if app.session.is_unsaved() {
        name += " •";
    }
    ui.add_space(10.0);
    let name = RichText::new(name).font(type_scale::strong()).color(theme.text);
    let response = ui.add(Label::new(name).truncate());
    if app.session.is_unsaved() {
        response.on_hover_text("There are changes that no file has");
    }
    /// The smallest width of a note that can be read, in points.
    const MIN_NOTE_WIDTH: f32 = 150.0;
    /// The space between the note and the buttons after it, in points.
    const NOTE_MARGIN: f32 = 20.0;
    let note = &app.session.document().note;
    let available_width = ui.available_width() - NOTE_MARGIN;
    if !note.is_empty() && available_width >= MIN_NOTE_WIDTH {
        ui.scope(|ui| {
            ui.set_max_width(available_width);
            let text = RichText::new(note)
                .font(type_scale::small())
                .color(theme.weak_text);
            ui.add(Label::new(text).truncate());
        });
    }
}

fn command_button_ui(
    ui: &mut Ui,
    commands: &mut Vec<Command>,
    command: Command,
    text: &str,
    is_enabled: bool,
) {
    let response = ui.add_enabled(is_enabled, Button::new(text).frame(false));
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, is_enabled, command.text()));
    let shortcut = command.shortcut().map(|keys| ui.ctx().format_shortcut(&keys));
    let tooltip = format!("{} {}", command.text(), shortcut.unwrap_or_default());
    if response.on_hover_text(tooltip.trim()).clicked() {
        commands.push(command);
    }
}

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
