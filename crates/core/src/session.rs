//! The state that the user edits: document, undo history and view. A document changes only through
//! [`Session::apply`].
//!
//! A module uses only modules above it in this table.
//!
//! | module | contents |
//! | --- | --- |
//! | `gesture` | [`Gesture`]: the changes that are one undo step |
//! | `window_layout` | [`WindowLayout`]: a layout of the window |
//! | `language` | `Language`: a language that a network can be written in |
//! | [`slider_scale`] | `SliderScale`: the values along a slider |
//! | [`training_config`] | [`TrainingConfig`]: data source and training settings; [`DataSource`] |
//! | `hyperparameter` | [`Hyperparameter`]: a number of a training config that a slider adjusts |
//! | [`adjustable`] | [`Adjustable`]: a knob, an input or a hyperparameter; [`ValueRange`]: the range of a knob or an input |
//! | [`training_setup`] | [`TrainingSetup`]: a training config with its data |
//! | [`training_run`] | [`TrainingRun`]: progress of training; [`TrainingCommand`]: requests to training |
//! | `run_recorder` | [`RunRecorder`]: the metrics and checkpoints that are kept of a run |
//! | [`challenge`] | [`Challenge`]: the user against gradient descent |
//! | `computed_features` | `ComputedFeatures`: inputs computed from other inputs |
//! | [`document`] | [`Document`]: the content of a saved file; [`SavedState`]: a snapshot or an experiment row |
//! | `document_for_data` | a new document for a training setup |
//! | [`pasted_rows`] | rows of numbers in pasted text |
//! | `forward_step` | [`ForwardStep`]: a position in the forward pass |
//! | `backward_step` | [`BackwardStep`]: a position in the backward pass |
//! | [`view`] | [`View`]: selection and display settings |
//! | `view_change` | [`ViewChange`]: a change of what is shown |
//! | `edit` | [`Edit`]: a change of the document |
//! | `action` | [`Action`]: everything that the user can do; [`ActionError`]: why it was rejected |
//! | `history` | `History`: undo and redo, one step for each gesture |
//! | `state` | [`Session`]: document, history and view together |

pub(crate) mod action;
pub mod adjustable;
pub(crate) mod backward_step;
pub mod challenge;
pub(crate) mod computed_features;
pub mod document;
mod document_for_data;
pub(crate) mod edit;
pub(crate) mod forward_step;
pub(crate) mod gesture;
pub(crate) mod history;
pub(crate) mod hyperparameter;
pub(crate) mod language;
pub mod pasted_rows;
mod run_recorder;
pub mod slider_scale;
pub(crate) mod state;
pub mod training_config;
pub mod training_run;
mod training_setting;
pub mod training_setup;
mod undo_label;
pub mod view;
pub(crate) mod view_change;
pub(crate) mod window_layout;

pub use action::{Action, ActionError, HistoryCommand, MissingPart, NamedAdjustable};
pub use adjustable::{Adjustable, ValueRange};
pub use backward_step::{BackwardStep, BackwardTarget};
pub use challenge::Challenge;
pub(crate) use computed_features::ComputedFeatures;
pub use document::{Document, SavedState};
pub use edit::{DocumentPart, Edit};
pub use forward_step::{ForwardStep, ForwardStride};
pub use gesture::Gesture;
pub use hyperparameter::{EntryError, Hyperparameter};
pub use run_recorder::RunRecorder;
pub use state::{Origin, Session};
pub use training_config::{DataSource, TrainingConfig, TrainingSetupError};
pub use training_run::{Branch, Checkpoint, RunState, TrainingCommand, TrainingRun, TrainingUpdate};
pub use training_setting::TrainingSetting;
pub use training_setup::TrainingSetup;
pub use undo_label::UndoLabel;
pub use view::{
    ConfusionCell, CurveAxes, CurveScope, ExperimentColumn, KnobLayout, MapScope, Quantity,
    SensitivityTarget, View,
};
pub use view_change::ViewChange;
pub use window_layout::{UnknownLayoutError, WindowLayout};
