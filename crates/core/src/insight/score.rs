//! How well the present knobs do on the data.

use crate::data::Dataset;
use crate::learning::{Diagnosis, Divergence, Loss, Measured, Record};
use crate::network::NeuronAt;
use crate::session::{Document, Run, RunState};

use super::Exam;

/// About how many multiply-adds a score may cost; of more data only some samples count, evenly.
const BUDGET: usize = 6_000_000;

/// How well the present knobs do on the data.
#[derive(Debug, Clone, PartialEq)]
pub struct Score {
    /// What is measured.
    pub loss: Loss,
    /// On the data to train with.
    pub train: Measured,
    /// On the data held out.
    pub test: Option<Measured>,
    /// Whether only some samples were measured, as all of them would hold up the frame.
    pub is_of_some: bool,
    /// What keeps the network from learning.
    pub diagnoses: Vec<Diagnosis>,
}

impl Score {
    /// Measures the document’s network; `exam` is that of it.
    pub fn new(document: &Document, exam: &Exam, run: &Run) -> Self {
        let network = &document.network;
        let mut diagnoses = Diagnosis::of(network, exam.trace(), exam.targets(), exam.measured());
        diagnoses.extend(of_run(run));
        Self {
            loss: exam.measured(),
            train: exam.train(),
            test: exam.test(),
            is_of_some: exam.samples() < exam.all_samples(),
            diagnoses,
        }
    }

    /// Whether a neuron’s ReLU is 0 for every sample, so that nothing is learned through it.
    pub fn is_dead(&self, at: NeuronAt) -> bool {
        let is_among = |diagnosis: &Diagnosis| match diagnosis {
            Diagnosis::DeadRelu { neurons } => neurons.binary_search(&at).is_ok(),
            _ => false,
        };
        self.diagnoses.iter().any(is_among)
    }
}

/// What only the whole run tells.
fn of_run(run: &Run) -> Option<Diagnosis> {
    let loss = |record: Option<&Record>| record.map(|record| record.train.loss);
    let [first, last] = [loss(run.line.first()), loss(run.line.record_at(run.at))];
    match run.state {
        RunState::Diverged(Divergence::NotFinite | Divergence::Rising) => {
            Some(Diagnosis::RateTooHigh { stopped: true })
        }
        RunState::Playing | RunState::Paused | RunState::Done if last? > 1.05 * first? => {
            Some(Diagnosis::RateTooHigh { stopped: false })
        }
        _ => None,
    }
}

/// How many samples can be run through a network within a frame.
pub(super) fn affordable(document: &Document) -> usize {
    (BUDGET / document.network.blueprint().knob_count().max(1)).max(16)
}

/// At most so many samples, evenly from all of them.
pub(super) fn spread(data: &Dataset, most: usize) -> Dataset {
    let samples = data.samples();
    if samples <= most {
        return data.clone();
    }
    let chosen: Vec<usize> = (0..most).map(|place| place * samples / most).collect();
    data.select(&chosen)
}
