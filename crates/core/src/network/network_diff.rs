//! The difference between two networks, as far as it affects a forward pass.

use super::{Knob, Network};

/// Returns the indices of the numbers with other bits, in ascending order: −0 differs from 0, and a NaN is equal to
/// itself. Both slices must have the same length.
pub(crate) fn changed_indices<'a>(before: &'a [f64], after: &'a [f64]) -> impl Iterator<Item = usize> + 'a {
    /// Blocks without a change are passed over quickly, because the loop over a block has no branches.
    const BLOCK: usize = 64;
    let blocks = before.chunks(BLOCK).zip(after.chunks(BLOCK)).enumerate();
    blocks.flat_map(|(block, (before, after))| {
        let bits = |(before, after): (&f64, &f64)| before.to_bits() ^ after.to_bits();
        let pairs = before.iter().zip(after);
        let is_changed = pairs.clone().map(bits).fold(0, |all, bits| all | bits) != 0;
        let changed = pairs.enumerate().take(if is_changed { BLOCK } else { 0 });
        changed.filter_map(move |(index, pair)| (bits(pair) != 0).then_some(BLOCK * block + index))
    })
}

/// True if both slices have the same length and the same bits.
pub(crate) fn same_bits(before: &[f64], after: &[f64]) -> bool {
    before.len() == after.len() && changed_indices(before, after).next().is_none()
}

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
        let mut changed = changed_indices(before.knobs(), after.knobs());
        let index = changed.next()?;
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
            if same_bits(old.weights, new.weights) && same_bits(old.biases, new.biases) {
                return None;
            }
            let is_changed = |&neuron: &usize| {
                !same_bits(old.weights_of(neuron), new.weights_of(neuron))
                    || old.biases[neuron].to_bits() != new.biases[neuron].to_bits()
            };
            Some(Self {
                layer,
                neurons: (0..new.biases.len()).filter(is_changed).collect(),
            })
        })
    }
}
