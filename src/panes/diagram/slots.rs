//! The choice of items to show where not all of them fit.

/// One position in a column: an item, or a gap that stands for the items left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ColumnSlot {
    /// An input, neuron or layer, counted from 0.
    Visible(usize),
    /// The number of items left out here.
    Gap(usize),
}

/// The minimum number of slots: the first item, a gap, and the last item.
pub(crate) const MIN_SLOTS: usize = 3;

/// Returns the slots of `count` items where only `capacity` fit: the first items, the item `keep`, and the
/// last one, with gaps between.
pub(crate) fn compressed_slots(count: usize, capacity: usize, keep: Option<usize>) -> Vec<ColumnSlot> {
    let capacity = capacity.max(MIN_SLOTS);
    if count <= capacity {
        return (0..count).map(ColumnSlot::Visible).collect();
    }
    let last = count - 1;
    let required = keep.filter(|&index| index < count);
    // One slot is for a gap and one for the last item; if the item to keep is inside the gap, it needs two
    // more.
    let leading = capacity - 2;
    let is_inside = |index: usize| index >= leading && index < last;
    let mut shown: Vec<usize> = match required.filter(|&index| is_inside(index)) {
        Some(index) => (0..leading.saturating_sub(2).max(1))
            .chain([index, last])
            .collect(),
        None => (0..leading).chain([last]).collect(),
    };
    shown.dedup();
    let mut slots = Vec::with_capacity(capacity);
    let mut next = 0;
    for index in shown {
        if index > next {
            slots.push(ColumnSlot::Gap(index - next));
        }
        slots.push(ColumnSlot::Visible(index));
        next = index + 1;
    }
    slots
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_that_do_not_fit_are_omitted_except_the_selected_one() {
        for (count, capacity, keep) in [
            (4096, 8, 2000),
            (10, 3, 5),
            (10, 8, 9),
            (10, 8, 0),
            (9, 8, 7),
            (5, 5, 2),
        ] {
            let slots = compressed_slots(count, capacity, Some(keep));
            assert!(slots.contains(&ColumnSlot::Visible(keep)), "{slots:?}");
            assert!(
                slots.contains(&ColumnSlot::Visible(0)) && slots.contains(&ColumnSlot::Visible(count - 1))
            );
            let shown: usize = slots
                .iter()
                .map(|slot| match slot {
                    ColumnSlot::Visible(_) => 1,
                    ColumnSlot::Gap(left_out) => *left_out,
                })
                .sum();
            assert_eq!(shown, count, "{slots:?}");
            assert!(slots.len() <= capacity.max(5), "{slots:?}");
        }
    }
}
