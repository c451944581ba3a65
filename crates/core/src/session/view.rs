//! Selection and display settings. They are not part of the document and can't be undone.

use serde::{Deserialize, Serialize};

use crate::network::{Architecture, ForwardPass, Knob, NeuronAddress};

use super::adjustable::Adjustable;
use super::backward_step::{BackwardStep, BackwardTarget};
use super::document::Document;
use super::forward_step::ForwardStep;
use super::language::Language;

/// The quantity of a neuron that a curve shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Quantity {
    /// The weighted sum `z`, before the activation.
    WeightedSum,
    /// The output `a`.
    Output,
}

impl Quantity {
    /// Returns this quantity of a neuron in a forward pass, one value per sample.
    pub(crate) fn of(self, forward_pass: &ForwardPass, at: NeuronAddress) -> &[f64] {
        match self {
            Self::WeightedSum => forward_pass.z(at.layer, at.neuron),
            Self::Output => forward_pass.a(at.layer, at.neuron),
        }
    }
}

/// The neurons whose curves are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CurveScope {
    /// The selected neuron.
    Neuron,
    /// All neurons of the selected neuron's layer.
    Layer,
    /// All neurons of the output layer.
    Network,
}

/// The maximum number of decimals that numbers are shown with.
pub const MAX_DECIMALS: usize = 12;
/// The maximum number of output maps that are shown.
const MAX_MAPS: usize = 9;

/// The neurons whose output maps are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MapScope {
    /// The selected neuron.
    Selected,
    /// All neurons of the output layer.
    Outputs,
}

/// The quantity whose dependence on each knob is shown, by profiles and sensitivity arrows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum SensitivityTarget {
    /// The weighted sum or the output of the selected neuron, as in [`View::quantity`].
    #[default]
    Selected,
    /// An output of the network, counted from 0.
    Output(usize),
    /// The loss on the training set; only if there is data.
    Loss,
}

impl SensitivityTarget {
    /// Returns the next choice in a cycle: selected neuron, each of `outputs` outputs, the loss if there is
    /// data.
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

crate::named_enum! {
    /// The layout of the knobs. Every layout shows all knobs.
    #[derive(Default, Serialize, Deserialize)]
    #[serde(rename_all = "kebab-case")]
    pub enum KnobLayout {
        /// A slider in each row.
        #[default]
        List = "list",
        /// Dials in a matrix like the weights: a row for each neuron, a column for each input, the bias last.
        Desk = "desk",
        /// The same matrix as colored cells.
        HeatMap = "heat-map",
    }
}

impl KnobLayout {
    /// Returns the next layout in a cycle.
    #[must_use]
    pub const fn next(self) -> Self {
        match self {
            Self::List => Self::Desk,
            Self::Desk => Self::HeatMap,
            Self::HeatMap => Self::List,
        }
    }
}

/// A cell of the confusion matrix: the samples of a class that are predicted as a class.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ConfusionCell {
    /// True for the test set, false for the training set.
    pub is_test: bool,
    /// The true class, counted from 0.
    pub class: usize,
    /// The predicted class, counted from 0.
    pub predicted: usize,
}

/// The visible ranges of the axes of the curves pane, as `[from, to]`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CurveAxes {
    /// The range of the horizontal axis; `None` for the range of the swept knob or input.
    pub x: Option<[f64; 2]>,
    /// The range of the vertical axis; `None` to fit the curves.
    pub y: Option<[f64; 2]>,
}

/// A column of the experiment log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ExperimentColumn {
    /// The number of the row.
    Row,
    /// A knob or an input.
    Adjustable(Adjustable),
    /// An output of the network, counted from 0.
    Output(usize),
}

/// Selection and display settings.
#[derive(Debug, Clone, PartialEq)]
pub struct View {
    /// The neuron that the curves and the formula show.
    pub selected: NeuronAddress,
    /// The knob or input that was used last, if any; it is highlighted in every pane.
    pub highlighted: Option<Adjustable>,
    /// The knob or input on the horizontal axis of the curves.
    pub swept: Adjustable,
    /// The quantity that the curves show.
    pub quantity: Quantity,
    /// The neurons whose curves are shown.
    pub curve_scope: CurveScope,
    /// The visible ranges of the curves' axes.
    pub curve_axes: CurveAxes,
    /// The number of times that these axes were set or fitted.
    pub axes_revision: u64,
    /// True if the curves are shown for nine values of the knob or input that was used last.
    pub has_curve_family: bool,
    /// The number of decimals of shown numbers, 0 to 12.
    pub decimals: usize,
    /// The snapshot that is shown as an overlay, counted from 0.
    pub snapshot: Option<usize>,
    /// True if only one knob at a time may differ from that snapshot.
    pub is_one_knob_at_a_time: bool,
    /// The current position while stepping through the forward pass; `None` if not stepping.
    pub forward_step: Option<ForwardStep>,
    /// The current position while stepping through the backward pass; `None` if not stepping through that.
    pub backward_step: Option<BackwardStep>,
    /// The columns on the horizontal and the vertical axis of the experiment plot; `None` for an automatic
    /// choice.
    pub plotted_columns: [Option<ExperimentColumn>; 2],
    /// The knobs or inputs on the horizontal and the vertical axis of maps; never the same.
    pub map_axes: [Adjustable; 2],
    /// The neurons whose maps are shown.
    pub map_scope: MapScope,
    /// True if the neurons of the diagram show small maps.
    pub has_small_maps: bool,
    /// The cell of the confusion matrix whose samples are shown, if any.
    pub confusion_cell: Option<ConfusionCell>,
    /// The layout of the knobs.
    pub knob_layout: KnobLayout,
    /// The class, counted from 0, or the number that new custom points get.
    pub new_point_label: f64,
    /// The maximum training speed, in epochs per second; `None` for no limit.
    pub epochs_per_second: Option<u32>,
    /// True if each knob shows the profile of the sensitivity target along its track, marks and an arrow.
    pub has_knob_profiles: bool,
    /// The knobs on the horizontal and the vertical axis of the loss landscape, never the same; `None` for a
    /// curve over the first.
    pub landscape_knobs: (Knob, Option<Knob>),
    /// True if losses are shown on a logarithmic axis.
    pub has_log_loss_axis: bool,
    /// True if a challenge is plotted over the user's turns, false if over time.
    pub is_challenge_by_turns: bool,
    /// The quantity for profiles and sensitivities.
    pub sensitivity_target: SensitivityTarget,
    /// The language of the code.
    pub code_language: Language,
    /// True if a chosen activation is that of the whole layer, false if that of the selected neuron.
    pub is_activation_for_layer: bool,
    /// True if the experiment log shows the plot where it has no room for both table and plot.
    pub is_experiment_plot_shown: bool,
    /// True if the settings of training are shown; `None` to show them where there is room.
    pub are_training_settings_shown: Option<bool>,
}

impl View {
    /// Returns the view of a newly opened document: the second neuron of the output layer is selected, or the
    /// only one, and the curves are drawn over the first input.
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
            axes_revision: 0,
            has_curve_family: false,
            decimals: 3,
            snapshot: None,
            is_one_knob_at_a_time: false,
            forward_step: None,
            backward_step: None,
            plotted_columns: [None, None],
            map_axes: default_map_axes(architecture),
            map_scope: MapScope::Selected,
            has_small_maps: false,
            confusion_cell: None,
            knob_layout: KnobLayout::List,
            new_point_label: 1.0,
            epochs_per_second: Some(30),
            has_knob_profiles: false,
            landscape_knobs: default_landscape_knobs(architecture, NeuronAddress { layer, neuron }),
            has_log_loss_axis: false,
            is_challenge_by_turns: false,
            sensitivity_target: SensitivityTarget::Selected,
            code_language: Language::default(),
            is_activation_for_layer: false,
            is_experiment_plot_shown: false,
            are_training_settings_shown: None,
        }
    }

    /// Returns the neuron and its quantity that profiles and sensitivities show; `None` for the loss.
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

    /// Returns the neurons whose output maps are shown: the selected one, or the first outputs.
    pub fn mapped_neurons(&self, architecture: &Architecture) -> Vec<NeuronAddress> {
        let layer = architecture.last_layer();
        match self.map_scope {
            MapScope::Selected => vec![self.selected],
            MapScope::Outputs => (0..architecture.width(layer).min(MAX_MAPS))
                .map(|neuron| NeuronAddress { layer, neuron })
                .collect(),
        }
    }

    /// Resets everything that refers to parts that the changed document no longer has, and the loss if there
    /// is no data.
    pub(crate) fn reset_missing(&mut self, document: &Document, has_data: bool) {
        let architecture = document.network.architecture();
        let exists = match self.sensitivity_target {
            SensitivityTarget::Selected => true,
            SensitivityTarget::Output(output) => output < architecture.width(architecture.last_layer()),
            SensitivityTarget::Loss => has_data,
        };
        if !exists {
            self.sensitivity_target = SensitivityTarget::Selected;
        }
        let fits = |&snapshot: &usize| {
            document
                .snapshots
                .get(snapshot)
                .is_some_and(|state| state.fits(document))
        };
        self.snapshot = self.snapshot.filter(fits);
        self.is_one_knob_at_a_time &= self.snapshot.is_some();
        self.forward_step = self.forward_step.filter(|step| step.is_in(architecture));
        self.backward_step = self.backward_step.filter(|step| {
            step.is_in(architecture) && (has_data || matches!(step.target, BackwardTarget::Output(_)))
        });
        for column in &mut self.plotted_columns {
            *column = column.filter(|column| match *column {
                ExperimentColumn::Row => true,
                ExperimentColumn::Adjustable(target) => target.is_in(architecture),
                ExperimentColumn::Output(output) => output < architecture.width(architecture.last_layer()),
            });
        }
        self.confusion_cell = self.confusion_cell.filter(|_| has_data);
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

/// Returns the initial knobs of the loss landscape: the first two knobs of a neuron.
fn default_landscape_knobs(
    architecture: &Architecture,
    NeuronAddress { layer, neuron }: NeuronAddress,
) -> (Knob, Option<Knob>) {
    let second = match architecture.fan_in(layer) {
        0 | 1 => Knob::bias(layer, neuron),
        _ => Knob::weight(layer, neuron, 1),
    };
    (Knob::weight(layer, neuron, 0), Some(second))
}

/// Returns the initial axes of maps: the first two inputs, or the only input and the first weight on it.
fn default_map_axes(architecture: &Architecture) -> [Adjustable; 2] {
    let second = if architecture.input_count() > 1 {
        Adjustable::Input(1)
    } else {
        Knob::weight(0, 0, 0).into()
    };
    [Adjustable::Input(0), second]
}
