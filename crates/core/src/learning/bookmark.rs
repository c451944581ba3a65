//! Where a run was left, so that it can go on from there as if it had not been.

use super::batches::SampleOrder;
use super::optimizer::OptimizerState;

/// All of a run at the end of an epoch that its knobs and settings do not tell: what the optimiser remembers, and the
/// order of the samples to come.
///
/// It takes up to three numbers a knob, and half a number a sample.
#[derive(Debug, Clone, PartialEq)]
pub struct TrainerState {
    /// The knobs for standardised inputs, where there is a scaling: those for raw inputs have been rounded once more.
    pub(super) scaled_knobs: Option<Vec<f64>>,
    pub(super) optimizer_state: OptimizerState,
    pub(super) seed: u64,
    pub(super) order: SampleOrder,
}
