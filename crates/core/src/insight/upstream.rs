//! What is upstream of a turn, at places that were looked at before: it need not be computed again.

use std::collections::HashMap;

use crate::network::{Varied, VariedTrace};

use super::past::Past;
use super::sampler::Question;

/// The most numbers that are kept.
const KEPT: usize = 1_000_000;

/// What comes into the first layer that is turned, for values of a varying number.
#[derive(Debug, Clone, Default)]
pub(super) struct Upstream {
    known: Option<(Varied, Past)>,
    /// The layer that is turned.
    layer: usize,
    /// Where the numbers of a value are, by its bits.
    columns: HashMap<u64, usize>,
    /// `[column][source]`.
    numbers: Vec<f64>,
    rows: usize,
    missing: Vec<f64>,
    /// Of the values of one look, `[source][sample]`.
    sources: Vec<f64>,
}

impl Upstream {
    /// Finds out what is still true of what is known.
    pub(super) fn begin(&mut self, question: &Question<'_>) {
        let (network, inputs) = (question.variation.network(), question.trace.sources(0));
        let varied = question.variation.varied();
        // What is looked at must be downstream of what is kept.
        let last = question.layer.min(question.selected.layer);
        let turned = match &mut self.known {
            Some((before, past)) if *before == varied => past.turned(network, inputs, question.features),
            known => {
                *known = Some((varied, Past::of(network, inputs, question.features)));
                None
            }
        };
        let layer = match &turned {
            Some(turned) => match turned.change_but_for(varied) {
                Some(change) => change.layer.min(last),
                None => self.layer.min(last),
            },
            None => 0,
        };
        if turned.is_none() || layer != self.layer || self.numbers.len() > KEPT {
            self.columns.clear();
            self.numbers.clear();
            self.rows = 0;
        }
        self.layer = layer;
    }

    /// Runs the variation for these values, up to a layer that is asked for.
    pub(super) fn look(
        &mut self,
        question: &Question<'_>,
        values: &[f64],
        (last_layer, wanted): (usize, &[usize]),
        run: &mut VariedTrace,
    ) {
        let variation = &question.variation;
        if self.layer <= variation.first_layer() {
            variation.run(values, last_layer, wanted, run);
            return;
        }
        self.missing.clear();
        let missing = values
            .iter()
            .filter(|value| !self.columns.contains_key(&value.to_bits()));
        self.missing.extend(missing);
        if !self.missing.is_empty() {
            let before = self.layer - 1;
            let all: Vec<usize> = (0..variation.network().blueprint().width(before)).collect();
            variation.run(&self.missing, before, &all, run);
            self.keep(run.into_layer(self.layer));
        }
        self.sources.resize(self.rows * values.len(), 0.0);
        for (sample, value) in values.iter().enumerate() {
            let column = self.columns[&value.to_bits()];
            let numbers = &self.numbers[column * self.rows..][..self.rows];
            let into = self.sources.iter_mut().skip(sample).step_by(values.len());
            into.zip(numbers).for_each(|(into, &number)| *into = number);
        }
        variation.run_from(self.layer, &self.sources, values, last_layer, wanted, run);
    }

    /// Keeps what was missing, `[source][sample]`.
    fn keep(&mut self, sources: &[f64]) {
        let samples = self.missing.len();
        self.rows = sources.len() / samples;
        for (sample, value) in self.missing.iter().enumerate() {
            self.columns
                .insert(value.to_bits(), self.numbers.len() / self.rows);
            self.numbers.extend(sources.iter().skip(sample).step_by(samples));
        }
    }
}
