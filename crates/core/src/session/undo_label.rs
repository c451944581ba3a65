//! The labels of undo steps.

use std::cmp::Ordering;

use crate::network::{Activation, ArchitectureEdit};
use crate::text::{Localized, Messages};

use super::training_config::{DataSource, TrainingConfig};
use super::training_setting::TrainingSetting;

/// The label of an undo step, written to follow “Undo”. Symbols are those of the network at that time; other
/// parts are counted from 0.
#[derive(Debug, Clone, PartialEq)]
pub enum UndoLabel {
    /// An adjustable was changed by dragging, keys or the wheel; its symbol.
    Change(String),
    /// An adjustable was set to an entered value; its symbol.
    Set(String),
    /// This many values were set at once.
    SetNumbers(usize),
    /// An adjustable was reset; its symbol.
    Reset(String),
    /// The range of an adjustable was changed; its symbol.
    Range(String),
    /// A knob was locked; its symbol.
    Lock(String),
    /// A knob was unlocked; its symbol.
    Unlock(String),
    /// Every knob was unlocked.
    UnlockAll,
    /// The unlocked knobs got new initial values.
    Initialize,
    /// Training changed the knobs.
    Train,
    /// The user's best knobs were restored.
    RestoreBest,
    /// All inputs were set.
    SetInputs,
    /// The table of saved inputs was changed.
    SavedInputs,
    /// A row of the saved inputs was changed.
    SavedInput(usize),
    /// An input was renamed.
    NameInput(usize),
    /// A neuron was renamed, counted within its layer.
    NameNeuron(usize),
    /// The activation of a neuron or a layer was changed to this one.
    Activation(Activation),
    /// The architecture was edited.
    Architecture(ArchitectureEdit),
    /// The document was reverted to its opened state.
    Revert,
    /// The document was loaded from its changed file.
    LoadDocument,
    /// A snapshot was taken.
    TakeSnapshot,
    /// A snapshot was renamed.
    RenameSnapshot,
    /// A snapshot was removed.
    RemoveSnapshot,
    /// The state of a snapshot was restored.
    RestoreSnapshot,
    /// The state was exchanged with that of a snapshot.
    SwapSnapshot,
    /// A row was added to the experiment log.
    RecordRow,
    /// The note of an experiment row was changed.
    AnnotateRow,
    /// An experiment row was removed.
    RemoveRow,
    /// The state of an experiment row was restored.
    RestoreRow,
    /// The network was replaced by one that fits the data.
    MatchingNetwork,
    /// A custom point was added.
    AddPoint,
    /// A custom point was moved.
    MovePoint,
    /// A custom point was removed.
    RemovePoint,
    /// A dataset was chosen.
    ChooseDataset(DataSource),
    /// The training setup was removed.
    RemoveDataset,
    /// A setting of the nerve cell was changed.
    Cell,
    /// The layout in which the document opens was set or removed.
    Layout,
    /// A setting of training was changed.
    Setting(TrainingSetting),
}

impl Localized for UndoLabel {
    fn message(&self, messages: Messages) -> String {
        let fixed = match self {
            Self::Change(symbol) => return messages.undo_change(symbol),
            Self::Set(symbol) => return messages.undo_set(symbol),
            Self::SetNumbers(count) => return messages.undo_set_numbers(*count),
            Self::Reset(symbol) => return messages.undo_reset(symbol),
            Self::Range(symbol) => return messages.undo_range(symbol),
            Self::Lock(symbol) => return messages.undo_lock(symbol),
            Self::Unlock(symbol) => return messages.undo_unlock(symbol),
            Self::SavedInput(row) => return messages.undo_saved_input(row + 1),
            Self::NameInput(input) => return messages.undo_name_input(input + 1),
            Self::NameNeuron(neuron) => return messages.undo_name_neuron(neuron + 1),
            Self::Activation(activation) => return messages.undo_activation(activation.label(messages)),
            Self::Architecture(edit) => match *edit {
                ArchitectureEdit::AddInput => messages.undo_add_input(),
                ArchitectureEdit::RemoveInput(input) => return messages.undo_remove_input(input + 1),
                ArchitectureEdit::AddNeuron { layer } => return messages.undo_add_neuron(layer + 1),
                ArchitectureEdit::RemoveNeuron(at) => {
                    return messages.undo_remove_neuron(at.neuron + 1, at.layer + 1);
                }
                ArchitectureEdit::AddLayer { before } => return messages.undo_add_layer(before + 1),
                ArchitectureEdit::RemoveLayer(layer) => return messages.undo_remove_layer(layer + 1),
            },
            Self::ChooseDataset(source) => return messages.undo_choose_dataset(source.label(messages)),
            Self::Setting(setting) => return messages.undo_setting(setting.label(messages)),
            Self::UnlockAll => messages.undo_unlock_all(),
            Self::Initialize => messages.undo_initialize(),
            Self::Train => messages.undo_train(),
            Self::RestoreBest => messages.undo_restore_best(),
            Self::SetInputs => messages.undo_set_inputs(),
            Self::SavedInputs => messages.undo_saved_inputs(),
            Self::Revert => messages.undo_revert(),
            Self::LoadDocument => messages.undo_load_document(),
            Self::TakeSnapshot => messages.undo_take_snapshot(),
            Self::RenameSnapshot => messages.undo_rename_snapshot(),
            Self::RemoveSnapshot => messages.undo_remove_snapshot(),
            Self::RestoreSnapshot => messages.undo_restore_snapshot(),
            Self::SwapSnapshot => messages.undo_swap_snapshot(),
            Self::RecordRow => messages.undo_record_row(),
            Self::AnnotateRow => messages.undo_annotate_row(),
            Self::RemoveRow => messages.undo_remove_row(),
            Self::RestoreRow => messages.undo_restore_row(),
            Self::MatchingNetwork => messages.undo_matching_network(),
            Self::AddPoint => messages.undo_add_point(),
            Self::MovePoint => messages.undo_move_point(),
            Self::RemovePoint => messages.undo_remove_point(),
            Self::RemoveDataset => messages.undo_remove_dataset(),
            Self::Cell => messages.undo_cell(),
            Self::Layout => messages.undo_layout(),
        };
        fixed.to_owned()
    }
}

impl UndoLabel {
    /// Returns the label of a change of the training config. `before` is `None` if there was no data.
    pub(super) fn of_training(before: Option<&TrainingConfig>, after: &TrainingConfig) -> Self {
        let Some(before) = before else {
            return Self::ChooseDataset(after.source.clone());
        };
        if let (DataSource::Custom(points), DataSource::Custom(before_points)) =
            (&after.source, &before.source)
            && points != before_points
        {
            return match points.points().len().cmp(&before_points.points().len()) {
                Ordering::Greater => Self::AddPoint,
                Ordering::Less => Self::RemovePoint,
                Ordering::Equal => Self::MovePoint,
            };
        }
        if after.source != before.source {
            return Self::ChooseDataset(after.source.clone());
        }
        let changed = TrainingSetting::first_changed(before, after);
        Self::Setting(changed.unwrap_or(TrainingSetting::Dataset))
    }
}
