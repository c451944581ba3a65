//! Contours: the lines on which a grid of values has one level.

/// Polylines on which a grid of values has a given level, by marching squares (Lorensen and Cline, 1987, in
/// two dimensions). It can be traced again; the buffers are kept.
///
/// A value at the level counts as below it, as in the step function.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Contour {
    points: Vec<[f64; 2]>,
    /// The end index of each line in `points`.
    ends: Vec<usize>,
    /// For each edge of the grid, the edges that a line continues to.
    next: Vec<[u32; 2]>,
    /// The edges that lines cross.
    crossed: Vec<u32>,
}

/// Marks an empty slot in `next`.
const NO_EDGE: u32 = u32::MAX;

/// The grid and its edges: each point has one edge to its right and one upwards.
#[derive(Clone, Copy)]
struct ContourGrid<'a> {
    values: &'a [f64],
    columns: usize,
    level: f64,
}

impl Contour {
    /// Traces the lines of `values[row][column]` with `columns` columns at `level`. There are no lines in
    /// squares with a corner that is not finite.
    pub fn trace(&mut self, values: &[f64], columns: usize, level: f64) {
        self.points.clear();
        self.ends.clear();
        self.crossed.clear();
        self.next.clear();
        self.next.resize(2 * values.len(), [NO_EDGE; 2]);
        let rows = values.len().checked_div(columns).unwrap_or(0);
        let grid = ContourGrid {
            values,
            columns,
            level,
        };
        for row in 0..rows.saturating_sub(1) {
            for column in 0..columns.saturating_sub(1) {
                for [from, to] in grid.segments(row, column).into_iter().flatten() {
                    self.link(from, to);
                    self.link(to, from);
                }
            }
        }
        // Open lines first, each from one end. The remaining ones are closed.
        for is_open in [true, false] {
            for index in 0..self.crossed.len() {
                let start = self.crossed[index];
                let [first, second] = self.next[start as usize];
                let is_left = first != NO_EDGE || second != NO_EDGE;
                if is_left && (!is_open || first == NO_EDGE || second == NO_EDGE) {
                    self.follow(grid, start, !is_open);
                }
            }
        }
    }

    /// Returns the lines. A point is `[column, row]` in grid steps, from 0. A closed line ends at its start.
    pub fn lines(&self) -> impl Iterator<Item = &[[f64; 2]]> {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        starts
            .zip(&self.ends)
            .map(|(start, &end)| &self.points[start..end])
    }

    /// Records that a line continues from one edge to another.
    fn link(&mut self, from: u32, to: u32) {
        let next = &mut self.next[from as usize];
        if next[0] == NO_EDGE {
            if next[1] == NO_EDGE {
                self.crossed.push(from);
            }
            next[0] = to;
        } else {
            next[1] = to;
        }
    }

    /// Follows a line from `start` and removes its links.
    fn follow(&mut self, grid: ContourGrid<'_>, start: u32, is_closed: bool) {
        let mut edge = start;
        loop {
            self.points.push(grid.point(edge));
            let next = &mut self.next[edge as usize];
            let to = if next[0] != NO_EDGE { next[0] } else { next[1] };
            if to == NO_EDGE {
                break;
            }
            self.unlink(edge, to);
            self.unlink(to, edge);
            edge = to;
        }
        debug_assert!(!is_closed || edge == start, "a closed line comes back");
        self.ends.push(self.points.len());
    }

    /// Removes the record that a line continues from one edge to another.
    fn unlink(&mut self, from: u32, to: u32) {
        let next = &mut self.next[from as usize];
        if next[0] == to {
            next[0] = NO_EDGE;
        } else if next[1] == to {
            next[1] = NO_EDGE;
        }
    }
}

impl ContourGrid<'_> {
    /// Returns the edge from a point to its right, or upwards.
    fn edge(self, row: usize, column: usize, is_upwards: bool) -> u32 {
        (2 * (row * self.columns + column) + usize::from(is_upwards)) as u32
    }

    /// Returns the segments of lines within one square: none, one or two, each from an edge to an edge.
    fn segments(self, row: usize, column: usize) -> [Option<[u32; 2]>; 2] {
        let at = |row: usize, column: usize| self.values[row * self.columns + column];
        let corners = [
            at(row, column),
            at(row, column + 1),
            at(row + 1, column + 1),
            at(row + 1, column),
        ];
        if corners.iter().any(|value| !value.is_finite()) {
            return [None, None];
        }
        let below = self.edge(row, column, false);
        let right = self.edge(row, column + 1, true);
        let above = self.edge(row + 1, column, false);
        let left = self.edge(row, column, true);
        match corners.map(|value| value > self.level) {
            [false, false, false, false] | [true, true, true, true] => [None, None],
            [true, false, false, false] | [false, true, true, true] => [Some([below, left]), None],
            [false, true, false, false] | [true, false, true, true] => [Some([below, right]), None],
            [false, false, true, false] | [true, true, false, true] => [Some([right, above]), None],
            [false, false, false, true] | [true, true, true, false] => [Some([above, left]), None],
            [true, true, false, false] | [false, false, true, true] => [Some([left, right]), None],
            [true, false, false, true] | [false, true, true, false] => [Some([below, above]), None],
            // Two opposite corners: the mean of all corners decides whether they are connected.
            [true, false, true, false] | [false, true, false, true] => {
                let middle = corners.iter().map(|corner| corner / 4.0).sum::<f64>();
                if (middle > self.level) == (corners[0] > self.level) {
                    [Some([below, right]), Some([above, left])]
                } else {
                    [Some([below, left]), Some([right, above])]
                }
            }
        }
    }

    /// Returns the point on an edge at which the level is crossed, by linear interpolation.
    fn point(self, edge: u32) -> [f64; 2] {
        let (point, is_upwards) = (edge as usize / 2, edge % 2 == 1);
        let (row, column) = (point / self.columns, point % self.columns);
        let other = if is_upwards {
            point + self.columns
        } else {
            point + 1
        };
        let (from, to) = (self.values[point], self.values[other]);
        // Halved, so that the difference of two huge numbers stays finite.
        let fraction = (0.5 * self.level - 0.5 * from) / (0.5 * to - 0.5 * from);
        let (row, column) = (row as f64, column as f64);
        match is_upwards {
            true => [column, row + fraction],
            false => [column + fraction, row],
        }
    }
}
