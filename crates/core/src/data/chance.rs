//! Seeded, value-stable random numbers.

use rand::SeedableRng;
use rand_distr::{Distribution, StandardNormal, StandardUniform};
use rand_pcg::Pcg64;

/// What random numbers are drawn for. Each purpose has its own sequence, so that asking for more of one thing does
/// not change another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RandomStream {
    /// Where the points of a generated data set lie.
    GeneratedPoints,
    /// Which samples are held out for testing.
    TrainTestSplit,
    /// In which order training sees the samples.
    SampleOrder,
}

/// A sequence of random numbers: the same for a seed and purpose, on every machine and in every version.
#[derive(Debug, Clone, PartialEq)]
pub struct SeededRng(Pcg64);

impl SeededRng {
    /// The sequence of a seed.
    pub fn new(seed: u64, stream: RandomStream) -> Self {
        // Any three numbers that are far apart; they are part of what a seed means, so they stay.
        let stream_key = match stream {
            RandomStream::GeneratedPoints => 0x9e37_79b9_7f4a_7c15,
            RandomStream::TrainTestSplit => 0xc2b2_ae3d_27d4_eb4f,
            RandomStream::SampleOrder => 0x1656_67b1_9e37_79f9,
        };
        Self(Pcg64::seed_from_u64(seed ^ stream_key))
    }

    /// Uniform in `low` to `high`, `high` itself excluded.
    pub fn uniform(&mut self, low: f64, high: f64) -> f64 {
        let unit: f64 = StandardUniform.sample(&mut self.0);
        low + (high - low) * unit
    }

    /// Normal with mean 0 and standard deviation 1.
    pub fn normal(&mut self) -> f64 {
        StandardNormal.sample(&mut self.0)
    }

    /// A whole number from 0 to `bound − 1`. The high half of a 128-bit product; for any bound that fits into memory
    /// no number is favoured noticeably.
    fn below(&mut self, bound: usize) -> usize {
        let bits: u64 = StandardUniform.sample(&mut self.0);
        ((u128::from(bits) * bound as u128) >> 64) as usize
    }

    /// Puts them in a random order (Fisher and Yates; Durstenfeld, 1964).
    pub fn shuffle(&mut self, items: &mut [usize]) {
        for last in (1..items.len()).rev() {
            items.swap(last, self.below(last + 1));
        }
    }
}
