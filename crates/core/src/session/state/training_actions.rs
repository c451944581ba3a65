//! Actions on the training setup, its computed features and custom points, and on the state of training.

use std::sync::Arc;

use crate::data::{ComputedFeature, CustomPoint, CustomPoints, CustomPointsError};
use crate::network::ArchitectureEdit;
use crate::session::action::ActionError;
use crate::session::gesture::Gesture;
use crate::session::history::UndoChange;
use crate::session::training_config::{DataSource, TrainingConfig};
use crate::session::training_run::TrainingUpdate;
use crate::session::training_setting::TrainingSetting;
use crate::session::training_setup::TrainingSetup;
use crate::session::undo_label::UndoLabel;
use crate::session::view::View;

use super::{Origin, Session};

impl Session {
    pub(super) fn set_training_setup(&mut self, setup: Option<Arc<TrainingSetup>>, gesture: Option<Gesture>) {
        let label = match &setup {
            Some(now) => UndoLabel::of_training(self.setup().map(|before| before.config()), now.config()),
            None => UndoLabel::RemoveDataset,
        };
        self.apply_changes(|| label, gesture, vec![UndoChange::TrainingSetup(setup)]);
    }

    pub(super) fn new_network_for_data(&mut self) -> Result<(), ActionError> {
        let setup = self.setup().ok_or(ActionError::NoData)?;
        let reason = setup.split().err().cloned();
        let mut document = setup
            .new_document()
            .ok_or_else(|| reason.map_or(ActionError::DataTooLarge, ActionError::DataUnavailable))?;
        document.layout = self.document.layout;
        let changes = vec![UndoChange::Document(Box::new(document))];
        self.apply_changes(|| UndoLabel::MatchingNetwork, None, changes);
        // It is no longer the bundled document.
        if matches!(self.origin, Origin::Preset(_)) {
            self.origin = Origin::Untitled;
        }
        // The selection and the curves' axes belonged to the previous network.
        let new_view = View::new(self.architecture());
        self.view.selected = new_view.selected;
        self.view.swept = new_view.swept;
        self.view.curve_axes = new_view.curve_axes;
        Ok(())
    }

    pub(super) fn apply_training(&mut self, update: TrainingUpdate) -> Result<(), ActionError> {
        if let Some(knobs) = update.knobs {
            self.set_knobs(UndoLabel::Train, knobs, Some(update.gesture))?;
        }
        self.run = update.run;
        self.training_revision += 1;
        Ok(())
    }

    /// Sets the features. If the network fits the data, its inputs are added and removed accordingly; the weights
    /// on a new input are 0, so the outputs stay the same at first.
    pub(super) fn set_features(&mut self, requested: Vec<ComputedFeature>) -> Result<(), ActionError> {
        let setup = self.setup().ok_or(ActionError::NoData)?;
        let before = setup.config().features.clone();
        // Remaining features keep their order, so that their weights stay with them.
        let remaining = before.iter().filter(|feature| requested.contains(feature));
        let added = requested.iter().filter(|feature| !before.contains(feature));
        let features: Vec<ComputedFeature> = remaining.chain(added).copied().collect();
        let config = TrainingConfig {
            features: features.clone(),
            ..setup.config().clone()
        };
        let raw = setup.raw_inputs();
        let changed = setup.with_config(config)?;
        let mut document = self.document().clone();
        if document.inputs.len() == raw + before.len() {
            for (index, _) in before
                .iter()
                .enumerate()
                .rev()
                .filter(|(_, feature)| !features.contains(feature))
            {
                document = document.with_edit(ArchitectureEdit::RemoveInput(raw + index))?;
            }
            for &feature in features.iter().filter(|feature| !before.contains(feature)) {
                document = document.with_edit(ArchitectureEdit::AddInput)?;
                let last = document.inputs.len() - 1;
                document.network.set_input_name(last, Some(feature.symbol()));
            }
        }
        document.training_setup = Some(Arc::new(changed));
        document.update_computed_inputs();
        self.apply_changes(
            || UndoLabel::Setting(TrainingSetting::Features),
            None,
            vec![UndoChange::Document(Box::new(document))],
        );
        Ok(())
    }

    pub(super) fn add_point(&mut self, inputs: Vec<f64>, target: f64) -> Result<(), ActionError> {
        let point = CustomPoint { inputs, target };
        self.edit_points(UndoLabel::AddPoint, None, |points| points.with_point(point))
    }

    pub(super) fn replace_point(
        &mut self,
        index: usize,
        inputs: Vec<f64>,
        target: f64,
        gesture: Option<Gesture>,
    ) -> Result<(), ActionError> {
        let point = CustomPoint { inputs, target };
        self.edit_points(UndoLabel::MovePoint, gesture, |points| {
            points.with_point_replaced(index, point)
        })
    }

    pub(super) fn remove_point(&mut self, index: usize) -> Result<(), ActionError> {
        self.edit_points(UndoLabel::RemovePoint, None, |points| points.without_point(index))
    }

    /// Replaces the custom points of the current setup by those that `edited` returns.
    fn edit_points(
        &mut self,
        label: UndoLabel,
        gesture: Option<Gesture>,
        edited: impl FnOnce(&CustomPoints) -> Result<CustomPoints, CustomPointsError>,
    ) -> Result<(), ActionError> {
        let Some((setup, DataSource::Custom(points))) =
            self.setup().map(|setup| (setup, &setup.config().source))
        else {
            return Err(ActionError::NotCustomPoints);
        };
        let points = edited(points)?;
        let config = TrainingConfig {
            source: DataSource::Custom(Arc::new(points)),
            ..setup.config().clone()
        };
        let setup = TrainingSetup::new(config)?;
        self.apply_changes(
            || label,
            gesture,
            vec![UndoChange::TrainingSetup(Some(Arc::new(setup)))],
        );
        Ok(())
    }
}
