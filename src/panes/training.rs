//! How well the knobs do on the data, training them, and how that went.
//!
//! | file | what |
//! | --- | --- |
//! | [`transport`] | play, pause, one epoch, one step, back, speed, and the duel |
//! | [`controls`] | data and settings |
//! | [`readout`] | epoch, loss and the best so far, large enough for the back of a room |
//! | [`plot`] | the loss over the epochs, which is the timeline too |
//! | [`key`] | which line is which, on paper |
//! | [`duel`] | the loss of the hand beside that of gradient descent |

pub mod controls;
pub mod duel;
pub mod key;
pub mod plot;
pub mod readout;
pub mod transport;

use egui::{Label, Rect, RichText, ScrollArea, Ui, vec2};

use crate::canvas::Stage;
use neurodial_core::insight::Score;
use crate::look::type_scale;
use neurodial_core::session::{Action, Coaching, RunState};

use super::{Pane, Scene};

/// The least height of the plot, in points.
const LEAST_PLOT: f32 = 96.0;
/// The most diagnoses that are told at once.
const MOST_TOLD: usize = 3;
/// In a pane at least so wide the numbers stand beside the plot, else over it, in points.
const WIDE: f32 = 400.0;

/// A pane lower than this, in points, shows data and settings only until something was trained, or when they are asked for.
const ROOMY: f32 = 400.0;
/// In a pane lower than this, in points, the buttons have a single row.
const LOW: f32 = 170.0;

/// Draws the pane.
pub fn training_ui(ui: &mut Ui, scene: &mut Scene<'_>, stage: &mut Stage) {
    if ui.available_width() < 40.0 {
        return;
    }
    let height = ui.available_height();
    if scene.paper.is_some() {
        paper_ui(ui, scene, stage);
        return;
    }
    ScrollArea::vertical()
        .id_salt("training")
        .auto_shrink(false)
        .show(ui, |ui| content_ui(ui, scene, stage, height));
}

/// On paper: the losses of the run as far as it has come, under a line of words for each.
fn paper_ui(ui: &mut Ui, scene: &mut Scene<'_>, stage: &mut Stage) {
    let rect = ui.available_rect_before_wrap();
    let run = scene.session.run();
    let Some(&record) = run.line.record_at(run.at) else {
        let hint = "Nothing was trained yet.";
        ui.label(RichText::new(hint).color(scene.look.ink_soft));
        return;
    };
    let height = key::key_ui(ui.painter(), scene, &record, rect);
    let plot = rect.with_min_y(rect.top() + height);
    plot::plot_ui(ui, scene, stage, plot);
}

fn content_ui(ui: &mut Ui, scene: &mut Scene<'_>, stage: &mut Stage, height: f32) {
    let top = ui.cursor().top();
    ui.spacing_mut().item_spacing.y = 5.0;
    let score = match scene.insight.score(scene.session) {
        None => {
            if scene.paper.is_none() {
                controls::controls_ui(ui, scene);
            }
            let hint = "Choose data here; then Play turns the knobs until the outputs fit.";
            ui.label(RichText::new(hint).color(scene.look.ink_soft));
            return;
        }
        Some(Err(reason)) => {
            if scene.paper.is_none() {
                controls::controls_ui(ui, scene);
            }
            sentence_ui(ui, scene, reason);
            let has_data = scene
                .session
                .course()
                .is_some_and(|course| course.material().is_ok());
            if scene.paper.is_none() && has_data && ui.button("A network for this data").clicked() {
                scene.outbox.push(Action::Coach(Coaching::NewNetwork));
            }
            return;
        }
        Some(Ok(score)) => score,
    };
    if scene.paper.is_none() {
        let has_room = height >= ROOMY || scene.session.run().line.records.is_empty();
        let id = Pane::Training.canvas_id().with("settings");
        let chosen: Option<bool> = ui.data(|data| data.get_temp(id));
        let mut has_settings = chosen.unwrap_or(has_room);
        transport::transport_ui(ui, scene, &mut has_settings, height < LOW);
        if has_settings != chosen.unwrap_or(has_room) {
            ui.data_mut(|data| data.insert_temp(id, has_settings));
        }
        // In a duel both sides keep to those with which it began.
        if has_settings && scene.session.duel().is_none() {
            controls::controls_ui(ui, scene);
        }
    }
    troubles_ui(ui, scene, score);
    let room = (height - (ui.cursor().top() - top) - 4.0).max(LEAST_PLOT);
    let size = vec2(ui.available_width(), room);
    let (rect, _) = ui.allocate_exact_size(size, egui::Sense::hover());
    let numbers = match scene.session.duel() {
        Some(duel) => readout::of_duel(scene, duel),
        None => readout::of_run(scene, score),
    };
    let plot = if rect.width() >= WIDE {
        let (plot, beside) = rect.split_left_right_at_x(rect.right() - readout::WIDTH);
        readout::column_ui(ui, scene, beside, &numbers);
        plot
    } else {
        let (over, plot) = rect.split_top_bottom_at_y(rect.top() + readout::HEIGHT);
        readout::row_ui(ui, scene, over, &numbers);
        plot
    };
    // What scrolled away has no plot.
    if plot.height() > 40.0 && plot.intersects(ui.clip_rect()) {
        show_plot(ui, scene, stage, plot);
    }
}

fn show_plot(ui: &mut Ui, scene: &mut Scene<'_>, stage: &mut Stage, rect: Rect) {
    match scene.session.duel().cloned() {
        Some(duel) => duel::duel_ui(ui, scene, &duel, rect),
        None => plot::plot_ui(ui, scene, stage, rect),
    }
}

/// What is in the way of learning, a sentence each.
fn troubles_ui(ui: &mut Ui, scene: &Scene<'_>, score: &Score) {
    let top = ui.cursor().top();
    let state = &scene.session.run().state;
    if let RunState::Refused(reason) = state {
        sentence_ui(ui, scene, reason);
    }
    for diagnosis in score.diagnoses.iter().take(MOST_TOLD) {
        sentence_ui(ui, scene, &diagnosis.to_string());
    }
    // While sentences come and go the plot does not jump.
    let id = Pane::Training.canvas_id().with("troubles");
    let needed = ui.cursor().top() - top;
    let kept: f32 = ui.data(|data| data.get_temp(id)).unwrap_or(0.0);
    let kept = if *state == RunState::Playing {
        kept.max(needed)
    } else {
        needed
    };
    ui.data_mut(|data| data.insert_temp(id, kept));
    if kept > needed {
        ui.add_space(kept - needed);
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
