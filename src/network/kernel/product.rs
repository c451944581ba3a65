//! Sums of products: what weights make of sources, one source at a time.
//!
//! Every sum begins at 0 and takes its terms in ascending order, by fused multiply-adds; a bias is added last. Rows and
//! samples are worked on in tiles that fit into registers, the terms in blocks that fit into the cache, and none of that
//! changes the order within a sum.

use std::ops::Range;

use fearless_simd::{Simd, f64x2, prelude::*};

use super::Task;
use super::lanes::{LANES, Lanes, fma, load, map, splat, store};

/// Rows of numbers, one after another.
#[derive(Debug, Clone, Copy)]
pub(in crate::network) struct Rows<'a> {
    /// Row `i` begins at `i · stride`.
    pub values: &'a [f64],
    pub stride: usize,
}

/// The weights of a sum: `values[row · row_step + term · term_step]`.
#[derive(Debug, Clone, Copy)]
pub(in crate::network) struct Weights<'a> {
    pub values: &'a [f64],
    pub row_step: usize,
    pub term_step: usize,
}

/// `into[row][sample] = Σ weights[row][term] · sources[term][sample] + bias[row]`.
#[derive(Debug)]
pub(in crate::network) struct Product<'a> {
    pub weights: Weights<'a>,
    pub sources: Rows<'a>,
    pub bias: Option<&'a [f64]>,
    pub rows: usize,
    pub terms: usize,
    pub samples: usize,
    pub into: &'a mut [f64],
    pub into_stride: usize,
}

impl Task for Product<'_> {
    type Output = ();

    #[cfg_attr(not(debug_assertions), inline(always))]
    fn run<S: Simd>(self, simd: S) {
        product(simd, self);
    }
}

/// The terms of a block: so many that a panel of sources stays in the first cache.
const BLOCK: usize = 160;
/// The vectors of a panel of sources, at most.
const PANEL: usize = 3;

/// Computes a product.
#[cfg_attr(not(debug_assertions), inline(never))]
pub(in crate::network) fn product<S: Simd>(simd: S, task: Product<'_>) {
    simd.vectorize(
        #[cfg_attr(not(debug_assertions), inline(always))]
        || {
            if task.samples == 1 && task.weights.term_step == 1 {
                for_one(simd, task);
            } else {
                in_panels(simd, task);
            }
        },
    );
}

/// Some terms of some samples.
struct Part {
    terms: Range<usize>,
    samples: Range<usize>,
}

/// Panel by panel of samples.
#[cfg_attr(not(debug_assertions), inline(always))]
fn in_panels<S: Simd>(simd: S, mut task: Product<'_>) {
    let most = if S::f64s::LEN >= LANES { PANEL } else { 1 };
    for block in (0..task.terms.max(1)).step_by(BLOCK) {
        let terms = block..(block + BLOCK).min(task.terms);
        let mut sample = 0;
        while sample < task.samples {
            let vectors = (task.samples - sample).div_ceil(LANES).min(most);
            let size = vectors * LANES;
            let samples = sample..(sample + size).min(task.samples);
            let part = Part {
                terms: terms.clone(),
                samples,
            };
            let Rows { values, stride } = task.sources;
            if stride == size {
                // The sources are such a panel as they are.
                let sources = &values[terms.start * size..terms.end * size];
                strip(simd, &mut task, &part, vectors, sources);
            } else {
                copied_strip(simd, &mut task, &part, vectors);
            }
            sample += size;
        }
    }
}

/// The same with a copy of the panel: rows side by side, filled up with zeros.
#[cfg_attr(not(debug_assertions), inline(never))]
fn copied_strip<S: Simd>(simd: S, task: &mut Product<'_>, part: &Part, vectors: usize) {
    let size = vectors * LANES;
    let mut panel = [0.0; BLOCK * PANEL * LANES];
    let panel = &mut panel[..part.terms.len() * size];
    for (term, into) in part.terms.clone().zip(panel.chunks_exact_mut(size)) {
        let row = &task.sources.values[term * task.sources.stride..][part.samples.clone()];
        into[..row.len()].copy_from_slice(row);
    }
    strip(simd, task, part, vectors, panel);
}

/// All rows of a part; `sources` are `[term][sample]` for `vectors` times eight samples.
#[cfg_attr(not(debug_assertions), inline(never))]
fn strip<S: Simd>(simd: S, task: &mut Product<'_>, part: &Part, vectors: usize, sources: &[f64]) {
    simd.vectorize(
        #[cfg_attr(not(debug_assertions), inline(always))]
        || {
            if S::f64s::LEN < LANES {
                return rows_of::<S, 4, 1>(simd, task, part, sources);
            }
            match vectors {
                1 => rows_of::<S, 8, 1>(simd, task, part, sources),
                2 => rows_of::<S, 8, 2>(simd, task, part, sources),
                _ => rows_of::<S, 8, PANEL>(simd, task, part, sources),
            }
        },
    );
}

/// `R` rows at once, as long as there are as many.
#[cfg_attr(not(debug_assertions), inline(always))]
fn rows_of<S: Simd, const R: usize, const V: usize>(
    simd: S,
    task: &mut Product<'_>,
    part: &Part,
    sources: &[f64],
) {
    let mut row = 0;
    while row + R <= task.rows {
        tile::<S, R, V>(simd, task, row, part, sources);
        row += R;
    }
    if R > 4 && row + 4 <= task.rows {
        tile::<S, 4, V>(simd, task, row, part, sources);
        row += 4;
    }
    while row < task.rows {
        tile::<S, 1, V>(simd, task, row, part, sources);
        row += 1;
    }
}

/// `R` rows and `V` vectors of samples. The loops count, so that all sums are in registers once they are unrolled.
#[cfg_attr(not(debug_assertions), inline(always))]
#[allow(clippy::needless_range_loop)]
fn tile<S: Simd, const R: usize, const V: usize>(
    simd: S,
    task: &mut Product<'_>,
    first: usize,
    part: &Part,
    sources: &[f64],
) {
    let Part { terms, samples } = part;
    let stride = task.into_stride;
    let mut begun = [[splat(simd, 0.0); V]; R];
    if terms.start > 0 {
        for row in 0..R {
            let into = &task.into[(first + row) * stride..][samples.clone()];
            for vector in 0..V {
                begun[row][vector] = load(simd, &into[vector * LANES..]);
            }
        }
    }
    // What is loaded and stored in loops of unknown length is another array, so that this one needs no memory.
    let mut sums = [[splat(simd, 0.0); V]; R];
    copy(&begun, &mut sums);
    let Weights {
        values,
        row_step,
        term_step,
    } = task.weights;
    let count = terms.len();
    let sources = sources.as_chunks::<LANES>().0.as_chunks::<V>().0;
    if term_step == 1 {
        // Row by row.
        let mut rows = [&values[..0]; R];
        for row in 0..R {
            rows[row] = &values[(first + row) * row_step + terms.start..][..count];
        }
        for (term, sources) in sources[..count].iter().enumerate() {
            let mut weights = [0.0; R];
            for row in 0..R {
                weights[row] = rows[row][term];
            }
            add(simd, &mut sums, sources, &weights);
        }
    } else if row_step == 1 {
        // The rows of a term side by side.
        let weights = values[terms.start * term_step + first..].chunks(term_step);
        for (sources, weights) in sources[..count].iter().zip(weights) {
            if let Some(weights) = weights.first_chunk::<R>() {
                add(simd, &mut sums, sources, weights);
            }
        }
    }
    let mut done = begun;
    copy(&sums, &mut done);
    let is_last = terms.end == task.terms;
    for row in 0..R {
        let bias = splat(simd, task.bias.map_or(0.0, |bias| bias[first + row]));
        let into = &mut task.into[(first + row) * stride..][samples.clone()];
        for vector in 0..V {
            let sum = done[row][vector];
            let sum = if is_last { sum + bias } else { sum };
            store(sum, &mut into[vector * LANES..]);
        }
    }
}

/// From one array to another, with places that are known.
#[cfg_attr(not(debug_assertions), inline(always))]
#[allow(clippy::needless_range_loop, clippy::manual_memcpy)]
fn copy<S: Simd, const R: usize, const V: usize>(from: &[[Lanes<S>; V]; R], into: &mut [[Lanes<S>; V]; R]) {
    for row in 0..R {
        for vector in 0..V {
            into[row][vector] = from[row][vector];
        }
    }
}

/// Adds one term to all sums of a tile.
#[cfg_attr(not(debug_assertions), inline(always))]
#[allow(clippy::needless_range_loop)]
fn add<S: Simd, const R: usize, const V: usize>(
    simd: S,
    sums: &mut [[Lanes<S>; V]; R],
    sources: &[[f64; LANES]; V],
    weights: &[f64; R],
) {
    let mut vectors = [splat(simd, 0.0); V];
    for vector in 0..V {
        vectors[vector] = Lanes::load_array_ref(simd, &sources[vector]);
    }
    for row in 0..R {
        let weight = splat(simd, weights[row]);
        for vector in 0..V {
            sums[row][vector] = fma(vectors[vector], weight, sums[row][vector]);
        }
    }
}

/// A single sample: lanes along the rows.
#[cfg_attr(not(debug_assertions), inline(always))]
fn for_one<S: Simd>(simd: S, task: Product<'_>) {
    let Product {
        weights,
        sources,
        bias,
        rows,
        terms,
        into,
        into_stride,
        ..
    } = task;
    let mut row = 0;
    let mut finish = |row: usize, sum: f64| {
        into[row * into_stride] = sum + bias.map_or(0.0, |bias| bias[row]);
    };
    let of = |row: usize| &weights.values[row * weights.row_step..][..terms];
    let source = |term: usize| sources.values[term * sources.stride];
    while row + 32 <= rows {
        let sums = columns::<S, 4>(simd, |at| of(row + at), source, terms);
        for (at, sum) in sums.as_flattened().iter().enumerate() {
            finish(row + at, *sum);
        }
        row += 32;
    }
    while row + 8 <= rows {
        let sums = columns::<S, 1>(simd, |at| of(row + at), source, terms);
        for (at, sum) in sums.as_flattened().iter().enumerate() {
            finish(row + at, *sum);
        }
        row += 8;
    }
    while row < rows {
        let terms = of(row)
            .iter()
            .enumerate()
            .map(|(term, &weight)| (weight, source(term)));
        finish(row, sum_of(simd, terms));
        row += 1;
    }
}

/// `Σ weight · source`, in their order.
#[cfg_attr(not(debug_assertions), inline(always))]
fn sum_of<S: Simd>(simd: S, terms: impl Iterator<Item = (f64, f64)>) -> f64 {
    let mut sum = f64x2::splat(simd, 0.0);
    for (weight, source) in terms {
        sum = f64x2::splat(simd, weight).mul_add_precise(source, sum);
    }
    sum[0]
}

/// What varies in a sum of which all else is constant.
#[derive(Debug, Clone, Copy)]
pub(in crate::network) enum Varying {
    /// One term: this factor times the varying number.
    Term { index: usize, factor: f64 },
    /// The bias.
    Bias,
}

/// `into[sample] = Σ weights · constants + bias`, but with a varying number in one place.
#[derive(Debug)]
pub(in crate::network) struct OneVaried<'a> {
    pub weights: &'a [f64],
    pub constants: &'a [f64],
    pub bias: f64,
    pub varying: Varying,
    /// The varying number, one a sample.
    pub row: &'a [f64],
    pub into: &'a mut [f64],
}

impl Task for OneVaried<'_> {
    type Output = ();

    #[cfg_attr(not(debug_assertions), inline(always))]
    fn run<S: Simd>(self, simd: S) {
        let Self {
            weights,
            constants,
            bias,
            varying,
            row,
            into,
        } = self;
        let terms = |range: Range<usize>| {
            let constants = constants[range.clone()].iter().copied();
            weights[range].iter().copied().zip(constants)
        };
        let count = weights.len().min(constants.len());
        match varying {
            Varying::Bias => {
                let sum = splat(simd, sum_of(simd, terms(0..count)));
                map(
                    simd,
                    row,
                    into,
                    #[cfg_attr(not(debug_assertions), inline(always))]
                    |value| value + sum,
                );
            }
            Varying::Term { index, factor } => {
                let before = splat(simd, sum_of(simd, terms(0..index)));
                let factor = splat(simd, factor);
                let bias = splat(simd, bias);
                let after = &weights[index + 1..count];
                let sources = &constants[index + 1..count];
                map(
                    simd,
                    row,
                    into,
                    #[cfg_attr(not(debug_assertions), inline(always))]
                    |value| {
                        let mut sum = fma(value, factor, before);
                        for (&weight, &source) in after.iter().zip(sources) {
                            sum = fma(splat(simd, weight), splat(simd, source), sum);
                        }
                        sum + bias
                    },
                );
            }
        }
    }
}

/// The sums of `8 · N` rows. Two terms of eight rows are turned into two vectors of eight rows.
#[cfg_attr(not(debug_assertions), inline(always))]
fn columns<'a, S: Simd, const N: usize>(
    simd: S,
    row: impl Fn(usize) -> &'a [f64],
    source: impl Fn(usize) -> f64,
    terms: usize,
) -> [[f64; LANES]; N] {
    let mut rows = [[&[][..]; LANES]; N];
    for (at, row_of) in rows.as_flattened_mut().iter_mut().enumerate() {
        *row_of = row(at);
    }
    let mut sums = [splat(simd, 0.0); N];
    let pairs = terms / 2;
    for pair in 0..pairs {
        let (even, odd) = (splat(simd, source(2 * pair)), splat(simd, source(2 * pair + 1)));
        for (sum, rows) in sums.iter_mut().zip(&rows) {
            let low = four_pairs(simd, &rows[..4], 2 * pair);
            let high = four_pairs(simd, &rows[4..], 2 * pair);
            *sum = fma(low.unzip_low(high), even, *sum);
            *sum = fma(low.unzip_high(high), odd, *sum);
        }
    }
    if terms % 2 == 1 {
        let last = splat(simd, source(terms - 1));
        for (sum, rows) in sums.iter_mut().zip(&rows) {
            let mut weights = [0.0; LANES];
            for (weight, row) in weights.iter_mut().zip(rows) {
                *weight = row[terms - 1];
            }
            *sum = fma(Lanes::load_array(simd, weights), last, *sum);
        }
    }
    let mut values = [[0.0; LANES]; N];
    for (values, sum) in values.iter_mut().zip(sums) {
        *values = sum.to_array();
    }
    values
}

/// Two numbers of each of four rows.
#[cfg_attr(not(debug_assertions), inline(always))]
fn four_pairs<S: Simd>(simd: S, rows: &[&[f64]], at: usize) -> Lanes<S> {
    let low = simd.combine_f64x2(pair(simd, rows[0], at), pair(simd, rows[1], at));
    let high = simd.combine_f64x2(pair(simd, rows[2], at), pair(simd, rows[3], at));
    simd.combine_f64x4(low, high)
}

#[cfg_attr(not(debug_assertions), inline(always))]
fn pair<S: Simd>(simd: S, row: &[f64], at: usize) -> f64x2<S> {
    f64x2::from_slice(simd, &row[at..at + 2])
}
