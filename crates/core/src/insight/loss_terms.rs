//! What outputs add to the loss of each sample, in single precision, over rows of samples.

use crate::learning::Loss;
use crate::network::Architecture;

use super::lanes;

/// Whether the loss of a sample is not a sum over the outputs.
pub(super) fn is_softmax_cross_entropy(architecture: &Architecture, loss: Loss) -> bool {
    !needs_outputs(loss) && architecture.layers()[architecture.last_layer()].is_softmax()
}

/// Whether the loss is told from the outputs; else from their sums.
pub(super) fn needs_outputs(loss: Loss) -> bool {
    !matches!(loss, Loss::BinaryCrossEntropy | Loss::CategoricalCrossEntropy)
}

/// What one output adds to the loss of each sample: [`Loss::sum`] in single precision, but for the cross-entropies of a
/// softmax.
#[cfg_attr(not(debug_assertions), inline(always))]
pub(super) fn add_terms(loss: Loss, z: &[f32], a: &[f32], y: &[f32], into: &mut [f32]) {
    match loss {
        Loss::MeanSquaredError => add_with(into, a, y, |a, y| (a - y) * (a - y)),
        Loss::MeanAbsoluteError => add_with(into, a, y, |a, y| (a - y).abs()),
        Loss::Huber => add_with(into, a, y, |a, y| {
            let distance = (a - y).abs();
            let (near, far) = (0.5 * distance * distance, distance - 0.5);
            if distance <= 1.0 { near } else { far }
        }),
        Loss::Hinge => add_with(into, a, y, |a, y| {
            let margin = 1.0 - y * a;
            if margin <= 0.0 { 0.0 } else { margin }
        }),
        Loss::BinaryCrossEntropy => add_with(into, z, y, |z, y| lanes::softplus(z) - y * z),
        Loss::CategoricalCrossEntropy => add_with(into, z, y, |z, y| y * lanes::softplus(-z)),
    }
}

/// Adds a row, place by place.
#[cfg_attr(not(debug_assertions), inline(always))]
pub(super) fn add(into: &mut [f32], row: &[f32]) {
    for (into, &value) in into.iter_mut().zip(row) {
        *into += value;
    }
}

/// Adds what `term` makes of two rows, place by place.
#[inline(always)]
pub(super) fn add_with(into: &mut [f32], left: &[f32], right: &[f32], term: impl Fn(f32, f32) -> f32) {
    for ((into, &left), &right) in into.iter_mut().zip(left).zip(right) {
        *into += term(left, right);
    }
}

/// Keeps the larger number of each place.
#[cfg_attr(not(debug_assertions), inline(always))]
pub(super) fn keep_larger(largest: &mut [f32], row: &[f32]) {
    for (largest, &value) in largest.iter_mut().zip(row) {
        *largest = if value > *largest { value } else { *largest };
    }
}

/// The largest number of each place, over all rows.
#[cfg_attr(not(debug_assertions), inline(always))]
pub(super) fn column_maxima(z: &[f32], width: usize, largest: &mut Vec<f32>) {
    largest.clear();
    largest.extend_from_slice(&z[..width]);
    for row in z[width..].chunks_exact(width) {
        keep_larger(largest, row);
    }
}

/// Softmax over a layer; `largest` and `sum` are scratch.
#[cfg_attr(not(debug_assertions), inline(always))]
pub(super) fn softmax(z: &[f32], a: &mut [f32], width: usize, largest: &mut Vec<f32>, sum: &mut [f32]) {
    column_maxima(z, width, largest);
    sum.fill(0.0);
    for (z, a) in z.chunks_exact(width).zip(a.chunks_exact_mut(width)) {
        for (((a, &z), &largest), sum) in a.iter_mut().zip(z).zip(&*largest).zip(&mut *sum) {
            *a = lanes::exp(z - largest);
            *sum += *a;
        }
    }
    for a in a.chunks_exact_mut(width) {
        for (a, &sum) in a.iter_mut().zip(&*sum) {
            *a /= sum;
        }
    }
}
