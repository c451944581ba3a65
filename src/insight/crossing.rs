//! Where the selected neuron's pre-activation changes sign along the swept axis.

use crate::network::NeuronAt;

use super::sampler::{Question, Sampler};

/// The most crossings that are looked for inside the axis.
pub const MOST_INSIDE: usize = 64;
/// How far beyond the axis crossings are looked for, in widths of it.
const REACH: f64 = 1000.0;
/// The places at which each side beyond the axis is looked at.
const PLACES_BEYOND: usize = 24;
/// Halvings that take any interval down to neighbouring numbers.
const MOST_HALVINGS: usize = 80;

/// Where the selected neuron's pre-activation changes sign along the swept axis.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Crossings {
    /// Those on the axis, from left to right, at most [`MOST_INSIDE`].
    pub inside: Vec<Crossing>,
    /// The nearest one left of the axis.
    pub below: Option<Crossing>,
    /// The nearest one right of the axis.
    pub above: Option<Crossing>,
}

/// A place where `z` changes sign.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Crossing {
    /// The value of what is swept.
    pub x: f64,
    /// Whether `z` goes from ≤ 0 to > 0 as `x` increases.
    pub rising: bool,
}

/// Neighbouring numbers between which `z` changes sign.
#[derive(Debug, Clone, Copy)]
pub(super) struct Root {
    pub before: f64,
    pub after: f64,
    rising: bool,
    /// Whether `z` is nearer to 0 after than before.
    is_after: bool,
}

impl Root {
    fn crossing(self) -> Crossing {
        Crossing {
            x: if self.is_after { self.after } else { self.before },
            rising: self.rising,
        }
    }
}

/// The side of 0 that decides what a step does.
pub(super) fn is_above(z: f64) -> bool {
    z > 0.0
}

/// Where the `z` of a neuron that depends on the swept number directly changes sign, to the last bit. `None` if
/// it never does, or beyond all numbers.
pub(super) fn settle_root(question: &Question<'_>, at: NeuronAt) -> Option<Root> {
    const FARTHEST_STEP: f64 = 1e-9;
    let variation = &question.variation;
    let slope = variation.slope(at).filter(|&slope| slope != 0.0)?;
    let z = |x: f64| variation.first_z(at.neuron, x);
    let root = -z(0.0) / slope;
    if !root.is_finite() {
        return None;
    }
    let rising = slope > 0.0;
    let is_after = |x: f64| is_above(z(x)) == rising;
    // Rounding may put the change of sign a little beside the quotient: steps that double find it.
    let (mut before, mut after) = (root, root);
    let least = f64::max(root.abs() * f64::EPSILON / 2.0, question.width() * 1e-18);
    let mut step = least;
    while is_after(before) || !is_after(after) {
        if step > FARTHEST_STEP * f64::max(root.abs(), question.width()) {
            break;
        }
        if is_after(before) {
            before = (root - step).min(root.next_down());
        }
        if !is_after(after) {
            after = (root + step).max(root.next_up());
        }
        step *= 2.0;
    }
    while !question.is_adjacent(before, after) {
        let middle = before + 0.5 * (after - before);
        if is_after(middle) {
            after = middle;
        } else {
            before = middle;
        }
    }
    Some(Root {
        before,
        after,
        rising,
        is_after: z(after).abs() < z(before).abs(),
    })
}

/// Finds the crossings on the axis and the nearest one on each side of it.
pub(super) fn find(question: &Question<'_>, sampler: &mut Sampler, crossings: &mut Crossings) {
    crossings.inside.clear();
    crossings.below = None;
    crossings.above = None;
    let [from, to] = question.x;
    if question.variation.slope(question.selected).is_some() {
        if let Some(root) = settle_affine(question) {
            let crossing = root.crossing();
            match crossing.x {
                x if x < from => crossings.below = Some(crossing),
                x if x > to => crossings.above = Some(crossing),
                _ => crossings.inside.push(crossing),
            }
        }
        return;
    }
}

fn settle_affine(question: &Question<'_>) -> Option<Root> {
    (question.selected.layer == question.variation.first_layer())
        .then(|| settle_root(question, question.selected))
        .flatten()
}
