//! The session: document, history and view together.

mod architecture_actions;
mod checks;
mod computed_inputs;
mod training_actions;
mod value_actions;
mod view_actions;

use std::path::PathBuf;
use std::sync::Arc;

use crate::network::Architecture;

use super::history::UndoChange;
use super::training_setup::TrainTestSplit;
use super::{
    Action, ActionError, Adjustable, Challenge, Document, DocumentPart, Edit, Gesture, History,
    HistoryCommand, RunState, TrainingRun, TrainingSetup, View, ViewChange, computed_features, custom_points,
    forward_step, saved_states,
};

/// The maximum number of decimals that numbers are shown with.
pub const MAX_DECIMALS: usize = 12;

/// The origin of a document, which determines the file that it is saved to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// A bundled preset. It has no file to save to.
    Preset(&'static str),
    /// A file, to which the document is saved.
    File(PathBuf),
    /// A new or recovered document. It has no file to save to.
    Untitled,
}

/// The document that the user edits, with its history and view. It is changed by [`Session::apply`].
///
/// ```
/// use neurodial_core::network::Knob;
/// use neurodial_core::session::{Adjustable, Edit, Gesture, HistoryCommand, Origin, Preset, Session};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let mut session = Session::open(Preset::DEFAULT.document()?, Origin::Untitled);
/// let weight = Adjustable::Knob(Knob::weight(0, 1, 0));
/// assert_eq!(session.document().value(weight), Some(0.5));
///
/// // A drag: all changes of one gesture are one undo step.
/// for value in [0.6, 0.7, 0.8] {
///     let gesture = Some(Gesture(1));
///     session.apply(Edit::Turn { target: weight, value, gesture })?;
/// }
/// assert_eq!(session.document().value(weight), Some(0.8));
/// assert_eq!(session.history().undo_label(), Some("turn w₂₁"));
/// session.apply(HistoryCommand::Undo)?;
/// assert_eq!(session.document().value(weight), Some(0.5));
///
/// // A rejected action changes nothing and gives the reason.
/// session.apply(Edit::SetLocked { knob: Knob::weight(0, 1, 0), is_locked: true })?;
/// assert!(session.apply(Edit::Set { target: weight, value: 0.0 }).is_err());
/// assert_eq!(session.document().value(weight), Some(0.5));
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone)]
pub struct Session {
    document: Document,
    opened: Arc<Document>,
    history: History,
    view: View,
    origin: Origin,
    /// The version of the document on disk; `None` if there is none.
    saved_version: Option<u64>,
    run: Arc<TrainingRun>,
    challenge: Option<Arc<Challenge>>,
    /// Increases whenever the training run or the challenge changes.
    training_revision: u64,
    revision: u64,
    saved_states_revision: u64,
}

impl Session {
    /// Creates a session for a newly opened document.
    pub fn open(mut document: Document, origin: Origin) -> Self {
        document.update_computed_inputs();
        let history = History::default();
        let saved_version = (origin != Origin::Untitled).then(|| history.version());
        Self {
            view: View::new(document.network.architecture()),
            opened: Arc::new(document.clone()),
            document,
            history,
            origin,
            saved_version,
            run: Arc::default(),
            challenge: None,
            training_revision: 0,
            revision: 0,
            saved_states_revision: 0,
        }
    }

    /// Creates a session for a newly opened document with the view of a session for the same network. Parts of
    /// the view that the document lacks are reset.
    pub fn open_with_view(document: Document, origin: Origin, mut view: View) -> Self {
        let session = Self::open(document, origin);
        view.reset_missing(&session.document, session.setup().is_some());
        Self { view, ..session }
    }

    /// Returns the current document.
    pub fn document(&self) -> &Document {
        &self.document
    }

    /// Returns the document as it was opened.
    pub fn opened(&self) -> &Document {
        &self.opened
    }

    /// Returns the network's architecture.
    pub fn architecture(&self) -> &Architecture {
        self.document.network.architecture()
    }

    /// Returns the undo history.
    pub fn history(&self) -> &History {
        &self.history
    }

    /// Returns the selection and the display settings.
    pub fn view(&self) -> &View {
        &self.view
    }

    /// Returns the training data and settings, if any were chosen.
    pub fn setup(&self) -> Option<&Arc<TrainingSetup>> {
        self.document.training_setup.as_ref()
    }

    fn shared_split(&self) -> Option<Arc<TrainTestSplit>> {
        let split = self.setup().and_then(|setup| setup.split().ok());
        split.map(Arc::clone)
    }

    /// Returns the progress of training.
    pub fn run(&self) -> &TrainingRun {
        &self.run
    }

    /// Returns the progress of training as a shared pointer.
    pub fn shared_run(&self) -> &Arc<TrainingRun> {
        &self.run
    }

    /// Returns the challenge of the user against gradient descent, if there is one.
    pub fn challenge(&self) -> Option<&Arc<Challenge>> {
        self.challenge.as_ref()
    }

    /// Returns the origin of the document.
    pub fn origin(&self) -> &Origin {
        &self.origin
    }

    /// Returns a number that increases whenever the document, the training run or the view changes. Values
    /// derived from them are computed once per revision.
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// Returns a number that increases whenever snapshots, experiment rows or the architecture may have
    /// changed, but not when numbers change.
    pub(crate) fn saved_states_revision(&self) -> u64 {
        self.saved_states_revision
    }

    /// True if there are unsaved changes.
    pub fn is_unsaved(&self) -> bool {
        self.saved_version != Some(self.history.version())
    }

    /// Records that the document at `version` was saved to `origin`. Changes made since then remain unsaved.
    pub fn mark_saved(&mut self, version: u64, origin: Origin) {
        self.saved_version = Some(version);
        self.origin = origin;
    }

    /// Records the document's origin, but that its current state is unsaved, as after recovery.
    pub fn mark_unsaved(&mut self, origin: Origin) {
        self.saved_version = None;
        self.origin = origin;
    }

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
            Edit::Set { target, value } => self.set_value("set", target, value, None)?,
            Edit::SetMany(values) => self.set_many(&values)?,
            Edit::Reset(target) => {
                let value = self.opened.value(target).unwrap_or(0.0);
                self.set_value("reset", target, value, None)?;
            }
            Edit::SetRange { target, range } => self.set_range(target, range)?,
            Edit::SetLocked { knob, is_locked } => self.set_locked(knob, is_locked)?,
            Edit::UnlockAll => {
                let none = UndoChange::Locked(Default::default());
                self.apply_changes(|| "unlock all".into(), None, vec![none]);
            }
            Edit::Initialize(initialization) => self.initialize(initialization)?,
            Edit::RestoreBestKnobs(values) => self.set_knobs("back to your best", values, None)?,
            Edit::SetTrainedKnobs(values) => self.set_knobs("train", values, None)?,
            Edit::SetInputs(inputs) => self.set_inputs(inputs)?,
            Edit::SetSavedInputs(rows) => self.set_saved_inputs(rows)?,
            Edit::SetSavedInput { row, input, value } => self.set_saved_input(row, input, value)?,

            Edit::SetTrainingSetup(setup) => self.set_training_setup(setup, None),
            Edit::DragTrainingSetup { setup, gesture } => self.set_training_setup(Some(setup), Some(gesture)),
            Edit::NewNetworkForData => self.new_network_for_data()?,
            Edit::SetFeatures(features) => computed_features::set_features(self, features)?,
            Edit::AddPoint { inputs, target } => custom_points::add(self, inputs, target)?,
            Edit::MovePoint {
                point,
                inputs,
                target,
                gesture,
            } => custom_points::replace(self, point, inputs, target, gesture)?,
            Edit::RemovePoint(point) => custom_points::remove(self, point)?,
            Edit::ApplyTraining(update) => self.apply_training(update)?,

            Edit::TakeSnapshot(name) => saved_states::take_snapshot(self, name)?,
            Edit::RenameSnapshot { snapshot, name } => saved_states::rename_snapshot(self, snapshot, &name)?,
            Edit::RemoveSnapshot(snapshot) => saved_states::remove_snapshot(self, snapshot)?,
            Edit::RestoreSnapshot(snapshot) => saved_states::restore_snapshot(self, snapshot)?,
            Edit::SwapSnapshot(snapshot) => saved_states::swap_snapshot(self, snapshot)?,
            Edit::RecordExperiment(note) => saved_states::record_experiment(self, note)?,
            Edit::AnnotateExperimentRow { row, note } => {
                saved_states::annotate_experiment_row(self, row, &note)?
            }
            Edit::RemoveExperimentRow(row) => saved_states::remove_experiment_row(self, row)?,
            Edit::RestoreExperimentRow(row) => saved_states::restore_experiment_row(self, row)?,

            Edit::NameInput { input, name } => self.name_input(input, name)?,
            Edit::NameNeuron { at, name } => self.name_neuron(at, name)?,
            Edit::SetActivation {
                layer,
                neuron,
                activation,
            } => self.set_activation(layer, neuron, activation)?,
            Edit::EditArchitecture(edit) => self.edit_architecture(edit)?,
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
            ViewChange::SetAxes(axes) => self.set_axes(axes)?,
            ViewChange::ShowSnapshot(snapshot) => saved_states::show_snapshot(self, snapshot)?,
            ViewChange::SetOneKnobAtATime(is_on) => saved_states::set_one_knob_at_a_time(self, is_on)?,
            ViewChange::StepTo(at) => forward_step::go_to(self, at)?,
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

    pub(super) fn view_mut(&mut self) -> &mut View {
        &mut self.view
    }

    /// Applies changes, given with their new values, as one undo step. Adds those of computed inputs.
    pub(super) fn apply_changes(
        &mut self,
        label: impl FnOnce() -> String,
        gesture: Option<Gesture>,
        changes: Vec<UndoChange>,
    ) {
        let changes = self.with_computed_inputs(changes);
        self.history.apply(&mut self.document, label, gesture, changes);
    }

    fn symbol_text(&self, target: Adjustable) -> String {
        target.symbol(self.architecture()).to_unicode()
    }
}
