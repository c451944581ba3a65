//! Checks that the parts that an action refers to exist and that its numbers are valid.

use crate::network::{ArchitectureEdit, Knob, NeuronAddress};
use crate::session::action::ActionError;
use crate::session::adjustable::Adjustable;
use crate::session::document::{MAX_SAVED_INPUT_NUMBERS, MAX_SAVED_INPUTS};

use super::Session;

impl Session {
    pub(super) fn check_exists(&self, target: Adjustable) -> Result<(), ActionError> {
        if target.is_in(self.architecture()) {
            Ok(())
        } else {
            Err(ActionError::NotFound(target.to_string()))
        }
    }

    /// Checks that the user can change a knob or an input: it is neither locked nor computed from other
    /// inputs.
    pub(super) fn check_can_change(&self, target: Adjustable) -> Result<(), ActionError> {
        if let Adjustable::Input(input) = target
            && let Some(feature) = self.document.features().feature(input)
        {
            let symbol = |source: usize| Adjustable::Input(source).symbol(self.architecture()).to_unicode();
            let [left, right] = feature.inputs();
            let (sources, pronoun) = if left == right {
                (symbol(left), "that")
            } else {
                (format!("{} and {}", symbol(left), symbol(right)), "those")
            };
            let input = target.describe(self.architecture());
            return Err(ActionError::ComputedInput {
                input,
                sources,
                pronoun,
            });
        }
        if self.document.is_locked(target) {
            return Err(ActionError::Locked(target.describe(self.architecture())));
        }
        Ok(())
    }

    pub(super) fn check_neuron(&self, layer: usize, neuron: usize) -> Result<(), ActionError> {
        if self.architecture().has_neuron(layer, neuron) {
            Ok(())
        } else {
            Err(ActionError::NotFound(format!(
                "neuron {} in layer {}",
                neuron + 1,
                layer + 1
            )))
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
            let (value_count, knob_count) = (values.len(), current.len());
            return Err(ActionError::Knobs(format!(
                "{value_count} values are not one for each of the {knob_count} knobs"
            )));
        }
        let architecture = self.document.network.architecture();
        let describe = |index: usize| {
            architecture
                .knob_at(index)
                .map(|knob| architecture.describe_knob(knob))
        };
        if let Some(index) = values.iter().position(|value| !value.is_finite()) {
            let knob = describe(index).unwrap_or_default();
            return Err(ActionError::Knobs(format!(
                "The {knob} would not be a finite number"
            )));
        }
        for &knob in &self.document.locked {
            let is_unchanged = |index: usize| values[index].to_bits() == current[index].to_bits();
            if !architecture.index_of(knob).is_none_or(is_unchanged) {
                return Err(ActionError::Locked(architecture.describe_knob(knob)));
            }
        }
        Ok(())
    }

    pub(super) fn check_rows(&self, rows: &[Vec<f64>]) -> Result<(), ActionError> {
        let inputs = self.document.inputs.len();
        if rows.len() > MAX_SAVED_INPUTS {
            let max = MAX_SAVED_INPUTS;
            return Err(ActionError::Other(format!(
                "{} cases are too many; the table holds {max}",
                rows.len()
            )));
        }
        check_saved_input_numbers(rows.len(), inputs)?;
        for (index, row) in rows.iter().enumerate() {
            if row.len() != inputs {
                let (row_number, number_count) = (index + 1, row.len());
                return Err(ActionError::Other(format!(
                    "Row {row_number} has {number_count} numbers; this network has {inputs} inputs"
                )));
            }
            if row.iter().any(|value| !value.is_finite()) {
                return Err(ActionError::InvalidValue(format!("A value in row {}", index + 1)));
            }
        }
        Ok(())
    }

    /// Checks that at most one knob would differ from the shown snapshot, if that is required. A knob that
    /// differs already may change again.
    pub(super) fn check_one_knob_at_a_time(&self, target: Adjustable) -> Result<(), ActionError> {
        match (self.only_changeable_knob(), target) {
            (Some(other), Adjustable::Knob(knob)) if other != knob && !self.differs_from_snapshot(knob) => {
                Err(ActionError::AnotherKnobDiffers(
                    self.architecture().describe_knob(other),
                ))
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
    let max = MAX_SAVED_INPUT_NUMBERS;
    if rows * inputs <= max {
        return Ok(());
    }
    Err(ActionError::Other(format!(
        "{rows} cases of {inputs} inputs are too many; the table holds {max} numbers"
    )))
}
