//! Random choices that can be repeated.

/// A simple random generator, so that a failure can be repeated by its seed.
pub struct Rng(pub u64);

impl Rng {
    /// Returns a number from 0 to `limit` − 1; 0 if `limit` is 0.
    pub fn below(&mut self, limit: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % limit.max(1)
    }

    /// Returns a number from 0 to 1.
    pub fn fraction(&mut self) -> f32 {
        self.below(1000) as f32 / 1000.0
    }

    /// True in one of `count` cases.
    pub fn one_in(&mut self, count: usize) -> bool {
        self.below(count) == 0
    }

    /// Returns one of the choices.
    pub fn choose<'a, T>(&mut self, choices: &'a [T]) -> Option<&'a T> {
        choices.get(self.below(choices.len()))
    }
}
