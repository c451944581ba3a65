//! What is selected, and what the curves show. Not part of the document, and not undone.

use serde::{Deserialize, Serialize};

use crate::network::{Architecture, Knob, NeuronAddress};

use super::{Document, ForwardStep, Adjustable};

/// Which of a neuron's numbers a curve shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Quantity {
    /// The pre-activation `z`, before the activation.
    WeightedSum,
    /// The output `a`.
    Output,
}

/// Whose curves are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CurveScope {
    /// The selected neuron's.
    Neuron,
    /// Those of all neurons of its layer.
    Layer,
    /// The network's: those of all neurons of the last layer.
    Network,
}

/// Whose maps are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MapScope {
    /// The selected neuron's.
    Selected,
    /// Those of all neurons of the last layer.
    Outputs,
}

/// What strips and sensitivities tell of: the quantity that a turn of a knob is looked at for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum SensitivityTarget {
    /// The selected neuron's number, sum or output as the curves show it.
    #[default]
    Selected,
    /// An output of the network, counted from 0.
    Output(usize),
    /// The loss on the data to train with; only where there is data.
    Loss,
}

impl SensitivityTarget {
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
pub enum KnobLayout {
    /// A slider a row.
    #[default]
    List,
    /// Round dials as the matrix that the weights are: a row a neuron, a column an input, the bias last.
    Desk,
    /// The same matrix as cells of colour.
    HeatMap,
}

impl KnobLayout {
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
pub struct CurveAxes {
    /// Along the swept number; `None` for its own range.
    pub x: Option<[f64; 2]>,
    /// Along the curves' values; `None` to fit them.
    pub y: Option<[f64; 2]>,
}

/// A column of the experiments.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ExperimentColumn {
    /// The number of the row.
    Row,
    /// An input or a knob.
    Adjustable(Adjustable),
    /// An output of the network, counted from 0.
    Output(usize),
}

/// What is selected and shown.
#[derive(Debug, Clone, PartialEq)]
pub struct View {
    /// The neuron that curve and formula speak of.
    pub selected: NeuronAddress,
    /// The knob or input that was taken last, if any: lit in every pane.
    pub highlighted: Option<Adjustable>,
    /// What the curves are drawn over.
    pub swept: Adjustable,
    /// Pre-activation or output.
    pub quantity: Quantity,
    /// Whose curves.
    pub curve_scope: CurveScope,
    /// The part of the plane in view.
    pub curve_axes: CurveAxes,
    /// How many decimals numbers are shown with, 0 to 12.
    pub decimals: usize,
    /// The pin whose state is shown as a ghost, counted from 0.
    pub snapshot: Option<usize>,
    /// Whether only one knob at a time may differ from that pin.
    pub is_one_knob_at_a_time: bool,
    /// The place that stepping through the forward pass has come to.
    pub forward_step: Option<ForwardStep>,
    /// What the experiments are drawn over, and what is drawn; `None` for a column that tells most.
    pub plotted_columns: [Option<ExperimentColumn>; 2],
    /// The two that maps are drawn over, across and up; never the same.
    pub map_axes: [Adjustable; 2],
    /// Whose maps.
    pub map_scope: MapScope,
    /// Whether the neurons of the diagram have small maps.
    pub has_small_maps: bool,
    /// How the knobs are laid out.
    pub knob_layout: KnobLayout,
    /// The class, counted from 0, or the number that a point gets that is set by hand.
    pub new_point_label: f64,
    /// How many epochs a second training goes through at most; `None` for no limit.
    pub epochs_per_second: Option<u32>,
    /// Whether each knob's track is painted with what the subject would be.
    pub has_knob_profiles: bool,
    /// The knobs that the loss landscape is over, across and up; only across where it is a curve. Never the same.
    pub landscape_knobs: (Knob, Option<Knob>),
    /// Whether losses are shown on a logarithmic axis.
    pub has_log_loss_axis: bool,
    /// Whether a duel is shown over the turns of the hand, not over time.
    pub is_challenge_by_turns: bool,
    /// What strips and sensitivities tell of.
    pub sensitivity_target: SensitivityTarget,
}

impl View {
    /// What a document opens with: the second neuron of the last layer if it has one, over the first input.
    pub fn new(architecture: &Architecture) -> Self {
        let layer = architecture.last_layer();
        let neuron = usize::from(architecture.width(layer) > 1);
        Self {
            selected: NeuronAddress { layer, neuron },
            highlighted: None,
            swept: Adjustable::Input(0),
            quantity: Quantity::Output,
            curve_scope: CurveScope::Neuron,
            curve_axes: CurveAxes { x: None, y: None },
            decimals: 3,
            snapshot: None,
            is_one_knob_at_a_time: false,
            forward_step: None,
            plotted_columns: [None, None],
            map_axes: default_map_axes(architecture),
            map_scope: MapScope::Selected,
            has_small_maps: false,
            knob_layout: KnobLayout::List,
            new_point_label: 1.0,
            epochs_per_second: Some(30),
            has_knob_profiles: true,
            landscape_knobs: default_landscape_knobs(architecture, NeuronAddress { layer, neuron }),
            has_log_loss_axis: false,
            is_challenge_by_turns: false,
            sensitivity_target: SensitivityTarget::Selected,
        }
    }

    /// The neuron whose number strips and sensitivities tell of, and which number; `None` for the loss.
    pub fn sensitivity_neuron(&self, architecture: &Architecture) -> Option<(NeuronAddress, Quantity)> {
        match self.sensitivity_target {
            SensitivityTarget::Selected => Some((self.selected, self.quantity)),
            SensitivityTarget::Output(neuron) => {
                let layer = architecture.last_layer();
                Some((NeuronAddress { layer, neuron }, Quantity::Output))
            }
            SensitivityTarget::Loss => None,
        }
    }

    /// Lets go of what a changed document no longer has, and of the loss where there is no data.
    pub fn reset_missing(&mut self, document: &Document, has_data: bool) {
        let architecture = document.network.architecture();
        let is_there = match self.sensitivity_target {
            SensitivityTarget::Selected => true,
            SensitivityTarget::Output(output) => output < architecture.width(architecture.last_layer()),
            SensitivityTarget::Loss => has_data,
        };
        if !is_there {
            self.sensitivity_target = SensitivityTarget::Selected;
        }
        let has_pin = |&snapshot: &usize| document.snapshots.get(snapshot).is_some_and(|pin| pin.fits(document));
        self.snapshot = self.snapshot.filter(has_pin);
        self.is_one_knob_at_a_time &= self.snapshot.is_some();
        self.forward_step = self.forward_step.filter(|step| step.is_in(architecture));
        for column in &mut self.plotted_columns {
            *column = column.filter(|column| match *column {
                ExperimentColumn::Row => true,
                ExperimentColumn::Adjustable(target) => target.is_in(architecture),
                ExperimentColumn::Output(output) => output < architecture.width(architecture.last_layer()),
            });
        }
        let at = &mut self.selected;
        at.layer = at.layer.min(architecture.last_layer());
        at.neuron = at.neuron.min(architecture.width(at.layer) - 1);
        self.highlighted = self.highlighted.filter(|target| target.is_in(architecture));
        if !self.swept.is_in(architecture) {
            self.swept = Adjustable::Input(0);
            self.curve_axes = CurveAxes { x: None, y: None };
        }
        let (across, up) = self.landscape_knobs;
        if !architecture.contains(across) || up.is_some_and(|up| !architecture.contains(up)) {
            self.landscape_knobs = default_landscape_knobs(architecture, self.selected);
        }
        if !self.map_axes.iter().all(|target| target.is_in(architecture)) {
            self.map_axes = default_map_axes(architecture);
        }
    }
}

/// What a loss landscape is over at first: the first two knobs of a neuron.
fn default_landscape_knobs(architecture: &Architecture, NeuronAddress { layer, neuron }: NeuronAddress) -> (Knob, Option<Knob>) {
    let second = match architecture.fan_in(layer) {
        0 | 1 => Knob::bias(layer, neuron),
        _ => Knob::weight(layer, neuron, 1),
    };
    (Knob::weight(layer, neuron, 0), Some(second))
}

/// What a map is over at first: the first two inputs, or the only one and the first weight on it.
fn default_map_axes(architecture: &Architecture) -> [Adjustable; 2] {
    let second = if architecture.input_count() > 1 {
        Adjustable::Input(1)
    } else {
        Knob::weight(0, 0, 0).into()
    };
    [Adjustable::Input(0), second]
}
