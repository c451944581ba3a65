//! A sum in which one number varies, and all else is computed once.

use std::ops::Range;

use fearless_simd::Simd;

use super::Task;
use super::lanes::{fma, map, splat};
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
                let before = splat(simd, sum_of(simd, terms(0..index)));
                let factor = splat(simd, factor);
                let bias = splat(simd, bias);
                let after = &weights[index + 1..count];
                let sources = &constants[index + 1..count];
                map(
                    simd,
                    row,
                    into,
                    #[cfg_attr(not(debug_assertions), inline(always))]
                    |value| {
                        let mut sum = fma(value, factor, before);
                        for (&weight, &source) in after.iter().zip(sources) {
                            sum = fma(splat(simd, weight), splat(simd, source), sum);
                        }
                        sum + bias
                    },
                );
            }
        }
    }
}
