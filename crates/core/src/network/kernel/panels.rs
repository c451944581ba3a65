//! Products of any size, cut up: rows and samples into tiles that fit into registers, terms into blocks that fit into the
//! cache. The order within a sum stays that of [`product`](super::product).

use std::ops::Range;

use fearless_simd::{Simd, prelude::*};

use super::lanes::{LANES, Lanes, load, splat, store};
use super::narrow;
use super::product::{MatrixProduct, StridedRows, add_terms};

/// The terms of a block: so many that a panel of sources stays in the first cache.
const BLOCK_TERMS: usize = 160;
/// With so few terms a small panel is enough, which is sooner cleared.
const FEW_TERMS: usize = narrow::MAX_TERMS;
/// The vectors of a panel of sources, at most.
const MAX_PANEL_VECTORS: usize = 3;

/// Some terms of some samples.
struct PanelRange {
    terms: Range<usize>,
    samples: Range<usize>,
}

/// Panel by panel of samples.
#[cfg_attr(not(debug_assertions), inline(never))]
pub(super) fn matrix_product<S: Simd>(simd: S, task: &mut MatrixProduct<'_>) {
    let vectors = task.samples.div_ceil(LANES);
    let StridedRows { values, stride } = task.inputs;
    if vectors <= max_vectors::<S>() && stride == vectors * LANES {
        // All sources are one panel as they are.
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

fn max_vectors<S: Simd>() -> usize {
    if S::f64s::LEN >= LANES { MAX_PANEL_VECTORS } else { 1 }
}

fn blocks(terms: usize) -> impl Iterator<Item = Range<usize>> {
    let starts = (0..terms.max(1)).step_by(BLOCK_TERMS);
    starts.map(move |start| start..(start + BLOCK_TERMS).min(terms))
}

/// The same with copies of panels of `N` numbers at most: rows side by side, filled up with zeros.
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

/// All rows of a part; `sources` are `[term][sample]` for `vectors` times eight samples.
#[cfg_attr(not(debug_assertions), inline(never))]
fn panel_rows<S: Simd>(simd: S, task: &mut MatrixProduct<'_>, range: &PanelRange, vectors: usize, inputs: &[f64]) {
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

/// `R` rows at once, as long as there are as many.
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

/// `R` rows and `V` vectors of samples. The loops count, so that all sums are in registers once they are unrolled.
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
    // What is loaded and stored in loops of unknown length is another array, so that this one needs no memory.
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

/// From one array to another, with places that are known.
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
