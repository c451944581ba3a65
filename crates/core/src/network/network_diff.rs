//! The difference between two networks, as far as it affects a forward pass.

use super::{Knob, Network};

/// The neurons of the first layer in which knobs differ. All later layers depend on them, no earlier one
/// does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct NetworkDiff {
    /// The first layer in which a knob differs.
    pub(crate) layer: usize,
    /// The neurons of this layer with knobs that differ, in ascending order. In a softmax layer, all outputs
    /// depend on them.
    pub(crate) neurons: Vec<usize>,
}

impl NetworkDiff {
    /// Returns the knob that differs in `after`, if it is the only one. Both networks must have the same
    /// architecture.
    pub(crate) fn single_knob(before: &Network, after: &Network) -> Option<Knob> {
        let pairs = before.knobs().iter().zip(after.knobs()).enumerate();
        let mut changed = pairs.filter(|(_, (old, new))| old.to_bits() != new.to_bits());
        let (index, _) = changed.next()?;
        match changed.next() {
            Some(_) => None,
            None => after.architecture().knob_at(index),
        }
    }

    /// Returns the difference between two networks with the same architecture, or `None` if there is none.
    ///
    /// # Panics
    ///
    /// May panic if the architectures differ.
    pub(crate) fn between(before: &Network, after: &Network) -> Option<Self> {
        (0..after.architecture().layers().len()).find_map(|layer| {
            let (old, new) = (before.layer(layer), after.layer(layer));
            // The bits are compared, because −0 differs from 0 and a NaN is equal to itself.
            let is_same = |old: &[f64], new: &[f64]| {
                old.iter()
                    .zip(new)
                    .all(|(old, new)| old.to_bits() == new.to_bits())
            };
            if is_same(old.weights, new.weights) && is_same(old.biases, new.biases) {
                return None;
            }
            let is_changed = |&neuron: &usize| {
                !is_same(old.weights_of(neuron), new.weights_of(neuron))
                    || old.biases[neuron].to_bits() != new.biases[neuron].to_bits()
            };
            Some(Self {
                layer,
                neurons: (0..new.biases.len()).filter(is_changed).collect(),
            })
        })
    }
}
