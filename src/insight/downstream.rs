//! What one or two varying numbers change: the forward pass of a row of samples, only downstream of them, for
//! pictures.

use crate::network::{Activation, Network, NeuronAt, Term, Trace};
use crate::session::{Quantity, Target};

use super::swift;

/// What varies along the row of samples, what has another value for the whole row, and what is asked for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Row<'a> {
    pub network: &'a Network,
    /// The forward pass of the present input.
    pub now: &'a Trace,
    /// A number and its values, one a sample.
    pub along: (Target, &'a [f64]),
    /// Another number and its one value.
    pub across: Option<(Target, f64)>,
    /// Layers after this one are left out.
    pub last_layer: usize,
    /// The only neuron of that layer that is asked for.
    pub only: Option<usize>,
}

/// Buffers that are kept from one row to the next.
#[derive(Debug, Clone, Default)]
pub(super) struct Downstream {
    samples: usize,
    /// What comes into the first layer, a row for each input that varies.
    inputs: Vec<f64>,
    /// The inputs that vary.
    varied_inputs: Vec<usize>,
    layers: Vec<Rows>,
    scratch: Vec<f64>,
}

#[derive(Debug, Clone, Default)]
struct Rows {
    /// Both `[neuron][sample]`; only rows of neurons in `varied` mean anything.
    z: Vec<f64>,
    a: Vec<f64>,
    /// The neurons that depend on what varies, ascending.
    varied: Vec<usize>,
}

/// The rows that come into a layer.
struct Sources<'a> {
    rows: &'a [f64],
    varied: &'a [usize],
    samples: usize,
    /// Whether there are rows only for what varies.
    is_packed: bool,
}

impl<'a> Sources<'a> {
    fn row(&self, place: usize) -> &'a [f64] {
        let row = if self.is_packed { place } else { self.varied[place] };
        &self.rows[row * self.samples..][..self.samples]
    }

    fn row_of(&self, input: usize) -> Option<&'a [f64]> {
        Some(self.row(self.varied.binary_search(&input).ok()?))
    }
}

impl Downstream {
    /// Computes all that depends on the varying numbers. They must be two different ones.
    pub fn run(&mut self, row: &Row<'_>) {
        let blueprint = row.network.blueprint();
        let samples = row.along.1.len();
        self.samples = samples;
        self.vary_inputs(row);
        self.layers.resize_with(blueprint.layers().len(), Rows::default);
        for layer in 0..=row.last_layer {
            let (before, rest) = self.layers.split_at_mut(layer);
            let sources = match before.last() {
                Some(rows) => Sources {
                    rows: &rows.a,
                    varied: &rows.varied,
                    samples,
                    is_packed: false,
                },
                None => Sources {
                    rows: &self.inputs,
                    varied: &self.varied_inputs,
                    samples,
                    is_packed: true,
                },
            };
            let rows = &mut rest[0];
            let plan = &blueprint.layers()[layer];
            let width = blueprint.width(layer);
            rows.z.resize(width * samples, 0.0);
            rows.a.resize(width * samples, 0.0);
            rows.varied.clear();
            let wanted = match row.only {
                Some(only) if layer == row.last_layer && !plan.is_softmax() => only..only + 1,
                _ => 0..width,
            };
            for neuron in wanted {
                let at = NeuronAt { layer, neuron };
                let span = neuron * samples..(neuron + 1) * samples;
                if !sum(row, at, &sources, &mut rows.z[span.clone()]) {
                    continue;
                }
                rows.varied.push(neuron);
                let activation = plan.neurons[neuron].activation;
                if activation != Activation::Softmax {
                    swift::activate(activation, &rows.z[span.clone()], &mut rows.a[span]);
                }
            }
            if plan.is_softmax() && !rows.varied.is_empty() {
                rows.couple(row.now, layer, samples, &mut self.scratch);
            }
        }
    }

    /// A neuron's number, one a sample; `None` if it does not depend on what varies.
    pub fn row(&self, at: NeuronAt, quantity: Quantity) -> Option<&[f64]> {
        let rows = &self.layers[at.layer];
        rows.varied.binary_search(&at.neuron).ok()?;
        let values = match quantity {
            Quantity::PreActivation => &rows.z,
            Quantity::Output => &rows.a,
        };
        Some(&values[at.neuron * self.samples..][..self.samples])
    }

    fn vary_inputs(&mut self, row: &Row<'_>) {
        self.varied_inputs.clear();
        self.inputs.clear();
        let (along, values) = row.along;
        let along = match along {
            Target::Input(input) => Some(input),
            Target::Knob(_) => None,
        };
        let across = match row.across {
            Some((Target::Input(input), value)) => Some((input, value)),
            _ => None,
        };
        // Ascending, as they are searched.
        let mut order = [along, across.map(|(input, _)| input)];
        order.sort();
        for input in order.into_iter().flatten() {
            self.varied_inputs.push(input);
            match across {
                Some((other, value)) if other == input => {
                    self.inputs.extend(std::iter::repeat_n(value, values.len()));
                }
                _ => self.inputs.extend_from_slice(values),
            }
        }
    }
}

impl Rows {
    /// The outputs of a softmax, which all depend on what one sum does.
    fn couple(&mut self, now: &Trace, layer: usize, samples: usize, scratch: &mut Vec<f64>) {
        let width = self.z.len() / samples.max(1);
        for neuron in 0..width {
            if self.varied.binary_search(&neuron).is_err() {
                self.z[neuron * samples..][..samples].fill(now.z(layer, neuron)[0]);
            }
        }
        self.varied.clear();
        self.varied.extend(0..width);
        swift::softmax(&self.z, samples, &mut self.a, scratch);
    }
}

/// The sums of one neuron; says whether they depend on what varies.
fn sum(row: &Row<'_>, at: NeuronAt, sources: &Sources<'_>, z: &mut [f64]) -> bool {
    let view = row.network.layer(at.layer);
    let weights = view.weights_of(at.neuron);
    let present = row.now.sources(at.layer);
    let here = |target: Target| match target {
        Target::Knob(knob) if (knob.layer, knob.neuron) == (at.layer, at.neuron) => Some(knob.term),
        _ => None,
    };
    let along = here(row.along.0);
    let across = row
        .across
        .and_then(|(target, value)| Some((here(target)?, value)));
    if sources.varied.is_empty() && along.is_none() && across.is_none() {
        return false;
    }
    // Where all sources vary nothing of the present sum is left but the bias.
    let base = if sources.varied.len() == weights.len() {
        view.biases[at.neuron]
    } else {
        let taken = sources
            .varied
            .iter()
            .map(|&input| weights[input] * present[input]);
        row.now.z(at.layer, at.neuron)[0] - taken.sum::<f64>()
    };
    z.fill(base);
    for (place, &input) in sources.varied.iter().enumerate() {
        let weight = weights[input];
        for (z, source) in z.iter_mut().zip(sources.row(place)) {
            *z += weight * source;
        }
    }
    let old = |term: Term| match term {
        Term::Weight { input } => weights[input],
        Term::Bias => view.biases[at.neuron],
    };
    if let Some(term) = along {
        let old = old(term);
        let values = row.along.1;
        match source_of(term, sources, present) {
            Source::Varies(source) => {
                for ((z, value), source) in z.iter_mut().zip(values).zip(source) {
                    *z += (value - old) * source;
                }
            }
            Source::Stays(source) => {
                for (z, value) in z.iter_mut().zip(values) {
                    *z += (value - old) * source;
                }
            }
        }
    }
    if let Some((term, value)) = across {
        let turned = value - old(term);
        match source_of(term, sources, present) {
            Source::Varies(source) => {
                for (z, source) in z.iter_mut().zip(source) {
                    *z += turned * source;
                }
            }
            Source::Stays(source) => z.iter_mut().for_each(|z| *z += turned * source),
        }
    }
    true
}

/// What a knob is multiplied with.
enum Source<'a> {
    Varies(&'a [f64]),
    Stays(f64),
}

fn source_of<'a>(term: Term, sources: &Sources<'a>, present: &[f64]) -> Source<'a> {
    match term {
        Term::Bias => Source::Stays(1.0),
        Term::Weight { input } => match sources.row_of(input) {
            Some(row) => Source::Varies(row),
            None => Source::Stays(present[input]),
        },
    }
}
