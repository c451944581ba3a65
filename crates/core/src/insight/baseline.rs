//! The network and inputs of the last computation, to find out which knobs have changed since.

use crate::data::ComputedFeature;
use crate::network::{Knob, Network, NetworkDiff};
use crate::session::{Adjustable, ComputedFeatures};

/// The network, the inputs and the computed features that a result was computed from.
#[derive(Debug, Clone)]
pub(super) struct Baseline {
    network: Network,
    inputs: Vec<f64>,
    features: (usize, Vec<ComputedFeature>),
}

/// The knobs that have changed since the baseline.
#[derive(Debug, Clone)]
pub(super) struct KnobChange {
    change: Option<NetworkDiff>,
    /// The changed knob, if exactly one has changed.
    only_knob: Option<Knob>,
}

impl Baseline {
    /// Creates a baseline from the network and the inputs that a result is computed from.
    pub(super) fn new(network: &Network, inputs: &[f64], features: ComputedFeatures<'_>) -> Self {
        Self {
            network: network.clone(),
            inputs: inputs.to_vec(),
            features: features.to_parts(),
        }
    }

    /// Returns the knobs that have changed since the baseline, and makes the given network the new baseline.
    /// Returns `None` if anything other than knobs differs.
    pub(super) fn update(
        &mut self,
        network: &Network,
        inputs: &[f64],
        features: ComputedFeatures<'_>,
    ) -> Option<KnobChange> {
        let is_same = self.network.architecture() == network.architecture()
            && self.inputs == inputs
            && features.equals_parts(&self.features);
        if !is_same {
            *self = Self::new(network, inputs, features);
            return None;
        }
        let knob_change = KnobChange {
            change: NetworkDiff::between(&self.network, network),
            only_knob: NetworkDiff::single_knob(&self.network, network),
        };
        self.network.knobs_mut().copy_from_slice(network.knobs());
        Some(knob_change)
    }
}

impl KnobChange {
    /// Returns the changed knobs and the first changed layer; `None` if no knob has another value.
    pub(super) fn change(&self) -> Option<&NetworkDiff> {
        self.change.as_ref()
    }

    /// Returns the change for results over which one number varies, or `None` if only that number's own knob
    /// has changed: its current value has no influence there, not even on the last bit.
    pub(super) fn change_unless_only(&self, numbers: &[Adjustable]) -> Option<&NetworkDiff> {
        let is_own_knob = self
            .only_knob
            .is_some_and(|knob| numbers == [Adjustable::Knob(knob)]);
        self.change().filter(|_| !is_own_knob)
    }
}
