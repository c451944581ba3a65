//! What training makes small, and its gradient.

use crate::network::{BackwardPass, Network, GradientSeed, ForwardPass};

use super::loss::{WithRespectTo, LossInputs};
use super::{Loss, Regularization};

/// A loss and a penalty: what training makes small.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Objective {
    /// How wrong the outputs are.
    pub loss: Loss,
    /// What large weights cost.
    pub regularization: Regularization,
}

/// The buffers of a gradient; they are kept, so that a step of training allocates nothing.
#[derive(Debug, Clone, Default)]
pub struct Gradient {
    seed_buffer: Vec<f64>,
    backward_pass: BackwardPass,
}

impl Gradient {
    /// `dL/dknob` of every knob, in the flat order.
    pub fn values(&self) -> &[f64] {
        self.backward_pass.gradients()
    }

    /// The same, to be changed.
    pub fn values_mut(&mut self) -> &mut [f64] {
        self.backward_pass.gradients_mut()
    }
}

impl Objective {
    /// The mean loss of a forward pass, without the penalty; `targets` are `[output][sample]`.
    pub fn loss(self, network: &Network, forward_pass: &ForwardPass, targets: &[f64]) -> f64 {
        let samples = forward_pass.sample_count();
        let outputs = network.architecture().width(network.architecture().last_layer());
        self.sum_of_first(samples, network, forward_pass, targets) / self.loss.divisor(samples, outputs)
    }

    /// What the loss of the first `count` samples adds to a sum over all.
    pub fn sum_of_first(self, count: usize, network: &Network, forward_pass: &ForwardPass, targets: &[f64]) -> f64 {
        self.loss.sum(loss_inputs(count, network, forward_pass, targets))
    }

    /// Loss and penalty.
    pub fn value(self, network: &Network, forward_pass: &ForwardPass, targets: &[f64]) -> f64 {
        self.loss(network, forward_pass, targets) + self.regularization.value(network)
    }

    /// What a backward pass starts from to derive the loss, without the penalty; `seed` is filled.
    ///
    /// # Panics
    /// If `targets` are not `[output][sample]` of the forward pass.
    pub fn gradient_seed<'a>(
        self,
        network: &Network,
        forward_pass: &ForwardPass,
        targets: &[f64],
        buffer: &'a mut Vec<f64>,
    ) -> GradientSeed<'a> {
        self.gradient_seed_of_first(forward_pass.sample_count(), network, forward_pass, targets, buffer)
    }

    fn gradient_seed_of_first<'a>(
        self,
        count: usize,
        network: &Network,
        forward_pass: &ForwardPass,
        targets: &[f64],
        buffer: &'a mut Vec<f64>,
    ) -> GradientSeed<'a> {
        let outputs = network.architecture().width(network.architecture().last_layer());
        let samples = forward_pass.sample_count();
        buffer.resize(outputs * samples, 0.0);
        let scale = 1.0 / self.loss.divisor(count, outputs);
        let with_respect_to = self
            .loss
            .compute_derivative(loss_inputs(count, network, forward_pass, targets), scale, buffer);
        if count < samples {
            buffer.chunks_exact_mut(samples)
                .for_each(|row| row[count..].fill(0.0));
        }
        match with_respect_to {
            WithRespectTo::Outputs => GradientSeed::Outputs(buffer),
            WithRespectTo::PreActivations => GradientSeed::WeightedSums(buffer),
        }
    }

    /// Derives loss and penalty by every knob; says whether the derivative of the loss is finite.
    ///
    /// # Panics
    /// If `targets` are not `[output][sample]` of the forward pass.
    pub fn compute_gradient(self, network: &Network, forward_pass: &ForwardPass, targets: &[f64], gradient: &mut Gradient) -> bool {
        self.compute_gradient_of_first(forward_pass.sample_count(), network, forward_pass, targets, gradient)
    }

    /// The same for the first `count` samples of the forward pass; the others only fill up the processor’s lanes. Their
    /// derivatives are 0, so that they change nothing.
    ///
    /// # Panics
    /// As [`Objective::derive`], or if there are not as many.
    pub fn compute_gradient_of_first(
        self,
        count: usize,
        network: &Network,
        forward_pass: &ForwardPass,
        targets: &[f64],
        gradient: &mut Gradient,
    ) -> bool {
        let Gradient { seed_buffer: buffer, backward_pass: backward } = gradient;
        let gradient_seed = self.gradient_seed_of_first(count, network, forward_pass, targets, buffer);
        backward.run(network, forward_pass, gradient_seed);
        let is_finite = buffer.iter().all(|value| value.is_finite());
        self.regularization.add_gradient(network, backward.gradients_mut());
        is_finite
    }
}

fn loss_inputs<'a>(count: usize, network: &'a Network, forward_pass: &'a ForwardPass, y: &'a [f64]) -> LossInputs<'a> {
    let last = network.architecture().last_layer();
    let output_layer = &forward_pass.layers()[last];
    LossInputs {
        plan: &network.architecture().layers()[last],
        z: &output_layer.z,
        a: &output_layer.a,
        y,
        samples: forward_pass.sample_count(),
        count,
    }
}
