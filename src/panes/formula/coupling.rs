//! What a softmax does to its whole layer: logits, exponentials, and shares whose sum stays 1.

use egui::{Align2, Color32, Painter, Rect, Stroke, pos2};

use crate::canvas::Canvas;
use neurodial_core::insight::Formula;
use crate::look::type_scale;
use neurodial_core::network::NeuronAt;
use crate::panes::Scene;

use super::words::softmax_share;

/// The height of a line, in points.
const LINE: f32 = 18.0;
/// The room over the table, in points.
const GAP: f32 = 10.0;
/// The most neurons that have a line; of more the first ones and the selected one have.
const MOST: usize = 10;
/// Where the names and numbers of a line end, as parts of its width; names begin at the left.
const ENDS: [f32; 4] = [0.0, 0.46, 0.73, 1.0];

/// The table, a line a neuron.
pub struct Coupling {
    head: [&'static str; 4],
    lines: Vec<(Option<NeuronAt>, [String; 4])>,
}

impl Coupling {
    /// The table of the selected neuron's layer, if that ends in a softmax.
    pub fn of(scene: &Scene<'_>, formula: &Formula) -> Option<Self> {
        if formula.layer_z.len() < 2 {
            return None;
        }
        let layer = formula.at.layer;
        let largest = formula.layer_z.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        // Where exponentials can't be read, all are taken of the distance to the largest: the shares are the same.
        let is_plain = formula
            .layer_z
            .iter()
            .all(|&z| softmax_share(z, &formula.layer_z).is_some());
        let offset = if is_plain { 0.0 } else { largest };
        let exponential = |z: f64| libm::exp(z - offset);
        let mut lines = Vec::new();
        let (mut left_out, mut total) = (0, 0.0);
        for (neuron, &z) in formula.layer_z.iter().enumerate() {
            let at = NeuronAt { layer, neuron };
            total += exponential(z);
            if neuron + 1 >= MOST && at != formula.at && formula.layer_z.len() > MOST {
                left_out += 1;
                continue;
            }
            let name = scene.session.blueprint().neuron_label(at);
            let numbers = [z, exponential(z), scene.output(at)].map(|value| scene.number(value));
            let [z, e, share] = numbers;
            lines.push((Some(at), [name, z, e, share]));
        }
        if left_out > 0 {
            let empty = String::new;
            lines.push((None, [format!("{left_out} more"), empty(), empty(), empty()]));
        }
        let shares: f64 = (0..formula.layer_z.len())
            .map(|neuron| scene.output(NeuronAt { layer, neuron }))
            .sum();
        let sum = [scene.number(total), scene.number(shares)];
        let [total, shares] = sum;
        lines.push((None, ["sum".to_owned(), String::new(), total, shares]));
        let head = ["", "z", if is_plain { "exp(z)" } else { "exp(z − max)" }, "share"];
        Some(Self { head, lines })
    }

    /// The width in points at which no two of its numbers touch.
    pub fn least_width(&self, painter: &Painter) -> f32 {
        const APART: f32 = 9.0;
        let width = |text: &str| {
            let galley = painter.layout_no_wrap(text.to_owned(), type_scale::small(), Color32::BLACK);
            galley.size().x + APART
        };
        let head = self.head.map(str::to_owned);
        let lines = self.lines.iter().map(|(_, texts)| texts).chain([&head]);
        let parts = [ENDS[1], ENDS[2] - ENDS[1], ENDS[3] - ENDS[2]];
        let least = lines.map(|texts| {
            let needed = [
                width(&texts[0]) + width(&texts[1]),
                width(&texts[2]),
                width(&texts[3]),
            ];
            let wholes = needed.into_iter().zip(parts).map(|(needed, part)| needed / part);
            wholes.fold(0.0, f32::max)
        });
        least.fold(0.0, f32::max) + 4.0
    }

    /// Its height in points.
    pub fn height(&self) -> f32 {
        GAP + LINE * (self.lines.len() + 1) as f32
    }

    /// Paints it into `rect`, from its top on.
    pub fn paint_ui(&self, canvas: &Canvas<'_>, scene: &Scene<'_>, formula: &Formula, rect: Rect) {
        let look = scene.look;
        let painter = canvas.painter();
        let rights = ENDS.map(|part| rect.left() + part * (rect.width() - 4.0));
        let mut y = rect.top() + GAP + LINE / 2.0;
        let cell = |index: usize, y: f32, text: &str, color: Color32| {
            if text.is_empty() {
                return;
            }
            let (x, align) = match index {
                0 => (rect.left() + 4.0, Align2::LEFT_CENTER),
                _ => (rights[index], Align2::RIGHT_CENTER),
            };
            // Empty text has no bounds.
            if !text.is_empty() {
                painter.text(pos2(x, y), align, text, type_scale::small(), color);
            }
        };
        for (index, text) in self.head.iter().enumerate() {
            cell(index, y, text, look.ink_soft);
        }
        for (at, texts) in &self.lines {
            y += LINE;
            let is_sum = at.is_none() && !texts[3].is_empty();
            if is_sum {
                let line = Stroke::new(1.0, look.axis);
                painter.hline(rect.x_range(), y - LINE / 2.0, line);
            }
            if *at == Some(formula.at) {
                let ground = Rect::from_x_y_ranges(rect.x_range(), y - LINE / 2.0..=y + LINE / 2.0);
                painter.rect_filled(ground, 4.0, look.tint(scene.identity(formula.at)));
            }
            // On its tint a colour would be too pale to read.
            let others = at.filter(|at| *at != formula.at);
            let color = others.map_or(look.ink, |at| scene.identity(at));
            for (index, text) in texts.iter().enumerate() {
                cell(
                    index,
                    y,
                    text,
                    if matches!(index, 0 | 3) { color } else { look.ink },
                );
            }
        }
    }
}
