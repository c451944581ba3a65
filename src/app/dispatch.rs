//! Sends each action to the session, to training or to the challenge, and its effect to the other parts of the
//! window.

use std::collections::BTreeSet;
use std::sync::Arc;

use egui::Context;

use neurodial_core::network::Knob;
use neurodial_core::session::training_setup::TrainTestSplit;
use neurodial_core::session::{
    Action, ActionError, Adjustable, Challenge, DocumentPart, Edit, Gesture, RunState, SensitivityTarget,
    TrainingCommand, TrainingSetup, ViewChange,
};
use neurodial_core::text::Localized as _;

use super::best_loss::BestLoss;
use super::challenge::ActiveChallenge;
use super::preferences::Preferences;
use super::state::{App, StatusMessage};

/// The interval at which the clock of a challenge is updated, if nothing else repaints.
const CHALLENGE_UPDATE_INTERVAL: std::time::Duration = std::time::Duration::from_millis(100);

impl App {
    /// Applies an action and shows a refusal in the status line. Saves the view options that are preferences.
    pub(super) fn apply_action(&mut self, action: impl Into<Action>) {
        let action = action.into();
        let changed_part = action.changed_part();
        match self.dispatch(action) {
            Ok(()) => {
                self.message = StatusMessage::default();
                if changed_part == Some(DocumentPart::Architecture) {
                    // The edited address may now belong to another knob.
                    self.elements.number_edit = None;
                }
            }
            Err(refusal) => self.show_problem(refusal.message(self.messages)),
        }
        if self.lesson.is_some() {
            return;
        }
        let view = self.session.view();
        let shown = (view.decimals, view.knob_layout, view.has_knob_profiles);
        let Preferences {
            decimals,
            knob_layout,
            has_knob_profiles,
            ..
        } = &mut self.preferences;
        if (*decimals, *knob_layout, *has_knob_profiles) != shown {
            (*decimals, *knob_layout, *has_knob_profiles) = shown;
            self.save_preferences();
        }
    }

    /// Runs a training command, or applies another action to the session and informs the training controller
    /// and the challenge of its effect.
    fn dispatch(&mut self, action: impl Into<Action>) -> Result<(), ActionError> {
        let mut action = match action.into() {
            Action::Training(command) => return self.run_training_command(command),
            action @ (Action::Edit(_) | Action::View(_) | Action::History(_)) => action,
        };
        let changed_part = action.changed_part();
        if let Action::Edit(edit) = &mut action
            && let Some(run) = self.training_controller.gesture(&self.session)
        {
            self.join_run(edit, run);
        }
        let version = self.session.history().version();
        let locked = self.session.document().locked.clone();
        let split = self.train_test_split();
        let epochs_per_second = self.session.view().epochs_per_second;
        self.session.apply(action)?;
        // A typed or reset value; gestures follow their knob from the beginning.
        if let Some(DocumentPart::Knob(knob, None)) = changed_part {
            self.session.apply(ViewChange::Follow(knob))?;
        }
        let is_same_split = match (&split, &self.train_test_split()) {
            (Some(before), Some(now)) => Arc::ptr_eq(before, now),
            (before, now) => before.is_none() && now.is_none(),
        };
        if !is_same_split {
            self.active_challenge = None;
            // The session has kept a run that continues with other data, and cleared any other.
            match self.session.run().state {
                RunState::Running => self.training_controller.stop_worker(),
                _ => self.training_controller.clear(),
            }
        } else if self.session.view().epochs_per_second != epochs_per_second {
            self.training_controller
                .set_epochs_per_second(self.session.view().epochs_per_second);
        } else if let Some(part) = changed_part
            && self.session.history().version() != version
        {
            self.inform_of_change(part, &locked)?;
        }
        Ok(())
    }

    /// Makes an edit during a run part of the run's undo step if it turns a knob or an input, or changes the
    /// hyperparameters. Other data is a step of its own.
    fn join_run(&self, edit: &mut Edit, run: Gesture) {
        let setup = self.session.setup();
        if let Edit::Set {
            target: target @ Adjustable::Hyperparameter(_),
            value,
        } = *edit
        {
            *edit = Edit::Turn {
                target,
                value,
                gesture: None,
            };
        }
        if let Edit::Turn {
            target,
            value,
            gesture,
        } = edit
        {
            let has_other_data = match (*target, setup) {
                (Adjustable::Hyperparameter(hyperparameter), Some(setup)) => {
                    let config = setup.config();
                    !hyperparameter.with(config, *value).has_same_samples(config)
                }
                _ => false,
            };
            if !has_other_data {
                *gesture = Some(run);
            }
        } else if let Edit::SetTrainingSetup(Some(setup)) | Edit::DragTrainingSetup { setup, .. } = edit
            && self.has_same_data(setup)
        {
            *edit = Edit::DragTrainingSetup {
                setup: Arc::clone(setup),
                gesture: run,
            };
        }
    }

    /// Informs the training controller and the challenge of a change of the document that has left the data
    /// alone. `locked` are the knobs that were locked before it.
    fn inform_of_change(&mut self, part: DocumentPart, locked: &BTreeSet<Knob>) -> Result<(), ActionError> {
        match part {
            DocumentPart::Knob(knob, gesture) => {
                if let Some(active_challenge) = &mut self.active_challenge {
                    active_challenge.count_turn(gesture);
                }
                let value = self.session.document().value(knob.into()).unwrap_or(0.0);
                self.training_controller.set_knob(knob, value, gesture.is_some());
            }
            DocumentPart::Locks => self.training_controller.update_locks(locked, &self.session),
            DocumentPart::TrainingSetup => {
                if let Some(setup) = self.session.setup() {
                    self.training_controller
                        .update_hyperparameters(setup, &self.session);
                }
            }
            // Training doesn't depend on them.
            DocumentPart::Inputs | DocumentPart::Annotations => {}
            DocumentPart::Knobs
            | DocumentPart::State
            | DocumentPart::Activations
            | DocumentPart::Architecture => {
                if let Some(ended) = self.training_controller.end_run(&self.session) {
                    self.session.apply(ended)?;
                }
                self.close_stale_challenge()?;
            }
        }
        Ok(())
    }

    /// True if a setup has the same dataset as the session's.
    fn has_same_data(&self, setup: &TrainingSetup) -> bool {
        match (self.train_test_split(), setup.split()) {
            (Some(before), Ok(now)) => Arc::ptr_eq(&before, now),
            _ => false,
        }
    }

    fn train_test_split(&self) -> Option<Arc<TrainTestSplit>> {
        self.session.setup()?.split().ok().map(Arc::clone)
    }

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

    fn run_training_command(&mut self, command: TrainingCommand) -> Result<(), ActionError> {
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
            TrainingCommand::RestoreBest => {
                if let Some(best_loss) = &self.best_loss {
                    self.dispatch(Edit::RestoreBestKnobs(best_loss.knobs_for(&self.session)))?;
                }
            }
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
        BestLoss::update(&mut self.best_loss, &self.session, &self.insight);
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
    fn close_stale_challenge(&mut self) -> Result<(), ActionError> {
        let knobs = self.session.document().network.knobs().len();
        let is_stale = match (&self.active_challenge, self.session.challenge()) {
            (Some(active_challenge), _) => !active_challenge.has_same_network(&self.session),
            (None, Some(challenge)) => challenge.knob_count != knobs,
            (None, None) => false,
        };
        if is_stale { self.close_challenge() } else { Ok(()) }
    }
}
