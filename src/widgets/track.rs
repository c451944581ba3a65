//! The groove and handle of a slider.

use egui::{Color32, Painter, Pos2, Rangef, Rect, Stroke, StrokeKind, Vec2, pos2};

use crate::look::ColorTheme;

use super::marks::{self, RangePosition};
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
pub const HANDLE_RADIUS: f32 = 6.5;
const GROOVE_THICKNESS: f32 = 5.0;
/// How thick a groove is that colours are painted along, in points.
const PROFILE_THICKNESS: f32 = 7.0;

impl TrackGeometry {
    /// A track along the middle of `rect`, with room for the handle at both ends.
    pub fn from_rect(rect: Rect) -> Self {
        let y = rect.center().y;
        Self {
            from: pos2(rect.left() + HANDLE_RADIUS, y),
            to: pos2((rect.right() - HANDLE_RADIUS).max(rect.left() + HANDLE_RADIUS + 1.0), y),
        }
    }

    /// The place of a fraction of the way.
    pub fn pos_at(&self, fraction: f64) -> Pos2 {
        self.from + fraction as f32 * (self.to - self.from)
    }
}

/// How a track looks now.
#[derive(Debug, Clone, Copy)]
pub struct TrackState<'a> {
    /// Where the handle is, 0 to 1.
    pub fraction: f64,
    /// Where zero is, if it is within the range.
    pub zero_fraction: Option<f64>,
    /// The colour of its neuron.
    pub color: Color32,
    /// The pointer is on it or on something about the same.
    pub is_highlighted: bool,
    /// It can't be turned.
    pub is_locked: bool,
    /// Colours from the lower to the upper end. Where colours tell something else, or nothing, the way from zero is
    /// not filled.
    pub profile: Option<&'a [Color32]>,
    /// Whether the way from zero to the handle is filled.
    pub is_filled: bool,
    /// Where its neuron switches.
    pub switch_point: Option<RangePosition>,
    /// Where the loss is least, 0 to 1, and the colour of that mark.
    pub lowest_loss: Option<(f64, Color32)>,
}

/// Paints a track.
pub fn paint(painter: &Painter, theme: &ColorTheme, geometry: TrackGeometry, state: TrackState<'_>) {
    let TrackGeometry { from, to } = geometry;
    let thickness = if state.profile.is_some() {
        PROFILE_THICKNESS
    } else {
        GROOVE_THICKNESS
    };
    let groove = Rect::from_x_y_ranges(
        Rangef::new(from.x - HANDLE_RADIUS, to.x + HANDLE_RADIUS),
        Rangef::point(from.y).expand(thickness / 2.0),
    );
    let edge = Stroke::new(0.75, theme.track_edge);
    match state.profile {
        Some(colors) => {
            strip::paint_along_rect(painter, groove.shrink(0.5), from.x, to.x, colors);
            painter.rect_stroke(groove, 1.5, edge, StrokeKind::Inside);
        }
        None => {
            painter.rect(groove, GROOVE_THICKNESS / 2.0, theme.track, edge, StrokeKind::Inside);
        }
    }
    let handle = geometry.pos_at(state.fraction);
    if let Some(zero) = state.zero_fraction {
        let x = geometry.pos_at(zero).x;
        if state.is_filled {
            // From zero to the handle, as far as the number is from nothing.
            let filled = Rect::from_two_pos(
                pos2(x, groove.top() + 0.75),
                pos2(handle.x, groove.bottom() - 0.75),
            );
            let strength = if state.is_highlighted { 0.75 } else { 0.45 };
            painter.rect_filled(filled, 1.0, ColorTheme::mix(theme.track, state.color, strength));
        }
        let tick = Rangef::point(from.y).expand(thickness / 2.0 + 3.5);
        painter.vline(x, tick, Stroke::new(1.0, theme.axis));
    }
    if let Some(switch_point) = state.switch_point {
        let above_groove = groove.top() - 0.5;
        match switch_point {
            RangePosition::Within(fraction) => {
                let tip = pos2(geometry.pos_at(fraction).x, above_groove + 1.0);
                marks::paint_tick(painter, tip, Vec2::DOWN, theme.text);
            }
            RangePosition::Below => marks::paint_tick(
                painter,
                pos2(groove.left(), above_groove - 4.0),
                Vec2::LEFT,
                theme.weak_text,
            ),
            RangePosition::Above => marks::paint_tick(
                painter,
                pos2(groove.right(), above_groove - 4.0),
                Vec2::RIGHT,
                theme.weak_text,
            ),
        }
    }
    if let Some((fraction, color)) = state.lowest_loss {
        let at = pos2(geometry.pos_at(fraction).x, groove.bottom() + 5.0);
        marks::paint_lowest_loss(painter, theme, at, color);
    }
    if state.is_highlighted {
        painter.circle_filled(handle, HANDLE_RADIUS + 4.0, theme.tinted(state.color));
    }
    if state.is_locked {
        let square = Rect::from_center_size(handle, Vec2::splat(2.0 * HANDLE_RADIUS - 3.0));
        let stroke = Stroke::new(2.0, theme.faint_text);
        painter.rect(square, 2.0, theme.card, stroke, StrokeKind::Inside);
    } else {
        let width = if state.is_highlighted { 3.0 } else { 2.25 };
        painter.circle(handle, HANDLE_RADIUS - 1.0, theme.card, Stroke::new(width, state.color));
    }
}
