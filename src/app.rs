//! The window: frame order, menus, files, and what is remembered.
//!
//! A frame is hands before eyes. First [`hands::Hands`] turn what happened to the parts of the last frame into
//! actions, and the session changes. Then everything is drawn from the session as it is now. Controls that act
//! while they are drawn send their actions to an outbox, which is applied when the pass ends; the frame is then
//! drawn once more, so none is stale.

pub mod autosave;
mod bars;
mod coach;
pub mod command;
mod dialog;
mod duel;
mod easel;
mod files;
pub mod hands;
mod hint;
mod icon;
mod layout;
mod menus;
pub mod opened;
mod part_menu;
mod pin_bar;
pub mod preferences;
mod preferred;
mod run_command;
mod score;
mod status;
mod stepping;
mod title;
mod training;

use std::path::PathBuf;

use egui::{Context, Ui};
use egui_tiles::Tree;

use crate::canvas::Elements;
use neurodial_core::insight::Insight;
use egui_figure::fonts;
use crate::panes::{Pane, PaneContext};
use neurodial_core::session::{Action, TrainingCommand, Session};

use autosave::Autosave;
use coach::TrainingController;
pub use command::Command;
use dialog::{Dialog, ExportSettings};
use duel::ActiveChallenge;
use files::FileChooser;
use hands::GestureInput;
use layout::PaneBehavior;
use preferences::Preferences;

/// Where the window keeps what it remembers; nothing is kept where there is no place.
#[derive(Debug, Clone, Default)]
pub struct StoragePaths {
    /// The file of the preferences.
    pub preferences: Option<PathBuf>,
    /// The folder for unsaved work.
    pub recovery: Option<PathBuf>,
}

/// What the status line says of the last action.
#[derive(Debug, Clone, Default)]
struct StatusMessage {
    text: String,
    is_problem: bool,
}

/// The program behind the window.
pub struct App {
    session: Session,
    insight: Insight,
    elements: Elements,
    gestures: GestureInput,
    preferences: Preferences,
    storage_paths: StoragePaths,
    tree: Tree<Pane>,
    /// Whether a person has moved, resized or hidden panes: then they stay where they are.
    is_rearranged: bool,
    /// Whether the first layout was made for a roomy window.
    is_large_layout: bool,
    maximized_pane: Option<Pane>,
    dialog: Option<Dialog>,
    export: ExportSettings,
    message: StatusMessage,
    autosave: Autosave,
    training_controller: TrainingController,
    /// What a hand has reached with the present data and network.
    best_loss: Option<score::BestLoss>,
    active_challenge: Option<ActiveChallenge>,
    file_chooser: Option<FileChooser>,
    title: String,
    /// When the next step is due, in seconds of the window's clock, while it steps by itself.
    next_auto_step: Option<f64>,
    /// Set when everything has been saved or given up: the next request to close is granted.
    may_close: bool,
}

impl std::fmt::Debug for App {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("App")
            .field("session", &self.session)
            .finish_non_exhaustive()
    }
}

/// Opens the window on a session, and returns when it is closed.
///
/// # Errors
/// If the system gives no window.
pub fn run(session: Session) -> anyhow::Result<()> {
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
        ..Default::default()
    };
    eframe::run_native(
        "neurodial",
        options,
        Box::new(|creation| Ok(Box::new(App::new(&creation.egui_ctx, session, storage_paths)))),
    )
    .map_err(|e| anyhow::anyhow!("{e}"))
}

impl App {
    /// The program on a session, ready to be drawn in `ctx`.
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
            .map(neurodial_core::session::file::recovery::find_recovered)
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
            storage_paths: storage_paths,
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
        app.report_data_problem();
        app
    }

    /// The program as it is drawn in a figure: nothing is read or kept, and marks bracket the parts.
    pub fn for_figure(ctx: &Context, session: Session, dark: bool, decimals: usize) -> Self {
        let mut app = Self::new(ctx, session, StoragePaths::default());
        app.preferences.dark = dark;
        app.preferences.decimals = decimals;
        app.elements = Elements::for_figure();
        app.apply_preferences(ctx);
        app
    }

    /// What is being worked on.
    pub fn session(&self) -> &Session {
        &self.session
    }

    /// What is derived from it, as it was last drawn.
    pub fn insight(&self) -> &Insight {
        &self.insight
    }

    /// The parts as they were last drawn.
    pub fn elements(&self) -> &Elements {
        &self.elements
    }

    /// Brings a pane into view, over the other tabs of its place.
    pub fn show_pane(&mut self, pane: Pane) {
        layout::set_shown(&mut self.tree, pane, true);
    }

    /// One pass: hands, then eyes.
    pub fn pass_ui(&mut self, ui: &mut Ui) {
        let ctx = ui.ctx().clone();
        let mut commands = Vec::new();
        // A second pass of the same frame has the same gestures, which have been seen already.
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
        self.insight.set_curves_shown(self.is_curves_pane_shown());
        self.insight.update(&self.session);
        self.update_best_loss();
        self.elements.clear();

        let mut outbox = Vec::new();
        let number_error = self.elements.number_error.clone();
        self.contents_ui(ui, &mut outbox, &mut commands);
        self.commit_orphaned_number_edit(&ctx, &mut outbox);
        // A click on their tab brings the curves into view.
        self.insight.set_curves_shown(self.is_curves_pane_shown());
        let needs_another_pass =
            self.elements.advance_focus_request() || self.elements.number_error != number_error || self.insight.are_curves_due();
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

    fn is_curves_pane_shown(&self) -> bool {
        match self.maximized_pane {
            Some(pane) => pane == Pane::Curves,
            None => layout::is_shown(&self.tree, Pane::Curves),
        }
    }

    fn contents_ui(&mut self, ui: &mut Ui, outbox: &mut Vec<Action>, commands: &mut Vec<Command>) {
        let theme = self.theme();
        let had_dialog = self.dialog.is_some();
        let is_large = layout::is_large(ui.ctx().content_rect().size());
        if !self.is_rearranged && self.is_large_layout != is_large {
            // The tabs that a person has chosen stay chosen.
            let first = layout::default_layout(self.is_large_layout);
            let mut chosen = Pane::ALL.to_vec();
            chosen.retain(|&pane| layout::is_shown(&self.tree, pane) && !layout::is_shown(&first, pane));
            self.is_large_layout = is_large;
            self.tree = layout::default_layout(is_large);
            for pane in chosen {
                layout::set_shown(&mut self.tree, pane, true);
            }
        }
        bars::top_bar_ui(self, ui, outbox, commands);
        pin_bar::snapshot_bar_ui(self, ui, outbox);
        status::status_ui(self, ui, outbox);
        self.elements.number_error = None;
        let frame = egui::Frame::new().fill(theme.background).inner_margin(egui::Margin {
            left: 10,
            right: 10,
            top: 10,
            bottom: 8,
        });
        egui::CentralPanel::default().frame(frame).show(ui, |ui| {
            let mut pane_context = PaneContext {
                session: &self.session,
                insight: &self.insight,
                theme,
                options: None,
                actions: outbox,
            };
            let mut pane_behavior = PaneBehavior {
                pane_context: &mut pane_context,
                elements: &mut self.elements,
                commands,
                maximized_pane: self.maximized_pane,
                is_rearranged: &mut self.is_rearranged,
            };
            match self.maximized_pane {
                Some(pane) => {
                    pane_behavior.card_ui(ui, pane);
                }
                None => self.tree.ui(&mut pane_behavior, ui),
            }
        });
        hint::drag_hint_ui(self, ui.ctx());
        part_menu::element_menu_ui(self, ui.ctx(), outbox);
        if had_dialog {
            dialog::dialog_ui(self, ui.ctx(), outbox);
        } else if self.dialog.is_some() {
            // Drawn at once, it would take the key that opened it for an answer.
            ui.ctx().request_discard("a dialog opens");
        }
    }

    /// A number whose field has gone out of view is entered, as by a click elsewhere, and the focus stays in its
    /// canvas if that is still there.
    fn commit_orphaned_number_edit(&mut self, ctx: &Context, outbox: &mut Vec<Action>) {
        let Some(lost) = self.elements.take_orphaned_number_edit() else {
            return;
        };
        if let Ok(Some(value)) = lost.draft.parse()
            && self.session.document().value(lost.adjustable) != Some(value)
        {
            outbox.push(Action::Set {
                target: lost.adjustable,
                value,
            });
        }
        if let Some(current) = self.elements.tab_stop(lost.canvas) {
            ctx.memory_mut(|memory| {
                if memory.has_focus(lost.field_id()) {
                    memory.request_focus(current.id);
                }
            });
        }
    }

    /// Does an action; a refusal is told in the status line.
    fn apply_action(&mut self, action: Action) {
        let is_rebuilding = matches!(
            action,
            Action::EditArchitecture(_)
                | Action::Undo
                | Action::Redo
                | Action::StartOver
                | Action::NewNetworkForData
                | Action::SetFeatures(_)
                | Action::Training(TrainingCommand::NewNetworkForData)
        );
        match self.try_apply_action(action) {
            Ok(()) => {
                self.message = StatusMessage::default();
                if is_rebuilding {
                    // The same address may now be another knob's.
                    self.elements.number_edit = None;
                }
            }
            Err(refusal) => self.show_problem(refusal.to_string()),
        }
        let view = self.session.view();
        let (decimals, face, strips) = (view.decimals, view.knob_layout, view.has_knob_profiles);
        let preferences = &mut self.preferences;
        if (preferences.decimals, preferences.face, preferences.strips) != (decimals, face, strips) {
            (preferences.decimals, preferences.face, preferences.strips) = (decimals, face, strips);
            self.save_preferences();
        }
    }

    fn show_problem(&mut self, text: String) {
        self.message = StatusMessage {
            text,
            is_problem: true,
        };
    }

    fn show_message(&mut self, text: String) {
        self.message = StatusMessage {
            text,
            is_problem: false,
        };
    }

    /// Goes over to another document.
    fn replace_session(&mut self, session: Session) {
        self.training_controller.clear();
        self.active_challenge = None;
        self.insight = Insight::new(&session);
        self.session = session;
        self.elements = Elements::default();
        self.gestures = GestureInput::default();
        self.message = StatusMessage::default();
        // Before any other action: each takes the view for what the person prefers.
        self.apply_view_preferences();
        self.report_data_problem();
    }

    /// Says if the document's data is not as it was: its file is gone, or has changed.
    fn report_data_problem(&mut self) {
        let problem = self.session.setup().and_then(|course| course.problem());
        if let Some(problem) = problem.map(str::to_owned) {
            self.show_problem(problem);
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
