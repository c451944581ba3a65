//! How a run of training stands, and what a person asks of it.

use std::sync::Arc;

use crate::learning::{TrainerState, Divergence, Loss, EpochMetrics, Hyperparameters};

use super::{TrainingConfig, Gesture};

/// The most branches that are kept; of more the oldest is forgotten.
const MAX_BRANCHES: usize = 8;

/// What a person asks of training.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TrainingCommand {
    /// Goes on, or pauses.
    TrainOrPause,
    /// One epoch, then pauses.
    TrainEpoch,
    /// One step, then pauses.
    TrainBatch,
    /// Back to the knobs with which it began.
    BackToStart,
    /// To the kept moment that is nearest to an epoch; from there it can go on as a branch.
    GoToEpoch(usize),
    /// Takes up a branch again, counted from 0, at its end.
    SwitchToBranch(usize),
    /// A file of data is chosen, and how it is read.
    OpenDataFile,
    /// How the present file of data is read.
    EditDataColumns,
    /// A network that fits the data, in place of the present one.
    NewNetworkForData,
    /// A duel of the hand against gradient descent, both from the present knobs, or the end of one.
    StartOrEndChallenge,
    /// Back to the knobs of the hand’s least loss in the duel.
    RestoreBest,
    /// Gradient descent goes on from where the hand is.
    TrainFromCurrentKnobs,
    /// Puts the duel away.
    CloseChallenge,
}

/// Whether a run goes on.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum RunState {
    /// Nothing was trained yet.
    #[default]
    NotStarted,
    /// It goes on.
    Running,
    /// It waits.
    Paused,
    /// All epochs are over.
    Done,
    /// It was ended by something else that a person did.
    Interrupted,
    /// It was stopped, and went back to its best epoch.
    Diverged(Divergence),
    /// It does not begin: one sentence.
    FailedToStart(String),
}

/// All knobs at the end of an epoch.
#[derive(Debug, Clone, PartialEq)]
pub struct Checkpoint {
    /// The epoch; 0 for the start.
    pub epoch: usize,
    /// The knobs, in the flat order.
    pub knobs: Arc<[f64]>,
    /// What else it takes to go on from here with the same bits; `None` in the middle of an epoch.
    pub trainer_state: Option<Arc<TrainerState>>,
}

/// Where settings or data were changed while training went on.
#[derive(Debug, Clone, PartialEq)]
pub struct TrainingChange {
    /// The last epoch with the old one.
    pub epoch: usize,
    /// What was changed, such as “rate 0.02 → 0.1” or “data circle → xor”.
    pub description: String,
    /// The data from here on, counted through the run; `None` if it stayed the same. What was measured before is not
    /// to be compared with what comes after.
    pub dataset_index: Option<usize>,
}

/// The way of a run from its start to an end.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Branch {
    /// The ends of the epochs; of very many only some, evenly, and the last one.
    pub metrics: Arc<Vec<EpochMetrics>>,
    /// Some of the epochs with all their knobs, evenly, and the last one.
    pub checkpoints: Arc<Vec<Checkpoint>>,
    /// What was changed on the way.
    pub changes: Arc<Vec<TrainingChange>>,
    /// What the records measure.
    pub loss: Option<Loss>,
}

/// How a run stands.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct TrainingRun {
    /// Whether it goes on.
    pub state: RunState,
    /// The line that the knobs are on.
    pub current_branch: Branch,
    /// The epoch of that line that they are at, which is before its end after going back.
    pub current_epoch: usize,
    /// Lines that were left for another one, the oldest first.
    pub other_branches: Arc<Vec<Branch>>,
}

/// News of a run.
#[derive(Debug, Clone, PartialEq)]
pub struct TrainingUpdate {
    /// The knobs as they are now, if they have moved.
    pub knobs: Option<Vec<f64>>,
    /// The run’s own, so that all of it is one undo step.
    pub gesture: Gesture,
    /// How it stands.
    pub run: Arc<TrainingRun>,
}

impl Branch {
    /// The last epoch.
    pub fn last_epoch(&self) -> usize {
        self.metrics.last().map_or(0, |record| record.epoch)
    }

    /// The kept moment that is nearest to an epoch; `None` if nothing was trained.
    pub fn nearest_checkpoint(&self, epoch: usize) -> Option<&Checkpoint> {
        let distance = |checkpoint: &&Checkpoint| checkpoint.epoch.abs_diff(epoch);
        self.checkpoints.iter().min_by_key(distance)
    }

    /// The kept moment that is `steps` after the one nearest to an epoch, or before it; at an end that end.
    pub fn checkpoint_at_offset(&self, epoch: usize, steps: isize) -> Option<&Checkpoint> {
        let near = self.nearest_checkpoint(epoch)?.epoch;
        let index = self.checkpoints.iter().position(|checkpoint| checkpoint.epoch == near)?;
        let last = self.checkpoints.len() - 1;
        self.checkpoints.get(index.saturating_add_signed(steps).min(last))
    }

    /// The record of an epoch, or of the kept one before it.
    pub fn metrics_at(&self, epoch: usize) -> Option<&EpochMetrics> {
        self.metrics.iter().rev().find(|record| record.epoch <= epoch)
    }

    /// The data that it came to, counted through the run; 0 for that of the start.
    pub fn dataset_index(&self) -> usize {
        let last = self.changes.iter().rev().find_map(|change| change.dataset_index);
        last.unwrap_or(0)
    }

    /// The records, cut where the data was changed.
    pub fn segments(&self) -> impl Iterator<Item = &[EpochMetrics]> {
        let is_cut = |from: usize, to: usize| {
            let mut cuts = self.changes.iter().filter(|change| change.dataset_index.is_some());
            cuts.any(|cut| from < cut.epoch && cut.epoch <= to)
        };
        self.metrics.chunk_by(move |a, b| !is_cut(a.epoch, b.epoch))
    }

    /// The first record of the data that it came to.
    pub fn first_metrics(&self) -> Option<&EpochMetrics> {
        self.segments().last()?.first()
    }

    /// The record with the least training loss on the data that it came to.
    pub fn best_metrics(&self) -> Option<&EpochMetrics> {
        let last = self.segments().last().unwrap_or_default();
        let finite = last.iter().filter(|record| record.train.loss.is_finite());
        finite.min_by(|a, b| a.train.loss.total_cmp(&b.train.loss))
    }

    /// The same way, ended at an epoch.
    #[must_use]
    pub fn truncated_after(&self, epoch: usize) -> Self {
        let mut branch = self.clone();
        Arc::make_mut(&mut branch.metrics).retain(|record| record.epoch <= epoch);
        Arc::make_mut(&mut branch.checkpoints).retain(|checkpoint| checkpoint.epoch <= epoch);
        Arc::make_mut(&mut branch.changes).retain(|change| {
            // Its last record is of the data that came there.
            change.epoch < epoch || (change.epoch == epoch && change.dataset_index.is_some())
        });
        branch
    }

    /// Goes on from `epoch` with other data: `data` is its number in the run. The moments before keep their knobs, but
    /// not what else the old data left.
    pub fn change_data(&mut self, data: usize, epoch: usize, words: String) {
        for checkpoint in Arc::make_mut(&mut self.checkpoints) {
            checkpoint.trainer_state = None;
        }
        let data = Some(data);
        Arc::make_mut(&mut self.changes).push(TrainingChange { epoch, description: words, dataset_index: data });
    }
}

impl TrainingRun {
    /// Cuts the line off where the knobs are; what came after it is kept as a branch.
    pub fn branch_off(&mut self) {
        if self.current_epoch >= self.current_branch.last_epoch() {
            return;
        }
        let truncated = self.current_branch.truncated_after(self.current_epoch);
        let old = std::mem::replace(&mut self.current_branch, truncated);
        self.push_branch(old);
    }

    /// Takes up a branch at its end and leaves the present line, which becomes a branch if it goes on after the two
    /// part. Says whether there is such a branch.
    pub fn switch_to_branch(&mut self, branch: usize) -> bool {
        let branches = Arc::make_mut(&mut self.other_branches);
        if branch >= branches.len() {
            return false;
        }
        let line = branches.remove(branch);
        self.current_epoch = line.last_epoch();
        let old = std::mem::replace(&mut self.current_branch, line);
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

    /// The branches that can be drawn beside the line, as they measure the same.
    pub fn comparable_branches(&self) -> impl Iterator<Item = (usize, &Branch)> {
        let all = self.other_branches.iter().enumerate();
        all.filter(|(_, branch)| (branch.loss, branch.dataset_index()) == (self.current_branch.loss, self.current_branch.dataset_index()))
    }
}

/// What has changed from some data to other, in words, such as “data circle → xor” or “noise 0 → 0.1”.
pub fn describe_data_change(before: &TrainingConfig, after: &TrainingConfig) -> String {
    let names = [before, after].map(|config| config.source.name());
    let mut parts = Vec::new();
    let mut push = |name: &str, before: String, after: String| {
        if before != after {
            parts.push(format!("{name} {before} → {after}"));
        }
    };
    let percent = |config: &TrainingConfig| format!("{} %", crate::words::format_ascii(100.0 * config.test_fraction, 2));
    let scaled = |config: &TrainingConfig| if config.is_standardized { "scaled" } else { "raw" };
    let [name_before, name_after] = names;
    let is_same_source = name_before == name_after;
    push("data", name_before, name_after);
    if is_same_source {
        push("samples", before.samples.to_string(), after.samples.to_string());
        push("noise", before.noise.to_string(), after.noise.to_string());
        push("test part", percent(before), percent(after));
        push("inputs", scaled(before).to_owned(), scaled(after).to_owned());
    }
    if parts.is_empty() {
        // Such as points that were moved.
        return "other samples".to_owned();
    }
    parts.join(", ")
}

/// What has changed from some settings to others, in words, such as “rate 0.02 → 0.1, batch 10 → all”; `None` if
/// nothing has.
pub fn describe_hyperparameter_change(before: &Hyperparameters, after: &Hyperparameters) -> Option<String> {
    let mut parts = Vec::new();
    let mut push = |name: &str, before: String, after: String| {
        if before != after {
            parts.push(format!("{name} {before} → {after}").trim_start().to_owned());
        }
    };
    let batch = |settings: &Hyperparameters| settings.batch_size.map_or("all".to_owned(), |batch| batch.to_string());
    let loss = |settings: &Hyperparameters| settings.loss.name().replace('_', " ");
    push("", loss(before), loss(after));
    push("", before.optimizer.to_string(), after.optimizer.to_string());
    push(
        "rate",
        before.learning_rate.to_string(),
        after.learning_rate.to_string(),
    );
    push(
        "schedule",
        before.schedule.to_string(),
        after.schedule.to_string(),
    );
    push("batch", batch(before), batch(after));
    push("l1", before.regularization.l1.to_string(), after.regularization.l1.to_string());
    push("l2", before.regularization.l2.to_string(), after.regularization.l2.to_string());
    push("seed", before.seed.to_string(), after.seed.to_string());
    (!parts.is_empty()).then(|| parts.join(", "))
}
