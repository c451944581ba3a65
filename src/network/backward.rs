//! The backward pass: exact derivatives of one number with respect to all knobs and inputs.

use super::{Activation, Knob, Network, NeuronAt, Trace};

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

/// What a derivative can tell about a neuron's knobs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Slope {
    /// A small turn changes the seed as the derivative says.
    Smooth,
    /// Every way from these knobs to the seed leads through a step function. It is flat wherever it doesn't jump,
    /// so the derivative is 0 and tells nothing: `has_slope` is false.
    Stepped,
    /// The seed does not depend on these knobs: they are beside it or after it. The derivative is 0.
    Apart,
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
    /// Of each layer and neuron.
    slopes: Vec<Vec<Slope>>,
    input_gradients: Vec<f64>,
}

impl Backward {
    /// Derives all knobs; `trace` is the forward pass of this network, of one input or of a batch.
    ///
    /// # Panics
    /// If the seed has not one number for each neuron of the last layer and sample, or names no neuron of the
    /// network; or if the trace is that of another architecture.
    pub fn run(&mut self, network: &Network, trace: &Trace, seed: Seed<'_>) {
        let blueprint = network.blueprint();
        self.samples = trace.samples();
        self.gradients.resize(blueprint.knob_count(), 0.0);
        let layers = blueprint.layers().len();
        self.z.resize_with(layers, Vec::new);
        self.slopes.resize_with(layers, Vec::new);
        for layer in 0..layers {
            self.z[layer].resize(blueprint.width(layer) * self.samples, 0.0);
            self.slopes[layer].resize(blueprint.width(layer), Slope::Apart);
        }
        let from = self.start(network, trace, seed);
        for after in from + 1..layers {
            self.z[after].fill(0.0);
            self.slopes[after].fill(Slope::Apart);
            self.gradients[blueprint.knob_range(after)].fill(0.0);
        }
        for layer in (0..=from).rev() {
            self.derive_knobs(network, trace, layer);
            if layer > 0 {
                self.step_back(network, trace, layer);
            }
        }
    }

    /// `dL/dknob` of every knob in the flat order (see [`super::Blueprint`]), summed over the samples.
    pub fn gradients(&self) -> &[f64] {
        &self.gradients
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
        propagate(
            network.layer(0).weights,
            &self.z[0],
            self.samples,
            &mut self.input_gradients,
        );
        &self.input_gradients
    }

    /// What the derivatives of a neuron's knobs can tell. It follows from the architecture and the seed alone.
    pub fn slope(&self, at: NeuronAt) -> Slope {
        self.slopes[at.layer][at.neuron]
    }

    /// What the derivatives by the inputs can tell.
    pub fn input_slope(&self) -> Slope {
        best(&self.slopes[0])
    }

    /// Whether a small turn of the knob can show in the seed: false where every way leads through a step.
    pub fn has_slope(&self, knob: Knob) -> bool {
        let at = NeuronAt {
            layer: knob.layer,
            neuron: knob.neuron,
        };
        self.slope(at) != Slope::Stepped
    }

    /// Fills `dL/dz` of the layer that the seed speaks of, and returns that layer.
    fn start(&mut self, network: &Network, trace: &Trace, seed: Seed<'_>) -> usize {
        let last = network.blueprint().last_layer();
        match seed {
            Seed::PreActivations(values) => {
                self.z[last].copy_from_slice(values);
                self.slopes[last].fill(Slope::Smooth);
                last
            }
            Seed::Outputs(values) => {
                self.z[last].copy_from_slice(values);
                self.slopes[last].fill(Slope::Smooth);
                self.through_activation(network, trace, last);
                last
            }
            Seed::PreActivation(at) => {
                self.start_at(at);
                at.layer
            }
            Seed::Output(at) if network.layer(at.layer).plan.is_softmax() => {
                self.slopes[at.layer].fill(Slope::Smooth);
                share(
                    trace.layers()[at.layer].a.as_slice(),
                    at.neuron,
                    self.samples,
                    &mut self.z[at.layer],
                );
                at.layer
            }
            Seed::Output(at) => {
                self.start_at(at);
                self.through_activation(network, trace, at.layer);
                at.layer
            }
        }
    }

    /// 1 for one neuron, 0 for the others of its layer.
    fn start_at(&mut self, at: NeuronAt) {
        let z = &mut self.z[at.layer];
        z.fill(0.0);
        z[at.neuron * self.samples..][..self.samples].fill(1.0);
        self.slopes[at.layer].fill(Slope::Apart);
        self.slopes[at.layer][at.neuron] = Slope::Smooth;
    }

    /// From `dL/da` to `dL/dz`, in place.
    fn through_activation(&mut self, network: &Network, trace: &Trace, layer: usize) {
        let plan = &network.blueprint().layers()[layer];
        let gradients = &mut self.z[layer];
        if plan.is_softmax() {
            softmax(&trace.layers()[layer].a, self.samples, gradients);
            return;
        }
        for (neuron, plan) in plan.neurons.iter().enumerate() {
            let row = &mut gradients[neuron * self.samples..][..self.samples];
            let slope = &mut self.slopes[layer][neuron];
            if plan.activation == Activation::Step && *slope != Slope::Apart {
                *slope = Slope::Stepped;
            }
            let (z, a) = (trace.z(layer, neuron), trace.a(layer, neuron));
            plan.activation.derive_each(z, a, row);
        }
    }

    /// `dL/dw = Σ dL/dz · source` and `dL/db = Σ dL/dz`, over the samples.
    fn derive_knobs(&mut self, network: &Network, trace: &Trace, layer: usize) {
        let blueprint = network.blueprint();
        let (width, fan_in, samples) = (blueprint.width(layer), blueprint.fan_in(layer), self.samples);
        let sources = trace.sources(layer);
        let gradients = &mut self.gradients[blueprint.knob_range(layer)];
        let (weights, biases) = gradients.split_at_mut(width * fan_in);
        for neuron in 0..width {
            let row = &self.z[layer][neuron * samples..][..samples];
            let weights = &mut weights[neuron * fan_in..][..fan_in];
            if let [slope] = *row {
                for (gradient, &source) in weights.iter_mut().zip(sources) {
                    *gradient = slope * source;
                }
                biases[neuron] = slope;
            } else {
                for (input, gradient) in weights.iter_mut().enumerate() {
                    *gradient = dot(row, &sources[input * samples..][..samples]);
                }
                biases[neuron] = sum(row);
            }
        }
    }

    /// From a layer's `dL/dz` to that of the layer before.
    fn step_back(&mut self, network: &Network, trace: &Trace, layer: usize) {
        let (before, rest) = self.z.split_at_mut(layer);
        propagate(
            network.layer(layer).weights,
            &rest[0],
            self.samples,
            &mut before[layer - 1],
        );
        let slope = best(&self.slopes[layer]);
        self.slopes[layer - 1].fill(slope);
        self.through_activation(network, trace, layer - 1);
    }
}

/// A source reaches the seed as well as the best of the neurons that it leads to.
fn best(slopes: &[Slope]) -> Slope {
    let has = |slope| slopes.contains(&slope);
    match (has(Slope::Smooth), has(Slope::Stepped)) {
        (true, _) => Slope::Smooth,
        (false, true) => Slope::Stepped,
        (false, false) => Slope::Apart,
    }
}

/// `dL/dsource = Σ weight · dL/dz` over the neurons; `weights` are `[neuron][input]`, the rest `[…][sample]`.
fn propagate(weights: &[f64], z: &[f64], samples: usize, sources: &mut [f64]) {
    sources.fill(0.0);
    if samples == 0 {
        return;
    }
    let fan_in = sources.len() / samples;
    for (weights, row) in weights.chunks_exact(fan_in).zip(z.chunks_exact(samples)) {
        if let [slope] = *row {
            for (source, &weight) in sources.iter_mut().zip(weights) {
                *source += weight * slope;
            }
            continue;
        }
        for (sources, &weight) in sources.chunks_exact_mut(samples).zip(weights) {
            for (source, &slope) in sources.iter_mut().zip(row) {
                *source += weight * slope;
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

/// Sums side by side, so that the compiler can use vectors without changing the order of the additions.
const LANES: usize = 8;

fn dot(left: &[f64], right: &[f64]) -> f64 {
    let mut lanes = [0.0; LANES];
    let (left, left_rest) = left.as_chunks::<LANES>();
    let (right, right_rest) = right.as_chunks::<LANES>();
    for (left, right) in left.iter().zip(right) {
        for lane in 0..LANES {
            lanes[lane] += left[lane] * right[lane];
        }
    }
    let rest: f64 = left_rest.iter().zip(right_rest).map(|(a, b)| a * b).sum();
    lanes.iter().sum::<f64>() + rest
}

fn sum(values: &[f64]) -> f64 {
    let mut lanes = [0.0; LANES];
    let (values, rest) = values.as_chunks::<LANES>();
    for values in values {
        for lane in 0..LANES {
            lanes[lane] += values[lane];
        }
    }
    lanes.iter().sum::<f64>() + rest.iter().sum::<f64>()
}
