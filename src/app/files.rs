//! Opening and saving: choosing a file, drag and drop, recent files.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, TryRecvError, channel};
use std::time::{Duration, Instant};

use egui::Context;

use crate::panes::plate::Kind;
use neurodial_core::session::file;
use neurodial_core::session::{Document, Origin, Preset, Session, Source};

use super::dialog::{DataDialog, Dialog, PathDialog, Then};
use super::{App, opened};

/// A system's file dialog that answers sooner than this, with nothing, is not there.
const TOO_SOON: Duration = Duration::from_millis(700);

/// How the names of files end that are tables of data.
const TABLES: [&str; 3] = ["csv", "tsv", "txt"];

/// What a file is chosen for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// To be opened.
    Open,
    /// To be written.
    Save,
    /// A figure is to be written to it.
    Export(Kind),
    /// A table of data is to be learned from.
    Data,
    /// The experiments are to be written to it: as Markdown if it ends in `.md`, else as CSV.
    Rows,
}

/// The system's file dialog, open in another thread so that the window goes on.
#[derive(Debug)]
pub struct FileChooser {
    purpose: Purpose,
    answer: Receiver<Option<PathBuf>>,
    since: Instant,
    /// What is to happen once the file is written.
    then: Option<Then>,
}

impl FileChooser {
    fn open(ctx: &Context, purpose: Purpose, name: &str, then: Option<Then>) -> Self {
        let (sender, answer) = channel();
        let ctx = ctx.clone();
        let name = name.to_owned();
        std::thread::spawn(move || {
            let dialog = rfd::FileDialog::new();
            let path = match purpose {
                Purpose::Open => {
                    let kinds = ["json", "svg", "png", "pdf"];
                    dialog
                        .add_filter("neurodial document or figure", &kinds)
                        .pick_file()
                }
                Purpose::Save => dialog
                    .add_filter("neurodial document", &["json"])
                    .set_file_name(name)
                    .save_file(),
                Purpose::Data => dialog
                    .add_filter("table of data", &TABLES)
                    .add_filter("any file", &["*"])
                    .pick_file(),
                Purpose::Rows => dialog
                    .add_filter("table", &["csv", "md"])
                    .set_file_name(name)
                    .save_file(),
                Purpose::Export(kind) => dialog
                    .add_filter("figure", &[kind.ending()])
                    .set_file_name(name)
                    .save_file(),
            };
            // If the window is gone there is nobody to tell.
            let _ = sender.send(path);
            ctx.request_repaint();
        });
        Self {
            purpose,
            answer,
            since: Instant::now(),
            then,
        }
    }
}

impl App {
    /// Asks for a file with the system's dialog, or for a typed path where the system has none.
    pub(super) fn choose_file(&mut self, ctx: &Context, purpose: Purpose, then: Option<Then>) {
        if self.chooser.is_none() {
            let name = match (purpose, self.session.origin()) {
                (Purpose::Export(kind), _) => {
                    let name = self.name();
                    format!("{}.{}", name.trim_end_matches(".json"), kind.ending())
                }
                (Purpose::Rows, _) => format!("{}.csv", self.name().trim_end_matches(".json")),
                (_, Origin::File(_)) => self.name(),
                (_, Origin::Preset(_) | Origin::Untitled) => format!("{}.json", self.name()),
            };
            self.chooser = Some(FileChooser::open(ctx, purpose, &name, then));
        }
    }

    /// What the file dialog answered and what was dropped on the window.
    pub(super) fn take_files(&mut self, ctx: &Context) {
        if let Some(chooser) = &self.chooser {
            let answer = match chooser.answer.try_recv() {
                Ok(answer) => Some(answer),
                Err(TryRecvError::Disconnected) => Some(None),
                Err(TryRecvError::Empty) => None,
            };
            if let Some(answer) = answer
                && let Some(FileChooser {
                    purpose, since, then, ..
                }) = self.chooser.take()
            {
                match answer {
                    Some(path) => self.chosen(ctx, purpose, &path, then),
                    None if since.elapsed() < TOO_SOON => {
                        self.dialog = Some(Dialog::Path(PathDialog::new(purpose, then)));
                    }
                    None => {}
                }
            }
        }
        let dropped = ctx.input(|input| input.raw.dropped_files.first().map(|file| file.path().to_owned()));
        if let Some(path) = dropped {
            let ending = path
                .extension()
                .map(|ending| ending.to_string_lossy().to_lowercase());
            if ending.is_some_and(|ending| TABLES.contains(&ending.as_str())) {
                self.open_data(ctx, &path);
            } else {
                self.leave_for(ctx, Then::Open(path));
            }
        }
    }

    /// A path was chosen or typed. Says what is wrong with it, if anything is.
    pub(super) fn chosen(&mut self, ctx: &Context, purpose: Purpose, path: &Path, then: Option<Then>) {
        match purpose {
            Purpose::Open => self.open_file(path),
            Purpose::Export(_) => self.export_to(ctx, path),
            Purpose::Rows => self.write_rows(path),
            Purpose::Data => self.open_data(ctx, path),
            Purpose::Save => {
                if self.save_to(path)
                    && let Some(then) = then
                {
                    self.go_on(ctx, then);
                }
            }
        }
    }

    /// Asks how a table is to be read.
    fn open_data(&mut self, ctx: &Context, path: &Path) {
        match DataDialog::open(ctx, path, self.session.course().map(|course| course.choice())) {
            Ok(dialog) => self.dialog = Some(Dialog::Data(Box::new(dialog))),
            Err(e) => self.dialog = Some(Dialog::Problem(e.to_string())),
        }
    }

    /// Asks anew how the present table is to be read.
    pub(super) fn edit_data(&mut self, ctx: &Context) {
        let course = self.session.course();
        if let Some(Source::Table(table)) = course.map(|course| &course.choice().source) {
            let path = table.file.path.clone();
            self.open_data(ctx, &path);
        }
    }

    fn write_rows(&mut self, path: &Path) {
        let path = match path.extension() {
            Some(_) => path.to_owned(),
            None => path.with_extension("csv"),
        };
        let experiments = neurodial_core::insight::Experiments::of(&self.session);
        let is_markdown = path
            .extension()
            .is_some_and(|ending| ending.eq_ignore_ascii_case("md"));
        let text = if is_markdown {
            experiments.markdown(&self.session)
        } else {
            experiments.csv(&self.session)
        };
        match file::write_atomically(&path, text.as_bytes()) {
            Ok(()) => self.tell(format!("Wrote {}", path.display())),
            Err(e) => self.dialog = Some(Dialog::Problem(e.to_string())),
        }
    }

    /// Does what would leave the present document, but asks first if it has unsaved changes.
    pub(super) fn leave_for(&mut self, ctx: &Context, then: Then) {
        if self.session.is_unsaved() {
            self.dialog = Some(Dialog::Unsaved(then));
        } else {
            self.go_on(ctx, then);
        }
    }

    /// Leaves the present document.
    pub(super) fn go_on(&mut self, ctx: &Context, then: Then) {
        match then {
            Then::Quit => {
                self.may_close = true;
                ctx.send_viewport_cmd(egui::ViewportCommand::Close);
            }
            Then::ChooseFile => self.choose_file(ctx, Purpose::Open, None),
            Then::Open(path) => self.open_file(&path),
            Then::OpenPreset(preset) => self.open_preset(preset),
            Then::OpenNew(document) => self.change_session(Session::open(*document, Origin::Untitled)),
        }
    }

    fn open_file(&mut self, path: &Path) {
        match opened::session(path) {
            Ok(session) => {
                self.preferences.remember(path);
                self.keep_preferences();
                self.change_session(session);
            }
            Err(e) => self.dialog = Some(Dialog::Problem(e.to_string())),
        }
    }

    fn open_preset(&mut self, preset: Preset) {
        match preset.document() {
            Ok(document) => self.change_session(Session::open(document, Origin::Preset(preset.name))),
            Err(e) => self.dialog = Some(Dialog::Problem(e.to_string())),
        }
    }

    /// Opens a rescued document; it stays unsaved.
    pub(super) fn open_rescued(&mut self, document: Document, origin: Origin) {
        let mut session = Session::open(document, Origin::Untitled);
        session.mark_unsaved(origin);
        self.change_session(session);
    }

    /// Writes the document where it came from, or asks where. Says whether it is written.
    pub(super) fn save(&mut self, ctx: &Context, then: Option<Then>) -> bool {
        match self.session.origin() {
            Origin::File(path) => {
                let path = path.clone();
                self.save_to(&path)
            }
            Origin::Preset(_) | Origin::Untitled => {
                self.choose_file(ctx, Purpose::Save, then);
                false
            }
        }
    }

    /// Writes the document to a file. Says whether it is written.
    pub(super) fn save_to(&mut self, path: &Path) -> bool {
        let path = match path.extension() {
            Some(_) => path.to_owned(),
            None => path.with_extension("json"),
        };
        let ending = path.extension().unwrap_or_default().to_ascii_lowercase();
        if ["svg", "png", "pdf"].into_iter().any(|picture| ending == picture) {
            let text = "A document is no picture; save it as .json, or draw it with File ▸ Export figure…";
            self.dialog = Some(Dialog::Problem(text.to_owned()));
            return false;
        }
        match file::save(self.session.document(), &path) {
            Ok(()) => {
                let version = self.session.history().version();
                self.session.mark_saved(version, Origin::File(path.clone()));
                self.preferences.remember(&path);
                self.keep_preferences();
                self.tell(format!("Saved {}", path.display()));
                true
            }
            Err(e) => {
                self.dialog = Some(Dialog::Problem(e.to_string()));
                false
            }
        }
    }
}
