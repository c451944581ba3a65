//! The exponential function and what is made of it.
//!
//! `exp(x) = 2ⁿ · exp(r)` with the whole number `n` nearest to `x / ln 2` and `|r| ≤ ln 2 / 2` (Cody and Waite, 1980);
//! the polynomials are those of `scripts/coefficients.py`.

use std::f64::consts::LOG2_E;

use fearless_simd::{Select, Simd, f64x8, prelude::*, u64x8};

use super::lanes::{Lanes, fma, polynomial, splat};

/// Added to a number, it leaves the nearest whole one in the last bits.
pub(super) const ROUND: f64 = 6_755_399_441_055_744.0;
const LN_2: f64 = std::f64::consts::LN_2;
/// ln 2 − [`LN_2`].
const LN_2_REST: f64 = 2.319_046_813_846_299_6e-17;
/// `(exp(r) − 1 − r) / r²` for `|r| ≤ ln 2 / 2`. Off by 0.0073 · 2⁻⁵³ at most.
const EXP: [f64; 11] = [
    0.5,
    0.1666666666666667,
    0.04166666666666667,
    0.008333333333326084,
    0.0013888888888883711,
    0.0001984126987500228,
    2.480158732567746e-05,
    2.755725517000089e-06,
    2.755727347871858e-07,
    2.5105312729622103e-08,
    2.09147553258932e-09,
];
/// The same with fewer terms. Off by 11 · 2⁻⁵³ at most.
const EXP_SHORT: [f64; 9] = [
    0.5,
    0.16666666666648156,
    0.041666666666651246,
    0.008333333353839834,
    0.0013888888905973543,
    0.0001984120850210209,
    2.480153620505534e-05,
    2.7625237795740734e-06,
    2.761390867578486e-07,
];
/// [`EXP`] for `0 ≤ r ≤ ln 2`. Off by 0.023 · 2⁻⁵³ at most.
const EXP_ABOVE: [f64; 13] = [
    0.5,
    0.16666666666666666,
    0.04166666666666668,
    0.008333333333333024,
    0.0013888888888940456,
    0.00019841269836178496,
    2.4801587622866387e-05,
    2.7557305685820604e-06,
    2.7557708348927984e-07,
    2.5044461688009176e-08,
    2.0977590857712516e-09,
    1.521062107840926e-10,
    1.5519588864726945e-11,
];
/// `(artanh(√u) / √u − 1) / u` for `0 ≤ u ≤ 1/9`. Off by 0.067 · 2⁻⁵³ at most.
const LN_1P: [f64; 10] = [
    0.3333333333333333,
    0.20000000000007292,
    0.1428571428355438,
    0.11111111358713932,
    0.09090894718066429,
    0.07692785032479312,
    0.06657072104827468,
    0.06000536404795356,
    0.04400369243072337,
    0.08082022805971766,
];

/// `exp(r) − 1` and, in the last bits, `n + round`, for `round` a whole number added to [`ROUND`].
#[cfg_attr(not(debug_assertions), inline(always))]
fn reduced<S: Simd>(x: Lanes<S>, round: f64) -> (Lanes<S>, u64x8<S>) {
    let shifted = fma(x, LOG2_E, ROUND + round);
    let n = shifted - (ROUND + round);
    let r = fma(n, -LN_2_REST, fma(n, -LN_2, x));
    (fma(r * r, polynomial(r, &EXP), r), shifted.to_bits())
}

/// `x` where it is between `low` and `high`, else the nearer end; a NaN stays one.
#[cfg_attr(not(debug_assertions), inline(always))]
fn clamped<S: Simd>(x: Lanes<S>, low: f64, high: f64) -> Lanes<S> {
    let x = x.simd_lt(low).select(splat(x.simd, low), x);
    x.simd_gt(high).select(splat(x.simd, high), x)
}

/// `exp(x)`, within 1 ulp; subnormal results too.
#[cfg_attr(not(debug_assertions), inline(always))]
pub(in crate::network) fn exp<S: Simd>(x: Lanes<S>) -> Lanes<S> {
    // In two steps, as 2ⁿ alone may be too large or too small for a number. Both exponents stay positive.
    let (less_one, bits) = reduced(clamped(x, -746.0, 710.0), 2048.0);
    let half = (bits & 0xfff) >> 1;
    let first = f64x8::from_bits((half - 1) << 52);
    let second = f64x8::from_bits((bits - half - 1) << 52);
    (less_one + 1.0) * first * second
}

/// `exp(x) − 1` for `−40 ≤ x ≤ 700`, as many digits as it has.
#[cfg_attr(not(debug_assertions), inline(always))]
fn exp_m1_within<S: Simd>(x: Lanes<S>) -> Lanes<S> {
    let (less_one, bits) = reduced(x, 1023.0);
    let power = f64x8::from_bits(bits << 52);
    fma(power, less_one, power - 1.0)
}

/// `ln(1 + e)` for `0 ≤ e ≤ 1`, as many digits as it has: `2 artanh(e / (2 + e))`.
#[cfg_attr(not(debug_assertions), inline(always))]
fn ln_1p_within<S: Simd>(e: Lanes<S>) -> Lanes<S> {
    let s = e / (e + 2.0);
    let u = s * s;
    let double = s + s;
    fma(double * u, polynomial(u, &LN_1P), double)
}

/// The hyperbolic tangent, within 2 ulp: `e / (e + 2)` with `e = exp(2|z|) − 1`. Here `n` is the whole number below, so
/// that `e` is a sum of two parts that are not negative.
#[cfg_attr(not(debug_assertions), inline(always))]
pub(in crate::network) fn tanh<S: Simd>(z: Lanes<S>) -> Lanes<S> {
    let size = z.abs();
    // From 20 on it is 1.
    let size = size.simd_gt(20.0).select(splat(z.simd, 20.0), size);
    let x = size + size;
    // A little more than −1/2, so that 0 is not halfway.
    let shifted = fma(x, LOG2_E, splat(z.simd, -0.499_999_999)) + (ROUND + 1023.0);
    let n = shifted - (ROUND + 1023.0);
    let r = fma(n, -LN_2_REST, fma(n, -LN_2, x));
    let less_one = fma(r * r, polynomial(r, &EXP_ABOVE), r);
    let power = f64x8::from_bits(shifted.to_bits() << 52);
    let e = fma(power, less_one, power - 1.0);
    (e / (e + 2.0)).copysign(z)
}

/// `1 / (1 + exp(−z))` with all digits also where it is almost 0.
#[cfg_attr(not(debug_assertions), inline(always))]
pub(in crate::network) fn sigmoid<S: Simd>(z: Lanes<S>) -> Lanes<S> {
    let e = exp(-z.abs());
    let above = z.simd_ge(0.0).select(splat(z.simd, 1.0), e);
    above / (e + 1.0)
}

/// The slope of the sigmoid, `e / (1 + e)²` with `e = exp(−|z|)`.
#[cfg_attr(not(debug_assertions), inline(always))]
pub(in crate::network) fn bell<S: Simd>(z: Lanes<S>) -> Lanes<S> {
    let e = exp(-z.abs());
    let one_more = e + 1.0;
    e / (one_more * one_more)
}

/// [`bell`] where `|z| > 5`, within 1e-13 of itself and without a division: the first terms of `Σ (−1)ⁿ⁺¹ n · eⁿ` with a
/// shorter exponential. Beyond `|z| = 700` it stays at 1e-304.
#[cfg_attr(not(debug_assertions), inline(always))]
pub(in crate::network) fn bell_far<S: Simd>(z: Lanes<S>) -> Lanes<S> {
    const SERIES: [f64; 6] = [1.0, -2.0, 3.0, -4.0, 5.0, -6.0];
    let size = z.abs();
    let size = size.simd_gt(700.0).select(splat(z.simd, 700.0), size);
    let shifted = fma(size, -LOG2_E, ROUND + 1023.0);
    let n = shifted - (ROUND + 1023.0);
    let r = fma(n, -LN_2, -size);
    let less_one = fma(r * r, polynomial(r, &EXP_SHORT), r);
    let e = (less_one + 1.0) * f64x8::from_bits(shifted.to_bits() << 52);
    e * polynomial(e, &SERIES)
}

/// `ln(1 + exp(z))` without overflow.
#[cfg_attr(not(debug_assertions), inline(always))]
pub(in crate::network) fn softplus<S: Simd>(z: Lanes<S>) -> Lanes<S> {
    let positive_part = z.simd_le(0.0).select(splat(z.simd, 0.0), z);
    positive_part + ln_1p_within(exp(-z.abs()))
}

/// `z · sigmoid(z)`.
#[cfg_attr(not(debug_assertions), inline(always))]
pub(in crate::network) fn silu<S: Simd>(z: Lanes<S>) -> Lanes<S> {
    z * sigmoid(z)
}

/// `z` if `z > 0`, else `exp(z) − 1`.
#[cfg_attr(not(debug_assertions), inline(always))]
pub(in crate::network) fn elu<S: Simd>(z: Lanes<S>) -> Lanes<S> {
    let below = exp_m1_within(clamped(z, -40.0, 0.0));
    // A subnormal or a −0 is its own exp(z) − 1.
    z.simd_lt(-1e-300).select(below, z)
}
