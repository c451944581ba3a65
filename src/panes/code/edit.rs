//! The editor of the source code. Changed numbers set their knobs and inputs in one undo step.

use egui::text::{CCursor, CCursorRange};
use egui::{FontSelection, Id, Key, Modifiers, RichText, ScrollArea, TextEdit, Ui, vec2};

use crate::panes::context::PaneContext;
use crate::theme::type_scale;
use neurodial_core::code::SourceListing;
use neurodial_core::code::edit::{EditError, changes};
use neurodial_core::session::Edit;
use neurodial_core::text::{Localized as _, capitalized};

/// Source code that is being edited.
#[derive(Debug, Clone)]
pub(crate) struct CodeEditor {
    /// The listing when editing began: only numbers that differ from it are set.
    original: SourceListing,
    text: String,
    error: Option<EditError>,
    /// True if the text field requests the focus when it is drawn next.
    needs_focus: bool,
}

impl CodeEditor {
    /// Starts editing a listing.
    pub(crate) fn new(original: SourceListing) -> Self {
        Self {
            text: original.text.clone(),
            original,
            error: None,
            needs_focus: true,
        }
    }

    /// Draws the editor; returns true if editing is finished.
    pub(crate) fn edit_ui(&mut self, ui: &mut Ui, context: &mut PaneContext<'_>) -> bool {
        let messages = context.messages;
        let id = Id::unique("edited_code");
        let enter = |input: &mut egui::InputState| input.consume_key(Modifiers::COMMAND, Key::Enter);
        let mut is_applied = ui.input_mut(enter);
        let mut is_done = ui.input(|input| input.key_pressed(Key::Escape));
        ui.horizontal_wrapped(|ui| {
            let button_text = RichText::new(messages.code_apply()).font(type_scale::strong());
            is_applied |= ui
                .button(button_text)
                .on_hover_text(messages.code_apply_tooltip())
                .clicked();
            is_done |= ui.button(messages.code_cancel()).clicked();
            let hint = RichText::new(messages.code_numbers_only()).color(context.theme.weak_text);
            ui.label(hint).on_hover_text(messages.code_numbers_only_tooltip());
        });
        if is_applied {
            is_done |= self.apply(ui, context, id);
        }
        if let Some(problem) = &self.error {
            let label =
                ui.label(RichText::new(capitalized(&problem.message(messages))).color(context.theme.warning));
            ui.ctx()
                .accesskit_node_builder(label.id, |node| node.set_live(egui::accesskit::Live::Assertive));
        }
        let room = ui.available_size();
        // The text field is wide enough that no line is wrapped.
        let digit = ui
            .painter()
            .layout_no_wrap("0".into(), type_scale::code(), context.theme.text);
        let columns = self.text.lines().map(|line| line.chars().count()).max();
        let longest = (columns.unwrap_or(0) + 3) as f32 * digit.size().x;
        ScrollArea::both()
            .id_salt("edited")
            .auto_shrink(false)
            .max_height(room.y)
            .show(ui, |ui| {
                ui.set_width(room.x.max(longest));
                let edit = TextEdit::multiline(&mut self.text)
                    .id(id)
                    .font(FontSelection::FontId(type_scale::code()))
                    .code_editor()
                    .desired_width(room.x.max(longest))
                    .min_size(vec2(room.x, room.y - 2.0));
                let response = ui.add(edit);
                ui.ctx()
                    .accesskit_node_builder(response.id, |node| node.set_label(messages.code_editor()));
                if std::mem::take(&mut self.needs_focus) {
                    response.request_focus();
                }
                if response.changed() {
                    self.error = None;
                }
            });
        if is_done {
            ui.ctx().request_discard("editing");
        }
        is_done
    }

    /// Sends the changed values; returns true if the text could be read.
    fn apply(&mut self, ui: &Ui, context: &mut PaneContext<'_>, id: Id) -> bool {
        match changes(&self.original, &self.text) {
            Ok(values) => {
                if !values.is_empty() {
                    context.actions.push(Edit::SetMany(values).into());
                }
                true
            }
            Err(problem) => {
                self.select_line(ui, problem.line(), id);
                self.error = Some(problem);
                false
            }
        }
    }

    /// Selects a line, counted from 1, which scrolls it into view.
    fn select_line(&mut self, ui: &Ui, line: usize, id: Id) {
        let before = self.text.lines().take(line.saturating_sub(1));
        let start: usize = before.map(|line| line.chars().count() + 1).sum();
        let length = self
            .text
            .lines()
            .nth(line.saturating_sub(1))
            .map_or(0, |line| line.chars().count());
        let mut state = TextEdit::load_state(ui.ctx(), id).unwrap_or_default();
        let range = CCursorRange::two(CCursor::new(start), CCursor::new(start + length));
        state.cursor.set_char_range(Some(range));
        state.store(ui.ctx(), id);
        // The click on "Apply" took the focus away; the text field requests it again when it is drawn.
        self.needs_focus = true;
    }
}
