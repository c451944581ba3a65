//! How long a side of a pane has to be on paper.

/// How long a side of a pane is on paper, in points.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SizeHint {
    /// Shorter, it can't be read.
    pub min: f32,
    /// What it takes where it may choose, and the least that it has beside others.
    pub preferred: f32,
}

impl SizeHint {
    /// What can do with `least` points but looks best from `wanted` on.
    pub const fn new(min: f32, preferred: f32) -> Self {
        Self {
            min,
            preferred: preferred.max(min),
        }
    }

    /// What is full at `length` points, and cut with fewer.
    pub const fn fixed(length: f32) -> Self {
        Self::new(length, length)
    }
}

/// The parts of `room` points in proportion to `shares`, but none less than its `leasts`; `None` if these have no room.
pub fn distribute(total: f32, shares: &[f32], mins: &[f32]) -> Option<Vec<f32>> {
    /// Lengths are sums of rounded ones.
    const TOLERANCE: f32 = 0.01;
    if mins.iter().sum::<f32>() > total + TOLERANCE {
        return None;
    }
    let mut is_at_min = vec![false; shares.len()];
    loop {
        let of = |wanted: bool, of: &[f32]| {
            let both = of.iter().zip(&is_at_min);
            both.filter(|(_, is)| **is == wanted)
                .map(|(part, _)| part)
                .sum::<f32>()
        };
        let each = (total - of(true, mins)) / of(false, shares).max(f32::MIN_POSITIVE);
        let part = |index: usize| match is_at_min[index] {
            true => mins[index],
            false => each * shares[index],
        };
        let parts: Vec<f32> = (0..shares.len()).map(part).collect();
        match (0..parts.len()).find(|&index| !is_at_min[index] && parts[index] < mins[index]) {
            Some(index) => is_at_min[index] = true,
            None => return Some(parts),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_gets_less_than_it_needs() {
        assert_eq!(distribute(100.0, &[1.0, 3.0], &[0.0, 0.0]), Some(vec![25.0, 75.0]));
        assert_eq!(distribute(100.0, &[1.0, 3.0], &[40.0, 10.0]), Some(vec![40.0, 60.0]));
        assert_eq!(
            distribute(100.0, &[1.0, 1.0, 8.0], &[20.0, 14.0, 10.0]),
            Some(vec![20.0, 14.0, 66.0])
        );
        assert_eq!(distribute(100.0, &[1.0, 1.0], &[60.0, 41.0]), None);
        assert_eq!(distribute(100.0, &[1.0, 1.0], &[60.0, 40.0]), Some(vec![60.0, 40.0]));
    }
}
