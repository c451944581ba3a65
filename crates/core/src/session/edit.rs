//! Changes of the document.

use std::sync::Arc;

use crate::data::ComputedFeature;
use crate::nerve_cell::CellSetting;
use crate::network::{Activation, ArchitectureEdit, Initialization, Knob, NeuronAddress};

use crate::text::parse_number;

use super::adjustable::{Adjustable, ValueRange};
use super::document::Document;
use super::gesture::Gesture;
use super::hyperparameter::EntryError;
use super::training_run::TrainingUpdate;
use super::training_setup::TrainingSetup;
use super::window_layout::WindowLayout;

/// A change of the document. It can be undone.
#[derive(Debug, Clone, PartialEq)]
pub enum Edit {
    /// Sets an adjustable to a value, clamped to the range of a knob or an input.
    Turn {
        /// The adjustable.
        target: Adjustable,
        /// The new value.
        value: f64,
        /// The gesture in progress that this change belongs to, if any.
        gesture: Option<Gesture>,
    },
    /// Sets an adjustable to an entered value. A value outside the range of a knob or an input widens the range.
    Set {
        /// The adjustable.
        target: Adjustable,
        /// The new value; rejected if not finite.
        value: f64,
    },
    /// Sets several knobs and inputs at once, as an edited code listing does. If one value is rejected, none
    /// is set.
    SetMany(Vec<(Adjustable, f64)>),
    /// Resets a knob or an input to its value in the opened document, or to 0 if it didn't exist there, and a
    /// hyperparameter to its default value.
    Reset(Adjustable),
    /// Sets the range of a knob or an input.
    SetRange {
        /// The knob or input.
        target: Adjustable,
        /// The new range; rejected if it is invalid.
        range: ValueRange,
    },
    /// Locks or unlocks a knob.
    SetLocked {
        /// The knob.
        knob: Knob,
        /// True to lock, false to unlock.
        is_locked: bool,
    },
    /// Unlocks every knob.
    UnlockAll,
    /// Sets every unlocked knob to a new initial value.
    Initialize(Initialization),
    /// Sets all knobs to values found by training, in flat order. Rejected if it changes a locked knob.
    SetTrainedKnobs(Vec<f64>),
    /// Sets all knobs to the user's earlier best values, in flat order. Rejected if it changes a locked knob.
    RestoreBestKnobs(Vec<f64>),
    /// Sets or removes the training data and settings.
    SetTrainingSetup(Option<Arc<TrainingSetup>>),
    /// Changes the training setup while a setting is dragged: all changes of a gesture are one undo step.
    DragTrainingSetup {
        /// The new training setup.
        setup: Arc<TrainingSetup>,
        /// The gesture of the drag.
        gesture: Gesture,
    },
    /// Replaces the document by that of its file, which another program has changed.
    LoadDocument(Box<Document>),
    /// Replaces the document by one with a network that fits the data, with random initial values. Nothing
    /// else of the document remains, except through undo.
    NewNetworkForData,
    /// Sets the computed features. If the network fits the data, its inputs are added and removed
    /// accordingly.
    SetFeatures(Vec<ComputedFeature>),
    /// Adds a custom point; rejected unless the data source is custom points.
    AddPoint {
        /// One or two values, as many as the other points have.
        inputs: Vec<f64>,
        /// The target: a number, or a class counted from 0.
        target: f64,
    },
    /// Moves a custom point, or changes its class or number.
    MovePoint {
        /// The point, counted from 0.
        point: usize,
        /// The new input values.
        inputs: Vec<f64>,
        /// The new target: a number, or a class counted from 0.
        target: f64,
        /// The gesture in progress that this change belongs to, if any.
        gesture: Option<Gesture>,
    },
    /// Removes a custom point, counted from 0.
    RemovePoint(usize),
    /// Applies the latest state of training. All changes of one run are one undo step.
    ApplyTraining(TrainingUpdate),
    /// Sets all inputs at once, as choosing a saved input row does.
    SetInputs(Vec<f64>),
    /// Replaces the table of saved inputs, after rows were entered, pasted, added or removed.
    SetSavedInputs(Vec<Vec<f64>>),
    /// Changes one number of a saved input row. If the current inputs equal that row, they change in the same
    /// undo step.
    SetSavedInput {
        /// The row, counted from 0.
        row: usize,
        /// The input, counted from 0.
        input: usize,
        /// The new value; rejected if not finite.
        value: f64,
    },
    /// Saves the current state as a snapshot and shows it. An empty name becomes a default name with the next
    /// number.
    TakeSnapshot(String),
    /// Renames a snapshot.
    RenameSnapshot {
        /// The snapshot, counted from 0.
        snapshot: usize,
        /// The new name.
        name: String,
    },
    /// Removes a snapshot, counted from 0.
    RemoveSnapshot(usize),
    /// Restores the state of a snapshot, counted from 0, including locked knobs.
    RestoreSnapshot(usize),
    /// Exchanges the current state with that of a snapshot, counted from 0.
    SwapSnapshot(usize),
    /// Adds the current state to the experiment log, with a note.
    RecordExperiment(String),
    /// Changes the note of an experiment row.
    AnnotateExperimentRow {
        /// The row, counted from 0.
        row: usize,
        /// The new note.
        note: String,
    },
    /// Removes an experiment row, counted from 0.
    RemoveExperimentRow(usize),
    /// Restores the state of an experiment row, counted from 0, including locked knobs.
    RestoreExperimentRow(usize),
    /// Sets or removes the name of an input.
    NameInput {
        /// The input, counted from 0.
        input: usize,
        /// The name; `None` or an empty text removes it.
        name: Option<String>,
    },
    /// Sets or removes the name of a neuron.
    NameNeuron {
        /// The neuron.
        at: NeuronAddress,
        /// The name; `None` or an empty text removes it.
        name: Option<String>,
    },
    /// Sets the activation of a layer or of one neuron.
    SetActivation {
        /// The layer, counted from 0.
        layer: usize,
        /// The neuron, counted from 0, or `None` for the whole layer.
        neuron: Option<usize>,
        /// The activation.
        activation: Activation,
    },
    /// Changes a setting of the nerve cell.
    SetCell {
        /// The setting.
        setting: CellSetting,
        /// The new value; rejected outside the range of the setting.
        value: f64,
        /// The gesture in progress that this change belongs to, if any.
        gesture: Option<Gesture>,
    },
    /// Sets the layout of the window in which the document opens; `None` for the one that the user chose last.
    SetLayout(Option<WindowLayout>),
    /// Adds or removes an input, a neuron or a layer.
    EditArchitecture(ArchitectureEdit),
}

/// The part of a document that an edit changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DocumentPart {
    /// The value of one knob, within the gesture in progress that the change belongs to, if any.
    Knob(Knob, Option<Gesture>),
    /// The values of several knobs, and possibly of inputs.
    Knobs,
    /// The current inputs.
    Inputs,
    /// The locks of knobs.
    Locks,
    /// The knobs, inputs and locks, restored from a snapshot or an experiment row.
    State,
    /// The ranges, names, saved inputs, snapshots, experiment rows, nerve cell or layout, on which no output depends.
    Annotations,
    /// The training data and settings.
    TrainingSetup,
    /// The activations of neurons.
    Activations,
    /// The architecture, and possibly everything else with it.
    Architecture,
}

impl DocumentPart {
    /// True if nothing but the values of knobs and inputs changes.
    pub(crate) fn has_only_numbers(self) -> bool {
        match self {
            Self::Knob(..) | Self::Knobs | Self::Inputs => true,
            Self::Locks
            | Self::State
            | Self::Annotations
            | Self::TrainingSetup
            | Self::Activations
            | Self::Architecture => false,
        }
    }
}

impl Edit {
    /// Returns the edit that sets an adjustable to an entered text; `None` if the text is blank.
    ///
    /// # Errors
    ///
    /// Returns the reason if the text is not a valid value.
    pub fn from_entry(
        document: &Document,
        target: Adjustable,
        text: &str,
    ) -> Result<Option<Self>, EntryError> {
        if text.trim().is_empty() {
            return Ok(None);
        }
        Ok(Some(match target {
            Adjustable::Knob(_) | Adjustable::Input(_) => Self::Set {
                target,
                value: parse_number(text).map_err(EntryError::Number)?,
            },
            Adjustable::Hyperparameter(hyperparameter) => {
                let Some(setup) = &document.training_setup else {
                    return Ok(None);
                };
                let config = hyperparameter.parse(setup.config(), text)?;
                let setup = setup.with_config(config).map_err(EntryError::Setup)?;
                Self::SetTrainingSetup(Some(Arc::new(setup)))
            }
        }))
    }

    /// Returns the part of the document that the edit changes.
    pub fn changed_part(&self) -> DocumentPart {
        let part_of = |target: &Adjustable, gesture: Option<Gesture>| match target {
            Adjustable::Knob(knob) => DocumentPart::Knob(*knob, gesture),
            Adjustable::Input(_) => DocumentPart::Inputs,
            Adjustable::Hyperparameter(_) => DocumentPart::TrainingSetup,
        };
        match self {
            Self::Turn { target, gesture, .. } => part_of(target, *gesture),
            Self::Set { target, .. } | Self::Reset(target) => part_of(target, None),
            Self::SetMany(_)
            | Self::Initialize(_)
            | Self::SetTrainedKnobs(_)
            | Self::RestoreBestKnobs(_)
            | Self::ApplyTraining(_) => DocumentPart::Knobs,
            Self::SetInputs(_) => DocumentPart::Inputs,
            Self::SetLocked { .. } | Self::UnlockAll => DocumentPart::Locks,
            Self::RestoreSnapshot(_) | Self::SwapSnapshot(_) | Self::RestoreExperimentRow(_) => {
                DocumentPart::State
            }
            Self::SetRange { .. }
            | Self::SetSavedInputs(_)
            | Self::SetSavedInput { .. }
            | Self::TakeSnapshot(_)
            | Self::RenameSnapshot { .. }
            | Self::RemoveSnapshot(_)
            | Self::RecordExperiment(_)
            | Self::AnnotateExperimentRow { .. }
            | Self::RemoveExperimentRow(_)
            | Self::NameInput { .. }
            | Self::NameNeuron { .. }
            | Self::SetCell { .. }
            | Self::SetLayout(_) => DocumentPart::Annotations,
            Self::SetTrainingSetup(_)
            | Self::DragTrainingSetup { .. }
            | Self::AddPoint { .. }
            | Self::MovePoint { .. }
            | Self::RemovePoint(_) => DocumentPart::TrainingSetup,
            Self::SetActivation { .. } => DocumentPart::Activations,
            Self::LoadDocument(_)
            | Self::NewNetworkForData
            | Self::SetFeatures(_)
            | Self::EditArchitecture(_) => DocumentPart::Architecture,
        }
    }
}
