//! A round slider, open at the bottom, with the lower end at the left.

use egui::{Color32, Painter, Pos2, Rect, Shape, Stroke, StrokeKind, Vec2, pos2};

use crate::theme::ColorTheme;

use super::indicators::{self, RangePosition};
use super::profile;

/// The angle that the whole range takes, in radians.
pub(crate) const SWEEP: f64 = 1.5 * std::f64::consts::PI;
/// The thickness of the groove, in points.
const GROOVE_THICKNESS: f32 = 4.5;
/// The radius of the handle, in points.
const HANDLE_RADIUS: f32 = 5.0;
/// The space around the groove for handle and ticks, in points.
const MARGIN: f32 = 8.0;

/// The geometry of a dial.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct DialGeometry {
    /// The center.
    pub(crate) center: Pos2,
    /// The distance from the center to the middle of the groove, in points.
    pub(crate) radius: f32,
}

impl DialGeometry {
    /// Returns the largest dial at the top of `rect` with space for its handle and ticks, of a radius from 6
    /// to `max_radius` points.
    pub(crate) fn from_rect(rect: Rect, max_radius: f32) -> Self {
        let radius = (rect.width() / 2.0 - MARGIN).clamp(6.0, max_radius);
        Self {
            center: pos2(rect.center().x, rect.top() + MARGIN + radius),
            radius,
        }
    }

    /// Returns the height of a dial of this radius with all its ticks, in points.
    pub(crate) fn height(radius: f32) -> f32 {
        // The ends of the arc are higher than the bottom of a full circle: sin 45° = 0.71.
        MARGIN + radius + 0.71 * radius + HANDLE_RADIUS + 2.0
    }

    /// Returns the position on the groove at a fraction of the range.
    pub(crate) fn pos_at(&self, fraction: f64) -> Pos2 {
        self.center + self.radius * Self::direction(fraction)
    }

    /// Returns the unit vector from the center to a fraction of the range.
    fn direction(fraction: f64) -> Vec2 {
        Vec2::angled((0.75 * std::f64::consts::PI + SWEEP * fraction) as f32)
    }

    /// Returns the radius of the cap, within which the dial is turned by dragging up and down.
    pub(crate) fn cap_radius(&self) -> f32 {
        (self.radius - HANDLE_RADIUS - 1.0).max(2.0)
    }

    /// Returns the outer radius; between the cap and this radius the dial is turned by dragging around its
    /// center.
    pub(crate) fn outer_radius(&self) -> f32 {
        self.radius + HANDLE_RADIUS + 1.0
    }

    /// Returns the middle of the gap at the bottom.
    pub(crate) fn gap_center(&self) -> Pos2 {
        self.center + Vec2::new(0.0, 0.76 * self.radius)
    }

    /// Returns the points of an arc between two fractions of the range.
    fn arc(&self, radius: f32, from: f64, to: f64) -> Vec<Pos2> {
        let steps = ((to - from).abs() * 36.0).ceil().max(1.0);
        let fractions = (0..=steps as usize).map(|step| from + (to - from) * step as f64 / steps);
        fractions
            .map(|fraction| self.center + radius * Self::direction(fraction))
            .collect()
    }
}

/// The state in which a dial is painted.
#[derive(Debug, Clone, Copy)]
pub(crate) struct DialState<'a> {
    /// The position of its handle, 0 to 1.
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
    /// True if the groove is filled from zero to the handle; false if profiles are shown, even if this dial
    /// has none.
    pub(crate) is_filled: bool,
    /// The position at which its neuron's weighted sum is 0.
    pub(crate) switch_point: Option<RangePosition>,
    /// The position of the lowest loss, 0 to 1, and the color of its indicator.
    pub(crate) lowest_loss: Option<(f64, Color32)>,
    /// The position of its handle in the snapshot, 0 to 1, if that is different now.
    pub(crate) snapshot_value: Option<f64>,
}

/// Paints a dial.
pub(crate) fn paint(painter: &Painter, theme: &ColorTheme, geometry: DialGeometry, state: DialState<'_>) {
    let DialGeometry { center, radius } = geometry;
    match state.profile {
        Some(colors) => {
            profile::paint_along_arc(
                painter,
                center,
                GROOVE_THICKNESS,
                |fraction| geometry.pos_at(fraction),
                colors,
            );
            // These lines soften the hard edges of the colors.
            for edge in [radius - GROOVE_THICKNESS / 2.0, radius + GROOVE_THICKNESS / 2.0] {
                let stroke = Stroke::new(0.75, theme.track_edge);
                painter.add(Shape::line(geometry.arc(edge, 0.0, 1.0), stroke));
            }
        }
        None => {
            let groove = Stroke::new(GROOVE_THICKNESS, theme.track);
            painter.add(Shape::line(geometry.arc(radius, 0.0, 1.0), groove));
        }
    }
    if let Some(zero) = state.zero_fraction {
        if state.is_filled && (state.fraction - zero).abs() > 1e-3 {
            let strength = if state.is_highlighted { 0.75 } else { 0.45 };
            let stroke = Stroke::new(
                GROOVE_THICKNESS - 1.0,
                ColorTheme::mix(theme.track, state.color, strength),
            );
            painter.add(Shape::line(geometry.arc(radius, zero, state.fraction), stroke));
        }
        let direction = DialGeometry::direction(zero);
        let ends = [
            radius - GROOVE_THICKNESS / 2.0 - 2.0,
            radius + GROOVE_THICKNESS / 2.0 + 2.0,
        ];
        let tick = ends.map(|end| center + end * direction);
        painter.line_segment(tick, Stroke::new(1.0, theme.axis));
    }
    if let Some(switch_point) = state.switch_point {
        let outside = radius + GROOVE_THICKNESS / 2.0 - 0.5;
        match switch_point {
            RangePosition::Within(fraction) => {
                let direction = DialGeometry::direction(fraction);
                indicators::paint_tick(painter, center + outside * direction, -direction, theme.text);
            }
            RangePosition::Below => paint_tick_beyond_end(painter, theme, geometry, 0.0, -1.0),
            RangePosition::Above => paint_tick_beyond_end(painter, theme, geometry, 1.0, 1.0),
        }
    }
    if let Some((fraction, color)) = state.lowest_loss {
        let inside = radius - GROOVE_THICKNESS / 2.0 - 3.0;
        indicators::paint_lowest_loss(
            painter,
            theme,
            center + inside * DialGeometry::direction(fraction),
            color,
        );
    }
    if let Some(snapshot_fraction) = state.snapshot_value {
        let stroke = Stroke::new(1.5, theme.weak_text);
        painter.circle(geometry.pos_at(snapshot_fraction), 3.0, theme.card, stroke);
    }
    let handle = geometry.pos_at(state.fraction);
    if state.is_highlighted {
        painter.circle_filled(handle, HANDLE_RADIUS + 3.0, theme.tinted(state.color));
    }
    if state.is_locked {
        let square = Rect::from_center_size(handle, Vec2::splat(2.0 * HANDLE_RADIUS - 2.0));
        let stroke = Stroke::new(2.0, theme.faint_text);
        painter.rect(square, 2.0, theme.card, stroke, StrokeKind::Inside);
    } else {
        let width = if state.is_highlighted { 2.75 } else { 2.0 };
        painter.circle(
            handle,
            HANDLE_RADIUS - 1.0,
            theme.card,
            Stroke::new(width, state.color),
        );
    }
}

/// Paints a tick beyond one end of the dial that points away from the range.
fn paint_tick_beyond_end(
    painter: &Painter,
    theme: &ColorTheme,
    geometry: DialGeometry,
    end: f64,
    orientation: f32,
) {
    let direction = DialGeometry::direction(end);
    let outside = geometry.radius + GROOVE_THICKNESS / 2.0 + 4.0;
    let onward = -orientation * direction.rot90();
    indicators::paint_tick(
        painter,
        geometry.center + outside * direction + 2.0 * onward,
        onward,
        theme.weak_text,
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_range_goes_from_the_lower_left_over_the_top_to_the_lower_right() {
        let dial = DialGeometry {
            center: pos2(50.0, 50.0),
            radius: 20.0,
        };
        let (lowest, middle, highest) = (dial.pos_at(0.0), dial.pos_at(0.5), dial.pos_at(1.0));
        assert!(lowest.x < 50.0 && lowest.y > 50.0);
        assert!((middle - pos2(50.0, 30.0)).length() < 1e-3);
        assert!(highest.x > 50.0 && (highest.y - lowest.y).abs() < 1e-3);
    }
}
