//! Where things are on the plane of the curves, from numbers and sizes alone.

use egui::{Pos2, Rect, Vec2, pos2};

use crate::canvas::place::rect_intersects_segment;
use neurodial_core::words::format_fixed;

/// How far outside the plane a line is still drawn, in points: its end must not be seen, nor be in reach.
const MAX_OVERHANG: f32 = 24.0;
/// Points of a line nearer to each other than this, in points, are drawn as one.
const MIN_POINT_DISTANCE: f32 = 0.35;

/// A piece of the plane on the screen.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PlotArea {
    /// Where it is.
    pub rect: Rect,
    /// The axis along its width.
    pub x_range: [f64; 2],
    /// The axis along its height.
    pub y_range: [f64; 2],
}

impl PlotArea {
    /// The place of a value along the width, finite whatever the value is.
    pub fn screen_from_x(&self, value: f64) -> f32 {
        screen_coordinate(value, self.x_range, self.rect.left(), self.rect.right())
    }

    /// The place of a value along the height, finite whatever the value is.
    pub fn screen_from_y(&self, value: f64) -> f32 {
        screen_coordinate(value, self.y_range, self.rect.bottom(), self.rect.top())
    }

    /// The place of a point.
    pub fn screen_from_plot(&self, point: [f64; 2]) -> Pos2 {
        pos2(self.screen_from_x(point[0]), self.screen_from_y(point[1]))
    }

    /// Whether a value is on the axis along the width.
    pub fn contains_x(&self, value: f64) -> bool {
        (self.x_range[0]..=self.x_range[1]).contains(&value)
    }

    /// The height of the zero line, or of the edge that is nearest to it.
    pub fn zero_line_y(&self) -> f32 {
        let [low, high] = self.y_range;
        self.screen_from_y(0.0_f64.max(low.min(high)).min(high.max(low)))
    }

    /// A line through `points`, x ascending, as it is to be drawn: cut where it leaves the plane above or below, and
    /// without points that can't be told apart.
    pub fn line(&self, points: &[[f64; 2]]) -> Vec<Pos2> {
        let overhang = f64::from(MAX_OVERHANG / self.rect.height().max(1.0)) * (self.y_range[1] - self.y_range[0]);
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

/// Where the way from one point to another crosses the height `edge`, if it does.
fn crossing_at_height(from: [f64; 2], to: [f64; 2], edge: f64) -> Option<[f64; 2]> {
    if (from[1] < edge) == (to[1] < edge) {
        return None;
    }
    let fraction = (edge - from[1]) / (to[1] - from[1]);
    fraction
        .is_finite()
        .then(|| [from[0] + fraction * (to[0] - from[0]), edge])
}

fn push_point(line: &mut Vec<Pos2>, point: Pos2, is_required: bool) {
    if is_required || line.last().is_none_or(|last| last.distance(point) >= MIN_POINT_DISTANCE) {
        line.push(point);
    }
}

/// The marks of an axis: multiples of 1, 2 or 5 times a power of ten.
#[derive(Debug, Clone, PartialEq)]
pub struct AxisTicks {
    /// From the lower end on.
    pub values: Vec<f64>,
    /// The distance between two of them.
    pub step: f64,
}

impl AxisTicks {
    /// The marks of an axis of `length` points, at least `least` points from each other.
    pub fn new([from, to]: [f64; 2], length: f32, min_distance: f32) -> Self {
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

    /// What stands beside a mark: as many decimals as the step needs.
    pub fn label(&self, value: f64) -> String {
        let exponent = libm::floor(libm::log10(self.step) + 1e-9);
        // A multiple of the step in binary may be a hair off zero.
        let value = if value.abs() < 0.5 * self.step { 0.0 } else { value };
        if value != 0.0 && !(-6.0..7.0).contains(&exponent) {
            let digits = (libm::floor(libm::log10(value.abs()) + 1e-9) - exponent).clamp(0.0, 15.0) as usize;
            return format!("{value:.digits$e}").replace('-', "−");
        }
        format_fixed(value, (-exponent).clamp(0.0, 12.0) as usize)
    }
}

/// The best place for a label of `size`: the first of `candidates` (its left top corner), moved into `bounds`, that
/// covers neither what is taken nor the line; if none does, the one that covers least.
pub fn best_label_rect(size: Vec2, candidates: &[Pos2], bounds: Rect, occupied: &[Rect], curve: &[Pos2]) -> Rect {
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
        let crosses = curve.windows(2).any(|pair| rect_intersects_segment(at, pair[0], pair[1]));
        let cost = covered + if crosses { LINE_COST } else { 0.0 } + at.min.distance(candidate);
        if cost == 0.0 {
            return at;
        }
        if best.is_none_or(|(least, _)| cost < least) {
            best = Some((cost, at));
        }
    }
    best.map_or(Rect::from_min_size(bounds.min, size), |(_, at)| at)
}

/// Heights for labels, at least `pitch` from each other and within `ends` if there is room, as near to the `wanted`
/// ones (ascending) as goes.
pub fn spread_apart(preferred: &[f32], pitch: f32, ends: [f32; 2]) -> Vec<f32> {
    let mut heights: Vec<f32> = preferred.to_vec();
    // Groups of labels that touch are moved together, so that none drifts further than it has to.
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
    fn labels_that_would_touch_are_moved_apart_and_stay_inside() {
        assert_eq!(spread_apart(&[10.0, 60.0], 10.0, [0.0, 100.0]), [10.0, 60.0]);
        assert_eq!(
            spread_apart(&[50.0, 50.0, 50.0], 10.0, [0.0, 100.0]),
            [40.0, 50.0, 60.0]
        );
        assert_eq!(spread_apart(&[0.0, 1.0, 99.0], 10.0, [0.0, 100.0]), [0.0, 10.0, 99.0]);
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
    fn a_line_that_leaves_the_plane_keeps_its_slope() {
        let line = test_area().line(&[[-5.0, 5.0], [5.0, 1e300]]);
        // Almost vertical, so it leaves at the left edge instead of crossing the plane aslant.
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
    fn a_jump_is_drawn_vertical() {
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
    fn no_number_is_drawn_nowhere() {
        let plane = test_area();
        for value in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, f64::MAX] {
            assert!(plane.screen_from_plot([value, value]).is_finite());
        }
    }

    #[test]
    fn marks_are_round_and_read_so() {
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
