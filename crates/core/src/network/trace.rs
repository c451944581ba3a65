//! One forward pass, with everything that it met on the way.

use std::ops::Range;

use fearless_simd::Simd;

use super::kernel::functions::{activate, activate_with_slopes, softmax_rows};
use super::kernel::product::{MatrixProduct, StridedRows, StridedWeights, matrix_product};
use super::kernel::{Task, SimdWidth};
use super::{Activation, NetworkDiff, Knob, LayerView, Network, KnobKind};

/// What one layer computed: both `[neuron][sample]`.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct LayerValues {
    /// The pre-activations, `z = Σ w·x + b`.
    pub z: Vec<f64>,
    /// The outputs, `a = activation(z)`.
    pub a: Vec<f64>,
    /// The slopes `da/dz`, if they are kept; of a softmax they are not.
    slopes: Vec<f64>,
}

/// One forward pass, of one input or of a batch, stored neuron by neuron (`[neuron][sample]`).
///
/// A trace can be run again for another input or another network; its buffers are kept, so that sweeps
/// and training allocate nothing.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ForwardPass {
    samples: usize,
    has_slopes: bool,
    x: Vec<f64>,
    layers: Vec<LayerValues>,
}

impl ForwardPass {
    /// One that keeps the slopes of all neurons too, which come with the outputs at little cost: for a backward pass
    /// after each forward pass. Its bits are the same.
    pub fn with_slopes() -> Self {
        Self {
            has_slopes: true,
            ..Self::default()
        }
    }

    /// Runs the forward pass for `inputs[input][sample]`, `samples` columns.
    ///
    /// # Panics
    /// If the number of values is not the number of inputs times `samples`.
    pub fn run(&mut self, network: &Network, inputs: &[f64], samples: usize) {
        assert_eq!(
            inputs.len(),
            network.architecture().input_count() * samples,
            "inputs are [input][sample]"
        );
        self.inputs_mut(network, samples).copy_from_slice(inputs);
        self.run_from(network, 0);
    }

    /// The inputs, `[input][sample]` with `samples` columns, to be filled before [`Trace::run_from`] runs from layer 0.
    /// With as many columns as before they are those of before.
    pub fn inputs_mut(&mut self, network: &Network, samples: usize) -> &mut [f64] {
        self.samples = samples;
        self.x.resize(network.architecture().input_count() * samples, 0.0);
        &mut self.x
    }

    /// Computes again `first_layer` and all that follow it, from what is already known of the layers before.
    pub fn run_from(&mut self, network: &Network, first_layer: usize) {
        self.run_from_with_width(SimdWidth::best(), network, first_layer);
    }

    /// [`Trace::run_from`] at a width of one’s choice; the bits are the same at all.
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

    /// Brings the forward pass of `before` to that of `network`, which has other knobs: only neurons whose knobs have
    /// changed are computed again, and all layers after them. The bits are those of a whole pass.
    ///
    /// # Panics
    /// If it is not the forward pass of a network of this architecture.
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
        let (done, rest) = self.layers.split_at_mut(layer);
        let inputs = done.last().map_or(&self.x, |values| &values.a);
        for neuron in neurons {
            let span = neuron * samples..(neuron + 1) * samples;
            let (z, a) = (&mut rest[0].z[span.clone()], &mut rest[0].a[span]);
            view.forward(neuron..neuron + 1, inputs, samples, z, a);
        }
        self.run_from(network, layer + 1);
    }

    /// What the activation of a layer adds to a chain of derivatives: its slopes, if they are kept.
    pub(super) fn slopes(&self, layer: usize) -> Option<&[f64]> {
        let slopes = &self.layers[layer].slopes;
        (!slopes.is_empty()).then_some(slopes)
    }

    /// The number of samples (columns).
    pub fn sample_count(&self) -> usize {
        self.samples
    }

    /// What the layers computed, first to last.
    pub fn layers(&self) -> &[LayerValues] {
        &self.layers
    }

    /// An input of the network, one value a sample.
    pub fn x(&self, input: usize) -> &[f64] {
        &self.x[self.row(input)]
    }

    /// The pre-activations of a neuron, one a sample.
    pub fn z(&self, layer: usize, neuron: usize) -> &[f64] {
        &self.layers[layer].z[self.row(neuron)]
    }

    /// The outputs of a neuron, one a sample.
    pub fn a(&self, layer: usize, neuron: usize) -> &[f64] {
        &self.layers[layer].a[self.row(neuron)]
    }

    /// What comes into `layer` on its input `input`: an input of the network, or an output of the layer before.
    pub fn layer_input(&self, layer: usize, input: usize) -> &[f64] {
        match layer.checked_sub(1) {
            None => self.x(input),
            Some(previous) => self.a(previous, input),
        }
    }

    /// Everything that comes into `layer`, `[input][sample]`.
    pub fn layer_inputs(&self, layer: usize) -> &[f64] {
        match layer.checked_sub(1) {
            None => &self.x,
            Some(previous) => &self.layers[previous].a,
        }
    }

    /// What a knob adds to its neuron's `z` in one sample: `weight · input`, or the bias itself.
    /// `None` if there is no such knob.
    pub fn product(&self, network: &Network, knob: Knob, sample: usize) -> Option<f64> {
        let value = network.get(knob)?;
        Some(match knob.kind {
            KnobKind::Weight { input } => value * self.layer_input(knob.layer, input)[sample],
            KnobKind::Bias => value,
        })
    }

    /// The first neuron, as `(layer, neuron)` from 0, that has a `z` or an output that is not finite.
    pub fn first_non_finite(&self) -> Option<(usize, usize)> {
        self.layers.iter().enumerate().find_map(|(layer, values)| {
            let at = |values: &[f64]| values.iter().position(|value| !value.is_finite());
            let found = at(&values.z).into_iter().chain(at(&values.a)).min()?;
            Some((layer, found / self.samples))
        })
    }

    fn row(&self, index: usize) -> std::ops::Range<usize> {
        index * self.samples..(index + 1) * self.samples
    }
}

/// A forward pass, from some layer on.
///
/// The order of a sum is the article's (first the sum over the inputs, the bias last) and the multiply-adds are
/// fused, which is exact by definition; so each sample has the same bits whatever the batch and the machine.
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
    /// The sums and outputs of some neurons of the layer for `inputs[input][sample]`, as in a forward pass: to the last
    /// bit. `z` and `a` are rows of those neurons. The neurons of a softmax are to be asked for together.
    ///
    /// # Panics
    /// If there are fewer numbers than that.
    pub fn forward(
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

/// See [`LayerView::forward`].
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
        matrix_product(
            simd,
            &mut MatrixProduct {
                weights: StridedWeights {
                    values: &layer.weights[neurons.start * layer.fan_in..],
                    row_step: layer.fan_in,
                    term_step: 1,
                },
                inputs: StridedRows {
                    values: inputs,
                    stride: samples,
                },
                bias: Some(&layer.biases[neurons.clone()]),
                rows: neurons.len(),
                terms: layer.fan_in,
                samples,
                into: z,
                into_stride: samples,
            },
        );
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
