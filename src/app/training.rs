//! Training commands and the challenge.

use std::sync::Arc;

use egui::Context;

use neurodial_core::session::{
    ActionError, Challenge, Edit, RunState, SensitivityTarget, TrainingCommand, ViewChange,
};

use super::App;
use super::challenge::ActiveChallenge;

/// The interval at which the clock of a challenge is updated, if nothing else repaints.
const CHALLENGE_UPDATE_INTERVAL: std::time::Duration = std::time::Duration::from_millis(100);

impl App {
    /// Applies the latest update of the worker to the session.
    pub(super) fn receive_training(&mut self) {
        if !self.gestures.is_busy() {
            self.training_controller.release_knobs(&self.session);
        }
        if let Some(update) = self.training_controller.take_update(&self.session) {
            // This can't fail: anything that would make it invalid has ended the run.
            let _ = self.session.apply(update);
        }
    }

    /// True if a run is waiting for the user to finish changing its data.
    fn is_waiting_for_edit(&self) -> bool {
        self.session.run().state == RunState::Running && !self.training_controller.is_training(&self.session)
    }

    /// Continues a run whose data was changed, once the user has finished changing it.
    pub(super) fn resume_training(&mut self) {
        if self.is_waiting_for_edit() && !self.gestures.is_busy() {
            // A refusal is reported by the run itself.
            let _ = self.control_training(TrainingCommand::TrainOrPause);
        }
    }

    /// Runs a training command.
    pub(super) fn run_training_command(&mut self, command: TrainingCommand) -> Result<(), ActionError> {
        match command {
            TrainingCommand::TrainOrPause if self.is_waiting_for_edit() => {
                if let Some(paused) = self.training_controller.pause_run(&self.session) {
                    self.session.apply(paused)?;
                }
            }
            TrainingCommand::StartOrEndChallenge if self.active_challenge.is_some() => {
                self.end_challenge()?
            }
            TrainingCommand::StartOrEndChallenge => self.begin_challenge()?,
            TrainingCommand::RestoreBest => self.restore_best_knobs()?,
            TrainingCommand::CloseChallenge => self.close_challenge()?,
            TrainingCommand::TrainOrPause
            | TrainingCommand::TrainEpoch
            | TrainingCommand::TrainBatch
            | TrainingCommand::TrainFromCurrentKnobs => {
                // Training goes on from the user's knobs.
                self.close_challenge()?;
                let command = match command {
                    TrainingCommand::TrainFromCurrentKnobs => TrainingCommand::TrainOrPause,
                    command => command,
                };
                self.control_training(command)?;
            }
            TrainingCommand::BackToStart
            | TrainingCommand::GoToEpoch(_)
            | TrainingCommand::SwitchToBranch(_) => self.control_training(command)?,
        }
        Ok(())
    }

    /// Passes a command to the training controller and applies its action.
    fn control_training(&mut self, command: TrainingCommand) -> Result<(), ActionError> {
        let previous_run_count = self.training_controller.run_count();
        if let Some(action) = self.training_controller.handle(command, &self.session) {
            self.session.apply(action)?;
        }
        if self.training_controller.run_count() > previous_run_count {
            // A run follows the gradient of the loss, so every knob shows its sensitivity for the loss.
            self.session
                .apply(ViewChange::SetSensitivityTarget(SensitivityTarget::Loss))?;
        }
        Ok(())
    }

    /// Starts a challenge: the user and gradient descent both begin at the current knobs.
    fn begin_challenge(&mut self) -> Result<(), ActionError> {
        let ctx = self.training_controller.ctx().clone();
        self.insight.update(&self.session);
        let loss = match self.insight.metrics(&self.session) {
            Some(Ok(metrics)) if metrics.train.loss.is_finite() => metrics.train.loss,
            _ => return Ok(()),
        };
        if let Some(ended) = self.training_controller.end_run(&self.session) {
            self.session.apply(ended)?;
        }
        let Some(setup) = self.session.setup().cloned() else {
            return Ok(());
        };
        // A challenge resets the best loss: only losses within it count.
        self.best_loss = None;
        self.update_best_loss();
        let challenge = Challenge::new(loss, self.session.document().network.knobs().len());
        let now = ctx.input(|input| input.time);
        self.active_challenge = ActiveChallenge::new(&ctx, &self.session, &setup, now);
        self.session
            .apply(ViewChange::SetChallenge(Some(Arc::new(challenge))))
    }

    /// Updates the challenge with the latest losses of both sides.
    pub(super) fn update_challenge(&mut self, ctx: &Context) {
        if self.active_challenge.is_none() {
            return;
        }
        self.insight.update(&self.session);
        let loss = match self.insight.metrics(&self.session) {
            Some(Ok(metrics)) => metrics.train.loss,
            // The data or the network is gone.
            _ => f64::NAN,
        };
        let now = ctx.input(|input| input.time);
        if let Some(active_challenge) = &mut self.active_challenge
            && let Some(action) = active_challenge.update(&self.session, loss, now)
        {
            let _ = self.session.apply(action);
        }
        // The clock goes on even if nothing else happens.
        ctx.request_repaint_after(CHALLENGE_UPDATE_INTERVAL);
    }

    /// Ends the challenge and keeps its curves.
    fn end_challenge(&mut self) -> Result<(), ActionError> {
        let now = self.training_controller.ctx().input(|input| input.time);
        let ended = self
            .active_challenge
            .take()
            .and_then(|challenge| challenge.end(&self.session, now));
        ended.map_or(Ok(()), |ended| self.session.apply(ended))
    }

    /// Ends the challenge and removes it.
    fn close_challenge(&mut self) -> Result<(), ActionError> {
        self.active_challenge = None;
        match self.session.challenge() {
            Some(_) => self.session.apply(ViewChange::SetChallenge(None)),
            None => Ok(()),
        }
    }

    /// Closes a challenge whose network has another architecture than the session's.
    pub(super) fn close_stale_challenge(&mut self) -> Result<(), ActionError> {
        let knobs = self.session.document().network.knobs().len();
        let is_stale = match (&self.active_challenge, self.session.challenge()) {
            (Some(active_challenge), _) => !active_challenge.has_same_network(&self.session),
            (None, Some(challenge)) => challenge.knob_count != knobs,
            (None, None) => false,
        };
        if is_stale { self.close_challenge() } else { Ok(()) }
    }

    /// Restores the knobs of the user's lowest loss.
    fn restore_best_knobs(&mut self) -> Result<(), ActionError> {
        match &self.best_loss {
            Some(best_loss) => self.dispatch(Edit::RestoreBestKnobs(best_loss.knobs_for(&self.session))),
            None => Ok(()),
        }
    }
}
