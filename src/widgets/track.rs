//! The groove and handle of a slider.

use egui::{Color32, Painter, Pos2, Rangef, Rect, Stroke, StrokeKind, Vec2, pos2};

use crate::look::Look;

use super::marks::{self, Spot};
use super::strip;

/// Where the parts of a track are. A slider's groove lies along the middle of its rectangle.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TrackGeometry {
    /// Where 0 % is.
    pub from: Pos2,
    /// Where 100 % is.
    pub to: Pos2,
}

/// The radius of the handle, in points.
pub const HANDLE: f32 = 6.5;
const GROOVE: f32 = 5.0;
/// How thick a groove is that colours are painted along, in points.
const BROAD_GROOVE: f32 = 7.0;

impl TrackGeometry {
    /// A track along the middle of `rect`, with room for the handle at both ends.
    pub fn within(rect: Rect) -> Self {
        let y = rect.center().y;
        Self {
            from: pos2(rect.left() + HANDLE, y),
            to: pos2((rect.right() - HANDLE).max(rect.left() + HANDLE + 1.0), y),
        }
    }

    /// The place of a fraction of the way.
    pub fn at(&self, fraction: f64) -> Pos2 {
        self.from + fraction as f32 * (self.to - self.from)
    }
}

/// How a track looks now.
#[derive(Debug, Clone, Copy)]
pub struct TrackState<'a> {
    /// Where the handle is, 0 to 1.
    pub fraction: f64,
    /// Where zero is, if it is within the range.
    pub zero: Option<f64>,
    /// The colour of its neuron.
    pub color: Color32,
    /// The pointer is on it or on something about the same.
    pub is_lit: bool,
    /// It can't be turned.
    pub is_locked: bool,
    /// Colours from the lower to the upper end. Where colours tell something else, or nothing, the way from zero is
    /// not filled.
    pub strip: Option<&'a [Color32]>,
    /// Whether the way from zero to the handle is filled.
    pub is_filled: bool,
    /// Where its neuron switches.
    pub flip: Option<Spot>,
    /// Where the loss is least, 0 to 1, and the colour of that mark.
    pub best: Option<(f64, Color32)>,
}

/// Paints a track.
pub fn paint(painter: &Painter, look: &Look, geometry: TrackGeometry, state: TrackState<'_>) {
    let TrackGeometry { from, to } = geometry;
    let thickness = if state.strip.is_some() {
        BROAD_GROOVE
    } else {
        GROOVE
    };
    let groove = Rect::from_x_y_ranges(
        Rangef::new(from.x - HANDLE, to.x + HANDLE),
        Rangef::point(from.y).expand(thickness / 2.0),
    );
    let edge = Stroke::new(0.75, look.track_edge);
    match state.strip {
        Some(colors) => {
            strip::along_rect(painter, groove.shrink(0.5), from.x, to.x, colors);
            painter.rect_stroke(groove, 1.5, edge, StrokeKind::Inside);
        }
        None => {
            painter.rect(groove, GROOVE / 2.0, look.track, edge, StrokeKind::Inside);
        }
    }
    let handle = geometry.at(state.fraction);
    if let Some(zero) = state.zero {
        let x = geometry.at(zero).x;
        if state.is_filled {
            // From zero to the handle, as far as the number is from nothing.
            let filled = Rect::from_two_pos(
                pos2(x, groove.top() + 0.75),
                pos2(handle.x, groove.bottom() - 0.75),
            );
            let strength = if state.is_lit { 0.75 } else { 0.45 };
            painter.rect_filled(filled, 1.0, Look::mix(look.track, state.color, strength));
        }
        let tick = Rangef::point(from.y).expand(thickness / 2.0 + 3.5);
        painter.vline(x, tick, Stroke::new(1.0, look.axis));
    }
    if let Some(flip) = state.flip {
        let over = groove.top() - 0.5;
        match flip {
            Spot::Within(fraction) => {
                let tip = pos2(geometry.at(fraction).x, over + 1.0);
                marks::tick(painter, tip, Vec2::DOWN, look.ink);
            }
            Spot::Below => marks::tick(
                painter,
                pos2(groove.left(), over - 4.0),
                Vec2::LEFT,
                look.ink_soft,
            ),
            Spot::Above => marks::tick(
                painter,
                pos2(groove.right(), over - 4.0),
                Vec2::RIGHT,
                look.ink_soft,
            ),
        }
    }
    if let Some((fraction, color)) = state.best {
        let at = pos2(geometry.at(fraction).x, groove.bottom() + 5.0);
        marks::best(painter, look, at, color);
    }
    if state.is_lit {
        painter.circle_filled(handle, HANDLE + 4.0, look.tint(state.color));
    }
    if state.is_locked {
        let square = Rect::from_center_size(handle, Vec2::splat(2.0 * HANDLE - 3.0));
        let stroke = Stroke::new(2.0, look.ink_faint);
        painter.rect(square, 2.0, look.card, stroke, StrokeKind::Inside);
    } else {
        let width = if state.is_lit { 3.0 } else { 2.25 };
        painter.circle(handle, HANDLE - 1.0, look.card, Stroke::new(width, state.color));
    }
}
