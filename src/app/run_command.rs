//! Running commands.

use egui::Context;

use crate::panes::Pane;
use neurodial_core::network::{Initialization, Initializer, NeuronAddress};
use neurodial_core::session::{CurveAxes, CurveScope, Edit, HistoryCommand, TrainingCommand, ViewChange};

use super::command::{Command, next_scope, other_quantity};
use super::dialog::{
    CommandPalette, Dialog, ImportWeightsDialog, InitializeDialog, NameDialog, NamedItem, NewNetworkDialog,
};
use super::file_chooser::{FilePurpose, LeaveAction};
use super::layout;
use super::preferences::Preferences;
use super::state::{App, StatusMessage};

/// The factor of one zoom step of the curves.
const ZOOM_FACTOR: f64 = 1.25;
/// The fraction of the view by which one step moves the curves.
const PAN_FRACTION: f64 = 0.1;
/// The increment of the size of the interface, in percent.
const SCALE_STEP: u32 = 25;

/// Returns the next round size of the interface, in percent.
fn next_larger_scale(scale: u32) -> u32 {
    (scale / SCALE_STEP + 1) * SCALE_STEP
}

impl App {
    pub(super) fn run_command(&mut self, ctx: &Context, command: Command) {
        match command {
            Command::New => self.dialog = Some(Dialog::New(NewNetworkDialog::default())),
            Command::Open => self.request_leave(ctx, LeaveAction::ChooseFile),
            Command::OpenPreset(preset) => self.request_leave(ctx, LeaveAction::OpenPreset(preset)),
            Command::ImportWeights => {
                self.dialog = Some(Dialog::ImportWeights(ImportWeightsDialog::default()))
            }
            Command::ToggleNeuronMaps => {
                let are_shown = !self.session.view().has_small_maps;
                self.neuron_map_choices.insert(self.layout, are_shown);
                self.update_neuron_maps();
            }
            Command::Save => {
                self.save(ctx, None);
            }
            Command::SaveAs => self.choose_file(ctx, FilePurpose::Save, None),
            Command::ExportFigure => {
                self.export.set_preview_enlarged(false);
                self.dialog = Some(Dialog::Export);
            }
            Command::CopyFigure => self.copy_figure(ctx),
            Command::CopyLink => self.copy_link(ctx),
            Command::Quit => self.request_leave(ctx, LeaveAction::Quit),
            // A key pressed once too often is no mistake to report.
            Command::Undo | Command::Redo if self.disabled_reason(command).is_some() => {}
            Command::Undo => self.apply_action(HistoryCommand::Undo),
            Command::Redo => self.apply_action(HistoryCommand::Redo),
            Command::RevertToOpened => self.apply_action(HistoryCommand::StartOver),
            Command::RandomizeKnobs => self.randomize_knobs(),
            Command::InitializeKnobs => {
                self.dialog = Some(Dialog::InitializeKnobs(InitializeDialog::default()))
            }
            Command::UnlockAll => self.apply_action(Edit::UnlockAll),
            Command::AddSavedInput => self.add_saved_input(),
            Command::TakeSnapshot => {
                let number = self.session.document().snapshots.len() + 1;
                self.apply_action(Edit::TakeSnapshot(self.messages.snapshot_number(number)));
            }
            Command::RecordExperiment => self.record_experiment(),
            Command::ExportExperiments => self.choose_file(ctx, FilePurpose::Experiments, None),
            Command::StepForward(stride) => self.step_forward(stride),
            Command::StepBack => self.step_back(),
            Command::StartBackwardPass => self.start_backward_pass(),
            Command::ToggleAutoStep => self.toggle_auto_step(ctx),
            Command::StopStepping => self.stop_stepping(),
            Command::NextKnobLayout => {
                self.apply_action(ViewChange::SetKnobLayout(self.session.view().knob_layout.next()))
            }
            Command::ToggleKnobProfiles => self.apply_action(ViewChange::ShowKnobProfiles(
                !self.session.view().has_knob_profiles,
            )),
            Command::NextSensitivityTarget if !self.session.view().has_knob_profiles => {
                self.apply_action(ViewChange::ShowKnobProfiles(true))
            }
            Command::NextSensitivityTarget => {
                let architecture = self.session.architecture();
                let outputs = architecture.width(architecture.last_layer());
                let has_data = self.session.setup().is_some();
                let next = self.session.view().sensitivity_target.next(outputs, has_data);
                self.apply_action(ViewChange::SetSensitivityTarget(next));
            }
            Command::Training(training_command) => self.apply_action(training_command),
            Command::OpenDataFile => {
                self.message = StatusMessage::default();
                self.choose_file(ctx, FilePurpose::Data, None);
            }
            Command::EditDataColumns => {
                self.message = StatusMessage::default();
                self.edit_data(ctx);
            }
            Command::NewNetworkForData => self.apply_action(Edit::NewNetworkForData),
            Command::Structure(structure) => self.apply_action(structure.edit(&self.session)),
            Command::RenameNeuron => {
                let neuron = NamedItem::Neuron(self.session.view().selected);
                self.dialog = Some(Dialog::Name(NameDialog::new(neuron, &self.session)));
            }
            Command::NextNeuron => self.select_adjacent_neuron(1),
            Command::PreviousNeuron => self.select_adjacent_neuron(-1),
            Command::ToggleCurveQuantity => {
                let other = other_quantity(self.session.view().quantity);
                self.apply_action(ViewChange::SetQuantity(other));
            }
            Command::NextCurveScope => {
                let next: CurveScope = next_scope(self.session.view().curve_scope);
                self.apply_action(ViewChange::SetCurveScope(next));
            }
            Command::FitAxes => self.apply_action(ViewChange::SetAxes(CurveAxes { x: None, y: None })),
            Command::ZoomCurvesIn => self.zoom_curves(1.0 / ZOOM_FACTOR),
            Command::ZoomCurvesOut => self.zoom_curves(ZOOM_FACTOR),
            Command::PanCurvesLeft => self.pan_curves(-PAN_FRACTION, 0.0),
            Command::PanCurvesRight => self.pan_curves(PAN_FRACTION, 0.0),
            Command::PanCurvesUp => self.pan_curves(0.0, PAN_FRACTION),
            Command::PanCurvesDown => self.pan_curves(0.0, -PAN_FRACTION),
            Command::StartLesson(id) => self.start_bundled_lesson(ctx, id),
            Command::ContinueLesson => self.continue_lesson(ctx),
            Command::NewLesson => self.choose_file(ctx, FilePurpose::NewLesson, None),
            Command::ExportAnswers => self.choose_file(ctx, FilePurpose::Answers, None),
            Command::ClearAnswers => self.clear_answers(),
            Command::LeaveLesson => self.leave_lesson(),
            Command::StartScreen => self.open_start_screen(),
            Command::TogglePresentation => self.toggle_presentation(ctx),
            Command::TogglePane(pane) if self.is_presenting() => self.toggle_presented_pane(pane),
            Command::ResetLayout
            | Command::ChooseLayout(_)
            | Command::KeepLayout
            | Command::IncreaseScale
            | Command::DecreaseScale
            | Command::ResetScale
                if self.is_presenting() => {}
            Command::ResetLayout | Command::ChooseLayout(_) | Command::KeepLayout
                if self.lesson.is_some() => {}
            Command::TogglePane(pane) => {
                if self.maximized_pane == Some(pane) {
                    self.maximized_pane = None;
                }
                let shown = layout::is_shown(&self.tree, pane);
                layout::set_shown(&mut self.tree, pane, !shown);
                self.is_rearranged = true;
                self.save_layout();
            }
            Command::MaximizePane(pane) => {
                self.maximized_pane = if self.maximized_pane.is_some() && self.maximized_pane == Some(pane) {
                    None
                } else {
                    Some(pane)
                };
            }
            Command::ResetLayout => {
                self.tree = layout::default_layout(self.layout, self.room);
                self.is_rearranged = false;
                self.maximized_pane = None;
                self.save_layout();
            }
            Command::ChooseLayout(layout) => self.choose_layout(layout),
            Command::KeepLayout => {
                let layout = Some(self.layout).filter(|_| !self.is_layout_kept());
                self.apply_action(Edit::SetLayout(layout));
            }
            Command::ToggleDarkMode => {
                self.preferences.dark = !self.preferences.dark;
                self.apply_and_save_preferences(ctx);
            }
            Command::ToggleHighContrast => {
                let is_on = !self.has_high_contrast();
                let of_system = self.system_settings.has_high_contrast;
                self.preferences.high_contrast = (is_on != of_system).then_some(is_on);
                self.apply_and_save_preferences(ctx);
            }
            Command::ToggleReducedMotion => {
                let is_on = !self.has_reduced_motion();
                let of_system = self.system_settings.has_reduced_motion;
                self.preferences.reduced_motion = (is_on != of_system).then_some(is_on);
                self.apply_and_save_preferences(ctx);
            }
            Command::SetLanguage(locale) => self.set_language(locale),
            Command::IncreaseScale if self.disabled_reason(command).is_some() => {}
            Command::IncreaseScale => self.set_scale(ctx, next_larger_scale(self.scale())),
            Command::DecreaseScale => self.set_scale(ctx, (self.scale() - 1) / SCALE_STEP * SCALE_STEP),
            Command::ResetScale => self.set_scale(ctx, 100),
            Command::MoreDecimals => {
                self.apply_action(ViewChange::SetDecimals(self.session.view().decimals + 1))
            }
            Command::FewerDecimals => {
                let fewer = self.session.view().decimals.saturating_sub(1);
                self.apply_action(ViewChange::SetDecimals(fewer));
            }
            Command::SearchCommands => {
                let palette = CommandPalette::new(&self.session, self.messages, |command| {
                    self.disabled_reason(command)
                });
                self.dialog = Some(Dialog::CommandPalette(palette));
            }
            Command::KeyboardShortcuts => self.dialog = Some(Dialog::KeyboardShortcuts),
            Command::About => self.dialog = Some(Dialog::About),
        }
    }

    /// Returns the reason why a command can't be run now, for its tooltip; `None` if it can.
    pub(super) fn disabled_reason(&self, command: Command) -> Option<&'static str> {
        let messages = self.messages;
        let (document, history) = (self.session.document(), self.session.history());
        let (is_enabled, reason) = match command {
            Command::Save => (self.session.is_unsaved(), messages.disabled_no_changes()),
            Command::ExportExperiments => (
                !document.experiment_rows.is_empty(),
                messages.disabled_no_experiments(),
            ),
            Command::Undo => (
                history.undo_label().is_some(),
                messages.disabled_nothing_to_undo(),
            ),
            Command::Redo => (
                history.redo_label().is_some(),
                messages.disabled_nothing_to_redo(),
            ),
            Command::RevertToOpened => (!history.is_empty(), messages.disabled_as_opened()),
            Command::UnlockAll => (!document.locked.is_empty(), messages.disabled_nothing_locked()),
            Command::StepBack | Command::StopStepping => {
                (self.is_stepping(), messages.disabled_not_stepping())
            }
            Command::Training(TrainingCommand::BackToStart) => (
                self.training_controller.has_start(&self.session),
                messages.training_not_trained(),
            ),
            Command::Training(_) | Command::NewNetworkForData => {
                (self.session.setup().is_some(), messages.sensitivity_no_data())
            }
            Command::IncreaseScale => (
                next_larger_scale(self.scale()) <= self.max_scale,
                messages.disabled_window_too_small(),
            ),
            Command::Structure(structure) => return structure.disabled_reason(&self.session, messages),
            Command::ContinueLesson => (
                self.preferences.last_lesson.is_some(),
                messages.disabled_no_last_lesson(),
            ),
            Command::ExportAnswers | Command::ClearAnswers => {
                (self.has_answers(), messages.disabled_no_answers())
            }
            Command::LeaveLesson => (self.lesson.is_some(), messages.disabled_no_lesson()),
            Command::EditDataColumns => (self.has_data_file(), messages.disabled_no_data_file()),
            Command::ToggleNeuronMaps => (
                self.session.architecture().input_count() > 1,
                messages.disabled_one_input(),
            ),
            _ => return None,
        };
        (!is_enabled).then_some(reason)
    }

    /// True if the document opens in the layout that is shown.
    pub(super) fn is_layout_kept(&self) -> bool {
        self.session.document().layout == Some(self.layout)
    }

    /// Shows a pane, in front of the other tabs of its container.
    pub fn show_pane(&mut self, pane: Pane) {
        layout::set_shown(&mut self.tree, pane, true);
    }

    /// Applies the preferences, then saves them.
    fn apply_and_save_preferences(&mut self, ctx: &Context) {
        self.apply_preferences(ctx);
        self.save_preferences();
    }

    fn set_scale(&mut self, ctx: &Context, scale: u32) {
        let range = Preferences::SCALE_RANGE;
        self.preferences.scale = scale.clamp(*range.start(), *range.end());
        self.apply_and_save_preferences(ctx);
    }

    /// Randomizes all unlocked weights with a new seed and shows it, so that the same values can be drawn
    /// again.
    fn randomize_knobs(&mut self) {
        // The clock is the only source of randomness here; the seed from it is shown.
        let since_epoch = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
        let seed = since_epoch.map_or(0, |time| u64::from(time.subsec_nanos()) % 1_000_000);
        self.apply_action(Edit::Initialize(Initialization {
            initializer: Initializer::Xavier,
            seed,
            has_random_biases: false,
        }));
        self.show_message(self.messages.command_randomize_done(seed));
    }

    fn add_saved_input(&mut self) {
        let mut saved_inputs = self.session.document().saved_inputs.clone();
        saved_inputs.push(self.session.document().inputs.clone());
        self.apply_action(Edit::SetSavedInputs(saved_inputs));
    }

    fn record_experiment(&mut self) {
        self.apply_action(Edit::RecordExperiment(String::new()));
        if !self.message.is_problem {
            let rows = self.session.document().experiment_rows.len();
            self.show_message(self.messages.command_record_done(rows));
        }
    }

    /// Selects the neuron `step` neurons further in the order of the layers, wrapping around.
    fn select_adjacent_neuron(&mut self, step: isize) {
        let architecture = self.session.architecture();
        let widths: Vec<usize> = (0..architecture.layers().len())
            .map(|layer| architecture.width(layer))
            .collect();
        let NeuronAddress { layer, neuron } = self.session.view().selected;
        let index = widths[..layer].iter().sum::<usize>() + neuron;
        let count: usize = widths.iter().sum();
        let mut neuron = (index as isize + step).rem_euclid(count as isize) as usize;
        for (layer, &width) in widths.iter().enumerate() {
            if neuron < width {
                self.apply_action(ViewChange::Select(NeuronAddress { layer, neuron }));
                return;
            }
            neuron -= width;
        }
    }

    /// Updates the curves even if they are not visible.
    fn update_curves(&mut self) {
        self.insight.set_curves_shown(true);
        self.insight.update(&self.session);
    }

    /// Zooms the curves around the center of the view.
    fn zoom_curves(&mut self, factor: f64) {
        self.update_curves();
        let sweep = self.insight.sweep();
        let zoomed = |[from, to]: [f64; 2]| {
            let (center, half) = ((from + to) / 2.0, (to - from) / 2.0 * factor);
            Some([center - half, center + half])
        };
        let axes = CurveAxes {
            x: zoomed(sweep.x),
            y: zoomed(sweep.y),
        };
        self.apply_action(ViewChange::SetAxes(axes));
    }

    /// Moves the view of the curves by fractions of its width and height.
    fn pan_curves(&mut self, x_fraction: f64, y_fraction: f64) {
        self.update_curves();
        let sweep = self.insight.sweep();
        let moved = |[from, to]: [f64; 2], fraction: f64| {
            let distance = fraction * (to - from);
            Some([from + distance, to + distance])
        };
        let axes = CurveAxes {
            x: moved(sweep.x, x_fraction),
            y: moved(sweep.y, y_fraction),
        };
        self.apply_action(ViewChange::SetAxes(axes));
    }
}
