//! Creating a network from pasted matrices.

use egui::{Key, KeyboardShortcut, Modifiers, RichText, ScrollArea, TextEdit, Ui, vec2};

use super::outcome::{DialogOutcome, button_row_ui};
use crate::theme::{ColorTheme, type_scale};
use neurodial_core::code::parsed_network::{self, NetworkParseError, ParsedNetwork};
use neurodial_core::network::Architecture;
use neurodial_core::session::Document;
use neurodial_core::text::{Localized as _, Messages, capitalized};

const EXAMPLE: &str = "W1 = [[0.2, 0.8], [0.5, -0.9]]\nb1 = [2.0, 3.0]";

/// The shortcut of the button that creates the network.
const CREATE: KeyboardShortcut = KeyboardShortcut::new(Modifiers::COMMAND, Key::Enter);

/// Asks for the text and shows what it contains.
#[derive(Debug, Default)]
pub(crate) struct ImportWeightsDialog {
    text: String,
    /// The network read from the text, or the reason why it can't be read.
    parsed: Option<Result<ParsedNetwork, NetworkParseError>>,
    has_focus: bool,
}

impl ImportWeightsDialog {
    pub(super) fn show_ui(
        &mut self,
        ui: &mut Ui,
        theme: &ColorTheme,
        messages: Messages,
        architecture: &Architecture,
    ) -> DialogOutcome {
        ui.label(messages.import_weights_description());
        ScrollArea::both()
            .id_salt("weights")
            .max_height(260.0)
            .show(ui, |ui| {
                let edit = TextEdit::multiline(&mut self.text)
                    .code_editor()
                    .hint_text(format!("{EXAMPLE}\n\n{}", messages.import_weights_formats()))
                    .desired_width(f32::INFINITY)
                    .min_size(vec2(0.0, 200.0));
                let response = ui.add(edit);
                ui.ctx().accesskit_node_builder(response.id, |node| {
                    node.set_label(messages.import_weights_text())
                });
                if !std::mem::replace(&mut self.has_focus, true) {
                    response.request_focus();
                }
                if response.changed() {
                    self.read(architecture);
                }
            });
        let (text, color) = match &self.parsed {
            None => (String::new(), theme.weak_text),
            Some(Ok(parsed)) => (summary(parsed, messages), theme.text),
            Some(Err(problem)) => (capitalized(&problem.message(messages)), theme.warning),
        };
        let label = ui.label(RichText::new(text).color(color));
        ui.ctx()
            .accesskit_node_builder(label.id, |node| node.set_live(egui::accesskit::Live::Polite));
        let is_valid = matches!(self.parsed, Some(Ok(_)));
        let mut is_opened = ui.input_mut(|input| input.consume_shortcut(&CREATE)) && is_valid;
        let mut is_cancelled = false;
        button_row_ui(ui, |ui| {
            let open =
                egui::Button::new(RichText::new(messages.import_weights_create()).font(type_scale::strong()));
            is_opened |= ui
                .add_enabled(is_valid, open)
                .on_hover_text(ui.ctx().format_shortcut(&CREATE))
                .clicked();
            is_cancelled = ui.button(messages.dialog_cancel()).clicked();
        });
        if is_cancelled {
            return DialogOutcome::Close;
        }
        match self.parsed.take_if(|_| is_opened) {
            Some(Ok(parsed)) => DialogOutcome::OpenNew(Box::new(document(parsed, messages))),
            _ => DialogOutcome::KeepOpen,
        }
    }

    /// Reads the network from the text.
    fn read(&mut self, architecture: &Architecture) {
        let parsed = parsed_network::parse(&self.text, Some(architecture));
        let is_empty = self.text.trim().is_empty();
        self.parsed = (!is_empty).then_some(parsed);
    }
}

/// Describes the network: “4 inputs, then 3 neurons (relu).”
fn summary(parsed: &ParsedNetwork, messages: Messages) -> String {
    let architecture = parsed.network.architecture().summary_in(messages);
    if parsed.is_transposed {
        messages.import_weights_transposed(architecture)
    } else {
        architecture
    }
}

/// Creates a document for the network.
fn document(parsed: ParsedNetwork, messages: Messages) -> Document {
    let mut document = Document::new(parsed.network);
    if let Some(inputs) = parsed.inputs {
        document.inputs = inputs;
    }
    messages.imported_weights_note().clone_into(&mut document.note);
    document
}
