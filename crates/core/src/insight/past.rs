//! What something was made of, so that after a turn only what is downstream of it is made again.

use crate::data::ComputedFeature;
use crate::network::{NetworkDiff, Knob, Network, SweepVariable};
use crate::session::ComputedFeatures;

/// The network and the inputs that something was made of, and how they follow each other.
#[derive(Debug, Clone)]
pub(super) struct Baseline {
    network: Network,
    inputs: Vec<f64>,
    features: (usize, Vec<ComputedFeature>),
}

/// The knobs that have been turned since.
#[derive(Debug, Clone)]
pub(super) struct KnobChange {
    change: Option<NetworkDiff>,
    /// The knob, if it is one.
    only_knob: Option<Knob>,
}

impl Baseline {
    pub(super) fn new(network: &Network, inputs: &[f64], features: ComputedFeatures<'_>) -> Self {
        Self {
            network: network.clone(),
            inputs: inputs.to_vec(),
            features: features.to_parts(),
        }
    }

    /// The knobs that have been turned since, and takes the present ones for the past; `None` if more than knobs is
    /// different.
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
    /// What is to be made again; nothing if no knob has another value.
    pub(super) fn change(&self) -> Option<&NetworkDiff> {
        self.change.as_ref()
    }

    /// The same for something along which one number varies, if its present value counts for nothing there: not even
    /// for the last bit.
    pub(super) fn change_unless_only(&self, varied: SweepVariable) -> Option<&NetworkDiff> {
        let is_varied = self.only_knob.is_some_and(|knob| varied == SweepVariable::Knob(knob));
        self.change().filter(|_| !is_varied)
    }
}
