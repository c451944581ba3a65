//! The activations, their slopes and the softmax, over rows of samples.

use fearless_simd::{Select, Simd, prelude::*};

use super::lanes::{LANES, Lanes, fma, load, map, splat, store};
use super::{Task, Width, error_function, exponential, sine};
use crate::network::Activation;

/// [`map`] with a closure that is inlined.
macro_rules! map {
    ($simd:ident, $z:ident, $a:ident, |$x:pat_param| $f:expr) => {
        map(
            $simd,
            $z,
            $a,
            #[cfg_attr(not(debug_assertions), inline(always))]
            |$x| $f,
        )
    };
}

/// [`multiply`] with a closure that is inlined.
macro_rules! multiply {
    ($simd:ident, $z:ident, $a:ident, $gradients:ident, |$x:pat_param, $y:pat_param| $f:expr) => {
        multiply(
            $simd,
            $z,
            $a,
            $gradients,
            #[cfg_attr(not(debug_assertions), inline(always))]
            |$x, $y| $f,
        )
    };
}

/// The outputs for a row of sums. A softmax over a single neuron is 1 whatever the sum is.
#[cfg_attr(not(debug_assertions), inline(always))]
pub(in crate::network) fn activate<S: Simd>(simd: S, activation: Activation, z: &[f64], a: &mut [f64]) {
    let (zero, one) = (splat(simd, 0.0), splat(simd, 1.0));
    match activation {
        Activation::Linear => a.copy_from_slice(z),
        // Where a comparison is written the other way round than one might, it is so that a NaN stays visible.
        Activation::Step => map!(simd, z, a, |z| z.simd_gt(0.0).select(one, zero)),
        Activation::Relu => map!(simd, z, a, |z| z.simd_le(0.0).select(zero, z)),
        Activation::LeakyRelu => map!(simd, z, a, |z| z.simd_le(0.0).select(z * 0.01, z)),
        Activation::Elu => map!(simd, z, a, |z| exponential::elu(z)),
        Activation::Sigmoid => map!(simd, z, a, |z| exponential::sigmoid(z)),
        Activation::Tanh => map!(simd, z, a, |z| exponential::tanh(z)),
        Activation::Softplus => map!(simd, z, a, |z| exponential::softplus(z)),
        Activation::Silu => map!(simd, z, a, |z| exponential::silu(z)),
        Activation::Gelu => map!(simd, z, a, |z| error_function::gelu(z)),
        Activation::Sine => map!(simd, z, a, |z| sine::sin(z)),
        Activation::Softmax => a.fill(1.0),
    }
}

/// Below this size of an output a slope can be told from the output alone, within 1e-13 of itself.
const FAR: f64 = 0.997;

/// The slope of a tanh: `1 − a²`. Near ±1 that has no digits left, and there a tanh is a sigmoid of twice the slope.
#[cfg_attr(not(debug_assertions), inline(always))]
fn tanh_slope<S: Simd>(z: Lanes<S>, a: Lanes<S>) -> Lanes<S> {
    let near = fma(-a, a, splat(a.simd, 1.0));
    let is_near = a.abs().simd_lt(FAR);
    if is_near.all_true() {
        return near;
    }
    is_near.select(near, exponential::bell_far(z + z) * 4.0)
}

/// The slope of a sigmoid: `a · (1 − a)`, with all its digits also where `a` is almost 1.
#[cfg_attr(not(debug_assertions), inline(always))]
fn sigmoid_slope<S: Simd>(z: Lanes<S>, a: Lanes<S>) -> Lanes<S> {
    let near = a * (-a + 1.0);
    let is_near = a.simd_lt(FAR);
    if is_near.all_true() {
        return near;
    }
    is_near.select(near, exponential::bell_far(z))
}

/// Multiplies each derivative by `a` with that of `a` by `z`, in place. At a kink it is the slope to the left.
#[cfg_attr(not(debug_assertions), inline(always))]
pub(in crate::network) fn derive<S: Simd>(
    simd: S,
    activation: Activation,
    z: &[f64],
    a: &[f64],
    g: &mut [f64],
) {
    let (zero, one) = (splat(simd, 0.0), splat(simd, 1.0));
    match activation {
        Activation::Linear => {}
        Activation::Step | Activation::Softmax => g.fill(0.0),
        Activation::Relu => multiply!(simd, z, a, g, |z, _| z.simd_gt(0.0).select(one, zero)),
        Activation::LeakyRelu => {
            let below = splat(simd, 0.01);
            multiply!(simd, z, a, g, |z, _| z.simd_le(0.0).select(below, one));
        }
        Activation::Elu => multiply!(simd, z, a, g, |z, _| z
            .simd_le(0.0)
            .select(exponential::exp(z), one)),
        Activation::Sigmoid => multiply!(simd, z, a, g, |z, a| sigmoid_slope(z, a)),
        Activation::Tanh => multiply!(simd, z, a, g, |z, a| tanh_slope(z, a)),
        Activation::Softplus => multiply!(simd, z, a, g, |z, _| exponential::sigmoid(z)),
        Activation::Silu => multiply!(simd, z, a, g, |z, _| fma(
            z,
            exponential::bell(z),
            exponential::sigmoid(z)
        )),
        Activation::Gelu => multiply!(simd, z, a, g, |z, _| error_function::gelu_slope(z)),
        Activation::Sine => multiply!(simd, z, a, g, |z, _| sine::cos(z)),
    }
}

/// `gradients[i] *= slope(z[i], a[i])`.
#[cfg_attr(not(debug_assertions), inline(always))]
fn multiply<S: Simd>(
    simd: S,
    z: &[f64],
    a: &[f64],
    gradients: &mut [f64],
    slope: impl Fn(Lanes<S>, Lanes<S>) -> Lanes<S>,
) {
    let length = gradients.len();
    let (z, a) = (&z[..length], &a[..length]);
    let (z, z_rest) = z.as_chunks::<LANES>();
    let (a, a_rest) = a.as_chunks::<LANES>();
    let (gradients, rest) = gradients.as_chunks_mut::<LANES>();
    for (gradients, (z, a)) in gradients.iter_mut().zip(z.iter().zip(a)) {
        let slope = slope(Lanes::load_array_ref(simd, z), Lanes::load_array_ref(simd, a));
        (Lanes::load_array_ref(simd, gradients) * slope).store_array(gradients);
    }
    if !rest.is_empty() {
        let product = load(simd, rest) * slope(load(simd, z_rest), load(simd, a_rest));
        store(product, rest);
    }
}

/// Softmax over a layer, for every sample: `z` and `a` are `[neuron][sample]` with `samples` columns.
///
/// The largest `z` of a sample is subtracted first, so no exponential overflows. The sum goes through the neurons in
/// their order.
#[cfg_attr(not(debug_assertions), inline(always))]
pub(in crate::network) fn softmax<S: Simd>(simd: S, z: &[f64], samples: usize, a: &mut [f64]) {
    if samples == 1 {
        return softmax_of_one(simd, z, a);
    }
    for first in (0..samples).step_by(LANES) {
        let place = first..(first + LANES).min(samples);
        let mut largest = splat(simd, f64::NEG_INFINITY);
        for row in z.chunks_exact(samples) {
            let z = load(simd, &row[place.clone()]);
            largest = z.simd_gt(largest).select(z, largest);
        }
        let mut sum = splat(simd, 0.0);
        for (row, a) in z.chunks_exact(samples).zip(a.chunks_exact_mut(samples)) {
            let e = exponential::exp(load(simd, &row[place.clone()]) - largest);
            store(e, &mut a[place.clone()]);
            sum += e;
        }
        for a in a.chunks_exact_mut(samples) {
            let share = load(simd, &a[place.clone()]) / sum;
            store(share, &mut a[place.clone()]);
        }
    }
}

/// The same for a single sample, with lanes along the neurons.
#[cfg_attr(not(debug_assertions), inline(always))]
fn softmax_of_one<S: Simd>(simd: S, z: &[f64], a: &mut [f64]) {
    let largest = z.iter().fold(
        f64::NEG_INFINITY,
        |largest, &z| if z > largest { z } else { largest },
    );
    map!(simd, z, a, |z| exponential::exp(z - largest));
    let sum = a.iter().fold(0.0, |sum, e| sum + e);
    a.iter_mut().for_each(|a| *a /= sum);
}

/// Functions that activations are made of, for whoever needs many of their values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Function {
    /// `exp(x)`, within 1 ulp.
    Exp,
    /// `erf(x)`, within 2 ulp.
    Erf,
    /// `1 − erf(x)`, with all its digits where it is almost 0.
    Erfc,
    /// `sin(x)`, within 2 ulp for every number.
    Sine,
    /// `cos(x)`, within 2 ulp for every number.
    Cosine,
}

impl Function {
    /// `y[i] = f(x[i])`, at the width of the processor.
    pub fn of_each(self, x: &[f64], y: &mut [f64]) {
        self.of_each_at(Width::best(), x, y);
    }

    /// The same at a width of one’s choice; the bits are the same at all.
    pub fn of_each_at(self, width: Width, x: &[f64], y: &mut [f64]) {
        width.run(Values { function: self, x, y });
    }
}

struct Values<'a> {
    function: Function,
    x: &'a [f64],
    y: &'a mut [f64],
}

impl Task for Values<'_> {
    type Output = ();

    #[cfg_attr(not(debug_assertions), inline(always))]
    fn run<S: Simd>(self, simd: S) {
        let Self { function, x, y } = self;
        match function {
            Function::Exp => map!(simd, x, y, |x| exponential::exp(x)),
            Function::Erf => map!(simd, x, y, |x| error_function::erf(x)),
            Function::Erfc => map!(simd, x, y, |x| error_function::erfc(x)),
            Function::Sine => map!(simd, x, y, |x| sine::sin(x)),
            Function::Cosine => map!(simd, x, y, |x| sine::cos(x)),
        }
    }
}

/// [`activate`], not inlined.
#[cfg_attr(not(debug_assertions), inline(never))]
pub(in crate::network) fn activate_rows<S: Simd>(simd: S, activation: Activation, z: &[f64], a: &mut [f64]) {
    simd.vectorize(
        #[cfg_attr(not(debug_assertions), inline(always))]
        || activate(simd, activation, z, a),
    );
}

/// [`derive`], not inlined.
#[cfg_attr(not(debug_assertions), inline(never))]
pub(in crate::network) fn derive_rows<S: Simd>(
    simd: S,
    activation: Activation,
    z: &[f64],
    a: &[f64],
    gradients: &mut [f64],
) {
    simd.vectorize(
        #[cfg_attr(not(debug_assertions), inline(always))]
        || derive(simd, activation, z, a, gradients),
    );
}

/// [`softmax`], not inlined.
#[cfg_attr(not(debug_assertions), inline(never))]
pub(in crate::network) fn softmax_rows<S: Simd>(simd: S, z: &[f64], samples: usize, a: &mut [f64]) {
    simd.vectorize(
        #[cfg_attr(not(debug_assertions), inline(always))]
        || softmax(simd, z, samples, a),
    );
}

/// [`activate`] as a task of its own.
pub(in crate::network) struct Activate<'a> {
    pub activation: Activation,
    pub z: &'a [f64],
    pub a: &'a mut [f64],
}

impl Task for Activate<'_> {
    type Output = ();

    #[cfg_attr(not(debug_assertions), inline(always))]
    fn run<S: Simd>(self, simd: S) {
        activate_rows(simd, self.activation, self.z, self.a);
    }
}

/// [`derive`] as a task of its own.
pub(in crate::network) struct Derive<'a> {
    pub activation: Activation,
    pub z: &'a [f64],
    pub a: &'a [f64],
    pub gradients: &'a mut [f64],
}

impl Task for Derive<'_> {
    type Output = ();

    #[cfg_attr(not(debug_assertions), inline(always))]
    fn run<S: Simd>(self, simd: S) {
        derive_rows(simd, self.activation, self.z, self.a, self.gradients);
    }
}

/// [`softmax`] as a task of its own.
pub(in crate::network) struct Softmax<'a> {
    pub z: &'a [f64],
    pub samples: usize,
    pub a: &'a mut [f64],
}

impl Task for Softmax<'_> {
    type Output = ();

    #[cfg_attr(not(debug_assertions), inline(always))]
    fn run<S: Simd>(self, simd: S) {
        softmax_rows(simd, self.z, self.samples, self.a);
    }
}
