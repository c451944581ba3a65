//! Typing a number: opening its text field, and applying it on a press elsewhere.

use egui::{Event, Id, Key};

use crate::canvas::{Element, Elements, NumberEdit};
use crate::panes::Pane;
use neurodial_core::session::{Action, Adjustable, Edit, Session};
use neurodial_core::text::FieldDraft;

/// Opens the text field of a number with its current value, all selected.
pub(super) fn edit_current(
    canvas: Id,
    adjustable: Adjustable,
    return_focus: Option<(Id, Element)>,
    session: &Session,
    elements: &mut Elements,
) {
    let value = session.document().value(adjustable).unwrap_or(0.0);
    open_field(
        canvas,
        adjustable,
        return_focus,
        FieldDraft::from_number(value),
        elements,
    );
}

/// Opens the text field of a number with text that was typed on the focused element.
pub(super) fn edit_text(
    canvas: Id,
    adjustable: Adjustable,
    return_focus: (Id, Element),
    text: String,
    elements: &mut Elements,
) {
    open_field(
        canvas,
        adjustable,
        Some(return_focus),
        FieldDraft::from_typed(text),
        elements,
    );
}

fn open_field(
    canvas: Id,
    adjustable: Adjustable,
    return_focus: Option<(Id, Element)>,
    draft: FieldDraft,
    elements: &mut Elements,
) {
    let Some(canvas) = field_canvas(canvas, adjustable, elements) else {
        return;
    };
    if !shows_number(canvas, adjustable, elements) {
        // The list scrolls to the row that has the focus, and the text field is in that row.
        elements.focus_request = Some((canvas, Element::Adjustable(adjustable)));
    }
    elements.number_edit = Some(NumberEdit {
        canvas,
        adjustable,
        draft,
        return_focus,
        field_rect: None,
    });
}

/// Returns the canvas on which a number can be typed: its own; if that doesn't show the number, another one
/// that does, or the list of all knobs, which can scroll to it.
fn field_canvas(canvas: Id, adjustable: Adjustable, elements: &Elements) -> Option<Id> {
    let canvases = elements.canvases();
    let mut choices = std::iter::once(canvas).chain(canvases.iter().copied());
    choices
        .find(|&id| shows_number(id, adjustable, elements))
        .or_else(|| {
            let lists = Pane::in_window().filter(|pane| pane.info().lists_knobs);
            let mut lists = lists.map(Pane::canvas_id);
            lists.find(|list| matches!(adjustable, Adjustable::Knob(_)) && canvases.contains(list))
        })
}

fn shows_number(canvas: Id, adjustable: Adjustable, elements: &Elements) -> bool {
    let mut placed = elements.placed().iter();
    placed.any(|placed| placed.canvas == canvas && placed.element == Element::Number(adjustable))
}

/// Applies the number that is being typed, if it is valid, and closes its field. Returns what was applied.
pub(super) fn commit(elements: &mut Elements, actions: &mut Vec<Action>) -> Option<(Adjustable, f64)> {
    let editing = elements.number_edit.take()?;
    let value = editing.draft.parse().ok().flatten()?;
    let adjustable = editing.adjustable;
    actions.push(
        Edit::Set {
            target: adjustable,
            value,
        }
        .into(),
    );
    Some((adjustable, value))
}

/// Handles a key pressed in the frame in which a text field opens: it is meant for the field, which has not
/// seen it. Returns true if so.
pub(super) fn handle_key(event: &Event, elements: &mut Elements, actions: &mut Vec<Action>) -> bool {
    let Event::Key {
        key, pressed: true, ..
    } = event
    else {
        return false;
    };
    match (&mut elements.number_edit, key) {
        (None, _) => return false,
        (Some(_), Key::Enter) => {
            commit(elements, actions);
        }
        (Some(_), Key::Escape) => elements.number_edit = None,
        (Some(editing), Key::Backspace) => editing.draft.backspace(),
        (Some(_), _) => {}
    }
    true
}
