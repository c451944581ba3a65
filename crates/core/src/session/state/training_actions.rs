//! Actions on the training setup and on the state of training.

use std::sync::Arc;

use crate::session::history::UndoChange;
use crate::session::{ActionError, Gesture, TrainingSetup, TrainingUpdate, View};

use super::Session;

impl Session {
    pub(super) fn set_training_setup(&mut self, setup: Option<Arc<TrainingSetup>>, gesture: Option<Gesture>) {
        let label = setup_change_label(self.setup(), setup.as_ref());
        self.apply_changes(|| label, gesture, vec![UndoChange::TrainingSetup(setup)]);
    }

    pub(super) fn new_network_for_data(&mut self) -> Result<(), ActionError> {
        let setup = self.setup().ok_or(ActionError::NoData)?;
        let reason = setup.split().err().map(str::to_owned);
        let document = setup.new_document().ok_or_else(|| {
            ActionError::Data(reason.unwrap_or_else(|| "this data is too large for a network".to_owned()))
        })?;
        let label = || "a network for this data".into();
        self.apply_changes(label, None, vec![UndoChange::Document(Box::new(document))]);
        // The selection and the curves' axes belonged to the previous network.
        let new_view = View::new(self.architecture());
        self.view.selected = new_view.selected;
        self.view.swept = new_view.swept;
        self.view.curve_axes = new_view.curve_axes;
        Ok(())
    }

    pub(super) fn apply_training(&mut self, update: TrainingUpdate) -> Result<(), ActionError> {
        if let Some(knobs) = update.knobs {
            self.set_knobs("train", knobs, Some(update.gesture))?;
        }
        self.run = update.run;
        self.training_revision += 1;
        Ok(())
    }
}

/// Returns the label of a change of the training setup in the undo menu.
fn setup_change_label(before: Option<&Arc<TrainingSetup>>, now: Option<&Arc<TrainingSetup>>) -> String {
    match now {
        Some(now) => now.config().describe_change(before.map(|before| before.config())),
        None => "no data".to_owned(),
    }
}
