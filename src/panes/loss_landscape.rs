//! The loss landscape: the loss over the range of one knob as a curve, or over the ranges of two as a contour
//! map, with the training path and the current point, which can be dragged.
//!
//! | module | content |
//! | --- | --- |
//! | [`controls`] | the selection of knobs |
//! | [`curve`] | the loss over one knob |
//! | [`labels`] | the labels beside marks |
//! | [`contour_map`] | the loss over two knobs |
//! | [`texture`] | the colors of the contour map, and the texture with them |

pub(crate) mod contour_map;
pub(crate) mod controls;
pub(crate) mod curve;
pub(crate) mod labels;
pub(crate) mod texture;

use egui::{RichText, Ui};

use crate::canvas::Elements;
use neurodial_core::insight::output_grid::GridAxis;
use neurodial_core::insight::{LossEvaluation, LossLandscape};
use neurodial_core::session::Adjustable;

use super::context::PaneContext;
use super::curves::controls::has_room;
use super::pane_info::{LayoutRegion, PaneInfo, PlotKind, SizeHint};

/// The properties of the pane.
pub(crate) static PANE: PaneInfo = PaneInfo {
    region: Some(LayoutRegion::CenterBottom),
    heading: Some(heading),
    needs_data: true,
    plot: Some(PlotKind::LossLandscape),
    figure_options: &["--up"],
    print_height: |_, _, width| Ok(SizeHint::plot_height(0.8, width)),
    ..PaneInfo::new(&["landscape"], "Landscape", loss_landscape_ui)
};

/// The minimum height and width at which the pane is drawn, in points.
const MIN_SIZE: f32 = 60.0;

/// Returns the heading of the pane.
pub(crate) fn heading(context: &PaneContext<'_>) -> String {
    let architecture = context.session.architecture();
    let symbol = |knob| Adjustable::Knob(knob).symbol(architecture).to_unicode();
    match context.session.view().landscape_knobs {
        (across, Some(up)) => format!("Loss over {} and {}", symbol(across), symbol(up)),
        (across, None) => format!("Loss over {}", symbol(across)),
    }
}

/// Draws the pane.
pub(crate) fn loss_landscape_ui(ui: &mut Ui, context: &mut PaneContext<'_>, elements: &mut Elements) {
    if context.options.is_none() && has_room(ui, MIN_SIZE) {
        controls::controls_ui(ui, context);
    }
    let rect = ui.available_rect_before_wrap().intersect(ui.clip_rect());
    if rect.width() < MIN_SIZE || rect.height() < MIN_SIZE {
        return;
    }
    let evaluation = context.insight.loss_evaluation(context.session);
    let evaluation: &LossEvaluation = match &*evaluation {
        Some(Ok(evaluation)) => evaluation,
        Some(Err(reason)) => {
            super::training::warning_ui(ui, context, reason);
            return;
        }
        None => {
            let hint = "There is no loss without data: choose some in Training.";
            ui.label(RichText::new(hint).color(context.theme.weak_text));
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

/// Returns a note if not all samples are used, else an empty string.
fn samples_text(map: &LossLandscape, exam_samples: usize) -> String {
    match map.samples() {
        samples if samples < exam_samples => format!("of {samples} of {exam_samples} samples"),
        _ => String::new(),
    }
}
