//! How a table of data is read: which columns are learned from, which one is learned, and what can't be read.
//!
//! Reading goes on in a thread of its own; the window stays awake meanwhile.

use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, TryRecvError, channel};
use std::thread;

use egui::{Checkbox, Context, Label, RadioButton, Response, RichText, ScrollArea, Ui, WidgetInfo, vec2};

use crate::app::App;
use crate::data::table::{self, Choice as Columns};
use crate::data::{BadRow, Dataset, Survey, Targets, survey};
use crate::look::{Look, type_scale};
use crate::session::choice::{DataPath, TableFile};
use crate::session::file::{self, FileError};
use crate::session::{Action, Choice, Coaching, Course, Source};
use crate::words::shortened;

use super::{After, Dialog, buttons};

/// The height of the list of columns at most, in points.
const LIST: f32 = 190.0;
/// The height of a row of it, in points.
const ROW: f32 = 24.0;
/// The most classes that are counted, and the most bad rows that are told.
const MOST_CLASSES: usize = 12;
const MOST_BAD: usize = 4;
/// The parts for testing that can be chosen.
const TESTS: [f64; 5] = [0.0, 0.1, 0.2, 0.3, 0.5];

/// A text as it was read from the file.
#[derive(Debug, Clone)]
struct Opened {
    text: Arc<String>,
    checksum: u64,
    survey: Survey,
}

/// The rows as they are read with the present columns.
#[derive(Debug)]
struct Rows {
    data: Arc<Dataset>,
    bad: Vec<BadRow>,
    bad_count: usize,
    /// Classes, or different numbers, with how often each is there; empty if they are too many to be classes.
    counts: Vec<(String, usize)>,
    /// Whether the target is words.
    has_words: bool,
}

/// What a thread has found out.
#[derive(Debug)]
enum Answer {
    Opened(Result<Opened, String>),
    Rows(Result<Rows, String>),
    Course(Result<Box<Course>, String>),
}

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

    /// The file, and what is in it.
    fn heading_ui(&self, ui: &mut Ui, look: &Look) {
        let name = self.file.path.file_name().unwrap_or_default().to_string_lossy();
        let name = shortened(&name);
        let words = match (&self.rows, &self.answer) {
            (Some(rows), None) => {
                let inputs = rows.data.names().len();
                format!(
                    "{} rows, {inputs} {}",
                    rows.data.samples(),
                    plural(inputs, "input")
                )
            }
            (_, Some(_)) => "reading …".to_owned(),
            _ => String::new(),
        };
        ui.horizontal(|ui| {
            ui.label(RichText::new(name).font(type_scale::strong()));
            ui.label(RichText::new(words).color(look.ink_soft));
        });
    }

    /// A row for each column; says whether another choice was made.
    fn columns_ui(&mut self, ui: &mut Ui, look: &Look, survey: &Survey) -> bool {
        ui.scope(|ui| self.rows_ui(ui, look, survey)).inner
    }

    fn rows_ui(&mut self, ui: &mut Ui, look: &Look, survey: &Survey) -> bool {
        let mut has_changed = false;
        let widths = [52.0, 52.0, 150.0, 64.0];
        ui.horizontal(|ui| {
            for (text, width) in ["input", "target", "column", "", "first rows"]
                .into_iter()
                .zip(widths.into_iter().chain([200.0]))
            {
                cell_ui(ui, width, |ui| {
                    ui.label(RichText::new(text).font(type_scale::small()).color(look.ink_soft))
                });
            }
        });
        let count = survey.columns.len();
        ui.spacing_mut().item_spacing.y = 3.0;
        ScrollArea::vertical()
            .id_salt("columns")
            .max_height(LIST)
            .auto_shrink([false, true])
            .show_rows(ui, ROW, count, |ui, shown| {
                for index in shown {
                    let column = &survey.columns[index];
                    let name = shortened(&column.name);
                    ui.horizontal(|ui| {
                        let mut is_input = self.is_input[index];
                        let can_be = column.is_number && index != self.target;
                        let response = cell_ui(ui, widths[0], |ui| {
                            ui.add_enabled(can_be, Checkbox::without_text(&mut is_input))
                        });
                        named(&response, can_be, is_input, format!("learn from {name}"));
                        let is_target = index == self.target;
                        let response = cell_ui(ui, widths[1], |ui| ui.add(RadioButton::new(is_target, "")));
                        named(&response, true, is_target, format!("learn {name}"));
                        has_changed |= is_input != self.is_input[index];
                        self.is_input[index] = is_input;
                        if response.clicked() && !is_target {
                            let before = std::mem::replace(&mut self.target, index);
                            self.is_input[before] = survey.columns[before].is_number;
                            self.is_input[index] = false;
                            self.has_classes = None;
                            has_changed = true;
                        }
                        cell_ui(ui, widths[2], |ui| ui.add(Label::new(name).truncate()));
                        let kind = if column.is_number { "numbers" } else { "words" };
                        let soft =
                            |text: &str| RichText::new(text).font(type_scale::small()).color(look.ink_soft);
                        cell_ui(ui, widths[3], |ui| ui.label(soft(kind)));
                        let first: Vec<String> = column
                            .first
                            .iter()
                            .map(|cell| shortened(if cell.is_empty() { "–" } else { cell }))
                            .collect();
                        ui.add(Label::new(soft(&first.join("   "))).truncate());
                    });
                }
            });
        has_changed
    }

    /// Whether the target is numbers or classes, and how often each class is there.
    fn target_ui(&mut self, ui: &mut Ui, look: &Look) {
        let takes_classes = self.takes_classes();
        let Some(rows) = &self.rows else { return };
        let can_choose = !rows.has_words && !rows.counts.is_empty();
        let mut chosen = takes_classes;
        ui.horizontal(|ui| {
            ui.label(RichText::new("The target is").color(look.ink_soft));
            if can_choose {
                ui.selectable_value(&mut chosen, false, "a number");
                ui.selectable_value(&mut chosen, true, "a class for each number");
            } else {
                let text = if rows.has_words {
                    "a class, by its name"
                } else {
                    "a number"
                };
                ui.label(text);
            }
        });
        if rows.has_words || takes_classes {
            let listed = rows.counts.iter().take(MOST_CLASSES);
            let listed: Vec<String> = listed
                .map(|(name, count)| format!("{} {count}", shortened(name)))
                .collect();
            let more = match rows.counts.len().saturating_sub(MOST_CLASSES) {
                0 => String::new(),
                more => format!(" · and {more} more"),
            };
            let text = listed.join(" · ") + &more;
            let text = RichText::new(text).font(type_scale::small()).color(look.ink_soft);
            ui.add(Label::new(text).wrap());
        }
        if chosen != takes_classes {
            self.has_classes = Some(chosen);
        }
    }

    fn options_ui(&mut self, ui: &mut Ui) {
        ui.horizontal(|ui| {
            ui.checkbox(&mut self.is_standardised, "Standardise the inputs")
                .on_hover_text(
                    "Training sees every input with mean 0 and deviation 1; the network takes them as they are",
                );
            ui.add_space(12.0);
            ui.label("Held out for testing");
            for test in TESTS {
                let text = format!("{} %", (100.0 * test).round());
                let response = ui.selectable_label(self.test == test, &text);
                response.widget_info(|| {
                    WidgetInfo::selected(
                        egui::Role::RadioButton,
                        true,
                        self.test == test,
                        format!("hold out {text}"),
                    )
                });
                if response.clicked() {
                    self.test = test;
                }
            }
        });
    }

    fn bad_rows_ui(&self, ui: &mut Ui, look: &Look) {
        let Some(rows) = self.rows.as_ref().filter(|rows| rows.bad_count > 0) else {
            return;
        };
        let count = rows.bad_count;
        let are = if count == 1 { "is" } else { "are" };
        let text = format!(
            "{count} {} can’t be read and {are} left out",
            plural(count, "row")
        );
        ui.label(RichText::new(text).color(look.warn));
        let line = |ui: &mut Ui, text: String| {
            let text = RichText::new(text).font(type_scale::small()).color(look.ink_soft);
            ui.add(Label::new(text).truncate());
        };
        for BadRow { line: number, fault } in rows.bad.iter().take(MOST_BAD) {
            line(ui, format!("line {number}, {fault}"));
        }
        if count > MOST_BAD {
            line(ui, format!("and {} more", count - MOST_BAD));
        }
    }
}

/// A cell of a fixed width.
fn cell_ui(ui: &mut Ui, width: f32, add: impl FnOnce(&mut Ui) -> Response) -> Response {
    let layout = egui::Layout::left_to_right(egui::Align::Center);
    ui.allocate_ui_with_layout(vec2(width, ROW - 4.0), layout, |ui| {
        ui.set_min_width(width);
        add(ui)
    })
    .inner
}

fn named(response: &Response, is_enabled: bool, is_chosen: bool, name: String) {
    response.widget_info(|| WidgetInfo::selected(egui::Role::CheckBox, is_enabled, is_chosen, &name));
}

fn plural(count: usize, noun: &str) -> String {
    if count == 1 {
        noun.to_owned()
    } else {
        format!("{noun}s")
    }
}

fn capitalised(text: &str) -> String {
    let mut characters = text.chars();
    let first = characters
        .next()
        .map(|first| first.to_uppercase().collect::<String>());
    first.unwrap_or_default() + characters.as_str()
}

/// Reads the rows and counts what the target has.
fn rows(text: &str, columns: &Columns) -> Result<Rows, String> {
    let loaded = table::read(text, columns).map_err(|e| capitalised(&e.to_string()))?;
    let (counts, has_words) = match loaded.dataset.targets() {
        Targets::Classes { names, labels } => {
            let mut counts = vec![0; names.len()];
            labels.iter().for_each(|&label| counts[label] += 1);
            (names.iter().cloned().zip(counts).collect(), true)
        }
        Targets::Numbers { values, .. } => (counted(values), false),
    };
    Ok(Rows {
        data: Arc::new(loaded.dataset),
        bad: loaded.bad,
        bad_count: loaded.bad_count,
        counts,
        has_words,
    })
}

/// Different numbers with how often each is there; none if they are too many to be classes.
fn counted(values: &[f64]) -> Vec<(String, usize)> {
    const MOST: usize = 100;
    let mut sorted = values.to_vec();
    sorted.sort_unstable_by(f64::total_cmp);
    let groups = sorted.chunk_by(|a, b| a == b);
    let counts: Vec<(String, usize)> = groups
        .take(MOST + 1)
        .map(|group| ((group[0] + 0.0).to_string(), group.len()))
        .collect();
    if counts.len() > MOST { Vec::new() } else { counts }
}
