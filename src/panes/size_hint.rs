//! The length that a side of a panel needs in a figure.

/// The minimum and the preferred length of a panel's side, in points.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct SizeHint {
    /// The minimum length at which the panel can be read.
    pub(crate) min: f32,
    /// The length if the panel may choose, and the minimum width beside other panels.
    pub(crate) preferred: f32,
}

impl SizeHint {
    /// Creates a hint for a side that needs at least `min` points and looks best from `preferred` points on.
    pub(crate) const fn new(min: f32, preferred: f32) -> Self {
        Self {
            min,
            preferred: preferred.max(min),
        }
    }

    /// Creates a hint for a side that needs exactly `length` points.
    pub(crate) const fn fixed(length: f32) -> Self {
        Self::new(length, length)
    }
}
