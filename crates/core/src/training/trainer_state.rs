//! The state of a trainer, from which training resumes with the same bits.

use super::batches::SampleOrder;
use super::optimizer::OptimizerState;

/// The state of a [`Trainer`](super::Trainer) at the end of an epoch that its knobs and hyperparameters don't
/// contain: the optimizer's state and the order of the samples in later epochs.
///
/// It takes up to three `f64` for each knob and one `u32` for each sample.
#[derive(Debug, Clone, PartialEq)]
pub struct TrainerState {
    /// The knobs for standardized inputs, if there is a scaling. The raw knobs alone wouldn't do, because
    /// converting them rounds once more.
    pub(super) scaled_knobs: Option<Vec<f64>>,
    pub(super) optimizer_state: OptimizerState,
    pub(super) seed: u64,
    pub(super) order: SampleOrder,
}
