//! The curves of the pin: thin and grey, under those of the present.

use egui::{Pos2, Rect, Shape, Stroke, vec2};

use crate::canvas::Canvas;
use neurodial_core::insight::Curve;
use crate::look::{Look, type_scale};
use crate::panes::Scene;

use super::geometry::{Plane, label_place};

/// The dashes of a ghost and the gaps between them, in points.
pub const DASH: f32 = 5.0;
/// As [`DASH`].
pub const GAP: f32 = 3.5;

/// How a ghost is drawn.
pub fn stroke(look: &Look) -> Stroke {
    Stroke::new(1.25, Look::mix(look.card, look.ink_soft, 0.7))
}

/// Draws the pinned curves that are not where the present ones are; the selected neuron's with the pin's name.
pub fn ghosts_ui(canvas: &Canvas<'_>, scene: &Scene<'_>, plane: &Plane) {
    let Some(ghost) = scene.insight.ghost() else {
        return;
    };
    let look = scene.look;
    let painter = canvas.painter();
    let present = &scene.insight.sweep().curves;
    for (curve, now) in ghost.curves().iter().zip(present) {
        if curve.points == now.points {
            continue;
        }
        let line = plane.line(&curve.points);
        painter.extend(Shape::dashed_line(&line, stroke(look), DASH, GAP));
        if curve.at == scene.session.view().selected {
            dot_ui(canvas, scene, plane, curve);
            // A figure says under its panes what is dashed.
            if scene.paper.is_some() {
                continue;
            }
            let name = painter.layout_no_wrap(ghost.name().to_owned(), type_scale::small(), look.ink_soft);
            let line_now = plane.line(&now.points);
            let bounds = plane.rect.shrink2(vec2(6.0, 3.0));
            if name.size().x > bounds.width() {
                continue;
            }
            let at = label_place(
                name.size(),
                &places(&line, name.size(), bounds),
                bounds,
                &[],
                &line_now,
            );
            painter.galley(at.min, name, look.ink_soft);
        }
    }
}

/// Beside the line near its right end, over and under it.
fn places(line: &[Pos2], size: egui::Vec2, bounds: Rect) -> Vec<Pos2> {
    let near = |fraction: f32| {
        let x = bounds.left() + fraction * bounds.width();
        line.iter().copied().find(|point| point.x >= x)
    };
    let points = [0.92, 0.8, 0.65, 0.1, 0.25].into_iter().filter_map(near);
    points
        .flat_map(|point| {
            let left = point.x - size.x;
            [vec2(0.0, -5.0 - size.y), vec2(0.0, 5.0)].map(|way| Pos2::new(left, point.y) + way)
        })
        .collect()
}

/// The point that was the present one.
fn dot_ui(canvas: &Canvas<'_>, scene: &Scene<'_>, plane: &Plane, curve: &Curve) {
    let center = plane.screen(curve.now);
    if plane.rect.contains(center) && curve.now[1].is_finite() {
        let stroke = Stroke::new(1.5, scene.look.ink_soft);
        canvas.painter().circle(center, 4.0, scene.look.card, stroke);
    }
}
