//! What has changed between two networks, as far as a forward pass is concerned.

use super::{Knob, Network};

/// The neurons of one layer whose knobs have changed; all layers after it depend on them, none before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NetworkDiff {
    /// The first layer in which a knob is different.
    pub layer: usize,
    /// Its neurons with such knobs, ascending; of a softmax layer all of them depend on these.
    pub neurons: Vec<usize>,
}

impl NetworkDiff {
    /// The knob that is different in `after`, whose architecture is that of `before`, if it is the only one.
    pub fn single_knob(before: &Network, after: &Network) -> Option<Knob> {
        let pairs = before.knobs().iter().zip(after.knobs()).enumerate();
        let mut changed = pairs.filter(|(_, (old, new))| old.to_bits() != new.to_bits());
        let (index, _) = changed.next()?;
        match changed.next() {
            Some(_) => None,
            None => after.architecture().knob_at(index),
        }
    }

    /// What is different in `after`, whose architecture is that of `before`; `None` if nothing is.
    ///
    /// # Panics
    /// If the architectures differ.
    pub fn between(before: &Network, after: &Network) -> Option<Self> {
        (0..after.architecture().layers().len()).find_map(|layer| {
            let (old, new) = (before.layer(layer), after.layer(layer));
            // Bits, as −0 is another number than 0 and a NaN the same as itself.
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
