//! Adding and removing inputs, neurons and layers.

use std::fmt;

use super::{Activation, Blueprint, BlueprintError, Knob, LayerPlan, Network, NeuronPlan, Term};

/// The place of one neuron, both counted from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct NeuronAt {
    /// Layer, 0 being the first after the inputs.
    pub layer: usize,
    /// Neuron within the layer.
    pub neuron: usize,
}

/// A change of the architecture by one input, neuron or layer. Places are counted from 0.
///
/// What is added computes nothing new at first: a new input and a new neuron have weights 0, and a new
/// layer passes on what it gets (identity weights, linear). So a hand sees what each knob of it does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Surgery {
    /// A new input after all others.
    AddInput,
    /// Takes an input and the weights on it away.
    RemoveInput(usize),
    /// A new neuron at the end of a layer, with the activation of the last one.
    AddNeuron {
        /// The layer that grows.
        layer: usize,
    },
    /// Takes a neuron, its knobs and the weights on its output away.
    RemoveNeuron(NeuronAt),
    /// A new layer in front of layer `before` (or after the last one, if `before` is the number of layers).
    AddLayer {
        /// The place that the new layer will have.
        before: usize,
    },
    /// Takes a layer away. The next layer keeps the weights on as many inputs as there still are.
    RemoveLayer(usize),
}

impl Surgery {
    /// The operated network: knobs that live on keep their values.
    ///
    /// # Errors
    /// If the result would be outside the limits of [`Blueprint::new`].
    pub fn operate(self, network: &Network) -> Result<Network, BlueprintError> {
        let old = network.blueprint();
        let blueprint = self.blueprint(old)?;
        let values = blueprint
            .knobs()
            .map(|knob| match self.old_of(knob, old) {
                Some(before) => network.get(before).unwrap_or(0.0),
                None => self.new_value(knob),
            })
            .collect();
        let mut operated = Network::zeros(blueprint);
        let values: Vec<f64> = values;
        operated.knobs_mut().copy_from_slice(&values);
        Ok(operated)
    }

    /// Where a knob of the old network is in the new one; `None` if it is gone. `new` is the new blueprint.
    pub fn new_of(self, knob: Knob, new: &Blueprint) -> Option<Knob> {
        let Knob { layer, neuron, term } = knob;
        let input = |change: &dyn Fn(usize) -> Option<usize>| match term {
            Term::Weight { input } => change(input).map(|input| Term::Weight { input }),
            Term::Bias => Some(Term::Bias),
        };
        let moved = match self {
            Self::RemoveInput(gone) if layer == 0 => Knob {
                term: input(&|i| closed_gap(i, gone))?,
                ..knob
            },
            Self::RemoveNeuron(gone) if layer == gone.layer => Knob {
                neuron: closed_gap(neuron, gone.neuron)?,
                ..knob
            },
            Self::RemoveNeuron(gone) if layer == gone.layer + 1 => Knob {
                term: input(&|i| closed_gap(i, gone.neuron))?,
                ..knob
            },
            Self::AddLayer { before } if layer >= before => Knob {
                layer: layer + 1,
                ..knob
            },
            Self::RemoveLayer(gone) => Knob {
                layer: closed_gap(layer, gone)?,
                ..knob
            },
            _ => knob,
        };
        new.contains(moved).then_some(moved)
    }

    /// Where an input of the old network is in the new one; `None` if it is gone.
    pub fn new_input(self, input: usize) -> Option<usize> {
        match self {
            Self::RemoveInput(gone) => closed_gap(input, gone),
            _ => Some(input),
        }
    }

    fn blueprint(self, old: &Blueprint) -> Result<Blueprint, BlueprintError> {
        let mut inputs = old.input_names().to_vec();
        let mut layers = old.layers().to_vec();
        match self {
            Self::AddInput => inputs.push(None),
            Self::RemoveInput(input) => remove(&mut inputs, input),
            Self::AddNeuron { layer } => {
                if let Some(plan) = layers.get_mut(layer) {
                    let activation = plan.neurons.last().map_or(Activation::Linear, |n| n.activation);
                    plan.neurons.push(NeuronPlan {
                        name: None,
                        activation,
                    });
                }
            }
            Self::RemoveNeuron(at) => {
                if let Some(plan) = layers.get_mut(at.layer) {
                    remove(&mut plan.neurons, at.neuron);
                }
            }
            Self::AddLayer { before } => {
                let before = before.min(layers.len());
                let width = match before.checked_sub(1) {
                    None => old.inputs(),
                    Some(layer) => old.width(layer),
                };
                layers.insert(before, LayerPlan::new(width, Activation::Linear));
            }
            Self::RemoveLayer(layer) => remove(&mut layers, layer),
        }
        Blueprint::new(inputs, layers)
    }

    /// Where a knob of the new network was in the old one; `None` if it is new.
    fn old_of(self, knob: Knob, old: &Blueprint) -> Option<Knob> {
        let Knob { layer, neuron, term } = knob;
        let reopened = |gone: usize| match term {
            Term::Weight { input } => Term::Weight {
                input: opened_gap(input, gone),
            },
            Term::Bias => Term::Bias,
        };
        let moved = match self {
            Self::RemoveInput(gone) if layer == 0 => Knob {
                term: reopened(gone),
                ..knob
            },
            Self::RemoveNeuron(gone) if layer == gone.layer => Knob {
                neuron: opened_gap(neuron, gone.neuron),
                ..knob
            },
            Self::RemoveNeuron(gone) if layer == gone.layer + 1 => Knob {
                term: reopened(gone.neuron),
                ..knob
            },
            Self::AddLayer { before } if layer == before => return None,
            Self::AddLayer { before } if layer > before => Knob {
                layer: layer - 1,
                ..knob
            },
            Self::RemoveLayer(gone) => Knob {
                layer: opened_gap(layer, gone),
                ..knob
            },
            _ => knob,
        };
        old.contains(moved).then_some(moved)
    }

    /// The value of a knob that was not there before.
    fn new_value(self, knob: Knob) -> f64 {
        let is_identity = matches!(self, Self::AddLayer { before } if before == knob.layer)
            && knob.term == (Term::Weight { input: knob.neuron });
        f64::from(u8::from(is_identity))
    }
}

/// An index after the element at `gone` has been taken out; `None` for that element.
fn closed_gap(index: usize, gone: usize) -> Option<usize> {
    match index.cmp(&gone) {
        std::cmp::Ordering::Less => Some(index),
        std::cmp::Ordering::Equal => None,
        std::cmp::Ordering::Greater => Some(index - 1),
    }
}

/// The index before the element at `gone` was taken out.
fn opened_gap(index: usize, gone: usize) -> usize {
    if index < gone { index } else { index + 1 }
}

fn remove<T>(items: &mut Vec<T>, index: usize) {
    if index < items.len() {
        items.remove(index);
    }
}

/// What it does, as history lists it: “remove neuron 2 of layer 1”. Places are counted from 1.
impl fmt::Display for Surgery {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::AddInput => f.write_str("add an input"),
            Self::RemoveInput(input) => write!(f, "remove input {}", input + 1),
            Self::AddNeuron { layer } => write!(f, "add a neuron to layer {}", layer + 1),
            Self::RemoveNeuron(at) => write!(f, "remove neuron {} of layer {}", at.neuron + 1, at.layer + 1),
            Self::AddLayer { before } => write!(f, "add layer {}", before + 1),
            Self::RemoveLayer(layer) => write!(f, "remove layer {}", layer + 1),
        }
    }
}
