//! Reading of a large text file block by block.

use std::fs::File;
use std::io::{self, Read, Take};
use std::path::{Path, PathBuf};

use crate::data::lines::first_block_length;

use super::checksum::Checksum;
use super::format;
use super::read::FileError;

/// The approximate size of a block, in bytes, chosen to fit the processor's cache.
const BLOCK_SIZE: usize = 1 << 18;

/// Reads a CSV file in blocks of whole rows. From the first quote on, the rest is one block, because from
/// there rows may contain line breaks.
#[derive(Debug)]
pub(crate) struct BlockReader {
    path: PathBuf,
    file: Take<File>,
    length: u64,
    checksum: Checksum,
    /// The bytes that were read; the first `returned` of them were given to the caller.
    bytes: Vec<u8>,
    returned: usize,
    bytes_read: u64,
    is_first: bool,
    is_at_end: bool,
}

impl BlockReader {
    /// Opens a file of at most [`format::MAX_BYTES`].
    ///
    /// # Errors
    ///
    /// Returns an error if the file can't be opened or read, or is too large.
    pub(crate) fn open(path: &Path) -> Result<Self, FileError> {
        let failed = |source| FileError::Read {
            path: path.to_owned(),
            source,
        };
        let file = File::open(path).map_err(failed)?;
        let metadata = file.metadata().map_err(failed)?;
        let mut blocks = Self {
            path: path.to_owned(),
            file: file.take(format::MAX_BYTES + 1),
            length: metadata.len(),
            checksum: Checksum::new(metadata.len()),
            bytes: Vec::new(),
            returned: 0,
            bytes_read: 0,
            is_first: true,
            is_at_end: false,
        };
        if !metadata.is_file() {
            // The length of a device or a pipe is known only at its end.
            blocks.fill(usize::MAX)?;
            blocks.length = blocks.bytes_read;
            blocks.checksum = Checksum::new(blocks.length);
            blocks.checksum.update(&blocks.bytes);
        }
        Ok(blocks)
    }

    /// Returns the length of the file in bytes, as known when it was opened.
    pub(crate) fn length(&self) -> usize {
        usize::try_from(self.length).unwrap_or(usize::MAX)
    }

    /// Returns a checksum of the content; valid once all blocks were read.
    pub(crate) fn checksum(self) -> u64 {
        self.checksum.finish()
    }

    /// Returns the next block, or `None` after the last one.
    ///
    /// # Errors
    ///
    /// Returns an error if the file can't be read, is too large, or is not UTF-8.
    pub(crate) fn next(&mut self) -> Result<Option<&str>, FileError> {
        self.bytes.drain(..std::mem::take(&mut self.returned));
        let mut wanted_length = BLOCK_SIZE;
        while self.returned == 0 {
            self.fill(wanted_length)?;
            if self.is_at_end {
                self.returned = self.bytes.len();
                break;
            }
            match first_block_length(&self.bytes, self.is_first) {
                Some(end) => self.returned = end,
                // Double the size each time, or read to the end after a quote.
                None if self.bytes.contains(&b'"') => wanted_length = usize::MAX,
                None => wanted_length = 2 * self.bytes.len(),
            }
        }
        self.is_first = false;
        let block = &self.bytes[..self.returned];
        if block.is_empty() {
            return Ok(None);
        }
        std::str::from_utf8(block).map(Some).map_err(|_| FileError::Read {
            path: self.path.clone(),
            source: io::ErrorKind::InvalidData.into(),
        })
    }

    /// Reads until `wanted_length` bytes are buffered or the file ends.
    fn fill(&mut self, wanted_length: usize) -> Result<(), FileError> {
        let before = self.bytes.len();
        let missing = wanted_length.saturating_sub(before) as u64;
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
