//! The whole picture in sentences, as they can be put under a figure.

use std::sync::Arc;
use std::time::Duration;

use egui::text::{LayoutJob, TextFormat};
use egui::{Galley, Label, Painter, ScrollArea, Ui, accesskit, vec2};

use crate::canvas::Stage;
use neurodial_core::insight::description;
use crate::look::type_scale;

use super::{Pane, Scene};

/// Lines longer than this are hard to read, in points.
const WIDEST: f32 = 520.0;
/// From base line to base line, in points.
const LEADING: f32 = 20.0;
/// Between paragraphs, in points.
const GAP: f32 = 9.0;
/// How long the words must stay the same before a screen reader is told, in seconds: so it is told once when a hand
/// rests, and not in every frame.
const REST: f64 = 0.6;

/// When the words last changed.
#[derive(Debug, Clone, Default)]
struct Changed {
    words: String,
    since: Option<f64>,
}

/// The height on paper in a pane of `width` points.
pub fn paper_height(painter: &Painter, scene: &Scene<'_>, width: f32) -> f32 {
    let paragraphs = description::paragraphs(scene.session, scene.insight);
    let galleys = paragraphs
        .iter()
        .map(|text| galley(painter, scene, text, width).size().y + GAP);
    galleys.sum::<f32>().max(LEADING)
}

fn galley(painter: &Painter, scene: &Scene<'_>, text: &str, width: f32) -> Arc<Galley> {
    painter.layout_job(job(scene, text, width))
}

fn job(scene: &Scene<'_>, text: &str, width: f32) -> LayoutJob {
    let format = TextFormat {
        line_height: Some(LEADING),
        ..TextFormat::simple(type_scale::body(), scene.look.ink)
    };
    let mut job = LayoutJob::default();
    job.append(text, 0.0, format);
    job.wrap.max_width = width.min(WIDEST);
    job
}

/// Draws the pane.
pub fn words_ui(ui: &mut Ui, scene: &mut Scene<'_>, _stage: &mut Stage) {
    if ui.available_width() < 20.0 {
        return;
    }
    let paragraphs = description::paragraphs(scene.session, scene.insight);
    if scene.paper.is_some() {
        let mut at = ui.available_rect_before_wrap().min;
        for text in &paragraphs {
            let galley = galley(ui.painter(), scene, text, ui.available_width());
            let height = galley.size().y;
            ui.painter().galley(at, galley, scene.look.ink);
            at.y += height + GAP;
        }
        return;
    }
    let words = paragraphs.join(" ");
    if ui
        .button("Copy as alt text")
        .on_hover_text("The same words, for a picture that somebody can’t see")
        .clicked()
    {
        ui.copy_text(words.clone());
    }
    ui.add_space(4.0);
    let is_at_rest = is_at_rest(ui, &words);
    ScrollArea::vertical()
        .id_salt("words")
        .auto_shrink(false)
        .show(ui, |ui| {
            ui.spacing_mut().item_spacing = vec2(8.0, GAP);
            // The scroll bar lies over the right edge.
            let width = ui.available_width() - 14.0;
            for text in &paragraphs {
                ui.add(Label::new(job(scene, text, width)).selectable(false));
            }
            let id = Pane::Words.canvas_id().with("live");
            // The paragraphs are read one by one; this says all of them when they have changed.
            let bounds = ui.min_rect();
            ui.interact(bounds, id, egui::Sense::hover());
            ui.ctx().accesskit_node_builder(id, |node| {
                node.set_role(accesskit::Role::Status);
                node.set_label("the network in words");
                node.set_value(words.clone());
                node.set_live(if is_at_rest {
                    accesskit::Live::Polite
                } else {
                    accesskit::Live::Off
                });
            });
        });
}

/// Whether the words have been the same for a while; asks for a frame when they will have been.
fn is_at_rest(ui: &Ui, words: &str) -> bool {
    let id = Pane::Words.canvas_id().with("changed");
    let now = ui.input(|input| input.time);
    let mut changed: Changed = ui.data(|data| data.get_temp(id)).unwrap_or_default();
    if changed.words != words {
        // What a window opens with has not changed.
        changed.since = (!changed.words.is_empty()).then_some(now);
        words.clone_into(&mut changed.words);
    }
    let rest = changed.since.map_or(0.0, |since| since + REST - now);
    if rest <= 0.0 {
        changed.since = None;
    } else {
        ui.request_repaint_after(Duration::from_secs_f64(rest + 0.01));
    }
    ui.data_mut(|data| data.insert_temp(id, changed));
    rest <= 0.0
}
