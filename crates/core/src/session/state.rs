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
    Action, ActionError, Adjustable, Challenge, Document, Gesture, History, RunState, TrainingRun,
    TrainingSetup, View, computed_features, custom_points, forward_step, saved_states,
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
/// use neurodial_core::session::{Action, Adjustable, Gesture, Origin, Preset, Session};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let mut session = Session::open(Preset::DEFAULT.document()?, Origin::Untitled);
/// let weight = Adjustable::Knob(Knob::weight(0, 1, 0));
/// assert_eq!(session.document().value(weight), Some(0.5));
///
/// // A drag: all changes of one gesture are one undo step.
/// for value in [0.6, 0.7, 0.8] {
///     let gesture = Some(Gesture(1));
///     session.apply(Action::Turn { target: weight, value, gesture })?;
/// }
/// assert_eq!(session.document().value(weight), Some(0.8));
/// assert_eq!(session.history().undo_label(), Some("turn w₂₁"));
/// session.apply(Action::Undo)?;
/// assert_eq!(session.document().value(weight), Some(0.5));
///
/// // A rejected action changes nothing and gives the reason.
/// session.apply(Action::SetLocked { knob: Knob::weight(0, 1, 0), is_locked: true })?;
/// assert!(session.apply(Action::Set { target: weight, value: 0.0 }).is_err());
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
    pub fn apply(&mut self, action: Action) -> Result<(), ActionError> {
        let before = (self.history.version(), self.training_revision, self.view.clone());
        let changes_only_numbers = matches!(
            action,
            Action::Turn { .. }
                | Action::Set { .. }
                | Action::Reset(_)
                | Action::SetTrainedKnobs(_)
                | Action::RestoreBestKnobs(_)
                | Action::SetInputs(_)
        );
        let changes_data = matches!(
            action,
            Action::SetTrainingSetup(_)
                | Action::DragTrainingSetup { .. }
                | Action::AddPoint { .. }
                | Action::MovePoint { .. }
                | Action::RemovePoint(_)
        );
        let split_before = self.shared_split();
        self.perform(action)?;
        let is_same_split = match (&split_before, self.shared_split()) {
            (Some(before), Some(now)) => Arc::ptr_eq(before, &now),
            (before, now) => before.is_none() && now.is_none(),
        };
        if !is_same_split && (*self.run != TrainingRun::default() || self.challenge.is_some()) {
            // The results of training refer to the earlier data. Only a run in progress continues with new
            // data.
            let fits = |setup: &Arc<TrainingSetup>| setup.fits(&self.document.network);
            if !(changes_data && self.run.state == RunState::Running && self.setup().is_some_and(fits)) {
                self.run = Arc::default();
            }
            self.challenge = None;
            self.training_revision += 1;
        }
        if before.0 != self.history.version() && !changes_only_numbers {
            self.saved_states_revision += 1;
        }
        self.view
            .reset_missing(&self.document, self.document.training_setup.is_some());
        if before != (self.history.version(), self.training_revision, self.view.clone()) {
            self.revision += 1;
        }
        Ok(())
    }

    /// Performs an action, without the updates of revisions and view that [`Self::apply`] adds.
    fn perform(&mut self, action: Action) -> Result<(), ActionError> {
        match action {
            Action::Turn {
                target,
                value,
                gesture,
            } => self.turn(target, value, gesture)?,
            Action::Set { target, value } => self.set_value("set", target, value, None)?,
            Action::SetMany(values) => self.set_many(&values)?,
            Action::Reset(target) => {
                let value = self.opened.value(target).unwrap_or(0.0);
                self.set_value("reset", target, value, None)?;
            }
            Action::SetRange { target, range } => self.set_range(target, range)?,
            Action::SetLocked { knob, is_locked } => self.set_locked(knob, is_locked)?,
            Action::UnlockAll => {
                let none = UndoChange::Locked(Default::default());
                self.apply_changes(|| "unlock all".into(), None, vec![none]);
            }
            Action::Initialize(initialization) => self.initialize(initialization)?,
            Action::RestoreBestKnobs(values) => self.set_knobs("back to your best", values, None)?,
            Action::SetTrainedKnobs(values) => self.set_knobs("train", values, None)?,
            Action::SetInputs(inputs) => self.set_inputs(inputs)?,
            Action::SetSavedInputs(rows) => self.set_saved_inputs(rows)?,
            Action::SetSavedInput { row, input, value } => self.set_saved_input(row, input, value)?,

            Action::SetTrainingSetup(setup) => self.set_training_setup(setup, None),
            Action::DragTrainingSetup { setup, gesture } => {
                self.set_training_setup(Some(setup), Some(gesture))
            }
            Action::NewNetworkForData => self.new_network_for_data()?,
            Action::SetFeatures(features) => computed_features::set_features(self, features)?,
            Action::AddPoint { inputs, target } => custom_points::add(self, inputs, target)?,
            Action::MovePoint {
                point,
                inputs,
                target,
                gesture,
            } => custom_points::replace(self, point, inputs, target, gesture)?,
            Action::RemovePoint(point) => custom_points::remove(self, point)?,
            // The program executes this command; the session does nothing.
            Action::Training(_) => {}
            Action::ApplyTraining(update) => self.apply_training(update)?,
            Action::SetChallenge(challenge) => {
                self.challenge = challenge;
                self.training_revision += 1;
            }

            Action::TakeSnapshot(name) => saved_states::take_snapshot(self, name)?,
            Action::RenameSnapshot { snapshot, name } => {
                saved_states::rename_snapshot(self, snapshot, &name)?
            }
            Action::RemoveSnapshot(snapshot) => saved_states::remove_snapshot(self, snapshot)?,
            Action::RestoreSnapshot(snapshot) => saved_states::restore_snapshot(self, snapshot)?,
            Action::SwapSnapshot(snapshot) => saved_states::swap_snapshot(self, snapshot)?,
            Action::RecordExperiment(note) => saved_states::record_experiment(self, note)?,
            Action::AnnotateExperimentRow { row, note } => {
                saved_states::annotate_experiment_row(self, row, &note)?
            }
            Action::RemoveExperimentRow(row) => saved_states::remove_experiment_row(self, row)?,
            Action::RestoreExperimentRow(row) => saved_states::restore_experiment_row(self, row)?,

            Action::NameInput { input, name } => self.name_input(input, name)?,
            Action::NameNeuron { at, name } => self.name_neuron(at, name)?,
            Action::SetActivation {
                layer,
                neuron,
                activation,
            } => self.set_activation(layer, neuron, activation)?,
            Action::EditArchitecture(edit) => self.edit_architecture(edit)?,

            Action::StartOver => self.start_over(),
            Action::Undo => {
                if !self.history.undo(&mut self.document) {
                    return Err(ActionError::NothingToUndo);
                }
            }
            Action::Redo => {
                if !self.history.redo(&mut self.document) {
                    return Err(ActionError::NothingToRedo);
                }
            }

            Action::Select(at) => self.select(at)?,
            Action::Highlight(target) => self.view.highlighted = target,
            Action::Sweep(target) => self.sweep(target)?,
            Action::SetQuantity(quantity) => {
                self.view.quantity = quantity;
                self.view.curve_axes.y = None;
            }
            Action::SetCurveScope(scope) => {
                self.view.curve_scope = scope;
                self.view.curve_axes.y = None;
            }
            Action::SetAxes(axes) => self.set_axes(axes)?,
            Action::ShowSnapshot(snapshot) => saved_states::show_snapshot(self, snapshot)?,
            Action::SetOneKnobAtATime(is_on) => saved_states::set_one_knob_at_a_time(self, is_on)?,
            Action::StepTo(at) => forward_step::go_to(self, at)?,
            Action::PlotColumns(columns) => self.view.plotted_columns = columns,
            Action::SetDecimals(decimals) => self.view.decimals = decimals.min(MAX_DECIMALS),
            Action::SetMapAxes(axes) => self.set_map_axes(axes)?,
            Action::SetMapScope(scope) => self.view.map_scope = scope,
            Action::ShowSmallMaps(are_shown) => self.view.has_small_maps = are_shown,
            Action::SetKnobLayout(layout) => self.view.knob_layout = layout,
            Action::SetNewPointLabel(label) if label.is_finite() => self.view.new_point_label = label,
            Action::SetNewPointLabel(label) => return Err(ActionError::InvalidValue(label.to_string())),
            Action::SetEpochsPerSecond(limit) => self.view.epochs_per_second = limit,
            Action::ShowKnobProfiles(are_shown) => self.view.has_knob_profiles = are_shown,
            Action::SetLandscapeKnobs(across, up) => self.set_landscape_knobs(across, up)?,
            Action::ShowLogLoss(is_log) => self.view.has_log_loss_axis = is_log,
            Action::ShowChallengeByTurns(is_by_turns) => self.view.is_challenge_by_turns = is_by_turns,
            Action::SetSensitivityTarget(target) => self.set_sensitivity_target(target)?,
            Action::SetCodeLanguage(language) => self.view.code_language = language,
            Action::SetActivationForLayer(is_for_layer) => self.view.is_activation_for_layer = is_for_layer,
            Action::ShowExperimentPlot(is_shown) => self.view.is_experiment_plot_shown = is_shown,
            Action::ShowTrainingSettings(are_shown) => {
                self.view.are_training_settings_shown = Some(are_shown);
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
