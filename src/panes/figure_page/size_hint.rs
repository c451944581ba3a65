//! The length that a side of a panel needs in a figure.

/// The minimum and the preferred length of a panel's side, in points.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SizeHint {
    /// The minimum length at which the panel can be read.
    pub min: f32,
    /// The length if the panel may choose, and the minimum width beside other panels.
    pub preferred: f32,
}

impl SizeHint {
    /// Creates a hint for a side that needs at least `min` points and looks best from `preferred` points on.
    pub const fn new(min: f32, preferred: f32) -> Self {
        Self {
            min,
            preferred: preferred.max(min),
        }
    }

    /// Creates a hint for a side that needs exactly `length` points.
    pub const fn fixed(length: f32) -> Self {
        Self::new(length, length)
    }
}

/// Distributes `total` points in proportion to `shares`, each part at least as long as its entry in `mins`;
/// `None` if these don't fit.
pub fn distribute(total: f32, shares: &[f32], mins: &[f32]) -> Option<Vec<f32>> {
    /// The tolerance for sums of rounded lengths, in points.
    const TOLERANCE: f32 = 0.01;
    if mins.iter().sum::<f32>() > total + TOLERANCE {
        return None;
    }
    let mut is_at_min = vec![false; shares.len()];
    loop {
        let of = |wanted: bool, of: &[f32]| {
            let both = of.iter().zip(&is_at_min);
            both.filter(|(_, is)| **is == wanted)
                .map(|(share, _)| share)
                .sum::<f32>()
        };
        let each = (total - of(true, mins)) / of(false, shares).max(f32::MIN_POSITIVE);
        let share = |index: usize| match is_at_min[index] {
            true => mins[index],
            false => each * shares[index],
        };
        let parts: Vec<f32> = (0..shares.len()).map(share).collect();
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
        assert_eq!(
            distribute(100.0, &[1.0, 3.0], &[0.0, 0.0]),
            Some(vec![25.0, 75.0])
        );
        assert_eq!(
            distribute(100.0, &[1.0, 3.0], &[40.0, 10.0]),
            Some(vec![40.0, 60.0])
        );
        assert_eq!(
            distribute(100.0, &[1.0, 1.0, 8.0], &[20.0, 14.0, 10.0]),
            Some(vec![20.0, 14.0, 66.0])
        );
        assert_eq!(distribute(100.0, &[1.0, 1.0], &[60.0, 41.0]), None);
        assert_eq!(
            distribute(100.0, &[1.0, 1.0], &[60.0, 40.0]),
            Some(vec![60.0, 40.0])
        );
    }
}
