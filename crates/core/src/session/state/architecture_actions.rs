//! Actions that change the architecture, activations or names.

use crate::network::{Activation, ArchitectureEdit, Network, NeuronAddress};
use crate::session::action::ActionError;
use crate::session::adjustable::Adjustable;
use crate::session::document::non_empty_name;
use crate::session::history::UndoChange;

use super::Session;

impl Session {
    pub(super) fn name_input(&mut self, input: usize, name: Option<String>) -> Result<(), ActionError> {
        self.check_exists(Adjustable::Input(input))?;
        let mut network = self.document.network.clone();
        network.set_input_name(input, name.and_then(|name| non_empty_name(&name)));
        self.change_network(|| format!("name input {}", input + 1), network);
        Ok(())
    }

    pub(super) fn name_neuron(&mut self, at: NeuronAddress, name: Option<String>) -> Result<(), ActionError> {
        self.check_neuron(at.layer, at.neuron)?;
        let mut network = self.document.network.clone();
        network.set_neuron_name(at.layer, at.neuron, name.and_then(|name| non_empty_name(&name)));
        self.change_network(|| format!("name neuron {}", at.neuron + 1), network);
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
        self.change_network(|| format!("activation {activation}"), network);
        Ok(())
    }

    pub(super) fn edit_architecture(&mut self, edit: ArchitectureEdit) -> Result<(), ActionError> {
        self.check_architecture_edit(edit)?;
        let edited = Box::new(self.document.with_edit(edit)?);
        self.apply_changes(|| edit.to_string(), None, vec![UndoChange::Document(edited)]);
        Ok(())
    }

    pub(super) fn start_over(&mut self) {
        if !self.document.is_bitwise_equal(&self.opened) {
            let opened = Box::new((*self.opened).clone());
            self.apply_changes(|| "start over".into(), None, vec![UndoChange::Document(opened)]);
        }
    }

    fn change_network(&mut self, label: impl FnOnce() -> String, network: Network) {
        self.apply_changes(label, None, vec![UndoChange::Network(Box::new(network))]);
    }
}
