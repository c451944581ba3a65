//! The examples that the loss is looked at with, and what the network makes of them.

use std::sync::Arc;

use crate::data::Dataset;
use crate::learning::{EncodedDataset, Loss, Metrics, Objective, Regularization, score};
use crate::network::{LayerPlan, Network, ForwardPass};
use crate::session::{TrainingSetup, Document};

use super::score::{affordable_samples, subsample};

/// The data to train with as numbers for this network, and the forward pass of all of it. The loss is that of the
/// [`super::Score`]: the mean over the same samples, without a penalty.
#[derive(Debug, Clone)]
pub struct LossEvaluation {
    setup: Arc<TrainingSetup>,
    inputs: usize,
    output_layer: LayerPlan,
    max_samples: usize,
    objective: Objective,
    train: EvaluatedSet,
    /// What is held out.
    test: Option<EvaluatedSet>,
    all_samples: usize,
    /// The network that the forward passes are of.
    network: Network,
}

/// Some of the data, and what the network makes of it.
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

    /// Only what is downstream of what has changed.
    fn update(&mut self, before: &Network, network: &Network, objective: Objective) {
        self.forward_pass.update(before, network);
        self.loss = objective.loss(network, &self.forward_pass, &self.dataset.targets);
    }

    fn metrics(&self) -> Metrics {
        let a = self.forward_pass.layers().last().map_or(&[][..], |layer| &layer.a);
        let EncodedDataset { samples, decision_threshold: middle, .. } = self.dataset;
        let accuracy = self.dataset.labels.as_ref().map(|labels| {
            let predicted = |sample| score::predicted_class(a, samples, sample, middle);
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
    /// Encodes the data of a course and runs it through the network.
    ///
    /// # Errors
    /// One sentence if the data does not fit the network, or the loss its last layer.
    pub fn new(document: &Document, setup: &Arc<TrainingSetup>) -> Result<Self, String> {
        let architecture = document.network.architecture();
        let plan = &architecture.layers()[architecture.last_layer()];
        let loss = setup.loss(plan);
        let max_samples = affordable_samples(document);
        let data = &setup.split()?.train;
        let encoded = |data: &Dataset| {
            EncodedDataset::new(&subsample(data, max_samples), architecture.input_count(), plan, loss)
                .map_err(|error| error.to_string())
        };
        let dataset = encoded(data)?;
        loss.check(plan).map_err(|error| error.to_string())?;
        let test = setup.split()?.test.as_ref().map(encoded).transpose()?;
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

    /// The data and the settings.
    pub fn setup(&self) -> &Arc<TrainingSetup> {
        &self.setup
    }

    /// Whether it is of this course, and of a network with these inputs and outputs.
    pub fn is_compatible_with(&self, document: &Document, setup: &Arc<TrainingSetup>) -> bool {
        let architecture = document.network.architecture();
        Arc::ptr_eq(&self.setup, setup)
            && self.inputs == architecture.input_count()
            && self.output_layer == architecture.layers()[architecture.last_layer()]
            && self.max_samples == affordable_samples(document)
    }

    /// Runs the examples through a network that it is for; where only knobs have changed since, only through what is
    /// downstream of them.
    pub fn update(&mut self, network: &Network) {
        if self.network.architecture() == network.architecture() {
            for set in [Some(&mut self.train), self.test.as_mut()].into_iter().flatten() {
                set.update(&self.network, network, self.objective);
            }
            self.network.knobs_mut().copy_from_slice(network.knobs());
            return;
        }
        let renewed = |set: &EvaluatedSet| EvaluatedSet::new(set.dataset.clone(), network, self.objective);
        self.test = self.test.as_ref().map(renewed);
        self.train = renewed(&self.train);
        self.network = network.clone();
    }

    /// What is measured.
    pub fn loss_function(&self) -> Loss {
        self.objective.loss
    }

    /// Loss and accuracy on the data to train with.
    pub fn train_metrics(&self) -> Metrics {
        self.train.metrics()
    }

    /// Loss and accuracy on what is held out, if anything is.
    pub fn test_metrics(&self) -> Option<Metrics> {
        self.test.as_ref().map(EvaluatedSet::metrics)
    }

    /// The loss, and how its gradient is found.
    pub fn objective(&self) -> Objective {
        self.objective
    }

    /// The present loss.
    pub fn loss(&self) -> f64 {
        self.train.loss
    }

    /// The samples that count: all of the data to train with, or of much data some, evenly.
    pub fn samples(&self) -> usize {
        self.train.dataset.samples
    }

    /// The samples of all data to train with.
    pub fn all_samples(&self) -> usize {
        self.all_samples
    }

    /// What was wanted, `[output][sample]`.
    pub fn targets(&self) -> &[f64] {
        &self.train.dataset.targets
    }

    /// The forward pass of the examples.
    pub fn forward_pass(&self) -> &ForwardPass {
        &self.train.forward_pass
    }

    /// By how much the loss changes when one knob gets another value; `None` if that takes too long to be told in a
    /// frame.
    pub fn loss_change(&self, network: &Network, knob: crate::network::Knob, value: f64) -> Option<f64> {
        /// About how many multiply-adds it may take.
        const BUDGET: usize = 300_000;
        if self.samples() * network.architecture().knob_count() > BUDGET {
            return None;
        }
        let mut changed_network = network.clone();
        if !changed_network.set(knob, value) {
            return None;
        }
        let mut forward_pass = self.train.forward_pass.clone();
        forward_pass.run_from(&changed_network, knob.layer);
        Some(self.objective.loss(&changed_network, &forward_pass, self.targets()) - self.loss())
    }
}
