//! Checksums that detect changes of a file.

/// A 64-bit checksum, like the FNV-1a hash by Fowler, Noll and Vo, but over eight bytes at a time and with a
/// rotation. Different contents nearly always have different checksums.
#[derive(Debug, Clone)]
pub(crate) struct Checksum {
    sum: u64,
    /// The bytes that are buffered until there are eight, and their number.
    pending: [u8; 8],
    pending_len: usize,
}

impl Checksum {
    /// Creates the checksum of a content of `length` bytes, before the first of them.
    pub(crate) fn new(length: u64) -> Self {
        Self {
            sum: 0xcbf2_9ce4_8422_2325 ^ length,
            pending: [0; 8],
            pending_len: 0,
        }
    }

    /// Returns the checksum of a whole content.
    pub(crate) fn hash(bytes: &[u8]) -> u64 {
        let mut sum = Self::new(bytes.len() as u64);
        sum.update(bytes);
        sum.finish()
    }

    /// Adds the next bytes.
    pub(crate) fn update(&mut self, mut bytes: &[u8]) {
        while self.pending_len > 0 && !bytes.is_empty() {
            self.pending[self.pending_len] = bytes[0];
            bytes = &bytes[1..];
            self.pending_len = (self.pending_len + 1) % 8;
            if self.pending_len == 0 {
                self.mix(u64::from_le_bytes(self.pending));
            }
        }
        let mut words = bytes.chunks_exact(8);
        for word in &mut words {
            let mut word_bytes = [0; 8];
            word_bytes.copy_from_slice(word);
            self.mix(u64::from_le_bytes(word_bytes));
        }
        let rest = words.remainder();
        if !rest.is_empty() {
            self.pending[..rest.len()].copy_from_slice(rest);
            self.pending_len = rest.len();
        }
    }

    /// Returns the checksum, which is never 0.
    pub(crate) fn finish(mut self) -> u64 {
        for index in 0..self.pending_len {
            self.mix(u64::from(self.pending[index]));
        }
        self.sum.max(1)
    }

    fn mix(&mut self, word: u64) {
        const PRIME: u64 = 0x0000_0100_0000_01b3;
        self.sum = (self.sum ^ word).wrapping_mul(PRIME).rotate_left(23);
    }
}

#[cfg(test)]
mod tests {
    use super::Checksum;

    #[test]
    fn the_checksum_does_not_depend_on_the_pieces() {
        let bytes: Vec<u8> = (0..100_u8).map(|byte| byte.wrapping_mul(37)).collect();
        // Documents store this checksum, so its value must not change.
        assert_eq!(Checksum::hash(b"x,y\n1,2\n3,4\n"), 0x0deb_040b_17dd_f488);
        for pieces in [1, 3, 8, 9, 64] {
            let mut sum = Checksum::new(100);
            bytes.chunks(pieces).for_each(|piece| sum.update(piece));
            assert_eq!(sum.finish(), Checksum::hash(&bytes), "{pieces}");
        }
    }
}
