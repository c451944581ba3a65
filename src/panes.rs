//! The panes of the window. Each pane draws from a session and the values derived from it, lays out its
//! elements, and sends actions. Panes compute nothing and own no state but what egui keeps for them: textures,
//! texts that are being typed, and times of highlights.
//!
//! | file | pane |
//! | --- | --- |
//! | `knobs` | every weight and bias: sliders, dials or a heat map |
//! | `diagram` | the network diagram: inputs, neurons and connections |
//! | `curves` | outputs over an input or a knob |
//! | `formula` | the selected neuron's weighted sum with its numbers |
//! | `saved_inputs` | rows of inputs and their outputs |
//! | `code` | the network as a program |
//! | `description` | the network described in sentences |
//! | `experiments` | the experiment log: recorded states and their outputs |
//! | `output_map` | a neuron's output over two inputs or knobs |
//! | `loss_landscape` | the loss over the ranges of one knob or of two |
//! | `training` | the loss, the accuracy and the controls of training |
//! | `compare` | a snapshot and the current state side by side |
//! | `data` | the dataset and the network's predictions for it |
//! | `confusion` | the confusion matrix |
//!
//! `pane` has the table of all panes, `size_hint` describes the space that a pane needs in a figure, and
//! `curve_family` draws one curve for each of several values of a number.

pub(crate) mod code;
pub(crate) mod compare;
pub(crate) mod confusion;
pub(crate) mod curve_family;
pub(crate) mod curves;
pub(crate) mod data;
pub(crate) mod description;
pub(crate) mod diagram;
pub(crate) mod experiments;
pub(crate) mod formula;
pub(crate) mod knobs;
pub(crate) mod loss_landscape;
pub(crate) mod number_entry;
pub(crate) mod output_map;
pub(crate) mod pane;
pub(crate) mod saved_inputs;
pub(crate) mod size_hint;
pub(crate) mod training;

pub(crate) use pane::LayoutRegion;
pub use pane::Pane;
pub(crate) use size_hint::SizeHint;

use crate::canvas::Elements;
use crate::theme::ColorTheme;
use neurodial_core::insight::Insight;
use neurodial_core::insight::output_grid::GridDetail;
use neurodial_core::network::NeuronAddress;
use neurodial_core::session::{Action, KnobLayout, RunState, Session};
use neurodial_core::text::{Messages, format_fixed};

/// The weights of a network diagram whose values are written on their connections in a printed figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EdgeLabels {
    /// All weights.
    All,
    /// The weights of the selected neuron.
    Selected,
    /// No weights.
    None,
}

/// Options for drawing a pane in a figure: without controls and without highlights.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PrintOptions {
    /// The weights whose values are written on their connections.
    pub(crate) edge_labels: EdgeLabels,
    /// True if the selected neuron stands out from the others.
    pub(crate) has_selection: bool,
    /// The layout of the knobs.
    pub(crate) knob_layout: KnobLayout,
    /// The minimum font size of a number in a neuron's disc, in points.
    pub(crate) min_number_size: f32,
}

/// A dialog that a pane asks the window to open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PaneRequest {
    /// Asks for a data file and its columns.
    OpenDataFile,
    /// Asks for other columns of the current data file.
    EditDataColumns,
}

/// The data that a pane draws from, and the lists that collect its actions and requests.
pub struct PaneContext<'a> {
    /// Document, history and view.
    pub session: &'a Session,
    /// The values derived from the session, of the same revision.
    pub insight: &'a Insight,
    /// The color theme.
    pub theme: &'static ColorTheme,
    /// The texts in the language of the window or figure.
    pub messages: Messages,
    /// The options for a figure; `None` in the window.
    pub options: Option<PrintOptions>,
    /// Actions of controls that act while they are drawn. They are applied when the pass ends.
    pub actions: &'a mut Vec<Action>,
    /// Requests to the window. They are handled after the actions.
    pub requests: &'a mut Vec<PaneRequest>,
}

impl PaneContext<'_> {
    /// Returns how fine a grid should be computed: coarser during training and while a value is dragged.
    pub(crate) fn grid_detail(&self, elements: &Elements) -> GridDetail {
        if self.options.is_some() {
            GridDetail::Fine
        } else if self.session.run().state == RunState::Running {
            GridDetail::Coarsest
        } else if elements.dragged.is_some() {
            GridDetail::Coarse
        } else {
            GridDetail::Fine
        }
    }

    /// Formats a number with the view's number of decimals.
    pub(crate) fn format_number(&self, value: f64) -> String {
        format_fixed(value, self.session.view().decimals)
    }

    /// Returns the layout of the knobs: that of the figure, or else that of the view.
    pub(crate) fn knob_layout(&self) -> KnobLayout {
        self.options
            .map_or(self.session.view().knob_layout, |paper| paper.knob_layout)
    }

    /// Returns the color that identifies a neuron in every pane.
    pub(crate) fn neuron_color(&self, at: NeuronAddress) -> egui::Color32 {
        self.theme.neuron_color(self.neuron_index(at))
    }

    /// True if the neuron is selected and stands out from the others.
    pub(crate) fn is_selected(&self, at: NeuronAddress) -> bool {
        at == self.session.view().selected && self.options.is_none_or(|options| options.has_selection)
    }

    /// Returns the index of a neuron among all neurons of the network, counted from 0. Its color and its dash
    /// pattern depend on it.
    pub(crate) fn neuron_index(&self, at: NeuronAddress) -> usize {
        let architecture = self.session.architecture();
        let before: usize = (0..at.layer).map(|layer| architecture.width(layer)).sum();
        before + at.neuron
    }

    /// Returns the current output of a neuron.
    pub(crate) fn output(&self, at: NeuronAddress) -> f64 {
        self.insight.forward_pass().a(at.layer, at.neuron)[0]
    }

    /// Returns the value of a knob or an input in the snapshot that is shown; `None` if no snapshot is shown
    /// or the value is the same.
    pub fn snapshot_value(&self, target: neurodial_core::session::Adjustable) -> Option<f64> {
        let snapshot_value = self.insight.snapshot_overlay()?.value(target)?;
        (self.session.document().value(target) != Some(snapshot_value)).then_some(snapshot_value)
    }

    /// Returns the output of a neuron in the snapshot that is shown; `None` if no snapshot is shown or the
    /// rounded outputs are equal.
    pub(crate) fn snapshot_output(&self, at: NeuronAddress) -> Option<f64> {
        let snapshot_output = self.insight.snapshot_overlay()?.output(at);
        (self.format_number(snapshot_output) != self.format_number(self.output(at)))
            .then_some(snapshot_output)
    }

    /// Formats the difference between two values with its sign: `+0.210`.
    pub(crate) fn format_difference(&self, before: f64, now: f64) -> String {
        let text = self.format_number(now - before);
        if text.starts_with('−') {
            text
        } else {
            format!("+{text}")
        }
    }

    /// True if the neuron is a dead ReLU: its output is 0 for every sample of the data.
    pub(crate) fn is_dead(&self, at: NeuronAddress) -> bool {
        let score = self.insight.metrics(self.session);
        score.is_some_and(|score| score.as_ref().is_ok_and(|score| score.is_dead(at)))
    }

    /// Returns the current weighted sum (z) of a neuron.
    pub(crate) fn weighted_sum(&self, at: NeuronAddress) -> f64 {
        self.insight.forward_pass().z(at.layer, at.neuron)[0]
    }
}
