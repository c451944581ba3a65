//! A sum in which one number varies, and all else is computed once.

use std::ops::Range;

use fearless_simd::Simd;

use super::Task;
use super::lanes::{LANES, Lanes, fma, load, map, splat, store};
use super::single::sum_of;

/// What varies in a sum of which all else is constant.
#[derive(Debug, Clone, Copy)]
pub(in crate::network) enum Varying {
    /// One term: this factor times the varying number.
    Term { index: usize, factor: f64 },
    /// The bias.
    Bias,
}

/// `into[sample] = Σ weights · constants + bias`, but with a varying number in one place.
#[derive(Debug)]
pub(in crate::network) struct OneVaried<'a> {
    pub weights: &'a [f64],
    pub constants: &'a [f64],
    pub bias: f64,
    pub varying: Varying,
    /// The varying number, one a sample.
    pub row: &'a [f64],
    pub into: &'a mut [f64],
}

impl Task for OneVaried<'_> {
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
            Varying::Bias => {
                let sum = splat(simd, sum_of(simd, terms(0..count)));
                map(
                    simd,
                    row,
                    into,
                    #[cfg_attr(not(debug_assertions), inline(always))]
                    |value| value + sum,
                );
            }
            Varying::Term { index, factor } => {
                let term = VaryingTerm {
                    before: splat(simd, sum_of(simd, terms(0..index))),
                    factor: splat(simd, factor),
                    weights: &weights[index + 1..count],
                    constants: &constants[index + 1..count],
                    bias: splat(simd, bias),
                };
                let length = row.len().min(into.len());
                let (row, row_rest) = row[..length].as_chunks::<{ BESIDE * LANES }>();
                let (into, into_rest) = into[..length].as_chunks_mut::<{ BESIDE * LANES }>();
                for (row, into) in row.iter().zip(into) {
                    term.sums::<BESIDE>(row, into);
                }
                for (row, into) in row_rest.chunks(LANES).zip(into_rest.chunks_mut(LANES)) {
                    term.sums::<1>(row, into);
                }
            }
        }
    }
}

/// So many vectors go on beside one another, as each sum has to wait for its last term.
const BESIDE: usize = 4;

/// A sum of which one term varies.
struct VaryingTerm<'a, S: Simd> {
    /// The sum of the terms before.
    before: Lanes<S>,
    factor: Lanes<S>,
    /// Of the terms after.
    weights: &'a [f64],
    constants: &'a [f64],
    bias: Lanes<S>,
}

impl<S: Simd> VaryingTerm<'_, S> {
    /// The sums for up to `V` vectors of numbers.
    #[cfg_attr(not(debug_assertions), inline(always))]
    #[allow(
        clippy::needless_range_loop,
        reason = "counted loops over small arrays are unrolled and stay in registers"
    )]
    fn sums<const V: usize>(&self, row: &[f64], into: &mut [f64]) {
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
