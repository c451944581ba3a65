//! The top bar: the menus, the document's name, and buttons for frequent commands. Below it the bar for the
//! snapshot that is shown: its name, its difference to the current state, and its actions.

use egui::{
    Align, Button, Color32, Frame, Label, Layout, Margin, MenuBar, Panel, RichText, Stroke, TextStyle, Ui,
};

use crate::panes::Pane;
use crate::theme::type_scale;
use crate::widgets::menu::menu_button_ui;
use neurodial_core::formats::Preset;
use neurodial_core::session::{Action, Edit, ViewChange, WindowLayout};

use super::command::{Command, shortcut_text};
use super::dialog::{Dialog, NameDialog, NamedItem};
use super::file_chooser::document_name;
use super::menus::{self, enabled_ui};
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
                /// Below this width, in points, the program's name is left out; the system shows it too.
                const MIN_WIDTH_WITH_PROGRAM_NAME: f32 = 560.0;
                if ui.available_width() >= MIN_WIDTH_WITH_PROGRAM_NAME {
                    ui.label(
                        RichText::new("neurodial")
                            .font(type_scale::title())
                            .color(theme.text),
                    );
                    ui.add_space(6.0);
                }
                menus::menus_ui(app, ui, outbox, commands);
                layouts_ui(app, ui, commands);
                ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                    const MIN_NAME_WIDTH: f32 = 64.0;
                    for button in buttons_with_room(app, ui) {
                        command_button_ui(app, ui, commands, &button);
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

/// Draws the choice of the layout: a button for each one, or where they have no room, a menu with them.
fn layouts_ui(app: &App, ui: &mut Ui, commands: &mut Vec<Command>) {
    /// The width that is left for the shortest buttons at the right end, in points.
    const BUTTONS_WIDTH: f32 = 64.0;
    /// The space between a button and the frame around all of them, in points.
    const FRAME_MARGIN: i8 = 2;
    let (theme, messages) = (app.theme(), app.messages);
    let room = ui.available_width() - BUTTONS_WIDTH;
    /// The horizontal padding of a button, in points.
    const PADDING: f32 = 8.0;
    let text_width = |layout: WindowLayout| button_width(ui, layout.label(messages)) + 2.0 * PADDING;
    if WindowLayout::ALL.map(text_width).iter().sum::<f32>() + 20.0 <= room {
        ui.add_space(6.0);
        let frame = Frame::new()
            .fill(theme.track)
            .corner_radius(6)
            .inner_margin(Margin::symmetric(FRAME_MARGIN, 1));
        frame.show(ui, |ui| {
            ui.spacing_mut().item_spacing.x = f32::from(FRAME_MARGIN);
            ui.spacing_mut().button_padding.x = PADDING;
            for layout in WindowLayout::ALL {
                layout_button_ui(app, ui, commands, layout);
            }
        });
    } else {
        let text = format!("{} ⏷", app.layout.label(messages));
        if button_width(ui, &text) <= room {
            let menu = menu_button_ui(ui, text, |ui| menus::layout_entries_ui(app, ui, commands));
            let name = messages.layout_button_name(app.layout.label(messages));
            ui.ctx()
                .accesskit_node_builder(menu.id, |node| node.set_label(name));
        }
    }
}

/// Draws the button of a layout.
fn layout_button_ui(app: &App, ui: &mut Ui, commands: &mut Vec<Command>, layout: WindowLayout) {
    let (theme, messages) = (app.theme(), app.messages);
    let is_current = layout == app.layout;
    let (fill, color) = match is_current {
        true => (theme.card, theme.text),
        false => (Color32::TRANSPARENT, theme.weak_text),
    };
    let text = RichText::new(layout.label(messages)).color(color);
    let button = Button::new(text).fill(fill).stroke(Stroke::NONE).corner_radius(5);
    let response = ui.add(button);
    let name = messages.layout_button_name(layout.label(messages));
    response.widget_info(|| egui::WidgetInfo::selected(egui::Role::RadioButton, true, is_current, &name));
    let command = Command::ChooseLayout(layout);
    let description = layout.description(messages);
    let tooltip = match command.shortcut() {
        Some(shortcut) => messages.layout_button_tooltip(description, shortcut_text(ui.ctx(), shortcut)),
        None => description.to_owned(),
    };
    if response.on_hover_text(tooltip).clicked() {
        commands.push(command);
    }
}

/// Returns the width of a button with the space after it, in points.
fn button_width(ui: &Ui, text: &str) -> f32 {
    let galley = ui.painter().layout_no_wrap(
        text.to_owned(),
        TextStyle::Button.resolve(ui.style()),
        Color32::PLACEHOLDER,
    );
    galley.size().x + 2.0 * ui.spacing().button_padding.x + ui.spacing().item_spacing.x
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
        response.on_hover_text(app.messages.bar_unsaved());
    }
    /// The smallest width of a note that can be read, in points.
    const MIN_NOTE_WIDTH: f32 = 150.0;
    /// The space between the note and the buttons after it, in points.
    const NOTE_MARGIN: f32 = 20.0;
    let note = Preset::translated_note(&app.session.document().note, app.messages);
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

/// A button of the bar.
struct BarButton {
    command: Command,
    text: &'static str,
    /// The accessible name, and the start of the tooltip.
    name: String,
}

/// Returns the buttons for which the bar has room, from right to left. All of them are in the menus too. In a
/// narrow window they are shorter, and the less frequent ones are left out.
fn buttons_with_room(app: &App, ui: &Ui) -> Vec<BarButton> {
    /// The width beside all buttons that is left for the document's name, in points.
    const NAME_WIDTH: f32 = 100.0;
    let messages = app.messages;
    let (mode_icon, mode) = match app.preferences.dark {
        true => ("☀", messages.command_dark_mode_light()),
        false => ("◑", messages.command_dark_mode()),
    };
    let dark_mode = (Command::ToggleDarkMode, mode_icon);
    let (revert, redo, undo) = (
        (Command::RevertToOpened, messages.bar_revert()),
        (Command::Redo, messages.bar_redo()),
        (Command::Undo, messages.bar_undo()),
    );
    let snapshot = (Command::TakeSnapshot, messages.bar_snapshot());
    // The texts begin with a symbol.
    let short = |(command, text): (Command, &'static str)| {
        (command, text.split_whitespace().next().unwrap_or_default())
    };
    let choices = [
        vec![dark_mode, revert, redo, undo, snapshot],
        vec![dark_mode, revert, redo, undo],
        vec![dark_mode, short(revert), short(redo), short(undo)],
        vec![short(redo), short(undo)],
    ];
    let fitting = choices.into_iter().enumerate().find(|(index, buttons)| {
        let name_width = if *index == 0 { NAME_WIDTH } else { 0.0 };
        let widths = buttons.iter().map(|(_, text)| button_width(ui, text));
        widths.sum::<f32>() + name_width <= ui.available_width()
    });
    let buttons = fitting.map(|(_, buttons)| buttons).unwrap_or_default();
    let buttons = buttons.into_iter().map(|(command, text)| BarButton {
        command,
        text,
        name: match command {
            Command::ToggleDarkMode => mode.to_owned(),
            command => command.text(messages).into_owned(),
        },
    });
    buttons.collect()
}

/// Draws the button of a command.
fn command_button_ui(app: &App, ui: &mut Ui, commands: &mut Vec<Command>, button: &BarButton) {
    let BarButton { command, text, name } = button;
    let disabled_reason = app.disabled_reason(*command);
    let response = enabled_ui(ui, Button::new(*text).frame(false), disabled_reason);
    let is_enabled = disabled_reason.is_none();
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, is_enabled, name));
    let tooltip = match command.shortcut() {
        Some(shortcut) => app.messages.bar_tooltip(name, shortcut_text(ui.ctx(), shortcut)),
        None => name.clone(),
    };
    if response.on_hover_text(tooltip).clicked() {
        commands.push(*command);
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
    let difference = overlay.difference_sentence(app.session.architecture(), app.messages);
    let messages = app.messages;
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
                let menu = menu_button_ui(ui, format!("{name} ⏷"), |ui| {
                    snapshots_menu_ui(app, ui, snapshot, outbox)
                });
                ui.ctx().accesskit_node_builder(menu.id, |node| {
                    node.set_label(messages.snapshot_bar_menu());
                });
                menu.on_hover_text(messages.snapshot_bar_menu_tooltip());
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
                        messages.snapshot_bar_hide(&name),
                        ViewChange::ShowSnapshot(None).into(),
                    );
                    let compare = ui.add(Button::new(messages.pane_compare()).frame(false));
                    if compare
                        .on_hover_text(messages.snapshot_bar_compare(&name))
                        .clicked()
                    {
                        shows_compare = true;
                    }
                    button(
                        ui,
                        messages.snapshot_bar_swap(),
                        messages.snapshot_bar_swap_name(&name),
                        Edit::SwapSnapshot(snapshot).into(),
                    );
                    button(
                        ui,
                        messages.snapshot_bar_restore(),
                        messages.snapshot_bar_restore_name(&name),
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
    let checkbox = ui.checkbox(&mut is_on, app.messages.snapshot_bar_one_knob());
    let tooltip = app.messages.snapshot_bar_one_knob_tooltip();
    if checkbox.on_hover_text(tooltip).changed() {
        outbox.push(ViewChange::SetOneKnobAtATime(is_on).into());
    }
}

fn snapshots_menu_ui(app: &mut App, ui: &mut Ui, shown: usize, outbox: &mut Vec<Action>) {
    for (index, snapshot) in app.session.document().snapshots.iter().enumerate() {
        let name = menus::snapshot_name(app.messages, index, snapshot);
        if ui.selectable_label(index == shown, name).clicked() {
            outbox.push(ViewChange::ShowSnapshot(Some(index)).into());
            ui.close();
        }
    }
    ui.separator();
    one_knob_checkbox_ui(app, ui, outbox);
    if ui.button(app.messages.snapshot_bar_rename()).clicked() {
        app.dialog = Some(Dialog::Name(NameDialog::new(
            NamedItem::Snapshot(shown),
            &app.session,
        )));
        ui.close();
    }
    if ui.button(app.messages.snapshot_bar_remove()).clicked() {
        outbox.push(Edit::RemoveSnapshot(shown).into());
        ui.close();
    }
}
