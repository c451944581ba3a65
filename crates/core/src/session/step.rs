//! A place in the forward pass, and the way through it.

use crate::network::{Blueprint, Knob, NeuronAt};

use super::{Refusal, Session, Target};

/// A place in the forward pass: what is added now, or the activation that follows the sum.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct StepAt {
    /// The layer, counted from 0.
    pub layer: usize,
    /// The neuron, counted from 0.
    pub neuron: usize,
    /// The product that is added now, counted from 0; after the last one the bias, and then the activation.
    pub term: usize,
}

/// How far a step goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Stride {
    /// To the next product.
    Term,
    /// To the next neuron.
    Neuron,
    /// To the next layer.
    Layer,
}

impl StepAt {
    /// Where the forward pass begins.
    pub const FIRST: Self = Self {
        layer: 0,
        neuron: 0,
        term: 0,
    };

    /// The first product of a neuron.
    pub const fn of(at: NeuronAt) -> Self {
        Self {
            layer: at.layer,
            neuron: at.neuron,
            term: 0,
        }
    }

    /// The neuron.
    pub const fn at(self) -> NeuronAt {
        NeuronAt {
            layer: self.layer,
            neuron: self.neuron,
        }
    }

    /// Whether a network of this architecture has this place.
    pub fn is_in(self, blueprint: &Blueprint) -> bool {
        blueprint.has_neuron(self.layer, self.neuron) && self.term <= blueprint.fan_in(self.layer) + 1
    }

    /// The knob of what is added; `None` where the activation follows.
    pub fn knob(self, blueprint: &Blueprint) -> Option<Knob> {
        match self.term.cmp(&blueprint.fan_in(self.layer)) {
            std::cmp::Ordering::Less => Some(Knob::weight(self.layer, self.neuron, self.term)),
            std::cmp::Ordering::Equal => Some(Knob::bias(self.layer, self.neuron)),
            std::cmp::Ordering::Greater => None,
        }
    }

    /// The place after it; `None` at the end of the pass.
    pub fn next(self, blueprint: &Blueprint, stride: Stride) -> Option<Self> {
        let Self { layer, neuron, term } = self;
        if stride == Stride::Term && term <= blueprint.fan_in(layer) {
            return Some(Self {
                term: term + 1,
                ..self
            });
        }
        if stride != Stride::Layer && neuron + 1 < blueprint.width(layer) {
            return Some(Self {
                neuron: neuron + 1,
                term: 0,
                ..self
            });
        }
        (layer < blueprint.last_layer()).then_some(Self {
            layer: layer + 1,
            neuron: 0,
            term: 0,
        })
    }

    /// The place before it; `None` at the beginning.
    pub fn before(self, blueprint: &Blueprint) -> Option<Self> {
        let Self { layer, neuron, term } = self;
        if let Some(term) = term.checked_sub(1) {
            return Some(Self { term, ..self });
        }
        if let Some(neuron) = neuron.checked_sub(1) {
            let term = blueprint.fan_in(layer) + 1;
            return Some(Self { layer, neuron, term });
        }
        layer.checked_sub(1).map(|layer| Self {
            layer,
            neuron: blueprint.width(layer) - 1,
            term: blueprint.fan_in(layer) + 1,
        })
    }
}

/// Goes to a place: its neuron is selected and what is added is lit in every pane. Ending lets go of it.
pub(super) fn go_to(session: &mut Session, step: Option<StepAt>) -> Result<(), Refusal> {
    let Some(at) = step else {
        let view = session.view_mut();
        if view.step.take().is_some() {
            view.held = None;
        }
        return Ok(());
    };
    if !at.is_in(session.blueprint()) {
        return Err(Refusal::NoSuch(format!(
            "term {} of neuron {} in layer {}",
            at.term + 1,
            at.neuron + 1,
            at.layer + 1
        )));
    }
    let held = at.knob(session.blueprint()).map(Target::Knob);
    let view = session.view_mut();
    view.step = Some(at);
    view.selected = at.at();
    view.held = held;
    Ok(())
}
