//! The loss landscape: the loss over the range of one knob as a curve, or over the ranges of two as a contour
//! map, with the training path and the current point, which can be dragged.
//!
//! | module | content |
//! | --- | --- |
//! | [`curve`] | the loss over one knob |
//! | [`contour_map`] | the loss over two knobs |

pub(crate) mod contour_map;
pub(crate) mod curve;

use egui::{RichText, Ui};

use crate::canvas::Elements;
use neurodial_core::insight::LossEvaluation;
use neurodial_core::insight::output_grid::GridAxis;
use neurodial_core::network::{Knob, KnobKind};
use neurodial_core::session::{Adjustable, ViewChange, WindowLayout};
use neurodial_core::text::Messages;

use super::context::PaneContext;
use super::curves::controls::{combo_item_ui, combo_ui, has_room, set_accessible_name};
use super::pane_info::{LayoutRegion, PaneInfo, PanePlace, PlotKind, SizeHint};

/// The properties of the pane.
pub(crate) static PANE: PaneInfo = PaneInfo {
    region: Some(LayoutRegion::CenterBottom),
    other_places: &[PanePlace::new(WindowLayout::Train, LayoutRegion::RightTop)],
    heading: Some(heading),
    needs_data: true,
    figure_remedy: |session, _| super::pane_info::data_remedy(session),
    plot: Some(PlotKind::LossLandscape),
    figure_options: &["--up", "--y-label"],
    print_height: |_, _, width| Ok(SizeHint::plot_height(0.8, width)),
    ..PaneInfo::new(
        &["loss-landscape", "landscape"],
        Messages::pane_loss_landscape,
        loss_landscape_ui,
    )
};

/// The minimum height and width at which the pane is drawn, in points.
const MIN_SIZE: f32 = 60.0;
/// A network with more knobs than this lists only those of the selected neuron.
const MAX_KNOBS: usize = 150;
/// The maximum number of weights of a neuron that are listed.
const MAX_LISTED: usize = 200;

/// Returns the heading of the pane.
pub(crate) fn heading(context: &PaneContext<'_>) -> String {
    let architecture = context.session.architecture();
    let symbol = |knob| Adjustable::Knob(knob).symbol(architecture).to_unicode();
    match context.session.view().landscape_knobs {
        (across, Some(up)) => context.messages.landscape_over_two(symbol(across), symbol(up)),
        (across, None) => context.messages.landscape_over_one(symbol(across)),
    }
}

/// Draws the pane.
pub(crate) fn loss_landscape_ui(ui: &mut Ui, context: &mut PaneContext<'_>, elements: &mut Elements) {
    if context.has_controls() && has_room(ui, MIN_SIZE) {
        controls_ui(ui, context);
    }
    let rect = ui.available_rect_before_wrap().intersect(ui.clip_rect());
    if rect.width() < MIN_SIZE || rect.height() < MIN_SIZE {
        return;
    }
    let evaluation = context.insight.loss_evaluation(context.session);
    let evaluation: &LossEvaluation = match &*evaluation {
        Some(Ok(evaluation)) => evaluation,
        Some(Err(reason)) => {
            super::training::mismatch_ui(ui, context, reason);
            return;
        }
        None => {
            let hint = context.messages.landscape_no_data();
            super::training::no_data_ui(ui, context, hint);
            return;
        }
    };
    let detail = context.grid_detail(elements);
    let Some(landscape) = context.insight.loss_landscape(context.session, detail) else {
        return;
    };
    let document = context.session.document();
    let axis = |knob| GridAxis::new(document, Adjustable::Knob(knob));
    let current_loss = evaluation.loss();
    match context.session.view().landscape_knobs {
        (across, None) => {
            let axis = axis(across);
            curve::curve_ui(ui, context, elements, rect, &landscape, (axis, current_loss));
        }
        (across, Some(up)) => {
            let axes = [axis(across), axis(up)];
            contour_map::contour_map_ui(ui, context, elements, rect, &landscape, (axes, current_loss));
        }
    }
}

/// Draws the row of controls.
fn controls_ui(ui: &mut Ui, context: &mut PaneContext<'_>) {
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 6.0;
        let weak = |text: &str| RichText::new(text).color(context.theme.weak_text);
        let (across, up) = context.session.view().landscape_knobs;
        let messages = context.messages;
        ui.label(weak(messages.axis_horizontal()));
        let new_across = knob_ui(ui, context, messages.landscape_horizontal(), Some(across), false);
        ui.label(weak(messages.axis_vertical()));
        let new_up = knob_ui(ui, context, messages.landscape_vertical(), up, true);
        if new_across.is_some() || new_up.is_some() {
            let new_across = new_across.flatten().unwrap_or(across);
            let new_up = new_up.unwrap_or(up);
            // Choosing the same knob for both axes swaps them.
            let (new_across, new_up) = match new_up == Some(new_across) {
                true if new_across == across => (up.unwrap_or(across), Some(across).filter(|_| up.is_some())),
                true => (new_across, Some(across)),
                false => (new_across, new_up),
            };
            context
                .actions
                .push(ViewChange::SetLandscapeKnobs(new_across, new_up).into());
        }
        if up.is_none() {
            let mut is_log = context.session.view().has_log_loss_axis;
            let response = ui
                .checkbox(&mut is_log, messages.landscape_log())
                .on_hover_text(messages.landscape_log_tooltip());
            set_accessible_name(ui, &response, messages.landscape_log_name());
            if response.changed() {
                context.actions.push(ViewChange::ShowLogLoss(is_log).into());
            }
        }
    });
}

/// Draws a combo box that lists knobs. Returns the choice, a knob or none, if one was made.
fn knob_ui(
    ui: &mut Ui,
    context: &PaneContext<'_>,
    name: &str,
    current: Option<Knob>,
    has_none: bool,
) -> Option<Option<Knob>> {
    let architecture = context.session.architecture();
    let text = |knob: Option<Knob>| match knob {
        Some(knob) => Adjustable::Knob(knob).symbol(architecture).to_unicode(),
        None => context.messages.landscape_no_second_knob().to_owned(),
    };
    let mut chosen = None;
    combo_ui(ui, name, text(current), |ui| {
        let mut entry = |ui: &mut Ui, knob: Option<Knob>| {
            let item = match knob.map(|knob| knob.kind) {
                Some(KnobKind::Bias) => context.messages.curves_bias_item(text(knob)),
                _ => text(knob),
            };
            if combo_item_ui(ui, knob == current, item) {
                chosen = Some(knob);
            }
        };
        if has_none {
            entry(ui, None);
            ui.separator();
        }
        if architecture.knob_count() <= MAX_KNOBS {
            for index in 0..architecture.knob_count() {
                entry(ui, architecture.knob_at(index));
            }
        } else {
            let at = context.session.view().selected;
            if let Some(knob) = current.filter(|knob| (knob.layer, knob.neuron) != (at.layer, at.neuron)) {
                entry(ui, Some(knob));
                ui.separator();
            }
            for input in 0..architecture.fan_in(at.layer).min(MAX_LISTED) {
                entry(ui, Some(Knob::weight(at.layer, at.neuron, input)));
            }
            entry(ui, Some(Knob::bias(at.layer, at.neuron)));
            ui.weak(context.messages.landscape_other_knobs());
        }
    });
    chosen
}
