//! Everything that the user can do.

use std::sync::Arc;

use crate::data::ComputedFeature;
use crate::network::{Activation, ArchitectureEdit, ArchitectureError, Initialization, Knob, NeuronAddress};

use super::{
    Adjustable, Challenge, CurveAxes, CurveScope, ExperimentColumn, ForwardStep, KnobLayout, Language,
    MapScope, Quantity, SensitivityTarget, TrainingCommand, TrainingSetup, TrainingUpdate, ValueRange,
};

/// Identifies a gesture, from press to release. Changes with the same gesture become one undo step.
///
/// The input code gives each press, each held key and each series of wheel events its own number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Gesture(pub u64);

/// Everything that the user can do to a session. Menus, keys, panes and tests all send actions.
#[derive(Debug, Clone, PartialEq)]
pub enum Action {
    /// Sets a knob or an input to a value, clamped to its range.
    Turn {
        /// The knob or input.
        target: Adjustable,
        /// The new value.
        value: f64,
        /// The gesture in progress that this change belongs to, if any.
        gesture: Option<Gesture>,
    },
    /// Sets a knob or an input to an entered value. A value outside its range widens the range.
    Set {
        /// The knob or input.
        target: Adjustable,
        /// The new value; rejected if not finite.
        value: f64,
    },
    /// Sets several knobs and inputs at once, as an edited code listing does. If one value is rejected, none
    /// is set.
    SetMany(Vec<(Adjustable, f64)>),
    /// Resets a knob or an input to its value in the opened document, or to 0 if it didn't exist there.
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
    /// Sends a command to training. The program executes it; the session itself does nothing.
    Training(TrainingCommand),
    /// Applies the latest state of training. All changes of one run are one undo step.
    ApplyTraining(TrainingUpdate),
    /// Sets the current state of the challenge, or removes it. Can't be undone.
    SetChallenge(Option<Arc<Challenge>>),
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
    /// Shows a snapshot, counted from 0, together with the current state; `None` hides it.
    ShowSnapshot(Option<usize>),
    /// Allows only one knob at a time to differ from the shown snapshot, or any number of knobs.
    SetOneKnobAtATime(bool),
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
    /// Adds or removes an input, a neuron or a layer.
    EditArchitecture(ArchitectureEdit),
    /// Reverts the document to its opened state. This can be undone.
    StartOver,
    /// Undoes the last step.
    Undo,
    /// Redoes the step that was undone last.
    Redo,
    /// Selects the neuron that the curves and the formula show.
    Select(NeuronAddress),
    /// Highlights a knob or an input in every pane, or none.
    Highlight(Option<Adjustable>),
    /// Chooses the knob or input on the horizontal axis of the curves.
    Sweep(Adjustable),
    /// Chooses whether the curves show weighted sums or outputs.
    SetQuantity(Quantity),
    /// Chooses the neurons whose curves are shown.
    SetCurveScope(CurveScope),
    /// Moves, zooms or fits the axes of the curves.
    SetAxes(CurveAxes),
    /// Goes to a position in the forward pass and selects its neuron; `None` ends stepping.
    StepTo(Option<ForwardStep>),
    /// Chooses the two columns of the experiment log that are plotted.
    PlotColumns([Option<ExperimentColumn>; 2]),
    /// Sets the number of decimals of shown numbers; at most 12.
    SetDecimals(usize),
    /// Sets the two axes of the output maps; rejected if they are the same.
    SetMapAxes([Adjustable; 2]),
    /// Chooses the neurons whose maps are shown.
    SetMapScope(MapScope),
    /// Shows or hides small maps in the neurons of the diagram.
    ShowSmallMaps(bool),
    /// Chooses the layout of the knobs.
    SetKnobLayout(KnobLayout),
    /// Sets the class, counted from 0, or the number that new custom points get.
    SetNewPointLabel(f64),
    /// Limits the training speed, in epochs per second, so that it can be followed by eye; `None` for no
    /// limit.
    SetEpochsPerSecond(Option<u32>),
    /// Shows or hides the profile of the sensitivity target along the track of each knob.
    ShowKnobProfiles(bool),
    /// Sets the knobs of the loss landscape: one for a curve, or two, which must differ.
    SetLandscapeKnobs(Knob, Option<Knob>),
    /// Switches between a logarithmic and a linear axis for losses.
    ShowLogLoss(bool),
    /// Switches the horizontal axis of the challenge between turns of the user and time.
    ShowChallengeByTurns(bool),
    /// Chooses the quantity for profiles and sensitivities; the loss is rejected if there is no data.
    SetSensitivityTarget(SensitivityTarget),
    /// Chooses the language of the code.
    SetCodeLanguage(Language),
    /// Chooses whether an activation is set for the whole layer or for one neuron.
    SetActivationForLayer(bool),
    /// Chooses between plot and table where the experiment log has no room for both.
    ShowExperimentPlot(bool),
    /// Shows or hides the settings of training.
    ShowTrainingSettings(bool),
}

/// The reason why an action was rejected. Its text is one sentence for the user.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ActionError {
    /// The knob is locked.
    #[error("The {0} is locked; unlock it first")]
    Locked(String),
    /// The input is computed from other inputs.
    #[error("The {input} is computed from {sources}; turn {pronoun} instead")]
    ComputedInput {
        /// The input in words, such as “input 3”.
        input: String,
        /// The symbols of the inputs that it is computed from.
        sources: String,
        /// “that” or “those”.
        pronoun: &'static str,
    },
    /// Another knob differs from the snapshot already, and only one at a time may.
    #[error("The {0} differs from the pin; one knob at a time: put it back before another is turned")]
    AnotherKnobDiffers(String),
    /// Only one knob at a time may differ from the snapshot, and this would change all.
    #[error("One knob at a time may differ from the pin; let go of the guard before all are turned")]
    ChangesAllKnobs,
    /// The network doesn't have this knob, input, neuron or layer, or the document no such snapshot or row.
    #[error("This network has no {0}")]
    NotFound(String),
    /// A number is not finite, or a range is invalid.
    #[error("{0} can’t be used here; a range needs two finite ends in order and a step above 0")]
    InvalidValue(String),
    /// Input rows don't fit the network, a table is full, or a snapshot can't be used.
    #[error("{0}")]
    Other(String),
    /// Custom points can't be changed, or data can't be created.
    #[error("{}", capitalized(.0))]
    Data(String),
    /// The values for all knobs don't fit the network.
    #[error("{0}")]
    Knobs(String),
    /// The architecture would exceed the limits.
    #[error("{}", capitalized(&.0.to_string()))]
    Architecture(#[from] ArchitectureError),
    /// The loss was chosen without data.
    #[error("There is no loss without data; choose some in the Training pane")]
    NoData,
    /// Both axes of a map or of the loss landscape are the same.
    #[error("A map needs two different numbers")]
    SameAxisTwice,
    /// There is nothing to undo.
    #[error("There is nothing to undo")]
    NothingToUndo,
    /// There is nothing to redo.
    #[error("There is nothing to redo")]
    NothingToRedo,
}

fn capitalized(text: &str) -> String {
    let mut characters = text.chars();
    match characters.next() {
        Some(first) => first.to_uppercase().collect::<String>() + characters.as_str(),
        None => String::new(),
    }
}
