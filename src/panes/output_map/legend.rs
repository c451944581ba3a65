//! The color legend of a map.

use egui::{Align2, Color32, Mesh, Painter, Rect, Shape, Stroke, StrokeKind, pos2};

use crate::panes::context::PaneContext;
use crate::panes::curves::geometry::AxisTicks;
use crate::theme::type_scale;
use neurodial_core::insight::neuron_map::ColorScale;

use super::texture;

/// The width to the right of the plot area that the legend needs, in points.
pub(crate) const LEGEND_WIDTH: f32 = 62.0;
/// The distance between ticks, in points.
const TICK_SPACING: f32 = 30.0;

/// Draws a color bar with numbers beside it.
pub(crate) fn legend_ui(
    painter: &Painter,
    context: &PaneContext<'_>,
    bar: Rect,
    scale: ColorScale,
    neuron_color: Color32,
) {
    let theme = context.theme;
    let ColorScale { low, middle, high } = scale;
    if high <= low || bar.height() < TICK_SPACING {
        return;
    }
    let y = |value: f64| bar.bottom() - ((value - low) / (high - low)) as f32 * bar.height();
    let color = |value: f64| texture::scale_color(theme, neuron_color, scale.normalized(value));
    let mut ends = vec![low, middle, high];
    ends.dedup();
    for pair in ends.windows(2) {
        let &[from, to] = pair else { continue };
        // Slightly off the middle, so that each half has its own colors.
        let epsilon = 1e-6 * (to - from);
        let mut mesh = Mesh::default();
        for (value, color) in [(from, color(from + epsilon)), (to, color(to - epsilon))] {
            mesh.colored_vertex(pos2(bar.left(), y(value)), color);
            mesh.colored_vertex(pos2(bar.right(), y(value)), color);
        }
        mesh.add_triangle(0, 1, 2);
        mesh.add_triangle(1, 2, 3);
        painter.add(Shape::mesh(mesh));
    }
    painter.rect_stroke(bar, 0.0, Stroke::new(1.0, theme.track_edge), StrokeKind::Outside);
    let ticks = AxisTicks::new([low, high], bar.height(), TICK_SPACING);
    for &value in &ticks.values {
        let at = pos2(bar.right() + 5.0, y(value));
        let text = ticks.label(value);
        painter.text(
            at,
            Align2::LEFT_CENTER,
            text,
            type_scale::small(),
            theme.weak_text,
        );
    }
}
