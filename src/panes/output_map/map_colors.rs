//! The colors of a map, their legend, and the texture with them.

use egui::{
    Align2, Color32, ColorImage, Mesh, Painter, Rect, Shape, Stroke, StrokeKind, TextureId, Ui, pos2,
};

use crate::panes::context::PaneContext;
use crate::plot::Axis;
use crate::theme::{ColorTheme, type_scale};
use crate::widgets::cached_texture::cached_texture;
use neurodial_core::insight::NeuronMap;
use neurodial_core::insight::neuron_map::ColorScale;

/// The width to the right of the plot area that the legend needs, in points.
pub(crate) const LEGEND_WIDTH: f32 = 62.0;
/// The distance between ticks, in points.
const TICK_SPACING: f32 = 30.0;
/// The number of color steps between the two ends; even, so that the middle is one of them.
const COLOR_STEPS: usize = 510;

/// Returns the texture with the colors of a map. `index` is that of the map among those of the pane.
pub(crate) fn map_texture(
    ui: &Ui,
    context: &PaneContext<'_>,
    index: usize,
    neuron_map: &NeuronMap,
) -> TextureId {
    let id = context.canvas_id.with(("picture", index));
    let key = (neuron_map.id().clone(), context.theme.mode);
    cached_texture(ui, id, key, || {
        let scale = neuron_map.scale();
        let positions = neuron_map.values().iter().map(|&value| scale.normalized(value));
        image(context.theme, neuron_map.grid_size(), positions)
    })
}

/// Returns the image of a grid of positions on the diverging scale, `[row][column]`, with the lowest row first.
pub(crate) fn image(
    theme: &ColorTheme,
    grid_size: usize,
    positions: impl Iterator<Item = f64>,
) -> ColorImage {
    let all: Vec<Color32> = (0..=COLOR_STEPS)
        .map(|step| theme.diverging_color(2.0 * step as f64 / COLOR_STEPS as f64 - 1.0))
        .collect();
    let color = |position: f64| {
        let step = (position.clamp(-1.0, 1.0) + 1.0) / 2.0 * COLOR_STEPS as f64 + 0.5;
        match position.is_nan() {
            true => theme.diverging_color(position),
            false => all[step as usize],
        }
    };
    image_of_rows(grid_size, &positions.map(color).collect::<Vec<_>>())
}

/// Returns the image of a grid of colors, `[row][column]`, with the lowest row first.
pub(crate) fn image_of_rows(grid_size: usize, colors: &[Color32]) -> ColorImage {
    // The first row of an image is the upper one.
    let rows = colors.chunks_exact(grid_size.max(1)).rev();
    ColorImage::new([grid_size; 2], rows.flatten().copied().collect())
}

/// Returns the rectangle of the color bar to the right of a plot area.
pub(crate) fn legend_rect(plot_area: Rect) -> Rect {
    Rect::from_min_max(
        pos2(plot_area.right() + 12.0, plot_area.top()),
        pos2(plot_area.right() + 22.0, plot_area.bottom()),
    )
}

/// The maximum number of intervals between the numbers of a color bar.
const MAX_TICKS: f32 = 6.0;

/// Draws a color bar with numbers beside it.
pub(crate) fn legend_ui(painter: &Painter, theme: &ColorTheme, bar: Rect, scale: ColorScale) {
    let ColorScale { low, middle, high } = scale;
    if high <= low || bar.height() < TICK_SPACING {
        return;
    }
    let y = |value: f64| bar.bottom() - ((value - low) / (high - low)) as f32 * bar.height();
    let color = |value: f64| theme.diverging_color(scale.normalized(value));
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
    let spacing = TICK_SPACING.max(bar.height() / MAX_TICKS);
    for tick in Axis::linear([low, high]).ticks(bar.height(), spacing) {
        painter.text(
            pos2(bar.right() + 5.0, y(tick.value)),
            Align2::LEFT_CENTER,
            tick.text,
            type_scale::small(),
            theme.weak_text,
        );
    }
}
