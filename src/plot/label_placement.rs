//! The placement of labels, so that they cover neither marks nor lines nor each other.

use std::sync::Arc;

use egui::{Align2, Color32, FontId, Galley, Painter, Pos2, Rect, Vec2, vec2};

use crate::canvas::hit_shape::rect_intersects_segment;

/// The cost of covering a mark or another label. A label that may be left out is left out rather than that.
const OVERLAP_COST: f32 = 1000.0;
/// The corner radius of the background of a label, in points.
const CORNER_RADIUS: f32 = 3.0;

/// Something that a label should not cover.
#[derive(Debug, Clone)]
pub(crate) enum LabelObstacle {
    /// A mark, a text or another label.
    Rect(Rect),
    /// A line.
    Line {
        /// Its points.
        points: Vec<Pos2>,
        /// The cost of covering it, in points of distance.
        cost: f32,
    },
}

impl LabelObstacle {
    /// Returns the cost of a label that covers `rect`.
    pub(crate) fn cost(&self, rect: Rect) -> f32 {
        match self {
            Self::Rect(other) => overlap_cost(rect, *other),
            Self::Line { points, cost } if crosses(points, rect) => *cost,
            Self::Line { .. } => 0.0,
        }
    }
}

fn crosses(line: &[Pos2], rect: Rect) -> bool {
    let mut pairs = line.windows(2);
    pairs.any(|pair| rect_intersects_segment(rect, pair[0], pair[1]))
}

/// Returns the cost of the overlap of two rectangles.
fn overlap_cost(one: Rect, other: Rect) -> f32 {
    let common = one.intersect(other);
    if common.is_positive() {
        OVERLAP_COST + common.area()
    } else {
        0.0
    }
}

/// Places labels one after the other, each where it costs least beside the others. If all are placed again,
/// the first ones make room for the last ones.
#[derive(Debug, Clone)]
pub(crate) struct LabelPlacer {
    spacing: f32,
    max_cost: f32,
    rects: Vec<Option<Rect>>,
}

impl LabelPlacer {
    /// Creates a placer for `count` labels that keep `spacing` points off each other.
    pub(crate) fn new(count: usize, spacing: f32) -> Self {
        Self {
            spacing,
            max_cost: f32::INFINITY,
            rects: vec![None; count],
        }
    }

    /// Leaves out a label that could only be placed over something.
    #[must_use]
    pub(crate) fn without_overlap(mut self) -> Self {
        self.max_cost = OVERLAP_COST;
        self
    }

    /// Places a label at the cheapest of several rectangles; of equal ones at the first. `cost` returns the cost
    /// of the candidate with this index, without that of the other labels. It may return any number above the
    /// given limit instead of a cost above it.
    pub(crate) fn place(&mut self, label: usize, candidates: &[Rect], cost: impl Fn(usize, f32) -> f32) {
        self.rects[label] = None;
        let mut best = (self.max_cost, None);
        for (index, &rect) in candidates.iter().enumerate() {
            let around = rect.expand(self.spacing);
            let others = self.rects.iter().flatten();
            let on_others: f32 = others.map(|other| overlap_cost(around, *other)).sum();
            let limit = best.0 - on_others;
            if limit > 0.0 || on_others == 0.0 {
                let total = on_others + cost(index, limit);
                if total < best.0 {
                    best = (total, Some(rect));
                }
            }
        }
        self.rects[label] = best.1;
    }

    /// Returns the rectangles of the labels; `None` for a label that has none.
    pub(crate) fn rects(self) -> Vec<Option<Rect>> {
        self.rects
    }

    /// Returns the rectangles without those that overlap: left out are first the ones that overlap most others.
    pub(crate) fn rects_without_overlap(mut self) -> Vec<Option<Rect>> {
        loop {
            let overlaps = |index: usize| {
                let others = self.rects.iter().enumerate().filter(|&(other, _)| other != index);
                let around = self.rects[index].map(|rect| rect.expand(self.spacing));
                around.map_or(0, |rect| {
                    let others = others.filter_map(|(_, other)| *other);
                    others.filter(|other| overlap_cost(rect, *other) > 0.0).count()
                })
            };
            let worst = (0..self.rects.len()).map(|index| (overlaps(index), index)).max();
            match worst {
                Some((1.., index)) => self.rects[index] = None,
                _ => return self.rects,
            }
        }
    }
}

/// Returns the best rectangle for a single label of `size`: the first of `corners` (left top ones), moved into
/// `bounds`, where it covers nothing, otherwise where that costs least.
pub(crate) fn best_label_rect(
    size: Vec2,
    corners: &[Pos2],
    bounds: Rect,
    obstacles: &[LabelObstacle],
) -> Rect {
    let highest = (bounds.max - size).max(bounds.min);
    let candidates: Vec<Rect> = corners
        .iter()
        .map(|corner| Rect::from_min_size(corner.clamp(bounds.min, highest), size))
        .collect();
    let mut placer = LabelPlacer::new(1, 0.0);
    placer.place(0, &candidates, |index, _| {
        let rect = candidates[index];
        let covered: f32 = obstacles.iter().map(|obstacle| obstacle.cost(rect)).sum();
        rect.min.distance(corners[index]) + covered
    });
    placer.rects[0].unwrap_or(Rect::from_min_size(bounds.min, size))
}

/// A text with its position.
#[derive(Debug, Clone)]
pub(crate) struct PlacedLabel {
    galley: Arc<Galley>,
    color: Color32,
    /// The rectangle of its background.
    pub(crate) rect: Rect,
}

impl PlacedLabel {
    /// Creates a label in the middle of `rect`.
    pub(crate) fn new(galley: Arc<Galley>, color: Color32, rect: Rect) -> Self {
        Self { galley, color, rect }
    }

    /// Paints the label, on a background that makes it readable on every color.
    pub(crate) fn paint(&self, painter: &Painter, background: Color32) {
        painter.rect_filled(self.rect, CORNER_RADIUS, background);
        let inner = Align2::CENTER_CENTER.align_size_within_rect(self.galley.size(), self.rect);
        painter.galley(inner.min, Arc::clone(&self.galley), self.color);
    }
}

/// A mark in a plot, with a label.
#[derive(Debug, Clone)]
pub(crate) struct LabeledMark {
    /// Its center.
    pub(crate) center: Pos2,
    /// Its radius, in points.
    pub(crate) radius: f32,
    /// The text and color of its label. Without a label the mark only occupies space.
    pub(crate) text: Option<(String, Color32)>,
}

impl LabeledMark {
    /// Returns the square around the mark.
    pub(crate) fn rect(&self) -> Rect {
        Rect::from_center_size(self.center, Vec2::splat(2.0 * self.radius))
    }
}

/// Lays out and places the labels of marks, all within `bounds` and near their own marks.
pub(crate) fn place_mark_labels(
    painter: &Painter,
    font: &FontId,
    bounds: Rect,
    marks: &[LabeledMark],
    lines: &[LabelObstacle],
) -> Vec<PlacedLabel> {
    let galleys = marks.iter().map(|mark| {
        let (text, color) = mark.text.as_ref()?;
        Some((painter.layout_no_wrap(text.clone(), font.clone(), *color), *color))
    });
    let galleys: Vec<_> = galleys.collect();
    let sizes: Vec<Option<Vec2>> = galleys
        .iter()
        .map(|galley| Some(galley.as_ref()?.0.size() + vec2(8.0, 2.0)))
        .collect();
    let rects = mark_label_rects(&sizes, bounds, marks, lines);
    let placed = galleys.into_iter().zip(rects);
    placed
        .filter_map(|(galley, rect)| {
            let (galley, color) = galley?;
            Some(PlacedLabel::new(galley, color, rect?))
        })
        .collect()
}

/// Returns the rectangles of the labels of marks, given their sizes.
fn mark_label_rects(
    sizes: &[Option<Vec2>],
    bounds: Rect,
    marks: &[LabeledMark],
    lines: &[LabelObstacle],
) -> Vec<Option<Rect>> {
    const ROUNDS: usize = 3;
    let labels = sizes.iter().enumerate();
    let labels: Vec<(usize, Vec<Rect>, Vec<f32>)> = labels
        .filter_map(|(index, size)| {
            let (rects, costs) = mark_candidates(index, (*size)?, bounds, marks, lines);
            Some((index, rects, costs))
        })
        .collect();
    let mut placer = LabelPlacer::new(marks.len(), 0.0);
    for _ in 0..ROUNDS {
        for (index, rects, costs) in &labels {
            placer.place(*index, rects, |candidate, _| costs[candidate]);
        }
    }
    placer.rects()
}

/// Returns the rectangles around a mark that its label can have, and their costs.
fn mark_candidates(
    index: usize,
    size: Vec2,
    bounds: Rect,
    marks: &[LabeledMark],
    lines: &[LabelObstacle],
) -> (Vec<Rect>, Vec<f32>) {
    /// The distances between a mark and its label, in points. The larger ones are tried if there is no room
    /// right beside the mark.
    const GAPS: [f32; 4] = [3.0, 12.0, 24.0, 40.0];
    /// The directions of a label from its mark: right and left, each above, below and level with it, and
    /// directly above and below. The preferred one is first.
    const SIDES: [Vec2; 8] = [
        vec2(1.0, -1.0),
        vec2(-1.0, -1.0),
        vec2(1.0, 1.0),
        vec2(-1.0, 1.0),
        vec2(1.0, 0.0),
        vec2(-1.0, 0.0),
        vec2(0.0, -1.0),
        vec2(0.0, 1.0),
    ];
    /// The cost of being closer to another mark than to its own.
    const WRONG_MARK_COST: f32 = 200.0;
    let mark = &marks[index];
    let highest = (bounds.max - size).max(bounds.min);
    let (mut rects, mut costs) = (Vec::new(), Vec::new());
    for gap in GAPS {
        for (order, side) in SIDES.into_iter().enumerate() {
            let middle = mark.center + side * (Vec2::splat(mark.radius + gap) + size / 2.0);
            let corner = (middle - size / 2.0).clamp(bounds.min, highest);
            let rect = Rect::from_min_size(corner, size);
            let on_marks: f32 = marks.iter().map(|mark| overlap_cost(rect, mark.rect())).sum();
            let on_lines: f32 = lines.iter().map(|line| line.cost(rect)).sum();
            let distance = rect.distance_to_pos(mark.center);
            let misleads = marks
                .iter()
                .any(|other| rect.distance_to_pos(other.center) < distance);
            let cost = on_marks
                + if misleads { WRONG_MARK_COST } else { 0.0 }
                + on_lines
                + distance
                + 0.5 * order as f32;
            rects.push(rect);
            costs.push(cost);
        }
    }
    (rects, costs)
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
    use egui::pos2;

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

    #[test]
    fn a_label_finds_free_space() {
        let bounds = Rect::from_min_max(pos2(0.0, 0.0), pos2(100.0, 100.0));
        let size = vec2(20.0, 10.0);
        let corners = [pos2(10.0, 10.0), pos2(50.0, 50.0), pos2(95.0, 95.0)];
        assert_eq!(best_label_rect(size, &corners, bounds, &[]).min, corners[0]);
        let taken = LabelObstacle::Rect(Rect::from_min_size(pos2(0.0, 0.0), Vec2::splat(30.0)));
        let obstacles = [taken.clone()];
        assert_eq!(
            best_label_rect(size, &corners, bounds, &obstacles).min,
            corners[1]
        );
        let line = vec![pos2(0.0, 55.0), pos2(100.0, 55.0)];
        let obstacles = [
            taken,
            LabelObstacle::Line {
                points: line.clone(),
                cost: 300.0,
            },
        ];
        let rect = best_label_rect(size, &corners, bounds, &obstacles);
        assert!(bounds.contains_rect(rect) && !crosses(&line, rect));
    }

    #[test]
    fn of_overlapping_labels_the_one_over_most_others_is_left_out() {
        let rect = |left: f32| Rect::from_min_size(pos2(left, 0.0), vec2(20.0, 10.0));
        let mut placer = LabelPlacer::new(4, 2.0);
        for (label, left) in [0.0, 15.0, 30.0, 52.0].into_iter().enumerate() {
            placer.place(label, &[rect(left)], |_, _| 0.0);
        }
        let rects = placer.clone().rects_without_overlap();
        assert_eq!(rects, [Some(rect(0.0)), None, Some(rect(30.0)), Some(rect(52.0))]);
        let mut placer = LabelPlacer::new(2, 0.0).without_overlap();
        placer.place(0, &[rect(0.0)], |_, _| 0.0);
        placer.place(1, &[rect(15.0)], |_, _| 0.0);
        assert_eq!(placer.rects(), [Some(rect(0.0)), None]);
    }

    fn mark(at: Pos2, radius: f32) -> LabeledMark {
        LabeledMark {
            center: at,
            radius,
            text: None,
        }
    }

    /// Returns the rectangles of the labels of two marks.
    fn rects_of_two_labels(now: Pos2, lowest: Pos2, bounds: Rect, lines: &[LabelObstacle]) -> [Rect; 2] {
        let marks = [mark(now, 8.0), mark(lowest, 7.0)];
        let sizes = [Some(vec2(48.0, 18.0)), Some(vec2(96.0, 18.0))];
        let rects = mark_label_rects(&sizes, bounds, &marks, lines);
        [rects[0].unwrap(), rects[1].unwrap()]
    }

    #[test]
    fn labels_never_cover_marks_or_each_other_and_stay_in_the_plot_area() {
        for size in [vec2(300.0, 160.0), vec2(220.0, 90.0), vec2(150.0, 100.0)] {
            let bounds = Rect::from_min_size(pos2(40.0, 20.0), size);
            let points: Vec<Pos2> = (0..=6_u8)
                .flat_map(|x| (0..=6_u8).map(move |y| vec2(f32::from(x), f32::from(y)) / 6.0))
                .map(|share| bounds.min + share * size)
                .collect();
            for &now in &points {
                for &lowest in points.iter().filter(|point| point.distance(now) > 16.0) {
                    let label_rects = rects_of_two_labels(now, lowest, bounds, &[]);
                    let name = format!("{size} {now} {lowest}: {label_rects:?}");
                    assert!(!label_rects[0].intersects(label_rects[1].shrink(0.01)), "{name}");
                    for rect in label_rects {
                        assert!(bounds.expand(0.01).contains_rect(rect), "{name}");
                        for (at, radius) in [(now, 8.0), (lowest, 7.0)] {
                            assert!(!mark(at, radius).rect().intersects(rect.shrink(0.01)), "{name}");
                        }
                    }
                }
            }
        }
    }

    #[test]
    fn labels_are_near_their_own_mark_and_off_the_path_if_possible() {
        let bounds = Rect::from_min_size(Pos2::ZERO, vec2(400.0, 300.0));
        let (now, lowest) = (pos2(180.0, 150.0), pos2(200.0, 160.0));
        let points = vec![pos2(320.0, 60.0), pos2(260.0, 100.0), now];
        let path = LabelObstacle::Line {
            points: points.clone(),
            cost: 60.0,
        };
        let label_rects = rects_of_two_labels(now, lowest, bounds, &[path]);
        assert!(label_rects[0].distance_to_pos(now) < label_rects[0].distance_to_pos(lowest));
        assert!(label_rects[1].distance_to_pos(lowest) < label_rects[1].distance_to_pos(now));
        for rect in label_rects {
            assert!(!crosses(&points, rect), "{rect:?}");
        }
    }
}
