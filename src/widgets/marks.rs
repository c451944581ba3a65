//! What a track or dial tells besides its value: where its neuron switches, where the loss is least, and which way the
//! number goes.

use egui::{Color32, Painter, Pos2, Shape, Stroke, Vec2, vec2};

use crate::look::ColorTheme;

/// Where along a range something happens.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum RangePosition {
    /// At this fraction of the way.
    Within(f64),
    /// Below the lower end.
    Below,
    /// Above the upper end.
    Above,
}

/// What a small turn does.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum SensitivityArrow {
    /// Raising the knob changes the number by so much for one whole.
    Slope(f64),
    /// There is no slope to be told: the way leads through a step.
    Step,
}

/// What is to be told of one knob.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct KnobIndicators {
    /// Where the neuron's sum is 0.
    pub switch_point: Option<RangePosition>,
    /// What a small turn does to the neuron's number, or to the loss.
    pub arrow: Option<SensitivityArrow>,
    /// The fraction of the way at which the loss is least.
    pub lowest_loss: Option<f64>,
}

/// Half the width of the tick at a flip point, in points.
const TICK_HALF_WIDTH: f32 = 3.5;

/// A filled triangle with its tip at `tip`, pointing along `way`, which has length 1.
pub fn paint_tick(painter: &Painter, tip: Pos2, direction: Vec2, color: Color32) {
    let base = tip - 1.6 * TICK_HALF_WIDTH * direction;
    let aside = TICK_HALF_WIDTH * direction.rot90();
    let corners = vec![tip, base + aside, base - aside];
    painter.add(Shape::convex_polygon(corners, color, Stroke::NONE));
}

/// The mark of the best place: a small lozenge with a rim, so that it stands out from every colour.
pub fn paint_lowest_loss(painter: &Painter, theme: &ColorTheme, center: Pos2, color: Color32) {
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
    /// How long it is drawn, from −1 to 1: a slope of 1 is 0.62, and a small one can still be seen.
    pub fn length(self) -> f32 {
        match self {
            Self::Slope(slope) if slope.is_finite() && slope != 0.0 => {
                let size = slope.abs();
                let share = (size / (size + 1.0)).powf(0.7).max(0.18);
                share.copysign(slope) as f32
            }
            Self::Slope(_) | Self::Step => 0.0,
        }
    }

    /// Paints it in the middle of `center`, at most `room` points long: to the right where raising the knob raises the
    /// number, to the left where it lowers it, a dot where it does nothing, and a stair where there is no slope.
    pub fn paint(self, painter: &Painter, theme: &ColorTheme, center: Pos2, max_length: f32, color: Color32) {
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
                let way = vec2(self.length() * max_length, 0.0);
                let (tail, tip) = (center - way / 2.0, center + way / 2.0);
                // Of a short one, something is left to be seen of the shaft.
                let head = (0.55 * way.length()).clamp(1.75, 3.0);
                let back = head * way.normalized();
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
    fn a_steeper_slope_has_a_longer_arrow_that_never_leaves_its_room() {
        let lengths = [0.01, 0.3, 1.0, 2.0, 3.0, 50.0, 1e12].map(|slope| SensitivityArrow::Slope(slope).length());
        assert!(lengths.windows(2).all(|pair| pair[0] < pair[1]), "{lengths:?}");
        assert!(lengths.iter().all(|length| (0.1..=1.0).contains(length)));
        assert_eq!(SensitivityArrow::Slope(-2.0).length(), -SensitivityArrow::Slope(2.0).length());
        assert_eq!(SensitivityArrow::Slope(f64::NAN).length(), 0.0);
    }
}
