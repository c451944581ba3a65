//! Dialogs with a few fields: range and increment, name.

use egui::{TextEdit, Ui};

use super::outcome::{DialogOutcome, buttons_ui};
use crate::theme::{ColorTheme, type_scale};
use crate::widgets::number_field::select_all_on_focus;
use neurodial_core::network::{Architecture, NeuronAddress};
use neurodial_core::session::{Action, Adjustable, Edit, Session, ValueRange};
use neurodial_core::text::{Localized as _, Messages, capitalized, parse_number};

/// Asks for the range of a knob or an input, and for the increment of the arrow keys.
#[derive(Debug)]
pub(crate) struct RangeDialog {
    adjustable: Adjustable,
    fields: [String; 3],
}

impl RangeDialog {
    /// Creates the dialog with the current range.
    pub(crate) fn new(adjustable: Adjustable, session: &Session) -> Self {
        let ValueRange { min, max, step } = session.document().range(adjustable);
        Self {
            adjustable,
            fields: [min, max, step].map(|value| value.to_string()),
        }
    }

    pub(super) fn show_ui(
        &mut self,
        ui: &mut Ui,
        architecture: &Architecture,
        theme: &ColorTheme,
        messages: Messages,
        outbox: &mut Vec<Action>,
    ) -> DialogOutcome {
        ui.label(capitalized(&self.adjustable.describe_in(architecture, messages)));
        let names = [
            messages.range_minimum(),
            messages.range_maximum(),
            messages.range_increment(),
        ];
        let mut problem = None;
        let mut numbers = [0.0; 3];
        ui.horizontal(|ui| {
            for ((name, text), number) in names.into_iter().zip(&mut self.fields).zip(&mut numbers) {
                let label = ui.label(name);
                let edit = TextEdit::singleline(text)
                    .desired_width(70.0)
                    .font(type_scale::number());
                let field = ui.add(edit);
                select_all_on_focus(ui, &field, text);
                field.labelled_by(label.id);
                match parse_number(text) {
                    Ok(value) => *number = value,
                    Err(e) => problem = Some(capitalized(&e.message(messages))),
                }
            }
        });
        let [min, max, step] = numbers;
        let range = ValueRange { min, max, step };
        if problem.is_none() && !range.is_valid() {
            problem = Some(messages.invalid_range().to_owned());
        }
        if let Some(problem) = &problem {
            ui.colored_label(theme.warning, problem);
        }
        match (
            buttons_ui(ui, &[messages.dialog_ok(), messages.dialog_cancel()]),
            problem,
        ) {
            (Some(0), None) => {
                outbox.push(
                    Edit::SetRange {
                        target: self.adjustable,
                        range,
                    }
                    .into(),
                );
                DialogOutcome::Close
            }
            (Some(1), _) => DialogOutcome::Close,
            _ => DialogOutcome::KeepOpen,
        }
    }
}

#[derive(Debug, Clone, Copy)]
pub(crate) enum NamedItem {
    /// An input, counted from 0.
    Input(usize),
    Neuron(NeuronAddress),
    /// A snapshot, counted from 0.
    Snapshot(usize),
}

/// Asks for the name of an input, a neuron or a snapshot.
#[derive(Debug)]
pub(crate) struct NameDialog {
    item: NamedItem,
    text: String,
    is_new: bool,
}

impl NameDialog {
    /// Creates the dialog with the current name.
    pub(crate) fn new(item: NamedItem, session: &Session) -> Self {
        let architecture = session.architecture();
        let name = match item {
            NamedItem::Input(input) => architecture.input_names().get(input).cloned().flatten(),
            NamedItem::Snapshot(snapshot) => {
                let snapshots = &session.document().snapshots;
                snapshots.get(snapshot).map(|snapshot| snapshot.name.clone())
            }
            NamedItem::Neuron(at) => architecture.layers()[at.layer].neurons[at.neuron].name.clone(),
        };
        Self {
            item,
            text: name.unwrap_or_default(),
            is_new: true,
        }
    }

    pub(super) fn show_ui(
        &mut self,
        ui: &mut Ui,
        messages: Messages,
        outbox: &mut Vec<Action>,
    ) -> DialogOutcome {
        let label = ui.label(match self.item {
            NamedItem::Input(input) => messages.rename_input(input + 1),
            NamedItem::Neuron(at) => messages.rename_neuron(at.neuron + 1, at.layer + 1),
            NamedItem::Snapshot(snapshot) => messages.rename_snapshot(snapshot + 1),
        });
        let edit = TextEdit::singleline(&mut self.text).desired_width(f32::INFINITY);
        let response = ui.add(edit).labelled_by(label.id);
        if std::mem::take(&mut self.is_new) {
            response.request_focus();
        }
        match buttons_ui(ui, &[messages.rename_title(), messages.dialog_cancel()]) {
            Some(0) => {
                let text = std::mem::take(&mut self.text);
                let name = Some(text.clone());
                outbox.push(match self.item {
                    NamedItem::Snapshot(snapshot) => Edit::RenameSnapshot { snapshot, name: text }.into(),
                    NamedItem::Input(input) => Edit::NameInput { input, name }.into(),
                    NamedItem::Neuron(at) => Edit::NameNeuron { at, name }.into(),
                });
                DialogOutcome::Close
            }
            Some(_) => DialogOutcome::Close,
            None => DialogOutcome::KeepOpen,
        }
    }
}
