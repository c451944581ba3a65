//! What is selected, and what the curves show. Not part of the document, and not undone.

use crate::network::{Blueprint, Knob, NeuronAt};

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

/// Whose maps are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Whose {
    /// The selected neuron's.
    Selected,
    /// Those of all neurons of the last layer.
    Outputs,
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
    /// The two that maps are drawn over, across and up; never the same.
    pub map_over: [Target; 2],
    /// Whose maps.
    pub map_whose: Whose,
    /// Whether the neurons of the diagram have small maps.
    pub has_small_maps: bool,
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
            map_over: first_pair(blueprint),
            map_whose: Whose::Selected,
            has_small_maps: false,
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
        if !self.map_over.iter().all(|target| target.is_in(blueprint)) {
            self.map_over = first_pair(blueprint);
        }
    }
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
