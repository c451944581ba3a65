//! Partial forward passes: of a network in which one or two numbers vary, only what depends on them is computed, for many
//! of their values side by side.
//!
//! Curves, profiles of neurons and maps are computed by [`PartialForward`]. What they need decides how weighted sums are
//! computed: curves have the bits of complete forward passes, profiles and maps agree with them to about
//! 1e-12 and are many times faster in wide layers. After a change of knobs, only the
//! neurons that the change affects are computed again.

use crate::network::kernel::varied_sum::{ChangedOperand, UpdatedSum, VariedSum, VaryingOperand};
use crate::network::{
    Activation, ForwardPass, KnobKind, LayerView, Network, NetworkDiff, NeuronAddress, activation,
};
use crate::session::{Adjustable, ComputedFeatures, Quantity};

/// The number of multiply-adds that an activation counts as.
const ACTIVATION_COST: usize = 10;

/// A network, the forward pass of its current knobs and inputs (the baseline), and the numbers that vary while everything
/// else is constant. Nothing is cloned. The results for one value of the numbers are a column.
///
/// ```
/// use neurodial_core::insight::partial_forward::{PartialForward, PartialValues, PartialRequest};
/// use neurodial_core::network::{Activation, Architecture, Network, NeuronAddress};
/// use neurodial_core::session::Adjustable;
///
/// # fn main() -> Result<(), neurodial_core::network::ArchitectureError> {
/// let mut network = Network::zeros(Architecture::dense(2, &[(1, Activation::Relu)])?);
/// network.knobs_mut().copy_from_slice(&[1.0, 2.0, -4.0]); // two weights and the bias
/// let baseline = network.forward(&[3.0, 1.0]);
///
/// let bias = [Adjustable::parse("b[1,1]").unwrap_or(Adjustable::Input(0))];
/// let partial_forward = PartialForward::new(&network, &baseline, Default::default(), &bias);
/// let mut values = PartialValues::default();
/// partial_forward.run(&[&[-6.0, 0.0, 1.0]], PartialRequest::all(0), &mut values);
/// let output = NeuronAddress { layer: 0, neuron: 0 };
/// assert_eq!(values.a(output), Some(&[0.0, 5.0, 6.0][..]));
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone, Copy)]
pub struct PartialForward<'a> {
    network: &'a Network,
    baseline: &'a ForwardPass,
    features: ComputedFeatures<'a>,
    numbers: &'a [Adjustable],
    summation: Summation,
}

/// The way in which weighted sums are computed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Summation {
    /// All terms are added in the order of [`ForwardPass`], so that every result has the bits that a forward pass of the
    /// changed network would have. Only for one number.
    Complete,
    /// The changes of the terms that vary are added to the sums of the baseline, unless all terms vary.
    Incremental,
}

/// The values that are requested of a partial forward pass.
#[derive(Debug, Clone, Copy)]
pub struct PartialRequest<'a> {
    last_layer: usize,
    /// The requested neurons of the last layer, ascending; `None` for all of them.
    neurons: Option<&'a [usize]>,
    /// The requested values of that layer: outputs as well, or weighted sums only.
    quantity: Quantity,
}

impl<'a> PartialRequest<'a> {
    /// Requests weighted sums and outputs of all neurons up to a layer.
    pub fn all(last_layer: usize) -> Self {
        Self {
            last_layer,
            neurons: None,
            quantity: Quantity::Output,
        }
    }

    /// Requests only these neurons of the last layer. They must be in ascending order. (A softmax layer is always
    /// computed as a whole.)
    #[must_use]
    pub fn only(mut self, neurons: &'a [usize]) -> Self {
        self.neurons = Some(neurons);
        self
    }

    /// Requests outputs of the last layer, or only weighted sums.
    #[must_use]
    pub(crate) fn with_quantity(mut self, quantity: Quantity) -> Self {
        self.quantity = quantity;
        self
    }
}

/// The results of a partial forward pass. They can be computed again and then reuse their buffers.
#[derive(Debug, Clone, Default)]
pub struct PartialValues {
    columns: usize,
    /// The values of the numbers, `[number][column]`.
    numbers: Vec<f64>,
    /// The inputs of the network that vary, ascending.
    varied_inputs: Vec<usize>,
    /// Their values, `[varied input][column]`.
    inputs: Vec<f64>,
    layers: Vec<PartialLayer>,
    /// The first and the last layer of the last run.
    computed: [usize; 2],
}

/// The values of a layer's neurons that depend on the numbers.
#[derive(Debug, Clone, Default)]
struct PartialLayer {
    /// The neurons, ascending.
    neurons: Vec<usize>,
    /// Their weighted sums and outputs, `[neuron][column]`.
    z: Vec<f64>,
    a: Vec<f64>,
}

/// The inputs of a layer that vary, and their values, `[varied input][column]`.
#[derive(Clone, Copy)]
struct VariedRows<'a> {
    indices: &'a [usize],
    values: &'a [f64],
    columns: usize,
}

impl<'a> VariedRows<'a> {
    /// Returns the values of the `position`th of the varied inputs.
    fn row(self, position: usize) -> &'a [f64] {
        &self.values[position * self.columns..][..self.columns]
    }

    /// Returns the values of an input, or `None` if it does not vary.
    fn of_input(self, input: usize) -> Option<&'a [f64]> {
        Some(self.row(self.indices.binary_search(&input).ok()?))
    }
}

impl<'a> PartialForward<'a> {
    /// Creates the partial forward passes in which these numbers vary, around `baseline`, the forward pass of a single
    /// input. With one number, every result has the bits that a forward pass of the changed network would have; with
    /// several, the results agree with it to about 1e-12.
    ///
    /// # Panics
    ///
    /// Panics if the number of samples of `baseline` is not 1, or if the network lacks one of the numbers.
    pub fn new(
        network: &'a Network,
        baseline: &'a ForwardPass,
        features: ComputedFeatures<'a>,
        numbers: &'a [Adjustable],
    ) -> Self {
        assert_eq!(baseline.sample_count(), 1, "the baseline has one input");
        for number in numbers {
            assert!(
                number.is_in(network.architecture()),
                "the network has no {number}"
            );
        }
        let summation = if numbers.len() == 1 {
            Summation::Complete
        } else {
            Summation::Incremental
        };
        Self {
            network,
            baseline,
            features,
            numbers,
            summation,
        }
    }

    /// Adds the changes of the terms that vary to the sums of the baseline, which is faster. The results agree with a
    /// forward pass to about 1e-12, but not to the last bit.
    #[must_use]
    pub(crate) fn incremental(mut self) -> Self {
        self.summation = Summation::Incremental;
        self
    }

    /// Returns the current value of the first number.
    pub fn current_value(&self) -> f64 {
        match self.numbers.first() {
            Some(&Adjustable::Knob(knob)) => self.network.get(knob).unwrap_or(f64::NAN),
            Some(&Adjustable::Input(input)) => self.baseline.x(input)[0],
            Some(Adjustable::Hyperparameter(_)) | None => f64::NAN,
        }
    }

    /// Returns the first layer that depends on a number.
    pub fn first_layer(&self) -> usize {
        let layers = self.numbers.iter().map(|number| match number {
            Adjustable::Knob(knob) => knob.layer,
            Adjustable::Input(_) => 0,
            // No layer depends on it.
            Adjustable::Hyperparameter(_) => self.network.architecture().layers().len(),
        });
        layers.min().unwrap_or(0)
    }

    /// Returns the network whose numbers vary.
    pub(super) fn network(&self) -> &'a Network {
        self.network
    }

    /// Returns the baseline.
    pub(super) fn baseline(&self) -> &'a ForwardPass {
        self.baseline
    }

    /// Returns the computed features of the inputs.
    pub(super) fn features(&self) -> ComputedFeatures<'a> {
        self.features
    }

    /// Returns the numbers that vary.
    pub(super) fn numbers(&self) -> &'a [Adjustable] {
        self.numbers
    }

    /// True if a feature that is computed from a varied input varies with it.
    fn has_dependent_features(&self) -> bool {
        self.numbers.iter().any(|number| match *number {
            Adjustable::Input(input) => self.features.has_dependents(input),
            Adjustable::Knob(_) | Adjustable::Hyperparameter(_) => false,
        })
    }

    /// Returns the derivative of a neuron's `z` with respect to the only number, where `z` is affine in it: in the first
    /// layer that depends on the number, and (0) in layers before it. Returns `None` for later layers, and if other inputs
    /// depend on the number.
    pub(crate) fn slope(&self, at: NeuronAddress) -> Option<f64> {
        let &[number] = self.numbers else { return None };
        if at.layer != self.first_layer() {
            return (at.layer < self.first_layer()).then_some(0.0);
        }
        if self.has_dependent_features() {
            return None;
        }
        Some(match number {
            Adjustable::Input(input) => self.network.layer(0).weights_of(at.neuron)[input],
            Adjustable::Hyperparameter(_) => 0.0,
            Adjustable::Knob(knob) if knob.neuron != at.neuron => 0.0,
            Adjustable::Knob(knob) => match knob.kind {
                KnobKind::Weight { input } => self.baseline.layer_inputs(knob.layer)[input],
                KnobKind::Bias => 1.0,
            },
        })
    }

    /// Estimates the number of multiply-adds for one column: of the layers up to `last_layer`, and of `wanted_count`
    /// neurons in that layer.
    pub(crate) fn cost(&self, last_layer: usize, wanted_count: usize) -> usize {
        let architecture = self.network.architecture();
        let varies_input = |number: &Adjustable| matches!(number, Adjustable::Input(_));
        // The number of inputs of the next layer that vary.
        let mut varied = self.numbers.iter().filter(|number| varies_input(number)).count();
        let mut cost = 0;
        for layer in self.first_layer()..=last_layer {
            let plan = &architecture.layers()[layer];
            let has_knob =
                |number: &&Adjustable| matches!(number, Adjustable::Knob(knob) if knob.layer == layer);
            let own = self.numbers.iter().filter(has_knob).count();
            let terms = match self.summation {
                Summation::Complete => architecture.fan_in(layer),
                Summation::Incremental => (varied + own.min(1)).min(architecture.fan_in(layer)),
            };
            let computed = match (varied, layer == last_layer && !plan.is_softmax()) {
                (0, _) => own,
                (_, true) => wanted_count,
                (_, false) => architecture.width(layer),
            };
            cost += computed * (terms + ACTIVATION_COST);
            varied = if plan.is_softmax() && computed > 0 {
                architecture.width(layer)
            } else {
                computed
            };
        }
        cost.max(1)
    }

    /// Computes what depends on the numbers, for each of `values[number]`, which all have the same length.
    pub fn run(&self, values: &[&[f64]], request: PartialRequest<'_>, out: &mut PartialValues) {
        self.set_values(values, out);
        self.run_layers(0, None, request, out);
    }

    /// Computes [`PartialForward::run`] from a layer on, which must be after the first one that depends on a number.
    /// `layer_inputs` must be those that [`PartialValues::layer_inputs`] had after a run for these values. The bits are
    /// those of a complete run.
    ///
    /// # Panics
    ///
    /// Panics if `layer` is not after the first layer that depends on a number. May panic if there are too few inputs.
    pub fn run_from(
        &self,
        layer: usize,
        layer_inputs: &[f64],
        values: &[&[f64]],
        request: PartialRequest<'_>,
        out: &mut PartialValues,
    ) {
        assert!(layer > self.first_layer(), "a number varies before that layer");
        self.set_values(values, out);
        let previous = layer - 1;
        let varies = previous > self.first_layer() || !out.varied_inputs.is_empty();
        let before = &mut out.layers[previous];
        self.set_neurons(previous, varies, PartialRequest::all(layer), &mut before.neurons);
        before.a.clear();
        before.a.extend_from_slice(layer_inputs);
        self.run_layers(layer, None, request, out);
    }

    /// Computes the neurons that a change of knobs affects. Everything else, the values included, must be the same as in
    /// the last run. The bits are those of a complete run.
    pub(crate) fn update(&self, change: &NetworkDiff, request: PartialRequest<'_>, out: &mut PartialValues) {
        let first = out.computed[0];
        self.run_layers(change.layer, Some(&change.neurons), request, out);
        out.computed[0] = first;
    }

    /// Computes the weighted sums of one neuron of the first layer that depends on the only number, for each of `values`.
    /// They are meaningful only where [`PartialForward::slope`] is not `None`. Up to
    /// [`LANES`](crate::network::kernel::LANES) values take no longer than one.
    ///
    /// # Panics
    ///
    /// Panics if there is no such neuron.
    pub(crate) fn first_layer_z(&self, neuron: usize, values: &[f64], z: &mut [f64]) {
        let layer = self.first_layer();
        let index = self.numbers.iter().find_map(|number| match number {
            Adjustable::Input(input) => Some(*input),
            Adjustable::Knob(_) | Adjustable::Hyperparameter(_) => None,
        });
        let rows = VariedRows {
            indices: index.as_slice(),
            values,
            columns: values.len(),
        };
        self.compute_sums(layer, neuron, rows, values, z);
    }

    /// Sets the values of the numbers and of the inputs that vary with them.
    fn set_values(&self, values: &[&[f64]], out: &mut PartialValues) {
        out.columns = values.first().map_or(0, |values| values.len());
        out.layers
            .resize_with(self.network.architecture().layers().len(), PartialLayer::default);
        out.numbers.clear();
        values
            .iter()
            .for_each(|values| out.numbers.extend_from_slice(values));
        let rows = || {
            self.numbers
                .iter()
                .zip(out.numbers.chunks_exact(out.columns.max(1)))
        };
        let row_of = |input: usize| {
            let mut rows = rows();
            rows.find_map(|(number, row)| (*number == Adjustable::Input(input)).then_some(row))
        };
        let varied = self.numbers.iter().filter_map(|number| match number {
            Adjustable::Input(input) => Some(*input),
            Adjustable::Knob(_) | Adjustable::Hyperparameter(_) => None,
        });
        let computed = self
            .features
            .computed()
            .filter(|(_, feature)| feature.inputs().iter().any(|&source| row_of(source).is_some()));
        out.varied_inputs.clear();
        out.varied_inputs
            .extend(varied.chain(computed.map(|(input, _)| input)));
        if self.summation == Summation::Complete && out.varied_inputs.len() > 1 {
            // A sum in which several inputs vary is computed from all of them.
            out.varied_inputs
                .extend(0..self.network.architecture().input_count());
        }
        out.varied_inputs.sort_unstable();
        out.varied_inputs.dedup();
        out.inputs.clear();
        for &input in &out.varied_inputs {
            match (row_of(input), self.features.feature(input)) {
                (Some(row), _) => out.inputs.extend_from_slice(row),
                (None, Some(feature)) => {
                    let sources = feature.inputs().map(|source| (source, row_of(source)));
                    out.inputs.extend((0..out.columns).map(|column| {
                        ComputedFeatures::value(feature, |input| {
                            let source = sources.iter().find(|(source, _)| *source == input);
                            let varied = source.and_then(|(_, row)| Some(row.as_ref()?[column]));
                            varied.unwrap_or_else(|| self.baseline.x(input)[0])
                        })
                    }));
                }
                (None, None) => {
                    let constant = self.baseline.x(input)[0];
                    out.inputs.extend(std::iter::repeat_n(constant, out.columns));
                }
            }
        }
    }

    /// Sets the neurons of a layer that depend on the numbers and are requested.
    fn set_neurons(
        &self,
        layer: usize,
        inputs_vary: bool,
        request: PartialRequest<'_>,
        neurons: &mut Vec<usize>,
    ) {
        let plan = &self.network.architecture().layers()[layer];
        let requested = request.neurons.filter(|_| layer == request.last_layer);
        neurons.clear();
        if !inputs_vary {
            let own = self.numbers.iter().filter_map(|number| match number {
                Adjustable::Knob(knob) if knob.layer == layer => Some(knob.neuron),
                _ => None,
            });
            neurons.extend(own);
            neurons.sort_unstable();
            neurons.dedup();
        }
        match requested {
            // All outputs of a softmax depend on every weighted sum.
            _ if plan.is_softmax() && (inputs_vary || !neurons.is_empty()) => {
                neurons.clear();
                neurons.extend(0..plan.neurons.len());
            }
            Some(requested) if inputs_vary => neurons.extend_from_slice(requested),
            Some(requested) => neurons.retain(|neuron| requested.contains(neuron)),
            None if inputs_vary => neurons.extend(0..plan.neurons.len()),
            None => {}
        }
    }

    /// Computes the layers from `first` on; of that layer only the neurons `changed`, unless it is a softmax.
    fn run_layers(
        &self,
        first: usize,
        changed: Option<&[usize]>,
        request: PartialRequest<'_>,
        out: &mut PartialValues,
    ) {
        let columns = out.columns;
        out.computed = [first, request.last_layer];
        for layer in first..=request.last_layer {
            let (before, rest) = out.layers.split_at_mut(layer);
            let (indices, values) = match before.last() {
                Some(previous) => (&previous.neurons, &previous.a),
                None => (&out.varied_inputs, &out.inputs),
            };
            let rows = VariedRows {
                indices,
                values,
                columns,
            };
            let PartialLayer { neurons, z, a } = &mut rest[0];
            self.set_neurons(layer, !rows.indices.is_empty(), request, neurons);
            let has_outputs = layer < request.last_layer || request.quantity == Quantity::Output;
            z.resize(neurons.len() * columns, 0.0);
            a.resize(if has_outputs { z.len() } else { 0 }, 0.0);
            if neurons.is_empty() || columns == 0 {
                continue;
            }
            let view = self.network.layer(layer);
            let changed = changed.filter(|_| layer == first && !view.plan.is_softmax());
            // Neurons that are computed together: neighbors, or single ones if not all are computed.
            let groups = neurons.chunk_by(|left, right| changed.is_none() && left + 1 == *right);
            let mut end = 0;
            for group in groups {
                let span = end * columns..(end + group.len()) * columns;
                end += group.len();
                if changed.is_some_and(|changed| !changed.contains(&group[0])) {
                    continue;
                }
                self.compute_group(view, layer, group, rows, &out.numbers, &mut z[span.clone()]);
                if has_outputs {
                    activate(view, group[0], columns, &z[span.clone()], &mut a[span]);
                }
            }
            if has_outputs && view.plan.is_softmax() {
                activation::softmax(z, columns, a);
            }
        }
    }

    /// Computes the weighted sums of adjacent neurons, `[neuron][column]`.
    fn compute_group(
        &self,
        view: LayerView<'_>,
        layer: usize,
        neurons: &[usize],
        rows: VariedRows<'_>,
        numbers: &[f64],
        z: &mut [f64],
    ) {
        let has_knob = |number: &Adjustable| matches!(number, Adjustable::Knob(knob) if knob.layer == layer);
        if rows.indices.len() == view.fan_in && !self.numbers.iter().any(has_knob) {
            let all = neurons[0]..neurons[0] + neurons.len();
            view.weighted_sums(all, rows.values, rows.columns, z);
            return;
        }
        for (&neuron, z) in neurons.iter().zip(z.chunks_exact_mut(rows.columns)) {
            self.compute_sums(layer, neuron, rows, numbers, z);
        }
    }

    /// Computes the weighted sums of one neuron, of which not all inputs vary, or also a knob. `numbers` are the values of
    /// the numbers, `[number][column]`.
    fn compute_sums(
        &self,
        layer: usize,
        neuron: usize,
        rows: VariedRows<'_>,
        numbers: &[f64],
        z: &mut [f64],
    ) {
        let view = self.network.layer(layer);
        let (weights, bias) = (view.weights_of(neuron), view.biases[neuron]);
        let mut own = self
            .numbers
            .iter()
            .zip(numbers.chunks_exact(z.len()))
            .filter_map(|(number, row)| match number {
                Adjustable::Knob(knob) if (knob.layer, knob.neuron) == (layer, neuron) => {
                    Some((knob.kind, row))
                }
                _ => None,
            });
        if self.summation == Summation::Complete {
            let (varying, row) = match (own.next(), rows.indices) {
                (Some((KnobKind::Weight { input }, row)), _) => (VaryingOperand::Weight(input), row),
                (Some((KnobKind::Bias, row)), _) => (VaryingOperand::Bias, row),
                (None, &[input, ..]) => (VaryingOperand::Input(input), rows.row(0)),
                (None, []) => return z.fill(self.baseline.z(layer, neuron)[0]),
            };
            let inputs = self.baseline.layer_inputs(layer);
            return VariedSum {
                weights,
                inputs,
                bias,
                varying,
                row,
                into: z,
            }
            .compute();
        }
        let mut base = Some(self.baseline.z(layer, neuron)[0]);
        for (position, &input) in rows.indices.iter().enumerate() {
            UpdatedSum {
                changed: ChangedOperand::Input {
                    weight: weights[input],
                },
                row: rows.row(position),
                other: self.baseline.layer_input(layer, input),
                base: base.take(),
                into: z,
            }
            .compute();
        }
        for (kind, row) in own {
            let (old, other) = match kind {
                KnobKind::Weight { input } => {
                    let current = self.baseline.layer_input(layer, input);
                    (weights[input], rows.of_input(input).unwrap_or(current))
                }
                KnobKind::Bias => (bias, &[1.0][..]),
            };
            UpdatedSum {
                changed: ChangedOperand::Weight { old },
                row,
                other,
                base: base.take(),
                into: z,
            }
            .compute();
        }
        if let Some(base) = base {
            z.fill(base);
        }
    }
}

impl PartialValues {
    /// Returns the weighted sums of a neuron, one for each column; `None` if they don't depend on the numbers or were not
    /// requested.
    pub fn z(&self, at: NeuronAddress) -> Option<&[f64]> {
        self.row(at, |layer| &layer.z)
    }

    /// Returns the outputs of a neuron, under the same conditions as [`PartialValues::z`].
    pub fn a(&self, at: NeuronAddress) -> Option<&[f64]> {
        self.row(at, |layer| &layer.a)
    }

    /// Returns a neuron's weighted sums or outputs, under the same conditions as [`PartialValues::z`].
    pub(crate) fn quantity(&self, at: NeuronAddress, quantity: Quantity) -> Option<&[f64]> {
        match quantity {
            Quantity::WeightedSum => self.z(at),
            Quantity::Output => self.a(at),
        }
    }

    /// Returns the inputs of a layer that vary and were computed by the last run, `[input][column]`.
    pub fn layer_inputs(&self, layer: usize) -> &[f64] {
        &self.layers[layer - 1].a
    }

    fn row<'a>(
        &'a self,
        at: NeuronAddress,
        rows: impl Fn(&'a PartialLayer) -> &'a Vec<f64>,
    ) -> Option<&'a [f64]> {
        let [first, last] = self.computed;
        let layer = self
            .layers
            .get(at.layer)
            .filter(|_| (first..=last).contains(&at.layer))?;
        let position = layer.neurons.binary_search(&at.neuron).ok()?;
        rows(layer).get(position * self.columns..(position + 1) * self.columns)
    }
}

/// Computes the outputs of adjacent neurons, except of a softmax.
fn activate(view: LayerView<'_>, first: usize, columns: usize, z: &[f64], a: &mut [f64]) {
    match view.plan.activation() {
        Some(Activation::Softmax) => {}
        Some(activation) => activation.apply_each(z, a),
        None => {
            let rows = z.chunks_exact(columns).zip(a.chunks_exact_mut(columns));
            for (neuron, (z, a)) in view.plan.neurons[first..].iter().zip(rows) {
                neuron.activation.apply_each(z, a);
            }
        }
    }
}
