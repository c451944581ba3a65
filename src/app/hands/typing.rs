//! A number is opened for typing, and entered by a press elsewhere.

use egui::{Event, Id, Key};

use crate::canvas::{NumberEdit, Element, Elements};
use crate::panes::Pane;
use neurodial_core::session::{Action, Session, Adjustable};
use neurodial_core::words::FieldDraft;

/// Opens a present number, all of it selected.
pub(super) fn edit_current(
    canvas: Id,
    adjustable: Adjustable,
    return_focus: Option<(Id, Element)>,
    session: &Session,
    elements: &mut Elements,
) {
    let value = session.document().value(adjustable).unwrap_or(0.0);
    open_field(canvas, adjustable, return_focus, FieldDraft::from_number(value), elements);
}

/// Begins a number with the text that was typed on a part that had the focus.
pub(super) fn edit_text(canvas: Id, adjustable: Adjustable, return_focus: (Id, Element), text: String, elements: &mut Elements) {
    open_field(canvas, adjustable, Some(return_focus), FieldDraft::from_typed(text), elements);
}

fn open_field(canvas: Id, adjustable: Adjustable, return_focus: Option<(Id, Element)>, draft: FieldDraft, elements: &mut Elements) {
    let Some(canvas) = field_canvas(canvas, adjustable, elements) else {
        return;
    };
    if !shows_number(canvas, adjustable, elements) {
        // The list scrolls to the row that gets the focus; the field is in it.
        elements.focus_request = Some((canvas, Element::Adjustable(adjustable)));
    }
    elements.number_edit = Some(NumberEdit {
        canvas,
        adjustable: adjustable,
        draft,
        return_focus: return_focus,
        field_rect: None,
    });
}

/// The canvas on which a number can be typed: its own; where there is no room for it, another one that shows it,
/// or the list of all knobs, which can scroll to it.
fn field_canvas(canvas: Id, adjustable: Adjustable, elements: &Elements) -> Option<Id> {
    let canvases = elements.canvases();
    let mut choices = std::iter::once(canvas).chain(canvases.iter().copied());
    choices.find(|&id| shows_number(id, adjustable, elements)).or_else(|| {
        let list = Pane::Knobs.canvas_id();
        (matches!(adjustable, Adjustable::Knob(_)) && canvases.contains(&list)).then_some(list)
    })
}

fn shows_number(canvas: Id, adjustable: Adjustable, elements: &Elements) -> bool {
    let mut placed = elements.placed().iter();
    placed.any(|placed| placed.canvas == canvas && placed.element == Element::Number(adjustable))
}

/// Enters what is being typed, as going elsewhere does. Gives back what was entered.
pub(super) fn commit(elements: &mut Elements, actions: &mut Vec<Action>) -> Option<(Adjustable, f64)> {
    let editing = elements.number_edit.take()?;
    let value = editing.draft.parse().ok().flatten()?;
    let adjustable = editing.adjustable;
    actions.push(Action::Set { target: adjustable, value });
    Some((adjustable, value))
}

/// A key in the same frame in which a field opens is the field's, which has not seen it. Says whether it was.
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
