//! Sends each action to the session or to training, and its effect to the other parts of the window.

use std::collections::BTreeSet;
use std::sync::Arc;

use neurodial_core::network::Knob;
use neurodial_core::session::training_setup::TrainTestSplit;
use neurodial_core::session::{
    Action, ActionError, Adjustable, DocumentPart, Edit, Gesture, RunState, TrainingSetup,
};

use super::{App, StatusMessage};

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
            Err(refusal) => self.show_problem(refusal.to_string()),
        }
        let view = self.session.view();
        let (decimals, knob_layout, has_knob_profiles) =
            (view.decimals, view.knob_layout, view.has_knob_profiles);
        let preferences = &mut self.preferences;
        if (
            preferences.decimals,
            preferences.knob_layout,
            preferences.has_knob_profiles,
        ) != (decimals, knob_layout, has_knob_profiles)
        {
            (
                preferences.decimals,
                preferences.knob_layout,
                preferences.has_knob_profiles,
            ) = (decimals, knob_layout, has_knob_profiles);
            self.save_preferences();
        }
    }

    /// Runs a training command, or applies another action to the session and informs the training controller
    /// and the challenge of its effect.
    pub(super) fn dispatch(&mut self, action: impl Into<Action>) -> Result<(), ActionError> {
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
}
