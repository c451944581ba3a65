//! The colors of a map, their legend, and the texture with them.

use egui::{
    Align2, Color32, ColorImage, Mesh, Painter, Rect, Shape, Stroke, StrokeKind, TextureId, Ui, pos2,
};

use crate::panes::context::PaneContext;
use crate::plot::Axis;
use crate::theme::{ColorTheme, ThemeMode, type_scale};
use crate::widgets::cached_texture::cached_texture;
use neurodial_core::insight::NeuronMap;
use neurodial_core::insight::neuron_map::ColorScale;
use neurodial_core::network::NeuronAddress;

/// The width to the right of the plot area that the legend needs, in points.
pub(crate) const LEGEND_WIDTH: f32 = 62.0;
/// The distance between ticks, in points.
const TICK_SPACING: f32 = 30.0;
/// The number of color steps between the two ends.
const COLOR_STEPS: usize = 255;

/// Returns the color at a position on the scale, −1 to 1: gray below, white in the middle, the neuron's own
/// color above. In the grayscale theme it goes from white to dark.
pub(crate) fn scale_color(theme: &ColorTheme, neuron_color: Color32, position: f64) -> Color32 {
    let place = position as f32;
    if theme.mode == ThemeMode::Grayscale {
        return ColorTheme::mix(theme.card, theme.text, 0.35 * (place + 1.0));
    }
    if place < 0.0 {
        ColorTheme::mix(theme.card, theme.weak_text, -0.6 * place)
    } else {
        ColorTheme::mix(theme.card, neuron_color, 0.85 * place)
    }
}

/// Returns the texture with the colors of a map. `index` is that of the map among those of the pane.
pub(crate) fn map_texture(
    ui: &Ui,
    context: &PaneContext<'_>,
    index: usize,
    at: NeuronAddress,
    neuron_map: &NeuronMap,
) -> TextureId {
    let id = context.canvas_id.with(("picture", index));
    let key = (neuron_map.id().clone(), context.theme.mode);
    cached_texture(ui, id, key, || {
        image(neuron_map, context.theme, context.neuron_color(at))
    })
}

/// Returns the image of a map's values.
fn image(neuron_map: &NeuronMap, theme: &ColorTheme, neuron_color: Color32) -> ColorImage {
    let all: Vec<Color32> = (0..=COLOR_STEPS)
        .map(|step| scale_color(theme, neuron_color, 2.0 * step as f64 / COLOR_STEPS as f64 - 1.0))
        .collect();
    let columns_and_rows = neuron_map.grid_size();
    let scale = neuron_map.scale();
    let color = |&value: &f64| {
        let step = (scale.normalized(value) + 1.0) / 2.0 * COLOR_STEPS as f64 + 0.5;
        // NaN has no color of the scale.
        if value.is_nan() {
            theme.track
        } else {
            all[step as usize]
        }
    };
    // The first row of an image is the upper one.
    let rows = neuron_map.values().chunks_exact(columns_and_rows.max(1)).rev();
    let pixels: Vec<Color32> = rows.flatten().map(color).collect();
    ColorImage::new([columns_and_rows; 2], pixels)
}

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
    let color = |value: f64| scale_color(theme, neuron_color, scale.normalized(value));
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
    for tick in Axis::linear([low, high]).ticks(bar.height(), TICK_SPACING) {
        painter.text(
            pos2(bar.right() + 5.0, y(tick.value)),
            Align2::LEFT_CENTER,
            tick.text,
            type_scale::small(),
            theme.weak_text,
        );
    }
}
