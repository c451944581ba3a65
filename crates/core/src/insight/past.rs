//! What something was made of, so that after a turn only what is downstream of it is made again.

use crate::data::Feature;
use crate::network::{Change, Knob, Network, Varied};
use crate::session::Features;

/// The network and the inputs that something was made of, and how they follow each other.
#[derive(Debug, Clone)]
pub(super) struct Past {
    network: Network,
    inputs: Vec<f64>,
    features: (usize, Vec<Feature>),
}

/// The knobs that have been turned since.
#[derive(Debug, Clone)]
pub(super) struct Turned {
    change: Option<Change>,
    /// The knob, if it is one.
    only: Option<Knob>,
}

impl Past {
    pub(super) fn of(network: &Network, inputs: &[f64], features: Features<'_>) -> Self {
        Self {
            network: network.clone(),
            inputs: inputs.to_vec(),
            features: features.to_owned(),
        }
    }

    /// The knobs that have been turned since, and takes the present ones for the past; `None` if more than knobs is
    /// different.
    pub(super) fn turned(
        &mut self,
        network: &Network,
        inputs: &[f64],
        features: Features<'_>,
    ) -> Option<Turned> {
        let is_same = self.network.blueprint() == network.blueprint()
            && self.inputs == inputs
            && features.are(&self.features);
        if !is_same {
            *self = Self::of(network, inputs, features);
            return None;
        }
        let turned = Turned {
            change: Change::between(&self.network, network),
            only: Change::only_knob(&self.network, network),
        };
        self.network.knobs_mut().copy_from_slice(network.knobs());
        Some(turned)
    }
}

impl Turned {
    /// What is to be made again; nothing if no knob has another value.
    pub(super) fn change(&self) -> Option<&Change> {
        self.change.as_ref()
    }

    /// The same for something along which one number varies, if its present value counts for nothing there: not even
    /// for the last bit.
    pub(super) fn change_but_for(&self, varied: Varied) -> Option<&Change> {
        let is_varied = self.only.is_some_and(|knob| varied == Varied::Knob(knob));
        self.change().filter(|_| !is_varied)
    }
}
