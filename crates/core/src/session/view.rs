//! What is selected, and what the curves show. Not part of the document, and not undone.

use serde::{Deserialize, Serialize};

use crate::network::{Blueprint, Knob, NeuronAt};

use super::{Document, StepAt, Target};

/// Which of a neuron's numbers a curve shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Quantity {
    /// The pre-activation `z`, before the activation.
    PreActivation,
    /// The output `a`.
    Output,
}

/// Whose curves are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Scope {
    /// The selected neuron's.
    Neuron,
    /// Those of all neurons of its layer.
    Layer,
    /// The network's: those of all neurons of the last layer.
    Network,
}

/// Whose maps are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Whose {
    /// The selected neuron's.
    Selected,
    /// Those of all neurons of the last layer.
    Outputs,
}

/// What strips and sensitivities tell of: the quantity that a turn of a knob is looked at for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Subject {
    /// The selected neuron's number, sum or output as the curves show it.
    #[default]
    Selected,
    /// An output of the network, counted from 0.
    Output(usize),
    /// The loss on the data to train with; only where there is data.
    Loss,
}

impl Subject {
    /// The one after it, round and round, in a network of so many outputs.
    #[must_use]
    pub fn next(self, outputs: usize, has_data: bool) -> Self {
        match self {
            Self::Selected => Self::Output(0),
            Self::Output(output) if output + 1 < outputs => Self::Output(output + 1),
            Self::Output(_) if has_data => Self::Loss,
            Self::Output(_) | Self::Loss => Self::Selected,
        }
    }
}

/// How the knobs are laid out. None of them is lost in any of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Face {
    /// A slider a row.
    #[default]
    List,
    /// Round dials as the matrix that the weights are: a row a neuron, a column an input, the bias last.
    Desk,
    /// The same matrix as cells of colour.
    HeatMap,
}

impl Face {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::List, Self::Desk, Self::HeatMap];

    /// In words: “heat map”.
    pub const fn name(self) -> &'static str {
        match self {
            Self::List => "list",
            Self::Desk => "desk",
            Self::HeatMap => "heat map",
        }
    }

    /// The one after it, round and round.
    #[must_use]
    pub const fn next(self) -> Self {
        match self {
            Self::List => Self::Desk,
            Self::Desk => Self::HeatMap,
            Self::HeatMap => Self::List,
        }
    }
}

/// The part of the plane that the curves pane shows, as `[from, to]`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Axes {
    /// Along the swept number; `None` for its own range.
    pub x: Option<[f64; 2]>,
    /// Along the curves' values; `None` to fit them.
    pub y: Option<[f64; 2]>,
}

/// A column of the experiments.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Column {
    /// The number of the row.
    Row,
    /// An input or a knob.
    Target(Target),
    /// An output of the network, counted from 0.
    Output(usize),
}

/// What is selected and shown.
#[derive(Debug, Clone, PartialEq)]
pub struct View {
    /// The neuron that curve and formula speak of.
    pub selected: NeuronAt,
    /// The knob or input that was taken last, if any: lit in every pane.
    pub held: Option<Target>,
    /// What the curves are drawn over.
    pub over: Target,
    /// Pre-activation or output.
    pub quantity: Quantity,
    /// Whose curves.
    pub scope: Scope,
    /// The part of the plane in view.
    pub axes: Axes,
    /// How many decimals numbers are shown with, 0 to 12.
    pub decimals: usize,
    /// The pin whose state is shown as a ghost, counted from 0.
    pub pin: Option<usize>,
    /// Whether only one knob at a time may differ from that pin.
    pub guard: bool,
    /// The place that stepping through the forward pass has come to.
    pub step: Option<StepAt>,
    /// What the experiments are drawn over, and what is drawn; `None` for a column that tells most.
    pub plotted: [Option<Column>; 2],
    /// The two that maps are drawn over, across and up; never the same.
    pub map_over: [Target; 2],
    /// Whose maps.
    pub map_whose: Whose,
    /// Whether the neurons of the diagram have small maps.
    pub has_small_maps: bool,
    /// How the knobs are laid out.
    pub face: Face,
    /// The class, counted from 0, or the number that a point gets that is set by hand.
    pub brush: f64,
    /// How many epochs a second training goes through at most; `None` for no limit.
    pub pace: Option<u32>,
    /// Whether each knob's track is painted with what the subject would be.
    pub strips: bool,
    /// The knobs that the loss landscape is over, across and up; only across where it is a curve. Never the same.
    pub landscape_over: (Knob, Option<Knob>),
    /// Whether losses are shown on a logarithmic axis.
    pub log_loss: bool,
    /// Whether a duel is shown over the turns of the hand, not over time.
    pub duel_by_turns: bool,
    /// What strips and sensitivities tell of.
    pub subject: Subject,
}

impl View {
    /// What a document opens with: the second neuron of the last layer if it has one, over the first input.
    pub fn of(blueprint: &Blueprint) -> Self {
        let layer = blueprint.last_layer();
        let neuron = usize::from(blueprint.width(layer) > 1);
        Self {
            selected: NeuronAt { layer, neuron },
            held: None,
            over: Target::Input(0),
            quantity: Quantity::Output,
            scope: Scope::Neuron,
            axes: Axes { x: None, y: None },
            decimals: 3,
            pin: None,
            guard: false,
            step: None,
            plotted: [None, None],
            map_over: first_pair(blueprint),
            map_whose: Whose::Selected,
            has_small_maps: false,
            face: Face::List,
            brush: 1.0,
            pace: Some(30),
            strips: true,
            landscape_over: first_knobs(blueprint, NeuronAt { layer, neuron }),
            log_loss: false,
            duel_by_turns: false,
            subject: Subject::Selected,
        }
    }

    /// The neuron whose number strips and sensitivities tell of, and which number; `None` for the loss.
    pub fn neuron_told_of(&self, blueprint: &Blueprint) -> Option<(NeuronAt, Quantity)> {
        match self.subject {
            Subject::Selected => Some((self.selected, self.quantity)),
            Subject::Output(neuron) => {
                let layer = blueprint.last_layer();
                Some((NeuronAt { layer, neuron }, Quantity::Output))
            }
            Subject::Loss => None,
        }
    }

    /// Lets go of what a changed document no longer has, and of the loss where there is no data.
    pub fn settle(&mut self, document: &Document, has_data: bool) {
        let blueprint = document.network.blueprint();
        let is_there = match self.subject {
            Subject::Selected => true,
            Subject::Output(output) => output < blueprint.width(blueprint.last_layer()),
            Subject::Loss => has_data,
        };
        if !is_there {
            self.subject = Subject::Selected;
        }
        let has_pin = |&pin: &usize| document.pins.get(pin).is_some_and(|pin| pin.fits(document));
        self.pin = self.pin.filter(has_pin);
        self.guard &= self.pin.is_some();
        self.step = self.step.filter(|step| step.is_in(blueprint));
        for column in &mut self.plotted {
            *column = column.filter(|column| match *column {
                Column::Row => true,
                Column::Target(target) => target.is_in(blueprint),
                Column::Output(output) => output < blueprint.width(blueprint.last_layer()),
            });
        }
        let at = &mut self.selected;
        at.layer = at.layer.min(blueprint.last_layer());
        at.neuron = at.neuron.min(blueprint.width(at.layer) - 1);
        self.held = self.held.filter(|target| target.is_in(blueprint));
        if !self.over.is_in(blueprint) {
            self.over = Target::Input(0);
            self.axes = Axes { x: None, y: None };
        }
        let (across, up) = self.landscape_over;
        if !blueprint.contains(across) || up.is_some_and(|up| !blueprint.contains(up)) {
            self.landscape_over = first_knobs(blueprint, self.selected);
        }
        if !self.map_over.iter().all(|target| target.is_in(blueprint)) {
            self.map_over = first_pair(blueprint);
        }
    }
}

/// What a loss landscape is over at first: the first two knobs of a neuron.
fn first_knobs(blueprint: &Blueprint, NeuronAt { layer, neuron }: NeuronAt) -> (Knob, Option<Knob>) {
    let second = match blueprint.fan_in(layer) {
        0 | 1 => Knob::bias(layer, neuron),
        _ => Knob::weight(layer, neuron, 1),
    };
    (Knob::weight(layer, neuron, 0), Some(second))
}

/// What a map is over at first: the first two inputs, or the only one and the first weight on it.
fn first_pair(blueprint: &Blueprint) -> [Target; 2] {
    let second = if blueprint.inputs() > 1 {
        Target::Input(1)
    } else {
        Knob::weight(0, 0, 0).into()
    };
    [Target::Input(0), second]
}
