//! Sliders for a knob: a straight track and a round dial, which is open at the bottom with the lower end at the
//! left. Both have a groove, a handle and indicators: where the neuron's weighted sum is 0, where the loss is
//! lowest, and how a small change of the knob affects a number.

use egui::{Color32, Painter, Pos2, Rangef, Rect, Shape, Stroke, StrokeKind, Vec2, pos2, vec2};

use crate::theme::ColorTheme;

use super::profile;

/// The state in which a track or a dial is painted. Positions are fractions of the range.
#[derive(Debug, Clone, Copy)]
pub(crate) struct SliderState<'a> {
    /// The position of the handle.
    pub(crate) fraction: f64,
    /// The position of the value 0, if that is within the range.
    pub(crate) zero_fraction: Option<f64>,
    pub(crate) color: Color32,
    pub(crate) is_highlighted: bool,
    pub(crate) is_locked: bool,
    /// The colors of its profile, from the lower to the upper end; `None` for a plain groove.
    pub(crate) profile: Option<&'a [Color32]>,
    /// True if the groove is filled from zero to the handle; false if profiles are shown, even if this slider
    /// has none.
    pub(crate) is_filled: bool,
    /// The position at which its neuron's weighted sum is 0.
    pub(crate) switch_point: Option<RangePosition>,
    /// The position of the lowest loss and the color of its indicator.
    pub(crate) lowest_loss: Option<(f64, Color32)>,
    /// The position of the handle in the snapshot, if that is different now.
    pub(crate) snapshot_fraction: Option<f64>,
}

impl SliderState<'_> {
    /// Returns the color of the groove between zero and the handle.
    fn fill_color(&self, theme: &ColorTheme) -> Color32 {
        let strength = if self.is_highlighted { 0.75 } else { 0.45 };
        ColorTheme::mix(theme.track, self.color, strength)
    }

    /// Paints the handle: a disc, or a square if the slider is locked. `lock_inset` is subtracted from the
    /// side of the square; the stroke of the disc has one of two widths: plain and highlighted.
    fn paint_handle(
        &self,
        painter: &Painter,
        theme: &ColorTheme,
        (center, radius): (Pos2, f32),
        (halo, lock_inset, widths): (f32, f32, [f32; 2]),
    ) {
        if self.is_highlighted {
            painter.circle_filled(center, radius + halo, theme.highlighted(self.color));
        }
        if self.is_locked {
            let square = Rect::from_center_size(center, Vec2::splat(2.0 * radius - lock_inset));
            let stroke = Stroke::new(2.0, theme.faint_text);
            painter.rect(square, 2.0, theme.card, stroke, StrokeKind::Inside);
        } else {
            let stroke = Stroke::new(widths[usize::from(self.is_highlighted)], self.color);
            painter.circle(center, radius - 1.0, theme.card, stroke);
        }
    }
}

/// Paints the position of a handle in the snapshot.
pub(crate) fn paint_snapshot_ring(painter: &Painter, theme: &ColorTheme, center: Pos2, radius: f32) {
    let stroke = Stroke::new(1.5, theme.weak_text);
    painter.circle(center, radius, theme.card, stroke);
}

/// The geometry of a track, which lies along the middle of the slider's rectangle.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct TrackGeometry {
    /// The position of the lower end of the range.
    pub(crate) from: Pos2,
    /// The position of the upper end of the range.
    pub(crate) to: Pos2,
}

/// The radius of the handle of a track, in points.
const TRACK_HANDLE_RADIUS: f32 = 6.5;
/// The thickness of the plain groove of a track, in points.
const TRACK_THICKNESS: f32 = 5.0;
/// The thickness of the groove of a track with a profile, in points.
const PROFILE_THICKNESS: f32 = 7.0;

impl TrackGeometry {
    /// Returns a track along the middle of `rect`, with space for the handle at both ends.
    pub(crate) fn from_rect(rect: Rect) -> Self {
        let y = rect.center().y;
        Self {
            from: pos2(rect.left() + TRACK_HANDLE_RADIUS, y),
            to: pos2(
                (rect.right() - TRACK_HANDLE_RADIUS).max(rect.left() + TRACK_HANDLE_RADIUS + 1.0),
                y,
            ),
        }
    }

    /// Returns the position at a fraction of the range.
    pub(crate) fn pos_at(&self, fraction: f64) -> Pos2 {
        self.from + fraction as f32 * (self.to - self.from)
    }

    pub(crate) fn paint(&self, painter: &Painter, theme: &ColorTheme, state: SliderState<'_>) {
        let Self { from, to } = *self;
        let thickness = if state.profile.is_some() {
            PROFILE_THICKNESS
        } else {
            TRACK_THICKNESS
        };
        let groove = Rect::from_x_y_ranges(
            Rangef::new(from.x - TRACK_HANDLE_RADIUS, to.x + TRACK_HANDLE_RADIUS),
            Rangef::point(from.y).expand(thickness / 2.0),
        );
        let edge = Stroke::new(0.75, theme.track_edge);
        match state.profile {
            Some(colors) => {
                profile::paint_along_rect(painter, groove.shrink(0.5), from.x, to.x, colors);
                painter.rect_stroke(groove, 1.5, edge, StrokeKind::Inside);
            }
            None => {
                let radius = TRACK_THICKNESS / 2.0;
                painter.rect(groove, radius, theme.track, edge, StrokeKind::Inside);
            }
        }
        let handle = self.pos_at(state.fraction);
        if let Some(zero) = state.zero_fraction {
            let x = self.pos_at(zero).x;
            if state.is_filled {
                // From zero to the handle, so that the length shows the value.
                let filled = Rect::from_two_pos(
                    pos2(x, groove.top() + 0.75),
                    pos2(handle.x, groove.bottom() - 0.75),
                );
                painter.rect_filled(filled, 1.0, state.fill_color(theme));
            }
            let tick = Rangef::point(from.y).expand(thickness / 2.0 + 3.5);
            painter.vline(x, tick, Stroke::new(1.0, theme.axis));
        }
        if let Some(switch_point) = state.switch_point {
            let above_groove = groove.top() - 0.5;
            let (tip, direction, color) = match switch_point {
                RangePosition::Within(fraction) => {
                    let tip = pos2(self.pos_at(fraction).x, above_groove + 1.0);
                    (tip, Vec2::DOWN, theme.text)
                }
                RangePosition::Below => {
                    let tip = pos2(groove.left(), above_groove - 4.0);
                    (tip, Vec2::LEFT, theme.weak_text)
                }
                RangePosition::Above => {
                    let tip = pos2(groove.right(), above_groove - 4.0);
                    (tip, Vec2::RIGHT, theme.weak_text)
                }
            };
            paint_tick(painter, tip, direction, color);
        }
        if let Some((fraction, color)) = state.lowest_loss {
            let at = pos2(self.pos_at(fraction).x, groove.bottom() + 5.0);
            paint_lowest_loss(painter, theme, at, color);
        }
        state.paint_handle(
            painter,
            theme,
            (handle, TRACK_HANDLE_RADIUS),
            (4.0, 3.0, [2.25, 3.0]),
        );
        if let Some(fraction) = state.snapshot_fraction {
            paint_snapshot_ring(painter, theme, from.lerp(to, fraction as f32), 3.5);
        }
    }
}

/// The angle that the whole range of a dial takes, in radians.
pub(crate) const DIAL_SWEEP: f64 = 1.5 * std::f64::consts::PI;
/// The thickness of the groove of a dial, in points.
const DIAL_THICKNESS: f32 = 4.5;
/// The radius of the handle of a dial, in points.
const DIAL_HANDLE_RADIUS: f32 = 5.0;
/// The space around the groove of a dial for handle and ticks, in points.
const DIAL_MARGIN: f32 = 8.0;

#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct DialGeometry {
    pub(crate) center: Pos2,
    /// The distance from the center to the middle of the groove, in points.
    pub(crate) radius: f32,
}

impl DialGeometry {
    /// Returns the largest dial at the top of `rect` with space for its handle and ticks, of a radius from 6
    /// to `max_radius` points.
    pub(crate) fn from_rect(rect: Rect, max_radius: f32) -> Self {
        let radius = (rect.width() / 2.0 - DIAL_MARGIN).clamp(6.0, max_radius);
        Self {
            center: pos2(rect.center().x, rect.top() + DIAL_MARGIN + radius),
            radius,
        }
    }

    /// Returns the height of a dial of this radius with all its ticks, in points.
    pub(crate) fn height(radius: f32) -> f32 {
        // The ends of the arc are higher than the bottom of a full circle: sin 45° = 0.71.
        DIAL_MARGIN + radius + 0.71 * radius + DIAL_HANDLE_RADIUS + 2.0
    }

    /// Returns the position on the groove at a fraction of the range.
    pub(crate) fn pos_at(&self, fraction: f64) -> Pos2 {
        self.center + self.radius * Self::direction(fraction)
    }

    /// Returns the unit vector from the center to a fraction of the range.
    fn direction(fraction: f64) -> Vec2 {
        Vec2::angled((0.75 * std::f64::consts::PI + DIAL_SWEEP * fraction) as f32)
    }

    /// Returns the radius of the cap, within which the dial is turned by dragging up and down.
    pub(crate) fn cap_radius(&self) -> f32 {
        (self.radius - DIAL_HANDLE_RADIUS - 1.0).max(2.0)
    }

    /// Returns the outer radius; between the cap and this radius the dial is turned by dragging around its
    /// center.
    pub(crate) fn outer_radius(&self) -> f32 {
        self.radius + DIAL_HANDLE_RADIUS + 1.0
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

    pub(crate) fn paint(&self, painter: &Painter, theme: &ColorTheme, state: SliderState<'_>) {
        let Self { center, radius } = *self;
        let edges = [radius - DIAL_THICKNESS / 2.0, radius + DIAL_THICKNESS / 2.0];
        match state.profile {
            Some(colors) => {
                let pos_at = |fraction| self.pos_at(fraction);
                profile::paint_along_arc(painter, center, DIAL_THICKNESS, pos_at, colors);
                // These lines soften the hard edges of the colors.
                for edge in edges {
                    let stroke = Stroke::new(0.75, theme.track_edge);
                    painter.add(Shape::line(self.arc(edge, 0.0, 1.0), stroke));
                }
            }
            None => {
                let groove = Stroke::new(DIAL_THICKNESS, theme.track);
                painter.add(Shape::line(self.arc(radius, 0.0, 1.0), groove));
            }
        }
        if let Some(zero) = state.zero_fraction {
            if state.is_filled && (state.fraction - zero).abs() > 1e-3 {
                let stroke = Stroke::new(DIAL_THICKNESS - 1.0, state.fill_color(theme));
                painter.add(Shape::line(self.arc(radius, zero, state.fraction), stroke));
            }
            let direction = Self::direction(zero);
            let tick = [edges[0] - 2.0, edges[1] + 2.0].map(|end| center + end * direction);
            painter.line_segment(tick, Stroke::new(1.0, theme.axis));
        }
        if let Some(switch_point) = state.switch_point {
            let beyond_end = |end, orientation: f32| {
                let direction = Self::direction(end);
                let onward = -orientation * direction.rot90();
                let outside = edges[1] + 4.0;
                let tip = center + outside * direction + 2.0 * onward;
                (tip, onward, theme.weak_text)
            };
            let (tip, direction, color) = match switch_point {
                RangePosition::Within(fraction) => {
                    let direction = Self::direction(fraction);
                    let outside = edges[1] - 0.5;
                    (center + outside * direction, -direction, theme.text)
                }
                RangePosition::Below => beyond_end(0.0, -1.0),
                RangePosition::Above => beyond_end(1.0, 1.0),
            };
            paint_tick(painter, tip, direction, color);
        }
        if let Some((fraction, color)) = state.lowest_loss {
            let inside = edges[0] - 3.0;
            paint_lowest_loss(painter, theme, center + inside * Self::direction(fraction), color);
        }
        if let Some(fraction) = state.snapshot_fraction {
            paint_snapshot_ring(painter, theme, self.pos_at(fraction), 3.0);
        }
        state.paint_handle(
            painter,
            theme,
            (self.pos_at(state.fraction), DIAL_HANDLE_RADIUS),
            (3.0, 2.0, [2.0, 2.75]),
        );
    }
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum RangePosition {
    /// At this fraction of the range.
    Within(f64),
    /// Below the lower end.
    Below,
    /// Above the upper end.
    Above,
}

/// The effect of a small change of a knob.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum SensitivityArrow {
    /// The slope: the change of the number per unit of the knob.
    Slope(f64),
    /// There is no slope, because the number depends on the knob through a step function.
    Step,
}

#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(crate) struct KnobIndicators {
    /// The position at which the neuron's weighted sum is 0.
    pub(crate) switch_point: Option<RangePosition>,
    /// The effect of a small change on the neuron's number or on the loss.
    pub(crate) arrow: Option<SensitivityArrow>,
    /// The fraction of the range at which the loss is lowest.
    pub(crate) lowest_loss: Option<f64>,
}

/// Half the width of the tick at a switch point, in points.
const TICK_HALF_WIDTH: f32 = 3.5;

/// Paints a filled triangle with its tip at `tip` that points along the unit vector `direction`.
pub(crate) fn paint_tick(painter: &Painter, tip: Pos2, direction: Vec2, color: Color32) {
    let base = tip - 1.6 * TICK_HALF_WIDTH * direction;
    let aside = TICK_HALF_WIDTH * direction.rot90();
    let corners = vec![tip, base + aside, base - aside];
    painter.add(Shape::convex_polygon(corners, color, Stroke::NONE));
}

/// Paints the indicator of the lowest loss: a small diamond with a border, visible on every color.
pub(crate) fn paint_lowest_loss(painter: &Painter, theme: &ColorTheme, center: Pos2, color: Color32) {
    const HALF_DIAGONAL: f32 = 4.25;
    let corners = vec![
        center + vec2(0.0, -HALF_DIAGONAL),
        center + vec2(HALF_DIAGONAL, 0.0),
        center + vec2(0.0, HALF_DIAGONAL),
        center + vec2(-HALF_DIAGONAL, 0.0),
    ];
    painter.add(Shape::convex_polygon(
        corners,
        color,
        Stroke::new(1.25, theme.card),
    ));
}

impl SensitivityArrow {
    /// Returns the signed length of the arrow, from −1 to 1: 0.62 for a slope of 1, and at least 0.18 for a
    /// small one.
    fn length(self) -> f32 {
        match self {
            Self::Slope(slope) if slope.is_finite() && slope != 0.0 => {
                let size = slope.abs();
                let share = (size / (size + 1.0)).powf(0.7).max(0.18);
                share.copysign(slope) as f32
            }
            Self::Slope(_) | Self::Step => 0.0,
        }
    }

    /// Paints the indicator centered at `center`, at most `max_length` points long: an arrow to the right if
    /// raising the knob raises the number, to the left if it lowers it; a dot if there is no effect, and a
    /// stair if there is no slope.
    pub(crate) fn paint(
        self,
        painter: &Painter,
        theme: &ColorTheme,
        center: Pos2,
        max_length: f32,
        color: Color32,
    ) {
        match self {
            Self::Step => {
                let (width, height) = (4.0, 2.5);
                let stair = vec![
                    center + vec2(-width, height),
                    center + vec2(0.0, height),
                    center + vec2(0.0, -height),
                    center + vec2(width, -height),
                ];
                painter.add(Shape::line(stair, Stroke::new(1.25, theme.faint_text)));
            }
            Self::Slope(slope) if slope == 0.0 || !slope.is_finite() => {
                painter.circle_filled(center, 1.25, theme.faint_text);
            }
            Self::Slope(_) => {
                let shaft = vec2(self.length() * max_length, 0.0);
                let (tail, tip) = (center - shaft / 2.0, center + shaft / 2.0);
                // Keep a visible part of the shaft of a short arrow.
                let head = (0.55 * shaft.length()).clamp(1.75, 3.0);
                let back = head * shaft.normalized();
                let aside = vec2(0.0, 0.9 * head);
                let stroke = Stroke::new(1.5, color);
                painter.line_segment([tail, tip], stroke);
                painter.add(Shape::line(
                    vec![tip - back - aside, tip, tip - back + aside],
                    stroke,
                ));
            }
        }
    }
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

    #[test]
    fn a_steeper_slope_has_a_longer_arrow_of_at_most_length_1() {
        let lengths =
            [0.01, 0.3, 1.0, 2.0, 3.0, 50.0, 1e12].map(|slope| SensitivityArrow::Slope(slope).length());
        assert!(lengths.windows(2).all(|pair| pair[0] < pair[1]), "{lengths:?}");
        assert!(lengths.iter().all(|length| (0.1..=1.0).contains(length)));
        assert_eq!(
            SensitivityArrow::Slope(-2.0).length(),
            -SensitivityArrow::Slope(2.0).length()
        );
        assert_eq!(SensitivityArrow::Slope(f64::NAN).length(), 0.0);
    }
}
