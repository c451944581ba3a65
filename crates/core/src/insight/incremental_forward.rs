//! Computes forward passes of many samples along which one or two numbers vary, for plots: only for neurons
//! that depend on them, and after a change of knobs only for neurons that the change affects.

use std::ops::Range;

use crate::network::{
    Activation, ForwardPass, KnobKind, LayerView, Network, NetworkDiff, NeuronAddress, activation,
};
use crate::session::{Adjustable, ComputedFeatures, Quantity};

/// The numbers that vary over the samples, and the values that are requested.
#[derive(Debug, Clone, Copy)]
pub(super) struct IncrementalForwardRequest<'a> {
    pub(crate) network: &'a Network,
    /// The inputs that are computed from other inputs.
    pub(crate) features: ComputedFeatures<'a>,
    /// The forward pass of the current inputs.
    pub(crate) current: &'a ForwardPass,
    /// The first varying knob or input and its values, one for each sample.
    pub(crate) along: (Adjustable, &'a [f64]),
    /// The second varying knob or input and its values, one for each sample.
    pub(crate) across: Option<(Adjustable, &'a [f64])>,
    /// The last layer that is computed.
    pub(crate) last_layer: usize,
    /// The only neuron of that layer that is requested; `None` for all of them.
    pub(crate) only_neuron: Option<usize>,
}

/// The values of the neurons that depend on the varying numbers. The buffers are kept from one run to the
/// next.
#[derive(Debug, Clone, Default)]
pub(super) struct IncrementalForward {
    samples: usize,
    /// The values of the varying inputs, one row of samples for each of them.
    inputs: Vec<f64>,
    /// The indices of the inputs that vary, ascending.
    varied_inputs: Vec<usize>,
    layers: Vec<IncrementalLayer>,
}

/// The values of a layer's neurons that depend on the varying numbers.
#[derive(Debug, Clone, Default)]
struct IncrementalLayer {
    /// Weighted sums `z` and outputs `a`, both `[neuron][sample]`. Only the rows of neurons in `varied` are
    /// valid.
    z: Vec<f64>,
    a: Vec<f64>,
    /// The neurons that depend on the varying numbers, ascending.
    varied: Vec<usize>,
}

/// The inputs of a layer that vary, one row of samples for each of them.
struct VariedInputs<'a> {
    rows: &'a [f64],
    varied: &'a [usize],
    samples: usize,
    /// True if `rows` holds only the varying inputs, false if it holds all inputs of the layer.
    has_only_varied_rows: bool,
}

impl<'a> VariedInputs<'a> {
    /// Returns the row of the varying input at an index of `varied`.
    fn row(&self, index: usize) -> &'a [f64] {
        let row = if self.has_only_varied_rows {
            index
        } else {
            self.varied[index]
        };
        &self.rows[row * self.samples..][..self.samples]
    }

    /// Returns the row of an input of the layer, or `None` if the input does not vary.
    fn input_row(&self, input: usize) -> Option<&'a [f64]> {
        Some(self.row(self.varied.binary_search(&input).ok()?))
    }
}

impl IncrementalForward {
    /// Computes all neurons that depend on the varying numbers. The two numbers must be different.
    pub(crate) fn run(&mut self, request: &IncrementalForwardRequest<'_>) {
        self.samples = request.along.1.len();
        self.vary_inputs(request);
        self.layers.resize_with(
            request.network.architecture().layers().len(),
            IncrementalLayer::default,
        );
        for layer in 0..=request.last_layer {
            self.run_layer(request, layer, None);
        }
    }

    /// Recomputes the neurons that a change of knobs affects. Everything else must be the same as in the last
    /// run.
    pub(crate) fn update(&mut self, request: &IncrementalForwardRequest<'_>, change: &NetworkDiff) {
        for layer in change.layer..=request.last_layer {
            let is_first = layer == change.layer;
            self.run_layer(request, layer, is_first.then_some(&change.neurons[..]));
        }
    }

    /// Computes one layer, or only its `changed` neurons.
    fn run_layer(
        &mut self,
        request: &IncrementalForwardRequest<'_>,
        layer: usize,
        changed: Option<&[usize]>,
    ) {
        let samples = self.samples;
        let view = request.network.layer(layer);
        let (before, rest) = self.layers.split_at_mut(layer);
        let sources = match before.last() {
            Some(rows) => VariedInputs {
                rows: &rows.a,
                varied: &rows.varied,
                samples,
                has_only_varied_rows: false,
            },
            None => VariedInputs {
                rows: &self.inputs,
                varied: &self.varied_inputs,
                samples,
                has_only_varied_rows: true,
            },
        };
        let rows = &mut rest[0];
        let has_varied_knob =
            |target: Adjustable| matches!(target, Adjustable::Knob(knob) if knob.layer == layer);
        let has_varied_knob = has_varied_knob(request.along.0)
            || request.across.is_some_and(|(target, _)| has_varied_knob(target));
        if sources.varied.is_empty() && !has_varied_knob {
            rows.varied.clear();
            return;
        }
        let width = view.biases.len();
        let is_softmax = view.plan.is_softmax();
        rows.z.resize(width * samples, 0.0);
        rows.a.resize(width * samples, 0.0);
        let neurons = match request.only_neuron {
            Some(only) if layer == request.last_layer && !is_softmax => only..only + 1,
            _ => 0..width,
        };
        let are_all_inputs_varied = sources.varied.len() == view.fan_in && !has_varied_knob;
        match changed.filter(|_| !is_softmax) {
            Some(changed) if are_all_inputs_varied => {
                for &neuron in changed.iter().filter(|neuron| neurons.contains(neuron)) {
                    rows.forward(view, neuron..neuron + 1, sources.rows, samples);
                }
            }
            None if are_all_inputs_varied => {
                rows.forward(view, neurons.clone(), sources.rows, samples);
                rows.varied.clear();
                rows.varied.extend(neurons);
            }
            changed => {
                rows.varied
                    .retain(|neuron| changed.is_some_and(|changed| !changed.contains(neuron)));
                for neuron in neurons.filter(|neuron| changed.is_none_or(|changed| changed.contains(neuron)))
                {
                    let at = NeuronAddress { layer, neuron };
                    let span = neuron * samples..(neuron + 1) * samples;
                    if !compute_sums(request, at, &sources, &mut rows.z[span.clone()]) {
                        continue;
                    }
                    rows.varied.push(neuron);
                    let activation = view.plan.neurons[neuron].activation;
                    if activation != Activation::Softmax {
                        activation.apply_each(&rows.z[span.clone()], &mut rows.a[span]);
                    }
                }
                rows.varied.sort_unstable();
                if is_softmax && !rows.varied.is_empty() {
                    rows.apply_softmax(request.current, layer, samples);
                }
            }
        }
    }

    /// Returns a neuron's values, one for each sample, or `None` if the neuron does not depend on the varying
    /// numbers.
    pub(crate) fn neuron_row(&self, at: NeuronAddress, quantity: Quantity) -> Option<&[f64]> {
        let rows = &self.layers[at.layer];
        rows.varied.binary_search(&at.neuron).ok()?;
        let values = match quantity {
            Quantity::WeightedSum => &rows.z,
            Quantity::Output => &rows.a,
        };
        Some(&values[at.neuron * self.samples..][..self.samples])
    }

    /// Computes the rows of the inputs that vary, or that are computed from inputs that vary.
    fn vary_inputs(&mut self, request: &IncrementalForwardRequest<'_>) {
        self.varied_inputs.clear();
        self.inputs.clear();
        let axes = [Some(request.along), request.across];
        let values_of = |input: usize| {
            let mut all_axes = axes.iter().flatten();
            let axis = all_axes.find(|(target, _)| *target == Adjustable::Input(input));
            axis.map(|&(_, values)| values)
        };
        let varying = axes.iter().flatten().filter_map(|(target, _)| match target {
            Adjustable::Input(input) => Some(*input),
            Adjustable::Knob(_) | Adjustable::Hyperparameter(_) => None,
        });
        self.varied_inputs.extend(varying);
        let computed = request.features.computed().filter(|(input, feature)| {
            values_of(*input).is_none() && feature.inputs().iter().any(|&source| values_of(source).is_some())
        });
        self.varied_inputs.extend(computed.map(|(input, _)| input));
        // The indices have to be ascending for the binary search.
        self.varied_inputs.sort_unstable();
        let current_inputs = request.current.layer_inputs(0);
        for &input in &self.varied_inputs {
            match (values_of(input), request.features.feature(input)) {
                (Some(values), _) => self.inputs.extend_from_slice(values),
                (None, Some(feature)) => {
                    let rows = feature.inputs().map(|source| (source, values_of(source)));
                    self.inputs.extend((0..self.samples).map(|sample| {
                        feature.value(|input| {
                            let row = rows.iter().find(|(source, _)| *source == input);
                            row.and_then(|(_, row)| Some(row.as_ref()?[sample]))
                                .unwrap_or(current_inputs[input])
                        })
                    }));
                }
                (None, None) => {}
            }
        }
    }
}

impl IncrementalLayer {
    /// Computes the outputs of a softmax layer. All of them depend on every weighted sum.
    fn apply_softmax(&mut self, current: &ForwardPass, layer: usize, samples: usize) {
        let width = self.z.len() / samples.max(1);
        for neuron in 0..width {
            if self.varied.binary_search(&neuron).is_err() {
                self.z[neuron * samples..][..samples].fill(current.z(layer, neuron)[0]);
            }
        }
        self.varied.clear();
        self.varied.extend(0..width);
        activation::softmax(&self.z, samples, &mut self.a);
    }

    /// Computes neurons whose inputs all vary.
    fn forward(&mut self, view: LayerView<'_>, neurons: Range<usize>, sources: &[f64], samples: usize) {
        let span = neurons.start * samples..neurons.end * samples;
        let (z, a) = (&mut self.z[span.clone()], &mut self.a[span]);
        view.forward(neurons, sources, samples, z, a);
    }
}

/// Computes the weighted sums of one neuron. Returns true if they depend on the varying numbers.
fn compute_sums(
    request: &IncrementalForwardRequest<'_>,
    at: NeuronAddress,
    sources: &VariedInputs<'_>,
    z: &mut [f64],
) -> bool {
    let view = request.network.layer(at.layer);
    let weights = view.weights_of(at.neuron);
    let current_inputs = request.current.layer_inputs(at.layer);
    let kind_in_neuron = |target: Adjustable| match target {
        Adjustable::Knob(knob) if (knob.layer, knob.neuron) == (at.layer, at.neuron) => Some(knob.kind),
        _ => None,
    };
    let along = kind_in_neuron(request.along.0);
    let across = request
        .across
        .and_then(|(target, values)| Some((kind_in_neuron(target)?, values)));
    if sources.varied.is_empty() && along.is_none() && across.is_none() {
        return false;
    }
    // If all inputs vary, only the bias is left of the current sum.
    let base = if sources.varied.len() == weights.len() {
        view.biases[at.neuron]
    } else {
        let varied_products = sources
            .varied
            .iter()
            .map(|&input| weights[input] * current_inputs[input]);
        request.current.z(at.layer, at.neuron)[0] - varied_products.sum::<f64>()
    };
    z.fill(base);
    for (index, &input) in sources.varied.iter().enumerate() {
        let weight = weights[input];
        for (z, source) in z.iter_mut().zip(sources.row(index)) {
            *z += weight * source;
        }
    }
    let current_value = |kind: KnobKind| match kind {
        KnobKind::Weight { input } => weights[input],
        KnobKind::Bias => view.biases[at.neuron],
    };
    let along = along.map(|kind| (kind, request.along.1));
    for (kind, values) in along.into_iter().chain(across) {
        let current_value = current_value(kind);
        match knob_factor(kind, sources, current_inputs) {
            KnobFactor::PerSample(source) => {
                for ((z, value), source) in z.iter_mut().zip(values).zip(source) {
                    *z += (value - current_value) * source;
                }
            }
            KnobFactor::Constant(source) => {
                for (z, value) in z.iter_mut().zip(values) {
                    *z += (value - current_value) * source;
                }
            }
        }
    }
    true
}

/// The factor that a knob is multiplied with in the weighted sum.
enum KnobFactor<'a> {
    PerSample(&'a [f64]),
    Constant(f64),
}

/// Returns the factor of a knob: the row of its input if that varies, otherwise a constant.
fn knob_factor<'a>(kind: KnobKind, sources: &VariedInputs<'a>, current_inputs: &[f64]) -> KnobFactor<'a> {
    match kind {
        KnobKind::Bias => KnobFactor::Constant(1.0),
        KnobKind::Weight { input } => match sources.input_row(input) {
            Some(row) => KnobFactor::PerSample(row),
            None => KnobFactor::Constant(current_inputs[input]),
        },
    }
}
