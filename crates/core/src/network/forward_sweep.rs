//! Forward passes in which one number varies.

use super::forward_pass::LayerValues;
use super::kernel::SimdWidth;
use super::kernel::matrix_product::{MatrixProduct, StridedRows, StridedWeights};
use super::kernel::varied_sum::{VariedSum, VaryingOperand};
use super::{Activation, ForwardPass, Knob, KnobKind, LayerView, Network, NeuronAddress, activation};

/// The number that varies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SweepVariable {
    /// A weight or a bias.
    Knob(Knob),
    /// An input of the network, counted from 0.
    Input(usize),
}

/// Inputs of a network that are computed from its other inputs, and so change when one of those varies.
pub(crate) trait DependentInputs: std::fmt::Debug {
    /// True if any of them is computed from this input.
    fn has_dependents(&self, input: usize) -> bool;
    /// Computes the dependent inputs from the others, in place: `inputs[input]`.
    fn update(&self, inputs: &mut [f64]);
}

/// A network, one forward pass of it (the baseline), and the one number that varies while everything else is
/// constant.
///
/// Nothing is cloned, and only values that depend on the number are computed again. The order of operations
/// is that of [`ForwardPass`], so every result has the bits that a forward pass of the changed network would
/// have.
#[derive(Debug, Clone, Copy)]
pub struct ForwardSweep<'a> {
    network: &'a Network,
    baseline: &'a ForwardPass,
    variable: SweepVariable,
    dependent_inputs: Option<&'a dyn DependentInputs>,
}

/// The values of the layers for many values of the varied number. It can be computed again and reuses its
/// buffers.
#[derive(Debug, Clone, Default)]
pub struct ForwardSweepResult {
    samples: usize,
    /// The one neuron of the first layer that depends on a varied knob; `None` if all neurons do.
    only_neuron: Option<NeuronAddress>,
    first_layer: usize,
    last_layer: usize,
    layers: Vec<LayerValues>,
    scratch: Vec<f64>,
}

/// The inputs of a layer: one row that varies while the others are constant, or a row for every input.
enum SweepLayerInputs<'a> {
    OneRow { index: usize, row: &'a [f64] },
    AllRows(&'a [f64]),
}

impl<'a> ForwardSweep<'a> {
    /// Creates the sweep of one number around `baseline`, the forward pass of a single input.
    ///
    /// # Panics
    ///
    /// Panics if the number of samples of `baseline` is not 1, or if the network has no such knob or input.
    pub fn new(network: &'a Network, baseline: &'a ForwardPass, variable: SweepVariable) -> Self {
        assert_eq!(
            baseline.sample_count(),
            1,
            "a variation starts from the trace of one input"
        );
        let exists = match variable {
            SweepVariable::Knob(knob) => network.architecture().contains(knob),
            SweepVariable::Input(input) => input < network.architecture().input_count(),
        };
        assert!(exists, "the network has no {variable:?}");
        Self {
            network,
            baseline,
            variable,
            dependent_inputs: None,
        }
    }

    /// Adds inputs that are computed from other inputs. They are used only if one of them depends on the
    /// varied input.
    #[must_use]
    pub(crate) fn with_dependent_inputs(mut self, dependent_inputs: &'a dyn DependentInputs) -> Self {
        let has_dependents =
            matches!(self.variable, SweepVariable::Input(input) if dependent_inputs.has_dependents(input));
        self.dependent_inputs = has_dependents.then_some(dependent_inputs);
        self
    }

    /// Returns the current value of the varied number.
    pub fn current_value(&self) -> f64 {
        match self.variable {
            SweepVariable::Knob(knob) => self.network.get(knob).unwrap_or(f64::NAN),
            SweepVariable::Input(input) => self.baseline.x(input)[0],
        }
    }

    /// Returns the first layer that depends on the number.
    pub fn first_layer(&self) -> usize {
        match self.variable {
            SweepVariable::Knob(knob) => knob.layer,
            SweepVariable::Input(_) => 0,
        }
    }

    /// Returns the network whose number varies.
    pub fn network(&self) -> &'a Network {
        self.network
    }

    /// Returns the number that varies.
    pub(crate) fn variable(&self) -> SweepVariable {
        self.variable
    }

    /// Returns the derivative of a neuron's `z` with respect to the number, where `z` is affine in it: in the
    /// first layer that depends on the number, and (0) in layers before it. Returns `None` for later layers,
    /// and if other inputs depend on the number.
    pub(crate) fn slope(&self, at: NeuronAddress) -> Option<f64> {
        if at.layer != self.first_layer() {
            return (at.layer < self.first_layer()).then_some(0.0);
        }
        if self.dependent_inputs.is_some() {
            return None;
        }
        Some(match self.variable {
            SweepVariable::Input(input) => self.network.layer(0).weights_of(at.neuron)[input],
            SweepVariable::Knob(knob) if knob.neuron != at.neuron => 0.0,
            SweepVariable::Knob(knob) => match knob.kind {
                KnobKind::Weight { input } => self.baseline.layer_inputs(knob.layer)[input],
                KnobKind::Bias => 1.0,
            },
        })
    }

    /// Estimates the number of multiply-adds for one value: of the layers up to `last_layer`, and of
    /// `wanted_count` neurons in that layer. An activation counts as ten.
    pub(crate) fn cost(&self, last_layer: usize, wanted_count: usize) -> usize {
        const ACTIVATION: usize = 10;
        let architecture = self.network.architecture();
        let first = self.first_layer();
        let cost_of = |layer: usize| {
            let plan = &architecture.layers()[layer];
            let is_single_neuron = layer == first && matches!(self.variable, SweepVariable::Knob(_));
            let neurons = match (is_single_neuron, layer == last_layer && !plan.is_softmax()) {
                (true, _) => 1,
                (false, true) => wanted_count,
                (false, false) => architecture.width(layer),
            };
            neurons * (architecture.fan_in(layer) + ACTIVATION)
        };
        (first..=last_layer).map(cost_of).sum::<usize>().max(1)
    }

    /// Computes all values that depend on the number, for each of `values`, up to `last_layer`; in that layer
    /// only for the neurons `wanted_neurons` (a softmax layer is always computed as a whole).
    pub fn run(
        &self,
        values: &[f64],
        last_layer: usize,
        wanted_neurons: &[usize],
        out: &mut ForwardSweepResult,
    ) {
        self.run_layers(0, values, last_layer, wanted_neurons, out);
    }

    /// Computes [`ForwardSweep::run`] from a layer on, which must be after the first one that depends on the
    /// number. `layer_inputs` must be those that [`ForwardSweepResult::layer_inputs`] had after a run for
    /// these values. The bits are those of a complete run.
    ///
    /// # Panics
    ///
    /// Panics if `layer` is not after the first layer that depends on the number. May panic if there are too
    /// few inputs.
    pub fn run_from(
        &self,
        layer: usize,
        layer_inputs: &[f64],
        values: &[f64],
        last_layer: usize,
        wanted_neurons: &[usize],
        out: &mut ForwardSweepResult,
    ) {
        assert!(layer > self.first_layer(), "the number varies before that layer");
        out.layers
            .resize_with(self.network.architecture().layers().len(), LayerValues::default);
        let previous_outputs = &mut out.layers[layer - 1].a;
        previous_outputs.clear();
        previous_outputs.extend_from_slice(layer_inputs);
        self.run_layers(layer, values, last_layer, wanted_neurons, out);
        out.first_layer = layer;
    }

    /// Computes the layers from `from` to `last_layer`.
    fn run_layers(
        &self,
        from: usize,
        values: &[f64],
        last_layer: usize,
        wanted_neurons: &[usize],
        out: &mut ForwardSweepResult,
    ) {
        let architecture = self.network.architecture();
        let first = self.first_layer();
        let samples = values.len();
        out.samples = samples;
        out.first_layer = first;
        out.last_layer = last_layer;
        out.layers
            .resize_with(architecture.layers().len(), LayerValues::default);
        out.only_neuron = None;
        let mut next = 0;
        if let SweepVariable::Knob(knob) = self.variable {
            out.only_neuron = Some(NeuronAddress {
                layer: knob.layer,
                neuron: knob.neuron,
            });
            if last_layer >= first && from <= first {
                self.run_first_layer(knob, values, out);
            }
            next = first + 1;
        }
        if let (0, SweepVariable::Input(input), Some(dependent_inputs)) =
            (from, self.variable, self.dependent_inputs)
        {
            self.dependent_input_rows(input, dependent_inputs, values, &mut out.scratch);
        }
        let input_rows = std::mem::take(&mut out.scratch);
        for layer in next.max(from)..=last_layer {
            let view = self.network.layer(layer);
            let (before, rest) = out.layers.split_at_mut(layer);
            let inputs = match (layer.checked_sub(1), self.variable) {
                (None, SweepVariable::Input(_)) if self.dependent_inputs.is_some() => {
                    SweepLayerInputs::AllRows(&input_rows)
                }
                (None, SweepVariable::Input(index)) => SweepLayerInputs::OneRow { index, row: values },
                (Some(previous), SweepVariable::Knob(knob))
                    if previous == first && before[previous].a.len() == samples =>
                {
                    SweepLayerInputs::OneRow {
                        index: knob.neuron,
                        row: &before[previous].a,
                    }
                }
                (Some(previous), _) => SweepLayerInputs::AllRows(&before[previous].a),
                (None, SweepVariable::Knob(_)) => continue,
            };
            let LayerValues { z, a, .. } = &mut rest[0];
            z.resize(architecture.width(layer) * samples, 0.0);
            a.resize(architecture.width(layer) * samples, 0.0);
            let mut compute = |neuron: usize| {
                let row = neuron * samples..(neuron + 1) * samples;
                self.z_row(layer, view, neuron, &inputs, &mut z[row.clone()]);
                let activation = view.plan.neurons[neuron].activation;
                if activation != Activation::Softmax {
                    activation.apply_each(&z[row.clone()], &mut a[row]);
                }
            };
            if layer == last_layer && !view.plan.is_softmax() {
                wanted_neurons.iter().copied().for_each(&mut compute);
            } else {
                (0..architecture.width(layer)).for_each(&mut compute);
            }
            if view.plan.is_softmax() {
                activation::softmax(z, samples, a);
            }
        }
        out.scratch = input_rows;
    }

    /// Computes all inputs, `[input][sample]`, for each value of an input on which other inputs depend.
    fn dependent_input_rows(
        &self,
        input: usize,
        dependent_inputs: &dyn DependentInputs,
        values: &[f64],
        rows: &mut Vec<f64>,
    ) {
        let current = self.baseline.layer_inputs(0);
        let samples = values.len();
        rows.clear();
        rows.resize(current.len() * samples, 0.0);
        let mut inputs = current.to_vec();
        for (sample, &value) in values.iter().enumerate() {
            inputs.copy_from_slice(current);
            inputs[input] = value;
            dependent_inputs.update(&mut inputs);
            for (row, &x) in rows.chunks_exact_mut(samples).zip(&inputs) {
                row[sample] = x;
            }
        }
    }

    /// Computes the layer of a varied knob: one row of `z`, and one row of `a` or, for a softmax, all of
    /// them.
    fn run_first_layer(&self, knob: Knob, values: &[f64], out: &mut ForwardSweepResult) {
        let samples = values.len();
        let plan = &self.network.architecture().layers()[knob.layer];
        let LayerValues { z, a, .. } = &mut out.layers[knob.layer];
        z.resize(samples, 0.0);
        self.first_layer_z(knob.neuron, values, z);
        if plan.is_softmax() {
            out.scratch.clear();
            for (neuron, &current_z) in self.baseline.layers()[knob.layer].z.iter().enumerate() {
                if neuron == knob.neuron {
                    out.scratch.extend_from_slice(z);
                } else {
                    out.scratch.extend(std::iter::repeat_n(current_z, samples));
                }
            }
            a.resize(out.scratch.len(), 0.0);
            activation::softmax(&out.scratch, samples, a);
        } else {
            a.resize(samples, 0.0);
            plan.neurons[knob.neuron].activation.apply_each(z, a);
        }
    }

    /// Computes the `z` of one neuron of the first layer that depends on the number, for each of `values`. It
    /// is meaningful only where [`ForwardSweep::slope`] is not `None`. Up to [`LANES`](super::kernel::LANES)
    /// values take no longer than one.
    ///
    /// # Panics
    ///
    /// Panics if there is no such neuron.
    pub(crate) fn first_layer_z(&self, neuron: usize, values: &[f64], z: &mut [f64]) {
        let layer = self.first_layer();
        let view = self.network.layer(layer);
        let constants = self.baseline.layer_inputs(layer);
        let (weights, bias) = (view.weights_of(neuron), view.biases[neuron]);
        let varying = match self.variable {
            SweepVariable::Knob(knob) if knob.neuron != neuron => {
                return z.fill(self.baseline.z(layer, neuron)[0]);
            }
            SweepVariable::Knob(knob) => match knob.kind {
                KnobKind::Weight { input } => VaryingOperand::Term {
                    index: input,
                    factor: constants[input],
                },
                KnobKind::Bias => VaryingOperand::Bias,
            },
            SweepVariable::Input(index) => VaryingOperand::Term {
                index,
                factor: weights[index],
            },
        };
        SimdWidth::best().run(VariedSum {
            weights,
            constants,
            bias,
            varying,
            row: values,
            into: z,
        });
    }

    /// Computes a row of weighted sums of one neuron, `z[sample]`, from the inputs of its layer.
    fn z_row(
        &self,
        layer: usize,
        view: LayerView<'_>,
        neuron: usize,
        inputs: &SweepLayerInputs<'_>,
        z: &mut [f64],
    ) {
        let (weights, bias) = (view.weights_of(neuron), view.biases[neuron]);
        match *inputs {
            SweepLayerInputs::OneRow { index, row } => {
                let constants = self.baseline.layer_inputs(layer);
                SimdWidth::best().run(VariedSum {
                    weights,
                    constants,
                    bias,
                    varying: VaryingOperand::Term {
                        index,
                        factor: weights[index],
                    },
                    row,
                    into: z,
                });
            }
            SweepLayerInputs::AllRows(rows) => {
                let task = MatrixProduct {
                    weights: StridedWeights {
                        values: weights,
                        row_step: weights.len(),
                        term_step: 1,
                    },
                    inputs: StridedRows {
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
                SimdWidth::best().run(task);
            }
        }
    }
}

impl ForwardSweepResult {
    /// Returns the weighted sums of a neuron, one per value; `None` if they don't depend on the varied number
    /// or if the layer is after the last one of the run. They are meaningless for neurons of the last layer
    /// that were not requested.
    pub fn z(&self, at: NeuronAddress) -> Option<&[f64]> {
        if !(self.first_layer..=self.last_layer).contains(&at.layer) {
            return None;
        }
        let rows = &self.layers[at.layer].z;
        match self.only_neuron {
            Some(only_neuron) if only_neuron == at => Some(rows),
            Some(only_neuron) if only_neuron.layer == at.layer => None,
            _ => rows.get(self.row(at.neuron)),
        }
    }

    /// Returns the outputs of a neuron, under the same conditions as [`ForwardSweepResult::z`].
    pub fn a(&self, at: NeuronAddress) -> Option<&[f64]> {
        if !(self.first_layer..=self.last_layer).contains(&at.layer) {
            return None;
        }
        let rows = &self.layers[at.layer].a;
        match self.only_neuron {
            Some(only_neuron) if only_neuron.layer == at.layer && rows.len() == self.samples => {
                (only_neuron.neuron == at.neuron).then_some(rows)
            }
            _ => rows.get(self.row(at.neuron)),
        }
    }

    /// Returns the inputs of a layer that is after the first one that depends on the varied number,
    /// `[input][sample]`: all outputs of the previous layer; if that is the first layer that depends on a
    /// knob, only the output that varies.
    pub fn layer_inputs(&self, layer: usize) -> &[f64] {
        &self.layers[layer - 1].a
    }

    fn row(&self, neuron: usize) -> std::ops::Range<usize> {
        neuron * self.samples..(neuron + 1) * self.samples
    }
}
