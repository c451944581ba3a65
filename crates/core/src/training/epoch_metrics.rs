//! The metrics at the end of an epoch, and the status of training.

use super::Metrics;

/// The metrics at the end of an epoch.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct EpochMetrics {
    /// The number of epochs trained; 0 before the first update.
    pub epoch: usize,
    /// The metrics over the training set.
    pub train: Metrics,
    /// The metrics over the test set, if there is one.
    pub test: Option<Metrics>,
}

/// The status of training.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TrainingStatus {
    /// There are epochs left.
    Running,
    /// All epochs have been trained, or training was stopped.
    Done,
    /// Training diverged and was rolled back to the epoch with the lowest training loss.
    Diverged(Divergence),
}

/// The reason why training was stopped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Divergence {
    /// A number overflowed or is NaN.
    NotFinite,
    /// The loss rose far above its initial value.
    Rising,
}
