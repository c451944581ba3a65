//! What is kept of a run.

use std::sync::Arc;

use neurodial_core::learning::{Bookmark, Record, Status, Trainer};
use neurodial_core::session::Moment;
use neurodial_core::session::run::{Change, Line};

/// The most records, and the most moments, that are kept; of a longer run every other is dropped.
const MOST_RECORDS: usize = 2_000;
const MOST_MOMENTS: usize = 200;
/// About how many numbers all moments may hold together: 64 MB.
const MOMENT_NUMBERS: usize = 8_000_000;

/// Writes down the epochs of a run.
#[derive(Debug)]
pub struct Book {
    line: Line,
    /// Every how many epochs one is kept.
    strides: [usize; 2],
    most_moments: usize,
    /// The end of the last epoch, which may not be one of those.
    last: (Record, Vec<f64>),
}

impl Book {
    /// Goes on after a line that ends where the trainer is, or begins one.
    pub fn new(trainer: &Trainer, line: Line) -> Self {
        let knobs = knobs(trainer);
        let mut book = Self {
            line,
            strides: [1, 1],
            most_moments: (MOMENT_NUMBERS / numbers(trainer).max(1)).clamp(8, MOST_MOMENTS),
            last: (trainer.record(), knobs),
        };
        let epoch = trainer.record().epoch;
        // A hand may have turned knobs since: what was measured then is not what it goes on from.
        Arc::make_mut(&mut book.line.records).retain(|record| record.epoch < epoch);
        Arc::make_mut(&mut book.line.moments).retain(|moment| moment.epoch < epoch);
        book.measure(trainer);
        book.write(trainer);
        book
    }

    /// From here on records measure the loss that the trainer has now; those of another loss are dropped.
    fn measure(&mut self, trainer: &Trainer) {
        let loss = Some(trainer.settings().loss);
        if self.line.loss != loss {
            self.line.loss = loss;
            self.line.records = Arc::default();
        }
    }

    /// Notes that settings were changed.
    pub fn change(&mut self, trainer: &Trainer, words: Option<String>) {
        let epoch = trainer.record().epoch;
        if let Some(words) = words {
            let changes = Arc::make_mut(&mut self.line.changes);
            match changes.last_mut() {
                Some(last) if last.epoch == epoch => last.words = format!("{}, {words}", last.words),
                _ => changes.push(Change {
                    epoch,
                    words,
                    data: None,
                }),
            }
        }
        if self.line.loss != Some(trainer.settings().loss) {
            self.measure(trainer);
            Arc::make_mut(&mut self.line.records).push(trainer.record());
            self.last.0 = trainer.record();
        }
    }

    /// Writes down the end of an epoch.
    pub fn write(&mut self, trainer: &Trainer) {
        let record = trainer.record();
        if matches!(trainer.status(), Status::Diverged(_)) {
            // It is back at an earlier epoch.
            return;
        }
        self.last.0 = record;
        trainer.knobs_into(&mut self.last.1);
        let [every, every_moment] = &mut self.strides;
        if record.epoch.is_multiple_of(*every) {
            let records = Arc::make_mut(&mut self.line.records);
            records.push(record);
            while records.len() > MOST_RECORDS {
                *every *= 2;
                records.retain(|record| record.epoch.is_multiple_of(*every));
            }
        }
        if record.epoch.is_multiple_of(*every_moment) {
            let moments = Arc::make_mut(&mut self.line.moments);
            moments.push(Moment {
                epoch: record.epoch,
                knobs: self.last.1.as_slice().into(),
                mark: trainer.bookmark().map(Arc::new),
            });
            while moments.len() > self.most_moments {
                *every_moment *= 2;
                moments.retain(|moment| moment.epoch.is_multiple_of(*every_moment));
            }
        }
    }

    /// The way so far, with the last epoch; `mark` is where it waits.
    pub fn line(&self, mark: Option<Bookmark>) -> Line {
        let mut line = self.line.clone();
        let (record, knobs) = &self.last;
        if line.records.last().is_none_or(|last| last.epoch < record.epoch) {
            Arc::make_mut(&mut line.records).push(*record);
        }
        if line.moments.last().is_none_or(|last| last.epoch < record.epoch) {
            Arc::make_mut(&mut line.moments).push(Moment {
                epoch: record.epoch,
                knobs: knobs.as_slice().into(),
                mark: mark.map(Arc::new),
            });
        }
        line
    }
}

/// About how many numbers a moment takes, with its mark.
fn numbers(trainer: &Trainer) -> usize {
    const KEPT: usize = 4;
    KEPT * trainer.network().knobs().len() + trainer.examples().samples / 2
}

/// The knobs for raw inputs.
pub fn knobs(trainer: &Trainer) -> Vec<f64> {
    let mut knobs = trainer.network().knobs().to_vec();
    trainer.knobs_into(&mut knobs);
    knobs
}
