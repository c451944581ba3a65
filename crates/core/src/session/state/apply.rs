//! Applying an action to a session.

use std::sync::Arc;

use crate::network::{Knob, NeuronAddress};
use crate::session::action::{Action, ActionError, HistoryCommand, MissingPart};
use crate::session::adjustable::Adjustable;
use crate::session::backward_step::BackwardStep;
use crate::session::edit::{DocumentPart, Edit};
use crate::session::forward_step::ForwardStep;
use crate::session::history::UndoChange;
use crate::session::training_run::{RunState, TrainingRun};
use crate::session::training_setup::TrainingSetup;
use crate::session::undo_label::UndoLabel;
use crate::session::view::{CurveAxes, MAX_DECIMALS, SensitivityTarget};
use crate::session::view_change::ViewChange;

use super::Session;

impl Session {
    /// Applies an action. Documents and views are changed only here.
    ///
    /// # Errors
    ///
    /// Returns an [`ActionError`] if the action is rejected; then nothing has changed.
    pub fn apply(&mut self, action: impl Into<Action>) -> Result<(), ActionError> {
        self.apply_action(action.into())
    }

    fn apply_action(&mut self, action: Action) -> Result<(), ActionError> {
        let before = (self.history.version(), self.training_revision, self.view.clone());
        let part = action.changed_part();
        let split_before = self.shared_split();
        match action {
            Action::Edit(edit) => self.edit(edit)?,
            Action::View(change) => self.change_view(change)?,
            Action::History(command) => self.change_history(command)?,
            // The program executes the command.
            Action::Training(_) => {}
        }
        let is_same_split = match (&split_before, self.shared_split()) {
            (Some(before), Some(now)) => Arc::ptr_eq(before, &now),
            (before, now) => before.is_none() && now.is_none(),
        };
        if !is_same_split && (*self.run != TrainingRun::default() || self.challenge.is_some()) {
            // The results of training refer to the earlier data. Only a run in progress continues with new
            // data.
            let fits = |setup: &Arc<TrainingSetup>| setup.fits(&self.document.network);
            if !(part == Some(DocumentPart::TrainingSetup)
                && self.run.state == RunState::Running
                && self.setup().is_some_and(fits))
            {
                self.run = Arc::default();
            }
            self.challenge = None;
            self.training_revision += 1;
        }
        if before.0 != self.history.version() && !part.is_some_and(DocumentPart::has_only_numbers) {
            self.saved_states_revision += 1;
        }
        self.view
            .reset_missing(&self.document, self.document.training_setup.is_some());
        if before != (self.history.version(), self.training_revision, self.view.clone()) {
            self.revision += 1;
        }
        Ok(())
    }

    /// Changes the document, without the updates of revisions and view that [`Self::apply`] adds.
    fn edit(&mut self, edit: Edit) -> Result<(), ActionError> {
        match edit {
            Edit::Turn {
                target,
                value,
                gesture,
            } => self.turn(target, value, gesture)?,
            Edit::Set { target, value } => self.set_value(UndoLabel::Set, target, value, None)?,
            Edit::SetMany(values) => self.set_many(&values)?,
            Edit::Reset(target) => self.reset(target)?,
            Edit::SetRange { target, range } => self.set_range(target, range)?,
            Edit::SetLocked { knob, is_locked } => self.set_locked(knob, is_locked)?,
            Edit::UnlockAll => {
                let none = UndoChange::Locked(Default::default());
                self.apply_changes(|| UndoLabel::UnlockAll, None, vec![none]);
            }
            Edit::Initialize(initialization) => self.initialize(initialization)?,
            Edit::RestoreBestKnobs(values) => self.set_knobs(UndoLabel::RestoreBest, values, None)?,
            Edit::SetTrainedKnobs(values) => self.set_knobs(UndoLabel::Train, values, None)?,
            Edit::SetInputs(inputs) => self.set_inputs(inputs)?,
            Edit::SetSavedInputs(rows) => self.set_saved_inputs(rows)?,
            Edit::SetSavedInput { row, input, value } => self.set_saved_input(row, input, value)?,

            Edit::SetTrainingSetup(setup) => self.set_training_setup(setup, None),
            Edit::DragTrainingSetup { setup, gesture } => self.set_training_setup(Some(setup), Some(gesture)),
            Edit::LoadDocument(document) => {
                self.apply_changes(
                    || UndoLabel::LoadDocument,
                    None,
                    vec![UndoChange::Document(document)],
                );
            }
            Edit::NewNetworkForData => self.new_network_for_data()?,
            Edit::SetFeatures(features) => self.set_features(features)?,
            Edit::AddPoint { inputs, target } => self.add_point(inputs, target)?,
            Edit::MovePoint {
                point,
                inputs,
                target,
                gesture,
            } => self.replace_point(point, inputs, target, gesture)?,
            Edit::RemovePoint(point) => self.remove_point(point)?,
            Edit::ApplyTraining(update) => self.apply_training(update)?,

            Edit::TakeSnapshot(name) => self.take_snapshot(name)?,
            Edit::RenameSnapshot { snapshot, name } => self.rename_snapshot(snapshot, &name)?,
            Edit::RemoveSnapshot(snapshot) => self.remove_snapshot(snapshot)?,
            Edit::RestoreSnapshot(snapshot) => self.restore_snapshot(snapshot)?,
            Edit::SwapSnapshot(snapshot) => self.swap_snapshot(snapshot)?,
            Edit::RecordExperiment(note) => self.record_experiment(note)?,
            Edit::AnnotateExperimentRow { row, note } => self.annotate_experiment_row(row, &note)?,
            Edit::RemoveExperimentRow(row) => self.remove_experiment_row(row)?,
            Edit::RestoreExperimentRow(row) => self.restore_experiment_row(row)?,

            Edit::NameInput { input, name } => self.name_input(input, name)?,
            Edit::NameNeuron { at, name } => self.name_neuron(at, name)?,
            Edit::SetActivation {
                layer,
                neuron,
                activation,
            } => self.set_activation(layer, neuron, activation)?,
            Edit::EditArchitecture(edit) => self.edit_architecture(edit)?,
            Edit::SetCell {
                setting,
                value,
                gesture,
            } => {
                let cell = self.document.cell.unwrap_or_default().with(setting, value)?;
                self.apply_changes(|| UndoLabel::Cell, gesture, vec![UndoChange::Cell(Some(cell))]);
            }
            Edit::SetLayout(layout) => {
                self.apply_changes(|| UndoLabel::Layout, None, vec![UndoChange::Layout(layout)]);
            }
        }
        Ok(())
    }

    /// Undoes, redoes or reverts, without the updates that [`Self::apply`] adds.
    fn change_history(&mut self, command: HistoryCommand) -> Result<(), ActionError> {
        match command {
            HistoryCommand::Undo => {
                if !self.history.undo(&mut self.document) {
                    return Err(ActionError::NothingToUndo);
                }
            }
            HistoryCommand::Redo => {
                if !self.history.redo(&mut self.document) {
                    return Err(ActionError::NothingToRedo);
                }
            }
            HistoryCommand::StartOver => self.start_over(),
        }
        Ok(())
    }

    /// Changes what is shown, without the updates that [`Self::apply`] adds.
    fn change_view(&mut self, change: ViewChange) -> Result<(), ActionError> {
        match change {
            ViewChange::Select(at) => self.select(at)?,
            ViewChange::Follow(knob) => self.follow(knob)?,
            ViewChange::Highlight(target) => self.view.highlighted = target,
            ViewChange::Sweep(target) => self.sweep(target)?,
            ViewChange::SetQuantity(quantity) => {
                self.view.quantity = quantity;
                self.view.curve_axes.y = None;
            }
            ViewChange::SetCurveScope(scope) => {
                self.view.curve_scope = scope;
                self.view.curve_axes.y = None;
            }
            ViewChange::ShowCurveFamily(is_shown) => self.view.has_curve_family = is_shown,
            ViewChange::SetAxes(axes) => self.set_axes(axes)?,
            ViewChange::ShowSnapshot(snapshot) => self.show_snapshot(snapshot)?,
            ViewChange::SetOneKnobAtATime(is_on) => self.set_one_knob_at_a_time(is_on)?,
            ViewChange::StepTo(at) => self.go_to(at)?,
            ViewChange::StepBackwardTo(step) => self.go_backward_to(step)?,
            ViewChange::PlotColumns(columns) => self.view.plotted_columns = columns,
            ViewChange::SetDecimals(decimals) => self.view.decimals = decimals.min(MAX_DECIMALS),
            ViewChange::SetMapAxes(axes) => self.set_map_axes(axes)?,
            ViewChange::SetMapScope(scope) => self.view.map_scope = scope,
            ViewChange::ShowSmallMaps(are_shown) => self.view.has_small_maps = are_shown,
            ViewChange::SetKnobLayout(layout) => self.view.knob_layout = layout,
            ViewChange::SetNewPointLabel(label) if label.is_finite() => self.view.new_point_label = label,
            ViewChange::SetNewPointLabel(label) => return Err(ActionError::InvalidValue(label.to_string())),
            ViewChange::SetEpochsPerSecond(limit) => self.view.epochs_per_second = limit,
            ViewChange::ShowKnobProfiles(are_shown) => self.view.has_knob_profiles = are_shown,
            ViewChange::SetLandscapeKnobs(across, up) => self.set_landscape_knobs(across, up)?,
            ViewChange::ShowLogLoss(is_log) => self.view.has_log_loss_axis = is_log,
            ViewChange::ShowChallengeByTurns(is_by_turns) => self.view.is_challenge_by_turns = is_by_turns,
            ViewChange::SetSensitivityTarget(target) => self.set_sensitivity_target(target)?,
            ViewChange::SetCodeLanguage(language) => self.view.code_language = language,
            ViewChange::SetActivationForLayer(is_for_layer) => {
                self.view.is_activation_for_layer = is_for_layer
            }
            ViewChange::ShowExperimentPlot(is_shown) => self.view.is_experiment_plot_shown = is_shown,
            ViewChange::ShowSamples(cell) => self.view.confusion_cell = cell,
            ViewChange::ShowTrainingSettings(are_shown) => {
                self.view.are_training_settings_shown = Some(are_shown);
            }
            ViewChange::SetChallenge(challenge) => {
                self.challenge = challenge;
                self.training_revision += 1;
            }
        }
        Ok(())
    }
}

impl Session {
    /// Selects the neuron of a knob that is being turned, unless the forward pass is stepped through. Curves over
    /// a number on which that neuron doesn't depend are drawn over the first input instead.
    fn follow(&mut self, knob: Knob) -> Result<(), ActionError> {
        self.check_exists(knob.into())?;
        let at = knob.neuron_address();
        let is_stepping = self.view.forward_step.is_some() || self.view.backward_step.is_some();
        if at == self.view.selected || is_stepping {
            return Ok(());
        }
        self.view.selected = at;
        if matches!(self.view.swept, Adjustable::Knob(swept) if swept.layer >= at.layer) {
            self.sweep(Adjustable::Input(0))?;
        }
        Ok(())
    }

    pub(super) fn select(&mut self, at: NeuronAddress) -> Result<(), ActionError> {
        self.check_neuron(at.layer, at.neuron)?;
        self.view.selected = at;
        if self.view.forward_step.is_some_and(|step| step.neuron_at() != at) {
            self.go_to(Some(ForwardStep::from_neuron(at)))?;
        }
        if let Some(step) = self.view.backward_step.filter(|step| step.at != at) {
            self.go_backward_to(Some(BackwardStep { at, part: 0, ..step }))?;
        }
        Ok(())
    }

    pub(super) fn sweep(&mut self, target: Adjustable) -> Result<(), ActionError> {
        self.check_exists(target)?;
        if self.view.swept != target {
            self.view.swept = target;
            self.view.curve_axes.x = None;
            self.view.curve_axes.y = None;
        }
        Ok(())
    }

    pub(super) fn set_axes(&mut self, axes: CurveAxes) -> Result<(), ActionError> {
        let is_valid = |ends: Option<[f64; 2]>| {
            ends.is_none_or(|[from, to]| {
                from.is_finite() && to.is_finite() && from < to && (to - from).is_finite()
            })
        };
        if !is_valid(axes.x) || !is_valid(axes.y) {
            return Err(ActionError::InvalidAxes);
        }
        self.view.curve_axes = axes;
        self.view.axes_revision += 1;
        Ok(())
    }

    pub(super) fn set_map_axes(&mut self, axes: [Adjustable; 2]) -> Result<(), ActionError> {
        for target in axes {
            self.check_exists(target)?;
        }
        if axes[0] == axes[1] {
            return Err(ActionError::SameAxisTwice);
        }
        self.view.map_axes = axes;
        Ok(())
    }

    pub(super) fn set_landscape_knobs(&mut self, across: Knob, up: Option<Knob>) -> Result<(), ActionError> {
        for knob in std::iter::once(across).chain(up) {
            self.check_exists(knob.into())?;
        }
        if up == Some(across) {
            return Err(ActionError::SameAxisTwice);
        }
        self.view.landscape_knobs = (across, up);
        Ok(())
    }

    pub(super) fn set_sensitivity_target(&mut self, target: SensitivityTarget) -> Result<(), ActionError> {
        match target {
            SensitivityTarget::Selected => {}
            SensitivityTarget::Output(output) => {
                self.check_neuron(self.architecture().last_layer(), output)?
            }
            SensitivityTarget::Loss if self.document.training_setup.is_none() => {
                return Err(ActionError::NoData);
            }
            SensitivityTarget::Loss => {}
        }
        self.view.sensitivity_target = target;
        Ok(())
    }

    /// Goes to a position in the forward pass: selects its neuron and highlights its knob in every pane. `None`
    /// ends stepping and removes the highlight.
    pub(super) fn go_to(&mut self, step: Option<ForwardStep>) -> Result<(), ActionError> {
        let Some(at) = step else {
            if self.view.forward_step.take().is_some() {
                self.view.highlighted = None;
            }
            return Ok(());
        };
        if !at.is_in(self.architecture()) {
            return Err(ActionError::NotFound(MissingPart::Product(at)));
        }
        self.view.backward_step = None;
        self.view.forward_step = Some(at);
        self.view.selected = at.neuron_at();
        self.view.highlighted = at
            .knob(self.document.network.architecture())
            .map(Adjustable::Knob);
        Ok(())
    }

    /// Goes to a position in the backward pass: selects its neuron and highlights its knob in every pane. `None`
    /// ends stepping and removes the highlight.
    fn go_backward_to(&mut self, step: Option<BackwardStep>) -> Result<(), ActionError> {
        let Some(step) = step else {
            if self.view.backward_step.take().is_some() {
                self.view.highlighted = None;
            }
            return Ok(());
        };
        let architecture = self.document.network.architecture();
        if !step.is_in(architecture) {
            return Err(ActionError::NotFound(MissingPart::Neuron(step.at)));
        }
        self.view.highlighted = step.knob(architecture).map(Adjustable::Knob);
        self.view.selected = step.at;
        self.view.forward_step = None;
        self.view.backward_step = Some(step);
        Ok(())
    }
}
