//! Rows that are pasted directly, or pasted or typed into a box first.

use egui::{Event, Id, RichText, ScrollArea, TextEdit, Ui, vec2};

use crate::panes::context::PaneContext;
use neurodial_core::session::Edit;
use neurodial_core::session::pasted_rows::parse_rows;
use neurodial_core::text::Localized as _;

/// The box in which rows are typed or pasted.
#[derive(Debug, Clone, Default)]
pub(crate) struct PasteBox {
    /// True if the box is open.
    pub(crate) is_open: bool,
    text: String,
    /// The reason why the text can't be read, if it can't.
    error: Option<String>,
}

impl PasteBox {
    /// Adds the rows of text that was pasted into the pane. If it can't be read, opens the box with the text
    /// and the reason.
    pub(crate) fn paste_text(&mut self, text: String, context: &mut PaneContext<'_>) {
        self.text = text;
        self.is_open = true;
        self.add(context);
    }

    /// Adds the rows of the text to the saved inputs and closes the box, or sets the error.
    fn add(&mut self, context: &mut PaneContext<'_>) {
        let document = context.session.document();
        match parse_rows(&self.text, document.inputs.len()) {
            Ok(rows) => {
                let mut saved_inputs = document.saved_inputs.clone();
                saved_inputs.extend(rows);
                context.actions.push(Edit::SetSavedInputs(saved_inputs).into());
                *self = Self::default();
            }
            Err(problem) => self.error = Some(problem.message(context.messages)),
        }
    }

    /// Draws the box.
    pub(crate) fn box_ui(&mut self, ui: &mut Ui, context: &mut PaneContext<'_>) {
        let (theme, messages) = (context.theme, context.messages);
        let inputs = context.session.document().inputs.len();
        ui.horizontal_wrapped(|ui| {
            let add = ui.add_enabled(
                !self.text.trim().is_empty(),
                egui::Button::new(messages.paste_add()),
            );
            if add.clicked() {
                self.add(context);
            }
            if ui.button(messages.paste_cancel()).clicked()
                || ui.input(|input| input.key_pressed(egui::Key::Escape))
            {
                *self = Self::default();
            }
        });
        if let Some(problem) = &self.error {
            ui.label(RichText::new(problem).color(theme.warning));
        }
        let room = ui.available_size();
        ScrollArea::vertical().id_salt("pasted").show(ui, |ui| {
            let edit = TextEdit::multiline(&mut self.text)
                .hint_text(messages.paste_hint(inputs))
                .desired_width(f32::INFINITY)
                .min_size(vec2(0.0, (room.y - 8.0).clamp(24.0, 160.0)))
                .code_editor();
            let response = ui.add(edit);
            ui.ctx()
                .accesskit_node_builder(response.id, |node| node.set_label(messages.paste_name()));
            if response.changed() {
                self.error = None;
            }
        });
    }
}

/// Returns the text that was pasted since the last frame, if it is for this pane: a control in the pane has
/// the focus, or none has and the pointer is over the pane.
pub(crate) fn pasted_text(ui: &Ui, has_focus: bool) -> Option<String> {
    let is_for_pane = has_focus || ui.memory(|memory| memory.focused()).is_none() && ui.ui_contains_pointer();
    if !is_for_pane {
        return None;
    }
    ui.input(|input| {
        input.events.iter().find_map(|event| match event {
            Event::Paste(text) => Some(text.clone()),
            _ => None,
        })
    })
}

/// Returns the temporary state of the pane from the last frame.
pub(crate) fn load_temp<T: Clone + Default + Send + Sync + 'static>(ui: &Ui, id: Id) -> T {
    ui.data(|data| data.get_temp(id)).unwrap_or_default()
}
