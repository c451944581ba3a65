//! The text as a field: numbers that were changed in it turn their knobs, in one step.

use egui::text::{CCursor, CCursorRange};
use egui::{FontSelection, Id, Key, Modifiers, RichText, ScrollArea, TextEdit, Ui, vec2};

use neurodial_core::code::Listing;
use neurodial_core::code::edit::{EditError, changes};
use crate::look::type_scale;
use crate::panes::Scene;
use neurodial_core::session::Action;

/// A text that is being edited.
#[derive(Debug, Clone)]
pub struct EditBox {
    /// The text as it was when editing began: what differs from it is set, and nothing else.
    before: Listing,
    text: String,
    problem: Option<EditError>,
    is_new: bool,
}

impl EditBox {
    /// Begins with a listing.
    pub fn new(before: Listing) -> Self {
        Self {
            text: before.text.clone(),
            before,
            problem: None,
            is_new: true,
        }
    }

    /// Draws it; says whether editing is over.
    pub fn edit_ui(&mut self, ui: &mut Ui, scene: &mut Scene<'_>) -> bool {
        let id = Id::unique("edited code");
        let enter = |input: &mut egui::InputState| input.consume_key(Modifiers::COMMAND, Key::Enter);
        let mut is_applied = ui.input_mut(enter);
        let mut is_over = ui.input(|input| input.key_pressed(Key::Escape));
        ui.horizontal_wrapped(|ui| {
            let strong = RichText::new("Apply").font(type_scale::strong());
            is_applied |= ui.button(strong).on_hover_text("Ctrl+Enter").clicked();
            is_over |= ui.button("Cancel").clicked();
            let hint = RichText::new("only its numbers").color(scene.look.ink_soft);
            ui.label(hint)
                .on_hover_text("Numbers that are changed here turn their knobs, in one step");
        });
        if is_applied {
            is_over |= self.apply(ui, scene, id);
        }
        if let Some(problem) = &self.problem {
            let label = ui.label(RichText::new(sentence(problem)).color(scene.look.warn));
            ui.ctx()
                .accesskit_node_builder(label.id, |node| node.set_live(egui::accesskit::Live::Assertive));
        }
        let room = ui.available_size();
        // Wide enough that no line is wrapped.
        let digit = ui
            .painter()
            .layout_no_wrap("0".into(), type_scale::code(), scene.look.ink);
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
                    .accesskit_node_builder(response.id, |node| node.set_label("the code, to be edited"));
                if std::mem::take(&mut self.is_new) {
                    response.request_focus();
                }
                if response.changed() {
                    self.problem = None;
                }
            });
        if is_over {
            ui.ctx().request_discard("editing is over");
        }
        is_over
    }

    /// Sends what was changed; says whether the text could be read.
    fn apply(&mut self, ui: &Ui, scene: &mut Scene<'_>, id: Id) -> bool {
        match changes(&self.before, &self.text) {
            Ok(values) => {
                if !values.is_empty() {
                    scene.outbox.push(Action::SetMany(values));
                }
                true
            }
            Err(problem) => {
                self.select_line(ui, line_of(&problem), id);
                self.problem = Some(problem);
                false
            }
        }
    }

    /// Selects a line, counted from 1, which brings it into view.
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
        // The press that applied takes the focus away; the field gets it back when it is drawn.
        self.is_new = true;
    }
}

fn line_of(problem: &EditError) -> usize {
    match problem {
        EditError::Text { line, .. }
        | EditError::NotANumber { line, .. }
        | EditError::TooLarge { line, .. } => *line,
    }
}

/// “Line 3: …”.
fn sentence(problem: &EditError) -> String {
    problem.to_string().replacen("line", "Line", 1)
}
