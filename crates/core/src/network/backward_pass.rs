//! The backward pass: exact derivatives of one number with respect to all knobs and inputs.

use fearless_simd::Simd;

use super::activation::activation_backward;
use super::forward_pass::LayerValues;
use super::kernel::dot_products::{DotProducts, dot_products};
use super::kernel::functions::multiply_by_slopes;
use super::kernel::matrix_product::{MatrixProduct, StridedRows, StridedWeights, matrix_product};
use super::kernel::{SimdWidth, Task};
use super::{Activation, ForwardPass, Knob, LayerPlan, LayerView, Network, NeuronAddress};

/// The number `L` that is differentiated, given by a neuron or by its derivatives at the output layer.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum GradientSeed<'a> {
    /// `L` is the output of this neuron, of any layer; for a batch, the sum of its outputs.
    Output(NeuronAddress),
    /// `L` is the weighted sum `z` of this neuron, of any layer; for a batch, the sum of its `z`.
    WeightedSum(NeuronAddress),
    /// `L` is a loss, given by its derivatives `dL/da` with respect to the outputs of the output layer,
    /// `[neuron][sample]`.
    Outputs(&'a [f64]),
    /// `L` is a loss, given by its derivatives `dL/dz` with respect to the weighted sums of the output layer,
    /// `[neuron][sample]`. For softmax or sigmoid with cross-entropy this is `a − y`, which neither overflows
    /// nor divides by 0.
    WeightedSums(&'a [f64]),
}

/// A backward pass through a network, by the chain rule (Rumelhart, Hinton and Williams, 1986).
///
/// ```
/// use neurodial_core::network::{
///     Activation, Architecture, BackwardPass, GradientSeed, Knob, Network, NeuronAddress,
/// };
/// # fn main() -> Result<(), neurodial_core::network::ArchitectureError> {
/// let mut network = Network::zeros(Architecture::dense(2, &[(1, Activation::Linear)])?);
/// network.set(Knob::weight(0, 0, 0), 0.5);
/// let forward = network.forward(&[3.0, 4.0]);
///
/// let mut backward = BackwardPass::default();
/// backward.run(&network, &forward, GradientSeed::Output(NeuronAddress { layer: 0, neuron: 0 }));
/// assert_eq!(backward.gradients(), [3.0, 4.0, 1.0]); // both weights, then the bias
/// assert_eq!(backward.input_gradients(&network), [0.5, 0.0]);
/// # Ok(())
/// # }
/// ```
///
/// For training on a batch, run the [`ForwardPass`] of `inputs[input][sample]`, fill `dL/da` or `dL/dz` of
/// the output layer as `[neuron][sample]`, and run this with [`GradientSeed::Outputs`] or
/// [`GradientSeed::WeightedSums`]. [`BackwardPass::gradients`] is the *sum* over the samples; for a mean,
/// multiply the seed by `1/samples`. The gradients have the order of [`Network::knobs`], so one update by
/// gradient descent is `knob −= learning_rate · gradient` along two slices.
///
/// At a kink of a function the slope to its left is used: `relu'(0) = 0`, `leaky_relu'(0) = 0.01`. The slope
/// of a step function is 0 everywhere. A backward pass can be run again and then allocates nothing for a
/// batch that is not larger. Sums have one fixed order, so the bits are the same on every machine.
#[derive(Debug, Clone, Default)]
pub struct BackwardPass {
    samples: usize,
    gradients: Vec<f64>,
    /// `dL/dz` of each layer, `[neuron][sample]`.
    z_gradients: Vec<Vec<f64>>,
    input_gradients: Vec<f64>,
}

impl BackwardPass {
    /// Computes the derivatives with respect to all knobs; `forward` is the forward pass of this network, of
    /// one input or of a batch.
    ///
    /// # Panics
    ///
    /// Panics if the seed doesn't have one number for each neuron of the output layer and sample, if it names
    /// a neuron that doesn't exist, or if the forward pass is that of another architecture.
    pub fn run(&mut self, network: &Network, forward: &ForwardPass, seed: GradientSeed<'_>) {
        self.run_with_width(SimdWidth::best(), network, forward, seed);
    }

    /// Computes [`BackwardPass::run`] at the given SIMD width. All widths give the same bits.
    ///
    /// # Panics
    ///
    /// Panics under the same conditions as [`BackwardPass::run`].
    pub fn run_with_width(
        &mut self,
        width: SimdWidth,
        network: &Network,
        forward: &ForwardPass,
        seed: GradientSeed<'_>,
    ) {
        let architecture = network.architecture();
        self.samples = forward.sample_count();
        self.gradients.resize(architecture.knob_count(), 0.0);
        let layers = architecture.layers().len();
        self.z_gradients.resize_with(layers, Vec::new);
        for layer in 0..layers {
            self.z_gradients[layer].resize(architecture.width(layer) * self.samples, 0.0);
        }
        let start = self.fill_seed(network, forward, seed);
        for after in start.layer + 1..layers {
            self.z_gradients[after].fill(0.0);
            self.gradients[architecture.knob_range(after)].fill(0.0);
        }
        if self.samples == 0 {
            self.gradients.fill(0.0);
            return;
        }
        width.run(BackwardTask {
            network,
            forward,
            start,
            z_gradients: &mut self.z_gradients,
            gradients: &mut self.gradients,
        });
    }

    /// Returns `dL/dknob` of every knob in the flat order (see [`super::Architecture`]), summed over the
    /// samples.
    pub fn gradients(&self) -> &[f64] {
        &self.gradients
    }

    /// Returns the derivatives of all knobs as a mutable slice; regularization adds its own derivatives.
    pub(crate) fn gradients_mut(&mut self) -> &mut [f64] {
        &mut self.gradients
    }

    /// Returns `dL/dknob` of one knob, or `None` if there is no such knob.
    pub fn gradient(&self, network: &Network, knob: Knob) -> Option<f64> {
        let index = network.architecture().index_of(knob)?;
        self.gradients.get(index).copied()
    }

    /// Computes `dL/dx` of the inputs, `[input][sample]`. This is not a part of [`BackwardPass::run`],
    /// because training doesn't need it.
    pub fn input_gradients(&mut self, network: &Network) -> &[f64] {
        let inputs = network.architecture().input_count() * self.samples;
        self.input_gradients.resize(inputs, 0.0);
        if self.samples > 0 {
            SimdWidth::best().run(PropagateToInputs {
                layer: network.layer(0),
                z_gradients: &self.z_gradients[0],
                samples: self.samples,
                input_gradients: &mut self.input_gradients,
            });
        }
        &self.input_gradients
    }

    /// Fills in the derivatives that the seed gives, and returns the start of the pass.
    fn fill_seed(
        &mut self,
        network: &Network,
        forward: &ForwardPass,
        seed: GradientSeed<'_>,
    ) -> BackwardStart {
        let last = network.architecture().last_layer();
        match seed {
            GradientSeed::WeightedSums(values) | GradientSeed::Outputs(values) => {
                self.z_gradients[last].copy_from_slice(values);
                BackwardStart {
                    layer: last,
                    is_output_gradient: matches!(seed, GradientSeed::Outputs(_)),
                }
            }
            GradientSeed::WeightedSum(at) => self.fill_neuron_seed(at, false),
            GradientSeed::Output(at) if network.layer(at.layer).plan.is_softmax() => {
                softmax_output_gradients(
                    forward.layers()[at.layer].a.as_slice(),
                    at.neuron,
                    self.samples,
                    &mut self.z_gradients[at.layer],
                );
                BackwardStart {
                    layer: at.layer,
                    is_output_gradient: false,
                }
            }
            GradientSeed::Output(at) => self.fill_neuron_seed(at, true),
        }
    }

    /// Fills in 1 for one neuron and 0 for the others of its layer.
    fn fill_neuron_seed(&mut self, at: NeuronAddress, is_output_gradient: bool) -> BackwardStart {
        let z = &mut self.z_gradients[at.layer];
        z.fill(0.0);
        z[at.neuron * self.samples..][..self.samples].fill(1.0);
        BackwardStart {
            layer: at.layer,
            is_output_gradient,
        }
    }
}

/// The start of a backward pass.
#[derive(Debug, Clone, Copy)]
struct BackwardStart {
    /// The layer in which derivatives are filled in.
    layer: usize,
    /// True if they are `dL/da`, false if they are `dL/dz`.
    is_output_gradient: bool,
}

/// A task that propagates derivatives from the start to all earlier layers. A derivative with respect to a
/// weight, `Σ dL/dz · input` over the samples, is summed as described in [`super::kernel::dot_products`].
struct BackwardTask<'a> {
    network: &'a Network,
    forward: &'a ForwardPass,
    start: BackwardStart,
    z_gradients: &'a mut [Vec<f64>],
    gradients: &'a mut [f64],
}

impl Task for BackwardTask<'_> {
    type Output = ();

    #[cfg_attr(not(debug_assertions), inline(always))]
    fn run<S: Simd>(self, simd: S) {
        let architecture = self.network.architecture();
        let samples = self.forward.sample_count();
        let mut is_output_gradient = self.start.is_output_gradient;
        for layer in (0..=self.start.layer).rev() {
            let (before, rest) = self.z_gradients.split_at_mut(layer);
            let gradients = &mut rest[0];
            if is_output_gradient {
                PropagateThroughActivation {
                    plan: &architecture.layers()[layer],
                    values: &self.forward.layers()[layer],
                    slopes: self.forward.slopes(layer),
                    samples,
                    gradients,
                }
                .run(simd);
            }
            dot_products(
                simd,
                DotProducts {
                    left: gradients,
                    right: self.forward.layer_inputs(layer),
                    samples,
                    rows: architecture.width(layer),
                    columns: architecture.fan_in(layer),
                    into: &mut self.gradients[architecture.knob_range(layer)],
                },
            );
            if let Some(input_gradients) = before.last_mut() {
                PropagateToInputs {
                    layer: self.network.layer(layer),
                    z_gradients: gradients,
                    samples,
                    input_gradients,
                }
                .run(simd);
                is_output_gradient = true;
            }
        }
    }
}

/// A task that computes `dL/dinput = Σ weight · dL/dz` of a layer, summed over the neurons in their order.
struct PropagateToInputs<'a> {
    layer: LayerView<'a>,
    z_gradients: &'a [f64],
    samples: usize,
    input_gradients: &'a mut [f64],
}

impl Task for PropagateToInputs<'_> {
    type Output = ();

    #[cfg_attr(not(debug_assertions), inline(always))]
    fn run<S: Simd>(self, simd: S) {
        let Self {
            layer,
            z_gradients: z,
            samples,
            input_gradients,
        } = self;
        let (weights, fan_in, terms) = (layer.weights, layer.fan_in, layer.biases.len());
        // For a single sample the lanes run along the inputs.
        let mut task = if samples == 1 {
            MatrixProduct {
                weights: StridedWeights {
                    values: z,
                    row_step: terms,
                    term_step: 1,
                },
                inputs: StridedRows {
                    values: weights,
                    stride: fan_in,
                },
                bias: None,
                rows: 1,
                terms,
                samples: fan_in,
                into: input_gradients,
                into_stride: fan_in,
            }
        } else {
            MatrixProduct {
                weights: StridedWeights {
                    values: weights,
                    row_step: 1,
                    term_step: fan_in,
                },
                inputs: StridedRows {
                    values: z,
                    stride: samples,
                },
                bias: None,
                rows: fan_in,
                terms,
                samples,
                into: input_gradients,
                into_stride: samples,
            }
        };
        matrix_product(simd, &mut task);
    }
}

/// A task that turns `dL/da` of a layer into `dL/dz`, in place.
struct PropagateThroughActivation<'a> {
    plan: &'a LayerPlan,
    values: &'a LayerValues,
    slopes: Option<&'a [f64]>,
    samples: usize,
    gradients: &'a mut [f64],
}

impl Task for PropagateThroughActivation<'_> {
    type Output = ();

    #[cfg_attr(not(debug_assertions), inline(always))]
    fn run<S: Simd>(self, simd: S) {
        let Self {
            plan,
            values,
            slopes,
            samples,
            gradients,
        } = self;
        if let Some(slopes) = slopes {
            return multiply_by_slopes(simd, slopes, gradients);
        }
        match plan.activation() {
            Some(Activation::Softmax) => softmax_backward(&values.a, samples, gradients),
            Some(activation) => activation_backward(simd, activation, &values.z, gradients),
            None => {
                let rows = values.z.chunks_exact(samples);
                let rows = rows.zip(gradients.chunks_exact_mut(samples));
                for (neuron, (z, gradients)) in plan.neurons.iter().zip(rows) {
                    activation_backward(simd, neuron.activation, z, gradients);
                }
            }
        }
    }
}

/// Turns `dL/da` of a softmax into `dL/dz`, in place: `dL/dz_i = a_i · (dL/da_i − Σ_j a_j · dL/da_j)`.
fn softmax_backward(a: &[f64], samples: usize, gradients: &mut [f64]) {
    for sample in 0..samples {
        let indices = (sample..a.len()).step_by(samples);
        let weighted_mean: f64 = indices.clone().map(|i| a[i] * gradients[i]).sum();
        for i in indices {
            gradients[i] = a[i] * (gradients[i] - weighted_mean);
        }
    }
}

/// Computes `da_k/dz_i` of a softmax: `a_k · (1 − a_k)` for `i = k`, else `−a_k · a_i`. The sum of the other
/// outputs is used in place of `1 − a_k`, which keeps the digits when `a_k` is almost 1.
fn softmax_output_gradients(a: &[f64], chosen: usize, samples: usize, z: &mut [f64]) {
    for sample in 0..samples {
        let chosen_output = a[chosen * samples + sample];
        let mut others = 0.0;
        for (neuron, i) in (sample..a.len()).step_by(samples).enumerate() {
            if neuron != chosen {
                others += a[i];
                z[i] = -chosen_output * a[i];
            }
        }
        z[chosen * samples + sample] = chosen_output * others;
    }
}
