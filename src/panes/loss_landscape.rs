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

use std::sync::Arc;

use egui::mutex::Mutex;
use egui::{RichText, Ui};

use crate::canvas::Elements;
use neurodial_core::insight::output_grid::GridAxis;
use neurodial_core::insight::{LossEvaluation, LossLandscape};
use neurodial_core::session::{Adjustable, RunState};

use super::curves::controls::has_room;
use super::{Pane, PaneContext};
use texture::LossLandscapeTexture;

/// The minimum height and width at which the pane is drawn, in points.
const MIN_SIZE: f32 = 60.0;
/// The number of rows and columns of a contour map while nothing changes.
const FINE_GRID: usize = 56;
/// The number of rows and columns while a value is dragged.
const COARSE_GRID: usize = 32;
/// The number of rows and columns during training.
const COARSEST_GRID: usize = 24;
/// The number of points of a curve.
const CURVE_POINTS: usize = 193;

/// The landscapes that the pane keeps between frames, so that nothing is computed twice.
#[derive(Default)]
struct LandscapeCache {
    curve: LossLandscape,
    contour_map: LossLandscapeTexture,
}

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
    let id = Pane::Landscape.canvas_id().with("kept");
    let shared: Arc<Mutex<LandscapeCache>> = ui.data_mut(|data| {
        data.get_temp_mut_or_default::<Arc<Mutex<LandscapeCache>>>(id)
            .clone()
    });
    let mut cache = shared.lock();
    let is_playing = context.options.is_none() && context.session.run().state == RunState::Running;
    cache.curve.set_coarse(is_playing);
    cache.contour_map.set_coarse(is_playing);
    let document = context.session.document();
    let axis = |knob| GridAxis::new(document, Adjustable::Knob(knob));
    match context.session.view().landscape_knobs {
        (across, None) => {
            cache
                .curve
                .update_curve(document, evaluation, axis(across), CURVE_POINTS);
            curve::curve_ui(
                ui,
                context,
                elements,
                rect,
                &cache.curve,
                (axis(across), evaluation.loss()),
            );
        }
        (across, Some(up)) => {
            let grid_size = match elements.dragged {
                _ if context.options.is_some() => FINE_GRID,
                _ if is_playing => COARSEST_GRID,
                Some(_) => COARSE_GRID,
                None => FINE_GRID,
            };
            let axes = [axis(across), axis(up)];
            cache
                .contour_map
                .update(ui.ctx(), context, evaluation, axes, grid_size);
            contour_map::contour_map_ui(
                ui,
                context,
                elements,
                rect,
                &cache.contour_map,
                (axes, evaluation.loss()),
            );
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
