//! The start of a run, and the data and hyperparameters it has used since.

use std::sync::Arc;

use neurodial_core::session::training_run::{
    TrainingChange, describe_data_change, describe_hyperparameter_change,
};
use neurodial_core::session::training_setup::TrainTestSplit;
use neurodial_core::session::{Gesture, TrainingConfig, TrainingRun, TrainingSetup};
use neurodial_core::training::Hyperparameters;

use super::NetworkSignature;

/// The network that the last run began with, and what it was trained with.
#[derive(Debug, Clone)]
pub(crate) struct RunStart {
    pub(super) architecture: NetworkSignature,
    pub(super) gesture: Gesture,
    /// The latest hyperparameters.
    pub(super) hyperparameters: Hyperparameters,
    /// The configurations of the datasets that the run has used, in order.
    pub(super) configs: Vec<TrainingConfig>,
    /// The dataset that it used last.
    pub(super) split: Arc<TrainTestSplit>,
}

impl RunStart {
    /// Records on the branch what has changed since the run was left.
    pub(super) fn record_changes(
        &mut self,
        run: &mut TrainingRun,
        setup: &TrainingSetup,
        split: &Arc<TrainTestSplit>,
        hyperparameters: &Hyperparameters,
    ) {
        let epoch = run.current_epoch;
        if let Some(description) = describe_hyperparameter_change(&self.hyperparameters, hyperparameters) {
            let data = None;
            Arc::make_mut(&mut run.current_branch.changes).push(TrainingChange {
                epoch,
                description,
                dataset_index: data,
            });
        }
        self.hyperparameters = hyperparameters.clone();
        if !Arc::ptr_eq(&self.split, split) {
            self.configs.push(setup.config().clone());
            self.split = Arc::clone(split);
        }
        // A branch, or the epoch that was restored, may have used an even older dataset.
        let (previous, current) = (run.current_branch.dataset_index(), self.configs.len() - 1);
        if previous != current {
            run.current_branch.change_data(
                current,
                epoch,
                describe_data_change(&self.configs[previous], &self.configs[current]),
            );
        }
    }
}
