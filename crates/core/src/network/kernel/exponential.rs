//! The exponential function and functions based on it.
//!
//! `exp(x) = 2ⁿ · exp(r)` with the whole number `n` nearest to `x / ln 2` and `|r| ≤ ln 2 / 2` (Cody and
//! Waite, 1980); the polynomials are computed by `scripts/coefficients.py`.

use std::f64::consts::LOG2_E;

use fearless_simd::{Select, Simd, f64x8, prelude::*, u64x8};

use super::lanes::{Lanes, fma, polynomial, splat};

/// A number that, when it is added to another one, leaves the nearest whole number in the last bits.
pub(super) const ROUNDING_SHIFT: f64 = 6_755_399_441_055_744.0;
const LN_2: f64 = std::f64::consts::LN_2;
/// The remainder ln 2 − [`LN_2`].
const LN_2_REST: f64 = 2.319_046_813_846_299_6e-17;
/// The coefficients of `(exp(r) − 1 − r) / r²` for `|r| ≤ ln 2 / 2`, with an error of at most 0.0073 · 2⁻⁵³.
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
/// The coefficients of `(exp(r) − 1 − r) / r²` for `0 ≤ r ≤ ln 2`, with an error of at most 0.023 · 2⁻⁵³.
const EXP_NON_NEGATIVE: [f64; 13] = [
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
/// The coefficients of `(artanh(√u) / √u − 1) / u` for `0 ≤ u ≤ 1/9`, with an error of at most 0.067 · 2⁻⁵³.
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

/// Returns `exp(r) − 1` and bits that end with `n + round`; `round` is a whole number that is added to
/// [`ROUNDING_SHIFT`].
#[cfg_attr(not(debug_assertions), inline(always))]
fn reduced_exp_m1<S: Simd>(x: Lanes<S>, round: f64) -> (Lanes<S>, u64x8<S>) {
    let shifted = fma(x, LOG2_E, ROUNDING_SHIFT + round);
    let n = shifted - (ROUNDING_SHIFT + round);
    let r = fma(n, -LN_2_REST, fma(n, -LN_2, x));
    (fma(r * r, polynomial(r, &EXP), r), shifted.to_bits())
}

/// Returns `x` if it is between `low` and `high`, otherwise the nearer limit. A NaN stays a NaN.
#[cfg_attr(not(debug_assertions), inline(always))]
fn clamped<S: Simd>(x: Lanes<S>, low: f64, high: f64) -> Lanes<S> {
    let x = x.simd_lt(low).select(splat(x.simd, low), x);
    x.simd_gt(high).select(splat(x.simd, high), x)
}

/// Returns `exp(x)`, within 1 ulp, also for subnormal results.
#[cfg_attr(not(debug_assertions), inline(always))]
pub(in crate::network) fn exp<S: Simd>(x: Lanes<S>) -> Lanes<S> {
    // The power of two is applied in two steps, because 2ⁿ alone may be too large or too small for an `f64`.
    // Both exponents stay positive.
    let (less_one, bits) = reduced_exp_m1(clamped(x, -746.0, 710.0), 2048.0);
    let half = (bits & 0xfff) >> 1;
    let first = f64x8::from_bits((half - 1) << 52);
    let second = f64x8::from_bits((bits - half - 1) << 52);
    (less_one + 1.0) * first * second
}

/// Returns `ln(1 + e)` for `0 ≤ e ≤ 1` with full precision: `2 artanh(e / (2 + e))`.
#[cfg_attr(not(debug_assertions), inline(always))]
fn ln_1p_within<S: Simd>(e: Lanes<S>) -> Lanes<S> {
    let s = e / (e + 2.0);
    let u = s * s;
    let double = s + s;
    fma(double * u, polynomial(u, &LN_1P), double)
}

/// Returns the hyperbolic tangent, within 2 ulp, and its slope.
///
/// With `e = exp(2|z|) − 1` and `q = 1 / (e + 2)`, the tangent is `e · q`. The part of `e` that this product
/// leaves over is multiplied by `q` too, which makes the result as precise as a division (Markstein, 1990).
/// The slope is `1 − tanh² = (1 − tanh) · (1 + tanh)`, where `1 − tanh = 2q` has full precision. Here `n` is
/// the next lower whole number, so that `e` is a sum of two parts that are not negative.
#[cfg_attr(not(debug_assertions), inline(always))]
pub(in crate::network) fn tanh<S: Simd>(z: Lanes<S>) -> (Lanes<S>, Lanes<S>) {
    let magnitude = z.abs();
    // From 20 on the tangent is 1. Beyond 350 only the slope, about 1e-303, would change.
    let magnitude = magnitude.simd_gt(350.0).select(splat(z.simd, 350.0), magnitude);
    let x = magnitude + magnitude;
    // A little more than −1/2, so that 0 is not halfway between two whole numbers.
    let shifted = fma(x, LOG2_E, splat(z.simd, -0.499_999_999)) + (ROUNDING_SHIFT + 1023.0);
    let n = shifted - (ROUNDING_SHIFT + 1023.0);
    let r = fma(n, -LN_2_REST, fma(n, -LN_2, x));
    let less_one = fma(r * r, polynomial(r, &EXP_NON_NEGATIVE), r);
    let power = f64x8::from_bits(shifted.to_bits() << 52);
    let e = fma(power, less_one, power - 1.0);
    let q = splat(z.simd, 1.0) / (e + 2.0);
    let approximation = e * q;
    // `e − approximation · (e + 2)` without the rounding of that sum; where `e` is small, all of it but the
    // last bit.
    let rest = fma(-approximation, e, fma(approximation, -2.0, e));
    let a = fma(rest, q, approximation);
    (a.copysign(z), (q + q) * (a + 1.0))
}

/// Returns `1 / (1 + exp(−z))`, with full precision also where it is almost 0, and its slope `e / (1 + e)²`
/// with `e = exp(−|z|)`.
#[cfg_attr(not(debug_assertions), inline(always))]
pub(in crate::network) fn sigmoid<S: Simd>(z: Lanes<S>) -> (Lanes<S>, Lanes<S>) {
    let one = splat(z.simd, 1.0);
    let e = exp(-z.abs());
    let q = one / (e + 1.0);
    (z.simd_ge(0.0).select(one, e) * q, e * q * q)
}

/// Returns `ln(1 + exp(z))` without overflow, and its slope, the sigmoid.
#[cfg_attr(not(debug_assertions), inline(always))]
pub(in crate::network) fn softplus<S: Simd>(z: Lanes<S>) -> (Lanes<S>, Lanes<S>) {
    let positive_part = z.simd_le(0.0).select(splat(z.simd, 0.0), z);
    (positive_part + ln_1p_within(exp(-z.abs())), sigmoid(z).0)
}

/// Returns `z · sigmoid(z)` and its slope.
#[cfg_attr(not(debug_assertions), inline(always))]
pub(in crate::network) fn silu<S: Simd>(z: Lanes<S>) -> (Lanes<S>, Lanes<S>) {
    let (a, slope) = sigmoid(z);
    (z * a, fma(z, slope, a))
}

/// Returns `z` if `z > 0`, else `exp(z) − 1`; and the slope, 1 or `exp(z)`.
#[cfg_attr(not(debug_assertions), inline(always))]
pub(in crate::network) fn elu<S: Simd>(z: Lanes<S>) -> (Lanes<S>, Lanes<S>) {
    // Below −700 the slope stays at 1e-304.
    let (less_one, bits) = reduced_exp_m1(clamped(z, -700.0, 0.0), 1023.0);
    let power = f64x8::from_bits(bits << 52);
    // If `z` is subnormal or −0, `exp(z) − 1` is `z` itself.
    let a = z.simd_lt(-1e-300).select(fma(power, less_one, power - 1.0), z);
    (
        a,
        z.simd_gt(0.0)
            .select(splat(z.simd, 1.0), fma(power, less_one, power)),
    )
}
