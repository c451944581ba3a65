//! Opening and saving: choosing a file, drag and drop, recent files.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, TryRecvError, channel};
use std::time::{Duration, Instant};

use egui::Context;

use neurodial_core::formats::data_files::TABLE_EXTENSIONS;
use neurodial_core::formats::{
    Preset, {FileKind, file},
};
use neurodial_core::session::{DataSource, Document, Origin, Session};

use super::App;
use super::dialog::{DataDialog, Dialog, FilePurpose, LeaveAction, PathDialog};
use crate::document_formats::DOCUMENT_FORMATS;

/// If a file dialog returns without a path sooner than this, the system has no file dialog.
const MIN_ANSWER_TIME: Duration = Duration::from_millis(700);

/// The system's file dialog, open in another thread so that the window keeps running.
#[derive(Debug)]
pub(crate) struct FileChooser {
    purpose: FilePurpose,
    answer: Receiver<Option<PathBuf>>,
    opened_at: Instant,
    /// The action that follows once the file is written.
    leave_action: Option<LeaveAction>,
}

impl FileChooser {
    fn open(ctx: &Context, purpose: FilePurpose, name: &str, leave_action: Option<LeaveAction>) -> Self {
        let (sender, answer) = channel();
        let ctx = ctx.clone();
        let name = name.to_owned();
        std::thread::spawn(move || {
            let dialog = rfd::FileDialog::new();
            let path = match purpose {
                FilePurpose::Open => dialog
                    .add_filter(
                        "neurodial document or figure",
                        &DOCUMENT_FORMATS.readable_extensions(),
                    )
                    .pick_file(),
                FilePurpose::Save => DOCUMENT_FORMATS
                    .writable()
                    .fold(dialog, |dialog, format| {
                        dialog.add_filter(format.name, format.extensions)
                    })
                    .set_file_name(name)
                    .save_file(),
                FilePurpose::Data => dialog
                    .add_filter("table of data", &TABLE_EXTENSIONS)
                    .add_filter("any file", &["*"])
                    .pick_file(),
                FilePurpose::Experiments => dialog
                    .add_filter("table", &["csv", "md"])
                    .set_file_name(name)
                    .save_file(),
                FilePurpose::Export(format) => dialog
                    .add_filter("figure", &[format.extension()])
                    .set_file_name(name)
                    .save_file(),
            };
            // The window has closed.
            let _ = sender.send(path);
            ctx.request_repaint();
        });
        Self {
            purpose,
            answer,
            opened_at: Instant::now(),
            leave_action,
        }
    }
}

impl App {
    /// Opens the system's file dialog, or a dialog for a typed path if the system has none.
    pub(super) fn choose_file(
        &mut self,
        ctx: &Context,
        purpose: FilePurpose,
        leave_action: Option<LeaveAction>,
    ) {
        if self.file_chooser.is_none() {
            let name = match (purpose, self.session.origin()) {
                (FilePurpose::Export(format), _) => {
                    let name = self.document_name();
                    format!("{}.{}", name.trim_end_matches(".json"), format.extension())
                }
                (FilePurpose::Experiments, _) => {
                    format!("{}.csv", self.document_name().trim_end_matches(".json"))
                }
                (_, Origin::File(_)) => self.document_name(),
                (_, Origin::Preset(_) | Origin::Untitled) => format!("{}.json", self.document_name()),
            };
            self.file_chooser = Some(FileChooser::open(ctx, purpose, &name, leave_action));
        }
    }

    /// Handles the answer of the file dialog, and files dropped on the window.
    pub(super) fn receive_files(&mut self, ctx: &Context) {
        if let Some(chooser) = &self.file_chooser {
            let answer = match chooser.answer.try_recv() {
                Ok(answer) => Some(answer),
                Err(TryRecvError::Disconnected) => Some(None),
                Err(TryRecvError::Empty) => None,
            };
            if let Some(answer) = answer
                && let Some(FileChooser {
                    purpose,
                    opened_at,
                    leave_action,
                    ..
                }) = self.file_chooser.take()
            {
                match answer {
                    Some(path) => self.handle_path(ctx, purpose, &path, leave_action),
                    None if opened_at.elapsed() < MIN_ANSWER_TIME => {
                        self.dialog = Some(Dialog::Path(PathDialog::new(purpose, leave_action)));
                    }
                    None => {}
                }
            }
        }
        let dropped = ctx.input(|input| input.raw.dropped_files.first().map(|file| file.path().to_owned()));
        if let Some(path) = dropped {
            match FileKind::from_path(&path) {
                FileKind::Table => self.open_data_dialog(ctx, &path),
                FileKind::Document => self.request_leave(ctx, LeaveAction::Open(path)),
            }
        }
    }

    /// Handles a path that was chosen or typed.
    pub(super) fn handle_path(
        &mut self,
        ctx: &Context,
        purpose: FilePurpose,
        path: &Path,
        leave_action: Option<LeaveAction>,
    ) {
        match purpose {
            FilePurpose::Open => self.open_file(path),
            FilePurpose::Export(_) => self.export_to(ctx, path),
            FilePurpose::Experiments => self.write_experiments(path),
            FilePurpose::Data => self.open_data_dialog(ctx, path),
            FilePurpose::Save => {
                if self.save_to(path)
                    && let Some(leave_action) = leave_action
                {
                    self.leave(ctx, leave_action);
                }
            }
        }
    }

    /// Opens the dialog that asks how a table is read.
    fn open_data_dialog(&mut self, ctx: &Context, path: &Path) {
        match DataDialog::open(ctx, path, self.session.setup().map(|setup| setup.config())) {
            Ok(dialog) => self.dialog = Some(Dialog::Data(Box::new(dialog))),
            Err(e) => self.dialog = Some(Dialog::Problem(e.to_string())),
        }
    }

    /// Opens that dialog for the table currently in use.
    pub(super) fn edit_data(&mut self, ctx: &Context) {
        let setup = self.session.setup();
        if let Some(DataSource::Table(table)) = setup.map(|setup| &setup.config().source) {
            let path = table.file.path.clone();
            self.open_data_dialog(ctx, &path);
        }
    }

    /// Writes the experiment log to a file.
    fn write_experiments(&mut self, path: &Path) {
        let path = match path.extension() {
            Some(_) => path.to_owned(),
            None => path.with_extension("csv"),
        };
        let experiments = neurodial_core::insight::ExperimentTable::from_session(&self.session);
        let is_markdown = path
            .extension()
            .is_some_and(|extension| extension.eq_ignore_ascii_case("md"));
        let text = if is_markdown {
            experiments.to_markdown(&self.session)
        } else {
            experiments.to_csv(&self.session)
        };
        match file::write_atomically(&path, text.as_bytes()) {
            Ok(()) => self.show_message(format!("Wrote {}", path.display())),
            Err(e) => self.dialog = Some(Dialog::Problem(e.to_string())),
        }
    }

    /// Runs an action that leaves the current document, but asks first if it has unsaved changes.
    pub(super) fn request_leave(&mut self, ctx: &Context, leave_action: LeaveAction) {
        if self.session.is_unsaved() {
            self.dialog = Some(Dialog::UnsavedChanges(leave_action));
        } else {
            self.leave(ctx, leave_action);
        }
    }

    /// Runs an action that leaves the current document.
    pub(super) fn leave(&mut self, ctx: &Context, leave_action: LeaveAction) {
        match leave_action {
            LeaveAction::Quit => {
                self.may_close = true;
                ctx.send_viewport_cmd(egui::ViewportCommand::Close);
            }
            LeaveAction::ChooseFile => self.choose_file(ctx, FilePurpose::Open, None),
            LeaveAction::Open(path) => self.open_file(&path),
            LeaveAction::OpenPreset(preset) => self.open_preset(preset),
            LeaveAction::OpenNew(document) => {
                self.replace_session(Session::open(*document, Origin::Untitled))
            }
        }
    }

    fn open_file(&mut self, path: &Path) {
        match DOCUMENT_FORMATS.open(path) {
            Ok(session) => {
                self.preferences.add_recent_file(path);
                self.save_preferences();
                self.replace_session(session);
            }
            Err(e) => self.dialog = Some(Dialog::Problem(e.to_string())),
        }
    }

    fn open_preset(&mut self, preset: Preset) {
        match preset.document() {
            Ok(document) => self.replace_session(Session::open(document, Origin::Preset(preset.name))),
            Err(e) => self.dialog = Some(Dialog::Problem(e.to_string())),
        }
    }

    /// Opens a recovered document; it stays unsaved.
    pub(super) fn open_recovered(&mut self, document: Document, origin: Origin) {
        let mut session = Session::open(document, Origin::Untitled);
        session.mark_unsaved(origin);
        self.replace_session(session);
    }

    /// Saves the document to its file, or asks for one. Returns true if it is saved.
    pub(super) fn save(&mut self, ctx: &Context, leave_action: Option<LeaveAction>) -> bool {
        match self.session.origin() {
            Origin::File(path) => {
                let path = path.clone();
                self.save_to(&path)
            }
            Origin::Preset(_) | Origin::Untitled => {
                self.choose_file(ctx, FilePurpose::Save, leave_action);
                false
            }
        }
    }

    /// Saves the document to a file. Returns true if it is saved.
    pub(super) fn save_to(&mut self, path: &Path) -> bool {
        let path = match path.extension() {
            Some(_) => path.to_owned(),
            None => path.with_extension(DOCUMENT_FORMATS.default_extension()),
        };
        match DOCUMENT_FORMATS.save(self.session.document(), &path) {
            Ok(()) => {
                let version = self.session.history().version();
                self.session.mark_saved(version, Origin::File(path.clone()));
                self.preferences.add_recent_file(&path);
                self.save_preferences();
                self.show_message(format!("Saved {}", path.display()));
                true
            }
            Err(e) => {
                self.dialog = Some(Dialog::Problem(e.to_string()));
                false
            }
        }
    }
}
