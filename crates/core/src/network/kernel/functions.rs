//! The activation functions, their slopes and softmax, over rows of samples.

use fearless_simd::{Select, Simd, prelude::*};

use super::lanes::{LANES, Lanes, load, map, splat, store};
use super::{Task, error_function, exponential, sine};
use crate::network::Activation;

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
type ValueAndSlope<S> = (Lanes<S>, Lanes<S>);

/// An operation on a row of weighted sums. Values that an operation doesn't use are not computed.
trait RowOperation<S: Simd> {
    /// Runs the operation along the row; `point` must be a closure with `#[inline(always)]`.
    fn each(self, simd: S, point: impl Fn(Lanes<S>) -> ValueAndSlope<S>);
}

/// Runs an operation with an activation function. A softmax over a single neuron is 1 for every weighted sum.
/// At a kink, the slope is that to the left.
#[cfg_attr(not(debug_assertions), inline(always))]
fn with_activation<S: Simd>(simd: S, activation: Activation, operation: impl RowOperation<S>) {
    let (zero, one, slight) = (splat(simd, 0.0), splat(simd, 1.0), splat(simd, 0.01));
    macro_rules! each {
        (|$z:ident| $point:expr) => {
            operation.each(
                simd,
                #[cfg_attr(not(debug_assertions), inline(always))]
                |$z| $point,
            )
        };
    }
    match activation {
        Activation::Linear => each!(|z| (z, one)),
        // Comparisons are written such that a NaN is passed on.
        Activation::Step => each!(|z| (z.simd_gt(0.0).select(one, zero), zero)),
        Activation::Relu => each!(|z| (z.simd_le(0.0).select(zero, z), z.simd_gt(0.0).select(one, zero))),
        Activation::LeakyRelu => each!(|z| {
            let is_below = z.simd_le(0.0);
            (is_below.select(z * 0.01, z), is_below.select(slight, one))
        }),
        Activation::Elu => each!(|z| exponential::elu(z)),
        Activation::Sigmoid => each!(|z| exponential::sigmoid(z)),
        Activation::Tanh => each!(|z| exponential::tanh(z)),
        Activation::Softplus => each!(|z| exponential::softplus(z)),
        Activation::Silu => each!(|z| exponential::silu(z)),
        Activation::Gelu => each!(|z| error_function::gelu(z)),
        Activation::Sine => each!(|z| (sine::sin(z), sine::cos(z))),
        Activation::Softmax => each!(|_z| (one, zero)),
    }
}

/// An operation that computes the outputs for a row of weighted sums.
struct ComputeOutputs<'a> {
    z: &'a [f64],
    a: &'a mut [f64],
}

impl<S: Simd> RowOperation<S> for ComputeOutputs<'_> {
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn each(self, simd: S, point: impl Fn(Lanes<S>) -> ValueAndSlope<S>) {
        map!(simd, self.z, self.a, |z| point(z).0);
    }
}

/// An operation that computes the outputs for a row of weighted sums, and their slopes.
struct ComputeOutputsAndSlopes<'a> {
    z: &'a [f64],
    a: &'a mut [f64],
    slopes: &'a mut [f64],
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
struct MultiplyBySlopes<'a> {
    z: &'a [f64],
    gradients: &'a mut [f64],
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

/// Computes the outputs for a row of weighted sums.
#[cfg_attr(not(debug_assertions), inline(never))]
pub(in crate::network) fn activate<S: Simd>(simd: S, activation: Activation, z: &[f64], a: &mut [f64]) {
    simd.vectorize(
        #[cfg_attr(not(debug_assertions), inline(always))]
        || with_activation(simd, activation, ComputeOutputs { z, a }),
    );
}

/// Computes the outputs for a row of weighted sums, and their derivatives with respect to the sums.
#[cfg_attr(not(debug_assertions), inline(never))]
pub(in crate::network) fn activate_with_slopes<S: Simd>(
    simd: S,
    activation: Activation,
    z: &[f64],
    a: &mut [f64],
    slopes: &mut [f64],
) {
    simd.vectorize(
        #[cfg_attr(not(debug_assertions), inline(always))]
        || with_activation(simd, activation, ComputeOutputsAndSlopes { z, a, slopes }),
    );
}

/// Multiplies each derivative with respect to an output by the slope of the output, in place.
#[cfg_attr(not(debug_assertions), inline(never))]
pub(in crate::network) fn activation_backward<S: Simd>(
    simd: S,
    activation: Activation,
    z: &[f64],
    gradients: &mut [f64],
) {
    simd.vectorize(
        #[cfg_attr(not(debug_assertions), inline(always))]
        || with_activation(simd, activation, MultiplyBySlopes { z, gradients }),
    );
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

/// A task that computes [`activate`].
pub(in crate::network) struct ActivateTask<'a> {
    pub(crate) activation: Activation,
    pub(crate) z: &'a [f64],
    pub(crate) a: &'a mut [f64],
}

impl Task for ActivateTask<'_> {
    type Output = ();

    #[cfg_attr(not(debug_assertions), inline(always))]
    fn run<S: Simd>(self, simd: S) {
        activate(simd, self.activation, self.z, self.a);
    }
}

/// A task that computes [`activation_backward`].
pub(in crate::network) struct ActivationBackwardTask<'a> {
    pub(crate) activation: Activation,
    pub(crate) z: &'a [f64],
    pub(crate) gradients: &'a mut [f64],
}

impl Task for ActivationBackwardTask<'_> {
    type Output = ();

    #[cfg_attr(not(debug_assertions), inline(always))]
    fn run<S: Simd>(self, simd: S) {
        activation_backward(simd, self.activation, self.z, self.gradients);
    }
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
