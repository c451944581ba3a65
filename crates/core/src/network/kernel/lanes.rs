//! Vectors of eight numbers.

use fearless_simd::{Simd, f64x4, f64x8, prelude::*};

/// The number of values that are computed together, independently of the size of the processor's registers.
pub(crate) const LANES: usize = 8;

/// A vector of eight numbers.
pub(in crate::network) type Lanes<S> = f64x8<S>;

/// Returns `a · b + c`, rounded once.
#[cfg_attr(not(debug_assertions), inline(always))]
pub(in crate::network) fn fma<S: Simd>(
    a: Lanes<S>,
    b: impl SimdInto<Lanes<S>, S>,
    c: impl SimdInto<Lanes<S>, S>,
) -> Lanes<S> {
    let (b, c) = (b.simd_into(a.simd), c.simd_into(a.simd));
    if has_fma::<S>() {
        a.mul_add_precise(b, c)
    } else {
        emulated_fma(a, b, c)
    }
}

/// True if the processor has an instruction for fused multiply-adds: at all widths but the plain one of
/// x86-64.
const fn has_fma<S: Simd>() -> bool {
    !cfg!(target_arch = "x86_64") || S::f64s::LEN > 2
}

/// Emulates a fused multiply-add. It is not inlined because it takes dozens of instructions.
#[inline(never)]
fn emulated_fma<S: Simd>(a: Lanes<S>, b: Lanes<S>, c: Lanes<S>) -> Lanes<S> {
    a.mul_add_precise(b, c)
}

/// Returns a vector with the same number in each lane.
#[cfg_attr(not(debug_assertions), inline(always))]
pub(in crate::network) fn splat<S: Simd>(simd: S, value: f64) -> Lanes<S> {
    Lanes::splat(simd, value)
}

/// Loads the first eight numbers of a slice, padded with zeros if there are fewer.
#[cfg_attr(not(debug_assertions), inline(always))]
pub(in crate::network) fn load<S: Simd>(simd: S, values: &[f64]) -> Lanes<S> {
    match values.first_chunk::<LANES>() {
        Some(full) => Lanes::load_array_ref(simd, full),
        None => {
            let at = |index: usize| values.get(index).copied().unwrap_or(0.0);
            Lanes::load_array(simd, [at(0), at(1), at(2), at(3), at(4), at(5), at(6), 0.0])
        }
    }
}

/// Stores a vector in the first eight elements of a slice, or in all elements if there are fewer.
#[cfg_attr(not(debug_assertions), inline(always))]
pub(in crate::network) fn store<S: Simd>(lanes: Lanes<S>, into: &mut [f64]) {
    match into.first_chunk_mut::<LANES>() {
        Some(full) => lanes.store_array(full),
        None => {
            for (into, value) in into.iter_mut().zip(lanes.to_array()) {
                *into = value;
            }
        }
    }
}

/// Computes `into[i] = f(from[i])`; `f` must be a closure with `#[inline(always)]`.
#[cfg_attr(not(debug_assertions), inline(always))]
pub(in crate::network) fn map<S: Simd>(
    simd: S,
    from: &[f64],
    into: &mut [f64],
    f: impl Fn(Lanes<S>) -> Lanes<S>,
) {
    let length = from.len().min(into.len());
    let (from, into) = (&from[..length], &mut into[..length]);
    let (from, from_rest) = from.as_chunks::<LANES>();
    let (into, into_rest) = into.as_chunks_mut::<LANES>();
    for (from, into) in from.iter().zip(into) {
        f(Lanes::load_array_ref(simd, from)).store_array(into);
    }
    if !from_rest.is_empty() {
        store(f(load(simd, from_rest)), into_rest);
    }
}

/// Returns the sums of the lanes of eight vectors, each in its lane: lanes four apart are added first, then
/// those two apart, then the last two.
#[cfg_attr(not(debug_assertions), inline(always))]
pub(in crate::network) fn horizontal_sums<S: Simd>(simd: S, vectors: &[Lanes<S>; LANES]) -> Lanes<S> {
    let mut four = [splat(simd, 0.0); 4];
    for (four, pair) in four.iter_mut().zip(vectors.as_chunks::<2>().0) {
        let ((a, a_above), (b, b_above)) = (simd.split_f64x8(pair[0]), simd.split_f64x8(pair[1]));
        *four = simd.combine_f64x4(a, b) + simd.combine_f64x4(a_above, b_above);
    }
    let [ab, cd, ef, gh] = four;
    // Lanes 0 and 2, and lanes 1 and 3.
    let (even, even_rest) = (ab.unzip_low(cd), ef.unzip_low(gh));
    let (odd, odd_rest) = (ab.unzip_high(cd), ef.unzip_high(gh));
    let first = even.unzip_low(even_rest) + even.unzip_high(even_rest);
    let second = odd.unzip_low(odd_rest) + odd.unzip_high(odd_rest);
    first + second
}

/// Transposes four numbers of each of eight rows into four vectors with one number per row. The numbers are
/// the first or the second half (`half` 0 or 1) of each row.
#[cfg_attr(not(debug_assertions), inline(always))]
pub(in crate::network) fn transposed<S: Simd>(
    simd: S,
    rows: &[&[f64; LANES]; LANES],
    half: usize,
) -> [Lanes<S>; 4] {
    let four = |row: usize| f64x4::from_slice(simd, &rows[row].as_chunks::<4>().0[half]);
    let two = |row: usize| simd.combine_f64x4(four(row), four(row + 1));
    let (first, second, third, fourth) = (two(0), two(2), two(4), two(6));
    let (low, high) = (first.unzip_low(second), third.unzip_low(fourth));
    let (even, even_rest) = (low.unzip_low(high), low.unzip_high(high));
    let (low, high) = (first.unzip_high(second), third.unzip_high(fourth));
    let (odd, odd_rest) = (low.unzip_low(high), low.unzip_high(high));
    [even, odd, even_rest, odd_rest]
}

/// Returns `Σ coefficients[i] · xⁱ`. Even and odd powers are added separately, so that fewer operations wait
/// for one another.
#[cfg_attr(not(debug_assertions), inline(always))]
pub(in crate::network) fn polynomial<S: Simd, const N: usize>(
    x: Lanes<S>,
    coefficients: &[f64; N],
) -> Lanes<S> {
    let square = x * x;
    let even = polynomial_in_square(square, coefficients, 0);
    fma(polynomial_in_square(square, coefficients, 1), x, even)
}

/// Returns `Σ coefficients[first + 2i] · squareⁱ`.
#[cfg_attr(not(debug_assertions), inline(always))]
fn polynomial_in_square<S: Simd, const N: usize>(
    square: Lanes<S>,
    coefficients: &[f64; N],
    first: usize,
) -> Lanes<S> {
    let mut index = if (N - 1) % 2 == first { N - 1 } else { N - 2 };
    let mut sum = splat(square.simd, coefficients[index]);
    while index > first {
        index -= 2;
        sum = fma(sum, square, coefficients[index]);
    }
    sum
}

/// Returns the values as rows of `V` vectors.
#[cfg_attr(not(debug_assertions), inline(always))]
pub(super) fn vectors<const V: usize>(values: &[f64]) -> &[[[f64; LANES]; V]] {
    values.as_chunks::<LANES>().0.as_chunks::<V>().0
}
