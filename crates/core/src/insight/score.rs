//! How well the present knobs do on the data.

use crate::data::Dataset;
use crate::learning::{Diagnosis, Divergence, Loss, Metrics, EpochMetrics};
use crate::network::NeuronAddress;
use crate::session::{Document, TrainingRun, RunState};

use super::LossEvaluation;

/// About how many multiply-adds a score may cost; of more data only some samples count, evenly.
const BUDGET: usize = 6_000_000;

/// How well the present knobs do on the data.
#[derive(Debug, Clone, PartialEq)]
pub struct NetworkMetrics {
    /// What is measured.
    pub loss: Loss,
    /// On the data to train with.
    pub train: Metrics,
    /// On the data held out.
    pub test: Option<Metrics>,
    /// Whether only some samples were measured, as all of them would hold up the frame.
    pub is_subset: bool,
    /// What keeps the network from learning.
    pub diagnoses: Vec<Diagnosis>,
}

impl NetworkMetrics {
    /// Measures the document’s network; `exam` is that of it.
    pub fn new(document: &Document, evaluation: &LossEvaluation, run: &TrainingRun) -> Self {
        let network = &document.network;
        let mut diagnoses = Diagnosis::from_forward_pass(network, evaluation.forward_pass(), evaluation.targets(), evaluation.loss_function());
        diagnoses.extend(run_diagnosis(run));
        Self {
            loss: evaluation.loss_function(),
            train: evaluation.train_metrics(),
            test: evaluation.test_metrics(),
            is_subset: evaluation.samples() < evaluation.all_samples(),
            diagnoses,
        }
    }

    /// Whether a neuron’s ReLU is 0 for every sample, so that nothing is learned through it.
    pub fn is_dead(&self, at: NeuronAddress) -> bool {
        let is_among = |diagnosis: &Diagnosis| match diagnosis {
            Diagnosis::DeadRelu { neurons } => neurons.binary_search(&at).is_ok(),
            _ => false,
        };
        self.diagnoses.iter().any(is_among)
    }
}

/// What only the whole run tells.
fn run_diagnosis(run: &TrainingRun) -> Option<Diagnosis> {
    let loss = |record: Option<&EpochMetrics>| record.map(|record| record.train.loss);
    let [first, last] = [loss(run.current_branch.first_metrics()), loss(run.current_branch.metrics_at(run.current_epoch))];
    match run.state {
        RunState::Diverged(Divergence::NotFinite | Divergence::Rising) => {
            Some(Diagnosis::LearningRateTooHigh { is_stopped: true })
        }
        RunState::Running | RunState::Paused | RunState::Done if last? > 1.05 * first? => {
            Some(Diagnosis::LearningRateTooHigh { is_stopped: false })
        }
        _ => None,
    }
}

/// How many samples can be run through a network within a frame.
pub(super) fn affordable_samples(document: &Document) -> usize {
    (BUDGET / document.network.architecture().knob_count().max(1)).max(16)
}

/// At most so many samples, evenly from all of them.
pub(super) fn subsample(data: &Dataset, max_samples: usize) -> Dataset {
    let samples = data.sample_count();
    if samples <= max_samples {
        return data.clone();
    }
    let chosen: Vec<usize> = (0..max_samples).map(|place| place * samples / max_samples).collect();
    data.select(&chosen)
}
