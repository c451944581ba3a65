//! The table of a softmax layer: the weighted sum, its exponential and the probability of each neuron.

use egui::{Align2, Color32, Painter, Rect, Stroke, pos2};

use crate::canvas::Canvas;
use crate::panes::context::PaneContext;
use crate::theme::type_scale;
use neurodial_core::insight::Formula;
use neurodial_core::network::NeuronAddress;

/// The height of a row, in points.
const LINE_HEIGHT: f32 = 18.0;
/// The space above the table, in points.
const GAP: f32 = 10.0;
/// The maximum number of neurons with a row. Of a larger layer, the first ones and the selected one have a
/// row.
const MAX_ROWS: usize = 10;
/// The right ends of the columns as fractions of the width; the names of the first column are aligned left.
const COLUMN_ENDS: [f32; 4] = [0.0, 0.46, 0.73, 1.0];

/// The table, with one row for each neuron.
pub(crate) struct SoftmaxTable {
    header: [&'static str; 4],
    rows: Vec<(Option<NeuronAddress>, [String; 4])>,
    /// The scale of the pane.
    scale: f32,
}

impl SoftmaxTable {
    /// Returns the table of the selected neuron's layer, or `None` if the layer isn't a softmax layer with at
    /// least two neurons.
    pub(crate) fn new(context: &PaneContext<'_>, formula: &Formula) -> Option<Self> {
        if formula.layer_z.len() < 2 {
            return None;
        }
        let messages = context.messages;
        let layer = formula.at.layer;
        let largest = formula.layer_z.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        // If the exponentials are too large or too small to read, those of the differences to the largest
        // weighted sum are shown; the probabilities are the same.
        let is_readable = formula
            .layer_z
            .iter()
            .all(|&z| softmax_fraction(z, &formula.layer_z).is_some());
        let offset = if is_readable { 0.0 } else { largest };
        let exponential = |z: f64| libm::exp(z - offset);
        let mut rows = Vec::new();
        let (mut left_out, mut total) = (0, 0.0);
        for (neuron, &z) in formula.layer_z.iter().enumerate() {
            let at = NeuronAddress { layer, neuron };
            total += exponential(z);
            if neuron + 1 >= MAX_ROWS && at != formula.at && formula.layer_z.len() > MAX_ROWS {
                left_out += 1;
                continue;
            }
            let name = context.session.architecture().neuron_label_in(at, messages);
            let numbers = [z, exponential(z), context.output(at)].map(|value| context.format_number(value));
            let [z, e, probability] = numbers;
            rows.push((Some(at), [name, z, e, probability]));
        }
        if left_out > 0 {
            let empty = String::new;
            rows.push((
                None,
                [messages.softmax_table_more(left_out), empty(), empty(), empty()],
            ));
        }
        let probability_sum: f64 = (0..formula.layer_z.len())
            .map(|neuron| context.output(NeuronAddress { layer, neuron }))
            .sum();
        let sum = [
            context.format_number(total),
            context.format_number(probability_sum),
        ];
        let [total, shares] = sum;
        rows.push((
            None,
            [
                messages.softmax_table_total().to_owned(),
                String::new(),
                total,
                shares,
            ],
        ));
        let header = [
            "",
            "z",
            if is_readable { "exp(z)" } else { "exp(z − max)" },
            messages.softmax_table_probability(),
        ];
        Some(Self {
            header,
            rows,
            scale: context.scale,
        })
    }

    /// Returns the minimum width at which no two numbers touch, in points.
    pub(crate) fn min_width(&self, painter: &Painter) -> f32 {
        const SPACING: f32 = 9.0;
        let width = |text: &str| {
            let galley = painter.layout_no_wrap(text.to_owned(), type_scale::small(), Color32::BLACK);
            galley.size().x + SPACING
        };
        let header = self.header.map(str::to_owned);
        let lines = self.rows.iter().map(|(_, texts)| texts).chain([&header]);
        let fractions = [
            COLUMN_ENDS[1],
            COLUMN_ENDS[2] - COLUMN_ENDS[1],
            COLUMN_ENDS[3] - COLUMN_ENDS[2],
        ];
        let min_widths_per_column = lines.map(|texts| {
            let needed = [
                width(&texts[0]) + width(&texts[1]),
                width(&texts[2]),
                width(&texts[3]),
            ];
            let min_widths = needed
                .into_iter()
                .zip(fractions)
                .map(|(needed, fraction)| needed / fraction);
            min_widths.fold(0.0, f32::max)
        });
        min_widths_per_column.fold(0.0, f32::max) + 4.0
    }

    /// Returns the height of the table, in points.
    pub(crate) fn height(&self) -> f32 {
        self.scale * (GAP + LINE_HEIGHT * (self.rows.len() + 1) as f32)
    }

    /// Paints the table at the top of `rect`.
    pub(crate) fn paint_ui(
        &self,
        canvas: &Canvas<'_>,
        context: &PaneContext<'_>,
        formula: &Formula,
        rect: Rect,
    ) {
        let theme = context.theme;
        let painter = canvas.painter();
        // In a narrow pane the exponentials are left out.
        let is_narrow = context.options.is_none() && rect.width() < self.scale * self.min_width(painter);
        let ends = match is_narrow {
            true => [0.0, 0.55, 0.0, 1.0],
            false => COLUMN_ENDS,
        };
        let rights = ends.map(|fraction| rect.left() + fraction * (rect.width() - 4.0));
        let line_height = self.scale * LINE_HEIGHT;
        let mut y = rect.top() + self.scale * GAP + line_height / 2.0;
        let cell = |index: usize, y: f32, text: &str, color: Color32| {
            if text.is_empty() || is_narrow && index == 2 {
                return;
            }
            let (x, align) = match index {
                0 => (rect.left() + 4.0, Align2::LEFT_CENTER),
                _ => (rights[index], Align2::RIGHT_CENTER),
            };
            // Empty text has no bounds.
            if !text.is_empty() {
                painter.text(pos2(x, y), align, text, context.font(type_scale::small()), color);
            }
        };
        for (index, text) in self.header.iter().enumerate() {
            cell(index, y, text, theme.weak_text);
        }
        for (at, texts) in &self.rows {
            y += line_height;
            let is_sum = at.is_none() && !texts[3].is_empty();
            if is_sum {
                let line = Stroke::new(1.0, theme.axis);
                painter.hline(rect.x_range(), y - line_height / 2.0, line);
            }
            if *at == Some(formula.at) {
                let background =
                    Rect::from_x_y_ranges(rect.x_range(), y - line_height / 2.0..=y + line_height / 2.0);
                painter.rect_filled(background, 4.0, theme.tinted(context.neuron_color(formula.at)));
            }
            // A neuron's color would be too pale to read on its own tint.
            let others = at.filter(|at| *at != formula.at);
            let color = others.map_or(theme.text, |at| context.neuron_color(at));
            for (index, text) in texts.iter().enumerate() {
                cell(
                    index,
                    y,
                    text,
                    if matches!(index, 0 | 3) { color } else { theme.text },
                );
            }
        }
    }
}

/// Returns the numerator and denominator of a softmax: e to the power of the neuron's `z`, and the sum of
/// these powers over the layer. Returns `None` if they are too large or too small to read.
pub(crate) fn softmax_fraction(z: f64, layer_z: &[f64]) -> Option<(f64, f64)> {
    const READABLE: std::ops::Range<f64> = 0.01..1e6;
    let exponential = libm::exp(z);
    let sum: f64 = layer_z.iter().map(|&z| libm::exp(z)).sum();
    (READABLE.contains(&exponential) && READABLE.contains(&sum)).then_some((exponential, sum))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_softmax_fraction_is_shown_only_if_it_is_readable() {
        let (exponential, sum) = softmax_fraction(1.0, &[1.0, 0.0]).unwrap();
        assert!((exponential / sum - 1.0 / (1.0 + libm::exp(-1.0))).abs() < 1e-15);
        assert_eq!(softmax_fraction(800.0, &[800.0, 0.0]), None);
        assert_eq!(softmax_fraction(f64::NAN, &[f64::NAN]), None);
    }
}
