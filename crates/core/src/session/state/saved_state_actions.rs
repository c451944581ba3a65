//! Actions on saved states: snapshots and the rows of the experiment log.

use crate::session::action::{ActionError, MissingPart};
use crate::session::document::{
    MAX_EXPERIMENT_ROWS, MAX_SAVED_NUMBERS, MAX_SNAPSHOTS, SavedState, clean_name,
};
use crate::session::history::UndoChange;
use crate::session::undo_label::UndoLabel;
use crate::session::view::View;
use crate::text::Messages;

use super::Session;

impl Session {
    pub(super) fn take_snapshot(&mut self, name: String) -> Result<(), ActionError> {
        let mut snapshots = self.document.snapshots.clone();
        if snapshots.len() >= MAX_SNAPSHOTS {
            return Err(ActionError::TooManySnapshots);
        }
        let name = match clean_name(&name) {
            name if name.trim().is_empty() => Messages::ENGLISH.snapshot_number(snapshots.len() + 1),
            name => name,
        };
        snapshots.push(SavedState::from_document(&self.document, name));
        self.check_saved_numbers(snapshots.len() + self.document.experiment_rows.len())?;
        let newest = snapshots.len() - 1;
        self.set_snapshots(UndoLabel::TakeSnapshot, snapshots);
        self.view.snapshot = Some(newest);
        Ok(())
    }

    pub(super) fn rename_snapshot(&mut self, snapshot: usize, name: &str) -> Result<(), ActionError> {
        let mut snapshots = self.document.snapshots.clone();
        let renamed = snapshots.get_mut(snapshot);
        renamed.ok_or_else(|| no_such_snapshot(snapshot))?.name = clean_name(name);
        self.set_snapshots(UndoLabel::RenameSnapshot, snapshots);
        Ok(())
    }

    pub(super) fn remove_snapshot(&mut self, snapshot: usize) -> Result<(), ActionError> {
        let mut snapshots = self.document.snapshots.clone();
        if snapshot >= snapshots.len() {
            return Err(no_such_snapshot(snapshot));
        }
        snapshots.remove(snapshot);
        self.set_snapshots(UndoLabel::RemoveSnapshot, snapshots);
        // Keep showing the same snapshot, whose index may have changed.
        self.view.snapshot = match self.view.snapshot {
            Some(shown) if shown == snapshot => None,
            Some(shown) if shown > snapshot => Some(shown - 1),
            shown => shown,
        };
        Ok(())
    }

    pub(super) fn restore_snapshot(&mut self, snapshot: usize) -> Result<(), ActionError> {
        let state = self.snapshot(snapshot)?.clone();
        self.restore_state(UndoLabel::RestoreSnapshot, state, Vec::new())
    }

    pub(super) fn swap_snapshot(&mut self, snapshot: usize) -> Result<(), ActionError> {
        let mut snapshots = self.document.snapshots.clone();
        let slot = snapshots
            .get_mut(snapshot)
            .ok_or_else(|| no_such_snapshot(snapshot))?;
        let current = SavedState::from_document(&self.document, slot.name.clone());
        let state = std::mem::replace(slot, current);
        self.restore_state(
            UndoLabel::SwapSnapshot,
            state,
            vec![UndoChange::Snapshots(snapshots)],
        )
    }

    pub(super) fn show_snapshot(&mut self, snapshot: Option<usize>) -> Result<(), ActionError> {
        if let Some(snapshot) = snapshot
            && !self.snapshot(snapshot)?.fits(&self.document)
        {
            return Err(ActionError::DifferentNetwork);
        }
        self.view.snapshot = snapshot;
        Ok(())
    }

    pub(super) fn set_one_knob_at_a_time(&mut self, is_on: bool) -> Result<(), ActionError> {
        if is_on && self.view.snapshot.is_none() {
            return Err(ActionError::NoSnapshot);
        }
        self.view.is_one_knob_at_a_time = is_on;
        Ok(())
    }

    /// Returns this session with a snapshot restored, with the same view but without a shown snapshot; `None`
    /// if there is no such snapshot or it belongs to another network.
    pub(crate) fn at_snapshot(&self, snapshot: usize) -> Option<Self> {
        let mut session = Self::open(self.document.clone(), self.origin.clone());
        session.restore_snapshot(snapshot).ok()?;
        session.view = View {
            snapshot: None,
            is_one_knob_at_a_time: false,
            forward_step: None,
            backward_step: None,
            ..self.view.clone()
        };
        session.view.reset_missing(&self.document, false);
        Some(session)
    }

    pub(super) fn record_experiment(&mut self, note: String) -> Result<(), ActionError> {
        let mut rows = self.document.experiment_rows.clone();
        if rows.len() >= MAX_EXPERIMENT_ROWS {
            return Err(ActionError::TooManyExperimentRows);
        }
        rows.push(SavedState::from_document(&self.document, note));
        self.check_saved_numbers(self.document.snapshots.len() + rows.len())?;
        self.set_experiment_rows(UndoLabel::RecordRow, rows);
        Ok(())
    }

    pub(super) fn annotate_experiment_row(&mut self, row: usize, note: &str) -> Result<(), ActionError> {
        let mut rows = self.document.experiment_rows.clone();
        rows.get_mut(row).ok_or_else(|| no_such_row(row))?.name = clean_name(note);
        self.set_experiment_rows(UndoLabel::AnnotateRow, rows);
        Ok(())
    }

    pub(super) fn remove_experiment_row(&mut self, row: usize) -> Result<(), ActionError> {
        let mut rows = self.document.experiment_rows.clone();
        if row >= rows.len() {
            return Err(no_such_row(row));
        }
        rows.remove(row);
        self.set_experiment_rows(UndoLabel::RemoveRow, rows);
        Ok(())
    }

    pub(super) fn restore_experiment_row(&mut self, row: usize) -> Result<(), ActionError> {
        let state = self.document.experiment_rows.get(row).cloned();
        self.restore_state(
            UndoLabel::RestoreRow,
            state.ok_or_else(|| no_such_row(row))?,
            Vec::new(),
        )
    }

    fn snapshot(&self, snapshot: usize) -> Result<&SavedState, ActionError> {
        let snapshots = &self.document.snapshots;
        snapshots.get(snapshot).ok_or_else(|| no_such_snapshot(snapshot))
    }

    fn set_snapshots(&mut self, label: UndoLabel, snapshots: Vec<SavedState>) {
        let change = UndoChange::Snapshots(snapshots);
        self.apply_changes(|| label, None, vec![change]);
    }

    fn set_experiment_rows(&mut self, label: UndoLabel, rows: Vec<SavedState>) {
        let change = UndoChange::ExperimentRows(rows);
        self.apply_changes(|| label, None, vec![change]);
    }

    /// Restores all knobs and inputs of a state and applies `changes`, in one undo step.
    fn restore_state(
        &mut self,
        label: UndoLabel,
        state: SavedState,
        mut changes: Vec<UndoChange>,
    ) -> Result<(), ActionError> {
        if !state.fits(&self.document) {
            return Err(ActionError::DifferentNetwork);
        }
        changes.push(UndoChange::Knobs(state.knobs));
        changes.push(UndoChange::Inputs(state.inputs));
        self.apply_changes(|| label, None, changes);
        Ok(())
    }

    /// Checks that this many saved states together stay within [`MAX_SAVED_NUMBERS`].
    fn check_saved_numbers(&self, states: usize) -> Result<(), ActionError> {
        let numbers_per_state = self.document.network.knobs().len() + self.document.inputs.len();
        if states * numbers_per_state <= MAX_SAVED_NUMBERS {
            return Ok(());
        }
        Err(ActionError::TooManySavedNumbers)
    }
}

fn no_such_snapshot(snapshot: usize) -> ActionError {
    ActionError::NotFound(MissingPart::Snapshot(snapshot))
}

fn no_such_row(row: usize) -> ActionError {
    ActionError::NotFound(MissingPart::ExperimentRow(row))
}
