//! Everything that menus, keys and the list of shortcuts can do besides turning knobs.

use std::borrow::Cow;

use egui::{Key, KeyboardShortcut, Modifiers};

use crate::lessons;
use crate::panes::{Pane, PaneRequest};
use neurodial_core::formats::Preset;
use neurodial_core::session::{CurveScope, ForwardStride, Quantity, Session, TrainingCommand, WindowLayout};
use neurodial_core::text::{Locale, Messages};

use super::structure::StructureCommand;

/// One entry of a menu. The menus, the keys and the list of shortcuts are all made from it, so they can't
/// disagree.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Command {
    /// Opens the dialog for a new network.
    New,
    /// Opens a document from a file.
    Open,
    /// Opens a bundled document.
    OpenPreset(Preset),
    /// Opens the dialog that reads a network from pasted matrices.
    ImportWeights,
    /// Shows or hides small maps in the neurons of the diagram.
    ToggleNeuronMaps,
    /// Saves the document to its file.
    Save,
    /// Saves the document to another file.
    SaveAs,
    /// Opens the dialog that exports a figure.
    ExportFigure,
    /// Copies the figure to the clipboard.
    CopyFigure,
    /// Copies a link that contains the document.
    CopyLink,
    Quit,
    /// Undoes the last step.
    Undo,
    /// Redoes the step undone last.
    Redo,
    /// Restores the state when the document was opened.
    RevertToOpened,
    /// Randomizes all knobs that are not locked.
    RandomizeKnobs,
    /// Opens the dialog that initializes all knobs that are not locked.
    InitializeKnobs,
    /// Unlocks every knob.
    UnlockAll,
    AddSavedInput,
    /// Takes a snapshot of the current state, to compare with later.
    TakeSnapshot,
    /// Records the current state as a row of the experiment log.
    RecordExperiment,
    /// Asks for the file that the experiment log is written to.
    ExportExperiments,
    /// Goes one step forward in the forward pass.
    StepForward(ForwardStride),
    /// Goes one step back in the forward pass.
    StepBack,
    /// Starts or stops automatic steps through the forward pass, one a second.
    ToggleAutoStep,
    /// Goes to the beginning of the backward pass, to step through it.
    StartBackwardPass,
    /// Ends stepping through the forward or the backward pass.
    StopStepping,
    /// Shows the knobs as a list, as dials or as a heat map, in turn.
    NextKnobLayout,
    /// Shows or hides the profiles along the knobs' tracks.
    ToggleKnobProfiles,
    /// Chooses the next target of profiles and sensitivity arrows: the selected neuron, an output, the loss.
    NextSensitivityTarget,
    /// Runs a training command.
    Training(TrainingCommand),
    /// Asks for a data file, then for its columns.
    OpenDataFile,
    /// Opens the dialog that chooses other columns of the current data file.
    EditDataColumns,
    /// Replaces the network by a new one that fits the data.
    NewNetworkForData,
    /// Changes the structure of the network at the selected neuron.
    Structure(StructureCommand),
    /// Opens the dialog that names the selected neuron.
    RenameNeuron,
    NextNeuron,
    PreviousNeuron,
    /// Switches the curves between the weighted sum z and the output.
    ToggleCurveQuantity,
    /// Shows the curves of the neuron, its layer or the network, in turn.
    NextCurveScope,
    FitAxes,
    ZoomCurvesIn,
    ZoomCurvesOut,
    /// Moves the view of the curves to the left.
    PanCurvesLeft,
    /// Moves the view of the curves to the right.
    PanCurvesRight,
    /// Moves the view of the curves up.
    PanCurvesUp,
    /// Moves the view of the curves down.
    PanCurvesDown,
    /// Shows or hides a pane.
    TogglePane(Pane),
    /// Maximizes a pane, or shows all panes again.
    MaximizePane(Pane),
    /// Shows another layout of the window.
    ChooseLayout(WindowLayout),
    /// Saves the current layout in the document, or no longer.
    KeepLayout,
    /// Restores the default arrangement of the panes.
    ResetLayout,
    /// Starts a bundled lesson.
    StartLesson(&'static str),
    /// Continues the bundled lesson that was left last.
    ContinueLesson,
    /// Writes a new lesson that starts with the current state.
    NewLesson,
    /// Asks for the file that the answers are written to.
    ExportAnswers,
    /// Deletes the answers.
    ClearAnswers,
    /// Ends the lesson.
    LeaveLesson,
    /// Shows the choice of what to do, as at the start.
    StartScreen,
    /// Starts or leaves presentation mode.
    TogglePresentation,
    /// Switches between light and dark mode.
    ToggleDarkMode,
    /// Turns high contrast on or off.
    ToggleHighContrast,
    /// Turns reduced motion on or off.
    ToggleReducedMotion,
    /// Shows the window in a language.
    SetLanguage(Locale),
    /// Makes the interface larger.
    IncreaseScale,
    /// Makes the interface smaller.
    DecreaseScale,
    /// Shows the interface at 100%.
    ResetScale,
    /// Shows one decimal more.
    MoreDecimals,
    /// Shows one decimal fewer.
    FewerDecimals,
    /// Opens the list of all commands.
    SearchCommands,
    /// Opens the list of keyboard shortcuts.
    KeyboardShortcuts,
    /// Opens the dialog about the program.
    About,
}

impl From<PaneRequest> for Command {
    fn from(request: PaneRequest) -> Self {
        match request {
            PaneRequest::OpenDataFile => Self::OpenDataFile,
            PaneRequest::EditDataColumns => Self::EditDataColumns,
            PaneRequest::ImportWeights => Self::ImportWeights,
        }
    }
}

impl Command {
    /// The commands with a shortcut, except those of panes, in the order of the list of shortcuts.
    const WITH_SHORTCUT: &[Self] = &[
        Self::New,
        Self::Open,
        Self::Save,
        Self::SaveAs,
        Self::ExportFigure,
        Self::CopyFigure,
        Self::Quit,
        Self::Undo,
        Self::Redo,
        Self::RevertToOpened,
        Self::RandomizeKnobs,
        Self::AddSavedInput,
        Self::TakeSnapshot,
        Self::RecordExperiment,
        Self::StepForward(ForwardStride::Product),
        Self::StepBack,
        Self::StartBackwardPass,
        Self::StepForward(ForwardStride::Neuron),
        Self::StepForward(ForwardStride::Layer),
        Self::ToggleAutoStep,
        Self::NextKnobLayout,
        Self::NextSensitivityTarget,
        Self::Training(TrainingCommand::TrainOrPause),
        Self::Training(TrainingCommand::TrainEpoch),
        Self::Training(TrainingCommand::TrainBatch),
        Self::Training(TrainingCommand::BackToStart),
        Self::NextNeuron,
        Self::PreviousNeuron,
        Self::ToggleCurveQuantity,
        Self::NextCurveScope,
        Self::FitAxes,
        Self::ZoomCurvesIn,
        Self::ZoomCurvesOut,
        Self::PanCurvesLeft,
        Self::PanCurvesRight,
        Self::PanCurvesUp,
        Self::PanCurvesDown,
        Self::ChooseLayout(WindowLayout::Explore),
        Self::ChooseLayout(WindowLayout::Train),
        Self::ChooseLayout(WindowLayout::Present),
        Self::ChooseLayout(WindowLayout::Figure),
        Self::TogglePresentation,
        Self::ToggleDarkMode,
        Self::IncreaseScale,
        Self::DecreaseScale,
        Self::ResetScale,
        Self::MoreDecimals,
        Self::FewerDecimals,
        Self::SearchCommands,
        Self::KeyboardShortcuts,
    ];

    /// The commands without a shortcut, except those of presets, panes and languages.
    const WITHOUT_SHORTCUT: &[Self] = &[
        Self::CopyLink,
        Self::ImportWeights,
        Self::OpenDataFile,
        Self::EditDataColumns,
        Self::NewNetworkForData,
        Self::ExportExperiments,
        Self::InitializeKnobs,
        Self::RenameNeuron,
        Self::UnlockAll,
        Self::StopStepping,
        Self::ToggleKnobProfiles,
        Self::ToggleNeuronMaps,
        Self::Training(TrainingCommand::StartOrEndChallenge),
        Self::KeepLayout,
        Self::ResetLayout,
        Self::ToggleHighContrast,
        Self::ToggleReducedMotion,
        Self::ContinueLesson,
        Self::NewLesson,
        Self::ExportAnswers,
        Self::ClearAnswers,
        Self::LeaveLesson,
        Self::StartScreen,
        Self::About,
    ];

    /// Returns every command, in the order of the command palette.
    pub(crate) fn all(session: &Session) -> impl Iterator<Item = Self> + use<> {
        let first = [Self::WITH_SHORTCUT, Self::WITHOUT_SHORTCUT].concat();
        let first = first
            .into_iter()
            .filter(|&command| command != Self::SearchCommands);
        let panes = Pane::in_window().flat_map(|pane| [Self::TogglePane(pane), Self::MaximizePane(pane)]);
        let presets = Preset::ALL.into_iter().map(Self::OpenPreset);
        let languages = Locale::ALL.into_iter().map(Self::SetLanguage);
        let structure = StructureCommand::all(session).map(Self::Structure);
        let lessons = lessons::bundled_ids().into_iter().map(Self::StartLesson);
        first
            .chain(structure)
            .chain(panes)
            .chain(presets)
            .chain(lessons)
            .chain(languages)
    }

    /// Returns the commands with a shortcut, in the order of the list of shortcuts.
    pub(crate) fn with_shortcut() -> impl Iterator<Item = (KeyboardShortcut, Self)> {
        let maximize_panes = Pane::in_window().map(Self::MaximizePane);
        let commands = Self::WITH_SHORTCUT.iter().copied().chain(maximize_panes);
        commands.filter_map(|command| Some((command.shortcut()?, command)))
    }

    /// Returns the text in menus. `…` says that a dialog follows. The texts of commands for the selected neuron depend
    /// on it; here they have the name of their menu.
    pub(crate) fn text(self, messages: Messages) -> Cow<'static, str> {
        let text = match self {
            Self::New => messages.command_new(),
            Self::Open => messages.command_open(),
            Self::OpenPreset(preset) => preset.title(messages),
            Self::ImportWeights => messages.command_import_weights(),
            Self::ToggleNeuronMaps => messages.command_neuron_maps(),
            Self::Save => messages.command_save(),
            Self::SaveAs => messages.command_save_as(),
            Self::ExportFigure => messages.command_export_figure(),
            Self::CopyLink => messages.command_copy_link(),
            Self::CopyFigure => messages.command_copy_figure(),
            Self::Quit => messages.command_quit(),
            Self::Undo => messages.command_undo(),
            Self::Redo => messages.command_redo(),
            Self::RevertToOpened => messages.command_revert(),
            Self::RandomizeKnobs => messages.command_randomize(),
            Self::InitializeKnobs => messages.command_initialize(),
            Self::UnlockAll => messages.command_unlock_all(),
            Self::AddSavedInput => messages.command_save_inputs(),
            Self::TakeSnapshot => messages.command_take_snapshot(),
            Self::RecordExperiment => messages.command_record(),
            Self::ExportExperiments => messages.command_export_experiments(),
            Self::StepForward(ForwardStride::Product) => messages.command_next_product(),
            Self::StepForward(ForwardStride::Neuron) => messages.command_next_step_neuron(),
            Self::StepForward(ForwardStride::Layer) => messages.command_next_layer(),
            Self::StepBack => messages.command_step_back(),
            Self::StartBackwardPass => messages.command_start_backward_pass(),
            Self::ToggleAutoStep => messages.command_auto_step(),
            Self::StopStepping => messages.command_stop_stepping(),
            Self::NextKnobLayout => messages.command_next_knob_layout(),
            Self::ToggleKnobProfiles => messages.command_knob_profiles(),
            Self::NextSensitivityTarget => messages.command_next_sensitivity_target(),
            Self::Training(TrainingCommand::TrainOrPause) => messages.command_start_or_pause(),
            Self::Training(TrainingCommand::TrainEpoch) => messages.training_one_epoch_name(),
            Self::Training(TrainingCommand::TrainBatch) => messages.training_one_update_name(),
            Self::Training(TrainingCommand::BackToStart) => messages.training_reset_name(),
            Self::Training(TrainingCommand::GoToEpoch(_)) => messages.command_go_to_epoch(),
            Self::Training(TrainingCommand::SwitchToBranch(_)) => messages.command_switch_branch(),
            Self::Training(TrainingCommand::StartOrEndChallenge) => messages.training_challenge_name(),
            Self::Training(TrainingCommand::RestoreBest) => messages.challenge_restore_best(),
            Self::Training(TrainingCommand::TrainFromCurrentKnobs) => messages.challenge_continue(),
            Self::Training(TrainingCommand::CloseChallenge) => messages.challenge_close_name(),
            Self::OpenDataFile => messages.command_import_data(),
            Self::EditDataColumns => messages.command_choose_columns(),
            Self::NewNetworkForData => messages.create_matching_network(),
            Self::Structure(_) => messages.menu_network(),
            Self::RenameNeuron => messages.command_rename_neuron(),
            Self::NextNeuron => messages.command_next_neuron(),
            Self::PreviousNeuron => messages.command_previous_neuron(),
            Self::ToggleCurveQuantity => messages.command_curve_quantity(),
            Self::NextCurveScope => messages.command_curve_scope(),
            Self::FitAxes => messages.curves_fit(),
            Self::ZoomCurvesIn => messages.command_zoom_curves_in(),
            Self::ZoomCurvesOut => messages.command_zoom_curves_out(),
            Self::PanCurvesLeft => messages.command_pan_left(),
            Self::PanCurvesRight => messages.command_pan_right(),
            Self::PanCurvesUp => messages.command_pan_up(),
            Self::PanCurvesDown => messages.command_pan_down(),
            Self::TogglePane(pane) => pane.title(messages),
            Self::MaximizePane(pane) => return messages.command_maximize_pane(pane.title(messages)).into(),
            Self::ChooseLayout(layout) => layout.label(messages),
            Self::KeepLayout => messages.command_keep_layout(),
            Self::ResetLayout => messages.command_reset_layout(),
            Self::StartLesson(id) => return lessons::bundled_title(id, messages.locale).into(),
            Self::ContinueLesson => messages.command_continue_lesson(),
            Self::NewLesson => messages.command_new_lesson(),
            Self::ExportAnswers => messages.command_export_answers(),
            Self::ClearAnswers => messages.command_clear_answers(),
            Self::LeaveLesson => messages.lesson_leave(),
            Self::StartScreen => messages.command_start_screen(),
            Self::TogglePresentation => messages.command_presentation(),
            Self::ToggleDarkMode => messages.command_dark_mode(),
            Self::ToggleHighContrast => messages.command_high_contrast(),
            Self::ToggleReducedMotion => messages.command_reduced_motion(),
            Self::SetLanguage(locale) => locale.own_name(),
            Self::IncreaseScale => messages.command_zoom_in(),
            Self::DecreaseScale => messages.command_zoom_out(),
            Self::ResetScale => messages.command_actual_size(),
            Self::MoreDecimals => messages.command_more_decimals(),
            Self::FewerDecimals => messages.command_fewer_decimals(),
            Self::SearchCommands => messages.command_palette(),
            Self::KeyboardShortcuts => messages.command_shortcuts(),
            Self::About => messages.command_about(),
        };
        text.into()
    }

    /// Returns the text that says everything even without the menu around it.
    pub(crate) fn full_text(self, session: &Session, messages: Messages) -> Cow<'static, str> {
        let text = self.text(messages);
        match self {
            Self::Structure(command) => command.full_text(session, messages).into(),
            Self::OpenPreset(_) => messages.palette_preset(text).into(),
            Self::StartLesson(_) => messages.palette_lesson(text).into(),
            Self::TogglePane(_) => messages.palette_pane(text).into(),
            Self::ChooseLayout(_) => messages.command_layout(text).into(),
            Self::SetLanguage(_) => messages.palette_language(text).into(),
            Self::IncreaseScale => messages.palette_zoom_in().into(),
            Self::DecreaseScale => messages.palette_zoom_out().into(),
            Self::ResetScale => messages.palette_actual_size().into(),
            _ => text,
        }
    }

    /// Returns the shortcut, if the command has one.
    pub(crate) fn shortcut(self) -> Option<KeyboardShortcut> {
        const COMMAND: Modifiers = Modifiers::COMMAND;
        let both = COMMAND.plus(Modifiers::SHIFT);
        let (modifiers, key) = match self {
            Self::New => (COMMAND, Key::N),
            Self::Open => (COMMAND, Key::O),
            Self::Save => (COMMAND, Key::S),
            Self::SaveAs => (both, Key::S),
            Self::ExportFigure => (COMMAND, Key::E),
            Self::CopyFigure => (both, Key::C),
            Self::Quit => (COMMAND, Key::Q),
            Self::Undo => (COMMAND, Key::Z),
            Self::Redo => (both, Key::Z),
            Self::RevertToOpened => (both, Key::R),
            Self::RandomizeKnobs => (COMMAND, Key::R),
            Self::AddSavedInput => (COMMAND, Key::K),
            Self::TakeSnapshot => (Modifiers::NONE, Key::P),
            Self::RecordExperiment => (Modifiers::NONE, Key::R),
            Self::StepForward(ForwardStride::Product) => (Modifiers::NONE, Key::N),
            Self::StepForward(ForwardStride::Neuron) => (Modifiers::SHIFT, Key::N),
            Self::StepForward(ForwardStride::Layer) => (Modifiers::ALT, Key::N),
            Self::StepBack => (Modifiers::NONE, Key::B),
            Self::StartBackwardPass => (Modifiers::SHIFT, Key::B),
            Self::ToggleAutoStep => (Modifiers::NONE, Key::G),
            Self::NextKnobLayout => (COMMAND, Key::B),
            Self::NextSensitivityTarget => (COMMAND, Key::I),
            Self::Training(TrainingCommand::TrainOrPause) => (COMMAND, Key::Space),
            Self::Training(TrainingCommand::TrainEpoch) => (COMMAND, Key::Enter),
            Self::Training(TrainingCommand::TrainBatch) => (both, Key::Enter),
            Self::Training(TrainingCommand::BackToStart) => (COMMAND, Key::Backspace),
            Self::NextNeuron => (COMMAND, Key::ArrowDown),
            Self::PreviousNeuron => (COMMAND, Key::ArrowUp),
            Self::ToggleCurveQuantity => (COMMAND, Key::T),
            Self::NextCurveScope => (COMMAND, Key::L),
            Self::FitAxes => (COMMAND, Key::F),
            Self::ZoomCurvesIn => (both, Key::ArrowUp),
            Self::ZoomCurvesOut => (both, Key::ArrowDown),
            Self::PanCurvesLeft => (Modifiers::ALT, Key::ArrowLeft),
            Self::PanCurvesRight => (Modifiers::ALT, Key::ArrowRight),
            Self::PanCurvesUp => (Modifiers::ALT, Key::ArrowUp),
            Self::PanCurvesDown => (Modifiers::ALT, Key::ArrowDown),
            Self::MaximizePane(pane) => (COMMAND, pane.info().shortcut?),
            Self::ChooseLayout(WindowLayout::Explore) => (Modifiers::ALT, Key::Num1),
            Self::ChooseLayout(WindowLayout::Train) => (Modifiers::ALT, Key::Num2),
            Self::ChooseLayout(WindowLayout::Present) => (Modifiers::ALT, Key::Num3),
            Self::ChooseLayout(WindowLayout::Figure) => (Modifiers::ALT, Key::Num4),
            Self::TogglePresentation => (Modifiers::NONE, Key::F11),
            Self::ToggleDarkMode => (COMMAND, Key::D),
            Self::IncreaseScale => (COMMAND, Key::Plus),
            Self::DecreaseScale => (COMMAND, Key::Minus),
            Self::ResetScale => (COMMAND, Key::Num0),
            Self::MoreDecimals => (COMMAND, Key::Period),
            Self::FewerDecimals => (COMMAND, Key::Comma),
            Self::SearchCommands => (both, Key::P),
            Self::KeyboardShortcuts => (Modifiers::NONE, Key::F1),
            Self::OpenPreset(_)
            | Self::Training(
                TrainingCommand::GoToEpoch(_)
                | TrainingCommand::SwitchToBranch(_)
                | TrainingCommand::StartOrEndChallenge
                | TrainingCommand::RestoreBest
                | TrainingCommand::TrainFromCurrentKnobs
                | TrainingCommand::CloseChallenge,
            )
            | Self::OpenDataFile
            | Self::EditDataColumns
            | Self::NewNetworkForData
            | Self::InitializeKnobs
            | Self::Structure(_)
            | Self::RenameNeuron
            | Self::UnlockAll
            | Self::StopStepping
            | Self::ExportExperiments
            | Self::CopyLink
            | Self::ImportWeights
            | Self::ToggleNeuronMaps
            | Self::ToggleKnobProfiles
            | Self::TogglePane(_)
            | Self::KeepLayout
            | Self::ResetLayout
            | Self::ToggleHighContrast
            | Self::ToggleReducedMotion
            | Self::StartLesson(_)
            | Self::ContinueLesson
            | Self::NewLesson
            | Self::ExportAnswers
            | Self::ClearAnswers
            | Self::LeaveLesson
            | Self::StartScreen
            | Self::SetLanguage(_)
            | Self::About => return None,
        };
        Some(KeyboardShortcut::new(modifiers, key))
    }

    /// Returns the commands whose shortcuts were pressed since the last frame. Shortcuts with Shift or Alt
    /// are checked first, because those without would match too.
    pub(crate) fn pressed(ctx: &egui::Context) -> Vec<Self> {
        let mut commands: Vec<(KeyboardShortcut, Self)> = Self::with_shortcut().collect();
        commands.sort_by_key(|(shortcut, _)| !(shortcut.modifiers.shift || shortcut.modifiers.alt));
        // The key of plus without Shift, on most keyboards.
        commands.push((
            KeyboardShortcut::new(Modifiers::COMMAND, Key::Equals),
            Self::IncreaseScale,
        ));
        commands.push((KeyboardShortcut::new(Modifiers::COMMAND, Key::Y), Self::Redo));
        let is_typing = ctx.text_edit_focused();
        ctx.input_mut(|input| {
            let pressed = commands.into_iter().filter(|(shortcut, command)| {
                // True for a letter alone, and for what a text field does itself.
                let is_text_input = matches!(
                    command,
                    Self::Undo
                        | Self::Redo
                        | Self::PanCurvesLeft
                        | Self::PanCurvesRight
                        | Self::Training(TrainingCommand::BackToStart)
                ) || shortcut.logical_key.name().len() == 1
                    && !shortcut.modifiers.command;
                !(is_typing && is_text_input) && input.consume_shortcut(shortcut)
            });
            pressed.map(|(_, command)| command).collect()
        })
    }
}

/// Returns the text of a shortcut: “Ctrl+S”, “Ctrl+↓”.
pub(crate) fn shortcut_text(ctx: &egui::Context, shortcut: KeyboardShortcut) -> String {
    let key = shortcut.logical_key;
    let symbol = match key {
        Key::ArrowUp => "↑",
        Key::ArrowDown => "↓",
        Key::ArrowLeft => "←",
        Key::ArrowRight => "→",
        key => key.symbol_or_name(),
    };
    let text = ctx.format_shortcut(&shortcut);
    match text.strip_suffix(key.name()) {
        Some(modifiers) => format!("{modifiers}{symbol}"),
        None => text,
    }
}

/// Returns the scope that follows in turn.
pub(crate) fn next_scope(scope: CurveScope) -> CurveScope {
    match scope {
        CurveScope::Neuron => CurveScope::Layer,
        CurveScope::Layer => CurveScope::Network,
        CurveScope::Network => CurveScope::Neuron,
    }
}

pub(crate) fn other_quantity(quantity: Quantity) -> Quantity {
    match quantity {
        Quantity::Output => Quantity::WeightedSum,
        Quantity::WeightedSum => Quantity::Output,
    }
}
