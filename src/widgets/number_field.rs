//! A text field for a number or another value.

use egui::text::{CCursor, CCursorRange};
use egui::{Align2, FontId, Id, Key, Rect, TextEdit, Ui, accesskit};

use neurodial_core::text::{FieldDraft, InitialCursor, Messages};

/// The outcome of a frame of a text field for a value.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum FieldOutcome<T = f64> {
    /// The value is still being typed, or is invalid.
    Pending,
    /// Typing has ended: the value was entered or discarded.
    Ended {
        /// The value; `None` if it was discarded or the field is empty.
        value: Option<T>,
        /// True if a key ended it after which the focus returns to where it was before.
        returns_focus: bool,
    },
}

/// Adds a text field over `rect` for a number.
///
/// Enter, Tab and losing the focus enter the number; Escape discards it. If the text is not a number, Enter
/// and Tab keep the focus in the field, and screen readers get the reason; losing the focus discards it.
pub(crate) fn number_field_ui(
    ui: &mut Ui,
    (rect, id): (Rect, Id),
    (name, font): (&str, FontId),
    draft: &mut FieldDraft,
    messages: Messages,
) -> FieldOutcome {
    let error = draft.error_message(messages);
    let read = |draft: &FieldDraft| draft.parse().ok();
    value_field_ui(ui, (rect, id), (name, font), draft, error, read)
}

/// Adds a text field for a value of any type, with the keys of [`number_field_ui`].
///
/// `read` returns the value, `Some(None)` if nothing was typed, and `None` if the text is not a valid value;
/// `error` is then the reason for screen readers.
pub(crate) fn value_field_ui<T>(
    ui: &mut Ui,
    (rect, id): (Rect, Id),
    (name, font): (&str, FontId),
    draft: &mut FieldDraft,
    error: Option<String>,
    read: impl Fn(&FieldDraft) -> Option<Option<T>>,
) -> FieldOutcome<T> {
    let edit = TextEdit::singleline(&mut draft.text)
        .id(id)
        .font(font)
        .align(Align2::CENTER_CENTER)
        .margin(egui::Margin::symmetric(3, 1));
    let response = ui.put(rect, edit);
    ui.ctx().accesskit_node_builder(id, |node| {
        node.set_label(name);
        if let Some(error) = error {
            node.set_description(error);
            node.set_invalid(accesskit::Invalid::True);
        }
    });
    if let Some(cursor) = draft.pending_focus.take() {
        response.request_focus();
        let mut state = TextEdit::load_state(ui.ctx(), id).unwrap_or_default();
        let end = CCursor::new(draft.text.chars().count());
        let start = match cursor {
            InitialCursor::SelectAll => CCursor::new(0),
            InitialCursor::AtEnd => end,
        };
        state.cursor.set_char_range(Some(CCursorRange::two(start, end)));
        state.store(ui.ctx(), id);
        return FieldOutcome::Pending;
    }
    let (escape, returns_focus, tab) = ui.input(|input| {
        let pressed = |key| input.key_pressed(key);
        (pressed(Key::Escape), pressed(Key::Enter), pressed(Key::Tab))
    });
    if !escape && !response.lost_focus() {
        return FieldOutcome::Pending;
    }
    ui.ctx().request_discard("a number was typed");
    match read(draft) {
        _ if escape => FieldOutcome::Ended {
            value: None,
            returns_focus: true,
        },
        Some(value) => FieldOutcome::Ended { value, returns_focus },
        None if returns_focus || tab => {
            draft.pending_focus = Some(InitialCursor::SelectAll);
            FieldOutcome::Pending
        }
        None => FieldOutcome::Ended {
            value: None,
            returns_focus: false,
        },
    }
}
