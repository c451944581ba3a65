//! Training as plain steps. Whoever calls them has the clock, the thread and the decision when to stop.
//!
//! | file | what |
//! | --- | --- |
//! | `change` | what settings and hands change while a run goes on |

mod change;

use std::collections::BTreeSet;

use crate::data::{Dataset, Scaling};
use crate::network::{Initialization, Knob, Network, ForwardPass};

use super::objective::Gradient;
use super::optimizer::OptimizerState;
use super::watch::{StoppingRule, untrained_loss};
use super::{
    Batches, TrainerState, Divergence, EncodingError, Evaluator, EncodedDataset, FoldedScaling, KnobLocks, LossError, Metrics,
    EpochMetrics, Hyperparameters, HyperparametersError, TrainingStatus,
};

/// Why a run does not begin. Each is one sentence for a person.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TrainerError {
    /// A setting makes no sense.
    #[error(transparent)]
    Hyperparameters(#[from] HyperparametersError),
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
    hyperparameters: Hyperparameters,
    /// With scaled knobs in the first layer, if there is a folding.
    network: Network,
    folded_scaling: Option<FoldedScaling>,
    knob_locks: KnobLocks,
    training_set: EncodedDataset,
    test_set: Option<EncodedDataset>,
    /// The document’s own knobs, and whether they are still in force.
    initial_knobs: Option<Vec<f64>>,
    optimizer_state: OptimizerState,
    batches: Batches,
    stopping_rule: StoppingRule,
    forward_pass: ForwardPass,
    gradient: Gradient,
    evaluator: Evaluator,
    metrics: EpochMetrics,
    status: TrainingStatus,
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
        hyperparameters: Hyperparameters,
    ) -> Result<Self, TrainerError> {
        hyperparameters.check()?;
        let architecture = network.architecture();
        let plan = &architecture.layers()[architecture.last_layer()];
        hyperparameters.loss.check(plan)?;
        let encode = |data| EncodedDataset::with_scaling(data, architecture, hyperparameters.loss, scaling.as_ref());
        let train = encode(train)?;
        let test = test.map(encode).transpose()?;
        let knobs = architecture.knob_count();
        let no_metrics = EpochMetrics {
            epoch: 0,
            train: Metrics {
                loss: f64::NAN,
                accuracy: None,
            },
            test: None,
        };
        let mut trainer = Self {
            folded_scaling: scaling.map(|scaling| FoldedScaling::new(scaling, architecture)),
            knob_locks: KnobLocks::new(locked, network),
            initial_knobs: Some(network.knobs().to_vec()),
            network: network.clone(),
            optimizer_state: OptimizerState::new(hyperparameters.optimizer, knobs),
            batches: Batches::new(&train, hyperparameters.seed),
            stopping_rule: StoppingRule::new(untrained_loss(hyperparameters.loss, &train), no_metrics, network.knobs()),
            forward_pass: ForwardPass::with_slopes(),
            gradient: Gradient::default(),
            evaluator: Evaluator::default(),
            metrics: no_metrics,
            status: TrainingStatus::Running,
            training_set: train,
            test_set: test,
            hyperparameters,
        };
        if let Some(folding) = &trainer.folded_scaling {
            folding.scale(trainer.network.knobs_mut());
        }
        trainer.measure_start()?;
        trainer.allocate_buffers();
        Ok(trainer)
    }

    /// Lets all buffers grow now, so that no step has to.
    fn allocate_buffers(&mut self) {
        let size = self.batch_size();
        self.batches.reserve(size, &self.network, &mut self.forward_pass);
        self.forward_pass.run_from(&self.network, 0);
        let (objective, targets) = (self.hyperparameters.objective(), self.batches.batch_targets());
        objective.compute_gradient(&self.network, &self.forward_pass, targets, &mut self.gradient);
    }

    /// The samples of a batch.
    fn batch_size(&self) -> usize {
        let samples = self.training_set.samples;
        self.hyperparameters.batch_size.unwrap_or(samples).min(samples)
    }

    /// Draws new starting values for the knobs that are not locked, as they are for standardised inputs. To be called
    /// before the first step.
    ///
    /// # Errors
    /// If the loss is not finite then.
    pub fn initialize(&mut self, initialization: Initialization) -> Result<(), TrainerError> {
        let values = initialization.values(self.network.architecture());
        for range in self.knob_locks.unlocked() {
            self.network.knobs_mut()[range.clone()].copy_from_slice(&values[range.clone()]);
        }
        self.update_tied_biases();
        self.initial_knobs = None;
        self.measure_start()
    }

    /// Counts the epochs on from one, as a run does that goes on from there. To be called before the first step.
    pub fn set_epoch(&mut self, epoch: usize) {
        self.metrics.epoch = epoch;
        self.stopping_rule.set_epoch(epoch);
        self.update_status();
    }

    /// Where the run is; `None` in the middle of an epoch.
    pub fn state(&self) -> Option<TrainerState> {
        self.is_between_epochs().then(|| TrainerState {
            scaled_knobs: self.folded_scaling.as_ref().map(|_| self.network.knobs().to_vec()),
            optimizer_state: self.optimizer_state.clone(),
            seed: self.hyperparameters.seed,
            order: self.batches.order(),
        })
    }

    /// Goes on from a bookmark, to have the bits that the run had which left it. The knobs must be those of that place.
    /// What belongs to other settings is not taken: the memory of another optimiser, the order of another seed. To be
    /// called before the first step.
    pub fn resume(&mut self, state: &TrainerState) {
        let knobs = self.network.knobs().len();
        if let (Some(scaled), Some(_)) = (&state.scaled_knobs, &self.folded_scaling)
            && scaled.len() == knobs
        {
            self.network.knobs_mut().copy_from_slice(scaled);
            self.stopping_rule.set_best_knobs(scaled);
        }
        if state.optimizer_state.is_for(self.hyperparameters.optimizer, knobs) {
            self.optimizer_state.clone_from(&state.optimizer_state);
        }
        if state.seed == self.hyperparameters.seed {
            self.batches.resume(&state.order);
        }
    }

    /// Whether there are epochs left.
    fn update_status(&mut self) {
        let is_finished = self.metrics.epoch >= self.hyperparameters.epochs;
        match self.status {
            TrainingStatus::Diverged(_) => {}
            TrainingStatus::Running | TrainingStatus::Done if is_finished => self.status = TrainingStatus::Done,
            TrainingStatus::Running | TrainingStatus::Done => self.status = TrainingStatus::Running,
        }
    }

    /// Measures the start.
    fn measure_start(&mut self) -> Result<(), TrainerError> {
        self.metrics = self.measure(0);
        if !self.metrics.train.loss.is_finite() {
            return Err(TrainerError::NotFinite);
        }
        self.stopping_rule.reset(self.metrics, self.network.knobs());
        if self.hyperparameters.epochs == 0 {
            self.status = TrainingStatus::Done;
        }
        Ok(())
    }

    /// What was chosen.
    pub fn hyperparameters(&self) -> &Hyperparameters {
        &self.hyperparameters
    }

    /// Whether there are more steps.
    pub fn status(&self) -> TrainingStatus {
        self.status
    }

    /// The end of the last epoch; after a roll-back that of the best one.
    pub fn metrics(&self) -> EpochMetrics {
        self.metrics
    }

    /// The start.
    pub fn initial_metrics(&self) -> EpochMetrics {
        self.stopping_rule.initial()
    }

    /// The samples to train with; their inputs are standardised where there is a scaling.
    pub fn training_set(&self) -> &EncodedDataset {
        &self.training_set
    }

    /// The network; where there is a scaling its first layer is for standardised inputs.
    pub fn network(&self) -> &Network {
        &self.network
    }

    /// The learning rate of the present epoch.
    pub fn learning_rate(&self) -> f64 {
        let epoch = self.metrics.epoch.min(self.hyperparameters.epochs.saturating_sub(1));
        self.hyperparameters.learning_rate * self.hyperparameters.schedule.factor(epoch, self.hyperparameters.epochs)
    }

    /// Fills `raw` with the knobs for raw inputs, in the flat order.
    ///
    /// # Panics
    /// If `raw` is not as long as the network has knobs.
    pub fn copy_raw_knobs_to(&self, raw: &mut [f64]) {
        if let Some(start) = &self.initial_knobs {
            raw.copy_from_slice(start);
            return;
        }
        raw.copy_from_slice(self.network.knobs());
        if let Some(folding) = &self.folded_scaling {
            folding.unscale(raw);
        }
        self.knob_locks.restore(raw);
    }

    /// One batch. The last one of an epoch also measures loss and accuracy, to be read by [`Trainer::record`].
    pub fn step(&mut self) -> TrainingStatus {
        if self.status != TrainingStatus::Running {
            return self.status;
        }
        let size = self.batch_size();
        let count = self.batches.load_next(size, &self.network, &mut self.forward_pass);
        self.forward_pass.run_from(&self.network, 0);
        let is_finite = self.hyperparameters.objective().compute_gradient_of_first(
            count,
            &self.network,
            &self.forward_pass,
            self.batches.batch_targets(),
            &mut self.gradient,
        );
        if !is_finite {
            return self.roll_back(Divergence::NotFinite);
        }
        self.initial_knobs = None;
        if let Some(folding) = &self.folded_scaling {
            self.knob_locks.add_tied_gradients(folding, self.gradient.values_mut());
        }
        let learning_rate = self.learning_rate();
        let knobs = self.network.knobs_mut();
        self.optimizer_state
            .step(learning_rate, knobs, self.gradient.values(), self.knob_locks.unlocked());
        self.update_tied_biases();
        if self.batches.is_epoch_finished() {
            self.end_epoch();
        }
        self.status
    }

    /// Whether an epoch has just ended, and the next has not begun.
    pub fn is_between_epochs(&self) -> bool {
        self.batches.is_between_epochs()
    }

    /// Steps to the end of the epoch.
    pub fn run_epoch(&mut self) -> TrainingStatus {
        let epoch = self.metrics.epoch;
        while self.step() == TrainingStatus::Running && self.metrics.epoch == epoch {}
        self.status
    }

    /// Ends the run where it is, or at its best epoch if a number has grown beyond the largest since then.
    pub fn stop(&mut self) {
        if self.status == TrainingStatus::Running {
            self.status = TrainingStatus::Done;
            if !self.network.knobs().iter().all(|knob| knob.is_finite()) {
                self.roll_back(Divergence::NotFinite);
            }
        }
    }

    /// A raw bias that is locked moves the scaled one along with the weights.
    fn update_tied_biases(&mut self) {
        if let Some(folding) = &self.folded_scaling {
            self.knob_locks.update_tied_biases(folding, self.network.knobs_mut());
        }
    }

    fn measure(&mut self, epoch: usize) -> EpochMetrics {
        let Self {
            network,
            training_set: train,
            test_set: test,
            evaluator: evaluation,
            hyperparameters: settings,
            ..
        } = self;
        let objective = settings.objective();
        EpochMetrics {
            epoch,
            train: evaluation.evaluate(network, train, objective),
            test: test.as_ref().map(|test| evaluation.evaluate(network, test, objective)),
        }
    }

    fn end_epoch(&mut self) {
        self.batches.begin_epoch();
        self.metrics = self.measure(self.metrics.epoch + 1);
        match self.stopping_rule.update(self.metrics, self.network.knobs()) {
            Some(why) => {
                self.roll_back(why);
            }
            None if self.metrics.epoch >= self.hyperparameters.epochs => self.status = TrainingStatus::Done,
            None => {}
        }
    }

    fn roll_back(&mut self, why: Divergence) -> TrainingStatus {
        let (best, knobs) = self.stopping_rule.best();
        self.network.knobs_mut().copy_from_slice(knobs);
        self.metrics = best;
        self.update_tied_biases();
        self.batches.begin_epoch();
        self.status = TrainingStatus::Diverged(why);
        self.status
    }
}
