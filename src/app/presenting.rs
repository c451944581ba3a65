//! Starting and leaving presentation mode, and the bar that it has instead of all others.

use egui::{Align, Button, Context, Frame, Key, Label, Layout, Margin, Panel, RichText, Ui};

use crate::panes::Pane;
use crate::theme::type_scale;
use crate::widgets::menu::menu_button_ui;

use super::command::Command;
use super::layout;
use super::presentation::{PRESENTED_SHARE, Presentation, scale_for, tree_of};
use super::state::App;

impl App {
    /// True in presentation mode.
    pub(super) fn is_presenting(&self) -> bool {
        self.presentation.is_some()
    }

    /// Starts or leaves presentation mode. On leaving, everything is as it was before.
    pub(super) fn toggle_presentation(&mut self, ctx: &Context) {
        let is_fullscreen = match self.presentation.take() {
            Some(presentation) => {
                self.maximized_pane = presentation.maximized_before;
                presentation.was_fullscreen
            }
            None => {
                let was_fullscreen = ctx.input(|input| input.viewport().fullscreen == Some(true));
                self.presentation = Some(Presentation {
                    tree: tree_of(&self.preferences.presented_panes, PRESENTED_SHARE),
                    scale: scale_for(self.unscaled_size),
                    maximized_before: self.maximized_pane,
                    was_fullscreen,
                });
                if self.lesson.is_some() {
                    self.present_lesson_panes();
                }
                true
            }
        };
        ctx.send_viewport_cmd(egui::ViewportCommand::Fullscreen(is_fullscreen));
        self.apply_preferences(ctx);
    }

    /// Leaves presentation mode when Escape is pressed, unless something else handles that key, such as stepping.
    pub(super) fn leave_presentation_on_escape(&mut self, ctx: &Context) {
        if self.is_presenting() && !self.is_stepping() && self.is_escape_free(ctx) {
            self.toggle_presentation(ctx);
            // The key must not restore a maximized pane as well.
            ctx.input_mut(|input| input.consume_key(egui::Modifiers::NONE, Key::Escape));
        }
    }

    /// Shows a pane in presentation mode, or no longer; the last one stays.
    pub(super) fn toggle_presented_pane(&mut self, pane: Pane) {
        let panes = &mut self.preferences.presented_panes;
        if let Some(index) = panes.iter().position(|&presented| presented == pane) {
            if panes.len() > 1 {
                panes.remove(index);
            }
        } else {
            panes.push(pane);
        }
        if let Some(presentation) = &mut self.presentation {
            presentation.tree = tree_of(panes, PRESENTED_SHARE);
        }
        self.maximized_pane = None;
        self.save_preferences();
    }

    /// True if a pane is in view, in presentation mode or else in the layout of the window.
    pub(super) fn is_pane_shown(&self, pane: Pane) -> bool {
        let tree = match &self.presentation {
            Some(presentation) => &presentation.tree,
            None => &self.tree,
        };
        match self.maximized_pane {
            Some(maximized) => pane == maximized,
            None => layout::is_shown(tree, pane),
        }
    }
}

/// Draws what presentation mode has instead of the bars: the last message, the choice of the panes, and the
/// button that leaves it.
pub(crate) fn presentation_bar_ui(app: &App, ui: &mut Ui, commands: &mut Vec<Command>) {
    let (theme, messages) = (app.theme(), app.messages);
    let frame = Frame::new()
        .fill(theme.background)
        .inner_margin(Margin::symmetric(8, 0));
    Panel::bottom("presentation")
        .frame(frame)
        .show_separator_line(false)
        .show(ui, |ui| {
            ui.spacing_mut().interact_size.y = 20.0;
            ui.spacing_mut().button_padding.y = 1.0;
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                let weak = |text: &str| {
                    RichText::new(text)
                        .font(type_scale::small())
                        .color(theme.weak_text)
                };
                let leave = Button::new(weak(messages.presentation_leave())).frame(false);
                if ui
                    .add(leave)
                    .on_hover_text(messages.presentation_leave_tooltip())
                    .clicked()
                {
                    commands.push(Command::TogglePresentation);
                }
                ui.visuals_mut().button_frame = false;
                menu_button_ui(ui, weak(messages.presentation_panes()), |ui| {
                    panes_menu_ui(app, ui, commands)
                });
                let (text, color) = match &app.elements.number_error {
                    Some(reason) => (reason.as_str(), theme.warning),
                    None if app.message.is_problem => (app.message.text.as_str(), theme.warning),
                    None => (app.message.text.as_str(), theme.text),
                };
                ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                    let text = RichText::new(text).font(type_scale::small()).color(color);
                    ui.add(Label::new(text).truncate());
                });
            });
        });
}

/// Draws the choice of the presented panes.
fn panes_menu_ui(app: &App, ui: &mut Ui, commands: &mut Vec<Command>) {
    for pane in Pane::in_window() {
        let is_presented = app.preferences.presented_panes.contains(&pane);
        let button = Button::selectable(is_presented, pane.title(app.messages));
        if ui.add(button).clicked() {
            commands.push(Command::TogglePane(pane));
            ui.close();
        }
    }
}
