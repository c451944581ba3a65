//! Places the labels beside the marks of a loss landscape so that they cover nothing else.

use std::sync::Arc;

use egui::{Align2, Color32, Galley, Painter, Pos2, Rect, Vec2, vec2};

use crate::canvas::hit_shape::rect_intersects_segment;
use crate::theme::{ColorTheme, type_scale};

/// The distances between a mark and its label, in points. The larger ones are tried if there is no room right
/// beside the mark.
const LABEL_GAPS: [f32; 4] = [3.0, 12.0, 24.0, 40.0];
/// The cost of covering a mark or another label.
const OVERLAP_COST: f32 = 1000.0;
/// The cost of being closer to another mark than to its own.
const WRONG_MARK_COST: f32 = 200.0;

/// A mark in the plot area, with a label.
#[derive(Debug, Clone)]
pub(crate) struct LabeledMark {
    /// Its center.
    pub(crate) center: Pos2,
    /// Its radius, in points.
    pub(crate) radius: f32,
    /// The text and color of its label. Without a label the mark only occupies space.
    pub(crate) text: Option<(String, Color32)>,
}

/// A line that labels should not cover.
#[derive(Debug, Clone)]
pub(crate) struct LabelObstacle {
    /// Its points.
    pub(crate) points: Vec<Pos2>,
    /// The cost of covering it, in points of distance.
    pub(crate) cost: f32,
}

/// A label with its position.
#[derive(Debug, Clone)]
pub(crate) struct PlacedLabel {
    galley: Arc<Galley>,
    color: Color32,
    /// The rectangle of its background.
    pub(crate) rect: Rect,
}

impl LabeledMark {
    /// Returns the square around the mark.
    pub(crate) fn rect(&self) -> Rect {
        Rect::from_center_size(self.center, Vec2::splat(2.0 * self.radius))
    }
}

impl LabelObstacle {
    fn crosses(&self, rect: Rect) -> bool {
        let mut pairs = self.points.windows(2);
        pairs.any(|pair| rect_intersects_segment(rect, pair[0], pair[1]))
    }
}

impl PlacedLabel {
    /// Draws the label, on a background that makes it readable on every color.
    pub(crate) fn paint(&self, painter: &Painter, theme: &ColorTheme) {
        painter.rect_filled(self.rect, 4.0, theme.card.gamma_multiply(0.85));
        let inner = Align2::CENTER_CENTER.align_size_within_rect(self.galley.size(), self.rect);
        painter.galley(inner.min, Arc::clone(&self.galley), self.color);
    }
}

/// Lays out and places the labels of the marks, all within `bounds`.
pub(crate) fn place_labels(
    painter: &Painter,
    bounds: Rect,
    marks: &[LabeledMark],
    lines: &[LabelObstacle],
) -> Vec<PlacedLabel> {
    let laid_out = marks.iter().enumerate().filter_map(|(index, mark)| {
        let (text, color) = mark.text.as_ref()?;
        let galley = painter.layout_no_wrap(text.clone(), type_scale::strong(), *color);
        Some((index, galley, *color))
    });
    let laid_out: Vec<_> = laid_out.collect();
    let sizes: Vec<(usize, Vec2)> = laid_out
        .iter()
        .map(|(index, galley, _)| (*index, galley.size() + vec2(8.0, 2.0)))
        .collect();
    let rects = label_rects(&sizes, bounds, marks, lines);
    laid_out
        .into_iter()
        .zip(rects)
        .map(|((_, galley, color), rect)| PlacedLabel { galley, color, rect })
        .collect()
}

/// Returns the rectangles of labels, given the index of each label's mark and its size, with the lowest total
/// cost. For two labels all pairs are tried, so that the first one does not take the only good position of
/// the second.
fn label_rects(
    sizes: &[(usize, Vec2)],
    bounds: Rect,
    marks: &[LabeledMark],
    lines: &[LabelObstacle],
) -> Vec<Rect> {
    let candidates: Vec<Vec<(f32, Rect)>> = sizes
        .iter()
        .map(|&(index, size)| candidates(index, size, bounds, marks, lines))
        .collect();
    match candidates.as_slice() {
        [] => Vec::new(),
        [first, second] => {
            let mut best: Option<(f32, [Rect; 2])> = None;
            for (cost, one) in first {
                for (more, other) in second {
                    let cost = cost + more + overlap_cost(*one, *other);
                    if best.is_none_or(|(lowest_cost, _)| cost < lowest_cost) {
                        best = Some((cost, [*one, *other]));
                    }
                }
            }
            best.map_or_else(Vec::new, |(_, rects)| rects.to_vec())
        }
        several => {
            let lowest_cost = |options: &Vec<(f32, Rect)>| {
                options
                    .iter()
                    .min_by(|a, b| a.0.total_cmp(&b.0))
                    .map(|best| best.1)
            };
            several.iter().filter_map(lowest_cost).collect()
        }
    }
}

/// Returns positions around a mark with their costs.
fn candidates(
    index: usize,
    size: Vec2,
    bounds: Rect,
    marks: &[LabeledMark],
    lines: &[LabelObstacle],
) -> Vec<(f32, Rect)> {
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
    let mark = &marks[index];
    let highest = (bounds.max - size).max(bounds.min);
    let mut found = Vec::with_capacity(LABEL_GAPS.len() * SIDES.len());
    for gap in LABEL_GAPS {
        for (order, side) in SIDES.into_iter().enumerate() {
            let middle = mark.center + side * (Vec2::splat(mark.radius + gap) + size / 2.0);
            let corner = (middle - size / 2.0).clamp(bounds.min, highest);
            let rect = Rect::from_min_size(corner, size);
            let on_marks: f32 = marks.iter().map(|mark| overlap_cost(rect, mark.rect())).sum();
            let distance = rect.distance_to_pos(mark.center);
            let misleads = marks
                .iter()
                .any(|other| rect.distance_to_pos(other.center) < distance);
            let crossed = lines.iter().filter(|line| line.crosses(rect));
            let on_lines: f32 = crossed.map(|line| line.cost).sum();
            let cost = on_marks
                + if misleads { WRONG_MARK_COST } else { 0.0 }
                + on_lines
                + distance
                + 0.5 * order as f32;
            found.push((cost, rect));
        }
    }
    found
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

#[cfg(test)]
mod tests {
    use super::*;
    use egui::pos2;

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
        let sizes = [(0, vec2(48.0, 18.0)), (1, vec2(96.0, 18.0))];
        let points = label_rects(&sizes, bounds, &marks, lines);
        [points[0], points[1]]
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
        let path = LabelObstacle {
            points: vec![pos2(320.0, 60.0), pos2(260.0, 100.0), now],
            cost: 60.0,
        };
        let label_rects = rects_of_two_labels(now, lowest, bounds, std::slice::from_ref(&path));
        assert!(label_rects[0].distance_to_pos(now) < label_rects[0].distance_to_pos(lowest));
        assert!(label_rects[1].distance_to_pos(lowest) < label_rects[1].distance_to_pos(now));
        for rect in label_rects {
            assert!(!path.crosses(rect), "{rect:?}");
        }
    }
}
