//! The session: document, history and view together.

mod apply;
mod checks;
mod saved_state_actions;
mod training_actions;
mod value_actions;

use std::path::PathBuf;
use std::sync::Arc;

use crate::network::Architecture;

use super::adjustable::Adjustable;
use super::challenge::Challenge;
use super::document::Document;
use super::gesture::Gesture;
use super::history::{History, UndoChange};
use super::training_run::TrainingRun;
use super::training_setup::{TrainTestSplit, TrainingSetup};
use super::undo_label::UndoLabel;
use super::view::View;

/// The origin of a document, which determines the file that it is saved to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// A bundled preset. It has no file to save to.
    Preset(&'static str),
    /// A file, to which the document is saved.
    File(PathBuf),
    /// A new or recovered document. It has no file to save to.
    Untitled,
}

/// The document that the user edits, with its history and view. It is changed by [`Session::apply`].
///
/// ```
/// use neurodial_core::network::Knob;
/// use neurodial_core::formats::Preset;
/// use neurodial_core::session::{Adjustable, Edit, Gesture, HistoryCommand, Origin, Session, UndoLabel};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let mut session = Session::open(Preset::DEFAULT.document()?, Origin::Untitled);
/// let weight = Adjustable::Knob(Knob::weight(0, 1, 0));
/// assert_eq!(session.document().value(weight), Some(0.5));
///
/// // A drag: all changes of one gesture are one undo step.
/// for value in [0.6, 0.7, 0.8] {
///     let gesture = Some(Gesture(1));
///     session.apply(Edit::Turn { target: weight, value, gesture })?;
/// }
/// assert_eq!(session.document().value(weight), Some(0.8));
/// assert_eq!(session.history().undo_label(), Some(&UndoLabel::Change("w₂₁".to_owned())));
/// session.apply(HistoryCommand::Undo)?;
/// assert_eq!(session.document().value(weight), Some(0.5));
///
/// // A rejected action changes nothing and gives the reason.
/// session.apply(Edit::SetLocked { knob: Knob::weight(0, 1, 0), is_locked: true })?;
/// assert!(session.apply(Edit::Set { target: weight, value: 0.0 }).is_err());
/// assert_eq!(session.document().value(weight), Some(0.5));
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone)]
pub struct Session {
    document: Document,
    opened: Arc<Document>,
    history: History,
    view: View,
    origin: Origin,
    /// The version of the document on disk; `None` if there is none.
    saved_version: Option<u64>,
    run: Arc<TrainingRun>,
    challenge: Option<Arc<Challenge>>,
    /// Increases whenever the training run or the challenge changes.
    training_revision: u64,
    revision: u64,
    saved_states_revision: u64,
}

impl Session {
    /// Creates a session for a newly opened document.
    pub fn open(mut document: Document, origin: Origin) -> Self {
        document.update_computed_inputs();
        let history = History::default();
        let saved_version = (origin != Origin::Untitled).then(|| history.version());
        Self {
            view: View::new(document.network.architecture()),
            opened: Arc::new(document.clone()),
            document,
            history,
            origin,
            saved_version,
            run: Arc::default(),
            challenge: None,
            training_revision: 0,
            revision: 0,
            saved_states_revision: 0,
        }
    }

    /// Creates a session for a newly opened document with the view of a session for the same network. Parts of
    /// the view that the document lacks are reset.
    pub fn open_with_view(document: Document, origin: Origin, mut view: View) -> Self {
        let session = Self::open(document, origin);
        view.reset_missing(&session.document, session.setup().is_some());
        Self { view, ..session }
    }

    /// Returns the current document.
    pub fn document(&self) -> &Document {
        &self.document
    }

    /// Returns the document as it was opened.
    pub fn opened(&self) -> &Document {
        &self.opened
    }

    /// Returns the network's architecture.
    pub fn architecture(&self) -> &Architecture {
        self.document.network.architecture()
    }

    /// Returns the undo history.
    pub fn history(&self) -> &History {
        &self.history
    }

    /// Returns the selection and the display settings.
    pub fn view(&self) -> &View {
        &self.view
    }

    /// Returns the visible interval of the knob or input on the horizontal axis of the curves: that of the view, or
    /// its whole range.
    pub fn curves_range(&self) -> [f64; 2] {
        self.view.curve_axes.x.unwrap_or_else(|| {
            let range = self.document.range(self.view.swept);
            [range.min, range.max]
        })
    }

    /// Returns the training data and settings, if any were chosen.
    pub fn setup(&self) -> Option<&Arc<TrainingSetup>> {
        self.document.training_setup.as_ref()
    }

    fn shared_split(&self) -> Option<Arc<TrainTestSplit>> {
        let split = self.setup().and_then(|setup| setup.split().ok());
        split.map(Arc::clone)
    }

    /// Returns the progress of training.
    pub fn run(&self) -> &TrainingRun {
        &self.run
    }

    /// Returns the progress of training as a shared pointer.
    pub fn shared_run(&self) -> &Arc<TrainingRun> {
        &self.run
    }

    /// Returns the challenge of the user against gradient descent, if there is one.
    pub fn challenge(&self) -> Option<&Arc<Challenge>> {
        self.challenge.as_ref()
    }

    /// Returns the origin of the document.
    pub fn origin(&self) -> &Origin {
        &self.origin
    }

    /// Returns a number that increases whenever the document, the training run or the view changes. Values
    /// derived from them are computed once per revision.
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// Returns a number that increases whenever snapshots, experiment rows or the architecture may have
    /// changed, but not when numbers change.
    pub(crate) fn saved_states_revision(&self) -> u64 {
        self.saved_states_revision
    }

    /// True if there are unsaved changes.
    pub fn is_unsaved(&self) -> bool {
        self.saved_version != Some(self.history.version())
    }

    /// Records that the document at `version` was saved to `origin`. Changes made since then remain unsaved.
    pub fn mark_saved(&mut self, version: u64, origin: Origin) {
        self.saved_version = Some(version);
        self.origin = origin;
    }

    /// Records the document's origin, but that its current state is unsaved, as after recovery.
    pub fn mark_unsaved(&mut self, origin: Origin) {
        self.saved_version = None;
        self.origin = origin;
    }

    /// Adds the data that was read for the training setup after the document was opened. This is no change of the
    /// document. Does nothing if the document has another setup by now.
    pub fn provide_data(&mut self, before: &Arc<TrainingSetup>, setup: TrainingSetup) {
        if !self.setup().is_some_and(|current| Arc::ptr_eq(current, before)) {
            return;
        }
        let setup = Arc::new(setup);
        self.document.training_setup = Some(Arc::clone(&setup));
        self.document.update_computed_inputs();
        if self
            .opened
            .training_setup
            .as_ref()
            .is_some_and(|opened| Arc::ptr_eq(opened, before))
        {
            let opened = Arc::make_mut(&mut self.opened);
            opened.training_setup = Some(setup);
            opened.update_computed_inputs();
        }
        self.training_revision += 1;
        self.saved_states_revision += 1;
        self.revision += 1;
    }

    /// Applies changes, given with their new values, as one undo step. Adds those of computed inputs.
    fn apply_changes(
        &mut self,
        label: impl FnOnce() -> UndoLabel,
        gesture: Option<Gesture>,
        changes: Vec<UndoChange>,
    ) {
        let changes = self.with_computed_inputs(changes);
        self.history.apply(&mut self.document, label, gesture, changes);
    }

    fn symbol_text(&self, target: Adjustable) -> String {
        target.symbol(self.architecture()).to_unicode()
    }

    /// Returns the changes with those of the computed inputs that depend on them.
    fn with_computed_inputs(&self, mut changes: Vec<UndoChange>) -> Vec<UndoChange> {
        let document = &self.document;
        let mut inputs = document.inputs.clone();
        let mut setup = document.training_setup.as_ref();
        let mut affects_inputs = false;
        for change in &mut changes {
            match change {
                UndoChange::Value(Adjustable::Input(input), value) => {
                    affects_inputs = true;
                    if let Some(slot) = inputs.get_mut(*input) {
                        *slot = *value;
                    }
                }
                UndoChange::Inputs(values) => {
                    affects_inputs = true;
                    inputs.clone_from(values);
                }
                UndoChange::TrainingSetup(other) => {
                    affects_inputs = true;
                    setup = other.as_ref();
                }
                UndoChange::Document(other) => other.update_computed_inputs(),
                _ => {}
            }
        }
        if !affects_inputs {
            return changes;
        }
        let before = inputs.clone();
        document.features_for(setup).update(&mut inputs);
        let computed: Vec<UndoChange> = before
            .iter()
            .zip(&inputs)
            .enumerate()
            .filter(|(_, (before, now))| before.to_bits() != now.to_bits())
            .map(|(input, (_, &now))| UndoChange::Value(Adjustable::Input(input), now))
            .collect();
        for change in &mut changes {
            if let UndoChange::Inputs(values) = change {
                values.clone_from(&inputs);
                return changes;
            }
        }
        changes.extend(computed);
        changes
    }
}
