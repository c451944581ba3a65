//! Training as plain steps. Whoever calls them has the clock, the thread and the decision when to stop.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::data::{Dataset, Scaling};
use crate::network::{Blueprint, Initialisation, Knob, Network, Trace};

use super::objective::Gradient;
use super::optimizer::Memory;
use super::{
    Batches, Bookmark, Divergence, EncodingError, Evaluation, Examples, Folding, Loss, LossError, Measured,
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
    /// Knobs that stay, with their raw values.
    locked: Vec<(Knob, usize, f64)>,
    /// What is between the locked ones, in the flat order.
    free: Vec<Range<usize>>,
    train: Examples,
    test: Option<Examples>,
    /// The document’s own knobs, and whether they are still in force.
    start: Option<Vec<f64>>,
    memory: Memory,
    batches: Batches,
    typical_loss: f64,
    trace: Trace,
    gradient: Gradient,
    evaluation: Evaluation,
    record: Record,
    first: Record,
    best: Record,
    best_knobs: Vec<f64>,
    /// The epochs in a row with a loss far above the first one.
    high: usize,
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
        let encoded = |data| encoded(data, blueprint, settings.loss, scaling.as_ref());
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
            locked: Vec::new(),
            free: Vec::new(),
            start: Some(network.knobs().to_vec()),
            network: network.clone(),
            memory: Memory::new(settings.optimizer, knobs),
            batches: Batches::new(&train, settings.seed),
            typical_loss: typical_loss(settings.loss, &train),
            trace: Trace::with_slopes(),
            gradient: Gradient::default(),
            evaluation: Evaluation::default(),
            record: nothing,
            first: nothing,
            best: nothing,
            best_knobs: Vec::new(),
            high: 0,
            status: Status::Running,
            train,
            test,
            settings,
        };
        for &knob in locked {
            if let (Some(index), Some(value)) = (blueprint.index_of(knob), network.get(knob)) {
                trainer.locked.push((knob, index, value));
            }
        }
        trainer.find_free();
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
        for range in &self.free {
            self.network.knobs_mut()[range.clone()].copy_from_slice(&values[range.clone()]);
        }
        self.keep_locked();
        self.start = None;
        self.begin()
    }

    /// Counts the epochs on from one, as a run does that goes on from there. To be called before the first step.
    pub fn count_from(&mut self, epoch: usize) {
        for record in [&mut self.record, &mut self.first, &mut self.best] {
            record.epoch = epoch;
        }
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
            self.best_knobs.copy_from_slice(scaled);
        }
        if mark.memory.is_of(self.settings.optimizer, knobs) {
            self.memory.clone_from(&mark.memory);
        }
        if mark.seed == self.settings.seed {
            self.batches.resume(&mark.order);
        }
    }

    /// Goes on with other settings, from where it is. `data` are the samples that it began with.
    ///
    /// Another optimiser begins without memory, and with another loss all is measured anew.
    ///
    /// # Errors
    /// As [`Trainer::new`]; then nothing has changed.
    pub fn change(
        &mut self,
        (train, test): (&Dataset, Option<&Dataset>),
        settings: Settings,
    ) -> Result<(), TrainerError> {
        settings.check()?;
        let blueprint = self.network.blueprint();
        if settings.loss != self.settings.loss {
            let plan = &blueprint.layers()[blueprint.last_layer()];
            settings.loss.check(plan)?;
            let scaling = self.folding.as_ref().map(Folding::scaling);
            let train = encoded(train, blueprint, settings.loss, scaling)?;
            let test = test
                .map(|test| encoded(test, blueprint, settings.loss, scaling))
                .transpose()?;
            self.batches.set_targets(&train);
            self.typical_loss = typical_loss(settings.loss, &train);
            (self.train, self.test) = (train, test);
        }
        let before = std::mem::replace(&mut self.settings, settings);
        if before.optimizer != self.settings.optimizer {
            self.memory = Memory::new(self.settings.optimizer, self.network.knobs().len());
        }
        if before.seed != self.settings.seed {
            self.batches.set_seed(self.settings.seed);
        }
        if before.loss != self.settings.loss {
            self.record = self.measured(self.record.epoch);
            (self.first, self.best, self.high) = (self.record, self.record, 0);
            self.best_knobs.copy_from_slice(self.network.knobs());
        }
        self.settle_status();
        self.warm_up();
        Ok(())
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
        (self.first, self.best) = (self.record, self.record);
        self.best_knobs.clear();
        self.best_knobs.extend_from_slice(self.network.knobs());
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
        self.first
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
        for &(_, index, value) in &self.locked {
            raw[index] = value;
        }
    }

    /// Turns a knob to a value for raw inputs, as a hand does while training goes on. Other raw knobs stay.
    pub fn turn(&mut self, knob: Knob, value: f64) {
        let Some(index) = self.network.blueprint().index_of(knob) else {
            return;
        };
        self.start = None;
        for (_, _, kept) in self.locked.iter_mut().filter(|(locked, ..)| *locked == knob) {
            *kept = value;
        }
        match &self.folding {
            Some(folding) => folding.set_raw(self.network.knobs_mut(), knob, index, value),
            None => self.network.knobs_mut()[index] = value,
        }
    }

    /// Holds a knob where it is, or lets it go.
    pub fn set_locked(&mut self, knob: Knob, is_locked: bool) {
        let Some(index) = self.network.blueprint().index_of(knob) else {
            return;
        };
        let mut raw = self.network.knobs().to_vec();
        self.knobs_into(&mut raw);
        self.locked.retain(|(locked, ..)| *locked != knob);
        if is_locked {
            self.locked.push((knob, index, raw[index]));
        }
        self.find_free();
    }

    fn find_free(&mut self) {
        self.locked.sort_unstable_by_key(|&(_, index, _)| index);
        self.free.clear();
        let mut from = 0;
        for &(_, index, _) in &self.locked {
            self.free.push(from..index);
            from = index + 1;
        }
        self.free.push(from..self.network.blueprint().knob_count());
        self.free.retain(|range| !range.is_empty());
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
            for &(knob, ..) in self.locked.iter().filter(|(knob, ..)| is_tied(*knob)) {
                folding.tie(self.gradient.values_mut(), knob.neuron);
            }
        }
        let rate = self.learning_rate();
        let knobs = self.network.knobs_mut();
        self.memory.step(rate, knobs, self.gradient.values(), &self.free);
        self.keep_locked();
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
    fn keep_locked(&mut self) {
        if let Some(folding) = &self.folding {
            for &(knob, _, value) in self.locked.iter().filter(|(knob, ..)| is_tied(*knob)) {
                folding.keep_raw_bias(self.network.knobs_mut(), knob.neuron, value);
            }
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
        /// How far the loss may rise above the first one, for how many epochs in a row; and beyond any doubt.
        const FAR: f64 = 10.0;
        const EPOCHS: usize = 3;
        const BEYOND: f64 = 1e6;
        self.batches.begin_epoch();
        self.record = self.measured(self.record.epoch + 1);
        let loss = self.record.train.loss;
        let is_finite = loss.is_finite() && self.network.knobs().iter().all(|knob| knob.is_finite());
        if !is_finite {
            self.roll_back(Divergence::NotFinite);
            return;
        }
        if loss < self.best.train.loss {
            self.best = self.record;
            self.best_knobs.copy_from_slice(self.network.knobs());
        }
        let bearable = self.first.train.loss.max(self.typical_loss);
        self.high = if loss > FAR * bearable { self.high + 1 } else { 0 };
        if self.high >= EPOCHS || loss > BEYOND * bearable {
            self.roll_back(Divergence::Rising);
        } else if self.record.epoch >= self.settings.epochs {
            self.status = Status::Done;
        }
    }

    fn roll_back(&mut self, why: Divergence) -> Status {
        self.network.knobs_mut().copy_from_slice(&self.best_knobs);
        self.keep_locked();
        self.record = self.best;
        self.batches.begin_epoch();
        self.status = Status::Diverged(why);
        self.status
    }
}

/// About the loss of a network that has learned nothing: how large the targets are, or that of a guess.
fn typical_loss(loss: Loss, examples: &Examples) -> f64 {
    let targets = &examples.targets;
    let count = targets.len() as f64;
    match loss {
        Loss::MeanSquaredError => targets.iter().map(|y| y * y).sum::<f64>() / count,
        Loss::MeanAbsoluteError | Loss::Huber => targets.iter().map(|y| y.abs()).sum::<f64>() / count,
        Loss::BinaryCrossEntropy | Loss::Hinge => 1.0,
        Loss::CategoricalCrossEntropy => libm::log(count / examples.samples as f64 + 1.0),
    }
}

/// Samples as the network sees them.
fn encoded(
    data: &Dataset,
    blueprint: &Blueprint,
    loss: Loss,
    scaling: Option<&Scaling>,
) -> Result<Examples, EncodingError> {
    let plan = &blueprint.layers()[blueprint.last_layer()];
    let mut examples = Examples::new(data, blueprint.inputs(), plan, loss)?;
    if let Some(scaling) = scaling {
        scaling.apply(&mut examples.inputs, examples.samples);
    }
    Ok(examples)
}

/// Whether a locked knob has a scaled value that moves: a bias of the first layer.
fn is_tied(knob: Knob) -> bool {
    knob.layer == 0 && knob.is_bias()
}
