//! A small slider in a box, with its name and its value over it.

use std::sync::Arc;

use egui::text::LayoutJob;
use egui::{FontId, Galley, Painter, Pos2, Rangef, Rect, Stroke, StrokeKind, pos2, vec2};

use crate::look::Look;

/// The height of a gauge, in points.
pub const HEIGHT: f32 = 30.0;
/// From the side of the box to what is in it, in points.
const MARGIN: f32 = 6.0;
/// The radius of the handle, in points.
const HANDLE: f32 = 4.0;
/// The height of the part that is the rail, in points.
const RAIL: f32 = 13.0;

/// Where the parts of a gauge are.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct GaugeGeometry {
    /// All of it.
    pub rect: Rect,
    /// Where name and value stand.
    pub text: Rect,
    /// The lower end of the rail.
    pub from: Pos2,
    /// The upper end.
    pub to: Pos2,
}

impl GaugeGeometry {
    /// A gauge that fills `rect`.
    pub fn within(rect: Rect) -> Self {
        let y = rect.bottom() - 7.0;
        let left = rect.left() + MARGIN + HANDLE;
        Self {
            rect,
            text: Rect::from_min_max(
                pos2(rect.left() + MARGIN, rect.top()),
                pos2(rect.right() - MARGIN, rect.bottom() - RAIL + 2.0),
            ),
            from: pos2(left, y),
            to: pos2((rect.right() - MARGIN - HANDLE).max(left + 1.0), y),
        }
    }

    /// The place of a fraction of the way.
    pub fn at(&self, fraction: f64) -> Pos2 {
        self.from + fraction as f32 * (self.to - self.from)
    }

    /// How much of the way the pointer went from one point to another.
    pub fn fraction(&self, from: Pos2, to: Pos2) -> f64 {
        (f64::from(to.x) - f64::from(from.x)) / f64::from(self.to.x - self.from.x)
    }

    /// Whether a press there takes the rail, and not the number over it.
    pub fn is_on_rail(&self, pos: Pos2) -> bool {
        self.rect.contains(pos) && pos.y >= self.rect.bottom() - RAIL
    }
}

/// How a gauge looks now.
#[derive(Debug, Clone, Copy)]
pub struct GaugeState<'a> {
    /// What stands before the value.
    pub name: &'a str,
    /// The value in words.
    pub value: &'a str,
    /// Where the handle is, 0 to 1.
    pub fraction: f64,
    /// Whether the pointer is on it, or turns it.
    pub is_lit: bool,
}

/// Paints a gauge.
pub fn paint(painter: &Painter, look: &Look, geometry: GaugeGeometry, state: GaugeState<'_>, font: FontId) {
    let GaugeGeometry { rect, text, from, to } = geometry;
    let edge = Stroke::new(1.0, look.track_edge);
    let ground = if state.is_lit { look.track } else { look.card };
    painter.rect(rect, 5.0, ground, edge, StrokeKind::Inside);
    let galley = words(painter, look, state, font, text.width());
    let at = pos2(text.left(), text.center().y - galley.size().y / 2.0);
    painter.galley(at, galley, look.ink);
    let groove = Rect::from_x_y_ranges(from.x..=to.x, Rangef::point(from.y).expand(1.5));
    painter.rect_filled(groove.expand2(vec2(1.5, 0.0)), 1.5, look.track_edge);
    let handle = geometry.at(state.fraction.clamp(0.0, 1.0));
    let way = groove.with_max_x(handle.x);
    painter.rect_filled(way.expand2(vec2(1.5, 0.0)), 1.5, look.accent);
    if state.is_lit {
        painter.circle_filled(handle, HANDLE + 2.5, look.tint(look.accent));
    }
    painter.circle(handle, HANDLE - 0.5, look.card, Stroke::new(1.75, look.accent));
}

/// Name and value on a line.
fn words(painter: &Painter, look: &Look, state: GaugeState<'_>, font: FontId, width: f32) -> Arc<Galley> {
    let mut job = LayoutJob::default();
    let mut add = |text: &str, color| {
        let format = egui::TextFormat {
            font_id: font.clone(),
            color,
            ..Default::default()
        };
        job.append(text, 0.0, format);
    };
    add(state.name, look.ink_soft);
    add(" ", look.ink_soft);
    add(state.value, look.ink);
    job.wrap = egui::text::TextWrapping::truncate_at_width(width);
    painter.layout_job(job)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rail_lies_under_the_number_and_within_the_box() {
        for width in [60.0, 106.0, 240.0] {
            let rect = Rect::from_min_size(pos2(20.0, 30.0), vec2(width, HEIGHT));
            let geometry = GaugeGeometry::within(rect);
            for fraction in [0.0, 0.3, 1.0] {
                let at = geometry.at(fraction);
                assert!(rect.shrink(HANDLE).contains(at));
                assert!(geometry.is_on_rail(at) && !geometry.text.contains(at));
                assert!((geometry.fraction(geometry.from, at) - fraction).abs() < 1e-6);
            }
            assert!(!geometry.is_on_rail(geometry.text.center()));
        }
    }
}
