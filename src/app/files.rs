//! Opening, saving and leaving documents, writing figures and tables, drag and drop, and the title of the window.

use std::path::Path;
use std::sync::mpsc::TryRecvError;

use egui::{Context, Event, ViewportCommand};

use crate::document_formats::DOCUMENT_FORMATS;
use crate::lessons::is_lesson;
use neurodial_core::formats::recovery::RecoveredDocument;
use neurodial_core::formats::{FileKind, Preset, data_files, file, link};
use neurodial_core::session::{DataSource, Edit, Origin, Session};
use neurodial_core::text::{Localized, capitalized};

use super::dialog::{ChangedFileDialog, DataDialog, Dialog, FileResolution, PathDialog};
use super::figure_renderer::RenderJob;
use super::file_chooser::{FileChooser, FilePurpose, LeaveAction, MIN_ANSWER_TIME, document_name, file_name};
use super::file_watch::FileWatch;
use super::state::App;

impl App {
    /// Opens the system's file dialog, or a dialog for a typed path if the system has none.
    pub(super) fn choose_file(
        &mut self,
        ctx: &Context,
        purpose: FilePurpose,
        leave_action: Option<LeaveAction>,
    ) {
        if self.file_chooser.is_none() {
            self.file_chooser = Some(FileChooser::open(
                ctx,
                &self.session,
                self.messages,
                purpose,
                leave_action,
            ));
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
            if is_lesson(&path) {
                self.open_lesson(ctx, &path);
                return;
            }
            match DOCUMENT_FORMATS.kind_of_file(&path) {
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
            FilePurpose::Open if is_lesson(path) => self.open_lesson(ctx, path),
            FilePurpose::NewLesson => self.write_new_lesson(ctx, path),
            FilePurpose::Answers => self.export_answers(path),
            FilePurpose::Open => match DOCUMENT_FORMATS.kind_of_file(path) {
                FileKind::Table => self.open_data_dialog(ctx, path),
                FileKind::Document => self.open_file(path),
            },
            FilePurpose::Export(_) => {
                if let Err(problem) = self
                    .export
                    .request_file(ctx, &self.session, self.messages.locale, path)
                {
                    self.show_problem(problem.message(self.messages));
                }
            }
            FilePurpose::Experiments => self.write_experiments(path),
            FilePurpose::Data => self.open_data_dialog(ctx, path),
            FilePurpose::Save => {
                if self.save_to(ctx, path)
                    && let Some(leave_action) = leave_action
                {
                    self.leave(ctx, leave_action);
                }
            }
        }
    }

    /// Opens the dialog that asks how a table is read.
    fn open_data_dialog(&mut self, ctx: &Context, path: &Path) {
        let config = self.session.setup().map(|setup| setup.config());
        let features = config.map_or(0, |config| config.features.len());
        let architecture = self.session.architecture();
        let inputs = architecture.input_count().saturating_sub(features);
        let names = data_files::input_names(architecture, inputs);
        match DataDialog::open(ctx, path, config, names) {
            Ok(dialog) => {
                self.preferences.confirm_data(path);
                self.save_preferences();
                self.dialog = Some(Dialog::Data(Box::new(dialog)));
            }
            Err(e) => self.show_could_not_open(&file_name(path), &e),
        }
    }

    /// Reads the data files of the document, and asks for those outside of its folder.
    pub(super) fn update_data(&mut self, ctx: &Context) {
        let Some(setup) = self
            .session
            .setup()
            .filter(|setup| setup.unread().is_some())
            .cloned()
        else {
            return;
        };
        if self.elements.is_static() {
            return;
        }
        let confirmed = &self.preferences.confirmed_data;
        match setup.unread().map(|unread| &unread.outside) {
            Some(outside) if outside.iter().any(|path| !confirmed.contains(path)) => {
                if self.dialog.is_none() {
                    self.dialog = Some(Dialog::OutsideData(outside.clone()));
                }
            }
            _ => {
                let architecture = self.session.architecture();
                if let Some(read) = self.data_loader.update(ctx, &setup, architecture, confirmed) {
                    self.session.provide_data(&setup, read);
                    self.report_document_problems();
                }
            }
        }
    }

    /// Reads the data files outside of the document's folder, or leaves them unread.
    pub(super) fn answer_outside_data(&mut self, is_allowed: bool) {
        let Some(setup) = self.session.setup().cloned() else {
            return;
        };
        if !is_allowed {
            self.session.provide_data(&setup, setup.without_unread_data());
            self.report_document_problems();
            return;
        }
        for path in setup.unread().into_iter().flat_map(|unread| &unread.outside) {
            self.preferences.confirm_data(path);
        }
        self.save_preferences();
    }

    /// True if the data is a table from a file.
    pub(super) fn has_data_file(&self) -> bool {
        let setup = self.session.setup();
        setup.is_some_and(|setup| matches!(setup.config().source, DataSource::Table(_)))
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
        match file::replace(&path, text.as_bytes()) {
            Ok(Some(lost)) => self.show_problem(lost.message(self.messages)),
            Ok(None) => self.show_message(self.messages.file_exported(path.display())),
            Err(e) => self.show_could_not_save(&path, &e),
        }
    }

    /// Runs an action that leaves the current document, but asks first if it has unsaved changes.
    pub(super) fn request_leave(&mut self, ctx: &Context, leave_action: LeaveAction) {
        // The question is about the user's own work.
        self.leave_lesson();
        if self.session.is_unsaved() {
            self.dialog = Some(Dialog::UnsavedChanges(leave_action));
        } else {
            self.leave(ctx, leave_action);
        }
    }

    /// Runs an action that leaves the current document.
    pub(super) fn leave(&mut self, ctx: &Context, leave_action: LeaveAction) {
        self.notices.clear();
        match leave_action {
            LeaveAction::Quit => {
                self.may_close = true;
                ctx.send_viewport_cmd(ViewportCommand::Close);
            }
            LeaveAction::ChooseFile => self.choose_file(ctx, FilePurpose::Open, None),
            LeaveAction::Open(path) if is_lesson(&path) => self.open_lesson(ctx, &path),
            LeaveAction::Open(path) => self.open_file(&path),
            LeaveAction::OpenPreset(preset) => self.open_preset(preset),
            LeaveAction::OpenNew(document) => {
                self.replace_session(Session::open(*document, Origin::Untitled))
            }
        }
    }

    fn open_file(&mut self, path: &Path) {
        match DOCUMENT_FORMATS.open_without_data(path) {
            Ok(session) => {
                self.preferences.add_recent_file(path);
                self.save_preferences();
                self.replace_session(session);
            }
            Err(e) => self.show_could_not_open(&file_name(path), &e),
        }
    }

    fn open_preset(&mut self, preset: Preset) {
        match preset.document() {
            Ok(document) => self.replace_session(Session::open(document, Origin::Preset(preset.name))),
            Err(e) => self.show_could_not_open(preset.title(self.messages), &e),
        }
    }

    /// Opens a recovered document; it stays unsaved.
    pub(super) fn open_recovered(&mut self, ctx: &Context, recovered: &RecoveredDocument) {
        let mut session = Session::open(recovered.document.clone(), Origin::Untitled);
        session.mark_unsaved(recovered.origin.clone());
        self.replace_session(session);
        if let Origin::File(path) = &recovered.origin
            && recovered.is_file_changed
        {
            self.file_watch = Some(FileWatch::start_outdated(ctx, path));
        }
    }

    /// Notices, while nothing else happens, that another program has changed the document's file.
    pub(super) fn check_file(&mut self, ctx: &Context) {
        let Origin::File(path) = self.session.origin() else {
            self.file_watch = None;
            return;
        };
        if self.elements.is_static() {
            return;
        }
        let watch = match &mut self.file_watch {
            Some(watch) if watch.path() == path => watch,
            watch => watch.insert(FileWatch::start(ctx, path)),
        };
        watch.receive(ctx);
        let is_training = self.training_controller.is_training(&self.session);
        let is_typing = ctx.egui_wants_keyboard_input();
        if self.dialog.is_some() || self.file_chooser.is_some() || self.is_busy() || is_training || is_typing
        {
            return;
        }
        if let Some(watch) = &mut self.file_watch
            && let Some(change) = watch.noticed_change()
        {
            let path = watch.path().to_owned();
            self.dialog = Some(Dialog::ChangedFile(ChangedFileDialog::new(
                path, change, false, None,
            )));
        }
    }

    /// Resolves the conflict with another program's change of the document's file.
    pub(super) fn resolve_changed_file(
        &mut self,
        ctx: &Context,
        resolution: FileResolution,
        leave_action: Option<LeaveAction>,
    ) {
        let Origin::File(path) = self.session.origin().clone() else {
            return;
        };
        match resolution {
            FileResolution::Overwrite => {
                if self.write_document(ctx, &path)
                    && let Some(leave_action) = leave_action
                {
                    self.leave(ctx, leave_action);
                }
            }
            FileResolution::Keep => {
                // The document differs from the file, so it is not saved any more.
                self.session.mark_unsaved(Origin::File(path.clone()));
                self.file_watch = Some(FileWatch::start(ctx, &path));
            }
            FileResolution::Load => match DOCUMENT_FORMATS.open_without_data(&path) {
                Ok(theirs) => {
                    self.apply_action(Edit::LoadDocument(Box::new(theirs.document().clone())));
                    let version = self.session.history().version();
                    self.session.mark_saved(version, Origin::File(path.clone()));
                    self.file_watch = Some(FileWatch::start(ctx, &path));
                    self.report_document_problems();
                }
                Err(e) => self.show_could_not_open(&file_name(&path), &e),
            },
            FileResolution::SaveAs => self.choose_file(ctx, FilePurpose::Save, leave_action),
        }
    }

    /// Saves the document to its file, or asks for one. Returns true if it is saved.
    pub(super) fn save(&mut self, ctx: &Context, leave_action: Option<LeaveAction>) -> bool {
        match self.session.origin() {
            Origin::File(path) => {
                let path = path.clone();
                if let Some(change) = self.file_watch.as_mut().and_then(FileWatch::change) {
                    let dialog = ChangedFileDialog::new(path, change, true, leave_action);
                    self.dialog = Some(Dialog::ChangedFile(dialog));
                    return false;
                }
                self.save_to(ctx, &path)
            }
            Origin::Preset(_) | Origin::Untitled => {
                self.choose_file(ctx, FilePurpose::Save, leave_action);
                false
            }
        }
    }

    /// Saves the document to a file that was chosen. Returns true if it is saved.
    fn save_to(&mut self, ctx: &Context, path: &Path) -> bool {
        match path.extension() {
            Some(_) => self.write_document(ctx, path),
            None => self.write_document(ctx, &path.with_extension(DOCUMENT_FORMATS.default_extension())),
        }
    }

    /// Writes the document to its file. Returns true if it is saved.
    fn write_document(&mut self, ctx: &Context, path: &Path) -> bool {
        match DOCUMENT_FORMATS.save(self.session.document(), path) {
            Ok(lost) => {
                let version = self.session.history().version();
                self.session.mark_saved(version, Origin::File(path.to_owned()));
                self.file_watch = Some(FileWatch::start(ctx, path));
                self.preferences.add_recent_file(path);
                self.save_preferences();
                match lost {
                    Some(lost) => self.show_problem(lost.message(self.messages)),
                    None => self.show_message(self.messages.file_saved(path.display())),
                }
                true
            }
            Err(e) => {
                self.show_could_not_save(path, &e);
                false
            }
        }
    }

    /// Shows the reason why a document or a table can't be opened.
    fn show_could_not_open(&mut self, name: &str, error: &impl Localized) {
        self.dialog = Some(Dialog::Problem {
            title: self.messages.could_not_open(name),
            text: capitalized(&error.message(self.messages)),
        });
    }

    /// Shows the reason why a file can't be written.
    pub(super) fn show_could_not_save(&mut self, path: &Path, error: &impl Localized) {
        self.dialog = Some(Dialog::Problem {
            title: self.messages.could_not_save(file_name(path)),
            text: capitalized(&error.message(self.messages)),
        });
    }

    /// Handles the results of the figure renderer.
    pub(super) fn receive_figures(&mut self, ctx: &Context) {
        match self.export.receive(ctx, self.messages) {
            Some(Ok(message)) => self.show_message(message),
            Some(Err(problem)) => self.show_problem(problem),
            None => {}
        }
    }

    /// Copies a link that contains the document.
    pub(super) fn copy_link(&mut self, ctx: &Context) {
        ctx.copy_text(link::write(self.session.document()));
        let setup = self.session.setup();
        self.show_message(match setup.map(|setup| &setup.config().source) {
            Some(DataSource::Table(table)) => self
                .messages
                .link_copied_without_data(file_name(&table.file.path)),
            _ => self.messages.link_copied().to_owned(),
        });
    }

    /// Opens a link that is pasted into the window, unless a text field takes it.
    pub(super) fn receive_pasted_link(&mut self, ctx: &Context) {
        if self.dialog.is_some() || ctx.text_edit_focused() {
            return;
        }
        let link = ctx.input_mut(|input| {
            let is_pasted_link = |event: &Event| matches!(event, Event::Paste(text) if link::is_link(text));
            let index = input.events.iter().position(is_pasted_link)?;
            match input.events.remove(index) {
                Event::Paste(text) => Some(text),
                _ => None,
            }
        });
        match link.as_deref().map(link::read) {
            Some(Ok(document)) => self.request_leave(ctx, LeaveAction::OpenNew(Box::new(document))),
            Some(Err(e)) => self.show_could_not_open(self.messages.format_link(), &e),
            None => {}
        }
    }

    /// Copies the figure to the clipboard.
    pub(super) fn copy_figure(&mut self, ctx: &Context) {
        if let Err(problem) = self
            .export
            .request(ctx, &self.session, self.messages.locale, RenderJob::Copy)
        {
            self.show_problem(problem.message(self.messages));
        }
    }

    /// Asks before unsaved changes are lost when the window is about to close.
    pub(super) fn handle_close_request(&mut self, ctx: &Context) {
        if !ctx.input(|input| input.viewport().close_requested()) || self.may_close {
            return;
        }
        self.leave_lesson();
        if self.session.is_unsaved() {
            ctx.send_viewport_cmd(ViewportCommand::CancelClose);
            self.dialog = Some(Dialog::UnsavedChanges(LeaveAction::Quit));
        } else {
            self.autosave.finish();
        }
    }

    pub(super) fn update_title(&mut self, ctx: &Context) {
        let name = document_name(&self.session, self.messages);
        let title = match self.session.is_unsaved() {
            true => self.messages.window_title_unsaved(name),
            false => self.messages.window_title(name),
        };
        if title != self.title {
            ctx.send_viewport_cmd(ViewportCommand::Title(title.clone()));
            self.title = title;
        }
    }
}
