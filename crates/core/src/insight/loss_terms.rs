//! The loss terms of each sample in f32, for rows of samples.

use crate::network::Architecture;
use crate::training::Loss;

use super::f32_math;

/// True if the loss is a cross-entropy of softmax outputs. It is then not a sum over the outputs.
pub(super) fn is_softmax_cross_entropy(architecture: &Architecture, loss: Loss) -> bool {
    !needs_outputs(loss) && architecture.layers()[architecture.last_layer()].is_softmax()
}

/// True if the loss is computed from the outputs, false if it is computed from their weighted sums.
pub(super) fn needs_outputs(loss: Loss) -> bool {
    !matches!(loss, Loss::BinaryCrossEntropy | Loss::CategoricalCrossEntropy)
}

/// Adds the loss terms of one output for each sample: the same as `Loss::sum` in f32, except for the
/// cross-entropies of a softmax.
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
        Loss::BinaryCrossEntropy => add_with(into, z, y, |z, y| f32_math::softplus(z) - y * z),
        Loss::CategoricalCrossEntropy => add_with(into, z, y, |z, y| y * f32_math::softplus(-z)),
    }
}

/// Adds a row element by element.
#[cfg_attr(not(debug_assertions), inline(always))]
pub(super) fn add(into: &mut [f32], row: &[f32]) {
    for (into, &value) in into.iter_mut().zip(row) {
        *into += value;
    }
}

/// Adds `term` of two rows element by element.
#[inline(always)]
pub(super) fn add_with(into: &mut [f32], left: &[f32], right: &[f32], term: impl Fn(f32, f32) -> f32) {
    for ((into, &left), &right) in into.iter_mut().zip(left).zip(right) {
        *into += term(left, right);
    }
}

/// Replaces each element by the larger one of it and that of the row.
#[cfg_attr(not(debug_assertions), inline(always))]
pub(super) fn keep_larger(largest: &mut [f32], row: &[f32]) {
    for (largest, &value) in largest.iter_mut().zip(row) {
        *largest = if value > *largest { value } else { *largest };
    }
}

/// Computes the largest element of each column over all rows.
#[cfg_attr(not(debug_assertions), inline(always))]
pub(super) fn column_maxima(z: &[f32], width: usize, largest: &mut Vec<f32>) {
    largest.clear();
    largest.extend_from_slice(&z[..width]);
    for row in z[width..].chunks_exact(width) {
        keep_larger(largest, row);
    }
}

/// Computes the softmax of a layer; `largest` and `sum` are scratch buffers.
#[cfg_attr(not(debug_assertions), inline(always))]
pub(super) fn softmax(z: &[f32], a: &mut [f32], width: usize, largest: &mut Vec<f32>, sum: &mut [f32]) {
    column_maxima(z, width, largest);
    sum.fill(0.0);
    for (z, a) in z.chunks_exact(width).zip(a.chunks_exact_mut(width)) {
        for (((a, &z), &largest), sum) in a.iter_mut().zip(z).zip(&*largest).zip(&mut *sum) {
            *a = f32_math::exp(z - largest);
            *sum += *a;
        }
    }
    for a in a.chunks_exact_mut(width) {
        for (a, &sum) in a.iter_mut().zip(&*sum) {
            *a /= sum;
        }
    }
}
