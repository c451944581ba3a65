//! The error function, and GELU, which is based on it.
//!
//! Up to 0.875, `erf(x) = x + x · P(x²)`; beyond, it is `1 − erfc(x)` with
//! `erfc(x) = exp(−x²) · Q(t) / (1 + 2x)` and `t = (x − 2.5) / (x + 2.5)` (Shepherd and Laframboise, 1981).
//! The polynomials are computed by `scripts/coefficients.py`.

use std::f64::consts::FRAC_1_SQRT_2;

use fearless_simd::{Select, Simd, prelude::*};

use super::exponential::exp;
use super::lanes::{Lanes, fma, polynomial, splat};

/// The value of `|x|` at which `t` is 0.
const T_CENTER: f64 = 2.5;
/// The value of `|x|` below which `erf` has its own polynomial.
const ERF_LIMIT: f64 = 0.875;
/// 1/√(2π), the density of the normal distribution at 0.
const FRAC_1_SQRT_2PI: f64 = 0.398_942_280_401_432_7;
/// The coefficients of `erf(√u) / √u − 1` for `u ≤ 0.875²`, with an error of at most 0.12 · 2⁻⁵³.
const ERF: [f64; 12] = [
    0.1283791670955126,
    -0.3761263890318374,
    0.11283791670954353,
    -0.026866170644942594,
    0.005223977623059443,
    -0.0008548326845690305,
    0.00012055324561705379,
    -1.492538720169797e-05,
    1.6456607597388118e-06,
    -1.6289242608284092e-07,
    1.4122777660357666e-08,
    -8.666276629203472e-10,
];
/// The coefficients of `(1 + 2x) · exp(x²) · erfc(x)` as a function of `t`, for `0.86 ≤ x ≤ 28`, with an
/// error of at most 0.31 · 2⁻⁵³.
const ERFC: [f64; 21] = [
    1.2648381843668615,
    -0.12235676308240462,
    -0.0990245395735982,
    0.15762991902327333,
    -0.10296705603891208,
    0.032760893265931096,
    0.0009318928305887519,
    -0.004382078282120479,
    0.0004918655426452152,
    0.0006321237408569521,
    -8.8476076548388e-05,
    -0.0001135196885003435,
    6.244265890839581e-06,
    2.270118440898822e-05,
    2.694368064052427e-06,
    -4.2818384076237495e-06,
    -1.7527492496082764e-06,
    7.64260258076997e-07,
    6.161161254793073e-07,
    -2.684202305674572e-07,
    3.8680566959425916e-09,
];

/// Returns `erf(|x|)`, which is valid for small `|x|`, and `erfc(|x|)`, which is valid for other `|x|`.
#[cfg_attr(not(debug_assertions), inline(always))]
fn erf_and_erfc<S: Simd>(magnitude: Lanes<S>) -> (Lanes<S>, Lanes<S>) {
    let square = magnitude * magnitude;
    let small = fma(magnitude, polynomial(square, &ERF), magnitude);
    // From 28 on `erfc` is 0.
    let magnitude = magnitude
        .simd_gt(28.0)
        .select(splat(magnitude.simd, 28.0), magnitude);
    let square = magnitude * magnitude;
    let rounding_error = fma(magnitude, magnitude, -square);
    let t = (magnitude - T_CENTER) / (magnitude + T_CENTER);
    let power = exp(-square);
    let power = fma(power, -rounding_error, power);
    let large = power * polynomial(t, &ERFC) / (magnitude + magnitude + 1.0);
    (small, large)
}

/// Returns the error function, within 2 ulp. Only tests use it alone.
#[cfg(test)]
#[cfg_attr(not(debug_assertions), inline(always))]
pub(in crate::network) fn erf<S: Simd>(x: Lanes<S>) -> Lanes<S> {
    let magnitude = x.abs();
    let (small, large) = erf_and_erfc(magnitude);
    magnitude
        .simd_lt(ERF_LIMIT)
        .select(small, -large + 1.0)
        .copysign(x)
}

/// Returns `1 − erf(x)`, with full precision also where it is almost 0.
#[cfg_attr(not(debug_assertions), inline(always))]
pub(in crate::network) fn erfc<S: Simd>(x: Lanes<S>) -> Lanes<S> {
    let magnitude = x.abs();
    let (small, large) = erf_and_erfc(magnitude);
    let far = x.simd_lt(0.0).select(-large + 2.0, large);
    magnitude.simd_lt(ERF_LIMIT).select(-small.copysign(x) + 1.0, far)
}

/// Returns `z · Φ(z)` with the normal distribution Φ, and its slope `Φ(z) + z · φ(z)`.
#[cfg_attr(not(debug_assertions), inline(always))]
pub(in crate::network) fn gelu<S: Simd>(z: Lanes<S>) -> (Lanes<S>, Lanes<S>) {
    let doubled_phi = erfc(z * -FRAC_1_SQRT_2);
    let density = exp(z * z * -0.5) * FRAC_1_SQRT_2PI;
    (z * 0.5 * doubled_phi, fma(z, density, doubled_phi * 0.5))
}
