//! Gathering selected samples into a batch.

use fearless_simd::Simd;

use super::lanes::{LANES, store, transposed};
use super::{SimdWidth, Task};

/// Returns the number of columns of a batch of `samples` samples: the next multiple of [`LANES`], because
/// full vectors are faster than rows with a remainder.
pub(crate) fn padded_columns(samples: usize) -> usize {
    samples.next_multiple_of(LANES)
}

/// Gathers selected samples of `values` (`[sample][value]`, `width` values each) as columns of `into`, which
/// is `[value][sample]` with [`padded_columns`] columns. The columns that are left over at the end repeat the
/// first selected sample.
///
/// # Panics
///
/// Panics if a sample doesn't exist, none is selected, or `into` has another size.
pub(crate) fn gather_samples(values: &[f64], width: usize, chosen: &[usize], into: &mut [f64]) {
    assert_eq!(
        into.len(),
        width * padded_columns(chosen.len()),
        "[value][sample]"
    );
    SimdWidth::best().run(GatherSamples {
        values,
        width,
        chosen,
        into,
    });
}

struct GatherSamples<'a> {
    values: &'a [f64],
    width: usize,
    chosen: &'a [usize],
    into: &'a mut [f64],
}

impl Task for GatherSamples<'_> {
    type Output = ();

    #[cfg_attr(not(debug_assertions), inline(always))]
    fn run<S: Simd>(self, simd: S) {
        let Self {
            values,
            width,
            chosen,
            into,
        } = self;
        let columns = padded_columns(chosen.len());
        let blocks = width / LANES * LANES;
        for first in (0..columns).step_by(LANES) {
            if blocks == 0 {
                break;
            }
            let mut rows = [&values[..0]; LANES];
            for (at, row) in rows.iter_mut().enumerate() {
                let sample = chosen.get(first + at).unwrap_or(&chosen[0]);
                *row = &values[sample * width..][..width];
            }
            for value in (0..blocks).step_by(LANES) {
                let mut block = [&[0.0; LANES]; LANES];
                for (block, row) in block.iter_mut().zip(&rows) {
                    *block = &row[value..].as_chunks::<LANES>().0[0];
                }
                for half in 0..2 {
                    for (at, lanes) in transposed(simd, &block, half).into_iter().enumerate() {
                        store(lanes, &mut into[(value + 4 * half + at) * columns + first..]);
                    }
                }
            }
        }
        for (value, into) in (blocks..width).zip(into[blocks * columns..].chunks_exact_mut(columns)) {
            let (full, rest) = into.split_at_mut(chosen.len());
            for (into, &sample) in full.iter_mut().zip(chosen) {
                *into = values[sample * width + value];
            }
            rest.fill(full[0]);
        }
    }
}
