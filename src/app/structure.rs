//! Commands that change the structure of the network at the selected neuron.

use neurodial_core::network::{Activation, ArchitectureEdit};
use neurodial_core::session::{Edit, Session};
use neurodial_core::text::Messages;

/// A change of the structure of the network at the selected neuron.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum StructureCommand {
    AddInput,
    /// Removes an input, counted from 0.
    RemoveInput(usize),
    /// Adds a neuron to the layer.
    AddNeuron,
    RemoveNeuron,
    InsertLayerBefore,
    InsertLayerAfter,
    RemoveLayer,
    /// Sets the activation function of the whole layer.
    SetLayerActivation(Activation),
    /// Sets the activation function of the neuron.
    SetNeuronActivation(Activation),
}

/// The maximum number of inputs in a list; the menu of an input removes any of them.
const MAX_INPUTS: usize = 30;

impl StructureCommand {
    /// Returns the commands that remove an input; a long list has only the first ones.
    pub(crate) fn input_removals(session: &Session) -> impl Iterator<Item = Self> + use<> {
        (0..session.architecture().input_count().min(MAX_INPUTS)).map(Self::RemoveInput)
    }

    /// Returns the commands that set the activation function of the layer.
    pub(crate) fn layer_activations() -> impl Iterator<Item = Self> {
        Activation::ALL.into_iter().map(Self::SetLayerActivation)
    }

    /// Returns the commands that set the activation function of the neuron.
    pub(crate) fn neuron_activations() -> impl Iterator<Item = Self> {
        let activations = Activation::ALL.into_iter();
        activations
            .filter(|activation| !activation.is_per_layer())
            .map(Self::SetNeuronActivation)
    }

    /// Returns all commands, in the order of the menu.
    pub(crate) fn all(session: &Session) -> impl Iterator<Item = Self> + use<> {
        [Self::AddInput]
            .into_iter()
            .chain(Self::input_removals(session))
            .chain([
                Self::AddNeuron,
                Self::RemoveNeuron,
                Self::InsertLayerBefore,
                Self::InsertLayerAfter,
                Self::RemoveLayer,
            ])
            .chain(Self::layer_activations())
            .chain(Self::neuron_activations())
    }

    /// Returns the text in the menu.
    pub(crate) fn text(self, session: &Session, messages: Messages) -> String {
        let architecture = session.architecture();
        let selected = session.view().selected;
        let layer = selected.layer + 1;
        match self {
            Self::AddInput => messages.menu_add_input().to_owned(),
            Self::RemoveInput(input) => architecture.describe_input(input, messages),
            Self::AddNeuron => messages.menu_add_neuron(layer),
            Self::RemoveNeuron => {
                messages.menu_remove_neuron(architecture.describe_neuron(selected, messages))
            }
            Self::InsertLayerBefore => messages.menu_insert_layer_before(layer),
            Self::InsertLayerAfter => messages.menu_insert_layer_after(layer),
            Self::RemoveLayer => messages.menu_remove_layer(layer),
            Self::SetLayerActivation(activation) | Self::SetNeuronActivation(activation) => {
                activation.label(messages).to_owned()
            }
        }
    }

    /// Returns the text that says everything even without the menu around it.
    pub(crate) fn full_text(self, session: &Session, messages: Messages) -> String {
        let selected = session.view().selected;
        let text = self.text(session, messages);
        let menu = match self {
            Self::RemoveInput(_) => messages.menu_remove_input().to_owned(),
            Self::SetLayerActivation(_) => messages.menu_activation_of_layer(selected.layer + 1),
            Self::SetNeuronActivation(_) => {
                let neuron = session.architecture().describe_neuron(selected, messages);
                messages.menu_activation_of_neuron(neuron)
            }
            _ => return text,
        };
        messages.named_value(menu, text)
    }

    /// Returns the edit.
    pub(crate) fn edit(self, session: &Session) -> Edit {
        let selected = session.view().selected;
        let layer = selected.layer;
        let set_activation = |neuron, activation| Edit::SetActivation {
            layer,
            neuron,
            activation,
        };
        Edit::EditArchitecture(match self {
            Self::AddInput => ArchitectureEdit::AddInput,
            Self::RemoveInput(input) => ArchitectureEdit::RemoveInput(input),
            Self::AddNeuron => ArchitectureEdit::AddNeuron { layer },
            Self::RemoveNeuron => ArchitectureEdit::RemoveNeuron(selected),
            Self::InsertLayerBefore => ArchitectureEdit::AddLayer { before: layer },
            Self::InsertLayerAfter => ArchitectureEdit::AddLayer { before: layer + 1 },
            Self::RemoveLayer => ArchitectureEdit::RemoveLayer(layer),
            Self::SetLayerActivation(activation) => return set_activation(None, activation),
            Self::SetNeuronActivation(activation) => {
                return set_activation(Some(selected.neuron), activation);
            }
        })
    }

    /// Returns the reason why the command can't be run now; `None` if it can.
    pub(crate) fn disabled_reason(self, session: &Session, messages: Messages) -> Option<&'static str> {
        let architecture = session.architecture();
        let layer = session.view().selected.layer;
        let (is_enabled, reason) = match self {
            Self::RemoveInput(_) => (architecture.input_count() > 1, messages.disabled_only_input()),
            Self::RemoveNeuron => (architecture.width(layer) > 1, messages.disabled_only_neuron()),
            Self::RemoveLayer => (architecture.layers().len() > 1, messages.disabled_only_layer()),
            Self::SetNeuronActivation(_) => (
                !architecture.layers()[layer].is_softmax(),
                messages.disabled_softmax(),
            ),
            Self::AddInput
            | Self::AddNeuron
            | Self::InsertLayerBefore
            | Self::InsertLayerAfter
            | Self::SetLayerActivation(_) => return None,
        };
        (!is_enabled).then_some(reason)
    }
}
