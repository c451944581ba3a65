//! Training data in files: tables of data, and pairs of files with numbers.

use std::fs::File;
use std::io::{self, Read, Take};
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use crate::data::lines::first_block_length;
use crate::data::table::{ColumnSelection, TableReader};
use crate::data::{Dataset, LoadedTable, TableError, Targets, number_table};
use crate::network::{Architecture, Network};
use crate::session::training_config::{DataPath, TableFile};
use crate::session::{DataSource, Document, TrainingConfig, TrainingSetup, TrainingSetupError};
use crate::text::{Localized, Messages, SharedText};

use super::checksum::Checksum;
use super::file::{FileError, MAX_BYTES, read_bytes, text_from_bytes};

/// The file name extensions of tables of data.
pub const TABLE_EXTENSIONS: [&str; 3] = ["csv", "tsv", "txt"];

/// Returns a data file's absolute path, and the path as given for use in the document.
///
/// # Errors
///
/// Returns an error if the path can't be made absolute or is not valid Unicode.
pub fn data_path(path: &Path) -> Result<DataPath, FileError> {
    let absolute = std::path::absolute(path).map_err(|source| FileError::Read {
        path: path.to_owned(),
        source,
    })?;
    let path_in_document = path_to_text(path).ok_or_else(|| FileError::Name {
        path: path.to_owned(),
    })?;
    Ok(DataPath {
        path: absolute,
        path_in_document,
    })
}

/// Returns the path of a data file as a document in `folder` writes it: relative to the folder, unless they
/// share only the root.
pub(super) fn relative_name(file: &DataPath, folder: &Path) -> String {
    let Ok(folder) = std::path::absolute(folder) else {
        return file.path_in_document.clone();
    };
    let normalized = |path: &Path| -> Vec<PathBuf> {
        let mut parts: Vec<PathBuf> = Vec::new();
        for component in path.components() {
            match component {
                Component::ParentDir if parts.len() > 1 => {
                    parts.pop();
                }
                Component::CurDir | Component::ParentDir => {}
                other => parts.push(PathBuf::from(other.as_os_str())),
            }
        }
        parts
    };
    let (target, base) = (normalized(&file.path), normalized(&folder));
    let shared = target.iter().zip(&base).take_while(|(a, b)| a == b).count();
    if shared < 2 && base.len() > 1 {
        return path_to_text(&file.path).unwrap_or_else(|| file.path_in_document.clone());
    }
    let parents = base[shared..].iter().map(|_| PathBuf::from(".."));
    let relative: PathBuf = parents.chain(target[shared..].iter().cloned()).collect();
    path_to_text(&relative).unwrap_or_else(|| file.path_in_document.clone())
}

/// Returns the path with slashes on every system; `None` if it is not valid Unicode.
fn path_to_text(path: &Path) -> Option<String> {
    let text = path.to_str()?;
    Some(if cfg!(windows) {
        text.replace('\\', "/")
    } else {
        text.to_owned()
    })
}

/// Reads a table from `path`, which is also the path in error messages, and ignores the path in `table`.
/// Returns the table with the checksum of the file.
///
/// # Errors
///
/// Returns an error if the file can't be read or is not a valid table.
pub fn read_table_at(path: &Path, table: &TableFile) -> Result<(LoadedTable, u64), FileError> {
    let failed = |e: TableError| FileError::Data {
        path: path.to_owned(),
        reason: SharedText::new(e),
    };
    let mut blocks = BlockReader::open(path)?;
    let mut reader = TableReader::new(column_selection(table), blocks.length());
    while let Some(block) = blocks.next()? {
        reader.read(block).map_err(failed)?;
    }
    Ok((reader.finish().map_err(failed)?, blocks.checksum()))
}

/// Returns the columns to read from a table.
pub fn column_selection(table: &TableFile) -> ColumnSelection {
    ColumnSelection {
        target: table.target.clone(),
        inputs: table.columns.clone(),
    }
}

/// Reads a CSV file. Returns its text and its checksum.
///
/// # Errors
///
/// Returns an error if the file can't be read, is too large, or is not UTF-8.
pub fn read_csv(path: &Path) -> Result<(String, u64), FileError> {
    let bytes = read_bytes(path)?;
    let checksum = Checksum::hash(&bytes);
    Ok((text_from_bytes(path, bytes)?, checksum))
}

/// Reads inputs and targets for a network from two files. Returns the dataset and a checksum of both files.
///
/// # Errors
///
/// Returns an error if a file can't be read, doesn't have as many columns as the network has inputs or
/// outputs, or if the numbers of rows differ.
pub fn read_pair_at(paths: [&Path; 2], architecture: &Architecture) -> Result<(Dataset, u64), FileError> {
    let outputs = architecture.width(architecture.last_layer());
    let wanted = [architecture.input_count(), outputs];
    let mut checksum = 0;
    let mut parts = [(0, Vec::new()), (0, Vec::new())];
    for ((part, path), columns) in parts.iter_mut().zip(paths).zip(wanted) {
        let bytes = read_bytes(path)?;
        checksum = Checksum::hash(&bytes) ^ u64::rotate_left(checksum, 1);
        let rows =
            number_table::read(&text_from_bytes(path, bytes)?, columns).map_err(|e| FileError::Data {
                path: path.to_owned(),
                reason: SharedText::new(e),
            })?;
        let samples = rows.len() / columns;
        let mut by_column = Vec::with_capacity(rows.len());
        for column in 0..columns {
            by_column.extend(rows.iter().skip(column).step_by(columns));
        }
        *part = (samples, by_column);
    }
    let names = |count: usize, noun: &str| (1..=count).map(|index| format!("{noun} {index}")).collect();
    let [inputs_path, targets_path] = paths;
    let [(samples, inputs), (rows, targets)] = parts;
    if samples != rows {
        return Err(FileError::RowCounts {
            paths: [inputs_path.to_owned(), targets_path.to_owned()],
            rows: [samples, rows],
        });
    }
    let targets = Targets::Numbers {
        names: names(outputs, "output"),
        values: targets,
    };
    let data = Dataset::new(names(architecture.input_count(), "input"), inputs, targets);
    let data = data.map_err(|e| FileError::Data {
        path: inputs_path.to_owned(),
        reason: SharedText::new(e),
    });
    Ok((data?, checksum))
}

/// The notice that a data file has changed since it was chosen.
struct ChangedFile(PathBuf);

impl Localized for ChangedFile {
    fn message(&self, messages: Messages) -> String {
        messages.file_has_changed(self.0.display())
    }
}

/// Reads the data files of a document, whose paths are relative to `folder`. If a file is missing or can't be
/// read, the document still opens and its training setup stores the reason.
pub(super) fn load(document: &mut Document, folder: &Path) {
    let Some(setup) = document.training_setup.take() else {
        return;
    };
    document.training_setup = Some(if setup.config().source.is_file() {
        Arc::new(load_training_setup(
            setup.config().clone(),
            &document.network,
            folder,
        ))
    } else {
        setup
    });
}

/// Reads the data files of a config. If they can't be read, the returned setup stores the reason.
fn load_training_setup(mut config: TrainingConfig, network: &Network, folder: &Path) -> TrainingSetup {
    let resolve = |file: &mut DataPath| {
        let shown = match folder.to_str() {
            Some(".") => PathBuf::from(&file.path_in_document),
            _ => folder.join(&file.path_in_document),
        };
        file.path = std::path::absolute(&shown).unwrap_or_else(|_| shown.clone());
        shown
    };
    let architecture = network.architecture();
    let (result, stored_checksum, shown) = match &mut config.source {
        DataSource::Table(table) => {
            let shown = resolve(&mut table.file);
            let result =
                read_table_at(&shown, table).and_then(|(loaded, checksum)| match loaded.skipped.first() {
                    Some(row) if !table.skips_unreadable_rows => Err(FileError::Row {
                        path: shown.clone(),
                        row: row.clone(),
                    }),
                    _ => Ok((loaded.dataset, checksum)),
                });
            (result, &mut table.checksum, shown)
        }
        DataSource::Pair(pair) => {
            let [inputs, targets] = [resolve(&mut pair.inputs), resolve(&mut pair.targets)];
            let result = read_pair_at([&inputs, &targets], architecture);
            (result, &mut pair.checksum, inputs)
        }
        _ => {
            let name = config.source.name();
            return TrainingSetup::without_data(config, SharedText::new(TrainingSetupError::NotRead(name)));
        }
    };
    match result {
        Ok((data, checksum)) => {
            let before = std::mem::replace(stored_checksum, checksum);
            let has_changed = before != 0 && before != checksum;
            let notice = has_changed.then(|| SharedText::new(ChangedFile(shown.clone())));
            match TrainingSetup::from_file_data(config.clone(), Arc::new(data)) {
                Ok(setup) => setup.with_notice(notice),
                Err(e) => {
                    let reason = SharedText::new(e);
                    let error = FileError::Data { path: shown, reason };
                    TrainingSetup::without_data(config, SharedText::new(error))
                }
            }
        }
        Err(e) => TrainingSetup::without_data(config, SharedText::new(e)),
    }
}

/// The approximate size of a block, in bytes, chosen to fit the processor's cache.
const BLOCK_SIZE: usize = 1 << 18;

/// Reads a CSV file in blocks of whole rows. From the first quote on, the rest is one block, because from
/// there rows may contain line breaks.
#[derive(Debug)]
struct BlockReader {
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
    /// Opens a file of at most [`MAX_BYTES`].
    fn open(path: &Path) -> Result<Self, FileError> {
        let failed = |source| FileError::Read {
            path: path.to_owned(),
            source,
        };
        let file = File::open(path).map_err(failed)?;
        let metadata = file.metadata().map_err(failed)?;
        let mut blocks = Self {
            path: path.to_owned(),
            file: file.take(MAX_BYTES + 1),
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
    fn length(&self) -> usize {
        usize::try_from(self.length).unwrap_or(usize::MAX)
    }

    /// Returns a checksum of the content; valid once all blocks were read.
    fn checksum(self) -> u64 {
        self.checksum.finish()
    }

    /// Returns the next block, or `None` after the last one.
    fn next(&mut self) -> Result<Option<&str>, FileError> {
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
        if self.bytes_read > MAX_BYTES {
            return Err(FileError::TooLarge {
                path: self.path.clone(),
            });
        }
        self.checksum.update(&self.bytes[before..]);
        Ok(())
    }
}
