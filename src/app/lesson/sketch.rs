//! The plot in which a curve is drawn by hand: with mouse, pen or finger, or with the keys.
//!
//! Arrow keys move a point, Enter sets it, Backspace removes the point that was set last. The drawn curve stays when
//! the true one appears.

use egui::{EventFilter, Id, Key, Pos2, Rect, Sense, Shape, Stroke, Ui, accesskit, pos2, vec2};

use crate::plot::{PlotArea, PlotFrame};
use crate::theme::{ColorTheme, type_scale};
use crate::widgets::math::MathBox;
use neurodial_core::lessons::{Sketch, TrueCurve};
use neurodial_core::text::{Messages, format_adaptive};

/// The number of steps of the arrow keys from one end of an axis to the other.
const KEY_STEPS: f64 = 40.0;
/// The number of steps with Shift.
const FINE_KEY_STEPS: f64 = 200.0;

/// A sketch that is being drawn.
#[derive(Debug, Clone, Default, PartialEq)]
pub(in crate::app) struct SketchDraft {
    pub(in crate::app) sketch: Sketch,
    /// The points of the stroke in progress.
    stroke: Vec<[f64; 2]>,
    /// The point that the keys move.
    cursor: Option<[f64; 2]>,
    /// The points that were set with keys, in their order.
    set_points: Vec<[f64; 2]>,
}

/// The axes, colors and texts that a sketch is drawn with.
#[derive(Clone, Copy)]
pub(in crate::app) struct SketchContext<'a> {
    pub(in crate::app) theme: &'static ColorTheme,
    pub(in crate::app) messages: Messages,
    /// The axes, and the true curve.
    pub(in crate::app) curve: &'a TrueCurve,
    /// The names of the axes.
    pub(in crate::app) names: [&'a str; 2],
    pub(in crate::app) height: f32,
}

/// Draws the plot for a sketch and handles drawing.
pub(in crate::app) fn sketch_ui(ui: &mut Ui, context: SketchContext<'_>, draft: &mut SketchDraft) {
    let size = vec2(ui.available_width(), context.height);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click_and_drag());
    let area = axes_ui(ui, context, rect);
    let id = response.id;
    if let Some(at) = response.interact_pointer_pos()
        && (response.is_pointer_button_down_on() || response.dragged())
    {
        response.request_focus();
        let point = value_at(&area, at);
        if draft.stroke.last() != Some(&point) {
            draft.stroke.push(point);
        }
    } else if !draft.stroke.is_empty() {
        draft.sketch.add_stroke(std::mem::take(&mut draft.stroke));
    }
    if response.has_focus() {
        keys(ui, id, context.curve, draft);
    }
    let painter = ui.painter_at(area.rect.expand(4.0));
    let color = context.theme.neuron_colors[1];
    paint_sketch(ui, &area, &draft.sketch, color);
    painter.add(Shape::line(
        draft
            .stroke
            .iter()
            .map(|&point| area.screen_from_plot(point))
            .collect(),
        Stroke::new(2.5, color),
    ));
    if response.has_focus() {
        let cursor = draft.cursor.unwrap_or_else(|| middle(context.curve));
        let at = area.screen_from_plot(cursor);
        let stroke = Stroke::new(1.5, context.theme.text);
        painter.circle_stroke(at, 6.0, stroke);
        painter.line_segment([at - vec2(10.0, 0.0), at + vec2(10.0, 0.0)], stroke);
        painter.line_segment([at - vec2(0.0, 10.0), at + vec2(0.0, 10.0)], stroke);
    }
    let value = sketch_value(context, draft);
    ui.ctx().accesskit_node_builder(id, |node| {
        node.set_role(accesskit::Role::GraphicsObject);
        node.set_label(context.messages.lesson_sketch_name());
        node.set_value(value);
        node.set_description(context.messages.lesson_sketch_name_keys());
    });
    response.on_hover_text(context.messages.lesson_sketch_name_keys());
}

/// Draws a sketch with the true curve over it.
pub(in crate::app) fn revealed_ui(ui: &mut Ui, context: SketchContext<'_>, sketch: &Sketch) {
    let size = vec2(ui.available_width(), context.height);
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    let area = axes_ui(ui, context, rect);
    paint_sketch(
        ui,
        &area,
        sketch,
        context.theme.neuron_colors[1].gamma_multiply(0.7),
    );
    let painter = ui.painter_at(area.rect.expand(4.0));
    let line = area.line(&context.curve.points);
    painter.add(Shape::line(line, Stroke::new(2.25, context.theme.text)));
    let messages = context.messages;
    response.widget_info(|| {
        egui::WidgetInfo::labeled(egui::Role::Image, true, messages.lesson_sketch_name_revealed())
    });
    ui.horizontal_wrapped(|ui| {
        let small = |text: &str, color| egui::RichText::new(text).font(type_scale::small()).color(color);
        ui.label(small(
            messages.lesson_sketch_yours(),
            context.theme.neuron_colors[1],
        ));
        ui.label(small(messages.lesson_sketch_true(), context.theme.text));
    });
}

fn axes_ui(ui: &Ui, context: SketchContext<'_>, rect: Rect) -> PlotArea {
    let painter = ui.painter();
    let name = |text: &str| MathBox::text(painter, text, type_scale::small(), context.theme.weak_text);
    let ranges = [context.curve.x_range, context.curve.y_range];
    PlotFrame::new(ranges, context.names.map(name)).paint(painter, context.theme, rect)
}

fn paint_sketch(ui: &Ui, area: &PlotArea, sketch: &Sketch, color: egui::Color32) {
    let painter = ui.painter_at(area.rect.expand(4.0));
    let points: Vec<Pos2> = sketch
        .points()
        .iter()
        .map(|&point| area.screen_from_plot(point))
        .collect();
    if points.len() < 40 {
        for &point in &points {
            painter.circle_filled(point, 3.0, color);
        }
    }
    painter.add(Shape::line(points, Stroke::new(2.5, color)));
}

/// Returns the values at a position, within the axes.
fn value_at(area: &PlotArea, at: Pos2) -> [f64; 2] {
    let rect = area.rect;
    let at = pos2(
        at.x.clamp(rect.left(), rect.right()),
        at.y.clamp(rect.top(), rect.bottom()),
    );
    let part = |[from, to]: [f64; 2], share: f32| from + (to - from) * f64::from(share);
    [
        part(area.x.range, (at.x - rect.left()) / rect.width()),
        part(area.y.range, (rect.bottom() - at.y) / rect.height()),
    ]
}

fn middle(curve: &TrueCurve) -> [f64; 2] {
    let [from, to] = curve.y_range;
    [curve.x_range[0], 0.5 * (from + to)]
}

/// Handles the keys of a sketch with the focus.
fn keys(ui: &Ui, id: Id, curve: &TrueCurve, draft: &mut SketchDraft) {
    let filter = EventFilter {
        horizontal_arrows: true,
        vertical_arrows: true,
        ..EventFilter::default()
    };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
    let mut cursor = draft.cursor.unwrap_or_else(|| middle(curve));
    let before = cursor;
    let (sets, removes) = ui.input_mut(|input| {
        let steps = if input.modifiers.shift {
            FINE_KEY_STEPS
        } else {
            KEY_STEPS
        };
        let modifiers = input.modifiers;
        let mut count = |key| input.count_and_consume_key(modifiers, key) as f64;
        let moves = [
            count(Key::ArrowRight) - count(Key::ArrowLeft),
            count(Key::ArrowUp) - count(Key::ArrowDown),
        ];
        for (axis, range) in [curve.x_range, curve.y_range].into_iter().enumerate() {
            let moved = cursor[axis] + moves[axis] * (range[1] - range[0]) / steps;
            cursor[axis] = moved.clamp(range[0], range[1]);
        }
        (
            count(Key::Enter) > 0.0,
            count(Key::Backspace) + count(Key::Delete) > 0.0,
        )
    });
    if cursor != before {
        draft.cursor = Some(cursor);
    }
    if sets {
        draft.cursor = Some(cursor);
        draft.set_points.push(cursor);
        let points = draft.sketch.points().iter().copied().chain([cursor]);
        draft.sketch = Sketch::new(points.collect::<Vec<_>>());
    }
    if removes {
        let removed = draft.set_points.pop();
        let kept = draft.sketch.points().iter().copied();
        draft.sketch = match removed {
            Some(removed) => Sketch::new(kept.filter(|point| *point != removed).collect::<Vec<_>>()),
            // What was drawn by hand goes as a whole.
            None => Sketch::default(),
        };
    }
}

/// Returns the position of the cursor and the number of points in words.
fn sketch_value(context: SketchContext<'_>, draft: &SketchDraft) -> String {
    let [x, y] = draft.cursor.unwrap_or_else(|| middle(context.curve));
    context.messages.lesson_sketch_name_value(
        format_adaptive(x, 2),
        format_adaptive(y, 2),
        draft.sketch.points().len(),
    )
}
