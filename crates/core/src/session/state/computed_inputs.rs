//! Updates of computed inputs.

use crate::session::Adjustable;
use crate::session::history::UndoChange;

use super::Session;

impl Session {
    /// Returns the changes with those of the computed inputs that depend on them.
    pub(super) fn with_computed_inputs(&self, mut changes: Vec<UndoChange>) -> Vec<UndoChange> {
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
