//! Which columns of the table there is room for.

/// A column of numbers, or the gap that stands for those without room.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Column {
    /// An input of the network.
    Input(usize),
    /// A neuron of the last layer.
    Output(usize),
    /// Some that are not shown.
    Gap,
}

/// The narrowest and the widest column of numbers, in points.
const WIDTHS: [f32; 2] = [50.0, 84.0];
/// The width of a gap, in points.
pub const GAP: f32 = 18.0;

/// The columns of a table of `room` points, and the width of those with numbers.
///
/// Where there are too many, the first ones and the last are shown, and at most half of the room goes to outputs.
pub fn columns(inputs: usize, outputs: usize, room: f32) -> (Vec<Column>, f32) {
    let most = ((room / WIDTHS[0]) as usize).max(2);
    let for_outputs = if inputs + outputs <= most {
        outputs
    } else {
        outputs.min(most / 2)
    };
    let for_inputs = (most - for_outputs).max(1);
    let mut columns = Vec::new();
    add(&mut columns, inputs, for_inputs, Column::Input);
    add(&mut columns, outputs, for_outputs, Column::Output);
    let gaps = columns.iter().filter(|&&column| column == Column::Gap).count();
    let numbers = columns.len() - gaps;
    let width = (room - gaps as f32 * GAP) / numbers.max(1) as f32;
    (columns, width.clamp(28.0, WIDTHS[1]))
}

fn add(columns: &mut Vec<Column>, count: usize, room: usize, column: fn(usize) -> Column) {
    if count <= room {
        columns.extend((0..count).map(column));
        return;
    }
    if room <= 1 {
        columns.push(column(0));
        return;
    }
    // The gap takes the place of a column, as far as there is one to spare.
    let first = room.saturating_sub(2).max(1);
    columns.extend((0..first).map(column));
    columns.push(Column::Gap);
    columns.push(column(count - 1));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_columns_are_shown_where_there_is_room() {
        let (columns, width) = columns(2, 1, 300.0);
        assert_eq!(columns, [Column::Input(0), Column::Input(1), Column::Output(0)]);
        assert!(width <= 84.0);
    }

    #[test]
    fn many_columns_are_the_first_ones_and_the_last() {
        let (columns, width) = columns(784, 10, 400.0);
        assert_eq!(columns.iter().filter(|&&column| column == Column::Gap).count(), 2);
        assert!(columns.contains(&Column::Input(783)) && columns.contains(&Column::Output(9)));
        assert!(columns.starts_with(&[Column::Input(0), Column::Input(1)]));
        let numbers = columns.iter().filter(|&&column| column != Column::Gap).count();
        assert!(
            numbers as f32 * width + 2.0 * GAP <= 400.01,
            "{columns:?} {width}"
        );
    }

    #[test]
    fn a_sliver_of_a_pane_still_has_columns() {
        for room in [0.0, 10.0, 60.0, 120.0] {
            let (columns, width) = columns(4, 3, room);
            assert!(columns.contains(&Column::Input(0)) && columns.contains(&Column::Output(0)));
            assert!(width > 0.0);
        }
    }
}
