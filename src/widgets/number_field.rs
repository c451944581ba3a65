//! A number, or another value, that is being typed.

use egui::text::{CCursor, CCursorRange};
use egui::{Align2, FontId, Id, Key, Rect, TextEdit, Ui, accesskit};

use neurodial_core::words::{Draft, Opens};

/// What became of a number that is being typed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Typed<T = f64> {
    /// It is still being typed, or can't be entered as it is.
    Not,
    /// It was entered, or given up.
    Ended {
        /// The number; `None` if it was given up.
        number: Option<T>,
        /// Whether a key ended it that leads back to where it began.
        goes_back: bool,
    },
}

/// A text field over `rect` for one number.
///
/// Enter, Tab and going elsewhere enter the number; Escape gives it up. With what is no number, Enter and Tab
/// stay in the field, and a screen reader is told the reason; going elsewhere gives it up.
pub fn number_field(ui: &mut Ui, rect: Rect, id: Id, name: &str, font: FontId, draft: &mut Draft) -> Typed {
    let problem = draft.problem();
    let read = |draft: &Draft| draft.number().ok();
    value_field(ui, (rect, id), (name, font), draft, problem, read)
}

/// The same for one value of any kind: `read` gives it back, `Some(None)` if nothing was typed, and `None` if that is no
/// such value; `problem` says why it is none.
pub fn value_field<T>(
    ui: &mut Ui,
    (rect, id): (Rect, Id),
    (name, font): (&str, FontId),
    draft: &mut Draft,
    problem: Option<String>,
    read: impl Fn(&Draft) -> Option<Option<T>>,
) -> Typed<T> {
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
    if let Some(opens) = draft.opens.take() {
        response.request_focus();
        let mut state = TextEdit::load_state(ui.ctx(), id).unwrap_or_default();
        let end = CCursor::new(draft.text.chars().count());
        let start = match opens {
            Opens::Selected => CCursor::new(0),
            Opens::AtEnd => end,
        };
        state.cursor.set_char_range(Some(CCursorRange::two(start, end)));
        state.store(ui.ctx(), id);
        return Typed::Not;
    }
    let (escape, enter, tab) = ui.input(|input| {
        let pressed = |key| input.key_pressed(key);
        (pressed(Key::Escape), pressed(Key::Enter), pressed(Key::Tab))
    });
    if !escape && !response.lost_focus() {
        return Typed::Not;
    }
    ui.ctx().request_discard("a number was typed");
    match read(draft) {
        _ if escape => Typed::Ended {
            number: None,
            goes_back: true,
        },
        Some(number) => Typed::Ended {
            number,
            goes_back: enter,
        },
        None if enter || tab => {
            draft.opens = Some(Opens::Selected);
            Typed::Not
        }
        None => Typed::Ended {
            number: None,
            goes_back: false,
        },
    }
}
