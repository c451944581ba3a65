//! One view a file. A pane draws from a session and what is derived from it, lays out its parts, and returns
//! actions. It computes nothing and owns no truth.
//!
//! | file | pane |
//! | --- | --- |
//! | [`knobs`] | every weight and bias on a track |
//! | [`diagram`] | inputs, neurons and edges |
//! | [`curves`] | outputs over an input or a knob |
//! | [`formula`] | the selected neuron's sum with its numbers |
//! | [`cases`] | rows of inputs and their outputs |
//! | [`code`] | the network as a program |
//! | [`words`] | the whole picture in sentences |
//! | [`experiments`] | what was tried, and what came of it |
//! | [`map`] | what a neuron makes of two numbers at once |
//! | [`landscape`] | the loss over the ranges of one knob or of two |
//! | [`training`] | how well the knobs do, and training them |
//! | [`compare`] | a pin and the present state side by side |
//! | [`data`] | the data and what the network makes of it |
//! | [`confusion`] | which classes are told as which |
//!
//! [`pane`] has the table of all of them. [`article`] has figures of its own; [`family`] shows a curve for each of several values of a number; [`plate`] puts panes side by side as a figure for paper.

pub mod article;
pub mod cases;
pub mod code;
pub mod compare;
pub mod confusion;
pub mod curves;
pub mod data;
pub mod diagram;
pub mod experiments;
pub mod family;
pub mod formula;
pub mod knobs;
pub mod landscape;
pub mod map;
pub mod number_entry;
pub mod pane;
pub mod plate;
pub mod training;
pub mod words;

pub use pane::{LayoutRegion, Pane};

use neurodial_core::code::Language;
use neurodial_core::insight::Insight;
use crate::look::ColorTheme;
use neurodial_core::network::NeuronAddress;
use neurodial_core::session::{Action, KnobLayout, Session};
use neurodial_core::words::format_fixed;

/// Which weights of a diagram are written on their edges, on paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EdgeLabels {
    /// All of them.
    All,
    /// The selected neuron's.
    Selected,
    /// None.
    None,
}

/// How a pane is drawn on paper: without controls, and nothing is lit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PrintOptions {
    /// Which weights are written on their edges.
    pub edge_labels: EdgeLabels,
    /// Whether the selected neuron stands out from the others.
    pub has_selection: bool,
    /// How the knobs are laid out.
    pub knob_layout: KnobLayout,
    /// The language of the program.
    pub language: Language,
    /// The least size of a number in a disc, in points.
    pub min_number_size: f32,
}

/// What a pane draws from, and where it puts what comes of it.
pub struct PaneContext<'a> {
    /// Document, history and view.
    pub session: &'a Session,
    /// What is derived from them, of the same revision.
    pub insight: &'a Insight,
    /// Colours.
    pub theme: &'static ColorTheme,
    /// How it is drawn on paper; `None` in the window.
    pub options: Option<PrintOptions>,
    /// Actions of controls that act while they are drawn; applied when the pass ends.
    pub actions: &'a mut Vec<Action>,
}

impl PaneContext<'_> {
    /// A number as the window shows it.
    pub fn format_number(&self, value: f64) -> String {
        format_fixed(value, self.session.view().decimals)
    }

    /// How the knobs are laid out.
    pub fn knob_layout(&self) -> KnobLayout {
        self.options.map_or(self.session.view().knob_layout, |paper| paper.knob_layout)
    }

    /// The colour that identifies a neuron in every pane.
    pub fn neuron_color(&self, at: NeuronAddress) -> egui::Color32 {
        self.theme.neuron_color(self.neuron_index(at))
    }

    /// Whether a neuron stands out as the selected one.
    pub fn is_selected(&self, at: NeuronAddress) -> bool {
        at == self.session.view().selected && self.options.is_none_or(|options| options.has_selection)
    }

    /// The place of a neuron among all of the network, which its colour and its dashes come from.
    pub fn neuron_index(&self, at: NeuronAddress) -> usize {
        let architecture = self.session.architecture();
        let before: usize = (0..at.layer).map(|layer| architecture.width(layer)).sum();
        before + at.neuron
    }

    /// The present output of a neuron.
    pub fn output(&self, at: NeuronAddress) -> f64 {
        self.insight.forward_pass().a(at.layer, at.neuron)[0]
    }

    /// The number that a knob or an input had at the pin that is shown, if it had another one.
    pub fn snapshot_value(&self, target: neurodial_core::session::Adjustable) -> Option<f64> {
        let snapshot_value = self.insight.snapshot_overlay()?.value(target)?;
        (self.session.document().value(target) != Some(snapshot_value)).then_some(snapshot_value)
    }

    /// The output that a neuron had at the pin that is shown, if it can be told from the present one.
    pub fn snapshot_output(&self, at: NeuronAddress) -> Option<f64> {
        let snapshot_output = self.insight.snapshot_overlay()?.output(at);
        (self.format_number(snapshot_output) != self.format_number(self.output(at))).then_some(snapshot_output)
    }

    /// How much has been added to a number, with its sign: `+0.210`.
    pub fn format_difference(&self, before: f64, now: f64) -> String {
        let text = self.format_number(now - before);
        if text.starts_with('−') {
            text
        } else {
            format!("+{text}")
        }
    }

    /// Whether the data shows that a neuron’s ReLU is dead.
    pub fn is_dead(&self, at: NeuronAddress) -> bool {
        let score = self.insight.metrics(self.session);
        score.is_some_and(|score| score.as_ref().is_ok_and(|score| score.is_dead(at)))
    }

    /// The present pre-activation of a neuron.
    pub fn weighted_sum(&self, at: NeuronAddress) -> f64 {
        self.insight.forward_pass().z(at.layer, at.neuron)[0]
    }
}
