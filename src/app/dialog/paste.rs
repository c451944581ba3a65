//! A network from matrices that somebody pastes.

use egui::{Key, Modifiers, RichText, ScrollArea, TextEdit, Ui, vec2};

use super::{After, Dialog, Then};
use crate::app::App;
use neurodial_core::code::assembly::{self, Assembly};
use crate::look::type_scale;
use neurodial_core::session::Document;

const HINT: &str = "W1 = [[0.2, 0.8], [0.5, -0.9]]\nb1 = [2.0, 3.0]\n\nPython lists, NumPy or PyTorch as \
written or printed, MATLAB, or rows from a spreadsheet; a whole program too";

/// Asks for the text, and says what is in it.
#[derive(Debug, Default)]
pub struct PasteDialog {
    text: String,
    /// What was read from the text, or why nothing was.
    found: Option<Result<Assembly, String>>,
    has_focus: bool,
}

impl PasteDialog {
    pub(super) fn show(mut self, app: &mut App, ui: &mut Ui) -> After {
        let look = app.look();
        ui.label("Paste weights and biases; they open as a new network.");
        ScrollArea::both()
            .id_salt("pasted network")
            .max_height(260.0)
            .show(ui, |ui| {
                let edit = TextEdit::multiline(&mut self.text)
                    .code_editor()
                    .hint_text(HINT)
                    .desired_width(f32::INFINITY)
                    .min_size(vec2(0.0, 200.0));
                let response = ui.add(edit);
                ui.ctx()
                    .accesskit_node_builder(response.id, |node| node.set_label("matrices of a network"));
                if !std::mem::replace(&mut self.has_focus, true) {
                    response.request_focus();
                }
                if response.changed() {
                    self.read(app);
                }
            });
        let (text, color) = match &self.found {
            None => (String::new(), look.ink_soft),
            Some(Ok(assembly)) => (words(assembly), look.ink),
            Some(Err(problem)) => (problem.clone(), look.warn),
        };
        let label = ui.label(RichText::new(text).color(color));
        ui.ctx()
            .accesskit_node_builder(label.id, |node| node.set_live(egui::accesskit::Live::Polite));
        let is_whole = matches!(self.found, Some(Ok(_)));
        let mut is_opened =
            ui.input_mut(|input| input.consume_key(Modifiers::COMMAND, Key::Enter)) && is_whole;
        let mut is_cancelled = false;
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            let open = egui::Button::new(RichText::new("Open it").font(type_scale::strong()));
            is_opened |= ui
                .add_enabled(is_whole, open)
                .on_hover_text("Ctrl+Enter")
                .clicked();
            is_cancelled = ui.button("Cancel").clicked();
        });
        if is_cancelled {
            return After::Close;
        }
        match self.found {
            Some(Ok(assembly)) if is_opened => {
                let ctx = ui.ctx().clone();
                app.leave_for(&ctx, Then::OpenNew(Box::new(document(assembly))));
                After::Close
            }
            _ => After::Stay(Dialog::Paste(self)),
        }
    }

    fn read(&mut self, app: &App) {
        let found = assembly::read(&self.text, Some(app.session().blueprint()));
        let is_empty = self.text.trim().is_empty();
        self.found = (!is_empty).then(|| found.map_err(|e| sentence(&e.to_string())));
    }
}

/// “4 inputs, then 3 neurons (relu).”
fn words(assembly: &Assembly) -> String {
    let shape = assembly.network.blueprint().shape_words();
    if assembly.is_transposed {
        format!("{shape} The weights were written input by input and are turned round.")
    } else {
        shape
    }
}

fn document(assembly: Assembly) -> Document {
    let mut document = Document::new(assembly.network);
    if let Some(inputs) = assembly.inputs {
        document.inputs = inputs;
    }
    document.note = "Pasted".to_owned();
    document
}

/// The text with a capital letter.
fn sentence(text: &str) -> String {
    let mut characters = text.chars();
    match characters.next() {
        Some(first) => first.to_uppercase().collect::<String>() + characters.as_str(),
        None => String::new(),
    }
}
