//! Everything that the user can do to a session.

use crate::network::ArchitectureError;

use super::edit::{DocumentPart, Edit};
use super::training_run::TrainingCommand;
use super::view_change::ViewChange;

/// Everything that the user can do to a session. Menus, keys, panes and tests all send actions.
#[derive(Debug, Clone, PartialEq)]
pub enum Action {
    /// Changes the document. This can be undone.
    Edit(Edit),
    /// Changes what is shown. This can't be undone.
    View(ViewChange),
    /// Sends a command to training. The program executes it; the session itself does nothing.
    Training(TrainingCommand),
    /// Moves through the undo history.
    History(HistoryCommand),
}

/// A command to the undo history.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HistoryCommand {
    /// Reverts the document to its opened state. This can be undone.
    StartOver,
    /// Undoes the last step.
    Undo,
    /// Redoes the step that was undone last.
    Redo,
}

impl Action {
    /// Returns the part of the document that the action changes; `None` if it leaves the document alone.
    pub fn changed_part(&self) -> Option<DocumentPart> {
        match self {
            Self::Edit(edit) => Some(edit.changed_part()),
            // A step can hold changes of any part.
            Self::History(HistoryCommand::Undo | HistoryCommand::Redo | HistoryCommand::StartOver) => {
                Some(DocumentPart::Architecture)
            }
            Self::View(_) | Self::Training(_) => None,
        }
    }
}

impl From<Edit> for Action {
    fn from(edit: Edit) -> Self {
        Self::Edit(edit)
    }
}

impl From<ViewChange> for Action {
    fn from(change: ViewChange) -> Self {
        Self::View(change)
    }
}

impl From<TrainingCommand> for Action {
    fn from(command: TrainingCommand) -> Self {
        Self::Training(command)
    }
}

impl From<HistoryCommand> for Action {
    fn from(command: HistoryCommand) -> Self {
        Self::History(command)
    }
}

/// The reason why an action was rejected. Its text is one sentence for the user.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ActionError {
    /// The knob is locked.
    #[error("The {0} is locked; unlock it first")]
    Locked(String),
    /// The input is computed from other inputs.
    #[error("The {input} is computed from {sources}; turn {pronoun} instead")]
    ComputedInput {
        /// The input in words, such as “input 3”.
        input: String,
        /// The symbols of the inputs that it is computed from.
        sources: String,
        /// “that” or “those”.
        pronoun: &'static str,
    },
    /// Another knob differs from the snapshot already, and only one at a time may.
    #[error("The {0} differs from the pin; one knob at a time: put it back before another is turned")]
    AnotherKnobDiffers(String),
    /// Only one knob at a time may differ from the snapshot, and this would change all.
    #[error("One knob at a time may differ from the pin; let go of the guard before all are turned")]
    ChangesAllKnobs,
    /// The network doesn't have this knob, input, neuron or layer, or the document no such snapshot or row.
    #[error("This network has no {0}")]
    NotFound(String),
    /// A number is not finite, or a range is invalid.
    #[error("{0} can’t be used here; a range needs two finite ends in order and a step above 0")]
    InvalidValue(String),
    /// Input rows don't fit the network, a table is full, or a snapshot can't be used.
    #[error("{0}")]
    Other(String),
    /// Custom points can't be changed, or data can't be created.
    #[error("{}", capitalized(.0))]
    Data(String),
    /// The values for all knobs don't fit the network.
    #[error("{0}")]
    Knobs(String),
    /// The architecture would exceed the limits.
    #[error("{}", capitalized(&.0.to_string()))]
    Architecture(#[from] ArchitectureError),
    /// The loss was chosen without data.
    #[error("There is no loss without data; choose some in the Training pane")]
    NoData,
    /// Both axes of a map or of the loss landscape are the same.
    #[error("A map needs two different numbers")]
    SameAxisTwice,
    /// There is nothing to undo.
    #[error("There is nothing to undo")]
    NothingToUndo,
    /// There is nothing to redo.
    #[error("There is nothing to redo")]
    NothingToRedo,
}

fn capitalized(text: &str) -> String {
    let mut characters = text.chars();
    match characters.next() {
        Some(first) => first.to_uppercase().collect::<String>() + characters.as_str(),
        None => String::new(),
    }
}
