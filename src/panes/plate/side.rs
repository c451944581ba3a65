//! How long a side of a pane has to be on paper.

/// How long a side of a pane is on paper, in points.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Side {
    /// Shorter, it can't be read.
    pub least: f32,
    /// What it takes where it may choose, and the least that it has beside others.
    pub wanted: f32,
}

impl Side {
    /// What can do with `least` points but looks best from `wanted` on.
    pub const fn new(least: f32, wanted: f32) -> Self {
        Self {
            least,
            wanted: wanted.max(least),
        }
    }

    /// What is full at `length` points, and cut with fewer.
    pub const fn fixed(length: f32) -> Self {
        Self::new(length, length)
    }
}

/// The parts of `room` points in proportion to `shares`, but none less than its `leasts`; `None` if these have no room.
pub fn parts(room: f32, shares: &[f32], leasts: &[f32]) -> Option<Vec<f32>> {
    /// Lengths are sums of rounded ones.
    const SLACK: f32 = 0.01;
    if leasts.iter().sum::<f32>() > room + SLACK {
        return None;
    }
    let mut is_least = vec![false; shares.len()];
    loop {
        let of = |wanted: bool, of: &[f32]| {
            let both = of.iter().zip(&is_least);
            both.filter(|(_, is)| **is == wanted)
                .map(|(part, _)| part)
                .sum::<f32>()
        };
        let each = (room - of(true, leasts)) / of(false, shares).max(f32::MIN_POSITIVE);
        let part = |index: usize| match is_least[index] {
            true => leasts[index],
            false => each * shares[index],
        };
        let parts: Vec<f32> = (0..shares.len()).map(part).collect();
        match (0..parts.len()).find(|&index| !is_least[index] && parts[index] < leasts[index]) {
            Some(index) => is_least[index] = true,
            None => return Some(parts),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_gets_less_than_it_needs() {
        assert_eq!(parts(100.0, &[1.0, 3.0], &[0.0, 0.0]), Some(vec![25.0, 75.0]));
        assert_eq!(parts(100.0, &[1.0, 3.0], &[40.0, 10.0]), Some(vec![40.0, 60.0]));
        assert_eq!(
            parts(100.0, &[1.0, 1.0, 8.0], &[20.0, 14.0, 10.0]),
            Some(vec![20.0, 14.0, 66.0])
        );
        assert_eq!(parts(100.0, &[1.0, 1.0], &[60.0, 41.0]), None);
        assert_eq!(parts(100.0, &[1.0, 1.0], &[60.0, 40.0]), Some(vec![60.0, 40.0]));
    }
}
