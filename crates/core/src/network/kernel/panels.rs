//! Products of any size, split into parts: rows and samples into tiles that fit into registers, terms into
//! blocks that fit into the cache. The order within a sum is that of
//! [`matrix_product`](super::matrix_product).

use std::ops::Range;

use fearless_simd::{Simd, prelude::*};

use super::lanes::{LANES, Lanes, load, splat, store};
use super::matrix_product::{MatrixProduct, StridedRows, add_terms};
use super::narrow;

/// The number of terms of a block, such that a panel of inputs stays in the first-level cache.
const BLOCK_TERMS: usize = 160;
/// The number of terms up to which a small panel is used, because it is faster to clear.
const FEW_TERMS: usize = narrow::MAX_TERMS;
/// The maximum number of vectors of a panel of inputs.
const MAX_PANEL_VECTORS: usize = 3;

/// A range of terms and a range of samples.
struct PanelRange {
    terms: Range<usize>,
    samples: Range<usize>,
}

/// Computes a product panel by panel, along the samples.
#[cfg_attr(not(debug_assertions), inline(never))]
pub(super) fn matrix_product<S: Simd>(simd: S, task: &mut MatrixProduct<'_>) {
    let vectors = task.samples.div_ceil(LANES);
    let StridedRows { values, stride } = task.inputs;
    if vectors <= max_vectors::<S>() && stride == vectors * LANES {
        // The inputs already form a single panel, so they are not copied.
        for terms in blocks(task.terms) {
            let inputs = &values[terms.start * stride..terms.end * stride];
            let samples = 0..task.samples;
            panel_rows(simd, task, &PanelRange { terms, samples }, vectors, inputs);
        }
    } else if task.terms <= FEW_TERMS {
        matrix_product_with_copies::<S, { FEW_TERMS * MAX_PANEL_VECTORS * LANES }>(simd, task);
    } else {
        matrix_product_with_copies::<S, { BLOCK_TERMS * MAX_PANEL_VECTORS * LANES }>(simd, task);
    }
}

/// Returns the maximum number of vectors of a panel for the size of the registers.
fn max_vectors<S: Simd>() -> usize {
    if S::f64s::LEN >= LANES {
        MAX_PANEL_VECTORS
    } else {
        1
    }
}

/// Returns an iterator over the ranges of terms of the blocks.
fn blocks(terms: usize) -> impl Iterator<Item = Range<usize>> {
    let starts = (0..terms.max(1)).step_by(BLOCK_TERMS);
    starts.map(move |start| start..(start + BLOCK_TERMS).min(terms))
}

/// Computes a product with copies of panels of at most `N` numbers: rows side by side, padded with zeros.
#[cfg_attr(not(debug_assertions), inline(never))]
fn matrix_product_with_copies<S: Simd, const N: usize>(simd: S, task: &mut MatrixProduct<'_>) {
    let mut panel = [0.0; N];
    for terms in blocks(task.terms) {
        let mut sample = 0;
        while sample < task.samples {
            let vectors = (task.samples - sample).div_ceil(LANES).min(max_vectors::<S>());
            let size = vectors * LANES;
            let samples = sample..(sample + size).min(task.samples);
            let panel = &mut panel[..terms.len() * size];
            for (term, into) in terms.clone().zip(panel.chunks_exact_mut(size)) {
                let row = &task.inputs.values[term * task.inputs.stride..][samples.clone()];
                let (full, rest) = into.split_at_mut(row.len());
                full.copy_from_slice(row);
                rest.fill(0.0);
            }
            let range = PanelRange {
                terms: terms.clone(),
                samples,
            };
            panel_rows(simd, task, &range, vectors, panel);
            sample += size;
        }
    }
}

/// Computes all rows for a range of terms and samples; `inputs` are `[term][sample]` for `vectors` times
/// eight samples.
#[cfg_attr(not(debug_assertions), inline(never))]
fn panel_rows<S: Simd>(
    simd: S,
    task: &mut MatrixProduct<'_>,
    range: &PanelRange,
    vectors: usize,
    inputs: &[f64],
) {
    simd.vectorize(
        #[cfg_attr(not(debug_assertions), inline(always))]
        || {
            if S::f64s::LEN < LANES {
                return row_tiles::<S, 4, 1>(simd, task, range, inputs);
            }
            match vectors {
                1 => row_tiles::<S, 8, 1>(simd, task, range, inputs),
                2 => row_tiles::<S, 8, 2>(simd, task, range, inputs),
                _ => row_tiles::<S, 8, MAX_PANEL_VECTORS>(simd, task, range, inputs),
            }
        },
    );
}

/// Computes all rows, `R` at a time while there are enough, then in smaller tiles.
#[cfg_attr(not(debug_assertions), inline(always))]
fn row_tiles<S: Simd, const R: usize, const V: usize>(
    simd: S,
    task: &mut MatrixProduct<'_>,
    range: &PanelRange,
    inputs: &[f64],
) {
    let mut row = 0;
    while row + R <= task.rows {
        tile::<S, R, V>(simd, task, row, range, inputs);
        row += R;
    }
    if R > 4 && row + 4 <= task.rows {
        tile::<S, 4, V>(simd, task, row, range, inputs);
        row += 4;
    }
    while row < task.rows {
        tile::<S, 1, V>(simd, task, row, range, inputs);
        row += 1;
    }
}

/// Computes a tile of `R` rows and `V` vectors of samples. The loops have constant counts, so that all sums
/// stay in registers once they are unrolled.
#[cfg_attr(not(debug_assertions), inline(always))]
#[allow(
    clippy::needless_range_loop,
    reason = "counted loops over small arrays are unrolled and stay in registers"
)]
fn tile<S: Simd, const R: usize, const V: usize>(
    simd: S,
    task: &mut MatrixProduct<'_>,
    first: usize,
    range: &PanelRange,
    inputs: &[f64],
) {
    let PanelRange { terms, samples } = range;
    let stride = task.into_stride;
    let mut partial_sums = [[splat(simd, 0.0); V]; R];
    if terms.start > 0 {
        for row in 0..R {
            let into = &task.into[(first + row) * stride..][samples.clone()];
            for vector in 0..V {
                partial_sums[row][vector] = load(simd, &into[vector * LANES..]);
            }
        }
    }
    // Loads and stores in loops of unknown length use another array, so that this one needs no memory.
    let mut sums = [[splat(simd, 0.0); V]; R];
    copy(&partial_sums, &mut sums);
    let inputs = inputs.as_chunks::<LANES>().0.as_chunks::<V>().0;
    add_terms(
        simd,
        &mut sums,
        &task.weights,
        first,
        terms.clone(),
        #[cfg_attr(not(debug_assertions), inline(always))]
        |term| &inputs[term],
    );
    let mut results = partial_sums;
    copy(&sums, &mut results);
    let is_last = terms.end == task.terms;
    for row in 0..R {
        let bias = splat(simd, task.bias.map_or(0.0, |bias| bias[first + row]));
        let into = &mut task.into[(first + row) * stride..][samples.clone()];
        for vector in 0..V {
            let sum = results[row][vector];
            let sum = if is_last { sum + bias } else { sum };
            store(sum, &mut into[vector * LANES..]);
        }
    }
}

/// Copies an array into another, with constant indices.
#[cfg_attr(not(debug_assertions), inline(always))]
#[allow(
    clippy::needless_range_loop,
    clippy::manual_memcpy,
    reason = "counted loops over small arrays are unrolled and stay in registers"
)]
fn copy<S: Simd, const R: usize, const V: usize>(from: &[[Lanes<S>; V]; R], into: &mut [[Lanes<S>; V]; R]) {
    for row in 0..R {
        for vector in 0..V {
            into[row][vector] = from[row][vector];
        }
    }
}
