//! The state of the main window: its fields, what other files read of them, the session and the preferences.
//!
//! The files that execute something or draw import it; it imports none of them.

use std::collections::BTreeMap;
use std::path::PathBuf;

use egui::Context;
use egui_tiles::Tree;

use crate::canvas::Elements;
use crate::panes::Pane;
use crate::theme::{ColorTheme, ThemeMode, style};
use neurodial_core::formats::FileError;
use neurodial_core::insight::Insight;
use neurodial_core::session::{Session, View, ViewChange, WindowLayout};
use neurodial_core::text::{Locale, Localized, Messages};

use super::autosave::Autosave;
use super::best_loss::BestLoss;
use super::challenge::ActiveChallenge;
use super::data_loader::DataLoader;
use super::dialog::{Dialog, ExportSettings};
use super::file_chooser::FileChooser;
use super::file_watch::FileWatch;
use super::gestures::GestureInput;
use super::layout;
use super::lesson::ActiveLesson;
use super::playback::Playback;
use super::preferences::{Preferences, PreferencesProblem};
use super::presentation::{self, Presentation};
use super::system_settings::SystemSettings;
use super::training_controller::TrainingController;

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
pub(super) struct StatusMessage {
    pub(super) text: String,
    pub(super) is_problem: bool,
}

/// Something that the user has to know when the window opens.
#[derive(Debug)]
pub(super) enum StartupNotice {
    /// Preferences have their default values.
    Preferences(PreferencesProblem),
    /// The system has no folder for a program's state.
    NoStateFolder,
    /// Unsaved changes can't be kept.
    NotKept(FileError),
}

impl Localized for StartupNotice {
    fn message(&self, messages: Messages) -> String {
        match self {
            Self::Preferences(problem) => problem.message(messages),
            Self::NoStateFolder => messages.autosave_without_folder().to_owned(),
            Self::NotKept(source) => messages.autosave_failed(source.message(messages)),
        }
    }
}

/// The state of the main window.
pub struct App {
    pub(super) session: Session,
    pub(super) insight: Insight,
    pub(super) elements: Elements,
    pub(super) gestures: GestureInput,
    pub(super) preferences: Preferences,
    /// The largest size of the interface that the window has room for, in percent.
    pub(super) max_scale: u32,
    /// The size of the window's contents at 100%, in points.
    pub(super) unscaled_size: egui::Vec2,
    /// The settings of the operating system.
    pub(super) system_settings: SystemSettings,
    /// The state of presentation mode; `None` outside of it.
    pub(super) presentation: Option<Presentation>,
    /// The texts in the preferred language.
    pub(super) messages: Messages,
    pub(super) storage_paths: StoragePaths,
    /// The layout that is shown.
    pub(super) layout: WindowLayout,
    pub(super) tree: Tree<Pane>,
    /// True if the user has moved, resized or hidden panes. The layout then no longer follows the window
    /// size.
    pub(super) is_rearranged: bool,
    /// The room for panes that the window has.
    pub(super) room: layout::WindowRoom,
    /// The tabs that the user has selected in the layouts that are not shown.
    pub(super) selected_tabs: BTreeMap<WindowLayout, Vec<Pane>>,
    /// True for the layouts in which the diagram has output maps in its neurons, as far as the user has chosen
    /// that.
    pub(super) neuron_map_choices: BTreeMap<WindowLayout, bool>,
    /// The pane that fills the window, if one is maximized.
    pub(super) maximized_pane: Option<Pane>,
    pub(super) dialog: Option<Dialog>,
    pub(super) export: ExportSettings,
    /// The pane in front in the layout Figure.
    pub(super) figure_pane: Option<Pane>,
    pub(super) message: StatusMessage,
    /// The notices of the start, until another document is opened.
    pub(super) notices: Vec<StartupNotice>,
    pub(super) autosave: Autosave,
    pub(super) training_controller: TrainingController,
    /// The lesson that is played, if there is one.
    pub(super) lesson: Option<Box<ActiveLesson>>,
    /// The lowest loss that the user has reached with the current data and network.
    pub(super) best_loss: Option<BestLoss>,
    pub(super) active_challenge: Option<ActiveChallenge>,
    pub(super) file_chooser: Option<FileChooser>,
    pub(super) data_loader: DataLoader,
    /// The file of the document, which other programs may change; `None` before the first frame.
    pub(super) file_watch: Option<FileWatch>,
    pub(super) title: String,
    /// The time of the next automatic step through the forward pass, in seconds of egui's clock; `None` if
    /// automatic stepping is off.
    pub(super) next_auto_step: Option<f64>,
    /// The knob or input that is being played, if any.
    pub(super) playback: Option<Playback>,
    /// The time at which the curves from before the last gesture disappear.
    pub(super) gesture_overlay_end: Option<f64>,
    /// True once all changes are saved or discarded: the next request to close the window is granted.
    pub(super) may_close: bool,
}

impl std::fmt::Debug for App {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("App")
            .field("session", &self.session)
            .finish_non_exhaustive()
    }
}

impl App {
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

    /// Shows an error in the status line.
    pub(super) fn show_problem(&mut self, text: String) {
        self.message = StatusMessage {
            text,
            is_problem: true,
        };
    }

    /// Shows a message in the status line.
    pub(super) fn show_message(&mut self, text: String) {
        self.message = StatusMessage {
            text,
            is_problem: false,
        };
    }

    /// Shows another session, without the choices for documents that the user opens. Returns the view before.
    pub(super) fn show_session(&mut self, session: Session) -> View {
        self.training_controller.clear();
        self.active_challenge = None;
        self.insight = Insight::new(&session);
        let view_before = std::mem::replace(&mut self.session, session).view().clone();
        self.elements = Elements::default();
        self.gestures = GestureInput::default();
        self.playback = None;
        self.file_watch = None;
        self.message = StatusMessage::default();
        view_before
    }

    /// Replaces the session by one with another document.
    pub(super) fn replace_session(&mut self, session: Session) {
        let view_before = self.show_session(session);
        // This comes before any other action, because each one copies the view's options to the preferences.
        self.apply_view_preferences();
        self.keep_view_choices(&view_before);
        let layout = self.session.document().layout;
        self.show_layout(layout.unwrap_or(self.preferences.current_layout));
        self.report_document_problems();
    }

    /// Shows the reason why unsaved changes can't be kept any more.
    pub(super) fn receive_autosave(&mut self) {
        if let Some(problem) = self.autosave.take_problem() {
            self.show_problem(StartupNotice::NotKept(problem).message(self.messages));
        }
    }

    /// Shows a message if there are notices of the start, if the document's data file is missing or has changed, or if the document has keys that
    /// this program doesn't know.
    pub(super) fn report_document_problems(&mut self) {
        // Data that is being read is no problem.
        let setup = self.session.setup();
        let data = setup
            .filter(|setup| setup.unread().is_none())
            .and_then(|setup| setup.problem());
        let keys = self.session.document().ignored_keys_notice(self.messages);
        let notices = self.notices.iter().map(|notice| notice.message(self.messages));
        let problems: Vec<String> = notices
            .chain(data.map(|problem| problem.message(self.messages)))
            .chain(keys)
            .collect();
        if !problems.is_empty() {
            self.show_problem(problems.join(" · "));
        }
    }

    /// Returns the color theme of the preferred mode, in presentation mode with stronger highlights.
    pub(super) fn theme(&self) -> &'static ColorTheme {
        let mode = ThemeMode::of_screen(self.preferences.dark, self.has_high_contrast());
        match self.presentation {
            Some(_) => ColorTheme::for_presentation(mode),
            None => ColorTheme::from_mode(mode),
        }
    }

    /// True if the colors have high contrast: as preferred, or else as the operating system says.
    pub(super) fn has_high_contrast(&self) -> bool {
        let preferred = self.preferences.high_contrast;
        preferred.unwrap_or(self.system_settings.has_high_contrast)
    }

    /// True if nothing moves by itself: as preferred, or else as the operating system says.
    pub(super) fn has_reduced_motion(&self) -> bool {
        let preferred = self.preferences.reduced_motion;
        preferred.unwrap_or(self.system_settings.has_reduced_motion)
    }

    /// Follows the settings of the operating system where the user prefers nothing else.
    pub(super) fn set_system_settings(&mut self, ctx: &Context, settings: SystemSettings) {
        self.system_settings = settings;
        self.apply_preferences(ctx);
    }

    /// Shows the window in the language of the operating system, unless another one has been chosen.
    pub(super) fn set_system_language(&mut self, name: &str) {
        let language = self.preferences.language;
        self.use_language(language.unwrap_or_else(|| Locale::from_system_name(name)));
    }

    /// Shows the window in another language, from the next frame on.
    pub(super) fn set_language(&mut self, locale: Locale) {
        self.preferences.language = Some(locale);
        self.use_language(locale);
        self.save_preferences();
    }

    /// Makes all texts in a language from now on; a message that was made in another one disappears.
    fn use_language(&mut self, locale: Locale) {
        self.messages = Messages::new(locale);
        self.message = StatusMessage::default();
        self.report_document_problems();
    }

    /// Applies all preferences to the window and the session's view.
    pub(super) fn apply_preferences(&mut self, ctx: &Context) {
        style::apply(ctx, self.theme());
        ctx.set_zoom_factor(self.scale() as f32 / 100.0);
        self.apply_view_preferences();
    }

    /// Returns the size of the interface in percent.
    pub(super) fn scale(&self) -> u32 {
        match &self.presentation {
            Some(presentation) => presentation.scale,
            None => self.normal_scale(),
        }
    }

    /// Returns the size of the interface outside of presentation mode, in percent: the preferred one, if the
    /// window has room for it.
    pub(super) fn normal_scale(&self) -> u32 {
        self.preferences.scale.min(self.max_scale)
    }

    /// Limits the size of the interface by that of the window, so that there is always room for the menus and
    /// for something below them.
    pub(super) fn limit_scale(&mut self, ctx: &Context) {
        /// The smallest size of the window's contents, in points.
        const MIN_SIZE: egui::Vec2 = egui::vec2(480.0, 320.0);
        self.unscaled_size = ctx.content_rect().size() * ctx.zoom_factor();
        let scale_before = self.scale();
        // A rounding error must not cost a percent.
        let max_scale = (100.0 * (self.unscaled_size / MIN_SIZE).min_elem() + 0.01) as u32;
        self.max_scale = max_scale.clamp(100, *Preferences::SCALE_RANGE.end());
        if let Some(presentation) = &mut self.presentation {
            presentation.scale = presentation::scale_for(self.unscaled_size);
        }
        if self.scale() != scale_before {
            ctx.set_zoom_factor(self.scale() as f32 / 100.0);
        }
    }

    /// Applies the preferred view options to the session.
    fn apply_view_preferences(&mut self) {
        let Preferences {
            decimals,
            knob_layout,
            has_knob_profiles,
            ..
        } = self.preferences;
        for action in [
            ViewChange::SetKnobLayout(knob_layout),
            ViewChange::ShowKnobProfiles(has_knob_profiles),
            ViewChange::SetDecimals(decimals),
        ] {
            // Not through `apply_action`, which would save each one as a new preference.
            let _ = self.session.apply(action);
        }
    }

    /// Applies the choices of the earlier session's view that last while the window is open.
    fn keep_view_choices(&mut self, view_before: &View) {
        let settings = view_before.are_training_settings_shown;
        let choices = [
            ViewChange::SetCodeLanguage(view_before.code_language),
            ViewChange::SetActivationForLayer(view_before.is_activation_for_layer),
            ViewChange::ShowExperimentPlot(view_before.is_experiment_plot_shown),
        ];
        for action in choices
            .into_iter()
            .chain(settings.map(ViewChange::ShowTrainingSettings))
        {
            let _ = self.session.apply(action);
        }
    }

    /// Writes the preferences to their file, if there is one.
    pub(super) fn save_preferences(&mut self) {
        if let Some(path) = &self.storage_paths.preferences
            && let Err(e) = self.preferences.write(path)
        {
            let text = e.message(self.messages);
            self.show_problem(text);
        }
    }

    /// Shows a layout, and remembers it as the one that the user chose.
    pub(super) fn choose_layout(&mut self, layout: WindowLayout) {
        self.show_layout(layout);
        self.preferences.current_layout = layout;
        self.save_preferences();
    }

    /// Shows a layout, in the user's own arrangement if there is one.
    fn show_layout(&mut self, layout: WindowLayout) {
        if layout == self.layout || self.lesson.is_some() {
            return;
        }
        self.keep_arrangement();
        let selected = layout::selected_tabs(&self.tree, self.layout, self.room);
        self.selected_tabs.insert(self.layout, selected);
        self.layout = layout;
        self.maximized_pane = None;
        let own = self.preferences.arrangements.get(&layout).cloned();
        self.is_rearranged = own.is_some();
        self.tree = own.unwrap_or_else(|| {
            let mut tree = layout::default_layout(layout, self.room);
            for &pane in self.selected_tabs.get(&layout).into_iter().flatten() {
                layout::set_shown(&mut tree, pane, true);
            }
            tree
        });
    }

    /// Keeps the arrangement of the panes in the preferences, if the user has changed it.
    fn keep_arrangement(&mut self) {
        // The arrangement of a lesson is not the user's own.
        if self.lesson.is_some() {
            return;
        }
        let arrangements = &mut self.preferences.arrangements;
        match self.is_rearranged {
            true => arrangements.insert(self.layout, self.tree.clone()),
            false => arrangements.remove(&self.layout),
        };
    }

    /// Saves the arrangement of the panes, if the user has changed it.
    pub(super) fn save_layout(&mut self) {
        self.keep_arrangement();
        self.save_preferences();
    }

    /// True if the neurons of the diagram have output maps: as the user has chosen for the layout, and by default in
    /// the layout Train if the samples have two inputs and fit the network.
    fn shows_neuron_maps(&self) -> bool {
        let inputs = self.session.architecture().input_count();
        let has_two_inputs = || {
            let setup = self.session.setup();
            setup.is_some_and(|setup| setup.raw_inputs() == 2 && inputs == 2 + setup.config().features.len())
        };
        match self.neuron_map_choices.get(&self.layout) {
            Some(&is_chosen) => is_chosen,
            None => self.layout == WindowLayout::Train && has_two_inputs(),
        }
    }

    /// Shows or hides the output maps in the neurons of the diagram if the layout or the data has changed.
    pub(super) fn update_neuron_maps(&mut self) {
        let are_shown = self.shows_neuron_maps();
        if self.session.view().has_small_maps != are_shown {
            let _ = self.session.apply(ViewChange::ShowSmallMaps(are_shown));
        }
    }
}
