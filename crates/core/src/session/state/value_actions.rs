//! Actions that change the values of adjustables, ranges, locks and saved inputs.

use std::sync::Arc;

use crate::network::{Activation, ArchitectureEdit, Initialization, Knob, Network, NeuronAddress};
use crate::session::action::{ActionError, MissingPart, NamedAdjustable};
use crate::session::adjustable::{Adjustable, ValueRange};
use crate::session::document::non_empty_name;
use crate::session::gesture::Gesture;
use crate::session::history::UndoChange;
use crate::session::hyperparameter::Hyperparameter;
use crate::session::undo_label::UndoLabel;

use super::Session;

impl Session {
    /// Sets a knob or an input to a value, clamped to its range, or a hyperparameter.
    pub(super) fn turn(
        &mut self,
        target: Adjustable,
        value: f64,
        gesture: Option<Gesture>,
    ) -> Result<(), ActionError> {
        if let Adjustable::Hyperparameter(hyperparameter) = target {
            return self.set_hyperparameter(hyperparameter, value, gesture);
        }
        self.check_exists(target)?;
        if value.is_nan() {
            return Err(ActionError::InvalidValue(value.to_string()));
        }
        let value = self.document.range(target).clamp(value);
        self.set_value(UndoLabel::Change, target, value, gesture)
    }

    pub(super) fn reset(&mut self, target: Adjustable) -> Result<(), ActionError> {
        let value = match (target, self.setup()) {
            (Adjustable::Hyperparameter(hyperparameter), Some(setup)) => {
                hyperparameter.default_value(setup.config())
            }
            _ => self.opened.value(target).unwrap_or(0.0),
        };
        self.set_value(UndoLabel::Reset, target, value, None)
    }

    fn set_hyperparameter(
        &mut self,
        hyperparameter: Hyperparameter,
        value: f64,
        gesture: Option<Gesture>,
    ) -> Result<(), ActionError> {
        let setup = self.setup().ok_or(ActionError::NoData)?;
        let is_full_batch = hyperparameter == Hyperparameter::BatchSize && value == f64::INFINITY;
        if !value.is_finite() && !is_full_batch {
            return Err(ActionError::InvalidValue(value.to_string()));
        }
        let config = hyperparameter.with(setup.config(), value);
        let changed = setup.with_config(config)?;
        self.set_training_setup(Some(Arc::new(changed)), gesture);
        Ok(())
    }

    pub(super) fn set_range(&mut self, target: Adjustable, range: ValueRange) -> Result<(), ActionError> {
        self.check_exists(target)?;
        if !range.is_valid() {
            return Err(ActionError::InvalidRange {
                min: range.min.to_string(),
                max: range.max.to_string(),
            });
        }
        let symbol = self.symbol_text(target);
        let range = range.including(self.document.value(target).unwrap_or(0.0));
        let label = UndoLabel::Range(symbol);
        self.apply_changes(|| label, None, vec![UndoChange::Range(target, Some(range))]);
        Ok(())
    }

    pub(super) fn set_locked(&mut self, knob: Knob, is_locked: bool) -> Result<(), ActionError> {
        self.check_exists(knob.into())?;
        let mut locked = self.document.locked.clone();
        if is_locked {
            locked.insert(knob);
        } else {
            locked.remove(&knob);
        }
        let label = if is_locked {
            UndoLabel::Lock
        } else {
            UndoLabel::Unlock
        };
        let label = label(self.symbol_text(knob.into()));
        self.apply_changes(|| label, None, vec![UndoChange::Locked(locked)]);
        Ok(())
    }

    /// Sets all unlocked knobs to new initial values.
    pub(super) fn initialize(&mut self, initialization: Initialization) -> Result<(), ActionError> {
        self.check_can_change_all()?;
        let architecture = self.document.network.architecture();
        let mut values = initialization.values(architecture);
        for &knob in &self.document.locked {
            if let (Some(index), Some(value)) = (architecture.index_of(knob), self.document.network.get(knob))
            {
                values[index] = value;
            }
        }
        self.apply_changes(|| UndoLabel::Initialize, None, vec![UndoChange::Knobs(values)]);
        Ok(())
    }

    /// Sets all knobs; locked ones must keep their values.
    pub(super) fn set_knobs(
        &mut self,
        label: UndoLabel,
        values: Vec<f64>,
        gesture: Option<Gesture>,
    ) -> Result<(), ActionError> {
        self.check_knobs(&values)?;
        self.apply_changes(|| label, gesture, vec![UndoChange::Knobs(values)]);
        Ok(())
    }

    pub(super) fn set_inputs(&mut self, inputs: Vec<f64>) -> Result<(), ActionError> {
        self.check_rows(std::slice::from_ref(&inputs))?;
        self.apply_changes(|| UndoLabel::SetInputs, None, vec![UndoChange::Inputs(inputs)]);
        Ok(())
    }

    pub(super) fn set_saved_inputs(&mut self, mut rows: Vec<Vec<f64>>) -> Result<(), ActionError> {
        self.check_rows(&rows)?;
        let features = self.document.features();
        rows.iter_mut().for_each(|row| features.update(row));
        self.apply_changes(
            || UndoLabel::SavedInputs,
            None,
            vec![UndoChange::SavedInputs(rows)],
        );
        Ok(())
    }

    /// Sets a value. For a knob or an input, stores the range that was in force, widened to include the value.
    pub(super) fn set_value(
        &mut self,
        label: fn(String) -> UndoLabel,
        target: Adjustable,
        value: f64,
        gesture: Option<Gesture>,
    ) -> Result<(), ActionError> {
        if let Adjustable::Hyperparameter(hyperparameter) = target {
            return self.set_hyperparameter(hyperparameter, value, gesture);
        }
        self.check_exists(target)?;
        if !value.is_finite() {
            return Err(ActionError::InvalidValue(value.to_string()));
        }
        self.check_can_change(target)?;
        self.check_one_knob_at_a_time(target)?;
        if self.document.value(target).map(f64::to_bits) == Some(value.to_bits()) {
            return Ok(());
        }
        let mut changes = vec![UndoChange::Value(target, value)];
        let range = self.document.range(target).including(value);
        let stored = self.document.ranges.get(&target).copied().unwrap_or_default();
        if range != stored {
            changes.push(UndoChange::Range(target, Some(range)));
        }
        let symbol = target.symbol(self.architecture());
        self.apply_changes(|| label(symbol.to_unicode()), gesture, changes);
        Ok(())
    }

    /// Sets several values in one undo step, and stores the range of each, widened to include its value.
    pub(super) fn set_many(&mut self, values: &[(Adjustable, f64)]) -> Result<(), ActionError> {
        let mut changes = Vec::new();
        let mut changed_knob = None;
        for &(target, value) in values {
            self.check_exists(target)?;
            if !value.is_finite() {
                return Err(ActionError::InvalidValue(value.to_string()));
            }
            if self.document.value(target).map(f64::to_bits) == Some(value.to_bits()) {
                continue;
            }
            self.check_can_change(target)?;
            if let Adjustable::Knob(knob) = target {
                self.check_one_knob_at_a_time(target)?;
                // Two knobs in one step would both differ from the snapshot.
                match changed_knob {
                    Some(other) if other != knob && self.view.is_one_knob_at_a_time => {
                        return Err(ActionError::AnotherKnobDiffers(NamedAdjustable::new(
                            other,
                            self.architecture(),
                        )));
                    }
                    _ => changed_knob = Some(knob),
                }
            }
            changes.push(UndoChange::Value(target, value));
            let range = self.document.range(target).including(value);
            let stored = self.document.ranges.get(&target).copied().unwrap_or_default();
            if range != stored {
                changes.push(UndoChange::Range(target, Some(range)));
            }
        }
        let label = match values {
            [(target, _)] => UndoLabel::Set(self.symbol_text(*target)),
            _ => UndoLabel::SetNumbers(values.len()),
        };
        self.apply_changes(|| label, None, changes);
        Ok(())
    }

    /// Changes a number of a saved input row, and the current inputs if they equal that row.
    pub(super) fn set_saved_input(
        &mut self,
        row: usize,
        input: usize,
        value: f64,
    ) -> Result<(), ActionError> {
        if !value.is_finite() {
            return Err(ActionError::InvalidValue(value.to_string()));
        }
        self.check_can_change(Adjustable::Input(input))?;
        let mut rows = self.document.saved_inputs.clone();
        let Some(number) = rows.get_mut(row).and_then(|inputs| inputs.get_mut(input)) else {
            return Err(ActionError::NotFound(MissingPart::SavedInput { row, input }));
        };
        *number = value;
        self.document.features().update(&mut rows[row]);
        let mut changes = Vec::new();
        if self.document.saved_inputs[row] == self.document.inputs {
            changes.push(UndoChange::Inputs(rows[row].clone()));
        }
        changes.push(UndoChange::SavedInputs(rows));
        self.apply_changes(|| UndoLabel::SavedInput(row), None, changes);
        Ok(())
    }
}

impl Session {
    pub(super) fn name_input(&mut self, input: usize, name: Option<String>) -> Result<(), ActionError> {
        self.check_exists(Adjustable::Input(input))?;
        let mut network = self.document.network.clone();
        network.set_input_name(input, name.and_then(|name| non_empty_name(&name)));
        self.change_network(|| UndoLabel::NameInput(input), network);
        Ok(())
    }

    pub(super) fn name_neuron(&mut self, at: NeuronAddress, name: Option<String>) -> Result<(), ActionError> {
        self.check_neuron(at.layer, at.neuron)?;
        let mut network = self.document.network.clone();
        network.set_neuron_name(at.layer, at.neuron, name.and_then(|name| non_empty_name(&name)));
        self.change_network(|| UndoLabel::NameNeuron(at.neuron), network);
        Ok(())
    }

    /// Sets the activation of one neuron, or of all neurons of a layer.
    pub(super) fn set_activation(
        &mut self,
        layer: usize,
        neuron: Option<usize>,
        activation: Activation,
    ) -> Result<(), ActionError> {
        self.check_neuron(layer, neuron.unwrap_or(0))?;
        let mut network = self.document.network.clone();
        network.set_activation(layer, neuron, activation)?;
        self.change_network(|| UndoLabel::Activation(activation), network);
        Ok(())
    }

    pub(super) fn edit_architecture(&mut self, edit: ArchitectureEdit) -> Result<(), ActionError> {
        self.check_architecture_edit(edit)?;
        let edited = Box::new(self.document.with_edit(edit)?);
        self.apply_changes(
            || UndoLabel::Architecture(edit),
            None,
            vec![UndoChange::Document(edited)],
        );
        Ok(())
    }

    pub(super) fn start_over(&mut self) {
        if !self.document.is_bitwise_equal(&self.opened) {
            let opened = Box::new((*self.opened).clone());
            self.apply_changes(|| UndoLabel::Revert, None, vec![UndoChange::Document(opened)]);
        }
    }

    fn change_network(&mut self, label: impl FnOnce() -> UndoLabel, network: Network) {
        self.apply_changes(label, None, vec![UndoChange::Network(Box::new(network))]);
    }
}
