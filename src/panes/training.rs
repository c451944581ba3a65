//! The Training pane: commands, settings, current metrics, and the loss curve of the run or of a challenge.

pub(crate) mod challenge;
pub(crate) mod controls;
pub(crate) mod plot;
pub(crate) mod readout;
pub(crate) mod toolbar;

use egui::{Popup, PopupCloseBehavior, Rect, RectAlign, Response, ScrollArea, TextStyle, Ui, Vec2, vec2};

use crate::canvas::Elements;
use crate::theme::type_scale;
use crate::widgets::menu::scrolling_ui;
use crate::widgets::wrapped_label_ui;
use neurodial_core::insight::NetworkMetrics;
use neurodial_core::session::{Edit, RunState, ViewChange, WindowLayout};
use neurodial_core::text::{Localized, Messages, capitalized};

use super::context::PaneContext;
use super::pane_info::{LayoutRegion, PaneInfo, PanePlace, PlotKind};

/// The properties of the pane.
pub(crate) static PANE: PaneInfo = PaneInfo {
    region: Some(LayoutRegion::CenterBottom),
    other_places: &[PanePlace::new(WindowLayout::Train, LayoutRegion::CenterBottom)],
    needs_data: true,
    figure_remedy: |session, _| {
        let run = session.run();
        let is_empty = run.current_branch.metrics_at(run.current_epoch).is_none();
        is_empty.then_some(Messages::figure_remedy_training)
    },
    plot: Some(PlotKind::Losses),
    figure_options: &["--log", "--y-label"],
    ..PaneInfo::new(&["training", "loss"], Messages::pane_training, training_ui)
};

/// The minimum height of the plot, in points.
const MIN_PLOT_HEIGHT: f32 = 96.0;
/// The maximum number of warnings shown at once.
const MAX_DIAGNOSES: usize = 3;
/// In a pane at least this wide, in points, the metrics are in a column beside the plot, else in a row above
/// it.
const MIN_WIDTH_FOR_COLUMN: f32 = 400.0;

/// In a pane at least this high, in points, the settings are above the plot, else in a popup over other panes.
const MIN_HEIGHT_FOR_SETTINGS: f32 = 520.0;
/// In a pane lower than this, in points, the buttons are in a single row.
const MIN_HEIGHT_FOR_ROWS: f32 = 170.0;

/// Draws the pane.
pub(crate) fn training_ui(ui: &mut Ui, context: &mut PaneContext<'_>, elements: &mut Elements) {
    if ui.available_width() < 40.0 {
        return;
    }
    let height = ui.available_height();
    if context.options.is_some() {
        print_ui(ui, context, elements);
        return;
    }
    ScrollArea::vertical()
        .id_salt("training")
        .auto_shrink(false)
        .show(ui, |ui| content_ui(ui, context, elements, height));
}

/// Draws the printed pane: the loss curves up to the current epoch, below a legend with a line for each.
fn print_ui(ui: &mut Ui, context: &mut PaneContext<'_>, elements: &mut Elements) {
    let rect = ui.available_rect_before_wrap();
    let run = context.session.run();
    let Some(&metrics) = run.current_branch.metrics_at(run.current_epoch) else {
        let hint = context.messages.training_not_trained();
        hint_ui(ui, context, hint);
        return;
    };
    let height = plot::print_legend_ui(ui.painter(), context, &metrics, rect);
    let plot = rect.with_min_y(rect.top() + height);
    plot::plot_ui(ui, context, elements, plot);
}

/// Draws the pane on the screen; `height` is its visible height, in points.
fn content_ui(ui: &mut Ui, context: &mut PaneContext<'_>, elements: &mut Elements, height: f32) {
    let top = ui.cursor().top();
    ui.spacing_mut().item_spacing.y = 5.0;
    let has_inline_settings = height >= MIN_HEIGHT_FOR_SETTINGS;
    let score = match context.insight.metrics(context.session) {
        None => {
            controls::dataset_list_ui(ui, context, controls::LIST_WIDTH);
            let hint = context.messages.training_no_data();
            hint_ui(ui, context, hint);
            return;
        }
        Some(Err(reason)) => {
            match has_inline_settings {
                true => controls::controls_ui(ui, context, elements, true),
                false => controls::dataset_list_ui(ui, context, controls::LIST_WIDTH),
            }
            mismatch_ui(ui, context, reason);
            return;
        }
        Some(Ok(score)) => score,
    };
    settings_ui(
        ui,
        context,
        elements,
        has_inline_settings,
        height < MIN_HEIGHT_FOR_ROWS,
    );
    warnings_ui(ui, context, score);
    let plot_height = (height - (ui.cursor().top() - top) - 4.0).max(MIN_PLOT_HEIGHT);
    let size = vec2(ui.available_width(), plot_height);
    let (rect, _) = ui.allocate_exact_size(size, egui::Sense::hover());
    let numbers = match context.session.challenge() {
        Some(challenge) => readout::challenge_readouts(context, challenge),
        None => readout::run_readouts(context, score),
    };
    let plot = if rect.width() >= MIN_WIDTH_FOR_COLUMN {
        let (plot, beside) = rect.split_left_right_at_x(rect.right() - readout::COLUMN_WIDTH);
        readout::column_ui(ui, context, beside, &numbers);
        plot
    } else {
        let (over, plot) = rect.split_top_bottom_at_y(rect.top() + readout::ROW_HEIGHT);
        readout::row_ui(ui, context, over, &numbers);
        plot
    };
    // Don't draw a plot that is scrolled out of view.
    if plot.height() > 40.0 && plot.intersects(ui.clip_rect()) {
        plot_or_challenge_ui(ui, context, elements, plot);
    }
}

/// Draws the toolbar and, if they are shown, the settings: below it, or in a popup that leaves the plot as it is.
fn settings_ui(
    ui: &mut Ui,
    context: &mut PaneContext<'_>,
    elements: &mut Elements,
    has_inline_settings: bool,
    is_low: bool,
) {
    let popup_id = context.canvas_id.with("settings");
    let are_shown = match has_inline_settings {
        true => context.session.view().are_training_settings_shown.unwrap_or(true),
        false => ui.data(|data| data.get_temp(popup_id).unwrap_or(false)),
    };
    let mut shows_settings = are_shown;
    let settings_button = toolbar::toolbar_ui(ui, context, &mut shows_settings, !has_inline_settings, is_low);
    // During a challenge the settings can't change, for either side.
    let Some(button) = settings_button else {
        ui.data_mut(|data| data.insert_temp(popup_id, false));
        return;
    };
    if shows_settings {
        match has_inline_settings {
            true => controls::controls_ui(ui, context, elements, true),
            false => settings_popup_ui(ui, context, elements, &button, &mut shows_settings),
        }
    }
    if shows_settings == are_shown {
        return;
    }
    match has_inline_settings {
        true => {
            let change = ViewChange::ShowTrainingSettings(shows_settings);
            context.actions.push(change.into());
        }
        false => {
            ui.data_mut(|data| data.insert_temp(popup_id, shows_settings));
            ui.ctx().request_discard("the settings are shown or hidden");
        }
    }
}

/// Draws the settings in a popup at their button. It stays open until its button or Esc is pressed, so that the
/// settings can be changed during training.
fn settings_popup_ui(
    ui: &Ui,
    context: &mut PaneContext<'_>,
    elements: &mut Elements,
    button: &Response,
    is_open: &mut bool,
) {
    /// The width for three columns of settings, in points.
    const WIDTH: f32 = 400.0;
    /// The space around the popup that stays free, in points.
    const MARGIN: f32 = 48.0;
    let window = ui.ctx().content_rect();
    // Above the button or below it, whichever has more room.
    let (above, below) = (
        button.rect.top() - window.top(),
        window.bottom() - button.rect.bottom(),
    );
    let max_size = vec2(WIDTH.min(window.width() - MARGIN), above.max(below) - MARGIN);
    let align = if above > below {
        RectAlign::TOP_END
    } else {
        RectAlign::BOTTOM_END
    };
    // Esc ends the entry of a number first.
    let was_editing = elements.number_edit.is_some();
    let mut stays_open = true;
    Popup::from_response(button)
        .id(context.canvas_id.with("settings-popup"))
        .align(align)
        .open_bool(&mut stays_open)
        .close_behavior(PopupCloseBehavior::IgnoreClicks)
        .accessible_name(context.messages.training_settings())
        .show(|ui| {
            scrolling_ui(ui, ScrollArea::vertical(), max_size, |ui| {
                ui.set_width(max_size.x);
                controls::controls_ui(ui, context, elements, false);
                ui.separator();
                ui.horizontal(|ui| toolbar::rare_controls_ui(ui, context));
            });
        });
    *is_open = stays_open || was_editing;
}

fn plot_or_challenge_ui(ui: &mut Ui, context: &mut PaneContext<'_>, elements: &mut Elements, rect: Rect) {
    match context.session.challenge().cloned() {
        Some(challenge) => challenge::challenge_ui(ui, context, &challenge, rect),
        None => plot::plot_ui(ui, context, elements, rect),
    }
}

/// Draws the warnings about training, one sentence each.
fn warnings_ui(ui: &mut Ui, context: &PaneContext<'_>, score: &NetworkMetrics) {
    let top = ui.cursor().top();
    let state = &context.session.run().state;
    if let RunState::FailedToStart(reason) = state {
        warning_ui(ui, context, &reason.message(context.messages));
    }
    let run = context.session.run();
    if let RunState::Stopped(reason) = run.state {
        let reason = reason.message(context.messages);
        let text = context.messages.training_stopped(run.current_epoch, reason);
        wrapped_label_ui(ui, &text, type_scale::small(), context.theme.weak_text);
    }
    for diagnosis in score.diagnoses.iter().take(MAX_DIAGNOSES) {
        warning_ui(ui, context, &diagnosis.message(context.messages));
    }
    // Keep the height during training, so that the plot doesn't jump when warnings come and go.
    let id = context.canvas_id.with("troubles");
    let needed = ui.cursor().top() - top;
    let reserved: f32 = ui.data(|data| data.get_temp(id)).unwrap_or(0.0);
    let reserved = if *state == RunState::Running {
        reserved.max(needed)
    } else {
        needed
    };
    ui.data_mut(|data| data.insert_temp(id, reserved));
    if reserved > needed {
        ui.add_space(reserved - needed);
    }
}

/// Draws a warning, with its first letter capitalized.
pub(super) fn warning_ui(ui: &mut Ui, context: &PaneContext<'_>, text: &str) {
    let text = capitalized(text);
    wrapped_label_ui(ui, &text, type_scale::small(), context.theme.warning);
}

/// Draws the reason why the data doesn't fit the network, and a button that creates a network for it.
pub(super) fn mismatch_ui(ui: &mut Ui, context: &mut PaneContext<'_>, reason: &dyn Localized) {
    let shape = context.session.setup().and_then(|setup| setup.matching_shape());
    let Some(shape) = shape.filter(|_| context.options.is_none()) else {
        return warning_ui(ui, context, &reason.message(context.messages));
    };
    // Another network is an offer; nothing is wrong with the data.
    let text = capitalized(&reason.message(context.messages));
    wrapped_label_ui(ui, &text, type_scale::small(), context.theme.text);
    let button = ui.button(context.messages.use_matching_network(shape));
    let tooltip = context.messages.create_matching_network_tooltip();
    if button.on_hover_text(tooltip).clicked() {
        context.actions.push(Edit::NewNetworkForData.into());
    }
}

/// Draws a hint about the dataset that a pane lacks, and in the window the choices of data, or where they have no
/// room, a list of them that can be opened.
pub(super) fn no_data_ui(ui: &mut Ui, context: &mut PaneContext<'_>, hint: &str) {
    /// The minimum size for the choices, in points.
    const MIN_SIZE: Vec2 = vec2(190.0, 130.0);
    hint_ui(ui, context, hint);
    if context.options.is_some() {
        return;
    }
    ui.add_space(4.0);
    let size = ui.available_size();
    match size.x >= MIN_SIZE.x && size.y >= MIN_SIZE.y {
        true => {
            ScrollArea::vertical()
                .id_salt("data_choices")
                .auto_shrink(false)
                .show(ui, |ui| controls::data_choices_ui(ui, context));
        }
        false => controls::dataset_list_ui(ui, context, controls::LIST_WIDTH),
    }
}

/// Draws a hint about what an empty pane needs.
pub(super) fn hint_ui(ui: &mut Ui, context: &PaneContext<'_>, text: &str) {
    let font = TextStyle::Body.resolve(ui.style());
    wrapped_label_ui(ui, text, font, context.theme.weak_text);
}
