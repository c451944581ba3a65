//! Products of weights and inputs.
//!
//! Every sum starts at 0 and adds its terms in ascending order, by fused multiply-adds; the bias is added
//! last. The implementations for few terms, for a single sample and for any size keep this order.

use std::ops::Range;

use fearless_simd::{Simd, f64x2, prelude::*};

use super::Task;
use super::lanes::{LANES, Lanes, fma, load, splat, store, transposed, vectors};

/// The number of terms of a block, such that a panel of inputs stays in the first-level cache.
const BLOCK_TERMS: usize = 160;
/// The maximum number of terms of a short sum. So few rows of inputs stay in the cache without a copy, and a
/// small panel for them is faster to clear.
const FEW_TERMS: usize = 32;
/// The maximum number of vectors of a panel of inputs.
const MAX_PANEL_VECTORS: usize = 3;

/// Rows of numbers, one after another.
#[derive(Debug, Clone, Copy)]
pub(in crate::network) struct StridedRows<'a> {
    /// The numbers; row `i` begins at `i · stride`.
    pub(crate) values: &'a [f64],
    pub(crate) stride: usize,
}

/// The weights of a sum: the weight of a row and a term is `values[row · row_step + term · term_step]`.
#[derive(Debug, Clone, Copy)]
pub(in crate::network) struct StridedWeights<'a> {
    pub(crate) values: &'a [f64],
    pub(crate) row_step: usize,
    pub(crate) term_step: usize,
}

/// A task that computes `into[row][sample] = Σ weights[row][term] · inputs[term][sample] + bias[row]`.
#[derive(Debug)]
pub(in crate::network) struct MatrixProduct<'a> {
    pub(crate) weights: StridedWeights<'a>,
    pub(crate) inputs: StridedRows<'a>,
    pub(crate) bias: Option<&'a [f64]>,
    pub(crate) rows: usize,
    pub(crate) terms: usize,
    pub(crate) samples: usize,
    pub(crate) into: &'a mut [f64],
    pub(crate) into_stride: usize,
}

impl Task for MatrixProduct<'_> {
    type Output = ();

    #[cfg_attr(not(debug_assertions), inline(always))]
    fn run<S: Simd>(mut self, simd: S) {
        matrix_product(simd, &mut self);
    }
}

/// Computes a product. The task is passed by reference, because a struct that has just been written field by
/// field is slow to read as a whole.
#[cfg_attr(not(debug_assertions), inline(always))]
pub(in crate::network) fn matrix_product<S: Simd>(simd: S, task: &mut MatrixProduct<'_>) {
    if !has_few_terms(task) {
        return matrix_product_tiled(simd, task);
    }
    let done = few_terms_product(simd, task);
    if done < task.samples {
        let mut rest = MatrixProduct {
            weights: task.weights,
            inputs: StridedRows {
                values: &task.inputs.values[done..],
                stride: task.inputs.stride,
            },
            bias: task.bias,
            rows: task.rows,
            terms: task.terms,
            samples: task.samples - done,
            into: &mut task.into[done..],
            into_stride: task.into_stride,
        };
        matrix_product_tiled(simd, &mut rest);
    }
}

/// Computes a product of any size.
#[cfg_attr(not(debug_assertions), inline(never))]
fn matrix_product_tiled<S: Simd>(simd: S, task: &mut MatrixProduct<'_>) {
    simd.vectorize(
        #[cfg_attr(not(debug_assertions), inline(always))]
        || {
            let is_single_sample =
                task.samples == 1 && task.weights.term_step == 1 && task.inputs.stride == 1;
            if is_single_sample && task.rows < LANES {
                single_sample_rows(simd, task, 0);
            } else if is_single_sample {
                single_sample_product(simd, task);
            } else {
                panel_product(simd, task);
            }
        },
    );
}

/// Adds a range of terms to the sums of the rows from `first` on; `inputs` returns the inputs of a term,
/// counted from 0 within the range.
#[cfg_attr(not(debug_assertions), inline(always))]
#[allow(
    clippy::needless_range_loop,
    reason = "counted loops over small arrays are unrolled and stay in registers"
)]
fn add_terms<'a, S: Simd, const R: usize, const V: usize>(
    simd: S,
    sums: &mut [[Lanes<S>; V]; R],
    weights: &StridedWeights<'_>,
    first: usize,
    terms: Range<usize>,
    inputs: impl Fn(usize) -> &'a [[f64; LANES]; V],
) {
    let &StridedWeights {
        values,
        row_step,
        term_step,
    } = weights;
    let count = terms.len();
    if term_step == 1 {
        // The terms of a row are contiguous.
        let mut rows = [&values[..0]; R];
        for row in 0..R {
            rows[row] = &values[(first + row) * row_step + terms.start..][..count];
        }
        for term in 0..count {
            let mut weights = [0.0; R];
            for row in 0..R {
                weights[row] = rows[row][term];
            }
            add_term(simd, sums, inputs(term), &weights);
        }
    } else if row_step == 1 {
        // The rows of a term are contiguous.
        let weights = values[terms.start * term_step + first..].chunks(term_step);
        for (term, weights) in weights.take(count).enumerate() {
            if let Some(weights) = weights.first_chunk::<R>() {
                add_term(simd, sums, inputs(term), weights);
            }
        }
    }
}

/// Adds one term to all sums of a tile.
#[cfg_attr(not(debug_assertions), inline(always))]
#[allow(
    clippy::needless_range_loop,
    reason = "counted loops over small arrays are unrolled and stay in registers"
)]
fn add_term<S: Simd, const R: usize, const V: usize>(
    simd: S,
    sums: &mut [[Lanes<S>; V]; R],
    inputs: &[[f64; LANES]; V],
    weights: &[f64; R],
) {
    let mut vectors = [splat(simd, 0.0); V];
    for vector in 0..V {
        vectors[vector] = Lanes::load_array_ref(simd, &inputs[vector]);
    }
    for row in 0..R {
        let weight = splat(simd, weights[row]);
        for vector in 0..V {
            sums[row][vector] = fma(vectors[vector], weight, sums[row][vector]);
        }
    }
}

/// True if [`few_terms_product`] can compute the product.
#[cfg_attr(not(debug_assertions), inline(always))]
fn has_few_terms(task: &MatrixProduct<'_>) -> bool {
    task.terms <= FEW_TERMS && task.samples >= LANES
}

/// Computes a product of few terms, as most networks here have them, for all full vectors of samples. Nothing
/// is split into panels and blocks, and consecutive layers are computed in the same function. Returns the
/// number of these samples.
#[cfg_attr(not(debug_assertions), inline(always))]
fn few_terms_product<S: Simd>(simd: S, task: &mut MatrixProduct<'_>) -> usize {
    let vectors = task.samples / LANES;
    let mut vector = 0;
    if S::f64s::LEN >= LANES {
        while vector + 4 <= vectors {
            all_rows::<S, 4>(simd, task, vector);
            vector += 4;
        }
        if vector + 2 <= vectors {
            all_rows::<S, 2>(simd, task, vector);
            vector += 2;
        }
    }
    while vector < vectors {
        all_rows::<S, 1>(simd, task, vector);
        vector += 1;
    }
    vectors * LANES
}

/// Computes all rows for `V` vectors of samples.
#[cfg_attr(not(debug_assertions), inline(always))]
fn all_rows<S: Simd, const V: usize>(simd: S, task: &mut MatrixProduct<'_>, vector: usize) {
    let mut row = 0;
    while row + 4 <= task.rows {
        some_rows::<S, 4, V>(simd, task, row, vector);
        row += 4;
    }
    if row + 2 <= task.rows {
        some_rows::<S, 2, V>(simd, task, row, vector);
        row += 2;
    }
    if row < task.rows {
        some_rows::<S, 1, V>(simd, task, row, vector);
    }
}

/// Computes `R` rows for `V` vectors of samples.
#[cfg_attr(not(debug_assertions), inline(always))]
#[allow(
    clippy::needless_range_loop,
    reason = "counted loops over small arrays are unrolled and stay in registers"
)]
fn some_rows<S: Simd, const R: usize, const V: usize>(
    simd: S,
    task: &mut MatrixProduct<'_>,
    first: usize,
    vector: usize,
) {
    let from = vector * LANES;
    let (inputs, stride) = (&task.inputs.values[from..], task.inputs.stride);
    let mut sums = [[splat(simd, 0.0); V]; R];
    add_terms(
        simd,
        &mut sums,
        &task.weights,
        first,
        0..task.terms,
        #[cfg_attr(not(debug_assertions), inline(always))]
        |term| &vectors::<V>(&inputs[term * stride..][..V * LANES])[0],
    );
    for row in 0..R {
        let bias = splat(simd, task.bias.map_or(0.0, |bias| bias[first + row]));
        let into = &mut task.into[(first + row) * task.into_stride + from..][..V * LANES];
        for vector in 0..V {
            store(sums[row][vector] + bias, &mut into[vector * LANES..]);
        }
    }
}

/// A range of terms and a range of samples.
struct PanelRange {
    terms: Range<usize>,
    samples: Range<usize>,
}

/// Computes a product of any size panel by panel, along the samples: rows and samples are split into tiles
/// that fit into registers, terms into blocks that fit into the cache.
#[cfg_attr(not(debug_assertions), inline(never))]
fn panel_product<S: Simd>(simd: S, task: &mut MatrixProduct<'_>) {
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
        panel_product_with_copies::<S, { FEW_TERMS * MAX_PANEL_VECTORS * LANES }>(simd, task);
    } else {
        panel_product_with_copies::<S, { BLOCK_TERMS * MAX_PANEL_VECTORS * LANES }>(simd, task);
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
fn panel_product_with_copies<S: Simd, const N: usize>(simd: S, task: &mut MatrixProduct<'_>) {
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

/// Computes all rows for a single sample with contiguous inputs; lanes run along the rows. It is a separate
/// function because the values that it keeps take time to set up.
#[cfg_attr(not(debug_assertions), inline(never))]
fn single_sample_product<S: Simd>(simd: S, task: &mut MatrixProduct<'_>) {
    simd.vectorize(
        #[cfg_attr(not(debug_assertions), inline(always))]
        || {
            let (weights, terms) = (task.weights, task.terms);
            let inputs = &task.inputs.values[..terms];
            let mut row = 0;
            while row + 4 * LANES <= task.rows {
                let groups = [0, 8, 16, 24].map(
                    #[cfg_attr(not(debug_assertions), inline(always))]
                    |at| RowGroup::new(&weights, row + at, terms),
                );
                let sums = group_sums(simd, groups, inputs);
                task.finish(row, sums.as_flattened());
                row += 4 * LANES;
            }
            while row + LANES <= task.rows {
                let sums = group_sums(simd, [RowGroup::new(&weights, row, terms)], inputs);
                task.finish(row, sums.as_flattened());
                row += LANES;
            }
            single_sample_rows(simd, task, row);
        },
    );
}

#[cfg_attr(not(debug_assertions), inline(always))]
fn single_sample_rows<S: Simd>(simd: S, task: &mut MatrixProduct<'_>, first: usize) {
    let inputs = &task.inputs.values[..task.terms];
    for row in first..task.rows {
        let weights = &task.weights.values[row * task.weights.row_step..][..inputs.len()];
        let terms = weights.iter().copied().zip(inputs.iter().copied());
        let sum = dot_product(simd, terms);
        task.finish(row, &[sum]);
    }
}

impl MatrixProduct<'_> {
    /// Adds the biases to the sums of a single sample from the row `first` on, and stores the results.
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn finish(&mut self, first: usize, sums: &[f64]) {
        for (row, sum) in (first..).zip(sums) {
            self.into[row * self.into_stride] = sum + self.bias.map_or(0.0, |bias| bias[row]);
        }
    }
}

/// Returns `Σ weight · input`, added in the given order.
#[cfg_attr(not(debug_assertions), inline(always))]
pub(super) fn dot_product<S: Simd>(simd: S, terms: impl Iterator<Item = (f64, f64)>) -> f64 {
    let mut sum = f64x2::splat(simd, 0.0);
    for (weight, input) in terms {
        sum = f64x2::splat(simd, weight).mul_add_precise(input, sum);
    }
    sum[0]
}

/// Eight rows of weights, split into blocks of eight terms and the remaining terms.
struct RowGroup<'a> {
    blocks: [&'a [[f64; LANES]]; LANES],
    remainder: [&'a [f64]; LANES],
}

impl<'a> RowGroup<'a> {
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn new(weights: &StridedWeights<'a>, first: usize, terms: usize) -> Self {
        let count = terms / LANES;
        let mut group = Self {
            blocks: [&[]; LANES],
            remainder: [&[]; LANES],
        };
        for at in 0..LANES {
            let row = &weights.values[(first + at) * weights.row_step..][..terms];
            group.blocks[at] = &row.as_chunks::<LANES>().0[..count];
            group.remainder[at] = &row[count * LANES..];
        }
        group
    }

    /// Adds a block of eight terms to the sums.
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn add<S: Simd>(&self, simd: S, block_index: usize, inputs: &[f64; LANES], sum: Lanes<S>) -> Lanes<S> {
        let mut block = [&[0.0; LANES]; LANES];
        for (block, row) in block.iter_mut().zip(&self.blocks) {
            *block = &row[block_index];
        }
        let mut sum = sum;
        for half in 0..2 {
            let terms = transposed(simd, &block, half);
            for (term, &input) in terms.into_iter().zip(&inputs[4 * half..]) {
                sum = fma(term, splat(simd, input), sum);
            }
        }
        sum
    }
}

/// Computes the sums of groups of rows. Four groups are computed side by side, because each addition to a sum
/// has to wait for the previous one. They are written out, so that all their values are in registers.
#[cfg_attr(not(debug_assertions), inline(always))]
fn group_sums<S: Simd, const N: usize>(
    simd: S,
    groups: [RowGroup<'_>; N],
    inputs: &[f64],
) -> [[f64; LANES]; N] {
    let (blocks, remainder) = inputs.as_chunks::<LANES>();
    let mut sums = [splat(simd, 0.0); N];
    for (block_index, inputs) in blocks.iter().enumerate() {
        sums[0] = groups[0].add(simd, block_index, inputs, sums[0]);
        if N > 1 {
            sums[1] = groups[1].add(simd, block_index, inputs, sums[1]);
            sums[2] = groups[2].add(simd, block_index, inputs, sums[2]);
            sums[3] = groups[3].add(simd, block_index, inputs, sums[3]);
        }
    }
    let mut values = [[0.0; LANES]; N];
    for ((values, sum), group) in values.iter_mut().zip(sums).zip(&groups) {
        let mut sum = sum;
        for (term, &input) in remainder.iter().enumerate() {
            let weights = group.remainder.map(|row| row[term]);
            sum = fma(Lanes::load_array(simd, weights), splat(simd, input), sum);
        }
        *values = sum.to_array();
    }
    values
}
