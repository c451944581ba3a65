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

use crate::canvas::Stage;
use neurodial_core::insight::Insight;
use egui_figure::fonts;
use crate::panes::{Pane, Scene};
use neurodial_core::session::{Action, Coaching, Session};

use autosave::Autosave;
use coach::Coach;
pub use command::Command;
use dialog::{Dialog, Export};
use duel::Rival;
use files::FileChooser;
use hands::Hands;
use layout::Cards;
use preferences::Preferences;

/// Where the window keeps what it remembers; nothing is kept where there is no place.
#[derive(Debug, Clone, Default)]
pub struct Places {
    /// The file of the preferences.
    pub preferences: Option<PathBuf>,
    /// The folder for unsaved work.
    pub recovery: Option<PathBuf>,
}

/// What the status line says of the last action.
#[derive(Debug, Clone, Default)]
struct Message {
    text: String,
    is_problem: bool,
}

/// The program behind the window.
pub struct App {
    session: Session,
    insight: Insight,
    stage: Stage,
    hands: Hands,
    preferences: Preferences,
    places: Places,
    tree: Tree<Pane>,
    /// Whether a person has moved, resized or hidden panes: then they stay where they are.
    is_rearranged: bool,
    /// Whether the first layout was made for a roomy window.
    is_roomy: bool,
    filled: Option<Pane>,
    dialog: Option<Dialog>,
    export: Export,
    message: Message,
    autosave: Autosave,
    coach: Coach,
    /// What a hand has reached with the present data and network.
    best: Option<score::Best>,
    rival: Option<Rival>,
    chooser: Option<FileChooser>,
    title: String,
    /// When the next step is due, in seconds of the window's clock, while it steps by itself.
    next_step: Option<f64>,
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
    let places = Places {
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
        Box::new(|creation| Ok(Box::new(App::new(&creation.egui_ctx, session, places)))),
    )
    .map_err(|e| anyhow::anyhow!("{e}"))
}

impl App {
    /// The program on a session, ready to be drawn in `ctx`.
    pub fn new(ctx: &Context, session: Session, places: Places) -> Self {
        let preferences = places
            .preferences
            .as_deref()
            .map(Preferences::read)
            .unwrap_or_default();
        let remembered = preferences.layout.clone().filter(layout::is_whole);
        let rescued = places
            .recovery
            .as_deref()
            .map(neurodial_core::session::file::recovery::find)
            .unwrap_or_default();
        fonts::install(ctx);
        ctx.options_mut(|options| options.zoom_with_keyboard = false);
        let mut app = Self {
            insight: Insight::new(&session),
            session,
            stage: Stage::default(),
            hands: Hands::default(),
            preferences,
            autosave: Autosave::start(places.recovery.as_deref()),
            places,
            is_rearranged: remembered.is_some(),
            is_roomy: true,
            tree: remembered.unwrap_or_else(|| layout::first_layout(true)),
            filled: None,
            dialog: (!rescued.is_empty()).then(|| Dialog::Rescue(rescued)),
            export: Export::default(),
            message: Message::default(),
            coach: Coach::new(ctx),
            best: None,
            rival: None,
            chooser: None,
            title: String::new(),
            next_step: None,
            may_close: false,
        };
        app.show_preferences(ctx);
        app.tell_of_data();
        app
    }

    /// The program as it is drawn in a figure: nothing is read or kept, and marks bracket the parts.
    pub fn for_figure(ctx: &Context, session: Session, dark: bool, decimals: usize) -> Self {
        let mut app = Self::new(ctx, session, Places::default());
        app.preferences.dark = dark;
        app.preferences.decimals = decimals;
        app.stage = Stage::of_figure();
        app.show_preferences(ctx);
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
    pub fn stage(&self) -> &Stage {
        &self.stage
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
            self.watch_window(&ctx);
            self.take_files(&ctx);
            self.take_figures(&ctx);
            self.take_lesson();
            self.follow_duel(&ctx);
            if self.dialog.is_none() {
                commands = Command::pressed(&ctx);
                self.watch_stepping(&ctx);
                for action in self.hands.work(&ctx, &self.session, &mut self.stage) {
                    self.act(action);
                }
            }
            for command in commands.drain(..) {
                self.run_command(&ctx, command);
            }
            self.resume();
        }
        self.insight.hold_fit(self.hands.are_busy());
        self.insight.show_curves(self.are_curves_shown());
        self.insight.update(&self.session);
        self.follow_best();
        self.stage.clear();

        let mut outbox = Vec::new();
        let reason = self.stage.reason.clone();
        self.eyes_ui(ui, &mut outbox, &mut commands);
        self.end_lost_editing(&ctx, &mut outbox);
        // A click on their tab brings the curves into view.
        self.insight.show_curves(self.are_curves_shown());
        let is_asked =
            self.stage.settle_wishes() || self.stage.reason != reason || self.insight.are_curves_due();
        let has_changed = is_asked || !outbox.is_empty() || !commands.is_empty();
        for action in outbox {
            self.act(action);
        }
        for command in commands {
            self.run_command(&ctx, command);
        }
        if has_changed {
            ctx.request_discard("a control acted while it was drawn");
        }
        if !self.hands.are_busy() && !self.coach.is_playing(&self.session) {
            self.autosave.follow(&self.session);
        }
        self.show_title(&ctx);
    }

    fn are_curves_shown(&self) -> bool {
        match self.filled {
            Some(pane) => pane == Pane::Curves,
            None => layout::is_shown(&self.tree, Pane::Curves),
        }
    }

    fn eyes_ui(&mut self, ui: &mut Ui, outbox: &mut Vec<Action>, commands: &mut Vec<Command>) {
        let look = self.look();
        let had_dialog = self.dialog.is_some();
        let is_roomy = layout::is_roomy(ui.ctx().content_rect().size());
        if !self.is_rearranged && self.is_roomy != is_roomy {
            // The tabs that a person has chosen stay chosen.
            let first = layout::first_layout(self.is_roomy);
            let mut chosen = Pane::ALL.to_vec();
            chosen.retain(|&pane| layout::is_shown(&self.tree, pane) && !layout::is_shown(&first, pane));
            self.is_roomy = is_roomy;
            self.tree = layout::first_layout(is_roomy);
            for pane in chosen {
                layout::set_shown(&mut self.tree, pane, true);
            }
        }
        bars::top_ui(self, ui, outbox, commands);
        pin_bar::pin_bar_ui(self, ui, outbox);
        status::status_ui(self, ui, outbox);
        self.stage.reason = None;
        let ground = egui::Frame::new().fill(look.ground).inner_margin(egui::Margin {
            left: 10,
            right: 10,
            top: 10,
            bottom: 8,
        });
        egui::CentralPanel::default().frame(ground).show(ui, |ui| {
            let mut scene = Scene {
                session: &self.session,
                insight: &self.insight,
                look,
                paper: None,
                outbox,
            };
            let mut cards = Cards {
                scene: &mut scene,
                stage: &mut self.stage,
                commands,
                filled: self.filled,
                is_rearranged: &mut self.is_rearranged,
            };
            match self.filled {
                Some(pane) => {
                    cards.card_ui(ui, pane);
                }
                None => self.tree.ui(&mut cards, ui),
            }
        });
        hint::hint_ui(self, ui.ctx());
        part_menu::part_menu_ui(self, ui.ctx(), outbox);
        if had_dialog {
            dialog::dialog_ui(self, ui.ctx(), outbox);
        } else if self.dialog.is_some() {
            // Drawn at once, it would take the key that opened it for an answer.
            ui.ctx().request_discard("a dialog opens");
        }
    }

    /// A number whose field has gone out of view is entered, as by a click elsewhere, and the focus stays in its
    /// canvas if that is still there.
    fn end_lost_editing(&mut self, ctx: &Context, outbox: &mut Vec<Action>) {
        let Some(lost) = self.stage.take_lost_editing() else {
            return;
        };
        if let Ok(Some(value)) = lost.draft.number()
            && self.session.document().value(lost.target) != Some(value)
        {
            outbox.push(Action::Set {
                target: lost.target,
                value,
            });
        }
        if let Some(current) = self.stage.current(lost.canvas) {
            ctx.memory_mut(|memory| {
                if memory.has_focus(lost.field_id()) {
                    memory.request_focus(current.id);
                }
            });
        }
    }

    /// Does an action; a refusal is told in the status line.
    fn act(&mut self, action: Action) {
        let is_rebuilding = matches!(
            action,
            Action::Operate(_)
                | Action::Undo
                | Action::Redo
                | Action::StartOver
                | Action::NetworkForData
                | Action::SetFeatures(_)
                | Action::Coach(Coaching::NewNetwork)
        );
        match self.carry_out(action) {
            Ok(()) => {
                self.message = Message::default();
                if is_rebuilding {
                    // The same address may now be another knob's.
                    self.stage.editing = None;
                }
            }
            Err(refusal) => self.complain(refusal.to_string()),
        }
        let view = self.session.view();
        let (decimals, face, strips) = (view.decimals, view.face, view.strips);
        let known = &mut self.preferences;
        if (known.decimals, known.face, known.strips) != (decimals, face, strips) {
            (known.decimals, known.face, known.strips) = (decimals, face, strips);
            self.keep_preferences();
        }
    }

    fn complain(&mut self, text: String) {
        self.message = Message {
            text,
            is_problem: true,
        };
    }

    fn tell(&mut self, text: String) {
        self.message = Message {
            text,
            is_problem: false,
        };
    }

    /// Goes over to another document.
    fn change_session(&mut self, session: Session) {
        self.coach.forget();
        self.rival = None;
        self.insight = Insight::new(&session);
        self.session = session;
        self.stage = Stage::default();
        self.hands = Hands::default();
        self.message = Message::default();
        // Before any other action: each takes the view for what the person prefers.
        self.view_as_preferred();
        self.tell_of_data();
    }

    /// Says if the document's data is not as it was: its file is gone, or has changed.
    fn tell_of_data(&mut self) {
        let complaint = self.session.course().and_then(|course| course.complaint());
        if let Some(complaint) = complaint.map(str::to_owned) {
            self.complain(complaint);
        }
    }
}

impl eframe::App for App {
    fn ui(&mut self, ui: &mut Ui, _frame: &mut eframe::Frame) {
        self.pass_ui(ui);
    }

    fn on_exit(&mut self, _gl: Option<&eframe::glow::Context>) {
        self.keep_layout();
        if self.may_close || !self.session.is_unsaved() {
            self.autosave.finish();
        }
    }

    fn clear_color(&self, _visuals: &egui::Visuals) -> [f32; 4] {
        self.look().ground.to_normalized_gamma_f32()
    }
}
