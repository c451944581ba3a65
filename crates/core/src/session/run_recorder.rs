//! The metrics and checkpoints that are kept of a run.

use std::sync::Arc;

use crate::training::{EpochMetrics, Trainer, TrainerState, TrainingStatus};

use super::training_run::{Branch, Checkpoint, SettingsChange, TrainingChange};

/// The largest number of epoch metrics kept. When there are more, every other one is dropped.
const MAX_METRICS: usize = 2_000;
/// The largest number of checkpoints kept. When there are more, every other one is dropped.
const MAX_CHECKPOINTS: usize = 200;
/// The approximate number of values that all checkpoints together may hold: 64 MB.
const MAX_CHECKPOINT_VALUES: usize = 8_000_000;

/// Keeps the metrics and checkpoints of a run while it trains: so many that the loss curve is smooth, and so few that
/// they fit into memory.
#[derive(Debug)]
pub struct RunRecorder {
    branch: Branch,
    /// The distance between recorded epochs, for metrics and for checkpoints.
    strides: [usize; 2],
    max_checkpoints: usize,
    /// The metrics and knobs at the end of the last epoch, which may not be among the recorded ones.
    last: (EpochMetrics, Vec<f64>),
}

impl RunRecorder {
    /// Creates a recorder that appends to a branch ending at the trainer's epoch, or starts a new branch.
    pub fn new(trainer: &Trainer, branch: Branch) -> Self {
        let knobs = Self::knobs_of(trainer);
        let mut recorder = Self {
            branch,
            strides: [1, 1],
            max_checkpoints: (MAX_CHECKPOINT_VALUES / values_per_checkpoint(trainer).max(1))
                .clamp(8, MAX_CHECKPOINTS),
            last: (trainer.metrics(), knobs),
        };
        let epoch = trainer.metrics().epoch;
        // The user may have changed knobs since then, so the values recorded for this epoch are replaced.
        Arc::make_mut(&mut recorder.branch.metrics).retain(|metrics| metrics.epoch < epoch);
        Arc::make_mut(&mut recorder.branch.checkpoints).retain(|checkpoint| checkpoint.epoch < epoch);
        recorder.reset_if_loss_changed(trainer);
        recorder.record_epoch(trainer);
        recorder
    }

    /// Makes the branch record the trainer's current loss function; metrics of another one are dropped.
    fn reset_if_loss_changed(&mut self, trainer: &Trainer) {
        let loss = Some(trainer.hyperparameters().loss);
        if self.branch.loss != loss {
            self.branch.loss = loss;
            self.branch.metrics = Arc::default();
        }
    }

    /// Records that hyperparameters were changed.
    pub fn record_change(&mut self, trainer: &Trainer, change: Option<SettingsChange>) {
        let epoch = trainer.metrics().epoch;
        if let Some(change) = change {
            let changes = Arc::make_mut(&mut self.branch.changes);
            match changes.last_mut() {
                Some(last) if last.epoch == epoch => last.changes.push(change),
                _ => changes.push(TrainingChange {
                    epoch,
                    changes: vec![change],
                    dataset_index: None,
                }),
            }
        }
        if self.branch.loss != Some(trainer.hyperparameters().loss) {
            self.reset_if_loss_changed(trainer);
            Arc::make_mut(&mut self.branch.metrics).push(trainer.metrics());
            self.last.0 = trainer.metrics();
        }
    }

    /// Records the end of an epoch.
    pub fn record_epoch(&mut self, trainer: &Trainer) {
        let metrics = trainer.metrics();
        if matches!(trainer.status(), TrainingStatus::Diverged(_)) {
            // The trainer is back at an earlier epoch.
            return;
        }
        self.last.0 = metrics;
        trainer.copy_raw_knobs_to(&mut self.last.1);
        let [metrics_stride, checkpoint_stride] = &mut self.strides;
        if metrics.epoch.is_multiple_of(*metrics_stride) {
            let all_metrics = Arc::make_mut(&mut self.branch.metrics);
            all_metrics.push(metrics);
            while all_metrics.len() > MAX_METRICS {
                *metrics_stride *= 2;
                all_metrics.retain(|entry| entry.epoch.is_multiple_of(*metrics_stride));
            }
        }
        if metrics.epoch.is_multiple_of(*checkpoint_stride) {
            let checkpoints = Arc::make_mut(&mut self.branch.checkpoints);
            checkpoints.push(Checkpoint {
                epoch: metrics.epoch,
                knobs: self.last.1.as_slice().into(),
                trainer_state: trainer.state().map(Arc::new),
            });
            while checkpoints.len() > self.max_checkpoints {
                *checkpoint_stride *= 2;
                checkpoints.retain(|checkpoint| checkpoint.epoch.is_multiple_of(*checkpoint_stride));
            }
        }
    }

    /// Returns the branch so far, including the last epoch. `trainer_state` is stored with that epoch's
    /// checkpoint.
    pub fn branch(&self, trainer_state: Option<TrainerState>) -> Branch {
        let mut branch = self.branch.clone();
        let (metrics, knobs) = &self.last;
        if branch
            .metrics
            .last()
            .is_none_or(|last| last.epoch < metrics.epoch)
        {
            Arc::make_mut(&mut branch.metrics).push(*metrics);
        }
        if branch
            .checkpoints
            .last()
            .is_none_or(|last| last.epoch < metrics.epoch)
        {
            Arc::make_mut(&mut branch.checkpoints).push(Checkpoint {
                epoch: metrics.epoch,
                knobs: knobs.as_slice().into(),
                trainer_state: trainer_state.map(Arc::new),
            });
        }
        branch
    }

    /// Returns the trainer's knobs for raw inputs, in the flat order.
    pub fn knobs_of(trainer: &Trainer) -> Vec<f64> {
        let mut knobs = trainer.network().knobs().to_vec();
        trainer.copy_raw_knobs_to(&mut knobs);
        knobs
    }
}

/// Returns the approximate number of values in a checkpoint: its knobs and its trainer state.
fn values_per_checkpoint(trainer: &Trainer) -> usize {
    const VALUES_PER_KNOB: usize = 4;
    VALUES_PER_KNOB * trainer.network().knobs().len() + trainer.training_set().samples / 2
}
