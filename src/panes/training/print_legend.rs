//! The legend of the printed loss plot, with the metrics at the current epoch.

use egui::{Align2, Painter, Rect, pos2};

use crate::panes::context::PaneContext;
use crate::theme::type_scale;
use neurodial_core::text::format_fixed;
use neurodial_core::training::{EpochMetrics, Metrics};

use super::plot;
use super::readout::loss_text;

/// The height of a line, and the space below all lines, in points.
const LINE_HEIGHT: f32 = 17.0;
const BOTTOM_MARGIN: f32 = 5.0;
/// The length of a sample line, in points.
const SAMPLE_WIDTH: f32 = 24.0;

/// Draws the legend at the top of `rect`; returns its height, in points.
pub(crate) fn print_legend_ui(
    painter: &Painter,
    context: &PaneContext<'_>,
    metrics: &EpochMetrics,
    rect: Rect,
) -> f32 {
    let theme = context.theme;
    let middle = |line: usize| rect.top() + (line as f32 + 0.5) * LINE_HEIGHT;
    let paint_text = |at, align, text: String| painter.text(at, align, text, type_scale::small(), theme.text);
    let curves = [("train", Some(metrics.train)), ("test", metrics.test)];
    let mut lines = 0;
    let mut right = rect.left();
    for (name, measured) in curves {
        let Some(Metrics { loss, accuracy }) = measured else {
            continue;
        };
        let y = middle(lines);
        let sample = [pos2(rect.left(), y), pos2(rect.left() + SAMPLE_WIDTH, y)];
        if name == "test" {
            painter.extend(plot::test_line_shapes(theme, &sample));
        } else {
            painter.line_segment(sample, plot::train_stroke(theme));
        }
        let accuracy_text = accuracy.map_or_else(String::new, |fraction| {
            format!(", {} % right", format_fixed(100.0 * fraction, 1))
        });
        let text = format!("{name} {}{accuracy_text}", loss_text(context, loss));
        let text_rect = paint_text(pos2(sample[1].x + 6.0, y), Align2::LEFT_CENTER, text);
        right = right.max(text_rect.right());
        lines += 1;
    }
    let epoch = format!("epoch {}", metrics.epoch);
    let galley = painter.layout_no_wrap(epoch.clone(), type_scale::small(), theme.text);
    // If there is no space beside the other lines, the epoch has its own line.
    if right + 16.0 + galley.size().x > rect.right() {
        paint_text(pos2(rect.left(), middle(lines)), Align2::LEFT_CENTER, epoch);
        lines += 1;
    } else {
        paint_text(pos2(rect.right(), middle(0)), Align2::RIGHT_CENTER, epoch);
    }
    lines as f32 * LINE_HEIGHT + BOTTOM_MARGIN
}
