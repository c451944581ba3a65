//! The rows in view of a scrolled list. A list of millions of rows is compressed: one point of scrolling then
//! passes more than one point of rows.

/// The maximum height of a list, in points. Beyond it, f32 is too coarse for smooth scrolling.
const MAX_HEIGHT: f64 = 2_000_000.0;
/// The number of rows that stay in view before and after the row that a key moves to.
const MARGIN: f64 = 2.0;

/// A list of equally high rows and the view in which it is scrolled.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct ListScroll {
    rows: f64,
    row_height: f64,
    view_height: f64,
}

impl ListScroll {
    /// Creates a list of `rows` rows; heights are in points.
    pub(crate) fn new(rows: usize, row_height: f32, view_height: f32) -> Self {
        Self {
            rows: rows as f64,
            row_height: f64::from(row_height),
            view_height: f64::from(view_height),
        }
    }

    /// Returns the height of the scrolled content, in points.
    pub(crate) fn height(self) -> f32 {
        (self.rows * self.row_height).min(MAX_HEIGHT) as f32
    }

    /// Returns the number of rows that fit in the view; the last one may be visible only in part.
    fn visible_rows(self) -> f64 {
        self.view_height / self.row_height
    }

    /// Returns the number of rows that one point of scrolling passes. The end of the scroll range shows the
    /// last row.
    fn rows_per_point(self) -> f64 {
        let max_offset = f64::from(self.height()) - self.view_height;
        if max_offset > 0.0 {
            ((self.rows - self.visible_rows()) / max_offset).max(0.0)
        } else {
            0.0
        }
    }

    /// Returns the row at the top of the view at a scroll offset of `offset` points, with a fraction if the
    /// row is cut off.
    pub(crate) fn first_row(self, offset: f32) -> f64 {
        f64::from(offset) * self.rows_per_point()
    }

    /// Returns the offset that brings a row into view; `None` if it is in view at the current `offset`.
    pub(crate) fn offset_to_show(self, row: usize, offset: f32) -> Option<f32> {
        let (row, first, visible) = (row as f64, self.first_row(offset), self.visible_rows());
        let offset_to_show = if row < first + 1.0 {
            row - MARGIN
        } else if row + 2.0 > first + visible {
            row + 1.0 + MARGIN - visible
        } else {
            return None;
        };
        let rows_per_point = self.rows_per_point();
        if rows_per_point == 0.0 {
            return None;
        }
        let max_offset = f64::from(self.height()) - self.view_height;
        Some((offset_to_show / rows_per_point).clamp(0.0, max_offset) as f32)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const VIEW: f32 = 650.0;

    fn shows(scroll: ListScroll, row: usize, offset: f32) -> bool {
        let first = scroll.first_row(offset);
        row as f64 >= first - 1e-6 && (row + 1) as f64 <= first + f64::from(VIEW) / 27.0 + 1e-6
    }

    #[test]
    fn scrolling_to_the_end_shows_the_last_row_of_any_list() {
        for rows in [25, 600, 74_000, 75_000, 110_000, 4_000_000] {
            let scroll = ListScroll::new(rows, 27.0, VIEW);
            assert!(shows(scroll, 0, 0.0));
            assert!(shows(scroll, rows - 1, scroll.height() - VIEW), "{rows}");
        }
    }

    #[test]
    fn every_row_can_be_scrolled_into_view() {
        for rows in [26, 600, 110_000, 4_000_000] {
            let scroll = ListScroll::new(rows, 27.0, VIEW);
            for before in [0.0, 0.4, 1.0] {
                let before = before * (scroll.height() - VIEW);
                for row in [0, 1, 2, 22, 23, 24, rows / 2, rows - 2, rows - 1] {
                    let offset = scroll.offset_to_show(row, before).unwrap_or(before);
                    assert!(shows(scroll, row, offset), "row {row} of {rows} at {offset}");
                    let again = scroll.offset_to_show(row, offset).unwrap_or(offset);
                    assert!((again - offset).abs() < 1.0, "row {row} of {rows}");
                }
            }
        }
    }

    #[test]
    fn a_list_that_fits_is_not_scrolled() {
        let scroll = ListScroll::new(20, 27.0, VIEW);
        assert_eq!(scroll.height(), 540.0);
        assert_eq!(scroll.offset_to_show(19, 0.0), None);
    }
}
