//! Progress of a training run, and the commands that control it.

use std::sync::Arc;

use crate::text::{Localized, Messages, SharedText, uncapitalized};
use crate::training::{Divergence, EpochMetrics, Hyperparameters, Loss, StoppingReason, TrainerState};

use super::gesture::Gesture;
use super::hyperparameter::Hyperparameter;
use super::training_config::TrainingConfig;
use super::training_setting::TrainingSetting;

/// The maximum number of other branches; the oldest one is dropped.
const MAX_BRANCHES: usize = 8;

/// A command of the user to training.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TrainingCommand {
    /// Starts or continues training, or pauses it.
    TrainOrPause,
    /// Trains one epoch, then pauses.
    TrainEpoch,
    /// Trains one mini-batch, then pauses.
    TrainBatch,
    /// Restores the knobs from the start of training.
    BackToStart,
    /// Restores the checkpoint nearest to an epoch. Training can continue from there as a new branch.
    GoToEpoch(usize),
    /// Switches to another branch, counted from 0, at its end.
    SwitchToBranch(usize),
    /// Starts a challenge of the user against gradient descent, both from the current knobs, or ends the
    /// current one.
    StartOrEndChallenge,
    /// Restores the knobs of the user's lowest loss in the challenge.
    RestoreBest,
    /// Closes the challenge and continues training from the user's current knobs.
    TrainFromCurrentKnobs,
    /// Closes the challenge.
    CloseChallenge,
}

/// The state of a training run.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum RunState {
    /// Nothing was trained yet.
    #[default]
    NotStarted,
    /// Training is in progress.
    Running,
    /// Training is paused.
    Paused,
    /// All epochs are done.
    Done,
    /// Training ended before its last epoch, because a stopping criterion was met.
    Stopped(StoppingReason),
    /// Another action of the user interrupted it.
    Interrupted,
    /// Training diverged; its best epoch was restored.
    Diverged(Divergence),
    /// Training could not start, for this reason.
    FailedToStart(SharedText),
}

/// All knobs at the end of an epoch.
#[derive(Debug, Clone, PartialEq)]
pub struct Checkpoint {
    /// The epoch; 0 for the start.
    pub epoch: usize,
    /// The knobs, in flat order.
    pub knobs: Arc<[f64]>,
    /// The trainer's state, needed to resume with the same bits; `None` in the middle of an epoch.
    pub trainer_state: Option<Arc<TrainerState>>,
}

/// A change of settings or data during training.
#[derive(Debug, Clone, PartialEq)]
pub struct TrainingChange {
    /// The last epoch before the change.
    pub epoch: usize,
    /// The changes.
    pub changes: Vec<SettingsChange>,
    /// The index of the new data within the run; `None` if the data stayed the same. Losses before and after
    /// a change of data can't be compared.
    pub dataset_index: Option<usize>,
}

/// A sequence of trained epochs, from the start of a run to an end.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Branch {
    /// The metrics at the ends of epochs, `[epoch]`; for very many epochs, only an even selection and the
    /// last one.
    pub metrics: Arc<Vec<EpochMetrics>>,
    /// An even selection of epochs with all their knobs, and the last one.
    pub checkpoints: Arc<Vec<Checkpoint>>,
    /// The changes of settings and data.
    pub changes: Arc<Vec<TrainingChange>>,
    /// The loss function of the metrics.
    pub loss: Option<Loss>,
}

/// The progress of a training run.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct TrainingRun {
    /// The state of the run.
    pub state: RunState,
    /// The branch of the current knobs.
    pub current_branch: Branch,
    /// The epoch of the current knobs on that branch; before its end after going back.
    pub current_epoch: usize,
    /// Branches that were left for another one, oldest first.
    pub other_branches: Arc<Vec<Branch>>,
}

/// An update of the training state, to be applied to the session.
#[derive(Debug, Clone, PartialEq)]
pub struct TrainingUpdate {
    /// The current knobs, if they have changed.
    pub knobs: Option<Vec<f64>>,
    /// The run's gesture, which makes all its changes one undo step.
    pub gesture: Gesture,
    /// The progress of the run.
    pub run: Arc<TrainingRun>,
}

impl Branch {
    /// Returns the last epoch.
    pub fn last_epoch(&self) -> usize {
        self.metrics.last().map_or(0, |metrics| metrics.epoch)
    }

    /// Returns the checkpoint nearest to an epoch, or `None` if nothing was trained.
    pub fn nearest_checkpoint(&self, epoch: usize) -> Option<&Checkpoint> {
        let distance = |checkpoint: &&Checkpoint| checkpoint.epoch.abs_diff(epoch);
        self.checkpoints.iter().min_by_key(distance)
    }

    /// Returns the checkpoint `steps` after the one nearest to an epoch (before it if negative), clamped to
    /// the ends.
    pub fn checkpoint_at_offset(&self, epoch: usize, steps: isize) -> Option<&Checkpoint> {
        let near = self.nearest_checkpoint(epoch)?.epoch;
        let index = self
            .checkpoints
            .iter()
            .position(|checkpoint| checkpoint.epoch == near)?;
        let last = self.checkpoints.len() - 1;
        self.checkpoints.get(index.saturating_add_signed(steps).min(last))
    }

    /// Returns the metrics of an epoch, or of the last stored epoch before it.
    pub fn metrics_at(&self, epoch: usize) -> Option<&EpochMetrics> {
        self.metrics.iter().rev().find(|metrics| metrics.epoch <= epoch)
    }

    /// Returns the index of the latest data within the run; 0 for the data at the start.
    pub fn dataset_index(&self) -> usize {
        let last = self.changes.iter().rev().find_map(|change| change.dataset_index);
        last.unwrap_or(0)
    }

    /// Returns the metrics, split where the data was changed.
    pub fn segments(&self) -> impl Iterator<Item = &[EpochMetrics]> {
        let is_cut = |from: usize, to: usize| {
            let mut cuts = self
                .changes
                .iter()
                .filter(|change| change.dataset_index.is_some());
            cuts.any(|cut| from < cut.epoch && cut.epoch <= to)
        };
        self.metrics.chunk_by(move |a, b| !is_cut(a.epoch, b.epoch))
    }

    /// Returns the first metrics on the latest data.
    pub(crate) fn first_metrics(&self) -> Option<&EpochMetrics> {
        self.segments().last()?.first()
    }

    /// Returns the metrics with the lowest training loss on the latest data.
    pub fn best_metrics(&self) -> Option<&EpochMetrics> {
        let last = self.segments().last().unwrap_or_default();
        let finite = last.iter().filter(|metrics| metrics.train.loss.is_finite());
        finite.min_by(|a, b| a.train.loss.total_cmp(&b.train.loss))
    }

    /// Returns the branch cut off after an epoch.
    #[must_use]
    pub fn truncated_after(&self, epoch: usize) -> Self {
        let mut branch = self.clone();
        Arc::make_mut(&mut branch.metrics).retain(|metrics| metrics.epoch <= epoch);
        Arc::make_mut(&mut branch.checkpoints).retain(|checkpoint| checkpoint.epoch <= epoch);
        Arc::make_mut(&mut branch.changes).retain(|change| {
            // The metrics at this epoch are those on the new data.
            change.epoch < epoch || (change.epoch == epoch && change.dataset_index.is_some())
        });
        branch
    }

    /// Continues from `epoch` with other data, whose index within the run is `dataset_index`. Earlier
    /// checkpoints keep their knobs but lose the trainer state, which belongs to the old data.
    pub fn change_data(&mut self, dataset_index: usize, epoch: usize, change: SettingsChange) {
        for checkpoint in Arc::make_mut(&mut self.checkpoints) {
            checkpoint.trainer_state = None;
        }
        Arc::make_mut(&mut self.changes).push(TrainingChange {
            epoch,
            changes: vec![change],
            dataset_index: Some(dataset_index),
        });
    }
}

impl TrainingRun {
    /// Cuts off the current branch at the current epoch; the whole branch is kept as another branch.
    pub fn branch_off(&mut self) {
        if self.current_epoch >= self.current_branch.last_epoch() {
            return;
        }
        let truncated = self.current_branch.truncated_after(self.current_epoch);
        let old = std::mem::replace(&mut self.current_branch, truncated);
        self.push_branch(old);
    }

    /// Switches to a branch at its end. The current branch becomes another branch, unless it is only a
    /// beginning of the new one. Returns false if there is no such branch.
    pub fn switch_to_branch(&mut self, index: usize) -> bool {
        let branches = Arc::make_mut(&mut self.other_branches);
        if index >= branches.len() {
            return false;
        }
        let branch = branches.remove(index);
        self.current_epoch = branch.last_epoch();
        let old = std::mem::replace(&mut self.current_branch, branch);
        if !self.current_branch.metrics.starts_with(&old.metrics) {
            self.push_branch(old);
        }
        true
    }

    fn push_branch(&mut self, branch: Branch) {
        let branches = Arc::make_mut(&mut self.other_branches);
        branches.push(branch);
        if branches.len() > MAX_BRANCHES {
            branches.remove(0);
        }
    }

    /// Returns the other branches that can be plotted with the current one, because their losses are
    /// comparable, with their indices.
    pub fn comparable_branches(&self) -> impl Iterator<Item = (usize, &Branch)> {
        let all = self.other_branches.iter().enumerate();
        all.filter(|(_, branch)| {
            (branch.loss, branch.dataset_index())
                == (self.current_branch.loss, self.current_branch.dataset_index())
        })
    }
}

/// A change of the data or of hyperparameters: the settings before and after.
#[derive(Debug, Clone, PartialEq)]
pub enum SettingsChange {
    /// Another dataset, or the same one with other settings.
    Data(Box<[TrainingConfig; 2]>),
    /// Other hyperparameters.
    Hyperparameters(Box<[Hyperparameters; 2]>),
}

impl SettingsChange {
    /// Returns the change between two sets of hyperparameters; `None` if they are equal, apart from the end of
    /// training.
    pub fn between(before: &Hyperparameters, after: &Hyperparameters) -> Option<Self> {
        let is_changed = Hyperparameters {
            epochs: after.epochs,
            stopping: after.stopping,
            ..before.clone()
        } != *after;
        is_changed.then(|| Self::Hyperparameters(Box::new([before.clone(), after.clone()])))
    }

    /// Returns the settings that differ, each as “learning rate 0.02 → 0.1”.
    fn texts(&self, messages: Messages) -> Vec<String> {
        let mut texts = Vec::new();
        let mut push = |setting: TrainingSetting, values: [String; 2]| {
            let [before, after] = values;
            if before != after {
                texts.push(messages.setting_change(setting.label(messages), before, after));
            }
        };
        let number = TrainingSetting::Hyperparameter;
        match self {
            Self::Data(configs) => {
                let configs = configs.each_ref();
                let names = configs.map(|config| config.source.label(messages));
                let is_same_source = names[0] == names[1];
                push(TrainingSetting::Dataset, names);
                if is_same_source {
                    for hyperparameter in [
                        Hyperparameter::Samples,
                        Hyperparameter::Noise,
                        Hyperparameter::TestFraction,
                    ] {
                        push(
                            number(hyperparameter),
                            configs.map(|config| hyperparameter.value_text(config, messages)),
                        );
                    }
                    push(
                        TrainingSetting::Standardization,
                        configs.map(|config| {
                            let text = match config.is_standardized {
                                true => messages.inputs_standardized(),
                                false => messages.inputs_not_standardized(),
                            };
                            uncapitalized(text)
                        }),
                    );
                }
            }
            Self::Hyperparameters(both) => {
                let both = both.each_ref();
                push(
                    TrainingSetting::Loss,
                    both.map(|at| at.loss.label(messages).to_owned()),
                );
                push(
                    TrainingSetting::Optimizer,
                    both.map(|at| at.optimizer.label(messages).to_owned()),
                );
                push(
                    number(Hyperparameter::LearningRate),
                    both.map(|at| at.learning_rate.to_string()),
                );
                push(
                    TrainingSetting::Schedule,
                    both.map(|at| at.schedule.label(messages)),
                );
                let batch = |at: &Hyperparameters| {
                    at.batch_size
                        .map_or_else(|| messages.batch_of_all().to_owned(), |size| size.to_string())
                };
                push(number(Hyperparameter::BatchSize), both.map(batch));
                push(
                    number(Hyperparameter::L1),
                    both.map(|at| at.regularization.l1.to_string()),
                );
                push(
                    number(Hyperparameter::L2),
                    both.map(|at| at.regularization.l2.to_string()),
                );
                push(number(Hyperparameter::Seed), both.map(|at| at.seed.to_string()));
            }
        }
        if texts.is_empty() {
            // For example if points were moved.
            texts.push(messages.setting_change_samples().to_owned());
        }
        texts
    }
}

impl Localized for TrainingChange {
    fn message(&self, messages: Messages) -> String {
        messages.list(self.changes.iter().flat_map(|change| change.texts(messages)))
    }
}
