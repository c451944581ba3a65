//! The bar above: the menus, the name of what is open, and what is wanted most often.

use egui::{Align, Button, Frame, Label, Layout, Margin, MenuBar, Panel, RichText, Stroke, Ui};

use crate::look::type_scale;
use neurodial_core::session::Action;

use super::{App, Command, menus};

/// Draws the bar above.
pub fn top_ui(app: &mut App, ui: &mut Ui, outbox: &mut Vec<Action>, commands: &mut Vec<Command>) {
    let look = app.look();
    let frame = Frame::new()
        .fill(look.card)
        .inner_margin(Margin::symmetric(14, 6));
    Panel::top("top")
        .frame(frame)
        .show_separator_line(false)
        .show(ui, |ui| {
            MenuBar::new().ui(ui, |ui| {
                ui.label(
                    RichText::new("neurodial")
                        .font(type_scale::title())
                        .color(look.ink),
                );
                ui.add_space(6.0);
                menus::menus_ui(app, ui, outbox, commands);
                ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                    /// Narrower than this, what has a place in a menu too leaves room for the name.
                    const ROOMY: f32 = 340.0;
                    const LEAST_NAME: f32 = 64.0;
                    let is_roomy = ui.available_width() > ROOMY;
                    let mode = if app.preferences.dark { "☀" } else { "☾" };
                    quick(ui, commands, Command::SwitchMode, mode, true);
                    let history = app.session.history();
                    quick(
                        ui,
                        commands,
                        Command::StartOver,
                        "⟲ Start over",
                        !history.is_empty(),
                    );
                    quick(
                        ui,
                        commands,
                        Command::Redo,
                        "↷ Redo",
                        history.redo_label().is_some(),
                    );
                    quick(
                        ui,
                        commands,
                        Command::Undo,
                        "↶ Undo",
                        history.undo_label().is_some(),
                    );
                    if is_roomy {
                        quick(ui, commands, Command::Pin, "Pin", true);
                    }
                    // The window's own title says the name too.
                    if ui.available_width() > LEAST_NAME {
                        ui.with_layout(Layout::left_to_right(Align::Center), |ui| name_ui(app, ui));
                    }
                });
            });
        });
    let bottom = ui.available_rect_before_wrap().top();
    let stroke = Stroke::new(1.0, look.hairline);
    ui.painter().hline(ui.max_rect().x_range(), bottom, stroke);
}

fn name_ui(app: &App, ui: &mut Ui) {
    let look = app.look();
    let mut name = app.name();
    if app.session.is_unsaved() {
        name += " •";
    }
    ui.add_space(10.0);
    let name = RichText::new(name).font(type_scale::strong()).color(look.ink);
    let response = ui.add(Label::new(name).truncate());
    if app.session.is_unsaved() {
        response.on_hover_text("There are changes that no file has");
    }
    /// With less room than this a note is no sentence any more.
    const LEAST_NOTE: f32 = 150.0;
    /// Between the note and the buttons after it.
    const APART: f32 = 20.0;
    let note = &app.session.document().note;
    let room = ui.available_width() - APART;
    if !note.is_empty() && room >= LEAST_NOTE {
        ui.scope(|ui| {
            ui.set_max_width(room);
            let text = RichText::new(note).font(type_scale::small()).color(look.ink_soft);
            ui.add(Label::new(text).truncate());
        });
    }
}

/// A button on the bar for a command.
fn quick(ui: &mut Ui, commands: &mut Vec<Command>, command: Command, text: &str, is_enabled: bool) {
    let response = ui.add_enabled(is_enabled, Button::new(text).frame(false));
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, is_enabled, command.text()));
    let keys = command.shortcut().map(|keys| ui.ctx().format_shortcut(&keys));
    let hint = format!("{} {}", command.text(), keys.unwrap_or_default());
    if response.on_hover_text(hint.trim()).clicked() {
        commands.push(command);
    }
}
