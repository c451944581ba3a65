//! The toolbar of the Training pane: train, one epoch, one update, back to the start, speed and challenge.

use egui::{
    Align2, Button, Color32, CornerRadius, Painter, Rect, Response, Sense, Stroke, Ui, WidgetInfo, pos2, vec2,
};

use crate::panes::context::PaneContext;
use crate::panes::curves::controls::{combo_item_ui, combo_ui, set_accessible_name};
use crate::theme::type_scale;
use crate::widgets::menu::scrolling_row_ui;
use neurodial_core::session::{RunState, TrainingCommand, ViewChange};
use neurodial_core::text::Messages;

use super::controls;

/// The limits of the training speed to choose from, in epochs per second; `None` for no limit.
const EPOCH_RATES: [Option<u32>; 6] = [Some(1), Some(3), Some(10), Some(30), Some(120), None];
/// The height of the train button, in points.
const BUTTON_HEIGHT: f32 = 24.0;

/// Draws the toolbar; in a low pane, as a single row that scrolls horizontally. If the settings are in a popup, the
/// toolbar has the list of datasets, and the popup the controls that are used rarely. Returns the button of the
/// settings, which the toolbar lacks during a challenge.
pub(crate) fn toolbar_ui(
    ui: &mut Ui,
    context: &mut PaneContext<'_>,
    shows_settings: &mut bool,
    has_popup: bool,
    is_low: bool,
) -> Option<Response> {
    let mut settings_button = None;
    let row = |ui: &mut Ui| {
        ui.spacing_mut().item_spacing = vec2(6.0, 5.0);
        match context.session.challenge().map(|challenge| challenge.is_running) {
            None => {
                let button = training_buttons_ui(ui, context, shows_settings, has_popup);
                settings_button = Some(button);
            }
            Some(is_on) => {
                challenge_buttons_ui(ui, context, is_on);
                axis_ui(ui, context);
            }
        }
    };
    if is_low {
        scrolling_row_ui(ui, row);
    } else {
        ui.horizontal_wrapped(row);
    }
    settings_button
}

fn training_buttons_ui(
    ui: &mut Ui,
    context: &mut PaneContext<'_>,
    shows_settings: &mut bool,
    has_popup: bool,
) -> Response {
    /// The width of the list of datasets, in points.
    const LIST_WIDTH: f32 = 104.0;
    let is_playing = context.session.run().state == RunState::Running;
    if train_button_ui(ui, context, is_playing) {
        context.actions.push(TrainingCommand::TrainOrPause.into());
    }
    let messages = context.messages;
    let has_run = !context.session.run().current_branch.checkpoints.is_empty();
    button_ui(
        ui,
        context,
        messages.training_one_update(),
        messages.training_one_update_name(),
        messages.training_one_update_tooltip(),
        TrainingCommand::TrainBatch,
    );
    button_ui(
        ui,
        context,
        messages.training_one_epoch(),
        messages.training_one_epoch_name(),
        messages.training_one_epoch_tooltip(),
        TrainingCommand::TrainEpoch,
    );
    ui.add_enabled_ui(has_run, |ui| {
        button_ui(
            ui,
            context,
            messages.training_reset(),
            messages.training_reset_name(),
            messages.training_reset_tooltip(),
            TrainingCommand::BackToStart,
        );
    });
    if has_popup {
        controls::dataset_list_ui(ui, context, LIST_WIDTH);
    }
    epoch_rate_ui(ui, context);
    if !has_popup {
        rare_controls_ui(ui, context);
    }
    let response = ui
        .toggle_value(shows_settings, messages.training_settings())
        .on_hover_text(messages.training_settings_tooltip());
    set_accessible_name(ui, &response, messages.training_settings_name());
    response
}

/// Draws the button for a challenge and the check boxes for the plot's axes.
pub(crate) fn rare_controls_ui(ui: &mut Ui, context: &mut PaneContext<'_>) {
    let messages = context.messages;
    button_ui(
        ui,
        context,
        messages.training_challenge(),
        messages.training_challenge_name(),
        messages.training_challenge_tooltip(),
        TrainingCommand::StartOrEndChallenge,
    );
    axis_ui(ui, context);
}

fn challenge_buttons_ui(ui: &mut Ui, context: &mut PaneContext<'_>, is_on: bool) {
    let messages = context.messages;
    let (text, name, hint) = if is_on {
        (
            messages.challenge_stop(),
            messages.challenge_stop_name(),
            messages.challenge_stop_tooltip(),
        )
    } else {
        (
            messages.challenge_restart(),
            messages.challenge_restart_name(),
            messages.challenge_restart_tooltip(),
        )
    };
    button_ui(
        ui,
        context,
        text,
        name,
        hint,
        TrainingCommand::StartOrEndChallenge,
    );
    button_ui(
        ui,
        context,
        messages.challenge_restore_best(),
        messages.challenge_restore_best(),
        messages.challenge_restore_best_tooltip(),
        TrainingCommand::RestoreBest,
    );
    button_ui(
        ui,
        context,
        messages.challenge_continue(),
        messages.challenge_continue(),
        messages.challenge_continue_tooltip(),
        TrainingCommand::TrainFromCurrentKnobs,
    );
    button_ui(
        ui,
        context,
        messages.challenge_close(),
        messages.challenge_close_name(),
        messages.challenge_close_tooltip(),
        TrainingCommand::CloseChallenge,
    );
}

/// Draws a button that sends a command. `name` is its accessible name and `hint` its tooltip.
fn button_ui(
    ui: &mut Ui,
    context: &mut PaneContext<'_>,
    text: &str,
    name: &str,
    hint: &str,
    command: TrainingCommand,
) {
    let response = ui.add(Button::new(text));
    response.widget_info(|| WidgetInfo::labeled(egui::Role::Button, ui.is_enabled(), name));
    if response.on_hover_text(hint).clicked() {
        context.actions.push(command.into());
    }
}

/// Draws the train button, which is larger and colored. Returns true if it was clicked.
fn train_button_ui(ui: &mut Ui, context: &PaneContext<'_>, is_playing: bool) -> bool {
    let theme = context.theme;
    let messages = context.messages;
    let layout = |text: &str| {
        ui.painter()
            .layout_no_wrap(text.to_owned(), type_scale::strong(), theme.card)
    };
    // The button has the same width for both texts.
    let galleys = [messages.training_train(), messages.training_pause()].map(layout);
    let text_width = galleys.iter().map(|galley| galley.size().x).fold(35.0, f32::max);
    let text = match is_playing {
        true => messages.training_pause(),
        false => messages.training_train(),
    };
    let size = vec2(39.0 + text_width, BUTTON_HEIGHT);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    response.widget_info(|| WidgetInfo::labeled(egui::Role::Button, true, text));
    let mut background = theme.accent;
    if response.hovered() {
        background = crate::theme::ColorTheme::mix(background, theme.text, 0.18);
    }
    let painter = ui.painter();
    painter.rect_filled(rect, CornerRadius::same(6), background);
    if response.has_focus() {
        let stroke = Stroke::new(1.5, theme.text);
        painter.rect_stroke(rect.expand(2.0), 8.0, stroke, egui::StrokeKind::Inside);
    }
    let icon = pos2(rect.left() + 16.0, rect.center().y);
    paint_train_icon(painter, icon, is_playing, theme.card);
    let at = pos2(icon.x + 13.0, rect.center().y);
    painter.text(at, Align2::LEFT_CENTER, text, type_scale::strong(), theme.card);
    response
        .on_hover_text(messages.train_or_pause_tooltip())
        .clicked()
}

/// Draws the icon of the train button: a triangle to train, two bars to pause.
fn paint_train_icon(painter: &Painter, center: egui::Pos2, is_playing: bool, color: Color32) {
    if is_playing {
        for x in [-3.0, 3.0] {
            let bar = Rect::from_center_size(center + vec2(x, 0.0), vec2(3.0, 10.0));
            painter.rect_filled(bar, 0.5, color);
        }
    } else {
        let corners = [vec2(-4.0, -5.5), vec2(5.5, 0.0), vec2(-4.0, 5.5)].map(|offset| center + offset);
        painter.add(egui::Shape::convex_polygon(corners.to_vec(), color, Stroke::NONE));
    }
}

fn epoch_rate_text(messages: Messages, epochs_per_second: Option<u32>) -> String {
    match epochs_per_second {
        Some(rate) => messages.epochs_per_second(rate as usize),
        None => messages.training_speed_max().to_owned(),
    }
}

fn epoch_rate_ui(ui: &mut Ui, context: &mut PaneContext<'_>) {
    if context.session.setup().is_none() {
        return;
    }
    let current = context.session.view().epochs_per_second;
    let messages = context.messages;
    let text = epoch_rate_text(messages, current);
    combo_ui(ui, messages.training_speed(), text, |ui| {
        for rate in EPOCH_RATES {
            if combo_item_ui(ui, rate == current, epoch_rate_text(messages, rate)) {
                context.actions.push(ViewChange::SetEpochsPerSecond(rate).into());
            }
        }
    });
}

/// Draws the check boxes for the plot's axes.
fn axis_ui(ui: &mut Ui, context: &mut PaneContext<'_>) {
    let (view, messages) = (context.session.view(), context.messages);
    let (mut is_log, mut by_turns) = (view.has_log_loss_axis, view.is_challenge_by_turns);
    let response = ui
        .checkbox(&mut is_log, messages.training_log_scale())
        .on_hover_text(messages.training_log_scale_tooltip());
    set_accessible_name(ui, &response, messages.training_log_scale_name());
    if response.changed() {
        context.actions.push(ViewChange::ShowLogLoss(is_log).into());
    }
    if context.session.challenge().is_some() {
        let response = ui
            .checkbox(&mut by_turns, messages.challenge_by_moves())
            .on_hover_text(messages.challenge_by_moves_tooltip());
        set_accessible_name(ui, &response, messages.challenge_by_moves_name());
        if response.changed() {
            context
                .actions
                .push(ViewChange::ShowChallengeByTurns(by_turns).into());
        }
    }
}
