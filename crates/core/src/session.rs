//! The state that the user edits: document, undo history and view. A document changes only through
//! [`Session::apply`].
//!
//! | module | contents |
//! | --- | --- |
//! | [`training_config`] | [`TrainingConfig`]: data source and training settings; [`DataSource`] |
//! | [`slider_scale`] | `SliderScale`: the values along a slider |
//! | `hyperparameter` | [`Hyperparameter`]: a number of a training config that a slider adjusts |
//! | [`adjustable`] | [`Adjustable`]: a knob, an input or a hyperparameter; [`ValueRange`]: the range of a knob or an input |
//! | [`document`] | [`Document`]: the content of a saved file |
//! | [`format`](mod@format) | the document as versioned JSON |
//! | `action` | [`Action`]: everything that the user can do; [`ActionError`]: why it was rejected |
//! | `edit` | [`Edit`]: a change of the document |
//! | `view_change` | [`ViewChange`]: a change of what is shown |
//! | [`history`] | [`History`]: undo and redo, one step for each gesture |
//! | [`view`] | [`View`]: selection and display settings |
//! | [`state`] | [`Session`]: document, history and view together |
//! | `forward_step` | [`ForwardStep`]: a position in the forward pass |
//! | `saved_states` | [`SavedState`]: saved knobs and inputs, as a snapshot or an experiment row |
//! | [`training_setup`] | [`TrainingSetup`]: a training config with its data |
//! | `computed_features` | `ComputedFeatures`: inputs computed from other inputs |
//! | `custom_points` | actions on custom points |
//! | [`challenge`] | [`Challenge`]: the user against gradient descent |
//! | [`training_run`] | [`TrainingRun`]: progress of training; [`TrainingCommand`]: requests to training |
//! | `preset` | [`Preset`]: the bundled documents |
//! | [`pasted_rows`] | rows of numbers in pasted text |
//! | [`file`](mod@file) | reading and writing files, and crash recovery |
//!
//! # Reading and writing a document
//! [`format`](mod@format) turns a [`Document`] into JSON and back, with the same bits;
//! [`file`](mod@file) does so with files and the data files that they name.
//!
//! ```
//! use neurodial_core::network::{Activation, Architecture, Knob, Network};
//! use neurodial_core::session::{Document, format};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let mut network = Network::zeros(Architecture::dense(2, &[(1, Activation::Tanh)])?);
//! network.set(Knob::weight(0, 0, 1), 0.1);
//! let mut document = Document::new(network);
//! document.inputs = vec![1.0, 2.0];
//!
//! let text = format::write(&document);
//! assert!(text.contains("\"weights\""));
//! let read = format::read(&text)?;
//! assert!(read.is_bitwise_equal(&document));
//!
//! // An unknown field is an error and not ignored.
//! assert!(format::read(r#"{"neurodial": 1, "layer": []}"#).is_err());
//! # Ok(())
//! # }
//! ```

pub(crate) mod action;
pub mod adjustable;
pub mod challenge;
pub(crate) mod computed_features;
mod custom_points;
pub mod document;
pub(crate) mod edit;
pub mod file;
pub mod format;
pub(crate) mod forward_step;
pub mod history;
pub(crate) mod hyperparameter;
pub(crate) mod language;
pub mod pasted_rows;
pub(crate) mod preset;
pub(crate) mod saved_states;
pub mod slider_scale;
pub mod state;
pub mod training_config;
pub mod training_run;
pub mod training_setup;
pub mod view;
pub(crate) mod view_change;

pub use action::{Action, ActionError, Gesture, HistoryCommand};
pub use adjustable::{Adjustable, ValueRange};
pub use challenge::Challenge;
pub(crate) use computed_features::ComputedFeatures;
pub use document::Document;
pub(crate) use document::IgnoredKey;
pub use edit::{DocumentPart, Edit};
pub(crate) use format::DocumentError;
pub use forward_step::{ForwardStep, ForwardStride};
pub(crate) use history::History;
pub use hyperparameter::Hyperparameter;
pub(crate) use language::Language;
pub use preset::Preset;
pub use saved_states::SavedState;
pub use state::{Origin, Session};
pub use training_config::{DataSource, TrainingConfig, TrainingSetupError};
pub use training_run::{Branch, Checkpoint, RunState, TrainingCommand, TrainingRun, TrainingUpdate};
pub use training_setup::TrainingSetup;
pub use view::{
    CurveAxes, CurveScope, ExperimentColumn, KnobLayout, MapScope, Quantity, SensitivityTarget, View,
};
pub use view_change::ViewChange;
