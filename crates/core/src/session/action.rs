//! Everything that a person can do.

use std::sync::Arc;

use crate::data::ComputedFeature;
use crate::network::{Activation, ArchitectureError, Initialization, Knob, NeuronAddress, ArchitectureEdit};

use super::{
    CurveAxes, TrainingCommand, ExperimentColumn, TrainingSetup, Challenge, KnobLayout, TrainingUpdate, Quantity, ValueRange, CurveScope, ForwardStep, SensitivityTarget, Adjustable,
    MapScope,
};

/// From press to release. Turns of one gesture are one undo step.
///
/// Whoever turns hands into actions gives each press, each held key and each run of the wheel its own number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Gesture(pub u64);

/// Everything that a person can do to a session. Menus, keys, panes and tests all speak it.
#[derive(Debug, Clone, PartialEq)]
pub enum Action {
    /// Turns a knob or an input to a value, kept within its range.
    Turn {
        /// What is turned.
        target: Adjustable,
        /// To which value.
        value: f64,
        /// The gesture that this turn is a part of, if it goes on.
        gesture: Option<Gesture>,
    },
    /// Sets a knob or an input to a typed value; a value beyond its range widens the range.
    Set {
        /// What is set.
        target: Adjustable,
        /// To which value; refused if not finite.
        value: f64,
    },
    /// Sets several of them at once, as an edited listing does; none if one of them is refused.
    SetMany(Vec<(Adjustable, f64)>),
    /// Back to the value when opened, else to 0.
    Reset(Adjustable),
    /// Sets how far something can be turned.
    SetRange {
        /// What has this range.
        target: Adjustable,
        /// The range; refused if it is not sound.
        range: ValueRange,
    },
    /// Locks a knob, or unlocks it.
    SetLocked {
        /// The knob.
        knob: Knob,
        /// Whether it is locked from now on.
        is_locked: bool,
    },
    /// Unlocks every knob.
    UnlockAll,
    /// New starting values for every knob that is not locked.
    Initialize(Initialization),
    /// Gives every knob the value that training found, in the flat order; locked ones must keep theirs.
    SetTrainedKnobs(Vec<f64>),
    /// Gives every knob the value that a hand had found before, in the flat order; locked ones must keep theirs.
    RestoreBestKnobs(Vec<f64>),
    /// Chooses data and settings to train with, or none.
    SetTrainingSetup(Option<Arc<TrainingSetup>>),
    /// The same while a hand drags a setting: all of a gesture is one undo step.
    DragTrainingSetup {
        /// The course as it is now.
        setup: Arc<TrainingSetup>,
        /// What this is a part of.
        gesture: Gesture,
    },
    /// Another network in place of the present one: one that fits the data, with random starting values. What else
    /// there was of the document is left behind, until undo.
    NewNetworkForData,
    /// Chooses the inputs that are computed from the others. A network that fits the data gets and loses inputs with
    /// them.
    SetFeatures(Vec<ComputedFeature>),
    /// Sets a point by hand, among points that are one’s own.
    AddPoint {
        /// One number or two, as many as the points have.
        inputs: Vec<f64>,
        /// Its number, or its class counted from 0.
        target: f64,
    },
    /// Moves a point that was set by hand, or gives it another class or number.
    MovePoint {
        /// Which, counted from 0.
        point: usize,
        /// Its place from now on.
        inputs: Vec<f64>,
        /// Its number, or its class counted from 0.
        target: f64,
        /// The gesture that this is a part of, if it goes on.
        gesture: Option<Gesture>,
    },
    /// Takes a point away that was set by hand, counted from 0.
    RemovePoint(usize),
    /// Asks something of training; done by who trains, and nothing by itself.
    Training(TrainingCommand),
    /// Takes what training has found by now; all of a run is one undo step.
    ApplyTraining(TrainingUpdate),
    /// Takes how the duel stands, or puts it away. Not undone.
    SetChallenge(Option<Arc<Challenge>>),
    /// Sets all inputs at once, as choosing a case does.
    SetInputs(Vec<f64>),
    /// Replaces the table of cases: typed, pasted, added or removed rows.
    SetSavedInputs(Vec<Vec<f64>>),
    /// Changes one number of a case. Is the case the one that is chosen, the inputs follow, in the same step.
    SetSavedInput {
        /// The row, counted from 0.
        row: usize,
        /// The input, counted from 0.
        input: usize,
        /// Its value; refused if not finite.
        value: f64,
    },
    /// Keeps the present state as a pin of this name, or of the next number, and shows it.
    TakeSnapshot(String),
    /// Gives a pin, counted from 0, another name.
    RenameSnapshot {
        /// Which.
        snapshot: usize,
        /// Its new name.
        name: String,
    },
    /// Removes a pin, counted from 0.
    RemoveSnapshot(usize),
    /// Back to the state of a pin, counted from 0; locked knobs too.
    RestoreSnapshot(usize),
    /// Exchanges the present state with that of a pin, counted from 0.
    SwapSnapshot(usize),
    /// Shows the state of a pin, counted from 0, beside the present one, or none.
    ShowSnapshot(Option<usize>),
    /// Lets only one knob at a time differ from the pin that is shown, or any number of them.
    SetOneKnobAtATime(bool),
    /// Writes the present state into the table of experiments, with a note.
    RecordExperiment(String),
    /// Gives a row of the experiments, counted from 0, another note.
    AnnotateExperimentRow {
        /// Which.
        row: usize,
        /// Its new note.
        note: String,
    },
    /// Removes a row of the experiments, counted from 0.
    RemoveExperimentRow(usize),
    /// Back to the state of a row of the experiments, counted from 0; locked knobs too.
    RestoreExperimentRow(usize),
    /// Names an input, or takes its name away.
    NameInput {
        /// Counted from 0.
        input: usize,
        /// `None` or an empty text for no name.
        name: Option<String>,
    },
    /// Names a neuron, or takes its name away.
    NameNeuron {
        /// The neuron.
        at: NeuronAddress,
        /// `None` or an empty text for no name.
        name: Option<String>,
    },
    /// Gives an activation to a layer, or to one neuron of it.
    SetActivation {
        /// The layer, counted from 0.
        layer: usize,
        /// The neuron, or `None` for the whole layer.
        neuron: Option<usize>,
        /// The activation.
        activation: Activation,
    },
    /// Adds or removes an input, a neuron or a layer.
    EditArchitecture(ArchitectureEdit),
    /// Back to the state when opened. Can itself be undone.
    StartOver,
    /// Takes the last step back.
    Undo,
    /// Does the step again that was taken back last.
    Redo,
    /// Makes a neuron the one that curve and formula speak of.
    Select(NeuronAddress),
    /// Keeps a knob or an input lit, or none.
    Highlight(Option<Adjustable>),
    /// Draws the curves over another knob or input.
    Sweep(Adjustable),
    /// Chooses between pre-activation and output.
    SetQuantity(Quantity),
    /// Chooses whose curves are shown.
    SetCurveScope(CurveScope),
    /// Moves, zooms or fits the axes of the curves.
    SetAxes(CurveAxes),
    /// Goes to a place of the forward pass, whose neuron is then selected, or ends stepping through it.
    StepTo(Option<ForwardStep>),
    /// Chooses the two columns of the experiments that are drawn.
    PlotColumns([Option<ExperimentColumn>; 2]),
    /// How many decimals numbers are shown with.
    SetDecimals(usize),
    /// Draws maps over these two, which must differ.
    SetMapAxes([Adjustable; 2]),
    /// Chooses whose maps are shown.
    SetMapScope(MapScope),
    /// Shows small maps in the neurons of the diagram, or not.
    ShowSmallMaps(bool),
    /// Chooses how the knobs are laid out.
    SetKnobLayout(KnobLayout),
    /// The class, counted from 0, or the number that a point gets that is set by hand.
    SetNewPointLabel(f64),
    /// How many epochs a second training goes through at most, so that eyes can follow; `None` for no limit.
    SetEpochsPerSecond(Option<u32>),
    /// Shows or hides what the subject would be along each knob's track.
    ShowKnobProfiles(bool),
    /// Draws the loss landscape over one knob, or over two, which must differ.
    SetLandscapeKnobs(Knob, Option<Knob>),
    /// Shows losses on a logarithmic axis, or on a linear one.
    ShowLogLoss(bool),
    /// Shows a duel over the turns of the hand, or over time.
    ShowChallengeByTurns(bool),
    /// Chooses what strips and sensitivities tell of; refused for the loss where there is no data.
    SetSensitivityTarget(SensitivityTarget),
}

/// Why an action did nothing. Each is one sentence for a person.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ActionError {
    /// The knob is locked.
    #[error("The {0} is locked; unlock it first")]
    Locked(String),
    /// The input is computed from others.
    #[error("The {input} is computed from {sources}; turn {instead} instead")]
    ComputedInput {
        /// Its name in words.
        input: String,
        /// Their symbols.
        sources: String,
        /// “that” or “those”.
        instead: &'static str,
    },
    /// Another knob differs from the pin already, and only one at a time may.
    #[error("The {0} differs from the pin; one knob at a time: put it back before another is turned")]
    AnotherKnobDiffers(String),
    /// Only one knob at a time may differ from the pin, and this would turn all.
    #[error("One knob at a time may differ from the pin; let go of the guard before all are turned")]
    ChangesAllKnobs,
    /// The network has no such knob, input, neuron or layer.
    #[error("This network has no {0}")]
    NotFound(String),
    /// A number that is not finite, or a range that cannot be.
    #[error("{0} can’t be used here; a range needs two finite ends in order and a step above 0")]
    InvalidValue(String),
    /// Rows of inputs that do not fit the network, or too many of them.
    #[error("{0}")]
    Other(String),
    /// Points that can't be set, or data that can't be made.
    #[error("{}", capitalized(.0))]
    Data(String),
    /// Values for all knobs that do not fit the network.
    #[error("{0}")]
    Knobs(String),
    /// An architecture outside the limits.
    #[error("{}", capitalized(&.0.to_string()))]
    Architecture(#[from] ArchitectureError),
    /// The loss without data.
    #[error("There is no loss without data; choose some in the Training pane")]
    NoData,
    /// A map over the same number twice.
    #[error("A map needs two different numbers")]
    SameAxisTwice,
    /// Nothing to take back.
    #[error("There is nothing to undo")]
    NothingToUndo,
    /// Nothing to do again.
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
