//! Warnings about what keeps a network from learning, with advice.

use crate::network::{Activation, ForwardPass, Network, NeuronAddress, Probabilities};
use crate::text::{Localized, Messages};

use super::{Divergence, EncodedDataset, Evaluator, Loss, Trainer, TrainingStatus};

/// The maximum number of samples that are examined.
const MAX_SAMPLES: usize = 1024;
/// The fraction of samples for which a saturated neuron must be flat: the slope of a sigmoid is then below
/// 1/25 of the steepest.
const SATURATED_FRACTION: f64 = 0.99;

/// A reason why a network can't learn. Its message is one sentence with advice. Layers and neurons are counted
/// from 0 here and from 1 in the sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Diagnosis {
    /// A layer has neurons with the step function.
    StepActivation {
        /// The layer.
        layer: usize,
    },
    /// The ReLU of some neurons is 0 for every sample.
    DeadRelu {
        /// The dead neurons, in order.
        neurons: Vec<NeuronAddress>,
    },
    /// The sigmoid or tanh of some neurons is flat for almost every sample.
    Saturated {
        /// The saturated neurons, in order.
        neurons: Vec<NeuronAddress>,
    },
    /// The loss is higher than at the start.
    LearningRateTooHigh {
        /// True if it rose so far that training was stopped.
        is_stopped: bool,
    },
    /// All neurons of a hidden layer are equal and get equal gradients.
    Symmetry {
        /// The layer.
        layer: usize,
    },
    /// The output layer and the loss function don't fit.
    WrongLoss {
        /// The activation of the output layer.
        activation: Activation,
        /// The loss function.
        loss: Loss,
        /// The reason why they don't fit.
        mismatch: LossMismatch,
    },
    /// The output layer is a softmax over one neuron, which is always 1.
    SoftmaxOverOneNeuron,
    /// Some targets are outside the range of the output layer's activation.
    UnreachableTargets {
        /// The activation of the output layer.
        activation: Activation,
    },
}

/// The reason why a loss function doesn't fit the activation of the output layer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LossMismatch {
    /// The activation never gives the −1 of the hinge loss.
    UnreachableLabel,
    /// The gradient of a softmax layer vanishes where it is most wrong.
    VanishingInSoftmax,
    /// The gradient of sigmoid neurons vanishes where they are most wrong.
    VanishingInSigmoid,
    /// Nothing makes the outputs of wrong classes smaller.
    NoPenalty,
}

impl Diagnosis {
    /// Returns the warnings about a network, given its forward pass over samples, their targets
    /// `[output][sample]` and the loss function.
    pub(crate) fn from_forward_pass(
        network: &Network,
        forward_pass: &ForwardPass,
        targets: &[f64],
        loss: Loss,
    ) -> Vec<Self> {
        let mut found = Vec::new();
        found.extend(check_output_layer(network, targets, loss));
        let layers = 0..network.architecture().layers().len();
        found.extend(
            layers
                .clone()
                .filter(|&layer| has_step(network, layer))
                .map(|layer| Self::StepActivation { layer }),
        );
        found.extend(
            layers
                .filter(|&layer| is_symmetric(network, layer))
                .map(|layer| Self::Symmetry { layer }),
        );
        let dead = neurons_where(network, |at, activation| {
            activation.can_die() && forward_pass.z(at.layer, at.neuron).iter().all(|&z| z <= 0.0)
        });
        if !dead.is_empty() {
            found.push(Self::DeadRelu { neurons: dead });
        }
        let last = network.architecture().last_layer();
        let saturated = neurons_where(network, |at, activation| {
            // An output layer may saturate: cross-entropy is lowest for outputs close to 0 and 1.
            at.layer < last && is_saturated(activation, forward_pass.a(at.layer, at.neuron))
        });
        if !saturated.is_empty() {
            found.push(Self::Saturated { neurons: saturated });
        }
        found
    }

    /// Returns the warnings about the current state of training.
    pub fn from_trainer(trainer: &Trainer) -> Vec<Self> {
        let mut evaluator = Evaluator::default();
        let dataset: &EncodedDataset = trainer.training_set();
        let forward_pass = evaluator.forward_first(trainer.network(), dataset, MAX_SAMPLES);
        let loss = trainer.hyperparameters().loss;
        let mut found = Self::from_forward_pass(trainer.network(), forward_pass, &dataset.targets, loss);
        let has_risen = trainer.metrics().train.loss > 1.05 * trainer.initial_metrics().train.loss;
        match trainer.status() {
            TrainingStatus::Diverged(Divergence::NotFinite | Divergence::Rising) => {
                found.insert(0, Self::LearningRateTooHigh { is_stopped: true });
            }
            _ if has_risen => found.insert(0, Self::LearningRateTooHigh { is_stopped: false }),
            _ => {}
        }
        found
    }
}

fn neurons_where(
    network: &Network,
    predicate: impl Fn(NeuronAddress, Activation) -> bool,
) -> Vec<NeuronAddress> {
    let layers = network.architecture().layers().iter().enumerate();
    let all = layers.flat_map(|(layer, plan)| {
        let neurons = plan.neurons.iter().enumerate();
        neurons.map(move |(neuron, plan)| (NeuronAddress { layer, neuron }, plan.activation))
    });
    let matching = all.filter(|&(at, activation)| predicate(at, activation));
    matching.map(|(at, _)| at).collect()
}

fn has_step(network: &Network, layer: usize) -> bool {
    let neurons = &network.architecture().layers()[layer].neurons;
    neurons
        .iter()
        .any(|neuron| neuron.activation.info().is_piecewise_constant)
}

fn is_saturated(activation: Activation, a: &[f64]) -> bool {
    let is_flat = activation.info().is_saturated;
    a.iter().filter(|&&a| is_flat(a)).count() as f64 >= SATURATED_FRACTION * a.len() as f64
}

/// True if all neurons of a hidden layer have the same incoming weights and biases and the same outgoing
/// weights, and it would be better if they had not.
fn is_symmetric(network: &Network, layer: usize) -> bool {
    let architecture = network.architecture();
    let width = architecture.width(layer);
    if layer == architecture.last_layer() || width < 2 || architecture.layers()[layer].activation().is_none()
    {
        return false;
    }
    let (current_layer, next_layer) = (network.layer(layer), network.layer(layer + 1));
    // Several linear neurons do for one neuron only what one can do, too, unless none of them can learn.
    let is_linear = architecture.layers()[layer].activation() == Some(Activation::Linear);
    if is_linear && architecture.width(layer + 1) == 1 && next_layer.weights_of(0)[0] != 0.0 {
        return false;
    }
    (1..width).all(|neuron| {
        current_layer.weights_of(neuron) == current_layer.weights_of(0)
            && current_layer.biases[neuron] == current_layer.biases[0]
            && (0..next_layer.biases.len())
                .all(|to| next_layer.weights_of(to)[neuron] == next_layer.weights_of(to)[0])
    })
}

/// Returns the warning about an output layer that doesn't fit the loss or the targets, if there is one.
fn check_output_layer(network: &Network, targets: &[f64], loss: Loss) -> Option<Diagnosis> {
    let architecture = network.architecture();
    let plan = &architecture.layers()[architecture.last_layer()];
    let activation = plan.activation()?;
    let wrong_loss = |mismatch| {
        Some(Diagnosis::WrongLoss {
            activation,
            loss,
            mismatch,
        })
    };
    let is_one_of = |values: [f64; 2]| targets.iter().all(|y| values.contains(y));
    let found = match (activation.info().probabilities, loss) {
        (Probabilities::PerLayer, _) if plan.neurons.len() == 1 => Some(Diagnosis::SoftmaxOverOneNeuron),
        (Probabilities::PerLayer, Loss::CategoricalCrossEntropy) => None,
        (Probabilities::PerLayer | Probabilities::PerNeuron, Loss::Hinge) => {
            wrong_loss(LossMismatch::UnreachableLabel)
        }
        (Probabilities::PerLayer, _) if is_one_of([0.0, 1.0]) => wrong_loss(LossMismatch::VanishingInSoftmax),
        (Probabilities::PerNeuron, Loss::BinaryCrossEntropy) => None,
        (Probabilities::PerNeuron, Loss::CategoricalCrossEntropy) => wrong_loss(LossMismatch::NoPenalty),
        (Probabilities::PerNeuron, _) if is_one_of([0.0, 1.0]) => {
            wrong_loss(LossMismatch::VanishingInSigmoid)
        }
        _ => None,
    };
    let [low, high] = activation.info().output_range;
    // Functions such as elu are meant for sums above 0, and go only a little below 0.
    let is_relu_like = low < 0.0 && high.is_infinite();
    let is_out_of_range =
        loss != Loss::Hinge && !is_relu_like && targets.iter().any(|y| !(low..=high).contains(y));
    found.or_else(|| is_out_of_range.then_some(Diagnosis::UnreachableTargets { activation }))
}

impl LossMismatch {
    /// Returns the warning about a loss function and the activation of the output layer.
    fn message(self, messages: Messages, loss: Loss, activation: Activation) -> String {
        let (loss, activation) = (loss.label(messages), activation.label(messages));
        match self {
            Self::UnreachableLabel => messages.diagnosis_unreachable_label(loss, activation),
            Self::VanishingInSoftmax => messages.diagnosis_vanishing_in_softmax(loss, activation),
            Self::VanishingInSigmoid => messages.diagnosis_vanishing_in_sigmoid(loss, activation),
            Self::NoPenalty => messages.diagnosis_no_penalty(loss, activation),
        }
    }
}

impl Localized for Diagnosis {
    fn message(&self, messages: Messages) -> String {
        match self {
            Self::StepActivation { layer } => messages.diagnosis_step(layer + 1),
            Self::DeadRelu { neurons } => match neurons[..] {
                [] => String::new(),
                [at] => messages.diagnosis_dead(at.neuron + 1, at.layer + 1),
                [at, ..] => messages.diagnosis_dead_several(neurons.len(), at.neuron + 1, at.layer + 1),
            },
            Self::Saturated { neurons } => match neurons[..] {
                [] => String::new(),
                [at] => messages.diagnosis_saturated(at.neuron + 1, at.layer + 1),
                [at, ..] => messages.diagnosis_saturated_several(neurons.len(), at.neuron + 1, at.layer + 1),
            },
            Self::LearningRateTooHigh { is_stopped: true } => messages.diagnosis_diverged().to_owned(),
            Self::LearningRateTooHigh { is_stopped: false } => messages.diagnosis_loss_has_risen().to_owned(),
            Self::Symmetry { layer } => messages.diagnosis_symmetry(layer + 1),
            Self::WrongLoss {
                activation,
                loss,
                mismatch,
            } => mismatch.message(messages, *loss, *activation),
            Self::SoftmaxOverOneNeuron => messages.diagnosis_softmax_single().to_owned(),
            Self::UnreachableTargets { activation } => {
                messages.diagnosis_unreachable_targets(activation.label(messages))
            }
        }
    }
}
