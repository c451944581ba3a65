//! A dataset encoded as numbers for a network's outputs.

use crate::data::{Dataset, Scaling, Targets};
use crate::network::{Activation, Architecture, LayerPlan};
use crate::text::{Localized, Messages, shortened};

use super::Loss;

/// A dataset with its targets encoded for the outputs of a network.
#[derive(Debug, Clone, PartialEq)]
pub struct EncodedDataset {
    /// The inputs, `[input][sample]`.
    pub inputs: Vec<f64>,
    /// The targets, `[output][sample]`.
    pub targets: Vec<f64>,
    /// The class of each sample, if the targets are classes. With one output the classes are 0 and 1.
    pub labels: Option<Vec<usize>>,
    /// The output above which a single output predicts class 1. With several outputs the largest one predicts
    /// the class.
    pub decision_threshold: f64,
    /// The number of samples, at least 1.
    pub samples: usize,
}

/// The reason why a dataset doesn't fit a network.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EncodingError {
    /// The dataset and the network have different numbers of inputs.
    Inputs {
        /// The number of inputs of the dataset.
        data: usize,
        /// The number of inputs of the network.
        network: usize,
        /// The names of the dataset's first inputs.
        names: Vec<String>,
    },
    /// The number of outputs doesn't fit the number of classes.
    Classes {
        /// The number of classes of the dataset.
        classes: usize,
        /// The number of outputs of the network.
        outputs: usize,
        /// The names of the first classes.
        names: Vec<String>,
    },
    /// The number of outputs differs from the number of numeric targets.
    Targets {
        /// The number of targets of the dataset.
        targets: usize,
        /// The number of outputs of the network.
        outputs: usize,
    },
}

impl Localized for EncodingError {
    fn message(&self, messages: Messages) -> String {
        let count = |count| messages.count_of_inputs(count);
        match self {
            Self::Inputs { data, network, names } => {
                let list = messages.list(names);
                match names.len() == *data {
                    true => messages.inputs_do_not_fit(count(*data), list, count(*network)),
                    false => messages.many_inputs_do_not_fit(count(*data), list, count(*network)),
                }
            }
            Self::Classes {
                classes,
                outputs,
                names,
            } => {
                let list = messages.list(names);
                match (*classes, names.len() == *classes) {
                    (2, _) => messages.two_classes_do_not_fit(*outputs, list),
                    (_, true) => messages.classes_do_not_fit(*outputs, *classes, list),
                    (_, false) => messages.many_classes_do_not_fit(*outputs, *classes, list),
                }
            }
            Self::Targets { targets, outputs } => messages.targets_do_not_fit(
                messages.count_of_targets(*targets),
                messages.count_of_outputs(*outputs),
            ),
        }
    }
}

crate::localized_errors!(EncodingError);

impl EncodedDataset {
    /// Encodes a dataset for an output layer `plan`. The target of a class is 1 at its own output and 0 at
    /// the others, or −1 for tanh and the hinge loss; a single output distinguishes two classes. Numeric
    /// targets stay as they are.
    ///
    /// # Errors
    ///
    /// Returns an error if the network has another number of inputs, or if its number of outputs doesn't fit
    /// the targets.
    pub fn new(data: &Dataset, inputs: usize, plan: &LayerPlan, loss: Loss) -> Result<Self, EncodingError> {
        if data.feature_names().len() != inputs {
            const MAX_NAMES: usize = 8;
            let names = data.feature_names().iter().take(MAX_NAMES);
            return Err(EncodingError::Inputs {
                data: data.feature_names().len(),
                network: inputs,
                names: names.map(|name| shortened(name)).collect(),
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
                    const MAX_LISTED: usize = 10;
                    return Err(EncodingError::Classes {
                        classes: names.len(),
                        outputs,
                        names: names
                            .iter()
                            .take(MAX_LISTED)
                            .map(|name| shortened(name))
                            .collect(),
                    });
                }
                let first_class = usize::from(is_single);
                let classes = negative_targets.iter().enumerate();
                let rows = classes.flat_map(|(output, &negative_target)| {
                    let value = move |&label: &usize| {
                        if label == output + first_class {
                            1.0
                        } else {
                            negative_target
                        }
                    };
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

    /// Encodes a dataset for a network of this architecture and standardizes the inputs if there is a
    /// scaling.
    pub(crate) fn with_scaling(
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

    /// True if the numeric targets of a dataset are classes for an output layer with this loss: the loss is
    /// one for classes, there is one target, and either there are several outputs or the target has exactly
    /// two different values.
    pub fn treats_numbers_as_classes(data: &Dataset, plan: &LayerPlan, loss: Loss) -> bool {
        match data.targets() {
            Targets::Numbers { names, values } if names.len() == 1 && loss.is_for_classes() => {
                let other = values.iter().find(|&value| value != &values[0]);
                let has_two_values = other.is_some()
                    && values
                        .iter()
                        .all(|value| value == &values[0] || Some(value) == other);
                plan.neurons.len() > 1 || has_two_values
            }
            _ => false,
        }
    }
}

/// Returns the target for “not this class”; the target for “this class” is 1.
fn negative_target(activation: Activation, loss: Loss) -> f64 {
    if loss == Loss::Hinge {
        -1.0
    } else {
        activation.info().negative_target
    }
}

/// Returns the class of each sample if numeric targets already encode classes and the loss is one for
/// classes: one output with two values, or a one-hot encoding (one 1 for each sample). Returns `None`
/// otherwise.
fn labels_from_targets(
    values: &[f64],
    samples: usize,
    loss: Loss,
    negative_target: f64,
) -> Option<Vec<usize>> {
    if !loss.is_for_classes()
        || values
            .iter()
            .any(|&value| value != negative_target && value != 1.0)
    {
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
