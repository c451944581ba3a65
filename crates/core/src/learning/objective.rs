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
        let samples = trace.samples();
        let outputs = network.blueprint().width(network.blueprint().last_layer());
        self.sum_of_first(samples, network, trace, targets) / self.loss.divisor(samples, outputs)
    }

    /// What the loss of the first `count` samples adds to a sum over all.
    pub fn sum_of_first(self, count: usize, network: &Network, trace: &Trace, targets: &[f64]) -> f64 {
        self.loss.sum(outcome(count, network, trace, targets))
    }

    /// Loss and penalty.
    pub fn value(self, network: &Network, trace: &Trace, targets: &[f64]) -> f64 {
        self.loss(network, trace, targets) + self.penalty.value(network)
    }

    /// What a backward pass starts from to derive the loss, without the penalty; `seed` is filled.
    ///
    /// # Panics
    /// If `targets` are not `[output][sample]` of the forward pass.
    pub fn seed<'a>(
        self,
        network: &Network,
        trace: &Trace,
        targets: &[f64],
        seed: &'a mut Vec<f64>,
    ) -> Seed<'a> {
        self.seed_of_first(trace.samples(), network, trace, targets, seed)
    }

    fn seed_of_first<'a>(
        self,
        count: usize,
        network: &Network,
        trace: &Trace,
        targets: &[f64],
        seed: &'a mut Vec<f64>,
    ) -> Seed<'a> {
        let outputs = network.blueprint().width(network.blueprint().last_layer());
        let samples = trace.samples();
        seed.resize(outputs * samples, 0.0);
        let scale = 1.0 / self.loss.divisor(count, outputs);
        let derived_by = self
            .loss
            .derive(outcome(count, network, trace, targets), scale, seed);
        if count < samples {
            seed.chunks_exact_mut(samples)
                .for_each(|row| row[count..].fill(0.0));
        }
        match derived_by {
            DerivedBy::Outputs => Seed::Outputs(seed),
            DerivedBy::PreActivations => Seed::PreActivations(seed),
        }
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
        let Gradient { seed, backward } = gradient;
        let from = self.seed_of_first(count, network, trace, targets, seed);
        backward.run(network, trace, from);
        let is_finite = seed.iter().all(|value| value.is_finite());
        self.penalty.add_gradient(network, backward.gradients_mut());
        is_finite
    }
}

fn outcome<'a>(count: usize, network: &'a Network, trace: &'a Trace, y: &'a [f64]) -> Outcome<'a> {
    let last = network.blueprint().last_layer();
    let computed = &trace.layers()[last];
    Outcome {
        plan: &network.blueprint().layers()[last],
        z: &computed.z,
        a: &computed.a,
        y,
        samples: trace.samples(),
        count,
    }
}
