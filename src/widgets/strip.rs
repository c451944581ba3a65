//! A quantity over the whole range of a knob, as colours along its track or dial.

use egui::{Color32, Mesh, Painter, Pos2, Rect, Shape, Vec2, pos2};

use crate::look::Look;

/// Colours from little to much, so that more stands out more from the card, in the light and in the dark.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ramp {
    low: Color32,
    high: Color32,
    least: f64,
    most: f64,
}

impl Ramp {
    /// From the colour of an empty groove for the least value to `color` for the most.
    pub fn new(look: &Look, color: Color32, [least, most]: [f64; 2]) -> Self {
        Self {
            low: look.track,
            high: Look::mix(look.track, color, 0.9),
            least,
            most,
        }
    }

    /// The colour of a value. What is no number is as little as can be.
    pub fn color(&self, value: f64) -> Color32 {
        let share = (value - self.least) / (self.most - self.least);
        if share.is_finite() {
            Look::mix(self.low, self.high, share as f32)
        } else {
            self.low
        }
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
