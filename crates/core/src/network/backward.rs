//! The backward pass: exact derivatives of one number with respect to all knobs and inputs.

use fearless_simd::Simd;

use super::kernel::dots::{Dots, dots};
use super::kernel::functions::{derive, multiply_each};
use super::kernel::product::{Product, Rows, Weights, product};
use super::kernel::{Task, Width};
use super::trace::LayerTrace;
use super::{Activation, Knob, LayerPlan, LayerView, Network, NeuronAt, Trace};

/// What is derived: the number `L` whose derivatives are asked for, given by what it depends on.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Seed<'a> {
    /// `L` is the output of this neuron, of any layer; over a batch the sum of its outputs.
    Output(NeuronAt),
    /// `L` is the pre-activation of this neuron, of any layer; over a batch the sum of them.
    PreActivation(NeuronAt),
    /// `L` is a loss: its derivatives `dL/da` by the outputs of the last layer, `[neuron][sample]`.
    Outputs(&'a [f64]),
    /// `L` is a loss: its derivatives `dL/dz` by the pre-activations of the last layer, `[neuron][sample]`.
    /// For a softmax or sigmoid with cross-entropy this is `a − y`, which neither overflows nor divides by 0.
    PreActivations(&'a [f64]),
}

/// One backward pass through a network, by the chain rule (Rumelhart, Hinton and Williams, 1986).
///
/// ```
/// use neurodial::network::{Activation, Backward, Blueprint, Knob, Network, NeuronAt, Seed};
/// # fn main() -> Result<(), neurodial::network::BlueprintError> {
/// let mut network = Network::zeros(Blueprint::dense(2, &[(1, Activation::Linear)])?);
/// network.set(Knob::weight(0, 0, 0), 0.5);
/// let trace = network.forward(&[3.0, 4.0]);
///
/// let mut backward = Backward::default();
/// backward.run(&network, &trace, Seed::Output(NeuronAt { layer: 0, neuron: 0 }));
/// assert_eq!(backward.gradients(), [3.0, 4.0, 1.0]); // both weights, then the bias
/// assert_eq!(backward.input_gradients(&network), [0.5, 0.0]);
/// # Ok(())
/// # }
/// ```
///
/// To train on a batch: run the [`Trace`] of `inputs[input][sample]`, fill `dL/da` or `dL/dz` of the last layer
/// as `[neuron][sample]`, and run with [`Seed::Outputs`] or [`Seed::PreActivations`]. [`Backward::gradients`] is
/// the *sum* over the samples; for a mean put `1/samples` into the seed. Its order is that of
/// [`Network::knobs`], so one step of gradient descent is `knob −= rate · gradient` along two slices.
///
/// Where a function has a kink, the slope to its left is taken: `relu'(0) = 0`, `leaky_relu'(0) = 0.01`. A step's
/// is 0 everywhere. It can be run again and then allocates nothing for a batch that is no larger. Sums have one
/// fixed order, so the bits are the same on every machine.
#[derive(Debug, Clone, Default)]
pub struct Backward {
    samples: usize,
    gradients: Vec<f64>,
    /// `dL/dz` of each layer, `[neuron][sample]`.
    z: Vec<Vec<f64>>,
    input_gradients: Vec<f64>,
}

impl Backward {
    /// Derives all knobs; `trace` is the forward pass of this network, of one input or of a batch.
    ///
    /// # Panics
    /// If the seed has not one number for each neuron of the last layer and sample, or names no neuron of the
    /// network; or if the trace is that of another architecture.
    pub fn run(&mut self, network: &Network, trace: &Trace, seed: Seed<'_>) {
        self.run_at(Width::best(), network, trace, seed);
    }

    /// [`Backward::run`] at a width of one’s choice; the bits are the same at all.
    ///
    /// # Panics
    /// As [`Backward::run`].
    pub fn run_at(&mut self, width: Width, network: &Network, trace: &Trace, seed: Seed<'_>) {
        let blueprint = network.blueprint();
        self.samples = trace.samples();
        self.gradients.resize(blueprint.knob_count(), 0.0);
        let layers = blueprint.layers().len();
        self.z.resize_with(layers, Vec::new);
        for layer in 0..layers {
            self.z[layer].resize(blueprint.width(layer) * self.samples, 0.0);
        }
        let start = self.start(network, trace, seed);
        for after in start.layer + 1..layers {
            self.z[after].fill(0.0);
            self.gradients[blueprint.knob_range(after)].fill(0.0);
        }
        if self.samples == 0 {
            self.gradients.fill(0.0);
            return;
        }
        width.run(Back {
            network,
            trace,
            start,
            z: &mut self.z,
            gradients: &mut self.gradients,
        });
    }

    /// `dL/dknob` of every knob in the flat order (see [`super::Blueprint`]), summed over the samples.
    pub fn gradients(&self) -> &[f64] {
        &self.gradients
    }

    /// The same, to be changed: a penalty adds its own.
    pub fn gradients_mut(&mut self) -> &mut [f64] {
        &mut self.gradients
    }

    /// `dL/dknob` of one knob; `None` if there is no such knob.
    pub fn gradient(&self, network: &Network, knob: Knob) -> Option<f64> {
        let index = network.blueprint().index_of(knob)?;
        self.gradients.get(index).copied()
    }

    /// `dL/dz` of a layer's neurons, `[neuron][sample]`.
    pub fn z_gradients(&self, layer: usize) -> &[f64] {
        &self.z[layer]
    }

    /// `dL/dx` of the inputs, `[input][sample]`. Computed when it is asked for: training has no use for it.
    pub fn input_gradients(&mut self, network: &Network) -> &[f64] {
        let inputs = network.blueprint().inputs() * self.samples;
        self.input_gradients.resize(inputs, 0.0);
        if self.samples > 0 {
            Width::best().run(Propagate {
                layer: network.layer(0),
                z: &self.z[0],
                samples: self.samples,
                sources: &mut self.input_gradients,
            });
        }
        &self.input_gradients
    }

    /// Fills what the seed speaks of.
    fn start(&mut self, network: &Network, trace: &Trace, seed: Seed<'_>) -> Start {
        let last = network.blueprint().last_layer();
        match seed {
            Seed::PreActivations(values) | Seed::Outputs(values) => {
                self.z[last].copy_from_slice(values);
                Start {
                    layer: last,
                    is_output: matches!(seed, Seed::Outputs(_)),
                }
            }
            Seed::PreActivation(at) => self.start_at(at, false),
            Seed::Output(at) if network.layer(at.layer).plan.is_softmax() => {
                share(
                    trace.layers()[at.layer].a.as_slice(),
                    at.neuron,
                    self.samples,
                    &mut self.z[at.layer],
                );
                Start {
                    layer: at.layer,
                    is_output: false,
                }
            }
            Seed::Output(at) => self.start_at(at, true),
        }
    }

    /// 1 for one neuron, 0 for the others of its layer.
    fn start_at(&mut self, at: NeuronAt, is_output: bool) -> Start {
        let z = &mut self.z[at.layer];
        z.fill(0.0);
        z[at.neuron * self.samples..][..self.samples].fill(1.0);
        Start {
            layer: at.layer,
            is_output,
        }
    }
}

/// Where a backward pass starts.
#[derive(Debug, Clone, Copy)]
struct Start {
    layer: usize,
    /// Whether what is filled in there is `dL/da`, in place of `dL/dz`.
    is_output: bool,
}

/// From the `dL/dz` of layer `from` to all that is before it. A derivative by a weight, `Σ dL/dz · source` over the
/// samples, is added up as [`super::kernel::dots`] says.
struct Back<'a> {
    network: &'a Network,
    trace: &'a Trace,
    start: Start,
    z: &'a mut [Vec<f64>],
    gradients: &'a mut [f64],
}

impl Task for Back<'_> {
    type Output = ();

    #[cfg_attr(not(debug_assertions), inline(always))]
    fn run<S: Simd>(self, simd: S) {
        let blueprint = self.network.blueprint();
        let samples = self.trace.samples();
        let mut is_output = self.start.is_output;
        for layer in (0..=self.start.layer).rev() {
            let (before, rest) = self.z.split_at_mut(layer);
            let gradients = &mut rest[0];
            if is_output {
                ThroughActivation {
                    plan: &blueprint.layers()[layer],
                    trace: &self.trace.layers()[layer],
                    slopes: self.trace.slopes(layer),
                    samples,
                    gradients,
                }
                .run(simd);
            }
            dots(
                simd,
                Dots {
                    left: gradients,
                    right: self.trace.sources(layer),
                    samples,
                    rows: blueprint.width(layer),
                    columns: blueprint.fan_in(layer),
                    into: &mut self.gradients[blueprint.knob_range(layer)],
                },
            );
            if let Some(sources) = before.last_mut() {
                Propagate {
                    layer: self.network.layer(layer),
                    z: gradients,
                    samples,
                    sources,
                }
                .run(simd);
                is_output = true;
            }
        }
    }
}

/// `dL/dsource = Σ weight · dL/dz` over the neurons in their order.
struct Propagate<'a> {
    layer: LayerView<'a>,
    z: &'a [f64],
    samples: usize,
    sources: &'a mut [f64],
}

impl Task for Propagate<'_> {
    type Output = ();

    #[cfg_attr(not(debug_assertions), inline(always))]
    fn run<S: Simd>(self, simd: S) {
        let Self {
            layer,
            z,
            samples,
            sources: into,
        } = self;
        let (weights, fan_in, terms) = (layer.weights, layer.fan_in, layer.biases.len());
        // For a single sample the lanes lie along the sources.
        let mut task = if samples == 1 {
            Product {
                weights: Weights {
                    values: z,
                    row_step: terms,
                    term_step: 1,
                },
                sources: Rows {
                    values: weights,
                    stride: fan_in,
                },
                bias: None,
                rows: 1,
                terms,
                samples: fan_in,
                into,
                into_stride: fan_in,
            }
        } else {
            Product {
                weights: Weights {
                    values: weights,
                    row_step: 1,
                    term_step: fan_in,
                },
                sources: Rows {
                    values: z,
                    stride: samples,
                },
                bias: None,
                rows: fan_in,
                terms,
                samples,
                into,
                into_stride: samples,
            }
        };
        product(simd, &mut task);
    }
}

/// From `dL/da` to `dL/dz` of a layer, in place.
struct ThroughActivation<'a> {
    plan: &'a LayerPlan,
    trace: &'a LayerTrace,
    slopes: Option<&'a [f64]>,
    samples: usize,
    gradients: &'a mut [f64],
}

impl Task for ThroughActivation<'_> {
    type Output = ();

    #[cfg_attr(not(debug_assertions), inline(always))]
    fn run<S: Simd>(self, simd: S) {
        let Self {
            plan,
            trace,
            slopes,
            samples,
            gradients,
        } = self;
        if let Some(slopes) = slopes {
            return multiply_each(simd, slopes, gradients);
        }
        match plan.activation() {
            Some(Activation::Softmax) => softmax(&trace.a, samples, gradients),
            Some(activation) => derive(simd, activation, &trace.z, gradients),
            None => {
                let rows = trace.z.chunks_exact(samples);
                let rows = rows.zip(gradients.chunks_exact_mut(samples));
                for (neuron, (z, gradients)) in plan.neurons.iter().zip(rows) {
                    derive(simd, neuron.activation, z, gradients);
                }
            }
        }
    }
}

/// From `dL/da` to `dL/dz` of a softmax, in place: `dL/dz_i = a_i · (dL/da_i − Σ_j a_j · dL/da_j)`.
fn softmax(a: &[f64], samples: usize, gradients: &mut [f64]) {
    for sample in 0..samples {
        let places = (sample..a.len()).step_by(samples);
        let mean: f64 = places.clone().map(|i| a[i] * gradients[i]).sum();
        for i in places {
            gradients[i] = a[i] * (gradients[i] - mean);
        }
    }
}

/// `da_k/dz_i` of a softmax: `a_k · (1 − a_k)` for `i = k`, else `−a_k · a_i`. The sum of the others in place of
/// `1 − a_k` keeps the digits when `a_k` is almost 1.
fn share(a: &[f64], chosen: usize, samples: usize, z: &mut [f64]) {
    for sample in 0..samples {
        let own = a[chosen * samples + sample];
        let mut others = 0.0;
        for (neuron, i) in (sample..a.len()).step_by(samples).enumerate() {
            if neuron != chosen {
                others += a[i];
                z[i] = -own * a[i];
            }
        }
        z[chosen * samples + sample] = own * others;
    }
}
