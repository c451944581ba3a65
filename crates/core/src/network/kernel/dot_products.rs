//! Sums over the samples, of which a gradient consists.
//!
//! Samples are distributed to eight lanes, sample `i` to lane `i mod 8`; each lane adds its samples in
//! ascending order, by fused multiply-adds, and the eight sums are added by [`lanes::horizontal_sums`]. Tiles
//! of neurons and inputs keep their sums in registers, and the inputs are processed in blocks that stay in
//! the cache; neither changes the order.

use std::ops::Range;

use fearless_simd::{Simd, prelude::*};

use super::lanes::{self, LANES, Lanes, fma, load, map, splat, store, vectors};

/// A task that computes `into[row][column] = Σ left[row][sample] · right[column][sample]` and, after all of
/// these, one `Σ left[row][sample]` per row. All rows of `left` and `right` have `samples` numbers.
#[derive(Debug)]
pub(in crate::network) struct DotProducts<'a> {
    pub(crate) left: &'a [f64],
    pub(crate) right: &'a [f64],
    pub(crate) samples: usize,
    pub(crate) rows: usize,
    pub(crate) columns: usize,
    pub(crate) into: &'a mut [f64],
}

/// The approximate number of values of `right` that stay in the first-level cache together with other data.
const CACHED_NUMBERS: usize = 4096;
/// The maximum number of vectors of samples over which a derivative is summed.
const MAX_VECTORS: usize = 4;
/// The maximum number of inputs of a layer with such sums: for more inputs, tiles are faster.
const MAX_COLUMNS: usize = 16;

/// Computes all sums of a task.
#[cfg_attr(not(debug_assertions), inline(always))]
pub(in crate::network) fn dot_products<S: Simd>(simd: S, task: DotProducts<'_>) {
    if has_few_samples(&task) {
        few_samples_sums(simd, task);
    } else {
        dot_products_tiled(simd, task);
    }
}

/// True if [`few_samples_sums`] can compute the sums.
#[cfg_attr(not(debug_assertions), inline(always))]
fn has_few_samples(task: &DotProducts<'_>) -> bool {
    task.samples.is_multiple_of(LANES) && task.samples <= MAX_VECTORS * LANES && task.columns <= MAX_COLUMNS
}

/// Computes all sums over few samples, which need no tiles.
#[cfg_attr(not(debug_assertions), inline(always))]
fn few_samples_sums<S: Simd>(simd: S, task: DotProducts<'_>) {
    match task.samples / LANES {
        0 => task.into.fill(0.0),
        1 => sums_of_vectors::<S, 1>(simd, task),
        2 => sums_of_vectors::<S, 2>(simd, task),
        3 => sums_of_vectors::<S, 3>(simd, task),
        _ => sums_of_vectors::<S, MAX_VECTORS>(simd, task),
    }
}

/// Computes all sums over `V` vectors of samples, eight sums at a time in the order of `into`.
#[cfg_attr(not(debug_assertions), inline(always))]
#[allow(
    clippy::needless_range_loop,
    reason = "counted loops over small arrays are unrolled and stay in registers"
)]
fn sums_of_vectors<S: Simd, const V: usize>(simd: S, task: DotProducts<'_>) {
    let left = &vectors::<V>(task.left)[..task.rows];
    let right = &vectors::<V>(task.right)[..task.columns];
    let (weights, sums) = task.into.split_at_mut(left.len() * right.len());
    let mut pairs = left.iter().flat_map(
        #[cfg_attr(not(debug_assertions), inline(always))]
        |left| right.iter().map(move |right| (left, right)),
    );
    for into in weights.chunks_mut(LANES) {
        let mut eight = [splat(simd, 0.0); LANES];
        for at in 0..LANES {
            if let Some((left, right)) = pairs.next() {
                eight[at] = dot(simd, left, right);
            }
        }
        store(lanes::horizontal_sums(simd, &eight), into);
    }
    for (into, left) in sums.chunks_mut(LANES).zip(left.chunks(LANES)) {
        let mut eight = [splat(simd, 0.0); LANES];
        for (sum, left) in eight.iter_mut().zip(left) {
            for vector in left {
                *sum += Lanes::load_array_ref(simd, vector);
            }
        }
        store(lanes::horizontal_sums(simd, &eight), into);
    }
}

/// Returns `Σ left · right`, lane by lane.
#[cfg_attr(not(debug_assertions), inline(always))]
fn dot<S: Simd, const V: usize>(simd: S, left: &[[f64; LANES]; V], right: &[[f64; LANES]; V]) -> Lanes<S> {
    let mut sum = splat(simd, 0.0);
    for vector in 0..V {
        let left = Lanes::load_array_ref(simd, &left[vector]);
        sum = fma(left, Lanes::load_array_ref(simd, &right[vector]), sum);
    }
    sum
}

/// Computes any number of sums.
#[cfg_attr(not(debug_assertions), inline(never))]
fn dot_products_tiled<S: Simd>(simd: S, task: DotProducts<'_>) {
    simd.vectorize(
        #[cfg_attr(not(debug_assertions), inline(always))]
        || {
            let mut task = task;
            if task.samples == 1 {
                return single_sample(simd, task);
            }
            let mut row = 0;
            while row < task.rows {
                row += match task.rows - row {
                    8.. => row_sums::<S, 8>(simd, &mut task, row),
                    4.. => row_sums::<S, 4>(simd, &mut task, row),
                    2.. => row_sums::<S, 2>(simd, &mut task, row),
                    _ => row_sums::<S, 1>(simd, &mut task, row),
                };
            }
            // The loop processes as many columns at a time as stay in the cache while all rows are processed.
            let max_columns = (CACHED_NUMBERS / task.samples.max(1)).next_multiple_of(LANES);
            for first in (0..task.columns).step_by(max_columns) {
                let columns = first..(first + max_columns).min(task.columns);
                if S::f64s::LEN >= LANES {
                    block(simd, &mut task, columns);
                } else {
                    block_for_small_registers(simd, &mut task, columns);
                }
            }
        },
    );
}

/// Computes the products of a single sample, which has no sums.
#[cfg_attr(not(debug_assertions), inline(always))]
fn single_sample<S: Simd>(simd: S, task: DotProducts<'_>) {
    let DotProducts {
        left,
        right,
        columns,
        rows,
        into,
        ..
    } = task;
    let (into, sums) = into.split_at_mut(rows * columns);
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

/// Computes the sums of `N` rows of `left`; returns `N`.
#[cfg_attr(not(debug_assertions), inline(always))]
#[allow(
    clippy::needless_range_loop,
    reason = "counted loops over small arrays are unrolled and stay in registers"
)]
fn row_sums<S: Simd, const N: usize>(simd: S, task: &mut DotProducts<'_>, row: usize) -> usize {
    let rows = RowChunks::<'_, N>::new(task.left, task.samples, row);
    let mut sums = [splat(simd, 0.0); N];
    for chunk in 0..rows.count() {
        for at in 0..N {
            sums[at] += rows.load(simd, at, chunk);
        }
    }
    let mut eight = [splat(simd, 0.0); LANES];
    for at in 0..N {
        eight[at] = sums[at];
        if rows.has_rest() {
            eight[at] += rows.load_rest(simd, at);
        }
    }
    let into = &mut task.into[task.rows * task.columns + row..][..N];
    store(lanes::horizontal_sums(simd, &eight), into);
    N
}

/// Computes all rows for some columns, with registers of eight numbers. Tiles of three rows and eight columns
/// fill the registers with their sums; the remaining columns use tiles of up to eight sums.
#[cfg_attr(not(debug_assertions), inline(always))]
fn block<S: Simd>(simd: S, task: &mut DotProducts<'_>, columns: Range<usize>) {
    let mut row = 0;
    let eights = columns.start + columns.len() / LANES * LANES;
    while row < task.rows && columns.start < eights {
        let mut next = row;
        for column in (columns.start..eights).step_by(LANES) {
            next = row
                + match task.rows - row {
                    3.. => tile::<S, 3, 8>(simd, task, row, column),
                    2 => tile::<S, 2, 8>(simd, task, row, column),
                    _ => tile::<S, 1, 8>(simd, task, row, column),
                };
        }
        row = next;
    }
    let mut column = eights;
    while column < columns.end {
        let mut row = 0;
        let left = columns.end - column;
        while row < task.rows {
            row += match (left, task.rows - row) {
                (4.., 2..) => tile::<S, 2, 4>(simd, task, row, column),
                (4.., _) => tile::<S, 1, 4>(simd, task, row, column),
                (2.., 4..) => tile::<S, 4, 2>(simd, task, row, column),
                (2.., _) => tile::<S, 1, 2>(simd, task, row, column),
                (_, 8..) => tile::<S, 8, 1>(simd, task, row, column),
                (_, 4..) => tile::<S, 4, 1>(simd, task, row, column),
                (_, _) => tile::<S, 1, 1>(simd, task, row, column),
            };
        }
        column += match left {
            4.. => 4,
            2.. => 2,
            _ => 1,
        };
    }
}

/// Computes all rows for some columns, with smaller registers and therefore fewer sums at a time.
#[cfg_attr(not(debug_assertions), inline(always))]
fn block_for_small_registers<S: Simd>(simd: S, task: &mut DotProducts<'_>, columns: Range<usize>) {
    let mut row = 0;
    while row < task.rows {
        let mut next = row;
        let mut column = columns.start;
        while column < columns.end {
            let is_pair = column + 2 <= columns.end;
            next = row
                + match (is_pair, task.rows - row) {
                    (true, 2..) => tile::<S, 2, 2>(simd, task, row, column),
                    (true, _) => tile::<S, 1, 2>(simd, task, row, column),
                    (false, 2..) => tile::<S, 2, 1>(simd, task, row, column),
                    (false, _) => tile::<S, 1, 1>(simd, task, row, column),
                };
            column += if is_pair { 2 } else { 1 };
        }
        row = next;
    }
}

/// Computes a tile of `R` rows and `C` columns; returns `R`. The loops have constant counts, so that all sums
/// stay in registers once they are unrolled.
#[cfg_attr(not(debug_assertions), inline(always))]
#[allow(
    clippy::needless_range_loop,
    reason = "counted loops over small arrays are unrolled and stay in registers"
)]
fn tile<S: Simd, const R: usize, const C: usize>(
    simd: S,
    task: &mut DotProducts<'_>,
    row: usize,
    column: usize,
) -> usize {
    let left = RowChunks::<'_, R>::new(task.left, task.samples, row);
    let right = RowChunks::<'_, C>::new(task.right, task.samples, column);
    let mut sums = [[splat(simd, 0.0); C]; R];
    for chunk in 0..left.count() {
        let mut rows = [splat(simd, 0.0); R];
        for row in 0..R {
            rows[row] = left.load(simd, row, chunk);
        }
        for at in 0..C {
            let column = right.load(simd, at, chunk);
            for row in 0..R {
                sums[row][at] = fma(rows[row], column, sums[row][at]);
            }
        }
    }
    // Code outside that loop uses another array, so that the first one needs no memory.
    let mut done = [[splat(simd, 0.0); LANES]; R];
    for row in 0..R {
        for at in 0..C {
            done[row * C / LANES][(row * C + at) % LANES] = sums[row][at];
        }
    }
    if left.has_rest() {
        for row in 0..R {
            let left = left.load_rest(simd, row);
            for at in 0..C {
                let sum = &mut done[row * C / LANES][(row * C + at) % LANES];
                *sum = fma(left, right.load_rest(simd, at), *sum);
            }
        }
    }
    if R * C <= LANES && C == task.columns {
        // The results of all rows are contiguous.
        store(
            lanes::horizontal_sums(simd, &done[0]),
            &mut task.into[row * C..][..R * C],
        );
        return R;
    }
    let mut values = [[0.0; LANES]; R];
    for group in 0..(R * C).div_ceil(LANES) {
        values[group] = lanes::horizontal_sums(simd, &done[group]).to_array();
    }
    for (at, values) in values.as_flattened().chunks_exact(C).take(R).enumerate() {
        task.into[(row + at) * task.columns + column..][..C].copy_from_slice(values);
    }
    R
}

/// `N` rows of samples, split into full vectors and the remaining samples.
struct RowChunks<'a, const N: usize> {
    full: [&'a [[f64; LANES]]; N],
    rest: [&'a [f64]; N],
    count: usize,
}

impl<'a, const N: usize> RowChunks<'a, N> {
    #[cfg_attr(not(debug_assertions), inline(always))]
    #[allow(
        clippy::needless_range_loop,
        reason = "counted loops over small arrays are unrolled and stay in registers"
    )]
    fn new(values: &'a [f64], samples: usize, first: usize) -> Self {
        let count = samples / LANES;
        let (mut full, mut rest) = ([&[][..]; N], [&[][..]; N]);
        let mut left = &values[first * samples..];
        for at in 0..N {
            let (row, others) = left.split_at(samples);
            full[at] = &row.as_chunks::<LANES>().0[..count];
            rest[at] = &row[count * LANES..];
            left = others;
        }
        Self { full, rest, count }
    }

    #[cfg_attr(not(debug_assertions), inline(always))]
    fn count(&self) -> usize {
        self.count
    }

    #[cfg_attr(not(debug_assertions), inline(always))]
    fn has_rest(&self) -> bool {
        !self.rest[0].is_empty()
    }

    #[cfg_attr(not(debug_assertions), inline(always))]
    fn load<S: Simd>(&self, simd: S, at: usize, chunk: usize) -> Lanes<S> {
        Lanes::load_array_ref(simd, &self.full[at][chunk])
    }

    #[cfg_attr(not(debug_assertions), inline(always))]
    fn load_rest<S: Simd>(&self, simd: S, at: usize) -> Lanes<S> {
        load(simd, self.rest[at])
    }
}
