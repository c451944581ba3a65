//! The rows of the list of knobs, computed from their indices without storing them: a network can have
//! millions of knobs.

use crate::panes::context::PaneContext;
use neurodial_core::network::{Architecture, Knob, KnobKind, NeuronAddress};

/// One row of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum KnobListRow {
    /// The header of a layer; only in networks with several layers.
    Layer(usize),
    /// The header of a neuron.
    Neuron(NeuronAddress),
    /// A weight or a bias.
    Knob(Knob),
}

/// The rows of the list: layer by layer and neuron by neuron, the weights before the bias.
#[derive(Debug, Clone, Copy)]
pub(crate) struct KnobListRows<'a> {
    architecture: &'a Architecture,
    /// The neuron whose rows are the only ones; `None` for all neurons.
    only: Option<NeuronAddress>,
}

impl<'a> KnobListRows<'a> {
    /// Creates the rows for a network of this architecture.
    pub(crate) fn new(architecture: &'a Architecture) -> Self {
        Self {
            architecture,
            only: None,
        }
    }

    /// Creates the rows that a pane shows: in presentation mode only those of the selected neuron.
    pub(crate) fn of_pane(context: &PaneContext<'a>) -> Self {
        let only = context.is_presented.then(|| context.session.view().selected);
        Self {
            architecture: context.session.architecture(),
            only,
        }
    }

    fn header_rows_per_layer(self) -> usize {
        usize::from(self.architecture.layers().len() > 1)
    }

    /// Returns the number of rows of one neuron: its header, its weights and its bias.
    fn rows_per_neuron(self, layer: usize) -> usize {
        self.architecture.fan_in(layer) + 2
    }

    fn rows_in_layer(self, layer: usize) -> usize {
        self.header_rows_per_layer() + self.architecture.width(layer) * self.rows_per_neuron(layer)
    }

    /// Returns the number of rows.
    pub(crate) fn count(self) -> usize {
        if let Some(at) = self.only {
            return self.rows_per_neuron(at.layer);
        }
        (0..self.architecture.layers().len())
            .map(|layer| self.rows_in_layer(layer))
            .sum()
    }

    /// Returns a row; `None` past the end.
    pub(crate) fn get(self, index: usize) -> Option<KnobListRow> {
        if let Some(at) = self.only {
            return (index < self.count()).then(|| self.row_of_neuron(at, index));
        }
        let mut row_in_layer = index;
        for layer in 0..self.architecture.layers().len() {
            let rows = self.rows_in_layer(layer);
            if row_in_layer >= rows {
                row_in_layer -= rows;
                continue;
            }
            let Some(within) = row_in_layer.checked_sub(self.header_rows_per_layer()) else {
                return Some(KnobListRow::Layer(layer));
            };
            let neuron = within / self.rows_per_neuron(layer);
            let at = NeuronAddress { layer, neuron };
            return Some(self.row_of_neuron(at, within % self.rows_per_neuron(layer)));
        }
        None
    }

    /// Returns the row at `index` among those of a neuron.
    fn row_of_neuron(self, at: NeuronAddress, index: usize) -> KnobListRow {
        let NeuronAddress { layer, neuron } = at;
        match index {
            0 => KnobListRow::Neuron(at),
            term if term <= self.architecture.fan_in(layer) => {
                KnobListRow::Knob(Knob::weight(layer, neuron, term - 1))
            }
            _ => KnobListRow::Knob(Knob::bias(layer, neuron)),
        }
    }

    /// Returns the row index of a knob. If its neuron has no rows here, it is that of the selected neuron's knob.
    pub(crate) fn index_of(self, knob: Knob) -> usize {
        let term = match knob.kind {
            KnobKind::Weight { input } => 1 + input,
            KnobKind::Bias => 1 + self.architecture.fan_in(knob.layer),
        };
        self.index_of_neuron(knob.neuron_address()) + term
    }

    /// Returns the row index of a neuron's header.
    pub(crate) fn index_of_neuron(self, at: NeuronAddress) -> usize {
        if self.only.is_some() {
            return 0;
        }
        let before: usize = (0..at.layer).map(|layer| self.rows_in_layer(layer)).sum();
        before + self.header_rows_per_layer() + at.neuron * self.rows_per_neuron(at.layer)
    }

    /// Returns the knob in the next (`step` 1) or previous (`step` −1) row that contains one; `None` at the
    /// ends of the list.
    pub(crate) fn neighbor(self, knob: Knob, step: isize) -> Option<Knob> {
        let mut index = self.index_of(knob);
        loop {
            index = index.checked_add_signed(step)?;
            match self.get(index)? {
                KnobListRow::Knob(knob) => return Some(knob),
                KnobListRow::Layer(_) | KnobListRow::Neuron(_) => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use neurodial_core::network::Activation;

    #[test]
    fn every_knob_has_one_row_and_is_reached_by_the_arrow_keys() {
        for layers in [
            &[(3, Activation::Relu)][..],
            &[(4, Activation::Tanh), (1, Activation::Linear)],
        ] {
            let architecture = Architecture::dense(2, layers).unwrap();
            let rows = KnobListRows::new(&architecture);
            let listed: Vec<Knob> = (0..rows.count())
                .filter_map(|index| match rows.get(index) {
                    Some(KnobListRow::Knob(knob)) => {
                        assert_eq!(rows.index_of(knob), index);
                        Some(knob)
                    }
                    Some(KnobListRow::Neuron(at)) => {
                        assert_eq!(rows.index_of_neuron(at), index);
                        None
                    }
                    other => {
                        assert!(other.is_some());
                        None
                    }
                })
                .collect();
            assert_eq!(listed.len(), architecture.knob_count());
            assert_eq!(rows.get(rows.count()), None);
            for pair in listed.windows(2) {
                assert_eq!(rows.neighbor(pair[0], 1), Some(pair[1]));
                assert_eq!(rows.neighbor(pair[1], -1), Some(pair[0]));
            }
            assert_eq!(rows.neighbor(listed[0], -1), None);
        }
    }
}
