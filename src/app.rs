//! The main window: frame order, menus, files and saved preferences.
//!
//! Each frame handles input before it paints. First, `gestures::GestureInput` turns the gestures on the
//! elements of the last frame into actions, and the session applies them. Then everything is drawn from the
//! session as it is now. Controls that change something while they are drawn push their actions to an outbox,
//! which is applied at the end of the pass; the frame is then drawn once more, so that nothing shown is out
//! of date.

mod apply_preferences;
pub(crate) mod autosave;
mod challenge;
pub(crate) mod command;
mod dialog;
mod dispatch;
mod drag_hint;
mod element_menu;
mod figure_renderer;
mod files;
pub(crate) mod gestures;
mod icon;
mod layout;
mod loss_status;
mod menus;
pub(crate) mod preferences;
mod run_command;
mod snapshot_bar;
mod status;
mod stepping;
mod title;
mod top_bar;
mod training;
mod training_controller;

use std::path::PathBuf;

use egui::{Context, Ui};
use egui_tiles::Tree;

use crate::canvas::Elements;
use crate::panes::pane_info::PlotKind;
use crate::panes::{Pane, PaneContext};
use egui_figure::{FallbackFonts, fonts};
use neurodial_core::insight::Insight;
use neurodial_core::session::{Action, Edit, Session};

use autosave::Autosave;
use challenge::ActiveChallenge;
pub(crate) use command::Command;
use dialog::{Dialog, ExportSettings};
use files::FileChooser;
use gestures::GestureInput;
use layout::PaneBehavior;
use preferences::Preferences;
use training_controller::TrainingController;

/// The paths where the window saves what it remembers. Nothing is saved where a path is `None`.
#[derive(Debug, Clone, Default)]
pub struct StoragePaths {
    /// The file of the preferences.
    pub preferences: Option<PathBuf>,
    /// The folder for recovery files of unsaved documents.
    pub recovery: Option<PathBuf>,
}

/// The result of the last action, for the status line.
#[derive(Debug, Clone, Default)]
struct StatusMessage {
    text: String,
    is_problem: bool,
}

/// The state of the main window.
pub struct App {
    session: Session,
    insight: Insight,
    elements: Elements,
    gestures: GestureInput,
    preferences: Preferences,
    storage_paths: StoragePaths,
    tree: Tree<Pane>,
    /// True if the user has moved, resized or hidden panes. The layout then no longer follows the window
    /// size.
    is_rearranged: bool,
    /// True if the default layout in use is the one for a large window.
    is_large_layout: bool,
    /// The pane that fills the window, if one is maximized.
    maximized_pane: Option<Pane>,
    dialog: Option<Dialog>,
    export: ExportSettings,
    message: StatusMessage,
    autosave: Autosave,
    training_controller: TrainingController,
    /// The lowest loss that the user has reached with the current data and network.
    best_loss: Option<loss_status::BestLoss>,
    active_challenge: Option<ActiveChallenge>,
    file_chooser: Option<FileChooser>,
    title: String,
    /// The time of the next automatic step through the forward pass, in seconds of egui's clock; `None` if
    /// automatic stepping is off.
    next_auto_step: Option<f64>,
    /// True once all changes are saved or discarded: the next request to close the window is granted.
    may_close: bool,
}

impl std::fmt::Debug for App {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("App")
            .field("session", &self.session)
            .finish_non_exhaustive()
    }
}

/// Opens the window on a session and returns when it is closed. `fallback_fonts` are for characters that the
/// bundled fonts lack.
///
/// # Errors
/// Returns an error if the window can't be created.
pub fn run(session: Session, fallback_fonts: FallbackFonts) -> anyhow::Result<()> {
    let storage_paths = StoragePaths {
        preferences: autosave::preferences_file(),
        recovery: autosave::recovery_folder(),
    };
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
            let app = App::new(&creation.egui_ctx, session, storage_paths);
            fonts::set_fallback_fonts(&creation.egui_ctx, fallback_fonts);
            Ok(Box::new(app))
        }),
    )
    .map_err(|e| anyhow::anyhow!("{e}"))
}

impl App {
    /// Creates the window's state for a session, ready to be drawn in `ctx`. Reads the preferences and looks
    /// for recovered documents.
    pub fn new(ctx: &Context, session: Session, storage_paths: StoragePaths) -> Self {
        let preferences = storage_paths
            .preferences
            .as_deref()
            .map(Preferences::read)
            .unwrap_or_default();
        let saved_layout = preferences.layout.clone().filter(layout::has_unique_panes);
        let recovered = storage_paths
            .recovery
            .as_deref()
            .map(neurodial_core::formats::recovery::find_recovered)
            .unwrap_or_default();
        fonts::install(ctx);
        ctx.options_mut(|options| options.zoom_with_keyboard = false);
        let mut app = Self {
            insight: Insight::new(&session),
            session,
            elements: Elements::default(),
            gestures: GestureInput::default(),
            preferences,
            autosave: Autosave::start(storage_paths.recovery.as_deref()),
            storage_paths,
            is_rearranged: saved_layout.is_some(),
            is_large_layout: true,
            tree: saved_layout.unwrap_or_else(|| layout::default_layout(true)),
            maximized_pane: None,
            dialog: (!recovered.is_empty()).then(|| Dialog::Recovery(recovered)),
            export: ExportSettings::default(),
            message: StatusMessage::default(),
            training_controller: TrainingController::new(ctx),
            best_loss: None,
            active_challenge: None,
            file_chooser: None,
            title: String::new(),
            next_auto_step: None,
            may_close: false,
        };
        app.apply_preferences(ctx);
        app.report_document_problems();
        app
    }

    /// Creates the state for drawing the window in a figure. Reads and saves no files; markers bracket each
    /// element.
    pub(crate) fn for_figure(ctx: &Context, session: Session, dark: bool, decimals: usize) -> Self {
        let mut app = Self::new(ctx, session, StoragePaths::default());
        app.preferences.dark = dark;
        app.preferences.decimals = decimals;
        app.elements = Elements::for_figure();
        app.apply_preferences(ctx);
        app
    }

    /// Returns the session that is open.
    pub fn session(&self) -> &Session {
        &self.session
    }

    /// Returns what was derived from the session for the last drawn frame.
    pub fn insight(&self) -> &Insight {
        &self.insight
    }

    /// Returns the elements of the last drawn frame.
    pub fn elements(&self) -> &Elements {
        &self.elements
    }

    /// Shows a pane, in front of the other tabs of its container.
    pub fn show_pane(&mut self, pane: Pane) {
        layout::set_shown(&mut self.tree, pane, true);
    }

    /// Runs one pass: handles input, then draws the window.
    pub fn pass_ui(&mut self, ui: &mut Ui) {
        let ctx = ui.ctx().clone();
        let mut commands = Vec::new();
        // A second pass of the same frame sees the same events, which are handled already.
        if ctx.current_pass_index() == 0 {
            self.handle_close_request(&ctx);
            self.receive_files(&ctx);
            self.receive_figures(&ctx);
            self.receive_training();
            self.update_challenge(&ctx);
            if self.dialog.is_none() {
                commands = Command::pressed(&ctx);
                self.update_stepping(&ctx);
                for action in self.gestures.process(&ctx, &self.session, &mut self.elements) {
                    self.apply_action(action);
                }
            }
            for command in commands.drain(..) {
                self.run_command(&ctx, command);
            }
            self.resume_training();
        }
        self.insight.hold_y_axis(self.gestures.is_busy());
        self.insight.set_curves_shown(self.are_curves_shown());
        self.insight.update(&self.session);
        self.update_best_loss();
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
        if !self.gestures.is_busy() && !self.training_controller.is_training(&self.session) {
            self.autosave.update(&self.session);
        }
        self.update_title(&ctx);
    }

    /// True if a pane with curves is visible.
    fn are_curves_shown(&self) -> bool {
        let is_shown = |pane: Pane| match self.maximized_pane {
            Some(maximized) => pane == maximized,
            None => layout::is_shown(&self.tree, pane),
        };
        Pane::in_window().any(|pane| pane.has_plot(PlotKind::Curves) && is_shown(pane))
    }

    /// Draws the bars, the panes, the open menu and the open dialog.
    fn contents_ui(&mut self, ui: &mut Ui, outbox: &mut Vec<Action>, commands: &mut Vec<Command>) {
        let theme = self.theme();
        let had_dialog = self.dialog.is_some();
        let is_large = layout::is_large(ui.ctx().content_rect().size());
        if !self.is_rearranged && self.is_large_layout != is_large {
            // Tabs that the user has selected stay selected.
            let first = layout::default_layout(self.is_large_layout);
            let mut chosen: Vec<Pane> = Pane::in_window().collect();
            chosen.retain(|&pane| layout::is_shown(&self.tree, pane) && !layout::is_shown(&first, pane));
            self.is_large_layout = is_large;
            self.tree = layout::default_layout(is_large);
            for pane in chosen {
                layout::set_shown(&mut self.tree, pane, true);
            }
        }
        top_bar::top_bar_ui(self, ui, outbox, commands);
        snapshot_bar::snapshot_bar_ui(self, ui, outbox);
        status::status_ui(self, ui, outbox);
        self.elements.number_error = None;
        let frame = egui::Frame::new()
            .fill(theme.background)
            .inner_margin(egui::Margin {
                left: 10,
                right: 10,
                top: 10,
                bottom: 8,
            });
        let mut requests = Vec::new();
        egui::CentralPanel::default().frame(frame).show(ui, |ui| {
            let mut context =
                PaneContext::new(&self.session, &self.insight, theme, None, outbox, &mut requests);
            let mut behavior = PaneBehavior {
                context: &mut context,
                elements: &mut self.elements,
                commands,
                maximized_pane: self.maximized_pane,
                is_rearranged: &mut self.is_rearranged,
            };
            match self.maximized_pane {
                Some(pane) => {
                    behavior.card_ui(ui, pane);
                }
                None => self.tree.ui(&mut behavior, ui),
            }
        });
        commands.extend(requests.into_iter().map(Command::from));
        drag_hint::drag_hint_ui(self, ui.ctx());
        element_menu::element_menu_ui(self, ui.ctx(), outbox);
        if had_dialog {
            dialog::dialog_ui(self, ui.ctx(), outbox);
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
            outbox.push(edit.into());
        }
        if let Some(current) = self.elements.tab_stop(lost.canvas) {
            ctx.memory_mut(|memory| {
                if memory.has_focus(lost.field_id()) {
                    memory.request_focus(current.id);
                }
            });
        }
    }

    /// Shows an error in the status line.
    fn show_problem(&mut self, text: String) {
        self.message = StatusMessage {
            text,
            is_problem: true,
        };
    }

    /// Shows a message in the status line.
    fn show_message(&mut self, text: String) {
        self.message = StatusMessage {
            text,
            is_problem: false,
        };
    }

    /// Replaces the session by one with another document.
    fn replace_session(&mut self, session: Session) {
        self.training_controller.clear();
        self.active_challenge = None;
        self.insight = Insight::new(&session);
        let view_before = std::mem::replace(&mut self.session, session).view().clone();
        self.elements = Elements::default();
        self.gestures = GestureInput::default();
        self.message = StatusMessage::default();
        // This comes before any other action, because each one copies the view's options to the preferences.
        self.apply_view_preferences();
        self.keep_view_choices(&view_before);
        self.report_document_problems();
    }

    /// Shows a message if the document's data file is missing or has changed, or if the document has keys that
    /// this program doesn't know.
    fn report_document_problems(&mut self) {
        let data = self.session.setup().and_then(|setup| setup.problem());
        let keys = self.session.document().ignored_keys_notice();
        let problems: Vec<String> = data.map(str::to_owned).into_iter().chain(keys).collect();
        if !problems.is_empty() {
            self.show_problem(problems.join(" · "));
        }
    }
}

impl eframe::App for App {
    fn ui(&mut self, ui: &mut Ui, _frame: &mut eframe::Frame) {
        self.pass_ui(ui);
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
