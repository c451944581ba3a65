//! Where a run began, and what it has learned from since.

use std::sync::Arc;

use neurodial_core::learning::Hyperparameters;
use neurodial_core::session::course::TrainTestSplit;
use neurodial_core::session::run::{TrainingChange, describe_hyperparameter_change, describe_data_change};
use neurodial_core::session::{TrainingConfig, TrainingSetup, Gesture, TrainingRun};

use super::NetworkSignature;

/// Where the last run began, and what it learned from.
#[derive(Debug, Clone)]
pub struct RunStart {
    pub(super) architecture: NetworkSignature,
    pub(super) gesture: Gesture,
    /// As they were last.
    pub(super) hyperparameters: Hyperparameters,
    /// What it learned from, one after the other.
    pub(super) configs: Vec<TrainingConfig>,
    /// What it learned from last.
    pub(super) split: Arc<TrainTestSplit>,
}

impl RunStart {
    /// Notes on the line what has changed since the run was left.
    pub(super) fn record_changes(
        &mut self,
        run: &mut TrainingRun,
        setup: &TrainingSetup,
        split: &Arc<TrainTestSplit>,
        hyperparameters: &Hyperparameters,
    ) {
        let epoch = run.current_epoch;
        if let Some(words) = describe_hyperparameter_change(&self.hyperparameters, hyperparameters) {
            let data = None;
            Arc::make_mut(&mut run.current_branch.changes).push(TrainingChange { epoch, description: words, dataset_index: data });
        }
        self.hyperparameters = hyperparameters.clone();
        if !Arc::ptr_eq(&self.split, split) {
            self.configs.push(setup.config().clone());
            self.split = Arc::clone(split);
        }
        // A branch, or what was gone back to, may be of still older data.
        let (previous, current) = (run.current_branch.dataset_index(), self.configs.len() - 1);
        if previous != current {
            run.current_branch
                .change_data(current, epoch, describe_data_change(&self.configs[previous], &self.configs[current]));
        }
    }
}
