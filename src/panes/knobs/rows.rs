//! Which row of the list is what, without a list of them: a network has up to millions of knobs.

use neurodial_core::network::{Blueprint, Knob, NeuronAt, Term};

/// One row of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Row {
    /// The head of a layer; only where there are several.
    Layer(usize),
    /// The head of a neuron.
    Neuron(NeuronAt),
    /// A weight or the bias.
    Knob(Knob),
}

/// The rows of the list: layer by layer, neuron by neuron, the weights and then the bias.
#[derive(Debug, Clone, Copy)]
pub struct Rows<'a> {
    blueprint: &'a Blueprint,
}

impl<'a> Rows<'a> {
    /// The rows for a network of this architecture.
    pub fn new(blueprint: &'a Blueprint) -> Self {
        Self { blueprint }
    }

    fn layer_heads(self) -> usize {
        usize::from(self.blueprint.layers().len() > 1)
    }

    /// The rows of one neuron: its head, its weights and its bias.
    fn rows_of_neuron(self, layer: usize) -> usize {
        self.blueprint.fan_in(layer) + 2
    }

    fn rows_of_layer(self, layer: usize) -> usize {
        self.layer_heads() + self.blueprint.width(layer) * self.rows_of_neuron(layer)
    }

    /// The number of rows.
    pub fn count(self) -> usize {
        (0..self.blueprint.layers().len())
            .map(|layer| self.rows_of_layer(layer))
            .sum()
    }

    /// What a row is; `None` past the end.
    pub fn at(self, index: usize) -> Option<Row> {
        let mut rest = index;
        for layer in 0..self.blueprint.layers().len() {
            let rows = self.rows_of_layer(layer);
            if rest >= rows {
                rest -= rows;
                continue;
            }
            let Some(within) = rest.checked_sub(self.layer_heads()) else {
                return Some(Row::Layer(layer));
            };
            let neuron = within / self.rows_of_neuron(layer);
            return Some(match within % self.rows_of_neuron(layer) {
                0 => Row::Neuron(NeuronAt { layer, neuron }),
                term if term <= self.blueprint.fan_in(layer) => {
                    Row::Knob(Knob::weight(layer, neuron, term - 1))
                }
                _ => Row::Knob(Knob::bias(layer, neuron)),
            });
        }
        None
    }

    /// The row of a knob.
    pub fn index_of(self, knob: Knob) -> usize {
        let term = match knob.term {
            Term::Weight { input } => 1 + input,
            Term::Bias => 1 + self.blueprint.fan_in(knob.layer),
        };
        self.index_of_neuron(NeuronAt {
            layer: knob.layer,
            neuron: knob.neuron,
        }) + term
    }

    /// The row of a neuron's head.
    pub fn index_of_neuron(self, at: NeuronAt) -> usize {
        let before: usize = (0..at.layer).map(|layer| self.rows_of_layer(layer)).sum();
        before + self.layer_heads() + at.neuron * self.rows_of_neuron(at.layer)
    }

    /// The knob in the next row that has one, `step` being 1 or −1.
    pub fn neighbour(self, knob: Knob, step: isize) -> Option<Knob> {
        let mut index = self.index_of(knob);
        loop {
            index = index.checked_add_signed(step)?;
            match self.at(index)? {
                Row::Knob(knob) => return Some(knob),
                Row::Layer(_) | Row::Neuron(_) => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use neurodial_core::network::Activation;

    #[test]
    fn every_knob_has_one_row_and_the_arrows_pass_them_all() {
        for layers in [
            &[(3, Activation::Relu)][..],
            &[(4, Activation::Tanh), (1, Activation::Linear)],
        ] {
            let blueprint = Blueprint::dense(2, layers).unwrap();
            let rows = Rows::new(&blueprint);
            let listed: Vec<Knob> = (0..rows.count())
                .filter_map(|index| match rows.at(index) {
                    Some(Row::Knob(knob)) => {
                        assert_eq!(rows.index_of(knob), index);
                        Some(knob)
                    }
                    Some(Row::Neuron(at)) => {
                        assert_eq!(rows.index_of_neuron(at), index);
                        None
                    }
                    other => {
                        assert!(other.is_some());
                        None
                    }
                })
                .collect();
            assert_eq!(listed.len(), blueprint.knob_count());
            assert_eq!(rows.at(rows.count()), None);
            for pair in listed.windows(2) {
                assert_eq!(rows.neighbour(pair[0], 1), Some(pair[1]));
                assert_eq!(rows.neighbour(pair[1], -1), Some(pair[0]));
            }
            assert_eq!(rows.neighbour(listed[0], -1), None);
        }
    }
}
