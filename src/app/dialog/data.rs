//! How a table of data is read: which columns are learned from, which one is learned, and what can't be read.
//!
//! Reading goes on in a thread of its own; the window stays awake meanwhile.
//!
//! | file | what |
//! | --- | --- |
//! | `found` | what the thread finds out about the file |
//! | `view` | how the dialog looks |

mod found;
mod view;

use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, TryRecvError, channel};
use std::thread;

use egui::{Context, Label, RichText, Ui};

use crate::app::App;
use neurodial_core::data::{ColumnSummary, summarize_columns};
use neurodial_core::session::choice::{DataPath, TableFile};
use neurodial_core::session::file::{self, FileError};
use neurodial_core::session::{Action, TrainingConfig, TrainingCommand, TrainingSetup, DataSource};

use found::{ReaderMessage, OpenedTable, ParsedRows, capitalized, parse_rows};

use super::{DialogOutcome, Dialog, buttons_ui};

/// The most classes that numbers are taken for, and that are counted.
const MAX_CLASSES: usize = 12;

/// Asks how a table is to be read.
#[derive(Debug)]
pub struct DataDialog {
    file: DataPath,
    receiver: Option<Receiver<ReaderMessage>>,
    opened: Option<OpenedTable>,
    rows: Option<ParsedRows>,
    problem: Option<String>,
    target: usize,
    /// Of each column whether it is an input.
    is_input: Vec<bool>,
    /// Whether numbers of the target are classes; `None` until somebody said so.
    has_classes: Option<bool>,
    is_standardized: bool,
    test_fraction: f64,
    /// The choice before, whose settings stay.
    previous: Option<TrainingConfig>,
    creates_network: bool,
}

impl DataDialog {
    /// Begins to read a file; `before` is what was learned from until now.
    ///
    /// # Errors
    /// If a document can’t name the file.
    pub fn open(ctx: &Context, path: &Path, previous: Option<&TrainingConfig>) -> Result<Self, FileError> {
        let mut dialog = Self {
            file: file::data::data_path(path)?,
            receiver: None,
            opened: None,
            rows: None,
            problem: None,
            target: 0,
            is_input: Vec::new(),
            has_classes: None,
            is_standardized: previous.is_none_or(|before| before.is_standardized || !before.source.is_file()),
            test_fraction: previous.map_or(0.2, |before| before.test_fraction),
            previous: previous.cloned(),
            creates_network: false,
        };
        if let Some(DataSource::Table(_)) = previous.map(|before| &before.source) {
            dialog.has_classes = previous.map(|before| before.has_class_targets);
        }
        let path = dialog.file.path.clone();
        dialog.spawn(ctx, move || {
            let opened = file::data::read_csv(&path).map_err(|e| e.to_string());
            ReaderMessage::Table(opened.and_then(|(text, checksum)| {
                let survey = summarize_columns(&text).map_err(|e| format!("{}: {e}", path.display()))?;
                let text = Arc::new(text);
                Ok(OpenedTable {
                    text,
                    checksum,
                    survey,
                })
            }))
        });
        Ok(dialog)
    }

    /// Lets a thread find something out; what was asked before is forgotten.
    fn spawn(&mut self, ctx: &Context, work: impl FnOnce() -> ReaderMessage + Send + 'static) {
        let (sender, receiver) = channel();
        let ctx = ctx.clone();
        thread::spawn(move || {
            // Nobody may be waiting any more.
            let _ = sender.send(work());
            ctx.request_repaint();
        });
        self.receiver = Some(receiver);
    }

    /// Takes what a thread has found out; gives back the course when it is there.
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
                self.choose_columns(&opened.survey);
                self.opened = Some(opened);
                self.read_rows(ctx);
            }
            ReaderMessage::Rows(Ok(rows)) => {
                self.problem = None;
                self.rows = Some(rows);
            }
            ReaderMessage::Setup(Ok(setup)) => return Some(*setup),
            ReaderMessage::Table(Err(problem)) | ReaderMessage::Rows(Err(problem)) | ReaderMessage::Setup(Err(problem)) => {
                self.problem = Some(problem);
            }
        }
        None
    }

    /// The last column is learned from all others that are numbers, or those that were chosen before.
    fn choose_columns(&mut self, survey: &ColumnSummary) {
        let columns = &survey.columns;
        let column_index = |key: &String| {
            let number = || key.parse::<usize>().ok()?.checked_sub(1);
            let mut names = columns.iter();
            names
                .position(|column| column.name == *key)
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
        let last = columns.len() - 1;
        self.target = previous_table
            .and_then(|table| column_index(table.target.as_ref()?))
            .unwrap_or(last);
        self.is_input = columns.iter().map(|column| column.is_number).collect();
        if let Some(inputs) = previous_table.and_then(|table| table.columns.as_ref()) {
            self.is_input.fill(false);
            for index in inputs.iter().filter_map(column_index) {
                self.is_input[index] = true;
            }
        }
        self.is_input[self.target] = false;
    }

    /// How a document says which column it is: by its name, or by its number where several have that name.
    fn column_key(&self, survey: &ColumnSummary, index: usize) -> String {
        let name = &survey.columns[index].name;
        let is_same = |other: &str| other.eq_ignore_ascii_case(name);
        let is_unique = survey.columns.iter().filter(|column| is_same(&column.name)).count() == 1;
        if is_unique && name.parse::<f64>().is_err() {
            name.clone()
        } else {
            (index + 1).to_string()
        }
    }

    fn table_file(&self, opened: &OpenedTable) -> TableFile {
        let survey = &opened.survey;
        let inputs: Vec<usize> = (0..self.is_input.len())
            .filter(|&index| self.is_input[index])
            .collect();
        let is_all = inputs.len() + 1 == survey.columns.len();
        let keys = inputs.iter().map(|&index| self.column_key(survey, index));
        TableFile {
            file: self.file.clone(),
            target: Some(self.column_key(survey, self.target)),
            columns: (!is_all).then(|| keys.collect()),
            skips_unreadable_rows: self.rows.as_ref().is_some_and(|rows| rows.skipped_count > 0),
            checksum: opened.checksum,
        }
    }

    /// Reads the rows with the present columns.
    fn read_rows(&mut self, ctx: &Context) {
        self.rows = None;
        self.problem = None;
        let Some(opened) = &self.opened else { return };
        if !self.is_input.contains(&true) {
            self.problem = Some("Choose at least one input".to_owned());
            self.receiver = None;
            return;
        }
        let columns = file::data::column_selection(&self.table_file(opened));
        let text = Arc::clone(&opened.text);
        self.spawn(ctx, move || ReaderMessage::Rows(parse_rows(&text, &columns)));
    }

    fn training_config(&self, opened: &OpenedTable) -> TrainingConfig {
        let source = DataSource::Table(self.table_file(opened));
        let config = match &self.previous {
            Some(before) => before.with_source(source),
            None => TrainingConfig::new(source),
        };
        TrainingConfig {
            test_fraction: self.test_fraction,
            is_standardized: self.is_standardized,
            has_class_targets: self.is_classification(),
            ..config
        }
    }

    /// Whether each number of the target is a class: as was said, or if they look like it.
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

    pub(super) fn show_ui(mut self: Box<Self>, app: &mut App, ui: &mut Ui) -> DialogOutcome {
        let ctx = ui.ctx().clone();
        if let Some(setup) = self.receive(&ctx) {
            app.apply_action(Action::SetTrainingSetup(Some(Arc::new(setup))));
            if self.creates_network {
                app.apply_action(Action::Training(TrainingCommand::NewNetworkForData));
            }
            return DialogOutcome::Close;
        }
        let theme = app.theme();
        self.heading_ui(ui, theme);
        let mut has_changed = false;
        if let Some(opened) = self.opened.clone() {
            has_changed = self.columns_ui(ui, theme, &opened.survey);
            self.target_ui(ui, theme);
            self.options_ui(ui);
            self.skipped_rows_ui(ui, theme);
        }
        if has_changed {
            self.read_rows(&ctx);
        }
        if let Some(problem) = &self.problem {
            ui.add(Label::new(RichText::new(problem).color(theme.warning)).wrap());
        }
        let is_ready = self.rows.is_some() && self.receiver.is_none();
        let pressed = buttons_ui(ui, &["With a network for it", "Use the data", "Cancel"]);
        match (pressed, &self.opened) {
            (Some(2), _) => DialogOutcome::Close,
            (Some(answer), Some(opened)) if is_ready => {
                let config = self.training_config(opened);
                self.creates_network = answer == 0;
                if let Some(rows) = &self.rows {
                    let data = Arc::clone(&rows.data);
                    self.spawn(&ctx, move || {
                        let setup = TrainingSetup::from_file_data(config, data);
                        ReaderMessage::Setup(setup.map(Box::new).map_err(|e| capitalized(&e.to_string())))
                    });
                }
                DialogOutcome::KeepOpen(Dialog::Data(self))
            }
            _ => DialogOutcome::KeepOpen(Dialog::Data(self)),
        }
    }
}
