//! Forward passes in which one number varies.

use super::kernel::Width;
use super::kernel::product::{Product, Rows, Weights};
use super::kernel::varied::{OneVaried, Varying};
use super::trace::LayerTrace;
use super::{Activation, Knob, LayerView, Network, NeuronAt, Term, Trace, activation};

/// The number that varies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Varied {
    /// A weight or a bias.
    Knob(Knob),
    /// An input of the network, counted from 0.
    Input(usize),
}

/// Inputs of a network that are computed from others of its inputs, and so follow when one of those varies.
pub trait Follow: std::fmt::Debug {
    /// Whether any follows this input.
    fn is_followed(&self, input: usize) -> bool;
    /// Makes those that follow what the others say.
    fn follow(&self, inputs: &mut [f64]);
}

/// A network, one forward pass of it, and the one number that varies while all else stays.
///
/// Nothing is cloned, and only what depends on the number is computed again. The order of operations is that
/// of [`Trace`], so every result has the bits that a forward pass of the changed network would have.
#[derive(Debug, Clone, Copy)]
pub struct Variation<'a> {
    network: &'a Network,
    now: &'a Trace,
    varied: Varied,
    follow: Option<&'a dyn Follow>,
}

/// What the layers compute for many values of the varied number. It can be run again and keeps its buffers.
#[derive(Debug, Clone, Default)]
pub struct VariedTrace {
    samples: usize,
    /// The one neuron of the first layer that depends on a varied knob; `None` if all neurons do.
    only: Option<NeuronAt>,
    first_layer: usize,
    last_layer: usize,
    layers: Vec<LayerTrace>,
    scratch: Vec<f64>,
}

/// What comes into a layer: one row that varies among constants, or a row for every input.
enum Sources<'a> {
    One { index: usize, row: &'a [f64] },
    All(&'a [f64]),
}

impl<'a> Variation<'a> {
    /// The variation of one number around `now`, the trace of a single input.
    ///
    /// # Panics
    /// If `now` has another number of samples than 1, or the network has no such knob or input.
    pub fn new(network: &'a Network, now: &'a Trace, varied: Varied) -> Self {
        assert_eq!(now.samples(), 1, "a variation starts from the trace of one input");
        let exists = match varied {
            Varied::Knob(knob) => network.blueprint().contains(knob),
            Varied::Input(input) => input < network.blueprint().inputs(),
        };
        assert!(exists, "the network has no {varied:?}");
        Self {
            network,
            now,
            varied,
            follow: None,
        }
    }

    /// The same where other inputs follow the varied one.
    #[must_use]
    pub fn followed(mut self, follow: &'a dyn Follow) -> Self {
        let is_followed = matches!(self.varied, Varied::Input(input) if follow.is_followed(input));
        self.follow = is_followed.then_some(follow);
        self
    }

    /// The present value of the varied number.
    pub fn present(&self) -> f64 {
        match self.varied {
            Varied::Knob(knob) => self.network.get(knob).unwrap_or(f64::NAN),
            Varied::Input(input) => self.now.x(input)[0],
        }
    }

    /// The first layer that depends on the number.
    pub fn first_layer(&self) -> usize {
        match self.varied {
            Varied::Knob(knob) => knob.layer,
            Varied::Input(_) => 0,
        }
    }

    /// The network whose number varies.
    pub fn network(&self) -> &'a Network {
        self.network
    }

    /// The number that varies.
    pub fn varied(&self) -> Varied {
        self.varied
    }

    /// By how much a neuron's `z` grows per unit of the number, where `z` is affine in it: in the first layer
    /// that depends on it, and (0) before. `None` in later layers, and where other inputs follow.
    pub fn slope(&self, at: NeuronAt) -> Option<f64> {
        if at.layer != self.first_layer() {
            return (at.layer < self.first_layer()).then_some(0.0);
        }
        if self.follow.is_some() {
            return None;
        }
        Some(match self.varied {
            Varied::Input(input) => self.network.layer(0).weights_of(at.neuron)[input],
            Varied::Knob(knob) if knob.neuron != at.neuron => 0.0,
            Varied::Knob(knob) => match knob.term {
                Term::Weight { input } => self.now.sources(knob.layer)[input],
                Term::Bias => 1.0,
            },
        })
    }

    /// About how many multiply-adds one value costs, layers up to `last_layer` and of that one `wanted` neurons.
    /// An activation is counted as ten.
    pub fn cost(&self, last_layer: usize, wanted: usize) -> usize {
        const ACTIVATION: usize = 10;
        let blueprint = self.network.blueprint();
        let first = self.first_layer();
        let cost_of = |layer: usize| {
            let plan = &blueprint.layers()[layer];
            let is_alone = layer == first && matches!(self.varied, Varied::Knob(_));
            let neurons = match (is_alone, layer == last_layer && !plan.is_softmax()) {
                (true, _) => 1,
                (false, true) => wanted,
                (false, false) => blueprint.width(layer),
            };
            neurons * (blueprint.fan_in(layer) + ACTIVATION)
        };
        (first..=last_layer).map(cost_of).sum::<usize>().max(1)
    }

    /// Computes all that depends on the number, for each of `values`, up to `last_layer`; of that layer only the
    /// neurons `wanted` (a softmax layer is always computed whole).
    pub fn run(&self, values: &[f64], last_layer: usize, wanted: &[usize], out: &mut VariedTrace) {
        self.run_part(0, values, last_layer, wanted, out);
    }

    /// The same from a layer on, after the first one that depends on the number; `sources` are what
    /// [`VariedTrace::into_layer`] had of a run for these values. The bits are those of a whole run.
    ///
    /// # Panics
    /// If there is no layer before, or there are not as many sources.
    pub fn run_from(
        &self,
        layer: usize,
        sources: &[f64],
        values: &[f64],
        last_layer: usize,
        wanted: &[usize],
        out: &mut VariedTrace,
    ) {
        assert!(layer > self.first_layer(), "the number varies before that layer");
        out.layers
            .resize_with(self.network.blueprint().layers().len(), LayerTrace::default);
        let before = &mut out.layers[layer - 1].a;
        before.clear();
        before.extend_from_slice(sources);
        self.run_part(layer, values, last_layer, wanted, out);
        out.first_layer = layer;
    }

    fn run_part(
        &self,
        from: usize,
        values: &[f64],
        last_layer: usize,
        wanted: &[usize],
        out: &mut VariedTrace,
    ) {
        let blueprint = self.network.blueprint();
        let first = self.first_layer();
        let samples = values.len();
        out.samples = samples;
        out.first_layer = first;
        out.last_layer = last_layer;
        out.layers
            .resize_with(blueprint.layers().len(), LayerTrace::default);
        out.only = None;
        let mut next = 0;
        if let Varied::Knob(knob) = self.varied {
            out.only = Some(NeuronAt {
                layer: knob.layer,
                neuron: knob.neuron,
            });
            if last_layer >= first && from <= first {
                self.run_first(knob, values, out);
            }
            next = first + 1;
        }
        if let (0, Varied::Input(input), Some(follow)) = (from, self.varied, self.follow) {
            self.follow_rows(input, follow, values, &mut out.scratch);
        }
        let followed = std::mem::take(&mut out.scratch);
        for layer in next.max(from)..=last_layer {
            let view = self.network.layer(layer);
            let (before, rest) = out.layers.split_at_mut(layer);
            let sources = match (layer.checked_sub(1), self.varied) {
                (None, Varied::Input(_)) if self.follow.is_some() => Sources::All(&followed),
                (None, Varied::Input(index)) => Sources::One { index, row: values },
                (Some(before_at), Varied::Knob(knob))
                    if before_at == first && before[before_at].a.len() == samples =>
                {
                    Sources::One {
                        index: knob.neuron,
                        row: &before[before_at].a,
                    }
                }
                (Some(before_at), _) => Sources::All(&before[before_at].a),
                (None, Varied::Knob(_)) => continue,
            };
            let LayerTrace { z, a, .. } = &mut rest[0];
            z.resize(blueprint.width(layer) * samples, 0.0);
            a.resize(blueprint.width(layer) * samples, 0.0);
            let mut compute = |neuron: usize| {
                let row = neuron * samples..(neuron + 1) * samples;
                self.z_row(layer, view, neuron, &sources, &mut z[row.clone()]);
                let activation = view.plan.neurons[neuron].activation;
                if activation != Activation::Softmax {
                    activation.of_each(&z[row.clone()], &mut a[row]);
                }
            };
            if layer == last_layer && !view.plan.is_softmax() {
                wanted.iter().copied().for_each(&mut compute);
            } else {
                (0..blueprint.width(layer)).for_each(&mut compute);
            }
            if view.plan.is_softmax() {
                activation::softmax(z, samples, a);
            }
        }
        out.scratch = followed;
    }

    /// All inputs, `[input][sample]`, for each value of one that others follow.
    fn follow_rows(&self, input: usize, follow: &dyn Follow, values: &[f64], rows: &mut Vec<f64>) {
        let present = self.now.sources(0);
        let samples = values.len();
        rows.clear();
        rows.resize(present.len() * samples, 0.0);
        let mut inputs = present.to_vec();
        for (sample, &value) in values.iter().enumerate() {
            inputs.copy_from_slice(present);
            inputs[input] = value;
            follow.follow(&mut inputs);
            for (row, &x) in rows.chunks_exact_mut(samples).zip(&inputs) {
                row[sample] = x;
            }
        }
    }

    /// The layer of a varied knob: one row of `z`, and of `a` one row or, for a softmax, all of them.
    fn run_first(&self, knob: Knob, values: &[f64], out: &mut VariedTrace) {
        let samples = values.len();
        let plan = &self.network.blueprint().layers()[knob.layer];
        let LayerTrace { z, a, .. } = &mut out.layers[knob.layer];
        z.resize(samples, 0.0);
        self.first_z_row(knob.neuron, values, z);
        if plan.is_softmax() {
            out.scratch.clear();
            for (neuron, &z_now) in self.now.layers()[knob.layer].z.iter().enumerate() {
                if neuron == knob.neuron {
                    out.scratch.extend_from_slice(z);
                } else {
                    out.scratch.extend(std::iter::repeat_n(z_now, samples));
                }
            }
            a.resize(out.scratch.len(), 0.0);
            activation::softmax(&out.scratch, samples, a);
        } else {
            a.resize(samples, 0.0);
            plan.neurons[knob.neuron].activation.of_each(z, a);
        }
    }

    /// The `z` of one neuron of the first layer that depends on the number, for each of `values`; meaningful where that
    /// layer has a slope. Up to [`LANES`](super::kernel::LANES) values take no longer than one.
    ///
    /// # Panics
    /// If there is no such neuron.
    pub fn first_z_row(&self, neuron: usize, values: &[f64], z: &mut [f64]) {
        let layer = self.first_layer();
        let view = self.network.layer(layer);
        let constants = self.now.sources(layer);
        let (weights, bias) = (view.weights_of(neuron), view.biases[neuron]);
        let varying = match self.varied {
            Varied::Knob(knob) if knob.neuron != neuron => return z.fill(self.now.z(layer, neuron)[0]),
            Varied::Knob(knob) => match knob.term {
                Term::Weight { input } => Varying::Term {
                    index: input,
                    factor: constants[input],
                },
                Term::Bias => Varying::Bias,
            },
            Varied::Input(index) => Varying::Term {
                index,
                factor: weights[index],
            },
        };
        Width::best().run(OneVaried {
            weights,
            constants,
            bias,
            varying,
            row: values,
            into: z,
        });
    }

    fn z_row(&self, layer: usize, view: LayerView<'_>, neuron: usize, sources: &Sources<'_>, z: &mut [f64]) {
        let (weights, bias) = (view.weights_of(neuron), view.biases[neuron]);
        match *sources {
            Sources::One { index, row } => {
                let constants = self.now.sources(layer);
                Width::best().run(OneVaried {
                    weights,
                    constants,
                    bias,
                    varying: Varying::Term {
                        index,
                        factor: weights[index],
                    },
                    row,
                    into: z,
                });
            }
            Sources::All(rows) => {
                let task = Product {
                    weights: Weights {
                        values: weights,
                        row_step: weights.len(),
                        term_step: 1,
                    },
                    sources: Rows {
                        values: rows,
                        stride: z.len(),
                    },
                    bias: Some(&[bias]),
                    rows: 1,
                    terms: weights.len(),
                    samples: z.len(),
                    into_stride: z.len(),
                    into: z,
                };
                Width::best().run(task);
            }
        }
    }
}

impl VariedTrace {
    /// The pre-activations of a neuron, one a value; `None` if they don't depend on the varied number or lie past
    /// the last layer of the run. Meaningless for neurons of that layer that were not wanted.
    pub fn z(&self, at: NeuronAt) -> Option<&[f64]> {
        if !(self.first_layer..=self.last_layer).contains(&at.layer) {
            return None;
        }
        let rows = &self.layers[at.layer].z;
        match self.only {
            Some(only) if only == at => Some(rows),
            Some(only) if only.layer == at.layer => None,
            _ => rows.get(self.row(at.neuron)),
        }
    }

    /// The outputs of a neuron, as [`VariedTrace::z`].
    pub fn a(&self, at: NeuronAt) -> Option<&[f64]> {
        if !(self.first_layer..=self.last_layer).contains(&at.layer) {
            return None;
        }
        let rows = &self.layers[at.layer].a;
        match self.only {
            Some(only) if only.layer == at.layer && rows.len() == self.samples => {
                (only.neuron == at.neuron).then_some(rows)
            }
            _ => rows.get(self.row(at.neuron)),
        }
    }

    /// What comes into a layer after the first one that depends on the varied number, `[source][sample]`: all outputs of
    /// the layer before it, or of that first layer only the one that varies.
    pub fn into_layer(&self, layer: usize) -> &[f64] {
        &self.layers[layer - 1].a
    }

    fn row(&self, neuron: usize) -> std::ops::Range<usize> {
        neuron * self.samples..(neuron + 1) * self.samples
    }
}
