//! The layout of the formula pane, computed from sizes alone.

/// The columns of the table, as distances from its left end in points.
///
/// A row reads `symbol | weight × input = product`. The numbers end where their digits line up.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct TermColumns {
    /// True if the symbols of the products fit.
    pub(crate) has_symbols: bool,
    /// The left and right end of the weights.
    pub(crate) weight: [f32; 2],
    /// The center of the multiplication signs.
    pub(crate) times: f32,
    /// The left and right end of the inputs of the neuron.
    pub(crate) input: [f32; 2],
    /// The center of the equals signs.
    pub(crate) equals: f32,
    /// The left and right end of the products.
    pub(crate) product: [f32; 2],
    /// The scale of the font size: 1 if there is enough space.
    pub(crate) scale: f32,
    /// True if `= product` is on a second line.
    pub(crate) is_stacked: bool,
}

/// The width of an operator: `=`, or `×` with the parenthesis that may follow it, in points.
const OPERATOR_WIDTH: f32 = 21.0;
/// The width of the parentheses around a negative input, in points.
const PARENTHESES_WIDTH: f32 = 10.0;
/// The maximum width of the gap before the products, in points.
const MAX_GAP: f32 = 24.0;
/// The minimum scale of the font size in the window.
const MIN_SCALE: f32 = 0.5;
/// The minimum scale of the font size in a figure: 6 pt of print where running text has 8 pt.
const MIN_PRINT_SCALE: f32 = 0.76;

impl TermColumns {
    /// Returns the minimum width of a table in a figure, in points, from the widths of its numbers at full
    /// size.
    pub(crate) fn min_print_width(weight: f32, source: f32, product: f32) -> f32 {
        MIN_PRINT_SCALE * (weight + source + product + 2.0 * OPERATOR_WIDTH + PARENTHESES_WIDTH)
    }

    /// Returns the width at which the table looks best in a figure, in points; with more of it, the numbers would be far
    /// from their symbols.
    pub(crate) fn preferred_print_width(symbol: f32, weight: f32, input: f32, product: f32) -> f32 {
        symbol + weight + input + product + 2.0 * OPERATOR_WIDTH + PARENTHESES_WIDTH + 2.0 * MAX_GAP
    }

    /// Lays out a table of `width` points, given the widths of its symbols and numbers at full size.
    pub(crate) fn new(width: f32, symbol: f32, weight: f32, input: f32, product: f32) -> Self {
        let numbers = weight + input + product + 2.0 * OPERATOR_WIDTH + PARENTHESES_WIDTH;
        let has_symbols = symbol + numbers <= width;
        let scale = if has_symbols {
            1.0
        } else {
            (width / numbers).clamp(MIN_SCALE, 1.0)
        };
        let free = (width - if has_symbols { symbol } else { 0.0 } - numbers).max(0.0);
        // The columns are laid out from right to left, because the digits line up at the right.
        let product = [width - scale * product, width];
        let equals = product[0] - (free / 3.0).min(MAX_GAP) - scale * OPERATOR_WIDTH / 2.0;
        let input_end =
            equals - scale * (OPERATOR_WIDTH + PARENTHESES_WIDTH) / 2.0 - (free / 6.0).min(MAX_GAP / 2.0);
        let input = [input_end - scale * input, input_end];
        let times = input[0] - scale * (OPERATOR_WIDTH + PARENTHESES_WIDTH) / 2.0;
        let weight_end = times - scale * OPERATOR_WIDTH / 2.0;
        Self {
            has_symbols,
            weight: [weight_end - scale * weight, weight_end],
            times,
            input,
            equals,
            product,
            scale,
            is_stacked: false,
        }
    }

    /// Lays out the table of a narrow pane in the window: each product is below its factors.
    pub(crate) fn stacked(width: f32, symbol: f32, weight: f32, input: f32, product: f32) -> Self {
        let factors = weight + input + OPERATOR_WIDTH + PARENTHESES_WIDTH;
        let numbers = factors.max(product + OPERATOR_WIDTH);
        let has_symbols = symbol + numbers <= width;
        let scale = match has_symbols {
            true => 1.0,
            false => (width / numbers).clamp(MIN_SCALE, 1.0),
        };
        let product = [width - scale * product, width];
        let input_end = width - scale * PARENTHESES_WIDTH / 2.0;
        let input = [input_end - scale * input, input_end];
        let times = input[0] - scale * (OPERATOR_WIDTH + PARENTHESES_WIDTH) / 2.0;
        let weight_end = times - scale * OPERATOR_WIDTH / 2.0;
        Self {
            has_symbols,
            weight: [weight_end - scale * weight, weight_end],
            times,
            input,
            equals: product[0] - scale * OPERATOR_WIDTH / 2.0,
            product,
            scale,
            is_stacked: true,
        }
    }

    /// Returns the columns of a table that is `scale` times as large.
    #[must_use]
    pub(crate) fn scaled(self, scale: f32) -> Self {
        let both = |ends: [f32; 2]| ends.map(|end| scale * end);
        Self {
            weight: both(self.weight),
            times: scale * self.times,
            input: both(self.input),
            equals: scale * self.equals,
            product: both(self.product),
            ..self
        }
    }
}

/// The height of a row of the table, in points.
pub(crate) const ROW_HEIGHT: f32 = 25.0;
/// The height of a row with two lines, and the distance between these lines, in points.
pub(crate) const STACKED_ROW_HEIGHT: f32 = 44.0;
pub(crate) const STACKED_LINE_HEIGHT: f32 = 20.0;
/// The minimum number of rows in view above a sticky result; with fewer, the result scrolls with the rows.
const MIN_VISIBLE_ROWS: f32 = 2.0;

/// The vertical layout of the pane, in points from its top.
#[derive(Debug, Clone, Copy)]
pub(crate) struct FormulaLayout {
    /// The top of the first row.
    pub(crate) rows_top: f32,
    /// The number of rows.
    pub(crate) row_count: usize,
    /// The height of the result.
    pub(crate) result_height: f32,
    /// True if the result stays in view while the rows scroll. It doesn't if it contains a table.
    pub(crate) is_result_sticky: bool,
    /// The height of a row.
    pub(crate) row_height: f32,
}

impl FormulaLayout {
    fn rows_bottom(self) -> f32 {
        self.rows_top + self.row_count as f32 * self.row_height
    }

    /// Returns the height of the whole content.
    pub(crate) fn height(self) -> f32 {
        self.rows_bottom() + self.result_height
    }

    /// Returns the top of the result: below the rows, or at the bottom of the view while more rows follow.
    /// `offset` is the scroll offset, `view_height` the visible height.
    pub(crate) fn result_top(self, offset: f32, view_height: f32) -> f32 {
        let natural = self.rows_bottom();
        if !self.is_result_sticky || view_height < self.result_height + MIN_VISIBLE_ROWS * self.row_height {
            return natural;
        }
        natural.min(offset + view_height - self.result_height)
    }

    /// Returns the scroll offset that brings a row into view, or `None` if it is in view.
    pub(crate) fn scroll_offset_for(self, row: usize, offset: f32, view_height: f32) -> Option<f32> {
        let top = self.rows_top + row as f32 * self.row_height;
        let bottom = self.result_top(offset, view_height).min(offset + view_height);
        if top < offset {
            Some(if row == 0 {
                0.0
            } else {
                (top - self.row_height).max(0.0)
            })
        } else if top + self.row_height > bottom {
            Some(offset + top + self.row_height - bottom)
        } else {
            None
        }
    }
}

/// Returns the positions `(left, line)` of boxes that follow each other in lines of `room` points. A box
/// that doesn't fit begins a new line, indented by `indent`.
pub(crate) fn wrapped_positions(widths: &[f32], room: f32, indent: f32) -> Vec<(f32, usize)> {
    let (mut left, mut line) = (0.0, 0);
    let position = |&width: &f32| {
        let is_first = left == 0.0 || left == indent && line > 0;
        if left + width > room && !is_first {
            line += 1;
            left = indent;
        }
        let at = (left, line);
        left += width;
        at
    };
    widths.iter().map(position).collect()
}

/// Returns the indices of the products of a sum that are written out: all, or the first two and the last
/// around a gap (`None`).
pub(crate) fn written_terms(terms: usize) -> Vec<Option<usize>> {
    const MAX_TERMS: usize = 12;
    if terms <= MAX_TERMS {
        (0..terms).map(Some).collect()
    } else {
        vec![Some(0), Some(1), None, Some(terms - 1)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_never_overlap_nor_leave_the_table() {
        for width in [90.0_f32, 122.0, 200.0, 272.0, 400.0, 900.0] {
            for number in [30.0_f32, 48.0, 70.0] {
                let columns = TermColumns::new(width, 60.0, number, number, number);
                let TermColumns {
                    weight,
                    times,
                    input,
                    equals,
                    product,
                    ..
                } = columns;
                let order = [
                    weight[0], weight[1], times, input[0], input[1], equals, product[0], product[1],
                ];
                assert!(order.is_sorted(), "{width} {number} {columns:?}");
                assert_eq!(product[1], width);
                if columns.scale > MIN_SCALE {
                    let from = if columns.has_symbols { 60.0 } else { 0.0 };
                    assert!(weight[0] >= from - 0.5, "{width} {number} {columns:?}");
                }
            }
        }
    }

    #[test]
    fn products_below_their_factors_keep_the_numbers_large() {
        for width in [120.0_f32, 150.0, 200.0] {
            let columns = TermColumns::stacked(width, 60.0, 40.0, 40.0, 48.0);
            assert!(columns.scale > 0.85, "{width} {columns:?}");
            let TermColumns {
                weight,
                times,
                input,
                equals,
                product,
                ..
            } = columns;
            let factors = [0.0, weight[0], weight[1], times, input[0], input[1], width];
            assert!(factors.is_sorted(), "{width} {columns:?}");
            assert!([0.0, equals, product[0], product[1], width].is_sorted());
        }
    }

    #[test]
    fn lines_break_before_boxes_that_do_not_fit() {
        assert_eq!(
            wrapped_positions(&[40.0, 40.0, 40.0], 100.0, 10.0),
            [(0.0, 0), (40.0, 0), (10.0, 1)]
        );
        assert_eq!(
            wrapped_positions(&[200.0, 200.0], 100.0, 10.0),
            [(0.0, 0), (10.0, 1)]
        );
        assert_eq!(wrapped_positions(&[], 100.0, 10.0), []);
    }

    #[test]
    fn long_sums_are_abbreviated() {
        assert_eq!(written_terms(2), [Some(0), Some(1)]);
        assert_eq!(written_terms(784), [Some(0), Some(1), None, Some(783)]);
    }

    #[test]
    fn the_result_stays_in_view_while_rows_scroll() {
        let layout = FormulaLayout {
            rows_top: 30.0,
            row_count: 100,
            result_height: 80.0,
            is_result_sticky: true,
            row_height: ROW_HEIGHT,
        };
        assert_eq!(layout.result_top(0.0, 300.0), 220.0);
        assert_eq!(layout.result_top(500.0, 300.0), 720.0);
        let end = layout.height() - 300.0;
        assert_eq!(layout.result_top(end, 300.0), layout.height() - 80.0);
        // A very low pane shows rows first.
        assert_eq!(layout.result_top(0.0, 100.0), layout.height() - 80.0);
    }

    #[test]
    fn a_requested_row_is_scrolled_into_view() {
        let layout = FormulaLayout {
            rows_top: 30.0,
            row_count: 100,
            result_height: 80.0,
            is_result_sticky: true,
            row_height: ROW_HEIGHT,
        };
        assert_eq!(layout.scroll_offset_for(2, 0.0, 300.0), None);
        for row in [0, 9, 50, 99] {
            let offset = layout.scroll_offset_for(row, 1000.0, 300.0).unwrap_or(1000.0);
            let top = layout.rows_top + row as f32 * ROW_HEIGHT - offset;
            assert!(top >= 0.0 && top + ROW_HEIGHT <= 220.0 + 0.01, "{row} {offset}");
        }
    }
}
