//! The duel of the hand against gradient descent: who has the clock, and the rival’s thread.

use std::sync::Arc;

use egui::Context;

use neurodial_core::session::duel::ChallengePoint;
use neurodial_core::session::run::Branch;
use neurodial_core::session::{Action, TrainingSetup, Gesture, RunState, Session};

use super::coach::{NetworkSignature, WorkerCommand, WorkerHandle, TrainingWorker, network_signature, hyperparameters};

/// The other side of a duel: gradient descent from the same start, in a thread of its own.
#[derive(Debug)]
pub struct ActiveChallenge {
    worker: WorkerHandle,
    /// In seconds of the window’s clock.
    started_at: f64,
    /// The document’s version that was measured last.
    version: u64,
    network_signature: NetworkSignature,
    turns: usize,
    /// The gesture of the turn that was counted last.
    gesture: Option<Gesture>,
}

impl ActiveChallenge {
    /// Gradient descent begins at the session’s knobs, at a time of the window’s clock.
    /// `None` without data.
    pub fn new(ctx: &Context, session: &Session, setup: &TrainingSetup, now: f64) -> Option<Self> {
        let split = setup.split().ok()?;
        let worker = TrainingWorker::new(session, split, hyperparameters(setup, session), Branch::default(), 0);
        let mut handle = worker.spawn(ctx);
        handle.send(WorkerCommand::Train);
        Some(Self {
            worker: handle,
            started_at: now,
            version: session.history().version(),
            network_signature: network_signature(session),
            turns: 0,
            gesture: None,
        })
    }

    /// Whether both still turn the same knobs.
    pub fn has_same_network(&self, session: &Session) -> bool {
        self.network_signature == network_signature(session)
    }

    /// A hand has turned a knob.
    pub fn count_turn(&mut self, gesture: Option<Gesture>) {
        if gesture.is_none() || gesture != self.gesture {
            self.turns += 1;
        }
        self.gesture = gesture;
    }

    /// The duel as it stands at a time of the window’s clock; `loss` is the hand’s now.
    pub fn update(&mut self, session: &Session, loss: f64, now: f64) -> Option<Action> {
        let mut challenge = session.challenge()?.as_ref().clone();
        let seconds = now - self.started_at;
        let version = session.history().version();
        if version != self.version {
            self.version = version;
            let point = ChallengePoint {
                seconds,
                turns: self.turns,
                loss,
            };
            challenge.push_user(point);
        }
        if let Some(update) = self.worker.take_update() {
            let metrics = update.branch.metrics_at(update.epoch);
            if let Some(metrics) = metrics.filter(|record| record.train.loss.is_finite()) {
                challenge.push_gradient_descent(ChallengePoint {
                    seconds,
                    turns: metrics.epoch,
                    loss: metrics.train.loss,
                });
            }
            if let RunState::FailedToStart(_) = update.state {
                challenge.is_running = false;
            }
        }
        let has_changed = challenge != **session.challenge()?;
        has_changed.then(|| Action::SetChallenge(Some(Arc::new(challenge))))
    }

    /// The time of the duel, at a time of the window’s clock.
    pub fn end(self, session: &Session, now: f64) -> Option<Action> {
        let mut challenge = session.challenge()?.as_ref().clone();
        let seconds = now - self.started_at;
        challenge.is_running = false;
        // Both curves end together.
        let [hand, machine] = [&challenge.user, &challenge.gradient_descent].map(|points| points.last().copied());
        if let (Some(hand), Some(machine)) = (hand, machine) {
            challenge.push_user(ChallengePoint { seconds, ..hand });
            challenge.push_gradient_descent(ChallengePoint { seconds, ..machine });
        }
        Some(Action::SetChallenge(Some(Arc::new(challenge))))
    }
}
