//! Which line is which on paper, and how far the losses have come.

use egui::{Align2, Painter, Rect, pos2};

use neurodial_core::learning::{Metrics, EpochMetrics};
use crate::look::type_scale;
use crate::panes::PaneContext;
use neurodial_core::words::format_fixed;

use super::plot;
use super::readout::loss_text;

/// The height of a line, and the room under all of them, in points.
const LINE_HEIGHT: f32 = 17.0;
const BOTTOM_MARGIN: f32 = 5.0;
/// How long the sample of a line is, in points.
const SAMPLE_WIDTH: f32 = 24.0;

/// Draws it at the top of `rect`; gives back how high it is, in points.
pub fn print_legend_ui(painter: &Painter, scene: &PaneContext<'_>, record: &EpochMetrics, rect: Rect) -> f32 {
    let theme = scene.theme;
    let middle = |line: usize| rect.top() + (line as f32 + 0.5) * LINE_HEIGHT;
    let text = |at, align, words: String| painter.text(at, align, words, type_scale::small(), theme.text);
    let curves = [("train", Some(record.train)), ("test", record.test)];
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
        let part = accuracy.map_or_else(String::new, |part| {
            format!(", {} % right", format_fixed(100.0 * part, 1))
        });
        let words = format!("{name} {}{part}", loss_text(scene, loss));
        let place = text(pos2(sample[1].x + 6.0, y), Align2::LEFT_CENTER, words);
        right = right.max(place.right());
        lines += 1;
    }
    let epoch = format!("epoch {}", record.epoch);
    let galley = painter.layout_no_wrap(epoch.clone(), type_scale::small(), theme.text);
    // Where there is no room beside the others it has a line of its own.
    if right + 16.0 + galley.size().x > rect.right() {
        text(pos2(rect.left(), middle(lines)), Align2::LEFT_CENTER, epoch);
        lines += 1;
    } else {
        text(pos2(rect.right(), middle(0)), Align2::RIGHT_CENTER, epoch);
    }
    lines as f32 * LINE_HEIGHT + BOTTOM_MARGIN
}
