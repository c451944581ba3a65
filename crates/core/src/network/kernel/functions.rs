//! Functions of weighted sums over rows of samples, with their slopes, and softmax.

use fearless_simd::{Select, Simd, prelude::*};

use super::lanes::{LANES, Lanes, load, map, splat, store};
use super::{Task, exponential};

/// Calls [`map`] with an inlined closure.
macro_rules! map {
    ($simd:ident, $from:expr, $into:expr, |$x:pat_param| $f:expr) => {
        map(
            $simd,
            $from,
            $into,
            #[cfg_attr(not(debug_assertions), inline(always))]
            |$x| $f,
        )
    };
}

/// The output for a weighted sum, and its derivative with respect to the sum.
pub(in crate::network) type ValueAndSlope<S> = (Lanes<S>, Lanes<S>);

/// An operation on a row of weighted sums. Values that an operation doesn't use are not computed.
pub(in crate::network) trait RowOperation<S: Simd> {
    /// Runs the operation along the row; `point` must be a closure with `#[inline(always)]`.
    fn each(self, simd: S, point: impl Fn(Lanes<S>) -> ValueAndSlope<S>);
}

/// An operation that computes the outputs for a row of weighted sums.
pub(in crate::network) struct ComputeOutputs<'a> {
    pub(in crate::network) z: &'a [f64],
    pub(in crate::network) a: &'a mut [f64],
}

impl<S: Simd> RowOperation<S> for ComputeOutputs<'_> {
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn each(self, simd: S, point: impl Fn(Lanes<S>) -> ValueAndSlope<S>) {
        map!(simd, self.z, self.a, |z| point(z).0);
    }
}

/// An operation that computes the outputs for a row of weighted sums, and their slopes.
pub(in crate::network) struct ComputeOutputsAndSlopes<'a> {
    pub(in crate::network) z: &'a [f64],
    pub(in crate::network) a: &'a mut [f64],
    pub(in crate::network) slopes: &'a mut [f64],
}

impl<S: Simd> RowOperation<S> for ComputeOutputsAndSlopes<'_> {
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn each(self, simd: S, point: impl Fn(Lanes<S>) -> ValueAndSlope<S>) {
        let length = self.z.len();
        let (z, z_rest) = self.z.as_chunks::<LANES>();
        let (a, a_rest) = self.a[..length].as_chunks_mut::<LANES>();
        let (slopes, slopes_rest) = self.slopes[..length].as_chunks_mut::<LANES>();
        for (z, (a, slope)) in z.iter().zip(a.iter_mut().zip(slopes)) {
            let point = point(Lanes::load_array_ref(simd, z));
            point.0.store_array(a);
            point.1.store_array(slope);
        }
        if !z_rest.is_empty() {
            let point = point(load(simd, z_rest));
            store(point.0, a_rest);
            store(point.1, slopes_rest);
        }
    }
}

/// An operation that turns derivatives with respect to outputs into derivatives with respect to weighted
/// sums: each is multiplied by the slope.
pub(in crate::network) struct MultiplyBySlopes<'a> {
    pub(in crate::network) z: &'a [f64],
    pub(in crate::network) gradients: &'a mut [f64],
}

impl<S: Simd> RowOperation<S> for MultiplyBySlopes<'_> {
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn each(self, simd: S, point: impl Fn(Lanes<S>) -> ValueAndSlope<S>) {
        multiply(
            simd,
            self.z,
            self.gradients,
            #[cfg_attr(not(debug_assertions), inline(always))]
            |z| point(z).1,
        );
    }
}

/// Computes `gradients[i] *= factor(from[i])`.
#[cfg_attr(not(debug_assertions), inline(always))]
fn multiply<S: Simd>(simd: S, from: &[f64], gradients: &mut [f64], factor: impl Fn(Lanes<S>) -> Lanes<S>) {
    let from = &from[..gradients.len()];
    let (from, from_rest) = from.as_chunks::<LANES>();
    let (gradients, rest) = gradients.as_chunks_mut::<LANES>();
    for (gradients, from) in gradients.iter_mut().zip(from) {
        let product = Lanes::load_array_ref(simd, gradients) * factor(Lanes::load_array_ref(simd, from));
        product.store_array(gradients);
    }
    if !rest.is_empty() {
        store(load(simd, rest) * factor(load(simd, from_rest)), rest);
    }
}

/// Computes the softmax over a layer, for every sample: `z` and `a` are `[neuron][sample]` with `samples`
/// columns.
///
/// The largest `z` of a sample is subtracted first, so that no exponential overflows. The sum adds the
/// neurons in their order.
#[cfg_attr(not(debug_assertions), inline(always))]
pub(in crate::network) fn softmax<S: Simd>(simd: S, z: &[f64], samples: usize, a: &mut [f64]) {
    if samples == 1 {
        return softmax_single_sample(simd, z, a);
    }
    for first in (0..samples).step_by(LANES) {
        let columns = first..(first + LANES).min(samples);
        let mut largest = splat(simd, f64::NEG_INFINITY);
        for row in z.chunks_exact(samples) {
            let z = load(simd, &row[columns.clone()]);
            largest = z.simd_gt(largest).select(z, largest);
        }
        let mut sum = splat(simd, 0.0);
        for (row, a) in z.chunks_exact(samples).zip(a.chunks_exact_mut(samples)) {
            let e = exponential::exp(load(simd, &row[columns.clone()]) - largest);
            store(e, &mut a[columns.clone()]);
            sum += e;
        }
        for a in a.chunks_exact_mut(samples) {
            let probability = load(simd, &a[columns.clone()]) / sum;
            store(probability, &mut a[columns.clone()]);
        }
    }
}

/// Computes the softmax of a single sample, with lanes along the neurons.
#[cfg_attr(not(debug_assertions), inline(always))]
fn softmax_single_sample<S: Simd>(simd: S, z: &[f64], a: &mut [f64]) {
    let largest = z.iter().fold(
        f64::NEG_INFINITY,
        |largest, &z| if z > largest { z } else { largest },
    );
    map!(simd, z, a, |z| exponential::exp(z - largest));
    let sum = a.iter().fold(0.0, |sum, e| sum + e);
    a.iter_mut().for_each(|a| *a /= sum);
}

/// Multiplies each derivative with respect to an output by the slope of the output, in place, where the
/// slopes are already known.
#[cfg_attr(not(debug_assertions), inline(always))]
pub(in crate::network) fn multiply_by_slopes<S: Simd>(simd: S, slopes: &[f64], gradients: &mut [f64]) {
    multiply(
        simd,
        slopes,
        gradients,
        #[cfg_attr(not(debug_assertions), inline(always))]
        |slope| slope,
    );
}

/// Computes [`softmax`] without inlining it.
#[cfg_attr(not(debug_assertions), inline(never))]
pub(in crate::network) fn softmax_rows<S: Simd>(simd: S, z: &[f64], samples: usize, a: &mut [f64]) {
    simd.vectorize(
        #[cfg_attr(not(debug_assertions), inline(always))]
        || softmax(simd, z, samples, a),
    );
}

/// A task that computes [`softmax`].
pub(in crate::network) struct SoftmaxTask<'a> {
    pub(crate) z: &'a [f64],
    pub(crate) samples: usize,
    pub(crate) a: &'a mut [f64],
}

impl Task for SoftmaxTask<'_> {
    type Output = ();

    #[cfg_attr(not(debug_assertions), inline(always))]
    fn run<S: Simd>(self, simd: S) {
        softmax_rows(simd, self.z, self.samples, self.a);
    }
}
