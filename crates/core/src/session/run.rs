//! How a run of training stands, and what a person asks of it.

use std::sync::Arc;

use crate::learning::{Bookmark, Divergence, Loss, Record, Settings};

use super::{Choice, Gesture};

/// The most branches that are kept; of more the oldest is forgotten.
const MOST_BRANCHES: usize = 8;

/// What a person asks of training.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Coaching {
    /// Goes on, or pauses.
    PlayPause,
    /// One epoch, then pauses.
    Epoch,
    /// One step, then pauses.
    Step,
    /// Back to the knobs with which it began.
    Back,
    /// To the kept moment that is nearest to an epoch; from there it can go on as a branch.
    GoTo(usize),
    /// Takes up a branch again, counted from 0, at its end.
    TakeUp(usize),
    /// A file of data is chosen, and how it is read.
    OpenData,
    /// How the present file of data is read.
    EditData,
    /// A network that fits the data, in place of the present one.
    NewNetwork,
    /// A duel of the hand against gradient descent, both from the present knobs, or the end of one.
    Duel,
    /// Back to the knobs of the hand’s least loss in the duel.
    HandsBest,
    /// Gradient descent goes on from where the hand is.
    GoOnFromHand,
    /// Puts the duel away.
    CloseDuel,
}

/// Whether a run goes on.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum RunState {
    /// Nothing was trained yet.
    #[default]
    None,
    /// It goes on.
    Playing,
    /// It waits.
    Paused,
    /// All epochs are over.
    Done,
    /// It was ended by something else that a person did.
    Ended,
    /// It was stopped, and went back to its best epoch.
    Diverged(Divergence),
    /// It does not begin: one sentence.
    Refused(String),
}

/// All knobs at the end of an epoch.
#[derive(Debug, Clone, PartialEq)]
pub struct Moment {
    /// The epoch; 0 for the start.
    pub epoch: usize,
    /// The knobs, in the flat order.
    pub knobs: Arc<[f64]>,
    /// What else it takes to go on from here with the same bits; `None` in the middle of an epoch.
    pub mark: Option<Arc<Bookmark>>,
}

/// Where settings or data were changed while training went on.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// The last epoch with the old one.
    pub epoch: usize,
    /// What was changed, such as “rate 0.02 → 0.1” or “data circle → xor”.
    pub words: String,
    /// The data from here on, counted through the run; `None` if it stayed the same. What was measured before is not
    /// to be compared with what comes after.
    pub data: Option<usize>,
}

/// The way of a run from its start to an end.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Line {
    /// The ends of the epochs; of very many only some, evenly, and the last one.
    pub records: Arc<Vec<Record>>,
    /// Some of the epochs with all their knobs, evenly, and the last one.
    pub moments: Arc<Vec<Moment>>,
    /// What was changed on the way.
    pub changes: Arc<Vec<Change>>,
    /// What the records measure.
    pub loss: Option<Loss>,
}

/// How a run stands.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Run {
    /// Whether it goes on.
    pub state: RunState,
    /// The line that the knobs are on.
    pub line: Line,
    /// The epoch of that line that they are at, which is before its end after going back.
    pub at: usize,
    /// Lines that were left for another one, the oldest first.
    pub branches: Arc<Vec<Line>>,
}

/// News of a run.
#[derive(Debug, Clone, PartialEq)]
pub struct Lesson {
    /// The knobs as they are now, if they have moved.
    pub knobs: Option<Vec<f64>>,
    /// The run’s own, so that all of it is one undo step.
    pub gesture: Gesture,
    /// How it stands.
    pub run: Arc<Run>,
}

impl Line {
    /// The last epoch.
    pub fn end(&self) -> usize {
        self.records.last().map_or(0, |record| record.epoch)
    }

    /// The kept moment that is nearest to an epoch; `None` if nothing was trained.
    pub fn moment_near(&self, epoch: usize) -> Option<&Moment> {
        let near = |moment: &&Moment| moment.epoch.abs_diff(epoch);
        self.moments.iter().min_by_key(near)
    }

    /// The kept moment that is `steps` after the one nearest to an epoch, or before it; at an end that end.
    pub fn moment_beside(&self, epoch: usize, steps: isize) -> Option<&Moment> {
        let near = self.moment_near(epoch)?.epoch;
        let index = self.moments.iter().position(|moment| moment.epoch == near)?;
        let last = self.moments.len() - 1;
        self.moments.get(index.saturating_add_signed(steps).min(last))
    }

    /// The record of an epoch, or of the kept one before it.
    pub fn record_at(&self, epoch: usize) -> Option<&Record> {
        self.records.iter().rev().find(|record| record.epoch <= epoch)
    }

    /// The data that it came to, counted through the run; 0 for that of the start.
    pub fn data(&self) -> usize {
        let last = self.changes.iter().rev().find_map(|change| change.data);
        last.unwrap_or(0)
    }

    /// The records, cut where the data was changed.
    pub fn stretches(&self) -> impl Iterator<Item = &[Record]> {
        let is_cut = |from: usize, to: usize| {
            let mut cuts = self.changes.iter().filter(|change| change.data.is_some());
            cuts.any(|cut| from < cut.epoch && cut.epoch <= to)
        };
        self.records.chunk_by(move |a, b| !is_cut(a.epoch, b.epoch))
    }

    /// The first record of the data that it came to.
    pub fn first(&self) -> Option<&Record> {
        self.stretches().last()?.first()
    }

    /// The record with the least training loss on the data that it came to.
    pub fn best(&self) -> Option<&Record> {
        let last = self.stretches().last().unwrap_or_default();
        let finite = last.iter().filter(|record| record.train.loss.is_finite());
        finite.min_by(|a, b| a.train.loss.total_cmp(&b.train.loss))
    }

    /// The same way, ended at an epoch.
    #[must_use]
    pub fn until(&self, epoch: usize) -> Self {
        let mut line = self.clone();
        Arc::make_mut(&mut line.records).retain(|record| record.epoch <= epoch);
        Arc::make_mut(&mut line.moments).retain(|moment| moment.epoch <= epoch);
        Arc::make_mut(&mut line.changes).retain(|change| {
            // Its last record is of the data that came there.
            change.epoch < epoch || (change.epoch == epoch && change.data.is_some())
        });
        line
    }

    /// Goes on from `epoch` with other data: `data` is its number in the run. The moments before keep their knobs, but
    /// not what else the old data left.
    pub fn learn_from(&mut self, data: usize, epoch: usize, words: String) {
        for moment in Arc::make_mut(&mut self.moments) {
            moment.mark = None;
        }
        let data = Some(data);
        Arc::make_mut(&mut self.changes).push(Change { epoch, words, data });
    }
}

impl Run {
    /// Cuts the line off where the knobs are; what came after it is kept as a branch.
    pub fn branch_off(&mut self) {
        if self.at >= self.line.end() {
            return;
        }
        let line = self.line.until(self.at);
        let left = std::mem::replace(&mut self.line, line);
        self.keep(left);
    }

    /// Takes up a branch at its end and leaves the present line, which becomes a branch if it goes on after the two
    /// part. Says whether there is such a branch.
    pub fn take_up(&mut self, branch: usize) -> bool {
        let branches = Arc::make_mut(&mut self.branches);
        if branch >= branches.len() {
            return false;
        }
        let line = branches.remove(branch);
        self.at = line.end();
        let left = std::mem::replace(&mut self.line, line);
        if !self.line.records.starts_with(&left.records) {
            self.keep(left);
        }
        true
    }

    fn keep(&mut self, line: Line) {
        let branches = Arc::make_mut(&mut self.branches);
        branches.push(line);
        if branches.len() > MOST_BRANCHES {
            branches.remove(0);
        }
    }

    /// The branches that can be drawn beside the line, as they measure the same.
    pub fn comparable(&self) -> impl Iterator<Item = (usize, &Line)> {
        let all = self.branches.iter().enumerate();
        all.filter(|(_, branch)| (branch.loss, branch.data()) == (self.line.loss, self.line.data()))
    }
}

/// What has changed from some data to other, in words, such as “data circle → xor” or “noise 0 → 0.1”.
pub fn data_words(before: &Choice, after: &Choice) -> String {
    let names = [before, after].map(|choice| choice.source.name());
    let mut words = Vec::new();
    let mut tell = |name: &str, before: String, after: String| {
        if before != after {
            words.push(format!("{name} {before} → {after}"));
        }
    };
    let percent = |choice: &Choice| format!("{} %", crate::words::plain(100.0 * choice.test, 2));
    let scaled = |choice: &Choice| if choice.is_standardised { "scaled" } else { "raw" };
    let [name_before, name_after] = names;
    let is_same_source = name_before == name_after;
    tell("data", name_before, name_after);
    if is_same_source {
        tell("samples", before.samples.to_string(), after.samples.to_string());
        tell("noise", before.noise.to_string(), after.noise.to_string());
        tell("test part", percent(before), percent(after));
        tell("inputs", scaled(before).to_owned(), scaled(after).to_owned());
    }
    if words.is_empty() {
        // Such as points that were moved.
        return "other samples".to_owned();
    }
    words.join(", ")
}

/// What has changed from some settings to others, in words, such as “rate 0.02 → 0.1, batch 10 → all”; `None` if
/// nothing has.
pub fn change_words(before: &Settings, after: &Settings) -> Option<String> {
    let mut words = Vec::new();
    let mut tell = |name: &str, before: String, after: String| {
        if before != after {
            words.push(format!("{name} {before} → {after}").trim_start().to_owned());
        }
    };
    let batch = |settings: &Settings| settings.batch.map_or("all".to_owned(), |batch| batch.to_string());
    let loss = |settings: &Settings| settings.loss.name().replace('_', " ");
    tell("", loss(before), loss(after));
    tell("", before.optimizer.to_string(), after.optimizer.to_string());
    tell(
        "rate",
        before.learning_rate.to_string(),
        after.learning_rate.to_string(),
    );
    tell(
        "schedule",
        before.schedule.to_string(),
        after.schedule.to_string(),
    );
    tell("batch", batch(before), batch(after));
    tell("l1", before.penalty.l1.to_string(), after.penalty.l1.to_string());
    tell("l2", before.penalty.l2.to_string(), after.penalty.l2.to_string());
    tell("seed", before.seed.to_string(), after.seed.to_string());
    (!words.is_empty()).then(|| words.join(", "))
}
