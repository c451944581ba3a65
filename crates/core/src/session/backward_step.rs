//! A position in the backward pass, and stepping through it.

use crate::network::{Architecture, Knob, NeuronAddress};

use super::forward_step::ForwardStride;

/// The number `L` whose derivatives the steps of a backward pass show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum BackwardTarget {
    /// An output of the network, counted from 0.
    Output(usize),
    /// The loss for a sample of the training set, counted from 0, whose inputs are the current ones.
    Loss {
        /// The sample.
        sample: usize,
    },
}

/// A position in the backward pass: one derivative of a neuron.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct BackwardStep {
    /// The number that is differentiated.
    pub target: BackwardTarget,
    /// The neuron.
    pub at: NeuronAddress,
    /// The part of the computation: 0 for `dL/da`, 1 for `dL/dz`, then the weights, and last the bias.
    pub part: usize,
}

impl BackwardStep {
    /// The number of parts before the weights: `dL/da` and `dL/dz`.
    pub(crate) const PARTS_BEFORE_WEIGHTS: usize = 2;

    /// Returns the first position: `dL/da` of the first output.
    pub fn first(architecture: &Architecture, target: BackwardTarget) -> Self {
        Self {
            target,
            at: NeuronAddress {
                layer: architecture.last_layer(),
                neuron: 0,
            },
            part: 0,
        }
    }

    /// True if a network with this architecture has this position.
    pub fn is_in(self, architecture: &Architecture) -> bool {
        let has_target = match self.target {
            BackwardTarget::Output(output) => output < architecture.width(architecture.last_layer()),
            BackwardTarget::Loss { .. } => true,
        };
        has_target
            && architecture.has_neuron(self.at.layer, self.at.neuron)
            && self.part <= Self::last_part(architecture, self.at.layer)
    }

    /// Returns the knob whose derivative is computed; `None` at `dL/da` and `dL/dz`.
    pub fn knob(self, architecture: &Architecture) -> Option<Knob> {
        let NeuronAddress { layer, neuron } = self.at;
        let input = self.part.checked_sub(Self::PARTS_BEFORE_WEIGHTS)?;
        Some(match input < architecture.fan_in(layer) {
            true => Knob::weight(layer, neuron, input),
            false => Knob::bias(layer, neuron),
        })
    }

    /// Returns the next position, toward the first layer; `None` at the end of the backward pass.
    pub fn next(self, architecture: &Architecture, stride: ForwardStride) -> Option<Self> {
        let NeuronAddress { layer, neuron } = self.at;
        if stride == ForwardStride::Product && self.part < Self::last_part(architecture, layer) {
            return Some(Self {
                part: self.part + 1,
                ..self
            });
        }
        let at = if stride != ForwardStride::Layer && neuron + 1 < architecture.width(layer) {
            NeuronAddress {
                layer,
                neuron: neuron + 1,
            }
        } else {
            NeuronAddress {
                layer: layer.checked_sub(1)?,
                neuron: 0,
            }
        };
        Some(Self { at, part: 0, ..self })
    }

    /// Returns the previous position; `None` at the beginning of the backward pass.
    pub fn previous(self, architecture: &Architecture) -> Option<Self> {
        let NeuronAddress { layer, neuron } = self.at;
        if let Some(part) = self.part.checked_sub(1) {
            return Some(Self { part, ..self });
        }
        let at = match neuron.checked_sub(1) {
            Some(neuron) => NeuronAddress { layer, neuron },
            None if layer < architecture.last_layer() => NeuronAddress {
                layer: layer + 1,
                neuron: architecture.width(layer + 1) - 1,
            },
            None => return None,
        };
        let part = Self::last_part(architecture, at.layer);
        Some(Self { at, part, ..self })
    }

    /// Returns the part of the bias.
    fn last_part(architecture: &Architecture, layer: usize) -> usize {
        Self::PARTS_BEFORE_WEIGHTS + architecture.fan_in(layer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::network::Activation;

    #[test]
    fn steps_visit_every_knob_once_from_the_last_layer_to_the_first_and_lead_back() {
        let layers = [(3, Activation::Tanh), (2, Activation::Linear)];
        let architecture = Architecture::dense(2, &layers).unwrap();
        let first = BackwardStep::first(&architecture, BackwardTarget::Output(1));
        let next = |step: &BackwardStep| step.next(&architecture, ForwardStride::Product);
        let steps: Vec<_> = std::iter::successors(Some(first), next).collect();
        let mut knobs: Vec<_> = steps.iter().filter_map(|step| step.knob(&architecture)).collect();
        assert!(knobs.windows(2).all(|pair| pair[0].layer >= pair[1].layer));
        knobs.sort();
        let mut expected: Vec<_> = architecture.knobs().collect();
        expected.sort();
        assert_eq!(knobs, expected);
        assert!(steps.iter().all(|step| step.is_in(&architecture)));
        assert_eq!(first.previous(&architecture), None);
        for pair in steps.windows(2) {
            assert_eq!(pair[1].previous(&architecture), Some(pair[0]));
        }
        let strides = [(ForwardStride::Neuron, 1, 1), (ForwardStride::Layer, 0, 0)];
        for (stride, layer, neuron) in strides {
            let expected = BackwardStep {
                at: NeuronAddress { layer, neuron },
                ..first
            };
            assert_eq!(first.next(&architecture, stride), Some(expected));
        }
    }
}
