//! What a person works on: document, history and selection. Nothing outside this room changes a document.
//!
//! | file | noun |
//! | --- | --- |
//! | [`target`] | [`Target`]: what a hand can turn; [`Range`]: how far |
//! | [`document`] | [`Document`]: what is saved |
//! | [`format`](mod@format) | the document as versioned JSON |
//! | [`action`] | [`Action`]: everything that a person can do |
//! | [`history`] | [`History`]: undo and redo, a step a gesture |
//! | [`view`] | [`View`]: what is selected and what the curves show |
//! | [`state`] | [`Session`]: all of it together; [`Session::apply`] is the one way to change anything |
//! | [`step`] | [`StepAt`]: a place in the forward pass, and the way through it |
//! | [`kept`] | [`Kept`]: a state that is kept: a pin, a row of the experiments |
//! | [`choice`] | [`Choice`]: what to learn from and how, as it stands in a document; [`Source`] |
//! | [`setting`] | [`Setting`]: a number of a choice that can be turned |
//! | [`rail`] | [`Rail`]: the numbers along a slider |
//! | [`course`] | [`Course`]: a choice with its data |
//! | [`features`] | [`Features`]: inputs computed from the others |
//! | `own_points` | actions on points that are set by hand |
//! | [`duel`] | [`Duel`]: a hand against gradient descent |
//! | [`run`] | [`Run`]: how training stands; [`Coaching`]: what is asked of it |
//! | [`preset`] | [`Preset`]: the bundled documents |
//! | [`rows`] | rows of numbers as people paste them |
//! | [`file`](mod@file) | reading and writing, and what is rescued after a crash |

pub mod action;
pub mod choice;
pub mod course;
pub mod document;
pub mod duel;
pub mod features;
pub mod file;
pub mod format;
pub mod history;
mod keep;
pub mod kept;
mod own_points;
pub mod preset;
pub mod rail;
pub mod rows;
pub mod run;
pub mod setting;
pub mod state;
pub mod step;
pub mod target;
pub mod view;

pub use action::{Action, Gesture, ActionError};
pub use choice::{TrainingConfig, TrainingSetupError, DataSource};
pub use course::TrainingSetup;
pub use document::Document;
pub use duel::Challenge;
pub use features::ComputedFeatures;
pub use format::DocumentError;
pub use history::History;
pub use kept::SavedState;
pub use preset::Preset;
pub use rail::SliderScale;
pub use run::{TrainingCommand, TrainingUpdate, Branch, Checkpoint, TrainingRun, RunState};
pub use setting::Hyperparameter;
pub use state::{Origin, Session};
pub use step::{ForwardStep, ForwardStride};
pub use target::{ValueRange, Adjustable};
pub use view::{CurveAxes, ExperimentColumn, KnobLayout, Quantity, CurveScope, SensitivityTarget, View, MapScope};
