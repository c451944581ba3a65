//! The work that a frame may take, and its parts.
//!
//! While a value is dragged, everything that is shown is computed in each frame. So that a frame takes a few milliseconds
//! at most, each part uses fewer positions or samples if all of them would cost more than the part's budget. All budgets are
//! approximate numbers of multiply-adds, as [`PartialForward::cost`](super::partial_forward::PartialForward::cost)
//! counts them.

/// The work of a frame in which everything is shown.
const FRAME: usize = 48_000_000;

/// All curves of a sweep.
pub(super) const CURVES: usize = FRAME / 8;
/// The search for the exact sign changes of neurons that depend directly on the swept number.
pub(super) const SIGN_CHANGES: usize = FRAME / 32;
/// The search for crossings on one side beyond the axis.
pub(super) const CROSSINGS_BEYOND: usize = FRAME / 96;
/// Narrowing the intervals with crossings, if it were done by bisection.
pub(super) const CROSSINGS: usize = FRAME / 24;
/// The forward pass of the saved inputs.
pub(super) const SAVED_INPUTS: usize = FRAME / 6;
/// The forward pass of a dataset, for loss and accuracy.
pub(super) const EVALUATION: usize = FRAME / 8;
/// The change of the loss when one knob is set.
pub(super) const LOSS_CHANGE: usize = FRAME / 160;
/// The grid of a data plot.
pub(super) const DATA_PLOT: usize = FRAME / 12;
/// The small maps of all neurons.
pub(super) const SMALL_MAPS: usize = FRAME / 16;
/// The profiles of the loss.
pub(super) const LOSS_PROFILES: usize = FRAME * 3 / 4;
/// The profiles of the loss during training, when they change in every frame.
pub(super) const COARSE_LOSS_PROFILES: usize = LOSS_PROFILES / 2;
/// The loss landscape.
pub(super) const LANDSCAPE: usize = FRAME / 2;
/// The loss landscape during training.
pub(super) const COARSE_LANDSCAPE: usize = LANDSCAPE / 4;
/// The loss landscape of a figure: about two seconds.
pub(super) const PRINTED_LANDSCAPE: usize = 1000 * LANDSCAPE;
/// The plot of a dataset in a figure.
pub(super) const PRINTED_DATA_PLOT: usize = 1000 * DATA_PLOT;
