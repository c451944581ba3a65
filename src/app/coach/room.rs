//! The thread that trains, and what goes in and out of it.

use std::collections::BTreeSet;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, TryRecvError, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use egui::Context;

use neurodial_core::learning::{TrainerState, Hyperparameters, TrainingStatus, Trainer};
use neurodial_core::network::{Knob, Network};
use neurodial_core::session::course::TrainTestSplit;
use neurodial_core::session::run::{Branch, describe_hyperparameter_change};
use neurodial_core::session::{RunState, Session};

use super::book::{RunRecorder, unscaled_knobs};

/// The window is told of news at most this often.
const UPDATE_INTERVAL: Duration = Duration::from_micros(16_667);

/// A pause waits for the end of the epoch no longer than this: it is to be seen in the next frame.
const PAUSE_TIMEOUT: Duration = Duration::from_millis(10);

/// What a thread is asked to do.
#[derive(Debug, Clone)]
pub enum WorkerCommand {
    /// Goes on until it is over.
    Train,
    /// Waits.
    Pause,
    /// To the end of an epoch, then waits.
    TrainEpoch,
    /// One step, then waits.
    TrainBatch,
    /// The most epochs a second.
    SetEpochsPerSecond(Option<u32>),
    /// Goes on with other settings.
    SetHyperparameters(Box<Hyperparameters>),
    /// Turns a knob.
    SetKnob(Knob, f64),
    /// Holds a knob, or lets it go.
    SetLocked(Knob, bool),
}

/// How a thread stands.
#[derive(Debug)]
pub struct WorkerUpdate {
    /// How many orders were carried out.
    handled_commands: u64,
    /// The knobs for raw inputs.
    pub knobs: Vec<f64>,
    /// Whether it goes on.
    pub state: RunState,
    /// The way to here.
    pub branch: Branch,
    /// The epoch that the knobs are at: the end of the line, but after a roll-back.
    pub epoch: usize,
}

/// What goes in and out of a thread, which ends when this is dropped.
#[derive(Debug)]
pub struct WorkerHandle {
    commands: Sender<WorkerCommand>,
    latest_update: Arc<Mutex<Option<WorkerUpdate>>>,
    /// How many orders were sent: news from before the last one are too old.
    sent_commands: u64,
}

impl WorkerHandle {
    /// Sends an order.
    pub fn send(&mut self, command: WorkerCommand) {
        self.sent_commands += 1;
        // A thread that has ended has told why.
        let _ = self.commands.send(command);
    }

    /// The news since the last time.
    pub fn take_update(&mut self) -> Option<WorkerUpdate> {
        let mut latest_update = self.latest_update.lock().unwrap_or_else(PoisonError::into_inner);
        latest_update.take().filter(|news| news.handled_commands >= self.sent_commands)
    }
}

/// What a thread needs to train.
#[derive(Debug)]
pub struct TrainingWorker {
    network: Network,
    locked: BTreeSet<Knob>,
    split: Arc<TrainTestSplit>,
    hyperparameters: Hyperparameters,
    epochs_per_second: Option<u32>,
    branch: Branch,
    epoch: usize,
    trainer_state: Option<Arc<TrainerState>>,
}

/// Where a thread leaves its news.
struct UpdateSender {
    ctx: Context,
    latest_update: Arc<Mutex<Option<WorkerUpdate>>>,
    last_sent: Option<Instant>,
}

/// How far a thread is to go.
#[derive(Clone, Copy, PartialEq)]
enum WorkerGoal {
    Idle,
    Train,
    /// To the end of the epoch if that comes before then.
    Pause(Instant),
    Epoch,
    Batch,
}

impl TrainingWorker {
    /// To train on from the session’s present knobs, at an epoch of a line.
    pub fn new(
        session: &Session,
        split: &Arc<TrainTestSplit>,
        hyperparameters: Hyperparameters,
        branch: Branch,
        epoch: usize,
    ) -> Self {
        let document = session.document();
        Self {
            network: document.network.clone(),
            locked: document.locked.clone(),
            split: Arc::clone(split),
            hyperparameters: hyperparameters,
            epochs_per_second: session.view().epochs_per_second,
            branch: branch,
            epoch: epoch,
            trainer_state: None,
        }
    }

    /// The same from a bookmark, if there is one.
    #[must_use]
    pub fn with_trainer_state(mut self, trainer_state: Option<Arc<TrainerState>>) -> Self {
        self.trainer_state = trainer_state;
        self
    }

    /// Starts the thread; it waits for orders.
    pub fn spawn(self, ctx: &Context) -> WorkerHandle {
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

    fn create_trainer(&self) -> Result<Trainer, String> {
        let data = (&self.split.train, self.split.test.as_ref());
        let scaling = self.split.scaling.clone();
        let mut hyperparameters = self.hyperparameters.clone();
        hyperparameters.epochs = epoch_limit(hyperparameters.epochs, self.epoch);
        let mut trainer =
            Trainer::new(&self.network, &self.locked, data, scaling, hyperparameters).map_err(|e| e.to_string())?;
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
            let period = self.epochs_per_second.map(|pace| Duration::from_secs(1) / pace.max(1));
            // Until there is something to do it sleeps; whoever sent orders may be gone, and then it ends.
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
                    WorkerCommand::SetEpochsPerSecond(epochs_per_second) => self.epochs_per_second = epochs_per_second,
                    WorkerCommand::SetHyperparameters(settings) => {
                        if let Err(reason) = self.apply_hyperparameters(&mut trainer, &mut recorder, *settings) {
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
                    // What was missed is not made up for.
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

    /// Goes on with other settings.
    fn apply_hyperparameters(&mut self, trainer: &mut Trainer, recorder: &mut RunRecorder, hyperparameters: Hyperparameters) -> Result<(), String> {
        let description = describe_hyperparameter_change(&self.hyperparameters, &hyperparameters);
        self.hyperparameters = hyperparameters.clone();
        let data = (&self.split.train, self.split.test.as_ref());
        let epochs = epoch_limit(hyperparameters.epochs, trainer.metrics().epoch);
        let hyperparameters = Hyperparameters { epochs, ..hyperparameters };
        trainer.set_hyperparameters(data, hyperparameters).map_err(|e| e.to_string())?;
        recorder.record_change(trainer, description);
        Ok(())
    }
}

/// After the last epoch there are as many again.
fn epoch_limit(epochs: usize, epoch: usize) -> usize {
    epochs.max(1) * (epoch / epochs.max(1) + 1)
}

/// The next order; `None` if none came within the pause, of which there is no end if it is `None`.
fn next_command(commands: &Receiver<WorkerCommand>, timeout: Option<Duration>) -> Result<Option<WorkerCommand>, Disconnected> {
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

/// Nobody will send orders any more.
struct Disconnected;

impl UpdateSender {
    fn is_due(&self) -> bool {
        self.last_sent.is_none_or(|told| told.elapsed() >= UPDATE_INTERVAL)
    }

    fn send_progress(&mut self, handled_commands: u64, trainer: &Trainer, recorder: &RunRecorder, goal: WorkerGoal) {
        self.last_sent = Some(Instant::now());
        let state = match trainer.status() {
            TrainingStatus::Diverged(divergence) => RunState::Diverged(divergence),
            TrainingStatus::Done => RunState::Done,
            TrainingStatus::Running if goal == WorkerGoal::Idle => RunState::Paused,
            TrainingStatus::Running => RunState::Running,
        };
        self.send(WorkerUpdate {
            handled_commands: handled_commands,
            knobs: unscaled_knobs(trainer),
            state,
            branch: recorder.branch((goal == WorkerGoal::Idle).then(|| trainer.state()).flatten()),
            epoch: trainer.metrics().epoch,
        });
    }

    /// Training is not possible, for a reason.
    fn send_refusal(&mut self, reason: String) {
        self.send(WorkerUpdate {
            handled_commands: u64::MAX,
            knobs: Vec::new(),
            state: RunState::FailedToStart(reason),
            branch: Branch::default(),
            epoch: 0,
        });
    }

    fn send(&mut self, update: WorkerUpdate) {
        *self.latest_update.lock().unwrap_or_else(PoisonError::into_inner) = Some(update);
        self.ctx.request_repaint();
    }
}
