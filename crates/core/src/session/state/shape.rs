//! Actions that give the network another shape, or its parts other names.

use crate::network::{Activation, Network, NeuronAt, Surgery};
use crate::session::history::Piece;
use crate::session::{Refusal, Target, document};

use super::Session;

impl Session {
    pub(super) fn name_input(&mut self, input: usize, name: Option<String>) -> Result<(), Refusal> {
        self.check_target(Target::Input(input))?;
        let mut network = self.document.network.clone();
        network.set_input_name(input, tidy_name(name));
        self.change_network(|| format!("name input {}", input + 1), network);
        Ok(())
    }

    pub(super) fn name_neuron(&mut self, at: NeuronAt, name: Option<String>) -> Result<(), Refusal> {
        self.check_neuron(at.layer, at.neuron)?;
        let mut network = self.document.network.clone();
        network.set_neuron_name(at.layer, at.neuron, tidy_name(name));
        self.change_network(|| format!("name neuron {}", at.neuron + 1), network);
        Ok(())
    }

    /// Of one neuron, or of all in a layer.
    pub(super) fn set_activation(
        &mut self,
        layer: usize,
        neuron: Option<usize>,
        activation: Activation,
    ) -> Result<(), Refusal> {
        self.check_neuron(layer, neuron.unwrap_or(0))?;
        let mut network = self.document.network.clone();
        network.set_activation(layer, neuron, activation)?;
        self.change_network(|| format!("activation {activation}"), network);
        Ok(())
    }

    pub(super) fn operate(&mut self, surgery: Surgery) -> Result<(), Refusal> {
        self.check_surgery(surgery)?;
        let operated = Box::new(self.document.operated(surgery)?);
        self.change(|| surgery.to_string(), None, vec![Piece::Document(operated)]);
        Ok(())
    }

    pub(super) fn start_over(&mut self) {
        if !self.document.is_same_to_the_bit(&self.opened) {
            let opened = Box::new((*self.opened).clone());
            self.change(|| "start over".into(), None, vec![Piece::Document(opened)]);
        }
    }

    fn change_network(&mut self, label: impl FnOnce() -> String, network: Network) {
        self.change(label, None, vec![Piece::Network(Box::new(network))]);
    }
}

fn tidy_name(name: Option<String>) -> Option<String> {
    let name: String = name?
        .chars()
        .filter(|c| !c.is_control())
        .take(document::MAX_NAME)
        .collect();
    let name = name.trim();
    (!name.is_empty()).then(|| name.to_owned())
}
