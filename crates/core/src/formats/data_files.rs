//! Training data in files: tables of data, and pairs of files with numbers.

use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use crate::data::table::{ColumnSelection, InputName, NumberRows};
use crate::data::{
    Dataset, LoadNote, LoadedTable, Progress, TableError, TableOptions, TableText, Targets, table, table_text,
};
use crate::network::Architecture;
use crate::session::training_config::{DataPath, TableFile};
use crate::session::training_setup::UnreadData;
use crate::session::{DataSource, Document, TrainingSetup, TrainingSetupError};
use crate::text::{Localized, Messages, SharedText};

use super::checksum::Checksum;
use super::file::{FileError, open_regular, read_bytes_unless};
use super::spreadsheet;

/// The file name extensions of tables of data.
pub const TABLE_EXTENSIONS: [&str; 8] = ["csv", "tsv", "tab", "txt", "data", "dat", "xlsx", "ods"];

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

/// Reads the text of a table from a file: of a text file in any encoding, or of a sheet of a spreadsheet. Returns it
/// with the checksum of the file.
///
/// # Errors
///
/// Returns an error if the file can't be read, is too large, or is something else.
pub fn read_source(path: &Path, options: &TableOptions) -> Result<(TableText, u64), FileError> {
    read_source_watched(path, options, &Progress::default())
}

/// Reads the text of a table as [`read_source`] does, while another thread watches the progress.
///
/// # Errors
///
/// Returns an error if the file can't be read, is too large, is something else, or the work is canceled.
pub fn read_source_watched(
    path: &Path,
    options: &TableOptions,
    progress: &Progress,
) -> Result<(TableText, u64), FileError> {
    let is_canceled = || progress.is_canceled();
    let bytes = read_bytes_unless(path, &is_canceled).map_err(|e| match e {
        FileError::TooLarge { path } => FileError::DataTooLarge { path },
        other => other,
    })?;
    let checksum = Checksum::hash(&bytes);
    let source = match spreadsheet::is_archive(&bytes) {
        true => spreadsheet::read(&bytes, options),
        false => table_text::decode(bytes, options).map_err(TableError::from),
    };
    Ok((source.map_err(|e| data_error(path, e))?, checksum))
}

fn data_error(path: &Path, error: TableError) -> FileError {
    FileError::Data {
        path: path.to_owned(),
        reason: SharedText::new(error),
    }
}

/// Reads a table from `path`, which is also the path in error messages, and ignores the path in `table`.
/// `network_inputs` are the names by which columns are found. Returns the table with the checksum of the file.
///
/// # Errors
///
/// Returns an error if the file can't be read or is not a valid table.
pub fn read_table_at(
    path: &Path,
    table: &TableFile,
    network_inputs: Vec<InputName>,
) -> Result<(LoadedTable, u64), FileError> {
    let (source, checksum) = read_source(path, &table.options)?;
    let selection = ColumnSelection {
        network_inputs,
        ..column_selection(table)
    };
    let loaded = table::read_with(&source, &table.options, &selection);
    Ok((loaded.map_err(|e| data_error(path, e))?, checksum))
}

/// Returns the columns to read from a table.
pub fn column_selection(table: &TableFile) -> ColumnSelection {
    ColumnSelection {
        target: table.target.clone(),
        inputs: table.columns.clone(),
        network_inputs: Vec::new(),
    }
}

/// Returns the names by which columns belong to the inputs of a network that are not computed: names that a
/// person has given, or else symbols such as `x2`.
pub fn input_names(architecture: &Architecture, count: usize) -> Vec<InputName> {
    let names = architecture.input_names().iter().take(count).enumerate();
    names
        .map(|(index, name)| input_name(name.as_deref(), || format!("x{}", index + 1)))
        .collect()
}

/// Returns the name of an unnamed column of a file, counted from 0: `output 1`.
fn numbered(noun: &str, index: usize) -> String {
    format!("{noun} {}", index + 1)
}

/// Returns the names by which columns belong to the outputs of a network.
pub fn output_names(architecture: &Architecture) -> Vec<InputName> {
    let neurons = &architecture.layers()[architecture.last_layer()].neurons;
    let names = neurons.iter().enumerate();
    names
        .map(|(index, neuron)| input_name(neuron.name.as_deref(), || numbered("output", index)))
        .collect()
}

fn input_name(name: Option<&str>, symbol: impl Fn() -> String) -> InputName {
    InputName {
        name: name.map_or_else(symbol, str::to_owned),
        is_given: name.is_some(),
    }
}

/// Reads rows with a number for each of these inputs or outputs of a network. Rows that can't be read are an error
/// unless `skips_bad_rows`. Returns the rows with the checksum of the file.
///
/// # Errors
///
/// Returns an error if the file can't be read, or if its columns or rows don't fit.
pub fn read_rows_at(
    path: &Path,
    options: &TableOptions,
    names: &[InputName],
    columns: Option<&[String]>,
    skips_bad_rows: bool,
) -> Result<(NumberRows, u64), FileError> {
    let (source, checksum) = read_source(path, options)?;
    let rows = table::read_numbers(&source, options, names, columns).map_err(|e| data_error(path, e))?;
    check_rows(path, &rows, skips_bad_rows)?;
    Ok((rows, checksum))
}

/// Reads a table whose columns are numbers. Returns the names of the columns, `[column][row]`, and the line of
/// each row. In the header, commas in brackets don't separate, as in `w[1,2,1]`.
///
/// # Errors
///
/// Returns an error if the file can't be read, or a row can't be and `skips_bad_rows` is false.
pub fn read_named_rows_at(
    path: &Path,
    options: &TableOptions,
    skips_bad_rows: bool,
) -> Result<(Vec<String>, NumberRows), FileError> {
    let (mut source, _) = read_source(path, options)?;
    source.text = with_quoted_addresses(&source.text);
    let (names, rows) = table::read_named_numbers(&source, options).map_err(|e| data_error(path, e))?;
    check_rows(path, &rows, skips_bad_rows)?;
    Ok((names, rows))
}

/// Returns an error for the first row that can't be read, unless such rows are skipped.
fn check_rows(path: &Path, rows: &NumberRows, skips_bad_rows: bool) -> Result<(), FileError> {
    match rows.skipped.first() {
        Some(row) if !skips_bad_rows => {
            let error = TableError::Row {
                row: row.clone(),
                others: rows.skipped_count - 1,
            };
            Err(data_error(path, error))
        }
        _ => Ok(()),
    }
}

/// Returns the text with quotes around addresses such as `w[1,2,1]` in its first lines.
fn with_quoted_addresses(text: &str) -> String {
    const MAX_LINES: usize = 40;
    let mut quoted = String::with_capacity(text.len());
    let mut rest = text;
    for _ in 0..MAX_LINES {
        let end = rest.find('\n').map_or(rest.len(), |at| at + 1);
        let (line, after) = rest.split_at(end);
        rest = after;
        if line.contains('"') || !line.contains('[') {
            quoted.push_str(line);
            continue;
        }
        for piece in line.split_inclusive(']') {
            let Some(bracket) = piece.find('[').filter(|_| piece.ends_with(']')) else {
                quoted.push_str(piece);
                continue;
            };
            let is_separator = |character: char| matches!(character, ',' | ';' | '\t' | '|');
            let start = piece[..bracket].rfind(is_separator).map_or(0, |at| at + 1);
            quoted.push_str(&piece[..start]);
            quoted.push('"');
            quoted.push_str(piece[start..].trim());
            quoted.push('"');
        }
    }
    quoted.push_str(rest);
    quoted
}

/// The choices by which a pair of files is read.
#[derive(Debug, Clone, Copy)]
pub struct PairOptions<'a> {
    /// The choices for both files.
    pub table: &'a TableOptions,
    /// The columns of the inputs.
    pub columns: Option<&'a [String]>,
}

/// Reads inputs and targets for a network from two files. Returns the dataset, a checksum of both files, and notes.
///
/// # Errors
///
/// Returns an error if a file can't be read, doesn't have as many columns as the network has inputs or
/// outputs, or if the numbers of rows differ.
pub fn read_pair_at(
    paths: [&Path; 2],
    architecture: &Architecture,
    options: PairOptions<'_>,
) -> Result<(Dataset, u64, Vec<LoadNote>), FileError> {
    let wanted = [
        (
            input_names(architecture, architecture.input_count()),
            options.columns,
        ),
        (output_names(architecture), None),
    ];
    let mut checksum = 0;
    let mut parts = Vec::new();
    let mut notes = Vec::new();
    for (path, (names, columns)) in paths.into_iter().zip(wanted) {
        let (rows, sum) = read_rows_at(path, options.table, &names, columns, false)?;
        checksum = sum ^ u64::rotate_left(checksum, 1);
        notes.extend(rows.notes);
        parts.push((rows.rows, rows.values));
    }
    let names = |count: usize, noun: &str| (0..count).map(|index| numbered(noun, index)).collect();
    let [inputs_path, targets_path] = paths;
    let (rows, targets) = parts.pop().unwrap_or_default();
    let (samples, inputs) = parts.pop().unwrap_or_default();
    if samples != rows {
        return Err(FileError::RowCounts {
            paths: [inputs_path.to_owned(), targets_path.to_owned()],
            rows: [samples, rows],
        });
    }
    let targets = Targets::Numbers {
        names: names(architecture.width(architecture.last_layer()), "output"),
        values: targets,
    };
    let data = Dataset::new(names(architecture.input_count(), "input"), inputs, targets);
    let data = data.map_err(|e| FileError::Data {
        path: inputs_path.to_owned(),
        reason: SharedText::new(e),
    });
    Ok((data?, checksum, notes))
}

/// The notice that a data file has changed since it was chosen.
struct ChangedFile(PathBuf);

impl Localized for ChangedFile {
    fn message(&self, messages: Messages) -> String {
        messages.file_has_changed(self.0.display())
    }
}

/// The files outside of a document's folder that may be read as its data.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum OutsideFiles {
    /// None.
    #[default]
    None,
    /// These absolute paths, which a person has confirmed.
    Confirmed(Vec<PathBuf>),
    /// All.
    All,
}

impl OutsideFiles {
    fn allow(&self, path: &Path) -> bool {
        match self {
            Self::None => false,
            Self::Confirmed(paths) => paths.iter().any(|confirmed| confirmed == path),
            Self::All => true,
        }
    }
}

/// True if a file is in a folder or below it, also after its symbolic links are followed. A path that leaves the
/// folder by its words is not looked up at all: on Windows this could reveal the user's name to another computer.
fn is_inside(path: &Path, folder: &Path) -> bool {
    let path = without_parents(path);
    let Ok(folder) = std::path::absolute(folder) else {
        return false;
    };
    if !path.starts_with(without_parents(&folder)) {
        return false;
    }
    match (path.canonicalize(), folder.canonicalize()) {
        (Ok(path), Ok(folder)) => path.starts_with(folder),
        // A file that doesn't exist reveals nothing.
        _ => std::fs::symlink_metadata(&path).is_err(),
    }
}

/// Returns an absolute path without `.` and `..`.
fn without_parents(path: &Path) -> PathBuf {
    let mut parts = PathBuf::new();
    for component in path.components() {
        match component {
            Component::ParentDir => {
                parts.pop();
            }
            Component::CurDir => {}
            other => parts.push(other),
        }
    }
    parts
}

/// Makes the paths of a document's data files absolute; the files are not read yet. `folder` is that of the document.
pub(super) fn resolve(document: &mut Document, folder: &Path) {
    let Some(setup) = document.training_setup.take() else {
        return;
    };
    if !setup.config().source.is_file() {
        document.training_setup = Some(setup);
        return;
    }
    let mut config = setup.config().clone();
    let paths: Vec<&mut DataPath> = match &mut config.source {
        DataSource::Table(table) => vec![&mut table.file],
        DataSource::Pair(pair) => vec![&mut pair.inputs, &mut pair.targets],
        _ => Vec::new(),
    };
    for file in paths {
        let shown = shown_path(file, folder);
        file.path = std::path::absolute(&shown).map_or(shown, |path| without_parents(&path));
    }
    let reason = SharedText::new(TrainingSetupError::NotRead(config.source.name()));
    let setup = TrainingSetup::without_data(config, reason).with_unread(UnreadData {
        folder: folder.to_owned(),
        outside: Vec::new(),
    });
    document.training_setup = Some(Arc::new(setup));
}

/// Returns the path of a data file as errors show it.
fn shown_path(file: &DataPath, folder: &Path) -> PathBuf {
    match folder.to_str() {
        Some(".") => PathBuf::from(&file.path_in_document),
        _ => folder.join(&file.path_in_document),
    }
}

/// Reads the data files of a document that has been opened without them. If a file is missing, outside of the folder or
/// can't be read, the document still opens and its training setup stores the reason.
pub(super) fn load(document: &mut Document, outside: &OutsideFiles) {
    if let Some(setup) = &document.training_setup
        && setup.unread().is_some()
    {
        let setup = load_setup(setup, document.network.architecture(), outside);
        document.training_setup = Some(Arc::new(setup));
    }
}

/// Reads the data files of a setup that has not been read yet. If they can't be read, the returned setup stores the
/// reason.
pub fn load_setup(
    setup: &TrainingSetup,
    architecture: &Architecture,
    outside: &OutsideFiles,
) -> TrainingSetup {
    let Some(UnreadData { folder, .. }) = setup.unread() else {
        return setup.clone();
    };
    let mut config = setup.config().clone();
    let files: Vec<&Path> = match &config.source {
        DataSource::Table(table) => vec![&table.file.path],
        DataSource::Pair(pair) => vec![&pair.inputs.path, &pair.targets.path],
        _ => return setup.clone(),
    };
    let is_refused = |path: &&&Path| !is_inside(path, folder) && !outside.allow(path);
    let paths: Vec<PathBuf> = files
        .iter()
        .filter(is_refused)
        .map(|path| path.to_path_buf())
        .collect();
    if !paths.is_empty() {
        let reason = SharedText::new(FileError::Outside { paths: paths.clone() });
        return TrainingSetup::without_data(config, reason).with_unread(UnreadData {
            folder: folder.clone(),
            outside: paths,
        });
    }
    // Neither a folder nor a pipe nor a device.
    if let Some(error) = files.iter().find_map(|path| open_regular(path).err()) {
        return TrainingSetup::without_data(config, SharedText::new(error));
    }
    let (result, stored_checksum, shown) = match &mut config.source {
        DataSource::Table(table) => {
            let shown = shown_path(&table.file, folder);
            let result = read_table_at(&shown, table, Vec::new()).and_then(|(loaded, checksum)| match loaded
                .skipped
                .first()
            {
                Some(row) if !table.skips_unreadable_rows => Err(FileError::Row {
                    path: shown.clone(),
                    row: row.clone(),
                }),
                _ => Ok((loaded.dataset, checksum)),
            });
            (result, &mut table.checksum, shown)
        }
        DataSource::Pair(pair) => {
            let [inputs, targets] = [&pair.inputs, &pair.targets].map(|file| shown_path(file, folder));
            let options = PairOptions {
                table: &TableOptions::default(),
                columns: None,
            };
            let result = read_pair_at([&inputs, &targets], architecture, options);
            (
                result.map(|(data, checksum, _)| (data, checksum)),
                &mut pair.checksum,
                inputs,
            )
        }
        _ => return setup.clone(),
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
