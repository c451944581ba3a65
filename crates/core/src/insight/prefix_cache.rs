//! Caches the values that enter the first changed layer, so that the layers before it need not be computed
//! again for values of a swept number that were computed before.

use std::collections::HashMap;

use crate::session::Adjustable;

use super::baseline::Baseline;
use super::curve_request::CurveRequest;
use super::partial_forward::{PartialForward, PartialRequest, PartialValues};

/// The maximum number of cached values.
const MAX_CACHED_VALUES: usize = 1_000_000;

/// The inputs of the first changed layer, for values of a swept number.
#[derive(Debug, Clone, Default)]
pub(super) struct PrefixCache {
    baseline: Option<(Adjustable, Baseline)>,
    /// The first changed layer. The cache holds its inputs.
    first_changed_layer: usize,
    /// The column of each cached value of the swept number, by its bits.
    columns: HashMap<u64, usize>,
    /// The cached inputs of the layer, `[column][input]`.
    values: Vec<f64>,
    rows: usize,
    missing: Vec<f64>,
    /// The layer inputs for the values of one call, `[input][sample]`.
    layer_inputs: Vec<f64>,
}

impl PrefixCache {
    /// Prepares for a sweep: finds the first changed layer, and clears the cache unless it is still valid. Returns
    /// the neurons of the first layer that depends on the swept number whose weighted sums have changed since the
    /// last sweep, as functions of that number; `None` if they all may have.
    pub(super) fn begin(&mut self, request: &CurveRequest<'_>) -> Option<Vec<usize>> {
        let partial_forward = &request.partial_forward;
        let (network, features) = (partial_forward.network(), partial_forward.features());
        let inputs = partial_forward.baseline().layer_inputs(0);
        // The requested layers must not lie before the cached one.
        let last = request.layer.min(request.selected.layer);
        let knob_change = match &mut self.baseline {
            Some((cached_number, baseline)) if partial_forward.numbers() == [*cached_number] => {
                baseline.update(network, inputs, features)
            }
            cached => {
                let number = partial_forward.numbers().first();
                *cached = number.map(|&number| (number, Baseline::new(network, inputs, features)));
                None
            }
        };
        let change = knob_change
            .as_ref()
            .map(|knob_change| knob_change.change_unless_only(partial_forward.numbers()));
        let layer = match change {
            Some(Some(change)) => change.layer.min(last),
            Some(None) => self.first_changed_layer.min(last),
            None => 0,
        };
        if change.is_none() || layer != self.first_changed_layer || self.values.len() > MAX_CACHED_VALUES {
            self.columns.clear();
            self.values.clear();
            self.rows = 0;
        }
        self.first_changed_layer = layer;
        let first_layer = partial_forward.first_layer();
        match change? {
            Some(change) if change.layer < first_layer => None,
            Some(change) if change.layer == first_layer => Some(change.neurons.clone()),
            _ => Some(Vec::new()),
        }
    }

    /// Runs the partial forward pass for these values of the swept number.
    pub(super) fn run(
        &mut self,
        partial_forward: &PartialForward<'_>,
        values: &[f64],
        request: PartialRequest<'_>,
        result: &mut PartialValues,
    ) {
        if self.first_changed_layer <= partial_forward.first_layer() {
            partial_forward.run(&[values], request, result);
            return;
        }
        self.missing.clear();
        let missing = values
            .iter()
            .filter(|value| !self.columns.contains_key(&value.to_bits()));
        self.missing.extend(missing);
        if !self.missing.is_empty() {
            let layers_before = PartialRequest::all(self.first_changed_layer - 1);
            partial_forward.run(&[&self.missing], layers_before, result);
            self.insert_missing(result.layer_inputs(self.first_changed_layer));
        }
        self.layer_inputs.resize(self.rows * values.len(), 0.0);
        for (sample, value) in values.iter().enumerate() {
            let column = self.columns[&value.to_bits()];
            let numbers = &self.values[column * self.rows..][..self.rows];
            let into = self.layer_inputs.iter_mut().skip(sample).step_by(values.len());
            into.zip(numbers).for_each(|(into, &number)| *into = number);
        }
        partial_forward.run_from(
            self.first_changed_layer,
            &self.layer_inputs,
            &[values],
            request,
            result,
        );
    }

    /// Adds the layer inputs of the missing values, `[input][sample]`, to the cache.
    fn insert_missing(&mut self, layer_inputs: &[f64]) {
        let samples = self.missing.len();
        self.rows = layer_inputs.len() / samples;
        for (sample, value) in self.missing.iter().enumerate() {
            self.columns
                .insert(value.to_bits(), self.values.len() / self.rows);
            self.values
                .extend(layer_inputs.iter().skip(sample).step_by(samples));
        }
    }
}
