//! Saved states of the knobs and inputs: snapshots and the rows of the experiment log, and the actions on
//! them.

use crate::network::Knob;

use super::document::MAX_NAME_CHARS;
use super::history::UndoChange;
use super::{ActionError, Adjustable, Document, Session, View};

/// The maximum number of snapshots in a document.
pub(crate) const MAX_SNAPSHOTS: usize = 20;
/// The maximum number of experiment rows in a document.
pub(crate) const MAX_EXPERIMENT_ROWS: usize = 10_000;
/// The maximum number of values in all saved states together. Within it, every document that is written can
/// be read.
pub(crate) const MAX_SAVED_NUMBERS: usize = 4_000_000;

/// All knobs and inputs at one time, with a name: a snapshot or a row of the experiment log.
#[derive(Debug, Clone, PartialEq)]
pub struct SavedState {
    /// The name of the snapshot or the note of the row; may be empty.
    pub name: String,
    /// The values of the knobs, in the network's flat order.
    pub knobs: Vec<f64>,
    /// The values of the inputs.
    pub inputs: Vec<f64>,
}

impl SavedState {
    /// Saves the document's current state.
    pub fn from_document(document: &Document, name: String) -> Self {
        Self {
            name: clean_name(&name),
            knobs: document.network.knobs().to_vec(),
            inputs: document.inputs.clone(),
        }
    }

    /// True if it has as many knobs and inputs as the document's network.
    pub fn fits(&self, document: &Document) -> bool {
        self.knobs.len() == document.network.knobs().len() && self.inputs.len() == document.inputs.len()
    }

    /// Returns the number of its values: knobs and inputs.
    pub(crate) fn number_count(&self) -> usize {
        self.knobs.len() + self.inputs.len()
    }

    /// Returns the number of knobs whose value differs from the document's.
    pub(crate) fn differing_knobs(&self, document: &Document) -> usize {
        let knobs = self.knobs.iter().zip(document.network.knobs());
        knobs.filter(|(saved, now)| saved != now).count()
    }
}

/// Returns the name without control characters such as line breaks, cut to [`MAX_NAME_CHARS`] characters.
pub(crate) fn clean_name(name: &str) -> String {
    name.chars()
        .filter(|c| !c.is_control())
        .take(MAX_NAME_CHARS)
        .collect()
}

pub(super) fn take_snapshot(session: &mut Session, name: String) -> Result<(), ActionError> {
    let mut snapshots = session.document().snapshots.clone();
    if snapshots.len() >= MAX_SNAPSHOTS {
        return Err(ActionError::Other(format!(
            "There are {MAX_SNAPSHOTS} pins already; remove one first"
        )));
    }
    let name = match clean_name(&name) {
        name if name.trim().is_empty() => format!("pin {}", snapshots.len() + 1),
        name => name,
    };
    snapshots.push(SavedState::from_document(session.document(), name));
    check_saved_numbers(session, &snapshots, &session.document().experiment_rows)?;
    let newest = snapshots.len() - 1;
    session.apply_changes(|| "pin".into(), None, vec![UndoChange::Snapshots(snapshots)]);
    session.view_mut().snapshot = Some(newest);
    Ok(())
}

pub(super) fn rename_snapshot(session: &mut Session, snapshot: usize, name: &str) -> Result<(), ActionError> {
    let mut snapshots = session.document().snapshots.clone();
    snapshots
        .get_mut(snapshot)
        .ok_or_else(|| no_such_snapshot(snapshot))?
        .name = clean_name(name);
    session.apply_changes(
        || "rename a pin".into(),
        None,
        vec![UndoChange::Snapshots(snapshots)],
    );
    Ok(())
}

pub(super) fn remove_snapshot(session: &mut Session, snapshot: usize) -> Result<(), ActionError> {
    let mut snapshots = session.document().snapshots.clone();
    if snapshot >= snapshots.len() {
        return Err(no_such_snapshot(snapshot));
    }
    snapshots.remove(snapshot);
    session.apply_changes(
        || "remove a pin".into(),
        None,
        vec![UndoChange::Snapshots(snapshots)],
    );
    // Keep showing the same snapshot, whose index may have changed.
    let view = session.view_mut();
    view.snapshot = match view.snapshot {
        Some(shown) if shown == snapshot => None,
        Some(shown) if shown > snapshot => Some(shown - 1),
        shown => shown,
    };
    Ok(())
}

pub(super) fn restore_snapshot(session: &mut Session, snapshot: usize) -> Result<(), ActionError> {
    let state = session
        .document()
        .snapshots
        .get(snapshot)
        .cloned()
        .ok_or_else(|| no_such_snapshot(snapshot))?;
    restore_state(session, "back to a pin", state, Vec::new())
}

pub(super) fn swap_snapshot(session: &mut Session, snapshot: usize) -> Result<(), ActionError> {
    let mut snapshots = session.document().snapshots.clone();
    let slot = snapshots
        .get_mut(snapshot)
        .ok_or_else(|| no_such_snapshot(snapshot))?;
    let current = SavedState::from_document(session.document(), slot.name.clone());
    let state = std::mem::replace(slot, current);
    restore_state(
        session,
        "swap with a pin",
        state,
        vec![UndoChange::Snapshots(snapshots)],
    )
}

pub(super) fn show_snapshot(session: &mut Session, snapshot: Option<usize>) -> Result<(), ActionError> {
    if let Some(snapshot) = snapshot {
        let snapshots = &session.document().snapshots;
        let state = snapshots
            .get(snapshot)
            .ok_or_else(|| no_such_snapshot(snapshot))?;
        if !state.fits(session.document()) {
            return Err(different_network());
        }
    }
    session.view_mut().snapshot = snapshot;
    Ok(())
}

pub(super) fn set_one_knob_at_a_time(session: &mut Session, is_on: bool) -> Result<(), ActionError> {
    if is_on && session.view().snapshot.is_none() {
        return Err(ActionError::Other(
            "Pin a state first; the guard compares with it".to_owned(),
        ));
    }
    session.view_mut().is_one_knob_at_a_time = is_on;
    Ok(())
}

/// Checks that at most one knob would differ from the shown snapshot, if that is required. A knob that
/// differs already may change again.
pub(super) fn check_one_knob_at_a_time(session: &Session, target: Adjustable) -> Result<(), ActionError> {
    match (session.only_changeable_knob(), target) {
        (Some(other), Adjustable::Knob(knob)) if other != knob && !differs_from_snapshot(session, knob) => {
            Err(ActionError::AnotherKnobDiffers(
                session.architecture().describe_knob(other),
            ))
        }
        _ => Ok(()),
    }
}

/// Checks that all knobs may change at once. Returns an error if only one knob at a time may differ from the
/// snapshot, unless the network has a single knob.
pub(super) fn check_can_change_all(session: &Session) -> Result<(), ActionError> {
    if session.view().is_one_knob_at_a_time && session.document().network.knobs().len() > 1 {
        return Err(ActionError::ChangesAllKnobs);
    }
    Ok(())
}

fn differs_from_snapshot(session: &Session, knob: Knob) -> bool {
    let document = session.document();
    let index = session.architecture().index_of(knob);
    let snapshot = session
        .view()
        .snapshot
        .and_then(|snapshot| document.snapshots.get(snapshot));
    match (snapshot, index) {
        (Some(snapshot), Some(index)) => snapshot.knobs.get(index) != document.network.knobs().get(index),
        _ => false,
    }
}

impl Session {
    /// Returns this session with a snapshot restored, with the same view but without a shown snapshot; `None`
    /// if there is no such snapshot or it belongs to another network.
    pub(crate) fn at_snapshot(&self, snapshot: usize) -> Option<Self> {
        let state = self.document().snapshots.get(snapshot)?;
        if !state.fits(self.document()) {
            return None;
        }
        let mut session = Self::open(self.document().clone(), self.origin().clone());
        restore_snapshot(&mut session, snapshot).ok()?;
        *session.view_mut() = View {
            snapshot: None,
            is_one_knob_at_a_time: false,
            forward_step: None,
            ..self.view().clone()
        };
        session.view_mut().reset_missing(self.document(), false);
        Some(session)
    }

    /// Returns the first knob that differs from the shown snapshot, if only one knob at a time may differ;
    /// otherwise `None`.
    pub(crate) fn only_changeable_knob(&self) -> Option<Knob> {
        if !self.view().is_one_knob_at_a_time {
            return None;
        }
        let snapshot = self.document().snapshots.get(self.view().snapshot?)?;
        let mut pairs = snapshot.knobs.iter().zip(self.document().network.knobs());
        let first = pairs.position(|(saved, now)| saved != now)?;
        self.architecture().knob_at(first)
    }
}

pub(super) fn record_experiment(session: &mut Session, note: String) -> Result<(), ActionError> {
    let mut rows = session.document().experiment_rows.clone();
    if rows.len() >= MAX_EXPERIMENT_ROWS {
        return Err(ActionError::Other(format!(
            "There are {MAX_EXPERIMENT_ROWS} rows already; remove some first"
        )));
    }
    rows.push(SavedState::from_document(session.document(), note));
    check_saved_numbers(session, &session.document().snapshots, &rows)?;
    session.apply_changes(
        || "record a row".into(),
        None,
        vec![UndoChange::ExperimentRows(rows)],
    );
    Ok(())
}

pub(super) fn annotate_experiment_row(
    session: &mut Session,
    row: usize,
    note: &str,
) -> Result<(), ActionError> {
    let mut rows = session.document().experiment_rows.clone();
    rows.get_mut(row).ok_or_else(|| no_such_row(row))?.name = clean_name(note);
    session.apply_changes(
        || "annotate a row".into(),
        None,
        vec![UndoChange::ExperimentRows(rows)],
    );
    Ok(())
}

pub(super) fn remove_experiment_row(session: &mut Session, row: usize) -> Result<(), ActionError> {
    let mut rows = session.document().experiment_rows.clone();
    if row >= rows.len() {
        return Err(no_such_row(row));
    }
    rows.remove(row);
    session.apply_changes(
        || "remove a row".into(),
        None,
        vec![UndoChange::ExperimentRows(rows)],
    );
    Ok(())
}

pub(super) fn restore_experiment_row(session: &mut Session, row: usize) -> Result<(), ActionError> {
    let state = session
        .document()
        .experiment_rows
        .get(row)
        .cloned()
        .ok_or_else(|| no_such_row(row))?;
    restore_state(session, "back to a row", state, Vec::new())
}

/// Restores all knobs and inputs of a state and applies `changes`, in one undo step.
fn restore_state(
    session: &mut Session,
    label: &str,
    state: SavedState,
    changes: Vec<UndoChange>,
) -> Result<(), ActionError> {
    if !state.fits(session.document()) {
        return Err(different_network());
    }
    let mut all_changes = changes;
    all_changes.push(UndoChange::Knobs(state.knobs));
    all_changes.push(UndoChange::Inputs(state.inputs));
    session.apply_changes(|| label.to_owned(), None, all_changes);
    Ok(())
}

/// Checks that the saved states together stay within [`MAX_SAVED_NUMBERS`].
fn check_saved_numbers(
    session: &Session,
    snapshots: &[SavedState],
    rows: &[SavedState],
) -> Result<(), ActionError> {
    let numbers_per_state = session.document().network.knobs().len() + session.document().inputs.len();
    if (snapshots.len() + rows.len()) * numbers_per_state <= MAX_SAVED_NUMBERS {
        return Ok(());
    }
    Err(ActionError::Other(format!(
        "A document keeps up to {MAX_SAVED_NUMBERS} numbers of pins and experiments; remove some first"
    )))
}

fn different_network() -> ActionError {
    ActionError::Other("This state belongs to another network".to_owned())
}

fn no_such_snapshot(snapshot: usize) -> ActionError {
    ActionError::NotFound(format!("pin {}", snapshot + 1))
}

fn no_such_row(row: usize) -> ActionError {
    ActionError::NotFound(format!("row {} of the experiments", row + 1))
}
