//! The request to a sampler of curves, and the exact sign changes that are known before sampling.

use crate::network::NeuronAddress;
use crate::network::kernel::LANES;
use crate::session::Quantity;

use super::curve::Curve;
use super::partial_forward::PartialForward;

/// Two positions that are closer than this fraction of the axis count as one.
const RESOLUTION: f64 = 1e-18;

/// The curves to be sampled, their axes, and the partial forward passes that compute them.
pub(super) struct CurveRequest<'a> {
    pub(crate) partial_forward: PartialForward<'a>,
    /// The layer of the curves. The selected neuron's layer is not after it.
    pub(crate) layer: usize,
    pub(crate) curves: &'a [Curve],
    pub(crate) selected: NeuronAddress,
    pub(crate) quantity: Quantity,
    pub(crate) x: [f64; 2],
    /// The visible vertical axis, if it does not depend on the curves.
    pub(crate) y: Option<[f64; 2]>,
}

impl CurveRequest<'_> {
    pub(super) fn width(&self) -> f64 {
        self.x[1] - self.x[0]
    }

    /// Returns the approximate number of multiply-adds that one evaluation of the selected neuron costs.
    pub(super) fn cost_of_selected(&self) -> usize {
        self.partial_forward.cost(self.selected.layer, 1)
    }

    /// True if there is no position between the two that could be sampled.
    pub(super) fn is_adjacent(&self, left: f64, right: f64) -> bool {
        let middle = left + 0.5 * (right - left);
        middle <= left || middle >= right || right - left <= RESOLUTION * self.width()
    }
}

/// Two adjacent floating-point numbers between which `z` changes sign.
#[derive(Debug, Clone, Copy)]
pub(super) struct SignChange {
    pub(crate) before: f64,
    pub(crate) after: f64,
    pub(crate) is_rising: bool,
    /// True if `z` is closer to 0 at `after` than at `before`.
    pub(crate) is_after_closer: bool,
}

/// True if `z` is on the side of 0 at which a step function gives 1.
pub(super) fn is_positive(z: f64) -> bool {
    z > 0.0
}

/// Finds the adjacent numbers between which the `z` of a neuron that depends directly on the swept number
/// changes sign. Returns `None` if `z` never changes sign or only beyond the finite numbers.
pub(super) fn find_sign_change(request: &CurveRequest<'_>, at: NeuronAddress) -> Option<SignChange> {
    let partial_forward = &request.partial_forward;
    let slope = partial_forward.slope(at).filter(|&slope| slope != 0.0)?;
    let is_rising = slope > 0.0;
    // As many positions as can be computed at the cost of one.
    let evaluate = |x: [f64; LANES]| {
        let mut z = [0.0; LANES];
        partial_forward.first_layer_z(at.neuron, &x, &mut z);
        z
    };
    // The last position before the change of sign and the first one after it, if they exist. `z` is monotone
    // in `x`.
    let sides = |x: [f64; LANES]| {
        let z = evaluate(x);
        let first = z.iter().position(|&z| is_positive(z) == is_rising);
        let point = |i: usize| Some([*x.get(i)?, *z.get(i)?]);
        let last = first.unwrap_or(LANES).checked_sub(1);
        [last.and_then(point), first.and_then(point)]
    };
    let root = -evaluate([0.0; LANES])[0] / slope;
    if !root.is_finite() {
        return None;
    }
    // Because of rounding, the sign may change slightly beside the quotient. Doubling steps find it.
    let mut step = f64::max(root.abs() * f64::EPSILON / 2.0, request.width() * 1e-18);
    let (mut before, mut after) = (None, None);
    while (before.is_none() || after.is_none()) && step.is_finite() {
        let mut x = [root; LANES];
        for i in 0..LANES / 2 {
            x[LANES / 2 - 1 - i] = (root - step).min(root.next_down());
            x[LANES / 2 + i] = (root + step).max(root.next_up());
            step *= 2.0;
        }
        let [left, right] = sides(x);
        (before, after) = (left.or(before), right.or(after));
    }
    let (mut before, mut after) = before.zip(after)?;
    while !request.is_adjacent(before[0], after[0]) {
        // The midpoint is among the positions, and it differs from both ends.
        let part = |i: usize| before[0] + (i + 1) as f64 / LANES as f64 * (after[0] - before[0]);
        let [left, right] = sides(std::array::from_fn(part));
        (before, after) = (left.unwrap_or(before), right.unwrap_or(after));
    }
    Some(SignChange {
        before: before[0],
        after: after[0],
        is_rising,
        is_after_closer: after[1].abs() < before[1].abs(),
    })
}
