//! The thread that trains, and the channel to it.

use std::collections::BTreeSet;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, TryRecvError, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use egui::Context;

use neurodial_core::network::{Knob, Network};
use neurodial_core::session::training_run::{Branch, SettingsChange};
use neurodial_core::session::training_setup::TrainTestSplit;
use neurodial_core::session::{RunRecorder, RunState, Session};
use neurodial_core::text::SharedText;
use neurodial_core::training::{Hyperparameters, Trainer, TrainerError, TrainerState, TrainingStatus};

/// The shortest time between two updates during training.
const UPDATE_INTERVAL: Duration = Duration::from_micros(16_667);

/// The longest time that a pause waits for the end of the epoch, so that it shows in the next frame.
const PAUSE_TIMEOUT: Duration = Duration::from_millis(10);

#[derive(Debug, Clone)]
pub(crate) enum WorkerCommand {
    /// Trains until all epochs are done.
    Train,
    /// Pauses, at the end of the epoch if that is near.
    Pause,
    /// Trains to the end of the epoch, then pauses.
    TrainEpoch,
    /// Trains on one mini-batch, then pauses.
    TrainBatch,
    /// Sets the largest number of epochs per second; `None` for no limit.
    SetEpochsPerSecond(Option<u32>),
    /// Continues with other hyperparameters.
    SetHyperparameters(Box<Hyperparameters>),
    SetKnob(Knob, f64),
    /// Locks or unlocks a knob.
    SetLocked(Knob, bool),
}

#[derive(Debug)]
pub(crate) struct WorkerUpdate {
    /// The number of commands that the worker has handled.
    handled_commands: u64,
    /// The knobs for raw inputs, in the flat order.
    pub(crate) knobs: Vec<f64>,
    pub(crate) state: RunState,
    /// The epochs up to here.
    pub(crate) branch: Branch,
    /// The epoch of the knobs: the end of the branch, or an earlier one after a rollback.
    pub(crate) epoch: usize,
}

/// The window's end of the channel to a worker. The worker stops when it is dropped.
#[derive(Debug)]
pub(crate) struct WorkerHandle {
    commands: Sender<WorkerCommand>,
    latest_update: Arc<Mutex<Option<WorkerUpdate>>>,
    /// The number of commands sent. An update from before the last of them is outdated.
    sent_commands: u64,
}

impl WorkerHandle {
    pub(crate) fn send(&mut self, command: WorkerCommand) {
        self.sent_commands += 1;
        // A worker that has stopped has already reported why.
        let _ = self.commands.send(command);
    }

    /// Returns the latest update, or `None` if there is none since the last call or it predates the last
    /// command.
    pub(crate) fn take_update(&mut self) -> Option<WorkerUpdate> {
        let mut latest_update = self.latest_update.lock().unwrap_or_else(PoisonError::into_inner);
        latest_update
            .take()
            .filter(|update| update.handled_commands >= self.sent_commands)
    }
}

/// The data and settings that a worker trains with.
#[derive(Debug)]
pub(crate) struct TrainingWorker {
    network: Network,
    locked: BTreeSet<Knob>,
    split: Arc<TrainTestSplit>,
    hyperparameters: Hyperparameters,
    epochs_per_second: Option<u32>,
    branch: Branch,
    epoch: usize,
    trainer_state: Option<Arc<TrainerState>>,
}

/// The worker's end of the channel.
struct UpdateSender {
    ctx: Context,
    latest_update: Arc<Mutex<Option<WorkerUpdate>>>,
    last_sent: Option<Instant>,
}

/// The point at which a worker pauses.
#[derive(Clone, Copy, PartialEq)]
enum WorkerGoal {
    Idle,
    Train,
    /// Trains to the end of the epoch, or until this time if that comes first.
    Pause(Instant),
    Epoch,
    Batch,
}

impl TrainingWorker {
    /// Creates a worker that trains on from the session's current knobs, at an epoch of a branch. It resumes
    /// from the trainer state, if there is one.
    pub(crate) fn new(
        session: &Session,
        split: &Arc<TrainTestSplit>,
        hyperparameters: Hyperparameters,
        branch: Branch,
        epoch: usize,
        trainer_state: Option<Arc<TrainerState>>,
    ) -> Self {
        let document = session.document();
        Self {
            network: document.network.clone(),
            locked: document.locked.clone(),
            split: Arc::clone(split),
            hyperparameters,
            epochs_per_second: session.view().epochs_per_second,
            branch,
            epoch,
            trainer_state,
        }
    }

    /// Starts the thread. It waits for commands.
    pub(crate) fn spawn(self, ctx: &Context) -> WorkerHandle {
        let (commands, receiver) = channel();
        let latest_update = Arc::new(Mutex::new(None));
        let update_sender = UpdateSender {
            ctx: ctx.clone(),
            latest_update: Arc::clone(&latest_update),
            last_sent: None,
        };
        thread::spawn(move || self.run(&receiver, update_sender));
        WorkerHandle {
            commands,
            latest_update,
            sent_commands: 0,
        }
    }

    fn create_trainer(&self) -> Result<Trainer, TrainerError> {
        let data = (&self.split.train, self.split.test.as_ref());
        let scaling = self.split.scaling.clone();
        let mut hyperparameters = self.hyperparameters.clone();
        hyperparameters.epochs = epoch_limit(hyperparameters.epochs, self.epoch);
        let mut trainer = Trainer::new(&self.network, &self.locked, data, scaling, hyperparameters)?;
        trainer.set_epoch(self.epoch);
        if let Some(trainer_state) = &self.trainer_state {
            trainer.resume(trainer_state);
        }
        Ok(trainer)
    }

    fn run(mut self, commands: &Receiver<WorkerCommand>, mut update_sender: UpdateSender) {
        let mut trainer = match self.create_trainer() {
            Ok(trainer) => trainer,
            Err(reason) => return update_sender.send_refusal(reason),
        };
        let mut recorder = RunRecorder::new(&trainer, std::mem::take(&mut self.branch));
        let mut goal = WorkerGoal::Idle;
        let mut handled_commands = 0;
        let mut next_epoch = Instant::now();
        loop {
            let period = self
                .epochs_per_second
                .map(|rate| Duration::from_secs(1) / rate.max(1));
            // The worker sleeps until there is something to do. It stops when the handle is dropped.
            let pause = match (goal, period) {
                (WorkerGoal::Idle, _) => None,
                (WorkerGoal::Train, Some(_)) => Some(next_epoch.saturating_duration_since(Instant::now())),
                _ => Some(Duration::ZERO),
            };
            let Ok(mut command) = next_command(commands, pause) else {
                return;
            };
            let previous_goal = goal;
            let mut must_send = command.is_some();
            while let Some(received) = command {
                handled_commands += 1;
                match received {
                    WorkerCommand::Train => goal = WorkerGoal::Train,
                    WorkerCommand::Pause if goal == WorkerGoal::Train => {
                        goal = WorkerGoal::Pause(Instant::now() + PAUSE_TIMEOUT);
                    }
                    WorkerCommand::Pause => goal = WorkerGoal::Idle,
                    WorkerCommand::TrainEpoch => goal = WorkerGoal::Epoch,
                    WorkerCommand::TrainBatch => goal = WorkerGoal::Batch,
                    WorkerCommand::SetEpochsPerSecond(epochs_per_second) => {
                        self.epochs_per_second = epochs_per_second
                    }
                    WorkerCommand::SetHyperparameters(settings) => {
                        if let Err(reason) =
                            self.apply_hyperparameters(&mut trainer, &mut recorder, *settings)
                        {
                            return update_sender.send_refusal(reason);
                        }
                    }
                    WorkerCommand::SetKnob(knob, value) => trainer.set_knob(knob, value),
                    WorkerCommand::SetLocked(knob, is_locked) => trainer.set_locked(knob, is_locked),
                }
                command = commands.try_recv().ok();
            }
            if previous_goal != goal {
                next_epoch = Instant::now();
            }
            if goal == WorkerGoal::Train && self.epochs_per_second.is_some() && Instant::now() < next_epoch {
                if must_send {
                    update_sender.send_progress(handled_commands, &trainer, &recorder, goal);
                }
                continue;
            }
            if matches!(goal, WorkerGoal::Pause(_)) && trainer.is_between_epochs() {
                goal = WorkerGoal::Idle;
            }
            if goal != WorkerGoal::Idle {
                let epoch = trainer.metrics().epoch;
                let status = trainer.step();
                let has_ended = trainer.metrics().epoch != epoch;
                if has_ended {
                    recorder.record_epoch(&trainer);
                    next_epoch += period.unwrap_or_default();
                    // Epochs that were missed are not caught up on.
                    next_epoch = next_epoch.max(Instant::now() - UPDATE_INTERVAL);
                }
                let is_reached = match goal {
                    WorkerGoal::Idle | WorkerGoal::Train => false,
                    WorkerGoal::Pause(until) => has_ended || Instant::now() >= until,
                    WorkerGoal::Epoch => has_ended,
                    WorkerGoal::Batch => true,
                };
                if is_reached || status != TrainingStatus::Running {
                    goal = WorkerGoal::Idle;
                    must_send = true;
                }
            }
            if must_send || update_sender.is_due() {
                update_sender.send_progress(handled_commands, &trainer, &recorder, goal);
            }
        }
    }

    /// Continues with other hyperparameters.
    fn apply_hyperparameters(
        &mut self,
        trainer: &mut Trainer,
        recorder: &mut RunRecorder,
        hyperparameters: Hyperparameters,
    ) -> Result<(), TrainerError> {
        let change = SettingsChange::between(&self.hyperparameters, &hyperparameters);
        self.hyperparameters = hyperparameters.clone();
        let data = (&self.split.train, self.split.test.as_ref());
        let epochs = epoch_limit(hyperparameters.epochs, trainer.metrics().epoch);
        let hyperparameters = Hyperparameters {
            epochs,
            ..hyperparameters
        };
        trainer.set_hyperparameters(data, hyperparameters)?;
        recorder.record_change(trainer, change);
        Ok(())
    }
}

/// Returns the epoch at which a run at epoch `at` ends: the next multiple of the chosen number, so that a
/// finished run can go on for as many epochs again.
fn epoch_limit(epochs: usize, epoch: usize) -> usize {
    epochs.max(1) * (epoch / epochs.max(1) + 1)
}

/// Returns the next command, or `None` if none arrives within `timeout`. Waits without limit if `timeout` is
/// `None`.
fn next_command(
    commands: &Receiver<WorkerCommand>,
    timeout: Option<Duration>,
) -> Result<Option<WorkerCommand>, Disconnected> {
    match timeout {
        None => commands.recv().map(Some).map_err(|_| Disconnected),
        Some(Duration::ZERO) => match commands.try_recv() {
            Ok(command) => Ok(Some(command)),
            Err(TryRecvError::Empty) => Ok(None),
            Err(TryRecvError::Disconnected) => Err(Disconnected),
        },
        Some(pause) => match commands.recv_timeout(pause) {
            Ok(command) => Ok(Some(command)),
            Err(RecvTimeoutError::Timeout) => Ok(None),
            Err(RecvTimeoutError::Disconnected) => Err(Disconnected),
        },
    }
}

/// The error when the handle was dropped and no more commands can arrive.
struct Disconnected;

impl UpdateSender {
    fn is_due(&self) -> bool {
        self.last_sent
            .is_none_or(|sent_at| sent_at.elapsed() >= UPDATE_INTERVAL)
    }

    fn send_progress(
        &mut self,
        handled_commands: u64,
        trainer: &Trainer,
        recorder: &RunRecorder,
        goal: WorkerGoal,
    ) {
        self.last_sent = Some(Instant::now());
        let state = match trainer.status() {
            TrainingStatus::Diverged(divergence) => RunState::Diverged(divergence),
            TrainingStatus::Done => RunState::Done,
            TrainingStatus::Stopped(reason) => RunState::Stopped(reason),
            TrainingStatus::Running if goal == WorkerGoal::Idle => RunState::Paused,
            TrainingStatus::Running => RunState::Running,
        };
        self.send(WorkerUpdate {
            handled_commands,
            knobs: RunRecorder::knobs_of(trainer),
            state,
            branch: recorder.branch((goal == WorkerGoal::Idle).then(|| trainer.state()).flatten()),
            epoch: trainer.metrics().epoch,
        });
    }

    /// Reports that training can't start or continue, with the reason.
    fn send_refusal(&mut self, reason: TrainerError) {
        self.send(WorkerUpdate {
            handled_commands: u64::MAX,
            knobs: Vec::new(),
            state: RunState::FailedToStart(SharedText::new(reason)),
            branch: Branch::default(),
            epoch: 0,
        });
    }

    fn send(&mut self, update: WorkerUpdate) {
        *self.latest_update.lock().unwrap_or_else(PoisonError::into_inner) = Some(update);
        self.ctx.request_repaint();
    }
}
