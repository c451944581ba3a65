//! Checks that the parts that an action refers to exist and that its numbers are valid.

use crate::network::{ArchitectureEdit, Knob, NeuronAddress};
use crate::session::action::{ActionError, MissingPart, NamedAdjustable};
use crate::session::adjustable::Adjustable;
use crate::session::document::{MAX_SAVED_INPUT_NUMBERS, MAX_SAVED_INPUTS};

use super::Session;

impl Session {
    pub(super) fn check_exists(&self, target: Adjustable) -> Result<(), ActionError> {
        if target.is_in(self.architecture()) {
            Ok(())
        } else {
            Err(ActionError::NotFound(MissingPart::Adjustable(target)))
        }
    }

    /// Checks that the user can change a knob or an input: it is neither locked nor computed from other
    /// inputs.
    pub(super) fn check_can_change(&self, target: Adjustable) -> Result<(), ActionError> {
        if let Adjustable::Input(input) = target
            && let Some(feature) = self.document.features().feature(input)
        {
            let symbol = |source: usize| Adjustable::Input(source).symbol(self.architecture()).to_unicode();
            let mut sources = feature.inputs().to_vec();
            sources.dedup();
            return Err(ActionError::ComputedInput {
                input: NamedAdjustable::new(target, self.architecture()),
                sources: sources.into_iter().map(symbol).collect(),
            });
        }
        if self.document.is_locked(target) {
            return Err(ActionError::Locked(NamedAdjustable::new(
                target,
                self.architecture(),
            )));
        }
        Ok(())
    }

    pub(super) fn check_neuron(&self, layer: usize, neuron: usize) -> Result<(), ActionError> {
        if self.architecture().has_neuron(layer, neuron) {
            Ok(())
        } else {
            Err(ActionError::NotFound(MissingPart::Neuron(NeuronAddress {
                layer,
                neuron,
            })))
        }
    }

    pub(super) fn check_architecture_edit(&self, edit: ArchitectureEdit) -> Result<(), ActionError> {
        match edit {
            ArchitectureEdit::AddInput => {
                check_saved_input_numbers(self.document.saved_inputs.len(), self.document.inputs.len() + 1)
            }
            ArchitectureEdit::RemoveInput(input) => self.check_exists(Adjustable::Input(input)),
            ArchitectureEdit::AddNeuron { layer } | ArchitectureEdit::RemoveLayer(layer) => {
                self.check_neuron(layer, 0)
            }
            ArchitectureEdit::RemoveNeuron(NeuronAddress { layer, neuron }) => {
                self.check_neuron(layer, neuron)
            }
            ArchitectureEdit::AddLayer { before } => match before.checked_sub(1) {
                None => Ok(()),
                Some(layer) => self.check_neuron(layer, 0),
            },
        }
    }

    pub(super) fn check_knobs(&self, values: &[f64]) -> Result<(), ActionError> {
        let current = self.document.network.knobs();
        if values.len() != current.len() {
            return Err(ActionError::KnobCount {
                values: values.len(),
                knobs: current.len(),
            });
        }
        let architecture = self.document.network.architecture();
        if let Some(index) = values.iter().position(|value| !value.is_finite())
            && let Some(knob) = architecture.knob_at(index)
        {
            return Err(ActionError::KnobNotFinite(NamedAdjustable::new(
                knob,
                architecture,
            )));
        }
        for &knob in &self.document.locked {
            let is_unchanged = |index: usize| values[index].to_bits() == current[index].to_bits();
            if !architecture.index_of(knob).is_none_or(is_unchanged) {
                return Err(ActionError::Locked(NamedAdjustable::new(knob, architecture)));
            }
        }
        Ok(())
    }

    pub(super) fn check_rows(&self, rows: &[Vec<f64>]) -> Result<(), ActionError> {
        let inputs = self.document.inputs.len();
        if rows.len() > MAX_SAVED_INPUTS {
            return Err(ActionError::TooManySavedInputs(rows.len()));
        }
        check_saved_input_numbers(rows.len(), inputs)?;
        for (index, row) in rows.iter().enumerate() {
            if row.len() != inputs {
                return Err(ActionError::SavedInputLength {
                    row: index,
                    found: row.len(),
                    expected: inputs,
                });
            }
            if row.iter().any(|value| !value.is_finite()) {
                return Err(ActionError::InvalidSavedInput(index));
            }
        }
        Ok(())
    }

    /// Checks that at most one knob would differ from the shown snapshot, if that is required. A knob that
    /// differs already may change again.
    pub(super) fn check_one_knob_at_a_time(&self, target: Adjustable) -> Result<(), ActionError> {
        match (self.only_changeable_knob(), target) {
            (Some(other), Adjustable::Knob(knob)) if other != knob && !self.differs_from_snapshot(knob) => {
                Err(ActionError::AnotherKnobDiffers(NamedAdjustable::new(
                    other,
                    self.architecture(),
                )))
            }
            _ => Ok(()),
        }
    }

    /// Checks that all knobs may change at once. Returns an error if only one knob at a time may differ from
    /// the snapshot, unless the network has a single knob.
    pub(super) fn check_can_change_all(&self) -> Result<(), ActionError> {
        if self.view.is_one_knob_at_a_time && self.document.network.knobs().len() > 1 {
            return Err(ActionError::ChangesAllKnobs);
        }
        Ok(())
    }

    fn differs_from_snapshot(&self, knob: Knob) -> bool {
        let index = self.architecture().index_of(knob);
        let snapshot = self.view.snapshot;
        let snapshot = snapshot.and_then(|snapshot| self.document.snapshots.get(snapshot));
        match (snapshot, index) {
            (Some(snapshot), Some(index)) => {
                snapshot.knobs.get(index) != self.document.network.knobs().get(index)
            }
            _ => false,
        }
    }

    /// Returns the first knob that differs from the shown snapshot, if only one knob at a time may differ;
    /// otherwise `None`.
    pub(crate) fn only_changeable_knob(&self) -> Option<Knob> {
        if !self.view.is_one_knob_at_a_time {
            return None;
        }
        let snapshot = self.document.snapshots.get(self.view.snapshot?)?;
        let mut pairs = snapshot.knobs.iter().zip(self.document.network.knobs());
        let first = pairs.position(|(saved, now)| saved != now)?;
        self.architecture().knob_at(first)
    }
}

fn check_saved_input_numbers(rows: usize, inputs: usize) -> Result<(), ActionError> {
    if rows * inputs <= MAX_SAVED_INPUT_NUMBERS {
        return Ok(());
    }
    Err(ActionError::TooManySavedInputNumbers { rows, inputs })
}
