//! Indicators on a track or dial: where the neuron's weighted sum is 0, where the loss is lowest, and how a
//! small change of the knob affects a number.

use egui::{Color32, Painter, Pos2, Shape, Stroke, Vec2, vec2};

use crate::theme::ColorTheme;

/// A position relative to a range.
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

/// The indicators of one knob.
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
    pub(crate) fn length(self) -> f32 {
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
    use super::SensitivityArrow;

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
