//! The loss while one knob varies, in f32: only values that depend on the knob are computed, for all samples
//! side by side.
//!
//! It is not computed by [`PartialForward`](super::partial_forward::PartialForward), because in f64 it takes two to three
//! times as long, almost all of it in activation functions, and would exceed the time of a frame or need half as many
//! samples. With AVX2 the profiles of all knobs of a 2-8-8-1 network take 4.1 ms here and 8.1 ms there, of a 4-8-3 network
//! with iris 4.4 and 9.1, of forty knobs of a 64-32-10 network with digits 3.4 and 8.8, and a landscape 2.7 and 5.4.

use fearless_simd::{Level, Simd};

use crate::network::{Activation, Architecture, Knob, KnobKind, Network, activate_f32, f32_math};
use crate::training::Loss;

use super::loss_evaluation::LossEvaluation;

/// Rows shorter than this are joined, for several values of the knob at once.
const MIN_ROW_WIDTH: usize = 256;
/// The maximum number of values of the knob that are computed at once.
const MAX_COPIES: usize = 64;
/// The number of operations that an exponential counts as.
const EXP_COST: usize = 8;

/// The forward pass of the current knobs, and buffers for the values that vary with a knob. It can be
/// prepared again and then allocates nothing.
///
/// Each row holds the samples `copies` times, once for each value of the knob that is computed at once.
#[derive(Debug, Clone, Default)]
pub(super) struct LossSweep {
    samples: usize,
    copies: usize,
    /// The inputs, `[input][sample]`, a single copy.
    inputs: Vec<f32>,
    /// The values of each layer with the current knobs.
    current: Vec<SweptLayer>,
    /// The values of each layer with another value of one knob.
    varied: Vec<SweptLayer>,
    targets: Vec<f32>,
    /// The sum of the targets of each sample.
    target_sums: Vec<f32>,
    /// The sum of the loss terms of each output over all samples, with the current knobs.
    output_terms: Vec<f64>,
    /// For a softmax: the neuron that is left out, and `ln Σ exp z` of all other neurons for each sample.
    log_sum_of_others: (Option<usize>, Vec<f32>),
    terms: Vec<f32>,
    largest: Vec<f32>,
}

/// The weighted sums and outputs of a layer, both `[neuron][position in the row]`.
#[derive(Debug, Clone, Default)]
struct SweptLayer {
    z: Vec<f32>,
    a: Vec<f32>,
}

/// Saved values of all layers.
#[derive(Debug, Clone, Default)]
pub(super) struct LossSweepState(Vec<SweptLayer>);

impl LossSweep {
    /// Sets a knob to another value. `network` must be the one that this was prepared for, except for that
    /// knob.
    pub(crate) fn set_knob(&mut self, network: &Network, loss: Loss, knob: Knob, [old, value]: [f64; 2]) {
        let architecture = network.architecture();
        let width = self.width();
        let last = architecture.last_layer();
        let values = vec![value; self.copies];
        self.vary_neuron(architecture, knob, old, &values);
        self.propagate(network, loss, knob);
        let own = knob.neuron * width..(knob.neuron + 1) * width;
        let is_only_change = !architecture.layers()[knob.layer].is_softmax();
        for layer in knob.layer..=last {
            let rows = if layer == knob.layer && is_only_change {
                own.clone()
            } else {
                0..self.current[layer].z.len()
            };
            self.current[layer].z[rows.clone()].copy_from_slice(&self.varied[layer].z[rows.clone()]);
            self.current[layer].a[rows.clone()].copy_from_slice(&self.varied[layer].a[rows]);
        }
        self.log_sum_of_others.0 = None;
        self.update_output_terms(architecture, loss);
    }

    /// Saves the current values of all layers.
    pub(crate) fn save_state(&self) -> LossSweepState {
        LossSweepState(self.current.clone())
    }

    /// Restores saved values.
    pub(crate) fn restore_state(&mut self, state: &LossSweepState) {
        self.current.clone_from(&state.0);
    }

    /// Takes the current forward pass of `samples` training samples, evenly spaced among all of them.
    pub(crate) fn prepare(&mut self, network: &Network, evaluation: &LossEvaluation, samples: usize) {
        let all = evaluation.samples();
        let copy_row = |row: &[f64], into: &mut Vec<f32>, copies: usize| {
            let start = into.len();
            into.extend((0..samples).map(|sample| row[sample * all / samples] as f32));
            for _ in 1..copies {
                into.extend_from_within(start..start + samples);
            }
        };
        self.samples = samples;
        self.copies = (MIN_ROW_WIDTH / samples).clamp(1, MAX_COPIES);
        let architecture = network.architecture();
        self.inputs.clear();
        for row in evaluation.forward_pass().layer_inputs(0).chunks_exact(all) {
            copy_row(row, &mut self.inputs, 1);
        }
        let layers = architecture.layers().len();
        self.current.resize_with(layers, SweptLayer::default);
        self.varied.resize_with(layers, SweptLayer::default);
        for (layer, rows) in self.current.iter_mut().enumerate() {
            let SweptLayer { z, a } = rows;
            z.clear();
            a.clear();
            let forward_pass = &evaluation.forward_pass().layers()[layer];
            forward_pass
                .z
                .chunks_exact(all)
                .for_each(|row| copy_row(row, z, self.copies));
            forward_pass
                .a
                .chunks_exact(all)
                .for_each(|row| copy_row(row, a, self.copies));
            let varied = &mut self.varied[layer];
            varied.z.resize(z.len(), 0.0);
            varied.a.resize(a.len(), 0.0);
        }
        self.targets.clear();
        for row in evaluation.targets().chunks_exact(all) {
            copy_row(row, &mut self.targets, self.copies);
        }
        let width = self.width();
        self.target_sums.clear();
        self.target_sums.resize(width, 0.0);
        for row in self.targets.chunks_exact(width) {
            add(&mut self.target_sums, row);
        }
        self.terms.resize(width, 0.0);
        self.log_sum_of_others.0 = None;
        self.update_output_terms(architecture, evaluation.loss_function());
    }

    /// The length of a row: the number of samples times the number of copies.
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn width(&self) -> usize {
        self.samples * self.copies
    }

    /// Recomputes the loss terms of each output, for losses that are a sum over the outputs.
    fn update_output_terms(&mut self, architecture: &Architecture, loss: Loss) {
        let (width, samples) = (self.width(), self.samples);
        let last = architecture.last_layer();
        let is_coupled = is_softmax_cross_entropy(architecture, loss);
        self.output_terms.clear();
        for output in 0..architecture.width(last) {
            let row = output * width..output * width + samples;
            let (z, y) = (&self.current[last].z[row.clone()], &self.targets[row.clone()]);
            let terms = &mut self.terms[..samples];
            terms.fill(0.0);
            if is_coupled {
                // The terms without the logarithm of the sum of all outputs.
                add_with(terms, z, y, |z, y| -y * z);
            } else {
                add_terms(loss, z, &self.current[last].a[row], y, terms);
            }
            self.output_terms.push(f64::from(f32_math::sum(terms)));
        }
    }

    /// Writes the mean loss for each of `values` of a knob into `out`. All other knobs stay as prepared.
    pub(crate) fn sweep_knob(
        &mut self,
        network: &Network,
        loss: Loss,
        knob: Knob,
        values: &[f64],
        out: &mut [f64],
    ) {
        // The calls below are inlined into this function and thus compiled for the widest vectors of the
        // processor. They are plain loops without any operation that would give other bits there.
        fearless_simd::dispatch!(Level::new(), simd => simd.vectorize(
            #[inline(always)]
            || self.run(network, loss, knob, values, out)
        ));
    }

    /// Computes the losses for [`LossSweep::sweep_knob`].
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn run(&mut self, network: &Network, loss: Loss, knob: Knob, values: &[f64], out: &mut [f64]) {
        let architecture = network.architecture();
        let outputs = architecture.width(architecture.last_layer());
        let scale = 1.0 / loss.divisor(self.samples, outputs);
        let old = network.get(knob).unwrap_or(0.0);
        for (values, out) in values.chunks(self.copies).zip(out.chunks_mut(self.copies)) {
            self.vary_neuron(architecture, knob, old, values);
            let other_terms = if knob.layer == architecture.last_layer() {
                self.loss_terms_of_last_layer(architecture, loss, knob)
            } else {
                self.propagate(network, loss, knob);
                self.loss_terms(architecture, loss);
                0.0
            };
            for (terms, out) in self.terms.chunks_exact(self.samples).zip(out) {
                *out = scale * (f64::from(f32_math::sum(terms)) + other_terms);
            }
        }
    }

    /// Computes the weighted sums of the knob's own neuron, which are affine in the knob, and its outputs.
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn vary_neuron(&mut self, architecture: &Architecture, knob: Knob, old: f64, values: &[f64]) {
        let width = self.samples * self.copies;
        let current = &self.current[knob.layer].z[knob.neuron * width..][..self.samples];
        let source = match knob.kind {
            KnobKind::Bias => None,
            KnobKind::Weight { input } if knob.layer == 0 => {
                Some(&self.inputs[input * self.samples..][..self.samples])
            }
            KnobKind::Weight { input } => {
                Some(&self.current[knob.layer - 1].a[input * width..][..self.samples])
            }
        };
        let SweptLayer { z, a } = &mut self.varied[knob.layer];
        let row = knob.neuron * width..(knob.neuron + 1) * width;
        let z = &mut z[row.clone()];
        for (z, &value) in z.chunks_exact_mut(self.samples).zip(values) {
            let knob_change = (value - old) as f32;
            match source {
                Some(source) => {
                    for ((z, &current), &source) in z.iter_mut().zip(current).zip(source) {
                        *z = current + knob_change * source;
                    }
                }
                None => {
                    for (z, &current) in z.iter_mut().zip(current) {
                        *z = current + knob_change;
                    }
                }
            }
        }
        let activation = architecture.layers()[knob.layer].neurons[knob.neuron].activation;
        if activation != Activation::Softmax {
            activate_f32(activation, z, &mut a[row]);
        }
    }

    /// Propagates the change from the knob's neuron to the last layer.
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn propagate(&mut self, network: &Network, loss: Loss, knob: Knob) {
        let architecture = network.architecture();
        let width = self.width();
        let last = architecture.last_layer();
        let mut is_only_change = true;
        if architecture.layers()[knob.layer].is_softmax() {
            self.apply_softmax(knob);
            is_only_change = false;
        }
        for layer in knob.layer + 1..=last {
            let plan = &architecture.layers()[layer];
            let view = network.layer(layer);
            let (before, rest) = self.varied.split_at_mut(layer);
            let (sources, SweptLayer { z, a }) = (&before[layer - 1].a, &mut rest[0]);
            for (neuron, plan) in plan.neurons.iter().enumerate() {
                let row = neuron * width..(neuron + 1) * width;
                let z = &mut z[row.clone()];
                let weights = view.weights_of(neuron);
                if is_only_change {
                    let own = knob.neuron * width..(knob.neuron + 1) * width;
                    let weight = weights[knob.neuron] as f32;
                    let old = &self.current[layer - 1].a[own.clone()];
                    let current = &self.current[layer].z[row.clone()];
                    let sources = &sources[own];
                    for (((z, &current), &source), &old) in z.iter_mut().zip(current).zip(sources).zip(old) {
                        *z = current + weight * (source - old);
                    }
                } else {
                    z.fill(view.biases[neuron] as f32);
                    for (&weight, source) in weights.iter().zip(sources.chunks_exact(width)) {
                        let weight = weight as f32;
                        for (z, &source) in z.iter_mut().zip(source) {
                            *z += weight * source;
                        }
                    }
                }
                let needs_output = layer < last || needs_outputs(loss);
                if needs_output && plan.activation != Activation::Softmax {
                    activate_f32(plan.activation, z, &mut a[row]);
                }
            }
            if plan.is_softmax() && (layer < last || needs_outputs(loss)) {
                softmax(z, a, width, &mut self.largest, &mut self.terms);
            }
            is_only_change = false;
        }
    }

    /// Computes the outputs of the knob's layer if that layer is a softmax.
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn apply_softmax(&mut self, knob: Knob) {
        let width = self.width();
        let SweptLayer { z, a } = &mut self.varied[knob.layer];
        let own = knob.neuron * width..(knob.neuron + 1) * width;
        z[..own.start].copy_from_slice(&self.current[knob.layer].z[..own.start]);
        z[own.end..].copy_from_slice(&self.current[knob.layer].z[own.end..]);
        softmax(z, a, width, &mut self.largest, &mut self.terms);
    }

    /// Computes the loss terms of each sample if all outputs vary.
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn loss_terms(&mut self, architecture: &Architecture, loss: Loss) {
        let width = self.width();
        let last = architecture.last_layer();
        let SweptLayer { z, a } = &mut self.varied[last];
        let terms = &mut self.terms;
        let targets = self.targets.chunks_exact(width);
        if is_softmax_cross_entropy(architecture, loss) {
            column_maxima(z, width, &mut self.largest);
            terms.fill(0.0);
            for (z, a) in z.chunks_exact(width).zip(a.chunks_exact_mut(width)) {
                for ((a, &z), &largest) in a.iter_mut().zip(z).zip(&self.largest) {
                    *a = f32_math::exp(z - largest);
                }
                add(terms, a);
            }
            // The terms begin with the logarithm of the sum of all outputs, multiplied by the sum of the
            // targets (for binary cross-entropy by the number of outputs).
            let is_binary = loss == Loss::BinaryCrossEntropy;
            let outputs = architecture.width(last) as f32;
            for ((term, &largest), &target_sum) in terms.iter_mut().zip(&self.largest).zip(&self.target_sums)
            {
                let log = f32_math::ln(*term);
                // Every output has −y ln a − (1 − y) ln(1 − a), and ln a = z − largest − log.
                *term = if is_binary {
                    outputs * log
                } else {
                    target_sum * log
                } + target_sum * largest;
            }
            for (z, y) in z.chunks_exact(width).zip(targets.clone()) {
                add_with(terms, z, y, |z, y| -y * z);
            }
            if is_binary {
                let rest = &mut self.largest;
                for (output, y) in targets.enumerate() {
                    // The sum of the other outputs keeps its digits when `a` is almost 1.
                    rest.fill(0.0);
                    let others = a.chunks_exact(width).enumerate();
                    for (_, a) in others.filter(|&(other, _)| other != output) {
                        add(rest, a);
                    }
                    add_with(terms, rest, y, |rest, y| (y - 1.0) * f32_math::ln(rest));
                }
            }
            return;
        }
        terms.fill(0.0);
        let rows = z.chunks_exact(width).zip(a.chunks_exact(width));
        for ((z, a), y) in rows.zip(targets) {
            add_terms(loss, z, a, y, terms);
        }
    }

    /// Computes the loss terms of each sample if only one output's sum varies. Returns the sum of the terms
    /// of the other outputs.
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn loss_terms_of_last_layer(&mut self, architecture: &Architecture, loss: Loss, knob: Knob) -> f64 {
        let last = architecture.last_layer();
        let is_softmax = architecture.layers()[last].is_softmax();
        let is_only_output = self.output_terms.len() == 1;
        if is_softmax && (loss != Loss::CategoricalCrossEntropy || is_only_output) {
            self.apply_softmax(knob);
            self.loss_terms(architecture, loss);
            return 0.0;
        }
        let width = self.width();
        let own = knob.neuron * width..(knob.neuron + 1) * width;
        if is_softmax {
            self.update_log_sum_of_others(knob.neuron, last);
        }
        let SweptLayer { z, a } = &self.varied[last];
        let (z, a, y) = (&z[own.clone()], &a[own.clone()], &self.targets[own]);
        let terms = &mut self.terms;
        terms.fill(0.0);
        if is_softmax {
            for ((term, &z), (&others, &target_sum)) in terms
                .iter_mut()
                .zip(z)
                .zip(self.log_sum_of_others.1.iter().zip(&self.target_sums))
            {
                *term = target_sum * (others + f32_math::softplus(z - others));
            }
            add_with(terms, z, y, |z, y| -y * z);
        } else {
            add_terms(loss, z, a, y, terms);
        }
        let others = self.output_terms.iter().enumerate();
        let others = others.filter(|&(output, _)| output != knob.neuron);
        others.map(|(_, terms)| terms).sum()
    }

    /// Computes `ln Σ exp z` of all outputs but one. It does not change while that one's sum varies.
    fn update_log_sum_of_others(&mut self, neuron: usize, last: usize) {
        if self.log_sum_of_others.0 == Some(neuron) {
            return;
        }
        let width = self.width();
        let rows = || {
            let rows = self.current[last].z.chunks_exact(width).enumerate();
            rows.filter(move |&(other, _)| other != neuron)
        };
        self.largest.clear();
        self.largest.resize(width, f32::NEG_INFINITY);
        for (_, z) in rows() {
            keep_larger(&mut self.largest, z);
        }
        let others = &mut self.log_sum_of_others.1;
        others.clear();
        others.resize(width, 0.0);
        for (_, z) in rows() {
            add_with(others, z, &self.largest, |z, largest| f32_math::exp(z - largest));
        }
        for (sum, &largest) in others.iter_mut().zip(&self.largest) {
            *sum = largest + f32_math::ln(*sum);
        }
        self.log_sum_of_others.0 = Some(neuron);
    }
}

/// Returns the approximate number of operations for one sample and one value of a knob.
pub(super) fn cost_per_sample(architecture: &Architecture, knob: Knob) -> usize {
    let last = architecture.last_layer();
    let mut cost = EXP_COST * (1 + architecture.width(last));
    for layer in knob.layer + 1..=last {
        let inputs = if layer == knob.layer + 1 {
            1
        } else {
            architecture.fan_in(layer)
        };
        cost += architecture.width(layer) * (inputs + EXP_COST);
    }
    cost
}

/// True if the loss is a cross-entropy of softmax outputs. It is then not a sum over the outputs.
fn is_softmax_cross_entropy(architecture: &Architecture, loss: Loss) -> bool {
    !needs_outputs(loss) && architecture.layers()[architecture.last_layer()].is_softmax()
}

/// True if the loss is computed from the outputs, false if it is computed from their weighted sums.
fn needs_outputs(loss: Loss) -> bool {
    !matches!(loss, Loss::BinaryCrossEntropy | Loss::CategoricalCrossEntropy)
}

/// Adds the loss terms of one output for each sample: the same as `Loss::sum` in f32, except for the
/// cross-entropies of a softmax.
#[cfg_attr(not(debug_assertions), inline(always))]
fn add_terms(loss: Loss, z: &[f32], a: &[f32], y: &[f32], into: &mut [f32]) {
    match loss {
        Loss::MeanSquaredError => add_with(into, a, y, |a, y| (a - y) * (a - y)),
        Loss::MeanAbsoluteError => add_with(into, a, y, |a, y| (a - y).abs()),
        Loss::Huber => add_with(into, a, y, |a, y| {
            let distance = (a - y).abs();
            let (near, far) = (0.5 * distance * distance, distance - 0.5);
            if distance <= 1.0 { near } else { far }
        }),
        Loss::Hinge => add_with(into, a, y, |a, y| {
            let margin = 1.0 - y * a;
            if margin <= 0.0 { 0.0 } else { margin }
        }),
        Loss::BinaryCrossEntropy => add_with(into, z, y, |z, y| f32_math::softplus(z) - y * z),
        Loss::CategoricalCrossEntropy => add_with(into, z, y, |z, y| y * f32_math::softplus(-z)),
    }
}

/// Adds a row element by element.
#[cfg_attr(not(debug_assertions), inline(always))]
fn add(into: &mut [f32], row: &[f32]) {
    for (into, &value) in into.iter_mut().zip(row) {
        *into += value;
    }
}

/// Adds `term` of two rows element by element.
#[inline(always)]
fn add_with(into: &mut [f32], left: &[f32], right: &[f32], term: impl Fn(f32, f32) -> f32) {
    for ((into, &left), &right) in into.iter_mut().zip(left).zip(right) {
        *into += term(left, right);
    }
}

/// Replaces each element by the larger one of it and that of the row.
#[cfg_attr(not(debug_assertions), inline(always))]
fn keep_larger(largest: &mut [f32], row: &[f32]) {
    for (largest, &value) in largest.iter_mut().zip(row) {
        *largest = if value > *largest { value } else { *largest };
    }
}

/// Computes the largest element of each column over all rows.
#[cfg_attr(not(debug_assertions), inline(always))]
fn column_maxima(z: &[f32], width: usize, largest: &mut Vec<f32>) {
    largest.clear();
    largest.extend_from_slice(&z[..width]);
    for row in z[width..].chunks_exact(width) {
        keep_larger(largest, row);
    }
}

/// Computes the softmax of a layer; `largest` and `sum` are scratch buffers.
#[cfg_attr(not(debug_assertions), inline(always))]
fn softmax(z: &[f32], a: &mut [f32], width: usize, largest: &mut Vec<f32>, sum: &mut [f32]) {
    column_maxima(z, width, largest);
    sum.fill(0.0);
    for (z, a) in z.chunks_exact(width).zip(a.chunks_exact_mut(width)) {
        for (((a, &z), &largest), sum) in a.iter_mut().zip(z).zip(&*largest).zip(&mut *sum) {
            *a = f32_math::exp(z - largest);
            *sum += *a;
        }
    }
    for a in a.chunks_exact_mut(width) {
        for (a, &sum) in a.iter_mut().zip(&*sum) {
            *a /= sum;
        }
    }
}
