//! On paper each of several curves is named where it ends; in the window colour and pointer do that.

use egui::{Stroke, pos2};

use crate::canvas::Canvas;
use neurodial_core::insight::Curve;
use crate::panes::Scene;
use neurodial_core::session::Quantity;
use crate::widgets::maths::Piece;

use super::geometry::{Plane, spread};

/// The room to the right of the plane that the names need, in points.
pub const ROOM: f32 = 44.0;
/// From one name to the next, in points.
const PITCH: f32 = 17.0;
/// A name that is not more than this above or below the end of its curve is level with it, in points.
const LEVEL: f32 = 4.0;
/// More curves than this are not named one by one.
const MOST: usize = 16;

/// Whether the curves are named.
pub fn are_shown(scene: &Scene<'_>) -> bool {
    scene.paper.is_some() && (2..=MOST).contains(&scene.insight.sweep().curves.len())
}

/// Draws the names to the right of the plane, with a thin line from the end of its curve where it stands elsewhere.
pub fn names_ui(canvas: &mut Canvas<'_>, scene: &Scene<'_>, plane: &Plane) {
    let blueprint = scene.session.blueprint();
    let sweep = scene.insight.sweep();
    // The names stand outside of the plane, which is all that the canvas itself paints on.
    let painter = canvas.ui().painter().clone();
    let mut curves: Vec<&Curve> = sweep
        .curves
        .iter()
        .filter(|curve| !curve.points.is_empty())
        .collect();
    let end = |curve: &Curve| {
        let last = curve.points.last().map_or(0.0, |point| point[1]);
        plane.screen_y(last).clamp(plane.rect.top(), plane.rect.bottom())
    };
    curves.sort_by(|a, b| end(a).total_cmp(&end(b)));
    let ends: Vec<f32> = curves.iter().map(|curve| end(curve)).collect();
    let heights = spread(&ends, PITCH, [plane.rect.top(), plane.rect.bottom()]);
    for ((curve, from), to) in curves.into_iter().zip(ends).zip(heights) {
        let color = scene.identity(curve.at);
        let symbol = match sweep.quantity {
            Quantity::Output => blueprint.a_symbol(curve.at),
            Quantity::PreActivation => blueprint.z_symbol(curve.at),
        };
        let right = plane.rect.right();
        // Level with its curve, a name needs no line; one would be taken for a minus.
        if (to - from).abs() > LEVEL {
            let way = [pos2(right, from), pos2(right + 11.0, to)];
            painter.line_segment(way, Stroke::new(1.0, color));
        }
        Piece::symbol(&painter, &symbol, 0.95, color).paint_centered(&painter, right + 14.0, to);
    }
}
