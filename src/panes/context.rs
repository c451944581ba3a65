//! The data that a pane draws from.

use egui::{FontId, Id};

use crate::canvas::Elements;
use crate::plot::YLabel;
use crate::theme::ColorTheme;
use neurodial_core::insight::output_grid::GridDetail;
use neurodial_core::insight::{
    ComputationId, CurveFamily, DataPlot, Formula, FormulaTerm, Insight, ShownDecimals,
};
use neurodial_core::network::NeuronAddress;
use neurodial_core::session::{Action, Adjustable, RunState, Session};
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

neurodial_core::named_enum! {
    /// The style of a network diagram in a figure.
    pub enum DiagramStyle {
        /// That of the window: with the outputs of neurons, dials and biases.
        Standard = "standard",
        /// That of a textbook: circles with symbols, and edges.
        Plain = "plain",
    }
}

neurodial_core::named_enum! {
    /// The appearance of biases in a network diagram.
    pub enum BiasStyle {
        /// As a number and a dial at the neuron.
        Value = "value",
        /// As an edge from a circle of its own.
        Node = "node",
        /// Not at all.
        Hidden = "none",
    }
}

/// The style of a network diagram in a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DiagramOptions {
    /// The style.
    pub style: DiagramStyle,
    /// The appearance of biases; by default values in the standard style, and nothing in the plain one.
    pub bias: Option<BiasStyle>,
    /// True if the circles of the plain style have a color for each layer.
    pub has_layer_colors: bool,
}

impl DiagramOptions {
    /// The standard style.
    pub const STANDARD: Self = Self {
        style: DiagramStyle::Standard,
        bias: None,
        has_layer_colors: false,
    };

    /// True if biases are edges from circles of their own.
    pub(crate) fn has_bias_nodes(&self) -> bool {
        self.bias == Some(BiasStyle::Node)
    }
}

/// Options for drawing a pane in a figure: without controls and without highlights.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PrintOptions {
    /// The weights whose values are written on their connections.
    pub(crate) edge_labels: EdgeLabels,
    /// True if the selected neuron stands out from the others.
    pub(crate) has_selection: bool,
    /// The minimum font size of a number in a neuron's disc, in points.
    pub(crate) min_number_size: f32,
    /// True if diagrams show numbers: outputs, biases, and in the plain style symbols with indices.
    pub(crate) has_numbers: bool,
    /// True if there are legends that explain colors and signs.
    pub(crate) has_legend: bool,
    /// The style of network diagrams.
    pub(crate) diagram: DiagramOptions,
    /// The position of the names of vertical axes.
    pub(crate) y_label: YLabel,
}

impl PrintOptions {
    /// Returns the options for diagrams without labels of weights.
    pub(crate) const fn without_labels(min_number_size: f32) -> Self {
        Self {
            edge_labels: EdgeLabels::None,
            has_selection: false,
            min_number_size,
            has_numbers: true,
            has_legend: false,
            diagram: DiagramOptions::STANDARD,
            y_label: YLabel::Above,
        }
    }
}

/// A dialog that a pane asks the window to open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PaneRequest {
    /// Asks for a data file and its columns.
    OpenDataFile,
    /// Asks for other columns of the current data file.
    EditDataColumns,
    /// Asks for matrices of weights.
    ImportWeights,
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
    /// The curve family of a figure, if it shows one.
    pub(crate) family: Option<&'a CurveFamily>,
    /// The id of the canvas of the pane that is being drawn.
    pub(crate) canvas_id: Id,
    /// The scale of fonts and sizes in the pane that is being drawn, if it scales its content with its size.
    pub(crate) scale: f32,
    /// True in presentation mode: without controls, only the selected neuron's knobs, and no small numbers.
    pub(crate) is_presented: bool,
    /// True if nothing moves or fades by itself.
    pub(crate) has_reduced_motion: bool,
}

impl<'a> PaneContext<'a> {
    /// Creates the context of panes in the window, or with `options` that of panes in a figure.
    pub fn new(
        session: &'a Session,
        insight: &'a Insight,
        theme: &'static ColorTheme,
        messages: Messages,
        options: Option<PrintOptions>,
        actions: &'a mut Vec<Action>,
        requests: &'a mut Vec<PaneRequest>,
    ) -> Self {
        Self {
            session,
            insight,
            theme,
            messages,
            options,
            actions,
            requests,
            family: None,
            canvas_id: Id::NULL,
            scale: 1.0,
            is_presented: false,
            has_reduced_motion: false,
        }
    }

    /// Returns a font with the scale of the pane.
    pub(crate) fn font(&self, font: FontId) -> FontId {
        FontId::new(self.scale * font.size, font.family)
    }

    /// True if panes show their controls: neither in a figure nor in presentation mode.
    pub(crate) fn has_controls(&self) -> bool {
        self.options.is_none() && !self.is_presented
    }

    /// Returns the scale of a symbol that has this one in a pane of normal size. In presentation mode no symbol is
    /// smaller than usual, so that its indices can be read.
    pub(crate) fn symbol_scale(&self, scale: f32) -> f32 {
        let min = if self.is_presented { 1.0 } else { 0.0 };
        self.scale * scale.max(min)
    }

    /// Returns how fine a grid should be computed: coarser during training and while a value is dragged.
    pub(crate) fn grid_detail(&self, elements: &Elements) -> GridDetail {
        if self.options.is_some() {
            GridDetail::Print
        } else if self.session.run().state == RunState::Running {
            GridDetail::Coarsest
        } else if elements.dragged.is_some() || elements.played.is_some() {
            GridDetail::Coarse
        } else {
            GridDetail::Fine
        }
    }

    /// Returns the plot of the dataset, or `None` without data that fits.
    pub(crate) fn data_plot(&self) -> Option<&'a DataPlot> {
        self.identified_data_plot().map(|(data_plot, _)| data_plot)
    }

    /// Returns the same plot with the id of its computation.
    pub(crate) fn identified_data_plot(&self) -> Option<(&'a DataPlot, &'a ComputationId)> {
        self.insight
            .identified_data_plot(self.session, self.options.is_some())
    }

    /// True if diagrams show numbers.
    pub(crate) fn has_numbers(&self) -> bool {
        self.options.is_none_or(|options| options.has_numbers)
    }

    /// Returns the position of the names of vertical axes.
    pub(crate) fn y_label(&self) -> YLabel {
        self.options.map_or(YLabel::Above, |options| options.y_label)
    }

    /// Formats a number with the view's number of decimals.
    pub(crate) fn format_number(&self, value: f64) -> String {
        format_fixed(value, self.session.view().decimals)
    }

    /// Formats a knob or an input; in the window without the trailing zeros that all of them have.
    pub(crate) fn format_adjustable(&self, value: f64) -> String {
        format_fixed(value, self.shown_decimals().adjustables)
    }

    /// Formats a weighted sum, an output or a product of the formula; in the window without the trailing zeros
    /// that all of them have.
    pub(crate) fn format_value(&self, value: f64) -> String {
        format_fixed(value, self.shown_decimals().values)
    }

    /// Returns the equals sign of a product in the formula, or that of approximate equality if the shown factors
    /// give another product than the shown one, because they are rounded.
    pub(crate) fn product_sign(&self, term: &FormulaTerm, layer: usize) -> &'static str {
        let decimals = self.shown_decimals();
        let source_decimals = if layer == 0 {
            decimals.adjustables
        } else {
            decimals.values
        };
        let product = rounded(term.weight, decimals.adjustables) * rounded(term.source, source_decimals);
        self.equals_sign(product, term.product)
    }

    /// Returns the same sign for the weighted sum of the shown products and the shown bias.
    pub(crate) fn sum_sign(&self, formula: &Formula) -> &'static str {
        let decimals = self.shown_decimals();
        let products = formula
            .terms
            .iter()
            .map(|term| rounded(term.product, decimals.values));
        let sum = products.sum::<f64>() + rounded(formula.bias, decimals.adjustables);
        self.equals_sign(sum, formula.z)
    }

    fn equals_sign(&self, of_shown: f64, value: f64) -> &'static str {
        match self.format_value(of_shown) == self.format_value(value) {
            true => "=",
            false => "≈",
        }
    }

    /// Returns the numbers of decimals; a figure has exactly as many as its specification says.
    fn shown_decimals(&self) -> ShownDecimals {
        let decimals = self.session.view().decimals;
        match self.options {
            None => self.insight.shown_decimals(),
            Some(_) => ShownDecimals {
                adjustables: decimals,
                values: decimals,
            },
        }
    }

    /// Formats the output of a neuron; `?` while the forward pass is stepped through and has not computed it.
    pub(crate) fn format_output(&self, at: NeuronAddress) -> String {
        match self.is_computed(at) {
            true => self.format_value(self.output(at)),
            false => "?".to_owned(),
        }
    }

    /// True if the output of a neuron is computed, as it is unless the forward pass is stepped through.
    pub(crate) fn is_computed(&self, at: NeuronAddress) -> bool {
        let step = self.session.view().forward_step;
        step.is_none_or(|step| step.has_computed(self.session.architecture(), at))
    }

    /// Returns the color that identifies a neuron in every pane.
    pub(crate) fn neuron_color(&self, at: NeuronAddress) -> egui::Color32 {
        self.theme.neuron_color(self.neuron_index(at))
    }

    /// Returns the background of a number that is pointed at or being changed, in the color of its neuron.
    pub(crate) fn highlight_color(&self, target: Adjustable) -> egui::Color32 {
        let color = match target {
            Adjustable::Knob(knob) => self.neuron_color(knob.neuron_address()),
            Adjustable::Input(_) | Adjustable::Hyperparameter(_) => self.theme.accent,
        };
        self.theme.highlighted(color)
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
    pub fn snapshot_value(&self, target: Adjustable) -> Option<f64> {
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

/// Rounds a number to so many decimals.
fn rounded(value: f64, decimals: usize) -> f64 {
    let scale = libm::pow(10.0, decimals as f64);
    libm::round(value * scale) / scale
}
