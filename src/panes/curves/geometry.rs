//! The geometry of the plot area of the curves, computed from numbers and sizes alone.

use egui::{Pos2, Rect, Vec2, pos2};

use crate::canvas::hit_shape::rect_intersects_segment;
use neurodial_core::text::format_fixed;

/// The distance to which a line is drawn outside the plot area, in points: its end must be neither visible
/// nor within reach of the pointer.
const MAX_OVERHANG: f32 = 24.0;
/// The minimum distance between two points of a line, in points; closer points are merged.
const MIN_POINT_DISTANCE: f32 = 0.35;

/// A rectangle on the screen and the ranges of values that it shows.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct PlotArea {
    /// The rectangle on the screen, in points.
    pub(crate) rect: Rect,
    /// The range of the horizontal axis.
    pub(crate) x_range: [f64; 2],
    /// The range of the vertical axis.
    pub(crate) y_range: [f64; 2],
}

impl PlotArea {
    /// Returns the x coordinate on the screen for a value, finite even if the value isn't.
    pub(crate) fn screen_from_x(&self, value: f64) -> f32 {
        screen_coordinate(value, self.x_range, self.rect.left(), self.rect.right())
    }

    /// Returns the y coordinate on the screen for a value, finite even if the value isn't.
    pub(crate) fn screen_from_y(&self, value: f64) -> f32 {
        screen_coordinate(value, self.y_range, self.rect.bottom(), self.rect.top())
    }

    /// Returns the position on the screen for a point in values.
    pub(crate) fn screen_from_plot(&self, point: [f64; 2]) -> Pos2 {
        pos2(self.screen_from_x(point[0]), self.screen_from_y(point[1]))
    }

    /// True if a value is within the range of the horizontal axis.
    pub(crate) fn contains_x(&self, value: f64) -> bool {
        (self.x_range[0]..=self.x_range[1]).contains(&value)
    }

    /// Returns the y coordinate of the zero line, or of the nearest edge if 0 is outside the range.
    pub(crate) fn zero_line_y(&self) -> f32 {
        let [low, high] = self.y_range;
        self.screen_from_y(0.0_f64.max(low.min(high)).min(high.max(low)))
    }

    /// Returns the line on the screen through `points`, ordered by x: cut where it leaves the plot area at
    /// the top or bottom, and without points that are too close to tell apart.
    pub(crate) fn line(&self, points: &[[f64; 2]]) -> Vec<Pos2> {
        let overhang =
            f64::from(MAX_OVERHANG / self.rect.height().max(1.0)) * (self.y_range[1] - self.y_range[0]);
        let (low, high) = (self.y_range[0] - overhang, self.y_range[1] + overhang);
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

/// Maps a value from the range of an axis to the screen. Values far outside the range are clamped, and NaN is
/// placed in the middle.
fn screen_coordinate(value: f64, [from, to]: [f64; 2], start: f32, end: f32) -> f32 {
    const MAX_FRACTION: f64 = 4.0;
    let fraction = (value - from) / (to - from);
    let fraction = if fraction.is_nan() {
        0.5
    } else {
        fraction.clamp(-MAX_FRACTION, MAX_FRACTION + 1.0)
    };
    start + fraction as f32 * (end - start)
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

/// The ticks of an axis: multiples of 1, 2 or 5 times a power of ten.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct AxisTicks {
    /// The values at the ticks, ascending.
    pub(crate) values: Vec<f64>,
    /// The distance between two ticks.
    pub(crate) step: f64,
}

impl AxisTicks {
    /// Returns the ticks of an axis of `length` points, at least `min_distance` points apart.
    pub(crate) fn new([from, to]: [f64; 2], length: f32, min_distance: f32) -> Self {
        const MAX_TICKS: usize = 100;
        let min_step = (to - from) * f64::from(min_distance / length.max(1.0));
        if !(min_step.is_finite() && min_step > 0.0) {
            return Self {
                values: Vec::new(),
                step: 1.0,
            };
        }
        let power = libm::pow(10.0, libm::floor(libm::log10(min_step)));
        let step = [1.0, 2.0, 5.0, 10.0]
            .map(|digit| digit * power)
            .into_iter()
            .find(|&step| step >= min_step)
            .unwrap_or(min_step);
        let first = libm::ceil(from / step - 1e-9);
        let end = to + 1e-9 * step;
        let values = (0..MAX_TICKS)
            .map(|index| (first + index as f64) * step)
            .take_while(|&value| value <= end);
        Self {
            values: values.collect(),
            step,
        }
    }

    /// Returns the label of a tick, with as many decimals as the step needs.
    pub(crate) fn label(&self, value: f64) -> String {
        let exponent = libm::floor(libm::log10(self.step) + 1e-9);
        // Binary rounding may leave a multiple of the step slightly off 0.
        let value = if value.abs() < 0.5 * self.step { 0.0 } else { value };
        if value != 0.0 && !(-6.0..7.0).contains(&exponent) {
            let digits = (libm::floor(libm::log10(value.abs()) + 1e-9) - exponent).clamp(0.0, 15.0) as usize;
            return format!("{value:.digits$e}").replace('-', "−");
        }
        format_fixed(value, (-exponent).clamp(0.0, 12.0) as usize)
    }
}

/// Returns the best rectangle for a label of `size`: the first of `candidates` (left top corners), moved into
/// `bounds`, that overlaps neither the rectangles `occupied` nor the curve. If none is free, returns the
/// candidate with the least overlap.
pub(crate) fn best_label_rect(
    size: Vec2,
    candidates: &[Pos2],
    bounds: Rect,
    occupied: &[Rect],
    curve: &[Pos2],
) -> Rect {
    const LINE_COST: f32 = 300.0;
    let mut best: Option<(f32, Rect)> = None;
    for &candidate in candidates {
        let highest = (bounds.max - size).max(bounds.min);
        let at = Rect::from_min_size(candidate.clamp(bounds.min, highest), size);
        let covered: f32 = occupied
            .iter()
            .map(|taken| at.intersect(*taken))
            .filter(|common| common.is_positive())
            .map(|common| 10.0 * common.area())
            .sum();
        let crosses = curve
            .windows(2)
            .any(|pair| rect_intersects_segment(at, pair[0], pair[1]));
        let cost = covered + if crosses { LINE_COST } else { 0.0 } + at.min.distance(candidate);
        if cost == 0.0 {
            return at;
        }
        if best.is_none_or(|(lowest_cost, _)| cost < lowest_cost) {
            best = Some((cost, at));
        }
    }
    best.map_or(Rect::from_min_size(bounds.min, size), |(_, at)| at)
}

/// Returns heights for labels, at least `pitch` apart and within `ends` if there is space, as close as
/// possible to the `preferred` heights (ascending).
pub(crate) fn spread_apart(preferred: &[f32], pitch: f32, ends: [f32; 2]) -> Vec<f32> {
    let mut heights: Vec<f32> = preferred.to_vec();
    // Labels that touch are moved as a group, so that none moves further than necessary.
    let mut groups: Vec<(f32, usize)> = Vec::new();
    for &height in preferred {
        groups.push((height, 1));
        while let [.., (above, many), (below, few)] = groups[..] {
            if below - above >= pitch * (many + few) as f32 / 2.0 {
                break;
            }
            let all = many + few;
            let middle = (above * many as f32 + below * few as f32) / all as f32;
            groups.truncate(groups.len() - 2);
            groups.push((middle, all));
        }
    }
    let mut next = 0;
    for (middle, count) in groups {
        let first = middle - pitch * (count - 1) as f32 / 2.0;
        for index in 0..count {
            heights[next] = first + pitch * index as f32;
            next += 1;
        }
    }
    for (index, height) in heights.iter_mut().enumerate() {
        *height = height.max(ends[0] + pitch * index as f32);
    }
    for index in (0..heights.len()).rev() {
        let max_height = ends[1] - pitch * (heights.len() - 1 - index) as f32;
        heights[index] = heights[index].min(max_height);
    }
    heights
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn overlapping_labels_are_moved_apart_within_the_bounds() {
        assert_eq!(spread_apart(&[10.0, 60.0], 10.0, [0.0, 100.0]), [10.0, 60.0]);
        assert_eq!(
            spread_apart(&[50.0, 50.0, 50.0], 10.0, [0.0, 100.0]),
            [40.0, 50.0, 60.0]
        );
        assert_eq!(
            spread_apart(&[0.0, 1.0, 99.0], 10.0, [0.0, 100.0]),
            [0.0, 10.0, 99.0]
        );
        assert_eq!(spread_apart(&[100.0, 100.0], 10.0, [0.0, 100.0]), [90.0, 100.0]);
    }

    fn test_area() -> PlotArea {
        PlotArea {
            rect: Rect::from_min_max(pos2(0.0, 0.0), pos2(100.0, 100.0)),
            x_range: [-5.0, 5.0],
            y_range: [0.0, 10.0],
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
    fn ticks_are_round_numbers_with_matching_labels() {
        let marks = AxisTicks::new([-5.0, 5.0], 600.0, 50.0);
        let texts: Vec<String> = marks.values.iter().map(|&value| marks.label(value)).collect();
        assert_eq!(
            texts,
            ["−5", "−4", "−3", "−2", "−1", "0", "1", "2", "3", "4", "5"]
        );
        let fine = AxisTicks::new([0.0, 0.6], 100.0, 30.0);
        let texts: Vec<String> = fine.values.iter().map(|&value| fine.label(value)).collect();
        assert_eq!(texts, ["0.0", "0.2", "0.4", "0.6"]);
        let large = AxisTicks::new([0.0, 2e9], 100.0, 30.0);
        assert_eq!(large.label(large.values[1]), "1e9");
        for ends in [
            [0.0, 0.0],
            [f64::NAN, 1.0],
            [-1e308, 1e308],
            [1e16, 1e16 + 4.0],
            [0.0, 1e-300],
        ] {
            assert!(AxisTicks::new(ends, 100.0, 30.0).values.len() <= 100);
        }
    }

    #[test]
    fn a_label_finds_free_space() {
        let bounds = test_area().rect;
        let size = Vec2::new(20.0, 10.0);
        let candidates = [pos2(10.0, 10.0), pos2(50.0, 50.0), pos2(95.0, 95.0)];
        assert_eq!(
            best_label_rect(size, &candidates, bounds, &[], &[]).min,
            candidates[0]
        );
        let taken = [Rect::from_min_size(pos2(0.0, 0.0), Vec2::splat(30.0))];
        assert_eq!(
            best_label_rect(size, &candidates, bounds, &taken, &[]).min,
            candidates[1]
        );
        let line = [pos2(0.0, 55.0), pos2(100.0, 55.0)];
        let at = best_label_rect(size, &candidates, bounds, &taken, &line);
        assert!(bounds.contains_rect(at) && !rect_intersects_segment(at, line[0], line[1]));
    }
}
