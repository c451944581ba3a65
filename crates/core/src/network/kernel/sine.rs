//! Sine and cosine.
//!
//! The nearest multiple `j` of π/2 is subtracted from `x` in three parts (Cody and Waite, 1980). The first
//! difference is exact, because it is a multiple of the last bit of π/2. Beyond a million, the functions of
//! the `libm` crate are used, which know π to a thousand bits.

use std::f64::consts::{FRAC_2_PI, FRAC_PI_2};

use fearless_simd::{Select, Simd, f64x8, prelude::*};

use super::exponential::ROUNDING_SHIFT;
use super::lanes::{LANES, Lanes, fma, polynomial, splat};

/// The largest `|x|` for which `j` is small enough.
const MAX_REDUCED: f64 = 1e6;
/// The remainder π/2 − [`FRAC_PI_2`], and the remainder of that.
const FRAC_PI_2_REST: [f64; 2] = [6.123_233_995_736_766e-17, -1.497_384_904_859_169_8e-33];
/// The coefficients of `(sin(√u) / √u − 1) / u` for `u ≤ (π/4)²`, with an error of at most 0.051 · 2⁻⁵³.
const SINE: [f64; 7] = [
    -0.16666666666666666,
    0.008333333333333331,
    -0.00019841269841265017,
    2.755731921930192e-06,
    -2.5052106219521895e-08,
    1.6058529572267877e-10,
    -7.586576588171073e-13,
];
/// The coefficients of `(cos(√u) − 1 + u/2) / u²` for `u ≤ (π/4)²`, with an error of at most 0.0078 · 2⁻⁵³.
const COSINE: [f64; 7] = [
    0.041666666666666664,
    -0.0013888888888888887,
    2.4801587301584618e-05,
    -2.7557319221382114e-07,
    2.087675578389404e-09,
    -1.1470459749675607e-11,
    4.745804889760674e-14,
];

/// Returns the sine of `|x| + quarters · π/2`, or `exactly(|x|)` where `|x|` is large.
#[cfg_attr(not(debug_assertions), inline(always))]
fn shifted_sine<S: Simd>(x: Lanes<S>, quarters: u64, exactly: fn(f64) -> f64) -> Lanes<S> {
    let magnitude = x.abs();
    let shifted = fma(magnitude, FRAC_2_PI, ROUNDING_SHIFT);
    let j = shifted - ROUNDING_SHIFT;
    let r = fma(j, -FRAC_PI_2, magnitude);
    let r = fma(j, -FRAC_PI_2_REST[1], fma(j, -FRAC_PI_2_REST[0], r));
    let square = r * r;
    let sine = fma(r * square, polynomial(square, &SINE), r);
    let half = square * 0.5;
    let approximation = -half + 1.0;
    let rounding_error = (-approximation + 1.0) - half;
    let cosine = approximation + fma(square * square, polynomial(square, &COSINE), rounding_error);
    let turns = shifted.to_bits() + quarters;
    let is_odd = (turns & 1).simd_eq(1);
    let sign = (turns >> 1) << 63;
    let value = f64x8::from_bits(is_odd.select(cosine, sine).to_bits() ^ sign);
    let is_near = magnitude.simd_le(MAX_REDUCED);
    if is_near.all_true() {
        return value;
    }
    let (x, value) = (x.to_array(), value.to_array());
    let mut mixed = [0.0; LANES];
    for lane in 0..LANES {
        let is_near = x[lane].abs() <= MAX_REDUCED;
        mixed[lane] = if is_near {
            value[lane]
        } else {
            exactly(x[lane].abs())
        };
    }
    Lanes::load_array(splat(magnitude.simd, 0.0).simd, mixed)
}

/// Returns the sine, within 2 ulp.
#[cfg_attr(not(debug_assertions), inline(always))]
pub(in crate::network) fn sin<S: Simd>(x: Lanes<S>) -> Lanes<S> {
    let sign = (x.to_bits() >> 63) << 63;
    f64x8::from_bits(shifted_sine(x, 0, libm::sin).to_bits() ^ sign)
}

/// Returns the cosine, within 2 ulp.
#[cfg_attr(not(debug_assertions), inline(always))]
pub(in crate::network) fn cos<S: Simd>(x: Lanes<S>) -> Lanes<S> {
    shifted_sine(x, 1, libm::cos)
}
