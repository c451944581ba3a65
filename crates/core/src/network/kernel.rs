//! The arithmetic of forward and backward passes with SIMD instructions. All SIMD widths give the same bits.
//!
//! | file | contents |
//! | --- | --- |
//! | `lanes` | vectors of eight numbers: loads, stores, multiply-adds, polynomials |
//! | `exponential` | `exp` and functions based on it: tanh, sigmoid, softplus, SiLU, ELU |
//! | `error_function` | `erf`, `erfc`, and GELU |
//! | `sine` | sine and cosine |
//! | `functions` | activation functions, their slopes and softmax, over rows of samples |
//! | `matrix_product` | weighted sums, and derivatives with respect to inputs; the order of the terms |
//! | `varied_sum` | weighted sums in which few operands vary |
//! | `dot_products` | derivatives with respect to weights |
//! | `gather` | selected samples as the columns of a batch |
//!
//! # Why the bits are the same
//! Lanes run along the samples (or along the neurons if there is one sample), so that every sample goes
//! through the same operations in the same order, independently of its neighbors. The operations are those
//! that IEEE 754 rounds correctly: `+ − × ÷`, and multiply-adds that are always fused. If the processor has
//! no instruction for fused multiply-adds, they are emulated exactly. A remainder of fewer than eight samples
//! goes through the same lanes, padded to eight.
//!
//! All code is safe Rust based on `fearless_simd`: generic over its [`Simd`] and compiled once for each
//! [`SimdWidth`]; `SimdWidth::run` selects the version. Most functions are always inlined, so that they
//! become part of the code that is compiled for a width. Builds without optimization don't inline them,
//! because all of them together would need more stack than a thread has.

pub(super) mod dot_products;
pub(super) mod error_function;
pub(super) mod exponential;
pub(super) mod functions;
pub(crate) mod gather;
pub(super) mod lanes;
pub(super) mod matrix_product;
pub(super) mod sine;
pub(crate) mod varied_sum;

#[cfg(test)]
mod tests;

use std::fmt;

pub(crate) use lanes::LANES;

use fearless_simd::{Level, Simd};

/// The number of values that the processor computes at once. All widths give the same bits.
#[derive(Debug, Clone, Copy)]
pub struct SimdWidth(Level);

/// A computation that can run at any SIMD width.
pub(super) trait Task {
    /// The type of the result.
    type Output;

    /// Runs the computation. Implementations must be `#[inline(always)]` in optimized builds.
    fn run<S: Simd>(self, simd: S) -> Self::Output;
}

impl SimdWidth {
    /// Returns the largest width of this processor. It is detected once and then cached.
    #[inline]
    pub fn best() -> Self {
        Self(Level::new())
    }

    /// Returns the width that every processor of this architecture has. Fused multiply-adds are emulated if
    /// it has none (x86-64 has none at this width).
    #[cfg(any(test, not(target_arch = "x86_64")))]
    pub(crate) fn plain() -> Self {
        Self(Level::baseline())
    }

    /// Returns all widths that this processor has and that are compiled, the plain one first.
    pub fn all() -> Vec<Self> {
        #[cfg(target_arch = "x86_64")]
        {
            use fearless_simd::Simd as _;
            let best = Level::new();
            let avx2 = best.as_avx2().map(|avx2| avx2.level());
            let avx512 = best.as_avx512().map(|avx512| avx512.level());
            let plain = Some(Level::baseline());
            [plain, avx2, avx512].into_iter().flatten().map(Self).collect()
        }
        #[cfg(not(target_arch = "x86_64"))]
        vec![Self::plain()]
    }

    /// Runs a task at this width.
    #[inline(always)]
    pub(super) fn run<T: Task>(self, task: T) -> T::Output {
        match self.0 {
            #[cfg(target_arch = "x86_64")]
            Level::Avx512(simd) => simd.vectorize(
                #[inline(always)]
                || task.run(simd),
            ),
            #[cfg(target_arch = "x86_64")]
            Level::Avx2(simd) => simd.vectorize(
                #[inline(always)]
                || task.run(simd),
            ),
            _ => plain(task),
        }
    }
}

/// Runs a task at the baseline width, for which the whole program is compiled.
#[cfg(target_arch = "x86_64")]
fn plain<T: Task>(task: T) -> T::Output {
    match Level::baseline() {
        Level::Sse2(simd) => task.run(simd),
        // A build for a newer processor has a higher baseline.
        Level::Sse4_2(simd) => task.run(simd),
        Level::Avx2(simd) => task.run(simd),
        Level::Avx512(simd) => task.run(simd),
        _ => unreachable!("x86-64 has SSE2"),
    }
}

/// Runs a task at the baseline width, for which the whole program is compiled.
#[cfg(not(target_arch = "x86_64"))]
fn plain<T: Task>(task: T) -> T::Output {
    fearless_simd::dispatch!(Level::baseline(), simd => task.run(simd))
}

/// Writes the name of the processor's instruction set.
impl fmt::Display for SimdWidth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.0 {
            #[cfg(target_arch = "x86_64")]
            Level::Avx512(_) => "AVX-512",
            #[cfg(target_arch = "x86_64")]
            Level::Avx2(_) => "AVX2",
            #[cfg(target_arch = "x86_64")]
            Level::Sse2(_) | Level::Sse4_2(_) => "SSE2",
            #[cfg(target_arch = "aarch64")]
            Level::Neon(_) => "NEON",
            _ => "scalar",
        })
    }
}
