//! Training beside the window, in a thread of its own.
//!
//! | file | noun |
//! | --- | --- |
//! | [`book`] | `Book`: what is kept of a run |
//! | [`start`] | `Start`: where a run began, and what it has learned from since |
//! | [`room`] | `Room`: the thread that trains; `Post`: what goes in and out of it |

mod book;
mod room;
mod start;

use std::collections::BTreeSet;
use std::sync::Arc;

use egui::Context;

use neurodial_core::learning::{TrainerState, Hyperparameters};
use neurodial_core::network::{Activation, Knob};
use neurodial_core::session::{Action, TrainingCommand, TrainingSetup, Gesture, TrainingUpdate, TrainingRun, RunState, Session};

pub(super) use room::{WorkerCommand, WorkerHandle, TrainingWorker};
use start::RunStart;

/// Gestures of runs are counted from here, far from those of hands.
const FIRST_RUN_GESTURE: u64 = 1 << 63;

/// Trains in a thread of its own what the session holds, and brings the news.
///
/// The thread owns a copy of the network. It ends when its run is over for the session, and with the window.
#[derive(Debug)]
pub struct TrainingController {
    ctx: Context,
    active_run: Option<ActiveRun>,
    run_start: Option<RunStart>,
    run_count: u64,
}

/// Inputs, and the activation of each neuron: what makes knobs mean the same.
pub(super) type NetworkSignature = (usize, Vec<Vec<Activation>>);

/// A run whose thread is there.
#[derive(Debug)]
struct ActiveRun {
    worker: WorkerHandle,
    /// Knobs that a hand holds, so that training leaves them.
    held_knobs: BTreeSet<Knob>,
    gesture: Gesture,
}

impl TrainingController {
    /// Nobody trains yet; news wake the window of `ctx`.
    pub fn new(ctx: &Context) -> Self {
        Self {
            ctx: ctx.clone(),
            active_run: None,
            run_start: None,
            run_count: 0,
        }
    }

    /// How many runs there were.
    pub fn run_count(&self) -> u64 {
        self.run_count
    }

    /// Whether a run goes on right now.
    pub fn is_training(&self, session: &Session) -> bool {
        self.active_run.is_some() && session.run().state == RunState::Running
    }

    /// Does what a person asks of training; gives back what the session is to do.
    pub fn handle(&mut self, command: TrainingCommand, session: &Session) -> Option<Action> {
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
            _ => None,
        }
    }

    /// Whether there is a start to go back to.
    pub fn has_start(&self, session: &Session) -> bool {
        self.matching_start(session).is_some() && !session.run().current_branch.checkpoints.is_empty()
    }

    fn matching_start(&self, session: &Session) -> Option<&RunStart> {
        self.run_start
            .as_ref()
            .filter(|start| start.architecture == network_signature(session))
    }

    /// To the moment nearest to an epoch of the present line.
    fn go_to_epoch(&mut self, session: &Session, epoch: usize) -> Option<Action> {
        if !self.has_start(session) {
            return None;
        }
        self.pause_at(session, session.run().clone(), epoch)
    }

    fn pause_at(&mut self, session: &Session, mut run: TrainingRun, epoch: usize) -> Option<Action> {
        let gesture = self.run_start.as_ref()?.gesture;
        let checkpoint = run.current_branch.nearest_checkpoint(epoch)?;
        let knobs = checkpoint.knobs.to_vec();
        run.current_epoch = checkpoint.epoch;
        run.state = RunState::Paused;
        self.active_run = None;
        Some(training_update(session, knobs, gesture, run))
    }

    /// The news since the last time, as an action.
    pub fn take_update(&mut self, session: &Session) -> Option<Action> {
        let active_run = self.active_run.as_mut()?;
        let update = active_run.worker.take_update()?;
        let gesture = active_run.gesture;
        if matches!(update.state, RunState::FailedToStart(_)) {
            self.active_run = None;
            let run = Arc::new(TrainingRun {
                state: update.state,
                ..TrainingRun::default()
            });
            return Some(Action::ApplyTraining(TrainingUpdate {
                knobs: None,
                gesture,
                run,
            }));
        }
        let run = TrainingRun {
            current_epoch: update.epoch,
            state: update.state,
            current_branch: update.branch,
            other_branches: Arc::clone(&session.run().other_branches),
        };
        Some(training_update(session, update.knobs, gesture, run))
    }

    /// The gesture of a run that goes on: what hands turn meanwhile belongs to its undo step.
    pub fn gesture(&self, session: &Session) -> Option<Gesture> {
        let active_run = self.active_run.as_ref().filter(|_| self.is_training(session))?;
        Some(active_run.gesture)
    }

    /// The window.
    pub fn ctx(&self) -> &Context {
        &self.ctx
    }

    /// A hand has turned a knob; it is held until [`Self::let_go`] if the hand goes on.
    pub fn set_knob(&mut self, knob: Knob, value: f64, is_held: bool) {
        let is_newly_held = match &mut self.active_run {
            Some(active_run) => is_held && active_run.held_knobs.insert(knob),
            None => return,
        };
        if is_newly_held {
            self.send(WorkerCommand::SetLocked(knob, true));
        }
        self.send(WorkerCommand::SetKnob(knob, value));
    }

    /// The hands are empty.
    pub fn release_knobs(&mut self, session: &Session) {
        let held_knobs = match &mut self.active_run {
            Some(active_run) => std::mem::take(&mut active_run.held_knobs),
            None => return,
        };
        for knob in held_knobs {
            self.send(WorkerCommand::SetLocked(knob, session.document().locked.contains(&knob)));
        }
    }

    /// Locks have changed from `before`.
    pub fn update_locks(&mut self, before: &BTreeSet<Knob>, session: &Session) {
        let locked = &session.document().locked;
        for &knob in before.symmetric_difference(locked) {
            self.send(WorkerCommand::SetLocked(knob, locked.contains(&knob)));
        }
    }

    /// It goes on at another pace.
    pub fn set_epochs_per_second(&mut self, epochs_per_second: Option<u32>) {
        if let Some(active_run) = &mut self.active_run {
            active_run.worker.send(WorkerCommand::SetEpochsPerSecond(epochs_per_second));
        }
    }

    /// Settings were changed, not the data: a run goes on with the new ones.
    pub fn update_hyperparameters(&mut self, setup: &TrainingSetup, session: &Session) {
        let Some(active_run) = &mut self.active_run else { return };
        let hyperparameters = hyperparameters(setup, session);
        if let Some(start) = &mut self.run_start
            && start.hyperparameters != hyperparameters
        {
            active_run.worker.send(WorkerCommand::SetHyperparameters(Box::new(hyperparameters.clone())));
            start.hyperparameters = hyperparameters;
        }
    }

    /// Ends the run: what it trained is no longer what the session holds. Gives back what the session is to do: of
    /// another architecture’s run nothing is kept.
    pub fn end_run(&mut self, session: &Session) -> Option<Action> {
        let active_run = self.active_run.take();
        let start = self.run_start.as_ref()?;
        let gesture = start.gesture;
        let run = if start.architecture == network_signature(session) {
            // Without a thread it may wait for other data.
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
        Some(Action::ApplyTraining(TrainingUpdate {
            knobs: None,
            gesture,
            run: Arc::new(run),
        }))
    }

    /// Leaves the run where it is, to go on with other data.
    pub fn stop_worker(&mut self) {
        self.active_run = None;
    }

    /// A run that waits for other data waits on for somebody to play it.
    pub fn pause_run(&mut self, session: &Session) -> Option<Action> {
        let start = self.run_start.as_ref()?;
        let mut run = session.run().clone();
        run.state = RunState::Paused;
        Some(Action::ApplyTraining(TrainingUpdate {
            knobs: None,
            gesture: start.gesture,
            run: Arc::new(run),
        }))
    }

    /// Forgets the run and its start: the session is another one, or its network or data is.
    pub fn clear(&mut self) {
        (self.active_run, self.run_start) = (None, None);
    }

    fn send(&mut self, command: WorkerCommand) {
        if let Some(active_run) = &mut self.active_run {
            active_run.worker.send(command);
        }
    }

    /// Goes on with the run, or begins one.
    fn resume_or_start(&mut self, session: &Session, command: WorkerCommand) -> Option<Action> {
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
            let worker = TrainingWorker::new(session, split, hyperparameters, run.current_branch.clone(), run.current_epoch).with_trainer_state(trainer_state);
            self.active_run = Some(ActiveRun {
                worker: worker.spawn(&self.ctx),
                held_knobs: BTreeSet::new(),
                gesture: self.run_start.as_ref()?.gesture,
            });
        }
        self.send(command);
        run.state = RunState::Running;
        Some(Action::ApplyTraining(TrainingUpdate {
            knobs: None,
            gesture: self.active_run.as_ref()?.gesture,
            run: Arc::new(run),
        }))
    }

    /// Whether the next epoch belongs to the run that there was: it waits, also for other data, or undo and redo have come to one of its
    /// moments.
    fn can_resume(&self, session: &Session) -> bool {
        let run = session.run();
        let is_at_moment = || {
            let knobs = session.document().network.knobs();
            let checkpoint = run.current_branch.nearest_checkpoint(run.current_epoch);
            checkpoint.is_some_and(|checkpoint| *checkpoint.knobs == *knobs)
        };
        self.has_start(session)
            && match run.state {
                RunState::Running | RunState::Paused | RunState::Done | RunState::Diverged(_) => true,
                RunState::Interrupted => is_at_moment(),
                RunState::NotStarted | RunState::FailedToStart(_) => false,
            }
    }
}

/// What it takes to go on from where the knobs are as if the run had not been left; `None` if they are no moment of it.
fn trainer_state_at(session: &Session, run: &TrainingRun) -> Option<Arc<TrainerState>> {
    let knobs = session.document().network.knobs();
    let checkpoint = run.current_branch.checkpoints.iter().find(|moment| moment.epoch == run.current_epoch)?;
    let is_unchanged = checkpoint
        .knobs
        .iter()
        .zip(knobs)
        .all(|(saved, current)| saved.to_bits() == current.to_bits());
    checkpoint.trainer_state.clone().filter(|_| is_unchanged)
}

/// The settings of a run of the session’s network.
pub(super) fn hyperparameters(setup: &TrainingSetup, session: &Session) -> Hyperparameters {
    let architecture = session.architecture();
    setup.hyperparameters(&architecture.layers()[architecture.last_layer()])
}

/// What makes the knobs of two networks mean the same.
pub(super) fn network_signature(session: &Session) -> NetworkSignature {
    let architecture = session.architecture();
    let layers = architecture.layers().iter();
    let activations = layers.map(|plan| plan.neurons.iter().map(|neuron| neuron.activation).collect());
    (architecture.input_count(), activations.collect())
}

/// Knobs for a session; what is locked stays.
fn training_update(session: &Session, mut knobs: Vec<f64>, gesture: Gesture, run: TrainingRun) -> Action {
    let document = session.document();
    let current = document.network.knobs();
    for &knob in &document.locked {
        if let Some(index) = session.architecture().index_of(knob)
            && let (Some(slot), Some(&value)) = (knobs.get_mut(index), current.get(index))
        {
            *slot = value;
        }
    }
    // Before a run that diverges is rolled back, its knobs may be no numbers.
    let is_valid = knobs.len() == current.len() && knobs.iter().all(|knob| knob.is_finite());
    Action::ApplyTraining(TrainingUpdate {
        knobs: is_valid.then_some(knobs),
        gesture,
        run: Arc::new(run),
    })
}
