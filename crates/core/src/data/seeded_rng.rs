//! Seeded, value-stable random numbers.

use rand::SeedableRng;
use rand_distr::{Distribution, StandardNormal, StandardUniform};
use rand_pcg::Pcg64;

/// The purpose of a sequence of random numbers. Each purpose has its own sequence, so that drawing more
/// numbers for one doesn't change another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum RandomStream {
    /// The positions of the points of a generated dataset.
    GeneratedPoints,
    /// The selection of the samples that are held out as the test set.
    TrainTestSplit,
    /// The order in which training visits the samples.
    SampleOrder,
    /// The initial values of knobs.
    InitialValues,
}

/// A random number generator. Its sequence depends only on the seed and the stream, and is the same on every
/// machine and in every version.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct SeededRng(Pcg64);

impl SeededRng {
    /// Creates the generator for a seed and a stream.
    pub(crate) fn new(seed: u64, stream: RandomStream) -> Self {
        // Any numbers that are far apart would do. They are part of the meaning of a seed, so they must
        // not change.
        let stream_key = match stream {
            RandomStream::GeneratedPoints => 0x9e37_79b9_7f4a_7c15,
            RandomStream::TrainTestSplit => 0xc2b2_ae3d_27d4_eb4f,
            RandomStream::SampleOrder => 0x1656_67b1_9e37_79f9,
            RandomStream::InitialValues => 0,
        };
        Self(Pcg64::seed_from_u64(seed ^ stream_key))
    }

    /// Returns a uniformly distributed number from `low` to `high`, `high` excluded.
    pub(crate) fn uniform(&mut self, low: f64, high: f64) -> f64 {
        let unit: f64 = StandardUniform.sample(&mut self.0);
        low + (high - low) * unit
    }

    /// Returns a normally distributed number with mean 0 and standard deviation 1.
    pub(crate) fn normal(&mut self) -> f64 {
        StandardNormal.sample(&mut self.0)
    }

    /// Returns a whole number from 0 to `bound − 1`. It is the high half of a 128-bit product; for any bound
    /// that fits into memory no number is noticeably more likely than another.
    fn below(&mut self, bound: usize) -> usize {
        let bits: u64 = StandardUniform.sample(&mut self.0);
        ((u128::from(bits) * bound as u128) >> 64) as usize
    }

    /// Shuffles the items with the algorithm of Fisher and Yates (Durstenfeld, 1964).
    pub(crate) fn shuffle(&mut self, items: &mut [usize]) {
        for last in (1..items.len()).rev() {
            items.swap(last, self.below(last + 1));
        }
    }
}
