//! The lines of contours with their labels: each upright on its own line, without overlapping others.

use egui::{Color32, Painter, Pos2, Rect, Shape, Stroke, Vec2, pos2, vec2};

use crate::theme::type_scale;
use neurodial_core::insight::Contour;

use super::label_placement::{LabelObstacle, LabelPlacer, PlacedLabel};
use super::plot_area::spaced_points;

/// The distance of a label from anything beside it, in points.
const LABEL_MARGIN: f32 = 4.0;
/// The minimum length of a line with a label, in widths of the label.
const MIN_LENGTH_IN_WIDTHS: f32 = 2.2;
/// The minimum width and height of a plot area with labels on its contours, in points.
const MIN_SIZE_FOR_LABELS: f32 = 80.0;

/// A line of a contour with the label on it, if there is room for one.
#[derive(Debug, Clone)]
pub(crate) struct ContourLine {
    points: Vec<Pos2>,
    label: Option<PlacedLabel>,
}

impl ContourLine {
    /// Paints the line with a gap for its label.
    pub(crate) fn paint(&self, painter: &Painter, stroke: Stroke) {
        let label_rect = self.label.as_ref().map(|label| label.rect);
        for part in split_around(&self.points, label_rect) {
            painter.add(Shape::line(part, stroke));
        }
    }

    /// Paints the label.
    pub(crate) fn paint_label(&self, painter: &Painter, background: Color32) {
        if let Some(label) = &self.label {
            label.paint(painter, background);
        }
    }
}

/// Returns the lines of contours whose grid has `grid_size` columns and rows and fills `rect`. A contour with a
/// text has it as a label on each of its lines where there is room for it beside `taken`. Where lines are crowded, only
/// the last contour, which is the most important one, has labels.
pub(crate) fn contour_lines<'a>(
    painter: &Painter,
    text_color: Color32,
    rect: Rect,
    grid_size: usize,
    contours: impl Iterator<Item = (Option<String>, &'a Contour)>,
    taken: &[Rect],
) -> Vec<ContourLine> {
    let (mut lines, mut galleys) = (Vec::new(), Vec::new());
    let mut first_of_last = 0;
    let has_labels = rect.width().min(rect.height()) >= MIN_SIZE_FOR_LABELS;
    for (text, contour) in contours {
        let galley = text
            .filter(|_| has_labels)
            .map(|text| painter.layout_no_wrap(text, type_scale::small(), text_color));
        first_of_last = lines.len();
        for line in screen_lines(contour, grid_size, rect) {
            lines.push(line);
            galleys.push(galley.clone());
        }
    }
    let sizes: Vec<Option<Vec2>> = galleys
        .iter()
        .map(|galley| Some(galley.as_ref()?.size() + vec2(6.0, 0.0)))
        .collect();
    let rects = label_rects(&lines, &sizes, rect, taken, first_of_last);
    let with_labels = lines.into_iter().zip(galleys.into_iter().zip(rects));
    with_labels
        .map(|(points, (galley, rect))| ContourLine {
            points,
            label: galley
                .zip(rect)
                .map(|(galley, rect)| PlacedLabel::new(galley, text_color, rect)),
        })
        .collect()
}

/// Converts the lines of a contour to screen positions.
fn screen_lines(contour: &Contour, grid_size: usize, rect: Rect) -> impl Iterator<Item = Vec<Pos2>> {
    /// Points that are closer to the last one than this, in points, are skipped.
    const MIN_SPACING: f32 = 0.75;
    let cells = (grid_size.max(2) - 1) as f64;
    let screen = move |point: &[f64; 2]| {
        let [across, up] = point.map(|coordinate| (coordinate / cells) as f32);
        pos2(
            rect.left() + across * rect.width(),
            rect.bottom() - up * rect.height(),
        )
    };
    contour
        .lines()
        .map(move |line| spaced_points(line.iter().map(screen), MIN_SPACING))
}

/// Returns the rectangle of each line's label, which has the given size, or `None` if there is no room for
/// it. All labels are within `within` and do not overlap `taken`. The lines from `first_main` on are placed first, then
/// the longest ones. The others have no label where it would touch another line.
fn label_rects(
    lines: &[Vec<Pos2>],
    sizes: &[Option<Vec2>],
    within: Rect,
    taken: &[Rect],
    first_main: usize,
) -> Vec<Option<Rect>> {
    /// The distance between the points of a line from which distances are computed, in points.
    const MIN_SPACING: f32 = 6.0;
    /// The minimum distance of a label from other lines, in points.
    const MIN_DISTANCE: f32 = 2.0;
    let sparse: Vec<Vec<Pos2>> = lines
        .iter()
        .map(|line| spaced_points(line.iter().copied(), MIN_SPACING))
        .collect();
    let mut order: Vec<usize> = (0..lines.len()).collect();
    order.sort_by_key(|&line| (line < first_main, std::cmp::Reverse(sparse[line].len())));
    let inside = within.shrink(LABEL_MARGIN);
    let taken: Vec<LabelObstacle> = taken
        .iter()
        .map(|rect| LabelObstacle::Rect(rect.expand(LABEL_MARGIN)))
        .collect();
    let mut placer = LabelPlacer::new(lines.len(), LABEL_MARGIN).without_overlap();
    for index in order {
        let Some(size) = sizes[index] else { continue };
        let candidates = candidates(&lines[index], size);
        placer.place(index, &candidates, |candidate, limit| {
            let rect = candidates[candidate];
            if !inside.contains_rect(rect) || taken.iter().any(|other| other.cost(rect) > 0.0) {
                return f32::INFINITY;
            }
            // Prefer positions that are far from other lines and near the center of the map.
            let middle = within.center().distance(rect.center()) / within.size().length();
            // Closer to another line than this, the candidate is no better than the best one so far.
            let enough = 0.5 * size.y * (middle - limit);
            let others = sparse.iter().enumerate().filter(|&(other, _)| other != index);
            let mut near_sq = 4.0 * size.y * size.y;
            for &point in others.flat_map(|(_, points)| points) {
                near_sq = near_sq.min(rect.distance_sq_to_pos(point));
                if enough > 0.0 && near_sq < enough * enough {
                    break;
                }
            }
            match index < first_main && near_sq < MIN_DISTANCE * MIN_DISTANCE {
                true => f32::INFINITY,
                false => middle - 2.0 * near_sq.sqrt() / size.y,
            }
        });
    }
    placer.rects()
}

/// Returns rectangles of this size at equal distances along a line, not at its ends; none if the line is too
/// short.
fn candidates(line: &[Pos2], size: Vec2) -> Vec<Rect> {
    /// The distance between two of them, in points.
    const SPACING: f32 = 9.0;
    let length: f32 = line.windows(2).map(|pair| pair[0].distance(pair[1])).sum();
    let room = MIN_LENGTH_IN_WIDTHS * size.x;
    if length < room {
        return Vec::new();
    }
    let (mut next, mut distance) = (room / 2.0, 0.0);
    let mut found = Vec::new();
    for pair in line.windows(2) {
        let step = pair[0].distance(pair[1]);
        while next <= distance + step && next <= length - room / 2.0 {
            let share = if step > 0.0 { (next - distance) / step } else { 0.0 };
            found.push(Rect::from_center_size(pair[0].lerp(pair[1], share), size));
            next += SPACING;
        }
        distance += step;
    }
    found
}

/// Splits a line into the parts that its label does not cover.
fn split_around(line: &[Pos2], label_rect: Option<Rect>) -> Vec<Vec<Pos2>> {
    let Some(label_rect) = label_rect else {
        return vec![line.to_vec()];
    };
    let label_rect = label_rect.expand2(vec2(1.0, 0.0));
    let mut parts = vec![Vec::new()];
    for &point in line {
        if label_rect.contains(point) {
            if parts.last().is_some_and(|part| !part.is_empty()) {
                parts.push(Vec::new());
            }
        } else if let Some(part) = parts.last_mut() {
            part.push(point);
        }
    }
    parts.retain(|part| part.len() > 1);
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wave(height: f32) -> Vec<Pos2> {
        (0..=300_u16)
            .map(|x| pos2(f32::from(x), height + 20.0 * (f32::from(x) / 40.0).sin()))
            .collect()
    }

    #[test]
    fn every_long_contour_has_its_label_and_labels_do_not_overlap() {
        let within = Rect::from_min_size(Pos2::ZERO, vec2(300.0, 300.0));
        let lines: Vec<Vec<Pos2>> = (1..=8_u8).map(|i| wave(30.0 * f32::from(i))).collect();
        let sizes = vec![Some(vec2(26.0, 12.0)); lines.len()];
        let taken = [Rect::from_min_size(pos2(100.0, 100.0), vec2(60.0, 60.0))];
        let found = label_rects(&lines, &sizes, within, &taken, lines.len());
        for (line, rect) in lines.iter().zip(&found) {
            let rect = rect.unwrap();
            assert!(line.iter().any(|point| point.distance(rect.center()) < 1.0));
            assert!(within.contains_rect(rect) && !rect.intersects(taken[0]));
            assert_eq!(
                split_around(line, Some(rect)).len(),
                2,
                "the line leaves room for it"
            );
        }
        let placed: Vec<Rect> = found.into_iter().flatten().collect();
        for (index, rect) in placed.iter().enumerate() {
            let is_clear = |other: &Rect| !rect.expand(LABEL_MARGIN).intersects(*other);
            assert!(placed[..index].iter().all(is_clear));
        }
    }

    #[test]
    fn of_crowded_contours_only_the_main_one_has_a_label() {
        let within = Rect::from_min_size(Pos2::ZERO, vec2(300.0, 300.0));
        let lines: Vec<Vec<Pos2>> = [150.0, 152.0, 154.0, 151.0].into_iter().map(wave).collect();
        let sizes = vec![Some(vec2(26.0, 12.0)); lines.len()];
        let found = label_rects(&lines, &sizes, within, &[], 3);
        let has_label: Vec<bool> = found.iter().map(Option::is_some).collect();
        assert_eq!(has_label, [false, false, false, true]);
    }

    #[test]
    fn a_short_contour_has_no_label() {
        let within = Rect::from_min_size(Pos2::ZERO, vec2(300.0, 300.0));
        let short = vec![pos2(10.0, 10.0), pos2(30.0, 10.0)];
        let ring = (0..=40_u8).map(|step| {
            let angle = f32::from(step) / 40.0 * std::f32::consts::TAU;
            pos2(150.0, 150.0) + 8.0 * Vec2::angled(angle)
        });
        for line in [short, ring.collect(), Vec::new()] {
            assert_eq!(
                label_rects(&[line], &[Some(vec2(26.0, 12.0))], within, &[], 1),
                [None]
            );
        }
    }
}
