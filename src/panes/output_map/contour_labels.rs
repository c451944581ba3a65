//! Places the labels of contours: each upright on its own line, without overlapping others.

use egui::{Pos2, Rect, Vec2, pos2, vec2};

use neurodial_core::insight::Contour;

/// The distance of a label from anything beside it, in points.
const LABEL_MARGIN: f32 = 4.0;
/// The distance between the positions on a line that are tried, in points.
const CANDIDATE_SPACING: f32 = 9.0;
/// The minimum length of a line with a label, in widths of the label.
const MIN_LENGTH_IN_WIDTHS: f32 = 2.2;

/// Converts the lines of a contour to screen positions. The contour's grid has `grid_size` columns and rows
/// and fills `rect`.
pub(crate) fn screen_lines(contour: &Contour, grid_size: usize, rect: Rect) -> Vec<Vec<Pos2>> {
    /// Points that are closer to the last one than this, in points, are skipped.
    const MIN_SPACING: f32 = 0.75;
    let cells = (grid_size.max(2) - 1) as f64;
    let screen = |point: &[f64; 2]| {
        let [across, up] = point.map(|coordinate| (coordinate / cells) as f32);
        pos2(
            rect.left() + across * rect.width(),
            rect.bottom() - up * rect.height(),
        )
    };
    let thin = |line: &[[f64; 2]]| {
        let mut points: Vec<Pos2> = Vec::with_capacity(line.len());
        for (index, point) in line.iter().enumerate() {
            let at = screen(point);
            let is_end = index + 1 == line.len();
            if is_end || points.last().is_none_or(|last| last.distance(at) > MIN_SPACING) {
                points.push(at);
            }
        }
        points
    };
    contour.lines().map(thin).collect()
}

/// Returns the rectangle of each line's label, which has the given size, or `None` if there is no room for
/// it. All labels are within `within` and do not overlap `taken`. The longest lines are placed first.
pub(crate) fn label_rects(
    lines: &[Vec<Pos2>],
    sizes: &[Vec2],
    within: Rect,
    taken: &[Rect],
) -> Vec<Option<Rect>> {
    let mut found: Vec<Option<Rect>> = vec![None; lines.len()];
    let sparse: Vec<Vec<Pos2>> = lines.iter().map(|line| thinned(line)).collect();
    let mut order: Vec<usize> = (0..lines.len()).collect();
    order.sort_by_key(|&line| std::cmp::Reverse(sparse[line].len()));
    let inside = within.shrink(LABEL_MARGIN);
    for index in order {
        let size = sizes[index];
        let mut best: Option<(f32, Rect)> = None;
        for center in candidates(&lines[index], size) {
            let rect = Rect::from_center_size(center, size);
            let around = rect.expand(LABEL_MARGIN);
            let is_free = |other: &Rect| !around.intersects(*other);
            if !inside.contains_rect(rect)
                || !taken.iter().all(is_free)
                || !found.iter().flatten().all(is_free)
            {
                continue;
            }
            // Prefer positions that are far from other lines and near the center of the map.
            let middle = within.center().distance(center) / within.size().length();
            // Closer to another line than this, the candidate is no better than the best one so far.
            let enough = best.map_or(0.0, |(lowest_cost, _)| 0.5 * size.y * (middle - lowest_cost));
            let others = sparse.iter().enumerate().filter(|&(other, _)| other != index);
            let mut near_sq = 4.0 * size.y * size.y;
            for &point in others.flat_map(|(_, points)| points) {
                near_sq = near_sq.min(rect.distance_sq_to_pos(point));
                if enough > 0.0 && near_sq < enough * enough {
                    break;
                }
            }
            let cost = middle - 2.0 * near_sq.sqrt() / size.y;
            if best.is_none_or(|(lowest_cost, _)| cost < lowest_cost) {
                best = Some((cost, rect));
            }
        }
        found[index] = best.map(|(_, rect)| rect);
    }
    found
}

/// Returns points of a line that are some distance apart, for computing distances.
fn thinned(line: &[Pos2]) -> Vec<Pos2> {
    const MIN_SPACING: f32 = 6.0;
    let mut points: Vec<Pos2> = Vec::new();
    for &point in line {
        if points
            .last()
            .is_none_or(|last| last.distance(point) >= MIN_SPACING)
        {
            points.push(point);
        }
    }
    points
}

/// Returns evenly spaced positions along a line, not at its ends, or none if the line is too short.
fn candidates(line: &[Pos2], size: Vec2) -> Vec<Pos2> {
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
            found.push(pair[0].lerp(pair[1], share));
            next += CANDIDATE_SPACING;
        }
        distance += step;
    }
    found
}

/// Splits a line into the parts that its label does not cover.
pub(crate) fn split_around(line: &[Pos2], label_rect: Option<Rect>) -> Vec<Vec<Pos2>> {
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
        let sizes = vec![vec2(26.0, 12.0); lines.len()];
        let taken = [Rect::from_min_size(pos2(100.0, 100.0), vec2(60.0, 60.0))];
        let found = label_rects(&lines, &sizes, within, &taken);
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
    fn a_short_contour_has_no_label() {
        let within = Rect::from_min_size(Pos2::ZERO, vec2(300.0, 300.0));
        let short = vec![pos2(10.0, 10.0), pos2(30.0, 10.0)];
        let ring = (0..=40_u8).map(|step| {
            let angle = f32::from(step) / 40.0 * std::f32::consts::TAU;
            pos2(150.0, 150.0) + 8.0 * Vec2::angled(angle)
        });
        for line in [short, ring.collect(), Vec::new()] {
            assert_eq!(label_rects(&[line], &[vec2(26.0, 12.0)], within, &[]), [None]);
        }
    }
}
