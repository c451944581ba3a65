//! A single sample: lanes lie along the rows. The order within a sum stays that of [`product`](super::product).

use fearless_simd::{Simd, f64x2, prelude::*};

use super::lanes::{LANES, Lanes, fma, splat, turned};
use super::product::{Product, Weights};

/// All rows, for sources that lie side by side. A function of its own, as all that it keeps costs time to set up.
#[cfg_attr(not(debug_assertions), inline(never))]
pub(super) fn product<S: Simd>(simd: S, task: &mut Product<'_>) {
    simd.vectorize(
        #[cfg_attr(not(debug_assertions), inline(always))]
        || {
            let (weights, terms) = (task.weights, task.terms);
            let sources = &task.sources.values[..terms];
            let mut row = 0;
            while row + 4 * LANES <= task.rows {
                let groups = [0, 8, 16, 24].map(
                    #[cfg_attr(not(debug_assertions), inline(always))]
                    |at| Group::new(&weights, row + at, terms),
                );
                let sums = columns(simd, groups, sources);
                task.finish(row, sums.as_flattened());
                row += 4 * LANES;
            }
            while row + LANES <= task.rows {
                let sums = columns(simd, [Group::new(&weights, row, terms)], sources);
                task.finish(row, sums.as_flattened());
                row += LANES;
            }
            rows(simd, task, row);
        },
    );
}

/// The rows of a single sample from `first` on, one by one.
#[cfg_attr(not(debug_assertions), inline(always))]
pub(super) fn rows<S: Simd>(simd: S, task: &mut Product<'_>, first: usize) {
    let sources = &task.sources.values[..task.terms];
    for row in first..task.rows {
        let weights = &task.weights.values[row * task.weights.row_step..][..sources.len()];
        let terms = weights.iter().copied().zip(sources.iter().copied());
        let sum = sum_of(simd, terms);
        task.finish(row, &[sum]);
    }
}

impl Product<'_> {
    /// Keeps the sums of a single sample from the row `first` on.
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn finish(&mut self, first: usize, sums: &[f64]) {
        for (row, sum) in (first..).zip(sums) {
            self.into[row * self.into_stride] = sum + self.bias.map_or(0.0, |bias| bias[row]);
        }
    }
}

/// `Σ weight · source`, in their order.
#[cfg_attr(not(debug_assertions), inline(always))]
pub(super) fn sum_of<S: Simd>(simd: S, terms: impl Iterator<Item = (f64, f64)>) -> f64 {
    let mut sum = f64x2::splat(simd, 0.0);
    for (weight, source) in terms {
        sum = f64x2::splat(simd, weight).mul_add_precise(source, sum);
    }
    sum[0]
}

/// Eight rows of weights: in blocks of eight terms, and the terms that are left.
struct Group<'a> {
    blocks: [&'a [[f64; LANES]]; LANES],
    last: [&'a [f64]; LANES],
}

impl<'a> Group<'a> {
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn new(weights: &Weights<'a>, first: usize, terms: usize) -> Self {
        let count = terms / LANES;
        let mut group = Self {
            blocks: [&[]; LANES],
            last: [&[]; LANES],
        };
        for at in 0..LANES {
            let row = &weights.values[(first + at) * weights.row_step..][..terms];
            group.blocks[at] = &row.as_chunks::<LANES>().0[..count];
            group.last[at] = &row[count * LANES..];
        }
        group
    }

    /// Adds a block of terms.
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn add<S: Simd>(&self, simd: S, place: usize, sources: &[f64; LANES], sum: Lanes<S>) -> Lanes<S> {
        let mut block = [&[0.0; LANES]; LANES];
        for (block, row) in block.iter_mut().zip(&self.blocks) {
            *block = &row[place];
        }
        let mut sum = sum;
        for half in 0..2 {
            let terms = turned(simd, &block, half);
            for (term, &source) in terms.into_iter().zip(&sources[4 * half..]) {
                sum = fma(term, splat(simd, source), sum);
            }
        }
        sum
    }
}

/// The sums of groups of rows. Four groups go on beside one another, as each sum has to wait for its last term; they are
/// written out, so that all that is known of them is in registers.
#[cfg_attr(not(debug_assertions), inline(always))]
fn columns<S: Simd, const N: usize>(simd: S, groups: [Group<'_>; N], sources: &[f64]) -> [[f64; LANES]; N] {
    let (blocks, last) = sources.as_chunks::<LANES>();
    let mut sums = [splat(simd, 0.0); N];
    for (place, sources) in blocks.iter().enumerate() {
        sums[0] = groups[0].add(simd, place, sources, sums[0]);
        if N > 1 {
            sums[1] = groups[1].add(simd, place, sources, sums[1]);
            sums[2] = groups[2].add(simd, place, sources, sums[2]);
            sums[3] = groups[3].add(simd, place, sources, sums[3]);
        }
    }
    let mut values = [[0.0; LANES]; N];
    for ((values, sum), group) in values.iter_mut().zip(sums).zip(&groups) {
        let mut sum = sum;
        for (term, &source) in last.iter().enumerate() {
            let weights = group.last.map(|row| row[term]);
            sum = fma(Lanes::load_array(simd, weights), splat(simd, source), sum);
        }
        *values = sum.to_array();
    }
    values
}
