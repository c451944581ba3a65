//! A quantity over the whole range of a knob, as colours along its track or dial.

use egui::{Color32, Mesh, Painter, Pos2, Rect, Shape, Vec2, pos2};

use crate::look::ColorTheme;

/// Colours from little to much, in the light and in the dark: what is looked for stands out more from the card.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ProfileColormap {
    min_color: Color32,
    max_color: Color32,
    min: f64,
    max: f64,
    /// Where the colours are spaced by ratios: the distance from the least value at which they are half as dense as
    /// there.
    knee: Option<f64>,
}

impl ProfileColormap {
    /// From the colour of an empty groove for the least value to `color` for the most.
    pub fn new(theme: &ColorTheme, color: Color32, [min, max]: [f64; 2]) -> Self {
        Self {
            min_color: theme.track,
            max_color: ColorTheme::mix(theme.track, color, 0.9),
            min,
            max,
            knee: None,
        }
    }

    /// For a loss, like the signal of a radio: `color` for the least value, down to the colour of an empty groove for
    /// the most. Losses far off are many times as large as those near by, so the colours are spaced by ratios of the
    /// distance from the least value; `now` is the present one, around which they are to tell most.
    pub fn for_loss(theme: &ColorTheme, color: Color32, [min, max]: [f64; 2], current: f64) -> Self {
        let room = max - min;
        let knee = (current - min).clamp(1e-3 * room, 0.3 * room);
        Self {
            min_color: ColorTheme::mix(theme.track, color, 0.9),
            max_color: theme.track,
            min,
            max,
            knee: (knee > 0.0 && knee.is_finite()).then_some(knee),
        }
    }

    /// The colour of a value. What is no number is an empty groove.
    pub fn color(&self, value: f64) -> Color32 {
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

    /// Colours evenly spaced in values from the least to the most.
    pub fn color_samples(&self) -> [Color32; 12] {
        std::array::from_fn(|place| self.color(self.min + place as f64 / 11.0 * (self.max - self.min)))
    }

    /// The least and the most value.
    pub fn range(&self) -> [f64; 2] {
        [self.min, self.max]
    }
}

/// Paints colours evenly along the width of a rectangle; they go over into each other. Before `from` and after `to`
/// the first and the last one go on.
pub fn paint_along_rect(painter: &Painter, rect: Rect, from: f32, to: f32, colors: &[Color32]) {
    let places = (colors.len().max(2) - 1) as f32;
    let column = |x: f32| (pos2(x, rect.top()), pos2(x, rect.bottom()));
    let mut columns: Vec<((Pos2, Pos2), Color32)> = Vec::with_capacity(colors.len() + 2);
    for (place, &color) in colors.iter().enumerate() {
        if place == 0 {
            columns.push((column(rect.left()), color));
        }
        if !is_inside_uniform(colors, place) {
            columns.push((column(from + (to - from) * place as f32 / places), color));
        }
        if place + 1 == colors.len() {
            columns.push((column(rect.right()), color));
        }
    }
    painter.add(band_mesh(&columns));
}

/// Paints colours evenly along the arc of a dial, `place` giving the middle of the band at a fraction of the way.
pub fn paint_along_arc(
    painter: &Painter,
    center: Pos2,
    width: f32,
    pos_at: impl Fn(f64) -> Pos2,
    colors: &[Color32],
) {
    let places = (colors.len().max(2) - 1) as f64;
    let columns: Vec<((Pos2, Pos2), Color32)> = colors
        .iter()
        .enumerate()
        .map(|(index, &color)| {
            let middle = pos_at(index as f64 / places);
            let outwards: Vec2 = width / 2.0 * (middle - center).normalized();
            ((middle + outwards, middle - outwards), color)
        })
        .collect();
    painter.add(band_mesh(&columns));
}

/// Whether a colour is the same as those before and after it: then nothing has to be drawn there.
fn is_inside_uniform(colors: &[Color32], place: usize) -> bool {
    let color = colors[place];
    let beside = |index: Option<usize>| index.and_then(|index| colors.get(index)) == Some(&color);
    beside(place.checked_sub(1)) && beside(place.checked_add(1))
}

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
