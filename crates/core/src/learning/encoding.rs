//! A data set as numbers for a network’s outputs.

use crate::data::{Dataset, Scaling, Targets};
use crate::network::{Activation, Architecture, LayerPlan};

use super::Loss;

/// Samples as a network learns them.
#[derive(Debug, Clone, PartialEq)]
pub struct EncodedDataset {
    /// `[input][sample]`.
    pub inputs: Vec<f64>,
    /// `[output][sample]`.
    pub targets: Vec<f64>,
    /// The class of each sample, where there are classes. With one output the classes are 0 and 1.
    pub labels: Option<Vec<usize>>,
    /// Above this a single output means class 1; with several the largest output tells the class.
    pub decision_threshold: f64,
    /// The number of columns, at least 1.
    pub samples: usize,
}

/// Why a data set does not fit a network. Each is one sentence for a person.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EncodingError {
    /// Another number of inputs.
    #[error("the data has {data} and the network has {network}; give the network these inputs: {names}", data = count_with_noun(*.data, "input"), network = count_with_noun(*.network, "input"))]
    Inputs {
        /// Of the data.
        data: usize,
        /// Of the network.
        network: usize,
        /// The data’s inputs, the first ones.
        names: String,
    },
    /// Another number of outputs than classes.
    #[error("the data has {classes} classes and the network has {outputs}; give the last layer a neuron for each class{or_one}", outputs = count_with_noun(*.outputs, "output"), or_one = if *.classes == 2 { ", or a single one for two" } else { "" })]
    Classes {
        /// Of the data.
        classes: usize,
        /// Of the network.
        outputs: usize,
    },
    /// Another number of outputs than targets.
    #[error("the data has {targets} for each sample and the network has {outputs}; give the last layer a neuron for each", targets = count_with_noun(*.targets, "target"), outputs = count_with_noun(*.outputs, "output"))]
    Targets {
        /// Of the data.
        targets: usize,
        /// Of the network.
        outputs: usize,
    },
}

fn count_with_noun(count: usize, noun: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {noun}{plural}")
}

impl EncodedDataset {
    /// Numbers for the outputs of `plan`. A class is 0 or 1 at each output, for tanh and with the hinge loss −1 or 1;
    /// a single output tells two classes. Numbers stay as they are.
    ///
    /// # Errors
    /// If the network has another number of inputs or outputs.
    pub fn new(data: &Dataset, inputs: usize, plan: &LayerPlan, loss: Loss) -> Result<Self, EncodingError> {
        if data.feature_names().len() != inputs {
            const MAX_NAMES: usize = 8;
            let names = data
                .feature_names()
                .iter()
                .take(MAX_NAMES)
                .map(|name| crate::words::shortened(name));
            let dots = if data.feature_names().len() > MAX_NAMES { ", …" } else { "" };
            return Err(EncodingError::Inputs {
                data: data.feature_names().len(),
                network: inputs,
                names: names.collect::<Vec<_>>().join(", ") + dots,
            });
        }
        let outputs = plan.neurons.len();
        let negative_targets: Vec<f64> = plan
            .neurons
            .iter()
            .map(|neuron| negative_target(neuron.activation, loss))
            .collect();
        let (targets, labels) = match data.targets() {
            Targets::Numbers { names, values } => {
                if names.len() != outputs {
                    return Err(EncodingError::Targets {
                        targets: names.len(),
                        outputs,
                    });
                }
                let labels = labels_from_targets(values, data.sample_count(), loss, negative_targets[0]);
                (values.clone(), labels)
            }
            Targets::Classes { names, labels } => {
                let is_single = outputs == 1 && names.len() <= 2;
                if !is_single && names.len() != outputs {
                    return Err(EncodingError::Classes {
                        classes: names.len(),
                        outputs,
                    });
                }
                let first_class = usize::from(is_single);
                let classes = negative_targets.iter().enumerate();
                let rows = classes.flat_map(|(output, &low)| {
                    let value = move |&label: &usize| if label == output + first_class { 1.0 } else { low };
                    labels.iter().map(value)
                });
                (rows.collect(), Some(labels.clone()))
            }
        };
        Ok(Self {
            inputs: data.inputs().to_vec(),
            targets,
            labels,
            decision_threshold: (negative_targets[0] + 1.0) / 2.0,
            samples: data.sample_count(),
        })
    }
}

impl EncodedDataset {
    /// For a network of this architecture, the inputs standardised if there is a scaling.
    ///
    /// # Errors
    /// As [`Self::new`].
    pub fn with_scaling(
        data: &Dataset,
        architecture: &Architecture,
        loss: Loss,
        scaling: Option<&Scaling>,
    ) -> Result<Self, EncodingError> {
        let plan = &architecture.layers()[architecture.last_layer()];
        let mut dataset = Self::new(data, architecture.input_count(), plan, loss)?;
        if let Some(scaling) = scaling {
            scaling.transform(&mut dataset.inputs, dataset.samples);
        }
        Ok(dataset)
    }

    /// Whether numbers of a data set mean classes to a last layer with this loss: one target that the loss takes for a
    /// class, with several outputs or just two different numbers.
    pub fn treats_numbers_as_classes(data: &Dataset, plan: &LayerPlan, loss: Loss) -> bool {
        match data.targets() {
            Targets::Numbers { names, values } if names.len() == 1 && loss.is_for_classes() => {
                let other = values.iter().find(|&value| value != &values[0]);
                let are_two = other.is_some()
                    && values
                        .iter()
                        .all(|value| value == &values[0] || Some(value) == other);
                plan.neurons.len() > 1 || are_two
            }
            _ => false,
        }
    }
}

/// What stands for “not this class”; 1 stands for it.
fn negative_target(activation: Activation, loss: Loss) -> f64 {
    if activation == Activation::Tanh || loss == Loss::Hinge {
        -1.0
    } else {
        0.0
    }
}

/// The classes in targets that are numbers already, where the loss is for classes: one output with two values, or one
/// high output a sample.
fn labels_from_targets(values: &[f64], samples: usize, loss: Loss, negative_target: f64) -> Option<Vec<usize>> {
    if !loss.is_for_classes() || values.iter().any(|&value| value != negative_target && value != 1.0) {
        return None;
    }
    if values.len() == samples {
        return Some(values.iter().map(|&value| usize::from(value == 1.0)).collect());
    }
    let label = |sample: usize| {
        let column = values.iter().skip(sample).step_by(samples);
        let mut high = column.enumerate().filter(|(_, value)| **value == 1.0);
        match (high.next(), high.next()) {
            (Some((output, _)), None) => Some(output),
            _ => None,
        }
    };
    (0..samples).map(label).collect()
}
