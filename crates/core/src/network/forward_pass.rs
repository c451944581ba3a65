//! The forward pass, with all intermediate values.

use std::ops::Range;

use fearless_simd::Simd;

use super::activation::{activate, activate_with_slopes};
use super::kernel::functions::softmax_rows;
use super::kernel::matrix_product::{MatrixProduct, StridedRows, StridedWeights, matrix_product};
use super::kernel::{SimdWidth, Task};
use super::{Activation, Knob, KnobKind, LayerView, Network, NetworkDiff};

/// The values that one layer computes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct LayerValues {
    /// The weighted sums, `z = Σ w·x + b`, `[neuron][sample]`.
    pub z: Vec<f64>,
    /// The outputs, `a = activation(z)`, `[neuron][sample]`.
    pub a: Vec<f64>,
    /// The slopes `da/dz`, `[neuron][sample]`, if they are kept. They are never kept for a softmax.
    slopes: Vec<f64>,
}

/// The forward pass of one input or of a batch. All values are stored neuron by neuron (`[neuron][sample]`).
///
/// It can be computed again for another input or another network. The buffers are reused, so that sweeps and
/// training allocate nothing.
///
/// The methods that return values panic if the network of the last run has no such layer, neuron or input.
///
/// ```
/// use neurodial_core::network::{Activation, Architecture, Knob, Network};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let mut network = Network::zeros(Architecture::dense(2, &[(1, Activation::Relu)])?);
/// network.knobs_mut().copy_from_slice(&[1.0, 2.0, -4.0]); // two weights and the bias
///
/// // Three samples: the first input of each, then the second of each.
/// let forward = network.forward_batch(&[0.0, 1.0, 2.0, 1.0, 1.0, 1.0], 3);
/// assert_eq!(forward.z(0, 0), [-2.0, -1.0, 0.0]);
/// assert_eq!(forward.a(0, 0), [0.0, 0.0, 0.0]);
///
/// // Sample 2: 1 · 2 + 2 · 1 − 4
/// assert_eq!(forward.product(&network, Knob::weight(0, 0, 0), 2), Some(2.0));
/// assert_eq!(forward.product(&network, Knob::weight(0, 0, 1), 2), Some(2.0));
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ForwardPass {
    samples: usize,
    has_slopes: bool,
    x: Vec<f64>,
    layers: Vec<LayerValues>,
}

impl Network {
    /// Computes the forward pass of one input, `inputs[input]`.
    ///
    /// # Panics
    ///
    /// Panics if the number of values is not the number of inputs.
    pub fn forward(&self, inputs: &[f64]) -> ForwardPass {
        self.forward_batch(inputs, 1)
    }

    /// Computes the forward pass of a batch, `inputs[input][sample]` with `samples` columns.
    ///
    /// # Panics
    ///
    /// Panics if the number of values is not the number of inputs times `samples`.
    pub fn forward_batch(&self, inputs: &[f64], samples: usize) -> ForwardPass {
        let mut forward = ForwardPass::default();
        forward.run(self, inputs, samples);
        forward
    }
}

impl ForwardPass {
    /// Creates a forward pass that also keeps the slopes of all neurons, which are computed with the outputs
    /// at little cost. Use it if each forward pass is followed by a backward pass. The bits are the same.
    pub fn with_slopes() -> Self {
        Self {
            has_slopes: true,
            ..Self::default()
        }
    }

    /// Computes the forward pass of `inputs[input][sample]` with `samples` columns.
    ///
    /// # Panics
    ///
    /// Panics if the number of values is not the number of inputs times `samples`.
    pub fn run(&mut self, network: &Network, inputs: &[f64], samples: usize) {
        assert_eq!(
            inputs.len(),
            network.architecture().input_count() * samples,
            "inputs are [input][sample]"
        );
        self.inputs_mut(network, samples).copy_from_slice(inputs);
        self.run_from(network, 0);
    }

    /// Returns the inputs, `[input][sample]` with `samples` columns, to be filled before
    /// [`ForwardPass::run_from`] is called for layer 0. If the number of columns is the same as before, they
    /// still have their previous values.
    pub(crate) fn inputs_mut(&mut self, network: &Network, samples: usize) -> &mut [f64] {
        self.samples = samples;
        self.x.resize(network.architecture().input_count() * samples, 0.0);
        &mut self.x
    }

    /// Computes `first_layer` and all layers after it again, from the stored values of the layers before it.
    pub(crate) fn run_from(&mut self, network: &Network, first_layer: usize) {
        self.run_from_with_width(SimdWidth::best(), network, first_layer);
    }

    /// Computes `ForwardPass::run_from` at the given SIMD width. All widths give the same bits.
    pub fn run_from_with_width(&mut self, width: SimdWidth, network: &Network, first_layer: usize) {
        let count = network.architecture().layers().len();
        if self.layers.len() != count {
            self.layers.resize_with(count, LayerValues::default);
        }
        width.run(&mut ForwardTask {
            network,
            x: &self.x,
            samples: self.samples,
            has_slopes: self.has_slopes,
            layers: &mut self.layers,
            first_layer,
        });
    }

    /// Updates the forward pass of `before` to that of `network`, whose knobs have other values. Only neurons
    /// whose knobs differ and all layers after them are computed again. The bits are those of a complete
    /// pass.
    ///
    /// # Panics
    ///
    /// May panic if this is not the forward pass of a network with the same architecture.
    pub fn update(&mut self, before: &Network, network: &Network) {
        let Some(NetworkDiff { layer, neurons }) = NetworkDiff::between(before, network) else {
            return;
        };
        let view = network.layer(layer);
        if self.has_slopes || view.plan.is_softmax() || neurons.len() == view.biases.len() {
            self.run_from(network, layer);
            return;
        }
        let samples = self.samples;
        let (earlier, rest) = self.layers.split_at_mut(layer);
        let inputs = earlier.last().map_or(&self.x, |values| &values.a);
        for neuron in neurons {
            let span = neuron * samples..(neuron + 1) * samples;
            let (z, a) = (&mut rest[0].z[span.clone()], &mut rest[0].a[span]);
            view.forward(neuron..neuron + 1, inputs, samples, z, a);
        }
        self.run_from(network, layer + 1);
    }

    /// Returns the slopes `da/dz` of a layer, `[neuron][sample]`, if they are kept.
    pub(super) fn slopes(&self, layer: usize) -> Option<&[f64]> {
        let slopes = &self.layers[layer].slopes;
        (!slopes.is_empty()).then_some(slopes)
    }

    /// Returns the number of samples (columns).
    pub fn sample_count(&self) -> usize {
        self.samples
    }

    /// Returns the values of the layers, first to last.
    pub fn layers(&self) -> &[LayerValues] {
        &self.layers
    }

    /// Returns the values of an input of the network, one per sample.
    pub fn x(&self, input: usize) -> &[f64] {
        &self.x[self.row(input)]
    }

    /// Returns the weighted sums of a neuron, one per sample.
    pub fn z(&self, layer: usize, neuron: usize) -> &[f64] {
        &self.layers[layer].z[self.row(neuron)]
    }

    /// Returns the outputs of a neuron, one per sample.
    pub fn a(&self, layer: usize, neuron: usize) -> &[f64] {
        &self.layers[layer].a[self.row(neuron)]
    }

    /// Returns input `input` of `layer`, one value per sample: an input of the network, or an output of the
    /// previous layer.
    pub(crate) fn layer_input(&self, layer: usize, input: usize) -> &[f64] {
        match layer.checked_sub(1) {
            None => self.x(input),
            Some(previous) => self.a(previous, input),
        }
    }

    /// Returns all inputs of `layer`, `[input][sample]`.
    pub fn layer_inputs(&self, layer: usize) -> &[f64] {
        match layer.checked_sub(1) {
            None => &self.x,
            Some(previous) => &self.layers[previous].a,
        }
    }

    /// Returns the contribution of a knob to the weighted sum `z` of its neuron in one sample:
    /// `weight · input`, or the bias itself. Returns `None` if there is no such knob. `network` must be that of
    /// the last run.
    ///
    /// # Panics
    ///
    /// Panics if there is no such sample.
    pub fn product(&self, network: &Network, knob: Knob, sample: usize) -> Option<f64> {
        let value = network.get(knob)?;
        Some(match knob.kind {
            KnobKind::Weight { input } => value * self.layer_input(knob.layer, input)[sample],
            KnobKind::Bias => value,
        })
    }

    /// Returns the first neuron, as `(layer, neuron)` counted from 0, with a `z` or an output that is not
    /// finite.
    pub fn first_non_finite(&self) -> Option<(usize, usize)> {
        self.layers.iter().enumerate().find_map(|(layer, values)| {
            let at = |values: &[f64]| values.iter().position(|value| !value.is_finite());
            let found = at(&values.z).into_iter().chain(at(&values.a)).min()?;
            Some((layer, found / self.samples))
        })
    }

    fn row(&self, index: usize) -> Range<usize> {
        index * self.samples..(index + 1) * self.samples
    }
}

/// A task that computes a forward pass from a layer on.
///
/// The order of a sum is that of the article (the inputs first, the bias last) and the multiply-adds are
/// fused, which is exact by definition; so each sample has the same bits in every batch and on every machine.
struct ForwardTask<'a> {
    network: &'a Network,
    x: &'a [f64],
    samples: usize,
    has_slopes: bool,
    layers: &'a mut [LayerValues],
    first_layer: usize,
}

impl Task for &mut ForwardTask<'_> {
    type Output = ();

    #[cfg_attr(not(debug_assertions), inline(always))]
    fn run<S: Simd>(self, simd: S) {
        let &mut ForwardTask {
            network,
            x,
            samples,
            has_slopes,
            ref mut layers,
            first_layer,
        } = self;
        for layer in first_layer..layers.len() {
            let (before, rest) = layers.split_at_mut(layer);
            let inputs = before.last().map_or(x, |values| &values.a);
            let view = network.layer(layer);
            let width = view.biases.len();
            let LayerValues { z, a, slopes } = &mut rest[0];
            let size = width * samples;
            let slopes_size = if has_slopes && !view.plan.is_softmax() {
                size
            } else {
                0
            };
            for (row, size) in [(&mut *z, size), (&mut *a, size), (&mut *slopes, slopes_size)] {
                if row.len() != size {
                    row.resize(size, 0.0);
                }
            }
            if samples == 0 {
                continue;
            }
            LayerForwardTask {
                layer: view,
                neurons: 0..width,
                inputs,
                samples,
                z,
                a,
                slopes: (slopes_size > 0).then_some(slopes),
            }
            .run(simd);
        }
    }
}

impl LayerView<'_> {
    /// Computes the weighted sums and outputs of some neurons of the layer for `inputs[input][sample]`, with
    /// the same bits as in a forward pass. `z` and `a` are `[neuron][sample]` for these neurons only. The
    /// neurons of a softmax must be computed together.
    ///
    /// # Panics
    ///
    /// Panics if a slice is too short.
    pub(crate) fn forward(
        self,
        neurons: Range<usize>,
        inputs: &[f64],
        samples: usize,
        z: &mut [f64],
        a: &mut [f64],
    ) {
        if samples > 0 && !neurons.is_empty() {
            SimdWidth::best().run(LayerForwardTask {
                layer: self,
                neurons,
                inputs,
                samples,
                z,
                a,
                slopes: None,
            });
        }
    }
}

impl<'a> LayerView<'a> {
    /// Computes only the weighted sums that [`LayerView::forward`] computes.
    ///
    /// # Panics
    ///
    /// Panics if a slice is too short.
    pub(crate) fn weighted_sums(self, neurons: Range<usize>, inputs: &[f64], samples: usize, z: &mut [f64]) {
        if samples > 0 && !neurons.is_empty() {
            SimdWidth::best().run(self.product(neurons, inputs, samples, z));
        }
    }

    /// Returns the task that computes the weighted sums of some neurons.
    #[inline(always)]
    fn product<'b>(
        self,
        neurons: Range<usize>,
        inputs: &'b [f64],
        samples: usize,
        z: &'b mut [f64],
    ) -> MatrixProduct<'b>
    where
        'a: 'b,
    {
        MatrixProduct {
            weights: StridedWeights {
                values: &self.weights[neurons.start * self.fan_in..],
                row_step: self.fan_in,
                term_step: 1,
            },
            inputs: StridedRows {
                values: inputs,
                stride: samples,
            },
            bias: Some(&self.biases[neurons.clone()]),
            rows: neurons.len(),
            terms: self.fan_in,
            samples,
            into: z,
            into_stride: samples,
        }
    }
}

/// A task that computes [`LayerView::forward`].
struct LayerForwardTask<'a> {
    layer: LayerView<'a>,
    neurons: Range<usize>,
    inputs: &'a [f64],
    samples: usize,
    z: &'a mut [f64],
    a: &'a mut [f64],
    slopes: Option<&'a mut [f64]>,
}

impl Task for LayerForwardTask<'_> {
    type Output = ();

    #[cfg_attr(not(debug_assertions), inline(always))]
    fn run<S: Simd>(self, simd: S) {
        let Self {
            layer,
            neurons,
            inputs,
            samples,
            z,
            a,
            slopes,
        } = self;
        matrix_product(simd, &mut layer.product(neurons.clone(), inputs, samples, z));
        let size = neurons.len() * samples;
        let (z, a) = (&z[..size], &mut a[..size]);
        match layer.plan.activation() {
            Some(Activation::Softmax) => softmax_rows(simd, z, samples, a),
            Some(activation) => activate_rows(simd, activation, z, a, slopes),
            None => {
                let mut slopes = slopes.map(|slopes| slopes.chunks_exact_mut(samples));
                let rows = z.chunks_exact(samples).zip(a.chunks_exact_mut(samples));
                for (neuron, (z, a)) in layer.plan.neurons[neurons].iter().zip(rows) {
                    let slopes = slopes.as_mut().and_then(Iterator::next);
                    activate_rows(simd, neuron.activation, z, a, slopes);
                }
            }
        }
    }
}

#[cfg_attr(not(debug_assertions), inline(always))]
fn activate_rows<S: Simd>(
    simd: S,
    activation: Activation,
    z: &[f64],
    a: &mut [f64],
    slopes: Option<&mut [f64]>,
) {
    match slopes {
        Some(slopes) => activate_with_slopes(simd, activation, z, a, slopes),
        None => activate(simd, activation, z, a),
    }
}
