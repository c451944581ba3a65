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
use neurodial_core::data::{Survey, survey};
use neurodial_core::session::choice::{DataPath, TableFile};
use neurodial_core::session::file::{self, FileError};
use neurodial_core::session::{Action, Choice, Coaching, Course, Source};

use found::{Answer, Opened, Rows, capitalised, rows};

use super::{After, Dialog, buttons};

/// The most classes that numbers are taken for, and that are counted.
const MOST_CLASSES: usize = 12;

/// Asks how a table is to be read.
#[derive(Debug)]
pub struct DataDialog {
    file: DataPath,
    answer: Option<Receiver<Answer>>,
    opened: Option<Opened>,
    rows: Option<Rows>,
    problem: Option<String>,
    target: usize,
    /// Of each column whether it is an input.
    is_input: Vec<bool>,
    /// Whether numbers of the target are classes; `None` until somebody said so.
    has_classes: Option<bool>,
    is_standardised: bool,
    test: f64,
    /// The choice before, whose settings stay.
    before: Option<Choice>,
    has_network: bool,
}

impl DataDialog {
    /// Begins to read a file; `before` is what was learned from until now.
    ///
    /// # Errors
    /// If a document can’t name the file.
    pub fn open(ctx: &Context, path: &Path, before: Option<&Choice>) -> Result<Self, FileError> {
        let mut dialog = Self {
            file: file::data::data_path(path)?,
            answer: None,
            opened: None,
            rows: None,
            problem: None,
            target: 0,
            is_input: Vec::new(),
            has_classes: None,
            is_standardised: before.is_none_or(|before| before.is_standardised || !before.source.is_file()),
            test: before.map_or(0.2, |before| before.test),
            before: before.cloned(),
            has_network: false,
        };
        if let Some(Source::Table(_)) = before.map(|before| &before.source) {
            dialog.has_classes = before.map(|before| before.has_classes);
        }
        let path = dialog.file.path.clone();
        dialog.ask(ctx, move || {
            let opened = file::data::read_csv(&path).map_err(|e| e.to_string());
            Answer::Opened(opened.and_then(|(text, checksum)| {
                let survey = survey(&text).map_err(|e| format!("{}: {e}", path.display()))?;
                let text = Arc::new(text);
                Ok(Opened {
                    text,
                    checksum,
                    survey,
                })
            }))
        });
        Ok(dialog)
    }

    /// Lets a thread find something out; what was asked before is forgotten.
    fn ask(&mut self, ctx: &Context, work: impl FnOnce() -> Answer + Send + 'static) {
        let (sender, answer) = channel();
        let ctx = ctx.clone();
        thread::spawn(move || {
            // Nobody may be waiting any more.
            let _ = sender.send(work());
            ctx.request_repaint();
        });
        self.answer = Some(answer);
    }

    /// Takes what a thread has found out; gives back the course when it is there.
    fn take(&mut self, ctx: &Context) -> Option<Course> {
        let answer = match self.answer.as_ref()?.try_recv() {
            Ok(answer) => answer,
            Err(TryRecvError::Empty) => return None,
            Err(TryRecvError::Disconnected) => {
                self.answer = None;
                return None;
            }
        };
        self.answer = None;
        match answer {
            Answer::Opened(Ok(opened)) => {
                self.choose_columns(&opened.survey);
                self.opened = Some(opened);
                self.read(ctx);
            }
            Answer::Rows(Ok(rows)) => {
                self.problem = None;
                self.rows = Some(rows);
            }
            Answer::Course(Ok(course)) => return Some(*course),
            Answer::Opened(Err(problem)) | Answer::Rows(Err(problem)) | Answer::Course(Err(problem)) => {
                self.problem = Some(problem);
            }
        }
        None
    }

    /// The last column is learned from all others that are numbers, or those that were chosen before.
    fn choose_columns(&mut self, survey: &Survey) {
        let columns = &survey.columns;
        let place = |wanted: &String| {
            let number = || wanted.parse::<usize>().ok()?.checked_sub(1);
            let mut names = columns.iter();
            names
                .position(|column| column.name == *wanted)
                .or_else(number)
                .filter(|&index| index < columns.len())
        };
        let known = match &self.before {
            Some(Choice {
                source: Source::Table(table),
                ..
            }) if table.file.path == self.file.path => Some(table),
            _ => None,
        };
        let last = columns.len() - 1;
        self.target = known
            .and_then(|table| place(table.target.as_ref()?))
            .unwrap_or(last);
        self.is_input = columns.iter().map(|column| column.is_number).collect();
        if let Some(inputs) = known.and_then(|table| table.columns.as_ref()) {
            self.is_input.fill(false);
            for index in inputs.iter().filter_map(place) {
                self.is_input[index] = true;
            }
        }
        self.is_input[self.target] = false;
    }

    /// How a document says which column it is: by its name, or by its number where several have that name.
    fn word(&self, survey: &Survey, index: usize) -> String {
        let name = &survey.columns[index].name;
        let same = |other: &str| other.eq_ignore_ascii_case(name);
        let is_unique = survey.columns.iter().filter(|column| same(&column.name)).count() == 1;
        if is_unique && name.parse::<f64>().is_err() {
            name.clone()
        } else {
            (index + 1).to_string()
        }
    }

    fn table(&self, opened: &Opened) -> TableFile {
        let survey = &opened.survey;
        let inputs: Vec<usize> = (0..self.is_input.len())
            .filter(|&index| self.is_input[index])
            .collect();
        let is_all = inputs.len() + 1 == survey.columns.len();
        let words = inputs.iter().map(|&index| self.word(survey, index));
        TableFile {
            file: self.file.clone(),
            target: Some(self.word(survey, self.target)),
            columns: (!is_all).then(|| words.collect()),
            skips_bad_rows: self.rows.as_ref().is_some_and(|rows| rows.bad_count > 0),
            checksum: opened.checksum,
        }
    }

    /// Reads the rows with the present columns.
    fn read(&mut self, ctx: &Context) {
        self.rows = None;
        self.problem = None;
        let Some(opened) = &self.opened else { return };
        if !self.is_input.contains(&true) {
            self.problem = Some("Choose at least one input".to_owned());
            self.answer = None;
            return;
        }
        let columns = file::data::columns_of(&self.table(opened));
        let text = Arc::clone(&opened.text);
        self.ask(ctx, move || Answer::Rows(rows(&text, &columns)));
    }

    fn choice(&self, opened: &Opened) -> Choice {
        let source = Source::Table(self.table(opened));
        let choice = match &self.before {
            Some(before) => before.with_source(source),
            None => Choice::of(source),
        };
        Choice {
            test: self.test,
            is_standardised: self.is_standardised,
            has_classes: self.takes_classes(),
            ..choice
        }
    }

    /// Whether each number of the target is a class: as was said, or if they look like it.
    fn takes_classes(&self) -> bool {
        let Some(rows) = self.rows.as_ref().filter(|rows| !rows.has_words) else {
            return false;
        };
        let looks_like = || {
            let is_whole = |(text, _): &(String, usize)| !text.contains(['.', 'e']);
            let few = rows.counts.len();
            (2..=MOST_CLASSES).contains(&few)
                && rows.data.samples() >= 4 * few
                && rows.counts.iter().all(is_whole)
        };
        !rows.counts.is_empty() && self.has_classes.unwrap_or_else(looks_like)
    }

    pub(super) fn show(mut self: Box<Self>, app: &mut App, ui: &mut Ui) -> After {
        let ctx = ui.ctx().clone();
        if let Some(course) = self.take(&ctx) {
            app.act(Action::SetCourse(Some(Arc::new(course))));
            if self.has_network {
                app.act(Action::Coach(Coaching::NewNetwork));
            }
            return After::Close;
        }
        let look = app.look();
        self.heading_ui(ui, look);
        let mut has_changed = false;
        if let Some(opened) = self.opened.clone() {
            has_changed = self.columns_ui(ui, look, &opened.survey);
            self.target_ui(ui, look);
            self.options_ui(ui);
            self.bad_rows_ui(ui, look);
        }
        if has_changed {
            self.read(&ctx);
        }
        if let Some(problem) = &self.problem {
            ui.add(Label::new(RichText::new(problem).color(look.warn)).wrap());
        }
        let is_ready = self.rows.is_some() && self.answer.is_none();
        let pressed = buttons(ui, &["With a network for it", "Use the data", "Cancel"]);
        match (pressed, &self.opened) {
            (Some(2), _) => After::Close,
            (Some(answer), Some(opened)) if is_ready => {
                let choice = self.choice(opened);
                self.has_network = answer == 0;
                if let Some(rows) = &self.rows {
                    let data = Arc::clone(&rows.data);
                    self.ask(&ctx, move || {
                        let course = Course::of_file(choice, data);
                        Answer::Course(course.map(Box::new).map_err(|e| capitalised(&e.to_string())))
                    });
                }
                After::Stay(Dialog::Data(self))
            }
            _ => After::Stay(Dialog::Data(self)),
        }
    }
}
