//! A running challenge of the user against gradient descent: its clock, and the worker that trains.

use std::sync::Arc;

use egui::Context;

use neurodial_core::session::challenge::ChallengePoint;
use neurodial_core::session::training_run::Branch;
use neurodial_core::session::{Gesture, RunState, Session, TrainingSetup, ViewChange};

use super::training_controller::{
    NetworkSignature, TrainingWorker, WorkerCommand, WorkerHandle, hyperparameters, network_signature,
};

/// A running challenge: gradient descent from the same knobs, in a worker thread, and the user's turns.
#[derive(Debug)]
pub(crate) struct ActiveChallenge {
    worker: WorkerHandle,
    /// The time of the start, in seconds of egui's clock.
    started_at: f64,
    /// The version of the document that was measured last.
    version: u64,
    network_signature: NetworkSignature,
    /// The number of times the user has turned a knob; a gesture counts once.
    turns: usize,
    /// The gesture of the turn that was counted last.
    gesture: Option<Gesture>,
}

impl ActiveChallenge {
    /// Starts gradient descent from the session's knobs. `now` is in seconds of egui's clock. Returns `None`
    /// without data.
    pub(crate) fn new(ctx: &Context, session: &Session, setup: &TrainingSetup, now: f64) -> Option<Self> {
        let split = setup.split().ok()?;
        let worker = TrainingWorker::new(
            session,
            split,
            hyperparameters(setup, session),
            Branch::default(),
            0,
            None,
        );
        let mut worker = worker.spawn(ctx);
        worker.send(WorkerCommand::Train);
        Some(Self {
            worker,
            started_at: now,
            version: session.history().version(),
            network_signature: network_signature(session),
            turns: 0,
            gesture: None,
        })
    }

    /// True if both sides still have the same knobs.
    pub(crate) fn has_same_network(&self, session: &Session) -> bool {
        self.network_signature == network_signature(session)
    }

    /// Counts a knob change by the user.
    pub(crate) fn count_turn(&mut self, gesture: Option<Gesture>) {
        if gesture.is_none() || gesture != self.gesture {
            self.turns += 1;
        }
        self.gesture = gesture;
    }

    /// Returns the change that updates the challenge, or `None` if nothing has changed. `loss` is the user's
    /// current loss, `now` in seconds of egui's clock.
    pub(crate) fn update(&mut self, session: &Session, loss: f64, now: f64) -> Option<ViewChange> {
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
            if let Some(metrics) = metrics.filter(|latest| latest.train.loss.is_finite()) {
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
        has_changed.then(|| ViewChange::SetChallenge(Some(Arc::new(challenge))))
    }

    /// Stops the challenge and returns the change that ends its curves. `now` is in seconds of egui's clock.
    pub(crate) fn end(self, session: &Session, now: f64) -> Option<ViewChange> {
        let mut challenge = session.challenge()?.as_ref().clone();
        let seconds = now - self.started_at;
        challenge.is_running = false;
        // Both curves end at the same time.
        let [user, gradient_descent] =
            [&challenge.user, &challenge.gradient_descent].map(|points| points.last().copied());
        if let (Some(user), Some(gradient_descent)) = (user, gradient_descent) {
            challenge.push_user(ChallengePoint { seconds, ..user });
            challenge.push_gradient_descent(ChallengePoint {
                seconds,
                ..gradient_descent
            });
        }
        Some(ViewChange::SetChallenge(Some(Arc::new(challenge))))
    }
}
