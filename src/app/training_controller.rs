//! Training in a worker thread, controlled by the window.
//!
//! The module [`worker`] contains the thread that trains.

mod worker;

pub(super) use worker::{TrainingWorker, WorkerCommand, WorkerHandle};

use std::collections::BTreeSet;
use std::sync::Arc;

use egui::Context;
use neurodial_core::network::{Activation, Knob};
use neurodial_core::session::training_run::{SettingsChange, TrainingChange};
use neurodial_core::session::training_setup::TrainTestSplit;
use neurodial_core::session::{
    Edit, Gesture, RunState, Session, TrainingCommand, TrainingConfig, TrainingRun, TrainingSetup,
    TrainingUpdate,
};
use neurodial_core::training::{Hyperparameters, TrainerState};

/// The first gesture number for training runs, far from those of user input.
const FIRST_RUN_GESTURE: u64 = 1 << 63;

/// Trains the session's network in a worker thread and passes on its updates as edits.
///
/// The thread owns a copy of the network. It stops when its run ends or the window closes.
#[derive(Debug)]
pub(crate) struct TrainingController {
    ctx: Context,
    active_run: Option<ActiveRun>,
    run_start: Option<RunStart>,
    run_count: u64,
}

/// The number of inputs, and the activation of each neuron as `[layer][neuron]`. Two networks with the same
/// signature have the same knobs in the same order.
pub(super) type NetworkSignature = (usize, Vec<Vec<Activation>>);

/// A run that has a worker thread.
#[derive(Debug)]
struct ActiveRun {
    worker: WorkerHandle,
    /// The knobs that the user is dragging: training leaves them alone.
    held_knobs: BTreeSet<Knob>,
    gesture: Gesture,
}

impl TrainingController {
    /// Creates a controller without a run. Updates of its workers will repaint the window of `ctx`.
    pub(crate) fn new(ctx: &Context) -> Self {
        Self {
            ctx: ctx.clone(),
            active_run: None,
            run_start: None,
            run_count: 0,
        }
    }

    /// Returns the number of runs started so far.
    pub(crate) fn run_count(&self) -> u64 {
        self.run_count
    }

    /// True if a worker is training right now.
    pub(crate) fn is_training(&self, session: &Session) -> bool {
        self.active_run.is_some() && session.run().state == RunState::Running
    }

    /// Handles a training command from the user. Returns the edit that the session has to apply, if any.
    pub(crate) fn handle(&mut self, command: TrainingCommand, session: &Session) -> Option<Edit> {
        match command {
            TrainingCommand::TrainOrPause if self.is_training(session) => {
                self.send(WorkerCommand::Pause);
                None
            }
            TrainingCommand::TrainOrPause => self.resume_or_start(session, WorkerCommand::Train),
            TrainingCommand::TrainEpoch => self.resume_or_start(session, WorkerCommand::TrainEpoch),
            TrainingCommand::TrainBatch => self.resume_or_start(session, WorkerCommand::TrainBatch),
            TrainingCommand::BackToStart => self.go_to_epoch(session, 0),
            TrainingCommand::GoToEpoch(epoch) => self.go_to_epoch(session, epoch),
            TrainingCommand::SwitchToBranch(branch) => {
                let mut run = session.run().clone();
                let has_branch = self.has_start(session) && run.switch_to_branch(branch);
                has_branch.then(|| self.pause_at(session, run, usize::MAX))?
            }
            // The window runs the commands of a challenge.
            TrainingCommand::StartOrEndChallenge
            | TrainingCommand::RestoreBest
            | TrainingCommand::TrainFromCurrentKnobs
            | TrainingCommand::CloseChallenge => None,
        }
    }

    /// True if there is a run whose start can be restored.
    pub(crate) fn has_start(&self, session: &Session) -> bool {
        self.matching_start(session).is_some() && !session.run().current_branch.checkpoints.is_empty()
    }

    /// Returns the start of the last run if its network has the session's architecture.
    fn matching_start(&self, session: &Session) -> Option<&RunStart> {
        self.run_start
            .as_ref()
            .filter(|start| start.architecture == network_signature(session))
    }

    /// Goes to the checkpoint that is nearest to an epoch of the current branch.
    fn go_to_epoch(&mut self, session: &Session, epoch: usize) -> Option<Edit> {
        if !self.has_start(session) {
            return None;
        }
        self.pause_at(session, session.run().clone(), epoch)
    }

    /// Stops the worker and pauses the run at the checkpoint nearest to an epoch.
    fn pause_at(&mut self, session: &Session, mut run: TrainingRun, epoch: usize) -> Option<Edit> {
        let gesture = self.run_start.as_ref()?.gesture;
        let checkpoint = run.current_branch.nearest_checkpoint(epoch)?;
        let knobs = checkpoint.knobs.to_vec();
        run.current_epoch = checkpoint.epoch;
        run.state = RunState::Paused;
        self.active_run = None;
        Some(training_update(session, knobs, gesture, run))
    }

    /// Returns the latest update of the worker as an edit, or `None` if there is none since the last call.
    pub(crate) fn take_update(&mut self, session: &Session) -> Option<Edit> {
        let active_run = self.active_run.as_mut()?;
        let update = active_run.worker.take_update()?;
        let gesture = active_run.gesture;
        if matches!(update.state, RunState::FailedToStart(_)) {
            self.active_run = None;
            let run = TrainingRun {
                state: update.state,
                ..TrainingRun::default()
            };
            return Some(run_update(gesture, run));
        }
        let run = TrainingRun {
            current_epoch: update.epoch,
            state: update.state,
            current_branch: update.branch,
            other_branches: Arc::clone(&session.run().other_branches),
        };
        Some(training_update(session, update.knobs, gesture, run))
    }

    /// Returns the gesture of the running run: knob changes that the user makes meanwhile belong to its undo
    /// step.
    pub(crate) fn gesture(&self, session: &Session) -> Option<Gesture> {
        let active_run = self.active_run.as_ref().filter(|_| self.is_training(session))?;
        Some(active_run.gesture)
    }

    /// Returns the context of the window.
    pub(crate) fn ctx(&self) -> &Context {
        &self.ctx
    }

    /// Sets a knob in the worker's network after the user changed it. If `is_held`, training leaves the knob
    /// alone until [`Self::release_knobs`].
    pub(crate) fn set_knob(&mut self, knob: Knob, value: f64, is_held: bool) {
        let is_newly_held = match &mut self.active_run {
            Some(active_run) => is_held && active_run.held_knobs.insert(knob),
            None => return,
        };
        if is_newly_held {
            self.send(WorkerCommand::SetLocked(knob, true));
        }
        self.send(WorkerCommand::SetKnob(knob, value));
    }

    /// Lets training change the dragged knobs again, except locked ones.
    pub(crate) fn release_knobs(&mut self, session: &Session) {
        let held_knobs = match &mut self.active_run {
            Some(active_run) => std::mem::take(&mut active_run.held_knobs),
            None => return,
        };
        for knob in held_knobs {
            self.send(WorkerCommand::SetLocked(
                knob,
                session.document().locked.contains(&knob),
            ));
        }
    }

    /// Passes the locks that differ from `before` on to the worker.
    pub(crate) fn update_locks(&mut self, before: &BTreeSet<Knob>, session: &Session) {
        let locked = &session.document().locked;
        for &knob in before.symmetric_difference(locked) {
            self.send(WorkerCommand::SetLocked(knob, locked.contains(&knob)));
        }
    }

    /// Limits the speed of training to a number of epochs per second; `None` for no limit.
    pub(crate) fn set_epochs_per_second(&mut self, epochs_per_second: Option<u32>) {
        if let Some(active_run) = &mut self.active_run {
            active_run
                .worker
                .send(WorkerCommand::SetEpochsPerSecond(epochs_per_second));
        }
    }

    /// Continues a run with changed hyperparameters, if its data is the same.
    pub(crate) fn update_hyperparameters(&mut self, setup: &TrainingSetup, session: &Session) {
        let Some(active_run) = &mut self.active_run else {
            return;
        };
        let hyperparameters = hyperparameters(setup, session);
        if let Some(start) = &mut self.run_start
            && start.hyperparameters != hyperparameters
        {
            active_run.worker.send(WorkerCommand::SetHyperparameters(Box::new(
                hyperparameters.clone(),
            )));
            start.hyperparameters = hyperparameters;
        }
    }

    /// Ends the run, because the session no longer holds the network that it trained. Returns the edit that
    /// marks the run as interrupted, or clears it if the architecture has changed.
    pub(crate) fn end_run(&mut self, session: &Session) -> Option<Edit> {
        let active_run = self.active_run.take();
        let start = self.run_start.as_ref()?;
        let gesture = start.gesture;
        let run = if start.architecture == network_signature(session) {
            // A run without a worker may be waiting for changed data.
            if active_run.is_none() && session.run().state != RunState::Running {
                return None;
            }
            let mut run = session.run().clone();
            let knobs = session.document().network.knobs();
            let matching_checkpoint = run
                .current_branch
                .checkpoints
                .iter()
                .rev()
                .find(|checkpoint| *checkpoint.knobs == *knobs);
            run.current_epoch = matching_checkpoint.map_or(run.current_epoch, |checkpoint| checkpoint.epoch);
            run.state = RunState::Interrupted;
            run
        } else {
            self.run_start = None;
            TrainingRun::default()
        };
        Some(run_update(gesture, run))
    }

    /// Stops the worker and keeps the run, to continue it with other data.
    pub(crate) fn stop_worker(&mut self) {
        self.active_run = None;
    }

    /// Returns the edit that pauses a run which was waiting for changed data, so that it continues only
    /// when the user starts it again.
    pub(crate) fn pause_run(&mut self, session: &Session) -> Option<Edit> {
        let start = self.run_start.as_ref()?;
        let mut run = session.run().clone();
        run.state = RunState::Paused;
        Some(run_update(start.gesture, run))
    }

    /// Stops the worker and forgets the run: the session, its network or its data has been replaced.
    pub(crate) fn clear(&mut self) {
        (self.active_run, self.run_start) = (None, None);
    }

    fn send(&mut self, command: WorkerCommand) {
        if let Some(active_run) = &mut self.active_run {
            active_run.worker.send(command);
        }
    }

    /// Continues the run or starts a new one, then sends a command to its worker.
    fn resume_or_start(&mut self, session: &Session, command: WorkerCommand) -> Option<Edit> {
        let mut run = session.run().clone();
        if !matches!(run.state, RunState::Running | RunState::Paused) {
            self.active_run = None;
        }
        if self.active_run.is_none() {
            let setup = session.setup()?;
            let split = setup.split().ok()?;
            let hyperparameters = hyperparameters(setup, session);
            let mut trainer_state = None;
            if self.can_resume(session) {
                run.branch_off();
                if let Some(start) = &mut self.run_start {
                    start.record_changes(&mut run, setup, split, &hyperparameters);
                }
                trainer_state = trainer_state_at(session, &run);
            } else {
                self.run_count += 1;
                run = TrainingRun::default();
                self.run_start = Some(RunStart {
                    architecture: network_signature(session),
                    gesture: Gesture(FIRST_RUN_GESTURE + self.run_count),
                    hyperparameters: hyperparameters.clone(),
                    configs: vec![setup.config().clone()],
                    split: Arc::clone(split),
                });
            }
            let worker = TrainingWorker::new(
                session,
                split,
                hyperparameters,
                run.current_branch.clone(),
                run.current_epoch,
                trainer_state,
            );
            self.active_run = Some(ActiveRun {
                worker: worker.spawn(&self.ctx),
                held_knobs: BTreeSet::new(),
                gesture: self.run_start.as_ref()?.gesture,
            });
        }
        self.send(command);
        run.state = RunState::Running;
        Some(run_update(self.active_run.as_ref()?.gesture, run))
    }

    /// True if the next epoch continues the existing run: it is running, paused, done or diverged, or undo or
    /// redo has restored the knobs of its current checkpoint.
    fn can_resume(&self, session: &Session) -> bool {
        let run = session.run();
        let is_at_moment = || {
            let knobs = session.document().network.knobs();
            let checkpoint = run.current_branch.nearest_checkpoint(run.current_epoch);
            checkpoint.is_some_and(|checkpoint| *checkpoint.knobs == *knobs)
        };
        self.has_start(session)
            && match run.state {
                RunState::Running
                | RunState::Paused
                | RunState::Done
                | RunState::Stopped(_)
                | RunState::Diverged(_) => true,
                RunState::Interrupted => is_at_moment(),
                RunState::NotStarted | RunState::FailedToStart(_) => false,
            }
    }
}

/// Returns the trainer state with which training continues bit for bit from the current knobs, or `None` if
/// they differ from the checkpoint of the current epoch.
fn trainer_state_at(session: &Session, run: &TrainingRun) -> Option<Arc<TrainerState>> {
    let knobs = session.document().network.knobs();
    let checkpoint = run
        .current_branch
        .checkpoints
        .iter()
        .find(|candidate| candidate.epoch == run.current_epoch)?;
    let is_unchanged = checkpoint
        .knobs
        .iter()
        .zip(knobs)
        .all(|(saved, current)| saved.to_bits() == current.to_bits());
    checkpoint.trainer_state.clone().filter(|_| is_unchanged)
}

/// Returns the hyperparameters for training the session's network.
pub(super) fn hyperparameters(setup: &TrainingSetup, session: &Session) -> Hyperparameters {
    let architecture = session.architecture();
    setup.hyperparameters(&architecture.layers()[architecture.last_layer()])
}

/// Returns the signature of the session's network.
pub(super) fn network_signature(session: &Session) -> NetworkSignature {
    let architecture = session.architecture();
    let layers = architecture.layers().iter();
    let activations = layers.map(|plan| plan.neurons.iter().map(|neuron| neuron.activation).collect());
    (architecture.input_count(), activations.collect())
}

/// Returns the edit that gives the session a run and leaves its knobs alone.
fn run_update(gesture: Gesture, run: TrainingRun) -> Edit {
    Edit::ApplyTraining(TrainingUpdate {
        knobs: None,
        gesture,
        run: Arc::new(run),
    })
}

/// Returns the edit that gives the session trained knobs, in the flat order. Locked knobs keep their
/// values.
fn training_update(session: &Session, mut knobs: Vec<f64>, gesture: Gesture, run: TrainingRun) -> Edit {
    let document = session.document();
    let current = document.network.knobs();
    for &knob in &document.locked {
        if let Some(index) = session.architecture().index_of(knob)
            && let (Some(slot), Some(&value)) = (knobs.get_mut(index), current.get(index))
        {
            *slot = value;
        }
    }
    // The knobs of a diverging run may not be finite before it is rolled back.
    let is_valid = knobs.len() == current.len() && knobs.iter().all(|knob| knob.is_finite());
    Edit::ApplyTraining(TrainingUpdate {
        knobs: is_valid.then_some(knobs),
        gesture,
        run: Arc::new(run),
    })
}

/// The network that the last run began with, and what it was trained with.
#[derive(Debug, Clone)]
struct RunStart {
    architecture: NetworkSignature,
    gesture: Gesture,
    /// The latest hyperparameters.
    hyperparameters: Hyperparameters,
    /// The configurations of the datasets that the run has used, in order.
    configs: Vec<TrainingConfig>,
    /// The dataset that it used last.
    split: Arc<TrainTestSplit>,
}

impl RunStart {
    /// Records on the branch what has changed since the run was left.
    fn record_changes(
        &mut self,
        run: &mut TrainingRun,
        setup: &TrainingSetup,
        split: &Arc<TrainTestSplit>,
        hyperparameters: &Hyperparameters,
    ) {
        let epoch = run.current_epoch;
        if let Some(change) = SettingsChange::between(&self.hyperparameters, hyperparameters) {
            let data = None;
            Arc::make_mut(&mut run.current_branch.changes).push(TrainingChange {
                epoch,
                changes: vec![change],
                dataset_index: data,
            });
        }
        self.hyperparameters = hyperparameters.clone();
        if !Arc::ptr_eq(&self.split, split) {
            self.configs.push(setup.config().clone());
            self.split = Arc::clone(split);
        }
        // A branch, or the epoch that was restored, may have used an even older dataset.
        let (previous, current) = (run.current_branch.dataset_index(), self.configs.len() - 1);
        if previous != current {
            let configs = [previous, current].map(|index| self.configs[index].clone());
            let change = SettingsChange::Data(Box::new(configs));
            run.current_branch.change_data(current, epoch, change);
        }
    }
}
