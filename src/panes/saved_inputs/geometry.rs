//! The columns of the table that fit.

/// A column of numbers, or a gap in place of those without room.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SavedInputsColumn {
    /// An input of the network, counted from 0.
    Input(usize),
    /// A neuron of the output layer, counted from 0.
    Output(usize),
    /// One or more columns that are not shown.
    Gap,
}

/// The minimum and maximum width of a column of numbers, in points. The minimum determines how many columns
/// are shown.
const COLUMN_WIDTHS: [f32; 2] = [50.0, 84.0];
/// The width of a gap, in points.
pub(crate) const GAP_WIDTH: f32 = 18.0;

/// Returns the columns of a table of `width` points and the width of those with numbers, in points.
///
/// If not all fit, the first columns and the last one are shown, and at most half of the columns are outputs.
pub(crate) fn visible_columns(inputs: usize, outputs: usize, width: f32) -> (Vec<SavedInputsColumn>, f32) {
    let max_columns = ((width / COLUMN_WIDTHS[0]) as usize).max(2);
    let for_outputs = if inputs + outputs <= max_columns {
        outputs
    } else {
        outputs.min(max_columns / 2)
    };
    let for_inputs = (max_columns - for_outputs).max(1);
    let mut columns = Vec::new();
    push_columns(&mut columns, inputs, for_inputs, SavedInputsColumn::Input);
    push_columns(&mut columns, outputs, for_outputs, SavedInputsColumn::Output);
    let gaps = columns
        .iter()
        .filter(|&&column| column == SavedInputsColumn::Gap)
        .count();
    let numbers = columns.len() - gaps;
    let width = (width - gaps as f32 * GAP_WIDTH) / numbers.max(1) as f32;
    (columns, width.clamp(28.0, COLUMN_WIDTHS[1]))
}

fn push_columns(
    columns: &mut Vec<SavedInputsColumn>,
    count: usize,
    capacity: usize,
    column: fn(usize) -> SavedInputsColumn,
) {
    if count <= capacity {
        columns.extend((0..count).map(column));
        return;
    }
    if capacity <= 1 {
        columns.push(column(0));
        return;
    }
    // The gap takes the place of a column if there is one to spare.
    let first = capacity.saturating_sub(2).max(1);
    columns.extend((0..first).map(column));
    columns.push(SavedInputsColumn::Gap);
    columns.push(column(count - 1));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_columns_are_shown_if_they_fit() {
        let (columns, width) = visible_columns(2, 1, 300.0);
        assert_eq!(
            columns,
            [
                SavedInputsColumn::Input(0),
                SavedInputsColumn::Input(1),
                SavedInputsColumn::Output(0)
            ]
        );
        assert!(width <= 84.0);
    }

    #[test]
    fn of_many_columns_the_first_ones_and_the_last_are_shown() {
        let (columns, width) = visible_columns(784, 10, 400.0);
        assert_eq!(
            columns
                .iter()
                .filter(|&&column| column == SavedInputsColumn::Gap)
                .count(),
            2
        );
        assert!(
            columns.contains(&SavedInputsColumn::Input(783))
                && columns.contains(&SavedInputsColumn::Output(9))
        );
        assert!(columns.starts_with(&[SavedInputsColumn::Input(0), SavedInputsColumn::Input(1)]));
        let numbers = columns
            .iter()
            .filter(|&&column| column != SavedInputsColumn::Gap)
            .count();
        assert!(
            numbers as f32 * width + 2.0 * GAP_WIDTH <= 400.01,
            "{columns:?} {width}"
        );
    }

    #[test]
    fn a_very_narrow_pane_still_has_columns() {
        for room in [0.0, 10.0, 60.0, 120.0] {
            let (columns, width) = visible_columns(4, 3, room);
            assert!(
                columns.contains(&SavedInputsColumn::Input(0))
                    && columns.contains(&SavedInputsColumn::Output(0))
            );
            assert!(width > 0.0);
        }
    }
}
