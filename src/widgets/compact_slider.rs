//! A small slider in a box, with name and value above the track.

use std::sync::Arc;

use egui::text::LayoutJob;
use egui::{FontId, Galley, Painter, Pos2, Rangef, Rect, Stroke, StrokeKind, pos2, vec2};

use crate::theme::ColorTheme;

/// The height of a compact slider, in points.
pub(crate) const HEIGHT: f32 = 30.0;
/// The horizontal margin inside the box, in points.
const MARGIN: f32 = 6.0;
/// The radius of the handle, in points.
const HANDLE_RADIUS: f32 = 4.0;
/// The height of the lower part that reacts as a slider, in points.
const TRACK_HEIGHT: f32 = 13.0;

/// The geometry of a compact slider.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CompactSliderGeometry {
    /// The whole box.
    pub rect: Rect,
    /// The rectangle of name and value.
    pub text: Rect,
    /// The lower end of the track.
    pub from: Pos2,
    /// The upper end of the track.
    pub to: Pos2,
}

impl CompactSliderGeometry {
    /// Returns the geometry of a compact slider that fills `rect`.
    pub fn from_rect(rect: Rect) -> Self {
        let y = rect.bottom() - 7.0;
        let left = rect.left() + MARGIN + HANDLE_RADIUS;
        Self {
            rect,
            text: Rect::from_min_max(
                pos2(rect.left() + MARGIN, rect.top()),
                pos2(rect.right() - MARGIN, rect.bottom() - TRACK_HEIGHT + 2.0),
            ),
            from: pos2(left, y),
            to: pos2((rect.right() - MARGIN - HANDLE_RADIUS).max(left + 1.0), y),
        }
    }

    /// Returns the position on the track at a fraction of the range.
    pub fn pos_at(&self, fraction: f64) -> Pos2 {
        self.from + fraction as f32 * (self.to - self.from)
    }

    /// Returns the part above the track, where a click edits the number.
    pub(crate) fn number_rect(&self) -> Rect {
        self.rect.with_max_y(self.rect.bottom() - TRACK_HEIGHT)
    }
}

/// The state in which a compact slider is painted.
#[derive(Debug, Clone, Copy)]
pub(crate) struct CompactSliderState<'a> {
    /// The name before the value.
    pub(crate) name: &'a str,
    /// The value as text.
    pub(crate) value: &'a str,
    /// The position of the handle, 0 to 1.
    pub(crate) fraction: f64,
    /// True if the pointer is on it or drags it.
    pub(crate) is_highlighted: bool,
}

/// Paints a compact slider.
pub(crate) fn paint(
    painter: &Painter,
    theme: &ColorTheme,
    geometry: CompactSliderGeometry,
    state: CompactSliderState<'_>,
    font: FontId,
) {
    let CompactSliderGeometry { rect, text, from, to } = geometry;
    let edge = Stroke::new(1.0, theme.track_edge);
    let background = if state.is_highlighted {
        theme.track
    } else {
        theme.card
    };
    painter.rect(rect, 5.0, background, edge, StrokeKind::Inside);
    let galley = layout_text(painter, theme, state, font, text.width());
    let at = pos2(text.left(), text.center().y - galley.size().y / 2.0);
    painter.galley(at, galley, theme.text);
    let groove = Rect::from_x_y_ranges(from.x..=to.x, Rangef::point(from.y).expand(1.5));
    painter.rect_filled(groove.expand2(vec2(1.5, 0.0)), 1.5, theme.track_edge);
    let handle = geometry.pos_at(state.fraction.clamp(0.0, 1.0));
    let filled = groove.with_max_x(handle.x);
    painter.rect_filled(filled.expand2(vec2(1.5, 0.0)), 1.5, theme.accent);
    if state.is_highlighted {
        painter.circle_filled(handle, HANDLE_RADIUS + 2.5, theme.highlighted(theme.accent));
    }
    painter.circle(
        handle,
        HANDLE_RADIUS - 0.5,
        theme.card,
        Stroke::new(1.75, theme.accent),
    );
}

/// Lays out name and value on one line.
fn layout_text(
    painter: &Painter,
    theme: &ColorTheme,
    state: CompactSliderState<'_>,
    font: FontId,
    width: f32,
) -> Arc<Galley> {
    let mut job = LayoutJob::default();
    let mut add = |text: &str, color| {
        let format = egui::TextFormat {
            font_id: font.clone(),
            color,
            ..Default::default()
        };
        job.append(text, 0.0, format);
    };
    add(state.name, theme.weak_text);
    add(" ", theme.weak_text);
    add(state.value, theme.text);
    job.wrap = egui::text::TextWrapping::truncate_at_width(width);
    painter.layout_job(job)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_track_is_below_the_number_and_within_the_box() {
        for width in [60.0, 106.0, 240.0] {
            let rect = Rect::from_min_size(pos2(20.0, 30.0), vec2(width, HEIGHT));
            let geometry = CompactSliderGeometry::from_rect(rect);
            for fraction in [0.0, 0.3, 1.0] {
                let at = geometry.pos_at(fraction);
                assert!(rect.shrink(HANDLE_RADIUS).contains(at));
                assert!(!geometry.number_rect().contains(at) && !geometry.text.contains(at));
            }
            assert!(geometry.number_rect().contains(geometry.text.center()));
        }
    }
}
