//! Why nothing is learned, and what to try.

use std::fmt;

use crate::network::{Activation, Network, NeuronAt, Trace};

use super::{Divergence, Evaluation, Examples, Loss, Status, Trainer};

/// The samples that are looked at.
const SAMPLES: usize = 1024;
/// A sigmoid is saturated where its slope is below 1/25 of the steepest, in this part of the samples.
const SATURATED: f64 = 0.99;

/// Something that keeps a network from learning. It reads as one sentence with what to try. Layers and neurons are
/// counted from 0 here and from 1 in the sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Diagnosis {
    /// A layer has step neurons.
    Step {
        /// The layer.
        layer: usize,
    },
    /// Neurons whose ReLU is 0 for every sample.
    DeadRelu {
        /// In order.
        neurons: Vec<NeuronAt>,
    },
    /// Neurons whose sigmoid or tanh is flat for almost every sample.
    Saturated {
        /// In order.
        neurons: Vec<NeuronAt>,
    },
    /// The loss rose.
    RateTooHigh {
        /// Whether it rose so far that the run was stopped.
        stopped: bool,
    },
    /// All neurons of a hidden layer are equal and get equal gradients.
    Symmetry {
        /// The layer.
        layer: usize,
    },
    /// The last layer and the loss do not go together.
    WrongLoss {
        /// Of the last layer.
        activation: Activation,
        /// The loss.
        loss: Loss,
        /// Why, and what to try.
        instead: &'static str,
    },
    /// A softmax over one neuron.
    LonelySoftmax,
    /// Targets that the last layer’s activation never gives.
    OutOfReach {
        /// Of the last layer.
        activation: Activation,
    },
}

impl Diagnosis {
    /// What can be told from a network, its forward pass over samples, their targets and the loss.
    pub fn of(network: &Network, trace: &Trace, targets: &[f64], loss: Loss) -> Vec<Self> {
        let mut found = Vec::new();
        found.extend(fit(network, targets, loss));
        let layers = 0..network.blueprint().layers().len();
        found.extend(
            layers
                .clone()
                .filter(|&layer| has_step(network, layer))
                .map(|layer| Self::Step { layer }),
        );
        found.extend(
            layers
                .filter(|&layer| is_symmetric(network, layer))
                .map(|layer| Self::Symmetry { layer }),
        );
        let dead = neurons(network, |at, activation| {
            activation == Activation::Relu && trace.z(at.layer, at.neuron).iter().all(|&z| z <= 0.0)
        });
        if !dead.is_empty() {
            found.push(Self::DeadRelu { neurons: dead });
        }
        let last = network.blueprint().last_layer();
        let saturated = neurons(network, |at, activation| {
            // A last layer that is sure of itself is what cross-entropy asks for.
            at.layer < last && is_flat(activation, trace.a(at.layer, at.neuron))
        });
        if !saturated.is_empty() {
            found.push(Self::Saturated { neurons: saturated });
        }
        found
    }

    /// What can be told from a run as it stands.
    pub fn of_run(trainer: &Trainer) -> Vec<Self> {
        let mut evaluation = Evaluation::default();
        let examples: &Examples = trainer.examples();
        let trace = evaluation.sample(trainer.network(), examples, SAMPLES);
        let loss = trainer.settings().loss;
        let mut found = Self::of(trainer.network(), trace, &examples.targets, loss);
        let rose = trainer.record().train.loss > 1.05 * trainer.first().train.loss;
        match trainer.status() {
            Status::Diverged(Divergence::NotFinite | Divergence::Rising) => {
                found.insert(0, Self::RateTooHigh { stopped: true });
            }
            _ if rose => found.insert(0, Self::RateTooHigh { stopped: false }),
            _ => {}
        }
        found
    }
}

/// The neurons of which something holds.
fn neurons(network: &Network, holds: impl Fn(NeuronAt, Activation) -> bool) -> Vec<NeuronAt> {
    let layers = network.blueprint().layers().iter().enumerate();
    let all = layers.flat_map(|(layer, plan)| {
        let neurons = plan.neurons.iter().enumerate();
        neurons.map(move |(neuron, plan)| (NeuronAt { layer, neuron }, plan.activation))
    });
    let chosen = all.filter(|&(at, activation)| holds(at, activation));
    chosen.map(|(at, _)| at).collect()
}

fn has_step(network: &Network, layer: usize) -> bool {
    let neurons = &network.blueprint().layers()[layer].neurons;
    neurons.iter().any(|neuron| neuron.activation == Activation::Step)
}

fn is_flat(activation: Activation, a: &[f64]) -> bool {
    let is_flat = |a: f64| match activation {
        Activation::Sigmoid => !(0.01..=0.99).contains(&a),
        Activation::Tanh => a.abs() > 0.98,
        _ => false,
    };
    a.iter().filter(|&&a| is_flat(a)).count() as f64 >= SATURATED * a.len() as f64
}

/// Whether all neurons of a hidden layer have the same knobs and the same weights leading on.
fn is_symmetric(network: &Network, layer: usize) -> bool {
    let blueprint = network.blueprint();
    let width = blueprint.width(layer);
    if layer == blueprint.last_layer() || width < 2 || blueprint.layers()[layer].activation().is_none() {
        return false;
    }
    let (view, next) = (network.layer(layer), network.layer(layer + 1));
    (1..width).all(|neuron| {
        view.weights_of(neuron) == view.weights_of(0)
            && view.biases[neuron] == view.biases[0]
            && (0..next.biases.len()).all(|to| next.weights_of(to)[neuron] == next.weights_of(to)[0])
    })
}

/// Whether last layer, loss and targets go together.
fn fit(network: &Network, targets: &[f64], loss: Loss) -> Option<Diagnosis> {
    let blueprint = network.blueprint();
    let plan = &blueprint.layers()[blueprint.last_layer()];
    let activation = plan.activation()?;
    let wrong = |instead| {
        Some(Diagnosis::WrongLoss {
            activation,
            loss,
            instead,
        })
    };
    let is_one_of = |two: [f64; 2]| targets.iter().all(|y| two.contains(y));
    let found = match (activation, loss) {
        (Activation::Softmax, _) if plan.neurons.len() == 1 => Some(Diagnosis::LonelySoftmax),
        (Activation::Softmax, Loss::CategoricalCrossEntropy) => None,
        (Activation::Softmax | Activation::Sigmoid, Loss::Hinge) => {
            wrong("which never gives the −1 that it asks for; try tanh or linear")
        }
        (Activation::Softmax, _) if is_one_of([0.0, 1.0]) => {
            wrong("whose slope fades where it is most wrong; try categorical_cross_entropy")
        }
        (Activation::Sigmoid, Loss::BinaryCrossEntropy) => None,
        (Activation::Sigmoid, Loss::CategoricalCrossEntropy) => {
            wrong("as nothing makes the wrong outputs smaller; try binary_cross_entropy, or softmax")
        }
        (Activation::Sigmoid, _) if is_one_of([0.0, 1.0]) => {
            wrong("whose slope fades where it is most wrong; try binary_cross_entropy")
        }
        _ => None,
    };
    let reach = match activation {
        Activation::Sigmoid | Activation::Softmax | Activation::Step => 0.0..=1.0,
        Activation::Tanh | Activation::Sine => -1.0..=1.0,
        Activation::Relu | Activation::Softplus => 0.0..=f64::INFINITY,
        _ => f64::NEG_INFINITY..=f64::INFINITY,
    };
    let is_out = loss != Loss::Hinge && targets.iter().any(|y| !reach.contains(y));
    found.or_else(|| is_out.then_some(Diagnosis::OutOfReach { activation }))
}

/// “neuron 2 of layer 1”, “5 neurons, such as neuron 2 of layer 1,”.
fn who(neurons: &[NeuronAt]) -> String {
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
            Self::Step { layer } => write!(
                f,
                "layer {} has a step, which is flat wherever it doesn’t jump, so nothing before it can learn; try sigmoid or tanh",
                layer + 1
            ),
            Self::DeadRelu { neurons } => write!(
                f,
                "{} {} 0 for every sample (dead ReLU), so no gradient comes through; try leaky_relu, a smaller learning rate or other starting values",
                who(neurons),
                if neurons.len() == 1 { "is" } else { "are" }
            ),
            Self::Saturated { neurons } => write!(
                f,
                "{} {} saturated for almost every sample, where the slope is nearly 0; try smaller weights or standardised inputs",
                who(neurons),
                if neurons.len() == 1 { "is" } else { "are" }
            ),
            Self::RateTooHigh { stopped: true } => f.write_str(
                "the loss rose beyond all bounds, so training was stopped and went back to its best epoch; try a smaller learning rate",
            ),
            Self::RateTooHigh { stopped: false } => {
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
                instead,
            } => write!(f, "the loss {loss} does not go well with {activation}, {instead}"),
            Self::LonelySoftmax => {
                f.write_str("a softmax over one neuron is always 1; try sigmoid, or a neuron for each class")
            }
            Self::OutOfReach { activation } => write!(
                f,
                "some targets are beyond what {activation} gives; try linear for the last layer"
            ),
        }
    }
}
