//! The bars that show numbers, and their legend.

use egui::{Align2, Color32, Painter, Rect, Stroke, StrokeKind, pos2, vec2};

use crate::theme::{ColorTheme, type_scale};

/// The thickness of a bar, in points.
pub(crate) const THICKNESS: f32 = 10.0;

/// Draws the legend of the bars in a line with its center at `middle`.
pub(crate) fn bar_legend_ui(painter: &Painter, theme: &ColorTheme, middle: f32) {
    let entries = [
        ("adds", theme.positive, false),
        ("takes away", theme.negative, true),
        ("bias", theme.weak_text, false),
    ];
    let mut left = 8.0;
    for (label, color, is_hatched) in entries {
        let bar = Rect::from_min_size(pos2(left, middle - THICKNESS / 2.0), vec2(20.0, THICKNESS));
        self::bar_ui(painter, theme, bar, color, is_hatched);
        let at = pos2(bar.right() + 5.0, middle);
        let text = painter.text(at, Align2::LEFT_CENTER, label, type_scale::small(), theme.text);
        left = text.right() + 16.0;
    }
}

/// Draws a bar. Bars of negative numbers are hatched, so that they differ without color.
pub(crate) fn bar_ui(painter: &Painter, theme: &ColorTheme, bar: Rect, color: Color32, is_hatched: bool) {
    if !is_hatched {
        painter.rect_filled(bar, 0.0, color);
        return;
    }
    let inner = bar.shrink(0.6);
    painter.rect(bar, 0.0, theme.card, Stroke::new(1.2, color), StrokeKind::Inside);
    const PITCH: f32 = 4.5;
    let height = inner.height();
    let mut start = inner.left() - height + PITCH / 2.0;
    while start < inner.right() {
        // From the lower left to the upper right, cut off at both sides.
        let from = start.max(inner.left());
        let to = (start + height).min(inner.right());
        if to > from {
            let ends = [
                pos2(from, inner.bottom() - (from - start)),
                pos2(to, inner.bottom() - (to - start)),
            ];
            painter.line_segment(ends, Stroke::new(1.1, color));
        }
        start += PITCH;
    }
}
