//! A description of the network in sentences, which can also be used as the alt text of a figure.

use std::sync::Arc;
use std::time::Duration;

use egui::text::TextFormat;
use egui::{Galley, Id, Label, Painter, Role, ScrollArea, Ui, Vec2, WidgetInfo, accesskit, vec2};

use crate::canvas::Elements;
use crate::theme::type_scale;
use crate::widgets::wrapped_text;
use neurodial_core::insight::description;
use neurodial_core::text::Messages;

use super::context::PaneContext;
use super::pane_info::{LayoutRegion, PaneInfo, SizeHint};

/// The properties of the pane.
pub(crate) static PANE: PaneInfo = PaneInfo {
    region: Some(LayoutRegion::RightBottom),
    shortcut: Some(egui::Key::Num7),
    print_height: |painter, context, width| Ok(SizeHint::fixed(print_height(painter, context, width))),
    ..PaneInfo::new(
        &["description", "words"],
        Messages::pane_description,
        description_ui,
    )
};

/// The maximum length of a line, in points; longer lines are hard to read.
const MAX_LINE_WIDTH: f32 = 520.0;
/// The distance from baseline to baseline, in points.
const LINE_HEIGHT: f32 = 20.0;
/// The distance between paragraphs, in points.
const PARAGRAPH_GAP: f32 = 9.0;
/// The time for which the text must stay the same before it is announced to a screen reader, in seconds: it
/// is announced once after a drag, and not in every frame.
const SETTLE_SECONDS: f64 = 0.6;

/// The last text and the time when it changed, in seconds; `None` once the change has been announced.
#[derive(Debug, Clone, Default)]
struct DescriptionChange {
    text: String,
    since: Option<f64>,
}

/// Returns the height in a figure in a pane of `width` points.
pub(crate) fn print_height(painter: &Painter, context: &PaneContext<'_>, width: f32) -> f32 {
    let paragraphs = description::paragraphs(context.session, context.insight, context.messages);
    let galleys = paragraphs
        .iter()
        .map(|text| galley(painter, context, text, width).size().y + PARAGRAPH_GAP);
    galleys.sum::<f32>().max(LINE_HEIGHT)
}

fn galley(painter: &Painter, context: &PaneContext<'_>, text: &str, width: f32) -> Arc<Galley> {
    let format = TextFormat {
        line_height: Some(context.scale * LINE_HEIGHT),
        ..TextFormat::simple(context.font(type_scale::body()), context.theme.text)
    };
    wrapped_text(painter, text, format, width.min(context.scale * MAX_LINE_WIDTH))
}

/// Returns the largest scale of the text, up to that of the pane, at which all of it is in view; at least 1.
fn text_scale(ui: &Ui, context: &mut PaneContext<'_>, paragraphs: &[String], size: Vec2) -> f32 {
    const UNSCALED_SIZE: Vec2 = vec2(360.0, 260.0);
    const MAX_SCALE: f32 = 2.4;
    const STEP: f32 = 0.1;
    let max = (size / UNSCALED_SIZE).min_elem().clamp(1.0, MAX_SCALE);
    let mut scale = max;
    while scale > 1.0 {
        context.scale = scale;
        let height = paragraphs
            .iter()
            .map(|text| galley(ui.painter(), context, text, size.x).size().y + scale * PARAGRAPH_GAP);
        if height.sum::<f32>() <= size.y {
            return scale;
        }
        scale -= STEP;
    }
    1.0
}

/// Draws the description pane.
pub(crate) fn description_ui(ui: &mut Ui, context: &mut PaneContext<'_>, _elements: &mut Elements) {
    if ui.available_width() < 20.0 {
        return;
    }
    let paragraphs = description::paragraphs(context.session, context.insight, context.messages);
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
    let messages = context.messages;
    let description_text = paragraphs.join(messages.sentence_separator());
    if ui
        .button(messages.description_copy())
        .on_hover_text(messages.description_copy_tooltip())
        .clicked()
    {
        ui.copy_text(description_text.clone());
    }
    ui.add_space(4.0);
    // The scroll bar covers the right edge.
    let size = ui.available_size() - vec2(14.0, 0.0);
    context.scale = text_scale(ui, context, &paragraphs, size);
    let is_settled = is_settled(ui, context.canvas_id, &description_text);
    ScrollArea::vertical()
        .id_salt("words")
        .auto_shrink(false)
        .show(ui, |ui| {
            ui.spacing_mut().item_spacing = vec2(8.0, context.scale * PARAGRAPH_GAP);
            let width = size.x;
            for text in &paragraphs {
                let galley = galley(ui.painter(), context, text, width);
                let label = ui.add(Label::new(galley).selectable(false));
                // The line breaks are not part of the text.
                label.widget_info(|| WidgetInfo::labeled(Role::Label, true, text));
            }
            let id = context.canvas_id.with("live");
            // The paragraphs are read one by one; this node announces all of them when they have changed.
            let bounds = ui.min_rect();
            ui.interact(bounds, id, egui::Sense::hover());
            ui.ctx().accesskit_node_builder(id, |node| {
                node.set_role(accesskit::Role::Status);
                node.set_label(messages.description_of_network());
                node.set_value(description_text.clone());
                node.set_live(if is_settled {
                    accesskit::Live::Polite
                } else {
                    accesskit::Live::Off
                });
            });
        });
    context.scale = 1.0;
}

/// True if the text hasn't changed for [`SETTLE_SECONDS`]; otherwise requests a repaint at the time when that
/// will be so.
fn is_settled(ui: &Ui, canvas_id: Id, text: &str) -> bool {
    let id = canvas_id.with("changed");
    let now = ui.input(|input| input.time);
    let mut change: DescriptionChange = ui.data(|data| data.get_temp(id)).unwrap_or_default();
    if change.text != text {
        // The first text of a window isn't a change.
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
