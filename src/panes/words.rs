//! The whole picture in sentences, as they can be put under a figure.

use std::sync::Arc;
use std::time::Duration;

use egui::text::{LayoutJob, TextFormat};
use egui::{Galley, Label, Painter, ScrollArea, Ui, accesskit, vec2};

use crate::canvas::Elements;
use neurodial_core::insight::description;
use crate::look::type_scale;

use super::{Pane, PaneContext};

/// Lines longer than this are hard to read, in points.
const MAX_LINE_WIDTH: f32 = 520.0;
/// From base line to base line, in points.
const LINE_HEIGHT: f32 = 20.0;
/// Between paragraphs, in points.
const PARAGRAPH_GAP: f32 = 9.0;
/// How long the words must stay the same before a screen reader is told, in seconds: so it is told once when a hand
/// rests, and not in every frame.
const SETTLE_SECONDS: f64 = 0.6;

/// When the words last changed.
#[derive(Debug, Clone, Default)]
struct DescriptionChange {
    text: String,
    since: Option<f64>,
}

/// The height on paper in a pane of `width` points.
pub fn print_height(painter: &Painter, context: &PaneContext<'_>, width: f32) -> f32 {
    let paragraphs = description::paragraphs(context.session, context.insight);
    let galleys = paragraphs
        .iter()
        .map(|text| galley(painter, context, text, width).size().y + PARAGRAPH_GAP);
    galleys.sum::<f32>().max(LINE_HEIGHT)
}

fn galley(painter: &Painter, context: &PaneContext<'_>, text: &str, width: f32) -> Arc<Galley> {
    painter.layout_job(layout_job(context, text, width))
}

fn layout_job(context: &PaneContext<'_>, text: &str, width: f32) -> LayoutJob {
    let format = TextFormat {
        line_height: Some(LINE_HEIGHT),
        ..TextFormat::simple(type_scale::body(), context.theme.text)
    };
    let mut job = LayoutJob::default();
    job.append(text, 0.0, format);
    job.wrap.max_width = width.min(MAX_LINE_WIDTH);
    job
}

/// Draws the pane.
pub fn description_ui(ui: &mut Ui, context: &mut PaneContext<'_>, _elements: &mut Elements) {
    if ui.available_width() < 20.0 {
        return;
    }
    let paragraphs = description::paragraphs(context.session, context.insight);
    if context.options.is_some() {
        let mut at = ui.available_rect_before_wrap().min;
        for text in &paragraphs {
            let galley = galley(ui.painter(), context, text, ui.available_width());
            let height = galley.size().y;
            ui.painter().galley(at, galley, context.theme.text);
            at.y += height + PARAGRAPH_GAP;
        }
        return;
    }
    let description_text = paragraphs.join(" ");
    if ui
        .button("Copy as alt text")
        .on_hover_text("The same words, for a picture that somebody can’t see")
        .clicked()
    {
        ui.copy_text(description_text.clone());
    }
    ui.add_space(4.0);
    let is_settled = is_settled(ui, &description_text);
    ScrollArea::vertical()
        .id_salt("words")
        .auto_shrink(false)
        .show(ui, |ui| {
            ui.spacing_mut().item_spacing = vec2(8.0, PARAGRAPH_GAP);
            // The scroll bar lies over the right edge.
            let width = ui.available_width() - 14.0;
            for text in &paragraphs {
                ui.add(Label::new(layout_job(context, text, width)).selectable(false));
            }
            let id = Pane::Words.canvas_id().with("live");
            // The paragraphs are read one by one; this says all of them when they have changed.
            let bounds = ui.min_rect();
            ui.interact(bounds, id, egui::Sense::hover());
            ui.ctx().accesskit_node_builder(id, |node| {
                node.set_role(accesskit::Role::Status);
                node.set_label("the network in words");
                node.set_value(description_text.clone());
                node.set_live(if is_settled {
                    accesskit::Live::Polite
                } else {
                    accesskit::Live::Off
                });
            });
        });
}

/// Whether the words have been the same for a while; asks for a frame when they will have been.
fn is_settled(ui: &Ui, text: &str) -> bool {
    let id = Pane::Words.canvas_id().with("changed");
    let now = ui.input(|input| input.time);
    let mut change: DescriptionChange = ui.data(|data| data.get_temp(id)).unwrap_or_default();
    if change.text != text {
        // What a window opens with has not changed.
        change.since = (!change.text.is_empty()).then_some(now);
        text.clone_into(&mut change.text);
    }
    let remaining_seconds = change.since.map_or(0.0, |since| since + SETTLE_SECONDS - now);
    if remaining_seconds <= 0.0 {
        change.since = None;
    } else {
        ui.request_repaint_after(Duration::from_secs_f64(remaining_seconds + 0.01));
    }
    ui.data_mut(|data| data.insert_temp(id, change));
    remaining_seconds <= 0.0
}
