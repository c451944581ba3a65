//! A position in the forward pass, and stepping through it.

use crate::network::{Architecture, Knob, NeuronAddress};

/// A position in the forward pass: the product or bias being added, or the activation after the sum.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ForwardStep {
    /// The layer, counted from 0.
    pub layer: usize,
    /// The neuron, counted from 0.
    pub neuron: usize,
    /// The product being added, counted from 0; after the last product, the bias and then the activation.
    pub product: usize,
}

/// The distance of a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ForwardStride {
    /// One product, bias or activation.
    Product,
    /// One neuron.
    Neuron,
    /// One layer.
    Layer,
}

impl ForwardStep {
    /// The first position of the forward pass.
    pub const FIRST: Self = Self {
        layer: 0,
        neuron: 0,
        product: 0,
    };

    /// Returns the position of the first product of a neuron.
    pub(crate) const fn from_neuron(at: NeuronAddress) -> Self {
        Self {
            layer: at.layer,
            neuron: at.neuron,
            product: 0,
        }
    }

    /// Returns the address of the neuron.
    pub const fn neuron_at(self) -> NeuronAddress {
        NeuronAddress {
            layer: self.layer,
            neuron: self.neuron,
        }
    }

    /// True if a network with this architecture has this position.
    pub fn is_in(self, architecture: &Architecture) -> bool {
        architecture.has_neuron(self.layer, self.neuron)
            && self.product <= architecture.fan_in(self.layer) + 1
    }

    /// Returns the knob of the product or bias being added; `None` at the activation.
    pub fn knob(self, architecture: &Architecture) -> Option<Knob> {
        match self.product.cmp(&architecture.fan_in(self.layer)) {
            std::cmp::Ordering::Less => Some(Knob::weight(self.layer, self.neuron, self.product)),
            std::cmp::Ordering::Equal => Some(Knob::bias(self.layer, self.neuron)),
            std::cmp::Ordering::Greater => None,
        }
    }

    /// True if the output of a neuron is computed at this position: the neuron is before it, or its activation
    /// is being applied.
    pub fn has_computed(self, architecture: &Architecture, at: NeuronAddress) -> bool {
        let is_complete = self.product > architecture.fan_in(self.layer);
        at < self.neuron_at() || at == self.neuron_at() && is_complete
    }

    /// Returns the next position; `None` at the end of the forward pass.
    pub fn next(self, architecture: &Architecture, stride: ForwardStride) -> Option<Self> {
        let Self {
            layer,
            neuron,
            product,
        } = self;
        if stride == ForwardStride::Product && product <= architecture.fan_in(layer) {
            return Some(Self {
                product: product + 1,
                ..self
            });
        }
        if stride != ForwardStride::Layer && neuron + 1 < architecture.width(layer) {
            return Some(Self {
                neuron: neuron + 1,
                product: 0,
                ..self
            });
        }
        (layer < architecture.last_layer()).then_some(Self {
            layer: layer + 1,
            neuron: 0,
            product: 0,
        })
    }

    /// Returns the previous position; `None` at the beginning of the forward pass.
    pub fn previous(self, architecture: &Architecture) -> Option<Self> {
        let Self {
            layer,
            neuron,
            product,
        } = self;
        if let Some(product) = product.checked_sub(1) {
            return Some(Self { product, ..self });
        }
        if let Some(neuron) = neuron.checked_sub(1) {
            let product = architecture.fan_in(layer) + 1;
            return Some(Self {
                layer,
                neuron,
                product,
            });
        }
        layer.checked_sub(1).map(|layer| Self {
            layer,
            neuron: architecture.width(layer) - 1,
            product: architecture.fan_in(layer) + 1,
        })
    }
}
