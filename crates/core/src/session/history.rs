//! Undo and redo. Each gesture is one step.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::nerve_cell::NerveCell;
use crate::network::{Knob, Network, same_bits};

use super::adjustable::{Adjustable, ValueRange};
use super::document::{Document, IgnoredKey, SavedState};
use super::gesture::Gesture;
use super::training_setup::TrainingSetup;
use super::undo_label::UndoLabel;
use super::window_layout::WindowLayout;

/// The maximum memory of all steps together, in bytes. Beyond it the oldest steps are dropped, but never the
/// last one. A changed knob takes about a hundred bytes, so this allows millions of changes.
pub(crate) const MEMORY_BUDGET: usize = 256 << 20;

/// A single change within an undo step. It holds the value that is currently not in the document.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum UndoChange {
    Value(Adjustable, f64),
    Range(Adjustable, Option<ValueRange>),
    Locked(BTreeSet<Knob>),
    Knobs(Vec<f64>),
    Network(Box<Network>),
    Inputs(Vec<f64>),
    SavedInputs(Vec<Vec<f64>>),
    Snapshots(Vec<SavedState>),
    ExperimentRows(Vec<SavedState>),
    TrainingSetup(Option<Arc<TrainingSetup>>),
    Cell(Option<NerveCell>),
    Layout(Option<WindowLayout>),
    Document(Box<Document>),
}

impl UndoChange {
    /// Exchanges the stored value with the one in the document. Doing it twice restores both.
    fn swap(&mut self, document: &mut Document) {
        use std::mem::swap;
        match self {
            Self::Value(Adjustable::Knob(knob), value) => {
                if let Some(index) = document.network.architecture().index_of(*knob) {
                    swap(&mut document.network.knobs_mut()[index], value);
                }
            }
            Self::Value(Adjustable::Input(input), value) => {
                if let Some(slot) = document.inputs.get_mut(*input) {
                    swap(slot, value);
                }
            }
            // Hyperparameters change with the whole training setup.
            Self::Value(Adjustable::Hyperparameter(_), _) => {}
            Self::Range(target, range) => {
                let before = match *range {
                    Some(range) => document.ranges.insert(*target, range),
                    None => document.ranges.remove(target),
                };
                *range = before;
            }
            Self::Locked(locked) => swap(&mut document.locked, locked),
            Self::Knobs(knobs) => document.network.knobs_mut().swap_with_slice(knobs),
            Self::Network(network) => swap(&mut document.network, network),
            Self::Inputs(inputs) => swap(&mut document.inputs, inputs),
            Self::SavedInputs(saved_inputs) => swap(&mut document.saved_inputs, saved_inputs),
            Self::Snapshots(snapshots) => swap(&mut document.snapshots, snapshots),
            Self::ExperimentRows(rows) => swap(&mut document.experiment_rows, rows),
            Self::TrainingSetup(setup) => swap(&mut document.training_setup, setup),
            Self::Cell(cell) => swap(&mut document.cell, cell),
            Self::Layout(layout) => swap(&mut document.layout, layout),
            Self::Document(other) => swap(document, other),
        }
    }

    /// True if the swap would change nothing; numbers are compared by their bits.
    fn is_no_op(&self, document: &Document) -> bool {
        match self {
            Self::Value(target, value) => document.value(*target).map(f64::to_bits) == Some(value.to_bits()),
            Self::Range(target, range) => document.ranges.get(target).copied() == *range,
            Self::Locked(locked) => document.locked == *locked,
            Self::Inputs(inputs) => same_bits(&document.inputs, inputs),
            Self::SavedInputs(saved_inputs) => {
                let saved_rows = document.saved_inputs.iter().zip(saved_inputs);
                document.saved_inputs.len() == saved_inputs.len()
                    && saved_rows.into_iter().all(|(a, b)| same_bits(a, b))
            }
            Self::Snapshots(snapshots) => document.snapshots == *snapshots,
            Self::ExperimentRows(rows) => document.experiment_rows == *rows,
            Self::TrainingSetup(setup) => document.training_setup == *setup,
            Self::Knobs(knobs) => same_bits(document.network.knobs(), knobs),
            Self::Network(network) => document.network == **network,
            Self::Cell(cell) => document.cell == *cell,
            Self::Layout(layout) => document.layout == *layout,
            Self::Document(_) => false,
        }
    }

    /// True if this and `other` change the same value, range, training setup or nerve cell.
    fn has_same_subject(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Value(a, _), Self::Value(b, _)) | (Self::Range(a, _), Self::Range(b, _)) => a == b,
            (Self::TrainingSetup(_), Self::TrainingSetup(_)) | (Self::Cell(_), Self::Cell(_)) => true,
            _ => false,
        }
    }

    /// True if the change can be merged into the earlier step of the same gesture.
    fn is_mergeable(&self) -> bool {
        matches!(
            self,
            Self::Value(..) | Self::Range(..) | Self::Knobs(_) | Self::TrainingSetup(_) | Self::Cell(_)
        )
    }

    /// True if this change already stores everything that `other` would restore, as all knobs include each
    /// single knob.
    fn covers(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Knobs(_), Self::Knobs(_) | Self::Value(Adjustable::Knob(_), _)) => true,
            _ => self.has_same_subject(other),
        }
    }

    /// Returns the approximate memory of the change, in bytes.
    fn memory_bytes(&self) -> usize {
        let network = |network: &Network| 8 * network.architecture().knob_count() + 1024;
        let states = |all: &[SavedState]| {
            all.iter()
                .map(|state| 80 + 8 * state.number_count())
                .sum::<usize>()
        };
        let rows = |rows: &Vec<Vec<f64>>| rows.iter().map(|row| 24 + 8 * row.len()).sum::<usize>();
        let heap_bytes = match self {
            Self::Value(..) | Self::Range(..) | Self::Cell(_) | Self::Layout(_) => 0,
            Self::Locked(locked) => 48 * locked.len(),
            Self::Knobs(values) | Self::Inputs(values) => 8 * values.len(),
            Self::Network(other) => network(other),
            Self::SavedInputs(saved_inputs) => rows(saved_inputs),
            Self::Snapshots(all) | Self::ExperimentRows(all) => states(all),
            Self::TrainingSetup(setup) => setup.as_ref().map_or(0, |setup| setup.memory_bytes()),
            Self::Document(document) => {
                network(&document.network)
                    + rows(&document.saved_inputs)
                    + states(&document.snapshots)
                    + states(&document.experiment_rows)
                    + document
                        .ignored_keys
                        .iter()
                        .map(IgnoredKey::byte_count)
                        .sum::<usize>()
            }
        };
        size_of::<Self>() + heap_bytes
    }
}

#[derive(Debug, Clone)]
struct UndoStep {
    label: UndoLabel,
    gesture: Option<Gesture>,
    changes: Vec<UndoChange>,
    /// The document's version on the other side of this step: before the step while it can be undone, after
    /// it while it can be redone.
    other_version: u64,
}

impl UndoStep {
    fn memory_bytes(&self) -> usize {
        size_of::<Self>() + self.changes.iter().map(UndoChange::memory_bytes).sum::<usize>()
    }
}

/// The steps that can be undone and redone, and the version of the document, which shows if the document is
/// saved.
#[derive(Debug, Clone, Default)]
pub struct History {
    undo_steps: std::collections::VecDeque<UndoStep>,
    redo_steps: Vec<UndoStep>,
    memory_bytes: usize,
    version: u64,
    last_version: u64,
}

impl History {
    /// Returns the version of the document. Two versions are equal exactly if the document is in the same
    /// state of this session.
    pub fn version(&self) -> u64 {
        self.version
    }

    /// Returns the label of the step that undo would revert, such as “change w₂₁”; `None` if there is nothing
    /// to undo.
    pub fn undo_label(&self) -> Option<&UndoLabel> {
        self.undo_steps.back().map(|step| &step.label)
    }

    /// Returns the label of the step that redo would apply; `None` if there is nothing to redo.
    pub fn redo_label(&self) -> Option<&UndoLabel> {
        self.redo_steps.last().map(|step| &step.label)
    }

    /// Returns the number of steps that can be undone.
    pub fn len(&self) -> usize {
        self.undo_steps.len()
    }

    /// True if nothing can be undone.
    pub fn is_empty(&self) -> bool {
        self.undo_steps.is_empty()
    }

    /// Applies changes, given with their *new* values, and records them.
    ///
    /// If the last step belongs to the same gesture, both are merged. A change without effect leaves no step,
    /// and neither does a gesture that ends where it began. Returns true if anything changed.
    pub(super) fn apply(
        &mut self,
        document: &mut Document,
        label: impl FnOnce() -> UndoLabel,
        gesture: Option<Gesture>,
        mut changes: Vec<UndoChange>,
    ) -> bool {
        changes.retain(|change| !change.is_no_op(document));
        if changes.is_empty() {
            return false;
        }
        for change in &mut changes {
            change.swap(document);
        }
        let before = self.version;
        self.last_version += 1;
        self.version = self.last_version;
        self.memory_bytes -= self
            .redo_steps
            .drain(..)
            .map(|step| step.memory_bytes())
            .sum::<usize>();
        match self.undo_steps.back_mut() {
            Some(step)
                if gesture.is_some()
                    && step.gesture == gesture
                    && step.changes.iter().chain(&changes).all(UndoChange::is_mergeable) =>
            {
                self.memory_bytes -= step.memory_bytes();
                for change in changes {
                    if !step.changes.iter().any(|earlier| earlier.covers(&change)) {
                        step.changes.push(change);
                    }
                }
                // A change of a value also stores the range in force, so only the values decide.
                let is_reverted = |change: &UndoChange| {
                    matches!(change, UndoChange::Range(..)) || change.is_no_op(document)
                };
                if step.changes.iter().all(is_reverted) {
                    for change in step.changes.iter_mut().rev() {
                        change.swap(document);
                    }
                    self.version = step.other_version;
                    self.undo_steps.pop_back();
                } else {
                    self.memory_bytes += step.memory_bytes();
                }
            }
            _ => {
                let step = UndoStep {
                    label: label(),
                    gesture,
                    changes,
                    other_version: before,
                };
                self.memory_bytes += step.memory_bytes();
                self.undo_steps.push_back(step);
            }
        }
        while self.memory_bytes > MEMORY_BUDGET && self.undo_steps.len() > 1 {
            if let Some(oldest) = self.undo_steps.pop_front() {
                self.memory_bytes -= oldest.memory_bytes();
            }
        }
        true
    }

    /// Undoes the last step; returns false if there is none.
    pub(super) fn undo(&mut self, document: &mut Document) -> bool {
        let Some(mut step) = self.undo_steps.pop_back() else {
            return false;
        };
        self.memory_bytes -= step.memory_bytes();
        for change in step.changes.iter_mut().rev() {
            change.swap(document);
        }
        std::mem::swap(&mut step.other_version, &mut self.version);
        self.memory_bytes += step.memory_bytes();
        self.redo_steps.push(step);
        true
    }

    /// Redoes the step that was undone last; returns false if there is none.
    pub(super) fn redo(&mut self, document: &mut Document) -> bool {
        let Some(mut step) = self.redo_steps.pop() else {
            return false;
        };
        self.memory_bytes -= step.memory_bytes();
        for change in &mut step.changes {
            change.swap(document);
        }
        std::mem::swap(&mut step.other_version, &mut self.version);
        // A later change with the same gesture must not be merged into a step that was undone in between.
        step.gesture = None;
        self.memory_bytes += step.memory_bytes();
        self.undo_steps.push_back(step);
        true
    }
}
