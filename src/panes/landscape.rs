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

use crate::canvas::Stage;
use neurodial_core::insight::decision::Axis;
use neurodial_core::insight::{Exam, LossMap};
use neurodial_core::session::{RunState, Target};

use super::curves::controls::have_room;
use super::{Pane, Scene};
use shade::Picture;

/// Below this height or width nothing is drawn, in points.
const LEAST: f32 = 60.0;
/// Rows and columns of a map at rest, …
const FINE: usize = 56;
/// … while knobs are turned, …
const COARSE: usize = 32;
/// … and while training goes on.
const COARSEST: usize = 24;
/// The places of a curve.
const ALONG: usize = 193;

/// The landscapes that the pane keeps, so that nothing is computed twice.
#[derive(Default)]
struct Kept {
    curve: LossMap,
    relief: Picture,
}

/// What stands over the pane.
pub fn heading(scene: &Scene<'_>) -> String {
    let blueprint = scene.session.blueprint();
    let symbol = |knob| Target::Knob(knob).symbol(blueprint).plain();
    match scene.session.view().landscape_over {
        (across, Some(up)) => format!("Loss over {} and {}", symbol(across), symbol(up)),
        (across, None) => format!("Loss over {}", symbol(across)),
    }
}

/// Draws the pane.
pub fn landscape_ui(ui: &mut Ui, scene: &mut Scene<'_>, stage: &mut Stage) {
    if scene.paper.is_none() && have_room(ui, LEAST) {
        controls::controls_ui(ui, scene);
    }
    let rect = ui.available_rect_before_wrap().intersect(ui.clip_rect());
    if rect.width() < LEAST || rect.height() < LEAST {
        return;
    }
    let exam = scene.insight.exam(scene.session);
    let exam: &Exam = match &*exam {
        Some(Ok(exam)) => exam,
        Some(Err(reason)) => {
            super::training::sentence_ui(ui, scene, reason);
            return;
        }
        None => {
            let hint = "There is no loss without data: choose some in Training.";
            ui.label(RichText::new(hint).color(scene.look.ink_soft));
            return;
        }
    };
    let id = Pane::Landscape.canvas_id().with("kept");
    let shared: Arc<Mutex<Kept>> =
        ui.data_mut(|data| data.get_temp_mut_or_default::<Arc<Mutex<Kept>>>(id).clone());
    let mut kept = shared.lock();
    let is_playing = scene.paper.is_none() && scene.session.run().state == RunState::Playing;
    kept.curve.be_brief(is_playing);
    kept.relief.be_brief(is_playing);
    let document = scene.session.document();
    let axis = |knob| Axis::of(document, Target::Knob(knob));
    match scene.session.view().landscape_over {
        (across, None) => {
            kept.curve.update_along(document, exam, axis(across), ALONG);
            curve::curve_ui(ui, scene, stage, rect, &kept.curve, (axis(across), exam.loss()));
        }
        (across, Some(up)) => {
            let places = match stage.turning {
                _ if scene.paper.is_some() => FINE,
                _ if is_playing => COARSEST,
                Some(_) => COARSE,
                None => FINE,
            };
            let axes = [axis(across), axis(up)];
            kept.relief.update(ui.ctx(), scene, exam, axes, places);
            relief::relief_ui(ui, scene, stage, rect, &kept.relief, (axes, exam.loss()));
        }
    }
}

/// What says that not all samples count; nothing if they do.
fn samples_words(map: &LossMap, exam_samples: usize) -> String {
    match map.samples() {
        samples if samples < exam_samples => format!("of {samples} of {exam_samples} samples"),
        _ => String::new(),
    }
}
