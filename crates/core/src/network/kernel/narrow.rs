//! Sums of few terms and sums over few samples, as most networks here have them. Nothing is split into panels
//! and blocks, and consecutive layers are computed in the same function.
//!
//! The order within a sum is that of [`matrix_product`](super::matrix_product) and of
//! [`dot_products`](super::dot_products), so the bits are the same.

use fearless_simd::{Simd, prelude::*};

use super::dot_products::DotProducts;
use super::lanes::{self, LANES, Lanes, fma, splat, store};
use super::matrix_product::{MatrixProduct, add_terms};

/// The maximum number of terms of a sum: so few rows of inputs stay in the cache without a copy.
pub(super) const MAX_TERMS: usize = 32;
/// The maximum number of vectors of samples over which a derivative is summed.
const MAX_VECTORS: usize = 4;
/// The maximum number of inputs of a layer with such sums: for more inputs, tiles are faster.
const MAX_COLUMNS: usize = 16;

/// True if the functions of this module can compute the matrix product.
#[cfg_attr(not(debug_assertions), inline(always))]
pub(super) fn has_few_terms(task: &MatrixProduct<'_>) -> bool {
    task.terms <= MAX_TERMS && task.samples >= LANES
}

/// Computes a matrix product for all full vectors of samples. Returns the number of these samples.
#[cfg_attr(not(debug_assertions), inline(always))]
pub(super) fn matrix_product<S: Simd>(simd: S, task: &mut MatrixProduct<'_>) -> usize {
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

/// True if the functions of this module can compute the dot products.
#[cfg_attr(not(debug_assertions), inline(always))]
pub(super) fn has_few_samples(task: &DotProducts<'_>) -> bool {
    task.samples.is_multiple_of(LANES) && task.samples <= MAX_VECTORS * LANES && task.columns <= MAX_COLUMNS
}

/// Computes all sums over the samples.
#[cfg_attr(not(debug_assertions), inline(always))]
pub(super) fn dot_products<S: Simd>(simd: S, task: DotProducts<'_>) {
    match task.samples / LANES {
        0 => task.into.fill(0.0),
        1 => dot_products_of_vectors::<S, 1>(simd, task),
        2 => dot_products_of_vectors::<S, 2>(simd, task),
        3 => dot_products_of_vectors::<S, 3>(simd, task),
        _ => dot_products_of_vectors::<S, MAX_VECTORS>(simd, task),
    }
}

/// Computes all sums over `V` vectors of samples, eight sums at a time in the order of `into`.
#[cfg_attr(not(debug_assertions), inline(always))]
#[allow(
    clippy::needless_range_loop,
    reason = "counted loops over small arrays are unrolled and stay in registers"
)]
fn dot_products_of_vectors<S: Simd, const V: usize>(simd: S, task: DotProducts<'_>) {
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

/// Returns the values as rows of `V` vectors.
#[cfg_attr(not(debug_assertions), inline(always))]
fn vectors<const V: usize>(values: &[f64]) -> &[[[f64; LANES]; V]] {
    values.as_chunks::<LANES>().0.as_chunks::<V>().0
}
