//! The outline of a shape that is given by its distance field: the distance of every point from the shape's
//! edge.
//!
//! Shapes that join have no seams this way: their distances are blended, and the outline is drawn around the
//! union.

use egui::{Pos2, Rect, Vec2, pos2};

/// The maximum distance of a left-out point from the simplified line, in points.
const TOLERANCE: f32 = 0.12;

/// Distances from the edge of a shape on a grid, negative inside.
#[derive(Debug, Clone)]
pub(crate) struct DistanceField {
    origin: Pos2,
    spacing: f32,
    columns: usize,
    /// The distances, row by row.
    distances: Vec<f32>,
}

/// Returns the smooth minimum of two distances: their minimum, with a fillet of about `radius` points where
/// they are similar.
pub(crate) fn smooth_min(a: f32, b: f32, radius: f32) -> f32 {
    let share = (radius - (a - b).abs()).max(0.0) / radius;
    a.min(b) - 0.25 * share * share * radius
}

impl DistanceField {
    /// Samples the distances in `area`, every `spacing` points. The shape must not touch the edge of the
    /// area.
    pub(crate) fn new(area: Rect, spacing: f32, distance: impl Fn(Pos2) -> f32) -> Self {
        let columns = (area.width() / spacing) as usize + 1;
        let rows = (area.height() / spacing) as usize + 1;
        let empty = Self {
            origin: area.min,
            spacing,
            columns,
            distances: Vec::new(),
        };
        let distances = (0..rows * columns)
            .map(|index| distance(empty.position(index)))
            .collect();
        Self { distances, ..empty }
    }

    /// Returns the intersection of this shape with another one that lies within `area`.
    #[must_use]
    pub(crate) fn intersection(&self, area: Rect, distance: impl Fn(Pos2) -> f32) -> Self {
        let rows = self.distances.len() / self.columns;
        let min = ((area.min - self.origin) / self.spacing).floor().max(Vec2::ZERO);
        let max = ((area.max - self.origin) / self.spacing).ceil().max(Vec2::ZERO);
        let columns = min.x as usize..(max.x as usize).saturating_add(1).min(self.columns);
        let rows = min.y as usize..(max.y as usize).saturating_add(1).min(rows);
        let part = Self {
            origin: self.origin + self.spacing * min,
            columns: columns.len(),
            distances: Vec::new(),
            ..*self
        };
        let own = rows.flat_map(|row| &self.distances[row * self.columns..][columns.clone()]);
        let distances = own
            .enumerate()
            .map(|(index, own)| own.max(distance(part.position(index))))
            .collect();
        Self { distances, ..part }
    }

    fn position(&self, index: usize) -> Pos2 {
        let (column, row) = (index % self.columns, index / self.columns);
        pos2(
            self.origin.x + self.spacing * column as f32,
            self.origin.y + self.spacing * row as f32,
        )
    }

    /// Returns the closed lines around the shape, computed by marching squares, smoothed and simplified.
    pub(crate) fn outlines(&self) -> Vec<Vec<Pos2>> {
        let next = self.next_crossed_edges();
        let mut is_open: Vec<bool> = next.iter().map(Option::is_some).collect();
        let mut outlines = Vec::new();
        for start in 0..next.len() {
            let mut line = Vec::new();
            let mut edge = start;
            while is_open[edge] {
                is_open[edge] = false;
                line.push(self.crossing_point(edge));
                let Some(following) = next[edge] else { break };
                edge = following;
            }
            if line.len() > 2 {
                outlines.push(simplified(&smoothed(line)));
            }
        }
        outlines
    }

    /// Returns, for every edge of the grid that the outline crosses, the edge that it crosses next. Edge `2
    /// i` leads from the grid point `i` to the right, edge `2 i + 1` leads down.
    fn next_crossed_edges(&self) -> Vec<Option<usize>> {
        let columns = self.columns;
        let rows = self.distances.len() / columns;
        let mut next = vec![None; 2 * self.distances.len()];
        for row in 0..rows.saturating_sub(1) {
            for column in 0..columns - 1 {
                let first = row * columns + column;
                // Clockwise from the upper left.
                let corners = [first, first + 1, first + columns + 1, first + columns];
                let edges = [
                    2 * first,
                    2 * (first + 1) + 1,
                    2 * (first + columns),
                    2 * first + 1,
                ];
                let is_inside = corners.map(|corner| self.distances[corner] < 0.0);
                let middle: f32 = corners.iter().map(|&corner| self.distances[corner]).sum();
                for side in 0..4 {
                    let leaves = is_inside[side] && !is_inside[(side + 1) % 4];
                    if !leaves {
                        continue;
                    }
                    // If two opposite corners are inside, the value in the middle decides if they are
                    // connected.
                    let enters = |side: usize| !is_inside[side % 4] && is_inside[(side + 1) % 4];
                    let order: [usize; 3] = if middle < 0.0 { [1, 2, 3] } else { [3, 2, 1] };
                    let to = order.into_iter().find(|&turn| enters(side + turn));
                    next[edges[side]] = to.map(|turn| edges[(side + turn) % 4]);
                }
            }
        }
        next
    }

    /// Returns the point at which the outline crosses an edge of the grid.
    fn crossing_point(&self, edge: usize) -> Pos2 {
        let from = edge / 2;
        let to = from + if edge.is_multiple_of(2) { 1 } else { self.columns };
        let (a, b) = (self.distances[from], self.distances[to]);
        self.position(from).lerp(self.position(to), a / (a - b))
    }
}

/// Removes the steps of the grid from a closed line: each point moves toward its neighbors, and then a little
/// farther back, so that the shape does not shrink (Taubin, 1995).
fn smoothed(mut line: Vec<Pos2>) -> Vec<Pos2> {
    const ITERATIONS: usize = 8;
    const FACTORS: [f32; 2] = [0.5, -0.52];
    for _ in 0..ITERATIONS {
        for share in FACTORS {
            let count = line.len();
            let moved = (0..count).map(|index| {
                let neighbors = [line[(index + count - 1) % count], line[(index + 1) % count]];
                let between = neighbors[0].lerp(neighbors[1], 0.5);
                line[index].lerp(between, share)
            });
            line = moved.collect();
        }
    }
    line
}

/// Removes points of a closed line that lie close to the line between others (Douglas and Peucker).
fn simplified(line: &[Pos2]) -> Vec<Pos2> {
    let mut is_kept = vec![false; line.len()];
    let half = line.len() / 2;
    is_kept[0] = true;
    is_kept[half] = true;
    let mut open = vec![(0, half), (half, line.len())];
    while let Some((from, to)) = open.pop() {
        let (start, end) = (line[from], line[to % line.len()]);
        let mut farthest = (TOLERANCE, None);
        for (index, &point) in line.iter().enumerate().take(to).skip(from + 1) {
            let distance = distance_to_segment(point, start, end);
            if distance > farthest.0 {
                farthest = (distance, Some(index));
            }
        }
        if let (_, Some(index)) = farthest {
            is_kept[index] = true;
            open.extend([(from, index), (index, to)]);
        }
    }
    let kept = line.iter().zip(is_kept).filter(|(_, is_kept)| *is_kept);
    kept.map(|(&point, _)| point).collect()
}

/// Returns the distance of a point from a line segment.
fn distance_to_segment(point: Pos2, from: Pos2, to: Pos2) -> f32 {
    let along = to - from;
    let share = (point - from).dot(along) / along.length_sq().max(1e-9);
    point.distance(from + share.clamp(0.0, 1.0) * along)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn square(side: f32) -> Rect {
        Rect::from_min_size(Pos2::ZERO, egui::Vec2::splat(side))
    }

    #[test]
    fn the_outline_of_a_disc_is_a_circle() {
        let center = pos2(20.3, 19.6);
        let field = DistanceField::new(square(40.0), 1.0, |at| at.distance(center) - 12.0);
        let outlines = field.outlines();
        assert_eq!(outlines.len(), 1);
        for point in &outlines[0] {
            assert!((point.distance(center) - 12.0).abs() < 0.1, "{point}");
        }
        assert!(outlines[0].len() < 60, "{} points", outlines[0].len());
    }

    #[test]
    fn separate_shapes_have_two_outlines_and_blended_shapes_one() {
        let centers = [pos2(14.0, 20.0), pos2(26.0, 20.0)];
        let form = |radius: f32| {
            move |at: Pos2| {
                let [a, b] = centers.map(|center| at.distance(center) - radius);
                smooth_min(a, b, 4.0)
            }
        };
        assert_eq!(
            DistanceField::new(square(40.0), 1.0, form(4.0)).outlines().len(),
            2
        );
        assert_eq!(
            DistanceField::new(square(40.0), 1.0, form(7.0)).outlines().len(),
            1
        );
        let half =
            DistanceField::new(square(40.0), 1.0, form(4.0)).intersection(square(30.0), |at| at.x - 20.0);
        assert_eq!(half.outlines().len(), 1);
    }
}
