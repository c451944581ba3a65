//! A large text, block by block.

use std::fs::File;
use std::io::{self, Read, Take};
use std::path::{Path, PathBuf};

use crate::data::lines::first_block_length;

use super::checksum::Checksum;
use super::{FileError, format};

/// About how long a block is: what a processor has close at hand.
const BLOCK_SIZE: usize = 1 << 18;

/// Reads a CSV file in blocks of whole rows; from the first quote on all is one block, as rows may have line ends in
/// them from there.
#[derive(Debug)]
pub struct BlockReader {
    path: PathBuf,
    file: Take<File>,
    length: u64,
    checksum: Checksum,
    /// What was read; its first bytes were given out.
    bytes: Vec<u8>,
    returned: usize,
    bytes_read: u64,
    is_first: bool,
    is_at_end: bool,
}

impl BlockReader {
    /// At the beginning of a file of at most [`format::MAX_BYTES`].
    ///
    /// # Errors
    /// One sentence that names the file.
    pub fn open(path: &Path) -> Result<Self, FileError> {
        let failed = |source| FileError::Read {
            path: path.to_owned(),
            source,
        };
        let file = File::open(path).map_err(failed)?;
        let known = file.metadata().map_err(failed)?;
        let mut blocks = Self {
            path: path.to_owned(),
            file: file.take(format::MAX_BYTES + 1),
            length: known.len(),
            checksum: Checksum::new(known.len()),
            bytes: Vec::new(),
            returned: 0,
            bytes_read: 0,
            is_first: true,
            is_at_end: false,
        };
        if !known.is_file() {
            // How long a device or a pipe is turns out only in the end.
            blocks.fill(usize::MAX)?;
            blocks.length = blocks.bytes_read;
            blocks.checksum = Checksum::new(blocks.length);
            blocks.checksum.update(&blocks.bytes);
        }
        Ok(blocks)
    }

    /// About how many bytes there are.
    pub fn length(&self) -> usize {
        usize::try_from(self.length).unwrap_or(usize::MAX)
    }

    /// What tells whether the file is still the same; to be asked for when all blocks were read.
    pub fn checksum(self) -> u64 {
        self.checksum.finish()
    }

    /// The next block; `None` after the last.
    ///
    /// # Errors
    /// One sentence that names the file: it can't be read, is too large, or is no text.
    pub fn next(&mut self) -> Result<Option<&str>, FileError> {
        self.bytes.drain(..std::mem::take(&mut self.returned));
        let mut wanted = BLOCK_SIZE;
        while self.returned == 0 {
            self.fill(wanted)?;
            if self.is_at_end {
                self.returned = self.bytes.len();
                break;
            }
            match first_block_length(&self.bytes, self.is_first) {
                Some(end) => self.returned = end,
                // Each time twice as much, or all of it.
                None if self.bytes.contains(&b'"') => wanted = usize::MAX,
                None => wanted = 2 * self.bytes.len(),
            }
        }
        self.is_first = false;
        let given = &self.bytes[..self.returned];
        if given.is_empty() {
            return Ok(None);
        }
        std::str::from_utf8(given).map(Some).map_err(|_| FileError::Read {
            path: self.path.clone(),
            source: io::ErrorKind::InvalidData.into(),
        })
    }

    /// Reads until so many bytes are there, or the end.
    fn fill(&mut self, wanted: usize) -> Result<(), FileError> {
        let before = self.bytes.len();
        let missing = wanted.saturating_sub(before) as u64;
        let left = self.length.saturating_sub(self.bytes_read);
        self.bytes
            .reserve(usize::try_from(missing.min(left + 1)).unwrap_or(0));
        let part = (&mut self.file).take(missing).read_to_end(&mut self.bytes);
        let count = part.map_err(|source| FileError::Read {
            path: self.path.clone(),
            source,
        })?;
        self.bytes_read += count as u64;
        self.is_at_end |= (count as u64) < missing;
        if self.bytes_read > format::MAX_BYTES {
            return Err(FileError::TooLarge {
                path: self.path.clone(),
            });
        }
        self.checksum.update(&self.bytes[before..]);
        Ok(())
    }
}
