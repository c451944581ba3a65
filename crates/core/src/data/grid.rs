//! Numbers that come row by row and are kept column by column.

/// About how many numbers are gathered before they go to their columns: what a processor has close at hand.
const GATHERED: usize = 4096;
const MOST_GATHERED_ROWS: usize = 64;

/// A table of numbers that grows by rows. Its columns lie where they will stay, so that it is not copied in the end.
#[derive(Debug)]
pub struct Grid {
    width: usize,
    /// The rows that there is room for.
    stride: usize,
    /// The rows that are in their columns.
    rows: usize,
    /// `[column][row]`, each column with room for `stride` rows.
    columns: Vec<f64>,
    /// `[row][column]`: the last rows, and the one that is being filled. Whole lines of memory are written at a time.
    gathered: Vec<f64>,
    gathered_rows: usize,
}

impl Grid {
    /// Without rows; `expected` rows have room without moving what there is. Memory that is never written to costs
    /// nothing.
    pub fn new(width: usize, expected: usize) -> Self {
        let rows = (GATHERED / width.max(1)).clamp(1, MOST_GATHERED_ROWS);
        Self {
            width,
            stride: expected,
            rows: 0,
            columns: vec![0.0; width * expected],
            gathered: vec![0.0; width * rows],
            gathered_rows: 0,
        }
    }

    /// The number of rows that are kept.
    pub fn rows(&self) -> usize {
        self.rows + self.gathered_rows
    }

    /// The row to come, to be filled and then kept or filled anew.
    pub fn row_mut(&mut self) -> &mut [f64] {
        &mut self.gathered[self.gathered_rows * self.width..][..self.width]
    }

    /// Keeps the row.
    pub fn keep(&mut self) {
        self.gathered_rows += 1;
        if self.gathered_rows * self.width >= self.gathered.len() {
            self.settle();
        }
    }

    /// Takes what is gathered to its columns.
    fn settle(&mut self) {
        let rows = self.rows();
        if rows > self.stride {
            self.make_room(rows.max(2 * self.stride));
        }
        let (width, count) = (self.width, self.gathered_rows);
        for column in 0..width {
            let to = &mut self.columns[column * self.stride + self.rows..][..count];
            let from = self.gathered[column..].iter().step_by(width);
            to.iter_mut().zip(from).for_each(|(to, &from)| *to = from);
        }
        self.rows = rows;
        self.gathered_rows = 0;
    }

    fn make_room(&mut self, stride: usize) {
        let mut wider = vec![0.0; self.width * stride];
        for column in 0..self.width {
            let from = &self.columns[column * self.stride..][..self.rows];
            wider[column * stride..][..self.rows].copy_from_slice(from);
        }
        (self.columns, self.stride) = (wider, stride);
    }

    /// All numbers, `[column][row]`, without the rows that are not wanted, which are named in ascending order.
    pub fn into_columns(mut self, unwanted: &[usize]) -> Vec<f64> {
        self.settle();
        let mut end = 0;
        for column in 0..self.width {
            let start = column * self.stride;
            let mut from = 0;
            for to in unwanted.iter().copied().chain([self.rows]) {
                self.columns.copy_within(start + from..start + to, end);
                end += to - from;
                from = to + 1;
            }
        }
        self.columns.truncate(end);
        if self.columns.capacity() > 2 * end {
            self.columns.shrink_to_fit();
        }
        self.columns
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_become_columns_whatever_was_expected() {
        for (width, rows, expected) in [
            (1, 1, 0),
            (3, 1000, 1000),
            (3, 1000, 10),
            (7, 129, 500),
            (5000, 3, 3),
        ] {
            let mut grid = Grid::new(width, expected);
            let value = |row: usize, column: usize| (row * width + column) as f64;
            for row in 0..rows {
                // A row that is not kept leaves nothing.
                grid.row_mut().fill(-1.0);
                let filled = grid.row_mut().iter_mut().enumerate();
                filled.for_each(|(column, slot)| *slot = value(row, column));
                grid.keep();
                grid.row_mut().fill(-2.0);
            }
            assert_eq!(grid.rows(), rows);
            let unwanted: Vec<usize> = (0..rows).filter(|row| row % 5 == 1 || row % 5 == 2).collect();
            let wanted: Vec<f64> = (0..width)
                .flat_map(|column| (0..rows).map(move |row| (row, column)))
                .filter(|(row, _)| !unwanted.contains(row))
                .map(|(row, column)| value(row, column))
                .collect();
            assert_eq!(grid.into_columns(&unwanted), wanted, "{width} {rows} {expected}");
        }
    }
}
