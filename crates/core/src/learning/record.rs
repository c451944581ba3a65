//! How a run stands: what is measured at the end of an epoch, and whether it goes on.

use super::Metrics;

/// How a run stands at the end of an epoch.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct EpochMetrics {
    /// 0 before the first step.
    pub epoch: usize,
    /// Over all samples to train with.
    pub train: Metrics,
    /// Over those held out, if there are any.
    pub test: Option<Metrics>,
}

/// Whether a run goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TrainingStatus {
    /// There are more steps.
    Running,
    /// All epochs are over.
    Done,
    /// Stopped, and rolled back to the epoch with the least training loss.
    Diverged(Divergence),
}

/// Why a run was stopped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Divergence {
    /// A number grew beyond the largest.
    NotFinite,
    /// The loss rose far above where it began.
    Rising,
}
