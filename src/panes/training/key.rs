//! Which line is which on paper, and how far the losses have come.

use egui::{Align2, Painter, Rect, pos2};

use neurodial_core::learning::{Measured, Record};
use crate::look::type_scale;
use crate::panes::Scene;
use neurodial_core::words::fixed;

use super::plot;
use super::readout::loss_text;

/// The height of a line, and the room under all of them, in points.
const LINE: f32 = 17.0;
const FOOT: f32 = 5.0;
/// How long the sample of a line is, in points.
const SAMPLE: f32 = 24.0;

/// Draws it at the top of `rect`; gives back how high it is, in points.
pub fn key_ui(painter: &Painter, scene: &Scene<'_>, record: &Record, rect: Rect) -> f32 {
    let look = scene.look;
    let middle = |line: usize| rect.top() + (line as f32 + 0.5) * LINE;
    let text = |at, align, words: String| painter.text(at, align, words, type_scale::small(), look.ink);
    let sides = [("train", Some(record.train)), ("test", record.test)];
    let mut lines = 0;
    let mut right = rect.left();
    for (name, measured) in sides {
        let Some(Measured { loss, accuracy }) = measured else {
            continue;
        };
        let y = middle(lines);
        let sample = [pos2(rect.left(), y), pos2(rect.left() + SAMPLE, y)];
        if name == "test" {
            painter.extend(plot::test_line(look, &sample));
        } else {
            painter.line_segment(sample, plot::train_stroke(look));
        }
        let part = accuracy.map_or_else(String::new, |part| {
            format!(", {} % right", fixed(100.0 * part, 1))
        });
        let words = format!("{name} {}{part}", loss_text(scene, loss));
        let place = text(pos2(sample[1].x + 6.0, y), Align2::LEFT_CENTER, words);
        right = right.max(place.right());
        lines += 1;
    }
    let epoch = format!("epoch {}", record.epoch);
    let galley = painter.layout_no_wrap(epoch.clone(), type_scale::small(), look.ink);
    // Where there is no room beside the others it has a line of its own.
    if right + 16.0 + galley.size().x > rect.right() {
        text(pos2(rect.left(), middle(lines)), Align2::LEFT_CENTER, epoch);
        lines += 1;
    } else {
        text(pos2(rect.right(), middle(0)), Align2::RIGHT_CENTER, epoch);
    }
    lines as f32 * LINE + FOOT
}
