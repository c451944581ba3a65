//! Sums of products: what weights make of sources, one source at a time.
//!
//! Every sum begins at 0 and takes its terms in ascending order, by fused multiply-adds; a bias is added last. Rows and
//! samples are worked on in tiles that fit into registers, the terms in blocks that fit into the cache, and none of that
//! changes the order within a sum.

use std::ops::Range;

use fearless_simd::{Simd, f64x2, prelude::*};

use super::lanes::{LANES, Lanes, fma, load, map, splat, store, turned};
use super::{Task, narrow};

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
    fn run<S: Simd>(mut self, simd: S) {
        product(simd, &mut self);
    }
}

/// The terms of a block: so many that a panel of sources stays in the first cache.
const BLOCK: usize = 160;
/// With no more terms than this a small panel is enough, which is sooner cleared.
const SHORT: usize = 16;
/// The vectors of a panel of sources, at most.
const PANEL: usize = 3;

/// Computes a product. The task is not moved: what has just been written in pieces is slow to read as a whole.
#[cfg_attr(not(debug_assertions), inline(always))]
pub(in crate::network) fn product<S: Simd>(simd: S, task: &mut Product<'_>) {
    if !narrow::has_few_terms(task) {
        return large(simd, task);
    }
    let done = narrow::product(simd, task);
    if done < task.samples {
        let mut rest = Product {
            weights: task.weights,
            sources: Rows {
                values: &task.sources.values[done..],
                stride: task.sources.stride,
            },
            bias: task.bias,
            rows: task.rows,
            terms: task.terms,
            samples: task.samples - done,
            into: &mut task.into[done..],
            into_stride: task.into_stride,
        };
        large(simd, &mut rest);
    }
}

/// A product of any size.
#[cfg_attr(not(debug_assertions), inline(never))]
fn large<S: Simd>(simd: S, task: &mut Product<'_>) {
    simd.vectorize(
        #[cfg_attr(not(debug_assertions), inline(always))]
        || {
            let is_one = task.samples == 1 && task.weights.term_step == 1 && task.sources.stride == 1;
            if is_one && task.rows < LANES {
                single_rows(simd, task, 0);
            } else if is_one {
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
#[cfg_attr(not(debug_assertions), inline(never))]
fn in_panels<S: Simd>(simd: S, task: &mut Product<'_>) {
    let vectors = task.samples.div_ceil(LANES);
    let Rows { values, stride } = task.sources;
    if vectors <= most_vectors::<S>() && stride == vectors * LANES {
        // All sources are one panel as they are.
        for terms in blocks(task.terms) {
            let sources = &values[terms.start * stride..terms.end * stride];
            let samples = 0..task.samples;
            strip(simd, task, &Part { terms, samples }, vectors, sources);
        }
    } else if task.terms <= SHORT {
        copied::<S, { SHORT * PANEL * LANES }>(simd, task);
    } else {
        copied::<S, { BLOCK * PANEL * LANES }>(simd, task);
    }
}

fn most_vectors<S: Simd>() -> usize {
    if S::f64s::LEN >= LANES { PANEL } else { 1 }
}

fn blocks(terms: usize) -> impl Iterator<Item = Range<usize>> {
    let starts = (0..terms.max(1)).step_by(BLOCK);
    starts.map(move |start| start..(start + BLOCK).min(terms))
}

/// The same with copies of panels of `N` numbers at most: rows side by side, filled up with zeros.
#[cfg_attr(not(debug_assertions), inline(never))]
fn copied<S: Simd, const N: usize>(simd: S, task: &mut Product<'_>) {
    let mut panel = [0.0; N];
    for terms in blocks(task.terms) {
        let mut sample = 0;
        while sample < task.samples {
            let vectors = (task.samples - sample).div_ceil(LANES).min(most_vectors::<S>());
            let size = vectors * LANES;
            let samples = sample..(sample + size).min(task.samples);
            let panel = &mut panel[..terms.len() * size];
            for (term, into) in terms.clone().zip(panel.chunks_exact_mut(size)) {
                let row = &task.sources.values[term * task.sources.stride..][samples.clone()];
                let (full, rest) = into.split_at_mut(row.len());
                full.copy_from_slice(row);
                rest.fill(0.0);
            }
            let part = Part {
                terms: terms.clone(),
                samples,
            };
            strip(simd, task, &part, vectors, panel);
            sample += size;
        }
    }
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
#[allow(
    clippy::needless_range_loop,
    reason = "counted loops over small arrays are unrolled and stay in registers"
)]
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
    let sources = sources.as_chunks::<LANES>().0.as_chunks::<V>().0;
    add_terms(
        simd,
        &mut sums,
        &task.weights,
        first,
        terms.clone(),
        #[cfg_attr(not(debug_assertions), inline(always))]
        |term| &sources[term],
    );
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

/// Adds some terms to the sums of the rows from `first` on; `sources` gives those of each, counted from 0.
#[cfg_attr(not(debug_assertions), inline(always))]
#[allow(
    clippy::needless_range_loop,
    reason = "counted loops over small arrays are unrolled and stay in registers"
)]
pub(super) fn add_terms<'a, S: Simd, const R: usize, const V: usize>(
    simd: S,
    sums: &mut [[Lanes<S>; V]; R],
    weights: &Weights<'_>,
    first: usize,
    terms: Range<usize>,
    sources: impl Fn(usize) -> &'a [[f64; LANES]; V],
) {
    let &Weights {
        values,
        row_step,
        term_step,
    } = weights;
    let count = terms.len();
    if term_step == 1 {
        // Row by row.
        let mut rows = [&values[..0]; R];
        for row in 0..R {
            rows[row] = &values[(first + row) * row_step + terms.start..][..count];
        }
        for term in 0..count {
            let mut weights = [0.0; R];
            for row in 0..R {
                weights[row] = rows[row][term];
            }
            add(simd, sums, sources(term), &weights);
        }
    } else if row_step == 1 {
        // The rows of a term side by side.
        let weights = values[terms.start * term_step + first..].chunks(term_step);
        for (term, weights) in weights.take(count).enumerate() {
            if let Some(weights) = weights.first_chunk::<R>() {
                add(simd, sums, sources(term), weights);
            }
        }
    }
}

/// From one array to another, with places that are known.
#[cfg_attr(not(debug_assertions), inline(always))]
#[allow(
    clippy::needless_range_loop,
    clippy::manual_memcpy,
    reason = "counted loops over small arrays are unrolled and stay in registers"
)]
fn copy<S: Simd, const R: usize, const V: usize>(from: &[[Lanes<S>; V]; R], into: &mut [[Lanes<S>; V]; R]) {
    for row in 0..R {
        for vector in 0..V {
            into[row][vector] = from[row][vector];
        }
    }
}

/// Adds one term to all sums of a tile.
#[cfg_attr(not(debug_assertions), inline(always))]
#[allow(
    clippy::needless_range_loop,
    reason = "counted loops over small arrays are unrolled and stay in registers"
)]
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

/// A single sample whose sources lie side by side: lanes along the rows. Not a part of [`product`], as all that it
/// keeps costs time to set up.
#[cfg_attr(not(debug_assertions), inline(never))]
fn for_one<S: Simd>(simd: S, task: &mut Product<'_>) {
    simd.vectorize(
        #[cfg_attr(not(debug_assertions), inline(always))]
        || {
            let (weights, terms) = (task.weights, task.terms);
            let sources = &task.sources.values[..terms];
            let mut row = 0;
            while row + 4 * LANES <= task.rows {
                let groups = [0, 8, 16, 24].map(
                    #[cfg_attr(not(debug_assertions), inline(always))]
                    |at| Group::new(&weights, row + at, terms),
                );
                let sums = columns(simd, groups, sources);
                task.finish(row, sums.as_flattened());
                row += 4 * LANES;
            }
            while row + LANES <= task.rows {
                let sums = columns(simd, [Group::new(&weights, row, terms)], sources);
                task.finish(row, sums.as_flattened());
                row += LANES;
            }
            single_rows(simd, task, row);
        },
    );
}

/// The rows of a single sample from `first` on, one by one.
#[cfg_attr(not(debug_assertions), inline(always))]
fn single_rows<S: Simd>(simd: S, task: &mut Product<'_>, first: usize) {
    let sources = &task.sources.values[..task.terms];
    for row in first..task.rows {
        let weights = &task.weights.values[row * task.weights.row_step..][..sources.len()];
        let terms = weights.iter().copied().zip(sources.iter().copied());
        let sum = sum_of(simd, terms);
        task.finish(row, &[sum]);
    }
}

impl Product<'_> {
    /// Keeps the sums of a single sample from the row `first` on.
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn finish(&mut self, first: usize, sums: &[f64]) {
        for (row, sum) in (first..).zip(sums) {
            self.into[row * self.into_stride] = sum + self.bias.map_or(0.0, |bias| bias[row]);
        }
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

/// Eight rows of weights: in blocks of eight terms, and the terms that are left.
struct Group<'a> {
    blocks: [&'a [[f64; LANES]]; LANES],
    last: [&'a [f64]; LANES],
}

impl<'a> Group<'a> {
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn new(weights: &Weights<'a>, first: usize, terms: usize) -> Self {
        let count = terms / LANES;
        let mut group = Self {
            blocks: [&[]; LANES],
            last: [&[]; LANES],
        };
        for at in 0..LANES {
            let row = &weights.values[(first + at) * weights.row_step..][..terms];
            group.blocks[at] = &row.as_chunks::<LANES>().0[..count];
            group.last[at] = &row[count * LANES..];
        }
        group
    }

    /// Adds a block of terms.
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn add<S: Simd>(&self, simd: S, place: usize, sources: &[f64; LANES], sum: Lanes<S>) -> Lanes<S> {
        let mut block = [&[0.0; LANES]; LANES];
        for (block, row) in block.iter_mut().zip(&self.blocks) {
            *block = &row[place];
        }
        let mut sum = sum;
        for half in 0..2 {
            let terms = turned(simd, &block, half);
            for (term, &source) in terms.into_iter().zip(&sources[4 * half..]) {
                sum = fma(term, splat(simd, source), sum);
            }
        }
        sum
    }
}

/// The sums of groups of rows. Four groups go on beside one another, as each sum has to wait for its last term; they are
/// written out, so that all that is known of them is in registers.
#[cfg_attr(not(debug_assertions), inline(always))]
fn columns<S: Simd, const N: usize>(simd: S, groups: [Group<'_>; N], sources: &[f64]) -> [[f64; LANES]; N] {
    let (blocks, last) = sources.as_chunks::<LANES>();
    let mut sums = [splat(simd, 0.0); N];
    for (place, sources) in blocks.iter().enumerate() {
        sums[0] = groups[0].add(simd, place, sources, sums[0]);
        if N > 1 {
            sums[1] = groups[1].add(simd, place, sources, sums[1]);
            sums[2] = groups[2].add(simd, place, sources, sums[2]);
            sums[3] = groups[3].add(simd, place, sources, sums[3]);
        }
    }
    let mut values = [[0.0; LANES]; N];
    for ((values, sum), group) in values.iter_mut().zip(sums).zip(&groups) {
        let mut sum = sum;
        for (term, &source) in last.iter().enumerate() {
            let weights = group.last.map(|row| row[term]);
            sum = fma(Lanes::load_array(simd, weights), splat(simd, source), sum);
        }
        *values = sum.to_array();
    }
    values
}
