//! The arithmetic of forward and backward passes, at the width of the processor and with the same bits at every width.
//!
//! | file | holds |
//! | --- | --- |
//! | `lanes` | eight numbers at once: loads, stores, multiply-adds, polynomials |
//! | `exponential` | `exp` and what is made of it: tanh, sigmoid, softplus, SiLU, ELU |
//! | `error_function` | `erf`, `erfc`, and GELU |
//! | `sine` | sine and cosine |
//! | `functions` | the activations, their slopes and the softmax, over rows of samples |
//! | `product` | weights times sources: sums, and derivatives by the sources; the order of their terms |
//! | `narrow` | those of few terms, in registers as they are; derivatives by weights over few samples |
//! | `panels` | those of any size, cut into tiles and blocks |
//! | `single` | those of one sample |
//! | `varied` | sums in which one number varies |
//! | `dots` | derivatives by the weights |
//! | [`columns`] | chosen samples, side by side |
//!
//! # Why the bits are the same
//! Lanes lie along the samples (or along neurons, where there is one sample), so that every sample goes through the
//! same operations in the same order whatever lies beside it. The operations are those that IEEE 754 rounds correctly:
//! `+ − × ÷`, and multiply-adds that are always fused. Where the processor has no instruction for those they are
//! emulated exactly. A tail of less than eight samples goes through the same lanes, filled up.
//!
//! All of it is safe Rust on `fearless_simd`: generic over its [`Simd`], compiled once for each [`Width`], and
//! `Width::run` chooses. A function here is inlined always, so that it becomes a part of what it is compiled for; without
//! optimisation it is not, as all of them together would need more stack than a thread has.

pub mod columns;
pub(super) mod dots;
pub(super) mod error_function;
pub(super) mod exponential;
pub(super) mod functions;
pub(super) mod lanes;
mod narrow;
mod panels;
pub(super) mod product;
pub(super) mod sine;
mod single;
pub(super) mod varied;

#[cfg(test)]
mod tests;

use std::fmt;

pub use functions::ElementaryFunction;
pub use lanes::LANES;

use fearless_simd::{Level, Simd};

/// How many numbers the processor is asked to work on at once. All widths give the same bits.
#[derive(Debug, Clone, Copy)]
pub struct SimdWidth(Level);

/// Something that is computed at some width.
pub(super) trait Task {
    /// What comes of it.
    type Output;

    /// Computes it; to be `#[inline(always)]`.
    fn run<S: Simd>(self, simd: S) -> Self::Output;
}

impl SimdWidth {
    /// The widest that this processor has. Asked once, then known.
    #[inline]
    pub fn best() -> Self {
        Self(Level::new())
    }

    /// What every processor of this kind has. Without fused multiply-adds (x86-64 has none here) they are emulated.
    pub fn plain() -> Self {
        Self(Level::baseline())
    }

    /// All that this processor has and that are compiled, the plain one first.
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

/// At the width that is compiled for anyway.
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

/// At the width that is compiled for anyway.
#[cfg(not(target_arch = "x86_64"))]
fn plain<T: Task>(task: T) -> T::Output {
    fearless_simd::dispatch!(Level::baseline(), simd => task.run(simd))
}

/// The name of the processor’s instructions.
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
