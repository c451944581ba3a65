//! The toolbar of the Training pane: train, one epoch, one update, back to the start, speed and challenge.

use egui::scroll_area::ScrollBarVisibility;
use egui::{
    Align2, Button, Color32, CornerRadius, Painter, Rect, ScrollArea, Sense, Stroke, Ui, WidgetInfo, pos2,
    vec2,
};

use crate::panes::context::PaneContext;
use crate::panes::curves::controls::{combo_item_ui, combo_ui, set_accessible_name};
use crate::theme::type_scale;
use neurodial_core::session::{RunState, TrainingCommand, ViewChange};

/// The limits of the training speed to choose from, in epochs per second; `None` for no limit.
const EPOCH_RATES: [Option<u32>; 6] = [Some(1), Some(3), Some(10), Some(30), Some(120), None];
/// The height of the train button, in points.
const BUTTON_HEIGHT: f32 = 24.0;

/// Draws the toolbar; in a low pane, as a single row that scrolls horizontally.
pub(crate) fn toolbar_ui(
    ui: &mut Ui,
    context: &mut PaneContext<'_>,
    shows_settings: &mut bool,
    is_low: bool,
) {
    let row = |ui: &mut Ui| {
        ui.spacing_mut().item_spacing = vec2(6.0, 5.0);
        match context.session.challenge().map(|challenge| challenge.is_running) {
            None => training_buttons_ui(ui, context, shows_settings),
            Some(is_on) => challenge_buttons_ui(ui, context, is_on),
        }
        axis_ui(ui, context);
    };
    if is_low {
        ScrollArea::horizontal()
            .id_salt("transport")
            .scroll_bar_visibility(ScrollBarVisibility::AlwaysHidden)
            .show(ui, |ui| ui.horizontal(row));
    } else {
        ui.horizontal_wrapped(row);
    }
}

fn training_buttons_ui(ui: &mut Ui, context: &mut PaneContext<'_>, has_settings: &mut bool) {
    let is_playing = context.session.run().state == RunState::Running;
    if train_button_ui(ui, context, is_playing) {
        context.actions.push(TrainingCommand::TrainOrPause.into());
    }
    let has_run = !context.session.run().current_branch.checkpoints.is_empty();
    button_ui(
        ui,
        context,
        "Epoch",
        "one epoch",
        "Train with every sample once",
        TrainingCommand::TrainEpoch,
    );
    button_ui(
        ui,
        context,
        "Step",
        "one step",
        "Train with one batch of samples",
        TrainingCommand::TrainBatch,
    );
    ui.add_enabled_ui(has_run, |ui| {
        let hint = "All knobs as they were when training began";
        button_ui(
            ui,
            context,
            "Start",
            "back to the start of training",
            hint,
            TrainingCommand::BackToStart,
        );
    });
    epoch_rate_ui(ui, context);
    let hint = "You and gradient descent begin at the same knobs: who finds the lesser loss?";
    button_ui(
        ui,
        context,
        "Duel",
        "duel with gradient descent",
        hint,
        TrainingCommand::StartOrEndChallenge,
    );
    let response = ui
        .toggle_value(has_settings, "Settings")
        .on_hover_text("Data, loss, optimiser and all that they need");
    set_accessible_name(ui, &response, "data and settings of training");
}

fn challenge_buttons_ui(ui: &mut Ui, context: &mut PaneContext<'_>, is_on: bool) {
    let (text, name, hint) = if is_on {
        (
            "End the duel",
            "end the duel",
            "Gradient descent stops; the curves stay",
        )
    } else {
        ("Again", "duel again", "Both begin at the present knobs")
    };
    button_ui(
        ui,
        context,
        text,
        name,
        hint,
        TrainingCommand::StartOrEndChallenge,
    );
    let hint = "All knobs as they were when your loss was least";
    button_ui(
        ui,
        context,
        "Your best",
        "back to your best",
        hint,
        TrainingCommand::RestoreBest,
    );
    let hint = "Gradient descent goes on from where your knobs are now";
    button_ui(
        ui,
        context,
        "Let it go on from here",
        "let gradient descent go on from here",
        hint,
        TrainingCommand::TrainFromCurrentKnobs,
    );
    let hint = "Back to training";
    button_ui(
        ui,
        context,
        "Close",
        "close the duel",
        hint,
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
    let (text, name) = match is_playing {
        true => ("Pause", "pause training"),
        false => ("Play", "play training"),
    };
    let (rect, response) = ui.allocate_exact_size(vec2(74.0, BUTTON_HEIGHT), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(egui::Role::Button, true, name));
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
    let hint = "Turn the knobs until the outputs fit, or pause (Ctrl Space)";
    response.on_hover_text(hint).clicked()
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

fn epoch_rate_text(epochs_per_second: Option<u32>) -> String {
    match epochs_per_second {
        Some(1) => "1 epoch/s".to_owned(),
        Some(epochs_per_second) => format!("{epochs_per_second} epochs/s"),
        None => "full speed".to_owned(),
    }
}

fn epoch_rate_ui(ui: &mut Ui, context: &mut PaneContext<'_>) {
    if context.session.setup().is_none() {
        return;
    }
    let current = context.session.view().epochs_per_second;
    combo_ui(ui, "pace", epoch_rate_text(current), |ui| {
        for rate in EPOCH_RATES {
            if combo_item_ui(ui, rate == current, epoch_rate_text(rate)) {
                context.actions.push(ViewChange::SetEpochsPerSecond(rate).into());
            }
        }
    });
}

/// Draws the check boxes for the plot's axes.
fn axis_ui(ui: &mut Ui, context: &mut PaneContext<'_>) {
    let view = context.session.view();
    let (mut is_log, mut by_turns) = (view.has_log_loss_axis, view.is_challenge_by_turns);
    let response = ui
        .checkbox(&mut is_log, "log")
        .on_hover_text("Logarithmic axis of the loss");
    set_accessible_name(ui, &response, "logarithmic loss axis");
    if response.changed() {
        context.actions.push(ViewChange::ShowLogLoss(is_log).into());
    }
    if context.session.challenge().is_some() {
        let hint = "Your turns beside its epochs, instead of both over time";
        let response = ui.checkbox(&mut by_turns, "turns").on_hover_text(hint);
        set_accessible_name(ui, &response, "duel over turns");
        if response.changed() {
            context
                .actions
                .push(ViewChange::ShowChallengeByTurns(by_turns).into());
        }
    }
}
