//! The examples that the loss is looked at with, and what the network makes of them.

use std::sync::Arc;

use crate::data::Dataset;
use crate::learning::{Examples, Loss, Measured, Objective, Penalty, score};
use crate::network::{LayerPlan, Network, Trace};
use crate::session::{Course, Document};

use super::score::{affordable, spread};

/// The data to train with as numbers for this network, and the forward pass of all of it. The loss is that of the
/// [`super::Score`]: the mean over the same samples, without a penalty.
#[derive(Debug, Clone)]
pub struct Exam {
    course: Arc<Course>,
    inputs: usize,
    plan: LayerPlan,
    most: usize,
    objective: Objective,
    train: Side,
    /// What is held out.
    test: Option<Side>,
    all: usize,
    /// The network that the forward passes are of.
    network: Network,
}

/// Some of the data, and what the network makes of it.
#[derive(Debug, Clone)]
struct Side {
    examples: Examples,
    trace: Trace,
    loss: f64,
}

impl Side {
    fn new(examples: Examples, network: &Network, objective: Objective) -> Self {
        let mut trace = Trace::default();
        trace.run(network, &examples.inputs, examples.samples);
        let loss = objective.loss(network, &trace, &examples.targets);
        Self {
            examples,
            trace,
            loss,
        }
    }

    /// Only what is downstream of what has changed.
    fn update(&mut self, before: &Network, network: &Network, objective: Objective) {
        self.trace.update(before, network);
        self.loss = objective.loss(network, &self.trace, &self.examples.targets);
    }

    fn measured(&self) -> Measured {
        let a = self.trace.layers().last().map_or(&[][..], |layer| &layer.a);
        let Examples { samples, middle, .. } = self.examples;
        let accuracy = self.examples.labels.as_ref().map(|labels| {
            let told = |sample| score::told(a, samples, sample, middle);
            let right = labels
                .iter()
                .enumerate()
                .filter(|&(sample, &label)| told(sample) == label);
            right.count() as f64 / samples as f64
        });
        Measured {
            loss: self.loss,
            accuracy,
        }
    }
}

impl Exam {
    /// Encodes the data of a course and runs it through the network.
    ///
    /// # Errors
    /// One sentence if the data does not fit the network, or the loss its last layer.
    pub fn new(document: &Document, course: &Arc<Course>) -> Result<Self, String> {
        let blueprint = document.network.blueprint();
        let plan = &blueprint.layers()[blueprint.last_layer()];
        let loss = course.loss(plan);
        let most = affordable(document);
        let data = &course.material()?.train;
        let encoded = |data: &Dataset| {
            Examples::new(&spread(data, most), blueprint.inputs(), plan, loss)
                .map_err(|error| error.to_string())
        };
        let examples = encoded(data)?;
        loss.check(plan).map_err(|error| error.to_string())?;
        let test = course.material()?.test.as_ref().map(encoded).transpose()?;
        let objective = Objective {
            loss,
            penalty: Penalty { l1: 0.0, l2: 0.0 },
        };
        let network = &document.network;
        Ok(Self {
            course: Arc::clone(course),
            inputs: blueprint.inputs(),
            plan: plan.clone(),
            most,
            objective,
            train: Side::new(examples, network, objective),
            test: test.map(|test| Side::new(test, network, objective)),
            all: data.samples(),
            network: network.clone(),
        })
    }

    /// The data and the settings.
    pub fn course(&self) -> &Arc<Course> {
        &self.course
    }

    /// Whether it is of this course, and of a network with these inputs and outputs.
    pub fn is_for(&self, document: &Document, course: &Arc<Course>) -> bool {
        let blueprint = document.network.blueprint();
        Arc::ptr_eq(&self.course, course)
            && self.inputs == blueprint.inputs()
            && self.plan == blueprint.layers()[blueprint.last_layer()]
            && self.most == affordable(document)
    }

    /// Runs the examples through a network that it is for; where only knobs have changed since, only through what is
    /// downstream of them.
    pub fn run(&mut self, network: &Network) {
        if self.network.blueprint() == network.blueprint() {
            for side in [Some(&mut self.train), self.test.as_mut()].into_iter().flatten() {
                side.update(&self.network, network, self.objective);
            }
            self.network.knobs_mut().copy_from_slice(network.knobs());
            return;
        }
        let renewed = |side: &Side| Side::new(side.examples.clone(), network, self.objective);
        self.test = self.test.as_ref().map(renewed);
        self.train = renewed(&self.train);
        self.network = network.clone();
    }

    /// What is measured.
    pub fn measured(&self) -> Loss {
        self.objective.loss
    }

    /// Loss and accuracy on the data to train with.
    pub fn train(&self) -> Measured {
        self.train.measured()
    }

    /// Loss and accuracy on what is held out, if anything is.
    pub fn test(&self) -> Option<Measured> {
        self.test.as_ref().map(Side::measured)
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
        self.train.examples.samples
    }

    /// The samples of all data to train with.
    pub fn all_samples(&self) -> usize {
        self.all
    }

    /// What was wanted, `[output][sample]`.
    pub fn targets(&self) -> &[f64] {
        &self.train.examples.targets
    }

    /// The forward pass of the examples.
    pub fn trace(&self) -> &Trace {
        &self.train.trace
    }

    /// By how much the loss changes when one knob gets another value; `None` if that takes too long to be told in a
    /// frame.
    pub fn change(&self, network: &Network, knob: crate::network::Knob, value: f64) -> Option<f64> {
        /// About how many multiply-adds it may take.
        const BUDGET: usize = 300_000;
        if self.samples() * network.blueprint().knob_count() > BUDGET {
            return None;
        }
        let mut turned = network.clone();
        if !turned.set(knob, value) {
            return None;
        }
        let mut trace = self.train.trace.clone();
        trace.run_from(&turned, knob.layer);
        Some(self.objective.loss(&turned, &trace, self.targets()) - self.loss())
    }
}
