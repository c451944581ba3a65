//! The main window. This file opens it and draws its frames.
//!
//! Each frame handles input before it paints. First, `gestures::GestureInput` turns the gestures on the
//! elements of the last frame into actions, and the session applies them. Then everything is drawn from the
//! session as it is now. Controls that change something while they are drawn push their actions to an outbox,
//! which is applied at the end of the pass; the frame is then drawn once more, so that nothing shown is out
//! of date.
//!
//! A module imports only modules above it in this table; this file imports all of them.
//!
//! | module | contents |
//! | --- | --- |
//! | `system_settings` | the settings of the operating system that the window follows |
//! | `icon`, `structure`, `command`, `arrangement`, `preferences`, `autosave`, `crash_report` | what the window offers, and what it saves by itself |
//! | `input_method` | keys that belong to an input method |
//! | `training_controller`, `challenge`, `best_loss` | training in threads, and what the user has reached by hand |
//! | `gestures`, `layout`, `presentation` | gestures on elements; the layout and the frames of the panes; those of presentation mode |
//! | `data_loader`, `file_chooser`, `figure_renderer` | reading data, choosing files and rendering figures in threads |
//! | `lesson` | the state of a lesson, and the controls of its panel |
//! | `dialog` | the dialogs, which return what the window has to do |
//! | `state` | [`App`]: the state of the window, with what other modules read of it |
//! | `dispatch`, `files`, `stepping`, `presenting`, `playing`, `run_command` | run actions, read and write files, and run commands |
//! | `answer_log`, `lesson_play` | the answer log on the disk; starting a lesson and going through its steps |
//! | `lesson_panel` | the panel of a lesson beside the panes |
//! | `menus`, `element_menu`, `top_bar`, `status`, `figure_panel` | draw the bars, the menus and the panel around the panes |

mod answer_log;
mod arrangement;
pub(crate) mod autosave;
mod best_loss;
mod challenge;
pub(crate) mod command;
mod crash_report;
mod data_loader;
mod dialog;
mod dispatch;
mod element_menu;
mod figure_panel;
mod figure_renderer;
mod file_chooser;
mod file_watch;
mod files;
pub(crate) mod gestures;
mod icon;
mod input_method;
mod layout;
mod lesson;
mod lesson_panel;
mod lesson_play;
mod menus;
mod playback;
mod playing;
pub(crate) mod preferences;
mod presentation;
mod presenting;
mod run_command;
mod state;
mod status;
mod stepping;
mod structure;
mod system_settings;
mod top_bar;
mod training_controller;

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::path::PathBuf;

use egui::{Context, Id, Modal, ScrollArea, Ui};

use crate::canvas::Elements;
use crate::figure_page::FigureSpec;
use crate::panes::pane_info::PlotKind;
use crate::panes::{Pane, PaneContext};
use crate::theme::ThemeMode;
use crate::widgets::menu::scrolling_ui;
use egui_figure::{FallbackFonts, fonts};
use neurodial_core::formats::data_files::OutsideFiles;
use neurodial_core::insight::Insight;
use neurodial_core::session::{Action, Edit, Session, ViewChange};
use neurodial_core::text::{Locale, Messages};

use autosave::Autosave;
use best_loss::BestLoss;
use command::Command;
use data_loader::DataLoader;
use dialog::{Dialog, DialogOutcome, ExportSettings, RecoveryDialog};
use file_chooser::{FilePurpose, LeaveAction};
use gestures::GestureInput;
use layout::PaneBehavior;
use preferences::Preferences;
pub use state::{App, StoragePaths};
use state::{StartupNotice, StatusMessage};
use system_settings::SystemSettings;
use training_controller::TrainingController;

/// The first content of the window.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Opening {
    /// The choice of what to do, unless it was switched off.
    StartScreen,
    /// The document that was asked for.
    Document,
    /// The lesson in a file.
    Lesson(PathBuf),
}

/// Opens the window on a session and returns when it is closed. Data files are read from the document's folder and
/// `outside` of it. `fallback_fonts` are for characters that the bundled fonts lack.
///
/// # Errors
/// Returns an error if the window can't be created.
pub fn run(
    session: Session,
    opening: Opening,
    outside: OutsideFiles,
    fallback_fonts: FallbackFonts,
) -> anyhow::Result<()> {
    let storage_paths = StoragePaths {
        preferences: autosave::preferences_file(),
        recovery: autosave::recovery_folder(),
    };
    if let Some(folder) = &storage_paths.recovery {
        crash_report::install(folder.clone());
    }
    let viewport = egui::ViewportBuilder::default()
        .with_app_id("neurodial")
        .with_title("neurodial")
        .with_icon(icon::icon())
        .with_inner_size([1280.0, 800.0])
        .with_min_inner_size([640.0, 420.0])
        .with_drag_and_drop(true);
    let options = eframe::NativeOptions {
        viewport,
        system_font_fallback: false,
        ..Default::default()
    };
    eframe::run_native(
        "neurodial",
        options,
        Box::new(|creation| {
            let has_no_folder = storage_paths.recovery.is_none();
            let mut app = App::new(&creation.egui_ctx, session, storage_paths);
            app.data_loader.set_outside(outside);
            if has_no_folder {
                app.notices.push(StartupNotice::NoStateFolder);
            }
            app.set_system_settings(&creation.egui_ctx, SystemSettings::read());
            if let Some(name) = sys_locale::get_locale() {
                app.set_system_language(&name);
            }
            fonts::set_fallback_fonts(&creation.egui_ctx, fallback_fonts);
            match &opening {
                Opening::StartScreen => app.show_start_screen(),
                Opening::Document => {}
                Opening::Lesson(path) => app.open_lesson(&creation.egui_ctx, path),
            }
            Ok(Box::new(app))
        }),
    )
    .map_err(|e| anyhow::anyhow!("{e}"))
}

impl App {
    /// Creates the window's state for a session, ready to be drawn in `ctx`. Reads the preferences and looks
    /// for recovered documents.
    pub fn new(ctx: &Context, session: Session, storage_paths: StoragePaths) -> Self {
        let (preferences, problem) = storage_paths
            .preferences
            .as_deref()
            .map(Preferences::read)
            .unwrap_or_default();
        let layout = session.document().layout.unwrap_or(preferences.current_layout);
        let own_arrangement = preferences.arrangements.get(&layout).cloned();
        let recovery = storage_paths.recovery.as_deref().and_then(RecoveryDialog::find);
        fonts::install(ctx);
        ctx.options_mut(|options| options.zoom_with_keyboard = false);
        ctx.add_plugin(input_method::CompositionKeys::default());
        let mut app = Self {
            insight: Insight::new(&session),
            session,
            elements: Elements::default(),
            gestures: GestureInput::default(),
            messages: Messages::new(preferences.language.unwrap_or(Locale::English)),
            preferences,
            max_scale: *Preferences::SCALE_RANGE.end(),
            unscaled_size: egui::Vec2::ZERO,
            system_settings: SystemSettings::default(),
            presentation: None,
            autosave: Autosave::start(ctx, storage_paths.recovery.as_deref()),
            storage_paths,
            layout,
            is_rearranged: own_arrangement.is_some(),
            room: layout::WindowRoom::Full,
            tree: own_arrangement.unwrap_or_else(|| layout::default_layout(layout, layout::WindowRoom::Full)),
            selected_tabs: BTreeMap::new(),
            neuron_map_choices: BTreeMap::new(),
            maximized_pane: None,
            dialog: recovery.map(Dialog::Recovery),
            export: ExportSettings::default(),
            figure_pane: None,
            message: StatusMessage::default(),
            notices: problem.into_iter().map(StartupNotice::Preferences).collect(),
            training_controller: TrainingController::new(ctx),
            lesson: None,
            best_loss: None,
            active_challenge: None,
            file_chooser: None,
            data_loader: DataLoader::default(),
            file_watch: None,
            title: String::new(),
            next_auto_step: None,
            playback: None,
            gesture_overlay_end: None,
            may_close: false,
        };
        app.apply_preferences(ctx);
        let problem = app.autosave.take_problem();
        app.notices.extend(problem.map(StartupNotice::NotKept));
        app.report_document_problems();
        app
    }

    /// Creates the state for drawing the window in a figure. Reads and saves no files; markers bracket each
    /// element.
    pub(crate) fn for_figure(ctx: &Context, session: Session, spec: &FigureSpec) -> Self {
        let mut app = Self::new(ctx, session, StoragePaths::default());
        app.preferences.dark = spec.mode.is_dark();
        app.preferences.high_contrast = Some(spec.mode == ThemeMode::of_screen(spec.mode.is_dark(), true));
        app.preferences.decimals = spec.view.decimals;
        app.messages = Messages::new(spec.locale);
        app.elements = Elements::for_figure();
        app.apply_preferences(ctx);
        app
    }

    /// Runs one pass: handles input, then draws the window.
    pub fn pass_ui(&mut self, ui: &mut Ui) {
        let ctx = ui.ctx().clone();
        let mut commands = Vec::new();
        // A second pass of the same frame sees the same events, which are handled already.
        if ctx.current_pass_index() == 0 {
            self.limit_scale(&ctx);
            self.handle_close_request(&ctx);
            self.receive_files(&ctx);
            self.receive_pasted_link(&ctx);
            self.check_file(&ctx);
            self.update_data(&ctx);
            self.receive_figures(&ctx);
            self.receive_training();
            self.receive_autosave();
            self.update_challenge(&ctx);
            self.update_lesson(&ctx);
            if self.dialog.is_none() {
                commands = Command::pressed(&ctx);
                self.leave_presentation_on_escape(&ctx);
                self.restore_maximized_pane(&ctx);
                self.update_stepping(&ctx);
                let was_busy = self.gestures.is_busy();
                let actions = self.gestures.process(&ctx, &self.session, &mut self.elements);
                if self.gestures.is_busy() && !was_busy {
                    self.insight.begin_gesture(&self.session);
                }
                for action in actions {
                    self.apply_action(action);
                }
            }
            for command in commands.drain(..) {
                self.run_command(&ctx, command);
            }
            self.resume_training();
            self.update_playback(&ctx);
        }
        self.end_gesture(&ctx);
        self.update_neuron_maps();
        self.insight.set_curves_shown(self.are_curves_shown());
        self.insight.update(&self.session);
        BestLoss::update(&mut self.best_loss, &self.session, &self.insight);
        self.elements.clear();

        let mut outbox = Vec::new();
        let number_error = self.elements.number_error.clone();
        self.contents_ui(ui, &mut outbox, &mut commands);
        self.commit_orphaned_number_edit(&ctx, &mut outbox);
        // A click on its tab can bring the curves into view.
        self.insight.set_curves_shown(self.are_curves_shown());
        let needs_another_pass = self.elements.advance_focus_request()
            || self.elements.number_error != number_error
            || self.insight.are_curves_due();
        let has_changed = needs_another_pass || !outbox.is_empty() || !commands.is_empty();
        for action in outbox {
            self.apply_action(action);
        }
        for command in commands {
            self.run_command(&ctx, command);
        }
        if has_changed {
            ctx.request_discard("a control acted while it was drawn");
        }
        if !self.is_busy() && !self.training_controller.is_training(&self.session) {
            // During a lesson, it is the work that was put aside that must not be lost.
            let put_aside = self.lesson.as_ref().and_then(|lesson| lesson.own_session());
            self.autosave.update(put_aside.unwrap_or(&self.session));
        }
        self.update_title(&ctx);
    }

    /// Ends a gesture whose input has ended, and forgets the curves from before it a moment later.
    fn end_gesture(&mut self, ctx: &Context) {
        /// The time for which these curves stay, in seconds.
        const OVERLAY_DURATION: f64 = 1.2;
        if self.is_busy() {
            self.gesture_overlay_end = None;
            return;
        }
        let now = ctx.input(|input| input.time);
        if self.insight.is_gesture_active() {
            self.insight.end_gesture();
            self.gesture_overlay_end = Some(now + OVERLAY_DURATION);
        }
        match self.gesture_overlay_end {
            Some(end) if now < end => {
                ctx.request_repaint_after(std::time::Duration::from_secs_f64(end - now));
            }
            Some(_) => {
                self.insight.forget_gesture();
                self.gesture_overlay_end = None;
            }
            None => {}
        }
    }

    /// True if a pane with curves is visible.
    fn are_curves_shown(&self) -> bool {
        Pane::in_window().any(|pane| pane.has_plot(PlotKind::Curves) && self.is_pane_shown(pane))
    }

    /// Draws the bars, the panes, the open menu and the open dialog.
    fn contents_ui(&mut self, ui: &mut Ui, outbox: &mut Vec<Action>, commands: &mut Vec<Command>) {
        let theme = self.theme();
        let has_reduced_motion = self.has_reduced_motion();
        let had_dialog = self.dialog.is_some();
        let room = layout::WindowRoom::of_size(self.unscaled_size * 100.0 / self.normal_scale() as f32);
        if !self.is_rearranged && self.room != room {
            // Tabs that the user has selected stay selected.
            let selected = layout::selected_tabs(&self.tree, self.layout, self.room);
            self.room = room;
            self.tree = layout::default_layout(self.layout, room);
            for pane in selected {
                layout::set_shown(&mut self.tree, pane, true);
            }
        }
        if self.is_presenting() {
            presenting::presentation_bar_ui(self, ui, commands);
        } else {
            top_bar::top_bar_ui(self, ui, outbox, commands);
            top_bar::snapshot_bar_ui(self, ui, outbox);
            status::status_ui(self, ui, outbox);
            figure_panel::figure_panel_ui(self, ui);
        }
        lesson_panel::lesson_panel_ui(self, ui);
        self.elements.number_error = None;
        let margin = match self.is_presenting() {
            true => egui::Margin::same(4),
            false => egui::Margin {
                left: 10,
                right: 10,
                top: 10,
                bottom: 8,
            },
        };
        let frame = egui::Frame::new().fill(theme.background).inner_margin(margin);
        let mut requests = Vec::new();
        egui::CentralPanel::default().frame(frame).show(ui, |ui| {
            let mut context = PaneContext::new(
                &self.session,
                &self.insight,
                theme,
                self.messages,
                None,
                outbox,
                &mut requests,
            );
            context.is_presented = self.presentation.is_some();
            context.has_reduced_motion = has_reduced_motion;
            let (tree, is_rearranged) = match &mut self.presentation {
                Some(presentation) => (&mut presentation.tree, &mut false),
                None => (&mut self.tree, &mut self.is_rearranged),
            };
            let mut behavior = PaneBehavior {
                context: &mut context,
                elements: &mut self.elements,
                commands,
                maximized_pane: self.maximized_pane,
                is_rearranged,
            };
            match self.maximized_pane {
                Some(pane) => {
                    behavior.card_ui(ui, pane);
                }
                None => tree.ui(&mut behavior, ui),
            }
        });
        commands.extend(requests.into_iter().map(Command::from));
        status::pointer_hint_ui(self, ui.ctx());
        element_menu::element_menu_ui(self, ui.ctx(), outbox);
        if had_dialog {
            self.dialog_ui(ui.ctx(), outbox);
        } else if self.dialog.is_some() {
            // Drawn in this pass, the dialog would take the key press that opened it as an answer.
            ui.ctx().request_discard("a dialog opens");
        }
    }

    /// Applies a number whose text field is no longer drawn, as a click elsewhere would. The focus stays on
    /// its canvas if that is still there.
    fn commit_orphaned_number_edit(&mut self, ctx: &Context, outbox: &mut Vec<Action>) {
        let Some(lost) = self.elements.take_orphaned_number_edit() else {
            return;
        };
        let document = self.session.document();
        if let Ok(Some(edit)) = Edit::from_entry(document, lost.adjustable, &lost.draft.text)
            && !matches!(edit, Edit::Set { target, value } if document.value(target) == Some(value))
        {
            // Another neuron may have been selected since the number was typed.
            let selected = self.session.view().selected;
            outbox.extend([edit.into(), ViewChange::Select(selected).into()]);
        }
        if let Some(current) = self.elements.tab_stop(lost.canvas) {
            ctx.memory_mut(|memory| {
                if memory.has_focus(lost.field_id()) {
                    memory.request_focus(current.id);
                }
            });
        }
    }

    /// Draws the open dialog, if there is one, and does what it asks for.
    fn dialog_ui(&mut self, ctx: &Context, outbox: &mut Vec<Action>) {
        let Some(mut dialog) = self.dialog.take() else {
            return;
        };
        let theme = self.theme();
        let frame = egui::Frame::popup(&ctx.global_style()).inner_margin(Dialog::MARGIN);
        // Each dialog has its own size.
        let id = Id::unique("dialog").with(std::mem::discriminant(&dialog));
        let modal = Modal::new(id).frame(frame).show(ctx, |ui| {
            scrolling_ui(ui, ScrollArea::both(), Dialog::max_size(ctx), |ui| {
                dialog.show_ui(ui, &self.session, theme, self.messages, &mut self.export, outbox)
            })
        });
        let is_dismissed = modal.should_close();
        if let Dialog::Start(start) = &dialog
            && start.is_shown_at_start != self.preferences.has_start_screen
        {
            self.preferences.has_start_screen = start.is_shown_at_start;
            self.save_preferences();
        }
        match modal.inner {
            outcome @ (DialogOutcome::KeepOpen | DialogOutcome::CopyFigure) => {
                if matches!(outcome, DialogOutcome::CopyFigure) {
                    self.copy_figure(ctx);
                }
                // Recovered documents are never discarded by accident.
                let is_kept = matches!(&dialog, Dialog::Recovery(recovery) if recovery.has_documents());
                if is_dismissed && matches!(dialog, Dialog::OutsideData(_)) {
                    self.answer_outside_data(false);
                } else if !is_dismissed || is_kept {
                    self.dialog = Some(dialog);
                }
                return;
            }
            DialogOutcome::Close => {}
            DialogOutcome::SaveAndLeave(leave_action) => {
                if self.save(ctx, Some(leave_action.clone())) {
                    self.leave(ctx, leave_action);
                }
            }
            DialogOutcome::Leave(leave_action) => self.leave(ctx, leave_action),
            DialogOutcome::OpenNew(document) => self.request_leave(ctx, LeaveAction::OpenNew(document)),
            DialogOutcome::OpenRecovered(recovered) => {
                self.open_recovered(ctx, &recovered);
                // From now on this window's autosave keeps the document.
                self.autosave.update(&self.session);
                recovered.discard();
            }
            DialogOutcome::UsePath(purpose, path, leave_action) => {
                self.handle_path(ctx, purpose, &path, leave_action);
            }
            DialogOutcome::ResolveFile(resolution, leave_action) => {
                self.resolve_changed_file(ctx, resolution, leave_action);
            }
            DialogOutcome::OutsideData(is_allowed) => self.answer_outside_data(is_allowed),
            DialogOutcome::RunCommand(command) => self.run_command(ctx, command),
            DialogOutcome::ExportFigure(format) => {
                self.choose_file(ctx, FilePurpose::Export(format), None);
            }
        }
        ctx.request_discard("a dialog was answered");
    }
}

impl eframe::App for App {
    fn ui(&mut self, ui: &mut Ui, _frame: &mut eframe::Frame) {
        let pass = AssertUnwindSafe(|| self.pass_ui(ui));
        if let Err(panic) = catch_unwind(pass) {
            // The program ends, but keeps the document for the next start.
            let _ = catch_unwind(AssertUnwindSafe(|| self.autosave.keep(&self.session)));
            resume_unwind(panic);
        }
    }

    fn on_exit(&mut self, _gl: Option<&eframe::glow::Context>) {
        self.save_layout();
        if self.may_close || !self.session.is_unsaved() {
            self.autosave.finish();
        }
    }

    fn clear_color(&self, _visuals: &egui::Visuals) -> [f32; 4] {
        self.theme().background.to_normalized_gamma_f32()
    }
}
