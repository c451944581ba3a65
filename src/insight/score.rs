//! How well the present knobs do on the data.

use crate::data::Dataset;
use crate::learning::{Diagnosis, Divergence, Evaluation, Examples, Loss, Measured, Record};
use crate::network::NeuronAt;
use crate::session::{Course, Document, Run, RunState};

/// About how many multiply-adds a score may cost; of more data only some samples count, evenly.
const BUDGET: usize = 6_000_000;
/// The samples that are looked at for what keeps the network from learning.
const DIAGNOSED: usize = 512;

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
    /// Measures.
    ///
    /// # Errors
    /// One sentence if the data does not fit the network.
    pub fn new(document: &Document, course: &Course, run: &Run) -> Result<Self, String> {
        let network = &document.network;
        let blueprint = network.blueprint();
        let plan = &blueprint.layers()[blueprint.last_layer()];
        let settings = course.settings(plan);
        let material = course.material()?;
        let most = affordable(document);
        let mut evaluation = Evaluation::default();
        let encoded = |data: &Dataset| {
            Examples::new(&spread(data, most), blueprint.inputs(), plan, settings.loss)
                .map_err(|e| e.to_string())
        };
        let train = encoded(&material.train)?;
        settings.loss.check(plan).map_err(|e| e.to_string())?;
        let test = material.test.as_ref().map(encoded).transpose()?;
        let trace = evaluation.sample(network, &train, DIAGNOSED);
        let mut diagnoses = Diagnosis::of(network, trace, &train.targets, settings.loss);
        diagnoses.extend(of_run(run));
        let objective = settings.objective();
        Ok(Self {
            loss: settings.loss,
            train: evaluation.run(network, &train, objective),
            test: test.map(|test| evaluation.run(network, &test, objective)),
            is_of_some: material.train.samples() > most,
            diagnoses,
        })
    }
}

impl Score {
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
    let [first, last] = [loss(run.line.records.first()), loss(run.line.record_at(run.at))];
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
