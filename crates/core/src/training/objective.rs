//! The training objective, loss plus regularization, and its gradient.

use crate::network::{BackwardPass, ForwardPass, GradientSeed, Network};

use super::loss::{LossInputs, WithRespectTo};
use super::{Loss, Regularization};

/// A loss function and a regularization; training minimizes their sum.
///
/// ```
/// use neurodial_core::network::{Activation, Architecture, Network};
/// use neurodial_core::training::objective::Gradient;
/// use neurodial_core::training::{Loss, Objective, Regularization};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let mut network = Network::zeros(Architecture::dense(1, &[(1, Activation::Linear)])?);
/// network.knobs_mut().copy_from_slice(&[2.0, 0.0]); // a = 2 x
/// let forward = network.forward_batch(&[1.0, 3.0], 2);
/// let targets = [1.0, 6.0]; // `[output][sample]`
///
/// let objective = Objective {
///     loss: Loss::MeanSquaredError,
///     regularization: Regularization { l1: 0.0, l2: 0.1 },
/// };
/// assert_eq!(objective.loss(&network, &forward, &targets), 0.5); // (1² + 0²) / 2
/// assert_eq!(objective.value(&network, &forward, &targets), 0.5 + 0.1 / 2.0 * 4.0);
///
/// let mut gradient = Gradient::default();
/// objective.compute_gradient(&network, &forward, &targets, &mut gradient);
/// assert_eq!(gradient.values(), [1.0 + 0.1 * 2.0, 1.0]); // by the weight, by the bias
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Objective {
    /// The loss function.
    pub loss: Loss,
    /// The penalties on the weights.
    pub regularization: Regularization,
}

/// The gradient with respect to all knobs, with its buffers. Reuse one, so that an update allocates nothing.
#[derive(Debug, Clone, Default)]
pub struct Gradient {
    seed_buffer: Vec<f64>,
    backward_pass: BackwardPass,
}

impl Gradient {
    /// Returns `dL/dknob` of every knob, in the flat order.
    pub fn values(&self) -> &[f64] {
        self.backward_pass.gradients()
    }

    /// Returns `dL/dknob` of every knob, in the flat order, as a mutable slice.
    pub(crate) fn values_mut(&mut self) -> &mut [f64] {
        self.backward_pass.gradients_mut()
    }
}

impl Objective {
    /// Returns the mean loss of a forward pass, without the regularization; `targets` are `[output][sample]`.
    pub fn loss(self, network: &Network, forward_pass: &ForwardPass, targets: &[f64]) -> f64 {
        let samples = forward_pass.sample_count();
        let outputs = network.architecture().width(network.architecture().last_layer());
        self.sum_of_first(samples, network, forward_pass, targets) / self.loss.divisor(samples, outputs)
    }

    /// Returns the sum of the loss terms of the first `count` samples, not yet divided by [`Loss::divisor`].
    pub(crate) fn sum_of_first(
        self,
        count: usize,
        network: &Network,
        forward_pass: &ForwardPass,
        targets: &[f64],
    ) -> f64 {
        self.loss.sum(loss_inputs(count, network, forward_pass, targets))
    }

    /// Returns the mean loss plus the regularization; `targets` are `[output][sample]`.
    pub fn value(self, network: &Network, forward_pass: &ForwardPass, targets: &[f64]) -> f64 {
        self.loss(network, forward_pass, targets) + self.regularization.value(network)
    }

    /// Fills `buffer` with the derivative of the mean loss, without the regularization, from which
    /// backpropagation starts. `targets` must be `[output][sample]` of the forward pass.
    pub(crate) fn gradient_seed<'a>(
        self,
        network: &Network,
        forward_pass: &ForwardPass,
        targets: &[f64],
        buffer: &'a mut Vec<f64>,
    ) -> GradientSeed<'a> {
        self.gradient_seed_of_first(
            forward_pass.sample_count(),
            network,
            forward_pass,
            targets,
            buffer,
        )
    }

    /// Fills `buffer` like [`Objective::gradient_seed`], but averages over the first `count` samples only.
    /// The derivatives of the others are 0.
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
        let with_respect_to =
            self.loss
                .compute_derivative(loss_inputs(count, network, forward_pass, targets), scale, buffer);
        if count < samples {
            buffer
                .chunks_exact_mut(samples)
                .for_each(|row| row[count..].fill(0.0));
        }
        match with_respect_to {
            WithRespectTo::Outputs => GradientSeed::Outputs(buffer),
            WithRespectTo::WeightedSums => GradientSeed::WeightedSums(buffer),
        }
    }

    /// Computes the gradient of loss plus regularization with respect to all knobs. Returns true if the
    /// derivatives of the loss from which backpropagation starts are finite. `targets` must be
    /// `[output][sample]` of the forward pass.
    pub fn compute_gradient(
        self,
        network: &Network,
        forward_pass: &ForwardPass,
        targets: &[f64],
        gradient: &mut Gradient,
    ) -> bool {
        self.compute_gradient_of_first(
            forward_pass.sample_count(),
            network,
            forward_pass,
            targets,
            gradient,
        )
    }

    /// Computes the gradient like [`Objective::compute_gradient`], but for the first `count` samples of the
    /// forward pass. The other samples only fill up SIMD vectors; their derivatives are set to 0, so that
    /// they don't contribute. `targets` must be `[output][sample]` of the whole forward pass, and `count` at
    /// most the number of its samples.
    pub(crate) fn compute_gradient_of_first(
        self,
        count: usize,
        network: &Network,
        forward_pass: &ForwardPass,
        targets: &[f64],
        gradient: &mut Gradient,
    ) -> bool {
        let Gradient {
            seed_buffer,
            backward_pass,
        } = gradient;
        let gradient_seed = self.gradient_seed_of_first(count, network, forward_pass, targets, seed_buffer);
        backward_pass.run(network, forward_pass, gradient_seed);
        let is_finite = seed_buffer.iter().all(|value| value.is_finite());
        self.regularization
            .add_gradient(network, backward_pass.gradients_mut());
        is_finite
    }
}

/// Collects the arguments of the loss function from the output layer; `y` are the targets,
/// `[output][sample]`.
fn loss_inputs<'a>(
    count: usize,
    network: &'a Network,
    forward_pass: &'a ForwardPass,
    y: &'a [f64],
) -> LossInputs<'a> {
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
