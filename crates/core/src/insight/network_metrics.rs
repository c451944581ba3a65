//! Loss, accuracy and diagnoses of the current network.

use crate::network::NeuronAddress;
use crate::session::{Document, RunState, TrainingRun};
use crate::training::{Diagnosis, Divergence, EpochMetrics, Loss, Metrics};

use super::loss_evaluation::LossEvaluation;

/// Loss, accuracy and diagnoses of the current network on the training set and the test set.
#[derive(Debug, Clone, PartialEq)]
pub struct NetworkMetrics {
    /// The loss function.
    pub loss: Loss,
    /// The loss and accuracy on the training set.
    pub train: Metrics,
    /// The loss and accuracy on the test set, if there is one.
    pub test: Option<Metrics>,
    /// True if only some samples were used, because all of them would delay the frame.
    pub is_subset: bool,
    /// The problems that keep the network from learning.
    pub diagnoses: Vec<Diagnosis>,
}

impl NetworkMetrics {
    /// Computes the metrics of the document's network; `evaluation` must belong to it.
    pub fn new(document: &Document, evaluation: &LossEvaluation, run: &TrainingRun) -> Self {
        let network = &document.network;
        let mut diagnoses = Diagnosis::from_forward_pass(
            network,
            evaluation.forward_pass(),
            evaluation.targets(),
            evaluation.loss_function(),
        );
        diagnoses.extend(run_diagnosis(run));
        Self {
            loss: evaluation.loss_function(),
            train: evaluation.train_metrics(),
            test: evaluation.test_metrics(),
            is_subset: evaluation.samples() < evaluation.all_samples(),
            diagnoses,
        }
    }

    /// True if the neuron is a dead ReLU: its output is 0 for every sample, so that no gradient flows through
    /// it.
    pub fn is_dead(&self, at: NeuronAddress) -> bool {
        let is_among = |diagnosis: &Diagnosis| match diagnosis {
            Diagnosis::DeadRelu { neurons } => neurons.binary_search(&at).is_ok(),
            _ => false,
        };
        self.diagnoses.iter().any(is_among)
    }
}

/// Returns the diagnosis that only the whole run gives: the learning rate is too high if training diverged or
/// the loss is more than 5% above its start.
fn run_diagnosis(run: &TrainingRun) -> Option<Diagnosis> {
    let loss = |metrics: Option<&EpochMetrics>| metrics.map(|metrics| metrics.train.loss);
    let [first, last] = [
        loss(run.current_branch.first_metrics()),
        loss(run.current_branch.metrics_at(run.current_epoch)),
    ];
    match run.state {
        RunState::Diverged(Divergence::NotFinite | Divergence::Rising) => {
            Some(Diagnosis::LearningRateTooHigh { is_stopped: true })
        }
        RunState::Running | RunState::Paused | RunState::Done | RunState::Stopped(_)
            if last? > 1.05 * first? =>
        {
            Some(Diagnosis::LearningRateTooHigh { is_stopped: false })
        }
        _ => None,
    }
}
