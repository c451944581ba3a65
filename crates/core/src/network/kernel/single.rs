//! Products for a single sample: lanes run along the rows. The order within a sum is that of
//! [`matrix_product`](super::matrix_product).

use fearless_simd::{Simd, f64x2, prelude::*};

use super::lanes::{LANES, Lanes, fma, splat, transposed};
use super::matrix_product::{MatrixProduct, StridedWeights};

/// Computes all rows for inputs that are contiguous. It is a separate function because the values that it
/// keeps take time to set up.
#[cfg_attr(not(debug_assertions), inline(never))]
pub(super) fn matrix_product<S: Simd>(simd: S, task: &mut MatrixProduct<'_>) {
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
            rows(simd, task, row);
        },
    );
}

/// Computes the rows from `first` on for a single sample, one by one.
#[cfg_attr(not(debug_assertions), inline(always))]
pub(super) fn rows<S: Simd>(simd: S, task: &mut MatrixProduct<'_>, first: usize) {
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
