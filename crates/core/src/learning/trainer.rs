//! Training as plain steps. Whoever calls them has the clock, the thread and the decision when to stop.
//!
//! | file | what |
//! | --- | --- |
//! | `change` | what settings and hands change while a run goes on |

mod change;

use std::collections::BTreeSet;

use crate::data::{Dataset, Scaling};
use crate::network::{Initialisation, Knob, Network, Trace};

use super::objective::Gradient;
use super::optimizer::Memory;
use super::watch::{Watch, typical_loss};
use super::{
    Batches, Bookmark, Divergence, EncodingError, Evaluation, Examples, Folding, Locks, LossError, Measured,
    Record, Settings, SettingsError, Status,
};

/// Why a run does not begin. Each is one sentence for a person.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TrainerError {
    /// A setting makes no sense.
    #[error(transparent)]
    Settings(#[from] SettingsError),
    /// The loss does not fit the last layer.
    #[error(transparent)]
    Loss(#[from] LossError),
    /// The data does not fit the network.
    #[error(transparent)]
    Encoding(#[from] EncodingError),
    /// The network cannot be computed for this data.
    #[error("the loss is not a finite number before the first step: make the weights or the inputs smaller")]
    NotFinite,
}

/// A run: a network that is being trained on data.
///
/// A step allocates nothing. Locked knobs stay as they are, to the last bit. With a [`Scaling`] the inputs are
/// standardised in here; what goes in and comes out are knobs for raw inputs.
#[derive(Debug, Clone)]
pub struct Trainer {
    settings: Settings,
    /// With scaled knobs in the first layer, if there is a folding.
    network: Network,
    folding: Option<Folding>,
    locks: Locks,
    train: Examples,
    test: Option<Examples>,
    /// The document’s own knobs, and whether they are still in force.
    start: Option<Vec<f64>>,
    memory: Memory,
    batches: Batches,
    watch: Watch,
    trace: Trace,
    gradient: Gradient,
    evaluation: Evaluation,
    record: Record,
    status: Status,
}

impl Trainer {
    /// A run that begins at the knobs of `network`.
    ///
    /// # Errors
    /// One sentence: settings that make no sense, a loss that does not fit the last layer, data that does not fit the
    /// network, or a loss that is not finite from the start.
    pub fn new(
        network: &Network,
        locked: &BTreeSet<Knob>,
        (train, test): (&Dataset, Option<&Dataset>),
        scaling: Option<Scaling>,
        settings: Settings,
    ) -> Result<Self, TrainerError> {
        settings.check()?;
        let blueprint = network.blueprint();
        let plan = &blueprint.layers()[blueprint.last_layer()];
        settings.loss.check(plan)?;
        let encoded = |data| Examples::scaled(data, blueprint, settings.loss, scaling.as_ref());
        let train = encoded(train)?;
        let test = test.map(encoded).transpose()?;
        let knobs = blueprint.knob_count();
        let nothing = Record {
            epoch: 0,
            train: Measured {
                loss: f64::NAN,
                accuracy: None,
            },
            test: None,
        };
        let mut trainer = Self {
            folding: scaling.map(|scaling| Folding::new(scaling, blueprint)),
            locks: Locks::new(locked, network),
            start: Some(network.knobs().to_vec()),
            network: network.clone(),
            memory: Memory::new(settings.optimizer, knobs),
            batches: Batches::new(&train, settings.seed),
            watch: Watch::new(typical_loss(settings.loss, &train), nothing, network.knobs()),
            trace: Trace::with_slopes(),
            gradient: Gradient::default(),
            evaluation: Evaluation::default(),
            record: nothing,
            status: Status::Running,
            train,
            test,
            settings,
        };
        if let Some(folding) = &trainer.folding {
            folding.scale(trainer.network.knobs_mut());
        }
        trainer.begin()?;
        trainer.warm_up();
        Ok(trainer)
    }

    /// Lets all buffers grow now, so that no step has to.
    fn warm_up(&mut self) {
        let size = self.batch();
        self.batches.make_room(size, &self.network, &mut self.trace);
        self.trace.run_from(&self.network, 0);
        let (objective, wanted) = (self.settings.objective(), self.batches.wanted());
        objective.derive(&self.network, &self.trace, wanted, &mut self.gradient);
    }

    /// The samples of a batch.
    fn batch(&self) -> usize {
        let samples = self.train.samples;
        self.settings.batch.unwrap_or(samples).min(samples)
    }

    /// Draws new starting values for the knobs that are not locked, as they are for standardised inputs. To be called
    /// before the first step.
    ///
    /// # Errors
    /// If the loss is not finite then.
    pub fn initialise(&mut self, how: Initialisation) -> Result<(), TrainerError> {
        let values = how.values(self.network.blueprint());
        for range in self.locks.free() {
            self.network.knobs_mut()[range.clone()].copy_from_slice(&values[range.clone()]);
        }
        self.keep_tied();
        self.start = None;
        self.begin()
    }

    /// Counts the epochs on from one, as a run does that goes on from there. To be called before the first step.
    pub fn count_from(&mut self, epoch: usize) {
        self.record.epoch = epoch;
        self.watch.count_from(epoch);
        self.settle_status();
    }

    /// Where the run is; `None` in the middle of an epoch.
    pub fn bookmark(&self) -> Option<Bookmark> {
        self.is_between().then(|| Bookmark {
            scaled: self.folding.as_ref().map(|_| self.network.knobs().to_vec()),
            memory: self.memory.clone(),
            seed: self.settings.seed,
            order: self.batches.order(),
        })
    }

    /// Goes on from a bookmark, to have the bits that the run had which left it. The knobs must be those of that place.
    /// What belongs to other settings is not taken: the memory of another optimiser, the order of another seed. To be
    /// called before the first step.
    pub fn resume(&mut self, mark: &Bookmark) {
        let knobs = self.network.knobs().len();
        if let (Some(scaled), Some(_)) = (&mark.scaled, &self.folding)
            && scaled.len() == knobs
        {
            self.network.knobs_mut().copy_from_slice(scaled);
            self.watch.replace_best_knobs(scaled);
        }
        if mark.memory.is_of(self.settings.optimizer, knobs) {
            self.memory.clone_from(&mark.memory);
        }
        if mark.seed == self.settings.seed {
            self.batches.resume(&mark.order);
        }
    }

    /// Whether there are epochs left.
    fn settle_status(&mut self) {
        let is_over = self.record.epoch >= self.settings.epochs;
        match self.status {
            Status::Diverged(_) => {}
            Status::Running | Status::Done if is_over => self.status = Status::Done,
            Status::Running | Status::Done => self.status = Status::Running,
        }
    }

    /// Measures the start.
    fn begin(&mut self) -> Result<(), TrainerError> {
        self.record = self.measured(0);
        if !self.record.train.loss.is_finite() {
            return Err(TrainerError::NotFinite);
        }
        self.watch.begin(self.record, self.network.knobs());
        if self.settings.epochs == 0 {
            self.status = Status::Done;
        }
        Ok(())
    }

    /// What was chosen.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// Whether there are more steps.
    pub fn status(&self) -> Status {
        self.status
    }

    /// The end of the last epoch; after a roll-back that of the best one.
    pub fn record(&self) -> Record {
        self.record
    }

    /// The start.
    pub fn first(&self) -> Record {
        self.watch.first()
    }

    /// The samples to train with; their inputs are standardised where there is a scaling.
    pub fn examples(&self) -> &Examples {
        &self.train
    }

    /// The network; where there is a scaling its first layer is for standardised inputs.
    pub fn network(&self) -> &Network {
        &self.network
    }

    /// The learning rate of the present epoch.
    pub fn learning_rate(&self) -> f64 {
        let epoch = self.record.epoch.min(self.settings.epochs.saturating_sub(1));
        self.settings.learning_rate * self.settings.schedule.factor(epoch, self.settings.epochs)
    }

    /// Fills `raw` with the knobs for raw inputs, in the flat order.
    ///
    /// # Panics
    /// If `raw` is not as long as the network has knobs.
    pub fn knobs_into(&self, raw: &mut [f64]) {
        if let Some(start) = &self.start {
            raw.copy_from_slice(start);
            return;
        }
        raw.copy_from_slice(self.network.knobs());
        if let Some(folding) = &self.folding {
            folding.unscale(raw);
        }
        self.locks.restore(raw);
    }

    /// One batch. The last one of an epoch also measures loss and accuracy, to be read by [`Trainer::record`].
    pub fn step(&mut self) -> Status {
        if self.status != Status::Running {
            return self.status;
        }
        let size = self.batch();
        let count = self.batches.next(size, &self.network, &mut self.trace);
        self.trace.run_from(&self.network, 0);
        let is_finite = self.settings.objective().derive_first(
            count,
            &self.network,
            &self.trace,
            self.batches.wanted(),
            &mut self.gradient,
        );
        if !is_finite {
            return self.roll_back(Divergence::NotFinite);
        }
        self.start = None;
        if let Some(folding) = &self.folding {
            self.locks.tie(folding, self.gradient.values_mut());
        }
        let rate = self.learning_rate();
        let knobs = self.network.knobs_mut();
        self.memory
            .step(rate, knobs, self.gradient.values(), self.locks.free());
        self.keep_tied();
        if self.batches.is_over() {
            self.end_epoch();
        }
        self.status
    }

    /// Whether an epoch has just ended, and the next has not begun.
    pub fn is_between(&self) -> bool {
        self.batches.is_between()
    }

    /// Steps to the end of the epoch.
    pub fn epoch(&mut self) -> Status {
        let epoch = self.record.epoch;
        while self.step() == Status::Running && self.record.epoch == epoch {}
        self.status
    }

    /// Ends the run where it is, or at its best epoch if a number has grown beyond the largest since then.
    pub fn stop(&mut self) {
        if self.status == Status::Running {
            self.status = Status::Done;
            if !self.network.knobs().iter().all(|knob| knob.is_finite()) {
                self.roll_back(Divergence::NotFinite);
            }
        }
    }

    /// A raw bias that is locked moves the scaled one along with the weights.
    fn keep_tied(&mut self) {
        if let Some(folding) = &self.folding {
            self.locks.keep_tied(folding, self.network.knobs_mut());
        }
    }

    fn measured(&mut self, epoch: usize) -> Record {
        let Self {
            network,
            train,
            test,
            evaluation,
            settings,
            ..
        } = self;
        let objective = settings.objective();
        Record {
            epoch,
            train: evaluation.run(network, train, objective),
            test: test.as_ref().map(|test| evaluation.run(network, test, objective)),
        }
    }

    fn end_epoch(&mut self) {
        self.batches.begin_epoch();
        self.record = self.measured(self.record.epoch + 1);
        match self.watch.judge(self.record, self.network.knobs()) {
            Some(why) => {
                self.roll_back(why);
            }
            None if self.record.epoch >= self.settings.epochs => self.status = Status::Done,
            None => {}
        }
    }

    fn roll_back(&mut self, why: Divergence) -> Status {
        let (best, knobs) = self.watch.best();
        self.network.knobs_mut().copy_from_slice(knobs);
        self.record = best;
        self.keep_tied();
        self.batches.begin_epoch();
        self.status = Status::Diverged(why);
        self.status
    }
}
