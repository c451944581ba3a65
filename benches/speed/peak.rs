//! The measured peak of this processor in one thread.

use fearless_simd::{Level, Simd, dispatch, f64x8, prelude::*};

use neurodial_core::network::kernel::SimdWidth;

use crate::clock;

/// The highest rates measured, per second.
pub struct Peak {
    /// Floating-point operations; a multiply-add counts as two.
    pub operations: f64,
    /// Bytes read from memory.
    pub memory: f64,
    /// Bytes read from the level 2 cache.
    pub cache: f64,
}

/// Measures independent multiply-adds, and sums over a large and a small array.
pub fn measure(level: Level) -> Peak {
    const ROUNDS: usize = 1000;
    let mut result = 0.0;
    let arithmetic = clock::time(|| result += dispatch!(level, simd => multiply(simd, ROUNDS)));
    let mut read = |bytes: usize| {
        let values = vec![1.0; bytes / 8];
        let timing = clock::time(|| result += dispatch!(level, simd => sum(simd, &values)));
        bytes as f64 / timing.quartiles[0]
    };
    let (memory, cache) = (read(256 << 20), read(1 << 20));
    std::hint::black_box(result);
    Peak {
        operations: (ROUNDS * CHAINS * 8 * 2) as f64 / arithmetic.quartiles[0],
        memory,
        cache,
    }
}

/// Returns all SIMD widths of this processor, each with its peak.
pub fn by_width() -> Vec<(SimdWidth, Peak)> {
    let best = Level::new();
    let mut levels = vec![Level::baseline()];
    #[cfg(target_arch = "x86_64")]
    {
        levels.extend(best.as_avx2().map(|avx2| avx2.level()));
        levels.extend(best.as_avx512().map(|avx512| avx512.level()));
    }
    #[cfg(not(target_arch = "x86_64"))]
    let _ = best;
    SimdWidth::all()
        .into_iter()
        .zip(levels.into_iter().map(measure))
        .collect()
}

/// The number of independent sums: enough to fill the pipelines, but no more than there are registers.
const CHAINS: usize = 8;

#[inline(always)]
fn multiply<S: Simd>(simd: S, rounds: usize) -> f64 {
    let factor = f64x8::splat(simd, std::hint::black_box(1.000_000_1));
    let mut chains = [f64x8::splat(simd, std::hint::black_box(1e-9)); CHAINS];
    for _ in 0..rounds {
        for chain in &mut chains {
            *chain = chain.mul_add(factor, factor);
        }
    }
    chains.iter().map(|chain| chain[0]).sum()
}

#[inline(always)]
fn sum<S: Simd>(simd: S, values: &[f64]) -> f64 {
    let mut sums = [f64x8::splat(simd, 0.0); CHAINS];
    for values in values.as_chunks::<{ 8 * CHAINS }>().0 {
        for (sum, values) in sums.iter_mut().zip(values.as_chunks::<8>().0) {
            *sum += f64x8::load_array_ref(simd, values);
        }
    }
    sums.iter().map(|sum| sum[0]).sum()
}
