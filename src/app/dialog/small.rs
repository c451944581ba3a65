//! Dialogs with a field or two: range and step, name.

use egui::{TextEdit, Ui};

use super::{After, Dialog, buttons};
use crate::app::App;
use crate::look::type_scale;
use neurodial_core::network::NeuronAt;
use neurodial_core::session::{Action, Range, Session, Target};
use neurodial_core::words::parse_number;

/// Asks how far something can be turned, and by how much an arrow key turns it.
#[derive(Debug)]
pub struct RangeDialog {
    target: Target,
    words: String,
    fields: [(&'static str, String); 3],
}

impl RangeDialog {
    /// The present range of a target.
    pub fn new(target: Target, session: &Session) -> Self {
        let Range { min, max, step } = session.document().range(target);
        Self {
            target,
            words: target.words(session.blueprint()),
            fields: [("from", min), ("to", max), ("step", step)]
                .map(|(name, value)| (name, value.to_string())),
        }
    }

    pub(super) fn show(mut self, app: &mut App, ui: &mut Ui, outbox: &mut Vec<Action>) -> After {
        ui.label(&self.words);
        let mut problem = None;
        let mut numbers = [0.0; 3];
        ui.horizontal(|ui| {
            for ((name, text), number) in self.fields.iter_mut().zip(&mut numbers) {
                let label = ui.label(*name);
                let edit = TextEdit::singleline(text)
                    .desired_width(70.0)
                    .font(type_scale::number());
                ui.add(edit).labelled_by(label.id);
                match parse_number(text) {
                    Ok(value) => *number = value,
                    Err(e) => problem = Some(e.to_string()),
                }
            }
        });
        let [min, max, step] = numbers;
        let range = Range { min, max, step };
        if problem.is_none() && !range.is_sound() {
            problem = Some("“from” has to be below “to”, and the step above 0".to_owned());
        }
        if let Some(problem) = &problem {
            ui.colored_label(app.look().warn, problem);
        }
        match (buttons(ui, &["Set", "Cancel"]), problem) {
            (Some(0), None) => {
                outbox.push(Action::SetRange {
                    target: self.target,
                    range,
                });
                After::Close
            }
            (Some(1), _) => After::Close,
            _ => After::Stay(Dialog::Range(self)),
        }
    }
}

/// What is named.
#[derive(Debug, Clone, Copy)]
pub enum Named {
    /// An input, counted from 0.
    Input(usize),
    /// A neuron.
    Neuron(NeuronAt),
    /// A pin, counted from 0.
    Pin(usize),
}

/// Asks what an input, a neuron or a pin is called.
#[derive(Debug)]
pub struct NameDialog {
    named: Named,
    what: String,
    text: String,
    is_new: bool,
}

impl NameDialog {
    /// The present name.
    pub fn new(named: Named, session: &Session) -> Self {
        let blueprint = session.blueprint();
        let (what, name) = match named {
            Named::Input(input) => (
                format!("Name of input {}", input + 1),
                blueprint.input_names().get(input).cloned().flatten(),
            ),
            Named::Pin(pin) => (
                format!("Name of pin {}", pin + 1),
                session.document().pins.get(pin).map(|pin| pin.name.clone()),
            ),
            Named::Neuron(at) => (
                format!("Name of neuron {} of layer {}", at.neuron + 1, at.layer + 1),
                blueprint.layers()[at.layer].neurons[at.neuron].name.clone(),
            ),
        };
        Self {
            named,
            what,
            text: name.unwrap_or_default(),
            is_new: true,
        }
    }

    pub(super) fn show(mut self, ui: &mut Ui, outbox: &mut Vec<Action>) -> After {
        let label = ui.label(&self.what);
        let edit = TextEdit::singleline(&mut self.text).desired_width(f32::INFINITY);
        let response = ui.add(edit).labelled_by(label.id);
        if std::mem::take(&mut self.is_new) {
            response.request_focus();
        }
        match buttons(ui, &["Name", "Cancel"]) {
            Some(0) => {
                let text = self.text;
                let name = Some(text.clone());
                outbox.push(match self.named {
                    Named::Pin(pin) => Action::RenamePin { pin, name: text },
                    Named::Input(input) => Action::NameInput { input, name },
                    Named::Neuron(at) => Action::NameNeuron { at, name },
                });
                After::Close
            }
            Some(_) => After::Close,
            None => After::Stay(Dialog::Name(self)),
        }
    }
}
