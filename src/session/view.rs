//! What is selected, and what the curves show. Not part of the document, and not undone.

use serde::{Deserialize, Serialize};

use crate::network::{Blueprint, NeuronAt};

use super::Target;

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
    /// How the knobs are laid out.
    pub face: Face,
    /// Whether each knob's track is painted with what the selected neuron's number would be.
    pub strips: bool,
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
            face: Face::List,
            strips: true,
        }
    }

    /// Lets go of what a changed architecture no longer has.
    pub fn settle(&mut self, blueprint: &Blueprint) {
        let at = &mut self.selected;
        at.layer = at.layer.min(blueprint.last_layer());
        at.neuron = at.neuron.min(blueprint.width(at.layer) - 1);
        self.held = self.held.filter(|target| target.is_in(blueprint));
        if !self.over.is_in(blueprint) {
            self.over = Target::Input(0);
            self.axes = Axes { x: None, y: None };
        }
    }
}
