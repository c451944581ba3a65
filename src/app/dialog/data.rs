//! The dialog that asks how a data table is read: which columns are inputs, which one is the target, and what
//! to do with skipped rows.
//!
//! A background thread reads the file, so that the window stays responsive.
//!
//! The module `view` draws the dialog, `options` the choices by which the file is read.

mod options;
mod view;

use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, TryRecvError, channel};
use std::thread;

use egui::Context;

use neurodial_core::data::table::{self, ColumnSelection, InputName};
use neurodial_core::data::{
    Dataset, LoadNote, Progress, SkippedRow, TableAnalysis, TableColumn, TableError, TableOptions, TableText,
    Targets,
};
use neurodial_core::formats::{FileError, data_files};
use neurodial_core::session::training_config::{DataPath, TableFile};
use neurodial_core::session::{DataSource, TrainingConfig, TrainingSetup, TrainingSetupError};
use neurodial_core::text::{Localized, Messages, capitalized};

/// The largest number of different values that are taken for classes by default, and the largest number of
/// counts shown.
const MAX_CLASSES: usize = 12;

/// The text of a file, and how it is read.
#[derive(Debug, Clone)]
struct OpenedTable {
    source: Arc<TableText>,
    checksum: u64,
    analysis: Arc<TableAnalysis>,
    options: TableOptions,
}

/// The rows, read with the chosen columns.
#[derive(Debug)]
struct ParsedRows {
    data: Arc<Dataset>,
    skipped: Vec<SkippedRow>,
    skipped_count: usize,
    /// The classes or different numbers of the target, with the number of samples of each; empty if there are
    /// too many different numbers for classes.
    counts: Vec<(String, usize)>,
    has_text_target: bool,
    notes: Vec<LoadNote>,
}

/// A result of the background thread.
#[derive(Debug)]
enum ReaderMessage {
    Table(Result<OpenedTable, DataProblem>),
    Rows(Result<ParsedRows, DataProblem>),
    Setup(Result<Box<TrainingSetup>, DataProblem>),
}

/// The reason why the data can't be used.
#[derive(Debug)]
enum DataProblem {
    /// The file can't be read.
    File(FileError),
    /// The file is not a table, or the chosen columns have no usable rows.
    Table(TableError),
    /// No column is an input.
    NoInput,
    /// The data can't be used for training.
    Setup(TrainingSetupError),
}

impl Localized for DataProblem {
    fn message(&self, messages: Messages) -> String {
        match self {
            Self::File(error) => capitalized(&error.message(messages)),
            Self::Table(error) => capitalized(&error.message(messages)),
            Self::NoInput => messages.no_input_column().to_owned(),
            Self::Setup(error) => capitalized(&error.message(messages)),
        }
    }
}

/// Asks how a data table is read.
#[derive(Debug)]
pub(crate) struct DataDialog {
    file: DataPath,
    /// The progress of the thread, which can be canceled.
    progress: Arc<Progress>,
    receiver: Option<Receiver<ReaderMessage>>,
    opened: Option<OpenedTable>,
    rows: Option<ParsedRows>,
    problem: Option<DataProblem>,
    /// The choices by which the file is read.
    options: TableOptions,
    /// The names of the network's inputs, by which columns are found.
    network_inputs: Vec<InputName>,
    /// The texts for missing values, as they are typed.
    missing_text: String,
    /// True if rows that can't be read are left out.
    skips_bad_rows: bool,
    target: usize,
    /// For each column, true if it is an input.
    is_input: Vec<bool>,
    /// True if the numbers of the target are classes; `None` if the user has not chosen.
    has_classes: Option<bool>,
    is_standardized: bool,
    test_fraction: f64,
    /// The previous configuration, whose hyperparameters are kept.
    previous: Option<TrainingConfig>,
    /// True if a matching network is created when the data is ready.
    creates_network: bool,
}

impl DataDialog {
    /// Opens the dialog and starts reading a file. `previous` is the configuration in use so far.
    ///
    /// # Errors
    /// Returns an error if a document can't name the file.
    pub(crate) fn open(
        ctx: &Context,
        path: &Path,
        previous: Option<&TrainingConfig>,
        network_inputs: Vec<InputName>,
    ) -> Result<Self, FileError> {
        let mut dialog = Self {
            file: data_files::data_path(path)?,
            progress: Arc::default(),
            receiver: None,
            opened: None,
            rows: None,
            problem: None,
            options: TableOptions::default(),
            network_inputs,
            missing_text: String::new(),
            skips_bad_rows: true,
            target: 0,
            is_input: Vec::new(),
            has_classes: None,
            is_standardized: previous.is_none_or(|before| before.is_standardized || !before.source.is_file()),
            test_fraction: previous.map_or(0.2, |before| before.test_fraction),
            previous: previous.cloned(),
            creates_network: false,
        };
        if let Some(DataSource::Table(table)) = previous.map(|before| &before.source) {
            dialog.has_classes = previous.map(|before| before.has_class_targets);
            if table.file.path == dialog.file.path {
                dialog.options = table.options.clone();
                dialog.missing_text = table.options.missing.join(", ");
            }
        }
        dialog.read_file(ctx);
        Ok(dialog)
    }

    /// Reads the file with the current choices; its text only if that depends on a choice that has changed.
    fn read_file(&mut self, ctx: &Context) {
        self.rows = None;
        self.problem = None;
        let (path, options) = (self.file.path.clone(), self.options.clone());
        let known = self.opened.as_ref().filter(|opened| {
            let before = &opened.options;
            before.encoding == options.encoding && before.sheet == options.sheet
        });
        let known = known.map(|opened| (Arc::clone(&opened.source), opened.checksum));
        self.spawn(ctx, move |progress| {
            progress.begin(0.0, 0.0);
            let source = known.map_or_else(
                || {
                    let read = data_files::read_source_watched(&path, &options, progress);
                    read.map(|(source, checksum)| (Arc::new(source), checksum))
                },
                Ok,
            );
            ReaderMessage::Table(source.map_err(DataProblem::File).and_then(|(source, checksum)| {
                progress.begin(0.1, 0.6);
                let analysis = TableAnalysis::watched(&source, &options, 2, progress);
                Ok(OpenedTable {
                    source,
                    checksum,
                    analysis: Arc::new(analysis.map_err(DataProblem::Table)?),
                    options,
                })
            }))
        });
    }

    /// Runs work in a background thread; an earlier one is canceled, and its result is dropped.
    fn spawn(&mut self, ctx: &Context, work: impl FnOnce(&Progress) -> ReaderMessage + Send + 'static) {
        self.progress.cancel();
        let progress = Arc::new(Progress::default());
        self.progress = Arc::clone(&progress);
        let (sender, receiver) = channel();
        let ctx = ctx.clone();
        thread::spawn(move || {
            // The dialog may be closed already.
            let _ = sender.send(work(&progress));
            ctx.request_repaint();
        });
        self.receiver = Some(receiver);
    }

    /// Handles the result of the thread. Returns the training setup once it is ready.
    fn receive(&mut self, ctx: &Context) -> Option<TrainingSetup> {
        let answer = match self.receiver.as_ref()?.try_recv() {
            Ok(answer) => answer,
            Err(TryRecvError::Empty) => return None,
            Err(TryRecvError::Disconnected) => {
                self.receiver = None;
                return None;
            }
        };
        self.receiver = None;
        match answer {
            ReaderMessage::Table(Ok(opened)) => {
                // With the same columns, those that were chosen stay.
                let is_same = self
                    .opened
                    .as_ref()
                    .is_some_and(|before| has_same_columns(before, &opened));
                if !is_same {
                    self.choose_columns(&opened.analysis);
                }
                self.opened = Some(opened);
                self.read_rows(ctx);
            }
            ReaderMessage::Rows(Ok(rows)) => {
                self.problem = None;
                self.rows = Some(rows);
            }
            ReaderMessage::Setup(Ok(setup)) => return Some(*setup),
            ReaderMessage::Table(Err(problem)) => {
                self.opened = None;
                self.problem = Some(problem);
            }
            ReaderMessage::Rows(Err(problem)) | ReaderMessage::Setup(Err(problem)) => {
                self.problem = Some(problem);
            }
        }
        None
    }

    /// Chooses the columns: those chosen before if the file is the same, else the last one as target and all
    /// other numeric ones as inputs.
    fn choose_columns(&mut self, analysis: &TableAnalysis) {
        let columns = &analysis.columns;
        let column_index = |key: &String| {
            let number = || key.parse::<usize>().ok()?.checked_sub(1);
            let mut names = columns.iter().enumerate();
            names
                .position(|(index, column)| column.label(index) == *key)
                .or_else(number)
                .filter(|&index| index < columns.len())
        };
        let previous_table = match &self.previous {
            Some(TrainingConfig {
                source: DataSource::Table(table),
                ..
            }) if table.file.path == self.file.path => Some(table),
            _ => None,
        };
        let by_name = named_columns(analysis, &self.network_inputs);
        let useful = || {
            (0..columns.len())
                .rev()
                .filter(|&index| !columns[index].is_left_out())
        };
        let last = useful()
            .find(|index| !by_name.contains(index))
            .or(useful().next());
        self.target = previous_table
            .and_then(|table| column_index(table.target.as_ref()?))
            .or(last)
            .unwrap_or(columns.len() - 1);
        self.is_input = columns
            .iter()
            .map(|column| column.can_be_input() && !column.is_left_out())
            .collect();
        if !by_name.is_empty() {
            self.is_input.fill(false);
            by_name.iter().for_each(|&index| self.is_input[index] = true);
        }
        if let Some(inputs) = previous_table.and_then(|table| table.columns.as_ref()) {
            self.is_input.fill(false);
            for index in inputs.iter().filter_map(column_index) {
                self.is_input[index] = true;
            }
        }
        self.is_input[self.target] = false;
    }

    /// Returns the chosen columns as they are saved in a document. Columns with the names of all inputs of the
    /// network are in the order of the inputs.
    fn table_file(&self, opened: &OpenedTable) -> TableFile {
        let analysis = &opened.analysis;
        let inputs: Vec<usize> = (0..self.is_input.len())
            .filter(|&index| self.is_input[index])
            .collect();
        let named = named_columns(analysis, &self.network_inputs);
        let is_named = named.len() == inputs.len() && named.iter().all(|index| inputs.contains(index));
        let is_all = inputs.len() + 1 == analysis.columns.len() && (!is_named || named == inputs);
        let inputs = if is_named { named } else { inputs };
        let keys = inputs.iter().map(|&index| analysis.column_key(index));
        TableFile {
            file: self.file.clone(),
            target: Some(analysis.column_key(self.target)),
            columns: (!is_all).then(|| keys.collect()),
            options: opened.options.clone(),
            skips_unreadable_rows: self.skips_bad_rows && self.skipped_count() > 0,
            checksum: opened.checksum,
        }
    }

    /// Reads the rows with the chosen columns.
    fn read_rows(&mut self, ctx: &Context) {
        self.rows = None;
        self.problem = None;
        let Some(opened) = &self.opened else { return };
        if !self.is_input.contains(&true) {
            self.problem = Some(DataProblem::NoInput);
            self.receiver = None;
            return;
        }
        let columns = data_files::column_selection(&self.table_file(opened));
        let opened = opened.clone();
        self.spawn(ctx, move |progress| {
            progress.begin(0.6, 1.0);
            ReaderMessage::Rows(parse_rows(&opened, &columns, progress))
        });
    }

    /// Returns the number of rows that can't be read.
    fn skipped_count(&self) -> usize {
        self.rows.as_ref().map_or(0, |rows| rows.skipped_count)
    }

    /// Returns the reason why the data can't be used yet.
    fn current_problem(&self, messages: Messages) -> Option<String> {
        let rows = self
            .rows
            .as_ref()
            .filter(|rows| !self.skips_bad_rows && rows.skipped_count > 0);
        let refused = rows.and_then(|rows| {
            let row = rows.skipped.first()?.clone();
            let others = rows.skipped_count - 1;
            Some(TableError::Row { row, others })
        });
        match (&self.problem, refused) {
            (Some(problem), _) => Some(problem.message(messages)),
            (None, Some(error)) => Some(capitalized(&error.message(messages))),
            (None, None) => None,
        }
    }

    /// Returns the training configuration with the chosen options.
    fn training_config(&self, opened: &OpenedTable) -> TrainingConfig {
        let source = DataSource::Table(self.table_file(opened));
        let config = match &self.previous {
            Some(before) => before.with_source(source),
            None => TrainingConfig::suggested(source),
        };
        TrainingConfig {
            test_fraction: self.test_fraction,
            is_standardized: self.is_standardized,
            has_class_targets: self.is_classification(),
            ..config
        }
    }

    /// True if each number of the target is a class: as the user chose, or if the numbers look like classes.
    fn is_classification(&self) -> bool {
        let Some(rows) = self.rows.as_ref().filter(|rows| !rows.has_text_target) else {
            return false;
        };
        let looks_like_classes = || {
            let is_whole = |(text, _): &(String, usize)| !text.contains(['.', 'e']);
            let class_count = rows.counts.len();
            (2..=MAX_CLASSES).contains(&class_count)
                && rows.data.sample_count() >= 4 * class_count
                && rows.counts.iter().all(is_whole)
        };
        !rows.counts.is_empty() && self.has_classes.unwrap_or_else(looks_like_classes)
    }
}

/// Returns the column of each of the network's inputs; nothing unless every input has one of its name.
fn named_columns(analysis: &TableAnalysis, inputs: &[InputName]) -> Vec<usize> {
    let column = |input: &InputName| {
        let name = input.name.to_lowercase();
        analysis
            .columns
            .iter()
            .position(|column| column.name.to_lowercase() == name)
    };
    inputs
        .iter()
        .map(column)
        .collect::<Option<_>>()
        .unwrap_or_default()
}

/// True if two readings of a file have columns with the same names that can be used alike.
fn has_same_columns(before: &OpenedTable, now: &OpenedTable) -> bool {
    let (before, now) = (&before.analysis.columns, &now.analysis.columns);
    let is_same = |(before, now): (&TableColumn, &TableColumn)| {
        before.name == now.name
            && before.can_be_input() == now.can_be_input()
            && before.is_left_out() == now.is_left_out()
    };
    before.len() == now.len() && before.iter().zip(now).all(is_same)
}

/// Closing the dialog ends the work of its thread.
impl Drop for DataDialog {
    fn drop(&mut self) {
        self.progress.cancel();
    }
}

/// Reads the rows and counts the values of the target.
fn parse_rows(
    opened: &OpenedTable,
    columns: &ColumnSelection,
    progress: &Progress,
) -> Result<ParsedRows, DataProblem> {
    let loaded = table::read_analyzed(
        &opened.source,
        &opened.analysis,
        &opened.options,
        columns,
        progress,
    );
    let loaded = loaded.map_err(DataProblem::Table)?;
    let (counts, has_text_target) = match loaded.dataset.targets() {
        Targets::Classes { names, labels } => {
            let mut counts = vec![0; names.len()];
            labels.iter().for_each(|&label| counts[label] += 1);
            (names.iter().cloned().zip(counts).collect(), true)
        }
        Targets::Numbers { values, .. } => (value_counts(values), false),
    };
    Ok(ParsedRows {
        data: Arc::new(loaded.dataset),
        skipped: loaded.skipped,
        skipped_count: loaded.skipped_count,
        counts,
        has_text_target,
        notes: loaded.notes,
    })
}

/// Returns the different numbers with their counts; empty if there are too many for classes.
fn value_counts(values: &[f64]) -> Vec<(String, usize)> {
    const MAX_VALUES: usize = 100;
    let mut sorted = values.to_vec();
    sorted.sort_unstable_by(f64::total_cmp);
    let groups = sorted.chunk_by(|a, b| a == b);
    let counts: Vec<(String, usize)> = groups
        .take(MAX_VALUES + 1)
        .map(|group| ((group[0] + 0.0).to_string(), group.len()))
        .collect();
    if counts.len() > MAX_VALUES {
        Vec::new()
    } else {
        counts
    }
}
