//! A quantity over the whole range of a knob, as colours along its track or dial.

use egui::{Color32, Mesh, Painter, Pos2, Rect, Shape, Vec2, pos2};

use crate::look::Look;

/// Colours from little to much, in the light and in the dark: what is looked for stands out more from the card.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ramp {
    low: Color32,
    high: Color32,
    least: f64,
    most: f64,
    /// Where the colours are spaced by ratios: the distance from the least value at which they are half as dense as
    /// there.
    knee: Option<f64>,
}

impl Ramp {
    /// From the colour of an empty groove for the least value to `color` for the most.
    pub fn new(look: &Look, color: Color32, [least, most]: [f64; 2]) -> Self {
        Self {
            low: look.track,
            high: Look::mix(look.track, color, 0.9),
            least,
            most,
            knee: None,
        }
    }

    /// For a loss, like the signal of a radio: `color` for the least value, down to the colour of an empty groove for
    /// the most. Losses far off are many times as large as those near by, so the colours are spaced by ratios of the
    /// distance from the least value; `now` is the present one, around which they are to tell most.
    pub fn of_loss(look: &Look, color: Color32, [least, most]: [f64; 2], now: f64) -> Self {
        let room = most - least;
        let knee = (now - least).clamp(1e-3 * room, 0.3 * room);
        Self {
            low: Look::mix(look.track, color, 0.9),
            high: look.track,
            least,
            most,
            knee: (knee > 0.0 && knee.is_finite()).then_some(knee),
        }
    }

    /// The colour of a value. What is no number is an empty groove.
    pub fn color(&self, value: f64) -> Color32 {
        let share = match self.knee {
            Some(knee) => {
                let far = libm::log1p((self.most - self.least) / knee);
                libm::log1p((value - self.least).max(0.0) / knee) / far
            }
            None => (value - self.least) / (self.most - self.least),
        };
        match (share.is_finite(), self.knee) {
            (true, _) => Look::mix(self.low, self.high, share as f32),
            (false, None) => self.low,
            (false, Some(_)) => self.high,
        }
    }

    /// Colours evenly spaced in values from the least to the most.
    pub fn sample(&self) -> [Color32; 12] {
        std::array::from_fn(|place| self.color(self.least + place as f64 / 11.0 * (self.most - self.least)))
    }

    /// The least and the most value.
    pub fn extent(&self) -> [f64; 2] {
        [self.least, self.most]
    }
}

/// Paints colours evenly along the width of a rectangle; they go over into each other. Before `from` and after `to`
/// the first and the last one go on.
pub fn along_rect(painter: &Painter, rect: Rect, from: f32, to: f32, colors: &[Color32]) {
    let places = (colors.len().max(2) - 1) as f32;
    let column = |x: f32| (pos2(x, rect.top()), pos2(x, rect.bottom()));
    let mut columns: Vec<((Pos2, Pos2), Color32)> = Vec::with_capacity(colors.len() + 2);
    for (place, &color) in colors.iter().enumerate() {
        if place == 0 {
            columns.push((column(rect.left()), color));
        }
        if !is_within_even(colors, place) {
            columns.push((column(from + (to - from) * place as f32 / places), color));
        }
        if place + 1 == colors.len() {
            columns.push((column(rect.right()), color));
        }
    }
    painter.add(band(&columns));
}

/// Paints colours evenly along the arc of a dial, `place` giving the middle of the band at a fraction of the way.
pub fn along_arc(
    painter: &Painter,
    center: Pos2,
    width: f32,
    place: impl Fn(f64) -> Pos2,
    colors: &[Color32],
) {
    let places = (colors.len().max(2) - 1) as f64;
    let columns: Vec<((Pos2, Pos2), Color32)> = colors
        .iter()
        .enumerate()
        .map(|(index, &color)| {
            let middle = place(index as f64 / places);
            let outwards: Vec2 = width / 2.0 * (middle - center).normalized();
            ((middle + outwards, middle - outwards), color)
        })
        .collect();
    painter.add(band(&columns));
}

/// Whether a colour is the same as those before and after it: then nothing has to be drawn there.
fn is_within_even(colors: &[Color32], place: usize) -> bool {
    let color = colors[place];
    let beside = |index: Option<usize>| index.and_then(|index| colors.get(index)) == Some(&color);
    beside(place.checked_sub(1)) && beside(place.checked_add(1))
}

fn band(columns: &[((Pos2, Pos2), Color32)]) -> Shape {
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
