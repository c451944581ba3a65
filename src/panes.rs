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
//! | [`map`] | what a neuron makes of two numbers at once |
//!
//! [`article`] has figures of its own; [`family`] shows a curve for each of several values of a number; [`plate`] puts panes side by side as a figure for paper.

pub mod article;
pub mod cases;
pub mod code;
pub mod curves;
pub mod diagram;
pub mod family;
pub mod formula;
pub mod knobs;
pub mod map;
pub mod number_entry;
pub mod plate;
pub mod words;

use egui::{Id, Ui};
use serde::{Deserialize, Serialize};

use crate::canvas::Stage;
use crate::insight::Insight;
use crate::look::Look;
use crate::network::NeuronAt;
use crate::session::{Action, Session};
use crate::words::fixed;

/// Which pane.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Pane {
    /// Every weight and bias on a track.
    Knobs,
    /// Inputs, neurons and edges.
    Diagram,
    /// Outputs over an input or a knob.
    Curves,
    /// The selected neuron's sum with its numbers.
    Formula,
    /// Rows of inputs and their outputs.
    Cases,
    /// The network as a program.
    Code,
    /// The whole picture in sentences.
    Words,
    /// What a neuron makes of two numbers at once.
    Map,
}

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
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Paper {
    /// Which weights are written on their edges.
    pub labels: Labels,
    /// Whether the selected neuron stands out from the others.
    pub has_selection: bool,
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

impl Pane {
    /// All of them, in the order of menus.
    pub const ALL: [Self; 8] = [
        Self::Knobs,
        Self::Diagram,
        Self::Curves,
        Self::Formula,
        Self::Cases,
        Self::Code,
        Self::Words,
        Self::Map,
    ];

    /// The name on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Knobs => "knobs",
            Self::Diagram => "diagram",
            Self::Curves => "curves",
            Self::Formula => "formula",
            Self::Cases => "cases",
            Self::Code => "code",
            Self::Words => "description",
            Self::Map => "map",
        }
    }

    /// The title in menus and on the tab.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Knobs => "Knobs",
            Self::Diagram => "Network",
            Self::Curves => "Curves",
            Self::Formula => "Formula",
            Self::Cases => "Cases",
            Self::Code => "Code",
            Self::Words => "Words",
            Self::Map => "Map",
        }
    }

    /// What stands over it: the selected neuron, where it speaks of one.
    pub fn heading(self, scene: &Scene<'_>) -> String {
        match self {
            Self::Curves => curves::heading(scene),
            Self::Formula => formula::heading(scene),
            Self::Map => map::heading(scene),
            Self::Code => "As code".to_owned(),
            Self::Words => "In words".to_owned(),
            Self::Knobs | Self::Diagram | Self::Cases => self.title().to_owned(),
        }
    }

    /// What tells its canvas from the others.
    pub fn canvas_id(self) -> Id {
        Id::unique(self)
    }

    /// Draws the pane into the whole of `ui`.
    pub fn show(self, ui: &mut Ui, scene: &mut Scene<'_>, stage: &mut Stage) {
        match self {
            Self::Knobs => knobs::knobs_ui(ui, scene, stage),
            Self::Diagram => diagram::diagram_ui(ui, scene, stage),
            Self::Curves => curves::curves_ui(ui, scene, stage),
            Self::Formula => formula::formula_ui(ui, scene, stage),
            Self::Cases => cases::cases_ui(ui, scene, stage),
            Self::Code => code::code_ui(ui, scene, stage),
            Self::Words => words::words_ui(ui, scene, stage),
            Self::Map => map::map_ui(ui, scene, stage),
        }
    }
}

impl Scene<'_> {
    /// A number as the window shows it.
    pub fn number(&self, value: f64) -> String {
        fixed(value, self.session.view().decimals)
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

    /// The present pre-activation of a neuron.
    pub fn sum(&self, at: NeuronAt) -> f64 {
        self.insight.trace().z(at.layer, at.neuron)[0]
    }
}
