//! Products of weights and inputs.
//!
//! Every sum starts at 0 and adds its terms in ascending order, by fused multiply-adds; the bias is added
//! last. All implementations (`narrow`, `panels` and `single`) keep this order.

use std::ops::Range;

use fearless_simd::{Simd, prelude::*};

use super::lanes::{LANES, Lanes, fma, splat};
use super::{Task, narrow, panels, single};

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
    if !narrow::has_few_terms(task) {
        return matrix_product_tiled(simd, task);
    }
    let done = narrow::matrix_product(simd, task);
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
                single::rows(simd, task, 0);
            } else if is_single_sample {
                single::matrix_product(simd, task);
            } else {
                panels::matrix_product(simd, task);
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
pub(super) fn add_terms<'a, S: Simd, const R: usize, const V: usize>(
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
