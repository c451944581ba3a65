//! Sums in which one number varies; everything else is computed once.

use std::ops::Range;

use fearless_simd::{Simd, prelude::*};

use super::Task;
use super::lanes::{LANES, Lanes, fma, load, map, splat, store};
use super::matrix_product::dot_product;

/// The operand that varies in a sum whose other operands are constant.
#[derive(Debug, Clone, Copy)]
pub(in crate::network) enum VaryingOperand {
    /// The term at `index`, which is `factor` times the varying number.
    Term { index: usize, factor: f64 },
    /// The bias.
    Bias,
}

/// A task that computes `into[sample] = Σ weights · constants + bias` with one varying operand.
#[derive(Debug)]
pub(in crate::network) struct VariedSum<'a> {
    pub(crate) weights: &'a [f64],
    pub(crate) constants: &'a [f64],
    pub(crate) bias: f64,
    pub(crate) varying: VaryingOperand,
    /// The values of the varying number, one per sample.
    pub(crate) row: &'a [f64],
    pub(crate) into: &'a mut [f64],
}

impl Task for VariedSum<'_> {
    type Output = ();

    #[cfg_attr(not(debug_assertions), inline(always))]
    fn run<S: Simd>(self, simd: S) {
        let Self {
            weights,
            constants,
            bias,
            varying,
            row,
            into,
        } = self;
        let terms = |range: Range<usize>| {
            let constants = constants[range.clone()].iter().copied();
            weights[range].iter().copied().zip(constants)
        };
        let count = weights.len().min(constants.len());
        match varying {
            VaryingOperand::Bias => {
                let sum = splat(simd, dot_product(simd, terms(0..count)));
                map(
                    simd,
                    row,
                    into,
                    #[cfg_attr(not(debug_assertions), inline(always))]
                    |value| value + sum,
                );
            }
            VaryingOperand::Term { index, factor } => {
                let term = VaryingTermSum {
                    before: splat(simd, dot_product(simd, terms(0..index))),
                    factor: splat(simd, factor),
                    weights: &weights[index + 1..count],
                    constants: &constants[index + 1..count],
                    bias: splat(simd, bias),
                };
                term.sum_row(row, into);
            }
        }
    }
}

/// A sum of which one term varies.
struct VaryingTermSum<'a, S: Simd> {
    /// The sum of the terms before it.
    before: Lanes<S>,
    factor: Lanes<S>,
    /// The weights of the terms after it.
    weights: &'a [f64],
    constants: &'a [f64],
    bias: Lanes<S>,
}

impl<S: Simd> VaryingTermSum<'_, S> {
    /// Computes the sums for a row of values. Several vectors are computed side by side, because each
    /// addition to a sum has to wait for the previous one.
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn sum_row(&self, row: &[f64], into: &mut [f64]) {
        let mut done = 0;
        if S::f64s::LEN >= LANES {
            done = self.sum_groups::<8>(done, row, into);
        }
        done = self.sum_groups::<4>(done, row, into);
        self.sum_groups::<1>(done, row, into);
    }

    /// Computes groups of `V` vectors while there are enough values; the last vector may be partial. `done`
    /// values are computed already; returns the new number of computed values.
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn sum_groups<const V: usize>(&self, done: usize, row: &[f64], into: &mut [f64]) -> usize {
        let mut done = done;
        while done + (V - 1) * LANES < row.len() {
            self.sum_vectors::<V>(&row[done..], &mut into[done..]);
            done += V * LANES;
        }
        done.min(row.len())
    }

    /// Computes the sums for up to `V` vectors of values.
    #[cfg_attr(not(debug_assertions), inline(always))]
    #[allow(
        clippy::needless_range_loop,
        reason = "counted loops over small arrays are unrolled and stay in registers"
    )]
    fn sum_vectors<const V: usize>(&self, row: &[f64], into: &mut [f64]) {
        let simd = self.before.simd;
        let mut sums = [self.before; V];
        for vector in 0..V {
            sums[vector] = fma(load(simd, &row[vector * LANES..]), self.factor, self.before);
        }
        for (&weight, &constant) in self.weights.iter().zip(self.constants) {
            let (weight, constant) = (splat(simd, weight), splat(simd, constant));
            for vector in 0..V {
                sums[vector] = fma(weight, constant, sums[vector]);
            }
        }
        for vector in 0..V {
            store(sums[vector] + self.bias, &mut into[vector * LANES..]);
        }
    }
}
