//! Everything that a person can do.

use std::sync::Arc;

use crate::data::Feature;
use crate::network::{Activation, BlueprintError, Initialisation, Knob, NeuronAt, Surgery};

use super::{
    Axes, Coaching, Column, Course, Duel, Face, Lesson, Quantity, Range, Scope, StepAt, Subject, Target,
    Whose,
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
        target: Target,
        /// To which value.
        value: f64,
        /// The gesture that this turn is a part of, if it goes on.
        gesture: Option<Gesture>,
    },
    /// Sets a knob or an input to a typed value; a value beyond its range widens the range.
    Set {
        /// What is set.
        target: Target,
        /// To which value; refused if not finite.
        value: f64,
    },
    /// Sets several of them at once, as an edited listing does; none if one of them is refused.
    SetMany(Vec<(Target, f64)>),
    /// Back to the value when opened, else to 0.
    Reset(Target),
    /// Sets how far something can be turned.
    SetRange {
        /// What has this range.
        target: Target,
        /// The range; refused if it is not sound.
        range: Range,
    },
    /// Locks a knob, or unlocks it.
    SetLocked {
        /// The knob.
        knob: Knob,
        /// Whether it is locked from now on.
        locked: bool,
    },
    /// Unlocks every knob.
    UnlockAll,
    /// New starting values for every knob that is not locked.
    Initialise(Initialisation),
    /// Gives every knob the value that training found, in the flat order; locked ones must keep theirs.
    SetKnobs(Vec<f64>),
    /// Gives every knob the value that a hand had found before, in the flat order; locked ones must keep theirs.
    RecallKnobs(Vec<f64>),
    /// Chooses data and settings to train with, or none.
    SetCourse(Option<Arc<Course>>),
    /// The same while a hand drags a setting: all of a gesture is one undo step.
    DragCourse {
        /// The course as it is now.
        course: Arc<Course>,
        /// What this is a part of.
        gesture: Gesture,
    },
    /// Another network in place of the present one: one that fits the data, with random starting values. What else
    /// there was of the document is left behind, until undo.
    NetworkForData,
    /// Chooses the inputs that are computed from the others. A network that fits the data gets and loses inputs with
    /// them.
    SetFeatures(Vec<Feature>),
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
    Coach(Coaching),
    /// Takes what training has found by now; all of a run is one undo step.
    TakeLesson(Lesson),
    /// Takes how the duel stands, or puts it away. Not undone.
    TakeDuel(Option<Arc<Duel>>),
    /// Sets all inputs at once, as choosing a case does.
    SetInputs(Vec<f64>),
    /// Replaces the table of cases: typed, pasted, added or removed rows.
    SetCases(Vec<Vec<f64>>),
    /// Changes one number of a case. Is the case the one that is chosen, the inputs follow, in the same step.
    SetCase {
        /// The row, counted from 0.
        row: usize,
        /// The input, counted from 0.
        input: usize,
        /// Its value; refused if not finite.
        value: f64,
    },
    /// Keeps the present state as a pin of this name, or of the next number, and shows it.
    Pin(String),
    /// Gives a pin, counted from 0, another name.
    RenamePin {
        /// Which.
        pin: usize,
        /// Its new name.
        name: String,
    },
    /// Removes a pin, counted from 0.
    Unpin(usize),
    /// Back to the state of a pin, counted from 0; locked knobs too.
    GoToPin(usize),
    /// Exchanges the present state with that of a pin, counted from 0.
    SwapPin(usize),
    /// Shows the state of a pin, counted from 0, beside the present one, or none.
    ShowPin(Option<usize>),
    /// Lets only one knob at a time differ from the pin that is shown, or any number of them.
    SetGuard(bool),
    /// Writes the present state into the table of experiments, with a note.
    Record(String),
    /// Gives a row of the experiments, counted from 0, another note.
    AnnotateRecord {
        /// Which.
        record: usize,
        /// Its new note.
        note: String,
    },
    /// Removes a row of the experiments, counted from 0.
    RemoveRecord(usize),
    /// Back to the state of a row of the experiments, counted from 0; locked knobs too.
    GoToRecord(usize),
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
        at: NeuronAt,
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
    Operate(Surgery),
    /// Back to the state when opened. Can itself be undone.
    StartOver,
    /// Takes the last step back.
    Undo,
    /// Does the step again that was taken back last.
    Redo,
    /// Makes a neuron the one that curve and formula speak of.
    Select(NeuronAt),
    /// Keeps a knob or an input lit, or none.
    Hold(Option<Target>),
    /// Draws the curves over another knob or input.
    Sweep(Target),
    /// Chooses between pre-activation and output.
    ShowQuantity(Quantity),
    /// Chooses whose curves are shown.
    ShowScope(Scope),
    /// Moves, zooms or fits the axes of the curves.
    SetAxes(Axes),
    /// Goes to a place of the forward pass, whose neuron is then selected, or ends stepping through it.
    Step(Option<StepAt>),
    /// Chooses the two columns of the experiments that are drawn.
    Plot([Option<Column>; 2]),
    /// How many decimals numbers are shown with.
    SetDecimals(usize),
    /// Draws maps over these two, which must differ.
    MapOver([Target; 2]),
    /// Chooses whose maps are shown.
    MapWhose(Whose),
    /// Shows small maps in the neurons of the diagram, or not.
    ShowSmallMaps(bool),
    /// Chooses how the knobs are laid out.
    ShowFace(Face),
    /// The class, counted from 0, or the number that a point gets that is set by hand.
    SetBrush(f64),
    /// How many epochs a second training goes through at most, so that eyes can follow; `None` for no limit.
    SetPace(Option<u32>),
    /// Shows or hides what the subject would be along each knob's track.
    ShowStrips(bool),
    /// Draws the loss landscape over one knob, or over two, which must differ.
    LandscapeOver(Knob, Option<Knob>),
    /// Shows losses on a logarithmic axis, or on a linear one.
    ShowLogLoss(bool),
    /// Shows a duel over the turns of the hand, or over time.
    ShowDuelByTurns(bool),
    /// Chooses what strips and sensitivities tell of; refused for the loss where there is no data.
    TellOf(Subject),
}

/// Why an action did nothing. Each is one sentence for a person.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The knob is locked.
    #[error("The {0} is locked; unlock it first")]
    Locked(String),
    /// The input is computed from others.
    #[error("The {input} is computed from {sources}; turn {instead} instead")]
    Follows {
        /// Its name in words.
        input: String,
        /// Their symbols.
        sources: String,
        /// “that” or “those”.
        instead: &'static str,
    },
    /// Another knob differs from the pin already, and only one at a time may.
    #[error("The {0} differs from the pin; one knob at a time: put it back before another is turned")]
    Guarded(String),
    /// Only one knob at a time may differ from the pin, and this would turn all.
    #[error("One knob at a time may differ from the pin; let go of the guard before all are turned")]
    GuardedAll,
    /// The network has no such knob, input, neuron or layer.
    #[error("This network has no {0}")]
    NoSuch(String),
    /// A number that is not finite, or a range that cannot be.
    #[error("{0} can’t be used here; a range needs two finite ends in order and a step above 0")]
    Unsound(String),
    /// Rows of inputs that do not fit the network, or too many of them.
    #[error("{0}")]
    Cases(String),
    /// Points that can't be set, or data that can't be made.
    #[error("{}", capitalised(.0))]
    Data(String),
    /// Values for all knobs that do not fit the network.
    #[error("{0}")]
    Knobs(String),
    /// An architecture outside the limits.
    #[error("{}", capitalised(&.0.to_string()))]
    Architecture(#[from] BlueprintError),
    /// The loss without data.
    #[error("There is no loss without data; choose some in the Training pane")]
    NoData,
    /// A map over the same number twice.
    #[error("A map needs two different numbers")]
    SameTwice,
    /// Nothing to take back.
    #[error("There is nothing to undo")]
    NothingToUndo,
    /// Nothing to do again.
    #[error("There is nothing to redo")]
    NothingToRedo,
}

fn capitalised(text: &str) -> String {
    let mut characters = text.chars();
    match characters.next() {
        Some(first) => first.to_uppercase().collect::<String>() + characters.as_str(),
        None => String::new(),
    }
}
