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
    pub network: &'a Network,
    /// The inputs that are computed from other inputs.
    pub features: ComputedFeatures<'a>,
    /// The forward pass of the current inputs.
    pub current: &'a ForwardPass,
    /// The first varying knob or input and its values, one for each sample.
    pub along: (Adjustable, &'a [f64]),
    /// The second varying knob or input and its values, one for each sample.
    pub across: Option<(Adjustable, &'a [f64])>,
    /// The last layer that is computed.
    pub last_layer: usize,
    /// The only neuron of that layer that is requested; `None` for all of them.
    pub only_neuron: Option<usize>,
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
    /// Pre-activations `z` and outputs `a`, both `[neuron][sample]`. Only the rows of neurons in `varied` are
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
    fn row(&self, place: usize) -> &'a [f64] {
        let row = if self.has_only_varied_rows {
            place
        } else {
            self.varied[place]
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
    pub fn run(&mut self, request: &IncrementalForwardRequest<'_>) {
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
    pub fn update(&mut self, request: &IncrementalForwardRequest<'_>, change: &NetworkDiff) {
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
        let is_turned = |target: Adjustable| matches!(target, Adjustable::Knob(knob) if knob.layer == layer);
        let is_turned =
            is_turned(request.along.0) || request.across.is_some_and(|(target, _)| is_turned(target));
        if sources.varied.is_empty() && !is_turned {
            rows.varied.clear();
            return;
        }
        let width = view.biases.len();
        let is_softmax = view.plan.is_softmax();
        rows.z.resize(width * samples, 0.0);
        rows.a.resize(width * samples, 0.0);
        let wanted = match request.only_neuron {
            Some(only) if layer == request.last_layer && !is_softmax => only..only + 1,
            _ => 0..width,
        };
        let is_plain = sources.varied.len() == view.fan_in && !is_turned;
        match changed.filter(|_| !is_softmax) {
            Some(changed) if is_plain => {
                for &neuron in changed.iter().filter(|neuron| wanted.contains(neuron)) {
                    rows.forward(view, neuron..neuron + 1, sources.rows, samples);
                }
            }
            None if is_plain => {
                rows.forward(view, wanted.clone(), sources.rows, samples);
                rows.varied.clear();
                rows.varied.extend(wanted);
            }
            changed => {
                rows.varied
                    .retain(|neuron| changed.is_some_and(|changed| !changed.contains(neuron)));
                for neuron in wanted.filter(|neuron| changed.is_none_or(|changed| changed.contains(neuron))) {
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
    pub fn neuron_row(&self, at: NeuronAddress, quantity: Quantity) -> Option<&[f64]> {
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
            let mut ways = axes.iter().flatten();
            let way = ways.find(|(target, _)| *target == Adjustable::Input(input));
            way.map(|&(_, values)| values)
        };
        let varying = axes.iter().flatten().filter_map(|(target, _)| match target {
            Adjustable::Input(input) => Some(*input),
            Adjustable::Knob(_) => None,
        });
        self.varied_inputs.extend(varying);
        let following = request.features.computed().filter(|(input, feature)| {
            values_of(*input).is_none() && feature.inputs().iter().any(|&source| values_of(source).is_some())
        });
        self.varied_inputs.extend(following.map(|(input, _)| input));
        // The indices have to be ascending for the binary search.
        self.varied_inputs.sort_unstable();
        let present = request.current.layer_inputs(0);
        for &input in &self.varied_inputs {
            match (values_of(input), request.features.feature(input)) {
                (Some(values), _) => self.inputs.extend_from_slice(values),
                (None, Some(feature)) => {
                    let rows = feature.inputs().map(|source| (source, values_of(source)));
                    self.inputs.extend((0..self.samples).map(|sample| {
                        feature.value(|wanted| {
                            let row = rows.iter().find(|(source, _)| *source == wanted);
                            row.and_then(|(_, row)| Some(row.as_ref()?[sample]))
                                .unwrap_or(present[wanted])
                        })
                    }));
                }
                (None, None) => {}
            }
        }
    }
}

impl IncrementalLayer {
    /// Computes the outputs of a softmax layer. All of them depend on every pre-activation.
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

/// Computes the pre-activations of one neuron. Returns true if they depend on the varying numbers.
fn compute_sums(
    request: &IncrementalForwardRequest<'_>,
    at: NeuronAddress,
    sources: &VariedInputs<'_>,
    z: &mut [f64],
) -> bool {
    let view = request.network.layer(at.layer);
    let weights = view.weights_of(at.neuron);
    let present = request.current.layer_inputs(at.layer);
    let term_in_neuron = |target: Adjustable| match target {
        Adjustable::Knob(knob) if (knob.layer, knob.neuron) == (at.layer, at.neuron) => Some(knob.kind),
        _ => None,
    };
    let along = term_in_neuron(request.along.0);
    let across = request
        .across
        .and_then(|(target, values)| Some((term_in_neuron(target)?, values)));
    if sources.varied.is_empty() && along.is_none() && across.is_none() {
        return false;
    }
    // If all inputs vary, only the bias is left of the current sum.
    let base = if sources.varied.len() == weights.len() {
        view.biases[at.neuron]
    } else {
        let taken = sources
            .varied
            .iter()
            .map(|&input| weights[input] * present[input]);
        request.current.z(at.layer, at.neuron)[0] - taken.sum::<f64>()
    };
    z.fill(base);
    for (place, &input) in sources.varied.iter().enumerate() {
        let weight = weights[input];
        for (z, source) in z.iter_mut().zip(sources.row(place)) {
            *z += weight * source;
        }
    }
    let old = |term: KnobKind| match term {
        KnobKind::Weight { input } => weights[input],
        KnobKind::Bias => view.biases[at.neuron],
    };
    let along = along.map(|term| (term, request.along.1));
    for (term, values) in along.into_iter().chain(across) {
        let old = old(term);
        match knob_factor(term, sources, present) {
            KnobFactor::PerSample(source) => {
                for ((z, value), source) in z.iter_mut().zip(values).zip(source) {
                    *z += (value - old) * source;
                }
            }
            KnobFactor::Constant(source) => {
                for (z, value) in z.iter_mut().zip(values) {
                    *z += (value - old) * source;
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
fn knob_factor<'a>(term: KnobKind, sources: &VariedInputs<'a>, present: &[f64]) -> KnobFactor<'a> {
    match term {
        KnobKind::Bias => KnobFactor::Constant(1.0),
        KnobKind::Weight { input } => match sources.input_row(input) {
            Some(row) => KnobFactor::PerSample(row),
            None => KnobFactor::Constant(present[input]),
        },
    }
}
