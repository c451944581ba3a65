//! In a figure, each of several curves has its symbol at its end. In the window, colors and the pointer
//! identify the curves.

use egui::{Stroke, pos2};

use crate::canvas::Canvas;
use crate::panes::context::PaneContext;
use crate::widgets::math::MathBox;
use neurodial_core::insight::Curve;
use neurodial_core::session::Quantity;

use super::geometry::{PlotArea, spread_apart};

/// The width to the right of the plot area that the labels need, in points.
pub(crate) const LABELS_WIDTH: f32 = 44.0;
/// The minimum distance from one label to the next, in points.
const LABEL_PITCH: f32 = 17.0;
/// The maximum vertical distance from the end of a curve at which its label needs no leader line, in points.
const MAX_LEVEL_OFFSET: f32 = 4.0;
/// The maximum number of curves that are labeled one by one.
const MAX_LABELS: usize = 16;

/// True if the curves are labeled.
pub(crate) fn is_enabled(context: &PaneContext<'_>) -> bool {
    context.options.is_some() && (2..=MAX_LABELS).contains(&context.insight.sweep().curves.len())
}

/// Draws the labels to the right of the plot area, with a thin leader line from the end of the curve to a
/// label that is not level with it.
pub(crate) fn curve_labels_ui(canvas: &mut Canvas<'_>, context: &PaneContext<'_>, plot_area: &PlotArea) {
    let architecture = context.session.architecture();
    let sweep = context.insight.sweep();
    // The labels are outside of the plot area, to which the canvas's own painter is clipped.
    let painter = canvas.ui().painter().clone();
    let mut curves: Vec<&Curve> = sweep
        .curves
        .iter()
        .filter(|curve| !curve.points.is_empty())
        .collect();
    let end = |curve: &Curve| {
        let last = curve.points.last().map_or(0.0, |point| point[1]);
        plot_area
            .screen_from_y(last)
            .clamp(plot_area.rect.top(), plot_area.rect.bottom())
    };
    curves.sort_by(|a, b| end(a).total_cmp(&end(b)));
    let ends: Vec<f32> = curves.iter().map(|curve| end(curve)).collect();
    let heights = spread_apart(
        &ends,
        LABEL_PITCH,
        [plot_area.rect.top(), plot_area.rect.bottom()],
    );
    for ((curve, from), to) in curves.into_iter().zip(ends).zip(heights) {
        let color = context.neuron_color(curve.at);
        let symbol = match sweep.quantity {
            Quantity::Output => architecture.a_symbol(curve.at),
            Quantity::WeightedSum => architecture.z_symbol(curve.at),
        };
        let right = plot_area.rect.right();
        // A leader line beside a level label would look like a minus sign.
        if (to - from).abs() > MAX_LEVEL_OFFSET {
            let leader = [pos2(right, from), pos2(right + 11.0, to)];
            painter.line_segment(leader, Stroke::new(1.0, color));
        }
        MathBox::symbol(&painter, &symbol, 0.95, color).paint_centered(&painter, right + 14.0, to);
    }
}
