//! A quantity over the whole range of a knob, as colors along its track or dial.

use egui::{Color32, Mesh, Painter, Pos2, Rect, Shape, Vec2, pos2};

use crate::theme::ColorTheme;

/// A colormap from values to the colors of a profile, for light and dark themes: the values of interest
/// contrast more with the card.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct ProfileColormap {
    min_color: Color32,
    max_color: Color32,
    min: f64,
    max: f64,
    /// For a loss: the color follows log(1 + d / knee), where d is the distance from the lowest value; at d =
    /// knee the color changes half as fast as at d = 0. `None` for a linear colormap.
    knee: Option<f64>,
}

impl ProfileColormap {
    /// Creates a linear colormap from the color of an empty track at the minimum to `color` at the maximum.
    pub(crate) fn new(theme: &ColorTheme, color: Color32, [min, max]: [f64; 2]) -> Self {
        Self {
            min_color: theme.track,
            max_color: ColorTheme::mix(theme.track, color, 0.9),
            min,
            max,
            knee: None,
        }
    }

    /// Creates a colormap for a loss, from `color` at the minimum to the color of an empty track at the
    /// maximum. Losses far from the minimum are many times as large as those near it, so the colors are
    /// spaced by ratios of the distance from the minimum, with the highest contrast around the `current`
    /// loss.
    pub(crate) fn for_loss(theme: &ColorTheme, color: Color32, [min, max]: [f64; 2], current: f64) -> Self {
        let span = max - min;
        let knee = (current - min).clamp(1e-3 * span, 0.3 * span);
        Self {
            min_color: ColorTheme::mix(theme.track, color, 0.9),
            max_color: theme.track,
            min,
            max,
            knee: (knee > 0.0 && knee.is_finite()).then_some(knee),
        }
    }

    /// Returns the color of a value; that of an empty track if the value is NaN or infinite.
    pub(crate) fn color(&self, value: f64) -> Color32 {
        let t = match self.knee {
            Some(knee) => {
                let far = libm::log1p((self.max - self.min) / knee);
                libm::log1p((value - self.min).max(0.0) / knee) / far
            }
            None => (value - self.min) / (self.max - self.min),
        };
        match (t.is_finite(), self.knee) {
            (true, _) => ColorTheme::mix(self.min_color, self.max_color, t as f32),
            (false, None) => self.min_color,
            (false, Some(_)) => self.max_color,
        }
    }

    /// Returns the colors of 12 evenly spaced values from the minimum to the maximum.
    pub(crate) fn color_samples(&self) -> [Color32; 12] {
        std::array::from_fn(|index| self.color(self.min + index as f64 / 11.0 * (self.max - self.min)))
    }

    /// Returns the minimum and the maximum.
    pub(crate) fn range(&self) -> [f64; 2] {
        [self.min, self.max]
    }
}

/// Paints colors as a gradient along the width of a rectangle, evenly spaced between x = `from` and x = `to`.
/// The first color continues to the left of `from`, the last one to the right of `to`.
pub(crate) fn paint_along_rect(painter: &Painter, rect: Rect, from: f32, to: f32, colors: &[Color32]) {
    let intervals = (colors.len().max(2) - 1) as f32;
    let column = |x: f32| (pos2(x, rect.top()), pos2(x, rect.bottom()));
    let mut columns: Vec<((Pos2, Pos2), Color32)> = Vec::with_capacity(colors.len() + 2);
    for (index, &color) in colors.iter().enumerate() {
        if index == 0 {
            columns.push((column(rect.left()), color));
        }
        if !is_inside_uniform(colors, index) {
            columns.push((column(from + (to - from) * index as f32 / intervals), color));
        }
        if index + 1 == colors.len() {
            columns.push((column(rect.right()), color));
        }
    }
    painter.add(band_mesh(&columns));
}

/// Paints colors as a gradient along the arc of a dial; `pos_at` returns the middle of the groove at a
/// fraction of the range.
pub(crate) fn paint_along_arc(
    painter: &Painter,
    center: Pos2,
    width: f32,
    pos_at: impl Fn(f64) -> Pos2,
    colors: &[Color32],
) {
    let intervals = (colors.len().max(2) - 1) as f64;
    let columns: Vec<((Pos2, Pos2), Color32)> = colors
        .iter()
        .enumerate()
        .map(|(index, &color)| {
            let middle = pos_at(index as f64 / intervals);
            let outwards: Vec2 = width / 2.0 * (middle - center).normalized();
            ((middle + outwards, middle - outwards), color)
        })
        .collect();
    painter.add(band_mesh(&columns));
}

/// True if a color equals both its neighbors, so that no vertices are needed there.
fn is_inside_uniform(colors: &[Color32], position: usize) -> bool {
    let color = colors[position];
    let beside = |index: Option<usize>| index.and_then(|index| colors.get(index)) == Some(&color);
    beside(position.checked_sub(1)) && beside(position.checked_add(1))
}

/// Returns a mesh between the outer and inner points of the columns, with a color for each column.
fn band_mesh(columns: &[((Pos2, Pos2), Color32)]) -> Shape {
    let mut mesh = Mesh::default();
    for &((outer, inner), color) in columns {
        let next = mesh.vertices.len() as u32;
        mesh.colored_vertex(outer, color);
        mesh.colored_vertex(inner, color);
        if next >= 2 {
            mesh.add_triangle(next - 2, next - 1, next);
            mesh.add_triangle(next - 1, next, next + 1);
        }
    }
    Shape::mesh(mesh)
}
