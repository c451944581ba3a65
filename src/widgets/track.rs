//! The track and handle of a slider.

use egui::{Color32, Painter, Pos2, Rangef, Rect, Stroke, StrokeKind, Vec2, pos2};

use crate::theme::ColorTheme;

use super::indicators::{self, RangePosition};
use super::profile;

/// The geometry of a track, which lies along the middle of the slider's rectangle.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct TrackGeometry {
    /// The position of the lower end of the range.
    pub(crate) from: Pos2,
    /// The position of the upper end of the range.
    pub(crate) to: Pos2,
}

/// The radius of the handle, in points.
pub(crate) const HANDLE_RADIUS: f32 = 6.5;
/// The thickness of a plain groove, in points.
const GROOVE_THICKNESS: f32 = 5.0;
/// The thickness of a groove with a profile, in points.
const PROFILE_THICKNESS: f32 = 7.0;

impl TrackGeometry {
    /// Returns a track along the middle of `rect`, with space for the handle at both ends.
    pub(crate) fn from_rect(rect: Rect) -> Self {
        let y = rect.center().y;
        Self {
            from: pos2(rect.left() + HANDLE_RADIUS, y),
            to: pos2(
                (rect.right() - HANDLE_RADIUS).max(rect.left() + HANDLE_RADIUS + 1.0),
                y,
            ),
        }
    }

    /// Returns the position at a fraction of the range.
    pub(crate) fn pos_at(&self, fraction: f64) -> Pos2 {
        self.from + fraction as f32 * (self.to - self.from)
    }
}

/// The state in which a track is painted.
#[derive(Debug, Clone, Copy)]
pub(crate) struct TrackState<'a> {
    /// The position of the handle, 0 to 1.
    pub(crate) fraction: f64,
    /// The fraction of the range at the value 0, if that is within the range.
    pub(crate) zero_fraction: Option<f64>,
    /// The color of its neuron.
    pub(crate) color: Color32,
    /// True if it is highlighted.
    pub(crate) is_highlighted: bool,
    /// True if it is locked.
    pub(crate) is_locked: bool,
    /// The colors of its profile, from the lower to the upper end; `None` for a plain groove.
    pub(crate) profile: Option<&'a [Color32]>,
    /// True if the groove is filled from zero to the handle; false if profiles are shown, even if this track
    /// has none.
    pub(crate) is_filled: bool,
    /// The position at which its neuron's weighted sum is 0.
    pub(crate) switch_point: Option<RangePosition>,
    /// The position of the lowest loss, 0 to 1, and the color of its indicator.
    pub(crate) lowest_loss: Option<(f64, Color32)>,
}

/// Paints a track.
pub(crate) fn paint(painter: &Painter, theme: &ColorTheme, geometry: TrackGeometry, state: TrackState<'_>) {
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
            profile::paint_along_rect(painter, groove.shrink(0.5), from.x, to.x, colors);
            painter.rect_stroke(groove, 1.5, edge, StrokeKind::Inside);
        }
        None => {
            painter.rect(
                groove,
                GROOVE_THICKNESS / 2.0,
                theme.track,
                edge,
                StrokeKind::Inside,
            );
        }
    }
    let handle = geometry.pos_at(state.fraction);
    if let Some(zero) = state.zero_fraction {
        let x = geometry.pos_at(zero).x;
        if state.is_filled {
            // From zero to the handle, so that the length shows the value.
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
                indicators::paint_tick(painter, tip, Vec2::DOWN, theme.text);
            }
            RangePosition::Below => indicators::paint_tick(
                painter,
                pos2(groove.left(), above_groove - 4.0),
                Vec2::LEFT,
                theme.weak_text,
            ),
            RangePosition::Above => indicators::paint_tick(
                painter,
                pos2(groove.right(), above_groove - 4.0),
                Vec2::RIGHT,
                theme.weak_text,
            ),
        }
    }
    if let Some((fraction, color)) = state.lowest_loss {
        let at = pos2(geometry.pos_at(fraction).x, groove.bottom() + 5.0);
        indicators::paint_lowest_loss(painter, theme, at, color);
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
        painter.circle(
            handle,
            HANDLE_RADIUS - 1.0,
            theme.card,
            Stroke::new(width, state.color),
        );
    }
}
