//! Weighted sums in which few operands vary: added up again from all terms, or updated by the change.

use std::ops::Range;

use fearless_simd::{Simd, prelude::*};

use super::lanes::{LANES, Lanes, fma, load, map, splat, store};
use super::matrix_product::dot_product;
use super::{SimdWidth, Task};

/// The operand that varies in a weighted sum whose other operands are constant.
#[derive(Debug, Clone, Copy)]
pub(crate) enum VaryingOperand {
    /// The weight of an input.
    Weight(usize),
    /// An input.
    Input(usize),
    /// The bias.
    Bias,
}

/// A task that computes `into[column] = Σ weights · inputs + bias` with one varying operand. The bits are those of
/// the complete sums.
#[derive(Debug)]
pub(crate) struct VariedSum<'a> {
    pub(crate) weights: &'a [f64],
    pub(crate) inputs: &'a [f64],
    pub(crate) bias: f64,
    pub(crate) varying: VaryingOperand,
    /// The values of the varying operand, one for each column.
    pub(crate) row: &'a [f64],
    pub(crate) into: &'a mut [f64],
}

/// The operand of a weighted sum that changes.
#[derive(Debug, Clone, Copy)]
pub(crate) enum ChangedOperand {
    /// An input with this weight: `weight · (value − old)` is added.
    Input { weight: f64 },
    /// A weight with this old value: `(value − old) · input` is added. The bias is a weight with an input of 1.
    Weight { old: f64 },
}

/// A task that adds to weighted sums what the change of one operand adds to them. It takes one multiply-add for each
/// column, whatever the number of terms; the results agree with complete sums up to rounding.
#[derive(Debug)]
pub(crate) struct UpdatedSum<'a> {
    pub(crate) changed: ChangedOperand,
    /// The values of the changed operand, one for each column.
    pub(crate) row: &'a [f64],
    /// The old value of a changed input, or the input of a changed weight: one for all columns, or one for each.
    pub(crate) other: &'a [f64],
    /// The sum to begin with; `None` to begin with those in `into`.
    pub(crate) base: Option<f64>,
    pub(crate) into: &'a mut [f64],
}

impl VariedSum<'_> {
    /// Computes the sums.
    pub(crate) fn compute(self) {
        SimdWidth::best().run(self);
    }
}

impl UpdatedSum<'_> {
    /// Computes the sums.
    pub(crate) fn compute(self) {
        SimdWidth::best().run(self);
    }

    /// Computes the sums with `term`, a function of the value of the changed operand and of the other number.
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn add(self, term: impl Fn(f64, f64) -> f64) {
        let Self {
            row,
            other,
            base,
            into,
            ..
        } = self;
        match (other, base) {
            (&[other], Some(base)) => {
                for (sum, &value) in into.iter_mut().zip(row) {
                    *sum = base + term(value, other);
                }
            }
            (&[other], None) => {
                for (sum, &value) in into.iter_mut().zip(row) {
                    *sum += term(value, other);
                }
            }
            (others, base) => {
                if let Some(base) = base {
                    into.fill(base);
                }
                for (sum, (&value, &other)) in into.iter_mut().zip(row.iter().zip(others)) {
                    *sum += term(value, other);
                }
            }
        }
    }
}

impl Task for UpdatedSum<'_> {
    type Output = ();

    #[cfg_attr(not(debug_assertions), inline(always))]
    fn run<S: Simd>(self, _: S) {
        match self.changed {
            ChangedOperand::Input { weight } => self.add(
                #[cfg_attr(not(debug_assertions), inline(always))]
                |value, old| weight * (value - old),
            ),
            ChangedOperand::Weight { old } => self.add(
                #[cfg_attr(not(debug_assertions), inline(always))]
                |value, input| (value - old) * input,
            ),
        }
    }
}

impl Task for VariedSum<'_> {
    type Output = ();

    #[cfg_attr(not(debug_assertions), inline(always))]
    fn run<S: Simd>(self, simd: S) {
        let Self {
            weights,
            inputs,
            bias,
            varying,
            row,
            into,
        } = self;
        let terms = |range: Range<usize>| {
            let inputs = inputs[range.clone()].iter().copied();
            weights[range].iter().copied().zip(inputs)
        };
        let count = weights.len().min(inputs.len());
        let (index, factor) = match varying {
            VaryingOperand::Weight(index) => (index, inputs[index]),
            VaryingOperand::Input(index) => (index, weights[index]),
            VaryingOperand::Bias => {
                let sum = splat(simd, dot_product(simd, terms(0..count)));
                return map(
                    simd,
                    row,
                    into,
                    #[cfg_attr(not(debug_assertions), inline(always))]
                    |value| value + sum,
                );
            }
        };
        let term = VaryingTermSum {
            before: splat(simd, dot_product(simd, terms(0..index))),
            factor: splat(simd, factor),
            weights: &weights[index + 1..count],
            inputs: &inputs[index + 1..count],
            bias: splat(simd, bias),
        };
        term.sum_row(row, into);
    }
}

/// A sum of which one term varies.
struct VaryingTermSum<'a, S: Simd> {
    /// The sum of the terms before it.
    before: Lanes<S>,
    factor: Lanes<S>,
    /// The weights of the terms after it.
    weights: &'a [f64],
    inputs: &'a [f64],
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
        for (&weight, &input) in self.weights.iter().zip(self.inputs) {
            let (weight, input) = (splat(simd, weight), splat(simd, input));
            for vector in 0..V {
                sums[vector] = fma(weight, input, sums[vector]);
            }
        }
        for vector in 0..V {
            store(sums[vector] + self.bias, &mut into[vector * LANES..]);
        }
    }
}
