//! How well the knobs do on the data, training them, and how that went.
//!
//! | file | what |
//! | --- | --- |
//! | [`controls`] | data, settings, and the buttons |
//! | [`plot`] | the loss over the epochs |

pub mod controls;
pub mod plot;

use egui::{Label, RichText, ScrollArea, Slider, Ui, vec2};

use crate::insight::Score;
use crate::learning::Measured;
use crate::look::type_scale;
use crate::session::{Action, Coaching, RunState};
use crate::words::fixed;

use super::Scene;
use super::curves::controls::named;

/// The least height of the plot, in points.
const LEAST_PLOT: f32 = 84.0;
/// The height of the timeline, in points.
const TIMELINE: f32 = 24.0;
/// The most diagnoses that are told at once.
const MOST_TOLD: usize = 3;

/// Draws the pane.
pub fn training_ui(ui: &mut Ui, scene: &mut Scene<'_>) {
    if ui.available_width() < 40.0 {
        return;
    }
    let height = ui.available_height();
    if scene.paper.is_some() {
        content_ui(ui, scene, height);
        return;
    }
    ScrollArea::vertical()
        .id_salt("training")
        .auto_shrink(false)
        .show(ui, |ui| content_ui(ui, scene, height));
}

fn content_ui(ui: &mut Ui, scene: &mut Scene<'_>, height: f32) {
    let top = ui.cursor().top();
    ui.spacing_mut().item_spacing.y = 5.0;
    if scene.paper.is_none() {
        controls::controls_ui(ui, scene);
    }
    match scene.insight.score(scene.session) {
        None => {
            let hint = "Choose data here; then Play turns the knobs until the outputs fit.";
            ui.label(RichText::new(hint).color(scene.look.ink_soft));
            return;
        }
        Some(Err(reason)) => {
            sentence_ui(ui, scene, reason);
            if scene.paper.is_none() && ui.button("A network for this data").clicked() {
                scene.outbox.push(Action::Coach(Coaching::NewNetwork));
            }
            return;
        }
        Some(Ok(score)) => score_ui(ui, scene, score),
    }
    let run = scene.session.run();
    if let RunState::Refused(reason) = &run.state {
        sentence_ui(ui, scene, reason);
    }
    let has_timeline = scene.paper.is_none() && run.moments.len() > 1;
    let foot = if has_timeline {
        TIMELINE + ui.spacing().item_spacing.y
    } else {
        0.0
    };
    let room = height - (ui.cursor().top() - top) - foot - 6.0;
    let size = vec2(ui.available_width(), room.max(LEAST_PLOT));
    let (rect, _) = ui.allocate_exact_size(size, egui::Sense::hover());
    plot::plot_ui(ui, scene, rect);
    if has_timeline {
        timeline_ui(ui, scene);
    }
}

/// Loss and accuracy of the present knobs, and what is in their way.
fn score_ui(ui: &mut Ui, scene: &Scene<'_>, score: &Score) {
    // Small losses keep two digits.
    let decimals = |loss: f64| {
        let needed = libm::ceil(-libm::log10(loss)) + 1.0;
        let shown = scene.session.view().decimals.max(3);
        if needed.is_finite() {
            shown.max(needed.clamp(0.0, 9.0) as usize)
        } else {
            shown
        }
    };
    let part = |name: &str, measured: Measured| {
        let accuracy = measured.accuracy.map_or_else(String::new, |part| {
            format!(", {} % right", fixed(100.0 * part, 1))
        });
        format!(
            "{name} loss {}{accuracy}",
            fixed(measured.loss, decimals(measured.loss))
        )
    };
    let mut text = part("train", score.train);
    if let Some(test) = score.test {
        text += " · ";
        text += &part("test", test);
    }
    if score.is_of_some {
        text += " (of some of the samples)";
    }
    let rich = RichText::new(text)
        .font(type_scale::number())
        .color(scene.look.ink);
    ui.add(Label::new(rich).wrap());
    for diagnosis in score.diagnoses.iter().take(MOST_TOLD) {
        sentence_ui(ui, scene, &diagnosis.to_string());
    }
}

/// A sentence that begins with a capital letter.
pub(super) fn sentence_ui(ui: &mut Ui, scene: &Scene<'_>, text: &str) {
    let mut characters = text.chars();
    let first = characters
        .next()
        .map(|first| first.to_uppercase().collect::<String>());
    let text = first.unwrap_or_default() + characters.as_str();
    let rich = RichText::new(text)
        .font(type_scale::small())
        .color(scene.look.warn);
    ui.add(Label::new(rich).wrap());
}

/// The kept moment that the knobs are at; the last one if they are at none.
pub(super) fn present_moment(scene: &Scene<'_>) -> usize {
    let moments = &scene.session.run().moments;
    let knobs = scene.session.document().network.knobs();
    let at = moments.iter().rposition(|moment| *moment.knobs == *knobs);
    at.unwrap_or(moments.len().saturating_sub(1))
}

/// Back and forth through what was trained.
fn timeline_ui(ui: &mut Ui, scene: &mut Scene<'_>) {
    let moments = &scene.session.run().moments;
    let present = present_moment(scene);
    let mut chosen = present;
    ui.horizontal(|ui| {
        ui.set_height(TIMELINE - 4.0);
        let epoch = moments.get(present).map_or(0, |moment| moment.epoch);
        ui.spacing_mut().slider_width = (ui.available_width() - 110.0).max(60.0);
        let slider = Slider::new(&mut chosen, 0..=moments.len() - 1).show_value(false);
        let response = ui.add(slider);
        named(ui, &response, "timeline");
        let text = RichText::new(format!("epoch {epoch}")).font(type_scale::small());
        ui.label(text.color(scene.look.ink_soft));
    });
    if chosen != present {
        scene.outbox.push(Action::Coach(Coaching::GoTo(chosen)));
    }
}
