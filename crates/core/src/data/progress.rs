//! The progress of long work, which another thread watches and can cancel.

use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};

use super::table_error::TableError;

/// The number of steps of a progress.
const STEPS: u32 = 1000;

/// The progress of reading a table.
#[derive(Debug, Default)]
pub struct Progress {
    step: AtomicU32,
    /// The part of all work that the current part begins and ends with.
    start: AtomicU32,
    end: AtomicU32,
    is_canceled: AtomicBool,
}

impl Progress {
    /// Asks the working thread to stop soon.
    pub fn cancel(&self) {
        self.is_canceled.store(true, Ordering::Relaxed);
    }

    /// True if the work has been canceled.
    pub fn is_canceled(&self) -> bool {
        self.is_canceled.load(Ordering::Relaxed)
    }

    /// Returns the part of the work that is done, from 0 to 1.
    pub fn fraction(&self) -> f32 {
        self.step.load(Ordering::Relaxed) as f32 / STEPS as f32
    }

    /// Begins a part of the work, from `start` to `end` in fractions of all of it.
    pub fn begin(&self, start: f32, end: f32) {
        let step = |fraction: f32| (fraction * STEPS as f32) as u32;
        self.start.store(step(start), Ordering::Relaxed);
        self.end.store(step(end), Ordering::Relaxed);
        self.step.store(step(start), Ordering::Relaxed);
    }

    /// Records how much of the current part is done.
    ///
    /// # Errors
    ///
    /// Returns an error if the work has been canceled.
    pub(crate) fn update(&self, done: usize, total: usize) -> Result<(), TableError> {
        if self.is_canceled() {
            return Err(TableError::Canceled);
        }
        let (start, end) = (
            self.start.load(Ordering::Relaxed),
            self.end.load(Ordering::Relaxed),
        );
        let fraction = done as f32 / total.max(1) as f32;
        let step = start + ((end - start.min(end)) as f32 * fraction) as u32;
        self.step.store(step, Ordering::Relaxed);
        Ok(())
    }
}
