//! The rectangle between two axes: from values to screen positions.

use egui::{Pos2, Rect, pos2};

use super::Axis;

/// The distance to which a line is drawn outside the plot area, in points: its end must be neither visible
/// nor within reach of the pointer.
const MAX_OVERHANG: f32 = 24.0;
/// The minimum distance between two points of a line, in points; closer points are merged.
const MIN_POINT_DISTANCE: f32 = 0.35;

/// A rectangle on the screen and the axes of the values that it shows.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct PlotArea {
    /// The rectangle on the screen, in points.
    pub(crate) rect: Rect,
    /// The horizontal axis.
    pub(crate) x: Axis,
    /// The vertical axis.
    pub(crate) y: Axis,
}

impl PlotArea {
    /// Returns the x coordinate on the screen for a value, finite even if the value isn't.
    pub(crate) fn screen_from_x(&self, value: f64) -> f32 {
        self.rect.left() + self.x.fraction(value) as f32 * self.rect.width()
    }

    /// Returns the y coordinate on the screen for a value, finite even if the value isn't.
    pub(crate) fn screen_from_y(&self, value: f64) -> f32 {
        self.rect.bottom() - self.y.fraction(value) as f32 * self.rect.height()
    }

    /// Returns the position on the screen for a point in values.
    pub(crate) fn screen_from_plot(&self, point: [f64; 2]) -> Pos2 {
        pos2(self.screen_from_x(point[0]), self.screen_from_y(point[1]))
    }

    /// Returns the position on the screen for a point in values, moved to the nearest edge if it is outside.
    pub(crate) fn clamped_screen_from_plot(&self, point: [f64; 2]) -> Pos2 {
        self.screen_from_plot(point).clamp(self.rect.min, self.rect.max)
    }

    /// True if a value is within the range of the horizontal axis.
    pub(crate) fn contains_x(&self, value: f64) -> bool {
        (self.x.range[0]..=self.x.range[1]).contains(&value)
    }

    /// Returns the y coordinate of the zero line, or of the nearest edge if 0 is outside the range.
    pub(crate) fn zero_line_y(&self) -> f32 {
        let [low, high] = self.y.range;
        self.screen_from_y(0.0_f64.max(low.min(high)).min(high.max(low)))
    }

    /// Returns the line on the screen through `points`, ordered by x: cut where it leaves the plot area at
    /// the top or bottom, and without points that are too close to tell apart.
    pub(crate) fn line(&self, points: &[[f64; 2]]) -> Vec<Pos2> {
        let [low, high] = self.y.range;
        let overhang = f64::from(MAX_OVERHANG / self.rect.height().max(1.0)) * (high - low);
        let (low, high) = (low - overhang, high + overhang);
        let mut line = Vec::with_capacity(points.len().min(2 * self.rect.width() as usize));
        let mut before: Option<[f64; 2]> = None;
        for &point in points {
            if let Some(before) = before {
                let mut cuts = [low, high].map(|edge| crossing_at_height(before, point, edge));
                if before[1] > point[1] {
                    cuts.reverse();
                }
                for cut in cuts.into_iter().flatten() {
                    push_point(&mut line, self.screen_from_plot(cut), false);
                }
            }
            let inside = [point[0], point[1].max(low).min(high)];
            push_point(&mut line, self.screen_from_plot(inside), before.is_none());
            before = Some(point);
        }
        if let Some(last) = points.last() {
            push_point(
                &mut line,
                self.screen_from_plot([last[0], last[1].max(low).min(high)]),
                true,
            );
        }
        line
    }
}

/// Returns the points that are at least `min_distance` points away from the one before, and the last point.
pub(crate) fn spaced_points(points: impl IntoIterator<Item = Pos2>, min_distance: f32) -> Vec<Pos2> {
    let mut spaced: Vec<Pos2> = Vec::new();
    let mut left_out = None;
    for point in points {
        let is_near = spaced
            .last()
            .is_some_and(|last| last.distance(point) < min_distance);
        left_out = is_near.then_some(point);
        if !is_near {
            spaced.push(point);
        }
    }
    spaced.extend(left_out);
    spaced
}

/// Returns the point where the segment between two points crosses the height `edge`, or `None` if it doesn't.
fn crossing_at_height(from: [f64; 2], to: [f64; 2], edge: f64) -> Option<[f64; 2]> {
    if (from[1] < edge) == (to[1] < edge) {
        return None;
    }
    let fraction = (edge - from[1]) / (to[1] - from[1]);
    fraction
        .is_finite()
        .then(|| [from[0] + fraction * (to[0] - from[0]), edge])
}

/// Appends a point to a line unless it is too close to the last one; `is_required` appends it anyway.
fn push_point(line: &mut Vec<Pos2>, point: Pos2, is_required: bool) {
    if is_required
        || line
            .last()
            .is_none_or(|last| last.distance(point) >= MIN_POINT_DISTANCE)
    {
        line.push(point);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn test_area() -> PlotArea {
        PlotArea {
            rect: Rect::from_min_max(pos2(0.0, 0.0), pos2(100.0, 100.0)),
            x: Axis::linear([-5.0, 5.0]),
            y: Axis::linear([0.0, 10.0]),
        }
    }

    #[test]
    fn a_line_that_leaves_the_plot_area_keeps_its_slope() {
        let line = test_area().line(&[[-5.0, 5.0], [5.0, 1e300]]);
        // The line is almost vertical, so it leaves at the left edge instead of crossing the plot area at a
        // slant.
        assert!(
            line.iter()
                .filter(|point| point.y >= 0.0)
                .all(|point| point.x < 1.0),
            "{line:?}"
        );
        assert!(
            line.iter()
                .all(|point| point.x.is_finite() && point.y.is_finite())
        );
    }

    #[test]
    fn a_jump_is_drawn_as_a_vertical_line() {
        let line = test_area().line(&[[-5.0, 0.0], [0.0, 0.0], [0.0_f64.next_up(), 1.0], [5.0, 1.0]]);
        assert_eq!(
            line,
            [
                pos2(0.0, 100.0),
                pos2(50.0, 100.0),
                pos2(50.0, 90.0),
                pos2(100.0, 90.0),
                pos2(100.0, 90.0)
            ]
        );
    }

    #[test]
    fn huge_and_non_finite_values_have_finite_positions() {
        let plot_area = test_area();
        for value in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, f64::MAX] {
            assert!(plot_area.screen_from_plot([value, value]).is_finite());
        }
    }

    #[test]
    fn spaced_points_keep_both_ends() {
        let points = (0..=10_u8).map(|x| pos2(f32::from(x), 0.0));
        let spaced = spaced_points(points, 4.0);
        assert_eq!(spaced, [0.0, 4.0, 8.0, 10.0].map(|x| pos2(x, 0.0)));
    }
}
