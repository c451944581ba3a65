//! What training makes small, and its gradient.

use crate::network::{Backward, Network, Seed, Trace};

use super::loss::{DerivedBy, Outcome};
use super::{Loss, Penalty};

/// A loss and a penalty: what training makes small.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Objective {
    /// How wrong the outputs are.
    pub loss: Loss,
    /// What large weights cost.
    pub penalty: Penalty,
}

/// The buffers of a gradient; they are kept, so that a step of training allocates nothing.
#[derive(Debug, Clone, Default)]
pub struct Gradient {
    seed: Vec<f64>,
    backward: Backward,
}

impl Gradient {
    /// `dL/dknob` of every knob, in the flat order.
    pub fn values(&self) -> &[f64] {
        self.backward.gradients()
    }

    /// The same, to be changed.
    pub fn values_mut(&mut self) -> &mut [f64] {
        self.backward.gradients_mut()
    }
}

impl Objective {
    /// The mean loss of a forward pass, without the penalty; `targets` are `[output][sample]`.
    pub fn loss(self, network: &Network, trace: &Trace, targets: &[f64]) -> f64 {
        let outputs = network.blueprint().width(network.blueprint().last_layer());
        let divisor = self.loss.divisor(trace.samples(), outputs);
        self.loss.sum(outcome(network, trace, targets)) / divisor
    }

    /// Loss and penalty.
    pub fn value(self, network: &Network, trace: &Trace, targets: &[f64]) -> f64 {
        self.loss(network, trace, targets) + self.penalty.value(network)
    }

    /// Derives loss and penalty by every knob; says whether the derivative of the loss is finite.
    ///
    /// # Panics
    /// If `targets` are not `[output][sample]` of the forward pass.
    pub fn derive(self, network: &Network, trace: &Trace, targets: &[f64], gradient: &mut Gradient) -> bool {
        self.derive_first(trace.samples(), network, trace, targets, gradient)
    }

    /// The same for the first `count` samples of the forward pass; the others only fill up the processor’s lanes. Their
    /// derivatives are 0, so that they change nothing.
    ///
    /// # Panics
    /// As [`Objective::derive`], or if there are not as many.
    pub fn derive_first(
        self,
        count: usize,
        network: &Network,
        trace: &Trace,
        targets: &[f64],
        gradient: &mut Gradient,
    ) -> bool {
        let blueprint = network.blueprint();
        let outputs = blueprint.width(blueprint.last_layer());
        let samples = trace.samples();
        let Gradient { seed, backward } = gradient;
        seed.resize(outputs * samples, 0.0);
        let scale = 1.0 / self.loss.divisor(count, outputs);
        let derived_by = self.loss.derive(outcome(network, trace, targets), scale, seed);
        if count < samples {
            seed.chunks_exact_mut(samples)
                .for_each(|row| row[count..].fill(0.0));
        }
        let is_finite = seed.iter().all(|value| value.is_finite());
        let from = match derived_by {
            DerivedBy::Outputs => Seed::Outputs(seed),
            DerivedBy::PreActivations => Seed::PreActivations(seed),
        };
        backward.run(network, trace, from);
        self.penalty.add_gradient(network, backward.gradients_mut());
        is_finite
    }
}

fn outcome<'a>(network: &'a Network, trace: &'a Trace, y: &'a [f64]) -> Outcome<'a> {
    let last = network.blueprint().last_layer();
    let computed = &trace.layers()[last];
    Outcome {
        plan: &network.blueprint().layers()[last],
        z: &computed.z,
        a: &computed.a,
        y,
        samples: trace.samples(),
    }
}
