//! Warnings about what keeps a network from learning, with advice.

use std::fmt;

use crate::network::{Activation, ForwardPass, Network, NeuronAddress, Probabilities};

use super::{Divergence, EncodedDataset, Evaluator, Loss, Trainer, TrainingStatus};

/// The maximum number of samples that are examined.
const MAX_SAMPLES: usize = 1024;
/// The fraction of samples for which a saturated neuron must be flat: the slope of a sigmoid is then below
/// 1/25 of the steepest.
const SATURATED_FRACTION: f64 = 0.99;

/// A reason why a network can't learn. `Display` writes it as one sentence with advice. Layers and neurons
/// are counted from 0 here and from 1 in the sentence.
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
        /// The reason and advice, the second half of a sentence.
        explanation: &'static str,
    },
    /// The output layer is a softmax over one neuron, which is always 1.
    SoftmaxOverOneNeuron,
    /// Some targets are outside the range of the output layer's activation.
    UnreachableTargets {
        /// The activation of the output layer.
        activation: Activation,
    },
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
/// weights.
fn is_symmetric(network: &Network, layer: usize) -> bool {
    let architecture = network.architecture();
    let width = architecture.width(layer);
    if layer == architecture.last_layer() || width < 2 || architecture.layers()[layer].activation().is_none()
    {
        return false;
    }
    let (current_layer, next_layer) = (network.layer(layer), network.layer(layer + 1));
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
    let wrong_loss = |explanation| {
        Some(Diagnosis::WrongLoss {
            activation,
            loss,
            explanation,
        })
    };
    let is_one_of = |values: [f64; 2]| targets.iter().all(|y| values.contains(y));
    let found = match (activation.info().probabilities, loss) {
        (Probabilities::PerLayer, _) if plan.neurons.len() == 1 => Some(Diagnosis::SoftmaxOverOneNeuron),
        (Probabilities::PerLayer, Loss::CategoricalCrossEntropy) => None,
        (Probabilities::PerLayer | Probabilities::PerNeuron, Loss::Hinge) => {
            wrong_loss("which never gives the −1 that it asks for; try tanh or linear")
        }
        (Probabilities::PerLayer, _) if is_one_of([0.0, 1.0]) => {
            wrong_loss("whose slope fades where it is most wrong; try categorical_cross_entropy")
        }
        (Probabilities::PerNeuron, Loss::BinaryCrossEntropy) => None,
        (Probabilities::PerNeuron, Loss::CategoricalCrossEntropy) => {
            wrong_loss("as nothing makes the wrong outputs smaller; try binary_cross_entropy, or softmax")
        }
        (Probabilities::PerNeuron, _) if is_one_of([0.0, 1.0]) => {
            wrong_loss("whose slope fades where it is most wrong; try binary_cross_entropy")
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

/// Returns “neuron 2 of layer 1” or “5 neurons, such as neuron 2 of layer 1,”.
fn neurons_text(neurons: &[NeuronAddress]) -> String {
    let first = neurons.first().map_or_else(String::new, |at| {
        format!("neuron {} of layer {}", at.neuron + 1, at.layer + 1)
    });
    match neurons.len() {
        1 => first,
        count => format!("{count} neurons, such as {first},"),
    }
}

impl fmt::Display for Diagnosis {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::StepActivation { layer } => write!(
                f,
                "layer {} has a step, which is flat wherever it doesn’t jump, so nothing before it can learn; try sigmoid or tanh",
                layer + 1
            ),
            Self::DeadRelu { neurons } => write!(
                f,
                "{} {} 0 for every sample (dead ReLU), so no gradient comes through; try leaky_relu, a smaller learning rate or other starting values",
                neurons_text(neurons),
                if neurons.len() == 1 { "is" } else { "are" }
            ),
            Self::Saturated { neurons } => write!(
                f,
                "{} {} saturated for almost every sample, where the slope is nearly 0; try smaller weights or standardised inputs",
                neurons_text(neurons),
                if neurons.len() == 1 { "is" } else { "are" }
            ),
            Self::LearningRateTooHigh { is_stopped: true } => f.write_str(
                "the loss rose beyond all bounds, so training was stopped and went back to its best epoch; try a smaller learning rate",
            ),
            Self::LearningRateTooHigh { is_stopped: false } => {
                f.write_str("the loss is higher than at the start; try a smaller learning rate")
            }
            Self::Symmetry { layer } => write!(
                f,
                "all neurons of layer {} are equal, so they learn the same and stay equal; try random starting values",
                layer + 1
            ),
            Self::WrongLoss {
                activation,
                loss,
                explanation,
            } => write!(f, "the loss {loss} does not go well with {activation}, {explanation}"),
            Self::SoftmaxOverOneNeuron => {
                f.write_str("a softmax over one neuron is always 1; try sigmoid, or a neuron for each class")
            }
            Self::UnreachableTargets { activation } => write!(
                f,
                "some targets are beyond what {activation} gives; try linear for the last layer"
            ),
        }
    }
}
