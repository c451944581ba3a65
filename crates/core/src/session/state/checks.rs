//! Checks that the parts that an action refers to exist and that its numbers are valid.

use crate::network::{ArchitectureEdit, NeuronAddress};
use crate::session::{ActionError, Adjustable, document};

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
        if rows.len() > document::MAX_SAVED_INPUTS {
            let max = document::MAX_SAVED_INPUTS;
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
}

fn check_saved_input_numbers(rows: usize, inputs: usize) -> Result<(), ActionError> {
    let max = document::MAX_SAVED_INPUT_NUMBERS;
    if rows * inputs <= max {
        return Ok(());
    }
    Err(ActionError::Other(format!(
        "{rows} cases of {inputs} inputs are too many; the table holds {max} numbers"
    )))
}
