//! Training, one update at a time. The caller owns the clock and the thread and decides when to stop.

use std::collections::BTreeSet;

use crate::data::{Dataset, Scaling};
use crate::network::{ForwardPass, Initialization, Knob, Network};
use crate::text::{Localized, Messages};

use super::batches::SampleOrder;
use super::objective::Gradient;
use super::optimizer::OptimizerState;
use super::stopping_rule::{StoppingRule, untrained_loss};
use super::{
    Batches, Divergence, EncodedDataset, EncodingError, EpochMetrics, Evaluator, FoldedScaling,
    Hyperparameters, HyperparametersError, KnobLocks, LossError, Metrics, TrainingStatus,
};

/// The reason why training can't begin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TrainerError {
    /// A hyperparameter is invalid.
    Hyperparameters(HyperparametersError),
    /// The loss function doesn't fit the output layer.
    Loss(LossError),
    /// The dataset doesn't fit the network.
    Encoding(EncodingError),
    /// The loss isn't finite at the initial knobs.
    NotFinite,
}

impl From<HyperparametersError> for TrainerError {
    fn from(error: HyperparametersError) -> Self {
        Self::Hyperparameters(error)
    }
}

impl From<LossError> for TrainerError {
    fn from(error: LossError) -> Self {
        Self::Loss(error)
    }
}

impl From<EncodingError> for TrainerError {
    fn from(error: EncodingError) -> Self {
        Self::Encoding(error)
    }
}

impl Localized for TrainerError {
    fn message(&self, messages: Messages) -> String {
        match self {
            Self::Hyperparameters(error) => error.message(messages),
            Self::Loss(error) => error.message(messages),
            Self::Encoding(error) => error.message(messages),
            Self::NotFinite => messages.initial_loss_not_finite().to_owned(),
        }
    }
}

crate::localized_errors!(TrainerError);

/// Trains a network on a dataset, update by update.
///
/// An update allocates nothing. Locked knobs keep their values to the last bit. With a [`Scaling`] the inputs
/// are standardized internally; the knobs passed in and out are those for raw inputs.
///
/// ```
/// use std::collections::BTreeSet;
///
/// use neurodial_core::data::{BundledDataset, Scaling};
/// use neurodial_core::network::{Activation, Architecture, Initialization, Initializer, Network};
/// use neurodial_core::training::{
///     Hyperparameters, LearningRateSchedule, Loss, Optimizer, Regularization, StoppingCriteria, Trainer,
///     TrainingStatus,
/// };
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let (train, test) = BundledDataset::Iris.dataset()?.split(0.2, 1)?;
/// let layers = [(4, Activation::Tanh), (3, Activation::Softmax)];
/// let mut network = Network::zeros(Architecture::dense(4, &layers)?);
///
/// let hyperparameters = Hyperparameters {
///     loss: Loss::CategoricalCrossEntropy,
///     regularization: Regularization::default(),
///     optimizer: Optimizer::Adam,
///     learning_rate: 0.02,
///     schedule: LearningRateSchedule::Constant,
///     batch_size: Some(10),
///     epochs: 20,
///     stopping: StoppingCriteria::default(), // after the last epoch
///     seed: 1,
/// };
/// let scaling = Some(Scaling::fit(&train)?);
/// let mut trainer = Trainer::new(
///     &network,
///     &BTreeSet::new(), // no locked knobs
///     (&train, Some(&test)),
///     scaling,
///     hyperparameters,
/// )?;
/// trainer.initialize(Initialization {
///     initializer: Initializer::Xavier,
///     seed: 1,
///     has_random_biases: false,
/// })?;
///
/// while trainer.run_epoch() == TrainingStatus::Running {}
/// let metrics = trainer.metrics();
/// assert_eq!(metrics.epoch, 20);
/// assert!(metrics.train.loss < trainer.initial_metrics().train.loss);
/// assert!(metrics.train.accuracy > Some(0.9));
///
/// // The trained knobs, for inputs in cm: the standardization is folded into the first layer.
/// trainer.copy_raw_knobs_to(network.knobs_mut());
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone)]
pub struct Trainer {
    hyperparameters: Hyperparameters,
    /// The network being trained; with a folded scaling its first layer has scaled knobs.
    network: Network,
    folded_scaling: Option<FoldedScaling>,
    knob_locks: KnobLocks,
    training_set: EncodedDataset,
    test_set: Option<EncodedDataset>,
    /// The document's own knobs, until the first change; they spare the rounding of a conversion and back.
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
    /// Creates a trainer that begins at the knobs of `network`.
    ///
    /// # Errors
    ///
    /// Returns an error if a hyperparameter is invalid, the loss function doesn't fit the output layer, a
    /// dataset doesn't fit the network, or the loss isn't finite at the initial knobs.
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
        let encode =
            |data| EncodedDataset::with_scaling(data, architecture, hyperparameters.loss, scaling.as_ref());
        let train = encode(train)?;
        let test = test.map(encode).transpose()?;
        hyperparameters.check_data(&train, test.as_ref())?;
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
            stopping_rule: StoppingRule::new(
                untrained_loss(hyperparameters.loss, &train),
                no_metrics,
                network.knobs(),
            ),
            forward_pass: ForwardPass::with_slopes(),
            gradient: Gradient::default(),
            evaluator: Evaluator::default(),
            metrics: no_metrics,
            status: TrainingStatus::Running,
            training_set: train,
            test_set: test,
            hyperparameters,
        };
        if let Some(folded_scaling) = &trainer.folded_scaling {
            folded_scaling.scale(trainer.network.knobs_mut());
        }
        trainer.measure_start()?;
        trainer.allocate_buffers();
        Ok(trainer)
    }

    /// Grows all buffers now, so that updates allocate nothing.
    fn allocate_buffers(&mut self) {
        let size = self.batch_size();
        self.batches.reserve(size, &self.network, &mut self.forward_pass);
        self.forward_pass.run_from(&self.network, 0);
        let (objective, targets) = (self.hyperparameters.objective(), self.batches.batch_targets());
        objective.compute_gradient(&self.network, &self.forward_pass, targets, &mut self.gradient);
    }

    /// Returns the number of samples in a mini-batch.
    fn batch_size(&self) -> usize {
        let samples = self.training_set.samples;
        self.hyperparameters.batch_size.unwrap_or(samples).min(samples)
    }

    /// Draws new initial values for the unlocked knobs, as knobs for standardized inputs if there is a
    /// scaling. Call it before the first update.
    ///
    /// # Errors
    ///
    /// Returns an error if the loss isn't finite with the new values.
    pub fn initialize(&mut self, initialization: Initialization) -> Result<(), TrainerError> {
        let values = initialization.values(self.network.architecture());
        for range in self.knob_locks.unlocked() {
            self.network.knobs_mut()[range.clone()].copy_from_slice(&values[range.clone()]);
        }
        self.update_tied_biases();
        self.initial_knobs = None;
        self.measure_start()
    }

    /// Sets the number of epochs already trained, for a run that continues another one. Call it before the
    /// first update.
    pub fn set_epoch(&mut self, epoch: usize) {
        self.metrics.epoch = epoch;
        self.stopping_rule.set_epoch(epoch);
        self.update_status();
    }

    /// Returns the state to resume from, or `None` in the middle of an epoch.
    pub fn state(&self) -> Option<TrainerState> {
        self.is_between_epochs().then(|| TrainerState {
            scaled_knobs: self
                .folded_scaling
                .as_ref()
                .map(|_| self.network.knobs().to_vec()),
            optimizer_state: self.optimizer_state.clone(),
            seed: self.hyperparameters.seed,
            order: self.batches.order(),
        })
    }

    /// Restores a state, so that training continues with the same bits as the run that saved it. The trainer
    /// must have been created at the knobs of that state. Parts that don't fit are ignored: the state of
    /// another optimizer, the sample order of another seed. Call it before the first update.
    pub fn resume(&mut self, state: &TrainerState) {
        let knobs = self.network.knobs().len();
        if let (Some(scaled), Some(_)) = (&state.scaled_knobs, &self.folded_scaling)
            && scaled.len() == knobs
        {
            self.network.knobs_mut().copy_from_slice(scaled);
            self.stopping_rule.set_best_knobs(scaled);
        }
        if state
            .optimizer_state
            .is_for(self.hyperparameters.optimizer, knobs)
        {
            self.optimizer_state.clone_from(&state.optimizer_state);
        }
        if state.seed == self.hyperparameters.seed {
            self.batches.resume(&state.order);
        }
    }

    /// Sets the status by the number of epochs left; a diverged run stays diverged.
    fn update_status(&mut self) {
        let is_finished = self.metrics.epoch >= self.hyperparameters.epochs;
        match self.status {
            TrainingStatus::Diverged(_) => {}
            TrainingStatus::Running | TrainingStatus::Done | TrainingStatus::Stopped(_) => {
                self.status = if is_finished {
                    TrainingStatus::Done
                } else {
                    TrainingStatus::Running
                };
            }
        }
    }

    /// Measures the metrics at the initial knobs.
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

    /// Returns the hyperparameters.
    pub fn hyperparameters(&self) -> &Hyperparameters {
        &self.hyperparameters
    }

    /// Returns the status of training.
    pub fn status(&self) -> TrainingStatus {
        self.status
    }

    /// Returns the metrics at the end of the last epoch; after a rollback those of the best epoch.
    pub fn metrics(&self) -> EpochMetrics {
        self.metrics
    }

    /// Returns the metrics at the start.
    pub fn initial_metrics(&self) -> EpochMetrics {
        self.stopping_rule.initial()
    }

    /// Returns the training set; its inputs are standardized if there is a scaling.
    pub fn training_set(&self) -> &EncodedDataset {
        &self.training_set
    }

    /// Returns the network; if there is a scaling, its first layer is for standardized inputs.
    pub fn network(&self) -> &Network {
        &self.network
    }

    /// Returns the learning rate of the current epoch.
    pub fn learning_rate(&self) -> f64 {
        let epoch = self
            .metrics
            .epoch
            .min(self.hyperparameters.epochs.saturating_sub(1));
        self.hyperparameters.learning_rate
            * self
                .hyperparameters
                .schedule
                .factor(epoch, self.hyperparameters.epochs)
    }

    /// Copies the knobs for raw inputs into `raw`, in the flat order.
    ///
    /// # Panics
    ///
    /// Panics if `raw` isn't as long as the network has knobs.
    pub fn copy_raw_knobs_to(&self, raw: &mut [f64]) {
        if let Some(initial_knobs) = &self.initial_knobs {
            raw.copy_from_slice(initial_knobs);
            return;
        }
        raw.copy_from_slice(self.network.knobs());
        if let Some(folded_scaling) = &self.folded_scaling {
            folded_scaling.unscale(raw);
        }
        self.knob_locks.restore(raw);
    }

    /// Trains on the next mini-batch: one update of the knobs. The last mini-batch of an epoch also measures
    /// loss and accuracy; see [`Trainer::metrics`].
    pub fn step(&mut self) -> TrainingStatus {
        if self.status != TrainingStatus::Running {
            return self.status;
        }
        let size = self.batch_size();
        let count = self
            .batches
            .load_next(size, &self.network, &mut self.forward_pass);
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
        if let Some(folded_scaling) = &self.folded_scaling {
            self.knob_locks
                .add_tied_gradients(folded_scaling, self.gradient.values_mut());
        }
        let learning_rate = self.learning_rate();
        let knobs = self.network.knobs_mut();
        self.optimizer_state.step(
            learning_rate,
            knobs,
            self.gradient.values(),
            self.knob_locks.unlocked(),
        );
        self.update_tied_biases();
        if self.batches.is_epoch_finished() {
            self.end_epoch();
        }
        self.status
    }

    /// True if an epoch has ended and the next one hasn't begun.
    pub fn is_between_epochs(&self) -> bool {
        self.batches.is_between_epochs()
    }

    /// Trains to the end of the current epoch.
    pub fn run_epoch(&mut self) -> TrainingStatus {
        let epoch = self.metrics.epoch;
        while self.step() == TrainingStatus::Running && self.metrics.epoch == epoch {}
        self.status
    }

    /// Ends training at the current knobs, or at the best epoch if a knob is no longer finite.
    pub fn stop(&mut self) {
        if self.status == TrainingStatus::Running {
            self.status = TrainingStatus::Done;
            if !self.network.knobs().iter().all(|knob| knob.is_finite()) {
                self.roll_back(Divergence::NotFinite);
            }
        }
    }

    /// Updates the scaled biases whose raw biases are locked; they depend on the weights.
    fn update_tied_biases(&mut self) {
        if let Some(folded_scaling) = &self.folded_scaling {
            self.knob_locks
                .update_tied_biases(folded_scaling, self.network.knobs_mut());
        }
    }

    /// Computes the metrics of the current knobs.
    fn measure(&mut self, epoch: usize) -> EpochMetrics {
        let Self {
            network,
            training_set,
            test_set,
            evaluator,
            hyperparameters,
            ..
        } = self;
        let objective = hyperparameters.objective();
        EpochMetrics {
            epoch,
            train: evaluator.evaluate(network, training_set, objective),
            test: test_set
                .as_ref()
                .map(|test_set| evaluator.evaluate(network, test_set, objective)),
        }
    }

    fn end_epoch(&mut self) {
        self.batches.begin_epoch();
        self.metrics = self.measure(self.metrics.epoch + 1);
        if let Some(divergence) = self.stopping_rule.update(self.metrics, self.network.knobs()) {
            self.roll_back(divergence);
            return;
        }
        let criteria = self.hyperparameters.stopping;
        if let Some(reason) = self.stopping_rule.stopping_reason(self.metrics, criteria) {
            self.status = TrainingStatus::Stopped(reason);
        } else if self.metrics.epoch >= self.hyperparameters.epochs {
            self.status = TrainingStatus::Done;
        }
    }

    /// Returns to the knobs and metrics of the best epoch and sets the status to diverged.
    fn roll_back(&mut self, divergence: Divergence) -> TrainingStatus {
        let (best, knobs) = self.stopping_rule.best();
        self.network.knobs_mut().copy_from_slice(knobs);
        self.metrics = best;
        self.update_tied_biases();
        self.batches.begin_epoch();
        self.status = TrainingStatus::Diverged(divergence);
        self.status
    }
}

impl Trainer {
    /// Replaces the hyperparameters and continues from the current knobs. `train` and `test` are the datasets
    /// that the run began with.
    ///
    /// Another optimizer begins with a new state; with another loss the metrics are measured again.
    ///
    /// # Errors
    ///
    /// Returns an error in the same cases as [`Trainer::new`]; then nothing has changed.
    pub fn set_hyperparameters(
        &mut self,
        (train, test): (&Dataset, Option<&Dataset>),
        hyperparameters: Hyperparameters,
    ) -> Result<(), TrainerError> {
        hyperparameters.check()?;
        let architecture = self.network.architecture();
        if hyperparameters.loss != self.hyperparameters.loss {
            let plan = &architecture.layers()[architecture.last_layer()];
            hyperparameters.loss.check(plan)?;
            let scaling = self.folded_scaling.as_ref().map(FoldedScaling::scaling);
            let train = EncodedDataset::with_scaling(train, architecture, hyperparameters.loss, scaling)?;
            let test = test
                .map(|test| EncodedDataset::with_scaling(test, architecture, hyperparameters.loss, scaling))
                .transpose()?;
            hyperparameters.check_data(&train, test.as_ref())?;
            self.batches.set_targets(&train);
            self.stopping_rule
                .set_untrained_loss(untrained_loss(hyperparameters.loss, &train));
            (self.training_set, self.test_set) = (train, test);
        } else {
            hyperparameters.check_data(&self.training_set, self.test_set.as_ref())?;
        }
        let previous = std::mem::replace(&mut self.hyperparameters, hyperparameters);
        if previous.optimizer != self.hyperparameters.optimizer {
            self.optimizer_state =
                OptimizerState::new(self.hyperparameters.optimizer, self.network.knobs().len());
        }
        if previous.seed != self.hyperparameters.seed {
            self.batches.set_seed(self.hyperparameters.seed);
        }
        if previous.loss != self.hyperparameters.loss {
            self.metrics = self.measure(self.metrics.epoch);
            self.stopping_rule.reset(self.metrics, self.network.knobs());
        }
        self.update_status();
        self.allocate_buffers();
        Ok(())
    }

    /// Sets the raw value of a knob during training and keeps all other raw values. A knob that the network
    /// doesn't have is ignored.
    pub fn set_knob(&mut self, knob: Knob, value: f64) {
        let Some(index) = self.network.architecture().index_of(knob) else {
            return;
        };
        self.initial_knobs = None;
        self.knob_locks.set_raw_value(knob, value);
        match &self.folded_scaling {
            Some(folded_scaling) => folded_scaling.set_raw(self.network.knobs_mut(), knob, index, value),
            None => self.network.knobs_mut()[index] = value,
        }
    }

    /// Locks a knob at its current raw value, or unlocks it. A knob that the network doesn't have is ignored.
    pub fn set_locked(&mut self, knob: Knob, is_locked: bool) {
        let Some(index) = self.network.architecture().index_of(knob) else {
            return;
        };
        let mut raw = self.network.knobs().to_vec();
        self.copy_raw_knobs_to(&mut raw);
        let raw = is_locked.then(|| raw[index]);
        self.knob_locks.set(self.network.architecture(), knob, raw);
    }
}

/// The state of a [`Trainer`] at the end of an epoch that its knobs and hyperparameters don't
/// contain: the optimizer's state and the order of the samples in later epochs.
///
/// It takes up to three `f64` for each knob and one `u32` for each sample.
#[derive(Debug, Clone, PartialEq)]
pub struct TrainerState {
    /// The knobs for standardized inputs, if there is a scaling. The raw knobs alone wouldn't do, because
    /// converting them rounds once more.
    pub(super) scaled_knobs: Option<Vec<f64>>,
    pub(super) optimizer_state: OptimizerState,
    pub(super) seed: u64,
    pub(super) order: SampleOrder,
}
