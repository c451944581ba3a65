//! A number that is being typed.

use egui::text::{CCursor, CCursorRange};
use egui::{Align2, FontId, Id, Key, Rect, TextEdit, Ui};

/// What became of a number that is being typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Typed {
    /// It is still being typed.
    Not,
    /// It was entered: with the Enter key, with Tab, or by going elsewhere.
    Entered,
    /// It was given up with Escape.
    GivenUp,
}

/// A text field over `rect` for one number. `is_new` makes it take the focus and, if it holds more than one
/// typed character, select all; it is cleared then.
pub fn number_field(
    ui: &mut Ui,
    rect: Rect,
    id: Id,
    name: &str,
    font: FontId,
    text: &mut String,
    is_new: &mut bool,
) -> Typed {
    let edit = TextEdit::singleline(text)
        .id(id)
        .font(font)
        .align(Align2::CENTER_CENTER)
        .margin(egui::Margin::symmetric(3, 1));
    let response = ui.put(rect, edit);
    ui.ctx().accesskit_node_builder(id, |node| node.set_label(name));
    if *is_new {
        *is_new = false;
        response.request_focus();
        if let Some(mut state) = TextEdit::load_state(ui.ctx(), id).or_else(|| Some(Default::default())) {
            let end = CCursor::new(text.chars().count());
            // One character means that typing has begun on the slider: go on after it.
            let start = if end.index > 1.into() {
                CCursor::new(0)
            } else {
                end
            };
            state.cursor.set_char_range(Some(CCursorRange::two(start, end)));
            state.store(ui.ctx(), id);
        }
        return Typed::Not;
    }
    if ui.input(|input| input.key_pressed(Key::Escape)) {
        return Typed::GivenUp;
    }
    if response.lost_focus() {
        return Typed::Entered;
    }
    Typed::Not
}
