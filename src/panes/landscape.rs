//! The loss landscape: the loss over the range of one knob, or over those of two as a map with lines of one height, the
//! way that training took, and the present point, which a hand can move.
//!
//! | file | what |
//! | --- | --- |
//! | [`controls`] | which knobs |
//! | [`curve`] | the loss over one knob |
//! | [`labels`] | the words beside the marks |
//! | [`relief`] | the loss over two |
//! | [`shade`] | the colours of the map, and the picture that they make |

pub mod controls;
pub mod curve;
pub mod labels;
pub mod relief;
pub mod shade;

use std::sync::Arc;

use egui::mutex::Mutex;
use egui::{RichText, Ui};

use crate::canvas::Elements;
use neurodial_core::insight::decision::GridAxis;
use neurodial_core::insight::{LossEvaluation, LossLandscape};
use neurodial_core::session::{RunState, Adjustable};

use super::curves::controls::has_room;
use super::{Pane, PaneContext};
use shade::LossLandscapeTexture;

/// Below this height or width nothing is drawn, in points.
const MIN_SIZE: f32 = 60.0;
/// Rows and columns of a map at rest, …
const FINE_GRID: usize = 56;
/// … while knobs are turned, …
const COARSE_GRID: usize = 32;
/// … and while training goes on.
const COARSEST_GRID: usize = 24;
/// The places of a curve.
const CURVE_POINTS: usize = 193;

/// The landscapes that the pane keeps, so that nothing is computed twice.
#[derive(Default)]
struct LandscapeCache {
    curve: LossLandscape,
    contour_map: LossLandscapeTexture,
}

/// What stands over the pane.
pub fn heading(context: &PaneContext<'_>) -> String {
    let architecture = context.session.architecture();
    let symbol = |knob| Adjustable::Knob(knob).symbol(architecture).to_unicode();
    match context.session.view().landscape_knobs {
        (across, Some(up)) => format!("Loss over {} and {}", symbol(across), symbol(up)),
        (across, None) => format!("Loss over {}", symbol(across)),
    }
}

/// Draws the pane.
pub fn loss_landscape_ui(ui: &mut Ui, context: &mut PaneContext<'_>, elements: &mut Elements) {
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
    let shared: Arc<Mutex<LandscapeCache>> =
        ui.data_mut(|data| data.get_temp_mut_or_default::<Arc<Mutex<LandscapeCache>>>(id).clone());
    let mut cache = shared.lock();
    let is_playing = context.options.is_none() && context.session.run().state == RunState::Running;
    cache.curve.set_coarse(is_playing);
    cache.contour_map.set_coarse(is_playing);
    let document = context.session.document();
    let axis = |knob| GridAxis::new(document, Adjustable::Knob(knob));
    match context.session.view().landscape_knobs {
        (across, None) => {
            cache.curve.update_curve(document, evaluation, axis(across), CURVE_POINTS);
            curve::curve_ui(ui, context, elements, rect, &cache.curve, (axis(across), evaluation.loss()));
        }
        (across, Some(up)) => {
            let grid_size = match elements.dragged {
                _ if context.options.is_some() => FINE_GRID,
                _ if is_playing => COARSEST_GRID,
                Some(_) => COARSE_GRID,
                None => FINE_GRID,
            };
            let axes = [axis(across), axis(up)];
            cache.contour_map.update(ui.ctx(), context, evaluation, axes, grid_size);
            relief::contour_map_ui(ui, context, elements, rect, &cache.contour_map, (axes, evaluation.loss()));
        }
    }
}

/// What says that not all samples count; nothing if they do.
fn samples_text(map: &LossLandscape, exam_samples: usize) -> String {
    match map.samples() {
        samples if samples < exam_samples => format!("of {samples} of {exam_samples} samples"),
        _ => String::new(),
    }
}
