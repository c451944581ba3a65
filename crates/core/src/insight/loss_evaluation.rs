//! The training set and the test set, encoded for the current network, with their forward passes and losses.

use std::sync::Arc;

use crate::data::Dataset;
use crate::network::{ForwardPass, Knob, LayerPlan, Network};
use crate::session::{Document, TrainingSetup};
use crate::text::SharedText;
use crate::training::{EncodedDataset, Loss, Metrics, Objective, Regularization, classification};

use super::frame_budget;

/// The minimum number of samples that are used, if there are as many.
const MIN_SAMPLES: usize = 16;

/// The encoded training and test sets and their forward passes. The loss is that of
/// [`super::NetworkMetrics`]: the mean over the samples, without regularization.
#[derive(Debug, Clone)]
pub struct LossEvaluation {
    setup: Arc<TrainingSetup>,
    inputs: usize,
    output_layer: LayerPlan,
    max_samples: usize,
    objective: Objective,
    train: EvaluatedSet,
    /// The test set, if there is one.
    test: Option<EvaluatedSet>,
    all_samples: usize,
    /// The network that the forward passes belong to.
    network: Network,
}

/// An encoded dataset with its forward pass and loss.
#[derive(Debug, Clone)]
struct EvaluatedSet {
    dataset: EncodedDataset,
    forward_pass: ForwardPass,
    loss: f64,
}

impl EvaluatedSet {
    fn new(dataset: EncodedDataset, network: &Network, objective: Objective) -> Self {
        let mut forward_pass = ForwardPass::default();
        forward_pass.run(network, &dataset.inputs, dataset.samples);
        let loss = objective.loss(network, &forward_pass, &dataset.targets);
        Self {
            dataset,
            forward_pass,
            loss,
        }
    }

    /// Updates the forward pass and the loss. Only layers that a changed knob affects are recomputed.
    fn update(&mut self, before: &Network, network: &Network, objective: Objective) {
        self.forward_pass.update(before, network);
        self.loss = objective.loss(network, &self.forward_pass, &self.dataset.targets);
    }

    fn metrics(&self) -> Metrics {
        let a = self
            .forward_pass
            .layers()
            .last()
            .map_or(&[][..], |layer| &layer.a);
        let EncodedDataset {
            samples,
            decision_threshold,
            ..
        } = self.dataset;
        let accuracy = self.dataset.labels.as_ref().map(|labels| {
            let predicted = |sample| classification::predicted_class(a, samples, sample, decision_threshold);
            let correct = labels
                .iter()
                .enumerate()
                .filter(|&(sample, &label)| predicted(sample) == label);
            correct.count() as f64 / samples as f64
        });
        Metrics {
            loss: self.loss,
            accuracy,
        }
    }
}

impl LossEvaluation {
    /// Encodes the data of a training setup and runs it through the network.
    ///
    /// # Errors
    ///
    /// Returns the reason if the data of the training setup is not usable, if it does not fit the
    /// network, or if the loss function does not fit its last layer.
    pub fn new(document: &Document, setup: &Arc<TrainingSetup>) -> Result<Self, SharedText> {
        let architecture = document.network.architecture();
        let plan = &architecture.layers()[architecture.last_layer()];
        let loss = setup.loss(plan);
        let max_samples = affordable_samples(document);
        let data = &setup.split().map_err(SharedText::clone)?.train;
        let encoded = |data: &Dataset| {
            EncodedDataset::new(
                &subsample(data, max_samples),
                architecture.input_count(),
                plan,
                loss,
            )
            .map_err(SharedText::new)
        };
        let dataset = encoded(data)?;
        loss.check(plan).map_err(SharedText::new)?;
        let test = setup
            .split()
            .map_err(SharedText::clone)?
            .test
            .as_ref()
            .map(encoded)
            .transpose()?;
        let objective = Objective {
            loss,
            regularization: Regularization { l1: 0.0, l2: 0.0 },
        };
        let network = &document.network;
        Ok(Self {
            setup: Arc::clone(setup),
            inputs: architecture.input_count(),
            output_layer: plan.clone(),
            max_samples,
            objective,
            train: EvaluatedSet::new(dataset, network, objective),
            test: test.map(|test| EvaluatedSet::new(test, network, objective)),
            all_samples: data.sample_count(),
            network: network.clone(),
        })
    }

    /// Returns the training setup: data and hyperparameters.
    pub fn setup(&self) -> &Arc<TrainingSetup> {
        &self.setup
    }

    /// True if this evaluation belongs to the training setup and the network has the same inputs and the same
    /// output layer.
    pub(crate) fn is_compatible_with(&self, document: &Document, setup: &Arc<TrainingSetup>) -> bool {
        let architecture = document.network.architecture();
        Arc::ptr_eq(&self.setup, setup)
            && self.inputs == architecture.input_count()
            && self.output_layer == architecture.layers()[architecture.last_layer()]
            && self.max_samples == affordable_samples(document)
    }

    /// Updates the evaluation for a compatible network. If only knobs have changed, only layers that they
    /// affect are recomputed.
    pub fn update(&mut self, network: &Network) {
        if self.network.architecture() == network.architecture() {
            for set in [Some(&mut self.train), self.test.as_mut()].into_iter().flatten() {
                set.update(&self.network, network, self.objective);
            }
            self.network.knobs_mut().copy_from_slice(network.knobs());
            return;
        }
        let recomputed = |set: &EvaluatedSet| EvaluatedSet::new(set.dataset.clone(), network, self.objective);
        self.test = self.test.as_ref().map(recomputed);
        self.train = recomputed(&self.train);
        self.network = network.clone();
    }

    /// Returns the loss function.
    pub(crate) fn loss_function(&self) -> Loss {
        self.objective.loss
    }

    /// Returns the loss and accuracy on the training set.
    pub fn train_metrics(&self) -> Metrics {
        self.train.metrics()
    }

    /// Returns the loss and accuracy on the test set, if there is one.
    pub(crate) fn test_metrics(&self) -> Option<Metrics> {
        self.test.as_ref().map(EvaluatedSet::metrics)
    }

    /// Returns the objective: the loss function without regularization.
    pub fn objective(&self) -> Objective {
        self.objective
    }

    /// Returns the current loss on the training set.
    pub fn loss(&self) -> f64 {
        self.train.loss
    }

    /// Returns the number of training samples that are used: all of them, or of a large dataset some, evenly
    /// spaced.
    pub fn samples(&self) -> usize {
        self.train.dataset.samples
    }

    /// Returns the number of all training samples.
    pub fn all_samples(&self) -> usize {
        self.all_samples
    }

    /// Returns the targets, `[output][sample]`.
    pub fn targets(&self) -> &[f64] {
        &self.train.dataset.targets
    }

    /// Returns the forward pass of the training samples.
    pub fn forward_pass(&self) -> &ForwardPass {
        &self.train.forward_pass
    }

    /// Returns the number of training samples that fit into a budget of multiply-adds, given those of one sample.
    pub(super) fn affordable_samples(&self, budget: usize, cost: usize) -> usize {
        (budget / cost.max(1)).max(MIN_SAMPLES).min(self.samples())
    }

    /// Returns the change of the loss if one knob is set to `value`, or `None` if computing it takes too long
    /// for a frame or the knob can't be set.
    pub(crate) fn loss_change(&self, network: &Network, knob: Knob, value: f64) -> Option<f64> {
        if self.samples() * network.architecture().knob_count() > frame_budget::LOSS_CHANGE {
            return None;
        }
        let mut changed_network = network.clone();
        if !changed_network.set(knob, value) {
            return None;
        }
        let mut forward_pass = self.train.forward_pass.clone();
        forward_pass.run_from(&changed_network, knob.layer);
        Some(
            self.objective
                .loss(&changed_network, &forward_pass, self.targets())
                - self.loss(),
        )
    }
}

/// Returns the number of samples that can be run through the network within a frame.
pub(super) fn affordable_samples(document: &Document) -> usize {
    (frame_budget::EVALUATION / document.network.architecture().knob_count().max(1)).max(MIN_SAMPLES)
}

/// Returns at most `max_samples` samples of the dataset, evenly spaced.
pub(super) fn subsample(data: &Dataset, max_samples: usize) -> Dataset {
    let samples = data.sample_count();
    if samples <= max_samples {
        return data.clone();
    }
    let selected: Vec<usize> = (0..max_samples)
        .map(|index| index * samples / max_samples)
        .collect();
    data.select(&selected)
}
