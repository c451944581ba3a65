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

pub use pane::{Home, Pane};

use neurodial_core::code::Language;
use neurodial_core::insight::Insight;
use crate::look::Look;
use neurodial_core::network::NeuronAt;
use neurodial_core::session::{Action, Face, Session};
use neurodial_core::words::fixed;

/// Which weights of a diagram are written on their edges, on paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Labels {
    /// All of them.
    All,
    /// The selected neuron's.
    Selected,
    /// None.
    None,
}

/// How a pane is drawn on paper: without controls, and nothing is lit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Paper {
    /// Which weights are written on their edges.
    pub labels: Labels,
    /// Whether the selected neuron stands out from the others.
    pub has_selection: bool,
    /// How the knobs are laid out.
    pub face: Face,
    /// The language of the program.
    pub language: Language,
    /// The least size of a number in a disc, in points.
    pub least_number: f32,
}

/// What a pane draws from, and where it puts what comes of it.
pub struct Scene<'a> {
    /// Document, history and view.
    pub session: &'a Session,
    /// What is derived from them, of the same revision.
    pub insight: &'a Insight,
    /// Colours.
    pub look: &'static Look,
    /// How it is drawn on paper; `None` in the window.
    pub paper: Option<Paper>,
    /// Actions of controls that act while they are drawn; applied when the pass ends.
    pub outbox: &'a mut Vec<Action>,
}

impl Scene<'_> {
    /// A number as the window shows it.
    pub fn number(&self, value: f64) -> String {
        fixed(value, self.session.view().decimals)
    }

    /// How the knobs are laid out.
    pub fn face(&self) -> Face {
        self.paper.map_or(self.session.view().face, |paper| paper.face)
    }

    /// The colour that identifies a neuron in every pane.
    pub fn identity(&self, at: NeuronAt) -> egui::Color32 {
        self.look.identity(self.ordinal(at))
    }

    /// Whether a neuron stands out as the selected one.
    pub fn is_selected(&self, at: NeuronAt) -> bool {
        at == self.session.view().selected && self.paper.is_none_or(|paper| paper.has_selection)
    }

    /// The place of a neuron among all of the network, which its colour and its dashes come from.
    pub fn ordinal(&self, at: NeuronAt) -> usize {
        let blueprint = self.session.blueprint();
        let before: usize = (0..at.layer).map(|layer| blueprint.width(layer)).sum();
        before + at.neuron
    }

    /// The present output of a neuron.
    pub fn output(&self, at: NeuronAt) -> f64 {
        self.insight.trace().a(at.layer, at.neuron)[0]
    }

    /// The number that a knob or an input had at the pin that is shown, if it had another one.
    pub fn was(&self, target: neurodial_core::session::Target) -> Option<f64> {
        let was = self.insight.ghost()?.value(target)?;
        (self.session.document().value(target) != Some(was)).then_some(was)
    }

    /// The output that a neuron had at the pin that is shown, if it can be told from the present one.
    pub fn was_output(&self, at: NeuronAt) -> Option<f64> {
        let was = self.insight.ghost()?.output(at);
        (self.number(was) != self.number(self.output(at))).then_some(was)
    }

    /// How much has been added to a number, with its sign: `+0.210`.
    pub fn delta(&self, was: f64, now: f64) -> String {
        let text = self.number(now - was);
        if text.starts_with('−') {
            text
        } else {
            format!("+{text}")
        }
    }

    /// Whether the data shows that a neuron’s ReLU is dead.
    pub fn is_dead(&self, at: NeuronAt) -> bool {
        let score = self.insight.score(self.session);
        score.is_some_and(|score| score.as_ref().is_ok_and(|score| score.is_dead(at)))
    }

    /// The present pre-activation of a neuron.
    pub fn sum(&self, at: NeuronAt) -> f64 {
        self.insight.trace().z(at.layer, at.neuron)[0]
    }
}
