//! How a run of training stands, and what a person asks of it.

use std::sync::Arc;

use crate::learning::{Divergence, Record};

use super::Gesture;

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
    /// Back to a kept moment, counted from 0; from there it can go on anew.
    GoTo(usize),
    /// A new document with a network for the data.
    NewNetwork,
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
}

/// How a run stands.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Run {
    /// Whether it goes on.
    pub state: RunState,
    /// The ends of the epochs; of very many only some, evenly.
    pub records: Arc<Vec<Record>>,
    /// Some of the epochs with all their knobs, evenly.
    pub moments: Arc<Vec<Moment>>,
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
