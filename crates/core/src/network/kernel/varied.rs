//! A sum in which one number varies, and all else is computed once.

use std::ops::Range;

use fearless_simd::{Simd, prelude::*};

use super::Task;
use super::lanes::{LANES, Lanes, fma, load, map, splat, store};
use super::single::dot_product;

/// What varies in a sum of which all else is constant.
#[derive(Debug, Clone, Copy)]
pub(in crate::network) enum VaryingOperand {
    /// One term: this factor times the varying number.
    Term { index: usize, factor: f64 },
    /// The bias.
    Bias,
}

/// `into[sample] = Σ weights · constants + bias`, but with a varying number in one place.
#[derive(Debug)]
pub(in crate::network) struct VariedSum<'a> {
    pub weights: &'a [f64],
    pub constants: &'a [f64],
    pub bias: f64,
    pub varying: VaryingOperand,
    /// The varying number, one a sample.
    pub row: &'a [f64],
    pub into: &'a mut [f64],
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
    /// The sum of the terms before.
    before: Lanes<S>,
    factor: Lanes<S>,
    /// Of the terms after.
    weights: &'a [f64],
    constants: &'a [f64],
    bias: Lanes<S>,
}

impl<S: Simd> VaryingTermSum<'_, S> {
    /// The sums for a row of numbers. Some vectors go on beside one another, as each sum has to wait for its last term.
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn sum_row(&self, row: &[f64], into: &mut [f64]) {
        let mut done = 0;
        if S::f64s::LEN >= LANES {
            done = self.sum_groups::<8>(done, row, into);
        }
        done = self.sum_groups::<4>(done, row, into);
        self.sum_groups::<1>(done, row, into);
    }

    /// Groups of `V` vectors, as long as there are as many; the last vector may be filled in part. `done` numbers are done,
    /// and so many it returns.
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn sum_groups<const V: usize>(&self, done: usize, row: &[f64], into: &mut [f64]) -> usize {
        let mut done = done;
        while done + (V - 1) * LANES < row.len() {
            self.sum_vectors::<V>(&row[done..], &mut into[done..]);
            done += V * LANES;
        }
        done.min(row.len())
    }

    /// The sums for up to `V` vectors of numbers.
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
