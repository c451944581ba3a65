//! Which of many things have a place where there is no room for all.

/// One place of a column, or what stands for many that have none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Slot {
    /// One input or neuron, counted from 0.
    One(usize),
    /// As many as are left out here.
    Gap(usize),
}

/// So many places there are at least: the first, the last, and a gap between.
pub const FEWEST: usize = 3;

/// The places of `count` things where only `capacity` fit: the first ones, the one to `keep`, and the last.
pub fn compressed(count: usize, capacity: usize, keep: Option<usize>) -> Vec<Slot> {
    let capacity = capacity.max(FEWEST);
    if count <= capacity {
        return (0..count).map(Slot::One).collect();
    }
    let last = count - 1;
    let kept = keep.filter(|&index| index < count);
    // A place for the gap and one for the last; if what must be seen is inside the gap, two more for it.
    let firsts = capacity - 2;
    let is_inside = |index: usize| index >= firsts && index < last;
    let mut shown: Vec<usize> = match kept.filter(|&index| is_inside(index)) {
        Some(index) => (0..firsts.saturating_sub(2).max(1))
            .chain([index, last])
            .collect(),
        None => (0..firsts).chain([last]).collect(),
    };
    shown.dedup();
    let mut slots = Vec::with_capacity(capacity);
    let mut next = 0;
    for index in shown {
        if index > next {
            slots.push(Slot::Gap(index - next));
        }
        slots.push(Slot::One(index));
        next = index + 1;
    }
    slots
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_does_not_fit_is_left_out_but_never_the_selected_one() {
        for (count, capacity, keep) in [
            (4096, 8, 2000),
            (10, 3, 5),
            (10, 8, 9),
            (10, 8, 0),
            (9, 8, 7),
            (5, 5, 2),
        ] {
            let slots = compressed(count, capacity, Some(keep));
            assert!(slots.contains(&Slot::One(keep)), "{slots:?}");
            assert!(slots.contains(&Slot::One(0)) && slots.contains(&Slot::One(count - 1)));
            let shown: usize = slots
                .iter()
                .map(|slot| match slot {
                    Slot::One(_) => 1,
                    Slot::Gap(left_out) => *left_out,
                })
                .sum();
            assert_eq!(shown, count, "{slots:?}");
            assert!(slots.len() <= capacity.max(5), "{slots:?}");
        }
    }
}
