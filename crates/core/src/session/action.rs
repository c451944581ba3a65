//! Everything that the user can do to a session.

use crate::data::CustomPointsError;
use crate::nerve_cell::CellValueError;
use crate::network::{Architecture, ArchitectureError, NeuronAddress};
use crate::text::{Localized, Messages, SharedText, capitalized};

use super::adjustable::Adjustable;
use super::document::{
    MAX_EXPERIMENT_ROWS, MAX_SAVED_INPUT_NUMBERS, MAX_SAVED_INPUTS, MAX_SAVED_NUMBERS, MAX_SNAPSHOTS,
};
use super::edit::{DocumentPart, Edit};
use super::forward_step::ForwardStep;
use super::training_config::TrainingSetupError;
use super::training_run::TrainingCommand;
use super::view_change::ViewChange;

/// Everything that the user can do to a session. Menus, keys, panes and tests all send actions.
#[derive(Debug, Clone, PartialEq)]
pub enum Action {
    /// Changes the document. This can be undone.
    Edit(Edit),
    /// Changes what is shown. This can't be undone.
    View(ViewChange),
    /// Sends a command to training. The program executes it; the session itself does nothing.
    Training(TrainingCommand),
    /// Moves through the undo history.
    History(HistoryCommand),
}

/// A command to the undo history.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HistoryCommand {
    /// Reverts the document to its opened state. This can be undone.
    StartOver,
    /// Undoes the last step.
    Undo,
    /// Redoes the step that was undone last.
    Redo,
}

impl Action {
    /// Returns the part of the document that the action changes; `None` if it leaves the document alone.
    pub fn changed_part(&self) -> Option<DocumentPart> {
        match self {
            Self::Edit(edit) => Some(edit.changed_part()),
            // A step can hold changes of any part.
            Self::History(HistoryCommand::Undo | HistoryCommand::Redo | HistoryCommand::StartOver) => {
                Some(DocumentPart::Architecture)
            }
            Self::View(_) | Self::Training(_) => None,
        }
    }
}

impl From<Edit> for Action {
    fn from(edit: Edit) -> Self {
        Self::Edit(edit)
    }
}

impl From<ViewChange> for Action {
    fn from(change: ViewChange) -> Self {
        Self::View(change)
    }
}

impl From<TrainingCommand> for Action {
    fn from(command: TrainingCommand) -> Self {
        Self::Training(command)
    }
}

impl From<HistoryCommand> for Action {
    fn from(command: HistoryCommand) -> Self {
        Self::History(command)
    }
}

/// An adjustable with the network that determines its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedAdjustable {
    target: Adjustable,
    architecture: Box<Architecture>,
}

impl NamedAdjustable {
    /// Creates the name of an adjustable of this network.
    pub(crate) fn new(target: impl Into<Adjustable>, architecture: &Architecture) -> Self {
        Self {
            target: target.into(),
            architecture: Box::new(architecture.clone()),
        }
    }
}

impl Localized for NamedAdjustable {
    fn message(&self, messages: Messages) -> String {
        self.target.describe_in(&self.architecture, messages)
    }
}

/// A part that a network or a document doesn't have. Everything is counted from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MissingPart {
    /// A knob or an input.
    Adjustable(Adjustable),
    /// A neuron.
    Neuron(NeuronAddress),
    /// A product in the weighted sum of a neuron.
    Product(ForwardStep),
    /// An input in a row of the saved inputs.
    SavedInput {
        /// The row.
        row: usize,
        /// The input.
        input: usize,
    },
    /// A snapshot.
    Snapshot(usize),
    /// A row of the experiment log.
    ExperimentRow(usize),
}

/// The reason why an action was rejected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ActionError {
    /// The knob is locked.
    Locked(NamedAdjustable),
    /// The input is computed from other inputs.
    ComputedInput {
        /// The input.
        input: NamedAdjustable,
        /// The symbols of the inputs that it is computed from.
        sources: Vec<String>,
    },
    /// Another knob differs from the snapshot already, and only one at a time may.
    AnotherKnobDiffers(NamedAdjustable),
    /// Only one knob at a time may differ from the snapshot, and this would change all.
    ChangesAllKnobs,
    /// The network doesn't have this knob, input, neuron or product, or the document no such snapshot or row.
    NotFound(MissingPart),
    /// A number is not finite.
    InvalidValue(String),
    /// The ends of a range are not finite or not in order, or its increment is not above 0.
    InvalidRange {
        /// The lower end.
        min: String,
        /// The upper end.
        max: String,
    },
    /// An end of an axis is not finite, or the ends are not in order.
    InvalidAxes,
    /// A number of this row, counted from 0, is not finite.
    InvalidSavedInput(usize),
    /// There would be this many rows of saved inputs, which is too many.
    TooManySavedInputs(usize),
    /// The saved inputs would have too many numbers.
    TooManySavedInputNumbers {
        /// The number of rows.
        rows: usize,
        /// The number of inputs in each.
        inputs: usize,
    },
    /// A row of saved inputs doesn't have a number for each input.
    SavedInputLength {
        /// The row, counted from 0.
        row: usize,
        /// The count of its numbers.
        found: usize,
        /// The number of inputs of the network.
        expected: usize,
    },
    /// The document has as many snapshots as it can hold.
    TooManySnapshots,
    /// The experiment log has as many rows as it can hold.
    TooManyExperimentRows,
    /// The snapshots and the experiment log would have too many numbers.
    TooManySavedNumbers,
    /// There is no shown snapshot to compare with.
    NoSnapshot,
    /// The saved state belongs to a network with another architecture.
    DifferentNetwork,
    /// The number that would be varied is the horizontal axis of the curves.
    VariesAxis(Adjustable),
    /// The data needs a network that is too large.
    DataTooLarge,
    /// The data source is not custom points.
    NotCustomPoints,
    /// Custom points can't be changed in this way.
    Points(CustomPointsError),
    /// The data or a setting is not valid.
    TrainingSetup(TrainingSetupError),
    /// The data is not available, for this reason.
    DataUnavailable(SharedText),
    /// The values for all knobs are not as many as the knobs.
    KnobCount {
        /// The number of values.
        values: usize,
        /// The number of knobs.
        knobs: usize,
    },
    /// A value for a knob is not finite.
    KnobNotFinite(NamedAdjustable),
    /// The architecture would exceed the limits.
    Architecture(ArchitectureError),
    /// A value is outside the range of a setting of the nerve cell.
    Cell(CellValueError),
    /// The action needs data.
    NoData,
    /// Both axes of a map or of the loss landscape are the same.
    SameAxisTwice,
    /// There is nothing to undo.
    NothingToUndo,
    /// There is nothing to redo.
    NothingToRedo,
}

impl Localized for ActionError {
    fn message(&self, messages: Messages) -> String {
        let text = match self {
            Self::Locked(target) => messages.action_locked(target.message(messages)),
            Self::ComputedInput { input, sources } => match sources.as_slice() {
                [source] => messages.action_computed_input(input.message(messages), source),
                sources => {
                    messages.action_computed_input_several(input.message(messages), messages.list(sources))
                }
            },
            Self::AnotherKnobDiffers(knob) => messages.action_another_knob_differs(knob.message(messages)),
            Self::ChangesAllKnobs => messages.action_changes_all_knobs().to_owned(),
            Self::NotFound(part) => match *part {
                MissingPart::Adjustable(target) => messages.action_no_adjustable(target),
                MissingPart::Neuron(at) => messages.action_no_neuron(at.neuron + 1, at.layer + 1),
                MissingPart::Product(step) => {
                    messages.action_no_product(step.neuron + 1, step.layer + 1, step.product + 1)
                }
                MissingPart::SavedInput { row, input } => messages.action_no_saved_input(input + 1, row + 1),
                MissingPart::Snapshot(snapshot) => messages.action_no_snapshot(snapshot + 1),
                MissingPart::ExperimentRow(row) => messages.action_no_experiment_row(row + 1),
            },
            Self::InvalidValue(value) => messages.action_invalid_value(value),
            Self::InvalidRange { min, max } => messages.action_invalid_range(min, max),
            Self::InvalidAxes => messages.action_invalid_axes().to_owned(),
            Self::InvalidSavedInput(row) => messages.action_invalid_saved_input(row + 1),
            Self::TooManySavedInputs(rows) => messages.action_saved_inputs_full(*rows, MAX_SAVED_INPUTS),
            Self::TooManySavedInputNumbers { rows, inputs } => {
                messages.action_saved_input_numbers_full(*rows, *inputs, MAX_SAVED_INPUT_NUMBERS)
            }
            Self::SavedInputLength { row, found, expected } => {
                messages.rows_ragged(row + 1, *found, *expected)
            }
            Self::TooManySnapshots => messages.action_snapshots_full(MAX_SNAPSHOTS),
            Self::TooManyExperimentRows => messages.action_experiment_rows_full(MAX_EXPERIMENT_ROWS),
            Self::TooManySavedNumbers => messages.action_saved_numbers_full(MAX_SAVED_NUMBERS),
            Self::NoSnapshot => messages.action_snapshot_needed().to_owned(),
            Self::DifferentNetwork => messages.action_different_network().to_owned(),
            Self::VariesAxis(target) => messages.action_same_number(target),
            Self::DataTooLarge => messages.action_data_too_large().to_owned(),
            Self::NotCustomPoints => messages.action_not_custom_points().to_owned(),
            Self::Points(error) => error.message(messages),
            Self::TrainingSetup(error) => error.message(messages),
            Self::DataUnavailable(reason) => reason.message(messages),
            Self::KnobCount { values, knobs } => messages.action_knob_count(*values, *knobs),
            Self::KnobNotFinite(knob) => messages.action_knob_not_finite(knob.message(messages)),
            Self::Architecture(error) => error.message(messages),
            Self::Cell(error) => error.message(messages),
            Self::NoData => messages.action_no_data().to_owned(),
            Self::SameAxisTwice => messages.action_same_axis().to_owned(),
            Self::NothingToUndo => messages.action_nothing_to_undo().to_owned(),
            Self::NothingToRedo => messages.action_nothing_to_redo().to_owned(),
        };
        capitalized(&text)
    }
}

crate::localized_errors!(ActionError);

impl From<ArchitectureError> for ActionError {
    fn from(error: ArchitectureError) -> Self {
        Self::Architecture(error)
    }
}

impl From<TrainingSetupError> for ActionError {
    fn from(error: TrainingSetupError) -> Self {
        Self::TrainingSetup(error)
    }
}

impl From<CellValueError> for ActionError {
    fn from(error: CellValueError) -> Self {
        Self::Cell(error)
    }
}

impl From<CustomPointsError> for ActionError {
    fn from(error: CustomPointsError) -> Self {
        Self::Points(error)
    }
}
