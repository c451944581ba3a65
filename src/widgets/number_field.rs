//! A number, or another value, that is being typed.

use egui::text::{CCursor, CCursorRange};
use egui::{Align2, FontId, Id, Key, Rect, TextEdit, Ui, accesskit};

use neurodial_core::words::{FieldDraft, InitialCursor};

/// What became of a number that is being typed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum FieldOutcome<T = f64> {
    /// It is still being typed, or can't be entered as it is.
    Pending,
    /// It was entered, or given up.
    Ended {
        /// The number; `None` if it was given up.
        value: Option<T>,
        /// Whether a key ended it that leads back to where it began.
        returns_focus: bool,
    },
}

/// A text field over `rect` for one number.
///
/// Enter, Tab and going elsewhere enter the number; Escape gives it up. With what is no number, Enter and Tab
/// stay in the field, and a screen reader is told the reason; going elsewhere gives it up.
pub fn number_field_ui(ui: &mut Ui, rect: Rect, id: Id, name: &str, font: FontId, draft: &mut FieldDraft) -> FieldOutcome {
    let problem = draft.error_message();
    let read = |draft: &FieldDraft| draft.parse().ok();
    value_field_ui(ui, (rect, id), (name, font), draft, problem, read)
}

/// The same for one value of any kind: `read` gives it back, `Some(None)` if nothing was typed, and `None` if that is no
/// such value; `problem` says why it is none.
pub fn value_field_ui<T>(
    ui: &mut Ui,
    (rect, id): (Rect, Id),
    (name, font): (&str, FontId),
    draft: &mut FieldDraft,
    problem: Option<String>,
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
        if let Some(problem) = problem {
            node.set_description(problem);
            node.set_invalid(accesskit::Invalid::True);
        }
    });
    if let Some(opens) = draft.pending_focus.take() {
        response.request_focus();
        let mut state = TextEdit::load_state(ui.ctx(), id).unwrap_or_default();
        let end = CCursor::new(draft.text.chars().count());
        let start = match opens {
            InitialCursor::SelectAll => CCursor::new(0),
            InitialCursor::AtEnd => end,
        };
        state.cursor.set_char_range(Some(CCursorRange::two(start, end)));
        state.store(ui.ctx(), id);
        return FieldOutcome::Pending;
    }
    let (escape, enter, tab) = ui.input(|input| {
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
        Some(number) => FieldOutcome::Ended {
            value: number,
            returns_focus: enter,
        },
        None if enter || tab => {
            draft.pending_focus = Some(InitialCursor::SelectAll);
            FieldOutcome::Pending
        }
        None => FieldOutcome::Ended {
            value: None,
            returns_focus: false,
        },
    }
}
