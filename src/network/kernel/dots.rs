//! Sums over the samples: what a gradient is made of.
//!
//! Samples are counted off into eight lanes, sample `i` into lane `i mod 8`; each lane adds up its own in ascending
//! order, by fused multiply-adds, and the eight are added as [`lanes::sum`] does.

use fearless_simd::{Simd, prelude::*};

use super::lanes::{self, LANES, Lanes, fma, load, map, splat};

/// `into[row][column] = Σ left[row][sample] · right[column][sample]`, and `sums[row] = Σ left[row][sample]`. All rows of
/// `left` and `right` have `samples` numbers.
#[derive(Debug)]
pub(in crate::network) struct Dots<'a> {
    pub left: &'a [f64],
    pub right: &'a [f64],
    pub samples: usize,
    pub rows: usize,
    pub columns: usize,
    pub into: &'a mut [f64],
    pub sums: &'a mut [f64],
}

/// About how many numbers the first cache keeps beside others.
const CACHED: usize = 3072;

/// Computes all of them.
#[cfg_attr(not(debug_assertions), inline(never))]
pub(in crate::network) fn dots<S: Simd>(simd: S, task: Dots<'_>) {
    simd.vectorize(
        #[cfg_attr(not(debug_assertions), inline(always))]
        || {
            let mut task = task;
            if task.samples == 1 {
                return for_one(simd, task);
            }
            for (row, sum) in task.sums.iter_mut().enumerate() {
                let mut lanes = splat(simd, 0.0);
                for values in task.left[row * task.samples..][..task.samples].chunks(LANES) {
                    lanes += load(simd, values);
                }
                *sum = lanes::sum(lanes);
            }
            if S::f64s::LEN >= LANES {
                in_tiles::<S, 4>(simd, &mut task);
            } else {
                in_tiles::<S, 2>(simd, &mut task);
            }
        },
    );
}

/// A single sample has no sums, only products.
#[cfg_attr(not(debug_assertions), inline(always))]
fn for_one<S: Simd>(simd: S, task: Dots<'_>) {
    let Dots {
        left,
        right,
        columns,
        into,
        sums,
        ..
    } = task;
    for (into, &left) in into.chunks_exact_mut(columns).zip(left) {
        let left = splat(simd, left);
        map(
            simd,
            right,
            into,
            #[cfg_attr(not(debug_assertions), inline(always))]
            |right| fma(right, left, splat(simd, 0.0)),
        );
    }
    for (sum, left) in sums.iter_mut().zip(left) {
        *sum = 0.0 + left;
    }
}

/// In tiles of `N` rows and `N` columns, so many rows at a time that they stay in the cache.
#[cfg_attr(not(debug_assertions), inline(always))]
fn in_tiles<S: Simd, const N: usize>(simd: S, task: &mut Dots<'_>) {
    let most = (CACHED / task.samples.max(1) / N * N).max(N);
    for block in (0..task.rows).step_by(most) {
        let end = (block + most).min(task.rows);
        let mut column = 0;
        while column < task.columns {
            let is_whole = column + N <= task.columns;
            let mut row = block;
            while row < end {
                match (row + N <= end, is_whole) {
                    (true, true) => tile::<S, N, N>(simd, task, row, column),
                    (true, false) => tile::<S, N, 1>(simd, task, row, column),
                    (false, true) => tile::<S, 1, N>(simd, task, row, column),
                    (false, false) => tile::<S, 1, 1>(simd, task, row, column),
                }
                row += if row + N <= end { N } else { 1 };
            }
            column += if is_whole { N } else { 1 };
        }
    }
}

/// `R` rows and `C` columns. The loops count, so that all sums are in registers once they are unrolled.
#[cfg_attr(not(debug_assertions), inline(always))]
#[allow(clippy::needless_range_loop)]
fn tile<S: Simd, const R: usize, const C: usize>(simd: S, task: &mut Dots<'_>, row: usize, column: usize) {
    let samples = task.samples;
    let whole = samples / LANES;
    let mut left = [&[][..]; R];
    for at in 0..R {
        let row = &task.left[(row + at) * samples..][..samples];
        left[at] = &row.as_chunks::<LANES>().0[..whole];
    }
    let mut right = [&[][..]; C];
    for at in 0..C {
        let column = &task.right[(column + at) * samples..][..samples];
        right[at] = &column.as_chunks::<LANES>().0[..whole];
    }
    let mut sums = [[splat(simd, 0.0); C]; R];
    for place in 0..whole {
        let mut columns = [splat(simd, 0.0); C];
        for at in 0..C {
            columns[at] = Lanes::load_array_ref(simd, &right[at][place]);
        }
        for row in 0..R {
            let left = Lanes::load_array_ref(simd, &left[row][place]);
            for at in 0..C {
                sums[row][at] = fma(left, columns[at], sums[row][at]);
            }
        }
    }
    // Another array for a loop that is not unrolled, so that the first one needs no memory.
    let mut done = [[splat(simd, 0.0); C]; R];
    for at_row in 0..R {
        for at in 0..C {
            done[at_row][at] = sums[at_row][at];
        }
    }
    if whole * LANES < samples {
        let rest = whole * LANES..samples;
        for at_row in 0..R {
            let left = load(simd, &task.left[(row + at_row) * samples..][rest.clone()]);
            for at in 0..C {
                let right = load(simd, &task.right[(column + at) * samples..][rest.clone()]);
                done[at_row][at] = fma(left, right, done[at_row][at]);
            }
        }
    }
    for at_row in 0..R {
        let into = &mut task.into[(row + at_row) * task.columns + column..][..C];
        for at in 0..C {
            into[at] = lanes::sum(done[at_row][at]);
        }
    }
}
