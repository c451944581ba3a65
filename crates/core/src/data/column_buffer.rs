//! A buffer for numbers that arrive row by row and are stored column by column.

/// The approximate number of values that are buffered before they are moved to their columns; they stay in
/// the processor's cache.
const BUFFERED_NUMBERS: usize = 4096;
/// The maximum number of rows that are buffered.
const MAX_BUFFERED_ROWS: usize = 64;

/// A table of numbers that grows by rows. Columns are stored in their final place, so that they aren't copied
/// at the end.
#[derive(Debug)]
pub(crate) struct ColumnBuffer {
    width: usize,
    /// The number of rows for which there is space.
    stride: usize,
    /// The number of rows that have been moved to their columns.
    settled_rows: usize,
    /// The values, `[column][row]`; each column has space for `stride` rows.
    columns: Vec<f64>,
    /// The last rows and the one being filled, `[row][column]`. Moving many rows at once writes full cache
    /// lines.
    buffer: Vec<f64>,
    /// The number of complete rows in the buffer.
    buffered_rows: usize,
}

impl ColumnBuffer {
    /// Creates an empty table with space for `expected_rows` rows; more rows require moving the columns.
    /// Memory that is never written to costs nothing.
    pub(crate) fn new(width: usize, expected_rows: usize) -> Self {
        let rows = (BUFFERED_NUMBERS / width.max(1)).clamp(1, MAX_BUFFERED_ROWS);
        Self {
            width,
            stride: expected_rows,
            settled_rows: 0,
            columns: vec![0.0; width * expected_rows],
            buffer: vec![0.0; width * rows],
            buffered_rows: 0,
        }
    }

    /// Returns the number of rows.
    pub(crate) fn row_count(&self) -> usize {
        self.settled_rows + self.buffered_rows
    }

    /// Returns the next row, to be filled. It is added by [`commit_row`](Self::commit_row); otherwise the
    /// next call returns it again.
    pub(crate) fn next_row_mut(&mut self) -> &mut [f64] {
        &mut self.buffer[self.buffered_rows * self.width..][..self.width]
    }

    /// Adds the row that has been filled.
    pub(crate) fn commit_row(&mut self) {
        self.buffered_rows += 1;
        if self.buffered_rows * self.width >= self.buffer.len() {
            self.flush();
        }
    }

    /// Moves the buffered rows to their columns.
    fn flush(&mut self) {
        let rows = self.row_count();
        if rows > self.stride {
            self.grow(rows.max(2 * self.stride));
        }
        let (width, count) = (self.width, self.buffered_rows);
        for column in 0..width {
            let to = &mut self.columns[column * self.stride + self.settled_rows..][..count];
            let from = self.buffer[column..].iter().step_by(width);
            to.iter_mut().zip(from).for_each(|(to, &from)| *to = from);
        }
        self.settled_rows = rows;
        self.buffered_rows = 0;
    }

    /// Makes space for `stride` rows in each column.
    fn grow(&mut self, stride: usize) {
        let mut wider = vec![0.0; self.width * stride];
        for column in 0..self.width {
            let from = &self.columns[column * self.stride..][..self.settled_rows];
            wider[column * stride..][..self.settled_rows].copy_from_slice(from);
        }
        (self.columns, self.stride) = (wider, stride);
    }

    /// Returns all values, `[column][row]`, without the rows `skipped_rows`, which must be in ascending
    /// order.
    pub(crate) fn into_columns(mut self, skipped_rows: &[usize]) -> Vec<f64> {
        self.flush();
        let mut end = 0;
        for column in 0..self.width {
            let start = column * self.stride;
            let mut from = 0;
            for to in skipped_rows.iter().copied().chain([self.settled_rows]) {
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
    fn rows_become_columns_for_any_expected_number_of_rows() {
        for (width, rows, expected) in [
            (1, 1, 0),
            (3, 1000, 1000),
            (3, 1000, 10),
            (7, 129, 500),
            (5000, 3, 3),
        ] {
            let mut buffer = ColumnBuffer::new(width, expected);
            let value = |row: usize, column: usize| (row * width + column) as f64;
            for row in 0..rows {
                // A row that is not committed has no effect.
                buffer.next_row_mut().fill(-1.0);
                let filled = buffer.next_row_mut().iter_mut().enumerate();
                filled.for_each(|(column, slot)| *slot = value(row, column));
                buffer.commit_row();
                buffer.next_row_mut().fill(-2.0);
            }
            assert_eq!(buffer.row_count(), rows);
            let skipped_rows: Vec<usize> = (0..rows).filter(|row| row % 5 == 1 || row % 5 == 2).collect();
            let remaining: Vec<f64> = (0..width)
                .flat_map(|column| (0..rows).map(move |row| (row, column)))
                .filter(|(row, _)| !skipped_rows.contains(row))
                .map(|(row, column)| value(row, column))
                .collect();
            assert_eq!(
                buffer.into_columns(&skipped_rows),
                remaining,
                "{width} {rows} {expected}"
            );
        }
    }
}
