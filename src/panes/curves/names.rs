//! On paper each of several curves is named where it ends; in the window colour and pointer do that.

use egui::{Stroke, pos2};

use crate::canvas::Canvas;
use neurodial_core::insight::Curve;
use crate::panes::PaneContext;
use neurodial_core::session::Quantity;
use crate::widgets::maths::MathBox;

use super::geometry::{PlotArea, spread_apart};

/// The room to the right of the plane that the names need, in points.
pub const LABELS_WIDTH: f32 = 44.0;
/// From one name to the next, in points.
const LABEL_PITCH: f32 = 17.0;
/// A name that is not more than this above or below the end of its curve is level with it, in points.
const MAX_LEVEL_OFFSET: f32 = 4.0;
/// More curves than this are not named one by one.
const MAX_LABELS: usize = 16;

/// Whether the curves are named.
pub fn is_enabled(context: &PaneContext<'_>) -> bool {
    context.options.is_some() && (2..=MAX_LABELS).contains(&context.insight.sweep().curves.len())
}

/// Draws the names to the right of the plane, with a thin line from the end of its curve where it stands elsewhere.
pub fn curve_labels_ui(canvas: &mut Canvas<'_>, context: &PaneContext<'_>, plane: &PlotArea) {
    let architecture = context.session.architecture();
    let sweep = context.insight.sweep();
    // The names stand outside of the plane, which is all that the canvas itself paints on.
    let painter = canvas.ui().painter().clone();
    let mut curves: Vec<&Curve> = sweep
        .curves
        .iter()
        .filter(|curve| !curve.points.is_empty())
        .collect();
    let end = |curve: &Curve| {
        let last = curve.points.last().map_or(0.0, |point| point[1]);
        plane.screen_from_y(last).clamp(plane.rect.top(), plane.rect.bottom())
    };
    curves.sort_by(|a, b| end(a).total_cmp(&end(b)));
    let ends: Vec<f32> = curves.iter().map(|curve| end(curve)).collect();
    let heights = spread_apart(&ends, LABEL_PITCH, [plane.rect.top(), plane.rect.bottom()]);
    for ((curve, from), to) in curves.into_iter().zip(ends).zip(heights) {
        let color = context.neuron_color(curve.at);
        let symbol = match sweep.quantity {
            Quantity::Output => architecture.a_symbol(curve.at),
            Quantity::WeightedSum => architecture.z_symbol(curve.at),
        };
        let right = plane.rect.right();
        // Level with its curve, a name needs no line; one would be taken for a minus.
        if (to - from).abs() > MAX_LEVEL_OFFSET {
            let leader = [pos2(right, from), pos2(right + 11.0, to)];
            painter.line_segment(leader, Stroke::new(1.0, color));
        }
        MathBox::symbol(&painter, &symbol, 0.95, color).paint_centered(&painter, right + 14.0, to);
    }
}
